/* SPDX-License-Identifier: MIT */
/* Person, organisation, place or thing: votes of the words of a name and of its neighbours, added
   up over the document. The weights are plain numbers, set by hand on development texts. */
#include "pack/extract/name.h"
#include "pack/extract/name_ending.h"

enum {
    PERSON = STM_ENTITY_PERSON,
    ORGANIZATION = STM_ENTITY_ORGANIZATION,
    PLACE = STM_ENTITY_PLACE,
    THING = STM_ENTITY_THING
};

#define DECISIVE   100 /* a list knows the whole name */
#define SURE_THING 15  /* more than plain words add up to */

static int word_in(const struct stm_annotation *ann, enum stm_lexicon_list list, uint32_t i)
{
    return i < ann->token_count && stm_lexicon_has(list, ann->tokens[i].lower);
}

/* Votes of lists that know the whole name. */
static void score_known(const struct stm_annotation *ann, struct stm_name_chunk *chunk)
{
    const struct stm_place_entry *place = stm_lexicon_place(chunk->key);
    if (place != NULL) {
        chunk->score[PLACE] += place->kind <= STM_PLACE_CAPITAL || chunk->count > 1 ? 14 : 9;
        /* "us" in capitals is a country, but "Chad" and "Victoria" may be anybody. */
        if (stm_lexicon_given(chunk->key) != NULL) {
            chunk->score[PLACE] -= 3;
        }
    }
    if (chunk->count == 1 ? word_in(ann, STM_LEXICON_ORG_KNOWN, chunk->first)
                          : stm_lexicon_has(STM_LEXICON_ORG_KNOWN_LONG, chunk->key)) {
        chunk->score[ORGANIZATION] += DECISIVE;
    }
    if (chunk->count > 1 && stm_ann_is(ann, chunk->first, "the")) {
        chunk->score[ORGANIZATION] += 2;
    }
}

