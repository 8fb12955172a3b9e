/* SPDX-License-Identifier: MIT */
#include "read_all.h"

#include "stemma/events.h"

#include <stdio.h>

/* Most of each thing that is read: a damaged file may claim any number. */
#define MOST 5000u

typedef struct walk {
    stemma_snapshot *snapshot;
    read_all_result *result;
} walk;

/* Counts a status; true when there is an answer. A failure must say what it is. */
static int met(walk *self, stemma_status status, const stemma_error *error)
{
    switch (status) {
    case STEMMA_OK:
        self->result->answers++;
        return 1;
    case STEMMA_NOT_FOUND:
    case STEMMA_END:
        return 0;
    case STEMMA_E_DAMAGED:
        self->result->damaged++;
        break;
    case STEMMA_E_NO_MEMORY:
        self->result->too_much++;
        break;
    default:
        self->result->other++;
        fprintf(stderr, "unexpected %s: %s at %s\n", stemma_status_name(status), error->code,
                error->where);
        return 0;
    }
    if (error->status != status || error->code[0] == '\0' || error->message[0] == '\0') {
        self->result->other++;
        fprintf(stderr, "%s without an explanation\n", stemma_status_name(status));
    }
    return 0;
}

static void take(walk *self, stemma_text text)
{
    for (size_t i = 0; i < text.size; i++) {
        self->result->sum += (unsigned char)text.data[i];
    }
}

static void take_number(walk *self, uint64_t number)
{
    self->result->sum += number;
}

static void take_spans(walk *self, const stemma_span *spans, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        take_number(self, spans[i].end - spans[i].start);
    }
}

static void take_object(walk *self, const stemma_object *object)
{
    switch (object->kind) {
    case STEMMA_OBJECT_REFERENT:
        take_number(self, object->as.referent);
        break;
    case STEMMA_OBJECT_TEXT:
        take(self, object->as.text);
        break;
    case STEMMA_OBJECT_TIME:
        take(self, object->as.time.raw);
        take(self, object->as.time.edtf);
        break;
    case STEMMA_OBJECT_PLACE:
        take(self, object->as.place.raw);
        take(self, object->as.place.gazetteer);
        break;
    case STEMMA_OBJECT_QUANTITY:
        take(self, object->as.quantity.raw);
        take(self, object->as.quantity.amount);
        take(self, object->as.quantity.lower);
        take(self, object->as.quantity.upper);
        take(self, object->as.quantity.unit);
        take(self, object->as.quantity.counted);
        break;
    default:
        break;
    }
}

static void take_testimony(walk *self, const stemma_document *document)
{
    for (uint32_t i = 0; i < document->referent_count; i++) {
        const stemma_referent *referent = &document->referents[i];
        take(self, referent->type);
        for (uint32_t n = 0; n < referent->name_count; n++) {
            take(self, referent->names[n].text);
            take(self, referent->names[n].language);
        }
        for (uint32_t n = 0; n < referent->external_id_count; n++) {
            take(self, referent->external_ids[n]);
        }
    }
    for (uint32_t i = 0; i < document->mention_count; i++) {
        take_spans(self, document->mentions[i].spans, document->mentions[i].span_count);
    }
    for (uint32_t i = 0; i < document->assertion_count; i++) {
        const stemma_assertion *assertion = &document->assertions[i];
        take(self, assertion->predicate);
        take_object(self, &assertion->object);
        for (uint32_t e = 0; e < assertion->evidence_count; e++) {
            take_spans(self, assertion->evidence[e].spans, assertion->evidence[e].span_count);
        }
    }
}

/* The id of a thing and back. */
static void there_and_back(walk *self, uint8_t kind, uint32_t number)
{
    stemma_reference reference = {kind, number};
    char id[STEMMA_ID_SIZE];
    stemma_error error = {0};
    if (met(self, stemma_id_text(self->snapshot, reference, id, &error), &error)) {
        take(self, stemma_text_of(id));
        (void)met(self, stemma_resolve(self->snapshot, stemma_text_of(id), &reference, &error),
                  &error);
    }
}

/* Rows by the block, every number that leads on followed. */
static void scan_rows(walk *self, uint32_t document, uint32_t rows)
{
    for (uint32_t i = 0; i < rows && i < MOST;) {
        stemma_row_columns columns = {0};
        stemma_error error = {0};
        if (!met(self, stemma_row_scan(self->snapshot, document, i, &columns, &error), &error)) {
            return;
        }
        for (uint32_t k = 0; k < columns.count && k < MOST; k++) {
            const uint32_t frame = columns.frame[k];
            const uint32_t first = columns.participant_first[k];
            const uint32_t *role = columns.role + columns.frame_first[frame];
            take(self, columns.times[columns.time[k]]);
            take_number(self, columns.number[k]);
            take_number(self, columns.type[k]);
            for (uint32_t j = first; j < columns.participant_first[k + 1]; j++) {
                take_number(self, role[j - first]);
                take_number(self, columns.actor[j]);
            }
            if (columns.detail != NULL) {
                take(self, columns.detail[k].external_id);
                take(self, columns.detail[k].content);
            }
        }
        i += columns.count != 0 ? columns.count : 1;
    }
}

