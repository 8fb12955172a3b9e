/* SPDX-License-Identifier: MIT */
#include "pack/pack.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/complaint.h"
#include "common/exit_codes.h"
#include "common/json_memory.h"
#include "common/refusal.h"
#include "base/error.h"
#include "file/publish.h"
#include "pack/edges.h"
#include "pack/intake.h"
#include "base/parallel.h"
#include "pack/read/input.h"
#include "stemma/version.h"
#include "write/writer_memory.h"

#define NAME         "stemma-pack"
#define SCRATCH_KEPT ((size_t)4 << 20) /* bytes that a thread keeps from one document to the next */
#define SHOWN_AT_MOST 10
#define MEMORY_DEFAULT (UINT64_C(1) << 30)

struct packing {
    const struct stm_pack_settings *settings;
    struct stm_corpus corpus;
    stm_problems problems;
    stemma_writer *writer;
    struct stm_base *bases;
    struct stm_data_sets sets;
    struct stm_arena mappings;
    struct stm_model *model;
    struct stm_progress progress;
    struct stm_intake intake;
    size_t documents;
    stemma_error error;
};

static stemma_status add_run(struct packing *packing, const char *name, const char *settings,
                             uint32_t *number)
{
    stemma_run run = {stemma_text_of(name), packing->intake.version, STEMMA_RUN_RULE,
                      stemma_text_of(settings)};
    return stemma_writer_add_run(packing->writer, &run, number, &packing->error);
}

static stemma_status read_stream(struct packing *packing, const char *path, bool only_judgements)
{
    const char *reason;
    FILE *file = strcmp(path, "-") == 0 ? stdin : stm_input_stream(path, false, &reason);
    const char *name = file == stdin ? "standard input" : path;
    stemma_status status;
    if (file == NULL) {
        return stm_fail(&packing->error, STEMMA_E_SYSTEM, "FILE_UNREADABLE", path,
                        "Cannot be opened: %s", reason);
    }
    status = stm_intake_stream(&packing->intake, file, name, only_judgements);
    packing->error = packing->intake.error;
    if (file != stdin) {
        fclose(file);
    }
    return status;
}

static stemma_status read_base(struct packing *packing, const char *path)
{
    stemma_status status = stm_intake_base(&packing->intake, path, &packing->bases);
    packing->error = packing->intake.error;
    return status;
}

static stemma_status read_inputs(struct packing *packing)
{
    const struct stm_pack_settings *settings = packing->settings;
    stemma_status status = STEMMA_OK;
    const char **paths = calloc((size_t)settings->input_count + 1, sizeof *paths);
    int path_count = 0;
    if (paths == NULL) {
        return stm_fail(&packing->error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "", "Out of memory");
    }
    if (settings->mappings.count != 0) {
        status = stm_intake_mappings(&packing->intake, &packing->mappings);
        packing->error = packing->intake.error;
    }
    if (settings->base != NULL && status == STEMMA_OK) {
        status = read_base(packing, settings->base);
    }
    for (int i = 0; i < settings->input_count && status == STEMMA_OK; i++) {
        const char *path = settings->inputs[i];
        if (strcmp(path, "-") == 0 && settings->mappings.count != 0) {
            status = stm_intake_table_stream(&packing->intake, STDIN_FILENO, "standard input");
            packing->error = packing->intake.error;
        } else if (strcmp(path, "-") == 0) {
            status = read_stream(packing, path, false);
        } else {
            paths[path_count++] = path;
        }
    }
    if (status == STEMMA_OK && (path_count != 0 || settings->manifest != NULL)) {
        status = stm_intake_paths(&packing->intake, paths, path_count, &packing->bases);
        packing->error = packing->intake.error;
    }
    for (int i = 0; i < settings->judgements.count && status == STEMMA_OK; i++) {
        status = read_stream(packing, settings->judgements.items[i], true);
    }
    free(paths);
    return status;
}

/* Gives the documents to the writer, which has the data sets already. One that it refuses is listed and left out of the corpus. */
static stemma_status write_documents(struct packing *packing)
{
    struct stm_corpus *corpus = &packing->corpus;
    size_t kept = 0;
    stemma_status status = STEMMA_OK;
    for (size_t i = 0; i < corpus->count; i++) {
        struct stm_pack_document *document = corpus->documents[i];
        uint32_t number = 0;
        stemma_error error;
        if (status == STEMMA_OK) {
            status = stemma_writer_add_document(packing->writer, &document->document, &number,
                                                &error);
            stm_progress_show(&packing->progress, "checking", i, corpus->count);
            if (status == STEMMA_E_INVALID || status == STEMMA_E_LIMIT) {
                stm_problem problem = {STM_SEVERITY_ERROR, document->file, document->line, 0,
                                       error.code};
                stm_problems_add(&packing->problems, &problem, "%s: %s", error.where,
                                 error.message);
                status = STEMMA_OK;
                continue;
            }
            if (status != STEMMA_OK) {
                packing->error = error;
            } else if (number != packing->sets.count + kept) {
                status = stm_fail(&packing->error, STEMMA_E_INTERNAL, "INTERNAL", "documents",
                                  "The writer counts documents otherwise");
            }
        }
        corpus->documents[kept++] = document;
    }
    corpus->count = kept;
    return status;
}

