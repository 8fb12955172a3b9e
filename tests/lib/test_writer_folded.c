/* SPDX-License-Identifier: MIT */
/* Blocks that are made column by column say of every event what its row says, and are as a writer of rows would have made
   them. */
#include "event_amount.h"
#include "index/index.h"
#include "index/index_fold.h"
#include "index/index_order.h"
#include "support/prng.h"
#include "write/writer_lane.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#define ROWS   9000u
#define ACTORS 40u

/* What the rows of a data set have. */
typedef struct features {
    uint32_t sets;     /* data sets, whose rows are mixed in time */
    bool in_order;     /* of time */
    bool plain;        /* agent and patient, nothing else */
    bool joined;       /* two actors are one entity */
    bool some_unknown; /* times */
    bool many_frames;
} features;

typedef struct world {
    prng random;
    stm_index index;
    stm_row_set sets[2];
    char names[ACTORS][24];
    stemma_name name_list[ACTORS];
    stemma_referent referents[ACTORS];
    stemma_document document;
} world;

static const stemma_term *terms;
static uint32_t term_count;
static const char *const role_names[] = {"agent", "patient", "participant", "target"};

static uint32_t term_of(uint8_t which, const char *name)
{
    stm_index index;
    stm_index_init(&index, terms, term_count);
    return stm_index_term(&index, which, stemma_text_of(name));
}

static void add_row(world *w, stm_row_set *set, const features *kind, uint32_t k)
{
    static const char *const types[] = {"justice.release", "contact.meet", "conflict.attack"};
    stemma_row_participant list[5];
    char time[24] = "";
    stemma_row row = {.place = STEMMA_NONE, .source = STEMMA_NONE, .quantity_predicate = STEMMA_NONE};
    stemma_error error = {0};
    uint32_t day = kind->in_order ? k / 50 : prng_below(&w->random, 180);
    row.number = k + 1;
    row.type = term_of(STEMMA_TERM_EVENT_TYPE, types[prng_below(&w->random, 3)]);
    if (!kind->some_unknown || k % 1000 != 999) {
        snprintf(time, sizeof time, "2031-%02u%s", 1 + day / 28 % 12, "");
        snprintf(time + 7, sizeof time - 7, "-%02u", 1 + day % 28);
    }
    row.time = stemma_text_of(time);
    row.participants = list;
    row.participant_count = kind->plain ? 2 : prng_below(&w->random, kind->many_frames ? 6 : 3);
    for (uint32_t i = 0; i < row.participant_count; i++) {
        uint32_t role = kind->plain || kind->joined ? i : prng_below(&w->random, kind->many_frames ? 4 : 2);
        list[i].role = term_of(STEMMA_TERM_PREDICATE, role_names[role]);
        list[i].actor = prng_below(&w->random, ACTORS);
    }
    if (!kind->plain) {
        row.place = prng_below(&w->random, 3) == 0 ? prng_below(&w->random, ACTORS) : STEMMA_NONE;
        row.source = prng_below(&w->random, 4) == 0 ? prng_below(&w->random, ACTORS) : STEMMA_NONE;
    }
    if (!kind->plain && prng_below(&w->random, 4) == 0) {
        row.quantity_predicate = term_of(STEMMA_TERM_PREDICATE, "quantity");
        row.amount = stemma_text_of(prng_below(&w->random, 2) ? "12.50" : "7");
    }
    assert_int_equal(stm_row_set_add(set, &row, &error), STEMMA_OK);
}

static void make_set(world *w, stm_row_set *set, const features *kind)
{
    stemma_text any = {NULL, 0};
    stemma_error error = {0};
    stm_row_set_begin(set, NULL);
    for (uint32_t i = 0; i < term_count; i++) {
        assert_int_equal(stm_row_set_handle(set, terms[i].kind, terms[i].name, any), STEMMA_OK);
        set->handles[i].term = i;
    }
    set->actor_count = ACTORS;
    for (uint32_t k = 0; k < ROWS; k++) {
        add_row(w, set, kind, k);
    }
    assert_int_equal(stm_row_set_resolve(set), STEMMA_OK);
    assert_int_equal(stm_index_add_document(&w->index, &w->document, &error), STEMMA_OK);
    assert_int_equal(stm_index_add_rows(&w->index, set, &error), STEMMA_OK);
}

