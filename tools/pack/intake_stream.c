/* SPDX-License-Identifier: MIT */
/* JSON Lines into the corpus: lines are read in order, parsed and extracted in parallel, and
   collected in order again. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "common/interchange_read.h"
#include "base/error.h"
#include "id.h"
#include "pack/intake.h"
#include "pack/line_reader.h"
#include "pack/resolver.h"
#include "pack/row_lines.h"
#include "base/parallel.h"

#define MAX_RUNS    65536u
#define MAX_FAST    256u /* participants of a row that is read the fast way */

/* Different keys without a meaning that are told of in one stream: someone who has more of them has
   understood. */
#define UNKNOWN_TOLD 32u

struct item {
    char *data; /* owned copy of the line */
    size_t size;
    uint64_t number;
    struct stm_pack_document *holder; /* owns what `line` points to */
    struct stm_line line;
    stemma_status status;
    stemma_error error;
};

struct stream {
    struct stm_intake *intake;
    const char *name;
    bool only_judgements;
    bool begun; /* a record was seen: a header is too late */
    enum stm_offset_unit unit;
    bool judged;
    uint32_t *runs; /* stream's number -> writer's, or STEMMA_NONE */
    uint32_t run_count;
    struct item items[STM_BATCH_MOST];
    uint32_t turns[STM_BATCH_MOST]; /* in which items are worked on */
    size_t count;
    size_t bytes;
    /* The data set whose rows are coming. */
    struct stm_row_lines *rows;
    struct stm_data_set_writer rows_writer;
    uint64_t rows_refused;
    uint64_t rows_line;    /* of its document */
    bool rows_unwanted;    /* its document was refused: rows are counted, not told of one by one */
    uint64_t rows_dropped;
    struct stm_resolver *resolver; /* decisions in resolver lines, until the end of the file */
    uint64_t consumed; /* of the file */
    uint64_t size;     /* of the file, 0 when that is not known */
    char *told[UNKNOWN_TOLD]; /* owned: keys without a meaning that were told of */
    size_t told_count;
};

static void complain(struct stream *stream, uint64_t line, stm_severity severity,
                     const stemma_error *error)
{
    stm_problem problem = {severity, stemma_text_of(stream->name), line, 0, error->code};
    if (strcmp(error->code, "JSON_SYNTAX") == 0 || strcmp(error->code, "ENCODING_INVALID") == 0) {
        problem.column = error->offset + 1;
    }
    if (error->where[0] != '\0') {
        stm_problems_add(stream->intake->problems, &problem, "%s: %s", error->where,
                         error->message);
    } else {
        stm_problems_add(stream->intake->problems, &problem, "%s", error->message);
    }
}

static void work(void *context, size_t turn)
{
    struct stream *stream = context;
    struct item *item = &stream->items[stream->turns[turn]];
    item->holder = stm_pack_document_new(stm_intake_cap(item->size));
    if (item->holder == NULL) {
        item->status = stm_fail(&item->error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "", "Out of memory");
        return;
    }
    item->status = stm_interchange_line((stemma_text){item->data, item->size}, stream->unit,
                                        &item->holder->arena, &item->line, &item->error);
    if (item->status == STEMMA_E_NO_MEMORY && stm_arena_is_full(&item->holder->arena)) {
        item->status = stm_fail(&item->error, STEMMA_E_LIMIT, "RECORD_TOO_LARGE", "",
                                "The record takes more memory than one may");
    }
    if (item->status == STEMMA_OK && item->line.kind == STM_LINE_DOCUMENT &&
        !item->line.as.document.data_set && !stream->only_judgements) {
        item->holder->document = item->line.as.document.document;
        item->holder->testimony = item->line.as.document.testimony;
        item->holder->judged = stream->judged;
        item->holder->line = item->number;
        if (!item->holder->testimony) {
            item->status = stm_intake_extract(stream->intake, item->holder, &item->error);
        }
    }
}

