/* SPDX-License-Identifier: MIT */
/* Asking for events: every kind of condition, places within places, and timelines, in a country that
   is not on the map. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "stemma/stemma.h"
#include "support/knowledge.h"

static char path[64];
static stemma_file *file;
static stemma_snapshot *snapshot;

static stemma_span span;

static void is_in(corpus_document *d, uint32_t inner, uint32_t outer, uint8_t polarity)
{
    corpus_assert(d, inner, "located", corpus_referent(outer), span)->polarity = polarity;
}

/* An event whose content names it: "a", "b", ... */
static uint32_t happen(corpus_document *d, const char *name, const char *type, const char *edtf)
{
    uint32_t event = corpus_event(d, type);
    corpus_assert(d, event, "type", corpus_text(type), span)->realis = STEMMA_REALIS_ACTUAL;
    corpus_assert(d, event, "content", corpus_text(name), span);
    if (edtf[0] != 0) {
        corpus_assert(d, event, "time", corpus_time(edtf, edtf), span);
    }
    return event;
}

static void at(corpus_document *d, uint32_t event, uint32_t place)
{
    corpus_assert(d, event, "place", corpus_place("there", place), span);
}

static corpus_document *report(const char *uri, const char *day, const char *publisher)
{
    corpus_document *d = corpus_new(uri, day);
    d->document.publisher = stemma_text_of(publisher);
    corpus_sentence(d);
    span = corpus_say(d, "Somebody did something somewhere.");
    return d;
}

/* Vastria holds Orell, a city with the quarter Lower Orell; Tarn and Vell are said to lie in each other;
   two reports say that Port Sel is in Vastria, one that it is not, and one puts it elsewhere. */
static void geography(corpus_document *d[4])
{
    for (int i = 0; i < 4; i++) {
        char uri[8];
        snprintf(uri, sizeof uri, "urn:g%d", i);
        d[i] = report(uri, "2030-01-01", "Gazetteer");
        uint32_t vastria = corpus_entity(d[i], "place", "Vastria");
        uint32_t sel = corpus_entity(d[i], "place", "Port Sel");
        uint32_t far = corpus_entity(d[i], "place", "Farland");
        if (i == 0) {
            uint32_t orell = corpus_entity(d[0], "place", "Orell");
            uint32_t lower = corpus_entity(d[0], "place", "Lower Orell");
            uint32_t tarn = corpus_entity(d[0], "place", "Tarn");
            uint32_t vell = corpus_entity(d[0], "place", "Vell");
            corpus_assert(d[0], lower, "part_of", corpus_referent(orell), span);
            is_in(d[0], orell, vastria, STEMMA_POLARITY_POSITIVE);
            is_in(d[0], tarn, vell, STEMMA_POLARITY_POSITIVE);
            is_in(d[0], vell, tarn, STEMMA_POLARITY_POSITIVE);
            is_in(d[0], vastria, vastria, STEMMA_POLARITY_POSITIVE);
        }
        is_in(d[i], sel, i == 3 ? far : vastria,
              i == 2 ? STEMMA_POLARITY_NEGATIVE : STEMMA_POLARITY_POSITIVE);
    }
}

