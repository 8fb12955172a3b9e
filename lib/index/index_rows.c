/* SPDX-License-Identifier: MIT */
#include "index/index_rows.h"

uint32_t stm_most_frequent(uint32_t *values, size_t count)
{
    uint32_t best = values[0];
    size_t best_count = 0;
    stm_sort_numbers(values, count);
    for (size_t i = 0; i < count;) {
        size_t end = i + 1;
        while (end < count && values[end] == values[i]) {
            end++;
        }
        if (end - i > best_count) {
            best = values[i];
            best_count = end - i;
        }
        i = end;
    }
    return best;
}

uint32_t stm_index_event_type(uint32_t *types, size_t count, const stemma_term *terms)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (!stemma_text_equal(terms[types[i]].name, stemma_text_of("event"))) {
            types[kept++] = types[i];
        }
    }
    return kept == 0 ? types[0] : stm_most_frequent(types, kept);
}

void stm_cluster_documents(const stm_index *index, uint32_t cluster, uint32_t *scratch,
                           uint32_t *documents, uint32_t *independent)
{
    size_t count = 0;
    uint32_t last = STEMMA_NONE;
    for (uint32_t i = index->cluster_first[cluster]; i < index->cluster_first[cluster + 1]; i++) {
        uint32_t document = index->referents[index->cluster_members[i]].document;
        if (document != last) { /* members ascend, so those of one document stand together */
            scratch[count++] = index->group[document];
            last = document;
        }
    }
    *documents = (uint32_t)count;
    *independent = (uint32_t)stm_sort_distinct(scratch, count);
}
