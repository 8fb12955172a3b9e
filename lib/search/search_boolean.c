/* SPDX-License-Identifier: MIT */
#include "search/search_boolean.h"

#include "base/error.h"
#include "search/search_text.h"

/* ---- Reading ---- */

static stemma_status too_long(stemma_status status, stemma_error *error)
{
    if (status == STEMMA_E_LIMIT) {
        return stm_fail(error, STEMMA_E_LIMIT, "QUERY_TOO_LONG", "",
                        "A query may have %u words and %u phrases", STM_QUERY_WORDS,
                        STM_QUERY_PHRASES);
    }
    return status == STEMMA_OK ? STEMMA_OK
                               : stm_fail(error, status, "NO_MEMORY", "", "Memory was refused");
}

/* Puts the words of the nodes among those of the query. */
static stemma_status read_leaves(stm_boolean *self, stemma_error *error)
{
    stm_query *query = &self->query;
    uint32_t looked_for = 0;
    for (uint32_t i = 1; i < self->ask.count; i++) {
        const stm_ask_node *node = &self->ask.nodes[i];
        stemma_status status = STEMMA_OK;
        uint32_t count = 0;
        self->words[i] = 0;
        self->phrase[i] = STEMMA_NONE;
        if (node->kind != STM_ASK_WORDS && node->kind != STM_ASK_PREFIX &&
            node->kind != STM_ASK_PHRASE) {
            continue;
        }
        status = stm_query_add(query, node->text, node->kind == STM_ASK_PREFIX, &self->words[i],
                               &count);
        bool phrase = node->kind == STM_ASK_PHRASE && count > 1;
        if (status == STEMMA_OK && phrase && query->phrase_count == STM_QUERY_PHRASES) {
            status = STEMMA_E_LIMIT;
        }
        if (status != STEMMA_OK) {
            return too_long(status, error);
        }
        if (phrase) {
            self->phrase[i] = query->phrase_count;
            query->phrases[query->phrase_count++] = node->text;
        }
        looked_for |= node->positive ? self->words[i] : 0;
    }
    query->looked_for = looked_for;
    return STEMMA_OK;
}

/* ---- Sets ---- */

typedef struct sets {
    uint64_t *certain;
    uint64_t *possible;
} sets;

static stemma_status new_sets(stm_boolean *self, sets *out, stemma_error *error)
{
    out->certain = stm_snapshot_array(self->snapshot, self->size, sizeof *out->certain, error);
    out->possible = stm_snapshot_array(self->snapshot, self->size, sizeof *out->possible, error);
    return out->certain != NULL && out->possible != NULL ? STEMMA_OK : STEMMA_E_NO_MEMORY;
}

/* All documents, and none behind them. */
static void fill(const stm_boolean *self, uint64_t *set)
{
    memset(set, 0xff, self->size * sizeof *set);
    if (self->documents % 64 != 0) {
        set[self->size - 1] = (UINT64_C(1) << self->documents % 64) - 1;
    }
}

static void clear(const stm_boolean *self, uint64_t *set)
{
    memset(set, 0, self->size * sizeof *set);
}

static void word_sets(const stm_boolean *self, uint32_t node, sets *out)
{
    fill(self, out->possible);
    for (uint32_t w = 0; w < self->query.word_count; w++) {
        for (size_t i = 0; (self->words[node] >> w & 1) != 0 && i < self->size; i++) {
            out->possible[i] &= self->having[w][i];
        }
    }
    uint32_t phrase = self->phrase[node];
    for (size_t i = 0; phrase != STEMMA_NONE && self->near[phrase] != NULL && i < self->size; i++) {
        out->possible[i] &= self->near[phrase][i];
    }
    if (phrase == STEMMA_NONE || (self->cache->present & ~self->told[phrase]) == 0) {
        memcpy(out->certain, out->possible, self->size * sizeof *out->certain);
    } else {
        clear(self, out->certain);
    }
}

