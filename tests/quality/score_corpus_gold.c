/* SPDX-License-Identifier: MIT */
/* Reads the gold annotation. Names are resolved here, so that the scores deal in numbers only. */
#include "score_corpus.h"

#include <stdlib.h>
#include <string.h>

static const char *text_of(const json_t *object, const char *key, const char *where)
{
    const char *value = json_string_value(json_object_get(object, key));
    if (value == NULL) {
        fail("gold: %s lacks \"%s\"", where, key);
    }
    return value;
}

static uint32_t document_named(const struct gold *gold, const char *name)
{
    for (size_t i = 0; i < gold->document_count; i++) {
        if (strcmp(gold->documents[i].name, name) == 0) {
            return (uint32_t)i;
        }
    }
    fail("gold: no document is called \"%s\"", name);
}

static uint32_t entity_named(const struct gold *gold, const char *id)
{
    for (size_t i = 0; i < gold->entity_count; i++) {
        if (strcmp(gold->entities[i].id, id) == 0) {
            return (uint32_t)i;
        }
    }
    fail("gold: no entity is called \"%s\"", id);
}

static uint32_t event_named(const struct gold *gold, const char *id)
{
    for (size_t i = 0; i < gold->event_count; i++) {
        if (strcmp(gold->events[i].id, id) == 0) {
            return (uint32_t)i;
        }
    }
    fail("gold: no event is called \"%s\"", id);
}

static gold_documents documents_of(const struct gold *gold, const json_t *names, const char *where)
{
    gold_documents documents = {NULL, json_array_size(names)};
    if (documents.count == 0) {
        fail("gold: %s names no documents", where);
    }
    documents.items = need(documents.count, sizeof *documents.items);
    for (size_t i = 0; i < documents.count; i++) {
        const char *name = json_string_value(json_array_get(names, i));
        documents.items[i] = document_named(gold, name != NULL ? name : "");
    }
    return documents;
}

static const char **strings_of(const json_t *array, size_t *count, const char *where)
{
    *count = json_array_size(array);
    if (*count == 0) {
        fail("gold: %s has an empty list", where);
    }
    const char **strings = need(*count, sizeof *strings);
    for (size_t i = 0; i < *count; i++) {
        strings[i] = json_string_value(json_array_get(array, i));
        if (strings[i] == NULL || strings[i][0] == '\0') {
            fail("gold: %s has a list with something else than text in it", where);
        }
    }
    return strings;
}

static void load_documents(struct gold *gold)
{
    json_t *documents = json_object_get(gold->root, "documents");
    const char *name;
    json_t *uri;
    gold->documents = need(json_object_size(documents), sizeof *gold->documents);
    json_object_foreach(documents, name, uri)
    {
        gold_document *document = &gold->documents[gold->document_count++];
        document->name = name;
        document->uri = json_string_value(uri);
        document->number = STEMMA_NONE;
        if (document->uri == NULL) {
            fail("gold: document \"%s\" has no URI", name);
        }
    }
    if (gold->document_count == 0) {
        fail("gold: no documents");
    }
}

static void load_entities(struct gold *gold)
{
    const json_t *list = json_object_get(gold->root, "entities");
    gold->entity_count = json_array_size(list);
    gold->entities = need(gold->entity_count, sizeof *gold->entities);
    for (size_t i = 0; i < gold->entity_count; i++) {
        const json_t *from = json_array_get(list, i);
        gold_entity *to = &gold->entities[i];
        to->id = text_of(from, "id", "an entity");
        to->type = text_of(from, "type", to->id);
        to->forms = strings_of(json_object_get(from, "forms"), &to->form_count, to->id);
        to->documents = documents_of(gold, json_object_get(from, "documents"), to->id);
    }
    for (size_t i = 0; i < gold->entity_count; i++) {
        const json_t *apart = json_object_get(json_array_get(list, i), "not");
        gold_entity *to = &gold->entities[i];
        to->apart_count = json_array_size(apart);
        to->apart = need(to->apart_count, sizeof *to->apart);
        for (size_t k = 0; k < to->apart_count; k++) {
            const char *id = json_string_value(json_array_get(apart, k));
            to->apart[k] = entity_named(gold, id != NULL ? id : "");
        }
    }
}

