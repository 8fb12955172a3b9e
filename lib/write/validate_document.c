/* SPDX-License-Identifier: MIT */
#include "write/validate.h"

#include "base/error.h"
#include "limits.h"
#include "utf8.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* What the rules are checked against, and what is wrong. */
typedef struct checker {
    const stemma_document *document;
    const stm_vocabulary *vocabulary;
    uint32_t runs;
    uint32_t text_size;
    stemma_error *error;
    char where[48];
} checker;

#define TRY(call)                                                                                  \
    do {                                                                                           \
        stemma_status tried = (call);                                                              \
        if (tried != STEMMA_OK) {                                                                  \
            return tried;                                                                          \
        }                                                                                          \
    } while (0)

static stemma_status check_text(checker *c, stemma_text text, size_t limit, const char *field)
{
    return stm_validate_text(text, limit, field, c->where, c->error);
}

static stemma_status check_code(checker *c, unsigned code, unsigned last, const char *field)
{
    if (code > last) {
        return stm_broken(c->error, "ENUM_RANGE", c->where, "the %s %u is not defined", field,
                          code);
    }
    return STEMMA_OK;
}

static stemma_status check_referent(checker *c, uint32_t referent, const char *field)
{
    if (referent >= c->document->referent_count) {
        return stm_broken(c->error, "REFERENT_OUT_OF_RANGE", c->where,
                          "the %s is referent %u of %u", field, referent,
                          c->document->referent_count);
    }
    return STEMMA_OK;
}

/* ---- Spans ----------------------------------------------------------------------------------- */

static stemma_status check_span(checker *c, stemma_span span)
{
    if (span.start > span.end || span.end > c->text_size) {
        return stm_broken(c->error, "SPAN_OUT_OF_RANGE", c->where,
                          "the span %u..%u is not inside the text of %u bytes", span.start,
                          span.end, c->text_size);
    }
    if (span.start == span.end) {
        return stm_broken(c->error, "SPAN_EMPTY", c->where, "the span at %u is empty", span.start);
    }
    if (c->document->text.size > 0 && (!stm_utf8_boundary(c->document->text, span.start) ||
                                       !stm_utf8_boundary(c->document->text, span.end))) {
        return stm_broken(c->error, "SPAN_SPLITS_CHARACTER", c->where,
                          "the span %u..%u cuts through a character", span.start, span.end);
    }
    return STEMMA_OK;
}

static stemma_status check_spans(checker *c, const stemma_span *spans, uint32_t count,
                                 const char *order_code)
{
    for (uint32_t i = 0; i < count; i++) {
        TRY(check_span(c, spans[i]));
        if (i > 0 && spans[i].start < spans[i - 1].end) {
            return stm_broken(c->error, order_code, c->where,
                              "the span at %u does not come after the one before it",
                              spans[i].start);
        }
    }
    return STEMMA_OK;
}

static stemma_status check_span_list(checker *c, const stemma_span *spans, uint32_t count)
{
    if (count == 0) {
        return stm_broken(c->error, "SPAN_MISSING", c->where, "there is no span");
    }
    return check_spans(c, spans, count, "SPAN_ORDER");
}

static stemma_status check_offsets(checker *c, const uint32_t *offsets, uint32_t count,
                                   const char *code)
{
    for (uint32_t i = 0; i < count; i++) {
        if (offsets[i] >= c->text_size || (i > 0 && offsets[i] <= offsets[i - 1])) {
            return stm_broken(c->error, code, c->where,
                              "offset %u is beyond the text or not after the one before it",
                              offsets[i]);
        }
        if (!stm_utf8_boundary(c->document->text, offsets[i])) {
            return stm_broken(c->error, "SPAN_SPLITS_CHARACTER", c->where,
                              "offset %u is inside a character", offsets[i]);
        }
    }
    return STEMMA_OK;
}

/* ---- The document itself --------------------------------------------------------------------- */

