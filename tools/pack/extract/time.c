/* SPDX-License-Identifier: MIT */
/* Time expressions: a small grammar over tokens, the longest match from each token. */
#include "pack/extract/annotation.h"
#include "pack/extract/lexicon.h"
#include "pack/extract/quantity_number.h"
#include "pack/extract/time_date.h"

struct scan {
    struct stm_annotation *ann;
    struct stm_anchor anchor;
    uint32_t end; /**< Token after the sentence. */
};

struct match {
    uint32_t count; /**< 0: none. */
    struct stm_date date;
};

static const struct stm_token *token_at(const struct scan *scan, uint32_t i)
{
    return &scan->ann->tokens[i];
}

static int is_at(const struct scan *scan, uint32_t i, const char *word)
{
    return i < scan->end && stm_ann_is(scan->ann, i, word);
}

static int is_any(const struct scan *scan, uint32_t i, const char *const *words, size_t count)
{
    for (size_t w = 0; w < count; w++) {
        if (is_at(scan, i, words[w])) {
            return 1;
        }
    }
    return 0;
}

#define IS_ANY(scan, i, words) is_any((scan), (i), (words), sizeof(words) / sizeof((words)[0]))

static int capitalised(const struct scan *scan, uint32_t i)
{
    return (token_at(scan, i)->flags & (STM_TOKEN_CAPITALISED | STM_TOKEN_ALL_CAPS)) != 0;
}

/** Whether a token belongs to a name of several words: "April Jones", "Black Friday". */
static int in_long_name(const struct scan *scan, uint32_t i)
{
    uint32_t m = token_at(scan, i)->mention;
    return m != STEMMA_NONE && scan->ann->mentions[m].kind == STEMMA_MENTION_NAME &&
           scan->ann->mentions[m].count > 1;
}

/** Whether a token belongs to the name of a person: "May", "March". */
static int in_person(const struct scan *scan, uint32_t i)
{
    uint32_t m = token_at(scan, i)->mention;
    return m != STEMMA_NONE && scan->ann->mentions[m].kind == STEMMA_MENTION_NAME &&
           scan->ann->mentions[m].type == STM_ENTITY_PERSON;
}

/** 1000..2100 in four digits; 0 otherwise. */
static int year_at(const struct scan *scan, uint32_t i)
{
    uint32_t value = 0;
    if (i >= scan->end || token_at(scan, i)->lower.size != 4 ||
        !(token_at(scan, i)->flags & STM_TOKEN_DIGIT) ||
        !stm_number_of_word(token_at(scan, i)->lower, &value) || value < 1000 || value > 2100) {
        return 0;
    }
    return (int)value;
}

/** 1..31, "5" or "5th", in digits; or "first" when `words`. */
static int day_at(const struct scan *scan, uint32_t i)
{
    uint32_t value = 0;
    if (i >= scan->end || !(token_at(scan, i)->flags & STM_TOKEN_DIGIT) ||
        !(stm_number_of_word(token_at(scan, i)->lower, &value) ||
          stm_number_of_ordinal(token_at(scan, i)->lower, &value)) ||
        value < 1 || value > 31 || token_at(scan, i)->lower.size > 4) {
        return 0;
    }
    return (int)value;
}

static int month_at(const struct scan *scan, uint32_t i)
{
    static const char *const before[] = {"in",   "last",  "next",   "since", "until", "by",  "of",
                                         "this", "early", "late",   "mid",   "during", "from", "through",
                                         "and",  "to",    "between", "on",   ",", "to", "before", "after", "till"};
    if (i >= scan->end || !capitalised(scan, i)) {
        return 0;
    }
    int month = stm_month_of_word(token_at(scan, i)->lower);
    if (month == 0) {
        return 0;
    }
    if (day_at(scan, i + 1) != 0 || year_at(scan, i + 1) != 0) {
        return month;
    }
    if (in_long_name(scan, i) || in_person(scan, i)) {
        return 0;
    }
    /* "March" opens sentences and "May" asks questions: they need a word before that takes a date. */
    int doubtful = is_at(scan, i, "may") || is_at(scan, i, "march") || is_at(scan, i, "mar") ||
                   is_at(scan, i, "jan") || is_at(scan, i, "april") || is_at(scan, i, "august") ||
                   is_at(scan, i, "june");
    if (doubtful) {
        int day_before = i > 0 && day_at(scan, i - 1) != 0;
        return day_before || (i > 0 && IS_ANY(scan, i - 1, before)) ? month : 0;
    }
    return month;
}

