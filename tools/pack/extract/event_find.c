/* SPDX-License-Identifier: MIT */
/* Happenings that verbs tell: active, passive, reduced and inverted clauses. */
#include "pack/extract/event_find.h"

#include "pack/extract/event_argument.h"
#include "pack/extract/event_circumstance.h"
#include "pack/extract/event_modality.h"
#include "pack/extract/event_reduced.h"

/** Detained, jailed: an arrest, a state, or a sentence. */
static void settle_jail(const struct stm_annotation *ann, const struct stm_verb_group *group,
                        uint32_t after, struct stm_candidate *candidate)
{
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[group->main].sentence);
    if (after < end && (stm_ann_is(ann, after, "for") || stm_ann_is(ann, after, "to")) &&
        after + 1 < end && ann->tokens[after + 1].quantity != STEMMA_NONE &&
        ann->quantities[ann->tokens[after + 1].quantity].value.unit.size != 0) {
        candidate->kind = STM_EVENT_SENTENCE;
        return;
    }
    if (after + 1 < end && stm_ann_is(ann, after, "for") && stm_ann_is(ann, after + 1, "life")) {
        candidate->kind = STM_EVENT_SENTENCE;
        return;
    }
    int since = 0;
    for (uint32_t i = after; i < end && i < after + 6; i++) {
        uint32_t time = ann->tokens[i].time;
        if (time != STEMMA_NONE && stm_ann_is(ann, ann->times[time].first, "since")) {
            since = 1;
        }
    }
    if (since || (group->present_be && group->has_be)) {
        candidate->kind = STM_EVENT_DETAIN;
    }
}

static int plans_ahead(const struct stm_annotation *ann, const struct stm_verb_group *group)
{
    static const char *const words[] = {"plan",     "plans",  "planned", "planning", "vowed",
                                        "vow",      "want",   "wants",   "wanted",   "threatened",
                                        "right",    "intend", "intends", "hope",     "hoped",
                                        "expected", "set"};
    return group->first > stm_sentence_first(ann, group->first) &&
           STM_TOKEN_IS_ANY(ann, group->first - 1, words);
}

static int object_control(const struct stm_annotation *ann, const struct stm_verb_group *group)
{
    static const char *const verbs[] = {"asked",   "urged",     "told",      "ordered", "forced",
                                        "allowed", "persuaded", "pressed",   "invited", "asks",
                                        "urges",   "pressured", "convinced", "wants",   "wanted"};
    uint32_t verb = stm_verb_before(ann, group->first);
    return verb != STEMMA_NONE && STM_TOKEN_IS_ANY(ann, verb, verbs);
}

/** The one who acts in an active clause. */
static stemma_status add_subject(struct stm_events *events, struct stm_candidate *candidate,
                                 const struct stm_verb_group *group, const char *role,
                                 uint32_t types)
{
    const struct stm_annotation *ann = events->ann;
    struct stm_chain chain;
    uint32_t start = stm_sentence_first(ann, group->main);
    if (group->infinitive && group->first > start && stm_begins_phrase(ann, group->first - 1)) {
        /* "ordered the court to free him", but "an attempt to free him" */
        if (!object_control(ann, group)) {
            return STEMMA_OK;
        }
        stm_chain_ending(ann, group->first, &chain);
    } else {
        stm_subject_of(ann, group, &chain);
    }
    /* "killed 17 workers and injured 23": the 17 injured nobody */
    if ((candidate->kind == STM_EVENT_INJURE || candidate->kind == STM_EVENT_DIE) &&
        strcmp(role, "agent") == 0 && chain.count != 0 && chain.items[0].quantity != STEMMA_NONE &&
        group->first > start && ann->tokens[group->first - 1].tag == STM_TAG_CONJUNCTION) {
        return STEMMA_OK;
    }
    return stm_add_chain(events, candidate, role, &chain, types);
}

/** A prize: by its name where it has one, or else the words. */
static stemma_status add_award(struct stm_events *events, struct stm_candidate *candidate,
                               uint32_t first, uint32_t end)
{
    const struct stm_annotation *ann = events->ann;
    struct stm_filler filler = {"award",     first,       end - first, STEMMA_NONE,
                                STEMMA_NONE, STEMMA_NONE, 1,           0};
    for (uint32_t i = first; i < end; i++) {
        uint32_t m = ann->tokens[i].mention;
        if (m != STEMMA_NONE && ann->mentions[m].kind == STEMMA_MENTION_NAME &&
            ann->mentions[m].type == STM_ENTITY_THING &&
            ann->mentions[m].first + ann->mentions[m].count == end) {
            filler.mention = m;
            filler.first = ann->mentions[m].first;
            filler.count = ann->mentions[m].count;
            filler.text = 0;
            break;
        }
    }
    return stm_add_filler(events, candidate, &filler);
}

