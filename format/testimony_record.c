/* SPDX-License-Identifier: MIT */
/* Encoding. Decoding is in testimony_decode.c; the layout is in the header. */
#include "testimony_record.h"

#include "canonical.h"
#include "limits.h"
#include "object_record.h"
#include "testimony_layout.h"

/* What rows are encoded with: the document they belong to and the starts that differences are taken
   to, which begin anew with each part. */
typedef struct encoder {
    const stemma_document *document;
    const stm_bounds *bounds;
    uint32_t mention_start;
    uint32_t evidence_start;
    const char *code; /* the first rule that is broken */
    uint32_t term;    /* that was looked up last, if its name is not empty: many come again at once */
    uint8_t term_kind;
    stemma_text term_name;
} encoder;

static void refuse(encoder *self, const char *code)
{
    if (self->code == NULL) {
        self->code = code;
    }
}

static uint32_t term_number(encoder *self, uint8_t kind, stemma_text name)
{
    uint32_t number = 0;
    if (name.size != 0 && self->term_kind == kind && stemma_text_equal(self->term_name, name)) {
        return self->term;
    }
    if (!stm_vocabulary_find(&self->bounds->vocabulary, kind, name, &number)) {
        refuse(self, "TERM_UNKNOWN");
        return number;
    }
    self->term = number;
    self->term_kind = kind;
    self->term_name = name;
    return number;
}

static void check_text(encoder *self, stemma_text text, size_t limit)
{
    const char *code = stm_text_fault(text, limit);
    if (code != NULL) {
        refuse(self, code);
    }
}

/* ---- Referents ---- */

static void put_name(encoder *self, stm_buffer *out, const stemma_name *name)
{
    uint32_t items = name->language.size != 0 ? 3 : name->kind != 0 ? 2 : 1;
    check_text(self, name->text, STEMMA_LIMIT_NAME);
    check_text(self, name->language, STEMMA_LIMIT_FIELD);
    if (name->text.size == 0) {
        refuse(self, "NAME_EMPTY");
    }
    if (name->kind > STEMMA_NAME_NOMINAL) {
        refuse(self, "NAME_KIND");
    }
    if (items > 1) {
        stm_mp_put_array(out, items);
    }
    stm_mp_put_text(out, name->text);
    if (items > 1) {
        stm_mp_put_uint(out, name->kind);
    }
    if (items > 2) {
        stm_mp_put_text(out, name->language);
    }
}

static void put_referent(encoder *self, stm_buffer *out, const stemma_referent *referent)
{
    if (referent->kind > STEMMA_REFERENT_EVENT) {
        refuse(self, "REFERENT_KIND");
    }
    uint8_t kind =
        referent->kind == STEMMA_REFERENT_EVENT ? STEMMA_TERM_EVENT_TYPE : STEMMA_TERM_ENTITY_TYPE;
    stm_mp_put_array(out, referent->external_id_count != 0 ? 3 : 2);
    stm_mp_put_uint(out, term_number(self, kind, referent->type));
    stm_mp_put_array(out, referent->name_count);
    for (uint32_t i = 0; i < referent->name_count; i++) {
        put_name(self, out, &referent->names[i]);
    }
    if (referent->external_id_count != 0) {
        stm_mp_put_array(out, referent->external_id_count);
        for (uint32_t i = 0; i < referent->external_id_count; i++) {
            check_text(self, referent->external_ids[i], STEMMA_LIMIT_FIELD);
            stm_mp_put_text(out, referent->external_ids[i]);
        }
    }
}

/* ---- Spans ---- */

/* Start as the difference to *start, length, then gaps and lengths; *start becomes the start. */
static void put_spans(encoder *self, stm_buffer *out, const stemma_span *spans, uint32_t count,
                      uint32_t *start)
{
    if (count == 0) {
        refuse(self, "SPAN_MISSING");
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t least = i > 0 ? spans[i - 1].end : 0;
        if (spans[i].start < least || spans[i].end <= spans[i].start) {
            refuse(self, "SPAN_ORDER");
        }
        if (spans[i].end > self->document->text_size) {
            refuse(self, "SPAN_OUT_OF_RANGE");
        }
        stm_mp_put_int(out, (int64_t)spans[i].start - (i > 0 ? least : *start));
        stm_mp_put_uint(out, spans[i].end - spans[i].start);
    }
    *start = spans[0].start;
}

