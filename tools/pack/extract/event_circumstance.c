/* SPDX-License-Identifier: MIT */
/* When and where: circumstances that hang in the clause of a trigger, never from further away. */
#include "pack/extract/event_circumstance.h"

#include "pack/extract/event_clause.h"
#include "pack/extract/event_lexicon.h"
#include "pack/extract/event_participant.h"
#include "pack/extract/event_word.h"
#include "pack/extract/lexicon.h"
#include "pack/extract/syntax.h"
#include "pack/extract/time_date.h"
#include "stemma/edtf.h"

enum {
    REACH = 60,
    STEPS = 40,
    BEFORE_SITE = 3 /**< Tokens from the name of a place to the site that is named by it. */
};

#define SECONDS_PER_DAY INT64_C(86400)

/** The token of a span that hangs outside of it. */
static uint32_t top_of(const struct stm_annotation *ann, uint32_t first, uint32_t count)
{
    for (uint32_t i = first; i < first + count; i++) {
        uint32_t head = ann->tokens[i].head;
        if (head == STEMMA_NONE || head < first || head >= first + count) {
            if (ann->tokens[i].relation != STM_RELATION_CASE &&
                ann->tokens[i].relation != STM_RELATION_PUNCT) {
                return i;
            }
        }
    }
    return first;
}

/** A verb that only carries the one under it: "began to", "was forced to". */
static int carries(const struct stm_annotation *ann, uint32_t verb)
{
    static const char *const lemmas[] = {"begin",  "start", "continue", "force", "manage",  "be",
                                         "expect", "set",   "plan",     "due",   "schedule"};
    return STM_LEMMA_IS_ANY(ann, verb, lemmas);
}

/** A noun that what hangs under it dates: another happening, "before the election in 2024". */
static int owns_time(const struct stm_annotation *ann, uint32_t noun)
{
    static const char *const words[] = {"before", "after", "until", "since", "following", "ahead"};
    size_t count;
    uint8_t relation = ann->tokens[noun].relation;
    if ((relation != STM_RELATION_OBL && relation != STM_RELATION_NMOD) ||
        ann->tokens[noun].time != STEMMA_NONE) {
        return 0;
    }
    (void)stm_noun_senses(ann->tokens[noun].lemma, &count);
    return count != 0 || STM_TOKEN_IS_ANY(ann, stm_syntax_case(ann, noun), words);
}

/** "released 112 captured fighters on Saturday": a participle between a number and its noun, which
    the tree may have as a verb of its own. */
static int is_modifier(const struct stm_annotation *ann, uint32_t verb)
{
    return verb > 0 && verb + 1 < ann->token_count && ann->tokens[verb - 1].pos == STM_POS_CD &&
           ann->tokens[verb - 1].sentence == ann->tokens[verb].sentence &&
           (ann->tokens[verb].pos == STM_POS_VBN || ann->tokens[verb].pos == STM_POS_VBD) &&
           ann->tokens[verb + 1].pos == STM_POS_NNS;
}

/** The clause that a token stands in, such participles not counted. */
static uint32_t clause_over(const struct stm_annotation *ann, uint32_t token)
{
    uint32_t clause = stm_clause_of(ann, token);
    while (clause != STEMMA_NONE && is_modifier(ann, clause) &&
           ann->tokens[clause].head != STEMMA_NONE) {
        uint32_t over = stm_clause_of(ann, ann->tokens[clause].head);
        if (over == clause) {
            break;
        }
        clause = over;
    }
    return clause;
}

static int is_blow(const struct stm_candidate *candidate)
{
    return candidate->kind == STM_EVENT_LIFE_DIE || candidate->kind == STM_EVENT_LIFE_INJURE;
}

/** "killed in a crash near Lund": where the crash was, they were killed. */
static int strikes(const struct stm_annotation *ann, uint32_t noun)
{
    static const char *const words[] = {"in", "by", "during"};
    return STM_TOKEN_IS_ANY(ann, stm_syntax_case(ann, noun), words);
}

