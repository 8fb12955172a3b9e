/* SPDX-License-Identifier: MIT */
/* What prepositions introduce, and words that stand for what is no entity. */
#include "pack/extract/event_clause.h"
#include "pack/extract/event_participant.h"
#include "pack/extract/event_word.h"
#include "pack/extract/syntax.h"

enum { CHILDREN = 300, WORDS = 40 };

/** "Two dead, schools closed": in a headline a comma without "and" parts one thing from another. */
static uint32_t behind_comma(const struct stm_annotation *ann, uint32_t from, uint32_t head)
{
    uint32_t behind = from;
    if (!ann->sentences[ann->tokens[head].sentence].is_title) {
        return from;
    }
    for (uint32_t i = from; i < head; i++) {
        if (stm_ann_is(ann, i, "and") || stm_ann_is(ann, i, "or")) {
            return from;
        }
        behind = stm_ann_is(ann, i, ",") ? i + 1 : behind;
    }
    return behind;
}

/** "reports that two had been detained": what the noun says, and no more about it. */
static int is_said(const struct stm_annotation *ann, uint32_t verb)
{
    static const char *const nouns[] = {"report", "claim", "allegation", "rumour", "rumor", "suggestion",
                                        "accusation", "statement", "assertion", "charge", "view", "idea",
                                        "fear", "demand", "news", "belief"};
    uint32_t noun = ann->tokens[verb].head;
    return noun != STEMMA_NONE && STM_LEMMA_IS_ANY(ann, noun, nouns) && stm_ann_is(ann, noun + 1, "that");
}

void stm_words_of(const struct stm_annotation *ann, uint32_t head, enum stm_words which,
                  uint32_t *first, uint32_t *end)
{
    uint32_t from;
    uint32_t to;
    stm_syntax_range(ann, head, &from, &to);
    while (from < head) {
        const struct stm_token *token = &ann->tokens[from];
        int skip = token->relation == STM_RELATION_CASE || token->relation == STM_RELATION_MARK ||
                   (token->flags & STM_TOKEN_PUNCTUATION) != 0 ||
                   (which == STM_WORDS_BARE && token->relation == STM_RELATION_DET);
        if (!skip || (token->relation == STM_RELATION_MARK && stm_ann_is(ann, from, "to") &&
                      which == STM_WORDS_WHOLE)) {
            break;
        }
        from++;
    }
    from = behind_comma(ann, from, head);
    if (to > from + WORDS) {
        to = from + WORDS;
    }
    uint8_t pos = ann->tokens[head].pos;
    int noun = pos == STM_POS_NN || pos == STM_POS_NNS || pos == STM_POS_NNP;
    for (uint32_t i = head + 1; i < to; i++) {
        const struct stm_token *token = &ann->tokens[i];
        if (noun && !is_said(ann, i) &&
            (token->relation == STM_RELATION_ACL || token->relation == STM_RELATION_ACL_RELCL) &&
            token->pos != STM_POS_VBG && token->pos != STM_POS_VB) {
            uint32_t clause;
            uint32_t behind;
            stm_syntax_range(ann, i, &clause, &behind);
            to = clause > head ? clause : i; /* "the bridge that fell" is the bridge */
            break;
        }
        int stops = which == STM_WORDS_BARE &&
                    (stm_ann_is(ann, i, ",") || token->relation == STM_RELATION_ACL_RELCL ||
                     (token->time != STEMMA_NONE && ann->tokens[head].time != token->time));
        if (stops || stm_ann_is(ann, i, ";") || stm_ann_is(ann, i, ":") ||
            (token->flags & (STM_TOKEN_QUOTE_OPEN | STM_TOKEN_QUOTE_CLOSE)) != 0) {
            to = i;
            break;
        }
    }
    while (to > head + 1 && (ann->tokens[to - 1].relation == STM_RELATION_CASE ||
                             ann->tokens[to - 1].relation == STM_RELATION_CC ||
                             ann->tokens[to - 1].pos == STM_POS_RB ||
                             (ann->tokens[to - 1].flags & STM_TOKEN_PUNCTUATION) != 0)) {
        to--;
    }
    *first = from;
    *end = to > from ? to : from + 1;
}

stemma_status stm_add_words(struct stm_events *events, struct stm_candidate *candidate,
                            const char *role, uint32_t head, enum stm_words which)
{
    uint32_t first;
    uint32_t end;
    if (head == STEMMA_NONE || role == NULL) {
        return STEMMA_OK;
    }
    stm_words_of(events->ann, head, which, &first, &end);
    struct stm_filler filler = {role,        first,       end - first, STEMMA_NONE,
                                STEMMA_NONE, STEMMA_NONE, 1,           0};
    return stm_add_filler(events, candidate, &filler);
}

/** "six years", "life": how long, not what for. */
static int is_term(const struct stm_annotation *ann, uint32_t token)
{
    static const char *const words[] = {"year", "month", "week", "day", "life", "death", "hour"};
    return STM_LEMMA_IS_ANY(ann, token, words);
}

