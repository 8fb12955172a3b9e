/* SPDX-License-Identifier: MIT */
/**
 * @file types.h
 * Views, spans and numbers that every other header speaks in.
 */
#ifndef STEMMA_TYPES_H
#define STEMMA_TYPES_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Borrowed bytes. Who owns them is said by whoever hands the view out. */
typedef struct stemma_bytes {
    const uint8_t *data; /**< May be NULL when size is 0. */
    size_t size;
} stemma_bytes;

/** Borrowed UTF-8 text, not NUL-terminated. `size` counts bytes. An absent text has size 0. */
typedef struct stemma_text {
    const char *data; /**< May be NULL when size is 0. */
    size_t size;
} stemma_text;

/** Half-open range [start, end) of bytes of a document's stored UTF-8 text. */
typedef struct stemma_span {
    uint32_t start;
    uint32_t end;
} stemma_span;

/** "No such number": for every 32-bit id, ordinal and index in the library. */
#define STEMMA_NONE UINT32_MAX

/** A view of a NUL-terminated string, which must outlive it. NULL gives the empty view. */
static inline stemma_text stemma_text_of(const char *string)
{
    stemma_text text = {string, string != NULL ? strlen(string) : 0};
    return text;
}

/** Whether two texts hold the same bytes. */
static inline int stemma_text_equal(stemma_text a, stemma_text b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

/** memcmp order, a shorter text before a longer one that it begins. */
static inline int stemma_text_compare(stemma_text a, stemma_text b)
{
    size_t common = a.size < b.size ? a.size : b.size;
    int order = common != 0 ? memcmp(a.data, b.data, common) : 0;
    if (order != 0) {
        return order;
    }
    return (a.size > b.size) - (a.size < b.size);
}

#ifdef __cplusplus
}
#endif
#endif
