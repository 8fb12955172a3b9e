/* SPDX-License-Identifier: MIT */
/* Events that say an amount or that somebody is quoted for, against looking at all testimony and claims. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "stemma/events.h"
#include "support/knowledge.h"
#include "support/prng.h"

#define DOCUMENTS 40u
#define MANY      300u /* documents of one speaker: more than are all read when a query begins */
#define EVENTS    4000u

static char path[64];
static stemma_file *file;
static stemma_snapshot *snapshot;
static stemma_counts counts;
static uint8_t expected[EVENTS];
static char amounts[400][8];
static uint32_t documents_written;

/* Quotes some entity for some assertions about events, and has some of them tell an amount. */
static void write_documents(void)
{
    static corpus_names names;
    corpus_document *documents[DOCUMENTS];
    prng random = {29};
    uint32_t told = 0;
    corpus_make_names(&names);
    for (uint32_t i = 0; i < DOCUMENTS; i++) {
        corpus_document *d = documents[i] = corpus_make(&names, i);
        uint32_t count = d->document.assertion_count;
        for (uint32_t k = 0; k < count; k++) {
            stemma_assertion *one = &d->assertions[k];
            uint32_t speaker = prng_below(&random, d->document.referent_count);
            if (d->referents[one->subject].kind == STEMMA_REFERENT_EVENT &&
                prng_below(&random, 4) == 0 &&
                d->referents[speaker].kind == STEMMA_REFERENT_ENTITY) {
                one->attribution = STEMMA_ATTRIBUTION_SPEAKER;
                one->speaker = speaker;
                one->confidence = prng_below(&random, 2) != 0 ? 500 : STEMMA_NO_CONFIDENCE;
            }
            if (one->object.kind == STEMMA_OBJECT_REFERENT && told < 400 &&
                d->referents[one->subject].kind == STEMMA_REFERENT_EVENT &&
                prng_below(&random, 5) == 0) {
                snprintf(amounts[told], sizeof amounts[told], "%u", prng_below(&random, 40));
                one->object = corpus_count("some", amounts[told++], "person");
            }
        }
    }
    documents_written = DOCUMENTS;
    knowledge_write(path, documents, DOCUMENTS);
    snapshot = knowledge_open(path, &file);
    stemma_counts_get(file, &counts);
    assert_true(counts.events <= EVENTS && told > 20);
}

static uint32_t compare(const stemma_event_query *query)
{
    stemma_event_cursor *cursor = NULL;
    stemma_error error = {0};
    uint32_t event = 0, found = 0, wanted = 0;
    assert_int_equal(stemma_events(&cursor, snapshot, query, &error), STEMMA_OK);
    while (stemma_event_next(cursor, &event, &error) == STEMMA_OK) {
        assert_true(expected[event]);
        found++;
    }
    for (uint32_t i = 0; i < counts.events; i++) {
        wanted += expected[i];
    }
    assert_int_equal(found, wanted);
    stemma_snapshot_reset(snapshot);
    return found;
}

/* What the documents attribute to an entity. */
static void expect_speaker(uint32_t entity)
{
    memset(expected, 0, sizeof expected);
    for (uint32_t n = 0; n < documents_written; n++) {
        stemma_document d;
        assert_int_equal(stemma_testimony_get(snapshot, n, &d, NULL), STEMMA_OK);
        for (uint32_t i = 0; i < d.assertion_count; i++) {
            stemma_reference subject, speaker;
            if (d.assertions[i].speaker == STEMMA_NONE ||
                d.referents[d.assertions[i].subject].kind != STEMMA_REFERENT_EVENT) {
                continue;
            }
            stemma_referent_id said = {n, d.assertions[i].speaker}, of = {n, d.assertions[i].subject};
            assert_int_equal(stemma_member_of(snapshot, said, &speaker, NULL), STEMMA_OK);
            assert_int_equal(stemma_member_of(snapshot, of, &subject, NULL), STEMMA_OK);
            if (speaker.number == entity) {
                expected[subject.number] = 1;
            }
        }
        stemma_snapshot_reset(snapshot);
    }
}

static void speakers_are_those_of_the_testimony(void **state)
{
    uint32_t found = 0;
    (void)state;
    write_documents();
    for (uint32_t i = 0; i < counts.entities && i < 60; i++) {
        stemma_event_query query = STEMMA_EVENT_QUERY_INIT;
        expect_speaker(i);
        query.speaker = i;
        found += compare(&query);
    }
    assert_true(found > 20);
    knowledge_close(path, file, snapshot);
}

