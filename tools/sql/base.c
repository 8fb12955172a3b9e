/* SPDX-License-Identifier: MIT */
#include "sql/base.h"

#include <stdlib.h>

/* ---- The bases of a connection ---- */

static bool same(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static char *copy(const char *string)
{
    return string != NULL ? strdup(string) : NULL;
}

struct stm_sql_base *stm_sql_base_take(struct stm_sql_bases *bases, const char *path,
                                       const char *as_of)
{
    struct stm_sql_base *base;
    for (base = bases->first; base != NULL; base = base->next) {
        if (same(base->path, path) && same(base->as_of, as_of)) {
            base->users++;
            return base;
        }
    }
    base = calloc(1, sizeof *base);
    if (base == NULL) {
        return NULL;
    }
    base->path = copy(path);
    base->as_of = copy(as_of);
    base->until = STEMMA_NONE;
    base->users = 1;
    if ((path != NULL && base->path == NULL) || (as_of != NULL && base->as_of == NULL)) {
        free(base->path);
        free(base->as_of);
        free(base);
        return NULL;
    }
    base->next = bases->first;
    bases->first = base;
    return base;
}

static void shut(struct stm_sql_base *base)
{
    for (unsigned i = 0; i < base->idle_count; i++) {
        stemma_snapshot_end(base->idle[i]);
    }
    base->idle_count = 0;
    stemma_snapshot_end(base->whole);
    base->whole = NULL;
    if (!base->borrowed) {
        stemma_close(base->file);
        base->file = NULL;
    }
    free(base->terms);
    free(base->type_counts);
    base->terms = NULL;
    base->type_counts = NULL;
    base->opened = false;
}

void stm_sql_base_give(struct stm_sql_bases *bases, struct stm_sql_base *base)
{
    if (base == NULL || --base->users != 0) {
        return;
    }
    for (struct stm_sql_base **at = &bases->first; *at != NULL; at = &(*at)->next) {
        if (*at == base) {
            *at = base->next;
            break;
        }
    }
    shut(base);
    free(base->path);
    free(base->as_of);
    free(base);
}

/* ---- Opening ---- */

static stemma_status fail(stemma_error *error, stemma_status status, const char *code,
                          const char *message)
{
    memset(error, 0, sizeof *error);
    error->status = status;
    snprintf(error->code, sizeof error->code, "%s", code);
    snprintf(error->message, sizeof error->message, "%s", message);
    return status;
}

static stemma_status no_memory(stemma_error *error)
{
    return fail(error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "The system refused memory");
}

static stemma_status load_terms(struct stm_sql_base *base, stemma_error *error)
{
    uint32_t count = (uint32_t)base->counts.vocabulary;
    stemma_status status = STEMMA_OK;
    base->terms = calloc(count + (size_t)1, sizeof *base->terms);
    base->type_counts = calloc(count + (size_t)1, sizeof *base->type_counts);
    if (base->terms == NULL || base->type_counts == NULL) {
        return no_memory(error);
    }
    for (uint32_t i = 0; i < count && status == STEMMA_OK; i++) {
        status = stemma_term_get(base->whole, i, &base->terms[i], error);
    }
    base->term_count = count;
    return status == STEMMA_OK
               ? stemma_type_counts(base->whole, base->type_counts, count, error)
               : status;
}

static stemma_status set_date(struct stm_sql_base *base, stemma_error *error)
{
    stemma_time_bounds bounds;
    base->documents = (uint32_t)base->counts.documents;
    if (base->as_of == NULL && base->until == STEMMA_NONE) {
        return STEMMA_OK;
    }
    if (base->as_of != NULL) {
        if (stemma_edtf_bounds(stemma_text_of(base->as_of), &bounds) != STEMMA_OK) {
            return fail(error, STEMMA_E_MISUSE, "DATE",
                        "as_of is not a date such as 2024, 2024-06 or 2024-06-30");
        }
        stemma_status status =
            stemma_documents_until(base->whole, bounds.end_latest, &base->until, error);
        if (status != STEMMA_OK) {
            return status;
        }
    }
    if (base->until >= base->documents) {
        base->until = STEMMA_NONE;
    } else {
        base->documents = base->until;
    }
    return STEMMA_OK;
}

static stemma_status open_all(struct stm_sql_base *base, stemma_error *error)
{
    stemma_open_options options = STEMMA_OPEN_OPTIONS_INIT;
    stemma_status status = STEMMA_OK;
    options.flags = STEMMA_OPEN_REMEMBER;
    if (!base->borrowed) {
        status = base->path != NULL
                     ? stemma_open(&base->file, base->path, &options, error)
                     : fail(error, STEMMA_E_MISUSE, "NO_FILE", "No file is named");
    }
    if (status == STEMMA_OK) {
        status = stemma_snapshot_begin(&base->whole, base->file, error);
    }
    if (status == STEMMA_OK) {
        stemma_counts_get(base->file, &base->counts);
        status = load_terms(base, error);
    }
    if (status == STEMMA_OK) {
        base->known_events = (uint32_t)base->counts.events;
        status = stm_sql_event_from(base, INT64_MAX, &base->known_events, error);
    }
    if (status == STEMMA_OK) {
        status = stemma_documents_until(base->whole, INT64_MAX - 1, &base->dated_documents, error);
    }
    return status == STEMMA_OK ? set_date(base, error) : status;
}

stemma_status stm_sql_base_open(struct stm_sql_base *base, stemma_error *error)
{
    stemma_status status;
    if (base->opened) {
        return STEMMA_OK;
    }
    memset(error, 0, sizeof *error);
    status = open_all(base, error);
    base->opened = status == STEMMA_OK;
    if (!base->opened) {
        shut(base);
    }
    return status;
}

/* ---- Snapshots ---- */

stemma_status stm_sql_snapshot_take(struct stm_sql_base *base, stemma_snapshot **out,
                                    stemma_error *error)
{
    if (base->idle_count != 0) {
        *out = base->idle[--base->idle_count];
        return STEMMA_OK;
    }
    stemma_status status = stemma_snapshot_begin(out, base->file, error);
    if (status == STEMMA_OK && stm_sql_is_dated(base)) {
        stemma_snapshot_as_of(*out, base->until);
    }
    return status;
}

void stm_sql_snapshot_give(struct stm_sql_base *base, stemma_snapshot *snapshot)
{
    if (snapshot == NULL) {
        return;
    }
    if (base->idle_count == STM_SQL_IDLE) {
        stemma_snapshot_end(snapshot);
        return;
    }
    stemma_snapshot_reset(snapshot);
    base->idle[base->idle_count++] = snapshot;
}

/* ---- Numbers ---- */

stemma_status stm_sql_event_from(struct stm_sql_base *base, int64_t seconds, uint32_t *event,
                                 stemma_error *error)
{
    stemma_event_query query = STEMMA_EVENT_QUERY_INIT;
    uint64_t before = 0;
    stemma_status status;
    if (seconds <= INT64_MIN + 1) {
        *event = 0;
        return STEMMA_OK;
    }
    query.from = INT64_MIN + 1; /* a bound leaves out what has no known start */
    query.to = seconds == INT64_MAX ? INT64_MAX : seconds - 1;
    status = stemma_events_count(base->whole, &query, &before, error);
    *event = (uint32_t)before;
    return status;
}

void stm_sql_terms_below(const struct stm_sql_base *base, uint8_t kind, stemma_text prefix,
                         uint32_t *first, uint32_t *end)
{
    uint32_t at = 0;
    while (at < base->term_count &&
           (base->terms[at].kind != kind || base->terms[at].name.size < prefix.size ||
            (prefix.size != 0 &&
             memcmp(base->terms[at].name.data, prefix.data, prefix.size) != 0))) {
        at++;
    }
    *first = at;
    while (at < base->term_count && base->terms[at].kind == kind &&
           base->terms[at].name.size >= prefix.size &&
           (prefix.size == 0 || memcmp(base->terms[at].name.data, prefix.data, prefix.size) == 0)) {
        at++;
    }
    *end = at;
}

/* ---- Errors ---- */

char *stm_sql_complaint(const struct stm_sql_base *base, stemma_status status,
                        const stemma_error *error)
{
    const char *path = base->path != NULL ? base->path : "stemma";
    if (error->message[0] == '\0' || error->status != status) {
        return sqlite3_mprintf("%s: %s", path, stemma_status_text(status));
    }
    const char *where = strcmp(error->where, path) != 0 ? error->where : "";
    return sqlite3_mprintf("%s: %s%s%s [%s]", path, where, where[0] != '\0' ? ": " : "",
                           error->message, error->code);
}

int stm_sql_code(stemma_status status)
{
    switch (status) {
    case STEMMA_OK:
        return SQLITE_OK;
    case STEMMA_E_DAMAGED:
        return SQLITE_CORRUPT_VTAB;
    case STEMMA_E_SYSTEM:
        return SQLITE_CANTOPEN;
    case STEMMA_E_NOT_STEMMA:
        return SQLITE_NOTADB;
    case STEMMA_E_NO_MEMORY:
        return STM_SQL_REFUSED; /* SQLITE_NOMEM would keep the message back */
    default:
        return SQLITE_ERROR;
    }
}
