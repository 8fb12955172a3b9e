/* SPDX-License-Identifier: MIT */
#include "file/publish.h"

#include "base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define ATTEMPTS 10000u

stemma_status stm_system_failed(stemma_error *error, const char *code, const char *where,
                                const char *doing)
{
    char buffer[96];
    const char *reason = strerror_r(errno, buffer, sizeof buffer);
    return stm_fail(error, STEMMA_E_SYSTEM, code, where, "cannot %s: %s", doing, reason);
}

stemma_status stm_no_memory(stemma_error *error)
{
    return stm_fail(error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "", "memory was refused");
}

stemma_status stm_write_all(int file, const void *bytes, size_t size, const char *name,
                            stemma_error *error)
{
    const char *at = bytes;
    while (size > 0) {
        ssize_t written = write(file, at, size < 1u << 30 ? size : 1u << 30);
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return stm_system_failed(error, "WRITE_FAILED", name, "write");
        }
        at += written;
        size -= (size_t)written;
    }
    return STEMMA_OK;
}

stemma_status stm_write_at(int file, const void *bytes, size_t size, uint64_t offset,
                           const char *name, stemma_error *error)
{
    const char *at = bytes;
    while (size > 0) {
        ssize_t written = pwrite(file, at, size < 1u << 30 ? size : 1u << 30, (off_t)offset);
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return stm_system_failed(error, "WRITE_FAILED", name, "write");
        }
        at += written;
        offset += (uint64_t)written;
        size -= (size_t)written;
    }
    return STEMMA_OK;
}

/* A name for a temporary file beside `path`: hidden, and telling whose it is. */
static char *temporary_name(const char *folder, const char *base, unsigned attempt)
{
    size_t size = strlen(folder) + strlen(base) + 64;
    char *name = malloc(size);
    if (name != NULL) {
        snprintf(name, size, "%s/.%.200s.%ld-%u.stemma-tmp", folder, base, (long)getpid(), attempt);
    }
    return name;
}

/* Opens a new file under the first free temporary name. */
static stemma_status open_named(const char *folder, const char *base, char **name, int *file,
                                stemma_error *error)
{
    for (unsigned attempt = 0; attempt < ATTEMPTS; attempt++) {
        char *candidate = temporary_name(folder, base, attempt);
        if (candidate == NULL) {
            return stm_no_memory(error);
        }
        *file = open(candidate, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
        if (*file >= 0) {
            *name = candidate;
            return STEMMA_OK;
        }
        int reason = errno;
        free(candidate);
        errno = reason;
        if (errno != EEXIST) {
            break;
        }
    }
    return stm_system_failed(error, "OUTPUT_FOLDER", folder, "make a file in the folder");
}

/* A file without a name, or -1. It can be named later through /proc only. */
static int open_nameless(const char *folder, int must_be_linkable)
{
#ifdef O_TMPFILE
    int file = open(folder, O_RDWR | O_TMPFILE | O_CLOEXEC, 0666);
    if (file >= 0 && must_be_linkable) {
        char link_path[64];
        struct stat status;
        snprintf(link_path, sizeof link_path, "/proc/self/fd/%d", file);
        if (stat(link_path, &status) != 0) {
            close(file);
            return -1;
        }
    }
    return file;
#else
    (void)folder;
    (void)must_be_linkable;
    return -1;
#endif
}

stemma_status stm_private_file(const char *folder, int *file, stemma_error *error)
{
    *file = open_nameless(folder, 0);
    if (*file >= 0) {
        return STEMMA_OK;
    }
    char *name = NULL;
    stemma_status status = open_named(folder, "spool", &name, file, error);
    if (status == STEMMA_OK && unlink(name) != 0) {
        status = stm_system_failed(error, "OUTPUT_FOLDER", name, "remove a temporary file");
        close(*file);
        *file = -1;
    }
    free(name);
    return status;
}

/* ---- Publishing ------------------------------------------------------------------------------ */

static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (slash == NULL) {
        return strdup(".");
    }
    return slash == path ? strdup("/") : strndup(path, (size_t)(slash - path));
}

