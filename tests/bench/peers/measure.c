/* SPDX-License-Identifier: MIT */
/* measure COMMAND...: runs a command and writes "SECONDS PEAK_KIB CPU_SECONDS" to the file that
   $MEASURE names. A program of its own because a child starts with its parent's peak of memory. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static double seconds(struct timeval t)
{
    return (double)t.tv_sec + (double)t.tv_usec * 1e-6;
}

int main(int argc, char **argv)
{
    const char *to = getenv("MEASURE");
    double start = now();
    struct rusage used;
    int status;
    FILE *out;
    pid_t child;
    if (argc < 2 || to == NULL) {
        fprintf(stderr, "usage: MEASURE=FILE measure COMMAND...\n");
        return 2;
    }
    child = fork();
    if (child == 0) {
        execvp(argv[1], argv + 1);
        perror(argv[1]);
        _exit(127);
    }
    if (child < 0 || wait4(child, &status, 0, &used) != child) {
        perror("measure");
        return 1;
    }
    start = now() - start;
    out = fopen(to, "w");
    if (out == NULL ||
        fprintf(out, "%.6f %ld %.6f\n", start, used.ru_maxrss,
                seconds(used.ru_utime) + seconds(used.ru_stime)) < 0 ||
        fclose(out) != 0) {
        perror(to);
        return 1;
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
