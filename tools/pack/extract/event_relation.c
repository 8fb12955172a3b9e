/* SPDX-License-Identifier: MIT */
/* Connectives between two happenings of one sentence. The one that hangs behind the connective is
   the object: "freed 40 prisoners after talks" is release --after--> talks. */
#include "pack/extract/event_relation.h"

#include "pack/extract/event_clause.h"
#include "pack/extract/event_modality.h"
#include "pack/extract/event_word.h"
#include "pack/extract/syntax.h"

enum { STEPS = 12 };

struct connective {
    const char *words[4]; /**< In the order of the text; the rest NULL. */
    const char *predicate;
};

static const struct connective connectives[] = {
    {{"in", "exchange", "for", NULL}, "in_exchange_for"},
    {{"in", "return", "for", NULL}, "in_exchange_for"},
    {{"in", "response", "to", NULL}, "because_of"},
    {{"in", "retaliation", "for", NULL}, "because_of"},
    {{"as", "a", "result", "of"}, "because_of"},
    {{"in", "the", "wake", "of"}, "after"},
    {{"as", "part", "of", NULL}, "part_of"},
    {{"because", "of", NULL, NULL}, "because_of"},
    {{"due", "to", NULL, NULL}, "because_of"},
    {{"because", NULL, NULL, NULL}, "because_of"},
    {{"over", NULL, NULL, NULL}, "because_of"},
    {{"after", NULL, NULL, NULL}, "after"},
    {{"following", NULL, NULL, NULL}, "after"},
};

/** Whether the words of a connective end right before `end` or begin at it. */
static int stands_at(const struct stm_annotation *ann, const struct connective *it, uint32_t first,
                     uint32_t start)
{
    uint32_t count = 0;
    while (count < 4 && it->words[count] != NULL) {
        count++;
    }
    /* The first words of the phrase may be its own case words, or stand before it. */
    for (uint32_t own = 0; own <= count; own++) {
        uint32_t at = first + own;
        uint32_t match = 0;
        if (at < start + count) {
            continue;
        }
        while (match < count && stm_ann_is(ann, at - count + match, it->words[match])) {
            match++;
        }
        if (match == count) {
            return 1;
        }
    }
    return 0;
}

static const char *predicate_before(const struct stm_annotation *ann, uint32_t trigger)
{
    uint32_t first;
    uint32_t end;
    uint32_t start = ann->sentences[ann->tokens[trigger].sentence].first;
    stm_syntax_range(ann, trigger, &first, &end);
    for (size_t i = 0; i < sizeof connectives / sizeof *connectives; i++) {
        if (stands_at(ann, &connectives[i], first, start)) {
            return connectives[i].predicate;
        }
    }
    return NULL;
}

/** "over" is a cause of what is done to somebody, not of where: "protest over", "sanctions over".
 */
static int may_be_cause(const struct stm_annotation *ann, uint32_t trigger, const char *predicate)
{
    uint32_t preposition = stm_syntax_case(ann, trigger);
    return strcmp(predicate, "because_of") != 0 || !stm_ann_is(ann, preposition, "over") ||
           !stm_is_verb(ann, trigger);
}

/** "collapsed, killing 14", "an explosion killed 17": the harm comes of what governs it or is its
    subject. STEMMA_NONE when it is not so told. */
static uint32_t cause_of_harm(const struct stm_annotation *ann, const struct stm_candidate *harm,
                              const uint32_t *told_at)
{
    uint32_t verb = harm->first;
    if ((harm->kind != STM_EVENT_LIFE_DIE && harm->kind != STM_EVENT_LIFE_INJURE) ||
        harm->nominal) {
        return STEMMA_NONE;
    }
    struct stm_clause clause = stm_clause_at(ann, verb);
    if (clause.subject != STEMMA_NONE && told_at[clause.subject] != STEMMA_NONE) {
        return told_at[clause.subject];
    }
    uint32_t head = ann->tokens[verb].head;
    if (ann->tokens[verb].pos != STM_POS_VBG || head == STEMMA_NONE || head > verb) {
        return STEMMA_NONE;
    }
    if (ann->tokens[verb].relation == STM_RELATION_ADVCL) {
        return told_at[head];
    }
    /* both verbs may hang on the noun */
    uint32_t found = STEMMA_NONE;
    uint32_t looked = 0;
    for (uint32_t i = ann->tokens[head].child; i != STEMMA_NONE && i < verb && looked < 100;
         i = ann->tokens[i].sibling, looked++) {
        found = told_at[i] != STEMMA_NONE ? told_at[i] : found;
    }
    return found;
}

