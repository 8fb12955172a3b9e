/* SPDX-License-Identifier: MIT */
/* Plain rows through the writer: the file, and what is refused, are those of the same rows given one by one. */
#include "stemma/write.h"
#include "support/prng.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ROWS   5000u
#define ACTORS 40u
#define ROLES  3u
#define MOST   10u

static char folder[] = "/tmp/stemma-plain-XXXXXX";

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

/* A writer with an open data set, and the handles of what rows name. */
struct side {
    stemma_writer *writer;
    uint32_t types[3];
    uint32_t roles[ROLES];
    uint32_t actors[ACTORS];
};

static void path_of(const char *name, char path[128])
{
    snprintf(path, 128, "%s/%s.stemma", folder, name);
}

static uint32_t term(stemma_writer *writer, uint8_t kind, const char *name)
{
    uint32_t handle = 0;
    assert_int_equal(stemma_writer_row_term(writer, kind, stemma_text_of(name), &handle, NULL), STEMMA_OK);
    return handle;
}

static void begin(struct side *side, const char *name)
{
    static const char *const types[] = {"ferry.sail", "ferry.moor", "contact.meet"};
    static const char *const roles[] = {"patient", "agent", "participant"};
    stemma_run hand = {{"hand", 4}, {NULL, 0}, STEMMA_RUN_IMPORT, {NULL, 0}};
    stemma_writer_options options = STEMMA_WRITER_OPTIONS_INIT;
    stemma_document fields = {0};
    uint32_t run = 0;
    char path[128];
    path_of(name, path);
    fields.uri = stemma_text_of("urn:example:plain");
    fields.media_type = stemma_text_of("text/csv");
    assert_int_equal(stemma_writer_new(&side->writer, path, &options, NULL), STEMMA_OK);
    assert_int_equal(stemma_writer_add_run(side->writer, &hand, &run, NULL), STEMMA_OK);
    assert_int_equal(stemma_writer_begin_rows(side->writer, &fields, run, NULL), STEMMA_OK);
    for (unsigned i = 0; i < 2; i++) {
        stemma_term type = {STEMMA_TERM_EVENT_TYPE, stemma_text_of(types[i]), stemma_text_of("Sail"), 0,
                            stemma_text_of("agent patient participant"), {NULL, 0}};
        assert_int_equal(stemma_writer_add_term(side->writer, &type, NULL), STEMMA_OK);
    }
    for (unsigned i = 0; i < 3; i++) {
        side->types[i] = term(side->writer, STEMMA_TERM_EVENT_TYPE, types[i]);
    }
    for (unsigned i = 0; i < ROLES; i++) {
        side->roles[i] = term(side->writer, STEMMA_TERM_PREDICATE, roles[i]);
    }
    for (unsigned i = 0; i < ACTORS; i++) {
        char actor[32];
        snprintf(actor, sizeof actor, "Ferry pilot %u", i);
        assert_int_equal(stemma_writer_row_actor(side->writer, stemma_text_of("person"),
                                                 stemma_text_of(actor), &side->actors[i], NULL),
                         STEMMA_OK);
    }
}

static char *finish(struct side *side, const char *name, size_t *size)
{
    uint8_t digest[STEMMA_DIGEST_SIZE] = {7};
    uint32_t number;
    char path[128];
    assert_int_equal(stemma_writer_rows_digest(side->writer, digest, 1000, NULL), STEMMA_OK);
    assert_int_equal(stemma_writer_end_rows(side->writer, &number, NULL), STEMMA_OK);
    assert_int_equal(stemma_writer_finish(side->writer, NULL), STEMMA_OK);
    stemma_writer_free(side->writer);
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
    unlink(path);
    return bytes;
}

/* A row before it has handles; most are alike, as those of tables are. */
struct made {
    uint32_t number;
    uint32_t type;
    uint32_t count;
    uint32_t roles[MOST];
    uint32_t actors[MOST];
    const char *time;
};

static void make_row(struct made *row, prng *random, uint32_t before, bool odd)
{
    static const char *const times[] = {"", "2031-05", "2031-05-04", "2031-05-05"};
    memset(row, 0, sizeof *row);
    row->number = before + 1;
    row->type = prng_below(random, 2);
    row->count = 2;
    row->time = times[2 + (prng_below(random, 100) == 0 ? 1 : 0)];
    row->roles[0] = 1; /* its handle is behind that of the second */
    row->roles[1] = 0;
    if (odd && prng_below(random, 4) == 0) {
        row->number += prng_below(random, 3);
        row->time = times[prng_below(random, 4)];
        row->type = prng_below(random, 3); /* the last has none of some roles */
        row->count = prng_below(random, 5) == 0 ? prng_below(random, MOST + 1) : prng_below(random, 4);
        for (uint32_t i = 0; i < row->count; i++) {
            row->roles[i] = prng_below(random, ROLES);
        }
    }
    for (uint32_t i = 0; i < row->count; i++) {
        row->actors[i] = prng_below(random, ACTORS);
    }
    if (odd && row->count != 0 && prng_below(random, 200) == 0) {
        row->actors[0] = ACTORS; /* no actor */
    }
    if (odd && prng_below(random, 200) == 0) {
        row->number = before; /* not behind the last */
    }
}