static world *make_world(const features *kind, uint64_t seed)
{
    world *w = calloc(1, sizeof *w);
    stemma_error error = {0};
    assert_non_null(w);
    w->random.state = seed;
    for (uint32_t a = 0; a < ACTORS; a++) {
        snprintf(w->names[a], sizeof w->names[a], "Actor %u", a);
        w->name_list[a].text = stemma_text_of(w->names[a]);
        w->referents[a].kind = STEMMA_REFERENT_ENTITY;
        w->referents[a].type = stemma_text_of("person");
        w->referents[a].names = &w->name_list[a];
        w->referents[a].name_count = 1;
    }
    w->document.referents = w->referents;
    w->document.referent_count = ACTORS;
    w->document.text_withheld = 1;
    stm_index_init(&w->index, terms, term_count);
    for (uint32_t s = 0; s < kind->sets; s++) {
        make_set(w, &w->sets[s], kind);
    }
    for (uint32_t a = 4; a < 9 && kind->joined; a++) {
        stemma_judgement same = {.left = {0, 3}, .right = {0, a}, .verdict = STEMMA_VERDICT_SAME};
        assert_int_equal(stm_index_add_judgement(&w->index, &same, &error), STEMMA_OK);
    }
    assert_int_equal(stm_index_build(&w->index, &error), STEMMA_OK);
    return w;
}

static void end_world(world *w)
{
    stm_index_free(&w->index);
    stm_row_set_free(&w->sets[0]);
    stm_row_set_free(&w->sets[1]);
    free(w);
}

static void compare_participants(const stm_event_block *block, const stm_event_row *row,
                                 const stm_row_set *set, uint32_t k)
{
    stm_event_participant expected[8], found;
    assert_int_equal(row->participant_count, stm_row_shape_of(set, k)->role_count);
    stm_fold_participants(set, k, expected);
    for (uint32_t i = 0; i < row->participant_count; i++) {
        assert_int_equal(stm_event_block_participant(block, row, i, &found), STEMMA_OK);
        assert_int_equal(found.role, expected[i].role);
        assert_int_equal(found.entity, expected[i].entity);
        assert_int_equal(found.variant, expected[i].variant);
    }
}

static uint32_t entity_of(const stm_row_set *set, uint32_t actor)
{
    return actor == STEMMA_NONE ? STEMMA_NONE : set->entities[actor];
}

static void compare_row(const stm_event_block *block, uint32_t i, const stm_row_set *set, uint32_t k,
                        uint64_t claims)
{
    stm_event_row row = {0};
    uint32_t amount, above;
    assert_int_equal(stm_event_block_row(block, i, &row), STEMMA_OK);
    assert_int_equal(stm_event_block_marks(block, i, &row), STEMMA_OK);
    assert_memory_equal(&row.bounds, stm_row_bounds(set, k), sizeof row.bounds);
    assert_int_equal(row.type, stm_row_shape_of(set, k)->type);
    assert_int_equal(row.place, entity_of(set, stm_row_place(set, k)));
    assert_int_equal(row.via, entity_of(set, stm_row_source(set, k)));
    assert_int_equal(row.documents, 1);
    assert_int_equal(row.independent, 1);
    assert_int_equal(row.folded, 1);
    assert_int_equal(row.realis, STEMMA_REALIS_ACTUAL);
    assert_int_equal(row.polarity, STEMMA_POLARITY_POSITIVE);
    assert_int_equal(row.first_document, set->document);
    assert_int_equal(row.first_referent, ACTORS + k);
    assert_int_equal(row.claim_count, stm_row_set_says(set, k));
    assert_int_equal(row.claim_first, claims + 5);
    assert_int_equal(row.unstored_before, claims + 3);
    stm_folded_amount(set, k, &amount, &above);
    assert_int_equal(row.amount, amount);
    assert_int_equal(row.amount_above, above);
    compare_participants(block, &row, set, k);
}

