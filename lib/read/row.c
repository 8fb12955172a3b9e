/* SPDX-License-Identifier: MIT */
#include "read/row.h"

#include <stdlib.h>

#include "bytes.h"
#include "read/document.h"
#include "base/error.h"
#include "key.h"
#include "read/row_detail.h"
#include "read/row_number.h"
#include "read/testimony_one.h"

/* ---- Data sets ---- */

stemma_status stm_data_set_find(stemma_snapshot *snapshot, uint32_t document,
                                const stm_data_set **out, stemma_error *error)
{
    stm_data_set *set = &snapshot->data_set;
    if (set->document != document || !snapshot->data_set_known) {
        stemma_bytes value;
        stemma_document record;
        stm_document_extra extra;
        stemma_status status =
            stm_document_find(snapshot, document, &value, &record, &extra, error);
        if (status != STEMMA_OK) {
            return status;
        }
        set->document = document;
        set->actors = extra.referents;
        set->assertions = extra.assertions;
        set->rows = extra.rows;
        set->stride = extra.stride;
        set->run = extra.run;
        set->gaps = extra.gaps;
        snapshot->data_set_known = true;
    }
    *out = set;
    return STEMMA_OK;
}

bool stm_row_of_assertion(const stm_data_set *set, uint32_t assertion, uint32_t *row,
                          uint32_t *place)
{
    if (assertion < set->assertions || set->stride == 0) {
        return false;
    }
    *row = (assertion - set->assertions) / set->stride;
    *place = (assertion - set->assertions) % set->stride;
    return *row < set->rows;
}

/* ---- Folded rows ---- */

/* The referent of an entity that a folded row means: the one at place `variant` among those of the
   document. */
