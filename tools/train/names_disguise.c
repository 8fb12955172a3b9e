/* SPDX-License-Identifier: MIT */
#include "train/names_disguise.h"

#include "pack/extract/lexicon.h"
#include "train/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LONGEST_WORD 64u

struct mask {
    char from[LONGEST_WORD];
    char to[LONGEST_WORD];
};

struct disguise {
    const struct names_pool *pool;
    uint64_t state;
    struct mask *masks;
    size_t count;
    size_t capacity;
    char *text;
    size_t size;
    size_t text_capacity;
};

int names_pool_read(struct names_pool *pool, const char *corpora)
{
    char path[4096];
    size_t size;
    size_t capacity = 0;
    memset(pool, 0, sizeof *pool);
    (void)snprintf(path, sizeof path, "%s/wd_xlit_names/wd_russian_80", corpora);
    pool->text = stm_train_read(path, &size);
    for (char *line = pool->text; line != NULL && *line != '\0';) {
        char *next = strchr(line, '\n');
        char *tab = strchr(line, '\t');
        if (tab == NULL || next == NULL || tab > next) {
            break;
        }
        *tab = '\0';
        size_t length = (size_t)(tab - line);
        if (length > 2 && length < 20) {
            if (pool->count == capacity) {
                capacity = capacity == 0 ? 4096 : capacity * 2;
                pool->names = realloc(pool->names, capacity * sizeof *pool->names);
                if (pool->names == NULL) {
                    stm_train_fail("names: no memory");
                }
            }
            pool->names[pool->count++] = line;
        }
        line = next + 1;
    }
    return pool->count == 0 ? -1 : 0;
}

void names_pool_free(struct names_pool *pool)
{
    free(pool->text);
    free(pool->names);
    memset(pool, 0, sizeof *pool);
}

static uint32_t roll(struct disguise *d, uint32_t sides)
{
    d->state = d->state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(d->state >> 33) % sides;
}

static void append(char *word, const char *part)
{
    size_t size = strlen(word);
    (void)snprintf(word + size, LONGEST_WORD - size, "%s", part);
}

/* Syllables that no language in particular has. */
static void invent(struct disguise *d, char *word)
{
    static const char *const onset[] = {"b",  "d",  "dr", "f",  "g",  "gr", "h",  "j",  "k",  "kh",
                                        "kr", "l",  "m",  "n",  "p",  "pr", "qu", "r",  "s",  "sh",
                                        "st", "t",  "tr", "th", "v",  "w",  "y",  "z",  "zh", ""};
    static const char *const vowel[] = {"a", "e", "i", "o", "u", "a", "e", "o",
                                        "ai", "ou", "ie", "aa", "ei", "y"};
    static const char *const coda[] = {"", "", "", "n", "r", "l", "s", "m", "k", "t", "nd", "rt", "sh", "ng"};
    uint32_t syllables = 2 + roll(d, 2);
    word[0] = '\0';
    for (uint32_t i = 0; i < syllables; i++) {
        append(word, onset[roll(d, sizeof onset / sizeof *onset)]);
        append(word, vowel[roll(d, sizeof vowel / sizeof *vowel)]);
        append(word, coda[roll(d, sizeof coda / sizeof *coda)]);
    }
}

static const char *one_of(struct disguise *d, const char *const *parts, size_t count)
{
    return parts[roll(d, (uint32_t)count)];
}

#define ONE_OF(d, parts) one_of((d), (parts), sizeof(parts) / sizeof *(parts))

static void make_name(struct disguise *d, uint32_t name_class, int plural, char *word)
{
    static const char *const places[] = {"ia",   "stan", "sk",   "grad", "ville", "burg", "pur",
                                         "abad", "ovo",  "land", "a",    "o",     "ton",  "bad",
                                         "ino",  "eh",   "istan", "dorf", "mar",  "hem"};
    static const char *const surnames[] = {"ov",  "ova", "enko", "son", "ez", "ski", "ska", "ian",
                                           "dze", "uk",  "ic",   "ini", "eau", "ssen", "oglu", "i"};
    static const char *const peoples[] = {"ian", "ese", "ish", "i", "an"};
    if (name_class == STM_NAME_PERSON && roll(d, 3) != 0) {
        (void)snprintf(word, LONGEST_WORD, "%s", d->pool->names[roll(d, d->pool->count)]);
    } else {
        invent(d, word);
        if (name_class == STM_NAME_PLACE && roll(d, 2) == 0) {
            append(word, ONE_OF(d, places));
        } else if (name_class == STM_NAME_PERSON && roll(d, 2) == 0) {
            append(word, ONE_OF(d, surnames));
        } else if (name_class == STM_NAME_NORP) {
            append(word, ONE_OF(d, peoples));
            append(word, plural ? "s" : "");
        }
    }
    if (word[0] >= 'a' && word[0] <= 'z') {
        word[0] = (char)(word[0] - ('a' - 'A'));
    }
}

static void lower_word(const char *word, size_t size, char *lower)
{
    for (size_t i = 0; i <= size; i++) {
        char c = i < size ? word[i] : '\0';
        lower[i] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    }
}

