/* SPDX-License-Identifier: MIT */
#include "pack/judge/event_score.h"

#include "pack/judge/event_compare.h"

#define NEWS_DAYS     10  /* what is told without a date happened within so many days, mostly */
#define TELLING_COUNT 5   /* a number that two happenings do not share by chance, within days */
#define ODD_COUNT     12  /* a number that one story does not give of two happenings of a kind */
#define STORY_WEEKS   60  /* days in which a story is told again */
#define LATER_DAYS    400 /* an inquiry comes within so many */

/* The strongest tie between the words that tell of two events. */
static enum stm_event_relation words_related(const struct stm_event *a, const struct stm_event *b)
{
    enum stm_event_relation best = STM_RELATION_NONE;
    for (uint32_t i = 0; i < a->tell_count; i++) {
        for (uint32_t k = 0; k < b->tell_count; k++) {
            const struct stm_event_word *x = &a->tells[i];
            const struct stm_event_word *y = &b->tells[k];
            if (x->word == y->word) {
                return STM_RELATION_WORD;
            }
            best = x->field != 0 && x->field == y->field ? STM_RELATION_FIELD : best;
        }
    }
    return best;
}

enum stm_event_relation stm_event_related(const struct stm_event *a, const struct stm_event *b)
{
    enum stm_event_relation words = words_related(a, b);
    if (a->generic || b->generic) {
        return words;
    }
    if (stemma_text_equal(a->type, b->type)) {
        return words == STM_RELATION_WORD ? words : STM_RELATION_TYPE;
    }
    return words;
}

static int has_people(const struct stm_event *event)
{
    for (uint32_t i = 0; i < event->part_count; i++) {
        if (event->parts[i].rank == STM_PART_OBJECT &&
            event->parts[i].kind == STEMMA_NAME_CLASS_PERSON) {
            return 1;
        }
    }
    return 0;
}

static int has_objects(const struct stm_event *event)
{
    for (uint32_t i = 0; i < event->part_count; i++) {
        if (event->parts[i].rank == STM_PART_OBJECT) {
            return 1;
        }
    }
    return 0;
}

/* Whether one counts those it befell, and the other says who they were and not how many. */
static int some_against_number(const struct stm_event *a, const struct stm_event *b)
{
    return (a->count_count != 0 && b->count_count == 0 && has_objects(b) && !has_objects(a)) ||
           (b->count_count != 0 && a->count_count == 0 && has_objects(a) && !has_objects(b));
}

/* Whether one tells of somebody, named or not, and the other of a number of people. */
static int person_against_number(const struct stm_event *a, const struct stm_event *b)
{
    int left = has_people(a);
    int right = has_people(b);
    return left != right && (left ? a : b)->count_count == 0 && (left ? b : a)->count_count != 0;
}

