/* SPDX-License-Identifier: MIT */
/* Whether a time lies before or after publication: by the verb that governs it, up the tree. */
#include "pack/extract/time_tense.h"

#include "pack/extract/syntax.h"

enum {
    CLIMB = 12,   /**< Governors looked at, from the time up. */
    CHILDREN = 24 /**< Dependents of one governor looked at. */
};

enum verdict { PAST = -1, UNSAID = 0, FUTURE = 1 };

static int has_lemma(const struct stm_annotation *ann, uint32_t token, const char *const *lemmas,
                     size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (stm_ann_has_lemma(ann, token, lemmas[i])) {
            return 1;
        }
    }
    return 0;
}

#define HAS_LEMMA(ann, token, lemmas)                                                              \
    has_lemma((ann), (token), (lemmas), sizeof(lemmas) / sizeof((lemmas)[0]))

/* The time beside these is that of what they speak of: "scheduled for Monday". */
static const char *const planning_verbs[] = {"schedule", "plan",       "expect",  "slate",
                                             "forecast", "anticipate", "project", "book"};

/* What these speak of lies ahead, but a time beside the verb is its own: "cancelled Sunday's
   match", "promised on Thursday". */
static const char *const forward_verbs[] = {
    "postpone", "delay",   "adjourn", "reschedule", "defer", "cancel",
    "propose",  "promise", "pledge",  "threaten",   "vow",   "intend",
    "hope",     "await",   "predict", "prepare",    "aim",   "want"};

/* "managed to leave on Monday" happened; "agreed to leave on Monday" lies ahead. */
static const char *const implicative_verbs[] = {
    "manage", "fail",  "force",  "begin",  "start", "continue", "happen",  "get",     "use",
    "help",   "cease", "rush",   "compel", "come",  "go",       "refuse",  "decline", "dare",
    "appear", "seem",  "prompt", "cause",  "lead",  "allege",   "believe", "report",  "say"};

static const char *const future_modals[] = {"will",  "shall", "would",  "could", "may",
                                            "might", "can",   "should", "must"};

/* Adjectives and participles of things to come: "the upcoming vote", "is due on Monday". */
static const char *const forward_words[] = {"upcoming", "forthcoming", "due",      "scheduled",
                                            "planned",  "set",         "slated",   "expected",
                                            "looming",  "next",        "proposed", "impending"};

static int is_verb(uint8_t pos)
{
    return pos == STM_POS_VB || pos == STM_POS_VBD || pos == STM_POS_VBG || pos == STM_POS_VBN ||
           pos == STM_POS_VBP || pos == STM_POS_VBZ;
}

/** What the auxiliaries of a verb (or of the predicate of a copula) say of its time. */
struct auxiliaries {
    int modal; /**< One that speaks of what may come. */
    int have;
    int past;    /**< was, were, had, did */
    int present; /**< is, are, has, does */
    int to;      /**< "to" before an infinitive. */
};

static struct auxiliaries auxiliaries_of(const struct stm_annotation *ann, uint32_t verb)
{
    struct auxiliaries seen = {0};
    uint32_t left = CHILDREN;
    for (uint32_t child = ann->tokens[verb].child; child != STEMMA_NONE && left-- != 0;
         child = ann->tokens[child].sibling) {
        const struct stm_token *token = &ann->tokens[child];
        if (token->relation == STM_RELATION_MARK && stm_ann_is(ann, child, "to")) {
            seen.to = 1;
        }
        if (token->relation != STM_RELATION_AUX && token->relation != STM_RELATION_AUX_PASS &&
            token->relation != STM_RELATION_COP) {
            continue;
        }
        if (stm_ann_is(ann, child, "'ll") || stm_ann_is(ann, child, "wo") ||
            HAS_LEMMA(ann, child, future_modals)) {
            seen.modal = 1;
        } else if (stm_ann_has_lemma(ann, child, "have")) {
            seen.have = 1;
        }
        seen.past |= token->pos == STM_POS_VBD;
        seen.present |= token->pos == STM_POS_VBZ || token->pos == STM_POS_VBP;
    }
    return seen;
}

