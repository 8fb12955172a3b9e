/* SPDX-License-Identifier: MIT */
#include "common/interchange_document.h"

#include <stdio.h>

#include "common/interchange_object.h"
#include "base/error.h"

/* What the readers of one document's parts share. */
struct reading {
    struct stm_json_in *in;
    stemma_text text;
    bool withheld;
    struct stm_offsets offsets;
    stemma_mention *mentions; /* of all referents, then those without one */
    size_t mention_count;
    size_t mention_capacity;
};

stemma_status stm_interchange_unit(struct stm_json_in *in, const json_t *object,
                                   enum stm_offset_unit *out)
{
    static const char *const names[] = {"codepoint", "utf8", "utf16"};
    stemma_text name = {NULL, 0};
    STM_TRY(stm_in_text(in, object, "offsets", &name));
    if (name.size == 0) {
        return STEMMA_OK;
    }
    for (int i = 0; i < 3; i++) {
        if (stemma_text_equal(name, stemma_text_of(names[i]))) {
            *out = (enum stm_offset_unit)i;
            return STEMMA_OK;
        }
    }
    return stm_in_fail(in, "OFFSETS_UNIT", "offsets",
                       "Offsets are counted in \"codepoint\", \"utf8\" or \"utf16\"");
}

static stemma_status no_memory(struct reading *reading)
{
    return stm_fail(reading->in->error, STEMMA_E_NO_MEMORY, "NO_MEMORY", reading->in->path,
                    "Out of memory");
}

static stemma_status offset(struct reading *reading, const json_t *value, const char *key,
                            uint32_t *out)
{
    json_int_t number = json_integer_value(value);
    if (!json_is_integer(value)) {
        return stm_in_fail(reading->in, "FIELD_TYPE", key, "An offset is not a whole number");
    }
    if (reading->withheld) {
        if (number < 0 || number >= STEMMA_NONE) {
            return stm_in_fail(reading->in, "SPAN_OUT_OF_RANGE", key, "Offset %lld is no offset",
                               (long long)number);
        }
        *out = (uint32_t)number;
        return STEMMA_OK;
    }
    if (number < 0 || (uint64_t)number > reading->offsets.units) {
        return stm_in_fail(reading->in, "SPAN_OUT_OF_RANGE", key,
                           "Offset %lld lies outside the text of length %u", (long long)number,
                           reading->offsets.units);
    }
    if (!stm_offsets_to_byte(&reading->offsets, (uint64_t)number, out)) {
        return stm_in_fail(reading->in, "SPAN_SPLITS_CHARACTER", key,
                           "Offset %lld lies inside a character", (long long)number);
    }
    return STEMMA_OK;
}

static stemma_status span(struct reading *reading, const json_t *pair, const char *key,
                          stemma_span *out)
{
    if (!json_is_array(pair) || json_array_size(pair) != 2) {
        return stm_in_fail(reading->in, "FIELD_TYPE", key, "A span is not [start, end]");
    }
    STM_TRY(offset(reading, json_array_get(pair, 0), key, &out->start));
    STM_TRY(offset(reading, json_array_get(pair, 1), key, &out->end));
    if (out->start == out->end) {
        return stm_in_fail(reading->in, "SPAN_EMPTY", key, "A span is empty");
    }
    if (out->start > out->end) {
        return stm_in_fail(reading->in, "SPAN_OUT_OF_RANGE", key, "A span is reversed");
    }
    return STEMMA_OK;
}

/* "text" beside spans is one string for one span, or an array with a string, or null, for each. */
static stemma_status quotes_fit(struct reading *reading, const json_t *texts, size_t spans)
{
    if (texts == NULL || json_is_null(texts)) {
        return STEMMA_OK;
    }
    if (!json_is_array(texts) && !json_is_string(texts)) {
        return stm_in_fail(reading->in, "FIELD_TYPE", "text", "The text of spans is no string");
    }
    if ((json_is_array(texts) ? json_array_size(texts) : 1) != spans) {
        return stm_in_fail(reading->in, "QUOTE_MISMATCH", "text",
                           "There are %zu spans and another number of texts", spans);
    }
    return STEMMA_OK;
}

