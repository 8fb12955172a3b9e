/* SPDX-License-Identifier: MIT */
#include "common/interchange_members.h"

#include <stdio.h>
#include <stdlib.h>

#include "common/enum_names.h"

struct writing {
    stm_json *json;
    const stemma_document *document;
    struct stm_offsets offsets;
    bool quotes; /* the text is there: spans can show theirs */
    const stemma_referent *led; /* whose beginning, up to the text of its name, is in `lead`; or NULL */
    stm_json lead;
    stm_json whole; /* scratch */
};

void stm_out_text(stm_json *json, const char *key, stemma_text text)
{
    if (text.size != 0) {
        stm_json_member_text(json, key, text);
    }
}

void stm_out_share(stm_json *json, const char *key, uint16_t thousandths)
{
    char text[16];
    int size;
    if (thousandths == STEMMA_NO_CONFIDENCE) {
        return;
    }
    size = snprintf(text, sizeof text, "%u.%03u", thousandths / 1000u, thousandths % 1000u);
    while (text[size - 1] == '0') {
        size--;
    }
    if (text[size - 1] == '.') {
        size--;
    }
    stm_json_key(json, key);
    stm_json_decimal(json, (stemma_text){text, (size_t)size});
}

/* {"raw", "edtf"} under `key`, unless both are empty. */
static void out_time(stm_json *json, const char *key, const stemma_time *time)
{
    if (time->raw.size == 0 && time->edtf.size == 0) {
        return;
    }
    stm_json_key(json, key);
    stm_json_object_begin(json);
    stm_out_text(json, "raw", time->raw);
    stm_out_text(json, "edtf", time->edtf);
    stm_json_object_end(json);
}

/* A word of an enumeration, unless it is the default, 0. */
static void out_enum(stm_json *json, const char *key, enum stm_enum which, uint8_t value)
{
    if (value != 0) {
        stm_json_member_text(json, key, stemma_text_of(stm_enum_name(which, value)));
    }
}

static void out_ordinal(stm_json *json, const char *key, uint32_t ordinal)
{
    if (ordinal != STEMMA_NONE) {
        stm_json_key(json, key);
        stm_json_unsigned(json, ordinal);
    }
}

static void out_span(struct writing *writing, stemma_span span)
{
    stm_json_array_begin(writing->json);
    stm_json_unsigned(writing->json, stm_offsets_from_byte(&writing->offsets, span.start));
    stm_json_unsigned(writing->json, stm_offsets_from_byte(&writing->offsets, span.end));
    stm_json_array_end(writing->json);
}

static void out_spans(struct writing *writing, const stemma_span *spans, uint32_t count)
{
    stm_json_key(writing->json, "spans");
    stm_json_array_begin(writing->json);
    for (uint32_t i = 0; i < count; i++) {
        out_span(writing, spans[i]);
    }
    stm_json_array_end(writing->json);
    if (!writing->quotes) {
        return;
    }
    stm_json_key(writing->json, "text");
    stm_json_array_begin(writing->json);
    for (uint32_t i = 0; i < count; i++) {
        stm_json_text(writing->json, (stemma_text){writing->document->text.data + spans[i].start,
                                                   spans[i].end - spans[i].start});
    }
    stm_json_array_end(writing->json);
}

static void out_offsets(struct writing *writing, const char *key, const uint32_t *offsets,
                        uint32_t count)
{
    if (count == 0) {
        return;
    }
    stm_json_key(writing->json, key);
    stm_json_array_begin(writing->json);
    for (uint32_t i = 0; i < count; i++) {
        stm_json_unsigned(writing->json, stm_offsets_from_byte(&writing->offsets, offsets[i]));
    }
    stm_json_array_end(writing->json);
}

static void out_mention(struct writing *writing, const stemma_mention *mention)
{
    stm_json_object_begin(writing->json);
    out_spans(writing, mention->spans, mention->span_count);
    out_enum(writing->json, "kind", STM_ENUM_MENTION_KIND, mention->kind);
    if (mention->canonical) {
        stm_json_key(writing->json, "canonical");
        stm_json_bool(writing->json, true);
    }
    if (mention->head.end > mention->head.start) {
        stm_json_key(writing->json, "head");
        out_span(writing, mention->head);
    }
    stm_json_object_end(writing->json);
}

