/* SPDX-License-Identifier: MIT */
/* Whether it happened: up the tree from the trigger, as long as what governs it decides. */
#include "pack/extract/event_modality.h"

#include "pack/extract/attribution_range.h"
#include "pack/extract/event_clause.h"
#include "pack/extract/event_verdict.h"
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
            } else if (i + 1 == verb &&
                       (stm_ann_is(ann, i, "nearly") || stm_ann_is(ann, i, "almost"))) {
                make_other(stand, STEMMA_CERTAINTY_UNSPECIFIED); /* "nearly ousted": was not */
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

static int apply(enum stm_verdict verdict, struct stm_stand *stand)
{
    switch (verdict) {
    case STM_VERDICT_GOES_ON:
        return 1;
    case STM_VERDICT_FACT:
        return 0;
    case STM_VERDICT_OTHER:
        make_other(stand, STEMMA_CERTAINTY_UNSPECIFIED);
        stand->tense = STEMMA_TENSE_UNSPECIFIED;
        return 0;
    case STM_VERDICT_POSSIBLE:
        make_other(stand, STEMMA_CERTAINTY_POSSIBLE);
        return 0;
    case STM_VERDICT_NEGATED:
        stand->polarity = STEMMA_POLARITY_NEGATIVE;
        return 1;
    case STM_VERDICT_HEARSAY:
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
                stm_has_mark(ann, verb, "to")) {
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
        if (!apply(stm_verdict_on_verb(ann, verb, kind), stand)) {
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
        enum stm_verdict verdict = stm_verdict_on_noun(ann, token);
        (void)apply(verdict, &stand);
        if (verdict == STM_VERDICT_GOES_ON) {
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
