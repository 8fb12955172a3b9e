/* SPDX-License-Identifier: MIT */
/* Offices beside the names of people: "opposition leader X", "the head of the Steel Union, Dr X,",
   "X, 34, an actress". */
#include "pack/extract/fact_role.h"

#include "pack/extract/lexicon.h"

static int is_finite(const struct stm_annotation *ann, uint32_t token)
{
    uint8_t pos = ann->tokens[token].pos;
    return pos == STM_POS_VBD || pos == STM_POS_VBZ || pos == STM_POS_VBP || pos == STM_POS_MD;
}

/** The noun of an office whose phrase ends at `end`: "leader of the Steel Union"; or STEMMA_NONE. */
static uint32_t office_before(const struct stm_annotation *ann, uint32_t start, uint32_t end)
{
    for (uint32_t noun = end; noun-- > start && end - noun <= STM_ROLE_LONGEST;) {
        const struct stm_token *word = &ann->tokens[noun];
        if (is_finite(ann, noun) || ((word->flags & STM_TOKEN_PUNCTUATION) &&
                     !(word->flags & STM_TOKEN_POSSESSIVE) && !stm_ann_is(ann, noun, "-"))) {
            return STEMMA_NONE;
        }
        if (stm_fact_name_at(ann, noun) == STEMMA_NONE && word->pos != STM_POS_NNS &&
            stm_fact_is_occupation(ann, noun) && stm_fact_role_end(ann, noun) >= end) {
            return noun;
        }
    }
    return STEMMA_NONE;
}

/** "co-founder and chief executive X": the office before the title that begins at `first`. */
static stemma_status read_second(const struct stm_fact_scan *scan, uint32_t person, uint32_t start,
                                 uint32_t first)
{
    const struct stm_annotation *ann = scan->ann;
    struct stm_fact_stand stand = {STEMMA_TENSE_PRESENT, 0, 0};
    if (first < start + 2 || !stm_ann_is(ann, first - 1, "and")) {
        return STEMMA_OK;
    }
    uint32_t noun = office_before(ann, start, first - 1);
    uint32_t begin = noun != STEMMA_NONE ? stm_fact_title_start(ann, noun) : start;
    if (noun == STEMMA_NONE || (begin > start && ann->tokens[begin - 1].pos == STM_POS_DT)) {
        return STEMMA_OK; /* "the leader of the union and minister X" may be two */
    }
    return stm_fact_office(scan, person, begin, noun, first - 1, &stand, 700);
}

/** "opposition leader X", the title ending at `head`, right before the name. */
static stemma_status read_title(const struct stm_fact_scan *scan, const struct stm_mention *name,
                                uint32_t start, uint32_t head)
{
    const struct stm_annotation *ann = scan->ann;
    struct stm_fact_stand stand = {STEMMA_TENSE_PRESENT, 0, 0};
    uint8_t pos = ann->tokens[head].pos;
    if (stm_is_partisan(ann, head)) {
        return stm_fact_partisan(scan, name->referent, head, &stand);
    }
    /* "69-year-old farmer X": any noun will do */
    int aged = (pos == STM_POS_NN || pos == STM_POS_NNS) && head > start &&
               stm_fact_hyphenated_age(ann, head - 1) != 0;
    if (!(stm_fact_is_occupation(ann, head) || aged) || pos == STM_POS_NNS ||
        stm_fact_name_at(ann, head) != STEMMA_NONE || stm_fact_is_address(ann, head)) {
        return STEMMA_OK;
    }
    uint32_t first = stm_fact_title_start(ann, head);
    stemma_status status =
        stm_fact_office(scan, name->referent, first, head, head + 1, &stand, 850);
    return status == STEMMA_OK ? read_second(scan, name->referent, start, first) : status;
}

/** "the president, X, ...", "a spokesman for the union, X, said", the comma at `comma`: the phrase
    must point to somebody and the name be closed off. */
static stemma_status read_before_comma(const struct stm_fact_scan *scan,
                                       const struct stm_mention *name, uint32_t start,
                                       uint32_t comma)
{
    const struct stm_annotation *ann = scan->ann;
    struct stm_fact_stand stand = {STEMMA_TENSE_PRESENT, 0, 0};
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[name->first].sentence);
    uint32_t behind = name->first + name->count;
    uint32_t noun = office_before(ann, start, comma);
    if (noun == STEMMA_NONE) {
        return STEMMA_OK;
    }
    uint32_t first = stm_fact_title_start(ann, noun);
    uint32_t before = first > start ? first - 1 : STEMMA_NONE;
    int framed = behind < end && stm_ann_is(ann, behind, ",");
    int closed = behind >= end || (ann->tokens[behind].flags & STM_TOKEN_PUNCTUATION);
    if (before == STEMMA_NONE || stm_ann_is(ann, before, "a") || stm_ann_is(ann, before, "an")) {
        int opens = before == start && behind < end && is_finite(ann, behind);
        closed = (framed && !stm_ann_is(ann, behind + 1, "and")) || opens;
    } else if (!(stm_ann_is(ann, before, "the") || stm_ann_is(ann, before, "one") ||
                 ann->tokens[before].pos == STM_POS_PRPS ||
                 (ann->tokens[before].flags & STM_TOKEN_POSSESSIVE))) {
        return STEMMA_OK;
    }
    return closed ? stm_fact_office(scan, name->referent, first, noun, comma, &stand, 750)
                  : STEMMA_OK;
}

