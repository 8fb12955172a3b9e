/* SPDX-License-Identifier: MIT */
#include "pack/extract/lexicon.h"

#include <string.h>

/* memcmp order of a key and a NUL-terminated word. Byte by byte: the first or second mostly
   decides, and this is where the reader spends its time. */
static int compare(stemma_text key, const char *word)
{
    for (size_t i = 0; i < key.size; i++) {
        int order = (uint8_t)key.data[i] - (uint8_t)word[i];
        if (order != 0) {
            return order;
        }
    }
    return word[key.size] == '\0' ? 0 : -1;
}

/* Binary search in a table of structs whose first member is the word. */
static const void *find(stemma_text key, const void *table, size_t count, size_t width)
{
    if (key.size == 0) {
        return NULL;
    }
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const char *entry = (const char *)table + middle * width;
        const char *word;
        memcpy(&word, entry, sizeof word);
        int order = compare(key, word);
        if (order == 0) {
            return entry;
        }
        if (order < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return NULL;
}

int stm_lexicon_has(enum stm_lexicon_list list, stemma_text word)
{
    const char *const *words = NULL;
    size_t count = 0;
    if (list == STM_LEXICON_GIVEN) {
        return stm_lexicon_given(word) != NULL;
    }
    if (list == STM_LEXICON_VERB) {
        words = stm_lexicon_verbs;
        count = stm_lexicon_verb_count;
    } else if (list == STM_LEXICON_NOUN) {
        words = stm_lexicon_nouns;
        count = stm_lexicon_noun_count;
    } else {
        /* The lists stand in the order of the enumeration, those about persons first. */
        size_t at = (size_t)list;
        const struct stm_word_list *found = at < stm_lexicon_person_count
                                                ? &stm_lexicon_person[at]
                                                : &stm_lexicon_name[at - stm_lexicon_person_count];
        words = found->words;
        count = found->count;
    }
    return find(word, words, count, sizeof *words) != NULL;
}

const struct stm_place_entry *stm_lexicon_place(stemma_text name)
{
    return find(name, stm_lexicon_places, stm_lexicon_place_count, sizeof *stm_lexicon_places);
}

const struct stm_demonym_entry *stm_lexicon_demonym(stemma_text word)
{
    return find(word, stm_lexicon_demonyms, stm_lexicon_demonym_count,
                sizeof *stm_lexicon_demonyms);
}

const struct stm_given_entry *stm_lexicon_given(stemma_text name)
{
    return find(name, stm_lexicon_given_names, stm_lexicon_given_count,
                sizeof *stm_lexicon_given_names);
}

enum stm_tag stm_lexicon_closed_tag(stemma_text word)
{
    const struct stm_tag_entry *entry =
        find(word, stm_lexicon_closed, stm_lexicon_closed_count, sizeof *stm_lexicon_closed);
    return entry == NULL ? STM_TAG_OTHER : (enum stm_tag)entry->tag;
}

const struct stm_form_entry *stm_lexicon_form(stemma_text form)
{
    return find(form, stm_lexicon_forms, stm_lexicon_form_count, sizeof *stm_lexicon_forms);
}
