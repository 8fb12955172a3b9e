/* SPDX-License-Identifier: MIT */
/* The writer end to end: what it publishes, and that it does not depend on the order of input. */
#include "stemma/write.h"
#include "support/corpus.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <dirent.h>
#include <errno.h>
#include <lmdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "digest.h"
#include "page_check.h"
#include "page_seal.h"
#include "tables.h"

static char folder[64];

static int make_folder(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/stemma-writer-XXXXXX");
    return mkdtemp(folder) == NULL;
}

static void path_in(char out[128], const char *name)
{
    snprintf(out, 128, "%s/%s", folder, name);
}

static int remove_folder(void **state)
{
    (void)state;
    DIR *dir = opendir(folder);
    struct dirent *entry;
    while (dir != NULL && (entry = readdir(dir)) != NULL) {
        char path[400];
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        unlink(path);
    }
    if (dir != NULL) {
        closedir(dir);
    }
    return rmdir(folder);
}

static uint8_t *read_file(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    fseek(file, 0, SEEK_END);
    *size = (size_t)ftell(file);
    rewind(file);
    uint8_t *bytes = malloc(*size);
    assert_non_null(bytes);
    assert_int_equal(fread(bytes, 1, *size, file), *size);
    fclose(file);
    return bytes;
}

static stemma_writer *begin(const char *path, uint32_t flags)
{
    stemma_writer *writer = NULL;
    stemma_writer_options options = STEMMA_WRITER_OPTIONS_INIT;
    stemma_error error = {0};
    options.flags = flags;
    if (stemma_writer_new(&writer, path, &options, &error) != STEMMA_OK) {
        fail_msg("%s: %s", error.code, error.message);
    }
    return writer;
}

static void add_runs(stemma_writer *writer, int backwards)
{
    const stemma_run runs[] = {
        {stemma_text_of("reader"), stemma_text_of("1"), STEMMA_RUN_RULE, {NULL, 0}},
        {stemma_text_of("judge"), stemma_text_of("1"), STEMMA_RUN_RULE, {NULL, 0}},
        {stemma_text_of("unused"), stemma_text_of("1"), STEMMA_RUN_RULE, {NULL, 0}},
    };
    for (int i = 0; i < 3; i++) {
        uint32_t number = 0;
        stemma_error error = {0};
        assert_int_equal(
            stemma_writer_add_run(writer, &runs[backwards ? 2 - i : i], &number, &error),
            STEMMA_OK);
        assert_int_equal(number, i);
    }
}

static void finish(stemma_writer *writer)
{
    stemma_error error = {0};
    if (stemma_writer_finish(writer, &error) != STEMMA_OK) {
        fail_msg("%s at %s: %s", error.code, error.where, error.message);
    }
    stemma_writer_free(writer);
}

static void add(stemma_writer *writer, corpus_document *d, uint32_t run, uint32_t *number)
{
    stemma_error error = {0};
    for (uint32_t i = 0; i < d->document.assertion_count; i++) {
        d->assertions[i].run = run;
    }
    if (stemma_writer_add_document(writer, &d->document, number, &error) != STEMMA_OK) {
        fail_msg("%s at %s: %s", error.code, error.where, error.message);
    }
    corpus_free(d);
}

/* Writes documents 0 .. count-1 of the made-up corpus in some order, joining equal names. */
static void write_corpus(const char *path, uint32_t count, uint32_t step, int backwards)
{
    static corpus_names names;
    corpus_make_names(&names);
    stemma_writer *writer = begin(path, 0);
    stemma_error error = {0};
    uint32_t *numbers = calloc(count, sizeof *numbers);
    assert_non_null(numbers);
    add_runs(writer, backwards);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t which = (uint32_t)((uint64_t)i * step % count);
        add(writer, corpus_make(&names, which), backwards ? 2 : 0, &numbers[which]);
    }
    for (uint32_t i = 0; i + 1 < count; i++) {
        uint32_t which = (uint32_t)((uint64_t)i * step % (count - 1));
        stemma_judgement judgement = {0};
        judgement.left.document = numbers[which];
        judgement.right.document = numbers[which + 1];
        judgement.verdict = which % 3 == 0 ? STEMMA_VERDICT_NOT_SAME : STEMMA_VERDICT_SAME;
        judgement.score = (uint16_t)(which % 1000);
        judgement.run = 1;
        judgement.left.referent = which % 2;
        judgement.right.referent = which % 2;
        assert_int_equal(stemma_writer_add_judgement(writer, &judgement, &error), STEMMA_OK);
        if (which % 5 == 0) {
            stemma_derivation derivation = {0};
            derivation.from = numbers[which];
            derivation.to = numbers[which + 1];
            derivation.kind = STEMMA_DERIVATION_COPY;
            derivation.score = 900;
            derivation.run = 1;
            assert_int_equal(stemma_writer_add_derivation(writer, &derivation, &error), STEMMA_OK);
        }
    }
    free(numbers);
    finish(writer);
}