static stemma_status take_run(struct stream *stream, const struct item *item, stemma_error *error)
{
    uint32_t number = item->line.as.run.number;
    if (number >= MAX_RUNS) {
        return stm_fail(error, STEMMA_E_INVALID, "FIELD_VALUE", "run",
                        "Runs are numbered below %u", MAX_RUNS);
    }
    if (number >= stream->run_count) {
        uint32_t *runs = realloc(stream->runs, ((size_t)number + 1) * sizeof *runs);
        if (runs == NULL) {
            return stm_fail(error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "run", "Out of memory");
        }
        while (stream->run_count <= number) {
            runs[stream->run_count++] = STEMMA_NONE;
        }
        stream->runs = runs;
    }
    return stemma_writer_add_run(stream->intake->writer, &item->line.as.run.run,
                                 &stream->runs[number], error);
}

static bool parse_id(stemma_text text, uint64_t *id)
{
    return text.size == STM_DOCUMENT_ID_CHARS && stm_document_id_read(text.data, id);
}

/* ---- Data sets ------------------------------------------------------------------------------- */

static void refused_row(void *context, uint64_t line, const stemma_error *error)
{
    struct stream *stream = context;
    stream->rows_refused++;
    complain(stream, line, STM_SEVERITY_ERROR, error);
}

static void drop_rows(struct stream *stream)
{
    stm_row_lines_free(stream->rows);
    stream->rows = NULL;
    stm_data_set_writer_free(&stream->rows_writer);
}

/* A record that is no row: the data set, if there is one, is complete. */
static stemma_status end_rows(struct stream *stream)
{
    struct stm_intake *intake = stream->intake;
    stemma_error error = {0};
    uint32_t number;
    uint32_t count;
    const uint32_t *handles;
    stemma_status status;
    if (stream->rows_dropped != 0) {
        stm_fail(&error, STEMMA_E_INVALID, "ROWS_REFUSED", "",
                 "%llu rows of a data set that was refused, or of none",
                 (unsigned long long)stream->rows_dropped);
        complain(stream, stream->rows_line, STM_SEVERITY_ERROR, &error);
    }
    stream->rows_dropped = 0;
    stream->rows_unwanted = false;
    if (stream->rows == NULL) {
        return STEMMA_OK;
    }
    status = stm_row_lines_end(stream->rows, &number, &error);
    handles = stm_row_lines_actors(stream->rows, &count);
    if (status == STEMMA_OK && stm_row_lines_seen(stream->rows) != stm_row_lines_promised(stream->rows)) {
        stemma_error missing = {0};
        stm_fail(&missing, STEMMA_E_INVALID, "ROWS_MISSING", "rows",
                 "The data set has %llu rows and %llu came",
                 (unsigned long long)stm_row_lines_promised(stream->rows),
                 (unsigned long long)stm_row_lines_seen(stream->rows));
        complain(stream, stream->rows_line, STM_SEVERITY_ERROR, &missing);
    }
    if (status == STEMMA_OK && stream->rows_writer.repeated) {
        stm_fail(&error, STEMMA_E_INVALID, "DOCUMENT_REPEATED", "",
                 "The same table under the same URI was read before");
        complain(stream, stream->rows_line, STM_SEVERITY_NOTE, &error);
    } else if (status == STEMMA_OK) {
        intake->sets->rows += stm_row_lines_seen(stream->rows) - stream->rows_refused;
        status = stm_data_set_positions(&stream->rows_writer, handles, count, &error);
    }
    drop_rows(stream);
    if (status == STEMMA_E_INVALID || status == STEMMA_E_LIMIT) {
        complain(stream, stream->rows_line, STM_SEVERITY_ERROR, &error);
        return STEMMA_OK;
    }
    if (status != STEMMA_OK) {
        intake->error = error;
    }
    return status;
}

