/* SPDX-License-Identifier: MIT */
/* The questions that are more than a getter. */
#include "hostile/ask_state.h"

/* ---- Events ---------------------------------------------------------------------------------- */

static void list_events(asking *self, const stemma_event_query *query)
{
    stemma_event_cursor *cursor;
    uint32_t events[32], got = 0;
    uint64_t counted = 0;
    stemma_status status = stemma_events(&cursor, self->snapshot, query, &self->error);
    for (uint32_t i = 0; ask_met(self, status) && i < 8; i++) {
        status = stemma_event_next_many(cursor, events, 32, &got, &self->error);
        if (status == STEMMA_OK) {
            stemma_event rows[32];
            if (ask_met(self, stemma_event_get_many(self->snapshot, events, got, rows, &self->error))) {
                ask_text(self, rows[got - 1].type);
            }
        }
    }
    (void)ask_met(self, stemma_events_count(self->snapshot, query, &counted, &self->error));
    stemma_snapshot_reset(self->snapshot);
}

void ask_events(asking *self)
{
    stemma_event_query query = STEMMA_EVENT_QUERY_INIT;
    list_events(self, NULL);
    query.from = 1620000000;
    query.to = 1935619200;
    list_events(self, &query);
    for (uint32_t i = 0; i < 6; i++) {
        stemma_event_query one = STEMMA_EVENT_QUERY_INIT;
        uint32_t entity = i;
        stemma_event_part part = {i, stemma_text_of("patient"), i % 2 ? STEMMA_PART_UNDERGOES : 0};
        one.entities = i % 3 == 0 ? &entity : NULL;
        one.entity_count = i % 3 == 0;
        one.parts = &part;
        one.part_count = i % 3 == 1;
        one.place = i % 3 == 2 ? i : STEMMA_NONE;
        one.type = stemma_text_of(i % 2 ? "justice" : "");
        one.amount_least = stemma_text_of(i == 4 ? "2" : "");
        one.publisher = stemma_text_of(i == 5 ? "The Lamp" : "");
        one.speaker = i == 1 ? 3 : STEMMA_NONE;
        list_events(self, &one);
    }
    stemma_event_query amount = STEMMA_EVENT_QUERY_INIT;
    amount.amount_least = stemma_text_of("3");
    amount.amount_most = stemma_text_of("3");
    list_events(self, &amount);
}

/* What somebody is quoted on. */
static void list_quoted(asking *self)
{
    for (uint32_t i = 0; i < 6; i++) {
        stemma_event_query query = STEMMA_EVENT_QUERY_INIT;
        query.speaker = i;
        list_events(self, &query);
    }
}

void ask_scan(asking *self)
{
    stemma_event_columns at;
    uint64_t by_term[400];
    for (uint32_t first = 0; first < 500; first += at.count) {
        if (!ask_met(self, stemma_event_scan(self->snapshot, first, STEMMA_SCAN_ALL, &at,
                                             &self->error))) {
            break;
        }
        for (uint32_t i = 0; i < at.count; i++) {
            ask_number(self, (uint64_t)at.end_latest[i] + at.type[i] + at.place[i]);
            for (uint32_t j = at.participant_first[i]; j < at.participant_first[i + 1]; j++) {
                ask_number(self, at.role[j] + (uint64_t)at.entity[j]);
            }
        }
    }
    if (self->counts.vocabulary <= 400) {
        (void)ask_met(self, stemma_type_counts(self->snapshot, by_term,
                                               (uint32_t)self->counts.vocabulary, &self->error));
    }
}

