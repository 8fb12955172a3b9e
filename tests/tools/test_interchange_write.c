/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "common/interchange_read.h"
#include "common/interchange_write.h"
#include "support/built_file.h"
#include "support/same.h"

#define DOCUMENTS 12u

static built_file built;
static stemma_file *file;
static stemma_snapshot *snapshot;

static int open_file(void **state)
{
    stemma_error error = {0};
    (void)state;
    built_file_make(&built, DOCUMENTS);
    if (stemma_open(&file, built.path, NULL, &error) != STEMMA_OK ||
        stemma_snapshot_begin(&snapshot, file, &error) != STEMMA_OK) {
        fprintf(stderr, "%s: %s\n", error.code, error.message);
        return 1;
    }
    return 0;
}

static int close_file(void **state)
{
    (void)state;
    stemma_snapshot_end(snapshot);
    stemma_close(file);
    built_file_remove(&built);
    return 0;
}

/* The whole dump; free json->data with stm_json_free(). */
static void dump(stm_json *json, const struct stm_interchange_options *options)
{
    stemma_error error = {0};
    stm_json_to_buffer(json, 0);
    if (stm_interchange_write(file, snapshot, options, json, &error) != STEMMA_OK) {
        fail_msg("%s at %s: %s", error.code, error.where, error.message);
    }
    assert_int_equal(stm_json_status(json), STEMMA_OK);
}

/* The line at *at without its line feed; moves *at behind it. */
static stemma_text next_line(const stm_json *json, size_t *at)
{
    stemma_text line = {json->data + *at, 0};
    const char *end = memchr(line.data, '\n', json->size - *at);
    assert_non_null(end);
    line.size = (size_t)(end - line.data);
    *at += line.size + 1;
    return line;
}

static void compare(uint32_t number, const struct stm_line_document *line)
{
    stemma_document stored;
    stemma_error error = {0};
    char id[STEMMA_ID_SIZE];
    stemma_reference reference = {STEMMA_REFERENCE_DOCUMENT, number};
    assert_int_equal(stemma_testimony_get(snapshot, number, &stored, &error), STEMMA_OK);
    if (stored.text_withheld == 0) {
        stemma_span all = stemma_whole_span(&stored);
        assert_int_equal(stemma_text_get(snapshot, number, all, &stored.text, &error), STEMMA_OK);
        assert_same_text(stored.text, line->document.text);
    } else {
        assert_memory_equal(stored.digest, line->document.digest, STEMMA_DIGEST_SIZE);
    }
    assert_int_equal(stemma_id_text(snapshot, reference, id, &error), STEMMA_OK);
    assert_same_text(line->id, stemma_text_of(id + 2));
    assert_true(line->testimony);
    assert_int_equal(stored.assertion_count, line->document.assertion_count);
    for (uint32_t i = 0; i < stored.assertion_count; i++) {
        assert_int_equal(stored.assertions[i].run, line->document.assertions[i].run);
    }
}

/* Every line of the dump reads, in the order of the format; counts of each kind. */
static void read_back(const stm_json *json, enum stm_offset_unit unit, uint32_t first,
                      uint32_t counts[STM_LINE_DERIVATION + 1])
{
    enum stm_line_kind last = STM_LINE_BLANK;
    size_t at = 0;
    memset(counts, 0, (STM_LINE_DERIVATION + 1) * sizeof *counts);
    while (at < json->size) {
        stemma_text text = next_line(json, &at);
        struct stm_arena arena;
        struct stm_line line;
        stemma_error error = {0};
        stm_arena_init(&arena, 0);
        if (stm_interchange_line(text, unit, &arena, &line, &error) != STEMMA_OK) {
            fail_msg("%s at %s: %s", error.code, error.where, error.message);
        }
        assert_int_equal(line.unknown_count, 0);
        assert_true(line.kind >= last && line.kind != STM_LINE_BLANK);
        last = line.kind;
        if (line.kind == STM_LINE_HEADER) {
            assert_int_equal(line.as.header.offsets, unit);
            assert_true(line.as.header.judged);
        } else if (line.kind == STM_LINE_DOCUMENT) {
            compare(first + counts[STM_LINE_DOCUMENT], &line.as.document);
        }
        counts[line.kind]++;
        stm_arena_free(&arena);
        stemma_snapshot_reset(snapshot);
    }
}

static void what_is_written_reads_as_what_was_stored(void **state)
{
    (void)state;
    for (int unit = STM_OFFSET_CODEPOINT; unit <= STM_OFFSET_UTF16; unit++) {
        struct stm_interchange_options options = STM_INTERCHANGE_OPTIONS_INIT;
        uint32_t counts[STM_LINE_DERIVATION + 1];
        stemma_counts stored;
        stm_json json;
        options.unit = (enum stm_offset_unit)unit;
        dump(&json, &options);
        read_back(&json, options.unit, 0, counts);
        stemma_counts_get(file, &stored);
        assert_int_equal(counts[STM_LINE_HEADER], 1);
        assert_int_equal(counts[STM_LINE_RUN], stored.runs);
        assert_int_equal(counts[STM_LINE_DOCUMENT], DOCUMENTS);
        assert_int_equal(counts[STM_LINE_JUDGEMENT], stored.judgements);
        assert_int_equal(counts[STM_LINE_DERIVATION], stored.derivations);
        assert_true(stored.judgements > 0 && stored.derivations > 0);
        stm_json_free(&json);
    }
}

