/* SPDX-License-Identifier: MIT */
/* Times reckoned from publication: "last week", "three days ago", "next summer". */
#include "pack/extract/time_relative.h"

#include "pack/extract/quantity_number.h"
#include "pack/extract/time_tense.h"

/** "summer 2023", "the spring of 2021", "last summer". */
struct stm_time_match stm_match_season(const struct stm_time_scan *scan, uint32_t i, int relation)
{
    static const char *const before[] = {"in",   "the",   "since", "until", "by",
                                         "this", "early", "late",  "mid",   "during",
                                         "of",   "and",   "or",    "from",  "to"};
    struct stm_time_match match = {0};
    int year = 0;
    int season = i < scan->end ? stm_season_of_word(stm_time_token(scan, i)->lower) : 0;
    /* "fall" and "spring" are verbs, "the spring" may be one of water: they need a word before. */
    if (season == 0 || stm_time_is_at(scan, i + 1, "'s") ||
        (relation == 2 && i > scan->first && !STM_TIME_IS_ANY(scan, i - 1, before))) {
        return match;
    }
    uint32_t taken = stm_time_year_after(scan, i + 1, &year);
    if (year == 0) {
        if (relation == 2 || !scan->anchor.has_month) {
            return match;
        }
        /* The season of the year; one that has not begun yet is last year's. */
        int starts = 3 + (season - 21) * 3;
        year = scan->anchor.year + (relation > 0 ? 1 : 0);
        if (relation < 0 && scan->anchor.month < starts + 3) {
            year--;
        }
    }
    match.date = stm_date_month(year, season);
    match.date.kind = STM_DATE_SEASON;
    match.count = 1 + taken;
    return match;
}

/** "yesterday", "today", "tomorrow night", "the day before yesterday". */
static struct stm_time_match match_deictic(const struct stm_time_scan *scan, uint32_t i)
{
    struct stm_time_match match = {0};
    int64_t shift = 0;
    uint32_t at = i;
    if (stm_time_is_at(scan, i, "the") && stm_time_is_at(scan, i + 1, "day") &&
        stm_time_is_at(scan, i + 2, "before") && stm_time_is_at(scan, i + 3, "yesterday")) {
        shift = -2;
        at = i + 4;
    } else if (stm_time_is_at(scan, i, "the") && stm_time_is_at(scan, i + 1, "day") &&
               stm_time_is_at(scan, i + 2, "after") && stm_time_is_at(scan, i + 3, "tomorrow")) {
        shift = 2;
        at = i + 4;
    } else if (stm_time_is_at(scan, i, "today") || stm_time_is_at(scan, i, "tonight")) {
        at = i + 1;
    } else if (stm_time_is_at(scan, i, "yesterday")) {
        shift = -1;
        at = i + 1;
    } else if (stm_time_is_at(scan, i, "tomorrow")) {
        shift = 1;
        at = i + 1;
    } else {
        return match;
    }
    match.date = stm_date_shift(&scan->anchor, STM_UNIT_DAY, shift);
    match.count = at - i;
    return match;
}

/** -1 "last", 0 "this", 1 "next"; 2 when the word puts nothing in relation. */
static int relation_at(const struct stm_time_scan *scan, uint32_t i)
{
    static const char *const last_words[] = {"last", "previous", "past"};
    static const char *const this_words[] = {"this", "current"};
    static const char *const next_words[] = {"next", "coming", "upcoming"};
    return STM_TIME_IS_ANY(scan, i, last_words)   ? -1
           : STM_TIME_IS_ANY(scan, i, this_words) ? 0
           : STM_TIME_IS_ANY(scan, i, next_words) ? 1
                                                  : 2;
}