/** Whether a word of the sentence about a charge is one: "on charges of fraud" gives "fraud". */
static uint32_t charge_of(const struct stm_annotation *ann, uint32_t token)
{
    if (stm_ann_has_lemma(ann, token, "charge") || stm_ann_has_lemma(ann, token, "suspicion") ||
        stm_ann_has_lemma(ann, token, "count") || stm_ann_has_lemma(ann, token, "allegation")) {
        uint32_t of = stm_syntax_oblique(ann, token, "of");
        if (of != STEMMA_NONE) {
            return of;
        }
        for (uint32_t i = ann->tokens[token].child; i != STEMMA_NONE; i = ann->tokens[i].sibling) {
            if (ann->tokens[i].relation == STM_RELATION_ACL && i > token) {
                return i;
            }
        }
    }
    return token;
}

/** "the border", "a street in Lund": where it was, not what for. */
static int is_site(const struct stm_annotation *ann, uint32_t token)
{
    return (stm_types_at(ann, token) & STM_TYPE_BIT(STM_ENTITY_PLACE)) != 0 ||
           (stm_noun_classes_at(ann, token) &
            (STM_NOUN_BORDER | STM_NOUN_TERRITORY | STM_NOUN_ROAD | STM_NOUN_BUILDING |
             STM_NOUN_VEHICLE)) != 0;
}

static int is_charge(const char *role)
{
    return strcmp(role, "charge") == 0;
}

/** "against X's decision", "the shelling of the town by X": whose deed a demand or protest is
 * about. */
static uint32_t doer_within(const struct stm_annotation *ann, uint32_t noun)
{
    uint32_t whose = stm_syntax_child(ann, noun, STM_RELATION_NMOD_POSS);
    if (whose == STEMMA_NONE || ann->tokens[whose].pos == STM_POS_PRPS) {
        whose = stm_syntax_oblique(ann, noun, "by");
    }
    return whose;
}

stemma_status stm_add_topic(struct stm_events *events, struct stm_candidate *candidate,
                            const char *role, uint32_t node)
{
    const struct stm_event_frame *frame = stm_event_frame_of(candidate->kind);
    stemma_status status = stm_add_words(events, candidate, role, node, STM_WORDS_WHOLE);
    if (status == STEMMA_OK && strcmp(role, "topic") == 0 && frame->object != NULL &&
        (frame->family == STM_FAMILY_LOOSE || candidate->kind == STM_EVENT_STATEMENT_DEMAND) &&
        !stm_has_role(events, candidate, frame->object)) {
        status = stm_add_participants(events, candidate, frame->object,
                                      doer_within(events->ann, node), STM_TYPES_ACTORS);
    }
    return status;
}

/** "an attack on a hospital", "an inquiry into the fire": what nobody is, in its words. */
static stemma_status add_plain(struct stm_events *events, struct stm_candidate *candidate,
                               uint32_t node, uint32_t word)
{
    static const char *const vague[] = {"ground", "basis", "way",   "day",    "scale", "eve",
                                        "behalf", "side",  "spot",  "scene",  "top",   "account",
                                        "charge", "order", "suspicion", "condition", "time", "front"};
    const struct stm_annotation *ann = events->ann;
    const struct stm_event_frame *frame = stm_event_frame_of(candidate->kind);
    uint8_t pos = ann->tokens[node].pos;
    static const char *const shooting[] = {"open", "fire", "shoot", "throw", "hurl", "lob", "launch", "fling"};
    static const char *const striking[] = {"attack", "strike", "assault", "offensive", "airstrike", "invasion"};
    int shot = !candidate->nominal && STM_LEMMA_IS_ANY(ann, candidate->first, shooting);
    int hit = candidate->nominal && !STM_LEMMA_IS_ANY(ann, candidate->first, striking);
    int attack = candidate->kind == STM_EVENT_CONFLICT_ATTACK &&
                 ((stm_ann_is(ann, word, "on") && (shot || candidate->nominal)) ||
                  (stm_ann_is(ann, word, "at") && shot) || (stm_ann_is(ann, word, "of") && hit) ||
                  stm_ann_is(ann, word, "against"));
    int inquiry = candidate->kind == STM_EVENT_JUSTICE_INVESTIGATE && stm_ann_is(ann, word, "into");
    if ((!attack && !inquiry) || stm_has_role(events, candidate, frame->object) ||
        (pos != STM_POS_NN && pos != STM_POS_NNS) || ann->tokens[node].time != STEMMA_NONE ||
        ann->tokens[node].quantity != STEMMA_NONE || STM_LEMMA_IS_ANY(ann, node, vague)) {
        return STEMMA_OK;
    }
    return stm_add_words(events, candidate, frame->object, node, STM_WORDS_WHOLE);
}

