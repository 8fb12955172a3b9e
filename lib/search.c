/* SPDX-License-Identifier: MIT */
/* stemma_search(): documents that hold all the words of a query, ranked by BM25. The lists of the
   words are intersected by galloping; a word's list is the union of those of its terms. */
#include "stemma/search.h"

#include <math.h>

#include "column.h"
#include "error.h"
#include "search_text.h"
#include "snapshot.h"

#define DEFAULT_LIMIT 10u
#define MOST_RESULTS  10000u
#define BM25_K1       1.2
#define BM25_B        0.75

/* The list of one term of a word. */
typedef struct term_list {
    stm_posting_source source;
    uint32_t languages; /* in which documents the term stands for the word */
    uint32_t document;  /* where the list is; only when not ended */
    uint32_t occurrences;
    uint8_t ended;
    stm_posting_cursor cursor;
} term_list;

/* A word: the union of its terms' lists. */
typedef struct word_lists {
    term_list *lists[STM_QUERY_TERMS];
    uint32_t count;
    uint64_t documents; /* how many the lists hold in all */
    double weight;      /* inverse document frequency */
} word_lists;

typedef struct ranked {
    double score;
    uint32_t document;
    uint32_t language;
} ranked;

typedef struct search {
    stemma_snapshot *snapshot;
    stm_query query;
    word_lists words[STM_QUERY_WORDS];
    uint32_t word_count;
    uint32_t documents; /* in the file */
    uint32_t until;     /* only documents below this one */
    uint32_t limit;
    double mean_size; /* words of a document */
    ranked *heap;     /* the worst on top */
    uint32_t heap_count;
    stm_column sizes; /* of the block of documents below */
    stm_column languages;
    uint32_t block; /* number, or STEMMA_NONE */
} search;

/* ---- Lists --------------------------------------------------------------------------------- */

static stemma_status list_result(term_list *list, stemma_status status, stemma_error *error)
{
    list->ended = status != STEMMA_OK;
    return status < 0 ? stm_damaged(error, STM_TABLE_TERM, 0, "POSTING_VALUE") : STEMMA_OK;
}

