/* SPDX-License-Identifier: MIT */
/* The golden vectors of the smallest things: varints, values, keys, ids, digests, times. */
#include "digest.h"
#include "id.h"
#include "key.h"
#include "support/golden.h"
#include "stemma/edtf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* */
static bool varint_is_right(const json_t *vector, const json_t *page)
{
    (void)page;
    stemma_bytes bytes = golden_hex(json_object_get(vector, "hex"));
    stm_reader reader = stm_reader_of(bytes);
    uint64_t number = 0;
    bool read = stm_read_varint(&reader, &number) && stm_remaining(&reader) == 0;
    bool right = read != golden_is_bad(vector);
    if (read && right) {
        uint8_t again[STM_VARINT_MAX];
        stm_buffer out = stm_buffer_over(again, sizeof again);
        stm_put_varint(&out, number);
        right = number == golden_unsigned(json_object_get(vector, "number")) &&
                out.size == bytes.size && memcmp(again, bytes.data, out.size) == 0;
    }
    golden_drop(bytes);
    return right;
}

/* [R-3] [R-4] [R-5] */
static bool value_is_right(const json_t *vector, const json_t *page)
{
    (void)page;
    stemma_bytes bytes = golden_hex(json_object_get(vector, "hex"));
    stm_fault fault = {"", 0};
    stemma_status status = stm_mp_check(bytes, &fault);
    bool right = golden_has_code(vector, fault.code) &&
                 status == (golden_is_bad(vector) ? STEMMA_E_DAMAGED : STEMMA_OK);
    if (right && status == STEMMA_OK) {
        stm_mp mp = stm_mp_over(bytes);
        right = golden_same_value(&mp, json_object_get(vector, "value")) &&
                stm_mp_finish(&mp, NULL) == STEMMA_OK;
    }
    golden_drop(bytes);
    return right;
}

static bool posting_key_is_right(const json_t *vector, stemma_bytes key)
{
    stemma_bytes list = {NULL, 0};
    uint32_t id = 0;
    uint32_t payload = 0;
    size_t list_size = (size_t)golden_number(vector, "list_size");
    stemma_status status = stm_key_read_posting(key, list_size, &list, &id, &payload);
    if (golden_is_bad(vector)) {
        return status == STEMMA_E_DAMAGED;
    }
    const json_t *numbers = json_object_get(vector, "numbers");
    uint8_t again[STM_POSTING_KEY_LIMIT];
    return status == STEMMA_OK &&
           golden_same_bytes(json_object_get(vector, "list"), list.data, list.size) &&
           id == golden_unsigned(json_array_get(numbers, 0)) &&
           payload == golden_unsigned(json_array_get(numbers, 1)) &&
           golden_same_bytes(json_object_get(vector, "hex"), again,
                             stm_key_posting(again, list, id, payload));
}

/* [P-1] [P-11] */
static bool key_is_right(const json_t *vector, const json_t *page)
{
    (void)page;
    stemma_bytes key = golden_hex(json_object_get(vector, "hex"));
    const char *form = golden_string(vector, "form");
    const json_t *numbers = json_object_get(vector, "numbers");
    uint64_t first = golden_is_bad(vector) ? 0 : golden_unsigned(json_array_get(numbers, 0));
    uint32_t a = 0;
    uint32_t b = 0;
    uint64_t wide = 0;
    uint8_t again[8];
    stemma_status status = STEMMA_OK;
    bool same = false;
    if (strcmp(form, "posting") == 0) {
        bool right = posting_key_is_right(vector, key);
        golden_drop(key);
        return right;
    }
    if (strcmp(form, "u32") == 0) {
        status = stm_key_read_u32(key, &a);
        stm_key_u32(again, a);
        same = a == first;
    } else if (strcmp(form, "u64") == 0) {
        status = stm_key_read_u64(key, &wide);
        stm_key_u64(again, wide);
        same = wide == first;
    } else {
        status = stm_key_read_u32x2(key, &a, &b);
        stm_key_u32x2(again, a, b);
        same = a == first &&
               (golden_is_bad(vector) || b == golden_unsigned(json_array_get(numbers, 1)));
    }
    bool right = golden_is_bad(vector)
                     ? status == STEMMA_E_DAMAGED
                     : status == STEMMA_OK && same && memcmp(again, key.data, key.size) == 0;
    golden_drop(key);
    return right;
}

