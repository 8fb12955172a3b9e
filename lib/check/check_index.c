/* SPDX-License-Identifier: MIT */
/* Whether the index is exactly what follows from testimony and judgements: it is derived anew and
   each record that would be written is compared with the one that is there. */
#include "check/check_derive.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "write/writer_ahead.h"
#include "write/writer_event.h"

static const char part_name[] = "index";

/* The tables that stm_writer_put_index() fills. */
static const stm_table index_tables[] = {
    STM_TABLE_MEMBER,     STM_TABLE_GROUP,         STM_TABLE_ENTITY, STM_TABLE_ALIAS,
    STM_TABLE_LABEL,      STM_TABLE_EVENT,         STM_TABLE_FENCE,  STM_TABLE_DETAIL,
    STM_TABLE_ROW,        STM_TABLE_CLAIM,         STM_TABLE_TOKEN,  STM_TABLE_NAME,
    STM_TABLE_GRAM,       STM_TABLE_PARTICIPATION, STM_TABLE_TYPE,   STM_TABLE_PLACE,
    STM_TABLE_MEMBERSHIP, STM_TABLE_SPEAKER,       STM_TABLE_VOICE,  STM_TABLE_TERM,
    STM_TABLE_NEIGHBOUR};

/* Where the comparison stands in each table. */
typedef struct comparison {
    stm_check *check;
    stm_store_cursor *cursors[STM_TABLE_COUNT];
    uint64_t compared[STM_TABLE_COUNT];
    uint8_t failed[STM_TABLE_COUNT]; /* one problem a table is enough: the rest follows from it */
    stemma_error *error;
} comparison;

/* A key for people: letters as they are, other bytes in hexadecimal. */
static void describe(stm_table table, stemma_bytes key, char *out, size_t size)
{
    size_t used = (size_t)snprintf(out, size, "%s ", stm_tables[table].name);
    for (size_t i = 0; i < key.size && used + 5 < size; i++) {
        int plain =
            key.data[i] >= 0x21 && key.data[i] < 0x7f && stm_tables[table].list_size == 0 &&
            (stm_tables[table].key == STM_KEY_POSTING || stm_tables[table].key == STM_KEY_NAME);
        used += (size_t)snprintf(out + used, size - used, plain ? "%c" : "%02x", key.data[i]);
    }
}

