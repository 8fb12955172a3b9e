/* SPDX-License-Identifier: MIT */
#include "pack/read/manifest.h"

#include <stdbool.h>
#include <stdlib.h>

#include "pack/read/csv.h"
#include "pack/read/decode.h"
#include "pack/read/field.h"
#include "pack/read/words.h"

#define PATH_ROOM 4096u /* bytes: the longest path that is opened */

/* What each column holds; STM_FIELD_UNKNOWN for those that are not read. */
typedef struct columns {
    stm_field fields[STM_CSV_FIELD_LIMIT];
    uint32_t count;
} columns;

static void report_csv(stm_problems *problems, stemma_text name, const stm_csv_error *error)
{
    static const struct {
        const char *code;
        const char *reason;
    } reasons[] = {{"CSV_QUOTE_OPEN", "a quoted field is never closed"},
                   {"CSV_QUOTE_STRAY", "a quotation mark stands where none may stand"},
                   {"CSV_ROW_TOO_LONG", "the row has too many bytes or fields"}};
    stm_problem problem = {STM_SEVERITY_ERROR, name, error->line, error->column, error->code};
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
        if (strcmp(reasons[i].code, error->code) == 0) {
            stm_problems_add(problems, &problem, "%s", reasons[i].reason);
        }
    }
}

static bool read_header(columns *header, const stm_csv_row *row, stemma_text name,
                        stm_problems *problems)
{
    bool has_file = false;
    header->count = row->count;
    for (uint32_t i = 0; i < row->count; i++) {
        const stm_csv_field *cell = &row->fields[i];
        stm_field field = stm_field_by_name(cell->text);
        for (uint32_t j = 0; j < i && field != STM_FIELD_UNKNOWN; j++) {
            if (header->fields[j] == field) {
                field = STM_FIELD_UNKNOWN;
            }
        }
        header->fields[i] = field;
        has_file = has_file || field == STM_FIELD_FILE;
        if (field == STM_FIELD_UNKNOWN && stm_trim(cell->text).size != 0) {
            stm_problem problem = {STM_SEVERITY_NOTE, name, cell->line, cell->column,
                                   "MANIFEST_COLUMN_UNKNOWN"};
            size_t shown = cell->text.size < 60 ? cell->text.size : 60;
            stm_problems_add(problems, &problem, "the column \"%.*s\" is not read", (int)shown,
                             cell->text.data);
        }
    }
    if (!has_file) {
        stm_problem problem = {STM_SEVERITY_ERROR, name, row->line, 1, "MANIFEST_COLUMN_MISSING"};
        stm_problems_add(problems, &problem, "no column is called \"file\" or \"path\"");
    }
    return has_file;
}

/* The file that a row speaks of, as entries are called; empty when there is none. */
static stemma_text file_of(const columns *header, const stm_csv_row *cells)
{
    for (uint32_t i = 0; i < cells->count && i < header->count; i++) {
        if (header->fields[i] == STM_FIELD_FILE) {
            stemma_text text = stm_trim(cells->fields[i].text);
            while (stm_begins(text, "./")) {
                text = stm_slice(text, 2, text.size);
            }
            return text;
        }
    }
    return (stemma_text){"", 0};
}

static stemma_status read_row(stm_manifest *manifest, const columns *header,
                              const stm_csv_row *cells, stemma_text file, stm_manifest_row *row,
                              stm_problems *problems)
{
    memset(row, 0, sizeof *row);
    row->line = cells->line;
    row->file = stm_arena_text(&manifest->arena, file);
    if (row->file.data == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < cells->count && i < header->count; i++) {
        const stm_csv_field *cell = &cells->fields[i];
        if (header->fields[i] == STM_FIELD_FILE) {
            continue;
        }
        stm_problem where = {STM_SEVERITY_WARNING, manifest->name, cell->line, cell->column, ""};
        stemma_status status = stm_field_set(&row->fields, header->fields[i], stm_trim(cell->text),
                                             &manifest->arena, problems, where);
        if (status != STEMMA_OK) {
            return status;
        }
    }
    return STEMMA_OK;
}