void ask_timeline(asking *self)
{
    for (uint32_t i = 0; i < 3; i++) {
        stemma_timeline_options options = STEMMA_TIMELINE_OPTIONS_INIT;
        stemma_event_query query = STEMMA_EVENT_QUERY_INIT;
        stemma_timeline *timeline;
        stemma_timeline_entry entry;
        query.entities = &i;
        query.entity_count = 1;
        options.query = i != 0 ? &query : NULL;
        options.step = (uint8_t)i;
        stemma_status status =
            stemma_timeline_begin(&timeline, self->snapshot, &options, &self->error);
        for (uint32_t k = 0; ask_met(self, status) && k < 200; k++) {
            status = stemma_timeline_next(timeline, &entry, &self->error);
            if (status == STEMMA_OK) {
                ask_number(self, entry.documents + entry.events[entry.event_count - 1]);
            }
        }
        stemma_snapshot_reset(self->snapshot);
    }
}

/* ---- Looking up ------------------------------------------------------------------------------ */

void ask_find(asking *self)
{
    static const char *const names[] = {"Ada Lorn", "Lorn",   "Ido Lorm", "Veska",   "O. Vell",
                                        "VA",       "Veskan", "Tam",      "Ministry of Roads"};
    for (size_t i = 0; i < sizeof names / sizeof names[0] + 2; i++) {
        stemma_find_options options = STEMMA_FIND_OPTIONS_INIT;
        stemma_text name = stemma_text_of(names[i % (sizeof names / sizeof names[0])]);
        const stemma_found *found;
        uint32_t count = 0, listed[8];
        stemma_entity entity;
        if (i >= sizeof names / sizeof names[0] &&
            stemma_entity_get(self->snapshot, (uint32_t)i - 9, &entity, &self->error) == STEMMA_OK) {
            name = entity.name; /* one that is there */
        }
        options.flags = i % 2 ? STEMMA_FIND_PREFIX : 0;
        if (ask_met(self, stemma_find(self->snapshot, name, &options, &found, &count, &self->error))) {
            for (uint32_t k = 0; k < count; k++) {
                if (found[k].entity >= self->counts.entities || found[k].score > 1000) {
                    ask_wrong(self, "found what is not there");
                }
            }
        }
        (void)ask_met(self, stemma_entity_by_name(self->snapshot, name, listed, 8, &count,
                                                  &self->error));
        stemma_snapshot_reset(self->snapshot);
    }
}

void ask_search(asking *self)
{
    static const char *const queries[] = {"freed",      "prisoners -harbour", "\"went free\"",
                                          "pris*",      "order NEAR/5 gave",  "the",
                                          "lorn veska", "title:freed",
                                          "\"old copper\"", "\"copper mine\" NOT veska",
                                          "\"mine old copper\" OR freed", "\"old mine copper\"",
                                          "\"mine copper\""};
    for (size_t i = 0; i < sizeof queries / sizeof queries[0]; i++) {
        const stemma_hit *hits;
        uint32_t count = 0, listed[8];
        uint64_t total = 0;
        stemma_text query = stemma_text_of(queries[i]);
        stemma_status status =
            stemma_search(self->snapshot, query, NULL, &hits, &count, &self->error);
        if (status != STEMMA_E_INVALID && ask_met(self, status)) {
            for (uint32_t k = 0; k < count; k++) {
                if (hits[k].document >= self->counts.documents) {
                    ask_wrong(self, "a hit that is not there");
                }
                for (uint32_t w = 0; w < hits[k].word_count; w++) {
                    ask_number(self, hits[k].words[w].end);
                }
            }
        }
        status = stemma_search_count(self->snapshot, query, NULL, &total, &self->error);
        (void)(status != STEMMA_E_INVALID && ask_met(self, status));
        status = stemma_search_documents(self->snapshot, query, NULL, 0, listed, 8, &count,
                                         &self->error);
        (void)(status != STEMMA_E_INVALID && ask_met(self, status));
        stemma_snapshot_reset(self->snapshot);
    }
}