static void testimony_survives_field_by_field(void **state)
{
    struct stm_interchange_options options = STM_INTERCHANGE_OPTIONS_INIT;
    stm_json json;
    size_t at = 0;
    uint32_t number = 0;
    (void)state;
    dump(&json, &options);
    while (at < json.size) {
        stemma_text text = next_line(&json, &at);
        struct stm_arena arena;
        struct stm_line line;
        stemma_error error = {0};
        stemma_document stored;
        stm_arena_init(&arena, 0);
        assert_int_equal(stm_interchange_line(text, STM_OFFSET_CODEPOINT, &arena, &line, &error),
                         STEMMA_OK);
        if (line.kind == STM_LINE_DOCUMENT) {
            stemma_mention *sorted;
            assert_int_equal(stemma_testimony_get(snapshot, number++, &stored, &error), STEMMA_OK);
            assert_int_equal(stored.mention_count, line.as.document.document.mention_count);
            /* In a line mentions stand under their referents: put them back in the file's order. */
            sorted = stm_arena_alloc(&arena, stored.mention_count, sizeof *sorted);
            assert_non_null(sorted);
            for (uint32_t i = 0; i < stored.mention_count; i++) {
                for (uint32_t k = 0; k < stored.mention_count; k++) {
                    const stemma_mention *mention = &line.as.document.document.mentions[k];
                    if (mention->referent == stored.mentions[i].referent &&
                        mention->kind == stored.mentions[i].kind &&
                        mention->spans[0].start == stored.mentions[i].spans[0].start &&
                        mention->spans[0].end == stored.mentions[i].spans[0].end) {
                        sorted[i] = *mention;
                    }
                }
                assert_true(sorted[i].span_count > 0);
            }
            line.as.document.document.mentions = sorted;
            if (stored.text_withheld == 0) {
                /* Filled in by the writer of a file. */
                memcpy(line.as.document.document.digest, stored.digest, STEMMA_DIGEST_SIZE);
            }
            assert_same_document(&stored, &line.as.document.document);
        }
        stm_arena_free(&arena);
        stemma_snapshot_reset(snapshot);
    }
    assert_int_equal(number, DOCUMENTS);
    stm_json_free(&json);
}

static void a_range_of_documents_brings_what_lies_inside_it(void **state)
{
    (void)state;
    for (uint32_t first = 0; first < DOCUMENTS; first++) {
        for (uint32_t last = first; last <= DOCUMENTS; last += 3) {
            struct stm_interchange_options options = STM_INTERCHANGE_OPTIONS_INIT;
            uint32_t counts[STM_LINE_DERIVATION + 1];
            uint32_t inside = 0;
            stemma_counts stored;
            stm_json json;
            options.first = first;
            options.last = last;
            dump(&json, &options);
            read_back(&json, STM_OFFSET_CODEPOINT, first, counts);
            stemma_counts_get(file, &stored);
            for (uint32_t i = 0; i < stored.judgements; i++) {
                stemma_judgement judgement;
                assert_int_equal(stemma_judgement_get(snapshot, i, &judgement, NULL), STEMMA_OK);
                inside += judgement.left.document >= first && judgement.right.document <= last;
            }
            stemma_snapshot_reset(snapshot);
            assert_int_equal(counts[STM_LINE_JUDGEMENT], inside);
            assert_int_equal(counts[STM_LINE_DOCUMENT],
                             (last < DOCUMENTS ? last : DOCUMENTS - 1) - first + 1);
            stm_json_free(&json);
        }
    }
}

static void texts_that_are_withheld_leave_no_quotation(void **state)
{
    struct stm_interchange_options options = STM_INTERCHANGE_OPTIONS_INIT;
    stm_json json;
    size_t at = 0;
    uint32_t withheld = 0;
    (void)state;
    options.withhold = true;
    dump(&json, &options);
    while (at < json.size) {
        stemma_text text = next_line(&json, &at);
        withheld += memmem(text.data, text.size, "\"text_withheld\":true", 20) != NULL;
        assert_null(memmem(text.data, text.size, "\"text\":[", 8));
    }
    assert_int_equal(withheld, DOCUMENTS);
    stm_json_free(&json);
}

static void an_output_that_fails_ends_the_work(void **state)
{
    struct stm_interchange_options options = STM_INTERCHANGE_OPTIONS_INIT;
    stemma_error error = {0};
    stm_json json;
    FILE *full = fopen("/dev/full", "wb");
    (void)state;
    if (full == NULL) {
        skip();
    }
    stm_json_to_file(&json, full, 0);
    assert_int_equal(stm_interchange_write(file, snapshot, &options, &json, &error),
                     STEMMA_E_SYSTEM);
    assert_int_equal(stm_json_status(&json), STEMMA_E_SYSTEM);
    fclose(full);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_reads_as_what_was_stored),
        cmocka_unit_test(testimony_survives_field_by_field),
        cmocka_unit_test(a_range_of_documents_brings_what_lies_inside_it),
        cmocka_unit_test(texts_that_are_withheld_leave_no_quotation),
        cmocka_unit_test(an_output_that_fails_ends_the_work),
    };
    return cmocka_run_group_tests(tests, open_file, close_file);
}