static int make_file(void **state)
{
    corpus_document *d[8];
    (void)state;
    geography(d);
    d[4] = report("urn:4", "2031-05-02", "Orell  bulletin");
    uint32_t vex = corpus_entity(d[4], "person", "Ada Vex");
    uint32_t ruk = corpus_entity(d[4], "person", "Bo Ruk");
    uint32_t moor = corpus_entity(d[4], "person", "Ila Moor");
    uint32_t lower = corpus_entity(d[4], "place", "Lower Orell");
    uint32_t a = happen(d[4], "a", "justice.release", "2031-05-01");
    corpus_assert(d[4], a, "agent", corpus_referent(vex), span);
    corpus_assert(d[4], a, "patient", corpus_referent(ruk), span)->speaker = moor;
    d[4]->assertions[d[4]->document.assertion_count - 1].attribution = STEMMA_ATTRIBUTION_SPEAKER;
    corpus_assert(d[4], a, "patient", corpus_count("12 prisoners", "12", "political prisoner"), span);
    at(d[4], a, lower);
    uint32_t b = happen(d[4], "b", "conflict.attack", "2031-05");
    corpus_assert(d[4], b, "agent", corpus_referent(ruk), span);
    corpus_assert(d[4], b, "target", corpus_referent(vex), span)->certainty =
        STEMMA_CERTAINTY_POSSIBLE;
    stemma_assertion *some = corpus_assert(d[4], b, "target",
                                           corpus_count("more than 50", "50", "soldier"), span);
    some->object.as.quantity.modifier = STEMMA_MODIFIER_MORE_THAN;

    d[5] = report("urn:5", "2031-06-02", "Free Vastria");
    vex = corpus_entity(d[5], "person", "Ada Vex");
    ruk = corpus_entity(d[5], "person", "Bo Ruk");
    uint32_t vastria = corpus_entity(d[5], "place", "Vastria");
    uint32_t sel = corpus_entity(d[5], "place", "Port Sel");
    uint32_t c = happen(d[5], "c", "justice.arrest", "2031-05-30/2031-06-03");
    corpus_assert(d[5], c, "agent", corpus_referent(vex), span);
    at(d[5], c, vastria);
    uint32_t e = happen(d[5], "d", "contact.meet", "2031~");
    corpus_assert(d[5], e, "participant", corpus_referent(vex), span);
    corpus_assert(d[5], e, "participant", corpus_referent(ruk), span);
    at(d[5], e, sel);
    uint32_t f = happen(d[5], "e", "statement.deny", "");
    corpus_assert(d[5], f, "agent", corpus_referent(ruk), span);
    d[5]->assertions[d[5]->document.assertion_count - 3].realis = STEMMA_REALIS_OTHER;
    knowledge_write(path, d, 6);
    snapshot = knowledge_open(path, &file);
    return 0;
}

static int remove_file(void **state)
{
    (void)state;
    knowledge_close(path, file, snapshot);
    return 0;
}

static uint32_t named(const char *name)
{
    uint32_t entity = 0, count = 0;
    assert_int_equal(
        stemma_entity_by_name(snapshot, stemma_text_of(name), &entity, 1, &count, NULL), STEMMA_OK);
    assert_int_equal(count, 1);
    return entity;
}

/* The letter of an event. */
static char letter(uint32_t number)
{
    stemma_event event;
    assert_int_equal(stemma_event_get(snapshot, number, &event, NULL), STEMMA_OK);
    for (uint32_t i = 0; i < event.claim_count; i++) {
        stemma_claim claim;
        assert_int_equal(stemma_claim_get(snapshot, event.claim_first + i, &claim, NULL),
                         STEMMA_OK);
        if (stemma_text_equal(claim.predicate, stemma_text_of("content"))) {
            return claim.object.as.text.data[0];
        }
    }
    return '?';
}

static const char *ask(const stemma_event_query *query)
{
    static char out[64];
    stemma_event_cursor *cursor = NULL;
    uint32_t number = 0, count = 0;
    uint64_t counted = 0;
    stemma_error error = {0};
    stemma_status status = stemma_events(&cursor, snapshot, query, &error);
    if (status != STEMMA_OK) {
        snprintf(out, sizeof out, "%s", error.code);
        return out;
    }
    while (stemma_event_next(cursor, &number, &error) == STEMMA_OK) {
        out[count++] = letter(number);
    }
    out[count] = 0;
    assert_int_equal(stemma_events_count(snapshot, query, &counted, &error), STEMMA_OK);
    assert_int_equal(counted, count);
    stemma_snapshot_reset(snapshot);
    return out;
}

