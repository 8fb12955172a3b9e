/* SPDX-License-Identifier: MIT */
/* How old people are, and when they lived. */
#include "pack/extract/fact_emit.h"

#include "pack/extract/event_clause.h"
#include "pack/extract/quantity_number.h"
#include "pack/extract/syntax.h"

stemma_status stm_fact_emit_age(const struct stm_fact_scan *scan, uint32_t subject, uint32_t token,
                                uint32_t age, const struct stm_fact_stand *stand)
{
    struct stm_annotation *ann = scan->ann;
    char text[STM_NUMBER_TEXT];
    stemma_quantity value = {0};
    if (age < 1 || age > 120 || stand->unreal) {
        return STEMMA_OK;
    }
    stm_number_text(age * STM_NUMBER_SCALE, text);
    value.raw = stm_ann_words(ann, token, 1);
    value.amount = stm_arena_text(ann->arena, stemma_text_of(text));
    if (value.amount.data == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    value.lower = value.amount;
    value.upper = value.amount;
    value.unit = stemma_text_of("year");
    struct stm_fact fact =
        stm_fact_of(subject, "age", stm_object_quantity(value), token, token, token + 1, 850);
    fact.tense = stand->tense;
    fact.negated = stand->negated;
    return stm_emit_fact(scan, &fact);
}

uint32_t stm_fact_hyphenated_age(const struct stm_annotation *ann, uint32_t token)
{
    static const char ending[] = "-year-old";
    stemma_text word = ann->tokens[token].lower;
    size_t tail = sizeof ending - 1;
    uint32_t value = 0;
    if (word.size <= tail || memcmp(word.data + word.size - tail, ending, tail) != 0) {
        return 0;
    }
    stemma_text number = {word.data, word.size - tail};
    return stm_number_of_word(number, &value) ? value : 0;
}

/** "(1931–2016)", "(born 1931)": four digits, or 0. */
static int is_year(const struct stm_annotation *ann, uint32_t token)
{
    stemma_text word = ann->tokens[token].lower;
    if (word.size != 4 || (word.data[0] != '1' && word.data[0] != '2')) {
        return 0;
    }
    for (size_t i = 0; i < 4; i++) {
        if (word.data[i] < '0' || word.data[i] > '9') {
            return 0;
        }
    }
    return 1;
}

stemma_status stm_fact_life_behind(const struct stm_fact_scan *scan, uint32_t mention)
{
    struct stm_annotation *ann = scan->ann;
    const struct stm_mention *name = &ann->mentions[mention];
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[name->first].sentence);
    uint32_t i = name->first + name->count;
    if (i + 2 >= end || !stm_ann_is(ann, i, "(")) {
        return STEMMA_OK;
    }
    i++;
    int marked = stm_ann_is(ann, i, "born");
    i += marked != 0;
    if (i + 1 >= end || !is_year(ann, i) || ann->tokens[i].flags == 0) {
        return STEMMA_OK;
    }
    int dash = (ann->tokens[i + 1].flags & STM_TOKEN_PUNCTUATION) != 0 &&
               !stm_ann_is(ann, i + 1, ")") && !stm_ann_is(ann, i + 1, ",");
    if (!(dash || (marked && stm_ann_is(ann, i + 1, ")")))) {
        return STEMMA_OK;
    }
    stemma_time value = {stm_ann_words(ann, i, 1), ann->tokens[i].lower};
    struct stm_fact fact =
        stm_fact_of(name->referent, "born", stm_object_time(value), i, i, i + 1, 800);
    fact.tense = STEMMA_TENSE_PAST;
    return stm_emit_fact(scan, &fact);
}

