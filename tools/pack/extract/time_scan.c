/* SPDX-License-Identifier: MIT */
#include "pack/extract/time_scan.h"

#include "pack/extract/quantity_number.h"

const struct stm_token *stm_time_token(const struct stm_time_scan *scan, uint32_t i)
{
    return &scan->ann->tokens[i];
}

stemma_text stm_time_word(const struct stm_time_scan *scan, uint32_t i)
{
    static const char *const prefixes[] = {"mid-", "early-", "late-"};
    stemma_text word = {"", 0};
    if (i >= scan->end) {
        return word;
    }
    word = stm_time_token(scan, i)->lower;
    for (size_t p = 0; p < sizeof prefixes / sizeof prefixes[0]; p++) {
        size_t size = strlen(prefixes[p]);
        if (word.size > size && memcmp(word.data, prefixes[p], size) == 0) {
            word.data += size;
            word.size -= size;
            break;
        }
    }
    return word;
}

uint8_t stm_time_tag(const struct stm_time_scan *scan, uint32_t i)
{
    return i < scan->end ? stm_time_token(scan, i)->tag : (uint8_t)STM_TAG_PUNCTUATION;
}

enum stm_time_unit stm_time_unit_at(const struct stm_time_scan *scan, uint32_t i, int number)
{
    stemma_text word = i < scan->end ? stm_time_token(scan, i)->lower : (stemma_text){"", 0};
    int plural = word.size != 0 && word.data[word.size - 1] == 's';
    return plural == (number == 2) ? stm_unit_of_word(word) : STM_UNIT_NONE;
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
    stemma_text word = stm_time_word(scan, i);
    if (word.size != 4 || word.data[0] < '0' || word.data[0] > '9' ||
        !stm_number_of_word(word, &value) || value < 1000 || value > 2100) {
        return 0;
    }
    return (int)value;
}

static int day_of_word(stemma_text word)
{
    uint32_t value = 0;
    if (word.size == 0 || word.size > 4 || word.data[0] < '0' || word.data[0] > '9' ||
        !(stm_number_of_word(word, &value) || stm_number_of_ordinal(word, &value)) || value < 1 ||
        value > 31) {
        return 0;
    }
    return (int)value;
}

/** 1..31, "5" or "5th", in digits; "5-7" when `last` is wanted. */
int stm_time_day_at(const struct stm_time_scan *scan, uint32_t i, int *last)
{
    stemma_text word = i < scan->end ? stm_time_token(scan, i)->lower : (stemma_text){"", 0};
    const char *dash = word.size != 0 ? memchr(word.data, '-', word.size) : NULL;
    if (last != NULL) {
        *last = 0;
    }
    if (dash == NULL || last == NULL) {
        return day_of_word(word);
    }
    stemma_text left = {word.data, (size_t)(dash - word.data)};
    stemma_text right = {dash + 1, word.size - left.size - 1};
    int first = day_of_word(left);
    *last = day_of_word(right);
    return *last > first ? first : 0;
}

static int day_follows(const struct stm_time_scan *scan, uint32_t i)
{
    int last = 0;
    return stm_time_day_at(scan, i, &last) != 0;
}

int stm_time_month_at(const struct stm_time_scan *scan, uint32_t i)
{
    static const char *const before[] = {
        "in",   "last", "next",   "since", "until",   "by",  "of",   "this",    "early",
        "late", "mid",  "during", "from",  "through", "and", "to",   "between", "on",
        ",",    "-",    "before", "after", "till",    "for", "late", "mid",     "every"};
    if (i >= scan->end || (!stm_time_is_capitalised(scan, i) &&
                           stm_time_word(scan, i).size == stm_time_token(scan, i)->lower.size)) {
        return 0;
    }
    int month = stm_month_of_word(stm_time_word(scan, i));
    if (month == 0) {
        return 0;
    }
    if (day_follows(scan, i + 1) || stm_time_year_at(scan, i + 1) != 0) {
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
        int day_before = i > 0 && day_follows(scan, i - 1);
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
        int before_date = stm_time_month_at(scan, i + 1) || stm_time_day_at(scan, i + 1, NULL) ||
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

uint32_t stm_time_year_after(const struct stm_time_scan *scan, uint32_t i, int *year)
{
    static const char *const last[] = {"last", "this", "next", "the"};
    uint32_t at = i;
    if (stm_time_is_at(scan, at, ",") || stm_time_is_at(scan, at, "of")) {
        at++;
    }
    *year = stm_time_year_at(scan, at);
    if (*year != 0) {
        return at + 1 - i;
    }
    if (stm_time_is_at(scan, i, ",") || !STM_TIME_IS_ANY(scan, at, last)) {
        return 0;
    }
    if (stm_time_is_at(scan, at + 1, "year") && scan->anchor.has_year &&
        !stm_time_is_at(scan, at + 2, "'s") && !stm_time_is_at(scan, at, "the")) {
        *year = scan->anchor.year + (stm_time_is_at(scan, at, "last")   ? -1
                                     : stm_time_is_at(scan, at, "next") ? 1
                                                                        : 0);
        return at + 2 - i;
    }
    /* "in June the following year", "June of that year" */
    if (stm_time_is_at(scan, at, "the") && scan->narrated.has_year &&
        stm_time_is_at(scan, at + 2, "year") &&
        (stm_time_is_at(scan, at + 1, "same") || stm_time_is_at(scan, at + 1, "following") ||
         stm_time_is_at(scan, at + 1, "previous") || stm_time_is_at(scan, at + 1, "next"))) {
        *year = scan->narrated.year + (stm_time_is_at(scan, at + 1, "same")       ? 0
                                       : stm_time_is_at(scan, at + 1, "previous") ? -1
                                                                                  : 1);
        return at + 3 - i;
    }
    return 0;
}

int stm_time_is_daypart(const struct stm_time_scan *scan, uint32_t i)
{
    static const char *const words[] = {"morning", "afternoon", "evening", "night", "lunchtime"};
    return STM_TIME_IS_ANY(scan, i, words);
}
