/* SPDX-License-Identifier: MIT */
/* From a statement to its event and to the range that is attributed. */
#include "pack/extract/attribution_statement.h"

stemma_status stm_speech_referent(struct stm_speech_scan *scan, uint32_t mention,
                                  uint32_t *referent)
{
    *referent = STEMMA_NONE;
    if (mention == STEMMA_NONE) {
        return STEMMA_OK;
    }
    return stm_ann_referent_for_mention(scan->ann, mention, referent);
}

/** Enters a range of content; the shorter of two that overlap is the inner one. */
static stemma_status record_attributed(struct stm_speech_scan *scan,
                                       const struct stm_attributed *item)
{
    struct stm_attribution *state = scan->state;
    stemma_status status = stm_arena_grow(scan->ann->arena, &state->items, state->count,
                                          &state->capacity, sizeof *state->items);
    if (status != STEMMA_OK) {
        return status;
    }
    state->items[state->count] = *item;
    for (uint32_t i = item->first; i < item->end; i++) {
        uint32_t other = state->by_token[i];
        if (other == STEMMA_NONE ||
            state->items[other].end - state->items[other].first > item->end - item->first) {
            state->by_token[i] = (uint32_t)state->count;
        }
    }
    state->count++;
    return STEMMA_OK;
}

stemma_status stm_emit_statement(struct stm_speech_scan *scan, const struct stm_statement *it)
{
    struct stm_annotation *ann = scan->ann;
    uint32_t speakers[4];
    uint32_t speaker_mentions[4];
    uint32_t speaker_count = 0;
    uint32_t via = STEMMA_NONE;
    uint32_t addressee = STEMMA_NONE;
    uint32_t event = STEMMA_NONE;
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 0; i < it->speakers.count && speaker_count < 4; i++) {
        uint32_t referent = STEMMA_NONE;
        status = stm_speech_referent(scan, it->speakers.items[i].mention, &referent);
        if (status != STEMMA_OK) {
            return status;
        }
        if (referent != STEMMA_NONE) {
            speaker_mentions[speaker_count] = it->speakers.items[i].mention;
            speakers[speaker_count++] = referent;
        }
    }
    status = stm_speech_referent(scan, it->via, &via);
    if (status == STEMMA_OK) {
        status = stm_speech_referent(scan, it->addressee, &addressee);
    }
    if (status != STEMMA_OK) {
        return status;
    }
    if (via == STEMMA_NONE && addressee != STEMMA_NONE && it->addressee != STEMMA_NONE &&
        ann->mentions[it->addressee].type == STM_ENTITY_ORGANIZATION) {
        via = addressee; /* "told Reuters" */
    }
    struct stm_attributed item = {it->content_first,
                                  it->content_end,
                                  it->cue,
                                  speaker_count != 0 ? speakers[0] : STEMMA_NONE,
                                  via,
                                  it->stance,
                                  it->demand};
    struct stm_stand stand = stm_stand_plain(it->confidence);
    stand.tense = (uint8_t)(it->group.form == STM_FORM_ED || it->group.form == STM_FORM_NONE
                                ? STEMMA_TENSE_PAST
                                : STEMMA_TENSE_PRESENT);
    if (speaker_count != 0) {
        uint32_t since = ann->assertion_count;
        uint32_t mention = STEMMA_NONE;
        stemma_span cue = stm_ann_span(ann, it->cue, it->cue_count);
        stemma_object type = stm_object_text(stemma_text_of("statement.say"));
        stemma_text words = {ann->text.data + it->content.start,
                             it->content.end - it->content.start};
        stemma_object content = stm_object_text(words);
        status = stm_ann_add_referent(ann, STM_ENTITY_NONE, "statement.say", &event);
        if (status == STEMMA_OK) {
            status = stm_ann_add_mention(ann, STEMMA_MENTION_TRIGGER, STM_ENTITY_NONE, it->cue,
                                         it->cue_count, it->cue, event, &mention);
        }
        if (status == STEMMA_OK) {
            ann->referents[event].canonical = mention;
            status = stm_emit(ann, since, event, "type", &type, &stand, cue, cue, it->cue);
        }
        for (uint32_t i = 0; i < speaker_count && status == STEMMA_OK; i++) {
            const struct stm_mention *who = &ann->mentions[speaker_mentions[i]];
            stemma_object object = stm_object_referent(speakers[i]);
            status = stm_emit(ann, since, event, "speaker", &object, &stand, cue,
                              stm_ann_span(ann, who->first, who->count), it->cue);
        }
        if (status == STEMMA_OK && addressee != STEMMA_NONE) {
            const struct stm_mention *who = &ann->mentions[it->addressee];
            stemma_object object = stm_object_referent(addressee);
            status = stm_emit(ann, since, event, "addressee", &object, &stand, cue,
                              stm_ann_span(ann, who->first, who->count), it->cue);
        }
        if (status == STEMMA_OK && it->time != STEMMA_NONE) {
            const struct stm_time_mention *when = &ann->times[it->time];
            stemma_object object = stm_object_time(when->value);
            status = stm_emit(ann, since, event, "time", &object, &stand, cue,
                              stm_ann_span(ann, when->first, when->count), it->cue);
        }
        if (status == STEMMA_OK) {
            struct stm_stand said = stand;
            said.attribution = STEMMA_ATTRIBUTION_SPEAKER;
            said.speaker = speakers[0];
            said.via = via;
            said.stance = it->stance;
            status =
                stm_emit(ann, since, event, "content", &content, &said, cue, it->content, it->cue);
        }
        if (status != STEMMA_OK) {
            return status;
        }
    }
    return record_attributed(scan, &item);
}

