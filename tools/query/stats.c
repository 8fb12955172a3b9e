/* SPDX-License-Identifier: MIT */
/* stats: how much the file holds, and where its bytes go. As of a date, only what can be told of a part:
   documents, entities and events. */
#include "query/claim_view.h"

#define TABLES 64u
#define PAGE_SIZE 4096u

struct number {
    const char *name;
    uint64_t value;
};

/* ---- Showing them -------------------------------------------------------------------------------- */

static void show_json(struct stm_query *query, const struct number *numbers, size_t count,
                      const stemma_table_stats *tables, uint32_t table_count)
{
    stm_json *json = &query->output.json;
    stm_output_item_begin(&query->output);
    for (size_t i = 0; i < count; i++) {
        stm_json_member_unsigned(json, numbers[i].name, numbers[i].value);
    }
    stm_json_key(json, "tables");
    stm_json_array_begin(json);
    for (uint32_t i = 0; i < table_count; i++) {
        stm_json_object_begin(json);
        stm_json_member_string(json, "name", tables[i].name);
        stm_json_member_unsigned(json, "entries", tables[i].entries);
        stm_json_member_unsigned(json, "pages", tables[i].pages);
        stm_json_member_unsigned(json, "bytes", tables[i].pages * PAGE_SIZE);
        stm_json_member_unsigned(json, "bytes_used", tables[i].bytes_used);
        stm_json_member_unsigned(json, "depth", tables[i].depth);
        stm_json_object_end(json);
    }
    stm_json_array_end(json);
    stm_output_item_end(&query->output);
}

static void show_rows(struct stm_output *output, const struct number *numbers, size_t count)
{
    stm_output_field_string(output, "name");
    stm_output_field_string(output, "value");
    stm_output_row_end(output);
    for (size_t i = 0; i < count; i++) {
        stm_output_field_string(output, numbers[i].name);
        stm_output_field_number(output, numbers[i].value);
        stm_output_row_end(output);
    }
}

static bool show_numbers(struct stm_query *query, const struct number *numbers, size_t count)
{
    static const struct stm_table_column columns[] = {{"", false, false, STM_STYLE_NONE},
                                                      {"", true, false, STM_STYLE_NONE}};
    struct stm_table table;
    bool good;
    stm_table_begin(&table, &query->output.terminal, columns, 2, 0, false);
    for (size_t i = 0; i < count; i++) {
        stm_table_cell(&table, stemma_text_of(numbers[i].name));
        stm_table_number(&table, numbers[i].value);
    }
    good = stm_table_end(&table);
    fflush(query->output.file); /* the tables take a look at many pages */
    return good;
}

static bool show_tables(struct stm_query *query, const stemma_table_stats *tables,
                        uint32_t table_count)
{
    static const struct stm_table_column columns[] = {
        {"TABLE", false, false, STM_STYLE_NONE}, {"ENTRIES", true, false, STM_STYLE_NONE},
        {"PAGES", true, false, STM_STYLE_NONE},  {"BYTES", true, false, STM_STYLE_NONE},
        {"FULL", true, false, STM_STYLE_NONE},
    };
    struct stm_table table;
    fputc('\n', query->output.file);
    stm_table_begin(&table, &query->output.terminal, columns, 5, 0, true);
    for (uint32_t i = 0; i < table_count; i++) {
        uint64_t bytes = tables[i].pages * PAGE_SIZE;
        char full[16] = "-";
        if (bytes != 0) {
            snprintf(full, sizeof full, "%u %%",
                     (unsigned)(100.0 * (double)tables[i].bytes_used / (double)bytes));
        }
        stm_table_cell(&table, stemma_text_of(tables[i].name));
        stm_table_number(&table, tables[i].entries);
        stm_table_number(&table, tables[i].pages);
        stm_table_number(&table, bytes);
        stm_table_cell(&table, stemma_text_of(full));
    }
    return stm_table_end(&table);
}

/* Rows, or text. */
static stemma_status show_counts(struct stm_query *query, const struct number *numbers, size_t count)
{
    if (stm_output_is_rows(&query->output)) {
        show_rows(&query->output, numbers, count);
        return STEMMA_OK;
    }
    return show_numbers(query, numbers, count) ? STEMMA_OK : STEMMA_E_NO_MEMORY;
}

static stemma_status show_dated(struct stm_query *query)
{
    struct number numbers[] = {{"documents", 0}, {"entities", 0}, {"events", 0}};
    stemma_known_counts known = {0};
    stemma_status status = stemma_known_counts_get(query->snapshot, &known, &query->error);
    numbers[0].value = known.documents;
    numbers[1].value = known.entities;
    numbers[2].value = known.events;
    if (status == STEMMA_OK && stm_output_is_json(&query->output)) {
        show_json(query, numbers, sizeof numbers / sizeof numbers[0], NULL, 0);
    } else if (status == STEMMA_OK) {
        status = show_counts(query, numbers, sizeof numbers / sizeof numbers[0]);
    }
    return status;
}

stemma_status stm_query_stats(struct stm_query *query)
{
    const stemma_counts *counts = &query->counts;
    const struct number numbers[] = {
        {"documents", counts->documents},   {"referents", counts->referents},
        {"mentions", counts->mentions},     {"assertions", counts->assertions},
        {"evidence", counts->evidence},     {"judgements", counts->judgements},
        {"derivations", counts->derivations}, {"entities", counts->entities},
        {"events", counts->events},         {"claims", counts->claims},
        {"names", counts->names},           {"terms", counts->terms},
        {"runs", counts->runs},             {"vocabulary", counts->vocabulary},
        {"text_bytes", counts->text_bytes}, {"tokens", counts->tokens},
    };
    stemma_table_stats tables[TABLES];
    uint32_t count = 0;
    stemma_status status;
    if (stm_query_is_dated(query)) {
        return show_dated(query);
    }
    if (!stm_output_is_json(&query->output)) {
        status = show_counts(query, numbers, sizeof numbers / sizeof numbers[0]);
        if (status != STEMMA_OK || stm_output_is_rows(&query->output)) {
            return status;
        }
    }
    status = stemma_table_stats_estimate(query->file, tables, TABLES, &count, &query->error);
    count = count < TABLES ? count : TABLES;
    if (status == STEMMA_OK && stm_output_is_json(&query->output)) {
        show_json(query, numbers, sizeof numbers / sizeof numbers[0], tables, count);
    } else if (status == STEMMA_OK && !show_tables(query, tables, count)) {
        status = STEMMA_E_NO_MEMORY;
    }
    return status;
}
