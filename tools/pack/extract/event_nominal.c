/* SPDX-License-Identifier: MIT */
/* Happenings that nouns tell: "the release of X", "X's arrest", "talks with X", "the 2020
 * protests". */
#include "pack/extract/event_nominal.h"

#include "pack/extract/attribution_range.h"
#include "pack/extract/event_circumstance.h"
#include "pack/extract/lexicon.h"

/** The first token of the noun phrase whose head is the trigger. */
static uint32_t phrase_start(const struct stm_annotation *ann, uint32_t token)
{
    uint32_t start = stm_sentence_first(ann, token);
    uint32_t i = token;
    while (i > start && token - i < 8) {
        const struct stm_token *before = &ann->tokens[i - 1];
        if (before->tag == STM_TAG_ADJECTIVE || before->tag == STM_TAG_NOUN ||
            before->tag == STM_TAG_PROPN || before->tag == STM_TAG_NUMBER ||
            before->tag == STM_TAG_PARTICIPLE || before->time != STEMMA_NONE ||
            before->quantity != STEMMA_NONE || before->tag == STM_TAG_DETERMINER ||
            before->tag == STM_TAG_POSSESSIVE || (before->flags & STM_TOKEN_POSSESSIVE) ||
            (before->tag == STM_TAG_PLURAL && stm_is_sanction_word(ann, i - 1))) {
            i--;
            if (before->tag == STM_TAG_DETERMINER || before->tag == STM_TAG_POSSESSIVE ||
                (before->flags & STM_TOKEN_POSSESSIVE)) {
                break;
            }
        } else {
            break;
        }
    }
    return i;
}

/** "X will lift its sanctions in return for the release", "on the table is the release": what
    hangs on a thing to come has not come either. */
static int is_in_prospect(const struct stm_annotation *ann, uint32_t first)
{
    static const char *const future[] = {"will", "'ll", "would", "could", "may", "might", "shall"};
    static const char *const exchange[] = {"return", "exchange"};
    uint32_t start = stm_sentence_first(ann, first);
    int traded = first > start + 2 && stm_ann_is(ann, first - 1, "for") &&
                 STM_TOKEN_IS_ANY(ann, first - 2, exchange);
    for (uint32_t i = first; i-- > start && first - i <= 30;) {
        if ((stm_ann_is(ann, i, "table") || stm_ann_is(ann, i, "agenda")) && i >= start + 2 &&
            stm_ann_is(ann, i - 1, "the") && stm_ann_is(ann, i - 2, "on")) {
            return 1;
        }
        if (!traded) {
            continue; /* another clause may be in between */
        }
        if (STM_TOKEN_IS_ANY(ann, i, future) ||
            (stm_ann_is(ann, i, "to") && i > start &&
             (stm_ann_is(ann, i - 1, "expected") || stm_ann_is(ann, i - 1, "ready") ||
              stm_ann_is(ann, i - 1, "set") || stm_ann_is(ann, i - 1, "plans") ||
              stm_ann_is(ann, i - 1, "willing") || stm_ann_is(ann, i - 1, "offered")))) {
            return 1;
        }
        if (stm_is_clause_break(ann, i) ||
            (ann->tokens[i].flags & (STM_TOKEN_QUOTE_OPEN | STM_TOKEN_QUOTE_CLOSE))) {
            break;
        }
    }
    return 0;
}

