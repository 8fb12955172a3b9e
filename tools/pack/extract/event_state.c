/* SPDX-License-Identifier: MIT */
#include "pack/extract/event_state.h"

#include "pack/extract/event_circumstance.h"
#include "pack/extract/event_clause.h"
#include "pack/extract/event_modality.h"
#include "pack/extract/event_participant.h"
#include "pack/extract/event_word.h"
#include "pack/extract/quantity_recount.h"
#include "pack/extract/syntax.h"

enum {
    BEHIND = 8, /**< Tokens between a number's noun and the number. */
    COUNTS = 40, /**< Amounts behind that of a headline that are compared with it. */
    OPENING = 6  /**< Tokens before the "dead" of a headline. */
};

/* Nouns for people in a state. */
static const char *const held[] = {"prisoner", "detainee", "inmate",
                                   "captive",  "hostage",  "internee"};

/* Verbs by which somebody gives the number of such people. */
static const char *const counting[] = {"report",   "count",    "list",   "document", "record",
                                       "register", "identify", "tally",  "recognize", "recognise",
                                       "estimate", "name",     "number"};

/* Nouns that stand for the number, and verbs that say what it is. */
static const char *const numbers[] = {"number", "figure", "total", "count", "tally"};
static const char *const giving[] = {"put",  "estimate", "place", "set",   "give", "stand",
                                     "rise", "fall",     "grow",  "climb", "reach", "exceed",
                                     "be",   "remain"};

static void begin(struct stm_events *events, struct stm_candidate *candidate,
                  enum stm_event_kind kind, uint32_t token)
{
    *candidate = (struct stm_candidate){.kind = (uint8_t)kind,
                                        .first = token,
                                        .count = 1,
                                        .filler_first = (uint32_t)events->filler_count,
                                        .time = STEMMA_NONE,
                                        .place_mention = STEMMA_NONE,
                                        .noun = STEMMA_NONE,
                                        .cluster = STEMMA_NONE};
    candidate->in_title = events->ann->sentences[events->ann->tokens[token].sentence].is_title;
}

/** Ends a candidate whose number the verb gives: its stand, and who says so. */
static stemma_status finish(struct stm_events *events, struct stm_candidate *candidate,
                            uint32_t verb)
{
    stemma_status status;
    candidate->stand =
        stm_stand_at(events->ann, verb, (enum stm_event_kind)candidate->kind, 650);
    status = stm_attribute_count(events->ann, verb, &candidate->stand);
    if (status == STEMMA_OK) {
        stm_find_circumstance(events, candidate, verb);
        status = stm_keep_candidate(events, candidate);
    }
    return status;
}

/** The verb by which a noun with its number is given: "reported 900 prisoners", "there are 900
    prisoners"; or STEMMA_NONE. */
static uint32_t verb_of_counted(const struct stm_annotation *ann, uint32_t token)
{
    const struct stm_token *word = &ann->tokens[token];
    if (word->head == STEMMA_NONE) {
        return STEMMA_NONE;
    }
    if (word->relation == STM_RELATION_OBJ && STM_LEMMA_IS_ANY(ann, word->head, counting)) {
        return word->head;
    }
    int there = stm_syntax_child(ann, word->head, STM_RELATION_EXPL) != STEMMA_NONE &&
                stm_ann_has_lemma(ann, word->head, "be");
    return word->relation == STM_RELATION_NSUBJ && there ? word->head : STEMMA_NONE;
}

static stemma_status find_counted(struct stm_events *events, uint32_t token, uint32_t verb)
{
    struct stm_candidate candidate;
    begin(events, &candidate, STM_EVENT_JUSTICE_DETAIN, token);
    stemma_status status =
        stm_add_participants(events, &candidate, "patient", token, STM_TYPES_PEOPLE);
    if (status != STEMMA_OK || candidate.filler_count == 0) {
        return status;
    }
    return finish(events, &candidate, verb);
}

