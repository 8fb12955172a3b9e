/* SPDX-License-Identifier: MIT */
/* Chains between two entities, against all chains of small random graphs, found by trying. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "stemma/find.h"
#include "stemma/paths.h"
#include "support/knowledge.h"
#include "support/prng.h"

#define PEOPLE    24u
#define DOCUMENTS 30u

static char path[64];
static stemma_file *file;
static stemma_snapshot *snapshot;
static char names[PEOPLE][24];

static uint32_t person(corpus_document *d, const char *name)
{
    for (uint32_t i = 0; i < d->document.referent_count; i++) {
        if (d->referents[i].name_count != 0 &&
            stemma_text_equal(d->referents[i].names[0].text, stemma_text_of(name))) {
            return i;
        }
    }
    uint32_t referent = corpus_entity(d, "person", name);
    corpus_mention(d, referent, STEMMA_MENTION_NAME, corpus_say(d, name));
    corpus_say(d, " ");
    return referent;
}

/* A meeting of some people. */
static void meeting(corpus_document *d, const char *const *who, uint32_t count, uint8_t polarity)
{
    uint32_t referents[8];
    for (uint32_t i = 0; i < count; i++) {
        referents[i] = person(d, who[i]);
    }
    uint32_t event = corpus_event(d, "justice.release");
    stemma_span met = corpus_say(d, "met");
    corpus_mention(d, event, STEMMA_MENTION_TRIGGER, met);
    corpus_say(d, ". ");
    stemma_assertion *type = corpus_assert(d, event, "type", corpus_text("justice.release"), met);
    type->realis = STEMMA_REALIS_ACTUAL;
    type->polarity = polarity;
    for (uint32_t i = 0; i < count; i++) {
        corpus_assert(d, event, i == 0 ? "agent" : "patient", corpus_referent(referents[i]), met);
    }
}

static void knows(corpus_document *d, const char *who, const char *whom, uint8_t polarity)
{
    uint32_t subject = person(d, who), object = person(d, whom);
    stemma_span said = corpus_say(d, "knows");
    corpus_say(d, ". ");
    corpus_assert(d, subject, "affiliation", corpus_referent(object), said)->polarity = polarity;
}

static void make_graph(uint64_t seed)
{
    corpus_document *documents[DOCUMENTS];
    prng random = {seed};
    for (uint32_t i = 0; i < PEOPLE; i++) {
        snprintf(names[i], sizeof names[i], "Person%c%c", (int)('a' + i % 26), (int)('a' + i / 26));
    }
    for (uint32_t i = 0; i < DOCUMENTS; i++) {
        char uri[32], day[16];
        snprintf(uri, sizeof uri, "urn:%u", i);
        snprintf(day, sizeof day, "2031-01-%02u", 1 + i);
        documents[i] = corpus_new(uri, day);
        uint8_t polarity =
            prng_below(&random, 6) == 0 ? STEMMA_POLARITY_NEGATIVE : STEMMA_POLARITY_POSITIVE;
        if (prng_below(&random, 2) == 0) {
            uint32_t a = prng_below(&random, PEOPLE);
            uint32_t b = (a + 1 + prng_below(&random, PEOPLE - 1)) % PEOPLE;
            knows(documents[i], names[a], names[b], polarity);
        } else {
            const char *who[3];
            uint32_t count = 2 + prng_below(&random, 2), first = prng_below(&random, PEOPLE);
            for (uint32_t k = 0; k < count; k++) {
                who[k] = names[(first + k * (1 + prng_below(&random, 7))) % PEOPLE];
            }
            meeting(documents[i], who, who[0] == who[1] ? 1 : count, polarity);
        }
    }
    knowledge_write(path, documents, DOCUMENTS);
    snapshot = knowledge_open(path, &file);
}

/* ---- By trying ----------------------------------------------------------------------------------- */

#define MOST_ENTITIES 64u

/* How many events and claims tie two entities; and the most independent sources of one. */
static uint32_t ties[MOST_ENTITIES][MOST_ENTITIES], best[MOST_ENTITIES][MOST_ENTITIES];
static uint32_t degrees[MOST_ENTITIES];

static void add_tie(uint32_t a, uint32_t b, uint32_t independent)
{
    if (a != b) {
        ties[a][b]++;
        ties[b][a]++;
        best[a][b] = best[b][a] = best[a][b] > independent ? best[a][b] : independent;
    }
}

