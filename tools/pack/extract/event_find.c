/* SPDX-License-Identifier: MIT */
/* Happenings that verbs tell: active, passive, reduced and inverted clauses. */
#include "pack/extract/attribution.h"
#include "pack/extract/event.h"

static int is_be(const struct stm_annotation *ann, uint32_t token)
{
    return stm_ann_is(ann, token, "was") || stm_ann_is(ann, token, "were") ||
           stm_ann_is(ann, token, "is") || stm_ann_is(ann, token, "are");
}

static uint32_t start_of(const struct stm_annotation *ann, uint32_t token)
{
    return ann->sentences[ann->tokens[token].sentence].first;
}

static int any_of(const struct stm_annotation *ann, uint32_t token, const char *const *words,
                  size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (stm_ann_is(ann, token, words[i])) {
            return 1;
        }
    }
    return 0;
}

#define ANY_OF(ann, token, words) any_of((ann), (token), (words), sizeof(words) / sizeof((words)[0]))

/** Whether the clause of the verb is a condition: "if the sanctions are lifted". */
static int is_conditional(const struct stm_annotation *ann, const struct stm_verb_group *group)
{
    static const char *const words[] = {"if", "unless", "whether", "should", "until"};
    uint32_t start = start_of(ann, group->first);
    for (uint32_t i = group->first; i-- > start && group->first - i <= 12;) {
        if (ANY_OF(ann, i, words) && ann->tokens[i].time == STEMMA_NONE) {
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
    static const char *const refuse[] = {"refused", "refuses", "refuse", "failed",   "fails",
                                         "declined", "unable", "forgot", "refusing", "refusal"};
    static const char *const happen[] = {"began",  "started", "continued", "managed", "forced",
                                         "helped", "came",    "proceeded", "begun",   "went"};
    stand->realis = STEMMA_REALIS_OTHER;
    stand->certainty = STEMMA_CERTAINTY_UNSPECIFIED;
    if (group->first == start_of(ann, group->main)) {
        return;
    }
    uint32_t governor = group->first - 1;
    if (ANY_OF(ann, governor, refuse)) {
        stand->polarity = STEMMA_POLARITY_NEGATIVE;
        stand->realis = STEMMA_REALIS_ACTUAL;
    } else if (ANY_OF(ann, governor, happen)) {
        stand->realis = STEMMA_REALIS_ACTUAL;
        stand->certainty = STEMMA_CERTAINTY_CERTAIN;
    }
}

static void judge_gerund(const struct stm_annotation *ann, const struct stm_verb_group *group,
                         struct stm_stand *stand)
{
    static const char *const unreal[] = {"consider", "considering", "considered", "discuss",
                                         "discussed", "discussing", "avoid",     "of",
                                         "about",    "for",         "risk",      "oppose",
                                         "without",  "from",        "against",   "toward", "towards",
                                         "planned",  "proposed",    "stop",      "suggested"};
    static const char *const after[] = {"after", "before", "by", "since", "following", "in"};
    if (group->has_be) {
        return;
    }
    if (group->first == start_of(ann, group->main)) {
        return;
    }
    uint32_t before = group->first - 1;
    if (stm_ann_is(ann, before, "without") || stm_ann_is(ann, before, "denied") ||
        stm_ann_is(ann, before, "denies")) {
        stand->polarity = STEMMA_POLARITY_NEGATIVE;
    } else if (ANY_OF(ann, before, unreal)) {
        stand->realis = STEMMA_REALIS_OTHER;
        stand->certainty = STEMMA_CERTAINTY_UNSPECIFIED;
    } else if (!ANY_OF(ann, before, after)) {
        stand->confidence = 600;
    }
}

/** Polarity, tense, realis from the verb group and what governs it. */
static struct stm_stand judge(const struct stm_annotation *ann, const struct stm_verb_group *group,
                              uint16_t confidence)
{
    struct stm_stand stand = stm_stand_plain(confidence);
    const struct stm_token *main = &ann->tokens[group->main];
    int title = ann->sentences[main->sentence].is_title;
    stand.tense = STEMMA_TENSE_PAST;
    if (group->form == STM_FORM_S || group->form == STM_FORM_BASE) {
        stand.tense = (uint8_t)(title ? STEMMA_TENSE_PAST : STEMMA_TENSE_PRESENT);
    }
    if (group->form == STM_FORM_ING || (group->present_be && !group->has_have)) {
        stand.tense = (uint8_t)(group->present_be ? STEMMA_TENSE_PRESENT : STEMMA_TENSE_UNSPECIFIED);
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
        stand.certainty = (uint8_t)(group->possible ? STEMMA_CERTAINTY_POSSIBLE
                                                    : STEMMA_CERTAINTY_UNSPECIFIED);
    }
    if (stand.realis == STEMMA_REALIS_ACTUAL && is_conditional(ann, group)) {
        stand.realis = STEMMA_REALIS_OTHER;
        stand.certainty = STEMMA_CERTAINTY_UNSPECIFIED;
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

/** Detained, jailed: an arrest, a state, or a sentence. */
static void settle_jail(const struct stm_annotation *ann, const struct stm_verb_group *group,
                        uint32_t after, struct stm_candidate *candidate)
{
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[group->main].sentence);
    if (after < end && (stm_ann_is(ann, after, "for") || stm_ann_is(ann, after, "to")) &&
        after + 1 < end && ann->tokens[after + 1].quantity != STEMMA_NONE &&
        ann->quantities[ann->tokens[after + 1].quantity].value.unit.size != 0) {
        candidate->kind = STM_EVENT_SENTENCE;
        return;
    }
    int since = 0;
    for (uint32_t i = after; i < end && i < after + 6; i++) {
        uint32_t time = ann->tokens[i].time;
        if (time != STEMMA_NONE && stm_ann_is(ann, ann->times[time].first, "since")) {
            since = 1;
        }
    }
    if (since || (group->present_be && group->has_be)) {
        candidate->kind = STM_EVENT_DETAIN;
    }
}

/** "sentenced to 10 years in a penal colony", "convicted of fraud", "on charges of fraud". */
static stemma_status find_penalty(struct stm_events *events, struct stm_candidate *candidate,
                                  uint32_t after)
{
    const struct stm_annotation *ann = events->ann;
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[candidate->first].sentence);
    for (uint32_t i = after; i + 1 < end && i < after + 14; i++) {
        const char *role = NULL;
        uint32_t start = i + 1;
        if (ann->tokens[i].time != STEMMA_NONE) {
            continue;
        }
        if (stm_ann_is(ann, i, ",") || stm_ann_is(ann, i, ".") || stm_is_clause_break(ann, i)) {
            break;
        }
        if ((stm_ann_is(ann, i, "to") || stm_ann_is(ann, i, "for")) &&
            candidate->kind == STM_EVENT_SENTENCE && !stm_has_role(events, candidate, "penalty") &&
            (ann->tokens[start].quantity != STEMMA_NONE || stm_ann_is(ann, start, "life") ||
             stm_ann_is(ann, start, "death") || stm_ann_is(ann, start, "a"))) {
            role = "penalty";
        } else if (stm_ann_is(ann, i, "charges") && stm_ann_is(ann, start, "of")) {
            role = "charge";
            start++;
        } else if ((stm_ann_is(ann, i, "of") && candidate->kind == STM_EVENT_CONVICT && i < after + 2) ||
                   (stm_ann_is(ann, i, "for") && (candidate->kind == STM_EVENT_CONVICT ||
                                                  candidate->kind == STM_EVENT_ARREST ||
                                                  candidate->kind == STM_EVENT_SENTENCE))) {
            role = "charge";
        }
        if (role == NULL) {
            continue;
        }
        uint32_t stop = start;
        while (stop < end && stop < start + 12 && ann->tokens[stop].time == STEMMA_NONE &&
               !stm_is_clause_break(ann, stop) && !stm_is_finite(ann, stop) &&
               !(ann->tokens[stop].flags & STM_TOKEN_PUNCTUATION) &&
               !(stm_ann_is(ann, stop, "for") || stm_ann_is(ann, stop, "on")) &&
               !(stm_ann_is(ann, stop, "and") &&
                 (stop + 1 >= end || ann->tokens[stop + 1].tag == STM_TAG_PARTICIPLE ||
                  ann->tokens[stop + 1].tag == STM_TAG_PAST ||
                  stm_is_finite(ann, stop + 1)))) {
            stop++;
        }
        if (stop > start && ann->tokens[stop - 1].tag == STM_TAG_PREPOSITION) {
            stop--;
        }
        if (stop == start) {
            continue;
        }
        struct stm_filler filler = {role, start, stop - start, STEMMA_NONE, STEMMA_NONE,
                                    STEMMA_NONE, 1, 0};
        stemma_status status = stm_add_filler(events, candidate, &filler);
        if (status != STEMMA_OK) {
            return status;
        }
        i = stop - 1;
    }
    return STEMMA_OK;
}

/** The targets of sanctions: "sanctions on X", from where the sanctions are named. */
static stemma_status find_sanction_target(struct stm_events *events,
                                          struct stm_candidate *candidate)
{
    const struct stm_annotation *ann = events->ann;
    uint32_t start = start_of(ann, candidate->first);
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[candidate->first].sentence);
    uint32_t word = STEMMA_NONE;
    for (uint32_t reach = 1; reach <= 14 && word == STEMMA_NONE; reach++) {
        if (candidate->first + reach < end &&
            stm_is_sanction_word(ann, candidate->first + reach)) {
            word = candidate->first + reach;
        } else if (candidate->first >= start + reach &&
                   stm_is_sanction_word(ann, candidate->first - reach)) {
            word = candidate->first - reach;
        }
    }
    if (word == STEMMA_NONE) {
        return STEMMA_OK;
    }
    for (uint32_t i = word + 1; i < end && i <= word + 6; i++) {
        if (stm_ann_is(ann, i, "on") || stm_ann_is(ann, i, "against")) {
            struct stm_chain chain;
            if (i + 1 < end && ann->tokens[i + 1].time != STEMMA_NONE) {
                continue;
            }
            stm_chain_read(ann, i + 1, end, STM_CHAIN_COMPLEMENT, &chain);
            stemma_status status =
                stm_add_chain(events, candidate, "target", &chain, STM_TYPES_ANY);
            if (status == STEMMA_OK && chain.count != 0 &&
                !stm_has_role(events, candidate, "target")) {
                struct stm_filler filler = {"target", chain.items[0].first,
                                            chain.items[0].end - chain.items[0].first,
                                            STEMMA_NONE, STEMMA_NONE, STEMMA_NONE, 1, 0};
                status = stm_add_filler(events, candidate, &filler); /* "sanctions on potash" */
            }
            return status;
        }
        if (stm_ann_is(ann, i, ",") || stm_is_clause_break(ann, i)) {
            break;
        }
    }
    return STEMMA_OK;
}

/** "with X", "between X and Y", "to X" behind a verb of meeting or agreeing. */
static stemma_status find_partners(struct stm_events *events, struct stm_candidate *candidate,
                                   uint32_t after)
{
    const struct stm_annotation *ann = events->ann;
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[candidate->first].sentence);
    for (uint32_t i = after; i < end && i < after + 9; i++) {
        if (stm_ann_is(ann, i, "with") || stm_ann_is(ann, i, "between") ||
            (i == after && stm_ann_is(ann, i, "to"))) {
            struct stm_chain chain;
            stm_chain_read(ann, i + 1, end, STM_CHAIN_COMPLEMENT, &chain);
            return stm_add_chain(events, candidate, "participant", &chain, STM_TYPES_ACTORS);
        }
        if (stm_ann_is(ann, i, ",") || stm_is_clause_break(ann, i) || stm_is_finite(ann, i)) {
            break;
        }
    }
    return STEMMA_OK;
}

