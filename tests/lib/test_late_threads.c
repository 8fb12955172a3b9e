/* SPDX-License-Identifier: MIT */
/* What a file that is vouched for holds for all questions is read when it is first needed: none may
   be asked too early, and damage is told by the question that meets it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "stemma/events.h"
#include "stemma/find.h"
#include "support/rebuild.h"
#include "support/row_file.h"

#define THREADS 8u

static row_file rows;
static stemma_counts counts;
static uint32_t damaged_term;

/* What a question found out: a number that depends on the terms in its answer. */
typedef stemma_status question(stemma_snapshot *snapshot, uint64_t *sum, stemma_error *error);

static void add(uint64_t *sum, stemma_text text)
{
    for (size_t i = 0; i < text.size; i++) {
        *sum = *sum * 31u + (uint8_t)text.data[i];
    }
    *sum = *sum * 31u + text.size;
}

static void add_event(uint64_t *sum, const stemma_event *event)
{
    add(sum, event->type);
    for (uint32_t i = 0; i < event->participant_count; i++) {
        add(sum, event->participants[i].role);
    }
}

static stemma_status ask_term(stemma_snapshot *snapshot, uint64_t *sum, stemma_error *error)
{
    stemma_term term = {0};
    stemma_status status = stemma_term_get(snapshot, damaged_term, &term, error);
    add(sum, term.name);
    return status;
}

static stemma_status ask_terms(stemma_snapshot *snapshot, uint64_t *sum, stemma_error *error)
{
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 0; i < counts.vocabulary && status == STEMMA_OK; i++) {
        stemma_term term = {0};
        status = stemma_term_get(snapshot, i, &term, error);
        add(sum, term.name);
    }
    return status;
}

static stemma_status ask_event(stemma_snapshot *snapshot, uint64_t *sum, stemma_error *error)
{
    stemma_event event = {0};
    stemma_status status = stemma_event_get(snapshot, 7, &event, error);
    add_event(sum, &event);
    return status;
}

static stemma_status ask_events(stemma_snapshot *snapshot, uint64_t *sum, stemma_error *error)
{
    static const uint32_t numbers[] = {3, 9, 4, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29};
    stemma_event events[sizeof numbers / sizeof numbers[0]] = {0};
    uint32_t count = sizeof numbers / sizeof numbers[0];
    stemma_status status = stemma_event_get_many(snapshot, numbers, count, events, error);
    for (uint32_t i = 0; i < count && status == STEMMA_OK; i++) {
        add_event(sum, &events[i]);
    }
    return status;
}

static stemma_status ask_by_type(stemma_snapshot *snapshot, uint64_t *sum, stemma_error *error)
{
    stemma_event_query query = STEMMA_EVENT_QUERY_INIT;
    query.type = stemma_text_of(rows.row[0][0].type);
    return stemma_events_count(snapshot, &query, sum, error);
}

static stemma_status ask_by_role(stemma_snapshot *snapshot, uint64_t *sum, stemma_error *error)
{
    stemma_event_query query = STEMMA_EVENT_QUERY_INIT;
    uint32_t entity = 0;
    query.entities = &entity;
    query.entity_count = 1;
    query.role = stemma_text_of("agent");
    return stemma_events_count(snapshot, &query, sum, error);
}

static stemma_status ask_types(stemma_snapshot *snapshot, uint64_t *sum, stemma_error *error)
{
    uint64_t all[1024] = {0};
    uint32_t count = (uint32_t)counts.vocabulary;
    stemma_status status = stemma_type_counts(snapshot, all, count, error);
    for (uint32_t i = 0; i < count; i++) {
        *sum = *sum * 31u + all[i];
    }
    return status;
}

static stemma_status ask_entity(stemma_snapshot *snapshot, uint64_t *sum, stemma_error *error)
{
    stemma_entity entity = {0};
    stemma_status status = stemma_entity_get(snapshot, 2, &entity, error);
    add(sum, entity.type);
    return status;
}

static stemma_status ask_claim(stemma_snapshot *snapshot, uint32_t number, uint64_t *sum,
                               stemma_error *error)
{
    stemma_claim claim = {0};
    stemma_status status = stemma_claim_get(snapshot, number, &claim, error);
    add(sum, claim.predicate);
    return status;
}

static stemma_status ask_first_claim(stemma_snapshot *snapshot, uint64_t *sum, stemma_error *error)
{
    return ask_claim(snapshot, 0, sum, error);
}

static stemma_status ask_later_claim(stemma_snapshot *snapshot, uint64_t *sum, stemma_error *error)
{
    return ask_claim(snapshot, (uint32_t)counts.claims / 2, sum, error);
}