/* Events in which `without` of two different ones both are do not count. */
static void read_events(uint32_t count, uint32_t until, const uint32_t without[2])
{
    for (uint32_t i = 0; i < count; i++) {
        stemma_event event;
        stemma_status status = stemma_event_get(snapshot, i, &event, NULL);
        if (status == STEMMA_NOT_FOUND && until != STEMMA_NONE) {
            continue;
        }
        assert_int_equal(status, STEMMA_OK);
        uint32_t who[16], members = 0, both = 0;
        for (uint32_t k = 0; k < event.participant_count; k++) {
            int again = 0;
            for (uint32_t m = 0; m < members; m++) {
                again = again || who[m] == event.participants[k].entity;
            }
            if (!again) {
                who[members++] = event.participants[k].entity;
            }
        }
        for (uint32_t k = 0; k < members; k++) {
            both += who[k] == without[0] || who[k] == without[1];
        }
        for (uint32_t k = 0; k < members; k++) {
            degrees[who[k]]++;
            for (uint32_t m = k + 1;
                 m < members && both < 2 && event.polarity != STEMMA_POLARITY_NEGATIVE; m++) {
                add_tie(who[k], who[m], event.independent);
            }
        }
    }
}

static void read_graph(uint32_t a, uint32_t b)
{
    stemma_counts counts;
    uint32_t until = stemma_snapshot_until(snapshot), without[2] = {a, b};
    stemma_counts_get(file, &counts);
    memset(ties, 0, sizeof ties);
    memset(best, 0, sizeof best);
    memset(degrees, 0, sizeof degrees);
    assert_true(counts.entities < MOST_ENTITIES);
    read_events((uint32_t)counts.events, until, without);
    for (uint32_t i = 0; i < counts.claims; i++) {
        stemma_claim claim;
        stemma_status status = stemma_claim_get(snapshot, i, &claim, NULL);
        if (status == STEMMA_OK && claim.subject_kind == STEMMA_REFERENT_ENTITY &&
            claim.object.kind == STEMMA_OBJECT_REFERENT &&
            claim.object_referent_kind == STEMMA_REFERENT_ENTITY &&
            claim.polarity != STEMMA_POLARITY_NEGATIVE) {
            add_tie(claim.subject, claim.object.as.referent, claim.independent);
        }
    }
}

/* Chains of exactly `left` more edges from `at` to `to` that pass nobody twice. */
static uint32_t count_chains(uint32_t at, uint32_t to, uint32_t left, uint8_t *passed,
                             uint32_t entities)
{
    uint32_t count = 0;
    if (left == 0) {
        return at == to;
    }
    passed[at] = 1;
    for (uint32_t next = 0; next < entities; next++) {
        if (ties[at][next] != 0 && !passed[next]) {
            count += count_chains(next, to, left - 1, passed, entities);
        }
    }
    passed[at] = 0;
    return count;
}

static void check_path(const stemma_path *one, uint32_t from, uint32_t to)
{
    uint32_t weakest = UINT32_MAX;
    uint64_t events = 0;
    assert_int_equal(one->nodes[0], from);
    assert_int_equal(one->nodes[one->hops], to);
    for (uint32_t i = 0; i < one->hops; i++) {
        uint32_t a = one->nodes[i], b = one->nodes[i + 1];
        assert_int_equal(one->edges[i].independent, best[a][b]);
        assert_int_equal(one->edges[i].more + 1, ties[a][b]);
        weakest = weakest < best[a][b] ? weakest : best[a][b];
        events += i > 0 ? degrees[a] : 0;
    }
    assert_int_equal(one->independent, weakest);
    assert_int_equal(one->events, events);
}

static uint64_t weight(const stemma_path *one)
{
    unsigned digits = 1;
    for (uint64_t n = one->events; n > 1; n >>= 1) {
        digits++;
    }
    return (uint64_t)one->independent * 1000000u / digits;
}

static void compare_pair(uint32_t from, uint32_t to, uint32_t entities, uint32_t flags)
{
    stemma_path_options options = STEMMA_PATH_OPTIONS_INIT;
    stemma_paths *paths;
    const stemma_path *one;
    stemma_error error = {0};
    stemma_status status;
    uint32_t expected = 0, found = 0, hops = 0;
    uint64_t last = UINT64_MAX;
    if ((flags & STEMMA_PATHS_INDIRECT) != 0) {
        read_graph(from, to);
        ties[from][to] = ties[to][from] = 0;
    }
    while (expected == 0 && hops < 3) {
        uint8_t passed[MOST_ENTITIES] = {0};
        expected = count_chains(from, to, ++hops, passed, entities);
    }
    options.limit = 1000;
    options.flags = flags;
    status = stemma_paths_begin(&paths, snapshot, from, to, &options, &error);
    assert_int_equal(status, STEMMA_OK);
    assert_int_equal(stemma_paths_cut(paths), 0);
    while ((status = stemma_paths_next(paths, &one, &error)) == STEMMA_OK) {
        assert_int_equal(one->hops, hops);
        check_path(one, from, to);
        assert_true(weight(one) <= last);
        last = weight(one);
        found++;
    }
    assert_int_equal(status, STEMMA_END);
    assert_int_equal(found, expected);
    stemma_snapshot_reset(snapshot);
}

