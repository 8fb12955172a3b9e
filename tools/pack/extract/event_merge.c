/* SPDX-License-Identifier: MIT */
/* Which triggers of one document tell of the same happening. Joins need evidence; a difference in
   time, count or reality forbids them. */
#include "pack/extract/event_merge.h"

enum {
    LOOK_BACK = 64,    /**< Happenings of one type that are compared: bounds the work. */
    PARTICIPANTS = 48, /**< Referents remembered of one happening. */
    THRESHOLD = 2
};

struct range {
    uint64_t low;
    uint64_t high;
    int known;
    int exact;
};

struct happening {
    uint32_t leader;
    uint32_t members;
    uint8_t kind;
    uint8_t reality;
    uint8_t timed;
    uint8_t extent;
    uint8_t from_title;
    uint8_t only_title; /**< Told by headlines only. */
    uint8_t lead;       /**< Told in the first sentences of the text. */
    int64_t earliest;
    int64_t latest;
    struct range count;
    stemma_text counted;
    stemma_text one; /**< Noun of a nominal object: "the prisoner". */
    uint32_t objects[PARTICIPANTS];
    uint32_t object_count;
    uint32_t named; /**< Of the objects, those with a name. */
    uint32_t subjects[PARTICIPANTS];
    uint32_t subject_count;
    uint32_t destinations[4];
    uint32_t destination_count;
    stemma_text target; /**< In words, when it is nothing named. */
    uint32_t noun;      /**< Token that the light verb told last stands before, or STEMMA_NONE. */
    uint32_t next_of_kind; /**< The happening of the same kind before this one. */
};

static uint64_t decimal(stemma_text text)
{
    uint64_t value = 0;
    for (size_t i = 0; i < text.size && text.data[i] >= '0' && text.data[i] <= '9'; i++) {
        if (value > UINT64_MAX / 20) {
            return UINT64_MAX;
        }
        value = value * 10 + (uint64_t)(text.data[i] - '0');
    }
    return value;
}

static struct range range_of(const stemma_quantity *quantity)
{
    struct range range = {0, UINT64_MAX, 1, 0};
    if (quantity->modifier == STEMMA_MODIFIER_ABOUT) {
        uint64_t about = decimal(quantity->amount);
        range.low = about - about / 5;
        range.high = about + about / 5;
        return range;
    }
    if (quantity->lower.size != 0) {
        range.low = decimal(quantity->lower);
    }
    if (quantity->upper.size != 0) {
        range.high = decimal(quantity->upper);
    }
    range.exact = range.low == range.high;
    return range;
}

/** 0 actual, 1 not (yet) so, 2 denied. */
static uint8_t reality_of(const struct stm_candidate *candidate)
{
    if (candidate->stand.polarity == STEMMA_POLARITY_NEGATIVE) {
        return 2;
    }
    return candidate->stand.realis == STEMMA_REALIS_ACTUAL ? 0 : 1;
}

static int is_role(const char *role, const char *other)
{
    return other != NULL && strcmp(role, other) == 0;
}

static void remember(uint32_t *list, uint32_t *count, uint32_t referent)
{
    for (uint32_t i = 0; i < *count; i++) {
        if (list[i] == referent) {
            return;
        }
    }
    if (*count < PARTICIPANTS) {
        list[(*count)++] = referent;
    }
}

/** Puts what a candidate says into a happening. */
static void absorb(const struct stm_events *events, const struct stm_candidate *candidate,
                   struct happening *happening)
{
    const struct stm_annotation *ann = events->ann;
    const struct stm_event_frame *frame = stm_event_frame_of(candidate->kind);
    for (uint32_t i = 0; i < candidate->filler_count; i++) {
        const struct stm_filler *filler = &events->fillers[candidate->filler_first + i];
        if (filler->quantity != STEMMA_NONE && is_role(filler->role, frame->object) &&
            !filler->part) {
            const stemma_quantity *quantity = &ann->quantities[filler->quantity].value;
            struct range range = range_of(quantity);
            if (!happening->count.known || (range.exact && !happening->count.exact)) {
                happening->count = range;
            }
            if (quantity->counted.size != 0 &&
                !stemma_text_equal(quantity->counted, stemma_text_of("other"))) {
                happening->counted = quantity->counted;
            }
        } else if (filler->referent != STEMMA_NONE && is_role(filler->role, frame->object)) {
            remember(happening->objects, &happening->object_count, filler->referent);
            const struct stm_mention *mention = &ann->mentions[filler->mention];
            happening->named += mention->kind != STEMMA_MENTION_NOMINAL;
            if (mention->kind == STEMMA_MENTION_NOMINAL) {
                happening->one = ann->tokens[mention->head].lemma;
            }
            if (mention->kind == STEMMA_MENTION_NOMINAL && mention->plural &&
                happening->counted.size == 0) {
                happening->counted = ann->tokens[mention->head].lemma;
            }
        } else if (filler->referent != STEMMA_NONE && strcmp(filler->role, "destination") == 0) {
            if (happening->destination_count < 4) {
                happening->destinations[happening->destination_count++] = filler->referent;
            }
        } else if (filler->text && is_role(filler->role, frame->object)) {
            happening->target = stm_ann_words(ann, filler->first, filler->count);
        } else if (filler->referent != STEMMA_NONE && is_role(filler->role, frame->subject)) {
            remember(happening->subjects, &happening->subject_count, filler->referent);
        }
    }
    if (candidate->timed) {
        if (!happening->timed) {
            happening->timed = 1;
            happening->extent = candidate->extent;
            happening->earliest = candidate->earliest;
            happening->latest = candidate->latest;
        } else {
            if (candidate->earliest > happening->earliest) {
                happening->earliest = candidate->earliest;
            }
            if (candidate->latest < happening->latest) {
                happening->latest = candidate->latest;
            }
        }
    }
    if (candidate->noun != STEMMA_NONE) {
        happening->noun = candidate->noun;
    }
    happening->only_title = happening->only_title && candidate->in_title;
    happening->members++;
}

