/* SPDX-License-Identifier: MIT */
/* Deriving the index from rows as columns gives what it gives from the same rows written out as
   ordinary testimony. */
#include "claim_record.h"
#include "index/index.h"
#include "index/index_fold.h"
#include "index/index_order.h"
#include "index/index_postings.h"
#include "support/corpus.h"
#include "support/prng.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#define DOCUMENTS_MOST 8u
#define ROWS_MOST      60u
#define ACTORS_MOST    12u
#define SAYS_MOST      12u

/* A data set in three forms: what a program gives, the columns, and written out. */
typedef struct data_set {
    stm_row_set set;
    uint32_t actor_count;
    uint32_t row_count;
    char names[ACTORS_MOST][32];
    stemma_name name_list[ACTORS_MOST];
    stemma_referent referents[ACTORS_MOST + ROWS_MOST];
    stemma_document actors; /* only those */
    stemma_document whole;  /* with all rows as events */
    stemma_assertion assertions[ROWS_MOST * SAYS_MOST];
    stm_witness witness[ROWS_MOST * SAYS_MOST]; /* row, place among its assertions */
    uint32_t uses[ACTORS_MOST];
} data_set;

typedef struct world {
    prng random;
    uint32_t document_count;
    data_set *sets[DOCUMENTS_MOST]; /* NULL: an article */
    corpus_document *articles[DOCUMENTS_MOST];
    stm_index folded;
    stm_index plain;
} world;

static uint32_t with_many_events; /* how many times they were compared */
static const stemma_term *terms;
static uint32_t term_count;
static const char *const type_names[] = {"justice.release", "contact.meet", "conflict.attack"};
static const char *const role_names[] = {"agent", "patient", "participant", "target"};
static const char *const time_texts[] = {
    "2031-05-04", "2031-05",        "2031",        "",          "2031-05-04T10:00Z",
    "2030/2032",  "[..2031-05-01]", "2031-05-04~", "2031-06-01"};

static uint32_t term_of(uint8_t kind, const char *name)
{
    stm_index index;
    stm_index_init(&index, terms, term_count);
    return stm_index_term(&index, kind, stemma_text_of(name));
}

static void make_actors(data_set *d, prng *random, uint32_t number)
{
    d->actor_count = 3 + prng_below(random, ACTORS_MOST - 3);
    for (uint32_t a = 0; a < d->actor_count; a++) {
        snprintf(d->names[a], sizeof d->names[a], "Actor %u %u", number % 2, a);
        d->name_list[a].text = stemma_text_of(d->names[a]);
        d->referents[a].kind = STEMMA_REFERENT_ENTITY;
        d->referents[a].type = stemma_text_of(a % 3 == 0 ? "place" : "person");
        d->referents[a].names = &d->name_list[a];
        d->referents[a].name_count = 1;
    }
    d->actors.referents = d->referents;
    d->actors.referent_count = d->actor_count;
    d->actors.text_withheld = 1;
}

/* Handles are term numbers: every type and role above allows any other, so no row is refused. */
static void begin_set(data_set *d)
{
    stemma_text any = {NULL, 0};
    stm_row_set_begin(&d->set, NULL);
    for (uint32_t i = 0; i < term_count; i++) {
        assert_int_equal(stm_row_set_handle(&d->set, terms[i].kind, terms[i].name, any), STEMMA_OK);
        d->set.handles[i].term = i;
    }
    d->set.actor_count = d->actor_count;
}

