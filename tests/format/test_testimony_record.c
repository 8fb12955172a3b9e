/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>

#include "canonical.h"
#include "testimony_record.h"

static const stemma_term terms[] = {
    {.kind = STEMMA_TERM_ENTITY_TYPE, .name = {"organization", 12}},
    {.kind = STEMMA_TERM_ENTITY_TYPE, .name = {"person", 6}},
    {.kind = STEMMA_TERM_EVENT_TYPE, .name = {"justice.release", 15}},
    {.kind = STEMMA_TERM_PREDICATE, .name = {"agent", 5}},
    {.kind = STEMMA_TERM_PREDICATE, .name = {"patient", 7}},
};

static const stm_bounds bounds = {.vocabulary = {terms, 5}, .runs = 2, .documents = 1};

#define TEXT_SIZE 1000u

static uint64_t next_random(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return *seed >> 33;
}

/* ---- Comparing what came back ---- */

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
    for (uint32_t i = 0; i < a_count; i++) {
        assert_int_equal(a[i].start, b[i].start);
        assert_int_equal(a[i].end, b[i].end);
    }
}

static void same_object(const stemma_object *a, const stemma_object *b)
{
    assert_int_equal(a->kind, b->kind);
    switch (a->kind) {
    case STEMMA_OBJECT_REFERENT:
        assert_int_equal(a->as.referent, b->as.referent);
        break;
    case STEMMA_OBJECT_TEXT:
        same_text(a->as.text, b->as.text);
        break;
    case STEMMA_OBJECT_TIME:
        same_text(a->as.time.raw, b->as.time.raw);
        same_text(a->as.time.edtf, b->as.time.edtf);
        break;
    case STEMMA_OBJECT_PLACE:
        same_text(a->as.place.raw, b->as.place.raw);
        same_text(a->as.place.gazetteer, b->as.place.gazetteer);
        assert_int_equal(a->as.place.referent, b->as.place.referent);
        assert_int_equal(a->as.place.latitude, b->as.place.latitude);
        assert_int_equal(a->as.place.longitude, b->as.place.longitude);
        assert_int_equal(a->as.place.radius, b->as.place.radius);
        break;
    case STEMMA_OBJECT_QUANTITY:
        same_text(a->as.quantity.raw, b->as.quantity.raw);
        same_text(a->as.quantity.amount, b->as.quantity.amount);
        same_text(a->as.quantity.lower, b->as.quantity.lower);
        same_text(a->as.quantity.upper, b->as.quantity.upper);
        same_text(a->as.quantity.unit, b->as.quantity.unit);
        same_text(a->as.quantity.counted, b->as.quantity.counted);
        assert_int_equal(a->as.quantity.modifier, b->as.quantity.modifier);
        break;
    default:
        break;
    }
}

static void same_assertion(const stemma_assertion *a, const stemma_assertion *b)
{
    assert_int_equal(a->subject, b->subject);
    same_text(a->predicate, b->predicate);
    same_object(&a->object, &b->object);
    assert_int_equal(a->polarity, b->polarity);
    assert_int_equal(a->certainty, b->certainty);
    assert_int_equal(a->tense, b->tense);
    assert_int_equal(a->realis, b->realis);
    assert_int_equal(a->attribution, b->attribution);
    assert_int_equal(a->stance, b->stance);
    assert_int_equal(a->speaker, b->speaker);
    assert_int_equal(a->via, b->via);
    assert_int_equal(a->confidence, b->confidence);
    assert_int_equal(a->run, b->run);
    assert_int_equal(a->evidence_count, b->evidence_count);
    for (uint32_t i = 0; i < a->evidence_count; i++) {
        assert_int_equal(a->evidence[i].part, b->evidence[i].part);
        same_spans(a->evidence[i].spans, a->evidence[i].span_count, b->evidence[i].spans,
                   b->evidence[i].span_count);
    }
}

