/* SPDX-License-Identifier: MIT */
#include "entity_alias.h"

#include "canonical.h"
#include "limits.h"

#define ITEMS 3u /* a name */

stemma_status stm_entity_alias_encode(const stm_entity_name *names, uint32_t count, uint32_t shown,
                                      stm_buffer *out, stm_fault *fault)
{
    const char *code = NULL;
    if (count == 0 || count > (UINT32_MAX - 1u) / ITEMS) {
        code = "NAME_COUNT";
    } else if (shown >= count) {
        code = "NAME_INDEX";
    }
    if (code != NULL) {
        return stm_fault_set(fault, STEMMA_E_INVALID, code, 0);
    }
    stm_mp_put_array(out, 1u + ITEMS * count);
    stm_mp_put_uint(out, shown);
    for (uint32_t i = 0; i < count; i++) {
        const stm_entity_name *name = &names[i];
        code = stm_text_fault(name->text, STEMMA_LIMIT_NAME);
        if (code == NULL && name->text.size == 0) {
            code = "NAME_EMPTY";
        }
        if (code == NULL && name->kind > STEMMA_NAME_NOMINAL) {
            code = "NAME_KIND";
        }
        if (code != NULL) {
            return stm_fault_set(fault, STEMMA_E_INVALID, code, 0);
        }
        stm_mp_put_text(out, i == shown ? (stemma_text){NULL, 0} : name->text);
        stm_mp_put_uint(out, name->kind);
        stm_mp_put_uint(out, name->documents);
    }
    return stm_put_finish(out, fault);
}

stemma_status stm_entity_alias_count(stemma_bytes row, uint32_t *count, stm_fault *fault)
{
    stemma_status status = stm_mp_check(row, fault);
    if (status != STEMMA_OK) {
        return status;
    }
    stm_mp mp = stm_mp_over(row);
    uint32_t items = stm_mp_array(&mp);
    if (mp.code == NULL && (items <= 1u || items % ITEMS != 1u)) {
        stm_mp_fail(&mp, "RECORD_LENGTH");
    }
    if (mp.code != NULL) {
        return stm_fault_set(fault, STEMMA_E_DAMAGED, mp.code, mp.fault_offset);
    }
    *count = items / ITEMS;
    return STEMMA_OK;
}

stemma_status stm_entity_alias_decode(stemma_bytes row, stemma_text label, uint32_t documents,
                                      stm_entity_name *names, uint32_t count, uint32_t *shown,
                                      stm_fault *fault)
{
    stm_mp mp = stm_mp_over(row);
    if (stm_mp_array(&mp) != 1u + ITEMS * count) {
        stm_mp_fail(&mp, "RECORD_LENGTH");
    }
    *shown = stm_mp_below(&mp, count);
    for (uint32_t i = 0; i < count && mp.code == NULL; i++) {
        names[i].text = stm_mp_text(&mp, STEMMA_LIMIT_NAME);
        names[i].kind = (uint8_t)stm_mp_uint(&mp, STEMMA_NAME_NOMINAL);
        names[i].documents = stm_mp_u32(&mp, documents);
        if (mp.code == NULL && (names[i].text.size == 0) != (i == *shown)) {
            stm_mp_fail(&mp, "NAME_EMPTY");
        }
        if (i == *shown) {
            names[i].text = label;
        }
    }
    if (mp.code == NULL && (label.size == 0 || label.size > STEMMA_LIMIT_NAME)) {
        stm_mp_fail(&mp, "LABEL");
    }
    return stm_mp_finish(&mp, fault);
}
