/* SPDX-License-Identifier: MIT */
#include "query/query.h"

#include "common/complaint.h"
#include "common/refusal.h"
#include "query/schema.h"

#include <stdarg.h>
#include <stdlib.h>

#define NAME "stemma-query"

void stm_query_note(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    stm_complain_of(stderr, NAME, format, arguments);
    va_end(arguments);
}

/* ---- Items ----------------------------------------------------------------------------------- */

void stm_query_next_item(struct stm_query *query)
{
    stemma_snapshot_reset(query->item);
    stm_arena_free(&query->arena);
}

bool stm_query_take(struct stm_query *query)
{
    if (query->offset != 0) {
        query->offset--;
        return false;
    }
    if (query->limit == 0) {
        return false;
    }
    query->limit -= query->limit != UINT64_MAX;
    return true;
}

bool stm_query_done(const struct stm_query *query)
{
    return query->limit == 0 || stm_output_failed(&query->output);
}

stemma_status stm_query_id(struct stm_query *query, uint8_t kind, uint32_t number,
                           char out[STEMMA_ID_SIZE])
{
    stemma_reference reference = {kind, number};
    struct stm_told_id *told = &query->told_ids[number % STM_TOLD_IDS];
    bool entity = kind == STEMMA_REFERENCE_ENTITY && number != STEMMA_NONE;
    out[0] = '\0'; /* a caller may go on to close what it opened */
    if (entity && told->entity == number + 1) {
        memcpy(out, told->id, sizeof told->id);
        return STEMMA_OK;
    }
    stemma_status status = stemma_id_text(query->item, reference, out, &query->error);
    if (status == STEMMA_OK && entity) {
        told->entity = number + 1;
        memcpy(told->id, out, sizeof told->id);
    }
    return status;
}

static stemma_status load_source(struct stm_query *query, uint32_t document, uint8_t much,
                                 const struct stm_source **out)
{
    struct stm_source *source = &query->source;
    stemma_status status;
    *out = source;
    if (source->number == document && source->much >= much) {
        return STEMMA_OK;
    }
    source->number = STEMMA_NONE;
    source->text = (stemma_text){NULL, 0};
    stemma_snapshot_reset(query->scratch);
    stm_arena_free(&query->scratch_arena);
    status = stemma_document_get(query->scratch, document, &source->document, &query->error);
    if (status == STEMMA_OK && much == STM_SOURCE_WHOLE) {
        status = stemma_testimony_get(query->scratch, document, &source->document, &query->error);
    }
    if (status == STEMMA_OK && much != STM_SOURCE_RECORD && !source->document.text_withheld) {
        stemma_span all = stemma_whole_span(&source->document);
        status = stemma_text_get(query->scratch, document, all, &source->text, &query->error);
    }
    if (status == STEMMA_OK) {
        stemma_document_id_text(&source->document, source->id);
    }
    if (status == STEMMA_OK && much != STM_SOURCE_RECORD) {
        status = stm_offsets_init(&source->offsets, &query->scratch_arena, source->text,
                                  STM_OFFSET_CODEPOINT);
    }
    if (status == STEMMA_OK) {
        source->number = document;
        source->much = much;
    }
    return status;
}

stemma_status stm_query_record(struct stm_query *query, uint32_t document,
                               const struct stm_source **out)
{
    return load_source(query, document, STM_SOURCE_RECORD, out);
}

stemma_status stm_query_source(struct stm_query *query, uint32_t document,
                               const struct stm_source **out)
{
    return load_source(query, document, STM_SOURCE_TEXT, out);
}

stemma_status stm_query_testimony(struct stm_query *query, uint32_t document,
                                  const struct stm_source **out)
{
    return load_source(query, document, STM_SOURCE_WHOLE, out);
}

stemma_status stm_query_assertion(struct stm_query *query, stemma_witness witness,
                                  const struct stm_source **source, const stemma_assertion **out)
{
    stemma_status status = stm_query_source(query, witness.document, source);
    if (status != STEMMA_OK) {
        return status;
    }
    *out = &query->assertion;
    status = stemma_witness_assertion(query->item, witness, &query->assertion, &query->error);
    return status == STEMMA_NOT_FOUND ? STEMMA_E_DAMAGED : status;
}

