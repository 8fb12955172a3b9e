/* SPDX-License-Identifier: MIT */
#include "pack/corpus.h"

#include <stdlib.h>

#include "digest.h"
#include "id.h"
#include "base/memory_sort.h"
#include "stemma/edtf.h"

void stm_corpus_init(struct stm_corpus *corpus, stm_memory *memory)
{
    memset(corpus, 0, sizeof *corpus);
    stm_arena_init_in(&corpus->arena, memory);
    stm_arena_init_in(&corpus->heads, memory);
}

void stm_corpus_free(struct stm_corpus *corpus)
{
    stm_memory_free(corpus->documents);
    stm_arena_free(&corpus->arena);
    stm_arena_free(&corpus->heads);
    memset(corpus, 0, sizeof *corpus);
}

struct stm_pack_document *stm_pack_document_new(size_t cap)
{
    struct stm_pack_document *document = calloc(1, sizeof *document);
    if (document != NULL) {
        stm_arena_init(&document->arena, cap);
    }
    return document;
}

void stm_pack_document_free(struct stm_pack_document *document)
{
    if (document != NULL) {
        stm_source_free(document->source);
        stm_arena_free(&document->arena);
        free(document);
    }
}

/* The document as it stays: without the memory in which it was read, most of which is scratch. */
static struct stm_pack_document *settle(struct stm_corpus *corpus,
                                        const struct stm_pack_document *document)
{
    struct stm_pack_document *settled = stm_arena_alloc(&corpus->heads, 1, sizeof *settled);
    stm_memory_check(corpus->arena.memory);
    if (corpus->terms == NULL) {
        corpus->terms = stm_arena_alloc(&corpus->arena, 1, sizeof *corpus->terms);
    }
    if (settled == NULL || corpus->terms == NULL) {
        return NULL;
    }
    *settled = *document;
    memset(&settled->arena, 0, sizeof settled->arena);
    settled->source = NULL;
    settled->file = stm_arena_text(&corpus->arena, document->file);
    int kept = settled->file.data != NULL || document->file.size == 0;
    return kept && stm_document_copy(&corpus->arena, corpus->terms, &document->document,
                                     &settled->document) == STEMMA_OK
               ? settled
               : NULL;
}

