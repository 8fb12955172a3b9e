/* SPDX-License-Identifier: MIT */
/* What was written is what is read, and every way of looking something up agrees with the plain
   one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "stemma/events.h"
#include "stemma/write.h"
#include "support/built_file.h"
#include "support/prng.h"
#include "support/read_all.h"

#define DOCUMENTS 40u

static built_file built;
static stemma_file *file;
static stemma_snapshot *snapshot;
static stemma_counts counts;

static int open_all(void **state)
{
    (void)state;
    built_file_make(&built, DOCUMENTS);
    if (stemma_open(&file, built.path, NULL, NULL) != STEMMA_OK ||
        stemma_snapshot_begin(&snapshot, file, NULL) != STEMMA_OK) {
        return 1;
    }
    stemma_counts_get(file, &counts);
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    stemma_snapshot_end(snapshot);
    stemma_close(file);
    built_file_remove(&built);
    return 0;
}

static int begin_anew(void **state)
{
    (void)state;
    stemma_snapshot_reset(snapshot);
    return 0;
}

static void must(stemma_status status, const stemma_error *error)
{
    if (status != STEMMA_OK) {
        fail_msg("%s: %s at %s: %s", stemma_status_name(status), error->code, error->where,
                 error->message);
    }
}

static void same_text(stemma_text a, stemma_text b)
{
    assert_int_equal(a.size, b.size);
    if (a.size != 0) {
        assert_memory_equal(a.data, b.data, a.size);
    }
}

static void same_spans(const stemma_span *a, uint32_t a_count, const stemma_span *b,
                       uint32_t b_count)
{
    assert_int_equal(a_count, b_count);
    assert_memory_equal(a, b, a_count * sizeof *a);
}

/* ---- Testimony ---- */

/* The document of the corpus with this URI; corpus_free(). */
static corpus_document *original(stemma_text uri)
{
    for (uint32_t i = 0; i < DOCUMENTS; i++) {
        corpus_document *document = built_file_document(&built, i);
        if (stemma_text_equal(document->document.uri, uri)) {
            return document;
        }
        corpus_free(document);
    }
    fail_msg("no document %.*s", (int)uri.size, uri.data);
    return NULL;
}

static void same_assertion(const stemma_assertion *a, const stemma_assertion *b)
{
    assert_int_equal(a->subject, b->subject);
    same_text(a->predicate, b->predicate);
    assert_int_equal(a->object.kind, b->object.kind);
    assert_int_equal(a->polarity, b->polarity);
    assert_int_equal(a->certainty, b->certainty);
    assert_int_equal(a->realis, b->realis);
    assert_int_equal(a->speaker, b->speaker);
    assert_int_equal(a->confidence, b->confidence);
    switch (a->object.kind) {
    case STEMMA_OBJECT_REFERENT:
        assert_int_equal(a->object.as.referent, b->object.as.referent);
        break;
    case STEMMA_OBJECT_TEXT:
        same_text(a->object.as.text, b->object.as.text);
        break;
    case STEMMA_OBJECT_TIME:
        same_text(a->object.as.time.raw, b->object.as.time.raw);
        same_text(a->object.as.time.edtf, b->object.as.time.edtf);
        break;
    case STEMMA_OBJECT_PLACE:
        same_text(a->object.as.place.raw, b->object.as.place.raw);
        assert_int_equal(a->object.as.place.referent, b->object.as.place.referent);
        break;
    default:
        fail_msg("the corpus has no other object");
    }
    assert_int_equal(a->evidence_count, b->evidence_count);
    for (uint32_t e = 0; e < a->evidence_count; e++) {
        assert_int_equal(a->evidence[e].part, b->evidence[e].part);
        same_spans(a->evidence[e].spans, a->evidence[e].span_count, b->evidence[e].spans,
                   b->evidence[e].span_count);
    }
}