static struct stm_stand judge(const struct stm_annotation *ann, uint32_t first, uint32_t token)
{
    static const char *const unreal[] = {
        "possible", "potential", "planned",  "proposed", "expected", "threatened", "future",
        "eventual", "any",       "upcoming", "further",  "next",     "more"};
    static const char *const wishes[] = {
        "for",     "seek",     "seeking",  "demand",    "demanding",   "demanded", "urged",
        "urging",  "hope",     "awaiting", "negotiate", "negotiating", "discuss",  "discussed",
        "against", "planning", "toward",   "towards",   "risk",        "demands",  "seeks",
        "sought",  "urges",    "urge",     "awaits",    "awaited",     "wants",    "want",
        "wanted",  "requested", "requests", "request",  "plans",       "planned",  "proposes",
        "proposed", "expects", "expect",   "expected",  "promised",    "promises", "promise"};
    static const char *const wish_nouns[] = {
        "call",    "calls", "called", "calling",      "demand", "demands",    "appeal",
        "appeals", "hope",  "hopes",  "pushing",      "push",   "campaigned", "campaigning",
        "request", "plan",  "plans",  "negotiations", "talks"};
    struct stm_stand stand = stm_stand_plain(600);
    uint32_t start = stm_sentence_first(ann, token);
    for (uint32_t i = first; i < token; i++) {
        if (STM_TOKEN_IS_ANY(ann, i, unreal)) {
            stand.realis = STEMMA_REALIS_OTHER;
            stand.certainty = STEMMA_CERTAINTY_UNSPECIFIED;
        }
        if (stm_ann_is(ann, i, "no")) {
            stand.polarity = STEMMA_POLARITY_NEGATIVE;
        }
    }
    uint32_t before = first > start ? first - 1 : STEMMA_NONE;
    if (before != STEMMA_NONE) {
        if (stm_ann_is(ann, before, "without")) {
            stand.polarity = STEMMA_POLARITY_NEGATIVE;
        } else if (stm_ann_is(ann, before, "for")) {
            uint32_t governor = before;
            for (uint32_t hops = 0; hops < 3 && governor > start; hops++) {
                governor--;
                if (STM_TOKEN_IS_ANY(ann, governor, wish_nouns)) {
                    stand.realis = STEMMA_REALIS_OTHER;
                    stand.certainty = STEMMA_CERTAINTY_UNSPECIFIED;
                }
            }
        } else if (STM_TOKEN_IS_ANY(ann, before, wishes)) {
            stand.realis = STEMMA_REALIS_OTHER;
            stand.certainty = STEMMA_CERTAINTY_UNSPECIFIED;
        }
    }
    if (stand.realis == STEMMA_REALIS_ACTUAL && is_in_prospect(ann, first)) {
        stand.realis = STEMMA_REALIS_OTHER;
        stand.certainty = STEMMA_CERTAINTY_UNSPECIFIED;
    }
    stm_attribute(ann, token, &stand);
    if (stand.stance == STEMMA_STANCE_DENIES) {
        stand.polarity = STEMMA_POLARITY_NEGATIVE;
    }
    return stand;
}

static const char *possessor_role(const struct stm_candidate *candidate,
                                  const struct stm_event_frame *frame, int has_of)
{
    switch ((enum stm_event_kind)candidate->kind) {
    case STM_EVENT_MEET:
    case STM_EVENT_AGREE:
        return "participant";
    case STM_EVENT_ATTACK:
    case STM_EVENT_PROTEST:
    case STM_EVENT_LIFT:
    case STM_EVENT_IMPOSE:
        return "agent";
    case STM_EVENT_ELECT:
        return NULL; /* "Poland's election": whose is not who was elected */
    default:
        return has_of ? frame->subject : frame->object;
    }
}

/** Countries act, towns are where it happens. */
static int is_country(const struct stm_annotation *ann, const struct stm_mention *mention)
{
    char lower[64];
    stemma_text words = stm_ann_words(ann, mention->first, mention->count);
    if (words.size >= sizeof lower) {
        return 0;
    }
    for (size_t i = 0; i < words.size; i++) {
        char c = words.data[i];
        lower[i] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    }
    stemma_text key = {lower, words.size};
    const struct stm_place_entry *place = stm_lexicon_place(key);
    return place != NULL && place->kind == STM_PLACE_COUNTRY;
}

