/* SPDX-License-Identifier: MIT */
#include "pack/judge/event_trigger.h"

#include <stdlib.h>

uint32_t stm_sentence_of(const stemma_document *document, uint32_t position)
{
    uint32_t low = 0;
    uint32_t high = document->sentence_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (document->sentences[middle] <= position) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

stemma_span stm_sentence_span(const stemma_document *document, uint32_t sentence)
{
    uint32_t size = (uint32_t)document->text.size;
    stemma_span span = {0, size};
    if (sentence > 0 && sentence <= document->sentence_count) {
        span.start = document->sentences[sentence - 1];
    }
    if (sentence < document->sentence_count) {
        span.end = document->sentences[sentence];
    }
    span.end = span.end < size ? span.end : size;
    span.start = span.start < span.end ? span.start : span.end;
    return span;
}

uint32_t stm_mention_start(const stemma_mention *mention)
{
    return mention->head.end > mention->head.start ? mention->head.start
           : mention->span_count != 0              ? mention->spans[0].start
                                                   : 0;
}

static uint32_t mention_end(const stemma_mention *mention)
{
    return mention->head.end > mention->head.start ? mention->head.end
           : mention->span_count != 0              ? mention->spans[0].end
                                                   : 0;
}

static int compare_triggers(const void *left, const void *right)
{
    const struct stm_trigger *a = left;
    const struct stm_trigger *b = right;
    if (a->start != b->start) {
        return a->start < b->start ? -1 : 1;
    }
    return (a->event > b->event) - (a->event < b->event);
}

/* The words by which each event is told. */
static stemma_status set_tells(const struct stm_judge_input *input, const struct stm_events *events,
                               const struct stm_triggers *triggers, stm_memory *memory)
{
    struct stm_arena scratch;
    struct stm_word_table table;
    stm_arena_init_in(&scratch, memory);
    stemma_status status = stm_words_open(&table, &scratch);
    for (uint32_t d = 0; status == STEMMA_OK && d < input->document_count; d++) {
        stemma_text text = input->documents[d]->text;
        for (uint32_t t = triggers->first[d]; t < triggers->first[d + 1]; t++) {
            const struct stm_trigger *trigger = &triggers->items[t];
            struct stm_event *event = &events->nodes[trigger->event];
            if (trigger->end > text.size || trigger->start >= trigger->end ||
                event->tell_count == STM_EVENT_TELLS) {
                continue;
            }
            stemma_text head = {text.data + trigger->start, trigger->end - trigger->start};
            struct stm_event_word word = stm_words_look(&table, head);
            uint32_t i = 0;
            while (i < event->tell_count && event->tells[i].word != word.word) {
                i++;
            }
            if (i == event->tell_count) {
                event->tells[event->tell_count++] = word;
            }
        }
    }
    stm_arena_free(&scratch);
    return status;
}

stemma_status stm_triggers_find(const struct stm_judge_input *input,
                                const struct stm_events *events, struct stm_arena *arena,
                                struct stm_triggers *triggers)
{
    size_t total = 0;
    for (uint32_t d = 0; d < input->document_count; d++) {
        stm_memory_check(arena->memory);
        for (uint32_t m = 0; m < input->documents[d]->mention_count; m++) {
            total += input->documents[d]->mentions[m].kind == STEMMA_MENTION_TRIGGER;
        }
    }
    triggers->items = stm_arena_alloc(arena, total, sizeof *triggers->items);
    triggers->first =
        stm_arena_alloc(arena, (size_t)input->document_count + 1, sizeof *triggers->first);
    if (total >= STEMMA_NONE || triggers->items == NULL || triggers->first == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    uint32_t count = 0;
    for (uint32_t d = 0; d < input->document_count; d++) {
        stm_memory_check(arena->memory);
        const stemma_document *document = input->documents[d];
        triggers->first[d] = count;
        for (uint32_t m = 0; m < document->mention_count; m++) {
            const stemma_mention *mention = &document->mentions[m];
            uint32_t event =
                mention->kind == STEMMA_MENTION_TRIGGER && mention->referent != STEMMA_NONE
                    ? stm_events_node(events, d, mention->referent)
                    : STEMMA_NONE;
            if (event != STEMMA_NONE) {
                triggers->items[count].start = stm_mention_start(mention);
                triggers->items[count].end = mention_end(mention);
                triggers->items[count].sentence =
                    stm_sentence_of(document, stm_mention_start(mention));
                triggers->items[count++].event = event;
            }
        }
        if (count != triggers->first[d]) {
            qsort(triggers->items + triggers->first[d], count - triggers->first[d],
                  sizeof *triggers->items, compare_triggers);
        }
    }
    triggers->first[input->document_count] = count;
    return set_tells(input, events, triggers, arena->memory);
}
