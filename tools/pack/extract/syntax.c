/* SPDX-License-Identifier: MIT */
#include "pack/extract/syntax.h"

#define STEPS 64u /* up a chain of verbs; a sentence of people has no longer one */

static int in_range(const struct stm_annotation *ann, uint32_t token)
{
    return token < ann->token_count;
}

static uint32_t first_of(const struct stm_annotation *ann, uint32_t token,
                         enum stm_relation relation)
{
    while (token != STEMMA_NONE && ann->tokens[token].relation != relation) {
        token = ann->tokens[token].sibling;
    }
    return token;
}

uint32_t stm_syntax_child(const struct stm_annotation *ann, uint32_t token,
                          enum stm_relation relation)
{
    return in_range(ann, token) ? first_of(ann, ann->tokens[token].child, relation) : STEMMA_NONE;
}

uint32_t stm_syntax_next(const struct stm_annotation *ann, uint32_t child,
                         enum stm_relation relation)
{
    return in_range(ann, child) ? first_of(ann, ann->tokens[child].sibling, relation)
                                : STEMMA_NONE;
}

void stm_syntax_range(const struct stm_annotation *ann, uint32_t token, uint32_t *first,
                      uint32_t *end)
{
    if (!in_range(ann, token)) {
        *first = *end = STEMMA_NONE;
        return;
    }
    uint32_t left = token;
    while (ann->tokens[left].child < left) { /* the first dependent is the leftmost */
        left = ann->tokens[left].child;
    }
    uint32_t right = token;
    for (;;) {
        uint32_t last = STEMMA_NONE;
        for (uint32_t i = ann->tokens[right].child; i != STEMMA_NONE; i = ann->tokens[i].sibling) {
            last = i;
        }
        if (last == STEMMA_NONE || last < right) {
            break;
        }
        right = last;
    }
    *first = left;
    *end = right + 1;
}

/* "One morning the wolf came": a part of the day, which the tree may take for a subject. */
static int is_day_part(const struct stm_annotation *ann, uint32_t token)
{
    return stm_ann_is(ann, token, "morning") || stm_ann_is(ann, token, "evening") ||
           stm_ann_is(ann, token, "afternoon") || stm_ann_is(ann, token, "night") ||
           stm_ann_is(ann, token, "day");
}

static uint32_t own_subject(const struct stm_annotation *ann, uint32_t verb)
{
    for (uint32_t i = ann->tokens[verb].child; i != STEMMA_NONE; i = ann->tokens[i].sibling) {
        switch (ann->tokens[i].relation) {
        case STM_RELATION_NSUBJ:
        case STM_RELATION_NSUBJ_PASS:
        case STM_RELATION_NSUBJ_OUTER:
        case STM_RELATION_CSUBJ:
        case STM_RELATION_CSUBJ_PASS:
        case STM_RELATION_CSUBJ_OUTER:
            if (is_day_part(ann, i) &&
                first_of(ann, ann->tokens[i].sibling, STM_RELATION_NSUBJ) != STEMMA_NONE) {
                break;
            }
            return i;
        default:
            break;
        }
    }
    return STEMMA_NONE;
}

static int is_relative_word(const struct stm_annotation *ann, uint32_t token)
{
    uint8_t pos = ann->tokens[token].pos;
    return pos == STM_POS_WDT || pos == STM_POS_WP;
}

/* The noun that a relative clause describes: the head of the clause, or what that is coordinated
   with when the clause stands under its last member. */
static uint32_t antecedent(const struct stm_annotation *ann, uint32_t clause)
{
    return ann->tokens[clause].head;
}

uint32_t stm_syntax_subject(const struct stm_annotation *ann, uint32_t verb)
{
    for (uint32_t steps = 0; in_range(ann, verb) && steps < STEPS; steps++) {
        const struct stm_token *token = &ann->tokens[verb];
        uint32_t subject = own_subject(ann, verb);
        int relative = token->relation == STM_RELATION_ACL_RELCL;
        if (subject != STEMMA_NONE) {
            return relative && is_relative_word(ann, subject) ? antecedent(ann, verb) : subject;
        }
        switch (token->relation) {
        case STM_RELATION_ACL:
        case STM_RELATION_ACL_RELCL:
            /* "the men freed", "a plan to free them": of "to" the doer is not the noun */
            return token->pos == STM_POS_VBN || token->pos == STM_POS_VBG ||
                           token->pos == STM_POS_VBD || relative
                       ? token->head
                       : STEMMA_NONE;
        case STM_RELATION_XCOMP: {
            uint32_t object = stm_syntax_child(ann, token->head, STM_RELATION_OBJ);
            if (object == STEMMA_NONE) {
                object = stm_syntax_child(ann, token->head, STM_RELATION_IOBJ);
            }
            if (object != STEMMA_NONE && object < verb) {
                return object;
            }
            verb = token->head;
            break;
        }
        case STM_RELATION_CONJ:
        case STM_RELATION_ADVCL:
            /* "freeing him, she said": clauses with a mark and a finite verb have subjects */
            if (token->relation == STM_RELATION_ADVCL && token->pos != STM_POS_VBG &&
                token->pos != STM_POS_VBN && token->pos != STM_POS_VB) {
                return STEMMA_NONE;
            }
            verb = token->head;
            break;
        default:
            return STEMMA_NONE;
        }
    }
    return STEMMA_NONE;
}

static int takes_object(const struct stm_annotation *ann, uint32_t verb)
{
    uint8_t pos = ann->tokens[verb].pos;
    return pos >= STM_POS_VB && pos <= STM_POS_VBZ && !stm_syntax_is_passive(ann, verb);
}

