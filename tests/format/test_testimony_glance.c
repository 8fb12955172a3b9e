/* SPDX-License-Identifier: MIT */
/* A glance at one referent trusts nothing of a part that nobody has checked. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "testimony_record.h"

/* [[[1, ["Ida"]]], [], []] */
static const uint8_t sound[] = {0x93, 0x91, 0x92, 0x01, 0x91, 0xa3, 'I', 'd', 'a', 0x90, 0x90};
#define NAME_AT 6u

static stemma_status look(const uint8_t *bytes, stm_glance_name *name, stm_fault *fault)
{
    stemma_term terms[4];
    stm_bounds bounds;
    stm_glance glance;
    stemma_bytes part = {bytes, sizeof sound};
    memset(terms, 0, sizeof terms);
    memset(&bounds, 0, sizeof bounds);
    memset(&glance, 0, sizeof glance);
    bounds.vocabulary.terms = terms;
    bounds.vocabulary.count = 4;
    stemma_status status = stm_testimony_glance(part, 0, &bounds, &glance, fault);
    if (status == STEMMA_OK) {
        assert_true(glance.found);
        assert_int_equal(glance.name_count, 1);
        status = stm_testimony_glance_names(&glance, name, fault);
    }
    return status;
}

static void a_sound_name_is_given(void **state)
{
    (void)state;
    stm_glance_name name = {{NULL, 0}, 0};
    stm_fault fault;
    assert_int_equal(look(sound, &name, &fault), STEMMA_OK);
    assert_int_equal(name.text.size, 3);
    assert_memory_equal(name.text.data, "Ida", 3);
}

/* */
static void a_name_that_is_no_utf8_is_damage(void **state)
{
    (void)state;
    static const uint8_t wrong[] = {0xcc, 0xff, 0x00, 0x80};
    for (size_t i = 0; i < sizeof wrong; i++) {
        uint8_t bytes[sizeof sound];
        stm_glance_name name = {{NULL, 0}, 0};
        stm_fault fault = {0};
        memcpy(bytes, sound, sizeof sound);
        bytes[NAME_AT + 1] = wrong[i];
        assert_int_equal(look(bytes, &name, &fault), STEMMA_E_DAMAGED);
        assert_string_equal(fault.code, "TEXT_NOT_UTF8");
    }
}

/* [[[1, ["Ida"]], [2, ["Bo", "B"]]], [[0, 2, 4, 2], [0, 0, 3, 1], [0, 2, 5, 1], [0, 9, 1, 1]], []] */
static const uint8_t mentioned[] = {0x93, 0x92, 0x92, 0x01, 0x91, 0xa3, 'I',  'd',  'a',  0x92, 0x02,
                                    0x92, 0xa2, 'B',  'o',  0xa1, 'B',  0x94, 0x94, 0x00, 0x02, 0x04,
                                    0x02, 0x94, 0x00, 0x00, 0x03, 0x01, 0x94, 0x00, 0x02, 0x05, 0x01,
                                    0x94, 0x00, 0x09, 0x01, 0x01, 0x90};
#define MENTIONED_HEAD 17u

/* What is kept of a part tells of each of its referents what the part does. */
static void mentions_are_tallied_and_the_head_is_enough(void **state)
{
    (void)state;
    stm_bounds bounds;
    stm_tally tally;
    stm_fault fault;
    uint32_t own[2] = {0, 0};
    stemma_bytes part = {mentioned, sizeof mentioned};
    memset(&bounds, 0, sizeof bounds);
    bounds.vocabulary.count = 4;
    assert_int_equal(stm_testimony_tally(part, own, 2, &tally, &fault), STEMMA_OK);
    assert_int_equal(tally.referents, 2);
    assert_int_equal(tally.mentions, 4);
    assert_int_equal(tally.head, MENTIONED_HEAD);
    assert_true(own[0] == 0 && own[1] == 2); /* the tenth referent is in another part */
    stemma_bytes head = {mentioned, MENTIONED_HEAD};
    for (uint32_t i = 0; i < 3; i++) {
        stm_glance whole, kept;
        memset(&whole, 0, sizeof whole);
        memset(&kept, 0, sizeof kept);
        assert_int_equal(stm_testimony_glance(part, i, &bounds, &whole, &fault), STEMMA_OK);
        assert_int_equal(stm_testimony_glance_head(head, i, &bounds, &kept, &fault), STEMMA_OK);
        assert_true(whole.found == (i < 2) && kept.found == whole.found);
        assert_true(kept.type == whole.type && kept.name_count == whole.name_count);
        assert_true(kept.names == whole.names && kept.referents == whole.referents);
        assert_int_equal(whole.own_mentions, i < 2 ? own[i] : 0);
    }
}

/* [[], [], []]: its head is shorter than the array has items. */
static void the_head_of_a_part_without_referents_is_enough(void **state)
{
    static const uint8_t empty[] = {0x93, 0x90, 0x90, 0x90};
    (void)state;
    stm_bounds bounds;
    stm_tally tally;
    stm_glance kept;
    stm_fault fault;
    uint32_t own[1] = {0};
    memset(&bounds, 0, sizeof bounds);
    memset(&kept, 0, sizeof kept);
    assert_int_equal(stm_testimony_tally((stemma_bytes){empty, 4}, own, 1, &tally, &fault), STEMMA_OK);
    assert_int_equal(tally.head, 2);
    stemma_bytes head = {empty, 2}, nothing = {empty, 0}, other = {empty + 1, 1};
    assert_int_equal(stm_testimony_glance_head(head, 0, &bounds, &kept, &fault), STEMMA_OK);
    assert_false(kept.found);
    assert_int_equal(stm_testimony_glance_head(nothing, 0, &bounds, &kept, &fault), STEMMA_E_DAMAGED);
    assert_int_equal(stm_testimony_glance_head(other, 0, &bounds, &kept, &fault), STEMMA_E_DAMAGED);
}

static void a_part_that_ends_early_has_no_tally(void **state)
{
    (void)state;
    for (size_t size = 0; size + 1 < sizeof mentioned; size++) { /* without its assertions it may be */
        uint32_t own[2] = {0, 0};
        stm_tally tally;
        stm_fault fault;
        stemma_bytes part = {mentioned, size};
        assert_int_equal(stm_testimony_tally(part, own, 2, &tally, &fault), STEMMA_E_DAMAGED);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sound_name_is_given),
        cmocka_unit_test(a_name_that_is_no_utf8_is_damage),
        cmocka_unit_test(mentions_are_tallied_and_the_head_is_enough),
        cmocka_unit_test(the_head_of_a_part_without_referents_is_enough),
        cmocka_unit_test(a_part_that_ends_early_has_no_tally),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
