/* SPDX-License-Identifier: MIT */
#include "entity_record.h"

#include "canonical.h"
#include "limits.h"

#define ITEMS      10u
#define NAME_ITEMS 3u

/* Rules that hold of a row whatever its names. */
static const char *row_fault(const stm_entity_row *row, const stm_bounds *bounds)
{
    if (row->type >= bounds->vocabulary.count ||
        bounds->vocabulary.terms[row->type].kind != STEMMA_TERM_ENTITY_TYPE) {
        return "TERM_UNKNOWN";
    }
    if (row->name >= row->name_count && (row->name != 0 || row->name_count != 0)) {
        return "NAME_INDEX";
    }
    if (row->first.document >= bounds->documents || row->first.referent == STEMMA_NONE) {
        return "DOCUMENT_OUT_OF_RANGE";
    }
    if (row->claim_first > bounds->claims || row->claim_count > bounds->claims - row->claim_first) {
        return "CLAIM_RANGE";
    }
    return NULL;
}

stemma_status stm_entity_encode(const stm_entity_row *row, const stm_bounds *bounds,
                                stm_buffer *out, stm_fault *fault)
{
    const char *code = row_fault(row, bounds);
    if (code == NULL && row->name_count > UINT32_MAX / NAME_ITEMS) {
        code = "NAME_COUNT";
    }
    if (code != NULL) {
        return stm_fault_set(fault, STEMMA_E_INVALID, code, 0);
    }
    stm_mp_put_array(out, ITEMS);
    stm_mp_put_uint(out, row->type);
    stm_mp_put_uint(out, row->name);
    stm_mp_put_array(out, NAME_ITEMS * row->name_count);
    for (uint32_t i = 0; i < row->name_count; i++) {
        const stm_entity_name *name = &row->names[i];
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
        stm_mp_put_text(out, name->text);
        stm_mp_put_uint(out, name->kind);
        stm_mp_put_uint(out, name->documents);
    }
    stm_mp_put_uint(out, row->documents);
    stm_mp_put_uint(out, row->mentions);
    stm_mp_put_uint(out, row->events);
    stm_mp_put_uint(out, row->first.document);
    stm_mp_put_uint(out, row->first.referent);
    stm_mp_put_uint(out, row->claim_first);
    stm_mp_put_uint(out, row->claim_count);
    return stm_put_finish(out, fault);
}

stemma_status stm_entity_count(stemma_bytes row, uint32_t *names, stm_fault *fault)
{
    stemma_status status = stm_mp_check(row, fault);
    if (status != STEMMA_OK) {
        return status;
    }
    stm_mp mp = stm_mp_over(row);
    stm_mp_array_of(&mp, ITEMS, ITEMS);
    (void)stm_mp_skip(&mp);
    (void)stm_mp_skip(&mp);
    uint32_t items = stm_mp_array(&mp);
    if (items % NAME_ITEMS != 0) {
        stm_mp_fail(&mp, "RECORD_LENGTH");
    }
    if (mp.code != NULL) {
        return stm_fault_set(fault, STEMMA_E_DAMAGED, mp.code, mp.fault_offset);
    }
    *names = items / NAME_ITEMS;
    return STEMMA_OK;
}

stemma_status stm_entity_decode(stemma_bytes row, const stm_bounds *bounds, stm_entity_row *out,
                                stm_entity_name *names, uint32_t name_count, stm_fault *fault)
{
    stm_mp mp = stm_mp_over(row);
    memset(out, 0, sizeof *out);
    stm_mp_array_of(&mp, ITEMS, ITEMS);
    out->type = stm_mp_below(&mp, bounds->vocabulary.count);
    out->name = stm_mp_u32(&mp, UINT32_MAX);
    if (stm_mp_array(&mp) != NAME_ITEMS * name_count) {
        stm_mp_fail(&mp, "RECORD_LENGTH");
    }
    for (uint32_t i = 0; i < name_count && mp.code == NULL; i++) {
        names[i].text = stm_mp_present_text(&mp, STEMMA_LIMIT_NAME);
        names[i].kind = (uint8_t)stm_mp_uint(&mp, STEMMA_NAME_NOMINAL);
        names[i].documents = stm_mp_u32(&mp, bounds->documents);
    }
    out->names = names;
    out->name_count = name_count;
    out->documents = stm_mp_u32(&mp, bounds->documents);
    out->mentions = stm_mp_u32(&mp, UINT32_MAX);
    out->events = stm_mp_u32(&mp, bounds->events);
    out->first.document = stm_mp_u32(&mp, UINT32_MAX);
    out->first.referent = stm_mp_u32(&mp, UINT32_MAX);
    out->claim_first = stm_mp_u32(&mp, UINT32_MAX);
    out->claim_count = stm_mp_u32(&mp, UINT32_MAX);
    const char *code = mp.code == NULL ? row_fault(out, bounds) : NULL;
    if (code != NULL) {
        stm_mp_fail(&mp, code);
    }
    return stm_mp_finish(&mp, fault);
}
