/* SPDX-License-Identifier: MIT */
/* Events: what verbs and nouns tell is found, what tells of the same happening is joined, and each
   happening becomes testimony. */
#include "pack/extract/event_find.h"
#include "pack/extract/event_headline.h"
#include "pack/extract/event_merge.h"
#include "pack/extract/event_nominal.h"
#include "pack/extract/event_obligation.h"
#include "pack/extract/event_other.h"
#include "pack/extract/event_relation.h"
#include "pack/extract/event_state.h"
#include "pack/extract/event_succession.h"

/** "the 30" counts the same as "30 inmates" that the same happening was told with before. */
static stemma_quantity fuller_quantity(const struct stm_annotation *ann, uint32_t since,
                                       const char *role, const stemma_quantity *quantity)
{
    uint32_t first = ann->assertion_count > since + 100 ? ann->assertion_count - 100 : since;
    if (quantity->counted.size == 0 && quantity->amount.size != 0) {
        for (uint32_t i = first; i < ann->assertion_count; i++) {
            const stemma_assertion *other = &ann->assertions[i].value;
            if (other->object.kind == STEMMA_OBJECT_QUANTITY &&
                stemma_text_equal(other->predicate, stemma_text_of(role)) &&
                stemma_text_equal(other->object.as.quantity.amount, quantity->amount) &&
                other->object.as.quantity.modifier == quantity->modifier) {
                stemma_quantity fuller = other->object.as.quantity;
                fuller.raw = quantity->raw; /* the words are those that stand here */
                return fuller;
            }
        }
    }
    return *quantity;
}

static stemma_status emit_filler(struct stm_events *events, const struct stm_candidate *candidate,
                                 const struct stm_filler *filler, uint32_t event, uint32_t since)
{
    struct stm_annotation *ann = events->ann;
    stemma_span trigger = stm_ann_span(ann, candidate->first, candidate->count);
    stemma_span words = stm_ann_span(ann, filler->first, filler->count);
    stemma_object object;
    if (filler->quantity != STEMMA_NONE) {
        const struct stm_quantity_mention *quantity = &ann->quantities[filler->quantity];
        object = stm_object_quantity(fuller_quantity(ann, since, filler->role, &quantity->value));
        words = stm_ann_span(ann, quantity->first, quantity->count);
    } else if (filler->text) {
        object = stm_object_text(stm_ann_words(ann, filler->first, filler->count));
    } else {
        object = stm_object_referent(filler->referent);
    }
    return stm_emit(ann, since, event, filler->role, &object, &candidate->stand, trigger, words,
                    candidate->first);
}

static stemma_status emit_candidate(struct stm_events *events,
                                    const struct stm_candidate *candidate, uint32_t event,
                                    uint32_t since)
{
    struct stm_annotation *ann = events->ann;
    const struct stm_event_frame *frame = stm_event_frame_of(candidate->kind);
    stemma_span trigger = stm_ann_span(ann, candidate->first, candidate->count);
    stemma_object type = stm_object_text(stemma_text_of(frame->type));
    stemma_status status = stm_emit(ann, since, event, "type", &type, &candidate->stand, trigger,
                                    trigger, candidate->first);
    for (uint32_t i = 0; i < candidate->filler_count && status == STEMMA_OK; i++) {
        status = emit_filler(events, candidate, &events->fillers[candidate->filler_first + i],
                             event, since);
    }
    if (status == STEMMA_OK && candidate->time != STEMMA_NONE) {
        const struct stm_time_mention *time = &ann->times[candidate->time];
        stemma_object object = stm_object_time(time->value);
        status = stm_emit(ann, since, event, "time", &object, &candidate->stand, trigger,
                          stm_ann_span(ann, time->first, time->count), candidate->first);
    }
    if (status == STEMMA_OK && candidate->place_mention != STEMMA_NONE) {
        uint32_t referent = STEMMA_NONE;
        const struct stm_mention *place = &ann->mentions[candidate->place_mention];
        stemma_span words = stm_ann_span(ann, place->first, place->count);
        status = stm_ann_referent_for_mention(ann, candidate->place_mention, &referent);
        if (status == STEMMA_OK && referent != STEMMA_NONE) {
            stemma_object object = stm_object_place(ann, candidate->place_mention, referent);
            status = stm_emit(ann, since, event, "place", &object, &candidate->stand, trigger,
                              words, candidate->first);
        }
    }
    return status;
}

/** How well a trigger shows the happening: a verb of the body that says that it was so. */
static int showing(const struct stm_candidate *candidate)
{
    return (candidate->nominal ? 0 : 4) + (candidate->in_title ? 0 : 2) +
           (candidate->stand.realis == STEMMA_REALIS_ACTUAL ? 8 : 0) +
           (candidate->anaphoric ? 0 : 1);
}

/** Whether a happening that only one definite noun speaks of says anything. */
static int is_empty(const struct stm_events *events, uint32_t leader, const uint32_t *next)
{
    for (uint32_t i = leader; i != STEMMA_NONE; i = next[i]) {
        const struct stm_candidate *candidate = &events->candidates[i];
        if (candidate->filler_count != 0 || candidate->nobody ||
            stm_event_frame_of(candidate->kind)->family == STM_FAMILY_LOOSE ||
            candidate->kind == STM_EVENT_CONFLICT_ATTACK || candidate->time != STEMMA_NONE ||
            candidate->place_mention != STEMMA_NONE) {
            return 0;
        }
    }
    return 1;
}