/** How well a phrase whose head is `top` belongs to a trigger; 0 not at all. */
static int attachment(const struct stm_annotation *ann, const struct stm_candidate *candidate,
                      uint32_t trigger, uint32_t verb, uint32_t top)
{
    uint32_t via = top;
    /* Up to the trigger, or to the end of the clause. */
    for (uint32_t at = top, steps = 0; steps < STEPS; steps++) {
        if (at == trigger) {
            return via == top && at == ann->tokens[top].head ? 5 : 4;
        }
        if (at != top && at == stm_clause_of(ann, at) && !is_modifier(ann, at)) {
            break;
        }
        if (ann->tokens[at].head == STEMMA_NONE) {
            break;
        }
        if (at != top && owns_time(ann, at) &&
            !(ann->tokens[top].time == STEMMA_NONE && is_blow(candidate) && strikes(ann, at))) {
            return 0;
        }
        via = at;
        at = ann->tokens[at].head;
    }
    uint32_t clause = clause_over(ann, top);
    uint32_t own = verb != STEMMA_NONE ? verb : trigger;
    if (!stm_is_verb(ann, own)) {
        return 0;
    }
    if (clause == own) {
        uint8_t relation = ann->tokens[via].relation;
        int subject = relation == STM_RELATION_NSUBJ || relation == STM_RELATION_NSUBJ_PASS;
        return ann->tokens[top].head == own ? 5 : subject ? 1 : 3;
    }
    uint32_t head = ann->tokens[own].head;
    if (head == STEMMA_NONE) {
        return 0;
    }
    int direct = ann->tokens[top].head == clause;
    /* "In May he was found guilty and sentenced": one time for both verbs; "killed 17 on Tuesday
       and injured 23", "attacked a convoy on Tuesday and killed three": one blow */
    int one_blow = is_blow(candidate);
    if (ann->tokens[own].relation == STM_RELATION_CONJ && clause == head &&
        (direct || (one_blow && top < own))) {
        return top < clause || one_blow ? 2 : 0;
    }
    if (clause > own && ann->tokens[clause].relation == STM_RELATION_CONJ &&
        ann->tokens[clause].head == own && direct && top > clause &&
        stm_syntax_child(ann, own, STM_RELATION_OBJ) == STEMMA_NONE) {
        return clause <= own + 3 ? 2 : 0; /* "pardoned and released in June" */
    }
    if (ann->tokens[own].relation == STM_RELATION_ADVCL && ann->tokens[own].pos == STM_POS_VBG &&
        clause == head && head < own && top < own && one_blow && direct) {
        return 2; /* "collapsed in Lund on Tuesday, killing 14" */
    }
    if (ann->tokens[own].relation == STM_RELATION_XCOMP && clause == head && carries(ann, head)) {
        return 2;
    }
    return 0;
}

/** A time of which a preposition says that the happening was not then. */
static int is_displaced(const struct stm_annotation *ann, uint32_t time)
{
    static const char *const words[] = {"before", "after", "ahead", "until",     "by",  "of",
                                        "till",   "from",  "to",    "following", "for", "than"};
    uint32_t first = ann->times[time].first;
    uint32_t start = ann->sentences[ann->tokens[first].sentence].first;
    if (first > start + 1 && stm_ann_is(ann, first - 2, "as") && stm_ann_is(ann, first - 1, "of")) {
        return 0; /* "as of today" */
    }
    if (first > start + 1 && stm_ann_is(ann, first - 2, "than")) {
        return 1; /* "two more than on Friday" */
    }
    return (first > start && STM_TOKEN_IS_ANY(ann, first - 1, words)) ||
           stm_ann_is(ann, first, "until") || stm_ann_is(ann, first, "by") ||
           ann->times[time].value.edtf.size == 0 || ann->times[time].value.edtf.data[0] == 'P';
}

/** "the 2022 laureate", "Monday's meeting": dates the noun, and no other. */
static int dates_a_noun(const struct stm_annotation *ann, uint32_t top, uint32_t trigger)
{
    uint8_t relation = ann->tokens[top].relation;
    return ann->tokens[top].head != trigger && ann->tokens[top].head > top &&
           (relation == STM_RELATION_NUMMOD || relation == STM_RELATION_COMPOUND ||
            relation == STM_RELATION_AMOD || relation == STM_RELATION_NMOD_POSS ||
            relation == STM_RELATION_NMOD_UNMARKED) &&
           !stm_is_verb(ann, ann->tokens[top].head);
}

