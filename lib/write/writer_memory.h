/* SPDX-License-Identifier: MIT */
/* The memory of a writer, for programs that put what they give it together in the same budget. */
#ifndef STEMMA_LIB_WRITER_MEMORY_H
#define STEMMA_LIB_WRITER_MEMORY_H

#include "base/memory.h"
#include "stemma/write.h"

/* Lives as long as the writer. */
stm_memory *stm_writer_memory(const stemma_writer *writer);

#endif
