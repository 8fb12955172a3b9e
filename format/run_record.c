/* SPDX-License-Identifier: MIT */
#include "run_record.h"

#include "canonical.h"
#include "limits.h"

enum { FIELD_NAME = 0, FIELD_VERSION = 1, FIELD_KIND = 2, FIELD_SETTINGS = 3 };

int stm_run_compare(const stemma_run *a, const stemma_run *b)
{
    int order = stemma_text_compare(a->name, b->name);
    if (order == 0) {
        order = stemma_text_compare(a->version, b->version);
    }
    if (order == 0 && a->kind != b->kind) {
        order = a->kind < b->kind ? -1 : 1;
    }
    if (order == 0) {
        order = stemma_text_compare(a->settings, b->settings);
    }
    return order;
}

stemma_status stm_run_encode(const stemma_run *run, stm_buffer *out, stm_fault *fault)
{
    const stemma_text texts[3] = {run->name, run->version, run->settings};
    if (run->kind > STEMMA_RUN_IMPORT) {
        return stm_fault_set(fault, STEMMA_E_INVALID, "RUN_KIND", 0);
    }
    for (size_t i = 0; i < 3; i++) {
        const char *code = stm_text_fault(texts[i], STEMMA_LIMIT_FIELD);
        if (code != NULL) {
            return stm_fault_set(fault, STEMMA_E_INVALID, code, 0);
        }
    }
    stm_map map = stm_map_begin(out);
    stm_map_text(&map, FIELD_NAME, run->name);
    stm_map_text(&map, FIELD_VERSION, run->version);
    stm_map_uint(&map, FIELD_KIND, run->kind);
    stm_map_text(&map, FIELD_SETTINGS, run->settings);
    stm_map_end(&map);
    return stm_put_finish(out, fault);
}

stemma_status stm_run_decode(stemma_bytes value, stemma_run *run, stm_fault *fault)
{
    stemma_status status = stm_mp_check(value, fault);
    if (status != STEMMA_OK) {
        return status;
    }
    memset(run, 0, sizeof *run);
    stm_mp mp = stm_mp_over(value);
    uint32_t fields = stm_mp_map(&mp);
    for (uint32_t i = 0; i < fields; i++) {
        uint32_t key = stm_mp_key(&mp);
        switch (key) {
        case FIELD_NAME:
            run->name = stm_mp_present_text(&mp, STEMMA_LIMIT_FIELD);
            break;
        case FIELD_VERSION:
            run->version = stm_mp_present_text(&mp, STEMMA_LIMIT_FIELD);
            break;
        case FIELD_KIND:
            run->kind = (uint8_t)stm_mp_present(&mp, STEMMA_RUN_IMPORT);
            break;
        case FIELD_SETTINGS:
            run->settings = stm_mp_present_text(&mp, STEMMA_LIMIT_FIELD);
            break;
        default:
            stm_mp_unknown(&mp, key);
        }
    }
    return stm_mp_finish(&mp, fault);
}
