/* SPDX-License-Identifier: MIT */
/* Which tokens of the file a word that was asked for may be. */
#include "base/error.h"
#include "find/find_exact.h"
#include "find/find_gather.h"
#include "find/find_posting.h"
#include "index/index_names.h"

#define MOST_LIKE 940u /* of a token that is not the word's own */

void stm_find_token_add(stm_find_word *word, uint32_t number, uint32_t score, uint8_t sounds)
{
    uint32_t at = word->token_count;
    uint32_t room = sounds ? STM_FIND_SAME : STM_FIND_TOKENS;
    for (uint32_t i = 0; i < word->token_count; i++) {
        if (word->tokens[i].number == number) {
            return;
        }
    }
    while (at > 0 && word->tokens[at - 1].score < score) {
        at--;
    }
    if (at >= room) {
        return;
    }
    word->token_count += word->token_count < room;
    memmove(word->tokens + at + 1, word->tokens + at,
            (word->token_count - at - 1u) * sizeof word->tokens[0]);
    word->tokens[at] = (stm_find_token){number, (uint16_t)score, sounds, UINT64_MAX};
}

stemma_status stm_find_spelling(stm_find *s, stm_find_word *word, stemma_text spelling,
                                uint32_t score, stemma_error *error)
{
    const stemma_file *file = s->snapshot->file;
    char key_bytes[2 * STM_NAME_PLAIN_SIZE], other_bytes[2 * STM_NAME_PLAIN_SIZE];
    stemma_text key = {key_bytes, stm_name_key_token(spelling, key_bytes)};
    stm_label_hits hits;
    uint32_t number;
    int own = stemma_text_equal(spelling, word->plain);
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
        if (!stemma_text_equal(key, other)) {
            continue;
        }
        uint32_t likely = score != 0 ? score : stemma_name_token_similarity(word->plain, text);
        if (own) {
            likely = stemma_text_equal(text, word->plain) ? 1000 : likely > 999 ? 999 : likely;
        } else {
            likely = likely > MOST_LIKE ? MOST_LIKE : likely;
        }
        stm_find_token_add(word, number, likely, (uint8_t)own);
    }
    return STEMMA_OK;
}

stemma_status stm_find_weigh(stm_find *s, stm_find_word *word, stemma_error *error)
{
    word->entities = 0;
    for (uint32_t i = 0; i < word->token_count; i++) {
        stm_find_token *token = &word->tokens[i];
        if (token->count == UINT64_MAX) {
            stemma_status status = stm_find_count(s->snapshot, token->number, &token->count, error);
            if (status != STEMMA_OK) {
                return status;
            }
        }
        word->entities += token->count;
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
        status = stm_find_spelling(s, word, plain, 0, error);
        if (status == STEMMA_OK) {
            status = stm_find_weigh(s, word, error);
        }
    }
    return status;
}

stemma_status stm_find_range(stm_find *s, stemma_text prefix, uint32_t *first, uint32_t *end,
                             stemma_error *error)
{
    char beyond[STM_NAME_PLAIN_SIZE + 1];
    int same;
    const stm_token_list *list = &s->snapshot->file->tokens;
    memcpy(beyond, prefix.data, prefix.size);
    beyond[prefix.size] = (char)0xff; /* no text has such a byte */
    stemma_text after = {beyond, prefix.size + 1};
    if (stm_token_list_find(list, prefix, first, &same) != STEMMA_OK ||
        stm_token_list_find(list, after, end, &same) != STEMMA_OK || *end < *first) {
        return stm_damaged(error, STM_TABLE_TOKEN, 0, "TOKEN");
    }
    return STEMMA_OK;
}
