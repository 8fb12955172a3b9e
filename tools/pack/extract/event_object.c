/* SPDX-License-Identifier: MIT */
/* Objects of verbs where the tree has none: behind an amount that begins with a preposition ("up to 16
   men"), or behind words that stand between ("attacked on Monday a convoy"). */
#include "pack/extract/event_clause.h"
#include "pack/extract/event_word.h"

enum { BETWEEN = 6 /**< Tokens at most between a verb and its object. */ };

/** "killed up to 16 men", "arrested as many as 30": what an amount right behind the verb counts, or
    its number; STEMMA_NONE when it measures and does not count. */
static uint32_t counted_behind(const struct stm_annotation *ann, uint32_t verb)
{
    uint32_t next = verb + 1;
    uint32_t q = next < ann->token_count ? ann->tokens[next].quantity : STEMMA_NONE;
    if (q == STEMMA_NONE || ann->tokens[next].time != STEMMA_NONE ||
        ann->quantities[q].first != next || ann->quantities[q].value.unit.size != 0 ||
        ann->tokens[next].sentence != ann->tokens[verb].sentence) {
        return STEMMA_NONE;
    }
    const struct stm_quantity_mention *quantity = &ann->quantities[q];
    return quantity->head != STEMMA_NONE ? quantity->head : quantity->first + quantity->count - 1;
}

/** Behind the words that may stand between a verb and its object: a time, "in absentia", "as
    illegal"; `at` itself when nothing of the kind stands there. */
static uint32_t behind_between(const struct stm_annotation *ann, uint32_t at, uint32_t end)
{
    uint32_t i = at;
    if (stm_ann_is(ann, i, "as")) {
        int noun = 0; /* "as illegal the arrest", "as a crime X's attack" */
        for (i++; i < end && i < at + BETWEEN && !noun; i++) {
            uint8_t pos = ann->tokens[i].pos;
            if (pos != STM_POS_JJ && pos != STM_POS_RB && pos != STM_POS_CC && pos != STM_POS_NN &&
                !(pos == STM_POS_DT && i == at + 1)) {
                break;
            }
            noun = pos == STM_POS_NN;
        }
        return i > at + 1 ? i : at;
    }
    if (stm_ann_is(ann, i, "in") && stm_ann_is(ann, i + 1, "absentia")) {
        return i + 2;
    }
    if (ann->tokens[i].time == STEMMA_NONE && ann->tokens[i].pos == STM_POS_IN &&
        i + 1 < end && ann->tokens[i + 1].time != STEMMA_NONE) {
        i++;
    }
    while (i < end && i < at + BETWEEN && ann->tokens[i].time != STEMMA_NONE) {
        i++;
    }
    return i;
}

/** "handed over their weapons": behind the particle of a verb that has one, whatever it was tagged; or `at`. */
static uint32_t behind_particle(const struct stm_annotation *ann, uint32_t verb, uint32_t at)
{
    static const char *const verbs[] = {"hand", "turn", "give",  "call", "carry", "take",
                                        "set",  "shut", "bring", "send", "throw", "blow"};
    static const char *const words[] = {"over", "out", "off", "up", "down", "back"};
    return STM_LEMMA_IS_ANY(ann, verb, verbs) && STM_TOKEN_IS_ANY(ann, at, words) ? at + 1 : at;
}

/** Whether a finite verb follows what a noun heads at once: then the noun is its subject. */
static int is_subject_of_next(const struct stm_annotation *ann, uint32_t noun, uint32_t end)
{
    uint8_t pos = noun + 1 < end ? ann->tokens[noun + 1].pos : (uint8_t)STM_POS_NONE;
    return pos == STM_POS_VBD || pos == STM_POS_VBZ || pos == STM_POS_VBP || pos == STM_POS_MD ||
           ann->tokens[noun].relation == STM_RELATION_NSUBJ ||
           ann->tokens[noun].relation == STM_RELATION_NSUBJ_PASS;
}

uint32_t stm_object_behind(const struct stm_annotation *ann, uint32_t verb)
{
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[verb].sentence);
    uint32_t object = counted_behind(ann, verb);
    if (object != STEMMA_NONE || verb + 2 >= end) {
        return object;
    }
    uint32_t at = behind_particle(ann, verb, verb + 1);
    at = at == verb + 1 ? behind_between(ann, at, end) : at;
    if (at == verb + 1 || at >= end) {
        return STEMMA_NONE;
    }
    uint8_t pos = ann->tokens[at].pos;
    if (pos != STM_POS_DT && pos != STM_POS_PRPS && pos != STM_POS_CD && pos != STM_POS_NNP &&
        pos != STM_POS_NNS) {
        return STEMMA_NONE;
    }
    object = stm_phrase_head(ann, at);
    return object == STEMMA_NONE || ann->tokens[object].time != STEMMA_NONE ||
                   is_subject_of_next(ann, object, end)
               ? STEMMA_NONE
               : object;
}
