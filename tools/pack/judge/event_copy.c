/* SPDX-License-Identifier: MIT */
#include "pack/judge/event_copy.h"

#include <stdlib.h>

#define DRIFT  24u /* bytes that a word may move inside a passage by other punctuation */
#define LOOKED 64u /* triggers of one place that are looked at */

static int compare_twins(const void *left, const void *right)
{
    const struct stm_event_twin *a = left;
    const struct stm_event_twin *b = right;
    if (a->left != b->left) {
        return a->left < b->left ? -1 : 1;
    }
    return (a->right > b->right) - (a->right < b->right);
}

/* The first range that ends behind `position` in `from`, or the number of ranges. */
static uint32_t range_at(const stemma_derivation *derivation, uint32_t position)
{
    uint32_t low = 0;
    uint32_t high = derivation->range_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (derivation->ranges[middle].from.end <= position) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* The first trigger of a document at or after `position`. */
static uint32_t trigger_at(const struct stm_triggers *triggers, uint32_t document,
                           uint32_t position)
{
    uint32_t low = triggers->first[document];
    uint32_t high = triggers->first[document + 1];
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (triggers->items[middle].start < position) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static int same_type(const struct stm_events *events, uint32_t a, uint32_t b)
{
    return stemma_text_equal(events->nodes[a].type, events->nodes[b].type);
}

/* The event of the type of `event` that is told nearest to `position`, at most `reach` bytes away.
 */
static uint32_t nearest(const struct stm_events *events, const struct stm_triggers *triggers,
                        uint32_t document, uint32_t event, uint32_t position, uint32_t reach)
{
    uint32_t best = STEMMA_NONE;
    uint32_t distance = reach;
    uint32_t from = position > reach ? position - reach : 0;
    uint32_t first = trigger_at(triggers, document, from);
    for (uint32_t t = first; t < triggers->first[document + 1] && t - first < LOOKED; t++) {
        const struct stm_trigger *trigger = &triggers->items[t];
        if (trigger->start > position && trigger->start - position > reach) {
            break;
        }
        uint32_t away =
            trigger->start > position ? trigger->start - position : position - trigger->start;
        if (away <= distance && same_type(events, trigger->event, event) &&
            (best == STEMMA_NONE || away < distance)) {
            best = trigger->event;
            distance = away;
        }
    }
    return best;
}

/* The only event of the type of `event` that is told in a sentence; STEMMA_NONE when there are two
   or none. */
static uint32_t only_in_sentence(const struct stm_events *events,
                                 const struct stm_triggers *triggers,
                                 const stemma_document *document, uint32_t number,
                                 uint32_t sentence, uint32_t event)
{
    uint32_t found = STEMMA_NONE;
    stemma_span span = stm_sentence_span(document, sentence);
    uint32_t first = trigger_at(triggers, number, span.start);
    for (uint32_t t = first; t < triggers->first[number + 1] && triggers->items[t].start < span.end;
         t++) {
        uint32_t other = triggers->items[t].event;
        if (t - first >= LOOKED) {
            return STEMMA_NONE;
        }
        if (same_type(events, other, event) && other != found) {
            if (found != STEMMA_NONE) {
                return STEMMA_NONE;
            }
            found = other;
        }
    }
    return found;
}

/* The event of `to` that a trigger of `from` tells of in the same words, or STEMMA_NONE. */
static uint32_t counterpart(const struct stm_judge_input *input,
                            const stemma_derivation *derivation, const struct stm_events *events,
                            const struct stm_triggers *triggers, const struct stm_trigger *trigger)
{
    const stemma_document *from = input->documents[derivation->from];
    const stemma_document *to = input->documents[derivation->to];
    stemma_span sentence = stm_sentence_span(from, trigger->sentence);
    uint32_t r = range_at(derivation, trigger->start);
    if (r < derivation->range_count && derivation->ranges[r].from.start <= trigger->start) {
        const stemma_shared_range *range = &derivation->ranges[r];
        uint32_t place = range->to.start + (trigger->start - range->from.start);
        return nearest(events, triggers, derivation->to, trigger->event, place, DRIFT);
    }
    /* The word itself was edited: the rest of its sentence was not. */
    r = range_at(derivation, sentence.start);
    if (r == derivation->range_count || derivation->ranges[r].from.start >= sentence.end ||
        only_in_sentence(events, triggers, from, derivation->from, trigger->sentence,
                         trigger->event) != trigger->event) {
        return STEMMA_NONE;
    }
    const stemma_shared_range *range = &derivation->ranges[r];
    uint32_t start = range->from.start > sentence.start ? range->from.start : sentence.start;
    uint32_t end = range->from.end < sentence.end ? range->from.end : sentence.end;
    if (end <= start || (end - start) * 2 < sentence.end - sentence.start) {
        return STEMMA_NONE;
    }
    uint32_t place = range->to.start + (start + (end - start) / 2 - range->from.start);
    if (place >= to->text.size) {
        return STEMMA_NONE;
    }
    return only_in_sentence(events, triggers, to, derivation->to, stm_sentence_of(to, place),
                            trigger->event);
}

stemma_status stm_events_copied(const struct stm_judge_input *input,
                                const struct stm_verdicts *verdicts,
                                const struct stm_events *events,
                                const struct stm_triggers *triggers, struct stm_arena *arena,
                                struct stm_event_twin **twins, size_t *count)
{
    size_t capacity = 0;
    *twins = NULL;
    *count = 0;
    for (size_t i = 0; i < verdicts->derivation_count; i++) {
        const stemma_derivation *derivation = &verdicts->derivations[i];
        if (derivation->retracted.size != 0 || derivation->range_count == 0) {
            continue;
        }
        for (uint32_t t = triggers->first[derivation->from];
             t < triggers->first[derivation->from + 1]; t++) {
            uint32_t event = triggers->items[t].event;
            uint32_t other = counterpart(input, derivation, events, triggers, &triggers->items[t]);
            if (other == STEMMA_NONE) {
                continue;
            }
            stemma_status status = stm_arena_grow(arena, twins, *count, &capacity, sizeof **twins);
            if (status != STEMMA_OK) {
                return status;
            }
            (*twins)[*count].left = event < other ? event : other;
            (*twins)[(*count)++].right = event < other ? other : event;
        }
    }
    size_t kept = 0;
    if (*count != 0) {
        stm_arena_sort(arena, *twins, *count, sizeof **twins, compare_twins);
    }
    for (size_t i = 0; i < *count; i++) {
        if (kept == 0 || compare_twins(&(*twins)[i], &(*twins)[kept - 1]) != 0) {
            (*twins)[kept++] = (*twins)[i];
        }
    }
    *count = kept;
    return STEMMA_OK;
}
