/* SPDX-License-Identifier: MIT */
/* Each rule of testimony is broken once, and gives exactly its own code. */
#include "index/row_set.h"
#include "support/corpus.h"
#include "write/validate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdlib.h>

typedef void break_document(corpus_document *d);

static stm_vocabulary vocabulary;
static int seen[128]; /* by place in the list of rules */

/* A document that keeps every rule: two people, a place, a release, a name with a two-byte letter.
 */
static corpus_document *good(void)
{
    corpus_document *d = corpus_new("urn:test", "2021-03-04");
    uint32_t event = corpus_release(d, "\xc3\x85sa Lorn", "3 March 2021", "2021-03-03", "Velmora");
    uint32_t agent = corpus_entity(d, "person", "Teo Brask");
    corpus_sentence(d);
    corpus_mention(d, agent, STEMMA_MENTION_NAME, corpus_say(d, "Teo Brask"));
    stemma_span said = corpus_say(d, " ordered it");
    corpus_assert(d, event, "agent", corpus_referent(agent), said);
    corpus_assert(d, event, "quantity", corpus_count("a dozen", "12", "prisoner"), said);
    return d;
}

static void note(const char *code)
{
    size_t count = 0;
    const stm_rule *rules = stm_validate_rules(&count);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(rules[i].code, code) == 0) {
            seen[i] = 1;
            return;
        }
    }
    fail_msg("%s is not in the list of rules", code);
}

static void expect_document(const char *code, break_document *breaks)
{
    corpus_document *d = good();
    stemma_error error = {0};
    breaks(d);
    if (stm_validate_document(&d->document, &vocabulary, 1, &error) == STEMMA_OK) {
        fail_msg("%s: nothing was found", code);
    }
    assert_string_equal(error.code, code);
    assert_true(error.message[0] != '\0');
    note(code);
    corpus_free(d);
}

static void a_document_that_keeps_the_rules_passes(void **state)
{
    stemma_error error = {0};
    corpus_document *d = good();
    (void)state;
    assert_int_equal(stm_validate_document(&d->document, &vocabulary, 1, &error), STEMMA_OK);
    corpus_free(d);
}

#define BREAK(name, ...)                                                                           \
    static void name(corpus_document *d)                                                           \
    {                                                                                              \
        __VA_ARGS__                                                                                \
    }

static char long_text[70000];

BREAK(attribution, d->assertions[0].attribution = STEMMA_ATTRIBUTION_SPEAKER;)
BREAK(speaker_without_attribution, d->assertions[0].speaker = 0;)
BREAK(no_canonical, d->mentions[0].canonical = 0;)
BREAK(canonical_time, d->mentions[2].canonical = 1;)
BREAK(confidence, d->assertions[0].confidence = 1001;)
BREAK(latitude_alone, d->assertions[3].object.as.place.latitude = 1;)
BREAK(latitude_beyond, d->assertions[3].object.as.place.latitude = 900000001;
      d->assertions[3].object.as.place.longitude = 0;)
BREAK(decimal, d->assertions[5].object.as.quantity.amount = stemma_text_of("1e3");)
BREAK(decimal_point, d->assertions[5].object.as.quantity.lower = stemma_text_of("1.");)
BREAK(edtf, d->assertions[2].object.as.time.edtf = stemma_text_of("2021-13");)
BREAK(edtf_published, d->document.published.edtf = stemma_text_of("yesterday");)
BREAK(enum_polarity, d->assertions[0].polarity = 3;)
BREAK(enum_certainty, d->assertions[0].certainty = 4;)
BREAK(enum_tense, d->assertions[0].tense = 4;)
BREAK(enum_realis, d->assertions[0].realis = 4;)
BREAK(enum_stance, d->assertions[0].stance = 5;)
BREAK(enum_attribution, d->assertions[0].attribution = 3;)
BREAK(enum_mention, d->mentions[0].kind = 6;)
BREAK(enum_name, d->names[0].kind = 4;)
BREAK(enum_modifier, d->assertions[5].object.as.quantity.modifier = 6;)
BREAK(evidence_part, d->evidence[0].part = 3;)
BREAK(external_id, static const stemma_text id = {"Q1", 2}; d->referents[0].external_ids = &id;
      d->referents[0].external_id_count = 1;)
BREAK(furniture, static const stemma_span spans[] = {{5, 9}, {8, 10}};
      d->document.furniture = spans; d->document.furniture_count = 2;)
BREAK(head, d->mentions[0].head.start = 12; d->mentions[0].head.end = 14;)
BREAK(two_canonical, d->mentions[1] = d->mentions[0];)
BREAK(empty_name, d->names[0].text.size = 0;)
BREAK(repeated_name, static stemma_name twice[2]; twice[0] = d->names[0]; twice[1] = d->names[0];
      twice[1].kind = STEMMA_NAME_ALIAS; d->referents[0].names = twice;
      d->referents[0].name_count = 2;)