static void add_row(data_set *d, prng *random)
{
    stemma_row_participant list[6];
    stemma_row row = {0};
    stemma_error error = {0};
    row.number = d->set.last_number + 1 + prng_below(random, 2);
    row.type = term_of(STEMMA_TERM_EVENT_TYPE, type_names[prng_below(random, 3)]);
    row.time = stemma_text_of(time_texts[prng_below(random, 9)]);
    row.place = prng_below(random, 3) == 0 ? prng_below(random, d->actor_count) : STEMMA_NONE;
    row.source = prng_below(random, 4) == 0 ? prng_below(random, d->actor_count) : STEMMA_NONE;
    row.quantity_predicate = STEMMA_NONE;
    row.participant_count = prng_below(random, 5);
    row.participants = list;
    for (uint32_t i = 0; i < row.participant_count; i++) {
        list[i].role = term_of(STEMMA_TERM_PREDICATE, role_names[prng_below(random, 4)]);
        list[i].actor = prng_below(random, d->actor_count);
    }
    if (prng_below(random, 4) == 0) {
        row.content = stemma_text_of("It rained");
        row.external_id = stemma_text_of("list:7");
    }
    if (prng_below(random, 4) == 0) {
        row.quantity_predicate =
            term_of(STEMMA_TERM_PREDICATE, prng_below(random, 2) ? "quantity" : "patient");
        row.amount = stemma_text_of("12.50");
        row.unit = stemma_text_of("km");
    }
    assert_int_equal(stm_row_set_add(&d->set, &row, &error), STEMMA_OK);
}

/* Writes a row out as assertions, in their order, by the rule of SPEC.md and not by the code under
   test: predicates ascending, in each the referents ascending, then a quantity. */
static void write_out(data_set *d, uint32_t k)
{
    stm_row_participant list[8];
    stm_row_record row;
    uint32_t count = 0;
    stemma_assertion *out = d->assertions + d->whole.assertion_count;
    stm_row_record_of(&d->set, k, list, &row);
    for (uint32_t term = 0; term < term_count; term++) {
        const char *name = terms[term].name.data;
        stemma_assertion a = {0};
        if (terms[term].kind != STEMMA_TERM_PREDICATE) {
            continue;
        }
        a.subject = d->actor_count + k;
        a.predicate = terms[term].name;
        a.polarity = STEMMA_POLARITY_POSITIVE;
        a.realis = STEMMA_REALIS_ACTUAL;
        a.speaker = STEMMA_NONE;
        a.via = row.source;
        if (strcmp(name, "type") == 0) {
            a.object = (stemma_object){.kind = STEMMA_OBJECT_TEXT, .as.text = terms[row.type].name};
            out[count++] = a;
        } else if (strcmp(name, "time") == 0 && row.time.size > 0) {
            a.object = (stemma_object){.kind = STEMMA_OBJECT_TIME, .as.time.edtf = row.time};
            out[count++] = a;
        } else if (strcmp(name, "content") == 0 && row.rare.content.size > 0) {
            a.object = (stemma_object){.kind = STEMMA_OBJECT_TEXT, .as.text = row.rare.content};
            out[count++] = a;
        } else if (strcmp(name, "place") == 0 && row.place != STEMMA_NONE) {
            a.object.kind = STEMMA_OBJECT_PLACE;
            a.object.as.place = (stemma_place){{NULL, 0},         row.place,         {NULL, 0},
                                               STEMMA_NO_DEGREES, STEMMA_NO_DEGREES, 0};
            out[count++] = a;
        }
        for (uint32_t actor = 0; actor < d->actor_count; actor++) {
            for (uint32_t i = 0; i < row.participant_count; i++) {
                if (row.participants[i].role == term && row.participants[i].actor == actor) {
                    a.object =
                        (stemma_object){.kind = STEMMA_OBJECT_REFERENT, .as.referent = actor};
                    out[count++] = a;
                }
            }
        }
        if (row.rare.quantity_predicate == term) {
            a.object.kind = STEMMA_OBJECT_QUANTITY;
            a.object.as.quantity = (stemma_quantity){0};
            a.object.as.quantity.amount = row.rare.amount;
            a.object.as.quantity.unit = row.rare.unit;
            out[count++] = a;
        }
    }
    assert_int_equal(count, stm_row_set_says(&d->set, k));
    for (uint32_t j = 0; j < count; j++) {
        d->witness[d->whole.assertion_count + j] = (stm_witness){k, j};
    }
    d->whole.assertion_count += count;
    for (uint32_t i = 0; i < row.participant_count; i++) {
        d->uses[row.participants[i].actor]++;
    }
    if (row.place != STEMMA_NONE) {
        d->uses[row.place]++;
    }
    if (row.source != STEMMA_NONE) {
        d->uses[row.source]++;
    }
}