/* [R-23] [F-1] */
static void documents_come_back_as_they_were_given(void **state)
{
    (void)state;
    assert_int_equal(counts.documents, DOCUMENTS);
    for (uint32_t d = 0; d < DOCUMENTS; d++) {
        stemma_error error = {0};
        stemma_document document;
        must(stemma_testimony_get(snapshot, d, &document, &error), &error);
        corpus_document *source = original(document.uri);
        const stemma_document *given = &source->document;
        same_text(document.title, given->title);
        same_text(document.published.edtf, given->published.edtf);
        same_text(document.language, given->language);
        assert_int_equal(document.text_size, given->text.size);
        assert_int_equal(document.text_withheld, given->text_withheld);
        assert_int_equal(document.sentence_count, given->sentence_count);
        assert_memory_equal(document.sentences, given->sentences,
                            given->sentence_count * sizeof *given->sentences);
        assert_int_equal(document.referent_count, given->referent_count);
        for (uint32_t i = 0; i < given->referent_count; i++) {
            const stemma_referent *referent = &document.referents[i];
            assert_int_equal(referent->kind, given->referents[i].kind);
            same_text(referent->type, given->referents[i].type);
            assert_int_equal(referent->name_count, given->referents[i].name_count);
            for (uint32_t n = 0; n < referent->name_count; n++) {
                same_text(referent->names[n].text, given->referents[i].names[n].text);
            }
        }
        assert_int_equal(document.mention_count, given->mention_count);
        for (uint32_t i = 0; i < given->mention_count; i++) {
            const stemma_mention *mention = &document.mentions[i];
            assert_int_equal(mention->kind, given->mentions[i].kind);
            assert_int_equal(mention->referent, given->mentions[i].referent);
            assert_int_equal(mention->canonical, given->mentions[i].canonical);
            same_spans(mention->spans, mention->span_count, given->mentions[i].spans,
                       given->mentions[i].span_count);
        }
        assert_int_equal(document.assertion_count, given->assertion_count);
        for (uint32_t i = 0; i < given->assertion_count; i++) {
            same_assertion(&document.assertions[i], &given->assertions[i]);
        }
        corpus_free(source);
        stemma_snapshot_reset(snapshot);
    }
}

/* */
static void any_span_of_a_text_is_what_was_given(void **state)
{
    prng random = {3};
    (void)state;
    for (uint32_t d = 0; d < DOCUMENTS; d++) {
        stemma_error error = {0};
        stemma_document document;
        must(stemma_document_get(snapshot, d, &document, &error), &error);
        corpus_document *source = original(document.uri);
        stemma_text given = source->document.text;
        for (uint32_t i = 0; i < 50; i++) {
            stemma_text got;
            uint32_t start = prng_below(&random, (uint32_t)given.size + 10);
            uint32_t end = start + prng_below(&random, (uint32_t)given.size + 10);
            stemma_span span = {start, i % 10 == 0 ? UINT32_MAX : end};
            stemma_status status = stemma_text_get(snapshot, d, span, &got, &error);
            if (source->document.text_withheld) {
                assert_int_equal(status, STEMMA_NOT_FOUND);
                continue;
            }
            must(status, &error);
            if (start > given.size) {
                start = (uint32_t)given.size;
            }
            end = span.end < given.size ? span.end : (uint32_t)given.size;
            stemma_text expected = {given.data + start, end - start};
            same_text(got, expected);
        }
        corpus_free(source);
        stemma_snapshot_reset(snapshot);
    }
}

/* [I-1] */
static void documents_stand_in_order_of_publication(void **state)
{
    stemma_error error = {0};
    int64_t before = INT64_MIN;
    (void)state;
    for (uint32_t d = 0; d < DOCUMENTS; d++) {
        stemma_document document;
        stemma_time_bounds bounds;
        uint32_t until = 0;
        must(stemma_document_get(snapshot, d, &document, &error), &error);
        assert_int_equal(stemma_edtf_bounds(document.published.edtf, &bounds), STEMMA_OK);
        assert_true(bounds.start_earliest >= before);
        before = bounds.start_earliest;
        must(stemma_documents_until(snapshot, before, &until, &error), &error);
        assert_true(until > d);
        must(stemma_documents_until(snapshot, before - 1, &until, &error), &error);
        assert_true(until <= d);
    }
}

