/* SPDX-License-Identifier: MIT */
/* Actors of rows: from the words in a cell to the sink's handle. */
#include <stdlib.h>
#include <sys/mman.h>

#include "base/error.h"
#include "base/grow.h"
#include "base/large.h"
#include "pack/read/words.h"
#include "pack/rows_state.h"

#define NAME_LIMIT 1024u
#define WAIT_MOST  256u /* bytes of a name that may wait: looked at one by one */
#define TOGETHER   64u  /* names that are asked for at once */

uint32_t stm_rows_actor_type(struct stm_rows *state, stemma_text name)
{
    for (uint32_t i = 0; i < state->actor_type_count; i++) {
        if (stemma_text_equal(state->actor_types[i], name)) {
            return i;
        }
    }
    if (state->actor_type_count == UINT16_MAX / 2 ||
        stm_arena_grow(&state->arena, &state->actor_types, state->actor_type_count,
                       &state->actor_type_capacity, sizeof *state->actor_types) != STEMMA_OK) {
        return STEMMA_NONE;
    }
    state->actor_types[state->actor_type_count] = name;
    return state->actor_type_count++;
}

/* The host of "scheme://user@host:port/path", without "www."; what is no URL is left as it is. */
static stemma_text host_of(stemma_text url)
{
    static const char scheme[] = "://";
    size_t start = 0;
    size_t end;
    for (size_t i = 0; i + 3 <= url.size && i < 16; i++) {
        if (memcmp(url.data + i, scheme, 3) == 0) {
            start = i + 3;
            break;
        }
    }
    if (start == 0) {
        return url;
    }
    end = start;
    while (end < url.size && memchr("/?#", url.data[end], 3) == NULL) {
        if (url.data[end] == '@') {
            start = end + 1;
        }
        end++;
    }
    for (size_t i = start; i < end; i++) {
        if (url.data[i] == ':') {
            end = i;
        }
    }
    if (end - start > 4 && stm_begins(stm_slice(url, start, end), "www.")) {
        start += 4;
    }
    return stm_slice(url, start, end);
}

/* White space within becomes single spaces. `out` has room for the name. */
static stemma_text collapse(stemma_text name, char *out)
{
    size_t size = 0;
    bool needed = false;
    for (size_t i = 0; i < name.size; i++) {
        needed |= name.data[i] != ' ' ? stm_is_space(name.data[i])
                                      : i + 1 < name.size && name.data[i + 1] == ' ';
    }
    if (!needed) {
        return name;
    }
    for (size_t i = 0; i < name.size; i++) {
        if (!stm_is_space(name.data[i])) {
            out[size++] = name.data[i];
        } else if (size != 0 && out[size - 1] != ' ') {
            out[size++] = ' ';
        }
    }
    return (stemma_text){out, size};
}

static stemma_status resolve(struct stm_rows *state, const struct stm_row_slot *slot,
                             uint32_t actor_type, stemma_text cell, uint32_t *handle,
                             struct stm_row_refusal *refusal)
{
    char collapsed[NAME_LIMIT];
    stemma_error error = {0};
    stemma_text name = stm_trim(cell);
    stemma_status status;
    *handle = STEMMA_NONE;
    if (slot->column->host) {
        name = host_of(name);
    }
    if (name.size > NAME_LIMIT) {
        return stm_rows_refuse(refusal, "TEXT_TOO_LONG", cell,
                               "The name of an actor has at most %u bytes", NAME_LIMIT);
    }
    if (name.size == 0) {
        return STEMMA_OK;
    }
    name = collapse(name, collapsed);
    stm_rows_ask(state);
    status = state->sink->actor(state->sink->context, state->actor_types[actor_type], name, handle,
                                &error);
    stm_rows_answered(state);
    if (status == STEMMA_OK && actor_type < 64) {
        state->actor_types_taken |= UINT64_C(1) << actor_type;
    }
    return stm_rows_sink_said(state, status, &error, cell, refusal);
}

/* Whether the sink is sure to take the actor, by the cell as it stands, so that the row need not wait for its handle:
   the type was taken before, and the name is short, all ASCII, and has single spaces only, within. */
static bool may_wait(const struct stm_rows *state, const struct stm_row_slot *slot, uint32_t actor_type,
                     stemma_text cell)
{
    if (actor_type >= 64 || (state->actor_types_taken >> actor_type & 1) == 0 || slot->column->host ||
        cell.size == 0 || cell.size > WAIT_MOST || cell.data[0] == ' ' || cell.data[cell.size - 1] == ' ') {
        return false;
    }
    for (size_t i = 0; i < cell.size; i++) {
        if (cell.data[i] < 0x20 || cell.data[i] > 0x7e || (cell.data[i] == ' ' && cell.data[i + 1] == ' ')) {
            return false;
        }
    }
    return true;
}

