/* SPDX-License-Identifier: MIT */
/* Text that grows while it is put together, and then belongs to the snapshot. The first failed
   allocation latches: later calls do nothing, stm_words_end() tells it. */
#ifndef STEMMA_LIB_WORDS_H
#define STEMMA_LIB_WORDS_H

#include "file/snapshot.h"

/* {0} is empty. */
typedef struct stm_words {
    char *data; /* owned */
    size_t size;
    size_t capacity;
    bool failed;
} stm_words;

void stm_words_free(stm_words *words);

void stm_words_add(stm_words *words, stemma_text text);
void stm_words_add_string(stm_words *words, const char *string);
void stm_words_add_number(stm_words *words, const char *before, uint32_t number,
                          const char *after);

static inline stemma_text stm_words_text(const stm_words *words)
{
    stemma_text text = {words->data, words->size};
    return text;
}

/* Gives the text to the snapshot's memory, unless `status` is an error, and frees the words either
   way. Returns `status`, or STEMMA_E_NO_MEMORY. */
stemma_status stm_words_end(stm_words *words, stemma_snapshot *snapshot, stemma_status status,
                            stemma_text *out, stemma_error *error);

#endif
