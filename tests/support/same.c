/* SPDX-License-Identifier: MIT */
#include "same.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

void assert_same_text(stemma_text a, stemma_text b)
{
    if (!stemma_text_equal(a, b)) {
        fail_msg("\"%.*s\" is not \"%.*s\"", (int)a.size, a.size > 0 ? a.data : "", (int)b.size,
                 b.size > 0 ? b.data : "");
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

static void same_numbers(const uint32_t *a, uint32_t a_count, const uint32_t *b, uint32_t b_count)
{
    assert_int_equal(a_count, b_count);
    for (uint32_t i = 0; i < a_count; i++) {
        assert_int_equal(a[i], b[i]);
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
        assert_same_text(a->as.text, b->as.text);
        break;
    case STEMMA_OBJECT_TIME:
        assert_same_text(a->as.time.raw, b->as.time.raw);
        assert_same_text(a->as.time.edtf, b->as.time.edtf);
        break;
    case STEMMA_OBJECT_PLACE:
        assert_same_text(a->as.place.raw, b->as.place.raw);
        assert_same_text(a->as.place.gazetteer, b->as.place.gazetteer);
        assert_int_equal(a->as.place.referent, b->as.place.referent);
        assert_int_equal(a->as.place.latitude, b->as.place.latitude);
        assert_int_equal(a->as.place.longitude, b->as.place.longitude);
        assert_int_equal(a->as.place.radius, b->as.place.radius);
        break;
    case STEMMA_OBJECT_QUANTITY:
        assert_same_text(a->as.quantity.raw, b->as.quantity.raw);
        assert_same_text(a->as.quantity.amount, b->as.quantity.amount);
        assert_same_text(a->as.quantity.lower, b->as.quantity.lower);
        assert_same_text(a->as.quantity.upper, b->as.quantity.upper);
        assert_same_text(a->as.quantity.unit, b->as.quantity.unit);
        assert_same_text(a->as.quantity.counted, b->as.quantity.counted);
        assert_int_equal(a->as.quantity.modifier, b->as.quantity.modifier);
        break;
    default:
        break;
    }
}

static void same_referent(const stemma_referent *a, const stemma_referent *b)
{
    assert_int_equal(a->kind, b->kind);
    assert_same_text(a->type, b->type);
    assert_int_equal(a->name_count, b->name_count);
    for (uint32_t i = 0; i < a->name_count; i++) {
        assert_same_text(a->names[i].text, b->names[i].text);
        assert_same_text(a->names[i].language, b->names[i].language);
        assert_int_equal(a->names[i].kind, b->names[i].kind);
    }
    assert_int_equal(a->external_id_count, b->external_id_count);
    for (uint32_t i = 0; i < a->external_id_count; i++) {
        assert_same_text(a->external_ids[i], b->external_ids[i]);
    }
}

static void same_mention(const stemma_mention *a, const stemma_mention *b)
{
    same_spans(a->spans, a->span_count, b->spans, b->span_count);
    assert_int_equal(a->kind, b->kind);
    assert_int_equal(a->canonical, b->canonical);
    assert_int_equal(a->referent, b->referent);
    same_spans(&a->head, 1, &b->head, 1);
}

static void same_assertion(const stemma_assertion *a, const stemma_assertion *b)
{
    assert_int_equal(a->subject, b->subject);
    assert_same_text(a->predicate, b->predicate);
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
    assert_int_equal(a->evidence_count, b->evidence_count);
    for (uint32_t i = 0; i < a->evidence_count; i++) {
        assert_int_equal(a->evidence[i].part, b->evidence[i].part);
        same_spans(a->evidence[i].spans, a->evidence[i].span_count, b->evidence[i].spans,
                   b->evidence[i].span_count);
    }
}

void assert_same_document(const stemma_document *a, const stemma_document *b)
{
    assert_same_text(a->uri, b->uri);
    assert_same_text(a->title, b->title);
    assert_same_text(a->publisher, b->publisher);
    assert_same_text(a->agency, b->agency);
    assert_same_text(a->byline, b->byline);
    assert_same_text(a->published.raw, b->published.raw);
    assert_same_text(a->published.edtf, b->published.edtf);
    assert_same_text(a->retrieved, b->retrieved);
    assert_same_text(a->language, b->language);
    assert_same_text(a->media_type, b->media_type);
    assert_same_text(a->licence, b->licence);
    assert_int_equal(a->text_withheld, b->text_withheld);
    same_numbers(a->sentences, a->sentence_count, b->sentences, b->sentence_count);
    same_numbers(a->paragraphs, a->paragraph_count, b->paragraphs, b->paragraph_count);
    same_spans(a->furniture, a->furniture_count, b->furniture, b->furniture_count);
    assert_int_equal(a->referent_count, b->referent_count);
    assert_int_equal(a->mention_count, b->mention_count);
    assert_int_equal(a->assertion_count, b->assertion_count);
    for (uint32_t i = 0; i < a->referent_count; i++) {
        same_referent(&a->referents[i], &b->referents[i]);
    }
    for (uint32_t i = 0; i < a->mention_count; i++) {
        same_mention(&a->mentions[i], &b->mentions[i]);
    }
    for (uint32_t i = 0; i < a->assertion_count; i++) {
        same_assertion(&a->assertions[i], &b->assertions[i]);
    }
}