/* ---- Beginning and end ------------------------------------------------------------------------- */

static int bad_date(const char *option, const char *date)
{
    return stm_usage_error(&stm_query_program,
                           "--%s: '%s' is not a date such as 2024, 2024-06 or 2024-06-30", option,
                           date);
}

/* The first and the last second of a date; -1 or an exit status. */
static int read_date(const char *option, const char *date, int64_t *first, int64_t *last)
{
    stemma_time_bounds bounds;
    if (date == NULL) {
        return -1;
    }
    if (stemma_edtf_bounds(stemma_text_of(date), &bounds) != STEMMA_OK) {
        return bad_date(option, date);
    }
    if (first != NULL) {
        *first = bounds.start_earliest;
    }
    if (last != NULL) {
        *last = bounds.end_latest;
    }
    return -1;
}

static stemma_status open_file(struct stm_query *query, const char *path)
{
    stemma_open_options options = STEMMA_OPEN_OPTIONS_INIT;
    stemma_status status;
    options.flags = query->settings->trusted  ? STEMMA_OPEN_TRUSTED
                    : query->settings->verify ? 0u
                                              : STEMMA_OPEN_REMEMBER;
    status = stemma_open(&query->file, path, &options, &query->error);
    if (status == STEMMA_OK) {
        status = stemma_snapshot_begin(&query->snapshot, query->file, &query->error);
    }
    if (status == STEMMA_OK) {
        status = stemma_snapshot_begin(&query->item, query->file, &query->error);
    }
    if (status == STEMMA_OK) {
        status = stemma_snapshot_begin(&query->scratch, query->file, &query->error);
    }
    if (status == STEMMA_OK) {
        stemma_counts_get(query->file, &query->counts);
    }
    return status;
}

static void complain(const struct stm_query *query, stemma_status status, const char *path)
{
    const stemma_error *error = &query->error;
    /* Some errors name the file themselves. */
    const char *where = strcmp(error->where, path) != 0 ? error->where : "";
    if (error->message[0] == '\0' || error->status != status) {
        stm_query_note("%s: %s", path, stemma_status_text(status));
    } else {
        stm_query_note("%s: %s%s%s [%s]", path, where, where[0] != '\0' ? ": " : "", error->message,
                       error->code);
    }
}

static int run(struct stm_query *query, const char *path, int64_t known)
{
    stemma_status status = open_file(query, path);
    stemma_status written;
    int result;
    if (status == STEMMA_OK && query->settings->as_of != NULL) {
        status = stemma_documents_until(query->snapshot, known, &query->until, &query->error);
        if (status == STEMMA_OK) { /* from here on nobody need think of the date */
            stemma_snapshot_as_of(query->snapshot, query->until);
            stemma_snapshot_as_of(query->item, query->until);
            stemma_snapshot_as_of(query->scratch, query->until);
        }
    }
    if (status == STEMMA_OK) {
        status = query->command->run(query);
    }
    if (status == STEMMA_NOT_FOUND && stm_refusal_met()) {
        status = STEMMA_E_NO_MEMORY;
    }
    if (status >= 0) {
        written = stm_output_end(&query->output);
        status = written != STEMMA_OK && written != STEMMA_E_SYSTEM ? written : status;
    }
    if (status < 0 && query->exit == 0) {
        complain(query, status, path);
    }
    if (status == STEMMA_NOT_FOUND && !query->told && query->output.format == STM_FORMAT_TEXT) {
        stm_query_note("%s: nothing found%s", query->command->name,
                       query->settings->as_of != NULL ? " as of that date" : "");
    }
    written = stm_output_close(&query->output);
    status = status >= 0 && written != STEMMA_OK ? written : status;
    result = query->exit != 0 ? query->exit : stm_exit_of(status);
    stemma_snapshot_end(query->scratch);
    stemma_snapshot_end(query->item);
    stemma_snapshot_end(query->snapshot);
    stemma_close(query->file);
    stm_arena_free(&query->arena);
    stm_arena_free(&query->kept);
    stm_arena_free(&query->scratch_arena);
    stm_buffer_free(&query->event_words);
    return stm_finish_output(NAME, result);
}

