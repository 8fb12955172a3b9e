/* SPDX-License-Identifier: MIT */
/* Which documents share passages with one, and which pairs of a file do: candidates by the postings of
   their terms, compared one by one. */
#include <stdlib.h>

#include "trace/alike.h"
#include "base/error.h"
#include "base/grow.h"

#define POSTINGS     16384u /* read for the candidates of a document */
#define COMPARED     48u    /* candidates compared with one document */
#define COMPARED_ALL 256u   /* pairs compared of a file */
#define REMEMBERED   8u     /* candidates of each document, then */
#define SMALL        50.0   /* words that every document counts more, lest the shortest come first */

/* A document that another has words in common with. */
typedef struct candidate {
    uint32_t from;
    uint32_t to;
    double score;
} candidate;

typedef struct candidates {
    candidate *list;
    size_t capacity;
    uint32_t count;
} candidates;

static stemma_status add(candidates *all, uint32_t from, uint32_t to, double score,
                         stemma_error *error)
{
    candidate *list = stm_grow(all->list, &all->capacity, all->count + 1u, sizeof *list);
    if (list == NULL) {
        return stm_alike_no_memory(error);
    }
    all->list = list;
    list[all->count++] = (candidate){from, to, score};
    return STEMMA_OK;
}

static int by_document(const void *left, const void *right)
{
    const candidate *a = left;
    const candidate *b = right;
    if (a->to != b->to) {
        return a->to < b->to ? -1 : 1;
    }
    return a->score < b->score ? -1 : a->score > b->score; /* sums do not hang on qsort then */
}

static int by_score(const void *left, const void *right)
{
    const candidate *a = left;
    const candidate *b = right;
    if (a->score != b->score) {
        return a->score > b->score ? -1 : 1;
    }
    if (a->from != b->from) {
        return a->from < b->from ? -1 : 1;
    }
    return a->to < b->to ? -1 : a->to > b->to;
}

/* ---- Candidates ----------------------------------------------------------------------------------- */

/* Rarest first, those of one rarity in order of their first place in the document. */
typedef struct rarity {
    uint32_t documents;
    uint32_t term;
} rarity;

static int by_rarity(const void *left, const void *right)
{
    const rarity *a = left;
    const rarity *b = right;
    if (a->documents != b->documents) {
        return a->documents < b->documents ? -1 : 1;
    }
    return a->term < b->term ? -1 : a->term > b->term;
}

/* A candidate for each posting of a term; none of documents from `until` on. */
static stemma_status add_postings(const stm_alike_terms *terms, uint32_t document, uint32_t term,
                                  uint32_t until, candidates *all, stemma_error *error)
{
    stemma_text text = stm_strings_get(&terms->strings, term);
    stm_posting_cursor *cursor;
    stm_list_key key;
    uint32_t found = 0;
    stemma_status status = stm_list_key_text(&key, text);
    if (status != STEMMA_OK) {
        return STEMMA_OK;
    }
    cursor = stm_zeroed(1, sizeof *cursor);
    if (cursor == NULL) {
        return stm_alike_no_memory(error);
    }
    status = stm_posting_cursor_open(cursor, &terms->source, stm_list_key_bytes(&key),
                                     terms->snapshot->file->bounds.documents);
    bool damaged = status < 0;
    while (status == STEMMA_OK) {
        status = stm_posting_cursor_next(cursor, &found, NULL);
        damaged = status < 0;
        if (status == STEMMA_OK && found >= until) {
            break;
        }
        if (status == STEMMA_OK && found != document) {
            status = add(all, document, found, terms->weights[term], error);
        }
    }
    free(cursor);
    if (damaged) {
        return stm_damaged(error, STM_TABLE_TERM, 0, "POSTING_VALUE");
    }
    return status == STEMMA_END ? STEMMA_OK : status;
}

/* The terms of a document from the rarest on, as many as there are postings to be read. */
static stemma_status add_terms(const stm_alike_terms *terms, const stm_alike_document *document,
                               uint32_t until, candidates *all, stemma_error *error)
{
    uint32_t *set = stm_zeroed(document->set_count, sizeof *set);
    rarity *order = NULL;
    uint32_t count;
    uint64_t read = 0;
    stemma_status status = STEMMA_OK;
    if (set == NULL) {
        return stm_alike_no_memory(error);
    }
    if (document->set_count != 0) {
        memcpy(set, document->sets, document->set_count * sizeof *set);
    }
    count = (uint32_t)stm_sort_distinct(set, document->set_count);
    order = stm_zeroed(count, sizeof *order);
    for (uint32_t i = 0; order != NULL && i < count; i++) {
        order[i] = (rarity){terms->documents[set[i]], set[i]};
    }
    free(set);
    if (order == NULL) {
        return stm_alike_no_memory(error);
    }
    qsort(order, count, sizeof *order, by_rarity);
    for (uint32_t i = 0; i < count && status == STEMMA_OK; i++) {
        read += order[i].documents;
        if (read > POSTINGS) {
            break;
        }
        if (order[i].documents > 1) {
            status = add_postings(terms, document->number, order[i].term, until, all, error);
        }
    }
    free(order);
    return status;
}

