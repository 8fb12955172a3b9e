/* SPDX-License-Identifier: MIT */
#include "pack/edges.h"

#include <stdlib.h>

#include "common/json_in.h"
#include "base/error.h"
#include "pack/judge/judge.h"
#include "write/validate.h"

struct edges {
    struct stm_corpus *corpus;
    const struct stm_data_sets *sets;
    stemma_writer *writer;
    stemma_error *error;
    struct stm_arena *arena;
    stm_problems *problems;
    struct stm_progress *progress;
    unsigned jobs;
    stemma_judgement *judgements;
    uint32_t judgement_count;
    stemma_derivation *derivations;
    uint32_t derivation_count;
};

static void refuse(struct edges *edges, const struct stm_pack_edge *edge, const char *code,
                   const char *reason)
{
    stm_problem problem = {STM_SEVERITY_ERROR, edge->file, edge->line, 0, code};
    stm_problems_add(edges->problems, &problem, "%s", reason);
}

static bool before(stemma_referent_id a, stemma_referent_id b)
{
    return a.document != b.document ? a.document < b.document : a.referent < b.referent;
}

/* Whether a referent is what its id says: an entity or an event. */
static bool is_kind(const stemma_document *document, uint32_t referent, char kind)
{
    uint8_t is = document->referents[referent].kind;
    return kind == 0 || (kind == 'v') == (is == STEMMA_REFERENT_EVENT);
}

static void place_judgement(struct edges *edges, const struct stm_pack_edge *edge, uint32_t left,
                            uint32_t right)
{
    stemma_judgement judgement = edge->as.judgement;
    stemma_error error = {0};
    judgement.left.document = left;
    judgement.right.document = right;
    if (judgement.left.referent >= edges->corpus->documents[left]->document.referent_count ||
        judgement.right.referent >= edges->corpus->documents[right]->document.referent_count) {
        refuse(edges, edge, "DANGLING_REF", "The document has no such referent");
        return;
    }
    if (!is_kind(&edges->corpus->documents[left]->document, judgement.left.referent,
                 edge->kinds[0]) ||
        !is_kind(&edges->corpus->documents[right]->document, judgement.right.referent,
                 edge->kinds[1])) {
        refuse(edges, edge, "DANGLING_REF", "e.… names an entity and v.… an event: it is the other");
        return;
    }
    if (left == right && judgement.left.referent == judgement.right.referent) {
        refuse(edges, edge, "FIELD_VALUE", "A referent is judged against itself");
        return;
    }
    if (before(judgement.right, judgement.left)) {
        stemma_referent_id swap = judgement.left;
        judgement.left = judgement.right;
        judgement.right = swap;
    }
    /* What the writer would stop at is refused here, where its line is known. */
    if (stm_validate_judgement(&judgement, STEMMA_NONE, &error) != STEMMA_OK) {
        refuse(edges, edge, error.code, error.message);
        return;
    }
    edges->judgements[edges->judgement_count++] = judgement;
}

