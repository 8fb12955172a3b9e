/* SPDX-License-Identifier: MIT */
#include "find_gather.h"

#include "bits.h"
#include "error.h"
#include "find_exact.h"
#include "find_posting.h"
#include "index_names.h"

#define LIST_POSTINGS 1024u /* entities read of one list, the most mentioned ones first */

/* What speaks for a candidate. A shared word speaks the more the rarer it is. */
#define WEIGHT_EXACT     1000000u
#define WEIGHT_WHOLE     100000u
#define WEIGHT_ALL_WORDS 10000u

/* ---- Words -------------------------------------------------------------------------------------
 */

/* Keeps the likest tokens of a word. */
static void keep_same(stm_find_word *word, const stm_find_token *token)
{
    uint32_t at = word->same_count;
    while (at > 0 && word->same[at - 1].score < token->score) {
        at--;
    }
    if (at == STM_FIND_SAME) {
        return;
    }
    word->same_count += word->same_count < STM_FIND_SAME;
    memmove(word->same + at + 1, word->same + at,
            (word->same_count - at - 1u) * sizeof word->same[0]);
    word->same[at] = *token;
}

/* Tokens whose folding key is that of the word. */
static stemma_status find_same(stm_find *s, stm_find_word *word, stemma_error *error)
{
    const stemma_file *file = s->snapshot->file;
    char key_bytes[2 * STM_NAME_PLAIN_SIZE], other_bytes[2 * STM_NAME_PLAIN_SIZE];
    stemma_text key = {key_bytes, stm_name_key_token(word->plain, key_bytes)};
    stm_label_hits hits;
    uint32_t number;
    if (stm_label_hash_find(&file->sounds, stm_label_hash(key), &hits) != STEMMA_OK) {
        return stm_damaged(error, STM_TABLE_TOKEN, 0, "TOKEN");
    }
    for (uint32_t i = 0; i < STM_FIND_EXACT_PAIRS && stm_label_hits_next(&hits, &number); i++) {
        char bytes[STM_TOKEN_LIMIT];
        stemma_text text = {bytes, 0};
        if (stm_token_list_get(&file->tokens, number, bytes, &text.size) != STEMMA_OK) {
            return stm_damaged(error, STM_TABLE_TOKEN, number, "TOKEN");
        }
        stemma_text other = {other_bytes, stm_name_key_token(text, other_bytes)};
        if (stemma_text_equal(key, other)) {
            stm_find_token token = {number, 1000, 0};
            if (!stemma_text_equal(text, word->plain)) {
                token.score = stemma_name_token_similarity(word->plain, text);
                token.score = token.score > 999 ? 999 : token.score;
            }
            keep_same(word, &token);
        }
    }
    for (uint32_t i = 0; i < word->same_count; i++) {
        stemma_status status =
            stm_find_count(s->snapshot, word->same[i].number, &word->same[i].count, error);
        if (status != STEMMA_OK) {
            return status;
        }
        word->entities += word->same[i].count;
    }
    return STEMMA_OK;
}

stemma_status stm_find_words(stm_find *s, stemma_error *error)
{
    stemma_status status = STEMMA_OK;
    stemma_text plain;
    s->word_count = 0;
    for (size_t at = 0; status == STEMMA_OK && s->word_count < STM_FIND_WORDS &&
                        stm_key_word(s->plain, &at, &plain);) {
        stm_find_word *word = &s->words[s->word_count++];
        memset(word, 0, sizeof *word);
        word->plain = plain;
        status = find_same(s, word, error);
    }
    return status;
}

/* ---- The name itself ---------------------------------------------------------------------------
 */

static stemma_status gather_exact(stm_find *s, stemma_error *error)
{
    stm_exact exact;
    uint32_t entity;
    stemma_status status = stm_exact_begin(&exact, s->snapshot, s->name, s->plain, error);
    while (status == STEMMA_OK) {
        status = stm_exact_next(&exact, &entity, error);
        if (status == STEMMA_OK) {
            stm_candidates_add(&s->candidates, entity, WEIGHT_EXACT);
        }
    }
    return status == STEMMA_END ? STEMMA_OK : status;
}

/* ---- All of its words --------------------------------------------------------------------------
 */

/* Lists of the tokens of one word as if they were one list. */
typedef struct word_lists {
    stm_find_list lists[STM_FIND_SAME];
    uint32_t held[STM_FIND_SAME]; /* entity given out last and not passed yet */
    uint8_t state[STM_FIND_SAME]; /* 0 nothing held, 1 held, 2 at the end */
    uint32_t count;
} word_lists;

/* The first entity not below `entity` that has the word. STEMMA_END. */
static stemma_status seek_word(word_lists *word, uint32_t entity, uint32_t *found,
                               stemma_error *error)
{
    int any = 0;
    for (uint32_t i = 0; i < word->count; i++) {
        if (word->state[i] == 0 || (word->state[i] == 1 && word->held[i] < entity)) {
            stemma_status status =
                stm_find_list_seek(&word->lists[i], entity, &word->held[i], error);
            if (status < 0) {
                return status;
            }
            word->state[i] = status == STEMMA_OK ? 1 : 2;
        }
        if (word->state[i] == 1 && (!any || word->held[i] < *found)) {
            *found = word->held[i];
            any = 1;
        }
    }
    return any ? STEMMA_OK : STEMMA_END;
}