/* The rows of a data set, and what the first ones say. */
static void read_rows(walk *self, uint32_t document, uint32_t rows)
{
    scan_rows(self, document, rows);
    for (uint32_t i = 0; i <= rows && i < MOST; i++) {
        stemma_row_view row;
        stemma_error error = {0};
        if (met(self, stemma_row_get(self->snapshot, document, i, &row, &error), &error)) {
            take(self, row.type);
            take(self, row.time);
            take(self, row.content);
            for (uint32_t j = 0; j < row.participant_count; j++) {
                take(self, row.participants[j].role);
                take_number(self, row.participants[j].referent);
            }
        }
    }
    for (uint32_t i = 0; i < 3 * rows && i < MOST; i++) {
        stemma_witness witness = {document, i};
        stemma_assertion assertion;
        stemma_error error = {0};
        if (met(self, stemma_witness_assertion(self->snapshot, witness, &assertion, &error),
                &error)) {
            take(self, assertion.predicate);
            take_object(self, &assertion.object);
        }
    }
}

static void read_document(walk *self, uint32_t number)
{
    stemma_snapshot *snapshot = self->snapshot;
    stemma_document document;
    stemma_text text;
    stemma_span whole = {0, UINT32_MAX};
    const stemma_derivation *derivations;
    uint32_t count = 0;
    uint32_t group;
    stemma_error error = {0};
    if (met(self, stemma_document_get(snapshot, number, &document, &error), &error)) {
        take(self, document.uri);
        take(self, document.title);
        take_spans(self, document.furniture, document.furniture_count);
        for (uint32_t i = 0; i < document.sentence_count; i++) {
            take_number(self, document.sentences[i]);
        }
    }
    if (met(self, stemma_testimony_get(snapshot, number, &document, &error), &error)) {
        take_testimony(self, &document);
        read_rows(self, number, document.row_count);
        for (uint32_t i = 0; i <= document.referent_count && i < MOST; i++) {
            stemma_referent_id id = {number, i};
            stemma_reference member;
            (void)met(self, stemma_member_of(snapshot, id, &member, &error), &error);
        }
    }
    if (met(self, stemma_text_get(snapshot, number, whole, &text, &error), &error)) {
        take(self, text);
    }
    if (met(self, stemma_derivations_of(snapshot, number, &derivations, &count, &error), &error)) {
        for (uint32_t i = 0; i < count; i++) {
            take(self, derivations[i].author);
            take_number(self, derivations[i].range_count);
        }
    }
    if (met(self, stemma_independence_group(snapshot, number, &group, &error), &error)) {
        take_number(self, group);
    }
    there_and_back(self, STEMMA_REFERENCE_DOCUMENT, number);
}

static void read_members(walk *self, uint8_t kind, uint32_t number)
{
    stemma_reference reference = {kind, number};
    const stemma_referent_id *members;
    uint32_t count = 0;
    stemma_error error = {0};
    if (met(self, stemma_members(self->snapshot, reference, &members, &count, &error), &error)) {
        for (uint32_t i = 0; i < count; i++) {
            take_number(self, members[i].document + members[i].referent);
        }
    }
    there_and_back(self, kind, number);
}

/* The same in batches, with rows. */
static void read_many(walk *self, const stemma_event_query *query)
{
    stemma_event_cursor *cursor;
    uint32_t events[64];
    uint32_t got = 0;
    uint64_t counted = 0;
    stemma_error error = {0};
    stemma_status status = stemma_events(&cursor, self->snapshot, query, &error);
    for (uint32_t i = 0; met(self, status, &error) && i < MOST / 64; i++) {
        status = stemma_event_next_many(cursor, events, 64, &got, &error);
        if (status == STEMMA_OK) {
            stemma_event rows[64];
            stemma_status read = stemma_event_get_many(self->snapshot, events, got, rows, &error);
            if (met(self, read, &error)) {
                take(self, rows[got - 1].type);
            }
        }
    }
    if (met(self, stemma_events_count(self->snapshot, query, &counted, &error), &error)) {
        take_number(self, counted);
    }
}

static void read_columns(walk *self)
{
    stemma_event_columns at;
    stemma_error error = {0};
    uint64_t by_term[64];
    for (uint32_t first = 0; first < MOST; first += at.count) {
        stemma_status status =
            stemma_event_scan(self->snapshot, first, STEMMA_SCAN_ALL, &at, &error);
        if (!met(self, status, &error)) {
            break;
        }
        for (uint32_t i = 0; i < at.count; i++) {
            take_number(self, (uint64_t)at.end_latest[i] + at.type[i] + at.place[i]);
            for (uint32_t j = at.participant_first[i]; j < at.participant_first[i + 1]; j++) {
                take_number(self, at.role[j] + (uint64_t)at.entity[j]);
            }
        }
    }
    if (met(self, stemma_type_counts(self->snapshot, by_term, 64, &error), &error)) {
        take_number(self, by_term[0]);
    }
}