static stemma_status read_active(struct stm_events *events, struct stm_candidate *candidate,
                                 const struct stm_trigger *trigger,
                                 const struct stm_verb_group *group,
                                 const struct stm_event_frame *frame, uint32_t *after)
{
    const struct stm_annotation *ann = events->ann;
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[group->main].sentence);
    const char *subject_role = frame->subject;
    uint32_t subject_types = STM_TYPES_ACTORS;
    stemma_status status = STEMMA_OK;
    if (candidate->kind == STM_EVENT_DIE || candidate->kind == STM_EVENT_INJURE) {
        subject_types = STM_TYPES_PEOPLE | STM_TYPE_BIT(STM_ENTITY_ORGANIZATION);
    }
    if (trigger->flags & (STM_TRIGGER_UNDERGO | STM_TRIGGER_PRIZE | STM_TRIGGER_ELECTION)) {
        subject_role = frame->object;
        subject_types = frame->object_types;
    }
    if (trigger->flags & STM_TRIGGER_SANCTIONS) {
        status = stm_find_sanction_target(events, candidate);
    } else if (trigger->flags & STM_TRIGGER_PRIZE) {
        uint32_t first = *after;
        uint32_t stop = first;
        while (stop < end && stop < first + 10 &&
               !(ann->tokens[stop].flags & STM_TOKEN_PUNCTUATION) &&
               !stm_is_prize_word(ann, stop)) {
            stop++;
        }
        while (stop < end && (stm_is_prize_word(ann, stop + 1) ||
                              (stop + 1 < end && ann->tokens[stop + 1].mention != STEMMA_NONE &&
                               ann->tokens[stop + 1].mention == ann->tokens[stop].mention))) {
            stop++;
        }
        while (first < stop && ann->tokens[first].tag == STM_TAG_DETERMINER) {
            first++;
        }
        if (stop < end && stop >= first) {
            status = add_award(events, candidate, first, stop + 1);
        }
    } else if (candidate->kind == STM_EVENT_PROTEST && (trigger->flags & STM_TRIGGER_TALKS)) {
        status = STEMMA_OK; /* the noun tells the target */
    } else if (trigger->flags & (STM_TRIGGER_WITH | STM_TRIGGER_TALKS | STM_TRIGGER_ELECTION)) {
        status = stm_find_partners(events, candidate, *after);
    } else if (candidate->kind == STM_EVENT_PROTEST || candidate->kind == STM_EVENT_AGREE) {
        uint32_t i = *after;
        while (i < end && i < *after + 4 &&
               (ann->tokens[i].time != STEMMA_NONE || ann->tokens[i].tag == STM_TAG_ADVERB)) {
            i++;
        }
        if (i < end && (stm_ann_is(ann, i, "against") || stm_ann_is(ann, i, "with"))) {
            struct stm_chain chain;
            stm_chain_read(ann, i + 1, end, STM_CHAIN_COMPLEMENT, &chain);
            status = stm_add_chain(events, candidate, frame->object, &chain, frame->object_types);
        }
    } else if (!(trigger->flags & STM_TRIGGER_UNDERGO)) {
        struct stm_chain chain;
        uint32_t object = *after;
        if (candidate->kind == STM_EVENT_MEET && object < end && stm_ann_is(ann, object, "with")) {
            object++;
        }
        stm_chain_read(ann, object, end, STM_CHAIN_OBJECT, &chain);
        if (chain.count != 0) {
            *after = chain.end;
        }
        uint32_t types = frame->object_types;
        if (stm_ann_has_lemma(ann, candidate->first, "visit")) {
            types &= ~STM_TYPE_BIT(STM_ENTITY_PLACE); /* a town takes no part in a visit */
        }
        status = stm_add_chain(events, candidate, frame->object, &chain, types);
        if (status == STEMMA_OK) {
            status = stm_add_thing(events, candidate, frame, &chain);
        }
        if (status == STEMMA_OK && (trigger->flags & STM_TRIGGER_OBJECT) &&
            !stm_has_role(events, candidate, frame->object)) {
            return STEMMA_OK;
        }
    }
    if (status != STEMMA_OK) {
        return status;
    }
    return add_subject(events, candidate, group, subject_role, subject_types);
}

