/* SPDX-License-Identifier: MIT */
#include "common/json_in.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/error.h"
#include "stemma/testimony.h"
#include "utf8.h"

/* Takes out the bytes that are not part of a whole character. */
static void clean(char *message)
{
    size_t size = strlen(message);
    size_t good;
    while ((good = stm_utf8_fault((stemma_text){message, size})) < size) {
        memmove(message + good, message + good + 1, size - good);
        size--;
    }
}

stemma_status stm_in_fail(struct stm_json_in *in, const char *code, const char *key,
                          const char *format, ...)
{
    char message[200];
    char where[sizeof in->path + 32];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    clean(message);
    snprintf(where, sizeof where, "%s%s", in->path, key != NULL ? key : "");
    return stm_fail(in->error, STEMMA_E_INVALID, code, where, "%s", message);
}

size_t stm_in_enter(struct stm_json_in *in, const char *name, size_t index)
{
    size_t mark = strlen(in->path);
    snprintf(in->path + mark, sizeof in->path - mark, "%s[%zu].", name, index);
    return mark;
}

void stm_in_leave(struct stm_json_in *in, size_t mark)
{
    in->path[mark] = '\0';
}

static const json_t *member(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    return json_is_null(value) ? NULL : value;
}

stemma_status stm_in_text(struct stm_json_in *in, const json_t *object, const char *key,
                          stemma_text *out)
{
    const json_t *value = member(object, key);
    if (value == NULL) {
        return STEMMA_OK;
    }
    if (!json_is_string(value)) {
        return stm_in_fail(in, "FIELD_TYPE", key, "\"%s\" is not a string", key);
    }
    *out = stm_arena_text(in->arena,
                          (stemma_text){json_string_value(value), json_string_length(value)});
    if (out->data == NULL && json_string_length(value) != 0) {
        return stm_fail(in->error, STEMMA_E_NO_MEMORY, "NO_MEMORY", key, "Out of memory");
    }
    return STEMMA_OK;
}

stemma_status stm_in_bool(struct stm_json_in *in, const json_t *object, const char *key,
                          uint8_t *out)
{
    const json_t *value = member(object, key);
    if (value == NULL) {
        return STEMMA_OK;
    }
    if (!json_is_boolean(value)) {
        return stm_in_fail(in, "FIELD_TYPE", key, "\"%s\" is not true or false", key);
    }
    *out = json_is_true(value) ? 1 : 0;
    return STEMMA_OK;
}

stemma_status stm_in_number(struct stm_json_in *in, const json_t *object, const char *key,
                            uint64_t most, uint64_t *out)
{
    const json_t *value = member(object, key);
    if (value == NULL) {
        return STEMMA_OK;
    }
    if (!json_is_integer(value)) {
        return stm_in_fail(in, "FIELD_TYPE", key, "\"%s\" is not a whole number", key);
    }
    if (json_integer_value(value) < 0 || (uint64_t)json_integer_value(value) > most) {
        return stm_in_fail(in, "FIELD_VALUE", key, "\"%s\" is not between 0 and %llu", key,
                           (unsigned long long)most);
    }
    *out = (uint64_t)json_integer_value(value);
    return STEMMA_OK;
}

stemma_status stm_in_ordinal(struct stm_json_in *in, const json_t *object, const char *key,
                             uint32_t *out)
{
    uint64_t number = *out;
    STM_TRY(stm_in_number(in, object, key, UINT32_MAX, &number));
    *out = (uint32_t)number;
    return STEMMA_OK;
}

stemma_status stm_in_enum(struct stm_json_in *in, const json_t *object, const char *key,
                          enum stm_enum which, uint8_t *out)
{
    const json_t *value = member(object, key);
    int found;
    if (value == NULL) {
        return STEMMA_OK;
    }
    if (!json_is_string(value)) {
        return stm_in_fail(in, "FIELD_TYPE", key, "\"%s\" is not a string", key);
    }
    found =
        stm_enum_value(which, (stemma_text){json_string_value(value), json_string_length(value)});
    if (found < 0) {
        return stm_in_fail(in, "FIELD_VALUE", key, "\"%s\" has no such value as \"%.60s\"", key,
                           json_string_value(value));
    }
    *out = (uint8_t)found;
    return STEMMA_OK;
}

stemma_status stm_in_share(struct stm_json_in *in, const json_t *object, const char *key,
                           uint16_t *out)
{
    const json_t *value = member(object, key);
    double number;
    if (value == NULL) {
        return STEMMA_OK;
    }
    if (!json_is_number(value)) {
        return stm_in_fail(in, "FIELD_TYPE", key, "\"%s\" is not a number", key);
    }
    number = json_number_value(value);
    if (!(number >= 0.0 && number <= 1.0)) {
        return stm_in_fail(in, "FIELD_VALUE", key, "\"%s\" is not between 0 and 1", key);
    }
    *out = (uint16_t)(number * 1000.0 + 0.5);
    return STEMMA_OK;
}

stemma_status stm_in_array(struct stm_json_in *in, const json_t *object, const char *key,
                           const json_t **out)
{
    const json_t *value = member(object, key);
    *out = NULL;
    if (value != NULL && !json_is_array(value)) {
        return stm_in_fail(in, "FIELD_TYPE", key, "\"%s\" is not an array", key);
    }
    *out = value;
    return STEMMA_OK;
}

/* Whether `key` stands between spaces in `keys`. */
static bool is_among(const char *keys, const char *key)
{
    size_t size = strlen(key);
    for (const char *word = keys + 1; *word != '\0'; word += strcspn(word, " ") + 1) {
        if (strncmp(word, key, size) == 0 && word[size] == ' ') {
            return size != 0 && memchr(key, ' ', size) == NULL;
        }
    }
    return false;
}

const char *stm_in_key_of(const char *path)
{
    const char *dot = strrchr(path, '.');
    return dot != NULL && dot[1] != '\0' ? dot + 1 : path;
}

static stemma_status note_unknown(struct stm_json_in *in, const char *key)
{
    char path[sizeof in->path + 64];
    char *copy;
    int length = snprintf(path, sizeof path, "%s%.60s", in->path, key);
    clean(path);
    for (unsigned i = 0; i < in->unknown_count; i++) {
        if (strcmp(stm_in_key_of(in->unknown[i]), stm_in_key_of(path)) == 0) {
            return STEMMA_OK;
        }
    }
    copy = stm_arena_alloc(in->arena, (size_t)length + 1, 1);
    if (copy == NULL) {
        return stm_fail(in->error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "", "Out of memory");
    }
    memcpy(copy, path, strlen(path) + 1);
    in->unknown[in->unknown_count++] = copy;
    return STEMMA_OK;
}

stemma_status stm_in_known(struct stm_json_in *in, const json_t *object, const char *keys)
{
    /* jansson iterates over a const object only through a pointer that is not. */
    json_t *mutable = (json_t *)(uintptr_t)object;
    void *at = json_object_iter(mutable);
    for (; at != NULL && in->unknown_count < STM_IN_UNKNOWN;
         at = json_object_iter_next(mutable, at)) {
        const char *key = json_object_iter_key(at);
        if (!is_among(keys, key)) {
            STM_TRY(note_unknown(in, key));
        }
    }
    return STEMMA_OK;
}