static stemma_status begin_rows(struct stream *stream, struct item *item, stemma_error *error)
{
    const struct stm_line_document *line = &item->line.as.document;
    struct stm_row_sink sink;
    uint64_t id = 0;
    stemma_status status;
    stream->rows_unwanted = true;
    stream->rows_line = item->number;
    stream->rows_refused = 0;
    if (stream->only_judgements) {
        return stm_fail(error, STEMMA_E_INVALID, "RECORD_UNKNOWN", "record",
                        "A file of judgements holds no documents");
    }
    if (line->run >= stream->run_count || stream->runs[line->run] == STEMMA_NONE) {
        return stm_fail(error, STEMMA_E_INVALID, "RUN_MISSING", "run",
                        "The data set names a run that was not declared");
    }
    if (line->id.size != 0 &&
        (!parse_id(line->id, &id) ||
         id != stm_document_id(line->document.digest, line->document.uri))) {
        return stm_fail(error, STEMMA_E_INVALID, "ID_MISMATCH", "id",
                        "The id does not follow from the text and the URI");
    }
    stream->rows_writer = (struct stm_data_set_writer){.sets = stream->intake->sets,
                                                       .writer = stream->intake->writer,
                                                       .run = stream->runs[line->run]};
    stm_data_set_sink(&sink, &stream->rows_writer);
    status = stm_row_lines_begin(&stream->rows, &sink, line, refused_row, stream, error);
    if (status == STEMMA_OK) {
        stream->rows_unwanted = false;
    }
    return status;
}

static stemma_status take_row(struct stream *stream, const struct stm_line_row *row,
                              uint64_t number, stemma_error *error)
{
    if (stream->rows != NULL) {
        return stm_row_lines_add(stream->rows, row, number, error);
    }
    stream->rows_line = stream->rows_unwanted || stream->rows_dropped != 0 ? stream->rows_line
                                                                           : number;
    stream->rows_dropped++;
    return STEMMA_OK;
}

static stemma_status take_document(struct stream *stream, struct item *item, stemma_error *error)
{
    struct stm_pack_document *document = item->holder;
    stemma_text stated = item->line.as.document.id;
    uint64_t id = 0;
    stemma_status status = STEMMA_OK;
    if (stream->only_judgements) {
        return stm_fail(error, STEMMA_E_INVALID, "RECORD_UNKNOWN", "record",
                        "A file of judgements holds no documents");
    }
    if (document->testimony) {
        status = stm_intake_map_runs(document, stream->runs, stream->run_count, error);
    }
    if (status != STEMMA_OK) {
        return status;
    }
    if (stream->intake->settings->withhold) {
        document->document.text_withheld = 1;
    }
    document->file = stemma_text_of(stream->name);
    item->holder = NULL;
    /* The text of the id goes with the memory in which the line was read. */
    bool is_stated = stated.size != 0;
    bool is_id = is_stated && parse_id(stated, &id);
    const struct stm_pack_document *added;
    status = stm_corpus_add(stream->intake->corpus, document, &added);
    if (status != STEMMA_OK) {
        return stm_fail(error, status, "NO_MEMORY", "", "Out of memory");
    }
    if (is_stated && (!is_id || id != added->id)) {
        /* It was the last one added: take it back. */
        stream->intake->corpus->count--;
        stm_fail(error, STEMMA_E_INVALID, "ID_MISMATCH", "id",
                 "The id does not follow from the text and the URI");
        return STEMMA_E_INVALID;
    }
    return STEMMA_OK;
}

static stemma_status map_author(struct stream *stream, uint32_t *run, stemma_error *error)
{
    if (*run == STEMMA_NONE) {
        return STEMMA_OK;
    }
    if (*run >= stream->run_count || stream->runs[*run] == STEMMA_NONE) {
        return stm_fail(error, STEMMA_E_INVALID, "RUN_MISSING", "run",
                        "The record names a run that was not declared");
    }
    *run = stream->runs[*run];
    return STEMMA_OK;
}

static bool keep(struct stm_arena *arena, stemma_text *text)
{
    if (text->size != 0) {
        *text = stm_arena_text(arena, *text);
        return text->data != NULL;
    }
    return true;
}

