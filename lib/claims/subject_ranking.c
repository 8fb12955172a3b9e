/* SPDX-License-Identifier: MIT */
#include "claims/subject_heap.h"

#include "entity_block.h"

static uint16_t capped(int64_t number)
{
    return number < 0 || number >= UINT16_MAX ? UINT16_MAX : (uint16_t)number;
}

/* ---- Events ------------------------------------------------------------------------------------------ */

/* Columns of a block. */
typedef struct event_columns {
    stm_column claims, bound, documents, first;
} event_columns;

static void open_columns(const stm_event_block *block, stm_ranking_need need, event_columns *out)
{
    out->claims = stm_event_block_column(block, STM_EVENT_CLAIM_COUNT);
    out->bound = stm_event_block_column(block, need.contested ? STM_EVENT_CONTESTED
                                                              : STM_EVENT_INDEPENDENT);
    out->documents = stm_event_block_column(block, STM_EVENT_DOCUMENTS);
    out->first = stm_event_block_column(block, STM_EVENT_FIRST_DOCUMENT);
}

/* Puts an event of a block into `out`, when it is of use; true then. */
static bool take_event(const event_columns *columns, const stemma_snapshot *snapshot,
                       stm_ranking_need need, uint32_t event, stm_ranked_subject *out)
{
    uint32_t row = event % STEMMA_EVENT_BLOCK;
    int64_t bound = stm_column_get(&columns->bound, row);
    if ((need.contested ? bound == 0 : stm_column_get(&columns->claims, row) == 0) ||
        (snapshot->until != STEMMA_NONE &&
         stm_column_get(&columns->first, row) >= snapshot->until)) {
        return false;
    }
    out->independent = capped(bound);
    out->documents = need.documents ? capped(stm_column_get(&columns->documents, row)) : 0;
    out->number = event;
    return true;
}

/* Events that are kept while bounds are counted: mostly nobody asks for more, and no block is unpacked again. */
#define KEPT 8192u

typedef struct stm_ranked_kept {
    uint32_t event;
    uint16_t bound;
} stm_ranked_kept;

/* Subjects whose bound is from `low` to below `end`. */
typedef struct tier {
    stm_ranking_need need;
    uint32_t low, end;
    uint16_t *greatest; /* bound of each block of events; 0 when none is of use */
    uint32_t *numbers; /* room for a column of a block */
    stm_ranked_subject *out;
    uint32_t count;
} tier;

/* The least bound that is of use. */
static uint32_t least(const tier *of)
{
    return of->low == 0 && of->need.contested ? 1 : of->low;
}

/* Unpacks what bounds a block's events; *rows is 0 when none can be of use. */
static stemma_status open_events(stemma_snapshot *snapshot, const tier *of, uint32_t first,
                                 event_columns *columns, uint32_t *rows, stemma_error *error)
{
    const stm_event_block *block = NULL;
    uint32_t left = snapshot->file->bounds.events - first;
    stemma_status status = stm_snapshot_event_block(snapshot, first, &block, error);
    *rows = 0;
    if (status != STEMMA_OK) {
        return status;
    }
    open_columns(block, of->need, columns);
    if (least(of) == 0 || !stm_column_fits(&columns->bound, least(of) - 1)) {
        *rows = block->rows < left ? block->rows : left;
        *rows = *rows < STEMMA_EVENT_BLOCK ? *rows : STEMMA_EVENT_BLOCK;
        stm_column_unpack_u32(&columns->bound, 0, *rows, of->numbers);
    }
    return STEMMA_OK;
}

static uint16_t capped_u32(uint32_t number)
{
    return number < UINT16_MAX ? (uint16_t)number : UINT16_MAX;
}

/* Keeps only events with greater bounds, at most half of the room for them: `counts` are those so far. */
static void keep_fewer(stm_subject_ranking *ranking)
{
    uint32_t floor = UINT16_MAX + 1u, left = 0, kept = 0;
    while (floor > ranking->kept_floor && left + ranking->counts[floor - 1] <= KEPT / 2) {
        left += ranking->counts[--floor];
    }
    ranking->kept_floor = floor > ranking->kept_floor ? floor : floor + 1;
    for (uint32_t i = 0; i < ranking->kept_count; i++) {
        if (ranking->kept[i].bound >= ranking->kept_floor) {
            ranking->kept[kept++] = ranking->kept[i];
        }
    }
    ranking->kept_count = kept;
}

