/* SPDX-License-Identifier: MIT */
#include "common/program_folder.h"

#include <string.h>
#include <unistd.h>

bool stm_program_folder(char *out, size_t size)
{
    ssize_t got = readlink("/proc/self/exe", out, size - 1);
    char *slash;
    if (got <= 0 || (size_t)got >= size - 1) {
        return false;
    }
    out[got] = '\0';
    slash = strrchr(out, '/');
    if (slash == NULL) {
        return false;
    }
    *slash = '\0';
    return true;
}
