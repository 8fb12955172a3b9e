/* SPDX-License-Identifier: MIT */
/* A cut snapshot answers like a file of the known documents alone: everything is asked of both.
 *
 * With names of files as arguments these are cut and compared instead. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "support/built_file.h"
#include "support/cut_file.h"
#include "support/row_file.h"
#include "support/need.h"
#include "stemma/stemma.h"

/* The two that are compared: `whole` is cut, `part` holds the known documents only. */
typedef struct pair {
    stemma_file *whole_file, *part_file;
    stemma_snapshot *whole, *part;
    uint32_t until;
    uint64_t anew; /* entities, events and claims that are told otherwise than in the whole file */
    uint32_t more; /* found by a name beyond those that the part finds */
} pair;

static stemma_error error;

#define SAME_TEXT(a, b)                                                                            \
    do {                                                                                           \
        stemma_text a_ = (a), b_ = (b);                                                            \
        if (!stemma_text_equal(a_, b_)) {                                                          \
            fail_msg("%s: '%.*s', in the part '%.*s'", #a, (int)a_.size, a_.data, (int)b_.size,    \
                     b_.data);                                                                     \
        }                                                                                          \
    } while (0)

/* The number in the whole of an entity or event of the part. */
static uint32_t in_whole(const pair *p, stemma_referent_id first)
{
    stemma_reference of;
    NEED(stemma_member_of(p->whole, first, &of, &error));
    return of.number;
}

static uint32_t entity_in_whole(const pair *p, uint32_t number)
{
    stemma_entity entity;
    if (number == STEMMA_NONE) {
        return STEMMA_NONE;
    }
    NEED(stemma_entity_get(p->part, number, &entity, &error));
    return in_whole(p, entity.first);
}

static uint32_t event_in_whole(const pair *p, uint32_t number)
{
    stemma_event event;
    NEED(stemma_event_get(p->part, number, &event, &error));
    return in_whole(p, event.first);
}

static void same_ids(const pair *p, uint8_t kind, uint32_t whole, uint32_t part)
{
    char a[STEMMA_ID_SIZE], b[STEMMA_ID_SIZE];
    stemma_reference found;
    NEED(stemma_id_text(p->whole, (stemma_reference){kind, whole}, a, &error));
    NEED(stemma_id_text(p->part, (stemma_reference){kind, part}, b, &error));
    assert_string_equal(a, b);
    NEED(stemma_resolve(p->whole, stemma_text_of(a), &found, &error));
    assert_int_equal(found.kind, kind);
    assert_int_equal(found.number, whole);
}

static void same_members(const pair *p, uint8_t kind, uint32_t whole, uint32_t part)
{
    const stemma_referent_id *a = NULL, *b = NULL;
    uint32_t a_count = 0, b_count = 0;
    NEED(stemma_members(p->whole, (stemma_reference){kind, whole}, &a, &a_count, &error));
    NEED(stemma_members(p->part, (stemma_reference){kind, part}, &b, &b_count, &error));
    assert_int_equal(a_count, b_count);
    assert_memory_equal(a, b, a_count * sizeof *a);
}

/* ---- Claims ---------------------------------------------------------------------------------- */

static void same_object(const pair *p, const stemma_claim *a, const stemma_claim *b)
{
    const stemma_object *x = &a->object, *y = &b->object;
    uint32_t referent = STEMMA_NONE, other = STEMMA_NONE;
    assert_int_equal(x->kind, y->kind);
    switch (x->kind) {
    case STEMMA_OBJECT_TEXT:
        SAME_TEXT(x->as.text, y->as.text);
        break;
    case STEMMA_OBJECT_TIME:
        SAME_TEXT(x->as.time.raw, y->as.time.raw);
        SAME_TEXT(x->as.time.edtf, y->as.time.edtf);
        break;
    case STEMMA_OBJECT_QUANTITY:
        SAME_TEXT(x->as.quantity.raw, y->as.quantity.raw);
        SAME_TEXT(x->as.quantity.amount, y->as.quantity.amount);
        break;
    case STEMMA_OBJECT_PLACE:
        SAME_TEXT(x->as.place.raw, y->as.place.raw);
        referent = x->as.place.referent;
        other = y->as.place.referent;
        break;
    case STEMMA_OBJECT_REFERENT:
        referent = x->as.referent;
        other = y->as.referent;
        break;
    default:
        break;
    }
    assert_int_equal(referent == STEMMA_NONE, other == STEMMA_NONE);
    if (referent != STEMMA_NONE) {
        assert_int_equal(a->object_referent_kind, b->object_referent_kind);
        assert_int_equal(referent, b->object_referent_kind == STEMMA_REFERENT_EVENT
                                       ? event_in_whole(p, other)
                                       : entity_in_whole(p, other));
    }
}

