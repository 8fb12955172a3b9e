/* SPDX-License-Identifier: MIT */
#include "index/index_names.h"

#include "key.h"
#include "base/memory_sort.h"
#include "index/index_radix.h"
#include "name/name_token.h"
#include "stemma/name.h"

int stm_key_word(stemma_text key, size_t *at, stemma_text *word)
{
    if (*at >= key.size) {
        return 0;
    }
    const char *begin = key.data + *at;
    const char *gap = memchr(begin, ' ', key.size - *at);
    word->data = begin;
    word->size = gap != NULL ? (size_t)(gap - begin) : key.size - *at;
    *at += word->size + 1;
    return 1;
}

int stm_index_name_counts(const stm_index *index, const stm_index_entity *entity,
                          const stm_index_entity_name *name)
{
    if (name->kind != STEMMA_NAME_NOMINAL) {
        return 1;
    }
    /* The name to show is a description only when there is nothing better. */
    return index->entity_names[entity->name_first + entity->shown].kind == STEMMA_NAME_NOMINAL;
}

/* ---- Postings: pairs as they come, with ids ascending, then by list ----------------------------
 */

typedef struct name_use {
    uint32_t list;
    uint32_t id;
} name_use;

typedef struct name_uses {
    stm_memory *memory;
    name_use *items;
    size_t count;
    size_t capacity;
} name_uses;

