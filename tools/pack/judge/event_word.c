/* SPDX-License-Identifier: MIT */
#include "pack/judge/event_word.h"

#include "pack/judge/event_word_table.h"

#include <xxhash.h>

#define TABLE_SIZE 4096u /* slots; a power of two, several times the words of the tables */

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/* What is cut off a word, and what is put in its place. Longer endings first. */
static const struct {
    const char *ending;
    const char *instead;
    uint8_t least; /* bytes that must remain before it */
} ENDINGS[] = {
    {"isations", "is", 3}, {"izations", "is", 3}, {"isation", "is", 3}, {"ization", "is", 3},
    {"ications", "i", 3},  {"ication", "i", 3},   {"ations", "", 3},    {"ation", "", 3},
    {"ssions", "ss", 2},   {"ssion", "ss", 2},    {"ctions", "ct", 2},  {"ction", "ct", 2},
    {"ptions", "pt", 2},   {"ption", "pt", 2},    {"itions", "it", 3},  {"ition", "it", 3},
    {"utions", "ut", 3},   {"ution", "ut", 3},    {"sions", "s", 3},    {"sion", "s", 3},
    {"ments", "", 3},      {"ment", "", 3},       {"ances", "", 4},     {"ance", "", 4},
    {"izing", "is", 3},    {"ising", "is", 3},    {"ized", "is", 3},    {"ised", "is", 3},
    {"izes", "is", 3},     {"ises", "is", 3},     {"ize", "is", 3},     {"ise", "is", 3},
    {"ating", "", 4},      {"ated", "", 4},       {"ates", "", 4},      {"ate", "", 4},
    {"ings", "", 3},       {"ing", "", 3},        {"iers", "i", 3},     {"ier", "i", 3},
    {"ied", "i", 2},       {"ies", "i", 2},       {"ers", "", 4},       {"er", "", 4},
    {"ors", "", 4},        {"or", "", 4},         {"ed", "", 2},        {"ions", "", 4},
    {"ion", "", 4},        {"als", "", 5},        {"al", "", 5},        {"es", "", 3},
    {"s", "", 3},          {"y", "i", 2},         {"e", "", 2},
};

static int is_vowel(char c)
{
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y';
}

size_t stm_stem(stemma_text word, char stem[STM_STEM_SIZE])
{
    size_t size = 0;
    int vowels = 0;
    for (size_t i = 0; i < word.size && size < STM_STEM_SIZE; i++) {
        stem[size] = lower(word.data[i]);
        vowels |= is_vowel(stem[size]);
        size++;
    }
    if (word.size > STM_STEM_SIZE || size < 3 || !vowels) {
        return size;
    }
    for (size_t k = 0; k < sizeof ENDINGS / sizeof ENDINGS[0]; k++) {
        size_t cut = strlen(ENDINGS[k].ending);
        if (size < cut + ENDINGS[k].least ||
            memcmp(stem + size - cut, ENDINGS[k].ending, cut) != 0) {
            continue;
        }
        size_t rest = size - cut;
        if (cut == 1 && stem[size - 1] == 's' && (stem[rest - 1] == 's' || stem[rest - 1] == 'u')) {
            continue; /* "loss", "virus" */
        }
        int syllable = 0;
        for (size_t i = 0; i < rest; i++) {
            syllable |= is_vowel(stem[i]);
        }
        if (!syllable) {
            continue; /* "bring" */
        }
        size_t more = strlen(ENDINGS[k].instead);
        memcpy(stem + rest, ENDINGS[k].instead, more);
        size = rest + more;
        break;
    }
    while (size > 3 && stem[size - 1] == 'e') {
        size--;
    }
    if (size > 3 && stem[size - 1] == stem[size - 2] && !is_vowel(stem[size - 1])) {
        size--; /* "stopp", "kill": the same for all forms */
    }
    if (size > 2 && stem[size - 1] == 'y') {
        stem[size - 1] = 'i';
    }
    return size;
}

