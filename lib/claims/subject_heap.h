/* SPDX-License-Identifier: MIT */
/* The heaps of a ranking of subjects. */
#ifndef STEMMA_LIB_SUBJECT_HEAP_H
#define STEMMA_LIB_SUBJECT_HEAP_H

#include "claims/subject_ranking.h"

/* Puts `count` subjects in order: the greatest first, then the lesser number. */
void stm_heap_make(bool by_documents, stm_ranked_subject *heap, uint32_t count);

/* The greatest subject of both heaps; events before entities. False when they are empty. */
bool stm_heap_top(const stm_subject_ranking *ranking, stemma_reference *subject,
                  stm_ranked_subject *bound);

#endif
