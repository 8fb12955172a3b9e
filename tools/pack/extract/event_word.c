/* SPDX-License-Identifier: MIT */
#include "pack/extract/event_word.h"

int stm_token_is_any(const struct stm_annotation *ann, uint32_t token, const char *const *words,
                     size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (stm_ann_is(ann, token, words[i])) {
            return 1;
        }
    }
    return 0;
}

int stm_lemma_is_any(const struct stm_annotation *ann, uint32_t token, const char *const *lemmas,
                     size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (stm_ann_has_lemma(ann, token, lemmas[i])) {
            return 1;
        }
    }
    return 0;
}
