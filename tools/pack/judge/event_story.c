/* SPDX-License-Identifier: MIT */
#include "pack/judge/event_story.h"

#include "pack/judge/event_score.h"

#include <stdlib.h>

#include <xxhash.h>

#define STEP 32u /* rounds between two looks at memory */
#define NEIGHBOURS                                                                                 \
    8u /* later documents of a happening that each of its documents is paired with                 \
        */
#define ALIKE_STORY  250u /* company that two documents of one story share */
#define SHARED_STORY 2u   /* or so many happenings */

/* The only account of a type that a document gives. */
struct lone {
    uint32_t document;
    uint32_t event;
    uint64_t type;
};

struct membership {
    uint32_t root;
    uint32_t document;
};

struct document_pair {
    uint32_t left;
    uint32_t right;
    uint32_t shared;
};

static int compare_lones(const void *left, const void *right)
{
    const struct lone *a = left;
    const struct lone *b = right;
    if (a->document != b->document) {
        return a->document < b->document ? -1 : 1;
    }
    if (a->type != b->type) {
        return a->type < b->type ? -1 : 1;
    }
    return (a->event > b->event) - (a->event < b->event);
}

static int compare_memberships(const void *left, const void *right)
{
    const struct membership *a = left;
    const struct membership *b = right;
    if (a->root != b->root) {
        return a->root < b->root ? -1 : 1;
    }
    return (a->document > b->document) - (a->document < b->document);
}

static int compare_document_pairs(const void *left, const void *right)
{
    const struct document_pair *a = left;
    const struct document_pair *b = right;
    if (a->left != b->left) {
        return a->left < b->left ? -1 : 1;
    }
    return (a->right > b->right) - (a->right < b->right);
}

/* Whether a story has one happening of this type, mostly. Arrests and deaths come in numbers. */
static int happens_once(stemma_text type)
{
    static const char *const TYPES[] = {
        "sanction.impose",   "sanction.lift",   "contact.agree",
        "justice.release",   "justice.pardon",  "award.give",
        "movement.transfer", "personnel.elect", "protest.demonstrate"};
    for (size_t i = 0; i < sizeof TYPES / sizeof TYPES[0]; i++) {
        if (stemma_text_equal(type, stemma_text_of(TYPES[i]))) {
            return 1;
        }
    }
    return 0;
}

static int is_actual(const struct stm_event *event)
{
    return event->polarity != STEMMA_POLARITY_NEGATIVE && event->realis == STEMMA_REALIS_ACTUAL;
}

static stemma_status list_lones(const struct stm_events *events, struct stm_arena *arena,
                                struct lone **lones, size_t *count)
{
    size_t all = 0;
    *count = 0;
    *lones = stm_arena_alloc(arena, events->count, sizeof **lones);
    if (*lones == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t e = 0; e < events->count; e++) {
        const struct stm_event *event = &events->nodes[e];
        if (e % STEP == 0) {
            stm_memory_check(arena->memory);
        }
        if (is_actual(event) && happens_once(event->type)) {
            (*lones)[all].document = event->document;
            (*lones)[all].event = e;
            (*lones)[all++].type = XXH64(event->type.data, event->type.size, 0);
        }
    }
    if (all != 0) {
        stm_arena_sort(arena, *lones, all, sizeof **lones, compare_lones);
    }
    for (size_t i = 0; i < all;) {
        size_t end = i + 1;
        while (end < all && (*lones)[end].document == (*lones)[i].document &&
               (*lones)[end].type == (*lones)[i].type) {
            end++;
        }
        if (end == i + 1) {
            (*lones)[(*count)++] = (*lones)[i];
        }
        i = end;
    }
    return STEMMA_OK;
}