/* Mentions of each referent in one pass: `order` holds them grouped, `first[r]` where r's begin. */
static void out_mentions(struct writing *writing, const uint32_t *order, uint32_t from, uint32_t to)
{
    if (from == to) {
        return;
    }
    stm_json_key(writing->json, "mentions");
    stm_json_array_begin(writing->json);
    for (uint32_t i = from; i < to; i++) {
        out_mention(writing, &writing->document->mentions[order[i]]);
    }
    stm_json_array_end(writing->json);
}

/* What all referents of one kind and type with one name begin with. */
static void make_lead(struct writing *writing, const stemma_referent *referent)
{
    stm_json *lead = &writing->lead;
    stm_json_reset(lead);
    stm_json_raw(lead, stemma_text_of("{\"kind\":"));
    stm_json_text(lead, stemma_text_of(stm_enum_name(STM_ENUM_REFERENT_KIND, referent->kind)));
    stm_json_raw(lead, stemma_text_of(",\"type\":"));
    stm_json_text(lead, referent->type);
    stm_json_raw(lead, stemma_text_of(",\"names\":[{\"text\":"));
    writing->led = referent;
}

/* A data set may have millions of referents that are a name and nothing else: in one piece. False: it is
   another, or there was no memory. */
static bool out_plain_referent(struct writing *writing, const stemma_referent *referent)
{
    stm_json *whole = &writing->whole;
    if (referent->name_count != 1 || referent->names[0].kind != 0 ||
        referent->names[0].language.size != 0 || referent->external_id_count != 0) {
        return false;
    }
    if (writing->led == NULL || writing->led->kind != referent->kind ||
        !stemma_text_equal(writing->led->type, referent->type)) {
        make_lead(writing, referent);
    }
    stm_json_reset(whole);
    stm_json_raw(whole, (stemma_text){writing->lead.data, writing->lead.size});
    stm_json_text(whole, referent->names[0].text);
    stm_json_raw(whole, stemma_text_of("}]}"));
    if (stm_json_status(&writing->lead) != STEMMA_OK || stm_json_status(whole) != STEMMA_OK) {
        return false;
    }
    stm_json_raw(writing->json, (stemma_text){whole->data, whole->size});
    return true;
}

static void out_referent(struct writing *writing, const stemma_referent *referent,
                         const uint32_t *order, uint32_t from, uint32_t to)
{
    stm_json *json = writing->json;
    if (from == to && out_plain_referent(writing, referent)) {
        return;
    }
    stm_json_object_begin(json);
    stm_json_member_text(json, "kind",
                         stemma_text_of(stm_enum_name(STM_ENUM_REFERENT_KIND, referent->kind)));
    stm_json_member_text(json, "type", referent->type);
    if (referent->name_count != 0) {
        stm_json_key(json, "names");
        stm_json_array_begin(json);
        for (uint32_t i = 0; i < referent->name_count; i++) {
            stm_json_object_begin(json);
            stm_json_member_text(json, "text", referent->names[i].text);
            out_enum(json, "kind", STM_ENUM_NAME_KIND, referent->names[i].kind);
            stm_out_text(json, "language", referent->names[i].language);
            stm_json_object_end(json);
        }
        stm_json_array_end(json);
    }
    if (referent->external_id_count != 0) {
        stm_json_key(json, "external_ids");
        stm_json_array_begin(json);
        for (uint32_t i = 0; i < referent->external_id_count; i++) {
            stm_json_text(json, referent->external_ids[i]);
        }
        stm_json_array_end(json);
    }
    out_mentions(writing, order, from, to);
    stm_json_object_end(json);
}

static void out_degrees(stm_json *json, const char *key, int32_t degrees)
{
    char text[24];
    int64_t value = degrees < 0 ? -(int64_t)degrees : degrees;
    int size;
    if (degrees == STEMMA_NO_DEGREES) {
        return;
    }
    size = snprintf(text, sizeof text, "%s%lld.%07lld", degrees < 0 ? "-" : "",
                    (long long)(value / 10000000), (long long)(value % 10000000));
    while (text[size - 1] == '0') {
        size--;
    }
    if (text[size - 1] == '.') {
        size--;
    }
    stm_json_key(json, key);
    stm_json_decimal(json, (stemma_text){text, (size_t)size});
}

