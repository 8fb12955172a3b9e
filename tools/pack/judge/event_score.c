/* SPDX-License-Identifier: MIT */
#include "pack/judge/event_score.h"

#define PRECISE_DAYS 3  /* a time of at most so many days is a date */
#define MANY         5   /* below that a number more or less is another event */
#define CLOSE_SHARE  0.6 /* of the larger number, for two counts of one event */
#define NEWS_DAYS    10 /* what is told without a date happened within so many days, mostly */

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

/* 17 dead and 19 dead may be one accident; 17 and 52 are not. */
static int counts_close(const struct stm_event_count *a, const struct stm_event_count *b)
{
    const struct stm_event_count *less = a->least <= b->least ? a : b;
    const struct stm_event_count *more = a->least <= b->least ? b : a;
    return less->most >= MANY && less->most >= more->least * CLOSE_SHARE;
}

static int counts_agree(const struct stm_event_count *a, const struct stm_event_count *b)
{
    return a->least <= b->most && b->least <= a->most;
}

/* 1: some count of one role agrees, exactly counted; 2: agrees roughly; -1: none agrees; -2: none is
   even close; 0: no role is counted on both sides. */
static int compare_counts(const struct stm_event *a, const struct stm_event *b)
{
    int result = 0;
    int close = 0;
    for (uint32_t i = 0; i < a->count_count; i++) {
        for (uint32_t k = 0; k < b->count_count; k++) {
            const struct stm_event_count *x = &a->counts[i];
            const struct stm_event_count *y = &b->counts[k];
            if (x->role != y->role) {
                continue;
            }
            if (counts_agree(x, y)) {
                if (x->exact && y->exact) {
                    return 1;
                }
                result = 2;
            } else if (result <= 0) {
                close |= counts_close(x, y);
                result = close ? -1 : -2;
            }
        }
    }
    return result;
}

struct overlap {
    uint32_t objects; /* shared, people and organisations */
    uint32_t object_places;
    uint32_t actors;
    uint32_t actor_places;
    uint32_t places;
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

/* Whether two accounts that disagree about a number speak of the same day or days. */
static int same_days(const struct stm_event *a, const struct stm_event *b)
{
    if (is_precise(a) && is_precise(b)) {
        return !days_disjoint(a, b);
    }
    if (has_time(a) && has_time(b)) {
        return 0;
    }
    if (a->published == STM_DAY_UNKNOWN || b->published == STM_DAY_UNKNOWN) {
        return 0;
    }
    int32_t apart =
        a->published > b->published ? a->published - b->published : b->published - a->published;
    const struct stm_event *timed = has_time(a) ? a : b;
    return apart <= NEWS_DAYS && (!has_time(timed) || (is_precise(timed) && 
                                  timed->published - timed->first_day <= NEWS_DAYS));
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
    int counts = compare_counts(a, b);
    if (counts == -2 || (counts == -1 && !same_days(a, b))) {
        return "other counts";
    }
    if (text_is(a->type, "statement.say")) {
        return a->word_count != 0 && b->word_count != 0 && words_shared(a, b) < 500 ? "other words"
                                                                                    : NULL;
    }
    if ((text_is(a->type, "sanction.lift") || text_is(a->type, "sanction.impose")) &&
        a->word_count != 0 && b->word_count != 0 && words_shared(a, b) == 0 &&
        overlap_of(a, b).objects == 0) {
        return "other targets";
    }
    if (text_is(a->type, "contact.meet") || text_is(a->type, "contact.agree")) {
        struct overlap overlap = overlap_of(a, b);
        if (overlap.objects == 1 && overlap.object_places == 0 && overlap.left_objects > 1 &&
            overlap.right_objects > 1) {
            return "with others";
        }
    }
    return NULL;
}

int stm_event_patients(const struct stm_event *a, const struct stm_event *b)
{
    struct overlap overlap = overlap_of(a, b);
    if (overlap.objects != 0) {
        return 1;
    }
    /* Each tells of one person and of no number of people: they are not the same one. */
    return overlap.left_objects == 1 && overlap.right_objects == 1 && a->count_count == 0 &&
                   b->count_count == 0 && !text_is(a->type, "contact.meet") &&
                   !text_is(a->type, "contact.agree")
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
        return longer <= 31 ? 200 : longer <= 366 ? 120 : 40;
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

/* Who pardons or lifts sanctions does not do it twice in two days of one story. */
static int rare_act_points(const struct stm_event *a, const struct stm_event *b,
                           const struct overlap *overlap, uint32_t alike)
{
    if (!text_is(a->type, "justice.pardon") && !text_is(a->type, "sanction.lift") &&
        !text_is(a->type, "sanction.impose")) {
        return 0;
    }
    int32_t x = is_precise(a) ? a->first_day : has_time(a) ? STM_DAY_UNKNOWN : a->published;
    int32_t y = is_precise(b) ? b->first_day : has_time(b) ? STM_DAY_UNKNOWN : b->published;
    return overlap->actors + overlap->actor_places != 0 && alike >= 400 && x != STM_DAY_UNKNOWN &&
                   y != STM_DAY_UNKNOWN && (x > y ? x - y : y - x) <= 2
               ? 170
               : 0;
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
    if (overlap.places != 0 && is_precise(a) && is_precise(b)) {
        points += 80; /* twice on one day in one place is rare */
    }
    int counts = compare_counts(a, b);
    points += counts == 1 ? 340 : counts == 2 ? 120 : counts < 0 ? -100 : 0;
    points += rare_act_points(a, b, &overlap, alike);
    points += time_points(a, b) + story_points(a, b, alike);
    if (a->realis != b->realis && a->realis != STEMMA_REALIS_UNSPECIFIED &&
        b->realis != STEMMA_REALIS_UNSPECIFIED) {
        points -= 150;
        /* What was planned is what came true only when the day or the number says so. */
        if (!(has_time(a) && has_time(b)) && counts != 1 && points >= STM_EVENT_SAME) {
            points = STM_EVENT_SAME - 1;
        }
    }
    if ((a->polarity == STEMMA_POLARITY_NEGATIVE) != (b->polarity == STEMMA_POLARITY_NEGATIVE)) {
        points -= 150;
    }
    return points;
}