/** The unit, weekday, month or season at `at` in relation to publication. */
static uint32_t related(const struct stm_time_scan *scan, uint32_t at, int relation,
                        struct stm_date *date)
{
    enum stm_time_unit unit = stm_time_unit_at(scan, at, 1);
    int weekday = stm_time_weekday_at(scan, at);
    int month = at < scan->end && stm_time_is_capitalised(scan, at)
                    ? stm_month_of_word(stm_time_token(scan, at)->lower)
                    : 0;
    if (unit > STM_UNIT_DAY) {
        *date = stm_date_shift(&scan->anchor, unit, relation);
        if (unit == STM_UNIT_WEEKEND && relation == 0 && scan->anchor.has_day &&
            stm_weekday_of_day(scan->anchor.day) >= 4 && stm_weekday_of_day(scan->anchor.day) < 6) {
            date->day += 7; /* "this weekend", said on a Thursday or Friday */
            date->last += 7;
        }
        return 1;
    }
    if (weekday != 0) {
        *date = stm_date_weekday(&scan->anchor, weekday,
                                 relation < 0   ? -2
                                 : relation > 0 ? 1
                                                : stm_time_direction(scan, at));
        return 1;
    }
    if (month != 0) {
        *date = stm_date_bare_month(&scan->anchor, month, relation < 0 ? -2 : relation);
        if (relation > 0 && date->kind == STM_DATE_MONTH && month == scan->anchor.month) {
            date->year++; /* "next March", said in March */
        }
        return 1;
    }
    if (stm_time_is_daypart(scan, at) &&
        (relation == 0 || (relation < 0 && stm_time_is_at(scan, at, "night")))) {
        *date = stm_date_shift(&scan->anchor, STM_UNIT_DAY, relation);
        return 1;
    }
    struct stm_time_match season = stm_match_season(scan, at, relation);
    *date = season.date;
    return season.count;
}

struct stm_time_match stm_match_relative(const struct stm_time_scan *scan, uint32_t i)
{
    struct stm_time_match match = match_deictic(scan, i);
    if (match.count != 0) {
        return match;
    }
    uint32_t at = i;
    int relation = relation_at(scan, at);
    if (stm_time_is_at(scan, at, "the")) {
        if (stm_time_is_at(scan, at + 1, "weekend")) {
            match.date = stm_date_shift(&scan->anchor, STM_UNIT_WEEKEND,
                                        stm_time_direction(scan, i) > 0 && scan->anchor.has_day &&
                                                stm_weekday_of_day(scan->anchor.day) >= 6
                                            ? 1
                                            : 0);
            if (stm_time_direction(scan, i) > 0 && scan->anchor.has_day &&
                stm_weekday_of_day(scan->anchor.day) < 6) {
                match.date.day += 7;
                match.date.last += 7;
            }
            match.count = 2;
            return match;
        }
        struct stm_time_match season = stm_match_season(scan, at + 1, 2);
        int bare = at + 1 < scan->end ? stm_season_of_word(stm_time_token(scan, at + 1)->lower) : 0;
        if (season.count == 0 && bare != 0 && scan->anchor.has_month && i > scan->first &&
            stm_time_tag(scan, i - 1) == STM_TAG_PREPOSITION &&
            !stm_time_is_at(scan, at + 2, "of")) {
            int ahead = stm_time_direction(scan, i) > 0;
            int begun = scan->anchor.month >= 3 + (bare - 21) * 3;
            match.date = stm_date_month(scan->anchor.year - (!ahead && !begun ? 1 : 0), bare);
            match.date.kind = STM_DATE_SEASON;
            match.count = 2; /* "in the autumn" */
            return match;
        }
        if (season.count != 0) {
            match = season;
            match.count++;
            return match;
        }
        relation = relation_at(scan, ++at);
        if (relation == 2 || relation == -1 || stm_time_is_at(scan, at, "next")) {
            return match; /* "the previous week", "the next day": from what was told before */
        }
    }
    if (relation == 2) {
        return match;
    }
    at++;
    uint32_t taken = related(scan, at, relation, &match.date);
    if (taken != 0) {
        match.count = at + taken - i;
    }
    return match;
}

struct distance {
    uint64_t scaled; /**< Units, times STM_NUMBER_SCALE. */
    enum stm_time_unit unit;
    uint8_t vague;
    uint8_t about;
};

/** "three days", "a year and a half", "about two months", "half a century". Tokens taken, 0: none.
 */