static void put_mention(encoder *self, stm_buffer *out, const stemma_mention *mention)
{
    bool headed = mention->head.end != 0;
    uint32_t flags = mention->kind | (mention->canonical != 0 ? MENTION_CANONICAL : 0) |
                     (headed ? MENTION_HEADED : 0);
    if (mention->kind > STEMMA_MENTION_QUANTITY) {
        refuse(self, "MENTION_KIND");
    }
    if (mention->referent != STEMMA_NONE && mention->referent >= self->document->referent_count) {
        refuse(self, "REFERENT_OUT_OF_RANGE");
    }
    if (mention->span_count > MENTION_SPANS_MAX) {
        refuse(self, "SPAN_COUNT");
        return;
    }
    stm_mp_put_array(out, 2 + (headed ? 2 : 0) + 2 * mention->span_count);
    stm_mp_put_uint(out, flags);
    stm_mp_put_uint(out, mention->referent + 1); /* STEMMA_NONE becomes 0 */
    if (headed && mention->span_count != 0) {
        if (mention->head.end <= mention->head.start) {
            refuse(self, "SPAN_ORDER");
        }
        if (mention->head.end > self->document->text_size) {
            refuse(self, "SPAN_OUT_OF_RANGE");
        }
        stm_mp_put_int(out, (int64_t)mention->head.start - mention->spans[0].start);
        stm_mp_put_uint(out, mention->head.end - mention->head.start);
    }
    put_spans(self, out, mention->spans, mention->span_count, &self->mention_start);
}

/* ---- Assertions ---- */

static uint32_t assertion_flags(encoder *self, const stemma_assertion *assertion)
{
    if (assertion->polarity > STEMMA_POLARITY_NEGATIVE ||
        assertion->certainty > STEMMA_CERTAINTY_POSSIBLE ||
        assertion->tense > STEMMA_TENSE_FUTURE || assertion->realis > STEMMA_REALIS_OTHER ||
        assertion->attribution > STEMMA_ATTRIBUTION_UNSTATED ||
        assertion->stance > STEMMA_STANCE_REPORTS) {
        refuse(self, "FLAGS");
    }
    if ((assertion->attribution == STEMMA_ATTRIBUTION_SPEAKER) !=
        (assertion->speaker != STEMMA_NONE)) {
        refuse(self, "ATTRIBUTION");
    }
    return (uint32_t)assertion->polarity << POLARITY_SHIFT |
           (uint32_t)assertion->certainty << CERTAINTY_SHIFT |
           (uint32_t)assertion->tense << TENSE_SHIFT | (uint32_t)assertion->realis << REALIS_SHIFT |
           (uint32_t)assertion->attribution << ATTRIBUTION_SHIFT |
           (uint32_t)assertion->stance << STANCE_SHIFT;
}

static void check_assertion(encoder *self, const stemma_assertion *assertion)
{
    uint32_t referents = self->document->referent_count;
    const char *code = stm_object_fault(&assertion->object);
    if (code != NULL) {
        refuse(self, code);
    }
    if (assertion->subject >= referents ||
        (assertion->speaker != STEMMA_NONE && assertion->speaker >= referents) ||
        (assertion->via != STEMMA_NONE && assertion->via >= referents) ||
        (assertion->object.kind == STEMMA_OBJECT_REFERENT &&
         assertion->object.as.referent >= referents) ||
        (assertion->object.kind == STEMMA_OBJECT_PLACE &&
         assertion->object.as.place.referent != STEMMA_NONE &&
         assertion->object.as.place.referent >= referents)) {
        refuse(self, "REFERENT_OUT_OF_RANGE");
    }
    if (assertion->confidence > CONFIDENCE_MAX && assertion->confidence != STEMMA_NO_CONFIDENCE) {
        refuse(self, "CONFIDENCE");
    }
    if (assertion->run >= self->bounds->runs) {
        refuse(self, "RUN_OUT_OF_RANGE");
    }
}

static uint64_t object_code(const stemma_object *object)
{
    uint32_t referent = object->kind == STEMMA_OBJECT_REFERENT ? object->as.referent
                        : object->kind == STEMMA_OBJECT_PLACE  ? object->as.place.referent
                                                               : STEMMA_NONE;
    return referent != STEMMA_NONE ? referent : STM_NO_CODE;
}

