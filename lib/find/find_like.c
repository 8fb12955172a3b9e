/* SPDX-License-Identifier: MIT */
/* Misspelt names: which tokens of the file are like the words asked for, and who has them. Grams
   lead to tokens, and each token is compared once however many entities have it. */
#include "find/find_gather.h"

#include <stdlib.h>

#include "base/error.h"
#include "find/find_posting.h"
#include "index/index_names.h"

#define GRAMS         32u     /* of a word that are looked up, the rarest first */
#define GRAM_POSTINGS 20000u  /* tokens read of one gram's list */
#define SCORED        64u     /* tokens compared with one word, those with most grams first */
#define LEAST_SCORE   300u    /* of a token that is like a word */
#define LIST_POSTINGS 4096u   /* entities read of one token's list ... */
#define PROBES        200000u /* ... and of all of them */

typedef struct gram {
    stm_list_key key;
    uint64_t count;
} gram;

typedef struct gram_set {
    gram grams[GRAMS];
    uint32_t count;
} gram_set;

static stemma_status take_gram(void *context, stemma_text text)
{
    gram_set *set = context;
    stm_list_key key;
    if (set->count == GRAMS || stm_list_key_text(&key, text) != STEMMA_OK) {
        return STEMMA_OK;
    }
    for (uint32_t i = 0; i < set->count; i++) {
        if (set->grams[i].key.size == key.size &&
            memcmp(set->grams[i].key.data, key.data, key.size) == 0) {
            return STEMMA_OK;
        }
    }
    set->grams[set->count].key = key;
    set->grams[set->count++].count = 0;
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

static stemma_status gram_failed(stemma_error *error)
{
    return stm_damaged(error, STM_TABLE_GRAM, 0, "POSTING_VALUE");
}

/* Counts for each token of the file how many of the grams it has. */
static stemma_status gather_grams(stm_find *s, gram_set *set, stemma_error *error)
{
    uint32_t tokens = s->snapshot->file->tokens.count;
    stm_posting_cursor cursor;
    stm_posting_source source;
    stemma_status status = stm_snapshot_source(s->snapshot, STM_TABLE_GRAM, &source, error);
    if (status != STEMMA_OK) {
        return status;
    }
    for (uint32_t i = 0; status == STEMMA_OK && i < set->count; i++) {
        gram *one = &set->grams[i];
        status = stm_posting_count(&source, stm_list_key_bytes(&one->key), &one->count);
    }
    qsort(set->grams, set->count, sizeof set->grams[0], by_count);
    for (uint32_t i = 0; status == STEMMA_OK && i < set->count; i++) {
        uint32_t token;
        status = stm_posting_cursor_open(&cursor, &source, stm_list_key_bytes(&set->grams[i].key),
                                         tokens);
        for (uint32_t k = 0; status == STEMMA_OK && k < GRAM_POSTINGS; k++) {
            status = stm_posting_cursor_next(&cursor, &token, NULL);
            if (status == STEMMA_OK) {
                stm_candidates_add(&s->candidates, token, 1);
            }
        }
        status = status == STEMMA_END ? STEMMA_OK : status;
    }
    stm_snapshot_source_return(&source);
    return status == STEMMA_OK ? STEMMA_OK : gram_failed(error);
}

static uint32_t letters_of(stemma_text text)
{
    uint32_t count = 0;
    for (size_t i = 0; i < text.size; i++) {
        count += ((uint8_t)text.data[i] & 0xc0) != 0x80;
    }
    return count;
}

/* 0..1000, by edits or by shared grams, whichever speaks more for the two. */
static uint32_t likeness(stemma_text word, stemma_text token, uint32_t shared)
{
    uint32_t edits = stemma_name_token_similarity(word, token);
    uint32_t grams = 2000u * shared / (letters_of(word) + letters_of(token));
    uint32_t score = edits > grams ? edits : grams;
    return score > 1000 ? 1000 : score;
}

/* Keeps the likest tokens. */
static void keep_like(stm_find_token *list, uint32_t *count, const stm_find_token *token)
{
    uint32_t at = *count;
    while (at > 0 && list[at - 1].score < token->score) {
        at--;
    }
    if (at == STM_FIND_LIKE) {
        return;
    }
    *count += *count < STM_FIND_LIKE;
    memmove(list + at + 1, list + at, (*count - at - 1u) * sizeof *list);
    list[at] = *token;
}

static stemma_status find_like(stm_find *s, stemma_text word, stm_find_token *list, uint32_t *count,
                               stemma_error *error)
{
    gram_set set = {.count = 0};
    stm_candidates_clear(&s->candidates);
    (void)stm_grams(word, take_gram, &set); /* take_gram never fails */
    stemma_status status = gather_grams(s, &set, error);
    stm_candidates_sort(&s->candidates);
    for (uint32_t i = 0; status == STEMMA_OK && i < s->candidates.count && i < SCORED; i++) {
        const stm_candidate *one = &s->candidates.list[i];
        char bytes[STM_TOKEN_LIMIT];
        stemma_text text = {bytes, 0};
        if (stm_token_list_get(&s->snapshot->file->tokens, one->entity, bytes, &text.size) !=
                STEMMA_OK ||
            text.size == 0) {
            return stm_damaged(error, STM_TABLE_TOKEN, one->entity, "TOKEN");
        }
        stm_find_token token = {one->entity, (uint16_t)likeness(word, text, one->weight), 0, 0};
        if (token.score >= LEAST_SCORE) {
            keep_like(list, count, &token);
        }
    }
    return status;
}

/* ---- Who has them ------------------------------------------------------------------------------
 */

typedef struct like_list {
    uint32_t token;
    uint32_t weight;
    uint64_t count;
} like_list;

static int rarest_first(const void *left, const void *right)
{
    const like_list *a = left, *b = right;
    if (a->count != b->count) {
        return a->count < b->count ? -1 : 1;
    }
    return (a->token > b->token) - (a->token < b->token);
}

static int by_number(const void *left, const void *right)
{
    const uint32_t *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

/* Adds the first entities of a list; of a long one also those that rarer words led to. */
static stemma_status gather_list(stm_find *s, const like_list *like, uint32_t *probes,
                                 stemma_error *error)
{
    stm_posting_cursor cursor;
    stm_find_list list;
    uint32_t entity = 0, known = 0;
    uint32_t *numbers = NULL;
    stm_mark mark = stm_snapshot_mark(s->snapshot);
    if (like->count > LIST_POSTINGS) {
        known = s->candidates.count;
        numbers = stm_snapshot_array(s->snapshot, known, sizeof *numbers, error);
        if (numbers == NULL) {
            return STEMMA_E_NO_MEMORY;
        }
        for (uint32_t i = 0; i < known; i++) {
            numbers[i] = s->candidates.list[i].entity;
        }
        qsort(numbers, known, sizeof *numbers, by_number);
    }
    stemma_status status =
        stm_find_list_open(&list, s->snapshot, &cursor, like->token, error);
    if (status != STEMMA_OK) {
        return status;
    }
    for (uint32_t i = 0; status == STEMMA_OK && i < LIST_POSTINGS && *probes < PROBES; i++) {
        status = stm_find_list_next(&list, &entity, error);
        if (status == STEMMA_OK) {
            stm_candidates_add(&s->candidates, entity, like->weight);
            ++*probes;
        }
    }
    uint32_t last = entity;
    for (uint32_t i = 0; status == STEMMA_OK && i < known && *probes < PROBES; i++) {
        if (entity < numbers[i]) {
            status = stm_find_list_seek(&list, numbers[i], &entity, error);
            ++*probes;
        }
        if (status == STEMMA_OK && entity == numbers[i] && entity != last) {
            stm_candidates_add(&s->candidates, entity, like->weight);
        }
    }
    stm_find_list_close(&list);
    stm_snapshot_rewind(s->snapshot, mark);
    return status < 0 ? status : STEMMA_OK;
}

stemma_status stm_find_gather_like(stm_find *s, uint32_t *least, stemma_error *error)
{
    like_list lists[STM_FIND_WORDS * STM_FIND_LIKE];
    uint32_t count = 0, letters = 0, probes = 0;
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 0; status == STEMMA_OK && i < s->word_count; i++) {
        stm_find_token tokens[STM_FIND_LIKE];
        uint32_t found = 0, size = letters_of(s->words[i].plain);
        letters += size;
        status = find_like(s, s->words[i].plain, tokens, &found, error);
        for (uint32_t k = 0; status == STEMMA_OK && k < found; k++) {
            like_list *list = &lists[count++];
            list->token = tokens[k].number;
            list->weight = (uint32_t)tokens[k].score * size / 10u + 1u;
            status = stm_find_count(s->snapshot, list->token, &list->count, error);
        }
    }
    stm_candidates_clear(&s->candidates); /* they were tokens */
    if (status == STEMMA_OK && count > 1) {
        qsort(lists, count, sizeof lists[0], rarest_first);
    }
    for (uint32_t i = 0; status == STEMMA_OK && i < count; i++) {
        status = gather_list(s, &lists[i], &probes, error);
    }
    *least = letters * 20u; /* a slip of the pen leaves a fifth of a name at the least */
    return status;
}
