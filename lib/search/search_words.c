/* SPDX-License-Identifier: MIT */
/* The documents of one word of a query, over all terms that stand for it, and those in which words of
   a phrase follow each other. */
#include "base/error.h"
#include "search/search_boolean.h"

static stemma_status posting_damaged(stm_table table, stemma_error *error)
{
    return stm_damaged(error, table, 0, "POSTING_VALUE");
}

/* Occurrences of the word at hand, by document; NULL when nobody asks. */
typedef struct counting {
    stm_boolean *self;
    uint64_t *set;
    uint32_t *occurrences;
    uint64_t held; /* documents of all lists together, whatever the language: SPEC.md has it so */
} counting;

static stemma_status add_document(counting *c, uint32_t document, uint32_t payload,
                                  uint32_t languages, stemma_error *error)
{
    const stm_search_cache *cache = c->self->cache;
    if ((languages & cache->present) != cache->present) {
        uint32_t size;
        uint32_t language;
        stemma_status status = stm_search_document(cache, document, &size, &language, error);
        if (status != STEMMA_OK) {
            return status;
        }
        if ((languages & stm_language_bit(language)) == 0) {
            return STEMMA_OK;
        }
    }
    c->set[document / 64] |= UINT64_C(1) << document % 64;
    if (c->occurrences != NULL) {
        uint64_t sum = (uint64_t)c->occurrences[document] + payload + 1; /* [I-24] */
        c->occurrences[document] = sum < UINT32_MAX ? (uint32_t)sum : UINT32_MAX;
    }
    return STEMMA_OK;
}

/* Adds the documents of a list, which counts for documents of some languages. */
static stemma_status add_list(counting *c, stm_table table, stemma_bytes key, uint32_t languages,
                              stemma_error *error)
{
    stm_posting_source source;
    stm_posting_cursor cursor;
    uint32_t documents[STM_CHUNK_LIMIT], payloads[STM_CHUNK_LIMIT], count = 0;
    stemma_status status = stm_snapshot_source(c->self->snapshot, table, &source, error);
    if (status != STEMMA_OK) {
        return status;
    }
    status = stm_posting_cursor_open(&cursor, &source, key,
                                     c->self->snapshot->file->bounds.documents);
    while (status == STEMMA_OK &&
           (status = stm_posting_cursor_next_many(&cursor, documents, payloads, STM_CHUNK_LIMIT,
                                                  &count)) == STEMMA_OK) {
        for (uint32_t i = 0; i < count && status == STEMMA_OK; i++) {
            if (documents[i] >= c->self->documents) {
                status = STEMMA_END;
                break;
            }
            c->held++;
            status = add_document(c, documents[i], payloads[i], languages, error);
            if (status < 0) {
                stm_snapshot_source_return(&source);
                return status;
            }
        }
    }
    stm_snapshot_source_return(&source);
    return status == STEMMA_END ? STEMMA_OK : posting_damaged(table, error);
}

/* The same of a term. */
static stemma_status add_term(counting *c, stemma_text term, uint32_t languages,
                              stemma_error *error)
{
    stm_list_key key;
    return stm_list_key_text(&key, term) == STEMMA_OK
               ? add_list(c, STM_TABLE_TERM, stm_list_key_bytes(&key), languages, error)
               : STEMMA_OK;
}

/* ---- Terms that begin alike ---- */

/* The terms that begin so, one after the other, gathered into one block of memory. */
typedef struct terms {
    uint32_t count;
    struct {
        uint32_t size;
        char text[STM_TERM_LIMIT];
    } term[STM_PREFIX_TERMS];
} terms;

/* Whether the key begins with the prefix: 0; or lies before (-1) or behind (1) all that do. */
static int compare_prefix(const stm_list_key *key, const stm_query_word *word)
{
    size_t size = key->size < word->prefix_size ? key->size : word->prefix_size;
    int order = memcmp(key->data, word->prefix, size);
    if (order != 0) {
        return order < 0 ? -1 : 1;
    }
    return key->size < word->prefix_size ? -1 : 0;
}