/** So many, without a noun that says of whom. */
static struct stm_filler number_as_patient(const struct stm_annotation *ann, uint32_t quantity)
{
    return (struct stm_filler){.role = "patient",
                               .first = ann->quantities[quantity].first,
                               .count = ann->quantities[quantity].count,
                               .mention = STEMMA_NONE,
                               .quantity = quantity,
                               .referent = STEMMA_NONE};
}

/** The number behind "the number of remaining prisoners at", without a noun of its own. */
static uint32_t number_behind(const struct stm_annotation *ann, uint32_t token)
{
    static const char *const before[] = {"at", "to", "is", "was", "as", "reached", "exceeds",
                                         "exceeded", "about", "over", "than"};
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[token].sentence);
    for (uint32_t i = token + 1; i < end && i <= token + BEHIND; i++) {
        uint32_t q = ann->tokens[i].quantity;
        if (q != STEMMA_NONE) {
            const struct stm_quantity_mention *quantity = &ann->quantities[q];
            int bare = (quantity->head == STEMMA_NONE || quantity->head < quantity->first ||
                        quantity->head >= quantity->first + quantity->count) &&
                       quantity->value.unit.size == 0 && ann->tokens[i].time == STEMMA_NONE;
            return bare && STM_TOKEN_IS_ANY(ann, quantity->first - 1, before) ? q : STEMMA_NONE;
        }
    }
    return STEMMA_NONE;
}

/** "put the number of the remaining prisoners at 900", "the number of hostages rose to 48". */
static stemma_status find_numbered(struct stm_events *events, uint32_t token)
{
    struct stm_annotation *ann = events->ann;
    uint32_t noun = ann->tokens[token].head;
    if (ann->tokens[token].relation != STM_RELATION_NMOD || noun == STEMMA_NONE ||
        !STM_LEMMA_IS_ANY(ann, noun, numbers)) {
        return STEMMA_OK;
    }
    uint32_t verb = ann->tokens[noun].head;
    uint32_t q = number_behind(ann, token);
    if (q == STEMMA_NONE || verb == STEMMA_NONE || !STM_LEMMA_IS_ANY(ann, verb, giving)) {
        return STEMMA_OK;
    }
    struct stm_candidate candidate;
    struct stm_filler filler = number_as_patient(ann, q);
    begin(events, &candidate, STM_EVENT_JUSTICE_DETAIN, token);
    ann->quantities[q].value.counted = ann->tokens[token].lemma; /* what "of" says is counted */
    stemma_status status = stm_add_filler(events, &candidate, &filler);
    return status == STEMMA_OK ? finish(events, &candidate, verb) : status;
}

/** "Twelve people are still missing", "remain unaccounted for". */
static stemma_status find_missing(struct stm_events *events, uint32_t token)
{
    struct stm_annotation *ann = events->ann;
    uint32_t over = ann->tokens[token].head;
    int remains = ann->tokens[token].relation == STM_RELATION_XCOMP && over != STEMMA_NONE &&
                  stm_ann_has_lemma(ann, over, "remain");
    int is = stm_syntax_child(ann, token, STM_RELATION_COP) != STEMMA_NONE ||
             stm_syntax_child(ann, token, STM_RELATION_AUX) != STEMMA_NONE;
    if ((!is && !remains) || stm_syntax_child(ann, token, STM_RELATION_OBJ) != STEMMA_NONE) {
        return STEMMA_OK; /* "is missing his family" */
    }
    struct stm_candidate candidate;
    begin(events, &candidate, STM_EVENT_MOVEMENT_VANISH, token);
    stemma_status status =
        stm_add_participants(events, &candidate, "patient",
                             stm_clause_subject(ann, remains ? over : token), STM_TYPES_PEOPLE);
    if (status != STEMMA_OK || candidate.filler_count == 0) {
        return status;
    }
    candidate.stand = stm_stand_at(ann, remains ? over : token, STM_EVENT_MOVEMENT_VANISH, 700);
    stm_find_circumstance(events, &candidate, STEMMA_NONE);
    return stm_keep_candidate(events, &candidate);
}