static data_set *make_set(prng *random, uint32_t number)
{
    data_set *d = calloc(1, sizeof *d);
    assert_non_null(d);
    make_actors(d, random, number);
    begin_set(d);
    d->row_count = 1 + prng_below(random, ROWS_MOST - 1);
    for (uint32_t k = 0; k < d->row_count; k++) {
        add_row(d, random);
    }
    assert_int_equal(stm_row_set_resolve(&d->set), STEMMA_OK);
    d->whole = d->actors;
    d->whole.referent_count += d->row_count;
    d->whole.assertions = d->assertions;
    for (uint32_t k = 0; k < d->row_count; k++) {
        d->referents[d->actor_count + k].kind = STEMMA_REFERENT_EVENT;
        d->referents[d->actor_count + k].type = terms[stm_row_shape_of(&d->set, k)->type].name;
        write_out(d, k);
    }
    return d;
}

static uint32_t any_referent(world *w, uint32_t document)
{
    data_set *d = w->sets[document];
    return prng_below(&w->random, d != NULL ? d->actor_count + d->row_count
                                            : w->articles[document]->document.referent_count);
}

static int is_event(const world *w, stemma_referent_id id)
{
    const data_set *d = w->sets[id.document];
    return d != NULL ? d->referents[id.referent].kind
                     : w->articles[id.document]->document.referents[id.referent].kind;
}

static void judge(world *w)
{
    stemma_judgement j = {0};
    stemma_error error = {0};
    do {
        j.left.document = prng_below(&w->random, w->document_count);
        j.left.referent = any_referent(w, j.left.document);
        j.right.document = prng_below(&w->random, w->document_count);
        j.right.referent = any_referent(w, j.right.document);
    } while (is_event(w, j.left) != is_event(w, j.right));
    j.verdict = prng_below(&w->random, 4) == 0 ? STEMMA_VERDICT_NOT_SAME : STEMMA_VERDICT_SAME;
    j.score = (uint16_t)prng_below(&w->random, 1000);
    assert_int_equal(stm_index_add_judgement(&w->folded, &j, &error), STEMMA_OK);
    assert_int_equal(stm_index_add_judgement(&w->plain, &j, &error), STEMMA_OK);
}

static void make_world(world *w, uint64_t seed)
{
    static const char *const days[] = {"2031-05-04", "2031-05-05", "2031-05"};
    static const char *const people[] = {"Ada Lorn", "Rolf Tarn", "Ilse Moor"};
    stemma_error error = {0};
    memset(w, 0, sizeof *w);
    w->random.state = seed;
    stm_index_init(&w->folded, terms, term_count);
    stm_index_init(&w->plain, terms, term_count);
    w->document_count = 1 + prng_below(&w->random, DOCUMENTS_MOST - 1);
    for (uint32_t i = 0; i < w->document_count; i++) {
        if (prng_below(&w->random, 2) == 0) {
            corpus_document *d = corpus_new("urn:x", "2031-05-06");
            corpus_release(d, people[prng_below(&w->random, 3)], "then",
                           days[prng_below(&w->random, 3)], "Velmora");
            w->articles[i] = d;
            assert_int_equal(stm_index_add_document(&w->folded, &d->document, &error), STEMMA_OK);
            assert_int_equal(stm_index_add_document(&w->plain, &d->document, &error), STEMMA_OK);
            continue;
        }
        data_set *d = make_set(&w->random, i);
        w->sets[i] = d;
        assert_int_equal(stm_index_add_document(&w->folded, &d->actors, &error), STEMMA_OK);
        assert_int_equal(stm_index_add_rows(&w->folded, &d->set, &error), STEMMA_OK);
        assert_int_equal(stm_index_add_document(&w->plain, &d->whole, &error), STEMMA_OK);
        for (uint32_t a = 0; a < d->actor_count; a++) {
            w->plain.referents[w->plain.document_first[i] + a].mentions += d->uses[a];
        }
    }
    for (uint32_t i = prng_below(&w->random, 12); i > 0; i--) {
        judge(w);
    }
    assert_int_equal(stm_index_build(&w->folded, &error), STEMMA_OK);
    assert_int_equal(stm_index_build(&w->plain, &error), STEMMA_OK);
}

