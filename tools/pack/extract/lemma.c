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
        return is_verb(single) || (last != 'l' && last != 's') ? single : stem;
    }
    if (last == 'i') {
        return with_letter(arena, shorter(stem, 1), 'y');
    }
    /* Unknown verbs: "-c", "-v", "-z", "-u", "-ag", "-at", "-ut", "-as" once had an e. */
    int lost_e = last == 'c' || last == 'v' || last == 'z' || last == 'u' ||
                 (last == 'g' && before != 'n') ||
                 (last == 't' && (before == 'a' || before == 'u')) ||
                 (last == 's' && is_vowel(before)) || (last == 'r' && before == 'u');
    return lost_e && stem.size > 3 ? with_e : stem;
}

static stemma_text singular(struct stm_arena *arena, stemma_text word)
{
    if (ends_with(word, "ies") && word.size > 4) {
        return with_letter(arena, shorter(word, 3), 'y');
    }
    if (ends_with(word, "sses") || ends_with(word, "ches") || ends_with(word, "shes") ||
        ends_with(word, "xes") || ends_with(word, "zzes")) {
        return shorter(word, 2);
    }
    return shorter(word, 1);
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
