/* SPDX-License-Identifier: MIT */
/* From statements to their events and to the ranges that are attributed. */
#include "pack/extract/attribution_statement.h"

stemma_status stm_speech_keep(struct stm_speech_scan *scan, const struct stm_statement *it)
{
    stemma_status status = stm_arena_grow(scan->ann->arena, &scan->statements, scan->count,
                                          &scan->capacity, sizeof *scan->statements);
    if (status != STEMMA_OK) {
        return status;
    }
    /* Direct speech inside a piece is spoken for. */
    for (uint32_t p = 0; p < it->piece_count; p++) {
        for (uint32_t i = it->pieces[p].first; i < it->pieces[p].end; i++) {
            uint32_t quote = scan->ann->tokens[i].quote;
            if (quote != STEMMA_NONE && scan->quote_by[quote] == STEMMA_NONE &&
                scan->ann->quotes[quote].first >= it->pieces[p].first &&
                scan->ann->quotes[quote].first + scan->ann->quotes[quote].count <=
                    it->pieces[p].end) {
                scan->quote_by[quote] = (uint32_t)scan->count;
            }
        }
    }
    scan->statements[scan->count++] = *it;
    return STEMMA_OK;
}

/** Enters a range of content; the shorter of two that overlap is the inner one. */
static stemma_status record_range(struct stm_speech_scan *scan, const struct stm_attributed *item)
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

/** The referents of the speakers, and of whom they told and through whom. */
struct voices {
    uint32_t speakers[STM_SPEECH_SPEAKERS];
    uint32_t mentions[STM_SPEECH_SPEAKERS];
    uint32_t count;
    uint32_t addressee;
    uint32_t via;
};

static stemma_status find_voices(struct stm_speech_scan *scan, const struct stm_statement *it,
                                 struct voices *voices)
{
    struct stm_annotation *ann = scan->ann;
    stemma_status status = STEMMA_OK;
    memset(voices, 0, sizeof *voices);
    voices->addressee = STEMMA_NONE;
    voices->via = STEMMA_NONE;
    for (uint32_t i = 0; i < it->speaker_count; i++) {
        uint32_t referent = STEMMA_NONE;
        status = stm_ann_referent_for_mention(ann, it->speakers[i], &referent);
        if (status != STEMMA_OK) {
            return status;
        }
        if (referent != STEMMA_NONE) {
            voices->mentions[voices->count] = it->speakers[i];
            voices->speakers[voices->count++] = referent;
        }
    }
    status = stm_ann_referent_for_mention(ann, it->via, &voices->via);
    if (status == STEMMA_OK) {
        status = stm_ann_referent_for_mention(ann, it->addressee, &voices->addressee);
    }
    if (status == STEMMA_OK && it->kind == STM_SPEECH_ASSERT && voices->via == STEMMA_NONE &&
        voices->addressee != STEMMA_NONE &&
        ann->mentions[it->addressee].type == STM_ENTITY_ORGANIZATION) {
        voices->via = voices->addressee; /* "told Reuters" */
    }
    if (voices->count != 0 && voices->via == voices->speakers[0]) {
        voices->via = STEMMA_NONE;
    }
    return status;
}

/** The words of the pieces of one clause, joined; or of one piece as they stand. */
static int words_of(struct stm_annotation *ann, const struct stm_speech_piece *pieces,
                    uint32_t count, stemma_text *words)
{
    size_t size = 0;
    words->data = ann->text.data + pieces[0].span.start;
    words->size = pieces[0].span.end - pieces[0].span.start;
    if (count == 1) {
        return 1;
    }
    for (uint32_t p = 0; p < count; p++) {
        size += pieces[p].span.end - pieces[p].span.start + 1;
    }
    char *data = stm_arena_alloc(ann->arena, size, 1);
    if (data == NULL) {
        return 0;
    }
    size = 0;
    for (uint32_t p = 0; p < count; p++) {
        size_t length = pieces[p].span.end - pieces[p].span.start;
        if (p != 0) {
            data[size++] = ' ';
        }
        memcpy(data + size, ann->text.data + pieces[p].span.start, length);
        size += length;
    }
    words->data = data;
    words->size = size;
    return 1;
}