static void same_claim(const pair *p, const stemma_claim *a, const stemma_claim *b)
{
    SAME_TEXT(a->predicate, b->predicate);
    assert_int_equal(a->polarity, b->polarity);
    assert_int_equal(a->documents, b->documents);
    assert_int_equal(a->independent, b->independent);
    assert_int_equal(a->speakers, b->speakers);
    assert_int_equal(a->witness_count, b->witness_count);
    assert_memory_equal(a->witnesses, b->witnesses, a->witness_count * sizeof *a->witnesses);
    same_object(p, a, b);
    same_ids(p, STEMMA_REFERENCE_CLAIM, a->number, b->number);
}

/* The known claims of a subject, in both; in whatever order, as numbers may be others. */
static void same_claims(pair *p, uint32_t first, uint32_t count, uint32_t part_first,
                        uint32_t part_count)
{
    uint32_t known = 0;
    for (uint32_t i = 0; i < count; i++) {
        stemma_claim claim, other;
        stemma_status status = stemma_claim_get(p->whole, first + i, &claim, &error);
        bool found = false;
        if (status == STEMMA_NOT_FOUND) {
            p->anew++;
            continue;
        }
        NEED(status);
        known++;
        for (uint32_t k = 0; k < part_count && !found; k++) {
            NEED(stemma_claim_get(p->part, part_first + k, &other, &error));
            found = memcmp(claim.witnesses, other.witnesses, sizeof *claim.witnesses) == 0;
        }
        assert_true(found);
        same_claim(p, &claim, &other);
    }
    assert_int_equal(known, part_count);
}

/* ---- Entities -------------------------------------------------------------------------------- */

static void same_entity(pair *p, uint32_t number)
{
    stemma_entity part, whole;
    stemma_text label, part_label;
    NEED(stemma_entity_get(p->part, number, &part, &error));
    uint32_t there = in_whole(p, part.first);
    NEED(stemma_entity_get(p->whole, there, &whole, &error));
    SAME_TEXT(whole.name, part.name);
    SAME_TEXT(whole.type, part.type);
    assert_int_equal(whole.documents, part.documents);
    assert_int_equal(whole.mentions, part.mentions);
    assert_int_equal(whole.events, part.events);
    assert_memory_equal(&whole.first, &part.first, sizeof part.first);
    assert_int_equal(whole.name_count, part.name_count);
    for (uint32_t i = 0; i < whole.name_count; i++) {
        SAME_TEXT(whole.names[i].text, part.names[i].text);
        assert_int_equal(whole.names[i].kind, part.names[i].kind);
        assert_int_equal(whole.names[i].documents, part.names[i].documents);
    }
    NEED(stemma_entity_label(p->whole, there, &label, &error));
    NEED(stemma_entity_label(p->part, number, &part_label, &error));
    SAME_TEXT(label, part_label);
    same_ids(p, STEMMA_REFERENCE_ENTITY, there, number);
    same_members(p, STEMMA_REFERENCE_ENTITY, there, number);
    same_claims(p, whole.claim_first, whole.claim_count, part.claim_first, part.claim_count);
}

static void same_entities(pair *p)
{
    stemma_entity entity;
    stemma_text label;
    uint32_t known = 0, count = 0;
    stemma_status status;
    for (uint32_t i = 0; (status = stemma_entity_get(p->part, i, &entity, &error)) == STEMMA_OK;
         i++) {
        same_entity(p, i);
        count++;
        stemma_snapshot_reset(p->part);
        stemma_snapshot_reset(p->whole);
    }
    assert_int_equal(status, STEMMA_NOT_FOUND);
    stemma_counts counts;
    stemma_counts_get(p->whole_file, &counts);
    for (uint32_t i = 0; i < counts.entities; i++) {
        status = stemma_entity_get(p->whole, i, &entity, &error);
        assert_true(status == STEMMA_OK || status == STEMMA_NOT_FOUND);
        assert_int_equal(stemma_entity_label(p->whole, i, &label, &error), status);
        known += status == STEMMA_OK;
        stemma_snapshot_reset(p->whole);
    }
    assert_int_equal(known, count);
}