static void end_world(world *w)
{
    for (uint32_t i = 0; i < w->document_count; i++) {
        corpus_free(w->articles[i]);
        if (w->sets[i] != NULL) {
            stm_row_set_free(&w->sets[i]->set);
            free(w->sets[i]);
        }
    }
    stm_index_free(&w->folded);
    stm_index_free(&w->plain);
}

/* ---- Comparing ------------------------------------------------------------------------------- */

static void compare_first(const world *w, uint32_t folded, uint32_t plain)
{
    assert_int_equal(w->folded.referents[folded].document, w->plain.referents[plain].document);
    assert_int_equal(w->folded.referents[folded].ordinal, w->plain.referents[plain].ordinal);
}

static void compare_entities(const world *w)
{
    assert_int_equal(w->folded.entity_count, w->plain.entity_count);
    for (uint32_t i = 0; i < w->plain.entity_count; i++) {
        const stm_index_entity *a = &w->folded.entities[i];
        const stm_index_entity *b = &w->plain.entities[i];
        assert_int_equal(a->type, b->type);
        assert_int_equal(a->name_count, b->name_count);
        assert_int_equal(a->documents, b->documents);
        assert_int_equal(a->mentions, b->mentions);
        assert_int_equal(a->events, b->events);
        assert_int_equal(a->claim_first, b->claim_first);
        assert_int_equal(a->claim_count, b->claim_count);
        compare_first(w, a->first, b->first);
    }
}

/* A claim of the folded index, made up when it is of a folded row. */
typedef struct claim {
    uint32_t predicate;
    uint32_t object; /* of referents */
    uint8_t kind;
    stm_witness witness;
} claim;

static uint32_t variant_of(const stm_row_set *set, uint32_t actor)
{
    return set->variants != NULL ? set->variants[actor] : 0;
}

/* Claims that follow from a folded row, in the order of claims. */
static uint32_t claims_of_row(const world *w, const stm_row_set *set, uint32_t k, claim *out)
{
    const stm_row_predicates predicates = {w->folded.term_type, w->folded.term_time,
                                           w->folded.term_place, w->folded.term_content};
    stm_row_participant list[8];
    stm_row_assertion assertions[SAYS_MOST];
    stm_row_record row;
    stm_row_record_of(set, k, list, &row);
    stm_row_assertions(&row, &predicates, assertions);
    uint32_t count = stm_row_assertion_count(&row);
    for (uint32_t j = 0; j < count; j++) {
        int refers = assertions[j].actor != STEMMA_NONE;
        claim one = {assertions[j].predicate,
                     refers ? set->entities[assertions[j].actor] : 0,
                     refers ? STEMMA_OBJECT_REFERENT : assertions[j].kind,
                     {set->document, k * set->stride + j}};
        uint32_t at = j;
        while (at > 0 && (out[at - 1].predicate > one.predicate ||
                          (out[at - 1].predicate == one.predicate &&
                           (out[at - 1].kind > one.kind ||
                            (out[at - 1].kind == one.kind && out[at - 1].object > one.object))))) {
            out[at] = out[at - 1];
            at--;
        }
        out[at] = one;
    }
    return count;
}