/* One speaker of many documents, which quote him for some of the releases that they tell of. */
static void a_speaker_of_many_documents(void **state)
{
    static char persons[MANY][16], uris[MANY][24];
    corpus_document *documents[MANY];
    prng random = {31};
    (void)state;
    for (uint32_t i = 0; i < MANY; i++) {
        snprintf(persons[i], sizeof persons[i], "Ruk%c%c", (int)('a' + i % 26), (int)('a' + i / 26));
        snprintf(uris[i], sizeof uris[i], "urn:%u", i);
        corpus_document *d = documents[i] = corpus_new(uris[i], "2031-01-01");
        uint32_t event = corpus_release(d, persons[i], "3 May", "2031-05-03", "Orell");
        uint32_t moor = corpus_entity(d, "person", "Ila Moor");
        corpus_mention(d, moor, STEMMA_MENTION_NAME, corpus_say(d, "Ila Moor"));
        for (uint32_t k = 0; k < d->document.assertion_count; k++) {
            if (d->assertions[k].subject == event && prng_below(&random, 8) == 0) {
                d->assertions[k].attribution = STEMMA_ATTRIBUTION_SPEAKER;
                d->assertions[k].speaker = prng_below(&random, 4) == 0 ? event - 2 : moor;
            }
        }
    }
    documents_written = MANY;
    knowledge_write(path, documents, MANY);
    snapshot = knowledge_open(path, &file);
    stemma_counts_get(file, &counts);
    for (uint32_t i = 0; i < 5; i++) {
        stemma_event_query query = STEMMA_EVENT_QUERY_INIT;
        stemma_entity entity;
        assert_int_equal(stemma_entity_get(snapshot, i, &entity, NULL), STEMMA_OK);
        int moor = stemma_text_equal(entity.name, stemma_text_of("Ila Moor"));
        expect_speaker(i);
        query.speaker = i;
        uint32_t found = compare(&query);
        assert_true(!moor || (found > 50 && found < 250));
    }
    knowledge_close(path, file, snapshot);
}

static void amounts_are_those_of_the_claims(void **state)
{
    uint32_t found = 0;
    (void)state;
    write_documents();
    for (uint32_t least = 0; least < 44; least += 4) {
        stemma_event_query query = STEMMA_EVENT_QUERY_INIT;
        char from[8], to[8];
        snprintf(from, sizeof from, "%u", least);
        snprintf(to, sizeof to, "%u", least + 2);
        query.amount_least = stemma_text_of(from);
        query.amount_most = stemma_text_of(to);
        memset(expected, 0, sizeof expected);
        for (uint32_t i = 0; i < counts.claims; i++) {
            stemma_claim claim;
            assert_int_equal(stemma_claim_get(snapshot, i, &claim, NULL), STEMMA_OK);
            if (claim.object.kind == STEMMA_OBJECT_QUANTITY &&
                claim.subject_kind == STEMMA_REFERENT_EVENT &&
                claim.polarity != STEMMA_POLARITY_NEGATIVE) {
                stemma_text said = claim.object.as.quantity.amount;
                char digits[16] = "";
                memcpy(digits, said.data, said.size < 15 ? said.size : 15);
                uint32_t amount = (uint32_t)strtoul(digits, NULL, 10);
                expected[claim.subject] |= amount >= least && amount <= least + 2;
            }
            stemma_snapshot_reset(snapshot);
        }
        found += compare(&query);
    }
    assert_true(found > 20);
    knowledge_close(path, file, snapshot);
}

/* ---- Amounts of any form ---- */

#define TELLERS 60u

static char decimals[TELLERS * 3][3][24];

static double number(stemma_text text, double otherwise)
{
    char digits[32] = "";
    memcpy(digits, text.data != NULL ? text.data : "", text.size);
    return text.size != 0 ? strtod(digits, NULL) : otherwise;
}

static const char *some_decimal(prng *random, char out[24])
{
    static const char *const before[] = {"", "", "-", "0", "", ""};
    static const char *const behind[] = {"", ".5", "", ".250", "000", ".999999999999"};
    uint32_t form = prng_below(random, 6);
    snprintf(out, 24, "%s%u%s", before[form], prng_below(random, 70), behind[form]);
    return out;
}

