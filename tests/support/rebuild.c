/* SPDX-License-Identifier: MIT */
#include "rebuild.h"

#include <lmdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bytes.h"
#include "digest.h"
#include "limits.h"
#include "meta_record.h"
#include "page_seal.h"
#include "posting.h"

#define must(condition)                                                                            \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);                        \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

static void check_ok(int code)
{
    if (code != 0) {
        fprintf(stderr, "lmdb: %s\n", mdb_strerror(code));
        abort();
    }
}

/* Seals what LMDB wrote, as the writer does. */
static void seal(const char *path)
{
    FILE *file = fopen(path, "r+b");
    long size;
    uint8_t *bytes;
    stemma_error error = {0};
    must(file);
    fseek(file, 0, SEEK_END);
    size = ftell(file);
    rewind(file);
    bytes = malloc((size_t)size);
    must(bytes);
    must(fread(bytes, 1, (size_t)size, file) == (size_t)size);
    if (stm_page_seal(bytes, (size_t)size, &error) != STEMMA_OK) {
        fprintf(stderr, "%s: %s\n", error.code, error.message);
        abort();
    }
    rewind(file);
    must(fwrite(bytes, 1, (size_t)size, file) == (size_t)size);
    fclose(file);
    free(bytes);
}

/* The record `stemma` of meta as a file of an earlier minor version has it, without features. */
static void be_minor(uint8_t *value, size_t *size, size_t capacity, uint8_t number)
{
    stm_meta meta;
    uint8_t bytes[512];
    stm_buffer out = stm_buffer_over(bytes, sizeof bytes);
    must(stm_meta_decode((stemma_bytes){value, *size}, &meta, NULL) == STEMMA_OK);
    meta.minor = number;
    meta.feature_count = 0;
    must(stm_meta_encode(&meta, &out, NULL) == STEMMA_OK && out.size <= capacity);
    memcpy(value, bytes, out.size);
    *size = out.size;
}

/* ---- Postings of before [P-34] --------------------------------------------------------------- */

typedef struct posting_sink {
    MDB_txn *write;
    MDB_dbi target;
    stm_digest *digest;
    uint64_t *entries;
} posting_sink;

static stemma_status put_record(void *context, stemma_bytes key, stemma_bytes value)
{
    const posting_sink *sink = context;
    MDB_val name = {key.size, (void *)(uintptr_t)key.data};
    MDB_val bytes = {value.size, (void *)(uintptr_t)value.data};
    check_ok(mdb_put(sink->write, sink->target, &name, &bytes, MDB_APPEND));
    ++*sink->entries;
    return stm_digest_record(sink->digest, key, value);
}

static void add_value(stm_posting_builder *builder, const stm_posting_value *value)
{
    uint32_t ids[STM_CHUNK_LIMIT], payloads[STM_CHUNK_LIMIT];
    stm_posting_entry entry;
    stm_list_key list = {.size = 0};
    for (uint32_t i = 0; i < value->entries; i++) {
        must((i == 0 ? stm_posting_entry_first(value, &entry)
                     : stm_posting_entry_after(value, &entry, &entry)) == STEMMA_OK &&
             stm_chunk_decode(&entry, ids, payloads) == STEMMA_OK);
        stm_posting_entry_list(&entry, &list);
        for (uint32_t k = 0; k < entry.count; k++) {
            must(stm_posting_add(builder, stm_list_key_bytes(&list), ids[k], payloads[k]) ==
                 STEMMA_OK);
        }
    }
}

static void copy_postings(MDB_cursor *cursor, size_t list_size, posting_sink *sink)
{
    stm_posting_builder *builder = malloc(sizeof *builder);
    MDB_val key, value;
    must(builder);
    stm_posting_begin_as(builder, STM_POSTING_APART, list_size, put_record, sink);
    for (int code = mdb_cursor_get(cursor, &key, &value, MDB_FIRST); code == 0;
         code = mdb_cursor_get(cursor, &key, &value, MDB_NEXT)) {
        stm_posting_value opened;
        must(stm_posting_open((stemma_bytes){key.mv_data, key.mv_size},
                              (stemma_bytes){value.mv_data, value.mv_size}, list_size,
                              &opened) == STEMMA_OK);
        add_value(builder, &opened);
    }
    must(stm_posting_end(builder) == STEMMA_OK);
    free(builder);
}

/* ---- Files ----------------------------------------------------------------------------------- */

static int by_name(const void *a, const void *b)
{
    return stemma_text_compare(((const stm_table_digest *)a)->table,
                               ((const stm_table_digest *)b)->table);
}

/* A file of format 3.0 has no digests of its dictionaries. */
static void add_dictionary(stm_table_digest *digests, uint32_t *count, const MDB_val *key,
                           const uint8_t *bytes, size_t size)
{
    static const char *const names[] = {STM_DICTIONARY_TESTIMONY_KEY, STM_DICTIONARY_TEXT_KEY};
    for (int i = 0; i < 2; i++) {
        if (key->mv_size == strlen(names[i]) && memcmp(key->mv_data, names[i], key->mv_size) == 0) {
            must(stm_dictionary_digest(names[i], (stemma_bytes){bytes, size},
                                       &digests[(*count)++]) == STEMMA_OK);
        }
    }
}

#define AS_IT_IS 24

