/* SPDX-License-Identifier: MIT */
#include "pack/read/decode.h"

#include <stdbool.h>

#include <utf8proc.h>

#include "utf8.h"

/* `unit`: bytes of a line feed; `low`: which of them holds the 10. */
static stemma_status fail(stm_decode_error *error, const char *code, stemma_bytes bytes,
                          size_t offset, size_t unit, size_t low)
{
    size_t line_start = 0;
    error->line = 1;
    for (size_t at = 0; at + unit <= offset; at += unit) {
        if (bytes.data[at + low] == '\n' && (unit == 1 || bytes.data[at + 1 - low] == 0)) {
            error->line++;
            line_start = at + unit;
        }
    }
    error->code = code;
    error->offset = offset;
    error->column = offset - line_start + 1;
    return STEMMA_E_INVALID;
}

static stemma_status decode_utf16(stemma_bytes bytes, bool big, struct stm_arena *arena,
                                  stemma_text *text, stm_decode_error *error)
{
    size_t low = big ? 1 : 0;
    size_t units = (bytes.size - 2) / 2;
    uint8_t *out = stm_arena_alloc(arena, units, 3); /* a pair of units makes four bytes */
    size_t size = 0;
    if (out == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    if (bytes.size % 2 != 0) {
        return fail(error, "ENCODING_INVALID", bytes, bytes.size - 1, 2, low);
    }
    for (size_t at = 2; at < bytes.size; at += 2) {
        size_t here = at;
        uint32_t point = (uint32_t)bytes.data[at + low] | (uint32_t)bytes.data[at + 1 - low] << 8;
        if (point == 0) {
            return fail(error, "BINARY_FILE", bytes, here, 2, low);
        }
        if (point >= 0xD800 && point < 0xE000) {
            uint32_t next = 0;
            if (point < 0xDC00 && bytes.size - at >= 4) {
                next = (uint32_t)bytes.data[at + 2 + low] | (uint32_t)bytes.data[at + 3 - low] << 8;
            }
            if (next < 0xDC00 || next >= 0xE000) {
                return fail(error, "ENCODING_INVALID", bytes, here, 2, low);
            }
            point = 0x10000 + ((point - 0xD800) << 10) + (next - 0xDC00);
            at += 2;
        }
        size += (size_t)utf8proc_encode_char((utf8proc_int32_t)point, out + size);
    }
    *text = (stemma_text){(const char *)out, size};
    return STEMMA_OK;
}

stemma_status stm_decode(stemma_bytes bytes, struct stm_arena *arena, stemma_text *text,
                         stm_decode_error *error)
{
    if (bytes.size >= 2 && memcmp(bytes.data, "\xFF\xFE", 2) == 0) {
        return decode_utf16(bytes, false, arena, text, error);
    }
    if (bytes.size >= 2 && memcmp(bytes.data, "\xFE\xFF", 2) == 0) {
        return decode_utf16(bytes, true, arena, text, error);
    }
    size_t mark = bytes.size >= 3 && memcmp(bytes.data, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    if (bytes.size == 0) {
        *text = (stemma_text){"", 0};
        return STEMMA_OK;
    }
    stemma_text whole = {(const char *)bytes.data + mark, bytes.size - mark};
    size_t good = stm_utf8_fault(whole) + mark;
    if (good != bytes.size) {
        /* A NUL anywhere says more about the file than the first bad byte does. */
        bool binary = memchr(bytes.data + good, 0, bytes.size - good) != NULL;
        return fail(error, binary ? "BINARY_FILE" : "ENCODING_INVALID", bytes, good, 1, 0);
    }
    *text = whole;
    return STEMMA_OK;
}
