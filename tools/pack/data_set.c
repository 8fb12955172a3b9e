/* SPDX-License-Identifier: MIT */
#include "pack/data_set.h"

#include <stdlib.h>

#include "base/error.h"
#include "base/grow.h"
#include "id.h"

void stm_data_sets_free(struct stm_data_sets *sets)
{
    for (size_t i = 0; i < sets->count; i++) {
        free(sets->sets[i].ordinals);
    }
    free(sets->sets);
    free(sets->numbers);
    free(sets->by_id);
    stm_row_joins_free(&sets->joins);
    memset(sets, 0, sizeof *sets);
}

static int compare_ids(const void *left, const void *right, void *context)
{
    const struct stm_pack_set *sets = context;
    uint64_t a = sets[*(const uint32_t *)left].id;
    uint64_t b = sets[*(const uint32_t *)right].id;
    return (a > b) - (a < b);
}

stemma_status stm_data_sets_sort(struct stm_data_sets *sets)
{
    uint32_t *order = calloc(sets->count + 1, sizeof *order);
    if (order == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (size_t i = 0; i < sets->count; i++) {
        order[i] = (uint32_t)i;
    }
    qsort_r(order, sets->count, sizeof *order, compare_ids, sets->sets);
    free(sets->by_id);
    sets->by_id = order;
    sets->sorted = sets->count;
    return STEMMA_OK;
}

const struct stm_pack_set *stm_data_sets_find(const struct stm_data_sets *sets, uint64_t id)
{
    size_t low = 0;
    size_t high = sets->sorted;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct stm_pack_set *set = &sets->sets[sets->by_id[middle]];
        if (set->id == id) {
            return set;
        }
        low = set->id < id ? middle + 1 : low;
        high = set->id < id ? high : middle;
    }
    return NULL;
}

static stemma_status no_memory(stemma_error *error)
{
    return stm_fail(error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "", "Out of memory");
}

static stemma_status add_term(void *context, const stemma_term *term, stemma_error *error)
{
    return stemma_writer_add_term(((struct stm_data_set_writer *)context)->writer, term, error);
}

static stemma_status begin(void *context, const stemma_document *fields, stemma_error *error)
{
    struct stm_data_set_writer *self = context;
    free(self->uri);
    self->uri = malloc(fields->uri.size + 1);
    self->uri_size = fields->uri.size;
    self->actors = 0;
    if (self->uri == NULL) {
        return no_memory(error);
    }
    if (fields->uri.size != 0) {
        memcpy(self->uri, fields->uri.data, fields->uri.size);
    }
    return stemma_writer_begin_rows(self->writer, fields, self->run, error);
}

static stemma_status row_term(void *context, uint8_t kind, stemma_text name, uint32_t *handle,
                              stemma_error *error)
{
    return stemma_writer_row_term(((struct stm_data_set_writer *)context)->writer, kind, name,
                                  handle, error);
}

static stemma_status row_actor(void *context, stemma_text type, stemma_text name, uint32_t *handle,
                               stemma_error *error)
{
    struct stm_data_set_writer *self = context;
    stemma_status status = stemma_writer_row_actor(self->writer, type, name, handle, error);
    if (status == STEMMA_OK && *handle >= self->actors) {
        self->actors = *handle + 1;
    }
    return status;
}

static stemma_status row_actors(void *context, stemma_text type, const stemma_text *names,
                                size_t count, uint32_t *handles, size_t *taken, stemma_error *error)
{
    struct stm_data_set_writer *self = context;
    stemma_status status =
        stemma_writer_row_actors(self->writer, type, names, count, handles, taken, error);
    for (size_t i = 0; i < *taken; i++) {
        self->actors = handles[i] >= self->actors ? handles[i] + 1 : self->actors;
    }
    return status;
}

static stemma_status add_rows(void *context, const stemma_row *rows, size_t count, size_t *taken,
                              stemma_error *error)
{
    return stemma_writer_add_rows(((struct stm_data_set_writer *)context)->writer, rows, count,
                                  taken, error);
}

static stemma_status row_form(void *context, uint32_t type, const uint32_t *roles, uint32_t count,
                              uint32_t *handle, stemma_error *error)
{
    return stemma_writer_row_form(((struct stm_data_set_writer *)context)->writer, type, roles,
                                  count, handle, error);
}

static stemma_status row_time(void *context, stemma_text time, uint32_t *handle,
                              stemma_error *error)
{
    return stemma_writer_row_time(((struct stm_data_set_writer *)context)->writer, time, handle,
                                  error);
}

static stemma_status add_columns(void *context, const stemma_plain_rows *columns, size_t *taken,
                                 stemma_error *error)
{
    return stemma_writer_add_plain_rows(((struct stm_data_set_writer *)context)->writer, columns,
                                     taken, error);
}

