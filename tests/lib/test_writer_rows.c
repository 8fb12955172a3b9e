/* SPDX-License-Identifier: MIT */
/* Data sets through the writer: what is refused, and that the file depends on nothing but the rows.
 */
#include "stemma/check.h"
#include "stemma/write.h"
#include "support/corpus.h"
#include "support/prng.h"

#include "document_record.h"
#include "tables.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <lmdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char folder[] = "/tmp/stemma-rows-XXXXXX";

static int set_up(void **state)
{
    (void)state;
    return mkdtemp(folder) == NULL;
}

static int tear_down(void **state)
{
    (void)state;
    return rmdir(folder);
}

static void path_of(const char *name, char path[128])
{
    snprintf(path, 128, "%s/%s.stemma", folder, name);
}

static unsigned jobs = 1;

static stemma_writer *begin(const char *name, uint64_t memory, uint32_t *run)
{
    stemma_writer_options options = STEMMA_WRITER_OPTIONS_INIT;
    stemma_run hand = {{"hand", 4}, {NULL, 0}, STEMMA_RUN_IMPORT, {NULL, 0}};
    stemma_writer *writer = NULL;
    char path[128];
    path_of(name, path);
    options.memory = memory;
    options.jobs = jobs;
    assert_int_equal(stemma_writer_new(&writer, path, &options, NULL), STEMMA_OK);
    assert_int_equal(stemma_writer_add_run(writer, &hand, run, NULL), STEMMA_OK);
    return writer;
}

static void begin_rows(stemma_writer *writer, const char *uri, uint32_t run)
{
    stemma_document fields = {0};
    fields.uri = stemma_text_of(uri);
    fields.media_type = stemma_text_of("text/csv");
    assert_int_equal(stemma_writer_begin_rows(writer, &fields, run, NULL), STEMMA_OK);
}

static uint32_t type_handle(stemma_writer *writer, const char *name)
{
    uint32_t handle = 0;
    assert_int_equal(
        stemma_writer_row_term(writer, STEMMA_TERM_EVENT_TYPE, stemma_text_of(name), &handle, NULL),
        STEMMA_OK);
    return handle;
}

static uint32_t predicate_handle(stemma_writer *writer, const char *name)
{
    uint32_t handle = 0;
    assert_int_equal(
        stemma_writer_row_term(writer, STEMMA_TERM_PREDICATE, stemma_text_of(name), &handle, NULL),
        STEMMA_OK);
    return handle;
}

static uint32_t actor_handle(stemma_writer *writer, const char *type, const char *name)
{
    uint32_t handle = 0;
    assert_int_equal(
        stemma_writer_row_actor(writer, stemma_text_of(type), stemma_text_of(name), &handle, NULL),
        STEMMA_OK);
    return handle;
}

static uint32_t end_rows(stemma_writer *writer, uint8_t digest_byte)
{
    uint8_t digest[STEMMA_DIGEST_SIZE] = {0};
    uint32_t number = 0;
    digest[0] = digest_byte;
    assert_int_equal(stemma_writer_rows_digest(writer, digest, 1000, NULL), STEMMA_OK);
    assert_int_equal(stemma_writer_end_rows(writer, &number, NULL), STEMMA_OK);
    return number;
}

static stemma_row plain_row(uint32_t number, uint32_t type)
{
    stemma_row row = {0};
    row.number = number;
    row.type = type;
    row.place = row.source = row.quantity_predicate = STEMMA_NONE;
    return row;
}

static char *read_all(const char *name, size_t *size)
{
    char path[128];
    path_of(name, path);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    fseek(file, 0, SEEK_END);
    *size = (size_t)ftell(file);
    rewind(file);
    char *bytes = malloc(*size);
    assert_non_null(bytes);
    assert_int_equal(fread(bytes, 1, *size, file), *size);
    fclose(file);
    return bytes;
}

static void discard(const char *name)
{
    char path[128];
    path_of(name, path);
    assert_int_equal(unlink(path), 0);
}