static stemma_status field_sets(stm_boolean *self, const stm_ask_node *node, sets *out,
                                stemma_error *error)
{
    uint32_t first = 0;
    uint32_t end = 0;
    clear(self, out->certain);
    if (node->field != STM_FIELD_PUBLISHED) {
        fill(self, out->possible);
        return STEMMA_OK;
    }
    stemma_status status = stm_field_published(self, node, &first, &end, error);
    for (uint32_t i = first; status == STEMMA_OK && i < end; i++) {
        out->certain[i / 64] |= UINT64_C(1) << i % 64;
    }
    memcpy(out->possible, out->certain, self->size * sizeof *out->certain);
    return status;
}

static stemma_status work_out(stm_boolean *self, uint32_t node, sets *out, stemma_error *error);

/* The sets of all operands, one after the other. */
static stemma_status join_sets(stm_boolean *self, uint32_t node, sets *out, stemma_error *error)
{
    const stm_ask_node *nodes = self->ask.nodes;
    uint32_t child = nodes[node].child;
    stemma_status status = work_out(self, child, out, error);
    stm_mark mark = stm_snapshot_mark(self->snapshot);
    sets one = {NULL, NULL};
    if (status == STEMMA_OK) {
        status = new_sets(self, &one, error);
    }
    for (child = nodes[child].next; child != 0 && status == STEMMA_OK; child = nodes[child].next) {
        status = work_out(self, child, &one, error);
        for (size_t i = 0; status == STEMMA_OK && i < self->size; i++) {
            if (nodes[node].kind == STM_ASK_AND) {
                out->certain[i] &= one.certain[i];
                out->possible[i] &= one.possible[i];
            } else {
                out->certain[i] |= one.certain[i];
                out->possible[i] |= one.possible[i];
            }
        }
    }
    stm_snapshot_rewind(self->snapshot, mark);
    return status;
}

/* What a NOT leaves: surely those that cannot have it, possibly those that need not. */
static void turn(const stm_boolean *self, sets *out)
{
    for (size_t i = 0; i < self->size; i++) {
        uint64_t certain = out->certain[i];
        uint64_t all = i + 1 == self->size && self->documents % 64 != 0
                           ? (UINT64_C(1) << self->documents % 64) - 1
                           : UINT64_MAX;
        out->certain[i] = ~out->possible[i] & all;
        out->possible[i] = ~certain & all;
    }
}

static stemma_status work_out(stm_boolean *self, uint32_t node, sets *out, stemma_error *error)
{
    const stm_ask_node *one = &self->ask.nodes[node];
    stemma_status status = STEMMA_OK;
    switch (one->kind) {
    case STM_ASK_AND:
    case STM_ASK_OR: return join_sets(self, node, out, error);
    case STM_ASK_NOT:
        status = work_out(self, one->child, out, error);
        turn(self, out);
        return status;
    case STM_ASK_FIELD: return field_sets(self, one, out, error);
    default: word_sets(self, node, out); return STEMMA_OK;
    }
}

/* ---- One document ---- */

static stemma_status load_text(stm_boolean *self, uint32_t document, stemma_error *error)
{
    stemma_span whole = {0, UINT32_MAX};
    if (self->text_of == document) {
        return STEMMA_OK;
    }
    stemma_status status = stemma_text_get(self->snapshot, document, whole, &self->text, error);
    if (status == STEMMA_NOT_FOUND) {
        self->text = (stemma_text){NULL, 0};
        status = STEMMA_OK;
    }
    self->text_of = status == STEMMA_OK ? document : STEMMA_NONE;
    return status;
}

static stemma_status phrase_fits(stm_boolean *self, uint32_t phrase, uint32_t document, int *fits,
                                 stemma_error *error)
{
    uint32_t size;
    uint32_t language;
    *fits = self->near[phrase] == NULL || stm_set_has(self->near[phrase], document);
    if (!*fits) {
        return STEMMA_OK;
    }
    stemma_status status = stm_search_document(self->cache, document, &size, &language, error);
    if (status != STEMMA_OK || (self->told[phrase] & stm_language_bit(language)) != 0) {
        return status;
    }
    status = load_text(self, document, error);
    if (status != STEMMA_OK) {
        return status;
    }
    return stm_text_has_phrase(&self->query, phrase, language, self->text, fits);
}

