/* SPDX-License-Identifier: MIT */
/* A table and what its columns mean: a mapping up to a line "%%", which may be empty, then the table, plain
   or packed. Rows that arrive are what a writer may be given; the same rows whatever the threads. */
#include <sys/mman.h>
#include <unistd.h>

#include "fuzz.h"
#include "pack/rows.h"
#include "stemma/edtf.h"
#include "support/plain_rows.h"
#include "utf8.h"

struct sink {
    uint32_t terms;
    uint32_t actors;
    uint32_t last;
    uint64_t rows;
    uint64_t sum; /* of what rows say */
};

static stemma_status add_term(void *context, const stemma_term *term, stemma_error *error)
{
    (void)error;
    (void)context;
    fuzz_must(stm_utf8_valid(term->name) && stm_utf8_valid(term->label));
    return STEMMA_OK;
}

static stemma_status begin(void *context, const stemma_document *fields, stemma_error *error)
{
    (void)error;
    (void)context;
    fuzz_must(stm_utf8_valid(fields->uri) && stm_utf8_valid(fields->title));
    return STEMMA_OK;
}

static stemma_status take_term(void *context, uint8_t kind, stemma_text name, uint32_t *handle,
                               stemma_error *error)
{
    struct sink *sink = context;
    (void)error;
    (void)kind;
    fuzz_must(name.size != 0);
    *handle = sink->terms++;
    return STEMMA_OK;
}

static stemma_status take_actor(void *context, stemma_text type, stemma_text name, uint32_t *handle,
                                stemma_error *error)
{
    struct sink *sink = context;
    (void)error;
    fuzz_must(type.size != 0 && name.size != 0 && stm_utf8_valid(name));
    *handle = sink->actors++;
    return STEMMA_OK;
}

static void take_text(struct sink *sink, stemma_text text)
{
    fuzz_must(stm_utf8_valid(text));
    for (size_t i = 0; i < text.size; i++) {
        sink->sum = sink->sum * 31 + (unsigned char)text.data[i];
    }
}

static stemma_status take_rows(void *context, const stemma_row *rows, size_t count, size_t *taken,
                               stemma_error *error)
{
    struct sink *sink = context;
    stemma_time_bounds bounds;
    for (size_t i = 0; i < count; i++) {
        const stemma_row *row = &rows[i];
        if (row->time.size != 0 && stemma_edtf_bounds(row->time, &bounds) != STEMMA_OK) {
            /* As a writer does; the row is left out. */
            memset(error, 0, sizeof *error);
            snprintf(error->code, sizeof error->code, "EDTF");
            *taken = i;
            sink->rows += i;
            return STEMMA_E_INVALID;
        }
        fuzz_must(row->number > sink->last && row->type < sink->terms);
        fuzz_must(row->place == STEMMA_NONE || row->place < sink->actors);
        fuzz_must(row->source == STEMMA_NONE || row->source < sink->actors);
        fuzz_must(row->quantity_predicate == STEMMA_NONE || row->quantity_predicate < sink->terms);
        for (uint32_t p = 0; p < row->participant_count; p++) {
            fuzz_must(row->participants[p].role < sink->terms && row->participants[p].actor < sink->actors);
        }
        sink->last = row->number;
        take_text(sink, row->time);
        take_text(sink, row->external_id);
        take_text(sink, row->content);
        take_text(sink, row->amount);
        take_text(sink, row->unit);
    }
    sink->rows += count;
    *taken = count;
    return STEMMA_OK;
}

static stemma_status take_digest(void *context, const uint8_t digest[STEMMA_DIGEST_SIZE], uint64_t size,
                                 stemma_error *error)
{
    (void)context;
    (void)digest;
    (void)size;
    (void)error;
    return STEMMA_OK;
}

static stemma_status end(void *context, uint32_t *number, stemma_error *error)
{
    (void)context;
    (void)error;
    *number = 0;
    return STEMMA_OK;
}

static stemma_status read_table(stemma_bytes table, const struct stm_mapping *mapping, unsigned jobs, bool plain,
                                struct sink *seen, uint64_t *refused)
{
    static const struct sink nothing;
    struct plain_rows plain_rows;
    struct stm_row_sink sink = {seen,      add_term,    begin, take_term, take_actor,
                                take_rows, take_digest, end,   NULL,      NULL, NULL, NULL};
    struct stm_row_sink with_plain = plain_rows_sink(&plain_rows, sink);
    struct stm_row_joins joins = {0};
    struct stm_rows_result result = {0};
    stm_problems problems;
    stemma_error error = {0};
    int file = memfd_create("table", 0);
    fuzz_must(file >= 0 && write(file, table.data, table.size) == (ssize_t)table.size);
    fuzz_must(lseek(file, 0, SEEK_SET) == 0);
    struct stm_rows_input input = {.file = file,
                                   .name = stemma_text_of("t.csv"),
                                   .uri = stemma_text_of("urn:t"),
                                   .mapping = mapping,
                                   .jobs = jobs,
                                   .joins = &joins};
    *seen = nothing;
    stm_problems_to_buffer(&problems);
    stemma_status status = stm_rows_read(&input, plain ? &with_plain : &sink, &problems, &result, &error);
    fuzz_must(status == STEMMA_OK || (status == STEMMA_NOT_FOUND && mapping == NULL));
    fuzz_must(result.rows == seen->rows);
    fuzz_must(stm_utf8_valid((stemma_text){problems.json.data, problems.json.size}));
    *refused = result.refused;
    stm_problems_free(&problems);
    stm_row_joins_free(&joins);
    plain_rows_free(&plain_rows);
    close(file);
    return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_input input = fuzz_input_of(data, size);
    stemma_bytes text = fuzz_section(&input, "%%\n"), table = fuzz_rest(&input);
    struct stm_mapping mapping;
    struct stm_arena arena;
    struct sink one, two;
    uint64_t refused, again;
    stm_problems problems;
    stm_arena_init(&arena, (size_t)64 << 20);
    stm_problems_to_buffer(&problems);
    stemma_status status = STEMMA_OK;
    if (text.size != 0) {
        status = stm_mapping_read(&mapping, fuzz_text(text), stemma_text_of("t.map"), &arena, &problems);
        fuzz_must(status == STEMMA_OK || (status == STEMMA_E_INVALID && problems.counts[STM_SEVERITY_ERROR] != 0));
    }
    if (status == STEMMA_OK) {
        const struct stm_mapping *with = text.size != 0 ? &mapping : NULL;
        status = read_table(table, with, 1, false, &one, &refused);
        if (size % 8 <= 1) {
            fuzz_must(read_table(table, with, 1 + (size + 1) % 2, size % 16 < 8, &two, &again) == status);
            fuzz_must(one.rows == two.rows && one.sum == two.sum && refused == again);
        }
    }
    fuzz_must(stm_utf8_valid((stemma_text){problems.json.data, problems.json.size}));
    stm_problems_free(&problems);
    stm_arena_free(&arena);
    fuzz_free(text);
    fuzz_free(table);
    return 0;
}
