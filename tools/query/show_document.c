/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdlib.h>

#include "query/claim_words.h"
#include "query/derivation.h"
#include "query/event_item.h"
#include "query/show_card.h"
#include "query/value_words.h"
#include "query/show_document.h"

/* The entities or events that the document speaks of, ascending: events so by time, entities by how
   often they are mentioned anywhere. The caller frees the list. */
struct members {
    uint32_t *numbers;
    uint32_t count;
};

static int by_number(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return (a > b) - (a < b);
}

static stemma_status gather(struct stm_query *query, const struct stm_source *source,
                            uint8_t kind, struct members *out)
{
    uint32_t count = source->document.referent_count;
    uint32_t kept = 0;
    out->count = 0;
    out->numbers = malloc((count != 0 ? count : 1) * sizeof *out->numbers);
    if (out->numbers == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < count; i++) {
        stemma_referent_id referent = {source->number, i};
        stemma_reference reference;
        stemma_status status;
        if (source->document.referents[i].kind != kind) {
            continue;
        }
        status = stemma_member_of(query->item, referent, &reference, &query->error);
        if (status != STEMMA_OK) {
            return status;
        }
        out->numbers[out->count++] = reference.number;
    }
    if (out->count > 1) {
        qsort(out->numbers, out->count, sizeof *out->numbers, by_number);
    }
    for (uint32_t i = 0; i < out->count; i++) {
        if (i == 0 || out->numbers[i] != out->numbers[kept - 1]) {
            out->numbers[kept++] = out->numbers[i];
        }
    }
    out->count = kept;
    return STEMMA_OK;
}

/* ---- Events ------------------------------------------------------------------------------------- */

static stemma_status show_event(struct stm_query *query, struct stm_table *table, uint32_t number)
{
    struct stm_event_view event;
    stemma_status status;
    stm_query_next_item(query);
    status = stm_event_load(query, number, &event);
    if (status != STEMMA_OK) {
        return status;
    }
    if (query->output.format == STM_FORMAT_TEXT) {
        return stm_event_line(query, table, &event);
    }
    if (stm_output_is_rows(&query->output)) {
        return stm_event_row(query, &event);
    }
    stm_json_object_begin(&query->output.json);
    status = stm_event_members(query, &event);
    stm_json_object_end(&query->output.json);
    return status;
}

static stemma_status show_events(struct stm_query *query, const struct members *events,
                                 struct stm_table *table, uint64_t most)
{
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 0; i < events->count && status == STEMMA_OK && (most == 0 || i < most);
         i++) {
        status = show_event(query, table, events->numbers[i]);
    }
    return status;
}

/* ---- JSON --------------------------------------------------------------------------------------- */

static stemma_status group_member(struct stm_query *query, uint32_t document)
{
    char id[STEMMA_ID_SIZE];
    uint32_t group;
    stemma_status status =
        stemma_independence_group(query->item, document, &group, &query->error);
    if (status == STEMMA_OK) {
        status = stm_query_id(query, STEMMA_REFERENCE_DOCUMENT, group, id);
    }
    if (status == STEMMA_OK) {
        stm_json_member_string(&query->output.json, "group", id);
    }
    return status;
}

static stemma_status entities_member(struct stm_query *query, const struct members *entities)
{
    stm_json *json = &query->output.json;
    stemma_status status = STEMMA_OK;
    stm_json_key(json, "entities");
    stm_json_array_begin(json);
    for (uint32_t i = 0; i < entities->count && status == STEMMA_OK; i++) {
        stm_query_next_item(query);
        status = stm_reference_json(query, STEMMA_REFERENT_ENTITY, entities->numbers[i]);
    }
    stm_json_array_end(json);
    return status;
}

static stemma_status show_json(struct stm_query *query, const struct stm_source *source,
                               const struct members *events, const struct members *entities)
{
    stm_json *json = &query->output.json;
    const stemma_document *document = &source->document;
    uint32_t number = source->number;
    stemma_status status;
    stm_output_item_begin(&query->output);
    stm_document_members(json, source->id, document);
    stm_json_member_string(json, "kind", "document");
    stm_member_text_or_null(json, "agency", document->agency);
    stm_member_text_or_null(json, "byline", document->byline);
    stm_member_text_or_null(json, "retrieved", document->retrieved);
    stm_member_text_or_null(json, "language", document->language);
    stm_member_text_or_null(json, "media_type", document->media_type);
    stm_member_text_or_null(json, "licence", document->licence);
    stm_json_member_unsigned(json, "text_size", document->text_size);
    stm_json_member_bool(json, "text_withheld", document->text_withheld != 0);
    stm_json_member_unsigned(json, "referents", document->referent_count);
    stm_json_member_unsigned(json, "mentions", document->mention_count);
    stm_json_member_unsigned(json, "assertions", document->assertion_count);
    stm_json_member_unsigned(json, "rows", document->row_count);
    status = stm_derivations_member(query, number);
    if (status == STEMMA_OK) {
        status = group_member(query, number);
    }
    if (status == STEMMA_OK) {
        status = entities_member(query, entities);
    }
    stm_json_key(json, "timeline");
    stm_json_array_begin(json);
    if (status == STEMMA_OK) {
        status = show_events(query, events, NULL, 0);
    }
    stm_json_array_end(json);
    stm_output_item_end(&query->output);
    return status;
}

