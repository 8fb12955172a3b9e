/* SPDX-License-Identifier: MIT */
/* What a governor makes of the clause or noun under it. */
#include "pack/extract/event_verdict.h"

#include "pack/extract/event_clause.h"
#include "pack/extract/event_word.h"
#include "pack/extract/syntax.h"

enum { CHILDREN = 300 };

/** The word that introduces a clause: "if", "to", "without"; or STEMMA_NONE. */
static uint32_t mark_of(const struct stm_annotation *ann, uint32_t verb)
{
    uint32_t mark = stm_syntax_child(ann, verb, STM_RELATION_MARK);
    return mark != STEMMA_NONE ? mark : stm_syntax_case(ann, verb);
}

int stm_has_mark(const struct stm_annotation *ann, uint32_t verb, const char *word)
{
    for (uint32_t i = stm_syntax_child(ann, verb, STM_RELATION_MARK); i != STEMMA_NONE;
         i = stm_syntax_next(ann, i, STM_RELATION_MARK)) {
        if (stm_ann_is(ann, i, word)) {
            return 1;
        }
    }
    return 0;
}

static const char *const accusing[] = {
    "accuse", "suspect",   "charge", "blame", "acquit", "clear",    "convict", "try",    "wanted",
    "guilty", "prosecute", "indict", "plead", "arrest", "sentence", "jail",    "detain", "fine"};

/** "refused to", "began to", "agreed to". */
static enum stm_verdict verdict_on_infinitive(const struct stm_annotation *ann, uint32_t governor)
{
    static const char *const happen[] = {
        "begin", "start", "continue", "manage", "force", "help",  "come",   "proceed",
        "go",    "able",  "compel",   "lead",   "cause", "get",   "have",   "use",
        "make",  "let",   "dare",     "resume", "join",  "unite", "return", "bother"};
    static const char *const refuse[] = {"refuse", "fail",    "decline", "unable",
                                         "forget", "refusal", "failure", "neglect"};
    static const char *const said[] = {"say", "report", "know", "rumour", "rumor"};
    static const char *const thought[] = {"believe", "think", "allege", "suspect",
                                          "presume", "fear",  "appear", "seem"};
    if (STM_LEMMA_IS_ANY(ann, governor, happen)) {
        return STM_VERDICT_GOES_ON;
    }
    if (STM_LEMMA_IS_ANY(ann, governor, refuse)) {
        return STM_VERDICT_NEGATED;
    }
    if (stm_syntax_is_passive(ann, governor) && STM_LEMMA_IS_ANY(ann, governor, said)) {
        return STM_VERDICT_HEARSAY;
    }
    return STM_LEMMA_IS_ANY(ann, governor, thought) ? STM_VERDICT_POSSIBLE : STM_VERDICT_OTHER;
}

/** "after releasing", "without releasing", "accused of releasing". */
static enum stm_verdict verdict_on_gerund(const struct stm_annotation *ann, uint32_t verb,
                                          uint32_t governor)
{
    static const char *const facts[] = {"after", "by", "since", "following", "in", "while",
                                        "upon",  "on", "when",  "before",    "as"};
    static const char *const unreal[] = {
        "consider", "discuss",     "avoid",   "risk",        "oppose",  "propose",   "recommend",
        "suggest",  "prevent",     "stop",    "ban",         "bar",     "prohibit",  "plan",
        "favour",   "contemplate", "support", "delay",       "rule",    "mull",      "fear",
        "favor",    "keep",        "threat",  "possibility", "idea",    "hope",      "way",
        "chance",   "risk",        "aim",     "goal",        "purpose", "intention", "think",
        "talk",     "speak"};
    uint32_t mark = mark_of(ann, verb);
    if (stm_ann_is(ann, mark, "without") || stm_ann_has_lemma(ann, governor, "deny")) {
        return STM_VERDICT_NEGATED;
    }
    if (STM_TOKEN_IS_ANY(ann, mark, facts)) {
        return STM_VERDICT_FACT;
    }
    if (mark != STEMMA_NONE && STM_LEMMA_IS_ANY(ann, governor, accusing)) {
        return STM_VERDICT_POSSIBLE;
    }
    if (STM_LEMMA_IS_ANY(ann, governor, unreal)) {
        return STM_VERDICT_OTHER;
    }
    if (stm_ann_is(ann, mark, "of") || stm_ann_is(ann, mark, "about") ||
        stm_ann_is(ann, mark, "from") || stm_ann_is(ann, mark, "against") ||
        stm_ann_is(ann, mark, "toward") || stm_ann_is(ann, mark, "towards")) {
        return STM_VERDICT_OTHER;
    }
    return STM_VERDICT_FACT;
}