static uint32_t read_distance(const struct stm_time_scan *scan, uint32_t i, struct distance *d)
{
    static const char *const soft[] = {"about",   "around", "some",    "nearly", "almost",
                                       "roughly", "over",   "exactly", "just"};
    struct stm_number number = {0};
    uint32_t at = i;
    memset(d, 0, sizeof *d);
    if ((stm_time_is_at(scan, at, "more") || stm_time_is_at(scan, at, "less")) &&
        stm_time_is_at(scan, at + 1, "than")) {
        d->about = 1;
        at += 2;
    } else if (STM_TIME_IS_ANY(scan, at, soft)) {
        d->about = !stm_time_is_at(scan, at, "exactly") && !stm_time_is_at(scan, at, "just");
        at++;
    }
    uint32_t half = stm_time_is_at(scan, at, "half") ? 1 : 0;
    if ((stm_time_is_at(scan, at + half, "a") || stm_time_is_at(scan, at + half, "an")) &&
        (stm_time_unit_at(scan, at + half + 1, 1) != STM_UNIT_NONE ||
         stm_time_is_at(scan, at + half + 1, "fortnight"))) {
        d->scaled = half ? STM_NUMBER_SCALE / 2 : STM_NUMBER_SCALE;
        at += half + 1;
    } else if (at < scan->end) {
        uint32_t taken = stm_number_read(&scan->ann->tokens[at], scan->end - at, &number);
        at += taken;
        d->scaled = number.scaled;
        if (taken == 0) {
            static const char *const few[] = {"few", "several", "many", "couple"};
            at += stm_time_is_at(scan, at, "a");
            if (!STM_TIME_IS_ANY(scan, at, few)) {
                return 0;
            }
            at += stm_time_is_at(scan, at, "couple") && stm_time_is_at(scan, at + 1, "of") ? 2 : 1;
            d->vague = 1;
            d->scaled = 3 * STM_NUMBER_SCALE;
        }
        d->vague |= number.vague;
        at += stm_time_is_at(scan, at, "of") && number.vague;
        if (stm_time_is_at(scan, at, "and") && stm_time_is_at(scan, at + 1, "a") &&
            stm_time_is_at(scan, at + 2, "half")) {
            d->scaled += STM_NUMBER_SCALE / 2;
            at += 3;
        }
    }
    at += stm_time_is_at(scan, at, "-");
    if ((stm_time_is_at(scan, at, "nights") || stm_time_is_at(scan, at, "night")) &&
        stm_time_is_at(scan, at + 1, "ago")) {
        d->unit = STM_UNIT_DAY;
        return at + 1 - i;
    }
    if (stm_time_is_at(scan, at, "fortnight")) {
        d->scaled *= 2;
        d->unit = STM_UNIT_WEEK;
        return at + 1 - i;
    }
    d->unit = at < scan->end ? stm_unit_of_word(stm_time_token(scan, at)->lower) : STM_UNIT_NONE;
    if (d->unit == STM_UNIT_NONE || d->unit == STM_UNIT_WEEKEND ||
        d->scaled > 10000 * STM_NUMBER_SCALE) {
        return 0;
    }
    at++;
    if (stm_time_is_at(scan, at, "and") && stm_time_is_at(scan, at + 1, "a") &&
        stm_time_is_at(scan, at + 2, "half")) {
        d->scaled += STM_NUMBER_SCALE / 2;
        at += 3;
    }
    return at - i;
}

/** The date that lies a distance before (-1) or after (1) an anchor. */
static struct stm_date shift_by(const struct stm_anchor *anchor, const struct distance *distance,
                                int sign)
{
    struct stm_date date = {0};
    enum stm_time_unit unit = distance->unit;
    uint64_t scaled = distance->scaled;
    if (distance->vague) {
        return date;
    }
    if (unit == STM_UNIT_CENTURY || unit == STM_UNIT_DECADE) {
        scaled *= unit == STM_UNIT_CENTURY ? 100 : 10;
        unit = STM_UNIT_YEAR;
        date.about = 1;
    }
    if (scaled % STM_NUMBER_SCALE != 0 && unit == STM_UNIT_YEAR) {
        scaled *= 12;
        unit = STM_UNIT_MONTH;
    }
    if (scaled % STM_NUMBER_SCALE != 0) {
        return date;
    }
    uint8_t about = date.about | distance->about;
    date = stm_date_shift(anchor, unit, sign * (int64_t)(scaled / STM_NUMBER_SCALE));
    date.about |= about;
    return date;
}

