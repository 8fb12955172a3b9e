/* SPDX-License-Identifier: MIT */
#include "extract_helpers.h"

#include "pack/extract/annotation.h"
#include "support/reader_model.h"
#include "pack/extract/lexicon.h"

struct tokens {
    struct stm_arena arena;
    stemma_document document;
    struct stm_annotation ann;
};

static void tokenize(struct tokens *t, const char *text)
{
    memset(t, 0, sizeof *t);
    stm_arena_init(&t->arena, 0);
    t->document.text = stemma_text_of(text);
    t->ann.arena = &t->arena;
    t->ann.model = reader_model();
    t->ann.document = &t->document;
    t->ann.text = t->document.text;
    assert_int_equal(stm_extract_tokens(&t->ann), STEMMA_OK);
    assert_int_equal(stm_extract_sentences(&t->ann), STEMMA_OK);
    assert_int_equal(stm_extract_tags(&t->ann), STEMMA_OK);
}

/* Checks the tokens of `text` against `expected`, which has a bar between tokens. */
static void check_tokens(const char *text, const char *expected)
{
    struct tokens t;
    tokenize(&t, text);
    char joined[512] = "";
    size_t size = 0;
    for (uint32_t i = 0; i < t.ann.token_count; i++) {
        stemma_text word = stm_ann_words(&t.ann, i, 1);
        assert_true(size + word.size + 2 < sizeof joined);
        if (i != 0) {
            joined[size++] = '|';
        }
        memcpy(joined + size, word.data, word.size);
        size += word.size;
    }
    joined[size] = '\0';
    assert_string_equal(joined, expected);
    stm_arena_free(&t.arena);
}

static void possessives_and_contractions_are_split_off(void **state)
{
    (void)state;
    check_tokens("Orla's men don't know; they've left.",
                 "Orla|'s|men|do|n't|know|;|they|'ve|left|.");
    check_tokens("The miners\xE2\x80\x99 union and O\xE2\x80\x99Hara\xE2\x80\x99s boat",
                 "The|miners|\xE2\x80\x99|union|and|O\xE2\x80\x99Hara|\xE2\x80\x99s|boat");
}

static void numbers_dates_and_abbreviations_are_whole(void **state)
{
    (void)state;
    check_tokens("On 2031-04-05, 1,227 of 3.5m left at 10:30 (the U.S. said).",
                 "On|2031-04-05|,|1,227|of|3.5m|left|at|10:30|(|the|U.S.|said|)|.");
    check_tokens("Mr. J. Smith of Acme Inc. paid $5.", "Mr.|J.|Smith|of|Acme|Inc.|paid|$|5|.");
}

static void a_comma_without_space_still_splits(void **state)
{
    (void)state;
    check_tokens("Verenova,one of two,12 in all", "Verenova|,|one|of|two|,|12|in|all");
}

static void names_are_split_from_what_a_hyphen_joins_to_them(void **state)
{
    (void)state;
    check_tokens("US-led talks, Chile-Peru ties, pro-Chilean Jean-Pierre, 69-year-old",
                 "US|-|led|talks|,|Chile|-|Peru|ties|,|pro|-|Chilean|Jean-Pierre|,|69-year-old");
    check_tokens("Agence France-Presse and Bashir al-Noor",
                 "Agence|France-Presse|and|Bashir|al-Noor");
}

static void addresses_are_one_token(void **state)
{
    (void)state;
    check_tokens("See https://example.org/a?b=1, or @some_one.",
                 "See|https://example.org/a?b=1|,|or|@some_one|.");
}

static void furniture_has_no_tokens(void **state)
{
    (void)state;
    static const char text[] = "SHARE THIS The mayor left. ADVERT She returned.";
    struct tokens t;
    memset(&t, 0, sizeof t);
    stm_arena_init(&t.arena, 0);
    const stemma_span furniture[] = {{0, 10}, {27, 33}};
    t.document.text = stemma_text_of(text);
    t.document.furniture = furniture;
    t.document.furniture_count = 2;
    t.ann.arena = &t.arena;
    t.ann.model = reader_model();
    t.ann.document = &t.document;
    t.ann.text = t.document.text;
    assert_int_equal(stm_extract_tokens(&t.ann), STEMMA_OK);
    assert_int_equal(t.ann.token_count, 7);
    assert_true(stm_ann_is(&t.ann, 0, "the"));
    assert_true(stm_ann_is(&t.ann, 4, "she"));
    stm_arena_free(&t.arena);
}

static void tag_of(const char *text, const char *word, enum stm_tag tag, const char *lemma)
{
    struct tokens t;
    tokenize(&t, text);
    int seen = 0;
    for (uint32_t i = 0; i < t.ann.token_count; i++) {
        if (!seen && stm_ann_is(&t.ann, i, word)) {
            seen = 1;
            if (t.ann.tokens[i].tag != tag || !stm_ann_has_lemma(&t.ann, i, lemma)) {
                fail_msg("%s in \"%s\": tag %d, lemma %.*s", word, text, t.ann.tokens[i].tag,
                         (int)t.ann.tokens[i].lemma.size, t.ann.tokens[i].lemma.data);
            }
        }
    }
    assert_true(seen);
    stm_arena_free(&t.arena);
}