static const char *with(uint32_t entity, const char *role, uint32_t flags)
{
    stemma_event_query query = STEMMA_EVENT_QUERY_INIT;
    stemma_event_part part = {entity, stemma_text_of(role), flags};
    query.parts = &part;
    query.part_count = 1;
    return ask(&query);
}

static void everybody_is_found_in_the_right_role(void **state)
{
    stemma_event_query query = STEMMA_EVENT_QUERY_INIT;
    uint32_t vex = named("Ada Vex"), ruk = named("Bo Ruk");
    (void)state;
    assert_string_equal(ask(&query), "dabce");
    assert_string_equal(with(vex, "", 0), "dabc");
    assert_string_equal(with(vex, "agent", 0), "ac");
    assert_string_equal(with(vex, "", STEMMA_PART_UNDERGOES), "b");
    assert_string_equal(with(ruk, "", STEMMA_PART_UNDERGOES), "a");
    assert_string_equal(with(ruk, "agent", STEMMA_PART_UNDERGOES), "");
    assert_string_equal(with(STEMMA_NONE, "patient", 0), "a");
    assert_string_equal(with(STEMMA_NONE, "", STEMMA_PART_UNDERGOES), "ab");
    assert_string_equal(with(vex, "no_such_role", 0), "");
    assert_string_equal(with(100000, "", 0), "");
    stemma_event_part parts[3] = {{vex, stemma_text_of("agent"), 0},
                                  {ruk, {NULL, 0}, STEMMA_PART_UNDERGOES},
                                  {STEMMA_NONE, stemma_text_of("patient"), 0}};
    query.parts = parts;
    query.part_count = 3;
    assert_string_equal(ask(&query), "a");
    parts[2].role = stemma_text_of("target");
    assert_string_equal(ask(&query), "");
}

static void types_are_any_of_several(void **state)
{
    stemma_event_query query = STEMMA_EVENT_QUERY_INIT;
    stemma_text types[3] = {stemma_text_of("contact"), stemma_text_of("justice.arrest"),
                            stemma_text_of("no.such")};
    (void)state;
    query.types = types;
    query.type_count = 3;
    assert_string_equal(ask(&query), "dc");
    query.type = stemma_text_of("justice");
    assert_string_equal(ask(&query), "c");
    types[1] = types[2];
    assert_string_equal(ask(&query), "");
}

static void places_hold_what_lies_in_them(void **state)
{
    stemma_event_query query = STEMMA_EVENT_QUERY_INIT;
    (void)state;
    query.place = named("Vastria");
    assert_string_equal(ask(&query), "c");
    query.flags = STEMMA_EVENTS_WITHIN;
    assert_string_equal(ask(&query), "dac");
    query.place = named("Orell");
    assert_string_equal(ask(&query), "a");
    query.place = named("Farland"); /* one of two who say where Port Sel is: half is enough */
    assert_string_equal(ask(&query), "d");
    query.place = named("Tarn");
    assert_string_equal(ask(&query), "");
    assert_string_equal(with(named("Vastria"), "", STEMMA_PART_OR_THERE), "dac");
    assert_string_equal(with(named("Vastria"), "", 0), "");
}

static uint8_t within(const char *inner, const char *outer)
{
    uint8_t answer = 9;
    assert_int_equal(stemma_place_within(snapshot, named(inner), named(outer), &answer, NULL),
                     STEMMA_OK);
    return answer;
}

