/* SPDX-License-Identifier: MIT */
#include "common/enum_names.h"

#include <stddef.h>

/* Indexed by enum stm_enum, then by value; NULL where the enumeration has no such value. */
#define WORDS 8
static const char *const words[][WORDS] = {
    [STM_ENUM_REFERENT_KIND] = {"entity", "event"},
    [STM_ENUM_MENTION_KIND] = {"name", "nominal", "pronoun", "trigger", "time", "quantity"},
    [STM_ENUM_NAME_KIND] = {"name", "alias", "acronym", "nominal"},
    [STM_ENUM_MODIFIER] = {"none", "about", "at_least", "more_than", "at_most", "less_than"},
    [STM_ENUM_POLARITY] = {"unspecified", "positive", "negative"},
    [STM_ENUM_CERTAINTY] = {"unspecified", "certain", "probable", "possible"},
    [STM_ENUM_TENSE] = {"unspecified", "past", "present", "future"},
    [STM_ENUM_REALIS] = {"unspecified", "actual", "generic", "other"},
    [STM_ENUM_ATTRIBUTION] = {"none", "speaker", "unstated"},
    [STM_ENUM_STANCE] = {"unspecified", "asserts", "denies", "questions", "reports"},
    [STM_ENUM_EVIDENCE_PART] = {"filler", "predicate", "context"},
    [STM_ENUM_RUN_KIND] = {"rule", "model", "human", "import"},
    [STM_ENUM_VERDICT] = {NULL, "same", "not_same", "unsure"},
    [STM_ENUM_DERIVATION_KIND] = {NULL, "copy", "excerpt", "revision", "quotes", "same_agency"},
    [STM_ENUM_TERM_KIND] = {"entity_type", "event_type", "predicate"},
};

const char *stm_enum_name(enum stm_enum which, uint8_t value)
{
    const char *word = value < WORDS ? words[which][value] : NULL;
    return word != NULL ? word : "unknown";
}

int stm_enum_value(enum stm_enum which, stemma_text word)
{
    for (int i = 0; i < WORDS; i++) {
        if (words[which][i] != NULL && stemma_text_equal(stemma_text_of(words[which][i]), word)) {
            return i;
        }
    }
    return -1;
}
