/* SPDX-License-Identifier: MIT */
/* The shortest chains between two entities. Both ends are gone on from, level by level, until the two
   sides meet; then every way through what they share is a shortest chain. */
#include "stemma/paths.h"

#include "read/entity.h"
#include "base/error.h"
#include "file/late.h"
#include "paths/path_graph.h"

#define DEFAULT_HOPS  3u
#define DEFAULT_LIMIT 20u
#define MOST_CHAINS   1000u
#define DEGREES   256u    /* that are remembered */
#define LOOKED_AT     200000u /* chains that are weighed */

struct stemma_paths {
    stemma_path *paths; /* best first; room for limit + 1 */
    uint64_t *weights;
    uint32_t limit;
    uint32_t count;
    uint32_t next;
    int cut;
};

/* ---- Weighing ------------------------------------------------------------------------------------ */

/* A chain under construction, and what the search has learned of those in between. */
typedef struct chain {
    stm_path_search *search;
    stemma_paths *out;
    stemma_error *error;
    uint32_t hops;
    uint32_t middle; /* place of the node where the sides meet */
    uint32_t nodes[STEMMA_PATHS_HOPS + 1];
    stemma_path_edge edges[STEMMA_PATHS_HOPS];
    uint32_t looked_at;
    struct {
        uint32_t entity; /* + 1; 0: nobody */
        uint64_t degree;
    } degrees[DEGREES]; /* counted lately: many chains lead through the same ones */
} chain;

static unsigned digits(uint64_t number)
{
    unsigned count = 1;
    while (number > 1) {
        number >>= 1;
        count++;
    }
    return count;
}

/* 1 when `a` is better than `b`. */
static int is_better(const stemma_path *a, uint64_t a_weight, const stemma_path *b,
                     uint64_t b_weight)
{
    if (a_weight != b_weight) {
        return a_weight > b_weight;
    }
    if (a->events != b->events) {
        return a->events < b->events;
    }
    for (uint32_t i = 0; i <= a->hops; i++) {
        if (a->nodes[i] != b->nodes[i]) {
            return a->nodes[i] < b->nodes[i];
        }
    }
    return 0;
}

static stemma_status degree_of(chain *c, uint32_t entity, uint64_t *degree)
{
    uint32_t at = entity % DEGREES;
    if (c->degrees[at].entity != entity + 1u) {
        stemma_status status =
            stm_path_degree(c->search->snapshot, entity, STEMMA_PATHS_HUB, degree, c->error);
        if (status != STEMMA_OK) {
            return status;
        }
        c->degrees[at].entity = entity + 1u;
        c->degrees[at].degree = *degree;
    }
    *degree = c->degrees[at].degree;
    return STEMMA_OK;
}

/* Keeps a whole chain if it is among the best. */
static stemma_status keep(chain *c)
{
    stemma_paths *out = c->out;
    stemma_path path = {c->hops, c->nodes, c->edges, UINT32_MAX, 0};
    for (uint32_t i = 0; i < c->hops; i++) {
        if (c->edges[i].independent < path.independent) {
            path.independent = c->edges[i].independent;
        }
        if (i > 0) {
            uint64_t degree;
            stemma_status status = degree_of(c, c->nodes[i], &degree);
            if (status != STEMMA_OK) {
                return status;
            }
            path.events += degree;
        }
    }
    uint64_t weight = (uint64_t)path.independent * 1000000u / digits(path.events);
    uint32_t at = out->count;
    while (at > 0 && is_better(&path, weight, &out->paths[at - 1], out->weights[at - 1])) {
        at--;
    }
    if (at == out->limit) {
        return STEMMA_OK;
    }
    /* The memory of the one that falls off the end is used again. */
    stemma_path room = out->paths[out->count];
    memmove(out->paths + at + 1, out->paths + at, (out->count - at) * sizeof *out->paths);
    memmove(out->weights + at + 1, out->weights + at, (out->count - at) * sizeof *out->weights);
    uint32_t *nodes = (uint32_t *)(uintptr_t)room.nodes;
    stemma_path_edge *edges = (stemma_path_edge *)(uintptr_t)room.edges;
    memcpy(nodes, c->nodes, sizeof c->nodes);
    memcpy(edges, c->edges, sizeof c->edges);
    path.nodes = nodes;
    path.edges = edges;
    out->paths[at] = path;
    out->weights[at] = weight;
    out->count += out->count < out->limit;
    return STEMMA_OK;
}