/* ---- Events ---------------------------------------------------------------------------------- */

/* How many independent documents place an event of the part at an entity of the whole. */
static uint32_t placed_by(const pair *p, const stemma_event *part, uint32_t entity)
{
    uint32_t most = 0;
    for (uint32_t i = 0; i < part->claim_count; i++) {
        stemma_claim claim;
        NEED(stemma_claim_get(p->part, part->claim_first + i, &claim, &error));
        uint32_t object = claim.object.kind == STEMMA_OBJECT_PLACE ? claim.object.as.place.referent
                          : claim.object.kind == STEMMA_OBJECT_REFERENT ? claim.object.as.referent
                                                                        : STEMMA_NONE;
        if (stemma_text_equal(claim.predicate, stemma_text_of("place")) &&
            claim.polarity != STEMMA_POLARITY_NEGATIVE && object != STEMMA_NONE &&
            claim.object_referent_kind == STEMMA_REFERENT_ENTITY &&
            entity_in_whole(p, object) == entity && claim.independent > most) {
            most = claim.independent;
        }
    }
    return most;
}

/* Of places that as many documents give the lesser number counts, and numbers are those of the
   whole file. */
static void same_place(const pair *p, const stemma_event *whole, const stemma_event *part)
{
    uint32_t place = entity_in_whole(p, part->place);
    if (whole->place != place) {
        assert_true(whole->place < place);
        assert_int_equal(placed_by(p, part, whole->place), placed_by(p, part, place));
    }
}

static void same_event(pair *p, uint32_t number)
{
    stemma_event part, whole;
    NEED(stemma_event_get(p->part, number, &part, &error));
    uint32_t there = in_whole(p, part.first);
    NEED(stemma_event_get(p->whole, there, &whole, &error));
    SAME_TEXT(whole.type, part.type);
    assert_int_equal(whole.bounds.start_earliest, part.bounds.start_earliest);
    assert_int_equal(whole.bounds.start_latest, part.bounds.start_latest);
    assert_int_equal(whole.bounds.end_earliest, part.bounds.end_earliest);
    assert_int_equal(whole.bounds.end_latest, part.bounds.end_latest);
    assert_int_equal(whole.bounds.precision, part.bounds.precision);
    assert_int_equal(whole.bounds.extent, part.bounds.extent);
    assert_int_equal(whole.bounds.approximate, part.bounds.approximate);
    assert_int_equal(whole.bounds.uncertain, part.bounds.uncertain);
    same_place(p, &whole, &part);
    assert_int_equal(whole.documents, part.documents);
    assert_int_equal(whole.independent, part.independent);
    assert_int_equal(whole.polarity, part.polarity);
    assert_int_equal(whole.certainty, part.certainty);
    assert_int_equal(whole.tense, part.tense);
    assert_int_equal(whole.realis, part.realis);
    assert_int_equal(whole.participant_count, part.participant_count);
    for (uint32_t i = 0; i < part.participant_count; i++) {
        uint32_t entity = entity_in_whole(p, part.participants[i].entity);
        bool found = false;
        for (uint32_t k = 0; k < whole.participant_count; k++) {
            found = found || (whole.participants[k].entity == entity &&
                              stemma_text_equal(whole.participants[k].role,
                                                part.participants[i].role));
        }
        assert_true(found);
    }
    same_ids(p, STEMMA_REFERENCE_EVENT, there, number);
    same_members(p, STEMMA_REFERENCE_EVENT, there, number);
    same_claims(p, whole.claim_first, whole.claim_count, part.claim_first, part.claim_count);
}