static void keep(stm_subject_ranking *ranking, uint32_t event, uint16_t bound)
{
    if (ranking->kept_count == KEPT) {
        keep_fewer(ranking);
    }
    if (bound >= ranking->kept_floor) {
        ranking->kept[ranking->kept_count++] = (stm_ranked_kept){event, bound};
    }
}

/* How many events have how many sources; those of no use may be among them. */
static stemma_status count_events(stemma_snapshot *snapshot, const tier *of,
                                  stm_subject_ranking *ranking, stemma_error *error)
{
    for (uint32_t first = 0; first < snapshot->file->bounds.events; first += STEMMA_EVENT_BLOCK) {
        event_columns columns;
        uint32_t rows = 0;
        uint16_t greatest = 0;
        stemma_status status = open_events(snapshot, of, first, &columns, &rows, error);
        if (status != STEMMA_OK) {
            return status;
        }
        for (uint32_t row = 0; row < rows; row++) {
            uint16_t bound = capped_u32(of->numbers[row]);
            ranking->counts[bound]++;
            greatest = bound > greatest ? bound : greatest;
            if (bound >= ranking->kept_floor) {
                keep(ranking, first + row, bound);
            }
        }
        of->greatest[first / STEMMA_EVENT_BLOCK] = greatest;
    }
    return STEMMA_OK;
}

/* The same of those that were kept. */
static stemma_status take_kept(stemma_snapshot *snapshot, const stm_subject_ranking *ranking,
                               tier *of, uint32_t room, stemma_error *error)
{
    for (uint32_t i = 0; i < ranking->kept_count && of->count < room; i++) {
        const stm_ranked_kept *kept = &ranking->kept[i];
        const stm_event_block *block = NULL;
        event_columns columns;
        stemma_status status = STEMMA_OK;
        if (kept->bound < of->low || kept->bound >= of->end) {
            continue;
        }
        status = stm_snapshot_event_block(snapshot, kept->event, &block, error);
        if (status != STEMMA_OK) {
            return status;
        }
        open_columns(block, of->need, &columns);
        of->count += take_event(&columns, snapshot, of->need, kept->event, &of->out[of->count]);
    }
    return STEMMA_OK;
}

static stemma_status take_events(stemma_snapshot *snapshot, tier *of, uint32_t room,
                                 stemma_error *error)
{
    const uint32_t low = least(of), high = of->end > UINT16_MAX ? UINT32_MAX : of->end - 1;
    for (uint32_t first = 0; first < snapshot->file->bounds.events && of->count < room;
         first += STEMMA_EVENT_BLOCK) {
        event_columns columns;
        uint32_t rows = 0;
        stemma_status status = STEMMA_OK;
        if (of->greatest[first / STEMMA_EVENT_BLOCK] < least(of)) {
            continue;
        }
        status = open_events(snapshot, of, first, &columns, &rows, error);
        if (status != STEMMA_OK) {
            return status;
        }
        for (uint32_t row = 0; row < rows && of->count < room; row++) {
            if (of->numbers[row] - low <= high - low &&
                take_event(&columns, snapshot, of->need, first + row, &of->out[of->count])) {
                of->count++;
            }
        }
    }
    return STEMMA_OK;
}

stemma_status stm_rank_events(stemma_snapshot *snapshot, const uint32_t *events, uint32_t count,
                              stm_ranking_need need, stm_subject_ranking *out,
                              stemma_error *error)
{
    const stm_event_block *block = NULL;
    event_columns columns;
    uint32_t number = 0;
    out->events = stm_snapshot_array(snapshot, count, sizeof *out->events, error);
    out->event_count = 0;
    out->by_documents = need.documents;
    if (out->events == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < count; i++) {
        if (events[i] >= snapshot->file->bounds.events) {
            continue;
        }
        if (block == NULL || events[i] / STEMMA_EVENT_BLOCK != number) {
            stemma_status status = stm_snapshot_event_block(snapshot, events[i], &block, error);
            if (status != STEMMA_OK) {
                return status;
            }
            number = events[i] / STEMMA_EVENT_BLOCK;
            open_columns(block, need, &columns);
        }
        if (events[i] % STEMMA_EVENT_BLOCK < block->rows &&
            take_event(&columns, snapshot, need, events[i], &out->events[out->event_count])) {
            out->event_count++;
        }
    }
    stm_heap_make(out->by_documents, out->events, out->event_count);
    return STEMMA_OK;
}

/* ---- Entities ----------------------------------------------------------------------------------------- */

