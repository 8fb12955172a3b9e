/* SPDX-License-Identifier: MIT */
#include "cut_file.h"

#include <stdio.h>
#include <stdlib.h>

#include "stemma/write.h"

static void need(stemma_status status, const stemma_error *error)
{
    if (status != STEMMA_OK) {
        fprintf(stderr, "cutting a file: %s %s at %s: %s\n", stemma_status_name(status),
                error->code, error->where, error->message);
        abort();
    }
}

static void *room(size_t count, size_t size)
{
    void *memory = calloc(count + 1, size);
    if (memory == NULL) {
        abort();
    }
    return memory;
}

/* Vocabulary and runs; gives the writer's numbers of the runs. */
static uint32_t *add_vocabulary(stemma_writer *writer, stemma_snapshot *snapshot)
{
    stemma_error error = {0};
    stemma_term term;
    stemma_run run;
    uint32_t *runs = room(4096, sizeof *runs);
    for (uint32_t i = 0; stemma_term_get(snapshot, i, &term, &error) == STEMMA_OK; i++) {
        need(stemma_writer_add_term(writer, &term, &error), &error);
    }
    for (uint32_t i = 0; stemma_run_get(snapshot, i, &run, &error) == STEMMA_OK; i++) {
        need(stemma_writer_add_run(writer, &run, &runs[i], &error), &error);
    }
    return runs;
}

static void add_article(stemma_writer *writer, stemma_snapshot *snapshot, uint32_t number,
                        const uint32_t *runs)
{
    stemma_error error = {0};
    stemma_document document;
    uint32_t added = 0;
    need(stemma_testimony_get(snapshot, number, &document, &error), &error);
    stemma_assertion *assertions = room(document.assertion_count, sizeof *assertions);
    for (uint32_t i = 0; i < document.assertion_count; i++) {
        assertions[i] = document.assertions[i];
        assertions[i].run = runs[assertions[i].run];
    }
    document.assertions = assertions;
    if (!document.text_withheld) {
        need(stemma_text_get(snapshot, number, stemma_whole_span(&document), &document.text,
                             &error),
             &error);
    }
    need(stemma_writer_add_document(writer, &document, &added, &error), &error);
    free(assertions);
    if (added != number) {
        abort();
    }
}

static uint32_t role_handle(stemma_writer *writer, stemma_text role)
{
    stemma_error error = {0};
    uint32_t handle = STEMMA_NONE;
    need(stemma_writer_row_term(writer, STEMMA_TERM_PREDICATE, role, &handle, &error), &error);
    return handle;
}

static void add_row(stemma_writer *writer, const stemma_row_view *view)
{
    stemma_error error = {0};
    stemma_row row = {0};
    size_t taken = 0;
    stemma_row_participant *cast = room(view->participant_count, sizeof *cast);
    need(stemma_writer_row_term(writer, STEMMA_TERM_EVENT_TYPE, view->type, &row.type, &error),
         &error);
    for (uint32_t i = 0; i < view->participant_count; i++) {
        cast[i].role = role_handle(writer, view->participants[i].role);
        cast[i].actor = view->participants[i].referent;
    }
    row.number = view->number;
    row.time = view->time;
    row.place = view->place;
    row.source = view->source;
    row.participants = cast;
    row.participant_count = view->participant_count;
    row.external_id = view->external_id;
    row.content = view->content;
    row.quantity_predicate = view->quantity_predicate.size != 0
                                 ? role_handle(writer, view->quantity_predicate)
                                 : STEMMA_NONE;
    row.amount = view->amount;
    row.unit = view->unit;
    need(stemma_writer_add_rows(writer, &row, 1, &taken, &error), &error);
    free(cast);
}

/* Actors keep their ordinals, which follow from their uses. */
static void add_data_set(stemma_writer *writer, stemma_snapshot *snapshot, uint32_t number,
                         const uint32_t *runs)
{
    stemma_error error = {0};
    stemma_document document;
    uint32_t added = 0;
    need(stemma_testimony_get(snapshot, number, &document, &error), &error);
    need(stemma_writer_begin_rows(writer, &document, runs[document.row_run], &error), &error);
    for (uint32_t i = 0; i < document.actor_count; i++) {
        const stemma_referent *actor = &document.referents[i];
        uint32_t handle = 0;
        need(stemma_writer_row_actor(writer, actor->type, actor->names[0].text, &handle, &error),
             &error);
        if (handle != i) {
            abort();
        }
    }
    for (uint32_t i = 0; i < document.row_count; i++) {
        stemma_row_view view;
        need(stemma_row_get(snapshot, number, i, &view, &error), &error);
        add_row(writer, &view);
    }
    need(stemma_writer_rows_digest(writer, document.digest, document.text_size, &error), &error);
    need(stemma_writer_end_rows(writer, &added, &error), &error);
    if (added != number) {
        abort();
    }
}