static stemma_status quote(struct reading *reading, const json_t *quote, stemma_span span)
{
    if (quote == NULL || json_is_null(quote)) {
        return STEMMA_OK;
    }
    if (!json_is_string(quote)) {
        return stm_in_fail(reading->in, "FIELD_TYPE", "text", "The text of a span is no string");
    }
    if (!reading->withheld && (json_string_length(quote) != span.end - span.start ||
                               memcmp(json_string_value(quote), reading->text.data + span.start,
                                      json_string_length(quote)) != 0)) {
        return stm_in_fail(reading->in, "QUOTE_MISMATCH", "text",
                           "The text at the span is not \"%.60s\"", json_string_value(quote));
    }
    return STEMMA_OK;
}

/* "spans" with, beside it, the exact "text" of each, which must agree. */
static stemma_status spans(struct reading *reading, const json_t *object, const stemma_span **out,
                           uint32_t *count)
{
    const json_t *array;
    const json_t *texts = json_object_get(object, "text");
    stemma_span *list;
    STM_TRY(stm_in_array(reading->in, object, "spans", &array));
    if (json_array_size(array) == 0) {
        return stm_in_fail(reading->in, "FIELD_MISSING", "spans", "No span is given");
    }
    list = stm_arena_alloc(reading->in->arena, json_array_size(array), sizeof *list);
    if (list == NULL) {
        return no_memory(reading);
    }
    STM_TRY(quotes_fit(reading, texts, json_array_size(array)));
    for (size_t i = 0; i < json_array_size(array); i++) {
        STM_TRY(span(reading, json_array_get(array, i), "spans", &list[i]));
        STM_TRY(quote(reading, json_is_array(texts) ? json_array_get(texts, i) : texts, list[i]));
    }
    *out = list;
    *count = (uint32_t)json_array_size(array);
    return STEMMA_OK;
}

static stemma_status mention(struct reading *reading, const json_t *object, uint32_t referent)
{
    stemma_mention *out;
    const json_t *head = json_object_get(object, "head");
    if (stm_arena_grow(reading->in->arena, &reading->mentions, reading->mention_count,
                       &reading->mention_capacity, sizeof *out) != STEMMA_OK) {
        return no_memory(reading);
    }
    out = &reading->mentions[reading->mention_count];
    memset(out, 0, sizeof *out);
    out->referent = referent;
    STM_TRY(stm_in_known(reading->in, object, " spans text kind canonical head "));
    STM_TRY(spans(reading, object, &out->spans, &out->span_count));
    STM_TRY(stm_in_enum(reading->in, object, "kind", STM_ENUM_MENTION_KIND, &out->kind));
    STM_TRY(stm_in_bool(reading->in, object, "canonical", &out->canonical));
    if (head != NULL && !json_is_null(head)) {
        STM_TRY(span(reading, head, "head", &out->head));
    }
    reading->mention_count++;
    return STEMMA_OK;
}

static stemma_status mentions(struct reading *reading, const json_t *object, uint32_t referent)
{
    const json_t *array;
    STM_TRY(stm_in_array(reading->in, object, "mentions", &array));
    for (size_t i = 0; i < json_array_size(array); i++) {
        size_t mark = stm_in_enter(reading->in, "mentions", i);
        STM_TRY(mention(reading, json_array_get(array, i), referent));
        stm_in_leave(reading->in, mark);
    }
    return STEMMA_OK;
}

