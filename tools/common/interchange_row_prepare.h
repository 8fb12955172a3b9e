/* SPDX-License-Identifier: MIT */
/* What has to be there before rows can be put together, shared out among the threads that are going to. */
#ifndef STEMMA_TOOLS_INTERCHANGE_ROW_PREPARE_H
#define STEMMA_TOOLS_INTERCHANGE_ROW_PREPARE_H

#include <pthread.h>
#include <stdatomic.h>

#include "common/interchange_row.h"
#include "common/interchange_row_text.h"

struct stm_row_preparation {
    struct stm_row_actors *actors;
    const stemma_document *document;
    struct stm_rows_before before;
    uint32_t parts;    /* of the actors */
    atomic_uint next;  /* step that nobody has: what is before, the parts, and positions at last */
    atomic_bool built; /* there was memory, up to now */
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    uint32_t quoted; /* parts that are done; what follows is guarded, too */
    uint32_t done;   /* steps */
    stemma_status status;
};

/* `actors` is made from the document, and to be freed whatever comes of it. */
void stm_row_preparation_begin(struct stm_row_preparation *preparation, struct stm_row_actors *actors,
                               const stemma_document *document, const struct stm_rows_before *before);

/* Takes part, and returns when all is done: true when it is well. Each thread calls it once. */
bool stm_row_preparation_help(struct stm_row_preparation *preparation);

/* No thread takes part any more. What the caller's function returned; `*built` tells whether there was memory
   for the actors. */
stemma_status stm_row_preparation_end(struct stm_row_preparation *preparation, bool *built);

#endif