static uint32_t shared(const uint32_t *a, uint32_t a_count, const uint32_t *b, uint32_t b_count)
{
    uint32_t found = 0;
    for (uint32_t i = 0; i < a_count; i++) {
        for (uint32_t j = 0; j < b_count; j++) {
            found += a[i] == b[j];
        }
    }
    return found;
}

/** Whether one of two texts begins with the other: "copper", "copper exports". */
static int holds(stemma_text a, stemma_text b)
{
    size_t size = a.size < b.size ? a.size : b.size;
    return size >= 4 && memcmp(a.data, b.data, size) == 0;
}

/** Whether two texts have a word of some length in common: "timber exports", "the timber". */
static int share_word(stemma_text a, stemma_text b)
{
    for (size_t i = 0; i + 4 <= a.size; i++) {
        if (i != 0 && a.data[i - 1] != ' ') {
            continue;
        }
        size_t size = 0;
        while (i + size < a.size && a.data[i + size] != ' ') {
            size++;
        }
        for (size_t k = 0; size >= 4 && k + size <= b.size; k++) {
            if ((k == 0 || b.data[k - 1] == ' ') && memcmp(a.data + i, b.data + k, size) == 0) {
                return 1;
            }
        }
    }
    return 0;
}

/** How well two happenings agree; negative when they cannot be one. */
static int score(const struct stm_candidate *candidate, const struct happening *its,
                 const struct happening *other)
{
    int points = 0;
    if (candidate->nominal && other->noun == candidate->first) {
        return 10; /* "held talks" is one happening, not two */
    }
    int overlap = its->timed && other->timed;
    if (its->reality != other->reality &&
        !(its->reality == 0 && other->reality == 1 && candidate->nominal && candidate->definite)) {
        return -1;
    }
    if (overlap && (its->extent != other->extent || its->earliest > other->latest ||
                    its->latest < other->earliest)) {
        return -1;
    }
    if (its->count.known && other->count.known) {
        if (its->count.low > other->count.high || its->count.high < other->count.low) {
            return -1;
        }
        if (its->count.exact && other->count.exact) {
            points += 3;
        }
    }
    int same_destination = shared(its->destinations, its->destination_count, other->destinations,
                                  other->destination_count) != 0;
    if (its->destination_count != 0 && other->destination_count != 0 && !same_destination) {
        return -1;
    }
    uint32_t objects = shared(its->objects, its->object_count, other->objects, other->object_count);
    uint32_t subjects =
        shared(its->subjects, its->subject_count, other->subjects, other->subject_count);
    int same_counted = its->counted.size != 0 && stemma_text_equal(its->counted, other->counted);
    int disjoint = objects == 0 && its->named != 0 && other->named != 0;
    if (candidate->state && disjoint) {
        return -1; /* "the exiled leader X" says nothing of whom they expelled today */
    }
    const struct stm_event_frame *frame = stm_event_frame_of(its->kind);
    switch ((enum stm_event_family)frame->family) {
    case STM_FAMILY_MUTUAL:
        objects = shared(its->subjects, its->subject_count, other->subjects, other->subject_count);
        points += objects >= 2 ? 3 : objects == 1 ? 1 : 0;
        points += objects == 1 && (its->subject_count == 1 || other->subject_count == 1) ? 1 : 0;
        points += objects >= 1 && overlap ? 1 : 0;
        break;
    case STM_FAMILY_TARGET:
        points +=
            (objects != 0 || holds(its->target, other->target) ? 1 : 0) + (subjects != 0 ? 1 : 0);
        points += (objects != 0 || subjects != 0) && overlap ? 1 : 0;
        if (its->kind != STM_EVENT_CONFLICT_ATTACK && its->target.size != 0 &&
            other->target.size != 0 && objects == 0 && !share_word(its->target, other->target)) {
            return -1; /* sanctions on timber, sanctions on a port */
        }
        if (frame->object == NULL && subjects != 0) {
            points++; /* "resigned", "fled": nobody but the one who did */
        }
        if (disjoint && subjects != 0 && !overlap) {
            points = 0;
        }
        break;
    case STM_FAMILY_LOOSE:
        points += overlap ? 2 : 0;
        points += objects != 0 || subjects != 0 ? 2 : 0;
        break;
    case STM_FAMILY_PATIENT:
        points += objects != 0 ? 3 : 0;
        points += same_counted && !candidate->nominal ? 2 : 0;
        points += overlap && subjects != 0 && !disjoint ? 2 : 0;
        points += overlap && same_counted ? 1 : 0;
        /* taken to one place, and nobody is known to be another */
        points += same_destination && !disjoint ? 2 : 0;
        break;
    }
    if (other->from_title && points > 0) {
        points++; /* a headline sums up what the text tells */
    }
    if (other->only_title && its->lead && !disjoint && points < THRESHOLD) {
        points = THRESHOLD; /* and the first sentences of a news story tell it again */
    }
    /* "among those freed last month was X", after the freeing of Y: perhaps another one */
    int elsewhere =
        candidate->anaphoric && disjoint && its->timed && !other->timed && !other->count.known;
    if ((candidate->anaphoric && !elsewhere) ||
        (candidate->nominal && candidate->definite &&
         (its->object_count == 0 || objects != 0 || same_counted ||
          (its->named == 0 && other->counted.size == 0) ||
          (its->one.size != 0 && stemma_text_equal(its->one, other->counted))))) {
        /* "the release": known already. One that is told by name differs only if somebody else. */
        points += 2;
    }
    return points;
}

