/* SPDX-License-Identifier: MIT */
/* Whether it happened: up the tree from the trigger, as long as what governs it decides. */
#include "pack/extract/event_modality.h"

#include "pack/extract/attribution_range.h"
#include "pack/extract/event_clause.h"
#include "pack/extract/event_word.h"
#include "pack/extract/syntax.h"

enum { STEPS = 12, CHILDREN = 300 };

static void make_other(struct stm_stand *stand, uint8_t certainty)
{
    stand->realis = STEMMA_REALIS_OTHER;
    stand->certainty = certainty;
}

/** Auxiliaries, negations and adverbs of one verb. Returns whether it has auxiliaries of its own.
 */
static int apply_auxiliaries(const struct stm_annotation *ann, uint32_t verb,
                             struct stm_stand *stand)
{
    static const char *const future[] = {"will", "shall", "'ll", "wo"};
    static const char *const possible[] = {"could", "may", "might"};
    static const char *const modal[] = {"would",  "could", "may", "might", "can",
                                        "should", "must",  "'d",  "ca",    "cannot"};
    static const char *const hearsay[] = {"reportedly", "allegedly", "apparently", "supposedly",
                                          "purportedly"};
    static const char *const negative[] = {"not", "never", "n't", "nor", "neither"};
    int own = 0;
    uint32_t looked = 0;
    for (uint32_t i = ann->tokens[verb].child; i != STEMMA_NONE && looked < CHILDREN;
         i = ann->tokens[i].sibling, looked++) {
        uint8_t relation = ann->tokens[i].relation;
        if (relation == STM_RELATION_AUX || relation == STM_RELATION_AUX_PASS) {
            own = 1;
            if (STM_TOKEN_IS_ANY(ann, i, future)) {
                make_other(stand, STEMMA_CERTAINTY_PROBABLE);
                stand->tense = STEMMA_TENSE_FUTURE;
            } else if (STM_TOKEN_IS_ANY(ann, i, modal)) {
                make_other(stand, STM_TOKEN_IS_ANY(ann, i, possible)
                                      ? STEMMA_CERTAINTY_POSSIBLE
                                      : STEMMA_CERTAINTY_UNSPECIFIED);
                stand->tense = STEMMA_TENSE_UNSPECIFIED;
            }
        } else if (STM_TOKEN_IS_ANY(ann, i, negative) && relation != STM_RELATION_CC) {
            if (!stm_ann_is(ann, i + 1, "only")) {
                stand->polarity = STEMMA_POLARITY_NEGATIVE;
            }
        } else if (relation == STM_RELATION_ADVMOD) {
            if (STM_TOKEN_IS_ANY(ann, i, hearsay)) {
                stand->attribution = STEMMA_ATTRIBUTION_UNSTATED;
                stand->certainty = STEMMA_CERTAINTY_UNSPECIFIED;
            } else if (stm_ann_is(ann, i, "longer") && i > 0 && stm_ann_is(ann, i - 1, "no")) {
                stand->polarity = STEMMA_POLARITY_NEGATIVE;
            }
        }
    }
    return own;
}

static int has_own_subject(const struct stm_annotation *ann, uint32_t verb)
{
    return stm_syntax_child(ann, verb, STM_RELATION_NSUBJ) != STEMMA_NONE ||
           stm_syntax_child(ann, verb, STM_RELATION_NSUBJ_PASS) != STEMMA_NONE;
}

/** The word that introduces a clause: "if", "to", "without"; or STEMMA_NONE. */
static uint32_t mark_of(const struct stm_annotation *ann, uint32_t verb)
{
    uint32_t mark = stm_syntax_child(ann, verb, STM_RELATION_MARK);
    return mark != STEMMA_NONE ? mark : stm_syntax_case(ann, verb);
}

static int has_mark(const struct stm_annotation *ann, uint32_t verb, const char *word)
{
    for (uint32_t i = stm_syntax_child(ann, verb, STM_RELATION_MARK); i != STEMMA_NONE;
         i = stm_syntax_next(ann, i, STM_RELATION_MARK)) {
        if (stm_ann_is(ann, i, word)) {
            return 1;
        }
    }
    return 0;
}

static int is_conditional(const struct stm_annotation *ann, uint32_t verb)
{
    static const char *const words[] = {"if", "unless", "whether", "until", "should", "lest"};
    for (uint32_t i = stm_syntax_child(ann, verb, STM_RELATION_MARK); i != STEMMA_NONE;
         i = stm_syntax_next(ann, i, STM_RELATION_MARK)) {
        if (STM_TOKEN_IS_ANY(ann, i, words)) {
            return 1;
        }
    }
    return 0;
}

