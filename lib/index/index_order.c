/* SPDX-License-Identifier: MIT */
#include "index/index_order.h"

#include "index/index_fold.h"

static uint64_t start_key(int64_t start)
{
    /* Shifted so that unsigned order is signed order; unknown comes last. */
    return start == STEMMA_TIME_UNKNOWN_EARLY ? UINT64_MAX
                                              : (uint64_t)start ^ UINT64_C(0x8000000000000000);
}

/* ---- Ranks of starts ------------------------------------------------------------------------- */

typedef struct ranks {
    uint32_t *of_time;  /* set after set: no time, then each of its time_texts */
    uint32_t *of_event; /* of each event that is not a folded row */
    uint32_t count;     /* distinct starts */
} ranks;

static void free_ranks(ranks *r)
{
    stm_memory_free(r->of_time);
    stm_memory_free(r->of_event);
}

static stemma_status rank_starts(const stm_index *index, ranks *r)
{
    size_t times = 0;
    size_t at = 0;
    for (uint32_t s = 0; s < index->row_set_count; s++) {
        times += (size_t)index->row_sets[s]->time_texts.count + 1;
    }
    if (times + index->event_count > UINT32_MAX) {
        return STEMMA_E_LIMIT;
    }
    size_t count = times + index->event_count;
    stm_sort_key *keys = stm_memory_zeroed(index->memory, count, sizeof *keys);
    r->of_time = stm_memory_zeroed(index->memory, times, sizeof *r->of_time);
    r->of_event = stm_memory_zeroed(index->memory, index->event_count, sizeof *r->of_event);
    if (keys == NULL || r->of_time == NULL || r->of_event == NULL) {
        stm_memory_free(keys);
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t s = 0; s < index->row_set_count; s++) {
        const stm_row_set *set = index->row_sets[s];
        keys[at++].major = UINT64_MAX;
        for (uint32_t t = 0; t < set->time_texts.count; t++) {
            keys[at++].major = start_key(set->time_bounds[t].start_earliest);
        }
    }
    for (uint32_t i = 0; i < index->event_count; i++) {
        keys[at++].major = start_key(index->events[i].bounds.start_earliest);
    }
    for (size_t i = 0; i < count; i++) {
        keys[i].position = (uint32_t)i;
    }
    stm_sort_keys(index->memory, keys, count);
    for (size_t i = 0; i < count; i++) {
        r->count += i == 0 || keys[i].major != keys[i - 1].major;
        if (keys[i].position < times) {
            r->of_time[keys[i].position] = r->count - 1;
        } else {
            r->of_event[keys[i].position - times] = r->count - 1;
        }
    }
    stm_memory_free(keys);
    return STEMMA_OK;
}

/* ---- Placing --------------------------------------------------------------------------------- */

/* Events that are not folded rows, ascending by first referent. */
static stm_sort_key *events_by_referent(const stm_index *index)
{
    stm_sort_key *keys = stm_memory_zeroed(index->memory, index->event_count, sizeof *keys);
    for (uint32_t i = 0; i < index->event_count && keys != NULL; i++) {
        const stm_index_referent *first = &index->referents[index->events[i].first];
        keys[i].major = (uint64_t)first->document << 32 | first->ordinal;
        keys[i].position = i;
    }
    if (keys != NULL) {
        stm_sort_keys(index->memory, keys, index->event_count);
    }
    return keys;
}

static void place_event(stm_index *index, uint32_t position, uint32_t *next)
{
    stm_index_event *event = &index->events[position];
    event->number = (*next)++;
    index->event_sources[event->number] = (uint32_t)index->row_count + position;
}

/* Goes through all events by first referent and puts each behind those of its start. */
static void place_all(stm_index *index, const ranks *r, const stm_sort_key *events,
                      uint32_t *starts)
{
    const uint32_t *of_time = r->of_time;
    uint32_t e = 0;
    for (uint32_t s = 0; s < index->row_set_count; s++) {
        stm_row_set *set = index->row_sets[s];
        for (uint32_t k = 0; k < set->count; k++) {
            if (!stm_row_is_folded(set, k)) {
                continue;
            }
            uint64_t here = (uint64_t)set->document << 32 | (set->actor_count + k);
            while (e < index->event_count && events[e].major < here) {
                place_event(index, events[e].position, &starts[r->of_event[events[e].position]]);
                e++;
            }
            uint32_t number = starts[of_time[set->times[k]]]++;
            set->numbers[k] = number;
            index->event_sources[number] = set->row_base + k;
            stm_memory_step(index->memory, k);
        }
        of_time += set->time_texts.count + 1;
    }
    while (e < index->event_count) {
        place_event(index, events[e].position, &starts[r->of_event[events[e].position]]);
        e++;
    }
}