static void read_events_of(walk *self, const stemma_event_query *query)
{
    stemma_event_cursor *cursor;
    uint32_t event;
    stemma_error error = {0};
    stemma_status status = stemma_events(&cursor, self->snapshot, query, &error);
    for (uint32_t i = 0; met(self, status, &error) && i < MOST; i++) {
        status = stemma_event_next(cursor, &event, &error);
    }
    read_many(self, query);
}

static void read_entity(walk *self, uint32_t number)
{
    stemma_entity entity;
    stemma_text label;
    stemma_error error = {0};
    stemma_event_query query = STEMMA_EVENT_QUERY_INIT;
    if (met(self, stemma_entity_get(self->snapshot, number, &entity, &error), &error)) {
        take(self, entity.type);
        take(self, entity.name);
        for (uint32_t i = 0; i < entity.name_count; i++) {
            take(self, entity.names[i].text);
        }
    }
    if (met(self, stemma_entity_label(self->snapshot, number, &label, &error), &error)) {
        take(self, label);
    }
    query.entities = &number;
    query.entity_count = 1;
    read_events_of(self, &query);
    query.entity_count = 0;
    query.place = number;
    query.from = 0;
    read_events_of(self, &query);
    read_members(self, STEMMA_REFERENCE_ENTITY, number);
}

static void read_event(walk *self, uint32_t number)
{
    stemma_event event;
    stemma_error error = {0};
    if (met(self, stemma_event_get(self->snapshot, number, &event, &error), &error)) {
        take(self, event.type);
        for (uint32_t i = 0; i < event.participant_count; i++) {
            take(self, event.participants[i].role);
        }
    }
    read_members(self, STEMMA_REFERENCE_EVENT, number);
}

static void read_claim(walk *self, uint32_t number)
{
    stemma_claim claim;
    stemma_error error = {0};
    if (met(self, stemma_claim_get(self->snapshot, number, &claim, &error), &error)) {
        take(self, claim.predicate);
        take_object(self, &claim.object);
        for (uint32_t i = 0; i < claim.witness_count; i++) {
            take_number(self, claim.witnesses[i].document);
        }
    }
    if (number % 16 == 0) {
        there_and_back(self, STEMMA_REFERENCE_CLAIM, number);
    }
}

static void read_judgement(walk *self, uint32_t number)
{
    stemma_judgement judgement;
    stemma_error error = {0};
    if (met(self, stemma_judgement_get(self->snapshot, number, &judgement, &error), &error)) {
        take(self, judgement.author);
        take(self, judgement.reason);
    }
}

static void read_run(walk *self, uint32_t number)
{
    stemma_run run;
    stemma_error error = {0};
    if (met(self, stemma_run_get(self->snapshot, number, &run, &error), &error)) {
        take(self, run.name);
        take(self, run.settings);
    }
}

static void read_term(walk *self, uint32_t number)
{
    stemma_term term;
    stemma_error error = {0};
    stemma_event_query query = STEMMA_EVENT_QUERY_INIT;
    if (met(self, stemma_term_get(self->snapshot, number, &term, &error), &error)) {
        take(self, term.name);
        take(self, term.label);
        if (term.kind == STEMMA_TERM_EVENT_TYPE) {
            query.type = term.name;
            read_events_of(self, &query);
        }
    }
}

/* Numbers 0 to `count`, which is one too many. */
static void each(walk *self, uint64_t count, void (*read)(walk *self, uint32_t number))
{
    for (uint32_t i = 0; i <= count && i < MOST; i++) {
        read(self, i);
        stemma_snapshot_reset(self->snapshot);
    }
}

void read_all_of(stemma_file *file, read_all_result *result)
{
    walk self = {NULL, result};
    stemma_counts counts;
    stemma_error error = {0};
    uint32_t until;
    stemma_counts_get(file, &counts);
    if (!met(&self, stemma_snapshot_begin(&self.snapshot, file, &error), &error)) {
        return;
    }
    each(&self, counts.vocabulary, read_term);
    each(&self, counts.runs, read_run);
    each(&self, counts.documents, read_document);
    each(&self, counts.judgements, read_judgement);
    each(&self, counts.entities, read_entity);
    each(&self, counts.events, read_event);
    each(&self, counts.claims, read_claim);
    (void)met(&self, stemma_documents_until(self.snapshot, 1600000000, &until, &error), &error);
    read_events_of(&self, NULL);
    read_columns(&self);
    stemma_snapshot_end(self.snapshot);
}

stemma_status read_all(const char *path, const stemma_open_options *options,
                       read_all_result *result)
{
    stemma_file *file = NULL;
    stemma_error error = {0};
    stemma_status status = stemma_open(&file, path, options, &error);
    if (status == STEMMA_OK) {
        read_all_of(file, result);
        stemma_close(file);
    }
    return status;
}
