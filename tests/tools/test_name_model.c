/* SPDX-License-Identifier: MIT */
/* The parts of the name model: labels, tables of weights, lists of names; and what a hostile section
   or text may do to them. */
#include "extract_helpers.h"

#include "pack/model/gazetteer.h"
#include "pack/model/sequence.h"
#include "train/crf.h"
#include "train/names_corpus.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Trains a field of two features: 0 says person, 1 says outside. */
static uint8_t *tiny_section(size_t *size)
{
    static const uint32_t person[] = {0};
    static const uint32_t other[] = {1};
    static const uint32_t *const features[] = {other, person, person, other};
    static const uint32_t counts[] = {1, 1, 1, 1};
    static const uint8_t labels[] = {0, 1, 2, 0};
    static const uint64_t hashes[] = {0x1234567890abcdefu, 0xfedcba0987654321u};
    struct crf_sentence sentence = {features, counts, NULL, NULL, labels, 4, 1};
    struct crf_options options = {20, 0.1f, 0, 0, 1};
    struct crf crf;
    crf_init(&crf, 2);
    crf_train(&crf, &sentence, 1, &options);
    static const uint8_t seen[] = {4, 4};
    uint8_t *bytes = crf_section(&crf, hashes, seen, 2, size);
    crf_free(&crf);
    return bytes;
}

static void what_was_trained_is_read_back(void **state)
{
    (void)state;
    size_t size;
    uint8_t *bytes = tiny_section(&size);
    struct stm_sequence sequence;
    assert_int_equal(stm_sequence_open(&sequence, bytes, size), 0);
    int32_t scores[4][STM_SEQUENCE_LABELS];
    uint8_t back[sizeof scores];
    uint8_t labels[4];
    static const uint64_t features[] = {0xfedcba0987654321u, 0x1234567890abcdefu,
                                        0x1234567890abcdefu, 0xfedcba0987654321u};
    memset(scores, 0, sizeof scores);
    for (size_t i = 0; i < 4; i++) {
        stm_sequence_add(&sequence, &features[i], 1, scores[i]);
    }
    stm_sequence_best(&sequence, scores[0], 4, back, labels);
    static const uint8_t expected[] = {0, 1, 2, 0};
    assert_memory_equal(labels, expected, sizeof expected);
    free(bytes);
}

static void training_twice_gives_the_same_bytes(void **state)
{
    (void)state;
    size_t size;
    size_t again_size;
    uint8_t *bytes = tiny_section(&size);
    uint8_t *again = tiny_section(&again_size);
    assert_int_equal(size, again_size);
    assert_memory_equal(bytes, again, size);
    free(bytes);
    free(again);
}

static void no_label_goes_on_what_has_not_begun(void **state)
{
    (void)state;
    size_t size;
    uint8_t *bytes = tiny_section(&size);
    struct stm_sequence sequence;
    assert_int_equal(stm_sequence_open(&sequence, bytes, size), 0);
    int32_t scores[3][STM_SEQUENCE_LABELS];
    uint8_t back[sizeof scores];
    uint8_t labels[3];
    memset(scores, 0, sizeof scores);
    for (size_t i = 0; i < 3; i++) {
        scores[i][stm_label_inside(STM_NAME_PLACE)] = 100000;
    }
    stm_sequence_best(&sequence, scores[0], 3, back, labels);
    assert_int_not_equal(labels[0], stm_label_inside(STM_NAME_PLACE));
    for (size_t i = 1; i < 3; i++) {
        assert_true(stm_label_follows(labels[i - 1], labels[i]));
    }
    free(bytes);
}

