/* SPDX-License-Identifier: MIT */
#include "pack/extract/event_succession.h"

#include "pack/extract/event_circumstance.h"
#include "pack/extract/event_clause.h"
#include "pack/extract/event_modality.h"
#include "pack/extract/event_participant.h"
#include "pack/extract/event_word.h"

enum {
    OFFICE_REACH = 14, /**< Tokens behind a verb within which "as" stands. */
    OFFICE_MOST = 12   /**< Tokens of an office. */
};

/** "came on in the 60th minute": of a match, where nobody holds an office. */
static int is_of_game(const struct stm_annotation *ann, uint32_t verb)
{
    static const char *const words[] = {"minute",   "half-time", "halftime", "substitute", "goalkeeper",
                                        "striker",  "midfielder", "winger",  "defender",   "interval",
                                        "full-back", "bench",     "line-up", "injury"};
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[verb].sentence);
    for (uint32_t i = ann->sentences[ann->tokens[verb].sentence].first; i < end; i++) {
        if (STM_LEMMA_IS_ANY(ann, i, words)) {
            return 1;
        }
    }
    return 0;
}

static int is_person(const struct stm_annotation *ann, uint32_t token)
{
    static const char *const pronouns[] = {"him", "her", "he", "she", "himself", "herself"};
    return token != STEMMA_NONE &&
           ((stm_types_at(ann, token) & STM_TYPE_BIT(STM_ENTITY_PERSON)) != 0 ||
            STM_TOKEN_IS_ANY(ann, token, pronouns));
}

static int is_nominal(const struct stm_annotation *ann, uint32_t token)
{
    uint32_t mention = ann->tokens[token].mention;
    return mention != STEMMA_NONE && ann->mentions[mention].kind == STEMMA_MENTION_NOMINAL;
}

/** The office behind "as". */
static void find_office(const struct stm_annotation *ann, uint32_t verb,
                        struct stm_succession *succession)
{
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[verb].sentence);
    uint32_t as = verb + 1;
    while (as < end && as < verb + OFFICE_REACH && !stm_ann_is(ann, as, "as")) {
        if (stm_is_verb(ann, as) || stm_ann_is(ann, as, ",")) {
            return;
        }
        as++;
    }
    if (as + 1 >= end || !stm_ann_is(ann, as, "as")) {
        return;
    }
    uint32_t head = stm_phrase_head(ann, as + 1);
    uint32_t named = as + 1 + (as + 2 < end && ann->tokens[as + 1].pos == STM_POS_DT);
    if (is_nominal(ann, named)) {
        head = ann->mentions[ann->tokens[named].mention].head; /* "chief executive", two adjectives to the tagger */
    }
    if (head == STEMMA_NONE || ann->tokens[head].time != STEMMA_NONE ||
        (ann->tokens[head].pos != STM_POS_NN && !is_nominal(ann, head))) {
        return;
    }
    uint32_t first = as + 1;
    while (first < head && (ann->tokens[first].pos == STM_POS_DT || ann->tokens[first].pos == STM_POS_PRPS)) {
        first++;
    }
    uint32_t last = head + 1;
    while (last < end && last < head + OFFICE_MOST && ann->tokens[last].time == STEMMA_NONE &&
           (stm_is_plain_noun(ann, last) || ann->tokens[last].pos == STM_POS_DT ||
            ann->tokens[last].pos == STM_POS_JJ || ann->tokens[last].pos == STM_POS_POS ||
            stm_ann_is(ann, last, "of"))) {
        last++;
    }
    while (last > head + 1 && !stm_is_plain_noun(ann, last - 1)) {
        last--;
    }
    succession->office = head;
    succession->office_first = first;
    succession->office_end = last;
}

