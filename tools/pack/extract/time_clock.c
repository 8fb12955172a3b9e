/* SPDX-License-Identifier: MIT */
#include "pack/extract/time_clock.h"

/** "10", "10:30", "10.30" and what stands behind the digits: "pm", "". */
static int read_digits(stemma_text word, int *hour, int *minute, int *has_minute, stemma_text *rest)
{
    size_t at = 0;
    int numbers[2] = {0, 0};
    int part = 0;
    int widths[2] = {0, 0};
    for (; at < word.size; at++) {
        char c = word.data[at];
        if (c >= '0' && c <= '9' && widths[part] < 2) {
            numbers[part] = numbers[part] * 10 + (c - '0');
            widths[part]++;
        } else if ((c == ':' || c == '.') && part == 0 && widths[0] != 0 && at + 2 < word.size &&
                   word.data[at + 1] >= '0' && word.data[at + 1] <= '9') {
            part = 1;
        } else {
            break;
        }
    }
    rest->data = word.data + at;
    rest->size = word.size - at;
    *hour = numbers[0];
    *minute = numbers[1];
    *has_minute = part == 1 && widths[1] == 2 && word.data[widths[0]] == ':' ? 2 : part;
    return widths[0] != 0 && (part == 0 || widths[1] == 2) && numbers[0] < 24 && numbers[1] < 60;
}

/** 1 for "am", "a.m.", 2 for "pm", 0 otherwise. */
static int half_of_day(stemma_text word)
{
    static const char *const words[] = {"am", "pm", "a.m.", "p.m.", "a.m", "p.m"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (stemma_text_equal(word, stemma_text_of(words[i]))) {
            return (int)(i % 2) + 1;
        }
    }
    return 0;
}

static uint32_t zone_at(const struct stm_time_scan *scan, uint32_t i)
{
    static const char *const zones[] = {"gmt", "utc",  "cet", "cest", "est", "edt",
                                        "pst", "pdt",  "cst", "cdt",  "msk", "bst",
                                        "ist", "eest", "eet", "et",   "pt",  "jst"};
    if (stm_time_is_at(scan, i, "local") && stm_time_is_at(scan, i + 1, "time")) {
        return 2;
    }
    return STM_TIME_IS_ANY(scan, i, zones) &&
                   (stm_time_token(scan, i)->flags & STM_TOKEN_ALL_CAPS) != 0
               ? 1
               : 0;
}

uint32_t stm_time_clock_at(const struct stm_time_scan *scan, uint32_t i, int *minutes)
{
    int hour = 0;
    int minute = 0;
    int has_minute = 0;
    stemma_text rest;
    if (i >= scan->end) {
        return 0;
    }
    if (stm_time_is_at(scan, i, "noon") || stm_time_is_at(scan, i, "midday") ||
        stm_time_is_at(scan, i, "midnight")) {
        if (minutes != NULL) {
            *minutes = stm_time_is_at(scan, i, "midnight") ? 0 : 12 * 60;
        }
        return 1;
    }
    if (!(stm_time_token(scan, i)->flags & STM_TOKEN_DIGIT) ||
        !read_digits(stm_time_token(scan, i)->lower, &hour, &minute, &has_minute, &rest)) {
        return 0;
    }
    uint32_t at = i + 1;
    int half = half_of_day(rest);
    if (rest.size != 0 && half == 0) {
        return 0;
    }
    if (half == 0 && at < scan->end) {
        half = half_of_day(stm_time_token(scan, at)->lower);
        at += half != 0;
    }
    if (half == 0 && has_minute != 2) {
        return 0; /* "10.30" alone is a number */
    }
    if (half != 0) {
        if (hour < 1 || hour > 12) {
            return 0;
        }
        hour = hour % 12 + (half == 2 ? 12 : 0);
    }
    if (minutes != NULL) {
        *minutes = hour * 60 + minute;
    }
    return at + zone_at(scan, at) - i;
}