static void same_testimony(const stemma_document *a, const stemma_document *b)
{
    assert_int_equal(a->referent_count, b->referent_count);
    for (uint32_t i = 0; i < a->referent_count; i++) {
        const stemma_referent *x = &a->referents[i];
        const stemma_referent *y = &b->referents[i];
        assert_int_equal(x->kind, y->kind);
        same_text(x->type, y->type);
        assert_int_equal(x->name_count, y->name_count);
        for (uint32_t n = 0; n < x->name_count; n++) {
            same_text(x->names[n].text, y->names[n].text);
            same_text(x->names[n].language, y->names[n].language);
            assert_int_equal(x->names[n].kind, y->names[n].kind);
        }
        assert_int_equal(x->external_id_count, y->external_id_count);
        for (uint32_t n = 0; n < x->external_id_count; n++) {
            same_text(x->external_ids[n], y->external_ids[n]);
        }
    }
    assert_int_equal(a->mention_count, b->mention_count);
    for (uint32_t i = 0; i < a->mention_count; i++) {
        const stemma_mention *x = &a->mentions[i];
        const stemma_mention *y = &b->mentions[i];
        assert_int_equal(x->kind, y->kind);
        assert_int_equal(x->canonical, y->canonical);
        assert_int_equal(x->referent, y->referent);
        same_spans(&x->head, 1, &y->head, 1);
        same_spans(x->spans, x->span_count, y->spans, y->span_count);
    }
    assert_int_equal(a->assertion_count, b->assertion_count);
    for (uint32_t i = 0; i < a->assertion_count; i++) {
        same_assertion(&a->assertions[i], &b->assertions[i]);
    }
}

/* ---- Making documents ---- */

typedef struct made {
    stemma_document document;
    stemma_referent referents[300];
    stemma_name names[900];
    stemma_text ids[300];
    stemma_mention mentions[300];
    stemma_assertion assertions[300];
    stemma_evidence evidence[900];
    stemma_span spans[4000];
    uint32_t span_count;
} made;

static stemma_text random_text(uint64_t *seed, bool may_be_empty)
{
    static const char *const texts[] = {"Ilse Varga",
                                        "Ministry of Canals",
                                        "\xd0\x98\xd0\xbb\xd0\xb7\xd0\xb5",
                                        "2031-05-17",
                                        "123",
                                        "a name that is longer than thirty-one bytes are"};
    uint64_t choice = next_random(seed) % (may_be_empty ? 9 : 6);
    return choice < 6 ? stemma_text_of(texts[choice]) : stemma_text_of("");
}

static const stemma_span *random_spans(made *into, uint64_t *seed, uint32_t *count)
{
    stemma_span *spans = &into->spans[into->span_count];
    uint32_t at = (uint32_t)(next_random(seed) % 900);
    *count = 1 + (next_random(seed) % 8 == 0) * (uint32_t)(next_random(seed) % 3);
    for (uint32_t i = 0; i < *count; i++) {
        spans[i].start = at + (uint32_t)(next_random(seed) % 10);
        spans[i].end = spans[i].start + 1 + (uint32_t)(next_random(seed) % 20);
        at = spans[i].end;
    }
    into->span_count += *count;
    return spans;
}

static void random_object(stemma_object *object, uint64_t *seed)
{
    object->kind = (uint8_t)(next_random(seed) % 7);
    switch (object->kind) {
    case STEMMA_OBJECT_REFERENT:
        object->as.referent = (uint32_t)(next_random(seed) % 300);
        break;
    case STEMMA_OBJECT_TEXT:
        object->as.text = random_text(seed, true);
        break;
    case STEMMA_OBJECT_TIME:
        object->as.time.raw = random_text(seed, true);
        object->as.time.edtf = random_text(seed, true);
        break;
    case STEMMA_OBJECT_PLACE:
        object->as.place.raw = random_text(seed, true);
        object->as.place.gazetteer = random_text(seed, true);
        object->as.place.referent =
            next_random(seed) % 2 ? (uint32_t)(next_random(seed) % 300) : STEMMA_NONE;
        object->as.place.radius = next_random(seed) % 2 ? (uint32_t)next_random(seed) : 0;
        object->as.place.latitude = STEMMA_NO_DEGREES;
        object->as.place.longitude = STEMMA_NO_DEGREES;
        if (next_random(seed) % 2) {
            object->as.place.latitude = (int32_t)(next_random(seed) % 1800000001) - 900000000;
            object->as.place.longitude = 0;
        }
        break;
    case STEMMA_OBJECT_QUANTITY:
        object->as.quantity.raw = random_text(seed, true);
        object->as.quantity.amount = random_text(seed, true);
        object->as.quantity.lower = random_text(seed, true);
        object->as.quantity.upper = random_text(seed, true);
        object->as.quantity.unit = random_text(seed, true);
        object->as.quantity.counted = random_text(seed, true);
        object->as.quantity.modifier = (uint8_t)(next_random(seed) % 6);
        break;
    default:
        break;
    }
}