static stemma_status names(struct reading *reading, const json_t *object, stemma_referent *out)
{
    const json_t *array;
    stemma_name *list;
    STM_TRY(stm_in_array(reading->in, object, "names", &array));
    if (json_array_size(array) == 0) {
        return STEMMA_OK;
    }
    list = stm_arena_alloc(reading->in->arena, json_array_size(array), sizeof *list);
    if (list == NULL) {
        return no_memory(reading);
    }
    for (size_t i = 0; i < json_array_size(array); i++) {
        const json_t *name = json_array_get(array, i);
        size_t mark = stm_in_enter(reading->in, "names", i);
        STM_TRY(stm_in_known(reading->in, name, " text kind language "));
        STM_TRY(stm_in_text(reading->in, name, "text", &list[i].text));
        STM_TRY(stm_in_text(reading->in, name, "language", &list[i].language));
        STM_TRY(stm_in_enum(reading->in, name, "kind", STM_ENUM_NAME_KIND, &list[i].kind));
        if (list[i].text.size == 0) {
            return stm_in_fail(reading->in, "FIELD_MISSING", "text", "A name has no text");
        }
        stm_in_leave(reading->in, mark);
    }
    out->names = list;
    out->name_count = (uint32_t)json_array_size(array);
    return STEMMA_OK;
}

static stemma_status external_ids(struct reading *reading, const json_t *object,
                                  stemma_referent *out)
{
    const json_t *array;
    stemma_text *list;
    STM_TRY(stm_in_array(reading->in, object, "external_ids", &array));
    if (json_array_size(array) == 0) {
        return STEMMA_OK;
    }
    list = stm_arena_alloc(reading->in->arena, json_array_size(array), sizeof *list);
    if (list == NULL) {
        return no_memory(reading);
    }
    for (size_t i = 0; i < json_array_size(array); i++) {
        const json_t *id = json_array_get(array, i);
        if (!json_is_string(id)) {
            return stm_in_fail(reading->in, "FIELD_TYPE", "external_ids", "An id is no string");
        }
        list[i] = stm_arena_text(reading->in->arena,
                                 (stemma_text){json_string_value(id), json_string_length(id)});
        if (list[i].data == NULL && json_string_length(id) != 0) {
            return no_memory(reading);
        }
    }
    out->external_ids = list;
    out->external_id_count = (uint32_t)json_array_size(array);
    return STEMMA_OK;
}

static stemma_status referents(struct reading *reading, const json_t *array,
                               stemma_document *document)
{
    stemma_referent *list =
        stm_arena_alloc(reading->in->arena, json_array_size(array), sizeof *list);
    if (list == NULL) {
        return no_memory(reading);
    }
    for (size_t i = 0; i < json_array_size(array); i++) {
        const json_t *object = json_array_get(array, i);
        size_t mark = stm_in_enter(reading->in, "referents", i);
        if (!json_is_object(object)) {
            return stm_in_fail(reading->in, "FIELD_TYPE", NULL, "A referent is not an object");
        }
        STM_TRY(stm_in_known(reading->in, object, " kind type names external_ids mentions "));
        STM_TRY(stm_in_enum(reading->in, object, "kind", STM_ENUM_REFERENT_KIND, &list[i].kind));
        STM_TRY(stm_in_text(reading->in, object, "type", &list[i].type));
        if (list[i].type.size == 0) {
            return stm_in_fail(reading->in, "FIELD_MISSING", "type", "A referent has no type");
        }
        STM_TRY(names(reading, object, &list[i]));
        STM_TRY(external_ids(reading, object, &list[i]));
        STM_TRY(mentions(reading, object, (uint32_t)i));
        stm_in_leave(reading->in, mark);
    }
    document->referents = list;
    document->referent_count = (uint32_t)json_array_size(array);
    return STEMMA_OK;
}

