/* SPDX-License-Identifier: MIT */
#include "pack/judge/entity_context.h"

#include "name/name_token.h"

#include <stdlib.h>

#include <xxhash.h>

#define COMMON_DOCUMENTS 50u /* a neighbour of more documents than this counts less */
#define OWN_FEATURES     16u
#define FEATURES_MOST    1024u /* a document with more is a table, whose rows are no company */

/* The class of a consonant of a folding key: those that spellings confuse share one. */
static char sound_of(char c)
{
    switch (c) {
    case 't':
    case 'c':
    case 's':
    case 'z':
    case 'd':
        return 't';
    case 'h':
    case 'k':
    case 'q':
        return 'k';
    case 'b':
    case 'p':
    case 'f':
        return 'p';
    case 'm':
    case 'n':
        return 'n';
    case 'l':
    case 'r':
        return c;
    default:
        return 0;
    }
}

size_t stm_sounds(stemma_text plain, char *out, size_t capacity)
{
    char key[2 * STM_NAME_PLAIN_SIZE];
    size_t size = 0;
    if (plain.size > STM_NAME_PLAIN_SIZE) {
        plain.size = STM_NAME_PLAIN_SIZE;
    }
    size_t key_size = stm_name_key_token(plain, key);
    for (size_t i = 0; i < key_size && size < capacity; i++) {
        uint8_t c = (uint8_t)key[i];
        char sound = c >= 0x80 || (c >= '0' && c <= '9') ? (char)c : sound_of((char)c);
        if (sound != 0 && (size == 0 || out[size - 1] != sound)) {
            out[size++] = sound;
        }
    }
    /* A name of vowels, or with one consonant, begins with something that tells. */
    if (size < 2 && key_size != 0 && size < capacity) {
        out[size++] = key[0];
    }
    return size;
}

/* A hash for the consonants of a word, classes of sounds taken together: equal for most spellings
   of one name and for some strangers. 0 when fewer than two sounds remain. */
static uint64_t sound_hash(stemma_text plain)
{
    char sounds[24];
    size_t size = stm_sounds(plain, sounds, sizeof sounds);
    return size < 2 ? 0 : XXH64(sounds, size, 0);
}

static stemma_text take_word(stemma_text *rest)
{
    stemma_text word = *rest;
    const char *space = rest->size == 0 ? NULL : memchr(rest->data, ' ', rest->size);
    if (space != NULL) {
        word.size = (size_t)(space - rest->data);
        rest->data = space + 1;
        rest->size -= word.size + 1;
    } else {
        rest->size = 0;
    }
    return word;
}

int stm_sounds_equal(stemma_text a, stemma_text b)
{
    while (a.size != 0 && b.size != 0) {
        char left[24];
        char right[24];
        size_t m = stm_sounds(take_word(&a), left, sizeof left);
        size_t n = stm_sounds(take_word(&b), right, sizeof right);
        if (m != n || memcmp(left, right, m) != 0) {
            return 0;
        }
    }
    return a.size == 0 && b.size == 0;
}

stemma_text stm_last_word(stemma_text plain)
{
    for (size_t i = plain.size; i > 0; i--) {
        if (plain.data[i - 1] == ' ') {
            stemma_text word = {plain.data + i, plain.size - i};
            return word;
        }
    }
    return plain;
}

/* What a name is known by among its neighbours: a person by the surname. 0: not at all. */
static uint64_t feature_of(const struct stm_entity_name *name)
{
    switch (name->kind) {
    case STEMMA_NAME_CLASS_PERSON: {
        stemma_text surname = stm_last_word(name->plain);
        return surname.size < 3 ? 0 : sound_hash(surname);
    }
    case STEMMA_NAME_CLASS_ORGANIZATION:
    case STEMMA_NAME_CLASS_PLACE:
        return XXH64(name->plain.data, name->plain.size, 1);
    default:
        return 0;
    }
}

static uint32_t weight_of(const struct stm_entity_name *name)
{
    if (name->kind == STEMMA_NAME_CLASS_PERSON) {
        return STM_CONTEXT_PERSON;
    }
    return name->kind == STEMMA_NAME_CLASS_ORGANIZATION && !name->generic ? STM_CONTEXT_ORGANIZATION
                                                                          : STM_CONTEXT_PLACE;
}

static int compare_features(const void *left, const void *right)
{
    const struct stm_feature *a = left;
    const struct stm_feature *b = right;
    if (a->hash != b->hash) {
        return a->hash < b->hash ? -1 : 1;
    }
    return (a->weight < b->weight) - (a->weight > b->weight);
}

