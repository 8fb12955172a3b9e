/* SPDX-License-Identifier: MIT */
#include "pack/judge/entity_block.h"

#include "name/name_token.h"
#include "pack/judge/entity_context.h"
#include "base/memory_sort.h"
#include "base/parallel.h"

#include <stdlib.h>

#include <xxhash.h>

#define BLOCK_LIMIT 64u /* names of a block that are compared with each other */
#define SOUNDS      24u
#define PIECE       512u /* pairs that a thread scores at a time */
#define WORDS_END                                                                                  \
    3u /* words at each end of a name that are looked up; people have few, titles many */

enum block_kind { BLOCK_WORD = 1, BLOCK_SURNAME = 2, BLOCK_ACRONYM = 3, BLOCK_PLAIN = 4 };

struct block_entry {
    uint64_t block;
    uint32_t name;
};

struct block_list {
    struct stm_arena *arena;
    struct block_entry *entries;
    size_t count;
    size_t capacity;
    const stm_name_parts **parts; /* of each name; NULL: none that can be compared */
    uint32_t name;
    uint8_t kind; /* class of the name */
};

static stemma_status add_block(struct block_list *list, enum block_kind kind, const char *bytes,
                               size_t size)
{
    stemma_status status = stm_arena_grow(list->arena, &list->entries, list->count, &list->capacity,
                                          sizeof *list->entries);
    if (status == STEMMA_OK) {
        uint64_t seed = (uint64_t)kind << 8 | (kind == BLOCK_PLAIN ? 0 : list->kind);
        list->entries[list->count].block = XXH64(bytes, size, seed);
        list->entries[list->count++].name = list->name;
    }
    return status;
}

/* The sounds of a word, and the sounds with each one left out, so that two words that differ by one
   sound meet. */
static stemma_status add_sounds(struct block_list *list, stemma_text plain)
{
    char sounds[SOUNDS];
    size_t size = stm_sounds(plain, sounds, sizeof sounds);
    if (size < 2) {
        return STEMMA_OK;
    }
    stemma_status status = add_block(list, BLOCK_WORD, sounds, size);
    for (size_t i = 0; status == STEMMA_OK && size >= 5 && i < size; i++) {
        char fewer[SOUNDS];
        memcpy(fewer, sounds, i);
        memcpy(fewer + i, sounds + i + 1, size - i - 1);
        status = add_block(list, BLOCK_WORD, fewer, size - 1);
    }
    return status;
}

/* Surname with the first sound of the given name: small blocks even for common surnames. */
static stemma_status add_full_name(struct block_list *list, stemma_text given, stemma_text surname)
{
    char sounds[SOUNDS + 1];
    size_t size = stm_sounds(surname, sounds + 1, SOUNDS);
    stm_sounds(given, sounds, 1);
    return add_block(list, BLOCK_SURNAME, sounds, size + 1);
}

static stemma_status add_acronym(struct block_list *list, const stm_name_tokens *tokens)
{
    static const char *const SMALL[] = {"a",  "and", "de", "des", "du",  "for",
                                        "in", "la",  "of", "on",  "the", "to"};
    char all[STM_NAME_TOKENS];
    char telling[STM_NAME_TOKENS];
    size_t all_size = 0;
    size_t telling_size = 0;
    for (uint32_t i = 0; i < tokens->count; i++) {
        stemma_text plain = tokens->tokens[i].plain;
        all[all_size++] = plain.data[0];
        if (!stm_name_in(SMALL, sizeof SMALL / sizeof SMALL[0], plain)) {
            telling[telling_size++] = plain.data[0];
        }
    }
    stemma_status status = STEMMA_OK;
    if (telling_size >= 2) {
        status = add_block(list, BLOCK_ACRONYM, telling, telling_size);
        if (status == STEMMA_OK && all_size != telling_size) {
            status = add_block(list, BLOCK_ACRONYM, all, all_size);
        }
    } else if (tokens->count == 1 && tokens->tokens[0].plain.size <= 8) {
        status = add_block(list, BLOCK_ACRONYM, tokens->tokens[0].plain.data,
                           tokens->tokens[0].plain.size);
    }
    return status;
}