static void assert_sound(const char *path)
{
    size_t size = 0;
    uint8_t *bytes = read_file(path, &size);
    stemma_bytes file = {bytes, size};
    stemma_error error = {0};
    size_t bitmap_size = stm_page_bitmap_size(size);
    uint8_t *bitmap = malloc(bitmap_size);
    static stm_page_report report;
    assert_non_null(bitmap);
    if (stm_page_check(file, bitmap, bitmap_size, &report, &error) != STEMMA_OK) {
        fail_msg("%s at %s: %s", error.code, error.where, error.message);
    }
    assert_int_equal(report.table_count, STM_TABLES_ALWAYS);
    assert_int_equal(stm_page_sealed(file, &error), STEMMA_OK);
    free(bitmap);
    free(bytes);
}

/* [W-6] [F-3] */
static void a_file_of_many_documents_is_sound_and_sealed(void **state)
{
    char path[128];
    (void)state;
    path_in(path, "many.stemma");
    write_corpus(path, 150, 1, 0);
    assert_sound(path);
}

static void an_empty_file_is_sound(void **state)
{
    char path[128];
    (void)state;
    path_in(path, "empty.stemma");
    finish(begin(path, 0));
    assert_sound(path);
}

/* [W-1] [F-3] */
static void the_order_of_input_does_not_change_a_byte(void **state)
{
    char first_path[128];
    char second_path[128];
    size_t first_size = 0;
    size_t second_size = 0;
    (void)state;
    path_in(first_path, "first.stemma");
    path_in(second_path, "second.stemma");
    write_corpus(first_path, 120, 1, 0);
    write_corpus(second_path, 120, 73, 1); /* 73 has no factor in common with 120 or 119 */
    uint8_t *first = read_file(first_path, &first_size);
    uint8_t *second = read_file(second_path, &second_size);
    assert_int_equal(first_size, second_size);
    assert_memory_equal(first, second, first_size);
    free(first);
    free(second);
}

/* Mentions are a set: an extractor may give them in any order. */
/* [I-4] */
static void the_order_of_mentions_does_not_change_a_byte(void **state)
{
    static corpus_names names;
    uint8_t *files[2];
    size_t sizes[2] = {0};
    (void)state;
    corpus_make_names(&names);
    for (int backwards = 0; backwards < 2; backwards++) {
        char path[128];
        uint32_t number = 0;
        path_in(path, backwards ? "backwards.stemma" : "forwards.stemma");
        stemma_writer *writer = begin(path, 0);
        corpus_document *d = corpus_make(&names, 1);
        uint32_t count = d->document.mention_count;
        for (uint32_t i = 0; backwards && i < count / 2; i++) {
            stemma_mention swapped = d->mentions[i];
            d->mentions[i] = d->mentions[count - 1 - i];
            d->mentions[count - 1 - i] = swapped;
        }
        add_runs(writer, 0);
        add(writer, d, 0, &number);
        finish(writer);
        files[backwards] = read_file(path, &sizes[backwards]);
    }
    assert_int_equal(sizes[0], sizes[1]);
    assert_memory_equal(files[0], files[1], sizes[0]);
    free(files[0]);
    free(files[1]);
}