/* Ranges came in the unit of their stream; on the way out they are bytes. */
static stemma_status place_derivation(struct edges *edges, const struct stm_pack_edge *edge,
                                      uint32_t from, uint32_t to)
{
    stemma_derivation derivation = edge->as.derivation;
    struct stm_offsets of[2];
    stemma_error error = {0};
    stemma_shared_range *ranges;
    const uint32_t ends[2] = {from, to};
    if (from == to) {
        refuse(edges, edge, "FIELD_VALUE", "A document derives from itself");
        return STEMMA_OK;
    }
    derivation.from = from;
    derivation.to = to;
    ranges = stm_arena_alloc(edges->arena, derivation.range_count, sizeof *ranges);
    if (ranges == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (int side = 0; side < 2; side++) {
        const stemma_document *document = &edges->corpus->documents[ends[side]]->document;
        STM_TRY(stm_offsets_init(&of[side], edges->arena, document->text,
                                 document->text.size == 0 ? STM_OFFSET_UTF8 : edge->unit));
        of[side].units =
            document->text.size == 0 ? stemma_whole_span(document).end : of[side].units;
    }
    for (uint32_t i = 0; i < derivation.range_count; i++) {
        const stemma_shared_range *range = &derivation.ranges[i];
        if (!stm_offsets_to_byte(&of[0], range->from.start, &ranges[i].from.start) ||
            !stm_offsets_to_byte(&of[0], range->from.end, &ranges[i].from.end) ||
            !stm_offsets_to_byte(&of[1], range->to.start, &ranges[i].to.start) ||
            !stm_offsets_to_byte(&of[1], range->to.end, &ranges[i].to.end)) {
            refuse(edges, edge, "SPAN_OUT_OF_RANGE", "A shared range lies outside its text");
            return STEMMA_OK;
        }
    }
    derivation.ranges = ranges;
    if (stm_validate_derivation(&derivation, STEMMA_NONE, &error) != STEMMA_OK) {
        refuse(edges, edge, error.code, error.message);
        return STEMMA_OK;
    }
    edges->derivations[edges->derivation_count++] = derivation;
    return STEMMA_OK;
}

/* The writer's name for an end of a judgement of which one end at least is in a data set. */
static bool end_of(const struct edges *edges, const struct stm_corpus_index *index, uint64_t id,
                   stemma_referent_id *end)
{
    const struct stm_pack_set *set = stm_data_sets_find(edges->sets, id);
    if (set == NULL) {
        uint32_t position = stm_corpus_index_find(index, edges->corpus->count, id);
        end->document = (uint32_t)edges->sets->count + position;
        return position != STEMMA_NONE;
    }
    end->document = set->number;
    end->referent = stm_pack_set_ordinal(set, end->referent);
    return true;
}

/* A judgement that names a data set is nothing for the judge: it goes to the writer as it came. */
static stemma_status write_direct(struct edges *edges, const struct stm_corpus_index *index,
                                  const struct stm_pack_edge *edge)
{
    stemma_judgement judgement = edge->as.judgement;
    stemma_error error = {0};
    stemma_status status;
    if (edge->is_derivation) {
        refuse(edges, edge, "DANGLING_REF", "A data set has no text to derive from");
        return STEMMA_OK;
    }
    if (!end_of(edges, index, edge->left, &judgement.left) ||
        !end_of(edges, index, edge->right, &judgement.right)) {
        refuse(edges, edge, "DANGLING_REF", "It names a document that is not in the input");
        return STEMMA_OK;
    }
    if (before(judgement.right, judgement.left)) {
        stemma_referent_id swap = judgement.left;
        judgement.left = judgement.right;
        judgement.right = swap;
    }
    status = stemma_writer_add_judgement(edges->writer, &judgement, &error);
    if (status == STEMMA_E_INVALID || status == STEMMA_E_LIMIT) {
        bool dangling = strcmp(error.code, "REFERENT_OUT_OF_RANGE") == 0;
        refuse(edges, edge, dangling ? "DANGLING_REF" : error.code,
               dangling ? "The document has no such referent" : error.message);
        return STEMMA_OK;
    }
    if (status != STEMMA_OK) {
        *edges->error = error;
    }
    return status;
}

static bool kept(const struct stm_pack_edge *edge, int mode)
{
    stemma_text author = edge->is_derivation ? edge->as.derivation.author
                                             : edge->as.judgement.author;
    return mode != STM_JUDGE_ALL || author.size != 0;
}

static stemma_status place(struct edges *edges, int mode)
{
    struct stm_corpus *corpus = edges->corpus;
    struct stm_corpus_index *index = stm_corpus_index_new(corpus);
    stemma_status status = index != NULL ? STEMMA_OK : STEMMA_E_NO_MEMORY;
    for (size_t i = 0; i < corpus->edge_count && status == STEMMA_OK; i++) {
        const struct stm_pack_edge *edge = &corpus->edges[i];
        uint32_t left = stm_corpus_index_find(index, corpus->count, edge->left);
        uint32_t right = stm_corpus_index_find(index, corpus->count, edge->right);
        if (edges->sets->count != 0 && (stm_data_sets_find(edges->sets, edge->left) != NULL ||
                                        stm_data_sets_find(edges->sets, edge->right) != NULL)) {
            status = write_direct(edges, index, edge);
            continue;
        }
        if (!kept(edge, mode)) {
            continue;
        }
        if (left == STEMMA_NONE || right == STEMMA_NONE) {
            refuse(edges, edge, "DANGLING_REF", "It names a document that is not in the input");
        } else if (edge->is_derivation) {
            status = place_derivation(edges, edge, left, right);
        } else {
            place_judgement(edges, edge, left, right);
        }
    }
    free(index);
    return status;
}

static stemma_status judge(struct edges *edges, int mode, uint32_t run, stemma_error *error)
{
    struct stm_corpus *corpus = edges->corpus;
    struct stm_judge_input input = {.document_count = (uint32_t)corpus->count, .run = run};
    struct stm_judge_result result;
    const stemma_document **documents =
        stm_arena_alloc(edges->arena, corpus->count, sizeof *documents);
    uint8_t *judged = stm_arena_alloc(edges->arena, corpus->count, 1);
    if (documents == NULL || judged == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (size_t i = 0; i < corpus->count; i++) {
        documents[i] = &corpus->documents[i]->document;
        judged[i] = mode == STM_JUDGE_NEW && corpus->documents[i]->judged;
    }
    input.jobs = edges->jobs;
    input.progress = stm_progress_show;
    input.progress_context = edges->progress;
    input.documents = documents;
    input.judged = judged;
    input.judgements = edges->judgements;
    input.judgement_count = edges->judgement_count;
    input.derivations = edges->derivations;
    input.derivation_count = edges->derivation_count;
    STM_TRY(stm_judge(&input, edges->arena, &result, error));
    edges->judgements = result.judgements;
    edges->judgement_count = result.judgement_count;
    edges->derivations = result.derivations;
    edges->derivation_count = result.derivation_count;
    return STEMMA_OK;
}

stemma_status stm_edges_write(struct stm_corpus *corpus, struct stm_data_sets *sets,
                              enum stm_judge_mode mode, uint32_t judge_run, stemma_writer *writer,
                              stm_problems *problems, struct stm_progress *progress,
                              unsigned jobs, stemma_error *error)
{
    const uint32_t first = (uint32_t)sets->count; /* the writer's number of the first article */
    stemma_error own;
    struct edges edges = {.corpus = corpus,
                          .sets = sets,
                          .writer = writer,
                          .error = error != NULL ? error : &own,
                          .arena = &corpus->arena,
                          .problems = problems,
                          .progress = progress,
                          .jobs = jobs};
    stemma_status status = STEMMA_OK;
    edges.judgements = stm_arena_alloc(edges.arena, corpus->edge_count, sizeof *edges.judgements);
    edges.derivations =
        stm_arena_alloc(edges.arena, corpus->edge_count, sizeof *edges.derivations);
    if (edges.judgements == NULL || edges.derivations == NULL) {
        status = STEMMA_E_NO_MEMORY;
    }
    if (status == STEMMA_OK) {
        status = stm_data_sets_sort(sets);
    }
    if (status == STEMMA_OK) {
        status = place(&edges, mode);
    }
    if (status == STEMMA_E_NO_MEMORY) {
        return stm_fail(error, status, "NO_MEMORY", "", "Out of memory");
    }
    if (status == STEMMA_OK && mode != STM_JUDGE_NONE) {
        status = judge(&edges, mode, judge_run, error);
    }
    for (uint32_t i = 0; i < edges.judgement_count && status == STEMMA_OK; i++) {
        stemma_judgement judgement = edges.judgements[i];
        judgement.left.document += first;
        judgement.right.document += first;
        status = stemma_writer_add_judgement(writer, &judgement, error);
    }
    for (uint32_t i = 0; i < edges.derivation_count && status == STEMMA_OK; i++) {
        stemma_derivation derivation = edges.derivations[i];
        derivation.from += first;
        derivation.to += first;
        status = stemma_writer_add_derivation(writer, &derivation, error);
    }
    return status;
}
