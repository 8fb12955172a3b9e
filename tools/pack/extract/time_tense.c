/* SPDX-License-Identifier: MIT */
#include "pack/extract/time_tense.h"

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

