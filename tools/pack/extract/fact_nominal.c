/* SPDX-License-Identifier: MIT */
/* What nouns that mean somebody who is named elsewhere say of that one: "The 24-year-old scored",
   "the botanist", "The union's treasurer, 41, said". */
#include "pack/extract/fact_role.h"

/** Whether it has been said already that the person is what `head` says. */
static int is_known(const struct stm_fact_scan *scan, uint32_t subject, stemma_text head)
{
    const struct stm_annotation *ann = scan->ann;
    for (uint32_t a = scan->since; a < ann->assertion_count; a++) {
        const stemma_assertion *it = &ann->assertions[a].value;
        if (it->subject != subject || it->object.kind != STEMMA_OBJECT_TEXT ||
            !stemma_text_equal(it->predicate, stemma_text_of("role"))) {
            continue;
        }
        stemma_text role = it->object.as.text;
        for (size_t i = 0; i + head.size <= role.size; i++) {
            size_t k = 0;
            while (k < head.size && (role.data[i + k] | 0x20) == (head.data[k] | 0x20)) {
                k++;
            }
            if (k == head.size) {
                return 1;
            }
        }
    }
    return 0;
}

/** Nouns that say how one stands to another, or no more than that it is a person. */
static int says_nothing(const struct stm_annotation *ann, uint32_t head)
{
    static const char *const words[] = {"man", "woman", "person", "boy", "girl", "suspect",
                                        "victim", "defendant", "accused", "speaker", "winner",
                                        "host", "guest", "visitor", "figure", "leader", "official",
                                        "chief", "head", "member", "candidate", "prisoner",
                                        "detainee", "owner", "witness", "survivor", "veteran"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (stm_ann_is(ann, head, words[i])) {
            return 1;
        }
    }
    return 0;
}

stemma_status stm_fact_nominal(const struct stm_fact_scan *scan, uint32_t mention)
{
    const struct stm_annotation *ann = scan->ann;
    const struct stm_mention *nominal = &ann->mentions[mention];
    struct stm_fact_stand stand = {STEMMA_TENSE_PRESENT, 0, 0};
    if (nominal->kind != STEMMA_MENTION_NOMINAL || nominal->plural || nominal->generic ||
        nominal->referent == STEMMA_NONE || !stm_ann_is(ann, nominal->first, "the")) {
        return STEMMA_OK;
    }
    const struct stm_referent *who = &ann->referents[nominal->referent];
    if (who->entity_type != STM_ENTITY_PERSON || who->name_count == 0 ||
        who->names[0].kind == STEMMA_NAME_NOMINAL) {
        return STEMMA_OK;
    }
    stemma_status status = stm_fact_age_behind(scan, mention);
    for (uint32_t i = nominal->first; i <= nominal->head && status == STEMMA_OK; i++) {
        uint32_t age = stm_fact_hyphenated_age(ann, i);
        status = age != 0 ? stm_fact_emit_age(scan, nominal->referent, i, age, &stand) : status;
    }
    uint32_t head = nominal->head;
    if (status != STEMMA_OK || says_nothing(ann, head) || !stm_fact_is_occupation(ann, head) ||
        is_known(scan, nominal->referent, ann->tokens[head].lower)) {
        return status;
    }
    uint32_t first = stm_fact_title_start(ann, head);
    return stm_fact_office(scan, nominal->referent, first, head, stm_fact_role_end(ann, head),
                           &stand, 550);
}
