/* SPDX-License-Identifier: MIT */
/* Weights files from strangers: whatever their bytes, opening refuses them or reading stays in bounds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <xxhash.h>

#include "bytes.h"
#include "pack/extract/extract.h"
#include "pack/model/parser.h"
#include "pack/model/tagger.h"
#include "support/prng.h"
#include "support/reader_model.h"

#define TABLE STM_MODEL_HEADER_SIZE

/* A copy of the shipped file, on the heap at its exact size. */
static uint8_t *shipped(size_t *size)
{
    FILE *file = fopen(STEMMA_SOURCE_DIR "/tools/model/english.model", "rb");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    *size = (size_t)ftell(file);
    rewind(file);
    uint8_t *data = malloc(*size);
    assert_non_null(data);
    assert_int_equal(fread(data, 1, *size, file), *size);
    fclose(file);
    return data;
}

/* Makes the digest fit what was changed. */
static void seal(uint8_t *data, size_t size)
{
    XXH128_canonical_t digest;
    XXH128_canonicalFromHash(&digest, XXH3_128bits(data + 24, size - 24));
    memcpy(data + 8, digest.digest, sizeof digest.digest);
}

static void expect_refused(const uint8_t *data, size_t size, const char *code)
{
    struct stm_model *model;
    stemma_error error;
    memset(&error, 0, sizeof error);
    assert_int_not_equal(stm_model_open_bytes(&model, (stemma_bytes){data, size}, &error),
                         STEMMA_OK);
    assert_null(model);
    assert_string_equal(error.code, code);
}

static void what_came_with_the_program_is_whole(void **state)
{
    (void)state;
    struct stm_tagger tagger;
    struct stm_parser parser;
    size_t size;
    const struct stm_model *model = reader_model();
    assert_true(stm_tagger_open(&tagger, model));
    assert_true(stm_parser_open(&parser, model));
    assert_non_null(stm_model_section(model, "notice", &size));
    assert_true(size > 100);
    assert_null(stm_model_section(model, "elephant", &size));
    assert_int_equal(size, 0);
}

static void cut_files_and_others_are_refused(void **state)
{
    (void)state;
    size_t size;
    uint8_t *data = shipped(&size);
    static const size_t sizes[] = {0, 1, 8, 39, 40, 100, 1000};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        uint8_t *part = malloc(sizes[i] + 1);
        assert_non_null(part);
        memcpy(part, data, sizes[i]);
        expect_refused(part, sizes[i], "MODEL_DAMAGED");
        free(part);
    }
    expect_refused(data, size - 1, "MODEL_DAMAGED");
    data[0] ^= 1;
    expect_refused(data, size, "MODEL_DAMAGED");
    free(data);
}

static void a_flipped_bit_is_found_wherever_it_is(void **state)
{
    (void)state;
    size_t size;
    uint8_t *data = shipped(&size);
    prng random = {7};
    for (int i = 0; i < 40; i++) {
        size_t where = i < 20 ? (size_t)i * 5 : prng_below(&random, (uint32_t)size);
        uint8_t bit = (uint8_t)(1u << prng_below(&random, 8));
        data[where] ^= bit;
        expect_refused(data, size, "MODEL_DAMAGED");
        data[where] ^= bit;
    }
    free(data);
}

static void other_versions_and_tables_that_lie_are_refused(void **state)
{
    (void)state;
    size_t size;
    uint8_t *data = shipped(&size);
    uint8_t *copy = malloc(size);
    assert_non_null(copy);
    struct {
        size_t where;
        uint64_t value;
        size_t width;
        const char *code;
    } lies[] = {
        {24, 999, 4, "MODEL_VERSION"},
        {28, 33, 4, "MODEL_DAMAGED"},
        {28, UINT32_MAX, 4, "MODEL_DAMAGED"},
        {32, 7, 8, "MODEL_DAMAGED"},
        {TABLE, 0, 1, "MODEL_DAMAGED"},
        {TABLE + 15, 'x', 1, "MODEL_DAMAGED"},
        {TABLE + 16, 0, 8, "MODEL_DAMAGED"},
        {TABLE + 16, UINT64_MAX - 7, 8, "MODEL_DAMAGED"},
        {TABLE + 16, 9, 8, "MODEL_DAMAGED"},
        {TABLE + 24, UINT64_MAX, 8, "MODEL_DAMAGED"},
        {TABLE + 24, size, 8, "MODEL_DAMAGED"},
    };
    for (size_t i = 0; i < sizeof lies / sizeof lies[0]; i++) {
        memcpy(copy, data, size);
        memcpy(copy + lies[i].where, &lies[i].value, lies[i].width);
        seal(copy, size);
        expect_refused(copy, size, lies[i].code);
    }
    free(copy);
    free(data);
}

static size_t section_at(const uint8_t *data, const char *name, size_t *length)
{
    for (uint32_t i = 0; i < stm_load_le32(data + 28); i++) {
        const uint8_t *entry = data + TABLE + (size_t)i * STM_MODEL_ENTRY_SIZE;
        if (strcmp((const char *)entry, name) == 0) {
            *length = (size_t)stm_load_le64(entry + 24);
            return (size_t)stm_load_le64(entry + 16);
        }
    }
    fail_msg("no section %s", name);
    return 0;
}

