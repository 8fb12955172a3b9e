/* SPDX-License-Identifier: MIT */
/* Who stands behind what is said: copies among the documents, speakers, and sources that disagree.
 */
#include "score_corpus.h"

#include <stdlib.h>
#include <string.h>

/* ---- Copies ------------------------------------------------------------------------------------
 */

static uint32_t group_of(const uint32_t *groups, uint32_t document)
{
    while (groups[document] != document) {
        document = groups[document];
    }
    return document;
}

static const gold_copy *find_pair(const gold_copy *pairs, size_t count, uint32_t a, uint32_t b)
{
    for (size_t i = 0; i < count; i++) {
        if ((pairs[i].from == a && pairs[i].to == b) || (pairs[i].from == b && pairs[i].to == a)) {
            return &pairs[i];
        }
    }
    return NULL;
}

static const char *kind_name(uint8_t kind)
{
    static const char *const names[] = {"", "copy", "excerpt", "revision", "quotes", "same_agency"};
    return kind < sizeof names / sizeof names[0] ? names[kind] : "";
}

/* A derivation that stands, between two documents of the gold; same agency is a weaker thing. */
static int counts_as_copy(const struct kb *kb, const stemma_derivation *derivation)
{
    return derivation->retracted.size == 0 && derivation->kind != STEMMA_DERIVATION_SAME_AGENCY &&
           kb->position[derivation->from] != STEMMA_NONE &&
           kb->position[derivation->to] != STEMMA_NONE;
}

void score_copies(const struct gold *gold, struct kb *kb, struct report *report)
{
    uint32_t *groups = need(gold->document_count, sizeof *groups);
    unsigned char *hit = need(gold->copy_count, 1);
    size_t right = 0;
    size_t wrong = 0;
    size_t kinds = 0;
    for (uint32_t i = 0; i < gold->document_count; i++) {
        groups[i] = i;
    }
    for (size_t i = 0; i < gold->copy_count; i++) {
        groups[group_of(groups, gold->copies[i].from)] = group_of(groups, gold->copies[i].to);
    }
    for (uint32_t number = 0; number < kb->counts.documents; number++) {
        const stemma_derivation *derivations;
        uint32_t count;
        stemma_error error;
        stemma_status status =
            stemma_derivations_of(kb->snapshot, number, &derivations, &count, &error);
        if (status == STEMMA_NOT_FOUND) {
            continue;
        }
        expect_ok(status, &error, "the derivations of a document");
        for (uint32_t i = 0; i < count; i++) {
            if (!counts_as_copy(kb, &derivations[i])) {
                continue;
            }
            uint32_t from = kb->position[derivations[i].from];
            uint32_t to = kb->position[derivations[i].to];
            const gold_copy *copy = find_pair(gold->copies, gold->copy_count, from, to);
            if (copy != NULL && !hit[copy - gold->copies]) {
                hit[copy - gold->copies] = 1;
                right++;
                kinds +=
                    copy->from == from && strcmp(copy->kind, kind_name(derivations[i].kind)) == 0;
            } else if (copy == NULL && group_of(groups, from) != group_of(groups, to)) {
                wrong++;
                detail(report, "no copy: %s of %s", gold->documents[from].name,
                       gold->documents[to].name);
            }
        }
    }
    for (size_t i = 0; i < gold->copy_count; i++) {
        if (!hit[i]) {
            detail(report, "copy missed: %s of %s", gold->documents[gold->copies[i].from].name,
                   gold->documents[gold->copies[i].to].name);
        }
    }
    report_counts(report, "copies", "documents that derive from others, as pairs", (double)right,
                  (double)(right + wrong), (double)gold->copy_count);
    report_counts(report, "copy_kinds", "kind and direction of the copies that were found",
                  (double)kinds, (double)right, 0);
    free(groups);
    free(hit);
}

/* ---- Attributions ------------------------------------------------------------------------------
 */

static stemma_span find_text(stemma_text text, const char *wanted)
{
    stemma_span span = {0, 0};
    size_t size = strlen(wanted);
    for (size_t at = 0; at + size <= text.size; at++) {
        if (memcmp(text.data + at, wanted, size) == 0) {
            span.start = (uint32_t)at;
            span.end = (uint32_t)(at + size);
            break;
        }
    }
    return span;
}

/* How many bytes support the assertion, when they cover most of `span`; 0 otherwise. Words that
   fill the object are better support than the sentence around them. */
static uint64_t support(const stemma_assertion *assertion, stemma_span span)
{
    uint64_t best = 0;
    for (uint32_t i = 0; i < assertion->evidence_count; i++) {
        const stemma_evidence *evidence = &assertion->evidence[i];
        uint64_t shared = 0;
        uint64_t size = 0;
        for (uint32_t k = 0; k < evidence->span_count; k++) {
            shared += span_shared(evidence->spans[k], span);
            size += span_size(evidence->spans[k]);
        }
        size += evidence->part == STEMMA_EVIDENCE_FILLER ? 0 : (uint64_t)1 << 32;
        if (2 * shared >= span_size(span) && (best == 0 || size < best)) {
            best = size;
        }
    }
    return best;
}

/* The assertion that says most closely who is behind the words in `span`, or NULL. */
static const stemma_assertion *attributed(const stemma_document *document, stemma_span span)
{
    const stemma_assertion *answer = NULL;
    uint64_t best = 0;
    for (uint32_t i = 0; i < document->assertion_count; i++) {
        const stemma_assertion *assertion = &document->assertions[i];
        if (assertion->attribution != STEMMA_ATTRIBUTION_SPEAKER ||
            assertion->speaker >= document->referent_count) {
            continue;
        }
        uint64_t size = support(assertion, span);
        int is_content = stemma_text_equal(assertion->predicate, stemma_text_of("content"));
        size += size != 0 && !is_content ? (uint64_t)1 << 31 : 0;
        if (size != 0 && (best == 0 || size < best)) {
            best = size;
            answer = assertion;
        }
    }
    return answer;
}

static int mentioned_as(const kb_document *document, uint32_t referent, const char *nominal)
{
    stemma_span wanted = find_text(document->text, nominal);
    for (uint32_t i = 0; i < document->testimony.mention_count; i++) {
        const stemma_mention *mention = &document->testimony.mentions[i];
        if (mention->referent == referent && span_shared(mention->spans[0], wanted) != 0) {
            return 1;
        }
    }
    return 0;
}

void score_attributions(const struct gold *gold, struct kb *kb, const struct units *units,
                        struct report *report)
{
    size_t right = 0;
    size_t answered = 0;
    for (size_t i = 0; i < gold->attribution_count; i++) {
        const gold_attribution *wanted = &gold->attributions[i];
        const kb_document *document = &kb->documents[wanted->document];
        const char *name = gold->documents[wanted->document].name;
        stemma_span span = find_text(document->text, wanted->text);
        const stemma_assertion *found =
            span_size(span) != 0 ? attributed(&document->testimony, span) : NULL;
        if (found == NULL) {
            detail(report, "speaker missed: \"%s\" in %s", wanted->text, name);
            continue;
        }
        answered++;
        if (wanted->nominal != NULL
                ? mentioned_as(document, found->speaker, wanted->nominal)
                : units_is(units, wanted->speaker, document->members[found->speaker],
                           wanted->document)) {
            right++;
        } else {
            detail(report, "speaker wrong: \"%s\" in %s", wanted->text, name);
        }
    }
    report_counts(report, "attributions", "who is quoted", (double)right, (double)answered,
                  (double)gold->attribution_count);
}