static gold_realis realis_of(const char *word, const char *where)
{
    if (strcmp(word, "actual") == 0) {
        return GOLD_ACTUAL;
    }
    if (strcmp(word, "other") == 0) {
        return GOLD_OTHER;
    }
    if (strcmp(word, "denied") == 0) {
        return GOLD_DENIED;
    }
    fail("gold: realis of %s is neither actual, other nor denied", where);
}

static void load_event(struct gold *gold, const json_t *from, gold_event *to)
{
    to->id = text_of(from, "id", "an event");
    to->type = text_of(from, "type", to->id);
    if (!gold_has_type(gold, stemma_text_of(to->type))) {
        fail("gold: the type of %s is not among \"types\"", to->id);
    }
    const char *date = text_of(from, "date", to->id);
    to->dated = date[0] != '\0';
    if (to->dated && stemma_edtf_bounds(stemma_text_of(date), &to->bounds) != STEMMA_OK) {
        fail("gold: the date of %s is no EDTF", to->id);
    }
    const json_t *count = json_object_get(from, "count");
    if (count != NULL) {
        to->count_role = text_of(count, "role", to->id);
        to->count_amount = text_of(count, "amount", to->id);
    }
    const json_t *participants = json_object_get(from, "participants");
    to->participant_count = json_array_size(participants);
    to->participants = need(to->participant_count, sizeof *to->participants);
    for (size_t i = 0; i < to->participant_count; i++) {
        const json_t *participant = json_array_get(participants, i);
        to->participants[i].role = text_of(participant, "role", to->id);
        to->participants[i].entity = entity_named(gold, text_of(participant, "entity", to->id));
    }
    to->documents = documents_of(gold, json_object_get(from, "documents"), to->id);
    to->realis = realis_of(text_of(from, "realis", to->id), to->id);
}

static void load_events(struct gold *gold)
{
    const json_t *list = json_object_get(gold->root, "events");
    gold->event_count = json_array_size(list);
    gold->events = need(gold->event_count, sizeof *gold->events);
    for (size_t i = 0; i < gold->event_count; i++) {
        load_event(gold, json_array_get(list, i), &gold->events[i]);
    }
}

static void load_conflicts(struct gold *gold)
{
    const json_t *list = json_object_get(gold->root, "conflicts");
    gold->conflict_count = json_array_size(list);
    gold->conflicts = need(gold->conflict_count, sizeof *gold->conflicts);
    for (size_t i = 0; i < gold->conflict_count; i++) {
        const json_t *from = json_array_get(list, i);
        const json_t *values = json_object_get(from, "values");
        gold_conflict *to = &gold->conflicts[i];
        to->event = event_named(gold, text_of(from, "event", "a conflict"));
        to->role = text_of(from, "role", "a conflict");
        to->value_count = json_array_size(values);
        to->values = need(to->value_count, sizeof *to->values);
        to->independent = need(to->value_count, sizeof *to->independent);
        to->optional = json_is_true(json_object_get(from, "optional"));
        for (size_t k = 0; k < to->value_count; k++) {
            const json_t *value = json_array_get(values, k);
            to->values[k] = text_of(value, "value", "a conflict");
            to->independent[k] =
                (uint32_t)json_integer_value(json_object_get(value, "independent"));
        }
    }
}

static void load_questions(struct gold *gold)
{
    const json_t *list = json_object_get(gold->root, "as_of");
    gold->question_count = json_array_size(list);
    gold->questions = need(gold->question_count, sizeof *gold->questions);
    for (size_t i = 0; i < gold->question_count; i++) {
        const json_t *from = json_array_get(list, i);
        const char *event = json_string_value(json_object_get(from, "event"));
        gold_question *to = &gold->questions[i];
        stemma_time_bounds bounds;
        to->is = from;
        to->date = text_of(from, "date", "a question");
        if (stemma_edtf_bounds(stemma_text_of(to->date), &bounds) != STEMMA_OK) {
            fail("gold: the date of a question is no EDTF: %s", to->date);
        }
        to->end = bounds.end_latest;
        to->event = event != NULL ? event_named(gold, event) : STEMMA_NONE;
        to->entity = event != NULL ? STEMMA_NONE
                                   : entity_named(gold, text_of(from, "entity", "a question"));
        to->known = json_is_true(json_object_get(from, "known"));
    }
}