/* Votes of the words inside. */
static void score_inside(const struct stm_name_finder *finder, struct stm_name_chunk *chunk)
{
    const struct stm_annotation *ann = finder->ann;
    uint32_t first = chunk->first;
    uint32_t last = chunk->first + chunk->count - 1;
    const struct stm_token *head = &ann->tokens[last];
    int shouting = finder->shouting[head->sentence];
    int connectors = 0;
    int plain = 0;
    for (uint32_t i = first; i <= last; i++) {
        connectors += stm_ann_is(ann, i, "of") || stm_ann_is(ann, i, "for") ||
                      stm_ann_is(ann, i, "&") || stm_ann_is(ann, i, "and");
        plain += stm_name_is_plain_word(ann, i);
        if (i > first && i < last && (ann->tokens[i].flags & STM_TOKEN_INITIAL) != 0) {
            chunk->score[PERSON] += 5;
        }
        if (i > first && i < last && (ann->tokens[i].flags & STM_TOKEN_CAPITALISED) == 0 &&
            word_in(ann, STM_LEXICON_PARTICLE, i) && connectors == 0) {
            chunk->score[PERSON] += 3;
        }
    }
    const struct stm_given_entry *given = stm_lexicon_given(ann->tokens[first].lower);
    if (given != NULL && connectors == 0) {
        int weak = stm_name_is_plain_word(ann, first) ||
                   stm_lexicon_place(ann->tokens[first].lower) != NULL;
        chunk->score[PERSON] += chunk->count == 1   ? (weak ? 1 : 4)
                                : chunk->count <= 4 ? (weak ? 3 : 7)
                                                    : 2;
    }
    if ((ann->tokens[first].flags & STM_TOKEN_INITIAL) != 0 && chunk->count >= 2) {
        chunk->score[PERSON] += 4;
    }
    if (word_in(ann, STM_LEXICON_HONORIFIC_AFTER, last) && chunk->count > 1) {
        int thing = word_in(ann, STM_LEXICON_THING_HEAD, last - 1); /* "World War II" */
        chunk->score[thing ? THING : PERSON] += thing ? 12 : 6;
    }
    if (stm_name_has_surname_ending(head->lower) && stm_lexicon_place(head->lower) == NULL &&
        connectors == 0) {
        chunk->score[PERSON] += chunk->count == 1 ? 3 : 4;
    }
    if (chunk->count == 1 && given == NULL && head->lower.size > 4 &&
        stm_name_has_place_ending(head->lower)) {
        chunk->score[PLACE] += 2;
    }
    if (word_in(ann, STM_LEXICON_ORG_HEAD, last) || word_in(ann, STM_LEXICON_ORG_HEAD, first)) {
        chunk->score[ORGANIZATION] += chunk->count > 1 ? 9 : 1;
    }
    if (chunk->count > 1 && word_in(ann, STM_LEXICON_ORG_SUFFIX, last)) {
        chunk->score[ORGANIZATION] += 12;
    }
    if (word_in(ann, STM_LEXICON_ORG_FIRST, first) && connectors != 0) {
        chunk->score[ORGANIZATION] += 9;
        if (!word_in(ann, STM_LEXICON_THING_HEAD, first)) {
            chunk->score[THING] -= 10;
        }
    } else if (connectors != 0 && chunk->count > 2) {
        chunk->score[ORGANIZATION] += 2;
    }
    if (chunk->count > 1 && word_in(ann, STM_LEXICON_PLACE_HEAD, last)) {
        chunk->score[PLACE] += 9;
    }
    if (chunk->count > 1 && word_in(ann, STM_LEXICON_PLACE_FIRST, first)) {
        chunk->score[PLACE] += 5;
    }
    int named_person = given != NULL && chunk->count == 2 && !stm_name_is_plain_word(ann, first) &&
                       stm_lexicon_place(ann->tokens[first].lower) == NULL;
    if (chunk->count > 1 && word_in(ann, STM_LEXICON_THING_HEAD, last) && !named_person) {
        chunk->score[THING] += 12;
        chunk->score[PERSON] -= 4;
    }
    if (chunk->count > 2 && stm_ann_is(ann, first + 1, "of") &&
        word_in(ann, STM_LEXICON_PLACE_OF, first)) {
        int body = 0;
        for (uint32_t i = first + 2; i <= last; i++) {
            body |= word_in(ann, STM_LEXICON_ORG_FIRST, i);
        }
        chunk->score[body ? ORGANIZATION : PLACE] += 8;
    }
    if (chunk->count > 1 && word_in(ann, STM_LEXICON_ORG_KNOWN, first) && given == NULL) {
        chunk->score[ORGANIZATION] += 7;
    }
    if (chunk->count > 1 &&
        (stm_ann_is(ann, first, "hurricane") || stm_ann_is(ann, first, "typhoon") ||
         stm_ann_is(ann, first, "cyclone"))) {
        chunk->score[THING] += 15;
    }
    if (chunk->count > 1 && stm_ann_is(ann, first + 1, "of") &&
        word_in(ann, STM_LEXICON_THING_HEAD, first)) {
        chunk->score[THING] += 10;
    }
    if (chunk->count == 1 && first > 1 && stm_ann_is(ann, first - 1, "-") &&
        (ann->tokens[first - 2].flags & STM_TOKEN_INITIAL) != 0) {
        chunk->score[PLACE] += 14; /* "D-Ohio" */
    }
    if (chunk->count == 1 && first > 1 && word_in(ann, STM_LEXICON_STATE_CODE, first) &&
        (head->flags & STM_TOKEN_ALL_CAPS) != 0 &&
        (stm_ann_is(ann, first - 1, ",") || stm_ann_is(ann, first - 1, "in") ||
         stm_ann_is(ann, first - 1, "of") || stm_ann_is(ann, first - 1, "from"))) {
        chunk->score[PLACE] += 14;
    }
    if (chunk->count == 1 && (head->flags & STM_TOKEN_ALL_CAPS) != 0 && !shouting &&
        head->lower.size <= 8 && stm_lexicon_place(head->lower) == NULL) {
        chunk->score[ORGANIZATION] += 6;
    }
    if (chunk->count >= 2 && chunk->count <= 3 && connectors == 0) {
        chunk->score[PERSON] += plain == 0 ? 4 : plain == 1 ? 1 : -2;
    }
    if (plain != 0 && chunk->count >= 2 && given == NULL) {
        chunk->score[THING] += 2;
        chunk->score[ORGANIZATION] += plain > 1 ? 3 : 1;
    }
    if (chunk->count >= 4 && given == NULL) {
        chunk->score[PERSON] -= 3;
    }
}