/* Testimony beyond one part, and beyond the few parts that need no memory of their own. */
/* */
static void a_document_of_many_parts_is_read_whole(void **state)
{
    enum { REFERENTS = 12000, NAME = 1000 };
    static char names_text[REFERENTS][16];
    static char long_name[NAME];
    stemma_name *names = calloc(2 * REFERENTS, sizeof *names);
    stemma_referent *referents = calloc(REFERENTS, sizeof *referents);
    stemma_document document = {0};
    stemma_document back;
    stemma_writer *writer = NULL;
    stemma_file *large = NULL;
    stemma_snapshot *view = NULL;
    stemma_error error = {0};
    uint32_t number;
    char path[128];
    (void)state;
    assert_non_null(names);
    assert_non_null(referents);
    memset(long_name, 'n', sizeof long_name);
    for (uint32_t i = 0; i < REFERENTS; i++) {
        snprintf(names_text[i], sizeof names_text[i], "Name %u", i);
        names[2 * i].text = stemma_text_of(names_text[i]);
        names[2 * i + 1].text = (stemma_text){long_name, sizeof long_name};
        referents[i].type = stemma_text_of("thing");
        referents[i].names = &names[2 * i];
        referents[i].name_count = 2;
    }
    document.uri = stemma_text_of("urn:table");
    document.referents = referents;
    document.referent_count = REFERENTS;
    snprintf(path, sizeof path, "%s/large.stemma", built.folder);
    must(stemma_writer_new(&writer, path, NULL, &error), &error);
    must(stemma_writer_add_document(writer, &document, &number, &error), &error);
    must(stemma_writer_finish(writer, &error), &error);
    stemma_writer_free(writer);
    must(stemma_open(&large, path, NULL, &error), &error);
    must(stemma_snapshot_begin(&view, large, &error), &error);
    must(stemma_testimony_get(view, 0, &back, &error), &error);
    assert_int_equal(back.referent_count, REFERENTS);
    for (uint32_t i = 0; i < REFERENTS; i++) {
        assert_int_equal(back.referents[i].name_count, 2);
        same_text(back.referents[i].names[0].text, names[2 * i].text);
        assert_int_equal(back.referents[i].names[1].text.size, NAME);
    }
    for (uint32_t i = 0; i < REFERENTS; i += i % 4096 == 4095 ? 1 : 4095 - i % 4096) {
        stemma_referent_id referent = {0, i};
        stemma_reference member;
        must(stemma_member_of(view, referent, &member, &error), &error);
        assert_int_equal(member.kind, STEMMA_REFERENCE_ENTITY);
    }
    stemma_referent_id beyond = {0, REFERENTS};
    stemma_reference member;
    assert_int_equal(stemma_member_of(view, beyond, &member, &error), STEMMA_NOT_FOUND);
    stemma_snapshot_end(view);
    stemma_close(large);
    unlink(path);
    free(names);
    free(referents);
}

/* ---- Entities, events and claims ---- */

static void members_and_entities_agree_both_ways(void **state)
{
    stemma_error error = {0};
    uint64_t members_seen = 0;
    static const uint8_t kinds[] = {STEMMA_REFERENCE_ENTITY, STEMMA_REFERENCE_EVENT};
    (void)state;
    for (size_t k = 0; k < 2; k++) {
        uint64_t total = kinds[k] == STEMMA_REFERENCE_ENTITY ? counts.entities : counts.events;
        for (uint32_t i = 0; i < total; i++) {
            stemma_reference reference = {kinds[k], i};
            const stemma_referent_id *members;
            uint32_t count = 0;
            must(stemma_members(snapshot, reference, &members, &count, &error), &error);
            assert_true(count > 0);
            members_seen += count;
            for (uint32_t m = 0; m < count; m++) {
                stemma_reference back;
                must(stemma_member_of(snapshot, members[m], &back, &error), &error);
                assert_int_equal(back.kind, kinds[k]);
                assert_int_equal(back.number, i);
                if (m > 0) {
                    assert_true(members[m - 1].document < members[m].document ||
                                (members[m - 1].document == members[m].document &&
                                 members[m - 1].referent < members[m].referent));
                }
            }
            stemma_snapshot_reset(snapshot);
        }
    }
    assert_int_equal(members_seen, counts.referents);
}