BREAK(double_space, d->names[0].text = stemma_text_of("Teo  Brask");)
BREAK(line_in_name, d->names[0].text = stemma_text_of("Teo\nBrask");)
BREAK(no_evidence, d->assertions[0].evidence_count = 0;)
BREAK(no_evidence_withheld, d->document.text_size = (uint32_t)d->document.text.size;
      d->document.text.size = 0; d->document.text_withheld = 1;
      d->assertions[0].evidence_count = 0;)
/* One filler that does not read the words of its object. */
BREAK(filler, d->evidence[2].part = STEMMA_EVIDENCE_FILLER;)
BREAK(filler_of_count, d->evidence[5].part = STEMMA_EVIDENCE_FILLER;)
BREAK(name_not_read, d->names[0].text = stemma_text_of("Asa Lorn");)

/* One long stretch of white space, said to be a day three hundred times over. */
static void evidence_without_end(corpus_document *d)
{
    static char blanks[1 << 20];
    static stemma_evidence fillers[300];
    static stemma_span span;
    memset(blanks, ' ', sizeof blanks - 1);
    span = corpus_say(d, blanks);
    for (size_t i = 0; i < sizeof fillers / sizeof fillers[0]; i++) {
        fillers[i] = (stemma_evidence){&span, 1, STEMMA_EVIDENCE_FILLER};
    }
    d->assertions[2].evidence = fillers;
    d->assertions[2].evidence_count = sizeof fillers / sizeof fillers[0];
}

BREAK(object_kind, d->assertions[0].object.kind = 7;)
BREAK(paragraphs, static const uint32_t offsets[] = {0, 0}; d->document.paragraphs = offsets;
      d->document.paragraph_count = 2;)
BREAK(predicate, d->assertions[0].predicate = stemma_text_of("flavour");)
BREAK(kind_of_referent, d->referents[0].kind = 2;)
BREAK(event_speaks, d->assertions[0].attribution = STEMMA_ATTRIBUTION_SPEAKER;
      d->assertions[0].speaker = 2;)
BREAK(subject, d->assertions[0].subject = 99;)
BREAK(object_referent, d->assertions[1].object.as.referent = 4;)
BREAK(place_referent, d->assertions[3].object.as.place.referent = 4;)
BREAK(mention_referent, d->mentions[0].referent = 4;)
BREAK(via, d->assertions[0].via = 4;)
BREAK(role, d->assertions[1].predicate = stemma_text_of("award");)
BREAK(run, d->assertions[0].run = 1;)
BREAK(sentences, d->sentences[1] = 5000;)
BREAK(sentence_in_character, d->sentences[0] = 1;)
BREAK(empty_span, d->mention_spans[0].end = d->mention_spans[0].start;)
BREAK(no_span, d->mentions[0].span_count = 0;)
BREAK(span_order, static const stemma_span spans[] = {{4, 6}, {2, 4}}; d->mentions[0].spans = spans;
      d->mentions[0].span_count = 2;)
BREAK(span_overlap, static const stemma_span spans[] = {{2, 6}, {5, 7}};
      d->evidence[0].spans = spans; d->evidence[0].span_count = 2;)
BREAK(span_range, d->evidence_spans[0].end = (uint32_t)d->document.text.size + 1;)
BREAK(span_reversed, d->mention_spans[0].start = 9; d->mention_spans[0].end = 5;)
BREAK(span_in_character, d->mention_spans[0].end = 1;)
BREAK(text_not_utf8, d->text[0] = (char)0xff;)
BREAK(nul_in_title, d->document.title.data = "a\0b"; d->document.title.size = 3;)
BREAK(text_size, d->document.text_size = 7;)
BREAK(text_announced, d->document.text_size = 7; d->document.text.size = 0;)
BREAK(long_title, d->document.title.data = long_text; d->document.title.size = 65536;)
BREAK(long_name, d->names[0].text.data = long_text; d->names[0].text.size = 1025;)
BREAK(long_uri, d->document.uri.data = long_text; d->document.uri.size = 8193;)
BREAK(type, d->referents[0].type = stemma_text_of("animal");)
BREAK(type_of_event, d->referents[2].type = stemma_text_of("person");)
BREAK(type_asserted, d->assertions[0].object = corpus_text("justice.dance");)

