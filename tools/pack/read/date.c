/* SPDX-License-Identifier: MIT */
#include "pack/read/date.h"

#include <stdio.h>

#include "pack/read/words.h"
#include "stemma/edtf.h"

#define UNKNOWN (-1)

/* What the pieces of a date have told so far. */
typedef struct parts {
    int year, month, day;
    int hour, minute, second;
    bool has_time;
    bool afternoon, morning;
    int zone; /* minutes east of UTC, or UNKNOWN_ZONE */
    bool has_zone, strange_zone;
} parts;

int stm_month_number(stemma_text word)
{
    static const char *const names[] = {"january",   "february", "march",    "april",
                                        "may",       "june",     "july",     "august",
                                        "september", "october",  "november", "december"};
    if (word.size > 3 && word.data[word.size - 1] == '.') {
        word.size--;
    }
    if (stm_is_word(word, "sept")) {
        return 9;
    }
    for (int i = 0; i < 12; i++) {
        char abbreviation[4] = {names[i][0], names[i][1], names[i][2], 0};
        if (stm_is_word(word, names[i]) || stm_is_word(word, abbreviation)) {
            return i + 1;
        }
    }
    return 0;
}

bool stm_is_weekday(stemma_text word)
{
    static const char *const names[] = {"monday",   "tuesday", "wednesday", "thursday", "friday",
                                        "saturday", "sunday",  "mon",       "tue",      "wed",
                                        "thu",      "fri",     "sat",       "sun",      "tues",
                                        "weds",     "thur",    "thurs"};
    return stm_is_one_of(word, names, sizeof names / sizeof *names);
}

static bool month_has_day(int year, int month, int day)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return day >= 1 && day <= days[month - 1] + (month == 2 && leap);
}

/* The number in exactly the bytes [at, at + count), or UNKNOWN. */
static int digits(stemma_text text, size_t at, size_t count)
{
    int number = 0;
    if (text.size < count || at > text.size - count) {
        return UNKNOWN;
    }
    for (size_t i = at; i < at + count; i++) {
        if (!stm_is_digit(text.data[i])) {
            return UNKNOWN;
        }
        number = number * 10 + (text.data[i] - '0');
    }
    return number;
}

static size_t digit_run(stemma_text text, size_t at)
{
    size_t count = 0;
    while (at + count < text.size && stm_is_digit(text.data[at + count])) {
        count++;
    }
    return count;
}

static bool read_zone_name(stemma_text word, parts *date)
{
    static const struct {
        const char *name;
        int minutes;
    } zones[] = {{"z", 0},      {"utc", 0},    {"gmt", 0},    {"ut", 0},     {"est", -300},
                 {"edt", -240}, {"cst", -360}, {"cdt", -300}, {"mst", -420}, {"mdt", -360},
                 {"pst", -480}, {"pdt", -420}, {"bst", 60},   {"cet", 60},   {"cest", 120},
                 {"eet", 120},  {"eest", 180}, {"msk", 180}};
    for (size_t i = 0; i < sizeof zones / sizeof *zones; i++) {
        if (stm_is_word(word, zones[i].name)) {
            /* "GMT+3", "+0000 (UTC)": a number wins over the name beside it. */
            if (!date->has_zone) {
                date->zone = zones[i].minutes;
                date->has_zone = true;
            }
            return true;
        }
    }
    return false;
}

/* "+01:00", "+0100", "+01", "+3" from the sign on. Returns the bytes read, or 0. */
static size_t read_zone_offset(stemma_text text, size_t at, parts *date)
{
    size_t run = digit_run(text, at + 1);
    int hours = UNKNOWN;
    int minutes = 0;
    size_t used = 1 + run;
    if (run == 4) {
        hours = digits(text, at + 1, 2);
        minutes = digits(text, at + 3, 2);
    } else if (run == 1 || run == 2) {
        hours = digits(text, at + 1, run);
        if (at + used < text.size && text.data[at + used] == ':' &&
            digit_run(text, at + used + 1) == 2) {
            minutes = digits(text, at + used + 1, 2);
            used += 3;
        }
    }
    if (hours == UNKNOWN || hours > 14 || minutes > 59) {
        return 0;
    }
    date->zone = (text.data[at] == '-' ? -1 : 1) * (hours * 60 + minutes);
    date->has_zone = true;
    return used;
}

