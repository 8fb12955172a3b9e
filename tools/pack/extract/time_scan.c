/* SPDX-License-Identifier: MIT */
#include "pack/extract/time_scan.h"

#include "pack/extract/quantity_number.h"

const struct stm_token *stm_time_token(const struct stm_time_scan *scan, uint32_t i)
{
    return &scan->ann->tokens[i];
}

int stm_time_is_at(const struct stm_time_scan *scan, uint32_t i, const char *word)
{
    return i < scan->end && stm_ann_is(scan->ann, i, word);
}

int stm_time_is_any(const struct stm_time_scan *scan, uint32_t i, const char *const *words,
                    size_t count)
{
    for (size_t w = 0; w < count; w++) {
        if (stm_time_is_at(scan, i, words[w])) {
            return 1;
        }
    }
    return 0;
}

int stm_time_is_capitalised(const struct stm_time_scan *scan, uint32_t i)
{
    return (stm_time_token(scan, i)->flags & (STM_TOKEN_CAPITALISED | STM_TOKEN_ALL_CAPS)) != 0;
}

/** Whether a token belongs to a name of several words: "April Jones", "Black Friday". */
static int in_long_name(const struct stm_time_scan *scan, uint32_t i)
{
    uint32_t m = stm_time_token(scan, i)->mention;
    return m != STEMMA_NONE && scan->ann->mentions[m].kind == STEMMA_MENTION_NAME &&
           scan->ann->mentions[m].count > 1;
}

/** Whether a token belongs to the name of a person: "May", "March". */
static int in_person(const struct stm_time_scan *scan, uint32_t i)
{
    uint32_t m = stm_time_token(scan, i)->mention;
    return m != STEMMA_NONE && scan->ann->mentions[m].kind == STEMMA_MENTION_NAME &&
           scan->ann->mentions[m].type == STM_ENTITY_PERSON;
}

/** 1000..2100 in four digits; 0 otherwise. */
int stm_time_year_at(const struct stm_time_scan *scan, uint32_t i)
{
    uint32_t value = 0;
    if (i >= scan->end || stm_time_token(scan, i)->lower.size != 4 ||
        !(stm_time_token(scan, i)->flags & STM_TOKEN_DIGIT) ||
        !stm_number_of_word(stm_time_token(scan, i)->lower, &value) || value < 1000 ||
        value > 2100) {
        return 0;
    }
    return (int)value;
}

/** 1..31, "5" or "5th", in digits. */
int stm_time_day_at(const struct stm_time_scan *scan, uint32_t i)
{
    uint32_t value = 0;
    if (i >= scan->end || !(stm_time_token(scan, i)->flags & STM_TOKEN_DIGIT) ||
        !(stm_number_of_word(stm_time_token(scan, i)->lower, &value) ||
          stm_number_of_ordinal(stm_time_token(scan, i)->lower, &value)) ||
        value < 1 || value > 31 || stm_time_token(scan, i)->lower.size > 4) {
        return 0;
    }
    return (int)value;
}

int stm_time_month_at(const struct stm_time_scan *scan, uint32_t i)
{
    static const char *const before[] = {"in",   "last",    "next",   "since", "until",   "by",
                                         "of",   "this",    "early",  "late",  "mid",     "during",
                                         "from", "through", "and",    "to",    "between", "on",
                                         ",",    "to",      "before", "after", "till"};
    if (i >= scan->end || !stm_time_is_capitalised(scan, i)) {
        return 0;
    }
    int month = stm_month_of_word(stm_time_token(scan, i)->lower);
    if (month == 0) {
        return 0;
    }
    if (stm_time_day_at(scan, i + 1) != 0 || stm_time_year_at(scan, i + 1) != 0) {
        return month;
    }
    if (in_long_name(scan, i) || in_person(scan, i)) {
        return 0;
    }
    /* "March" opens sentences and "May" asks questions: they need a word before that takes a date.
     */
    int doubtful = stm_time_is_at(scan, i, "may") || stm_time_is_at(scan, i, "march") ||
                   stm_time_is_at(scan, i, "mar") || stm_time_is_at(scan, i, "jan") ||
                   stm_time_is_at(scan, i, "april") || stm_time_is_at(scan, i, "august") ||
                   stm_time_is_at(scan, i, "june");
    if (doubtful) {
        int day_before = i > 0 && stm_time_day_at(scan, i - 1) != 0;
        return day_before || (i > 0 && STM_TIME_IS_ANY(scan, i - 1, before)) ? month : 0;
    }
    return month;
}

