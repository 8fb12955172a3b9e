/* SPDX-License-Identifier: MIT */
/* One assertion of a part, without the rest of it. */
#include "object_record.h"
#include "testimony_decoder.h"
#include "testimony_layout.h"

static stemma_status ended(const stm_mp *mp, stm_fault *fault)
{
    if (mp->code == NULL) {
        return STEMMA_OK;
    }
    return stm_fault_set(fault, STEMMA_E_DAMAGED, mp->code, mp->fault_offset);
}

static uint32_t skip_rows(stm_mp *mp)
{
    uint32_t rows = stm_mp_array(mp);
    stm_mp_skip_items(mp, rows);
    return rows;
}

stemma_status stm_part_open(stemma_bytes part, stm_part *out, stm_fault *fault)
{
    stm_mp mp = stm_mp_over(part);
    memset(out, 0, sizeof *out);
    (void)stm_mp_array_of(&mp, 3, 3);
    out->referents = skip_rows(&mp);
    out->mentions = skip_rows(&mp);
    out->assertions = stm_mp_array(&mp);
    out->first.at = mp.code == NULL ? (uint32_t)(mp.at - part.data) : 0;
    return ended(&mp, fault);
}

/* A cursor that stands at `place`, which lies in the part. */
static stm_mp at_place(stemma_bytes part, const stm_assertion_place *place)
{
    stm_mp mp = stm_mp_over(part);
    mp.at += place->at < part.size ? place->at : part.size;
    return mp;
}

/* Passes over a piece of evidence, and moves the start of spans as it does. */
static uint32_t pass_evidence(stm_mp *mp, uint32_t text_size, int64_t *start)
{
    uint32_t numbers = stm_mp_array_of(mp, 3, 1 + 2 * MENTION_SPANS_MAX);
    (void)stm_mp_skip(mp);
    *start += stm_mp_int(mp, -(int64_t)UINT32_MAX, UINT32_MAX);
    if (mp->code == NULL && (*start < 0 || *start > text_size)) {
        stm_mp_fail(mp, "SPAN_OUT_OF_RANGE");
    }
    if (numbers > 2) {
        stm_mp_skip_items(mp, numbers - 2);
    }
    return numbers / 2;
}

stemma_status stm_assertion_pass(stemma_bytes part, uint32_t text_size, stm_assertion_place *place,
                                 stm_testimony_need *need, stm_fault *fault)
{
    stm_mp mp = at_place(part, place);
    int64_t start = place->start;
    uint32_t items = stm_mp_array_of(&mp, ASSERTION_ITEMS, ASSERTION_ITEMS + ASSERTION_OPTIONAL);
    for (uint32_t i = 0; i + 1 < ASSERTION_ITEMS && mp.code == NULL; i++) {
        (void)stm_mp_skip(&mp);
    }
    uint32_t evidence = stm_mp_array(&mp);
    for (uint32_t i = 0; i < evidence && mp.code == NULL; i++) {
        need->spans += pass_evidence(&mp, text_size, &start);
    }
    need->evidence += evidence;
    for (uint32_t i = ASSERTION_ITEMS; i < items && mp.code == NULL; i++) {
        (void)stm_mp_skip(&mp);
    }
    if (mp.code == NULL) {
        place->at = (uint32_t)(mp.at - part.data);
        place->start = (uint32_t)start;
    }
    return ended(&mp, fault);
}

stemma_status stm_assertion_decode(stemma_bytes row, const stm_assertion_place *place,
                                   const stm_bounds *bounds, uint32_t text_size,
                                   stm_testimony *into, bool evidence, stemma_assertion *out,
                                   stm_fault *fault)
{
    stm_decoder self = {into, stm_mp_over(row), bounds, text_size, 0, place->start, !evidence};
    stemma_status status = stm_mp_check(row, fault);
    if (status != STEMMA_OK) {
        return status;
    }
    stm_decode_assertion(&self, out);
    return stm_mp_finish(&self.mp, fault);
}
