/* SPDX-License-Identifier: MIT */
/* A document with its testimony, copied as a whole. */
#ifndef STEMMA_PACK_DOCUMENT_COPY_H
#define STEMMA_PACK_DOCUMENT_COPY_H

#include "common/arena.h"
#include "stemma/testimony.h"

#define STM_TERMS_HELD 1024u

/* Types and predicates that were copied, to be used again: few are used everywhere, and what
   compares them all over a corpus should find them near each other. Begins as {0}. */
struct stm_term_copies {
    stemma_text held[STM_TERMS_HELD];
};

/* Gives `to` copies of what was read from its text: sentences and testimony of `from`. Terms are not shared. Nothing
   of `to` changes on STEMMA_E_NO_MEMORY. */
stemma_status stm_document_copy_read(struct stm_arena *arena, const stemma_document *from,
                                     stemma_document *to);

/* Makes `*to` a copy of `from` that points to nothing but the arena, in which those of `terms` lie,
   too. STEMMA_E_NO_MEMORY. */
stemma_status stm_document_copy(struct stm_arena *arena, struct stm_term_copies *terms,
                                const stemma_document *from, stemma_document *to);

#endif