/* Opens the list of a term; leaves it out when no document has the term. */
static stemma_status open_term(search *s, word_lists *word, const stm_query_term *term,
                               stemma_error *error)
{
    stemma_text text = {term->text, term->size};
    stm_mark mark = stm_snapshot_mark(s->snapshot);
    term_list *list = stm_snapshot_alloc(s->snapshot, sizeof *list, error);
    stm_list_key key;
    uint64_t count = 0;
    stemma_status status;
    if (list == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    if (stm_list_key_text(&key, text) != STEMMA_OK) {
        return STEMMA_OK;
    }
    status = stm_snapshot_source(s->snapshot, STM_TABLE_TERM, &list->source, error);
    if (status != STEMMA_OK) {
        return status;
    }
    list->languages = term->languages;
    status = stm_posting_count(&list->source, stm_list_key_bytes(&key), &count);
    if (status == STEMMA_OK && count != 0) {
        status = stm_posting_cursor_open(&list->cursor, &list->source, stm_list_key_bytes(&key),
                                         s->documents);
    }
    if (status == STEMMA_OK && count != 0) {
        status = stm_posting_cursor_next(&list->cursor, &list->document, &list->occurrences);
        word->lists[word->count++] = list;
        word->documents += count;
        return list_result(list, status, error);
    }
    stm_snapshot_source_return(&list->source);
    stm_snapshot_rewind(s->snapshot, mark);
    return status < 0 ? stm_damaged(error, STM_TABLE_TERM, 0, "POSTING_VALUE") : STEMMA_OK;
}

/* Moves a word's lists to the first document not below `document`; tells the least they stand at,
   STEMMA_NONE when all have ended. */
static stemma_status seek_word(word_lists *word, uint32_t document, uint32_t *least,
                               stemma_error *error)
{
    *least = STEMMA_NONE;
    for (uint32_t i = 0; i < word->count; i++) {
        term_list *list = word->lists[i];
        if (!list->ended && list->document < document) {
            stemma_status status = stm_posting_cursor_seek(&list->cursor, document, &list->document,
                                                           &list->occurrences);
            status = list_result(list, status, error);
            if (status != STEMMA_OK) {
                return status;
            }
        }
        if (!list->ended && list->document < *least) {
            *least = list->document;
        }
    }
    return STEMMA_OK;
}

/* ---- Documents ----------------------------------------------------------------------------- */

static stemma_status document_block(search *s, uint32_t document, stemma_error *error)
{
    uint32_t number = document / STEMMA_EVENT_BLOCK;
    stm_column_block block;
    stemma_bytes value;
    stemma_status status;
    if (s->block == number) {
        return STEMMA_OK;
    }
    s->block = STEMMA_NONE;
    status = stm_snapshot_get_u32(s->snapshot, STM_TABLE_GROUP, number, &value, error);
    if (status == STEMMA_NOT_FOUND) {
        return stm_damaged(error, STM_TABLE_GROUP, number, "GROUP_MISSING");
    }
    if (status != STEMMA_OK) {
        return status;
    }
    if (stm_column_block_open(value, &block) != STEMMA_OK ||
        stm_column_require(&block, 2, block.rows, &s->sizes) != STEMMA_OK ||
        stm_column_require(&block, 3, block.rows, &s->languages) != STEMMA_OK) {
        return stm_damaged(error, STM_TABLE_GROUP, number, "COLUMN_BLOCK");
    }
    s->block = number;
    return STEMMA_OK;
}

/* Number of indexed words and stemmer of a document. */
static stemma_status document_facts(search *s, uint32_t document, uint32_t *size,
                                    uint32_t *language, stemma_error *error)
{
    uint32_t row = document % STEMMA_EVENT_BLOCK;
    int64_t words, tag;
    stemma_status status = document_block(s, document, error);
    if (status != STEMMA_OK) {
        return status;
    }
    if (row >= s->sizes.count) {
        return stm_damaged(error, STM_TABLE_GROUP, s->block, "GROUP_MISSING");
    }
    words = stm_column_get(&s->sizes, row);
    tag = stm_column_get(&s->languages, row);
    if (words < 0 || words > (int64_t)UINT32_MAX || tag < 0 || tag > STM_WORD_LANGUAGES) {
        return stm_damaged(error, STM_TABLE_GROUP, s->block, "COLUMN_BLOCK");
    }
    *size = (uint32_t)words;
    *language = tag == 0 ? STEMMA_NONE : (uint32_t)tag - 1;
    return STEMMA_OK;
}

static stemma_status document_text(search *s, uint32_t document, stemma_text *text,
                                   stemma_error *error)
{
    stemma_span whole = {0, UINT32_MAX};
    stemma_status status = stemma_text_get(s->snapshot, document, whole, text, error);
    if (status == STEMMA_NOT_FOUND) {
        text->data = NULL;
        text->size = 0;
        return STEMMA_OK;
    }
    return status;
}

/* ---- Ranking ------------------------------------------------------------------------------- */

/* Whether a comes after b in the results. */
static int is_worse(const ranked *a, const ranked *b)
{
    return a->score < b->score || (a->score == b->score && a->document > b->document);
}

static void sift_down(ranked *heap, uint32_t count, uint32_t at)
{
    for (;;) {
        uint32_t worst = at, left = 2 * at + 1, right = left + 1;
        ranked held;
        if (left < count && is_worse(&heap[left], &heap[worst])) {
            worst = left;
        }
        if (right < count && is_worse(&heap[right], &heap[worst])) {
            worst = right;
        }
        if (worst == at) {
            return;
        }
        held = heap[at];
        heap[at] = heap[worst];
        heap[worst] = held;
        at = worst;
    }
}

static void heap_add(search *s, const ranked *one)
{
    uint32_t at;
    if (s->heap_count == s->limit) {
        s->heap[0] = *one;
        sift_down(s->heap, s->heap_count, 0);
        return;
    }
    at = s->heap_count++;
    s->heap[at] = *one;
    while (at > 0 && is_worse(&s->heap[at], &s->heap[(at - 1) / 2])) {
        ranked held = s->heap[at];
        s->heap[at] = s->heap[(at - 1) / 2];
        s->heap[(at - 1) / 2] = held;
        at = (at - 1) / 2;
    }
}

/* Takes the heap apart into order, best first. */
static void heap_sort(search *s)
{
    for (uint32_t count = s->heap_count; count > 1; count--) {
        ranked worst = s->heap[0];
        s->heap[0] = s->heap[count - 1];
        s->heap[count - 1] = worst;
        sift_down(s->heap, count - 1, 0);
    }
}

/* BM25 of a document that all words stand at. `*matches` is 0 when one of them stands there only in
   a form that the document's language does not have. */
static double score_of(const search *s, uint32_t document, uint32_t language, uint32_t size,
                       int *matches)
{
    uint32_t bit = stm_query_language_bit(language);
    double shape = BM25_K1 * (1.0 - BM25_B + BM25_B * size / s->mean_size), score = 0;
    for (uint32_t i = 0; i < s->word_count; i++) {
        const word_lists *word = &s->words[i];
        double occurrences = 0;
        for (uint32_t j = 0; j < word->count; j++) {
            const term_list *list = word->lists[j];
            if (!list->ended && list->document == document && (list->languages & bit) != 0) {
                occurrences += list->occurrences;
            }
        }
        if (occurrences == 0) {
            *matches = 0;
            return 0;
        }
        score += word->weight * occurrences * (BM25_K1 + 1.0) / (occurrences + shape);
    }
    *matches = 1;
    return score;
}

/* Considers a document that all words stand at. */
static stemma_status consider(search *s, uint32_t document, stemma_error *error)
{
    ranked one = {0, document, STEMMA_NONE};
    uint32_t size = 0;
    int matches = 0;
    stemma_status status = document_facts(s, document, &size, &one.language, error);
    if (status != STEMMA_OK) {
        return status;
    }
    one.score = score_of(s, document, one.language, size, &matches);
    if (!matches || (s->heap_count == s->limit && !is_worse(&s->heap[0], &one))) {
        return STEMMA_OK;
    }
    heap_add(s, &one);
    return STEMMA_OK;
}

/* Drops from the sorted results those without the phrases, until enough are left. Texts are costly:
   that is why they are looked into only now, best first. */
static stemma_status keep_phrases(search *s, uint32_t wanted, stemma_error *error)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < s->heap_count && kept < wanted; i++) {
        stm_mark mark = stm_snapshot_mark(s->snapshot);
        stemma_text text;
        int matches = 0;
        stemma_status status = document_text(s, s->heap[i].document, &text, error);
        if (status == STEMMA_OK) {
            status = stm_text_has_phrases(&s->query, s->heap[i].language, text, &matches);
        }
        stm_snapshot_rewind(s->snapshot, mark);
        if (status != STEMMA_OK) {
            return status;
        }
        if (matches) {
            s->heap[kept++] = s->heap[i];
        }
    }
    s->heap_count = kept;
    return STEMMA_OK;
}

