/* SPDX-License-Identifier: MIT */
/* The writing half of event_block.h. */
#include "event_block.h"

#include "event_frames.h"

size_t stm_event_block_bound(uint32_t rows, uint32_t participants)
{
    /* 25 columns a row and one end a frame, two a participant and its role in a frame. */
    return stm_column_bound(STM_EVENT_COLUMNS,
                            (uint64_t)rows * (STM_EVENT_COLUMNS - 3) + 3 * (uint64_t)participants);
}

static unsigned unknown_bits(const stemma_time_bounds *bounds)
{
    return (bounds->start_earliest == STEMMA_TIME_UNKNOWN_EARLY ? STM_NO_START_EARLIEST : 0u) |
           (bounds->start_latest == STEMMA_TIME_UNKNOWN_LATE ? STM_NO_START_LATEST : 0u) |
           (bounds->end_earliest == STEMMA_TIME_UNKNOWN_EARLY ? STM_NO_END_EARLIEST : 0u) |
           (bounds->end_latest == STEMMA_TIME_UNKNOWN_LATE ? STM_NO_END_LATEST : 0u);
}

/* The columns being written. */
typedef struct block_writer {
    stm_column_writer columns;
    const stm_event_row *rows;
    const stm_event_participant *participants;
    int64_t *scratch;
    uint32_t count;
    uint32_t flat;    /* participants in all */
    uint32_t present; /* bit i: column i is not all 0 */
    stm_event_frames frames;
} block_writer;

/* Differences of a bound from the stored start; 0 for an unknown bound. */
static stemma_status fill_bound(block_writer *w, stm_event_column id)
{
    int64_t start = 0;
    for (uint32_t i = 0; i < w->count; i++) {
        const stemma_time_bounds *bounds = &w->rows[i].bounds;
        unsigned unknown = unknown_bits(bounds);
        int64_t bound = id == STM_EVENT_START_LATEST   ? bounds->start_latest
                        : id == STM_EVENT_END_EARLIEST ? bounds->end_earliest
                        : id == STM_EVENT_END_LATEST   ? bounds->end_latest
                                                       : bounds->start_earliest;
        if ((unknown & STM_NO_START_EARLIEST) == 0) {
            start = bounds->start_earliest;
        }
        if (id == STM_EVENT_START_EARLIEST) {
            w->scratch[i] = start;
        } else if ((unknown & (1u << (id - STM_EVENT_START_EARLIEST))) != 0) {
            w->scratch[i] = 0;
        } else if (!stm_sub_i64(bound, start, &w->scratch[i])) {
            return STEMMA_E_LIMIT;
        }
    }
    return STEMMA_OK;
}

static int row_is_sound(const stm_event_row *row)
{
    return row->polarity < 4 && row->certainty < 4 && row->tense < 4 && row->realis < 4 &&
           row->folded < 2 && row->bounds.precision < 16 && row->bounds.extent < 2 &&
           row->bounds.approximate < 2 && row->bounds.uncertain < 2;
}

static unsigned factuality(const stm_event_row *row)
{
    return stm_event_factuality(row->polarity, row->certainty, row->tense, row->realis);
}

static int64_t plus_one(uint32_t entity)
{
    return entity == STEMMA_NONE ? 0 : (int64_t)entity + 1;
}

/* What is stored of a row in a column with one number a row (times apart). */
static int64_t number_of(const stm_event_row *row, stm_event_column id)
{
    switch (id) {
    case STM_EVENT_TYPE:
        return row->type;
    case STM_EVENT_UNKNOWN:
        return unknown_bits(&row->bounds);
    case STM_EVENT_PRECISION:
        return stm_event_precision(&row->bounds);
    case STM_EVENT_PLACE:
        return plus_one(row->place);
    case STM_EVENT_DOCUMENTS:
        return row->documents;
    case STM_EVENT_INDEPENDENT:
        return row->independent;
    case STM_EVENT_FACTUALITY:
        return factuality(row);
    case STM_EVENT_FIRST_DOCUMENT:
        return row->first_document;
    case STM_EVENT_FIRST_REFERENT:
        return row->first_referent;
    case STM_EVENT_CLAIM_FIRST:
        return row->claim_first;
    case STM_EVENT_CLAIM_COUNT:
        return row->claim_count;
    case STM_EVENT_FOLDED:
        return row->folded;
    case STM_EVENT_UNSTORED:
        return row->unstored_before;
    case STM_EVENT_VIA:
        return plus_one(row->via);
    case STM_EVENT_PLACE_VARIANT:
        return row->place_variant;
    case STM_EVENT_VIA_VARIANT:
        return row->via_variant;
    case STM_EVENT_CONTESTED:
        return row->contested;
    case STM_EVENT_AMOUNT:
        return row->amount;
    case STM_EVENT_AMOUNT_ABOVE:
        return row->amount_above;
    default:
        return 0;
    }
}

/* Fills the scratch array with a column and tells how many elements it has. The loop is written out
   for each id, as inlining turns the switch into a constant. */