static void take_time(const struct stm_annotation *ann, struct stm_candidate *candidate,
                      uint32_t time)
{
    stemma_time_bounds bounds;
    candidate->time = time;
    if (stemma_edtf_bounds(ann->times[time].value.edtf, &bounds) != STEMMA_OK) {
        return;
    }
    candidate->timed = 1;
    candidate->extent = bounds.extent;
    candidate->earliest = bounds.start_earliest;
    candidate->latest = bounds.end_latest;
    struct stm_anchor anchor = stm_anchor_of(ann->document->published.edtf);
    if (anchor.has_day && bounds.start_earliest >= (anchor.day + 1) * SECONDS_PER_DAY &&
        candidate->stand.realis == STEMMA_REALIS_ACTUAL &&
        ann->tokens[candidate->first].pos != STM_POS_VBD) {
        /* "tomorrow's meeting" has not been held yet */
        candidate->stand.realis = STEMMA_REALIS_OTHER;
        candidate->stand.certainty = STEMMA_CERTAINTY_PROBABLE;
        candidate->stand.tense = STEMMA_TENSE_FUTURE;
    }
}

static int is_place_word(const struct stm_annotation *ann, uint32_t token)
{
    static const char *const words[] = {"in",     "at",     "near",       "outside", "across",
                                        "inside", "around", "throughout", "on",      "off"};
    return STM_TOKEN_IS_ANY(ann, token, words);
}

/** Whether a place fills a role already. */
static int is_taken(const struct stm_events *events, const struct stm_candidate *candidate,
                    uint32_t mention)
{
    for (uint32_t i = 0; i < candidate->filler_count; i++) {
        if (events->fillers[candidate->filler_first + i].mention == mention) {
            return 1;
        }
    }
    return 0;
}

/** "the Karsen mine", "a Kolm hospital", "Lund bus station": a site behind the name of its place. */
static int is_site_at(const struct stm_annotation *ann, uint32_t place, uint32_t head)
{
    static const char *const words[] = {
        "mine",     "colliery", "quarry",    "factory",  "refinery", "dam",     "bridge",    "tunnel",
        "port",     "airport",  "harbour",   "harbor",   "stadium",  "market",  "station",   "depot",
        "shipyard", "school",   "courthouse", "court",   "church",   "mosque",  "temple",    "cathedral",
        "theatre",  "theater",  "museum",    "barracks", "checkpoint", "square", "university", "suburb"};
    if (head == STEMMA_NONE || head <= place || head > place + BEFORE_SITE ||
        ann->tokens[place].relation != STM_RELATION_COMPOUND ||
        (!STM_LEMMA_IS_ANY(ann, head, words) &&
         (stm_noun_classes_at(ann, head) &
          (STM_NOUN_BUILDING | STM_NOUN_CUSTODY | STM_NOUN_HOSPITAL | STM_NOUN_PREMISES)) == 0)) {
        return 0;
    }
    for (uint32_t i = place + 1; i < head; i++) {
        if (ann->tokens[i].pos != STM_POS_NN || ann->tokens[i].mention != STEMMA_NONE) {
            return 0;
        }
    }
    return ann->tokens[head].pos == STM_POS_NN;
}

/** "in the village of Kerem", "in Sokto district": the noun that says what kind of place a name is and has the
    preposition; or `top`. */
