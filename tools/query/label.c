/* SPDX-License-Identifier: MIT */
#include "query/label.h"

stemma_status stm_event_label(struct stm_query *query, const struct stm_event_view *event,
                              struct stm_buffer *out)
{
    stemma_text text;
    stemma_status status =
        stemma_event_summary_label(query->item, &event->summary, &text, &query->error);
    if (status == STEMMA_OK) {
        stm_buffer_add(out, text);
    }
    return out->failed ? STEMMA_E_NO_MEMORY : status;
}

stemma_status stm_event_words(struct stm_query *query, uint32_t event, struct stm_buffer *out)
{
    stemma_status status = STEMMA_OK;
    if (query->words_event != event || query->event_words.size == 0) {
        stemma_text text = {NULL, 0};
        stm_buffer_clear(&query->event_words);
        status = stemma_event_label(query->item, event, &text, &query->error);
        if (status == STEMMA_NOT_FOUND) {
            text = stemma_text_of("(an event)");
            status = STEMMA_OK;
        }
        if (status == STEMMA_OK) {
            stm_buffer_add(&query->event_words, text);
        }
        query->words_event = event;
    }
    stm_buffer_add(out, stm_buffer_text(&query->event_words));
    return status;
}