/* ---- Following ties ------------------------------------------------------------------------------- */

/* From node `node` of the second side, which stands at place `at`, on to the second end. */
static stemma_status follow_to(chain *c, uint32_t node, uint32_t at)
{
    const stm_path_side *side = &c->search->sides[1];
    stemma_status status = STEMMA_OK;
    c->nodes[at] = side->nodes[node].entity;
    if (at == c->hops) {
        if (c->looked_at++ >= LOOKED_AT) {
            c->search->cut = 1;
            return STEMMA_OK;
        }
        return keep(c);
    }
    for (uint32_t tie = side->nodes[node].ties; status == STEMMA_OK && tie != 0;) {
        const stm_path_tie *one = &side->ties[tie - 1u];
        c->edges[at] = one->edge;
        status = c->looked_at > LOOKED_AT ? STEMMA_OK : follow_to(c, one->from, at + 1u);
        tie = one->next;
    }
    return status;
}

/* From node `node` of the first side, at place `at`, back to the first end; then on from the middle. */
static stemma_status follow_from(chain *c, uint32_t node, uint32_t at, uint32_t other)
{
    const stm_path_side *side = &c->search->sides[0];
    stemma_status status = STEMMA_OK;
    c->nodes[at] = side->nodes[node].entity;
    if (at == 0) {
        return follow_to(c, other, c->middle);
    }
    for (uint32_t tie = side->nodes[node].ties; status == STEMMA_OK && tie != 0;) {
        const stm_path_tie *one = &side->ties[tie - 1u];
        c->edges[at - 1u] = one->edge;
        status = c->looked_at > LOOKED_AT ? STEMMA_OK : follow_from(c, one->from, at - 1u, other);
        tie = one->next;
    }
    return status;
}

/* ---- Searching ------------------------------------------------------------------------------------ */

/* The edges of the shortest chains that the sides make with each other; 0: they have not met. */
static uint32_t met(const stm_path_search *search)
{
    const stm_path_side *a = &search->sides[0], *b = &search->sides[1];
    uint32_t least = 0;
    for (uint32_t i = a->frontier; i < a->count; i++) {
        uint32_t other = stm_path_find(b, a->nodes[i].entity);
        if (other != STEMMA_NONE) {
            uint32_t hops = a->nodes[i].level + b->nodes[other].level;
            least = hops != 0 && (least == 0 || hops < least) ? hops : least;
        }
    }
    return least;
}

/* All chains of so many edges, by the nodes of the first side's last level. */
static stemma_status collect(stm_path_search *search, stemma_paths *out, uint32_t hops,
                             stemma_error *error)
{
    stm_path_side *a = &search->sides[0], *b = &search->sides[1];
    chain c = {.search = search, .out = out, .error = error, .hops = hops, .middle = a->level};
    stemma_status status = STEMMA_OK;
    for (uint32_t i = a->frontier; status == STEMMA_OK && i < a->count; i++) {
        uint32_t other = stm_path_find(b, a->nodes[i].entity);
        if (other != STEMMA_NONE && a->nodes[i].level + b->nodes[other].level == hops) {
            status = follow_from(&c, i, c.middle, other);
        }
    }
    return status;
}

/* Goes on from the side that has fewer to go on from, until the sides meet. */
static stemma_status search_all(stm_path_search *search, stemma_paths *out, uint32_t most,
                                stemma_error *error)
{
    stm_path_side *a = &search->sides[0], *b = &search->sides[1];
    uint64_t degrees[2];
    stemma_status status = STEMMA_OK;
    for (int i = 0; i < 2 && status == STEMMA_OK; i++) {
        status = stm_path_degree(search->snapshot, search->ends[i], STEMMA_PATHS_END, &degrees[i],
                                 error);
    }
    while (status == STEMMA_OK && a->level + b->level < most) {
        uint32_t left = a->count - a->frontier, right = b->count - b->frontier;
        int first = a->level + b->level == 0 ? degrees[0] <= degrees[1]
                    : a->level == 0 || b->level == 0
                        ? a->level == 0
                        : left <= right;
        stm_path_side *side = first ? a : b;
        if (side->frontier == side->count) {
            break; /* nobody is left */
        }
        status = stm_path_expand(search, side, error);
        if (status == STEMMA_OK) {
            status = stm_path_claims_back(search, a, b, error);
        }
        if (status == STEMMA_OK) {
            status = stm_path_claims_back(search, b, a, error);
        }
        uint32_t hops = status == STEMMA_OK ? met(search) : 0;
        if (hops != 0) {
            return collect(search, out, hops, error);
        }
    }
    return status;
}