/** "by X" behind a passive. */
static stemma_status find_by_agent(struct stm_events *events, struct stm_candidate *candidate,
                                   const char *role, uint32_t after)
{
    const struct stm_annotation *ann = events->ann;
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[candidate->first].sentence);
    for (uint32_t i = after; i + 1 < end && i < after + 9; i++) {
        if (stm_ann_is(ann, i, "by") && ann->tokens[i].time == STEMMA_NONE &&
            ann->tokens[i + 1].time == STEMMA_NONE) {
            struct stm_chain chain;
            stm_chain_read(ann, i + 1, end, STM_CHAIN_COMPLEMENT, &chain);
            return stm_add_chain(events, candidate, role, &chain, STM_TYPES_ACTORS);
        }
        if (stm_ann_is(ann, i, ",") || stm_is_clause_break(ann, i) || stm_is_finite(ann, i)) {
            break;
        }
    }
    return STEMMA_OK;
}

/** What is attacked need not be anybody: "a camp", "the power lines". Its words then. */
static stemma_status add_thing(struct stm_events *events, struct stm_candidate *candidate,
                               const struct stm_event_frame *frame, const struct stm_chain *chain)
{
    const struct stm_annotation *ann = events->ann;
    if (candidate->kind != STM_EVENT_ATTACK || chain->count == 0 ||
        stm_has_role(events, candidate, frame->object) ||
        stm_ann_has_lemma(ann, candidate->first, "shoot")) { /* "shoot a film" */
        return STEMMA_OK;
    }
    const struct stm_item *item = &chain->items[0];
    uint8_t tag = ann->tokens[item->end - 1].tag;
    if (item->mention != STEMMA_NONE || (tag != STM_TAG_NOUN && tag != STM_TAG_PLURAL)) {
        return STEMMA_OK;
    }
    struct stm_filler filler = {frame->object, item->first, item->end - item->first, STEMMA_NONE,
                                STEMMA_NONE, STEMMA_NONE, 1, 0};
    return stm_add_filler(events, candidate, &filler);
}

