/* SPDX-License-Identifier: MIT */
/* Cues, and who speaks by them. */
#include "pack/extract/attribution_statement.h"

/** A person, group, organisation or country that can speak; 0 for "exchange", "spring", ... */
static int can_speak(const struct stm_speech_scan *scan, const struct stm_chain *chain)
{
    if (chain->count == 0 || chain->items[0].mention == STEMMA_NONE) {
        return 0;
    }
    uint8_t type = scan->ann->mentions[chain->items[0].mention].type;
    return type != STM_ENTITY_NONE ||
           scan->ann->mentions[chain->items[0].mention].kind == STEMMA_MENTION_PRONOUN;
}

/** "Y quoted X as saying ...", "X was quoted as saying by Y ...". */
static int read_quoted(struct stm_speech_scan *scan, struct stm_statement *it)
{
    struct stm_chain other = {.count = 0};
    uint32_t i = it->cue + 1;
    if (!it->group.has_be) {
        struct stm_chain whom;
        stm_chain_read(scan->ann, i, scan->end, STM_CHAIN_OBJECT, &whom);
        if (whom.count == 0) {
            return 0;
        }
        i = whom.end;
        other = it->speakers;
        it->speakers = whom;
    }
    if (!(stm_speech_is_at(scan, i, "as") && i + 1 < scan->end &&
          (stm_speech_is_at(scan, i + 1, "saying") || stm_speech_is_at(scan, i + 1, "telling")))) {
        return 0;
    }
    it->cue_count = i + 2 - it->cue;
    i += 2;
    if (stm_speech_is_at(scan, i, "by")) {
        stm_chain_read(scan->ann, i + 1, scan->end, STM_CHAIN_OBJECT, &other);
        i = other.count != 0 ? other.items[0].end : i + 1;
    }
    if (other.count != 0) {
        it->via = other.items[0].mention;
    }
    it->frames = STM_CUE_THAT | STM_CUE_BARE;
    uint32_t cue_count = it->cue_count;
    it->cue_count = i - it->cue; /* look for the content behind the medium */
    int found = stm_content_right(scan, it);
    if (!found) {
        uint32_t subject_first = it->speakers.count != 0 ? it->speakers.first : it->group.first;
        found = stm_content_left(scan, it, subject_first);
    }
    it->cue_count = cue_count;
    return found;
}

/** Quoted phrases in the reach of "called", "condemned": the phrase is said. */
static int read_phrase(struct stm_speech_scan *scan, struct stm_statement *it)
{
    uint32_t limit = it->cue + 25 < scan->end ? it->cue + 25 : scan->end;
    for (uint32_t i = it->cue + 1; i < limit; i++) {
        enum stm_verb_form form = STM_FORM_NONE;
        if (stm_speech_has_flag(scan, i, STM_TOKEN_QUOTE_OPEN) &&
            stm_speech_quote_at(scan, i) != STEMMA_NONE) {
            stm_set_quote(scan, it, stm_speech_quote_at(scan, i));
            return 1;
        }
        if ((stm_cue_at(scan->ann, i, &form) & STM_CUE_THAT) && form == STM_FORM_ED) {
            break;
        }
    }
    return 0;
}

