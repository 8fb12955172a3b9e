/* SPDX-License-Identifier: MIT */
/* Questions about trees, on trees written by hand and on those that the shipped parser builds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "pack/extract/syntax.h"
#include "support/reader_model.h"

struct page {
    struct stm_arena arena;
    struct stm_annotation ann;
    stemma_document document;
};

static void cut(struct page *page, const char *text)
{
    memset(page, 0, sizeof *page);
    stm_arena_init(&page->arena, 0);
    page->document.text = page->ann.text = stemma_text_of(text);
    page->ann.document = &page->document;
    page->ann.arena = &page->arena;
    page->ann.model = reader_model();
    assert_int_equal(stm_extract_tokens(&page->ann), STEMMA_OK);
    assert_int_equal(stm_extract_sentences(&page->ann), STEMMA_OK);
    assert_int_equal(stm_extract_tags(&page->ann), STEMMA_OK);
}

static void parse(struct page *page, const char *text)
{
    cut(page, text);
    assert_int_equal(stm_extract_syntax(&page->ann), STEMMA_OK);
}

static void done(struct page *page)
{
    stm_arena_free(&page->arena);
}

/* The token that reads `word`. */
static uint32_t at(const struct page *page, const char *word)
{
    for (uint32_t i = 0; i < page->ann.token_count; i++) {
        if (stemma_text_equal(stm_ann_words(&page->ann, i, 1), stemma_text_of(word))) {
            return i;
        }
    }
    fail_msg("no token reads %s", word);
    return STEMMA_NONE;
}

struct arc {
    uint32_t head; /* from 1; 0: root */
    enum stm_relation relation;
    enum stm_pos pos;
};

/* Lays a tree over the tokens. */
static void draw(struct page *page, const char *text, const struct arc *arcs, uint32_t count)
{
    cut(page, text);
    assert_int_equal(page->ann.token_count, count);
    for (uint32_t i = 0; i < count; i++) {
        page->ann.tokens[i].child = page->ann.tokens[i].sibling = STEMMA_NONE;
    }
    for (uint32_t i = count; i-- > 0;) {
        struct stm_token *token = &page->ann.tokens[i];
        token->head = arcs[i].head == 0 ? STEMMA_NONE : arcs[i].head - 1;
        token->relation = (uint8_t)arcs[i].relation;
        token->pos = (uint8_t)arcs[i].pos;
        if (token->head != STEMMA_NONE) {
            token->sibling = page->ann.tokens[token->head].child;
            page->ann.tokens[token->head].child = i;
        }
    }
}

#define DRAW(page, text, ...)                                                                      \
    do {                                                                                           \
        static const struct arc arcs[] = {__VA_ARGS__};                                            \
        draw(page, text, arcs, sizeof arcs / sizeof arcs[0]);                                      \
    } while (0)

#define R(name) STM_RELATION_##name
#define P(name) STM_POS_##name

static void subjects_are_shared_by_coordinated_verbs_and_passives_are_known(void **state)
{
    (void)state;
    struct page page;
    DRAW(&page, "Anna was arrested and jailed by police .", {3, R(NSUBJ_PASS), P(NNP)},
         {3, R(AUX_PASS), P(VBD)}, {0, R(ROOT), P(VBN)}, {5, R(CC), P(CC)}, {3, R(CONJ), P(VBN)},
         {7, R(CASE), P(IN)}, {5, R(OBL_AGENT), P(NNS)}, {3, R(PUNCT), P(STOP)});
    assert_int_equal(stm_syntax_subject(&page.ann, 4), 0);
    assert_true(stm_syntax_is_passive(&page.ann, 2));
    assert_true(stm_syntax_is_passive(&page.ann, 4));
    assert_int_equal(stm_syntax_oblique(&page.ann, 4, "by"), 6);
    assert_int_equal(stm_syntax_oblique(&page.ann, 4, "with"), STEMMA_NONE);
    assert_int_equal(stm_syntax_case(&page.ann, 6), 5);
    assert_int_equal(stm_syntax_object(&page.ann, 4), STEMMA_NONE);
    done(&page);
}

