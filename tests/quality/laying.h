/* SPDX-License-Identifier: MIT */
/* What the scorers that lay gold mentions into the reader have in common. */
#ifndef STEMMA_QUALITY_LAYING_H
#define STEMMA_QUALITY_LAYING_H

#include "pack/extract/annotation.h"

/* Zeroed memory, at least one element; ends the program when there is none. The caller frees it. */
void *laying_make(size_t count, size_t size);

/* Ends the program, saying `what` failed, unless the status is STEMMA_OK. */
void laying_must(stemma_status status, const char *what);

/* The first token that ends after `byte`. */
uint32_t laying_token_at(const struct stm_annotation *ann, uint32_t byte);

#endif