static stemma_status read_cue(struct stm_speech_scan *scan, uint32_t i, enum stm_verb_form form,
                              uint32_t frames)
{
    struct stm_annotation *ann = scan->ann;
    struct stm_statement it = {.cue = i,
                               .cue_count = 1,
                               .frames = frames,
                               .addressee = STEMMA_NONE,
                               .via = STEMMA_NONE,
                               .time = STEMMA_NONE,
                               .stance = STEMMA_STANCE_ASSERTS,
                               .confidence = 850};
    it.group = stm_verb_group_at(ann, i, form);
    if (form == STM_FORM_ING && i > scan->first && stm_speech_is_at(scan, i - 1, "as")) {
        return STEMMA_OK; /* "quoted as saying": read with its verb */
    }
    if (it.group.negated || it.group.modal || it.group.future || it.group.infinitive ||
        (form == STM_FORM_BASE && stm_speech_tag_at(scan, i) != STM_TAG_VERB)) {
        return STEMMA_OK;
    }
    int passive = it.group.has_be && form == STM_FORM_ED;
    if (passive && !(frames & STM_CUE_QUOTED)) {
        return STEMMA_OK;
    }
    if (frames & STM_CUE_DENIES) {
        it.stance = STEMMA_STANCE_DENIES;
    } else if ((frames & STM_CUE_ASKS) != 0) {
        it.stance = STEMMA_STANCE_QUESTIONS;
    }
    stm_subject_of(ann, &it.group, &it.speakers);
    uint32_t subject_first =
        it.speakers.count != 0 && it.speakers.first < i ? it.speakers.first : it.group.first;
    if (!can_speak(scan, &it.speakers)) {
        /* "..., said Anna Bell": the speaker behind the verb */
        struct stm_chain behind;
        it.speakers.count = 0;
        if (form == STM_FORM_ED || form == STM_FORM_S || form == STM_FORM_BASE) {
            stm_chain_read(ann, i + 1, scan->end, STM_CHAIN_OBJECT, &behind);
            int after_content =
                i > scan->first && (stm_speech_is_at(scan, i - 1, ",") ||
                                    stm_speech_has_flag(scan, i - 1, STM_TOKEN_QUOTE_CLOSE));
            if (after_content && can_speak(scan, &behind)) {
                it.speakers = behind;
                if (stm_content_left(scan, &it, it.group.first)) {
                    return stm_emit_statement(scan, &it);
                }
                if (stm_speech_is_at(scan, i - 1, ",") && i >= scan->first + 2 &&
                    stm_content_left(scan, &it, i)) {
                    return stm_emit_statement(scan, &it);
                }
                return STEMMA_OK;
            }
        }
        return STEMMA_OK;
    }
    int found = 0;
    if (frames & STM_CUE_QUOTED) {
        found = read_quoted(scan, &it);
    } else if (frames & STM_CUE_ACCUSES) {
        struct stm_chain whom;
        stm_chain_read(ann, i + 1, scan->end, STM_CHAIN_OBJECT, &whom);
        if (whom.count != 0 && stm_speech_is_at(scan, whom.items[0].end, "of")) {
            stm_set_content(scan, &it, whom.items[0].end + 1, stm_speech_clause_end(scan, i));
            found = it.content_end != 0;
        }
    } else {
        int behind_quote =
            subject_first > scan->first &&
            (stm_speech_has_flag(scan, subject_first - 1, STM_TOKEN_QUOTE_CLOSE) ||
             (subject_first > scan->first + 1 && stm_speech_is_at(scan, subject_first - 1, ",") &&
              stm_speech_has_flag(scan, subject_first - 2, STM_TOKEN_QUOTE_CLOSE)));
        if (behind_quote && form != STM_FORM_ING && (frames & STM_CUE_THAT)) {
            found = stm_content_left(scan, &it, subject_first);
        }
        if (found && (frames & STM_CUE_ADDRESSEE)) {
            stm_read_addressee(scan, &it);
        }
        if (!found) {
            found = stm_content_right(scan, &it);
        }
        if (!found && (frames & STM_CUE_THAT)) {
            found = stm_content_left(scan, &it, subject_first);
        }
        if (!found && (frames & STM_CUE_PHRASE)) {
            found = read_phrase(scan, &it);
        }
    }
    return found ? stm_emit_statement(scan, &it) : STEMMA_OK;
}

