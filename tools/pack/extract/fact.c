/* SPDX-License-Identifier: MIT */
/* What titles, appositions, copulas, possessives and a few verbs say of people, bodies and places,
   over the parse. */
#include "pack/extract/fact_emit.h"

#include "pack/extract/syntax.h"

/* "is the minister of X and a vice-president of Y" */
enum { MOST_ROLES = 4 };

/** The referent of the entity that a token stands for, whatever kind it is; or STEMMA_NONE. */
static uint32_t described(const struct stm_annotation *ann, uint32_t token)
{
    uint32_t mention = stm_fact_entity(ann, token, STM_ENTITY_PERSON, STM_ENTITY_ORGANIZATION);
    if (mention == STEMMA_NONE) {
        mention = stm_fact_entity(ann, token, STM_ENTITY_PLACE, STM_ENTITY_PLACE);
    }
    return mention == STEMMA_NONE ? STEMMA_NONE : ann->mentions[mention].referent;
}

/** Whether a mention means a person who has a name. */
static int is_named(const struct stm_annotation *ann, uint32_t mention)
{
    const struct stm_referent *who = &ann->referents[ann->mentions[mention].referent];
    return who->entity_type == STM_ENTITY_PERSON && who->name_count != 0 &&
           who->names[0].kind != STEMMA_NAME_NOMINAL;
}

/** "X, the envoy of Y": only what stands right behind the name and its comma; "the Polish
   president, X" is read from the words before the name. */
static stemma_status read_apposition(const struct stm_fact_scan *scan, uint32_t noun)
{
    const struct stm_annotation *ann = scan->ann;
    struct stm_fact_stand stand = {STEMMA_TENSE_PRESENT, 0, 0};
    uint32_t first = noun;
    uint32_t end = noun + 1;
    stm_syntax_range(ann, noun, &first, &end);
    while (first < noun && (ann->tokens[first].flags & STM_TOKEN_PUNCTUATION)) {
        first++;
    }
    if (first < 2 || stm_fact_name_at(ann, noun) != STEMMA_NONE ||
        !(ann->tokens[first - 1].flags & STM_TOKEN_PUNCTUATION) ||
        ann->tokens[first].relation == STM_RELATION_CASE) {
        return STEMMA_OK;
    }
    uint32_t name = stm_fact_name_at(ann, first - 2);
    uint32_t nominal = ann->tokens[first - 2].mention;
    if (name == STEMMA_NONE && nominal != STEMMA_NONE && stm_ann_is(ann, first, "a") &&
        ann->mentions[nominal].referent != STEMMA_NONE && is_named(ann, nominal)) {
        name = nominal; /* "The bishop, a Jamaican by birth," of somebody named before */
    }
    if (name == STEMMA_NONE || ann->mentions[name].referent == STEMMA_NONE) {
        return STEMMA_OK;
    }
    return stm_fact_description(scan, ann->mentions[name].referent, noun, &stand, 780);
}

/** "X, who": the name right before a relative pronoun, or what the parse says; a referent. */
static uint32_t before_relative(const struct stm_annotation *ann, uint32_t who)
{
    uint32_t at = who;
    if (at > 0 && stm_ann_is(ann, at - 1, ",")) {
        at--;
    }
    uint32_t name = at > 0 ? stm_fact_name_at(ann, at - 1) : STEMMA_NONE;
    if (name != STEMMA_NONE) {
        return ann->mentions[name].referent;
    }
    uint32_t verb = ann->tokens[who].head;
    return described(ann, verb != STEMMA_NONE ? stm_syntax_subject(ann, verb) : STEMMA_NONE);
}

/** "X is a Z", "X, who was a Z". */
static stemma_status read_copula(const struct stm_fact_scan *scan, uint32_t copula)
{
    const struct stm_annotation *ann = scan->ann;
    uint32_t noun = ann->tokens[copula].head;
    if (noun == STEMMA_NONE || noun < copula) {
        return STEMMA_OK;
    }
    uint32_t who = stm_syntax_child(ann, noun, STM_RELATION_NSUBJ);
    if (who == STEMMA_NONE) {
        who = stm_syntax_child(ann, copula, STM_RELATION_NSUBJ); /* trees of past copulas */
    }
    uint32_t subject = STEMMA_NONE;
    if (copula > 0 && ann->tokens[copula - 1].pos == STM_POS_WP) {
        who = copula - 1;
    }
    if (who != STEMMA_NONE && ann->tokens[who].pos == STM_POS_WP) {
        subject = before_relative(ann, who);
    } else {
        subject = described(ann, who != STEMMA_NONE ? who : stm_syntax_subject(ann, noun));
    }
    struct stm_fact_stand stand = stm_fact_stand_of(ann, noun);
    uint32_t preposition = stm_syntax_case(ann, noun);
    if (preposition != STEMMA_NONE) {
        /* "The college is in Oslo" */
        uint32_t place = stm_fact_named(ann, noun, STM_ENTITY_PLACE, STM_ENTITY_PLACE);
        return stm_ann_is(ann, preposition, "in") && subject != STEMMA_NONE &&
                       (ann->referents[subject].entity_type == STM_ENTITY_ORGANIZATION ||
                        ann->referents[subject].entity_type == STM_ENTITY_PLACE)
                   ? stm_emit_relation(scan, subject, "located", place, copula, &stand, 700)
                   : STEMMA_OK;
    }
    uint32_t all[MOST_ROLES];
    uint32_t count = stm_syntax_conjuncts(ann, noun, all, MOST_ROLES);
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 0; i < count && subject != STEMMA_NONE && status == STEMMA_OK; i++) {
        status = stm_fact_description(scan, subject, all[i], &stand, 750);
    }
    return status;
}