/* Entries of a table, and its first value. */
static size_t entries_of(const char *name, const char *table, char *first, size_t room)
{
    MDB_env *env;
    MDB_txn *txn;
    MDB_dbi dbi;
    MDB_stat stat;
    MDB_cursor *cursor;
    MDB_val key, value;
    char path[128];
    path_of(name, path);
    assert_int_equal(mdb_env_create(&env), 0);
    assert_int_equal(mdb_env_set_maxdbs(env, STM_TABLE_COUNT), 0);
    assert_int_equal(mdb_env_open(env, path, MDB_NOSUBDIR | MDB_RDONLY | MDB_NOLOCK, 0), 0);
    assert_int_equal(mdb_txn_begin(env, NULL, MDB_RDONLY, &txn), 0);
    assert_int_equal(mdb_dbi_open(txn, table, 0, &dbi), 0);
    assert_int_equal(mdb_stat(txn, dbi, &stat), 0);
    assert_int_equal(mdb_cursor_open(txn, dbi, &cursor), 0);
    if (room > 0 && mdb_cursor_get(cursor, &key, &value, MDB_FIRST) == 0) {
        memcpy(first, value.mv_data, value.mv_size < room ? value.mv_size : room);
    }
    mdb_cursor_close(cursor);
    mdb_txn_abort(txn);
    mdb_env_close(env);
    return stat.ms_entries;
}

/* ---- Refusals -------------------------------------------------------------------------------- */

typedef struct refusal {
    const char *code;
    stemma_row row;
} refusal;

/* [T-17] */
static void each_rule_of_rows_refuses_with_its_code(void **state)
{
    uint32_t run;
    stemma_writer *writer = begin("rules", 0, &run);
    char *long_text = malloc(70000);
    (void)state;
    assert_non_null(long_text);
    memset(long_text, 'a', 70000);
    begin_rows(writer, "urn:rows", run);
    uint32_t release = type_handle(writer, "justice.release");
    uint32_t patient = predicate_handle(writer, "patient");
    uint32_t speaker = predicate_handle(writer, "speaker");
    uint32_t time = predicate_handle(writer, "time");
    uint32_t quantity = predicate_handle(writer, "quantity");
    uint32_t ida = actor_handle(writer, "person", "Ida Lorn");
    const stemma_row_participant right = {patient, ida};
    const stemma_row_participant nobody = {patient, ida + 1};
    const stemma_row_participant no_role = {speaker, ida};
    const stemma_row_participant reserved = {time, ida};
    const stemma_row_participant no_handle = {99, ida};
    refusal list[20];
    uint32_t count = 0;
#define REFUSE(problem, field)                                                                     \
    do {                                                                                           \
        list[count].code = problem;                                                                \
        list[count].row = plain_row(10, release);                                                  \
        list[count].row.field;                                                                     \
        count++;                                                                                   \
    } while (0)
    REFUSE("ROW_ORDER", number = 5);
    REFUSE("ROW_ORDER", number = UINT32_MAX);
    REFUSE("TYPE_UNKNOWN", type = patient);
    REFUSE("TYPE_UNKNOWN", type = 4000);
    REFUSE("EDTF", time = stemma_text_of("4 May"));
    REFUSE("ACTOR_OUT_OF_RANGE", place = ida + 1);
    REFUSE("ACTOR_OUT_OF_RANGE", source = ida + 1);
    REFUSE("EXTERNAL_ID", external_id = stemma_text_of("seven"));
    REFUSE("TEXT_NOT_UTF8", content = stemma_text_of("\xff"));
    REFUSE("PREDICATE_UNKNOWN", amount = stemma_text_of("5"));
    REFUSE("PREDICATE_UNKNOWN", quantity_predicate = release);
    REFUSE("DECIMAL", quantity_predicate = quantity);
    REFUSE("ROLE_UNKNOWN", quantity_predicate = speaker);
    REFUSE("TEXT_TOO_LONG", content.size = 70000);
    list[count - 1].row.content.data = long_text;
    const struct {
        const char *code;
        const stemma_row_participant *who;
    } whos[] = {{"ACTOR_OUT_OF_RANGE", &nobody},
                {"ROLE_UNKNOWN", &no_role},
                {"ROLE_UNKNOWN", &reserved},
                {"PREDICATE_UNKNOWN", &no_handle}};
    for (size_t i = 0; i < 4; i++) {
        REFUSE(whos[i].code, participants = whos[i].who);
        list[count - 1].row.participant_count = 1;
    }
    for (uint32_t i = 0; i < count; i++) {
        stemma_row rows[2] = {plain_row(6 + i, release), list[i].row};
        stemma_error error = {0};
        size_t taken = 0;
        rows[0].participants = &right;
        rows[0].participant_count = 1;
        rows[1].number =
            rows[1].number == 10 ? 7 + i : rows[1].number; /* else it is the wrong one */
        assert_int_not_equal(stemma_writer_add_rows(writer, rows, 2, &taken, &error), STEMMA_OK);
        assert_string_equal(error.code, list[i].code);
        assert_int_equal(taken, 1);
    }
    uint32_t number = end_rows(writer, 1);
    uint32_t referent = 0;
    assert_int_equal(stemma_writer_row_referent(writer, number, count - 1, &referent, NULL),
                     STEMMA_OK);
    assert_int_equal(referent, count); /* behind the one actor */
    assert_int_equal(stemma_writer_row_referent(writer, number, count, &referent, NULL),
                     STEMMA_E_INVALID);
    assert_int_equal(stemma_writer_finish(writer, NULL), STEMMA_OK);
    stemma_writer_free(writer);
    discard("rules");
    free(long_text);
}