static stemma_status emit_happening(struct stm_events *events, uint32_t leader,
                                    const uint32_t *next, uint32_t *event)
{
    struct stm_annotation *ann = events->ann;
    const struct stm_event_frame *frame = stm_event_frame_of(events->candidates[leader].kind);
    uint32_t since = ann->assertion_count;
    int best = -1;
    stemma_status status = stm_ann_add_referent(ann, STM_ENTITY_NONE, frame->type, event);
    for (uint32_t i = leader; i != STEMMA_NONE && status == STEMMA_OK; i = next[i]) {
        const struct stm_candidate *candidate = &events->candidates[i];
        uint32_t mention = STEMMA_NONE;
        status = stm_ann_add_mention(ann, STEMMA_MENTION_TRIGGER, STM_ENTITY_NONE, candidate->first,
                                     candidate->count, candidate->first, *event, &mention);
        if (status == STEMMA_OK && showing(candidate) > best) {
            best = showing(candidate);
            ann->referents[*event].canonical = mention;
        }
    }
    for (uint32_t i = leader; i != STEMMA_NONE && status == STEMMA_OK; i = next[i]) {
        status = emit_candidate(events, &events->candidates[i], *event, since);
    }
    return status;
}

/** The exact count of the patients of a happening, as its quantity; STEMMA_NONE when none. */
static uint32_t exact_count(const struct stm_events *events, uint32_t leader, const uint32_t *next)
{
    for (uint32_t i = leader; i != STEMMA_NONE; i = next[i]) {
        const struct stm_candidate *candidate = &events->candidates[i];
        for (uint32_t f = 0; f < candidate->filler_count; f++) {
            const struct stm_filler *filler = &events->fillers[candidate->filler_first + f];
            if (filler->quantity != STEMMA_NONE && !filler->part &&
                events->ann->quantities[filler->quantity].value.modifier == STEMMA_MODIFIER_NONE &&
                events->ann->quantities[filler->quantity].value.amount.size != 0) {
                return filler->quantity;
            }
        }
    }
    return STEMMA_NONE;
}

static uint32_t first_timed(const struct stm_events *events, uint32_t leader, const uint32_t *next)
{
    for (uint32_t i = leader; i != STEMMA_NONE; i = next[i]) {
        if (events->candidates[i].timed && !events->candidates[i].extent) {
            return i;
        }
    }
    return STEMMA_NONE;
}

/** "The 30 inmates pardoned on Monday" dates the release of the 30: a release without a time of
    its own takes that of the pardon of as many, as probable. */
static stemma_status lend_pardon_time(struct stm_events *events, const uint32_t *next,
                                      const uint32_t *event_of, uint32_t release)
{
    struct stm_annotation *ann = events->ann;
    uint32_t count = exact_count(events, release, next);
    if (count == STEMMA_NONE || first_timed(events, release, next) != STEMMA_NONE) {
        return STEMMA_OK;
    }
    uint32_t looked = 0;
    for (uint32_t i = 0; i < events->count && looked < 16; i++) {
        const struct stm_candidate *pardon = &events->candidates[i];
        if (pardon->kind != STM_EVENT_JUSTICE_PARDON || pardon->cluster != i) {
            continue;
        }
        looked++;
        uint32_t other = exact_count(events, i, next);
        uint32_t timed = first_timed(events, i, next);
        if (other == STEMMA_NONE || timed == STEMMA_NONE ||
            !stemma_text_equal(ann->quantities[other].value.amount,
                               ann->quantities[count].value.amount)) {
            continue;
        }
        const struct stm_candidate *teller = &events->candidates[timed];
        const struct stm_time_mention *time = &ann->times[teller->time];
        stemma_object object = stm_object_time(time->value);
        struct stm_stand stand = teller->stand;
        stand.certainty = STEMMA_CERTAINTY_PROBABLE;
        stand.confidence = 500;
        return stm_emit(ann, ann->assertion_count, event_of[release], "time", &object, &stand,
                        stm_ann_span(ann, teller->first, teller->count),
                        stm_ann_span(ann, time->first, time->count), teller->first);
    }
    return STEMMA_OK;
}

