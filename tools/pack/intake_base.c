/* SPDX-License-Identifier: MIT */
/* What a .stemma file holds, taken over into the corpus. */
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/error.h"
#include "id.h"
#include "pack/intake.h"
#include "pack/row_lines.h"
#include "stemma/read.h"

struct stm_base {
    struct stm_base *next;
    stemma_file *file;
    stemma_snapshot *snapshot; /* owns what judgements in the corpus point to */
    stm_memory *memory;
    const void *watched; /* the mapping, by the guard of the memory */
};

void stm_intake_close_bases(struct stm_base *list)
{
    while (list != NULL) {
        struct stm_base *next = list->next;
        stm_memory_unwatch(list->memory, list->watched);
        stemma_snapshot_end(list->snapshot);
        stemma_close(list->file);
        free(list);
        list = next;
    }
}

static stemma_status take_terms(struct stm_intake *intake, struct stm_base *base)
{
    for (uint32_t i = 0;; i++) {
        stemma_term term;
        stemma_status status = stemma_term_get(base->snapshot, i, &term, &intake->error);
        if (status == STEMMA_NOT_FOUND) {
            return STEMMA_OK;
        }
        if (status == STEMMA_OK) {
            status = stemma_writer_add_term(intake->writer, &term, &intake->error);
        }
        if (status != STEMMA_OK) {
            return status;
        }
    }
}

static stemma_status take_runs(struct stm_intake *intake, struct stm_base *base,
                               const stemma_counts *counts, uint32_t *map)
{
    for (uint32_t i = 0; i < counts->runs; i++) {
        stemma_run run;
        stemma_status status = stemma_run_get(base->snapshot, i, &run, &intake->error);
        if (status == STEMMA_OK) {
            status = stemma_writer_add_run(intake->writer, &run, &map[i], &intake->error);
        }
        if (status != STEMMA_OK) {
            return status;
        }
    }
    return STEMMA_OK;
}

static stemma_status take_document(struct stm_intake *intake, struct stm_base *base,
                                   uint32_t number, const uint32_t *runs, uint32_t run_count,
                                   uint64_t *id)
{
    struct stm_pack_document *document = stm_pack_document_new(0);
    stemma_status status;
    if (document == NULL) {
        return stm_fail(&intake->error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "", "Out of memory");
    }
    document->testimony = true;
    status = stemma_testimony_get(base->snapshot, number, &document->document, &intake->error);
    if (status == STEMMA_OK && document->document.text_withheld == 0) {
        stemma_span all = stemma_whole_span(&document->document);
        status = stemma_text_get(base->snapshot, number, all, &document->document.text,
                                 &intake->error);
    }
    if (status == STEMMA_OK) {
        status = stm_intake_map_runs(document, runs, run_count, &intake->error);
    }
    if (status != STEMMA_OK) {
        stm_pack_document_free(document);
        return status;
    }
    if (intake->settings->withhold) {
        document->document.text_withheld = 1;
    }
    const struct stm_pack_document *added;
    status = stm_corpus_add(intake->corpus, document, &added);
    if (status != STEMMA_OK) {
        return stm_fail(&intake->error, status, "NO_MEMORY", "", "Out of memory");
    }
    *id = added->id;
    return STEMMA_OK;
}

/* ---- Data sets ------------------------------------------------------------------------------- */

static void refused_row(void *context, uint64_t line, const stemma_error *error)
{
    struct stm_intake *intake = context;
    stm_problem problem = {STM_SEVERITY_ERROR, stemma_text_of("base"), line, 0, error->code};
    stm_problems_add(intake->problems, &problem, "%s", error->message);
}

static struct stm_line_actor actor_at(uint32_t position)
{
    return (struct stm_line_actor){{NULL, 0}, position};
}

static stemma_status take_row(struct stm_intake *intake, struct stm_row_lines *lines,
                              const stemma_row_view *row, struct stm_arena *arena, uint64_t index)
{
    struct stm_line_participant *participants =
        stm_arena_alloc(arena, row->participant_count, sizeof *participants);
    struct stm_line_row line = {.number = row->number,
                                .type = row->type,
                                .time = row->time,
                                .place = actor_at(row->place),
                                .source = actor_at(row->source),
                                .participants = participants,
                                .participant_count = row->participant_count,
                                .external_id = row->external_id,
                                .content = row->content,
                                .predicate = row->quantity_predicate,
                                .amount = row->amount,
                                .unit = row->unit};
    if (participants == NULL) {
        return stm_fail(&intake->error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "", "Out of memory");
    }
    for (uint32_t i = 0; i < row->participant_count; i++) {
        participants[i].role = row->participants[i].role;
        participants[i].actor = actor_at(row->participants[i].referent);
    }
    return stm_row_lines_add(lines, &line, index, &intake->error);
}