static void random_referent(made *into, uint64_t *seed, uint32_t i)
{
    stemma_referent *referent = &into->referents[i];
    uint32_t term = (uint32_t)(next_random(seed) % 3);
    referent->kind = terms[term].kind;
    referent->type = terms[term].name;
    referent->names = &into->names[3 * i];
    referent->name_count = (uint32_t)(next_random(seed) % 4);
    for (uint32_t n = 0; n < referent->name_count; n++) {
        stemma_name *name = &into->names[3 * i + n];
        name->text = random_text(seed, false);
        name->kind = (uint8_t)(next_random(seed) % 4);
        name->language = next_random(seed) % 3 == 0 ? stemma_text_of("ru") : stemma_text_of("");
    }
    referent->external_ids = &into->ids[i];
    referent->external_id_count = (uint32_t)(next_random(seed) % 2);
    into->ids[i] = stemma_text_of("wikidata:Q999999");
}

static void random_assertion(made *into, uint64_t *seed, uint32_t i)
{
    stemma_assertion *assertion = &into->assertions[i];
    bool spoken = next_random(seed) % 2;
    assertion->subject = (uint32_t)(next_random(seed) % 300);
    assertion->predicate = terms[3 + next_random(seed) % 2].name;
    random_object(&assertion->object, seed);
    assertion->polarity = (uint8_t)(next_random(seed) % 3);
    assertion->certainty = (uint8_t)(next_random(seed) % 4);
    assertion->tense = (uint8_t)(next_random(seed) % 4);
    assertion->realis = (uint8_t)(next_random(seed) % 4);
    assertion->stance = (uint8_t)(next_random(seed) % 5);
    assertion->attribution = spoken ? STEMMA_ATTRIBUTION_SPEAKER : STEMMA_ATTRIBUTION_NONE;
    assertion->speaker = spoken ? (uint32_t)(next_random(seed) % 300) : STEMMA_NONE;
    assertion->via = next_random(seed) % 4 == 0 ? (uint32_t)(next_random(seed) % 300) : STEMMA_NONE;
    assertion->confidence =
        next_random(seed) % 2 ? (uint16_t)(next_random(seed) % 1001) : STEMMA_NO_CONFIDENCE;
    assertion->run = (uint32_t)(next_random(seed) % 2);
    assertion->evidence = &into->evidence[3 * i];
    assertion->evidence_count = (uint32_t)(next_random(seed) % 4);
    for (uint32_t e = 0; e < assertion->evidence_count; e++) {
        stemma_evidence *evidence = &into->evidence[3 * i + e];
        evidence->part = (uint8_t)(next_random(seed) % 3);
        evidence->spans = random_spans(into, seed, &evidence->span_count);
    }
}

static made *make_random(uint64_t *seed)
{
    made *into = calloc(1, sizeof *into);
    assert_non_null(into);
    for (uint32_t i = 0; i < 300; i++) {
        stemma_mention *mention = &into->mentions[i];
        random_referent(into, seed, i);
        mention->kind = (uint8_t)(next_random(seed) % 6);
        mention->canonical = next_random(seed) % 2;
        mention->referent =
            next_random(seed) % 4 ? (uint32_t)(next_random(seed) % 300) : STEMMA_NONE;
        mention->spans = random_spans(into, seed, &mention->span_count);
        if (next_random(seed) % 2) {
            mention->head.start = (uint32_t)(next_random(seed) % 900);
            mention->head.end = mention->head.start + 1 + (uint32_t)(next_random(seed) % 99);
        }
        random_assertion(into, seed, i);
    }
    into->document.text_size = TEXT_SIZE;
    into->document.referents = into->referents;
    into->document.referent_count = 300;
    into->document.mentions = into->mentions;
    into->document.mention_count = 300;
    into->document.assertions = into->assertions;
    into->document.assertion_count = 300;
    return into;
}

/* Keeps the first `count` of each, with references inside them. */
static void lessen(made *into, uint32_t count)
{
    into->document.referent_count = count;
    into->document.mention_count = count;
    into->document.assertion_count = count;
    for (uint32_t i = 0; i < count; i++) {
        stemma_mention *mention = &into->mentions[i];
        stemma_assertion *assertion = &into->assertions[i];
        mention->referent =
            mention->referent != STEMMA_NONE ? mention->referent % count : STEMMA_NONE;
        assertion->subject %= count;
        assertion->speaker =
            assertion->speaker != STEMMA_NONE ? assertion->speaker % count : STEMMA_NONE;
        assertion->via = assertion->via != STEMMA_NONE ? assertion->via % count : STEMMA_NONE;
        if (assertion->object.kind == STEMMA_OBJECT_REFERENT) {
            assertion->object.as.referent %= count;
        } else if (assertion->object.kind == STEMMA_OBJECT_PLACE &&
                   assertion->object.as.place.referent != STEMMA_NONE) {
            assertion->object.as.place.referent %= count;
        }
    }
}