/* Sets the actor aside. False when there is no memory: then it is asked for at once. */
static bool wait(struct stm_rows *state, uint32_t actor_type, stemma_text cell,
                 struct stm_row_actor_cache *cached, uint32_t *handle)
{
    struct stm_row_waiting *list =
        stm_grow(state->waiting, &state->waiting_capacity, state->waiting_count + 1, sizeof *list);
    if (list == NULL) {
        return false;
    }
    state->waiting = list;
    *handle = STM_ROWS_WAITS | (uint32_t)state->waiting_count;
    list[state->waiting_count++] = (struct stm_row_waiting){actor_type, cell, cached};
    return true;
}

/* Asks for some of those that wait and are of one type. */
static stemma_status ask_for_some(struct stm_rows *state, const struct stm_row_waiting *some, size_t count,
                                  uint32_t *handles)
{
    const struct stm_row_sink *sink = state->sink;
    stemma_text type = state->actor_types[some->actor_type];
    stemma_text names[TOGETHER];
    stemma_error error = {0};
    stemma_status status = STEMMA_OK;
    size_t taken = 0;
    for (size_t i = 0; i < count; i++) {
        names[i] = some[i].cell;
    }
    stm_rows_ask(state);
    if (sink->actors != NULL) {
        status = sink->actors(sink->context, type, names, count, handles, &taken, &error);
    }
    for (; sink->actors == NULL && taken < count && status == STEMMA_OK; taken++) {
        status = sink->actor(sink->context, type, names[taken], &handles[taken], &error);
    }
    stm_rows_answered(state);
    if (status == STEMMA_E_INVALID) { /* what may_wait() said is not so */
        return stm_fail(state->error, STEMMA_E_MISUSE, "MISUSE", "", "%s", error.message);
    }
    if (status != STEMMA_OK) {
        *state->error = error;
    }
    return status;
}

/* The handles of the actors that wait, in the place of their types. */
static stemma_status ask_for_waiting(struct stm_rows *state)
{
    for (size_t i = 0, end; i < state->waiting_count; i = end) {
        uint32_t handles[TOGETHER];
        stemma_status status;
        end = i + 1;
        while (end < state->waiting_count && end - i < TOGETHER &&
               state->waiting[end].actor_type == state->waiting[i].actor_type) {
            end++;
        }
        status = ask_for_some(state, state->waiting + i, end - i, handles);
        if (status != STEMMA_OK) {
            return status;
        }
        for (size_t k = i; k < end; k++) {
            struct stm_row_waiting *one = &state->waiting[k];
            if (one->cached->handle == (STM_ROWS_WAITS | (uint32_t)k)) {
                one->cached->handle = handles[k - i];
            }
            one->actor_type = handles[k - i];
        }
    }
    return STEMMA_OK;
}

static void settle(const struct stm_rows *state, uint32_t *actor)
{
    if (*actor != STEMMA_NONE && (*actor & STM_ROWS_WAITS) != 0) {
        *actor = state->waiting[*actor & ~STM_ROWS_WAITS].actor_type;
    }
}

stemma_status stm_rows_actors_settle(struct stm_rows *state)
{
    stemma_status status = ask_for_waiting(state);
    if (status != STEMMA_OK) {
        state->batch->count = 0;
    } else if (state->waiting_count != 0 && state->batch->columns != NULL) {
        struct stm_row_batch_columns *columns = state->batch->columns;
        for (size_t i = 0; i < columns->actor_count; i++) {
            settle(state, &columns->actors[i]);
        }
    } else if (state->waiting_count != 0) {
        for (size_t i = 0; i < state->batch->participant_count; i++) {
            settle(state, &state->batch->participants[i].actor);
        }
        for (size_t i = 0; i < state->batch->count; i++) {
            settle(state, &state->batch->rows[i].place);
            settle(state, &state->batch->rows[i].source);
        }
    }
    state->waiting_count = 0;
    return status;
}

/* ---- The cache of actors --------------------------------------------------------------------- */

#define CACHE_SIZE (STM_ROWS_ACTOR_SLOTS * sizeof(struct stm_row_actor_cache))
#define TAGS_SIZE  (STM_ROWS_ACTOR_SLOTS * sizeof(uint32_t))

bool stm_rows_actors_open(struct stm_rows *state)
{
    _Static_assert(sizeof *state->actor_cache == 64, "a slot is a line of the processor's caches");
    _Static_assert(CACHE_SIZE % STM_LARGE_PAGE == 0, "slots are found at random: no page is left out");
    state->actor_cache = stm_large_map(CACHE_SIZE);
    state->actor_tags = stm_large_map(TAGS_SIZE);
    if (state->actor_tags != NULL) {
        memset(state->actor_tags, 0, TAGS_SIZE); /* pages that are read before they are written cost twice */
    }
    return state->actor_cache != NULL && state->actor_tags != NULL;
}