/* ---- Beginning ------------------------------------------------------------------------------------ */

static stemma_status exists(stemma_snapshot *snapshot, uint32_t entity, stemma_error *error)
{
    stm_mark mark = stm_snapshot_mark(snapshot);
    stemma_entity found;
    stemma_status status = stm_entity_here(snapshot, entity, &found, error);
    stm_snapshot_rewind(snapshot, mark);
    return status;
}

/* Room for the results, each with its nodes and edges. */
static stemma_status make_results(stemma_snapshot *snapshot, uint32_t limit, stemma_paths **out,
                                  stemma_error *error)
{
    size_t each = STEMMA_PATHS_HOPS + 1u, count = limit + 1u;
    stemma_paths *paths = stm_snapshot_alloc(snapshot, sizeof *paths, error);
    stemma_path *list = stm_snapshot_array(snapshot, count, sizeof *list, error);
    uint64_t *weights = stm_snapshot_array(snapshot, count, sizeof *weights, error);
    uint32_t *nodes = stm_snapshot_array(snapshot, count * each, sizeof *nodes, error);
    stemma_path_edge *edges = stm_snapshot_array(snapshot, count * each, sizeof *edges, error);
    if (paths == NULL || list == NULL || weights == NULL || nodes == NULL || edges == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    *paths = (stemma_paths){list, weights, limit, 0, 0, 0};
    for (size_t i = 0; i < count; i++) {
        list[i] = (stemma_path){0, nodes + i * each, edges + i * each, 0, 0};
    }
    *out = paths;
    return STEMMA_OK;
}

/* Whether a query sets no condition, but for polarity. */
static int is_plain(const stemma_event_query *query)
{
    return query->type.size == 0 && query->type_count == 0 && query->from == INT64_MIN &&
           query->to == INT64_MAX && query->certainties == 0 && query->realis == 0 &&
           query->amount_least.size == 0 && query->amount_most.size == 0 &&
           query->publisher.size == 0 && query->speaker == STEMMA_NONE;
}

/* Which events and claims tie. */
static void set_edges(stm_path_search *search, const stemma_path_options *options)
{
    const stemma_event_query all = STEMMA_EVENT_QUERY_INIT;
    search->indirect = (options->flags & STEMMA_PATHS_INDIRECT) != 0;
    search->events = options->events != NULL ? *options->events : all;
    search->events.entities = NULL;
    search->events.entity_count = 0;
    search->events.role = (stemma_text){NULL, 0};
    search->events.parts = NULL;
    search->events.part_count = 0;
    search->events.place = STEMMA_NONE;
    search->events.flags &= ~STEMMA_EVENTS_WITHIN;
    if (search->events.polarities == 0) {
        search->events.polarities = (uint8_t)~STEMMA_BIT(STEMMA_POLARITY_NEGATIVE);
    }
    search->by_lists = search->snapshot->until != STEMMA_NONE && is_plain(&search->events);
    search->denied =
        (search->events.polarities & STEMMA_BIT(STEMMA_POLARITY_NEGATIVE)) != 0;
}

stemma_status stemma_paths_begin(stemma_paths **out, stemma_snapshot *snapshot, uint32_t from,
                                 uint32_t to, const stemma_path_options *options,
                                 stemma_error *error)
{
    const stemma_path_options defaults = STEMMA_PATH_OPTIONS_INIT;
    stm_path_search search = {.snapshot = snapshot, .ends = {from, to}, .budget = STEMMA_PATHS_READ};
    *out = NULL;
    if (options != NULL && options->size != sizeof *options) {
        return stm_fail(error, STEMMA_E_MISUSE, "OPTIONS_SIZE", "",
                        "The options are not those of this version of the library");
    }
    if (from == to) {
        return stm_fail(error, STEMMA_E_MISUSE, "OPTIONS", "", "Both ends are one entity");
    }
    options = options != NULL ? options : &defaults;
    stemma_status status = stm_late_need(snapshot, error);
    if (status == STEMMA_OK) {
        status = exists(snapshot, from, error);
    }
    if (status == STEMMA_OK) {
        status = exists(snapshot, to, error);
    }
    uint32_t hops = options->hops == 0 ? DEFAULT_HOPS : options->hops;
    uint32_t limit = options->limit == 0 ? DEFAULT_LIMIT : options->limit;
    if (status == STEMMA_OK) {
        status = make_results(snapshot, limit < MOST_CHAINS ? limit : MOST_CHAINS, out, error);
    }
    if (status != STEMMA_OK) {
        return status;
    }
    set_edges(&search, options);
    stm_mark mark = stm_snapshot_mark(snapshot);
    search.taken =
        stm_snapshot_array(snapshot, STM_PATH_TAKEN, sizeof *search.taken, error);
    status = search.taken == NULL ? STEMMA_E_NO_MEMORY
                                  : stm_path_side_begin(&search, &search.sides[0], from, error);
    if (status == STEMMA_OK) {
        status = stm_path_side_begin(&search, &search.sides[1], to, error);
    }
    if (status == STEMMA_OK) {
        status = search_all(&search, *out, hops < STEMMA_PATHS_HOPS ? hops : STEMMA_PATHS_HOPS,
                            error);
    }
    (*out)->cut = search.cut;
    stm_snapshot_rewind(snapshot, mark);
    return status;
}

stemma_status stemma_paths_next(stemma_paths *paths, const stemma_path **out, stemma_error *error)
{
    (void)error;
    if (paths->next == paths->count) {
        return STEMMA_END;
    }
    *out = &paths->paths[paths->next++];
    return STEMMA_OK;
}

int stemma_paths_cut(const stemma_paths *paths)
{
    return paths->cut;
}

/* ---- Claims of one with the other ------------------------------------------------------------------ */

static stemma_status claims_of(stemma_snapshot *snapshot, const stemma_entity *entity,
                               uint32_t named, uint32_t *numbers, uint32_t *count,
                               stemma_error *error)
{
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 0; status == STEMMA_OK && i < entity->claim_count; i++) {
        stm_mark mark = stm_snapshot_mark(snapshot);
        stemma_claim claim;
        status = stemma_claim_get(snapshot, entity->claim_first + i, &claim, error);
        if (status == STEMMA_OK && stm_path_object(&claim) == named) {
            if (numbers != NULL) {
                numbers[*count] = claim.number;
            }
            ++*count;
        }
        stm_snapshot_rewind(snapshot, mark);
        status = status == STEMMA_NOT_FOUND ? STEMMA_OK : status;
    }
    return status;
}