static stemma_status take_edge(struct stream *stream, struct item *item, stemma_error *error)
{
    struct stm_corpus *corpus = stream->intake->corpus;
    struct stm_pack_edge edge = {.is_derivation = item->line.kind == STM_LINE_DERIVATION,
                                 .unit = stream->unit,
                                 .file = stemma_text_of(stream->name),
                                 .line = item->number};
    struct stm_pack_edge *place;
    stemma_text left;
    stemma_text right;
    bool kept;
    stemma_status status;
    if (edge.is_derivation) {
        edge.as.derivation = item->line.as.derivation.derivation;
        left = item->line.as.derivation.from;
        right = item->line.as.derivation.to;
        status = map_author(stream, &edge.as.derivation.run, error);
    } else {
        edge.as.judgement = item->line.as.judgement.judgement;
        left = item->line.as.judgement.left;
        right = item->line.as.judgement.right;
        memcpy(edge.kinds, item->line.as.judgement.kinds, sizeof edge.kinds);
        status = map_author(stream, &edge.as.judgement.run, error);
    }
    if (status != STEMMA_OK) {
        return status;
    }
    if (!parse_id(left, &edge.left) || !parse_id(right, &edge.right)) {
        return stm_fail(error, STEMMA_E_INVALID, "FIELD_VALUE", edge.is_derivation ? "from" : "left",
                        "Not the id of a document");
    }
    if (edge.is_derivation) {
        stemma_derivation *derivation = &edge.as.derivation;
        stemma_shared_range *ranges =
            stm_arena_alloc(&corpus->arena, derivation->range_count, sizeof *ranges);
        kept = ranges != NULL && keep(&corpus->arena, &derivation->author) &&
               keep(&corpus->arena, &derivation->retracted);
        if (kept && derivation->range_count != 0) {
            memcpy(ranges, derivation->ranges, derivation->range_count * sizeof *ranges);
        }
        derivation->ranges = ranges;
    } else {
        stemma_judgement *judgement = &edge.as.judgement;
        kept = keep(&corpus->arena, &judgement->author) &&
               keep(&corpus->arena, &judgement->created) &&
               keep(&corpus->arena, &judgement->retracted) &&
               keep(&corpus->arena, &judgement->reason);
    }
    place = kept ? stm_corpus_add_edge(corpus) : NULL;
    if (place == NULL) {
        return stm_fail(error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "", "Out of memory");
    }
    *place = edge;
    return STEMMA_OK;
}

/* ---- Resolver lines --------------------------------------------------------------------------- */

static stemma_status take_resolver(struct stream *stream, const struct item *item,
                                   stemma_error *error)
{
    if (!stream->only_judgements) {
        return stm_fail(error, STEMMA_E_INVALID, "RECORD_UNKNOWN", "",
                        "Decisions go with --judgements");
    }
    if (stream->resolver == NULL) {
        stream->resolver = stm_resolver_new();
    }
    if (stream->resolver == NULL ||
        stm_resolver_add(stream->resolver, &item->line.as.resolver, item->number) != STEMMA_OK) {
        return stm_fail(error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "", "Out of memory");
    }
    return STEMMA_OK;
}

/* One judgement that the resolver's lines come to. */
static stemma_status take_decision(void *context, const struct stm_line_judgement *line,
                                   uint64_t number)
{
    struct stream *stream = context;
    struct item item = {.number = number};
    stemma_status status;
    item.line.kind = STM_LINE_JUDGEMENT;
    item.line.as.judgement = *line;
    status = take_edge(stream, &item, &item.error);
    if (status == STEMMA_E_INVALID || status == STEMMA_E_LIMIT) {
        complain(stream, number, STM_SEVERITY_ERROR, &item.error);
        return STEMMA_OK;
    }
    if (status != STEMMA_OK) {
        stream->intake->error = item.error;
    }
    return status;
}

static void refuse_decision(void *context, uint64_t line, const stemma_error *error)
{
    complain(context, line, STM_SEVERITY_ERROR, error);
}

static stemma_status end_resolver(struct stream *stream)
{
    stemma_status status;
    if (stream->resolver == NULL) {
        return STEMMA_OK;
    }
    status = stm_resolver_end(stream->resolver, take_decision, refuse_decision, stream);
    if (status == STEMMA_E_NO_MEMORY) {
        stm_fail(&stream->intake->error, status, "NO_MEMORY", stream->name, "Out of memory");
    }
    return status;
}

static stemma_status take_header(struct stream *stream, const struct item *item,
                                 stemma_error *error)
{
    if (stream->begun) {
        return stm_fail(error, STEMMA_E_INVALID, "RECORD_UNKNOWN", "record",
                        "A header must be the first record");
    }
    stream->unit = item->line.as.header.offsets;
    stream->judged = item->line.as.header.judged;
    if (stream->judged && !stream->only_judgements) {
        stream->intake->judged_streams++;
    }
    return STEMMA_OK;
}