static stemma_status check_fields(checker *c)
{
    const stemma_document *d = c->document;
    snprintf(c->where, sizeof c->where, "document");
    TRY(check_text(c, d->uri, STEMMA_LIMIT_URI, "URI"));
    TRY(check_text(c, d->title, STEMMA_LIMIT_FIELD, "title"));
    TRY(check_text(c, d->publisher, STEMMA_LIMIT_FIELD, "publisher"));
    TRY(check_text(c, d->agency, STEMMA_LIMIT_FIELD, "agency"));
    TRY(check_text(c, d->byline, STEMMA_LIMIT_FIELD, "byline"));
    TRY(check_text(c, d->published.raw, STEMMA_LIMIT_FIELD, "day of publication"));
    TRY(stm_validate_edtf(d->published.edtf, "day of publication", c->where, c->error));
    TRY(stm_validate_edtf(d->retrieved, "day of retrieval", c->where, c->error));
    TRY(check_text(c, d->language, STEMMA_LIMIT_NAME, "language"));
    TRY(check_text(c, d->media_type, STEMMA_LIMIT_NAME, "media type"));
    TRY(check_text(c, d->licence, STEMMA_LIMIT_FIELD, "licence"));
    TRY(check_text(c, d->text, STEMMA_LIMIT_TEXT, "text"));
    if (d->row_count == 0 && c->text_size > STEMMA_LIMIT_TEXT) {
        return stm_fail(c->error, STEMMA_E_LIMIT, "TEXT_TOO_LONG", c->where,
                        "the text has %u bytes, more than %u", c->text_size, STEMMA_LIMIT_TEXT);
    }
    if (d->text.size > 0 && d->text_size != 0 && d->text_size != d->text.size) {
        return stm_broken(c->error, "TEXT_SIZE", c->where, "the text has %zu bytes, not %" PRIu64,
                          d->text.size, d->text_size);
    }
    if (d->text.size == 0 && d->text_size != 0 && !d->text_withheld) {
        return stm_broken(c->error, "TEXT_SIZE", c->where,
                          "a text of %" PRIu64 " bytes is announced but neither given nor withheld",
                          d->text_size);
    }
    TRY(check_offsets(c, d->sentences, d->sentence_count, "SENTENCE_ORDER"));
    TRY(check_offsets(c, d->paragraphs, d->paragraph_count, "PARAGRAPH_ORDER"));
    return check_spans(c, d->furniture, d->furniture_count, "FURNITURE_ORDER");
}

/* ---- Referents ------------------------------------------------------------------------------- */

stemma_status stm_validate_name(const stemma_name *name, const char *where, stemma_error *error)
{
    TRY(stm_validate_text(name->text, STEMMA_LIMIT_NAME, "name", where, error));
    TRY(stm_validate_text(name->language, STEMMA_LIMIT_NAME, "language of a name", where, error));
    if (name->kind > STEMMA_NAME_NOMINAL) {
        return stm_broken(error, "ENUM_RANGE", where, "the kind of name %u is not defined",
                          name->kind);
    }
    if (name->text.size == 0) {
        return stm_broken(error, "NAME_EMPTY", where, "a name is empty");
    }
    for (size_t i = 0; i < name->text.size; i++) {
        char byte = name->text.data[i];
        int bad = byte == '\n' || byte == '\t' || byte == '\r';
        bad |= byte == ' ' && (i == 0 || i + 1 == name->text.size || name->text.data[i - 1] == ' ');
        if (bad) {
            return stm_broken(error, "NAME_SPACE", where,
                              "white space in the name \"%.*s\" is not collapsed",
                              (int)(name->text.size < 60 ? name->text.size : 60), name->text.data);
        }
    }
    return STEMMA_OK;
}

static int compare_names(const void *a, const void *b)
{
    return stemma_text_compare(*(const stemma_text *)a, *(const stemma_text *)b);
}

static stemma_status check_distinct(checker *c, const stemma_name *names, uint32_t count)
{
    stemma_text few[16];
    stemma_text *sorted = few;
    if (count < 2) {
        return STEMMA_OK;
    }
    if (count > sizeof few / sizeof few[0] && (sorted = calloc(count, sizeof *sorted)) == NULL) {
        return stm_fail(c->error, STEMMA_E_NO_MEMORY, "NO_MEMORY", c->where,
                        "memory for %u names was refused", count);
    }
    for (uint32_t i = 0; i < count; i++) {
        sorted[i] = names[i].text;
    }
    qsort(sorted, count, sizeof *sorted, compare_names);
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 1; i < count && status == STEMMA_OK; i++) {
        if (stemma_text_equal(sorted[i], sorted[i - 1])) {
            status =
                stm_broken(c->error, "NAME_REPEATED", c->where, "the name \"%.*s\" is given twice",
                           (int)(sorted[i].size < 60 ? sorted[i].size : 60), sorted[i].data);
        }
    }
    if (sorted != few) {
        free(sorted);
    }
    return status;
}