/** "14 prisoners were released in June, including X": the members named behind the verb. */
static stemma_status find_included(struct stm_events *events, struct stm_candidate *candidate,
                                   const struct stm_event_frame *frame, uint32_t after)
{
    const struct stm_annotation *ann = events->ann;
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[candidate->first].sentence);
    for (uint32_t i = after; i + 2 < end && i < after + 25; i++) {
        uint8_t tag = ann->tokens[i].tag;
        if (stm_ann_is(ann, i, ",") && stm_ann_is(ann, i + 1, "including")) {
            struct stm_chain chain;
            stm_chain_read(ann, i + 2, end, STM_CHAIN_OBJECT, &chain);
            for (uint32_t k = 0; k < chain.count; k++) {
                chain.items[k].part = 1;
            }
            return stm_add_chain(events, candidate, frame->object, &chain, frame->object_types);
        }
        if (stm_is_clause_break(ann, i) || tag == STM_TAG_BE || tag == STM_TAG_HAVE ||
            tag == STM_TAG_MODAL || tag == STM_TAG_VERB_S ||
            (ann->tokens[i].quantity != STEMMA_NONE &&
             ann->quantities[ann->tokens[i].quantity].value.unit.size == 0)) {
            break;
        }
    }
    return STEMMA_OK;
}