static void out_place(stm_json *json, const stemma_place *place)
{
    stm_json_key(json, "place");
    stm_json_object_begin(json);
    stm_out_text(json, "raw", place->raw);
    out_ordinal(json, "referent", place->referent);
    stm_out_text(json, "gazetteer", place->gazetteer);
    out_degrees(json, "latitude", place->latitude);
    out_degrees(json, "longitude", place->longitude);
    if (place->radius != 0) {
        stm_json_key(json, "radius");
        stm_json_unsigned(json, place->radius);
    }
    stm_json_object_end(json);
}

static void out_quantity(stm_json *json, const stemma_quantity *quantity)
{
    stm_json_key(json, "quantity");
    stm_json_object_begin(json);
    stm_out_text(json, "raw", quantity->raw);
    stm_out_text(json, "amount", quantity->amount);
    stm_out_text(json, "lower", quantity->lower);
    stm_out_text(json, "upper", quantity->upper);
    stm_out_text(json, "unit", quantity->unit);
    stm_out_text(json, "counted", quantity->counted);
    out_enum(json, "modifier", STM_ENUM_MODIFIER, quantity->modifier);
    stm_json_object_end(json);
}

static void out_object(stm_json *json, const stemma_object *object)
{
    stm_json_key(json, "object");
    stm_json_object_begin(json);
    switch (object->kind) {
    case STEMMA_OBJECT_REFERENT:
        stm_json_key(json, "referent");
        stm_json_unsigned(json, object->as.referent);
        break;
    case STEMMA_OBJECT_TEXT:
        stm_json_member_text(json, "text", object->as.text);
        break;
    case STEMMA_OBJECT_TIME:
        stm_json_key(json, "time");
        stm_json_object_begin(json);
        stm_out_text(json, "raw", object->as.time.raw);
        stm_out_text(json, "edtf", object->as.time.edtf);
        stm_json_object_end(json);
        break;
    case STEMMA_OBJECT_PLACE:
        out_place(json, &object->as.place);
        break;
    case STEMMA_OBJECT_QUANTITY:
        out_quantity(json, &object->as.quantity);
        break;
    default:
        stm_json_key(json, object->kind == STEMMA_OBJECT_SOME ? "some" : "none");
        stm_json_bool(json, true);
        break;
    }
    stm_json_object_end(json);
}

static void out_assertion(struct writing *writing, const stemma_assertion *assertion)
{
    stm_json *json = writing->json;
    bool named = assertion->attribution == STEMMA_ATTRIBUTION_SPEAKER;
    stm_json_object_begin(json);
    out_ordinal(json, "subject", assertion->subject);
    stm_json_member_text(json, "predicate", assertion->predicate);
    out_object(json, &assertion->object);
    out_enum(json, "polarity", STM_ENUM_POLARITY, assertion->polarity);
    out_enum(json, "certainty", STM_ENUM_CERTAINTY, assertion->certainty);
    out_enum(json, "tense", STM_ENUM_TENSE, assertion->tense);
    out_enum(json, "realis", STM_ENUM_REALIS, assertion->realis);
    /* A speaker implies its attribution, so only what differs from that is written. */
    if (named != (assertion->speaker != STEMMA_NONE) || (!named && assertion->attribution != 0)) {
        stm_json_member_text(
            json, "attribution",
            stemma_text_of(stm_enum_name(STM_ENUM_ATTRIBUTION, assertion->attribution)));
    }
    out_enum(json, "stance", STM_ENUM_STANCE, assertion->stance);
    out_ordinal(json, "speaker", assertion->speaker);
    out_ordinal(json, "via", assertion->via);
    stm_out_share(json, "confidence", assertion->confidence);
    out_ordinal(json, "run", assertion->run);
    if (assertion->evidence_count != 0) {
        stm_json_key(json, "evidence");
        stm_json_array_begin(json);
        for (uint32_t i = 0; i < assertion->evidence_count; i++) {
            const stemma_evidence *evidence = &assertion->evidence[i];
            stm_json_object_begin(json);
            stm_json_member_text(
                json, "part",
                stemma_text_of(stm_enum_name(STM_ENUM_EVIDENCE_PART, evidence->part)));
            out_spans(writing, evidence->spans, evidence->span_count);
            stm_json_object_end(json);
        }
        stm_json_array_end(json);
    }
    stm_json_object_end(json);
}