static void a_cut_or_changed_section_is_refused_or_read_within_bounds(void **state)
{
    (void)state;
    size_t size;
    uint8_t *bytes = tiny_section(&size);
    struct stm_sequence sequence;
    struct stm_gazetteer lists;
    for (size_t cut = 0; cut < size; cut++) {
        uint8_t *copy = malloc(cut + 1);
        assert_non_null(copy);
        memcpy(copy, bytes, cut);
        assert_int_not_equal(stm_sequence_open(&sequence, copy, cut), 0);
        assert_int_not_equal(stm_gazetteer_open(&lists, copy, cut), 0);
        free(copy);
    }
    int32_t scores[STM_SEQUENCE_LABELS];
    for (size_t at = 0; at < size; at++) {
        uint8_t kept = bytes[at];
        bytes[at] ^= 0xff;
        if (stm_sequence_open(&sequence, bytes, size) == 0) {
            for (uint64_t hash = 1; hash < 200; hash++) {
                uint64_t feature = hash * 0x9e3779b97f4a7c15u;
                memset(scores, 0, sizeof scores);
                stm_sequence_add(&sequence, &feature, 1, scores);
                assert_true(scores[0] >= -128 && scores[0] <= 127);
            }
        }
        bytes[at] = kept;
    }
    free(bytes);
}

enum { PHRASES = 3000 };

/* What a list has it has with its filter, and nothing else: neighbours and strangers are asked for as well. */
static void a_filter_changes_no_answer(void **state)
{
    (void)state;
    static uint8_t bytes[16 + PHRASES * 5] = {'S', 'T', 'G', 'Z', STM_GAZETTEER_VERSION};
    struct stm_gazetteer plain;
    uint64_t chance = 1;
    uint32_t hash = 0;
    uint32_t there = 0;
    bytes[8] = PHRASES & 255;
    bytes[9] = PHRASES >> 8;
    for (size_t i = 0; i < PHRASES; i++) {
        chance = chance * 6364136223846793005u + 1442695040888963407u;
        hash += 1 + (uint32_t)(chance >> 33) % (UINT32_MAX / PHRASES - 1);
        for (size_t k = 0; k < 4; k++) {
            bytes[16 + 4 * i + k] = (uint8_t)(hash >> 8 * k);
        }
        bytes[16 + PHRASES * 4 + i] = (uint8_t)(1 + i % 63);
    }
    assert_int_equal(stm_gazetteer_open(&plain, bytes, sizeof bytes), 0);
    assert_null(plain.filter);
    uint64_t *filter = stm_gazetteer_filter_new(&plain);
    assert_non_null(filter);
    struct stm_gazetteer filtered = plain;
    filtered.filter = filter;
    for (size_t i = 0; i < PHRASES * 10; i++) {
        uint64_t key = 0;
        for (size_t k = 0; k < 4; k++) {
            key |= (uint64_t)bytes[16 + 4 * (i % PHRASES) + k] << 8 * k;
        }
        chance = chance * 6364136223846793005u + 1442695040888963407u;
        key = i < PHRASES ? key : i < 3 * PHRASES ? key + i % 2 * 2 - 1 : chance >> 32;
        unsigned expected = stm_gazetteer_find(&plain, key << 32 | 77);
        assert_int_equal(stm_gazetteer_find(&filtered, key << 32 | 77), expected);
        there += expected != 0;
    }
    assert_true(there >= PHRASES && there < 2 * PHRASES);
    free(filter);
}

static void brackets_mark_names(void **state)
{
    (void)state;
    char path[] = "/tmp/sentences_XXXXXX.txt";
    int file = mkstemps(path, 4);
    assert_true(file >= 0);
    static const char text[] = "Storm closes port\n[PER Ana Holm] of the [ORG Sea Bank] left [LOC Orun].\n\n"
                               "Many [NORP Orunians] stayed.\n";
    assert_int_equal(write(file, text, sizeof text - 1), (ssize_t)(sizeof text - 1));
    close(file);
    struct names_corpus corpus = {NULL, 0, 0};
    assert_int_equal(names_corpus_read(&corpus, path, 0), 0);
    unlink(path);
    assert_int_equal(corpus.count, 2);
    const struct names_document *first = &corpus.documents[0];
    assert_int_equal(first->span_count, 3);
    assert_memory_equal(first->text + first->spans[1].start, "Sea Bank", 8);
    assert_int_equal(first->spans[1].end - first->spans[1].start, 8);
    assert_int_equal(first->spans[1].name_class, STM_NAME_ORGANIZATION);
    assert_int_equal(first->title, strlen("Storm closes port"));
    assert_int_equal(corpus.documents[1].spans[0].name_class, STM_NAME_NORP);
    names_corpus_free(&corpus);
}

