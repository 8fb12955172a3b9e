/* SPDX-License-Identifier: MIT */
#include "pack/extract/lemma.h"

#include "pack/extract/lexicon.h"

#include <string.h>

static int ends_with(stemma_text word, const char *ending)
{
    size_t size = strlen(ending);
    return word.size > size && memcmp(word.data + word.size - size, ending, size) == 0;
}

static stemma_text shorter(stemma_text word, size_t by)
{
    word.size -= by;
    return word;
}

static int is_vowel(char c)
{
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

static int is_verb(stemma_text word)
{
    return stm_lexicon_has(STM_LEXICON_VERB, word);
}

/* `stem` with a letter added; stem itself when memory is out (a lemma is only a guess). */
static stemma_text with_letter(struct stm_arena *arena, stemma_text stem, char letter)
{
    char *data = stm_arena_alloc(arena, stem.size + 1, 1);
    if (data == NULL) {
        return stem;
    }
    memcpy(data, stem.data, stem.size);
    data[stem.size] = letter;
    stemma_text word = {data, stem.size + 1};
    return word;
}

static int is_one_syllable(stemma_text stem)
{
    int groups = 0;
    for (size_t i = 0; i < stem.size; i++) {
        groups += is_vowel(stem.data[i]) && (i == 0 || !is_vowel(stem.data[i - 1]));
    }
    return groups == 1;
}

/* Whether an unknown verb most likely lost an e before its ending. Of one syllable, a short vowel would
   have doubled the consonant: "scor-ed" is of "score". Of more, it depends on the last letters. */
static int lost_e(stemma_text stem)
{
    static const char *const endings[] = {"at", "ut", "ot", "in", "id", "ad", "od", "ud", "ir",
                                          "ar", "ur", "ib", "ul", "um", "am", "ok", "ag", "eg",
                                          "ug", "og", "ang", "eng", "ung", "uc"};
    char last = stem.data[stem.size - 1];
    char before = stem.data[stem.size - 2];
    if (stem.size < 3) {
        return 0;
    }
    int short_vowel = is_vowel(before) && !is_vowel(stem.data[stem.size - 3]);
    if (strchr("cvzu", last) != NULL) {
        return 1;
    }
    if (last == 's') {
        return is_vowel(before) || before == 'n' || before == 'r'; /* "clos", "sens", "revers" */
    }
    if (last == 'l' && !is_vowel(before) && before != 'r' && before != 'w') {
        return 1; /* "tackl" */
    }
    if (last == 'g' && !is_vowel(before) && before != 'n') {
        return 1; /* "merg", "judg" */
    }
    if (short_vowel && is_one_syllable(stem) && strchr("wxy", last) == NULL) {
        return 1;
    }
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        if (ends_with(stem, endings[i]) &&
            (short_vowel || is_vowel(endings[i][0]) == 0 || endings[i][2] != '\0')) {
            return 1;
        }
    }
    return 0;
}

/* The verb that `stem` (a form less "ed" or "ing") belongs to; the view may be into `stem`. */
static stemma_text verb_of_stem(struct stm_arena *arena, stemma_text stem)
{
    if (stem.size < 2 || is_verb(stem)) {
        return stem;
    }
    stemma_text with_e = with_letter(arena, stem, 'e');
    if (is_verb(with_e)) {
        return with_e;
    }
    char last = stem.data[stem.size - 1];
    char before = stem.data[stem.size - 2];
    if (last == before && !is_vowel(last)) {
        stemma_text single = shorter(stem, 1);
        int doubled = strchr("lsfz", last) == NULL; /* "stuff", "pass": double by themselves */
        return is_verb(single) || doubled ? single : stem;
    }
    if (last == 'i') {
        return with_letter(arena, shorter(stem, 1), 'y');
    }
    return lost_e(stem) ? with_e : stem;
}

static stemma_text singular(struct stm_arena *arena, stemma_text word)
{
    if (ends_with(word, "ies") && word.size > 4) {
        return with_letter(arena, shorter(word, 3), 'y');
    }
    if (ends_with(word, "sses") || ends_with(word, "ches") || ends_with(word, "shes") ||
        ends_with(word, "xes") || ends_with(word, "zzes") ||
        (ends_with(word, "oes") && word.size > 5)) {
        return shorter(word, 2);
    }
    if (ends_with(word, "uses") && word.size > 4 && !is_vowel(word.data[word.size - 5]) &&
        !is_verb(shorter(word, 1))) {
        return shorter(word, 2); /* "viruses", but "abuses" */
    }
    return shorter(word, 1);
}

/* "firemen", "schoolchildren": compounds of the two nouns whose plural is a form of their own. */
static stemma_text of_compound(struct stm_arena *arena, stemma_text word)
{
    if (ends_with(word, "men") && word.size > 4) {
        stemma_text stem = with_letter(arena, shorter(word, 2), 'a');
        return with_letter(arena, stem, 'n');
    }
    return ends_with(word, "children") ? shorter(word, 3) : word;
}

/* The irregular form, when it is one of this part of speech. */
static const char *irregular(stemma_text word, unsigned pos)
{
    const struct stm_form_entry *form = stm_lexicon_form(word);
    int fits;
    if (form == NULL) {
        return NULL;
    }
    switch (form->tag) {
    case STM_TAG_PLURAL:
        fits = pos == STM_POS_NNS || pos == STM_POS_NNPS;
        break;
    case STM_TAG_GERUND:
        fits = pos == STM_POS_VBG;
        break;
    case STM_TAG_VERB_S:
        fits = pos == STM_POS_VBZ;
        break;
    case STM_TAG_PAST:
        fits = pos == STM_POS_VBD || pos == STM_POS_VBN;
        break;
    case STM_TAG_PARTICIPLE:
        fits = pos == STM_POS_VBN || pos == STM_POS_VBD;
        break;
    default: /* be, have, do */
        fits = pos >= STM_POS_VB && pos <= STM_POS_VBZ;
        break;
    }
    return fits ? form->lemma : NULL;
}

stemma_text stm_lemma(struct stm_arena *arena, stemma_text word, unsigned pos)
{
    const char *lemma = irregular(word, pos);
    if (lemma != NULL) {
        return stemma_text_of(lemma);
    }
    switch (pos) {
    case STM_POS_NNS:
        word = of_compound(arena, word);
        return word.size > 2 && ends_with(word, "s") && !ends_with(word, "ss") &&
                       !ends_with(word, "us")
                   ? singular(arena, word)
                   : word;
    case STM_POS_VBZ:
        return word.size > 2 && ends_with(word, "s") ? singular(arena, word) : word;
    case STM_POS_VBG:
        return word.size > 4 && ends_with(word, "ing") ? verb_of_stem(arena, shorter(word, 3))
                                                       : word;
    case STM_POS_VBD:
    case STM_POS_VBN:
        if (word.size > 4 && ends_with(word, "ied")) {
            return with_letter(arena, shorter(word, 3), 'y');
        }
        return word.size > 3 && ends_with(word, "ed") ? verb_of_stem(arena, shorter(word, 2))
                                                      : word;
    default:
        return word;
    }
}
