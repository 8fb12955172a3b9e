/* SPDX-License-Identifier: MIT */
/* Gives files to a fuzz target, one after the other: what is in the corpus then is an ordinary test, with
   any compiler. Arguments are files, and folders of files. An input that takes longer than the limit ends
   the process, and so does whatever the target does: the last name that was printed is the one.

   -m COUNT -o FILE: then also COUNT inputs that come of each by small changes, from the seed in STEMMA_SEED
   (1); the one at hand always lies in FILE, which is removed at the end.
   STEMMA_FUZZ_SECONDS: the limit; 0: none. */
#include <dirent.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fuzz.h"
#include "support/prng.h"

#define SECONDS 60 /* of one input: plenty, as machines are busy and sanitizers slow */

static unsigned limit = SECONDS;
static unsigned inputs;
static char current[4096];
static unsigned changed_each; /* -m */
static const char *at_hand;   /* -o */

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

static void give(const uint8_t *bytes, size_t size)
{
    alarm(limit);
    fuzz_must(LLVMFuzzerTestOneInput(bytes, size) == 0);
    alarm(0);
    inputs++;
}

/* One small change: a bit, a byte, some bytes left out, twice, or over others. */
static void change(prng *random, uint8_t *bytes, size_t *size, size_t capacity)
{
    static const uint8_t edges[] = {0, 1, 0x7f, 0x80, 0x90, 0xc0, 0xff, '"', '\n', ',', '{', '%'};
    size_t at = *size != 0 ? prng_below(random, (uint32_t)*size) : 0, left = *size - at;
    size_t length = left != 0 ? 1 + prng_below(random, (uint32_t)(left < 32 ? left : 32)) : 0;
    switch (left != 0 ? prng_below(random, 6) : 6) {
    case 0:
        bytes[at] ^= (uint8_t)(1u << prng_below(random, 8));
        break;
    case 1:
        bytes[at] = (uint8_t)prng_below(random, 256);
        break;
    case 2:
        bytes[at] = edges[prng_below(random, sizeof edges)];
        break;
    case 3:
        memmove(bytes + at, bytes + at + length, left - length);
        *size -= length;
        break;
    case 4:
        if (capacity - *size >= length) {
            memmove(bytes + at + length, bytes + at, left);
            *size += length;
        }
        break;
    default:
        if (left != 0) {
            memmove(bytes + at, bytes + prng_below(random, (uint32_t)(*size - length + 1)), length);
        }
        break;
    }
}

/* The input at hand is written down before it is given: no sanitizer asks us before it ends the process. */
static void give_changed(const uint8_t *bytes, size_t size)
{
    const char *seed = getenv("STEMMA_SEED");
    prng random = {seed != NULL ? strtoull(seed, NULL, 10) : 1};
    for (unsigned i = 0; i < changed_each; i++) {
        size_t capacity = size + 256, length = size;
        uint8_t *copy = fuzz_zeroed(capacity, 1);
        memcpy(copy, bytes, size);
        for (uint32_t changes = 1 + prng_below(&random, 4); changes > 0; changes--) {
            change(&random, copy, &length, capacity);
        }
        fuzz_input all = fuzz_input_of(copy, length);
        stemma_bytes exact = fuzz_rest(&all);
        FILE *file = at_hand != NULL ? fopen(at_hand, "wb") : NULL;
        if (file != NULL) {
            fwrite(exact.data, 1, exact.size, file);
            fclose(file);
        }
        give(exact.data, exact.size);
        fuzz_free(exact);
        free(copy);
    }
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
    give(bytes, (size_t)size);
    give_changed(bytes, (size_t)size);
    free(bytes);
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
    for (int option; (option = getopt(argc, argv, "m:o:")) != -1;) {
        if (option == 'm') {
            changed_each = (unsigned)atoi(optarg);
        } else if (option == 'o') {
            at_hand = optarg;
        } else {
            return 2;
        }
    }
    for (int i = optind; i < argc; i++) {
        replay(argv[i]);
    }
    if (at_hand != NULL) {
        unlink(at_hand);
    }
    fprintf(stderr, "%u inputs\n", inputs);
    return inputs != 0 ? 0 : 1;
}
