/* SPDX-License-Identifier: MIT */
#include "pack/judge/event_score.h"

#define PRECISE_DAYS  3   /* a time of at most so many days is a date */
#define NARROW_DAYS   8   /* and of so many still says when */
#define NEWS_DAYS     10  /* what is told without a date happened within so many days, mostly */
#define PLAN_DAYS     30  /* what is expected is expected within so many */
#define STORY_DAYS    4   /* accounts without a date, published so near, tell of one day, mostly */
#define TELLING_COUNT 5   /* a number that two happenings do not share by chance, within days */
#define LATER_DAYS    400 /* an inquiry comes within so many */

static int text_is(stemma_text text, const char *word)
{
    return stemma_text_equal(text, stemma_text_of(word));
}

static int has_time(const struct stm_event *event)
{
    return event->first_day != STM_DAY_UNKNOWN;
}

static int is_precise(const struct stm_event *event)
{
    return has_time(event) && event->last_day - event->first_day < PRECISE_DAYS;
}

static int days_disjoint(const struct stm_event *a, const struct stm_event *b)
{
    return a->last_day < b->first_day || b->last_day < a->first_day;
}

/* Whether the event whose time is known lies after the other was already told as done. */
static int told_before(const struct stm_event *timed, const struct stm_event *untimed)
{
    return untimed->published != STM_DAY_UNKNOWN && untimed->realis == STEMMA_REALIS_ACTUAL &&
           timed->first_day > untimed->published + 1;
}

static int counts_agree(const struct stm_event_count *a, const struct stm_event_count *b)
{
    return a->least <= b->most && b->least <= a->most;
}

/* 1: some count of one role agrees, exactly counted; 2: agrees roughly; -1: none agrees; 0: no role
   is counted on both sides. `ratio` receives the smaller of the nearest two numbers as a share of
   the larger, in thousandths. */
static int compare_counts(const struct stm_event *a, const struct stm_event *b, uint32_t *ratio)
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
static int count_others(const struct stm_event *a, const struct stm_event *b)
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

struct overlap {
    uint32_t objects; /* shared, people and organisations */
    uint32_t object_places;
    uint32_t actors;
    uint32_t actor_places;
    uint32_t places;
    uint32_t own_objects; /* of these, those that are not common */
    uint32_t own_places;
    uint32_t left_objects; /* named people and organisations on each side */
    uint32_t right_objects;
};

static void count_objects(const struct stm_event *event, uint32_t *count)
{
    for (uint32_t i = 0; i < event->part_count; i++) {
        *count += event->parts[i].rank == STM_PART_OBJECT && event->parts[i].named &&
                  event->parts[i].kind != STEMMA_NAME_CLASS_PLACE &&
                  event->parts[i].kind != STEMMA_NAME_CLASS_OTHER;
    }
}

