/* SPDX-License-Identifier: MIT */
/* Opening a file: pages first, then LMDB, then what every reader needs at hand. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "file/file.h"
#include "limits.h"
#include "meta_record.h"
#include "file/open_pages.h"
#include "file/late.h"
#include "file/remains.h"
#include "file/snapshot.h"
#include "file/verdict.h"

#define MEMORY_LIMIT_DEFAULT (UINT64_C(256) << 20)

static stemma_status system_failed(stemma_error *error, const char *path)
{
    return stm_fail(error, STEMMA_E_SYSTEM, "SYSTEM", path, "Cannot open the file: %s",
                    strerrordesc_np(errno) != NULL ? strerrordesc_np(errno) : "unknown error");
}

static stemma_status no_memory(stemma_error *error, const char *path)
{
    return stm_fail(error, STEMMA_E_NO_MEMORY, "NO_MEMORY", path, "The system refused memory");
}

/* ---- The pages ---- */

/* Looks at what it is; when its pages are to be read, opens it and leaves the descriptor open. */
static stemma_status open_regular(stemma_file *file, const char *path, bool trusted,
                                  int *descriptor, struct stat *status, stemma_error *error)
{
    if (!trusted) {
        *descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    }
    if (trusted ? stat(path, status) != 0 : *descriptor < 0 || fstat(*descriptor, status) != 0) {
        return system_failed(error, path);
    }
    if (!S_ISREG(status->st_mode)) {
        return stm_fail(error, STEMMA_E_NOT_STEMMA, "NOT_REGULAR", path,
                        "Only regular files can be opened");
    }
    if (status->st_size < (off_t)(2 * STEMMA_PAGE_SIZE)) {
        return stm_fail(error, STEMMA_E_NOT_STEMMA, "NOT_STEMMA", path,
                        "The file is too small to be a .stemma file");
    }
    file->size = (size_t)status->st_size;
    return STEMMA_OK;
}

static stemma_status replaced(stemma_error *error, const char *path)
{
    return stm_fail(error, STEMMA_E_SYSTEM, "FILE_REPLACED", path,
                    "The file was replaced while it was being opened");
}

static bool is_same(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino && a->st_size == b->st_size;
}

/* What was checked must be what LMDB reads. Of a file whose check is only remembered the times count,
   too. */
static stemma_status same_file(const stemma_file *file, const struct stat *checked, bool recalled,
                               const char *path, stemma_error *error)
{
    const struct stat *opened = stm_store_seen(file->store);
    if (!is_same(opened, checked) ||
        (recalled && (opened->st_ctim.tv_sec != checked->st_ctim.tv_sec ||
                      opened->st_ctim.tv_nsec != checked->st_ctim.tv_nsec))) {
        return replaced(error, path);
    }
    return STEMMA_OK;
}

/* Why LMDB refused a file: it is another one by now; or, although LMDB finds no header, there is one, and
   reading it failed: LMDB takes a header that it gets in part for none. `failure` is what it said. */
static stemma_status why_refused(const char *path, int descriptor, const struct stat *seen,
                                 bool trusted, stemma_status failure, stemma_error *error)
{
    struct stat now;
    stm_page_report report;
    if (failure != STEMMA_E_NOT_STEMMA && failure != STEMMA_E_DAMAGED) {
        return failure;
    }
    if (stat(path, &now) == 0 && !is_same(&now, seen)) {
        return replaced(error, path);
    }
    if (failure == STEMMA_E_NOT_STEMMA) {
        int own = trusted ? open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK) : descriptor;
        if (own >= 0 && fstat(own, &now) == 0 && is_same(&now, seen) &&
            stm_open_measure_pages(own, (size_t)now.st_size, &report, NULL) == STEMMA_OK) {
            failure = stm_fail(error, STEMMA_E_SYSTEM, "SYSTEM", path,
                               "Cannot read the file: its header was read in part");
        }
        if (trusted && own >= 0) {
            close(own);
        }
    }
    return failure;
}

/* What was opened. */
struct opened {
    struct stat seen;
    bool recalled; /* its pages passed before */
};

