/* SPDX-License-Identifier: MIT */
#include "index_postings.h"

#include "index_names.h"

#include <stdlib.h>

/* Postings by number of list: major = list << 32 | id, minor = payload. */
typedef struct postings {
    stm_sort_key *keys;
    size_t count;
    size_t capacity;
} postings;

static stemma_status add(postings *p, uint32_t list, uint32_t id, uint32_t payload)
{
    stm_sort_key *keys = stm_grow(p->keys, &p->capacity, p->count + 1, sizeof *keys);
    if (keys == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    p->keys = keys;
    keys[p->count].major = (uint64_t)list << 32 | id;
    keys[p->count].minor = payload;
    keys[p->count].position = 0;
    p->count++;
    return STEMMA_OK;
}

static int is_repeated(const stm_sort_key *keys, size_t i)
{
    return i > 0 && keys[i].major == keys[i - 1].major && keys[i].minor == keys[i - 1].minor;
}

/* Sorts and hands out; `texts` gives the lists' keys by `order`, or the lists are numbers. */
static stemma_status post_all(postings *p, const stm_strings *texts, const uint32_t *order,
                              stm_index_post *post, void *context)
{
    stm_sort_keys(p->keys, p->count);
    stemma_status status = STEMMA_OK;
    for (size_t i = 0; i < p->count && status == STEMMA_OK; i++) {
        if (is_repeated(p->keys, i)) {
            continue;
        }
        uint32_t list = (uint32_t)(p->keys[i].major >> 32);
        stemma_bytes key;
        uint8_t number[4];
        if (texts != NULL) {
            stemma_text text = stm_strings_get(texts, order[list]);
            key.data = (const uint8_t *)text.data;
            key.size = text.size;
        } else {
            stm_key_u32(number, list);
            key.data = number;
            key.size = sizeof number;
        }
        status = post(context, key, (uint32_t)p->keys[i].major, (uint32_t)p->keys[i].minor);
    }
    return status;
}

/* Turns numbers of texts into ranks, sorts and hands out. */
static stemma_status post_texts(postings *p, const stm_strings *texts, stm_index_post *post,
                                void *context)
{
    uint32_t *ranks = stm_strings_ranks(texts);
    uint32_t *order = stm_zeroed(texts->count, sizeof *order);
    stemma_status status = STEMMA_E_NO_MEMORY;
    if (ranks != NULL && order != NULL) {
        for (uint32_t i = 0; i < texts->count; i++) {
            order[ranks[i]] = i;
        }
        for (size_t i = 0; i < p->count; i++) {
            uint64_t rank = ranks[p->keys[i].major >> 32];
            p->keys[i].major = rank << 32 | (uint32_t)p->keys[i].major;
        }
        status = post_all(p, texts, order, post, context);
    }
    free(ranks);
    free(order);
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

/* ---- Membership: clusters list their members already ------------------------------------------ */

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

/* ---- Names and words ------------------------------------------------------------------------- */

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
    free(sink.list.keys);
    return status;
}

static stemma_status post_words(const stm_index *index, stm_index_post *post, void *context)
{
    postings p = {0};
    stemma_status status = STEMMA_OK;
    for (size_t i = 0; i < index->occurrence_count && status == STEMMA_OK; i++) {
        const stm_index_occurrence *one = &index->occurrences[i];
        status = add(&p, one->term, one->document, one->count);
    }
    if (status == STEMMA_OK) {
        status = post_texts(&p, &index->words, post, context);
    }
    free(p.keys);
    return status;
}

stemma_status stm_index_postings(const stm_index *index, stm_table table, stm_index_post *post,
                                 void *context)
{
    switch (table) {
    case STM_TABLE_PARTICIPATION:
    case STM_TABLE_TYPE:
    case STM_TABLE_PLACE: {
        postings p = {0};
        stemma_status status = collect_events(index, table, &p);
        if (status == STEMMA_OK) {
            status = post_all(&p, NULL, NULL, post, context);
        }
        free(p.keys);
        return status;
    }
    case STM_TABLE_MEMBERSHIP:
        return post_membership(index, post, context);
    case STM_TABLE_NAME:
    case STM_TABLE_GRAM:
        return post_names(index, table, post, context);
    case STM_TABLE_TERM:
        return post_words(index, post, context);
    default:
        return STEMMA_E_MISUSE;
    }
}