static int check_arguments(const struct stm_query *query)
{
    const struct stm_query_command *command = query->command;
    const struct stm_query_settings *settings = query->settings;
    if (query->argument_count < command->least) {
        return stm_usage_error(&stm_query_program, "%s: %s is missing", command->name,
                               command->synopsis);
    }
    if (command->most >= 0 && query->argument_count > command->most) {
        return stm_usage_error(&stm_query_program, "%s: '%s' is too much", command->name,
                               query->arguments[command->most]);
    }
    for (int i = 0; i < query->argument_count; i++) {
        if (query->arguments[i][strspn(query->arguments[i], " \t\r\n")] == '\0') {
            return stm_usage_error(&stm_query_program, "%s: an argument is empty; give %s",
                                   command->name, command->synopsis);
        }
    }
    if ((settings->format == STM_FORMAT_DOT && command->run != stm_query_sources) ||
        (settings->format == STM_FORMAT_RESOLVER && command->run != stm_query_doubtful)) {
        return stm_usage_error(&stm_query_program, "%s: --format dot goes with sources, resolver with "
                               "doubtful", command->name);
    }
    if (settings->from != NULL && settings->to != NULL && query->from > query->to) {
        return stm_usage_error(&stm_query_program, "--from: '%s' is after --to, '%s'",
                               settings->from, settings->to);
    }
    if (settings->during != NULL && (settings->from != NULL || settings->to != NULL)) {
        return stm_usage_error(&stm_query_program, "--during does not go with --from and --to");
    }
    return -1;
}

int stm_query_main(int argc, char **argv)
{
    struct stm_query_settings settings;
    struct stm_query query;
    int64_t known = INT64_MAX;
    uint64_t given = 0;
    int first = 0;
    int status;
    memset(&settings, 0, sizeof settings);
    memset(&query, 0, sizeof query);
    settings.limit = UINT64_MAX;
    status = stm_options_parse(&stm_query_program, argc, argv, &settings, &first, &given);
    if (status != -1) {
        return status;
    }
    if (settings.schema) {
        fwrite(stm_query_schema, 1, stm_query_schema_size, stdout);
        return stm_finish_output(NAME, STM_EXIT_OK);
    }
    if (argc - first < 2) {
        return stm_usage_error(&stm_query_program, argc == first ? "no file" : "no command");
    }
    if (settings.trusted && settings.verify) {
        return stm_usage_error(&stm_query_program, "--trusted and --verify exclude each other");
    }
    query.command = stm_query_command_find(argv[first + 1]);
    if (query.command == NULL) {
        return stm_usage_error(&stm_query_program, "'%s' is not a command", argv[first + 1]);
    }
    status = stm_options_check(&stm_query_program, given, query.command->name);
    if (status != -1) {
        return status;
    }
    query.settings = &settings;
    query.arguments = argv + first + 2;
    query.argument_count = argc - first - 2;
    query.until = STEMMA_NONE;
    query.from = INT64_MIN;
    query.to = INT64_MAX;
    query.limit = settings.limit != UINT64_MAX ? settings.limit : query.command->limit;
    query.limit = query.limit == 0 ? UINT64_MAX : query.limit; /* 0 takes the limit away */
    query.offset = settings.offset;
    query.source.number = STEMMA_NONE;
    query.shown_row.document = STEMMA_NONE;
    query.words_event = STEMMA_NONE;
    stm_arena_init(&query.arena, 0);
    stm_arena_init(&query.kept, 0);
    stm_arena_init(&query.scratch_arena, 0);
    status = read_date("as-of", settings.as_of, NULL, &known);
    if (status == -1) {
        status = read_date("from", settings.from, &query.from, NULL);
    }
    if (status == -1) {
        status = read_date("to", settings.to, NULL, &query.to);
    }
    if (status == -1) {
        status = read_date("during", settings.during, &query.from, &query.to);
    }
    if (status == -1) {
        status = check_arguments(&query);
    }
    if (status != -1) {
        return status;
    }
    stm_output_begin(&query.output, stdout, (enum stm_format)settings.format,
                     (enum stm_color_mode)settings.color);
    return run(&query, argv[first], known);
}
