/* SPDX-License-Identifier: MIT */
/* The rows of data sets, many at a time and one by one, which a sound file tells alike. */
#include "hostile/ask_state.h"

/* Most rows of a data set that are asked for many at a time, and one by one. */
#define MANY_MOST 300u
#define ONE_MOST  70u

/* What a row says: the same, whichever way it was got. */
typedef struct row_sum {
    uint64_t sum;
    int complete; /* every part of it could be had */
} row_sum;

static void add_text(asking *self, row_sum *to, stemma_text text)
{
    uint64_t before = self->out->sum;
    ask_text(self, text);
    to->sum += self->out->sum - before;
}

static void add_number(asking *self, row_sum *to, uint64_t number)
{
    ask_number(self, number);
    to->sum += number;
}

static void add_term(asking *self, row_sum *to, uint32_t number)
{
    stemma_term term;
    uint32_t answers = self->out->answers;
    if (ask_met(self, stemma_term_get(self->snapshot, number, &term, &self->error))) {
        add_text(self, to, term.name);
    } else {
        to->complete = 0;
    }
    self->out->answers = answers;
}

static row_sum one_row(asking *self, uint32_t document, uint32_t index)
{
    row_sum to = {0, 0};
    stemma_row_view row;
    if (!ask_met(self, stemma_row_get(self->snapshot, document, index, &row, &self->error))) {
        return to;
    }
    to.complete = 1;
    add_number(self, &to, row.number);
    add_number(self, &to, (uint64_t)row.place + row.source);
    add_text(self, &to, row.type);
    add_text(self, &to, row.time);
    for (uint32_t j = 0; j < row.participant_count; j++) {
        add_text(self, &to, row.participants[j].role);
        add_number(self, &to, row.participants[j].referent);
    }
    add_text(self, &to, row.external_id);
    add_text(self, &to, row.content);
    add_text(self, &to, row.quantity_predicate);
    add_text(self, &to, row.amount);
    add_text(self, &to, row.unit);
    return to;
}

static row_sum row_of(asking *self, const stemma_row_columns *columns, uint32_t k)
{
    row_sum to = {0, 1};
    const uint32_t first = columns->participant_first[k];
    const uint32_t *role = columns->role + columns->frame_first[columns->frame[k]];
    add_number(self, &to, columns->number[k]);
    add_number(self, &to, (uint64_t)(columns->place != NULL ? columns->place[k] : STEMMA_NONE) +
                              (columns->source != NULL ? columns->source[k] : STEMMA_NONE));
    add_term(self, &to, columns->type[k]);
    add_text(self, &to, columns->times[columns->time[k]]);
    for (uint32_t j = first; j < columns->participant_first[k + 1]; j++) {
        add_term(self, &to, role[j - first]);
        add_number(self, &to, columns->actor[j]);
    }
    if (columns->detail != NULL) {
        const stemma_row_detail *detail = &columns->detail[k];
        add_text(self, &to, detail->external_id);
        add_text(self, &to, detail->content);
        if (detail->quantity_predicate != STEMMA_NONE) {
            add_term(self, &to, detail->quantity_predicate);
        }
        add_text(self, &to, detail->amount);
        add_text(self, &to, detail->unit);
    }
    return to;
}

/* How many rows come at a time, and which must be got one by one, depends on what the snapshot was asked
   before. Neither may show in what is counted: a row is an answer, and the last that is asked for the same.
   Fills sums[] of the first rows; returns how many rows could be had. */
static uint32_t scan_rows(asking *self, uint32_t document, uint32_t rows, row_sum sums[ONE_MOST])
{
    const uint32_t most = rows < MANY_MOST ? rows : MANY_MOST;
    const uint32_t answers = self->out->answers;
    uint32_t i = 0;
    while (i < most) {
        stemma_row_columns columns = {0};
        row_sum sum;
        if (!ask_met(self, stemma_row_scan(self->snapshot, document, i, &columns, &self->error))) {
            break;
        }
        if (columns.count > rows - i) {
            ask_wrong(self, "more rows than there are");
            break;
        }
        for (uint32_t k = 0; k < columns.count && i < most; k++, i++) {
            sum = row_of(self, &columns, k);
            if (i < ONE_MOST) {
                sums[i] = sum;
            }
        }
        if (columns.count == 0) {
            sum = one_row(self, document, i);
            if (i < ONE_MOST) {
                sums[i] = sum;
            }
            i++;
        }
    }
    self->out->answers = answers + i;
    return i;
}

static void ask_data_set(asking *self, uint32_t document, uint32_t rows)
{
    row_sum sums[ONE_MOST];
    uint32_t first, count;
    uint32_t had = scan_rows(self, document, rows, sums);
    for (uint32_t k = 0; k <= rows && k <= ONE_MOST; k++) {
        uint32_t index = k < ONE_MOST ? k : rows; /* and one that is not there */
        row_sum sum = one_row(self, document, index);
        if (k < had && k < ONE_MOST && sum.complete && sums[k].complete && sum.sum != sums[k].sum) {
            self->out->differs++;
        }
        if (ask_met(self, stemma_row_assertions(self->snapshot, document, index, &first, &count,
                                                &self->error))) {
            ask_number(self, (uint64_t)first + count);
        }
    }
}

void ask_rows(asking *self)
{
    stemma_document document;
    for (uint32_t i = 0; i < ask_limit(self->counts.documents); i++) {
        if (ask_met(self, stemma_document_get(self->snapshot, i, &document, &self->error)) &&
            document.row_count != 0) {
            ask_data_set(self, i, document.row_count);
        }
        stemma_snapshot_reset(self->snapshot);
    }
}
