/* SPDX-License-Identifier: MIT */
/* When and where: circumstances in the clause of a trigger, never from further away. */
#include "pack/extract/event_circumstance.h"

#include "pack/extract/time_date.h"
#include "stemma/edtf.h"

enum { REACH = 40 };

#define SECONDS_PER_DAY INT64_C(86400)

/** A time of which a preposition says that the happening was not then. */
static int is_displaced(const struct stm_annotation *ann, uint32_t time, uint32_t start)
{
    static const char *const words[] = {"before",    "after", "ahead", "until", "by",
                                        "following", "till",  "from",  "until", "of"};
    uint32_t first = ann->times[time].first;
    if (first == start) {
        return 0;
    }
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (stm_ann_is(ann, first - 1, words[i])) {
            return 1;
        }
    }
    return stm_ann_is(ann, first, "until") || stm_ann_is(ann, first, "by");
}

/** A verb of another clause: what stands behind it belongs to it. */
static int is_other_verb(const struct stm_annotation *ann, const struct stm_candidate *candidate,
                         uint32_t token)
{
    struct stm_trigger trigger;
    if (token >= candidate->first && token < candidate->first + candidate->count) {
        return 0;
    }
    uint32_t mention = ann->tokens[token].mention;
    if (mention != STEMMA_NONE && ann->mentions[mention].kind == STEMMA_MENTION_NAME) {
        return 0;
    }
    return stm_is_finite(ann, token) || stm_verb_trigger_at(ann, token, &trigger);
}

/** Whether a time says how long rather than when, or stands inside a name for something else. */
static int is_usable(const struct stm_annotation *ann, uint32_t time)
{
    return ann->times[time].value.edtf.size != 0 || ann->times[time].value.raw.size != 0;
}

static uint32_t time_right(const struct stm_annotation *ann, const struct stm_candidate *candidate,
                           uint32_t after, uint32_t end, uint32_t *distance)
{
    uint32_t start = ann->sentences[ann->tokens[candidate->first].sentence].first;
    uint32_t limit = end - candidate->first > REACH ? candidate->first + REACH : end;
    for (uint32_t i = candidate->first + candidate->count; i < limit; i++) {
        uint32_t time = ann->tokens[i].time;
        if (time != STEMMA_NONE) {
            if (is_displaced(ann, time, start) || !is_usable(ann, time)) {
                return STEMMA_NONE;
            }
            /* A year before a noun, "his 2020 campaign", dates the noun. */
            uint32_t next = ann->times[time].first + ann->times[time].count;
            uint8_t tag = next < end ? ann->tokens[next].tag : (uint8_t)STM_TAG_PUNCTUATION;
            if (ann->times[time].count == 1 && (ann->tokens[i].flags & STM_TOKEN_DIGIT) &&
                (tag == STM_TAG_NOUN || tag == STM_TAG_PLURAL || tag == STM_TAG_ADJECTIVE ||
                 tag == STM_TAG_PROPN)) {
                i = next - 1;
                continue;
            }
            *distance = i - candidate->first;
            return time;
        }
        if (!candidate->nominal && i == after + 1 && stm_ann_is(ann, after, "and") &&
            is_other_verb(ann, candidate, i)) {
            continue; /* "pardoned and released in June" */
        }
        if (i >= after && is_other_verb(ann, candidate, i)) {
            return STEMMA_NONE;
        }
        if (stm_is_clause_break(ann, i) &&
            !(stm_ann_is(ann, i, "as") && stm_ann_is(ann, i + 1, "well"))) {
            return STEMMA_NONE;
        }
        if (ann->tokens[i].flags & (STM_TOKEN_QUOTE_OPEN | STM_TOKEN_QUOTE_CLOSE)) {
            return STEMMA_NONE;
        }
    }
    return STEMMA_NONE;
}

/** From the comma that ends "X, who was jailed in 2019," to the comma that begins it; else `comma`. */
static uint32_t before_relative_clause(const struct stm_annotation *ann, uint32_t comma,
                                       uint32_t start)
{
    for (uint32_t i = comma; i-- > start + 1 && comma - i < 24;) {
        if (ann->tokens[i].tag == STM_TAG_WH && stm_ann_is(ann, i - 1, ",")) {
            return i - 1;
        }
        if (stm_ann_is(ann, i, ",")) {
            break;
        }
    }
    return comma;
}

