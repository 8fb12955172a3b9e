/* SPDX-License-Identifier: MIT */
/* Offices that pass from one to another: "X replaced Y as Z", "Y was succeeded as Z by X". */
#include "pack/extract/event_succession.h"
#include "pack/extract/fact_emit.h"

static stemma_status holds(const struct stm_fact_scan *scan, uint32_t who, uint32_t office, uint8_t tense)
{
    uint32_t mention = stm_fact_entity(scan->ann, who, STM_ENTITY_PERSON, STM_ENTITY_PERSON);
    struct stm_fact_stand stand = {tense, 0, 0};
    return mention == STEMMA_NONE
               ? STEMMA_OK
               : stm_fact_description(scan, scan->ann->mentions[mention].referent, office, &stand, 750);
}

stemma_status stm_fact_succession(const struct stm_fact_scan *scan, uint32_t verb)
{
    struct stm_succession its;
    uint8_t pos = scan->ann->tokens[verb].pos;
    if (pos < STM_POS_VB || pos > STM_POS_VBZ || !stm_succession_at(scan->ann, verb, &its) ||
        its.office == STEMMA_NONE) {
        return STEMMA_OK;
    }
    struct stm_fact_stand stand = stm_fact_stand_of(scan->ann, verb);
    if (stand.unreal || stand.negated || stand.tense == STEMMA_TENSE_FUTURE) {
        return STEMMA_OK;
    }
    stemma_status status = holds(scan, its.newcomer, its.office, STEMMA_TENSE_PRESENT);
    return status == STEMMA_OK ? holds(scan, its.before, its.office, STEMMA_TENSE_PAST) : status;
}
