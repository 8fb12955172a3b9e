/* SPDX-License-Identifier: MIT */
/* What verbs tell of the lives of people: where and when they were born, whom they married, what
   passports they hold. */
#include "pack/extract/fact_emit.h"

#include "pack/extract/event_clause.h"
#include "pack/extract/syntax.h"

#define PERSON STM_ENTITY_PERSON

enum { NEAR = 10 }; /* "born in Lima, the capital, on 3 May 1962" */

stemma_status stm_fact_birth(const struct stm_fact_scan *scan, uint32_t verb, uint32_t subject)
{
    struct stm_annotation *ann = scan->ann;
    struct stm_fact_stand stand = {STEMMA_TENSE_PAST, 0, 0};
    stemma_status status = STEMMA_OK;
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[verb].sentence);
    int timed = 0;
    int placed = 0;
    uint32_t start = ann->sentences[ann->tokens[verb].sentence].first;
    for (uint32_t at = verb; at-- > start && verb - at < 5;) {
        /* "Lund, where she was born" */
        uint32_t before = at > start && stm_ann_is(ann, at - 1, ",") ? at - 2 : at - 1;
        uint32_t place = stm_ann_is(ann, at, "where") && at > start + 1
                             ? stm_fact_name_at(ann, before)
                             : STEMMA_NONE;
        if (place != STEMMA_NONE && ann->mentions[place].type == STM_ENTITY_PLACE) {
            status = stm_emit_relation(scan, subject, "birthplace", place, verb, &stand, 800);
            placed = 1;
        }
    }
    /* Place and date stand right behind, whichever of them the parse hung on the other. */
    for (uint32_t at = verb + 1; at < end && at < verb + NEAR && status == STEMMA_OK; at++) {
        uint8_t pos = ann->tokens[at].pos;
        uint32_t place = stm_fact_name_at(ann, at);
        if (pos == STM_POS_VBD || pos == STM_POS_VBZ || pos == STM_POS_CC || pos == STM_POS_TO ||
            pos == STM_POS_WP || pos == STM_POS_WRB) {
            break;
        }
        if (ann->tokens[at].time != STEMMA_NONE) {
            const struct stm_time_mention *when = &ann->times[ann->tokens[at].time];
            if (!timed && when->value.edtf.size != 0) {
                struct stm_fact fact =
                    stm_fact_of(subject, "born", stm_object_time(when->value), verb, when->first,
                                when->first + when->count, 800);
                fact.tense = STEMMA_TENSE_PAST;
                status = stm_emit_fact(scan, &fact);
            }
            timed = 1;
        } else if (place != STEMMA_NONE && !placed &&
                   ann->mentions[place].type == STM_ENTITY_PLACE) {
            status = stm_emit_relation(scan, subject, "birthplace", place, verb, &stand, 800);
            placed = 1;
        }
    }
    return status;
}

/** "is married to X", "married X in 1990": said of both. */
stemma_status stm_fact_marriage(const struct stm_fact_scan *scan, uint32_t verb, uint32_t who,
                                   uint32_t subject, const struct stm_fact_stand *stand)
{
    const struct stm_annotation *ann = scan->ann;
    struct stm_fact_stand now = {STEMMA_TENSE_PRESENT, stand->negated, stand->unreal};
    if (stm_ann_has_lemma(ann, verb, "divorce")) {
        now.tense = STEMMA_TENSE_PAST;
    }
    uint32_t other = stm_syntax_oblique(ann, verb, "to");
    if (other == STEMMA_NONE) {
        other = stm_syntax_object(ann, verb);
    }
    uint32_t spouse = stm_fact_entity(ann, other, PERSON, PERSON);
    stemma_status status = stm_emit_relation(scan, who, "spouse", spouse, verb, &now, 750);
    if (status == STEMMA_OK && spouse != STEMMA_NONE) {
        status = stm_emit_relation(scan, ann->mentions[spouse].referent, "spouse",
                                   stm_fact_entity(ann, subject, PERSON, PERSON), verb, &now, 750);
    }
    return status;
}

/** "holds both Estian and Swiss passports". */
stemma_status stm_fact_passports(const struct stm_fact_scan *scan, uint32_t paper, uint32_t who,
                                    const struct stm_fact_stand *stand)
{
    struct stm_annotation *ann = scan->ann;
    stemma_status status = STEMMA_OK;
    if (paper == STEMMA_NONE || !(stm_ann_has_lemma(ann, paper, "passport") ||
                                  stm_ann_has_lemma(ann, paper, "citizenship") ||
                                  stm_ann_has_lemma(ann, paper, "nationality"))) {
        return STEMMA_OK;
    }
    uint32_t first = paper > 6 ? paper - 6 : 0;
    uint32_t start = ann->sentences[ann->tokens[paper].sentence].first;
    uint32_t verb = ann->tokens[paper].head;
    start = verb != STEMMA_NONE && verb < paper && verb > start ? verb + 1 : start; /* not whose it is */
    for (uint32_t i = first > start ? first : start; i < paper && status == STEMMA_OK; i++) {
        if ((ann->tokens[i].pos == STM_POS_JJ || ann->tokens[i].pos == STM_POS_NNP) &&
            (ann->tokens[i].flags & STM_TOKEN_CAPITALISED)) {
            struct stm_fact fact =
                stm_fact_of(who, "nationality", stm_object_text(stm_ann_words(ann, i, 1)), paper, i,
                            i + 1, 750);
            fact.negated = stand->negated;
            status = stm_emit_fact(scan, &fact);
        }
    }
    return status;
}