static uint64_t stem_hash(stemma_text word)
{
    char stem[STM_STEM_SIZE];
    size_t size = stm_stem(word, stem);
    uint64_t hash = size == 0 ? 0 : XXH64(stem, size, 0);
    return hash == 0 ? 1 : hash;
}

static uint32_t slot_of(const struct stm_word_table *table, uint64_t stem)
{
    uint32_t slot = (uint32_t)(stem >> 32) & table->mask;
    while (table->stems[slot] != 0 && table->stems[slot] != stem) {
        slot = (slot + 1) & table->mask;
    }
    return slot;
}

/* Takes the next word off `*rest`; a "|" is a word. Empty at the end. */
static stemma_text take(const char **rest)
{
    while (**rest == ' ') {
        (*rest)++;
    }
    stemma_text word = {*rest, 0};
    while ((*rest)[0] != ' ' && (*rest)[0] != 0) {
        (*rest)++;
        word.size++;
    }
    return word;
}

/* Enters the words of one line. The first entry of a stem counts. */
static void enter(struct stm_word_table *table, const char *line, uint16_t field)
{
    uint64_t word = 0;
    for (stemma_text next = take(&line); next.size != 0; next = take(&line)) {
        if (next.data[0] == '|') {
            word = 0;
            continue;
        }
        uint64_t stem = stem_hash(next);
        uint32_t slot = slot_of(table, stem);
        if (word == 0) {
            word = table->stems[slot] != 0 ? table->words[slot] : stem;
        }
        if (table->stems[slot] == 0) {
            table->stems[slot] = stem;
            table->words[slot] = word;
            table->fields[slot] = field;
        }
    }
}

static void mark(struct stm_word_table *table, const char *line, uint8_t what)
{
    for (stemma_text next = take(&line); next.size != 0; next = take(&line)) {
        uint64_t stem = stem_hash(next);
        uint32_t slot = slot_of(table, stem);
        if (table->stems[slot] == 0) {
            table->stems[slot] = stem;
            table->words[slot] = stem;
        }
        table->marks[slot] |= what;
    }
}

stemma_status stm_words_open(struct stm_word_table *table, struct stm_arena *arena)
{
    table->mask = TABLE_SIZE - 1;
    table->stems = stm_arena_alloc(arena, TABLE_SIZE, sizeof *table->stems);
    table->words = stm_arena_alloc(arena, TABLE_SIZE, sizeof *table->words);
    table->fields = stm_arena_alloc(arena, TABLE_SIZE, sizeof *table->fields);
    table->marks = stm_arena_alloc(arena, TABLE_SIZE, 1);
    if (table->stems == NULL || table->words == NULL || table->fields == NULL ||
        table->marks == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (size_t i = 0; i < stm_word_field_count; i++) {
        enter(table, stm_word_fields[i], (uint16_t)(i + 1));
    }
    for (size_t i = 0; i < stm_word_form_count; i++) {
        enter(table, stm_word_forms[i], 0);
    }
    mark(table, stm_word_speech, STM_MARK_SPEECH);
    mark(table, stm_word_light, STM_MARK_LIGHT);
    return STEMMA_OK;
}

struct stm_event_word stm_words_look(const struct stm_word_table *table, stemma_text word)
{
    struct stm_event_word found = {0, 0, 0, 0};
    if (word.size == 0) {
        return found;
    }
    uint64_t stem = stem_hash(word);
    uint32_t slot = slot_of(table, stem);
    found.word = stem;
    if (table->stems[slot] == stem) {
        found.word = table->words[slot];
        found.field = table->fields[slot];
        /* The marks are those of what stands for the word: "took" is "take". */
        uint32_t own = slot_of(table, found.word);
        uint8_t marks =
            table->marks[slot] | (table->stems[own] == found.word ? table->marks[own] : 0);
        found.speech = (marks & STM_MARK_SPEECH) != 0;
        found.light = (marks & STM_MARK_LIGHT) != 0;
    }
    return found;
}