/** The subject of a BE that stands before "among those freed" or "the last prisoners freed". */
static int copula_subject(const struct stm_annotation *ann, uint32_t phrase_first,
                          struct stm_chain *chain)
{
    uint32_t start = start_of(ann, phrase_first);
    uint32_t i = phrase_first;
    for (uint32_t hops = 0; hops < 5 && i > start; hops++) {
        i--;
        if (is_be(ann, i)) {
            struct stm_verb_group group = stm_verb_group_at(ann, i, STM_FORM_ED);
            stm_subject_of(ann, &group, chain);
            return chain->count != 0;
        }
        if (!(stm_ann_is(ann, i, "among") || stm_ann_is(ann, i, "also") ||
              stm_ann_is(ann, i, "those") || stm_ann_is(ann, i, "the") ||
              ann->tokens[i].tag == STM_TAG_ADVERB || ann->tokens[i].quantity != STEMMA_NONE)) {
            return 0;
        }
    }
    return 0;
}

static int passive_conjunct(const struct stm_annotation *ann, const struct stm_verb_group *group)
{
    uint32_t start = start_of(ann, group->main);
    if (group->first <= start || !(stm_ann_is(ann, group->first - 1, "and") ||
                                   stm_ann_is(ann, group->first - 1, "or"))) {
        return 0;
    }
    uint32_t verb = stm_verb_before(ann, group->first - 1);
    if (verb == STEMMA_NONE) {
        return 0;
    }
    return stm_verb_group_at(ann, verb, STM_FORM_ED).has_be || is_be(ann, verb);
}

static int other_finite(const struct stm_annotation *ann, uint32_t main)
{
    uint32_t start = start_of(ann, main);
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[main].sentence);
    uint32_t from = main - start > 60 ? main - 60 : start;
    for (uint32_t i = from; i < end && i < main + 60; i++) {
        if (i != main && (stm_is_finite(ann, i) || ann->tokens[i].tag == STM_TAG_VERB)) {
            return 1;
        }
    }
    return 0;
}