stemma_status stm_fact_title(const struct stm_fact_scan *scan, uint32_t mention)
{
    const struct stm_annotation *ann = scan->ann;
    const struct stm_mention *name = &ann->mentions[mention];
    uint32_t start = ann->sentences[ann->tokens[name->first].sentence].first;
    uint32_t at = name->first;
    stemma_status status = STEMMA_OK;
    if (at == start) {
        return STEMMA_OK;
    }
    if (!stm_ann_is(ann, at - 1, ",")) {
        status = read_title(scan, name, start, at - 1);
    }
    /* "the minister of fisheries, Hon. X," */
    while (at > start && (stm_fact_is_address(ann, at - 1) ||
                          ((ann->tokens[at - 1].flags & STM_TOKEN_CAPITALISED) &&
                           stm_lexicon_has(STM_LEXICON_TITLE, ann->tokens[at - 1].lower)))) {
        at--;
    }
    return status == STEMMA_OK && at > start + 1 && stm_ann_is(ann, at - 1, ",")
               ? read_before_comma(scan, name, start, at - 1)
               : status;
}

stemma_status stm_fact_apposed(const struct stm_fact_scan *scan, uint32_t mention)
{
    struct stm_annotation *ann = scan->ann;
    const struct stm_mention *name = &ann->mentions[mention];
    struct stm_fact_stand stand = {STEMMA_TENSE_PRESENT, 0, 0};
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[name->first].sentence);
    uint32_t i = name->first + name->count;
    if (i + 2 >= end || !stm_ann_is(ann, i, ",")) {
        return STEMMA_OK;
    }
    i++;
    if ((ann->tokens[i].flags & STM_TOKEN_DIGIT) && stm_ann_is(ann, i + 1, ",")) {
        i += 2; /* "X, 34, an actress" */
    }
    if (i >= end) {
        return STEMMA_OK;
    }
    int determined = ann->tokens[i].pos == STM_POS_DT || ann->tokens[i].pos == STM_POS_PRPS;
    i += determined != 0;
    uint32_t head = i;
    while (head < end && head - i < STM_ROLE_LONGEST && stm_fact_in_title(ann, head)) {
        head++;
    }
    /* A list of names has descriptions before the names: "A, journalist B and C". */
    if (head == i || (head < end && stm_fact_name_at(ann, head) != STEMMA_NONE) ||
        stm_fact_name_at(ann, head - 1) != STEMMA_NONE) {
        return STEMMA_OK;
    }
    head--;
    int closed = head + 1 >= end || (ann->tokens[head + 1].flags & STM_TOKEN_PUNCTUATION) ||
                 ann->tokens[head + 1].pos == STM_POS_IN ||
                 ann->tokens[head + 1].pos == STM_POS_TO || ann->tokens[head + 1].pos == STM_POS_WP;
    if (closed && determined && stm_is_partisan(ann, head)) {
        return stm_fact_partisan(scan, name->referent, head, &stand);
    }
    if (!closed || (!determined && !stm_fact_is_occupation(ann, head))) {
        return STEMMA_OK;
    }
    uint32_t stop = stm_fact_role_end(ann, head);
    uint8_t next = stop < end ? ann->tokens[stop].pos : (uint8_t)STM_POS_STOP;
    if (next == STM_POS_VBD || next == STM_POS_VBZ || next == STM_POS_VBP || next == STM_POS_MD) {
        return STEMMA_OK; /* "According to X, a detective for the office was": a subject */
    }
    stemma_status status = stm_fact_description(scan, name->referent, head, &stand, 750);
    /* "X, the head of the bank and a member of the party," */
    uint32_t second = stop + 1;
    if (status != STEMMA_OK || second + 1 >= end || !stm_ann_is(ann, stop, "and")) {
        return status;
    }
    second += ann->tokens[second].pos == STM_POS_DT;
    uint32_t noun = second;
    while (noun < end && noun - second < STM_ROLE_LONGEST && stm_fact_in_title(ann, noun) &&
           stm_fact_name_at(ann, noun) == STEMMA_NONE) {
        noun++;
    }
    return noun > second && stm_fact_is_occupation(ann, noun - 1) &&
                   (noun >= end || stm_fact_name_at(ann, noun) == STEMMA_NONE)
               ? stm_fact_description(scan, name->referent, noun - 1, &stand, 700)
               : status;
}