/* What a governor makes of the clause or noun under it. */
enum verdict { GOES_ON = 0, FACT, OTHER, POSSIBLE, NEGATED, HEARSAY };

static const char *const accusing[] = {
    "accuse", "suspect",   "charge", "blame", "acquit", "clear",    "convict", "try",    "wanted",
    "guilty", "prosecute", "indict", "plead", "arrest", "sentence", "jail",    "detain", "fine"};

/** "refused to", "began to", "agreed to". */
static enum verdict verdict_on_infinitive(const struct stm_annotation *ann, uint32_t governor)
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
        return GOES_ON;
    }
    if (STM_LEMMA_IS_ANY(ann, governor, refuse)) {
        return NEGATED;
    }
    if (stm_syntax_is_passive(ann, governor) && STM_LEMMA_IS_ANY(ann, governor, said)) {
        return HEARSAY;
    }
    return STM_LEMMA_IS_ANY(ann, governor, thought) ? POSSIBLE : OTHER;
}

/** "after releasing", "without releasing", "accused of releasing". */
static enum verdict verdict_on_gerund(const struct stm_annotation *ann, uint32_t verb,
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
        return NEGATED;
    }
    if (STM_TOKEN_IS_ANY(ann, mark, facts)) {
        return FACT;
    }
    if (mark != STEMMA_NONE && STM_LEMMA_IS_ANY(ann, governor, accusing)) {
        return POSSIBLE;
    }
    if (STM_LEMMA_IS_ANY(ann, governor, unreal)) {
        return OTHER;
    }
    if (stm_ann_is(ann, mark, "of") || stm_ann_is(ann, mark, "about") ||
        stm_ann_is(ann, mark, "from") || stm_ann_is(ann, mark, "against") ||
        stm_ann_is(ann, mark, "toward") || stm_ann_is(ann, mark, "towards")) {
        return OTHER;
    }
    return FACT;
}

/** "hopes that", "denied that", "rumours that". */
static enum verdict verdict_on_clause(const struct stm_annotation *ann, uint32_t governor)
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
        return NEGATED;
    }
    if (STM_LEMMA_IS_ANY(ann, governor, wished)) {
        return OTHER;
    }
    /* A claim or report that has its speaker is that speaker's; as a noun it is a rumour. */
    if (STM_LEMMA_IS_ANY(ann, governor, doubted) &&
        !(stm_is_verb(ann, governor) && (stm_ann_has_lemma(ann, governor, "claim") ||
                                         stm_ann_has_lemma(ann, governor, "report") ||
                                         stm_ann_has_lemma(ann, governor, "allege") ||
                                         stm_ann_has_lemma(ann, governor, "believe") ||
                                         stm_ann_has_lemma(ann, governor, "think")))) {
        return POSSIBLE;
    }
    return FACT;
}

static int is_purpose_done(enum stm_event_kind kind)
{
    return kind == STM_EVENT_PROTEST_DEMONSTRATE || kind == STM_EVENT_STATEMENT_DEMAND;
}

/** What the governor of a verb's clause makes of it. */
static enum verdict verdict_on(const struct stm_annotation *ann, uint32_t verb,
                               enum stm_event_kind kind)
{
    const struct stm_token *token = &ann->tokens[verb];
    int infinitive = has_mark(ann, verb, "to") || token->pos == STM_POS_VB;
    uint32_t governor = token->head;
    switch (token->relation) {
    case STM_RELATION_XCOMP:
        if (token->pos == STM_POS_VBG) {
            return verdict_on_gerund(ann, verb, governor) == FACT
                       ? GOES_ON
                       : verdict_on_gerund(ann, verb, governor);
        }
        return infinitive ? verdict_on_infinitive(ann, governor) : GOES_ON;
    case STM_RELATION_CCOMP:
        return infinitive && has_mark(ann, verb, "to") ? verdict_on_infinitive(ann, governor)
                                                       : verdict_on_clause(ann, governor);
    case STM_RELATION_ADVCL:
        if (infinitive && has_mark(ann, verb, "to")) {
            /* "marched to protest": the purpose is carried out by the act itself */
            return is_purpose_done(kind) ? GOES_ON : verdict_on_infinitive(ann, governor);
        }
        return token->pos == STM_POS_VBG ? verdict_on_gerund(ann, verb, governor) : FACT;
    case STM_RELATION_ACL:
        if (infinitive && has_mark(ann, verb, "to")) {
            return verdict_on_infinitive(ann, governor);
        }
        if (token->pos == STM_POS_VBG && mark_of(ann, verb) != STEMMA_NONE) {
            return verdict_on_gerund(ann, verb, governor);
        }
        return has_mark(ann, verb, "that") ? verdict_on_clause(ann, governor) : FACT;
    case STM_RELATION_ACL_RELCL:
        /* "rumours that X had been freed", which the tree may take for a relative clause */
        return stm_ann_is(ann, mark_of(ann, verb), "that") &&
                       stm_syntax_child(ann, verb, STM_RELATION_NSUBJ) != STEMMA_NONE
                   ? verdict_on_clause(ann, governor)
                   : FACT;
    case STM_RELATION_CONJ:
        return GOES_ON;
    default:
        return FACT;
    }
}