/** "X's release", "her release", "the US visit". */
static stemma_status find_possessor(struct stm_events *events, struct stm_candidate *candidate,
                                    const struct stm_event_frame *frame, uint32_t first, int has_of)
{
    const struct stm_annotation *ann = events->ann;
    const char *role = possessor_role(candidate, frame, has_of);
    uint32_t types = role == frame->object ? frame->object_types : STM_TYPES_ACTORS;
    uint32_t mention = STEMMA_NONE;
    uint32_t start = stm_sentence_first(ann, candidate->first);
    if (role == NULL) {
        return STEMMA_OK;
    }
    if ((ann->tokens[first].flags & STM_TOKEN_POSSESSIVE) && first > start) {
        mention = stm_ann_outer_mention_at_token(ann, first - 1);
        if (mention != STEMMA_NONE &&
            ann->mentions[mention].first + ann->mentions[mention].count > first + 1) {
            mention = stm_ann_mention_at_token(ann, first - 1);
        }
    } else if (ann->tokens[first].tag == STM_TAG_POSSESSIVE) {
        mention = ann->tokens[first].mention;
    } else {
        for (uint32_t i = first; i < candidate->first; i++) {
            uint32_t m = ann->tokens[i].mention;
            if (m != STEMMA_NONE && ann->mentions[m].kind == STEMMA_MENTION_NAME &&
                (candidate->kind == STM_EVENT_MEET || candidate->kind == STM_EVENT_AGREE ||
                 candidate->kind == STM_EVENT_ATTACK || candidate->kind == STM_EVENT_LIFT)) {
                mention = m;
            }
        }
    }
    if (mention == STEMMA_NONE) {
        return STEMMA_OK;
    }
    const struct stm_mention *who = &ann->mentions[mention];
    if (candidate->kind == STM_EVENT_MEET && who->type == STM_ENTITY_PLACE &&
        ann->tokens[first].tag != STM_TAG_POSSESSIVE && !is_country(ann, who)) {
        candidate->place_mention = mention; /* "the Paris meeting" */
        return STEMMA_OK;
    }
    struct stm_chain chain = {.count = 1};
    chain.items[0].first = who->first;
    chain.items[0].end = who->first + who->count;
    chain.items[0].mention = mention;
    chain.items[0].quantity = STEMMA_NONE;
    return stm_add_chain(events, candidate, role, &chain, types);
}

/** "of X", "with X", "between X and Y", "by X", "on X", "against X" behind the noun. */
static stemma_status find_complements(struct stm_events *events, struct stm_candidate *candidate,
                                      const struct stm_event_frame *frame, uint32_t *after)
{
    const struct stm_annotation *ann = events->ann;
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[candidate->first].sentence);
    uint32_t i = *after;
    for (int hops = 0; hops < 5 && i + 1 < end; hops++) {
        const char *role = NULL;
        uint32_t types = STM_TYPES_ACTORS;
        if (ann->tokens[i].time != STEMMA_NONE) {
            i = ann->times[ann->tokens[i].time].first + ann->times[ann->tokens[i].time].count;
            continue;
        }
        if (stm_ann_is(ann, i, "of") && candidate->kind != STM_EVENT_MEET &&
            candidate->kind != STM_EVENT_AGREE && candidate->kind != STM_EVENT_LIFT &&
            candidate->kind != STM_EVENT_IMPOSE && candidate->kind != STM_EVENT_PROTEST) {
            role = frame->object;
            types = frame->object_types;
        } else if (stm_ann_is(ann, i, "of") && (stm_ann_is(ann, candidate->first, "visit") ||
                                                stm_ann_is(ann, candidate->first, "meeting"))) {
            role = "participant";
        } else if ((stm_ann_is(ann, i, "with") || stm_ann_is(ann, i, "between")) &&
                   (candidate->kind == STM_EVENT_MEET || candidate->kind == STM_EVENT_AGREE)) {
            role = "participant";
        } else if (stm_ann_is(ann, i, "by")) {
            role = frame->subject;
        } else if ((stm_ann_is(ann, i, "against") || stm_ann_is(ann, i, "on")) &&
                   (candidate->kind == STM_EVENT_ATTACK || candidate->kind == STM_EVENT_PROTEST)) {
            role = "target";
            types = STM_TYPES_ANY;
        } else if (!(stm_ann_is(ann, i, "in") || stm_ann_is(ann, i, "on") ||
                     stm_ann_is(ann, i, "at"))) {
            break;
        }
        struct stm_chain chain;
        stm_chain_read(ann, i + 1, end, STM_CHAIN_COMPLEMENT, &chain);
        if (chain.count == 0) {
            if (ann->tokens[i + 1].time != STEMMA_NONE) {
                i++;
                continue;
            }
            break;
        }
        if (role != NULL) {
            stemma_status status = stm_add_chain(events, candidate, role, &chain, types);
            if (status != STEMMA_OK) {
                return status;
            }
        }
        *after = chain.end;
        /* "in Minsk with X": only the first item belongs to the preposition of place. */
        i = role != NULL || stm_ann_is(ann, chain.items[0].end, "of") ? chain.end
                                                                      : chain.items[0].end;
    }
    return STEMMA_OK;
}