/* */
static void ids_lead_back_to_their_things(void **state)
{
    static const struct {
        uint8_t kind;
        size_t count;
    } kinds[] = {{STEMMA_REFERENCE_DOCUMENT, offsetof(stemma_counts, documents)},
                 {STEMMA_REFERENCE_ENTITY, offsetof(stemma_counts, entities)},
                 {STEMMA_REFERENCE_EVENT, offsetof(stemma_counts, events)},
                 {STEMMA_REFERENCE_CLAIM, offsetof(stemma_counts, claims)}};
    (void)state;
    for (size_t k = 0; k < 4; k++) {
        uint64_t total;
        memcpy(&total, (const char *)&counts + kinds[k].count, sizeof total);
        uint32_t step = kinds[k].kind == STEMMA_REFERENCE_CLAIM ? 7 : 1;
        assert_true(total > 0);
        for (uint32_t i = 0; i < total; i += step) {
            stemma_reference reference = {kinds[k].kind, i};
            stemma_reference back = {0, 0};
            char id[STEMMA_ID_SIZE];
            stemma_error error = {0};
            must(stemma_id_text(snapshot, reference, id, &error), &error);
            must(stemma_resolve(snapshot, stemma_text_of(id), &back, &error), &error);
            assert_int_equal(back.kind, reference.kind);
            assert_int_equal(back.number, i);
            stemma_snapshot_reset(snapshot);
        }
    }
}

static void a_document_that_one_has_tells_its_id_itself(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < counts.documents; i++) {
        stemma_document document;
        stemma_error error = {0};
        char own[STEMMA_ID_SIZE], id[STEMMA_ID_SIZE];
        must(stemma_document_get(snapshot, i, &document, &error), &error);
        must(stemma_id_text(snapshot, (stemma_reference){STEMMA_REFERENCE_DOCUMENT, i}, id, &error),
             &error);
        stemma_document_id_text(&document, own);
        assert_string_equal(own, id);
        stemma_snapshot_reset(snapshot);
    }
}

static void an_id_of_another_kind_or_file_is_not_found(void **state)
{
    stemma_reference reference = {STEMMA_REFERENCE_EVENT, 0};
    char id[STEMMA_ID_SIZE];
    stemma_error error = {0};
    (void)state;
    must(stemma_id_text(snapshot, reference, id, &error), &error);
    id[0] = 'e';
    assert_int_equal(stemma_resolve(snapshot, stemma_text_of(id), &reference, &error),
                     STEMMA_NOT_FOUND);
    assert_int_equal(stemma_resolve(snapshot, stemma_text_of("d.zzzzzzzzzzzz"), &reference, &error),
                     STEMMA_NOT_FOUND);
    assert_int_equal(stemma_resolve(snapshot, stemma_text_of("Varga"), &reference, &error),
                     STEMMA_E_INVALID);
    assert_string_equal(error.code, "ID_FORM");
}

/* [P-22] */
static void labels_are_the_names_to_show(void **state)
{
    stemma_error error = {0};
    uint32_t mentions = UINT32_MAX;
    (void)state;
    for (uint32_t i = 0; i < counts.entities; i++) {
        stemma_entity entity;
        stemma_text label;
        must(stemma_entity_get(snapshot, i, &entity, &error), &error);
        must(stemma_entity_label(snapshot, i, &label, &error), &error);
        same_text(label, entity.name);
        assert_true(entity.mentions <= mentions);
        mentions = entity.mentions;
        stemma_snapshot_reset(snapshot);
    }
}

