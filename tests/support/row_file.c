/* SPDX-License-Identifier: MIT */
#include "row_file.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "corpus.h"
#include "prng.h"
#include "stemma/write.h"

static void need(stemma_status status, const stemma_error *error)
{
    if (status != STEMMA_OK) {
        fprintf(stderr, "row_file: %s at %s: %s\n", error->code, error->where, error->message);
        abort();
    }
}

void row_file_actor(uint32_t actor, char name[32], const char **type)
{
    static const char *const types[] = {"person", "organization", "place"};
    static const char *const names[] = {"Orla", "Ministry of Weirs", "Port Tamsin",
                                        "B\xc3\xa9nat \"Bo\""};
    snprintf(name, 32, "%s %u", names[actor % 4], actor);
    *type = types[actor % 3];
}

const char *row_file_uri(uint32_t set)
{
    return set == 0 ? "urn:example:left" : "urn:example:right";
}

static const char *const event_types[] = {"conflict.attack", "contact.meet", "justice.arrest"};
static const char *const event_roles[][3] = {{"agent", "target", "instrument"},
                                             {"participant", "participant", "participant"},
                                             {"agent", "patient", "charge"}};

/* Times as the rows of an ordered table go on: they begin later and later, unknown last. */
static const char *const rising[] = {"[2031-01-02..2031-02-03]",
                                     "2031-05~",
                                     "2031-05-04",
                                     "2031-05-04/2031-07",
                                     "2031-05-05",
                                     "2031-06",
                                     "2031-07?",
                                     ""};

/* `index` of `rows`, which are those of an ordered table when they are not 0: then most rows have
   the time that comes next, and every other stretch of a long one has nothing rare. */
static void make_row(row_file_row *row, prng *random, uint32_t number, uint32_t index,
                     uint32_t rows)
{
    const bool plain = rows != 0 && index / 700 % 2 == (rows > 700 ? 0 : 1);
    static const char *const times[] = {
        "2031-05-04",         "2031-05-05",           "2031-06",  "",
        "2031-05-04/2031-07", "2031-05-06T10:00:00Z", "2031-05~", "[2031-01-02..2031-02-03]"};
    uint32_t kind = prng_below(random, 3);
    memset(row, 0, sizeof *row);
    row->number = number;
    row->type = event_types[kind];
    row->time = times[prng_below(random, 3) == 0 ? prng_below(random, 8) : prng_below(random, 2)];
    row->participant_count = prng_below(random, 4) == 0 ? prng_below(random, ROW_FILE_MOST + 1) : 2;
    for (uint32_t i = 0; i < row->participant_count; i++) {
        row->roles[i] = event_roles[kind][prng_below(random, 3)];
        row->actors[i] = prng_below(random, ROW_FILE_ACTORS);
    }
    row->place = prng_below(random, 4) == 0 ? prng_below(random, ROW_FILE_ACTORS) : ROW_FILE_NONE;
    row->source = prng_below(random, 4) == 0 ? prng_below(random, ROW_FILE_ACTORS) : ROW_FILE_NONE;
    if (rows != 0 && prng_below(random, 64) != 0) {
        row->time = rising[(uint64_t)index * 8 / rows];
    }
    if (plain) {
        return;
    }
    if (prng_below(random, 5) == 0) {
        snprintf(row->external_id, sizeof row->external_id, "ledger:%u", number);
    }
    if (prng_below(random, 6) == 0) {
        snprintf(row->content, sizeof row->content, "said to have begun at weir %u", number);
    }
    if (prng_below(random, 6) == 0) {
        row->quantity = prng_below(random, 2) == 0 ? "quantity" : event_roles[kind][0];
        snprintf(row->amount, sizeof row->amount, "%u", number * 3);
        row->unit = prng_below(random, 2) == 0 ? "" : "boats";
    }
}

typedef struct terms {
    stemma_writer *writer;
    stemma_error error;
} terms;

static uint32_t term(terms *t, uint8_t kind, const char *name)
{
    uint32_t handle = 0;
    need(stemma_writer_row_term(t->writer, kind, stemma_text_of(name), &handle, &t->error),
         &t->error);
    return handle;
}

static void put_row(terms *t, const row_file_row *row, const uint32_t *actors)
{
    stemma_row_participant participants[ROW_FILE_MOST];
    stemma_row out = {0};
    size_t taken = 0;
    out.number = row->number;
    out.type = term(t, STEMMA_TERM_EVENT_TYPE, row->type);
    out.time = stemma_text_of(row->time);
    out.place = row->place != ROW_FILE_NONE ? actors[row->place] : STEMMA_NONE;
    out.source = row->source != ROW_FILE_NONE ? actors[row->source] : STEMMA_NONE;
    for (uint32_t i = 0; i < row->participant_count; i++) {
        participants[i].role = term(t, STEMMA_TERM_PREDICATE, row->roles[i]);
        participants[i].actor = actors[row->actors[i]];
    }
    out.participants = participants;
    out.participant_count = row->participant_count;
    out.external_id = stemma_text_of(row->external_id);
    out.content = stemma_text_of(row->content);
    out.quantity_predicate =
        row->quantity != NULL ? term(t, STEMMA_TERM_PREDICATE, row->quantity) : STEMMA_NONE;
    out.amount = stemma_text_of(row->amount);
    out.unit = row->unit != NULL ? stemma_text_of(row->unit) : (stemma_text){NULL, 0};
    need(stemma_writer_add_rows(t->writer, &out, 1, &taken, &t->error), &t->error);
}