/* Counts them, or fills them in. */
static stemma_status claims_of_both(stemma_snapshot *snapshot, const stemma_entity *a,
                                    const stemma_entity *b, uint32_t *numbers, uint32_t *count,
                                    stemma_error *error)
{
    *count = 0;
    stemma_status status = claims_of(snapshot, a, b->number, numbers, count, error);
    return status == STEMMA_OK && a->number != b->number
               ? claims_of(snapshot, b, a->number, numbers, count, error)
               : status;
}

stemma_status stemma_claims_between(stemma_snapshot *snapshot, uint32_t a, uint32_t b,
                                    const uint32_t **out, uint32_t *count, stemma_error *error)
{
    stemma_entity one, other;
    uint32_t *numbers = NULL;
    stm_mark mark = stm_snapshot_mark(snapshot);
    stemma_status status = stm_entity_here(snapshot, a, &one, error);
    *out = NULL;
    *count = 0;
    if (status == STEMMA_OK) {
        status = stm_entity_here(snapshot, b, &other, error);
    }
    stm_snapshot_rewind(snapshot, mark); /* only numbers are looked at from here on */
    if (status == STEMMA_OK) {
        status = claims_of_both(snapshot, &one, &other, NULL, count, error);
    }
    if (status == STEMMA_OK && *count != 0) {
        numbers = stm_snapshot_array(snapshot, *count, sizeof *numbers, error);
        status = numbers == NULL
                     ? STEMMA_E_NO_MEMORY
                     : claims_of_both(snapshot, &one, &other, numbers, count, error);
    }
    *out = numbers;
    return status;
}