stemma_status stm_continue_quotes(struct stm_speech_scan *scan)
{
    struct stm_annotation *ann = scan->ann;
    for (uint32_t q = 0; q < ann->quote_count; q++) {
        const struct stm_quote *quote = &ann->quotes[q];
        if (scan->quote_done[q] || quote->depth != 0 || quote->count < 3) {
            continue;
        }
        uint32_t previous = quote->continues;
        if (previous == STEMMA_NONE && q > 0 && quote->count >= 6 &&
            (ann->tokens[quote->first].flags & STM_TOKEN_SENTENCE_START ||
             (quote->first + 1 < ann->token_count &&
              ann->tokens[quote->first + 1].flags & STM_TOKEN_SENTENCE_START))) {
            const struct stm_quote *before = &ann->quotes[q - 1];
            uint32_t paragraph = ann->sentences[ann->tokens[quote->first].sentence].paragraph;
            uint32_t end = before->first + before->count;
            if (ann->sentences[ann->tokens[before->first].sentence].paragraph == paragraph &&
                quote->first - end < 16) {
                previous = q - 1;
            }
        }
        if (previous == STEMMA_NONE || previous >= q || !scan->quote_done[previous]) {
            continue;
        }
        const struct stm_attributed *source = stm_attributed_at(ann, ann->quotes[previous].first);
        if (source == NULL) {
            continue;
        }
        struct stm_attributed item = *source;
        item.first = quote->first;
        item.end = quote->first + quote->count;
        scan->quote_done[q] = 1;
        stemma_status status = record_attributed(scan, &item);
        if (status != STEMMA_OK) {
            return status;
        }
        /* Said by the same act: one more content of that event. */
        for (uint32_t a = ann->assertion_count; a-- > 0 && ann->assertion_count - a <= 64;) {
            const stemma_assertion said = ann->assertions[a].value;
            const struct stm_token *cue = &ann->tokens[item.cue];
            if (!stemma_text_equal(said.predicate, stemma_text_of("content")) ||
                ann->referents[said.subject].canonical == STEMMA_NONE ||
                ann->mentions[ann->referents[said.subject].canonical].first != item.cue) {
                continue;
            }
            stemma_text words = {ann->text.data + quote->start, quote->end - quote->start};
            stemma_object content = stm_object_text(words);
            stemma_span trigger = {cue->start, cue->end};
            stemma_span filler = {quote->start, quote->end};
            struct stm_stand stand = stm_stand_plain(700);
            stand.tense = said.tense;
            stand.attribution = said.attribution;
            stand.speaker = said.speaker;
            stand.via = said.via;
            stand.stance = said.stance;
            status = stm_emit(ann, a, said.subject, "content", &content, &stand, trigger, filler,
                              quote->first);
            if (status != STEMMA_OK) {
                return status;
            }
            break;
        }
    }
    return STEMMA_OK;
}
