/* SPDX-License-Identifier: MIT */
#include "pack/extract/event_obligation.h"

#include "pack/extract/attribution_range.h"
#include "pack/extract/event_circumstance.h"
#include "pack/extract/event_clause.h"
#include "pack/extract/event_modality.h"
#include "pack/extract/event_participant.h"
#include "pack/extract/syntax.h"

/** Whether the words with which it is said tell of a demand by themselves. */
static int demands(const struct stm_annotation *ann, uint32_t cue)
{
    size_t count;
    const struct stm_sense *senses = stm_verb_senses(ann->tokens[cue].lemma, &count);
    for (size_t i = 0; i < count; i++) {
        if (senses[i].kind == STM_EVENT_STATEMENT_DEMAND ||
            senses[i].kind == STM_EVENT_STATEMENT_THREATEN) {
            return 1;
        }
    }
    return 0;
}

static int is_named(const struct stm_annotation *ann, uint32_t node)
{
    uint32_t mention = node == STEMMA_NONE ? STEMMA_NONE : ann->tokens[node].mention;
    return mention != STEMMA_NONE && ann->mentions[mention].kind == STEMMA_MENTION_NAME &&
           (stm_types_at(ann, node) & STM_TYPES_ACTORS) != 0;
}

stemma_status stm_find_obligation(struct stm_events *events, uint32_t token)
{
    const struct stm_annotation *ann = events->ann;
    uint32_t verb = ann->tokens[token].head;
    if (!stm_ann_is(ann, token, "must") || ann->tokens[token].relation != STM_RELATION_AUX ||
        verb == STEMMA_NONE ||
        (!stm_is_verb(ann, verb) && /* "must be ready to" */
         stm_syntax_child(ann, verb, STM_RELATION_COP) == STEMMA_NONE)) {
        return STEMMA_OK;
    }
    const struct stm_attributed *said = stm_attributed_at(ann, token);
    uint32_t bound = stm_syntax_child(ann, verb, STM_RELATION_NSUBJ);
    if (said == NULL || !stm_is_verb(ann, said->cue) || demands(ann, said->cue) ||
        ann->tokens[said->cue].sentence != ann->tokens[token].sentence || !is_named(ann, bound)) {
        return STEMMA_OK;
    }
    uint32_t speaker = stm_clause_subject(ann, said->cue);
    if (speaker == STEMMA_NONE || speaker == bound || stm_types_at(ann, speaker) == 0) {
        return STEMMA_OK;
    }
    struct stm_candidate candidate = {.kind = STM_EVENT_STATEMENT_DEMAND,
                                      .first = token,
                                      .count = 1,
                                      .filler_first = (uint32_t)events->filler_count,
                                      .time = STEMMA_NONE,
                                      .place_mention = STEMMA_NONE,
                                      .noun = STEMMA_NONE,
                                      .cluster = STEMMA_NONE};
    candidate.in_title = ann->sentences[ann->tokens[token].sentence].is_title;
    candidate.stand = stm_stand_at(ann, said->cue, STM_EVENT_STATEMENT_DEMAND, 600);
    stemma_status status =
        stm_add_participants(events, &candidate, "agent", speaker, STM_TYPES_ACTORS);
    if (status == STEMMA_OK) {
        status = stm_add_participants(events, &candidate, "target", bound, STM_TYPES_ACTORS);
    }
    if (status != STEMMA_OK || candidate.filler_count < 2) {
        events->filler_count = candidate.filler_first;
        return status;
    }
    status = stm_add_words(events, &candidate, "topic", verb, STM_WORDS_WHOLE);
    return status == STEMMA_OK ? stm_keep_candidate(events, &candidate) : status;
}
