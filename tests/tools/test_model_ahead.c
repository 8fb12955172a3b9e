/* SPDX-License-Identifier: MIT */
/* Sentences that are read ahead, or several in turns, get the tags, trees and labels that they get alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "pack/model/parser.h"
#include "pack/model/feature_rows.h"
#include "pack/model/sequence.h"
#include "pack/model/tagger.h"
#include "support/reader_model.h"

#define SENTENCES 60u
#define LONGEST   40u

struct sentence {
    struct stm_word numbers[LONGEST];
    uint8_t tags[LONGEST];
    uint32_t count;
};

static uint32_t next(uint32_t *chance)
{
    *chance = *chance * 1664525u + 1013904223u;
    return *chance >> 8;
}

/* Sentences of all lengths, from one word on: what they say does not matter. */
static void make_sentences(const struct stm_tagger *tagger, struct sentence *sentences)
{
    static const char *const words[] = {"The",   "harbour", "guards", "freed", "two",  "Orunian", "sailors", ",",
                                        "and",   "Mara",    "Voss",   "said",  "that", "they",    "were",    "held",
                                        "since", "May",     "of",     "a",     "port", "which",   "closed",  "."};
    uint32_t chance = 1;
    for (uint32_t s = 0; s < SENTENCES; s++) {
        stemma_text text[LONGEST];
        stemma_text lower[LONGEST];
        char room[LONGEST][16];
        sentences[s].count = s < LONGEST ? s + 1 : 1 + next(&chance) % LONGEST;
        for (uint32_t i = 0; i < sentences[s].count; i++) {
            text[i] = stemma_text_of(words[next(&chance) % (sizeof words / sizeof words[0])]);
            for (size_t k = 0; k < text[i].size; k++) {
                char c = text[i].data[k];
                room[i][k] = (char)(c >= 'A' && c <= 'Z' ? c + 'a' - 'A' : c);
            }
            lower[i] = (stemma_text){room[i], text[i].size};
        }
        stm_tagger_words(tagger, text, lower, sentences[s].count, sentences[s].numbers);
    }
}

static void words_looked_at_ahead_get_the_same_tags(void **state)
{
    struct stm_tagger plain;
    struct sentence *sentences = calloc(SENTENCES, sizeof *sentences);
    (void)state;
    assert_non_null(sentences);
    assert_true(stm_tagger_open(&plain, reader_model()));
    plain.rows = NULL;
    struct stm_tagger ahead = plain;
    struct stm_feature_rows *rows = stm_feature_rows_new(&plain.weights);
    assert_non_null(rows);
    ahead.rows = rows;
    make_sentences(&plain, sentences);
    for (uint32_t s = 0; s < SENTENCES; s++) {
        uint8_t tags[LONGEST];
        stm_tagger_tag(&plain, sentences[s].numbers, sentences[s].count, sentences[s].tags);
        stm_tagger_tag(&ahead, sentences[s].numbers, sentences[s].count, tags);
        assert_memory_equal(tags, sentences[s].tags, sentences[s].count);
    }
    stm_feature_rows_free(rows);
    free(sentences);
}

static void assert_same_tree(const struct stm_parse *one, const struct stm_parse *other)
{
    assert_int_equal(one->count, other->count);
    assert_memory_equal(one->head, other->head, one->count * sizeof one->head[0]);
    assert_memory_equal(one->label, other->label, one->count);
}

static void trees_built_in_turns_are_those_built_alone(void **state)
{
    struct stm_tagger tagger;
    struct stm_parser plain;
    struct stm_action_table actions;
    void *memory;
    struct sentence *sentences = calloc(SENTENCES, sizeof *sentences);
    struct stm_parse *alone = calloc(STM_PARSER_AT_ONCE + 1, sizeof *alone);
    struct stm_parse *parses[STM_PARSER_AT_ONCE];
    (void)state;
    assert_non_null(sentences);
    assert_non_null(alone);
    assert_true(stm_tagger_open(&tagger, reader_model()));
    assert_true(stm_parser_open(&plain, reader_model()));
    plain.label_rows = NULL;
    struct stm_parser ahead = plain;
    struct stm_feature_rows *rows = stm_feature_rows_new(&plain.labels);
    assert_non_null(rows);
    ahead.label_rows = rows;
    stm_action_table_copy(&actions, &plain.actions, &memory);
    ahead.actions = actions;
    make_sentences(&tagger, sentences);
    for (uint32_t s = 0; s < SENTENCES; s++) {
        stm_tagger_tag(&tagger, sentences[s].numbers, sentences[s].count, sentences[s].tags);
    }
    for (uint32_t some = 1; some <= STM_PARSER_AT_ONCE; some++) {
        for (uint32_t s = 0; s + some <= SENTENCES; s += some) {
            for (uint32_t k = 0; k < some; k++) {
                parses[k] = &alone[1 + k];
                stm_parse_begin(parses[k], sentences[s + k].numbers, sentences[s + k].tags,
                                sentences[s + k].count);
            }
            stm_parser_trees(&ahead, parses, some);
            for (uint32_t k = 0; k < some; k++) {
                stm_parser_label(&ahead, parses[k]);
                stm_parser_parse(&plain, alone, sentences[s + k].numbers, sentences[s + k].tags,
                                 sentences[s + k].count);
                assert_same_tree(alone, parses[k]);
            }
        }
    }
    free(memory);
    stm_feature_rows_free(rows);
    free(alone);
    free(sentences);
}