/* Votes of the words before. */
static void score_before(const struct stm_annotation *ann, struct stm_name_chunk *chunk)
{
    uint32_t first = chunk->first;
    uint32_t start = ann->sentences[ann->tokens[first].sentence].first;
    if (chunk->titled) {
        chunk->score[PERSON] += 9;
    }
    if (first == start) {
        return;
    }
    uint32_t before = first - 1;
    const struct stm_token *previous = &ann->tokens[before];
    if ((previous->flags & STM_TOKEN_CAPITALISED) == 0 &&
        (word_in(ann, STM_LEXICON_ROLE, before) || word_in(ann, STM_LEXICON_TITLE, before))) {
        chunk->score[PERSON] += 7;
    }
    if (word_in(ann, STM_LEXICON_KIN, before)) {
        chunk->score[PERSON] += 7;
    }
    if ((previous->flags & STM_TOKEN_CAPITALISED) == 0 &&
        word_in(ann, STM_LEXICON_ORG_NOUN, before)) {
        chunk->score[ORGANIZATION] += 5;
    }
    uint32_t after = first + chunk->count;
    if (stm_ann_is(ann, before, ",") && before > start &&
        word_in(ann, STM_LEXICON_ORG_NOUN, before - 1) &&
        !word_in(ann, STM_LEXICON_ROLE, before - 1) && stm_ann_is(ann, after, ",")) {
        chunk->score[ORGANIZATION] += 6; /* "his party, Liga Norte, ..." */
    }
    if (word_in(ann, STM_LEXICON_PLACE_NOUN, before) ||
        (before > start && stm_ann_is(ann, before, "of") &&
         word_in(ann, STM_LEXICON_PLACE_NOUN, before - 1))) {
        chunk->score[PLACE] += 6;
    }
    if (word_in(ann, STM_LEXICON_DIRECTION, before)) {
        chunk->score[PLACE] += 4;
    }
    if (stm_ann_is(ann, before, "in")) {
        chunk->score[PLACE] += 4;
    } else if (stm_ann_is(ann, before, "at")) {
        chunk->score[PLACE] += 1;
        chunk->score[ORGANIZATION] += 2;
    } else if (word_in(ann, STM_LEXICON_PLACE_PREPOSITION, before)) {
        chunk->score[PLACE] += 2;
    }
    if (stm_ann_is(ann, before, "the")) {
        chunk->score[PERSON] -= 4;
        chunk->score[ORGANIZATION] += 2;
    }
    if (stm_ann_is(ann, before, "by") || stm_ann_is(ann, before, "with")) {
        chunk->score[PERSON] += 1;
    }
    if (previous->tag == STM_TAG_PAST && stm_lexicon_has(STM_LEXICON_SAY, previous->lower)) {
        chunk->score[PERSON] += 2;
    }
    if (stm_ann_is(ann, before, "told")) {
        /* People are told too, but by a name that the text has in full elsewhere. */
        chunk->score[ORGANIZATION] += chunk->count == 1 ? 6 : 3;
    }
    if (stm_ann_is(ann, before, ",") && before > start &&
        ann->tokens[before - 1].tag == STM_TAG_PROPN && first - start > 1 &&
        stm_lexicon_place(chunk->key) != NULL) {
        chunk->score[PLACE] += 3;
    }
}

/* ", Texas," or ", New Mexico." or ", KS" */
static int place_follows(const struct stm_annotation *ann, uint32_t i, uint32_t end)
{
    char buffer[64];
    for (uint32_t count = 1; count <= 2 && i + count <= end; count++) {
        int code = count == 1 && (ann->tokens[i].flags & STM_TOKEN_ALL_CAPS) != 0 &&
                   word_in(ann, STM_LEXICON_STATE_CODE, i);
        int closed = i + count >= end || ann->tokens[i + count].tag == STM_TAG_PUNCTUATION;
        stemma_text key = stm_name_join(ann, i, count, buffer, sizeof buffer);
        const struct stm_place_entry *place = key.size == 0 ? NULL : stm_lexicon_place(key);
        if (code || (closed && (ann->tokens[i].flags & STM_TOKEN_CAPITALISED) != 0 &&
                     place != NULL && place->kind != STM_PLACE_CITY)) {
            return 1;
        }
    }
    return 0;
}