static int apply(enum verdict verdict, struct stm_stand *stand)
{
    switch (verdict) {
    case GOES_ON:
        return 1;
    case FACT:
        return 0;
    case OTHER:
        make_other(stand, STEMMA_CERTAINTY_UNSPECIFIED);
        stand->tense = STEMMA_TENSE_UNSPECIFIED;
        return 0;
    case POSSIBLE:
        make_other(stand, STEMMA_CERTAINTY_POSSIBLE);
        return 0;
    case NEGATED:
        stand->polarity = STEMMA_POLARITY_NEGATIVE;
        return 1;
    case HEARSAY:
        stand->attribution = STEMMA_ATTRIBUTION_UNSTATED;
        stand->certainty = STEMMA_CERTAINTY_UNSPECIFIED;
        return 0;
    }
    return 0;
}

/** Tense as the form of the verb shows it. */
static void set_tense(const struct stm_annotation *ann, uint32_t verb, struct stm_stand *stand)
{
    static const char *const present[] = {"is", "are", "am", "'re", "'s"};
    const struct stm_token *token = &ann->tokens[verb];
    int title = ann->sentences[token->sentence].is_title;
    stand->tense = STEMMA_TENSE_PAST;
    if (token->pos == STM_POS_VBZ || token->pos == STM_POS_VBP) {
        stand->tense = (uint8_t)(title ? STEMMA_TENSE_PAST : STEMMA_TENSE_PRESENT);
        return;
    }
    if (token->pos == STM_POS_VBG) {
        stand->tense = STEMMA_TENSE_UNSPECIFIED;
    }
    uint32_t aux = stm_syntax_child(ann, verb, STM_RELATION_AUX_PASS);
    if (aux == STEMMA_NONE && token->pos == STM_POS_VBG) {
        aux = stm_syntax_child(ann, verb, STM_RELATION_AUX);
    }
    if (STM_TOKEN_IS_ANY(ann, aux, present)) {
        stand->tense = STEMMA_TENSE_PRESENT;
    }
}

/** "is to free 240 men": what is arranged. */
static int is_arranged(const struct stm_annotation *ann, uint32_t verb)
{
    static const char *const be_words[] = {"is", "are", "was", "were", "'s", "'re"};
    uint32_t start = ann->sentences[ann->tokens[verb].sentence].first;
    uint32_t to = verb;
    while (to > start + 1 &&
           (ann->tokens[to - 1].pos == STM_POS_RB || stm_ann_is(ann, to - 1, "be") ||
            stm_ann_is(ann, to - 1, "have") || stm_ann_is(ann, to - 1, "been"))) {
        to--;
    }
    if (to < start + 2 || !stm_ann_is(ann, to - 1, "to")) {
        return 0;
    }
    uint32_t be = to - 2;
    while (be > start && (ann->tokens[be].pos == STM_POS_RB || stm_ann_is(ann, be, "not"))) {
        be--;
    }
    return STM_TOKEN_IS_ANY(ann, be, be_words);
}