int stm_time_weekday_at(const struct stm_time_scan *scan, uint32_t i)
{
    if (i >= scan->end || !stm_time_is_capitalised(scan, i)) {
        return 0;
    }
    int weekday = stm_weekday_of_word(stm_time_token(scan, i)->lower);
    if (weekday == 0 || in_long_name(scan, i)) {
        return 0;
    }
    size_t size = stm_time_token(scan, i)->lower.size;
    if (size <= 4 && !stm_time_is_at(scan, i, "tues")) {
        /* "Sat" and "Sun" are words and names as well */
        int before_date = stm_time_month_at(scan, i + 1) || stm_time_day_at(scan, i + 1) ||
                          stm_time_is_at(scan, i + 1, ",");
        if (!before_date && !(i > 0 && stm_time_is_at(scan, i - 1, "on"))) {
            return 0;
        }
    }
    return weekday;
}

int stm_time_is_dash(const struct stm_time_scan *scan, uint32_t i)
{
    return stm_time_is_at(scan, i, "-") || stm_time_is_at(scan, i, "\xE2\x80\x93") ||
           stm_time_is_at(scan, i, "\xE2\x80\x94");
}

/** Whether what stands around token `i` speaks of time to come. */
static int future_around(const struct stm_time_scan *scan, uint32_t i)
{
    static const char *const marks[] = {"will", "'ll", "shall", "wo"};
    static const char *const modals[] = {"would", "could", "may", "might", "can", "should"};
    static const char *const calls[] = {"called", "calls", "calling", "planned", "plans"};
    static const char *const plans[] = {"due",   "scheduled", "expected", "set",    "planned",
                                        "going", "slated",    "plans",    "intends"};
    uint32_t first = scan->ann->sentences[stm_time_token(scan, i)->sentence].first;
    for (uint32_t back = 1; back <= 14 && i >= first + back; back++) {
        uint32_t at = i - back;
        uint8_t tag = stm_time_token(scan, at)->tag;
        if (tag == STM_TAG_MODAL && STM_TIME_IS_ANY(scan, at, modals) &&
            !stm_time_is_at(scan, at + 1, "have")) {
            return 1;
        }
        if (stm_time_is_at(scan, at + 1, "for") && STM_TIME_IS_ANY(scan, at, calls)) {
            return 1; /* "called for a march on Saturday" */
        }
        if (STM_TIME_IS_ANY(scan, at, marks) ||
            (STM_TIME_IS_ANY(scan, at, plans) &&
             (stm_time_is_at(scan, at + 1, "to") || stm_time_is_at(scan, at + 1, "for") ||
              stm_time_is_at(scan, at, "due") || stm_time_is_at(scan, at, "scheduled")))) {
            return 1;
        }
        int passive = tag == STM_TAG_PAST && at > first && stm_time_is_at(scan, at - 1, "be");
        if ((tag == STM_TAG_PAST && !passive) || stm_time_is_at(scan, at, "was") ||
            stm_time_is_at(scan, at, "were") || stm_time_is_at(scan, at, ";")) {
            break;
        }
    }
    for (uint32_t at = i + 1; at < scan->end && at <= i + 6; at++) {
        if (STM_TIME_IS_ANY(scan, at, marks)) {
            return 1;
        }
        if ((stm_time_token(scan, at)->tag == STM_TAG_PUNCTUATION &&
             !stm_time_is_at(scan, at, ",")) ||
            stm_time_token(scan, at)->tag == STM_TAG_CONJUNCTION) {
            break;
        }
        if (stm_time_token(scan, at)->tag == STM_TAG_PAST) {
            break;
        }
    }
    return 0;
}

int stm_time_direction(const struct stm_time_scan *scan, uint32_t i)
{
    return future_around(scan, i) ? 1 : -1;
}

/** ", 2021" or "2021" or "of 2021" from token `i`: tokens taken, and the year. */
uint32_t stm_time_year_after(const struct stm_time_scan *scan, uint32_t i, int *year)
{
    uint32_t at = i;
    if (stm_time_is_at(scan, at, ",") || stm_time_is_at(scan, at, "of")) {
        at++;
    }
    *year = stm_time_year_at(scan, at);
    return *year != 0 ? at + 1 - i : 0;
}
