/* SPDX-License-Identifier: MIT */
/* Records of data sets that were changed, everything around them kept consistent: the check names
 * what is wrong, and reading never does more than say so. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "stemma/check.h"
#include "support/prng.h"
#include "support/read_all.h"
#include "support/rebuild.h"
#include "support/row_file.h"

/* Changes that are tried: some of each table under a sanitizer. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define ROUNDS 32u
#else
#define ROUNDS 120u
#endif

static row_file built;
static char changed[128];

static int make(void **state)
{
    (void)state;
    row_file_make(&built, 300, 2);
    snprintf(changed, sizeof changed, "%s.changed", built.path);
    return 0;
}

static int discard(void **state)
{
    (void)state;
    unlink(changed);
    row_file_remove(&built);
    return 0;
}

static int collect(void *context, const stemma_problem *problem)
{
    char *codes = context;
    size_t used = strlen(codes);
    snprintf(codes + used, 1024 - used, "%s ", problem->code);
    return 0;
}

/* The codes of all problems, and that every getter survives the file. */
static void check_changed(stm_table table, uint32_t record, rebuild_change *change, char *codes)
{
    const rebuild plan = {table, record, change, 0};
    stemma_check_summary summary;
    read_all_result result = {0};
    stemma_open_options options = STEMMA_OPEN_OPTIONS_INIT;
    options.memory_limit = 8u << 20;
    codes[0] = '\0';
    rebuild_file(built.path, changed, &plan);
    (void)stemma_check(changed, collect, codes, &summary, NULL);
    (void)read_all(changed, &options, &result);
    assert_int_equal(result.other, 0);
}

static void told(stm_table table, uint32_t record, rebuild_change *change, const char *code)
{
    char codes[1024];
    check_changed(table, record, change, codes);
    if (strstr(codes, code) == NULL) {
        fail_msg("%s %u: \"%s\" without %s", stm_tables[table].name, record, codes, code);
    }
}

static void change_nothing(uint8_t *value, size_t *size, size_t capacity)
{
    (void)value;
    (void)size;
    (void)capacity;
}

static void one_row_more(uint8_t *value, size_t *size, size_t capacity)
{
    (void)size;
    (void)capacity;
    value[0]++; /* rows of a column block */
}

static void cut_to_three(uint8_t *value, size_t *size, size_t capacity)
{
    (void)value;
    (void)capacity;
    *size = 3;
}

static void other_codec(uint8_t *value, size_t *size, size_t capacity)
{
    (void)size;
    (void)capacity;
    value[0] = 9;
}

static void claims_shorter(uint8_t *value, size_t *size, size_t capacity)
{
    (void)size;
    (void)capacity;
    value[1]--; /* the raw size of a part */
}

static void promises_a_gigabyte(uint8_t *value, size_t *size, size_t capacity)
{
    (void)size;
    (void)capacity;
    value[0] = 2; /* zstd */
    value[4] = 0x40;
}

static void sound_without_a_change(void **state)
{
    char codes[1024];
    (void)state;
    check_changed(STM_TABLE_COUNT, 0, NULL, codes);
    assert_string_equal(codes, "");
    check_changed(STM_TABLE_ROW, 0, change_nothing, codes);
    assert_string_equal(codes, "");
}

static void a_fence_that_does_not_fit_keeps_the_file_shut(void **state)
{
    (void)state;
    told(STM_TABLE_FENCE, 0, one_row_more, "FENCE");
    told(STM_TABLE_FENCE, 0, cut_to_three, "FENCE");
    told(STM_TABLE_FENCE, 0, NULL, "FENCE");
}

static void a_detail_is_checked_before_it_is_read(void **state)
{
    (void)state;
    told(STM_TABLE_DETAIL, 0, cut_to_three, "DETAIL_HEADER");
    told(STM_TABLE_DETAIL, 0, other_codec, "DETAIL_COMPRESSION");
    told(STM_TABLE_DETAIL, 0, claims_shorter, "DETAIL_");
}

static void no_memory_is_taken_for_what_cannot_be(void **state)
{
    static const stm_table tables[] = {STM_TABLE_DETAIL, STM_TABLE_TESTIMONY};
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        const rebuild plan = {tables[i], 0, promises_a_gigabyte, 0};
        read_all_result result = {0};
        rebuild_file(built.path, changed, &plan);
        (void)read_all(changed, NULL, &result);
        assert_int_equal(result.too_much, 0);
        assert_true(result.damaged > 0);
    }
}

static void a_row_that_is_not_folded_must_be_there(void **state)
{
    (void)state;
    told(STM_TABLE_ROW, 0, NULL, "RECORD_MISSING");
    told(STM_TABLE_ROW, 3, cut_to_three, "RECORD_");
}

static prng damage;

static void damage_value(uint8_t *value, size_t *size, size_t capacity)
{
    (void)capacity;
    for (uint32_t i = 0; i < 1 + prng_below(&damage, 3) && *size != 0; i++) {
        value[prng_below(&damage, (uint32_t)*size)] ^= (uint8_t)(1u << prng_below(&damage, 8));
    }
}

/* [F-2] Any change of a record that rows are made of is found by the check. */
static void no_change_of_a_row_goes_unseen(void **state)
{
    static const stm_table tables[] = {STM_TABLE_EVENT,    STM_TABLE_FENCE,  STM_TABLE_DETAIL,
                                       STM_TABLE_ROW,      STM_TABLE_MEMBER, STM_TABLE_MEMBERSHIP,
                                       STM_TABLE_DOCUMENT, STM_TABLE_CLAIM};
    (void)state;
    uint32_t seen = 0;
    damage.state = 5;
    for (uint32_t round = 0; round < ROUNDS; round++) {
        char codes[1024];
        stm_table table = tables[round % (sizeof tables / sizeof tables[0])];
        check_changed(table, prng_below(&damage, 30), damage_value, codes);
        /* Another letter in a title or in what a row tells makes another file, not a broken one. */
        if (codes[0] == '\0' && table != STM_TABLE_DOCUMENT && table != STM_TABLE_ROW &&
            table != STM_TABLE_DETAIL) {
            fail_msg("round %u: a change of %s was not seen", round, stm_tables[table].name);
        }
        seen += codes[0] != '\0';
    }
    assert_true(6 * seen > 5 * ROUNDS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sound_without_a_change),
        cmocka_unit_test(a_fence_that_does_not_fit_keeps_the_file_shut),
        cmocka_unit_test(a_detail_is_checked_before_it_is_read),
        cmocka_unit_test(no_memory_is_taken_for_what_cannot_be),
        cmocka_unit_test(a_row_that_is_not_folded_must_be_there),
        cmocka_unit_test(no_change_of_a_row_goes_unseen),
    };
    return cmocka_run_group_tests(tests, make, discard);
}
