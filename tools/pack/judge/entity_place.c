/* SPDX-License-Identifier: MIT */
#include "pack/judge/entity_place.h"

#include <string.h>

stemma_text stm_place_spelled_out(stemma_text text, char whole[STM_PLACE_BYTES])
{
    static const char *const shorts[][2] = {{"mt", "Mount "}, {"ft", "Fort "}};
    char first[3] = {0};
    for (size_t i = 0; i < 2 && i < text.size; i++) {
        first[i] = (char)(text.data[i] >= 'A' && text.data[i] <= 'Z' ? text.data[i] + 32
                                                                     : text.data[i]);
    }
    size_t cut = 2;
    cut += cut < text.size && text.data[cut] == '.';
    for (size_t k = 0; k < sizeof shorts / sizeof *shorts; k++) {
        size_t more = strlen(shorts[k][1]);
        if (strcmp(first, shorts[k][0]) == 0 && cut + 1 < text.size && text.data[cut] == ' ' &&
            more + text.size - cut - 1 <= STM_PLACE_BYTES) {
            memcpy(whole, shorts[k][1], more);
            memcpy(whole + more, text.data + cut + 1, text.size - cut - 1);
            return (stemma_text){whole, more + text.size - cut - 1};
        }
    }
    return text;
}