static void count_starts(const stm_index *index, const ranks *r, uint32_t *starts)
{
    const uint32_t *of_time = r->of_time;
    uint32_t next = 0;
    for (uint32_t s = 0; s < index->row_set_count; s++) {
        const stm_row_set *set = index->row_sets[s];
        for (uint32_t k = 0; k < set->count; k++) {
            starts[of_time[set->times[k]]] += (uint32_t)stm_row_is_folded(set, k);
            stm_memory_step(index->memory, k);
        }
        of_time += set->time_texts.count + 1;
    }
    for (uint32_t i = 0; i < index->event_count; i++) {
        starts[r->of_event[i]]++;
    }
    for (uint32_t i = 0; i < r->count; i++) {
        uint32_t here = starts[i];
        starts[i] = next;
        next += here;
    }
}

static stemma_status merge(stm_index *index, const ranks *r)
{
    uint32_t *starts = stm_memory_zeroed(index->memory, r->count, sizeof *starts);
    stm_sort_key *events = events_by_referent(index);
    stemma_status status = STEMMA_E_NO_MEMORY;
    size_t none = 0;
    index->event_sources = stm_memory_grow(index->memory, NULL, &none, index->event_total,
                                           sizeof *index->event_sources);
    if (starts != NULL && events != NULL && index->event_sources != NULL) {
        status = STEMMA_OK;
    }
    for (uint32_t s = 0; s < index->row_set_count && status == STEMMA_OK; s++) {
        stm_row_set *set = index->row_sets[s];
        none = 0;
        set->numbers =
            stm_memory_grow(index->memory, NULL, &none, set->count, sizeof *set->numbers);
        status = set->numbers != NULL ? STEMMA_OK : STEMMA_E_NO_MEMORY;
    }
    if (status == STEMMA_OK) {
        count_starts(index, r, starts);
        place_all(index, r, events, starts);
    }
    stm_memory_free(starts);
    stm_memory_free(events);
    return status;
}

/* A table is often in order of time already. */
static int is_in_order(const stm_index *index, const ranks *r)
{
    const stm_row_set *set = index->row_sets[0];
    uint32_t last = 0;
    int ascend = index->row_set_count == 1 && index->event_count == 0 && set->promoted == NULL;
    for (uint32_t k = 0; ascend && k < set->count; k++) {
        uint32_t rank = r->of_time[set->times[k]];
        ascend = rank >= last;
        last = rank;
    }
    return ascend;
}

static stemma_status order_with_rows(stm_index *index)
{
    ranks r = {0};
    uint64_t base = 0;
    uint64_t total = index->event_count;
    for (uint32_t s = 0; s < index->row_set_count; s++) {
        index->row_sets[s]->row_base = (uint32_t)base;
        base += index->row_sets[s]->count;
        total += index->row_sets[s]->count - index->row_sets[s]->promoted_count;
    }
    if (base + index->event_count >= UINT32_MAX || total >= UINT32_MAX) {
        return STEMMA_E_LIMIT;
    }
    index->event_total = (uint32_t)total;
    stemma_status status = rank_starts(index, &r);
    if (status == STEMMA_OK && !is_in_order(index, &r)) {
        status = merge(index, &r);
    }
    free_ranks(&r);
    return status;
}

stemma_status stm_index_order(stm_index *index)
{
    stemma_status status = STEMMA_OK;
    index->event_total = index->event_count;
    if (index->row_set_count > 0) {
        status = order_with_rows(index);
    }
    for (uint32_t i = 0; i < index->event_count; i++) {
        if (index->row_set_count == 0) {
            index->events[i].number = i;
        }
        index->cluster_number[index->events[i].cluster] = index->events[i].number;
    }
    return status;
}

stm_event_source stm_index_source(const stm_index *index, uint32_t event)
{
    stm_event_source source = {NULL, NULL, event};
    uint32_t at = index->event_sources != NULL ? index->event_sources[event] : event;
    uint32_t s = 0;
    if (at >= index->row_count) {
        source.event = &index->events[at - (uint32_t)index->row_count];
        return source;
    }
    if (index->row_set_count > 1) {
        uint32_t high = index->row_set_count;
        while (high - s > 1) {
            uint32_t middle = s + (high - s) / 2;
            if (index->row_sets[middle]->row_base <= at) {
                s = middle;
            } else {
                high = middle;
            }
        }
    }
    source.set = index->row_sets[s];
    source.row = at - source.set->row_base;
    return source;
}
