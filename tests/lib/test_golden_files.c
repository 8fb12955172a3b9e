/* SPDX-License-Identifier: MIT */
/* The golden vectors of whole files, of names and of terms. */
#include "file/file.h"
#include "file/store.h"
#include "label_hash.h"
#include "meta_record.h"
#include "read/term.h"
#include "stemma/check.h"
#include "stemma/name.h"
#include "stemma/read.h"
#include "support/golden.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* ---- Sound files ---- */

/* Whether `meta` says of each table what the vector says, and of no other. */
static bool digests_are_right(const stemma_file *file, const json_t *vector)
{
    const json_t *wanted = json_object_get(vector, "digests");
    stm_table_digest digests[STM_TABLES_MAX];
    stemma_bytes key = {(const uint8_t *)STM_DIGEST_KEY, strlen(STM_DIGEST_KEY)};
    stemma_bytes value;
    stm_store_view *view = NULL;
    uint32_t count = 0;
    assert_int_equal(stm_store_view_begin(&view, file->store, NULL), STEMMA_OK);
    bool right = stm_store_get(view, STM_TABLE_META, key, &value) == STEMMA_OK &&
                 stm_digests_decode(value, digests, &count, NULL) == STEMMA_OK &&
                 count == json_object_size(wanted);
    for (uint32_t i = 0; i < count && right; i++) {
        char name[64];
        snprintf(name, sizeof name, "%.*s", (int)digests[i].table.size, digests[i].table.data);
        const json_t *one = json_object_get(wanted, name);
        right = one != NULL && golden_same_bytes(one, digests[i].digest, STM_TABLE_DIGEST);
    }
    stm_store_view_end(view);
    return right;
}

static bool sound_file_is_right(const json_t *vector, const char *path)
{
    const json_t *counts = json_object_get(vector, "counts");
    stemma_check_summary summary;
    stemma_counts found;
    uint64_t numbers[STM_COUNTS];
    stemma_file *file = NULL;
    bool right = stemma_check(path, NULL, NULL, &summary, NULL) == STEMMA_OK &&
                 summary.problems == 0 && stemma_open(&file, path, NULL, NULL) == STEMMA_OK;
    if (!right) {
        return false;
    }
    stemma_counts_get(file, &found);
    memcpy(numbers, &found, sizeof numbers);
    for (size_t i = 0; i < STM_COUNTS; i++) {
        right = right && numbers[i] == golden_unsigned(json_array_get(counts, i));
    }
    right = right && digests_are_right(file, vector);
    stemma_close(file);
    return right;
}

/* ---- Broken ones ---- */

/* The bytes of a file with the vector's edits, under a name of the test's own. */
static void write_edited(const char *from, const json_t *vector, const char *to)
{
    const json_t *edits = json_object_get(vector, "edits");
    size_t size = (size_t)golden_number(vector, "size");
    FILE *source = fopen(from, "rb");
    FILE *target = fopen(to, "wb");
    assert_true(source != NULL && target != NULL);
    assert_int_equal(fseek(source, 0, SEEK_END), 0);
    size_t whole = (size_t)ftell(source);
    uint8_t *bytes = calloc(whole > size ? whole : size, 1);
    assert_non_null(bytes);
    rewind(source);
    assert_int_equal(fread(bytes, 1, whole, source), whole);
    for (size_t i = 0; i < json_array_size(edits); i++) {
        const json_t *edit = json_array_get(edits, i);
        size_t at = (size_t)golden_unsigned(json_array_get(edit, 0));
        stemma_bytes more = golden_hex(json_array_get(edit, 1));
        assert_true(at + more.size <= whole);
        memcpy(bytes + at, more.data, more.size);
        golden_drop(more);
    }
    assert_int_equal(fwrite(bytes, 1, size, target), size);
    free(bytes);
    fclose(source);
    assert_int_equal(fclose(target), 0);
}

/* The code that a checker is to report, and whether it did. */
typedef struct wanted_code {
    const char *code;
    bool found;
} wanted_code;

static int look_for_code(void *context, const stemma_problem *problem)
{
    wanted_code *want = context;
    want->found = want->found || strcmp(problem->code, want->code) == 0;
    return 0;
}