static stemma_status node_fits(stm_boolean *self, uint32_t node, uint32_t document, int *fits,
                               stemma_error *error)
{
    const stm_ask_node *one = &self->ask.nodes[node];
    stemma_status status = STEMMA_OK;
    *fits = 1;
    if (one->kind == STM_ASK_NOT) {
        status = node_fits(self, one->child, document, fits, error);
        *fits = !*fits;
        return status;
    }
    if (one->kind == STM_ASK_AND || one->kind == STM_ASK_OR) {
        int go_on = one->kind == STM_ASK_AND;
        *fits = go_on;
        for (uint32_t child = one->child; child != 0 && status == STEMMA_OK && *fits == go_on;
             child = self->ask.nodes[child].next) {
            status = node_fits(self, child, document, fits, error);
        }
        return status;
    }
    if (one->kind == STM_ASK_FIELD) {
        if (one->field == STM_FIELD_PUBLISHED) {
            uint32_t first = 0;
            uint32_t end = 0;
            status = stm_field_published(self, one, &first, &end, error);
            *fits = document >= first && document < end;
            return status;
        }
        return stm_field_fits(self, one, document, fits, error);
    }
    for (uint32_t w = 0; w < self->query.word_count && *fits; w++) {
        *fits = (self->words[node] >> w & 1) == 0 || stm_set_has(self->having[w], document);
    }
    return *fits && self->phrase[node] != STEMMA_NONE
               ? phrase_fits(self, self->phrase[node], document, fits, error)
               : STEMMA_OK;
}

stemma_status stm_boolean_fits(stm_boolean *self, uint32_t document, int *fits, stemma_error *error)
{
    *fits = stm_set_has(self->certain, document);
    if (*fits) {
        return STEMMA_OK;
    }
    stm_mark mark = stm_snapshot_mark(self->snapshot);
    stemma_status status = node_fits(self, self->ask.root, document, fits, error);
    self->text_of = STEMMA_NONE; /* its memory goes */
    stm_snapshot_rewind(self->snapshot, mark);
    return status;
}

stemma_status stm_boolean_next(stm_boolean *self, uint32_t from, uint32_t *document,
                               stemma_error *error)
{
    while (from < self->documents) {
        uint64_t word = self->possible[from / 64] >> from % 64;
        int fits = 0;
        if (word == 0) {
            from = from / 64 * 64 + 64;
            continue;
        }
        from += (uint32_t)__builtin_ctzll(word);
        stemma_status status = stm_boolean_fits(self, from, &fits, error);
        if (status != STEMMA_OK || fits) {
            *document = from;
            return status;
        }
        from++;
    }
    return STEMMA_END;
}

/* ---- The best ---- */

static int is_better(const stm_ranked *a, const stm_ranked *b)
{
    return a->score > b->score || (a->score == b->score && a->document < b->document);
}

/* The best on top. */
static void sift_down(stm_ranked *heap, uint32_t count, uint32_t at)
{
    for (;;) {
        uint32_t best = at;
        uint32_t left = 2 * at + 1;
        if (left < count && is_better(&heap[left], &heap[best])) {
            best = left;
        }
        if (left + 1 < count && is_better(&heap[left + 1], &heap[best])) {
            best = left + 1;
        }
        if (best == at) {
            return;
        }
        stm_ranked held = heap[at];
        heap[at] = heap[best];
        heap[best] = held;
        at = best;
    }
}