/* ---- Decoding ---- */

/* Decodes one part as a whole document; *memory is the caller's to free. */
static stemma_status decode(stemma_bytes part, stemma_document *document, void **memory,
                            stm_fault *fault)
{
    stm_testimony_need need = {0};
    stm_testimony testimony;
    *memory = NULL;
    stemma_status status = stm_testimony_count(part, &need, fault);
    if (status != STEMMA_OK) {
        return status;
    }
    *memory = malloc(stm_testimony_size(&need) + 1);
    assert_non_null(*memory);
    stm_testimony_begin(&testimony, &need, *memory);
    status = stm_testimony_decode(&testimony, part, &bounds, TEXT_SIZE, fault);
    if (status == STEMMA_OK) {
        status = stm_testimony_end(&testimony, document, fault);
    }
    return status;
}

static stemma_bytes encode(const stemma_document *document, uint8_t *bytes, size_t capacity)
{
    stm_testimony_position position = {0, 0, 0};
    stm_buffer out = stm_buffer_over(bytes, capacity);
    stm_fault fault = {"", 0};
    if (stm_testimony_encode(document, &bounds, &position, &out, &fault) != STEMMA_OK) {
        fail_msg("encoding failed: %s", fault.code);
    }
    assert_true(stm_testimony_done(document, &position));
    return stm_buffer_view(&out);
}

static uint8_t bytes[1 << 18];
static uint8_t again[1 << 18];

/* */
static void testimony_comes_back_as_it_was_and_encodes_the_same(void **state)
{
    uint64_t seed = 11;
    (void)state;
    for (unsigned round = 0; round < 40; round++) {
        made *into = make_random(&seed);
        stemma_bytes part = encode(&into->document, bytes, sizeof bytes);
        stemma_document document = {0};
        stm_fault fault = {"", 0};
        void *memory;
        if (decode(part, &document, &memory, &fault) != STEMMA_OK) {
            fail_msg("%s at %zu", fault.code, fault.offset);
        }
        same_testimony(&into->document, &document);
        document.text_size = TEXT_SIZE;
        stemma_bytes second = encode(&document, again, sizeof again);
        assert_int_equal(second.size, part.size);
        assert_memory_equal(second.data, part.data, part.size);
        free(memory);
        free(into);
    }
}

/* */
static void a_small_payload_has_the_bytes_of_the_layout(void **state)
{
    static const uint8_t expected[] = {
        0x93,                                                 /* three lists */
        0x92,                                                 /* two referents */
        0x92, 0x01, 0x91, 0xa3, 'I',  'd',  'a',              /* person, one name */
        0x93, 0x02, 0x90, 0x91, 0xa3, 'w',  ':',  '1',        /* justice.release, no name, an id */
        0x91, 0x96, 0x30, 0x01, 0x01, 0x02, 0x05, 0x03,       /* name, canonical, head 6..8, 5..8 */
        0x91, 0x98, 0x01, 0x04, 0x00, 0xcd, 0x01, 0x81, 0x01, /* patient referent 0, flags, run */
        0x91, 0x95, 0x02, 0x07, 0x04, 0x01, 0x02,             /* context 7..11, 12..14 */
        0x00, 0x01,                                           /* no confidence, speaker 0 */
    };
    static const stemma_name name = {{"Ida", 3}, STEMMA_NAME_NAME, {NULL, 0}};
    static const stemma_text external = {"w:1", 3};
    static const stemma_span mention_span = {5, 8};
    static const stemma_span evidence_spans[] = {{7, 11}, {12, 14}};
    static const stemma_evidence evidence = {evidence_spans, 2, STEMMA_EVIDENCE_CONTEXT};
    const stemma_referent referents[] = {
        {STEMMA_REFERENT_ENTITY, terms[1].name, &name, 1, NULL, 0},
        {STEMMA_REFERENT_EVENT, terms[2].name, NULL, 0, &external, 1},
    };
    const stemma_mention mention = {&mention_span, 1, STEMMA_MENTION_NAME, 1, 0, {6, 8}};
    stemma_assertion assertion = {0};
    stemma_document document = {0};
    (void)state;
    assertion.subject = 1;
    assertion.predicate = terms[4].name;
    assertion.object.kind = STEMMA_OBJECT_REFERENT;
    assertion.polarity = STEMMA_POLARITY_POSITIVE;
    assertion.realis = STEMMA_REALIS_GENERIC;
    assertion.attribution = STEMMA_ATTRIBUTION_SPEAKER;
    assertion.via = STEMMA_NONE;
    assertion.confidence = STEMMA_NO_CONFIDENCE;
    assertion.run = 1;
    assertion.evidence = &evidence;
    assertion.evidence_count = 1;
    document.text_size = TEXT_SIZE;
    document.referents = referents;
    document.referent_count = 2;
    document.mentions = &mention;
    document.mention_count = 1;
    document.assertions = &assertion;
    document.assertion_count = 1;
    stemma_bytes part = encode(&document, bytes, sizeof bytes);
    assert_int_equal(part.size, sizeof expected);
    assert_memory_equal(part.data, expected, sizeof expected);
}

