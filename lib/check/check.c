/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "check/check_state.h"
#include "file/publish.h"
#include "salvage/salvage.h"

#define MEMORY_LIMIT (UINT64_C(4) << 30)

#define ALL ((1u << STEMMA_CHECK_COUNT) - 1)

/* What deriving the index stands on. */
#define FOR_INDEX                                                                                  \
    (1u << STEMMA_CHECK_RECORDS | 1u << STEMMA_CHECK_DOCUMENTS | 1u << STEMMA_CHECK_ROWS)

typedef stemma_status check_part(stm_check *check, stemma_error *error);

/* ---- What checks stand on ------------------------------------------------------------------ */

static const stm_table testimony_tables[] = {
    STM_TABLE_META,      STM_TABLE_VOCABULARY, STM_TABLE_RUN,     STM_TABLE_DOCUMENT,
    STM_TABLE_TESTIMONY, STM_TABLE_TEXT,       STM_TABLE_IDENTITY};

/* Where rows of data sets and the members of things lie. */
static const stm_table member_tables[] = {STM_TABLE_MEMBER, STM_TABLE_EVENT,      STM_TABLE_ENTITY,
                                          STM_TABLE_FENCE,  STM_TABLE_MEMBERSHIP, STM_TABLE_DETAIL,
                                          STM_TABLE_ROW};

static const stm_table judgement_tables[] = {STM_TABLE_JUDGEMENT, STM_TABLE_DERIVATION};

/* Marks a check as skipped when one of these tables cannot be relied on. */
static bool stands(stm_check *check, stemma_check_number number, const stm_table *tables,
                   size_t count)
{
    stemma_check_result *result = &check->summary->checks[number];
    for (size_t i = 0; i < count; i++) {
        if (!stm_check_table_sound(check, tables[i])) {
            result->state = STEMMA_CHECK_SKIPPED;
            snprintf(result->why, sizeof result->why, "Table %s is damaged",
                     stm_tables[tables[i]].name);
            return false;
        }
    }
    return true;
}

#define STANDS(check, number, tables)                                                              \
    stands((check), (number), (tables), sizeof(tables) / sizeof((tables)[0]))

/* Whether a damaged file counts about as many records as there are: numbers that somebody made up
   are not walked. */
static bool counts_sane(stm_check *check, stemma_check_number number)
{
    const struct {
        uint64_t count;
        stm_table table;
    } rows[] = {{check->counts.documents, STM_TABLE_DOCUMENT},
                {check->counts.runs, STM_TABLE_RUN},
                {check->counts.judgements, STM_TABLE_JUDGEMENT}};
    stemma_check_result *result = &check->summary->checks[number];
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (rows[i].count > 2 * stm_store_entries(check->file->store, rows[i].table) + 64) {
            result->state = STEMMA_CHECK_SKIPPED;
            snprintf(result->why, sizeof result->why, "Table %s has not what the file counts",
                     stm_tables[rows[i].table].name);
            return false;
        }
    }
    return true;
}

/* Of a damaged file, leaves out the checks that stand on tables that are not whole. */
static void leave_out(stm_check *check)
{
    for (unsigned number = STEMMA_CHECK_RECORDS; check->damaged && number < STEMMA_CHECK_COUNT;
         number++) {
        if (!stm_check_wants(check, (stemma_check_number)number)) {
            continue;
        }
        bool made = STANDS(check, (stemma_check_number)number, testimony_tables) &&
                    counts_sane(check, (stemma_check_number)number);
        if (made && number != STEMMA_CHECK_DOCUMENTS && number != STEMMA_CHECK_EVIDENCE) {
            made = STANDS(check, (stemma_check_number)number, member_tables);
        }
        if (made && (number == STEMMA_CHECK_RECORDS || number == STEMMA_CHECK_INDEX)) {
            made = STANDS(check, (stemma_check_number)number, judgement_tables);
        }
        check->wanted &= made ? ALL : ~(1u << number);
    }
    stemma_check_result *index = &check->summary->checks[STEMMA_CHECK_INDEX];
    if (stm_check_wants(check, STEMMA_CHECK_INDEX) && (check->wanted & FOR_INDEX) != FOR_INDEX) {
        index->state = STEMMA_CHECK_SKIPPED;
        snprintf(index->why, sizeof index->why, "A check that it stands on was skipped");
        check->wanted &= ~(1u << STEMMA_CHECK_INDEX);
    }
}