static void objects_are_shared_with_the_verb_before(void **state)
{
    (void)state;
    struct page page;
    DRAW(&page, "They arrested and questioned the student .", {2, R(NSUBJ), P(PRP)},
         {0, R(ROOT), P(VBD)}, {4, R(CC), P(CC)}, {2, R(CONJ), P(VBD)}, {6, R(DET), P(DT)},
         {4, R(OBJ), P(NN)}, {2, R(PUNCT), P(STOP)});
    assert_int_equal(stm_syntax_object(&page.ann, 1), 5);
    assert_int_equal(stm_syntax_object(&page.ann, 3), 5);
    assert_int_equal(stm_syntax_subject(&page.ann, 3), 0);
    assert_false(stm_syntax_is_passive(&page.ann, 1));
    done(&page);
    /* What follows another complement is not shared. */
    DRAW(&page, "They voted on Monday and left the room .", {2, R(NSUBJ), P(PRP)},
         {0, R(ROOT), P(VBD)}, {4, R(CASE), P(IN)}, {2, R(OBL), P(NNP)}, {6, R(CC), P(CC)},
         {2, R(CONJ), P(VBD)}, {8, R(DET), P(DT)}, {6, R(OBJ), P(NN)}, {2, R(PUNCT), P(STOP)});
    assert_int_equal(stm_syntax_object(&page.ann, 1), STEMMA_NONE);
    done(&page);
}

static void clauses_that_describe_a_noun_have_it_as_subject_or_object(void **state)
{
    (void)state;
    struct page page;
    DRAW(&page, "The men who fled thanked the crew they met .", {2, R(DET), P(DT)},
         {5, R(NSUBJ), P(NNS)}, {4, R(NSUBJ), P(WP)}, {2, R(ACL_RELCL), P(VBD)},
         {0, R(ROOT), P(VBD)}, {7, R(DET), P(DT)}, {5, R(OBJ), P(NN)}, {9, R(NSUBJ), P(PRP)},
         {7, R(ACL_RELCL), P(VBD)}, {5, R(PUNCT), P(STOP)});
    assert_int_equal(stm_syntax_subject(&page.ann, 3), 1);
    assert_int_equal(stm_syntax_object(&page.ann, 3), STEMMA_NONE);
    assert_int_equal(stm_syntax_object(&page.ann, 8), 6);
    assert_int_equal(stm_syntax_subject(&page.ann, 8), 7);
    uint32_t first;
    uint32_t end;
    stm_syntax_range(&page.ann, 6, &first, &end);
    assert_int_equal(first, 5);
    assert_int_equal(end, 9);
    done(&page);
    DRAW(&page, "The men freed on Monday left .", {2, R(DET), P(DT)}, {6, R(NSUBJ), P(NNS)},
         {2, R(ACL), P(VBN)}, {5, R(CASE), P(IN)}, {3, R(OBL), P(NNP)}, {0, R(ROOT), P(VBD)},
         {6, R(PUNCT), P(STOP)});
    assert_int_equal(stm_syntax_subject(&page.ann, 2), 1);
    assert_true(stm_syntax_is_passive(&page.ann, 2));
    done(&page);
}

static void complements_take_the_object_above_or_else_the_subject(void **state)
{
    (void)state;
    struct page page;
    DRAW(&page, "They forced him to leave .", {2, R(NSUBJ), P(PRP)}, {0, R(ROOT), P(VBD)},
         {2, R(OBJ), P(PRP)}, {5, R(MARK), P(TO)}, {2, R(XCOMP), P(VB)}, {2, R(PUNCT), P(STOP)});
    assert_int_equal(stm_syntax_subject(&page.ann, 4), 2);
    done(&page);
    DRAW(&page, "They tried to leave .", {2, R(NSUBJ), P(PRP)}, {0, R(ROOT), P(VBD)},
         {4, R(MARK), P(TO)}, {2, R(XCOMP), P(VB)}, {2, R(PUNCT), P(STOP)});
    assert_int_equal(stm_syntax_subject(&page.ann, 3), 0);
    done(&page);
}

