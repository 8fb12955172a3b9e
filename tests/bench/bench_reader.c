/* SPDX-License-Identifier: MIT */
/* Time of reading: bench_reader FILE. Every figure is the mean over random numbers of the file. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "stemma/events.h"
#include "support/prng.h"

#define ROUNDS 100000u

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static stemma_snapshot *snapshot;
static stemma_counts counts;
static uint64_t answers;

static void count(stemma_status status)
{
    /* A document may be larger than what a snapshot may hold. */
    if (status < 0 && status != STEMMA_E_NO_MEMORY) {
        fprintf(stderr, "bench_reader: %s\n", stemma_status_name(status));
        exit(1);
    }
    answers += status == STEMMA_OK;
}

static void read_entity(uint32_t number)
{
    stemma_entity entity;
    count(stemma_entity_get(snapshot, number, &entity, NULL));
}

static void read_label(uint32_t number)
{
    stemma_text label;
    count(stemma_entity_label(snapshot, number, &label, NULL));
}

static void read_event(uint32_t number)
{
    stemma_event event;
    count(stemma_event_get(snapshot, number, &event, NULL));
}

static void read_claim(uint32_t number)
{
    stemma_claim claim;
    count(stemma_claim_get(snapshot, number, &claim, NULL));
}

static void read_document(uint32_t number)
{
    stemma_document document;
    count(stemma_document_get(snapshot, number, &document, NULL));
}

static void read_testimony(uint32_t number)
{
    stemma_document document;
    count(stemma_testimony_get(snapshot, number, &document, NULL));
}

static void read_text(uint32_t number)
{
    stemma_span span = {1000, 1200};
    stemma_text text;
    count(stemma_text_get(snapshot, number, span, &text, NULL));
}

static void read_members(uint32_t number)
{
    stemma_reference reference = {STEMMA_REFERENCE_ENTITY, number};
    const stemma_referent_id *members;
    uint32_t member_count;
    count(stemma_members(snapshot, reference, &members, &member_count, NULL));
}

static void resolve_entity(uint32_t number)
{
    stemma_reference reference = {STEMMA_REFERENCE_ENTITY, number};
    char id[STEMMA_ID_SIZE];
    count(stemma_id_text(snapshot, reference, id, NULL));
    count(stemma_resolve(snapshot, stemma_text_of(id), &reference, NULL));
}

static void run_query(const stemma_event_query *query)
{
    static uint32_t events[4096];
    stemma_event_cursor *cursor;
    uint32_t found;
    count(stemma_events(&cursor, snapshot, query, NULL));
    while (stemma_event_next_many(cursor, events, 4096, &found, NULL) == STEMMA_OK) {
        answers += found;
    }
}

/* ---- Events: of entities drawn by how often they take part --------------------------------- */

#define QUESTIONS 1024u

static uint32_t entity_of[QUESTIONS][2]; /* two that take part in one event */
static int64_t start_of[QUESTIONS];      /* seconds, inside the time of the file */
static stemma_text type_of[QUESTIONS];

static void draw_questions(void)
{
    prng random = {3};
    for (uint32_t i = 0; i < QUESTIONS; i++) {
        stemma_event event;
        uint32_t tries = 0;
        do {
            count(stemma_event_get(snapshot, prng_below(&random, (uint32_t)counts.events), &event,
                                   NULL));
        } while (event.participant_count == 0 && tries++ < 1000);
        uint32_t last = event.participant_count != 0 ? event.participant_count - 1 : 0;
        entity_of[i][0] = event.participant_count != 0 ? event.participants[0].entity : 0;
        entity_of[i][1] = event.participant_count != 0 ? event.participants[last].entity : 0;
        type_of[i] = event.type; /* of the vocabulary: it outlives the reset */
        count(
            stemma_event_get(snapshot, prng_below(&random, (uint32_t)counts.events), &event, NULL));
        start_of[i] = event.bounds.start_earliest == STEMMA_TIME_UNKNOWN_EARLY
                          ? 0
                          : event.bounds.start_earliest;
        stemma_snapshot_reset(snapshot);
    }
}

static stemma_event_query question(uint32_t number, uint32_t entities, int64_t days)
{
    stemma_event_query query = STEMMA_EVENT_QUERY_INIT;
    query.entities = entity_of[number];
    query.entity_count = entities;
    if (days != 0) {
        query.from = start_of[number];
        query.to = start_of[number] + days * 86400 - 1;
    }
    return query;
}

static void events_in_a_month(uint32_t number)
{
    stemma_event_query query = question(number, 1, 30);
    run_query(&query);
}

static void rows_in_a_month(uint32_t number)
{
    static uint32_t events[512];
    static stemma_event rows[512];
    stemma_event_query query = question(number, 1, 30);
    stemma_event_cursor *cursor;
    uint32_t found;
    count(stemma_events(&cursor, snapshot, &query, NULL));
    while (stemma_event_next_many(cursor, events, 512, &found, NULL) == STEMMA_OK) {
        count(stemma_event_get_many(snapshot, events, found, rows, NULL));
        answers += found;
    }
}

