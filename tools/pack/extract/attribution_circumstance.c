/* SPDX-License-Identifier: MIT */
/* Who is told, when and through whom: what stands between a cue and what is said. */
#include "pack/extract/attribution_statement.h"

enum { MOST_HOPS = 8 };

/** The dependent of `cue` that stands over token `i`, or STEMMA_NONE. */
static uint32_t dependent_over(const struct stm_annotation *ann, uint32_t cue, uint32_t i)
{
    for (int steps = 0; steps < 24 && i != STEMMA_NONE; steps++) {
        if (ann->tokens[i].head == cue) {
            return i;
        }
        i = ann->tokens[i].head;
    }
    return STEMMA_NONE;
}

/** Whether a dependent of a cue is beside the point: when, where, to whom, in what manner. */
static int is_circumstance(const struct stm_statement *it, uint8_t relation)
{
    switch (relation) {
    case STM_RELATION_OBJ:
    case STM_RELATION_IOBJ:
        return (it->frames & STM_SPEECH_TOLD) != 0 || relation == STM_RELATION_IOBJ;
    case STM_RELATION_ADVMOD:
    case STM_RELATION_OBL:
    case STM_RELATION_OBL_UNMARKED:
    case STM_RELATION_OBL_AGENT:
    case STM_RELATION_COMPOUND_PRT:
    case STM_RELATION_NSUBJ:
    case STM_RELATION_NSUBJ_PASS:
        return 1;
    default:
        return 0;
    }
}

/** The token after the mention of people or a body that begins at `i`; or `i`. */
static uint32_t told_end(const struct stm_annotation *ann, uint32_t i)
{
    uint32_t mention = ann->tokens[i].outer;
    if (mention == STEMMA_NONE && i + 1 < ann->token_count && ann->tokens[i].pos == STM_POS_DT) {
        mention = ann->tokens[i + 1].outer;
    }
    if (mention == STEMMA_NONE || ann->mentions[mention].first + 1 < i ||
        ann->mentions[mention].first > i + 1 ||
        (ann->mentions[mention].type != STM_ENTITY_PERSON &&
         ann->mentions[mention].type != STM_ENTITY_ORGANIZATION &&
         ann->mentions[mention].type != STM_ENTITY_GROUP)) {
        return i;
    }
    return ann->mentions[mention].first + ann->mentions[mention].count;
}

/** Whether a relative word takes the place of what is said: "what officials told Reuters was". */
static int has_relative_before(const struct stm_speech_scan *scan, uint32_t cue)
{
    const struct stm_annotation *ann = scan->ann;
    for (uint32_t at = cue; at > scan->first && cue - at < 8; at--) {
        uint8_t pos = ann->tokens[at - 1].pos;
        if (pos == STM_POS_WP || pos == STM_POS_WDT) {
            return at < cue; /* with a subject between */
        }
        if (stm_speech_is_finite(ann, at - 1) ||
            (ann->tokens[at - 1].flags & STM_TOKEN_PUNCTUATION)) {
            break;
        }
    }
    return 0;
}

uint32_t stm_speech_behind(const struct stm_speech_scan *scan, const struct stm_statement *it)
{
    const struct stm_annotation *ann = scan->ann;
    uint32_t i = it->cue + it->cue_count;
    uint32_t told = (it->frames & STM_SPEECH_TOLD) && i < scan->end ? told_end(ann, i) : i;
    if (told > i && told < scan->end &&
        ((it->frames & STM_SPEECH_LOOSE) || !stm_speech_is_finite(ann, told) ||
         has_relative_before(scan, it->cue))) {
        i = told; /* whatever the parse made of "told the BBC they had no water" */
        if (stm_speech_is_finite(ann, i)) {
            return i; /* "what officials told Reuters was" */
        }
    }
    for (int hops = 0; hops < MOST_HOPS && i < scan->end; hops++) {
        const struct stm_token *token = &ann->tokens[i];
        if (token->pos == STM_POS_IN && i + 1 < scan->end &&
            ann->tokens[i + 1].time != STEMMA_NONE) {
            i++;
            continue; /* "on Monday" */
        }
        if (token->time != STEMMA_NONE) {
            i = ann->times[token->time].first + ann->times[token->time].count;
            continue;
        }
        if (((it->frames & STM_SPEECH_FOR) && stm_ann_is(ann, i, "for")) ||
            (token->flags & (STM_TOKEN_QUOTE_OPEN | STM_TOKEN_PUNCTUATION)) ||
            stm_ann_is(ann, i, "that") || stm_ann_is(ann, i, "there")) {
            break;
        }
        uint32_t part = dependent_over(ann, it->cue, i);
        if (part == STEMMA_NONE || part < i || !is_circumstance(it, ann->tokens[part].relation)) {
            break;
        }
        uint32_t first = part;
        uint32_t end = part + 1;
        stm_syntax_range(ann, part, &first, &end);
        if (end > scan->end || end <= i || stm_speech_has_finite(scan, i, end)) {
            /* Something of the content was hung on it. */
            uint32_t mention = ann->tokens[part].mention;
            end = mention != STEMMA_NONE
                      ? ann->mentions[mention].first + ann->mentions[mention].count
                      : part + 1;
        }
        for (uint32_t at = i; at < end; at++) {
            if ((ann->tokens[at].flags & STM_TOKEN_QUOTE_OPEN) ||
                ((it->frames & STM_SPEECH_TO) && at > i && ann->tokens[at].pos == STM_POS_TO &&
                 at + 1 < scan->end && ann->tokens[at + 1].pos == STM_POS_VB)) {
                end = at; /* "appealed to both sides | to spare civilians" */
            }
        }
        if (end <= i) {
            break;
        }
        i = end;
    }
    return i;
}

