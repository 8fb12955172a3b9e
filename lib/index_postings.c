/* SPDX-License-Identifier: MIT */
#include "index_postings.h"

#include "index_names.h"
#include "index_rows.h"

#include <stdlib.h>

/* Postings as they are collected: those of one list come in ascending order already, as entities,
   events and documents are gone through by number. So a stable distribution by list sorts them. */
typedef struct posting {
    uint32_t list;
    uint32_t id;
    uint32_t payload;
} posting;

typedef struct postings {
    stm_memory *memory;
    posting *items;
    size_t count;
    size_t capacity;
} postings;

static stemma_status add(postings *p, uint32_t list, uint32_t id, uint32_t payload)
{
    posting *items = stm_memory_grow(p->memory, p->items, &p->capacity, p->count + 1, sizeof *items);
    if (items == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    p->items = items;
    items[p->count].list = list;
    items[p->count].id = id;
    items[p->count].payload = payload;
    p->count++;
    return STEMMA_OK;
}

/* The lists in the order in which they are stored. */
typedef struct lists {
    uint32_t count;
    const stm_strings *texts; /* their keys; NULL: the key is the number */
    const uint32_t *ranks;    /* place of each text; NULL without texts */
} lists;

static stemma_bytes list_key(const lists *all, uint32_t number, uint8_t bytes[4])
{
    stemma_bytes key = {bytes, 4};
    if (all->texts != NULL) {
        stemma_text text = stm_strings_get(all->texts, number);
        key.data = (const uint8_t *)text.data;
        key.size = text.size;
    } else {
        stm_key_u32(bytes, number);
    }
    return key;
}

static stemma_status post_in_order(const posting *sorted, size_t count, const lists *all,
                                   stm_index_post *post, void *context)
{
    stemma_status status = STEMMA_OK;
    for (size_t i = 0; i < count && status == STEMMA_OK; i++) {
        uint8_t bytes[4];
        if (i == 0 || memcmp(&sorted[i], &sorted[i - 1], sizeof *sorted) != 0) {
            status = post(context, list_key(all, sorted[i].list, bytes), sorted[i].id,
                          sorted[i].payload);
        }
    }
    return status;
}

static stemma_status post_all(const postings *p, const lists *all, stm_index_post *post,
                              void *context)
{
    posting *sorted = stm_memory_zeroed(p->memory, p->count, sizeof *sorted);
    size_t *starts = stm_memory_zeroed(p->memory, (size_t)all->count + 1, sizeof *starts);
    stemma_status status = STEMMA_E_NO_MEMORY;
    if (sorted != NULL && starts != NULL) {
        size_t next = 0;
        for (size_t i = 0; i < p->count; i++) {
            starts[all->ranks != NULL ? all->ranks[p->items[i].list] : p->items[i].list]++;
        }
        for (uint32_t l = 0; l < all->count; l++) {
            size_t here = starts[l];
            starts[l] = next;
            next += here;
        }
        for (size_t i = 0; i < p->count; i++) {
            uint32_t list = p->items[i].list;
            sorted[starts[all->ranks != NULL ? all->ranks[list] : list]++] = p->items[i];
        }
        status = post_in_order(sorted, p->count, all, post, context);
    }
    stm_memory_free(sorted);
    stm_memory_free(starts);
    return status;
}

static stemma_status post_texts(const postings *p, const stm_strings *texts, stm_index_post *post,
                                void *context)
{
    uint32_t *ranks = stm_strings_ranks(texts);
    lists all = {texts->count, texts, ranks};
    stemma_status status = ranks != NULL ? post_all(p, &all, post, context) : STEMMA_E_NO_MEMORY;
    stm_memory_free(ranks);
    return status;
}

/* ---- Tables whose lists are numbers ---------------------------------------------------------- */

static stemma_status collect_events(const stm_index *index, stm_table table, postings *p)
{
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 0; i < index->event_count && status == STEMMA_OK; i++) {
        const stm_index_event *event = &index->events[i];
        if (table == STM_TABLE_TYPE) {
            status = add(p, event->type, i, 0);
        } else if (table == STM_TABLE_PLACE && event->place != STEMMA_NONE) {
            status = add(p, event->place, i, 0);
        } else if (table == STM_TABLE_PARTICIPATION) {
            for (uint32_t k = 0; k < event->participant_count && status == STEMMA_OK; k++) {
                const stm_index_participant *one =
                    &index->participants[event->participant_first + k];
                status = add(p, one->entity, i, one->role);
            }
        }
    }
    if (table == STM_TABLE_TYPE) {
        for (uint32_t i = 0; i < index->entity_count && status == STEMMA_OK; i++) {
            status = add(p, index->entities[i].type, i, 0);
        }
    }
    return status;
}