stemma_status stm_add_case(struct stm_events *events, struct stm_candidate *candidate,
                           uint32_t node, uint32_t word)
{
    const struct stm_annotation *ann = events->ann;
    const struct stm_event_frame *frame = stm_event_frame_of(candidate->kind);
    for (size_t i = 0; frame->cases[i].word != NULL; i++) {
        const struct stm_event_case *its = &frame->cases[i];
        if (!stm_ann_is(ann, word, its->word) ||
            (candidate->nominal && candidate->kind == STM_EVENT_STATEMENT_DEMAND &&
             strcmp(its->word, "from") == 0)) {
            continue; /* "a demand from X" is one that X makes */
        }
        if (candidate->kind == STM_EVENT_LIFE_BORN && strcmp(its->word, "to") == 0 &&
            stm_has_role(events, candidate, its->role)) {
            return STEMMA_OK; /* "she was born to X": of X, who is not born */
        }
        if (its->types != 0) {
            if (stm_types_at(ann, node) == 0) {
                /* "on the state company Dravles": the tree may have the wrong head */
                uint32_t other = stm_phrase_head(ann, word + 1);
                if (other != STEMMA_NONE && (stm_types_at(ann, other) & its->types) != 0) {
                    node = other;
                }
            }
            uint32_t before = candidate->filler_count;
            stemma_status status =
                stm_add_participants(events, candidate, its->role, node, its->types);
            if (status != STEMMA_OK || candidate->filler_count != before) {
                return status;
            }
            continue; /* "against X's decision": words may do where nobody does */
        }
        if (is_charge(its->role) && (stm_types_at(ann, node) & STM_TYPES_PEOPLE) != 0 &&
            stm_ann_is(ann, word, "of")) {
            return STEMMA_OK; /* "the conviction of Luis Pardo" */
        }
        int term = is_term(ann, node);
        if (candidate->kind == STM_EVENT_JUSTICE_SENTENCE) {
            const char *role = term || strcmp(its->role, "penalty") == 0 ? "penalty" : its->role;
            if (stm_has_role(events, candidate, role)) {
                return STEMMA_OK;
            }
            if (strcmp(role, "penalty") == 0) {
                return stm_add_words(events, candidate, role, node, STM_WORDS_BARE);
            }
        } else if (term || (ann->tokens[node].time != STEMMA_NONE)) {
            return STEMMA_OK; /* "detained for three days" */
        }
        if (is_charge(its->role) && (is_site(ann, node) || ann->tokens[node].time != STEMMA_NONE)) {
            return STEMMA_OK; /* "detained on the border", "sentenced on Friday" */
        }
        if (is_charge(its->role) || strcmp(its->role, "office") == 0) {
            return stm_add_words(events, candidate, its->role,
                                 is_charge(its->role) ? charge_of(ann, node) : node,
                                 STM_WORDS_BARE);
        }
        return stm_add_topic(events, candidate, its->role, node);
    }
    return add_plain(events, candidate, node, word);
}

stemma_status stm_add_cases(struct stm_events *events, struct stm_candidate *candidate,
                            uint32_t node)
{
    const struct stm_annotation *ann = events->ann;
    stemma_status status = STEMMA_OK;
    uint32_t looked = 0;
    for (uint32_t i = ann->tokens[node].child;
         i != STEMMA_NONE && looked < CHILDREN && status == STEMMA_OK;
         i = ann->tokens[i].sibling, looked++) {
        uint32_t word = STEMMA_NONE;
        switch (ann->tokens[i].relation) {
        case STM_RELATION_OBL:
        case STM_RELATION_NMOD:
        case STM_RELATION_OBL_AGENT:
        case STM_RELATION_XCOMP:
            word = stm_syntax_case(ann, i);
            break;
        default:
            break;
        }
        if (word == STEMMA_NONE && (ann->tokens[i].relation == STM_RELATION_ADVCL ||
                                    ann->tokens[i].relation == STM_RELATION_ACL)) {
            word = stm_syntax_child(ann, i, STM_RELATION_MARK);
            if (stm_ann_is(ann, word, "to")) {
                word = STEMMA_NONE;
            }
        }
        if (word != STEMMA_NONE && i > node) {
            status = stm_add_case(events, candidate, i, word);
        }
    }
    return status;
}

stemma_status stm_add_behind_noun(struct stm_events *events, struct stm_candidate *candidate,
                                  uint32_t noun)
{
    const struct stm_annotation *ann = events->ann;
    const struct stm_event_frame *frame = stm_event_frame_of(candidate->kind);
    stemma_status status = STEMMA_OK;
    for (uint32_t i = noun + 1; i < noun + 3 && i + 1 < ann->token_count; i++) {
        for (size_t k = 0; frame->cases[k].word != NULL; k++) {
            if (!stm_ann_is(ann, i, frame->cases[k].word) ||
                strcmp(frame->cases[k].role, frame->object) != 0) {
                continue;
            }
            uint32_t head = stm_phrase_head(ann, i + 1);
            if (head == STEMMA_NONE || ann->tokens[head].time != STEMMA_NONE) {
                continue;
            }
            uint32_t told = candidate->filler_count;
            status =
                stm_add_participants(events, candidate, frame->object, head, frame->cases[k].types);
            if (status == STEMMA_OK && candidate->filler_count == told) {
                struct stm_filler filler = {frame->object, i + 1,       head - i, STEMMA_NONE,
                                            STEMMA_NONE,   STEMMA_NONE, 1,        0};
                status = stm_add_filler(events, candidate, &filler);
            }
            return status;
        }
    }
    return status;
}
