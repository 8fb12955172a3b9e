/* SPDX-License-Identifier: MIT */
#include "pack/extract/event_denial.h"

#include "pack/extract/attribution_range.h"
#include "pack/extract/event_clause.h"
#include "pack/extract/event_emit.h"
#include "pack/extract/event_word.h"
#include "pack/extract/quantity_recount.h"
#include "pack/extract/syntax.h"

enum { REACH = 200 /**< Tokens looked back at for what was quoted. */ };

/** "denied this", "denies it": a verb with nothing but a pronoun to deny. */
static int points_back(const struct stm_annotation *ann, uint32_t verb)
{
    static const char *const verbs[] = {"deny", "dispute", "contradict"};
    static const char *const words[] = {"this", "it", "that", "both"};
    uint32_t object = stm_syntax_child(ann, verb, STM_RELATION_OBJ);
    return STM_LEMMA_IS_ANY(ann, verb, verbs) && object != STEMMA_NONE && object > verb &&
           STM_TOKEN_IS_ANY(ann, object, words) &&
           stm_syntax_child(ann, verb, STM_RELATION_CCOMP) == STEMMA_NONE;
}

/** What was quoted last before the verb, in its sentence or the one before; or NULL. */
static const struct stm_attributed *quoted_before(const struct stm_annotation *ann, uint32_t verb)
{
    const struct stm_attribution *all = ann->part2;
    uint32_t sentence = ann->tokens[verb].sentence;
    for (uint32_t i = verb; i-- > 0 && verb - i < REACH &&
                            ann->tokens[i].sentence + 1 >= sentence;) {
        uint32_t number = all->by_token[i];
        if (number != STEMMA_NONE && all->items[number].end <= verb) {
            const struct stm_attributed *item = &all->items[number];
            return item->demand || item->stance == STEMMA_STANCE_DENIES ? NULL : item;
        }
    }
    return NULL;
}

/** The word on which all others of a range hang. */
static uint32_t root_of(const struct stm_annotation *ann, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++) {
        uint32_t head = ann->tokens[i].head;
        if ((head == STEMMA_NONE || head < first || head >= end) &&
            ann->tokens[i].relation != STM_RELATION_PUNCT &&
            ann->tokens[i].relation != STM_RELATION_MARK) {
            return i;
        }
    }
    return STEMMA_NONE;
}

static uint32_t token_at(const struct stm_annotation *ann, uint32_t start)
{
    uint32_t low = 0;
    uint32_t high = ann->token_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (ann->tokens[middle].start < start) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/** Notes for each token the assertion that says of which type the happening is that it tells. */
static void note_types(const struct stm_annotation *ann, uint32_t *told)
{
    for (uint32_t i = 0; i < ann->token_count; i++) {
        told[i] = STEMMA_NONE;
    }
    for (uint32_t a = 0; a < ann->assertion_count; a++) {
        const struct stm_assertion *assertion = &ann->assertions[a];
        if (!stemma_text_equal(assertion->value.predicate, stemma_text_of("type")) ||
            assertion->value.polarity == STEMMA_POLARITY_NEGATIVE) {
            continue;
        }
        for (size_t e = 0; e < assertion->evidence_count; e++) {
            const stemma_evidence *evidence = &assertion->evidence[e];
            if (evidence->part != STEMMA_EVIDENCE_PREDICATE || evidence->span_count == 0) {
                continue;
            }
            uint32_t token = token_at(ann, evidence->spans[0].start);
            if (token < ann->token_count && told[token] == STEMMA_NONE) {
                told[token] = a;
            }
        }
    }
}

static stemma_status deny(struct stm_annotation *ann, uint32_t verb, const uint32_t *told_by)
{
    static const char prefix[] = "statement.";
    const struct stm_attributed *item = quoted_before(ann, verb);
    uint32_t root = item != NULL ? root_of(ann, item->first, item->end) : STEMMA_NONE;
    uint32_t told = root != STEMMA_NONE ? told_by[root] : STEMMA_NONE;
    if (told == STEMMA_NONE) {
        return STEMMA_OK;
    }
    stemma_assertion first = ann->assertions[told].value;
    stemma_text type = first.object.as.text;
    if (type.size >= sizeof prefix && memcmp(type.data, prefix, sizeof prefix - 1) == 0) {
        return STEMMA_OK;
    }
    struct stm_stand stand = stm_stand_plain(600);
    stand.polarity = STEMMA_POLARITY_NEGATIVE;
    stand.tense = first.tense;
    stand.realis = first.realis;
    stemma_status status = stm_attribute_count(ann, verb, &stand);
    if (status != STEMMA_OK || stand.attribution == STEMMA_ATTRIBUTION_NONE ||
        stand.speaker == item->speaker) {
        return status;
    }
    return stm_emit(ann, ann->assertion_count, first.subject, "type", &first.object, &stand,
                    stm_ann_span(ann, verb, 1), stm_ann_span(ann, root, 1), verb);
}

stemma_status stm_extract_denials(struct stm_annotation *ann)
{
    uint32_t *told = NULL;
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 0; i < ann->token_count && status == STEMMA_OK; i++) {
        if (!points_back(ann, i)) {
            continue;
        }
        if (told == NULL) {
            told = stm_arena_alloc(ann->arena, ann->token_count, sizeof *told);
            if (told == NULL) {
                return STEMMA_E_NO_MEMORY;
            }
            note_types(ann, told);
        }
        status = deny(ann, i, told);
    }
    return status;
}
