/* SPDX-License-Identifier: MIT */
#include "file/verdict.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "bytes.h"
#include "digest.h"
#include "limits.h"

/* Counts up when the page check comes to refuse what it let pass. */
#define CHECK_VERSION 1u

/* One small file each; two that fall on one name forget each other. */
#define NAMES 4096u

#define FIELDS      10u
#define RECORD_SIZE (8u * (FIELDS + 1u))
#define PATH_SIZE   4096u

static void make_record(const struct stat *file, uint8_t out[RECORD_SIZE])
{
    const uint64_t fields[FIELDS] = {UINT64_C(0x6b636568636d7473), /* "stmcheck" */
                                     (uint64_t)STEMMA_FORMAT_MAJOR << 32 | CHECK_VERSION,
                                     (uint64_t)file->st_dev,
                                     (uint64_t)file->st_ino,
                                     (uint64_t)file->st_size,
                                     (uint64_t)file->st_mtim.tv_sec,
                                     (uint64_t)file->st_mtim.tv_nsec,
                                     (uint64_t)file->st_ctim.tv_sec,
                                     (uint64_t)file->st_ctim.tv_nsec,
                                     (uint64_t)file->st_mode};
    for (unsigned i = 0; i < FIELDS; i++) {
        stm_store_le64(out + 8 * i, fields[i]);
    }
    stm_store_le64(out + 8 * FIELDS, stm_hash64((stemma_bytes){out, 8 * FIELDS}, 0));
}

/* The user's, and nobody else may write there. */
static bool is_ours(const struct stat *status)
{
    return status->st_uid == geteuid() && (status->st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

/* A folder below `parent`, made when it is not there; -1. Takes `parent` over. */
static int enter(int parent, const char *name, bool make)
{
    const int flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW;
    struct stat status;
    int folder = openat(parent, name, flags);
    if (folder < 0 && errno == ENOENT && make && mkdirat(parent, name, 0700) == 0) {
        folder = openat(parent, name, flags);
    }
    close(parent);
    if (folder >= 0 && (fstat(folder, &status) != 0 || !is_ours(&status))) {
        close(folder);
        return -1;
    }
    return folder;
}

/* The folder of memories; -1. The cache folder itself may be a link, its parts below it not. */
static int open_folder(bool make)
{
    const char *cache = secure_getenv("XDG_CACHE_HOME"); /* not in what runs for another */
    const char *home = secure_getenv("HOME");
    char path[PATH_SIZE];
    int folder;
    if (cache == NULL || cache[0] != '/') { /* the standard: relative paths are to be ignored */
        if (home == NULL || home[0] != '/' ||
            (size_t)snprintf(path, sizeof path, "%s/.cache", home) >= sizeof path) {
            return -1;
        }
        if (make) {
            (void)mkdir(path, 0700);
        }
        cache = path;
    }
    folder = open(cache, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    folder = folder >= 0 ? enter(folder, "stemma", make) : -1;
    return folder >= 0 ? enter(folder, "checked", make) : -1;
}

static void make_name(const struct stat *file, char out[16])
{
    uint8_t key[16];
    stm_store_le64(key, (uint64_t)file->st_dev);
    stm_store_le64(key + 8, (uint64_t)file->st_ino);
    snprintf(out, 16, "%03x", (unsigned)(stm_hash64((stemma_bytes){key, sizeof key}, 0) % NAMES));
}

bool stm_verdict_recall(const struct stat *file)
{
    uint8_t wanted[RECORD_SIZE], found[RECORD_SIZE];
    char name[16];
    struct stat status;
    bool known = false;
    int folder, record;
    if (file->st_size < STM_VERDICT_WORTHWHILE) {
        return false;
    }
    folder = open_folder(false);
    if (folder < 0) {
        return false;
    }
    make_name(file, name);
    record = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (record >= 0) {
        make_record(file, wanted);
        known = fstat(record, &status) == 0 && S_ISREG(status.st_mode) && is_ours(&status) &&
                read(record, found, sizeof found) == (ssize_t)sizeof found &&
                memcmp(wanted, found, sizeof found) == 0;
        close(record);
    }
    close(folder);
    return known;
}

void stm_verdict_remember(const struct stat *file)
{
    uint8_t record[RECORD_SIZE];
    char name[16], temporary[48];
    struct timespec now;
    int folder, out;
    bool written;
    if (file->st_size < STM_VERDICT_WORTHWHILE || clock_gettime(CLOCK_REALTIME, &now) != 0 ||
        file->st_ctim.tv_sec > now.tv_sec - 2) {
        return;
    }
    folder = open_folder(true);
    if (folder < 0) {
        return;
    }
    make_name(file, name);
    snprintf(temporary, sizeof temporary, "%s.%ld", name, (long)getpid());
    out = openat(folder, temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (out >= 0) {
        make_record(file, record);
        written = write(out, record, sizeof record) == (ssize_t)sizeof record;
        written = close(out) == 0 && written;
        if (!written || renameat(folder, temporary, folder, name) != 0) {
            (void)unlinkat(folder, temporary, 0);
        }
    }
    close(folder);
}
