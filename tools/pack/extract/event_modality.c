/* SPDX-License-Identifier: MIT */
/* Whether it happened: polarity, certainty, tense and realis of what a verb tells. */
#include "pack/extract/event_modality.h"

#include "pack/extract/attribution_range.h"

/** Whether the clause of the verb is a condition: "if the sanctions are lifted". */
static int is_conditional(const struct stm_annotation *ann, const struct stm_verb_group *group)
{
    static const char *const words[] = {"if", "unless", "whether", "should", "until"};
    uint32_t start = stm_sentence_first(ann, group->first);
    for (uint32_t i = group->first; i-- > start && group->first - i <= 12;) {
        if (STM_TOKEN_IS_ANY(ann, i, words) && ann->tokens[i].time == STEMMA_NONE) {
            return 1;
        }
        if (stm_ann_is(ann, i, ",") || stm_ann_is(ann, i, "that") || stm_is_finite(ann, i)) {
            return 0;
        }
    }
    return 0;
}

/** What an infinitive's governor makes of it: "refused to", "began to", "agreed to". */
static void judge_infinitive(const struct stm_annotation *ann, const struct stm_verb_group *group,
                             struct stm_stand *stand)
{
    static const char *const refuse[] = {"refused",  "refuses", "refuse", "failed",   "fails",
                                         "declined", "unable",  "forgot", "refusing", "refusal"};
    static const char *const happen[] = {"began",  "started", "continued", "managed", "forced",
                                         "helped", "came",    "proceeded", "begun",   "went"};
    stand->realis = STEMMA_REALIS_OTHER;
    stand->certainty = STEMMA_CERTAINTY_UNSPECIFIED;
    if (group->first == stm_sentence_first(ann, group->main)) {
        return;
    }
    uint32_t governor = group->first - 1;
    if (STM_TOKEN_IS_ANY(ann, governor, refuse)) {
        stand->polarity = STEMMA_POLARITY_NEGATIVE;
        stand->realis = STEMMA_REALIS_ACTUAL;
    } else if (STM_TOKEN_IS_ANY(ann, governor, happen)) {
        stand->realis = STEMMA_REALIS_ACTUAL;
        stand->certainty = STEMMA_CERTAINTY_CERTAIN;
    }
}

static void judge_gerund(const struct stm_annotation *ann, const struct stm_verb_group *group,
                         struct stm_stand *stand)
{
    static const char *const unreal[] = {
        "consider", "considering", "considered", "discuss", "discussed", "discussing", "avoid",
        "of",       "about",       "for",        "risk",    "oppose",    "without",    "from",
        "against",  "toward",      "towards",    "planned", "proposed",  "stop",       "suggested"};
    static const char *const after[] = {"after", "before", "by", "since", "following", "in"};
    if (group->has_be) {
        return;
    }
    if (group->first == stm_sentence_first(ann, group->main)) {
        return;
    }
    uint32_t before = group->first - 1;
    if (stm_ann_is(ann, before, "without") || stm_ann_is(ann, before, "denied") ||
        stm_ann_is(ann, before, "denies")) {
        stand->polarity = STEMMA_POLARITY_NEGATIVE;
    } else if (STM_TOKEN_IS_ANY(ann, before, unreal)) {
        stand->realis = STEMMA_REALIS_OTHER;
        stand->certainty = STEMMA_CERTAINTY_UNSPECIFIED;
    } else if (!STM_TOKEN_IS_ANY(ann, before, after)) {
        stand->confidence = 600;
    }
}

/** "accused the government of having shot the men", "suspected of killing": no more than a charge. */
static int is_accusation(const struct stm_annotation *ann, const struct stm_verb_group *group)
{
    static const char *const words[] = {"accused",   "accuses", "accuse",  "accusing",
                                        "suspected", "charged", "blamed",  "blames",
                                        "acquitted", "cleared", "suspects"};
    uint32_t start = stm_sentence_first(ann, group->first);
    if (group->first < start + 2 ||
        (group->form != STM_FORM_ING && !stm_ann_is(ann, group->first, "having"))) {
        return 0;
    }
    uint32_t governor = group->first - 1;
    if (!stm_ann_is(ann, governor, "of") && !stm_ann_is(ann, governor, "with") &&
        !stm_ann_is(ann, governor, "for")) {
        return 0;
    }
    for (uint32_t i = governor; i-- > start && governor - i <= 12;) {
        if (STM_TOKEN_IS_ANY(ann, i, words)) {
            return 1;
        }
    }
    return 0;
}