/* Makes all blocks, and compares those that were made of columns; how many. */
static uint32_t compare_blocks(const world *w)
{
    const stm_index *index = &w->index;
    stm_folded *folded = calloc(1, sizeof *folded);
    uint8_t *out = NULL;
    uint64_t claims = 0;
    uint32_t made = 0;
    assert_non_null(folded);
    for (uint32_t first = 0; first < index->event_total; first += STEMMA_EVENT_BLOCK) {
        uint32_t left = index->event_total - first;
        uint32_t count = left < STEMMA_EVENT_BLOCK ? left : STEMMA_EVENT_BLOCK;
        size_t size = 0;
        stm_event_block block;
        stemma_status status = stm_folded_take(folded, index, first, count, claims + 5, claims + 3);
        if (status == STEMMA_NOT_FOUND) {
            continue; /* its claims are not counted: numbers need only be those that were given */
        }
        assert_int_equal(status, STEMMA_OK);
        size_t bound = stm_event_block_bound(count, folded->participants);
        out = realloc(out, bound);
        assert_non_null(out);
        assert_int_equal(stm_event_block_write_columns(out, bound, &size, count, folded->columns), STEMMA_OK);
        assert_int_equal(stm_event_block_check((stemma_bytes){out, size}), STEMMA_OK);
        assert_int_equal(stm_event_block_open((stemma_bytes){out, size}, &block), STEMMA_OK);
        for (uint32_t i = 0; i < count; i++) {
            stm_event_source source = stm_index_source(index, first + i);
            compare_row(&block, i, source.set, source.row, claims);
            claims += stm_row_set_says(source.set, source.row);
        }
        made++;
    }
    stm_folded_free(folded);
    free(folded);
    free(out);
    return made;
}

static uint32_t blocks_of(const features *kind, uint64_t seed)
{
    world *w = make_world(kind, seed);
    uint32_t made = compare_blocks(w);
    end_world(w);
    return made;
}

static void blocks_of_columns_say_what_rows_say(void **state)
{
    (void)state;
    assert_int_equal(blocks_of(&(features){.sets = 1, .in_order = true, .plain = true}, 1), 3);
    assert_int_equal(blocks_of(&(features){.sets = 1, .plain = true}, 2), 3);
    assert_int_equal(blocks_of(&(features){.sets = 1, .in_order = true}, 3), 3);
    assert_int_equal(blocks_of(&(features){.sets = 1}, 4), 3);
}

/* Rows whose actors have become one entity in one role are no folded rows, and no columns any more; with each actor in a
   role of its own all stay. */
static void joined_actors_are_told_apart(void **state)
{
    (void)state;
    assert_int_equal(blocks_of(&(features){.sets = 1, .joined = true}, 5), 3);
    assert_int_equal(blocks_of(&(features){.sets = 1, .in_order = true, .joined = true, .plain = true}, 6), 3);
}

static void what_is_unusual_is_left_to_rows(void **state)
{
    (void)state;
    assert_int_equal(blocks_of(&(features){.sets = 2, .plain = true}, 7), 0);
    assert_int_equal(blocks_of(&(features){.sets = 1, .many_frames = true}, 8), 0);
    /* Unknown times come last. */
    assert_int_equal(blocks_of(&(features){.sets = 1, .some_unknown = true}, 9), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_of_columns_say_what_rows_say),
        cmocka_unit_test(joined_actors_are_told_apart),
        cmocka_unit_test(what_is_unusual_is_left_to_rows),
    };
    terms = stemma_vocabulary_builtin(&term_count);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
