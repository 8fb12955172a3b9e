/* SPDX-License-Identifier: MIT */
/* The language of full-text queries: words, "phrases", prefi*, fields, AND, OR, NOT, parentheses.
   stemma/search.h says what it means. Pure: no file is touched, nothing is allocated. */
#ifndef STEMMA_LIB_SEARCH_PARSE_H
#define STEMMA_LIB_SEARCH_PARSE_H

#include "stemma/status.h"
#include "stemma/types.h"

#define STM_ASK_NODES 192u /* of a query */
#define STM_ASK_DEPTH 32u  /* parentheses and NOTs within each other */

typedef enum stm_ask_kind {
    STM_ASK_AND = 1,
    STM_ASK_OR,
    STM_ASK_NOT,
    STM_ASK_WORDS,  /* all words of the text */
    STM_ASK_PHRASE, /* the same, next to each other */
    STM_ASK_PREFIX, /* the words of the text, the last of which is only a beginning */
    STM_ASK_FIELD
} stm_ask_kind;

typedef enum stm_ask_field {
    STM_FIELD_TITLE,
    STM_FIELD_PUBLISHER,
    STM_FIELD_BYLINE,
    STM_FIELD_AGENCY,
    STM_FIELD_LANGUAGE,
    STM_FIELD_PUBLISHED
} stm_ask_field;

typedef struct stm_ask_node {
    uint8_t kind;     /* stm_ask_kind */
    uint8_t field;    /* stm_ask_field */
    uint8_t quoted;   /* of a field: its words stand next to each other */
    uint8_t prefix;   /* of a field: its last word is only a beginning */
    uint8_t positive; /* not below an odd number of NOTs: its words are what is looked for */
    uint8_t child;    /* first operand; 0: none */
    uint8_t next;     /* next operand of the same parent; 0: none */
    stemma_text text; /* a view of the query */
    uint32_t column;  /* in the query, in code points from 1 */
} stm_ask_node;

typedef struct stm_ask {
    uint32_t root; /* 0: nothing is asked for */
    uint32_t count;
    stm_ask_node nodes[STM_ASK_NODES]; /* nodes[0] is none */
} stm_ask;

/* Whether a query is nothing but words and phrases, which all must be there. */
int stm_ask_is_plain(stemma_text query);

/* Reads a query, which is UTF-8 and outlives `out`. STEMMA_E_INVALID (code SEARCH_QUERY, the column
   in `where` and in the message). */
stemma_status stm_ask_read(stm_ask *out, stemma_text query, stemma_error *error);

#endif