/** "rumours that she had been freed", "fears that he was killed": what is rumoured is not told. */
static int is_rumour(const struct stm_annotation *ann, const struct stm_verb_group *group)
{
    static const char *const words[] = {
        "rumours", "rumors",     "rumour",     "rumor",       "reports",    "claims",
        "claim",   "allegations", "allegation", "suggestions", "fears",      "fear",
        "hopes",   "hope",       "possibility", "speculation", "suspicions", "suspicion"};
    uint32_t start = stm_sentence_first(ann, group->first);
    for (uint32_t i = group->first; i-- > start + 1 && group->first - i <= 10;) {
        if (stm_ann_is(ann, i, "that")) {
            return STM_TOKEN_IS_ANY(ann, i - 1, words);
        }
        if (stm_is_finite(ann, i) || stm_ann_is(ann, i, ",")) {
            break;
        }
    }
    return 0;
}

struct stm_stand stm_judge_verb(const struct stm_annotation *ann,
                                const struct stm_verb_group *group, uint16_t confidence)
{
    struct stm_stand stand = stm_stand_plain(confidence);
    const struct stm_token *main = &ann->tokens[group->main];
    int title = ann->sentences[main->sentence].is_title;
    stand.tense = STEMMA_TENSE_PAST;
    if (group->form == STM_FORM_S || group->form == STM_FORM_BASE) {
        stand.tense = (uint8_t)(title ? STEMMA_TENSE_PAST : STEMMA_TENSE_PRESENT);
    }
    if (group->form == STM_FORM_ING || (group->present_be && !group->has_have)) {
        stand.tense =
            (uint8_t)(group->present_be ? STEMMA_TENSE_PRESENT : STEMMA_TENSE_UNSPECIFIED);
    }
    if (group->negated) {
        stand.polarity = STEMMA_POLARITY_NEGATIVE;
    }
    if (group->infinitive) {
        stand.tense = STEMMA_TENSE_UNSPECIFIED;
        judge_infinitive(ann, group, &stand);
    } else if (group->form == STM_FORM_ING) {
        judge_gerund(ann, group, &stand);
    }
    if (group->future) {
        stand.tense = STEMMA_TENSE_FUTURE;
        stand.realis = STEMMA_REALIS_OTHER;
        stand.certainty = STEMMA_CERTAINTY_PROBABLE;
    }
    if (group->modal) {
        stand.tense = STEMMA_TENSE_UNSPECIFIED;
        stand.realis = STEMMA_REALIS_OTHER;
        stand.certainty =
            (uint8_t)(group->possible ? STEMMA_CERTAINTY_POSSIBLE : STEMMA_CERTAINTY_UNSPECIFIED);
    }
    if (stand.realis == STEMMA_REALIS_ACTUAL && is_conditional(ann, group)) {
        stand.realis = STEMMA_REALIS_OTHER;
        stand.certainty = STEMMA_CERTAINTY_UNSPECIFIED;
    }
    if (stand.realis == STEMMA_REALIS_ACTUAL &&
        (is_accusation(ann, group) || is_rumour(ann, group))) {
        stand.realis = STEMMA_REALIS_OTHER;
        stand.certainty = STEMMA_CERTAINTY_POSSIBLE;
    }
    if (group->hearsay) {
        stand.attribution = STEMMA_ATTRIBUTION_UNSTATED;
        stand.certainty = STEMMA_CERTAINTY_UNSPECIFIED;
    }
    stm_attribute(ann, group->main, &stand);
    if (stand.stance == STEMMA_STANCE_DENIES) {
        /* "denied holding prisoners": the speaker says that it is not so */
        stand.polarity = STEMMA_POLARITY_NEGATIVE;
    }
    return stand;
}