static stemma_status check_referents(checker *c)
{
    for (uint32_t i = 0; i < c->document->referent_count; i++) {
        const stemma_referent *referent = &c->document->referents[i];
        uint32_t term = 0;
        snprintf(c->where, sizeof c->where, "referent %u", i);
        if (referent->kind > STEMMA_REFERENT_EVENT) {
            return stm_broken(c->error, "REFERENT_KIND", c->where, "the kind %u is not defined",
                              referent->kind);
        }
        uint8_t kind = referent->kind == STEMMA_REFERENT_EVENT ? STEMMA_TERM_EVENT_TYPE
                                                               : STEMMA_TERM_ENTITY_TYPE;
        if (!stm_vocabulary_find(c->vocabulary, kind, referent->type, &term)) {
            return stm_broken(c->error, "TYPE_UNKNOWN", c->where,
                              "the type \"%.*s\" is not in the vocabulary",
                              (int)(referent->type.size < 60 ? referent->type.size : 60),
                              referent->type.size > 0 ? referent->type.data : "");
        }
        for (uint32_t n = 0; n < referent->name_count; n++) {
            TRY(stm_validate_name(&referent->names[n], c->where, c->error));
        }
        TRY(check_distinct(c, referent->names, referent->name_count));
        for (uint32_t n = 0; n < referent->external_id_count; n++) {
            stemma_text id = referent->external_ids[n];
            TRY(check_text(c, id, STEMMA_LIMIT_NAME, "external id"));
            const char *colon = id.size > 0 ? memchr(id.data, ':', id.size) : NULL;
            if (colon == NULL || colon == id.data || colon + 1 == id.data + id.size) {
                return stm_broken(c->error, "EXTERNAL_ID", c->where,
                                  "an external id is not a source, a colon and an id");
            }
        }
    }
    return STEMMA_OK;
}

/* ---- Mentions -------------------------------------------------------------------------------- */

enum { SEEN = 1, CANONICAL = 2 };

static stemma_status check_mention(checker *c, const stemma_mention *mention, uint8_t *seen)
{
    TRY(check_code(c, mention->kind, STEMMA_MENTION_QUANTITY, "kind of mention"));
    TRY(check_code(c, mention->canonical, 1, "canonical mark"));
    TRY(check_span_list(c, mention->spans, mention->span_count));
    if (mention->head.start != 0 || mention->head.end != 0) {
        TRY(check_span(c, mention->head));
        if (mention->head.start < mention->spans[0].start ||
            mention->head.end > mention->spans[mention->span_count - 1].end) {
            return stm_broken(c->error, "HEAD_OUTSIDE", c->where,
                              "the head %u..%u is not inside the mention", mention->head.start,
                              mention->head.end);
        }
    }
    if (mention->referent == STEMMA_NONE) {
        if (mention->canonical) {
            return stm_broken(c->error, "CANONICAL_WITHOUT_REFERENT", c->where,
                              "a mention without referent cannot be canonical");
        }
        return STEMMA_OK;
    }
    TRY(check_referent(c, mention->referent, "referent"));
    if (mention->canonical && (seen[mention->referent] & CANONICAL)) {
        return stm_broken(c->error, "MULTIPLE_CANONICAL", c->where,
                          "referent %u has another canonical mention", mention->referent);
    }
    seen[mention->referent] |= mention->canonical ? SEEN | CANONICAL : SEEN;
    return STEMMA_OK;
}

static stemma_status check_all_mentions(checker *c, uint8_t *seen)
{
    for (uint32_t i = 0; i < c->document->mention_count; i++) {
        snprintf(c->where, sizeof c->where, "mention %u", i);
        TRY(check_mention(c, &c->document->mentions[i], seen));
    }
    for (uint32_t i = 0; i < c->document->referent_count; i++) {
        if (seen[i] == SEEN) {
            snprintf(c->where, sizeof c->where, "referent %u", i);
            return stm_broken(c->error, "CANONICAL_MISSING", c->where,
                              "none of its mentions is canonical");
        }
    }
    return STEMMA_OK;
}

static stemma_status check_mentions(checker *c)
{
    size_t count = c->document->referent_count;
    uint8_t *seen = calloc(count > 0 ? count : 1, 1);
    if (seen == NULL) {
        return stm_fail(c->error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "",
                        "memory for %zu referents was refused", count);
    }
    stemma_status status = check_all_mentions(c, seen);
    free(seen);
    return status;
}

/* ---- Assertions ------------------------------------------------------------------------------ */