/** "A and B met in Geneva", "the leaders met": more than one must be named or meant. */
static stemma_status read_mutual(struct stm_events *events, struct stm_candidate *candidate,
                                 const struct stm_verb_group *group, uint32_t after)
{
    const struct stm_annotation *ann = events->ann;
    stemma_status status = add_subject(events, candidate, group, "participant", STM_TYPES_ACTORS);
    int several = candidate->filler_count > 1;
    if (candidate->filler_count == 1) {
        const struct stm_filler *only = &events->fillers[candidate->filler_first];
        several = only->quantity != STEMMA_NONE ||
                  (only->mention != STEMMA_NONE && ann->mentions[only->mention].plural &&
                   ann->mentions[only->mention].kind == STEMMA_MENTION_NOMINAL);
    }
    if (status != STEMMA_OK || !several || !stm_ann_is(ann, candidate->first, "met")) {
        events->filler_count = candidate->filler_first;
        return status;
    }
    status = stm_find_circumstance(events, candidate, after);
    return status == STEMMA_OK ? stm_keep_candidate(events, candidate) : status;
}

/** The "with" behind a verb, times and adverbs between them passed over; or STEMMA_NONE. */
static uint32_t with_ahead(const struct stm_annotation *ann, uint32_t i, uint32_t end)
{
    for (uint32_t at = i; at < end && at < i + 6; at++) {
        if (stm_ann_is(ann, at, "with")) {
            return at;
        }
        int passes = ann->tokens[at].time != STEMMA_NONE || ann->tokens[at].tag == STM_TAG_ADVERB ||
                     (ann->tokens[at].tag == STM_TAG_PREPOSITION && at + 1 < end &&
                      ann->tokens[at + 1].time != STEMMA_NONE);
        if (!passes) {
            break;
        }
    }
    return STEMMA_NONE;
}

/** "given a long jail term": the words from the article to the noun. */
static stemma_status find_given_penalty(struct stm_events *events, struct stm_candidate *candidate)
{
    const struct stm_annotation *ann = events->ann;
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[candidate->first].sentence);
    uint32_t article = STEMMA_NONE;
    for (uint32_t i = candidate->first + 1; i < end && i < candidate->first + 10; i++) {
        if (stm_ann_is(ann, i, "a") || stm_ann_is(ann, i, "an") || stm_ann_is(ann, i, "the")) {
            article = i;
        }
        if (stm_is_penalty_word(ann, i) && article != STEMMA_NONE) {
            struct stm_filler filler = {"penalty",   article + 1, i - article, STEMMA_NONE,
                                        STEMMA_NONE, STEMMA_NONE, 1,           0};
            return stm_add_filler(events, candidate, &filler);
        }
    }
    return STEMMA_OK;
}

static int clause_has_subject(const struct stm_annotation *ann, const struct stm_verb_group *group)
{
    struct stm_chain chain;
    uint32_t start = stm_sentence_first(ann, group->main);
    if (group->first == start) {
        return 0;
    }
    stm_subject_of(ann, group, &chain);
    if (chain.count != 0) {
        return 1;
    }
    /* A subject that is no entity: "the court that", "floods killed 12 people". */
    /* "rockets hit the market and killed 14": the subject of the verb before serves both. */
    uint32_t before = group->first - 1;
    if (before > start && ann->tokens[before].tag == STM_TAG_CONJUNCTION) {
        for (uint32_t i = before; i-- > start && before - i < 24;) {
            struct stm_trigger verb; /* "hit" is past, and tagged otherwise */
            if (stm_is_finite(ann, i) || stm_verb_trigger_at(ann, i, &verb)) {
                return 1;
            }
        }
    }
    uint8_t tag = ann->tokens[before].tag;
    return tag == STM_TAG_NOUN || tag == STM_TAG_PLURAL || tag == STM_TAG_PROPN ||
           tag == STM_TAG_PRONOUN;
}

/** "The ceasefire was signed by A and B." */
static stemma_status read_signed(struct stm_events *events, struct stm_candidate *candidate,
                                 const struct stm_verb_group *group, uint32_t after)
{
    const struct stm_annotation *ann = events->ann;
    if (group->first > stm_sentence_first(ann, group->first) &&
        stm_is_talks_word(ann, group->first - 1)) {
        candidate->noun = group->first - 1;
        candidate->anaphoric = candidate->noun > stm_sentence_first(ann, candidate->noun) &&
                               stm_ann_is(ann, candidate->noun - 1, "the");
    }
    stemma_status status = stm_find_by_agent(events, candidate, "participant", after);
    if (status == STEMMA_OK) {
        status = stm_find_circumstance(events, candidate, after);
    }
    if (status != STEMMA_OK || candidate->noun == STEMMA_NONE) {
        events->filler_count = candidate->filler_first;
        return status;
    }
    return stm_keep_candidate(events, candidate);
}