static void terms_and_actors_are_checked(void **state)
{
    static const struct {
        const char *type, *name, *code;
    } wrong[] = {{"planet", "Ida", "TYPE_UNKNOWN"},
                 {"person", "", "NAME_EMPTY"},
                 {"person", "Ida  Lorn", "NAME_SPACE"},
                 {"person", "\xff", "TEXT_NOT_UTF8"}};
    uint32_t run, handle = 0;
    stemma_error error = {0};
    stemma_writer *writer = begin("terms", 0, &run);
    (void)state;
    begin_rows(writer, "urn:rows", run);
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        assert_int_equal(stemma_writer_row_actor(writer, stemma_text_of(wrong[i].type),
                                                 stemma_text_of(wrong[i].name), &handle, &error),
                         STEMMA_E_INVALID);
        assert_string_equal(error.code, wrong[i].code);
    }
    assert_int_equal(stemma_writer_row_term(writer, STEMMA_TERM_EVENT_TYPE,
                                            stemma_text_of("no.such"), &handle, &error),
                     STEMMA_E_INVALID);
    assert_string_equal(error.code, "TYPE_UNKNOWN");
    assert_int_equal(stemma_writer_row_term(writer, STEMMA_TERM_PREDICATE, stemma_text_of("no"),
                                            &handle, &error),
                     STEMMA_E_INVALID);
    assert_string_equal(error.code, "PREDICATE_UNKNOWN");
    assert_int_equal(actor_handle(writer, "person", "Ida Lorn"), 0);
    assert_int_equal(actor_handle(writer, "place", "Ida Lorn"), 1);
    assert_int_equal(actor_handle(writer, "person", "Ida Lorn"), 0);
    stemma_writer_free(writer);
}

static void calls_out_of_order_are_misuse(void **state)
{
    uint32_t run, number = 0;
    size_t taken = 0;
    stemma_document fields = {0};
    uint8_t digest[STEMMA_DIGEST_SIZE] = {0};
    stemma_writer *writer = begin("misuse", 0, &run);
    stemma_row row = plain_row(1, 0);
    (void)state;
    assert_int_equal(stemma_writer_add_rows(writer, &row, 1, &taken, NULL), STEMMA_E_MISUSE);
    assert_int_equal(stemma_writer_end_rows(writer, &number, NULL), STEMMA_E_MISUSE);
    assert_int_equal(stemma_writer_rows_digest(writer, digest, 1, NULL), STEMMA_E_MISUSE);
    assert_int_equal(stemma_writer_begin_rows(writer, &fields, 7, NULL), STEMMA_E_INVALID);
    begin_rows(writer, "urn:rows", run);
    assert_int_equal(stemma_writer_begin_rows(writer, &fields, run, NULL), STEMMA_E_MISUSE);
    corpus_document *article = corpus_new("urn:a", "2031-01-01");
    assert_int_equal(stemma_writer_add_document(writer, &article->document, &number, NULL),
                     STEMMA_E_MISUSE);
    stemma_writer_drop_rows(writer);
    stemma_writer_drop_rows(writer);
    article->document.row_count = 1; /* a data set, as a reader gives it */
    assert_int_equal(stemma_writer_add_document(writer, &article->document, &number, NULL),
                     STEMMA_E_MISUSE);
    corpus_free(article);
    assert_int_equal(stemma_writer_add_rows(writer, &row, 1, &taken, NULL), STEMMA_E_MISUSE);
    begin_rows(writer, "urn:rows", run);
    assert_int_equal(stemma_writer_end_rows(writer, &number, NULL), STEMMA_E_MISUSE);
    assert_int_equal(stemma_writer_rows_digest(writer, digest, UINT64_MAX, NULL),
                     STEMMA_E_LIMIT);
    assert_int_equal(stemma_writer_finish(writer, NULL), STEMMA_E_MISUSE);
    end_rows(writer, 1);
    assert_int_equal(stemma_writer_finish(writer, NULL), STEMMA_OK);
    assert_int_equal(stemma_writer_begin_rows(writer, &fields, run, NULL), STEMMA_E_MISUSE);
    stemma_writer_free(writer);
    discard("misuse");
}