/** Who held, reached or signed it: the subject of the light verb is found by that verb; here the
    sanctions that an easing is of. */
static stemma_status find_sanction_parts(struct stm_events *events, struct stm_candidate *candidate)
{
    const struct stm_annotation *ann = events->ann;
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[candidate->first].sentence);
    stemma_status status = STEMMA_OK;
    for (uint32_t i = candidate->first + 1; i < end && i < candidate->first + 8; i++) {
        uint32_t m = ann->tokens[i].mention;
        if (stm_is_sanction_word(ann, i)) {
            if (i + 2 < end &&
                (stm_ann_is(ann, i + 1, "on") || stm_ann_is(ann, i + 1, "against"))) {
                struct stm_chain chain;
                stm_chain_read(ann, i + 2, end, STM_CHAIN_COMPLEMENT, &chain);
                status = stm_add_chain(events, candidate, "target", &chain, STM_TYPES_ANY);
            }
            break;
        }
        if (m != STEMMA_NONE && ann->mentions[m].kind == STEMMA_MENTION_NAME &&
            i == ann->mentions[m].first) {
            struct stm_chain chain = {.count = 1};
            chain.items[0].first = i;
            chain.items[0].end = i + ann->mentions[m].count;
            chain.items[0].mention = m;
            chain.items[0].quantity = STEMMA_NONE;
            status = stm_add_chain(events, candidate, "agent", &chain, STM_TYPES_ACTORS);
            if (status != STEMMA_OK) {
                return status;
            }
        }
    }
    return status;
}

/** Whether nothing but people stands between determiner and noun: "the prisoner release" is known
    already, "the mass detention" may be another one. */
static int is_plain(const struct stm_annotation *ann, uint32_t first, uint32_t token)
{
    for (uint32_t i = first + 1; i < token; i++) {
        if (!stm_lexicon_has(STM_LEXICON_ROLE, ann->tokens[i].lemma) &&
            !stm_lexicon_has(STM_LEXICON_GROUP_NOUN, ann->tokens[i].lower) &&
            !stm_ann_is(ann, i, "prisoner") && !stm_ann_is(ann, i, "latest") &&
            !stm_ann_is(ann, i, "recent")) {
            return 0;
        }
    }
    return 1;
}

/** "the minister arrived in Oslo for talks with X": the minister talks too. */
static stemma_status find_traveller(struct stm_events *events, struct stm_candidate *candidate,
                                    uint32_t first)
{
    static const char *const words[] = {"arrived", "flew",  "travelled", "traveled", "came",
                                        "arrives", "flies", "travels",   "comes",    "went"};
    const struct stm_annotation *ann = events->ann;
    uint32_t start = stm_sentence_first(ann, candidate->first);
    if (candidate->kind != STM_EVENT_MEET || first == start || !stm_ann_is(ann, first - 1, "for")) {
        return STEMMA_OK;
    }
    uint32_t verb = stm_verb_before(ann, first);
    if (verb == STEMMA_NONE || first - verb > 8 || !STM_TOKEN_IS_ANY(ann, verb, words)) {
        return STEMMA_OK;
    }
    struct stm_verb_group group = stm_verb_group_at(ann, verb, STM_FORM_ED);
    struct stm_chain chain;
    stm_subject_of(ann, &group, &chain);
    return stm_add_chain(events, candidate, "participant", &chain, STM_TYPES_ACTORS);
}