static uint32_t put_set(terms *t, row_file *file, uint32_t set, uint32_t run, uint32_t *actors)
{
    stemma_document fields = {0};
    uint8_t digest[STEMMA_DIGEST_SIZE] = {(uint8_t)(set + 1)};
    uint32_t number = 0;
    fields.uri = stemma_text_of(row_file_uri(set));
    fields.media_type = stemma_text_of("text/csv");
    need(stemma_writer_begin_rows(t->writer, &fields, run, &t->error), &t->error);
    for (uint32_t i = 0; i < ROW_FILE_ACTORS; i++) {
        char name[32];
        const char *type = NULL;
        row_file_actor(i, name, &type);
        need(stemma_writer_row_actor(t->writer, stemma_text_of(type), stemma_text_of(name),
                                     &actors[i], &t->error),
             &t->error);
    }
    for (uint32_t i = 0; i < file->rows; i++) {
        put_row(t, &file->row[set][i], actors);
    }
    need(stemma_writer_rows_digest(t->writer, digest, 1000 + set, &t->error), &t->error);
    need(stemma_writer_end_rows(t->writer, &number, &t->error), &t->error);
    return number;
}

static void join(terms *t, stemma_referent_id a, stemma_referent_id b)
{
    stemma_judgement judgement = {0};
    int swapped = a.document > b.document || (a.document == b.document && a.referent > b.referent);
    judgement.left = swapped ? b : a;
    judgement.right = swapped ? a : b;
    judgement.verdict = STEMMA_VERDICT_SAME;
    judgement.score = 900;
    judgement.run = STEMMA_NONE;
    judgement.author = stemma_text_of("A. Reader");
    need(stemma_writer_add_judgement(t->writer, &judgement, &t->error), &t->error);
}

static stemma_referent_id actor_of(terms *t, uint32_t document, uint32_t handle)
{
    stemma_referent_id id = {document, 0};
    need(stemma_writer_actor_referent(t->writer, document, handle, &id.referent, &t->error),
         &t->error);
    return id;
}

static stemma_referent_id row_of(terms *t, uint32_t document, uint32_t row)
{
    stemma_referent_id id = {document, 0};
    need(stemma_writer_row_referent(t->writer, document, row, &id.referent, &t->error), &t->error);
    return id;
}

/* Joins actors across the sets, some inside one, and every so many rows with the other set's. */
static void join_things(terms *t, const row_file *file, uint32_t step,
                        const uint32_t documents[ROW_FILE_SETS],
                        uint32_t actors[ROW_FILE_SETS][ROW_FILE_ACTORS])
{
    for (uint32_t i = 0; i < ROW_FILE_ACTORS; i += 2) {
        join(t, actor_of(t, documents[0], actors[0][i]), actor_of(t, documents[1], actors[1][i]));
    }
    for (uint32_t i = 0; i + 3 < ROW_FILE_ACTORS; i += 12) { /* of one type each */
        join(t, actor_of(t, documents[0], actors[0][i]),
             actor_of(t, documents[0], actors[0][i + 3]));
    }
    for (uint32_t i = 0; i < file->rows; i += step) {
        join(t, row_of(t, documents[0], i), row_of(t, documents[1], i / 2));
    }
}

static void make_file(row_file *file, uint32_t rows, uint32_t articles, bool ordered)
{
    static corpus_names names;
    terms t = {0};
    const stemma_run run = {
        stemma_text_of("table"), stemma_text_of("1"), STEMMA_RUN_IMPORT, {NULL, 0}};
    uint32_t run_number = 0;
    uint32_t documents[ROW_FILE_SETS];
    uint32_t actors[ROW_FILE_SETS][ROW_FILE_ACTORS];
    prng random = {21};
    memset(file, 0, sizeof *file);
    file->rows = rows;
    file->articles = articles;
    corpus_make_names(&names);
    snprintf(file->folder, sizeof file->folder, "/tmp/stemma-row-XXXXXX");
    if (mkdtemp(file->folder) == NULL) {
        abort();
    }
    snprintf(file->path, sizeof file->path, "%s/rows.stemma", file->folder);
    need(stemma_writer_new(&t.writer, file->path, NULL, &t.error), &t.error);
    need(stemma_writer_add_run(t.writer, &run, &run_number, &t.error), &t.error);
    for (uint32_t i = 0; i < articles; i++) {
        uint32_t number;
        corpus_document *document = corpus_make(&names, i);
        need(stemma_writer_add_document(t.writer, &document->document, &number, &t.error),
             &t.error);
        corpus_free(document);
    }
    for (uint32_t set = 0; set < ROW_FILE_SETS; set++) {
        uint32_t number = 1;
        file->row[set] = calloc(rows + 1, sizeof *file->row[set]);
        if (file->row[set] == NULL) {
            abort();
        }
        for (uint32_t i = 0; i < rows; i++) {
            number += prng_below(&random, 10) == 0 ? 3 : 1; /* lines that were left out */
            make_row(&file->row[set][i], &random, number, i, ordered ? rows : 0);
        }
        documents[set] = put_set(&t, file, set, run_number, actors[set]);
    }
    join_things(&t, file, ordered ? 97 : 9, documents, actors);
    need(stemma_writer_finish(t.writer, &t.error), &t.error);
    stemma_writer_free(t.writer);
}

void row_file_make(row_file *file, uint32_t rows, uint32_t articles)
{
    make_file(file, rows, articles, false);
}

void row_file_make_ordered(row_file *file, uint32_t rows)
{
    make_file(file, rows, 3, true);
}

void row_file_remove(row_file *file)
{
    for (uint32_t set = 0; set < ROW_FILE_SETS; set++) {
        free(file->row[set]);
    }
    unlink(file->path);
    rmdir(file->folder);
}
