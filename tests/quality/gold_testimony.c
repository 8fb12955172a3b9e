/* SPDX-License-Identifier: MIT */
/* Turns a gold annotation into testimony and judgements, as a coder would have written them.
 *
 *     gold_testimony KB GOLD.json >gold.jsonl
 *
 * Takes the texts from KB and all else from the gold file, and writes JSON Lines for stemma-pack. A
 * file that is packed from them must get full marks from score_corpus: that is how we know that the
 * figures measure the program and not the scorer. Events are supported by the sentence that names a
 * participant or the count, since the gold does not say where they are told. */
#include "score_corpus.h"

#include <stdlib.h>
#include <string.h>

/* Where a gold entity or event was met first. */
typedef struct first_met {
    char referent[STEMMA_ID_SIZE * 2]; /* "DOCUMENT.ORDINAL"; "" before */
} first_met;

struct coder {
    const struct gold *gold;
    struct kb *kb;
    struct units units;
    first_met *entities;
    first_met *events;
    json_t *judgements;
    /* The document at hand */
    uint32_t position;
    char id[STEMMA_ID_SIZE];
    stemma_text text;
    json_t *referents;
    json_t *assertions;
    uint32_t *ordinals; /* of each gold entity, or STEMMA_NONE */
};

static void put(json_t *object, const char *key, json_t *value)
{
    if (json_object_set_new(object, key, value) != 0) {
        fail("no memory, or a text that is no UTF-8");
    }
}

static void push(json_t *array, json_t *value)
{
    if (json_array_append_new(array, value) != 0) {
        fail("no memory");
    }
}

static void put_text(json_t *object, const char *key, stemma_text text)
{
    if (text.size != 0) {
        put(object, key, json_stringn(text.data, text.size));
    }
}

static void print_line(json_t *line)
{
    if (json_dumpf(line, stdout, JSON_COMPACT) != 0 || putchar('\n') == EOF) {
        fail("cannot write");
    }
    json_decref(line);
}

static json_t *spans_of(stemma_span span)
{
    return json_pack("[[i,i]]", (int)span.start, (int)span.end);
}

static uint32_t add_referent(struct coder *coder, const char *kind, const char *type, json_t *names,
                             json_t *mentions)
{
    json_t *referent = json_object();
    put(referent, "kind", json_string(kind));
    put(referent, "type", json_string(type));
    put(referent, "names", names);
    put(referent, "mentions", mentions);
    push(coder->referents, referent);
    return (uint32_t)json_array_size(coder->referents) - 1;
}

/* Joins a referent with the first of its kind; the first itself is only noted. */
static void join(struct coder *coder, first_met *first, uint32_t ordinal)
{
    char name[sizeof first->referent];
    snprintf(name, sizeof name, "%s.%u", coder->id, ordinal);
    if (first->referent[0] == '\0') {
        memcpy(first->referent, name, sizeof name);
        return;
    }
    push(coder->judgements,
         json_pack("{s:s,s:s,s:s,s:s,s:s}", "record", "judgement", "left", first->referent, "right",
                   name, "verdict", "same", "author", "gold"));
}

/* ---- Entities ----------------------------------------------------------------------------------
 */

static int compare_spans(const void *left, const void *right)
{
    const stemma_span *a = left;
    const stemma_span *b = right;
    return (a->start > b->start) - (a->start < b->start);
}