/** How many sentences of titles stand before the text. */
static uint32_t count_titles(const struct stm_annotation *ann)
{
    uint32_t titles = 0;
    while (titles < ann->sentence_count && ann->sentences[titles].is_title) {
        titles++;
    }
    return titles;
}

/** Whether a candidate stands among the first sentences after `titles` sentences of titles. */
static uint8_t is_lead(const struct stm_annotation *ann, const struct stm_candidate *candidate,
                       uint32_t titles)
{
    uint32_t sentence = ann->tokens[candidate->first].sentence;
    return !ann->sentences[sentence].is_title && sentence - titles < STM_LEAD_SENTENCES;
}

/** Whether two candidates tell it with one word. */
static int same_word(const struct stm_events *events, uint32_t a, uint32_t b)
{
    const struct stm_token *tokens = events->ann->tokens;
    return stemma_text_equal(tokens[events->candidates[a].first].lemma,
                             tokens[events->candidates[b].first].lemma);
}

stemma_status stm_merge_candidates(struct stm_events *events)
{
    struct stm_annotation *ann = events->ann;
    const uint32_t titles = count_titles(ann);
    size_t count = 0;
    uint32_t latest[STM_EVENT_KINDS];
    struct happening *all = stm_arena_alloc(ann->arena, events->count, sizeof *all);
    if (all == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (int kind = 0; kind < STM_EVENT_KINDS; kind++) {
        latest[kind] = STEMMA_NONE;
    }
    /* Those that tell most come first: what only refers back may stand before, as in a headline. */
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t i = 0; i < events->count; i++) {
            struct stm_candidate *candidate = &events->candidates[i];
            int refers = candidate->anaphoric || (candidate->nominal && candidate->definite);
            if (refers != pass) {
                continue;
            }
            struct happening its = {.leader = i,
                                    .kind = candidate->kind,
                                    .noun = STEMMA_NONE,
                                    .reality = reality_of(candidate),
                                    .from_title = candidate->in_title,
                                    .only_title = candidate->in_title,
                                    .lead = is_lead(ann, candidate, titles)};
            absorb(events, candidate, &its);
            int best = THRESHOLD - 1;
            uint32_t chosen = STEMMA_NONE;
            uint32_t steps = 0;
            for (uint32_t h = latest[its.kind]; h != STEMMA_NONE && steps < LOOK_BACK;
                 h = all[h].next_of_kind, steps++) {
                if (its.kind == STM_EVENT_OTHER && !same_word(events, i, all[h].leader)) {
                    continue;
                }
                int points = score(candidate, &its, &all[h]);
                if (points > best || (chosen != STEMMA_NONE && points == best &&
                                      all[h].members >= all[chosen].members)) {
                    best = points;
                    chosen = h;
                }
            }
            if (chosen != STEMMA_NONE) {
                const struct stm_candidate *leader = &events->candidates[all[chosen].leader];
                candidate->cluster = all[chosen].leader;
                if (all[chosen].reality == 1 && its.reality == 0) {
                    /* "the talks" of which it was said that they are planned */
                    candidate->stand.realis = leader->stand.realis;
                    candidate->stand.certainty = leader->stand.certainty;
                    candidate->stand.tense = leader->stand.tense;
                }
                absorb(events, candidate, &all[chosen]);
            } else {
                candidate->cluster = i;
                its.next_of_kind = latest[its.kind];
                latest[its.kind] = (uint32_t)count;
                all[count++] = its;
            }
        }
    }
    return STEMMA_OK;
}