/* Streams that were judged apart say nothing of each other: like .stemma files that are put together,
   they are judged anew as one corpus. */
static enum stm_judge_mode judge_mode(const struct packing *packing)
{
    enum stm_judge_mode mode = (enum stm_judge_mode)packing->settings->judge;
    return mode == STM_JUDGE_NEW && packing->intake.judged_streams > 1 ? STM_JUDGE_ALL : mode;
}

/* Opens the weights of the reader, and names them in its run. That there are none matters only when
   there is something to read, unless somebody asked for them. */
static stemma_status add_reader(struct packing *packing)
{
    static const char digits[] = "0123456789abcdef";
    char settings[8 + 2 * STM_DIGEST_SIZE] = "";
    const char *path = packing->settings->model;
    stemma_error *error = &packing->intake.model_error;
    stemma_status status = path != NULL ? stm_model_open(&packing->model, path, error)
                                        : stm_model_open_unproven(&packing->model, path, error);
    if (status == STEMMA_OK) {
        const uint8_t *digest = stm_model_digest(packing->model);
        strcpy(settings, "model=");
        for (size_t i = 0; i < STM_DIGEST_SIZE; i++) {
            settings[6 + 2 * i] = digits[digest[i] >> 4];
            settings[7 + 2 * i] = digits[digest[i] & 15];
        }
        settings[6 + 2 * STM_DIGEST_SIZE] = '\0';
    } else if (packing->settings->model != NULL || status == STEMMA_E_NO_MEMORY) {
        packing->error = packing->intake.model_error;
        return status;
    }
    packing->intake.model = packing->model;
    return add_run(packing, "stemma-pack/english-news", settings, &packing->intake.extract_run);
}

static stemma_status run(struct packing *packing)
{
    uint32_t judge_run = 0;
    uint32_t join_run = 0;
    stemma_status status = add_reader(packing);
    if (status == STEMMA_OK) {
        status = add_run(packing, "stemma-pack/judge", "", &judge_run);
    }
    if (status == STEMMA_OK) {
        status = read_inputs(packing);
    }
    if (status != STEMMA_OK) {
        return status;
    }
    stm_arena_pool_free(packing->intake.scratch);
    packing->intake.scratch = NULL;
    malloc_trim(0);
    stm_corpus_sort(&packing->corpus, &packing->problems);
    status = write_documents(packing);
    if (status == STEMMA_OK && packing->corpus.count == 0 && packing->sets.count == 0) {
        status = stm_fail(&packing->error, STEMMA_E_INVALID, "NO_DOCUMENTS", "",
                          "The input holds no document that could be read");
    }
    if (status == STEMMA_OK) {
        stm_progress_show(&packing->progress, "judging", 0, 0);
        status = stm_edges_write(&packing->corpus, &packing->sets, judge_mode(packing), judge_run,
                                 packing->writer, &packing->problems, &packing->progress,
                                 packing->intake.jobs, &packing->error);
    }
    if (status == STEMMA_OK && packing->sets.joins.join_count != 0) {
        status = add_run(packing, "stemma-pack/same-id", "", &join_run);
        if (status == STEMMA_OK) {
            status = stm_data_sets_join(&packing->sets, join_run, packing->writer, &packing->error);
        }
    }
    packing->documents = packing->corpus.count;
    stm_corpus_free(&packing->corpus); /* the writer needs the room now */
    malloc_trim(0);
    if (status == STEMMA_OK && stm_refusal_met()) { /* somewhere something is missing */
        status = stm_no_memory(&packing->error);
    }
    if (status == STEMMA_OK) {
        status = stemma_writer_finish(packing->writer, &packing->error);
    }
    return status;
}

/* The list beside the output appears whole or not at all, as the output does; a link that somebody
   put there is not followed. */
static stemma_status publish_rejects(struct packing *packing, const char *path, stemma_error *error)
{
    stm_publication publication;
    stemma_status status = stm_publication_begin(&publication, path, 1, error);
    if (status == STEMMA_OK) {
        status = stm_publication_open(&publication, error);
    }
    if (status == STEMMA_OK) {
        status = stm_problems_write(&packing->problems, publication.file, path, error);
    }
    if (status == STEMMA_OK) {
        status = stm_publication_commit(&publication, error);
    }
    stm_publication_end(&publication);
    return status;
}