static stemma_status evidence(struct reading *reading, const json_t *object,
                              stemma_assertion *assertion)
{
    const json_t *array;
    stemma_evidence *list;
    STM_TRY(stm_in_array(reading->in, object, "evidence", &array));
    if (json_array_size(array) == 0) {
        return STEMMA_OK; /* the writer says whether that is allowed */
    }
    list = stm_arena_alloc(reading->in->arena, json_array_size(array), sizeof *list);
    if (list == NULL) {
        return no_memory(reading);
    }
    for (size_t i = 0; i < json_array_size(array); i++) {
        const json_t *item = json_array_get(array, i);
        size_t mark = stm_in_enter(reading->in, "evidence", i);
        STM_TRY(stm_in_known(reading->in, item, " part spans text "));
        STM_TRY(stm_in_enum(reading->in, item, "part", STM_ENUM_EVIDENCE_PART, &list[i].part));
        STM_TRY(spans(reading, item, &list[i].spans, &list[i].span_count));
        stm_in_leave(reading->in, mark);
    }
    assertion->evidence = list;
    assertion->evidence_count = (uint32_t)json_array_size(array);
    return STEMMA_OK;
}

static stemma_status assertion(struct reading *reading, const json_t *object, stemma_assertion *out)
{
    struct stm_json_in *in = reading->in;
    out->subject = STEMMA_NONE;
    out->speaker = STEMMA_NONE;
    out->via = STEMMA_NONE;
    out->confidence = STEMMA_NO_CONFIDENCE;
    out->run = STEMMA_NONE;
    STM_TRY(stm_in_known(in, object,
                         " subject predicate object polarity certainty tense realis attribution"
                         " stance speaker via confidence run evidence "));
    STM_TRY(stm_in_ordinal(in, object, "subject", &out->subject));
    STM_TRY(stm_in_text(in, object, "predicate", &out->predicate));
    if (out->subject == STEMMA_NONE || out->predicate.size == 0) {
        return stm_in_fail(in, "FIELD_MISSING", NULL, "An assertion needs subject and predicate");
    }
    STM_TRY(stm_interchange_object(in, object, &out->object));
    STM_TRY(stm_in_enum(in, object, "polarity", STM_ENUM_POLARITY, &out->polarity));
    STM_TRY(stm_in_enum(in, object, "certainty", STM_ENUM_CERTAINTY, &out->certainty));
    STM_TRY(stm_in_enum(in, object, "tense", STM_ENUM_TENSE, &out->tense));
    STM_TRY(stm_in_enum(in, object, "realis", STM_ENUM_REALIS, &out->realis));
    STM_TRY(stm_in_enum(in, object, "stance", STM_ENUM_STANCE, &out->stance));
    STM_TRY(stm_in_ordinal(in, object, "speaker", &out->speaker));
    STM_TRY(stm_in_ordinal(in, object, "via", &out->via));
    if (out->speaker != STEMMA_NONE) {
        out->attribution = STEMMA_ATTRIBUTION_SPEAKER;
    }
    STM_TRY(stm_in_enum(in, object, "attribution", STM_ENUM_ATTRIBUTION, &out->attribution));
    STM_TRY(stm_in_share(in, object, "confidence", &out->confidence));
    STM_TRY(stm_in_ordinal(in, object, "run", &out->run));
    return evidence(reading, object, out);
}

static stemma_status assertions(struct reading *reading, const json_t *object,
                                stemma_document *document)
{
    const json_t *array;
    stemma_assertion *list;
    STM_TRY(stm_in_array(reading->in, object, "assertions", &array));
    list = stm_arena_alloc(reading->in->arena, json_array_size(array), sizeof *list);
    if (list == NULL) {
        return no_memory(reading);
    }
    for (size_t i = 0; i < json_array_size(array); i++) {
        size_t mark = stm_in_enter(reading->in, "assertions", i);
        STM_TRY(assertion(reading, json_array_get(array, i), &list[i]));
        stm_in_leave(reading->in, mark);
    }
    document->assertions = list;
    document->assertion_count = (uint32_t)json_array_size(array);
    return STEMMA_OK;
}