/** "the arrest led to protests", "the strike was caused by the dismissal". */
static uint32_t cause_by_verb(const struct stm_annotation *ann, const struct stm_candidate *effect,
                              const uint32_t *told_at)
{
    static const char *const verbs[] = {"lead",   "cause",   "trigger", "spark", "prompt",
                                        "result", "provoke", "unleash", "set"};
    uint32_t verb = ann->tokens[effect->first].head;
    for (size_t i = 0; effect->nominal && i < sizeof verbs / sizeof *verbs; i++) {
        if (stm_ann_has_lemma(ann, verb, verbs[i]) && effect->first > verb) {
            uint32_t subject = stm_clause_subject(ann, verb);
            return subject == STEMMA_NONE || subject == effect->first ? STEMMA_NONE
                                                                      : told_at[subject];
        }
    }
    return STEMMA_NONE;
}

static stemma_status emit_relation(struct stm_events *events, const uint32_t *event_of,
                                   const struct stm_candidate *subject, const char *predicate,
                                   const struct stm_candidate *of)
{
    struct stm_annotation *ann = events->ann;
    uint32_t since = ann->assertion_count > 400 ? ann->assertion_count - 400 : 0;
    if (subject->cluster == of->cluster || event_of[subject->cluster] == STEMMA_NONE ||
        event_of[of->cluster] == STEMMA_NONE) {
        return STEMMA_OK;
    }
    stemma_object object = stm_object_referent(event_of[of->cluster]);
    return stm_emit(ann, since, event_of[subject->cluster], predicate, &object, &subject->stand,
                    stm_ann_span(ann, subject->first, subject->count),
                    stm_ann_span(ann, of->first, of->count), subject->first);
}

stemma_status stm_emit_relations(struct stm_events *events, const uint32_t *event_of)
{
    struct stm_annotation *ann = events->ann;
    stemma_status status = STEMMA_OK;
    uint32_t *told_at = stm_arena_alloc(ann->arena, ann->token_count, sizeof *told_at);
    if (told_at == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < ann->token_count; i++) {
        told_at[i] = STEMMA_NONE;
    }
    for (uint32_t i = 0; i < events->count; i++) {
        const struct stm_candidate *candidate = &events->candidates[i];
        told_at[candidate->first] = i;
        uint32_t verb = candidate->nominal ? stm_light_verb(ann, candidate->first) : STEMMA_NONE;
        if (verb != STEMMA_NONE && told_at[verb] == STEMMA_NONE) {
            told_at[verb] = i; /* "held talks after the vote": the talks came after */
        }
    }
    for (uint32_t i = 0; i < events->count && status == STEMMA_OK; i++) {
        const struct stm_candidate *later = &events->candidates[i];
        uint32_t cause = cause_of_harm(ann, later, told_at);
        if (cause == STEMMA_NONE) {
            cause = cause_by_verb(ann, later, told_at);
        }
        if (cause != STEMMA_NONE) {
            status =
                emit_relation(events, event_of, later, "because_of", &events->candidates[cause]);
            continue;
        }
        const char *predicate = predicate_before(ann, later->first);
        if (predicate == NULL || !may_be_cause(ann, later->first, predicate)) {
            continue;
        }
        uint32_t at = ann->tokens[later->first].head;
        for (uint32_t steps = 0; at != STEMMA_NONE && steps < STEPS; steps++) {
            uint32_t other = told_at[at];
            if (other != STEMMA_NONE && events->candidates[other].cluster != later->cluster) {
                status =
                    emit_relation(events, event_of, &events->candidates[other], predicate, later);
                break;
            }
            at = ann->tokens[at].head;
        }
    }
    return status;
}