static stemma_status set_digest(void *context, const uint8_t digest[STEMMA_DIGEST_SIZE],
                                uint64_t size, stemma_error *error)
{
    struct stm_data_set_writer *self = context;
    memcpy(self->digest, digest, STEMMA_DIGEST_SIZE);
    return stemma_writer_rows_digest(self->writer, digest, size, error);
}

static stemma_status end(void *context, uint32_t *number, stemma_error *error)
{
    struct stm_data_set_writer *self = context;
    struct stm_data_sets *sets = self->sets;
    stemma_text uri = {self->uri, self->uri_size};
    struct stm_pack_set *list =
        stm_grow(sets->sets, &sets->capacity, sets->count + 1, sizeof *list);
    uint32_t *numbers;
    stemma_status status;
    if (list == NULL) {
        return no_memory(error);
    }
    sets->sets = list;
    numbers =
        stm_grow(sets->numbers, &sets->number_capacity, sets->number_count + 1, sizeof *numbers);
    if (numbers == NULL) {
        return no_memory(error);
    }
    sets->numbers = numbers;
    status = stemma_writer_end_rows(self->writer, number, error);
    if (status != STEMMA_OK) {
        return status;
    }
    numbers[sets->number_count++] = *number;
    sets->joins.documents++;
    self->repeated = *number != sets->count;
    if (!self->repeated) {
        list[sets->count++] = (struct stm_pack_set){stm_document_id(self->digest, uri), *number,
                                                    self->actors, self->actors, NULL};
    }
    return STEMMA_OK;
}

void stm_data_set_sink(struct stm_row_sink *sink, struct stm_data_set_writer *context)
{
    *sink = (struct stm_row_sink){context,    add_term, begin,      row_term, row_actor, add_rows,
                                  set_digest, end,      row_actors, row_form, row_time,  add_columns};
}

uint32_t stm_pack_set_ordinal(const struct stm_pack_set *set, uint32_t referent)
{
    if (referent >= set->positions) {
        return referent - set->positions + set->actors; /* a row */
    }
    return set->ordinals != NULL ? set->ordinals[referent] : referent;
}

stemma_status stm_data_set_positions(struct stm_data_set_writer *context, const uint32_t *handles,
                                     uint32_t count, stemma_error *error)
{
    struct stm_pack_set *set = &context->sets->sets[context->sets->count - 1];
    uint32_t *ordinals = calloc((size_t)count + 1, sizeof *ordinals);
    bool differ = false;
    stemma_status status = ordinals != NULL ? STEMMA_OK : no_memory(error);
    for (uint32_t i = 0; i < count && status == STEMMA_OK; i++) {
        status = stemma_writer_actor_referent(context->writer, set->number, handles[i],
                                              &ordinals[i], error);
        differ |= ordinals[i] != i;
    }
    if (status != STEMMA_OK || !differ) {
        free(ordinals);
        ordinals = NULL;
    }
    set->ordinals = ordinals;
    set->positions = count;
    return status;
}

void stm_data_set_writer_free(struct stm_data_set_writer *context)
{
    if (context->writer != NULL) {
        stemma_writer_drop_rows(context->writer);
    }
    free(context->uri);
    context->uri = NULL;
}

stemma_status stm_data_sets_join(const struct stm_data_sets *sets, uint32_t run,
                                 stemma_writer *writer, stemma_error *error)
{
    for (size_t i = 0; i < sets->joins.join_count; i++) {
        const struct stm_row_join *join = &sets->joins.joins[i];
        stemma_judgement judgement = {
            .left = {sets->numbers[join->document], 0},
            .right = {sets->numbers[join->later_document], 0},
            .verdict = STEMMA_VERDICT_SAME,
            .score = STEMMA_NO_CONFIDENCE,
            .run = run,
            .reason = stemma_text_of("same external id"),
        };
        stemma_status status;
        if (judgement.left.document == judgement.right.document && join->row == join->later_row) {
            continue; /* the same table twice */
        }
        status = stemma_writer_row_referent(writer, judgement.left.document, join->row,
                                            &judgement.left.referent, error);
        if (status == STEMMA_OK) {
            status = stemma_writer_row_referent(writer, judgement.right.document, join->later_row,
                                                &judgement.right.referent, error);
        }
        if (status == STEMMA_OK && (judgement.left.document > judgement.right.document ||
                                    (judgement.left.document == judgement.right.document &&
                                     judgement.left.referent > judgement.right.referent))) {
            stemma_referent_id swap = judgement.left;
            judgement.left = judgement.right;
            judgement.right = swap;
        }
        if (status == STEMMA_OK) {
            status = stemma_writer_add_judgement(writer, &judgement, error);
        }
        if (status != STEMMA_OK) {
            return status;
        }
    }
    return STEMMA_OK;
}