/** Participle without auxiliary: "the 52 freed on Thursday", "Also released were A and B". */
static stemma_status read_reduced(struct stm_events *events, struct stm_candidate *candidate,
                                  const struct stm_verb_group *group,
                                  const struct stm_event_frame *frame, uint32_t after)
{
    const struct stm_annotation *ann = events->ann;
    uint32_t start = start_of(ann, group->main);
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[group->main].sentence);
    struct stm_chain chain;
    stemma_status status = STEMMA_OK;
    /* Inverted: the patients stand behind "were". */
    uint32_t be = after;
    while (be < end && be < after + 4 && !is_be(ann, be) &&
           (ann->tokens[be].time != STEMMA_NONE || ann->tokens[be].tag == STM_TAG_PREPOSITION)) {
        be++;
    }
    int opens_among = 0;
    for (uint32_t i = start; i < group->main && i < start + 8; i++) {
        opens_among |= stm_ann_is(ann, i, "among") || stm_ann_is(ann, i, "also");
    }
    if (be < end && is_be(ann, be) && opens_among && group->main < start + 9) {
        uint32_t object = be + 1;
        while (object < end && (stm_ann_is(ann, object, ",") || stm_ann_is(ann, object, ":"))) {
            object++; /* copy that lost a word: "were , the" */
        }
        candidate->definite = 1;
        candidate->anaphoric = 1;
        stm_chain_read(ann, object, end, STM_CHAIN_OBJECT, &chain);
        status = stm_add_chain(events, candidate, frame->object, &chain, frame->object_types);
        if (status == STEMMA_OK) {
            stm_chain_ending(ann, group->main, &chain);
            if (chain.count == 0 && group->main > start) {
                stm_chain_read(ann, group->main - 1, group->main, STM_CHAIN_OBJECT, &chain);
            }
            for (uint32_t i = 0; i < chain.count && status == STEMMA_OK; i++) {
                chain.items[i].mention = STEMMA_NONE; /* "the 52": only the count is news */
            }
            if (status == STEMMA_OK) {
                status = stm_add_chain(events, candidate, frame->object, &chain,
                                       frame->object_types);
            }
        }
        return status;
    }
    if (passive_conjunct(ann, group)) {
        stm_subject_of(ann, group, &chain);
        status = stm_add_chain(events, candidate, frame->object, &chain, frame->object_types);
        return status == STEMMA_OK ? find_included(events, candidate, frame, after) : status;
    }
    uint32_t those = group->main > start ? group->main - 1 : start;
    if (stm_ann_is(ann, those, "those") || ann->tokens[those].quantity != STEMMA_NONE) {
        struct stm_chain subject;
        uint32_t first = those;
        if (ann->tokens[those].quantity != STEMMA_NONE) {
            first = ann->quantities[ann->tokens[those].quantity].first;
            struct stm_filler filler = {frame->object, first, those + 1 - first, STEMMA_NONE,
                                        ann->tokens[those].quantity, STEMMA_NONE, 0, 0};
            if (ann->quantities[filler.quantity].value.unit.size == 0) {
                status = stm_add_filler(events, candidate, &filler);
            }
        }
        if (status == STEMMA_OK && copula_subject(ann, first, &subject)) {
            candidate->definite = 1;
            candidate->anaphoric = 1;
            status = stm_add_chain(events, candidate, frame->object, &subject,
                                   frame->object_types);
        }
        return status;
    }
    stm_chain_ending(ann, group->main, &chain);
    if (chain.count == 0 || (!candidate->in_title && !other_finite(ann, group->main))) {
        return STEMMA_OK; /* without another verb it is that of the clause */
    }
    int comma = group->main > start && stm_ann_is(ann, group->main - 1, ",");
    if (chain.count > 1 && comma) {
        chain.items[0] = chain.items[chain.count - 1]; /* "A and B, arrested in May": B */
        chain.count = 1;
    }
    struct stm_chain subject;
    if (!comma && copula_subject(ann, chain.first, &subject)) {
        candidate->definite = 1;
        candidate->anaphoric = 1;
        chain = subject;
    } else {
        candidate->definite = (uint8_t)(stm_ann_is(ann, chain.first, "the") && !comma);
    }
    return stm_add_chain(events, candidate, frame->object, &chain, frame->object_types);
}

static int plans_ahead(const struct stm_annotation *ann, const struct stm_verb_group *group)
{
    static const char *const words[] = {"plan", "plans", "planned", "planning", "vowed", "vow",
                                        "want", "wants", "wanted",  "threatened", "right",
                                        "intend", "intends", "hope", "hoped", "expected", "set"};
    return group->first > start_of(ann, group->first) && ANY_OF(ann, group->first - 1, words);
}

static int object_control(const struct stm_annotation *ann, const struct stm_verb_group *group)
{
    static const char *const verbs[] = {"asked",  "urged",  "told",   "ordered", "forced",
                                        "allowed", "persuaded", "pressed", "invited", "asks",
                                        "urges",  "pressured", "convinced", "wants", "wanted"};
    uint32_t verb = stm_verb_before(ann, group->first);
    return verb != STEMMA_NONE && ANY_OF(ann, verb, verbs);
}

