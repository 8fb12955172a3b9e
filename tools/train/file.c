/* SPDX-License-Identifier: MIT */
#include "train/file.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/exit_codes.h"

void stm_train_fail(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fprintf(stderr, "stemma-train: ");
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    exit(STM_EXIT_SYSTEM);
}

void *stm_train_alloc(size_t count, size_t size)
{
    void *memory = calloc(count != 0 ? count : 1, size != 0 ? size : 1);
    if (memory == NULL) {
        stm_train_fail("out of memory");
    }
    return memory;
}

char *stm_train_read(const char *path, size_t *size_out)
{
    FILE *file = fopen(path, "rb");
    size_t capacity = 1u << 16;
    size_t size = 0;
    char *data = malloc(capacity + 1);
    if (file == NULL) {
        stm_train_fail("%s: %s", path, strerror(errno));
    }
    while (data != NULL) {
        size += fread(data + size, 1, capacity - size, file);
        if (size < capacity) {
            break;
        }
        capacity *= 2;
        char *larger = realloc(data, capacity + 1);
        if (larger == NULL) {
            free(data);
        }
        data = larger;
    }
    if (data == NULL || ferror(file)) {
        stm_train_fail("%s: cannot be read", path);
    }
    fclose(file);
    data[size] = '\0';
    *size_out = size;
    return data;
}

void stm_train_write(const char *path, const void *data, size_t size)
{
    FILE *file = fopen(path, "wb");
    int good = file != NULL && fwrite(data, 1, size, file) == size;
    if (file != NULL && fclose(file) != 0) {
        good = 0;
    }
    if (!good) {
        stm_train_fail("%s: cannot be written: %s", path, strerror(errno));
    }
}
