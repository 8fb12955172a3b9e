/* SPDX-License-Identifier: MIT */
/* Lines that several threads make, written in order.
 *
 * There are slices of them. Whoever has the slice whose turn it is writes as it goes; the others fill buffers, leave
 * them behind and go on with new ones, and who wrote a slice writes what was left behind it. So the output is what one
 * thread would have written, and memory is bounded by some slices. */
#ifndef STEMMA_TOOLS_ORDERED_H
#define STEMMA_TOOLS_ORDERED_H

#include <pthread.h>
#include <stdatomic.h>

#include "common/interchange_row_text.h"

#define STM_ORDERED_JOBS 8u /* beyond, writing is the bottleneck */
#define STM_ORDERED_LEFT 64u

/* Bytes that are written out as soon as it is their turn. */
#define STM_ORDERED_ENOUGH ((size_t)1 << 18)

/* A slice that waits for its turn. */
struct stm_ordered_left {
    bool there;
    char *buffer;
    size_t used;
    size_t capacity;
    stemma_status status;
    stemma_error error;
};

struct stm_ordered {
    stm_json *json; /* of the worker whose turn it is */
    uint32_t slices;
    uint32_t most_left; /* slices that wait, while an output is slow */
    atomic_uint next;   /* slice that nobody has */
    pthread_mutex_t mutex;
    pthread_cond_t changed; /* the turn, to what somebody waits for */
    uint32_t awaited;       /* the first turn that somebody waits for, or UINT32_MAX */
    uint32_t turn;          /* slice to be written; what follows is guarded, too */
    stemma_status status;
    stemma_error error;
    int reason; /* errno of an output that failed, which each thread has its own of */
    struct stm_ordered_left left[STM_ORDERED_LEFT];  /* slice n at n modulo most_left */
    struct stm_ordered_left spare[STM_ORDERED_LEFT]; /* buffers for others to use */
    uint32_t spares;
};

struct stm_ordered_worker {
    struct stm_ordered *ordered;
    /* Puts the lines of worker->slice into worker->text, and lets them out by stm_ordered_relieve() now and then. On
       failure those that are there are whole, too, unless the status is STEMMA_E_NO_MEMORY. */
    stemma_status (*put)(struct stm_ordered_worker *worker, stemma_error *error);
    struct stm_row_text *text;
    uint32_t slice;
    bool has_turn;
};

/* `jobs` of 1 to STM_ORDERED_JOBS threads will work. */
void stm_ordered_begin(struct stm_ordered *ordered, stm_json *json, uint32_t slices, unsigned jobs);

/* All threads have ended. The status of the first slice that has one, with its error; of STEMMA_E_SYSTEM errno is that
   of the write. */
stemma_status stm_ordered_end(struct stm_ordered *ordered, stemma_error *error);

/* Gives the text a buffer; false when there is no memory: somebody else has to work then, or stm_ordered_refuse(). */
bool stm_ordered_worker_begin(struct stm_ordered_worker *worker, struct stm_row_text *text);
void stm_ordered_worker_end(struct stm_ordered_worker *worker);
void stm_ordered_refuse(struct stm_ordered *ordered);

/* Puts slices until there is none, or one before them failed. */
void stm_ordered_work(struct stm_ordered_worker *worker);

/* Writes what has come together if it is its turn, or waits for that when it is too much. */
stemma_status stm_ordered_relieve(struct stm_ordered_worker *worker, stemma_error *error);

/* Waits for the turn of the worker's slice, and writes what there is: the writer is the worker's until the slice ends.
   STEMMA_E_SYSTEM also when the work ended before. */
stemma_status stm_ordered_turn(struct stm_ordered_worker *worker, stemma_error *error);

#endif