/* Notes the terms of a record. STEMMA_END behind the last that begins so. */
static stemma_status note_terms(terms *found, const stm_posting_value *value,
                                const stm_query_word *word)
{
    stm_posting_entry entry;
    stm_list_key key = {.size = 0};
    stemma_status status = stm_posting_entry_first(value, &entry);
    for (uint32_t i = 0; status == STEMMA_OK && i < value->entries; i++) {
        int order;
        stm_posting_entry_list(&entry, &key);
        order = compare_prefix(&key, word);
        if (order > 0) {
            return STEMMA_END;
        }
        if (order == 0 && key.size <= STM_TERM_LIMIT &&
            (found->count == 0 || found->term[found->count - 1].size != key.size ||
             memcmp(found->term[found->count - 1].text, key.data, key.size) != 0)) {
            if (found->count == STM_PREFIX_TERMS) {
                return STEMMA_E_LIMIT;
            }
            found->term[found->count].size = (uint32_t)key.size;
            memcpy(found->term[found->count++].text, key.data, key.size);
        }
        if (i + 1 < value->entries) {
            status = stm_posting_entry_after(value, &entry, &entry);
        }
    }
    return status;
}

static stemma_status find_terms(stm_boolean *self, const stm_query_word *word, terms *found,
                                stemma_error *error)
{
    stm_posting_source source;
    stemma_bytes prefix = {(const uint8_t *)word->prefix, word->prefix_size};
    stemma_bytes key;
    stemma_bytes bytes;
    stemma_status status = stm_snapshot_source(self->snapshot, STM_TABLE_TERM, &source, error);
    if (status != STEMMA_OK) {
        return status;
    }
    found->count = 0;
    status = source.seek(source.context, prefix, &key, &bytes);
    while (status == STEMMA_OK) {
        stm_posting_value value;
        status = stm_posting_open(key, bytes, source.list_size, &value);
        if (status == STEMMA_OK) {
            status = note_terms(found, &value, word);
        }
        if (status == STEMMA_OK) {
            status = source.next(source.context, &key, &bytes);
        }
    }
    stm_snapshot_source_return(&source);
    if (status == STEMMA_E_LIMIT) {
        return stm_fail(error, STEMMA_E_LIMIT, "SEARCH_PREFIX", "",
                        "More than %u words begin with '%.*s': write more of the word",
                        STM_PREFIX_TERMS, (int)word->prefix_size, word->prefix);
    }
    return status == STEMMA_END || status == STEMMA_NOT_FOUND ? STEMMA_OK : posting_damaged(STM_TABLE_TERM, error);
}

static stemma_status add_prefix(counting *c, const stm_query_word *word, stemma_error *error)
{
    stm_mark mark = stm_snapshot_mark(c->self->snapshot);
    terms *found = stm_snapshot_alloc(c->self->snapshot, sizeof *found, error);
    stemma_status status = found == NULL ? STEMMA_E_NO_MEMORY : STEMMA_OK;
    if (status == STEMMA_OK) {
        status = find_terms(c->self, word, found, error);
    }
    for (uint32_t i = 0; status == STEMMA_OK && i < found->count; i++) {
        stemma_text term = {found->term[i].text, found->term[i].size};
        status = add_term(c, term, UINT32_MAX, error);
    }
    stm_snapshot_rewind(c->self->snapshot, mark);
    return status;
}

/* Terms that the stemmer makes of the word itself, unless they begin with the prefix anyway. */
static int is_prefixed(const stm_query_word *word, const stm_query_term *term)
{
    return word->prefix_size != 0 && term->size >= word->prefix_size &&
           memcmp(term->text, word->prefix, word->prefix_size) == 0;
}

