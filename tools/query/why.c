/* SPDX-License-Identifier: MIT */
/* why ID: the sentences behind a claim, or behind all claims about an event or entity. */
#include "query/choose.h"
#include "query/label.h"
#include "query/value_words.h"
#include "query/witness.h"

/* A line that says what the claims below are about. */
static stemma_status title(struct stm_query *query, uint8_t subject_kind, uint32_t subject)
{
    const struct stm_terminal *terminal = &query->output.terminal;
    struct stm_buffer words = {0};
    struct stm_buffer line = {0};
    stemma_status status = STEMMA_OK;
    if (query->output.format != STM_FORMAT_TEXT) {
        return STEMMA_OK;
    }
    status = subject_kind == STEMMA_REFERENT_ENTITY ? stm_entity_words(query, subject, &words)
                                                    : stm_event_words(query, subject, &words);
    stm_buffer_add_safe(&line, stm_buffer_text(&words));
    fprintf(terminal->file, "%s%.*s%s\n", stm_style_on(terminal, STM_STYLE_BOLD), (int)line.size,
            line.data != NULL ? line.data : "", stm_style_off(terminal, STM_STYLE_BOLD));
    status = words.failed || line.failed ? STEMMA_E_NO_MEMORY : status;
    stm_buffer_free(&words);
    stm_buffer_free(&line);
    return status;
}

static stemma_status show_claim(struct stm_query *query, struct stm_why *why, uint32_t number,
                                uint64_t *shown)
{
    struct stm_claim_view view;
    stemma_status status;
    stm_query_next_item(query);
    status = stm_claim_load(query, number, &view);
    if (status == STEMMA_NOT_FOUND) {
        return STEMMA_OK;
    }
    if (status == STEMMA_OK) {
        status = stm_why_claim(why, &view.claim);
    }
    return status == STEMMA_OK ? stm_witnesses_show(query, &view, true, why, shown) : status;
}

static stemma_status show_claims(struct stm_query *query, uint8_t kind, uint32_t subject,
                                 uint32_t first, uint32_t count, uint64_t *shown)
{
    struct stm_why why;
    stemma_status status = title(query, kind, subject);
    if (status == STEMMA_OK) {
        status = stm_why_begin(&why, query, kind, subject);
    }
    if (status == STEMMA_OK && query->output.format == STM_FORMAT_TEXT) {
        status = stm_why_people(&why);
    }
    for (uint32_t i = 0; i < count && status == STEMMA_OK && !stm_query_done(query); i++) {
        status = show_claim(query, &why, first + i, shown);
    }
    return status;
}

static stemma_status show(struct stm_query *query, stemma_reference reference, uint64_t *shown)
{
    stemma_entity entity;
    stemma_event event;
    stemma_claim claim;
    stemma_status status;
    switch (reference.kind) {
    case STEMMA_REFERENCE_CLAIM:
        status = stemma_claim_get(query->item, reference.number, &claim, &query->error);
        return status == STEMMA_OK ? show_claims(query, claim.subject_kind, claim.subject,
                                                 reference.number, 1, shown)
                                   : status;
    case STEMMA_REFERENCE_EVENT:
        status = stemma_event_get(query->item, reference.number, &event, &query->error);
        return status == STEMMA_OK ? show_claims(query, STEMMA_REFERENT_EVENT, reference.number,
                                                 event.claim_first, event.claim_count, shown)
                                   : status;
    case STEMMA_REFERENCE_ENTITY:
        status = stemma_entity_get(query->item, reference.number, &entity, &query->error);
        return status == STEMMA_OK ? show_claims(query, STEMMA_REFERENT_ENTITY, reference.number,
                                                 entity.claim_first, entity.claim_count, shown)
                                   : status;
    default:
        query->exit = stm_usage_error(&stm_query_program, "why: a document is its own reason; "
                                      "give a claim, event or entity");
        return STEMMA_E_MISUSE;
    }
}

stemma_status stm_query_why(struct stm_query *query)
{
    stemma_reference reference;
    uint64_t shown = 0;
    stemma_status status = stm_choose_id(query, stemma_text_of(query->arguments[0]), &reference);
    if (status == STEMMA_OK && stm_output_is_rows(&query->output)) {
        stm_witness_row_header(&query->output);
    }
    if (status == STEMMA_OK) {
        status = show(query, reference, &shown);
    }
    return status == STEMMA_OK && shown == 0 ? STEMMA_NOT_FOUND : status;
}
