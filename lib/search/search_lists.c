/* SPDX-License-Identifier: MIT */
#include "search/search_lists.h"

#include "base/error.h"

static stemma_status posting_damaged(stm_table table, stemma_error *error)
{
    return stm_damaged(error, table, 0, "POSTING_VALUE");
}

/* ---- Opening ------------------------------------------------------------------------------- */

/* `*count` is 0 when there is no such list, and else, unless it was to be counted, any number. */
static stemma_status open_cursor(stm_search *search, stm_term_list *list, stemma_bytes key,
                                 int counted, uint64_t *count)
{
    stemma_status status = STEMMA_OK;
    *count = 1;
    if (counted) {
        status = search->until == search->documents
                     ? stm_posting_count(&list->source, key, count)
                     : stm_posting_count_range(&list->source, key, 0, search->until, count);
    }
    if (status == STEMMA_OK && *count != 0) {
        status = stm_posting_cursor_open(&list->cursor, &list->source, key, search->documents);
        *count = list->cursor.ended ? 0 : *count;
    }
    list->document = 0;
    list->fresh = 1;
    return status;
}

/* Opens a list; leaves it out when no document is in it. */
static stemma_status open_list(stm_search *search, stm_word_lists *word, stm_table table,
                               stemma_bytes key, uint32_t languages, int counted,
                               stemma_error *error)
{
    stm_mark mark = stm_snapshot_mark(search->snapshot);
    stm_term_list *list = stm_snapshot_alloc(search->snapshot, sizeof *list, error);
    uint64_t count;
    if (list == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    stemma_status status = stm_snapshot_source(search->snapshot, table, &list->source, error);
    if (status != STEMMA_OK) {
        return status;
    }
    status = open_cursor(search, list, key, counted, &count);
    if (status == STEMMA_OK && count != 0) {
        list->table = table;
        list->languages = languages;
        word->lists[word->count++] = list;
        word->documents += count;
        return STEMMA_OK;
    }
    stm_snapshot_source_return(&list->source);
    stm_snapshot_rewind(search->snapshot, mark);
    return status < 0 ? posting_damaged(table, error) : STEMMA_OK;
}

static stemma_status open_term(stm_search *search, stm_word_lists *word, const stm_query_term *term,
                               int counted, stemma_error *error)
{
    stemma_text text = {term->text, term->size};
    stm_list_key key;
    return stm_list_key_text(&key, text) == STEMMA_OK
               ? open_list(search, word, STM_TABLE_TERM, stm_list_key_bytes(&key),
                           term->languages, counted, error)
               : STEMMA_OK;
}

static int is_every_language(const stm_search *search, const stm_word_lists *word)
{
    uint32_t present = search->cache->present;
    return word->count == 1 && (word->lists[0]->languages & present) == present;
}

static stemma_status open_words(stm_search *search, int counted, stemma_error *error)
{
    for (uint32_t i = 0; i < search->query.word_count; i++) {
        const stm_query_word *wanted = &search->query.words[i];
        stm_word_lists word = {{NULL}, 0, 0, 0};
        uint32_t at = search->opened;
        for (uint32_t j = 0; j < wanted->term_count; j++) {
            stemma_status status = open_term(search, &word, &wanted->terms[j], counted, error);
            if (status != STEMMA_OK) {
                return status;
            }
        }
        if (word.count == 0) {
            return STEMMA_OK; /* a word that no document has: word_count stays 0 */
        }
        word.every_language = is_every_language(search, &word);
        while (at > 0 && search->words[at - 1].documents > word.documents) {
            search->words[at] = search->words[at - 1];
            at--;
        }
        search->words[at] = word;
        search->opened++;
    }
    search->word_count = search->opened;
    return STEMMA_OK;
}

/* The lists of two neighbouring words of a phrase. When they hold nothing, nothing can match. */
static stemma_status open_pair(stm_search *search, const stm_pair_lists *lists, int *none,
                               stemma_error *error)
{
    stm_word_lists pair = {{NULL}, 0, 0, 0};
    stemma_status status = STEMMA_OK;
    uint32_t at = search->pair_count;
    for (uint32_t i = 0; i < lists->count && status == STEMMA_OK; i++) {
        const stm_pair_list *one = &lists->lists[i];
        status = open_list(search, &pair, one->table, stm_list_key_bytes(&one->key),
                           one->languages, 0, error);
        pair.documents += one->documents; /* all there are, whatever the date: only an order */
    }
    *none = pair.count == 0;
    if (status != STEMMA_OK || *none) {
        return status;
    }
    pair.every_language = is_every_language(search, &pair);
    while (at > 0 && search->pairs[at - 1].documents > pair.documents) {
        search->pairs[at] = search->pairs[at - 1];
        at--;
    }
    search->pairs[at] = pair;
    search->pair_count++;
    return STEMMA_OK;
}

static stemma_status open_pairs(stm_search *search, stemma_error *error)
{
    stemma_snapshot *snapshot = search->snapshot;
    int none = 0;
    search->pairs = stm_snapshot_array(snapshot, STM_SEARCH_PAIRS, sizeof *search->pairs, error);
    if (search->pairs == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t p = 0; p < search->query.phrase_count; p++) {
        stemma_status status = STEMMA_OK;
        for (uint32_t at = 0; status != STEMMA_END && search->pair_count < STM_SEARCH_PAIRS; at++) {
            stm_pair_lists lists;
            status = stm_pair_lists_of(snapshot, search->cache, search->query.phrases[p], at,
                                       &lists, error);
            if (status == STEMMA_OK) {
                status = open_pair(search, &lists, &none, error);
                search->told[p] |= lists.told;
            }
            if (status < 0) {
                return status;
            }
            if (none) {
                search->word_count = 0;
                return STEMMA_OK;
            }
        }
    }
    return STEMMA_OK;
}

stemma_status stm_search_open(stm_search **out, stemma_snapshot *snapshot, stemma_text query,
                              int counted, stemma_error *error)
{
    stm_search *search = stm_snapshot_alloc(snapshot, sizeof *search, error);
    *out = NULL;
    if (search == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    stemma_status status = stm_search_cache_get(snapshot, &search->cache, error);
    if (status != STEMMA_OK) {
        return status;
    }
    search->snapshot = snapshot;
    search->word_count = search->opened = search->pair_count = 0;
    memset(search->told, 0, sizeof search->told);
    search->documents = snapshot->file->bounds.documents;
    search->until = snapshot->until < search->documents ? snapshot->until : search->documents;
    search->mean_size = stm_search_mean(search->cache, search->until, search->documents);
    status = stm_query_read(&search->query, search->cache, query);
    if (status == STEMMA_E_LIMIT) {
        return stm_fail(error, STEMMA_E_LIMIT, "QUERY_TOO_LONG", "",
                        "A query may have %u words and %u phrases", STM_QUERY_WORDS,
                        STM_QUERY_PHRASES);
    }
    if (status != STEMMA_OK) {
        return stm_fail(error, status, "NO_MEMORY", "", "Memory was refused");
    }
    status = open_words(search, counted, error);
    if (status == STEMMA_OK && search->word_count != 0 && search->query.phrase_count != 0) {
        status = open_pairs(search, error);
    }
    *out = search;
    return status;
}

static void close_lists(const stm_word_lists *word)
{
    for (uint32_t i = 0; i < word->count; i++) {
        stm_snapshot_source_return(&word->lists[i]->source);
    }
}

void stm_search_close(stm_search *search)
{
    for (uint32_t i = 0; i < search->opened; i++) {
        close_lists(&search->words[i]);
    }
    for (uint32_t i = 0; i < search->pair_count; i++) {
        close_lists(&search->pairs[i]);
    }
    search->opened = search->word_count = search->pair_count = 0;
}

/* ---- Walking ------------------------------------------------------------------------------- */

/* Moves a list to its first document not below `document`. */
static stemma_status seek_list(stm_term_list *list, uint32_t document, stemma_error *error)
{
    stemma_status status = stm_posting_cursor_seek(&list->cursor, document, &list->document, NULL);
    list->fresh = 0;
    if (status == STEMMA_END) {
        list->document = STEMMA_NONE;
        return STEMMA_OK;
    }
    return status < 0 ? posting_damaged(list->table, error) : STEMMA_OK;
}

/* The same for all lists of a word; tells the least they stand at. */
static stemma_status seek_word(stm_word_lists *word, uint32_t document, uint32_t *least,
                               stemma_error *error)
{
    *least = STEMMA_NONE;
    for (uint32_t i = 0; i < word->count; i++) {
        stm_term_list *list = word->lists[i];
        if (list->fresh || list->document < document) {
            stemma_status status = seek_list(list, document, error);
            if (status != STEMMA_OK) {
                return status;
            }
        }
        *least = list->document < *least ? list->document : *least;
    }
    return STEMMA_OK;
}

/* Pairs come before words: they are in fewer documents. */
static stm_word_lists *part_of(stm_search *search, uint32_t number)
{
    return number < search->pair_count ? &search->pairs[number]
                                       : &search->words[number - search->pair_count];
}

/* Whether every word and pair stands in the document in a form that the document's language has. All
   lists stand at it or behind. */
static stemma_status in_language(stm_search *search, uint32_t document, int *matches,
                                 stemma_error *error)
{
    uint32_t size, language, bit = 0;
    *matches = 1;
    for (uint32_t i = 0; i < search->pair_count + search->word_count && *matches; i++) {
        const stm_word_lists *word = part_of(search, i);
        if (word->every_language) {
            continue;
        }
        if (bit == 0) {
            stemma_status status =
                stm_search_document(search->cache, document, &size, &language, error);
            if (status != STEMMA_OK) {
                return status;
            }
            bit = stm_language_bit(language);
        }
        *matches = 0;
        for (uint32_t j = 0; j < word->count; j++) {
            *matches |=
                word->lists[j]->document == document && (word->lists[j]->languages & bit) != 0;
        }
    }
    return STEMMA_OK;
}

stemma_status stm_search_next(stm_search *search, uint32_t from, uint32_t *document,
                              stemma_error *error)
{
    uint32_t agreed = 0, least, parts = search->pair_count + search->word_count;
    if (search->word_count == 0) {
        return STEMMA_END;
    }
    for (uint32_t turn = 0;; turn = turn + 1 == parts ? 0 : turn + 1) {
        stemma_status status = seek_word(part_of(search, turn), from, &least, error);
        if (status != STEMMA_OK) {
            return status;
        }
        if (least >= search->until) {
            return STEMMA_END; /* STEMMA_NONE too */
        }
        agreed = least == from ? agreed + 1 : 1;
        from = least;
        if (agreed >= parts) {
            int matches;
            status = in_language(search, from, &matches, error);
            if (status != STEMMA_OK || matches) {
                *document = from;
                return status;
            }
            from++;
            agreed = 0;
        }
    }
}

/* Documents that hold two words which no language bears on. */
static stemma_status count_pair(stm_search *search, uint64_t *count, stemma_error *error)
{
    uint32_t documents[256], given;
    stm_posting_cursor *left = &search->words[0].lists[0]->cursor;
    stm_posting_cursor *right = &search->words[1].lists[0]->cursor;
    stemma_status status;
    while ((status = stm_posting_intersect(left, right, search->until, documents, 256, &given)) ==
           STEMMA_OK) {
        uint32_t below = given;
        while (below > 0 && documents[below - 1] >= search->until) {
            below--;
        }
        *count += below;
        if (below < given) {
            break;
        }
    }
    return status < 0 ? posting_damaged(STM_TABLE_TERM, error) : STEMMA_OK;
}

stemma_status stm_search_count(stm_search *search, uint64_t *count, stemma_error *error)
{
    uint32_t from = 0, document = 0;
    stemma_status status = STEMMA_OK;
    int simple = 1;
    *count = 0;
    for (uint32_t i = 0; i < search->word_count; i++) {
        simple = simple && search->words[i].every_language;
    }
    if (simple && search->word_count == 1) {
        *count = search->words[0].documents;
        return STEMMA_OK;
    }
    if (simple && search->word_count == 2) {
        return count_pair(search, count, error);
    }
    while ((status = stm_search_next(search, from, &document, error)) == STEMMA_OK) {
        ++*count;
        from = document + 1;
    }
    return status == STEMMA_END ? STEMMA_OK : status;
}

stemma_status stm_search_occurrences(const stm_word_lists *word, uint32_t document,
                                     uint32_t language, uint64_t *count, stemma_error *error)
{
    uint32_t bit = stm_language_bit(language);
    *count = 0;
    for (uint32_t i = 0; i < word->count; i++) {
        const stm_term_list *list = word->lists[i];
        if (list->document == document && (list->languages & bit) != 0) {
            uint64_t here = stm_chunk_payload(&list->cursor.chunk, list->cursor.at - 1);
            if (here > UINT32_MAX) {
                return posting_damaged(list->table, error);
            }
            *count += here + 1; /* [I-24] */
        }
    }
    return STEMMA_OK;
}
