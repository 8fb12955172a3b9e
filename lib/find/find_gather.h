/* SPDX-License-Identifier: MIT */
/* Inside stemma_find(): the state of a search for a name, and the gathering of its candidates from
   the indexes of names. Every step is bounded, whatever the name and the file. */
#ifndef STEMMA_LIB_FIND_GATHER_H
#define STEMMA_LIB_FIND_GATHER_H

#include "find/find_candidates.h"
#include "find/find_match.h"
#include "file/snapshot.h"
#include "stemma/find.h"

#define STM_FIND_WORDS    8u    /* words of a name that are looked up */
#define STM_FIND_TOKENS   24u   /* tokens of the file that one word may be */
#define STM_FIND_SAME     8u    /* of those, tokens that sound like it */
#define STM_FIND_LISTS    96u   /* lists of tokens that are open at a time */
#define STM_FIND_LIKE     16u   /* tokens of the file that share grams with a word */
#define STM_FIND_COMPARED 2048u /* more than the entities that are ever compared in one round */
#define STM_FIND_SCANNED  32768u /* entities whose labels are read one by one, at most */

/* What speaks for a candidate. A shared word speaks the more the rarer it is. */
#define STM_WEIGHT_EXACT     1000000u
#define STM_WEIGHT_WHOLE     100000u
#define STM_WEIGHT_ALL_WORDS 10000u

/* A token of the file that may be meant by a word. */
typedef struct stm_find_token {
    uint32_t number;
    uint16_t score; /* 0..1000: how likely */
    uint8_t sounds; /* it has the word's folding key */
    uint64_t count; /* of entities that have it */
} stm_find_token;

/* A word of the name, and the tokens that may be meant, the likest first. */
typedef struct stm_find_word {
    stemma_text plain;
    stm_find_token tokens[STM_FIND_TOKENS];
    uint32_t token_count;
    uint64_t entities; /* of all of these tokens */
} stm_find_word;

typedef struct stm_find {
    stemma_snapshot *snapshot;
    stm_asked asked;
    stemma_text plain; /* folded; in plain_bytes */
    stemma_text type;
    uint32_t flags; /* STEMMA_FIND_* */
    uint16_t threshold;
    uint32_t limit;
    uint32_t entities; /* in the file */
    stm_find_word words[STM_FIND_WORDS];
    uint32_t word_count;
    stm_candidates candidates; /* of entities; of tokens while grams are looked up */
    stemma_found *found;       /* kept sorted; room for limit + 1 */
    uint32_t found_count;
    uint32_t *mentions; /* of those, when the snapshot is cut; else NULL */
    uint32_t best;                            /* score of those that lack no word */
    uint32_t compared[2 * STM_FIND_COMPARED]; /* entity + 1, by hash; 0 free */
    char plain_bytes[STM_NAME_PLAIN_SIZE];
} stm_find;

/* ---- Words and the tokens that they may be ---- */

/* Splits the name into words and looks up the tokens that sound like them. */
stemma_status stm_find_words(stm_find *s, stemma_error *error);

/* Adds the tokens of the file that have the folding key of `spelling`. `score`: how likely, or 0 for
   how like the word's own they are, at most 940. */
stemma_status stm_find_spelling(stm_find *s, stm_find_word *word, stemma_text spelling,
                                uint32_t score, stemma_error *error);

/* Adds one token unless it is there. */
void stm_find_token_add(stm_find_word *word, uint32_t number, uint32_t score, uint8_t sounds);

/* Fills in the counts that are missing. */
stemma_status stm_find_weigh(stm_find *s, stm_find_word *word, stemma_error *error);

/* The tokens that begin with `prefix`: numbers `*first` up to `*end`. */
stemma_status stm_find_range(stm_find *s, stemma_text prefix, uint32_t *first, uint32_t *end,
                             stemma_error *error);

/* ---- Candidates ---- */

/* Entities that have the name, or all of its words. */
stemma_status stm_find_gather_sure(stm_find *s, stemma_error *error);

/* Entities that are called `plain`, a plain key, exactly. */
stemma_status stm_find_gather_exact(stm_find *s, stemma_text name, stemma_text plain,
                                    stemma_error *error);

/* Entities that have all of `words`; those count more whose label has as many, and the words of one
   letter, and the beginning. */
stemma_status stm_find_gather_all(stm_find *s, const stm_find_word *const *words, uint32_t count,
                                  stemma_error *error);

/* The same for all words of the name but those of one letter. */
stemma_status stm_find_gather_words(stm_find *s, stemma_error *error);

/* Entities that have any of its words: rarer words weigh more. */
stemma_status stm_find_gather_tokens(stm_find *s, stemma_error *error);

/* Adds the first `most` entities that have a token. */
stemma_status stm_find_gather_list(stm_find *s, uint32_t token, uint32_t weight, uint32_t most,
                                   stemma_error *error);

/* Entities that have the name with pet forms, initials, an acronym, or words glued or split. */
stemma_status stm_find_gather_forms(stm_find *s, stemma_error *error);

/* Entities with all words, the last of them perhaps longer than what was asked for. */
stemma_status stm_find_gather_prefix(stm_find *s, stemma_error *error);

/* Entities that have the name with a letter wrong, or written in a script without vowels: of words
   that the file does not know, or (`all`) of any word. */
stemma_status stm_find_gather_misspelt(stm_find *s, int all, stemma_error *error);

/* Entities that have words like those of the name; tells the least weight to take seriously. */
stemma_status stm_find_gather_like(stm_find *s, uint32_t *least, stemma_error *error);

/* Among the most mentioned entities, those whose label the asked word is an acronym of, or one of
   whose words begins like the last that was asked for. */
stemma_status stm_find_scan_acronyms(stm_find *s, stemma_error *error);
stemma_status stm_find_scan_prefixes(stm_find *s, stemma_error *error);

#endif