static void steps_lead_up_and_cycles_end(void **state)
{
    const uint32_t *places = NULL;
    uint32_t count = 0;
    uint8_t cut = 9, answer = 9;
    (void)state;
    assert_int_equal(within("Lower Orell", "Vastria"), 1);
    assert_int_equal(within("Vastria", "Lower Orell"), 0);
    assert_int_equal(within("Orell", "Orell"), 1);
    assert_int_equal(within("Tarn", "Vell"), 1);
    assert_int_equal(within("Vell", "Tarn"), 1);
    assert_int_equal(within("Tarn", "Vastria"), 0);
    assert_int_equal(within("Port Sel", "Vastria"), 1);
    assert_int_equal(stemma_place_within(snapshot, 100000, 0, &answer, NULL), STEMMA_NOT_FOUND);
    assert_int_equal(stemma_place_within(snapshot, 0, 100000, &answer, NULL), STEMMA_NOT_FOUND);
    assert_int_equal(stemma_place_inside(snapshot, named("Vastria"), &places, &count, &cut, NULL),
                     STEMMA_OK);
    assert_int_equal(count, 4); /* it, Orell, Lower Orell, Port Sel */
    assert_int_equal(cut, 0);
    for (uint32_t i = 0; i < count; i++) {
        assert_true(i == 0 || places[i - 1] < places[i]);
        assert_int_equal(
            stemma_place_within(snapshot, places[i], named("Vastria"), &answer, NULL), STEMMA_OK);
        assert_int_equal(answer, 1);
    }
    assert_int_equal(stemma_place_parents(snapshot, named("Port Sel"), &places, &count, NULL),
                     STEMMA_OK);
    assert_int_equal(count, 2);
    stemma_snapshot_reset(snapshot);
}

static const char *during(const char *edtf, uint32_t flags)
{
    stemma_event_query query = STEMMA_EVENT_QUERY_INIT;
    stemma_time_bounds bounds;
    assert_int_equal(stemma_edtf_bounds(stemma_text_of(edtf), &bounds), STEMMA_OK);
    query.from = bounds.start_earliest;
    query.to = bounds.end_latest;
    query.flags = flags;
    return ask(&query);
}

static void a_month_may_be_each_of_its_days(void **state)
{
    stemma_time_bounds month, range;
    (void)state;
    assert_string_equal(during("2031-05-10", 0), "");
    assert_string_equal(during("2031-05-10", STEMMA_EVENTS_DURING), "db");
    assert_string_equal(during("2031-06-01", STEMMA_EVENTS_DURING), "dc");
    assert_string_equal(during("2031-05-01", 0), "ab");
    assert_string_equal(during("2031-05-01", STEMMA_EVENTS_DURING), "dab");
    assert_string_equal(during("2031", 0), "dabc");
    assert_string_equal(during("2030", STEMMA_EVENTS_DURING), "");
    assert_int_equal(stemma_edtf_bounds(stemma_text_of("2031-05"), &month), STEMMA_OK);
    assert_int_equal(stemma_edtf_bounds(stemma_text_of("2031"), &range), STEMMA_OK);
    assert_int_equal(stemma_time_fit(&month, range.start_earliest, range.end_latest),
                     STEMMA_FIT_SURE);
    assert_int_equal(stemma_time_fit(&range, month.start_earliest, month.end_latest),
                     STEMMA_FIT_POSSIBLE);
    assert_int_equal(stemma_time_fit(&month, range.end_latest + 1, INT64_MAX), STEMMA_FIT_NO);
}

/* Where the events begin and end that fit, without looking at them. */
static void edges(stemma_snapshot *from, const stemma_event_query *query, uint32_t *first,
                  uint64_t *count)
{
    stemma_event_cursor *cursor = NULL;
    assert_int_equal(stemma_events_count(from, query, count, NULL), STEMMA_OK);
    assert_int_equal(stemma_events(&cursor, from, query, NULL), STEMMA_OK);
    if (stemma_event_next(cursor, first, NULL) == STEMMA_END) {
        *first = STEMMA_NONE;
    }
    stemma_snapshot_reset(from);
}