int stm_succession_at(const struct stm_annotation *ann, uint32_t verb,
                      struct stm_succession *succession)
{
    static const char *const verbs[] = {"replace", "succeed"};
    *succession = (struct stm_succession){STEMMA_NONE, STEMMA_NONE, STEMMA_NONE, STEMMA_NONE, STEMMA_NONE};
    if (!stm_is_verb(ann, verb)) {
        return 0;
    }
    int over = stm_ann_has_lemma(ann, verb, "take") && stm_ann_is(ann, verb + 1, "over");
    if (!over && !STM_LEMMA_IS_ANY(ann, verb, verbs)) {
        return 0;
    }
    if (verb > 1 && stm_ann_is(ann, verb - 1, "to") && !stm_ann_has_lemma(ann, verb - 2, "be") &&
        !ann->sentences[ann->tokens[verb].sentence].is_title) {
        return 0; /* "was named head of the bank to replace X": the naming tells it */
    }
    static const char *const naming[] = {"name", "appoint", "elect", "hire", "nominate", "promote", "choose", "pick"};
    uint32_t over_it = ann->tokens[verb].head;
    if (ann->tokens[verb].pos == STM_POS_VBG && over_it != STEMMA_NONE && STM_LEMMA_IS_ANY(ann, over_it, naming)) {
        return 0; /* "the bank named X, replacing Y": so does the naming here */
    }
    struct stm_clause clause = stm_clause_at(ann, verb);
    succession->newcomer = clause.subject;
    succession->before = over ? stm_clause_case(ann, verb, "from") : clause.object;
    if (!is_person(ann, succession->newcomer) || (over && clause.passive)) {
        return 0;
    }
    find_office(ann, verb, succession);
    if (!is_person(ann, succession->before)) {
        succession->before = STEMMA_NONE;
    }
    int replaced = stm_ann_has_lemma(ann, verb, "replace");
    if (replaced && ((!clause.passive && is_nominal(ann, succession->newcomer)) ||
                     stm_clause_case(ann, verb, "with") != STEMMA_NONE || is_of_game(ann, verb))) {
        return 0; /* "the president replaced his army chief", "replaced X with Y" */
    }
    return succession->before != STEMMA_NONE ||
           (succession->office != STEMMA_NONE && (over || clause.passive));
}

stemma_status stm_find_succession(struct stm_events *events, uint32_t token)
{
    const struct stm_annotation *ann = events->ann;
    const char *patient = stm_event_frame_of(STM_EVENT_PERSONNEL_APPOINT)->object;
    struct stm_succession its;
    if (!stm_succession_at(ann, token, &its)) {
        return STEMMA_OK;
    }
    struct stm_candidate candidate = {.kind = STM_EVENT_PERSONNEL_APPOINT,
                                      .first = token,
                                      .count = stm_ann_has_lemma(ann, token, "take") ? 2 : 1,
                                      .filler_first = (uint32_t)events->filler_count,
                                      .time = STEMMA_NONE,
                                      .place_mention = STEMMA_NONE,
                                      .noun = STEMMA_NONE,
                                      .cluster = STEMMA_NONE};
    candidate.in_title = ann->sentences[ann->tokens[token].sentence].is_title;
    candidate.stand = stm_stand_at(ann, token, STM_EVENT_PERSONNEL_APPOINT, 800);
    stemma_status status = stm_add_participants(events, &candidate, patient, its.newcomer,
                                                STM_TYPE_BIT(STM_ENTITY_PERSON));
    if (status != STEMMA_OK || candidate.filler_count == 0) {
        return status;
    }
    if (its.office != STEMMA_NONE) {
        struct stm_filler filler = {"office",    its.office_first, its.office_end - its.office_first,
                                    STEMMA_NONE, STEMMA_NONE,      STEMMA_NONE,
                                    1,           0};
        status = stm_add_filler(events, &candidate, &filler);
        if (status != STEMMA_OK) {
            return status;
        }
    }
    stm_find_circumstance(events, &candidate, STEMMA_NONE);
    return stm_keep_candidate(events, &candidate);
}
