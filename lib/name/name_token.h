/* SPDX-License-Identifier: MIT */
/* A name taken apart into tokens, each with its two keys: what the comparisons work on. */
#ifndef STEMMA_LIB_NAME_TOKEN_H
#define STEMMA_LIB_NAME_TOKEN_H

#include "stemma/name.h"

#define STM_NAME_PLAIN_SIZE STEMMA_NAME_READ /* the folding key is at most twice the plain one */
#define STM_NAME_TOKENS     24u              /* tokens that are compared; the rest is ignored */

typedef struct stm_name_token {
    stemma_text plain;
    stemma_text key;
    uint16_t weight; /* 100 for a whole word of a name; less for particles and initials */
    uint8_t initial; /* one letter */
    uint8_t used;    /* scratch of the alignment */
    uint16_t given;  /* persons: stm_given_group() */
    uint8_t ignored; /* organisations: a legal form or connector */
    uint8_t spelled; /* organisations: which of the spellings of one word it is; 0: of none */
} stm_name_token;

/* `tokens` point into the two buffers: not to be copied as a struct. */
typedef struct stm_name_tokens {
    char plain[STM_NAME_PLAIN_SIZE];
    char key[2 * STM_NAME_PLAIN_SIZE];
    size_t plain_size;
    size_t key_size;
    uint32_t count;
    stm_name_token tokens[STM_NAME_TOKENS];
} stm_name_tokens;

/* The plain key. STEMMA_E_INVALID for bytes that are not UTF-8. */
stemma_status stm_name_fold(stemma_text name, char out[STM_NAME_PLAIN_SIZE], size_t *out_size);

/* Appends the folding key of one plain token to `out`, which has room for twice its size. Returns
   the number of bytes. */
size_t stm_name_key_token(stemma_text plain, char *out);

/* Folds and splits. STEMMA_E_INVALID for bytes that are not UTF-8. */
stemma_status stm_name_split(stm_name_tokens *tokens, stemma_text name);

/* Similarity of two tokens by weighted edits over both keys, 0..1000. What is below `least` may be told as 0. */
uint32_t stm_name_token_score(const stm_name_token *a, const stm_name_token *b, uint32_t least);

/* Drops token `index`, keeping the order of the others. */
void stm_name_drop(stm_name_tokens *tokens, uint32_t index);

/* A name taken apart and prepared, in as much room as it needs: for names that are compared with many. */
typedef struct stm_name_parts {
    const char *plain;
    size_t plain_size;
    uint32_t count;
    stm_name_token tokens[];
} stm_name_parts;

/* What stm_name_compare() wants of a name, once it is split: persons lose titles that stand with other words, and
   particles and initials weigh less; what is known of the words of organisations is noted. */
void stm_name_prepare(stm_name_tokens *name, stemma_name_class kind);
void stm_name_prepare_person(stm_name_tokens *name);
void stm_name_prepare_organization(stm_name_tokens *name);

/* Bytes that stm_name_parts_make() needs. */
size_t stm_name_parts_size(const stm_name_tokens *name);

/* Copies what was prepared to `room`, which has those bytes and is aligned for any type. */
const stm_name_parts *stm_name_parts_make(const stm_name_tokens *name, void *room);

/* stemma_name_similarity() of two names prepared for that class, `a` the one that stemma_text_compare() has first. */
uint32_t stm_name_parts_similarity(const stm_name_parts *a, const stm_name_parts *b,
                                   stemma_name_class kind);

/* The comparisons by class of what is prepared; they may drop and mark tokens. */
uint32_t stm_name_compare_person(stm_name_tokens *a, stm_name_tokens *b);
uint32_t stm_name_compare_organization(stm_name_tokens *a, stm_name_tokens *b);
uint32_t stm_name_compare_place(stm_name_tokens *a, stm_name_tokens *b);
uint32_t stm_name_compare_words(stm_name_tokens *a, stm_name_tokens *b);

/* The plain key of a place, with the names that a country also goes by turned into one. */
stemma_status stm_name_place_key(stemma_text name, char out[STM_NAME_PLAIN_SIZE], size_t *size);

/* Joins neighbouring tokens of one name that the other writes as one ("van der Bilt"). */
void stm_name_join_split(stm_name_tokens *a, stm_name_tokens *b);

/* Whether a table of words holds `word`. */
int stm_name_in(const char *const *table, size_t count, stemma_text word);

#endif