stemma_status stm_corpus_add(struct stm_corpus *corpus, struct stm_pack_document *document,
                             const struct stm_pack_document **added)
{
    stemma_document *fields = &document->document;
    stemma_time_bounds bounds;
    if (fields->text_withheld == 0 || fields->text.size != 0) {
        stm_sha256(fields->digest,
                   (stemma_bytes){(const uint8_t *)fields->text.data, fields->text.size});
    }
    document->id = stm_document_id(fields->digest, fields->uri);
    document->published = INT64_MAX;
    if (stemma_edtf_bounds(fields->published.edtf, &bounds) == STEMMA_OK &&
        bounds.start_earliest != STEMMA_TIME_UNKNOWN_EARLY) {
        document->published = bounds.start_earliest;
    }
    struct stm_pack_document **documents =
        stm_memory_grow(corpus->arena.memory, corpus->documents, &corpus->capacity,
                        corpus->count + 1, sizeof *documents);
    corpus->documents = documents != NULL ? documents : corpus->documents;
    struct stm_pack_document *settled = documents != NULL ? settle(corpus, document) : NULL;
    stm_pack_document_free(document);
    if (settled == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    documents[corpus->count++] = settled;
    if (added != NULL) {
        *added = settled;
    }
    return STEMMA_OK;
}

struct stm_pack_edge *stm_corpus_add_edge(struct stm_corpus *corpus)
{
    struct stm_pack_edge *edge;
    if (stm_arena_grow(&corpus->arena, &corpus->edges, corpus->edge_count, &corpus->edge_capacity,
                       sizeof *edge) != STEMMA_OK) {
        return NULL;
    }
    edge = &corpus->edges[corpus->edge_count++];
    memset(edge, 0, sizeof *edge);
    return edge;
}

static int compare_fields(const stemma_document *a, const stemma_document *b)
{
    const stemma_text left[] = {a->title,      a->publisher, a->agency,
                                a->byline,     a->language,  a->retrieved,
                                a->media_type, a->licence,   a->published.raw};
    const stemma_text right[] = {b->title,      b->publisher, b->agency,
                                 b->byline,     b->language,  b->retrieved,
                                 b->media_type, b->licence,   b->published.raw};
    for (size_t i = 0; i < sizeof left / sizeof left[0]; i++) {
        int order = stemma_text_compare(left[i], right[i]);
        if (order != 0) {
            return order;
        }
    }
    return (a->assertion_count > b->assertion_count) - (a->assertion_count < b->assertion_count);
}

/* By id; of one id the one to keep first. */
static int compare_ids(const void *left, const void *right)
{
    const struct stm_pack_document *a = *(struct stm_pack_document *const *)left;
    const struct stm_pack_document *b = *(struct stm_pack_document *const *)right;
    if (a->id != b->id) {
        return a->id < b->id ? -1 : 1;
    }
    if (a->testimony != b->testimony) {
        return a->testimony ? -1 : 1;
    }
    if (a->judged != b->judged) {
        return a->judged ? -1 : 1;
    }
    if (a->published != b->published) {
        return a->published < b->published ? -1 : 1;
    }
    return compare_fields(&a->document, &b->document);
}

static int compare_dates(const void *left, const void *right)
{
    const struct stm_pack_document *a = *(struct stm_pack_document *const *)left;
    const struct stm_pack_document *b = *(struct stm_pack_document *const *)right;
    if (a->published != b->published) {
        return a->published < b->published ? -1 : 1;
    }
    return a->id < b->id ? -1 : a->id > b->id;
}

void stm_corpus_sort(struct stm_corpus *corpus, stm_problems *problems)
{
    size_t kept = 0;
    if (corpus->count == 0) {
        return;
    }
    stm_memory_sort_plain(corpus->arena.memory, corpus->documents, corpus->count, sizeof(void *),
                          compare_ids);
    for (size_t i = 0; i < corpus->count; i++) {
        struct stm_pack_document *document = corpus->documents[i];
        if (kept > 0 && corpus->documents[kept - 1]->id == document->id) {
            stm_problem problem = {STM_SEVERITY_NOTE, document->file, document->line, 0,
                                   "DOCUMENT_REPEATED"};
            stm_problems_add(problems, &problem,
                             "The same text under the same URI was read before");
        } else {
            corpus->documents[kept++] = document;
            if (document->unread != NULL) {
                stm_problem problem = {STM_SEVERITY_WARNING, document->file, document->line, 0,
                                       "LANGUAGE_UNREAD"};
                stm_problems_add(problems, &problem,
                                 "The text is in %s: the reader reads English, so that its words "
                                 "can be searched, but nothing was taken from it",
                                 document->unread);
            }
            if (document->too_much) {
                stm_problem problem = {STM_SEVERITY_WARNING, document->file, document->line, 0,
                                       "EXTRACT_MEMORY"};
                stm_problems_add(problems, &problem,
                                 "Reading the document took more memory than allowed: its words "
                                 "can be searched, but nothing was taken from it");
            }
        }
    }
    corpus->count = kept;
    stm_memory_sort_plain(corpus->arena.memory, corpus->documents, corpus->count, sizeof(void *),
                          compare_dates);
}

static int compare_index(const void *left, const void *right)
{
    const struct stm_corpus_index *a = left;
    const struct stm_corpus_index *b = right;
    return a->id < b->id ? -1 : a->id > b->id;
}

struct stm_corpus_index *stm_corpus_index_new(const struct stm_corpus *corpus)
{
    struct stm_corpus_index *index = calloc(corpus->count + 1, sizeof *index);
    if (index == NULL) {
        return NULL;
    }
    for (size_t i = 0; i < corpus->count; i++) {
        index[i] = (struct stm_corpus_index){corpus->documents[i]->id, (uint32_t)i};
    }
    qsort(index, corpus->count, sizeof *index, compare_index);
    return index;
}

uint32_t stm_corpus_index_find(const struct stm_corpus_index *index, size_t count, uint64_t id)
{
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (index[middle].id < id) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < count && index[low].id == id ? index[low].position : STEMMA_NONE;
}
