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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sound_name_is_given),
        cmocka_unit_test(a_name_that_is_no_utf8_is_damage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
