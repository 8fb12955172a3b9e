/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "entity_alias.h"
#include "entity_block.h"
#include "support/prng.h"

static const stemma_term terms[] = {
    {.kind = STEMMA_TERM_ENTITY_TYPE, .name = {"organization", 12}},
    {.kind = STEMMA_TERM_ENTITY_TYPE, .name = {"person", 6}},
    {.kind = STEMMA_TERM_PREDICATE, .name = {"agent", 5}},
};

static const stm_bounds bounds = {
    .vocabulary = {terms, 3}, .documents = 500, .entities = 9000, .events = 3000, .claims = 1000};

static stm_entity_row make_row(prng *random, int plain)
{
    stm_entity_row row = {.type = prng_below(random, 2), .documents = 1};
    row.mentions = prng_below(random, 3000);
    row.events = plain ? row.mentions : prng_below(random, 3000);
    if (!plain) {
        row.documents = 1 + prng_below(random, 500);
        row.first.document = prng_below(random, 500);
        row.first.referent = prng_below(random, 100000);
        row.claim_first = prng_below(random, 900);
        row.claim_count = prng_below(random, 100);
        row.alias = prng_below(random, 50);
        row.contested = prng_below(random, 7);
    }
    return row;
}

static uint8_t *block_of(const stm_entity_row *rows, uint32_t count, size_t *size)
{
    static int64_t scratch[STM_ENTITY_BLOCK];
    size_t bound = stm_entity_block_bound(count);
    uint8_t *bytes = malloc(bound);
    stm_fault fault = {"", 0};
    assert_non_null(bytes);
    assert_int_equal(
        stm_entity_block_write(bytes, bound, size, rows, count, scratch, &bounds, &fault),
        STEMMA_OK);
    bytes = realloc(bytes, *size); /* so that a sanitizer sees reads beyond it */
    assert_non_null(bytes);
    return bytes;
}

static void rows_are_equal(const stm_entity_row *a, const stm_entity_row *b)
{
    assert_int_equal(a->type, b->type);
    assert_int_equal(a->documents, b->documents);
    assert_int_equal(a->mentions, b->mentions);
    assert_int_equal(a->events, b->events);
    assert_int_equal(a->first.document, b->first.document);
    assert_int_equal(a->first.referent, b->first.referent);
    assert_int_equal(a->claim_first, b->claim_first);
    assert_int_equal(a->claim_count, b->claim_count);
    assert_int_equal(a->alias, b->alias);
    assert_int_equal(a->contested, b->contested);
}

/* [R-36] [P-31] */
static void rows_come_back_as_they_were(void **state)
{
    static stm_entity_row rows[STM_ENTITY_BLOCK];
    prng random = {51};
    (void)state;
    for (int round = 0; round < 20; round++) {
        uint32_t count = round == 0 ? STM_ENTITY_BLOCK : 1 + prng_below(&random, 200);
        stm_entity_block block;
        size_t size;
        for (uint32_t i = 0; i < count; i++) {
            rows[i] = make_row(&random, round % 2);
        }
        uint8_t *bytes = block_of(rows, count, &size);
        stemma_bytes value = {bytes, size};
        assert_int_equal(stm_entity_block_open(value, &block, NULL), STEMMA_OK);
        assert_int_equal(block.rows, count);
        assert_int_equal(stm_column_block_check(value), STEMMA_OK);
        for (uint32_t i = 0; i < count; i++) {
            stm_entity_row row;
            assert_int_equal(stm_entity_block_row(&block, i, &bounds, &row, NULL), STEMMA_OK);
            rows_are_equal(&row, &rows[i]);
        }
        free(bytes);
    }
}

/* [P-31] */
static void columns_of_zeros_are_absent(void **state)
{
    prng random = {52};
    stm_entity_row rows[100];
    stm_column_block block;
    stm_column column;
    size_t size;
    (void)state;
    for (uint32_t i = 0; i < 100; i++) {
        rows[i] = make_row(&random, 1);
    }
    uint8_t *bytes = block_of(rows, 100, &size);
    assert_int_equal(stm_column_block_open((stemma_bytes){bytes, size}, &block), STEMMA_OK);
    assert_int_equal(block.columns, 3); /* type, documents, mentions */
    assert_int_equal(stm_column_find(&block, STM_ENTITY_EVENTS, &column), STEMMA_NOT_FOUND);
    free(bytes);
}

/* */
static void a_row_that_breaks_a_rule_is_neither_written_nor_read(void **state)
{
    static int64_t scratch[1];
    static uint8_t bytes[1024];
    stm_bounds loose = bounds;
    size_t size;
    (void)state;
    loose.documents = loose.claims = UINT32_MAX - 1;
    const struct {
        const char *code;
        stm_entity_row row;
    } wrong[] = {
        {"TERM_UNKNOWN", {.type = 2}},
        {"TERM_UNKNOWN", {.type = 3}},
        {"DOCUMENT_OUT_OF_RANGE", {.first = {500, 0}}},
        {"CLAIM_RANGE", {.claim_first = 999, .claim_count = 2}},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        stm_fault fault = {"", 0};
        stm_entity_block block;
        stm_entity_row row;
        assert_int_equal(stm_entity_block_write(bytes, sizeof bytes, &size, &wrong[i].row, 1,
                                                scratch, &bounds, &fault),
                         STEMMA_E_INVALID);
        assert_string_equal(fault.code, wrong[i].code);
        if (i >= 2) {
            assert_int_equal(stm_entity_block_write(bytes, sizeof bytes, &size, &wrong[i].row, 1,
                                                    scratch, &loose, &fault),
                             STEMMA_OK);
            assert_int_equal(stm_entity_block_open((stemma_bytes){bytes, size}, &block, &fault),
                             STEMMA_OK);
            assert_int_equal(stm_entity_block_row(&block, 0, &bounds, &row, &fault),
                             STEMMA_E_DAMAGED);
            assert_string_equal(fault.code, wrong[i].code);
        }
    }
}

