/* SPDX-License-Identifier: MIT */
#include "common/json_out.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

static void fail(stm_json *json, stemma_status status)
{
    if (json->status == STEMMA_OK) {
        json->status = status;
    }
}

static bool reserve(stm_json *json, size_t more)
{
    if (more <= json->capacity - json->size) {
        return true;
    }
    if (more > SIZE_MAX / 2 - json->size) {
        fail(json, STEMMA_E_NO_MEMORY);
        return false;
    }
    size_t capacity = json->capacity < 256 ? 256 : json->capacity;
    while (capacity < json->size + more) {
        capacity = capacity > SIZE_MAX / 2 ? json->size + more : capacity * 2;
    }
    char *grown = realloc(json->data, capacity);
    if (grown == NULL) {
        fail(json, STEMMA_E_NO_MEMORY);
        return false;
    }
    json->data = grown;
    json->capacity = capacity;
    return true;
}

static void put_file(stm_json *json, const char *data, size_t size)
{
    /* Taking the stream's lock for each piece would be half the work. */
    if (size != 0 && fwrite_unlocked(data, 1, size, json->file) != size) {
        fail(json, STEMMA_E_SYSTEM);
    }
}

/* Pieces are a few bytes long: those inside a container are gathered before they are given to the
   stream. */
static void put_staged(stm_json *json, const char *data, size_t size)
{
    if (size > sizeof json->staged - json->staged_size || json->depth == 0) {
        put_file(json, json->staged, json->staged_size);
        json->staged_size = 0;
    }
    if (size > sizeof json->staged || json->depth == 0) {
        put_file(json, data, size);
        return;
    }
    memcpy(json->staged + json->staged_size, data, size);
    json->staged_size += (uint32_t)size;
}

/* Where so many bytes are to be written at once, or NULL: then they are put in pieces. */
static char *claim(stm_json *json, size_t size)
{
    char *out;
    if (json->status != STEMMA_OK) {
        return NULL;
    }
    if (json->file == NULL) {
        if (size > json->capacity - json->size) {
            return NULL;
        }
        out = json->data + json->size;
        json->size += size;
        return out;
    }
    if (json->depth == 0 || size > sizeof json->staged - json->staged_size) {
        return NULL;
    }
    out = json->staged + json->staged_size;
    json->staged_size += (uint32_t)size;
    return out;
}

static void put(stm_json *json, const char *data, size_t size)
{
    char *out = size != 0 ? claim(json, size) : NULL;
    if (out != NULL) {
        memcpy(out, data, size);
    } else if (json->status != STEMMA_OK || size == 0) {
        return;
    } else if (json->file != NULL) {
        put_staged(json, data, size);
    } else if (reserve(json, size)) {
        memcpy(json->data + json->size, data, size);
        json->size += size;
    }
}

static void put_byte(stm_json *json, char byte)
{
    char *out = claim(json, 1);
    if (out != NULL) {
        *out = byte;
    } else {
        put(json, &byte, 1);
    }
}

static void put_break(stm_json *json)
{
    static const char spaces[] = "                                ";
    if (json->indent == 0) {
        return;
    }
    put(json, "\n", 1);
    for (unsigned level = 0; level < json->depth; level++) {
        put(json, spaces, json->indent);
    }
}

/* What stands between the previous element and the next value; says whether a value may stand
   here at all. */
static bool begin_value(stm_json *json)
{
    if (json->status != STEMMA_OK) {
        return false;
    }
    if (json->depth == 0) {
        return true;
    }
    unsigned top = json->depth - 1u;
    if (json->open[top] == '{') {
        if (!json->after_key) {
            fail(json, STEMMA_E_MISUSE);
            return false;
        }
        json->after_key = false;
        return true;
    }
    if (json->filled[top]) {
        put_byte(json, ',');
    }
    json->filled[top] = true;
    put_break(json);
    return json->status == STEMMA_OK;
}

/* Whether none of eight bytes needs an escape; that one does may be said of those that do not. */
static inline bool stand_as_they_are(const uint8_t bytes[8])
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    const uint64_t high = ones << 7;
    uint64_t word, quote, back, gone;
    memcpy(&word, bytes, 8);
    quote = word ^ ones * '"';
    back = word ^ ones * '\\';
    gone = word ^ ones * 0x7F;
    /* The high bit of a byte says: below 0x20, above 0x7E, or one of the two marks. */
    return (((word - ones * 0x20) | (quote - ones) | (back - ones) | (gone - ones) | word) & high) ==
           0;
}