/** "the past three years", "the next two weeks", "the last 24 hours": an extent that ends or begins
    with publication, at the grain of its unit. From the word after the article. */
static struct stm_time_match match_span(const struct stm_time_scan *scan, uint32_t i)
{
    static const char *const past[] = {"past", "last", "previous", "preceding"};
    static const char *const next[] = {"next", "coming", "following"};
    struct stm_time_match match = {0};
    struct distance distance = {0};
    uint32_t at = i + (stm_time_is_at(scan, i, "the") ? 1 : 0);
    int sign = STM_TIME_IS_ANY(scan, at, past) ? -1 : STM_TIME_IS_ANY(scan, at, next) ? 1 : 0;
    if (sign == 0) {
        return match;
    }
    at++;
    uint32_t taken = read_distance(scan, at, &distance);
    enum stm_time_unit unit = stm_time_unit_at(scan, at, 1);
    if (taken == 0 && at - 1 != i && unit >= STM_UNIT_DAY && unit != STM_UNIT_WEEKEND &&
        (stm_time_is_at(scan, at - 1, "past") || unit >= STM_UNIT_DECADE ||
         (stm_time_is_at(scan, at - 1, "last") && i > scan->first &&
          stm_time_tag(scan, i - 1) == STM_TAG_PREPOSITION &&
          !stm_time_is_at(scan, at + 1, "of")))) {
        distance.unit = unit; /* "the past year", "the last decade" */
        distance.scaled = STM_NUMBER_SCALE;
        taken = 1;
    }
    if (taken == 0) {
        if (stm_time_unit_at(scan, at, 2) >= STM_UNIT_DAY) {
            match.count = at + 1 - i; /* "the coming weeks": how many, the text does not say */
        }
        return match;
    }
    match.count = at + taken - i;
    if (distance.unit == STM_UNIT_WEEK) {
        distance.unit = STM_UNIT_DAY;
        distance.scaled *= 7;
    }
    struct stm_date other = shift_by(&scan->anchor, &distance, sign);
    struct stm_date here = stm_date_shift(&scan->anchor,
                                          distance.unit >= STM_UNIT_YEAR   ? STM_UNIT_YEAR
                                          : distance.unit == STM_UNIT_HOUR ? STM_UNIT_DAY
                                                                           : distance.unit,
                                          0);
    other.about = 0;
    if (other.kind != STM_DATE_NONE && here.kind == other.kind) {
        match.date = sign < 0 ? other : here;
        match.to = sign < 0 ? here : other;
        match.ranged = 1;
    }
    return match;
}

/** "the three months to June", "the year ended March 31, 2023": months up to and with that one. */
static struct stm_time_match match_months_to(const struct stm_time_scan *scan, uint32_t i)
{
    static const char *const ends[] = {"to", "ended", "ending", "through"};
    struct stm_time_match match = {0};
    struct distance distance = {0};
    uint32_t at = i + 1;
    if (!stm_time_is_at(scan, i, "the")) {
        return match;
    }
    uint32_t taken = read_distance(scan, at, &distance);
    if (taken == 0 && stm_time_is_at(scan, at, "year")) {
        distance.unit = STM_UNIT_YEAR;
        distance.scaled = STM_NUMBER_SCALE;
        taken = 1;
    }
    at += taken;
    if (taken == 0 || distance.vague || !STM_TIME_IS_ANY(scan, at, ends) ||
        (distance.unit != STM_UNIT_MONTH && distance.unit != STM_UNIT_YEAR)) {
        return match;
    }
    at++;
    at += stm_time_is_at(scan, at, "in");
    if (stm_time_is_at(scan, at, "the") && stm_time_is_at(scan, at + 1, "end") &&
        stm_time_is_at(scan, at + 2, "of")) {
        at += 3;
    }
    int day_before = stm_time_day_at(scan, at, NULL) != 0 ? 1 : 0;
    int month = stm_time_month_at(scan, at + (uint32_t)day_before);
    int year = 0;
    if (month == 0) {
        return match;
    }
    at += (uint32_t)day_before + 1;
    at += !day_before && stm_time_day_at(scan, at, NULL) != 0;
    at += stm_time_year_after(scan, at, &year);
    match.to = year != 0 ? stm_date_month(year, month)
                         : stm_date_bare_month(&scan->anchor, month, stm_time_direction(scan, i));
    uint64_t months =
        distance.scaled / STM_NUMBER_SCALE * (distance.unit == STM_UNIT_YEAR ? 12u : 1u);
    if (match.to.kind == STM_DATE_MONTH && months >= 1 && months <= 120) {
        struct stm_anchor anchor = stm_anchor_at(&match.to);
        match.date = stm_date_shift(&anchor, STM_UNIT_MONTH, 1 - (int64_t)months);
        match.ranged = 1;
    }
    match.count = at - i;
    return match;
}

