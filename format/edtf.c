/* SPDX-License-Identifier: MIT */
#include "stemma/edtf.h"

enum { FIRST_YEAR = 1, LAST_YEAR = 9999 };

#define SECONDS_PER_DAY INT64_C(86400)

/** One date or moment: the first and the last second that it can mean. */
typedef struct moment {
    int64_t first;
    int64_t last;
    uint8_t precision;
    uint8_t approximate;
    uint8_t uncertain;
} moment;

int64_t stemma_days_from_civil(int year, int month, int day)
{
    /* Years are counted from March, so that the leap day is the last of its year. */
    int64_t y = month <= 2 ? (int64_t)year - 1 : year;
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t year_of_era = y - era * 400;
    int64_t month_from_march = month > 2 ? month - 3 : month + 9;
    int64_t day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

void stemma_civil_from_days(int64_t days, int *year, int *month, int *day)
{
    int64_t shifted = days + 719468;
    int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    int64_t day_of_era = shifted - era * 146097;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month_from_march = (5 * day_of_year + 2) / 153;
    int64_t m = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    *year = (int)(year_of_era + era * 400 + (m <= 2 ? 1 : 0));
    *month = (int)m;
    *day = (int)(day_of_year - (153 * month_from_march + 2) / 5 + 1);
}

static int days_in_month(int year, int month)
{
    static const uint8_t lengths[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return lengths[month - 1] + (month == 2 && leap ? 1 : 0);
}

/** Consumes exactly `width` digits of `*rest`. -1 when they are not there. */
static int take_number(stemma_text *rest, size_t width)
{
    int value = 0;
    if (rest->size < width) {
        return -1;
    }
    for (size_t i = 0; i < width; i++) {
        char c = rest->data[i];
        if (c < '0' || c > '9') {
            return -1;
        }
        value = value * 10 + (c - '0');
    }
    rest->data += width;
    rest->size -= width;
    return value;
}

static int take(stemma_text *rest, const char *word)
{
    size_t size = strlen(word);
    if (rest->size < size || memcmp(rest->data, word, size) != 0) {
        return 0;
    }
    rest->data += size;
    rest->size -= size;
    return 1;
}

static void set_days(moment *out, int64_t first, int64_t last, stemma_precision precision)
{
    out->first = first * SECONDS_PER_DAY;
    out->last = last * SECONDS_PER_DAY + (SECONDS_PER_DAY - 1);
    out->precision = (uint8_t)precision;
}

static void set_months(moment *out, int year, int month, int count, stemma_precision precision)
{
    int last_month = month + count - 1;
    int last_year = year + (last_month - 1) / 12;
    last_month = (last_month - 1) % 12 + 1;
    set_days(out, stemma_days_from_civil(year, month, 1),
             stemma_days_from_civil(last_year, last_month, days_in_month(last_year, last_month)),
             precision);
}

/** hh:mm[:ss][Z|+hh:mm|-hh:mm] on the day that `out` already holds. */
static int parse_clock(stemma_text *rest, moment *out)
{
    int hour = take_number(rest, 2);
    if (hour < 0 || hour > 23 || !take(rest, ":")) {
        return 0;
    }
    int minute = take_number(rest, 2);
    if (minute < 0 || minute > 59) {
        return 0;
    }
    int64_t first = out->first + hour * 3600 + minute * 60;
    int64_t width = 60;
    if (take(rest, ":")) {
        int second = take_number(rest, 2);
        if (second < 0 || second > 59) {
            return 0;
        }
        first += second;
        width = 1;
    }
    int east = take(rest, "+");
    int west = !east && take(rest, "-");
    if (east || west) {
        int zone_hour = take_number(rest, 2);
        if (zone_hour < 0 || zone_hour > 23 || !take(rest, ":")) {
            return 0;
        }
        int zone_minute = take_number(rest, 2);
        if (zone_minute < 0 || zone_minute > 59) {
            return 0;
        }
        int64_t shift = zone_hour * 3600 + zone_minute * 60;
        first += east ? -shift : shift;
    } else {
        (void)take(rest, "Z");
    }
    out->first = first;
    out->last = first + width - 1;
    out->precision = STEMMA_PRECISION_SECOND;
    return 1;
}

/** YYYX and YYXX, of which the caller has seen the X. */
static int parse_vague_year(stemma_text *rest, moment *out)
{
    int width = rest->size >= 4 && rest->data[2] == 'X' ? 2 : 3;
    int span = width == 2 ? 100 : 10;
    int prefix = take_number(rest, (size_t)width);
    if (prefix < 0 || !take(rest, width == 2 ? "XX" : "X")) {
        return 0;
    }
    int first_year = prefix * span < FIRST_YEAR ? FIRST_YEAR : prefix * span;
    set_days(out, stemma_days_from_civil(first_year, 1, 1),
             stemma_days_from_civil(prefix * span + span - 1, 12, 31),
             STEMMA_PRECISION_DECADE_OR_MORE);
    return 1;
}

static int parse_date(stemma_text *rest, moment *out)
{
    if (rest->size >= 4 && rest->data[3] == 'X') {
        return parse_vague_year(rest, out);
    }
    int year = take_number(rest, 4);
    if (year < FIRST_YEAR) {
        return 0;
    }
    set_months(out, year, 1, 12, STEMMA_PRECISION_YEAR);
    if (!take(rest, "-")) {
        return 1;
    }
    if (take(rest, "XX")) {
        (void)take(rest, "-XX");
        return 1;
    }
    int month = take_number(rest, 2);
    if (month >= 21 && month <= 24) {
        /* Northern seasons by whole months; winter runs into the next year. */
        set_months(out, year, 3 + (month - 21) * 3, 3, STEMMA_PRECISION_SEASON);
        return 1;
    }
    if (month < 1 || month > 12) {
        return 0;
    }
    set_months(out, year, month, 1, STEMMA_PRECISION_MONTH);
    if (!take(rest, "-")) {
        return 1;
    }
    if (take(rest, "XX")) {
        return 1;
    }
    int day = take_number(rest, 2);
    if (day < 1 || day > days_in_month(year, month)) {
        return 0;
    }
    int64_t days = stemma_days_from_civil(year, month, day);
    set_days(out, days, days, STEMMA_PRECISION_DAY);
    return take(rest, "T") ? parse_clock(rest, out) : 1;
}

/** A whole text that is one date with its qualifier. */
static int parse_moment(stemma_text text, moment *out)
{
    moment parsed = {0};
    if (!parse_date(&text, &parsed)) {
        return 0;
    }
    if (take(&text, "?")) {
        parsed.uncertain = 1;
    } else if (take(&text, "~")) {
        parsed.approximate = 1;
    } else if (take(&text, "%")) {
        parsed.uncertain = 1;
        parsed.approximate = 1;
    }
    if (text.size != 0) {
        return 0;
    }
    *out = parsed;
    return 1;
}

static void fill(stemma_time_bounds *bounds, const moment *from, const moment *to)
{
    bounds->precision = from->precision < to->precision ? from->precision : to->precision;
    bounds->approximate = from->approximate | to->approximate;
    bounds->uncertain = from->uncertain | to->uncertain;
}

/** A/B. An end that is open or unknown leaves `known_*` 0; both unknown say nothing: refused. */
static int parse_interval(stemma_text left, stemma_text right, stemma_time_bounds *bounds)
{
    stemma_text open = {"..", 2};
    int knows_start = left.size != 0 && !stemma_text_equal(left, open);
    int knows_end = right.size != 0 && !stemma_text_equal(right, open);
    moment from = {0};
    moment to = {0};
    if ((!knows_start && !knows_end) || (knows_start && !parse_moment(left, &from)) ||
        (knows_end && !parse_moment(right, &to)) ||
        (knows_start && knows_end && to.last < from.first)) {
        return 0;
    }
    bounds->extent = 1;
    if (knows_start && knows_end) {
        /* It cannot start after it ends, nor end before it starts. */
        bounds->start_earliest = from.first;
        bounds->start_latest = from.last < to.last ? from.last : to.last;
        bounds->end_earliest = to.first > from.first ? to.first : from.first;
        bounds->end_latest = to.last;
        fill(bounds, &from, &to);
    } else if (knows_start) {
        bounds->start_earliest = from.first;
        bounds->start_latest = from.last;
        bounds->end_earliest = from.first;
        bounds->end_latest = STEMMA_TIME_UNKNOWN_LATE;
        fill(bounds, &from, &from);
    } else {
        bounds->start_earliest = STEMMA_TIME_UNKNOWN_EARLY;
        bounds->start_latest = to.last;
        bounds->end_earliest = to.first;
        bounds->end_latest = to.last;
        fill(bounds, &to, &to);
    }
    return 1;
}

/** The inside of [A..B], [..B], [A..]. */
static int parse_one_of(stemma_text inside, stemma_time_bounds *bounds)
{
    size_t dots = 0;
    while (dots + 1 < inside.size && !(inside.data[dots] == '.' && inside.data[dots + 1] == '.')) {
        dots++;
    }
    if (dots + 1 >= inside.size) {
        return 0;
    }
    stemma_text left = {inside.data, dots};
    stemma_text right = {inside.data + dots + 2, inside.size - dots - 2};
    moment from = {0};
    moment to = {0};
    if ((left.size == 0 && right.size == 0) || (left.size != 0 && !parse_moment(left, &from)) ||
        (right.size != 0 && !parse_moment(right, &to))) {
        return 0;
    }
    if (left.size == 0) {
        from = to;
        from.first = STEMMA_TIME_UNKNOWN_EARLY;
    } else if (right.size == 0) {
        to = from;
        to.last = STEMMA_TIME_UNKNOWN_LATE;
    }
    if (to.last < from.first) {
        return 0;
    }
    bounds->start_earliest = bounds->end_earliest = from.first;
    bounds->start_latest = bounds->end_latest = to.last;
    fill(bounds, &from, &to);
    return 1;
}

stemma_status stemma_edtf_bounds(stemma_text edtf, stemma_time_bounds *bounds)
{
    stemma_time_bounds result = {0};
    int good = 0;
    const char *slash = edtf.size != 0 ? memchr(edtf.data, '/', edtf.size) : NULL;
    if (slash != NULL) {
        size_t at = (size_t)(slash - edtf.data);
        stemma_text left = {edtf.data, at};
        stemma_text right = {slash + 1, edtf.size - at - 1};
        good = parse_interval(left, right, &result);
    } else if (edtf.size >= 2 && edtf.data[0] == '[' && edtf.data[edtf.size - 1] == ']') {
        stemma_text inside = {edtf.data + 1, edtf.size - 2};
        good = parse_one_of(inside, &result);
    } else {
        moment one;
        good = parse_moment(edtf, &one);
        if (good) {
            result.start_earliest = result.end_earliest = one.first;
            result.start_latest = result.end_latest = one.last;
            fill(&result, &one, &one);
        }
    }
    if (!good) {
        return STEMMA_E_INVALID;
    }
    *bounds = result;
    return STEMMA_OK;
}

void stemma_day_text(int64_t seconds, char out[11])
{
    int64_t days = seconds / SECONDS_PER_DAY - (seconds % SECONDS_PER_DAY < 0 ? 1 : 0);
    int year = 0;
    int month = 0;
    int day = 0;
    out[0] = '\0';
    if (days < stemma_days_from_civil(FIRST_YEAR, 1, 1) ||
        days > stemma_days_from_civil(LAST_YEAR, 12, 31)) {
        return;
    }
    stemma_civil_from_days(days, &year, &month, &day);
    for (int i = 3; i >= 0; i--) {
        out[i] = (char)('0' + year % 10);
        year /= 10;
    }
    out[4] = '-';
    out[5] = (char)('0' + month / 10);
    out[6] = (char)('0' + month % 10);
    out[7] = '-';
    out[8] = (char)('0' + day / 10);
    out[9] = (char)('0' + day % 10);
    out[10] = '\0';
}