/* ---- The same file --------------------------------------------------------------------------- */

#define ROWS 3000u

/* A table of `ROWS` rows; `backwards` asks for its terms and actors in another order, `batch` rows
   are given at a time. Gives the handle of "Actor 3". */
static uint32_t add_table(stemma_writer *writer, uint32_t which, uint32_t run, int backwards,
                          uint32_t batch, uint32_t *number)
{
    static const char *const types[] = {"contact.meet", "conflict.attack", "justice.release"};
    static const char *const roles[][2] = {
        {"participant", "participant"}, {"agent", "target"}, {"agent", "patient"}};
    static char days[ROWS][24];
    static stemma_row rows[ROWS];
    static stemma_row_participant list[ROWS][2];
    char uri[32], name[32];
    uint32_t actors[20], type[3], role[3][2];
    prng random = {which};
    snprintf(uri, sizeof uri, "urn:table:%u", which);
    begin_rows(writer, uri, run);
    for (uint32_t i = 0; i < 20; i++) {
        uint32_t a = backwards ? 19 - i : i;
        snprintf(name, sizeof name, "Actor %u", a);
        actors[a] = actor_handle(writer, a % 4 == 0 ? "place" : "person", name);
    }
    for (uint32_t i = 0; i < 3; i++) {
        uint32_t t = backwards ? 2 - i : i;
        role[t][backwards] = predicate_handle(writer, roles[t][backwards]);
        type[t] = type_handle(writer, types[t]);
        role[t][!backwards] = predicate_handle(writer, roles[t][!backwards]);
    }
    for (uint32_t k = 0; k < ROWS; k++) {
        uint32_t t = prng_below(&random, 3);
        rows[k] = plain_row(2 * k + 2, type[t]);
        snprintf(days[k], sizeof days[k], "20%02u-0%u-1%u%s", 10 + prng_below(&random, 20),
                 1 + prng_below(&random, 9), prng_below(&random, 10),
                 prng_below(&random, 50) == 0 ? "T12:00" : "");
        rows[k].time = stemma_text_of(prng_below(&random, 40) == 0 ? "" : days[k]);
        for (uint32_t i = 0; i < 2; i++) {
            uint32_t at = backwards ? 1 - i : i;
            list[k][at].role = role[t][i];
            list[k][at].actor = actors[prng_below(&random, 20)];
        }
        rows[k].participants = list[k];
        rows[k].participant_count = 2;
        rows[k].place = k % 7 == 0 ? actors[prng_below(&random, 5) * 4] : STEMMA_NONE;
        rows[k].source = k % 5 == 0 ? actors[1] : STEMMA_NONE;
        rows[k].external_id = stemma_text_of(k % 3 == 0 && which == 1 ? "list:7" : "");
    }
    for (uint32_t at = 0; at < ROWS;) {
        size_t taken = 0;
        uint32_t count = ROWS - at < batch ? ROWS - at : batch;
        assert_int_equal(stemma_writer_add_rows(writer, rows + at, count, &taken, NULL), STEMMA_OK);
        at += count;
    }
    *number = end_rows(writer, (uint8_t)which);
    return actors[3];
}