struct stm_time_match stm_match_distance(const struct stm_time_scan *scan, uint32_t i)
{
    static const char *const frames[] = {"over", "in", "during", "within", "for", "throughout"};
    static const char *const back[] = {"earlier", "before", "previously"};
    static const char *const ahead[] = {"later", "after", "afterwards", "on"};
    struct stm_time_match match = {0};
    struct distance distance;
    if (stm_time_is_at(scan, i, "recent") && stm_time_unit_at(scan, i + 1, 2) > STM_UNIT_HOUR) {
        match.count = 2;
        return match;
    }
    if (STM_TIME_IS_ANY(scan, i, frames)) {
        match = match_span(scan, i + 1);
        if (match.count != 0) {
            match.count++;
            return match;
        }
    }
    match = match_span(scan, i);
    if (match.count == 0) {
        match = match_months_to(scan, i);
    }
    if (match.count != 0) {
        return match;
    }
    if (stm_time_is_at(scan, i, "in") && stm_time_direction(scan, i) > 0) {
        /* "will open in two weeks", "in 10 years' time" */
        uint32_t taken = read_distance(scan, i + 1, &distance);
        if (taken != 0 && distance.unit >= STM_UNIT_DAY) {
            match.date = shift_by(&scan->anchor, &distance, 1);
            match.count = 1 + taken;
            if (stm_time_is_at(scan, i + match.count, "'") &&
                stm_time_is_at(scan, i + match.count + 1, "time")) {
                match.count += 2;
            }
            return match;
        }
    }
    uint32_t taken = read_distance(scan, i, &distance);
    if (taken == 0) {
        return match;
    }
    uint32_t at = i + taken;
    if (stm_time_is_at(scan, at, "ago")) {
        match.date = shift_by(&scan->anchor, &distance, -1);
        match.count = taken + 1;
        return match;
    }
    int is_back = STM_TIME_IS_ANY(scan, at, back);
    if (!is_back && !STM_TIME_IS_ANY(scan, at, ahead)) {
        return match;
    }
    /* "two days after the vote" counts from the vote: what ends there counts from the date told. */
    int needs_end = !stm_time_is_at(scan, at, "later") && !stm_time_is_at(scan, at, "earlier");
    uint8_t next = stm_time_tag(scan, at + 1);
    if (needs_end && next != STM_TAG_PUNCTUATION) {
        return match;
    }
    match.count = taken + 1;
    match.anaphoric = 1;
    if (i >= scan->first + 2 && stm_time_is_at(scan, i - 1, ",") &&
        stm_time_token(scan, i - 2)->time != STEMMA_NONE && !is_back && !needs_end) {
        match.date = stm_date_told(&scan->narrated); /* "in December 2022, 15 months later" */
        return match;
    }
    /* "up from 3% a year earlier": from publication when no date was told */
    int from_here = is_back && distance.unit == STM_UNIT_YEAR && !scan->narrated.has_year;
    match.date = shift_by(from_here ? &scan->anchor : &scan->narrated, &distance, is_back ? -1 : 1);
    return match;
}
