/* SPDX-License-Identifier: MIT */
#include "query/event_view.h"

/* Pointers to claims of the summary as pointers to views of them. */
static const struct stm_claim_view **point(struct stm_query *query,
                                           const struct stm_event_view *event,
                                           const stemma_claim *const *claims, uint32_t count)
{
    const struct stm_claim_view **out =
        stm_arena_alloc(&query->arena, count, sizeof(const struct stm_claim_view *));
    for (uint32_t i = 0; out != NULL && i < count; i++) {
        out[i] = &event->claims[claims[i] - event->summary.claims];
    }
    return out;
}

stemma_status stm_event_load(struct stm_query *query, uint32_t number, struct stm_event_view *out)
{
    stemma_event_summary *summary = &out->summary;
    stemma_status status;
    memset(out, 0, sizeof *out);
    status = stemma_event_summary_get(query->item, number, summary, &query->error);
    if (status == STEMMA_OK) {
        status = stm_query_id(query, STEMMA_REFERENCE_EVENT, number, out->id);
    }
    if (status != STEMMA_OK) {
        return status;
    }
    out->number = number;
    out->type = summary->event.type;
    out->time = summary->time;
    out->bounds = summary->event.bounds;
    out->place = summary->event.place;
    out->polarity = summary->event.polarity;
    out->realis = summary->event.realis;
    out->documents = summary->event.documents;
    out->independent = summary->event.independent;
    out->claim_count = summary->claim_count;
    out->participant_count = summary->participant_count;
    out->quantity_count = summary->quantity_count;
    out->claims = stm_arena_alloc(&query->arena, summary->claim_count, sizeof *out->claims);
    if (out->claims == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < summary->claim_count; i++) {
        out->claims[i].claim = summary->claims[i];
    }
    out->participants = point(query, out, summary->participants, summary->participant_count);
    out->quantities = point(query, out, summary->quantities, summary->quantity_count);
    return out->participants != NULL && out->quantities != NULL ? STEMMA_OK : STEMMA_E_NO_MEMORY;
}

/* ---- Time -------------------------------------------------------------------------------------- */

static void time_text(int64_t seconds, bool finely, char out[STM_TIME_SIZE])
{
    char day[11];
    int64_t in_day = seconds % 86400;
    out[0] = '\0';
    if (seconds == STEMMA_TIME_UNKNOWN_EARLY || seconds == STEMMA_TIME_UNKNOWN_LATE) {
        return;
    }
    stemma_day_text(seconds, day);
    in_day = in_day < 0 ? in_day + 86400 : in_day;
    if (finely && day[0] != '\0') {
        snprintf(out, STM_TIME_SIZE, "%sT%02d:%02d:%02dZ", day, (int)(in_day / 3600),
                 (int)(in_day / 60 % 60), (int)(in_day % 60));
    } else {
        snprintf(out, STM_TIME_SIZE, "%s", day);
    }
}

void stm_event_earliest(const struct stm_event_view *event, char out[STM_TIME_SIZE])
{
    time_text(event->bounds.start_earliest, event->bounds.precision == STEMMA_PRECISION_SECOND,
              out);
}

void stm_event_latest(const struct stm_event_view *event, char out[STM_TIME_SIZE])
{
    time_text(event->bounds.end_latest, event->bounds.precision == STEMMA_PRECISION_SECOND, out);
}
