/* SPDX-License-Identifier: MIT */
/* Phrases that are looked for in so many texts that several threads read them: what is found is what one
   thread counts, and damage is told as by one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "stemma/search.h"
#include "stemma/write.h"
#include "support/corpus.h"
#include "support/rebuild.h"

#define DOCUMENTS 2600u /* too few for pairs to have lists */

static char path[64], damaged_path[80];

static int make_file(void **state)
{
    stemma_writer *writer;
    stemma_error error;
    uint32_t number;
    (void)state;
    snprintf(path, sizeof path, "/tmp/stemma-search-threads-%ld.stemma", (long)getpid());
    snprintf(damaged_path, sizeof damaged_path, "%s.damaged", path);
    assert_int_equal(stemma_writer_new(&writer, path, NULL, &error), STEMMA_OK);
    for (uint32_t i = 0; i < DOCUMENTS; i++) {
        char uri[16], text[80];
        snprintf(uri, sizeof uri, "u:%u", i);
        corpus_document *d = corpus_new(uri, i % 2 == 0 ? "2031-05-04" : "");
        d->document.language = stemma_text_of(i % 3 == 0 ? "en" : "");
        snprintf(text, sizeof text, "Copper%s zinc of quay %u%s", i % 97 == 0 ? "" : " and", i % 7,
                 i % 5 == 0 ? ", and zinc, and copper." : ".");
        corpus_say(d, text);
        assert_int_equal(stemma_writer_add_document(writer, &d->document, &number, &error), STEMMA_OK);
        corpus_free(d);
    }
    assert_int_equal(stemma_writer_finish(writer, &error), STEMMA_OK);
    stemma_writer_free(writer);
    return 0;
}

static int remove_files(void **state)
{
    (void)state;
    unlink(path);
    unlink(damaged_path);
    return 0;
}

static void open_one(const char *from, stemma_file **file, stemma_snapshot **snapshot)
{
    assert_int_equal(stemma_open(file, from, NULL, NULL), STEMMA_OK);
    assert_int_equal(stemma_snapshot_begin(snapshot, *file, NULL), STEMMA_OK);
}

static uint32_t found_and_counted(stemma_snapshot *snapshot, const char *query)
{
    stemma_search_options options = STEMMA_SEARCH_OPTIONS_INIT;
    const stemma_hit *hits;
    uint32_t found;
    uint64_t count;
    options.limit = DOCUMENTS;
    options.flags = STEMMA_SEARCH_NO_SNIPPETS;
    assert_int_equal(stemma_search(snapshot, stemma_text_of(query), &options, &hits, &found, NULL), STEMMA_OK);
    for (uint32_t i = 1; i < found; i++) {
        assert_true(hits[i - 1].score > hits[i].score ||
                    (hits[i - 1].score == hits[i].score && hits[i - 1].document < hits[i].document));
    }
    assert_int_equal(stemma_search_count(snapshot, stemma_text_of(query), NULL, &count, NULL), STEMMA_OK);
    assert_int_equal(found, count);
    stemma_snapshot_reset(snapshot);
    return found;
}

static void threads_find_what_one_counts(void **state)
{
    stemma_file *file;
    stemma_snapshot *snapshot;
    (void)state;
    open_one(path, &file, &snapshot);
    for (int again = 0; again < 3; again++) {
        assert_int_equal(found_and_counted(snapshot, "\"copper zinc\""), (DOCUMENTS + 96) / 97);
        assert_int_equal(found_and_counted(snapshot, "\"zinc copper\""), 0);
        assert_int_equal(found_and_counted(snapshot, "\"and zinc\" \"of quay\""),
                         DOCUMENTS - (DOCUMENTS + 96) / 97 + (DOCUMENTS + 484) / 485);
    }
    stemma_snapshot_end(snapshot);
    stemma_close(file);
}

static void spoil(uint8_t *value, size_t *size, size_t capacity)
{
    (void)capacity;
    value[*size / 2] = 0xff; /* no UTF-8, or no frame */
    value[*size / 2 + 1] = 0xff;
}

static void damage_is_told_as_by_one(void **state)
{
    rebuild plan = {STM_TABLE_TEXT, 0, spoil, 0};
    stemma_file *file;
    stemma_snapshot *snapshot;
    const stemma_hit *hits;
    (void)state;
    for (uint32_t record = 1; record < DOCUMENTS; record += 800) {
        stemma_error by_many = {0}, by_one = {0};
        uint32_t found;
        uint64_t count;
        plan.record = record;
        rebuild_file(path, damaged_path, &plan);
        open_one(damaged_path, &file, &snapshot);
        stemma_text query = stemma_text_of("\"zinc copper\"");
        assert_int_equal(stemma_search(snapshot, query, NULL, &hits, &found, &by_many), STEMMA_E_DAMAGED);
        assert_int_equal(stemma_search_count(snapshot, query, NULL, &count, &by_one), STEMMA_E_DAMAGED);
        assert_string_equal(by_many.code, by_one.code);
        assert_string_equal(by_many.where, by_one.where);
        stemma_snapshot_end(snapshot);
        stemma_close(file);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(threads_find_what_one_counts),
        cmocka_unit_test(damage_is_told_as_by_one),
    };
    return cmocka_run_group_tests(tests, make_file, remove_files);
}
