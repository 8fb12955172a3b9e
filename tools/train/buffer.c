/* SPDX-License-Identifier: MIT */
#include "train/buffer.h"

#include <stdlib.h>

#include "bytes.h"
#include "train/file.h"

void stm_train_put(struct stm_train_buffer *buffer, const void *data, size_t size)
{
    if (buffer->capacity - buffer->size < size) {
        size_t capacity = (buffer->size + size) * 2;
        uint8_t *larger = realloc(buffer->data, capacity);
        if (larger == NULL) {
            stm_train_fail("out of memory");
        }
        buffer->data = larger;
        buffer->capacity = capacity;
    }
    if (data != NULL) {
        memcpy(buffer->data + buffer->size, data, size);
    } else if (size != 0) {
        memset(buffer->data + buffer->size, 0, size);
    }
    buffer->size += size;
}

void stm_train_put32(struct stm_train_buffer *buffer, uint32_t value)
{
    uint8_t bytes[4];
    stm_store_le32(bytes, value);
    stm_train_put(buffer, bytes, sizeof bytes);
}
