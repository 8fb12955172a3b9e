/* SPDX-License-Identifier: MIT */
/* Decoding of testimony. Encoding is in testimony_record.c. */
#include "canonical.h"
#include "limits.h"
#include "object_record.h"
#include "testimony_decoder.h"
#include "testimony_layout.h"
#include "utf8.h"

/* ---- First pass ---- */

static void count_referents(stm_mp *mp, stm_testimony_need *need)
{
    uint32_t rows = stm_mp_array(mp);
    for (uint32_t i = 0; i < rows && mp->code == NULL; i++) {
        uint32_t items = stm_mp_array_of(mp, 2, 3);
        stm_mp_skip_items(mp, 1);
        uint32_t names = stm_mp_array(mp);
        stm_mp_skip_items(mp, names);
        need->names += names;
        if (items == 3) {
            uint32_t ids = stm_mp_array(mp);
            stm_mp_skip_items(mp, ids);
            need->external_ids += ids;
        }
    }
    if (!stm_add_u32(need->referents, rows, &need->referents)) {
        stm_mp_fail(mp, "TESTIMONY_COUNT");
    }
}

static void count_mentions(stm_mp *mp, stm_testimony_need *need)
{
    uint32_t rows = stm_mp_array(mp);
    for (uint32_t i = 0; i < rows && mp->code == NULL; i++) {
        uint32_t items = stm_mp_array_of(mp, 4, 4 + 2 * MENTION_SPANS_MAX);
        stm_mp_skip_items(mp, items);
        need->spans += items / 2; /* at least as many as there are */
    }
    if (!stm_add_u32(need->mentions, rows, &need->mentions)) {
        stm_mp_fail(mp, "TESTIMONY_COUNT");
    }
}

static void count_assertions(stm_mp *mp, stm_testimony_need *need)
{
    uint32_t rows = stm_mp_array(mp);
    for (uint32_t i = 0; i < rows && mp->code == NULL; i++) {
        uint32_t items = stm_mp_array_of(mp, ASSERTION_ITEMS, ASSERTION_ITEMS + ASSERTION_OPTIONAL);
        stm_mp_skip_items(mp, ASSERTION_ITEMS - 1);
        uint32_t evidence = stm_mp_array(mp);
        for (uint32_t e = 0; e < evidence && mp->code == NULL; e++) {
            uint32_t numbers = stm_mp_array_of(mp, 3, 1 + 2 * MENTION_SPANS_MAX);
            stm_mp_skip_items(mp, numbers);
            need->spans += numbers / 2;
        }
        need->evidence += evidence;
        if (mp->code == NULL) {
            stm_mp_skip_items(mp, items - ASSERTION_ITEMS);
        }
    }
    if (!stm_add_u32(need->assertions, rows, &need->assertions)) {
        stm_mp_fail(mp, "TESTIMONY_COUNT");
    }
}

stemma_status stm_testimony_count(stemma_bytes part, stm_testimony_need *need, stm_fault *fault)
{
    stemma_status status = stm_mp_check(part, fault);
    if (status != STEMMA_OK) {
        return status;
    }
    stm_mp mp = stm_mp_over(part);
    stm_mp_array_of(&mp, 3, 3);
    count_referents(&mp, need);
    count_mentions(&mp, need);
    count_assertions(&mp, need);
    return stm_mp_finish(&mp, fault);
}

/* ---- Memory ---- */

/* Adds `count` elements of `size` bytes to *total; the sum is SIZE_MAX once it does not fit. */
static void add_array(size_t *total, uint64_t count, size_t size)
{
    size_t bytes;
    if (!stm_mul_size((size_t)count, size, &bytes) || !stm_add_size(*total, bytes, total)) {
        *total = SIZE_MAX;
    }
}

size_t stm_testimony_size(const stm_testimony_need *need)
{
    size_t total = 0;
    add_array(&total, need->referents, sizeof(stemma_referent));
    add_array(&total, need->mentions, sizeof(stemma_mention));
    add_array(&total, need->assertions, sizeof(stemma_assertion));
    add_array(&total, need->names, sizeof(stemma_name));
    add_array(&total, need->external_ids, sizeof(stemma_text));
    add_array(&total, need->evidence, sizeof(stemma_evidence));
    add_array(&total, need->spans, sizeof(stemma_span));
    return total;
}

void stm_testimony_begin(stm_testimony *testimony, const stm_testimony_need *need, void *memory)
{
    memset(testimony, 0, sizeof *testimony);
    testimony->need = *need;
    /* All but the spans, which come last, are aligned to 8 and a multiple of 8 long. */
    testimony->referents = memory;
    testimony->mentions = (void *)(testimony->referents + need->referents);
    testimony->assertions = (void *)(testimony->mentions + need->mentions);
    testimony->names = (void *)(testimony->assertions + need->assertions);
    testimony->external_ids = (void *)(testimony->names + need->names);
    testimony->evidence = (void *)(testimony->external_ids + need->external_ids);
    testimony->spans = (void *)(testimony->evidence + need->evidence);
}