/* ---- Text --------------------------------------------------------------------------------------- */

static void show_fields(struct stm_query *query, const struct stm_source *source)
{
    const stemma_document *document = &source->document;
    char size[64];
    stm_show_title(query, document->title.size != 0 ? document->title : document->uri);
    stm_show_field(query, "id", stemma_text_of(source->id));
    stm_show_field(query, "uri", document->uri);
    stm_show_field(query, "publisher", document->publisher);
    stm_show_field(query, "agency", document->agency);
    stm_show_field(query, "byline", document->byline);
    stm_show_field(query, "published", document->published.edtf.size != 0
                                           ? document->published.edtf
                                           : document->published.raw);
    stm_show_field(query, "retrieved", document->retrieved);
    stm_show_field(query, "language", document->language);
    stm_show_field(query, "licence", document->licence);
    snprintf(size, sizeof size, "%" PRIu64 " bytes%s", document->text_size,
             document->text_withheld ? ", not in the file" : "");
    stm_show_field(query, "text", stemma_text_of(size));
    if (document->row_count != 0) {
        snprintf(size, sizeof size, "%u rows, %u actors", document->row_count,
                 document->actor_count);
    } else {
        snprintf(size, sizeof size, "%u referents, %u mentions, %u assertions",
                 document->referent_count, document->mention_count, document->assertion_count);
    }
    stm_show_field(query, "testimony", stemma_text_of(size));
}

static stemma_status list_entities(struct stm_query *query, const struct members *entities)
{
    uint64_t most = stm_show_most(query);
    struct stm_buffer names = {0};
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 0; i < entities->count && status == STEMMA_OK; i++) {
        if (most != 0 && i == most) {
            stm_buffer_addf(&names, " (+%u)", entities->count - i);
            break;
        }
        stm_query_next_item(query);
        stm_buffer_add_string(&names, i != 0 ? "; " : "");
        status = stm_entity_words(query, entities->numbers[i], &names);
    }
    stm_show_field(query, "speaks of", stm_buffer_text(&names));
    stm_buffer_free(&names);
    return status;
}

static stemma_status show_text(struct stm_query *query, const struct stm_source *source,
                               const struct members *events, const struct members *entities)
{
    uint64_t most = stm_show_most(query);
    struct stm_buffer words = {0};
    struct stm_table table;
    stemma_status status;
    uint32_t number = source->number;
    show_fields(query, source);
    status = stm_derivation_words(query, number, STEMMA_NONE, &words);
    stm_show_field(query, "derivation", stm_buffer_text(&words));
    stm_buffer_free(&words);
    if (status == STEMMA_OK) {
        status = list_entities(query, entities);
    }
    if (status != STEMMA_OK || events->count == 0) {
        return status;
    }
    fputs("\nevents\n", query->output.file);
    stm_event_table_begin(&table, query, 2);
    status = show_events(query, events, &table, most);
    if (!stm_table_end(&table)) {
        return STEMMA_E_NO_MEMORY;
    }
    if (most != 0 && events->count > most) {
        fprintf(query->output.file, "  ... and %u more: --limit 0 shows all\n",
                events->count - (uint32_t)most);
    }
    return status;
}

stemma_status stm_show_document(struct stm_query *query, uint32_t document)
{
    struct members events = {NULL, 0};
    struct members entities = {NULL, 0};
    const struct stm_source *source;
    stemma_status status;
    if (document >= query->until) {
        return STEMMA_NOT_FOUND;
    }
    stm_query_next_item(query);
    status = stm_query_testimony(query, document, &source);
    if (status == STEMMA_OK) {
        status = gather(query, source, STEMMA_REFERENT_EVENT, &events);
    }
    if (status == STEMMA_OK) {
        status = gather(query, source, STEMMA_REFERENT_ENTITY, &entities);
    }
    if (status == STEMMA_OK && stm_output_is_json(&query->output)) {
        status = show_json(query, source, &events, &entities);
    } else if (status == STEMMA_OK && stm_output_is_rows(&query->output)) {
        stm_event_row_header(&query->output);
        status = show_events(query, &events, NULL, 0);
    } else if (status == STEMMA_OK) {
        status = show_text(query, source, &events, &entities);
    }
    free(events.numbers);
    free(entities.numbers);
    return status;
}