/* Positions about an entity may have as many sources as there are documents that speak of it. */
static stemma_status open_entities(stemma_snapshot *snapshot, const tier *of, uint32_t first,
                                   stm_column *claims, uint32_t *rows, stemma_error *error)
{
    const stm_entity_block *block = NULL;
    uint32_t left = snapshot->file->bounds.entities - first;
    stemma_status status = stm_snapshot_entity_block(snapshot, first, &block, error);
    *rows = 0;
    if (status != STEMMA_OK) {
        return status;
    }
    const stm_column *bound = &block->column[of->need.contested ? STM_ENTITY_CONTESTED
                                                                : STM_ENTITY_DOCUMENTS];
    *claims = block->column[STM_ENTITY_CLAIM_COUNT];
    if (!stm_column_fits(claims, 0) && (least(of) == 0 || !stm_column_fits(bound, least(of) - 1))) {
        *rows = block->rows < left ? block->rows : left;
        *rows = *rows < STM_ENTITY_BLOCK ? *rows : STM_ENTITY_BLOCK;
        stm_column_unpack_u32(bound, 0, *rows, of->numbers);
    }
    return STEMMA_OK;
}

static stemma_status count_entities(stemma_snapshot *snapshot, const tier *of, uint32_t *counts,
                                    stemma_error *error)
{
    for (uint32_t first = 0; first < snapshot->file->bounds.entities; first += STM_ENTITY_BLOCK) {
        stm_column claims;
        uint32_t rows = 0;
        stemma_status status = open_entities(snapshot, of, first, &claims, &rows, error);
        if (status != STEMMA_OK) {
            return status;
        }
        for (uint32_t row = 0; row < rows; row++) {
            counts[capped_u32(of->numbers[row])]++;
        }
    }
    return STEMMA_OK;
}

static stemma_status take_entities(stemma_snapshot *snapshot, tier *of, uint32_t room,
                                   stemma_error *error)
{
    for (uint32_t first = 0; first < snapshot->file->bounds.entities && of->count < room;
         first += STM_ENTITY_BLOCK) {
        stm_column claims;
        uint32_t rows = 0;
        stemma_status status = open_entities(snapshot, of, first, &claims, &rows, error);
        if (status != STEMMA_OK) {
            return status;
        }
        for (uint32_t row = 0; row < rows && of->count < room; row++) {
            uint16_t bound = capped_u32(of->numbers[row]);
            if (bound >= least(of) && bound < of->end && stm_column_get(&claims, row) != 0) {
                of->out[of->count++] = (stm_ranked_subject){of->need.documents ? bound : 0, bound,
                                                            first + row};
            }
        }
    }
    return STEMMA_OK;
}

/* ---- Tiers -------------------------------------------------------------------------------------------- */

/* Subjects that the first tier has at least; each further one has four times as many. */
#define TIER_LEAST 16u