/** "in an interview with X", "in statements published by X": by whom it reached the paper. */
static uint32_t medium_of(const struct stm_annotation *ann, uint32_t noun)
{
    if (!stm_speech_is_utterance(ann, noun) && !stm_ann_has_lemma(ann, noun, "comment") &&
        !stm_ann_has_lemma(ann, noun, "conversation")) {
        return STEMMA_NONE;
    }
    uint32_t medium = stm_syntax_oblique(ann, noun, "with");
    if (medium == STEMMA_NONE) {
        medium = stm_syntax_oblique(ann, noun, "to");
    }
    uint32_t verb = stm_syntax_child(ann, noun, STM_RELATION_ACL);
    if (medium == STEMMA_NONE && verb != STEMMA_NONE && verb > noun) {
        static const char *const by[] = {"by", "on", "in", "to"};
        medium = stm_syntax_child(ann, verb, STM_RELATION_OBL_AGENT);
        for (size_t i = 0; i < sizeof by / sizeof by[0] && medium == STEMMA_NONE; i++) {
            medium = stm_syntax_oblique(ann, verb, by[i]);
        }
    }
    return medium;
}

/** What goes to whom it is for: a letter "to" somebody, not a comment "to" a paper. */
static int is_sent(const struct stm_annotation *ann, uint32_t noun)
{
    return stm_ann_has_lemma(ann, noun, "letter") || stm_ann_has_lemma(ann, noun, "email") ||
           stm_ann_has_lemma(ann, noun, "message") || stm_ann_has_lemma(ann, noun, "note");
}

/** "Speaking to reporters, she said", "Addressing the rally, he said": who is spoken to. */
static stemma_status read_speaking(struct stm_speech_scan *scan, struct stm_statement *it,
                                   uint32_t verb)
{
    const struct stm_annotation *ann = scan->ann;
    uint32_t whom = STEMMA_NONE;
    uint32_t mention = STEMMA_NONE;
    if (ann->tokens[verb].pos != STM_POS_VBG) {
        return STEMMA_OK;
    }
    if (stm_ann_is(ann, verb, "speaking") || stm_ann_is(ann, verb, "talking")) {
        whom = stm_syntax_oblique(ann, verb, "to");
    } else if (stm_ann_is(ann, verb, "addressing")) {
        whom = stm_syntax_child(ann, verb, STM_RELATION_OBJ);
    }
    mention = stm_mention_headed(ann, whom);
    if (mention != STEMMA_NONE && mention != it->speakers[0] &&
        (ann->mentions[mention].type == STM_ENTITY_PERSON ||
         ann->mentions[mention].type == STM_ENTITY_ORGANIZATION ||
         ann->mentions[mention].type == STM_ENTITY_GROUP)) {
        it->addressee = mention;
    }
    return STEMMA_OK;
}