/* Every claim lies in the range of its subject, and its witnesses say what it says. */
/* [I-6] */
static void claims_stand_under_their_subjects(void **state)
{
    stemma_error error = {0};
    uint64_t seen = 0;
    uint64_t witnesses = 0;
    (void)state;
    for (uint32_t kind = 0; kind < 2; kind++) {
        uint64_t total = kind == STEMMA_REFERENT_EVENT ? counts.events : counts.entities;
        for (uint32_t i = 0; i < total; i++) {
            stemma_event event = {0};
            stemma_entity entity = {0};
            uint32_t first = 0;
            uint32_t count = 0;
            if (kind == STEMMA_REFERENT_EVENT) {
                must(stemma_event_get(snapshot, i, &event, &error), &error);
                first = event.claim_first;
                count = event.claim_count;
            } else {
                must(stemma_entity_get(snapshot, i, &entity, &error), &error);
                first = entity.claim_first;
                count = entity.claim_count;
            }
            for (uint32_t c = first; c < first + count; c++) {
                stemma_claim claim;
                must(stemma_claim_get(snapshot, c, &claim, &error), &error);
                assert_int_equal(claim.subject_kind, kind);
                assert_int_equal(claim.subject, i);
                witnesses += claim.witness_count;
                stemma_witness witness = claim.witnesses[0];
                stemma_document document;
                must(stemma_testimony_get(snapshot, witness.document, &document, &error), &error);
                assert_true(witness.assertion < document.assertion_count);
                same_text(document.assertions[witness.assertion].predicate, claim.predicate);
            }
            seen += count;
            stemma_snapshot_reset(snapshot);
        }
    }
    assert_int_equal(seen, counts.claims);
    assert_int_equal(witnesses, counts.assertions);
}

/* ---- Events by condition ---- */

/* Whether the event answers the query, decided from the event alone. */
static bool answers(const stemma_event *event, const stemma_event_query *query)
{
    bool timed = query->from != INT64_MIN || query->to != INT64_MAX;
    bool known = event->bounds.start_earliest != STEMMA_TIME_UNKNOWN_EARLY;
    if (timed && (!known || event->bounds.start_earliest < query->from ||
                  event->bounds.start_earliest > query->to)) {
        return false;
    }
    if (query->place != STEMMA_NONE && event->place != query->place) {
        return false;
    }
    if (query->type.size != 0) {
        bool below = event->type.size > query->type.size &&
                     event->type.data[query->type.size] == '.' &&
                     memcmp(event->type.data, query->type.data, query->type.size) == 0;
        if (!below && !stemma_text_equal(event->type, query->type)) {
            return false;
        }
    }
    for (uint32_t i = 0; i < query->entity_count; i++) {
        bool takes_part = false;
        for (uint32_t p = 0; p < event->participant_count; p++) {
            takes_part =
                takes_part || (event->participants[p].entity == query->entities[i] &&
                               (query->role.size == 0 ||
                                stemma_text_equal(event->participants[p].role, query->role)));
        }
        if (!takes_part) {
            return false;
        }
    }
    return true;
}

/* The same events come in batches of any size, also when one by one are asked for in between, and
   are counted right. */