static void every_cut_part_is_refused(void **state)
{
    uint64_t seed = 5;
    made *into = make_random(&seed);
    (void)state;
    lessen(into, 12);
    stemma_bytes part = encode(&into->document, bytes, sizeof bytes);
    for (size_t cut = 0; cut < part.size; cut++) {
        stemma_bytes prefix = {part.data, cut};
        stemma_document document = {0};
        void *memory;
        assert_int_equal(decode(prefix, &document, &memory, NULL), STEMMA_E_DAMAGED);
        free(memory);
    }
    free(into);
}

/* One changed byte gives an error or testimony that encodes to exactly the changed bytes: nothing
   is read that is not the only form of what it says. */
static void changed_bytes_are_refused_or_mean_themselves(void **state)
{
    uint64_t seed = 17;
    made *into = make_random(&seed);
    unsigned accepted = 0;
    (void)state;
    lessen(into, 40);
    stemma_bytes part = encode(&into->document, bytes, sizeof bytes);
    for (unsigned round = 0; round < 20000; round++) {
        size_t at = next_random(&seed) % part.size;
        uint8_t before = bytes[at];
        stemma_document document = {0};
        void *memory;
        bytes[at] = (uint8_t)(next_random(&seed) % 2 ? next_random(&seed)
                                                     : before ^ (1u << next_random(&seed) % 8));
        stemma_status status = decode(part, &document, &memory, NULL);
        assert_true(status == STEMMA_OK || status == STEMMA_E_DAMAGED);
        if (status == STEMMA_OK) {
            document.text_size = TEXT_SIZE;
            stemma_bytes second = encode(&document, again, sizeof again);
            assert_int_equal(second.size, part.size);
            assert_memory_equal(second.data, part.data, part.size);
            accepted++;
        }
        free(memory);
        bytes[at] = before;
    }
    assert_true(accepted > 100);
    free(into);
}

/* */
static void long_testimony_is_cut_into_parts_that_continue(void **state)
{
    enum { NAMES = 4000 };
    static char name_text[1000];
    static uint8_t parts[5][STM_PART_BYTES + 64];
    stemma_bytes views[5];
    stemma_name *names = calloc(NAMES, sizeof *names);
    stemma_referent *referents = calloc(NAMES, sizeof *referents);
    stm_testimony_position position = {0, 0, 0};
    stm_testimony_need need = {0};
    stemma_document document = {0};
    stemma_document back = {0};
    unsigned count = 0;
    (void)state;
    assert_non_null(names);
    assert_non_null(referents);
    memset(name_text, 'n', sizeof name_text);
    for (uint32_t i = 0; i < NAMES; i++) {
        names[i].text = (stemma_text){name_text, 900 + i % 100};
        referents[i] =
            (stemma_referent){STEMMA_REFERENT_ENTITY, terms[1].name, &names[i], 1, NULL, 0};
    }
    document.referents = referents;
    document.referent_count = NAMES;
    while (!stm_testimony_done(&document, &position)) {
        assert_true(count < 5);
        stm_buffer out = stm_buffer_over(parts[count], 100);
        stm_testimony_position before = position;
        assert_int_equal(stm_testimony_encode(&document, &bounds, &position, &out, NULL),
                         STEMMA_E_NO_SPACE);
        assert_memory_equal(&before, &position, sizeof before);
        size_t needed = out.size;
        out = stm_buffer_over(parts[count], needed);
        assert_int_equal(stm_testimony_encode(&document, &bounds, &position, &out, NULL),
                         STEMMA_OK);
        views[count] = stm_buffer_view(&out);
        assert_int_equal(stm_testimony_count(views[count], &need, NULL), STEMMA_OK);
        count++;
    }
    assert_int_equal(count, 4);
    void *memory = malloc(stm_testimony_size(&need));
    stm_testimony testimony;
    stm_testimony_begin(&testimony, &need, memory);
    for (unsigned i = 0; i < count; i++) {
        assert_int_equal(stm_testimony_decode(&testimony, views[i], &bounds, TEXT_SIZE, NULL),
                         STEMMA_OK);
    }
    assert_int_equal(stm_testimony_end(&testimony, &back, NULL), STEMMA_OK);
    same_testimony(&document, &back);
    free(memory);
    free(names);
    free(referents);
}