static stemma_status open_store(stemma_file *file, const char *path,
                                const stemma_open_options *options, struct opened *out,
                                stemma_error *error)
{
    int descriptor = -1;
    bool trusted = (options->flags & STEMMA_OPEN_TRUSTED) != 0;
    stemma_status status = open_regular(file, path, trusted, &descriptor, &out->seen, error);
    if (status == STEMMA_OK && !trusted && (options->flags & STEMMA_OPEN_REMEMBER) != 0) {
        out->recalled = stm_verdict_recall(&out->seen);
    }
    if (status == STEMMA_OK && !trusted && !out->recalled) {
        file->report = malloc(sizeof *file->report);
        status = file->report == NULL ? no_memory(error, path)
                                      : stm_open_check_pages(descriptor, file->size, options->jobs,
                                                             path, file->report, error);
    }
    if (status == STEMMA_OK) {
        status = stm_store_open(&file->store, path, (options->flags & STEMMA_OPEN_SEQUENTIAL) != 0,
                                error);
        status = status == STEMMA_OK
                     ? same_file(file, &out->seen, out->recalled, path, error)
                     : why_refused(path, descriptor, &out->seen, trusted, status, error);
    }
    if (descriptor >= 0) {
        close(descriptor);
    }
    return status;
}

/* ---- What is at hand ---- */

static stemma_status meta_failed(stemma_error *error, stemma_status status, const char *key,
                                 const char *code, const char *message)
{
    char where[64];
    snprintf(where, sizeof where, "meta %s", key);
    return stm_fail(error, status, code, where, "%s", message);
}

static stemma_status get_meta(stm_store_view *view, const char *key, stemma_bytes *value)
{
    stemma_bytes bytes = {(const uint8_t *)key, strlen(key)};
    return stm_store_get(view, STM_TABLE_META, bytes, value);
}

static stemma_status check_features(const stm_meta *meta, stemma_error *error)
{
    const stm_feature *unknown = stm_meta_stranger(meta);
    if (unknown != NULL) {
        return stm_fail(error, STEMMA_E_UNSUPPORTED, "FEATURE_UNKNOWN", "meta stemma",
                        "The file needs the feature \"%.*s\", which this library lacks",
                        (int)unknown->name.size, unknown->name.data);
    }
    return STEMMA_OK;
}

/* Numbers are 32 bits wide, and tables keyed by one of them hold as many records as meta says. */
static stemma_status check_counts(const stemma_file *file, stemma_error *error)
{
    const stemma_counts *counts = &file->counts;
    const uint64_t numbered[] = {counts->documents, counts->judgements, counts->entities,
                                 counts->events,    counts->claims,     counts->runs,
                                 counts->vocabulary};
    for (size_t i = 0; i < sizeof numbered / sizeof numbered[0]; i++) {
        if (numbered[i] >= STEMMA_NONE) {
            return meta_failed(error, STEMMA_E_DAMAGED, STM_META_KEY, "COUNT_LIMIT",
                               "A count is beyond 32 bits");
        }
    }
    if (counts->documents != stm_store_entries(file->store, STM_TABLE_DOCUMENT) ||
        counts->judgements != stm_store_entries(file->store, STM_TABLE_JUDGEMENT) ||
        counts->runs != stm_store_entries(file->store, STM_TABLE_RUN) ||
        counts->vocabulary != stm_store_entries(file->store, STM_TABLE_VOCABULARY) ||
        (counts->events + STEMMA_EVENT_BLOCK - 1) / STEMMA_EVENT_BLOCK !=
            stm_store_entries(file->store, STM_TABLE_EVENT) ||
        counts->vocabulary > STM_VOCABULARY_MAX) {
        return meta_failed(error, STEMMA_E_DAMAGED, STM_META_KEY, "COUNT_MISMATCH",
                           "A table does not hold as many records as are counted");
    }
    return STEMMA_OK;
}

static void take_counts(stemma_file *file, const stm_meta *meta)
{
    _Static_assert(sizeof(stemma_counts) == STM_COUNTS * sizeof(uint64_t),
                   "stemma_counts is the array of counts in meta");
    memcpy(&file->counts, meta->counts, sizeof file->counts);
    file->bounds.documents = (uint32_t)file->counts.documents;
    file->bounds.entities = (uint32_t)file->counts.entities;
    file->bounds.events = (uint32_t)file->counts.events;
    file->bounds.claims = (uint32_t)file->counts.claims;
    file->bounds.runs = (uint32_t)file->counts.runs;
}