/* ---- Membership: clusters list their members already ------------------------------------------
 */

static stemma_status post_members(const stm_index *index, uint8_t kind, uint32_t number,
                                  uint32_t cluster, stm_index_post *post, void *context)
{
    stm_list_key key;
    stemma_status status = STEMMA_OK;
    stm_list_key_membership(&key, kind, number);
    for (uint32_t i = index->cluster_first[cluster];
         i < index->cluster_first[cluster + 1] && status == STEMMA_OK; i++) {
        uint32_t referent = index->cluster_members[i];
        uint32_t document = index->referents[referent].document;
        status = post(context, stm_list_key_bytes(&key), document,
                      referent - index->document_first[document]);
    }
    return status;
}

static stemma_status post_membership(const stm_index *index, stm_index_post *post, void *context)
{
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 0; i < index->entity_count && status == STEMMA_OK; i++) {
        status = post_members(index, STM_MEMBERSHIP_ENTITY, i, index->entities[i].cluster, post,
                              context);
    }
    for (uint32_t i = 0; i < index->event_count && status == STEMMA_OK; i++) {
        status =
            post_members(index, STM_MEMBERSHIP_EVENT, i, index->events[i].cluster, post, context);
    }
    return status;
}

/* ---- Names --------------------------------------------------------------------------------- */

typedef struct name_sink {
    stm_strings texts;
    postings list;
    uint32_t entity;
} name_sink;

static stemma_status take_key(void *context, const stm_list_key *key)
{
    name_sink *sink = context;
    stemma_text text = {(const char *)key->data, key->size};
    uint32_t number = 0;
    stemma_status status = stm_strings_add(&sink->texts, text, &number);
    return status == STEMMA_OK ? add(&sink->list, number, sink->entity, 0) : status;
}

static stemma_status post_names(const stm_index *index, stm_table table, stm_index_post *post,
                                void *context)
{
    name_sink sink = {0};
    sink.texts.memory = index->memory;
    sink.list.memory = index->memory;
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 0; i < index->entity_count && status == STEMMA_OK; i++) {
        const stm_index_entity *entity = &index->entities[i];
        sink.entity = i;
        for (uint32_t n = 0; n < entity->name_count && status == STEMMA_OK; n++) {
            const stm_index_entity_name *name = &index->entity_names[entity->name_first + n];
            if (stm_index_name_counts(index, entity, name)) {
                stemma_text text = stm_strings_get(&index->names, name->text);
                status = table == STM_TABLE_GRAM ? stm_gram_keys(text, take_key, &sink)
                                                 : stm_name_keys(text, take_key, &sink);
            }
        }
    }
    if (status == STEMMA_OK) {
        status = post_texts(&sink.list, &sink.texts, post, context);
    }
    stm_strings_free(&sink.texts);
    stm_memory_free(sink.list.items);
    return status;
}

stemma_status stm_index_postings(const stm_index *index, stm_table table, stm_index_post *post,
                                 void *context)
{
    switch (table) {
    case STM_TABLE_PARTICIPATION:
    case STM_TABLE_TYPE:
    case STM_TABLE_PLACE: {
        postings p = {index->memory, NULL, 0, 0};
        stemma_status status = collect_events(index, table, &p);
        if (status == STEMMA_OK) {
            lists all = {table == STM_TABLE_TYPE ? index->term_count : index->entity_count, NULL,
                         NULL};
            status = post_all(&p, &all, post, context);
        }
        stm_memory_free(p.items);
        return status;
    }
    case STM_TABLE_MEMBERSHIP:
        return post_membership(index, post, context);
    case STM_TABLE_NAME:
    case STM_TABLE_GRAM:
        return post_names(index, table, post, context);
    case STM_TABLE_TERM:
        return stm_index_post_words(index, post, context);
    default:
        return STEMMA_E_MISUSE;
    }
}
