/* SPDX-License-Identifier: MIT */
/* Chains that end before a token, and subjects of verbs. */
#include "pack/extract/event_phrase.h"

/* Subjects further away than this are not looked for: keeps the work linear in the text. */
enum { REACH = 70 };

static int in_name(const struct stm_annotation *ann, uint32_t i)
{
    uint32_t m = ann->tokens[i].mention;
    return m != STEMMA_NONE && ann->mentions[m].kind == STEMMA_MENTION_NAME;
}

/** Passes leftwards over adverbs and times (with their prepositions) that end before `end`. */
static uint32_t retreat(const struct stm_annotation *ann, uint32_t end, uint32_t start)
{
    while (end > start) {
        const struct stm_token *token = &ann->tokens[end - 1];
        if (token->time != STEMMA_NONE) {
            uint32_t first = ann->times[token->time].first;
            end = first >= start ? first : start;
            if (end > start && ann->tokens[end - 1].tag == STM_TAG_PREPOSITION) {
                end--;
            }
        } else if (token->tag == STM_TAG_ADVERB && !in_name(ann, end - 1)) {
            end--;
        } else {
            break;
        }
    }
    return end;
}

static int is_any_verb(const struct stm_annotation *ann, uint32_t token)
{
    uint8_t tag = ann->tokens[token].tag;
    return stm_is_finite(ann, token) || tag == STM_TAG_VERB || tag == STM_TAG_GERUND ||
           tag == STM_TAG_PARTICIPLE;
}

/** A verb behind which a clause may begin without "that". */
static int is_reporting(const struct stm_annotation *ann, uint32_t token)
{
    return stm_ann_has_lemma(ann, token, "say") || stm_ann_has_lemma(ann, token, "claim") ||
           stm_ann_has_lemma(ann, token, "report") || stm_ann_has_lemma(ann, token, "add");
}

void stm_chain_ending(const struct stm_annotation *ann, uint32_t end, struct stm_chain *chain)
{
    chain->count = 0;
    chain->first = chain->end = end;
    if (end == 0) {
        return;
    }
    uint32_t sentence_start = ann->sentences[ann->tokens[end - 1].sentence].first;
    uint32_t start = sentence_start;
    end = retreat(ann, end, start);
    if (end == start) {
        return;
    }
    if (end - start > REACH) {
        start = end - REACH;
    }
    if (ann->tokens[end - 1].tag == STM_TAG_PRONOUN &&
        ann->tokens[end - 1].mention != STEMMA_NONE) {
        start = end - 1; /* "The wife of a diplomat, she was ..." */
    }
    uint32_t bare_end = stm_ann_is(ann, end - 1, ",") ? end - 1 : end;
    for (uint32_t s = start; s < bare_end; s++) {
        if (!stm_begins_phrase(ann, s) || ann->tokens[s].quote != ann->tokens[end - 1].quote) {
            continue;
        }
        if (s > sentence_start) {
            const struct stm_token *before = &ann->tokens[s - 1];
            uint32_t outer = stm_ann_outer_mention_at_token(ann, s);
            if ((before->tag == STM_TAG_PREPOSITION && before->time == STEMMA_NONE &&
                 !stm_is_clause_break(ann, s - 1)) ||
                before->tag == STM_TAG_TO || before->tag == STM_TAG_DETERMINER ||
                before->tag == STM_TAG_ADJECTIVE || before->tag == STM_TAG_NUMBER ||
                before->tag == STM_TAG_POSSESSIVE || (before->flags & STM_TOKEN_POSSESSIVE) ||
                (outer != STEMMA_NONE && ann->mentions[outer].first < s) ||
                (ann->tokens[s].quantity != STEMMA_NONE &&
                 ann->quantities[ann->tokens[s].quantity].first < s)) {
                continue;
            }
        }
        stm_chain_read(ann, s, end, STM_CHAIN_SUBJECT, chain);
        int is_object = s > sentence_start && is_any_verb(ann, s - 1) && !in_name(ann, s - 1) &&
                        chain->count != 0 && chain->end > chain->items[0].end &&
                        !is_reporting(ann, s - 1);
        if (chain->count != 0 && !is_object && (chain->end == end || chain->end == bare_end)) {
            const struct stm_item *item = &chain->items[0];
            if (item->mention != STEMMA_NONE || item->quantity != STEMMA_NONE) {
                return;
            }
        }
    }
    chain->count = 0;
}

