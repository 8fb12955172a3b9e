/* SPDX-License-Identifier: MIT */
/**
 * @file format_buffer.h
 * Text that grows. The first failed allocation latches: later calls do nothing, `failed` tells it, and
 * so does stm_refusal_met().
 * A buffer belongs to one thread at a time.
 */
#ifndef STEMMA_TOOLS_FORMAT_BUFFER_H
#define STEMMA_TOOLS_FORMAT_BUFFER_H

#include <stdbool.h>

#include "stemma/types.h"

/** Plain data; {0} is an empty buffer. `data` is owned, may be NULL while size is 0, and has no NUL. */
struct stm_buffer {
    char *data;
    size_t size;
    size_t capacity;
    bool failed;
};

/** Frees the memory. The buffer is empty and usable afterwards. */
void stm_buffer_free(struct stm_buffer *buffer);

/** Forgets the text, keeps the memory. A failure stays. */
void stm_buffer_clear(struct stm_buffer *buffer);

/** Appends bytes as they are. */
void stm_buffer_add(struct stm_buffer *buffer, stemma_text text);
void stm_buffer_add_string(struct stm_buffer *buffer, const char *string);

/** Appends formatted text of at most 255 bytes; what is longer is cut. */
void stm_buffer_addf(struct stm_buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/** Appends text that came from a file so that no terminal obeys it: white space becomes single
    spaces, control and direction-changing characters become \x1b or \u202e, and bytes that are not
    UTF-8 become U+FFFD. */
void stm_buffer_add_safe(struct stm_buffer *buffer, stemma_text text);

/** The text so far: valid until the next call. */
static inline stemma_text stm_buffer_text(const struct stm_buffer *buffer)
{
    stemma_text text = {buffer->data, buffer->size};
    return text;
}

#endif
