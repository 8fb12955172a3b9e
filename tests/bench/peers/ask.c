/* SPDX-License-Identifier: MIT */
/* ask SHAPE EVENTS.tsv QUESTIONS REPEAT SIDE=FILE...: asks all sides the same random questions.
   First every answer is compared with the first side's; then, in turns, each side answers all
   questions of a kind, REPEAT times. Writes "KIND TAB SIDE TAB SECONDS" a line: the mean over the
   questions. Of the kinds that are answered at once there are POINTS times as many (not for
   DuckDB), so that they do not all lie in the processor's caches. */
#include "ask_check.h"
#include "questions.h"

#include <fcntl.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define SIDES 4
#define SEED  20180101u

/* Set by $PEERS_CPU, for a machine that has other work. */
static bool processor_time;

static double now(void)
{
    struct timespec time;
    clock_gettime(processor_time ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static const side *side_named(const char *name, size_t size)
{
    static const side *const known[] = {
        &side_stemma,
        &side_checked,
        &side_duckdb,
#ifdef HAVE_SQLITE
        &side_sqlite,
#endif
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (strlen(known[i]->name) == size && memcmp(known[i]->name, name, size) == 0) {
            return known[i];
        }
    }
    return NULL;
}

static void forget(const char *path)
{
    int fd = open(path, O_RDONLY);
    if (fd >= 0) {
        fdatasync(fd);
        posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
        close(fd);
    }
}

/* From nothing to one event in hand; closing is not counted. */
static void time_open(const opened *o, const event_shape *shape, uint32_t event, bool cold,
                      bool print)
{
    question q = {0};
    words answer = {0};
    void *state;
    double start;
    q.event = event;
    if (cold) {
        forget(o->path);
    }
    start = now();
    state = o->side->open(o->path, shape);
    o->side->ask[KIND_EVENT](state, &q, &answer);
    start = now() - start;
    o->side->close(state);
    free(answer.at);
    if (print) {
        bool checked = o->side == &side_checked; /* a row of the table of its own */
        printf("open, %sfirst event%s\t%s\t%.9f\n", checked ? "page check, " : "",
               cold ? ", cold" : "", checked ? side_stemma.name : o->side->name, start);
    }
}

static void time_opens(const opened *all, uint32_t count, const event_shape *shape,
                       const questions *asked, uint32_t repeat)
{
    for (uint32_t r = 0; r < repeat * 3u; r++) {
        uint32_t event = asked->all[r % asked->count].event;
        for (uint32_t s = 0; s < count; s++) {
            time_open(&all[s], shape, event, false, false);
            time_open(&all[s], shape, event, false, true);
        }
    }
    for (uint32_t r = 0; r < repeat; r++) {
        for (uint32_t s = 0; s < count; s++) {
            time_open(&all[s], shape, asked->all[r % asked->count].event, true, true);
        }
    }
}

/* The questions in a side's own numbers. */
static void translate(opened *o, const questions *asked)
{
    o->questions = must_grow(NULL, asked->count * sizeof *o->questions);
    for (uint32_t i = 0; i < asked->count; i++) {
        const drawn *d = &asked->all[i];
        question *q = &o->questions[i];
        q->event = d->event;
        q->name = d->a;
        q->a = o->side->entity(o->state, d->a);
        q->b = o->side->entity(o->state, d->b);
        q->type = o->side->type(o->state, d->type);
        q->month_from = d->month;
        q->month_to = d->month + 29;
        q->week_from = d->week;
        q->week_to = d->week + 6;
        if (q->a == NO_ENTITY || q->b == NO_ENTITY || q->type == UINT32_MAX) {
            fprintf(stderr, "%s does not know a name or type of question %u\n", o->side->name, i);
            exit(1);
        }
    }
}

/* The untimed questions before, which bring what a side keeps back into the processor's caches,
   take no longer than this. */
#define WARMING 0.05

static void time_kind(const opened *o, kind k, uint32_t asked, words *answer)
{
    uint32_t count = check_count(o, k, asked);
    double start = now();
    if (o->side->before != NULL) {
        o->side->before(o->state, k);
    }
    for (uint32_t i = 0; i < count && now() - start < WARMING; i++) {
        answer->count = 0;
        o->side->ask[k](o->state, &o->questions[i], answer);
    }
    start = now();
    for (uint32_t i = 0; i < count; i++) {
        answer->count = 0;
        o->side->ask[k](o->state, &o->questions[i], answer);
    }
    printf("%s\t%s\t%.9f\n", kind_names[k], o->side->name, (now() - start) / count);
}

/* Private memory of this process in KiB: not the file, which the system may drop. */
static long private_memory(void)
{
    FILE *in = fopen("/proc/self/status", "r");
    char line[256];
    long kib = 0;
    while (in != NULL && fgets(line, sizeof line, in) != NULL) {
        if (sscanf(line, "RssAnon: %ld", &kib) == 1) {
            break;
        }
    }
    if (in != NULL) {
        fclose(in);
    }
    return kib;
}

/* What a side needs to answer every kind of question; REPEAT 0 with one side asks for it. */
static void tell_memory(opened *o, const event_shape *shape, const questions *asked)
{
    words answer = {0};
    long before;
    malloc_trim(0);
    before = private_memory();
    o->state = o->side->open(o->path, shape);
    translate(o, asked);
    for (kind k = 0; k < KIND_COUNT; k++) {
        for (uint32_t i = 0; i < check_count(o, k, asked->count); i++) {
            answer.count = 0;
            o->side->ask[k](o->state, &o->questions[i], &answer);
        }
    }
    printf("memory of asking, private\t%s\t%ld\tKiB\n", o->side->name, private_memory() - before);
    o->side->close(o->state);
    free(answer.at);
    free(o->questions);
}

int main(int argc, char **argv)
{
    static opened all[SIDES];
    const event_shape *shape;
    questions asked;
    words answer = {0};
    uint32_t count = 0, repeat, wrong, answering;
    if (argc < 6 || argc - 5 > SIDES || (shape = event_shape_named(argv[1])) == NULL) {
        fprintf(stderr, "usage: ask pairs|matches EVENTS.tsv QUESTIONS REPEAT SIDE=FILE...\n");
        return 2;
    }
    repeat = (uint32_t)strtoul(argv[4], NULL, 10);
    processor_time = getenv("PEERS_CPU") != NULL;
    for (int i = 5; i < argc; i++) {
        const char *path = strchr(argv[i], '=');
        all[count].side = path == NULL ? NULL : side_named(argv[i], (size_t)(path - argv[i]));
        if (all[count].side == NULL) {
            fprintf(stderr, "ask: %s: not a side\n", argv[i]);
            return 2;
        }
        all[count++].path = path + 1;
    }
    questions_draw(&asked, argv[2], shape, (uint32_t)strtoul(argv[3], NULL, 10) * POINTS, SEED);
    if (repeat == 0) {
        tell_memory(&all[0], shape, &asked);
        free(asked.all);
        text_table_free(&asked.texts);
        return 0;
    }
    time_opens(all, count, shape, &asked, repeat);
    answering = 0;
    for (uint32_t s = 0; s < count; s++) {
        if (all[s].side == &side_checked) { /* is there for opening only */
            continue;
        }
        all[answering] = all[s];
        all[answering].state = all[s].side->open(all[s].path, shape);
        check_read_names(&all[answering]);
        translate(&all[answering++], &asked);
    }
    wrong = check_answers(all, answering, asked.count);
    if (wrong > 0) {
        fprintf(stderr, "ask: %u answers differ; nothing was timed\n", wrong);
        return 1;
    }
    for (uint32_t r = 0; r < repeat; r++) {
        for (kind k = 0; k < KIND_COUNT; k++) {
            for (uint32_t s = 0; s < answering; s++) {
                time_kind(&all[s], k, asked.count, &answer);
            }
        }
    }
    for (uint32_t s = 0; s < answering; s++) {
        all[s].side->close(all[s].state);
        free(all[s].questions);
        free(all[s].entity_hash.at);
        free(all[s].type_hash.at);
    }
    free(answer.at);
    free(asked.all);
    text_table_free(&asked.texts);
    return 0;
}