static int weekday_at(const struct scan *scan, uint32_t i)
{
    if (i >= scan->end || !capitalised(scan, i)) {
        return 0;
    }
    int weekday = stm_weekday_of_word(token_at(scan, i)->lower);
    if (weekday == 0 || in_long_name(scan, i)) {
        return 0;
    }
    size_t size = token_at(scan, i)->lower.size;
    if (size <= 4 && !is_at(scan, i, "tues")) {
        /* "Sat" and "Sun" are words and names as well */
        int before_date = month_at(scan, i + 1) || day_at(scan, i + 1) || is_at(scan, i + 1, ",");
        if (!before_date && !(i > 0 && is_at(scan, i - 1, "on"))) {
            return 0;
        }
    }
    return weekday;
}

static int is_dash(const struct scan *scan, uint32_t i)
{
    return is_at(scan, i, "-") || is_at(scan, i, "\xE2\x80\x93") || is_at(scan, i, "\xE2\x80\x94");
}

/** Whether what stands around token `i` speaks of time to come. */
static int future_around(const struct scan *scan, uint32_t i)
{
    static const char *const marks[] = {"will", "'ll", "shall", "wo"};
    static const char *const plans[] = {"due", "scheduled", "expected", "set", "planned", "going",
                                        "slated", "plans", "intends"};
    uint32_t first = scan->ann->sentences[token_at(scan, i)->sentence].first;
    for (uint32_t back = 1; back <= 14 && i >= first + back; back++) {
        uint32_t at = i - back;
        uint8_t tag = token_at(scan, at)->tag;
        if (IS_ANY(scan, at, marks) ||
            (IS_ANY(scan, at, plans) && (is_at(scan, at + 1, "to") || is_at(scan, at + 1, "for") ||
                                         is_at(scan, at, "due") || is_at(scan, at, "scheduled")))) {
            return 1;
        }
        if (tag == STM_TAG_PAST || is_at(scan, at, "was") || is_at(scan, at, "were") ||
            is_at(scan, at, ";")) {
            break;
        }
    }
    for (uint32_t at = i + 1; at < scan->end && at <= i + 6; at++) {
        if (IS_ANY(scan, at, marks)) {
            return 1;
        }
        if ((token_at(scan, at)->tag == STM_TAG_PUNCTUATION && !is_at(scan, at, ",")) ||
            token_at(scan, at)->tag == STM_TAG_CONJUNCTION) {
            break;
        }
        if (token_at(scan, at)->tag == STM_TAG_PAST) {
            break;
        }
    }
    return 0;
}

static int direction_at(const struct scan *scan, uint32_t i)
{
    return future_around(scan, i) ? 1 : -1;
}

/** ", 2021" or "2021" or "of 2021" from token `i`: tokens taken, and the year. */
static uint32_t year_after(const struct scan *scan, uint32_t i, int *year)
{
    uint32_t at = i;
    if (is_at(scan, at, ",") || is_at(scan, at, "of")) {
        at++;
    }
    *year = year_at(scan, at);
    return *year != 0 ? at + 1 - i : 0;
}

static struct stm_date day_of(const struct scan *scan, uint32_t i, int year, int month, int day)
{
    return year != 0 ? stm_date_civil(year, month, day)
                     : stm_date_bare_day(&scan->anchor, month, day, direction_at(scan, i));
}