static void a_text_says_which_section_is_missing(void **state)
{
    (void)state;
    size_t size;
    uint8_t *data = shipped(&size);
    for (uint32_t sections = 0; sections < 5; sections++) {
        struct stm_model *model;
        struct stm_arena arena;
        stemma_document input = {.text = stemma_text_of("Police in Lund arrested Ana Ruiz.")}, output;
        stemma_error error = {0};
        stm_store_le32(data + 28, sections);
        seal(data, size);
        assert_int_equal(stm_model_open_bytes(&model, (stemma_bytes){data, size}, &error), STEMMA_OK);
        stm_arena_init(&arena, 0);
        assert_int_equal(stm_extract(model, &input, 0, &arena, &output, &error), STEMMA_E_DAMAGED);
        assert_string_equal(error.code, "MODEL_DAMAGED");
        assert_string_equal(error.where, "tagger"); /* the last in the file, the first that is needed */
        stm_arena_free(&arena);
        stm_model_close(model);
    }
    free(data);
}

static void sections_whose_sizes_lie_are_refused(void **state)
{
    (void)state;
    size_t size;
    size_t length = 0;
    uint8_t *data = shipped(&size);
    uint8_t *copy = malloc(size);
    assert_non_null(copy);
    size_t tagger = section_at(data, "tagger", &length);
    size_t parser = section_at(data, "parser", &length);
    const size_t places[] = {tagger, tagger + 4, parser, parser + 8};
    const uint32_t values[] = {0, 0x7FFFFFFF, UINT32_MAX};
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        for (size_t k = 0; k < sizeof values / sizeof values[0]; k++) {
            memcpy(copy, data, size);
            stm_store_le32(copy + places[i], values[k]);
            seal(copy, size);
            expect_refused(copy, size, "MODEL_DAMAGED");
        }
    }
    free(copy);
    free(data);
}

/* Weights, numbers of pairs, words and tags may be anything: reading stays within the section. */
static void noise_for_weights_is_read_without_harm(void **state)
{
    (void)state;
    static const char *const sections[] = {"tagger", "parser"};
    size_t size;
    uint8_t *data = shipped(&size);
    for (uint64_t seed = 1; seed <= 4; seed++) {
        prng random = {seed};
        uint8_t *copy = malloc(size);
        assert_non_null(copy);
        memcpy(copy, data, size);
        for (size_t s = 0; s < 2; s++) {
            size_t length = 0;
            size_t start = section_at(copy, sections[s], &length);
            for (size_t i = 0; i < length / 3; i++) {
                size_t where = start + 24 + prng_below(&random, (uint32_t)(length - 24));
                copy[where] = (uint8_t)prng_next(&random);
            }
        }
        seal(copy, size);
        struct stm_model *model;
        stemma_error error;
        if (stm_model_open_bytes(&model, (stemma_bytes){copy, size}, &error) == STEMMA_OK) {
            struct stm_arena arena;
            stemma_document input;
            stemma_document output;
            memset(&input, 0, sizeof input);
            stm_arena_init(&arena, 0);
            input.text = stemma_text_of("The mayor of Tessaly said on Monday that two of the men who "
                                        "had been arrested in June were freed by the court. "
                                        "\"We are glad,\" Ilana Voss, 41, told reporters.");
            assert_int_equal(stm_extract(model, &input, 0, &arena, &output, &error), STEMMA_OK);
            stm_arena_free(&arena);
            stm_model_close(model);
        }
        free(copy);
    }
    free(data);
}

static void a_file_that_is_not_there_is_missed(void **state)
{
    (void)state;
    struct stm_model *model;
    stemma_error error;
    assert_int_equal(stm_model_open(&model, "/nonexistent/english.model", &error),
                     STEMMA_E_SYSTEM);
    assert_string_equal(error.code, "MODEL_MISSING");
    assert_null(model);
    assert_int_equal(stm_model_open(&model, "/", &error), STEMMA_E_DAMAGED);
    assert_string_equal(error.code, "MODEL_DAMAGED");
}

/* What is not proven yet tells its digest, and says what is wrong with it as often as it is asked. */
static void damage_of_an_unproven_model_is_found_when_it_is_proven(void **state)
{
    (void)state;
    size_t size;
    uint8_t *data = shipped(&size);
    char path[] = "/tmp/stemma-model-XXXXXX";
    int file = mkstemp(path);
    struct stm_model *model = NULL;
    stemma_error error = {0};
    assert_true(file >= 0);
    for (int damaged = 0; damaged < 2; damaged++) {
        data[size / 2] ^= (uint8_t)damaged;
        assert_int_equal(pwrite(file, data, size, 0), size);
        assert_int_equal(stm_model_open_unproven(&model, path, &error), STEMMA_OK);
        assert_memory_equal(stm_model_digest(model), data + 8, STM_DIGEST_SIZE);
        for (int asked = 0; asked < 2; asked++) {
            memset(&error, 0, sizeof error);
            assert_int_equal(stm_model_prove(model, &error), damaged ? STEMMA_E_DAMAGED : STEMMA_OK);
            assert_string_equal(error.code, damaged ? "MODEL_DAMAGED" : "");
        }
        stm_model_close(model);
    }
    assert_int_equal(pwrite(file, "x", 1, 0), 1); /* another kind of file is none from the beginning */
    assert_int_equal(stm_model_open_unproven(&model, path, &error), STEMMA_E_DAMAGED);
    assert_null(model);
    close(file);
    unlink(path);
    free(data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_came_with_the_program_is_whole),
        cmocka_unit_test(cut_files_and_others_are_refused),
        cmocka_unit_test(a_flipped_bit_is_found_wherever_it_is),
        cmocka_unit_test(other_versions_and_tables_that_lie_are_refused),
        cmocka_unit_test(a_text_says_which_section_is_missing),
        cmocka_unit_test(sections_whose_sizes_lie_are_refused),
        cmocka_unit_test(noise_for_weights_is_read_without_harm),
        cmocka_unit_test(a_file_that_is_not_there_is_missed),
        cmocka_unit_test(damage_of_an_unproven_model_is_found_when_it_is_proven),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