static stemma_status ask_row(stemma_snapshot *snapshot, uint64_t *sum, stemma_error *error)
{
    stemma_row_view row = {0};
    stemma_document document;
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 0; i < counts.documents && status == STEMMA_OK; i++) {
        status = stemma_document_get(snapshot, i, &document, error);
        if (status == STEMMA_OK && document.row_count != 0) {
            status = stemma_row_get(snapshot, i, document.row_count - 1, &row, error);
            add(sum, row.type);
        }
    }
    return status;
}

static stemma_status ask_witness(stemma_snapshot *snapshot, uint64_t *sum, stemma_error *error)
{
    stemma_claim claim = {0};
    stemma_assertion assertion = {0};
    stemma_status status = stemma_claim_get(snapshot, 1, &claim, error);
    if (status == STEMMA_OK) {
        status = stemma_witness_assertion(snapshot, claim.witnesses[0], &assertion, error);
        add(sum, assertion.predicate);
    }
    return status;
}

static stemma_status ask_testimony(stemma_snapshot *snapshot, uint64_t *sum, stemma_error *error)
{
    stemma_document document = {0};
    stemma_status status = stemma_testimony_get(snapshot, 0, &document, error);
    for (uint32_t i = 0; i < document.referent_count; i++) {
        add(sum, document.referents[i].type);
    }
    return status;
}

static stemma_status ask_label(stemma_snapshot *snapshot, uint64_t *sum, stemma_error *error)
{
    stemma_text label = {NULL, 0};
    stemma_status status = stemma_entity_label(snapshot, 1, &label, error);
    add(sum, label);
    return status;
}

static stemma_status ask_name(stemma_snapshot *snapshot, uint64_t *sum, stemma_error *error)
{
    char name[32];
    const char *type;
    uint32_t found[4] = {0};
    uint32_t count = 0;
    row_file_actor(0, name, &type);
    stemma_status status =
        stemma_entity_by_name(snapshot, stemma_text_of(name), found, 4, &count, error);
    *sum = (uint64_t)count << 32 | found[0];
    return status;
}

static stemma_status ask_likeness(stemma_snapshot *snapshot, uint64_t *sum, stemma_error *error)
{
    char name[32];
    const char *type;
    const stemma_found *found = NULL;
    uint32_t count = 0;
    row_file_actor(1, name, &type);
    stemma_status status = stemma_find(snapshot, stemma_text_of(name), NULL, &found, &count, error);
    *sum = count != 0 ? (uint64_t)count << 32 | found[0].entity : 0;
    return status;
}

static stemma_status ask_time(stemma_snapshot *snapshot, uint64_t *sum, stemma_error *error)
{
    stemma_event_query query = STEMMA_EVENT_QUERY_INIT;
    query.from = 0;
    return stemma_events_count(snapshot, &query, sum, error);
}

static question *const questions[] = {
    ask_term,      ask_terms,  ask_event,       ask_events,      ask_by_type, ask_by_role,
    ask_types,     ask_entity, ask_first_claim, ask_later_claim, ask_row,     ask_witness,
    ask_testimony, ask_label,  ask_name,        ask_likeness,    ask_time,
};

#define QUESTIONS (sizeof questions / sizeof questions[0])

static stemma_status ask(const char *path, uint32_t flags, question *one, uint64_t *sum,
                         stemma_error *error)
{
    stemma_open_options options = STEMMA_OPEN_OPTIONS_INIT;
    stemma_file *file = NULL;
    stemma_snapshot *snapshot = NULL;
    options.flags = flags;
    *sum = 0;
    stemma_status status = stemma_open(&file, path, &options, error);
    if (status == STEMMA_OK) {
        stemma_counts_get(file, &counts);
        assert_int_equal(stemma_snapshot_begin(&snapshot, file, error), STEMMA_OK);
        status = one(snapshot, sum, error);
        stemma_snapshot_end(snapshot);
        stemma_close(file);
    }
    return status;
}

static void every_question_may_be_the_first(void **state)
{
    (void)state;
    for (size_t i = 0; i < QUESTIONS; i++) {
        stemma_error error = {0};
        uint64_t checked = 0;
        uint64_t trusted = 0;
        assert_int_equal(ask(rows.path, 0, questions[i], &checked, &error), STEMMA_OK);
        assert_int_equal(ask(rows.path, STEMMA_OPEN_TRUSTED, questions[i], &trusted, &error),
                         STEMMA_OK);
        assert_int_equal(checked, trusted);
        assert_true(checked != 0);
    }
}

/* An array where the map should be. */
static void break_record(uint8_t *value, size_t *size, size_t capacity)
{
    (void)size;
    (void)capacity;
    value[0] = 0x91;
}