static void judge_clause(const struct stm_annotation *ann, uint32_t verb, enum stm_event_kind kind,
                         struct stm_stand *stand)
{
    int inherits = 1; /* auxiliaries of the verb above are this one's too */
    for (uint32_t steps = 0; steps < STEPS; steps++) {
        if (inherits && apply_auxiliaries(ann, verb, stand)) {
            inherits = 0;
        }
        if (is_arranged(ann, verb)) {
            make_other(stand, STEMMA_CERTAINTY_PROBABLE);
            stand->tense = STEMMA_TENSE_FUTURE;
            return;
        }
        if (is_conditional(ann, verb)) {
            make_other(stand, STEMMA_CERTAINTY_UNSPECIFIED);
            return;
        }
        const struct stm_token *token = &ann->tokens[verb];
        if (token->head == STEMMA_NONE) {
            /* "Voss to meet Bell": a headline's future */
            if (token->pos == STM_POS_VB && ann->sentences[token->sentence].is_title &&
                has_mark(ann, verb, "to")) {
                make_other(stand, STEMMA_CERTAINTY_PROBABLE);
                stand->tense = STEMMA_TENSE_FUTURE;
            }
            return;
        }
        if (token->relation == STM_RELATION_CONJ) {
            if (!stm_is_verb(ann, token->head)) {
                return;
            }
            inherits = inherits && !has_own_subject(ann, verb);
        } else {
            inherits = 1;
            if (stm_ann_is(ann, verb, "going") == 0 && stm_ann_has_lemma(ann, token->head, "go") &&
                token->relation == STM_RELATION_XCOMP &&
                ann->tokens[token->head].pos == STM_POS_VBG) {
                make_other(stand, STEMMA_CERTAINTY_PROBABLE); /* "is going to meet" */
                stand->tense = STEMMA_TENSE_FUTURE;
                return;
            }
        }
        if (!apply(verdict_on(ann, verb, kind), stand)) {
            return;
        }
        verb = token->head;
        if (!stm_is_verb(ann, verb) && ann->tokens[verb].pos != STM_POS_JJ) {
            return;
        }
    }
}

static const char *const light_verbs[] = {
    "hold",     "have",     "stage",    "launch",  "carry",    "conduct", "make",       "pay",
    "give",     "issue",    "mount",    "begin",   "start",    "open",    "continue",   "resume",
    "renew",    "organize", "organise", "lead",    "join",     "attend",  "sign",       "reach",
    "strike",   "secure",   "conclude", "order",   "grant",    "commit",  "perpetrate", "take",
    "complete", "announce", "host",     "do",      "seal",     "broker",  "decree",     "file",
    "declare",  "score",    "execute",  "deliver", "initiate", "wage",    "stop",       "extend",
    "offer",    "submit",   "tender",   "win",     "accept",   "plan",    "schedule",   "arrange",
    "propose",  "cancel",   "postpone", "prepare", "enter",    "undergo", "face"};

static const char *const occurring[] = {
    "take",  "occur",  "happen", "begin", "start",  "erupt",   "break",   "continue",
    "end",   "resume", "last",   "go",    "follow", "come",    "rage",    "spread",
    "hit",   "strike", "rock",   "kill",  "injure", "wound",   "destroy", "damage",
    "shake", "sweep",  "leave",  "cause", "flare",  "collapse"};

uint32_t stm_light_verb(const struct stm_annotation *ann, uint32_t noun)
{
    const struct stm_token *token = &ann->tokens[noun];
    uint32_t verb = token->head;
    if (verb == STEMMA_NONE || !stm_is_verb(ann, verb)) {
        return STEMMA_NONE;
    }
    int passive = token->relation == STM_RELATION_NSUBJ_PASS;
    if ((token->relation == STM_RELATION_OBJ || passive) &&
        STM_LEMMA_IS_ANY(ann, verb, light_verbs)) {
        return verb;
    }
    if (token->relation == STM_RELATION_NSUBJ && STM_LEMMA_IS_ANY(ann, verb, occurring)) {
        return verb;
    }
    return STEMMA_NONE;
}

