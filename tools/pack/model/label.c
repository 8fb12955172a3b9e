/* SPDX-License-Identifier: MIT */
#include "pack/model/label.h"

#define NAME_OF(name, text) text,

static const char *const pos_names[] = {STM_POS_LIST(NAME_OF)};
static const char *const relation_names[] = {STM_RELATION_LIST(NAME_OF)};

static unsigned find(stemma_text name, const char *const *names, unsigned count)
{
    for (unsigned i = 1; i < count; i++) {
        if (stemma_text_equal(name, stemma_text_of(names[i]))) {
            return i;
        }
    }
    return 0;
}

const char *stm_pos_name(unsigned pos)
{
    return pos_names[pos < STM_POS_COUNT ? pos : STM_POS_NONE];
}

enum stm_pos stm_pos_of(stemma_text name)
{
    return (enum stm_pos)find(name, pos_names, STM_POS_COUNT);
}

const char *stm_relation_name(unsigned relation)
{
    return relation_names[relation < STM_RELATION_COUNT ? relation : STM_RELATION_NONE];
}

enum stm_relation stm_relation_of(stemma_text name)
{
    unsigned found = find(name, relation_names, STM_RELATION_COUNT);
    if (found == STM_RELATION_NONE && name.size != 0) {
        const char *colon = memchr(name.data, ':', name.size);
        if (colon != NULL) {
            name.size = (size_t)(colon - name.data);
            found = find(name, relation_names, STM_RELATION_COUNT);
        }
    }
    return (enum stm_relation)found;
}