/* Pairs of documents that tell of the same happenings, with how many these are. */
static stemma_status list_pairs(const struct stm_events *events, struct stm_cluster *cluster,
                                struct stm_arena *arena, struct document_pair **pairs,
                                size_t *count)
{
    size_t members = 0;
    size_t all = 0;
    size_t capacity = 0;
    struct membership *list = stm_arena_alloc(arena, events->count, sizeof *list);
    *pairs = NULL;
    *count = 0;
    if (list == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t e = 0; e < events->count; e++) {
        uint32_t root = stm_cluster_find(cluster, e);
        if (e % STEP == 0) {
            stm_memory_check(arena->memory);
        }
        if (cluster->size[root] > 1 &&
            !stemma_text_equal(events->nodes[e].type, stemma_text_of("statement.say"))) {
            list[members].root = root;
            list[members++].document = events->nodes[e].document;
        }
    }
    if (members != 0) {
        stm_arena_sort(arena, list, members, sizeof *list, compare_memberships);
    }
    for (size_t i = 0; i < members; i++) {
        for (size_t k = i + 1; k < members && k <= i + NEIGHBOURS && list[k].root == list[i].root;
             k++) {
            if (list[k].document == list[i].document) {
                continue;
            }
            stemma_status status = stm_arena_grow(arena, pairs, all, &capacity, sizeof **pairs);
            if (status != STEMMA_OK) {
                return status;
            }
            (*pairs)[all].left = list[i].document;
            (*pairs)[all].right = list[k].document;
            (*pairs)[all++].shared = 1;
        }
    }
    if (all != 0) {
        stm_arena_sort(arena, *pairs, all, sizeof **pairs, compare_document_pairs);
    }
    for (size_t i = 0; i < all; i++) {
        if (*count != 0 && compare_document_pairs(&(*pairs)[*count - 1], &(*pairs)[i]) == 0) {
            (*pairs)[*count - 1].shared++;
        } else {
            (*pairs)[(*count)++] = (*pairs)[i];
        }
    }
    return STEMMA_OK;
}

static size_t first_of(const struct lone *lones, size_t count, uint32_t document)
{
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (lones[middle].document < document) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

stemma_status stm_events_of_story(const struct stm_events *events,
                                  const struct stm_contexts *contexts, struct stm_cluster *cluster,
                                  struct stm_arena *arena, struct stm_event_twin **twins,
                                  size_t *count)
{
    struct lone *lones;
    size_t lone_count;
    struct document_pair *pairs = NULL;
    size_t pair_count = 0;
    size_t capacity = 0;
    *twins = NULL;
    *count = 0;
    stemma_status status = list_lones(events, arena, &lones, &lone_count);
    if (status == STEMMA_OK) {
        status = list_pairs(events, cluster, arena, &pairs, &pair_count);
    }
    for (size_t p = 0; status == STEMMA_OK && p < pair_count; p++) {
        uint32_t left = pairs[p].left;
        uint32_t right = pairs[p].right;
        if (p % STEP == 0) {
            stm_memory_check(arena->memory);
        }
        uint32_t alike = stm_context_documents(contexts, left, right);
        if (pairs[p].shared < SHARED_STORY && alike < ALIKE_STORY) {
            continue;
        }
        size_t i = first_of(lones, lone_count, left);
        size_t k = first_of(lones, lone_count, right);
        while (status == STEMMA_OK && i < lone_count && k < lone_count &&
               lones[i].document == left && lones[k].document == right) {
            if (lones[i].type != lones[k].type) {
                if (lones[i].type < lones[k].type) {
                    i++;
                } else {
                    k++;
                }
                continue;
            }
            if (stm_event_fits(&events->nodes[lones[i].event], &events->nodes[lones[k].event],
                               alike)) {
                status = stm_arena_grow(arena, twins, *count, &capacity, sizeof **twins);
                if (status == STEMMA_OK) {
                    (*twins)[*count].left = lones[i].event;
                    (*twins)[(*count)++].right = lones[k].event;
                }
            }
            i++;
            k++;
        }
    }
    return status;
}