/* More times than a snapshot remembers, many of them again: it says what one says that was not asked before. */
static void a_time_asked_again_is_answered_alike(void **state)
{
    stemma_time_bounds year;
    stemma_event_query query = STEMMA_EVENT_QUERY_INIT;
    (void)state;
    assert_int_equal(stemma_edtf_bounds(stemma_text_of("2031"), &year), STEMMA_OK);
    const int64_t step = 6 * 3600;
    for (uint32_t i = 0; i < 20000; i++) {
        stemma_snapshot *fresh = NULL;
        uint32_t first = 0, expected_first = 0;
        uint64_t count = 0, expected = 0;
        query.from = year.start_earliest + step * (int64_t)(i * 7919u % 1500u);
        query.to = query.from + step * (int64_t)(1 + i % 97u) + (i % 3 == 0 ? i / 8 : 0);
        edges(snapshot, &query, &first, &count);
        assert_int_equal(stemma_snapshot_begin(&fresh, file, NULL), STEMMA_OK);
        edges(fresh, &query, &expected_first, &expected);
        stemma_snapshot_end(fresh);
        assert_int_equal(count, expected);
        assert_int_equal(first, expected_first);
    }
}

static const char *amount(const char *least, const char *most, const char *unit)
{
    stemma_event_query query = STEMMA_EVENT_QUERY_INIT;
    query.amount_least = stemma_text_of(least);
    query.amount_most = stemma_text_of(most);
    query.unit = stemma_text_of(unit);
    return ask(&query);
}

static void amounts_are_what_they_may_be(void **state)
{
    (void)state;
    assert_string_equal(amount("12", "12", ""), "a");
    assert_string_equal(amount("", "20", ""), "a");
    assert_string_equal(amount("80", "80", ""), "b"); /* more than 50 */
    assert_string_equal(amount("", "50", ""), "a");   /* but not 50 */
    assert_string_equal(amount("1", "", ""), "ab");
    assert_string_equal(amount("1", "", "prisoner"), "a");
    assert_string_equal(amount("1", "", "Soldier"), "b");
    assert_string_equal(amount("1", "", "prison"), "");
    assert_string_equal(amount("dozens", "", ""), "QUERY_AMOUNT");
}

static void who_says_so_is_asked(void **state)
{
    stemma_event_query query = STEMMA_EVENT_QUERY_INIT;
    (void)state;
    query.publisher = stemma_text_of("orell Bulletin");
    assert_string_equal(ask(&query), "ab");
    query.publisher = stemma_text_of("orell");
    assert_string_equal(ask(&query), "");
    query.publisher.size = 0;
    query.speaker = named("Ila Moor");
    assert_string_equal(ask(&query), "a");
    query.speaker = named("Ada Vex");
    assert_string_equal(ask(&query), "");
    query.speaker = 100000;
    assert_string_equal(ask(&query), "");
}

static void factuality_is_asked(void **state)
{
    stemma_event_query query = STEMMA_EVENT_QUERY_INIT;
    (void)state;
    query.realis = STEMMA_BIT(STEMMA_REALIS_ACTUAL);
    assert_string_equal(ask(&query), "dabc");
    query.realis = STEMMA_BIT(STEMMA_REALIS_OTHER);
    assert_string_equal(ask(&query), "e");
    query.realis = 0;
    query.polarities = STEMMA_BIT(STEMMA_POLARITY_NEGATIVE);
    assert_string_equal(ask(&query), "");
    query.polarities = 0;
    query.certainties = STEMMA_BIT(STEMMA_CERTAINTY_CERTAIN);
    assert_string_equal(ask(&query), "dabce");
}

static void misuse_is_told(void **state)
{
    stemma_event_query query = STEMMA_EVENT_QUERY_INIT;
    (void)state;
    query.size = 3;
    assert_string_equal(ask(&query), "OPTIONS");
    query.size = sizeof query;
    query.flags = 1u << 30;
    assert_string_equal(ask(&query), "OPTIONS");
    query.flags = 0;
    query.part_count = 2;
    assert_string_equal(ask(&query), "OPTIONS");
}

/* ---- Timelines ---- */