static void check_batches(const stemma_event_query *query)
{
    stemma_event_cursor *single, *many;
    stemma_error error = {0};
    uint64_t total = 0, counted = 0;
    uint32_t events[9];
    must(stemma_events(&single, snapshot, query, &error), &error);
    must(stemma_events(&many, snapshot, query, &error), &error);
    for (uint32_t round = 0;; round++) {
        uint32_t capacity = 1 + round % 9, got = 0, expected;
        stemma_status status = stemma_event_next_many(many, events, capacity, &got, &error);
        if (status == STEMMA_END) {
            assert_int_equal(got, 0);
            break;
        }
        must(status, &error);
        assert_in_range(got, 1, capacity);
        if (round % 4 == 3 && got < 9) {
            status = stemma_event_next(many, &events[got], &error);
            got += status == STEMMA_OK;
        }
        for (uint32_t i = 0; i < got; i++) {
            must(stemma_event_next(single, &expected, &error), &error);
            assert_int_equal(events[i], expected);
        }
        total += got;
    }
    assert_int_equal(stemma_event_next(single, events, &error), STEMMA_END);
    must(stemma_events_count(snapshot, query, &counted, &error), &error);
    assert_int_equal(counted, total);
}

static void check_query(const stemma_event_query *query, uint64_t *found)
{
    stemma_event_cursor *cursor;
    stemma_error error = {0};
    must(stemma_events(&cursor, snapshot, query, &error), &error);
    for (uint32_t i = 0; i < counts.events; i++) {
        stemma_event event;
        uint32_t number = STEMMA_NONE;
        must(stemma_event_get(snapshot, i, &event, &error), &error);
        if (answers(&event, query)) {
            must(stemma_event_next(cursor, &number, &error), &error);
            assert_int_equal(number, i);
            (*found)++;
        }
    }
    uint32_t number;
    assert_int_equal(stemma_event_next(cursor, &number, &error), STEMMA_END);
    assert_int_equal(stemma_event_next(cursor, &number, &error), STEMMA_END);
    check_batches(query);
    stemma_snapshot_reset(snapshot);
}

static void event_queries_agree_with_looking_at_every_event(void **state)
{
    static const char *const types[] = {"",          "justice", "justice.release",
                                        "personnel", "contact", "no.such"};
    static const char *const roles[] = {"", "patient", "agent", "target"};
    prng random = {8};
    uint64_t found = 0;
    (void)state;
    for (uint32_t round = 0; round < 300; round++) {
        stemma_event_query query = STEMMA_EVENT_QUERY_INIT;
        uint32_t entities[2] = {prng_below(&random, 30), prng_below(&random, 30)};
        query.entities = entities;
        query.entity_count = prng_below(&random, 3);
        query.role = stemma_text_of(roles[prng_below(&random, 4)]);
        query.type = stemma_text_of(types[prng_below(&random, 6)]);
        if (prng_below(&random, 4) == 0) {
            query.place = prng_below(&random, (uint32_t)counts.entities);
        }
        if (prng_below(&random, 2) == 0) {
            query.from = 1609459200 + (int64_t)prng_below(&random, 300) * 86400;
        }
        if (prng_below(&random, 2) == 0) {
            query.to = 1609459200 + (int64_t)prng_below(&random, 300) * 86400;
        }
        check_query(&query, &found);
    }
    assert_true(found > 1000);
    /* both of the people of one event, so that an intersection is known to find something */
    stemma_event event;
    must(stemma_event_get(snapshot, 5, &event, NULL), NULL);
    assert_true(event.participant_count >= 2);
    uint32_t pair[2] = {event.participants[0].entity, event.participants[1].entity};
    stemma_event_query query = STEMMA_EVENT_QUERY_INIT;
    query.entities = pair;
    query.entity_count = 2;
    found = 0;
    check_query(&query, &found);
    assert_true(found > 0);
}

/* [I-5] */
static void events_stand_in_order_of_their_start(void **state)
{
    int64_t before = INT64_MIN;
    bool unknown = false;
    (void)state;
    for (uint32_t i = 0; i < counts.events; i++) {
        stemma_event event;
        stemma_term type;
        must(stemma_event_get(snapshot, i, &event, NULL), NULL);
        must(stemma_term_get(snapshot, event.type_term, &type, NULL), NULL);
        assert_true(stemma_text_equal(type.name, event.type));
        if (event.bounds.start_earliest == STEMMA_TIME_UNKNOWN_EARLY) {
            unknown = true;
            continue;
        }
        assert_false(unknown);
        assert_true(event.bounds.start_earliest >= before);
        before = event.bounds.start_earliest;
    }
}

