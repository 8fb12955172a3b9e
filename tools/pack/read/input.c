/* SPDX-License-Identifier: MIT */
#include "pack/read/input.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "common/refusal.h"

static bool is_null_device(const struct stat *about)
{
    return S_ISCHR(about->st_mode) && about->st_rdev == makedev(1, 3);
}

/* Why an open file cannot be read; NULL when it can. */
static const char *refusal(int file, bool listed)
{
    struct stat about;
    if (fstat(file, &about) != 0) {
        return strerror(errno);
    }
    if (S_ISDIR(about.st_mode)) {
        return strerror(EISDIR);
    }
    if (listed && !S_ISREG(about.st_mode)) {
        return "it is no regular file any more";
    }
    if ((S_ISCHR(about.st_mode) && !is_null_device(&about) && !isatty(file)) ||
        S_ISBLK(about.st_mode)) {
        return "it is a device";
    }
    return NULL;
}

int stm_input_open(const char *path, bool listed, const char **reason)
{
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | (listed ? O_NONBLOCK : 0));
    *reason = file < 0 ? strerror(errno) : refusal(file, listed);
    if (file >= 0 && *reason != NULL) {
        close(file);
        file = -1;
    }
    return file;
}

FILE *stm_input_stream(const char *path, bool listed, const char **reason)
{
    int file = stm_input_open(path, listed, reason);
    FILE *stream = file >= 0 ? fdopen(file, "rb") : NULL;
    if (file >= 0 && stream == NULL) {
        *reason = strerror(errno);
        if (errno == ENOMEM) {
            stm_refusal_note(); /* which is nothing that is wrong with the file */
        }
        close(file);
    }
    return stream;
}