static stemma_status take_rows(struct stm_intake *intake, stemma_snapshot *snapshot,
                               uint32_t number, uint32_t count, struct stm_row_lines *lines)
{
    struct stm_arena arena;
    stemma_status status = STEMMA_OK;
    stm_arena_init(&arena, 0);
    for (uint32_t i = 0; i < count && status == STEMMA_OK; i++) {
        stemma_row_view row;
        status = stemma_row_get(snapshot, number, i, &row, &intake->error);
        if (status == STEMMA_OK) {
            status = take_row(intake, lines, &row, &arena, (uint64_t)i + 1);
        }
        stemma_snapshot_reset(snapshot);
        if ((i & 0xfff) == 0) {
            stm_arena_free(&arena);
            stm_progress_show(intake->progress, "reading", i, count);
        }
    }
    stm_arena_free(&arena);
    return status;
}

/* Rows go to the writer at once, and by a snapshot of their own: nothing of them is held. */
static stemma_status take_data_set(struct stm_intake *intake, struct stm_base *base,
                                   uint32_t number, const uint32_t *runs, uint64_t *id)
{
    struct stm_data_set_writer writer = {.sets = intake->sets, .writer = intake->writer};
    struct stm_row_sink sink;
    struct stm_line_document line = {.data_set = true};
    struct stm_row_lines *lines = NULL;
    stemma_snapshot *snapshot = NULL;
    uint32_t rows = 0;
    uint32_t written;
    stemma_status status = stemma_snapshot_begin(&snapshot, base->file, &intake->error);
    if (status == STEMMA_OK) {
        status = stemma_testimony_get(snapshot, number, &line.document, &intake->error);
    }
    if (status == STEMMA_OK) {
        rows = line.document.row_count;
        line.rows = rows;
        line.size = line.document.text_size;
        writer.run = runs[line.document.row_run];
        *id = stm_document_id(line.document.digest, line.document.uri);
        stm_data_set_sink(&sink, &writer);
        status = stm_row_lines_begin(&lines, &sink, &line, refused_row, intake, &intake->error);
    }
    if (status == STEMMA_OK) {
        stemma_snapshot_reset(snapshot);
        status = take_rows(intake, snapshot, number, rows, lines);
    }
    if (status == STEMMA_OK) {
        status = stm_row_lines_end(lines, &written, &intake->error);
    }
    if (status == STEMMA_OK && !writer.repeated) {
        uint32_t count;
        const uint32_t *handles = stm_row_lines_actors(lines, &count);
        intake->sets->rows += rows;
        status = stm_data_set_positions(&writer, handles, count, &intake->error);
    }
    stm_row_lines_free(lines);
    stm_data_set_writer_free(&writer);
    stemma_snapshot_end(snapshot);
    return status;
}

static bool kept(const stemma_judgement *judgement, const uint8_t *data_sets)
{
    return judgement->author.size != 0 || data_sets[judgement->left.document] != 0 ||
           data_sets[judgement->right.document] != 0;
}

/* People's judgements and derivations; a program's are made again over the whole, except of data sets,
   which the judge does not look at. */