/* A key without a meaning is not refused, but told of once. */
static void tell_unknown(struct stream *stream, uint64_t line, const char *path)
{
    stemma_error note;
    char *key;
    for (size_t i = 0; i < stream->told_count; i++) {
        if (strcmp(stream->told[i], stm_in_key_of(path)) == 0) {
            return;
        }
    }
    key = stream->told_count < UNKNOWN_TOLD ? strdup(stm_in_key_of(path)) : NULL;
    if (key != NULL) {
        stream->told[stream->told_count++] = key;
        stm_fail(&note, STEMMA_E_INVALID, "KEY_UNKNOWN", path,
                 "The key has no meaning and was not kept");
        complain(stream, line, STM_SEVERITY_NOTE, &note);
    }
}

static stemma_status take(struct stream *stream, struct item *item)
{
    stemma_status status = item->status;
    if (status == STEMMA_OK && item->line.kind == STM_LINE_BLANK) {
        return STEMMA_OK;
    }
    if (status == STEMMA_OK && item->line.kind != STM_LINE_ROW) {
        status = end_rows(stream);
        if (status != STEMMA_OK) {
            return status;
        }
    }
    /* Before the line is taken: its memory goes with it. */
    for (unsigned i = 0; i < item->line.unknown_count && status == STEMMA_OK; i++) {
        tell_unknown(stream, item->number, item->line.unknown_keys[i]);
    }
    if (status == STEMMA_OK) {
        switch (item->line.kind) {
        case STM_LINE_BLANK:
            break;
        case STM_LINE_ROW:
            status = take_row(stream, &item->line.as.row, item->number, &item->error);
            break;
        case STM_LINE_HEADER:
            status = take_header(stream, item, &item->error);
            break;
        case STM_LINE_RUN:
            status = take_run(stream, item, &item->error);
            break;
        case STM_LINE_TERM:
            status = stemma_writer_add_term(stream->intake->writer, &item->line.as.term,
                                            &item->error);
            break;
        case STM_LINE_DOCUMENT:
            status = item->line.as.document.data_set ? begin_rows(stream, item, &item->error)
                                                     : take_document(stream, item, &item->error);
            break;
        case STM_LINE_JUDGEMENT:
        case STM_LINE_DERIVATION:
            status = take_edge(stream, item, &item->error);
            break;
        case STM_LINE_RESOLVER:
            status = take_resolver(stream, item, &item->error);
            break;
        }
    }
    stream->begun = true;
    if (status == STEMMA_E_INVALID || status == STEMMA_E_LIMIT) {
        complain(stream, item->number, STM_SEVERITY_ERROR, &item->error);
        return STEMMA_OK; /* refused, listed; the next line may be fine */
    }
    if (status != STEMMA_OK) {
        stream->intake->error = item->error;
    }
    return status;
}

static stemma_status flush(struct stream *stream)
{
    stemma_status status = STEMMA_OK;
    uint64_t sizes[STM_BATCH_MOST];
    for (size_t i = 0; i < stream->count; i++) {
        sizes[i] = stream->items[i].size;
    }
    stm_intake_turns(sizes, stream->count, stream->turns);
    stm_parallel(stream->intake->jobs, stream->count, work, stream);
    for (size_t i = 0; i < stream->count; i++) {
        struct item *item = &stream->items[i];
        if (status == STEMMA_OK) {
            status = take(stream, item);
        }
        stm_pack_document_free(item->holder);
        free(item->data);
        memset(item, 0, sizeof *item);
    }
    stream->intake->seen += stream->count;
    stm_progress_bytes(stream->intake->progress, "reading", stream->intake->seen, stream->consumed,
                       stream->size);
    stream->count = 0;
    stream->bytes = 0;
    stm_intake_settle(stream->intake);
    return status;
}