static void out_fields(struct writing *writing, bool withheld)
{
    static const char digits[] = "0123456789abcdef";
    const stemma_document *document = writing->document;
    stm_json *json = writing->json;
    stm_json_member_text(json, "uri", document->uri);
    stm_out_text(json, "title", document->title);
    stm_out_text(json, "publisher", document->publisher);
    stm_out_text(json, "agency", document->agency);
    stm_out_text(json, "byline", document->byline);
    out_time(json, "published", &document->published);
    stm_out_text(json, "retrieved", document->retrieved);
    stm_out_text(json, "language", document->language);
    stm_out_text(json, "media_type", document->media_type);
    stm_out_text(json, "licence", document->licence);
    if (withheld) {
        char hex[2 * STEMMA_DIGEST_SIZE];
        for (size_t i = 0; i < STEMMA_DIGEST_SIZE; i++) {
            hex[2 * i] = digits[document->digest[i] >> 4];
            hex[2 * i + 1] = digits[document->digest[i] & 15];
        }
        stm_json_key(json, "text_withheld");
        stm_json_bool(json, true);
        stm_json_member_text(json, "digest", (stemma_text){hex, sizeof hex});
        stm_json_key(json, "text_size");
        stm_json_unsigned(json, document->text_size);
        stm_json_member_text(json, "offsets", stemma_text_of("utf8"));
    } else {
        stm_json_member_text(json, "text", document->text);
    }
    out_offsets(writing, "sentences", document->sentences, document->sentence_count);
    out_offsets(writing, "paragraphs", document->paragraphs, document->paragraph_count);
    if (document->furniture_count != 0) {
        stm_json_key(json, "furniture");
        stm_json_array_begin(json);
        for (uint32_t i = 0; i < document->furniture_count; i++) {
            out_span(writing, document->furniture[i]);
        }
        stm_json_array_end(json);
    }
}

stemma_status stm_out_document(stm_json *json, const stemma_document *document, bool withhold,
                               enum stm_offset_unit unit, struct stm_arena *arena)
{
    struct writing writing = {.json = json, .document = document};
    bool withheld = withhold || document->text_withheld != 0;
    uint32_t *order = stm_arena_alloc(arena, document->mention_count, sizeof *order);
    uint32_t *first = stm_arena_alloc(arena, (size_t)document->referent_count + 2, sizeof *first);
    stemma_status status = stm_offsets_init(&writing.offsets, arena,
                                            withheld ? (stemma_text){NULL, 0} : document->text,
                                            withheld ? STM_OFFSET_UTF8 : unit);
    if (status != STEMMA_OK || order == NULL || first == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    writing.quotes = !withheld;
    /* Counting sort of mentions by referent; those without one come last. */
    for (uint32_t i = 0; i < document->mention_count; i++) {
        uint32_t referent = document->mentions[i].referent;
        first[(referent < document->referent_count ? referent : document->referent_count) + 1]++;
    }
    for (uint32_t i = 0; i <= document->referent_count; i++) {
        first[i + 1] += first[i];
    }
    for (uint32_t i = document->mention_count; i-- > 0;) {
        uint32_t referent = document->mentions[i].referent;
        referent = referent < document->referent_count ? referent : document->referent_count;
        order[--first[referent + 1]] = i;
    }
    stm_json_to_buffer(&writing.lead, 0);
    stm_json_to_buffer(&writing.whole, 0);
    out_fields(&writing, withheld);
    stm_json_key(json, "referents");
    stm_json_array_begin(json);
    for (uint32_t i = 0; i < document->referent_count; i++) {
        uint32_t to =
            i + 2 <= document->referent_count + 1 ? first[i + 2] : document->mention_count;
        out_referent(&writing, &document->referents[i], order, first[i + 1], to);
    }
    stm_json_array_end(json);
    stm_json_free(&writing.lead);
    stm_json_free(&writing.whole);
    out_mentions(&writing, order, first[document->referent_count + 1], document->mention_count);
    if (document->assertion_count != 0) {
        stm_json_key(json, "assertions");
        stm_json_array_begin(json);
        for (uint32_t i = 0; i < document->assertion_count; i++) {
            out_assertion(&writing, &document->assertions[i]);
        }
        stm_json_array_end(json);
    }
    return STEMMA_OK;
}