uint32_t stm_syntax_object(const struct stm_annotation *ann, uint32_t verb)
{
    uint32_t object = stm_syntax_child(ann, verb, STM_RELATION_OBJ);
    if (!in_range(ann, verb)) {
        return STEMMA_NONE;
    }
    const struct stm_token *token = &ann->tokens[verb];
    if (object != STEMMA_NONE) {
        return token->relation == STM_RELATION_ACL_RELCL && is_relative_word(ann, object)
                   ? antecedent(ann, verb)
                   : object;
    }
    if (!takes_object(ann, verb)) {
        return STEMMA_NONE;
    }
    if (token->relation == STM_RELATION_ACL_RELCL) {
        /* "the men they freed": what describes a noun and lacks an object shares that noun, unless
           the noun is its subject */
        uint32_t subject = own_subject(ann, verb);
        return subject != STEMMA_NONE && !is_relative_word(ann, subject) &&
                       stm_syntax_child(ann, verb, STM_RELATION_CCOMP) == STEMMA_NONE &&
                       stm_syntax_child(ann, verb, STM_RELATION_XCOMP) == STEMMA_NONE
                   ? antecedent(ann, verb)
                   : STEMMA_NONE;
    }
    /* "arrested and questioned the student": the object stands after the last of the verbs, and
       nothing but coordination between. */
    for (uint32_t i = token->child; i != STEMMA_NONE; i = ann->tokens[i].sibling) {
        uint8_t relation = ann->tokens[i].relation;
        if (i > verb && relation == STM_RELATION_CONJ && takes_object(ann, i)) {
            object = stm_syntax_child(ann, i, STM_RELATION_OBJ);
            if (object != STEMMA_NONE && own_subject(ann, i) == STEMMA_NONE) {
                return object;
            }
        } else if (i > verb && relation != STM_RELATION_CC && relation != STM_RELATION_PUNCT &&
                   relation != STM_RELATION_ADVMOD) {
            break; /* "voted on Monday and left the room" */
        }
    }
    return STEMMA_NONE;
}

uint32_t stm_syntax_case(const struct stm_annotation *ann, uint32_t token)
{
    return stm_syntax_child(ann, token, STM_RELATION_CASE);
}

uint32_t stm_syntax_oblique(const struct stm_annotation *ann, uint32_t verb, const char *word)
{
    if (!in_range(ann, verb)) {
        return STEMMA_NONE;
    }
    for (uint32_t i = ann->tokens[verb].child; i != STEMMA_NONE; i = ann->tokens[i].sibling) {
        uint8_t relation = ann->tokens[i].relation;
        if (relation != STM_RELATION_OBL && relation != STM_RELATION_NMOD &&
            relation != STM_RELATION_OBL_AGENT) {
            continue;
        }
        if (stm_ann_is(ann, stm_syntax_case(ann, i), word)) {
            return i;
        }
    }
    return STEMMA_NONE;
}

int stm_syntax_is_passive(const struct stm_annotation *ann, uint32_t verb)
{
    if (!in_range(ann, verb)) {
        return 0;
    }
    const struct stm_token *token = &ann->tokens[verb];
    for (uint32_t i = token->child; i != STEMMA_NONE; i = ann->tokens[i].sibling) {
        uint8_t relation = ann->tokens[i].relation;
        if (relation == STM_RELATION_AUX_PASS || relation == STM_RELATION_NSUBJ_PASS ||
            relation == STM_RELATION_CSUBJ_PASS || relation == STM_RELATION_OBL_AGENT) {
            return 1;
        }
        if (relation == STM_RELATION_AUX || relation == STM_RELATION_NSUBJ) {
            return 0; /* "has freed", "he freed" */
        }
    }
    if (token->pos != STM_POS_VBN) {
        return 0;
    }
    if (token->relation == STM_RELATION_CONJ && token->head != STEMMA_NONE &&
        token->head < verb) { /* "was arrested and jailed", but "has arrested and jailed" */
        uint32_t head = token->head;
        for (uint32_t steps = 0; steps < STEPS; steps++) {
            uint32_t aux = stm_syntax_child(ann, head, STM_RELATION_AUX);
            if (stm_syntax_child(ann, head, STM_RELATION_AUX_PASS) != STEMMA_NONE) {
                return 1;
            }
            if (aux != STEMMA_NONE) {
                return 0;
            }
            if (ann->tokens[head].relation != STM_RELATION_CONJ ||
                ann->tokens[head].head == STEMMA_NONE) {
                return ann->tokens[head].pos == STM_POS_VBN;
            }
            head = ann->tokens[head].head;
        }
    }
    return 1; /* a bare participle: "the men freed on Monday", "Arrested at dawn, he ..." */
}

uint32_t stm_syntax_conjuncts(const struct stm_annotation *ann, uint32_t token, uint32_t *out,
                              uint32_t most)
{
    uint32_t count = 0;
    if (!in_range(ann, token)) {
        return 0;
    }
    if (count < most) {
        out[count++] = token;
    }
    /* Members hang under the first one, or (of nested lists) under one another: those are passed in
       the order of the text, as every new one stands after all before. */
    for (uint32_t next = 0; next < count && count < most; next++) {
        uint32_t i = stm_syntax_child(ann, out[next], STM_RELATION_CONJ);
        for (; i != STEMMA_NONE && count < most; i = stm_syntax_next(ann, i, STM_RELATION_CONJ)) {
            uint32_t at = count++;
            while (at > next + 1 && out[at - 1] > i) {
                out[at] = out[at - 1];
                at--;
            }
            out[at] = i;
        }
    }
    return count;
}