static void add_derivations(stemma_writer *writer, stemma_snapshot *snapshot, uint32_t document,
                            uint32_t documents, const uint32_t *runs)
{
    stemma_error error = {0};
    const stemma_derivation *derivations = NULL;
    uint32_t count = 0;
    need(stemma_derivations_of(snapshot, document, &derivations, &count, &error), &error);
    for (uint32_t i = 0; i < count; i++) {
        stemma_derivation derivation = derivations[i];
        if (derivation.to < documents) {
            derivation.run =
                derivation.run != STEMMA_NONE ? runs[derivation.run] : STEMMA_NONE;
            need(stemma_writer_add_derivation(writer, &derivation, &error), &error);
        }
    }
}

/* A referent as the writer calls it: rows and actors of data sets have numbers of their own. */
static stemma_referent_id written(stemma_writer *writer, stemma_snapshot *snapshot,
                                  stemma_referent_id referent)
{
    stemma_error error = {0};
    stemma_document document;
    need(stemma_document_get(snapshot, referent.document, &document, &error), &error);
    if (document.row_count != 0) {
        uint32_t actors = document.actor_count;
        uint32_t asked = referent.referent;
        need(asked < actors
                 ? stemma_writer_actor_referent(writer, referent.document, asked,
                                                &referent.referent, &error)
                 : stemma_writer_row_referent(writer, referent.document, asked - actors,
                                              &referent.referent, &error),
             &error);
    }
    return referent;
}

/* A person joins each known member with the one before it. */
static void join(stemma_writer *writer, stemma_snapshot *snapshot, stemma_reference of,
                 uint32_t documents)
{
    stemma_error error = {0};
    const stemma_referent_id *members = NULL;
    uint32_t count = 0;
    need(stemma_members(snapshot, of, &members, &count, &error), &error);
    for (uint32_t i = 1; i < count && members[i].document < documents; i++) {
        stemma_judgement judgement = {0};
        judgement.left = written(writer, snapshot, members[i - 1]);
        judgement.right = written(writer, snapshot, members[i]);
        judgement.verdict = STEMMA_VERDICT_SAME;
        judgement.score = STEMMA_NO_CONFIDENCE;
        judgement.run = STEMMA_NONE;
        judgement.author = stemma_text_of("A. Judge");
        need(stemma_writer_add_judgement(writer, &judgement, &error), &error);
    }
}

void cut_file_write(const char *path, stemma_snapshot *snapshot, uint32_t documents)
{
    stemma_writer *writer = NULL;
    stemma_writer_options options = STEMMA_WRITER_OPTIONS_INIT;
    stemma_error error = {0};
    stemma_entity entity;
    stemma_event event;
    options.flags = STEMMA_WRITE_REPLACE;
    need(stemma_writer_new(&writer, path, &options, &error), &error);
    uint32_t *runs = add_vocabulary(writer, snapshot);
    for (uint32_t i = 0; i < documents; i++) {
        stemma_document document;
        need(stemma_document_get(snapshot, i, &document, &error), &error);
        if (document.row_count != 0 || document.actor_count != 0) {
            add_data_set(writer, snapshot, i, runs);
        } else {
            add_article(writer, snapshot, i, runs);
        }
        stemma_snapshot_reset(snapshot);
    }
    for (uint32_t i = 0; i < documents; i++) {
        add_derivations(writer, snapshot, i, documents, runs);
    }
    for (uint32_t i = 0; stemma_entity_get(snapshot, i, &entity, &error) == STEMMA_OK; i++) {
        join(writer, snapshot, (stemma_reference){STEMMA_REFERENCE_ENTITY, i}, documents);
        stemma_snapshot_reset(snapshot);
    }
    for (uint32_t i = 0; stemma_event_get(snapshot, i, &event, &error) == STEMMA_OK; i++) {
        join(writer, snapshot, (stemma_reference){STEMMA_REFERENCE_EVENT, i}, documents);
        stemma_snapshot_reset(snapshot);
    }
    need(stemma_writer_finish(writer, &error), &error);
    stemma_writer_free(writer);
    free(runs);
}
