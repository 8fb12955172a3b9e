/* SPDX-License-Identifier: MIT */
/**
 * @file buffer.h
 * Bytes of a section in the making.
 */
#ifndef STEMMA_TRAIN_BUFFER_H
#define STEMMA_TRAIN_BUFFER_H

#include <stddef.h>
#include <stdint.h>

struct stm_train_buffer {
    uint8_t *data;
    size_t size;
    size_t capacity;
};

/** Appends; ends the program when memory is out. `data` NULL appends zeroes. */
void stm_train_put(struct stm_train_buffer *buffer, const void *data, size_t size);

/** Appends 32 bits, little-endian. */
void stm_train_put32(struct stm_train_buffer *buffer, uint32_t value);

#endif