static const char *base_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

stemma_status stm_publication_begin(stm_publication *publication, const char *path, int replace,
                                    stemma_error *error)
{
    struct stat status;
    memset(publication, 0, sizeof *publication);
    publication->file = -1;
    publication->replace = replace;
    publication->path = strdup(path);
    publication->folder = folder_of(path);
    if (publication->path == NULL || publication->folder == NULL) {
        return stm_no_memory(error);
    }
    if (base_of(path)[0] == '\0') {
        return stm_fail(error, STEMMA_E_SYSTEM, "OUTPUT_NOT_FILE", path, "the path names no file");
    }
    if (stat(publication->folder, &status) != 0) {
        return stm_system_failed(error, "OUTPUT_FOLDER", publication->folder, "use the folder");
    }
    if (!S_ISDIR(status.st_mode)) {
        return stm_fail(error, STEMMA_E_SYSTEM, "OUTPUT_FOLDER", publication->folder,
                        "the folder of the output is not a folder");
    }
    if (lstat(path, &status) != 0) {
        return errno == ENOENT
                   ? STEMMA_OK
                   : stm_system_failed(error, "OUTPUT_FOLDER", path, "look at the path");
    }
    if (!S_ISREG(status.st_mode)) {
        return stm_fail(error, STEMMA_E_SYSTEM, "OUTPUT_NOT_FILE", path,
                        "what stands there is not a regular file");
    }
    if (!replace) {
        return stm_fail(error, STEMMA_E_SYSTEM, "OUTPUT_EXISTS", path, "there is a file already");
    }
    publication->replaced = status;
    return STEMMA_OK;
}

/* What was kept from others stays so. As far as the file system and our rights allow: nobody but root gives
   files away, and FAT has no modes. */
static void take_rights(const stm_publication *publication)
{
    const struct stat *old = &publication->replaced;
    struct stat own;
    if (old->st_mode == 0 || fstat(publication->file, &own) != 0) {
        return;
    }
    mode_t mode = old->st_mode & 0777;
    int file = publication->file;
    if ((own.st_uid != old->st_uid || own.st_gid != old->st_gid) &&
        fchown(file, old->st_uid, old->st_gid) != 0 && own.st_gid != old->st_gid &&
        fchown(file, (uid_t)-1, old->st_gid) != 0) {
        mode &= ~(mode_t)070; /* what a group might was not for this group */
    }
    if (fchmod(file, mode) != 0) {
        errno = 0; /* nothing that could be done */
    }
}

stemma_status stm_publication_open(stm_publication *publication, stemma_error *error)
{
    stemma_status status = STEMMA_OK;
    if (!publication->named) {
        publication->file = open_nameless(publication->folder, 1);
    }
    if (publication->file < 0) {
        publication->named = 1;
        status = open_named(publication->folder, base_of(publication->path),
                            &publication->temporary, &publication->file, error);
    }
    if (status == STEMMA_OK) {
        take_rights(publication);
    }
    return status;
}

/* Links a nameless file to a name that must be free. 0, or -1 with errno. */
static int give_name(int file, const char *name)
{
    char link_path[64];
    snprintf(link_path, sizeof link_path, "/proc/self/fd/%d", file);
    return linkat(AT_FDCWD, link_path, AT_FDCWD, name, AT_SYMLINK_FOLLOW);
}

/* For a replacement the file needs a name first, as only rename() replaces at once. */
static stemma_status give_temporary_name(stm_publication *publication, stemma_error *error)
{
    for (unsigned attempt = 0; attempt < ATTEMPTS; attempt++) {
        char *name = temporary_name(publication->folder, base_of(publication->path), attempt);
        if (name == NULL) {
            return stm_no_memory(error);
        }
        if (give_name(publication->file, name) == 0) {
            publication->temporary = name;
            return STEMMA_OK;
        }
        int reason = errno;
        free(name);
        errno = reason;
        if (errno != EEXIST) {
            break;
        }
    }
    return stm_system_failed(error, "PUBLISH_FAILED", publication->path, "name the new file");
}

