/* SPDX-License-Identifier: MIT */
/* The rows of data sets: each is read and put into the columns that the index is derived from. */
#include "check/check_state.h"

#include <stdio.h>
#include <stdlib.h>

#include "read/document.h"
#include "base/error.h"
#include "read/row.h"

static const char part_name[] = "rows";

static stemma_status no_memory(stemma_error *error)
{
    return stm_fail(error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "rows", "The system refused memory");
}

/* The terms of the file are the handles of the set. */
static stemma_status add_handles(stm_row_set *set, const stm_vocabulary *vocabulary)
{
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 0; i < vocabulary->count && status == STEMMA_OK; i++) {
        const stemma_term *term = &vocabulary->terms[i];
        status = stm_row_set_handle(set, term->kind, term->name, term->roles);
        if (status == STEMMA_OK) {
            set->handles[i].term = i;
        }
    }
    return status;
}

/* Reads one row and adds it. */
static stemma_status take_row(stm_check *check, uint32_t document, uint32_t index,
                              uint32_t *last_number, stm_row_set *set, stemma_error *error)
{
    stm_row_record record;
    stemma_row row;
    stemma_status status = stm_row_load(check->snapshot, document, index, &record, NULL, error);
    if (status != STEMMA_OK) {
        return status == STEMMA_NOT_FOUND ? STEMMA_E_DAMAGED : status;
    }
    stemma_row_participant *participants =
        stm_snapshot_array(check->snapshot, record.participant_count, sizeof *participants, error);
    if (participants == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < record.participant_count; i++) {
        participants[i].role = record.participants[i].role;
        participants[i].actor = record.participants[i].actor;
    }
    memset(&row, 0, sizeof row);
    status = stm_row_number(check->snapshot, document, index, &row.number, error);
    if (status != STEMMA_OK) {
        return status;
    }
    *last_number = row.number;
    row.type = record.type;
    row.time = record.time;
    row.place = record.place;
    row.source = record.source;
    row.participants = participants;
    row.participant_count = record.participant_count;
    row.external_id = record.rare.external_id;
    row.content = record.rare.content;
    row.quantity_predicate = record.rare.quantity_predicate;
    row.amount = record.rare.amount;
    row.unit = record.rare.unit;
    return stm_row_set_add(set, &row, error);
}

/* Actors come by falling number of uses, then type, then name. */
static int actors_ordered(const stemma_document *document, const uint32_t *uses)
{
    for (uint32_t i = 1; i < document->referent_count; i++) {
        const stemma_referent *a = &document->referents[i - 1];
        const stemma_referent *b = &document->referents[i];
        if (uses[i - 1] != uses[i]) {
            if (uses[i - 1] < uses[i]) {
                return 0;
            }
            continue;
        }
        int order = stemma_text_compare(a->type, b->type);
        if (order == 0 && a->name_count != 0 && b->name_count != 0) {
            order = stemma_text_compare(a->names[0].text, b->names[0].text);
        }
        if (order >= 0) {
            return 0;
        }
    }
    return 1;
}

/* What the document says of its rows, against the rows. */
static stemma_status check_whole(stm_check *check, uint32_t number, const stemma_document *document,
                                 const stm_row_set *set, stemma_error *error)
{
    const stm_data_set *stated = NULL;
    char where[32];
    uint32_t *uses = calloc((size_t)set->actor_count + 1, sizeof *uses);
    stemma_status status = stm_data_set_find(check->snapshot, number, &stated, error);
    if (uses == NULL || status != STEMMA_OK) {
        free(uses);
        return uses == NULL ? no_memory(error) : status;
    }
    snprintf(where, sizeof where, "document %u", number);
    stm_row_set_uses(set, uses);
    for (uint32_t i = 0; i < set->actor_count; i++) {
        check->seen.mentions += uses[i];
    }
    check->seen.referents += set->count;
    check->seen.assertions += set->assertion_count;
    check->seen.evidence += set->assertion_count;
    if (!actors_ordered(document, uses)) {
        status = stm_check_report(check, part_name, "ACTOR_ORDER", where,
                                  "The actors are not in the order of their uses and names");
    }
    if (status == STEMMA_OK &&
        (stated->stride != set->stride || stated->gaps.size != set->gap_size ||
         (set->gap_size != 0 && memcmp(stated->gaps.data, set->gaps, set->gap_size) != 0))) {
        status = stm_check_report(check, part_name, "ROW_COUNTS", where,
                                  "The document does not say of its rows what they are");
    }
    free(uses);
    return status;
}

/* All rows into `set`. */
static stemma_status take_rows(stm_check *check, uint32_t number, const stemma_document *document,
                               stm_row_set *set, stemma_error *error)
{
    uint32_t rows = document->row_count;
    uint32_t last_number = 0;
    char where[48];
    if (add_handles(set, &check->file->bounds.vocabulary) != STEMMA_OK) {
        return no_memory(error);
    }
    set->actor_count = document->referent_count;
    for (uint32_t i = 0; i < rows; i++) {
        stm_mark mark = stm_snapshot_mark(check->snapshot);
        stemma_status status = take_row(check, number, i, &last_number, set, error);
        stm_snapshot_rewind(check->snapshot, mark);
        if (status == STEMMA_E_INVALID || status == STEMMA_E_LIMIT) {
            snprintf(where, sizeof where, "document %u row %u", number, last_number);
            return stm_check_report(check, part_name, error->code, where, "%s", error->message);
        }
        if (status != STEMMA_OK) {
            return stm_check_failed(check, part_name, status, error);
        }
    }
    check->looked[STEMMA_CHECK_ROWS] += set->count;
    check->looked[STEMMA_CHECK_EVIDENCE] += set->assertion_count;
    stemma_status status = check_whole(check, number, document, set, error);
    if (status == STEMMA_OK && stm_row_set_resolve(set) != STEMMA_OK) {
        return no_memory(error);
    }
    return status;
}

stemma_status stm_check_rows(stm_check *check, uint32_t number, const stemma_document *document,
                             stemma_error *error)
{
    stm_checked_rows *checked = calloc(1, sizeof *checked);
    if (checked == NULL) {
        return no_memory(error);
    }
    stm_row_set_begin(&checked->set, NULL);
    checked->document = number;
    if (check->last_rows != NULL) {
        check->last_rows->next = checked;
    } else {
        check->rows = checked;
    }
    check->last_rows = checked;
    return take_rows(check, number, document, &checked->set, error);
}

void stm_check_rows_free(stm_check *check)
{
    while (check->rows != NULL) {
        stm_checked_rows *next = check->rows->next;
        stm_row_set_free(&check->rows->set);
        free(check->rows);
        check->rows = next;
    }
}