static void join(stemma_writer *writer, uint32_t run, uint32_t a, uint32_t ar, uint32_t b,
                 uint32_t br)
{
    stemma_judgement same = {0};
    same.left.document = a;
    same.left.referent = ar;
    same.right.document = b;
    same.right.referent = br;
    same.verdict = STEMMA_VERDICT_SAME;
    same.score = STEMMA_NO_CONFIDENCE;
    same.run = run;
    assert_int_equal(stemma_writer_add_judgement(writer, &same, NULL), STEMMA_OK);
}

static void write_mixed(const char *name, int backwards, uint64_t memory)
{
    uint32_t run, tables[2], actors[2], article = 0, event = 0;
    uint32_t row = 0, left = 0, right = 0;
    stemma_writer *writer = begin(name, memory, &run);
    corpus_document *d = corpus_new("urn:article", "2031-05-06");
    event = corpus_release(d, "Ada Lorn", "then", "2015-05-04", "Velmora");
    if (!backwards) {
        assert_int_equal(stemma_writer_add_document(writer, &d->document, &article, NULL),
                         STEMMA_OK);
    }
    for (uint32_t i = 0; i < 2; i++) {
        uint32_t t = backwards ? 1 - i : i;
        actors[t] = add_table(writer, t + 1, run, backwards, backwards ? 77 : 1000, &tables[t]);
    }
    if (backwards) {
        assert_int_equal(stemma_writer_add_document(writer, &d->document, &article, NULL),
                         STEMMA_OK);
    }
    for (uint32_t k = 0; k < 40; k += 4) { /* rows joined with the article, and with each other */
        assert_int_equal(stemma_writer_row_referent(writer, tables[0], k, &row, NULL), STEMMA_OK);
        if (k == 0) {
            join(writer, run, tables[0], row, article, event);
        } else {
            join(writer, run, tables[0], row, tables[0], row + 1);
        }
    }
    for (uint32_t t = 0; t < 2;
         t++) { /* an actor joined with one of the other table, and the other */
        assert_int_equal(
            stemma_writer_actor_referent(writer, tables[t], actors[t], t ? &right : &left, NULL),
            STEMMA_OK);
    }
    join(writer, run, tables[0], left, tables[1], right);
    assert_int_equal(stemma_writer_finish(writer, NULL), STEMMA_OK);
    stemma_writer_free(writer);
    corpus_free(d);
}

static void assert_same_file(const char *a, const char *b)
{
    size_t sizes[2];
    char *files[2] = {read_all(a, &sizes[0]), read_all(b, &sizes[1])};
    assert_int_equal(sizes[0], sizes[1]);
    assert_memory_equal(files[0], files[1], sizes[0]);
    free(files[0]);
    free(files[1]);
}

static int say(void *context, const stemma_problem *problem)
{
    (void)context;
    print_error("%s %s %s\n", problem->code, problem->where, problem->message);
    return 0;
}

static void assert_sound(const char *name)
{
    stemma_check_summary summary = {0};
    char path[128];
    path_of(name, path);
    assert_int_equal(stemma_check(path, say, NULL, &summary, NULL), STEMMA_OK);
    assert_int_equal(summary.problems, 0);
}

static void add_any_row(stemma_writer *writer, prng *random, uint32_t actors, uint32_t *number)
{
    static const char *const roles[] = {"agent", "patient", "participant", "target"};
    static const char *const types[] = {"test.one", "test.two"};
    static const char *const times[] = {"2031-05-04", "2031-05", "",        "2031-05-04T10:00",
                                        "2030/2032",  "..//",    "2031-06~"};
    static const char *const texts[] = {"", "fog", "list:7", "\xff"};
    static const char *const numbers[] = {"", "12.5", "x"};
    stemma_row_participant list[20];
    stemma_row row = plain_row(*number + prng_below(random, 3), 0);
    size_t taken = 0;
    row.type = type_handle(writer, types[prng_below(random, 2)]);
    row.time = stemma_text_of(times[prng_below(random, 7)]);
    row.participants = list;
    row.participant_count = prng_below(random, prng_below(random, 10) == 0 ? 20 : 4);
    for (uint32_t i = 0; i < row.participant_count; i++) {
        list[i].role = predicate_handle(writer, roles[prng_below(random, 4)]);
        list[i].actor = prng_below(random, actors + (prng_below(random, 20) == 0));
    }
    row.place = prng_below(random, 4) == 0 ? prng_below(random, actors) : STEMMA_NONE;
    row.source = prng_below(random, 4) == 0 ? prng_below(random, actors) : STEMMA_NONE;
    if (prng_below(random, 3) == 0) {
        row.external_id = stemma_text_of(texts[prng_below(random, 4)]);
        row.content = stemma_text_of(texts[prng_below(random, 4)]);
        row.quantity_predicate = prng_below(random, 2) ? predicate_handle(writer, "agent")
                                                       : predicate_handle(writer, "quantity");
        row.amount = stemma_text_of(numbers[prng_below(random, 3)]);
        row.unit = stemma_text_of(texts[prng_below(random, 4)]);
    }
    if (stemma_writer_add_rows(writer, &row, 1, &taken, NULL) == STEMMA_OK) {
        *number = row.number;
    }
}