#define FILL(id)                                                                                   \
    case (id):                                                                                     \
        for (uint32_t i = 0; i < w->count; i++) {                                                  \
            w->scratch[i] = number_of(&w->rows[i], (id));                                          \
        }                                                                                          \
        return w->count

static uint32_t fill(block_writer *w, stm_event_column id)
{
    uint32_t at = 0;
    switch (id) {
        FILL(STM_EVENT_TYPE);
        FILL(STM_EVENT_UNKNOWN);
        FILL(STM_EVENT_PRECISION);
        FILL(STM_EVENT_PLACE);
        FILL(STM_EVENT_DOCUMENTS);
        FILL(STM_EVENT_INDEPENDENT);
        FILL(STM_EVENT_FACTUALITY);
        FILL(STM_EVENT_FIRST_DOCUMENT);
        FILL(STM_EVENT_FIRST_REFERENT);
        FILL(STM_EVENT_CLAIM_FIRST);
        FILL(STM_EVENT_CLAIM_COUNT);
        FILL(STM_EVENT_FOLDED);
        FILL(STM_EVENT_UNSTORED);
        FILL(STM_EVENT_VIA);
        FILL(STM_EVENT_PLACE_VARIANT);
        FILL(STM_EVENT_VIA_VARIANT);
        FILL(STM_EVENT_CONTESTED);
        FILL(STM_EVENT_AMOUNT);
        FILL(STM_EVENT_AMOUNT_ABOVE);
    case STM_EVENT_FRAME:
        for (; at < w->count; at++) {
            w->scratch[at] = w->frames.frame[at];
        }
        return at;
    case STM_EVENT_FRAME_END:
    case STM_EVENT_FRAME_ROLE: {
        uint32_t roles = 0;
        for (uint32_t frame = 0; frame < w->frames.count; frame++) {
            const stm_event_row *row = &w->rows[w->frames.first[frame]];
            if (id == STM_EVENT_FRAME_END) {
                roles += row->participant_count;
                w->scratch[at++] = roles;
            } else {
                for (uint32_t j = 0; j < row->participant_count; j++) {
                    w->scratch[at++] = w->participants[row->participant_first + j].role;
                }
            }
        }
        return at;
    }
    case STM_EVENT_ENTITY:
    case STM_EVENT_VARIANT:
        for (uint32_t i = 0; i < w->count; i++) {
            const stm_event_row *row = &w->rows[i];
            for (uint32_t j = 0; j < row->participant_count; j++) {
                const stm_event_participant *one = &w->participants[row->participant_first + j];
                w->scratch[at++] = id == STM_EVENT_ENTITY ? one->entity : one->variant;
            }
        }
        return at;
    case STM_EVENT_PARTICIPANT_OFFSET:
        for (uint32_t i = 0; i < w->count; i++) {
            w->scratch[i] = at;
            at += w->rows[i].participant_count;
        }
        return w->count;
    default:
        return 0;
    }
}

static int is_bound(unsigned id)
{
    return id >= STM_EVENT_START_EARLIEST && id <= STM_EVENT_END_LATEST;
}

/* Checks the rows, counts participants and finds which columns are not all 0. */
static stemma_status look(block_writer *w)
{
    uint64_t any[STM_EVENT_COLUMNS + 1] = {0};
    for (uint32_t i = 0; i < w->count; i++) {
        const stm_event_row *row = &w->rows[i];
        const stm_event_participant *list;
        if (!row_is_sound(row)) {
            return STEMMA_E_MISUSE;
        }
        any[STM_EVENT_PARTICIPANT_OFFSET] |= w->flat;
        if (!stm_add_u32(w->flat, row->participant_count, &w->flat) ||
            w->flat > STM_COLUMN_VALUES_LIMIT) {
            return STEMMA_E_LIMIT;
        }
        any[STM_EVENT_UNKNOWN] |= unknown_bits(&row->bounds);
        any[STM_EVENT_PRECISION] |= stm_event_precision(&row->bounds);
        any[STM_EVENT_PLACE] |= row->place != STEMMA_NONE;
        any[STM_EVENT_DOCUMENTS] |= row->documents;
        any[STM_EVENT_INDEPENDENT] |= row->independent;
        any[STM_EVENT_FACTUALITY] |= factuality(row);
        any[STM_EVENT_FIRST_DOCUMENT] |= row->first_document;
        any[STM_EVENT_FIRST_REFERENT] |= row->first_referent;
        any[STM_EVENT_CLAIM_FIRST] |= row->claim_first;
        any[STM_EVENT_CLAIM_COUNT] |= row->claim_count;
        any[STM_EVENT_FOLDED] |= row->folded;
        any[STM_EVENT_UNSTORED] |= row->unstored_before;
        any[STM_EVENT_VIA] |= row->via != STEMMA_NONE;
        any[STM_EVENT_PLACE_VARIANT] |= row->place_variant;
        any[STM_EVENT_VIA_VARIANT] |= row->via_variant;
        any[STM_EVENT_CONTESTED] |= row->contested;
        any[STM_EVENT_AMOUNT] |= row->amount;
        any[STM_EVENT_AMOUNT_ABOVE] |= row->amount_above;
        list = row->participant_count != 0 ? w->participants + row->participant_first : NULL;
        for (uint32_t j = 0; j < row->participant_count; j++) {
            if (j != 0 && list[j].role < list[j - 1].role) {
                return STEMMA_E_MISUSE;
            }
            any[STM_EVENT_FRAME_ROLE] |= list[j].role;
            any[STM_EVENT_ENTITY] |= list[j].entity;
            any[STM_EVENT_VARIANT] |= list[j].variant;
        }
    }
    any[STM_EVENT_FRAME_END] = w->flat;
    any[STM_EVENT_TYPE] = any[STM_EVENT_START_EARLIEST] = 1;
    for (unsigned id = 1; id <= STM_EVENT_COLUMNS; id++) {
        w->present |= any[id] != 0 ? 1u << id : 0u;
    }
    return STEMMA_OK;
}