/* Features in the order of their templates, as weights were trained: those of tags between those of words. */
static void features_stand_in_the_order_of_templates(void **state)
{
    struct stm_tagger tagger;
    struct sentence *sentences = calloc(SENTENCES, sizeof *sentences);
    uint32_t features[STM_TAGGER_FEATURES];
    (void)state;
    assert_non_null(sentences);
    assert_true(stm_tagger_open(&tagger, reader_model()));
    make_sentences(&tagger, sentences);
    const struct sentence *s = &sentences[20];
    static const uint8_t tags[3] = {STM_POS_DT, STM_POS_NN, STM_POS_VBD};
    uint32_t n = stm_tagger_features(s->numbers, s->count, 3, tags, features);
    assert_int_equal(n, 38);
    assert_int_equal(features[0], stm_mix(1, 0, 0, 0));
    assert_int_equal(features[10], stm_mix(11, s->numbers[3].shape, 0, 0));
    assert_int_equal(features[11], stm_mix(12, STM_POS_VBD, 0, 0));
    assert_int_equal(features[13], stm_mix(14, STM_POS_VBD, s->numbers[3].id, 0));
    assert_int_equal(features[14], stm_mix(15, s->numbers[2].id, 0, 0));
    assert_int_equal(features[31], stm_mix(32, STM_POS_VBD, STM_POS_NN, STM_POS_DT));
    assert_int_equal(features[35], stm_mix(36, STM_POS_NN, s->numbers[2].id, s->numbers[3].id));
    assert_int_equal(features[36], stm_mix(37, s->numbers[3].prefix[3], s->numbers[3].suffix[0], 0));
    free(sentences);
}

/* The weights of a feature by the words of sequence.h: from its slot on, around the end, until its fingerprint or a free
   slot. */
static const int8_t *plain_row(const struct stm_sequence *sequence, uint64_t hash)
{
    uint32_t slot = stm_sequence_slot(hash, sequence->slots);
    for (uint32_t probe = 0; probe < STM_SEQUENCE_PROBES; probe++) {
        uint32_t place = (slot + probe) % sequence->slots;
        uint16_t print = stm_load_le16(sequence->fingerprints + (size_t)place * 2);
        if (print == stm_sequence_fingerprint(hash)) {
            return sequence->weights + (size_t)place * STM_SEQUENCE_LABELS;
        }
        if (print == 0) {
            return NULL;
        }
    }
    return NULL;
}

static void weights_of_names_are_found_where_they_are(void **state)
{
    enum { SLOTS = 100 };
    uint8_t prints[SLOTS * 2 + 64] = {0};
    int8_t weights[SLOTS * STM_SEQUENCE_LABELS];
    struct stm_sequence sequence = {.slots = SLOTS, .fingerprints = prints, .weights = weights};
    uint32_t chance = 4;
    uint32_t there = 0;
    uint32_t absent = 0;
    (void)state;
    for (size_t i = 0; i < sizeof weights; i++) {
        weights[i] = (int8_t)(next(&chance) % 200) - 100;
    }
    for (uint32_t turn = 0; turn < 20000; turn++) {
        if (turn % 100 == 0) { /* few numbers, so that searches are long, short and around the end; some slots free */
            uint32_t free_of = 2 + next(&chance) % 40;
            for (size_t i = 0; i < SLOTS; i++) {
                uint16_t print = (uint16_t)(next(&chance) % free_of == 0 ? 0 : 1 + next(&chance) % 40);
                stm_store_le16(prints + 2 * i, print);
            }
        }
        uint64_t hash = (uint64_t)(next(&chance) % 42) << 48 | (uint64_t)next(&chance) << 8 | (next(&chance) & 255);
        const int8_t *expected = plain_row(&sequence, hash);
        const int8_t *found[1] = {NULL};
        int32_t scores[STM_SEQUENCE_LABELS] = {0};
        size_t count = stm_sequence_find(&sequence, &hash, 1, found);
        stm_sequence_prefetch(&sequence, &hash, 1);
        assert_int_equal(count, expected != NULL);
        there += expected != NULL;
        absent += expected == NULL;
        if (expected != NULL) {
            assert_ptr_equal(found[0], expected);
            stm_sequence_sum(found, 1, scores);
            assert_int_equal(scores[STM_SEQUENCE_LABELS - 1], expected[STM_SEQUENCE_LABELS - 1]);
        }
        memset(scores, 0, sizeof scores);
        stm_sequence_add(&sequence, &hash, 1, scores);
        assert_int_equal(scores[2], expected != NULL ? expected[2] : 0);
    }
    assert_true(there > 1000 && absent > 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_looked_at_ahead_get_the_same_tags),
        cmocka_unit_test(trees_built_in_turns_are_those_built_alone),
        cmocka_unit_test(features_stand_in_the_order_of_templates),
        cmocka_unit_test(weights_of_names_are_found_where_they_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
