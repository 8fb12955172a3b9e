/* SPDX-License-Identifier: MIT */
/* Events that say an amount or that somebody is quoted for, against looking at all testimony and claims. */
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
#define EVENTS    4000u

static char path[64];
static stemma_file *file;
static stemma_snapshot *snapshot;
static stemma_counts counts;
static uint8_t expected[EVENTS];
static char amounts[400][8];

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
    for (uint32_t n = 0; n < DOCUMENTS; n++) {
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(speakers_are_those_of_the_testimony),
        cmocka_unit_test(amounts_are_those_of_the_claims),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