/* Whether a word says by itself what the name is: "Ministry", "Lake", "the", "Corp." */
static int speaks(const char *word)
{
    static const enum stm_lexicon_list lists[] = {
        STM_LEXICON_ORG_HEAD,  STM_LEXICON_ORG_FIRST, STM_LEXICON_ORG_SUFFIX,
        STM_LEXICON_PLACE_HEAD, STM_LEXICON_PLACE_FIRST, STM_LEXICON_CONNECTOR,
        STM_LEXICON_PARTICLE,  STM_LEXICON_DIRECTION, STM_LEXICON_NOUN,
        STM_LEXICON_VERB,      STM_LEXICON_TITLE,     STM_LEXICON_HONORIFIC_AFTER,
        STM_LEXICON_THING_HEAD, STM_LEXICON_ROLE,     STM_LEXICON_ORG_NOUN};
    stemma_text text = {word, strlen(word)};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        if (stm_lexicon_has(lists[i], text)) {
            return 1;
        }
    }
    return stm_lexicon_closed_tag(text) != STM_TAG_OTHER;
}

static int is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80) != 0;
}

static void put(struct disguise *d, const char *bytes, size_t size)
{
    if (d->size + size + 1 > d->text_capacity) {
        d->text_capacity = (d->size + size + 64) * 2;
        d->text = realloc(d->text, d->text_capacity);
        if (d->text == NULL) {
            stm_train_fail("names: no memory");
        }
    }
    memcpy(d->text + d->size, bytes, size);
    d->size += size;
}

/* Acronyms and words in capitals stay in capitals. */
static void put_masked(struct disguise *d, const char *word, size_t size, uint32_t name_class)
{
    char lower[LONGEST_WORD];
    int capitals = size > 1;
    if (size < 2 || size >= LONGEST_WORD || !(word[0] >= 'A' && word[0] <= 'Z')) {
        put(d, word, size);
        return;
    }
    lower_word(word, size, lower);
    for (size_t i = 0; i < size; i++) {
        capitals &= !(word[i] >= 'a' && word[i] <= 'z');
    }
    if (speaks(lower)) {
        put(d, word, size);
        return;
    }
    size_t at = 0;
    while (at < d->count && strcmp(d->masks[at].from, lower) != 0) {
        at++;
    }
    if (at == d->count) {
        if (d->count == d->capacity) {
            d->capacity = d->capacity == 0 ? 64 : d->capacity * 2;
            d->masks = realloc(d->masks, d->capacity * sizeof *d->masks);
            if (d->masks == NULL) {
                stm_train_fail("names: no memory");
            }
        }
        struct mask *mask = &d->masks[d->count++];
        (void)snprintf(mask->from, sizeof mask->from, "%s", lower);
        make_name(d, name_class, word[size - 1] == 's', mask->to);
        if (capitals && size <= 5 && name_class == STM_NAME_ORGANIZATION) {
            /* an acronym: other letters */
            for (size_t i = 0; i < size; i++) {
                mask->to[i] = (char)('A' + roll(d, 26));
            }
            mask->to[size] = '\0';
        }
    }
    char out[LONGEST_WORD];
    (void)snprintf(out, sizeof out, "%s", d->masks[at].to);
    for (size_t i = 0; capitals && out[i] != '\0'; i++) {
        out[i] = (char)(out[i] >= 'a' && out[i] <= 'z' ? out[i] - ('a' - 'A') : out[i]);
    }
    put(d, out, strlen(out));
}

static void put_name(struct disguise *d, const char *name, size_t size, uint32_t name_class)
{
    for (size_t i = 0; i < size;) {
        size_t end = i;
        while (end < size && is_letter(name[end])) {
            end++;
        }
        if (end > i) {
            put_masked(d, name + i, end - i, name_class);
            i = end;
        } else {
            put(d, name + i, 1);
            i++;
        }
    }
}

void names_disguise(struct names_corpus *corpus, size_t number, const struct names_pool *pool,
                    uint64_t seed)
{
    struct names_document from = corpus->documents[number];
    struct names_document to = from;
    struct disguise d;
    memset(&d, 0, sizeof d);
    d.pool = pool;
    d.state = seed * 0x9e3779b97f4a7c15u + 12345;
    to.spans = stm_train_alloc((size_t)from.span_count + 1, sizeof *to.spans);
    to.paragraphs = stm_train_alloc((size_t)from.paragraph_count + 1, sizeof *to.paragraphs);
    uint32_t paragraph = 0;
    uint32_t span = 0;
    to.title = 0;
    for (size_t i = 0; i <= from.size;) {
        while (paragraph < from.paragraph_count && from.paragraphs[paragraph] <= i) {
            to.paragraphs[paragraph++] = (uint32_t)d.size;
        }
        if (from.title != 0 && to.title == 0 && i >= from.title) {
            to.title = (uint32_t)d.size;
        }
        if (i == from.size) {
            break;
        }
        while (span < from.span_count && from.spans[span].start < i) {
            to.spans[span] = from.spans[span]; /* inside another: of no use */
            to.spans[span].start = to.spans[span].end = (uint32_t)d.size;
            span++;
        }
        if (span < from.span_count && from.spans[span].start == i &&
            from.spans[span].end > i) {
            to.spans[span].start = (uint32_t)d.size;
            to.spans[span].name_class = from.spans[span].name_class;
            put_name(&d, from.text + i, from.spans[span].end - i, from.spans[span].name_class);
            to.spans[span].end = (uint32_t)d.size;
            i = from.spans[span].end;
            span++;
            continue;
        }
        put(&d, from.text + i, 1);
        i++;
    }
    to.text = d.text;
    to.size = d.size;
    to.span_count = span;
    free(d.masks);
    if (corpus->count == corpus->capacity) {
        corpus->capacity *= 2;
        corpus->documents = realloc(corpus->documents, corpus->capacity * sizeof *corpus->documents);
        if (corpus->documents == NULL) {
            stm_train_fail("names: no memory");
        }
    }
    corpus->documents[corpus->count++] = to;
}
