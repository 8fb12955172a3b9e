/* SPDX-License-Identifier: MIT */
/* Two files compared by their rows and by a walk over all things give the same changes: of many pairs of small
   files, made at random, of which the second has other documents, other testimony, other joins or other copies. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "stemma/stemma.h"
#include "support/corpus.h"
#include "support/prng.h"
#include "support/need.h"
#include "trace/difference_scan.h"

#define DOCUMENTS 9u
#define RELEASES  3u
#define ROWS      12u
#define PAIRS     60u

static stemma_error error;

/* What makes one file: two that have the same seed have the same texts. */
typedef struct recipe {
    uint64_t seed;
    uint32_t documents; /* one bit each: whether the file has it */
    uint32_t retold;    /* one bit each: whether its testimony is another */
    uint64_t joins;     /* seed of what is joined */
    uint64_t copies;    /* and of what derives from what */
    bool rows;          /* with a data set ... */
    bool rows_retold;   /* ... whose rows say something else */
    const char *types[2]; /* event types of its own, the first or second of which all releases have; NULL: none */
    unsigned type;
} recipe;

/* ---- Files ----------------------------------------------------------------------------------- */

static const char *const people[] = {"Ada Vex", "Bo Ruk", "Cem Orrin", "Dila Marn"};
static const char *const places[] = {"Orell", "Vask", "Tinmar"};
static const char *const days[] = {"2031-05-01", "2031-05-02", "2031-06-11"};

/* The events are referents 2, 5, 8: a person and a place stand before each. */
static corpus_document *make_document(const recipe *of, uint32_t number, bool retold)
{
    prng random = {of->seed * 1000 + number};
    char uri[32], published[16];
    snprintf(uri, sizeof uri, "https://news.example/%u", number);
    snprintf(published, sizeof published, "2031-07-%02u", 1 + prng_below(&random, 28));
    corpus_document *d = corpus_new(uri, published);
    for (uint32_t i = 0; i < RELEASES; i++) {
        const char *day = days[prng_below(&random, 3)];
        const char *who = people[prng_below(&random, 4)];
        uint32_t event = corpus_release(d, who, day, day, places[prng_below(&random, 3)]);
        stemma_span said = corpus_say(d, "Many were freed");
        if (of->types[0] != NULL) {
            d->referents[event].type = stemma_text_of(of->types[of->type]);
        }
        bool more = retold && prng_below(&random, 2) == 0;
        corpus_assert(d, event, "patient",
                      more ? corpus_count("60 people", "60", "people")
                           : corpus_count("52 people", "52", "people"), said);
        corpus_assert(d, event - 2, "role", corpus_text(more ? "lawyer" : "teacher"), said);
        if (more && prng_below(&random, 2) == 0) {
            corpus_assert(d, event, "time", corpus_time("in June", "2031-06"), said);
        }
    }
    return d;
}

static void add_rows(stemma_writer *writer, uint32_t run, const recipe *of)
{
    uint8_t digest[STEMMA_DIGEST_SIZE] = {7};
    stemma_document fields = {0};
    uint32_t type, role, actors[3], number;
    size_t taken = 0;
    prng random = {of->seed};
    fields.uri = stemma_text_of("https://data.example/releases");
    fields.published = (stemma_time){stemma_text_of("2031-07-01"), {NULL, 0}};
    NEED(stemma_writer_begin_rows(writer, &fields, run, &error));
    NEED(stemma_writer_row_term(writer, STEMMA_TERM_EVENT_TYPE, stemma_text_of("justice.release"),
                                &type, &error));
    NEED(stemma_writer_row_term(writer, STEMMA_TERM_PREDICATE, stemma_text_of("patient"),
                                &role, &error));
    for (uint32_t i = 0; i < 3; i++) {
        NEED(stemma_writer_row_actor(writer, stemma_text_of("person"), stemma_text_of(people[i]),
                                     &actors[i], &error));
    }
    for (uint32_t i = 0; i < ROWS; i++) {
        bool other = of->rows_retold && i % 4 == 1;
        stemma_row_participant who = {role, actors[prng_below(&random, 3)]};
        stemma_row row = {.number = i + 1, .type = type, .place = STEMMA_NONE, .source = STEMMA_NONE,
                          .quantity_predicate = STEMMA_NONE, .participants = &who,
                          .participant_count = 1};
        row.time = stemma_text_of(days[(prng_below(&random, 3) + other) % 3]);
        row.content = stemma_text_of(i % 5 == 0 && of->seed % 2 == 0 ? "It rained" : "");
        NEED(stemma_writer_add_rows(writer, &row, 1, &taken, &error));
    }
    NEED(stemma_writer_rows_digest(writer, digest, 1000, &error));
    NEED(stemma_writer_end_rows(writer, &number, &error));
}