/* A table of any rows; gives its document and how many actors and rows it has. */
static uint32_t add_any_table(stemma_writer *writer, prng *random, uint32_t which, uint32_t run,
                              uint32_t *referents)
{
    char uri[32], name[32];
    uint32_t number = 0, row = 0, referent = 0;
    snprintf(uri, sizeof uri, "urn:any:%u", which);
    begin_rows(writer, uri, run);
    uint32_t actors = 1 + prng_below(random, 9);
    for (uint32_t a = 0; a < actors; a++) {
        snprintf(name, sizeof name, "Actor %u", a);
        actor_handle(writer, a % 3 == 0 ? "place" : "person", name);
    }
    for (uint32_t k = prng_below(random, 400); k > 0; k--) {
        add_any_row(writer, random, actors, &number);
    }
    uint32_t document = end_rows(writer, (uint8_t)(10 + which));
    while (stemma_writer_row_referent(writer, document, row, &referent, NULL) == STEMMA_OK) {
        row++;
    }
    *referents = actors + row;
    return document;
}

static void what_the_writer_takes_the_checker_finds_sound(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        prng random = {seed};
        uint32_t run, documents[4], referents[4];
        stemma_writer *writer = begin("any", 0, &run);
        stemma_term type = {0};
        corpus_document *d = corpus_new("urn:article", "2031-05-06");
        type.kind = STEMMA_TERM_EVENT_TYPE; /* without roles: any will do */
        type.name = stemma_text_of("test.one");
        assert_int_equal(stemma_writer_add_term(writer, &type, NULL), STEMMA_OK);
        type.name = stemma_text_of("test.two");
        assert_int_equal(stemma_writer_add_term(writer, &type, NULL), STEMMA_OK);
        corpus_release(d, "Actor 1", "then", "2031-05-04", "Velmora");
        assert_int_equal(stemma_writer_add_document(writer, &d->document, &documents[0], NULL),
                         STEMMA_OK);
        referents[0] = d->document.referent_count;
        corpus_free(d);
        for (uint32_t t = 1; t < 4; t++) {
            documents[t] = add_any_table(writer, &random, t, run, &referents[t]);
        }
        for (uint32_t i = prng_below(&random, 20); i > 0; i--) {
            uint32_t a = prng_below(&random, 4), b = prng_below(&random, 4);
            uint32_t left = prng_below(&random, referents[a]);
            uint32_t right = prng_below(&random, referents[b]);
            if (a != b || left != right) {
                join(writer, run, documents[a], left, documents[b], right);
            }
        }
        assert_int_equal(stemma_writer_finish(writer, NULL), STEMMA_OK);
        stemma_writer_free(writer);
        assert_sound("any");
        discard("any");
    }
}

/* [I-30] [W-1] */
static void the_order_of_input_changes_no_byte(void **state)
{
    char value[16];
    (void)state;
    write_mixed("forwards", 0, 0);
    write_mixed("backwards", 1, 0);
    assert_same_file("forwards", "backwards");
    assert_sound("forwards");
    assert_int_equal(entries_of("forwards", "row", value, 0), 19); /* one, and nine pairs */
    assert_true(entries_of("forwards", "detail", value, 0) > 20);
    assert_int_equal(entries_of("forwards", "fence", value, 0), 1);
    assert_int_equal(entries_of("forwards", "event", value, 0), 2);
    discard("forwards");
    discard("backwards");
}

/* [W-1] */
static void the_memory_allowed_changes_no_byte(void **state)
{
    (void)state;
    write_mixed("much", 0, 0);
    write_mixed("little", 0, 1 << 20);
    assert_same_file("much", "little");
    discard("much");
    discard("little");
}

