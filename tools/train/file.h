/* SPDX-License-Identifier: MIT */
/**
 * @file file.h
 * Whole files in and out, for a program that ends when it cannot go on.
 */
#ifndef STEMMA_TRAIN_FILE_H
#define STEMMA_TRAIN_FILE_H

#include <stddef.h>

/** Zeroed memory; ends the program when there is none. Freed by free(). */
void *stm_train_alloc(size_t count, size_t size);

/** The bytes of a file with a NUL after them; ends the program when it cannot be read. Freed by
    free(). */
char *stm_train_read(const char *path, size_t *size);

/** Writes a file whole; ends the program when that fails. */
void stm_train_write(const char *path, const void *data, size_t size);

/** Says what is wrong and ends the program. */
_Noreturn void stm_train_fail(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