static void put_assertion(encoder *self, stm_buffer *out, const stemma_assertion *assertion)
{
    const uint32_t optional[3] = {
        assertion->confidence != STEMMA_NO_CONFIDENCE ? assertion->confidence + 1u : 0,
        assertion->speaker + 1, assertion->via + 1}; /* STEMMA_NONE becomes 0 */
    uint32_t items = 3;
    while (items > 0 && optional[items - 1] == 0) {
        items--;
    }
    check_assertion(self, assertion);
    if (self->code != NULL) {
        return;
    }
    stm_mp_put_array(out, ASSERTION_ITEMS + items);
    stm_mp_put_uint(out, assertion->subject);
    stm_mp_put_uint(out, term_number(self, STEMMA_TERM_PREDICATE, assertion->predicate));
    stm_object_put(out, &assertion->object, object_code(&assertion->object));
    stm_mp_put_uint(out, assertion_flags(self, assertion));
    stm_mp_put_uint(out, assertion->run);
    stm_mp_put_array(out, assertion->evidence_count);
    for (uint32_t i = 0; i < assertion->evidence_count; i++) {
        const stemma_evidence *evidence = &assertion->evidence[i];
        if (evidence->part > STEMMA_EVIDENCE_CONTEXT) {
            refuse(self, "EVIDENCE_PART");
        }
        if (evidence->span_count > MENTION_SPANS_MAX) {
            refuse(self, "SPAN_COUNT");
            return;
        }
        stm_mp_put_array(out, 1 + 2 * evidence->span_count);
        stm_mp_put_uint(out, evidence->part);
        put_spans(self, out, evidence->spans, evidence->span_count, &self->evidence_start);
    }
    for (uint32_t i = 0; i < items; i++) {
        stm_mp_put_uint(out, optional[i]);
    }
}

/* ---- Parts ---- */

bool stm_testimony_done(const stemma_document *document, const stm_testimony_position *position)
{
    return position->referents >= document->referent_count &&
           position->mentions >= document->mention_count &&
           position->assertions >= document->assertion_count;
}

/* Puts the row that comes at `at` and moves past it; false when there is none. */
static bool put_row(encoder *self, stm_buffer *out, stm_testimony_position *at)
{
    const stemma_document *document = self->document;
    if (at->referents < document->referent_count) {
        put_referent(self, out, &document->referents[at->referents++]);
    } else if (at->mentions < document->mention_count) {
        put_mention(self, out, &document->mentions[at->mentions++]);
    } else if (at->assertions < document->assertion_count) {
        put_assertion(self, out, &document->assertions[at->assertions++]);
    } else {
        return false;
    }
    return true;
}

/* Where the part that begins at `from` ends. */
static stm_testimony_position part_end(encoder *self, stm_testimony_position from)
{
    stm_testimony_position at = from;
    stm_testimony_position next = from;
    size_t bytes = 0;
    bool first = true;
    for (;;) {
        stm_buffer row = stm_buffer_over(NULL, 0);
        if (!put_row(self, &row, &next) || self->code != NULL) {
            return at;
        }
        if (!first && bytes + row.size > STM_PART_BYTES) {
            return at;
        }
        bytes += row.size;
        at = next;
        first = false;
    }
}

stemma_status stm_testimony_encode(const stemma_document *document, const stm_bounds *bounds,
                                   stm_testimony_position *position, stm_buffer *out,
                                   stm_fault *fault)
{
    encoder self = {.document = document, .bounds = bounds};
    stm_testimony_position at = *position;
    stm_testimony_position end = part_end(&self, at);
    if (self.code != NULL) {
        return stm_fault_set(fault, STEMMA_E_INVALID, self.code, 0);
    }
    self.mention_start = 0;
    self.evidence_start = 0;
    stm_mp_put_array(out, 3);
    stm_mp_put_array(out, end.referents - at.referents);
    while (at.referents < end.referents) {
        put_row(&self, out, &at);
    }
    stm_mp_put_array(out, end.mentions - at.mentions);
    while (at.mentions < end.mentions) {
        put_row(&self, out, &at);
    }
    stm_mp_put_array(out, end.assertions - at.assertions);
    while (at.assertions < end.assertions) {
        put_row(&self, out, &at);
    }
    stemma_status status = stm_put_finish(out, fault);
    if (status == STEMMA_OK) {
        *position = end;
    }
    return status;
}