/* The same of bytes alone: 1 for those that stand as they are. */
static const uint8_t plain[256] = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, /* control */
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, /* control */
    1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, /* not " */
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, /* digits */
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, /* @ to O */
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1, /* not backslash */
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, /* ` to o */
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, /* p to ~ */
};

/* How many of the first bytes are certain to need no escape. */
static size_t stands_as_it_is(const uint8_t *bytes, size_t size)
{
    size_t at = 0;
    while (size - at >= 8 && stand_as_they_are(bytes + at)) {
        at += 8;
    }
    if (size >= 8 && size - at < 8 && stand_as_they_are(bytes + size - 8)) {
        return size;
    }
    while (at < size && plain[bytes[at]]) {
        at++;
    }
    return at;
}

static void put_quoted(stm_json *json, stemma_text text)
{
    static const char hex[] = "0123456789abcdef";
    const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)text.data;
    size_t done = 0; /* bytes before this one are written */
    size_t at = text.size != 0 ? stands_as_it_is(bytes, text.size) : 0;
    char *whole = at == text.size ? claim(json, text.size + 2) : NULL;
    if (whole != NULL) {
        whole[0] = '"';
        if (text.size != 0) {
            memcpy(whole + 1, text.data, text.size);
        }
        whole[1 + text.size] = '"';
        return;
    }
    put(json, "\"", 1);
    while (at < text.size) {
        uint8_t byte = bytes[at];
        char escape[7] = {'\\', 0, 0, 0, 0, 0, 0};
        size_t escape_size = 2;
        size_t step = 1;
        if (byte >= 0x80) {
            size_t left = text.size - at;
            utf8proc_int32_t point;
            utf8proc_ssize_t used =
                utf8proc_iterate(bytes + at, left > 4 ? 4 : (utf8proc_ssize_t)left, &point);
            if (used > 0 && point > 0x9F) {
                at += (size_t)used;
                continue;
            }
            if (used > 0) { /* a C1 control, which some terminals obey */
                memcpy(escape, "\\u00", 4);
                escape[4] = hex[point >> 4];
                escape[5] = hex[point & 15];
                escape_size = 6;
                step = (size_t)used;
            } else {
                memcpy(escape, "\xEF\xBF\xBD", 3);
                escape_size = 3;
            }
        } else if (byte == '"' || byte == '\\') {
            escape[1] = (char)byte;
        } else if (byte >= 0x20 && byte != 0x7F) {
            at++;
            continue;
        } else if (byte == '\n') {
            escape[1] = 'n';
        } else if (byte == '\r') {
            escape[1] = 'r';
        } else if (byte == '\t') {
            escape[1] = 't';
        } else {
            memcpy(escape, "\\u00", 4);
            escape[4] = hex[byte >> 4];
            escape[5] = hex[byte & 15];
            escape_size = 6;
        }
        put(json, text.data + done, at - done);
        put(json, escape, escape_size);
        at += step;
        done = at;
    }
    if (text.size > done) {
        put(json, text.data + done, text.size - done);
    }
    put(json, "\"", 1);
}

size_t stm_json_stands(stemma_text text)
{
    return text.size != 0 ? stands_as_it_is((const uint8_t *)text.data, text.size) : 0;
}

static void open_container(stm_json *json, char kind)
{
    if (!begin_value(json)) {
        return;
    }
    if (json->depth == STM_JSON_DEPTH) {
        fail(json, STEMMA_E_LIMIT);
        return;
    }
    put_byte(json, kind);
    json->open[json->depth] = kind;
    json->filled[json->depth] = false;
    json->depth++;
}

static void close_container(stm_json *json, char kind, char mark)
{
    if (json->status != STEMMA_OK) {
        return;
    }
    if (json->depth == 0 || json->open[json->depth - 1] != kind || json->after_key) {
        fail(json, STEMMA_E_MISUSE);
        return;
    }
    json->depth--;
    if (json->filled[json->depth]) {
        put_break(json);
    }
    put_byte(json, mark);
}

void stm_json_to_file(stm_json *json, FILE *file, unsigned indent)
{
    memset(json, 0, offsetof(stm_json, staged));
    json->file = file;
    json->indent = (uint8_t)(indent > 8 ? 8 : indent);
}

void stm_json_to_buffer(stm_json *json, unsigned indent)
{
    stm_json_to_file(json, NULL, indent);
}