const char *stm_event_contradiction(const struct stm_event *a, const struct stm_event *b)
{
    if (stm_event_related(a, b) == STM_RELATION_NONE) {
        return "happenings of two kinds";
    }
    if (stm_event_has_time(a) && stm_event_has_time(b) && stm_event_days_disjoint(a, b)) {
        return "at other times";
    }
    if ((stm_event_has_time(a) && !stm_event_has_time(b) && stm_event_told_before(a, b)) ||
        (stm_event_has_time(b) && !stm_event_has_time(a) && stm_event_told_before(b, a))) {
        return "told before it happened";
    }
    if (a->ways & STM_EVENT_SAID) {
        return a->word_count != 0 && b->word_count != 0 && stm_event_words_shared(a, b) < 500
                   ? "other words"
                   : NULL;
    }
    if ((a->ways & STM_EVENT_MEASURE) && a->word_count != 0 && b->word_count != 0 &&
        stm_event_words_shared(a, b) == 0 && stm_event_overlap_of(a, b).objects == 0) {
        return "other targets";
    }
    if (stemma_text_equal(a->type, stemma_text_of("justice.detain")) &&
        stemma_text_equal(a->type, b->type) &&
        (person_against_number(a, b) || some_against_number(a, b))) {
        return "one is held, the other is how many are";
    }
    if (stm_event_is_contact(a)) {
        struct stm_event_overlap overlap = stm_event_overlap_of(a, b);
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

/* How many are held changes from day to day: two numbers of two days are no two accounts. */
static int held_on_other_days(const struct stm_event *a, const struct stm_event *b)
{
    int32_t x = stm_event_has_time(a) ? a->first_day : a->published;
    int32_t y = stm_event_has_time(b) ? b->first_day : b->published;
    return stemma_text_equal(a->type, stemma_text_of("justice.detain")) &&
           stemma_text_equal(a->type, b->type) &&
           (stm_event_has_time(a) != stm_event_has_time(b) ||
            (x != STM_DAY_UNKNOWN && y != STM_DAY_UNKNOWN && x != y));
}

/* Whether numbers that differ by `ratio` are two accounts of one happening. The less is known to be
   the same, the nearer they must be. */
static int counts_may_differ(const struct stm_event *a, const struct stm_event *b, uint32_t ratio,
                             uint32_t alike)
{
    struct stm_event_overlap overlap = stm_event_overlap_of(a, b);
    enum stm_specifics specifics = stm_event_specifics(a, b, &overlap, alike);
    enum stm_time_relation time = stm_event_times(a, b);
    if (time == STM_TIME_APART || stm_event_count_others(a, b) || held_on_other_days(a, b) ||
        stm_event_ranks_differ(a, b, STM_PART_ACTOR) ||
        stm_event_ranks_differ(a, b, STM_PART_PLACE)) {
        return 0;
    }
    if (is_denied(a) != is_denied(b)) {
        return time == STM_TIME_SAME && specifics >= STM_SPECIFIC_ACTOR;
    }
    if (specifics == STM_SPECIFIC_PATIENT) {
        return time >= STM_TIME_NEAR || ratio >= 500;
    }
    uint32_t least = 1001;
    if (time == STM_TIME_SAME) {
        least = specifics >= STM_SPECIFIC_ACTOR    ? 160
                : specifics == STM_SPECIFIC_AROUND ? 500
                                                   : 800;
    } else if (time == STM_TIME_NEAR) {
        least = specifics == STM_SPECIFIC_SCENE                  ? 250
                : specifics != STM_SPECIFIC_NONE && alike >= 250 ? 500
                : specifics != STM_SPECIFIC_NONE                 ? 800
                                                                 : 900;
    } else if (specifics == STM_SPECIFIC_SCENE ||
               (specifics == STM_SPECIFIC_AROUND && alike >= 250)) {
        least = 700;
    }
    return ratio >= least;
}

int stm_event_counts(const struct stm_event *a, const struct stm_event *b, uint32_t alike)
{
    uint32_t ratio;
    int counts = stm_event_compare_counts(a, b, &ratio);
    if (counts > 0) {
        return 1;
    }
    return counts == 0 ? 0 : counts_may_differ(a, b, ratio, alike) ? 2 : -1;
}

int stm_event_fits(const struct stm_event *a, const struct stm_event *b, uint32_t alike)
{
    if (stm_event_times(a, b) < STM_TIME_NEAR || stm_event_contradiction(a, b) != NULL ||
        stm_event_counts(a, b, alike) < 0 || stm_event_ranks_differ(a, b, STM_PART_ACTOR) ||
        stm_event_ranks_differ(a, b, STM_PART_OBJECT) ||
        stm_event_ranks_differ(a, b, STM_PART_PLACE)) {
        return 0;
    }
    return !person_against_number(a, b);
}

int stm_event_retold(const struct stm_event *a, const struct stm_event *b)
{
    uint32_t ratio;
    if (!stemma_text_equal(a->type, b->type) || (a->ways & STM_EVENT_SAID) ||
        stm_event_compare_counts(a, b, &ratio) >= 0 || ratio < 160 ||
        stm_event_count_others(a, b) || stm_event_times(a, b) == STM_TIME_APART ||
        stm_event_patients(a, b) < 0 || stm_event_ranks_differ(a, b, STM_PART_ACTOR) ||
        stm_event_ranks_differ(a, b, STM_PART_PLACE) ||
        stm_event_ranks_differ(a, b, STM_PART_OBJECT) || a->sentence == 0 || b->sentence == 0) {
        return 0;
    }
    if (a->retold != b->retold) {
        return 1;
    }
    /* Two speakers, one after the other, and neither names something of its own. */
    uint32_t apart =
        a->sentence > b->sentence ? a->sentence - b->sentence : b->sentence - a->sentence;
    return apart <= 2 && a->speaker != b->speaker &&
           (a->scene_level != 0 || b->scene_level != 0 || stm_event_compare_scenes(a, b) != 0);
}

int stm_event_patients(const struct stm_event *a, const struct stm_event *b)
{
    struct stm_event_overlap overlap = stm_event_overlap_of(a, b);
    if (overlap.objects != 0) {
        return 1;
    }
    /* Each tells of one person and of no number of people: they are not the same one. */
    return overlap.left_objects == 1 && overlap.right_objects == 1 && a->count_count == 0 &&
                   b->count_count == 0 && !stm_event_is_contact(a)
               ? -1
               : 0;
}

static int time_points(const struct stm_event *a, const struct stm_event *b)
{
    if (stm_event_has_time(a) && stm_event_has_time(b)) {
        if (stm_event_is_precise(a) && stm_event_is_precise(b)) {
            return 300;
        }
        /* A month, a year: the longer, the less it says. */
        int32_t longer = a->last_day - a->first_day > b->last_day - b->first_day
                             ? a->last_day - a->first_day
                             : b->last_day - b->first_day;
        return longer <= 31 ? 200 : longer <= 366 ? 120 : 40;
    }
    if (stm_event_has_time(a) != stm_event_has_time(b)) {
        const struct stm_event *timed = stm_event_has_time(a) ? a : b;
        const struct stm_event *untimed = stm_event_has_time(a) ? b : a;
        if (untimed->published == STM_DAY_UNKNOWN) {
            return 0;
        }
        int32_t before = untimed->published - timed->last_day;
        return before <= NEWS_DAYS ? (stm_event_is_precise(timed) ? 120 : 40)
               : before <= 60 || !stm_event_is_precise(timed) ? 0
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
                        const struct stm_event_overlap *overlap, uint32_t alike)
{
    enum stm_specifics specifics = stm_event_specifics(a, b, overlap, alike);
    switch (stm_event_times(a, b)) {
    case STM_TIME_SAME:
        return specifics >= STM_SPECIFIC_ACTOR ? 500 + 10 * (int)specifics : 0;
    case STM_TIME_NEAR:
        return specifics == STM_SPECIFIC_PATIENT                 ? 520
               : specifics == STM_SPECIFIC_SCENE && alike >= 250 ? 510
               : specifics == STM_SPECIFIC_AROUND && alike >= 500 && !person_against_number(a, b)
                   ? 505
                   : 0;
    case STM_TIME_OPEN: {
        /* An inquiry, a court, a look back: long after, by the place and what happened there. */
        int once = (a->ways & STM_EVENT_HARM) != 0;
        int undated = !stm_event_has_time(a) || !stm_event_has_time(b);
        int32_t apart = a->published == STM_DAY_UNKNOWN || b->published == STM_DAY_UNKNOWN
                            ? LATER_DAYS + 1
                        : a->published > b->published ? a->published - b->published
                                                      : b->published - a->published;
        return once && undated && specifics >= STM_SPECIFIC_SCENE && alike >= 250 &&
                       apart <= LATER_DAYS
                   ? 501
                   : 0;
    }
    default:
        return 0;
    }
}

/* Whether a number that one story hardly has twice says that an account without a date is of the
   same, however late it comes: "the manslaughter of 21 workers". */
static int retells_number(const struct stm_event *a, const struct stm_event *b,
                          const struct stm_event_setting *setting)
{
    int32_t apart = a->published == STM_DAY_UNKNOWN || b->published == STM_DAY_UNKNOWN ? 0
                    : a->published > b->published ? a->published - b->published
                                                  : b->published - a->published;
    return setting->one_story && !a->generic && !b->generic && a->realis == b->realis &&
           is_denied(a) == is_denied(b) && (!stm_event_has_time(a) || !stm_event_has_time(b)) &&
           stm_event_times(a, b) == STM_TIME_OPEN && largest_count(a) >= ODD_COUNT &&
           largest_count(b) >= ODD_COUNT && largest_count(a) == largest_count(b) &&
           apart <= ((a->ways & STM_EVENT_HARM) ? LATER_DAYS : STORY_WEEKS) &&
           !stm_event_ranks_differ(a, b, STM_PART_PLACE);
}

static int is_speech(const struct stm_event *event)
{
    return event->tell_count != 0 && event->tells[0].speech;
}

static int is_light(const struct stm_event *event)
{
    return event->tell_count == 0 || event->tells[0].light;
}

/* Whether each happened to somebody, named or not, and not to the same. */
static int objects_apart(const struct stm_event *a, const struct stm_event *b)
{
    uint32_t left = 0;
    uint32_t right = 0;
    for (uint32_t i = 0; i < a->part_count; i++) {
        left += a->parts[i].rank == STM_PART_OBJECT;
    }
    for (uint32_t i = 0; i < b->part_count; i++) {
        right += b->parts[i].rank == STM_PART_OBJECT;
    }
    if ((left == 0 && a->count_count == 0) || (right == 0 && b->count_count == 0)) {
        return 0;
    }
    struct stm_event_overlap overlap = stm_event_overlap_of(a, b);
    uint32_t ratio;
    int counts = stm_event_compare_counts(a, b, &ratio);
    /* "dozens" and 314 agree roughly, and are two */
    return counts == 2 || (overlap.objects + overlap.object_places == 0 && counts <= 0);
}

int stm_event_repeated(const struct stm_event *a, const struct stm_event *b)
{
    uint32_t ratio;
    enum stm_event_relation relation = stm_event_related(a, b);
    /* What the reader gave types it joined where the sentences say so; one word says it, too,
       unless it happened to two that the reader tells apart. */
    int typed = !a->generic && !b->generic;
    if (is_denied(a) != is_denied(b) && a->speaker == b->speaker && !a->generic && !b->generic) {
        return 0; /* "some crossed", "he refused to cross": one voice does not deny what it tells */
    }
    if (relation == STM_RELATION_NONE ||
        (typed && (relation != STM_RELATION_WORD || !stemma_text_equal(a->type, b->type) ||
                   objects_apart(a, b)))) {
        return 0;
    }
    return !is_speech(a) && !is_light(a) && stm_event_contradiction(a, b) == NULL &&
           stm_event_patients(a, b) >= 0 && stm_event_compare_counts(a, b, &ratio) >= 0 &&
           !stm_event_ranks_differ(a, b, STM_PART_OBJECT) &&
           !stm_event_ranks_differ(a, b, STM_PART_PLACE);
}

/* Two documents of one story tell it in one word, or in words of one field. */
static int telling_points(const struct stm_event *a, const struct stm_event *b,
                          const struct stm_event_overlap *overlap,
                          const struct stm_event_setting *setting)
{
    enum stm_event_relation relation = stm_event_related(a, b);
    enum stm_specifics specifics = stm_event_specifics(a, b, overlap, setting->alike);
    if (!setting->one_story || stm_event_times(a, b) == STM_TIME_APART ||
        stm_event_ranks_differ(a, b, STM_PART_OBJECT)) {
        return 0;
    }
    if (is_speech(a) || is_speech(b)) {
        return overlap->actors != 0 ? 505 : 0;
    }
    if (is_light(a) || is_light(b)) {
        return specifics >= STM_SPECIFIC_ACTOR ? 505 : 0;
    }
    if (!a->generic && !b->generic && specifics < STM_SPECIFIC_ACTOR) {
        return 0; /* a story has many arrests */
    }
    switch (relation) {
    case STM_RELATION_WORD:
        return 540;
    case STM_RELATION_TYPE:
        return 510;
    case STM_RELATION_FIELD:
        return 510;
    default:
        return 0;
    }
}

/* Whether `a` was only expected when it was told, before `b` came true: what somebody foresaw and
   what happened are two events. Afterwards what reads as a wish is mostly the thing itself. */
static int foretold(const struct stm_event *a, const struct stm_event *b)
{
    return !a->generic && a->realis == STEMMA_REALIS_OTHER && b->realis == STEMMA_REALIS_ACTUAL &&
           a->published != STM_DAY_UNKNOWN &&
           (stm_event_has_time(b) ? a->published < b->first_day ||
                                        (b->published != STM_DAY_UNKNOWN &&
                                         a->published < b->published && a->published <= b->last_day)
                                  : b->published != STM_DAY_UNKNOWN && a->published < b->published);
}

int stm_event_score(const struct stm_event *a, const struct stm_event *b,
                    const struct stm_event_setting *setting)
{
    if (stm_event_related(a, b) == STM_RELATION_NONE) {
        return 0;
    }
    struct stm_event_overlap overlap = stm_event_overlap_of(a, b);
    const uint32_t alike = setting->alike;
    int points = setting->copied ? 200 : 0;
    if (a->ways & STM_EVENT_SAID) {
        /* One saying: the same words of the same speaker. */
        return overlap.actors + overlap.actor_places == 0 || a->word_count < 4 || b->word_count < 4
                   ? 0
                   : points + (int)stm_event_words_shared(a, b);
    }
    if (overlap.objects != 0) {
        points += 300 + (overlap.objects > 1 ? 100 : 0) + (overlap.objects > 2 ? 50 : 0);
        if (overlap.left_objects == 1 && overlap.right_objects == 1) {
            points += 120;
        }
        if (a->ways & STM_EVENT_ONCE) {
            points += 300; /* once for everybody */
        }
    }
    points += overlap.object_places != 0 ? 120 : 0;
    points += overlap.actors != 0 ? 100 : overlap.actor_places != 0 ? 70 : 0;
    points += overlap.places != 0 ? 80 : 0;
    if (overlap.places != 0 && stm_event_is_precise(a) && stm_event_is_precise(b)) {
        points += 80; /* twice on one day in one place is rare */
    }
    if (!stm_event_is_contact(a)) {
        points += 60 * stm_event_compare_scenes(a, b);
    }
    uint32_t ratio;
    int counts = stm_event_compare_counts(a, b, &ratio);
    points += counts == 1 ? 300 : counts == 2 ? 120 : counts < 0 ? (ratio >= 900 ? 150 : -80) : 0;
    points += time_points(a, b) + story_points(a, b, alike);
    int least = least_points(a, b, &overlap, alike);
    if (counts == 1 && least < STM_EVENT_SAME && stm_event_times(a, b) >= STM_TIME_NEAR &&
        largest_count(a) >= TELLING_COUNT &&
        stm_event_specifics(a, b, &overlap, alike) >= STM_SPECIFIC_AROUND) {
        least = STM_EVENT_SAME + 5;
    }
    if (counts == 1 && least < STM_EVENT_SAME && retells_number(a, b, setting)) {
        least = STM_EVENT_SAME + 2;
    }
    int telling = telling_points(a, b, &overlap, setting);
    least = least < telling ? telling : least;
    points = points < least ? least : points;
    int realis = a->realis != b->realis && a->realis != STEMMA_REALIS_UNSPECIFIED &&
                 b->realis != STEMMA_REALIS_UNSPECIFIED;
    if (realis || is_denied(a) != is_denied(b)) {
        points -= points - 150 >= STM_EVENT_SAME ? 150 : 0;
        /* What was planned or denied is what came true only when the day or the number says so. */
        int settled = stm_event_has_time(a) && stm_event_has_time(b) && least != 0;
        if (points >= STM_EVENT_SAME &&
            ((!settled && counts != 1) || foretold(a, b) || foretold(b, a) ||
             (realis &&
              (a->realis == STEMMA_REALIS_GENERIC || b->realis == STEMMA_REALIS_GENERIC)))) {
            points = STM_EVENT_SAME - 1;
        }
    }
    return points;
}
