/* SPDX-License-Identifier: MIT */
/* The index of what the file holds, derived anew: one thread reads ahead what another takes in. */
#include "check/check_derive.h"

#include <stdlib.h>
#include <string.h>

#include "base/parallel.h"
#include "file/publish.h"

#define DOCUMENTS  64u               /* of a batch at most ... */
#define BYTES      ((size_t)8 << 20) /* ... and it ends behind the one with which it holds more */
#define JUDGEMENTS 8192u             /* of a batch */
#define PART       512u              /* of these, what a thread reads in one go */

/* ---- Documents ------------------------------------------------------------------------------- */

/* Documents from `first` on that were read. They live until the snapshot is reset. */
typedef struct batch {
    stemma_snapshot *snapshot;
    stemma_document documents[DOCUMENTS];
    uint32_t first;
    uint32_t count;
    stemma_status status; /* of the document behind them; STEMMA_OK: they are all that were wanted */
    stemma_error error;
} batch;

typedef struct derivation {
    stm_check *check;
    stm_index *index;
    stm_checked_rows *rows; /* of data sets that are still to come */
    batch batches[2];
    batch *taken, *read; /* that of each thread */
    stemma_status status;
    stemma_error *error;
} derivation;

static stemma_status read_document(stemma_snapshot *snapshot, uint32_t number,
                                   stemma_document *document, stemma_error *error)
{
    const stemma_span whole = {0, UINT32_MAX};
    stemma_status status = stemma_testimony_get(snapshot, number, document, error);
    if (status == STEMMA_OK && !document->text_withheld) {
        status = stemma_text_get(snapshot, number, whole, &document->text, error);
    }
    return status;
}

/* Reads the documents behind those of the other batch. */
static void read_batch(void *context)
{
    derivation *d = context;
    batch *self = d->read;
    self->first = d->taken->first + d->taken->count;
    self->count = 0;
    self->status = STEMMA_OK;
    stemma_snapshot_reset(self->snapshot);
    while (self->count < DOCUMENTS && (self->count == 0 || self->snapshot->held <= BYTES) &&
           self->first + self->count < d->check->counts.documents) {
        self->status = read_document(self->snapshot, self->first + self->count,
                                     &self->documents[self->count], &self->error);
        if (self->status != STEMMA_OK) {
            break;
        }
        self->count++;
    }
}

static void take_batch(void *context)
{
    derivation *d = context;
    const batch *self = d->taken;
    for (uint32_t i = 0; d->status == STEMMA_OK && i < self->count; i++) {
        d->status = stm_index_add_document(d->index, &self->documents[i], d->error);
        if (d->status == STEMMA_OK && d->rows != NULL && d->rows->document == self->first + i) {
            d->status = stm_index_add_rows(d->index, &d->rows->set, d->error);
            d->rows = d->rows->next;
        }
    }
    if (d->status == STEMMA_OK && self->status != STEMMA_OK) {
        d->status = self->status;
        *d->error = self->error;
    }
}

static stemma_status add_documents(stm_check *check, stm_index *index, stemma_error *error)
{
    derivation *d = calloc(1, sizeof *d);
    if (d == NULL) {
        return stm_no_memory(error);
    }
    d->check = check;
    d->index = index;
    d->error = error;
    d->rows = check->rows;
    d->batches[0].snapshot = check->snapshot;
    d->status = stemma_snapshot_begin(&d->batches[1].snapshot, check->file, error);
    d->taken = &d->batches[0]; /* empty */
    d->read = &d->batches[1];
    while (d->status == STEMMA_OK && d->taken->first < check->counts.documents) {
        stm_check_tell_progress(check, STEMMA_CHECK_INDEX, d->taken->first, check->counts.documents);
        stm_parallel_beside(stm_check_jobs(check), take_batch, read_batch, d);
        batch *taken = d->taken;
        d->taken = d->read;
        d->read = taken;
    }
    stemma_status status = d->status;
    stemma_snapshot_end(d->batches[1].snapshot);
    stemma_snapshot_reset(check->snapshot);
    free(d);
    return status;
}

/* ---- Judgements and derivations -------------------------------------------------------------- */

/* What one thread reads in one go. */
typedef struct part {
    stemma_snapshot *snapshot; /* the judgements live as long */
    uint32_t count;            /* that could be read */
    stemma_status status;      /* of the judgement behind them, as in a batch */
    stemma_error error;
} part;

/* Judgements from `first` on. */
typedef struct judging {
    stm_check *check;
    uint32_t first;
    uint32_t count;
    stemma_judgement judgements[JUDGEMENTS];
    part parts[JUDGEMENTS / PART];
} judging;

static void read_part(void *context, size_t item)
{
    judging *j = context;
    part *self = &j->parts[item];
    uint32_t first = (uint32_t)item * PART;
    uint32_t count = j->count - first < PART ? j->count - first : PART;
    memset(self, 0, sizeof *self);
    self->status = stemma_snapshot_begin(&self->snapshot, j->check->file, &self->error);
    while (self->status == STEMMA_OK && self->count < count) {
        self->status = stemma_judgement_get(self->snapshot, j->first + first + self->count,
                                            &j->judgements[first + self->count], &self->error);
        self->count += self->status == STEMMA_OK;
    }
}

/* Takes in what a part read. */
static stemma_status add_part(const judging *j, size_t item, stm_index *index, stemma_error *error)
{
    const part *self = &j->parts[item];
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 0; status == STEMMA_OK && i < self->count; i++) {
        status = stm_index_add_judgement(index, &j->judgements[item * PART + i], error);
    }
    if (status == STEMMA_OK && self->status != STEMMA_OK) {
        *error = self->error;
        return self->status;
    }
    return status;
}

static stemma_status add_judgements(stm_check *check, stm_index *index, stemma_error *error)
{
    stemma_status status = STEMMA_OK;
    judging *j = calloc(1, sizeof *j);
    if (j == NULL) {
        return stm_no_memory(error);
    }
    j->check = check;
    while (status == STEMMA_OK && j->first < check->counts.judgements) {
        uint64_t left = check->counts.judgements - j->first;
        j->count = left < JUDGEMENTS ? (uint32_t)left : JUDGEMENTS;
        size_t parts = (j->count + PART - 1) / PART;
        stm_parallel(stm_check_jobs(check), parts, read_part, j);
        for (size_t i = 0; i < parts; i++) {
            status = status == STEMMA_OK ? add_part(j, i, index, error) : status;
            stemma_snapshot_end(j->parts[i].snapshot);
        }
        j->first += j->count;
    }
    free(j);
    return status;
}

static stemma_status add_derivations(stm_check *check, stm_index *index, stemma_error *error)
{
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 0; status == STEMMA_OK && i < check->counts.documents; i++) {
        const stemma_derivation *list;
        uint32_t count = 0;
        status = stemma_derivations_of(check->snapshot, i, &list, &count, error);
        for (uint32_t j = 0; status == STEMMA_OK && j < count; j++) {
            status = stm_index_add_derivation(index, &list[j], error);
        }
    }
    return status;
}

stemma_status stm_check_derive(stm_check *check, stm_index *index, stemma_error *error)
{
    stemma_status status = add_documents(check, index, error);
    if (status == STEMMA_OK) {
        status = add_judgements(check, index, error);
    }
    if (status == STEMMA_OK) {
        status = add_derivations(check, index, error);
    }
    return status == STEMMA_OK ? stm_index_build(index, error) : status;
}