static stemma_status find_actor(stemma_snapshot *snapshot, uint32_t document, uint32_t entity,
                                uint32_t variant, uint32_t *actor, stemma_error *error)
{
    stemma_referent_id first;
    stemma_status status = stm_entity_first(snapshot, entity, &first, error);
    if (status != STEMMA_OK) {
        return status == STEMMA_NOT_FOUND
                   ? stm_damaged(error, STM_TABLE_EVENT, entity, "NUMBER_OUT_OF_RANGE")
                   : status;
    }
    if (first.document == document && variant == 0) {
        *actor = first.referent;
        return STEMMA_OK;
    }
    stm_posting_source source;
    stm_list_key list;
    stm_mark mark = stm_snapshot_mark(snapshot);
    stm_posting_cursor *cursor = stm_snapshot_alloc(snapshot, sizeof *cursor, error);
    if (cursor == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    status = stm_snapshot_source(snapshot, STM_TABLE_MEMBERSHIP, &source, error);
    if (status != STEMMA_OK) {
        return status;
    }
    uint32_t at = 0;
    stm_list_key_membership(&list, STM_MEMBERSHIP_ENTITY, entity);
    status = stm_posting_cursor_open(cursor, &source, stm_list_key_bytes(&list),
                                     snapshot->file->bounds.documents);
    if (status == STEMMA_OK) {
        status = stm_posting_cursor_seek(cursor, document, &at, actor);
    }
    while (status == STEMMA_OK && at == document && variant != 0) {
        variant--;
        status = stm_posting_cursor_next(cursor, &at, actor);
    }
    stm_snapshot_source_return(&source);
    stm_snapshot_rewind(snapshot, mark);
    return status == STEMMA_OK && at == document
               ? STEMMA_OK
               : stm_damaged(error, STM_TABLE_MEMBERSHIP, entity, "MEMBER_MISSING");
}

static bool is_term(const stm_bounds *bounds, uint32_t number, uint8_t kind)
{
    return number < bounds->vocabulary.count && bounds->vocabulary.terms[number].kind == kind;
}

/* The time as text, in the snapshot's memory. */
static stemma_status put_time(stemma_snapshot *snapshot, const stm_event_row *row,
                              stm_row_record *out, stemma_error *error)
{
    char text[STM_ROW_TIME_SIZE];
    out->time = out->rare.time;
    out->rare.time = (stemma_text){NULL, 0};
    if (out->time.size == 0) {
        size_t size = stm_row_time_text(&row->bounds, text);
        char *copy = size != 0 ? stm_snapshot_alloc(snapshot, size, error) : NULL;
        if (size != 0 && copy == NULL) {
            return STEMMA_E_NO_MEMORY;
        }
        if (copy != NULL) {
            memcpy(copy, text, size);
            out->time = (stemma_text){copy, size};
        }
    }
    return STEMMA_OK;
}

stemma_status stm_row_of_entities(stemma_snapshot *snapshot, const stm_event_block *block,
                                  uint32_t event, const stm_event_row *row, stm_row_record *out,
                                  stemma_error *error)
{
    const stm_bounds *bounds = &snapshot->file->bounds;
    stm_row_participant *participants =
        stm_snapshot_array(snapshot, row->participant_count, sizeof *participants, error);
    if (participants == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < row->participant_count; i++) {
        stm_event_participant one;
        if (stm_event_block_participant(block, row, i, &one) != STEMMA_OK ||
            one.entity >= bounds->entities || !is_term(bounds, one.role, STEMMA_TERM_PREDICATE)) {
            return stm_damaged(error, STM_TABLE_EVENT, event, "PARTICIPANT");
        }
        participants[i].role = one.role;
        participants[i].actor = one.entity;
    }
    if (!is_term(bounds, row->type, STEMMA_TERM_EVENT_TYPE) ||
        (row->place != STEMMA_NONE && row->place >= bounds->entities) ||
        (row->via != STEMMA_NONE && row->via >= bounds->entities)) {
        return stm_damaged(error, STM_TABLE_EVENT, event, "NUMBER_OUT_OF_RANGE");
    }
    memset(out, 0, sizeof *out);
    out->type = row->type;
    out->place = row->place;
    out->source = row->via;
    out->participants = participants;
    out->participant_count = row->participant_count;
    stemma_status status = stm_detail_find(snapshot, event, &out->rare, error);
    return status == STEMMA_OK ? put_time(snapshot, row, out, error) : status;
}

static int compare_participants(const void *a, const void *b)
{
    const stm_row_participant *left = a;
    const stm_row_participant *right = b;
    if (left->role != right->role) {
        return left->role < right->role ? -1 : 1;
    }
    return (left->actor > right->actor) - (left->actor < right->actor);
}

stemma_status stm_row_of_event(stemma_snapshot *snapshot, const stm_event_block *block,
                               uint32_t event, const stm_event_row *row, stm_row_record *out,
                               stemma_error *error)
{
    uint32_t document = row->first_document;
    stemma_status status = stm_row_of_entities(snapshot, block, event, row, out, error);
    if (status != STEMMA_OK) {
        return status;
    }
    stm_row_participant *participants =
        stm_snapshot_array(snapshot, out->participant_count, sizeof *participants, error);
    if (participants == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    bool ascending = true;
    for (uint32_t i = 0; i < out->participant_count && status == STEMMA_OK; i++) {
        stm_event_participant one;
        if (stm_event_block_participant(block, row, i, &one) != STEMMA_OK) {
            return stm_damaged(error, STM_TABLE_EVENT, event, "PARTICIPANT");
        }
        participants[i].role = one.role;
        status =
            find_actor(snapshot, document, one.entity, one.variant, &participants[i].actor, error);
        ascending = ascending &&
                    (i == 0 || compare_participants(&participants[i - 1], &participants[i]) < 0);
    }
    if (status == STEMMA_OK && row->place != STEMMA_NONE) {
        status = find_actor(snapshot, document, row->place, row->place_variant, &out->place, error);
    }
    if (status == STEMMA_OK && row->via != STEMMA_NONE) {
        status = find_actor(snapshot, document, row->via, row->via_variant, &out->source, error);
    }
    if (status == STEMMA_OK && !ascending) {
        qsort(participants, out->participant_count, sizeof *participants, compare_participants);
    }
    out->participants = participants;
    return status;
}

stemma_status stm_row_actor(stemma_snapshot *snapshot, const stm_event_block *block,
                            const stm_event_row *row, uint32_t index, uint32_t *actor,
                            stemma_error *error)
{
    stm_event_participant one;
    if (index >= row->participant_count ||
        stm_event_block_participant(block, row, index, &one) != STEMMA_OK) {
        return stm_damaged(error, STM_TABLE_EVENT, row->first_referent, "PARTICIPANT");
    }
    return find_actor(snapshot, row->first_document, one.entity, one.variant, actor, error);
}

/* ---- Any row ---- */

static stemma_status load_stored(stemma_snapshot *snapshot, const stm_data_set *set, uint32_t index,
                                 stm_row_record *out, stemma_error *error)
{
    stemma_bytes value;
    uint32_t document = set->document;
    uint32_t actors = set->actors;
    uint32_t count = 0;
    stm_fault fault = {"", 0};
    stemma_status status =
        stm_snapshot_get_u32x2(snapshot, STM_TABLE_ROW, document, index, &value, error);
    if (status == STEMMA_NOT_FOUND) {
        return stm_damaged(error, STM_TABLE_ROW, document, "RECORD_MISSING");
    }
    if (status != STEMMA_OK) {
        return status;
    }
    status = stm_row_count(value, &count, &fault);
    if (status == STEMMA_OK) {
        stm_row_participant *participants =
            stm_snapshot_array(snapshot, count, sizeof *participants, error);
        if (participants == NULL) {
            return STEMMA_E_NO_MEMORY;
        }
        status = stm_row_decode(value, &snapshot->file->bounds.vocabulary, actors, out,
                                participants, count, &fault);
    }
    return status == STEMMA_OK ? STEMMA_OK
                               : stm_record_failed(error, status, STM_TABLE_ROW, document, &fault);
}

stemma_status stm_row_load(stemma_snapshot *snapshot, uint32_t document, uint32_t index,
                           stm_row_record *out, uint32_t *event, stemma_error *error)
{
    const stm_data_set *set = NULL;
    const stm_event_block *block = NULL;
    stemma_reference member;
    stm_event_row row;
    stemma_status status = stm_data_set_find(snapshot, document, &set, error);
    if (status != STEMMA_OK) {
        return status;
    }
    if (index >= set->rows) {
        return STEMMA_NOT_FOUND;
    }
    stemma_referent_id referent = {document, set->actors + index};
    status = stemma_member_of(snapshot, referent, &member, error);
    if (status == STEMMA_NOT_FOUND ||
        (status == STEMMA_OK && member.kind != STEMMA_REFERENCE_EVENT)) {
        return stm_damaged(error, STM_TABLE_MEMBER, document, "MEMBER_MISSING");
    }
    if (status == STEMMA_OK) {
        status = stm_snapshot_event_block(snapshot, member.number, &block, error);
    }
    if (status != STEMMA_OK) {
        return status;
    }
    if (event != NULL) {
        *event = member.number;
    }
    if (stm_event_block_row(block, member.number % STEMMA_EVENT_BLOCK, &row) != STEMMA_OK) {
        return stm_damaged(error, STM_TABLE_EVENT, member.number, "NUMBER_OUT_OF_RANGE");
    }
    if (!row.folded) {
        return load_stored(snapshot, set, index, out, error);
    }
    if (row.first_document != document || row.first_referent != referent.referent) {
        return stm_damaged(error, STM_TABLE_EVENT, member.number, "FOLDED_ROW");
    }
    return stm_row_of_event(snapshot, block, member.number, &row, out, error);
}

/* ---- What it says ---- */

stemma_status stm_row_assertions_of(stemma_snapshot *snapshot, const stm_row_record *row,
                                    const stm_row_assertion **out, uint32_t *count,
                                    stemma_error *error)
{
    const stm_row_predicates *terms = &snapshot->file->row_predicates;
    if (terms->type == STEMMA_NONE || terms->time == STEMMA_NONE || terms->place == STEMMA_NONE ||
        terms->content == STEMMA_NONE) {
        return stm_damaged(error, STM_TABLE_VOCABULARY, 0, "TERM_UNKNOWN");
    }
    *count = stm_row_assertion_count(row);
    stm_row_assertion *assertions = stm_snapshot_array(snapshot, *count, sizeof *assertions, error);
    if (assertions == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    stm_row_assertions(row, terms, assertions);
    *out = assertions;
    return STEMMA_OK;
}

void stm_row_object(const stemma_snapshot *snapshot, const stm_row_record *row,
                    const stm_row_assertion *assertion, stemma_object *out)
{
    const stm_row_predicates *terms = &snapshot->file->row_predicates;
    memset(out, 0, sizeof *out);
    out->kind = assertion->kind;
    switch (assertion->kind) {
    case STEMMA_OBJECT_REFERENT:
        out->as.referent = assertion->actor;
        break;
    case STEMMA_OBJECT_PLACE:
        out->as.place.referent = assertion->actor;
        out->as.place.latitude = STEMMA_NO_DEGREES;
        out->as.place.longitude = STEMMA_NO_DEGREES;
        break;
    case STEMMA_OBJECT_TIME:
        out->as.time.edtf = row->time;
        break;
    case STEMMA_OBJECT_QUANTITY:
        out->as.quantity.amount = row->rare.amount;
        out->as.quantity.unit = row->rare.unit;
        break;
    default:
        out->as.text = assertion->predicate == terms->type ? snapshot->file->terms[row->type].name
                                                           : row->rare.content;
        break;
    }
}

/* ---- The public functions ---- */

static stemma_text term_name(const stemma_snapshot *snapshot, uint32_t term)
{
    stemma_text none = {NULL, 0};
    return term < snapshot->file->bounds.vocabulary.count ? snapshot->file->terms[term].name : none;
}

stemma_status stm_row_number(stemma_snapshot *snapshot, uint32_t document, uint32_t index,
                             uint32_t *number, stemma_error *error)
{
    const stm_data_set *set = NULL;
    stemma_status status = stm_data_set_find(snapshot, document, &set, error);
    if (status == STEMMA_OK) {
        *number = stm_row_number_in(snapshot, set, index);
    }
    return status;
}

stemma_status stemma_row_get(stemma_snapshot *snapshot, uint32_t document, uint32_t row_index,
                             stemma_row_view *out, stemma_error *error)
{
    const stm_data_set *set = NULL;
    stm_row_record record;
    stemma_status status = stm_row_load(snapshot, document, row_index, &record, NULL, error);
    if (status == STEMMA_OK) {
        status = stm_data_set_find(snapshot, document, &set, error);
    }
    if (status != STEMMA_OK) {
        return status;
    }
    stemma_row_role *roles =
        stm_snapshot_array(snapshot, record.participant_count, sizeof *roles, error);
    if (roles == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < record.participant_count; i++) {
        roles[i].role = term_name(snapshot, record.participants[i].role);
        roles[i].referent = record.participants[i].actor;
    }
    memset(out, 0, sizeof *out);
    out->number = stm_row_number_in(snapshot, set, row_index);
    out->type = term_name(snapshot, record.type);
    out->time = record.time;
    out->participants = roles;
    out->participant_count = record.participant_count;
    out->place = record.place;
    out->source = record.source;
    out->external_id = record.rare.external_id;
    out->content = record.rare.content;
    if (record.rare.quantity_predicate != STEMMA_NONE) {
        out->quantity_predicate = term_name(snapshot, record.rare.quantity_predicate);
        out->amount = record.rare.amount;
        out->unit = record.rare.unit;
    }
    return STEMMA_OK;
}

stemma_status stemma_row_of(stemma_snapshot *snapshot, stemma_referent_id referent,
                            uint32_t *row_index, stemma_error *error)
{
    const stm_data_set *set = NULL;
    stemma_status status = stm_data_set_find(snapshot, referent.document, &set, error);
    if (status != STEMMA_OK) {
        return status;
    }
    if (referent.referent < set->actors || referent.referent - set->actors >= set->rows) {
        return STEMMA_NOT_FOUND;
    }
    *row_index = referent.referent - set->actors;
    return STEMMA_OK;
}

stemma_status stemma_row_assertions(stemma_snapshot *snapshot, uint32_t document,
                                    uint32_t row_index, uint32_t *first, uint32_t *count,
                                    stemma_error *error)
{
    const stm_data_set *set = NULL;
    stemma_status status = stm_data_set_find(snapshot, document, &set, error);
    if (status != STEMMA_OK) {
        return status;
    }
    if (row_index >= set->rows) {
        return STEMMA_NOT_FOUND;
    }
    *first = set->assertions + row_index * set->stride;
    *count = set->stride;
    return STEMMA_OK;
}

/* An assertion that a row makes. */
static stemma_status row_assertion(stemma_snapshot *snapshot, const stm_data_set *set, uint32_t row,
                                   uint32_t place, stemma_assertion *out, stemma_error *error)
{
    const stm_row_assertion *says = NULL;
    uint32_t count = 0;
    uint32_t run = set->run;
    stm_row_record record;
    uint32_t subject = set->actors + row;
    stemma_status status = stm_row_load(snapshot, set->document, row, &record, NULL, error);
    if (status == STEMMA_OK) {
        status = stm_row_assertions_of(snapshot, &record, &says, &count, error);
    }
    if (status != STEMMA_OK) {
        return status;
    }
    if (place >= count) {
        return STEMMA_NOT_FOUND;
    }
    memset(out, 0, sizeof *out);
    out->subject = subject;
    out->predicate = term_name(snapshot, says[place].predicate);
    stm_row_object(snapshot, &record, &says[place], &out->object);
    out->polarity = STEMMA_POLARITY_POSITIVE;
    out->realis = STEMMA_REALIS_ACTUAL;
    out->speaker = STEMMA_NONE;
    out->via = record.source;
    out->confidence = STEMMA_NO_CONFIDENCE;
    out->run = run;
    return STEMMA_OK;
}

/* An assertion with or without its evidence, see stm_testimony_assertion(). */
static stemma_status read_assertion(stemma_snapshot *snapshot, stemma_witness witness,
                                    bool evidence, stemma_assertion *out, stemma_error *error)
{
    const stm_data_set *set = NULL;
    uint32_t row = 0;
    uint32_t place = 0;
    stemma_status status = stm_data_set_find(snapshot, witness.document, &set, error);
    if (status != STEMMA_OK) {
        return status;
    }
    if (stm_row_of_assertion(set, witness.assertion, &row, &place)) {
        return row_assertion(snapshot, set, row, place, out, error);
    }
    if (witness.assertion >= set->assertions) {
        return STEMMA_NOT_FOUND;
    }
    return stm_testimony_assertion(snapshot, witness.document, witness.assertion, evidence, out,
                                   error);
}

stemma_status stemma_witness_assertion(stemma_snapshot *snapshot, stemma_witness witness,
                                       stemma_assertion *out, stemma_error *error)
{
    return read_assertion(snapshot, witness, true, out, error);
}

stemma_status stm_witness_says(stemma_snapshot *snapshot, stemma_witness witness,
                               stemma_assertion *out, stemma_error *error)
{
    return read_assertion(snapshot, witness, false, out, error);
}
