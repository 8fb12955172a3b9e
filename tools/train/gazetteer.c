/* SPDX-License-Identifier: MIT */
#include "train/gazetteer.h"

#include "pack/extract/lexicon.h"
#include "pack/model/gazetteer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LONGEST_PHRASE 200u
#define BLOCK_NAMES    512u /* names of one actor that are kept */

struct entry {
    uint32_t hash;
    uint8_t bits;
};

struct collection {
    struct entry *entries;
    size_t count;
    size_t capacity;
};

static void add_hash(struct collection *all, uint64_t hash, unsigned bits)
{
    if (all->count == all->capacity) {
        all->capacity = all->capacity == 0 ? 4096 : all->capacity * 2;
        all->entries = realloc(all->entries, all->capacity * sizeof *all->entries);
        if (all->entries == NULL) {
            fputs("gazetteer: no memory\n", stderr);
            exit(1);
        }
    }
    all->entries[all->count++] = (struct entry){(uint32_t)(hash >> 32), (uint8_t)bits};
}

/* "macy" and "'s", "workers" and "'": the reader parts what owns from the sign that says so. */
static size_t own_size(const char *word, size_t size)
{
    return size > 3 && memcmp(word + size - 2, "'s", 2) == 0   ? size - 2
           : size > 3 && memcmp(word + size - 2, "s'", 2) == 0 ? size - 1
                                                               : size;
}

/* Lower-case words and joins them; phrases of signs are left out. The number of words, 0 when it
   was not taken. */
static unsigned add_phrase(struct collection *all, const char *phrase, size_t size, unsigned bits)
{
    char lower[LONGEST_PHRASE];
    if (size == 0 || size >= sizeof lower) {
        return 0;
    }
    for (size_t i = 0; i < size; i++) {
        char c = phrase[i];
        c = (char)(c == '_' ? ' ' : c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
        if (strchr("()[]{},;:\"#*", c) != NULL) {
            return 0;
        }
        lower[i] = c;
    }
    uint64_t hash = 0;
    unsigned words = 0;
    for (size_t i = 0; i < size;) {
        size_t end = i;
        while (end < size && lower[end] != ' ') {
            end++;
        }
        if (end > i) {
            size_t own = own_size(lower + i, end - i);
            hash = stm_gazetteer_hash(hash, lower + i, own);
            words++;
            if (own < end - i) {
                hash = stm_gazetteer_hash(hash, lower + i + own, end - i - own);
                words++;
            }
        }
        i = end + 1;
    }
    if (words == 0 || words > STM_GAZETTEER_WORDS) {
        return 0;
    }
    add_hash(all, hash, bits);
    return words;
}

static void add_text(struct collection *all, const char *phrase, unsigned bits)
{
    (void)add_phrase(all, phrase, strlen(phrase), bits);
}

static void add_lexicons(struct collection *all)
{
    for (size_t i = 0; i < stm_lexicon_place_count; i++) {
        add_text(all, stm_lexicon_places[i].name, STM_GAZETTEER_PLACE);
    }
    for (size_t i = 0; i < stm_lexicon_demonym_count; i++) {
        add_text(all, stm_lexicon_demonyms[i].word, STM_GAZETTEER_PEOPLE);
    }
    for (size_t i = 0; i < stm_lexicon_given_count; i++) {
        add_text(all, stm_lexicon_given_names[i].name, STM_GAZETTEER_NAME_WORD);
    }
    for (size_t i = 0; i < stm_lexicon_name_count; i++) {
        const struct stm_word_list *list = &stm_lexicon_name[i];
        unsigned bits = list->list == STM_LEXICON_ORG_KNOWN ||
                                list->list == STM_LEXICON_ORG_KNOWN_LONG
                            ? STM_GAZETTEER_ORGANIZATION
                        : list->list == STM_LEXICON_ORG_SUFFIX ? STM_GAZETTEER_LEGAL_FORM
                                                               : 0;
        for (size_t k = 0; bits != 0 && k < list->count; k++) {
            add_text(all, list->words[k], bits);
        }
    }
}

static FILE *open_list(const char *corpora, const char *name)
{
    char path[4096];
    (void)snprintf(path, sizeof path, "%s/%s", corpora, name);
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        perror(path);
    }
    return file;
}

/* Columns: the name in Latin script, then in another. Words of two letters are left out: too many
   are ordinary. */
