/* SPDX-License-Identifier: MIT */
/* Runs while the program is built: prints, as C, the index of all words that the tables of the lexicon hold, so
   that one look-up tells everything they know of a word. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pack/extract/lexicon.h"

#define ENTRIES_MOST 65534u /* as entries have numbers of 16 bits in the slots */

struct index {
    struct stm_lexicon_entry *entries;
    uint32_t *slots; /* number of the entry + 1 */
    uint32_t slot_count; /* a power of two */
    uint32_t count;
};

static struct stm_lexicon_entry *entry_of(struct index *index, const char *word)
{
    stemma_text text = stemma_text_of(word);
    uint32_t at = stm_lexicon_hash(text) & (index->slot_count - 1);
    while (index->slots[at] != 0) {
        struct stm_lexicon_entry *entry = &index->entries[index->slots[at] - 1];
        if (strcmp(entry->word, word) == 0) {
            return entry;
        }
        at = (at + 1) & (index->slot_count - 1);
    }
    if (text.size == 0 || index->count >= ENTRIES_MOST) {
        fprintf(stderr, "lexicon: an empty word, or too many words\n");
        exit(1);
    }
    struct stm_lexicon_entry *entry = &index->entries[index->count++];
    entry->word = word;
    index->slots[at] = index->count;
    return entry;
}

static void add_list(struct index *index, uint32_t list, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        entry_of(index, words[i])->lists |= UINT64_C(1) << list;
    }
}

static void add_all(struct index *index)
{
    for (size_t i = 0; i < stm_lexicon_person_count; i++) {
        add_list(index, stm_lexicon_person[i].list, stm_lexicon_person[i].words,
                 stm_lexicon_person[i].count);
    }
    for (size_t i = 0; i < stm_lexicon_name_count; i++) {
        add_list(index, stm_lexicon_name[i].list, stm_lexicon_name[i].words,
                 stm_lexicon_name[i].count);
    }
    add_list(index, STM_LEXICON_VERB, stm_lexicon_verbs, stm_lexicon_verb_count);
    add_list(index, STM_LEXICON_NOUN, stm_lexicon_nouns, stm_lexicon_noun_count);
    for (size_t i = 0; i < stm_lexicon_given_count; i++) {
        struct stm_lexicon_entry *entry = entry_of(index, stm_lexicon_given_names[i].name);
        entry->lists |= UINT64_C(1) << STM_LEXICON_GIVEN;
        entry->given = (uint16_t)(i + 1);
    }
    for (size_t i = 0; i < stm_lexicon_place_count; i++) {
        entry_of(index, stm_lexicon_places[i].name)->place = (uint16_t)(i + 1);
    }
    for (size_t i = 0; i < stm_lexicon_demonym_count; i++) {
        entry_of(index, stm_lexicon_demonyms[i].word)->demonym = (uint16_t)(i + 1);
    }
    for (size_t i = 0; i < stm_lexicon_closed_count; i++) {
        entry_of(index, stm_lexicon_closed[i].word)->closed = stm_lexicon_closed[i].tag;
    }
    for (size_t i = 0; i < stm_lexicon_form_count; i++) {
        entry_of(index, stm_lexicon_forms[i].form)->form = (uint16_t)(i + 1);
    }
}

static void print_word(const char *word)
{
    putchar('"');
    for (const char *c = word; *c != '\0'; c++) {
        printf("\\%03o", (unsigned)(unsigned char)*c); /* no digit after it is taken for part of it */
    }
    putchar('"');
}

static void print_all(const struct index *index)
{
    printf("/* Made from the tables of the lexicon; not to be edited. */\n"
           "#include \"pack/extract/lexicon.h\"\n\n"
           "const struct stm_lexicon_entry stm_lexicon_entries[] = {\n");
    for (uint32_t i = 0; i < index->count; i++) {
        const struct stm_lexicon_entry *e = &index->entries[i];
        printf("    {");
        print_word(e->word);
        printf(", UINT64_C(0x%llX), %u, %u, %u, %u, %u},\n", (unsigned long long)e->lists, e->place,
               e->demonym, e->given, e->form, e->closed);
    }
    printf("};\n\nconst uint32_t stm_lexicon_slots[] = {");
    for (uint32_t i = 0; i < index->slot_count; i++) {
        uint32_t number = index->slots[i];
        uint32_t hash = number == 0 ? 0 : stm_lexicon_hash(stemma_text_of(index->entries[number - 1].word));
        printf("%s0x%X,", i % 8 == 0 ? "\n    " : " ", number == 0 ? 0 : (hash & 0xFFFF0000u) | number);
    }
    printf("\n};\nconst uint32_t stm_lexicon_slot_count = %u;\n", index->slot_count);
}

int main(void)
{
    size_t most = stm_lexicon_verb_count + stm_lexicon_noun_count + stm_lexicon_given_count +
                  stm_lexicon_place_count + stm_lexicon_demonym_count + stm_lexicon_closed_count +
                  stm_lexicon_form_count;
    struct index index = {.slot_count = 256};
    for (size_t i = 0; i < stm_lexicon_person_count; i++) {
        most += stm_lexicon_person[i].count;
    }
    for (size_t i = 0; i < stm_lexicon_name_count; i++) {
        most += stm_lexicon_name[i].count;
    }
    while (index.slot_count < most * 2) {
        index.slot_count *= 2;
    }
    index.entries = calloc(most, sizeof *index.entries);
    index.slots = calloc(index.slot_count, sizeof *index.slots);
    int failed = index.entries == NULL || index.slots == NULL;
    if (!failed) {
        add_all(&index);
        print_all(&index);
        failed = fflush(stdout) != 0 || ferror(stdout);
    }
    free(index.entries);
    free(index.slots);
    return failed;
}