/** The one who acts in an active clause. */
static stemma_status add_subject(struct stm_events *events, struct stm_candidate *candidate,
                                 const struct stm_verb_group *group, const char *role,
                                 uint32_t types)
{
    const struct stm_annotation *ann = events->ann;
    struct stm_chain chain;
    uint32_t start = start_of(ann, group->main);
    if (group->infinitive && group->first > start &&
        stm_begins_phrase(ann, group->first - 1)) {
        /* "ordered the court to free him", but "an attempt to free him" */
        if (!object_control(ann, group)) {
            return STEMMA_OK;
        }
        stm_chain_ending(ann, group->first, &chain);
    } else {
        stm_subject_of(ann, group, &chain);
    }
    return stm_add_chain(events, candidate, role, &chain, types);
}

static stemma_status read_active(struct stm_events *events, struct stm_candidate *candidate,
                                 const struct stm_trigger *trigger,
                                 const struct stm_verb_group *group,
                                 const struct stm_event_frame *frame, uint32_t *after)
{
    const struct stm_annotation *ann = events->ann;
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[group->main].sentence);
    const char *subject_role = frame->subject;
    uint32_t subject_types = STM_TYPES_ACTORS;
    stemma_status status = STEMMA_OK;
    if (candidate->kind == STM_EVENT_DIE || candidate->kind == STM_EVENT_INJURE) {
        subject_types = STM_TYPES_PEOPLE | STM_TYPE_BIT(STM_ENTITY_ORGANIZATION);
    }
    if (trigger->flags & (STM_TRIGGER_UNDERGO | STM_TRIGGER_PRIZE | STM_TRIGGER_ELECTION)) {
        subject_role = frame->object;
        subject_types = frame->object_types;
    }
    if (trigger->flags & STM_TRIGGER_SANCTIONS) {
        status = find_sanction_target(events, candidate);
    } else if (trigger->flags & STM_TRIGGER_PRIZE) {
        uint32_t first = *after;
        uint32_t stop = first;
        while (stop < end && stop < first + 10 && !(ann->tokens[stop].flags & STM_TOKEN_PUNCTUATION) &&
               !stm_is_prize_word(ann, stop)) {
            stop++;
        }
        while (stop < end && (stm_is_prize_word(ann, stop + 1) ||
                              (stop + 1 < end && ann->tokens[stop + 1].mention != STEMMA_NONE &&
                               ann->tokens[stop + 1].mention == ann->tokens[stop].mention))) {
            stop++;
        }
        while (first < stop && ann->tokens[first].tag == STM_TAG_DETERMINER) {
            first++;
        }
        if (stop < end && stop >= first) {
            struct stm_filler filler = {"award", first, stop + 1 - first, STEMMA_NONE, STEMMA_NONE,
                                        STEMMA_NONE, 1, 0};
            status = stm_add_filler(events, candidate, &filler);
        }
    } else if (candidate->kind == STM_EVENT_PROTEST && (trigger->flags & STM_TRIGGER_TALKS)) {
        status = STEMMA_OK; /* the noun tells the target */
    } else if (trigger->flags & (STM_TRIGGER_WITH | STM_TRIGGER_TALKS | STM_TRIGGER_ELECTION)) {
        status = find_partners(events, candidate, *after);
    } else if (candidate->kind == STM_EVENT_PROTEST || candidate->kind == STM_EVENT_AGREE) {
        uint32_t i = *after;
        while (i < end && i < *after + 4 && (ann->tokens[i].time != STEMMA_NONE ||
                                              ann->tokens[i].tag == STM_TAG_ADVERB)) {
            i++;
        }
        if (i < end && (stm_ann_is(ann, i, "against") || stm_ann_is(ann, i, "with"))) {
            struct stm_chain chain;
            stm_chain_read(ann, i + 1, end, STM_CHAIN_COMPLEMENT, &chain);
            status = stm_add_chain(events, candidate, frame->object, &chain, frame->object_types);
        }
    } else if (!(trigger->flags & STM_TRIGGER_UNDERGO)) {
        struct stm_chain chain;
        uint32_t object = *after;
        if (candidate->kind == STM_EVENT_MEET && object < end && stm_ann_is(ann, object, "with")) {
            object++;
        }
        stm_chain_read(ann, object, end, STM_CHAIN_OBJECT, &chain);
        if (chain.count != 0) {
            *after = chain.end;
        }
        status = stm_add_chain(events, candidate, frame->object, &chain, frame->object_types);
        if (status == STEMMA_OK) {
            status = add_thing(events, candidate, frame, &chain);
        }
        if (status == STEMMA_OK && (trigger->flags & STM_TRIGGER_OBJECT) &&
            !stm_has_role(events, candidate, frame->object)) {
            return STEMMA_OK;
        }
    }
    if (status != STEMMA_OK) {
        return status;
    }
    return add_subject(events, candidate, group, subject_role, subject_types);
}