/** "hopes that", "denied that", "rumours that". */
static enum stm_verdict verdict_on_clause(const struct stm_annotation *ann, uint32_t governor)
{
    static const char *const wished[] = {
        "hope",      "expect", "want",     "demand",    "suggest",     "propose",
        "insist",    "ask",    "urge",     "predict",   "wish",        "request",
        "recommend", "plan",   "threaten", "warn",      "promise",     "vow",
        "pledge",    "ensure", "order",    "wonder",    "require",     "likely",
        "possible",  "agree",  "decide",   "guarantee", "hypothetical"};
    static const char *const doubted[] = {
        "fear",       "believe",    "think",       "doubt",      "imagine",    "suspect",
        "allege",     "speculate",  "rumour",      "rumor",      "claim",      "report",
        "allegation", "suggestion", "possibility", "suspicion",  "belief",     "speculation",
        "assume",     "appear",     "seem",        "impression", "accusation", "dispute"};
    if (stm_ann_has_lemma(ann, governor, "deny") || stm_ann_has_lemma(ann, governor, "denial")) {
        return STM_VERDICT_NEGATED;
    }
    if (STM_LEMMA_IS_ANY(ann, governor, wished)) {
        return STM_VERDICT_OTHER;
    }
    /* A claim or report that has its speaker is that speaker's; as a noun it is a rumour. */
    if (STM_LEMMA_IS_ANY(ann, governor, doubted) &&
        !(stm_is_verb(ann, governor) && (stm_ann_has_lemma(ann, governor, "claim") ||
                                         stm_ann_has_lemma(ann, governor, "report") ||
                                         stm_ann_has_lemma(ann, governor, "allege") ||
                                         stm_ann_has_lemma(ann, governor, "believe") ||
                                         stm_ann_has_lemma(ann, governor, "think")))) {
        return STM_VERDICT_POSSIBLE;
    }
    return STM_VERDICT_FACT;
}

/** "of having shot the men" */
static int is_gerund_of(const struct stm_annotation *ann, uint32_t verb)
{
    uint32_t aux = stm_syntax_child(ann, verb, STM_RELATION_AUX);
    return stm_ann_is(ann, aux, "having") || stm_ann_is(ann, aux, "being") ||
           (verb > 0 && stm_ann_is(ann, verb - 1, "having"));
}

static int is_purpose_done(enum stm_event_kind kind)
{
    return kind == STM_EVENT_PROTEST_DEMONSTRATE || kind == STM_EVENT_STATEMENT_DEMAND;
}

enum stm_verdict stm_verdict_on_verb(const struct stm_annotation *ann, uint32_t verb,
                                     enum stm_event_kind kind)
{
    const struct stm_token *token = &ann->tokens[verb];
    int infinitive = stm_has_mark(ann, verb, "to") || token->pos == STM_POS_VB;
    uint32_t governor = token->head;
    switch (token->relation) {
    case STM_RELATION_XCOMP:
        if (token->pos == STM_POS_VBG) {
            return verdict_on_gerund(ann, verb, governor) == STM_VERDICT_FACT
                       ? STM_VERDICT_GOES_ON
                       : verdict_on_gerund(ann, verb, governor);
        }
        return infinitive ? verdict_on_infinitive(ann, governor) : STM_VERDICT_GOES_ON;
    case STM_RELATION_CCOMP:
        return infinitive && stm_has_mark(ann, verb, "to") ? verdict_on_infinitive(ann, governor)
                                                           : verdict_on_clause(ann, governor);
    case STM_RELATION_ADVCL:
        if (infinitive && stm_has_mark(ann, verb, "to")) {
            /* "marched to protest": the purpose is carried out by the act itself */
            return is_purpose_done(kind) ? STM_VERDICT_GOES_ON
                                         : verdict_on_infinitive(ann, governor);
        }
        return token->pos == STM_POS_VBG || is_gerund_of(ann, verb)
                   ? verdict_on_gerund(ann, verb, governor)
                   : STM_VERDICT_FACT;
    case STM_RELATION_ACL:
        if (infinitive && stm_has_mark(ann, verb, "to")) {
            return verdict_on_infinitive(ann, governor);
        }
        if (token->pos == STM_POS_VBG && mark_of(ann, verb) != STEMMA_NONE) {
            return verdict_on_gerund(ann, verb, governor);
        }
        return stm_has_mark(ann, verb, "that") ? verdict_on_clause(ann, governor)
                                               : STM_VERDICT_FACT;
    case STM_RELATION_ACL_RELCL:
        /* "rumours that X had been freed", which the tree may take for a relative clause */
        return stm_ann_is(ann, governor + 1, "that") &&
                       stm_syntax_child(ann, verb, STM_RELATION_NSUBJ) != STEMMA_NONE
                   ? verdict_on_clause(ann, governor)
                   : STM_VERDICT_FACT;
    case STM_RELATION_CONJ:
        return STM_VERDICT_GOES_ON;
    default:
        return STM_VERDICT_FACT;
    }
}

