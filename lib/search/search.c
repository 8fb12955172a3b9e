/* SPDX-License-Identifier: MIT */
/* Full text: the documents that hold all the words of a query, ranked, listed or counted. */
#include "stemma/search.h"

#include "file/publish.h"
#include "base/error.h"
#include "search/search_boolean.h"
#include "search/search_phrases.h"
#include "search/search_rank.h"
#include "search/search_text.h"

#define DEFAULT_LIMIT 10u
#define MOST_RESULTS  10000u

/* The first document not below `from` that holds the words and the phrases. */
static stemma_status next_match(stm_search *search, uint32_t from, uint32_t *document,
                                stemma_error *error)
{
    for (;;) {
        uint32_t size, language;
        int has;
        stemma_status status = stm_search_next(search, from, document, error);
        if (status != STEMMA_OK || search->query.phrase_count == 0) {
            return status;
        }
        status = stm_search_document(search->cache, *document, &size, &language, error);
        if (status == STEMMA_OK) {
            status = stm_phrases_stand(search, *document, language, &has, error);
        }
        if (status != STEMMA_OK || has) {
            return status;
        }
        from = *document + 1;
    }
}

/* ---- Ranked -------------------------------------------------------------------------------- */

static stemma_status add_snippet(stemma_snapshot *snapshot, const stm_query *query,
                                 const stm_ranked *one, stemma_hit *hit, stemma_error *error)
{
    stm_snippet *snippet = stm_snapshot_alloc(snapshot, sizeof *snippet, error);
    stm_mark mark = stm_snapshot_mark(snapshot);
    stemma_text text;
    stemma_status status;
    if (snippet == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    status = stm_phrases_text(snapshot, one->document, &text, error);
    if (status == STEMMA_OK && text.size != 0) {
        status = stm_text_snippet(query, one->language, text, snippet);
        hit->snippet = snippet->span;
        hit->words = snippet->words;
        hit->word_count = snippet->word_count;
    }
    stm_snapshot_rewind(snapshot, mark);
    return status;
}

static stemma_status fill_hits(stemma_snapshot *snapshot, const stm_query *query,
                               const stm_ranked *best, uint32_t count, int snippets,
                               stemma_hit **out, stemma_error *error)
{
    stemma_hit *hits = stm_snapshot_array(snapshot, count, sizeof *hits, error);
    stemma_status status = hits == NULL ? STEMMA_E_NO_MEMORY : STEMMA_OK;
    for (uint32_t i = 0; status == STEMMA_OK && i < count; i++) {
        memset(&hits[i], 0, sizeof hits[i]);
        hits[i].document = best[i].document;
        hits[i].score = best[i].score;
        if (snippets) {
            status = add_snippet(snapshot, query, &best[i], &hits[i], error);
        }
    }
    *out = hits;
    return status;
}

/* ---- Asking -------------------------------------------------------------------------------- */

/* Fills in what the caller left out. */
static stemma_status read_options(const stemma_search_options *given, stemma_search_options *out,
                                  stemma_error *error)
{
    stemma_search_options defaults = STEMMA_SEARCH_OPTIONS_INIT;
    *out = defaults;
    if (given != NULL && (given->size != sizeof *given ||
                          (given->flags & ~(uint32_t)STEMMA_SEARCH_NO_SNIPPETS) != 0 ||
                          (given->about.kind != 0 && given->about.kind != 'd' &&
                           given->about.kind != 'e' && given->about.kind != 'v' &&
                           given->about.kind != 'c'))) {
        return stm_fail(error, STEMMA_E_MISUSE, "OPTIONS_SIZE", "",
                        "The options are not those of this version of the library");
    }
    if (given != NULL) {
        *out = *given;
    }
    out->limit = out->limit == 0 ? DEFAULT_LIMIT : out->limit;
    out->limit = out->limit > MOST_RESULTS ? MOST_RESULTS : out->limit;
    return STEMMA_OK;
}

static void put(uint64_t *set, const stemma_snapshot *snapshot, uint32_t document)
{
    if (document < snapshot->file->bounds.documents) {
        set[document / 64] |= UINT64_C(1) << document % 64;
    }
}

/* The documents that speak of a thing, as bits. */
static stemma_status documents_about(stemma_snapshot *snapshot, const stemma_search_options *asked,
                                     uint64_t **out, stemma_error *error)
{
    const stemma_referent_id *members = NULL;
    uint32_t count = 0;
    size_t size = ((size_t)snapshot->file->bounds.documents + 63) / 64;
    uint64_t *set = stm_snapshot_array(snapshot, size, sizeof *set, error);
    stemma_status status = STEMMA_OK;
    if (set == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    memset(set, 0, size * sizeof *set);
    *out = set;
    stm_mark mark = stm_snapshot_mark(snapshot);
    if (asked->about.kind == STEMMA_REFERENCE_DOCUMENT) {
        put(set, snapshot, asked->about.number);
        return STEMMA_OK;
    }
    if (asked->about.kind == STEMMA_REFERENCE_CLAIM) {
        stemma_claim claim;
        status = stemma_claim_get(snapshot, asked->about.number, &claim, error);
        for (uint32_t i = 0; status == STEMMA_OK && i < claim.witness_count; i++) {
            put(set, snapshot, claim.witnesses[i].document);
        }
    } else {
        status = stemma_members(snapshot, asked->about, &members, &count, error);
        for (uint32_t i = 0; status == STEMMA_OK && i < count; i++) {
            put(set, snapshot, members[i].document);
        }
    }
    stm_snapshot_rewind(snapshot, mark);
    return status == STEMMA_NOT_FOUND ? STEMMA_OK : status; /* nobody speaks of it */
}

static int is_plain(const stemma_search_options *asked, stemma_text query)
{
    return asked->about.kind == 0 && stm_ask_is_plain(query);
}

/* Opens a query that is more than words and phrases. */
static stemma_status open_boolean(stemma_snapshot *snapshot, stemma_text query,
                                  const stemma_search_options *asked, int scored, stm_boolean **out,
                                  stemma_error *error)
{
    uint64_t *only = NULL;
    stemma_status status = STEMMA_OK;
    if (asked->about.kind != 0) {
        status = documents_about(snapshot, asked, &only, error);
    }
    return status == STEMMA_OK ? stm_boolean_open(out, snapshot, query, only, scored, error)
                               : status;
}

static stemma_status search_plain(stemma_snapshot *snapshot, stemma_text query,
                                  const stemma_search_options *asked, stemma_hit **hits,
                                  uint32_t *count, stemma_error *error)
{
    stm_ranked *best = NULL;
    stm_search *search = NULL;
    stemma_status status = stm_search_open(&search, snapshot, query, 1, error);
    /* Where texts are to be looked into any document may drop out: then all are ranked, else the
       best. */
    int look = status == STEMMA_OK && stm_phrases_need_texts(search);
    if (status == STEMMA_OK) {
        status = stm_search_best(search, look ? UINT32_MAX : asked->limit, &best, count, error);
    }
    if (status == STEMMA_OK && look) {
        status = stm_phrases_keep(search, asked->limit, best, count, error);
    }
    if (search != NULL) {
        stm_search_close(search);
    }
    return status == STEMMA_OK
               ? fill_hits(snapshot, &search->query, best, *count,
                           (asked->flags & STEMMA_SEARCH_NO_SNIPPETS) == 0, hits, error)
               : status;
}

static stemma_status search_boolean(stemma_snapshot *snapshot, stemma_text query,
                                    const stemma_search_options *asked, stemma_hit **hits,
                                    uint32_t *count, stemma_error *error)
{
    stm_ranked *best = NULL;
    stm_boolean *boolean = NULL;
    stemma_status status = open_boolean(snapshot, query, asked, 1, &boolean, error);
    if (status == STEMMA_OK) {
        status = stm_boolean_best(boolean, asked->limit, &best, count, error);
    }
    return status == STEMMA_OK
               ? fill_hits(snapshot, &boolean->query, best, *count,
                           (asked->flags & STEMMA_SEARCH_NO_SNIPPETS) == 0, hits, error)
               : status;
}

stemma_status stemma_search(stemma_snapshot *snapshot, stemma_text query,
                            const stemma_search_options *options, const stemma_hit **out,
                            uint32_t *count, stemma_error *error)
{
    stemma_search_options asked;
    stemma_hit *hits = NULL;
    uint32_t found = 0;
    stemma_status status = read_options(options, &asked, error);
    *out = NULL;
    *count = 0;
    if (status == STEMMA_OK) {
        status = is_plain(&asked, query)
                     ? search_plain(snapshot, query, &asked, &hits, &found, error)
                     : search_boolean(snapshot, query, &asked, &hits, &found, error);
    }
    if (status == STEMMA_OK) {
        *out = hits;
        *count = found;
    }
    return status;
}

/* One way through the documents of a query, by number. */
typedef struct stepping {
    stm_search *plain;
    stm_boolean *boolean;
} stepping;

static stemma_status step_open(stepping *self, stemma_snapshot *snapshot, stemma_text query,
                               const stemma_search_options *asked, int counted, stemma_error *error)
{
    self->plain = NULL;
    self->boolean = NULL;
    return is_plain(asked, query)
               ? stm_search_open(&self->plain, snapshot, query, counted, error)
               : open_boolean(snapshot, query, asked, 0, &self->boolean, error);
}

static stemma_status step(stepping *self, uint32_t from, uint32_t *document, stemma_error *error)
{
    return self->plain != NULL ? next_match(self->plain, from, document, error)
                               : stm_boolean_next(self->boolean, from, document, error);
}

static void step_close(stepping *self)
{
    if (self->plain != NULL) {
        stm_search_close(self->plain);
    }
}

stemma_status stemma_search_documents(stemma_snapshot *snapshot, stemma_text query,
                                      const stemma_search_options *options, uint32_t from,
                                      uint32_t *documents, uint32_t capacity, uint32_t *count,
                                      stemma_error *error)
{
    stemma_search_options asked;
    stepping way = {NULL, NULL};
    stm_mark mark = stm_snapshot_mark(snapshot);
    uint32_t found = 0, document;
    stemma_status status = read_options(options, &asked, error);
    *count = 0;
    if (status != STEMMA_OK) {
        return status;
    }
    status = step_open(&way, snapshot, query, &asked, 0, error);
    while (status == STEMMA_OK && found < capacity) {
        status = step(&way, from, &document, error);
        if (status == STEMMA_OK) {
            documents[found++] = document;
            from = document + 1;
        }
    }
    step_close(&way);
    stm_snapshot_rewind(snapshot, mark);
    *count = status < 0 ? 0 : found;
    return status == STEMMA_END ? STEMMA_OK : status;
}

stemma_status stemma_search_count(stemma_snapshot *snapshot, stemma_text query,
                                  const stemma_search_options *options, uint64_t *count,
                                  stemma_error *error)
{
    stemma_search_options asked;
    stepping way = {NULL, NULL};
    stm_mark mark = stm_snapshot_mark(snapshot);
    uint32_t from = 0, document;
    uint64_t found = 0;
    stemma_status status = read_options(options, &asked, error);
    *count = 0;
    if (status != STEMMA_OK) {
        return status;
    }
    status = step_open(&way, snapshot, query, &asked, 1, error);
    if (status == STEMMA_OK && way.plain != NULL && way.plain->query.phrase_count == 0) {
        status = stm_search_count(way.plain, &found, error);
    } else {
        while (status == STEMMA_OK &&
               (status = step(&way, from, &document, error)) == STEMMA_OK) {
            found++;
            from = document + 1;
        }
    }
    step_close(&way);
    stm_snapshot_rewind(snapshot, mark);
    *count = status < 0 ? 0 : found;
    return status == STEMMA_END ? STEMMA_OK : status;
}