static void add_entity(struct coder *coder, uint32_t number)
{
    const gold_entity *entity = &coder->gold->entities[number];
    json_t *names = json_array();
    json_t *mentions = json_array();
    stemma_span *spans = need(coder->text.size, sizeof *spans);
    size_t count = 0;
    for (size_t i = 0; i < coder->units.count; i++) {
        const struct unit *unit = &coder->units.items[i];
        if (unit->entity == number && unit->document == coder->position) {
            push(names, json_pack("{s:s}", "text", entity->forms[unit->form]));
            memcpy(spans + count, unit->spans, unit->span_count * sizeof *spans);
            count += unit->span_count;
        }
    }
    qsort(spans, count, sizeof *spans, compare_spans);
    for (size_t i = 0; i < count; i++) {
        push(mentions, json_pack("{s:o,s:s,s:b}", "spans", spans_of(spans[i]), "kind", "name",
                                 "canonical", i == 0));
    }
    free(spans);
    if (count == 0) {
        json_decref(names);
        json_decref(mentions);
        return;
    }
    coder->ordinals[number] = add_referent(coder, "entity", entity->type, names, mentions);
    join(coder, &coder->entities[number], coder->ordinals[number]);
}

/* ---- Events ------------------------------------------------------------------------------------
 */

static stemma_span sentence_at(const struct coder *coder, uint32_t at)
{
    const stemma_document *document = &coder->kb->documents[coder->position].testimony;
    stemma_span sentence = {0, (uint32_t)coder->text.size};
    for (uint32_t i = 0; i < document->sentence_count; i++) {
        if (document->sentences[i] <= at) {
            sentence.start = document->sentences[i];
        } else {
            sentence.end = document->sentences[i];
            break;
        }
    }
    return sentence;
}

/* The first sentence that names a participant, or the first of all. */
static stemma_span sentence_of(const struct coder *coder, const gold_event *event)
{
    for (size_t i = 0; i < event->participant_count; i++) {
        for (size_t k = 0; k < coder->units.count; k++) {
            const struct unit *unit = &coder->units.items[k];
            if (unit->entity == event->participants[i].entity &&
                unit->document == coder->position) {
                return sentence_at(coder, unit->spans[0].start);
            }
        }
    }
    return sentence_at(coder, 0);
}

static json_t *add_assertion(struct coder *coder, uint32_t subject, const char *predicate,
                             json_t *object, gold_realis realis, const char *part,
                             stemma_span evidence)
{
    json_t *assertion = json_pack("{s:i,s:s,s:o,s:s,s:s,s:i,s:[{s:s,s:o}]}", "subject",
                                  (int)subject, "predicate", predicate, "object", object,
                                  "polarity", realis == GOLD_DENIED ? "negative" : "positive",
                                  "realis", realis == GOLD_OTHER ? "other" : "actual", "run", 0,
                                  "evidence", "part", part, "spans", spans_of(evidence));
    if (assertion == NULL) {
        fail("no memory");
    }
    push(coder->assertions, assertion);
    return assertion;
}

static json_t *quantity_of(const char *amount)
{
    return json_pack("{s:{s:s,s:s}}", "quantity", "raw", amount, "amount", amount);
}

static stemma_span span_of(const struct coder *coder, const char *wanted)
{
    size_t size = strlen(wanted);
    for (size_t at = 0; at + size <= coder->text.size; at++) {
        if (memcmp(coder->text.data + at, wanted, size) == 0) {
            stemma_span span = {(uint32_t)at, (uint32_t)(at + size)};
            return span;
        }
    }
    fail("%s does not hold \"%s\"", coder->gold->documents[coder->position].name, wanted);
}

/* Who says so: {"speaker": entity} or {"nominal": words of the document}. */
static uint32_t speaker_named(struct coder *coder, const char *entity, const char *nominal)
{
    if (nominal == NULL) {
        for (uint32_t i = 0; entity != NULL && i < coder->gold->entity_count; i++) {
            if (strcmp(coder->gold->entities[i].id, entity) == 0) {
                return coder->ordinals[i];
            }
        }
        return STEMMA_NONE;
    }
    json_t *mentions = json_pack("[{s:o,s:s,s:b}]", "spans", spans_of(span_of(coder, nominal)),
                                 "kind", "nominal", "canonical", 1);
    json_t *names = json_pack("[{s:s,s:s}]", "text", nominal, "kind", "nominal");
    return add_referent(coder, "entity", "person", names, mentions);
}

