/* SPDX-License-Identifier: MIT */
/* Who is who: B-cubed over the forms of gold entities in documents, and joins that must not be. */
#include "score_corpus.h"

#include <stdlib.h>
#include <string.h>

/* A letter or digit, or a byte of one. Punctuation beyond ASCII that news uses (U+2010..U+203F)
   separates words; all else beyond ASCII does not. */
static int joins_word(stemma_text text, size_t at)
{
    uint8_t byte = (uint8_t)text.data[at];
    if (byte < 0x80) {
        return (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
               (byte >= 'a' && byte <= 'z') || byte == '_';
    }
    while (at > 0 && ((uint8_t)text.data[at] & 0xC0) == 0x80) {
        at--;
    }
    return !(at + 1 < text.size && (uint8_t)text.data[at] == 0xE2 &&
             (uint8_t)text.data[at + 1] == 0x80);
}

static int stands_at(stemma_text text, size_t at, stemma_text form)
{
    if (form.size > text.size - at || memcmp(text.data + at, form.data, form.size) != 0) {
        return 0;
    }
    if (at > 0 && joins_word(text, at - 1) && joins_word(text, at)) {
        return 0;
    }
    size_t end = at + form.size;
    return end == text.size || !joins_word(text, end) || !joins_word(text, end - 1);
}

/* The unit of the longest form that stands at a place of the text; a form that two entities bear in
   this document says nothing, so it gives `*size` but no unit. */
static struct unit *unit_at(const struct gold *gold, struct units *units, size_t first,
                            stemma_text text, size_t at, size_t *size)
{
    struct unit *best = NULL;
    *size = 0;
    for (size_t i = first; i < units->count; i++) {
        struct unit *unit = &units->items[i];
        stemma_text form = stemma_text_of(gold->entities[unit->entity].forms[unit->form]);
        if (form.size < *size || !stands_at(text, at, form)) {
            continue;
        }
        best = form.size > *size ? unit : NULL;
        *size = form.size;
    }
    return best;
}

static void find_spans(const struct gold *gold, struct units *units, size_t first, stemma_text text)
{
    for (size_t at = 0; at < text.size;) {
        size_t size;
        struct unit *unit = unit_at(gold, units, first, text, at, &size);
        if (unit != NULL) {
            stemma_span *spans = realloc(unit->spans, (unit->span_count + 1) * sizeof *unit->spans);
            if (spans == NULL) {
                fail("no memory");
            }
            unit->spans = spans;
            unit->spans[unit->span_count].start = (uint32_t)at;
            unit->spans[unit->span_count].end = (uint32_t)(at + size);
            unit->span_count++;
        }
        at += size != 0 ? size : 1;
    }
}

/* The entity that the file takes the words in `span` for. */
static uint32_t entity_at(const kb_document *document, stemma_span span)
{
    const stemma_document *testimony = &document->testimony;
    uint32_t answer = STEMMA_NONE;
    double best = 0.3; /* less in common is another thing */
    for (uint32_t i = 0; i < testimony->mention_count; i++) {
        const stemma_mention *mention = &testimony->mentions[i];
        if (mention->referent == STEMMA_NONE || mention->span_count != 1 ||
            mention->kind == STEMMA_MENTION_TRIGGER ||
            testimony->referents[mention->referent].kind != STEMMA_REFERENT_ENTITY) {
            continue;
        }
        uint32_t shared = span_shared(mention->spans[0], span);
        double of = (double)span_size(mention->spans[0]) + span_size(span) - shared;
        double fit = shared / of + (mention->kind == STEMMA_MENTION_NAME ? 0.01 : 0);
        if (shared != 0 && fit > best) {
            best = fit;
            answer = document->members[mention->referent];
        }
    }
    return answer;
}

/* What most of the places say where the form stands; the lower number when they are equally many.
 */
static uint32_t answer_of(const kb_document *document, const struct unit *unit)
{
    uint32_t answer = STEMMA_NONE;
    size_t most = 0;
    for (size_t i = 0; i < unit->span_count; i++) {
        uint32_t candidate = entity_at(document, unit->spans[i]);
        size_t votes = 0;
        for (size_t k = 0; candidate != STEMMA_NONE && k < unit->span_count; k++) {
            votes += entity_at(document, unit->spans[k]) == candidate;
        }
        if (votes > most || (votes == most && votes != 0 && candidate < answer)) {
            answer = candidate;
            most = votes;
        }
    }
    return answer;
}

static void collect_units(const struct gold *gold, const struct kb *kb, struct units *units)
{
    size_t room = 0;
    for (size_t i = 0; i < gold->entity_count; i++) {
        room += gold->entities[i].form_count * gold->entities[i].documents.count;
    }
    units->items = need(room, sizeof *units->items);
    for (uint32_t d = 0; d < gold->document_count; d++) {
        size_t first = units->count;
        for (uint32_t e = 0; e < gold->entity_count; e++) {
            const gold_entity *entity = &gold->entities[e];
            for (uint32_t f = 0; gold_in(&entity->documents, d) && f < entity->form_count; f++) {
                struct unit fresh = {.document = d, .form = f, .entity = e, .answer = STEMMA_NONE};
                units->items[units->count++] = fresh;
            }
        }
        find_spans(gold, units, first, kb->documents[d].text);
        size_t kept = first;
        for (size_t i = first; i < units->count; i++) {
            if (units->items[i].span_count != 0) {
                units->items[kept] = units->items[i];
                units->items[kept].answer = answer_of(&kb->documents[d], &units->items[kept]);
                kept++;
            }
        }
        units->count = kept;
    }
}

void bcubed(const uint32_t *truth, const uint32_t *answer, size_t count, double *precision,
            double *recall)
{
    double precise = 0;
    double recalled = 0;
    size_t answered = 0;
    for (size_t i = 0; i < count; i++) {
        size_t same_answer = 0;
        size_t same_truth = 0;
        size_t both = 0;
        for (size_t k = 0; k < count; k++) {
            int in_truth = truth[k] == truth[i];
            int in_answer = answer[i] != STEMMA_NONE && answer[k] == answer[i];
            same_truth += (size_t)in_truth;
            same_answer += (size_t)in_answer;
            both += (size_t)(in_truth && in_answer);
        }
        if (answer[i] != STEMMA_NONE) {
            answered++;
            precise += (double)both / (double)same_answer;
        }
        recalled += (double)both / (double)same_truth;
    }
    *precision = answered != 0 ? precise / (double)answered : -1;
    *recall = count != 0 ? recalled / (double)count : -1;
}

static void add_bcubed(const struct gold *gold, const struct units *units, const char *type,
                       const char *name, const char *what, struct report *report)
{
    uint32_t *truth = need(units->count, sizeof *truth);
    uint32_t *answer = need(units->count, sizeof *answer);
    size_t count = 0;
    size_t answered = 0;
    for (size_t i = 0; i < units->count; i++) {
        const struct unit *unit = &units->items[i];
        if (type == NULL || strcmp(gold->entities[unit->entity].type, type) == 0) {
            truth[count] = unit->entity;
            answer[count++] = unit->answer;
            answered += unit->answer != STEMMA_NONE;
        }
    }
    report_counts(report, name, what, (double)answered, (double)answered, (double)count);
    struct figure *figure = &report->figures[report->count - 1];
    bcubed(truth, answer, count, &figure->precision, &figure->recall);
    free(truth);
    free(answer);
}

static void add_types(const struct gold *gold, struct kb *kb, const struct units *units,
                      struct report *report)
{
    size_t right = 0;
    size_t answered = 0;
    for (size_t i = 0; i < units->count; i++) {
        const struct unit *unit = &units->items[i];
        const gold_entity *entity = &gold->entities[unit->entity];
        stemma_entity found;
        stemma_error error;
        if (unit->answer == STEMMA_NONE) {
            detail(report, "entity missed: %s in %s", entity->forms[unit->form],
                   gold->documents[unit->document].name);
            continue;
        }
        expect_ok(stemma_entity_get(kb->snapshot, unit->answer, &found, &error), &error,
                  "an entity");
        answered++;
        if (stemma_text_equal(found.type, stemma_text_of(entity->type))) {
            right++;
        } else {
            detail(report, "type: %s in %s is a %s, not a %.*s", entity->forms[unit->form],
                   gold->documents[unit->document].name, entity->type, (int)found.type.size,
                   found.type.data);
        }
    }
    report_counts(report, "mentions", "names found at all", (double)answered, 0,
                  (double)units->count);
    report_counts(report, "types", "type of the names that were found", (double)right,
                  (double)answered, 0);
}

/* Says which entities fell apart or together, for people who look for the reason. */
static void tell_clusters(const struct gold *gold, struct kb *kb, const struct units *units,
                          struct report *report)
{
    for (size_t i = 0; report->details != NULL && i < units->count; i++) {
        const struct unit *unit = &units->items[i];
        int first = 1;
        for (size_t k = 0; k < i; k++) {
            first = first && (units->items[k].entity != unit->entity ||
                              units->items[k].answer != unit->answer);
        }
        stemma_text label = {"", 0};
        stemma_error error;
        if (first && unit->answer != STEMMA_NONE &&
            stemma_entity_label(kb->snapshot, unit->answer, &label, &error) == STEMMA_OK) {
            detail(report, "entity %s is e%u %.*s: %s in %s ...", gold->entities[unit->entity].id,
                   unit->answer, (int)label.size, label.data,
                   gold->entities[unit->entity].forms[unit->form],
                   gold->documents[unit->document].name);
        }
    }
}

static int are_joined(const struct units *units, uint32_t left, uint32_t right)
{
    for (size_t i = 0; i < units->count; i++) {
        if (units->items[i].entity == left && units->items[i].answer != STEMMA_NONE &&
            units_is(units, right, units->items[i].answer, STEMMA_NONE)) {
            return 1;
        }
    }
    return 0;
}

static void add_forbidden(const struct gold *gold, const struct units *units, struct report *report)
{
    size_t pairs = 0;
    size_t apart = 0;
    for (uint32_t left = 0; left < gold->entity_count; left++) {
        const gold_entity *entity = &gold->entities[left];
        for (size_t k = 0; k < entity->apart_count; k++) {
            uint32_t right = entity->apart[k];
            int seen = 0; /* the pair may be written on both sides */
            for (size_t j = 0; j < gold->entities[right].apart_count; j++) {
                seen = seen || (gold->entities[right].apart[j] == left && right < left);
            }
            if (seen) {
                continue;
            }
            pairs++;
            if (are_joined(units, left, right)) {
                detail(report, "forbidden join: %s and %s", entity->id, gold->entities[right].id);
            } else {
                apart++;
            }
        }
    }
    report_counts(report, "kept_apart", "namesakes and spouses that were not joined", (double)apart,
                  (double)pairs, 0);
}

void score_entities(const struct gold *gold, struct kb *kb, struct units *units,
                    struct report *report)
{
    memset(units, 0, sizeof *units);
    collect_units(gold, kb, units);
    add_bcubed(gold, units, NULL, "entities", "who is who: B-cubed over forms in documents",
               report);
    add_bcubed(gold, units, "person", "persons", "the same, persons only", report);
    add_types(gold, kb, units, report);
    add_forbidden(gold, units, report);
    tell_clusters(gold, kb, units, report);
}

int units_is(const struct units *units, uint32_t entity, uint32_t answer, uint32_t document)
{
    for (size_t i = 0; i < units->count; i++) {
        const struct unit *unit = &units->items[i];
        if (unit->entity == entity && unit->answer == answer &&
            (document == STEMMA_NONE || unit->document == document)) {
            return 1;
        }
    }
    return 0;
}

void units_free(struct units *units)
{
    for (size_t i = 0; i < units->count; i++) {
        free(units->items[i].spans);
    }
    free(units->items);
}