/** A present tense that schedules: "opens on Monday", "is meeting on Friday". Headlines and verbs
   of saying tell what was. */
static int schedules(const struct stm_annotation *ann, uint32_t verb)
{
    static const char *const saying[] = {"say", "report", "write", "note", "add", "show", "mark"};
    return !(ann->tokens[verb].flags & STM_TOKEN_IN_TITLE) && !HAS_LEMMA(ann, verb, saying);
}

/** What one governor says; UNSAID when only what governs it can tell. `beside`: the time hangs on
   it itself, not on something else that hangs on it. */
static enum verdict judge(const struct stm_annotation *ann, uint32_t token, int beside)
{
    uint8_t pos = (ann->tokens[token].flags & STM_TOKEN_PUNCTUATION) != 0 ? (uint8_t)STM_POS_NONE
                                                                          : ann->tokens[token].pos;
    struct auxiliaries aux = auxiliaries_of(ann, token);
    int verbal = is_verb(pos);
    if (aux.modal) {
        return aux.have ? PAST : FUTURE;
    }
    for (size_t i = 0; i < sizeof forward_words / sizeof forward_words[0]; i++) {
        if (stm_ann_is(ann, token, forward_words[i])) {
            return FUTURE;
        }
    }
    if (verbal && (HAS_LEMMA(ann, token, planning_verbs) ||
                   (!beside && HAS_LEMMA(ann, token, forward_verbs)))) {
        return FUTURE;
    }
    if (aux.have || aux.past) {
        return PAST;
    }
    if (pos == STM_POS_VBD) {
        return PAST;
    }
    if (pos == STM_POS_VBN && !aux.present && !aux.to) {
        return PAST; /* "arrested on Monday, he will be tried" */
    }
    if (pos == STM_POS_VBZ || pos == STM_POS_VBP || aux.present) {
        return schedules(ann, token) ? FUTURE : PAST;
    }
    if (pos == STM_POS_VBG) {
        uint32_t mark = stm_syntax_child(ann, token, STM_RELATION_MARK);
        if (mark != STEMMA_NONE &&
            (stm_ann_is(ann, mark, "after") || stm_ann_is(ann, mark, "since"))) {
            return PAST; /* "will close after losing money in April" */
        }
    }
    if (pos == STM_POS_VB && aux.to) {
        uint32_t head = ann->tokens[token].head;
        if (head == STEMMA_NONE) {
            return FUTURE;
        }
        return HAS_LEMMA(ann, head, implicative_verbs) ? UNSAID : FUTURE;
    }
    return UNSAID;
}

/** Whether an adjective before a noun, or what is said of it, puts it ahead: "the planned march".
 */
static int is_ahead(const struct stm_annotation *ann, uint32_t noun)
{
    uint32_t left = CHILDREN;
    for (uint32_t child = ann->tokens[noun].child; child != STEMMA_NONE && left-- != 0;
         child = ann->tokens[child].sibling) {
        if (ann->tokens[child].relation != STM_RELATION_AMOD &&
            ann->tokens[child].relation != STM_RELATION_ACL) {
            continue;
        }
        for (size_t i = 0; i < sizeof forward_words / sizeof forward_words[0]; i++) {
            if (stm_ann_is(ann, child, forward_words[i])) {
                return 1;
            }
        }
    }
    return 0;
}

/** "ahead of Sunday's vote", "moved to January", "calls for a march on Saturday". `is_time`: the token
    is of the time itself, not a noun that it hangs on: "moved to a colony in July" was. */
static int leads_ahead(const struct stm_annotation *ann, uint32_t token, int is_time)
{
    static const char *const movers[] = {"move",    "push",       "postpone", "delay",
                                         "adjourn", "put",        "extend",   "defer",
                                         "remand",  "reschedule", "bring"};
    static const char *const callers[] = {"call",     "push", "press", "plan", "prepare",
                                          "campaign", "aim",  "brace", "hope", "wait"};
    uint32_t marker = stm_syntax_case(ann, token);
    uint32_t head = ann->tokens[token].head;
    if (marker == STEMMA_NONE) {
        return 0;
    }
    if (stm_ann_is(ann, marker, "ahead")) {
        return 1;
    }
    if (head == STEMMA_NONE) {
        return 0;
    }
    if (stm_ann_is(ann, marker, "to") || stm_ann_is(ann, marker, "until") ||
        stm_ann_is(ann, marker, "till")) {
        return is_time && HAS_LEMMA(ann, head, movers);
    }
    return stm_ann_is(ann, marker, "for") && HAS_LEMMA(ann, head, callers) &&
           ann->tokens[token].time == STEMMA_NONE;
}