/* Joins referents of the same ordinal of different documents, and some that are not alike. */
static void add_joins(stemma_writer *writer, const recipe *of, const uint32_t *numbers)
{
    for (uint32_t i = 0; i < DOCUMENTS; i++) {
        for (uint32_t k = i + 1; k < DOCUMENTS; k++) {
            prng random = {of->joins * 10000 + i * 100 + k};
            stemma_judgement judgement = {.verdict = STEMMA_VERDICT_SAME, .score = 900};
            uint32_t ordinal = prng_below(&random, 3), step = prng_below(&random, 3) * 3;
            if (numbers[i] == STEMMA_NONE || numbers[k] == STEMMA_NONE ||
                prng_below(&random, 3) == 0) {
                continue;
            }
            judgement.left = (stemma_referent_id){numbers[i], ordinal};
            judgement.right = (stemma_referent_id){numbers[k], ordinal + step};
            NEED(stemma_writer_add_judgement(writer, &judgement, &error));
        }
    }
}

static void add_copies(stemma_writer *writer, const recipe *of, const uint32_t *numbers)
{
    for (uint32_t i = 1; i < DOCUMENTS; i++) {
        prng random = {of->copies * 100 + i};
        stemma_derivation derivation = {.kind = STEMMA_DERIVATION_COPY, .score = 990};
        uint32_t to = prng_below(&random, i);
        if (prng_below(&random, 4) == 0 && numbers[i] != STEMMA_NONE && numbers[to] != STEMMA_NONE) {
            derivation.from = numbers[i];
            derivation.to = numbers[to];
            NEED(stemma_writer_add_derivation(writer, &derivation, &error));
        }
    }
}

static stemma_file *make_file(const recipe *of)
{
    stemma_writer_options options = STEMMA_WRITER_OPTIONS_INIT;
    const stemma_run program = {
        stemma_text_of("test"), stemma_text_of("1"), STEMMA_RUN_RULE, {NULL, 0}};
    uint32_t run, numbers[DOCUMENTS];
    stemma_writer *writer = NULL;
    stemma_file *file = NULL;
    char path[] = "/tmp/stemma-difference-XXXXXX";
    int descriptor = mkstemp(path);
    assert_true(descriptor >= 0);
    close(descriptor);
    options.flags = STEMMA_WRITE_REPLACE;
    NEED(stemma_writer_new(&writer, path, &options, &error));
    NEED(stemma_writer_add_run(writer, &program, &run, &error));
    for (unsigned i = 0; of->types[0] != NULL && i < 2; i++) {
        stemma_term term = {.kind = STEMMA_TERM_EVENT_TYPE, .name = stemma_text_of(of->types[i])};
        NEED(stemma_writer_add_term(writer, &term, &error));
    }
    for (uint32_t i = 0; i < DOCUMENTS; i++) {
        numbers[i] = STEMMA_NONE;
        if (of->documents >> i & 1) {
            corpus_document *d = make_document(of, i, of->retold >> i & 1);
            NEED(stemma_writer_add_document(writer, &d->document, &numbers[i], &error));
            corpus_free(d);
        }
    }
    if (of->rows) {
        add_rows(writer, run, of);
    }
    add_joins(writer, of, numbers);
    add_copies(writer, of, numbers);
    NEED(stemma_writer_finish(writer, &error));
    stemma_writer_free(writer);
    NEED(stemma_open(&file, path, NULL, &error));
    unlink(path);
    return file;
}

/* ---- Changes --------------------------------------------------------------------------------- */

typedef struct told {
    char *text;
    size_t size;
    uint32_t count;
    uint32_t looked_at; /* things that a scan left to be compared */
} told;

static void tell(FILE *out, const stemma_change *change)
{
    fprintf(out, "%u %u %u.%u %u.%u %u %u-%u '%.*s' '%.*s' '%.*s' '%.*s':", change->kind,
            change->field, change->before.kind, change->before.number, change->after.kind,
            change->after.number, change->claim, change->independent_was, change->independent_now,
            (int)change->subject.size, change->subject.data != NULL ? change->subject.data : "",
            (int)change->role.size, change->role.data != NULL ? change->role.data : "",
            (int)change->was.size, change->was.data != NULL ? change->was.data : "",
            (int)change->now.size, change->now.data != NULL ? change->now.data : "");
    for (uint32_t i = 0; i < change->document_count; i++) {
        fprintf(out, " %u", change->documents[i]);
    }
    fprintf(out, "\n");
}

static told compare(const stemma_snapshot *before, const stemma_snapshot *after, bool walk)
{
    stemma_difference *difference = NULL;
    stemma_change change;
    stemma_status status;
    told out = {NULL, 0, 0, 0};
    FILE *text = open_memstream(&out.text, &out.size);
    assert_non_null(text);
    NEED(stemma_difference_begin(&difference, before, after, &error));
    if (walk) {
        if (difference->same_files) {
            NEED(stm_difference_map(difference, &error));
            difference->stage = STM_STAGE_DOCUMENTS;
        }
        difference->scanned = true; /* so none is made */
    }
    while ((status = stemma_difference_next(difference, &change, &error)) == STEMMA_OK) {
        tell(text, &change);
        out.count++;
    }
    assert_int_equal(status, STEMMA_END);
    assert_true(walk == (difference->scan == NULL) || difference->same_files);
    stemma_difference_end(difference);
    fclose(text);
    return out;
}

