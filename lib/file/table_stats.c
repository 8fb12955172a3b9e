/* SPDX-License-Identifier: MIT */
/* Where the bytes of a file go. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "file/file.h"
#include "file/open_pages.h"
#include "stemma/check.h"

static void fill(stemma_table_stats *out, const stm_page_table *table)
{
    memset(out, 0, sizeof *out);
    snprintf(out->name, sizeof out->name, "%.31s", table->name);
    out->entries = table->entries;
    out->pages = table->branch_pages + table->leaf_pages + table->overflow_pages;
    out->bytes_used = table->bytes_used;
    out->depth = table->depth;
}

static void fill_all(const stm_page_report *report, stemma_table_stats *out, uint32_t capacity,
                     uint32_t *count)
{
    *count = report->table_count;
    for (uint32_t i = 0; i < report->table_count && i < capacity; i++) {
        fill(&out[i], &report->tables[i]);
    }
}

/* Whoever opened the file, and however: an estimate is always an estimate. */
stemma_status stemma_table_stats_estimate(const stemma_file *file, stemma_table_stats *out,
                                          uint32_t capacity, uint32_t *count, stemma_error *error)
{
    int descriptor = stm_store_descriptor(file->store);
    if (descriptor < 0) {
        return stemma_table_stats_get(file, out, capacity, count, error);
    }
    stm_page_report *report = calloc(1, sizeof *report);
    if (report == NULL) {
        return stm_fail(error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "", "The system refused memory");
    }
    stemma_status status = stm_open_estimate_pages(descriptor, file->size, report, error);
    if (status == STEMMA_OK) {
        fill_all(report, out, capacity, count);
    }
    free(report);
    return status;
}

stemma_status stemma_table_stats_get(const stemma_file *file, stemma_table_stats *out,
                                     uint32_t capacity, uint32_t *count, stemma_error *error)
{
    const stm_page_report *report = file->report;
    stm_page_report *walked = NULL;
    stemma_status status = STEMMA_OK;
    if (report == NULL) {
        walked = calloc(1, sizeof *walked);
        if (walked == NULL) {
            return stm_fail(error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "",
                            "The system refused memory");
        }
        status = stm_open_measure_pages(stm_store_descriptor(file->store), file->size, walked, error);
        report = walked;
    }
    if (status == STEMMA_OK) {
        fill_all(report, out, capacity, count);
    }
    free(walked);
    return status;
}