/** "Two dead in mine blast", "At least 12 dead": without a verb in the sentence. */
static stemma_status find_dead(struct stm_events *events, uint32_t token)
{
    static const char *const behind[] = {"as", "after", "when"}; /* "Two dead as bus hits wall" */
    struct stm_annotation *ann = events->ann;
    uint32_t start = ann->sentences[ann->tokens[token].sentence].first;
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[token].sentence);
    uint32_t q = token > start ? ann->tokens[token - 1].quantity : STEMMA_NONE;
    if (q == STEMMA_NONE || token - start > OPENING || stm_ann_is(ann, token - 1, "feared") ||
        ann->quantities[q].value.unit.size != 0 || ann->tokens[token - 1].time != STEMMA_NONE) {
        return STEMMA_OK;
    }
    for (uint32_t i = start; i < end && !STM_TOKEN_IS_ANY(ann, i, behind); i++) {
        uint8_t pos = ann->tokens[i].pos;
        if (pos == STM_POS_VBD || pos == STM_POS_VBZ || pos == STM_POS_VBP || pos == STM_POS_MD) {
            return STEMMA_OK;
        }
    }
    for (uint32_t i = q + 1; i < ann->quantity_count && i < q + COUNTS; i++) {
        if (stemma_text_equal(ann->quantities[i].value.amount, ann->quantities[q].value.amount) &&
            ann->quantities[i].value.unit.size == 0) {
            return STEMMA_OK; /* the text tells it, and who says so */
        }
    }
    struct stm_candidate candidate;
    struct stm_filler filler = number_as_patient(ann, q);
    begin(events, &candidate, STM_EVENT_LIFE_DIE, token);
    if (stemma_text_equal(ann->quantities[q].value.counted, stemma_text_of("dead"))) {
        ann->quantities[q].value.counted = stemma_text_of(""); /* nobody says of whom */
    }
    stemma_status status = stm_add_filler(events, &candidate, &filler);
    return status == STEMMA_OK ? finish(events, &candidate, token) : status;
}

/** "The striking miners": those who strike. */
static stemma_status find_striking(struct stm_events *events, uint32_t token)
{
    struct stm_annotation *ann = events->ann;
    struct stm_candidate candidate;
    if (token + 1 >= stm_ann_sentence_end(ann, ann->tokens[token].sentence) ||
        ann->tokens[token + 1].pos != STM_POS_NNS || !stm_is_people_word(ann, token + 1)) {
        return STEMMA_OK;
    }
    begin(events, &candidate, STM_EVENT_PROTEST_STRIKE, token);
    candidate.anaphoric = 1;
    stemma_status status =
        stm_add_participants(events, &candidate, "agent", token + 1, STM_TYPES_PEOPLE);
    if (status != STEMMA_OK || candidate.filler_count == 0) {
        return status;
    }
    candidate.stand = stm_stand_plain(500);
    return stm_keep_candidate(events, &candidate);
}

stemma_status stm_find_state(struct stm_events *events, uint32_t token)
{
    const struct stm_annotation *ann = events->ann;
    uint32_t mention = ann->tokens[token].mention;
    if (mention != STEMMA_NONE && ann->mentions[mention].kind == STEMMA_MENTION_NAME) {
        return STEMMA_OK;
    }
    if (stm_ann_is(ann, token, "dead")) {
        return find_dead(events, token);
    }
    if (stm_ann_is(ann, token, "striking")) {
        return find_striking(events, token);
    }
    if (stm_ann_is(ann, token, "missing") || stm_ann_is(ann, token, "unaccounted")) {
        return find_missing(events, token);
    }
    if (ann->tokens[token].pos != STM_POS_NNS || !STM_LEMMA_IS_ANY(ann, token, held)) {
        return STEMMA_OK;
    }
    uint32_t verb =
        ann->tokens[token].quantity != STEMMA_NONE ? verb_of_counted(ann, token) : STEMMA_NONE;
    return verb != STEMMA_NONE ? find_counted(events, token, verb) : find_numbered(events, token);
}