static uint32_t actor_of(const struct side *side, uint32_t actor)
{
    return actor < ACTORS ? side->actors[actor] : ACTORS + 7;
}

static stemma_status add_row(struct side *side, const struct made *made, stemma_error *error)
{
    stemma_row_participant participants[MOST];
    stemma_row row = {.number = made->number,
                      .type = side->types[made->type],
                      .time = stemma_text_of(made->time),
                      .place = STEMMA_NONE,
                      .source = STEMMA_NONE,
                      .participants = participants,
                      .participant_count = made->count,
                      .quantity_predicate = STEMMA_NONE};
    size_t taken;
    for (uint32_t i = 0; i < made->count; i++) {
        participants[i] =
            (stemma_row_participant){side->roles[made->roles[i]], actor_of(side, made->actors[i])};
    }
    return stemma_writer_add_rows(side->writer, &row, 1, &taken, error);
}

/* The same rows as columns. */
struct columns {
    uint32_t numbers[ROWS], forms[ROWS], times[ROWS], firsts[ROWS];
    uint32_t actors[ROWS * MOST];
    uint32_t count, actor_count;
};

static void put_row(struct side *side, struct columns *columns, const struct made *made)
{
    uint32_t roles[MOST];
    uint32_t at = columns->count++;
    for (uint32_t i = 0; i < made->count; i++) {
        roles[i] = side->roles[made->roles[i]];
    }
    columns->numbers[at] = made->number;
    columns->firsts[at] = columns->actor_count;
    assert_int_equal(stemma_writer_row_form(side->writer, side->types[made->type], roles, made->count,
                                            &columns->forms[at], NULL),
                     STEMMA_OK);
    assert_int_equal(stemma_writer_row_time(side->writer, stemma_text_of(made->time),
                                            &columns->times[at], NULL),
                     STEMMA_OK);
    assert_int_equal(columns->times[at] == STEMMA_NONE, made->time[0] == '\0');
    for (uint32_t i = 0; i < made->count; i++) {
        columns->actors[columns->actor_count++] = actor_of(side, made->actors[i]);
    }
}

static void compare(uint64_t seed, bool odd, uint32_t piece)
{
    struct columns *columns = calloc(1, sizeof *columns);
    stemma_status *statuses = calloc(ROWS, sizeof *statuses);
    stemma_error *errors = calloc(ROWS, sizeof *errors);
    struct side one, many;
    size_t sizes[2];
    uint32_t last = 0;
    uint32_t refused = 0;
    prng random;
    assert_true(columns != NULL && statuses != NULL && errors != NULL);
    random.state = seed;
    begin(&one, "one");
    begin(&many, "many");
    for (uint32_t k = 0; k < ROWS; k++) {
        struct made made;
        make_row(&made, &random, last, odd);
        statuses[k] = add_row(&one, &made, &errors[k]);
        put_row(&many, columns, &made);
        last = statuses[k] == STEMMA_OK ? made.number : last;
        refused += statuses[k] != STEMMA_OK;
    }
    assert_int_equal(refused != 0, odd);
    for (uint32_t at = 0; at < ROWS;) {
        stemma_plain_rows some = {.count = ROWS - at < piece ? ROWS - at : piece,
                                  .numbers = columns->numbers + at,
                                  .forms = columns->forms + at,
                                  .times = columns->times + at,
                                  .actors = columns->actors + columns->firsts[at]};
        stemma_error error = {0};
        size_t taken;
        stemma_status status = stemma_writer_add_plain_rows(many.writer, &some, &taken, &error);
        for (size_t i = 0; i < taken; i++) {
            assert_int_equal(statuses[at++], STEMMA_OK);
        }
        if (status != STEMMA_OK) {
            assert_int_equal(status, statuses[at]);
            assert_string_equal(error.code, errors[at].code);
            assert_string_equal(error.message, errors[at].message);
            at++;
        }
    }
    char *bytes = finish(&one, "one", &sizes[0]);
    char *same = finish(&many, "many", &sizes[1]);
    assert_int_equal(sizes[0], sizes[1]);
    assert_memory_equal(bytes, same, sizes[0]);
    free(bytes);
    free(same);
    free(columns);
    free(statuses);
    free(errors);
}

static void rows_that_are_alike_make_the_same_file(void **state)
{
    (void)state;
    compare(1, false, ROWS);
    compare(2, false, 7);
}

static void rows_of_every_kind_make_the_same_file_and_are_refused_alike(void **state)
{
    (void)state;
    for (uint64_t seed = 3; seed < 9; seed++) {
        compare(seed, true, seed % 2 == 0 ? ROWS : 100);
    }
}

