/* SPDX-License-Identifier: MIT */
/* Fields of documents: what a query asks of them besides their text. */
#include "read/document.h"
#include "base/error.h"
#include "search/search_boolean.h"

#include <stdio.h>

/* ---- Publication ---- */

static stemma_status no_date(const stm_ask_node *node, stemma_error *error)
{
    char where[32];
    snprintf(where, sizeof where, "column %u", node->column);
    return stm_fail(error, STEMMA_E_INVALID, "SEARCH_QUERY", where,
                    "published: takes a date or a range of dates: 2024-05, 2023-12..2024, 2024..");
}

/* The first and the last second of "2024-05", "2023..2024", "2023.." or "..2024". */
static stemma_status read_range(const stm_ask_node *node, int64_t *from, int64_t *to,
                                stemma_error *error)
{
    stemma_text first = node->text;
    stemma_text last = node->text;
    stemma_time_bounds bounds;
    *from = INT64_MIN;
    *to = INT64_MAX;
    for (size_t i = 0; i + 1 < node->text.size; i++) {
        if (node->text.data[i] == '.' && node->text.data[i + 1] == '.') {
            first.size = i;
            last.data = node->text.data + i + 2;
            last.size = node->text.size - i - 2;
            break;
        }
    }
    if ((first.size == 0 && last.size == 0) || node->prefix) {
        return no_date(node, error);
    }
    if (first.size != 0) {
        if (stemma_edtf_bounds(first, &bounds) != STEMMA_OK) {
            return no_date(node, error);
        }
        *from = bounds.start_earliest;
    }
    if (last.size != 0) {
        if (stemma_edtf_bounds(last, &bounds) != STEMMA_OK) {
            return no_date(node, error);
        }
        *to = bounds.end_latest;
    }
    return STEMMA_OK;
}

stemma_status stm_field_published(stm_boolean *self, const stm_ask_node *node, uint32_t *first,
                                  uint32_t *end, stemma_error *error)
{
    int64_t from = 0;
    int64_t to = 0;
    stemma_status status = read_range(node, &from, &to, error);
    *first = 0;
    if (status == STEMMA_OK && from != INT64_MIN) {
        status = stemma_documents_until(self->snapshot, from - 1, first, error);
    }
    if (status == STEMMA_OK) {
        /* undated documents are the last, and of no time */
        status = stemma_documents_until(self->snapshot, to != INT64_MAX ? to : INT64_MAX - 1, end,
                                        error);
    }
    *end = *end < self->documents ? *end : self->documents;
    *first = *first < *end ? *first : *end;
    return status;
}

/* ---- Words of a field ---- */

typedef struct sought {
    uint32_t count;
    stm_word words[STM_QUERY_WORDS];
} sought;

static int word_fits(const stm_word *wanted, const stm_word *word, int prefix)
{
    return (wanted->size == word->size || (prefix && wanted->size < word->size)) &&
           memcmp(wanted->text, word->text, wanted->size) == 0;
}

static stemma_status read_words(stm_word_maker *maker, stemma_text text, sought *out)
{
    stm_word_walk walk;
    stemma_status status = STEMMA_OK;
    out->count = 0;
    stm_word_walk_begin(&walk, maker, text);
    while (out->count < STM_QUERY_WORDS &&
           (status = stm_word_walk_next(&walk, &out->words[out->count])) == STEMMA_OK) {
        out->count++;
    }
    return status == STEMMA_END ? STEMMA_OK : status;
}

/* Whether a text has all the words, next to each other when they were quoted. */
static stemma_status has_words(stm_word_maker *maker, stemma_text text, const stm_ask_node *node,
                               const sought *wanted, int *has)
{
    stm_word_walk walk;
    stm_word word;
    uint64_t seen = 0;
    uint64_t state = 0;
    uint32_t count = wanted->count;
    stemma_status status;
    stm_word_walk_begin(&walk, maker, text);
    while ((status = stm_word_walk_next(&walk, &word)) == STEMMA_OK) {
        uint64_t here = 0;
        for (uint32_t i = 0; i < count; i++) {
            if (word_fits(&wanted->words[i], &word, node->prefix && i + 1 == count)) {
                here |= UINT64_C(1) << i;
            }
        }
        seen |= here;
        state = (state << 1 | 1u) & here;
        if (node->quoted && (state >> (count - 1) & 1) != 0) {
            *has = 1;
            return STEMMA_OK;
        }
    }
    *has = !node->quoted && seen == (UINT64_C(1) << count) - 1;
    return status == STEMMA_END ? STEMMA_OK : status;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* A tag is of the language when it is it, or goes on with a hyphen; in any case. */
static int is_language(stemma_text tag, stemma_text wanted)
{
    if (wanted.size == 0 || wanted.size > tag.size ||
        (wanted.size < tag.size && tag.data[wanted.size] != '-')) {
        return 0;
    }
    for (size_t i = 0; i < wanted.size; i++) {
        if (lower(tag.data[i]) != lower(wanted.data[i])) {
            return 0;
        }
    }
    return 1;
}

static stemma_text field_text(const stemma_document *document, uint8_t field)
{
    switch (field) {
    case STM_FIELD_TITLE: return document->title;
    case STM_FIELD_PUBLISHER: return document->publisher;
    case STM_FIELD_BYLINE: return document->byline;
    case STM_FIELD_AGENCY: return document->agency;
    default: return document->language;
    }
}

stemma_status stm_field_fits(stm_boolean *self, const stm_ask_node *node, uint32_t document,
                             int *fits, stemma_error *error)
{
    stm_mark mark = stm_snapshot_mark(self->snapshot);
    stm_word_maker *maker = stm_search_maker(self->cache, STEMMA_NONE);
    sought *wanted = stm_snapshot_alloc(self->snapshot, sizeof *wanted, error);
    stemma_bytes value;
    stemma_document record;
    stm_document_extra extra;
    *fits = 0;
    if (wanted == NULL || maker == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    stemma_status status =
        stm_document_find(self->snapshot, document, &value, &record, &extra, error);
    if (status == STEMMA_OK && node->field == STM_FIELD_LANGUAGE) {
        *fits = is_language(record.language, node->text);
    } else if (status == STEMMA_OK) {
        status = read_words(maker, node->text, wanted);
        if (status == STEMMA_OK && wanted->count != 0) {
            status = has_words(maker, field_text(&record, node->field), node, wanted, fits);
        }
    }
    stm_snapshot_rewind(self->snapshot, mark);
    return status;
}
