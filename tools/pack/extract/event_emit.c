/* SPDX-License-Identifier: MIT */
#include "pack/extract/event_emit.h"

#include "limits.h"
#include "utf8.h"

struct stm_stand stm_stand_plain(uint16_t confidence)
{
    struct stm_stand stand = {0};
    stand.polarity = STEMMA_POLARITY_POSITIVE;
    stand.certainty = STEMMA_CERTAINTY_CERTAIN;
    stand.realis = STEMMA_REALIS_ACTUAL;
    stand.speaker = STEMMA_NONE;
    stand.via = STEMMA_NONE;
    stand.confidence = confidence;
    return stand;
}

/** Whether two stands differ in nothing but confidence. */
static int equal_stands(const struct stm_stand *a, const struct stm_stand *b)
{
    return a->polarity == b->polarity && a->certainty == b->certainty && a->tense == b->tense &&
           a->realis == b->realis && a->attribution == b->attribution && a->stance == b->stance &&
           a->speaker == b->speaker && a->via == b->via;
}

stemma_object stm_object_referent(uint32_t referent)
{
    stemma_object object = {.kind = STEMMA_OBJECT_REFERENT, .as = {.referent = referent}};
    return object;
}

stemma_object stm_object_text(stemma_text text)
{
    /* The evidence holds all of it. */
    if (text.size > STEMMA_LIMIT_FIELD) {
        size_t size = STEMMA_LIMIT_FIELD;
        while (size > 0 && !stm_utf8_boundary(text, size)) {
            size--;
        }
        text.size = size;
    }
    stemma_object object = {.kind = STEMMA_OBJECT_TEXT, .as = {.text = text}};
    return object;
}

stemma_object stm_object_time(stemma_time time)
{
    stemma_object object = {.kind = STEMMA_OBJECT_TIME, .as = {.time = time}};
    return object;
}

stemma_object stm_object_quantity(stemma_quantity quantity)
{
    stemma_object object = {.kind = STEMMA_OBJECT_QUANTITY, .as = {.quantity = quantity}};
    return object;
}

stemma_object stm_object_place(const struct stm_annotation *ann, uint32_t mention,
                               uint32_t referent)
{
    const struct stm_mention *words = &ann->mentions[mention];
    stemma_object object = {.kind = STEMMA_OBJECT_PLACE};
    memset(&object.as.place, 0, sizeof object.as.place);
    object.as.place.raw = stm_ann_words(ann, words->first, words->count);
    object.as.place.referent = referent;
    object.as.place.latitude = STEMMA_NO_DEGREES;
    object.as.place.longitude = STEMMA_NO_DEGREES;
    return object;
}

static int equal_objects(const stemma_object *a, const stemma_object *b)
{
    if (a->kind != b->kind) {
        return 0;
    }
    switch ((stemma_object_kind)a->kind) {
    case STEMMA_OBJECT_REFERENT:
        return a->as.referent == b->as.referent;
    case STEMMA_OBJECT_TEXT:
        return stemma_text_equal(a->as.text, b->as.text);
    case STEMMA_OBJECT_TIME:
        return a->as.time.edtf.size != 0 && stemma_text_equal(a->as.time.edtf, b->as.time.edtf);
    case STEMMA_OBJECT_PLACE:
        return a->as.place.referent == b->as.place.referent && a->as.place.referent != STEMMA_NONE;
    case STEMMA_OBJECT_QUANTITY:
        return a->as.quantity.modifier == b->as.quantity.modifier &&
               stemma_text_equal(a->as.quantity.amount, b->as.quantity.amount) &&
               stemma_text_equal(a->as.quantity.lower, b->as.quantity.lower) &&
               stemma_text_equal(a->as.quantity.upper, b->as.quantity.upper) &&
               stemma_text_equal(a->as.quantity.unit, b->as.quantity.unit) &&
               stemma_text_equal(a->as.quantity.counted, b->as.quantity.counted);
    case STEMMA_OBJECT_SOME:
    case STEMMA_OBJECT_NONE:
        return 1;
    }
    return 0;
}

static struct stm_stand stand_of(const stemma_assertion *assertion)
{
    struct stm_stand stand = {assertion->polarity, assertion->certainty,   assertion->tense,
                              assertion->realis,   assertion->attribution, assertion->stance,
                              assertion->speaker,  assertion->via,         assertion->confidence};
    return stand;
}

static uint32_t find_equal(const struct stm_annotation *ann, uint32_t since, uint32_t subject,
                           const char *predicate, const stemma_object *object,
                           const struct stm_stand *stand)
{
    /* Only the latest are searched, so that a long document costs no more than a linear time. */
    uint32_t first = ann->assertion_count > since + 400 ? ann->assertion_count - 400 : since;
    for (uint32_t i = first; i < ann->assertion_count; i++) {
        const stemma_assertion *other = &ann->assertions[i].value;
        struct stm_stand its = stand_of(other);
        if (other->subject == subject &&
            stemma_text_equal(other->predicate, stemma_text_of(predicate)) &&
            equal_objects(&other->object, object) && equal_stands(&its, stand)) {
            return i;
        }
    }
    return STEMMA_NONE;
}

static stemma_status add_span(struct stm_annotation *ann, uint32_t assertion,
                              stemma_evidence_part part, stemma_span span)
{
    if (span.end <= span.start) {
        return STEMMA_OK;
    }
    const struct stm_assertion *grown = &ann->assertions[assertion];
    for (size_t i = 0; i < grown->evidence_count; i++) {
        const stemma_evidence *evidence = &grown->evidence[i];
        if (evidence->part == part && evidence->span_count == 1 &&
            evidence->spans[0].start == span.start && evidence->spans[0].end == span.end) {
            return STEMMA_OK;
        }
    }
    return stm_ann_add_evidence(ann, assertion, part, span);
}

stemma_status stm_emit(struct stm_annotation *ann, uint32_t since, uint32_t subject,
                       const char *predicate, const stemma_object *object,
                       const struct stm_stand *stand, stemma_span trigger, stemma_span filler,
                       uint32_t at)
{
    stemma_status status = STEMMA_OK;
    const struct stm_sentence *sentence = &ann->sentences[ann->tokens[at].sentence];
    stemma_span context = {sentence->start, sentence->end};
    uint32_t number = find_equal(ann, since, subject, predicate, object, stand);
    if (number == STEMMA_NONE) {
        status = stm_ann_add_assertion(ann, subject, predicate, *object, &number);
        if (status != STEMMA_OK) {
            return status;
        }
        stemma_assertion *value = &ann->assertions[number].value;
        value->polarity = stand->polarity;
        value->certainty = stand->certainty;
        value->tense = stand->tense;
        value->realis = stand->realis;
        value->attribution = stand->attribution;
        value->stance = stand->stance;
        value->speaker = stand->speaker;
        value->via = stand->via;
        value->confidence = stand->confidence;
    } else if (ann->assertions[number].value.confidence < stand->confidence) {
        ann->assertions[number].value.confidence = stand->confidence;
    }
    if (ann->assertions[number].evidence_count > 60) {
        return STEMMA_OK; /* said often enough */
    }
    status = add_span(ann, number, STEMMA_EVIDENCE_FILLER, filler);
    if (status == STEMMA_OK) {
        status = add_span(ann, number, STEMMA_EVIDENCE_PREDICATE, trigger);
    }
    if (status == STEMMA_OK) {
        status = add_span(ann, number, STEMMA_EVIDENCE_CONTEXT, context);
    }
    return status;
}
