/* SPDX-License-Identifier: MIT */
#include "golden.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void need(bool condition, const char *what)
{
    if (!condition) {
        fprintf(stderr, "vectors: %s\n", what);
        abort();
    }
}

void golden_all(const char *name, golden_check *check, size_t least)
{
    char path[512];
    json_error_t error;
    snprintf(path, sizeof path, "%s/tests/vectors/%s.json", STEMMA_SOURCE_DIR, name);
    json_t *page = json_load_file(path, JSON_REJECT_DUPLICATES, &error);
    need(page != NULL, path);
    const json_t *vectors = json_object_get(page, "vectors");
    size_t count = json_array_size(vectors);
    size_t failed = 0;
    for (size_t i = 0; i < count; i++) {
        const json_t *vector = json_array_get(vectors, i);
        if (!check(vector, page)) {
            print_error("%s: %s [%s] is not as the vector says\n", name,
                        golden_string(vector, "name"), golden_string(vector, "rule"));
            failed++;
        }
    }
    json_decref(page);
    assert_int_equal(failed, 0);
    assert_true(count >= least);
}

static int digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

stemma_bytes golden_hex(const json_t *text)
{
    need(json_is_string(text), "bytes are a text in hexadecimal");
    const char *at = json_string_value(text);
    size_t size = json_string_length(text) / 2;
    uint8_t *data = malloc(size != 0 ? size : 1);
    need(data != NULL && json_string_length(text) % 2 == 0, "two digits a byte");
    for (size_t i = 0; i < size; i++) {
        int high = digit(at[2 * i]);
        int low = digit(at[2 * i + 1]);
        need(high >= 0 && low >= 0, "digits are 0-9 and a-f");
        data[i] = (uint8_t)(high << 4 | low);
    }
    return (stemma_bytes){data, size};
}

void golden_drop(stemma_bytes bytes)
{
    free((void *)(uintptr_t)bytes.data);
}

const char *golden_string(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    need(json_is_string(value), key);
    return json_string_value(value);
}

stemma_text golden_text(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    need(json_is_string(value), key);
    return (stemma_text){json_string_value(value), json_string_length(value)};
}

int64_t golden_signed(const json_t *value)
{
    need(json_is_integer(value) || json_is_string(value), "a number");
    return json_is_integer(value) ? json_integer_value(value)
                                  : strtoll(json_string_value(value), NULL, 10);
}

uint64_t golden_unsigned(const json_t *value)
{
    need(json_is_integer(value) || json_is_string(value), "a number");
    return json_is_integer(value) ? (uint64_t)json_integer_value(value)
                                  : strtoull(json_string_value(value), NULL, 10);
}

int64_t golden_number(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    need(value != NULL, key);
    return golden_signed(value);
}

bool golden_is_bad(const json_t *vector)
{
    return json_object_get(vector, "code") != NULL;
}

bool golden_has_code(const json_t *vector, const char *code)
{
    const char *wanted = golden_is_bad(vector) ? golden_string(vector, "code") : "";
    if (strcmp(wanted, code != NULL ? code : "") != 0) {
        print_error("code %s, not %s: ", code, wanted);
        return false;
    }
    return true;
}

bool golden_same_bytes(const json_t *hex, const uint8_t *data, size_t size)
{
    stemma_bytes wanted = golden_hex(hex);
    bool same = wanted.size == size && (size == 0 || memcmp(wanted.data, data, size) == 0);
    golden_drop(wanted);
    return same;
}

static bool same_items(stm_mp *mp, const json_t *items, bool map)
{
    size_t count = map ? stm_mp_map(mp) : stm_mp_array(mp);
    bool same = count == json_array_size(items);
    for (size_t i = 0; i < count && same; i++) {
        const json_t *item = json_array_get(items, i);
        if (map) {
            same = stm_mp_key(mp) == golden_unsigned(json_array_get(item, 0));
            item = json_array_get(item, 1);
        }
        same = same && golden_same_value(mp, item);
    }
    return same && mp->code == NULL;
}

static bool same_integer(stm_mp *mp, const json_t *value)
{
    if (stm_mp_peek(mp) == STM_MP_NEGATIVE) {
        return stm_mp_int(mp, INT64_MIN, -1) == golden_signed(value) && mp->code == NULL;
    }
    return stm_mp_uint(mp, UINT64_MAX) == golden_unsigned(value) && mp->code == NULL;
}

bool golden_same_value(stm_mp *mp, const json_t *typed)
{
    const char *kind = json_string_value(json_array_get(typed, 0));
    const json_t *value = json_array_get(typed, 1);
    need(kind != NULL, "a value has a kind");
    if (strcmp(kind, "true") == 0) {
        return stm_mp_true(mp);
    }
    if (strcmp(kind, "int") == 0) {
        return same_integer(mp, value);
    }
    if (strcmp(kind, "text") == 0) {
        stemma_text text = stm_mp_text(mp, SIZE_MAX);
        stemma_text wanted = {json_string_value(value), json_string_length(value)};
        return mp->code == NULL && stemma_text_equal(text, wanted);
    }
    if (strcmp(kind, "bytes") == 0) {
        stemma_bytes bytes = stm_mp_binary(mp);
        return mp->code == NULL && golden_same_bytes(value, bytes.data, bytes.size);
    }
    return same_items(mp, value, strcmp(kind, "map") == 0);
}