/* ---- Second pass ---- */

typedef stm_decoder decoder;

/* Claims `count` elements of an array that has room for `need` of which `done` are taken. The count
   was made from the same bytes, so this fails only when they changed meanwhile. */
static bool claim_room(decoder *self, uint64_t need, uint64_t *done, uint64_t count)
{
    if (count > need - *done) {
        stm_mp_fail(&self->mp, "TESTIMONY_COUNT");
        return false;
    }
    *done += count;
    return true;
}

static stemma_text term_name(decoder *self, uint8_t kind)
{
    stemma_text none = {NULL, 0};
    uint32_t number = stm_mp_below(&self->mp, self->bounds->vocabulary.count);
    if (self->mp.code != NULL) {
        return none;
    }
    const stemma_term *term = &self->bounds->vocabulary.terms[number];
    if (term->kind != kind) {
        stm_mp_fail(&self->mp, "TERM_KIND");
        return none;
    }
    return term->name;
}

void stm_decode_name(stm_mp *mp, stemma_name *name)
{
    memset(name, 0, sizeof *name);
    if (stm_mp_peek(mp) != STM_MP_ARRAY) {
        name->text = stm_mp_present_text(mp, STEMMA_LIMIT_NAME);
        return;
    }
    uint32_t items = stm_mp_array_of(mp, 2, 3);
    name->text = stm_mp_present_text(mp, STEMMA_LIMIT_NAME);
    name->kind = (uint8_t)stm_mp_uint(mp, STEMMA_NAME_NOMINAL);
    if (items == 3) {
        name->language = stm_mp_present_text(mp, STEMMA_LIMIT_FIELD);
    } else if (name->kind == 0) {
        stm_mp_fail(mp, "FIELD_DEFAULT");
    }
}

static void get_referent_type(decoder *self, stemma_referent *referent)
{
    stm_mp *mp = &self->mp;
    uint32_t number = stm_mp_below(mp, self->bounds->vocabulary.count);
    if (mp->code != NULL) {
        return;
    }
    const stemma_term *term = &self->bounds->vocabulary.terms[number];
    if (term->kind == STEMMA_TERM_PREDICATE) {
        stm_mp_fail(mp, "TERM_KIND");
        return;
    }
    referent->kind =
        term->kind == STEMMA_TERM_EVENT_TYPE ? STEMMA_REFERENT_EVENT : STEMMA_REFERENT_ENTITY;
    referent->type = term->name;
}

static void get_referent(decoder *self, stemma_referent *referent)
{
    stm_mp *mp = &self->mp;
    stm_testimony *into = self->into;
    memset(referent, 0, sizeof *referent);
    uint32_t items = stm_mp_array_of(mp, 2, 3);
    get_referent_type(self, referent);
    uint32_t count = stm_mp_array(mp);
    stemma_name *names = into->names + into->done.names;
    if (!claim_room(self, into->need.names, &into->done.names, count)) {
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        stm_decode_name(mp, &names[i]);
    }
    referent->names = names;
    referent->name_count = count;
    if (items != 3) {
        return;
    }
    count = stm_mp_array_of(mp, 1, UINT32_MAX);
    stemma_text *ids = into->external_ids + into->done.external_ids;
    if (!claim_room(self, into->need.external_ids, &into->done.external_ids, count)) {
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        ids[i] = stm_mp_text(mp, STEMMA_LIMIT_FIELD);
    }
    referent->external_ids = ids;
    referent->external_id_count = count;
}

/* A span that begins `difference` after `base`; both ends are checked. */
static stemma_span get_span(decoder *self, int64_t base)
{
    stemma_span span = {0, 0};
    int64_t start = base + stm_mp_int(&self->mp, -(int64_t)UINT32_MAX, UINT32_MAX);
    int64_t length = (int64_t)stm_mp_uint(&self->mp, UINT32_MAX);
    if (self->mp.code == NULL && (start < 0 || length == 0 || start + length > self->text_size)) {
        stm_mp_fail(&self->mp, length == 0 ? "SPAN_ORDER" : "SPAN_OUT_OF_RANGE");
    }
    if (self->mp.code == NULL) {
        span.start = (uint32_t)start;
        span.end = (uint32_t)(start + length);
    }
    return span;
}