/** "by Monday", "until Friday": ends that lie ahead unless the verb is one of the past. */
static int is_end(const struct stm_time_scan *scan, uint32_t i)
{
    for (uint32_t back = 1; back <= 4 && i >= scan->first + back; back++) {
        if (stm_time_is_at(scan, i - back, "until") || stm_time_is_at(scan, i - back, "till")) {
            return 1;
        }
        if (stm_time_tag(scan, i - back) == STM_TAG_PUNCTUATION ||
            stm_time_tag(scan, i - back) == STM_TAG_PAST) {
            break;
        }
    }
    return 0;
}

/** The token of the time through which it hangs in the tree: one whose head lies outside. */
static uint32_t anchor_of(const struct stm_time_scan *scan, uint32_t i)
{
    uint32_t at = i;
    for (uint32_t step = 0; step < 4; step++) {
        uint32_t head = scan->ann->tokens[at].head;
        if (head == STEMMA_NONE || head + 4 < i || head > i + 6 ||
            is_verb(scan->ann->tokens[head].pos)) {
            break;
        }
        uint8_t tag = scan->ann->tokens[head].tag;
        stemma_text lower = scan->ann->tokens[head].lower;
        if (tag != STM_TAG_NUMBER && stm_month_of_word(lower) == 0 &&
            stm_weekday_of_word(lower) == 0 && stm_unit_of_word(lower) == STM_UNIT_NONE) {
            break;
        }
        at = head;
    }
    return at;
}

/** "the next round is in December": the time itself is the predicate. */
static int has_copula(const struct stm_annotation *ann, uint32_t token)
{
    return stm_syntax_child(ann, token, STM_RELATION_COP) != STEMMA_NONE;
}

int stm_time_direction(const struct stm_time_scan *scan, uint32_t i)
{
    static const char *const stays[] = {"be",    "remain", "last", "stay", "run",   "continue",
                                        "serve", "rule",   "live", "work", "reign", "wait"};
    const struct stm_annotation *ann = scan->ann;
    int ends = is_end(scan, i);
    for (uint32_t back = 1; back <= 3 && i >= scan->first + back; back++) {
        if (STM_TIME_IS_ANY(scan, i - back, forward_words) ||
            (stm_time_is_at(scan, i - back, "ahead") && stm_time_is_at(scan, i - back + 1, "of"))) {
            return 1; /* "is due on Friday", however it was parsed */
        }
    }
    uint32_t at = anchor_of(scan, i);
    uint32_t step = 0;
    uint32_t before =
        i > scan->first + 1 && stm_time_tag(scan, i - 1) == STM_TAG_PREPOSITION ? i - 2 : i - 1;
    if (i > scan->first && is_verb(ann->tokens[before].pos) &&
        (ann->tokens[before].flags & STM_TOKEN_PUNCTUATION) == 0 &&
        ann->tokens[before].relation != STM_RELATION_AUX &&
        ann->tokens[before].relation != STM_RELATION_COP) {
        at = before; /* "reopen on 16 March": what stands together hangs together */
        step = 1;
    }
    for (; step < CLIMB; step++) {
        if (step != 0 || has_copula(ann, at)) {
            enum verdict verdict = is_ahead(ann, at) ? FUTURE : judge(ann, at, step <= 1);
            if (verdict == PAST && ends && !HAS_LEMMA(ann, at, stays)) {
                return 1; /* "was remanded until Friday" */
            }
            if (verdict != UNSAID) {
                return verdict;
            }
        }
        if (leads_ahead(ann, at, step == 0)) {
            return 1;
        }
        if (ann->tokens[at].head == STEMMA_NONE) {
            break;
        }
        at = ann->tokens[at].head;
    }
    return -1;
}
