/* SPDX-License-Identifier: MIT */
/* Digests have the values of their published definitions, and depend on nothing but the records. */
#include "digest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static stemma_bytes bytes_of(const char *text)
{
    stemma_bytes bytes = {(const uint8_t *)text, strlen(text)};
    return bytes;
}

static void assert_hex(const uint8_t *bytes, size_t size, const char *expected)
{
    static const char digits[] = "0123456789abcdef";
    char text[129];
    for (size_t i = 0; i < size; i++) {
        text[2 * i] = digits[bytes[i] >> 4];
        text[2 * i + 1] = digits[bytes[i] & 15];
    }
    text[2 * size] = '\0';
    assert_string_equal(text, expected);
}

static void sha256_has_its_standard_values(void **state)
{
    (void)state;
    uint8_t digest[STM_SHA256_SIZE];
    stm_sha256(digest, bytes_of(""));
    assert_hex(digest, sizeof digest,
               "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    stm_sha256(digest, bytes_of("abc"));
    assert_hex(digest, sizeof digest,
               "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void hash64_is_xxh3_and_its_seed_counts(void **state)
{
    (void)state;
    assert_true(stm_hash64(bytes_of(""), 0) == UINT64_C(0x2D06800538D394C2));
    assert_true(stm_hash64(bytes_of("arvenia"), 1) != stm_hash64(bytes_of("arvenia"), 2));
    assert_true(stm_hash64(bytes_of("arvenia"), 1) == stm_hash64(bytes_of("arvenia"), 1));
}

static void digest_of(uint8_t result[STM_DIGEST_SIZE], const char *const records[][2], size_t count)
{
    stm_digest digest;
    assert_int_equal(stm_digest_begin(&digest), STEMMA_OK);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(
            stm_digest_record(&digest, bytes_of(records[i][0]), bytes_of(records[i][1])),
            STEMMA_OK);
    }
    stm_digest_end(result, &digest);
}

/* [C-21] */
static void a_table_digest_is_fixed_for_ever(void **state)
{
    (void)state;
    uint8_t result[STM_DIGEST_SIZE];
    digest_of(result, NULL, 0);
    assert_hex(result, sizeof result, "99aa06d3014798d86001c324468d497f"); /* XXH3-128 of nothing */
    const char *const records[][2] = {{"a", "one"}, {"b", ""}};
    digest_of(result, records, 2);
    /* The stream: 1, "a", 3, "one", 1, "b", 0, each number eight bytes little-endian. */
    assert_hex(result, sizeof result, "338cf39c6384634c3d8bbec9f5ae0f71");
}

static void records_that_share_their_bytes_have_different_digests(void **state)
{
    (void)state;
    const char *const a[][2] = {{"ab", "c"}};
    const char *const b[][2] = {{"a", "bc"}};
    const char *const c[][2] = {{"a", "b"}, {"c", ""}};
    const char *const d[][2] = {{"c", ""}, {"a", "b"}};
    uint8_t results[4][STM_DIGEST_SIZE];
    digest_of(results[0], a, 1);
    digest_of(results[1], b, 1);
    digest_of(results[2], c, 2);
    digest_of(results[3], d, 2);
    for (int i = 0; i < 4; i++) {
        for (int j = 0; j < i; j++) {
            assert_memory_not_equal(results[i], results[j], STM_DIGEST_SIZE);
        }
    }
}

static void a_digest_is_the_same_at_any_address(void **state)
{
    (void)state;
    const char *const records[][2] = {{"person", "Mirela Tosk, minister"}, {"place", "Arvenia"}};
    uint8_t expected[STM_DIGEST_SIZE];
    digest_of(expected, records, 2);
    uint64_t storage[sizeof(stm_digest) / sizeof(uint64_t) + 8];
    for (size_t at = 0; at < 8; at++) {
        /* Every place that a caller's structure may give it: multiples of eight bytes. */
        stm_digest *digest = (stm_digest *)(void *)&storage[at];
        uint8_t result[STM_DIGEST_SIZE];
        memset(storage, 0xA5, sizeof storage);
        assert_int_equal(stm_digest_begin(digest), STEMMA_OK);
        for (int i = 0; i < 2; i++) {
            assert_int_equal(
                stm_digest_record(digest, bytes_of(records[i][0]), bytes_of(records[i][1])),
                STEMMA_OK);
        }
        stm_digest_end(result, digest);
        assert_memory_equal(result, expected, STM_DIGEST_SIZE);
    }
}

static void a_digest_can_be_read_and_continued(void **state)
{
    (void)state;
    const char *const records[][2] = {{"a", "1"}, {"b", "2"}};
    uint8_t one[STM_DIGEST_SIZE];
    uint8_t both[STM_DIGEST_SIZE];
    uint8_t result[STM_DIGEST_SIZE];
    digest_of(one, records, 1);
    digest_of(both, records, 2);
    stm_digest digest;
    assert_int_equal(stm_digest_begin(&digest), STEMMA_OK);
    assert_int_equal(stm_digest_record(&digest, bytes_of("a"), bytes_of("1")), STEMMA_OK);
    stm_digest_end(result, &digest);
    assert_memory_equal(result, one, STM_DIGEST_SIZE);
    assert_int_equal(stm_digest_record(&digest, bytes_of("b"), bytes_of("2")), STEMMA_OK);
    stm_digest_end(result, &digest);
    assert_memory_equal(result, both, STM_DIGEST_SIZE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sha256_has_its_standard_values),
        cmocka_unit_test(hash64_is_xxh3_and_its_seed_counts),
        cmocka_unit_test(a_table_digest_is_fixed_for_ever),
        cmocka_unit_test(records_that_share_their_bytes_have_different_digests),
        cmocka_unit_test(a_digest_is_the_same_at_any_address),
        cmocka_unit_test(a_digest_can_be_read_and_continued),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
