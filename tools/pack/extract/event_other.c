/* SPDX-License-Identifier: MIT */
#include "pack/extract/event_other.h"

#include "pack/extract/event_circumstance.h"
#include "pack/extract/event_clause.h"
#include "pack/extract/event_modality.h"
#include "pack/extract/event_participant.h"
#include "pack/extract/event_word.h"
#include "pack/extract/lexicon.h"
#include "pack/extract/syntax.h"

#include <stdlib.h>

#define TOPIC_MOST   16u /* tokens of what a verb says */
#define SUBJECT_MOST 8u  /* of them before the verb */
#define LONG_TEXT    6u  /* sentences of a text that would name a day, a place or a body if it were a report */
#define ADDRESSED_MOST 2u /* times that a report speaks to who reads it */

/** Verbs that tell of no happening: being, having, thinking, saying, smiling, helping another verb, and what
    newspapers ask their readers to do. Ascending. */
static const char *const tell_nothing[] = {
    "accord", "account", "acknowledge", "add", "admit", "agree", "aim", "align", "allow",
    "answer", "appear", "argue", "ask", "attempt", "await", "base", "be", "become", "begin",
    "believe", "belong", "border", "call", "can", "care", "carry", "cause", "cite", "claim",
    "click", "come", "comment", "comprise", "concern", "confirm", "consider", "consist",
    "contain", "continue", "cost", "could", "count", "cover", "declare", "depend", "describe",
    "deserve", "do", "doubt", "enable", "enjoy", "entitle", "exist", "expect", "explain", "face",
    "fear", "feel", "follow", "frown", "get", "give", "go", "govern", "grin", "guess", "happen",
    "hate", "have", "head", "hear", "help", "hold", "hope", "imply", "include", "indicate",
    "insist", "intend", "involve", "isolate", "keep", "know", "lack", "laugh", "lead", "learn",
    "let", "lie", "like", "live", "locate", "look", "love", "make", "mark", "matter", "may",
    "mean", "mention", "might", "miss", "must", "name", "need", "neighbor", "neighbour", "nod",
    "note", "observe", "occur", "own", "plan", "possess", "post", "prefer", "put", "quote",
    "read", "recall", "refer", "reflect", "regard", "reiterate", "relate", "remain", "remark",
    "remember", "remind", "reply", "report", "represent", "resemble", "reveal", "rule", "say",
    "see", "seek", "seem", "serve", "set", "shall", "share", "should", "show", "shrug", "sigh",
    "signal", "sit", "situate", "smell", "smile", "sound", "speak", "spend", "stand", "stare",
    "start", "state", "stay", "stress", "subscribe", "suffer", "suggest", "suppose", "suspect",
    "take", "talk", "taste", "tell", "tend", "think", "title", "try", "tweet", "understand",
    "update", "use", "wait", "want", "watch", "wear", "weigh", "will", "wish", "wonder", "work",
    "worry", "would", "write"};

static int compare(const void *key, const void *entry)
{
    const stemma_text *word = key;
    return stemma_text_compare(*word, stemma_text_of(*(const char *const *)entry));
}

static int tells_nothing(stemma_text lemma)
{
    return bsearch(&lemma, tell_nothing, sizeof tell_nothing / sizeof *tell_nothing,
                   sizeof *tell_nothing, compare) != NULL;
}

/** "the orchid in 1961", "well-known": what the tagger took for a past, and is the form of no verb. */
static int is_no_verb(const struct stm_token *word)
{
    stemma_text form = word->lower;
    return (word->pos == STM_POS_VBD || word->pos == STM_POS_VBN) && stm_lexicon_form(form) == NULL &&
           !stm_lexicon_has(STM_LEXICON_VERB, word->lemma) &&
           !(form.size > 3 && memcmp(form.data + form.size - 2, "ed", 2) == 0);
}

/** Whether a verb is that of a clause. A participle that describes a noun tells of no happening
    that the text is about: "the fleeing vehicle", "a law passed in 1990". */
static int heads_clause(const struct stm_annotation *ann, uint32_t token)
{
    switch (ann->tokens[token].relation) {
    case STM_RELATION_ROOT:
    case STM_RELATION_CONJ:
    case STM_RELATION_PARATAXIS:
    case STM_RELATION_CCOMP:
    case STM_RELATION_XCOMP:
    case STM_RELATION_ADVCL:
    case STM_RELATION_ACL_RELCL:
        return 1;
    default:
        return 0;
    }
}

/** The words that say what happened: the verb with what it is done to, on whichever side, and with
    who does it when that is nobody known. */
