/* SPDX-License-Identifier: MIT */
#include "common/mapping_guard.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "common/exit_codes.h"

/* A handler is given nothing else; set once. */
static const char *guarded;

static void say(const char *words)
{
    if (write(STDERR_FILENO, words, strlen(words)) < 0) {
        /* There is nobody left to tell. */
        _exit(STM_EXIT_SYSTEM);
    }
}

static void page_is_gone(int number)
{
    (void)number;
    say(guarded);
    say(": a file was cut short while it was read, or its medium failed [FILE_CHANGED]\n");
    _exit(STM_EXIT_SYSTEM);
}

void stm_guard_mapping(const char *program)
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = page_is_gone;
    sigemptyset(&action.sa_mask);
    guarded = program;
    sigaction(SIGBUS, &action, NULL);
}
