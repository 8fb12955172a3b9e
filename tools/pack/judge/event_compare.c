/* SPDX-License-Identifier: MIT */
#include "pack/judge/event_compare.h"

#define PRECISE_DAYS 3   /* a time of at most so many days is a date */
#define NARROW_DAYS  8   /* and of so many still says when */
#define NEWS_DAYS    10  /* what is told without a date happened within so many days, mostly */
#define PLAN_DAYS    30  /* what is expected is expected within so many */
#define PARTS_LOOKED 64u /* participants of an event that are compared one by one */
#define STORY_DAYS   4   /* accounts without a date, published so near, tell of one day, mostly */

static int text_is(stemma_text text, const char *word)
{
    return stemma_text_equal(text, stemma_text_of(word));
}

int stm_event_has_time(const struct stm_event *event)
{
    return event->first_day != STM_DAY_UNKNOWN;
}

int stm_event_is_precise(const struct stm_event *event)
{
    return stm_event_has_time(event) && event->last_day - event->first_day < PRECISE_DAYS;
}

int stm_event_days_disjoint(const struct stm_event *a, const struct stm_event *b)
{
    return a->last_day < b->first_day || b->last_day < a->first_day;
}

/* Whether the event whose time is known lies after the other was already told as done, or alleged. */
int stm_event_told_before(const struct stm_event *timed, const struct stm_event *untimed)
{
    return untimed->published != STM_DAY_UNKNOWN &&
           (untimed->realis == STEMMA_REALIS_ACTUAL || untimed->past) &&
           timed->first_day > untimed->published + 1;
}

static int counts_agree(const struct stm_event_count *a, const struct stm_event_count *b)
{
    return a->least <= b->most && b->least <= a->most;
}

/* 1: some count of one role agrees, exactly counted; 2: agrees roughly; -1: none agrees; 0: no role
   is counted on both sides. `ratio` receives the smaller of the nearest two numbers as a share of
   the larger, in thousandths. */
int stm_event_compare_counts(const struct stm_event *a, const struct stm_event *b, uint32_t *ratio)
{
    int result = 0;
    *ratio = 0;
    for (uint32_t i = 0; i < a->count_count; i++) {
        for (uint32_t k = 0; k < b->count_count; k++) {
            const struct stm_event_count *x = &a->counts[i];
            const struct stm_event_count *y = &b->counts[k];
            if (x->role != y->role) {
                continue;
            }
            if (counts_agree(x, y)) {
                if (x->exact && y->exact) {
                    *ratio = 1000;
                    return 1;
                }
                *ratio = 1000;
                result = 2;
                continue;
            }
            double less = x->most < y->least ? x->most : y->most;
            double more = x->most < y->least ? y->least : x->least;
            uint32_t share = more > 0 && less >= 0 ? (uint32_t)(less * 1000 / more) : 0;
            *ratio = share > *ratio ? share : *ratio;
            if (result == 0) {
                result = -1;
            }
        }
    }
    return result;
}

/* Whether counts of one role are of different kinds of people: two policemen, 17 miners. */
int stm_event_count_others(const struct stm_event *a, const struct stm_event *b)
{
    static const char *const KINDS[] = {"policeman", "police officer", "officer",     "soldier",
                                        "troop",     "rescuer",        "child",       "journalist",
                                        "guard",     "fireman",        "firefighter", "gunman",
                                        "attacker",  "militant",       "rebel",       "fighter"};
    for (uint32_t i = 0; i < a->count_count; i++) {
        for (uint32_t k = 0; k < b->count_count; k++) {
            const struct stm_event_count *x = &a->counts[i];
            const struct stm_event_count *y = &b->counts[k];
            if (x->role != y->role || x->counted.size == 0 || y->counted.size == 0 ||
                stemma_text_equal(x->counted, y->counted)) {
                continue;
            }
            for (size_t w = 0; w < sizeof KINDS / sizeof KINDS[0]; w++) {
                if (text_is(x->counted, KINDS[w]) || text_is(y->counted, KINDS[w])) {
                    return 1;
                }
            }
        }
    }
    return 0;
}

static void count_objects(const struct stm_event *event, uint32_t *count)
{
    for (uint32_t i = 0; i < event->part_count; i++) {
        *count += event->parts[i].rank == STM_PART_OBJECT && event->parts[i].named &&
                  event->parts[i].kind != STEMMA_NAME_CLASS_PLACE &&
                  event->parts[i].kind != STEMMA_NAME_CLASS_OTHER;
    }
}

struct stm_event_overlap stm_event_overlap_of(const struct stm_event *a, const struct stm_event *b)
{
    struct stm_event_overlap overlap;
    memset(&overlap, 0, sizeof overlap);
    count_objects(a, &overlap.left_objects);
    count_objects(b, &overlap.right_objects);
    uint32_t i = 0;
    uint32_t k = 0;
    while (i < a->part_count && k < b->part_count) {
        const struct stm_event_part *x = &a->parts[i];
        const struct stm_event_part *y = &b->parts[k];
        if (x->entity == y->entity && x->rank == y->rank) {
            int place = x->kind == STEMMA_NAME_CLASS_PLACE || x->kind == STEMMA_NAME_CLASS_OTHER;
            overlap.objects += x->rank == STM_PART_OBJECT && !place;
            overlap.object_places += x->rank == STM_PART_OBJECT && place;
            overlap.actors += x->rank == STM_PART_ACTOR && !place;
            overlap.actor_places += x->rank == STM_PART_ACTOR && place;
            overlap.places += x->rank == STM_PART_PLACE;
            overlap.own_objects += x->rank == STM_PART_OBJECT && x->named && !x->common;
            overlap.own_places += x->rank == STM_PART_PLACE && x->named && !x->common;
            i++;
            k++;
        } else if (x->entity < y->entity || (x->entity == y->entity && x->rank < y->rank)) {
            i++;
        } else {
            k++;
        }
    }
    return overlap;
}