static void compare_all(uint32_t flags)
{
    stemma_counts counts;
    stemma_counts_get(file, &counts);
    read_graph(STEMMA_NONE, STEMMA_NONE);
    for (uint32_t a = 0; a < counts.entities; a++) {
        for (uint32_t b = 0; b < counts.entities; b++) {
            stemma_entity entity;
            if (a != b && stemma_entity_get(snapshot, a, &entity, NULL) == STEMMA_OK &&
                stemma_entity_get(snapshot, b, &entity, NULL) == STEMMA_OK) {
                compare_pair(a, b, (uint32_t)counts.entities, flags);
            }
        }
    }
}

static void chains_are_those_that_trying_finds(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed < 9; seed++) {
        make_graph(seed * 77);
        compare_all(0);
        compare_all(STEMMA_PATHS_INDIRECT);
        knowledge_close(path, file, snapshot);
    }
}

static void as_of_a_date_too(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed < 4; seed++) {
        make_graph(seed * 77);
        stemma_snapshot_as_of(snapshot, 14);
        compare_all(0);
        knowledge_close(path, file, snapshot);
    }
}

/* ---- By hand ------------------------------------------------------------------------------------- */

static uint32_t number_of(const char *name)
{
    uint32_t entity = 0, count = 0;
    assert_int_equal(
        stemma_entity_by_name(snapshot, stemma_text_of(name), &entity, 1, &count, NULL), STEMMA_OK);
    assert_int_equal(count, 1);
    return entity;
}

static void make_by_hand(void)
{
    corpus_document *documents[12];
    const char *const first[] = {"Ada", "Crowd"}, *const second[] = {"Crowd", "Bo"};
    const char *const rare_a[] = {"Ada", "Notary"}, *const rare_b[] = {"Notary", "Bo"};
    for (uint32_t i = 0; i < 12; i++) {
        char uri[32];
        snprintf(uri, sizeof uri, "urn:%u", i);
        documents[i] = corpus_new(uri, "2031-01-01");
        const char *const others[] = {"Crowd", i % 2 == 0 ? "Dee" : "Eli"};
        meeting(documents[i], others, 2, STEMMA_POLARITY_POSITIVE);
    }
    meeting(documents[0], first, 2, STEMMA_POLARITY_POSITIVE);
    meeting(documents[1], second, 2, STEMMA_POLARITY_POSITIVE);
    meeting(documents[2], rare_a, 2, STEMMA_POLARITY_POSITIVE);
    meeting(documents[3], rare_b, 2, STEMMA_POLARITY_POSITIVE);
    knows(documents[4], "Notary", "Clerk", STEMMA_POLARITY_POSITIVE);
    knows(documents[5], "Clerk", "Ada", STEMMA_POLARITY_NEGATIVE);
    knowledge_write(path, documents, 12);
    snapshot = knowledge_open(path, &file);
}

static void through_whom_few_pass_comes_first(void **state)
{
    stemma_paths *paths;
    const stemma_path *one;
    stemma_error error = {0};
    (void)state;
    make_by_hand();
    uint32_t ada = number_of("Ada"), bo = number_of("Bo"), notary = number_of("Notary");
    assert_int_equal(stemma_paths_begin(&paths, snapshot, ada, bo, NULL, &error), STEMMA_OK);
    assert_int_equal(stemma_paths_next(paths, &one, &error), STEMMA_OK);
    assert_int_equal(one->hops, 2);
    assert_int_equal(one->nodes[1], notary);
    assert_int_equal(stemma_paths_next(paths, &one, &error), STEMMA_OK);
    assert_int_equal(one->nodes[1], number_of("Crowd"));
    assert_int_equal(stemma_paths_next(paths, &one, &error), STEMMA_END);
    knowledge_close(path, file, snapshot);
}

