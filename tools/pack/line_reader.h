/* SPDX-License-Identifier: MIT */
/* Lines of a stream, each bounded in length: no input can make the reader grow beyond the bound. */
#ifndef STEMMA_PACK_LINE_READER_H
#define STEMMA_PACK_LINE_READER_H

#include <stdbool.h>
#include <stdio.h>

#include "stemma/status.h"
#include "stemma/types.h"

struct stm_line_reader {
    FILE *file;      /* borrowed */
    char *buffer;    /* owned */
    size_t filled;   /* bytes in the buffer */
    size_t used;     /* of them, handed out */
    size_t capacity;
    size_t limit;    /* most bytes of a line */
    uint64_t number; /* of the line handed out last, from 1 */
    bool ended;
};

void stm_line_reader_init(struct stm_line_reader *reader, FILE *file, size_t limit);
void stm_line_reader_free(struct stm_line_reader *reader);

/* The next line without its line feed; the view lives until the next call. STEMMA_OK; STEMMA_END;
   STEMMA_E_LIMIT for a line beyond the limit, which is skipped (call again for the next one);
   STEMMA_E_SYSTEM with errno; STEMMA_E_NO_MEMORY. */
stemma_status stm_line_reader_next(struct stm_line_reader *reader, stemma_text *line);

#endif
