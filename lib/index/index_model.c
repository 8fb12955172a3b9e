/* SPDX-License-Identifier: MIT */
#include "index/index_model.h"

#include "vocabulary_record.h"

uint32_t stm_index_term(const stm_index *index, uint8_t kind, stemma_text name)
{
    stm_vocabulary vocabulary = {index->terms, index->term_count};
    uint32_t number = STEMMA_NONE;
    return stm_vocabulary_find(&vocabulary, kind, name, &number) ? number : STEMMA_NONE;
}