static void what_is_denied_ties_nobody_unless_asked_for(void **state)
{
    stemma_path_options options = STEMMA_PATH_OPTIONS_INIT;
    stemma_event_query events = STEMMA_EVENT_QUERY_INIT;
    stemma_paths *paths;
    const stemma_path *one;
    const uint32_t *claims;
    uint32_t count;
    (void)state;
    make_by_hand();
    uint32_t ada = number_of("Ada"), clerk = number_of("Clerk"), notary = number_of("Notary");
    assert_int_equal(stemma_paths_begin(&paths, snapshot, ada, clerk, NULL, NULL), STEMMA_OK);
    assert_int_equal(stemma_paths_next(paths, &one, NULL), STEMMA_OK);
    assert_int_equal(one->hops, 2);
    assert_int_equal(one->edges[1].kind, STEMMA_REFERENCE_CLAIM);
    events.polarities = 0xff;
    options.events = &events;
    assert_int_equal(stemma_paths_begin(&paths, snapshot, ada, clerk, &options, NULL), STEMMA_OK);
    assert_int_equal(stemma_paths_next(paths, &one, NULL), STEMMA_OK);
    assert_int_equal(one->hops, 1);
    options.events = NULL;
    options.hops = 1;
    assert_int_equal(stemma_paths_begin(&paths, snapshot, ada, clerk, &options, NULL), STEMMA_OK);
    assert_int_equal(stemma_paths_next(paths, &one, NULL), STEMMA_END);
    assert_int_equal(stemma_claims_between(snapshot, ada, clerk, &claims, &count, NULL), STEMMA_OK);
    assert_int_equal(count, 1);
    assert_int_equal(stemma_claims_between(snapshot, notary, clerk, &claims, &count, NULL), STEMMA_OK);
    assert_int_equal(count, 1);
    assert_int_equal(stemma_claims_between(snapshot, notary, ada, &claims, &count, NULL), STEMMA_OK);
    assert_int_equal(count, 0);
    knowledge_close(path, file, snapshot);
}

static void events_that_are_asked_for_narrow_chains(void **state)
{
    stemma_path_options options = STEMMA_PATH_OPTIONS_INIT;
    stemma_event_query events = STEMMA_EVENT_QUERY_INIT;
    stemma_paths *paths;
    const stemma_path *one;
    (void)state;
    make_by_hand();
    uint32_t ada = number_of("Ada"), bo = number_of("Bo"), clerk = number_of("Clerk");
    options.events = &events;
    events.type = stemma_text_of("justice");
    assert_int_equal(stemma_paths_begin(&paths, snapshot, ada, bo, &options, NULL), STEMMA_OK);
    assert_int_equal(stemma_paths_next(paths, &one, NULL), STEMMA_OK);
    events.type = stemma_text_of("conflict"); /* there is none */
    assert_int_equal(stemma_paths_begin(&paths, snapshot, ada, bo, &options, NULL), STEMMA_OK);
    assert_int_equal(stemma_paths_next(paths, &one, NULL), STEMMA_END);
    /* claims tie all the same: Ada - Notary is an event, Notary - Clerk a claim */
    assert_int_equal(stemma_paths_begin(&paths, snapshot, ada, clerk, &options, NULL), STEMMA_OK);
    assert_int_equal(stemma_paths_next(paths, &one, NULL), STEMMA_END);
    assert_int_equal(stemma_paths_begin(&paths, snapshot, number_of("Notary"), clerk, &options, NULL),
                     STEMMA_OK);
    assert_int_equal(stemma_paths_next(paths, &one, NULL), STEMMA_OK);
    assert_int_equal(one->edges[0].kind, STEMMA_REFERENCE_CLAIM);
    events.type = (stemma_text){NULL, 0};
    events.from = 4102444800; /* 2100 */
    assert_int_equal(stemma_paths_begin(&paths, snapshot, ada, bo, &options, NULL), STEMMA_OK);
    assert_int_equal(stemma_paths_next(paths, &one, NULL), STEMMA_END);
    knowledge_close(path, file, snapshot);
}

static void wrong_use_is_told(void **state)
{
    stemma_path_options options = STEMMA_PATH_OPTIONS_INIT;
    stemma_paths *paths;
    stemma_error error = {0};
    (void)state;
    make_by_hand();
    options.size = 1;
    assert_int_equal(stemma_paths_begin(&paths, snapshot, 0, 1, &options, &error), STEMMA_E_MISUSE);
    assert_int_equal(stemma_paths_begin(&paths, snapshot, 1, 1, NULL, &error), STEMMA_E_MISUSE);
    assert_int_equal(stemma_paths_begin(&paths, snapshot, 0, 999, NULL, &error), STEMMA_NOT_FOUND);
    assert_int_equal(stemma_paths_begin(&paths, snapshot, 999, 0, NULL, &error), STEMMA_NOT_FOUND);
    knowledge_close(path, file, snapshot);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chains_are_those_that_trying_finds),
        cmocka_unit_test(as_of_a_date_too),
        cmocka_unit_test(through_whom_few_pass_comes_first),
        cmocka_unit_test(what_is_denied_ties_nobody_unless_asked_for),
        cmocka_unit_test(events_that_are_asked_for_narrow_chains),
        cmocka_unit_test(wrong_use_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