void stm_json_free(stm_json *json)
{
    free(json->data);
    json->data = NULL;
    json->size = 0;
    json->capacity = 0;
}

void stm_json_reset(stm_json *json)
{
    json->size = 0;
    json->status = STEMMA_OK;
    json->depth = 0;
    json->after_key = false;
}

stemma_status stm_json_status(const stm_json *json)
{
    return json->status;
}

void stm_json_object_begin(stm_json *json)
{
    open_container(json, '{');
}

void stm_json_object_end(stm_json *json)
{
    close_container(json, '{', '}');
}

void stm_json_array_begin(stm_json *json)
{
    open_container(json, '[');
}

void stm_json_array_end(stm_json *json)
{
    close_container(json, '[', ']');
}

void stm_json_key(stm_json *json, const char *key)
{
    if (json->status != STEMMA_OK) {
        return;
    }
    if (json->depth == 0 || json->open[json->depth - 1] != '{' || json->after_key) {
        fail(json, STEMMA_E_MISUSE);
        return;
    }
    if (json->filled[json->depth - 1]) {
        put_byte(json, ',');
    }
    json->filled[json->depth - 1] = true;
    put_break(json);
    put_quoted(json, stemma_text_of(key));
    put_byte(json, ':');
    if (json->indent != 0) {
        put_byte(json, ' ');
    }
    json->after_key = true;
}

void stm_json_text(stm_json *json, stemma_text text)
{
    if (begin_value(json)) {
        put_quoted(json, text);
    }
}

static void put_word(stm_json *json, const char *word)
{
    if (begin_value(json)) {
        put(json, word, strlen(word));
    }
}

void stm_json_integer(stm_json *json, int64_t number)
{
    char digits[24];
    if (number >= 0) {
        stm_json_unsigned(json, (uint64_t)number);
        return;
    }
    snprintf(digits, sizeof digits, "%" PRId64, number);
    put_word(json, digits);
}

void stm_json_unsigned(stm_json *json, uint64_t number)
{
    char digits[20];
    size_t first = sizeof digits;
    do {
        digits[--first] = (char)('0' + number % 10);
        number /= 10;
    } while (number != 0);
    stm_json_raw(json, (stemma_text){digits + first, sizeof digits - first});
}

static size_t skip_digits(stemma_text number, size_t at)
{
    while (at < number.size && number.data[at] >= '0' && number.data[at] <= '9') {
        at++;
    }
    return at;
}

static bool is_decimal(stemma_text number)
{
    size_t at = number.size != 0 && number.data[0] == '-' ? 1 : 0;
    size_t end = skip_digits(number, at);
    if (end == at || (number.data[at] == '0' && end > at + 1)) {
        return false;
    }
    if (end < number.size && number.data[end] == '.') {
        at = end + 1;
        end = skip_digits(number, at);
        if (end == at) {
            return false;
        }
    }
    return end == number.size;
}

void stm_json_decimal(stm_json *json, stemma_text number)
{
    if (json->status == STEMMA_OK && !is_decimal(number)) {
        fail(json, STEMMA_E_INVALID);
    }
    stm_json_raw(json, number);
}

void stm_json_bool(stm_json *json, bool value)
{
    put_word(json, value ? "true" : "false");
}

void stm_json_null(stm_json *json)
{
    put_word(json, "null");
}

void stm_json_raw(stm_json *json, stemma_text value)
{
    if (begin_value(json)) {
        put(json, value.data, value.size);
    }
}

void stm_json_line(stm_json *json)
{
    if (json->depth != 0) {
        fail(json, STEMMA_E_MISUSE);
    }
    put(json, "\n", 1);
}

void stm_json_member_text(stm_json *json, const char *key, stemma_text text)
{
    stm_json_key(json, key);
    stm_json_text(json, text);
}

void stm_json_member_string(stm_json *json, const char *key, const char *string)
{
    stm_json_member_text(json, key, stemma_text_of(string));
}

void stm_json_member_unsigned(stm_json *json, const char *key, uint64_t number)
{
    stm_json_key(json, key);
    stm_json_unsigned(json, number);
}

void stm_json_member_integer(stm_json *json, const char *key, int64_t number)
{
    stm_json_key(json, key);
    stm_json_integer(json, number);
}

void stm_json_member_bool(stm_json *json, const char *key, bool value)
{
    stm_json_key(json, key);
    stm_json_bool(json, value);
}
