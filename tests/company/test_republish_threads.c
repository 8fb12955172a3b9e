/* SPDX-License-Identifier: MIT */
/* A file that is replaced thousands of times while others read: who has it open keeps what he has,
   and who opens gets one of the files, whole, or is told that it was replaced meanwhile. */
#include "crowd.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "file/publish.h"

#define TURNS      1000u
#define LONG_TURNS 20000u
#define KEEPERS    2u
#define OPENERS    2u

typedef struct content {
    uint8_t *bytes;
    size_t size;
    asked documents; /* what is told of its documents */
} content;

static crowd place;
static content contents[2];
static atomic_bool enough;

typedef struct reader {
    uint32_t flags;
    _Atomic uint32_t opened;
    uint32_t replaced; /* was told so */
    bool good;
} reader;

static uint32_t documents_question(void)
{
    return question_named("documents");
}

static bool is_content(const asked *answer, const content *which)
{
    return answer->wrong + answer->damaged + answer->too_much == 0 &&
           answer->sum == which->documents.sum && answer->answers == which->documents.answers;
}

static bool publish(const content *what)
{
    stm_publication publication;
    stemma_error error = {0};
    stemma_status status = stm_publication_begin(&publication, place.path, 1, &error);
    if (status == STEMMA_OK) {
        status = stm_publication_open(&publication, &error);
    }
    if (status == STEMMA_OK) {
        status = stm_write_all(publication.file, what->bytes, what->size, "", &error);
    }
    if (status == STEMMA_OK) {
        status = stm_publication_commit(&publication, &error);
    }
    stm_publication_end(&publication);
    if (status != STEMMA_OK) {
        fprintf(stderr, "publishing: %s [%s]\n", error.message, error.code);
    }
    return status == STEMMA_OK;
}

static stemma_status open_place(stemma_file **file, uint32_t flags, stemma_error *error)
{
    stemma_open_options options = STEMMA_OPEN_OPTIONS_INIT;
    options.flags = flags;
    return stemma_open(file, place.path, &options, error);
}

/* Opens again and again, each time asks. */
static void *be_opener(void *argument)
{
    reader *self = argument;
    self->good = true;
    while (self->good && !atomic_load(&enough)) {
        stemma_file *file = NULL;
        stemma_error error = {0};
        asked answer = {0};
        stemma_status status = open_place(&file, self->flags, &error);
        if (status == STEMMA_E_SYSTEM && strcmp(error.code, "FILE_REPLACED") == 0) {
            self->replaced++;
            continue;
        }
        self->opened++;
        if (status == STEMMA_OK) {
            ask(file, documents_question(), &answer);
        }
        self->good = status == STEMMA_OK &&
                     (is_content(&answer, &contents[0]) || is_content(&answer, &contents[1]));
        if (!self->good) {
            fprintf(stderr, "opened: %s %s; asked: %u %s\n", error.code, error.message,
                    answer.answers, answer.what);
        }
        stemma_close(file);
    }
    return NULL;
}

/* Opens once; an answer got then, and all that is asked later, is of that file. */
static void *be_keeper(void *argument)
{
    reader *self = argument;
    stemma_file *file = NULL;
    stemma_snapshot *snapshot = NULL;
    stemma_document first = {0};
    asked answer = {0};
    self->good = open_place(&file, self->flags, NULL) == STEMMA_OK &&
                 stemma_snapshot_begin(&snapshot, file, NULL) == STEMMA_OK &&
                 stemma_document_get(snapshot, 0, &first, NULL) == STEMMA_OK;
    if (self->good) {
        char uri[200];
        snprintf(uri, sizeof uri, "%.*s", (int)first.uri.size, first.uri.data);
        while (self->good && !atomic_load(&enough)) {
            memset(&answer, 0, sizeof answer);
            ask(file, documents_question(), &answer);
            self->good = is_content(&answer, &contents[0]) &&
                         stemma_text_equal(first.uri, stemma_text_of(uri));
            self->opened++;
        }
    }
    stemma_snapshot_end(snapshot);
    stemma_close(file);
    return NULL;
}

static int set_up(void **state)
{
    static const shape shapes[2] = {SHAPE_TINY, SHAPE_FULL};
    (void)state;
    crowd_begin(&place);
    for (int i = 1; i >= 0; i--) { /* the first stays */
        stemma_file *file = NULL;
        contents[i].bytes = shape_make(shapes[i], &contents[i].size);
        memset(&contents[i].documents, 0, sizeof contents[i].documents);
        if (!publish(&contents[i]) || open_place(&file, 0, NULL) != STEMMA_OK) {
            return 1;
        }
        ask(file, documents_question(), &contents[i].documents);
        stemma_close(file);
    }
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    free(contents[0].bytes);
    free(contents[1].bytes);
    crowd_end(&place);
    return 0;
}

/* Another process, which publishes once the end of the pipe that is left in `*go` is closed. It is made before there are
   threads: of what they hold right then, locks of the allocator, say, a child never gets rid. */
static pid_t start_writer(uint32_t turns, int *go)
{
    int ends[2];
    char nothing;
    if (pipe2(ends, O_CLOEXEC) != 0) {
        return -1;
    }
    pid_t writer = fork();
    if (writer == 0) {
        close(ends[1]);
        bool good = read(ends[0], &nothing, 1) == 0;
        for (uint32_t turn = 1; turn <= turns && good; turn++) {
            good = publish(&contents[turn % 2]);
        }
        _exit(good ? 0 : 1);
    }
    close(ends[0]);
    *go = ends[1];
    return writer;
}

/* [W-7] [F-6] */
static void readers_keep_what_they_have_and_openers_get_all_of_one(void **state)
{
    static reader readers[KEEPERS + OPENERS];
    pthread_t threads[KEEPERS + OPENERS];
    uint32_t turns = getenv("STEMMA_LONG") != NULL ? LONG_TURNS : TURNS;
    uint32_t opened = 0, replaced = 0;
    int result = 0, go = -1;
    (void)state;
    atomic_store(&enough, false);
    pid_t writer = start_writer(turns, &go);
    assert_true(writer >= 0);
    for (uint32_t i = 0; i < KEEPERS + OPENERS; i++) {
        memset(&readers[i], 0, sizeof readers[i]);
        readers[i].flags = i % 2 != 0 ? STEMMA_OPEN_TRUSTED : 0u;
        assert_int_equal(pthread_create(&threads[i], NULL, i < KEEPERS ? be_keeper : be_opener,
                                        &readers[i]),
                         0);
        while (i < KEEPERS && readers[i].opened == 0) {
            usleep(1000); /* it is to have the first */
        }
    }
    close(go);
    assert_int_equal(waitpid(writer, &result, 0), writer);
    atomic_store(&enough, true);
    assert_true(WIFEXITED(result));
    assert_int_equal(WEXITSTATUS(result), 0);
    for (uint32_t i = 0; i < KEEPERS + OPENERS; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        assert_true(readers[i].good);
        assert_true(readers[i].opened > 0);
        opened += i >= KEEPERS ? readers[i].opened : 0;
        replaced += readers[i].replaced;
    }
    print_message("figure: replaced %u times, opened %u times meanwhile, told %u times that it was "
                  "replaced while opening\n",
                  turns, opened, replaced);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(readers_keep_what_they_have_and_openers_get_all_of_one,
                                        set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