static stemma_status breaks(struct reading *reading, const json_t *object, const char *key,
                            const uint32_t **out, uint32_t *count)
{
    const json_t *array;
    uint32_t *list;
    STM_TRY(stm_in_array(reading->in, object, key, &array));
    list = stm_arena_alloc(reading->in->arena, json_array_size(array), sizeof *list);
    if (list == NULL) {
        return no_memory(reading);
    }
    for (size_t i = 0; i < json_array_size(array); i++) {
        STM_TRY(offset(reading, json_array_get(array, i), key, &list[i]));
    }
    *out = list;
    *count = (uint32_t)json_array_size(array);
    return STEMMA_OK;
}

static stemma_status furniture(struct reading *reading, const json_t *object,
                               stemma_document *document)
{
    const json_t *array;
    stemma_span *list;
    STM_TRY(stm_in_array(reading->in, object, "furniture", &array));
    list = stm_arena_alloc(reading->in->arena, json_array_size(array), sizeof *list);
    if (list == NULL) {
        return no_memory(reading);
    }
    for (size_t i = 0; i < json_array_size(array); i++) {
        STM_TRY(span(reading, json_array_get(array, i), "furniture", &list[i]));
    }
    document->furniture = list;
    document->furniture_count = (uint32_t)json_array_size(array);
    return STEMMA_OK;
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The SHA-256 of a text that is not there. */
static stemma_status read_digest(struct reading *reading, const json_t *object,
                                 stemma_document *document)
{
    stemma_text digest = {NULL, 0};
    STM_TRY(stm_in_text(reading->in, object, "digest", &digest));
    if (digest.size != 2 * (size_t)STEMMA_DIGEST_SIZE) {
        return stm_in_fail(reading->in, "FIELD_MISSING", "digest",
                           "A withheld text needs its SHA-256 digest in 64 hexadecimal digits");
    }
    for (size_t i = 0; i < STEMMA_DIGEST_SIZE; i++) {
        int high = hex_digit(digest.data[2 * i]);
        int low = hex_digit(digest.data[2 * i + 1]);
        if (high < 0 || low < 0) {
            return stm_in_fail(reading->in, "FIELD_VALUE", "digest", "Not hexadecimal");
        }
        document->digest[i] = (uint8_t)(high * 16 + low);
    }
    return STEMMA_OK;
}

static stemma_status withheld(struct reading *reading, const json_t *object,
                              enum stm_offset_unit unit, stemma_document *document)
{
    uint64_t size = 0;
    STM_TRY(stm_in_number(reading->in, object, "text_size", UINT32_MAX - 1, &size));
    document->text_size = (uint32_t)size;
    if (unit != STM_OFFSET_UTF8) {
        return stm_in_fail(reading->in, "OFFSETS_UNIT", "offsets",
                           "Offsets into a withheld text are counted in \"utf8\"");
    }
    return read_digest(reading, object, document);
}

/* A data set: its referents are entities of one name each, and it has no other testimony but the rows
   in the lines that follow. */
static stemma_status data_set(struct reading *reading, const json_t *object,
                              struct stm_line_document *out)
{
    stemma_document *document = &out->document;
    const json_t *array;
    out->data_set = true;
    out->run = STEMMA_NONE;
    STM_TRY(stm_in_number(reading->in, object, "rows", UINT32_MAX - 1, &out->rows));
    STM_TRY(stm_in_number(reading->in, object, "text_size", (uint64_t)INT64_MAX, &out->size));
    STM_TRY(stm_in_ordinal(reading->in, object, "run", &out->run));
    STM_TRY(read_digest(reading, object, document));
    document->text_withheld = 1;
    STM_TRY(stm_in_array(reading->in, object, "referents", &array));
    if (array == NULL || out->run == STEMMA_NONE) {
        return stm_in_fail(reading->in, "FIELD_MISSING", array == NULL ? "referents" : "run",
                           "A data set needs its actors and its run");
    }
    STM_TRY(referents(reading, array, document));
    for (uint32_t i = 0; i < document->referent_count; i++) {
        const stemma_referent *referent = &document->referents[i];
        if (referent->kind != STEMMA_REFERENT_ENTITY || referent->name_count != 1 ||
            referent->names[0].kind != STEMMA_NAME_NAME || referent->names[0].language.size != 0 ||
            referent->external_id_count != 0) {
            char where[48];
            snprintf(where, sizeof where, "referents[%u]", i);
            return stm_in_fail(reading->in, "FIELD_VALUE", where,
                               "An actor is an entity with one name and nothing else");
        }
    }
    if (reading->mention_count != 0 || json_object_get(object, "text") != NULL ||
        json_array_size(json_object_get(object, "mentions")) != 0 ||
        json_array_size(json_object_get(object, "assertions")) != 0) {
        return stm_in_fail(reading->in, "FIELD_VALUE", "rows",
                           "A data set has rows, and neither text, mentions nor assertions");
    }
    out->testimony = true;
    return STEMMA_OK;
}

stemma_status stm_interchange_document(struct stm_json_in *in, const json_t *object,
                                       enum stm_offset_unit unit, struct stm_line_document *out)
{
    struct reading reading = {.in = in};
    stemma_document *document = &out->document;
    const json_t *array;
    STM_TRY(stm_interchange_unit(in, object, &unit));
    STM_TRY(stm_in_text(in, object, "id", &out->id));
    STM_TRY(stm_in_text(in, object, "uri", &document->uri));
    STM_TRY(stm_in_text(in, object, "title", &document->title));
    STM_TRY(stm_in_text(in, object, "publisher", &document->publisher));
    STM_TRY(stm_in_text(in, object, "agency", &document->agency));
    STM_TRY(stm_in_text(in, object, "byline", &document->byline));
    STM_TRY(stm_interchange_time(in, object, "published", &document->published));
    STM_TRY(stm_in_text(in, object, "retrieved", &document->retrieved));
    STM_TRY(stm_in_text(in, object, "language", &document->language));
    STM_TRY(stm_in_text(in, object, "media_type", &document->media_type));
    STM_TRY(stm_in_text(in, object, "licence", &document->licence));
    STM_TRY(stm_in_text(in, object, "text", &document->text));
    STM_TRY(stm_in_bool(in, object, "text_withheld", &document->text_withheld));
    if (json_object_get(object, "rows") != NULL && !json_is_null(json_object_get(object, "rows"))) {
        return data_set(&reading, object, out);
    }
    reading.text = document->text;
    reading.withheld = document->text_withheld != 0 && json_object_get(object, "text") == NULL;
    if (reading.withheld) {
        STM_TRY(withheld(&reading, object, unit, document));
    } else if (json_object_get(object, "text") == NULL) {
        return stm_in_fail(in, "FIELD_MISSING", "text", "A document needs its text");
    } else {
        document->text_size = (uint32_t)document->text.size;
    }
    if (stm_offsets_init(&reading.offsets, in->arena, document->text, unit) != STEMMA_OK) {
        return no_memory(&reading);
    }
    STM_TRY(breaks(&reading, object, "sentences", &document->sentences, &document->sentence_count));
    STM_TRY(
        breaks(&reading, object, "paragraphs", &document->paragraphs, &document->paragraph_count));
    STM_TRY(furniture(&reading, object, document));
    STM_TRY(stm_in_array(in, object, "referents", &array));
    if (array != NULL) {
        out->testimony = true;
        STM_TRY(referents(&reading, array, document));
        STM_TRY(mentions(&reading, object, STEMMA_NONE));
        STM_TRY(assertions(&reading, object, document));
        document->mentions = reading.mentions;
        document->mention_count = (uint32_t)reading.mention_count;
    } else if (json_array_size(json_object_get(object, "mentions")) != 0 ||
               json_array_size(json_object_get(object, "assertions")) != 0) {
        return stm_in_fail(in, "FIELD_MISSING", "referents",
                           "Mentions and assertions need \"referents\", even an empty array");
    }
    return STEMMA_OK;
}
