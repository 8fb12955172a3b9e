/* SPDX-License-Identifier: MIT */
/* "Both": the two people whom the sentences before name side by side. */
#include "pack/extract/event_participant.h"
#include "pack/extract/syntax.h"

enum { BACK = 3 /**< Sentences in which the two are looked for, with that of "both". */ };

/** The person that a token of a coordination names, itself or by the name right behind it: "his brother X". */
static uint32_t person_at(const struct stm_annotation *ann, uint32_t token)
{
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[token].sentence);
    for (uint32_t i = token; i < end && i < token + 2; i++) {
        uint32_t mention = ann->tokens[i].mention;
        if (mention != STEMMA_NONE && ann->mentions[mention].type == STM_ENTITY_PERSON &&
            ann->mentions[mention].kind == STEMMA_MENTION_NAME && !ann->mentions[mention].plural) {
            return mention;
        }
    }
    return STEMMA_NONE;
}

int stm_both_of(const struct stm_annotation *ann, uint32_t both, uint32_t pair[2])
{
    uint32_t members[3];
    uint32_t sentence = ann->tokens[both].sentence;
    uint32_t stop = ann->sentences[sentence < BACK ? 0 : sentence - BACK + 1].first;
    if (!stm_ann_is(ann, both, "both") || ann->tokens[both].mention != STEMMA_NONE) {
        return 0;
    }
    for (uint32_t i = both; i-- > stop;) {
        uint32_t head = ann->tokens[i].head;
        if (ann->tokens[i].relation != STM_RELATION_CONJ || head == STEMMA_NONE || head > i ||
            stm_syntax_conjuncts(ann, head, members, 3) != 2) {
            continue;
        }
        pair[0] = person_at(ann, head);
        pair[1] = person_at(ann, i);
        if (pair[0] != STEMMA_NONE && pair[1] != STEMMA_NONE && pair[0] != pair[1]) {
            return 1;
        }
    }
    return 0;
}
