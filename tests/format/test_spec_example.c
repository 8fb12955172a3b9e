/* SPDX-License-Identifier: MIT */
/* Appendix A of SPEC.md shows the smallest file that passes every check. It is made here anew and
   compared with the page, byte for byte. */
#include "digest.h"
#include "meta_record.h"
#include "page_check.h"
#include "stemma/check.h"
#include "stemma/read.h"
#include "file/store_write.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

#define MOST_BYTES (64u * 4096u)

static stemma_bytes name_bytes(const char *name)
{
    stemma_bytes bytes = {(const uint8_t *)name, strlen(name)};
    return bytes;
}

static void put_zeros(stm_store_writer *store, const char *name, size_t size)
{
    uint8_t zeros[32] = {0};
    stemma_bytes value = {zeros, size};
    assert_int_equal(stm_store_writer_put(store, name_bytes(name), value, NULL), STEMMA_OK);
}

static void put_labels(stm_store_writer *store)
{
    assert_int_equal(stm_store_writer_table(store, STM_TABLE_LABEL, NULL), STEMMA_OK);
    put_zeros(store, "arena", 32); /* no texts: zeros for head and one base, and the slack */
    put_zeros(store, "exact", 16); /* no pairs: head and slack */
}

static void put_tokens(stm_store_writer *store)
{
    assert_int_equal(stm_store_writer_table(store, STM_TABLE_TOKEN, NULL), STEMMA_OK);
    put_zeros(store, "sound", 16);
    put_zeros(store, "text", 4); /* a count of 0 */
}

static void put_meta(stm_store_writer *store, const stm_feature *feature)
{
    stm_table_digest digests[STM_TABLES_MAX];
    stm_meta meta = {.major = STEMMA_FORMAT_MAJOR, .minor = 0};
    uint8_t meta_room[256];
    uint8_t digest_room[2048];
    stm_buffer meta_out = stm_buffer_over(meta_room, sizeof meta_room);
    stm_buffer digest_out = stm_buffer_over(digest_room, sizeof digest_room);
    uint32_t count = 0;
    if (feature != NULL) {
        meta.features[0] = *feature;
        meta.feature_count = 1;
    }
    for (int table = 0; table < STM_TABLE_COUNT; table++) {
        stm_store_summary summary;
        if (table == STM_TABLE_META || stm_table_is_optional((stm_table)table)) {
            continue;
        }
        stm_store_writer_summary(store, (stm_table)table, &summary);
        digests[count].table = stemma_text_of(stm_tables[table].name);
        digests[count].entries = summary.entries;
        memcpy(digests[count].digest, summary.digest, sizeof digests[count].digest);
        count++;
    }
    assert_int_equal(stm_meta_encode(&meta, &meta_out, NULL), STEMMA_OK);
    assert_int_equal(stm_digests_encode(digests, count, &digest_out, NULL), STEMMA_OK);
    assert_int_equal(stm_store_writer_table(store, STM_TABLE_META, NULL), STEMMA_OK);
    assert_int_equal(
        stm_store_writer_put(store, name_bytes(STM_DIGEST_KEY), stm_buffer_view(&digest_out), NULL),
        STEMMA_OK);
    assert_int_equal(
        stm_store_writer_put(store, name_bytes(STM_META_KEY), stm_buffer_view(&meta_out), NULL),
        STEMMA_OK);
}

/* Fills the tables, those that have records in the order of the file. */
static void put_tables(stm_store_writer *store, const stm_feature *feature)
{
    for (int table = 0; table < STM_TABLE_COUNT; table++) {
        if (table == STM_TABLE_LABEL) {
            put_labels(store);
        } else if (table == STM_TABLE_TOKEN) {
            put_tokens(store);
        } else if (table != STM_TABLE_META) {
            assert_int_equal(stm_store_writer_table(store, (stm_table)table, NULL), STEMMA_OK);
        }
    }
    put_meta(store, feature);
}

typedef struct example {
    char path[64];
    int file;
    uint8_t *bytes;
    size_t size;
} example;

static example *make_file(const stm_feature *feature)
{
    example *made = calloc(1, sizeof *made);
    stm_store_writer *store = NULL;
    stemma_error error;
    assert_non_null(made);
    strcpy(made->path, "/tmp/stemma-spec-XXXXXX");
    made->file = mkstemp(made->path);
    assert_true(made->file >= 0);
    stm_store_front front = {.end = 6}; /* as of any file that has nothing else */
    front.tables[STM_TABLE_META].root = 3;
    front.tables[STM_TABLE_LABEL].root = 4;
    front.tables[STM_TABLE_TOKEN].root = 5;
    assert_int_equal(stm_store_writer_new(&store, made->file, made->path, &front, &error),
                     STEMMA_OK);
    put_tables(store, feature);
    uint64_t size;
    assert_int_equal(stm_store_writer_finish(store, &size, &error), STEMMA_OK);
    stm_store_writer_free(store);
    made->size = (size_t)lseek(made->file, 0, SEEK_END);
    assert_true(made->size == size && made->size <= MOST_BYTES);
    made->bytes = mmap(NULL, made->size, PROT_READ | PROT_WRITE, MAP_SHARED, made->file, 0);
    assert_ptr_not_equal(made->bytes, MAP_FAILED);
    return made;
}

