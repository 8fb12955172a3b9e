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
#define END(ending, instead, least) {(ending), (instead), sizeof(ending) - 1, sizeof(instead) - 1, least}
static const struct {
    const char *ending;
    const char *instead;
    uint8_t cut; /* bytes of the ending */
    uint8_t more; /* bytes put in its place */
    uint8_t least; /* bytes that must remain before it */
} ENDINGS[] = {
    END("isations", "is", 3), END("izations", "is", 3), END("isation", "is", 3), END("ization", "is", 3),
    END("ications", "i", 3),  END("ication", "i", 3),   END("ations", "", 3),    END("ation", "", 3),
    END("ssions", "ss", 2),   END("ssion", "ss", 2),    END("ctions", "ct", 2),  END("ction", "ct", 2),
    END("ptions", "pt", 2),   END("ption", "pt", 2),    END("itions", "it", 3),  END("ition", "it", 3),
    END("utions", "ut", 3),   END("ution", "ut", 3),    END("sions", "s", 3),    END("sion", "s", 3),
    END("ments", "", 3),      END("ment", "", 3),       END("ances", "", 4),     END("ance", "", 4),
    END("izing", "is", 3),    END("ising", "is", 3),    END("ized", "is", 3),    END("ised", "is", 3),
    END("izes", "is", 3),     END("ises", "is", 3),     END("ize", "is", 3),     END("ise", "is", 3),
    END("ating", "", 4),      END("ated", "", 4),       END("ates", "", 4),      END("ate", "", 4),
    END("ings", "", 3),       END("ing", "", 3),        END("iers", "i", 3),     END("ier", "i", 3),
    END("ied", "i", 2),       END("ies", "i", 2),       END("ers", "", 4),       END("er", "", 4),
    END("ors", "", 4),        END("or", "", 4),         END("ed", "", 2),        END("ions", "", 4),
    END("ion", "", 4),        END("als", "", 5),        END("al", "", 5),        END("es", "", 3),
    END("s", "", 3),          END("y", "i", 2),         END("e", "", 2),
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
        size_t cut = ENDINGS[k].cut;
        if (ENDINGS[k].ending[cut - 1] != stem[size - 1] || size < cut + ENDINGS[k].least ||
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
        size_t more = ENDINGS[k].more;
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