static void verbs_are_told_from_nouns_by_their_neighbours(void **state)
{
    (void)state;
    tag_of("The court freed two men.", "freed", STM_TAG_PAST, "free");
    tag_of("Two men were released on Monday.", "released", STM_TAG_PARTICIPLE, "release");
    tag_of("The release of two men came late.", "release", STM_TAG_NOUN, "release");
    tag_of("They want to release two men.", "release", STM_TAG_VERB, "release");
    tag_of("She says the men left.", "says", STM_TAG_VERB_S, "say");
    tag_of("He was planning talks.", "planning", STM_TAG_GERUND, "plan");
    tag_of("The men jailed by the court wrote letters.", "jailed", STM_TAG_PARTICIPLE, "jail");
    tag_of("The cities have fallen.", "cities", STM_TAG_PLURAL, "city");
}

static void every_list_is_ordered_for_binary_search(void **state)
{
    (void)state;
    for (size_t i = 1; i < stm_lexicon_place_count; i++) {
        assert_true(strcmp(stm_lexicon_places[i - 1].name, stm_lexicon_places[i].name) < 0);
    }
    for (size_t i = 1; i < stm_lexicon_demonym_count; i++) {
        assert_true(strcmp(stm_lexicon_demonyms[i - 1].word, stm_lexicon_demonyms[i].word) < 0);
    }
    for (size_t i = 1; i < stm_lexicon_given_count; i++) {
        assert_true(strcmp(stm_lexicon_given_names[i - 1].name, stm_lexicon_given_names[i].name) <
                    0);
    }
    for (size_t i = 1; i < stm_lexicon_closed_count; i++) {
        assert_true(strcmp(stm_lexicon_closed[i - 1].word, stm_lexicon_closed[i].word) < 0);
    }
    for (size_t i = 1; i < stm_lexicon_form_count; i++) {
        assert_true(strcmp(stm_lexicon_forms[i - 1].form, stm_lexicon_forms[i].form) < 0);
    }
    for (size_t i = 1; i < stm_lexicon_verb_count; i++) {
        assert_true(strcmp(stm_lexicon_verbs[i - 1], stm_lexicon_verbs[i]) < 0);
    }
    for (size_t i = 1; i < stm_lexicon_noun_count; i++) {
        assert_true(strcmp(stm_lexicon_nouns[i - 1], stm_lexicon_nouns[i]) < 0);
    }
    for (size_t i = 0; i < stm_lexicon_person_count + stm_lexicon_name_count; i++) {
        const struct stm_word_list *list = i < stm_lexicon_person_count
                                               ? &stm_lexicon_person[i]
                                               : &stm_lexicon_name[i - stm_lexicon_person_count];
        assert_int_equal(list->list, i); /* stm_lexicon_has() finds lists by their number */
        for (size_t k = 1; k < list->count; k++) {
            assert_true(strcmp(list->words[k - 1], list->words[k]) < 0);
        }
    }
}

static void a_cap_on_memory_is_kept_and_reported(void **state)
{
    (void)state;
    struct stm_arena arena;
    stm_arena_init(&arena, 1 << 16);
    static char text[1 << 16];
    for (size_t i = 0; i + 1 < sizeof text; i++) {
        text[i] = i % 4 == 3 ? ' ' : 'A';
    }
    stemma_document input;
    memset(&input, 0, sizeof input);
    input.text.data = text;
    input.text.size = sizeof text - 1;
    stemma_document output;
    stemma_error error;
    assert_int_equal(stm_extract(reader_model(), &input, 0, &arena, &output, &error), STEMMA_E_LIMIT);
    assert_string_equal(error.code, "EXTRACT_MEMORY");
    assert_true(arena.total <= 1 << 16);
    stm_arena_free(&arena);
}

static void broken_text_is_refused_with_its_place(void **state)
{
    (void)state;
    struct stm_arena arena;
    stm_arena_init(&arena, 0);
    stemma_document input;
    memset(&input, 0, sizeof input);
    input.text = stemma_text_of("The mayor \xC3( left.");
    stemma_document output;
    stemma_error error;
    assert_int_equal(stm_extract(reader_model(), &input, 0, &arena, &output, &error), STEMMA_E_INVALID);
    assert_string_equal(error.code, "TEXT_UTF8");
    assert_int_equal(error.offset, 10);
    stemma_span outside = {5, 500};
    input.text = stemma_text_of("The mayor left.");
    input.furniture = &outside;
    input.furniture_count = 1;
    assert_int_equal(stm_extract(reader_model(), &input, 0, &arena, &output, &error), STEMMA_E_INVALID);
    assert_string_equal(error.code, "FURNITURE_SPAN");
    stm_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(possessives_and_contractions_are_split_off),
        cmocka_unit_test(numbers_dates_and_abbreviations_are_whole),
        cmocka_unit_test(a_comma_without_space_still_splits),
        cmocka_unit_test(names_are_split_from_what_a_hyphen_joins_to_them),
        cmocka_unit_test(addresses_are_one_token),
        cmocka_unit_test(furniture_has_no_tokens),
        cmocka_unit_test(verbs_are_told_from_nouns_by_their_neighbours),
        cmocka_unit_test(every_list_is_ordered_for_binary_search),
        cmocka_unit_test(a_cap_on_memory_is_kept_and_reported),
        cmocka_unit_test(broken_text_is_refused_with_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
