/* SPDX-License-Identifier: MIT */
#include "pack/extract/referent_syntax.h"

#include "pack/extract/lexicon.h"
#include "pack/extract/referent_anaphora.h"
#include "pack/extract/syntax.h"

#define STEPS 24u /* up a tree: what stands deeper belongs to nothing that is asked about */

uint32_t stm_phrase_top(const struct stm_annotation *ann, uint32_t first, uint32_t count)
{
    for (uint32_t i = first; i < first + count; i++) {
        uint32_t head = ann->tokens[i].head;
        if ((head == STEMMA_NONE || head < first || head >= first + count) &&
            ann->tokens[i].relation != STM_RELATION_PUNCT &&
            ann->tokens[i].relation != STM_RELATION_CASE) {
            return i;
        }
    }
    return first + count - 1;
}

/* From members of a list and appositions to the phrase that they are parts of. */
static uint32_t whole_of(const struct stm_annotation *ann, uint32_t top)
{
    for (uint32_t steps = 0; steps < STEPS; steps++) {
        const struct stm_token *token = &ann->tokens[top];
        int part = token->relation == STM_RELATION_CONJ || token->relation == STM_RELATION_APPOS ||
                   token->relation == STM_RELATION_FLAT || token->relation == STM_RELATION_COMPOUND;
        if (!part || token->head == STEMMA_NONE) {
            break;
        }
        top = token->head;
    }
    return top;
}

uint8_t stm_phrase_place(const struct stm_annotation *ann, uint32_t top)
{
    switch (ann->tokens[whole_of(ann, top)].relation) {
    case STM_RELATION_NSUBJ:
    case STM_RELATION_NSUBJ_PASS:
    case STM_RELATION_NSUBJ_OUTER:
        return STM_TRACE_SUBJECT;
    case STM_RELATION_OBJ:
    case STM_RELATION_IOBJ:
        return STM_TRACE_OBJECT;
    default:
        return STM_TRACE_OTHER;
    }
}

int stm_phrase_speaks(const struct stm_annotation *ann, uint32_t top)
{
    uint32_t whole = whole_of(ann, top);
    uint32_t verb = ann->tokens[whole].head;
    return ann->tokens[whole].relation == STM_RELATION_NSUBJ && verb != STEMMA_NONE &&
           (stm_lexicon_has(STM_LEXICON_SAY, ann->tokens[verb].lemma) ||
            stm_lexicon_has(STM_LEXICON_SAY, ann->tokens[verb].lower));
}

static int is_verb(const struct stm_annotation *ann, uint32_t token)
{
    uint8_t pos = ann->tokens[token].pos;
    return pos >= STM_POS_VB && pos <= STM_POS_VBZ;
}

static int is_relative_word(const struct stm_annotation *ann, uint32_t token)
{
    return ann->tokens[token].pos == STM_POS_WP || ann->tokens[token].pos == STM_POS_WDT;
}

/* The noun right before a relative word, a comma or preposition between: what it stands for where
   the parser took its clause for another. */
static uint32_t noun_before(const struct stm_annotation *ann, uint32_t word)
{
    uint32_t start = ann->sentences[ann->tokens[word].sentence].first;
    for (uint32_t at = word, steps = 0; at > start && steps < 3; steps++) {
        uint8_t tag = ann->tokens[--at].tag;
        if (tag == STM_TAG_NOUN || tag == STM_TAG_PLURAL || tag == STM_TAG_PROPN) {
            return at;
        }
        if (tag != STM_TAG_PREPOSITION && !stm_ann_is(ann, at, ",")) {
            break;
        }
    }
    return STEMMA_NONE;
}

uint32_t stm_relative_subject(const struct stm_annotation *ann, uint32_t token)
{
    uint32_t at = token;
    for (uint32_t steps = 0; steps < STEPS && at != STEMMA_NONE; steps++) {
        if (at != token && is_verb(ann, at)) {
            uint32_t subject = stm_syntax_child(ann, at, STM_RELATION_NSUBJ);
            if (subject == STEMMA_NONE) {
                subject = stm_syntax_child(ann, at, STM_RELATION_NSUBJ_PASS);
            }
            if (subject == STEMMA_NONE || subject >= token || !is_relative_word(ann, subject)) {
                return STEMMA_NONE;
            }
            return ann->tokens[at].relation == STM_RELATION_ACL_RELCL ? ann->tokens[at].head
                                                                      : noun_before(ann, subject);
        }
        at = ann->tokens[at].head;
    }
    return STEMMA_NONE;
}

uint32_t stm_referent_clause_subject(const struct stm_annotation *ann, uint32_t token)
{
    uint32_t at = token;
    for (uint32_t steps = 0; steps < STEPS && at != STEMMA_NONE; steps++) {
        if (at != token &&
            (is_verb(ann, at) || stm_syntax_child(ann, at, STM_RELATION_COP) != STEMMA_NONE)) {
            uint32_t subject = stm_syntax_subject(ann, at);
            return subject == token ? STEMMA_NONE : subject;
        }
        at = ann->tokens[at].head;
    }
    return STEMMA_NONE;
}

uint32_t stm_relative_antecedent(const struct stm_annotation *ann, uint32_t pronoun)
{
    uint32_t at = pronoun;
    for (uint32_t steps = 0; steps < STEPS && at != STEMMA_NONE; steps++) {
        if (ann->tokens[at].relation == STM_RELATION_ACL_RELCL ||
            (at != pronoun && ann->tokens[at].relation == STM_RELATION_ACL)) {
            uint32_t noun = ann->tokens[at].head;
            return noun < pronoun ? noun : STEMMA_NONE;
        }
        at = ann->tokens[at].head;
    }
    return is_relative_word(ann, pronoun) ? noun_before(ann, pronoun) : STEMMA_NONE;
}

static int is_denied(const struct stm_annotation *ann, uint32_t token)
{
    for (uint32_t i = ann->tokens[token].child; i != STEMMA_NONE; i = ann->tokens[i].sibling) {
        if (ann->tokens[i].tag == STM_TAG_NOT || stm_ann_is(ann, i, "no")) {
            return 1;
        }
    }
    return 0;
}

/* "served as host", "chose X as host": the object, or else the subject. */
static uint32_t object_or_subject(const struct stm_annotation *ann, uint32_t verb)
{
    uint32_t object = stm_syntax_child(ann, verb, STM_RELATION_OBJ);
    if (object != STEMMA_NONE) {
        return object;
    }
    return stm_syntax_subject(ann, verb);
}

uint32_t stm_predicated_of(const struct stm_annotation *ann, uint32_t top)
{
    const struct stm_token *token = &ann->tokens[top];
    if (token->relation == STM_RELATION_APPOS) {
        return token->head;
    }
    if (stm_syntax_child(ann, top, STM_RELATION_COP) != STEMMA_NONE) {
        return is_denied(ann, top) ? STEMMA_NONE : stm_syntax_subject(ann, top);
    }
    if (token->head == STEMMA_NONE || !is_verb(ann, token->head) || is_denied(ann, token->head)) {
        return STEMMA_NONE;
    }
    if (token->relation == STM_RELATION_XCOMP) {
        return object_or_subject(ann, token->head);
    }
    uint32_t mark = stm_syntax_case(ann, top);
    if (token->relation == STM_RELATION_OBL && mark != STEMMA_NONE && stm_ann_is(ann, mark, "as")) {
        return object_or_subject(ann, token->head);
    }
    return STEMMA_NONE;
}
