/* SPDX-License-Identifier: MIT */
#include "pack/judge/event_described.h"

#include "name/name_token.h"
#include "pack/judge/event_compare.h"

#include <stdlib.h>

#include <xxhash.h>

#define HEAD_MOST  32u  /* bytes of a word for an office */
#define ROOTS_MOST 256u /* bearers of one office in one story that are looked at */

/* Somebody with a name is called by a word, in a story. */
struct called {
    uint32_t story;
    uint32_t root;
    uint64_t word;
};

struct office_list {
    struct called *items;
    size_t count;
};

static int compare_called(const void *left, const void *right)
{
    const struct called *a = left;
    const struct called *b = right;
    if (a->story != b->story) {
        return a->story < b->story ? -1 : 1;
    }
    if (a->word != b->word) {
        return a->word < b->word ? -1 : 1;
    }
    return (a->root > b->root) - (a->root < b->root);
}

static stemma_status list_called(const struct stm_entities *entities,
                                 const struct stm_stories *stories, struct stm_cluster *clusters,
                                 struct stm_arena *arena, struct office_list *list)
{
    size_t total = 0;
    for (uint32_t n = 0; n < entities->count; n++) {
        total += entities->nodes[n].role_count;
    }
    list->count = 0;
    list->items = stm_arena_alloc(arena, total, sizeof *list->items);
    if (list->items == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t n = 0; n < entities->count; n++) {
        const struct stm_entity *node = &entities->nodes[n];
        for (uint32_t i = 0; i < node->role_count && node->name_count != 0 &&
                             node->kind == STEMMA_NAME_CLASS_PERSON;
             i++) {
            struct called *called = &list->items[list->count++];
            called->story = stories->story[node->document];
            called->root = stm_cluster_find(clusters, n);
            called->word = node->roles[i];
        }
    }
    if (list->count != 0) {
        stm_arena_sort(arena, list->items, list->count, sizeof *list->items, compare_called);
    }
    return STEMMA_OK;
}

/* The last word before "of" or "for", in small letters: "envoy" of "an envoy of the president". */
static stemma_text head_of(stemma_text text, char out[HEAD_MOST])
{
    size_t start = 0;
    size_t size = 0;
    for (size_t i = 0; i <= text.size; i++) {
        if (i < text.size && text.data[i] != ' ' && text.data[i] != ',') {
            continue;
        }
        stemma_text word = {text.data + start, i - start};
        if (stemma_text_equal(word, stemma_text_of("of")) ||
            stemma_text_equal(word, stemma_text_of("for")) ||
            stemma_text_equal(word, stemma_text_of("to"))) {
            break;
        }
        if (word.size != 0 && word.size <= HEAD_MOST) {
            for (size_t k = 0; k < word.size; k++) {
                char c = word.data[k];
                out[k] = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
            }
            size = word.size;
        }
        if (i < text.size && text.data[i] == ',') {
            break;
        }
        start = i + 1;
    }
    return (stemma_text){out, size};
}

/* Adds to `*found` who is called `word` in a story; 0 when that is more than one. */
static int only_bearer(const struct office_list *list, uint32_t story, stemma_text word,
                       uint32_t *found)
{
    uint64_t hash = XXH64(word.data, word.size, 0);
    size_t low = 0;
    size_t high = list->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct called *called = &list->items[middle];
        if (called->story < story || (called->story == story && called->word < hash)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (size_t i = low; i < list->count && i - low < ROOTS_MOST; i++) {
        if (list->items[i].story != story || list->items[i].word != hash) {
            break;
        }
        if (*found != STEMMA_NONE && *found != list->items[i].root) {
            return 0;
        }
        *found = list->items[i].root;
    }
    return 1;
}

/* The one named person whom the story calls what a nominal says; or STEMMA_NONE. */
static uint32_t bearer_of(const struct office_list *list, uint32_t story, stemma_text nominal)
{
    /* Whom one newspaper calls this, another calls that. */
    static const char *const envoys[] = {"envoy", "representative", "emissary", "negotiator"};
    char buffer[HEAD_MOST];
    stemma_text head = head_of(nominal, buffer);
    uint32_t found = STEMMA_NONE;
    int envoy = 0;
    for (size_t i = 0; i < sizeof envoys / sizeof envoys[0]; i++) {
        envoy |= stemma_text_equal(head, stemma_text_of(envoys[i]));
    }
    if (!envoy) {
        return head.size >= 4 && only_bearer(list, story, head, &found) ? found : STEMMA_NONE;
    }
    for (size_t i = 0; i < sizeof envoys / sizeof envoys[0]; i++) {
        if (!only_bearer(list, story, stemma_text_of(envoys[i]), &found)) {
            return STEMMA_NONE;
        }
    }
    return found;
}

/* How a document describes, once and in the singular, what is of a cluster; or an empty text. */
static stemma_text nominal_of(const struct stm_judge_input *input,
                              const struct stm_entities *entities, struct stm_cluster *clusters,
                              uint32_t document, uint32_t root)
{
    for (uint32_t n = entities->first[document]; n < entities->first[document + 1]; n++) {
        const struct stm_entity *node = &entities->nodes[n];
        const stemma_referent *referent =
            &input->documents[node->document]->referents[node->referent];
        if (node->name_count != 0 || referent->name_count != 1 ||
            referent->names[0].kind != STEMMA_NAME_NOMINAL ||
            !stemma_text_equal(referent->type, stemma_text_of("person")) ||
            stm_cluster_find(clusters, n) != root) {
            continue;
        }
        return referent->names[0].text;
    }
    return (stemma_text){NULL, 0};
}

static int compare_parts(const void *left, const void *right)
{
    const struct stm_event_part *a = left;
    const struct stm_event_part *b = right;
    if (a->entity != b->entity) {
        return a->entity < b->entity ? -1 : 1;
    }
    return (a->rank > b->rank) - (a->rank < b->rank);
}

static int takes_part(const struct stm_event *event, uint32_t entity)
{
    for (uint32_t i = 0; i < event->part_count; i++) {
        if (event->parts[i].entity == entity) {
            return 1;
        }
    }
    return 0;
}

stemma_status stm_events_described(const struct stm_judge_input *input,
                                   const struct stm_entities *entities,
                                   const struct stm_stories *stories, struct stm_cluster *clusters,
                                   struct stm_arena *arena, struct stm_events *events)
{
    struct office_list list;
    stemma_status status = list_called(entities, stories, clusters, arena, &list);
    for (uint32_t e = 0; status == STEMMA_OK && list.count != 0 && e < events->count; e++) {
        struct stm_event *event = &events->nodes[e];
        int changed = 0;
        if (!stm_event_is_contact(event) || stories->size[stories->story[event->document]] < 2) {
            continue;
        }
        for (uint32_t i = 0; i < event->part_count; i++) {
            struct stm_event_part *part = &event->parts[i];
            if (part->named || part->kind != STEMMA_NAME_CLASS_PERSON) {
                continue;
            }
            stemma_text nominal =
                nominal_of(input, entities, clusters, event->document, part->entity);
            uint32_t who = nominal.size == 0
                               ? STEMMA_NONE
                               : bearer_of(&list, stories->story[event->document], nominal);
            if (who != STEMMA_NONE && !takes_part(event, who)) {
                part->entity = who;
                changed = 1;
            }
        }
        if (changed) {
            qsort(event->parts, event->part_count, sizeof *event->parts, compare_parts);
        }
    }
    return status;
}