/* Keeps what the name was taken apart into. */
static stemma_status keep_parts(struct block_list *list, stm_name_tokens *tokens)
{
    stm_name_prepare(tokens, (stemma_name_class)list->kind);
    void *room = stm_arena_alloc(list->arena, 1, stm_name_parts_size(tokens));
    if (room == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    list->parts[list->name] = stm_name_parts_make(tokens, room);
    return STEMMA_OK;
}

static stemma_status add_blocks(struct block_list *list, const struct stm_entity_name *name)
{
    stm_name_tokens tokens;
    stemma_status status = stm_name_split(&tokens, name->plain);
    if (status != STEMMA_OK || tokens.count == 0) {
        return STEMMA_OK;
    }
    if (name->kind != STEMMA_NAME_CLASS_PERSON) {
        status = add_block(list, BLOCK_PLAIN, name->plain.data, name->plain.size);
    }
    for (uint32_t i = 0; status == STEMMA_OK && i < tokens.count; i++) {
        if (tokens.tokens[i].plain.size >= 2 && (i < WORDS_END || i + WORDS_END >= tokens.count)) {
            status = add_sounds(list, tokens.tokens[i].plain);
        }
    }
    if (status == STEMMA_OK && name->kind == STEMMA_NAME_CLASS_PERSON && tokens.count > 1) {
        status = add_full_name(list, tokens.tokens[0].plain, tokens.tokens[tokens.count - 1].plain);
        if (status == STEMMA_OK) {
            status =
                add_full_name(list, tokens.tokens[tokens.count - 1].plain, tokens.tokens[0].plain);
        }
    }
    if (status == STEMMA_OK && name->kind == STEMMA_NAME_CLASS_ORGANIZATION) {
        status = add_acronym(list, &tokens);
    }
    return status == STEMMA_OK ? keep_parts(list, &tokens) : status;
}

static int compare_entries(const void *left, const void *right)
{
    const struct block_entry *a = left;
    const struct block_entry *b = right;
    if (a->block != b->block) {
        return a->block < b->block ? -1 : 1;
    }
    return (a->name > b->name) - (a->name < b->name);
}

static int compare_numbers(const void *left, const void *right)
{
    uint64_t a = *(const uint64_t *)left;
    uint64_t b = *(const uint64_t *)right;
    return (a > b) - (a < b);
}

/* The pairs of one block. A large block is a frequent word, which tells little: each of its names
   is compared with the next few only, and meets the others in other blocks. */
static stemma_status pair_block(const struct block_entry *entries, size_t count,
                                struct stm_arena *arena, uint64_t **pairs, size_t *pair_count,
                                size_t *capacity)
{
    size_t reach = count <= BLOCK_LIMIT ? count : 8;
    for (size_t i = 0; i < count; i++) {
        for (size_t j = i + 1; j < count && j <= i + reach; j++) {
            if (entries[i].name == entries[j].name) {
                continue;
            }
            stemma_status status =
                stm_arena_grow(arena, pairs, *pair_count, capacity, sizeof **pairs);
            if (status != STEMMA_OK) {
                return status;
            }
            (*pairs)[(*pair_count)++] = (uint64_t)entries[i].name << 32 | entries[j].name;
        }
    }
    return STEMMA_OK;
}

static int compare_scores(const void *left, const void *right)
{
    const struct stm_name_pair *a = left;
    const struct stm_name_pair *b = right;
    if (a->score != b->score) {
        return a->score > b->score ? -1 : 1;
    }
    if (a->left != b->left) {
        return a->left < b->left ? -1 : 1;
    }
    return (a->right > b->right) - (a->right < b->right);
}

/* "Kestrel" and "Kestrel Airways": an organisation by the first word of its name. */
static int is_short_form(const struct stm_entity_name *bare, const struct stm_entity_name *full)
{
    return bare->kind == STEMMA_NAME_CLASS_ORGANIZATION && bare->words == 1 && full->words > 1 &&
           !bare->generic && bare->plain.size >= 4 && bare->plain.size < full->plain.size &&
           full->plain.data[bare->plain.size] == ' ' &&
           memcmp(bare->plain.data, full->plain.data, bare->plain.size) == 0;
}

/* Two classes meet only under the very same name: an organisation that somebody took for a place.
 */
static uint32_t score_names(const struct stm_entity_name *a, const stm_name_parts *a_parts,
                            const struct stm_entity_name *b, const stm_name_parts *b_parts)
{
    if (a->kind == b->kind && a_parts != NULL && b_parts != NULL) {
        int first = stemma_text_compare(a->plain, b->plain) <= 0;
        uint32_t score = stm_name_parts_similarity(first ? a_parts : b_parts, first ? b_parts : a_parts,
                                                   (stemma_name_class)a->kind);
        return score < STM_BARE_LIKELY && (is_short_form(a, b) || is_short_form(b, a))
                   ? STM_BARE_LIKELY
                   : score;
    }
    if (a->kind == b->kind || a->kind == STEMMA_NAME_CLASS_PERSON || b->kind == STEMMA_NAME_CLASS_PERSON) {
        return 0;
    }
    return stemma_text_equal(a->plain, b->plain) ? 900 : 0;
}

/* A bare surname loses some of its score for what it leaves out: it may have less. */
static uint32_t least_score(const struct stm_entities *entities, const struct stm_name_pair *pair)
{
    const struct stm_entity_name *a = &entities->names[pair->left];
    const struct stm_entity_name *b = &entities->names[pair->right];
    int bare = a->kind == STEMMA_NAME_CLASS_PERSON ? (a->words == 1) != (b->words == 1)
                                                   : is_short_form(a, b) || is_short_form(b, a);
    return a->kind == b->kind && bare ? STM_BARE_LIKELY : STEMMA_NAME_LIKELY;
}

/* Pairs that threads score, piece by piece. */
struct scoring {
    const struct stm_entities *entities;
    const stm_name_parts *const *parts;
    const uint64_t *found;
    uint16_t *scores; /* of each pair; 0: too little, or the same pair again */
    size_t count;
    stm_memory *memory;
};

static void score_piece(void *context, size_t piece)
{
    struct scoring *scoring = context;
    size_t end = scoring->count - piece * PIECE < PIECE ? scoring->count : (piece + 1) * PIECE;
    stm_memory_check(scoring->memory);
    for (size_t i = piece * PIECE; i < end; i++) {
        uint64_t both = scoring->found[i];
        struct stm_name_pair pair = {(uint32_t)(both >> 32), (uint32_t)both, 0};
        if (i > 0 && both == scoring->found[i - 1]) {
            continue;
        }
        pair.score = score_names(&scoring->entities->names[pair.left], scoring->parts[pair.left],
                                 &scoring->entities->names[pair.right], scoring->parts[pair.right]);
        if (pair.score >= least_score(scoring->entities, &pair)) {
            scoring->scores[i] = (uint16_t)pair.score;
        }
    }
}

stemma_status stm_blocks_compare(const struct stm_entities *entities, unsigned jobs,
                                 struct stm_arena *arena, struct stm_name_pair **pairs,
                                 size_t *count)
{
    struct stm_arena scratch;
    stm_arena_init_in(&scratch, arena->memory);
    struct block_list list = {.arena = &scratch};
    list.parts = stm_arena_alloc(&scratch, entities->name_count, sizeof *list.parts);
    stemma_status status = list.parts != NULL ? STEMMA_OK : STEMMA_E_NO_MEMORY;
    for (uint32_t n = 0; status == STEMMA_OK && n < entities->name_count; n++) {
        list.name = n;
        list.kind = entities->names[n].kind;
        status = add_blocks(&list, &entities->names[n]);
    }
    if (status == STEMMA_OK && list.count != 0) {
        stm_memory_sort_hashed(arena->memory, list.entries, list.count, sizeof *list.entries,
                               compare_entries);
    }
    uint64_t *found = NULL;
    size_t found_count = 0;
    size_t capacity = 0;
    for (size_t i = 0; status == STEMMA_OK && i < list.count;) {
        size_t end = i;
        while (end < list.count && list.entries[end].block == list.entries[i].block) {
            end++;
        }
        status = pair_block(list.entries + i, end - i, &scratch, &found, &found_count, &capacity);
        i = end;
    }
    if (status == STEMMA_OK && found_count != 0) {
        stm_arena_sort(&scratch, found, found_count, sizeof *found, compare_numbers);
    }
    uint16_t *scores = stm_arena_alloc(&scratch, found_count, sizeof *scores);
    if (status == STEMMA_OK && scores == NULL) {
        status = STEMMA_E_NO_MEMORY;
    }
    if (status == STEMMA_OK) {
        struct scoring scoring = {entities, list.parts, found, scores, found_count, arena->memory};
        stm_parallel(jobs > 0 ? jobs : 1, (found_count + PIECE - 1) / PIECE, score_piece, &scoring);
    }
    *pairs = NULL;
    *count = 0;
    size_t kept_capacity = 0;
    for (size_t i = 0; status == STEMMA_OK && i < found_count; i++) {
        if (scores[i] == 0) {
            continue;
        }
        status = stm_arena_grow(arena, pairs, *count, &kept_capacity, sizeof **pairs);
        if (status == STEMMA_OK) {
            (*pairs)[*count].left = (uint32_t)(found[i] >> 32);
            (*pairs)[*count].right = (uint32_t)found[i];
            (*pairs)[(*count)++].score = scores[i];
        }
    }
    if (status == STEMMA_OK && *count != 0) {
        stm_arena_sort(arena, *pairs, *count, sizeof **pairs, compare_scores);
    }
    stm_arena_free(&scratch);
    return status;
}
