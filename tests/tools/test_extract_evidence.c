/* SPDX-License-Identifier: MIT */
/* Whatever the text, what the built-in reader makes of it keeps every rule of testimony: above all
   that the words it gives stand in the text where its evidence says. */
#include "common/arena.h"
#include "pack/extract/extract.h"
#include "support/reader_model.h"
#include "support/prng.h"
#include "write/validate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

static uint32_t keeps_the_rules(stemma_text text)
{
    struct stm_arena arena;
    stemma_document input = {0}, output = {0};
    stemma_error error = {0};
    stm_vocabulary vocabulary;
    vocabulary.terms = stemma_vocabulary_builtin(&vocabulary.count);
    input.text = text;
    input.uri = stemma_text_of("urn:test");
    input.published.edtf = stemma_text_of("2031-05-06");
    stm_arena_init(&arena, (size_t)1 << 30);
    if (stm_extract(reader_model(), &input, 0, &arena, &output, &error) != STEMMA_OK ||
        stm_validate_document(&output, &vocabulary, 1, &error) != STEMMA_OK) {
        fail_msg("%s at %s: %s\nin: %.*s", error.code, error.where, error.message,
                 (int)(text.size < 2000 ? text.size : 2000), text.data);
    }
    uint32_t assertions = output.assertion_count;
    stm_arena_free(&arena);
    return assertions;
}

static void a_count_said_twice_keeps_its_own_words_each_time(void **state)
{
    (void)state;
    assert_true(keeps_the_rules(stemma_text_of(
                    "Velmora freed fifty-two prisoners on Monday.\n\nThe 52 were freed after talks, "
                    "Mayor Ilana Voss said. She reportedly freed 52.")) > 4);
}

static char *repeated(const char *before, const char *words, size_t times, const char *after)
{
    size_t size = strlen(before) + strlen(words) * times + strlen(after) + 1;
    char *text = malloc(size);
    char *at = text;
    assert_non_null(text);
    at += snprintf(at, size, "%s", before);
    for (size_t i = 0; i < times; i++) {
        memcpy(at, words, strlen(words));
        at += strlen(words);
    }
    memcpy(at, after, strlen(after) + 1);
    return text;
}

static void words_longer_than_a_record_may_hold_are_no_obstacle(void **state)
{
    static const struct {
        const char *before, *words;
        size_t times;
        const char *after;
    } texts[] = {
        {"He freed ", "9", 100000, " prisoners on Monday."},
        {"Mayor ", "Ilana", 4000, " Voss was freed on Monday. Mayor Voss left."},
        {"", "Ilana-", 400, "Voss freed 30 prisoners. Voss spoke."},
        {"\"", "I was freed on Monda\xc3\xa9. ", 6000, "\" said Ilana Voss."},
        {"Ilana Voss said that ", "h\xc3\xa9 was freed and ", 6000, "left."},
        {"He freed ", "one million ", 6000, "prisoners."},
        {"", "(\"", 20000, ""},
        {"Voss freed ", "Orr, ", 5000, "and Lund on 3 March 2021."},
    };
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        char *text = repeated(texts[i].before, texts[i].words, texts[i].times, texts[i].after);
        keeps_the_rules(stemma_text_of(text));
        free(text);
    }
}

static void text_put_together_at_random_is_read_by_the_rules(void **state)
{
    static const char *const words[] = {
        "Ilana",  "Voss",   "Mayor",  "the",    "President", "freed",    "52",      "fifty-two",
        "more",   "than",   "1,000",  "prisoners", "were",   "on",       "Monday",  "3",
        "March",  "2021",   "between", "and",   "said",      "\"",       "\xe2\x80\x9c",
        "\xe2\x80\x9d",     "that",   "Velmora", "Tessaly", "in",      "met",     "her",
        "brother", "Orr",   ",",      ".",      "who",       "was",      "arrested", "sentenced",
        "to",     "years",  "prison", "told",   "Reuters",   "\xe2\x80\x99s", "not", "will",
        "the 52", "30",     "others", "including", "69-year-old", "%", "$",        "million",
        "U.S.",   "killed", "dozens", "sanctions", "lifted", "from",     "last",    "week",
    };
    static const char *const gaps[] = {" ", " ",  " ",    " ",    "\n", "\n\n",      "\t",
                                       "",  "  ", "\f", "\v", "-",  "\xc2\xa0", "\xe2\x80\xa8"};
    prng random = {20};
    char text[4000];
    uint32_t assertions = 0;
    (void)state;
    for (int round = 0; round < 600; round++) {
        size_t size = 0;
        text[0] = 0;
        for (int i = 0; i < 250; i++) {
            size += (size_t)snprintf(
                text + size, sizeof text - size, "%s%s",
                words[prng_below(&random, sizeof words / sizeof words[0])],
                gaps[prng_below(&random, round % 2 ? 4 : sizeof gaps / sizeof gaps[0])]);
        }
        assertions += keeps_the_rules(stemma_text_of(text));
    }
    assert_true(assertions > 600);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_count_said_twice_keeps_its_own_words_each_time),
        cmocka_unit_test(words_longer_than_a_record_may_hold_are_no_obstacle),
        cmocka_unit_test(text_put_together_at_random_is_read_by_the_rules),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