/* Those of one document that begin at `first` are made one for each other document, the best come
   first, `most` of them are left. */
static stemma_status sum_up(const stm_alike_terms *terms, candidates *all, uint32_t first,
                            uint32_t words, uint32_t most, stemma_error *error)
{
    uint32_t left = first;
    qsort(all->list + first, all->count - first, sizeof *all->list, by_document);
    for (uint32_t i = first; i < all->count;) {
        candidate sum = all->list[i];
        uint32_t size = 0;
        uint32_t language = 0;
        stemma_status status;
        while (++i < all->count && all->list[i].to == sum.to) {
            sum.score += all->list[i].score;
        }
        status = stm_search_document(terms->cache, sum.to, &size, &language, error);
        if (status != STEMMA_OK) {
            return status;
        }
        sum.score /= (double)(size < words ? size : words) + SMALL;
        all->list[left++] = sum;
    }
    qsort(all->list + first, left - first, sizeof *all->list, by_score);
    all->count = left - first < most ? left : first + most;
    return STEMMA_OK;
}

/* ---- Known ties ----------------------------------------------------------------------------------- */

static stemma_status derives(stemma_snapshot *snapshot, uint32_t from, uint32_t to, bool *tied,
                             stemma_error *error)
{
    const stemma_derivation *derivations = NULL;
    uint32_t count = 0;
    stemma_status status = stemma_derivations_of(snapshot, from, &derivations, &count, error);
    for (uint32_t i = 0; i < count && status == STEMMA_OK; i++) {
        *tied |= derivations[i].to == to && derivations[i].retracted.size == 0;
    }
    return status;
}

static stemma_status is_tied(stemma_snapshot *snapshot, uint32_t a, uint32_t b, bool *tied,
                             stemma_error *error)
{
    uint32_t groups[2] = {0, 0};
    stm_mark mark = stm_snapshot_mark(snapshot);
    stemma_status status = stemma_independence_group(snapshot, a, &groups[0], error);
    *tied = false;
    if (status == STEMMA_OK) {
        status = stemma_independence_group(snapshot, b, &groups[1], error);
    }
    *tied = status == STEMMA_OK && groups[0] == groups[1];
    if (status == STEMMA_OK && !*tied) {
        status = derives(snapshot, a, b, tied, error);
    }
    if (status == STEMMA_OK && !*tied) {
        status = derives(snapshot, b, a, tied, error);
    }
    stm_snapshot_rewind(snapshot, mark);
    return status;
}

static stemma_status leave_untied(stemma_snapshot *snapshot, candidates *all, uint32_t most,
                                  stemma_error *error)
{
    uint32_t left = 0;
    for (uint32_t i = 0; i < all->count && left < most; i++) {
        bool tied = false;
        stemma_status status =
            is_tied(snapshot, all->list[i].from, all->list[i].to, &tied, error);
        if (status != STEMMA_OK) {
            return status;
        }
        if (!tied) {
            all->list[left++] = all->list[i];
        }
    }
    all->count = left;
    return STEMMA_OK;
}

/* ---- Comparing ------------------------------------------------------------------------------------ */

/* The most alike first, their pairs malloc'ed. */
typedef struct found {
    stemma_alike *list;
    uint32_t count;
} found;

static void found_free(found *all)
{
    for (uint32_t i = 0; i < all->count; i++) {
        free((void *)(uintptr_t)all->list[i].pairs);
    }
    free(all->list);
}

static int by_likeness(const void *left, const void *right)
{
    const stemma_alike *a = left;
    const stemma_alike *b = right;
    if (a->likeness != b->likeness) {
        return a->likeness > b->likeness ? -1 : 1;
    }
    if (a->from != b->from) {
        return a->from < b->from ? -1 : 1;
    }
    return a->to < b->to ? -1 : a->to > b->to;
}

/* Keeps the comparison when it is worth telling. */
static void take(found *all, const stemma_alike *one, stemma_alike_pair *pairs)
{
    if (one->likeness >= STEMMA_ALIKE_LEAST) {
        all->list[all->count++] = *one;
    } else {
        free(pairs);
    }
}

static stemma_status compare_all(stm_alike_terms *terms, const candidates *from, found *out,
                                 stemma_error *error)
{
    stm_alike_document a = {0};
    stm_alike_document b = {0};
    stm_mark start = stm_snapshot_mark(terms->snapshot);
    stemma_status status = STEMMA_OK;
    a.number = STEMMA_NONE;
    out->list = stm_zeroed(from->count, sizeof *out->list);
    if (out->list == NULL) {
        return stm_alike_no_memory(error);
    }
    for (uint32_t i = 0; i < from->count && status == STEMMA_OK; i++) {
        stemma_alike one;
        stemma_alike_pair *pairs = NULL;
        if (a.number != from->list[i].from) {
            stm_snapshot_rewind(terms->snapshot, start);
            status = stm_alike_read(terms, from->list[i].from, &a, error);
        }
        stm_mark mark = stm_snapshot_mark(terms->snapshot);
        if (status == STEMMA_OK) {
            status = stm_alike_read(terms, from->list[i].to, &b, error);
        }
        if (status == STEMMA_OK) {
            status = stm_alike_compare(terms, &a, &b, &one, &pairs, error);
        }
        if (status == STEMMA_OK) {
            take(out, &one, pairs);
        }
        stm_snapshot_rewind(terms->snapshot, mark);
    }
    stm_snapshot_rewind(terms->snapshot, start);
    stm_alike_document_free(&a);
    stm_alike_document_free(&b);
    if (out->count != 0) {
        qsort(out->list, out->count, sizeof *out->list, by_likeness);
    }
    return status;
}