static void members_of_a_list_come_in_the_order_of_the_text(void **state)
{
    (void)state;
    struct page page;
    uint32_t members[8];
    DRAW(&page, "Anna , Boris and Vera left", {6, R(NSUBJ), P(NNP)}, {3, R(PUNCT), P(COMMA)},
         {1, R(CONJ), P(NNP)}, {5, R(CC), P(CC)}, {1, R(CONJ), P(NNP)}, {0, R(ROOT), P(VBD)});
    assert_int_equal(stm_syntax_conjuncts(&page.ann, 0, members, 8), 3);
    assert_int_equal(members[0], 0);
    assert_int_equal(members[1], 2);
    assert_int_equal(members[2], 4);
    assert_int_equal(stm_syntax_conjuncts(&page.ann, 0, members, 2), 2);
    done(&page);
}

static void what_is_no_token_has_no_answers(void **state)
{
    (void)state;
    struct page page;
    uint32_t first;
    uint32_t end;
    parse(&page, "Nobody came.");
    assert_int_equal(stm_syntax_subject(&page.ann, STEMMA_NONE), STEMMA_NONE);
    assert_int_equal(stm_syntax_object(&page.ann, 1000), STEMMA_NONE);
    assert_int_equal(stm_syntax_child(&page.ann, STEMMA_NONE, STM_RELATION_OBJ), STEMMA_NONE);
    assert_int_equal(stm_syntax_next(&page.ann, STEMMA_NONE, STM_RELATION_OBJ), STEMMA_NONE);
    assert_int_equal(stm_syntax_case(&page.ann, STEMMA_NONE), STEMMA_NONE);
    assert_int_equal(stm_syntax_oblique(&page.ann, STEMMA_NONE, "by"), STEMMA_NONE);
    assert_false(stm_syntax_is_passive(&page.ann, STEMMA_NONE));
    stm_syntax_range(&page.ann, STEMMA_NONE, &first, &end);
    assert_int_equal(first, STEMMA_NONE);
    done(&page);
}

/* Heads stay in the sentence, one root each, no arcs that cross, lists that hold each token once. */
static void check_trees(const struct stm_annotation *ann)
{
    for (uint32_t s = 0; s < ann->sentence_count; s++) {
        uint32_t first = ann->sentences[s].first;
        uint32_t end = stm_ann_sentence_end(ann, s);
        uint32_t roots = 0;
        uint32_t listed = 0;
        for (uint32_t i = first; i < end; i++) {
            const struct stm_token *token = &ann->tokens[i];
            uint32_t steps = 0;
            roots += token->head == STEMMA_NONE;
            assert_true(token->head == STEMMA_NONE ||
                        (token->head >= first && token->head < end && token->head != i));
            assert_int_equal(token->head == STEMMA_NONE, token->relation == STM_RELATION_ROOT);
            for (uint32_t k = token->child; k != STEMMA_NONE; k = ann->tokens[k].sibling) {
                assert_int_equal(ann->tokens[k].head, i);
                assert_true(ann->tokens[k].sibling > k);
                listed++;
            }
            for (uint32_t k = i; k != STEMMA_NONE; k = ann->tokens[k].head) {
                assert_true(steps++ <= end - first);
            }
        }
        assert_int_equal(roots, 1);
        assert_int_equal(listed + 1, end - first);
    }
}

static void trees_are_trees_whatever_the_text(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "He came.", "?!", "\"", "a", "and and and and and", ") ( ] [ , ; : - \" ' %",
        "BELOVED MAYOR RESIGNS AFTER STORM. The Mayor Resigns After The Storm",
        "\xE2\x80\x9CYes,\xE2\x80\x9D she said \xE2\x80\x94 \xC3\x89t\xC3\xA9 2024 \xF0\x9F\x98\x80."};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct page page;
        parse(&page, texts[i]);
        check_trees(&page.ann);
        done(&page);
    }
}