static stemma_status gather(stm_boolean *self, stm_ranked **out, uint32_t *count,
                            stemma_error *error)
{
    uint32_t candidates = 0;
    for (size_t i = 0; i < self->size; i++) {
        candidates += (uint32_t)__builtin_popcountll(self->possible[i]);
    }
    stm_ranked *heap = stm_snapshot_array(self->snapshot, candidates, sizeof *heap, error);
    if (heap == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    *count = 0;
    for (uint32_t document = 0; document < self->documents; document++) {
        if (stm_set_has(self->possible, document)) {
            heap[(*count)++] = (stm_ranked){self->scores[document], document, STEMMA_NONE};
        }
    }
    for (uint32_t at = *count / 2; at > 0; at--) {
        sift_down(heap, *count, at - 1);
    }
    *out = heap;
    return STEMMA_OK;
}

stemma_status stm_boolean_best(stm_boolean *self, uint32_t limit, stm_ranked **out, uint32_t *count,
                               stemma_error *error)
{
    stm_ranked *heap = NULL;
    uint32_t left = 0;
    stm_ranked *best = stm_snapshot_array(
        self->snapshot, limit < self->documents ? limit : self->documents, sizeof *best, error);
    stemma_status status = best == NULL ? STEMMA_E_NO_MEMORY : gather(self, &heap, &left, error);
    *count = 0;
    while (status == STEMMA_OK && left != 0 && *count < limit) {
        stm_ranked one = heap[0];
        uint32_t size;
        int fits = 0;
        heap[0] = heap[--left];
        sift_down(heap, left, 0);
        status = stm_boolean_fits(self, one.document, &fits, error);
        if (status == STEMMA_OK && fits) {
            status = stm_search_document(self->cache, one.document, &size, &one.language, error);
            best[(*count)++] = one;
        }
    }
    *out = best;
    return status;
}

/* ---- Beginning ---- */

static stemma_status find_words(stm_boolean *self, int scored, stemma_error *error)
{
    if (scored) {
        self->scores =
            stm_snapshot_array(self->snapshot, self->documents, sizeof *self->scores, error);
        if (self->scores == NULL) {
            return STEMMA_E_NO_MEMORY;
        }
        for (uint32_t i = 0; i < self->documents; i++) {
            self->scores[i] = 0;
        }
    }
    for (uint32_t w = 0; w < self->query.word_count; w++) {
        int counts = scored && (self->query.looked_for >> w & 1) != 0;
        stemma_status status = stm_boolean_word(self, w, counts, error);
        if (status != STEMMA_OK) {
            return status;
        }
    }
    for (uint32_t p = 0; p < self->query.phrase_count; p++) {
        stemma_status status = stm_boolean_phrase(self, p, error);
        if (status != STEMMA_OK) {
            return status;
        }
    }
    return STEMMA_OK;
}

static stemma_status find_sets(stm_boolean *self, const uint64_t *only, stemma_error *error)
{
    sets all = {NULL, NULL};
    stemma_status status = new_sets(self, &all, error);
    if (status == STEMMA_OK && self->ask.root != 0) {
        status = work_out(self, self->ask.root, &all, error);
    } else if (status == STEMMA_OK && only != NULL) { /* all documents of a thing */
        fill(self, all.certain);
        fill(self, all.possible);
    } else if (status == STEMMA_OK) {
        clear(self, all.certain);
        clear(self, all.possible);
    }
    for (size_t i = 0; status == STEMMA_OK && only != NULL && i < self->size; i++) {
        all.certain[i] &= only[i];
        all.possible[i] &= only[i];
    }
    self->certain = all.certain;
    self->possible = all.possible;
    return status;
}

stemma_status stm_boolean_open(stm_boolean **out, stemma_snapshot *snapshot, stemma_text query,
                               const uint64_t *only, int scored, stemma_error *error)
{
    stm_boolean *self = stm_snapshot_alloc(snapshot, sizeof *self, error);
    uint32_t documents = snapshot->file->bounds.documents;
    if (self == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    *out = self;
    if (query.size > STEMMA_LIMIT_FIELD) {
        return too_long(STEMMA_E_LIMIT, error);
    }
    stemma_status status = stm_search_cache_get(snapshot, &self->cache, error);
    if (status == STEMMA_OK) {
        status = stm_ask_read(&self->ask, query, error);
    }
    if (status != STEMMA_OK) {
        return status;
    }
    self->snapshot = snapshot;
    self->documents = snapshot->until < documents ? snapshot->until : documents;
    self->size = ((size_t)self->documents + 63) / 64;
    self->mean_size = stm_search_mean(self->cache, self->documents, documents);
    self->scores = NULL;
    self->text_of = STEMMA_NONE;
    stm_query_begin(&self->query, self->cache);
    status = read_leaves(self, error);
    if (status == STEMMA_OK) {
        status = find_words(self, scored, error);
    }
    return status == STEMMA_OK ? find_sets(self, only, error) : status;
}