/* */
static bool public_id_is_right(const json_t *vector)
{
    stm_public_id id;
    char again[STM_ID_SIZE];
    bool read = stm_public_id_read(golden_text(vector, "public"), &id);
    if (read) {
        stm_public_id_text(&id, again);
    }
    return read == json_is_true(json_object_get(vector, "good")) &&
           (!read || strcmp(again, golden_string(vector, "public")) == 0);
}

/* */
static bool id_is_right(const json_t *vector, const json_t *page)
{
    (void)page;
    if (json_object_get(vector, "public") != NULL) {
        return public_id_is_right(vector);
    }
    stemma_text text = golden_text(vector, "text");
    uint8_t digest[STEMMA_DIGEST_SIZE];
    uint8_t key[8];
    char chars[STM_DOCUMENT_ID_CHARS];
    uint64_t back = 0;
    stm_sha256(digest, (stemma_bytes){(const uint8_t *)text.data, text.size});
    uint64_t id = stm_document_id(digest, golden_text(vector, "uri"));
    stm_document_id_text(id, chars);
    stm_key_u64(key, id);
    stemma_text shown = {chars, sizeof chars};
    return golden_same_bytes(json_object_get(vector, "digest"), digest, sizeof digest) &&
           golden_same_bytes(json_object_get(vector, "key"), key, sizeof key) &&
           stemma_text_equal(shown, golden_text(vector, "id")) &&
           stm_document_id_read(chars, &back) && back == id;
}

/* */
static bool digest_is_right(const json_t *vector, const json_t *page)
{
    (void)page;
    const json_t *records = json_object_get(vector, "records");
    stm_digest digest;
    uint8_t made[STM_DIGEST_SIZE];
    assert_int_equal(stm_digest_begin(&digest), STEMMA_OK);
    for (size_t i = 0; i < json_array_size(records); i++) {
        stemma_bytes key = golden_hex(json_array_get(json_array_get(records, i), 0));
        stemma_bytes value = golden_hex(json_array_get(json_array_get(records, i), 1));
        assert_int_equal(stm_digest_record(&digest, key, value), STEMMA_OK);
        golden_drop(key);
        golden_drop(value);
    }
    stm_digest_end(made, &digest);
    return golden_same_bytes(json_object_get(vector, "digest"), made, sizeof made);
}

static bool bound_is(const json_t *wanted, int64_t bound)
{
    if (json_is_null(wanted)) {
        return bound == STEMMA_TIME_UNKNOWN_EARLY || bound == STEMMA_TIME_UNKNOWN_LATE;
    }
    return bound == golden_signed(wanted);
}

/* */
static bool time_is_right(const json_t *vector, const json_t *page)
{
    (void)page;
    stemma_time_bounds found = {0};
    const json_t *bounds = json_object_get(vector, "bounds");
    stemma_status status = stemma_edtf_bounds(golden_text(vector, "edtf"), &found);
    if (golden_is_bad(vector)) {
        return status == STEMMA_E_INVALID;
    }
    return status == STEMMA_OK && bound_is(json_array_get(bounds, 0), found.start_earliest) &&
           bound_is(json_array_get(bounds, 1), found.start_latest) &&
           bound_is(json_array_get(bounds, 2), found.end_earliest) &&
           bound_is(json_array_get(bounds, 3), found.end_latest) &&
           found.precision == golden_number(vector, "precision") &&
           found.extent == golden_number(vector, "extent") &&
           found.approximate == golden_number(vector, "approximate") &&
           found.uncertain == golden_number(vector, "uncertain");
}

static void varints_are_read_in_their_one_form(void **state)
{
    (void)state;
    golden_all("varint", varint_is_right, 18);
}

static void values_are_read_in_their_one_form(void **state)
{
    (void)state;
    golden_all("messagepack", value_is_right, 70);
}

static void keys_have_the_form_of_their_table(void **state)
{
    (void)state;
    golden_all("key", key_is_right, 18);
}

static void ids_follow_from_text_and_uri(void **state)
{
    (void)state;
    golden_all("id", id_is_right, 20);
}

static void digests_tell_records_apart(void **state)
{
    (void)state;
    golden_all("digest", digest_is_right, 5);
}

static void times_have_their_bounds(void **state)
{
    (void)state;
    golden_all("edtf", time_is_right, 90);
}

/* [F-7] */
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(varints_are_read_in_their_one_form),
        cmocka_unit_test(values_are_read_in_their_one_form),
        cmocka_unit_test(keys_have_the_form_of_their_table),
        cmocka_unit_test(ids_follow_from_text_and_uri),
        cmocka_unit_test(digests_tell_records_apart),
        cmocka_unit_test(times_have_their_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
