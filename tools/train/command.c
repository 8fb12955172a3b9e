/* SPDX-License-Identifier: MIT */
#include "train/command.h"

const struct stm_train_command stm_train_commands[] = {
    {"tagger", "FILE.conllu... -o SECTION", stm_train_tagger},
    {"parser", "FILE.conllu... --tagger SECTION -o SECTION", stm_train_parser},
    {"assemble", "-o OUT [--from OLD] NAME=FILE...", stm_train_assemble},
    {"gazetteer", "CORPORA LISTS -o OUT", stm_train_gazetteer},
    {"names", "--model MODEL [--gazetteer FILE] [--weight PART=W]... [--orders N] [--dev SOURCE]... [-o OUT] SOURCE...",
     stm_train_names},
};

const unsigned stm_train_command_count = sizeof stm_train_commands / sizeof stm_train_commands[0];
