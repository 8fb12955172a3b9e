/* SPDX-License-Identifier: MIT */
#include "index_names.h"

#include "index_postings.h"
#include "memory_sort.h"
#include "stemma/name.h"

#include <stdlib.h>

/* Next token of a key at `*at`; 0 when there is none. Keys join their tokens by single spaces. */
static int next_token(stemma_text key, size_t *at, stemma_text *token)
{
    if (*at >= key.size) {
        return 0;
    }
    const char *begin = key.data + *at;
    const char *gap = memchr(begin, ' ', key.size - *at);
    token->data = begin;
    token->size = gap != NULL ? (size_t)(gap - begin) : key.size - *at;
    *at += token->size + 1;
    return 1;
}

static stemma_status emit_key(uint8_t kind, stemma_text text, stm_name_key_emit *emit,
                              void *context)
{
    stm_list_key key;
    return stm_list_key_name(&key, kind, text) == STEMMA_OK ? emit(context, &key) : STEMMA_OK;
}

stemma_status stm_name_keys(stemma_text name, stm_name_key_emit *emit, void *context)
{
    char bytes[STEMMA_NAME_KEY_SIZE];
    stemma_text key = {bytes, 0};
    stemma_text token;
    stemma_status status = STEMMA_OK;
    if (stemma_name_key(name, bytes, sizeof bytes, &key.size) == STEMMA_OK && key.size > 0) {
        status = emit_key(STM_NAME_WHOLE, key, emit, context);
        for (size_t at = 0; status == STEMMA_OK && next_token(key, &at, &token);) {
            status = emit_key(STM_NAME_TOKEN, token, emit, context);
        }
    }
    if (status == STEMMA_OK &&
        stemma_name_fold(name, bytes, sizeof bytes, &key.size) == STEMMA_OK) {
        for (size_t at = 0; status == STEMMA_OK && next_token(key, &at, &token);) {
            status = emit_key(STM_NAME_PLAIN, token, emit, context);
        }
    }
    return status;
}

/* ---- Grams ----------------------------------------------------------------------------------- */

static size_t character_size(char first)
{
    unsigned char byte = (unsigned char)first;
    return byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
}

stemma_status stm_grams(stemma_text token, stm_gram_emit *emit, void *context)
{
    char padded[STEMMA_NAME_KEY_SIZE + 2];
    size_t starts[4]; /* of the last code points, oldest first */
    size_t held = 0;
    stemma_status status = STEMMA_OK;
    if (token.size == 0 || token.size > STEMMA_NAME_KEY_SIZE) {
        return STEMMA_OK;
    }
    padded[0] = '^';
    memcpy(padded + 1, token.data, token.size);
    padded[token.size + 1] = '$';
    size_t size = token.size + 2;
    for (size_t at = 0; at < size && status == STEMMA_OK;) {
        if (held == 3) {
            starts[0] = starts[1];
            starts[1] = starts[2];
            held = 2;
        }
        starts[held++] = at;
        at += character_size(padded[at]);
        at = at < size ? at : size;
        if (held == 3) {
            stemma_text gram = {padded + starts[0], at - starts[0]};
            status = emit(context, gram);
        }
    }
    return status;
}

typedef struct gram_sink {
    stm_name_key_emit *emit;
    void *context;
} gram_sink;

static stemma_status emit_gram(void *context, stemma_text gram)
{
    gram_sink *sink = context;
    stm_list_key key;
    return stm_list_key_text(&key, gram) == STEMMA_OK ? sink->emit(sink->context, &key) : STEMMA_OK;
}

stemma_status stm_gram_keys(stemma_text name, stm_name_key_emit *emit, void *context)
{
    char bytes[STEMMA_NAME_KEY_SIZE];
    stemma_text key = {bytes, 0};
    stemma_text token;
    gram_sink sink = {emit, context};
    stemma_status status = STEMMA_OK;
    if (stemma_name_fold(name, bytes, sizeof bytes, &key.size) != STEMMA_OK) {
        return STEMMA_OK;
    }
    for (size_t at = 0; status == STEMMA_OK && next_token(key, &at, &token);) {
        status = stm_grams(token, emit_gram, &sink);
    }
    return status;
}

/* ---- Exact names ----------------------------------------------------------------------------- */

int stm_index_name_counts(const stm_index *index, const stm_index_entity *entity,
                          const stm_index_entity_name *name)
{
    if (name->kind != STEMMA_NAME_NOMINAL) {
        return 1;
    }
    /* The name to show is a description only when there is nothing better. */
    return index->entity_names[entity->name_first + entity->shown].kind == STEMMA_NAME_NOMINAL;
}

static int compare_pairs(const void *a, const void *b)
{
    return stm_label_pair_compare(a, b);
}

stemma_status stm_index_label_pairs(const stm_index *index, stm_label_pair **pairs, uint32_t *count)
{
    stm_label_pair *list = stm_memory_zeroed(index->memory, index->entity_name_count, sizeof *list);
    uint32_t used = 0;
    if (list == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < index->entity_count; i++) {
        const stm_index_entity *entity = &index->entities[i];
        for (uint32_t n = 0; n < entity->name_count; n++) {
            const stm_index_entity_name *name = &index->entity_names[entity->name_first + n];
            char bytes[STEMMA_NAME_KEY_SIZE];
            stemma_text folded = {bytes, 0};
            if (stm_index_name_counts(index, entity, name) &&
                stemma_name_fold(stm_strings_get(&index->names, name->text), bytes, sizeof bytes,
                                 &folded.size) == STEMMA_OK &&
                folded.size > 0) {
                list[used].hash = stm_label_hash(folded);
                list[used].entity = i;
                used++;
            }
        }
    }
    uint32_t kept = 0;
    if (used > 1) {
        stm_memory_sort_plain(index->memory, list, used, sizeof *list, compare_pairs);
    }
    for (uint32_t i = 0; i < used; i++) {
        if (kept == 0 || compare_pairs(&list[i], &list[kept - 1]) != 0) {
            list[kept++] = list[i];
        }
    }
    *pairs = list;
    *count = kept;
    return STEMMA_OK;
}