static int compare_numbers(const void *left, const void *right)
{
    uint64_t a = *(const uint64_t *)left;
    uint64_t b = *(const uint64_t *)right;
    return (a > b) - (a < b);
}

static stemma_status collect_features(const struct stm_judge_input *input,
                                      const struct stm_entities *entities, struct stm_arena *arena,
                                      struct stm_contexts *contexts)
{
    uint64_t total = 0;
    for (uint32_t i = 0; i < entities->count; i++) {
        total += entities->nodes[i].name_count;
    }
    contexts->features = stm_arena_alloc(arena, total, sizeof *contexts->features);
    contexts->first =
        stm_arena_alloc(arena, (size_t)input->document_count + 1, sizeof *contexts->first);
    if (contexts->features == NULL || contexts->first == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t d = 0; d < input->document_count; d++) {
        size_t first = contexts->count;
        size_t end = first;
        contexts->first[d] = first;
        for (uint32_t i = entities->first[d]; i < entities->first[d + 1]; i++) {
            const struct stm_entity *node = &entities->nodes[i];
            for (uint32_t n = 0; n < node->name_count; n++) {
                const struct stm_entity_name *name =
                    &entities->names[entities->name_of[node->first_name + n]];
                uint64_t hash = feature_of(name);
                if (hash != 0) {
                    contexts->features[end].hash = hash;
                    contexts->features[end++].weight = weight_of(name);
                }
            }
        }
        if (end > first) {
            qsort(contexts->features + first, end - first, sizeof *contexts->features,
                  compare_features);
        }
        for (size_t i = first; i < end; i++) {
            if (i == first || contexts->features[i].hash != contexts->features[i - 1].hash) {
                contexts->features[contexts->count++] = contexts->features[i];
            }
        }
        if (contexts->count - first > FEATURES_MOST) {
            contexts->count = first;
        }
    }
    contexts->first[input->document_count] = contexts->count;
    return STEMMA_OK;
}