static int clause_has_subject(const struct stm_annotation *ann, const struct stm_verb_group *group)
{
    struct stm_chain chain;
    uint32_t start = start_of(ann, group->main);
    if (group->first == start) {
        return 0;
    }
    stm_subject_of(ann, group, &chain);
    if (chain.count != 0) {
        return 1;
    }
    /* A subject that is no entity: "the court that", "floods killed 12 people". */
    uint8_t tag = ann->tokens[group->first - 1].tag;
    return tag == STM_TAG_NOUN || tag == STM_TAG_PLURAL || tag == STM_TAG_PROPN ||
           tag == STM_TAG_PRONOUN;
}

stemma_status stm_find_verbal(struct stm_events *events, uint32_t token, uint32_t *taken)
{
    struct stm_annotation *ann = events->ann;
    struct stm_trigger trigger;
    *taken = 0;
    if (!stm_verb_trigger_at(ann, token, &trigger)) {
        return STEMMA_OK;
    }
    const struct stm_event_frame *frame = stm_event_frame_of(trigger.kind);
    struct stm_verb_group group = stm_verb_group_at(ann, token, trigger.form);
    struct stm_candidate candidate = {.kind = trigger.kind, .first = token, .count = trigger.count,
                                      .filler_first = (uint32_t)events->filler_count,
                                      .time = STEMMA_NONE, .place_mention = STEMMA_NONE,
                                      .noun = STEMMA_NONE, .cluster = STEMMA_NONE};
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[token].sentence);
    uint32_t after = token + trigger.count;
    stemma_status status = STEMMA_OK;
    candidate.in_title = ann->sentences[ann->tokens[token].sentence].is_title;
    candidate.stand = judge(ann, &group, 800);
    if (trigger.flags & STM_TRIGGER_TALKS) {
        for (uint32_t i = after; i < end && i < token + 7 && candidate.noun == STEMMA_NONE; i++) {
            if (stm_is_talks_word(ann, i) || stm_is_protest_word(ann, i)) {
                candidate.noun = i;
            }
        }
    }
    /* An attributive participle, "the freed prisoners", tells nothing new. */
    int attributive = trigger.form == STM_FORM_ED && !group.has_be && !group.has_have &&
                      token > start_of(ann, token) &&
                      (ann->tokens[token - 1].tag == STM_TAG_DETERMINER ||
                       ann->tokens[token - 1].tag == STM_TAG_ADJECTIVE ||
                       ann->tokens[token - 1].tag == STM_TAG_POSSESSIVE ||
                       stm_ann_is(ann, token - 1, "newly") || stm_ann_is(ann, token - 1, "recently")) &&
                      !stm_ann_is(ann, token - 1, "those") && after < end &&
                      (ann->tokens[after].tag == STM_TAG_PLURAL ||
                       ann->tokens[after].tag == STM_TAG_NOUN ||
                       ann->tokens[after].tag == STM_TAG_ADJECTIVE);
    if (attributive) {
        return STEMMA_OK;
    }
    int object_follows = after < end && stm_begins_phrase(ann, after) &&
                         !(ann->tokens[after].flags & STM_TOKEN_QUOTE_OPEN);
    if (after < end && ann->tokens[after].tag == STM_TAG_PRONOUN && (stm_ann_is(ann, after, "himself") || stm_ann_is(ann, after, "herself") || stm_ann_is(ann, after, "themselves"))) {
        object_follows = 0;
        after++;
    }
    if (!object_follows && trigger.form == STM_FORM_ED && after + 2 < end &&
        stm_ann_is(ann, after, "and") && stm_begins_phrase(ann, after + 2) &&
        (ann->tokens[after + 1].tag == STM_TAG_PAST ||
         ann->tokens[after + 1].tag == STM_TAG_PARTICIPLE)) {
        object_follows = 1; /* "arrested and questioned the student": one object for both */
        after += 2;
    }
    int transitive = (trigger.flags & STM_TRIGGER_OBJECT) != 0;
    int passive = trigger.form == STM_FORM_ED && group.has_be && transitive;
    int reduced = trigger.form == STM_FORM_ED && !group.has_be && !group.has_have && transitive &&
                  !object_follows && !(trigger.flags & STM_TRIGGER_SANCTIONS &&
                                       stm_ann_is(ann, after, "some"));
    if (trigger.form == STM_FORM_ED && group.has_be && !transitive) {
        return STEMMA_OK; /* "was met with", "was agreed" */
    }
    if (passive && candidate.kind == STM_EVENT_MEET) {
        return STEMMA_OK;
    }
    if (trigger.flags & STM_TRIGGER_JAIL) {
        settle_jail(ann, &group, after, &candidate);
    }
    if (object_follows && stm_ann_has_lemma(ann, token, "demonstrate")) {
        return STEMMA_OK; /* "demonstrated the unity": showed */
    }
    if (candidate.kind == STM_EVENT_PROTEST && group.infinitive && !plans_ahead(ann, &group) &&
        candidate.stand.realis == STEMMA_REALIS_OTHER && !group.future && !group.modal &&
        candidate.stand.attribution == STEMMA_ATTRIBUTION_NONE) {
        /* "marched to protest": the purpose is carried out by the act itself */
        candidate.stand.realis = STEMMA_REALIS_ACTUAL;
        candidate.stand.certainty = STEMMA_CERTAINTY_PROBABLE;
    }
    if (candidate.kind == STM_EVENT_DETAIN && candidate.stand.realis == STEMMA_REALIS_ACTUAL &&
        (group.form == STM_FORM_BASE || group.form == STM_FORM_S || group.present_be)) {
        candidate.stand.tense = STEMMA_TENSE_PRESENT;
    }
    if ((passive || reduced) && (trigger.flags & STM_TRIGGER_SANCTIONS)) {
        status = find_sanction_target(events, &candidate);
        if (status == STEMMA_OK) {
            status = find_by_agent(events, &candidate, frame->subject, after);
        }
    } else if (passive) {
        struct stm_chain chain;
        stm_subject_of(ann, &group, &chain);
        status = stm_add_chain(events, &candidate, frame->object, &chain, frame->object_types);
        if (status == STEMMA_OK) {
            status = add_thing(events, &candidate, frame, &chain);
        }
        if (status == STEMMA_OK) {
            status = find_included(events, &candidate, frame, after);
        }
        if (status == STEMMA_OK && candidate.kind == STM_EVENT_AWARD && object_follows) {
            stm_chain_read(ann, after, end, STM_CHAIN_OBJECT, &chain);
            if (chain.count != 0) {
                struct stm_filler filler = {"award", after, chain.items[0].end - after, STEMMA_NONE,
                                            STEMMA_NONE, STEMMA_NONE, 1, 0};
                status = stm_add_filler(events, &candidate, &filler);
            }
        }
        if (status == STEMMA_OK) {
            status = find_by_agent(events, &candidate, frame->subject, after);
        }
    } else if (reduced) {
        candidate.stand.confidence = 700;
        status = read_reduced(events, &candidate, &group, frame, after);
        if (status == STEMMA_OK) {
            status = find_by_agent(events, &candidate, frame->subject, after);
        }
    } else {
        status = read_active(events, &candidate, &trigger, &group, frame, &after);
    }
    if (status == STEMMA_OK && transitive && !(trigger.flags & STM_TRIGGER_SANCTIONS) &&
        !stm_has_role(events, &candidate, frame->object)) {
        events->filler_count = candidate.filler_first;
        return STEMMA_OK;
    }
    /* "exiled leader X said": a past tense without a subject is an adjective. */
    if (status == STEMMA_OK && trigger.form == STM_FORM_ED && !passive && !reduced &&
        !group.has_have && !candidate.in_title && !clause_has_subject(ann, &group)) {
        events->filler_count = candidate.filler_first;
        return STEMMA_OK;
    }
    if (status == STEMMA_OK && (trigger.flags & STM_TRIGGER_WITH) && candidate.filler_count < 2) {
        events->filler_count = candidate.filler_first;
        return STEMMA_OK; /* "he spoke": a meeting needs another */
    }
    if (status == STEMMA_OK && (trigger.flags & STM_TRIGGER_WEAK) && candidate.filler_count < 2) {
        events->filler_count = candidate.filler_first;
        return STEMMA_OK;
    }
    if (status == STEMMA_OK) {
        status = find_penalty(events, &candidate, after);
    }
    if (status == STEMMA_OK) {
        status = stm_find_circumstance(events, &candidate, after);
    }
    if (status == STEMMA_OK) {
        status = stm_keep_candidate(events, &candidate);
    }
    *taken = trigger.count;
    return status;
}