stemma_status stm_speech_circumstances(struct stm_speech_scan *scan, struct stm_statement *it)
{
    struct stm_annotation *ann = scan->ann;
    stemma_status status = STEMMA_OK;
    uint32_t beside = it->cue + 1 < scan->end ? ann->tokens[it->cue + 1].outer : STEMMA_NONE;
    if ((it->frames & STM_SPEECH_TOLD) && beside != STEMMA_NONE &&
        ann->mentions[beside].first == it->cue + 1 && has_relative_before(scan, it->cue) &&
        ann->mentions[beside].type != STM_ENTITY_THING) {
        it->addressee = beside;
    }
    for (uint32_t at = ann->tokens[it->cue].child; at != STEMMA_NONE && status == STEMMA_OK;
         at = ann->tokens[at].sibling) {
        uint8_t relation = ann->tokens[at].relation;
        int said = 0;
        for (uint32_t p = 0; p < it->piece_count; p++) {
            said = said || (at >= it->pieces[p].first && at < it->pieces[p].end);
        }
        if (said) {
            continue;
        }
        if (ann->tokens[at].time != STEMMA_NONE && it->time == STEMMA_NONE &&
            (relation == STM_RELATION_OBL || relation == STM_RELATION_OBL_UNMARKED ||
             relation == STM_RELATION_ADVMOD)) {
            it->time = ann->tokens[at].time;
            continue;
        }
        uint32_t word = stm_syntax_case(ann, at);
        int told =
            at > it->cue && (((relation == STM_RELATION_OBJ || relation == STM_RELATION_IOBJ) &&
                              ((it->frames & STM_SPEECH_TOLD) ||
                               (it->kind == STM_SPEECH_PROMISE && at < it->pieces[0].first))) ||
                             (relation == STM_RELATION_OBL && word != STEMMA_NONE &&
                              (stm_ann_is(ann, word, "to") ||
                               ((it->frames & STM_SPEECH_FOR) && stm_ann_is(ann, word, "on")))));
        if (told && it->addressee == STEMMA_NONE) {
            uint32_t mention = STEMMA_NONE;
            status = stm_speech_mention_made(scan, at, &mention);
            if (mention != STEMMA_NONE && ann->mentions[mention].type != STM_ENTITY_NONE &&
                ann->mentions[mention].type != STM_ENTITY_THING) {
                it->addressee = mention;
            }
        } else if (relation == STM_RELATION_OBL && it->via == STEMMA_NONE) {
            uint32_t medium = medium_of(ann, at);
            uint32_t mention =
                medium != STEMMA_NONE ? stm_mention_headed(ann, medium) : STEMMA_NONE;
            int sent = medium != STEMMA_NONE && is_sent(ann, at) &&
                       stm_syntax_oblique(ann, at, "to") == medium;
            int heard = sent || (medium != STEMMA_NONE &&
                                 stm_syntax_oblique(ann, at, "with") == medium);
            if (mention != STEMMA_NONE && !sent &&
                ann->mentions[mention].type == STM_ENTITY_ORGANIZATION) {
                it->via = mention;
            }
            if (mention != STEMMA_NONE && heard && it->addressee == STEMMA_NONE &&
                ann->mentions[mention].type != STM_ENTITY_NONE &&
                ann->mentions[mention].type != STM_ENTITY_THING) {
                it->addressee = mention; /* who interviews, to whom the letter goes */
            }
        } else if (relation == STM_RELATION_ADVCL && it->addressee == STEMMA_NONE) {
            status = read_speaking(scan, it, at);
        }
    }
    if (status == STEMMA_OK && it->addressee == STEMMA_NONE && (it->frames & STM_SPEECH_TOLD) &&
        it->cue + 1 < scan->end && it->pieces[0].first != it->cue + 1 &&
        !stm_ann_is(ann, it->cue + 1, "that") && !stm_ann_is(ann, it->cue + 1, "for")) {
        uint32_t mention = STEMMA_NONE;
        mention = ann->tokens[it->cue + 1].mention;
        if (mention == STEMMA_NONE || ann->mentions[mention].kind != STEMMA_MENTION_PRONOUN) {
            status =
                stm_speech_mention_made(scan, stm_speech_phrase_head(scan, it->cue + 1), &mention);
        }
        if (mention != STEMMA_NONE && mention != it->speakers[0] &&
            ann->mentions[mention].type != STM_ENTITY_NONE &&
            ann->mentions[mention].type != STM_ENTITY_THING) {
            it->addressee = mention;
        }
    }
    /* "said on Tuesday that": whatever the parse made of the day. */
    uint32_t next = it->cue + it->cue_count;
    if (it->time == STEMMA_NONE && next < scan->end) {
        next += ann->tokens[next].pos == STM_POS_IN && next + 1 < scan->end;
        it->time = ann->tokens[next].time;
    }
    return status;
}
