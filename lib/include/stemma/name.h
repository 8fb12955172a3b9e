/* SPDX-License-Identifier: MIT */
/**
 * @file name.h
 * Folding names of any script to comparable keys, and saying how alike two names are.
 *
 * One person is written Vasilkouskaya, Vasilkovskaya and Васильковская. Two keys help to find her:
 * the *plain* key (case, marks and script folded away; otherwise letter by letter) and the
 * *folding* key, which also folds away the choices that transliterators differ in. Equal folding
 * keys are a reason to compare, not a reason to join: stemma_name_similarity() compares.
 *
 *     char key[STEMMA_NAME_KEY_SIZE];
 *     size_t size;
 *     if (stemma_name_key(name, key, sizeof key, &size) == STEMMA_OK) { look_up(key, size); }
 *
 * All functions are pure: no allocation, no locale, any thread. They read at most the first
 * STEMMA_NAME_READ bytes of a name, so their cost is bounded whatever they are given.
 */
#ifndef STEMMA_NAME_H
#define STEMMA_NAME_H

#include "stemma/status.h"
#include "stemma/types.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Bytes of a name that are read; what follows is ignored. */
#define STEMMA_NAME_READ 512u

/** A buffer of this size holds the key of any name. */
#define STEMMA_NAME_KEY_SIZE 1024u

/** What kind of thing a name names: each kind is compared by its own rules. */
typedef enum stemma_name_class {
    STEMMA_NAME_CLASS_OTHER = 0, /**< Things and unknown types: tokens in any order. */
    STEMMA_NAME_CLASS_PERSON = 1,
    STEMMA_NAME_CLASS_ORGANIZATION = 2,
    STEMMA_NAME_CLASS_PLACE = 3
} stemma_name_class;

/**
 * The plain key: casefolded, marks stripped, Cyrillic (Russian, Belarusian, Ukrainian, Bulgarian,
 * Serbian), Greek, Georgian and Armenian written in Latin letters, Arabic, Persian and Hebrew too
 * (what they write: mostly consonants), punctuation and white space turned to single spaces, none
 * at the ends. Apostrophes inside a word and the full stops of an abbreviation vanish ("O'Brien" is
 * "obrien", "U.S." is "us"). Letters of other scripts stay, casefolded.
 *
 * Writes at most `capacity` bytes to `out` without a NUL, and their number to `*size`, which may be
 * 0 for a name without letters and digits. STEMMA_E_NO_SPACE when `capacity` is too small,
 * STEMMA_E_INVALID when the name is not UTF-8; `*size` is then 0.
 */
STEMMA_API STEMMA_NODISCARD stemma_status stemma_name_fold(stemma_text name, char *out,
                                                           size_t capacity, size_t *size);

/**
 * The folding key: the plain key with each token folded over the habits of transliteration
 * (ts, tz, cz to c; kh, gh, g to h; sh, sch to s; w to v; y, j to i; ou to u; ya, ia to a; o to a;
 * e to i; doubled letters once; and more). Tokens keep their number and order, joined by a space,
 * so that the tokens of the plain and of the folding key correspond. Errors as stemma_name_fold().
 */
STEMMA_API STEMMA_NODISCARD stemma_status stemma_name_key(stemma_text name, char *out,
                                                          size_t capacity, size_t *size);

/**
 * How alike two names are: 0 (strangers) to 1000 (the same name, if written in another way).
 * Symmetric. Tokens are aligned with edits in which vowels and habits of transliteration are cheap;
 * initials match names that they begin; tokens that only one side has cost little, tokens on
 * both sides without a partner cost much. For organisations legal forms and connectors are
 * ignored and an acronym matches what it abbreviates. Bad UTF-8 gives 0.
 *
 * STEMMA_NAME_LIKELY and above is as good as a name alone can be: it does not make two people one.
 */
STEMMA_API uint32_t stemma_name_similarity(stemma_text a, stemma_text b, stemma_name_class kind);

/** Similarity from which names of one class may be one name in two spellings. */
#define STEMMA_NAME_LIKELY 700u

/** Similarity of two single tokens (one given name, one surname), 0..1000: no alignment. */
STEMMA_API uint32_t stemma_name_token_similarity(stemma_text a, stemma_text b);

/** What the form of a surname says of its bearer's gender: a reason against joining, never for. */
typedef enum stemma_name_gender {
    STEMMA_NAME_GENDER_UNKNOWN = 0,
    STEMMA_NAME_GENDER_MALE = 1,
    STEMMA_NAME_GENDER_FEMALE = 2
} stemma_name_gender;

/** Gender by the ending of the last token of a person's name where languages mark it there (-sky
 * and -skaya, -ov and -ova, -dottir and -son). Only for names of two or more tokens or of a single
 *  surname; a single given name may mislead. */
STEMMA_API stemma_name_gender stemma_name_surname_gender(stemma_text name);

#ifdef __cplusplus
}
#endif
#endif