/** A second day of the same month: "13-14", "13 and 14". Returns tokens taken. */
static uint32_t second_day(const struct scan *scan, uint32_t i, int *day)
{
    if ((is_dash(scan, i) || is_at(scan, i, "to") || is_at(scan, i, "and")) &&
        day_at(scan, i + 1) != 0) {
        *day = day_at(scan, i + 1);
        return 2;
    }
    *day = 0;
    return 0;
}

static void make_days(struct match *match, struct stm_date from, struct stm_date to)
{
    match->date = from;
    if (from.kind == STM_DATE_DAY && to.kind == STM_DATE_DAY && to.day > from.day) {
        match->date.kind = STM_DATE_DAYS;
        match->date.last = to.day;
    }
}

/** "December 13, 2025", "Dec. 13-14", "13 December 2025", "13th of December", "December 2025". */
static struct match match_calendar(const struct scan *scan, uint32_t i)
{
    struct match match = {0};
    int year = 0;
    int last = 0;
    uint32_t at = i;
    int month = month_at(scan, i);
    if (month != 0) {
        int day = day_at(scan, i + 1);
        at = i + 1;
        if (day != 0) {
            at++;
            at += second_day(scan, at, &last);
            at += year_after(scan, at, &year);
            make_days(&match, day_of(scan, i, year, month, day),
                      last != 0 ? day_of(scan, i, year, month, last) : (struct stm_date){0});
        } else {
            at += year_after(scan, at, &year);
            match.date = year != 0 ? stm_date_month(year, month)
                                   : stm_date_bare_month(&scan->anchor, month,
                                                         direction_at(scan, i));
        }
        match.count = at - i;
        return match;
    }
    if (is_at(scan, at, "the") && day_at(scan, at + 1) != 0) {
        at++;
    }
    int day = day_at(scan, at);
    if (day == 0) {
        return match;
    }
    at++;
    at += second_day(scan, at, &last);
    if (is_at(scan, at, "of")) {
        at++;
    }
    month = month_at(scan, at);
    if (month == 0) {
        return match;
    }
    at++;
    at += year_after(scan, at, &year);
    make_days(&match, day_of(scan, i, year, month, day),
              last != 0 ? day_of(scan, i, year, month, last) : (struct stm_date){0});
    match.count = at - i;
    return match;
}

/** "Saturday", "Saturday morning", "Saturday, December 13, 2025". */
static struct match match_weekday(const struct scan *scan, uint32_t i)
{
    static const char *const parts[] = {"morning", "afternoon", "evening", "night"};
    struct match match = {0};
    int weekday = weekday_at(scan, i);
    if (weekday == 0) {
        return match;
    }
    uint32_t at = i + 1;
    uint32_t date_at = is_at(scan, at, ",") ? at + 1 : at;
    struct match calendar = {0};
    if (date_at < scan->end) {
        calendar = match_calendar(scan, date_at);
    }
    if (calendar.count != 0 && calendar.date.kind != STM_DATE_MONTH) {
        match.date = calendar.date;
        match.count = date_at + calendar.count - i;
        return match;
    }
    if (IS_ANY(scan, at, parts)) {
        at++;
    }
    match.date = stm_date_weekday(&scan->anchor, weekday, direction_at(scan, i));
    match.count = at - i;
    return match;
}