static stemma_status check_quantity(checker *c, const stemma_quantity *quantity)
{
    const stemma_text numbers[] = {quantity->amount, quantity->lower, quantity->upper};
    TRY(check_text(c, quantity->raw, STEMMA_LIMIT_FIELD, "quantity"));
    TRY(check_text(c, quantity->unit, STEMMA_LIMIT_FIELD, "unit"));
    TRY(check_text(c, quantity->counted, STEMMA_LIMIT_FIELD, "thing counted"));
    TRY(check_code(c, quantity->modifier, STEMMA_MODIFIER_LESS_THAN, "modifier"));
    for (int i = 0; i < 3; i++) {
        if (numbers[i].size > 0 && !stm_is_decimal(numbers[i])) {
            return stm_broken(c->error, "DECIMAL", c->where, "a number is not a decimal");
        }
    }
    return STEMMA_OK;
}

static stemma_status check_place(checker *c, const stemma_place *place)
{
    int has_latitude = place->latitude != STEMMA_NO_DEGREES;
    int has_longitude = place->longitude != STEMMA_NO_DEGREES;
    TRY(check_text(c, place->raw, STEMMA_LIMIT_FIELD, "place"));
    TRY(check_text(c, place->gazetteer, STEMMA_LIMIT_NAME, "gazetteer id"));
    if (has_latitude != has_longitude ||
        (has_latitude && (place->latitude > 900000000 || place->latitude < -900000000 ||
                          place->longitude > 1800000000 || place->longitude < -1800000000))) {
        return stm_broken(c->error, "COORDINATES", c->where,
                          "the coordinates are not a place on the globe");
    }
    return place->referent == STEMMA_NONE ? STEMMA_OK : check_referent(c, place->referent, "place");
}

static stemma_status check_object(checker *c, const stemma_object *object)
{
    switch (object->kind) {
    case STEMMA_OBJECT_REFERENT:
        return check_referent(c, object->as.referent, "object");
    case STEMMA_OBJECT_TEXT:
        return check_text(c, object->as.text, STEMMA_LIMIT_FIELD, "object");
    case STEMMA_OBJECT_TIME:
        TRY(check_text(c, object->as.time.raw, STEMMA_LIMIT_FIELD, "time"));
        return stm_validate_edtf(object->as.time.edtf, "time", c->where, c->error);
    case STEMMA_OBJECT_PLACE:
        return check_place(c, &object->as.place);
    case STEMMA_OBJECT_QUANTITY:
        return check_quantity(c, &object->as.quantity);
    case STEMMA_OBJECT_SOME:
    case STEMMA_OBJECT_NONE:
        return STEMMA_OK;
    default:
        return stm_broken(c->error, "OBJECT_KIND", c->where, "the kind of object %u is not defined",
                          object->kind);
    }
}

static int has_word(stemma_text words, stemma_text word)
{
    for (size_t at = 0; at < words.size;) {
        size_t end = at;
        while (end < words.size && words.data[end] != ' ') {
            end++;
        }
        stemma_text one = {words.data + at, end - at};
        if (stemma_text_equal(one, word)) {
            return 1;
        }
        at = end + 1;
    }
    return 0;
}

/* An event type that lists no roles allows any predicate: one may start a vocabulary loosely. */
static stemma_status check_predicate(checker *c, const stemma_assertion *a)
{
    static const char every_event_has[] =
        "type time place quantity content after because_of in_exchange_for part_of";
    uint32_t term = 0;
    const stemma_referent *subject = &c->document->referents[a->subject];
    TRY(check_text(c, a->predicate, STEMMA_LIMIT_NAME, "predicate"));
    if (!stm_vocabulary_find(c->vocabulary, STEMMA_TERM_PREDICATE, a->predicate, &term)) {
        return stm_broken(c->error, "PREDICATE_UNKNOWN", c->where,
                          "the predicate \"%.*s\" is not in the vocabulary",
                          (int)(a->predicate.size < 60 ? a->predicate.size : 60),
                          a->predicate.size > 0 ? a->predicate.data : "");
    }
    if (subject->kind != STEMMA_REFERENT_EVENT) {
        return STEMMA_OK;
    }
    if (stemma_text_equal(a->predicate, stemma_text_of("type")) &&
        (a->object.kind != STEMMA_OBJECT_TEXT ||
         !stm_vocabulary_find(c->vocabulary, STEMMA_TERM_EVENT_TYPE, a->object.as.text, &term))) {
        return stm_broken(c->error, "TYPE_UNKNOWN", c->where,
                          "the type of an event is not an event type of the vocabulary");
    }
    if (has_word(stemma_text_of(every_event_has), a->predicate)) {
        return STEMMA_OK;
    }
    if (stm_vocabulary_find(c->vocabulary, STEMMA_TERM_EVENT_TYPE, subject->type, &term)) {
        stemma_text roles = c->vocabulary->terms[term].roles;
        if (roles.size > 0 && !has_word(roles, a->predicate)) {
            return stm_broken(
                c->error, "ROLE_UNKNOWN", c->where, "an event of type %.*s has no role \"%.*s\"",
                (int)(subject->type.size < 60 ? subject->type.size : 60), subject->type.data,
                (int)(a->predicate.size < 60 ? a->predicate.size : 60), a->predicate.data);
        }
    }
    return STEMMA_OK;
}