static bool broken_file_is_right(const json_t *vector, const char *path)
{
    const char *code = golden_string(vector, "code");
    const char *status = golden_string(vector, "status");
    bool at_opening = strcmp(golden_string(vector, "stage"), "open") == 0;
    wanted_code want = {code, false};
    stemma_check_summary summary;
    stemma_file *file = NULL;
    stemma_error error = {.code = ""};
    stemma_status opened = stemma_open(&file, path, NULL, &error);
    stemma_close(file);
    (void)stemma_check(path, look_for_code, &want, &summary, NULL);
    if (!at_opening) {
        return opened == STEMMA_OK && want.found;
    }
    bool right = strcmp(error.code, code) == 0 &&
                 strcmp(stemma_status_name(opened) + strlen("STEMMA_E_"), status) == 0;
    if (!right) {
        print_error("%s %s: ", stemma_status_name(opened), error.code);
    }
    return right;
}

/* [F-7] [C-1] [C-2] [C-3] [C-5] [C-6] [C-7] [C-8] [C-9] [C-10] [C-11] [C-12] [C-13] [C-14] [C-15] [C-16]
   [C-17] [C-18] [C-20] [C-21] [C-24] [R-17] [R-18] [R-19] [R-20] [R-49] [V-1] [F-1] [F-2] */
static bool file_is_right(const json_t *vector, const json_t *page)
{
    char path[512];
    char edited[] = "/tmp/stemma-golden-XXXXXX";
    (void)page;
    snprintf(path, sizeof path, "%s/tests/vectors/%s", STEMMA_SOURCE_DIR,
             golden_string(vector, "file"));
    if (!golden_is_bad(vector)) {
        return sound_file_is_right(vector, path);
    }
    int made = mkstemp(edited);
    assert_true(made >= 0);
    close(made);
    write_edited(path, vector, edited);
    bool right = broken_file_is_right(vector, edited);
    unlink(edited);
    return right;
}

/* ---- Names and terms ---- */

/* [I-14] [I-23] [I-34] */
static bool name_is_right(const json_t *vector, const json_t *page)
{
    stemma_text name = golden_text(vector, "text");
    char plain[STEMMA_NAME_KEY_SIZE];
    char key[STEMMA_NAME_KEY_SIZE];
    stemma_text folded = {plain, 0};
    stemma_text keyed = {key, 0};
    (void)page;
    return stemma_name_fold(name, plain, sizeof plain, &folded.size) == STEMMA_OK &&
           stemma_name_key(name, key, sizeof key, &keyed.size) == STEMMA_OK &&
           stemma_text_equal(folded, golden_text(vector, "plain")) &&
           stemma_text_equal(keyed, golden_text(vector, "key")) &&
           stm_label_hash(folded) == golden_number(vector, "hash");
}

/* [I-25] [I-26] [I-27] */
static bool terms_are_right(const json_t *vector, const json_t *page)
{
    const json_t *terms = json_object_get(vector, "terms");
    stm_word_maker *maker = NULL;
    stm_word_walk walk;
    stm_word word;
    size_t count = 0;
    bool right = true;
    (void)page;
    assert_int_equal(stm_word_maker_new(&maker, golden_text(vector, "language")), STEMMA_OK);
    stm_word_walk_begin(&walk, maker, golden_text(vector, "text"));
    while (stm_word_walk_next(&walk, &word) == STEMMA_OK) {
        const json_t *one = json_array_get(terms, count++);
        stemma_text wanted = {json_string_value(one), json_string_length(one)};
        right = right && one != NULL && stemma_text_equal(stm_word_text(&word), wanted);
    }
    stm_word_maker_free(maker);
    return right && count == json_array_size(terms);
}

static void files_are_read_or_refused(void **state)
{
    (void)state;
    golden_all("file", file_is_right, 75);
}

static void names_have_their_keys(void **state)
{
    (void)state;
    golden_all("name", name_is_right, 30);
}

static void words_have_their_terms(void **state)
{
    (void)state;
    golden_all("term", terms_are_right, 17);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_are_read_or_refused),
        cmocka_unit_test(names_have_their_keys),
        cmocka_unit_test(words_have_their_terms),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