/* A row in the form that dumps have needs no copy and no thread. Whether it was one. */
static bool add_row(struct stream *stream, stemma_text line, uint64_t number, stemma_status *status)
{
    struct stm_line_participant participants[MAX_FAST];
    struct stm_line_row row;
    if (!stm_interchange_row_plain(line, &row, participants, MAX_FAST)) {
        return false;
    }
    *status = stream->count != 0 ? flush(stream) : STEMMA_OK; /* what came before it */
    if (*status == STEMMA_OK) {
        *status = take_row(stream, &row, number, &stream->intake->error);
    }
    stream->begun = true;
    if ((++stream->intake->seen & 0xfff) == 0) {
        stm_progress_show(stream->intake->progress, "reading", stream->intake->seen, 0);
    }
    return true;
}

static stemma_status add_line(struct stream *stream, stemma_text line, uint64_t number)
{
    struct item *item = &stream->items[stream->count];
    stemma_status status;
    if (add_row(stream, line, number, &status)) {
        return status;
    }
    item->data = malloc(line.size + 1);
    if (item->data == NULL) {
        return stm_fail(&stream->intake->error, STEMMA_E_NO_MEMORY, "NO_MEMORY", stream->name,
                        "Out of memory");
    }
    if (line.size != 0) {
        memcpy(item->data, line.data, line.size);
    }
    item->size = line.size;
    item->number = number;
    stream->count++;
    stream->bytes += line.size;
    stream->consumed += line.size + 1;
    /* The first record may be a header, which says how to read the others. */
    if (!stream->begun || stream->count == stream->intake->batch ||
        stream->bytes >= stream->intake->batch * STM_BATCH_BYTES) {
        return flush(stream);
    }
    return STEMMA_OK;
}

stemma_status stm_intake_stream(struct stm_intake *intake, FILE *file, const char *name,
                                bool only_judgements)
{
    struct stream *stream = calloc(1, sizeof *stream);
    struct stm_line_reader reader;
    struct stat about;
    stemma_status status = STEMMA_OK;
    if (stream == NULL) {
        return stm_fail(&intake->error, STEMMA_E_NO_MEMORY, "NO_MEMORY", name, "Out of memory");
    }
    stream->intake = intake;
    /* Problems found later, in documents and judgements, still name their file. */
    stream->name = stm_arena_text(&intake->corpus->arena, (stemma_text){name, strlen(name) + 1}).data;
    if (stream->name == NULL) {
        free(stream);
        return stm_fail(&intake->error, STEMMA_E_NO_MEMORY, "NO_MEMORY", name, "Out of memory");
    }
    stream->only_judgements = only_judgements;
    if (fstat(fileno(file), &about) == 0 && S_ISREG(about.st_mode)) {
        stream->size = (uint64_t)about.st_size;
    }
    stm_line_reader_init(&reader, file, (size_t)intake->settings->line_limit);
    while (status == STEMMA_OK) {
        stemma_text line;
        stemma_status got = stm_line_reader_next(&reader, &line);
        if (got == STEMMA_END) {
            break;
        }
        if (got == STEMMA_OK && reader.number == 1 && line.size >= 3 &&
            memcmp(line.data, "\xEF\xBB\xBF", 3) == 0) { /* some programs put a mark there */
            line.data += 3;
            line.size -= 3;
        }
        if (got == STEMMA_OK) {
            status = add_line(stream, line, reader.number);
        } else if (got == STEMMA_E_LIMIT) {
            stemma_error error;
            stm_fail(&error, got, "LINE_TOO_LONG", "", "The line is longer than %llu bytes",
                     (unsigned long long)intake->settings->line_limit);
            status = flush(stream);
            complain(stream, reader.number, STM_SEVERITY_ERROR, &error);
        } else {
            status = stm_fail(&intake->error, got, "READ_FAILED", name, "Reading failed: %s",
                              strerror(errno));
        }
    }
    if (status == STEMMA_OK) {
        status = flush(stream);
    }
    if (status == STEMMA_OK) {
        status = end_rows(stream);
    }
    if (status == STEMMA_OK) {
        status = end_resolver(stream);
    }
    stm_resolver_free(stream->resolver);
    drop_rows(stream);
    for (size_t i = 0; i < stream->count; i++) {
        free(stream->items[i].data);
    }
    for (size_t i = 0; i < stream->told_count; i++) {
        free(stream->told[i]);
    }
    stm_line_reader_free(&reader);
    free(stream->runs);
    free(stream);
    return status;
}