static void what_is_no_handle_is_misuse(void **state)
{
    struct side side;
    uint32_t roles[65] = {0};
    uint32_t form, again, time, number = 1;
    stemma_error error = {0};
    size_t taken = 9;
    (void)state;
    begin(&side, "misuse");
    assert_int_equal(stemma_writer_row_form(side.writer, side.types[0], side.roles, 2, &form, NULL), STEMMA_OK);
    assert_int_equal(stemma_writer_row_form(side.writer, side.types[0], side.roles, 1, &again, NULL), STEMMA_OK);
    assert_int_not_equal(form, again);
    assert_int_equal(stemma_writer_row_form(side.writer, side.types[0], side.roles, 2, &again, NULL), STEMMA_OK);
    assert_int_equal(form, again);
    assert_int_equal(stemma_writer_row_form(side.writer, side.types[0], roles, 65, &again, &error),
                     STEMMA_E_MISUSE);
    assert_int_equal(stemma_writer_row_time(side.writer, stemma_text_of("on Friday"), &time, &error),
                     STEMMA_E_INVALID);
    assert_string_equal(error.code, "EDTF");
    assert_int_equal(stemma_writer_row_time(side.writer, stemma_text_of("2031"), &time, NULL), STEMMA_OK);
    stemma_plain_rows rows = {1, &number, &form, &time, side.actors};
    form += 2;
    assert_int_equal(stemma_writer_add_plain_rows(side.writer, &rows, &taken, &error), STEMMA_E_MISUSE);
    assert_int_equal(taken, 0);
    form -= 2;
    time += 1;
    assert_int_equal(stemma_writer_add_plain_rows(side.writer, &rows, &taken, &error), STEMMA_E_MISUSE);
    time -= 1;
    assert_int_equal(stemma_writer_add_plain_rows(side.writer, &rows, &taken, &error), STEMMA_OK);
    assert_int_equal(taken, 1);
    stemma_writer_drop_rows(side.writer);
    assert_int_equal(stemma_writer_row_time(side.writer, stemma_text_of("2031"), &time, NULL), STEMMA_E_MISUSE);
    assert_int_equal(stemma_writer_row_form(side.writer, 0, NULL, 0, &form, NULL), STEMMA_E_MISUSE);
    assert_int_equal(stemma_writer_add_plain_rows(side.writer, &rows, &taken, NULL), STEMMA_E_MISUSE);
    stemma_writer_free(side.writer);
}

/* Known ones and new ones, short and long, in any mixture: their handles are those of each asked for by itself. */
static void actors_together_are_those_one_by_one(void **state)
{
    static char long_name[300];
    stemma_text names[200];
    char texts[200][32];
    uint32_t handles[200];
    uint32_t handle;
    struct side side;
    stemma_error error = {0};
    size_t taken = 0;
    (void)state;
    memset(long_name, 'o', sizeof long_name);
    begin(&side, "together");
    for (unsigned i = 0; i < 200; i++) {
        snprintf(texts[i], sizeof texts[i], "Ferry pilot %u", i % 7 == 0 ? i / 7 : i);
        names[i] = stemma_text_of(texts[i]);
        if (i % 50 == 20) {
            names[i] = (stemma_text){long_name, 120 + i};
        }
    }
    assert_int_equal(stemma_writer_row_actors(side.writer, stemma_text_of("person"), names, 200, handles, &taken, NULL),
                     STEMMA_OK);
    assert_int_equal(taken, 200);
    for (unsigned i = 0; i < 200; i++) {
        assert_int_equal(stemma_writer_row_actor(side.writer, stemma_text_of("person"), names[i], &handle, NULL),
                         STEMMA_OK);
        assert_int_equal(handle, handles[i]);
    }
    names[130] = stemma_text_of(" a space in front");
    assert_int_equal(stemma_writer_row_actors(side.writer, stemma_text_of("place"), names, 200, handles, &taken, &error),
                     STEMMA_E_INVALID);
    assert_int_equal(taken, 130);
    assert_string_equal(error.code, "NAME_SPACE");
    assert_int_equal(stemma_writer_row_actors(side.writer, stemma_text_of("pilot"), names, 2, handles, &taken, &error),
                     STEMMA_E_INVALID);
    assert_int_equal(taken, 0);
    assert_string_equal(error.code, "TYPE_UNKNOWN");
    stemma_writer_drop_rows(side.writer);
    assert_int_equal(stemma_writer_row_actors(side.writer, stemma_text_of("place"), names, 2, handles, &taken, NULL),
                     STEMMA_E_MISUSE);
    stemma_writer_free(side.writer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_that_are_alike_make_the_same_file),
        cmocka_unit_test(rows_of_every_kind_make_the_same_file_and_are_refused_alike),
        cmocka_unit_test(what_is_no_handle_is_misuse),
        cmocka_unit_test(actors_together_are_those_one_by_one),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
