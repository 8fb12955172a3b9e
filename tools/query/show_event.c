/* SPDX-License-Identifier: MIT */
#include "common/enum_names.h"
#include "query/claim_list.h"
#include "query/event_item.h"
#include "query/label.h"
#include "query/show_card.h"
#include "query/value_words.h"
#include "query/show_event.h"
#include "query/witness.h"

static void show_time(struct stm_query *query, const struct stm_event_view *event)
{
    struct stm_buffer words = {0};
    char earliest[STM_TIME_SIZE];
    char latest[STM_TIME_SIZE];
    stm_event_earliest(event, earliest);
    stm_event_latest(event, latest);
    stm_buffer_add(&words, event->time.edtf.size != 0 ? event->time.edtf : event->time.raw);
    if (strcmp(earliest, latest) != 0) {
        stm_buffer_addf(&words, " (%s to %s)", earliest[0] != '\0' ? earliest : "?",
                        latest[0] != '\0' ? latest : "?");
    }
    stm_show_field(query, "time", stm_buffer_text(&words));
    stm_buffer_free(&words);
}

static stemma_status show_head(struct stm_query *query, const struct stm_event_view *event)
{
    struct stm_buffer words = {0};
    char counts[96];
    stemma_status status = stm_event_label(query, event, &words);
    stm_show_title(query, stm_buffer_text(&words));
    stm_show_field(query, "id", stemma_text_of(event->id));
    stm_show_field(query, "type", event->type);
    show_time(query, event);
    stm_buffer_clear(&words);
    if (status == STEMMA_OK && event->place != STEMMA_NONE) {
        status = stm_entity_words(query, event->place, &words);
    }
    stm_show_field(query, "place", stm_buffer_text(&words));
    stm_buffer_clear(&words);
    if (event->polarity == STEMMA_POLARITY_NEGATIVE) {
        stm_buffer_add_string(&words, "denied");
    } else if (event->realis == STEMMA_REALIS_ACTUAL) {
        stm_buffer_add_string(&words, "said to have happened");
    } else if (event->realis == STEMMA_REALIS_OTHER) {
        stm_buffer_add_string(&words, "planned, expected, demanded or possible");
    } else if (event->realis == STEMMA_REALIS_GENERIC) {
        stm_buffer_add_string(&words, "spoken of in general");
    }
    stm_show_field(query, "status", stm_buffer_text(&words));
    snprintf(counts, sizeof counts, "%u document%s, %u independent", event->documents,
             event->documents == 1 ? "" : "s", event->independent);
    stm_show_field(query, "sources", stemma_text_of(counts));
    stm_buffer_free(&words);
    return status;
}

/* The sentences that tell of it: those behind its type. */
static stemma_status show_sentences(struct stm_query *query, uint32_t first, uint32_t count)
{
    uint64_t shown = 0;
    stemma_status status = STEMMA_OK;
    uint64_t most = stm_show_most(query);
    query->limit = most != 0 ? most : UINT64_MAX;
    fputs("\nwitnesses\n", query->output.file);
    for (uint32_t i = 0; i < count && status == STEMMA_OK && !stm_query_done(query); i++) {
        struct stm_claim_view view;
        stm_query_next_item(query);
        status = stm_claim_load(query, first + i, &view);
        if (status == STEMMA_NOT_FOUND) {
            status = STEMMA_OK;
        } else if (status == STEMMA_OK &&
                   stemma_text_equal(view.claim.predicate, stemma_text_of("type"))) {
            status = stm_witnesses_show(query, &view, false, NULL, &shown);
        }
    }
    return status;
}

stemma_status stm_show_event(struct stm_query *query, uint32_t number)
{
    const stemma_reference subject = {STEMMA_REFERENCE_EVENT, number};
    struct stm_event_view event;
    stemma_event record;
    stemma_status status;
    stm_query_next_item(query);
    status = stemma_event_get(query->item, number, &record, &query->error);
    if (status == STEMMA_OK) {
        status = stm_event_load(query, number, &event);
    }
    if (status != STEMMA_OK) {
        return status;
    }
    if (stm_output_is_json(&query->output)) {
        stm_output_item_begin(&query->output);
        status = stm_event_members(query, &event);
        if (status == STEMMA_OK) {
            status = stm_claim_list_show(query, subject, 0, true);
        }
        stm_output_item_end(&query->output);
        return status;
    }
    if (stm_output_is_rows(&query->output)) {
        return stm_claim_list_show(query, subject, 0, false);
    }
    status = show_head(query, &event);
    if (status == STEMMA_OK) {
        status = stm_claim_list_show(query, subject, stm_show_most(query), true);
    }
    return status == STEMMA_OK ? show_sentences(query, record.claim_first, record.claim_count)
                               : status;
}
