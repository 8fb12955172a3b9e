/* SPDX-License-Identifier: MIT */
/* A document with its testimony, copied as a whole. */
#ifndef STEMMA_PACK_DOCUMENT_COPY_H
#define STEMMA_PACK_DOCUMENT_COPY_H

#include "common/arena.h"
#include "stemma/testimony.h"

/* Makes `*to` a copy of `from` that points to nothing but the arena. STEMMA_E_NO_MEMORY. */
stemma_status stm_document_copy(struct stm_arena *arena, const stemma_document *from,
                                stemma_document *to);

#endif
