/* SPDX-License-Identifier: MIT */
/**
 * @file command.h
 * The commands of stemma-train, the program that makes the weights file. It is built, not installed.
 *
 * Training computes with floats in one fixed order, without contraction and without the mathematics
 * library, so that the same corpora give the same bytes on any machine.
 */
#ifndef STEMMA_TRAIN_COMMAND_H
#define STEMMA_TRAIN_COMMAND_H

struct stm_train_command {
    const char *name;
    const char *usage; /**< What follows the name. */
    int (*run)(int argc, char **argv); /**< argv[0] is the name. Gives the exit status. */
};

extern const struct stm_train_command stm_train_commands[];
extern const unsigned stm_train_command_count;

int stm_train_tagger(int argc, char **argv);
int stm_train_parser(int argc, char **argv);

/** `stemma-train assemble -o OUT [--from OLD] NAME=FILE...`: puts sections into one weights file. */
int stm_train_assemble(int argc, char **argv);

/** `stemma-train gazetteer CORPORA LISTS -o OUT`: makes the section of lists of names. */
int stm_train_gazetteer(int argc, char **argv);

/** `stemma-train names --model MODEL SOURCE...`: trains the name model and measures it on --dev
    sources. MODEL brings the tagger; sources are those of names_corpus.h. --weight: what sentences of sources whose
    path has PART in it count for, 1 otherwise. --orders: trainings in different orders, whose mean it is. */
int stm_train_names(int argc, char **argv);

#endif