static stemma_status take_judgements(struct stm_intake *intake, struct stm_base *base,
                                     const stemma_counts *counts, const uint64_t *ids,
                                     const uint8_t *data_sets, const uint32_t *runs)
{
    for (uint32_t i = 0; i < counts->judgements; i++) {
        stemma_judgement judgement;
        struct stm_pack_edge *edge;
        stemma_status status =
            stemma_judgement_get(base->snapshot, i, &judgement, &intake->error);
        if (status != STEMMA_OK) {
            return status;
        }
        if (!kept(&judgement, data_sets)) {
            continue;
        }
        if (judgement.run != STEMMA_NONE) {
            judgement.run = runs[judgement.run];
        }
        edge = stm_corpus_add_edge(intake->corpus);
        if (edge == NULL) {
            return stm_fail(&intake->error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "", "Out of memory");
        }
        edge->as.judgement = judgement;
        edge->left = ids[judgement.left.document];
        edge->right = ids[judgement.right.document];
    }
    for (uint32_t i = 0; i < counts->documents; i++) {
        const stemma_derivation *derivations;
        uint32_t count;
        stemma_status status =
            stemma_derivations_of(base->snapshot, i, &derivations, &count, &intake->error);
        if (status != STEMMA_OK) {
            return status;
        }
        for (uint32_t k = 0; k < count; k++) {
            struct stm_pack_edge *edge;
            if (derivations[k].author.size == 0) {
                continue;
            }
            edge = stm_corpus_add_edge(intake->corpus);
            if (edge == NULL) {
                return stm_fail(&intake->error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "",
                                "Out of memory");
            }
            edge->is_derivation = true;
            edge->unit = STM_OFFSET_UTF8;
            edge->as.derivation = derivations[k];
            edge->left = ids[derivations[k].from];
            edge->right = ids[derivations[k].to];
        }
    }
    return STEMMA_OK;
}

/* The pages of the file count as held by this process, too. */
static void watch(struct stm_intake *intake, struct stm_base *base, const char *path)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file >= 0) {
        base->memory = intake->corpus->arena.memory;
        base->watched = stm_memory_watch_file(base->memory, file);
        close(file);
    }
}

/* Gives back what documents that are in the corpus now took of the snapshot. */
static stemma_status renew_snapshot(struct stm_intake *intake, struct stm_base *base)
{
    stemma_snapshot_end(base->snapshot);
    base->snapshot = NULL;
    return stemma_snapshot_begin(&base->snapshot, base->file, &intake->error);
}

stemma_status stm_intake_base(struct stm_intake *intake, const char *path,
                              struct stm_base **list)
{
    stemma_open_options options = STEMMA_OPEN_OPTIONS_INIT;
    struct stm_base *base = calloc(1, sizeof *base);
    stemma_counts counts;
    uint32_t *runs = NULL;
    uint64_t *ids = NULL;
    uint8_t *data_sets = NULL; /* by document */
    stemma_status status;
    if (base == NULL) {
        return stm_fail(&intake->error, STEMMA_E_NO_MEMORY, "NO_MEMORY", path, "Out of memory");
    }
    base->next = *list;
    *list = base;
    options.flags = STEMMA_OPEN_SEQUENTIAL;
    options.memory_limit = UINT64_MAX; /* it is all to be held until it is written again */
    status = stemma_open(&base->file, path, &options, &intake->error);
    if (status == STEMMA_OK) {
        status = stemma_snapshot_begin(&base->snapshot, base->file, &intake->error);
    }
    if (status != STEMMA_OK) {
        return status;
    }
    watch(intake, base, path);
    stemma_counts_get(base->file, &counts);
    runs = calloc((size_t)counts.runs + 1, sizeof *runs);
    ids = calloc((size_t)counts.documents + 1, sizeof *ids);
    data_sets = calloc((size_t)counts.documents + 1, sizeof *data_sets);
    if (runs == NULL || ids == NULL || data_sets == NULL) {
        status = stm_fail(&intake->error, STEMMA_E_NO_MEMORY, "NO_MEMORY", path, "Out of memory");
    }
    if (status == STEMMA_OK) {
        status = take_terms(intake, base);
    }
    if (status == STEMMA_OK) {
        status = take_runs(intake, base, &counts, runs);
    }
    for (uint32_t i = 0; i < counts.documents && status == STEMMA_OK; i++) {
        stemma_document fields;
        if (i % intake->batch == intake->batch - 1) {
            status = renew_snapshot(intake, base);
        }
        if (status == STEMMA_OK) {
            status = stemma_document_get(base->snapshot, i, &fields, &intake->error);
        }
        data_sets[i] = status == STEMMA_OK && fields.row_count != 0;
        if (data_sets[i] != 0) {
            status = take_data_set(intake, base, i, runs, &ids[i]);
        } else if (status == STEMMA_OK) {
            status = take_document(intake, base, i, runs, (uint32_t)counts.runs, &ids[i]);
        }
        stm_progress_show(intake->progress, "reading", ++intake->seen, 0);
    }
    if (status == STEMMA_OK) {
        status = take_judgements(intake, base, &counts, ids, data_sets, runs);
    }
    free(runs);
    free(ids);
    free(data_sets);
    return status;
}