enum stm_verdict stm_verdict_on_noun(const struct stm_annotation *ann, uint32_t noun)
{
    static const char *const unreal_words[] = {
        "planned",    "possible",    "potential", "proposed",     "expected",
        "upcoming",   "future",      "eventual",  "prospective",  "imminent",
        "threatened", "forthcoming", "next",      "hypothetical", "likely",
        "immediate",  "scheduled",   "would-be",  "unconditional"};
    static const char *const doubtful[] = {"alleged",  "suspected", "apparent", "attempted",
                                           "reported", "foiled",    "failed"};
    static const char *const unreal_nouns[] = {
        "call",     "demand",    "request", "hope",        "plan",       "proposal", "prospect",
        "chance",   "threat",    "risk",    "attempt",     "bid",        "effort",   "offer",
        "promise",  "idea",      "fear",    "preparation", "conspiracy", "plot",     "possibility",
        "campaign", "pledge",    "push",    "need",        "right",      "option",   "appeal",
        "petition", "condition", "warning", "date",        "eve"};
    static const char *const unreal_verbs[] = {
        "demand",     "urge",     "seek",     "want",     "call",     "request",  "expect",
        "plan",       "propose",  "consider", "discuss",  "oppose",   "hope",     "await",
        "fear",       "threaten", "promise",  "prepare",  "schedule", "postpone", "cancel",
        "reject",     "avoid",    "prevent",  "avert",    "stop",     "block",    "advocate",
        "require",    "delay",    "warn",     "push",     "press",    "pledge",   "vow",
        "appeal",     "favour",   "favor",    "foil",     "thwart",   "offer",    "insist",
        "anticipate", "envisage", "need",     "campaign", "wait",     "fight",    "lobby",
        "plead",      "beg"};
    const struct stm_token *token = &ann->tokens[noun];
    uint32_t looked = 0;
    for (uint32_t i = token->child; i != STEMMA_NONE && looked < CHILDREN;
         i = ann->tokens[i].sibling, looked++) {
        if (i > noun) {
            break;
        }
        if ((stm_ann_is(ann, i, "no") && ann->tokens[i].relation == STM_RELATION_DET) ||
            (stm_ann_is(ann, i, "not") && !stm_ann_is(ann, i + 1, "only"))) {
            return STM_VERDICT_NEGATED;
        }
        if (STM_TOKEN_IS_ANY(ann, i, unreal_words)) {
            return STM_VERDICT_OTHER;
        }
        if (STM_TOKEN_IS_ANY(ann, i, doubtful) || stm_ann_is(ann, i, "any")) {
            return STM_VERDICT_POSSIBLE;
        }
    }
    uint32_t before = noun;
    uint32_t start = ann->sentences[token->sentence].first;
    while (before > start && (ann->tokens[before - 1].pos == STM_POS_DT ||
                              ann->tokens[before - 1].pos == STM_POS_JJ)) {
        before--;
    }
    if (before > start && stm_ann_has_lemma(ann, before - 1, "deny")) {
        return STM_VERDICT_NEGATED; /* "denies deal", whatever the tree says of a headline */
    }
    uint32_t preposition = stm_syntax_case(ann, noun);
    if (stm_ann_is(ann, preposition, "without")) {
        return STM_VERDICT_NEGATED;
    }
    if (stm_ann_is(ann, preposition, "until") || stm_ann_is(ann, preposition, "pending") ||
        stm_ann_is(ann, preposition, "ahead")) {
        return STM_VERDICT_OTHER;
    }
    uint32_t head = token->head;
    if (head == STEMMA_NONE) {
        return STM_VERDICT_GOES_ON;
    }
    switch (token->relation) {
    case STM_RELATION_NMOD:
        if (STM_LEMMA_IS_ANY(ann, head, unreal_nouns)) {
            return STM_VERDICT_OTHER;
        }
        return stm_ann_has_lemma(ann, head, "allegation") ||
                       stm_ann_has_lemma(ann, head, "report") ||
                       stm_ann_has_lemma(ann, head, "accusation") ||
                       stm_ann_has_lemma(ann, head, "charge") ||
                       stm_ann_has_lemma(ann, head, "suspicion") ||
                       stm_ann_has_lemma(ann, head, "rumour")
                   ? STM_VERDICT_POSSIBLE
                   : STM_VERDICT_GOES_ON;
    case STM_RELATION_OBJ:
    case STM_RELATION_NSUBJ_PASS:
    case STM_RELATION_OBL:
        if (stm_ann_has_lemma(ann, head, "deny") && token->relation != STM_RELATION_OBL) {
            return STM_VERDICT_NEGATED;
        }
        if (token->relation == STM_RELATION_OBL && preposition != STEMMA_NONE &&
            STM_LEMMA_IS_ANY(ann, head, accusing)) {
            return STM_VERDICT_POSSIBLE;
        }
        return STM_LEMMA_IS_ANY(ann, head, unreal_verbs) &&
                       !(token->relation == STM_RELATION_OBL &&
                         !stm_ann_is(ann, preposition, "for") &&
                         !stm_ann_is(ann, preposition, "against"))
                   ? STM_VERDICT_OTHER
                   : STM_VERDICT_GOES_ON;
    default:
        return STM_VERDICT_GOES_ON;
    }
}
