/* SPDX-License-Identifier: MIT */
/* Salvage: a sound file gives exactly its dump; a damaged one gives all that is left, and nothing
   that it did not say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "salvage_support.h"
#include "page_remains.h"
#include "support/built_file.h"
#include "support/mutate.h"
#include "tables.h"

#define PAGE 4096u

#ifdef __SANITIZE_ADDRESS__
#define EVERY  7u /* page, or length, is tried */
#define ROUNDS 80u
#else
#define EVERY  1u
#define ROUNDS 400u
#endif

/* A sound file and its bytes. */
typedef struct sample {
    char path[112];
    char damaged[128];
    uint8_t *bytes;
    size_t size;
    salvage_truth truth;
    salvage_outcome whole;
    uint8_t owners[4096]; /* table of each page, STM_TABLE_COUNT: none or an overflow run */
} sample;

static built_file built;
static row_file rows;
static sample articles;
static sample tables;

static void write_bytes(const char *path, const uint8_t *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

static void read_bytes(sample *s)
{
    FILE *file = fopen(s->path, "rb");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    s->size = (size_t)ftell(file);
    rewind(file);
    s->bytes = malloc(s->size);
    assert_non_null(s->bytes);
    assert_int_equal(fread(s->bytes, 1, s->size, file), s->size);
    fclose(file);
}

static bool note_owner(void *context, const char *table, uint64_t page)
{
    sample *s = context;
    for (unsigned i = 0; i < STM_TABLE_COUNT; i++) {
        if (strcmp(stm_tables[i].name, table) == 0) {
            s->owners[page] = (uint8_t)i;
        }
    }
    return true;
}

static void take_sample(sample *s, const char *path)
{
    stm_page_remnant remnants[STM_PAGE_TABLES + 1];
    uint8_t claimed[512];
    uint32_t count;
    const stm_page_listener listener = {.context = s, .leaf = note_owner};
    snprintf(s->path, sizeof s->path, "%s", path);
    snprintf(s->damaged, sizeof s->damaged, "%s.damaged", path);
    read_bytes(s);
    assert_true(s->size / PAGE <= sizeof s->owners);
    memset(s->owners, STM_TABLE_COUNT, sizeof s->owners);
    assert_true(
        stm_page_remains((stemma_bytes){s->bytes, s->size}, claimed, &listener, remnants, &count));
    assert_int_equal(count, STM_TABLES_ALWAYS + 1);
    salvage_learn_file(&s->truth, path);
    salvage_run(path, &s->truth, &s->whole, 0, NULL);
}

static int begin(void **state)
{
    (void)state;
    built_file_make(&built, 40);
    row_file_make(&rows, 300, 5);
    take_sample(&articles, built.path);
    take_sample(&tables, rows.path);
    return 0;
}

static int end(void **state)
{
    (void)state;
    unlink(articles.damaged);
    unlink(tables.damaged);
    free(articles.bytes);
    free(tables.bytes);
    free(articles.truth.lines);
    free(tables.truth.lines);
    built_file_remove(&built);
    row_file_remove(&rows);
    return 0;
}

static void salvage_bytes(const sample *s, const uint8_t *bytes, size_t size, salvage_outcome *o)
{
    write_bytes(s->damaged, bytes, size);
    salvage_run(s->damaged, &s->truth, o, 0, NULL);
}

/* The sample with `count` pages from `first` on overwritten. */
static void salvage_without(const sample *s, size_t first, size_t count, uint8_t with,
                            salvage_outcome *o)
{
    uint8_t *bytes = malloc(s->size);
    assert_non_null(bytes);
    memcpy(bytes, s->bytes, s->size);
    memset(bytes + first * PAGE, with, count * PAGE);
    salvage_bytes(s, bytes, s->size, o);
    free(bytes);
}

static void assert_all_there(const sample *s, const salvage_outcome *o)
{
    assert_int_equal(o->status, STEMMA_OK);
    assert_int_equal(o->lines, s->whole.lines);
    assert_true(o->sum == s->whole.sum);
    assert_int_equal(o->lost_documents, 0);
}

/* ---- Tests --------------------------------------------------------------------------------- */

static void a_sound_file_gives_its_dump(void **state)
{
    const sample *samples[] = {&articles, &tables};
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        const sample *s = samples[i];
        struct stm_interchange_options options = STM_INTERCHANGE_OPTIONS_INIT;
        stemma_file *file = NULL;
        stemma_snapshot *snapshot = NULL;
        stemma_error error = {0};
        salvage_outcome o;
        stm_json dump, saved;
        salvage_run(s->path, &s->truth, &o, 0, &saved);
        assert_int_equal(o.losses, 0);
        assert_int_equal(o.same, o.lines);
        assert_int_equal(stemma_open(&file, s->path, NULL, &error), STEMMA_OK);
        assert_int_equal(stemma_snapshot_begin(&snapshot, file, &error), STEMMA_OK);
        stm_json_to_buffer(&dump, 0);
        assert_int_equal(stm_interchange_write(file, snapshot, &options, &dump, &error), STEMMA_OK);
        assert_int_equal(dump.size, saved.size);
        assert_memory_equal(dump.data, saved.data, dump.size);
        stm_json_free(&dump);
        stm_json_free(&saved);
        stemma_snapshot_end(snapshot);
        stemma_close(file);
    }
}

