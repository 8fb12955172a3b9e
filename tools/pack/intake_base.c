/* SPDX-License-Identifier: MIT */
/* What a .stemma file holds, taken over into the corpus. */
#include <stdlib.h>

#include "error.h"
#include "pack/intake.h"
#include "stemma/read.h"

struct stm_base {
    struct stm_base *next;
    stemma_file *file;
    stemma_snapshot *snapshot; /* owns what the corpus points to */
};

void stm_intake_close_bases(struct stm_base *list)
{
    while (list != NULL) {
        struct stm_base *next = list->next;
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
        stemma_span all = {0, document->document.text_size};
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

/* People's judgements and derivations; a program's are made again over the whole. */
static stemma_status take_judgements(struct stm_intake *intake, struct stm_base *base,
                                     const stemma_counts *counts, const uint64_t *ids)
{
    for (uint32_t i = 0; i < counts->judgements; i++) {
        stemma_judgement judgement;
        struct stm_pack_edge *edge;
        stemma_status status =
            stemma_judgement_get(base->snapshot, i, &judgement, &intake->error);
        if (status != STEMMA_OK) {
            return status;
        }
        if (judgement.author.size == 0) {
            continue;
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

stemma_status stm_intake_base(struct stm_intake *intake, const char *path,
                              struct stm_base **list)
{
    stemma_open_options options = STEMMA_OPEN_OPTIONS_INIT;
    struct stm_base *base = calloc(1, sizeof *base);
    stemma_counts counts;
    uint32_t *runs = NULL;
    uint64_t *ids = NULL;
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
    stemma_counts_get(base->file, &counts);
    runs = calloc((size_t)counts.runs + 1, sizeof *runs);
    ids = calloc((size_t)counts.documents + 1, sizeof *ids);
    if (runs == NULL || ids == NULL) {
        status = stm_fail(&intake->error, STEMMA_E_NO_MEMORY, "NO_MEMORY", path, "Out of memory");
    }
    if (status == STEMMA_OK) {
        status = take_terms(intake, base);
    }
    if (status == STEMMA_OK) {
        status = take_runs(intake, base, &counts, runs);
    }
    for (uint32_t i = 0; i < counts.documents && status == STEMMA_OK; i++) {
        status = take_document(intake, base, i, runs, (uint32_t)counts.runs, &ids[i]);
        stm_progress_show(intake->progress, "reading", ++intake->seen, 0);
    }
    if (status == STEMMA_OK) {
        status = take_judgements(intake, base, &counts, ids);
    }
    free(runs);
    free(ids);
    return status;
}
