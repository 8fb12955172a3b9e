/* SPDX-License-Identifier: MIT */
/* Time expressions: points, and the words that make intervals of them. */
#include "pack/extract/time_dateline.h"
#include "pack/extract/time_match.h"
#include "stemma/edtf.h"

/* A date told so many sentences before is no longer what "the next day" counts from. */
enum { NARRATED_REACH = 8 };

/** What a pass over the document carries from sentence to sentence. */
struct telling {
    struct stm_time_scan scan;
    uint32_t told_in; /**< Sentence of the date told last. */
};

static stemma_status add(struct stm_time_scan *scan, uint32_t first, uint32_t count,
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

/** Remembers a point of the past as what "the next day" counts from. */
static void tell(struct telling *telling, const struct stm_date *date, uint32_t sentence)
{
    struct stm_anchor told = stm_anchor_at(date);
    if (told.has_year) {
        telling->scan.narrated = told;
        telling->told_in = sentence;
    }
}

/** Whether two dates beside a dash or "to" are the ends of one range. */
static int ascend(const struct stm_date *from, const struct stm_date *to)
{
    return from->kind == to->kind && (from->kind == STM_DATE_DAY     ? from->day < to->day
                                      : from->kind == STM_DATE_MONTH ? 1
                                                                     : from->year < to->year);
}

/** Whether the words at `next` go on to the end of a range that began with `i`. */
static int goes_on(const struct stm_time_scan *scan, uint32_t i, uint32_t next, int kind)
{
    static const char *const to[] = {"to", "until", "till", "through", "thru", "-"};
    if (stm_time_is_at(scan, i, "between")) {
        return stm_time_is_at(scan, next, "and") || stm_time_is_dash(scan, next);
    }
    if (stm_time_is_at(scan, i, "from")) {
        return STM_TIME_IS_ANY(scan, next, to) || stm_time_is_dash(scan, next);
    }
    if (stm_time_is_at(scan, next, "and")) {
        return 2; /* "Monday and Tuesday": one range when the days touch */
    }
    return (stm_time_is_dash(scan, next) || stm_time_is_at(scan, next, "to") ||
            stm_time_is_at(scan, next, "through")) &&
           (kind == STM_DATE_YEAR || kind == STM_DATE_DAY || kind == STM_DATE_MONTH);
}

/** The start of a range takes the year or month that only its end tells: "from March to May 2021",
    "between 3 and 7 June". */
static void borrow_year(struct stm_date *from, const struct stm_date *to, int stated)
{
    if (stated) {
        return;
    }
    struct stm_anchor end = stm_anchor_at(to);
    if (from->kind == STM_DATE_MONTH && end.has_month) {
        from->year = from->month > end.month ? end.year - 1 : end.year;
    } else if (from->kind == STM_DATE_DAY && end.has_day) {
        struct stm_anchor start = stm_anchor_at(from);
        int year = 0;
        int month = 0;
        int day = 0;
        stemma_civil_from_days(from->day, &year, &month, &day);
        struct stm_date moved = stm_date_civil(end.year, start.month, day);
        if (moved.kind == STM_DATE_DAY && moved.day > to->day) {
            moved = stm_date_civil(end.year - 1, start.month, day);
        }
        if (moved.kind == STM_DATE_DAY) {
            from->day = moved.day;
            from->last = moved.day;
        }
    }
}

/** "3" of "from 3 to 7 June": a day whose month its end tells. 0 when that is not what stands. */
static uint32_t read_day_range(const struct stm_time_scan *scan, uint32_t i,
                               struct stm_time_match *from, struct stm_time_match *to)
{
    uint32_t at = i + 1;
    at += stm_time_is_at(scan, at, "the");
    int day = stm_time_day_at(scan, at, NULL);
    if (day == 0 || !goes_on(scan, i, at + 1, STM_DATE_DAY) || at + 2 >= scan->end) {
        return 0;
    }
    *to = stm_time_match_at(scan, at + 2);
    if (to->count == 0 || to->date.kind != STM_DATE_DAY || to->ranged) {
        return 0;
    }
    struct stm_anchor end = stm_anchor_at(&to->date);
    from->date = stm_date_civil(end.year, end.month, day);
    return from->date.kind == STM_DATE_DAY && from->date.day <= to->date.day
               ? at + 2 + to->count - i
               : 0;
}

/** Whether the words of a time name a year. */
static int states_year(const struct stm_time_scan *scan, uint32_t first, uint32_t count)
{
    for (uint32_t k = first; k < first + count; k++) {
        if (stm_time_year_at(scan, k) != 0) {
            return 1;
        }
    }
    return 0;
}

static enum stm_date_frame frame_at(const struct stm_time_scan *scan, uint32_t i)
{
    static const char *const dates[] = {"the", "early", "late", "mid", "next", "this", "tomorrow"};
    if (stm_time_is_at(scan, i, "since")) {
        return STM_FRAME_SINCE;
    }
    if (stm_time_is_at(scan, i, "until") || stm_time_is_at(scan, i, "till")) {
        return STM_FRAME_UNTIL;
    }
    return stm_time_is_at(scan, i, "by") &&
                   (stm_time_year_at(scan, i + 1) || stm_time_month_at(scan, i + 1) ||
                    stm_time_weekday_at(scan, i + 1) || stm_time_day_at(scan, i + 1, NULL) ||
                    STM_TIME_IS_ANY(scan, i + 1, dates))
               ? STM_FRAME_BY
               : STM_FRAME_POINT;
}

/** One time from token `i`, framed or not. `*after` is the token after it; `i` when none is there.
 */
static stemma_status read_time(struct telling *telling, uint32_t i, uint32_t *after)
{
    struct stm_time_scan *scan = &telling->scan;
    enum stm_date_frame frame = frame_at(scan, i);
    int opens = stm_time_is_at(scan, i, "between") || stm_time_is_at(scan, i, "from");
    uint32_t at = frame != STM_FRAME_POINT || opens ? i + 1 : i;
    if (frame == STM_FRAME_UNTIL && stm_time_is_at(scan, at, "at") &&
        stm_time_is_at(scan, at + 1, "least")) {
        at += 2;
    }
    *after = i;
    if (at >= scan->end) {
        return STEMMA_OK;
    }
    struct stm_time_match from = {0};
    struct stm_time_match to = {0};
    uint32_t taken = opens ? read_day_range(scan, i, &from, &to) : 0;
    if (taken != 0) {
        *after = i + taken;
        return add(scan, i, taken, &from.date, &to.date, STM_FRAME_RANGE);
    }
    from = stm_time_match_at(scan, at);
    if (from.count == 0) {
        return STEMMA_OK;
    }
    uint32_t next = at + from.count;
    if (frame == STM_FRAME_POINT && !from.ranged && next + 1 < scan->end &&
        goes_on(scan, i, next, from.date.kind)) {
        int joint = goes_on(scan, i, next, from.date.kind);
        to = stm_time_match_at(scan, next + 1);
        int touch =
            (from.date.kind == STM_DATE_DAY && to.date.kind == STM_DATE_DAY &&
             to.date.day == from.date.day + 1) ||
            (from.date.kind == STM_DATE_MONTH && to.date.kind == STM_DATE_MONTH &&
             to.date.year * 12 + to.date.month == from.date.year * 12 + from.date.month + 1);
        if (opens && from.date.kind == STM_DATE_DAY && to.date.kind == STM_DATE_DAY &&
            to.date.day < from.date.day && from.date.day - to.date.day < 7) {
            from.date.day -= 7; /* "from Tuesday to Sunday": the Tuesday before that Sunday */
            from.date.last -= 7;
        }
        if (to.count != 0 && !to.ranged && (joint != 2 || touch) &&
            (opens || ascend(&from.date, &to.date))) {
            if (states_year(scan, next + 1, to.count)) {
                borrow_year(&from.date, &to.date, states_year(scan, at, from.count));
            } else if (to.date.kind == STM_DATE_DAY && from.date.kind == STM_DATE_DAY &&
                       to.date.day - from.date.day > 300 && !states_year(scan, at, from.count)) {
                borrow_year(&from.date, &to.date, 0); /* "May 3 - May 7" around today */
            } else if (to.date.kind == from.date.kind && to.date.kind == STM_DATE_MONTH &&
                       to.date.year < from.date.year) {
                from.date.year = to.date.year - (from.date.month > to.date.month);
            }
            *after = next + 1 + to.count;
            return add(scan, i, *after - i, &from.date, &to.date, STM_FRAME_RANGE);
        }
    }
    if (opens) {
        i = at; /* "from", "between": not part of the time after all */
    }
    *after = next;
    if (frame == STM_FRAME_POINT) {
        tell(telling, &from.date, scan->ann->tokens[i].sentence);
    }
    if (from.ranged) {
        if (frame == STM_FRAME_UNTIL || frame == STM_FRAME_BY) {
            return add(scan, i, next - i, &from.to, NULL, frame);
        }
        return frame == STM_FRAME_SINCE
                   ? add(scan, i, next - i, &from.date, NULL, frame)
                   : add(scan, i, next - i, &from.date, &from.to, STM_FRAME_RANGE);
    }
    return add(scan, i, next - i, &from.date, NULL, frame);
}

/* Words in small letters that a time may begin with; sorted. */
static const char *const openings[] = {
    "a",          "about",    "afternoon", "almost",    "an",        "around",     "autumn",
    "beginning",  "between",  "by",        "close",     "coming",    "couple",     "current",
    "day",        "dozens",   "during",    "earlier",   "early",     "eight",      "eighteen",
    "eighty",     "eleven",   "end",       "ensuing",   "eve",       "evening",    "exactly",
    "fall",       "few",      "fifteen",   "fifty",     "final",     "first",      "five",
    "following",  "for",      "forty",     "four",      "fourteen",  "fourth",     "from",
    "h1",         "h2",       "half",      "hundreds",  "in",        "just",       "last",
    "late",       "later",    "less",      "many",      "mid",       "midday",     "middle",
    "midnight",   "more",     "morning",   "nearly",    "next",      "night",      "nine",
    "nineteen",   "ninety",   "noon",      "one",       "over",      "past",       "preceding",
    "previous",   "q1",       "q2",        "q3",        "q4",        "recent",     "roughly",
    "same",       "scores",   "second",    "seven",     "seventeen", "seventy",    "several",
    "since",      "six",      "sixteen",   "sixty",     "some",      "spring",     "start",
    "subsequent", "summer",   "ten",       "tens",      "that",      "the",        "third",
    "thirteen",   "thirty",   "this",      "thousands", "three",     "throughout", "till",
    "today",      "tomorrow", "tonight",   "twelve",    "twenty",    "two",        "until",
    "upcoming",   "winter",   "within",    "yesterday"};

/** Whether a time may begin with a token: most cannot, and are not worth the whole grammar. */
static int may_begin(const struct stm_token *token)
{
    stemma_text word = token->lower;
    if ((token->flags & (STM_TOKEN_DIGIT | STM_TOKEN_CAPITALISED)) != 0) {
        return 1;
    }
    if ((token->flags & STM_TOKEN_PUNCTUATION) != 0 || word.size == 0) {
        return 0;
    }
    size_t low = 0;
    size_t high = sizeof openings / sizeof openings[0];
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = stm_word_order(word, openings[middle]);
        if (order == 0) {
            return 1;
        }
        if (order < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return memchr(word.data, '-', word.size) != NULL; /* "mid-May", "twenty-five years ago" */
}

stemma_status stm_extract_times(struct stm_annotation *ann)
{
    struct telling telling;
    memset(&telling, 0, sizeof telling);
    telling.scan.ann = ann;
    telling.scan.anchor = stm_anchor_of(ann->document->published.edtf);
    stm_dateline_anchor(&telling.scan);
    for (uint32_t s = 0; s < ann->sentence_count; s++) {
        struct stm_time_scan *scan = &telling.scan;
        uint32_t i = ann->sentences[s].first;
        scan->first = i;
        scan->end = stm_ann_sentence_end(ann, s);
        if (s - telling.told_in > NARRATED_REACH) {
            memset(&scan->narrated, 0, sizeof scan->narrated);
        }
        while (i < scan->end) {
            uint32_t after = i;
            if (!may_begin(&ann->tokens[i])) {
                i++;
                continue;
            }
            stemma_status status = read_time(&telling, i, &after);
            if (status != STEMMA_OK) {
                return status;
            }
            i = after > i ? after : i + 1;
        }
    }
    return STEMMA_OK;
}
