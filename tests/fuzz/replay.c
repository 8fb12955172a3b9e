/* SPDX-License-Identifier: MIT */
/* Gives files to a fuzz target, one after the other: what is in the corpus then is an ordinary test, with
   any compiler. Arguments are files, and folders of files. An input that takes longer than the limit ends
   the process, and so does whatever the target does: the last name that was printed is the one.

   STEMMA_FUZZ_SECONDS: the limit; 0: none. */
#include <dirent.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fuzz.h"

#define SECONDS 60 /* of one input: plenty, as machines are busy and sanitizers slow */

static unsigned limit = SECONDS;
static unsigned inputs;
static char current[4096];

static void say(const char *text)
{
    ssize_t wrote = write(STDERR_FILENO, text, strlen(text));
    (void)wrote;
}

static void too_long(int number)
{
    (void)number;
    say("too long: ");
    say(current);
    say("\n");
    _exit(1);
}

/* The input that ended us is told by whoever sees the end. */
static void ended(int number)
{
    say("ended: ");
    say(current);
    say("\n");
    signal(number, SIG_DFL);
    raise(number);
}

static void replay_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    uint8_t *bytes;
    long size;
    if (file == NULL || fseek(file, 0, SEEK_END) != 0 || (size = ftell(file)) < 0) {
        fprintf(stderr, "%s cannot be read\n", path);
        exit(1);
    }
    rewind(file);
    /* Exactly its size: a sanitizer then sees a read behind it. */
    bytes = malloc(size != 0 ? (size_t)size : 1);
    fuzz_must(bytes != NULL);
    fuzz_must(fread(bytes, 1, (size_t)size, file) == (size_t)size);
    fclose(file);
    snprintf(current, sizeof current, "%s", path);
    alarm(limit);
    fuzz_must(LLVMFuzzerTestOneInput(bytes, (size_t)size) == 0);
    alarm(0);
    free(bytes);
    inputs++;
}

static int is_shown(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static void replay(const char *path)
{
    struct stat status;
    struct dirent **names;
    if (stat(path, &status) != 0) {
        fprintf(stderr, "%s is not there\n", path);
        exit(1);
    }
    if (!S_ISDIR(status.st_mode)) {
        replay_file(path);
        return;
    }
    int count = scandir(path, &names, is_shown, alphasort);
    fuzz_must(count >= 0);
    for (int i = 0; i < count; i++) {
        char inside[4096];
        snprintf(inside, sizeof inside, "%s/%s", path, names[i]->d_name);
        replay(inside);
        free(names[i]);
    }
    free(names);
}

int main(int argc, char **argv)
{
    const char *seconds = getenv("STEMMA_FUZZ_SECONDS");
    limit = seconds != NULL ? (unsigned)atoi(seconds) : SECONDS;
    signal(SIGALRM, too_long);
    signal(SIGABRT, ended);
    fuzz_must(LLVMFuzzerTestOneInput((const uint8_t *)"", 0) == 0);
    for (int i = 1; i < argc; i++) {
        replay(argv[i]);
    }
    printf("%u inputs\n", inputs);
    return inputs != 0 ? 0 : 1;
}
