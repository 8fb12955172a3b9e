/* SPDX-License-Identifier: MIT */
/* A child for every fault: it begins where the call is made, so that nothing need be done again. */
#include "shim.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define PATIENCE 20 /* seconds that a child may take */

/* Not fork(), which waits for the locks of the C library's memory: the call that is forked at may be one that
   malloc makes while it holds them. The child goes on from there and lets them go. */
static pid_t fork_inside(void)
{
    return (pid_t)fault_system(SYS_clone, SIGCHLD, 0, 0, 0, 0, 0);
}

static int memory_file(void)
{
    int file = (int)fault_system(SYS_memfd_create, (long)"out", 0, 0, 0, 0, 0);
    int moved = fcntl(file, F_DUPFD_CLOEXEC, 210);
    (void)fault_system(SYS_close, file, 0, 0, 0, 0, 0);
    return moved;
}

/* What the parent has written already: a regular file, as all sweeps give it. */
static void copy_written(int to)
{
    static char buffer[65536];
    int from = (int)fault_system(SYS_openat, AT_FDCWD, (long)"/proc/self/fd/1", O_RDONLY, 0, 0, 0);
    long size;
    while ((size = fault_system(SYS_read, from, (long)buffer, sizeof buffer, 0, 0, 0)) > 0) {
        (void)fault_system(SYS_write, to, (long)buffer, size, 0, 0, 0);
    }
    (void)fault_system(SYS_close, from, 0, 0, 0, 0, 0);
}

/* FNV-1a of what a file holds, and its size. */
static uint64_t sum(int file, uint64_t *size)
{
    static unsigned char buffer[65536];
    uint64_t sum = UINT64_C(0xcbf29ce484222325);
    long got;
    *size = 0;
    while ((got = fault_system(SYS_pread64, file, (long)buffer, sizeof buffer, (long)*size, 0, 0)) >
           0) {
        for (long i = 0; i < got; i++) {
            sum = (sum ^ buffer[i]) * UINT64_C(0x100000001b3);
        }
        *size += (uint64_t)got;
    }
    return sum;
}

static void note_end(uint64_t number, uint64_t stack, int status, int out, int err)
{
    char words[512];
    uint64_t size;
    uint64_t output = sum(out, &size);
    long got = fault_system(SYS_pread64, err, (long)words, sizeof words - 1, 0, 0, 0);
    got = got < 0 ? 0 : got;
    words[got] = '\0';
    for (long i = 0; i < got; i++) {
        words[i] = words[i] == '\n' ? '|' : words[i];
    }
    fault_note("each %llu %016llx %s %d %016llx %llu %s\n", (unsigned long long)number,
               (unsigned long long)stack, WIFSIGNALED(status) ? "signal" : "exit",
               WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status),
               (unsigned long long)output, (unsigned long long)size, words);
}

bool fault_fork(uint64_t number, uint64_t stack)
{
    int out = memory_file();
    int err = memory_file();
    pid_t child = fork_inside();
    if (child == 0) {
        fault.each = false;
        fault.on = true;
        fault.log = -1;
        copy_written(out);
        (void)fault_system(SYS_dup2, out, STDOUT_FILENO, 0, 0, 0, 0);
        (void)fault_system(SYS_dup2, err, STDERR_FILENO, 0, 0, 0, 0);
        alarm(PATIENCE);
        return true;
    }
    int status = 0;
    while (waitpid(child, &status, 0) < 0) {
    }
    note_end(number, stack, status, out, err);
    (void)fault_system(SYS_close, out, 0, 0, 0, 0, 0);
    (void)fault_system(SYS_close, err, 0, 0, 0, 0, 0);
    return false;
}