/** "the president signed the pardons", "a court ordered her release": who did it. */
static stemma_status find_orderer(struct stm_events *events, struct stm_candidate *candidate,
                                  const struct stm_event_frame *frame, uint32_t first)
{
    static const char *const words[] = {"signed",  "signs",  "issued",  "issues", "granted",
                                        "grants",  "ordered", "orders", "decreed"};
    const struct stm_annotation *ann = events->ann;
    if ((candidate->kind != STM_EVENT_PARDON && candidate->kind != STM_EVENT_RELEASE) ||
        first == stm_sentence_first(ann, candidate->first) ||
        !STM_TOKEN_IS_ANY(ann, first - 1, words) ||
        stm_has_role(events, candidate, frame->subject)) {
        return STEMMA_OK;
    }
    struct stm_verb_group group = stm_verb_group_at(ann, first - 1, STM_FORM_ED);
    if (group.has_be || group.infinitive || group.negated || group.modal || group.future) {
        return STEMMA_OK;
    }
    struct stm_chain chain;
    stm_subject_of(ann, &group, &chain);
    return stm_add_chain(events, candidate, frame->subject, &chain, STM_TYPES_ACTORS);
}

stemma_status stm_find_nominal(struct stm_events *events, uint32_t token)
{
    struct stm_annotation *ann = events->ann;
    struct stm_trigger trigger;
    if (!stm_noun_trigger_at(ann, token, &trigger)) {
        return STEMMA_OK;
    }
    const struct stm_event_frame *frame = stm_event_frame_of(trigger.kind);
    struct stm_candidate candidate = {.kind = trigger.kind,
                                      .nominal = 1,
                                      .first = token,
                                      .count = 1,
                                      .filler_first = (uint32_t)events->filler_count,
                                      .time = STEMMA_NONE,
                                      .place_mention = STEMMA_NONE,
                                      .noun = STEMMA_NONE,
                                      .cluster = STEMMA_NONE};
    uint32_t first = phrase_start(ann, token);
    uint32_t after = token + 1;
    int has_of = stm_ann_is(ann, after, "of");
    candidate.in_title = ann->sentences[ann->tokens[token].sentence].is_title;
    candidate.stand = judge(ann, first, token);
    candidate.definite =
        (uint8_t)(is_plain(ann, first, token) &&
                  (stm_ann_is(ann, first, "the") || stm_ann_is(ann, first, "this") ||
                   stm_ann_is(ann, first, "these") ||
                   (ann->tokens[first].flags & STM_TOKEN_POSSESSIVE) != 0 ||
                   ann->tokens[first].tag == STM_TAG_POSSESSIVE));
    stemma_status status = find_possessor(events, &candidate, frame, first, has_of);
    if (status == STEMMA_OK && (trigger.flags & STM_TRIGGER_SANCTIONS)) {
        status = find_sanction_parts(events, &candidate);
    } else if (status == STEMMA_OK) {
        status = find_complements(events, &candidate, frame, &after);
    }
    if (status == STEMMA_OK) {
        status = find_orderer(events, &candidate, frame, first);
    }
    if (status == STEMMA_OK) {
        status = find_traveller(events, &candidate, first);
    }
    if (has_of && !stm_has_role(events, &candidate, frame->object)) {
        candidate.definite = 0; /* "the arrest of ...": of somebody that we did not understand */
    }
    if (status == STEMMA_OK) {
        status = stm_find_circumstance(events, &candidate, after);
    }
    static const char *const reviews[] = {"overturned", "quashed", "upheld", "annulled", "reversed",
                                          "confirmed",  "overturns", "quashes", "upholds"};
    if (first > stm_sentence_first(ann, token) && STM_TOKEN_IS_ANY(ann, first - 1, reviews)) {
        candidate.time = STEMMA_NONE; /* "overturned the conviction on Monday": not then */
        candidate.timed = 0;
    }
    if (status == STEMMA_OK && (trigger.flags & STM_TRIGGER_WEAK) && candidate.filler_count == 0) {
        events->filler_count = candidate.filler_first;
        return STEMMA_OK;
    }
    return status == STEMMA_OK ? stm_keep_candidate(events, &candidate) : status;
}