static void forget_temporary(stm_publication *publication)
{
    free(publication->temporary);
    publication->temporary = NULL;
}

/* Renames the temporary file to a name that must be free. Where the file system cannot do that at once, an
   empty file takes the name first; who is killed right then leaves that. 0, or -1 with errno. */
static int rename_to_free(stm_publication *publication)
{
    const char *from = publication->temporary;
    int failed = renameat2(AT_FDCWD, from, AT_FDCWD, publication->path, RENAME_NOREPLACE);
    if (failed != 0 && (errno == EINVAL || errno == ENOSYS || errno == EOPNOTSUPP)) {
        const int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
        int claim = open(publication->path, flags, 0666);
        if (claim < 0) {
            return -1;
        }
        close(claim);
        failed = rename(from, publication->path);
        if (failed != 0) {
            int reason = errno;
            unlink(publication->path);
            errno = reason;
        }
    }
    if (failed == 0) {
        forget_temporary(publication);
    }
    return failed;
}

/* Gives the new file its name, which must be free. 0, or -1 with errno. */
static int put_where_free(stm_publication *publication)
{
    if (publication->temporary == NULL) {
        return give_name(publication->file, publication->path);
    }
    int failed = link(publication->temporary, publication->path);
    /* FAT, and much of what is mounted by FUSE or from afar, knows no second names. */
    if (failed != 0 &&
        (errno == EPERM || errno == EOPNOTSUPP || errno == ENOSYS || errno == EMLINK)) {
        failed = rename_to_free(publication);
    }
    return failed;
}

static stemma_status put_in_place(stm_publication *publication, stemma_error *error)
{
    if (!publication->replace) {
        int failed = put_where_free(publication);
        if (failed != 0 && errno == EEXIST) {
            return stm_fail(error, STEMMA_E_SYSTEM, "OUTPUT_EXISTS", publication->path,
                            "a file has appeared there meanwhile");
        }
        return failed == 0 ? STEMMA_OK
                           : stm_system_failed(error, "PUBLISH_FAILED", publication->path,
                                               "name the new file");
    }
    if (publication->temporary == NULL) {
        stemma_status status = give_temporary_name(publication, error);
        if (status != STEMMA_OK) {
            return status;
        }
    }
    if (rename(publication->temporary, publication->path) != 0) {
        return stm_system_failed(error, "PUBLISH_FAILED", publication->path, "rename the new file");
    }
    forget_temporary(publication);
    return STEMMA_OK;
}

stemma_status stm_publication_sync(stm_publication *publication, stemma_error *error)
{
    if (!publication->synced && fsync(publication->file) != 0) {
        return stm_system_failed(error, "WRITE_FAILED", publication->path, "sync the new file");
    }
    publication->synced = 1;
    return STEMMA_OK;
}

stemma_status stm_publication_commit(stm_publication *publication, stemma_error *error)
{
    stemma_status status = stm_publication_sync(publication, error);
    if (status == STEMMA_OK) {
        status = put_in_place(publication, error);
    }
    if (status != STEMMA_OK) {
        return status;
    }
    int folder = open(publication->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) { /* a folder may be writable and not readable: the file stands all the same */
        return STEMMA_OK;
    }
    /* Some file systems cannot sync folders and say so: nothing more can be done there. */
    int failed = fsync(folder) != 0 && errno != EINVAL && errno != ENOTSUP;
    close(folder);
    return failed ? stm_system_failed(error, "WRITE_FAILED", publication->folder, "sync the folder")
                  : STEMMA_OK;
}

void stm_publication_end(stm_publication *publication)
{
    if (publication->file >= 0) {
        close(publication->file);
    }
    if (publication->temporary != NULL) {
        unlink(publication->temporary);
    }
    free(publication->temporary);
    free(publication->path);
    free(publication->folder);
    memset(publication, 0, sizeof *publication);
    publication->file = -1;
}
