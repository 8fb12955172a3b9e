/* SPDX-License-Identifier: MIT */
#include "query/entity_view.h"

#include "query/claim_words.h"

#include <stdlib.h>

#include "common/enum_names.h"

/* ---- As it was known then ---------------------------------------------------------------------- */

static int by_text(const void *left, const void *right)
{
    const stemma_entity_name *a = left, *b = right;
    int order = stemma_text_compare(a->text, b->text);
    return order != 0 ? order : (a->kind > b->kind) - (a->kind < b->kind);
}

static int by_documents(const void *left, const void *right)
{
    const stemma_entity_name *a = left, *b = right;
    if (a->documents != b->documents) {
        return a->documents > b->documents ? -1 : 1;
    }
    return stemma_text_compare(a->text, b->text);
}

struct gathering {
    stemma_entity_name *names; /* one for each document that uses it, then joined */
    size_t capacity;
    uint32_t count;
};

static stemma_status gather_names(struct stm_query *query, const stemma_referent *referent,
                                  struct gathering *gathering)
{
    for (uint32_t i = 0; i < referent->name_count; i++) {
        stemma_entity_name *name;
        stemma_status status =
            stm_arena_grow(&query->arena, &gathering->names, gathering->count,
                           &gathering->capacity, sizeof *gathering->names);
        if (status != STEMMA_OK) {
            return status;
        }
        name = &gathering->names[gathering->count];
        name->text = stm_arena_text(&query->arena, referent->names[i].text);
        name->kind = referent->names[i].kind;
        name->documents = 1;
        if (name->text.data == NULL && referent->names[i].text.size != 0) {
            return STEMMA_E_NO_MEMORY;
        }
        gathering->count++;
    }
    return STEMMA_OK;
}

static void join_names(struct gathering *gathering)
{
    uint32_t kept = 0;
    stemma_entity_name *names = gathering->names;
    if (gathering->count > 1) {
        qsort(names, gathering->count, sizeof *names, by_text);
    }
    for (uint32_t i = 0; i < gathering->count; i++) {
        if (kept != 0 && stemma_text_equal(names[kept - 1].text, names[i].text)) {
            names[kept - 1].documents++;
        } else {
            names[kept++] = names[i];
        }
    }
    gathering->count = kept;
    if (kept > 1) {
        qsort(names, kept, sizeof *names, by_documents);
    }
}

/* Counts names, documents and mentions over the referents that were known. */
static stemma_status count_known(struct stm_query *query, struct stm_entity_view *out)
{
    stemma_reference reference = {STEMMA_REFERENCE_ENTITY, out->number};
    const stemma_referent_id *members = NULL;
    struct gathering gathering = {0};
    uint32_t count = 0;
    bool named = false;
    stemma_status status =
        stemma_members(query->item, reference, &members, &count, &query->error);
    out->documents = 0;
    out->mentions = 0;
    for (uint32_t i = 0; i < count && status == STEMMA_OK; i++) {
        const struct stm_source *source;
        if (members[i].document >= query->until) {
            break;
        }
        out->documents += i == 0 || members[i].document != members[i - 1].document;
        status = stm_query_testimony(query, members[i].document, &source);
        if (status != STEMMA_OK || members[i].referent >= source->document.referent_count) {
            continue;
        }
        for (uint32_t m = 0; m < source->document.mention_count; m++) {
            out->mentions += source->document.mentions[m].referent == members[i].referent;
        }
        status = gather_names(query, &source->document.referents[members[i].referent],
                              &gathering);
    }
    if (status != STEMMA_OK) {
        return status;
    }
    join_names(&gathering);
    out->names = gathering.names;
    out->name_count = gathering.count;
    for (uint32_t i = 0; i < gathering.count; i++) {
        named = named || stemma_text_equal(gathering.names[i].text, out->name);
    }
    if (!named && gathering.count != 0) {
        out->name = gathering.names[0].text;
    }
    return STEMMA_OK;
}

static stemma_status count_events(struct stm_query *query, struct stm_entity_view *out)
{
    stemma_event_query wanted = STEMMA_EVENT_QUERY_INIT;
    stemma_event_cursor *cursor = NULL;
    uint32_t event;
    stemma_status status;
    wanted.entities = &out->number;
    wanted.entity_count = 1;
    out->events = 0;
    status = stemma_events(&cursor, query->item, &wanted, &query->error);
    while (status == STEMMA_OK) {
        status = stemma_event_next(cursor, &event, &query->error);
        out->events += status == STEMMA_OK;
    }
    return status == STEMMA_END ? STEMMA_OK : status;
}

stemma_status stm_entity_load(struct stm_query *query, uint32_t number,
                              struct stm_entity_view *out)
{
    stemma_entity entity;
    stemma_status status = stemma_entity_get(query->item, number, &entity, &query->error);
    if (status != STEMMA_OK) {
        return status;
    }
    if (entity.first.document >= query->until) {
        return STEMMA_NOT_FOUND;
    }
    memset(out, 0, sizeof *out);
    out->number = number;
    out->type = entity.type;
    out->name = entity.name;
    out->names = entity.names;
    out->name_count = entity.name_count;
    out->documents = entity.documents;
    out->mentions = entity.mentions;
    out->events = entity.events;
    out->claim_first = entity.claim_first;
    out->claim_count = entity.claim_count;
    status = stm_query_id(query, STEMMA_REFERENCE_ENTITY, number, out->id);
    if (status == STEMMA_OK && stm_query_is_dated(query)) {
        status = count_known(query, out);
        if (status == STEMMA_OK) {
            status = count_events(query, out);
        }
    }
    return status;
}

/* ---- JSON -------------------------------------------------------------------------------------- */

void stm_entity_share(stm_json *json, const char *key, uint16_t thousandths)
{
    char text[16];
    int size = snprintf(text, sizeof text, "%u.%03u", thousandths / 1000u, thousandths % 1000u);
    while (text[size - 1] == '0') {
        size--;
    }
    size -= text[size - 1] == '.';
    stm_json_key(json, key);
    if (thousandths == STEMMA_NO_CONFIDENCE) {
        stm_json_null(json);
    } else {
        stm_json_decimal(json, (stemma_text){text, (size_t)size});
    }
}

stemma_status stm_entity_members(struct stm_query *query, const struct stm_entity_view *entity)
{
    stm_json *json = &query->output.json;
    stm_json_member_string(json, "id", entity->id);
    stm_json_member_string(json, "kind", "entity");
    stm_json_member_text(json, "type", entity->type);
    stm_member_text_or_null(json, "name", entity->name);
    stm_json_key(json, "names");
    stm_json_array_begin(json);
    for (uint32_t i = 0; i < entity->name_count; i++) {
        stm_json_object_begin(json);
        stm_json_member_text(json, "text", entity->names[i].text);
        stm_json_member_string(json, "kind",
                               stm_enum_name(STM_ENUM_NAME_KIND, entity->names[i].kind));
        stm_json_member_unsigned(json, "documents", entity->names[i].documents);
        stm_json_object_end(json);
    }
    stm_json_array_end(json);
    stm_json_member_unsigned(json, "documents", entity->documents);
    stm_json_member_unsigned(json, "mentions", entity->mentions);
    stm_json_member_unsigned(json, "events", entity->events);
    return STEMMA_OK;
}
