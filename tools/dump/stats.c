/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/exit_codes.h"
#include "common/json_out.h"
#include "dump/dump.h"
#include "dump/open.h"
#include "base/error.h"
#include "stemma/check.h"
#include "tables.h"

#define PAGE       4096u
#define TABLES_MAX 64u

struct stats {
    const char *path;
    uint64_t bytes; /* of the file */
    stemma_counts counts;
    stemma_table_stats tables[TABLES_MAX];
    uint32_t table_count;
};

static const struct {
    const char *name;
    size_t offset;
} count_rows[] = {
#define COUNT(member)                                                                              \
    {                                                                                              \
#member, offsetof(stemma_counts, member)                                                   \
    }
    COUNT(documents), COUNT(referents),  COUNT(mentions),    COUNT(assertions),
    COUNT(evidence),  COUNT(judgements), COUNT(derivations), COUNT(entities),
    COUNT(events),    COUNT(claims),     COUNT(names),       COUNT(terms),
    COUNT(runs),      COUNT(vocabulary), COUNT(text_bytes),  COUNT(tokens),
#undef COUNT
};

static uint64_t count_of(const stemma_counts *counts, size_t row)
{
    uint64_t value;
    memcpy(&value, (const char *)counts + count_rows[row].offset, sizeof value);
    return value;
}

/* The layer that a table belongs to. */
static const char *layer_of(const char *table)
{
    static const char *const names[] = {"meta", "testimony", "judgement", "index"};
    for (size_t i = 0; i < STM_TABLE_COUNT; i++) {
        if (strcmp(stm_tables[i].name, table) == 0) {
            return names[stm_tables[i].layer];
        }
    }
    return "";
}

/* A quotient with one decimal, rounded to nearest; 0 when there is nothing to divide by. */
static void write_ratio(char *out, size_t size, uint64_t of, uint64_t by)
{
    uint64_t tenths = by != 0 ? (of * 10 + by / 2) / by : 0;
    snprintf(out, size, "%llu.%llu", (unsigned long long)(tenths / 10),
             (unsigned long long)(tenths % 10));
}

static void table_ratios(const stemma_table_stats *table, char each[32], char fill[32])
{
    uint64_t bytes = table->pages * PAGE;
    write_ratio(each, 32, bytes, table->entries);
    write_ratio(fill, 32, 100 * table->bytes_used, bytes);
}

static void write_text(const struct stats *stats, FILE *out)
{
    uint64_t pages = 0;
    fprintf(out, "%-16s%-11s%12s%14s%14s%8s%7s\n", "TABLE", "LAYER", "ENTRIES", "BYTES",
            "BYTES/ENTRY", "FILL %", "DEPTH");
    for (uint32_t i = 0; i < stats->table_count; i++) {
        const stemma_table_stats *table = &stats->tables[i];
        char each[32];
        char fill[32];
        table_ratios(table, each, fill);
        pages += table->pages;
        fprintf(out, "%-16s%-11s%12llu%14llu%14s%8s%7u\n", table->name, layer_of(table->name),
                (unsigned long long)table->entries, (unsigned long long)table->pages * PAGE, each,
                fill, table->depth);
    }
    fprintf(out, "%-27s%12s%14llu\n", "head and directory", "",
            (unsigned long long)(stats->bytes - pages * PAGE));
    fprintf(out, "%-27s%12s%14llu\n\n", "file", "", (unsigned long long)stats->bytes);
    for (size_t i = 0; i < sizeof count_rows / sizeof count_rows[0]; i++) {
        fprintf(out, "%-16s%12llu\n", count_rows[i].name,
                (unsigned long long)count_of(&stats->counts, i));
    }
}

static void write_counts(stm_json *json, const stemma_counts *counts)
{
    for (size_t i = 0; i < sizeof count_rows / sizeof count_rows[0]; i++) {
        stm_json_member_unsigned(json, count_rows[i].name, count_of(counts, i));
    }
}