static stemma_status add_use(name_uses *uses, uint32_t list, uint32_t id)
{
    name_use *items =
        stm_memory_grow(uses->memory, uses->items, &uses->capacity, uses->count + 1, sizeof *items);
    if (items == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    uses->items = items;
    items[uses->count].list = list;
    items[uses->count++].id = id;
    return STEMMA_OK;
}

/* Ids by rank of their list, those of one list in the order in which they came. Frees the uses. */
static stemma_status by_list(name_uses *uses, const uint32_t *ranks, uint32_t lists,
                             size_t **starts, uint32_t **ids)
{
    size_t next = 0;
    *starts = stm_memory_zeroed(uses->memory, (size_t)lists + 1, sizeof **starts);
    *ids = stm_memory_zeroed(uses->memory, uses->count, sizeof **ids);
    if (*starts == NULL || *ids == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    /* Each list's end is counted up from its beginning, and so becomes the next one's. */
    for (size_t i = 0; i < uses->count; i++) {
        (*starts)[ranks[uses->items[i].list]]++;
    }
    for (uint32_t l = 0; l < lists; l++) {
        size_t here = (*starts)[l];
        (*starts)[l] = next;
        next += here;
    }
    for (size_t i = 0; i < uses->count; i++) {
        if (i % 1024u == 0) {
            stm_memory_check(uses->memory);
        }
        (*ids)[(*starts)[ranks[uses->items[i].list]]++] = uses->items[i].id;
    }
    for (uint32_t l = lists; l > 0; l--) {
        (*starts)[l] = (*starts)[l - 1];
    }
    (*starts)[0] = 0;
    stm_memory_free(uses->items);
    uses->items = NULL;
    return STEMMA_OK;
}

/* ---- Hashes ------------------------------------------------------------------------------------
 */

static uint64_t key_of(stm_label_pair pair)
{
    return (uint64_t)pair.hash << 32 | pair.number;
}

static int compare_numbers(const void *left, const void *right)
{
    const stm_label_pair *a = left, *b = right;
    return (a->number > b->number) - (a->number < b->number);
}

/* Sorts by hash, then number, and drops repetitions. */
static stemma_status sort_hashes(stm_memory *memory, stm_label_pair *pairs, uint32_t *count)
{
    uint32_t kept = 0;
    uint64_t *keys = stm_memory_zeroed(memory, *count, sizeof *keys);
    if (keys == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < *count; i++) {
        keys[i] = key_of(pairs[i]);
    }
    stemma_status status = stm_radix_sort(memory, keys, NULL, *count);
    for (uint32_t i = 0; i < *count && status == STEMMA_OK; i++) {
        if (i == 0 || keys[i] != keys[i - 1]) {
            pairs[kept++] = (stm_label_pair){(uint32_t)(keys[i] >> 32), (uint32_t)keys[i]};
        }
    }
    stm_memory_free(keys);
    *count = kept;
    return status;
}

/* Brings pairs into the order in which they are stored. */
static stemma_status sort_pairs(stm_memory *memory, stm_label_pair *pairs, uint32_t *count)
{
    stemma_status status = sort_hashes(memory, pairs, count);
    const uint32_t kept = *count;
    /* Only a prefix of the hash is stored: pairs that share it are in the order of numbers. */
    for (uint32_t i = 0; i < kept;) {
        uint32_t prefix = stm_label_hash_prefix(pairs[i].hash, kept);
        uint32_t end = i + 1;
        while (end < kept && stm_label_hash_prefix(pairs[end].hash, kept) == prefix) {
            end++;
        }
        if (end - i > 1) {
            stm_memory_sort_plain(memory, pairs + i, end - i, sizeof *pairs, compare_numbers);
        }
        i = end;
    }
    return status;
}

/* ---- Names -------------------------------------------------------------------------------------
 */

static stemma_status take_name(stm_name_index *names, name_uses *uses, uint32_t entity,
                               stemma_text name)
{
    char bytes[STM_NAME_PLAIN_SIZE];
    stemma_text plain = {bytes, 0}, word;
    stemma_status status = STEMMA_OK;
    if (stm_name_fold(name, bytes, &plain.size) != STEMMA_OK || plain.size == 0) {
        return STEMMA_OK;
    }
    names->exact[names->exact_count].hash = stm_label_hash(plain);
    names->exact[names->exact_count++].number = entity;
    for (size_t at = 0; status == STEMMA_OK && stm_key_word(plain, &at, &word);) {
        uint32_t token = 0;
        status = stm_strings_add(&names->tokens, word, &token);
        if (status == STEMMA_OK) {
            status = add_use(uses, token, entity);
        }
    }
    return status;
}

static stemma_status take_names(stm_name_index *names, name_uses *uses, const stm_index *index)
{
    stemma_status status = STEMMA_OK;
    names->exact = stm_memory_zeroed(names->memory, index->entity_name_count, sizeof *names->exact);
    if (names->exact == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < index->entity_count && status == STEMMA_OK; i++) {
        const stm_index_entity *entity = &index->entities[i];
        if (i % 128u == 0) {
            stm_memory_check(names->memory);
        }
        for (uint32_t n = 0; n < entity->name_count && status == STEMMA_OK; n++) {
            const stm_index_entity_name *name = &index->entity_names[entity->name_first + n];
            if (stm_index_name_counts(index, entity, name)) {
                status = take_name(names, uses, i, stm_strings_get(&index->names, name->text));
            }
        }
    }
    return status;
}

static stemma_status take_sounds(stm_name_index *names)
{
    names->sounds = stm_memory_zeroed(names->memory, names->tokens.count, sizeof *names->sounds);
    if (names->sounds == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < names->tokens.count; i++) {
        char bytes[2 * STM_NAME_PLAIN_SIZE];
        stemma_text key = {bytes, stm_name_key_token(stm_name_index_token(names, i), bytes)};
        if (key.size != 0) {
            names->sounds[names->sound_count].hash = stm_label_hash(key);
            names->sounds[names->sound_count++].number = i;
        }
    }
    return STEMMA_OK;
}

stemma_status stm_name_index_build(stm_name_index *names, const stm_index *index)
{
    memset(names, 0, sizeof *names);
    names->memory = names->tokens.memory = index->memory;
    name_uses uses = {index->memory, NULL, 0, 0};
    uint32_t *ranks = NULL;
    stemma_status status = take_names(names, &uses, index);
    if (status == STEMMA_OK) {
        ranks = stm_strings_ranks(&names->tokens);
        names->token_text =
            stm_memory_zeroed(names->memory, names->tokens.count, sizeof *names->token_text);
        status = ranks != NULL && names->token_text != NULL ? STEMMA_OK : STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; status == STEMMA_OK && i < names->tokens.count; i++) {
        names->token_text[ranks[i]] = i;
        names->token_bytes += stm_strings_get(&names->tokens, i).size;
    }
    if (status == STEMMA_OK) {
        status = by_list(&uses, ranks, names->tokens.count, &names->starts, &names->entities);
    }
    if (status == STEMMA_OK) {
        status = take_sounds(names);
    }
    if (status == STEMMA_OK) {
        status = sort_pairs(names->memory, names->exact, &names->exact_count);
    }
    if (status == STEMMA_OK) {
        status = sort_pairs(names->memory, names->sounds, &names->sound_count);
    }
    stm_memory_free(ranks);
    stm_memory_free(uses.items);
    return status;
}

void stm_name_index_free(stm_name_index *names)
{
    stm_strings_free(&names->tokens);
    stm_memory_free(names->token_text);
    stm_memory_free(names->starts);
    stm_memory_free(names->entities);
    stm_memory_free(names->exact);
    stm_memory_free(names->sounds);
}

stemma_text stm_name_index_token(const stm_name_index *names, uint32_t number)
{
    return stm_strings_get(&names->tokens, names->token_text[number]);
}

/* ---- Grams -------------------------------------------------------------------------------------
 */

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

/* A gram as a number, in the order of grams: three code points, of 21 bits each. */
static uint64_t gram_key(stemma_text gram)
{
    uint64_t key = 0;
    for (size_t at = 0; at < gram.size;) {
        static const uint8_t masks[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
        size_t size = character_size(gram.data[at]);
        uint32_t point = (unsigned char)gram.data[at] & masks[size];
        for (size_t i = 1; i < size && at + i < gram.size; i++) {
            point = point << 6 | ((unsigned char)gram.data[at + i] & 0x3fu);
        }
        key = key << 21 | point;
        at += size;
    }
    return key;
}

/* The reverse; `out` has room for 12 bytes. */
static size_t gram_text(uint64_t key, uint8_t *out)
{
    size_t size = 0;
    for (unsigned shift = 42; shift < 64; shift -= 21) { /* until it is below zero */
        uint32_t point = (uint32_t)(key >> shift) & 0x1fffffu;
        if (point < 0x80) {
            out[size++] = (uint8_t)point;
            continue;
        }
        unsigned rest = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
        out[size++] = (uint8_t)((0xf00u >> (rest + 1) & 0xf0u) | point >> 6 * rest);
        while (rest-- > 0) {
            out[size++] = (uint8_t)(0x80u | (point >> 6 * rest & 0x3fu));
        }
    }
    return size;
}

/* Grams and tokens that have them, as they come. */
typedef struct gram_sink {
    uint64_t *keys;
    uint32_t *tokens;
    size_t count;
    uint32_t token;
} gram_sink;

/* There is room: a token has no more grams than bytes. */
static stemma_status take_gram(void *context, stemma_text gram)
{
    gram_sink *sink = context;
    sink->keys[sink->count] = gram_key(gram);
    sink->tokens[sink->count++] = sink->token;
    return STEMMA_OK;
}

/* Hands out one list, repetitions dropped. */
static stemma_status post_list(stemma_bytes list, const uint32_t *ids, size_t count,
                               stm_index_post_list *post, void *context)
{
    uint32_t piece[STM_INDEX_PIECE];
    uint32_t held = 0;
    stemma_status status = STEMMA_OK;
    for (size_t i = 0; i < count && status == STEMMA_OK; i++) {
        if (i != 0 && ids[i] == ids[i - 1]) {
            continue;
        }
        if (held == STM_INDEX_PIECE) {
            status = post(context, list, piece, NULL, held);
            held = 0;
        }
        piece[held++] = ids[i];
    }
    return status == STEMMA_OK && held != 0 ? post(context, list, piece, NULL, held) : status;
}

static stemma_status post_grams(const stm_name_index *names, stm_index_post_list *post,
                                void *context)
{
    size_t none = 0, most = (size_t)names->token_bytes;
    gram_sink sink = {.keys = stm_memory_grow(names->memory, NULL, &none, most, sizeof *sink.keys)};
    none = 0;
    sink.tokens = stm_memory_grow(names->memory, NULL, &none, most, sizeof *sink.tokens);
    stemma_status status = sink.keys != NULL && sink.tokens != NULL ? STEMMA_OK : STEMMA_E_NO_MEMORY;
    for (uint32_t i = 0; i < names->tokens.count && status == STEMMA_OK; i++) {
        sink.token = i;
        if (i % 128u == 0) {
            stm_memory_check(names->memory);
        }
        status = stm_grams(stm_name_index_token(names, i), take_gram, &sink);
    }
    if (status == STEMMA_OK) {
        status = stm_radix_sort(names->memory, sink.keys, sink.tokens, sink.count);
    }
    for (size_t i = 0; i < sink.count && status == STEMMA_OK;) {
        uint8_t bytes[12];
        stemma_bytes list = {bytes, gram_text(sink.keys[i], bytes)};
        size_t end = i + 1;
        while (end < sink.count && sink.keys[end] == sink.keys[i]) {
            end++;
        }
        status = post_list(list, sink.tokens + i, end - i, post, context);
        i = end;
    }
    stm_memory_free(sink.keys);
    stm_memory_free(sink.tokens);
    return status;
}

stemma_status stm_name_index_post(const stm_name_index *names, stm_table table,
                                  stm_index_post_list *post, void *context)
{
    stemma_status status = STEMMA_OK;
    if (table == STM_TABLE_GRAM) {
        return post_grams(names, post, context);
    }
    for (uint32_t i = 0; i < names->tokens.count && status == STEMMA_OK; i++) {
        stm_list_key key;
        stm_list_key_u32(&key, i);
        status = post_list(stm_list_key_bytes(&key), names->entities + names->starts[i],
                           names->starts[i + 1] - names->starts[i], post, context);
    }
    return status;
}