static int add_name_words(struct collection *all, const char *corpora, const char *name)
{
    FILE *file = open_list(corpora, name);
    if (file == NULL) {
        return -1;
    }
    char *line = NULL;
    size_t capacity = 0;
    while (getline(&line, &capacity, file) != -1) {
        size_t size = strcspn(line, "\t");
        if (size > 2 && memchr(line, ' ', size) == NULL) {
            (void)add_phrase(all, line, size, STM_GAZETTEER_NAME_WORD);
        }
    }
    free(line);
    fclose(file);
    return 0;
}

static int has_organization_head(const char *name, size_t size)
{
    char word[64];
    for (size_t i = 0; i < size;) {
        size_t end = i;
        size_t length = 0;
        while (end < size && name[end] != '_' && name[end] != ' ') {
            char c = name[end++];
            if (length < sizeof word) {
                word[length++] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
            }
        }
        stemma_text text = {word, length};
        if (length != 0 && (stm_lexicon_has(STM_LEXICON_ORG_HEAD, text) ||
                            stm_lexicon_has(STM_LEXICON_ORG_FIRST, text) ||
                            stm_lexicon_has(STM_LEXICON_ORG_SUFFIX, text))) {
            return 1;
        }
        i = end + 1;
    }
    return 0;
}

static int begins_with_given(const char *name, size_t size)
{
    char word[64];
    size_t length = 0;
    while (length < size && length < sizeof word && name[length] != '_' && name[length] != ' ') {
        char c = name[length];
        word[length++] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    }
    stemma_text text = {word, length};
    return stm_lexicon_given(text) != NULL && length < size;
}

/* What an actor is by its code: three letters are a country; terms of office have dates. */
static unsigned bits_of_actor(const char *code, int countries, const char *name, size_t size)
{
    size_t letters = 0;
    while (code[letters] >= 'A' && code[letters] <= 'Z') {
        letters++;
    }
    size_t close = strcspn(code, "]");
    int dated = 0;
    for (size_t i = 0; i < close; i++) {
        dated |= code[i] >= '0' && code[i] <= '9';
    }
    int body = has_organization_head(name, size);
    if (strncmp(code, "MNC", 3) == 0) {
        return STM_GAZETTEER_ORGANIZATION;
    }
    if (countries && letters == 3 && !dated) {
        return body ? 0 : STM_GAZETTEER_PLACE;
    }
    if (!body && (dated || begins_with_given(name, size))) {
        return memchr(name, '_', size) != NULL ? STM_GAZETTEER_PERSON : 0;
    }
    return body || !countries ? STM_GAZETTEER_ORGANIZATION : 0;
}

struct block {
    char names[BLOCK_NAMES][LONGEST_PHRASE];
    size_t count;
};

static void take_name(struct block *block, const char *name)
{
    size_t size = strcspn(name, "\t[#");
    while (size > 0 && (name[size - 1] == ' ' || name[size - 1] == '_')) {
        size--;
    }
    if (size != 0 && size < LONGEST_PHRASE && block->count < BLOCK_NAMES) {
        memcpy(block->names[block->count], name, size);
        block->names[block->count++][size] = '\0';
    }
}

