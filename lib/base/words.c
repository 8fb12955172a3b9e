/* SPDX-License-Identifier: MIT */
#include "base/words.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/grow.h"

void stm_words_free(stm_words *words)
{
    free(words->data);
    *words = (stm_words){NULL, 0, 0, false};
}

void stm_words_add(stm_words *words, stemma_text text)
{
    if (words->failed || text.size == 0) {
        return;
    }
    char *data = text.size < SIZE_MAX / 2 - words->size
                     ? stm_grow(words->data, &words->capacity, words->size + text.size, 1)
                     : NULL;
    if (data == NULL) {
        words->failed = true;
        return;
    }
    memcpy(data + words->size, text.data, text.size);
    words->data = data;
    words->size += text.size;
}

void stm_words_add_string(stm_words *words, const char *string)
{
    stm_words_add(words, stemma_text_of(string));
}

void stm_words_add_number(stm_words *words, const char *before, uint32_t number, const char *after)
{
    char digits[16];
    snprintf(digits, sizeof digits, "%u", number);
    stm_words_add_string(words, before);
    stm_words_add_string(words, digits);
    stm_words_add_string(words, after);
}

stemma_status stm_words_end(stm_words *words, stemma_snapshot *snapshot, stemma_status status,
                            stemma_text *out, stemma_error *error)
{
    if (words->failed && status >= 0) {
        status = stm_fail(error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "",
                          "The system refused memory");
    }
    if (status == STEMMA_OK) {
        char *copy = stm_snapshot_alloc(snapshot, words->size, error);
        if (copy == NULL) {
            status = STEMMA_E_NO_MEMORY;
        } else {
            if (words->size != 0) {
                memcpy(copy, words->data, words->size);
            }
            *out = (stemma_text){copy, words->size};
        }
    }
    stm_words_free(words);
    return status;
}