/* `new_minor`: the minor version that it becomes. */
static void copy_file(const char *from, const char *to, const rebuild *plan, uint8_t new_minor)
{
    MDB_env *old, *new;
    MDB_txn *read, *write;
    stm_table_digest digests[STM_TABLES_MAX];
    uint32_t digest_count = 0;
    memset(digests, 0, sizeof digests);
    char temporary[80];
    snprintf(temporary, sizeof temporary, "%s.tmp", to);
    unlink(temporary);
    check_ok(mdb_env_create(&old));
    check_ok(mdb_env_set_maxdbs(old, 64));
    check_ok(mdb_env_open(old, from, MDB_NOSUBDIR | MDB_RDONLY | MDB_NOLOCK, 0));
    check_ok(mdb_txn_begin(old, NULL, MDB_RDONLY, &read));
    check_ok(mdb_env_create(&new));
    check_ok(mdb_env_set_maxdbs(new, 64));
    check_ok(mdb_env_set_mapsize(new, 64u << 20));
    check_ok(mdb_env_open(new, temporary, MDB_NOSUBDIR | MDB_NOLOCK | MDB_NOSYNC, 0600));
    check_ok(mdb_txn_begin(new, NULL, 0, &write));
    /* meta last, as it holds the digests of the others */
    for (int i = 0; i <= STM_TABLE_COUNT; i++) {
        stm_table table = (stm_table)i;
        MDB_dbi source, target;
        MDB_cursor *cursor;
        MDB_val key, value;
        MDB_stat stat;
        uint32_t record = 0;
        stm_digest digest;
        if (i == STM_TABLE_META) {
            continue;
        }
        table = i == STM_TABLE_COUNT ? STM_TABLE_META : table;
        if (new_minor == 0 && table == STM_TABLE_NEIGHBOUR) {
            continue;
        }
        int code = mdb_dbi_open(read, stm_tables[table].name, 0, &source);
        if (code == MDB_NOTFOUND && stm_table_is_optional(table)) {
            continue;
        }
        check_ok(code);
        const char *name = stm_tables[table].name;
        if (new_minor == 1 && table == STM_TABLE_NEIGHBOUR) {
            name = "pair"; /* as 3.1 had it */
        }
        check_ok(mdb_dbi_open(write, name, MDB_CREATE, &target));
        check_ok(mdb_cursor_open(read, source, &cursor));
        check_ok(mdb_stat(read, source, &stat));
        must(stm_digest_begin(&digest) == STEMMA_OK);
        digests[digest_count].entries = 0;
        const int again = new_minor != AS_IT_IS && stm_tables[table].key == STM_KEY_POSTING;
        if (again) {
            posting_sink sink = {write, target, &digest, &digests[digest_count].entries};
            copy_postings(cursor, stm_tables[table].list_size, &sink);
        }
        for (code = again ? MDB_NOTFOUND : mdb_cursor_get(cursor, &key, &value, MDB_FIRST); code == 0;
             code = mdb_cursor_get(cursor, &key, &value, MDB_NEXT), record++) {
            size_t capacity = value.mv_size + 4096, size = value.mv_size;
            uint8_t *copy = malloc(capacity);
            must(copy);
            memcpy(copy, value.mv_data, value.mv_size);
            if (table == STM_TABLE_META && !plan->keep_digests && key.mv_size == 6 &&
                memcmp(key.mv_data, STM_DIGEST_KEY, 6) == 0) {
                stm_buffer out = stm_buffer_over(copy, capacity);
                qsort(digests, digest_count, sizeof digests[0], by_name);
                must(stm_digests_encode(digests, digest_count, &out, NULL) == STEMMA_OK);
                size = out.size;
            }
            if (table == STM_TABLE_META && new_minor != AS_IT_IS && key.mv_size == sizeof STM_META_KEY - 1 &&
                memcmp(key.mv_data, STM_META_KEY, key.mv_size) == 0) {
                be_minor(copy, &size, capacity, new_minor);
            }
            if (table == plan->table && record == plan->record % stat.ms_entries) {
                if (plan->change == NULL) {
                    free(copy);
                    continue;
                }
                plan->change(copy, &size, capacity);
            }
            value.mv_data = copy;
            value.mv_size = size;
            check_ok(mdb_put(write, target, &key, &value, MDB_APPEND));
            must(stm_digest_record(&digest, (stemma_bytes){key.mv_data, key.mv_size},
                                   (stemma_bytes){copy, size}) == STEMMA_OK);
            digests[digest_count].entries++;
            if (table == STM_TABLE_META && new_minor != 0) {
                add_dictionary(digests, &digest_count, &key, copy, size);
            }
            free(copy);
        }
        mdb_cursor_close(cursor);
        digests[digest_count].table = stemma_text_of(name);
        stm_digest_end(digests[digest_count++].digest, &digest);
    }
    check_ok(mdb_txn_commit(write));
    unlink(to);
    check_ok(mdb_env_copy2(new, to, MDB_CP_COMPACT));
    mdb_env_close(new);
    mdb_txn_abort(read);
    mdb_env_close(old);
    unlink(temporary);
    seal(to);
}

void rebuild_file(const char *from, const char *to, const rebuild *plan)
{
    copy_file(from, to, plan, AS_IT_IS);
}

void rebuild_as_3_0(const char *from, const char *to)
{
    const rebuild nothing = {STM_TABLE_COUNT, 0, NULL, 0};
    copy_file(from, to, &nothing, 0);
}

void rebuild_as_3_2(const char *from, const char *to)
{
    const rebuild nothing = {STM_TABLE_COUNT, 0, NULL, 0};
    copy_file(from, to, &nothing, 2);
}

void rebuild_as_3_1(const char *from, const char *to)
{
    const rebuild nothing = {STM_TABLE_COUNT, 0, NULL, 0};
    copy_file(from, to, &nothing, 1);
}