static void write_amounts(prng *random)
{
    static char uris[TELLERS][24];
    corpus_document *documents[TELLERS];
    for (uint32_t i = 0; i < TELLERS; i++) {
        snprintf(uris[i], sizeof uris[i], "urn:%u", i);
        corpus_document *d = documents[i] = corpus_new(uris[i], "2031-01-01");
        uint32_t event = corpus_event(d, "justice.release");
        stemma_span said = corpus_say(d, "some were freed");
        corpus_mention(d, event, STEMMA_MENTION_TRIGGER, said);
        corpus_assert(d, event, "type", corpus_text("justice.release"), said);
        for (uint32_t k = 0, tells = prng_below(random, 3); k < tells; k++) {
            char(*text)[24] = decimals[i * 3 + k];
            stemma_object count = corpus_count("some", "", "person");
            stemma_quantity *of = &count.as.quantity;
            uint32_t has = 1 + prng_below(random, 7);
            of->modifier = (uint8_t)prng_below(random, 6);
            of->amount = stemma_text_of(has & 1u ? some_decimal(random, text[0]) : "");
            of->lower = stemma_text_of(has & 2u ? some_decimal(random, text[1]) : "");
            of->upper = stemma_text_of(has & 4u ? some_decimal(random, text[2]) : "");
            corpus_assert(d, event, "patient", count, said)->polarity =
                prng_below(random, 5) == 0 ? STEMMA_POLARITY_NEGATIVE : STEMMA_POLARITY_POSITIVE;
        }
    }
    knowledge_write(path, documents, TELLERS);
}

/* What a quantity may mean at the least and most, open ends apart, which are not asked for. */
static void range_of(const stemma_quantity *of, double *least, double *most)
{
    double amount = number(of->amount, 0), slack = amount < 0 ? -amount / 10 : amount / 10;
    *least = -HUGE_VAL;
    *most = HUGE_VAL;
    if (of->amount.size != 0) {
        int lower = of->modifier == STEMMA_MODIFIER_AT_LEAST || of->modifier == STEMMA_MODIFIER_MORE_THAN;
        int upper = of->modifier == STEMMA_MODIFIER_AT_MOST || of->modifier == STEMMA_MODIFIER_LESS_THAN;
        slack = of->modifier == STEMMA_MODIFIER_ABOUT ? slack : 0;
        *least = upper ? amount >= 0 ? 0 : -HUGE_VAL : amount - slack;
        *most = lower ? HUGE_VAL : amount + slack;
    }
    *least = number(of->lower, *least);
    *most = number(of->upper, *most);
}

static void expect_amounts(double least, double most)
{
    memset(expected, 0, sizeof expected);
    for (uint32_t i = 0; i < counts.claims; i++) {
        stemma_claim claim;
        double from = 0, to = 0;
        assert_int_equal(stemma_claim_get(snapshot, i, &claim, NULL), STEMMA_OK);
        if (claim.object.kind == STEMMA_OBJECT_QUANTITY && claim.polarity != STEMMA_POLARITY_NEGATIVE) {
            range_of(&claim.object.as.quantity, &from, &to);
            expected[claim.subject] |= to >= least && most >= from;
        }
        stemma_snapshot_reset(snapshot);
    }
}

/* Modifiers, fractions, bounds, numbers below zero: columns leave out no event that claims let in. Ends of ranges
   that are asked for are between the numbers that are told, so that it does not matter whether an end belongs. */
static void amounts_of_any_form_are_those_of_the_claims(void **state)
{
    prng random = {37};
    uint32_t found = 0;
    (void)state;
    for (uint32_t round = 0; round < 6; round++) {
        write_amounts(&random);
        snapshot = knowledge_open(path, &file);
        stemma_counts_get(file, &counts);
        for (uint32_t i = 0; i < 60; i++) {
            stemma_event_query query = STEMMA_EVENT_QUERY_INIT;
            char from[32], to[32];
            uint32_t base = prng_below(&random, 60) * (prng_below(&random, 3) == 0 ? 1000 : 1);
            snprintf(from, sizeof from, "%s%u.123", prng_below(&random, 6) == 0 ? "-" : "", base);
            snprintf(to, sizeof to, "%u.321", base + prng_below(&random, 4));
            query.amount_least = stemma_text_of(i % 5 == 0 ? "" : from);
            query.amount_most = stemma_text_of(i % 7 == 1 ? "" : to);
            expect_amounts(number(query.amount_least, -HUGE_VAL), number(query.amount_most, HUGE_VAL));
            if (query.amount_least.size + query.amount_most.size != 0) {
                found += compare(&query);
            }
        }
        knowledge_close(path, file, snapshot);
    }
    assert_true(found > 500);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(speakers_are_those_of_the_testimony),
        cmocka_unit_test(a_speaker_of_many_documents),
        cmocka_unit_test(amounts_are_those_of_the_claims),
        cmocka_unit_test(amounts_of_any_form_are_those_of_the_claims),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
