/* SPDX-License-Identifier: MIT */
/* Documents with random faults: what the writer accepts it can also write, and the checker finds
   nothing wrong with it; what it refuses it refuses at once, with a code. */
#include "stemma/check.h"
#include "stemma/write.h"
#include "support/corpus.h"
#include "support/prng.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const char *const texts[] = {"",
                                    "a",
                                    "  ",
                                    "justice.release",
                                    "\xc3\x85",
                                    "\xff",
                                    "2021-03",
                                    "2021-99",
                                    "12",
                                    "-0.50",
                                    "1e9",
                                    "type",
                                    "time",
                                    "agent",
                                    "Ada Lorn",
                                    "Ada  Lorn",
                                    "a\nb",
                                    "\xe2\x80\x94",
                                    "Q1:",
                                    "x:y",
                                    "[..2020-01-01]",
                                    "2020/2021",
                                    "\xf0\x9f\x98\x80",
                                    "person",
                                    "statement.say",
                                    "content",
                                    "speaker",
                                    "patient"};

static stemma_text any_text(prng *random)
{
    return stemma_text_of(texts[prng_below(random, sizeof texts / sizeof texts[0])]);
}

/* Mostly small, now and then huge or "none". */
static uint32_t any_number(prng *random, uint32_t usual)
{
    switch (prng_below(random, 12)) {
    case 0:
        return STEMMA_NONE;
    case 1:
        return (uint32_t)prng_next(random);
    default:
        return prng_below(random, usual);
    }
}

static void any_object(prng *random, stemma_object *object)
{
    memset(object, 0, sizeof *object);
    object->kind = (uint8_t)prng_below(random, 8);
    switch (object->kind) {
    case STEMMA_OBJECT_REFERENT:
        object->as.referent = any_number(random, 34);
        break;
    case STEMMA_OBJECT_TEXT:
        object->as.text = any_text(random);
        break;
    case STEMMA_OBJECT_TIME:
        object->as.time.raw = any_text(random);
        object->as.time.edtf = any_text(random);
        break;
    case STEMMA_OBJECT_PLACE:
        object->as.place.raw = any_text(random);
        object->as.place.gazetteer = any_text(random);
        object->as.place.referent = any_number(random, 34);
        object->as.place.latitude =
            prng_below(random, 2) ? STEMMA_NO_DEGREES : (int32_t)any_number(random, 900000000);
        object->as.place.longitude =
            prng_below(random, 2) ? STEMMA_NO_DEGREES : (int32_t)any_number(random, 900000000);
        object->as.place.radius = any_number(random, 100);
        break;
    case STEMMA_OBJECT_QUANTITY:
        object->as.quantity.raw = any_text(random);
        object->as.quantity.amount = any_text(random);
        object->as.quantity.lower = any_text(random);
        object->as.quantity.upper = any_text(random);
        object->as.quantity.unit = any_text(random);
        object->as.quantity.counted = any_text(random);
        object->as.quantity.modifier = (uint8_t)prng_below(random, 7);
        break;
    default:
        break;
    }
}

static void spoil_assertion(corpus_document *d, prng *random)
{
    stemma_assertion *a = &d->assertions[prng_below(random, d->document.assertion_count)];
    switch (prng_below(random, 12)) {
    case 0:
        a->subject = any_number(random, 34);
        break;
    case 1:
        a->predicate = any_text(random);
        break;
    case 2:
    case 3:
    case 4:
        any_object(random, &a->object);
        break;
    case 5:
        a->polarity = (uint8_t)prng_below(random, 4);
        a->certainty = (uint8_t)prng_below(random, 5);
        break;
    case 6:
        a->tense = (uint8_t)prng_below(random, 5);
        a->realis = (uint8_t)prng_below(random, 5);
        break;
    case 7:
        a->attribution = (uint8_t)prng_below(random, 4);
        a->speaker = any_number(random, 34);
        break;
    case 8:
        a->via = any_number(random, 34);
        break;
    case 9:
        a->confidence = (uint16_t)prng_below(random, 1200);
        a->stance = (uint8_t)prng_below(random, 6);
        break;
    case 10:
        a->evidence_count = prng_below(random, 2);
        break;
    default:
        a->run = any_number(random, 2);
        break;
    }
}