static void load_copies(struct gold *gold)
{
    const json_t *list = json_object_get(gold->root, "copies");
    gold->copy_count = json_array_size(list);
    gold->copies = need(gold->copy_count, sizeof *gold->copies);
    for (size_t i = 0; i < gold->copy_count; i++) {
        const json_t *from = json_array_get(list, i);
        gold->copies[i].from = document_named(gold, text_of(from, "from", "a copy"));
        gold->copies[i].to = document_named(gold, text_of(from, "to", "a copy"));
        gold->copies[i].kind = text_of(from, "kind", "a copy");
    }
    list = json_object_get(gold->root, "not_copies");
    gold->not_copy_count = json_array_size(list);
    gold->not_copies = need(gold->not_copy_count, sizeof *gold->not_copies);
    for (size_t i = 0; i < gold->not_copy_count; i++) {
        gold_documents pair = documents_of(gold, json_array_get(list, i), "not_copies");
        if (pair.count != 2) {
            fail("gold: \"not_copies\" holds something else than pairs");
        }
        gold->not_copies[i].from = pair.items[0];
        gold->not_copies[i].to = pair.items[1];
        free(pair.items);
    }
}

static void load_attributions(struct gold *gold)
{
    const json_t *list = json_object_get(gold->root, "attributions");
    gold->attribution_count = json_array_size(list);
    gold->attributions = need(gold->attribution_count, sizeof *gold->attributions);
    for (size_t i = 0; i < gold->attribution_count; i++) {
        const json_t *from = json_array_get(list, i);
        gold_attribution *to = &gold->attributions[i];
        const char *speaker = json_string_value(json_object_get(from, "speaker"));
        const char *via = json_string_value(json_object_get(from, "via"));
        to->document = document_named(gold, text_of(from, "document", "an attribution"));
        to->text = text_of(from, "text", "an attribution");
        to->nominal = json_string_value(json_object_get(from, "nominal"));
        to->speaker = speaker != NULL ? entity_named(gold, speaker) : STEMMA_NONE;
        to->via = via != NULL ? entity_named(gold, via) : STEMMA_NONE;
        if ((speaker == NULL) == (to->nominal == NULL)) {
            fail("gold: \"%s\" needs either a speaker or a nominal", to->text);
        }
    }
}

void gold_load(struct gold *out, const char *path)
{
    json_error_t error;
    memset(out, 0, sizeof *out);
    out->root = json_load_file(path, JSON_REJECT_DUPLICATES, &error);
    if (out->root == NULL) {
        fail("%s:%d:%d: %s", path, error.line, error.column, error.text);
    }
    load_documents(out);
    if (json_object_get(out->root, "events") != NULL) {
        const json_t *types = json_object_get(out->root, "types");
        out->types = strings_of(types, &out->type_count, "\"types\"");
    }
    load_entities(out);
    load_events(out);
    load_conflicts(out);
    load_copies(out);
    load_attributions(out);
    load_questions(out);
}

void gold_free(struct gold *gold)
{
    for (size_t i = 0; i < gold->entity_count; i++) {
        free(gold->entities[i].forms);
        free(gold->entities[i].documents.items);
        free(gold->entities[i].apart);
    }
    for (size_t i = 0; i < gold->event_count; i++) {
        free(gold->events[i].participants);
        free(gold->events[i].documents.items);
    }
    for (size_t i = 0; i < gold->conflict_count; i++) {
        free(gold->conflicts[i].values);
        free(gold->conflicts[i].independent);
    }
    free(gold->documents);
    free(gold->types);
    free(gold->entities);
    free(gold->events);
    free(gold->conflicts);
    free(gold->copies);
    free(gold->not_copies);
    free(gold->attributions);
    free(gold->questions);
    json_decref(gold->root);
}

int gold_has_type(const struct gold *gold, stemma_text type)
{
    for (size_t i = 0; i < gold->type_count; i++) {
        if (stemma_text_equal(type, stemma_text_of(gold->types[i]))) {
            return 1;
        }
    }
    return 0;
}

int gold_in(const gold_documents *documents, uint32_t document)
{
    for (size_t i = 0; i < documents->count; i++) {
        if (documents->items[i] == document) {
            return 1;
        }
    }
    return 0;
}
