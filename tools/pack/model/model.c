/* SPDX-License-Identifier: MIT */
#include "pack/model/model.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include "bytes.h"
#include "common/program_folder.h"
#include "base/error.h"
#include "pack/model/gazetteer.h"
#include "pack/model/model_rows.h"
#include "pack/model/sequence.h"
#include "pack/model/parser.h"
#include "pack/model/tagger.h"

#define PATH_SIZE     4096u
#define DIGEST_AT     8u
#define COVERED_AT    24u /* version, count, size, table, sections */
#define FILE_NAME     "english.model"

struct stm_model {
    stemma_bytes bytes;
    void *mapping; /* NULL: the bytes are borrowed */
    uint32_t count;
    struct stm_model_rows *rows;
    /* Until stm_model_prove() has looked at what the header covers. */
    pthread_mutex_t lock; /* of what follows */
    bool looked;
    stemma_status found;
    stemma_error problem;
    char *path;
};

/* The owners' checks of what they will read without looking again. */
static const struct {
    const char *name;
    int (*is_sound)(stemma_bytes section);
} owners[] = {
    {"gazetteer", stm_gazetteer_check},
    {"names", stm_sequence_check},
    {"parser", stm_parser_check},
    {"tagger", stm_tagger_check},
};

static stemma_status refuse(stemma_error *error, const char *path, const char *code,
                            const char *reason)
{
    stemma_status status = strcmp(code, "MODEL_VERSION") == 0 ? STEMMA_E_UNSUPPORTED
                                                              : STEMMA_E_DAMAGED;
    return stm_fail(error, status, code, path, "%s", reason);
}

static const uint8_t *entry_at(const struct stm_model *model, uint32_t number)
{
    return model->bytes.data + STM_MODEL_HEADER_SIZE + (size_t)number * STM_MODEL_ENTRY_SIZE;
}

static stemma_bytes section_of(const struct stm_model *model, uint32_t number)
{
    const uint8_t *entry = entry_at(model, number);
    return (stemma_bytes){model->bytes.data + stm_load_le64(entry + STM_MODEL_NAME_SIZE),
                          (size_t)stm_load_le64(entry + STM_MODEL_NAME_SIZE + 8)};
}

/* Sections ascend, each at a multiple of 8 bytes, and end where the file ends; names are ended. */
static int table_is_sound(const struct stm_model *model)
{
    uint64_t size = model->bytes.size;
    uint64_t end = STM_MODEL_HEADER_SIZE + (uint64_t)model->count * STM_MODEL_ENTRY_SIZE;
    if (end > size) {
        return 0;
    }
    for (uint32_t i = 0; i < model->count; i++) {
        const uint8_t *entry = entry_at(model, i);
        uint64_t at = stm_load_le64(entry + STM_MODEL_NAME_SIZE);
        uint64_t length = stm_load_le64(entry + STM_MODEL_NAME_SIZE + 8);
        if (entry[0] == 0 || entry[STM_MODEL_NAME_SIZE - 1] != 0 || at % 8 != 0 || at < end ||
            at > size || length > size - at) {
            return 0;
        }
        end = at + length;
    }
    return 1;
}

static int sections_are_sound(const struct stm_model *model)
{
    for (size_t i = 0; i < sizeof owners / sizeof owners[0]; i++) {
        stemma_bytes bytes = {NULL, 0};
        bytes.data = stm_model_section(model, owners[i].name, &bytes.size);
        if (bytes.data != NULL && owners[i].is_sound != NULL && !owners[i].is_sound(bytes)) {
            return 0;
        }
    }
    return 1;
}

static stemma_status check_header(const struct stm_model *model, const char *path, stemma_error *error)
{
    if (model->bytes.size < STM_MODEL_HEADER_SIZE ||
        memcmp(model->bytes.data, STM_MODEL_MAGIC, DIGEST_AT) != 0) {
        return refuse(error, path, "MODEL_DAMAGED", "This is no weights file");
    }
    return STEMMA_OK;
}

/* What the header covers. */
static stemma_status check(struct stm_model *model, const char *path, stemma_error *error)
{
    const uint8_t *data = model->bytes.data;
    size_t size = model->bytes.size;
    XXH128_canonical_t digest;
    XXH128_canonicalFromHash(&digest, XXH3_128bits(data + COVERED_AT, size - COVERED_AT));
    if (memcmp(digest.digest, data + DIGEST_AT, sizeof digest.digest) != 0) {
        return refuse(error, path, "MODEL_DAMAGED", "The weights file is cut short or damaged");
    }
    if (stm_load_le32(data + COVERED_AT) != STM_MODEL_VERSION) {
        return refuse(error, path, "MODEL_VERSION",
                      "The weights file is of a version that this program does not know");
    }
    model->count = stm_load_le32(data + COVERED_AT + 4);
    if (model->count > STM_MODEL_SECTIONS || stm_load_le64(data + COVERED_AT + 8) != size ||
        !table_is_sound(model) || !sections_are_sound(model)) {
        return refuse(error, path, "MODEL_DAMAGED", "The weights file contradicts itself");
    }
    return STEMMA_OK;
}

/* Opens the file that came with the program; `path` receives where it was sought last. */
static int open_shipped(char path[PATH_SIZE])
{
    static const char *const places[] = {"../share/stemma/models", "models", "../models",
                                         "../../models"};
    char program[PATH_SIZE / 2];
    int file = -1;
    if (!stm_program_folder(program, sizeof program)) {
        program[0] = '\0';
    }
    for (size_t i = 0; i < sizeof places / sizeof places[0] && file < 0; i++) {
        snprintf(path, PATH_SIZE, "%s/%s/" FILE_NAME, program, places[i]);
        file = open(path, O_RDONLY | O_CLOEXEC);
    }
    return file;
}

