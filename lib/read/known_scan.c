/* SPDX-License-Identifier: MIT */
/* Columns of events, counts of types and of everything, as of a document. Columns are taken as the
   file has them, and what several documents tell, of which some are not known, is put in anew. */
#include "read/known_scan.h"

#include <stdlib.h>

#include "read/entity.h"
#include "base/error.h"
#include "read/known.h"

enum {
    TYPE,
    PRECISION,
    PLACE,
    OFFSET,
    DOCUMENTS,
    INDEPENDENT,
    FACTUALITY,
    NUMBERS /* how many arrays of 32-bit numbers */
};

enum { START_EARLIEST, START_LATEST, END_EARLIEST, END_LATEST, TIMES };

struct stm_known_scan {
    uint32_t number[NUMBERS][STEMMA_EVENT_BLOCK + 1];
    int64_t time[TIMES][STEMMA_EVENT_BLOCK];
    uint32_t *role; /* with `entity` behind it in the same memory */
    uint32_t *entity;
    size_t room; /* elements of each */
};

void stm_known_scan_free(struct stm_known_scan *scan)
{
    if (scan != NULL) {
        free(scan->role);
        free(scan);
    }
}

static stemma_status no_memory(stemma_error *error)
{
    return stm_fail(error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "event", "The system refused memory");
}

static const uint32_t *copy(struct stm_known_scan *scan, unsigned to, const uint32_t *from,
                            uint32_t count)
{
    if (from != NULL) {
        memcpy(scan->number[to], from, count * sizeof *from);
        return scan->number[to];
    }
    return NULL;
}

static const int64_t *copy_time(struct stm_known_scan *scan, unsigned to, const int64_t *from,
                                uint32_t count)
{
    if (from != NULL) {
        memcpy(scan->time[to], from, count * sizeof *from);
        return scan->time[to];
    }
    return NULL;
}

/* An event as nobody tells it. */
static const stemma_event nothing = {
    .bounds = {STEMMA_TIME_UNKNOWN_EARLY, STEMMA_TIME_UNKNOWN_LATE, STEMMA_TIME_UNKNOWN_EARLY,
               STEMMA_TIME_UNKNOWN_LATE, STEMMA_PRECISION_UNKNOWN, 0, 0, 0},
    .place = STEMMA_NONE};

/* Puts one event in, but for type and cast. */
static void put(struct stm_known_scan *scan, uint32_t i, const stemma_event *event)
{
    const stemma_time_bounds *bounds = &event->bounds;
    scan->time[START_EARLIEST][i] = bounds->start_earliest;
    scan->time[START_LATEST][i] = bounds->start_latest;
    scan->time[END_EARLIEST][i] = bounds->end_earliest;
    scan->time[END_LATEST][i] = bounds->end_latest;
    scan->number[PRECISION][i] = (uint32_t)(bounds->precision | bounds->extent << 4 |
                                            bounds->approximate << 5 | bounds->uncertain << 6);
    scan->number[PLACE][i] = event->place;
    scan->number[DOCUMENTS][i] = event->documents;
    scan->number[INDEPENDENT][i] = event->independent;
    scan->number[FACTUALITY][i] = (uint32_t)(event->polarity | event->certainty << 2 |
                                             event->tense << 4 | event->realis << 6);
}

static stemma_status put_cast(stemma_snapshot *snapshot, struct stm_known_scan *scan,
                              const stemma_event *event, uint32_t *at, stemma_error *error)
{
    const stm_vocabulary *vocabulary = &snapshot->file->bounds.vocabulary;
    for (uint32_t i = 0; i < event->participant_count; i++) {
        if (*at == scan->room ||
            !stm_vocabulary_find(vocabulary, STEMMA_TERM_PREDICATE, event->participants[i].role,
                                 &scan->role[*at])) {
            return stm_damaged(error, STM_TABLE_EVENT, event->number, "PARTICIPANT");
        }
        scan->entity[(*at)++] = event->participants[i].entity;
    }
    return STEMMA_OK;
}

static stemma_status make_room(struct stm_known_scan *scan, size_t needed, stemma_error *error)
{
    if (scan->room < needed || scan->role == NULL) {
        uint32_t *grown = malloc((needed + 1) * 2 * sizeof *grown);
        if (grown == NULL) {
            return no_memory(error);
        }
        free(scan->role);
        scan->role = grown;
        scan->entity = grown + needed + 1;
        scan->room = needed;
    }
    return STEMMA_OK;
}

