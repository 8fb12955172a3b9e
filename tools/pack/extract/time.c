/* SPDX-License-Identifier: MIT */
/* Time expressions: points, and the words that make intervals of them. */
#include "pack/extract/time_match.h"

static stemma_status add(struct stm_time_scan *scan, uint32_t first, uint32_t count,
                         const struct stm_date *from, const struct stm_date *to,
                         enum stm_date_frame frame)
{
    char edtf[STM_EDTF_TEXT];
    stemma_time value = {stm_ann_words(scan->ann, first, count), {NULL, 0}};
    stm_date_edtf(from, to, frame, edtf);
    if (edtf[0] != '\0') {
        value.edtf = stm_arena_text(scan->ann->arena, stemma_text_of(edtf));
        if (value.edtf.data == NULL) {
            return STEMMA_E_NO_MEMORY;
        }
    }
    return stm_ann_add_time(scan->ann, first, count, value, NULL);
}

/** One time from token `i`, framed or not. `*taken` 0 when none is there. */
static stemma_status read_time(struct stm_time_scan *scan, uint32_t i, uint32_t *taken)
{
    uint32_t at = i;
    enum stm_date_frame frame = STM_FRAME_POINT;
    *taken = 0;
    if (stm_time_is_at(scan, i, "since")) {
        frame = STM_FRAME_SINCE;
        at++;
    } else if (stm_time_is_at(scan, i, "until") || stm_time_is_at(scan, i, "till")) {
        frame = STM_FRAME_UNTIL;
        at++;
    } else if (stm_time_is_at(scan, i, "between") || stm_time_is_at(scan, i, "from")) {
        at++;
    } else if (stm_time_is_at(scan, i, "by") &&
               (stm_time_year_at(scan, i + 1) || stm_time_month_at(scan, i + 1) ||
                stm_time_weekday_at(scan, i + 1) || stm_time_is_at(scan, i + 1, "the"))) {
        frame = STM_FRAME_BY;
        at++;
    }
    if (at >= scan->end) {
        return STEMMA_OK;
    }
    struct stm_time_match from = stm_time_match_at(scan, at);
    if (from.count == 0) {
        return STEMMA_OK;
    }
    uint32_t next = at + from.count;
    int ranged = (stm_time_is_at(scan, i, "between") && stm_time_is_at(scan, next, "and")) ||
                 (stm_time_is_at(scan, i, "from") &&
                  (stm_time_is_at(scan, next, "to") || stm_time_is_at(scan, next, "until") ||
                   stm_time_is_at(scan, next, "till") || stm_time_is_at(scan, next, "through"))) ||
                 (frame == STM_FRAME_POINT && at == i && stm_time_is_dash(scan, next) &&
                  from.date.kind == STM_DATE_YEAR);
    if (ranged && next + 1 < scan->end) {
        struct stm_time_match to = stm_time_match_at(scan, next + 1);
        if (to.count != 0) {
            *taken = next + 1 + to.count - i;
            return add(scan, i, *taken, &from.date, &to.date, STM_FRAME_RANGE);
        }
    }
    if (frame == STM_FRAME_POINT) {
        i = at; /* "from", "between": not part of the time after all */
    }
    *taken = next - i;
    return add(scan, i, *taken, &from.date, NULL, frame);
}

stemma_status stm_extract_times(struct stm_annotation *ann)
{
    struct stm_time_scan scan = {ann, stm_anchor_of(ann->document->published.edtf), 0};
    for (uint32_t s = 0; s < ann->sentence_count; s++) {
        uint32_t i = ann->sentences[s].first;
        scan.end = stm_ann_sentence_end(ann, s);
        while (i < scan.end) {
            uint32_t taken = 0;
            uint32_t before = ann->time_count;
            stemma_status status = read_time(&scan, i, &taken);
            if (status != STEMMA_OK) {
                return status;
            }
            if (ann->time_count != before) {
                const struct stm_time_mention *time = &ann->times[before];
                i = time->first + time->count;
            } else {
                i++;
            }
        }
    }
    return STEMMA_OK;
}