/* A witness of the plain index as the folded one numbers it. */
static stm_witness plain_witness(const world *w, const stm_index_assertion *from)
{
    stm_witness out = {from->document, from->ordinal};
    const data_set *d = w->sets[from->document];
    if (d != NULL) {
        stm_witness place = d->witness[from->ordinal];
        out.assertion = place.document * d->set.stride + place.assertion;
    }
    return out;
}

static void compare_claim_of_row(const world *w, const claim *a, uint32_t number, uint32_t event)
{
    const stm_index_claim *b = &w->plain.claims[number];
    assert_int_equal(b->subject, event);
    assert_int_equal(b->subject_kind, STEMMA_REFERENT_EVENT);
    assert_int_equal(b->predicate, a->predicate);
    assert_int_equal(b->object_kind, a->kind);
    if (a->kind == STEMMA_OBJECT_REFERENT) {
        assert_int_equal(b->object, a->object);
        assert_int_equal(b->object_referent_kind, STEMMA_REFERENT_ENTITY);
    }
    assert_int_equal(b->polarity, STEMMA_POLARITY_POSITIVE);
    assert_int_equal(b->documents, 1);
    assert_int_equal(b->independent, 1);
    assert_int_equal(b->speakers, 0);
    assert_int_equal(b->witness_count, 1);
    stm_witness witness = plain_witness(w, &w->plain.assertions[b->witness_first]);
    assert_int_equal(witness.document, a->witness.document);
    assert_int_equal(witness.assertion, a->witness.assertion);
}

static void compare_stored_claim(const world *w, const stm_index_claim *a, const stm_index_claim *b)
{
    assert_int_equal(a->subject, b->subject);
    assert_int_equal(a->subject_kind, b->subject_kind);
    assert_int_equal(a->predicate, b->predicate);
    assert_int_equal(a->object_kind, b->object_kind);
    if (a->object_kind == STEMMA_OBJECT_REFERENT) {
        assert_int_equal(a->object, b->object);
        assert_int_equal(a->object_referent_kind, b->object_referent_kind);
    } else {
        stemma_text left = stm_strings_get(&w->folded.keys, a->object);
        stemma_text right = stm_strings_get(&w->plain.keys, b->object);
        assert_true(stemma_text_equal(left, right));
    }
    assert_int_equal(a->polarity, b->polarity);
    assert_int_equal(a->documents, b->documents);
    assert_int_equal(a->independent, b->independent);
    assert_int_equal(a->speakers, b->speakers);
    assert_int_equal(a->witness_count, b->witness_count);
    for (uint32_t i = 0; i < a->witness_count; i++) {
        const stm_index_assertion *left = &w->folded.assertions[a->witness_first + i];
        stm_witness right = plain_witness(w, &w->plain.assertions[b->witness_first + i]);
        assert_int_equal(left->document, right.document);
        assert_int_equal(left->ordinal, right.assertion);
    }
}

static void compare_bounds(const stemma_time_bounds *a, const stemma_time_bounds *b)
{
    assert_true(a->start_earliest == b->start_earliest && a->start_latest == b->start_latest);
    assert_true(a->end_earliest == b->end_earliest && a->end_latest == b->end_latest);
    assert_int_equal(a->precision, b->precision);
    assert_int_equal(a->extent, b->extent);
    assert_int_equal(a->approximate, b->approximate);
    assert_int_equal(a->uncertain, b->uncertain);
}

