/* SPDX-License-Identifier: MIT */
#include "find/find_gather.h"

#include "bits.h"
#include "base/error.h"
#include "find/find_exact.h"
#include "find/find_posting.h"
#include "index/index_names.h"

#define LIST_POSTINGS 1024u /* entities read of one list, the most mentioned ones first */
#define MOST_SHARED   4096u /* entities that have all words */

/* ---- The name itself ---------------------------------------------------------------------------
 */

stemma_status stm_find_gather_exact(stm_find *s, stemma_text name, stemma_text plain,
                                    stemma_error *error)
{
    stm_exact exact;
    uint32_t entity;
    stemma_status status = stm_exact_begin(&exact, s->snapshot, name, plain, error);
    while (status == STEMMA_OK) {
        status = stm_exact_next(&exact, &entity, error);
        if (status == STEMMA_OK) {
            stm_candidates_add(&s->candidates, entity, STM_WEIGHT_EXACT);
        }
    }
    return status == STEMMA_END ? STEMMA_OK : status;
}

/* ---- All of its words --------------------------------------------------------------------------
 */

/* Lists of the tokens of one word as if they were one list. */
typedef struct word_lists {
    stm_find_list lists[STM_FIND_TOKENS];
    uint32_t held[STM_FIND_TOKENS]; /* entity given out last and not passed yet */
    uint8_t state[STM_FIND_TOKENS]; /* 0 nothing held, 1 held, 2 at the end */
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

static int begins(stemma_text word, stemma_text with)
{
    return with.size <= word.size && memcmp(word.data, with.data, with.size) == 0;
}

/* How many words of the name the label has a word for that begins so: those of one letter, and the
   last one when it may be a beginning. */
static uint32_t beginnings(const stm_find *s, stemma_text label)
{
    uint32_t fitting = 0;
    for (uint32_t i = 0; i < s->word_count; i++) {
        stemma_text wanted = s->words[i].plain, word;
        int open = wanted.size == 1 || (s->asked.prefix && i + 1 == s->word_count);
        for (size_t at = 0; open && stm_key_word(label, &at, &word);) {
            if (begins(word, wanted)) {
                fitting++;
                break;
            }
        }
    }
    return fitting;
}

/* What speaks for an entity that has all words. */
static uint32_t weight_of(const stm_find *s, uint32_t entity)
{
    char bytes[STM_NAME_PLAIN_SIZE];
    stemma_text label, plain = {bytes, 0}, word;
    uint32_t count = 0;
    if (stm_label_arena_get(&s->snapshot->file->labels, entity, &label) != STEMMA_OK ||
        stm_name_fold(label, bytes, &plain.size) != STEMMA_OK) {
        return STM_WEIGHT_ALL_WORDS; /* found out when it is compared */
    }
    for (size_t at = 0; stm_key_word(plain, &at, &word);) {
        count++;
    }
    return STM_WEIGHT_ALL_WORDS + (count == s->word_count ? STM_WEIGHT_WHOLE : 0) +
           beginnings(s, plain) * STM_WEIGHT_WHOLE * 2;
}

/* Lists of common words are long, what they share is not: each in turn leaps to where another has
   come to, the rarest first. */
static stemma_status leap(stm_find *s, word_lists *words, uint32_t count, stemma_error *error)
{
    uint32_t entity = 0, agreed = 0, added = 0;
    uint32_t most = count == s->word_count && !s->asked.prefix ? LIST_POSTINGS : MOST_SHARED;
    stemma_status status = STEMMA_OK;
    for (uint32_t turn = 0; status == STEMMA_OK && added < most; turn = (turn + 1) % count) {
        uint32_t found = 0;
        status = seek_word(&words[turn], entity, &found, error);
        if (status != STEMMA_OK) {
            break;
        }
        agreed = found == entity && agreed != 0 ? agreed + 1 : 1;
        entity = found;
        if (agreed == count) {
            stm_candidates_add(&s->candidates, entity, weight_of(s, entity));
            added++;
            agreed = 0;
            entity++;
        }
    }
    return status < 0 ? status : STEMMA_OK;
}

/* Opens the lists of a word: those of its likeliest tokens. */
static stemma_status open_word(stm_find *s, word_lists *lists, const stm_find_word *word,
                               uint32_t most, stemma_error *error)
{
    stemma_status status = STEMMA_OK;
    while (lists->count < word->token_count && lists->count < most && status == STEMMA_OK) {
        stm_posting_cursor *cursor = stm_snapshot_alloc(s->snapshot, sizeof *cursor, error);
        status = cursor == NULL ? STEMMA_E_NO_MEMORY
                                : stm_find_list_open(&lists->lists[lists->count], s->snapshot,
                                                     cursor, word->tokens[lists->count].number,
                                                     error);
        lists->count += status == STEMMA_OK;
    }
    return status;
}

stemma_status stm_find_gather_all(stm_find *s, const stm_find_word *const *words, uint32_t count,
                                  stemma_error *error)
{
    const stm_find_word *order[STM_FIND_WORDS + 1];
    word_lists *lists;
    stm_mark mark = stm_snapshot_mark(s->snapshot);
    stemma_status status = STEMMA_OK;
    uint32_t opened = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t at = i;
        if (words[i]->token_count == 0) {
            return STEMMA_OK;
        }
        for (; at > 0 && order[at - 1]->entities > words[i]->entities; at--) {
            order[at] = order[at - 1];
        }
        order[at] = words[i];
    }
    lists = stm_snapshot_array(s->snapshot, count, sizeof *lists, error);
    if (lists == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    memset(lists, 0, count * sizeof *lists);
    for (; opened < count && status == STEMMA_OK; opened++) {
        status = open_word(s, &lists[opened], order[opened], STM_FIND_LISTS / count, error);
    }
    if (status == STEMMA_OK && count != 0) {
        status = leap(s, lists, count, error);
    }
    for (uint32_t i = 0; i < opened; i++) {
        for (uint32_t k = 0; k < lists[i].count; k++) {
            stm_find_list_close(&lists[i].lists[k]);
        }
    }
    stm_snapshot_rewind(s->snapshot, mark);
    return status;
}

stemma_status stm_find_gather_words(stm_find *s, stemma_error *error)
{
    const stm_find_word *words[STM_FIND_WORDS];
    uint32_t count = 0;
    for (uint32_t i = 0; i < s->word_count; i++) {
        if (s->words[i].plain.size > 1) {
            words[count++] = &s->words[i];
        }
    }
    if (count == 0) {
        for (uint32_t i = 0; i < s->word_count; i++) {
            words[count++] = &s->words[i];
        }
    }
    return stm_find_gather_all(s, words, count, error);
}

stemma_status stm_find_gather_sure(stm_find *s, stemma_error *error)
{
    stemma_status status = stm_find_gather_exact(s, s->asked.name, s->plain, error);
    return status == STEMMA_OK ? stm_find_gather_words(s, error) : status;
}

/* ---- Any of its words --------------------------------------------------------------------------
 */

stemma_status stm_find_gather_list(stm_find *s, uint32_t token, uint32_t weight, uint32_t most,
                                   stemma_error *error)
{
    stm_posting_cursor cursor;
    stm_find_list list;
    uint32_t entity = 0;
    stemma_status status = stm_find_list_open(&list, s->snapshot, &cursor, token, error);
    if (status != STEMMA_OK) {
        return status;
    }
    for (uint32_t i = 0; i < most; i++) {
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
        for (uint32_t k = 0; status == STEMMA_OK && k < word->token_count; k++) {
            const stm_find_token *token = &word->tokens[k];
            if (token->sounds && token->count != 0) {
                uint32_t weight = stm_bits_width(s->entities / word->entities) + 1u;
                if (token->score == 1000) { /* not only the same sound, but the same word */
                    weight += stm_bits_width(s->entities / token->count) + 1u;
                }
                status = stm_find_gather_list(s, token->number, weight, LIST_POSTINGS, error);
            }
        }
    }
    return status;
}