/* Goes through the events of a stretch; `base` are its columns as the file has them. */
static stemma_status overlay(stemma_snapshot *snapshot, struct stm_known_scan *scan,
                             const stemma_event_columns *base, stemma_error *error)
{
    const uint32_t *first = base->participant_first;
    uint32_t at = 0;
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 0; i < base->count && status == STEMMA_OK; i++) {
        stm_mark mark = stm_snapshot_mark(snapshot);
        stemma_event event = nothing;
        bool known = base->first_document[i] < snapshot->until;
        bool anew = known && base->documents[i] > 1;
        if (anew) {
            status = stemma_event_get(snapshot, base->first + i, &event, error);
            if (status == STEMMA_OK &&
                !stm_vocabulary_find(&snapshot->file->bounds.vocabulary, STEMMA_TERM_EVENT_TYPE,
                                     event.type, &scan->number[TYPE][i])) {
                status = stm_damaged(error, STM_TABLE_EVENT, event.number, "TERM_UNKNOWN");
            }
        }
        if (status == STEMMA_OK && (anew || !known)) {
            put(scan, i, &event);
        }
        scan->number[OFFSET][i] = at;
        if (status == STEMMA_OK && first != NULL) {
            uint32_t count = known && !anew ? first[i + 1] - first[i] : 0;
            memcpy(scan->role + at, base->role + first[i], count * sizeof *scan->role);
            memcpy(scan->entity + at, base->entity + first[i], count * sizeof *scan->entity);
            at += count;
            status = put_cast(snapshot, scan, &event, &at, error);
        }
        stm_snapshot_rewind(snapshot, mark);
    }
    scan->number[OFFSET][base->count] = at;
    return status;
}

stemma_status stm_known_scan(stemma_snapshot *snapshot, stemma_event_columns *columns,
                             stemma_error *error)
{
    stemma_event_columns base = *columns;
    uint32_t count = base.count;
    stm_known *known = NULL;
    stemma_status status = stm_known_get(snapshot, &known, error);
    if (status != STEMMA_OK) {
        return status;
    }
    if (known->scan == NULL) {
        known->scan = calloc(1, sizeof *known->scan);
        if (known->scan == NULL) {
            return no_memory(error);
        }
    }
    struct stm_known_scan *scan = known->scan;
    if (base.participant_first != NULL) {
        status = make_room(scan, base.participant_first[count], error);
    }
    if (status != STEMMA_OK) {
        return status;
    }
    columns->type = copy(scan, TYPE, base.type, count);
    columns->precision = copy(scan, PRECISION, base.precision, count);
    columns->place = copy(scan, PLACE, base.place, count);
    columns->documents = copy(scan, DOCUMENTS, base.documents, count);
    columns->independent = copy(scan, INDEPENDENT, base.independent, count);
    columns->factuality = copy(scan, FACTUALITY, base.factuality, count);
    columns->start_earliest = copy_time(scan, START_EARLIEST, base.start_earliest, count);
    columns->start_latest = copy_time(scan, START_LATEST, base.start_latest, count);
    columns->end_earliest = copy_time(scan, END_EARLIEST, base.end_earliest, count);
    columns->end_latest = copy_time(scan, END_LATEST, base.end_latest, count);
    status = overlay(snapshot, scan, &base, error);
    if (base.participant_first != NULL) {
        columns->participant_first = scan->number[OFFSET];
        columns->role = scan->role;
        columns->entity = scan->entity;
    }
    return status;
}

/* ---- Counts ---------------------------------------------------------------------------------- */

/* Adds the known events, by type when `types` is not NULL; how many there are. */
static stemma_status count_events(stemma_snapshot *snapshot, uint64_t *types, uint32_t term_count,
                                  uint64_t *events, stemma_error *error)
{
    stemma_status status = STEMMA_OK;
    *events = 0;
    for (uint32_t first = 0; first < snapshot->file->bounds.events && status == STEMMA_OK;) {
        stemma_event_columns columns;
        status = stemma_event_scan(snapshot, first, STEMMA_SCAN_TYPE | STEMMA_SCAN_DOCUMENTS,
                                   &columns, error);
        for (uint32_t i = 0; status == STEMMA_OK && i < columns.count; i++) {
            bool known = columns.documents[i] != 0;
            *events += known;
            if (types != NULL && columns.type[i] < term_count) {
                types[columns.type[i]] += known;
            }
        }
        first += status == STEMMA_OK ? columns.count : 0;
    }
    return status;
}

/* The same of entities. */
static stemma_status count_entities(stemma_snapshot *snapshot, uint64_t *types,
                                    uint32_t term_count, uint64_t *entities, stemma_error *error)
{
    const stm_vocabulary *vocabulary = &snapshot->file->bounds.vocabulary;
    stemma_status status = STEMMA_OK;
    *entities = 0;
    for (uint32_t i = 0; i < snapshot->file->bounds.entities && status == STEMMA_OK; i++) {
        stemma_entity whole, entity;
        uint32_t term = STEMMA_NONE;
        stm_mark mark = stm_snapshot_mark(snapshot);
        status = stm_entity_whole(snapshot, i, false, &whole, error);
        if (status == STEMMA_OK) {
            status = stm_known_entity(snapshot, &whole, false, &entity, error);
        }
        if (status == STEMMA_OK) {
            *entities += 1;
            if (types != NULL &&
                stm_vocabulary_find(vocabulary, STEMMA_TERM_ENTITY_TYPE, entity.type, &term) &&
                term < term_count) {
                types[term]++;
            }
        }
        stm_snapshot_rewind(snapshot, mark);
        status = status == STEMMA_NOT_FOUND ? STEMMA_OK : status;
    }
    return status;
}

stemma_status stm_known_type_counts(stemma_snapshot *snapshot, uint64_t *counts,
                                    uint32_t term_count, stemma_error *error)
{
    uint64_t all = 0;
    memset(counts, 0, term_count * sizeof *counts);
    stemma_status status = count_events(snapshot, counts, term_count, &all, error);
    return status == STEMMA_OK ? count_entities(snapshot, counts, term_count, &all, error)
                               : status;
}
