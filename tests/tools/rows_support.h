/* SPDX-License-Identifier: MIT */
/* What the tests of tables share: cmocka's includes, a table from memory, a sink that writes down
   what it is given. */
#ifndef STEMMA_TEST_ROWS_SUPPORT_H
#define STEMMA_TEST_ROWS_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

#include "pack/rows.h"

/* An open file that holds these bytes, at its beginning. */
static inline int file_of(const void *bytes, size_t size)
{
    int file = memfd_create("table", 0);
    size_t done = 0;
    assert_true(file >= 0);
    while (done < size) {
        ssize_t wrote = write(file, (const char *)bytes + done, size - done);
        assert_true(wrote > 0);
        done += (size_t)wrote;
    }
    assert_int_equal(lseek(file, 0, SEEK_SET), 0);
    return file;
}

#define NOTED 65536

/* "number type time role=actor ... | place source id content quantity" a line. */
struct noting {
    char text[NOTED];
    size_t used;
    char terms[64][96];
    char labels[64][96];
    char roles[64][96];
    uint8_t kinds[64];
    uint32_t term_count;
    char actors[64][96];
    uint32_t actor_count;
    char uri[128];
    char media_type[64];
    uint8_t digest[STEMMA_DIGEST_SIZE];
    uint64_t size;
    uint32_t refuse; /* number of a row that is refused, or 0 */
    uint64_t rows;
    bool ended;
};