static uint32_t site_of(const struct stm_annotation *ann, uint32_t top)
{
    uint32_t head = ann->tokens[top].head;
    uint8_t relation = ann->tokens[top].relation;
    if (is_site_at(ann, top, head)) {
        return head;
    }
    if (head == STEMMA_NONE ||
        ((stm_types_at(ann, head) & STM_TYPE_BIT(STM_ENTITY_PLACE)) == 0 &&
         !stm_lexicon_has(STM_LEXICON_PLACE_NOUN, ann->tokens[head].lemma) &&
         (stm_noun_classes_at(ann, head) & STM_NOUN_TERRITORY) == 0)) {
        return top;
    }
    int of = head < top && relation == STM_RELATION_NMOD &&
             stm_ann_is(ann, stm_syntax_case(ann, top), "of");
    int before = head == top + 1 &&
                 (relation == STM_RELATION_COMPOUND || relation == STM_RELATION_NMOD_UNMARKED) &&
                 (ann->tokens[head].pos == STM_POS_NN || ann->tokens[head].pos == STM_POS_NNP);
    return of || before ? head : top;
}

/** The verb of which a noun is the subject, when it only says that it was, or what it did: "opened in Lund", "left
    nine dead in Lund"; or `verb`. */
static uint32_t verb_of_subject(const struct stm_annotation *ann,
                                const struct stm_candidate *candidate, uint32_t verb)
{
    static const char *const verbs[] = {"open",  "begin",  "start", "happen", "occur", "resume", "end",
                                        "leave", "kill",   "wound", "injure", "claim", "erupt",  "break",
                                        "take",  "follow", "continue"};
    uint32_t noun = candidate->first;
    uint32_t head = ann->tokens[noun].head;
    return candidate->nominal && verb == STEMMA_NONE && head != STEMMA_NONE &&
                   ann->tokens[noun].relation == STM_RELATION_NSUBJ && stm_is_verb(ann, head) &&
                   STM_LEMMA_IS_ANY(ann, head, verbs)
               ? head
               : verb;
}

void stm_find_circumstance(struct stm_events *events, struct stm_candidate *candidate,
                           uint32_t verb)
{
    const struct stm_annotation *ann = events->ann;
    uint32_t trigger = candidate->first;
    const struct stm_sentence *sentence = &ann->sentences[ann->tokens[trigger].sentence];
    uint32_t last = sentence->first + sentence->count;
    uint32_t from = trigger > sentence->first + REACH ? trigger - REACH : sentence->first;
    uint32_t to = last > trigger + REACH ? trigger + REACH : last;
    int best_time = 0;
    int best_place = 0;
    uint32_t chosen = STEMMA_NONE;
    int disaster = candidate->kind >= STM_EVENT_DISASTER_COLLAPSE &&
                   candidate->kind <= STM_EVENT_DISASTER_STORM;
    verb = verb_of_subject(ann, candidate, verb);
    for (uint32_t i = from; i < to; i++) {
        uint32_t time = ann->tokens[i].time;
        uint32_t mention = ann->tokens[i].mention;
        if (time != STEMMA_NONE && ann->times[time].first == i) {
            uint32_t top = top_of(ann, i, ann->times[time].count);
            uint32_t behind = trigger + candidate->count;
            /* "pardoned on Thursday": right behind the trigger, whatever the tree says */
            int close = i == behind + 1 && ann->tokens[behind].pos == STM_POS_IN;
            if (!is_displaced(ann, time) && (close || !dates_a_noun(ann, top, trigger))) {
                int points = attachment(ann, candidate, trigger, verb, top);
                if (points < 4 && (close || i == behind)) {
                    points = 4;
                }
                if (points > best_time) {
                    best_time = points;
                    chosen = time;
                }
            }
        } else if (time == STEMMA_NONE && mention != STEMMA_NONE &&
                   ann->mentions[mention].first == i &&
                   ann->mentions[mention].kind == STEMMA_MENTION_NAME &&
                   ann->mentions[mention].type == STM_ENTITY_PLACE) {
            uint32_t top = site_of(ann, top_of(ann, i, ann->mentions[mention].count));
            if (is_place_word(ann, stm_syntax_case(ann, top)) &&
                (disaster || !is_taken(events, candidate, mention))) {
                int points = attachment(ann, candidate, trigger, verb, top);
                if (points > best_place) {
                    best_place = points;
                    candidate->place_mention = mention;
                }
            }
        }
    }
    if (chosen != STEMMA_NONE) {
        take_time(ann, candidate, chosen);
    }
}
