/* SPDX-License-Identifier: MIT */
#include "pack/extract/fact_kin.h"

#include "pack/extract/event_verb.h"

/** The person whose kin is meant by "X's" or "his" right before `token`, and where that begins. */
static uint32_t owner_before(const struct stm_annotation *ann, uint32_t token, uint32_t start,
                             uint32_t *first)
{
    while (token > start && ann->tokens[token - 1].tag == STM_TAG_ADJECTIVE) {
        token--; /* "his older brother" */
    }
    if (token == start) {
        return STEMMA_NONE;
    }
    uint32_t before = token - 1;
    uint32_t mention = STEMMA_NONE;
    if (ann->tokens[before].flags & STM_TOKEN_POSSESSIVE) {
        if (before == start) {
            return STEMMA_NONE;
        }
        mention = ann->tokens[before - 1].mention;
    } else if (ann->tokens[before].tag == STM_TAG_POSSESSIVE) {
        mention = ann->tokens[before].mention;
    }
    if (mention == STEMMA_NONE || ann->mentions[mention].type != STM_ENTITY_PERSON) {
        return STEMMA_NONE;
    }
    *first = ann->mentions[mention].first;
    return ann->mentions[mention].referent;
}

/** "parent" seen from the other side is "child". */
static const char *inverse(const char *predicate)
{
    if (strcmp(predicate, "parent") == 0) {
        return "child";
    }
    return strcmp(predicate, "child") == 0 ? "parent" : predicate;
}

static stemma_status emit_kin(const struct stm_fact_scan *scan, uint32_t owner,
                              const char *predicate, uint32_t word, uint16_t confidence)
{
    if (owner == STEMMA_NONE || owner == scan->referent) {
        return STEMMA_OK;
    }
    stemma_object kin = stm_object_referent(scan->referent);
    stemma_object back = stm_object_referent(owner);
    stemma_status status = stm_emit_fact(scan, owner, predicate, &kin, 0, confidence, word,
                                         word + 1, scan->first, scan->end);
    if (status != STEMMA_OK) {
        return status;
    }
    return stm_emit_fact(scan, scan->referent, inverse(predicate), &back, 0, confidence, word,
                         word + 1, scan->first, scan->end);
}

/** "X's sister, Anna Bell", "his wife Anna Bell". */
static stemma_status find_before(const struct stm_fact_scan *scan)
{
    const struct stm_annotation *ann = scan->ann;
    uint32_t word = scan->first;
    uint32_t unused = 0;
    if (word == scan->sentence_first) {
        return STEMMA_OK;
    }
    word--;
    if (stm_ann_is(ann, word, ",") && word > scan->sentence_first) {
        word--;
    }
    const char *predicate = stm_kin_predicate(ann, word);
    if (predicate == NULL) {
        return STEMMA_OK;
    }
    uint32_t owner = owner_before(ann, word, scan->sentence_first, &unused);
    return emit_kin(scan, owner, predicate, word, 850);
}

/** "Anna Bell, the wife of X", "Anna Bell, X's wife". */
static stemma_status find_after(const struct stm_fact_scan *scan)
{
    const struct stm_annotation *ann = scan->ann;
    uint32_t i = scan->end;
    int copula = 0;
    uint32_t first = 0;
    if (i < scan->sentence_end && stm_ann_is(ann, i, ",")) {
        i++;
    } else if (i < scan->sentence_end && (stm_ann_is(ann, i, "is") || stm_ann_is(ann, i, "was"))) {
        copula = 1;
        i++;
    } else {
        return STEMMA_OK;
    }
    for (uint32_t word = i; word < scan->sentence_end && word < i + 9; word++) {
        const char *predicate = stm_kin_predicate(ann, word);
        if (predicate == NULL) {
            if ((ann->tokens[word].flags & STM_TOKEN_PUNCTUATION) || stm_is_finite(ann, word)) {
                break;
            }
            continue;
        }
        if (word + 1 < scan->sentence_end && stm_ann_is(ann, word + 1, "of")) {
            /* "the husband of exiled leader X": the first person named behind "of" */
            for (uint32_t at = word + 2; at < scan->sentence_end && at < word + 10; at++) {
                uint32_t m = ann->tokens[at].mention;
                if (m != STEMMA_NONE && ann->mentions[m].kind == STEMMA_MENTION_NAME &&
                    ann->mentions[m].type == STM_ENTITY_PERSON &&
                    !(at + ann->mentions[m].count < scan->sentence_end &&
                      ann->tokens[ann->mentions[m].first + ann->mentions[m].count].flags &
                          STM_TOKEN_POSSESSIVE)) {
                    return emit_kin(scan, ann->mentions[m].referent, predicate, word, 800);
                }
                if (ann->tokens[at].flags & STM_TOKEN_PUNCTUATION ||
                    (stm_is_finite(ann, at) && ann->tokens[at].tag != STM_TAG_PAST)) {
                    break;
                }
            }
            break;
        }
        uint32_t owner = owner_before(ann, word, scan->end, &first);
        /* "Anna Bell, X's wife, ...": what follows must close, or the next name is the kin. */
        if (owner != STEMMA_NONE && first >= i && first <= i + 2 &&
            (copula || word + 1 >= scan->sentence_end ||
             (ann->tokens[word + 1].flags & STM_TOKEN_PUNCTUATION))) {
            uint32_t next = word + 2;
            if (!copula && next < scan->sentence_end && stm_ann_is(ann, word + 1, ",") &&
                ann->tokens[next].mention != STEMMA_NONE &&
                ann->mentions[ann->tokens[next].mention].kind == STEMMA_MENTION_NAME) {
                break;
            }
            return emit_kin(scan, owner, predicate, word, 750);
        }
        break;
    }
    return STEMMA_OK;
}

stemma_status stm_find_kin(const struct stm_fact_scan *scan)
{
    stemma_status status = find_before(scan);
    return status == STEMMA_OK ? find_after(scan) : status;
}
