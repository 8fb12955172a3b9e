/* SPDX-License-Identifier: MIT */
/* That words which are quoted stand in the text where the evidence says. */
#include "write/validate.h"

#include "base/error.h"
#include "limits.h"

#include <stdio.h>

/* Comparing fillers of one document stops after so many bytes: evidence can repeat one long span
   as often as there is room for it. Honest testimony needs a few per cent of its text. */
#define COMPARED_AT_MOST ((uint64_t)256 << 20)

static int is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' || c == '\v';
}

/* Walks over the characters of some spans of a text, one space for each run of white space and for
   each gap between spans. */
typedef struct slice_walk {
    stemma_text text;
    const stemma_span *spans;
    uint32_t count;
    uint32_t span;
    size_t at; /* in the current span */
    int gap;   /* white space was passed since the last character */
    int begun;
    uint64_t steps;
} slice_walk;

/* Next byte, -1 at the end. */
static int slice_next(slice_walk *walk)
{
    for (;;) {
        walk->steps++;
        if (walk->span == walk->count) {
            return -1;
        }
        const stemma_span *span = &walk->spans[walk->span];
        if (span->start + walk->at >= span->end || span->end > walk->text.size) {
            walk->span++;
            walk->at = 0;
            walk->gap = walk->begun;
            continue;
        }
        char c = walk->text.data[span->start + walk->at];
        if (is_space(c)) {
            walk->at++;
            walk->gap = walk->begun;
            continue;
        }
        if (walk->gap) {
            walk->gap = 0;
            return ' ';
        }
        walk->at++;
        walk->begun = 1;
        return (uint8_t)c;
    }
}

/* Whether the spans read the same as `words`, white space aside. Adds the work to `*steps`. */
static int reads_as(stemma_text text, const stemma_span *spans, uint32_t count, stemma_text words,
                    uint64_t *steps)
{
    stemma_span whole = {0, (uint32_t)words.size};
    slice_walk a = {text, spans, count, 0, 0, 0, 0, 0}, b = {words, &whole, 1, 0, 0, 0, 0, 0};
    int left, right;
    do {
        left = slice_next(&a);
        right = slice_next(&b);
    } while (left == right && left >= 0);
    *steps += a.steps;
    return left == right;
}

static stemma_status too_much(const char *where, stemma_error *error)
{
    return stm_fail(error, STEMMA_E_LIMIT, "EVIDENCE_TOO_LONG", where,
                    "the document's evidence and names are more than can be compared with its text");
}

/* The words of the object that its filler must read; empty when it need not read anything. */
static stemma_text literal_words(const stemma_object *object)
{
    stemma_text none = {NULL, 0};
    switch (object->kind) {
    case STEMMA_OBJECT_TIME:
        return object->as.time.raw;
    case STEMMA_OBJECT_PLACE:
        return object->as.place.raw;
    case STEMMA_OBJECT_QUANTITY:
        return object->as.quantity.raw;
    default:
        return none;
    }
}

stemma_status stm_validate_filler(const stemma_document *document, uint32_t assertion,
                                  uint64_t *work, stemma_error *error)
{
    const stemma_assertion *a = &document->assertions[assertion];
    stemma_text words = literal_words(&a->object);
    int fillers = 0;
    char where[48];
    if (document->text.size == 0 || words.size == 0) {
        return STEMMA_OK;
    }
    snprintf(where, sizeof where, "assertion %u", assertion);
    for (uint32_t i = 0; i < a->evidence_count; i++) {
        const stemma_evidence *evidence = &a->evidence[i];
        if (evidence->part != STEMMA_EVIDENCE_FILLER) {
            continue;
        }
        fillers++;
        if (reads_as(document->text, evidence->spans, evidence->span_count, words, work)) {
            return STEMMA_OK;
        }
        if (*work > COMPARED_AT_MOST) {
            return too_much(where, error);
        }
    }
    if (fillers == 0) {
        return STEMMA_OK;
    }
    return stm_broken(error, "FILLER_MISMATCH", where,
                      "the text does not read \"%.*s\" where the evidence says",
                      (int)(words.size < 80 ? words.size : 80), words.data);
}

stemma_status stm_validate_canonical_name(const stemma_document *document, uint32_t mention,
                                          uint64_t *work, stemma_error *error)
{
    const stemma_mention *m = &document->mentions[mention];
    char where[48];
    if (document->text.size == 0 || !m->canonical || m->kind != STEMMA_MENTION_NAME ||
        m->referent == STEMMA_NONE) {
        return STEMMA_OK;
    }
    const stemma_referent *referent = &document->referents[m->referent];
    snprintf(where, sizeof where, "mention %u", mention);
    for (uint32_t i = 0; i < referent->name_count; i++) {
        if (reads_as(document->text, m->spans, m->span_count, referent->names[i].text, work)) {
            return STEMMA_OK;
        }
        if (*work > COMPARED_AT_MOST) {
            return too_much(where, error);
        }
    }
    if (referent->name_count == 0) {
        return STEMMA_OK;
    }
    return stm_broken(error, "NAME_MISMATCH", where,
                      "the canonical mention reads none of the names of referent %u", m->referent);
}
