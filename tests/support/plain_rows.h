/* SPDX-License-Identifier: MIT */
/* A sink of rows that takes plain rows as well: it makes them rows again and hands on everything to another sink. */
#ifndef STEMMA_TEST_PLAIN_ROWS_H
#define STEMMA_TEST_PLAIN_ROWS_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pack/rows.h"
#include "stemma/edtf.h"

#define PLAIN_ROLES 16u

struct plain_form {
    uint32_t type;
    uint32_t roles[PLAIN_ROLES];
    uint32_t count;
};

struct plain_rows {
    struct stm_row_sink to;
    struct plain_form *forms;
    uint32_t form_count;
    char (*times)[64];
    uint32_t time_count;
    uint64_t rows; /* that came as columns */
};

static inline void *plain_more(void *list, uint32_t count, size_t size)
{
    void *wider = (count & (count - 1)) == 0 ? realloc(list, size * (count == 0 ? 1 : 2 * (size_t)count)) : list;
    if (wider == NULL) {
        abort();
    }
    return wider;
}

static inline stemma_status plain_add_term(void *context, const stemma_term *term, stemma_error *error)
{
    struct plain_rows *plain = context;
    return plain->to.add_term(plain->to.context, term, error);
}

static inline stemma_status plain_begin(void *context, const stemma_document *fields, stemma_error *error)
{
    struct plain_rows *plain = context;
    return plain->to.begin(plain->to.context, fields, error);
}

static inline stemma_status plain_term(void *context, uint8_t kind, stemma_text name, uint32_t *handle,
                                       stemma_error *error)
{
    struct plain_rows *plain = context;
    return plain->to.term(plain->to.context, kind, name, handle, error);
}

static inline stemma_status plain_actor(void *context, stemma_text type, stemma_text name,
                                        uint32_t *handle, stemma_error *error)
{
    struct plain_rows *plain = context;
    return plain->to.actor(plain->to.context, type, name, handle, error);
}

static inline stemma_status plain_actors(void *context, stemma_text type, const stemma_text *names,
                                         size_t count, uint32_t *handles, size_t *taken, stemma_error *error)
{
    stemma_status status = STEMMA_OK;
    for (*taken = 0; *taken < count && status == STEMMA_OK; *taken += status == STEMMA_OK) {
        status = plain_actor(context, type, names[*taken], &handles[*taken], error);
    }
    return status;
}

static inline stemma_status plain_list(void *context, const stemma_row *rows, size_t count,
                                       size_t *taken, stemma_error *error)
{
    struct plain_rows *plain = context;
    return plain->to.rows(plain->to.context, rows, count, taken, error);
}

static inline stemma_status plain_digest(void *context, const uint8_t digest[STEMMA_DIGEST_SIZE],
                                         uint64_t size, stemma_error *error)
{
    struct plain_rows *plain = context;
    return plain->to.digest(plain->to.context, digest, size, error);
}

static inline stemma_status plain_end(void *context, uint32_t *number, stemma_error *error)
{
    struct plain_rows *plain = context;
    return plain->to.end(plain->to.context, number, error);
}

static inline stemma_status plain_form(void *context, uint32_t type, const uint32_t *roles,
                                       uint32_t count, uint32_t *handle, stemma_error *error)
{
    struct plain_rows *plain = context;
    (void)error;
    if (count > PLAIN_ROLES) {
        abort();
    }
    for (uint32_t i = 0; i < plain->form_count; i++) {
        const struct plain_form *known = &plain->forms[i];
        if (known->type == type && known->count == count &&
            (count == 0 || memcmp(known->roles, roles, count * sizeof *roles) == 0)) {
            *handle = i;
            return STEMMA_OK;
        }
    }
    plain->forms = plain_more(plain->forms, plain->form_count, sizeof *plain->forms);
    struct plain_form *form = &plain->forms[plain->form_count];
    form->type = type;
    form->count = count;
    for (uint32_t i = 0; i < count; i++) {
        form->roles[i] = roles[i];
    }
    *handle = plain->form_count++;
    return STEMMA_OK;
}

/* The same time may get another handle. */
static inline stemma_status plain_time(void *context, stemma_text time, uint32_t *handle,
                                       stemma_error *error)
{
    struct plain_rows *plain = context;
    stemma_time_bounds bounds;
    if (time.size >= sizeof *plain->times || stemma_edtf_bounds(time, &bounds) != STEMMA_OK) {
        memset(error, 0, sizeof *error);
        snprintf(error->code, sizeof error->code, "EDTF");
        return STEMMA_E_INVALID;
    }
    plain->times = plain_more(plain->times, plain->time_count, sizeof *plain->times);
    memcpy(plain->times[plain->time_count], time.data, time.size);
    plain->times[plain->time_count][time.size] = '\0';
    *handle = plain->time_count++;
    return STEMMA_OK;
}

static inline stemma_status plain_columns(void *context, const stemma_plain_rows *columns,
                                          size_t *taken, stemma_error *error)
{
    struct plain_rows *plain = context;
    const uint32_t *actors = columns->actors;
    for (*taken = 0; *taken < columns->count; ++*taken) {
        stemma_row_participant participants[PLAIN_ROLES];
        uint32_t time = columns->times[*taken];
        if (columns->forms[*taken] >= plain->form_count ||
            (time != STEMMA_NONE && time >= plain->time_count)) {
            abort();
        }
        const struct plain_form *form = &plain->forms[columns->forms[*taken]];
        stemma_row row = {.number = columns->numbers[*taken],
                          .type = form->type,
                          .place = STEMMA_NONE,
                          .source = STEMMA_NONE,
                          .participants = participants,
                          .participant_count = form->count,
                          .quantity_predicate = STEMMA_NONE};
        size_t one = 0;
        for (uint32_t i = 0; i < form->count; i++) {
            participants[i] = (stemma_row_participant){form->roles[i], *actors++};
        }
        if (time != STEMMA_NONE) {
            row.time = stemma_text_of(plain->times[time]);
        }
        stemma_status status = plain->to.rows(plain->to.context, &row, 1, &one, error);
        if (status != STEMMA_OK) {
            return status;
        }
        plain->rows++;
    }
    return STEMMA_OK;
}

/* Begins anew; `plain` outlives what is returned. */
static inline struct stm_row_sink plain_rows_sink(struct plain_rows *plain, struct stm_row_sink to)
{
    *plain = (struct plain_rows){.to = to};
    return (struct stm_row_sink){plain,        plain_add_term, plain_begin, plain_term,
                                 plain_actor,  plain_list,     plain_digest, plain_end,    plain_actors,
                                 plain_form,   plain_time,     plain_columns};
}

static inline void plain_rows_free(struct plain_rows *plain)
{
    free(plain->forms);
    free(plain->times);
}

#endif