/* "10:32", "10:32:07", "10:32:07.25", "10.32" (only when `dot`). Returns the bytes read, or 0. */
static size_t read_clock(stemma_text text, size_t at, parts *date)
{
    size_t run = digit_run(text, at);
    size_t used = run + 3;
    if ((run != 1 && run != 2) || at + run >= text.size || text.data[at + run] != ':' ||
        digit_run(text, at + run + 1) != 2 || date->has_time) {
        return 0;
    }
    date->hour = digits(text, at, run);
    date->minute = digits(text, at + run + 1, 2);
    date->second = UNKNOWN;
    if (at + used < text.size && text.data[at + used] == ':' &&
        digit_run(text, at + used + 1) == 2) {
        date->second = digits(text, at + used + 1, 2);
        used += 3;
        if (at + used < text.size && text.data[at + used] == '.') {
            used += 1 + digit_run(text, at + used + 1);
        }
    }
    date->has_time = true;
    return date->hour < 24 && date->minute < 60 && date->second < 60 ? used : 0;
}

static bool set_day_month(parts *date, int day, int month)
{
    if (date->day != UNKNOWN || date->month != UNKNOWN) {
        return false;
    }
    date->day = day;
    date->month = month;
    return true;
}

/* Numbers joined by the same separator: 2024-03-12, 2024/3/12, 12.03.2024, 25/12/2024, 2024-03.
   Returns the bytes read, or 0. */
static size_t read_joined(stemma_text text, size_t at, parts *date)
{
    size_t first = digit_run(text, at);
    char mark = at + first < text.size ? text.data[at + first] : ' ';
    if (mark != '-' && mark != '/' && mark != '.') {
        return 0;
    }
    size_t second = digit_run(text, at + first + 1);
    size_t used = first + 1 + second;
    size_t third = 0;
    if (at + used < text.size && text.data[at + used] == mark) {
        third = digit_run(text, at + used + 1);
    }
    if (second < 1 || second > 2 || date->year != UNKNOWN) {
        return 0;
    }
    int a = first <= 4 ? digits(text, at, first) : UNKNOWN;
    int b = digits(text, at + first + 1, second);
    if (first == 4 && third == 0 && mark == '-') {
        date->year = a;
        date->month = b;
        return b >= 1 && b <= 12 ? used : 0;
    }
    int c = third >= 1 && third <= 4 ? digits(text, at + used + 1, third) : UNKNOWN;
    used += 1 + third;
    if (first == 4 && third >= 1 && third <= 2) {
        date->year = a;
        return set_day_month(date, c, b) ? used : 0;
    }
    if (third != 4 || first < 1 || first > 2) {
        return 0;
    }
    date->year = c;
    if (mark == '.' || a > 12 || a == b) {
        return set_day_month(date, a, b) ? used : 0;
    }
    return b > 12 && set_day_month(date, b, a) ? used : 0;
}

/* Whether a text begins with "am", "p.m." and the like as a word of its own: "AMT" is a zone. */
static bool begins_half(stemma_text text)
{
    if (stm_begins(text, "a.m") || stm_begins(text, "p.m")) {
        return true;
    }
    return (stm_begins(text, "am") || stm_begins(text, "pm")) &&
           (text.size == 2 || (!stm_is_upper(text.data[2]) && !stm_is_lower(text.data[2])));
}

static size_t read_number(stemma_text text, size_t at, parts *date)
{
    size_t used = read_clock(text, at, date);
    if (used != 0) {
        return used;
    }
    used = read_joined(text, at, date);
    if (used != 0) {
        return used;
    }
    size_t run = digit_run(text, at);
    if (run == 4 && date->year == UNKNOWN) {
        date->year = digits(text, at, 4);
        return run;
    }
    if ((run != 1 && run != 2)) {
        return 0;
    }
    stemma_text rest = stm_slice(text, at + run, text.size);
    stemma_text mark = stm_trim(rest);
    if (!date->has_time && begins_half(mark)) {
        date->hour = digits(text, at, run);
        date->minute = 0;
        date->second = UNKNOWN;
        date->has_time = true;
        return run;
    }
    if (date->day != UNKNOWN) {
        return 0;
    }
    date->day = digits(text, at, run);
    if (stm_begins(rest, "st") || stm_begins(rest, "nd") || stm_begins(rest, "rd") ||
        stm_begins(rest, "th")) {
        run += 2;
    }
    return run;
}

static bool read_word(stemma_text word, parts *date)
{
    static const char *const filler[] = {"of", "at", "on", "the", "t", "local", "time", "hrs"};
    int month = stm_month_number(word);
    if (month != 0) {
        if (date->month != UNKNOWN) {
            return false;
        }
        date->month = month;
        return true;
    }
    if (stm_is_weekday(word) || stm_is_one_of(word, filler, sizeof filler / sizeof *filler)) {
        return true;
    }
    if (date->has_time && (stm_is_word(word, "am") || stm_is_word(word, "pm"))) {
        bool after = stm_to_lower(word.data[0]) == 'p';
        date->afternoon = after;
        date->morning = !after;
        return true;
    }
    if (read_zone_name(word, date)) {
        return true;
    }
    if (date->has_time && word.size >= 3 && word.size <= 5) {
        for (size_t i = 0; i < word.size; i++) {
            if (!stm_is_upper(word.data[i])) {
                return false;
            }
        }
        date->strange_zone = true;
        return true;
    }
    return false;
}