/* Words in common of what was said, of the shorter one, 0..1000. */
uint32_t stm_event_words_shared(const struct stm_event *a, const struct stm_event *b)
{
    uint32_t i = 0;
    uint32_t k = 0;
    uint32_t shared = 0;
    while (i < a->word_count && k < b->word_count) {
        uint64_t x = a->words[i];
        uint64_t y = b->words[k];
        shared += x == y;
        i += x <= y;
        k += y <= x;
    }
    uint32_t longer = a->word_count > b->word_count ? a->word_count : b->word_count;
    return longer == 0 ? 0 : shared * 1000 / longer;
}

/* What two accounts name beside the happening. 2: something in common in the very sentences; 1: in
   what surrounds them; 0: nothing. */
int stm_event_compare_scenes(const struct stm_event *a, const struct stm_event *b)
{
    uint32_t i = 0;
    uint32_t k = 0;
    while (i < a->scene_count && k < b->scene_count) {
        if (a->scene[i] == b->scene[k]) {
            return a->scene_level == 0 && b->scene_level == 0 ? 2 : 1;
        }
        if (a->scene[i] < b->scene[k]) {
            i++;
        } else {
            k++;
        }
    }
    return 0;
}

/* Whether each names people, organisations or places in a role and none of them is the same. */
int stm_event_ranks_differ(const struct stm_event *a, const struct stm_event *b, uint8_t rank)
{
    int left = 0;
    int right = 0;
    for (uint32_t i = 0; i < a->part_count && i < PARTS_LOOKED; i++) {
        const struct stm_event_part *x = &a->parts[i];
        if (x->rank != rank || !x->named || x->common || x->kind == STEMMA_NAME_CLASS_OTHER) {
            continue;
        }
        left = 1;
        for (uint32_t k = 0; k < b->part_count && k < PARTS_LOOKED; k++) {
            if (b->parts[k].rank == rank && b->parts[k].entity == x->entity) {
                return 0;
            }
        }
    }
    for (uint32_t k = 0; k < b->part_count && k < PARTS_LOOKED; k++) {
        const struct stm_event_part *y = &b->parts[k];
        right |= y->rank == rank && y->named && !y->common && y->kind != STEMMA_NAME_CLASS_OTHER;
    }
    return left && right;
}

int stm_event_is_contact(const struct stm_event *event)
{
    return (event->ways & STM_EVENT_CONTACT) != 0;
}

enum stm_specifics stm_event_specifics(const struct stm_event *a, const struct stm_event *b,
                                       const struct stm_event_overlap *overlap, uint32_t alike)
{
    if (stm_event_is_contact(a)) {
        uint32_t all = overlap->objects + overlap->object_places;
        return all >= 2 && overlap->objects != 0 ? STM_SPECIFIC_PATIENT
               : all != 0                        ? STM_SPECIFIC_AROUND
                                                 : STM_SPECIFIC_NONE;
    }
    if (overlap->own_objects != 0) {
        return STM_SPECIFIC_PATIENT;
    }
    int scenes = stm_event_compare_scenes(a, b);
    if (overlap->own_places != 0 || scenes == 2) {
        return STM_SPECIFIC_SCENE;
    }
    if (overlap->actors == 0 && scenes == 0 && a->scene_count != 0 && b->scene_count != 0 &&
        a->scene_level == 0 && b->scene_level == 0) {
        return STM_SPECIFIC_NONE; /* each names somebody or something else beside it */
    }
    return overlap->actors != 0          ? STM_SPECIFIC_ACTOR
           : scenes != 0 || alike >= 400 ? STM_SPECIFIC_AROUND
                                         : STM_SPECIFIC_NONE;
}

static int is_narrow(const struct stm_event *event)
{
    return stm_event_has_time(event) && event->last_day - event->first_day < NARROW_DAYS;
}

/* How the times of two accounts fit. An account without a time has, for this only, the days before
   its document was published; a plan those after it. */
enum stm_time_relation stm_event_times(const struct stm_event *a, const struct stm_event *b)
{
    if (stm_event_has_time(a) && stm_event_has_time(b)) {
        return stm_event_days_disjoint(a, b)  ? STM_TIME_APART
               : is_narrow(a) && is_narrow(b) ? STM_TIME_SAME
               : is_narrow(a) || is_narrow(b) ? STM_TIME_NEAR
                                              : STM_TIME_OPEN;
    }
    if (stm_event_has_time(a) || stm_event_has_time(b)) {
        const struct stm_event *timed = stm_event_has_time(a) ? a : b;
        const struct stm_event *untimed = stm_event_has_time(a) ? b : a;
        if (stm_event_told_before(timed, untimed)) {
            return STM_TIME_APART;
        }
        if (untimed->published == STM_DAY_UNKNOWN || !is_narrow(timed)) {
            return STM_TIME_OPEN;
        }
        int plan = untimed->realis == STEMMA_REALIS_OTHER;
        int32_t before = untimed->published - timed->last_day;
        return before <= NEWS_DAYS && before >= (plan ? -PLAN_DAYS : -1) ? STM_TIME_NEAR
                                                                         : STM_TIME_OPEN;
    }
    if (a->published == STM_DAY_UNKNOWN || b->published == STM_DAY_UNKNOWN) {
        return STM_TIME_OPEN;
    }
    int32_t apart =
        a->published > b->published ? a->published - b->published : b->published - a->published;
    return apart <= STORY_DAYS ? STM_TIME_NEAR : STM_TIME_OPEN;
}