/* "kind:letters/documents+gap" of each entry. */
static const char *timeline(uint8_t step)
{
    static char out[300];
    stemma_timeline_options options = STEMMA_TIMELINE_OPTIONS_INIT;
    stemma_timeline *line = NULL;
    stemma_timeline_entry entry;
    stemma_error error = {0};
    stemma_status status;
    size_t used = 0;
    options.step = step;
    assert_int_equal(stemma_timeline_begin(&line, snapshot, &options, &error), STEMMA_OK);
    while ((status = stemma_timeline_next(line, &entry, &error)) == STEMMA_OK) {
        used += (size_t)snprintf(out + used, sizeof out - used, "%c%s%s:", "pru"[entry.kind],
                                 entry.extent ? "/" : "", entry.approximate ? "~" : "");
        for (uint32_t i = 0; i < entry.event_count; i++) {
            used += (size_t)snprintf(out + used, sizeof out - used, "%c", letter(entry.events[i]));
        }
        used += (size_t)snprintf(out + used, sizeof out - used, "(%u,%u)+%u ", entry.documents,
                                 entry.independent, entry.gap);
    }
    assert_int_equal(status, STEMMA_END);
    assert_int_equal(stemma_timeline_next(line, &entry, &error), STEMMA_END);
    stemma_snapshot_reset(snapshot);
    return out;
}

static void time_goes_by_in_days_months_and_years(void **state)
{
    stemma_timeline_options options = STEMMA_TIMELINE_OPTIONS_INIT;
    stemma_timeline *line = NULL;
    (void)state;
    assert_string_equal(timeline(STEMMA_TIMELINE_DAY),
                        "r~:d(1,1)+0 p:a(1,1)+0 r:b(1,1)+0 r/:c(1,1)+0 u:e(1,1)+0 ");
    assert_string_equal(timeline(STEMMA_TIMELINE_MONTH),
                        "r~:d(1,1)+0 p:ab(1,1)+0 r/:c(1,1)+0 u:e(1,1)+0 ");
    assert_string_equal(timeline(STEMMA_TIMELINE_YEAR), "p:abc(2,2)+0 r~:d(1,1)+0 u:e(1,1)+0 ");
    options.step = 3;
    assert_int_equal(stemma_timeline_begin(&line, snapshot, &options, NULL), STEMMA_E_MISUSE);
}

static void gaps_are_counted(void **state)
{
    stemma_event_query query = STEMMA_EVENT_QUERY_INIT;
    stemma_timeline_options options = STEMMA_TIMELINE_OPTIONS_INIT;
    stemma_text type = stemma_text_of("justice");
    stemma_timeline *line = NULL;
    stemma_timeline_entry entry;
    (void)state;
    query.type = type;
    options.query = &query;
    assert_int_equal(stemma_timeline_begin(&line, snapshot, &options, NULL), STEMMA_OK);
    assert_int_equal(stemma_timeline_next(line, &entry, NULL), STEMMA_OK);
    assert_int_equal(entry.gap, 0);
    assert_int_equal(stemma_timeline_next(line, &entry, NULL), STEMMA_OK);
    assert_int_equal(entry.gap, 28); /* from 2 to 29 May */
    stemma_snapshot_reset(snapshot);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everybody_is_found_in_the_right_role),
        cmocka_unit_test(types_are_any_of_several),
        cmocka_unit_test(places_hold_what_lies_in_them),
        cmocka_unit_test(steps_lead_up_and_cycles_end),
        cmocka_unit_test(a_month_may_be_each_of_its_days),
        cmocka_unit_test(a_time_asked_again_is_answered_alike),
        cmocka_unit_test(amounts_are_what_they_may_be),
        cmocka_unit_test(who_says_so_is_asked),
        cmocka_unit_test(factuality_is_asked),
        cmocka_unit_test(misuse_is_told),
        cmocka_unit_test(time_goes_by_in_days_months_and_years),
        cmocka_unit_test(gaps_are_counted),
    };
    return cmocka_run_group_tests(tests, make_file, remove_file);
}