/* Nothing leads to any table any more. */
static void all_is_found_without_meta_pages_and_roots(void **state)
{
    const sample *samples[] = {&articles, &tables};
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        const sample *s = samples[i];
        salvage_outcome o;
        salvage_without(s, 0, 2, 0, &o);
        assert_all_there(s, &o);
        salvage_without(s, 1, 1, 0xff, &o);
        assert_all_there(s, &o);
        salvage_without(s, 2, 1, 0, &o); /* the main table */
        assert_all_there(s, &o);
    }
}

/* Of articles, the index is nothing that cannot be made again. */
static void the_index_costs_nothing(void **state)
{
    salvage_outcome o;
    uint8_t *bytes = malloc(articles.size);
    (void)state;
    assert_non_null(bytes);
    memcpy(bytes, articles.bytes, articles.size);
    for (size_t page = 2; page < articles.size / PAGE; page++) {
        unsigned owner = articles.owners[page];
        if (owner != STM_TABLE_COUNT && stm_tables[owner].layer == STM_LAYER_INDEX) {
            memset(bytes + page * PAGE, 0xa5, PAGE);
        }
    }
    salvage_bytes(&articles, bytes, articles.size, &o);
    free(bytes);
    assert_all_there(&articles, &o);
    assert_int_equal(o.losses, 0);
}

/* One page after the other is overwritten: what is lost is what lay in it. */
static void a_page_costs_what_lay_in_it(void **state)
{
    const sample *samples[] = {&articles, &tables};
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        const sample *s = samples[i];
        uint64_t same = 0, all = 0;
        for (size_t page = 0; page < s->size / PAGE; page += EVERY) {
            salvage_outcome o;
            unsigned owner = s->owners[page];
            salvage_without(s, page, 1, page % 2 != 0 ? 0x33 : 0, &o);
            if (o.altered != 0) {
                fail_msg("page %zu of %s: %llu lines that the file never held", page, s->path,
                         (unsigned long long)o.altered);
            }
            assert_true(o.status == STEMMA_OK);
            same += o.same;
            all += s->whole.lines;
            /* Whatever is not there is told. */
            assert_true(o.same == s->whole.lines || o.losses != 0);
            assert_int_equal(o.documents + o.lost_documents - 0, s->whole.documents);
            if (owner == STM_TABLE_TEXT) {
                assert_int_equal(o.documents, s->whole.documents);
                assert_true(o.withheld > s->whole.withheld);
                assert_int_equal(o.untold, 0);
            } else if (owner == STM_TABLE_TESTIMONY) {
                assert_true(o.untold + o.lost_documents != 0);
            } else if (owner == STM_TABLE_JUDGEMENT || owner == STM_TABLE_DERIVATION) {
                assert_int_equal(o.documents, s->whole.documents);
                assert_true(o.same < s->whole.lines);
                assert_int_equal(o.same, o.lines);
            } else if (owner == STM_TABLE_DOCUMENT) {
                assert_true(o.lost_documents != 0);
            } else if (owner == STM_TABLE_VOCABULARY || owner == STM_TABLE_IDENTITY) {
                assert_all_there(s, &o); /* terms are built-in ones */
            }
        }
        printf("figure: %s without one page: %.1f %% of lines saved\n",
               i == 0 ? "articles" : "tables", 100.0 * (double)same / (double)all);
        assert_true(same * 10 > all * (i == 0 ? 8 : 4));
    }
}