static inline void note(struct noting *noting, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static inline void note(struct noting *noting, const char *format, ...)
{
    va_list arguments;
    int size;
    va_start(arguments, format);
    size = vsnprintf(noting->text + noting->used, NOTED - noting->used, format, arguments);
    va_end(arguments);
    assert_true(size >= 0 && (size_t)size < NOTED - noting->used);
    noting->used += (size_t)size;
}

static inline void copy_text(char out[96], stemma_text text)
{
    assert_true(text.size < 96);
    if (text.size != 0) {
        memcpy(out, text.data, text.size);
    }
    out[text.size] = '\0';
}

static inline stemma_status noted_term(void *context, const stemma_term *term, stemma_error *error)
{
    struct noting *noting = context;
    (void)error;
    assert_true(noting->term_count < 64);
    noting->kinds[noting->term_count] = term->kind;
    copy_text(noting->terms[noting->term_count], term->name);
    copy_text(noting->labels[noting->term_count], term->label);
    copy_text(noting->roles[noting->term_count], term->roles);
    noting->term_count++;
    return STEMMA_OK;
}

static inline stemma_status noted_begin(void *context, const stemma_document *fields,
                                        stemma_error *error)
{
    struct noting *noting = context;
    char uri[96];
    (void)error;
    copy_text(uri, fields->uri);
    snprintf(noting->uri, sizeof noting->uri, "%s", uri);
    copy_text(uri, fields->media_type);
    snprintf(noting->media_type, sizeof noting->media_type, "%.60s", uri);
    return STEMMA_OK;
}

static inline stemma_status noted_handle(void *context, uint8_t kind, stemma_text name,
                                         uint32_t *handle, stemma_error *error)
{
    struct noting *noting = context;
    uint32_t count;
    const stemma_term *builtin = stemma_vocabulary_builtin(&count);
    (void)error;
    for (uint32_t i = 0; i < noting->term_count; i++) {
        if (noting->kinds[i] == kind && stemma_text_equal(name, stemma_text_of(noting->terms[i]))) {
            *handle = i;
            return STEMMA_OK;
        }
    }
    for (uint32_t i = 0; i < count; i++) {
        if (builtin[i].kind == kind && stemma_text_equal(builtin[i].name, name)) {
            *handle = noting->term_count;
            return noted_term(context, &builtin[i], NULL);
        }
    }
    return STEMMA_E_INVALID;
}

static inline stemma_status noted_actor(void *context, stemma_text type, stemma_text name,
                                        uint32_t *handle, stemma_error *error)
{
    struct noting *noting = context;
    char actor[96];
    (void)error;
    snprintf(actor, sizeof actor, "%.*s:%.*s", (int)type.size, type.data, (int)name.size,
             name.data);
    for (uint32_t i = 0; i < noting->actor_count; i++) {
        if (strcmp(noting->actors[i], actor) == 0) {
            *handle = i;
            return STEMMA_OK;
        }
    }
    assert_true(noting->actor_count < 64);
    memcpy(noting->actors[noting->actor_count], actor, sizeof actor);
    *handle = noting->actor_count++;
    return STEMMA_OK;
}

static inline stemma_status noted_rows(void *context, const stemma_row *rows, size_t count,
                                       size_t *taken, stemma_error *error)
{
    struct noting *noting = context;
    for (size_t i = 0; i < count; i++) {
        const stemma_row *row = &rows[i];
        *taken = i;
        if (noting->refuse != 0 && row->number == noting->refuse) {
            memset(error, 0, sizeof *error);
            snprintf(error->code, sizeof error->code, "EDTF");
            return STEMMA_E_INVALID;
        }
        noting->rows++;
        if (noting->used > NOTED / 2) {
            continue; /* a long table: counted is enough */
        }
        note(noting, "%u %s %.*s", row->number, noting->terms[row->type], (int)row->time.size,
             row->time.data);
        for (uint32_t k = 0; k < row->participant_count; k++) {
            note(noting, " %s=%s", noting->terms[row->participants[k].role],
                 noting->actors[row->participants[k].actor]);
        }
        if (row->place != STEMMA_NONE) {
            note(noting, " @%s", noting->actors[row->place]);
        }
        if (row->source != STEMMA_NONE) {
            note(noting, " <%s", noting->actors[row->source]);
        }
        note(noting, row->external_id.size != 0 ? " #%.*s" : "%.*s", (int)row->external_id.size,
             row->external_id.data);
        note(noting, row->content.size != 0 ? " \"%.*s\"" : "%.*s", (int)row->content.size,
             row->content.data);
        if (row->quantity_predicate != STEMMA_NONE) {
            note(noting, " %s:%.*s%.*s", noting->terms[row->quantity_predicate],
                 (int)row->amount.size, row->amount.data, (int)row->unit.size, row->unit.data);
        }
        note(noting, "\n");
    }
    *taken = count;
    return STEMMA_OK;
}

static inline stemma_status noted_digest(void *context, const uint8_t digest[STEMMA_DIGEST_SIZE],
                                         uint64_t size, stemma_error *error)
{
    struct noting *noting = context;
    (void)error;
    memcpy(noting->digest, digest, STEMMA_DIGEST_SIZE);
    noting->size = size;
    return STEMMA_OK;
}

static inline stemma_status noted_end(void *context, uint32_t *number, stemma_error *error)
{
    struct noting *noting = context;
    (void)error;
    noting->ended = true;
    *number = 0;
    return STEMMA_OK;
}

static inline struct stm_row_sink noting_sink(struct noting *noting)
{
    struct stm_row_sink sink = {noting,       noted_term, noted_begin, noted_handle, noted_actor, noted_rows,
                                noted_digest, noted_end,  NULL,        NULL,         NULL,        NULL};
    return sink;
}

/* Whether a report names this code, at this line. */
static inline bool reported(const stm_problems *problems, unsigned line, const char *code)
{
    char line_text[32];
    const char *at = problems->json.data;
    const char *end = at + problems->json.size;
    snprintf(line_text, sizeof line_text, "\"line\":%u,", line);
    while (at < end) {
        const char *feed = memchr(at, '\n', (size_t)(end - at));
        size_t size = (size_t)((feed != NULL ? feed : end) - at);
        if ((line == 0 || memmem(at, size, line_text, strlen(line_text)) != NULL) &&
            memmem(at, size, code, strlen(code)) != NULL) {
            return true;
        }
        at += size + 1;
    }
    return false;
}

#endif