/** "according to X": of what stands beside it, or of the statement that it passes on. */
static stemma_status read_according(struct stm_speech_scan *scan, uint32_t i)
{
    struct stm_annotation *ann = scan->ann;
    struct stm_statement it = {.cue = i,
                               .cue_count = 2,
                               .addressee = STEMMA_NONE,
                               .via = STEMMA_NONE,
                               .time = STEMMA_NONE,
                               .stance = STEMMA_STANCE_ASSERTS,
                               .confidence = 850};
    stm_chain_read(ann, i + 2, scan->end, STM_CHAIN_OBJECT, &it.speakers);
    if (it.speakers.count == 0 || it.speakers.items[0].mention == STEMMA_NONE) {
        return STEMMA_OK;
    }
    it.speakers.count = 1;
    /* "Bell said, according to the agency": a medium passes a statement on. */
    for (size_t n = scan->state->count; n-- > 0 && scan->state->count - n <= 4;) {
        struct stm_attributed *item = &scan->state->items[n];
        if (item->cue < i && i - item->cue <= 8 && item->cue >= scan->first &&
            item->end <= item->cue + 1) {
            uint32_t via = STEMMA_NONE;
            stemma_status status = stm_speech_referent(scan, it.speakers.items[0].mention, &via);
            if (status == STEMMA_OK && via != STEMMA_NONE && via != item->speaker) {
                item->via = via;
                for (uint32_t a = ann->assertion_count; a-- > 0 && ann->assertion_count - a <= 8;) {
                    stemma_assertion *value = &ann->assertions[a].value;
                    if (stemma_text_equal(value->predicate, stemma_text_of("content"))) {
                        value->via = via;
                        break;
                    }
                }
            }
            return status;
        }
    }
    it.group.first = it.group.main = i;
    if (i == scan->first ||
        (i == scan->first + 1 && stm_speech_has_flag(scan, scan->first, STM_TOKEN_PUNCTUATION))) {
        uint32_t start = it.speakers.end;
        if (start > i + 3 && stm_speech_is_at(scan, start - 1, ",")) {
            start--;
        }
        while (start < scan->end && !stm_speech_is_at(scan, start, ",")) {
            start++;
        }
        if (start < scan->end) {
            stm_set_content(scan, &it, start + 1, stm_speech_clause_end(scan, start + 1));
        }
    } else if (i - scan->first < STM_SPEECH_REACH) {
        stm_set_content(scan, &it, scan->first, i);
    }
    if (it.content_end == 0 || !stm_speech_has_finite(scan, it.content_first, it.content_end)) {
        return STEMMA_OK;
    }
    return stm_emit_statement(scan, &it);
}

stemma_status stm_extract_attribution(struct stm_annotation *ann)
{
    struct stm_speech_scan scan = {.ann = ann};
    scan.state = stm_arena_alloc(ann->arena, 1, sizeof *scan.state);
    scan.quote_done = stm_arena_alloc(ann->arena, ann->quote_count, sizeof *scan.quote_done);
    if (scan.state == NULL || scan.quote_done == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    scan.state->by_token =
        stm_arena_alloc(ann->arena, ann->token_count, sizeof *scan.state->by_token);
    if (scan.state->by_token == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < ann->token_count; i++) {
        scan.state->by_token[i] = STEMMA_NONE;
    }
    ann->part2 = scan.state;
    for (uint32_t s = 0; s < ann->sentence_count; s++) {
        scan.first = ann->sentences[s].first;
        scan.end = stm_ann_sentence_end(ann, s);
        for (uint32_t i = scan.first; i < scan.end; i++) {
            enum stm_verb_form form = STM_FORM_NONE;
            stemma_status status = STEMMA_OK;
            if (ann->tokens[i].flags & STM_TOKEN_IN_QUOTE) {
                continue;
            }
            if (stm_speech_is_at(&scan, i, "according") && stm_speech_is_at(&scan, i + 1, "to")) {
                status = read_according(&scan, i);
            } else {
                uint32_t frames = stm_cue_at(ann, i, &form);
                if (frames != 0) {
                    status = read_cue(&scan, i, form, frames);
                }
            }
            if (status != STEMMA_OK) {
                return status;
            }
        }
    }
    return stm_continue_quotes(&scan);
}