static uint32_t compare_pair(const recipe *of, const recipe *other)
{
    stemma_file *files[2] = {make_file(of), make_file(other)};
    stemma_snapshot *before = NULL, *after = NULL;
    NEED(stemma_snapshot_begin(&before, files[0], &error));
    NEED(stemma_snapshot_begin(&after, files[1], &error));
    told by_rows = compare(before, after, false);
    told by_walk = compare(before, after, true);
    if (strcmp(by_rows.text, by_walk.text) != 0) {
        fail_msg("seed %llu\nby rows:\n%s\nby walk:\n%s", (unsigned long long)of->seed, by_rows.text,
                 by_walk.text);
    }
    free(by_rows.text);
    free(by_walk.text);
    stemma_snapshot_end(before);
    stemma_snapshot_end(after);
    stemma_close(files[0]);
    stemma_close(files[1]);
    return by_rows.count;
}

/* Few things are changed at once, so that most of what is there is not. */
static void rows_and_a_walk_tell_the_same(void **state)
{
    uint32_t changes = 0;
    (void)state;
    for (uint64_t seed = 1; seed <= PAIRS; seed++) {
        prng random = {seed};
        recipe of = {.seed = seed, .documents = (1u << DOCUMENTS) - 1, .joins = seed,
                     .copies = seed, .rows = seed % 3 == 0};
        recipe other = of;
        uint32_t what = prng_below(&random, 64);
        if (what & 1) {
            other.documents &= ~(1u << prng_below(&random, DOCUMENTS));
        }
        if (what & 2) {
            of.documents &= ~(1u << prng_below(&random, DOCUMENTS));
        }
        if (what & 4) {
            other.retold = 1u << prng_below(&random, DOCUMENTS);
        }
        if (what & 8) {
            other.joins = seed + (prng_below(&random, 2) == 0 ? 0 : 1000);
        }
        if (what & 16) {
            other.copies = seed + 1000;
        }
        if (what & 32) {
            other.rows_retold = true;
        }
        changes += compare_pair(&of, &other);
    }
    assert_true(changes > PAIRS); /* or nothing was tried */
}

static void files_that_hold_the_same_do_not_differ(void **state)
{
    recipe of = {.seed = 5, .documents = (1u << DOCUMENTS) - 1, .joins = 5, .copies = 5, .rows = true};
    (void)state;
    assert_int_equal(compare_pair(&of, &of), 0);
}

/* "zz.b" has in one file the number that "zz.a" has in the other, and all else is numbered alike. */
static void a_number_of_a_term_is_no_name(void **state)
{
    recipe of = {.seed = 7, .documents = (1u << DOCUMENTS) - 1, .joins = 7, .copies = 7,
                 .types = {"zz.b", "zz.c"}, .type = 0};
    recipe other = of;
    (void)state;
    other.types[0] = "zz.a";
    other.types[1] = "zz.b";
    assert_in_range(compare_pair(&of, &other), 1, UINT32_MAX); /* each event has another type */
    other.type = 1;
    (void)compare_pair(&of, &other); /* the same type by another number */
}

/* Of two files that have most in common few things are looked at. */
static void what_is_alike_is_not_looked_at(void **state)
{
    recipe of = {.seed = 5, .documents = (1u << DOCUMENTS) - 1, .joins = 5, .copies = 5, .rows = true};
    recipe other = of;
    stemma_difference *difference = NULL;
    stemma_snapshot *before = NULL, *after = NULL;
    stemma_change change;
    uint32_t looked_at = 0;
    (void)state;
    other.retold = 1;
    stemma_file *files[2] = {make_file(&of), make_file(&other)};
    NEED(stemma_snapshot_begin(&before, files[0], &error));
    NEED(stemma_snapshot_begin(&after, files[1], &error));
    NEED(stemma_difference_begin(&difference, before, after, &error));
    while (stemma_difference_next(difference, &change, &error) == STEMMA_OK) {
        if (difference->stage == STM_STAGE_CHANGED_EVENTS) {
            looked_at = difference->scan->thing_count;
        }
    }
    assert_in_range(looked_at, 1, RELEASES);
    stemma_difference_end(difference);
    stemma_snapshot_end(before);
    stemma_snapshot_end(after);
    stemma_close(files[0]);
    stemma_close(files[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_and_a_walk_tell_the_same),
        cmocka_unit_test(files_that_hold_the_same_do_not_differ),
        cmocka_unit_test(a_number_of_a_term_is_no_name),
        cmocka_unit_test(what_is_alike_is_not_looked_at),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
