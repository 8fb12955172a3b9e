/* SPDX-License-Identifier: MIT */
/* Where the bytes of a file go. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/error.h"
#include "file/file.h"
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

/* Measures a file that was opened without checking its pages. */
static stemma_status walk_pages(const stemma_file *file, stm_page_report *report,
                                stemma_error *error)
{
    size_t bitmap_size = stm_page_bitmap_size(file->size);
    uint8_t *bitmap = malloc(bitmap_size);
    if (bitmap == NULL) {
        return stm_fail(error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "", "The system refused memory");
    }
    void *map = mmap(NULL, file->size, PROT_READ, MAP_SHARED, stm_store_descriptor(file->store), 0);
    if (map == MAP_FAILED) {
        free(bitmap);
        return stm_fail(error, STEMMA_E_SYSTEM, "SYSTEM", "", "The file cannot be mapped");
    }
    stemma_bytes bytes = {map, file->size};
    stemma_status status = stm_page_measure(bytes, bitmap, bitmap_size, report, error);
    munmap(map, file->size);
    free(bitmap);
    return status;
}

stemma_status stemma_table_stats_get(const stemma_file *file, stemma_table_stats *out,
                                     uint32_t capacity, uint32_t *count, stemma_error *error)
{
    const stm_page_report *report = &file->report;
    stm_page_report *walked = NULL;
    stemma_status status = STEMMA_OK;
    if (!file->report_filled) {
        walked = calloc(1, sizeof *walked);
        if (walked == NULL) {
            return stm_fail(error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "",
                            "The system refused memory");
        }
        status = walk_pages(file, walked, error);
        report = walked;
    }
    if (status == STEMMA_OK) {
        *count = report->table_count;
        for (uint32_t i = 0; i < report->table_count && i < capacity; i++) {
            fill(&out[i], &report->tables[i]);
        }
    }
    free(walked);
    return status;
}