static stemma_status add_topic(struct stm_events *events, struct stm_candidate *candidate,
                               const struct stm_clause *clause)
{
    const char *agent = stm_event_frame_of(STM_EVENT_OTHER)->subject;
    uint32_t nouns[] = {clause->object, stm_has_role(events, candidate, agent) ? STEMMA_NONE
                                                                              : clause->subject};
    uint32_t from = clause->verb;
    uint32_t to = clause->verb + 1;
    for (size_t i = 0; i < sizeof nouns / sizeof *nouns; i++) {
        uint32_t first;
        uint32_t end;
        if (nouns[i] == STEMMA_NONE) {
            continue;
        }
        stm_words_of(events->ann, nouns[i], STM_WORDS_WHOLE, &first, &end);
        if (first > clause->verb && end - clause->verb <= TOPIC_MOST && i == 0) {
            to = end;
        } else if (end <= clause->verb && clause->verb - first <= SUBJECT_MOST && first < from) {
            from = first;
        }
    }
    struct stm_filler filler = {"topic",     from,        to - from, STEMMA_NONE,
                                STEMMA_NONE, STEMMA_NONE, 1,         0};
    return stm_add_filler(events, candidate, &filler);
}

/** Drops the fillers that nothing else in the document speaks of: "a woman", told of once, becomes
    no entity for having done something; the words say who. */
static void drop_passing(struct stm_events *events, struct stm_candidate *candidate)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < candidate->filler_count; i++) {
        struct stm_filler filler = events->fillers[candidate->filler_first + i];
        if (filler.mention == STEMMA_NONE || filler.quantity != STEMMA_NONE ||
            events->ann->mentions[filler.mention].referent != STEMMA_NONE) {
            events->fillers[candidate->filler_first + kept++] = filler;
        }
    }
    candidate->filler_count = kept;
    events->filler_count = candidate->filler_first + kept;
}

/** Whether a noun does it or undergoes it: "a climber fell". */
static int is_of_something(const struct stm_annotation *ann, const struct stm_clause *clause)
{
    return (clause->subject != STEMMA_NONE && stm_is_plain_noun(ann, clause->subject)) ||
           (clause->object != STEMMA_NONE && stm_is_plain_noun(ann, clause->object));
}

/** "Remove the lid", "Fill it": what somebody is told to do. */
static int is_bidding(const struct stm_annotation *ann, uint32_t token)
{
    uint8_t pos = ann->tokens[token].pos;
    uint8_t relation = ann->tokens[token].relation;
    return (pos == STM_POS_VB || pos == STM_POS_VBP) && !stm_voice_of(ann, token).other &&
           (relation == STM_RELATION_ROOT || relation == STM_RELATION_CONJ ||
            relation == STM_RELATION_PARATAXIS) &&
           stm_clause_subject(ann, token) == STEMMA_NONE &&
           (token == 0 || !stm_ann_is(ann, token - 1, "to"));
}

/** Whether the tokens before `end` name a day, a place or a body, and how often they speak to who reads them. */
static int look_at(const struct stm_annotation *ann, uint32_t end, uint32_t *times)
{
    static const char *const reader[] = {"you", "your", "yours", "yourself"};
    uint32_t addressed = 0;
    int anchored = 0;
    for (uint32_t i = 0; i < end; i++) {
        const struct stm_token *token = &ann->tokens[i];
        if (token->flags & STM_TOKEN_IN_QUOTE) {
            continue;
        }
        addressed += STM_TOKEN_IS_ANY(ann, i, reader) || is_bidding(ann, i);
        if (token->time != STEMMA_NONE) {
            anchored |= ann->times[token->time].value.edtf.size != 0;
        }
        if (token->mention != STEMMA_NONE) {
            const struct stm_mention *mention = &ann->mentions[token->mention];
            anchored |= mention->kind == STEMMA_MENTION_NAME &&
                        (mention->type == STM_ENTITY_PLACE || mention->type == STM_ENTITY_ORGANIZATION);
        }
    }
    *times = addressed;
    return anchored;
}

int stm_is_report(const struct stm_annotation *ann, uint32_t end)
{
    uint32_t addressed;
    return look_at(ann, end, &addressed) && addressed < ADDRESSED_MOST;
}

int stm_is_no_report(const struct stm_annotation *ann, uint32_t end)
{
    uint32_t addressed;
    int anchored = look_at(ann, end, &addressed);
    return addressed >= ADDRESSED_MOST || (!anchored && ann->sentence_count >= LONG_TEXT);
}