/* Whether a column of distances holds anything: filling it is the only way to know. */
static stemma_status look_at_bounds(block_writer *w)
{
    for (unsigned id = STM_EVENT_START_LATEST; id <= STM_EVENT_END_LATEST; id++) {
        int64_t any = 0;
        stemma_status status = fill_bound(w, (stm_event_column)id);
        if (status != STEMMA_OK) {
            return status;
        }
        for (uint32_t i = 0; i < w->count; i++) {
            any |= w->scratch[i];
        }
        w->present |= any != 0 ? 1u << id : 0u;
    }
    return STEMMA_OK;
}

stemma_status stm_event_block_write(uint8_t *out, size_t capacity, size_t *size,
                                    const stm_event_row *rows, uint32_t count,
                                    const stm_event_participant *participants, int64_t *scratch)
{
    block_writer w;
    stemma_status status;
    if (count == 0 || count > STEMMA_EVENT_BLOCK) {
        return STEMMA_E_MISUSE;
    }
    w.rows = rows;
    w.participants = participants;
    w.scratch = scratch;
    w.count = count;
    w.flat = w.present = 0;
    status = look(&w);
    if (status == STEMMA_OK) {
        status = look_at_bounds(&w);
    }
    if (status != STEMMA_OK) {
        return status;
    }
    stm_event_frames_begin(&w.frames);
    for (uint32_t i = 0; i < count; i++) {
        stm_event_frames_add(&w.frames, rows, participants, i);
    }
    if (w.frames.count > 1) {
        w.present |= 1u << STM_EVENT_FRAME;
    }
    stm_column_begin(&w.columns, out, capacity, count, (uint32_t)__builtin_popcount(w.present));
    for (unsigned id = 1; id <= STM_EVENT_COLUMNS; id++) {
        uint32_t elements = count;
        if ((w.present & 1u << id) == 0) {
            continue;
        }
        if (is_bound(id)) {
            (void)fill_bound(&w, (stm_event_column)id);
        } else {
            elements = fill(&w, (stm_event_column)id);
        }
        stm_column_add(&w.columns, (uint16_t)id, scratch, elements);
    }
    return stm_column_end(&w.columns, size);
}

/* Whether a column has to be stored. */
static int is_said(unsigned id, const stm_event_numbers *numbers)
{
    int64_t any = numbers->values == NULL && numbers->count > 1 ? numbers->step : 0;
    any |= numbers->values == NULL && numbers->count > 0 ? numbers->first : 0;
    for (uint32_t i = 0; numbers->values != NULL && i < numbers->count && any == 0; i++) {
        any = numbers->values[i];
    }
    return any != 0 || id == STM_EVENT_TYPE || id == STM_EVENT_START_EARLIEST;
}

stemma_status stm_event_block_write_columns(uint8_t *out, size_t capacity, size_t *size, uint32_t count,
                                            const stm_event_numbers columns[STM_EVENT_COLUMNS + 1])
{
    stm_column_writer writer;
    uint32_t present = 0;
    if (count == 0 || count > STEMMA_EVENT_BLOCK) {
        return STEMMA_E_MISUSE;
    }
    for (unsigned id = 1; id <= STM_EVENT_COLUMNS; id++) {
        present |= is_said(id, &columns[id]) ? 1u << id : 0u;
    }
    stm_column_begin(&writer, out, capacity, count, (uint32_t)__builtin_popcount(present));
    for (unsigned id = 1; id <= STM_EVENT_COLUMNS; id++) {
        const stm_event_numbers *numbers = &columns[id];
        if ((present & 1u << id) == 0) {
            continue;
        }
        if (numbers->values != NULL) {
            stm_column_add(&writer, (uint16_t)id, numbers->values, numbers->count);
        } else {
            stm_column_add_even(&writer, (uint16_t)id, numbers->first, numbers->step, numbers->count);
        }
    }
    return stm_column_end(&writer, size);
}
