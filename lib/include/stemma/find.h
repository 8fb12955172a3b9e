/* SPDX-License-Identifier: MIT */
/**
 * @file find.h
 * Find people, organisations, places and things by a name, however it is written down. Lifetimes and
 * threads as in read.h.
 */
#ifndef STEMMA_FIND_H
#define STEMMA_FIND_H

#include "stemma/read.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Why a name was found: what lies between it and the name that was asked for. When several things
 *  do, the one that says most. Of words in any order and case, marks and punctuation aside. */
typedef enum stemma_match_reason {
    STEMMA_MATCH_SAME = 0,     /**< The same name. */
    STEMMA_MATCH_SCRIPT = 1,   /**< The same name in another script. */
    STEMMA_MATCH_SPELLING = 2, /**< The same name in another spelling: another way to write it in Latin
                                    letters, or words written as one. */
    STEMMA_MATCH_ORDER = 3,    /**< The same words in another order: surname first. */
    STEMMA_MATCH_INITIALS = 4, /**< An initial for a word, on either side. */
    STEMMA_MATCH_NICKNAME = 5, /**< A pet form for a given name, on either side. */
    STEMMA_MATCH_ACRONYM = 6,  /**< The first letters for all words, on either side. */
    STEMMA_MATCH_PART = 7,     /**< Only some words of the name, on either side. */
    STEMMA_MATCH_PREFIX = 8,   /**< The beginning of a word for the word. */
    STEMMA_MATCH_MISSPELT = 9  /**< A letter or two are wrong, missing or too many. */
} stemma_match_reason;

/** The word for a reason, as the tools write it: "same name", "other script", "other spelling",
 *  "other order", "initials", "nickname", "acronym", "part of the name", "prefix", "misspelt".
 *  Static; "?" for what is no reason. Any thread. */
STEMMA_API const char *stemma_match_reason_text(uint8_t reason);

/** The last word of the name is the beginning of one, as somebody types it. */
#define STEMMA_FIND_PREFIX 1u

typedef struct stemma_find_options {
    size_t size;
    uint32_t limit;     /**< At most so many; 0: 20. */
    uint16_t threshold; /**< Least score, 0..1000; 0: the library's choice. 1000: only the same name
                             but for case, marks and script, which is much faster. */
    stemma_text type;   /**< Only entities of this type, if not empty. */
    uint32_t flags;     /**< STEMMA_FIND_* */
} stemma_find_options;

#define STEMMA_FIND_OPTIONS_INIT {sizeof(stemma_find_options), 0, 0, {NULL, 0}, 0}

typedef struct stemma_found {
    uint32_t entity;
    uint32_t name;  /**< Which of its names fits best: an index into `names` of stemma_entity_get(). */
    uint16_t score; /**< 0..1000: how well that name fits. */
    uint8_t reason; /**< stemma_match_reason */
} stemma_found;

/** Entities that may be called `name`: in any script and romanisation, with initials, pet forms,
 *  words left out, run together or in another order, as an acronym, misspelt. Best first: by score,
 *  then mentions. `options` may be NULL. What costs more is tried only when what costs less found
 *  nothing good: so somebody whose name is spelt right hides those who are called nearly so.
 *  The array belongs to the snapshot. STEMMA_OK and a `*count` of 0 when there is none;
 *  STEMMA_E_INVALID when it is not UTF-8, STEMMA_E_MISUSE for options that are not initialised.
 *
 *  Time is bounded whatever the file: of names that many share, the most mentioned bearers are
 *  looked at, and acronyms and short beginnings of words are looked for among the 32,768 most
 *  mentioned entities. */
STEMMA_API stemma_status stemma_find(stemma_snapshot *snapshot, stemma_text name,
                                     const stemma_find_options *options, const stemma_found **out,
                                     uint32_t *count, stemma_error *error);

/** Entities that are called `name` but for case, marks, punctuation and script (equal plain keys,
 *  see stemma_name_fold()), ascending, which is by falling mentions: at most `capacity` of them into
 *  `entities`, and how many into `*count`. Of more than 512 namesakes only so many are looked at.
 *  STEMMA_OK and 0 when there is none; STEMMA_E_INVALID when it is not UTF-8. */
STEMMA_API stemma_status stemma_entity_by_name(stemma_snapshot *snapshot, stemma_text name,
                                               uint32_t *entities, uint32_t capacity,
                                               uint32_t *count, stemma_error *error);

#ifdef __cplusplus
}
#endif
#endif
