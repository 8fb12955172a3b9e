/* SPDX-License-Identifier: MIT */
/**
 * @file test_extract_event_support.h
 * Reads sentences and asks what was understood of them.
 */
#ifndef STEMMA_TEST_EXTRACT_EVENT_SUPPORT_H
#define STEMMA_TEST_EXTRACT_EVENT_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "pack/extract/extract.h"
#include "support/reader_model.h"

struct reading {
    struct stm_arena arena;
    stemma_document input;
    stemma_document output;
};

static inline void read_text(struct reading *reading, const char *text, const char *published)
{
    memset(reading, 0, sizeof *reading);
    stm_arena_init(&reading->arena, 0);
    reading->input.text = stemma_text_of(text);
    reading->input.published.edtf = stemma_text_of(published);
    reading->input.language = stemma_text_of("en");
    stemma_error error = {0};
    if (stm_extract(reader_model(), &reading->input, 0, &reading->arena, &reading->output, &error) != STEMMA_OK) {
        fail_msg("%s: %s", error.code, error.message);
    }
}

static inline void forget(struct reading *reading)
{
    stm_arena_free(&reading->arena);
}

static inline int says(stemma_text text, const char *wanted)
{
    return stemma_text_equal(text, stemma_text_of(wanted));
}

/** Whether a referent has a mention with exactly these words. */
static inline int is_called(const struct reading *reading, uint32_t referent, const char *words)
{
    const stemma_document *document = &reading->output;
    for (uint32_t i = 0; i < document->mention_count; i++) {
        const stemma_mention *mention = &document->mentions[i];
        stemma_span span = mention->spans[0];
        stemma_text text = {document->text.data + span.start, span.end - span.start};
        if (mention->referent == referent && says(text, words)) {
            return 1;
        }
    }
    return 0;
}

/** Whether an object is this: a referent so called, a text, an EDTF date, or an amount. */
static inline int is_object(const struct reading *reading, const stemma_object *object,
                            const char *wanted)
{
    switch ((stemma_object_kind)object->kind) {
    case STEMMA_OBJECT_REFERENT:
        return is_called(reading, object->as.referent, wanted);
    case STEMMA_OBJECT_TEXT:
        return says(object->as.text, wanted);
    case STEMMA_OBJECT_TIME:
        return says(object->as.time.edtf, wanted);
    case STEMMA_OBJECT_PLACE:
        return says(object->as.place.raw, wanted);
    case STEMMA_OBJECT_QUANTITY:
        return says(object->as.quantity.amount, wanted);
    default:
        return 0;
    }
}

/** The event of a type that a trigger word stands for; STEMMA_NONE when there is none. */
static inline uint32_t event_of(const struct reading *reading, const char *type,
                                const char *trigger)
{
    for (uint32_t i = 0; i < reading->output.referent_count; i++) {
        if (reading->output.referents[i].kind == STEMMA_REFERENT_EVENT &&
            says(reading->output.referents[i].type, type) && is_called(reading, i, trigger)) {
            return i;
        }
    }
    return STEMMA_NONE;
}

/** The entity so called; STEMMA_NONE when there is none. */
static inline uint32_t entity_of(const struct reading *reading, const char *words)
{
    for (uint32_t i = 0; i < reading->output.referent_count; i++) {
        if (reading->output.referents[i].kind == STEMMA_REFERENT_ENTITY &&
            is_called(reading, i, words)) {
            return i;
        }
    }
    return STEMMA_NONE;
}

static inline uint32_t count_events(const struct reading *reading, const char *type)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < reading->output.referent_count; i++) {
        count += reading->output.referents[i].kind == STEMMA_REFERENT_EVENT &&
                 says(reading->output.referents[i].type, type);
    }
    return count;
}

/** The first assertion with this object (NULL: any); NULL when nothing of the kind is said. */
static inline const stemma_assertion *find_said(const struct reading *reading, uint32_t subject,
                                                const char *predicate, const char *object)
{
    for (uint32_t i = 0; i < reading->output.assertion_count; i++) {
        const stemma_assertion *assertion = &reading->output.assertions[i];
        if (assertion->subject == subject && says(assertion->predicate, predicate) &&
            (object == NULL || is_object(reading, &assertion->object, object))) {
            return assertion;
        }
    }
    return NULL;
}

static inline void expect_said(const struct reading *reading, uint32_t subject,
                               const char *predicate, const char *object)
{
    if (subject == STEMMA_NONE) {
        fail_msg("nothing there to have %s %s", predicate, object);
    }
    if (find_said(reading, subject, predicate, object) == NULL) {
        fail_msg("not understood: %s %s", predicate, object);
    }
}

static inline void expect_unsaid(const struct reading *reading, uint32_t subject,
                                 const char *predicate, const char *object)
{
    if (find_said(reading, subject, predicate, object) != NULL) {
        fail_msg("wrongly understood: %s %s", predicate, object != NULL ? object : "(anything)");
    }
}

#endif
