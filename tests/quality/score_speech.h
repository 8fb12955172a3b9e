/* SPDX-License-Identifier: MIT */
/**
 * @file score_speech.h
 * What the parts of score_speech share: passages of a gold file as they are read, and counts.
 */
#ifndef STEMMA_TEST_SCORE_SPEECH_H
#define STEMMA_TEST_SCORE_SPEECH_H

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

#include "pack/extract/extract.h"

/** Right answers among those given and those wanted. */
struct tally {
    double right;
    double given;
    double wanted;
};

struct passage {
    const json_t *gold;
    const char *id;
    const stemma_document *read;
};

struct speech_score {
    struct tally statements; /**< Speaker and words both right. */
    struct tally speakers;   /**< Of statements whose words are right. */
    struct tally words;
    struct tally addressees;
    struct tally media;
    struct tally stances;
    struct tally direct; /**< Recall of statements by form. */
    struct tally indirect;
    struct tally mixed;
    struct tally facts;
    FILE *errors; /**< Where mistakes are told; NULL for nowhere. */
};

/** Compares the statements of a passage. */
void score_statements(struct speech_score *score, const struct passage *passage);

/** Compares the facts of a passage that lists some. */
void score_facts(struct speech_score *score, const struct passage *passage);

/** Whether the referent is called by words of `phrase` as it stands in the text, or by `name`.
   Either may be NULL. */
bool is_meant(const stemma_document *read, uint32_t referent, const char *phrase, const char *name);

/** The words of a member, or NULL. */
const char *member(const json_t *object, const char *key);

#endif
