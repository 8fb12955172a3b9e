/* SPDX-License-Identifier: MIT */
/* Going through judgements for those that could as well have gone the other way. Most are certain, so
   that they are told from the first bytes of the record. */
#include "trace/doubt.h"

#include <stdlib.h>

#include "entity_block.h"
#include "base/error.h"
#include "base/grow.h"
#include "judgement_record.h"
#include "key.h"
#include "trace/trace_identity.h"

#define SEEN_MOST  1000000u /* judgements looked at, unless all are wanted ... */
#define WINDOWS    64u      /* ... in so many runs */
#define PAIRS_MOST 8192u    /* doubtful ones that are weighed */

uint16_t stm_doubt_of(uint8_t verdict, uint16_t score)
{
    int distance;
    uint16_t doubt;
    if (score == STEMMA_NO_CONFIDENCE) {
        return verdict == STEMMA_VERDICT_UNSURE ? 1000 : 0;
    }
    distance = 2 * (int)score - 1000;
    doubt = (uint16_t)(1000 - abs(distance));
    return verdict == STEMMA_VERDICT_UNSURE && doubt < 600 ? 600 : doubt;
}

/* ---- Judgements ----------------------------------------------------------------------------- */

static stemma_status take(stm_doubt_list *list, uint32_t number, const stm_judgement_skim *skim)
{
    uint16_t doubt = stm_doubt_of(skim->verdict, skim->score);
    stm_doubt_pair *pairs;
    if (!skim->person && doubt < STM_DOUBT_LEAST) {
        return STEMMA_OK;
    }
    pairs = stm_grow(list->pairs, &list->capacity, list->count + 1, sizeof *pairs);
    if (pairs == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    list->pairs = pairs;
    pairs[list->count++] = (stm_doubt_pair){
        .number = number, .doubt = skim->person ? 0 : doubt, .person = skim->person};
    return STEMMA_OK;
}

/* Judgements `first` up to `end`. */
static stemma_status skim(stemma_snapshot *snapshot, uint32_t first, uint32_t end,
                          stm_doubt_list *list, stemma_error *error)
{
    stm_store_cursor *cursor = NULL;
    uint8_t bytes[4];
    stemma_bytes key = {bytes, sizeof bytes};
    stemma_bytes found = {NULL, 0};
    stemma_bytes value = {NULL, 0};
    stemma_status status = stm_snapshot_cursor(snapshot, STM_TABLE_JUDGEMENT, &cursor, error);
    if (status != STEMMA_OK) {
        return status;
    }
    stm_key_u32(bytes, first);
    status = stm_store_ceiling(cursor, key, &found, &value);
    for (uint32_t i = first; i < end; i++) {
        stm_judgement_skim one;
        uint32_t number = 0;
        if (status != STEMMA_OK || stm_key_read_u32(found, &number) != STEMMA_OK || number != i ||
            stm_judgement_skim_read(value, &one) != STEMMA_OK) {
            return stm_damaged(error, STM_TABLE_JUDGEMENT, i, "RECORD_MISSING");
        }
        status = take(list, i, &one);
        if (status != STEMMA_OK) {
            return stm_fail(error, status, "NO_MEMORY", "", "The system refused memory");
        }
        list->seen++;
        status = i + 1 < end ? stm_store_next(cursor, &found, &value) : STEMMA_OK;
    }
    return STEMMA_OK;
}

static stemma_status skim_all(stemma_snapshot *snapshot, bool all, stm_doubt_list *list,
                              stemma_error *error)
{
    uint64_t total = snapshot->file->counts.judgements;
    stemma_status status = STEMMA_OK;
    list->whole = all || total <= SEEN_MOST;
    if (list->whole) {
        return total != 0 ? skim(snapshot, 0, (uint32_t)total, list, error) : STEMMA_OK;
    }
    for (uint32_t i = 0; i < WINDOWS && status == STEMMA_OK; i++) {
        uint64_t first = total * i / WINDOWS;
        status = skim(snapshot, (uint32_t)first, (uint32_t)(first + SEEN_MOST / WINDOWS), list,
                      error);
    }
    return status;
}

/* ---- What they are about ------------------------------------------------------------------------ */

static stemma_status documents_of(stemma_snapshot *snapshot, uint8_t kind, uint32_t number,
                                  uint32_t *out, stemma_error *error)
{
    const stm_event_block *block = NULL;
    stm_event_row row;
    stm_column column;
    stemma_status status;
    if (kind == STEMMA_REFERENT_EVENT) {
        status = stm_snapshot_event_block(snapshot, number, &block, error);
        if (status != STEMMA_OK) {
            return status;
        }
        if (stm_event_block_row(block, number % STEMMA_EVENT_BLOCK, &row) != STEMMA_OK) {
            return stm_damaged(error, STM_TABLE_EVENT, number, "NUMBER_OUT_OF_RANGE");
        }
        *out = row.documents;
        return STEMMA_OK;
    }
    status = stm_snapshot_column(snapshot, STM_TABLE_ENTITY, STM_ENTITY_DOCUMENTS, 0,
                                 number / STM_ENTITY_BLOCK, &column, error);
    if (status == STEMMA_OK) {
        *out = (uint32_t)stm_column_get(&column, number % STM_ENTITY_BLOCK);
    }
    return status;
}

/* Fills the pair in; `*keep` is whether it counts: it stands, and something hangs on it. */
static stemma_status place(stemma_snapshot *snapshot, stm_doubt_pair *pair, bool *keep,
                           stemma_error *error)
{
    stemma_judgement judgement;
    stemma_reference ends[2];
    uint32_t documents[2] = {0, 0};
    stemma_status status = stemma_judgement_get(snapshot, pair->number, &judgement, error);
    *keep = false;
    if (status != STEMMA_OK || judgement.retracted.size != 0) {
        return status;
    }
    if (judgement.left.document >= snapshot->until || judgement.right.document >= snapshot->until) {
        return STEMMA_OK; /* as of the date nobody could have asked */
    }
    pair->ends[0] = judgement.left;
    pair->ends[1] = judgement.right;
    for (int i = 0; i < 2; i++) {
        status = stemma_member_of(snapshot, pair->ends[i], &ends[i], error);
        if (status != STEMMA_OK) {
            return status == STEMMA_NOT_FOUND ? STEMMA_OK : status;
        }
    }
    if (ends[0].kind != ends[1].kind) {
        return STEMMA_OK; /* nobody can join them */
    }
    pair->kind = ends[0].kind == STEMMA_REFERENCE_EVENT ? STEMMA_REFERENT_EVENT
                                                        : STEMMA_REFERENT_ENTITY;
    pair->left = ends[0].number;
    pair->right = ends[1].number;
    if (pair->left == pair->right && judgement.verdict != STEMMA_VERDICT_SAME && !pair->person) {
        return STEMMA_OK;
    }
    for (int i = 0; i < 2 && status == STEMMA_OK; i++) {
        status = documents_of(snapshot, pair->kind, ends[i].number, &documents[i], error);
    }
    pair->bound = documents[0] < documents[1] ? documents[0] : documents[1];
    *keep = true;
    return status;
}

/* ---- One of each pair of clusters ---------------------------------------------------------------- */

static int compare_numbers(uint32_t a, uint32_t b)
{
    return (a > b) - (a < b);
}

static int compare_clusters(const stm_doubt_pair *a, const stm_doubt_pair *b)
{
    int order = compare_numbers(a->kind, b->kind);
    uint32_t a_low = a->left < a->right ? a->left : a->right;
    uint32_t b_low = b->left < b->right ? b->left : b->right;
    order = order != 0 ? order : compare_numbers(a_low, b_low);
    order = order != 0 ? order : compare_numbers(a->left ^ a->right ^ a_low, b->left ^ b->right ^ b_low);
    if (order != 0 || a->left != a->right) {
        return order;
    }
    /* Inside one cluster every pair of referents is a question of its own. */
    order = stm_referent_compare(a->ends[0], b->ends[0]);
    return order != 0 ? order : stm_referent_compare(a->ends[1], b->ends[1]);
}

/* People's first, then the most doubtful. */
static int by_clusters(const void *left, const void *right)
{
    const stm_doubt_pair *a = left, *b = right;
    int order = compare_clusters(a, b);
    order = order != 0 ? order : b->person - a->person;
    order = order != 0 ? order : compare_numbers(b->doubt, a->doubt);
    return order != 0 ? order : compare_numbers(a->number, b->number);
}

static void leave_one_of_each(stm_doubt_list *list)
{
    size_t kept = 0;
    stm_doubt_pair group = {0};
    if (list->count > 1) {
        qsort(list->pairs, list->count, sizeof *list->pairs, by_clusters);
    }
    for (size_t i = 0; i < list->count; i++) {
        bool first = i == 0 || compare_clusters(&group, &list->pairs[i]) != 0;
        if (first) {
            group = list->pairs[i];
        }
        if (first && !group.person) {
            list->pairs[kept++] = list->pairs[i];
        }
    }
    list->count = kept;
}

static int by_doubt(const void *left, const void *right)
{
    const stm_doubt_pair *a = left, *b = right;
    int order = b->person - a->person;
    order = order != 0 ? order : compare_numbers(b->doubt, a->doubt);
    return order != 0 ? order : compare_numbers(a->number, b->number);
}

stemma_status stm_doubt_gather(stemma_snapshot *snapshot, bool all, stm_doubt_list *out,
                               stemma_error *error)
{
    size_t kept = 0;
    stemma_status status;
    *out = (stm_doubt_list){0};
    status = skim_all(snapshot, all, out, error);
    if (!all && out->count > PAIRS_MOST && status == STEMMA_OK) {
        qsort(out->pairs, out->count, sizeof *out->pairs, by_doubt);
        out->count = PAIRS_MOST;
        out->whole = false;
    }
    for (size_t i = 0; i < out->count && status == STEMMA_OK; i++) {
        bool keep = false;
        status = place(snapshot, &out->pairs[i], &keep, error);
        if (keep) {
            out->pairs[kept++] = out->pairs[i];
        }
    }
    out->count = kept;
    leave_one_of_each(out);
    return status;
}