stemma_status stm_find_verbal(struct stm_events *events, uint32_t token, uint32_t *taken)
{
    struct stm_annotation *ann = events->ann;
    struct stm_trigger trigger;
    *taken = 0;
    if (!stm_verb_trigger_at(ann, token, &trigger)) {
        return STEMMA_OK;
    }
    const struct stm_event_frame *frame = stm_event_frame_of(trigger.kind);
    struct stm_verb_group group = stm_verb_group_at(ann, token, trigger.form);
    struct stm_candidate candidate = {.kind = trigger.kind,
                                      .first = token,
                                      .count = trigger.count,
                                      .filler_first = (uint32_t)events->filler_count,
                                      .time = STEMMA_NONE,
                                      .place_mention = STEMMA_NONE,
                                      .noun = STEMMA_NONE,
                                      .cluster = STEMMA_NONE};
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[token].sentence);
    uint32_t after = token + trigger.count;
    stemma_status status = STEMMA_OK;
    candidate.in_title = ann->sentences[ann->tokens[token].sentence].is_title;
    candidate.stand = stm_judge_verb(ann, &group, 800);
    if (trigger.flags & STM_TRIGGER_TALKS) {
        for (uint32_t i = after; i < end && i < token + 7 && candidate.noun == STEMMA_NONE; i++) {
            if (stm_is_talks_word(ann, i) || stm_is_protest_word(ann, i)) {
                candidate.noun = i;
            }
        }
    }
    /* An attributive participle, "the freed prisoners", tells nothing new. */
    int attributive =
        trigger.form == STM_FORM_ED && !group.has_be && !group.has_have &&
        token > stm_sentence_first(ann, token) &&
        (ann->tokens[token - 1].tag == STM_TAG_DETERMINER ||
         ann->tokens[token - 1].tag == STM_TAG_ADJECTIVE ||
         ann->tokens[token - 1].tag == STM_TAG_POSSESSIVE || stm_ann_is(ann, token - 1, "newly") ||
         stm_ann_is(ann, token - 1, "recently")) &&
        !stm_ann_is(ann, token - 1, "those") && after < end &&
        (ann->tokens[after].tag == STM_TAG_PLURAL || ann->tokens[after].tag == STM_TAG_NOUN ||
         ann->tokens[after].tag == STM_TAG_ADJECTIVE);
    if (attributive) {
        return STEMMA_OK;
    }
    int object_follows = after < end && stm_begins_phrase(ann, after) &&
                         !(ann->tokens[after].flags & STM_TOKEN_QUOTE_OPEN);
    if (after < end && ann->tokens[after].tag == STM_TAG_PRONOUN &&
        (stm_ann_is(ann, after, "himself") || stm_ann_is(ann, after, "herself") ||
         stm_ann_is(ann, after, "themselves"))) {
        object_follows = 0;
        after++;
    }
    if (candidate.kind == STM_EVENT_MEET && (trigger.flags & STM_TRIGGER_OBJECT)) {
        uint32_t with = with_ahead(ann, after, end);
        if (with != STEMMA_NONE) {
            object_follows = 1; /* "met on Monday with X" */
            after = with;
        }
    }
    if (!object_follows && trigger.form == STM_FORM_ED && after + 2 < end &&
        stm_ann_is(ann, after, "and") && stm_begins_phrase(ann, after + 2) &&
        (ann->tokens[after + 1].tag == STM_TAG_PAST ||
         ann->tokens[after + 1].tag == STM_TAG_PARTICIPLE)) {
        object_follows = 1; /* "arrested and questioned the student": one object for both */
        after += 2;
    }
    int transitive = (trigger.flags & STM_TRIGGER_OBJECT) != 0;
    int passive = trigger.form == STM_FORM_ED && group.has_be && transitive;
    int reduced = trigger.form == STM_FORM_ED && !group.has_be && !group.has_have && transitive &&
                  !object_follows &&
                  !(trigger.flags & STM_TRIGGER_SANCTIONS && stm_ann_is(ann, after, "some"));
    if (candidate.kind == STM_EVENT_AGREE && (trigger.flags & STM_TRIGGER_TALKS) &&
        trigger.form == STM_FORM_ED && group.has_be) {
        return read_signed(events, &candidate, &group, after);
    }
    if (trigger.form == STM_FORM_ED && group.has_be && !transitive) {
        return STEMMA_OK; /* "was met with", "was agreed" */
    }
    if (candidate.kind == STM_EVENT_MEET && transitive && (passive || !object_follows)) {
        return passive ? STEMMA_OK : read_mutual(events, &candidate, &group, after);
    }
    if (trigger.flags & STM_TRIGGER_JAIL) {
        settle_jail(ann, &group, after, &candidate);
    }
    if (object_follows && stm_ann_has_lemma(ann, token, "demonstrate")) {
        return STEMMA_OK; /* "demonstrated the unity": showed */
    }
    if (candidate.kind == STM_EVENT_PROTEST && group.infinitive && !plans_ahead(ann, &group) &&
        candidate.stand.realis == STEMMA_REALIS_OTHER && !group.future && !group.modal &&
        candidate.stand.attribution == STEMMA_ATTRIBUTION_NONE) {
        /* "marched to protest": the purpose is carried out by the act itself */
        candidate.stand.realis = STEMMA_REALIS_ACTUAL;
        candidate.stand.certainty = STEMMA_CERTAINTY_PROBABLE;
    }
    if (candidate.kind == STM_EVENT_DETAIN && candidate.stand.realis == STEMMA_REALIS_ACTUAL &&
        (group.form == STM_FORM_BASE || group.form == STM_FORM_S || group.present_be)) {
        candidate.stand.tense = STEMMA_TENSE_PRESENT;
    }
    if ((passive || reduced) && (trigger.flags & STM_TRIGGER_SANCTIONS)) {
        status = stm_find_sanction_target(events, &candidate);
        if (status == STEMMA_OK) {
            status = stm_find_by_agent(events, &candidate, frame->subject, after);
        }
    } else if (passive) {
        struct stm_chain chain;
        stm_subject_of(ann, &group, &chain);
        status = stm_add_chain(events, &candidate, frame->object, &chain, frame->object_types);
        struct stm_chain member;
        if (status == STEMMA_OK && chain.count == 1 && chain.first > stm_sentence_first(ann, token) &&
            stm_ann_is(ann, chain.first - 1, "among") && stm_copula_subject(ann, chain.first, &member)) {
            /* "she was among 87 people who were pardoned" */
            status = stm_add_chain(events, &candidate, frame->object, &member, frame->object_types);
        }
        if (status == STEMMA_OK) {
            status = stm_add_thing(events, &candidate, frame, &chain);
        }
        if (status == STEMMA_OK) {
            status = stm_find_included(events, &candidate, frame, after);
        }
        if (status == STEMMA_OK && candidate.kind == STM_EVENT_AWARD && object_follows) {
            stm_chain_read(ann, after, end, STM_CHAIN_OBJECT, &chain);
            if (chain.count != 0) {
                status = add_award(events, &candidate, after, chain.items[0].end);
            }
        }
        if (status == STEMMA_OK) {
            status = stm_find_by_agent(events, &candidate, frame->subject, after);
        }
    } else if (reduced) {
        candidate.stand.confidence = 700;
        status = stm_read_reduced(events, &candidate, &group, frame, after);
        if (status == STEMMA_OK) {
            status = stm_find_by_agent(events, &candidate, frame->subject, after);
        }
    } else {
        status = read_active(events, &candidate, &trigger, &group, frame, &after);
    }
    if (status == STEMMA_OK && transitive && !(trigger.flags & STM_TRIGGER_SANCTIONS) &&
        !stm_has_role(events, &candidate, frame->object)) {
        events->filler_count = candidate.filler_first;
        return STEMMA_OK;
    }
    /* "exiled leader X said": a past tense without a subject is an adjective. */
    if (status == STEMMA_OK && trigger.form == STM_FORM_ED && !passive && !reduced &&
        !group.has_have && !candidate.in_title && !clause_has_subject(ann, &group)) {
        events->filler_count = candidate.filler_first;
        return STEMMA_OK;
    }
    if (status == STEMMA_OK && (trigger.flags & STM_TRIGGER_WITH) && candidate.filler_count < 2) {
        events->filler_count = candidate.filler_first;
        return STEMMA_OK; /* "he spoke": a meeting needs another */
    }
    if (status == STEMMA_OK && (trigger.flags & STM_TRIGGER_WEAK) && candidate.filler_count < 2) {
        events->filler_count = candidate.filler_first;
        return STEMMA_OK;
    }
    if (status == STEMMA_OK) {
        status = (trigger.flags & STM_TRIGGER_PENALTY)
                     ? find_given_penalty(events, &candidate)
                     : stm_find_penalty(events, &candidate, after);
    }
    if (status == STEMMA_OK) {
        status = stm_find_circumstance(events, &candidate, after);
    }
    if (status == STEMMA_OK) {
        status = stm_keep_candidate(events, &candidate);
    }
    *taken = trigger.count;
    return status;
}