/* Columns say what the getter says. */
static uint32_t check_columns(const pair *p)
{
    uint32_t known = 0;
    stemma_event_columns c;
    for (uint32_t first = 0; stemma_event_scan(p->whole, first, STEMMA_SCAN_ALL, &c, &error) ==
                             STEMMA_OK;
         first += c.count) {
        for (uint32_t i = 0; i < c.count; i++) {
            stemma_event event;
            stemma_term type;
            stemma_status status = stemma_event_get(p->whole, first + i, &event, &error);
            assert_int_equal(status, c.documents[i] != 0 ? STEMMA_OK : STEMMA_NOT_FOUND);
            if (status != STEMMA_OK) {
                assert_int_equal(c.participant_first[i], c.participant_first[i + 1]);
                continue;
            }
            known++;
            NEED(stemma_term_get(p->whole, c.type[i], &type, &error));
            SAME_TEXT(type.name, event.type);
            assert_int_equal(c.type[i], event.type_term);
            assert_int_equal(c.start_earliest[i], event.bounds.start_earliest);
            assert_int_equal(c.end_latest[i], event.bounds.end_latest);
            assert_int_equal(c.precision[i] & 15u, event.bounds.precision);
            assert_int_equal(c.place[i], event.place);
            assert_int_equal(c.documents[i], event.documents);
            assert_int_equal(c.independent[i], event.independent);
            assert_int_equal(c.factuality[i], event.polarity | event.certainty << 2 |
                                                  event.tense << 4 | event.realis << 6);
            assert_int_equal(c.participant_first[i + 1] - c.participant_first[i],
                             event.participant_count);
            for (uint32_t k = 0; k < event.participant_count; k++) {
                assert_int_equal(c.entity[c.participant_first[i] + k],
                                 event.participants[k].entity);
            }
            stemma_snapshot_reset(p->part);
        }
    }
    return known;
}

/* As many claims are known as the part has, and nothing else is told of the others. */
static void check_claims(const pair *p, uint64_t claims, uint64_t wanted)
{
    uint64_t known = 0;
    for (uint32_t i = 0; i < claims; i++) {
        stemma_claim claim;
        char id[STEMMA_ID_SIZE];
        stemma_status status = stemma_claim_get(p->whole, i, &claim, &error);
        assert_true(status == STEMMA_OK || status == STEMMA_NOT_FOUND);
        assert_int_equal(stemma_id_text(p->whole, (stemma_reference){STEMMA_REFERENCE_CLAIM, i},
                                        id, &error),
                         status);
        known += status == STEMMA_OK;
        stemma_snapshot_reset(p->whole);
    }
    assert_int_equal(known, wanted);
}

static void same_events(pair *p)
{
    stemma_counts counts, all;
    uint64_t whole_types[512] = {0}, part_types[512] = {0};
    stemma_counts_get(p->part_file, &counts);
    stemma_counts_get(p->whole_file, &all);
    for (uint32_t i = 0; i < counts.events; i++) {
        same_event(p, i);
        stemma_snapshot_reset(p->part);
        stemma_snapshot_reset(p->whole);
    }
    assert_int_equal(check_columns(p), counts.events);
    check_claims(p, all.claims, counts.claims);
    p->anew += all.events - counts.events;
    NEED(stemma_type_counts(p->whole, whole_types, 512, &error));
    NEED(stemma_type_counts(p->part, part_types, 512, &error));
    for (uint32_t i = 0; i < 512; i++) {
        stemma_term a, b;
        if (stemma_term_get(p->whole, i, &a, &error) != STEMMA_OK) {
            assert_int_equal(whole_types[i], 0);
            continue;
        }
        NEED(stemma_term_get(p->part, i, &b, &error));
        SAME_TEXT(a.name, b.name);
        assert_int_equal(whole_types[i], part_types[i]);
    }
}

/* ---- Documents ------------------------------------------------------------------------------- */