static const stemma_span *get_spans(decoder *self, uint32_t count, uint32_t *start)
{
    stm_testimony *into = self->into;
    stemma_span *spans = into->spans + into->done.spans;
    if (!claim_room(self, into->need.spans, &into->done.spans, count)) {
        return NULL;
    }
    for (uint32_t i = 0; i < count && self->mp.code == NULL; i++) {
        spans[i] = get_span(self, i == 0 ? *start : spans[i - 1].end);
        if (i > 0 && spans[i].start < spans[i - 1].end) {
            stm_mp_fail(&self->mp, "SPAN_ORDER");
        }
    }
    if (self->mp.code == NULL) {
        *start = spans[0].start;
    }
    return spans;
}

static void get_mention(decoder *self, stemma_mention *mention)
{
    stm_mp *mp = &self->mp;
    int64_t head_start = 0;
    int64_t head_length = 0;
    memset(mention, 0, sizeof *mention);
    uint32_t items = stm_mp_array_of(mp, 4, 4 + 2 * MENTION_SPANS_MAX);
    uint32_t flags = stm_mp_u32(mp, MENTION_FLAGS_MAX);
    bool headed = (flags & MENTION_HEADED) != 0;
    uint32_t before = headed ? 4 : 2;
    mention->referent = stm_mp_below_or_none(mp, self->into->need.referents);
    mention->kind = flags & MENTION_KIND_MASK;
    mention->canonical = (flags & MENTION_CANONICAL) != 0;
    if (mention->kind > STEMMA_MENTION_QUANTITY) {
        stm_mp_fail(mp, "MENTION_KIND");
    }
    if (items % 2 != 0 || items <= before || (items - before) / 2 > MENTION_SPANS_MAX) {
        stm_mp_fail(mp, "RECORD_LENGTH");
    }
    if (headed) {
        head_start = stm_mp_int(mp, -(int64_t)UINT32_MAX, UINT32_MAX);
        head_length = (int64_t)stm_mp_uint(mp, UINT32_MAX);
    }
    if (mp->code != NULL) {
        return;
    }
    mention->span_count = (items - before) / 2;
    mention->spans = get_spans(self, mention->span_count, &self->mention_start);
    if (headed && mp->code == NULL) {
        int64_t start = mention->spans[0].start + head_start;
        if (start < 0 || head_length == 0 || start + head_length > self->text_size) {
            stm_mp_fail(mp, "SPAN_OUT_OF_RANGE");
            return;
        }
        mention->head.start = (uint32_t)start;
        mention->head.end = (uint32_t)(start + head_length);
    }
}

static void get_flags(stm_mp *mp, stemma_assertion *assertion)
{
    uint32_t flags = stm_mp_u32(mp, FLAGS_MAX);
    assertion->polarity = flags >> POLARITY_SHIFT & 3;
    assertion->certainty = flags >> CERTAINTY_SHIFT & 3;
    assertion->tense = flags >> TENSE_SHIFT & 3;
    assertion->realis = flags >> REALIS_SHIFT & 3;
    assertion->attribution = flags >> ATTRIBUTION_SHIFT & 3;
    assertion->stance = flags >> STANCE_SHIFT & 7;
    if (assertion->polarity > STEMMA_POLARITY_NEGATIVE ||
        assertion->attribution > STEMMA_ATTRIBUTION_UNSTATED ||
        assertion->stance > STEMMA_STANCE_REPORTS) {
        stm_mp_fail(mp, "FLAGS");
    }
}

static void get_object(decoder *self, stemma_object *object)
{
    uint32_t referents = self->into->need.referents;
    uint64_t code = stm_object_get(&self->mp, object);
    if (!stm_object_has_code(object) || code == STM_NO_CODE) {
        return;
    }
    if (code >= referents) {
        stm_mp_fail(&self->mp, "REFERENT_OUT_OF_RANGE");
    } else if (object->kind == STEMMA_OBJECT_REFERENT) {
        object->as.referent = (uint32_t)code;
    } else {
        object->as.place.referent = (uint32_t)code;
    }
}

static void get_evidence(decoder *self, stemma_assertion *assertion)
{
    stm_mp *mp = &self->mp;
    stm_testimony *into = self->into;
    uint32_t count = stm_mp_array(mp);
    stemma_evidence *evidence = into->evidence + into->done.evidence;
    if (!claim_room(self, into->need.evidence, &into->done.evidence, count)) {
        return;
    }
    for (uint32_t i = 0; i < count && mp->code == NULL; i++) {
        uint32_t items = stm_mp_array_of(mp, 3, 1 + 2 * MENTION_SPANS_MAX);
        memset(&evidence[i], 0, sizeof evidence[i]);
        evidence[i].part = (uint8_t)stm_mp_uint(mp, STEMMA_EVIDENCE_CONTEXT);
        if (items % 2 == 0) {
            stm_mp_fail(mp, "RECORD_LENGTH");
        }
        if (mp->code != NULL) {
            return;
        }
        evidence[i].span_count = (items - 1) / 2;
        evidence[i].spans = get_spans(self, evidence[i].span_count, &self->evidence_start);
    }
    assertion->evidence = evidence;
    assertion->evidence_count = count;
}