stemma_status stm_fact_age_behind(const struct stm_fact_scan *scan, uint32_t mention)
{
    struct stm_annotation *ann = scan->ann;
    const struct stm_mention *name = &ann->mentions[mention];
    struct stm_fact_stand stand = {STEMMA_TENSE_PRESENT, 0, 0};
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[name->first].sentence);
    uint32_t i = name->first + name->count;
    uint32_t age = 0;
    if (i + 2 >= end) {
        return STEMMA_OK;
    }
    int open = stm_ann_is(ann, i, ",") || stm_ann_is(ann, i, "(");
    if (!open) {
        return STEMMA_OK;
    }
    i++;
    if (stm_ann_is(ann, i, "aged") && stm_number_of_word(ann->tokens[i + 1].lower, &age)) {
        return stm_fact_emit_age(scan, name->referent, i + 1, age, &stand);
    }
    if ((ann->tokens[i].flags & STM_TOKEN_DIGIT) &&
        stm_number_of_word(ann->tokens[i].lower, &age) && age >= 5 &&
        (stm_ann_is(ann, i + 1, ",") || stm_ann_is(ann, i + 1, ".") ||
         stm_ann_is(ann, i + 1, ")"))) {
        return stm_fact_emit_age(scan, name->referent, i, age, &stand);
    }
    return STEMMA_OK;
}

/** The person whom a number behind "is" or "at the age of" is said of; a referent or STEMMA_NONE. */
static uint32_t aged_person(const struct stm_annotation *ann, uint32_t token, uint32_t start,
                            uint32_t end)
{
    uint32_t verb = STEMMA_NONE;
    int closed = token + 1 >= end || (ann->tokens[token + 1].flags & STM_TOKEN_PUNCTUATION) ||
                 stm_ann_is(ann, token + 1, "and") || stm_ann_is(ann, token + 1, "when");
    if (stm_ann_is(ann, token - 1, "aged") ||
        (stm_ann_is(ann, token - 1, "of") && stm_ann_is(ann, token - 2, "age"))) {
        /* an age at which somebody joined or left is past; that of death stays */
        for (verb = token - 1; verb > start && token - verb < 12; verb--) {
            if (stm_ann_has_lemma(ann, verb, "die")) {
                break;
            }
        }
        verb = stm_ann_has_lemma(ann, verb, "die") ? verb : STEMMA_NONE;
    } else if (closed && (stm_ann_is(ann, token - 1, "is") || stm_ann_has_lemma(ann, token - 1, "turn"))) {
        verb = token - 1;
    }
    if (verb == STEMMA_NONE) {
        return STEMMA_NONE;
    }
    uint32_t above = ann->tokens[token].head;
    uint32_t who = stm_syntax_child(ann, token, STM_RELATION_NSUBJ);
    if (who == STEMMA_NONE && verb == token - 1) {
        who = ann->tokens[token].relation == STM_RELATION_APPOS ? above : stm_syntax_child(ann, verb, STM_RELATION_NSUBJ);
    }
    if (who == STEMMA_NONE) {
        who = stm_clause_subject(ann, verb);
    }
    uint32_t mention = stm_fact_entity(ann, who, STM_ENTITY_PERSON, STM_ENTITY_PERSON);
    return mention == STEMMA_NONE ? STEMMA_NONE : ann->mentions[mention].referent;
}

stemma_status stm_fact_age_at(const struct stm_fact_scan *scan, uint32_t token)
{
    const struct stm_annotation *ann = scan->ann;
    if (!(ann->tokens[token].flags & STM_TOKEN_DIGIT)) {
        return STEMMA_OK;
    }
    struct stm_fact_stand stand = {STEMMA_TENSE_PRESENT, 0, 0};
    uint32_t start = ann->sentences[ann->tokens[token].sentence].first;
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[token].sentence);
    uint32_t age = 0;
    if (token < start + 2 ||
        !stm_number_of_word(ann->tokens[token].lower, &age) || age < 5) {
        return STEMMA_OK;
    }
    uint32_t who = aged_person(ann, token, start, end);
    return who == STEMMA_NONE ? STEMMA_OK : stm_fact_emit_age(scan, who, token, age, &stand);
}