static stemma_status map_file(struct stm_model *model, int file, const char *path,
                              stemma_error *error)
{
    struct stat about;
    if (fstat(file, &about) != 0) {
        return stm_fail(error, STEMMA_E_SYSTEM, "MODEL_UNREADABLE", path,
                        "The weights file cannot be read: %s", strerror(errno));
    }
    if (!S_ISREG(about.st_mode) || about.st_size < (off_t)STM_MODEL_HEADER_SIZE ||
        about.st_size > (off_t)STM_MODEL_SIZE_MOST) {
        return refuse(error, path, "MODEL_DAMAGED", "This is no weights file");
    }
    model->mapping = mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_PRIVATE, file, 0);
    if (model->mapping == MAP_FAILED) {
        model->mapping = NULL;
        return stm_fail(error, STEMMA_E_SYSTEM, "MODEL_UNREADABLE", path,
                        "The weights file cannot be mapped: %s", strerror(errno));
    }
    model->bytes = (stemma_bytes){model->mapping, (size_t)about.st_size};
    return STEMMA_OK;
}

static struct stm_model *new_model(const char *path)
{
    struct stm_model *model = calloc(1, sizeof *model);
    if (model == NULL) {
        return NULL;
    }
    pthread_mutex_init(&model->lock, NULL); /* a default one needs nothing from the system */
    model->rows = stm_model_rows_new();
    model->path = strdup(path);
    if (model->rows == NULL || model->path == NULL) {
        stm_model_close(model);
        return NULL;
    }
    return model;
}

stemma_status stm_model_prove(struct stm_model *model, stemma_error *error)
{
    stemma_status status;
    pthread_mutex_lock(&model->lock);
    if (!model->looked) {
        model->found = check(model, model->path, &model->problem);
        model->looked = true;
    }
    status = model->found;
    if (status != STEMMA_OK && error != NULL) {
        *error = model->problem;
    }
    pthread_mutex_unlock(&model->lock);
    return status;
}

stemma_status stm_model_open_unproven(struct stm_model **out, const char *path, stemma_error *error)
{
    char place[PATH_SIZE] = "";
    int file = path != NULL ? open(path, O_RDONLY | O_CLOEXEC) : open_shipped(place);
    int reason = errno;
    struct stm_model *model;
    stemma_status status;
    *out = NULL;
    path = path != NULL ? path : place;
    model = new_model(path);
    if (model == NULL) {
        status = stm_fail(error, STEMMA_E_NO_MEMORY, "NO_MEMORY", path, "Out of memory");
    } else if (file < 0) {
        status = stm_fail(error, STEMMA_E_SYSTEM, "MODEL_MISSING", path,
                          "There is no weights file, without which no text can be read: %s",
                          strerror(reason));
    } else {
        status = map_file(model, file, path, error);
    }
    if (status == STEMMA_OK) {
        status = check_header(model, path, error);
    }
    if (file >= 0) {
        close(file);
    }
    if (status != STEMMA_OK) {
        stm_model_close(model);
        return status;
    }
    *out = model;
    return STEMMA_OK;
}

/* An open model that is proven, or none. */
static stemma_status proven(struct stm_model **model, stemma_error *error)
{
    stemma_status status = stm_model_prove(*model, error);
    if (status != STEMMA_OK) {
        stm_model_close(*model);
        *model = NULL;
    }
    return status;
}

stemma_status stm_model_open(struct stm_model **out, const char *path, stemma_error *error)
{
    stemma_status status = stm_model_open_unproven(out, path, error);
    return status == STEMMA_OK ? proven(out, error) : status;
}

stemma_status stm_model_open_bytes(struct stm_model **out, stemma_bytes bytes, stemma_error *error)
{
    stemma_status status;
    *out = new_model("");
    if (*out == NULL) {
        return stm_fail(error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "", "Out of memory");
    }
    (*out)->bytes = bytes;
    status = check_header(*out, "", error);
    if (status != STEMMA_OK) {
        stm_model_close(*out);
        *out = NULL;
        return status;
    }
    return proven(out, error);
}

void stm_model_close(struct stm_model *model)
{
    if (model == NULL) {
        return;
    }
    if (model->mapping != NULL) {
        munmap(model->mapping, model->bytes.size);
    }
    stm_model_rows_free(model->rows);
    pthread_mutex_destroy(&model->lock);
    free(model->path);
    free(model);
}

struct stm_model_rows *stm_model_rows_of(const struct stm_model *model)
{
    return model->rows;
}

int stm_model_section_at(const struct stm_model *model, uint32_t number,
                         char name[STM_MODEL_NAME_SIZE], stemma_bytes *bytes)
{
    if (number >= model->count) {
        return 0;
    }
    memcpy(name, entry_at(model, number), STM_MODEL_NAME_SIZE);
    *bytes = section_of(model, number);
    return 1;
}

const uint8_t *stm_model_section(const struct stm_model *model, const char *name, size_t *size)
{
    for (uint32_t i = 0; i < model->count; i++) {
        if (strcmp((const char *)entry_at(model, i), name) == 0) {
            stemma_bytes bytes = section_of(model, i);
            *size = bytes.size;
            return bytes.data;
        }
    }
    *size = 0;
    return NULL;
}

const uint8_t *stm_model_digest(const struct stm_model *model)
{
    return model->bytes.data + DIGEST_AT;
}
