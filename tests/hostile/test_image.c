/* SPDX-License-Identifier: MIT */
/* Files of every shape are sound, answer every question, and come out of being taken apart as they went in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "hostile/ask.h"
#include "hostile/image.h"
#include "hostile/shapes.h"
#include "stemma/check.h"

static int complain(void *context, const stemma_problem *problem)
{
    print_error("%s: %s %s at %s: %s\n", (const char *)context, problem->check, problem->code,
                problem->where, problem->message);
    return 0;
}

static void ask_all(const char *path, const char *name)
{
    stemma_file *file;
    stemma_error error;
    asked all = {0};
    assert_int_equal(stemma_open(&file, path, NULL, &error), STEMMA_OK);
    for (uint32_t i = 0; i < question_count(); i++) {
        asked one = {0};
        ask(file, i, &one);
        all.answers += one.answers;
        if (one.damaged + one.too_much + one.differs + one.wrong != 0) {
            fail_msg("%s: %s: %s %s %s", name, question_name(i), one.first.code, one.first.where,
                     one.what);
        }
    }
    assert_true(all.answers > 100);
    stemma_close(file);
}

/* What a snapshot was asked before changes no answer. */
static void ask_all_again(const char *path, const char *name)
{
    stemma_file *file;
    stemma_snapshot *snapshot;
    stemma_error error;
    assert_int_equal(stemma_open(&file, path, NULL, &error), STEMMA_OK);
    for (uint32_t i = 0; i < question_count(); i++) {
        asked first = {0};
        assert_int_equal(stemma_snapshot_begin(&snapshot, file, &error), STEMMA_OK);
        ask_of(snapshot, file, i, &first);
        for (int turn = 0; turn < 3; turn++) {
            asked again = {0};
            ask_of(snapshot, file, i, &again);
            if (again.sum != first.sum || again.answers != first.answers) {
                fail_msg("%s: %s: %u answers of sum %llu, then %u of %llu", name, question_name(i),
                         first.answers, (unsigned long long)first.sum, again.answers,
                         (unsigned long long)again.sum);
            }
        }
        stemma_snapshot_end(snapshot);
    }
    stemma_close(file);
}

static void every_shape_is_sound(void **state)
{
    (void)state;
    char path[] = "/tmp/stemma-image-XXXXXX";
    assert_true(mkstemp(path) >= 0);
    for (int i = 0; i < SHAPE_COUNT; i++) {
        image records;
        image_file again = {NULL, 0, 0};
        stemma_check_summary summary;
        size_t size;
        uint8_t *data = shape_make((shape)i, &size);
        image_read(&records, data, size);
        records.fanout = i == SHAPE_DEEP ? 3 : 0;
        image_write(&records, &again);
        print_message("%-10s %6zu bytes\n", shape_name((shape)i), size);
        assert_int_equal(again.size, size);
        assert_memory_equal(again.data, data, size);
        image_save(path, again.data, again.size);
        ask_all(path, shape_name((shape)i));
        ask_all_again(path, shape_name((shape)i));
        assert_int_equal(stemma_check(path, complain, (void *)(uintptr_t)shape_name((shape)i),
                                      &summary, NULL),
                         STEMMA_OK);
        assert_int_equal(summary.problems, 0);
        image_free(&records);
        free(again.data);
        free(data);
    }
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_shape_is_sound)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