/* [W-1] */
static void the_threads_allowed_change_no_byte(void **state)
{
    (void)state;
    write_mixed("one", 0, 0);
    jobs = 2;
    write_mixed("two", 0, 0);
    jobs = 1;
    assert_same_file("one", "two");
    discard("one");
    discard("two");
}

/* ---- Documents ------------------------------------------------------------------------------- */

/* [T-15] */
static void equal_data_sets_are_stored_once(void **state)
{
    uint32_t run, first, second;
    char value[8];
    stemma_writer *writer = begin("once", 0, &run);
    (void)state;
    add_table(writer, 1, run, 0, 1000, &first);
    add_table(writer, 1, run, 1, 1000, &second);
    assert_int_equal(first, second);
    assert_int_equal(stemma_writer_finish(writer, NULL), STEMMA_OK);
    stemma_writer_free(writer);
    assert_int_equal(entries_of("once", "document", value, 0), 1);
    discard("once");
}

/* */
static void a_record_tells_rows_and_their_numbers(void **state)
{
    uint32_t run, number = 0;
    char value[4096] = {0};
    stemma_document document;
    stm_document_extra extra;
    stemma_writer *writer = begin("record", 0, &run);
    (void)state;
    begin_rows(writer, "urn:rows", run);
    uint32_t type = type_handle(writer, "contact.meet");
    static const uint32_t numbers[] = {2, 3, 7, 8, 30};
    for (uint32_t i = 0; i < 5; i++) {
        stemma_row row = plain_row(numbers[i], type);
        size_t taken;
        assert_int_equal(stemma_writer_add_rows(writer, &row, 1, &taken, NULL), STEMMA_OK);
    }
    number = end_rows(writer, 1);
    assert_int_equal(number, 0);
    assert_int_equal(stemma_writer_finish(writer, NULL), STEMMA_OK);
    stemma_writer_free(writer);
    assert_int_equal(entries_of("record", "document", value, sizeof value), 1);
    stemma_bytes bytes = {(const uint8_t *)value, sizeof value};
    while (bytes.size > 0 && stm_document_decode(bytes, &document, &extra, NULL) != STEMMA_OK) {
        bytes.size--; /* the value's size was not handed out: nothing else is one record */
    }
    assert_int_equal(extra.rows, 5);
    assert_int_equal(extra.stride, 1);
    assert_int_equal(extra.run, 0);
    assert_int_equal(document.row_count, 5);
    static const uint8_t gaps[] = {0, 1, 2, 3, 2, 21}; /* before row 0 one, two rows on three, ... */
    assert_int_equal(extra.gaps.size, sizeof gaps);
    assert_memory_equal(extra.gaps.data, gaps, sizeof gaps);
    assert_sound("record");
    discard("record");
}

static void a_table_without_rows_is_a_plain_document(void **state)
{
    uint32_t run;
    char value[8];
    stemma_writer *writer = begin("empty", 0, &run);
    (void)state;
    begin_rows(writer, "urn:rows", run);
    actor_handle(writer, "person", "Ida Lorn");
    end_rows(writer, 1);
    assert_int_equal(stemma_writer_finish(writer, NULL), STEMMA_OK);
    stemma_writer_free(writer);
    assert_int_equal(entries_of("empty", "run", value, 0), 0);
    assert_int_equal(entries_of("empty", "event", value, 0), 0);
    assert_int_equal(entries_of("empty", "testimony", value, 0), 1);
    assert_sound("empty");
    discard("empty");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_rule_of_rows_refuses_with_its_code),
        cmocka_unit_test(terms_and_actors_are_checked),
        cmocka_unit_test(calls_out_of_order_are_misuse),
        cmocka_unit_test(what_the_writer_takes_the_checker_finds_sound),
        cmocka_unit_test(the_order_of_input_changes_no_byte),
        cmocka_unit_test(the_memory_allowed_changes_no_byte),
        cmocka_unit_test(the_threads_allowed_change_no_byte),
        cmocka_unit_test(equal_data_sets_are_stored_once),
        cmocka_unit_test(a_record_tells_rows_and_their_numbers),
        cmocka_unit_test(a_table_without_rows_is_a_plain_document),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