/* Tokens of a corpus part what was printed as one; "# text" says how it was. A line that says something else is
   not believed. */
static void columns_are_written_as_they_were_printed(void **state)
{
    (void)state;
    char path[] = "/tmp/columns_XXXXXX.iob2";
    int file = mkstemps(path, 5);
    assert_true(file >= 0);
    static const char text[] = "# newdoc id = 1\n"
                               "# text = Al-Orun of (Sea) Bank.\n"
                               "1\tAl\tB-PER\n2\t-\tI-PER\n3\tOrun\tI-PER\n4\tof\tO\n5\t(\tB-ORG\n6\tSea\tI-ORG\n"
                               "7\t)\tI-ORG\n8\tBank\tI-ORG\n9\t.\tO\n\n"
                               "# text = Quite another one\n"
                               "1\tAl\tB-PER\n2\t-\tI-PER\n3\tOrun\tI-PER\n4\t.\tO\n\n";
    assert_int_equal(write(file, text, sizeof text - 1), (ssize_t)(sizeof text - 1));
    close(file);
    struct names_corpus corpus = {NULL, 0, 0};
    assert_int_equal(names_corpus_read(&corpus, path, 0), 0);
    unlink(path);
    assert_int_equal(corpus.count, 1);
    const struct names_document *document = &corpus.documents[0];
    static const char expected[] = "Al-Orun of (Sea) Bank.\nAl - Orun.\n";
    assert_int_equal(document->size, sizeof expected - 1);
    assert_memory_equal(document->text, expected, sizeof expected - 1);
    assert_int_equal(document->span_count, 3);
    assert_int_equal(document->spans[0].end, strlen("Al-Orun"));
    assert_int_equal(document->spans[1].start, strlen("Al-Orun of "));
    assert_int_equal(document->spans[1].end, strlen("Al-Orun of (Sea) Bank"));
    names_corpus_free(&corpus);
}

static double seconds_for(size_t words)
{
    static const char word[] = "Orun Bank ";
    size_t size = words * (sizeof word - 1);
    char *text = malloc(size + 1);
    assert_non_null(text);
    for (size_t i = 0; i < words; i++) {
        memcpy(text + i * (sizeof word - 1), word, sizeof word - 1);
    }
    text[size] = '\0';
    struct timespec from;
    struct timespec to;
    struct reading r;
    clock_gettime(CLOCK_MONOTONIC, &from);
    read_text(&r, text);
    clock_gettime(CLOCK_MONOTONIC, &to);
    end_reading(&r);
    free(text);
    return (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
}

/* A sentence without end, all capitals: four times the text may cost four times, not sixteen. */
static void a_megabyte_of_capitals_takes_linear_time(void **state)
{
    (void)state;
    double quarter = seconds_for(25000);
    double whole = seconds_for(100000);
    if (whole > quarter * 10 + 0.5) {
        fail_msg("%.3f s for a quarter, %.3f s for the whole", quarter, whole);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_trained_is_read_back),
        cmocka_unit_test(training_twice_gives_the_same_bytes),
        cmocka_unit_test(no_label_goes_on_what_has_not_begun),
        cmocka_unit_test(a_cut_or_changed_section_is_refused_or_read_within_bounds),
        cmocka_unit_test(a_filter_changes_no_answer),
        cmocka_unit_test(brackets_mark_names),
        cmocka_unit_test(columns_are_written_as_they_were_printed),
        cmocka_unit_test(a_megabyte_of_capitals_takes_linear_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