/** What stands around a noun and takes its reality away. */
static enum verdict verdict_on_noun(const struct stm_annotation *ann, uint32_t noun)
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
        if (stm_ann_is(ann, i, "no") && ann->tokens[i].relation == STM_RELATION_DET) {
            return NEGATED;
        }
        if (STM_TOKEN_IS_ANY(ann, i, unreal_words)) {
            return OTHER;
        }
        if (STM_TOKEN_IS_ANY(ann, i, doubtful) || stm_ann_is(ann, i, "any")) {
            return POSSIBLE;
        }
    }
    uint32_t before = noun;
    uint32_t start = ann->sentences[token->sentence].first;
    while (before > start && (ann->tokens[before - 1].pos == STM_POS_DT ||
                              ann->tokens[before - 1].pos == STM_POS_JJ)) {
        before--;
    }
    if (before > start && stm_ann_has_lemma(ann, before - 1, "deny")) {
        return NEGATED; /* "denies deal", whatever the tree says of a headline */
    }
    uint32_t preposition = stm_syntax_case(ann, noun);
    if (stm_ann_is(ann, preposition, "without")) {
        return NEGATED;
    }
    if (stm_ann_is(ann, preposition, "until") || stm_ann_is(ann, preposition, "pending") ||
        stm_ann_is(ann, preposition, "ahead")) {
        return OTHER;
    }
    uint32_t head = token->head;
    if (head == STEMMA_NONE) {
        return GOES_ON;
    }
    switch (token->relation) {
    case STM_RELATION_NMOD:
        if (STM_LEMMA_IS_ANY(ann, head, unreal_nouns)) {
            return OTHER;
        }
        return stm_ann_has_lemma(ann, head, "allegation") ||
                       stm_ann_has_lemma(ann, head, "report") ||
                       stm_ann_has_lemma(ann, head, "accusation") ||
                       stm_ann_has_lemma(ann, head, "charge") ||
                       stm_ann_has_lemma(ann, head, "suspicion") ||
                       stm_ann_has_lemma(ann, head, "rumour")
                   ? POSSIBLE
                   : GOES_ON;
    case STM_RELATION_OBJ:
    case STM_RELATION_NSUBJ_PASS:
    case STM_RELATION_OBL:
        if (stm_ann_has_lemma(ann, head, "deny") && token->relation != STM_RELATION_OBL) {
            return NEGATED;
        }
        if (token->relation == STM_RELATION_OBL && preposition != STEMMA_NONE &&
            STM_LEMMA_IS_ANY(ann, head, accusing)) {
            return POSSIBLE;
        }
        return STM_LEMMA_IS_ANY(ann, head, unreal_verbs) &&
                       !(token->relation == STM_RELATION_OBL &&
                         !stm_ann_is(ann, preposition, "for") &&
                         !stm_ann_is(ann, preposition, "against"))
                   ? OTHER
                   : GOES_ON;
    default:
        return GOES_ON;
    }
}

/** "in exchange for the release": as real as what it is given for. */
static int is_exchanged(const struct stm_annotation *ann, uint32_t noun)
{
    uint32_t head = ann->tokens[noun].head;
    return (noun >= 2 && ann->tokens[noun].relation == STM_RELATION_NMOD &&
            (stm_ann_has_lemma(ann, head, "exchange") || stm_ann_has_lemma(ann, head, "return"))) ||
           stm_ann_is(ann, stm_syntax_case(ann, noun), "in");
}

/** The verb of the clause that a noun stands in; or STEMMA_NONE. */
static uint32_t clause_verb(const struct stm_annotation *ann, uint32_t token)
{
    for (uint32_t steps = 0; token != STEMMA_NONE && steps < STEPS; steps++) {
        token = ann->tokens[token].head;
        if (token != STEMMA_NONE && stm_is_verb(ann, token)) {
            return token;
        }
    }
    return STEMMA_NONE;
}

struct stm_stand stm_stand_at(const struct stm_annotation *ann, uint32_t token,
                              enum stm_event_kind kind, uint16_t confidence)
{
    struct stm_stand stand = stm_stand_plain(confidence);
    if (stm_is_verb(ann, token) || (stm_syntax_child(ann, token, STM_RELATION_COP) != STEMMA_NONE &&
                                    !(token > 0 && stm_ann_is(ann, token - 1, "to")))) {
        set_tense(ann, token, &stand);
        judge_clause(ann, token, kind, &stand);
    } else if (token > 0 && stm_ann_is(ann, token - 1, "to") &&
               ann->tokens[token].pos == STM_POS_JJ) {
        make_other(&stand, STEMMA_CERTAINTY_PROBABLE); /* "is to free them" */
    } else {
        enum verdict verdict = verdict_on_noun(ann, token);
        (void)apply(verdict, &stand);
        if (verdict == GOES_ON) {
            uint32_t verb = stm_light_verb(ann, token);
            if (verb == STEMMA_NONE && is_exchanged(ann, token)) {
                verb = clause_verb(ann, token);
            }
            if (verb != STEMMA_NONE) {
                set_tense(ann, verb, &stand);
                judge_clause(ann, verb, kind, &stand);
            }
        }
    }
    stm_attribute(ann, token, &stand);
    if (stand.stance == STEMMA_STANCE_DENIES) {
        /* "denied holding prisoners": the speaker says that it is not so */
        stand.polarity = STEMMA_POLARITY_NEGATIVE;
    }
    return stand;
}