/* The file beside the manifest, as somebody names it who names both from elsewhere: "news/a.txt" of the row
   "a.txt" of news/manifest.csv. Empty for a manifest that is named without its folder, and where `room` is too
   small for any path. */
static stemma_text beside(const stm_manifest *manifest, stemma_text file, char room[PATH_ROOM])
{
    stemma_text folder = manifest->name;
    while (stm_begins(folder, "./")) {
        folder = stm_slice(folder, 2, folder.size);
    }
    while (folder.size != 0 && folder.data[folder.size - 1] != '/') {
        folder.size--;
    }
    if (folder.size == 0 || folder.size >= PATH_ROOM || file.size >= PATH_ROOM - folder.size) {
        return (stemma_text){"", 0};
    }
    memcpy(room, folder.data, folder.size);
    memcpy(room + folder.size, file.data, file.size);
    return (stemma_text){room, folder.size + file.size};
}

/* Whether the row is the first of a file that is there, then called `*as`; reports why not. */
static stemma_status look_for(const stm_manifest *manifest, stemma_text file, uint64_t line,
                              stm_entry_list *files, stm_problems *problems, char room[PATH_ROOM],
                              stemma_text *as, bool *wanted)
{
    stm_problem problem = {STM_SEVERITY_ERROR, manifest->name, line, 1, "MANIFEST_ROW_SHORT"};
    stm_claim claim;
    stemma_status status;
    *wanted = false;
    *as = file;
    if (file.size == 0) {
        stm_problems_add(problems, &problem, "the row names no file");
        return STEMMA_OK;
    }
    status = stm_entry_list_claim(files, file, &claim);
    if (status == STEMMA_OK && claim == STM_CLAIM_MISSING && files->input_count != 0) {
        *as = beside(manifest, file, room);
        status = as->size != 0 ? stm_entry_list_claim(files, *as, &claim) : STEMMA_OK;
    }
    if (status != STEMMA_OK) {
        return status;
    }
    if (claim == STM_CLAIM_AGAIN) {
        problem.code = "MANIFEST_DUPLICATE";
        stm_problems_add(problems, &problem, "an earlier row speaks of the same file");
    } else if (claim == STM_CLAIM_MISSING && files->input_count != 0) {
        size_t shown = file.size < 300 ? file.size : 300;
        problem.code = "MANIFEST_FILE_MISSING";
        stm_problems_add(problems, &problem, "there is no file \"%.*s\" to read", (int)shown,
                         file.data);
    }
    *wanted = claim == STM_CLAIM_FIRST;
    return STEMMA_OK;
}

static stemma_status read_rows(stm_manifest *manifest, stm_csv *csv, stm_entry_list *files,
                               stm_problems *problems)
{
    columns *header = NULL;
    size_t capacity = 0;
    stemma_status status = STEMMA_OK;
    while (status == STEMMA_OK) {
        stm_csv_row cells;
        stm_csv_error error;
        status = stm_csv_next(csv, &cells, &error);
        if (status == STEMMA_E_INVALID) {
            report_csv(problems, manifest->name, &error);
            status = header != NULL ? STEMMA_OK : STEMMA_E_INVALID;
            continue;
        }
        if (status != STEMMA_OK) {
            break;
        }
        if (header == NULL) {
            header = stm_arena_alloc(&manifest->arena, 1, sizeof *header);
            if (header == NULL) {
                status = STEMMA_E_NO_MEMORY;
            } else if (!read_header(header, &cells, manifest->name, problems)) {
                status = STEMMA_E_INVALID;
            }
            continue;
        }
        stm_manifest_row row;
        char room[PATH_ROOM];
        stemma_text file;
        bool wanted;
        status = look_for(manifest, file_of(header, &cells), cells.line, files, problems, room,
                          &file, &wanted);
        if (status != STEMMA_OK || !wanted) {
            continue;
        }
        status = read_row(manifest, header, &cells, file, &row, problems);
        if (status == STEMMA_OK) {
            status = stm_arena_grow(&manifest->arena, &manifest->rows, manifest->row_count,
                                    &capacity, sizeof row);
        }
        if (status == STEMMA_OK) {
            manifest->rows[manifest->row_count++] = row;
        }
    }
    if (status == STEMMA_END && header == NULL) {
        stm_problem problem = {STM_SEVERITY_ERROR, manifest->name, 1, 1, "MANIFEST_COLUMN_MISSING"};
        stm_problems_add(problems, &problem, "the manifest is empty");
        return STEMMA_E_INVALID;
    }
    return status == STEMMA_END ? STEMMA_OK : status;
}