static void end_block(struct collection *all, struct block *block, const char *code, int countries)
{
    for (size_t i = 0; i < block->count; i++) {
        const char *name = block->names[i];
        size_t size = strlen(name);
        unsigned bits = bits_of_actor(code, countries, name, size);
        char lower[LONGEST_PHRASE];
        for (size_t k = 0; k < size; k++) {
            char c = name[k];
            lower[k] = (char)(c == '_' ? ' ' : c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
        }
        stemma_text text = {lower, size};
        if (bits != 0 && stm_lexicon_demonym(text) == NULL) {
            (void)add_phrase(all, name, size, bits);
        }
    }
    block->count = 0;
}

static int add_actors(struct collection *all, const char *corpora, const char *name, int countries)
{
    FILE *file = open_list(corpora, name);
    struct block *block = calloc(1, sizeof *block);
    if (file == NULL || block == NULL) {
        free(block);
        return -1;
    }
    char *line = NULL;
    size_t capacity = 0;
    int coded = 0;
    while (getline(&line, &capacity, file) != -1) {
        line[strcspn(line, "\r\n")] = '\0';
        if (line[0] == '#' || line[0] == '\0') {
            continue;
        }
        if (line[0] != '\t' && line[0] != ' ' && line[0] != '+') {
            block->count = coded ? 0 : block->count;
            block->count = 0;
            coded = 0;
        }
        if (line[0] == '+') {
            take_name(block, line + 1);
        } else if (line[0] != '\t' && line[0] != ' ') {
            take_name(block, line);
        }
        char *code = strchr(line, '[');
        if (code != NULL && !coded && code[1] != '\0') {
            end_block(all, block, code + 1, countries);
            coded = line[0] == '\t';
        }
    }
    free(line);
    free(block);
    fclose(file);
    return 0;
}

/* Lines "- display: S.A." and "- S.A." */
static int add_forms(struct collection *all, const char *corpora)
{
    FILE *file = open_list(corpora, "name_bench/rigour_names/org_types.yml");
    if (file == NULL) {
        return -1;
    }
    char *line = NULL;
    size_t capacity = 0;
    while (getline(&line, &capacity, file) != -1) {
        line[strcspn(line, "\r\n#")] = '\0';
        char *at = strstr(line, "- ");
        char *display = strstr(line, "display: ");
        at = display != NULL ? display + 9 : at != NULL ? at + 2 : NULL;
        if (at != NULL) {
            size_t size = strlen(at);
            while (size > 0 && at[size - 1] == ' ') {
                size--;
            }
            (void)add_phrase(all, at, size, STM_GAZETTEER_LEGAL_FORM);
        }
    }
    free(line);
    fclose(file);
    return 0;
}

/* Our own lists: names parted by commas, "#" before remarks. */
static int add_own(struct collection *all, const char *folder, const char *name, unsigned bits)
{
    FILE *file = open_list(folder, name);
    if (file == NULL) {
        return -1;
    }
    char *line = NULL;
    size_t capacity = 0;
    while (getline(&line, &capacity, file) != -1) {
        line[strcspn(line, "\r\n")] = '\0';
        for (char *at = line; line[0] != '#' && *at != '\0';) {
            at += strspn(at, ", ");
            size_t size = strcspn(at, ",");
            (void)add_phrase(all, at, size, bits);
            at += size;
        }
    }
    free(line);
    fclose(file);
    return 0;
}

static int compare_entries(const void *a, const void *b)
{
    const struct entry *left = a;
    const struct entry *right = b;
    return left->hash < right->hash ? -1 : left->hash > right->hash;
}

static void put_u32(uint8_t *at, uint32_t value)
{
    for (unsigned i = 0; i < 4; i++) {
        at[i] = (uint8_t)(value >> (8 * i));
    }
}

static uint8_t *write_section(struct collection *all, size_t *size)
{
    qsort(all->entries, all->count, sizeof *all->entries, compare_entries);
    size_t count = 0;
    for (size_t i = 0; i < all->count; i++) {
        if (count != 0 && all->entries[count - 1].hash == all->entries[i].hash) {
            all->entries[count - 1].bits |= all->entries[i].bits;
        } else {
            all->entries[count++] = all->entries[i];
        }
    }
    *size = 16 + count * 5;
    uint8_t *bytes = malloc(*size);
    if (bytes == NULL) {
        return NULL;
    }
    memcpy(bytes, "STGZ", 4);
    put_u32(bytes + 4, STM_GAZETTEER_VERSION);
    put_u32(bytes + 8, (uint32_t)count);
    put_u32(bytes + 12, STM_GAZETTEER_WORDS);
    for (size_t i = 0; i < count; i++) {
        put_u32(bytes + 16 + i * 4, all->entries[i].hash);
        bytes[16 + count * 4 + i] = all->entries[i].bits;
    }
    return bytes;
}

uint8_t *train_gazetteer(const char *corpora, const char *own, size_t *size)
{
    static const char *const lists[] = {
        "wd_xlit_names/wd_russian_80", "wd_xlit_names/wd_russian_20", "wd_xlit_names/wd_arabic_80",
        "wd_xlit_names/wd_arabic_20",  "wd_xlit_names/wd_hebrew_80",  "wd_xlit_names/wd_hebrew_20"};
    struct collection all = {NULL, 0, 0};
    int failed = 0;
    add_lexicons(&all);
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        failed |= add_name_words(&all, corpora, lists[i]);
    }
    failed |= add_actors(&all, corpora, "petrarch2_dict/dictionaries/Phoenix.Countries.actors.txt", 1);
    failed |= add_actors(&all, corpora, "petrarch2_dict/dictionaries/Phoenix.International.actors.txt", 0);
    failed |= add_actors(&all, corpora, "petrarch2_dict/dictionaries/Phoenix.MilNonState.actors.txt", 0);
    failed |= add_forms(&all, corpora);
    failed |= add_own(&all, own, "places.txt", STM_GAZETTEER_PLACE);
    failed |= add_own(&all, own, "organizations.txt", STM_GAZETTEER_ORGANIZATION);
    uint8_t *bytes = failed ? NULL : write_section(&all, size);
    free(all.entries);
    return bytes;
}