static struct overlap overlap_of(const struct stm_event *a, const struct stm_event *b)
{
    struct overlap overlap;
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
static uint32_t words_shared(const struct stm_event *a, const struct stm_event *b)
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
static int compare_scenes(const struct stm_event *a, const struct stm_event *b)
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
static int ranks_differ(const struct stm_event *a, const struct stm_event *b, uint8_t rank)
{
    int left = 0;
    int right = 0;
    for (uint32_t i = 0; i < a->part_count; i++) {
        const struct stm_event_part *x = &a->parts[i];
        if (x->rank != rank || !x->named || x->common || x->kind == STEMMA_NAME_CLASS_OTHER) {
            continue;
        }
        left = 1;
        for (uint32_t k = 0; k < b->part_count; k++) {
            if (b->parts[k].rank == rank && b->parts[k].entity == x->entity) {
                return 0;
            }
        }
    }
    for (uint32_t k = 0; k < b->part_count; k++) {
        const struct stm_event_part *y = &b->parts[k];
        right |= y->rank == rank && y->named && !y->common && y->kind != STEMMA_NAME_CLASS_OTHER;
    }
    return left && right;
}

static int is_contact(const struct stm_event *event)
{
    return text_is(event->type, "contact.meet") || text_is(event->type, "contact.agree");
}

/* What specific the two have in common. */
enum specifics {
    SPECIFIC_NONE,   /* nothing but a country */
    SPECIFIC_AROUND, /* what is named around them, or the company of the documents */
    SPECIFIC_ACTOR,  /* who did it */
    SPECIFIC_SCENE,  /* where, or what is named in both sentences */
    SPECIFIC_PATIENT /* whom it happened to */
};

static enum specifics compare_specifics(const struct stm_event *a, const struct stm_event *b,
                                        const struct overlap *overlap, uint32_t alike)
{
    if (is_contact(a)) {
        uint32_t all = overlap->objects + overlap->object_places;
        return all >= 2 && overlap->objects != 0 ? SPECIFIC_PATIENT
               : all != 0                        ? SPECIFIC_AROUND
                                                 : SPECIFIC_NONE;
    }
    if (overlap->own_objects != 0) {
        return SPECIFIC_PATIENT;
    }
    int scenes = compare_scenes(a, b);
    if (overlap->own_places != 0 || scenes == 2) {
        return SPECIFIC_SCENE;
    }
    return overlap->actors != 0          ? SPECIFIC_ACTOR
           : scenes != 0 || alike >= 400 ? SPECIFIC_AROUND
                                         : SPECIFIC_NONE;
}

enum time_relation { TIME_APART, TIME_OPEN, TIME_NEAR, TIME_SAME };

static int is_narrow(const struct stm_event *event)
{
    return has_time(event) && event->last_day - event->first_day < NARROW_DAYS;
}

/* How the times of two accounts fit. An account without a time has, for this only, the days before
   its document was published; a plan those after it. */
static enum time_relation compare_times(const struct stm_event *a, const struct stm_event *b)
{
    if (has_time(a) && has_time(b)) {
        return days_disjoint(a, b)            ? TIME_APART
               : is_narrow(a) && is_narrow(b) ? TIME_SAME
               : is_narrow(a) || is_narrow(b) ? TIME_NEAR
                                              : TIME_OPEN;
    }
    if (has_time(a) || has_time(b)) {
        const struct stm_event *timed = has_time(a) ? a : b;
        const struct stm_event *untimed = has_time(a) ? b : a;
        if (told_before(timed, untimed)) {
            return TIME_APART;
        }
        if (untimed->published == STM_DAY_UNKNOWN || !is_narrow(timed)) {
            return TIME_OPEN;
        }
        int plan = untimed->realis == STEMMA_REALIS_OTHER;
        int32_t before = untimed->published - timed->last_day;
        return before <= NEWS_DAYS && before >= (plan ? -PLAN_DAYS : -1) ? TIME_NEAR : TIME_OPEN;
    }
    if (a->published == STM_DAY_UNKNOWN || b->published == STM_DAY_UNKNOWN) {
        return TIME_OPEN;
    }
    int32_t apart =
        a->published > b->published ? a->published - b->published : b->published - a->published;
    return apart <= STORY_DAYS ? TIME_NEAR : TIME_OPEN;
}

const char *stm_event_contradiction(const struct stm_event *a, const struct stm_event *b)
{
    if (!stemma_text_equal(a->type, b->type)) {
        return "events of two types";
    }
    if (has_time(a) && has_time(b) && days_disjoint(a, b)) {
        return "at other times";
    }
    if ((has_time(a) && !has_time(b) && told_before(a, b)) ||
        (has_time(b) && !has_time(a) && told_before(b, a))) {
        return "told before it happened";
    }
    if (text_is(a->type, "statement.say")) {
        return a->word_count != 0 && b->word_count != 0 && words_shared(a, b) < 500 ? "other words"
                                                                                    : NULL;
    }
    if (is_contact(a)) {
        struct overlap overlap = overlap_of(a, b);
        if (overlap.objects == 1 && overlap.object_places == 0 && overlap.left_objects > 1 &&
            overlap.right_objects > 1) {
            return "with others";
        }
    }
    return NULL;
}

static int is_denied(const struct stm_event *event)
{
    return event->polarity == STEMMA_POLARITY_NEGATIVE;
}

/* Whether numbers that differ by `ratio` are two accounts of one happening. The less is known to be
   the same, the nearer they must be. */
static int counts_may_differ(const struct stm_event *a, const struct stm_event *b, uint32_t ratio,
                             uint32_t alike)
{
    struct overlap overlap = overlap_of(a, b);
    enum specifics specifics = compare_specifics(a, b, &overlap, alike);
    enum time_relation time = compare_times(a, b);
    if (time == TIME_APART || count_others(a, b) || ranks_differ(a, b, STM_PART_ACTOR) ||
        ranks_differ(a, b, STM_PART_PLACE)) {
        return 0;
    }
    if (is_denied(a) != is_denied(b)) {
        return time == TIME_SAME && specifics >= SPECIFIC_ACTOR;
    }
    if (specifics == SPECIFIC_PATIENT) {
        return time >= TIME_NEAR || ratio >= 500;
    }
    uint32_t least = 1001;
    if (time == TIME_SAME) {
        least = specifics >= SPECIFIC_ACTOR ? 160 : specifics == SPECIFIC_AROUND ? 500 : 800;
    } else if (time == TIME_NEAR) {
        least = specifics == SPECIFIC_SCENE                  ? 250
                : specifics != SPECIFIC_NONE && alike >= 250 ? 500
                : specifics != SPECIFIC_NONE                 ? 800
                                                             : 900;
    } else if (specifics == SPECIFIC_SCENE || (specifics == SPECIFIC_AROUND && alike >= 250)) {
        least = 700;
    }
    return ratio >= least;
}

int stm_event_counts(const struct stm_event *a, const struct stm_event *b, uint32_t alike)
{
    uint32_t ratio;
    int counts = compare_counts(a, b, &ratio);
    if (counts > 0) {
        return 1;
    }
    return counts == 0 ? 0 : counts_may_differ(a, b, ratio, alike) ? 2 : -1;
}

int stm_event_fits(const struct stm_event *a, const struct stm_event *b, uint32_t alike)
{
    if (compare_times(a, b) < TIME_NEAR || stm_event_contradiction(a, b) != NULL ||
        stm_event_counts(a, b, alike) < 0 || ranks_differ(a, b, STM_PART_ACTOR) ||
        ranks_differ(a, b, STM_PART_OBJECT) || ranks_differ(a, b, STM_PART_PLACE)) {
        return 0;
    }
    /* One tells of one person, the other of a number of people. */
    struct overlap overlap = overlap_of(a, b);
    return overlap.objects != 0 ||
           ((overlap.left_objects == 0 || b->count_count == 0 || a->count_count != 0) &&
            (overlap.right_objects == 0 || a->count_count == 0 || b->count_count != 0));
}

int stm_event_retold(const struct stm_event *a, const struct stm_event *b)
{
    uint32_t ratio;
    if (!stemma_text_equal(a->type, b->type) || text_is(a->type, "statement.say") ||
        compare_counts(a, b, &ratio) >= 0 || ratio < 160 || count_others(a, b) ||
        compare_times(a, b) == TIME_APART || stm_event_patients(a, b) < 0 ||
        ranks_differ(a, b, STM_PART_ACTOR) || ranks_differ(a, b, STM_PART_PLACE) ||
        ranks_differ(a, b, STM_PART_OBJECT) || a->sentence == 0 || b->sentence == 0) {
        return 0;
    }
    if (a->retold != b->retold) {
        return 1;
    }
    /* Two speakers, one after the other, and neither names something of its own. */
    uint32_t apart =
        a->sentence > b->sentence ? a->sentence - b->sentence : b->sentence - a->sentence;
    return apart <= 2 && a->speaker != b->speaker &&
           (a->scene_level != 0 || b->scene_level != 0 || compare_scenes(a, b) != 0);
}

int stm_event_patients(const struct stm_event *a, const struct stm_event *b)
{
    struct overlap overlap = overlap_of(a, b);
    if (overlap.objects != 0) {
        return 1;
    }
    /* Each tells of one person and of no number of people: they are not the same one. */
    return overlap.left_objects == 1 && overlap.right_objects == 1 && a->count_count == 0 &&
                   b->count_count == 0 && !is_contact(a)
               ? -1
               : 0;
}

static int time_points(const struct stm_event *a, const struct stm_event *b)
{
    if (has_time(a) && has_time(b)) {
        if (is_precise(a) && is_precise(b)) {
            return 300;
        }
        /* A month, a year: the longer, the less it says. */
        int32_t longer = a->last_day - a->first_day > b->last_day - b->first_day
                             ? a->last_day - a->first_day
                             : b->last_day - b->first_day;
        return longer <= 31 ? 180 : longer <= 366 ? 120 : 40;
    }
    if (has_time(a) != has_time(b)) {
        const struct stm_event *timed = has_time(a) ? a : b;
        const struct stm_event *untimed = has_time(a) ? b : a;
        if (untimed->published == STM_DAY_UNKNOWN) {
            return 0;
        }
        int32_t before = untimed->published - timed->last_day;
        return before <= NEWS_DAYS                  ? (is_precise(timed) ? 120 : 40)
               : before <= 60 || !is_precise(timed) ? 0
                                                    : -120;
    }
    if (a->published == STM_DAY_UNKNOWN || b->published == STM_DAY_UNKNOWN) {
        return 0;
    }
    int32_t apart =
        a->published > b->published ? a->published - b->published : b->published - a->published;
    return apart <= 2 ? 120 : apart <= NEWS_DAYS ? 40 : -150;
}

/* Documents of one story, published within days, tell of the same happenings. */
static int story_points(const struct stm_event *a, const struct stm_event *b, uint32_t alike)
{
    int points = alike >= 600 ? 150 : (int)alike / 4;
    if (a->published == STM_DAY_UNKNOWN || b->published == STM_DAY_UNKNOWN) {
        return points / 2;
    }
    int32_t apart =
        a->published > b->published ? a->published - b->published : b->published - a->published;
    return apart <= NEWS_DAYS ? points : 0;
}

static double largest_count(const struct stm_event *event)
{
    double largest = 0;
    for (uint32_t i = 0; i < event->count_count; i++) {
        if (event->counts[i].exact && event->counts[i].least > largest) {
            largest = event->counts[i].least;
        }
    }
    return largest;
}

/* What suffices by itself: the same kind of thing on one day with one specific thing in common. */
static int least_points(const struct stm_event *a, const struct stm_event *b,
                        const struct overlap *overlap, uint32_t alike)
{
    enum specifics specifics = compare_specifics(a, b, overlap, alike);
    switch (compare_times(a, b)) {
    case TIME_SAME:
        return specifics >= SPECIFIC_ACTOR ? 500 + 10 * (int)specifics : 0;
    case TIME_NEAR:
        return specifics == SPECIFIC_PATIENT                  ? 520
               : specifics == SPECIFIC_SCENE && alike >= 250  ? 510
               : specifics == SPECIFIC_AROUND && alike >= 500 ? 505
                                                              : 0;
    case TIME_OPEN: {
        /* An inquiry, a court, a look back: long after, by the place and what happened there. */
        int once = text_is(a->type, "life.die") || text_is(a->type, "conflict.attack") ||
                   text_is(a->type, "life.injure");
        int undated = !has_time(a) || !has_time(b);
        int32_t apart = a->published == STM_DAY_UNKNOWN || b->published == STM_DAY_UNKNOWN
                            ? LATER_DAYS + 1
                        : a->published > b->published ? a->published - b->published
                                                      : b->published - a->published;
        return once && undated && specifics >= SPECIFIC_SCENE && alike >= 250 && apart <= LATER_DAYS
                   ? 501
                   : 0;
    }
    default:
        return 0;
    }
}

int stm_event_score(const struct stm_event *a, const struct stm_event *b, int copied,
                    uint32_t alike)
{
    struct overlap overlap = overlap_of(a, b);
    int points = copied ? 200 : 0;
    if (text_is(a->type, "statement.say")) {
        /* One saying: the same words of the same speaker. */
        return overlap.actors + overlap.actor_places == 0 || a->word_count < 4 || b->word_count < 4
                   ? 0
                   : points + (int)words_shared(a, b);
    }
    if (overlap.objects != 0) {
        points += 300 + (overlap.objects > 1 ? 100 : 0) + (overlap.objects > 2 ? 50 : 0);
        if (overlap.left_objects == 1 && overlap.right_objects == 1) {
            points += 120;
        }
        if (text_is(a->type, "life.die")) {
            points += 300; /* once for everybody */
        }
    }
    points += overlap.object_places != 0 ? 120 : 0;
    points += overlap.actors != 0 ? 100 : overlap.actor_places != 0 ? 70 : 0;
    points += overlap.places != 0 ? 80 : 0;
    if (!is_contact(a)) {
        points += 60 * compare_scenes(a, b);
    }
    uint32_t ratio;
    int counts = compare_counts(a, b, &ratio);
    points += counts == 1 ? 300 : counts == 2 ? 120 : counts < 0 ? (ratio >= 900 ? 150 : -80) : 0;
    points += time_points(a, b) + story_points(a, b, alike);
    int least = least_points(a, b, &overlap, alike);
    if (counts == 1 && least < STM_EVENT_SAME && compare_times(a, b) >= TIME_NEAR &&
        largest_count(a) >= TELLING_COUNT &&
        compare_specifics(a, b, &overlap, alike) >= SPECIFIC_AROUND) {
        least = STM_EVENT_SAME + 5;
    }
    points = points < least ? least : points;
    int realis = a->realis != b->realis && a->realis != STEMMA_REALIS_UNSPECIFIED &&
                 b->realis != STEMMA_REALIS_UNSPECIFIED;
    if (realis || is_denied(a) != is_denied(b)) {
        points -= points - 150 >= STM_EVENT_SAME ? 150 : 0;
        /* What was planned or denied is what came true only when the day or the number says so. */
        int settled = has_time(a) && has_time(b) && least != 0;
        if (!settled && counts != 1 && points >= STM_EVENT_SAME) {
            points = STM_EVENT_SAME - 1;
        }
    }
    return points;
}