static bool read_parts(stemma_text text, parts *date)
{
    size_t at = 0;
    while (at < text.size) {
        char c = text.data[at];
        if (stm_is_digit(c)) {
            size_t used = read_number(text, at, date);
            if (used == 0) {
                return false;
            }
            at += used;
        } else if ((c == '+' || c == '-') && at + 1 < text.size && date->has_time &&
                   stm_is_digit(text.data[at + 1])) {
            size_t used = read_zone_offset(text, at, date);
            if (used == 0) {
                return false;
            }
            at += used;
        } else if (date->has_time && (stm_begins(stm_slice(text, at, text.size), "a.m") ||
                                      stm_begins(stm_slice(text, at, text.size), "p.m"))) {
            date->afternoon = stm_to_lower(c) == 'p';
            date->morning = !date->afternoon;
            at += 3;
        } else if (stm_is_upper(c) || stm_is_lower(c)) {
            size_t end = at;
            while (end < text.size &&
                   (stm_is_upper(text.data[end]) || stm_is_lower(text.data[end]))) {
                end++;
            }
            if (!read_word(stm_slice(text, at, end), date)) {
                return false;
            }
            at = end;
        } else if (stm_is_space(c) || (c != 0 && strchr(",.-|()/;", c) != NULL)) {
            at++;
        } else if (text.size - at >= 3 && (memcmp(text.data + at, "\xE2\x80\x93", 3) == 0 ||
                                           memcmp(text.data + at, "\xE2\x80\x94", 3) == 0 ||
                                           memcmp(text.data + at, "\xE2\x80\xA2", 3) == 0)) {
            at += 3;
        } else if (text.size - at >= 2 && (memcmp(text.data + at, "\xC2\xA0", 2) == 0 ||
                                           memcmp(text.data + at, "\xC2\xB7", 2) == 0)) {
            at += 2;
        } else {
            return false;
        }
    }
    return true;
}

static bool check_parts(parts *date)
{
    if (date->year < 1 || date->month == 0 || date->month > 12) {
        return false;
    }
    if (date->month == UNKNOWN) {
        return date->day == UNKNOWN && !date->has_time;
    }
    if (date->day == UNKNOWN) {
        return !date->has_time;
    }
    if (!month_has_day(date->year, date->month, date->day)) {
        return false;
    }
    if (date->has_time && date->hour > 23) {
        return false;
    }
    if (date->has_time && (date->afternoon || date->morning)) {
        if (date->hour < 1 || date->hour > 12) {
            return false;
        }
        date->hour = date->hour % 12 + (date->afternoon ? 12 : 0);
    }
    return true;
}

static void write_parts(const parts *date, char edtf[STM_DATE_SIZE])
{
    char *out = edtf;
    char *end = edtf + STM_DATE_SIZE;
    out += snprintf(out, (size_t)(end - out), "%04d", date->year);
    if (date->month == UNKNOWN) {
        return;
    }
    out += snprintf(out, (size_t)(end - out), "-%02d", date->month);
    if (date->day == UNKNOWN) {
        return;
    }
    out += snprintf(out, (size_t)(end - out), "-%02d", date->day);
    if (!date->has_time || (date->strange_zone && !date->has_zone)) {
        return;
    }
    out += snprintf(out, (size_t)(end - out), "T%02d:%02d", date->hour, date->minute);
    if (date->second != UNKNOWN) {
        out += snprintf(out, (size_t)(end - out), ":%02d", date->second);
    }
    if (date->has_zone && date->zone == 0) {
        snprintf(out, (size_t)(end - out), "Z");
    } else if (date->has_zone) {
        int minutes = date->zone < 0 ? -date->zone : date->zone;
        snprintf(out, (size_t)(end - out), "%c%02d:%02d", date->zone < 0 ? '-' : '+',
                 minutes / 60 % 100, minutes % 60);
    }
}

bool stm_date_read(stemma_text text, char edtf[STM_DATE_SIZE])
{
    parts date = {UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN,
                  false,   false,   false,   0,       false,   false};
    edtf[0] = 0;
    text = stm_trim(text);
    stemma_time_bounds bounds;
    if (text.size < STM_DATE_SIZE && stemma_edtf_bounds(text, &bounds) == STEMMA_OK) {
        memcpy(edtf, text.data, text.size);
        edtf[text.size] = 0;
        return true;
    }
    if (text.size == 0 || text.size > 100 || !read_parts(text, &date) || !check_parts(&date)) {
        return false;
    }
    write_parts(&date, edtf);
    return true;
}