static stemma_status emit_content(struct stm_speech_scan *scan, const struct stm_statement *it,
                                  uint32_t since, const struct stm_stand *stand)
{
    struct stm_annotation *ann = scan->ann;
    stemma_span cue = stm_ann_span(ann, it->cue, it->cue_count);
    stemma_status status = STEMMA_OK;
    for (uint32_t p = 0; p < it->piece_count && status == STEMMA_OK;) {
        uint32_t count = it->joined ? it->piece_count : 1;
        stemma_text words;
        if (!words_of(ann, &it->pieces[p], count, &words)) {
            return STEMMA_E_NO_MEMORY;
        }
        stemma_object content = stm_object_text(words);
        for (uint32_t k = 0; k < count && status == STEMMA_OK; k++) {
            uint32_t at = it->pieces[p + k].first;
            status = stm_emit(ann, since, it->event, "content", &content, stand, cue,
                              it->pieces[p + k].span, k == 0 && !it->joined ? at : it->cue);
        }
        p += count;
    }
    return status;
}

static stemma_status emit_statement(struct stm_speech_scan *scan, struct stm_statement *it,
                                    const struct voices *voices)
{
    struct stm_annotation *ann = scan->ann;
    uint32_t since = ann->assertion_count;
    uint32_t mention = STEMMA_NONE;
    stemma_span cue = stm_ann_span(ann, it->cue, it->cue_count);
    stemma_object type = stm_object_text(stemma_text_of("statement.say"));
    struct stm_stand stand = stm_stand_plain(it->confidence);
    stand.tense = it->tense;
    stm_attribute(ann, it->cue, &stand); /* who says that it was said */
    stemma_status status = stm_ann_add_referent(ann, STM_ENTITY_NONE, "statement.say", &it->event);
    if (status == STEMMA_OK) {
        status = stm_ann_add_mention(ann, STEMMA_MENTION_TRIGGER, STM_ENTITY_NONE, it->cue,
                                     it->cue_count, it->cue, it->event, &mention);
    }
    if (status == STEMMA_OK) {
        ann->referents[it->event].canonical = mention;
        status = stm_emit(ann, since, it->event, "type", &type, &stand, cue, cue, it->cue);
    }
    for (uint32_t i = 0; i < voices->count && status == STEMMA_OK; i++) {
        const struct stm_mention *who = &ann->mentions[voices->mentions[i]];
        stemma_object object = stm_object_referent(voices->speakers[i]);
        status = stm_emit(ann, since, it->event, "speaker", &object, &stand, cue,
                          stm_ann_span(ann, who->first, who->count), it->cue);
    }
    if (status == STEMMA_OK && voices->addressee != STEMMA_NONE) {
        const struct stm_mention *who = &ann->mentions[it->addressee];
        stemma_object object = stm_object_referent(voices->addressee);
        status = stm_emit(ann, since, it->event, "addressee", &object, &stand, cue,
                          stm_ann_span(ann, who->first, who->count), it->cue);
    }
    if (status == STEMMA_OK && it->time != STEMMA_NONE) {
        const struct stm_time_mention *when = &ann->times[it->time];
        stemma_object object = stm_object_time(when->value);
        status = stm_emit(ann, since, it->event, "time", &object, &stand, cue,
                          stm_ann_span(ann, when->first, when->count), it->cue);
    }
    if (status == STEMMA_OK) {
        struct stm_stand said = stm_stand_plain(it->confidence);
        said.tense = it->tense;
        said.attribution = STEMMA_ATTRIBUTION_SPEAKER;
        said.speaker = voices->speakers[0];
        said.via = voices->via;
        said.stance = it->stance;
        if (it->demand) {
            said.realis = STEMMA_REALIS_OTHER;
            said.certainty = STEMMA_CERTAINTY_UNSPECIFIED;
        }
        status = emit_content(scan, it, since, &said);
    }
    return status;
}

stemma_status stm_speech_record(struct stm_speech_scan *scan)
{
    struct voices *voices = stm_arena_alloc(scan->ann->arena, scan->count, sizeof *voices);
    stemma_status status = STEMMA_OK;
    if (voices == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (size_t n = 0; n < scan->count && status == STEMMA_OK; n++) {
        const struct stm_statement *it = &scan->statements[n];
        status = find_voices(scan, it, &voices[n]);
        struct stm_attributed item = {0};
        item.cue = it->cue;
        item.speaker = voices[n].count != 0 ? voices[n].speakers[0] : STEMMA_NONE;
        item.via = voices[n].via;
        item.stance = it->stance;
        item.demand = it->demand;
        for (uint32_t p = 0; p < it->piece_count && status == STEMMA_OK; p++) {
            item.first = it->pieces[p].first;
            item.end = it->pieces[p].end;
            status = record_range(scan, &item);
        }
    }
    /* When all ranges stand: a statement inside another's words is that one's report. */
    for (size_t n = 0; n < scan->count && status == STEMMA_OK; n++) {
        struct stm_statement *it = &scan->statements[n];
        if (voices[n].count != 0 && !it->silent && it->piece_count != 0) {
            status = emit_statement(scan, it, &voices[n]);
        }
    }
    return status;
}