/** "The plant releases chemicals", "the cathedral closes on Mondays": what always does, and what a story does in the
    present, but not what a headline says so, as which a first sentence without a full stop is taken. */
static int is_of_no_day(const struct stm_annotation *ann, const struct stm_candidate *candidate)
{
    const struct stm_token *verb = &ann->tokens[candidate->first];
    int present = verb->pos == STM_POS_VBZ || /* "sank" may be taken for a present */
                  (verb->pos == STM_POS_VBP && stemma_text_equal(verb->lower, verb->lemma));
    int headline = candidate->in_title ||
                   (verb->sentence == 0 &&
                    (ann->tokens[stm_ann_sentence_end(ann, 0) - 1].flags & STM_TOKEN_PUNCTUATION) == 0);
    return present && !headline && candidate->stand.realis == STEMMA_REALIS_ACTUAL &&
           candidate->time == STEMMA_NONE;
}

static int is_trigger(const struct stm_annotation *ann, uint32_t token)
{
    for (uint32_t m = 0; m < ann->mention_count; m++) {
        const struct stm_mention *mention = &ann->mentions[m];
        if (mention->kind == STEMMA_MENTION_TRIGGER && token >= mention->first &&
            token < mention->first + mention->count) {
            return 1;
        }
    }
    return 0;
}

stemma_status stm_find_other(struct stm_events *events, uint32_t token)
{
    struct stm_annotation *ann = events->ann;
    const struct stm_token *word = &ann->tokens[token];
    if (!stm_is_verb(ann, token) || !heads_clause(ann, token) || tells_nothing(word->lemma) ||
        is_no_verb(word) ||
        (word->mention != STEMMA_NONE &&
         ann->mentions[word->mention].kind == STEMMA_MENTION_NAME)) {
        return STEMMA_OK;
    }
    const struct stm_event_frame *frame = stm_event_frame_of(STM_EVENT_OTHER);
    struct stm_clause clause = stm_clause_at(ann, token);
    struct stm_candidate candidate = {.kind = STM_EVENT_OTHER,
                                      .first = token,
                                      .count = 1,
                                      .filler_first = (uint32_t)events->filler_count,
                                      .time = STEMMA_NONE,
                                      .place_mention = STEMMA_NONE,
                                      .noun = STEMMA_NONE,
                                      .cluster = STEMMA_NONE};
    candidate.in_title = ann->sentences[word->sentence].is_title;
    candidate.stand = stm_stand_at(ann, token, STM_EVENT_OTHER, 500);
    if (candidate.stand.polarity == STEMMA_POLARITY_NEGATIVE) {
        return STEMMA_OK; /* that something of no known kind did not happen says nothing */
    }
    static const char *const light[] = {"pay",   "stage", "conduct", "mount", "undertake", "wage",
                                        "carry", "deal",  "perform", "launch"};
    if (clause.object != STEMMA_NONE && STM_LEMMA_IS_ANY(ann, token, light) &&
        is_trigger(ann, clause.object)) {
        return STEMMA_OK; /* "paid a visit": the noun tells it */
    }
    if (stm_ann_has_lemma(ann, token, "break") && stm_ann_is(ann, token + 1, "out")) {
        return STEMMA_OK; /* "a fire broke out": the noun tells it */
    }
    uint32_t who = clause.passive ? clause.object : clause.subject;
    int met = stm_ann_has_lemma(ann, token, "meet") && (stm_types_at(ann, clause.object) & STM_TYPES_PEOPLE) == 0;
    if (is_bidding(ann, token) || stm_ann_is(ann, who, "you") || met) {
        return STEMMA_OK;
    }
    stemma_status status = stm_add_participants(events, &candidate, frame->object, clause.object,
                                                frame->object_types);
    if (status == STEMMA_OK) {
        status = stm_add_participants(events, &candidate, frame->subject, clause.subject,
                                      frame->subject_types);
    }
    if (status != STEMMA_OK || (candidate.filler_count == 0 && !is_of_something(ann, &clause))) {
        return status;
    }
    if (clause.passive && clause.weak && candidate.filler_count == 0 && !candidate.in_title) {
        return STEMMA_OK; /* "Twelve weeks in prison, suspended for a year" */
    }
    drop_passing(events, &candidate);
    status = add_topic(events, &candidate, &clause);
    if (status != STEMMA_OK) {
        return status;
    }
    stm_find_circumstance(events, &candidate, STEMMA_NONE);
    if (is_of_no_day(ann, &candidate)) {
        events->filler_count = candidate.filler_first;
        return STEMMA_OK;
    }
    return stm_keep_candidate(events, &candidate);
}