/* The list where the user wants it, be it a pipe or a terminal. */
static stemma_status write_rejects_to(struct packing *packing, const char *path,
                                      stemma_error *error)
{
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOCTTY, 0666);
    stemma_status status = file >= 0 ? stm_problems_write(&packing->problems, file, path, error)
                                     : stm_system_failed(error, "WRITE_FAILED", path, "open it");
    if (file >= 0 && close(file) != 0 && status == STEMMA_OK) {
        status = stm_system_failed(error, "WRITE_FAILED", path, "write it");
    }
    return status;
}

/* Puts the list of problems where the user finds it. An old list beside the output is removed when
   a complete run has nothing to list. */
static bool write_rejects(struct packing *packing, bool complete)
{
    const struct stm_pack_settings *settings = packing->settings;
    stemma_error error = {0};
    stemma_status status;
    struct stat about;
    char *path = NULL;
    if (settings->rejects != NULL) {
        path = strdup(settings->rejects);
    } else if (asprintf(&path, "%s.rejects.jsonl", settings->output) < 0) {
        path = NULL;
    }
    if (path == NULL) {
        fprintf(stderr, "%s: no memory to list what was refused [NO_MEMORY]\n", NAME);
        return false;
    }
    if (!stm_problems_any(&packing->problems)) {
        if (complete && lstat(path, &about) == 0 && S_ISREG(about.st_mode)) {
            unlink(path);
        }
        free(path);
        return true;
    }
    status = settings->rejects != NULL ? write_rejects_to(packing, path, &error)
                                       : publish_rejects(packing, path, &error);
    if (status == STEMMA_OK) {
        stm_complain(stderr, "%s: %llu refused, %llu warnings, %llu notes: see %s", NAME,
                     (unsigned long long)packing->problems.counts[STM_SEVERITY_ERROR],
                     (unsigned long long)packing->problems.counts[STM_SEVERITY_WARNING],
                     (unsigned long long)packing->problems.counts[STM_SEVERITY_NOTE], path);
    } else {
        stm_complain(stderr, "%s: %s: the list of what was refused cannot be written: %s [%s]",
                     NAME, path, error.message, error.code);
    }
    free(path);
    return status == STEMMA_OK;
}

/* "FILE:LINE:COLUMN: reason [CODE]" for one line of the list. */
static void show_problem(stemma_text line)
{
    json_t *problem = stm_json_load(line.data, line.size, 0, NULL);
    const char *file = json_string_value(json_object_get(problem, "file"));
    const char *reason = json_string_value(json_object_get(problem, "reason"));
    const char *code = json_string_value(json_object_get(problem, "code"));
    json_int_t row = json_integer_value(json_object_get(problem, "line"));
    json_int_t column = json_integer_value(json_object_get(problem, "column"));
    char place[64] = "";
    if (problem == NULL) {
        fprintf(stderr, "%s: no memory to show a problem [NO_MEMORY]\n", NAME);
        return;
    }
    if (row != 0 && column != 0) {
        snprintf(place, sizeof place, ":%lld:%lld", (long long)row, (long long)column);
    } else if (row != 0) {
        snprintf(place, sizeof place, ":%lld", (long long)row);
    }
    stm_complain(stderr, "%s: %s%s: %s [%s]", NAME, file != NULL ? file : "input", place,
            reason != NULL ? reason : "", code != NULL ? code : "");
    json_decref(problem);
}

/* The first problems, for someone at a terminal who will not open the list. */
static void show_problems(const stm_problems *problems)
{
    stemma_text first = stm_problems_first(problems);
    const char *line = first.data;
    size_t rest = first.size;
    for (int shown = 0; rest != 0 && shown < SHOWN_AT_MOST; shown++) {
        const char *end = memchr(line, '\n', rest);
        size_t size = end != NULL ? (size_t)(end - line) : rest;
        show_problem((stemma_text){line, size});
        size += end != NULL ? 1 : 0;
        line += size;
        rest -= size;
    }
    if (rest != 0) {
        fprintf(stderr, "%s: ... and more\n", NAME);
    }
}

/* 1 GiB, or half of what the machine has when that is less. */
static uint64_t default_memory(void)
{
    long pages = sysconf(_SC_PHYS_PAGES);
    long page = sysconf(_SC_PAGESIZE);
    uint64_t half = pages > 0 && page > 0 ? (uint64_t)pages * (uint64_t)page / 2 : UINT64_MAX;
    return half < MEMORY_DEFAULT ? half : MEMORY_DEFAULT;
}

