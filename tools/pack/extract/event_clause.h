/* SPDX-License-Identifier: MIT */
/**
 * @file event_clause.h
 * Who does what in the clause of a verb. Trees are read with a second look at the words, as a tree
 * that has one label wrong is still right about the rest.
 */
#ifndef STEMMA_EXTRACT_EVENT_CLAUSE_H
#define STEMMA_EXTRACT_EVENT_CLAUSE_H

#include "pack/extract/annotation.h"

/** A verb with what hangs on it. Tokens, or STEMMA_NONE. */
struct stm_clause {
    uint32_t verb;
    uint32_t subject; /**< Who acts; of a passive, "by X". */
    uint32_t object;  /**< Whom it befalls; of a passive, its subject. */
    uint32_t second;  /**< Of "gave X a sentence", "X was given a sentence": the sentence. */
    int passive;
    int weak; /**< Passive only as far as the tag goes: no auxiliary says so. */
    int bare; /**< A participle or past form without auxiliary and object: may be either voice. */
};

/** What the auxiliaries of a verb say. */
struct stm_voice {
    int be;
    int have;
    int other;
};

struct stm_voice stm_voice_of(const struct stm_annotation *ann, uint32_t verb);

struct stm_clause stm_clause_at(const struct stm_annotation *ann, uint32_t verb);

/** Takes a bare form as a participle: "30 men freed on Monday". */
void stm_clause_make_passive(struct stm_clause *clause);

/** Takes a participle without auxiliary as a past tense: "thousands demonstrated". */
void stm_clause_make_active(struct stm_clause *clause);

/** The object of an active verb to which the tree gives none: what an amount right behind it counts ("up to
    16 men"), or what follows a time or a word about it ("attacked on Monday a convoy"); or STEMMA_NONE. */
uint32_t stm_object_behind(const struct stm_annotation *ann, uint32_t verb);

/** "gave the poet its prize", "fined the bank 30 million", "elected Ama Boadu, a farmer, mayor": the heads of the
    two phrases behind an active verb that takes whom and what, whatever the tree says. 0 when there are no two. */
int stm_two_objects(const struct stm_annotation *ann, uint32_t verb, uint32_t *whom, uint32_t *what);

/** "Ama Boadu awarded Larch Prize", "Voss named chair of the bank": the past of such a verb in a headline is its
    participle, and who stands before it is whom it befalls. Whether it is so, with the heads of whom and what. */
int stm_headline_passive(const struct stm_annotation *ann, uint32_t verb, uint32_t *whom,
                         uint32_t *what);

/** Whether a token is a word for people: "divers", "judge". */
int stm_is_people_word(const struct stm_annotation *ann, uint32_t token);

/** The head of the noun phrase that begins at a token; or STEMMA_NONE. */
uint32_t stm_phrase_head(const struct stm_annotation *ann, uint32_t first);

/** The head of the clause that a token stands in: a verb or what is the predicate. */
uint32_t stm_clause_of(const struct stm_annotation *ann, uint32_t token);

/** The noun that a preposition introduces in the clause of a verb, behind it, wherever the tree
    hangs it; or STEMMA_NONE. */
uint32_t stm_clause_case(const struct stm_annotation *ann, uint32_t verb, const char *word);

/** Who does what a verb says: as stm_syntax_subject(), and where that has none the noun that a
    relative word stands behind, or the nearest subject before a finite verb. */
uint32_t stm_clause_subject(const struct stm_annotation *ann, uint32_t verb);

/** "The government of X and the rebels signed": what stands before the "and" of a subject when the
    tree made two subjects of the two; or STEMMA_NONE. */
uint32_t stm_clause_second_subject(const struct stm_annotation *ann, uint32_t subject);

/** "Two bankers, a judge and a lawyer were charged": the first of a list before the subject that the tree made a
    subject of its own; or STEMMA_NONE. */
uint32_t stm_clause_listed_before(const struct stm_annotation *ann, uint32_t subject);

/** Whether a noun stands right before a token, so that a participle there is a verb: "the Union
    imposed sanctions", whatever the tree says. */
int stm_stands_as_verb(const struct stm_annotation *ann, uint32_t token);

/** Whether a token is a noun or a name, and no time. */
int stm_is_plain_noun(const struct stm_annotation *ann, uint32_t token);

/** Whether a token is "who", "which" or the like. */
int stm_is_relative(const struct stm_annotation *ann, uint32_t token);

/** Whether a token is a form of "be", "get" or "have". */
int stm_is_be_or_have(const struct stm_annotation *ann, uint32_t token);

/** Whether a token is a verb. */
int stm_is_verb(const struct stm_annotation *ann, uint32_t token);

#endif