/* Every table's digest in `meta` is that of its records: read back through LMDB itself. */
/* [W-5] */
static void lmdb_opens_the_file_and_finds_every_table(void **state)
{
    char path[128];
    MDB_env *env = NULL;
    MDB_txn *txn = NULL;
    (void)state;
    path_in(path, "lmdb.stemma");
    write_corpus(path, 40, 1, 0);
    assert_int_equal(mdb_env_create(&env), 0);
    assert_int_equal(mdb_env_set_maxdbs(env, STM_TABLE_COUNT), 0);
    assert_int_equal(mdb_env_open(env, path, MDB_NOSUBDIR | MDB_RDONLY | MDB_NOLOCK, 0), 0);
    assert_int_equal(mdb_txn_begin(env, NULL, MDB_RDONLY, &txn), 0);
    for (int i = 0; i < STM_TABLE_COUNT; i++) {
        MDB_dbi table;
        MDB_stat stat;
        int code = mdb_dbi_open(txn, stm_tables[i].name, 0, &table);
        if (stm_table_is_optional((stm_table)i)) {
            assert_int_equal(code, MDB_NOTFOUND);
            continue;
        }
        assert_int_equal(code, 0);
        assert_int_equal(mdb_stat(txn, table, &stat), 0);
        if (i == STM_TABLE_DOCUMENT || i == STM_TABLE_IDENTITY || i == STM_TABLE_MEMBER) {
            assert_int_equal(stat.ms_entries, 40);
        }
        if (i == STM_TABLE_RUN) {
            assert_int_equal(stat.ms_entries, 2); /* the unused one is not stored */
        }
        if (i == STM_TABLE_DETAIL || i == STM_TABLE_ROW || i == STM_TABLE_SPEAKER) {
            assert_int_equal(stat.ms_entries, 0); /* there is no data set, nobody is quoted */
        } else if (i != STM_TABLE_META) {
            assert_true(stat.ms_entries > 0);
        }
    }
    mdb_txn_abort(txn);
    mdb_env_close(env);
}

/* [T-15] */
static void equal_documents_are_stored_once(void **state)
{
    char path[128];
    uint32_t numbers[3];
    (void)state;
    path_in(path, "twice.stemma");
    stemma_writer *writer = begin(path, 0);
    add_runs(writer, 0);
    for (int i = 0; i < 3; i++) {
        corpus_document *d = corpus_new(i < 2 ? "urn:one" : "urn:other", "2021-03-04");
        corpus_release(d, "Ada Lorn", "3 March 2021", "2021-03-03", "Velmora");
        add(writer, d, 0, &numbers[i]);
    }
    assert_int_equal(numbers[0], numbers[1]);
    assert_int_not_equal(numbers[0], numbers[2]);
    finish(writer);
}

static void a_refused_document_leaves_the_writer_usable(void **state)
{
    char path[128];
    uint32_t number = 0;
    stemma_error error = {0};
    (void)state;
    path_in(path, "refused.stemma");
    stemma_writer *writer = begin(path, 0);
    add_runs(writer, 0);
    corpus_document *bad = corpus_new("urn:bad", "2021-03-04");
    corpus_release(bad, "Ada Lorn", "3 March 2021", "2021-03-03", "Velmora");
    bad->evidence_spans[0].end = 10000;
    assert_int_equal(stemma_writer_add_document(writer, &bad->document, &number, &error),
                     STEMMA_E_INVALID);
    assert_string_equal(error.code, "SPAN_OUT_OF_RANGE");
    assert_string_equal(error.where, "assertion 0");
    corpus_free(bad);
    corpus_document *good = corpus_new("urn:good", "2021-03-04");
    corpus_release(good, "Ada Lorn", "3 March 2021", "2021-03-03", "Velmora");
    add(writer, good, 0, &number);
    assert_int_equal(number, 0);
    finish(writer);
    assert_sound(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_file_is_sound),
        cmocka_unit_test(a_file_of_many_documents_is_sound_and_sealed),
        cmocka_unit_test(the_order_of_input_does_not_change_a_byte),
        cmocka_unit_test(the_order_of_mentions_does_not_change_a_byte),
        cmocka_unit_test(lmdb_opens_the_file_and_finds_every_table),
        cmocka_unit_test(equal_documents_are_stored_once),
        cmocka_unit_test(a_refused_document_leaves_the_writer_usable),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