/* A folded row as an event; gives how many claims it has. */
static uint32_t compare_row(const world *w, stm_event_source source, uint32_t number,
                            uint32_t claim_first)
{
    const stm_row_set *set = source.set;
    const stm_index_event *b = &w->plain.events[number];
    stm_event_participant list[8];
    claim claims[SAYS_MOST];
    uint32_t count = stm_fold_participants(set, source.row, list);
    uint32_t place = stm_row_place(set, source.row);
    assert_true(stm_row_is_folded(set, source.row));
    assert_int_equal(stm_row_number(set, source.row), number);
    assert_int_equal(b->type, stm_row_shape_of(set, source.row)->type);
    compare_bounds(stm_row_bounds(set, source.row), &b->bounds);
    assert_int_equal(b->place, place == STEMMA_NONE ? STEMMA_NONE : set->entities[place]);
    assert_int_equal(b->participant_count, count);
    for (uint32_t i = 0; i < count; i++) {
        const stm_index_participant *one = &w->plain.participants[b->participant_first + i];
        assert_int_equal(list[i].role, one->role);
        assert_int_equal(list[i].entity, one->entity);
    }
    for (uint32_t a = 0; a < set->actor_count; a++) { /* variants lead back to the actor */
        uint32_t cluster = w->folded.entities[set->entities[a]].cluster;
        uint32_t met = 0;
        for (uint32_t m = w->folded.cluster_first[cluster];
             m < w->folded.cluster_first[cluster + 1]; m++) {
            const stm_index_referent *member = &w->folded.referents[w->folded.cluster_members[m]];
            if (member->document == set->document && met++ == variant_of(set, a)) {
                assert_int_equal(member->ordinal, a);
            }
        }
        assert_true(met > variant_of(set, a));
    }
    assert_int_equal(b->documents, 1);
    assert_int_equal(b->independent, 1);
    assert_int_equal(b->polarity, STEMMA_POLARITY_POSITIVE);
    assert_int_equal(b->certainty, 0);
    assert_int_equal(b->tense, 0);
    assert_int_equal(b->realis, STEMMA_REALIS_ACTUAL);
    assert_int_equal(w->plain.referents[b->first].document, set->document);
    assert_int_equal(w->plain.referents[b->first].ordinal, set->actor_count + source.row);
    assert_int_equal(b->claim_first, claim_first);
    uint32_t says = claims_of_row(w, set, source.row, claims);
    assert_int_equal(b->claim_count, says);
    for (uint32_t i = 0; i < says; i++) {
        compare_claim_of_row(w, &claims[i], claim_first + i, number);
    }
    return says;
}

static void compare_event(const world *w, const stm_index_event *a, uint32_t number)
{
    const stm_index_event *b = &w->plain.events[number];
    assert_int_equal(a->number, number);
    assert_int_equal(a->type, b->type);
    compare_bounds(&a->bounds, &b->bounds);
    assert_int_equal(a->place, b->place);
    assert_int_equal(a->participant_count, b->participant_count);
    for (uint32_t i = 0; i < a->participant_count; i++) {
        const stm_index_participant *left = &w->folded.participants[a->participant_first + i];
        const stm_index_participant *right = &w->plain.participants[b->participant_first + i];
        assert_int_equal(left->role, right->role);
        assert_int_equal(left->entity, right->entity);
    }
    assert_int_equal(a->documents, b->documents);
    assert_int_equal(a->independent, b->independent);
    assert_int_equal(a->polarity, b->polarity);
    assert_int_equal(a->realis, b->realis);
    assert_int_equal(a->claim_first, b->claim_first);
    assert_int_equal(a->claim_count, b->claim_count);
    compare_first(w, a->first, b->first);
}

/* Gives how many events are folded. */
static uint32_t compare_events(const world *w)
{
    uint32_t folded = 0;
    uint32_t claims = 0;
    uint32_t stored = 0;
    assert_int_equal(w->folded.event_total, w->plain.event_count);
    assert_int_equal(w->folded.claim_total, w->plain.claim_count);
    for (uint32_t e = 0; e < w->folded.event_total; e++) {
        stm_event_source source = stm_index_source(&w->folded, e);
        if (source.set != NULL) {
            claims += compare_row(w, source, e, claims);
            folded++;
            continue;
        }
        compare_event(w, source.event, e);
        for (uint32_t i = 0; i < source.event->claim_count; i++) {
            compare_stored_claim(w, &w->folded.claims[stored++], &w->plain.claims[claims++]);
        }
    }
    while (claims < w->plain.claim_count) {
        compare_stored_claim(w, &w->folded.claims[stored++], &w->plain.claims[claims++]);
    }
    assert_int_equal(stored, w->folded.claim_count);
    return folded;
}