static void same_documents(const pair *p)
{
    stemma_counts counts;
    uint32_t documents = 0;
    stemma_counts_get(p->whole_file, &counts);
    for (uint32_t i = 0; i < counts.documents; i++) {
        stemma_document document;
        stemma_row_view row;
        const stemma_derivation *a = NULL, *b = NULL;
        stemma_text text;
        uint32_t x = 0, y = 0;
        if (i >= p->until) {
            stemma_reference member;
            assert_int_equal(stemma_document_get(p->whole, i, &document, &error),
                             STEMMA_NOT_FOUND);
            assert_int_equal(stemma_testimony_get(p->whole, i, &document, &error),
                             STEMMA_NOT_FOUND);
            assert_int_equal(stemma_row_get(p->whole, i, 0, &row, &error), STEMMA_NOT_FOUND);
            assert_int_equal(stemma_text_get(p->whole, i, (stemma_span){0, 1}, &text, &error),
                             STEMMA_NOT_FOUND);
            assert_int_equal(stemma_derivations_of(p->whole, i, &a, &x, &error),
                             STEMMA_NOT_FOUND);
            assert_int_equal(stemma_independence_group(p->whole, i, &x, &error),
                             STEMMA_NOT_FOUND);
            assert_int_equal(
                stemma_member_of(p->whole, (stemma_referent_id){i, 0}, &member, &error),
                STEMMA_NOT_FOUND);
            continue;
        }
        NEED(stemma_document_get(p->whole, i, &document, &error));
        NEED(stemma_independence_group(p->whole, i, &x, &error));
        NEED(stemma_independence_group(p->part, i, &y, &error));
        assert_int_equal(x, y);
        NEED(stemma_derivations_of(p->whole, i, &a, &x, &error));
        NEED(stemma_derivations_of(p->part, i, &b, &y, &error));
        assert_int_equal(x, y);
        for (uint32_t k = 0; k < x; k++) {
            assert_int_equal(a[k].to, b[k].to);
            assert_int_equal(a[k].kind, b[k].kind);
        }
    }
    NEED(stemma_documents_until(p->whole, INT64_MAX, &documents, &error));
    assert_true(documents <= p->until);
}

/* ---- Names ----------------------------------------------------------------------------------- */

static int by_score_and_first(const void *left, const void *right)
{
    return memcmp(left, right, 3 * sizeof(uint32_t));
}

/* Who is found by a name, in an order that both have. */
static uint32_t find_in(stemma_snapshot *snapshot, stemma_text name, uint16_t threshold,
                        uint32_t out[64][3])
{
    stemma_find_options options = STEMMA_FIND_OPTIONS_INIT;
    const stemma_found *found = NULL;
    uint32_t count = 0, mentions = UINT32_MAX, score = UINT32_MAX;
    options.limit = 64;
    options.threshold = threshold;
    NEED(stemma_find(snapshot, name, &options, &found, &count, &error));
    for (uint32_t i = 0; i < count; i++) {
        stemma_entity entity;
        NEED(stemma_entity_get(snapshot, found[i].entity, &entity, &error));
        if (threshold != 1000) { /* best first, then by mentions */
            assert_true(found[i].score < score ||
                        (found[i].score == score && entity.mentions <= mentions));
        }
        score = found[i].score;
        mentions = entity.mentions;
        out[i][0] = score;
        out[i][1] = entity.first.document;
        out[i][2] = entity.first.referent;
    }
    qsort(out, count, sizeof out[0], by_score_and_first);
    return count;
}

static void same_found(pair *p, uint32_t every)
{
    stemma_counts counts;
    stemma_counts_get(p->whole_file, &counts);
    for (uint32_t i = 0; i < counts.entities; i += every) {
        stemma_entity entity;
        stemma_snapshot_as_of(p->whole, STEMMA_NONE); /* names that are not known, too */
        NEED(stemma_entity_get(p->whole, i, &entity, &error));
        char name[256];
        stemma_text text = {name, entity.name.size < sizeof name ? entity.name.size : 0};
        if (text.size != 0) {
            memcpy(name, entity.name.data, text.size);
        }
        stemma_snapshot_as_of(p->whole, p->until);
        for (uint16_t threshold = 0; threshold <= 1000 && text.size != 0; threshold += 1000) {
            uint32_t a[64][3], b[64][3];
            uint32_t a_count = find_in(p->whole, text, threshold, a);
            uint32_t b_count = find_in(p->part, text, threshold, b);
            uint32_t alike = 0;
            for (uint32_t k = 0; k < a_count && alike < b_count; k++) {
                alike += memcmp(a[k], b[alike], sizeof a[k]) == 0;
            }
            /* A later name may bring in who is called something like it before. */
            if (alike != b_count || (threshold == 1000 && a_count != b_count)) {
                fail_msg("find '%.*s' (%u): %u, in the part %u", (int)text.size, name,
                         (unsigned)threshold, a_count, b_count);
            }
            p->more += a_count - b_count;
        }
        stemma_snapshot_reset(p->whole);
        stemma_snapshot_reset(p->part);
    }
}

/* ---- All of it ------------------------------------------------------------------------------- */

