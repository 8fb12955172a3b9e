/* SPDX-License-Identifier: MIT */
/* Lines of rows that have nothing rare, put together from pieces of every length, are byte for byte what the
   writer of one row makes of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/interchange_row_text.h"
#include "support/prng.h"
#include "support/row_file.h"

#define ROWS   3000u
#define ACTORS 200u
#define FRAMES 7u
#define TIMES  40u
#define MOST   12u /* participants */

/* How many participants the rows of a frame have, and how many roles of them differ. */
static const uint32_t frame_counts[FRAMES] = {0, 1, 2, 2, 3, 8, MOST};
static const uint32_t frame_roles[FRAMES] = {0, 1, 1, 2, 2, 3, 3};

struct table {
    stemma_snapshot *snapshot;
    stemma_document document;
    stemma_referent referents[ACTORS];
    stemma_name names[ACTORS];
    char letters[ACTORS][160];
    uint32_t terms[16]; /* types and roles: any terms will do */
    char time[TIMES][320];
    stemma_text times[TIMES];
    uint32_t number[ROWS], type[ROWS], time_of[ROWS], frame[ROWS], participant_first[ROWS + 1];
    uint32_t frame_first[FRAMES + 1], role[FRAMES * MOST], actor[ROWS * MOST];
    stemma_row_columns columns;
};

/* Names of 1 to 150 bytes, some to be escaped. */
static void make_actors(struct table *table)
{
    for (uint32_t i = 0; i < ACTORS; i++) {
        size_t size = 3 + i % 148;
        memset(table->letters[i], 'a' + (int)(i % 26), size);
        table->letters[i][0] = (char)('A' + i / 26);
        table->letters[i][1] = i % 17 == 0 ? '"' : 'x';
        table->names[i].text = (stemma_text){table->letters[i], i % 150 + 1};
        table->referents[i].name_count = 1;
        table->referents[i].names = &table->names[i];
    }
    table->document.referents = table->referents;
    table->document.referent_count = ACTORS;
}

/* Times of up to 300 bytes, and none: what a damaged file has need not be a date. */
static void make_times(struct table *table)
{
    for (uint32_t i = 0; i < TIMES; i++) {
        size_t size = i % 8 == 7 ? 300 : i % 5 == 4 ? 0 : 4 + i % 7;
        memset(table->time[i], '0' + (int)(i % 10), size);
        table->times[i] = (stemma_text){table->time[i], size};
    }
}

static void make_rows(struct table *table, prng *random)
{
    uint32_t participants = 0, roles = 0, number = 1;
    for (uint32_t f = 0; f < FRAMES; f++) {
        table->frame_first[f] = roles;
        for (uint32_t i = 0; i < frame_counts[f]; i++) {
            table->role[roles++] = table->terms[i * frame_roles[f] / frame_counts[f]];
        }
    }
    table->frame_first[FRAMES] = roles;
    for (uint32_t i = 0; i < ROWS; i++) {
        /* Stretches of one time, of times that change with every row, and of two frames by turns. */
        table->number[i] = number;
        number += prng_below(random, 40) == 0 ? 1 + prng_below(random, 400000) : 1;
        table->time_of[i] = i / 500 % 2 == 0 ? i / 50 % TIMES : prng_below(random, TIMES);
        table->type[i] = table->terms[prng_below(random, i % 7 == 0 ? 16 : 3)];
        table->frame[i] = i % 1000 < 300 ? 3 : prng_below(random, FRAMES);
        table->participant_first[i] = participants;
        for (uint32_t k = 0; k < frame_counts[table->frame[i]]; k++) {
            table->actor[participants++] = prng_below(random, ACTORS);
        }
    }
    table->participant_first[ROWS] = participants;
}

static void make_columns(struct table *table)
{
    table->columns = (stemma_row_columns){.count = ROWS,
                                          .number = table->number,
                                          .type = table->type,
                                          .time = table->time_of,
                                          .times = table->times,
                                          .frame = table->frame,
                                          .frame_count = FRAMES,
                                          .frame_first = table->frame_first,
                                          .role = table->role,
                                          .participant_first = table->participant_first,
                                          .actor = table->actor,
                                          .actor_count = ACTORS};
}