/* Whether this document is among those that give a disputed value. */
static int gives(const struct coder *coder, const json_t *value)
{
    const json_t *names = json_object_get(value, "documents");
    for (size_t k = 0; k < json_array_size(names); k++) {
        if (strcmp(json_string_value(json_array_get(names, k)),
                   coder->gold->documents[coder->position].name) == 0) {
            return 1;
        }
    }
    return 0;
}

/* Gives an assertion the speaker whom this document quotes for a disputed value. */
static void quote(struct coder *coder, const json_t *value, json_t *assertion)
{
    const json_t *said = json_object_get(json_object_get(value, "said_by"),
                                         coder->gold->documents[coder->position].name);
    if (said != NULL) {
        uint32_t speaker = speaker_named(coder, json_string_value(json_object_get(said, "speaker")),
                                         json_string_value(json_object_get(said, "nominal")));
        if (speaker == STEMMA_NONE) {
            fail("%s does not name who gives a value",
                 coder->gold->documents[coder->position].name);
        }
        put(assertion, "attribution", json_string("speaker"));
        put(assertion, "stance", json_string("asserts"));
        put(assertion, "speaker", json_integer((json_int_t)speaker));
    }
}

/* What one document says of a disputed event: `value` is a number, or whether it happened. */
static void add_value(struct coder *coder, const gold_event *event, uint32_t referent,
                      const gold_conflict *conflict, const json_t *value, stemma_span sentence,
                      json_t *type)
{
    const char *words = json_string_value(json_object_get(value, "value"));
    if (strcmp(conflict->role, "type") != 0) {
        quote(coder, value,
              add_assertion(coder, referent, conflict->role, quantity_of(words), event->realis,
                            "context", sentence));
    } else if (strcmp(words, "negative") == 0) {
        quote(coder, value,
              add_assertion(coder, referent, "type", json_pack("{s:s}", "text", event->type),
                            GOLD_DENIED, "context", sentence));
    } else {
        quote(coder, value, type);
    }
}

/* The other numbers that this document gives for the event. */
static void add_conflicting(struct coder *coder, const gold_event *event, uint32_t referent,
                            stemma_span sentence, json_t *type)
{
    const json_t *conflicts = json_object_get(coder->gold->root, "conflicts");
    for (size_t i = 0; i < coder->gold->conflict_count; i++) {
        const gold_conflict *conflict = &coder->gold->conflicts[i];
        const json_t *values = json_object_get(json_array_get(conflicts, i), "values");
        for (size_t v = 0; v < conflict->value_count && !conflict->optional; v++) {
            const json_t *value = json_array_get(values, v);
            if (event == &coder->gold->events[conflict->event] && gives(coder, value)) {
                add_value(coder, event, referent, conflict, value, sentence, type);
            }
        }
    }
}

static int has_conflict(const struct gold *gold, const gold_event *event)
{
    for (size_t i = 0; i < gold->conflict_count; i++) {
        if (event == &gold->events[gold->conflicts[i].event] && !gold->conflicts[i].optional &&
            event->count_role != NULL &&
            strcmp(gold->conflicts[i].role, event->count_role) == 0) {
            return 1;
        }
    }
    return 0;
}

static void add_event(struct coder *coder, uint32_t number)
{
    const gold_event *event = &coder->gold->events[number];
    uint32_t referent = add_referent(coder, "event", event->type, json_array(), json_array());
    stemma_span sentence = sentence_of(coder, event);
    const json_t *from = json_array_get(json_object_get(coder->gold->root, "events"), number);
    json_t *type = add_assertion(coder, referent, "type", json_pack("{s:s}", "text", event->type),
                                 event->realis, "context", sentence);
    if (event->dated) {
        json_t *date = json_object_get(from, "date");
        add_assertion(coder, referent, "time", json_pack("{s:{s:O}}", "time", "edtf", date),
                      event->realis, "context", sentence);
    }
    if (event->count_role != NULL && !has_conflict(coder->gold, event)) {
        add_assertion(coder, referent, event->count_role, quantity_of(event->count_amount),
                      event->realis, "context", sentence);
    }
    add_conflicting(coder, event, referent, sentence, type);
    for (size_t i = 0; i < event->participant_count; i++) {
        uint32_t ordinal = coder->ordinals[event->participants[i].entity];
        if (ordinal != STEMMA_NONE) {
            add_assertion(coder, referent, event->participants[i].role,
                          json_pack("{s:i}", "referent", (int)ordinal), event->realis, "context",
                          sentence);
        }
    }
    join(coder, &coder->events[number], referent);
}

