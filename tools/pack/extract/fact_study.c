/* SPDX-License-Identifier: MIT */
/* Where people studied: "holds a doctorate from X", "attended X", "a degree in law from X". */
#include "pack/extract/fact_emit.h"

#include "pack/extract/event_clause.h"
#include "pack/extract/event_word.h"
#include "pack/extract/referent_syntax.h"

/* How far behind a degree the school may stand: "a master's degree in public health from X". */
enum { NEAR = 9 };

static int is_school(const struct stm_annotation *ann, const struct stm_mention *name)
{
    static const char *const schools[] = {"university", "college",   "school",     "academy",
                                          "institute",  "polytechnic", "seminary", "conservatory",
                                          "conservatoire", "lyceum", "gymnasium"};
    for (uint32_t i = name->first; i < name->first + name->count; i++) {
        if (STM_TOKEN_IS_ANY(ann, i, schools)) {
            return 1;
        }
    }
    return 0;
}

/** The person whose verb this is; a referent or STEMMA_NONE. */
static uint32_t student_of(const struct stm_annotation *ann, uint32_t verb)
{
    uint32_t subject = stm_clause_subject(ann, verb);
    if (verb > 0 && ann->tokens[verb - 1].pos == STM_POS_WP) {
        subject = stm_relative_antecedent(ann, verb - 1);
    }
    uint32_t mention =
        stm_fact_entity(ann, subject, STM_ENTITY_PERSON, STM_ENTITY_PERSON);
    return mention == STEMMA_NONE ? STEMMA_NONE : ann->mentions[mention].referent;
}

stemma_status stm_fact_study(const struct stm_fact_scan *scan, uint32_t token)
{
    static const char *const degrees[] = {"degree",  "doctorate", "phd",     "ph.d.",   "diploma",
                                          "masters", "bachelors", "master",  "bachelor", "mba",
                                          "licence", "doctorates", "degrees"};
    static const char *const getting[] = {"have",   "hold",     "earn", "obtain", "receive", "gain",
                                          "complete", "take",   "get",  "finish", "do",      "win"};
    const struct stm_annotation *ann = scan->ann;
    uint32_t start = ann->sentences[ann->tokens[token].sentence].first;
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[token].sentence);
    const struct stm_token *word = &ann->tokens[token];
    int letter = word->lower.size != 0 ? word->lower.data[0] : 0;
    if (memchr("abdlmp", letter, 6) == NULL || word->pos == STM_POS_IN || word->pos == STM_POS_DT) {
        return STEMMA_OK; /* most words: none of these begins so */
    }
    if (stm_ann_has_lemma(ann, token, "attend")) {
        struct stm_fact_stand stand = stm_fact_stand_of(ann, token);
        uint32_t at = token + 1 + (stm_ann_is(ann, token + 1, "the") != 0);
        uint32_t name = at < end ? stm_fact_name_at(ann, at) : STEMMA_NONE;
        return name != STEMMA_NONE && ann->mentions[name].first == at &&
                       ann->mentions[name].type != STM_ENTITY_PERSON &&
                       is_school(ann, &ann->mentions[name])
                   ? stm_emit_relation(scan, student_of(ann, token), "education", name, token,
                                       &stand, 750)
                   : STEMMA_OK;
    }
    if (!STM_TOKEN_IS_ANY(ann, token, degrees)) {
        return STEMMA_OK;
    }
    uint32_t verb = token;
    while (verb > start && token - verb < 7 && !STM_LEMMA_IS_ANY(ann, verb, getting)) {
        verb--;
    }
    uint32_t from = token + 1;
    while (from + 1 < end && from - token < NEAR && !stm_ann_is(ann, from, "from") &&
           !stm_ann_is(ann, from, "at") && !(ann->tokens[from].flags & STM_TOKEN_PUNCTUATION)) {
        from++;
    }
    if (!STM_LEMMA_IS_ANY(ann, verb, getting) || from + 1 >= end ||
        !(stm_ann_is(ann, from, "from") || stm_ann_is(ann, from, "at"))) {
        return STEMMA_OK;
    }
    struct stm_fact_stand stand = stm_fact_stand_of(ann, verb);
    uint32_t at = from + 1 + (stm_ann_is(ann, from + 1, "the") != 0);
    uint32_t name = at < end ? stm_fact_name_at(ann, at) : STEMMA_NONE;
    return name != STEMMA_NONE && (ann->mentions[name].type == STM_ENTITY_ORGANIZATION ||
                                   is_school(ann, &ann->mentions[name]))
               ? stm_emit_relation(scan, student_of(ann, verb), "education", name, token, &stand, 750)
               : STEMMA_OK;
}