uint32_t stm_verb_before(const struct stm_annotation *ann, uint32_t token)
{
    uint32_t start = ann->sentences[ann->tokens[token].sentence].first;
    for (uint32_t i = token; i-- > start && token - i < REACH;) {
        if (stm_ann_is(ann, i, ";") || ann->tokens[i].quote != ann->tokens[token].quote) {
            break;
        }
        uint8_t tag = ann->tokens[i].tag;
        if ((stm_is_finite(ann, i) || tag == STM_TAG_VERB || tag == STM_TAG_PARTICIPLE) &&
            !in_name(ann, i)) {
            return i;
        }
    }
    return STEMMA_NONE;
}

/** The subject of the verb that precedes `token`: for coordination, infinitives and participles. */
static void subject_of_verb_before(const struct stm_annotation *ann, uint32_t token,
                                   struct stm_chain *chain)
{
    for (int hops = 0; hops < 6; hops++) {
        uint32_t verb = stm_verb_before(ann, token);
        if (verb == STEMMA_NONE) {
            return;
        }
        struct stm_verb_group group = stm_verb_group_at(ann, verb, STM_FORM_ED);
        uint32_t start = ann->sentences[ann->tokens[verb].sentence].first;
        uint32_t end = retreat(ann, group.first, start);
        if (end > start &&
            (ann->tokens[end - 1].tag == STM_TAG_WH || stm_ann_is(ann, end - 1, "that"))) {
            int closed = 0;
            for (uint32_t i = verb; i < token; i++) {
                closed |= stm_ann_is(ann, i, ",");
            }
            if (!closed) {
                /* "who was arrested and jailed": still the relative clause */
                stm_chain_ending(ann, end - 1, chain);
                if (chain->count > 1) {
                    chain->items[0] = chain->items[chain->count - 1];
                    chain->count = 1;
                }
                return;
            }
            token = end - 1; /* its verb is not the one that governs */
            continue;
        }
        stm_chain_ending(ann, group.first, chain);
        if (chain->count != 0 || (end > start && ann->tokens[end - 1].tag == STM_TAG_PRONOUN)) {
            return;
        }
        token = group.first;
        if (token <= start) {
            return;
        }
    }
}

/** What "who" refers to when a preposition stands before it: "among 87 people who were pardoned".
 */
static void antecedent(const struct stm_annotation *ann, uint32_t end, struct stm_chain *chain)
{
    stm_chain_ending(ann, end, chain);
    uint32_t start = ann->sentences[ann->tokens[end].sentence].first;
    for (uint32_t s = end; chain->count == 0 && s-- > start + 1 && end - s <= 8;) {
        if (ann->tokens[s - 1].tag != STM_TAG_PREPOSITION || !stm_begins_phrase(ann, s)) {
            continue;
        }
        stm_chain_read(ann, s, end, STM_CHAIN_SUBJECT, chain);
        if (chain->end != end || chain->count != 1) {
            chain->count = 0;
            break;
        }
    }
}

void stm_subject_of(const struct stm_annotation *ann, const struct stm_verb_group *group,
                    struct stm_chain *chain)
{
    uint32_t start = ann->sentences[ann->tokens[group->main].sentence].first;
    uint32_t end = retreat(ann, group->first, start);
    chain->count = 0;
    chain->first = chain->end = end;
    if (end == start) {
        return;
    }
    uint32_t before = end - 1;
    uint8_t tag = ann->tokens[before].tag;
    if (stm_ann_is(ann, before, "who") || stm_ann_is(ann, before, "which") ||
        (stm_ann_is(ann, before, "that") && before > start &&
         (ann->tokens[before - 1].mention != STEMMA_NONE ||
          ann->tokens[before - 1].quantity != STEMMA_NONE))) {
        antecedent(ann, before, chain);
        if (chain->count > 1) {
            chain->items[0] = chain->items[chain->count - 1]; /* the nearest is meant */
            chain->count = 1;
        }
        return;
    }
    if (tag == STM_TAG_CONJUNCTION || stm_ann_is(ann, before, "and") ||
        stm_ann_is(ann, before, "then")) {
        subject_of_verb_before(ann, before, chain);
        return;
    }
    if (group->infinitive || group->form == STM_FORM_ING) {
        if (!group->has_be || group->infinitive) {
            subject_of_verb_before(ann, group->first, chain);
            return;
        }
    }
    stm_chain_ending(ann, end, chain);
}