static int make_example(void **state)
{
    *state = make_file(NULL);
    return 0;
}

static int drop_example(void **state)
{
    example *made = *state;
    munmap(made->bytes, made->size);
    close(made->file);
    unlink(made->path);
    free(made);
    return 0;
}

static int tell(void *context, const stemma_problem *problem)
{
    (void)context;
    print_error("%s %s %s: %s\n", problem->check, problem->code, problem->where, problem->message);
    return 0;
}

/* [F-3] [C-20] */
static void smallest_file_passes_every_check(void **state)
{
    const example *made = *state;
    stemma_check_summary summary;
    stemma_error error;
    assert_int_equal(stemma_check(made->path, tell, NULL, &summary, &error), STEMMA_OK);
    assert_int_equal(summary.problems, 0);
}

/* [V-3] */
static void an_unknown_feature_is_refused_only_when_it_is_needed(void **state)
{
    (void)state;
    for (uint8_t needed = 0; needed < 2; needed++) {
        stm_feature feature = {stemma_text_of("time-travel"), needed};
        example *made = make_file(&feature);
        void *owned = made;
        stemma_file *file = NULL;
        stemma_error error;
        stemma_status status = stemma_open(&file, made->path, NULL, &error);
        if (needed) {
            assert_int_equal(status, STEMMA_E_UNSUPPORTED);
            assert_string_equal(error.code, "FEATURE_UNKNOWN");
            assert_non_null(strstr(error.message, "time-travel"));
        } else {
            assert_int_equal(status, STEMMA_OK);
            stemma_close(file);
        }
        drop_example(&owned);
    }
}

/* Reads one line of the listing, "offset  hex hex ...  ; remark", into `page`. Not a listing line:
   0. */
static int read_line(const char *line, uint8_t *page, uint8_t *shown, size_t size)
{
    char *at = NULL;
    size_t offset = strtoul(line, &at, 16);
    if (at != line + 6) {
        return 0;
    }
    while (*at == ' ' && at[1] != ';' && at[1] != '\n' && at[1] != '\0') {
        char *end = NULL;
        unsigned long byte;
        if (at[1] == ' ') {
            at++;
            continue;
        }
        byte = strtoul(at, &end, 16);
        assert_true(end == at + 3 && byte < 256);
        assert_true(offset < size);
        assert_int_equal(shown[offset], 0); /* no byte is told twice */
        page[offset] = (uint8_t)byte;
        shown[offset++] = 1;
        at = end;
    }
    return 1;
}

/* [C-19] [W-1] */
static void appendix_shows_the_smallest_file(void **state)
{
    const example *made = *state;
    uint8_t *listed = calloc(2, MOST_BYTES);
    uint8_t *shown = listed + MOST_BYTES;
    char line[512];
    int inside = 0;
    size_t lines = 0;
    FILE *spec = fopen(STEMMA_SOURCE_DIR "/SPEC.md", "r");
    assert_non_null(listed);
    assert_non_null(spec);
    while (fgets(line, sizeof line, spec) != NULL) {
        if (strncmp(line, "```example", 10) == 0) {
            inside = 1;
        } else if (strncmp(line, "```", 3) == 0) {
            inside = 0;
        } else if (inside) {
            assert_true(read_line(line, listed, shown, made->size));
            lines++;
        }
    }
    fclose(spec);
    assert_true(lines > 0);
    for (size_t i = 0; i < made->size; i++) { /* what is not listed is zero */
        if (listed[i] != made->bytes[i]) {
            fail_msg("byte %06zx is %02x, the page says %02x", i, made->bytes[i], listed[i]);
        }
    }
    free(listed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(smallest_file_passes_every_check),
        cmocka_unit_test(an_unknown_feature_is_refused_only_when_it_is_needed),
        cmocka_unit_test(appendix_shows_the_smallest_file),
    };
    if (getenv("STEMMA_SPEC_EXAMPLE") != NULL) { /* where to leave a copy for whoever edits it */
        void *state = NULL;
        FILE *copy = fopen(getenv("STEMMA_SPEC_EXAMPLE"), "wb");
        make_example(&state);
        example *made = state;
        if (copy != NULL) {
            fwrite(made->bytes, 1, made->size, copy);
            fclose(copy);
        }
        return drop_example(&state);
    }
    return cmocka_run_group_tests(tests, make_example, drop_example);
}
