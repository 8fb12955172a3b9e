/* SPDX-License-Identifier: MIT */
/* Comparing the names of organisations: the words that tell, legal forms and connectors aside. */
#include "name/name_token.h"

/* Legal forms and connectors: say nothing about who it is. */
static const char *const IGNORED[] = {
    "a",
    "ab",
    "ad",
    "ag",
    "and",
    "ao",
    "as",
    "at",
    "bv",
    "bvba",
    "co",
    "company",
    "corp",
    "corporation",
    "cv",
    "d",
    "da",
    "das",
    "de",
    "del",
    "der",
    "des",
    "di",
    "die",
    "do",
    "du",
    "e",
    "et",
    "for",
    "gmbh",
    "haftung",
    "in",
    "inc",
    "incorporated",
    "joint",
    "jsc",
    "kft",
    "kg",
    "la",
    "le",
    "les",
    "liability",
    "limited",
    "llc",
    "llp",
    "lp",
    "ltd",
    "ltda",
    "mbh",
    "mit",
    "beschrankter",
    "gesellschaft",
    "na",
    "nv",
    "oao",
    "of",
    "ojsc",
    "on",
    "ooo",
    "open",
    "oy",
    "oyj",
    "pao",
    "pjsc",
    "plc",
    "pte",
    "pty",
    "public",
    "s",
    "sa",
    "sarl",
    "sas",
    "se",
    "sl",
    "sp",
    "spa",
    "srl",
    "stock",
    "the",
    "to",
    "und",
    "y",
    "z",
    "zao",
    "aktiengesellschaft",
    "o",
    "i",
    "oo",
};

/* Kinds of organisation: shared by strangers, so they weigh little. */
static const char *const GENERIC[] = {
    "administration", "agency",        "association", "authority", "bank",         "board",
    "bureau",         "center",        "centre",      "club",      "college",      "commission",
    "committee",      "congress",      "council",     "court",     "department",   "federation",
    "foundation",     "front",         "fund",        "group",     "holding",      "holdings",
    "institute",      "international", "league",      "media",     "ministry",     "movement",
    "national",       "network",       "news",        "office",    "organisation", "organization",
    "party",          "police",        "services",    "society",   "state",        "trust",
    "union",          "university",
};

static const struct {
    const char *from;
    const char *to;
} SPELLINGS[] = {
    {"organisation", "organization"},
    {"centre", "center"},
    {"intl", "international"},
    {"intnl", "international"},
    {"defence", "defense"},
    {"labour", "labor"},
    {"assn", "association"},
    {"assoc", "association"},
    {"dept", "department"},
    {"govt", "government"},
    {"univ", "university"},
    {"natl", "national"},
    {"bros", "brothers"},
    {"one", "1"},
    {"two", "2"},
    {"three", "3"},
    {"four", "4"},
    {"five", "5"},
    {"six", "6"},
    {"seven", "7"},
    {"eight", "8"},
    {"nine", "9"},
    {"ten", "10"},
    {"first", "1"},
    {"second", "2"},
    {"third", "3"},
    {"1st", "1"},
    {"2nd", "2"},
    {"3rd", "3"},
};

#define COUNT_OF(table) (sizeof(table) / sizeof(table)[0])

void stm_name_prepare_organization(stm_name_tokens *name)
{
    for (uint32_t i = 0; i < name->count; i++) {
        stm_name_token *token = &name->tokens[i];
        stemma_text plain = token->plain;
        token->ignored = (uint8_t)stm_name_in(IGNORED, COUNT_OF(IGNORED), plain);
        for (size_t k = 0; k < COUNT_OF(SPELLINGS); k++) {
            if (plain.size != 0 && plain.data[0] == SPELLINGS[k].from[0] &&
                stemma_text_equal(plain, stemma_text_of(SPELLINGS[k].from))) {
                token->spelled = (uint8_t)(k + 1);
                plain = stemma_text_of(SPELLINGS[k].to);
            }
        }
        if (stm_name_in(GENERIC, COUNT_OF(GENERIC), plain)) {
            token->weight = 50;
        }
    }
}

/* Leaves the words that tell, in one spelling. */
static void reduce(stm_name_tokens *name)
{
    uint32_t telling = 0;
    for (uint32_t i = 0; i < name->count; i++) {
        telling += !name->tokens[i].ignored;
    }
    for (uint32_t i = 0; i < name->count && telling > 0;) {
        if (name->tokens[i].ignored) {
            stm_name_drop(name, i);
        } else {
            i++;
        }
    }
    for (uint32_t i = 0; i < name->count; i++) {
        stm_name_token *token = &name->tokens[i];
        if (token->spelled != 0) {
            token->plain = stemma_text_of(SPELLINGS[token->spelled - 1].to);
            token->key = token->plain;
        }
    }
}

/* Whether `acronym` is made of the first letters of all `words`, in order, with the ignored words
   counted or not. */
static int abbreviates(stemma_text acronym, const stm_name_tokens *words)
{
    for (int with_ignored = 0; with_ignored < 2; with_ignored++) {
        size_t letters = 0;
        int fits = 1;
        for (uint32_t i = 0; i < words->count && fits; i++) {
            if (!with_ignored && words->tokens[i].ignored) {
                continue;
            }
            fits =
                letters < acronym.size && acronym.data[letters] == words->tokens[i].plain.data[0];
            letters++;
        }
        if (fits && letters == acronym.size && letters >= 2) {
            return 1;
        }
    }
    return 0;
}

static int acronym_match(const stm_name_tokens *a, const stm_name_tokens *b)
{
    const stm_name_token *only = NULL;
    for (uint32_t i = 0; i < a->count; i++) {
        if (!a->tokens[i].ignored) {
            if (only != NULL) {
                return 0;
            }
            only = &a->tokens[i];
        }
    }
    if (only == NULL && a->count == 1) {
        only = &a->tokens[0];
    }
    return only != NULL && only->plain.size >= 2 && only->plain.size <= 8 &&
           abbreviates(only->plain, b);
}

/* All letters run together: "SiemensAG", "Good Will". */
static int same_letters(const stm_name_tokens *a, const stm_name_tokens *b)
{
    size_t i = 0;
    size_t j = 0;
    size_t letters = 0;
    while (i < a->plain_size && j < b->plain_size) {
        if (a->plain[i] == ' ') {
            i++;
        } else if (b->plain[j] == ' ') {
            j++;
        } else if (a->plain[i++] != b->plain[j++]) {
            return 0;
        } else {
            letters++;
        }
    }
    return i == a->plain_size && j == b->plain_size && letters >= 3;
}

uint32_t stm_name_compare_organization(stm_name_tokens *a, stm_name_tokens *b)
{
    if (same_letters(a, b)) {
        return 1000;
    }
    if (acronym_match(a, b) || acronym_match(b, a)) {
        return 900;
    }
    reduce(a);
    reduce(b);
    return stm_name_compare_words(a, b);
}