/* Hands the best over to the snapshot. */
static stemma_status hand_over(stemma_snapshot *snapshot, const found *all, uint32_t most,
                               const stemma_alike **out, uint32_t *count, stemma_error *error)
{
    uint32_t kept = all->count < most ? all->count : most;
    stemma_alike *list = stm_snapshot_array(snapshot, kept, sizeof *list, error);
    if (list == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < kept; i++) {
        uint32_t pairs = all->list[i].pair_count;
        stemma_alike_pair *copy = stm_snapshot_array(snapshot, pairs, sizeof *copy, error);
        if (copy == NULL) {
            return STEMMA_E_NO_MEMORY;
        }
        memcpy(copy, all->list[i].pairs, pairs * sizeof *copy);
        list[i] = all->list[i];
        list[i].pairs = copy;
    }
    *out = list;
    *count = kept;
    return STEMMA_OK;
}

/* ---- The answers ---------------------------------------------------------------------------------- */

/* The candidates of a document, the best first, behind those that are there. */
static stemma_status gather(stm_alike_terms *terms, uint32_t document, uint32_t until,
                            uint32_t most, candidates *all, stemma_error *error)
{
    stm_alike_document self = {0};
    stm_mark mark = stm_snapshot_mark(terms->snapshot);
    uint32_t first = all->count;
    stemma_status status = stm_alike_read(terms, document, &self, error);
    if (status == STEMMA_OK) {
        status = add_terms(terms, &self, until, all, error);
    }
    if (status == STEMMA_OK && all->count != first) {
        status = sum_up(terms, all, first, self.word_count, most, error);
    }
    stm_alike_document_free(&self);
    stm_snapshot_rewind(terms->snapshot, mark);
    return status;
}

static stemma_status finish(stm_alike_terms *terms, candidates *all, uint32_t compared,
                            unsigned flags, uint32_t most, const stemma_alike **out,
                            uint32_t *count, stemma_error *error)
{
    found results = {NULL, 0};
    stemma_status status = STEMMA_OK;
    if ((flags & STEMMA_ALIKE_UNTIED) != 0) {
        status = leave_untied(terms->snapshot, all, compared, error);
    }
    all->count = all->count < compared ? all->count : compared;
    if (status == STEMMA_OK) {
        status = compare_all(terms, all, &results, error);
    }
    if (status == STEMMA_OK) {
        status = hand_over(terms->snapshot, &results, most, out, count, error);
    }
    found_free(&results);
    return status;
}

stemma_status stemma_documents_alike(stemma_snapshot *snapshot, uint32_t document, unsigned flags,
                                     uint32_t most, const stemma_alike **out, uint32_t *count,
                                     stemma_error *error)
{
    stm_alike_terms terms;
    candidates all = {NULL, 0, 0};
    stemma_status status = stm_alike_begin(&terms, snapshot, error);
    *out = NULL;
    *count = 0;
    if (status == STEMMA_OK) {
        status = gather(&terms, document, terms.known, POSTINGS, &all, error);
    }
    if (status == STEMMA_OK) {
        status = finish(&terms, &all, COMPARED, flags, most, out, count, error);
    }
    free(all.list);
    stm_alike_end(&terms);
    return status;
}

stemma_status stemma_pairs_alike(stemma_snapshot *snapshot, unsigned flags, uint32_t most,
                                 const stemma_alike **out, uint32_t *count, stemma_error *error)
{
    stm_alike_terms terms;
    candidates all = {NULL, 0, 0};
    stemma_status status = stm_alike_begin(&terms, snapshot, error);
    *out = NULL;
    *count = 0;
    if (status == STEMMA_OK && terms.known > STEMMA_ALIKE_DOCUMENTS) {
        status = stm_fail(error, STEMMA_E_LIMIT, "ALIKE_DOCUMENTS", "",
                          "Pairs are looked for in files of up to %u documents",
                          STEMMA_ALIKE_DOCUMENTS);
    }
    for (uint32_t i = 1; status == STEMMA_OK && i < terms.known; i++) {
        status = gather(&terms, i, i, REMEMBERED, &all, error);
    }
    if (status == STEMMA_OK && all.count != 0) {
        qsort(all.list, all.count, sizeof *all.list, by_score);
        status = finish(&terms, &all, COMPARED_ALL, flags, most, out, count, error);
    }
    free(all.list);
    stm_alike_end(&terms);
    return status;
}