void ask_paths(asking *self)
{
    uint32_t entities = (uint32_t)self->counts.entities;
    for (uint32_t i = 1; i < 6 && i < entities; i++) {
        stemma_path_options options = STEMMA_PATH_OPTIONS_INIT;
        stemma_paths *paths;
        const stemma_path *one;
        options.hops = 1 + i % 4;
        options.flags = i % 2 ? STEMMA_PATHS_INDIRECT : 0;
        stemma_status status =
            stemma_paths_begin(&paths, self->snapshot, 0, i, &options, &self->error);
        for (uint32_t k = 0; ask_met(self, status) && k < 30; k++) {
            status = stemma_paths_next(paths, &one, &self->error);
            for (uint32_t n = 0; status == STEMMA_OK && n <= one->hops; n++) {
                if (one->nodes[n] >= entities) {
                    ask_wrong(self, "a chain through what is not there");
                }
            }
        }
        stemma_snapshot_reset(self->snapshot);
    }
}

void ask_between(asking *self)
{
    const uint32_t *claims;
    uint32_t count = 0;
    for (uint32_t i = 1; i < 8; i++) {
        stemma_status status = stemma_claims_between(self->snapshot, i, i / 2, &claims, &count, &self->error);
        if (ask_met(self, status)) {
            for (uint32_t k = 0; k < count; k++) {
                ask_number(self, claims[k]);
            }
        }
        stemma_snapshot_reset(self->snapshot);
    }
}

/* ---- Claims ---------------------------------------------------------------------------------- */

static void look_at_position(asking *self, const stemma_position *position)
{
    for (uint32_t i = 0; i < position->claim_count; i++) {
        ask_claim(self, &position->claims[i]);
    }
    ask_number(self, position->standing.independent);
}

void ask_agree(asking *self)
{
    for (uint32_t i = 0; i < 24; i++) {
        stemma_reference subject = {i % 2 ? STEMMA_REFERENCE_EVENT : STEMMA_REFERENCE_ENTITY, i / 2};
        const stemma_positions *positions;
        uint32_t count = 0;
        if (ask_met(self, stemma_positions_of(self->snapshot, subject, &positions, &count,
                                              &self->error))) {
            for (uint32_t k = 0; k < count; k++) {
                ask_text(self, positions[k].predicate);
                for (uint32_t p = 0; p < positions[k].position_count; p++) {
                    look_at_position(self, &positions[k].positions[p]);
                }
            }
        }
        stemma_snapshot_reset(self->snapshot);
    }
    stemma_attested_cursor *cursor;
    stemma_attested best;
    stemma_reference all = {0, STEMMA_NONE};
    stemma_status status = stemma_best_attested(&cursor, self->snapshot, all, &self->error);
    for (uint32_t i = 0; ask_met(self, status) && i < 20; i++) {
        status = stemma_attested_next(cursor, &best, &self->error);
    }
}

void ask_conflicts(asking *self)
{
    stemma_conflict_query query = STEMMA_CONFLICT_QUERY_INIT;
    for (uint32_t i = 0; i < 3; i++) {
        stemma_conflict_cursor *cursor;
        stemma_conflict conflict;
        stemma_conflict_sides sides;
        if (i != 0) {
            query.subject.kind = i == 1 ? STEMMA_REFERENCE_ENTITY : STEMMA_REFERENCE_EVENT;
            query.subject.number = i;
        }
        stemma_status status =
            stemma_conflicts(&cursor, self->snapshot, &query, &self->error);
        for (uint32_t k = 0; ask_met(self, status) && k < 20; k++) {
            status = stemma_conflict_next(cursor, &conflict, &self->error);
            if (status == STEMMA_OK &&
                ask_met(self, stemma_conflict_get(self->snapshot, &conflict, &sides, &self->error))) {
                ask_text(self, sides.predicate);
                for (uint32_t s = 0; s < sides.side_count; s++) {
                    look_at_position(self, &sides.sides[s]);
                }
            }
        }
        stemma_snapshot_reset(self->snapshot);
    }
}

