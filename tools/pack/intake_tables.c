/* SPDX-License-Identifier: MIT */
/* Tables into data sets. They go to the writer at once, in an order that does not depend on the
   command line: by mapping, then by name. */
#include <errno.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "pack/data_set.h"
#include "pack/intake.h"
#include "pack/read/input.h"
#include "pack/read/words.h"

#define NO_MAPPING UINT32_MAX

struct table {
    const stm_entry *entry;
    uint32_t mapping; /* which one; NO_MAPPING: by its header */
};

stemma_status stm_intake_mappings(struct stm_intake *intake, struct stm_arena *arena)
{
    const struct stm_option_list *names = &intake->settings->mappings;
    struct stm_mapping *mappings = stm_arena_alloc(arena, (size_t)names->count, sizeof *mappings);
    bool refused = false;
    if (mappings == NULL) {
        return stm_fail(&intake->error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "", "Out of memory");
    }
    for (int i = 0; i < names->count; i++) {
        stemma_status status =
            stm_mapping_load(&mappings[i], names->items[i], arena, intake->problems);
        if (status == STEMMA_E_NO_MEMORY) {
            return stm_fail(&intake->error, status, "NO_MEMORY", "", "Out of memory");
        }
        refused |= status != STEMMA_OK;
    }
    intake->mappings = mappings;
    intake->mapping_count = (uint32_t)names->count;
    return refused ? stm_fail(&intake->error, STEMMA_E_INVALID, "MAPPING_UNUSABLE", "",
                              "A mapping cannot be used")
                   : STEMMA_OK;
}

/* The first mapping whose pattern fits the name of the file. */
static uint32_t mapping_for(const struct stm_intake *intake, const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash != NULL ? slash + 1 : path;
    for (uint32_t i = 0; i < intake->mapping_count; i++) {
        char pattern[256];
        stemma_text files = intake->mappings[i].files;
        if (files.size == 0) {
            return i;
        }
        if (files.size < sizeof pattern) {
            memcpy(pattern, files.data, files.size);
            pattern[files.size] = '\0';
            if (fnmatch(pattern, name, FNM_CASEFOLD) == 0) {
                return i;
            }
        }
    }
    return NO_MAPPING;
}

/* What the ending of a name says of the delimiter; 0: nothing. */
static char delimiter_of(stemma_text path)
{
    static const struct {
        const char *ending;
        char delimiter;
    } endings[] = {{".tsv", '\t'}, {".tab", '\t'}, {".csv", ','}};
    for (int pass = 0; pass < 2; pass++) {
        size_t dot = path.size;
        while (dot > 0 && path.data[dot - 1] != '.') {
            dot--;
        }
        if (dot == 0) {
            return 0;
        }
        for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
            if (stm_is_word(stm_slice(path, dot - 1, path.size), endings[i].ending)) {
                return endings[i].delimiter;
            }
        }
        path.size = dot - 1; /* ".tsv.gz" */
    }
    return 0;
}

static void report(struct stm_intake *intake, stemma_text file, stm_severity severity,
                   const char *code, const char *reason)
{
    stm_problem problem = {severity, file, 0, 0, code};
    stm_problems_add(intake->problems, &problem, "%s", reason);
}

static stemma_status add_run(struct stm_intake *intake, const struct stm_mapping *mapping,
                             uint32_t *run)
{
    stemma_run fields = {stemma_text_of("stemma-pack/rows"), intake->version, STEMMA_RUN_IMPORT,
                         mapping != NULL ? mapping->name : stemma_text_of("header")};
    /* A mapping by path is named as its file: the folder is nobody's business. */
    for (size_t i = fields.settings.size; i-- > 0;) {
        if (fields.settings.data[i] == '/') {
            fields.settings = stm_slice(fields.settings, i + 1, fields.settings.size);
            break;
        }
    }
    return stemma_writer_add_run(intake->writer, &fields, run, &intake->error);
}

static stemma_status read_table(struct stm_intake *intake, int file, stemma_text path,
                                stemma_text uri, uint32_t number)
{
    const struct stm_mapping *mapping = number != NO_MAPPING ? &intake->mappings[number] : NULL;
    struct stm_data_set_writer writer = {.sets = intake->sets, .writer = intake->writer};
    struct stm_row_sink sink;
    struct stm_rows_input input = {.file = file,
                                   .name = path,
                                   .uri = uri,
                                   .delimiter = delimiter_of(path),
                                   .mapping = mapping,
                                   .jobs = intake->jobs,
                                   .joins = &intake->sets->joins,
                                   .progress = intake->progress};
    struct stm_rows_result result;
    stemma_status status = add_run(intake, mapping, &writer.run);
    if (status != STEMMA_OK) {
        return status;
    }
    stm_data_set_sink(&sink, &writer);
    status = stm_rows_read(&input, &sink, intake->problems, &result, &intake->error);
    if (status == STEMMA_NOT_FOUND) {
        report(
            intake, path, STM_SEVERITY_WARNING, "FILE_KIND_UNKNOWN",
            "The columns of the table are not named as fields are: it needs a --mapping, or is a "
            "--manifest");
        status = STEMMA_OK;
    } else if (status == STEMMA_OK && result.begun && writer.repeated) {
        report(intake, path, STM_SEVERITY_NOTE, "DOCUMENT_REPEATED",
               "The same table under the same URI was read before");
    } else if (status == STEMMA_E_INVALID || status == STEMMA_E_LIMIT) {
        /* The writer dropped the data set: another document has its id, or nothing is in it. */
        report(intake, path, STM_SEVERITY_ERROR, intake->error.code, intake->error.message);
        status = STEMMA_OK;
    }
    if (status == STEMMA_OK && result.begun && !writer.repeated) {
        intake->sets->rows += result.rows;
    }
    stm_data_set_writer_free(&writer);
    return status;
}

stemma_status stm_intake_table_stream(struct stm_intake *intake, int file, const char *name)
{
    uint32_t number = intake->mapping_count != 0 ? 0 : NO_MAPPING;
    return read_table(intake, file, stemma_text_of(name), stemma_text_of("stdin"), number);
}

static int compare_tables(const void *left, const void *right)
{
    const struct table *a = left;
    const struct table *b = right;
    if (a->mapping != b->mapping) {
        return a->mapping < b->mapping ? -1 : 1;
    }
    int order = stemma_text_compare(a->entry->uri, b->entry->uri);
    return order != 0 ? order : stemma_text_compare(a->entry->path, b->entry->path);
}

stemma_status stm_intake_tables(struct stm_intake *intake, const stm_entry_list *list)
{
    struct table *tables = calloc(list->count + 1, sizeof *tables);
    size_t count = 0;
    stemma_status status = STEMMA_OK;
    if (tables == NULL) {
        return stm_fail(&intake->error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "", "Out of memory");
    }
    for (size_t i = 0; i < list->count; i++) {
        if (list->entries[i].kind == STM_ENTRY_TABLE) {
            tables[count++] =
                (struct table){&list->entries[i], mapping_for(intake, list->entries[i].path.data)};
        }
    }
    qsort(tables, count, sizeof *tables, compare_tables);
    for (size_t i = 0; i < count && status == STEMMA_OK; i++) {
        const stm_entry *entry = tables[i].entry;
        const char *reason;
        int file = stm_input_open(entry->path.data, entry->listed, &reason);
        if (file < 0) {
            report(intake, entry->path, STM_SEVERITY_ERROR, "FILE_UNREADABLE", reason);
            continue;
        }
        status = read_table(intake, file, entry->path, entry->uri, tables[i].mapping);
        close(file);
    }
    free(tables);
    return status;
}