/* ---- Judgements ---- */

static void judgements_and_derivations_are_there(void **state)
{
    stemma_error error = {0};
    uint32_t derivations_seen = 0;
    uint32_t grouped = 0;
    (void)state;
    assert_int_equal(counts.judgements, DOCUMENTS - 1);
    for (uint32_t i = 0; i < counts.judgements; i++) {
        stemma_judgement judgement;
        stemma_run run;
        must(stemma_judgement_get(snapshot, i, &judgement, &error), &error);
        same_text(judgement.reason, stemma_text_of("neighbours"));
        must(stemma_run_get(snapshot, judgement.run, &run, &error), &error);
        same_text(run.name, stemma_text_of("reader"));
    }
    for (uint32_t d = 0; d < DOCUMENTS; d++) {
        const stemma_derivation *derivations;
        uint32_t count = 0;
        uint32_t group = STEMMA_NONE;
        must(stemma_derivations_of(snapshot, d, &derivations, &count, &error), &error);
        must(stemma_independence_group(snapshot, d, &group, &error), &error);
        assert_true(group <= d);
        grouped += group != d;
        derivations_seen += count;
        for (uint32_t i = 0; i < count; i++) {
            uint32_t other_group;
            assert_int_equal(derivations[i].from, d);
            assert_int_equal(derivations[i].range_count, 1);
            assert_int_equal(derivations[i].ranges[0].to.end, 30);
            same_text(derivations[i].author, stemma_text_of("A. Reader"));
            must(stemma_independence_group(snapshot, derivations[i].to, &other_group, &error),
                 &error);
            assert_int_equal(group, other_group);
        }
    }
    assert_int_equal(derivations_seen, counts.derivations);
    assert_true(derivations_seen > 0);
    assert_int_equal(grouped, derivations_seen);
}

/* ---- Bounds ---- */

static void nothing_lies_beyond_the_last(void **state)
{
    stemma_document document;
    stemma_entity entity;
    stemma_event event;
    stemma_claim claim;
    stemma_judgement judgement;
    stemma_run run;
    stemma_term term;
    stemma_text text;
    stemma_span span = {0, 1};
    uint32_t group;
    stemma_reference reference = {STEMMA_REFERENCE_ENTITY, (uint32_t)counts.entities};
    stemma_referent_id referent = {0, STEMMA_NONE};
    const stemma_referent_id *members;
    (void)state;
    for (uint32_t more = 0; more < 2; more++) {
#define BEYOND(count) (more == 0 ? (uint32_t)(count) : STEMMA_NONE)
        assert_int_equal(stemma_document_get(snapshot, BEYOND(DOCUMENTS), &document, NULL),
                         STEMMA_NOT_FOUND);
        assert_int_equal(stemma_text_get(snapshot, BEYOND(DOCUMENTS), span, &text, NULL),
                         STEMMA_NOT_FOUND);
        assert_int_equal(stemma_independence_group(snapshot, BEYOND(DOCUMENTS), &group, NULL),
                         STEMMA_NOT_FOUND);
        assert_int_equal(stemma_entity_get(snapshot, BEYOND(counts.entities), &entity, NULL),
                         STEMMA_NOT_FOUND);
        assert_int_equal(stemma_entity_label(snapshot, BEYOND(counts.entities), &text, NULL),
                         STEMMA_NOT_FOUND);
        assert_int_equal(stemma_event_get(snapshot, BEYOND(counts.events), &event, NULL),
                         STEMMA_NOT_FOUND);
        assert_int_equal(stemma_claim_get(snapshot, BEYOND(counts.claims), &claim, NULL),
                         STEMMA_NOT_FOUND);
        assert_int_equal(
            stemma_judgement_get(snapshot, BEYOND(counts.judgements), &judgement, NULL),
            STEMMA_NOT_FOUND);
        assert_int_equal(stemma_run_get(snapshot, BEYOND(counts.runs), &run, NULL),
                         STEMMA_NOT_FOUND);
        assert_int_equal(stemma_term_get(snapshot, BEYOND(counts.vocabulary), &term, NULL),
                         STEMMA_NOT_FOUND);
    }
    assert_int_equal(stemma_members(snapshot, reference, &members, &group, NULL), STEMMA_NOT_FOUND);
    assert_int_equal(stemma_member_of(snapshot, referent, &reference, NULL), STEMMA_NOT_FOUND);
}