static void a_part_of_a_file_gives_what_is_in_it(void **state)
{
    const sample *samples[] = {&articles, &tables};
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        const sample *s = samples[i];
        for (size_t pages = 2; pages < s->size / PAGE; pages += 2 + EVERY) {
            salvage_outcome o;
            salvage_bytes(s, s->bytes, pages * PAGE + (pages % 2 != 0 ? 1234 : 0), &o);
            assert_int_equal(o.altered, 0);
            assert_true(o.status == STEMMA_OK || o.status == STEMMA_E_NOT_STEMMA);
        }
    }
}

static void what_is_no_knowledge_base_is_refused(void **state)
{
    salvage_outcome o;
    uint8_t *bytes = calloc(1, 64 * PAGE);
    (void)state;
    assert_non_null(bytes);
    salvage_bytes(&articles, bytes, 64 * PAGE, &o);
    assert_int_equal(o.status, STEMMA_E_NOT_STEMMA);
    salvage_bytes(&articles, bytes, 10, &o);
    assert_int_equal(o.status, STEMMA_E_NOT_STEMMA);
    free(bytes);
    unlink(articles.damaged);
    salvage_run(articles.damaged, &articles.truth, &o, 0, NULL);
    assert_int_equal(o.status, STEMMA_E_SYSTEM);
}

static int stop(void *context, const stemma_loss *loss)
{
    (void)loss;
    return ++*(int *)context == 1;
}

static void a_caller_can_have_enough(void **state)
{
    stemma_salvage *salvage = NULL;
    stemma_error error = {0};
    int calls = 0;
    (void)state;
    write_bytes(articles.damaged, articles.bytes, articles.size / 2);
    assert_int_equal(stemma_salvage_begin(&salvage, articles.damaged, stop, &calls, 0, 0, &error),
                     STEMMA_END);
    assert_int_equal(calls, 1);
}

/* Damage of every kind that the tests of pages know: never a crash, never a word that the file did
   not hold, but for bytes inside of values, which nothing but whole digests cover. */
static void random_damage_invents_nothing(void **state)
{
    const sample *samples[] = {&articles, &tables};
    mutate_random random = {4711};
    uint8_t *bytes = malloc(articles.size + tables.size);
    (void)state;
    assert_non_null(bytes);
    for (unsigned round = 0; round < ROUNDS; round++) {
        const sample *s = samples[round % 2];
        mutation kind = (mutation)(round / 2 % MUTATE_KIND_COUNT);
        size_t size = s->size;
        salvage_outcome o;
        memcpy(bytes, s->bytes, s->size);
        mutate_apply(&random, kind, bytes, &size);
        salvage_bytes(s, bytes, size, &o);
        if (o.altered != 0 && o.unverified == 0) {
            fail_msg("round %u, %s: %llu lines that the file never held", round,
                     mutation_name(kind), (unsigned long long)o.altered);
        }
    }
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sound_file_gives_its_dump),
        cmocka_unit_test(all_is_found_without_meta_pages_and_roots),
        cmocka_unit_test(the_index_costs_nothing),
        cmocka_unit_test(a_page_costs_what_lay_in_it),
        cmocka_unit_test(a_part_of_a_file_gives_what_is_in_it),
        cmocka_unit_test(what_is_no_knowledge_base_is_refused),
        cmocka_unit_test(a_caller_can_have_enough),
        cmocka_unit_test(random_damage_invents_nothing),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
