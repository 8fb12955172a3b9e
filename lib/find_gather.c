/* SPDX-License-Identifier: MIT */
#include "find_gather.h"

#include <stdlib.h>

#include "bits.h"
#include "error.h"
#include "index_postings.h"
#include "label_exact.h"

#define LIST_POSTINGS 1024u  /* postings read of one list, the most mentioned entities first */
#define GRAM_POSTINGS 20000u /* the same for a gram */
#define GRAMS         64u    /* grams of a name that are looked up, the rarest first */

/* What speaks for a candidate. A shared token speaks the more the rarer it is. */
#define WEIGHT_EXACT      1000000u
#define WEIGHT_WHOLE      100000u
#define WEIGHT_ALL_TOKENS 10000u
#define WEIGHT_GRAM       1u

static uint32_t split(stemma_text key, stemma_text tokens[STM_FIND_TOKENS])
{
    uint32_t count = 0;
    size_t at = 0;
    while (at < key.size && count < STM_FIND_TOKENS) {
        const char *gap = memchr(key.data + at, ' ', key.size - at);
        size_t end = gap != NULL ? (size_t)(gap - key.data) : key.size;
        if (end > at) {
            tokens[count].data = key.data + at;
            tokens[count++].size = end - at;
        }
        at = end + 1;
    }
    return count;
}

static stemma_status gather_exact(stm_find *s, stemma_error *error)
{
    stm_label_exact exact = s->snapshot->file->exact;
    uint32_t hash = stm_label_hash(s->plain);
    uint32_t first = stm_label_exact_find(&exact, hash);
    for (uint32_t i = first; i < exact.count && i - first < STM_FIND_EXACT_PAIRS; i++) {
        stm_label_pair pair = stm_label_exact_at(&exact, i);
        if (pair.hash != hash) {
            break;
        }
        if (pair.entity >= s->entities) {
            return stm_damaged(error, STM_TABLE_LABEL, i, "ENTITY_OUT_OF_RANGE");
        }
        stm_candidates_add(&s->candidates, pair.entity, WEIGHT_EXACT);
    }
    return STEMMA_OK;
}

static stemma_status open_list(stm_find *s, stm_posting_cursor *cursor, stm_table table,
                               const stm_list_key *key, stm_posting_source *source,
                               stemma_error *error)
{
    stemma_status status = stm_snapshot_source(s->snapshot, table, source, error);
    if (status != STEMMA_OK) {
        return status;
    }
    status = stm_posting_cursor_open(cursor, source, stm_list_key_bytes(key), s->entities);
    if (status != STEMMA_OK) {
        stm_snapshot_source_return(source);
        return stm_damaged(error, table, 0, "POSTING_VALUE");
    }
    return STEMMA_OK;
}

/* Adds the entities of one list. */
static stemma_status gather_list(stm_find *s, stm_table table, const stm_list_key *key,
                                 uint32_t most, uint32_t weight, stemma_error *error)
{
    stm_posting_cursor *cursor = &s->cursors[0];
    stm_posting_source source;
    uint32_t entity;
    stemma_status status = open_list(s, cursor, table, key, &source, error);
    if (status != STEMMA_OK) {
        return status;
    }
    for (uint32_t i = 0; i < most; i++) {
        status = stm_posting_cursor_next(cursor, &entity, NULL);
        if (status != STEMMA_OK) {
            break;
        }
        stm_candidates_add(&s->candidates, entity, weight);
    }
    stm_snapshot_source_return(&source);
    return status < 0 ? stm_damaged(error, table, 0, "POSTING_VALUE") : STEMMA_OK;
}

static stemma_status gather_name_list(stm_find *s, uint8_t kind, stemma_text text, uint32_t weight,
                                      stemma_error *error)
{
    stm_list_key key;
    if (stm_list_key_name(&key, kind, text) != STEMMA_OK) {
        return STEMMA_OK;
    }
    return gather_list(s, STM_TABLE_NAME, &key, LIST_POSTINGS, weight, error);
}

/* The same with a weight by how rare the token is. */
static stemma_status gather_token(stm_find *s, uint8_t kind, stemma_text token, stemma_error *error)
{
    stm_posting_source source;
    stm_list_key key;
    uint64_t count = 0;
    stemma_status status;
    if (stm_list_key_name(&key, kind, token) != STEMMA_OK) {
        return STEMMA_OK;
    }
    status = stm_snapshot_source(s->snapshot, STM_TABLE_NAME, &source, error);
    if (status != STEMMA_OK) {
        return status;
    }
    status = stm_posting_count(&source, stm_list_key_bytes(&key), &count);
    stm_snapshot_source_return(&source);
    if (status != STEMMA_OK) {
        return stm_damaged(error, STM_TABLE_NAME, 0, "POSTING_VALUE");
    }
    if (count == 0) {
        return STEMMA_OK;
    }
    return gather_list(s, STM_TABLE_NAME, &key, LIST_POSTINGS,
                       stm_bits_width(s->entities / count) + 1u, error);
}

