/* SPDX-License-Identifier: MIT */
#include "check/check_share.h"

#include <stdlib.h>
#include <string.h>

#include "base/parallel.h"
#include "file/publish.h"

#define SHARES 16u /* that wait for their turn */

/* The shares that are made at one time. */
typedef struct round_of_shares {
    stm_check_share shares[SHARES];
    unsigned count;
    stm_check_share_work *work;
} round_of_shares;

static void begin_round(round_of_shares *round, const stm_check *check, uint32_t total,
                        uint32_t size, uint32_t *next)
{
    for (round->count = 0; round->count < SHARES && *next < total; round->count++) {
        stm_check_share *self = &round->shares[round->count];
        stm_check_list list = self->list; /* its memory is used again */
        memset(self, 0, sizeof *self);
        self->list = list;
        self->check = *check;
        self->check.list = &self->list;
        self->check.snapshot = NULL;
        self->check.rows = self->check.last_rows = NULL;
        memset(&self->check.seen, 0, sizeof self->check.seen);
        memset(self->check.looked, 0, sizeof self->check.looked);
        self->first = *next;
        self->end = total - *next < size ? total : *next + size;
        *next = self->end;
    }
}

static void make_share(void *context, size_t item)
{
    round_of_shares *round = context;
    stm_check_share *self = &round->shares[item];
    self->status = stemma_snapshot_begin(&self->check.snapshot, self->check.file, &self->error);
    if (self->status == STEMMA_OK) {
        self->status = round->work(self, &self->error);
    }
    stemma_snapshot_end(self->check.snapshot);
}

static void add_counts(stemma_counts *to, const stemma_counts *from)
{
    to->referents += from->referents;
    to->mentions += from->mentions;
    to->assertions += from->assertions;
    to->evidence += from->evidence;
    to->text_bytes += from->text_bytes;
}

/* What a share found, as if this thread had. */
static stemma_status take_share(stm_check *check, stm_check_share *from, stemma_error *error)
{
    stemma_status status = stm_check_flush(check, &from->list);
    add_counts(&check->seen, &from->check.seen);
    for (unsigned i = 0; i < STEMMA_CHECK_COUNT; i++) {
        check->summary->checks[i].looked += from->check.looked[i];
    }
    if (from->check.rows != NULL) {
        if (check->last_rows != NULL) {
            check->last_rows->next = from->check.rows;
        } else {
            check->rows = from->check.rows;
        }
        check->last_rows = from->check.last_rows;
    }
    if (status == STEMMA_OK && from->status != STEMMA_OK) {
        status = from->status;
        *error = from->error;
    }
    return status;
}

/* False when nothing more is to be looked at. */
static bool take_round(stm_check *check, round_of_shares *round, stemma_status *status,
                       stemma_error *error)
{
    bool goes_on = true;
    for (unsigned i = 0; i < round->count; i++) {
        if (goes_on) {
            *status = take_share(check, &round->shares[i], error);
            goes_on = *status == STEMMA_OK && !round->shares[i].is_last;
        } else {
            stm_check_rows_free(&round->shares[i].check);
        }
    }
    return goes_on;
}

stemma_status stm_check_in_shares(stm_check *check, stemma_check_number number, uint32_t total,
                                  uint32_t size, stm_check_share_work *work, uint32_t *looked,
                                  stemma_error *error)
{
    stemma_status status = STEMMA_OK;
    bool goes_on = true;
    round_of_shares *round = calloc(1, sizeof *round);
    *looked = 0;
    if (round == NULL) {
        return stm_no_memory(error);
    }
    round->work = work;
    while (goes_on && *looked < total) {
        stm_check_tell_progress(check, number, *looked, total);
        begin_round(round, check, total, size, looked);
        stm_parallel(stm_check_jobs(check), round->count, make_share, round);
        goes_on = take_round(check, round, &status, error);
    }
    for (unsigned i = 0; i < SHARES; i++) {
        stm_check_list_free(&round->shares[i].list);
    }
    free(round);
    return status;
}