/* Memory that is refused may have been room for a temporary file. */
static stemma_status explain(struct packing *packing, stemma_status status)
{
    return packing->writer != NULL
               ? stm_memory_explain(stm_writer_memory(packing->writer), status, &packing->error)
               : status;
}

/* "news.stemma: 3 documents, 2 data sets with 12 rows" */
static void summarize(const struct packing *packing, size_t documents)
{
    const char *output = packing->settings->output;
    const char *document = documents == 1 ? "document" : "documents";
    const char *set = packing->sets.count == 1 ? "data set" : "data sets";
    const char *row = packing->sets.rows == 1 ? "row" : "rows";
    unsigned long long rows = packing->sets.rows;
    if (packing->sets.count == 0) {
        stm_complain(stderr, "%s: %s: %zu %s", NAME, output, documents, document);
    } else if (documents == 0) {
        stm_complain(stderr, "%s: %s: %zu %s with %llu %s", NAME, output,
                     (size_t)packing->sets.count, set, rows, row);
    } else {
        stm_complain(stderr, "%s: %s: %zu %s, %zu %s with %llu %s", NAME, output, documents,
                     document, (size_t)packing->sets.count, set, rows, row);
    }
}

static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? strdup(".") : strndup(path, slash == path ? 1 : (size_t)(slash - path));
}

int stm_pack_run(const struct stm_pack_settings *settings)
{
    struct packing packing = {.settings = settings};
    stemma_writer_options options = STEMMA_WRITER_OPTIONS_INIT;
    unsigned jobs = settings->jobs != 0 ? (unsigned)(settings->jobs < 64 ? settings->jobs : 64)
                                        : stm_parallel_default();
    stemma_status status;
    size_t documents;
    int exit_status;
    char *folder = folder_of(settings->output);
    if (folder == NULL) {
        stm_complain(stderr, "%s: Out of memory [NO_MEMORY]", NAME);
        return STM_EXIT_INTERNAL;
    }
    stm_json_memory_begin();
    stm_progress_begin(&packing.progress, settings->quiet != 0, settings->verbose != 0);
    stm_problems_to_folder(&packing.problems, folder);
    options.memory = settings->memory != 0 ? settings->memory : default_memory();
    options.jobs = jobs;
    options.flags = settings->force ? STEMMA_WRITE_REPLACE : 0;
    options.progress = stm_progress_show;
    options.progress_context = &packing.progress;
    status = stemma_writer_new(&packing.writer, settings->output, &options, &packing.error);
    if (status == STEMMA_OK) {
        stm_corpus_init(&packing.corpus, stm_writer_memory(packing.writer));
        packing.intake = (struct stm_intake){
            .settings = settings,
            .jobs = jobs,
            .version = stemma_text_of(stemma_version()),
            .sets = &packing.sets,
            .corpus = &packing.corpus,
            .batch = stm_memory_part(stm_writer_memory(packing.writer), 1u << 20, 16,
                                     STM_BATCH_MOST),
            .problems = &packing.problems,
            .writer = packing.writer,
            .progress = &packing.progress,
            .scratch = stm_arena_pool_new(SCRATCH_KEPT),
        };
        status = packing.intake.scratch != NULL ? run(&packing) : stm_no_memory(&packing.error);
    }
    status = explain(&packing, status);
    documents = packing.documents;
    stm_progress_end(&packing.progress);
    stm_corpus_free(&packing.corpus);
    stm_arena_free(&packing.mappings);
    stm_arena_pool_free(packing.intake.scratch);
    stm_model_close(packing.model);
    stm_intake_close_bases(packing.bases);
    stemma_writer_free(packing.writer);
    exit_status = stm_exit_of(status);
    if (stm_problems_any(&packing.problems)) {
        show_problems(&packing.problems);
    }
    if (status != STEMMA_OK) {
        stm_complain(stderr, "%s: %s%s%s%s [%s]", NAME, packing.error.where,
                     packing.error.where[0] != '\0' ? ": " : "", packing.error.message,
                     stm_existing_hint(&packing.error), packing.error.code);
    }
    if (stm_problems_status(&packing.problems) != STEMMA_OK ||
        !write_rejects(&packing, status == STEMMA_OK)) {
        exit_status = exit_status == STM_EXIT_OK ? STM_EXIT_SYSTEM : exit_status;
    }
    if (status == STEMMA_OK) {
        if (packing.problems.counts[STM_SEVERITY_ERROR] != 0) {
            exit_status = STM_EXIT_REJECTED;
        }
        if (!settings->quiet) {
            summarize(&packing, documents);
        }
    }
    stm_data_sets_free(&packing.sets);
    stm_problems_free(&packing.problems);
    free(folder);
    return exit_status;
}
