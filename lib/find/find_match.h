/* SPDX-License-Identifier: MIT */
/* Comparing a name that was asked for with one of the file: how well it fits, and why. The rules of
   name.h are made for joining, where a mistake costs much. Who asks may give initials, pet forms, a
   part, the beginning of a word, or misspell: such words are read as the ones that they may stand for,
   at a discount. */
#ifndef STEMMA_LIB_FIND_MATCH_H
#define STEMMA_LIB_FIND_MATCH_H

#include "name/name_nick.h"
#include "name/name_token.h"
#include "stemma/find.h"

#define STM_ASKED_WORDS 8u /* of a name that are related to others */

/* Scripts of letters, as a set; what is not named here is STM_SCRIPT_OTHER. */
enum {
    STM_SCRIPT_LATIN = 1,
    STM_SCRIPT_GREEK = 2,
    STM_SCRIPT_CYRILLIC = 4,
    STM_SCRIPT_ARMENIAN = 8,
    STM_SCRIPT_HEBREW = 16,
    STM_SCRIPT_ARABIC = 32,
    STM_SCRIPT_GEORGIAN = 64,
    STM_SCRIPT_OTHER = 128
};

unsigned stm_scripts_of(stemma_text text);

/* A name that is asked for. Not to be copied. */
typedef struct stm_asked {
    stemma_text name;
    stemma_text plain;      /* its plain key */
    stm_name_tokens tokens; /* titles dropped, words weighed */
    uint16_t groups[STM_ASKED_WORDS][STM_NICK_GROUPS];
    uint32_t group_counts[STM_ASKED_WORDS];
    unsigned scripts;
    int misspelt; /* words may be */
    int prefix;   /* the last word may be the beginning of one */
} stm_asked;

/* `name` lives as long as that. STEMMA_E_INVALID for bytes that are not UTF-8. */
stemma_status stm_asked_begin(stm_asked *asked, stemma_text name, stemma_text plain);

typedef struct stm_match {
    uint32_t score; /* 0..1000 */
    uint8_t reason; /* stemma_match_reason */
    uint8_t whole;  /* no word that was asked for is missing */
    uint8_t plain;  /* each of them is a word of the name, letter by letter */
} stm_match;

stm_match stm_match_name(const stm_asked *asked, stemma_text name, stemma_name_class kind);

/* Whether `letters` are the first ones of all the words of a plain key, of which there are two at the
   least; words like "of" may be left out. */
int stm_match_acronym(stemma_text letters, stemma_text plain);

/* Whether `word` is one that acronyms leave out. */
int stm_match_is_connector(stemma_text word);

#endif
