/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/offsets.h"
#include "support/prng.h"

/* Characters of one to four bytes; only those of four count twice in UTF-16. */
static const char *const characters[] = {
    "a",       " ", "é", "Ж", "ß", "“", "中", "\xEF\xBF\xBD", "🕊", "𝔸", "\xF4\x8F\xBF\xBF",
    "\xCC\x81"};
#define CHARACTERS (sizeof characters / sizeof characters[0])

#define LONGEST 4000u

struct sample {
    char text[4 * LONGEST + 1];
    uint32_t size;
    /* Of each character and of the end: where it begins, in bytes and in units. */
    uint32_t byte[LONGEST + 1];
    uint32_t unit[LONGEST + 1];
    uint32_t count;
};

static void make_sample(struct sample *sample, prng *random, uint32_t count,
                        enum stm_offset_unit unit, uint32_t kinds)
{
    uint32_t units = 0;
    sample->size = 0;
    sample->count = count;
    for (uint32_t i = 0; i < count; i++) {
        const char *character = characters[prng_below(random, kinds)];
        uint32_t bytes = (uint32_t)strlen(character);
        sample->byte[i] = sample->size;
        sample->unit[i] = units;
        memcpy(sample->text + sample->size, character, bytes);
        sample->size += bytes;
        units += unit == STM_OFFSET_UTF8 ? bytes : unit == STM_OFFSET_UTF16 && bytes == 4 ? 2 : 1;
    }
    sample->byte[count] = sample->size;
    sample->unit[count] = units;
}

static void check_sample(const struct sample *sample, enum stm_offset_unit unit)
{
    struct stm_arena arena;
    struct stm_offsets offsets;
    uint32_t next = 0;
    uint32_t byte;
    stm_arena_init(&arena, 0);
    assert_int_equal(
        stm_offsets_init(&offsets, &arena, (stemma_text){sample->text, sample->size}, unit),
        STEMMA_OK);
    assert_int_equal(offsets.units, sample->unit[sample->count]);
    for (uint32_t i = 0; i <= sample->unit[sample->count]; i++) {
        bool whole = sample->unit[next] == i;
        byte = UINT32_MAX;
        assert_int_equal(stm_offsets_to_byte(&offsets, i, &byte), whole);
        if (whole) {
            assert_int_equal(byte, sample->byte[next]);
            assert_int_equal(stm_offsets_from_byte(&offsets, byte), i);
            next++;
        }
    }
    assert_int_equal(next, sample->count + 1);
    assert_false(stm_offsets_to_byte(&offsets, (uint64_t)offsets.units + 1, &byte));
    assert_false(stm_offsets_to_byte(&offsets, UINT64_MAX, &byte));
    stm_arena_free(&arena);
}

static void every_offset_converts_both_ways_and_none_splits_a_character(void **state)
{
    static struct sample sample;
    prng random = {7};
    (void)state;
    for (int unit = STM_OFFSET_CODEPOINT; unit <= STM_OFFSET_UTF16; unit++) {
        for (uint32_t round = 0; round < 60; round++) {
            /* Lengths around the distance of checkpoints, too. */
            uint32_t count = round < 20 ? round : 118 + prng_below(&random, 700);
            uint32_t kinds = round % 3 == 0 ? CHARACTERS : 2 + prng_below(&random, CHARACTERS - 1);
            make_sample(&sample, &random, count, (enum stm_offset_unit)unit, kinds);
            check_sample(&sample, (enum stm_offset_unit)unit);
        }
        make_sample(&sample, &random, LONGEST, (enum stm_offset_unit)unit, CHARACTERS);
        check_sample(&sample, (enum stm_offset_unit)unit);
    }
}

static void an_offset_costs_no_walk_over_the_whole_text(void **state)
{
    /* A million offsets into a text of a million characters: a walk each would take hours. */
    const uint32_t size = 2000000;
    struct stm_arena arena;
    struct stm_offsets offsets;
    uint64_t sum = 0;
    char *text;
    (void)state;
    stm_arena_init(&arena, 0);
    text = stm_arena_alloc(&arena, size, 1);
    assert_non_null(text);
    for (uint32_t i = 0; i < size; i += 2) {
        memcpy(text + i, "é", 2);
    }
    assert_int_equal(
        stm_offsets_init(&offsets, &arena, (stemma_text){text, size}, STM_OFFSET_UTF16), STEMMA_OK);
    for (uint32_t i = 0; i < size / 2; i += 5) {
        uint32_t byte;
        assert_true(stm_offsets_to_byte(&offsets, i, &byte));
        sum += byte - 2 * i + (stm_offsets_from_byte(&offsets, byte) - i);
    }
    assert_int_equal(sum, 0);
    stm_arena_free(&arena);
}

static void memory_that_is_refused_is_reported(void **state)
{
    struct stm_arena arena;
    struct stm_offsets offsets;
    static char text[2 * 100000];
    (void)state;
    for (size_t i = 0; i < sizeof text; i += 2) {
        memcpy(text + i, "é", 2);
    }
    stm_arena_init(&arena, 1000);
    assert_int_equal(
        stm_offsets_init(&offsets, &arena, (stemma_text){text, sizeof text}, STM_OFFSET_CODEPOINT),
        STEMMA_E_NO_MEMORY);
    stm_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_offset_converts_both_ways_and_none_splits_a_character),
        cmocka_unit_test(an_offset_costs_no_walk_over_the_whole_text),
        cmocka_unit_test(memory_that_is_refused_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
