/* SPDX-License-Identifier: MIT */
/* Preloaded into programs under test: keeps a copy of every .stemma file that they open, sound or not, so
   that the second reader can be asked about each. Environment:
     STEMMA_KEEP       folder of the copies, which are named by a hash of what is in them
     STEMMA_KEEP_EACH  most copies that one process makes (64)
   It uses no memory of the program's and no call that it stands before; what fails is left. */
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define LEAST 8192        /* bytes of a file that may be one */
#define MOST  (8u << 20)  /* more are not kept: the second reader is slow */
#define MAGIC 0xBEEFC0DEu /* at byte 16 */
#define EACH  64

#define LOOKS 8u          /* files that a process looks at for each copy that it may make */

static atomic_uint kept;
static atomic_uint looked;

static int plain_open(int folder, const char *path, int flags, mode_t mode)
{
    return (int)syscall(SYS_openat, folder, path, flags, mode);
}

static uint64_t hash_of(const uint8_t *bytes, size_t size)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325) ^ size;
    for (size_t i = 0; i + 8 <= size; i += 8) {
        uint64_t word;
        memcpy(&word, bytes + i, sizeof word);
        hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
        hash ^= hash >> 29;
    }
    return (hash ^ (size % 8 != 0 ? bytes[size - 1] : 0)) * UINT64_C(0xbf58476d1ce4e5b9);
}

static unsigned most_of_a_process(void)
{
    const char *given = getenv("STEMMA_KEEP_EACH");
    return given != NULL ? (unsigned)strtoul(given, NULL, 10) : EACH;
}

/* Writes a copy under a name of its own first, so that what has a good name is whole. */
static void copy(const char *folder, const uint8_t *bytes, size_t size)
{
    char name[4096], made[4096];
    uint64_t hash = hash_of(bytes, size);
    struct stat status;
    int got = snprintf(name, sizeof name, "%s/%016llx.stemma", folder, (unsigned long long)hash);
    if (got < 0 || (size_t)got >= sizeof name || stat(name, &status) == 0 ||
        atomic_fetch_add(&kept, 1) >= most_of_a_process()) {
        return;
    }
    got = snprintf(made, sizeof made, "%s/.%016llx.%ld", folder, (unsigned long long)hash,
                   (long)getpid());
    int out = got > 0 && (size_t)got < sizeof made
                  ? plain_open(AT_FDCWD, made, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)
                  : -1;
    size_t written = 0;
    while (out >= 0 && written < size) {
        long more = syscall(SYS_write, out, bytes + written, size - written);
        if (more <= 0) {
            break;
        }
        written += (size_t)more;
    }
    if (out >= 0) {
        syscall(SYS_close, out);
        if (written == size) {
            syscall(SYS_rename, made, name);
        } else {
            syscall(SYS_unlink, made);
        }
    }
}

static void look_at(int file)
{
    const char *folder = getenv("STEMMA_KEEP");
    struct stat status;
    uint32_t magic = 0;
    unsigned most = most_of_a_process();
    if (folder == NULL || kept >= most || looked >= LOOKS * most || fstat(file, &status) != 0 || !S_ISREG(status.st_mode) ||
        status.st_size < LEAST || status.st_size > MOST ||
        syscall(SYS_pread64, file, &magic, sizeof magic, (off_t)16) != (long)sizeof magic ||
        magic != MAGIC) {
        return;
    }
    atomic_fetch_add(&looked, 1);
    void *bytes = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, file, 0);
    if (bytes != MAP_FAILED) {
        copy(folder, bytes, (size_t)status.st_size);
        munmap(bytes, (size_t)status.st_size);
    }
}

static int open_and_look(const char *path, int flags, mode_t mode)
{
    int file = plain_open(AT_FDCWD, path, flags, mode);
    if (file >= 0 && (flags & O_ACCMODE) == O_RDONLY) {
        look_at(file);
    }
    return file;
}

static mode_t mode_of(int flags, va_list rest)
{
    return (flags & (O_CREAT | O_TMPFILE)) != 0 ? (mode_t)va_arg(rest, unsigned) : 0;
}

__attribute__((visibility("default"))) int open(const char *path, int flags, ...)
{
    va_list rest;
    va_start(rest, flags);
    mode_t mode = mode_of(flags, rest);
    va_end(rest);
    return open_and_look(path, flags, mode);
}

__attribute__((visibility("default"))) int open64(const char *path, int flags, ...)
{
    va_list rest;
    va_start(rest, flags);
    mode_t mode = mode_of(flags, rest);
    va_end(rest);
    return open_and_look(path, flags, mode);
}