/** "2025-03-04", "13/12/2025" where the order of day and month leaves no doubt. */
static struct match match_digits(const struct scan *scan, uint32_t i)
{
    struct match match = {0};
    stemma_text word = token_at(scan, i)->lower;
    int numbers[3] = {0, 0, 0};
    int widths[3] = {0, 0, 0};
    int part = 0;
    char separator = '\0';
    for (size_t at = 0; at < word.size; at++) {
        char c = word.data[at];
        if (c >= '0' && c <= '9' && widths[part] < 4) {
            numbers[part] = numbers[part] * 10 + (c - '0');
            widths[part]++;
        } else if ((c == '-' || c == '/' || c == '.') && part < 2 &&
                   (separator == '\0' || separator == c)) {
            separator = c;
            part++;
        } else {
            return match;
        }
    }
    if (part != 2) {
        return match;
    }
    if (widths[0] == 4 && widths[1] == 2 && widths[2] == 2) {
        match.date = stm_date_civil(numbers[0], numbers[1], numbers[2]);
    } else if (widths[2] == 4 && widths[0] >= 1 && widths[0] <= 2 && widths[1] >= 1 &&
               widths[1] <= 2) {
        if (separator == '.' || numbers[0] > 12) {
            match.date = stm_date_civil(numbers[2], numbers[1], numbers[0]);
        } else if (numbers[1] > 12) {
            match.date = stm_date_civil(numbers[2], numbers[0], numbers[1]);
        } else {
            match.date = stm_date_year(numbers[2]);
        }
    } else {
        return match;
    }
    match.count = match.date.kind != STM_DATE_NONE ? 1 : 0;
    return match;
}

/** "1990s", "19th century". */
static struct match match_age(const struct scan *scan, uint32_t i)
{
    struct match match = {0};
    stemma_text word = token_at(scan, i)->lower;
    uint32_t value = 0;
    if (word.size == 5 && word.data[4] == 's') {
        stemma_text digits = {word.data, 4};
        if (stm_number_of_word(digits, &value) && value % 10 == 0 && value >= 1000 &&
            value <= 2100) {
            match.date.kind = STM_DATE_DECADE;
            match.date.year = (int32_t)value;
            match.count = 1;
        }
    } else if (is_at(scan, i + 1, "century") && stm_number_of_ordinal(word, &value) && value >= 2 &&
               value <= 21) {
        match.date.kind = STM_DATE_CENTURY;
        match.date.year = (int32_t)(value - 1) * 100;
        match.count = 2;
    }
    return match;
}

/** A year by itself: only where the words around it leave no room for a count. */
static struct match match_year(const struct scan *scan, uint32_t i)
{
    static const char *const time_before[] = {
        "in",   "since", "until",  "till",   "of",      "before", "after",  "during", "between",
        "by",   "early", "late",   "mid",    "year",    "and",    "to",     "through", "from", "back",
        "the",  "a",     "its",    "his",    "her",     "their",  "'s",     "(",      "'", "disputed", "-",
        ",", "contested"};
    static const char *const amount_before[] = {"about", "some",  "around", "than",   "least",
                                                "over",  "nearly", "almost", "most", "up", "approximately", "roughly", "$"};
    static const char *const amount_after[] = {
        "people",  "men",   "women",   "km",     "miles",   "metres", "meters", "troops",
        "percent", "%",     "dollars", "euros",  "feet",    "kg",     "tonnes", "tons",
        "soldiers", "prisoners", "workers", "civilians", "children", "others", "years", "homes",
        "square", "kilometres", "kilometers", "hectares", "acres", "inmates", "detainees", "calories"};
    struct match match = {0};
    int year = year_at(scan, i);
    if (year < 1500 || IS_ANY(scan, i + 1, amount_after) || (i > 0 && IS_ANY(scan, i - 1, amount_before))) {
        return match;
    }
    int framed = i > 0 && IS_ANY(scan, i - 1, time_before);
    uint8_t next = i + 1 < scan->end ? token_at(scan, i + 1)->tag : STM_TAG_PUNCTUATION;
    if (!framed) {
        /* "2000 prisoners" opens a sentence; "2020 protests" stands inside one. */
        int noun_follows = next == STM_TAG_PLURAL || next == STM_TAG_ADJECTIVE;
        int starts = (token_at(scan, i)->flags & STM_TOKEN_SENTENCE_START) != 0;
        uint8_t before = i > 0 ? token_at(scan, i - 1)->tag : STM_TAG_OTHER;
        int verb_before = before == STM_TAG_VERB || before == STM_TAG_VERB_S ||
                          before == STM_TAG_PAST || before == STM_TAG_PARTICIPLE ||
                          before == STM_TAG_GERUND;
        int person_follows =
            i + 1 < scan->end &&
            (stm_lexicon_has(STM_LEXICON_ROLE, token_at(scan, i + 1)->lemma) ||
             stm_lexicon_has(STM_LEXICON_GROUP_NOUN, token_at(scan, i + 1)->lower));
        int recent = year >= 1945 && year <= 2040;
        if (year < 1900 || (noun_follows && (person_follows || !recent) && (starts || verb_before))) {
            return match;
        }
    }
    match.date = stm_date_year(year);
    match.count = 1;
    return match;
}