void stm_decode_assertion(decoder *self, stemma_assertion *assertion)
{
    stm_mp *mp = &self->mp;
    uint32_t optional[ASSERTION_OPTIONAL] = {0};
    uint32_t referents = self->into->need.referents;
    memset(assertion, 0, sizeof *assertion);
    uint32_t items = stm_mp_array_of(mp, ASSERTION_ITEMS, ASSERTION_ITEMS + ASSERTION_OPTIONAL);
    assertion->subject = stm_mp_below(mp, referents);
    assertion->predicate = term_name(self, STEMMA_TERM_PREDICATE);
    get_object(self, &assertion->object);
    get_flags(mp, assertion);
    assertion->run = stm_mp_below(mp, self->bounds->runs);
    if (self->without_evidence) {
        (void)stm_mp_skip(mp);
    } else {
        get_evidence(self, assertion);
    }
    if (mp->code != NULL) {
        return;
    }
    items -= ASSERTION_ITEMS;
    for (uint32_t i = 0; i < items; i++) {
        optional[i] = stm_mp_u32(mp, i == 0 ? CONFIDENCE_MAX + 1 : referents);
    }
    if (items > 0 && optional[items - 1] == 0) {
        stm_mp_fail(mp, "FIELD_DEFAULT");
    }
    assertion->confidence = optional[0] != 0 ? (uint16_t)(optional[0] - 1) : STEMMA_NO_CONFIDENCE;
    assertion->speaker = optional[1] - 1; /* 0 becomes STEMMA_NONE */
    assertion->via = optional[2] - 1;
    if ((assertion->attribution == STEMMA_ATTRIBUTION_SPEAKER) !=
        (assertion->speaker != STEMMA_NONE)) {
        stm_mp_fail(mp, "ATTRIBUTION");
    }
}

/* How many of the rows that `rows` announces fit behind `done`. */
static uint32_t rows_of(decoder *self, uint32_t need, uint32_t done)
{
    uint32_t rows = stm_mp_array(&self->mp);
    if (rows > need - done) {
        stm_mp_fail(&self->mp, "TESTIMONY_COUNT");
        return 0;
    }
    return rows;
}

/* All referents of a document come before all mentions before all assertions. */
static void check_order(decoder *self, uint32_t rows, bool before_is_complete)
{
    if (rows != 0 && !before_is_complete) {
        stm_mp_fail(&self->mp, "TESTIMONY_ORDER");
    }
}

stemma_status stm_testimony_decode(stm_testimony *testimony, stemma_bytes part,
                                   const stm_bounds *bounds, uint32_t text_size, stm_fault *fault)
{
    decoder self = {testimony, stm_mp_over(part), bounds, text_size, 0, 0, false};
    const stm_testimony_need *need = &testimony->need;
    stm_testimony_need *done = &testimony->done;
    stm_mp_array_of(&self.mp, 3, 3);
    uint32_t rows = rows_of(&self, need->referents, done->referents);
    for (uint32_t i = 0; i < rows && self.mp.code == NULL; i++) {
        get_referent(&self, &testimony->referents[done->referents++]);
    }
    rows = rows_of(&self, need->mentions, done->mentions);
    check_order(&self, rows, done->referents == need->referents);
    for (uint32_t i = 0; i < rows && self.mp.code == NULL; i++) {
        get_mention(&self, &testimony->mentions[done->mentions++]);
    }
    rows = rows_of(&self, need->assertions, done->assertions);
    check_order(&self, rows,
                done->mentions == need->mentions && done->referents == need->referents);
    for (uint32_t i = 0; i < rows && self.mp.code == NULL; i++) {
        stm_decode_assertion(&self, &testimony->assertions[done->assertions++]);
    }
    return stm_mp_finish(&self.mp, fault);
}

stemma_status stm_testimony_end(const stm_testimony *testimony, stemma_document *document,
                                stm_fault *fault)
{
    const stm_testimony_need *need = &testimony->need;
    const stm_testimony_need *done = &testimony->done;
    if (done->referents != need->referents || done->mentions != need->mentions ||
        done->assertions != need->assertions) {
        return stm_fault_set(fault, STEMMA_E_DAMAGED, "TESTIMONY_COUNT", 0);
    }
    document->referents = testimony->referents;
    document->referent_count = done->referents;
    document->mentions = testimony->mentions;
    document->mention_count = done->mentions;
    document->assertions = testimony->assertions;
    document->assertion_count = done->assertions;
    return STEMMA_OK;
}
