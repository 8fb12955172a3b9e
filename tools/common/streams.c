/* SPDX-License-Identifier: MIT */
#include "common/streams.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

void stm_guard_streams(void)
{
    /* Opened for what nobody does with it: that fails with the EBADF of a closed one. */
    static const int flags[] = {O_WRONLY, O_RDONLY, O_RDONLY};
    for (int number = STDIN_FILENO; number <= STDERR_FILENO; number++) {
        /* The lowest free number is this one. Where there is no such device nothing can be done. */
        if (fcntl(number, F_GETFD) < 0 && errno == EBADF && open("/dev/null", flags[number]) < 0) {
            return;
        }
    }
}