static int compare_rows(const void *a, const void *b)
{
    return stemma_text_compare(((const stm_manifest_row *)a)->file,
                               ((const stm_manifest_row *)b)->file);
}

stemma_status stm_manifest_read(stm_manifest *manifest, stemma_bytes bytes, stemma_text name,
                                stm_entry_list *files, stm_problems *problems)
{
    memset(manifest, 0, sizeof *manifest);
    stm_arena_init(&manifest->arena, 0);
    manifest->name = stm_arena_text(&manifest->arena, name);
    if (manifest->name.data == NULL && name.size != 0) {
        return STEMMA_E_NO_MEMORY;
    }
    stemma_text text;
    stm_decode_error broken;
    stemma_status status = stm_decode(bytes, &manifest->arena, &text, &broken);
    if (status == STEMMA_E_INVALID) {
        stm_problem problem = {STM_SEVERITY_ERROR, name, broken.line, broken.column, broken.code};
        stm_problems_add(problems, &problem, "not valid UTF-8 at byte %llu",
                         (unsigned long long)broken.offset);
    }
    if (status != STEMMA_OK) {
        return status;
    }
    stm_csv csv;
    status = stm_csv_init(&csv, text, stm_csv_sniff(text));
    if (status == STEMMA_OK) {
        status = read_rows(manifest, &csv, files, problems);
    }
    stm_csv_free(&csv);
    if (status == STEMMA_OK && manifest->row_count != 0) {
        qsort(manifest->rows, manifest->row_count, sizeof *manifest->rows, compare_rows);
    }
    return status;
}

stemma_status stm_manifest_is_one(stemma_bytes bytes, bool *is)
{
    struct stm_arena arena;
    stemma_text text;
    stm_decode_error broken;
    stm_arena_init(&arena, 0);
    *is = false;
    stemma_status status = stm_decode(bytes, &arena, &text, &broken);
    if (status == STEMMA_OK) {
        stm_csv csv;
        stm_csv_row row;
        stm_csv_error error;
        columns *header = stm_arena_alloc(&arena, 1, sizeof *header);
        status = stm_csv_init(&csv, text, stm_csv_sniff(text));
        if (status == STEMMA_OK) {
            status = header != NULL ? stm_csv_next(&csv, &row, &error) : STEMMA_E_NO_MEMORY;
        }
        *is = status == STEMMA_OK && read_header(header, &row, stemma_text_of(""), NULL);
        stm_csv_free(&csv);
    }
    stm_arena_free(&arena);
    return status == STEMMA_E_NO_MEMORY ? status : STEMMA_OK;
}

void stm_manifest_free(stm_manifest *manifest)
{
    stm_arena_free(&manifest->arena);
    manifest->rows = NULL;
    manifest->row_count = 0;
}

const stm_manifest_row *stm_manifest_find(const stm_manifest *manifest, stemma_text file)
{
    size_t low = 0;
    size_t high = manifest->row_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = stemma_text_compare(manifest->rows[middle].file, file);
        if (order == 0) {
            return &manifest->rows[middle];
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return NULL;
}