/* Votes of the words after. */
static void score_after(const struct stm_annotation *ann, struct stm_name_chunk *chunk)
{
    uint32_t after = chunk->first + chunk->count;
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[chunk->first].sentence);
    if (after >= end) {
        return;
    }
    const struct stm_token *next = &ann->tokens[after];
    if (stm_lexicon_has(STM_LEXICON_SAY, next->lower) && next->tag != STM_TAG_NOUN &&
        next->tag != STM_TAG_PLURAL) {
        chunk->score[PERSON] += 4;
        chunk->score[ORGANIZATION] += 2;
    } else if (stm_lexicon_has(STM_LEXICON_PERSON_VERB, next->lower)) {
        chunk->score[PERSON] += 1;
    }
    if (stm_ann_is(ann, after, ",") && after + 1 < end) {
        const struct stm_token *second = &ann->tokens[after + 1];
        if (stm_ann_is(ann, after + 1, "who") || stm_ann_is(ann, after + 1, "whose") ||
            stm_ann_is(ann, after + 1, "aged") ||
            ((second->flags & STM_TOKEN_DIGIT) != 0 && second->lower.size == 2 &&
             stm_ann_is(ann, after + 2, ","))) {
            chunk->score[PERSON] += 6;
        }
        /* ", a lawyer", ", the former minister" */
        for (uint32_t i = after + 1; i < end && i < after + 6; i++) {
            if (ann->tokens[i].tag == STM_TAG_PUNCTUATION ||
                ann->tokens[i].tag == STM_TAG_PREPOSITION || ann->tokens[i].tag == STM_TAG_PAST) {
                break;
            }
            if (i > after + 1 && (ann->tokens[after + 1].tag == STM_TAG_DETERMINER) &&
                stm_lexicon_has(STM_LEXICON_ROLE, ann->tokens[i].lower)) {
                chunk->score[PERSON] += 5;
                break;
            }
        }
    }
    if (stm_ann_is(ann, after, ",") && stm_ann_is(ann, after + 1, "based")) {
        chunk->score[ORGANIZATION] += 7;
    }
    if (stm_ann_is(ann, after, "who")) {
        chunk->score[PERSON] += 5;
    }
    int unknown = chunk->count == 1 && !stm_name_is_plain_word(ann, chunk->first);
    if (unknown && (next->flags & STM_TOKEN_POSSESSIVE) != 0) {
        chunk->score[PERSON] += 1;
    }
    if (unknown && chunk->first > 1 && stm_ann_is(ann, chunk->first - 1, "]") &&
        word_in(ann, STM_LEXICON_GIVEN, chunk->first - 2)) {
        chunk->score[PERSON] += 5;
    }
    if ((next->flags & STM_TOKEN_POSSESSIVE) != 0 && after + 1 < end) {
        if (stm_lexicon_has(STM_LEXICON_KIN, ann->tokens[after + 1].lower)) {
            chunk->score[PERSON] += 7;
        }
        if (word_in(ann, STM_LEXICON_ROLE, after + 1) ||
            word_in(ann, STM_LEXICON_TITLE, after + 1)) {
            chunk->score[ORGANIZATION] += 1;
            chunk->score[PLACE] += 1;
        }
        if (stm_ann_is(ann, after + 1, "capital") || stm_ann_is(ann, after + 1, "government")) {
            chunk->score[PLACE] += 5;
        }
    }
    if ((next->flags & STM_TOKEN_CAPITALISED) == 0 &&
        stm_lexicon_has(STM_LEXICON_ORG_NOUN, next->lower)) {
        chunk->score[ORGANIZATION] += 4;
    }
    if (unknown && (stm_ann_is(ann, after, "administration") || stm_ann_is(ann, after, "regime") ||
                    stm_ann_is(ann, after, "presidency"))) {
        chunk->score[PERSON] += 8;
    }
    if ((next->flags & STM_TOKEN_CAPITALISED) == 0 &&
        stm_lexicon_has(STM_LEXICON_PLACE_NOUN, next->lower)) {
        chunk->score[PLACE] += 4;
    }
    if (stm_ann_is(ann, after, ",") && chunk->count <= 2 && place_follows(ann, after + 1, end)) {
        chunk->score[PLACE] += 6;
    }
}

void stm_name_score(const struct stm_name_finder *finder, struct stm_name_chunk *chunk)
{
    score_known(finder->ann, chunk);
    score_inside(finder, chunk);
    score_before(finder->ann, chunk);
    score_after(finder->ann, chunk);
    stm_name_score_context(finder, chunk);
}
