/* SPDX-License-Identifier: MIT */
#include "extract_helpers.h"

#include "pack/extract/annotation.h"

struct read_state {
    struct stm_arena arena;
    stemma_document document;
    struct stm_annotation ann;
};

static void read_sentences(struct read_state *s, const char *text)
{
    memset(s, 0, sizeof *s);
    stm_arena_init(&s->arena, 0);
    s->document.text = stemma_text_of(text);
    s->ann.arena = &s->arena;
    s->ann.document = &s->document;
    s->ann.text = s->document.text;
    assert_int_equal(stm_extract_tokens(&s->ann), STEMMA_OK);
    assert_int_equal(stm_extract_sentences(&s->ann), STEMMA_OK);
}

static void check_count(const char *text, uint32_t count)
{
    struct read_state s;
    read_sentences(&s, text);
    if (s.ann.sentence_count != count) {
        fail_msg("%u sentences, not %u: %s", s.ann.sentence_count, count, text);
    }
    for (uint32_t i = 0; i < s.ann.sentence_count; i++) {
        assert_true(s.ann.sentences[i].count >= 1);
    }
    stm_arena_free(&s.arena);
}

static void abbreviations_and_initials_end_no_sentence(void **state)
{
    (void)state;
    check_count("Mr. Orlan met Dr. J. K. Petrel. They spoke with Gen. Sorel.", 2);
    check_count("He sold Acme Inc. to the U.S. Navy. The U.S. The end came soon.", 3);
    check_count("See No. 5 on p. 3, e.g. the Sept. 4 entry.", 1);
}

static void quotations_keep_their_sentences_together(void **state)
{
    (void)state;
    check_count("\"Will it end?\" Orlova asked. \"I think so.\" She sat down.", 3);
    check_count("\xE2\x80\x9CWe left.\xE2\x80\x9D Then they slept.", 2);
    check_count("Verane... and then he left! Did he? Yes.", 3);
}

static void paragraphs_are_hard_breaks(void **state)
{
    (void)state;
    check_count("A headline without a stop\n\nThe mayor left the town. She went home", 3);
    check_count(
        "This line, like most in old mail, was wrapped at the margin of\nthe page and goes on.", 1);
}

static void furniture_ends_a_sentence(void **state)
{
    (void)state;
    struct read_state s;
    memset(&s, 0, sizeof s);
    stm_arena_init(&s.arena, 0);
    const stemma_span furniture = {15, 25};
    s.document.text = stemma_text_of("The mayor left  READ MORE and came back");
    s.document.furniture = &furniture;
    s.document.furniture_count = 1;
    s.ann.arena = &s.arena;
    s.ann.document = &s.document;
    s.ann.text = s.document.text;
    assert_int_equal(stm_extract_tokens(&s.ann), STEMMA_OK);
    assert_int_equal(stm_extract_sentences(&s.ann), STEMMA_OK);
    assert_int_equal(s.ann.sentence_count, 2);
    stm_arena_free(&s.arena);
}

static void a_quotation_is_the_words_between_its_marks(void **state)
{
    (void)state;
    struct read_state s;
    read_sentences(
        &s, "She said: \xE2\x80\x9CI am \xE2\x80\x98quite\xE2\x80\x99 free,\xE2\x80\x9D and left.");
    assert_int_equal(s.ann.quote_count, 2);
    stemma_text text = s.ann.text;
    const struct stm_quote *inner = &s.ann.quotes[0];
    const struct stm_quote *outer = &s.ann.quotes[1];
    assert_int_equal(inner->depth, 1);
    assert_memory_equal(text.data + inner->start, "quite", 5);
    assert_int_equal(inner->end - inner->start, 5);
    assert_int_equal(outer->depth, 0);
    assert_memory_equal(text.data + outer->start, "I am", 4);
    stm_arena_free(&s.arena);
}

static void a_quotation_goes_on_over_paragraphs(void **state)
{
    (void)state;
    struct read_state s;
    read_sentences(
        &s, "\xE2\x80\x9CWe waited long.\n\n\xE2\x80\x9CThen they came,\xE2\x80\x9D he said.");
    assert_int_equal(s.ann.quote_count, 2);
    assert_int_equal(s.ann.quotes[0].continues, STEMMA_NONE);
    assert_int_equal(s.ann.quotes[1].continues, 0);
    stm_arena_free(&s.arena);
}

static void an_apostrophe_opens_no_quotation(void **state)
{
    (void)state;
    struct read_state s;
    read_sentences(&s, "The miners' wives' letters aren't here, and \"never closed is dropped.");
    assert_int_equal(s.ann.quote_count, 0);
    for (uint32_t i = 0; i < s.ann.token_count; i++) {
        assert_int_equal(s.ann.tokens[i].flags & STM_TOKEN_IN_QUOTE, 0);
    }
    stm_arena_free(&s.arena);
}

static void a_headline_is_known_as_one(void **state)
{
    (void)state;
    struct read_state s;
    read_sentences(
        &s, "Verania Frees Miners After Talks\n\nThe miners went home on Monday. It rained.");
    assert_int_equal(s.ann.sentence_count, 3);
    assert_int_equal(s.ann.sentences[0].is_title, 1);
    assert_int_equal(s.ann.sentences[1].is_title, 0);
    stm_arena_free(&s.arena);
}

static void text_without_end_is_cut(void **state)
{
    (void)state;
    static char text[20000];
    for (size_t i = 0; i + 1 < sizeof text; i++) {
        text[i] = i % 2 == 0 ? 'a' : ' ';
    }
    struct read_state s;
    read_sentences(&s, text);
    assert_true(s.ann.sentence_count > 10);
    stm_arena_free(&s.arena);
}

static void nothing_to_read_is_no_error(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "");
    assert_int_equal(r.output.sentence_count, 0);
    assert_int_equal(r.output.mention_count, 0);
    end_reading(&r);
    read_text(&r, " \n\n \t");
    assert_int_equal(r.output.sentence_count, 0);
    end_reading(&r);
    stemma_document input;
    memset(&input, 0, sizeof input); /* no text at all: the data is NULL */
    stemma_document output;
    struct stm_arena arena;
    stm_arena_init(&arena, 0);
    assert_int_equal(stm_extract(reader_model(), &input, 0, &arena, &output, NULL), STEMMA_OK);
    stm_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(abbreviations_and_initials_end_no_sentence),
        cmocka_unit_test(quotations_keep_their_sentences_together),
        cmocka_unit_test(paragraphs_are_hard_breaks),
        cmocka_unit_test(furniture_ends_a_sentence),
        cmocka_unit_test(a_quotation_is_the_words_between_its_marks),
        cmocka_unit_test(a_quotation_goes_on_over_paragraphs),
        cmocka_unit_test(an_apostrophe_opens_no_quotation),
        cmocka_unit_test(a_headline_is_known_as_one),
        cmocka_unit_test(text_without_end_is_cut),
        cmocka_unit_test(nothing_to_read_is_no_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
