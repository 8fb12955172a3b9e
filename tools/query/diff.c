/* SPDX-License-Identifier: MIT */
/* What became known between two dates, or what two files tell otherwise: a thin face over
   stemma_difference. */
#include "query/change_item.h"

#include "common/complaint.h"

#include <unistd.h>

static bool is_date(const char *word, int64_t *last)
{
    stemma_time_bounds bounds;
    if (stemma_edtf_bounds(stemma_text_of(word), &bounds) != STEMMA_OK) {
        return false;
    }
    *last = bounds.end_latest;
    return true;
}

static stemma_status open_other(struct stm_query *query, const char *path, stemma_file **out)
{
    stemma_open_options options = STEMMA_OPEN_OPTIONS_INIT;
    options.flags = query->settings->trusted  ? STEMMA_OPEN_TRUSTED
                    : query->settings->verify ? 0u
                                              : STEMMA_OPEN_REMEMBER;
    return stemma_open(out, path, &options, &query->error);
}

/* Cuts a snapshot at the end of a date, or where --as-of has cut it already. */
static stemma_status cut(struct stm_query *query, stemma_snapshot *snapshot, int64_t last)
{
    uint32_t until = 0;
    stemma_status status = stemma_documents_until(snapshot, last, &until, &query->error);
    if (status == STEMMA_OK) {
        stemma_snapshot_as_of(snapshot, until < query->until ? until : query->until);
    }
    return status;
}

static int usage(struct stm_query *query, const char *what)
{
    query->exit = stm_usage_error(&stm_query_program, "diff: %s", what);
    return STEMMA_E_MISUSE;
}

/* The two sides: dates of this file, or this file and another one. */
static stemma_status choose_sides(struct stm_query *query, stemma_file **other,
                                  stemma_snapshot **before, stemma_snapshot **after)
{
    int64_t first = 0;
    int64_t last = INT64_MAX;
    bool dated = is_date(query->arguments[0], &first);
    stemma_status status;
    if (query->argument_count == 2 && !(dated && is_date(query->arguments[1], &last))) {
        return usage(query, "give two dates, one date, or another file");
    }
    if (query->argument_count == 2 && last < first) {
        return usage(query, "the first date is after the second");
    }
    if (!dated) {
        status = open_other(query, query->arguments[0], other);
        if (status != STEMMA_OK) {
            return status;
        }
    }
    status = stemma_snapshot_begin(before, query->file, &query->error);
    if (status == STEMMA_OK) {
        status = stemma_snapshot_begin(after, dated ? query->file : *other, &query->error);
    }
    if (status != STEMMA_OK || !dated) {
        if (status == STEMMA_OK) {
            stemma_snapshot_as_of(*before, query->until);
        }
        return status;
    }
    status = cut(query, *before, first);
    return status == STEMMA_OK ? cut(query, *after, last) : status;
}

/* Whether there is no document between the two dates: then nothing can differ. */
static bool is_empty(const stemma_file *other, const stemma_snapshot *before,
                     const stemma_snapshot *after)
{
    return other == NULL && stemma_snapshot_until(before) >= stemma_snapshot_until(after);
}

static stemma_status show_all(struct stm_query *query, stemma_difference *difference,
                              struct stm_change_view *view, uint64_t *shown)
{
    stemma_change change;
    stemma_status status = STEMMA_OK;
    while (status == STEMMA_OK && !stm_query_done(query)) {
        status = stemma_difference_next(difference, &change, &query->error);
        if (status == STEMMA_OK && stm_query_take(query)) {
            stm_query_next_item(query);
            stemma_snapshot_reset(view->before);
            stemma_snapshot_reset(view->after);
            (*shown)++;
            status = stm_change_show(query, view, &change);
        }
    }
    return status == STEMMA_END ? STEMMA_OK : status;
}

stemma_status stm_query_diff(struct stm_query *query)
{
    stemma_file *other = NULL;
    stemma_difference *difference = NULL;
    struct stm_change_view view = {0};
    uint64_t shown = 0;
    stemma_status status = choose_sides(query, &other, &view.before, &view.after);
    if (status == STEMMA_OK && stm_output_is_rows(&query->output)) {
        stm_change_header(&query->output);
    }
    if (status == STEMMA_OK && !is_empty(other, view.before, view.after)) {
        status = stemma_difference_begin(&difference, view.before, view.after, &query->error);
        if (status == STEMMA_OK) {
            status = show_all(query, difference, &view, &shown);
        }
    }
    stemma_difference_end(difference);
    stemma_snapshot_end(view.after);
    stemma_snapshot_end(view.before);
    stemma_close(other);
    return status == STEMMA_OK && shown == 0 ? STEMMA_NOT_FOUND : status;
}