static stemma_status check_speaker(checker *c, const stemma_assertion *a)
{
    const uint32_t referents[] = {a->speaker, a->via};
    if ((a->attribution == STEMMA_ATTRIBUTION_SPEAKER) != (a->speaker != STEMMA_NONE)) {
        return stm_broken(c->error, "ATTRIBUTION", c->where,
                          "the attribution and the speaker do not go together");
    }
    for (int i = 0; i < 2; i++) {
        if (referents[i] == STEMMA_NONE) {
            continue;
        }
        TRY(check_referent(c, referents[i], i == 0 ? "speaker" : "medium"));
        if (c->document->referents[referents[i]].kind != STEMMA_REFERENT_ENTITY) {
            return stm_broken(c->error, "REFERENT_KIND", c->where, "an event cannot speak");
        }
    }
    return STEMMA_OK;
}

static stemma_status check_assertion(checker *c, const stemma_assertion *a)
{
    TRY(check_referent(c, a->subject, "subject"));
    TRY(check_object(c, &a->object));
    TRY(check_predicate(c, a));
    TRY(check_code(c, a->polarity, STEMMA_POLARITY_NEGATIVE, "polarity"));
    TRY(check_code(c, a->certainty, STEMMA_CERTAINTY_POSSIBLE, "certainty"));
    TRY(check_code(c, a->tense, STEMMA_TENSE_FUTURE, "tense"));
    TRY(check_code(c, a->realis, STEMMA_REALIS_OTHER, "realis"));
    TRY(check_code(c, a->attribution, STEMMA_ATTRIBUTION_UNSTATED, "attribution"));
    TRY(check_code(c, a->stance, STEMMA_STANCE_REPORTS, "stance"));
    TRY(check_speaker(c, a));
    if (a->confidence > 1000 && a->confidence != STEMMA_NO_CONFIDENCE) {
        return stm_broken(c->error, "CONFIDENCE", c->where, "the confidence %u is above 1000",
                          a->confidence);
    }
    if (a->run >= c->runs) {
        return stm_broken(c->error, "RUN_OUT_OF_RANGE", c->where, "there is no run %u", a->run);
    }
    if (a->evidence_count == 0 && c->text_size > 0) {
        return stm_broken(c->error, "NO_EVIDENCE", c->where,
                          "nothing in the text is shown as evidence");
    }
    for (uint32_t i = 0; i < a->evidence_count; i++) {
        if (a->evidence[i].part > STEMMA_EVIDENCE_CONTEXT) {
            return stm_broken(c->error, "EVIDENCE_PART", c->where, "the part %u is not defined",
                              a->evidence[i].part);
        }
        TRY(check_span_list(c, a->evidence[i].spans, a->evidence[i].span_count));
    }
    return STEMMA_OK;
}

stemma_status stm_validate_structure(const stemma_document *document,
                                     const stm_vocabulary *vocabulary, uint32_t runs,
                                     stemma_error *error)
{
    checker c = {document, vocabulary, runs, stemma_whole_span(document).end, error, ""};
    if (document->text.size > 0) {
        c.text_size = document->text.size < UINT32_MAX ? (uint32_t)document->text.size : UINT32_MAX;
    }
    TRY(check_fields(&c));
    TRY(check_referents(&c));
    TRY(check_mentions(&c));
    for (uint32_t i = 0; i < document->assertion_count; i++) {
        snprintf(c.where, sizeof c.where, "assertion %u", i);
        TRY(check_assertion(&c, &document->assertions[i]));
    }
    return STEMMA_OK;
}

stemma_status stm_validate_document(const stemma_document *document,
                                    const stm_vocabulary *vocabulary, uint32_t runs,
                                    stemma_error *error)
{
    uint64_t work = 0;
    TRY(stm_validate_structure(document, vocabulary, runs, error));
    for (uint32_t i = 0; i < document->mention_count; i++) {
        TRY(stm_validate_canonical_name(document, i, &work, error));
    }
    for (uint32_t i = 0; i < document->assertion_count; i++) {
        TRY(stm_validate_filler(document, i, &work, error));
    }
    return STEMMA_OK;
}