static int same(stemma_bytes a, stemma_bytes b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

static stemma_status compare_record(void *context, stm_table table, stemma_bytes key,
                                    stemma_bytes value)
{
    comparison *c = context;
    stemma_bytes held_key, held_value;
    stemma_status status;
    char where[160];
    if (c->failed[table]) {
        return STEMMA_OK;
    }
    if (c->cursors[table] == NULL) {
        status = stm_store_cursor_take(&c->cursors[table], c->check->snapshot->view, table);
        if (status == STEMMA_E_NO_MEMORY) {
            return stm_no_memory(c->error);
        }
        if (status != STEMMA_OK) {
            return stm_fail(c->error, status, "STORE_FAILED", stm_tables[table].name,
                            "The table cannot be read");
        }
        status = stm_store_first(c->cursors[table], &held_key, &held_value);
    } else {
        status = stm_store_next(c->cursors[table], &held_key, &held_value);
    }
    if (status < 0) {
        return status;
    }
    c->compared[table]++;
    if (status == STEMMA_OK && same(key, held_key) && same(value, held_value)) {
        return STEMMA_OK;
    }
    c->failed[table] = 1;
    describe(table, key, where, sizeof where);
    if (status == STEMMA_END || !same(key, held_key)) {
        return stm_check_report(c->check, part_name, "INDEX_MISSING", where,
                                "A record that follows from the testimony is not there");
    }
    return stm_check_report(c->check, part_name, "INDEX_DIFFERS", where,
                            "The record is not what follows from the testimony");
}

static stemma_status check_extra(comparison *c)
{
    stemma_status status = STEMMA_OK;
    for (size_t i = 0; status == STEMMA_OK && i < sizeof index_tables / sizeof index_tables[0];
         i++) {
        stm_table table = index_tables[i];
        uint64_t entries = stm_store_entries(c->check->file->store, table);
        if (!c->failed[table] && entries != c->compared[table]) {
            status = stm_check_report(c->check, part_name, "INDEX_EXTRA", stm_tables[table].name,
                                      "The table has %llu records where %llu follow from the "
                                      "testimony",
                                      (unsigned long long)entries,
                                      (unsigned long long)c->compared[table]);
        }
    }
    return status;
}

/* Numbers that the file states of its index. */
static stemma_status check_counts(stm_check *check, const stm_index *index)
{
    const struct {
        const char *what;
        uint64_t stated, derived;
    } rows[] = {
        {"entities", check->counts.entities, index->entity_count},
        {"events", check->counts.events, index->event_total},
        {"claims", check->counts.claims, index->claim_total},
        {"names", check->counts.names, index->entity_name_count},
        {"terms", check->counts.terms, index->words.count},
        {"tokens", check->counts.tokens, index->token_count},
    };
    stemma_status status = STEMMA_OK;
    for (size_t i = 0; status == STEMMA_OK && i < sizeof rows / sizeof rows[0]; i++) {
        if (rows[i].stated != rows[i].derived) {
            status = stm_check_report(check, part_name, "COUNTS", "meta stemma",
                                      "The file says %llu %s where %llu follow",
                                      (unsigned long long)rows[i].stated, rows[i].what,
                                      (unsigned long long)rows[i].derived);
        }
    }
    return status;
}

static stemma_status compare_tables(stm_check *check, stemma_writer *writer, stemma_error *error)
{
    comparison *c = calloc(1, sizeof *c);
    stemma_status status;
    if (c == NULL) {
        return stm_no_memory(error);
    }
    c->check = check;
    c->error = error;
    for (unsigned i = 0; i < STM_TABLE_COUNT; i++) {
        c->failed[i] = !stm_check_table_sound(check, (stm_table)i); /* told already */
    }
    if (check->file->minor < 2 && !stm_store_has(check->file->store, STM_TABLE_NEIGHBOUR)) {
        c->failed[STM_TABLE_NEIGHBOUR] = 1; /* of a program that did not know it: nothing is amiss */
    }
    status = stm_store_writer_observed(&writer->store, compare_record, c, error);
    stm_ahead *ahead = NULL;
    if (status == STEMMA_OK && stm_ahead_begin(&ahead, writer) != STEMMA_OK) {
        status = stm_no_memory(error);
    }
    if (status == STEMMA_OK) {
        status = stm_writer_put_events(writer, ahead, error);
    }
    if (status == STEMMA_OK) {
        status = stm_writer_put_index(writer, ahead, error);
    }
    stm_ahead_end(ahead);
    if (status == STEMMA_OK) {
        status = check_extra(c);
    }
    for (unsigned i = 0; i < STM_TABLE_COUNT; i++) {
        check->summary->checks[STEMMA_CHECK_INDEX].looked += c->compared[i];
        if (c->cursors[i] != NULL) {
            stm_store_cursor_return(c->cursors[i]);
        }
    }
    stm_store_writer_free(writer->store);
    free(c);
    return status;
}

stemma_status stm_check_index(stm_check *check, stemma_error *error)
{
    stemma_writer *writer = calloc(1, sizeof *writer);
    stemma_status status;
    if (writer == NULL) {
        return stm_no_memory(error);
    }
    stm_index_init(&writer->index, check->file->terms, check->file->bounds.vocabulary.count);
    stm_index_expect(&writer->index, check->file->bounds.documents);
    writer->jobs = stm_check_jobs(check);
    writer->postings = check->file->postings;
    status = stm_check_derive(check, &writer->index, error);
    if (status == STEMMA_OK) {
        writer->bounds = check->file->bounds;
        writer->bounds.entities = writer->index.entity_count;
        writer->bounds.events = writer->index.event_total;
        writer->bounds.claims = (uint32_t)writer->index.claim_total;
        writer->document_count = check->file->bounds.documents;
        writer->terms = check->file->terms; /* borrowed */
        writer->term_count = check->file->bounds.vocabulary.count;
        status = check_counts(check, &writer->index);
    }
    if (status == STEMMA_OK) {
        status = compare_tables(check, writer, error);
    }
    stm_index_free(&writer->index);
    free(writer->scratch);
    free(writer);
    return status;
}