void stm_rows_actors_close(struct stm_rows *state)
{
    if (state->actor_cache != NULL) {
        munmap(state->actor_cache, CACHE_SIZE);
    }
    if (state->actor_tags != NULL) {
        munmap(state->actor_tags, TAGS_SIZE);
    }
    free(state->waiting);
    state->actor_cache = NULL;
    state->actor_tags = NULL;
    state->waiting = NULL;
}

/* The first slot of the group that a hash belongs to. */
static inline size_t group_of(uint64_t hash)
{
    return (size_t)(hash & (STM_ROWS_ACTOR_SLOTS / STM_ROWS_PROBES - 1)) * STM_ROWS_PROBES;
}

static inline uint32_t tag_of(uint64_t hash)
{
    return (uint32_t)(hash >> 32) | 1u;
}

/* A bit for each slot of a group that has the tag. */
static inline unsigned tagged(const uint32_t *tags, uint32_t tag)
{
    _Static_assert(STM_ROWS_PROBES == 4, "one by one, or a lane each");
#ifdef __SSE2__
    __m128i equal = _mm_cmpeq_epi32(_mm_load_si128((const __m128i *)(const void *)tags), _mm_set1_epi32((int)tag));
    return (unsigned)_mm_movemask_ps(_mm_castsi128_ps(equal));
#else
    return (unsigned)(tags[0] == tag) | (unsigned)(tags[1] == tag) << 1 | (unsigned)(tags[2] == tag) << 2 |
           (unsigned)(tags[3] == tag) << 3;
#endif
}

void stm_rows_foresee_actor(const struct stm_rows *state, struct stm_cell *cell)
{
    const size_t group = group_of(cell->hash);
    const unsigned slots = tagged(state->actor_tags + group, tag_of(cell->hash));
    cell->slot = slots != 0 ? (uint32_t)(group + (unsigned)__builtin_ctz(slots)) : STEMMA_NONE;
    if (slots != 0) {
        __builtin_prefetch(&state->actor_cache[cell->slot]);
    }
}

static inline bool holds(const struct stm_row_actor_cache *cached, uint16_t key, const struct stm_cell *cell)
{
    return cached->size == cell->size + 1 && cached->type == key &&
           stm_cell_equal(cached->cell, cell->data, cell->size);
}

/* Where a cell is remembered; NULL when it is not. */
static const struct stm_row_actor_cache *find(const struct stm_rows *state, uint16_t key,
                                              const struct stm_cell *cell)
{
    const size_t group = group_of(cell->hash);
    unsigned slots = tagged(state->actor_tags + group, tag_of(cell->hash));
    for (; slots != 0; slots &= slots - 1) {
        const struct stm_row_actor_cache *cached =
            &state->actor_cache[group + (unsigned)__builtin_ctz(slots)];
        if (holds(cached, key, cell)) {
            return cached;
        }
    }
    return NULL;
}

/* A slot for a cell that is not remembered: a free one, or which one is lost is the cell's own affair. */
static size_t slot_for(const struct stm_rows *state, uint64_t hash)
{
    const size_t group = group_of(hash);
    const unsigned vacant = tagged(state->actor_tags + group, 0);
    return group + (vacant != 0 ? (unsigned)__builtin_ctz(vacant) : (unsigned)(hash >> 62));
}

static stemma_status new_actor(struct stm_rows *state, const struct stm_row_slot *slot, uint32_t actor_type,
                               const struct stm_cell *cell, uint32_t *handle,
                               struct stm_row_refusal *refusal)
{
    const stemma_text text = {cell->data, cell->size};
    const size_t place = slot_for(state, cell->hash);
    struct stm_row_actor_cache *cached = &state->actor_cache[place];
    const stemma_status status =
        may_wait(state, slot, actor_type, text) && wait(state, actor_type, text, cached, handle)
            ? STEMMA_OK
            : resolve(state, slot, actor_type, text, handle, refusal);
    if (status == STEMMA_OK && cell->size <= STM_ROWS_SHORT) {
        state->actor_tags[place] = tag_of(cell->hash);
        cached->handle = *handle;
        cached->type = (uint16_t)(2 * actor_type + slot->column->host);
        cached->size = (uint8_t)(cell->size + 1);
        memcpy(cached->cell, cell->data, cell->size);
    }
    return status;
}

stemma_status stm_rows_actor(struct stm_rows *state, const struct stm_row_slot *slot,
                             uint32_t actor_type, const struct stm_cell *cell, uint32_t *handle,
                             struct stm_row_refusal *refusal)
{
    /* Equal cells are equal actors only where they are read alike. */
    const uint16_t key = (uint16_t)(2 * actor_type + slot->column->host);
    const struct stm_row_actor_cache *known = cell->slot != STEMMA_NONE ? &state->actor_cache[cell->slot] : NULL;
    if (known == NULL || !holds(known, key, cell)) {
        known = find(state, key, cell);
    }
    if (known == NULL) {
        return new_actor(state, slot, actor_type, cell, handle, refusal);
    }
    *handle = known->handle;
    return STEMMA_OK;
}