static void trace_claim(asking *self, const stemma_claim *claim)
{
    for (uint32_t i = 0; i <= claim->witness_count && i < 6; i++) {
        stemma_trace trace;
        if (ask_met(self, stemma_trace_get(self->snapshot, claim, i, NULL, &trace, &self->error))) {
            ask_text(self, trace.assertion.predicate);
            if (trace.copied.to != STEMMA_NONE && trace.copied.to >= self->counts.documents) {
                ask_wrong(self, "copied from what is not there");
            }
        }
    }
}

void ask_why(asking *self)
{
    for (uint32_t i = 0; i < 12; i++) {
        stemma_reference of = {i % 2 ? STEMMA_REFERENCE_EVENT : STEMMA_REFERENCE_ENTITY, i / 2};
        stemma_claim claim;
        stemma_identity *identity;
        if (ask_met(self, stemma_claim_get(self->snapshot, 3 * i, &claim, &self->error))) {
            trace_claim(self, &claim);
        }
        if (ask_met(self, stemma_identity_of(&identity, self->snapshot, of, 1000, &self->error))) {
            uint32_t count = stemma_identity_count(identity);
            for (uint32_t k = 0; k <= count && k < 12; k++) {
                stemma_identity_judgement judgement;
                stemma_identity_without without;
                if (ask_met(self, stemma_identity_get(identity, k, &judgement, &self->error))) {
                    ask_text(self, judgement.judgement.reason);
                    if (ask_met(self, stemma_identity_try(identity, k, NULL, 0, &without,
                                                          &self->error))) {
                        ask_number(self, without.parts);
                    }
                }
            }
        }
        stemma_snapshot_reset(self->snapshot);
    }
}

void ask_doubts(asking *self)
{
    stemma_doubts_options options = STEMMA_DOUBTS_OPTIONS_INIT;
    const stemma_doubt *doubts;
    stemma_doubts_found found;
    options.flags = STEMMA_DOUBTS_ALL;
    if (ask_met(self, stemma_doubts(self->snapshot, &options, &doubts, &found, &self->error))) {
        for (uint32_t i = 0; i < found.count; i++) {
            ask_text(self, doubts[i].judgement.reason);
        }
    }
}

/* ---- Sources --------------------------------------------------------------------------------- */

static void walk_sources(asking *self, stemma_sources *sources)
{
    stemma_source one;
    stemma_status status = STEMMA_OK;
    for (uint64_t i = 0; i <= self->counts.documents && status == STEMMA_OK && i < 100; i++) {
        status = stemma_sources_next(sources, &one, &self->error);
        if (ask_met(self, status) && one.document >= self->counts.documents) {
            ask_wrong(self, "a source that is not there");
        }
    }
}

void ask_sources(asking *self)
{
    static const uint32_t some[] = {0, 1, 2};
    stemma_sources *sources;
    if (ask_met(self, stemma_sources_all(&sources, self->snapshot, &self->error))) {
        walk_sources(self, sources);
    }
    if (self->counts.documents > 2) {
        if (ask_met(self, stemma_sources_about(&sources, self->snapshot, 1, &self->error))) {
            walk_sources(self, sources);
        }
        if (ask_met(self, stemma_sources_among(&sources, self->snapshot, some, 3, &self->error))) {
            walk_sources(self, sources);
        }
    }
}

static void look_at_passage(asking *self, const stemma_passage *passage)
{
    ask_number(self, passage->from.size + passage->to.size + passage->from_points.end);
    for (uint32_t i = 0; i < passage->from_change_count; i++) {
        if (passage->from_changes[i].end > passage->from.size) {
            ask_wrong(self, "a change outside its passage");
        }
    }
}