/* Cuts a file at a document and compares. */
static uint64_t compare_at(const char *path, uint32_t until)
{
    pair p = {0};
    char part[] = "/tmp/stemma-as-of-XXXXXX";
    int file = mkstemp(part);
    assert_true(file >= 0);
    close(file);
    p.until = until;
    NEED(stemma_open(&p.whole_file, path, NULL, &error));
    NEED(stemma_snapshot_begin(&p.whole, p.whole_file, &error));
    cut_file_write(part, p.whole, until);
    NEED(stemma_open(&p.part_file, part, NULL, &error));
    NEED(stemma_snapshot_begin(&p.part, p.part_file, &error));
    assert_int_equal(stemma_snapshot_until(p.whole), STEMMA_NONE);
    stemma_snapshot_as_of(p.whole, until);
    same_documents(&p);
    same_entities(&p);
    same_events(&p);
    same_found(&p, 7);
    stemma_snapshot_end(p.part);
    stemma_snapshot_end(p.whole);
    stemma_close(p.part_file);
    stemma_close(p.whole_file);
    unlink(part);
    return p.anew;
}

static uint32_t documents_of(const char *path)
{
    stemma_file *file = NULL;
    stemma_counts counts;
    NEED(stemma_open(&file, path, NULL, &error));
    stemma_counts_get(file, &counts);
    stemma_close(file);
    return (uint32_t)counts.documents;
}

static void test_articles(void **state)
{
    built_file file;
    uint64_t anew = 0;
    (void)state;
    built_file_make(&file, 60);
    for (uint32_t until = 1; until < 60; until += 13) {
        anew += compare_at(file.path, until);
    }
    assert_true(anew != 0);
    built_file_remove(&file);
}

static void test_data_sets(void **state)
{
    row_file file;
    (void)state;
    row_file_make(&file, 300, 5);
    uint32_t documents = documents_of(file.path);
    for (uint32_t until = 1; until < documents; until++) {
        (void)compare_at(file.path, until);
    }
    row_file_remove(&file);
}

/* Nothing is known before the first document, and all of it again when the cut is taken back. */
static void test_nothing_and_all(void **state)
{
    built_file file;
    stemma_file *open = NULL;
    stemma_snapshot *snapshot = NULL;
    stemma_entity entity;
    stemma_event event;
    stemma_claim claim;
    (void)state;
    built_file_make(&file, 12);
    NEED(stemma_open(&open, file.path, NULL, &error));
    NEED(stemma_snapshot_begin(&snapshot, open, &error));
    stemma_snapshot_as_of(snapshot, 0);
    assert_int_equal(stemma_snapshot_until(snapshot), 0);
    assert_int_equal(stemma_entity_get(snapshot, 0, &entity, &error), STEMMA_NOT_FOUND);
    assert_int_equal(stemma_event_get(snapshot, 0, &event, &error), STEMMA_NOT_FOUND);
    assert_int_equal(stemma_claim_get(snapshot, 0, &claim, &error), STEMMA_NOT_FOUND);
    stemma_snapshot_as_of(snapshot, 12);
    assert_int_equal(stemma_snapshot_until(snapshot), STEMMA_NONE);
    NEED(stemma_entity_get(snapshot, 0, &entity, &error));
    NEED(stemma_event_get(snapshot, 0, &event, &error));
    NEED(stemma_claim_get(snapshot, 0, &claim, &error));
    stemma_snapshot_end(snapshot);
    stemma_close(open);
    built_file_remove(&file);
}

static char **paths;

static void test_files(void **state)
{
    (void)state;
    for (char **path = paths; *path != NULL; path++) {
        uint32_t documents = documents_of(*path);
        uint32_t step = documents / 6 + 1;
        for (uint32_t until = step / 2 + 1; until < documents; until += step) {
            uint64_t anew = compare_at(*path, until);
            printf("%s until %u: alike, %llu told anew\n", *path, until,
                   (unsigned long long)anew);
        }
    }
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_articles),
        cmocka_unit_test(test_data_sets),
        cmocka_unit_test(test_nothing_and_all),
    };
    const struct CMUnitTest files[] = {cmocka_unit_test(test_files)};
    paths = argv + 1;
    return argc > 1 ? cmocka_run_group_tests(files, NULL, NULL)
                    : cmocka_run_group_tests(tests, NULL, NULL);
}