/** "As chair of the inquiry, X will call": the office of the subject. */
static stemma_status read_as(const struct stm_fact_scan *scan, uint32_t as)
{
    const struct stm_annotation *ann = scan->ann;
    uint32_t noun = ann->tokens[as].head;
    uint32_t verb = noun != STEMMA_NONE ? ann->tokens[noun].head : STEMMA_NONE;
    struct stm_fact_stand stand = {STEMMA_TENSE_PRESENT, 0, 0};
    if (verb == STEMMA_NONE || noun < as || verb < noun || !stm_is_role_word(ann, noun)) {
        return STEMMA_OK;
    }
    uint32_t subject = described(ann, stm_syntax_subject(ann, verb));
    return subject == STEMMA_NONE ? STEMMA_OK
                                  : stm_fact_description(scan, subject, noun, &stand, 700);
}

stemma_status stm_extract_facts(struct stm_annotation *ann)
{
    struct stm_fact_scan scan = {ann, ann->assertion_count};
    uint32_t mentions = ann->mention_count;
    stemma_status status = STEMMA_OK;
    for (uint32_t m = 0; m < mentions && status == STEMMA_OK; m++) {
        const struct stm_mention *mention = &ann->mentions[m];
        if (mention->kind != STEMMA_MENTION_NAME || mention->referent == STEMMA_NONE) {
            continue;
        }
        if (mention->type == STM_ENTITY_PERSON) {
            static stemma_status (*const beside[])(const struct stm_fact_scan *, uint32_t) = {
                stm_fact_title,   stm_fact_age_behind,     stm_fact_life_behind,
                stm_fact_apposed, stm_fact_address_behind};
            for (size_t i = 0; i < sizeof beside / sizeof beside[0] && status == STEMMA_OK; i++) {
                status = beside[i](&scan, m);
            }
        } else if (mention->type == STM_ENTITY_PLACE) {
            status = stm_fact_country_behind(&scan, m);
            if (status == STEMMA_OK) {
                status = stm_fact_inside(&scan, m);
            }
        }
        if (status == STEMMA_OK &&
            (mention->type == STM_ENTITY_PERSON || mention->type == STM_ENTITY_ORGANIZATION)) {
            status = stm_fact_of_behind(&scan, m);
        }
        if (status == STEMMA_OK && mention->type == STM_ENTITY_ORGANIZATION) {
            status = stm_fact_body(&scan, m);
        }
    }
    for (uint32_t i = 0; i < ann->token_count && status == STEMMA_OK; i++) {
        const struct stm_token *token = &ann->tokens[i];
        if (token->flags & STM_TOKEN_PUNCTUATION) {
            continue;
        }
        if (token->relation == STM_RELATION_APPOS) {
            status = read_apposition(&scan, i);
        } else if (token->relation == STM_RELATION_COP) {
            status = read_copula(&scan, i);
        } else if (token->relation == STM_RELATION_CASE && stm_ann_is(ann, i, "as")) {
            status = read_as(&scan, i);
        }
        static stemma_status (*const at_word[])(const struct stm_fact_scan *, uint32_t) = {
            stm_fact_kin,  stm_fact_verb,  stm_fact_compound,
            stm_fact_home, stm_fact_study, stm_fact_age_at,
            stm_fact_succession};
        for (size_t k = 0; k < sizeof at_word / sizeof at_word[0] && status == STEMMA_OK; k++) {
            status = at_word[k](&scan, i);
        }
    }
    for (uint32_t m = 0; m < mentions && status == STEMMA_OK; m++) {
        status = stm_fact_nominal(&scan, m);
    }
    return status;
}
