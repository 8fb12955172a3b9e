/* SPDX-License-Identifier: MIT */
#include "name/name_show.h"

#include <string.h>

static bool has_two_tokens(stemma_text name)
{
    size_t at = 0;
    while (at < name.size && name.data[at] == ' ') {
        at++;
    }
    const char *gap = at < name.size ? memchr(name.data + at, ' ', name.size - at) : NULL;
    return gap != NULL && (size_t)(gap - name.data) + 1 < name.size;
}

int stm_name_class(stemma_text name, uint8_t kind, bool person)
{
    bool full = person && has_two_tokens(name);
    switch (kind) {
    case STEMMA_NAME_NAME:
        return full ? 6 : 4;
    case STEMMA_NAME_ALIAS:
        return full ? 5 : 3;
    case STEMMA_NAME_ACRONYM:
        return 2;
    default:
        return 1;
    }
}

bool stm_name_is_better(const stemma_entity_name *a, const stemma_entity_name *b, bool person)
{
    int class_a = stm_name_class(a->text, a->kind, person);
    int class_b = stm_name_class(b->text, b->kind, person);
    if (class_a != class_b) {
        return class_a > class_b;
    }
    if (a->documents != b->documents) {
        return a->documents > b->documents;
    }
    if (a->text.size != b->text.size) {
        return a->text.size > b->text.size;
    }
    return stemma_text_compare(a->text, b->text) < 0;
}