static uint32_t time_left(const struct stm_annotation *ann, const struct stm_candidate *candidate,
                          uint32_t *distance)
{
    uint32_t start = ann->sentences[ann->tokens[candidate->first].sentence].first;
    struct stm_verb_group group = stm_verb_group_at(ann, candidate->first, STM_FORM_ED);
    /* "In May he was found guilty and sentenced": one time for both verbs. */
    int bridges =
        !candidate->nominal && group.first > start && stm_ann_is(ann, group.first - 1, "and");
    for (uint32_t i = candidate->nominal ? candidate->first : group.first;
         i-- > start && candidate->first - i < REACH;) {
        uint32_t time = ann->tokens[i].time;
        if (stm_ann_is(ann, i, ",")) {
            i = before_relative_clause(ann, i, start);
            continue;
        }
        if (time != STEMMA_NONE) {
            /* "killed 17 on Tuesday and injured 23": one blow */
            int one_blow = candidate->kind == STM_EVENT_DIE || candidate->kind == STM_EVENT_INJURE;
            if ((bridges && !one_blow) || is_displaced(ann, time, start) ||
                !is_usable(ann, time)) {
                return STEMMA_NONE; /* "arrested in May and jailed": May is the arrest's */
            }
            if (!candidate->nominal && ann->times[time].count == 1 &&
                (ann->tokens[i].flags & STM_TOKEN_DIGIT) &&
                (i == start || ann->tokens[i - 1].tag != STM_TAG_PREPOSITION)) {
                continue; /* "the 2022 laureate": dates the noun */
            }
            *distance = candidate->first - i;
            return time;
        }
        if (bridges && is_other_verb(ann, candidate, i)) {
            struct stm_verb_group other = stm_verb_group_at(ann, i, STM_FORM_ED);
            bridges = 0;
            i = other.first;
            continue;
        }
        if (is_other_verb(ann, candidate, i) || stm_is_clause_break(ann, i) ||
            (ann->tokens[i].flags & (STM_TOKEN_QUOTE_OPEN | STM_TOKEN_QUOTE_CLOSE))) {
            return STEMMA_NONE;
        }
    }
    return STEMMA_NONE;
}

/** "expelled them on Monday over the killing": a preposition parts the noun from the time. */
static int parted(const struct stm_annotation *ann, uint32_t time, uint32_t noun)
{
    for (uint32_t i = ann->times[time].first + ann->times[time].count; i < noun; i++) {
        if (ann->tokens[i].tag == STM_TAG_PREPOSITION) {
            return 1;
        }
    }
    return 0;
}

static void find_time(const struct stm_annotation *ann, struct stm_candidate *candidate,
                      uint32_t after, uint32_t end)
{
    uint32_t right_distance = 0;
    uint32_t left_distance = 0;
    uint32_t right = time_right(ann, candidate, after, end, &right_distance);
    uint32_t left = time_left(ann, candidate, &left_distance);
    if (candidate->nominal) {
        /* "the 2020 protests", "two days of talks on Monday": close by only */
        if (left != STEMMA_NONE && (left_distance > 4 || parted(ann, left, candidate->first))) {
            left = STEMMA_NONE;
        }
        if (right != STEMMA_NONE && right_distance > 10) {
            right = STEMMA_NONE;
        }
    }
    uint32_t time = right != STEMMA_NONE ? right : left;
    if (right != STEMMA_NONE && left != STEMMA_NONE && left_distance < right_distance &&
        candidate->nominal) {
        time = left;
    }
    if (time == STEMMA_NONE) {
        return;
    }
    stemma_time_bounds bounds;
    candidate->time = time;
    if (stemma_edtf_bounds(ann->times[time].value.edtf, &bounds) == STEMMA_OK) {
        candidate->timed = 1;
        candidate->extent = bounds.extent;
        candidate->earliest = bounds.start_earliest;
        candidate->latest = bounds.end_latest;
        struct stm_anchor anchor = stm_anchor_of(ann->document->published.edtf);
        if (anchor.has_day && bounds.start_earliest >= (anchor.day + 1) * SECONDS_PER_DAY &&
            candidate->stand.realis == STEMMA_REALIS_ACTUAL) {
            /* "tomorrow's meeting" has not been held yet */
            candidate->stand.realis = STEMMA_REALIS_OTHER;
            candidate->stand.certainty = STEMMA_CERTAINTY_PROBABLE;
            candidate->stand.tense = STEMMA_TENSE_FUTURE;
        }
    }
}