static void history(uint32_t number)
{
    stemma_event_query query = question(number, 1, 0);
    run_query(&query);
}

static void events_of_two(uint32_t number)
{
    stemma_event_query query = question(number, 2, 0);
    run_query(&query);
}

static void type_in_a_week(uint32_t number)
{
    stemma_event_query query = question(number, 0, 7);
    query.type = type_of[number];
    run_query(&query);
}

static uint64_t sum;

static void scan(uint32_t columns)
{
    stemma_event_columns at;
    for (uint32_t first = 0; stemma_event_scan(snapshot, first, columns, &at, NULL) == STEMMA_OK;
         first += at.count) {
        sum += at.type[at.count - 1];
        answers += at.count;
    }
}

static void scan_all(uint32_t number)
{
    (void)number;
    scan(STEMMA_SCAN_ALL);
}

static void scan_few(uint32_t number)
{
    (void)number;
    scan(STEMMA_SCAN_TYPE | STEMMA_SCAN_START | STEMMA_SCAN_PARTICIPANTS);
}

static void scan_types(uint32_t number)
{
    (void)number;
    scan(STEMMA_SCAN_TYPE);
}

static void count_types(uint32_t number)
{
    static uint64_t by_term[65536];
    (void)number;
    count(stemma_type_counts(snapshot, by_term, (uint32_t)counts.vocabulary, NULL));
}

static void all_events(uint32_t number)
{
    (void)number;
    run_query(NULL);
}

static void measure(const char *name, uint64_t total, void (*read)(uint32_t), uint32_t rounds)
{
    prng random = {1};
    answers = 0;
    double began = now();
    for (uint32_t i = 0; i < rounds && total != 0; i++) {
        read(prng_below(&random, (uint32_t)total));
        stemma_snapshot_reset(snapshot);
    }
    double spent = now() - began;
    printf("%-22s %9.0f ns  (%llu answers)\n", name, spent * 1e9 / rounds,
           (unsigned long long)answers);
}

static double open_once(const char *path, uint32_t flags)
{
    stemma_open_options options = STEMMA_OPEN_OPTIONS_INIT;
    stemma_file *file = NULL;
    stemma_error error = {0};
    options.flags = flags;
    double began = now();
    if (stemma_open(&file, path, &options, &error) != STEMMA_OK ||
        stemma_snapshot_begin(&snapshot, file, &error) != STEMMA_OK) {
        fprintf(stderr, "bench_reader: %s at %s: %s\n", error.code, error.where, error.message);
        exit(1);
    }
    read_entity(0);
    double spent = now() - began;
    stemma_snapshot_end(snapshot);
    stemma_close(file);
    return spent;
}

int main(int argc, char **argv)
{
    stemma_file *file = NULL;
    if (argc != 2) {
        fprintf(stderr, "usage: bench_reader FILE\n");
        return 2;
    }
    open_once(argv[1], 0);
    printf("open, first answer     %9.0f ns checked, %.0f ns trusted\n",
           open_once(argv[1], 0) * 1e9, open_once(argv[1], STEMMA_OPEN_TRUSTED) * 1e9);
    if (stemma_open(&file, argv[1], NULL, NULL) != STEMMA_OK ||
        stemma_snapshot_begin(&snapshot, file, NULL) != STEMMA_OK) {
        return 1;
    }
    stemma_counts_get(file, &counts);
    printf("%llu documents, %llu entities, %llu events, %llu claims\n",
           (unsigned long long)counts.documents, (unsigned long long)counts.entities,
           (unsigned long long)counts.events, (unsigned long long)counts.claims);
    measure("entity", counts.entities, read_entity, ROUNDS);
    measure("entity label", counts.entities, read_label, ROUNDS);
    measure("event", counts.events, read_event, ROUNDS);
    measure("claim", counts.claims, read_claim, ROUNDS);
    measure("document", counts.documents, read_document, ROUNDS);
    measure("testimony", counts.documents, read_testimony,
            counts.documents < 100 ? 10 : ROUNDS / 50);
    measure("200 bytes of text", counts.documents, read_text, ROUNDS / 10);
    measure("members of an entity", counts.entities, read_members, ROUNDS);
    measure("id and back", counts.entities, resolve_entity, ROUNDS);
    draw_questions();
    measure("events in 30 days", QUESTIONS, events_in_a_month, ROUNDS / 10);
    measure("rows in 30 days", QUESTIONS, rows_in_a_month, ROUNDS / 50);
    measure("events of an entity", QUESTIONS, history, ROUNDS / 50);
    measure("events of two", QUESTIONS, events_of_two, ROUNDS / 50);
    measure("type in a week", QUESTIONS, type_in_a_week, ROUNDS / 10);
    measure("all event numbers", 1, all_events, 10);
    measure("scan, all columns", 1, scan_all, 20);
    measure("scan, who what when", 1, scan_few, 20);
    measure("scan, types", 1, scan_types, 20);
    measure("events by type", 1, count_types, 1000);
    stemma_snapshot_end(snapshot);
    stemma_close(file);
    return sum == 1; /* so that it is looked at */
}