/* Whether the entity's label has as many words as the name: then it has no others. */
static int has_as_many_words(stm_find *s, uint32_t entity)
{
    char bytes[STM_NAME_PLAIN_SIZE];
    stemma_text label, plain = {bytes, 0}, word;
    uint32_t count = 0;
    if (stm_label_arena_get(&s->snapshot->file->labels, entity, &label) != STEMMA_OK ||
        stm_name_fold(label, bytes, &plain.size) != STEMMA_OK) {
        return 0; /* found out when it is compared */
    }
    for (size_t at = 0; stm_key_word(plain, &at, &word);) {
        count++;
    }
    return count == s->word_count;
}

/* Lists of common words are long, what they share is not: each in turn leaps to where another has
   come to, the rarest first. */
static stemma_status leap(stm_find *s, word_lists *words, uint32_t count, stemma_error *error)
{
    uint32_t entity = 0, agreed = 0, added = 0;
    stemma_status status = STEMMA_OK;
    for (uint32_t turn = 0; status == STEMMA_OK && added < LIST_POSTINGS;
         turn = (turn + 1) % count) {
        uint32_t found = 0;
        status = seek_word(&words[turn], entity, &found, error);
        if (status != STEMMA_OK) {
            break;
        }
        agreed = found == entity && agreed != 0 ? agreed + 1 : 1;
        entity = found;
        if (agreed == count) {
            stm_candidates_add(&s->candidates, entity,
                               has_as_many_words(s, entity) ? WEIGHT_WHOLE : WEIGHT_ALL_WORDS);
            added++;
            agreed = 0;
            entity++;
        }
    }
    return status < 0 ? status : STEMMA_OK;
}

static stemma_status gather_all_words(stm_find *s, stemma_error *error)
{
    const stm_find_word *order[STM_FIND_WORDS];
    word_lists words[STM_FIND_WORDS];
    uint32_t opened = 0, next = 0;
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 0; i < s->word_count; i++) {
        uint32_t at = i;
        if (s->words[i].same_count == 0) {
            return STEMMA_OK;
        }
        for (; at > 0 && order[at - 1]->entities > s->words[i].entities; at--) {
            order[at] = order[at - 1];
        }
        order[at] = &s->words[i];
    }
    memset(words, 0, sizeof words);
    for (; opened < s->word_count && status == STEMMA_OK; opened++) {
        word_lists *word = &words[opened];
        while (word->count < order[opened]->same_count && status == STEMMA_OK) {
            status = stm_find_list_open(&word->lists[word->count], s->snapshot, &s->cursors[next++],
                                        order[opened]->same[word->count].number, error);
            word->count += status == STEMMA_OK;
        }
    }
    if (status == STEMMA_OK && s->word_count != 0) {
        status = leap(s, words, s->word_count, error);
    }
    for (uint32_t i = 0; i < opened; i++) {
        for (uint32_t k = 0; k < words[i].count; k++) {
            stm_find_list_close(&words[i].lists[k]);
        }
    }
    return status;
}

stemma_status stm_find_gather_sure(stm_find *s, stemma_error *error)
{
    stemma_status status = gather_exact(s, error);
    return status == STEMMA_OK ? gather_all_words(s, error) : status;
}

/* ---- Any of its words --------------------------------------------------------------------------
 */

/* Adds the first entities of one list. */
static stemma_status gather_list(stm_find *s, uint32_t token, uint32_t weight, stemma_error *error)
{
    stm_find_list list;
    uint32_t entity = 0;
    stemma_status status = stm_find_list_open(&list, s->snapshot, &s->cursors[0], token, error);
    if (status != STEMMA_OK) {
        return status;
    }
    for (uint32_t i = 0; i < LIST_POSTINGS; i++) {
        status = stm_find_list_next(&list, &entity, error);
        if (status != STEMMA_OK) {
            break;
        }
        stm_candidates_add(&s->candidates, entity, weight);
    }
    stm_find_list_close(&list);
    return status < 0 ? status : STEMMA_OK;
}

stemma_status stm_find_gather_tokens(stm_find *s, stemma_error *error)
{
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 0; i < s->word_count; i++) {
        const stm_find_word *word = &s->words[i];
        for (uint32_t k = 0; status == STEMMA_OK && k < word->same_count; k++) {
            const stm_find_token *token = &word->same[k];
            if (token->count != 0) {
                uint32_t weight = stm_bits_width(s->entities / word->entities) + 1u;
                if (token->score == 1000) { /* not only the same sound, but the same word */
                    weight += stm_bits_width(s->entities / token->count) + 1u;
                }
                status = gather_list(s, token->number, weight, error);
            }
        }
    }
    return status;
}