/* [F-5] */
static void memory_stays_below_the_limit_and_comes_back(void **state)
{
    stemma_open_options options = STEMMA_OPEN_OPTIONS_INIT;
    stemma_file *small = NULL;
    stemma_snapshot *view = NULL;
    stemma_document document;
    stemma_error error = {0};
    (void)state;
    options.memory_limit = 300000;
    must(stemma_open(&small, built.path, &options, &error), &error);
    must(stemma_snapshot_begin(&view, small, &error), &error);
    for (uint32_t round = 0; round < 3; round++) {
        uint32_t got = 0;
        stemma_status status = STEMMA_OK;
        while (status == STEMMA_OK && got < 1000) {
            status = stemma_testimony_get(view, got % DOCUMENTS, &document, &error);
            got++;
        }
        assert_int_equal(status, STEMMA_E_NO_MEMORY);
        assert_string_equal(error.code, "MEMORY_LIMIT");
        assert_true(got > 1);
        stemma_snapshot_reset(view);
    }
    stemma_snapshot_end(view);
    stemma_close(small);
}

static void every_getter_answers_on_a_sound_file(void **state)
{
    stemma_open_options options = STEMMA_OPEN_OPTIONS_INIT;
    read_all_result checked = {0};
    read_all_result trusted = {0};
    (void)state;
    assert_int_equal(read_all(built.path, NULL, &checked), STEMMA_OK);
    assert_int_equal(checked.damaged + checked.too_much + checked.other, 0);
    assert_true(checked.answers > counts.claims);
    options.flags = STEMMA_OPEN_TRUSTED | STEMMA_OPEN_SEQUENTIAL;
    assert_int_equal(read_all(built.path, &options, &trusted), STEMMA_OK);
    assert_memory_equal(&checked, &trusted, sizeof checked);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(documents_come_back_as_they_were_given, begin_anew),
        cmocka_unit_test_setup(any_span_of_a_text_is_what_was_given, begin_anew),
        cmocka_unit_test_setup(a_document_of_many_parts_is_read_whole, begin_anew),
        cmocka_unit_test_setup(documents_stand_in_order_of_publication, begin_anew),
        cmocka_unit_test_setup(members_and_entities_agree_both_ways, begin_anew),
        cmocka_unit_test_setup(ids_lead_back_to_their_things, begin_anew),
        cmocka_unit_test_setup(a_document_that_one_has_tells_its_id_itself, begin_anew),
        cmocka_unit_test_setup(an_id_of_another_kind_or_file_is_not_found, begin_anew),
        cmocka_unit_test_setup(labels_are_the_names_to_show, begin_anew),
        cmocka_unit_test_setup(claims_stand_under_their_subjects, begin_anew),
        cmocka_unit_test_setup(event_queries_agree_with_looking_at_every_event, begin_anew),
        cmocka_unit_test_setup(events_stand_in_order_of_their_start, begin_anew),
        cmocka_unit_test_setup(judgements_and_derivations_are_there, begin_anew),
        cmocka_unit_test_setup(nothing_lies_beyond_the_last, begin_anew),
        cmocka_unit_test_setup(memory_stays_below_the_limit_and_comes_back, begin_anew),
        cmocka_unit_test_setup(every_getter_answers_on_a_sound_file, begin_anew),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