static stemma_status emit_all(struct stm_events *events)
{
    struct stm_annotation *ann = events->ann;
    uint32_t count = (uint32_t)events->count;
    uint32_t *next = stm_arena_alloc(ann->arena, count, sizeof *next);
    uint32_t *last = stm_arena_alloc(ann->arena, count, sizeof *last);
    uint32_t *event_of = stm_arena_alloc(ann->arena, count, sizeof *event_of);
    stemma_status status = STEMMA_OK;
    if (next == NULL || last == NULL || event_of == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < count; i++) {
        next[i] = STEMMA_NONE;
        last[i] = i;
        event_of[i] = STEMMA_NONE;
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t leader = events->candidates[i].cluster;
        if (leader != i) {
            next[last[leader]] = i;
            last[leader] = i;
        }
    }
    for (uint32_t i = 0; i < count && status == STEMMA_OK; i++) {
        if (events->candidates[i].cluster == i && !is_empty(events, i, next)) {
            status = emit_happening(events, i, next, &event_of[i]);
        }
    }
    for (uint32_t i = 0; i < count && status == STEMMA_OK; i++) {
        if (event_of[i] != STEMMA_NONE && events->candidates[i].kind == STM_EVENT_JUSTICE_RELEASE) {
            status = lend_pardon_time(events, next, event_of, i);
        }
    }
    return status == STEMMA_OK ? stm_emit_relations(events, event_of) : status;
}

/** Whether a word is part of the trigger found last: the "strike" of "went on strike". */
static int is_told(const struct stm_events *events, uint32_t token)
{
    const struct stm_candidate *last =
        events->count == 0 ? NULL : &events->candidates[events->count - 1];
    return last != NULL && token > last->first && token < last->first + last->count;
}

/** The first token behind the headlines and the sentences that sum a text up. */
static uint32_t lead_end(const struct stm_annotation *ann)
{
    uint32_t lead = 0;
    while (lead < ann->sentence_count && ann->sentences[lead].is_title) {
        lead++;
    }
    uint32_t body = ann->sentence_count - lead;
    uint32_t last = lead + (body < STM_LEAD_SENTENCES ? body : STM_LEAD_SENTENCES);
    return last == 0 ? 0 : stm_ann_sentence_end(ann, last - 1);
}

/** "The wasps kill their host", "Venus clashes with Saturn": what a text that reports nothing says in the present is so
    always, or in a tale, and did not happen on a day. The bare words "fire" and "attack" tell nothing there. */
static void take_for_generic(struct stm_events *events)
{
    const struct stm_annotation *ann = events->ann;
    size_t kept = 0;
    if (events->count == 0 || !stm_is_no_report(ann, lead_end(ann))) {
        return;
    }
    for (size_t i = 0; i < events->count; i++) {
        if (events->candidates[i].filler_count == 0 && events->candidates[i].time == STEMMA_NONE &&
            events->candidates[i].place_mention == STEMMA_NONE) {
            continue;
        }
        struct stm_candidate *candidate = &events->candidates[kept++];
        *candidate = events->candidates[i];
        uint8_t pos = ann->tokens[candidate->first].pos;
        if (!candidate->in_title && !candidate->nominal && (pos == STM_POS_VBZ || pos == STM_POS_VBP) &&
            candidate->stand.tense == STEMMA_TENSE_PRESENT &&
            candidate->stand.realis == STEMMA_REALIS_ACTUAL) {
            candidate->stand.realis = STEMMA_REALIS_GENERIC;
        }
    }
    events->count = kept;
}

stemma_status stm_extract_events(struct stm_annotation *ann)
{
    struct stm_events events = {.ann = ann};
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 0; i < ann->token_count && status == STEMMA_OK; i++) {
        size_t before = events.count;
        status = stm_find_succession(&events, i);
        if (status == STEMMA_OK && events.count == before) {
            status = stm_find_verbal(&events, i);
        }
        if (status == STEMMA_OK && events.count == before && !is_told(&events, i)) {
            status = stm_find_nominal(&events, i);
        }
        if (status == STEMMA_OK) {
            status = stm_find_obligation(&events, i);
        }
        if (status == STEMMA_OK && events.count == before) {
            status = stm_find_state(&events, i);
        }
    }
    if (status == STEMMA_OK) {
        take_for_generic(&events);
        status = stm_merge_candidates(&events);
    }
    if (status == STEMMA_OK) {
        status = stm_settle_headlines(&events);
    }
    return status == STEMMA_OK ? emit_all(&events) : status;
}

/** Marks the tokens of `told` that are triggers already. */
static void mark_triggers(const struct stm_annotation *ann, uint8_t *told)
{
    for (uint32_t m = 0; m < ann->mention_count; m++) {
        const struct stm_mention *mention = &ann->mentions[m];
        for (uint32_t i = 0; mention->kind == STEMMA_MENTION_TRIGGER && i < mention->count; i++) {
            told[mention->first + i] = 1;
        }
    }
}

stemma_status stm_extract_others(struct stm_annotation *ann)
{
    struct stm_events events = {.ann = ann};
    uint8_t *told = stm_arena_alloc(ann->arena, ann->token_count, sizeof *told);
    if (told == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    mark_triggers(ann, told);
    uint32_t end = lead_end(ann);
    stemma_status status = STEMMA_OK;
    if (!stm_is_report(ann, end)) {
        end = 0;
    }
    for (uint32_t i = 0; i < end && status == STEMMA_OK; i++) {
        status = told[i] ? STEMMA_OK : stm_find_other(&events, i);
    }
    if (status == STEMMA_OK) {
        status = stm_merge_candidates(&events);
    }
    if (status == STEMMA_OK) {
        status = stm_settle_headlines(&events);
    }
    return status == STEMMA_OK ? emit_all(&events) : status;
}