/* [T-1] [T-2] [T-3] [T-4] [T-5] [T-6] [T-7] [T-8] [T-9] [T-10] [T-11] [T-12] [T-13] [T-16] */
static void every_broken_rule_gives_its_code(void **state)
{
    static const struct {
        const char *code;
        break_document *breaks;
    } cases[] = {
        {"ATTRIBUTION", attribution},
        {"ATTRIBUTION", speaker_without_attribution},
        {"CANONICAL_MISSING", no_canonical},
        {"CANONICAL_WITHOUT_REFERENT", canonical_time},
        {"CONFIDENCE", confidence},
        {"COORDINATES", latitude_alone},
        {"COORDINATES", latitude_beyond},
        {"DECIMAL", decimal},
        {"DECIMAL", decimal_point},
        {"EDTF", edtf},
        {"EDTF", edtf_published},
        {"ENUM_RANGE", enum_polarity},
        {"ENUM_RANGE", enum_certainty},
        {"ENUM_RANGE", enum_tense},
        {"ENUM_RANGE", enum_realis},
        {"ENUM_RANGE", enum_stance},
        {"ENUM_RANGE", enum_attribution},
        {"ENUM_RANGE", enum_mention},
        {"ENUM_RANGE", enum_name},
        {"ENUM_RANGE", enum_modifier},
        {"EVIDENCE_PART", evidence_part},
        {"EXTERNAL_ID", external_id},
        {"FURNITURE_ORDER", furniture},
        {"HEAD_OUTSIDE", head},
        {"MULTIPLE_CANONICAL", two_canonical},
        {"NAME_EMPTY", empty_name},
        {"NAME_REPEATED", repeated_name},
        {"NAME_SPACE", double_space},
        {"NAME_SPACE", line_in_name},
        {"NO_EVIDENCE", no_evidence},
        {"NO_EVIDENCE", no_evidence_withheld},
        {"OBJECT_KIND", object_kind},
        {"FILLER_MISMATCH", filler},
        {"FILLER_MISMATCH", filler_of_count},
        {"NAME_MISMATCH", name_not_read},
        {"EVIDENCE_TOO_LONG", evidence_without_end},
        {"PARAGRAPH_ORDER", paragraphs},
        {"PREDICATE_UNKNOWN", predicate},
        {"REFERENT_KIND", kind_of_referent},
        {"REFERENT_KIND", event_speaks},
        {"REFERENT_OUT_OF_RANGE", subject},
        {"REFERENT_OUT_OF_RANGE", object_referent},
        {"REFERENT_OUT_OF_RANGE", place_referent},
        {"REFERENT_OUT_OF_RANGE", mention_referent},
        {"REFERENT_OUT_OF_RANGE", via},
        {"ROLE_UNKNOWN", role},
        {"RUN_OUT_OF_RANGE", run},
        {"SENTENCE_ORDER", sentences},
        {"SPAN_SPLITS_CHARACTER", sentence_in_character},
        {"SPAN_EMPTY", empty_span},
        {"SPAN_MISSING", no_span},
        {"SPAN_ORDER", span_order},
        {"SPAN_ORDER", span_overlap},
        {"SPAN_OUT_OF_RANGE", span_range},
        {"SPAN_OUT_OF_RANGE", span_reversed},
        {"SPAN_SPLITS_CHARACTER", span_in_character},
        {"TEXT_NOT_UTF8", text_not_utf8},
        {"TEXT_NOT_UTF8", nul_in_title},
        {"TEXT_SIZE", text_size},
        {"TEXT_SIZE", text_announced},
        {"TEXT_TOO_LONG", long_title},
        {"TEXT_TOO_LONG", long_name},
        {"TEXT_TOO_LONG", long_uri},
        {"TYPE_UNKNOWN", type},
        {"TYPE_UNKNOWN", type_of_event},
        {"TYPE_UNKNOWN", type_asserted},
    };
    (void)state;
    memset(long_text, 'a', sizeof long_text);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        expect_document(cases[i].code, cases[i].breaks);
    }
}

static void expect(const char *code, stemma_status status, const stemma_error *error)
{
    assert_int_equal(status, STEMMA_E_INVALID);
    assert_string_equal(error->code, code);
    note(code);
}

/* [T-12] [T-14] */
static void every_broken_judgement_gives_its_code(void **state)
{
    const stemma_judgement sound = {{0, 0},    {1, 0},    STEMMA_VERDICT_SAME, 500,      0,
                                    {NULL, 0}, {NULL, 0}, {NULL, 0},           {NULL, 0}};
    stemma_error error;
    stemma_judgement j = sound;
    (void)state;
    assert_int_equal(stm_validate_judgement(&j, 1, &error), STEMMA_OK);
    j.score = STEMMA_NO_CONFIDENCE;
    assert_int_equal(stm_validate_judgement(&j, 1, &error), STEMMA_OK);
    j.score = 1001;
    expect("SCORE", stm_validate_judgement(&j, 1, &error), &error);
    j = sound;
    j.verdict = 0;
    expect("VERDICT", stm_validate_judgement(&j, 1, &error), &error);
    j = sound;
    j.right = j.left;
    expect("JUDGEMENT_SELF", stm_validate_judgement(&j, 1, &error), &error);
    j = sound;
    j.author = stemma_text_of("alice");
    expect("AUTHOR", stm_validate_judgement(&j, 1, &error), &error);
    j.run = STEMMA_NONE;
    assert_int_equal(stm_validate_judgement(&j, 1, &error), STEMMA_OK);
    j.author.size = 0;
    expect("AUTHOR", stm_validate_judgement(&j, 1, &error), &error);
    j = sound;
    j.run = 1;
    expect("RUN_OUT_OF_RANGE", stm_validate_judgement(&j, 1, &error), &error);
    j = sound;
    j.retracted = stemma_text_of("soon");
    expect("EDTF", stm_validate_judgement(&j, 1, &error), &error);
    j = sound;
    j.created = stemma_text_of("soon");
    expect("EDTF", stm_validate_judgement(&j, 1, &error), &error);
}