void ask_passages(asking *self)
{
    const stemma_derivation *list;
    uint32_t count = 0;
    for (uint32_t i = 0; i < ask_limit(self->counts.documents); i++) {
        if (ask_met(self, stemma_derivations_of(self->snapshot, i, &list, &count, &self->error))) {
            for (uint32_t k = 0; k < count; k++) {
                for (uint32_t r = 0; r <= list[k].range_count && r < 4; r++) {
                    stemma_passage passage;
                    if (ask_met(self, stemma_passage_get(self->snapshot, &list[k], r, &passage,
                                                         &self->error))) {
                        look_at_passage(self, &passage);
                    }
                }
            }
        }
        stemma_snapshot_reset(self->snapshot);
    }
}

void ask_alike(asking *self)
{
    stemma_alike one;
    const stemma_alike *several;
    uint32_t count = 0;
    stemma_passage passage;
    if (self->counts.documents > 1 &&
        ask_met(self, stemma_passages_between(self->snapshot, 1, 0, &one, &self->error))) {
        for (uint32_t i = 0; i < one.pair_count && i < 4; i++) {
            if (ask_met(self, stemma_alike_passage(self->snapshot, &one, i, &passage, &self->error))) {
                look_at_passage(self, &passage);
            }
        }
    }
    if (ask_met(self, stemma_documents_alike(self->snapshot, 0, STEMMA_ALIKE_UNTIED, 3, &several,
                                             &count, &self->error))) {
        ask_number(self, count);
    }
}

/* ---- Time, places, words --------------------------------------------------------------------- */

void ask_difference(asking *self)
{
    stemma_snapshot *before;
    stemma_difference *difference;
    if (self->counts.documents < 2 ||
        !ask_met(self, stemma_snapshot_begin(&before, self->file, &self->error))) {
        return;
    }
    stemma_snapshot_as_of(before, (uint32_t)self->counts.documents / 2);
    stemma_status status =
        stemma_difference_begin(&difference, before, self->snapshot, &self->error);
    if (ask_met(self, status)) {
        for (uint32_t i = 0; status == STEMMA_OK && i < 30; i++) {
            stemma_change change;
            status = stemma_difference_next(difference, &change, &self->error);
            if (ask_met(self, status)) {
                ask_text(self, change.subject);
                ask_text(self, change.was);
                ask_text(self, change.now);
            }
        }
        stemma_difference_end(difference);
    }
    stemma_snapshot_end(before);
}

void ask_places(asking *self)
{
    for (uint32_t i = 0; i < 8; i++) {
        const uint32_t *places;
        uint32_t count = 0;
        uint8_t answer = 0;
        (void)ask_met(self, stemma_place_within(self->snapshot, i, i / 2, &answer, &self->error));
        if (ask_met(self, stemma_place_parents(self->snapshot, i, &places, &count, &self->error))) {
            ask_number(self, count);
        }
        if (i < 3 && ask_met(self, stemma_place_inside(self->snapshot, i, &places, &count, &answer,
                                                       &self->error))) {
            ask_number(self, count);
        }
        stemma_snapshot_reset(self->snapshot);
    }
}

void ask_labels(asking *self)
{
    static const char kinds[] = {STEMMA_REFERENCE_DOCUMENT, STEMMA_REFERENCE_ENTITY,
                                 STEMMA_REFERENCE_EVENT, STEMMA_REFERENCE_CLAIM};
    for (uint32_t i = 0; i < 60; i++) {
        stemma_reference of = {(uint8_t)kinds[i % 4], i / 4};
        stemma_text label;
        if (ask_met(self, stemma_label(self->snapshot, of, &label, &self->error))) {
            ask_text(self, label);
        }
        stemma_snapshot_reset(self->snapshot);
    }
}

/* The same and more of a snapshot that knows half of the documents. */
void ask_as_of(asking *self)
{
    stemma_snapshot_as_of(self->snapshot, (uint32_t)self->counts.documents / 2);
    ask_labels(self);
    ask_agree(self);
    list_events(self, NULL);
    list_quoted(self);
    ask_search(self);
    ask_find(self);
}
