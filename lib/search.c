/* SPDX-License-Identifier: MIT */
/* Full text: the documents that hold all the words of a query, ranked, listed or counted. */
#include "stemma/search.h"

#include "error.h"
#include "search_rank.h"
#include "search_text.h"

#define DEFAULT_LIMIT 10u
#define MOST_RESULTS  10000u

static stemma_status document_text(stemma_snapshot *snapshot, uint32_t document, stemma_text *text,
                                   stemma_error *error)
{
    stemma_span whole = {0, UINT32_MAX};
    stemma_status status = stemma_text_get(snapshot, document, whole, text, error);
    if (status == STEMMA_NOT_FOUND) {
        text->data = NULL;
        text->size = 0;
        return STEMMA_OK;
    }
    return status;
}

/* Whether the phrases of the query stand in a document. Texts are costly: they are looked into only
   when all words are there. */
static stemma_status has_phrases(stm_search *search, uint32_t document, uint32_t language, int *has,
                                 stemma_error *error)
{
    stm_mark mark = stm_snapshot_mark(search->snapshot);
    stemma_text text;
    stemma_status status;
    *has = 1;
    if (search->query.phrase_count == 0) {
        return STEMMA_OK;
    }
    status = document_text(search->snapshot, document, &text, error);
    if (status == STEMMA_OK) {
        status = stm_text_has_phrases(&search->query, language, text, has);
    }
    stm_snapshot_rewind(search->snapshot, mark);
    return status;
}

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
            status = has_phrases(search, *document, language, &has, error);
        }
        if (status != STEMMA_OK || has) {
            return status;
        }
        from = *document + 1;
    }
}

/* ---- Ranked -------------------------------------------------------------------------------- */

/* Drops from the sorted results those without the phrases, until enough are left. */
static stemma_status keep_phrases(stm_search *search, uint32_t wanted, stm_ranked *best,
                                  uint32_t *count, stemma_error *error)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < *count && kept < wanted; i++) {
        int has;
        stemma_status status = has_phrases(search, best[i].document, best[i].language, &has, error);
        if (status != STEMMA_OK) {
            return status;
        }
        if (has) {
            best[kept++] = best[i];
        }
    }
    *count = kept;
    return STEMMA_OK;
}

static stemma_status add_snippet(stm_search *search, const stm_ranked *one, stemma_hit *hit,
                                 stemma_error *error)
{
    stm_snippet *snippet = stm_snapshot_alloc(search->snapshot, sizeof *snippet, error);
    stm_mark mark = stm_snapshot_mark(search->snapshot);
    stemma_text text;
    stemma_status status;
    if (snippet == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    status = document_text(search->snapshot, one->document, &text, error);
    if (status == STEMMA_OK && text.size != 0) {
        status = stm_text_snippet(&search->query, one->language, text, snippet);
        hit->snippet = snippet->span;
        hit->words = snippet->words;
        hit->word_count = snippet->word_count;
    }
    stm_snapshot_rewind(search->snapshot, mark);
    return status;
}

static stemma_status fill_hits(stm_search *search, const stm_ranked *best, uint32_t count,
                               int snippets, stemma_hit **out, stemma_error *error)
{
    stemma_hit *hits = stm_snapshot_array(search->snapshot, count, sizeof *hits, error);
    stemma_status status = hits == NULL ? STEMMA_E_NO_MEMORY : STEMMA_OK;
    for (uint32_t i = 0; status == STEMMA_OK && i < count; i++) {
        memset(&hits[i], 0, sizeof hits[i]);
        hits[i].document = best[i].document;
        hits[i].score = best[i].score;
        if (snippets) {
            status = add_snippet(search, &best[i], &hits[i], error);
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
                          (given->flags & ~(uint32_t)STEMMA_SEARCH_NO_SNIPPETS) != 0)) {
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

stemma_status stemma_search(stemma_snapshot *snapshot, stemma_text query,
                            const stemma_search_options *options, const stemma_hit **out,
                            uint32_t *count, stemma_error *error)
{
    stemma_search_options asked;
    stemma_hit *hits = NULL;
    stm_ranked *best = NULL;
    stm_search *search = NULL;
    uint32_t found = 0;
    stemma_status status = read_options(options, &asked, error);
    *out = NULL;
    *count = 0;
    if (status != STEMMA_OK) {
        return status;
    }
    status = stm_search_open(&search, snapshot, query, asked.documents_until, 1, error);
    if (status == STEMMA_OK) {
        /* With phrases any document may drop out: then all are ranked, else the best. */
        status = stm_search_best(search, search->query.phrase_count != 0 ? UINT32_MAX : asked.limit,
                                 &best, &found, error);
    }
    if (status == STEMMA_OK && search->query.phrase_count != 0) {
        status = keep_phrases(search, asked.limit, best, &found, error);
    }
    if (search != NULL) {
        stm_search_close(search);
    }
    if (status == STEMMA_OK) {
        status = fill_hits(search, best, found, (asked.flags & STEMMA_SEARCH_NO_SNIPPETS) == 0,
                           &hits, error);
    }
    if (status == STEMMA_OK) {
        *out = hits;
        *count = found;
    }
    return status;
}

stemma_status stemma_search_documents(stemma_snapshot *snapshot, stemma_text query,
                                      const stemma_search_options *options, uint32_t from,
                                      uint32_t *documents, uint32_t capacity, uint32_t *count,
                                      stemma_error *error)
{
    stemma_search_options asked;
    stm_search *search = NULL;
    stm_mark mark = stm_snapshot_mark(snapshot);
    uint32_t found = 0, document;
    stemma_status status = read_options(options, &asked, error);
    *count = 0;
    if (status != STEMMA_OK) {
        return status;
    }
    status = stm_search_open(&search, snapshot, query, asked.documents_until, 0, error);
    while (status == STEMMA_OK && found < capacity) {
        status = next_match(search, from, &document, error);
        if (status == STEMMA_OK) {
            documents[found++] = document;
            from = document + 1;
        }
    }
    if (search != NULL) {
        stm_search_close(search);
    }
    stm_snapshot_rewind(snapshot, mark);
    *count = status < 0 ? 0 : found;
    return status == STEMMA_END ? STEMMA_OK : status;
}

stemma_status stemma_search_count(stemma_snapshot *snapshot, stemma_text query,
                                  const stemma_search_options *options, uint64_t *count,
                                  stemma_error *error)
{
    stemma_search_options asked;
    stm_search *search = NULL;
    stm_mark mark = stm_snapshot_mark(snapshot);
    uint32_t from = 0, document;
    uint64_t found = 0;
    stemma_status status = read_options(options, &asked, error);
    *count = 0;
    if (status != STEMMA_OK) {
        return status;
    }
    status = stm_search_open(&search, snapshot, query, asked.documents_until, 1, error);
    if (status == STEMMA_OK && search->query.phrase_count == 0) {
        status = stm_search_count(search, &found, error);
    } else {
        while (status == STEMMA_OK &&
               (status = next_match(search, from, &document, error)) == STEMMA_OK) {
            found++;
            from = document + 1;
        }
    }
    if (search != NULL) {
        stm_search_close(search);
    }
    stm_snapshot_rewind(snapshot, mark);
    *count = status < 0 ? 0 : found;
    return status == STEMMA_END ? STEMMA_OK : status;
}