static void endless_sentences_are_parsed_in_pieces_under_one_root(void **state)
{
    (void)state;
    size_t size = 200000;
    char *text = malloc(size + 1);
    assert_non_null(text);
    static const char *const parts[] = {"of the old town ", "and he said ", "men, ", "x "};
    size_t length = 0;
    for (size_t i = 0; length + 32 < size; i++) {
        const char *part = parts[(i * 7 + i / 5) % 4];
        memcpy(text + length, part, strlen(part));
        length += strlen(part);
    }
    text[length] = '\0';
    struct page page;
    parse(&page, text);
    check_trees(&page.ann);
    assert_true(page.ann.token_count > 10000);
    done(&page);
    free(text);
}

static void the_shipped_parser_reads_plain_news(void **state)
{
    (void)state;
    struct page page;
    parse(&page, "Police arrested two students in the capital on Friday. The minister was criticized "
                 "by the opposition. The court sentenced the journalist to five years in prison.");
    uint32_t arrested = at(&page, "arrested");
    assert_int_equal(stm_syntax_subject(&page.ann, arrested), at(&page, "Police"));
    assert_int_equal(stm_syntax_object(&page.ann, arrested), at(&page, "students"));
    assert_int_equal(stm_syntax_oblique(&page.ann, arrested, "on"), at(&page, "Friday"));
    uint32_t criticized = at(&page, "criticized");
    assert_true(stm_syntax_is_passive(&page.ann, criticized));
    assert_int_equal(stm_syntax_subject(&page.ann, criticized), at(&page, "minister"));
    assert_int_equal(stm_syntax_oblique(&page.ann, criticized, "by"), at(&page, "opposition"));
    uint32_t sentenced = at(&page, "sentenced");
    assert_int_equal(stm_syntax_object(&page.ann, sentenced), at(&page, "journalist"));
    assert_int_equal(stm_syntax_oblique(&page.ann, sentenced, "to"), at(&page, "years"));
    done(&page);
}

static void a_day_after_an_object_is_that_of_the_verb(void **state)
{
    (void)state;
    struct page page;
    parse(&page, "Police arrested Peter Lund and 17 activists on Tuesday. They freed the poet Friday.");
    check_trees(&page.ann);
    assert_int_equal(page.ann.tokens[at(&page, "Tuesday")].head, at(&page, "arrested"));
    assert_int_equal(page.ann.tokens[at(&page, "Friday")].head, at(&page, "freed"));
    done(&page);
}

static void headlines_in_capitals_are_read_as_if_they_were_not(void **state)
{
    (void)state;
    struct page page;
    parse(&page, "POLICE ARREST THREE STUDENTS AFTER PROTEST");
    assert_int_equal(page.ann.tokens[at(&page, "ARREST")].tag, STM_TAG_VERB);
    assert_int_equal(page.ann.tokens[at(&page, "STUDENTS")].tag, STM_TAG_PLURAL);
    assert_int_equal(page.ann.tokens[at(&page, "AFTER")].pos, STM_POS_IN);
    done(&page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(subjects_are_shared_by_coordinated_verbs_and_passives_are_known),
        cmocka_unit_test(objects_are_shared_with_the_verb_before),
        cmocka_unit_test(clauses_that_describe_a_noun_have_it_as_subject_or_object),
        cmocka_unit_test(complements_take_the_object_above_or_else_the_subject),
        cmocka_unit_test(members_of_a_list_come_in_the_order_of_the_text),
        cmocka_unit_test(what_is_no_token_has_no_answers),
        cmocka_unit_test(trees_are_trees_whatever_the_text),
        cmocka_unit_test(endless_sentences_are_parsed_in_pieces_under_one_root),
        cmocka_unit_test(the_shipped_parser_reads_plain_news),
        cmocka_unit_test(a_day_after_an_object_is_that_of_the_verb),
        cmocka_unit_test(headlines_in_capitals_are_read_as_if_they_were_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