/* ---- The parts ----------------------------------------------------------------------------- */

/* Whether anything but pages and digests of a damaged file was wrong. */
static bool others_failed(const stm_check *check)
{
    uint64_t problems = check->summary->problems;
    if (check->damaged) {
        problems = 0;
        for (unsigned i = STEMMA_CHECK_RECORDS; i < STEMMA_CHECK_COUNT; i++) {
            problems += check->summary->checks[i].problems;
        }
    }
    return problems != 0;
}

static stemma_status run_index(stm_check *check, stemma_error *error)
{
    stemma_check_result *result = &check->summary->checks[STEMMA_CHECK_INDEX];
    if (others_failed(check)) {
        /* What follows from damaged testimony says nothing about the index. */
        result->state = STEMMA_CHECK_SKIPPED;
        snprintf(result->why, sizeof result->why, "Other checks found problems");
        return STEMMA_OK;
    }
    return stm_check_index(check, error);
}

static stemma_status run_records(stm_check *check, stemma_error *error)
{
    stemma_check_result *result = &check->summary->checks[STEMMA_CHECK_RECORDS];
    const stemma_counts *counts = &check->counts;
    result->looked = counts->runs + counts->vocabulary + counts->judgements + counts->derivations;
    stm_check_tell_progress(check, STEMMA_CHECK_RECORDS, 0, 0);
    stemma_status status = stm_check_tables(check, error);
    return status == STEMMA_OK ? stm_check_judgements(check, error) : status;
}

/* Makes the checks whose bits are in `bits`, if any is wanted, by one part. */
static stemma_status run_part(stm_check *check, uint32_t bits, check_part *part,
                              stemma_error *error)
{
    uint32_t made = check->wanted & bits;
    if (made == 0) {
        return STEMMA_OK;
    }
    stemma_status status = part(check, error);
    for (unsigned i = 0; i < STEMMA_CHECK_COUNT && status == STEMMA_OK; i++) {
        stemma_check_result *result = &check->summary->checks[i];
        if ((made >> i & 1) != 0 && result->state == STEMMA_CHECK_UNASKED) {
            result->state = STEMMA_CHECK_SOUND;
        }
    }
    stemma_snapshot_reset(check->snapshot);
    return status;
}

static stemma_status run_parts(stm_check *check, stemma_error *error)
{
    const uint32_t documents =
        1u << STEMMA_CHECK_DOCUMENTS | 1u << STEMMA_CHECK_ROWS | 1u << STEMMA_CHECK_EVIDENCE;
    stemma_status status = run_part(check, 1u << STEMMA_CHECK_PAGES, stm_check_seal, error);
    if (status == STEMMA_OK) {
        status = run_part(check, 1u << STEMMA_CHECK_DIGESTS, stm_check_digests, error);
    }
    leave_out(check);
    if (status == STEMMA_OK) {
        status = run_part(check, 1u << STEMMA_CHECK_RECORDS, run_records, error);
    }
    if (status == STEMMA_OK) {
        status = run_part(check, documents, stm_check_documents, error);
    }
    if (status == STEMMA_OK) {
        status = run_part(check, 1u << STEMMA_CHECK_INDEX, run_index, error);
    }
    return status == STEMMA_END ? STEMMA_OK : status;
}

/* Drops optional tables that the file does not have from the summary: until here rows are tables. */
static void drop_absent(stemma_check_summary *summary)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < summary->table_count; i++) {
        if (summary->tables[i].name[0] != 0) {
            summary->tables[kept++] = summary->tables[i];
        }
    }
    summary->table_count = kept;
}

/* Parts with a snapshot; on failure the failure is a problem as well. */
static stemma_status run(stm_check *check, stemma_error *error)
{
    stemma_counts_get(check->file, &check->counts);
    stemma_status status = stemma_snapshot_begin(&check->snapshot, check->file, error);
    if (status == STEMMA_OK) {
        status = run_parts(check, error);
    }
    if (status == STEMMA_E_NO_MEMORY && error->status != status) {
        (void)stm_no_memory(error); /* a problem could not be kept: what is there is that problem's */
    }
    if (status < 0) {
        (void)stm_check_report(check, "check", error->code, error->where, "%s", error->message);
    }
    stm_check_rows_free(check);
    drop_absent(check->summary);
    stemma_snapshot_end(check->snapshot);
    return status;
}

/* ---- A file that does not open ------------------------------------------------------------- */