/* */
static void input_that_breaks_a_rule_is_refused_with_its_code(void **state)
{
    static const stemma_span backwards = {8, 8};
    static const stemma_span beyond = {8, TEXT_SIZE + 1};
    static const stemma_span fine = {8, 9};
    static const stemma_evidence unknown_part = {&fine, 1, 3};
    static const struct {
        const char *code;
        stemma_referent referent;
        stemma_mention mention;
        stemma_assertion assertion;
    } cases[] = {
#define PERSON {STEMMA_REFERENT_ENTITY, {"person", 6}, NULL, 0, NULL, 0}
#define NAMED                                                                                      \
    {                                                                                              \
        &fine, 1, STEMMA_MENTION_NAME, 1, 0,                                                       \
        {                                                                                          \
            0, 0                                                                                   \
        }                                                                                          \
    }
#define SAYS                                                                                       \
    .predicate = {"agent", 5}, .speaker = STEMMA_NONE, .via = STEMMA_NONE,                         \
    .object = {.kind = STEMMA_OBJECT_SOME}
        {"TERM_UNKNOWN", {STEMMA_REFERENT_EVENT, {"person", 6}, NULL, 0, NULL, 0}, NAMED, {SAYS}},
        {"SPAN_ORDER", PERSON, {&backwards, 1, 0, 1, 0, {0, 0}}, {SAYS}},
        {"SPAN_OUT_OF_RANGE", PERSON, {&beyond, 1, 0, 1, 0, {0, 0}}, {SAYS}},
        {"SPAN_MISSING", PERSON, {NULL, 0, 0, 1, 0, {0, 0}}, {SAYS}},
        {"MENTION_KIND", PERSON, {&fine, 1, 6, 1, 0, {0, 0}}, {SAYS}},
        {"REFERENT_OUT_OF_RANGE", PERSON, {&fine, 1, 0, 1, 1, {0, 0}}, {SAYS}},
        {"REFERENT_OUT_OF_RANGE", PERSON, NAMED, {SAYS, .subject = 1}},
        {"FLAGS", PERSON, NAMED, {SAYS, .polarity = 3}},
        {"ATTRIBUTION", PERSON, NAMED, {SAYS, .attribution = 1}},
        {"CONFIDENCE", PERSON, NAMED, {SAYS, .confidence = 1001}},
        {"RUN_OUT_OF_RANGE", PERSON, NAMED, {SAYS, .run = 2}},
        {"EVIDENCE_PART", PERSON, NAMED, {SAYS, .evidence = &unknown_part, .evidence_count = 1}},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        stm_testimony_position position = {0, 0, 0};
        stm_buffer out = stm_buffer_over(bytes, sizeof bytes);
        stm_fault fault = {"", 0};
        stemma_document document = {0};
        document.text_size = TEXT_SIZE;
        document.referents = &cases[i].referent;
        document.referent_count = 1;
        document.mentions = &cases[i].mention;
        document.mention_count = 1;
        document.assertions = &cases[i].assertion;
        document.assertion_count = 1;
        assert_int_equal(stm_testimony_encode(&document, &bounds, &position, &out, &fault),
                         STEMMA_E_INVALID);
        assert_string_equal(fault.code, cases[i].code);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(testimony_comes_back_as_it_was_and_encodes_the_same),
        cmocka_unit_test(a_small_payload_has_the_bytes_of_the_layout),
        cmocka_unit_test(every_cut_part_is_refused),
        cmocka_unit_test(changed_bytes_are_refused_or_mean_themselves),
        cmocka_unit_test(long_testimony_is_cut_into_parts_that_continue),
        cmocka_unit_test(input_that_breaks_a_rule_is_refused_with_its_code),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