/* */
static void a_damaged_block_never_gives_a_number_out_of_bounds(void **state)
{
    prng random = {53};
    stm_entity_row rows[60];
    unsigned told = 0;
    (void)state;
    for (int round = 0; round < 5000; round++) {
        uint32_t count = 1 + prng_below(&random, 60);
        stm_entity_block block;
        size_t size;
        for (uint32_t i = 0; i < count; i++) {
            rows[i] = make_row(&random, round % 2);
        }
        uint8_t *bytes = block_of(rows, count, &size);
        for (int i = 0; i < 3; i++) {
            bytes[prng_below(&random, (uint32_t)size)] ^= (uint8_t)prng_next(&random);
        }
        if (stm_entity_block_open((stemma_bytes){bytes, size}, &block, NULL) != STEMMA_OK) {
            told++;
        } else {
            for (uint32_t i = 0; i < block.rows; i++) {
                stm_entity_row row;
                if (stm_entity_block_row(&block, i, &bounds, &row, NULL) == STEMMA_OK) {
                    assert_true(row.type < 2 && row.documents <= bounds.documents);
                    assert_true(row.events <= bounds.events && row.mentions < UINT32_MAX);
                    assert_true(row.first.document < bounds.documents);
                    assert_true((uint64_t)row.claim_first + row.claim_count <= bounds.claims);
                } else {
                    told++;
                }
            }
        }
        free(bytes);
    }
    assert_true(told > 0);
}

/* */
static void the_name_to_show_is_stored_once(void **state)
{
    const stm_entity_name names[] = {{stemma_text_of("Varga"), STEMMA_NAME_NAME, 12},
                                     {stemma_text_of("Ilse Varga"), STEMMA_NAME_NAME, 8}};
    uint8_t bytes[64];
    stm_buffer out = stm_buffer_over(bytes, sizeof bytes);
    stm_entity_name back[2];
    stm_fault fault = {"", 0};
    uint32_t count = 0, shown = 0;
    (void)state;
    assert_int_equal(stm_entity_alias_encode(names, 2, 1, &out, &fault), STEMMA_OK);
    stemma_bytes row = stm_buffer_view(&out);
    assert_null(memmem(row.data, row.size, "Ilse", 4));
    assert_int_equal(stm_entity_alias_count(row, &count, &fault), STEMMA_OK);
    assert_int_equal(count, 2);
    assert_int_equal(
        stm_entity_alias_decode(row, stemma_text_of("Ilse Varga"), 500, back, 2, &shown, &fault),
        STEMMA_OK);
    assert_int_equal(shown, 1);
    assert_true(stemma_text_equal(back[1].text, names[1].text));
    assert_int_equal(stm_entity_alias_decode(row, stemma_text_of(""), 500, back, 2, &shown, &fault),
                     STEMMA_E_DAMAGED);
    assert_string_equal(fault.code, "LABEL");
    row.data = memcpy(bytes, row.data, row.size);
    bytes[1] = 0; /* now the first is said to be shown, but it has a text of its own */
    assert_int_equal(
        stm_entity_alias_decode(row, stemma_text_of("Ilse Varga"), 500, back, 2, &shown, &fault),
        STEMMA_E_DAMAGED);
    assert_string_equal(fault.code, "NAME_EMPTY");
}

/* */
static void names_that_break_a_rule_are_not_written(void **state)
{
    uint8_t bytes[64];
    stm_entity_name name = {stemma_text_of("Ida"), STEMMA_NAME_NAME, 1};
    stm_fault fault = {"", 0};
    stm_buffer out = stm_buffer_over(bytes, sizeof bytes);
    (void)state;
    assert_int_equal(stm_entity_alias_encode(&name, 1, 1, &out, &fault), STEMMA_E_INVALID);
    assert_string_equal(fault.code, "NAME_INDEX");
    assert_int_equal(stm_entity_alias_encode(&name, 0, 0, &out, &fault), STEMMA_E_INVALID);
    assert_string_equal(fault.code, "NAME_COUNT");
    name.kind = STEMMA_NAME_NOMINAL + 1;
    assert_int_equal(stm_entity_alias_encode(&name, 1, 0, &out, &fault), STEMMA_E_INVALID);
    assert_string_equal(fault.code, "NAME_KIND");
    name = (stm_entity_name){{NULL, 0}, STEMMA_NAME_NAME, 1};
    assert_int_equal(stm_entity_alias_encode(&name, 1, 0, &out, &fault), STEMMA_E_INVALID);
    assert_string_equal(fault.code, "NAME_EMPTY");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_come_back_as_they_were),
        cmocka_unit_test(columns_of_zeros_are_absent),
        cmocka_unit_test(a_row_that_breaks_a_rule_is_neither_written_nor_read),
        cmocka_unit_test(a_damaged_block_never_gives_a_number_out_of_bounds),
        cmocka_unit_test(the_name_to_show_is_stored_once),
        cmocka_unit_test(names_that_break_a_rule_are_not_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
