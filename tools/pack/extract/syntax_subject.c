/* SPDX-License-Identifier: MIT */
/* "Anna Bell, a lawyer, and Karl Voss, a teacher, were freed": behind what is added to the first name the parser takes
   the second for a subject of its own, or for more of what is added. But no clause has two subjects, and nothing is
   added with "and": the two names are joined. */
#include "pack/extract/syntax.h"
#include "pack/extract/syntax_mend.h"

static int is_subject(const struct stm_token *word)
{
    return (word->relation == STM_RELATION_NSUBJ || word->relation == STM_RELATION_NSUBJ_PASS) &&
           (word->pos == STM_POS_NN || word->pos == STM_POS_NNS || word->pos == STM_POS_NNP ||
            word->pos == STM_POS_NNPS);
}

/** The two subjects of a verb right before and right behind a conjunction that the tree has under the verb. */
static int subjects_around(const struct stm_annotation *ann, uint32_t conjunction, uint32_t pair[2])
{
    uint32_t first;
    uint32_t end;
    uint32_t verb = ann->tokens[conjunction].head;
    pair[0] = pair[1] = STEMMA_NONE;
    for (uint32_t i = ann->tokens[verb].child; i < verb; i = ann->tokens[i].sibling) {
        if (is_subject(&ann->tokens[i]) && (i < conjunction || pair[1] == STEMMA_NONE)) {
            pair[i > conjunction] = i;
        }
    }
    if (pair[0] == STEMMA_NONE || pair[1] == STEMMA_NONE ||
        stm_syntax_case(ann, pair[0]) != STEMMA_NONE || stm_syntax_case(ann, pair[1]) != STEMMA_NONE) {
        return 0; /* "according to the police, and ..." */
    }
    stm_syntax_range(ann, pair[1], &first, &end);
    if (first != conjunction + 1) {
        return 0;
    }
    stm_syntax_range(ann, pair[0], &first, &end);
    return end == conjunction || (end + 1 == conjunction && stm_ann_is(ann, end, ","));
}

/** The name to which the second name behind a conjunction was added as if it said more of it: "Bell, a lawyer, and
    Voss"; or STEMMA_NONE. */
static uint32_t name_before_added(const struct stm_annotation *ann, uint32_t conjunction)
{
    uint32_t second = ann->tokens[conjunction].head;
    uint32_t added = ann->tokens[second].head;
    if ((ann->tokens[second].relation != STM_RELATION_APPOS && ann->tokens[second].relation != STM_RELATION_CONJ) ||
        ann->tokens[second].pos != STM_POS_NNP || added > conjunction || !stm_ann_is(ann, conjunction - 1, ",") ||
        ann->tokens[added].relation != STM_RELATION_APPOS || ann->tokens[added].pos != STM_POS_NN) {
        return STEMMA_NONE;
    }
    uint32_t name = ann->tokens[added].head;
    return name < added && ann->tokens[name].pos == STM_POS_NNP ? name : STEMMA_NONE;
}

/** "The daughter of a keeper, she was born": what opens a sentence before the pronoun that is the subject describes
    whom the pronoun means, and is no subject of its own. */
static void mend_opening(struct stm_annotation *ann, uint32_t pronoun)
{
    uint32_t verb = ann->tokens[pronoun].head;
    uint32_t start = ann->sentences[ann->tokens[pronoun].sentence].first;
    uint32_t first;
    uint32_t end;
    for (uint32_t i = ann->tokens[verb].child; i < pronoun; i = ann->tokens[i].sibling) {
        if (!is_subject(&ann->tokens[i]) || stm_syntax_case(ann, i) != STEMMA_NONE) {
            continue;
        }
        stm_syntax_range(ann, i, &first, &end);
        if (first == start && end <= pronoun) {
            ann->tokens[i].relation = STM_RELATION_DISLOCATED;
        }
    }
}

static int is_behind_opening(const struct stm_annotation *ann, uint32_t token)
{
    const struct stm_token *word = &ann->tokens[token];
    return word->pos == STM_POS_PRP && word->head != STEMMA_NONE && word->head > token &&
           (word->relation == STM_RELATION_NSUBJ || word->relation == STM_RELATION_NSUBJ_PASS) &&
           stm_ann_is(ann, token - 1, ",");
}

void stm_mend_subjects(struct stm_annotation *ann)
{
    uint32_t pair[2];
    for (uint32_t i = 1; i < ann->token_count; i++) {
        struct stm_token *word = &ann->tokens[i];
        if (is_behind_opening(ann, i)) {
            mend_opening(ann, i);
        }
        if (word->relation != STM_RELATION_CC || word->head == STEMMA_NONE || word->head < i ||
            !stm_ann_is(ann, i, "and")) {
            continue;
        }
        uint32_t name = name_before_added(ann, i);
        if (name != STEMMA_NONE) {
            pair[0] = name;
            pair[1] = word->head;
        } else if (!subjects_around(ann, i, pair)) {
            continue;
        }
        if (stm_ann_is(ann, i - 1, ",") && ann->tokens[i - 1].head == word->head) {
            ann->tokens[i - 1].head = pair[1];
        }
        word->head = pair[1];
        ann->tokens[pair[1]].head = pair[0];
        ann->tokens[pair[1]].relation = STM_RELATION_CONJ;
    }
}
