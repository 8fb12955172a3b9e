/* SPDX-License-Identifier: MIT */
#include "fuzz_ask.h"

#include <fcntl.h>
#include <unistd.h>

#include "fuzz.h"
#include "query/query.h"

#define ARGUMENTS 64

/* What is answered is not wanted. Complaints go to standard error, which a fuzzer's user may close. */
static void be_quiet(void)
{
    static bool quiet;
    if (!quiet) {
        fuzz_must(freopen("/dev/null", "w", stdout) != NULL);
        quiet = true;
    }
}

int fuzz_run_query(const char *path, const char *const *arguments, int count)
{
    char *copies[ARGUMENTS + 1];
    be_quiet();
    fuzz_must(count < ARGUMENTS);
    for (int i = 0; i < count; i++) {
        copies[i] = strdup(strcmp(arguments[i], "KB") == 0 ? path : arguments[i]);
        fuzz_must(copies[i] != NULL);
    }
    copies[count] = NULL;
    int status = stm_query_main(count, copies);
    fflush(stdout);
    for (int i = 0; i < count; i++) {
        free(copies[i]);
    }
    return status;
}

int fuzz_ask(const char *path, unsigned question)
{
    static const char *const questions[][8] = {
        {"find", "Ada Veks"},
        {"show", "Ada Vex", "--format", "json"},
        {"events", "--format", "jsonl"},
        {"events", "--who", "Ruk", "--from", "2031"},
        {"timeline", "Bo Ruk", "--by", "month"},
        {"conflicts", "--sentences"},
        {"agree", "--format", "json"},
        {"between", "Ada Vex", "Bo Ruk"},
        {"sources", "--passages", "--format", "json"},
        {"sources", "--format", "dot"},
        {"doubtful", "--format", "json"},
        {"search", "prisoners -rain"},
        {"search", "pris* publisher:island"},
        {"diff", "2031-05-02"},
        {"stats"},
        {"show", "Bo Ruk", "--as-of", "2031-05-02"},
        {"events", "--as-of", "2031-05-03"},
        {"sql", "SELECT label, time, id FROM event ORDER BY earliest DESC"},
        {"sql", "SELECT name, c.object FROM entity e JOIN claim c ON c.entity = e.number"},
    };
    const char *const *chosen = questions[question % (sizeof questions / sizeof questions[0])];
    const char *arguments[10] = {"stemma-query", "KB"};
    int count = 2;
    for (int i = 0; i < 8 && chosen[i] != NULL; i++) {
        arguments[count++] = chosen[i];
    }
    return fuzz_run_query(path, arguments, count);
}