/* ---- The search ---------------------------------------------------------------------------- */

/* Opens the lists of all words, the rarest word first. `*none`: a word is in no document. */
static stemma_status open_words(search *s, uint64_t documents, int *none, stemma_error *error)
{
    *none = s->query.word_count == 0;
    for (uint32_t i = 0; i < s->query.word_count; i++) {
        const stm_query_word *wanted = &s->query.words[i];
        word_lists word;
        uint32_t at = s->word_count;
        double held;
        memset(&word, 0, sizeof word);
        for (uint32_t j = 0; j < wanted->term_count; j++) {
            stemma_status status = open_term(s, &word, &wanted->terms[j], error);
            if (status != STEMMA_OK) {
                return status;
            }
        }
        if (word.count == 0) {
            *none = 1;
            return STEMMA_OK;
        }
        held = (double)(word.documents < documents ? word.documents : documents);
        word.weight = log(1.0 + ((double)documents - held + 0.5) / (held + 0.5));
        while (at > 0 && s->words[at - 1].documents > word.documents) {
            s->words[at] = s->words[at - 1];
            at--;
        }
        s->words[at] = word;
        s->word_count++;
    }
    return STEMMA_OK;
}

static stemma_status intersect(search *s, stemma_error *error)
{
    uint32_t document = 0, agreed = 0;
    for (uint32_t turn = 0;; turn = (turn + 1) % s->word_count) {
        uint32_t least;
        stemma_status status = seek_word(&s->words[turn], document, &least, error);
        if (status != STEMMA_OK) {
            return status;
        }
        if (least >= s->until) {
            return STEMMA_OK; /* STEMMA_NONE too */
        }
        agreed = least == document && agreed != 0 ? agreed + 1 : 1;
        document = least;
        if (agreed == s->word_count) {
            status = consider(s, document, error);
            if (status != STEMMA_OK) {
                return status;
            }
            document++;
            agreed = 0;
        }
    }
}

