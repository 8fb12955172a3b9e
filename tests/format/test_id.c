/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "id.h"

/* */
static void a_document_id_is_the_digest_of_digest_and_uri(void **state)
{
    /* SHA-256 of 32 bytes 00 01 ... 1f and "urn:x": computed apart */
    uint8_t digest[STEMMA_DIGEST_SIZE];
    char text[STM_DOCUMENT_ID_CHARS];
    uint64_t again;
    (void)state;
    for (unsigned i = 0; i < sizeof digest; i++) {
        digest[i] = (uint8_t)i;
    }
    uint64_t id = stm_document_id(digest, stemma_text_of("urn:x"));
    assert_true(id == UINT64_C(0x0bd81ce9bb3a08e0));
    assert_true((id & 15) == 0);
    assert_true(id != stm_document_id(digest, stemma_text_of("urn:y")));
    stm_document_id_text(id, text);
    assert_memory_equal(text, "1fc1stdv784e", sizeof text);
    assert_true(stm_document_id_read(text, &again));
    assert_true(again == id);
}

static void ids_sort_as_text_as_they_do_as_numbers(void **state)
{
    uint64_t seed = 1;
    (void)state;
    for (unsigned i = 0; i < 1000; i++) {
        char a[STM_DOCUMENT_ID_CHARS];
        char b[STM_DOCUMENT_ID_CHARS];
        uint64_t x = (seed = seed * 6364136223846793005u + 1442695040888963407u) & ~UINT64_C(15);
        uint64_t y = (seed = seed * 6364136223846793005u + 1442695040888963407u) & ~UINT64_C(15);
        stm_document_id_text(x, a);
        stm_document_id_text(y, b);
        assert_int_equal(x < y, memcmp(a, b, sizeof a) < 0);
    }
}

/* */
static void public_ids_come_back(void **state)
{
    static const stm_public_id ids[] = {
        {'d', UINT64_C(0), 0},
        {'e', UINT64_C(0xfffffffffffffff0), 0},
        {'v', UINT64_C(0x0123456789abcdf0), 10},
        {'c', UINT64_C(0x10), UINT32_MAX - 1},
    };
    (void)state;
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
        char text[STM_ID_SIZE];
        stm_public_id again;
        stm_public_id_text(&ids[i], text);
        assert_true(stm_public_id_read(stemma_text_of(text), &again));
        assert_int_equal(again.kind, ids[i].kind);
        assert_true(again.document == ids[i].document);
        assert_int_equal(again.ordinal, ids[i].ordinal);
    }
    char text[STM_ID_SIZE];
    stm_public_id_text(&ids[1], text);
    assert_string_equal(text, "e.zzzzzzzzzzzz.0");
}

/* */
static void what_is_not_an_id_is_refused(void **state)
{
    static const char *const wrong[] = {
        "",
        "d",
        "d.",
        "d.00000000000",
        "d.0000000000000",
        "d.00000000000i",
        "d.00000000000Z",
        "x.000000000000",
        "d.000000000000.1",
        "e.000000000000",
        "e.000000000000.",
        "e.000000000000.01",
        "e.000000000000.-1",
        "e.000000000000.4294967295",
        "e.000000000000.99999999999",
        "e.000000000000.1 ",
        "e,000000000000.1",
        "v.000000000000,1",
        "D.000000000000",
    };
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        stm_public_id id;
        if (stm_public_id_read(stemma_text_of(wrong[i]), &id)) {
            fail_msg("accepted: %s", wrong[i]);
        }
    }
    stemma_text with_nul = {"d.00000\00000000", 14};
    stm_public_id id;
    assert_false(stm_public_id_read(with_nul, &id));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_document_id_is_the_digest_of_digest_and_uri),
        cmocka_unit_test(ids_sort_as_text_as_they_do_as_numbers),
        cmocka_unit_test(public_ids_come_back),
        cmocka_unit_test(what_is_not_an_id_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
