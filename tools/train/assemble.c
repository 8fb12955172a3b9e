/* SPDX-License-Identifier: MIT */
/* Puts sections into a weights file; those not named are taken over from an older one. Sections stand
   in the order of their names, so that the bytes do not depend on that of the arguments. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "bytes.h"
#include "common/exit_codes.h"
#include "pack/model/model.h"
#include "train/command.h"
#include "train/file.h"

struct section {
    char name[STM_MODEL_NAME_SIZE];
    stemma_bytes bytes;
};

struct file {
    struct section sections[STM_MODEL_SECTIONS];
    uint32_t count;
};

static void put(struct file *file, const char *name, size_t name_size, stemma_bytes bytes)
{
    struct section *section = NULL;
    for (uint32_t i = 0; i < file->count; i++) {
        if (strlen(file->sections[i].name) == name_size &&
            memcmp(file->sections[i].name, name, name_size) == 0) {
            section = &file->sections[i];
        }
    }
    if (section == NULL) {
        if (file->count == STM_MODEL_SECTIONS || name_size == 0 ||
            name_size >= STM_MODEL_NAME_SIZE) {
            stm_train_fail("too many sections, or no name for one: %s", name);
        }
        section = &file->sections[file->count++];
        memset(section->name, 0, sizeof section->name);
        memcpy(section->name, name, name_size);
    }
    section->bytes = bytes;
}

static void take_over(struct file *file, const struct stm_model *old)
{
    char name[STM_MODEL_NAME_SIZE];
    stemma_bytes bytes;
    for (uint32_t i = 0; stm_model_section_at(old, i, name, &bytes); i++) {
        put(file, name, strlen(name), bytes);
    }
}

static int compare_names(const void *left, const void *right)
{
    const struct section *a = left;
    const struct section *b = right;
    return strcmp(a->name, b->name);
}

static void write_model(const struct file *file, const char *path)
{
    size_t size = STM_MODEL_HEADER_SIZE + (size_t)file->count * STM_MODEL_ENTRY_SIZE;
    for (uint32_t i = 0; i < file->count; i++) {
        size = (size + 7) / 8 * 8 + file->sections[i].bytes.size;
    }
    if (size > STM_MODEL_SIZE_MOST) {
        stm_train_fail("the file would be too large: %zu bytes", size);
    }
    uint8_t *data = stm_train_alloc(size, 1);
    memcpy(data, STM_MODEL_MAGIC, 8);
    stm_store_le32(data + 24, STM_MODEL_VERSION);
    stm_store_le32(data + 28, file->count);
    stm_store_le64(data + 32, size);
    size_t at = STM_MODEL_HEADER_SIZE + (size_t)file->count * STM_MODEL_ENTRY_SIZE;
    for (uint32_t i = 0; i < file->count; i++) {
        const struct section *section = &file->sections[i];
        uint8_t *entry = data + STM_MODEL_HEADER_SIZE + (size_t)i * STM_MODEL_ENTRY_SIZE;
        at = (at + 7) / 8 * 8;
        memcpy(entry, section->name, sizeof section->name);
        stm_store_le64(entry + STM_MODEL_NAME_SIZE, at);
        stm_store_le64(entry + STM_MODEL_NAME_SIZE + 8, section->bytes.size);
        if (section->bytes.size != 0) {
            memcpy(data + at, section->bytes.data, section->bytes.size);
        }
        at += section->bytes.size;
    }
    XXH128_canonical_t digest;
    XXH128_canonicalFromHash(&digest, XXH3_128bits(data + 24, size - 24));
    memcpy(data + 8, digest.digest, sizeof digest.digest);
    struct stm_model *check;
    stemma_error error;
    if (stm_model_open_bytes(&check, (stemma_bytes){data, size}, &error) != STEMMA_OK) {
        stm_train_fail("the sections do not make a weights file: %s", error.message);
    }
    stm_model_close(check);
    stm_train_write(path, data, size);
    free(data);
}

int stm_train_assemble(int argc, char **argv)
{
    struct file file;
    struct stm_model *old = NULL;
    char *read[STM_MODEL_SECTIONS];
    uint32_t read_count = 0;
    const char *out = NULL;
    memset(&file, 0, sizeof file);
    for (int i = 1; i < argc; i++) { /* first, as what is named replaces it */
        stemma_error error;
        if (strcmp(argv[i], "--from") == 0 && i + 1 < argc) {
            if (old != NULL || stm_model_open(&old, argv[i + 1], &error) != STEMMA_OK) {
                stm_train_fail("%s: %s", argv[i + 1], old != NULL ? "a second" : error.message);
            }
            take_over(&file, old);
        }
    }
    for (int i = 1; i < argc; i++) {
        const char *equals = strchr(argv[i], '=');
        if (strcmp(argv[i], "--from") == 0 && i + 1 < argc) {
            i++;
        } else if (strcmp(argv[i], "-o") == 0 && i + 1 < argc) {
            out = argv[++i];
        } else if (equals != NULL && read_count < STM_MODEL_SECTIONS) {
            size_t size;
            char *data = stm_train_read(equals + 1, &size);
            read[read_count++] = data;
            put(&file, argv[i], (size_t)(equals - argv[i]),
                (stemma_bytes){(const uint8_t *)data, size});
        } else {
            stm_train_fail("assemble: what is %s?", argv[i]);
        }
    }
    if (out == NULL) {
        stm_train_fail("assemble: no -o");
    }
    qsort(file.sections, file.count, sizeof file.sections[0], compare_names);
    write_model(&file, out);
    for (uint32_t i = 0; i < read_count; i++) {
        free(read[i]);
    }
    stm_model_close(old);
    return STM_EXIT_OK;
}