static stemma_status fill_hit(search *s, const ranked *one, stemma_hit *hit, stemma_error *error)
{
    stm_snippet *snippet = stm_snapshot_alloc(s->snapshot, sizeof *snippet, error);
    stm_mark mark = stm_snapshot_mark(s->snapshot);
    stemma_text text;
    stemma_status status;
    if (snippet == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    hit->document = one->document;
    hit->score = one->score;
    hit->words = snippet->words;
    hit->word_count = 0;
    status = document_text(s, one->document, &text, error);
    if (status == STEMMA_OK && text.size != 0) {
        status = stm_text_snippet(&s->query, one->language, text, snippet);
        hit->snippet = snippet->span;
        hit->word_count = snippet->word_count;
    }
    stm_snapshot_rewind(s->snapshot, mark);
    return status;
}

static stemma_status fill_hits(search *s, stemma_hit **out, stemma_error *error)
{
    stemma_hit *hits = stm_snapshot_array(s->snapshot, s->heap_count, sizeof *hits, error);
    stemma_status status = hits == NULL ? STEMMA_E_NO_MEMORY : STEMMA_OK;
    for (uint32_t i = 0; status == STEMMA_OK && i < s->heap_count; i++) {
        memset(&hits[i], 0, sizeof hits[i]);
        status = fill_hit(s, &s->heap[i], &hits[i], error);
    }
    *out = hits;
    return status;
}

static void close_lists(search *s)
{
    for (uint32_t i = 0; i < s->word_count; i++) {
        for (uint32_t j = 0; j < s->words[i].count; j++) {
            stm_snapshot_source_return(&s->words[i].lists[j]->source);
        }
    }
}

static stemma_status run(search *s, const stemma_counts *counts, stemma_text text,
                         stemma_hit **hits, stemma_error *error)
{
    int none = 1;
    stemma_status status = stm_query_read(&s->query, text);
    if (status == STEMMA_E_LIMIT) {
        return stm_fail(error, STEMMA_E_LIMIT, "QUERY_TOO_LONG", "",
                        "A query may have %u words and %u phrases", STM_QUERY_WORDS,
                        STM_QUERY_PHRASES);
    }
    if (status != STEMMA_OK) {
        return stm_fail(error, status, "NO_MEMORY", "", "Memory was refused");
    }
    status = open_words(s, counts->documents, &none, error);
    if (status == STEMMA_OK && !none) {
        /* With phrases any document may drop out: then all are kept, else the best. */
        uint64_t most = s->words[0].documents < s->documents ? s->words[0].documents : s->documents;
        uint32_t wanted = s->limit;
        s->limit = s->query.phrase_count != 0 || most < s->limit ? (uint32_t)most : s->limit;
        s->heap = stm_snapshot_array(s->snapshot, s->limit, sizeof *s->heap, error);
        status = s->heap == NULL ? STEMMA_E_NO_MEMORY : STEMMA_OK;
        if (status == STEMMA_OK && s->limit != 0) {
            status = intersect(s, error);
        }
        heap_sort(s);
        if (status == STEMMA_OK && s->query.phrase_count != 0) {
            status = keep_phrases(s, wanted, error);
        }
    }
    close_lists(s);
    return status == STEMMA_OK ? fill_hits(s, hits, error) : status;
}

stemma_status stemma_search(stemma_snapshot *snapshot, stemma_text query,
                            const stemma_search_options *options, const stemma_hit **out,
                            uint32_t *count, stemma_error *error)
{
    stemma_search_options defaults = STEMMA_SEARCH_OPTIONS_INIT;
    stemma_counts counts;
    stemma_hit *hits = NULL;
    search *s;
    stemma_status status;
    *out = NULL;
    *count = 0;
    if (options != NULL && options->size != sizeof *options) {
        return stm_fail(error, STEMMA_E_MISUSE, "OPTIONS_SIZE", "",
                        "The options are not those of this version of the library");
    }
    options = options != NULL ? options : &defaults;
    stemma_counts_get(snapshot->file, &counts);
    s = stm_snapshot_alloc(snapshot, sizeof *s, error);
    if (s == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    memset(s, 0, sizeof *s);
    s->snapshot = snapshot;
    s->block = STEMMA_NONE;
    s->limit = options->limit == 0 ? DEFAULT_LIMIT : options->limit;
    s->limit = s->limit > MOST_RESULTS ? MOST_RESULTS : s->limit;
    s->documents = counts.documents > UINT32_MAX ? UINT32_MAX : (uint32_t)counts.documents;
    s->until = s->documents < options->documents_until ? s->documents : options->documents_until;
    s->mean_size = counts.documents != 0 ? (double)counts.tokens / (double)counts.documents : 1;
    s->mean_size = s->mean_size < 1 ? 1 : s->mean_size;
    status = run(s, &counts, query, &hits, error);
    stm_query_clear(&s->query);
    if (status == STEMMA_OK) {
        *out = hits;
        *count = s->heap_count;
    }
    return status;
}