static stemma_status load_meta(stemma_file *file, stm_store_view *view, stemma_error *error)
{
    stemma_bytes value;
    stm_meta meta;
    stm_fault fault = {"", 0};
    stemma_status status = get_meta(view, STM_META_KEY, &value);
    if (status != STEMMA_OK) {
        return meta_failed(error, STEMMA_E_NOT_STEMMA, STM_META_KEY, "NOT_STEMMA",
                           "The record that makes a .stemma file is missing");
    }
    status = stm_meta_decode(value, &meta, &fault);
    if (status == STEMMA_E_UNSUPPORTED) {
        return stm_fail(error, status, fault.code, "meta stemma",
                        "The file has format %u.%u, this library reads %u.x", meta.major,
                        meta.minor, STEMMA_FORMAT_MAJOR);
    }
    if (status != STEMMA_OK) {
        return meta_failed(error, status, STM_META_KEY, fault.code,
                           "The record that makes a .stemma file breaks a rule of the format");
    }
    status = check_features(&meta, error);
    if (status == STEMMA_OK) {
        take_counts(file, &meta);
        file->minor = meta.minor;
        file->postings = stm_meta_has_feature(&meta, STM_FEATURE_POSTINGS) ? STM_POSTING_NEAR
                                                                          : STM_POSTING_APART;
        status = check_counts(file, error);
    }
    return status;
}

/* `later`: all but the counts is left until it is needed. */
static stemma_status load(stemma_file *file, bool later, stemma_error *error)
{
    stm_store_view *view = NULL;
    stemma_status status = stm_store_view_begin(&view, file->store, error);
    if (status == STEMMA_OK) {
        status = load_meta(file, view, error);
    }
    if (status == STEMMA_OK) {
        uint64_t blocks = stm_store_entries(file->store, STM_TABLE_EVENT);
        if (stm_cache_new(&file->cache, (uint32_t)blocks, file->bounds.entities) != STEMMA_OK) {
            status = no_memory(error, "cache");
        }
    }
    if (status == STEMMA_OK && !later) {
        status = stm_late_load(file, view, error);
    }
    atomic_init(&file->view, view);
    return status;
}

/* ---- The public functions ---- */

stemma_status stemma_open(stemma_file **out, const char *path, const stemma_open_options *options,
                          stemma_error *error)
{
    stemma_open_options chosen = STEMMA_OPEN_OPTIONS_INIT;
    if (out == NULL || path == NULL || (options != NULL && options->size != sizeof chosen)) {
        return stm_fail(error, STEMMA_E_MISUSE, "OPTIONS", "",
                        "An argument is missing or the options are not initialised");
    }
    if (options != NULL) {
        chosen = *options;
    }
    stemma_file *file = calloc(1, sizeof *file);
    if (file == NULL) {
        return no_memory(error, path);
    }
    if (pthread_mutex_init(&file->late_lock, NULL) != 0) {
        free(file);
        return no_memory(error, path);
    }
    file->process = getpid();
    file->memory_limit = chosen.memory_limit != 0 ? chosen.memory_limit : MEMORY_LIMIT_DEFAULT;
    struct opened opened = {.recalled = false};
    bool trusted = (chosen.flags & STEMMA_OPEN_TRUSTED) != 0;
    stemma_status status = open_store(file, path, &chosen, &opened, error);
    if (status == STEMMA_OK) {
        status = load(file, trusted || opened.recalled, error);
    }
    if (status == STEMMA_OK && !trusted && !opened.recalled &&
        (chosen.flags & STEMMA_OPEN_REMEMBER) != 0) {
        stm_verdict_remember(&opened.seen);
    }
    if (status != STEMMA_OK) {
        stemma_close(file);
        return status;
    }
    *out = file;
    return STEMMA_OK;
}

void stemma_close(stemma_file *file)
{
    if (file == NULL) {
        return;
    }
    stm_store_view_end(atomic_load_explicit(&file->view, memory_order_relaxed));
    stm_store_close(file->store);
    stm_remains_close(file->remains);
    ZSTD_freeDDict(file->text_dictionary);
    ZSTD_freeDDict(file->testimony_dictionary);
    free(file->terms);
    free(file->report);
    stm_cache_free(file->cache);
    pthread_mutex_destroy(&file->late_lock);
    free(file);
}

void stemma_counts_get(const stemma_file *file, stemma_counts *out)
{
    *out = file->counts;
}
