/* SPDX-License-Identifier: MIT */
#include "index/index_rows.h"
#include "name/name_show.h"

#include <stdlib.h>

/* A name as one document uses it, for sorting. */
typedef struct name_use {
    uint32_t text;
    uint32_t document;
    uint32_t kind;
} name_use;

static int compare_uses(const void *a, const void *b)
{
    const name_use *left = a;
    const name_use *right = b;
    if (left->text != right->text) {
        return left->text > right->text ? 1 : -1;
    }
    return (left->document > right->document) - (left->document < right->document);
}

static int compare_names(const void *a, const void *b, void *context)
{
    const stm_index_entity_name *left = a;
    const stm_index_entity_name *right = b;
    const stm_index *index = context;
    if (left->documents != right->documents) {
        return left->documents > right->documents ? -1 : 1;
    }
    return stemma_text_compare(stm_strings_get(&index->names, left->text),
                               stm_strings_get(&index->names, right->text));
}

/* How much a name recommends itself for show, before the number of documents is looked at. */
static int name_class(const stm_index *index, const stm_index_entity_name *name, int person)
{
    return stm_name_class(stm_strings_get(&index->names, name->text), name->kind, person != 0);
}

/* Full names of persons before other names; names before aliases, acronyms, descriptions. */
static int is_better(const stm_index *index, const stm_index_entity_name *a,
                     const stm_index_entity_name *b, int person)
{
    int class_a = name_class(index, a, person);
    int class_b = name_class(index, b, person);
    if (class_a != class_b) {
        return class_a > class_b;
    }
    if (a->documents != b->documents) {
        return a->documents > b->documents;
    }
    stemma_text text_a = stm_strings_get(&index->names, a->text);
    stemma_text text_b = stm_strings_get(&index->names, b->text);
    if (text_a.size != text_b.size) {
        return text_a.size > text_b.size;
    }
    return stemma_text_compare(text_a, text_b) < 0;
}

static stemma_status add_entity_name(stm_index *index, const name_use *uses, size_t count)
{
    stm_index_entity_name *names = stm_memory_grow(index->memory, index->entity_names, &index->entity_name_capacity,
                                            (size_t)index->entity_name_count + 1, sizeof *names);
    if (names == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    index->entity_names = names;
    stm_index_entity_name *name = &names[index->entity_name_count++];
    name->text = uses[0].text;
    name->kind = (uint8_t)uses[0].kind;
    name->documents = 0;
    for (size_t i = 0; i < count; i++) {
        name->documents += i == 0 || uses[i].document != uses[i - 1].document;
        name->kind = uses[i].kind < name->kind ? (uint8_t)uses[i].kind : name->kind;
    }
    return STEMMA_OK;
}

static stemma_status collect_names(stm_index *index, stm_index_entity *entity, name_use **uses,
                                   size_t *capacity)
{
    size_t count = 0;
    for (uint32_t i = index->cluster_first[entity->cluster];
         i < index->cluster_first[entity->cluster + 1]; i++) {
        uint32_t referent = index->cluster_members[i];
        uint32_t end = stm_index_name_end(index, referent);
        for (uint32_t n = index->referents[referent].name_first; n < end; n++) {
            name_use *grown = stm_memory_grow(index->memory, *uses, capacity, count + 1, sizeof **uses);
            if (grown == NULL) {
                return STEMMA_E_NO_MEMORY;
            }
            *uses = grown;
            grown[count].text = index->name_uses[n].text;
            grown[count].kind = index->name_uses[n].kind;
            grown[count].document = index->referents[referent].document;
            count++;
        }
    }
    if (count > 1) {
        qsort(*uses, count, sizeof **uses, compare_uses);
    }
    entity->name_first = index->entity_name_count;
    for (size_t i = 0; i < count;) {
        size_t end = i + 1;
        while (end < count && (*uses)[end].text == (*uses)[i].text) {
            end++;
        }
        stemma_status status = add_entity_name(index, *uses + i, end - i);
        if (status != STEMMA_OK) {
            return status;
        }
        i = end;
    }
    entity->name_count = index->entity_name_count - entity->name_first;
    return STEMMA_OK;
}

static stemma_status name_entity(stm_index *index, stm_index_entity *entity, uint32_t person_term,
                                 name_use **uses, size_t *capacity)
{
    stemma_status status = collect_names(index, entity, uses, capacity);
    if (status != STEMMA_OK || entity->name_count == 0) {
        return status;
    }
    stm_index_entity_name *names = index->entity_names + entity->name_first;
    if (entity->name_count > 1) {
        qsort_r(names, entity->name_count, sizeof *names, compare_names, index);
    }
    for (uint32_t i = 1; i < entity->name_count; i++) {
        if (is_better(index, &names[i], &names[entity->shown], entity->type == person_term)) {
            entity->shown = i;
        }
    }
    return STEMMA_OK;
}

static void fill_entity(const stm_index *index, uint32_t cluster, uint32_t *scratch,
                        stm_index_entity *entity)
{
    uint32_t independent = 0;
    uint32_t first = index->cluster_first[cluster];
    uint32_t count = index->cluster_first[cluster + 1] - first;
    uint64_t mentions = 0;
    entity->cluster = cluster;
    entity->first = index->cluster_members[first];
    stm_cluster_documents(index, cluster, scratch, &entity->documents, &independent);
    for (uint32_t i = 0; i < count; i++) {
        const stm_index_referent *referent = &index->referents[index->cluster_members[first + i]];
        scratch[i] = referent->type;
        mentions += referent->mentions;
    }
    entity->mentions = mentions < UINT32_MAX ? (uint32_t)mentions : UINT32_MAX - 1;
    entity->type = stm_most_frequent(scratch, count);
}

stemma_status stm_index_entities(stm_index *index)
{
    uint32_t *scratch = stm_memory_zeroed(index->memory, index->referent_count, sizeof *scratch);
    stm_sort_key *keys = stm_memory_zeroed(index->memory, index->cluster_count, sizeof *keys);
    stm_index_entity *unsorted = stm_memory_zeroed(index->memory, index->cluster_count, sizeof *unsorted);
    stemma_status status = STEMMA_E_NO_MEMORY;
    uint32_t person = stm_index_term(index, STEMMA_TERM_ENTITY_TYPE, stemma_text_of("person"));
    if (scratch != NULL && keys != NULL && unsorted != NULL) {
        uint32_t count = 0;
        status = STEMMA_OK;
        for (uint32_t c = 0; c < index->cluster_count; c++) {
            if (stm_index_cluster_kind(index, c) == STEMMA_REFERENT_ENTITY) {
                fill_entity(index, c, scratch, &unsorted[count]);
                keys[count].major = UINT32_MAX - unsorted[count].mentions;
                keys[count].minor = unsorted[count].first;
                keys[count].position = count;
                count++;
            }
        }
        stm_sort_keys(index->memory, keys, count);
        index->entities = stm_memory_zeroed(index->memory, count, sizeof *index->entities);
        index->entity_count = count;
        if (index->entities == NULL) {
            status = STEMMA_E_NO_MEMORY;
        }
    }
    name_use *uses = NULL;
    size_t capacity = 0;
    for (uint32_t i = 0; i < index->entity_count && status == STEMMA_OK; i++) {
        index->entities[i] = unsorted[keys[i].position];
        index->cluster_number[index->entities[i].cluster] = i;
        status = name_entity(index, &index->entities[i], person, &uses, &capacity);
    }
    stm_memory_free(uses);
    stm_memory_free(scratch);
    stm_memory_free(keys);
    stm_memory_free(unsorted);
    return status;
}