static stemma_text term_name(struct table *table, uint32_t number)
{
    stemma_term term;
    assert_int_equal(stemma_term_get(table->snapshot, number, &term, NULL), STEMMA_OK);
    return term.name;
}

static void put_wanted(struct table *table, uint32_t i, struct stm_row_text *out)
{
    stemma_row_role participants[MOST];
    stemma_row_view row = {.number = table->number[i], .place = STEMMA_NONE, .source = STEMMA_NONE};
    uint32_t frame = table->frame[i];
    row.type = term_name(table, table->type[i]);
    row.time = table->times[table->time_of[i]];
    row.participants = participants;
    row.participant_count = frame_counts[frame];
    for (uint32_t k = 0; k < row.participant_count; k++) {
        participants[k].role = term_name(table, table->role[table->frame_first[frame] + k]);
        participants[k].referent = table->actor[table->participant_first[i] + k];
    }
    stm_row_put(out, &row);
}

static void text_begin(struct stm_row_text *text, const struct stm_row_actors *actors, size_t capacity)
{
    memset(text, 0, sizeof *text);
    text->actors = actors;
    text->capacity = capacity;
    text->buffer = malloc(capacity + STM_ROW_SLACK);
    assert_non_null(text->buffer);
    stm_json_to_buffer(&text->escape, 0);
}

static void text_end(struct stm_row_text *text)
{
    stm_json_free(&text->escape);
    free(text->buffer);
}

/* In steps of `enough` bytes, as whoever writes them out would have them. */
static void compare(struct table *table, size_t enough)
{
    struct stm_row_actors actors;
    struct stm_row_text wanted, got;
    struct stm_row_pieces pieces;
    stemma_error error = {0};
    assert_true(stm_row_actors_make(&actors, &table->document));
    text_begin(&wanted, &actors, 64);
    text_begin(&got, &actors, 64);
    stm_row_pieces_init(&pieces, table->snapshot);
    for (uint32_t again = 0; again < 2; again++) { /* the same pieces with columns that begin again */
        for (uint32_t i = 0; i < ROWS;) {
            uint32_t from = i;
            assert_int_equal(stm_row_put_many(&got, &pieces, &table->columns, i, got.used + enough, &i, &error),
                             STEMMA_OK);
            assert_true(i > from);
            for (uint32_t k = from; k < i; k++) {
                put_wanted(table, k, &wanted);
            }
            assert_int_equal(got.used, wanted.used);
        }
    }
    assert_false(got.no_memory);
    assert_memory_equal(got.buffer, wanted.buffer, wanted.used);
    stm_row_pieces_free(&pieces);
    text_end(&got);
    text_end(&wanted);
    stm_row_actors_free(&actors);
}

static void lines_of_pieces_of_any_length_are_as_the_writer_of_one_row_makes_them(void **state)
{
    struct table *table = calloc(1, sizeof *table);
    stemma_file *file;
    row_file built;
    prng random = {5};
    (void)state;
    assert_non_null(table);
    row_file_make(&built, 20, 1);
    assert_int_equal(stemma_open(&file, built.path, NULL, NULL), STEMMA_OK);
    assert_int_equal(stemma_snapshot_begin(&table->snapshot, file, NULL), STEMMA_OK);
    for (uint32_t i = 0; i < 16; i++) {
        table->terms[i] = i * 3;
    }
    make_actors(table);
    make_times(table);
    make_rows(table, &random);
    make_columns(table);
    compare(table, 1);
    compare(table, 5000);
    compare(table, (size_t)1 << 30);
    stemma_snapshot_end(table->snapshot);
    stemma_close(file);
    row_file_remove(&built);
    free(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_of_pieces_of_any_length_are_as_the_writer_of_one_row_makes_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