/* [R-20] [F-4] */
static void a_damaged_term_is_told_by_the_question_that_meets_it(void **state)
{
    char changed[128];
    char where[64];
    rebuild plan = {STM_TABLE_VOCABULARY, 0, break_record, 0};
    (void)state;
    snprintf(changed, sizeof changed, "%s/changed.stemma", rows.folder);
    damaged_term = (uint32_t)counts.vocabulary - 1;
    plan.record = damaged_term;
    rebuild_file(rows.path, changed, &plan);
    snprintf(where, sizeof where, "vocabulary %u", damaged_term);
    for (size_t i = 0; i < QUESTIONS; i++) {
        stemma_error error = {0};
        uint64_t sum = 0;
        assert_int_equal(ask(changed, 0, questions[i], &sum, &error), STEMMA_E_DAMAGED);
        memset(&error, 0, sizeof error);
        stemma_status status = ask(changed, STEMMA_OPEN_TRUSTED, questions[i], &sum, &error);
        if (questions[i] == ask_event) { /* whose terms are whole */
            assert_int_equal(status, STEMMA_OK);
        } else {
            assert_int_equal(status, STEMMA_E_DAMAGED);
            assert_string_equal(error.where, where);
        }
    }
    unlink(changed);
    damaged_term = 0;
}

typedef struct asker {
    stemma_file *file;
    uint64_t sums[QUESTIONS];
    size_t first;
    int failed;
} asker;

static void *ask_in_thread(void *argument)
{
    asker *self = argument;
    stemma_error error;
    stemma_snapshot *snapshot = NULL;
    self->failed = stemma_snapshot_begin(&snapshot, self->file, &error) != STEMMA_OK;
    for (size_t i = 0; i < QUESTIONS && !self->failed; i++) {
        size_t which = (self->first + i) % QUESTIONS;
        self->failed = questions[which](snapshot, &self->sums[which], &error) != STEMMA_OK;
    }
    stemma_snapshot_end(snapshot);
    return NULL;
}

/* [F-6] */
static void threads_may_ask_first_at_once(void **state)
{
    (void)state;
    for (size_t round = 0; round < QUESTIONS; round++) {
        stemma_open_options options = STEMMA_OPEN_OPTIONS_INIT;
        stemma_file *file = NULL;
        pthread_t threads[THREADS];
        asker askers[THREADS] = {0};
        options.flags = STEMMA_OPEN_TRUSTED;
        assert_int_equal(stemma_open(&file, rows.path, &options, NULL), STEMMA_OK);
        for (size_t i = 0; i < THREADS; i++) {
            askers[i].file = file;
            askers[i].first = round + (i & 1u);
            assert_int_equal(pthread_create(&threads[i], NULL, ask_in_thread, &askers[i]), 0);
        }
        for (size_t i = 0; i < THREADS; i++) {
            assert_int_equal(pthread_join(threads[i], NULL), 0);
        }
        for (size_t i = 0; i < THREADS; i++) {
            assert_int_equal(askers[i].failed, 0);
            assert_memory_equal(askers[i].sums, askers[0].sums, sizeof askers[0].sums);
        }
        stemma_close(file);
    }
}

/* Tables are opened by the first that asks for them; snapshots that had begun before find them, too. */
static void what_one_opens_the_others_find(void **state)
{
    (void)state;
    for (size_t i = 0; i < QUESTIONS; i++) {
        stemma_open_options options = STEMMA_OPEN_OPTIONS_INIT;
        stemma_file *file = NULL;
        stemma_snapshot *snapshots[3] = {NULL};
        uint64_t sums[3] = {0};
        stemma_error error = {0};
        options.flags = STEMMA_OPEN_TRUSTED;
        assert_int_equal(stemma_open(&file, rows.path, &options, NULL), STEMMA_OK);
        for (size_t k = 0; k < 3; k++) {
            uint64_t any = 0;
            assert_int_equal(stemma_snapshot_begin(&snapshots[k], file, NULL), STEMMA_OK);
            assert_int_equal(ask_event(snapshots[k], &any, &error), STEMMA_OK);
        }
        for (size_t k = 3; k-- > 0;) {
            assert_int_equal(questions[i](snapshots[k], &sums[k], &error), STEMMA_OK);
        }
        assert_int_equal(sums[0], sums[2]);
        assert_int_equal(sums[1], sums[2]);
        for (size_t k = 0; k < 3; k++) {
            stemma_snapshot_end(snapshots[k]);
        }
        stemma_close(file);
    }
}

static int make(void **state)
{
    (void)state;
    row_file_make(&rows, 60, 4);
    return 0;
}

static int discard(void **state)
{
    (void)state;
    row_file_remove(&rows);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_question_may_be_the_first),
        cmocka_unit_test(a_damaged_term_is_told_by_the_question_that_meets_it),
        cmocka_unit_test(threads_may_ask_first_at_once),
        cmocka_unit_test(what_one_opens_the_others_find),
    };
    return cmocka_run_group_tests(tests, make, discard);
}