/** "summer 2023", "the spring of 2021", "last summer". */
static struct match match_season(const struct scan *scan, uint32_t i, int relation)
{
    struct match match = {0};
    int year = 0;
    int season = i < scan->end ? stm_season_of_word(token_at(scan, i)->lower) : 0;
    if (season == 0 || is_at(scan, i + 1, "'s") ) {
        return match;
    }
    uint32_t taken = year_after(scan, i + 1, &year);
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

/** "yesterday", "this week", "last Thursday", "next month", "earlier this year", "the weekend". */
static struct match match_relative(const struct scan *scan, uint32_t i)
{
    static const char *const last_words[] = {"last", "previous", "past"};
    static const char *const next_words[] = {"next", "coming"};
    static const char *const soften[] = {"earlier", "later", "late", "early"};
    static const char *const dayparts[] = {"morning", "afternoon", "evening"};
    struct match match = {0};
    uint32_t at = i;
    if (is_at(scan, i, "today") || is_at(scan, i, "tonight")) {
        match.date = stm_date_shift(&scan->anchor, STM_UNIT_DAY, 0);
        match.count = 1;
        return match;
    }
    if (is_at(scan, i, "yesterday") || is_at(scan, i, "tomorrow")) {
        match.date = stm_date_shift(&scan->anchor, STM_UNIT_DAY, is_at(scan, i, "tomorrow") ? 1 : -1);
        match.count = 1;
        return match;
    }
    if (IS_ANY(scan, at, soften) && at + 1 < scan->end && !is_at(scan, at + 1, "the")) {
        at++;
    }
    int relation = 2;
    if (IS_ANY(scan, at, last_words)) {
        relation = -1;
    } else if (is_at(scan, at, "this")) {
        relation = 0;
    } else if (IS_ANY(scan, at, next_words)) {
        relation = 1;
    } else if (is_at(scan, at, "the") &&
               (is_at(scan, at + 1, "weekend") ||
                (at + 1 < scan->end && stm_season_of_word(token_at(scan, at + 1)->lower) != 0))) {
        relation = 3;
    } else {
        return match;
    }
    at++;
    if (at >= scan->end) {
        return match;
    }
    enum stm_time_unit unit = stm_unit_of_word(token_at(scan, at)->lower);
    int weekday = weekday_at(scan, at);
    int month = capitalised(scan, at) ? stm_month_of_word(token_at(scan, at)->lower) : 0;
    if (relation == 3) {
        if (unit == STM_UNIT_WEEKEND) {
            match.date = stm_date_shift(&scan->anchor, unit, 0);
            match.count = at + 1 - i;
            return match;
        }
        struct match season = match_season(scan, at, 2);
        match.date = season.date;
        match.count = season.count != 0 ? at + season.count - i : 0;
        return match;
    }
    if (unit > STM_UNIT_HOUR && !is_at(scan, at, "days") && !is_at(scan, at, "weeks") &&
        !is_at(scan, at, "months") && !is_at(scan, at, "years") && !is_at(scan, at, "decades") &&
        unit != STM_UNIT_DAY) {
        match.date = stm_date_shift(&scan->anchor, unit, relation);
        at++;
    } else if (weekday != 0) {
        match.date = stm_date_weekday(&scan->anchor, weekday,
                                      relation < 0 ? -2 : relation > 0 ? 1 : direction_at(scan, at));
        at++;
    } else if (month != 0) {
        match.date = stm_date_bare_month(&scan->anchor, month, relation < 0 ? -2 : relation);
        at++;
    } else if (stm_season_of_word(token_at(scan, at)->lower) != 0) {
        struct match season = match_season(scan, at, relation);
        if (season.count == 0) {
            return match;
        }
        match.date = season.date;
        at += season.count;
    } else if (relation == 0 && IS_ANY(scan, at, dayparts)) {
        match.date = stm_date_shift(&scan->anchor, STM_UNIT_DAY, 0);
        at++;
    } else if (relation < 0 && is_at(scan, at, "night")) {
        match.date = stm_date_shift(&scan->anchor, STM_UNIT_DAY, -1);
        at++;
    } else {
        return match;
    }
    match.count = at - i;
    return match;
}

/** "three days ago", "a year earlier", "two years later", "in recent weeks". */
static struct match match_distance(const struct scan *scan, uint32_t i)
{
    static const char *const unresolved[] = {"later", "earlier", "before", "after", "afterwards"};
    struct match match = {0};
    struct stm_number number = {0};
    uint32_t at = i;
    uint64_t amount = 1;
    if (is_at(scan, i, "recent") && i + 1 < scan->end &&
        stm_unit_of_word(token_at(scan, i + 1)->lower) > STM_UNIT_HOUR) {
        match.count = 2;
        return match;
    }
    if ((is_at(scan, i, "a") || is_at(scan, i, "an")) && i + 1 < scan->end &&
        stm_unit_of_word(token_at(scan, i + 1)->lower) != STM_UNIT_NONE) {
        at++;
    } else {
        uint32_t taken = stm_number_read(&scan->ann->tokens[i], scan->end - i, &number);
        if (taken == 0 || number.scaled % STM_NUMBER_SCALE != 0) {
            return match;
        }
        amount = number.scaled / STM_NUMBER_SCALE;
        at += taken;
    }
    if (at >= scan->end) {
        return match;
    }
    enum stm_time_unit unit = stm_unit_of_word(token_at(scan, at)->lower);
    if (unit == STM_UNIT_NONE || amount > 10000) {
        return match;
    }
    at++;
    if (is_at(scan, at, "ago")) {
        match.count = at + 1 - i;
        if (!number.vague) {
            match.date = stm_date_shift(&scan->anchor, unit, -(int64_t)amount);
            if (unit == STM_UNIT_DECADE && scan->anchor.has_year) {
                match.date = stm_date_year(scan->anchor.year - (int)amount * 10);
                match.date.about = 1;
            }
        }
        return match;
    }
    /* Counted from another time of the text: recognised, not resolved. */
    if (IS_ANY(scan, at, unresolved)) {
        int needs_end = is_at(scan, at, "before") || is_at(scan, at, "after");
        uint8_t next = at + 1 < scan->end ? token_at(scan, at + 1)->tag : STM_TAG_PUNCTUATION;
        if (!needs_end || next == STM_TAG_PUNCTUATION) {
            match.count = at + 1 - i;
        }
    }
    return match;
}

static struct match match_point(const struct scan *scan, uint32_t i)
{
    struct match best = {0};
    static struct match (*const rules[])(const struct scan *, uint32_t) = {
        match_weekday, match_calendar, match_digits,   match_age,
        match_year,    match_relative, match_distance,
    };
    for (size_t rule = 0; rule < sizeof rules / sizeof rules[0]; rule++) {
        struct match match = rules[rule](scan, i);
        if (match.count > best.count) {
            best = match;
        }
    }
    struct match season = match_season(scan, i, 2);
    return season.count > best.count ? season : best;
}

/** "early 2024", "mid-July", "the end of 2023": the words before a date that only narrow it. */
static uint32_t narrowing(const struct scan *scan, uint32_t i)
{
    static const char *const words[] = {"early", "late", "mid"};
    static const char *const parts[] = {"end", "beginning", "start", "middle"};
    if (IS_ANY(scan, i, words)) {
        return is_dash(scan, i + 1) ? 2 : 1;
    }
    if (is_at(scan, i, "the") && IS_ANY(scan, i + 1, parts) && is_at(scan, i + 2, "of")) {
        return 3;
    }
    return 0;
}

static struct match match_narrowed(const struct scan *scan, uint32_t i)
{
    uint32_t before = narrowing(scan, i);
    struct match match = i + before < scan->end ? match_point(scan, i + before)
                                                : (struct match){0};
    if (before != 0) {
        if (match.count == 0) {
            return match_point(scan, i);
        }
        match.count += before;
    }
    return match;
}

static stemma_status add(struct scan *scan, uint32_t first, uint32_t count,
                         const struct stm_date *from, const struct stm_date *to,
                         enum stm_date_frame frame)
{
    char edtf[STM_EDTF_TEXT];
    stemma_time value = {stm_ann_words(scan->ann, first, count), {NULL, 0}};
    stm_date_edtf(from, to, frame, edtf);
    if (edtf[0] != '\0') {
        value.edtf = stm_arena_text(scan->ann->arena, stemma_text_of(edtf));
        if (value.edtf.data == NULL) {
            return STEMMA_E_NO_MEMORY;
        }
    }
    return stm_ann_add_time(scan->ann, first, count, value, NULL);
}

/** One time from token `i`, framed or not. `*taken` 0 when none is there. */
static stemma_status read_time(struct scan *scan, uint32_t i, uint32_t *taken)
{
    uint32_t at = i;
    enum stm_date_frame frame = STM_FRAME_POINT;
    *taken = 0;
    if (is_at(scan, i, "since")) {
        frame = STM_FRAME_SINCE;
        at++;
    } else if (is_at(scan, i, "until") || is_at(scan, i, "till")) {
        frame = STM_FRAME_UNTIL;
        at++;
    } else if (is_at(scan, i, "between") || is_at(scan, i, "from")) {
        at++;
    } else if (is_at(scan, i, "by") && (year_at(scan, i + 1) || month_at(scan, i + 1) ||
                                        weekday_at(scan, i + 1) || is_at(scan, i + 1, "the"))) {
        frame = STM_FRAME_BY;
        at++;
    }
    if (at >= scan->end) {
        return STEMMA_OK;
    }
    struct match from = match_narrowed(scan, at);
    if (from.count == 0) {
        return STEMMA_OK;
    }
    uint32_t next = at + from.count;
    int ranged = (is_at(scan, i, "between") && is_at(scan, next, "and")) ||
                 (is_at(scan, i, "from") &&
                  (is_at(scan, next, "to") || is_at(scan, next, "until") || is_at(scan, next, "till") ||
                   is_at(scan, next, "through"))) ||
                 (frame == STM_FRAME_POINT && at == i && is_dash(scan, next) &&
                  from.date.kind == STM_DATE_YEAR);
    if (ranged && next + 1 < scan->end) {
        struct match to = match_narrowed(scan, next + 1);
        if (to.count != 0) {
            *taken = next + 1 + to.count - i;
            return add(scan, i, *taken, &from.date, &to.date, STM_FRAME_RANGE);
        }
    }
    if (frame == STM_FRAME_POINT) {
        i = at; /* "from", "between": not part of the time after all */
    }
    *taken = next - i;
    return add(scan, i, *taken, &from.date, NULL, frame);
}

stemma_status stm_extract_times(struct stm_annotation *ann)
{
    struct scan scan = {ann, stm_anchor_of(ann->document->published.edtf), 0};
    for (uint32_t s = 0; s < ann->sentence_count; s++) {
        uint32_t i = ann->sentences[s].first;
        scan.end = stm_ann_sentence_end(ann, s);
        while (i < scan.end) {
            uint32_t taken = 0;
            uint32_t before = ann->time_count;
            stemma_status status = read_time(&scan, i, &taken);
            if (status != STEMMA_OK) {
                return status;
            }
            if (ann->time_count != before) {
                const struct stm_time_mention *time = &ann->times[before];
                i = time->first + time->count;
            } else {
                i++;
            }
        }
    }
    return STEMMA_OK;
}