/* Features of many documents tell less: their weight falls with their number. */
static stemma_status weigh_features(struct stm_contexts *contexts, stm_memory *memory)
{
    struct stm_arena scratch;
    stm_arena_init_in(&scratch, memory);
    uint64_t *hashes = stm_arena_alloc(&scratch, contexts->count, sizeof *hashes);
    if (hashes == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (size_t i = 0; i < contexts->count; i++) {
        hashes[i] = contexts->features[i].hash;
    }
    if (contexts->count != 0) {
        stm_arena_sort(&scratch, hashes, contexts->count, sizeof *hashes, compare_numbers);
    }
    /* Only the frequent ones are kept, with their numbers, for a search. */
    size_t frequent = 0;
    for (size_t i = 0; i < contexts->count;) {
        size_t end = i;
        while (end < contexts->count && hashes[end] == hashes[i]) {
            end++;
        }
        if (end - i > COMMON_DOCUMENTS) {
            uint64_t hash = hashes[i];
            uint64_t number = end - i;
            hashes[frequent++] = hash;
            hashes[frequent++] = number;
        }
        i = end;
    }
    for (size_t i = 0; i < contexts->count && frequent != 0; i++) {
        size_t low = 0;
        size_t high = frequent / 2;
        while (low < high) {
            size_t middle = low + (high - low) / 2;
            if (hashes[2 * middle] < contexts->features[i].hash) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if (low < frequent / 2 && hashes[2 * low] == contexts->features[i].hash) {
            contexts->features[i].weight =
                (uint32_t)(contexts->features[i].weight * (uint64_t)COMMON_DOCUMENTS /
                           hashes[2 * low + 1]);
        }
    }
    stm_arena_free(&scratch);
    return STEMMA_OK;
}

stemma_status stm_contexts_collect(const struct stm_judge_input *input,
                                   const struct stm_entities *entities,
                                   const stemma_derivation *derivations, size_t derivation_count,
                                   struct stm_arena *arena, struct stm_contexts *contexts)
{
    memset(contexts, 0, sizeof *contexts);
    stemma_status status = collect_features(input, entities, arena, contexts);
    if (status == STEMMA_OK) {
        status = weigh_features(contexts, arena->memory);
    }
    contexts->total = stm_arena_alloc(arena, input->document_count, sizeof *contexts->total);
    if (status != STEMMA_OK || contexts->total == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t d = 0; d < input->document_count; d++) {
        for (size_t i = contexts->first[d]; i < contexts->first[(size_t)d + 1]; i++) {
            contexts->total[d] += contexts->features[i].weight;
        }
    }
    contexts->copies = stm_arena_alloc(arena, derivation_count, sizeof *contexts->copies);
    if (status != STEMMA_OK || contexts->copies == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (size_t i = 0; i < derivation_count; i++) {
        uint64_t a = derivations[i].from;
        uint64_t b = derivations[i].to;
        if (derivations[i].retracted.size == 0) {
            contexts->copies[contexts->copy_count++] = a < b ? a << 32 | b : b << 32 | a;
        }
    }
    if (contexts->copy_count != 0) {
        stm_arena_sort(arena, contexts->copies, contexts->copy_count, sizeof *contexts->copies, compare_numbers);
    }
    return STEMMA_OK;
}

static uint32_t own_features(const struct stm_entities *entities, uint32_t node, uint64_t *own,
                             uint32_t count)
{
    const struct stm_entity *entity = &entities->nodes[node];
    for (uint32_t n = 0; n < entity->name_count && count < OWN_FEATURES; n++) {
        own[count++] = feature_of(&entities->names[entities->name_of[entity->first_name + n]]);
    }
    return count;
}

static int shares_role(const struct stm_entity *a, const struct stm_entity *b)
{
    uint32_t i = 0;
    uint32_t j = 0;
    while (i < a->role_count && j < b->role_count) {
        if (a->roles[i] == b->roles[j]) {
            return 1;
        }
        if (a->roles[i] < b->roles[j]) {
            i++;
        } else {
            j++;
        }
    }
    return 0;
}

uint32_t stm_context_shared(const struct stm_contexts *contexts,
                            const struct stm_entities *entities, uint32_t a, uint32_t b)
{
    uint64_t own[2 * OWN_FEATURES];
    uint32_t own_count = own_features(entities, a, own, 0);
    if (own_count < OWN_FEATURES + 1) {
        own_count = own_features(entities, b, own, own_count);
    }
    uint64_t left = entities->nodes[a].document;
    uint64_t right = entities->nodes[b].document;
    size_t i = contexts->first[left];
    size_t j = contexts->first[right];
    uint32_t shared = 0;
    while (i < contexts->first[left + 1] && j < contexts->first[right + 1]) {
        const struct stm_feature *x = &contexts->features[i];
        const struct stm_feature *y = &contexts->features[j];
        if (x->hash == y->hash) {
            int is_own = 0;
            for (uint32_t k = 0; k < own_count; k++) {
                is_own |= own[k] == x->hash;
            }
            shared += is_own ? 0 : x->weight < y->weight ? x->weight : y->weight;
        }
        i += x->hash <= y->hash;
        j += y->hash <= x->hash;
    }
    shared += shares_role(&entities->nodes[a], &entities->nodes[b]) ? STM_CONTEXT_ROLE : 0;
    uint64_t pair = left < right ? left << 32 | right : right << 32 | left;
    if (contexts->copy_count != 0 && bsearch(&pair, contexts->copies, contexts->copy_count,
                                             sizeof pair, compare_numbers) != NULL) {
        shared += STM_CONTEXT_COPY;
    }
    return shared;
}

uint32_t stm_context_documents(const struct stm_contexts *contexts, uint32_t a, uint32_t b)
{
    const struct stm_feature *x = contexts->features + contexts->first[a];
    const struct stm_feature *y = contexts->features + contexts->first[b];
    const struct stm_feature *x_end = contexts->features + contexts->first[(size_t)a + 1];
    const struct stm_feature *y_end = contexts->features + contexts->first[(size_t)b + 1];
    uint64_t shared = 0;
    while (x < x_end && y < y_end) {
        uint64_t left = x->hash;
        uint64_t right = y->hash;
        if (left == right) {
            shared += x->weight < y->weight ? x->weight : y->weight;
        }
        x += left <= right;
        y += right <= left;
    }
    uint64_t smaller =
        contexts->total[a] < contexts->total[b] ? contexts->total[a] : contexts->total[b];
    return shared < 2 * STM_CONTEXT_ORGANIZATION ? 0 : (uint32_t)(shared * 1000 / smaller);
}

uint32_t stm_context_size(const struct stm_contexts *contexts, const struct stm_entities *entities,
                          uint32_t node)
{
    uint32_t document = entities->nodes[node].document;
    return (uint32_t)(contexts->first[document + 1] - contexts->first[document]);
}