/* What keeps a table from being read, on the way to what is left. */
static int take_loss(void *context, const stemma_loss *loss)
{
    stm_check *check = context;
    char where[160];
    if (strcmp(loss->what, "page") != 0) {
        return 0;
    }
    snprintf(where, sizeof where, "%s%s%s", loss->table, loss->table[0] != 0 ? " " : "",
             loss->where);
    for (unsigned i = 0; i < STM_TABLE_COUNT; i++) {
        if (strcmp(stm_tables[i].name, loss->table) == 0) {
            check->summary->tables[i].damaged_pages += loss->count;
        }
    }
    return stm_check_report(check, "pages", loss->code, where, "%s", loss->message) != STEMMA_OK;
}

/* Goes on with what is left. The status is that of opening, unless checking fails. */
static stemma_status check_remains(stm_check *check, const char *path, stemma_status opened,
                                   stemma_error *error)
{
    stemma_salvage *salvage = NULL;
    stemma_error why = {0};
    uint32_t asked = check->wanted;
    check->damaged = true;
    check->wanted |= 1u << STEMMA_CHECK_PAGES | 1u << STEMMA_CHECK_DIGESTS;
    stemma_status status = stemma_salvage_begin(&salvage, path, take_loss, check, 0,
                                                check->options->memory_limit, &why);
    if (status == STEMMA_OK) {
        check->file = stemma_salvage_file(salvage);
        status = run(check, &why);
        stemma_salvage_end(salvage);
    }
    for (unsigned i = 0; i < STEMMA_CHECK_COUNT; i++) {
        stemma_check_result *result = &check->summary->checks[i];
        if ((asked >> i & 1) != 0 && result->state == STEMMA_CHECK_UNASKED) {
            result->state = STEMMA_CHECK_SKIPPED;
            snprintf(result->why, sizeof result->why, "The file cannot be read");
        }
    }
    if (status == STEMMA_E_SYSTEM || status == STEMMA_E_NO_MEMORY) {
        *error = why;
        return status;
    }
    return opened;
}

/* ---- The whole ----------------------------------------------------------------------------- */

stemma_status stemma_check_with(const char *path, const stemma_check_options *options,
                                stemma_problem_callback *callback, void *context,
                                stemma_check_summary *summary, stemma_error *error)
{
    const stemma_check_options usual = STEMMA_CHECK_OPTIONS_INIT;
    stemma_open_options open = STEMMA_OPEN_OPTIONS_INIT;
    stemma_check_summary *own_summary = NULL;
    stemma_error own;
    stm_check check;
    error = error != NULL ? error : &own;
    memset(&own, 0, sizeof own);
    if (path == NULL || (options != NULL && options->size != sizeof usual)) {
        return stm_fail(error, STEMMA_E_MISUSE, "OPTIONS", "",
                        "An argument is missing or the options are not initialised");
    }
    memset(&check, 0, sizeof check);
    if (summary == NULL && (summary = own_summary = malloc(sizeof *own_summary)) == NULL) {
        return stm_fail(error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "", "The system refused memory");
    }
    memset(summary, 0, sizeof *summary);
    check.callback = callback;
    check.context = context;
    check.options = options != NULL ? options : &usual;
    check.summary = summary;
    check.wanted = check.options->checks != 0 ? check.options->checks & ALL : ALL;
    check.wanted |= stm_check_wants(&check, STEMMA_CHECK_INDEX) ? FOR_INDEX : 0;
    open.flags = STEMMA_OPEN_SEQUENTIAL;
    open.jobs = check.options->jobs;
    open.memory_limit =
        check.options->memory_limit != 0 ? check.options->memory_limit : MEMORY_LIMIT;
    stemma_status status = stemma_open(&check.file, path, &open, error);
    if (status == STEMMA_OK) {
        status = run(&check, error);
        stemma_close(check.file);
    } else {
        stemma_status told =
            stm_check_report(&check, "open", error->code, error->where, "%s", error->message);
        if (told == STEMMA_OK && status == STEMMA_E_DAMAGED) {
            status = check_remains(&check, path, status, error);
        }
    }
    free(own_summary);
    return status;
}

stemma_status stemma_check(const char *path, stemma_problem_callback *callback, void *context,
                           stemma_check_summary *summary, stemma_error *error)
{
    stemma_check_options options = STEMMA_CHECK_OPTIONS_INIT;
    options.jobs = 1;
    return stemma_check_with(path, &options, callback, context, summary, error);
}