/* Entities that have all of the tokens: lists of common tokens are long, what they share is not. */
static stemma_status gather_all_tokens(stm_find *s, const stemma_text *tokens, uint32_t count,
                                       stemma_error *error)
{
    stm_posting_source sources[STM_FIND_TOKENS];
    uint32_t opened = 0, entity = 0, agreed = 0, added = 0;
    stemma_status status = STEMMA_OK;
    while (opened < count && status == STEMMA_OK) {
        stm_list_key key;
        if (stm_list_key_name(&key, STM_NAME_TOKEN, tokens[opened]) != STEMMA_OK) {
            status = STEMMA_END;
            break;
        }
        status = open_list(s, &s->cursors[opened], STM_TABLE_NAME, &key, &sources[opened], error);
        opened += status == STEMMA_OK;
    }
    if (status < 0) {
        goto done;
    }
    for (uint32_t turn = 0; status == STEMMA_OK && added < LIST_POSTINGS;
         turn = (turn + 1) % count) {
        uint32_t found;
        status = stm_posting_cursor_seek(&s->cursors[turn], entity, &found, NULL);
        if (status != STEMMA_OK) {
            break;
        }
        agreed = found == entity && agreed != 0 ? agreed + 1 : 1;
        entity = found;
        if (agreed == count) {
            stm_candidates_add(&s->candidates, entity, WEIGHT_ALL_TOKENS);
            added++;
            agreed = 0;
            if (entity == UINT32_MAX) {
                break;
            }
            entity++;
        }
    }
    status = status < 0 ? stm_damaged(error, STM_TABLE_NAME, 0, "POSTING_VALUE") : STEMMA_OK;
done:
    for (uint32_t i = 0; i < opened; i++) {
        stm_snapshot_source_return(&sources[i]);
    }
    return status;
}

stemma_status stm_find_gather_sure(stm_find *s, stemma_error *error)
{
    stemma_text tokens[STM_FIND_TOKENS];
    uint32_t count = split(s->key, tokens);
    stemma_status status = gather_exact(s, error);
    if (status == STEMMA_OK) {
        status = gather_name_list(s, STM_NAME_WHOLE, s->key, WEIGHT_WHOLE, error);
    }
    if (status == STEMMA_OK && count > 1) {
        status = gather_all_tokens(s, tokens, count, error);
    }
    return status;
}

stemma_status stm_find_gather_tokens(stm_find *s, stemma_error *error)
{
    stemma_text tokens[STM_FIND_TOKENS];
    uint32_t count = split(s->key, tokens);
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 0; status == STEMMA_OK && i < count; i++) {
        status = gather_token(s, STM_NAME_TOKEN, tokens[i], error);
    }
    count = split(s->plain, tokens);
    for (uint32_t i = 0; status == STEMMA_OK && i < count; i++) {
        status = gather_token(s, STM_NAME_PLAIN, tokens[i], error);
    }
    return status;
}

/* ---- Grams: for misspelt names ------------------------------------------------------------- */

typedef struct gram {
    stm_list_key key;
    uint64_t count;
} gram;

typedef struct gram_set {
    gram *grams;
    uint32_t count;
} gram_set;

static stemma_status take_gram(void *context, stemma_text text)
{
    gram_set *set = context;
    gram *next = &set->grams[set->count];
    if (set->count == GRAMS || stm_list_key_text(&next->key, text) != STEMMA_OK) {
        return STEMMA_OK;
    }
    for (uint32_t i = 0; i < set->count; i++) {
        if (set->grams[i].key.size == next->key.size &&
            memcmp(set->grams[i].key.data, next->key.data, next->key.size) == 0) {
            return STEMMA_OK;
        }
    }
    set->count++;
    return STEMMA_OK;
}

static int by_count(const void *left, const void *right)
{
    const gram *a = left, *b = right;
    if (a->count != b->count) {
        return a->count < b->count ? -1 : 1;
    }
    size_t size = a->key.size < b->key.size ? a->key.size : b->key.size;
    int order = memcmp(a->key.data, b->key.data, size);
    return order != 0 ? order : (a->key.size > b->key.size) - (a->key.size < b->key.size);
}

stemma_status stm_find_gather_grams(stm_find *s, uint32_t *grams, stemma_error *error)
{
    stemma_text tokens[STM_FIND_TOKENS];
    uint32_t count = split(s->plain, tokens);
    gram_set set = {NULL, 0};
    stm_posting_source source;
    stemma_status status = stm_snapshot_source(s->snapshot, STM_TABLE_GRAM, &source, error);
    if (status != STEMMA_OK) {
        return status;
    }
    set.grams = stm_snapshot_array(s->snapshot, GRAMS + 1u, sizeof *set.grams, error);
    if (set.grams == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < count; i++) {
        (void)stm_grams(tokens[i], take_gram, &set); /* take_gram never fails */
    }
    *grams = set.count;
    for (uint32_t i = 0; status == STEMMA_OK && i < set.count; i++) {
        status =
            stm_posting_count(&source, stm_list_key_bytes(&set.grams[i].key), &set.grams[i].count);
    }
    stm_snapshot_source_return(&source);
    if (status != STEMMA_OK) {
        return stm_damaged(error, STM_TABLE_GRAM, 0, "POSTING_VALUE");
    }
    if (set.count > 1) {
        qsort(set.grams, set.count, sizeof set.grams[0], by_count);
    }
    for (uint32_t i = 0; status == STEMMA_OK && i < set.count; i++) {
        status =
            gather_list(s, STM_TABLE_GRAM, &set.grams[i].key, GRAM_POSTINGS, WEIGHT_GRAM, error);
    }
    return status;
}
