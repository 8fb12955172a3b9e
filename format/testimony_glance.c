/* SPDX-License-Identifier: MIT */
/* One referent of a part, and how often each is mentioned, without the rest. */
#include "testimony_decoder.h"
#include "testimony_layout.h"
#include "utf8.h"

#define ARRAY_OF_THREE 0x93u /* how a part begins */

static stemma_status glanced(const stm_mp *mp, stm_fault *fault)
{
    if (mp->code == NULL) {
        return STEMMA_OK;
    }
    return stm_fault_set(fault, STEMMA_E_DAMAGED, mp->code, mp->fault_offset);
}

static void pass_referents(stm_mp *mp, uint32_t referent, const stm_bounds *bounds,
                           stm_glance *glance)
{
    uint32_t rows = stm_mp_array(mp);
    for (uint32_t i = 0; i < rows && mp->code == NULL; i++) {
        uint32_t items = stm_mp_array_of(mp, 2, 3);
        if (referent - glance->referents == i && referent >= glance->referents) {
            glance->type = stm_mp_below(mp, bounds->vocabulary.count);
            glance->names = mp->at;
            glance->in.data = mp->start;
            glance->in.size = (size_t)(mp->end - mp->start);
            glance->name_count = stm_mp_array(mp);
            glance->found = mp->code == NULL;
            stm_mp_skip_items(mp, glance->name_count + (items - 2));
        } else {
            stm_mp_skip_items(mp, items);
        }
    }
    glance->referents += rows;
}

stemma_status stm_testimony_glance(stemma_bytes part, uint32_t referent, const stm_bounds *bounds,
                                   stm_glance *glance, stm_fault *fault)
{
    stm_mp mp = stm_mp_over(part);
    (void)stm_mp_array_of(&mp, 3, 3);
    pass_referents(&mp, referent, bounds, glance);
    uint32_t rows = stm_mp_array(&mp);
    for (uint32_t i = 0; i < rows && mp.code == NULL; i++) {
        uint32_t items = stm_mp_array_of(&mp, 4, 4 + 2 * MENTION_SPANS_MAX);
        stm_mp_skip_items(&mp, 1);
        glance->own_mentions += stm_mp_below_or_none(&mp, STEMMA_NONE) == referent;
        stm_mp_skip_items(&mp, items - 2);
    }
    glance->mentions += rows;
    return glanced(&mp, fault);
}

stemma_status stm_testimony_tally(stemma_bytes part, uint32_t *own, uint32_t room, stm_tally *out,
                                  stm_fault *fault)
{
    stm_mp mp = stm_mp_over(part);
    memset(out, 0, sizeof *out);
    (void)stm_mp_array_of(&mp, 3, 3);
    out->referents = stm_mp_array(&mp);
    stm_mp_skip_items(&mp, out->referents);
    out->head = (size_t)(mp.at - mp.start);
    out->mentions = stm_mp_array(&mp);
    for (uint32_t i = 0; i < out->mentions && mp.code == NULL; i++) {
        uint32_t items = stm_mp_array_of(&mp, 4, 4 + 2 * MENTION_SPANS_MAX);
        stm_mp_skip_items(&mp, 1);
        uint32_t referent = stm_mp_below_or_none(&mp, STEMMA_NONE);
        if (referent < room) {
            own[referent]++;
        }
        stm_mp_skip_items(&mp, items - 2);
    }
    return glanced(&mp, fault);
}

stemma_status stm_testimony_glance_head(stemma_bytes head, uint32_t referent,
                                        const stm_bounds *bounds, stm_glance *glance,
                                        stm_fault *fault)
{
    stm_mp mp = stm_mp_over(head);
    if (head.size == 0 || *mp.at != ARRAY_OF_THREE) {
        stm_mp_fail(&mp, "RECORD_LENGTH");
    } else {
        mp.at++; /* as an array it would be cut off: two of its items are not in a head */
    }
    pass_referents(&mp, referent, bounds, glance);
    return glanced(&mp, fault);
}

stemma_status stm_testimony_glance_names(const stm_glance *glance, stm_glance_name *names,
                                         stm_fault *fault)
{
    stm_mp mp = stm_mp_over(glance->in);
    mp.at = glance->names;
    uint32_t count = stm_mp_array(&mp);
    for (uint32_t i = 0; i < count && i < glance->name_count && mp.code == NULL; i++) {
        stemma_name name;
        stm_decode_name(&mp, &name);
        if (mp.code == NULL && !stm_utf8_valid(name.text)) {
            stm_mp_fail(&mp, "TEXT_NOT_UTF8"); /* the part as a whole is not checked */
        }
        names[i].text = name.text;
        names[i].kind = name.kind;
    }
    return glanced(&mp, fault);
}