/* Room for `more` elements behind those of a heap. */
static stemma_status grow(stemma_snapshot *snapshot, stm_ranked_subject **heap, uint32_t count,
                          uint32_t more, stemma_error *error)
{
    stm_ranked_subject *grown =
        stm_snapshot_array(snapshot, (uint64_t)count + more, sizeof *grown, error);
    if (grown == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    if (count != 0) {
        memcpy(grown, *heap, count * sizeof *grown);
    }
    *heap = grown;
    return STEMMA_OK;
}

/* Adds the events and entities from `low` to below the floor, and lowers that. */
static stemma_status take_tier(stemma_snapshot *snapshot, stm_subject_ranking *ranking,
                               uint32_t low, uint32_t events, uint32_t entities,
                               stemma_error *error)
{
    tier of = {ranking->need, low, ranking->floor, ranking->greatest, NULL, NULL, 0};
    stemma_status status =
        grow(snapshot, &ranking->events, ranking->event_count, events, error);
    if (status == STEMMA_OK) {
        status = grow(snapshot, &ranking->entities, ranking->entity_count, entities, error);
    }
    stm_mark mark = stm_snapshot_mark(snapshot);
    of.numbers = status == STEMMA_OK ? stm_snapshot_array(snapshot, STEMMA_EVENT_BLOCK,
                                                          sizeof *of.numbers, error)
                                     : NULL;
    if (of.numbers == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    of.out = ranking->events + ranking->event_count;
    status = low >= ranking->kept_floor ? take_kept(snapshot, ranking, &of, events, error)
                                        : take_events(snapshot, &of, events, error);
    ranking->event_count += of.count;
    of.out = ranking->entities + ranking->entity_count;
    of.count = 0;
    if (status == STEMMA_OK) {
        status = take_entities(snapshot, &of, entities, error);
        ranking->entity_count += of.count;
    }
    stm_snapshot_rewind(snapshot, mark);
    stm_heap_make(ranking->by_documents, ranking->events, ranking->event_count);
    stm_heap_make(ranking->by_documents, ranking->entities, ranking->entity_count);
    ranking->floor = low;
    return status;
}

/* Subjects below `worth`, which is below the floor, can wait. */
static stemma_status next_tier(stemma_snapshot *snapshot, stm_subject_ranking *ranking,
                               uint32_t worth, stemma_error *error)
{
    uint32_t low = ranking->floor, events = 0, entities = 0;
    while (low > worth && events + entities < ranking->least) {
        low--;
        events += ranking->counts[low];
        entities += ranking->counts[UINT16_MAX + 1u + low];
    }
    ranking->least = ranking->least > UINT32_MAX / 4 ? UINT32_MAX : ranking->least * 4;
    return take_tier(snapshot, ranking, low, events, entities, error);
}

stemma_status stm_ranking_top(stemma_snapshot *snapshot, stm_subject_ranking *ranking,
                              uint32_t worth, stemma_reference *subject,
                              stm_ranked_subject *bound, stemma_error *error)
{
    bool found = stm_heap_top(ranking, subject, bound);
    worth = worth < UINT16_MAX ? worth : UINT16_MAX; /* which stands for all above */
    while (ranking->floor > worth && (!found || bound->independent < ranking->floor)) {
        stemma_status status = next_tier(snapshot, ranking, worth, error);
        if (status != STEMMA_OK) {
            return status;
        }
        found = stm_heap_top(ranking, subject, bound);
    }
    return found ? STEMMA_OK : STEMMA_END;
}

stemma_status stm_rank_entity(stemma_snapshot *snapshot, uint32_t entity, stm_ranking_need need,
                              stm_subject_ranking *out, stemma_error *error)
{
    const stm_entity_block *block = NULL;
    uint16_t bound = UINT16_MAX;
    if (need.contested) {
        stemma_status status = stm_snapshot_entity_block(snapshot, entity, &block, error);
        if (status != STEMMA_OK) {
            return status;
        }
        bound = capped(stm_column_get(&block->column[STM_ENTITY_CONTESTED],
                                      entity % STM_ENTITY_BLOCK));
    }
    out->entities = stm_snapshot_array(snapshot, 1, sizeof *out->entities, error);
    if (out->entities == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    out->entities[0] = (stm_ranked_subject){out->by_documents ? UINT16_MAX : 0, bound, entity};
    out->entity_count = bound != 0;
    return STEMMA_OK;
}

stemma_status stm_rank_all(stemma_snapshot *snapshot, stm_ranking_need need,
                           stm_subject_ranking *out, stemma_error *error)
{
    tier all = {need, 0, UINT16_MAX + 1u, NULL, NULL, NULL, 0};
    stemma_status status;
    stm_mark mark;
    out->by_documents = need.documents;
    out->need = need;
    out->counts = stm_snapshot_array(snapshot, UINT16_MAX + 1u, 2 * sizeof *out->counts, error);
    out->greatest = stm_snapshot_array(snapshot, (uint64_t)snapshot->file->bounds.events /
                                                         STEMMA_EVENT_BLOCK + 1,
                                       sizeof *out->greatest, error);
    out->kept = stm_snapshot_array(snapshot, KEPT, sizeof *out->kept, error);
    if (out->counts == NULL || out->greatest == NULL || out->kept == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    out->kept_floor = need.contested; /* what is not is of no use */
    all.greatest = out->greatest;
    memset(out->counts, 0, (UINT16_MAX + 1u) * 2 * sizeof *out->counts);
    mark = stm_snapshot_mark(snapshot);
    all.numbers = stm_snapshot_array(snapshot, STEMMA_EVENT_BLOCK, sizeof *all.numbers, error);
    if (all.numbers == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    status = count_events(snapshot, &all, out, error);
    if (status == STEMMA_OK) {
        status = count_entities(snapshot, &all, out->counts + UINT16_MAX + 1u, error);
    }
    stm_snapshot_rewind(snapshot, mark);
    if (need.contested) { /* what is not is of no use */
        out->counts[0] = out->counts[UINT16_MAX + 1u] = 0;
    }
    out->floor = UINT16_MAX + 1u;
    out->least = TIER_LEAST;
    return status;
}
