/* SPDX-License-Identifier: MIT */
/* agree [NAME|ID]: what most independent sources say. */
#include "query/choose.h"
#include "query/claim_words.h"
#include "query/label.h"
#include "query/position_list.h"
#include "query/value_words.h"

static stemma_status subject_words(struct stm_query *query, const stemma_claim *claim,
                                   struct stm_buffer *out)
{
    return claim->subject_kind == STEMMA_REFERENT_ENTITY
               ? stm_entity_words(query, claim->subject, out)
               : stm_event_words(query, claim->subject, out);
}

static const struct stm_table_column columns[] = {
    {"INDEP", true, false, STM_STYLE_NONE},  {"DOCS", true, false, STM_STYLE_NONE},
    {"SUBJECT", false, true, STM_STYLE_NONE}, {"PREDICATE", false, false, STM_STYLE_NONE},
    {"OBJECT", false, true, STM_STYLE_BOLD}, {"ID", false, false, STM_STYLE_DIM},
};

static stemma_status show_json(struct stm_query *query, const stemma_position *position)
{
    stm_json *json = &query->output.json;
    struct stm_claim_view view = stm_view_of(&position->claims[0]);
    stemma_status status;
    stm_output_item_begin(&query->output);
    stm_json_key(json, "subject");
    status = stm_reference_json(query, view.claim.subject_kind, view.claim.subject);
    if (status == STEMMA_OK) {
        status = stm_claim_members(query, &view);
    }
    stm_json_key(json, "position");
    if (status == STEMMA_OK) {
        status = stm_position_json(query, position, NULL);
    }
    stm_output_item_end(&query->output);
    return status;
}

static stemma_status show_row(struct stm_query *query, const stemma_attested *attested,
                              const stemma_claim *claim, stemma_text subject)
{
    struct stm_claim_view view = stm_view_of(claim);
    stm_output_field(&query->output, subject);
    stm_output_field_number(&query->output, attested->documents);
    stm_output_field_number(&query->output, attested->independent);
    return stm_claim_list_row(query, &view);
}

static stemma_status show_line(struct stm_query *query, struct stm_table *table,
                               const stemma_attested *attested, const stemma_claim *claim,
                               stemma_text subject)
{
    struct stm_buffer object = {0};
    char id[STEMMA_ID_SIZE];
    stemma_status status = stm_query_id(query, STEMMA_REFERENCE_CLAIM, claim->number, id);
    if (claim->polarity == STEMMA_POLARITY_NEGATIVE) {
        stm_buffer_add_string(&object, "not ");
    }
    if (status == STEMMA_OK) {
        status = stm_object_words(query, claim, &object);
    }
    stm_table_number(table, attested->independent);
    stm_table_number(table, attested->documents);
    stm_table_cell(table, subject);
    stm_table_cell(table, claim->predicate);
    stm_table_cell(table, stm_buffer_text(&object));
    stm_table_cell(table, stemma_text_of(status == STEMMA_OK ? id : ""));
    stm_buffer_free(&object);
    return status;
}

/* What is known of the subject at hand, as neighbours in the list are often about one. */
struct at_hand {
    stemma_reference subject;
    const stemma_positions *positions; /* about it, for JSON; in the memory of the item */
    uint32_t count;
    struct stm_buffer words; /* it in words, for lines */
    bool worded;
};

static bool is_at_hand(const struct at_hand *at_hand, stemma_reference subject)
{
    return at_hand->subject.kind == subject.kind && at_hand->subject.number == subject.number;
}

static stemma_status load(struct stm_query *query, stemma_reference subject, struct at_hand *at_hand)
{
    stemma_status status;
    if (at_hand->positions != NULL && is_at_hand(at_hand, subject)) {
        return STEMMA_OK;
    }
    stm_query_next_item(query);
    at_hand->subject = subject;
    at_hand->positions = NULL;
    status = stemma_positions_of(query->item, subject, &at_hand->positions, &at_hand->count,
                                 &query->error);
    return status;
}

/* A line or row shows the head alone: the other claims of its position need not be put together again. */
static stemma_status show_head(struct stm_query *query, struct stm_table *table,
                               const stemma_attested *attested, stemma_reference subject,
                               struct at_hand *at_hand)
{
    stemma_claim claim;
    stemma_status status;
    stm_query_next_item(query);
    status = stemma_claim_get(query->item, attested->claim, &claim, &query->error);
    if (status == STEMMA_OK && !(at_hand->worded && is_at_hand(at_hand, subject))) {
        stm_buffer_clear(&at_hand->words);
        at_hand->subject = subject;
        at_hand->worded = true;
        status = subject_words(query, &claim, &at_hand->words);
    }
    if (status != STEMMA_OK) {
        return status;
    }
    return stm_output_is_rows(&query->output)
               ? show_row(query, attested, &claim, stm_buffer_text(&at_hand->words))
               : show_line(query, table, attested, &claim, stm_buffer_text(&at_hand->words));
}

static stemma_status show(struct stm_query *query, struct stm_table *table,
                          const stemma_attested *attested, struct at_hand *at_hand)
{
    stemma_reference subject = {attested->subject_kind == STEMMA_REFERENT_EVENT
                                    ? STEMMA_REFERENCE_EVENT
                                    : STEMMA_REFERENCE_ENTITY,
                                attested->subject};
    stemma_status status;
    if (!stm_output_is_json(&query->output)) {
        return show_head(query, table, attested, subject, at_hand);
    }
    status = load(query, subject, at_hand);
    return status == STEMMA_OK
               ? show_json(query, &at_hand->positions[attested->predicate_ordinal]
                                       .positions[attested->position_ordinal])
               : status;
}

static stemma_status begin(struct stm_query *query, stemma_attested_cursor **cursor)
{
    stemma_reference subject = {0, STEMMA_NONE};
    stemma_status status = STEMMA_OK;
    if (query->argument_count != 0) {
        status = stm_choose(query, stm_choose_arguments(query, 0), &subject);
        if (status == STEMMA_OK && subject.kind != STEMMA_REFERENCE_ENTITY &&
            subject.kind != STEMMA_REFERENCE_EVENT) {
            query->exit = stm_usage_error(&stm_query_program, "agree: give an event or entity");
            return STEMMA_E_MISUSE;
        }
    }
    return status == STEMMA_OK
               ? stemma_best_attested(cursor, query->snapshot, subject, &query->error)
               : status;
}

stemma_status stm_query_agree(struct stm_query *query)
{
    stemma_attested_cursor *cursor = NULL;
    struct stm_table table;
    struct at_hand at_hand = {0};
    uint32_t shown = 0;
    stemma_status status = begin(query, &cursor);
    if (stm_output_is_rows(&query->output)) {
        stm_output_field_string(&query->output, "subject");
        stm_output_field_string(&query->output, "position_documents");
        stm_output_field_string(&query->output, "position_independent");
        stm_claim_list_header(&query->output);
    }
    stm_table_begin(&table, &query->output.terminal, columns, 6, 0, true);
    while (status == STEMMA_OK && !stm_query_done(query)) {
        stemma_attested attested;
        status = stemma_attested_next(cursor, &attested, &query->error);
        if (status == STEMMA_OK && stm_query_take(query)) {
            status = show(query, &table, &attested, &at_hand);
            shown++;
        }
    }
    stm_buffer_free(&at_hand.words);
    status = status == STEMMA_END ? STEMMA_OK : status;
    if (!stm_table_end(&table)) {
        return STEMMA_E_NO_MEMORY;
    }
    return status == STEMMA_OK && shown == 0 ? STEMMA_NOT_FOUND : status;
}
