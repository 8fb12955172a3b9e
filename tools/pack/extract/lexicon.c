/* SPDX-License-Identifier: MIT */
#include "pack/extract/lexicon.h"

#include <string.h>

/** Whether a word of a table is `word`: a loop of few steps, for most words are short. */
static int is_word(const char *known, stemma_text word)
{
    size_t i = 0;
    while (i < word.size && known[i] != '\0' && known[i] == word.data[i]) {
        i++;
    }
    return i == word.size && known[i] == '\0';
}

const struct stm_lexicon_entry *stm_lexicon_find(stemma_text word)
{
    if (word.size == 0) {
        return NULL;
    }
    uint32_t hash = stm_lexicon_hash(word);
    uint32_t at = hash & (stm_lexicon_slot_count - 1);
    /* Half of the slots are free, so it ends. */
    for (uint32_t slot = stm_lexicon_slots[at]; slot != 0; slot = stm_lexicon_slots[at]) {
        const struct stm_lexicon_entry *entry = &stm_lexicon_entries[(slot & 0xFFFFu) - 1];
        if ((slot ^ hash) >> 16 == 0 && is_word(entry->word, word)) {
            return entry;
        }
        at = (at + 1) & (stm_lexicon_slot_count - 1);
    }
    return NULL;
}

int stm_lexicon_has(enum stm_lexicon_list list, stemma_text word)
{
    const struct stm_lexicon_entry *entry = stm_lexicon_find(word);
    return entry != NULL && (entry->lists >> list & 1) != 0;
}

const struct stm_place_entry *stm_lexicon_place(stemma_text name)
{
    const struct stm_lexicon_entry *entry = stm_lexicon_find(name);
    return entry == NULL || entry->place == 0 ? NULL : &stm_lexicon_places[entry->place - 1];
}

const struct stm_demonym_entry *stm_lexicon_demonym(stemma_text word)
{
    const struct stm_lexicon_entry *entry = stm_lexicon_find(word);
    return entry == NULL || entry->demonym == 0 ? NULL : &stm_lexicon_demonyms[entry->demonym - 1];
}

const struct stm_given_entry *stm_lexicon_given(stemma_text name)
{
    const struct stm_lexicon_entry *entry = stm_lexicon_find(name);
    return entry == NULL || entry->given == 0 ? NULL : &stm_lexicon_given_names[entry->given - 1];
}

enum stm_tag stm_lexicon_closed_tag(stemma_text word)
{
    const struct stm_lexicon_entry *entry = stm_lexicon_find(word);
    return entry == NULL ? STM_TAG_OTHER : (enum stm_tag)entry->closed;
}

const struct stm_form_entry *stm_lexicon_form(stemma_text form)
{
    const struct stm_lexicon_entry *entry = stm_lexicon_find(form);
    return entry == NULL || entry->form == 0 ? NULL : &stm_lexicon_forms[entry->form - 1];
}