static stemma_status add_scores(counting *c, stemma_error *error)
{
    stm_boolean *self = c->self;
    double weight = stm_bm25_weight((double)self->documents, (double)c->held);
    for (uint32_t document = 0; document < self->documents; document++) {
        if (c->occurrences[document] != 0) {
            uint32_t size;
            uint32_t language;
            stemma_status status =
                stm_search_document(self->cache, document, &size, &language, error);
            if (status != STEMMA_OK) {
                return status;
            }
            self->scores[document] += weight * stm_bm25_part((double)c->occurrences[document], size,
                                                             self->mean_size);
        }
    }
    return STEMMA_OK;
}

stemma_status stm_boolean_word(stm_boolean *self, uint32_t word, int scored, stemma_error *error)
{
    const stm_query_word *wanted = &self->query.words[word];
    counting c = {self, NULL, NULL, 0};
    stemma_status status = STEMMA_OK;
    c.set = stm_snapshot_array(self->snapshot, self->size, sizeof *c.set, error);
    if (c.set == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    memset(c.set, 0, self->size * sizeof *c.set);
    self->having[word] = c.set;
    stm_mark mark = stm_snapshot_mark(self->snapshot);
    if (scored) {
        c.occurrences =
            stm_snapshot_array(self->snapshot, self->documents, sizeof *c.occurrences, error);
        if (c.occurrences == NULL) {
            return STEMMA_E_NO_MEMORY;
        }
        memset(c.occurrences, 0, self->documents * sizeof *c.occurrences);
    }
    for (uint32_t i = 0; status == STEMMA_OK && i < wanted->term_count; i++) {
        const stm_query_term *term = &wanted->terms[i];
        if (!is_prefixed(wanted, term)) {
            stemma_text text = {term->text, term->size};
            status = add_term(&c, text, term->languages, error);
        }
    }
    if (status == STEMMA_OK && wanted->prefix_size != 0) {
        status = add_prefix(&c, wanted, error);
    }
    if (status == STEMMA_OK && scored) {
        status = add_scores(&c, error);
    }
    stm_snapshot_rewind(self->snapshot, mark);
    return status;
}

/* ---- Phrases ---- */

/* All documents that one place of a phrase leaves over, into a new set. */
static stemma_status add_pairs(stm_boolean *self, const stm_pair_lists *lists, uint64_t **out,
                               stemma_error *error)
{
    counting c = {self, NULL, NULL, 0};
    stemma_status status = STEMMA_OK;
    c.set = *out = stm_snapshot_array(self->snapshot, self->size, sizeof *c.set, error);
    if (c.set == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    memset(c.set, 0, self->size * sizeof *c.set);
    for (uint32_t i = 0; status == STEMMA_OK && i < lists->count; i++) {
        const stm_pair_list *one = &lists->lists[i];
        status = add_list(&c, one->table, stm_list_key_bytes(&one->key), one->languages, error);
    }
    return status;
}

stemma_status stm_boolean_phrase(stm_boolean *self, uint32_t phrase, stemma_error *error)
{
    stemma_status status = STEMMA_OK;
    self->near[phrase] = NULL;
    self->told[phrase] = 0;
    for (uint32_t at = 0; status != STEMMA_END && at < STM_SEARCH_PAIRS; at++) {
        stm_pair_lists lists;
        uint64_t *set = NULL;
        status = stm_pair_lists_of(self->snapshot, self->cache, self->query.phrases[phrase], at,
                                   &lists, error);
        if (status != STEMMA_OK) {
            if (status < 0) {
                return status;
            }
            continue;
        }
        stm_mark mark = stm_snapshot_mark(self->snapshot);
        status = add_pairs(self, &lists, &set, error);
        if (status != STEMMA_OK) {
            return status;
        }
        if (self->near[phrase] == NULL) {
            self->near[phrase] = set;
        } else {
            for (size_t i = 0; i < self->size; i++) {
                self->near[phrase][i] &= set[i];
            }
            stm_snapshot_rewind(self->snapshot, mark);
        }
        self->told[phrase] |= lists.told;
    }
    return STEMMA_OK;
}