static void write_table(stm_json *json, const stemma_table_stats *table)
{
    char each[32];
    char fill[32];
    table_ratios(table, each, fill);
    stm_json_member_string(json, "table", table->name);
    stm_json_member_string(json, "layer", layer_of(table->name));
    stm_json_member_unsigned(json, "entries", table->entries);
    stm_json_member_unsigned(json, "bytes", table->pages * PAGE);
    stm_json_member_unsigned(json, "bytes_used", table->bytes_used);
    stm_json_key(json, "bytes_per_entry");
    stm_json_decimal(json, stemma_text_of(each));
    stm_json_key(json, "fill_percent");
    stm_json_decimal(json, stemma_text_of(fill));
    stm_json_member_unsigned(json, "depth", table->depth);
}

static void begin_record(stm_json *json, const char *record)
{
    stm_json_object_begin(json);
    stm_json_member_string(json, "record", record);
}

static void end_record(stm_json *json)
{
    stm_json_object_end(json);
    stm_json_line(json);
}

static void write_lines(const struct stats *stats, FILE *out)
{
    stm_json json;
    stm_json_to_file(&json, out, 0);
    begin_record(&json, "file");
    stm_json_member_string(&json, "file", stats->path);
    stm_json_member_unsigned(&json, "bytes", stats->bytes);
    write_counts(&json, &stats->counts);
    end_record(&json);
    for (uint32_t i = 0; i < stats->table_count; i++) {
        begin_record(&json, "table");
        write_table(&json, &stats->tables[i]);
        end_record(&json);
    }
}

static void write_document(const struct stats *stats, FILE *out)
{
    stm_json json;
    stm_json_to_file(&json, out, 2);
    stm_json_object_begin(&json);
    stm_json_member_string(&json, "file", stats->path);
    stm_json_member_unsigned(&json, "bytes", stats->bytes);
    stm_json_key(&json, "counts");
    stm_json_object_begin(&json);
    write_counts(&json, &stats->counts);
    stm_json_object_end(&json);
    stm_json_key(&json, "tables");
    stm_json_array_begin(&json);
    for (uint32_t i = 0; i < stats->table_count; i++) {
        stm_json_object_begin(&json);
        write_table(&json, &stats->tables[i]);
        stm_json_object_end(&json);
    }
    stm_json_array_end(&json);
    end_record(&json);
}

static stemma_status gather(struct stats *stats, const stemma_file *file, stemma_error *error)
{
    struct stat status;
    if (stat(stats->path, &status) != 0) {
        return stm_fail(error, STEMMA_E_SYSTEM, "FILE_UNREADABLE", "", "Cannot be looked at: %s",
                        strerror(errno));
    }
    stats->bytes = (uint64_t)status.st_size;
    stemma_counts_get(file, &stats->counts);
    return stemma_table_stats_get(file, stats->tables, TABLES_MAX, &stats->table_count, error);
}

int stm_dump_stats(const struct stm_dump_settings *settings, FILE *out)
{
    struct stats stats = {.path = settings->path};
    stemma_file *file;
    stemma_snapshot *snapshot;
    stemma_error error = {0};
    stemma_status status;
    int format = settings->format;
    int code = stm_dump_open(settings, &file, &snapshot);
    if (code != STM_EXIT_OK) {
        return code;
    }
    if (format == -1) {
        format = isatty(fileno(out)) ? STM_DUMP_FORMAT_TEXT : STM_DUMP_FORMAT_JSONL;
    }
    status = gather(&stats, file, &error);
    stats.table_count = stats.table_count < TABLES_MAX ? stats.table_count : TABLES_MAX;
    if (status != STEMMA_OK) {
        code = stm_dump_failed(settings, status, &error);
    } else if (format == STM_DUMP_FORMAT_TEXT) {
        write_text(&stats, out);
    } else if (format == STM_DUMP_FORMAT_JSON) {
        write_document(&stats, out);
    } else {
        write_lines(&stats, out);
    }
    stemma_snapshot_end(snapshot);
    stemma_close(file);
    return code;
}