/* [T-14] */
static void every_broken_derivation_gives_its_code(void **state)
{
    const stemma_shared_range range = {{3, 3}, {0, 4}};
    stemma_derivation sound = {0};
    stemma_error error;
    (void)state;
    sound.to = 1;
    sound.kind = STEMMA_DERIVATION_COPY;
    sound.score = 1000;
    stemma_derivation d = sound;
    assert_int_equal(stm_validate_derivation(&d, 1, &error), STEMMA_OK);
    d.kind = 6;
    expect("DERIVATION_KIND", stm_validate_derivation(&d, 1, &error), &error);
    d = sound;
    d.to = 0;
    expect("DERIVATION_SELF", stm_validate_derivation(&d, 1, &error), &error);
    d = sound;
    d.ranges = &range;
    d.range_count = 1;
    expect("SPAN_EMPTY", stm_validate_derivation(&d, 1, &error), &error);
    d = sound;
    d.score = STEMMA_NO_CONFIDENCE; /* a person need not measure what was copied */
    assert_int_equal(stm_validate_derivation(&d, 1, &error), STEMMA_OK);
    d.score = 1001;
    expect("SCORE", stm_validate_derivation(&d, 1, &error), &error);
}

/* [T-2] */
static void every_broken_run_and_term_gives_its_code(void **state)
{
    stemma_run run = {stemma_text_of("reader"), {NULL, 0}, 4, {NULL, 0}};
    stemma_term term = {3, stemma_text_of("a.b"), {NULL, 0}, 0, {NULL, 0}, {NULL, 0}};
    stemma_error error;
    (void)state;
    expect("RUN_KIND", stm_validate_run(&run, &error), &error);
    expect("TERM_KIND", stm_validate_term(&term, &error), &error);
    term.kind = STEMMA_TERM_PREDICATE;
    assert_int_equal(stm_validate_term(&term, &error), STEMMA_OK);
    term.name = stemma_text_of("a..b");
    expect("TERM_NAME", stm_validate_term(&term, &error), &error);
}

/* [T-17]; more of it in test_writer_rows. */
static void every_broken_row_gives_its_code(void **state)
{
    stm_row_set set;
    stemma_error error;
    stemma_row row = {0};
    (void)state;
    stm_row_set_begin(&set, NULL);
    assert_int_equal(stm_row_set_handle(&set, STEMMA_TERM_EVENT_TYPE,
                                        stemma_text_of("contact.meet"), (stemma_text){NULL, 0}),
                     STEMMA_OK);
    row.place = row.source = row.quantity_predicate = STEMMA_NONE;
    expect("ROW_ORDER", stm_row_set_add(&set, &row, &error), &error);
    row.number = 1;
    row.place = 0;
    expect("ACTOR_OUT_OF_RANGE", stm_row_set_add(&set, &row, &error), &error);
    row.place = STEMMA_NONE;
    assert_int_equal(stm_row_set_add(&set, &row, &error), STEMMA_OK);
    stm_row_set_free(&set);
}

/* Must run last. */
static void no_rule_is_left_without_a_test(void **state)
{
    size_t count = 0;
    const stm_rule *rules = stm_validate_rules(&count);
    (void)state;
    for (size_t i = 0; i < count; i++) {
        if (!seen[i]) {
            fail_msg("%s was never broken", rules[i].code);
        }
        assert_true(i == 0 || strcmp(rules[i - 1].code, rules[i].code) < 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_document_that_keeps_the_rules_passes),
        cmocka_unit_test(every_broken_rule_gives_its_code),
        cmocka_unit_test(every_broken_judgement_gives_its_code),
        cmocka_unit_test(every_broken_derivation_gives_its_code),
        cmocka_unit_test(every_broken_run_and_term_gives_its_code),
        cmocka_unit_test(every_broken_row_gives_its_code),
        cmocka_unit_test(no_rule_is_left_without_a_test),
    };
    vocabulary.terms = stemma_vocabulary_builtin(&vocabulary.count);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