static void spoil(corpus_document *d, prng *random)
{
    stemma_document *to = &d->document;
    switch (prng_below(random, 12)) {
    case 0:
        d->names[prng_below(random, d->name_count)].text = any_text(random);
        break;
    case 1:
        d->referents[prng_below(random, to->referent_count)].type = any_text(random);
        break;
    case 2:
        d->referents[prng_below(random, to->referent_count)].kind = (uint8_t)prng_below(random, 3);
        break;
    case 3:
        d->mention_spans[prng_below(random, to->mention_count)].start = any_number(random, 4000);
        break;
    case 4:
        d->mention_spans[prng_below(random, to->mention_count)].end = any_number(random, 4000);
        break;
    case 5:
        d->mentions[prng_below(random, to->mention_count)].referent = any_number(random, 34);
        break;
    case 6:
        d->mentions[prng_below(random, to->mention_count)].canonical =
            (uint8_t)prng_below(random, 3);
        break;
    case 7:
        d->evidence_spans[prng_below(random, to->assertion_count)].end = any_number(random, 4000);
        break;
    case 8:
        to->published.edtf = any_text(random);
        to->title = any_text(random);
        break;
    case 9:
        to->text_withheld = (uint8_t)prng_below(random, 2);
        break;
    default:
        spoil_assertion(d, random);
        break;
    }
}

static int say_problem(void *context, const stemma_problem *problem)
{
    (void)context;
    /* That evidence reads as the object does is a matter of quality, which the writer leaves to who
       extracts. */
    if (strcmp(problem->check, "evidence") == 0) {
        return 0;
    }
    print_error("%s %s at %s: %s\n", problem->check, problem->code, problem->where,
                problem->message);
    ++*(int *)context;
    return 0;
}

static void what_is_accepted_can_be_written_and_checked(void **state)
{
    static corpus_names names;
    prng random = {2026};
    char path[64];
    int accepted = 0;
    int refused = 0;
    (void)state;
    snprintf(path, sizeof path, "/tmp/stemma-random-%ld.stemma", (long)getpid());
    corpus_make_names(&names);
    for (int round = 0; round < 40; round++) {
        stemma_writer_options options = STEMMA_WRITER_OPTIONS_INIT;
        stemma_writer *writer = NULL;
        stemma_error error = {0};
        stemma_run run = {stemma_text_of("test"), {NULL, 0}, STEMMA_RUN_RULE, {NULL, 0}};
        stemma_check_summary summary = {0};
        uint32_t number = 0;
        uint32_t in_file = 0;
        int problems = 0;
        options.flags = STEMMA_WRITE_REPLACE;
        assert_int_equal(stemma_writer_new(&writer, path, &options, &error), STEMMA_OK);
        assert_int_equal(stemma_writer_add_run(writer, &run, &number, &error), STEMMA_OK);
        for (uint32_t i = 0; i < 60; i++) {
            corpus_document *d = corpus_make(&names, (uint32_t)round * 100 + i);
            for (uint32_t k = prng_below(&random, 4); k > 0; k--) {
                spoil(d, &random);
            }
            stemma_status status =
                stemma_writer_add_document(writer, &d->document, &number, &error);
            if (status == STEMMA_OK) {
                in_file++;
                accepted++;
            } else {
                assert_true(status == STEMMA_E_INVALID || status == STEMMA_E_LIMIT);
                assert_true(error.code[0] != '\0' && error.message[0] != '\0');
                refused++;
            }
            corpus_free(d);
        }
        for (int i = 0; i < 60 && in_file > 0; i++) {
            stemma_judgement j = {0};
            stemma_derivation v = {0};
            j.left.document = prng_below(&random, in_file);
            j.left.referent = prng_below(&random, 40);
            j.right.document = prng_below(&random, in_file);
            j.right.referent = prng_below(&random, 40);
            j.verdict = (uint8_t)prng_below(&random, 5);
            j.score = (uint16_t)prng_below(&random, 1100);
            j.author = any_text(&random);
            j.run = prng_below(&random, 2) ? 0 : STEMMA_NONE;
            j.retracted = prng_below(&random, 4) ? stemma_text_of("") : any_text(&random);
            v.from = prng_below(&random, in_file + 1);
            v.to = prng_below(&random, in_file);
            v.kind = (uint8_t)prng_below(&random, 7);
            v.score = (uint16_t)prng_below(&random, 1100);
            stemma_status status = stemma_writer_add_judgement(writer, &j, &error);
            assert_true(status == STEMMA_OK || status == STEMMA_E_INVALID);
            status = stemma_writer_add_derivation(writer, &v, &error);
            assert_true(status == STEMMA_OK || status == STEMMA_E_INVALID);
        }
        if (stemma_writer_finish(writer, &error) != STEMMA_OK) {
            fail_msg("round %d: %s at %s: %s", round, error.code, error.where, error.message);
        }
        stemma_writer_free(writer);
        assert_int_equal(stemma_check(path, say_problem, &problems, &summary, &error), STEMMA_OK);
        assert_int_equal(problems, 0);
    }
    unlink(path);
    assert_true(accepted > 200);
    assert_true(refused > 200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_accepted_can_be_written_and_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