/* ---- Attributions ------------------------------------------------------------------------------
 */

static void add_attribution(struct coder *coder, const gold_attribution *attribution)
{
    uint32_t speaker =
        attribution->nominal != NULL
            ? speaker_named(coder, NULL, attribution->nominal)
            : coder->ordinals[attribution->speaker];
    if (speaker == STEMMA_NONE) {
        fail("%s does not name who says \"%s\"", coder->gold->documents[coder->position].name,
             attribution->text);
    }
    stemma_span words = span_of(coder, attribution->text);
    uint32_t referent = add_referent(coder, "event", "statement.say", json_array(), json_array());
    add_assertion(coder, referent, "type", json_pack("{s:s}", "text", "statement.say"), GOLD_ACTUAL,
                  "context", sentence_at(coder, words.start));
    add_assertion(coder, referent, "speaker", json_pack("{s:i}", "referent", (int)speaker),
                  GOLD_ACTUAL, "context", sentence_at(coder, words.start));
    json_t *content =
        add_assertion(coder, referent, "content", json_pack("{s:s}", "text", attribution->text),
                      GOLD_ACTUAL, "filler", words);
    put(content, "attribution", json_string("speaker"));
    put(content, "stance", json_string("asserts"));
    put(content, "speaker", json_integer((json_int_t)speaker));
    if (attribution->via != STEMMA_NONE && coder->ordinals[attribution->via] != STEMMA_NONE) {
        put(content, "via", json_integer((json_int_t)coder->ordinals[attribution->via]));
    }
}

/* ---- Documents ---------------------------------------------------------------------------------
 */

static json_t *offsets_of(const uint32_t *offsets, uint32_t count)
{
    json_t *array = json_array();
    for (uint32_t i = 0; i < count; i++) {
        push(array, json_integer((json_int_t)offsets[i]));
    }
    return array;
}

static void write_document(struct coder *coder)
{
    const stemma_document *document = &coder->kb->documents[coder->position].testimony;
    json_t *line = json_pack("{s:s,s:s}", "record", "document", "id", coder->id);
    json_t *furniture = json_array();
    put_text(line, "uri", document->uri);
    put_text(line, "title", document->title);
    put_text(line, "publisher", document->publisher);
    put_text(line, "agency", document->agency);
    put_text(line, "byline", document->byline);
    put_text(line, "published", document->published.edtf);
    put_text(line, "language", document->language);
    put_text(line, "media_type", document->media_type);
    put_text(line, "text", coder->text);
    put(line, "sentences", offsets_of(document->sentences, document->sentence_count));
    put(line, "paragraphs", offsets_of(document->paragraphs, document->paragraph_count));
    for (uint32_t i = 0; i < document->furniture_count; i++) {
        push(furniture, json_pack("[i,i]", (int)document->furniture[i].start,
                                  (int)document->furniture[i].end));
    }
    put(line, "furniture", furniture);
    put(line, "referents", coder->referents);
    put(line, "assertions", coder->assertions);
    print_line(line);
}

static void document_id(const struct coder *coder, uint32_t position, char id[STEMMA_ID_SIZE])
{
    stemma_reference reference = {STEMMA_REFERENCE_DOCUMENT,
                                  coder->gold->documents[position].number};
    char public_id[STEMMA_ID_SIZE];
    stemma_error error;
    expect_ok(stemma_id_text(coder->kb->snapshot, reference, public_id, &error), &error,
              "the id of a document");
    snprintf(id, STEMMA_ID_SIZE, "%s", public_id + 2); /* without "d." */
}