typedef struct posting_list {
    uint8_t bytes[200000];
    size_t size;
} posting_list;

static stemma_status keep_posting(void *context, stemma_bytes list, uint32_t id, uint32_t payload)
{
    posting_list *to = context;
    assert_true(to->size + list.size + 8 <= sizeof to->bytes);
    memcpy(to->bytes + to->size, list.data, list.size);
    memcpy(to->bytes + to->size + list.size, &id, 4);
    memcpy(to->bytes + to->size + list.size + 4, &payload, 4);
    to->size += list.size + 8;
    return STEMMA_OK;
}

static stemma_status keep_postings(void *context, stemma_bytes list, const uint32_t *ids,
                                   const uint32_t *payloads, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        assert_int_equal(keep_posting(context, list, ids[i], payloads != NULL ? payloads[i] : 0), STEMMA_OK);
    }
    return STEMMA_OK;
}

/* Of so many events that ids and roles need numbers of their own. */
static void compare_with_many_events(const world *w, const posting_list *expected)
{
    static posting_list got;
    stm_index many = w->folded;
    if (many.event_sources == NULL && many.row_set_count > 0) { /* who goes by the rows does not look at the number */
        many.event_total = UINT32_MAX - 1;
        got.size = 0;
        assert_int_equal(stm_index_posting_lists(&many, STM_TABLE_PARTICIPATION, keep_postings, &got), STEMMA_OK);
        assert_int_equal(got.size, expected->size);
        assert_memory_equal(got.bytes, expected->bytes, got.size);
        with_many_events++;
    }
}

static void compare_postings(const world *w)
{
    static const stm_table tables[] = {STM_TABLE_PARTICIPATION, STM_TABLE_TYPE, STM_TABLE_PLACE,
                                       STM_TABLE_MEMBERSHIP};
    static posting_list a, b;
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        a.size = b.size = 0;
        assert_int_equal(stm_index_postings(&w->folded, tables[i], keep_posting, &a), STEMMA_OK);
        assert_int_equal(stm_index_postings(&w->plain, tables[i], keep_posting, &b), STEMMA_OK);
        assert_int_equal(a.size, b.size);
        assert_memory_equal(a.bytes, b.bytes, b.size);
        if (tables[i] == STM_TABLE_PARTICIPATION) {
            compare_with_many_events(w, &b);
        }
    }
}

/* [I-5] [I-6] [I-12] [I-17] [I-21] [I-22] [I-31] [I-32] [I-33] [T-18] */
static void rows_as_columns_give_the_index_of_rows_written_out(void **state)
{
    uint32_t folded = 0;
    uint32_t others = 0;
    (void)state;
    for (uint64_t seed = 1; seed <= 400; seed++) {
        world *w = malloc(sizeof *w);
        assert_non_null(w);
        make_world(w, seed);
        compare_entities(w);
        uint32_t here = compare_events(w);
        folded += here;
        others += w->folded.event_total - here;
        compare_postings(w);
        assert_true(w->folded.referent_explicit + w->folded.row_count == w->plain.referent_count);
        assert_true(w->folded.assertion_explicit + w->folded.row_assertion_count ==
                    w->plain.assertion_count);
        end_world(w);
        free(w);
    }
    assert_true(folded > 10000);
    assert_true(with_many_events > 0);
    assert_true(others > 500);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_as_columns_give_the_index_of_rows_written_out)};
    terms = stemma_vocabulary_builtin(&term_count);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