static stemma_status find_places(struct stm_events *events, struct stm_candidate *candidate,
                                 uint32_t after, uint32_t end)
{
    struct stm_annotation *ann = events->ann;
    uint32_t limit = end - candidate->first > REACH ? candidate->first + REACH : end;
    int moves = candidate->kind == STM_EVENT_RELEASE || candidate->kind == STM_EVENT_TRANSFER;
    for (uint32_t i = candidate->first + candidate->count; i + 1 < limit; i++) {
        const char *role = NULL;
        if (stm_ann_is(ann, i, "in") || stm_ann_is(ann, i, "at") || stm_ann_is(ann, i, "near") ||
            stm_ann_is(ann, i, "outside")) {
            role = "place";
        } else if (moves && stm_ann_is(ann, i, "from")) {
            role = "origin";
        } else if (moves && (stm_ann_is(ann, i, "to") || stm_ann_is(ann, i, "into"))) {
            role = "destination";
        } else if ((i >= after && is_other_verb(ann, candidate, i)) ||
                   (stm_is_clause_break(ann, i) && !stm_ann_is(ann, i, "as"))) {
            break;
        }
        if (role == NULL || ann->tokens[i + 1].time != STEMMA_NONE ||
            !stm_begins_phrase(ann, i + 1)) {
            continue;
        }
        struct stm_chain chain;
        stm_chain_read(ann, i + 1, end, STM_CHAIN_COMPLEMENT, &chain);
        if (chain.count == 0 || chain.items[0].mention == STEMMA_NONE ||
            ann->mentions[chain.items[0].mention].type != STM_ENTITY_PLACE) {
            continue;
        }
        if (strcmp(role, "place") == 0) {
            if (candidate->place_mention == STEMMA_NONE &&
                ann->mentions[chain.items[0].mention].kind == STEMMA_MENTION_NAME) {
                candidate->place_mention = chain.items[0].mention;
            }
        } else if (!stm_has_role(events, candidate, role)) {
            stemma_status status =
                stm_add_chain(events, candidate, role, &chain, STM_TYPE_BIT(STM_ENTITY_PLACE));
            if (status != STEMMA_OK) {
                return status;
            }
        }
    }
    return STEMMA_OK;
}

static int harms(const struct stm_annotation *ann, uint32_t token)
{
    struct stm_trigger trigger;
    return stm_verb_trigger_at(ann, token, &trigger) &&
           (trigger.kind == STM_EVENT_DIE || trigger.kind == STM_EVENT_INJURE);
}

/** "An explosion at the Tarim mine killed 17": where the cause was, the deaths were. */
static void find_place_of_cause(const struct stm_annotation *ann, struct stm_candidate *candidate)
{
    uint32_t start = ann->sentences[ann->tokens[candidate->first].sentence].first;
    if (candidate->nominal || candidate->place_mention != STEMMA_NONE ||
        (candidate->kind != STM_EVENT_DIE && candidate->kind != STM_EVENT_INJURE)) {
        return;
    }
    for (uint32_t i = candidate->first; i-- > start && candidate->first - i < REACH / 2;) {
        if ((is_other_verb(ann, candidate, i) && !harms(ann, i)) || stm_is_clause_break(ann, i) ||
            (ann->tokens[i].flags & STM_TOKEN_PUNCTUATION)) {
            return;
        }
        if (!stm_ann_is(ann, i, "at") && !stm_ann_is(ann, i, "in") && !stm_ann_is(ann, i, "near")) {
            continue;
        }
        for (uint32_t k = i + 1; k < candidate->first && k < i + 4; k++) {
            uint32_t m = ann->tokens[k].mention;
            if (m != STEMMA_NONE && ann->mentions[m].kind == STEMMA_MENTION_NAME &&
                ann->mentions[m].type == STM_ENTITY_PLACE) {
                candidate->place_mention = m;
                break;
            }
        }
    }
}

stemma_status stm_find_circumstance(struct stm_events *events, struct stm_candidate *candidate,
                                    uint32_t after)
{
    uint32_t sentence = events->ann->tokens[candidate->first].sentence;
    uint32_t end = stm_ann_sentence_end(events->ann, sentence);
    find_time(events->ann, candidate, after, end);
    stemma_status status = find_places(events, candidate, after, end);
    if (status == STEMMA_OK) {
        find_place_of_cause(events->ann, candidate);
    }
    return status;
}