static void code_document(struct coder *coder, uint32_t position)
{
    const struct gold *gold = coder->gold;
    coder->position = position;
    coder->text = coder->kb->documents[position].text;
    coder->referents = json_array();
    coder->assertions = json_array();
    document_id(coder, position, coder->id);
    for (uint32_t i = 0; i < gold->entity_count; i++) {
        coder->ordinals[i] = STEMMA_NONE;
        if (gold_in(&gold->entities[i].documents, position)) {
            add_entity(coder, i);
        }
    }
    for (uint32_t i = 0; i < gold->event_count; i++) {
        if (gold_in(&gold->events[i].documents, position)) {
            add_event(coder, i);
        }
    }
    for (size_t i = 0; i < gold->attribution_count; i++) {
        if (gold->attributions[i].document == position) {
            add_attribution(coder, &gold->attributions[i]);
        }
    }
    write_document(coder);
}

static void write_judgements(struct coder *coder)
{
    const struct gold *gold = coder->gold;
    size_t index;
    json_t *judgement;
    json_array_foreach(coder->judgements, index, judgement)
    {
        print_line(json_incref(judgement));
    }
    for (uint32_t i = 0; i < gold->entity_count; i++) {
        for (size_t k = 0; k < gold->entities[i].apart_count; k++) {
            print_line(json_pack("{s:s,s:s,s:s,s:s,s:s}", "record", "judgement", "left",
                                 coder->entities[i].referent, "right",
                                 coder->entities[gold->entities[i].apart[k]].referent, "verdict",
                                 "not_same", "author", "gold"));
        }
    }
    for (size_t i = 0; i < gold->copy_count; i++) {
        char from[STEMMA_ID_SIZE];
        char to[STEMMA_ID_SIZE];
        document_id(coder, gold->copies[i].from, from);
        document_id(coder, gold->copies[i].to, to);
        print_line(json_pack("{s:s,s:s,s:s,s:s,s:i,s:s}", "record", "derivation", "from", from,
                             "to", to, "kind", gold->copies[i].kind, "score", 1, "author", "gold"));
    }
}

int main(int argc, char **argv)
{
    static struct report nothing;
    struct gold gold;
    struct kb kb;
    if (argc != 3) {
        fail("usage: gold_testimony KB GOLD.json");
    }
    gold_load(&gold, argv[2]);
    kb_load(&kb, argv[1], &gold);
    struct coder coder = {.gold = &gold, .kb = &kb};
    score_entities(&gold, &kb, &coder.units, &nothing);
    coder.entities = need(gold.entity_count, sizeof *coder.entities);
    coder.events = need(gold.event_count, sizeof *coder.events);
    coder.ordinals = need(gold.entity_count, sizeof *coder.ordinals);
    coder.judgements = json_array();
    print_line(json_pack("{s:s,s:s,s:s,s:s,s:b}", "record", "header", "format", "stemma", "version",
                         "1.0", "offsets", "utf8", "judged", 1));
    print_line(json_pack("{s:s,s:i,s:s,s:s,s:s}", "record", "run", "run", 0, "name", "gold",
                         "version", "1", "kind", "human"));
    for (uint32_t number = 0; number < kb.counts.documents; number++) {
        uint32_t position = kb.position[number];
        if (position != STEMMA_NONE && gold.documents[position].number == number) {
            code_document(&coder, position);
        }
    }
    write_judgements(&coder);
    json_decref(coder.judgements);
    free(coder.entities);
    free(coder.events);
    free(coder.ordinals);
    units_free(&coder.units);
    kb_free(&kb);
    gold_free(&gold);
    return fflush(stdout) != 0 || ferror(stdout) ? 2 : 0;
}
