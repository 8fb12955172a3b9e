/* SPDX-License-Identifier: MIT */
#include "page_file.h"

#include "digest.h"
#include "page_check.h"
#include "page_seal.h"

#include <lmdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static void need(bool condition, const char *what)
{
    if (!condition) {
        fprintf(stderr, "page_file: %s failed\n", what);
        abort();
    }
}

static void done(int status, const char *what)
{
    if (status != MDB_SUCCESS) {
        fprintf(stderr, "page_file: %s: %s\n", what, mdb_strerror(status));
        abort();
    }
}

/* A name by which LMDB can open an unnamed file. */
static void descriptor_path(char path[40], int descriptor)
{
    snprintf(path, 40, "/proc/self/fd/%d", descriptor);
}

static void put_record(MDB_txn *transaction, MDB_dbi table, const page_file_table *spec,
                       uint32_t number, unsigned flags)
{
    static uint8_t key[511];
    static uint8_t value[PAGE_FILE_VALUE_MAX];
    MDB_val k = {0, key};
    MDB_val v = {0, value};
    spec->record(number, key, &k.mv_size, value, &v.mv_size);
    done(mdb_put(transaction, table, &k, &v, flags), "mdb_put");
}

/* Records [from, to) of a table in one transaction, which is then kept or given up. */
static void load_batch(MDB_env *env, const page_file_table *spec, uint32_t from, uint32_t to,
                       bool random_order, bool keep)
{
    MDB_txn *transaction = NULL;
    MDB_dbi table = 0;
    done(mdb_txn_begin(env, NULL, 0, &transaction), "mdb_txn_begin");
    done(mdb_dbi_open(transaction, spec->name, MDB_CREATE, &table), "mdb_dbi_open");
    for (uint32_t i = from; i < to; i++) {
        /* A step that shares no factor with the count visits every number once. */
        uint32_t number = random_order ? (uint32_t)((uint64_t)i * 7919u % spec->entries) : i;
        put_record(transaction, table, spec, number, random_order ? 0 : MDB_APPEND);
    }
    if (keep) {
        done(mdb_txn_commit(transaction), "mdb_txn_commit");
    } else {
        mdb_txn_abort(transaction);
    }
}

static void load_table(MDB_env *env, const page_file_table *spec, const page_file_options *options)
{
    uint32_t batch = options->batch != 0 ? options->batch : UINT32_MAX;
    uint32_t from = 0;
    do {
        uint32_t to = spec->entries - from < batch ? spec->entries : from + batch;
        if (options->retry) {
            load_batch(env, spec, from, from + (to - from) / 2, options->random_order, false);
        }
        load_batch(env, spec, from, to, options->random_order, true);
        from = to;
    } while (from < spec->entries);
}

/* Fills a table with a recognisable secret and drops it, which leaves free pages full of it. */
static void load_and_drop(MDB_env *env)
{
    MDB_txn *transaction = NULL;
    MDB_dbi table = 0;
    done(mdb_txn_begin(env, NULL, 0, &transaction), "mdb_txn_begin");
    done(mdb_dbi_open(transaction, "dropped", MDB_CREATE, &table), "mdb_dbi_open");
    for (uint32_t i = 0; i < 20000; i++) {
        uint8_t key[4] = {(uint8_t)(i >> 24), (uint8_t)(i >> 16), (uint8_t)(i >> 8), (uint8_t)i};
        char value[] = PAGE_FILE_SECRET PAGE_FILE_SECRET PAGE_FILE_SECRET;
        MDB_val k = {sizeof key, key};
        MDB_val v = {sizeof value - i % 7, value};
        done(mdb_put(transaction, table, &k, &v, MDB_APPEND), "mdb_put");
    }
    done(mdb_txn_commit(transaction), "mdb_txn_commit");
    done(mdb_txn_begin(env, NULL, 0, &transaction), "mdb_txn_begin");
    done(mdb_drop(transaction, table, 1), "mdb_drop");
    done(mdb_txn_commit(transaction), "mdb_txn_commit");
}

page_file page_file_build(const page_file_table *tables, size_t count,
                          const page_file_options *options)
{
    MDB_env *env = NULL;
    char path[40];
    struct stat information;
    int raw = memfd_create("raw", 0);
    int compact = memfd_create("compact", 0);
    need(raw >= 0 && compact >= 0, "memfd_create");
    descriptor_path(path, raw);
    done(mdb_env_create(&env), "mdb_env_create");
    done(mdb_env_set_maxdbs(env, 128), "mdb_env_set_maxdbs");
    done(mdb_env_set_mapsize(env, options->map_size != 0 ? options->map_size : (size_t)64 << 20),
         "mdb_env_set_mapsize");
    done(mdb_env_open(env, path, MDB_NOSUBDIR | MDB_NOLOCK | MDB_NOSYNC | options->env_flags, 0600),
         "mdb_env_open");
    if (options->churn) {
        load_and_drop(env);
    }
    for (size_t i = 0; i < count; i++) {
        load_table(env, &tables[i], options);
    }
    done(mdb_env_copyfd2(env, compact, MDB_CP_COMPACT), "mdb_env_copyfd2");
    mdb_env_close(env);

    need(fstat(compact, &information) == 0, "fstat");
    page_file file = {NULL, (size_t)information.st_size};
    file.data = malloc(file.size);
    need(file.data != NULL, "malloc");
    for (size_t at = 0; at < file.size;) {
        ssize_t got = pread(compact, file.data + at, file.size - at, (off_t)at);
        need(got > 0, "pread");
        at += (size_t)got;
    }
    close(compact);
    close(raw);
    return file;
}

page_file page_file_build_sealed(const page_file_table *tables, size_t count,
                                 const page_file_options *options)
{
    stemma_error error = {0};
    page_file file = page_file_build(tables, count, options);
    if (stm_page_seal(file.data, file.size, &error) != STEMMA_OK) {
        fprintf(stderr, "page_file: seal: %s %s\n", error.code, error.where);
        abort();
    }
    size_t bitmap_size = stm_page_bitmap_size(file.size);
    uint8_t *bitmap = malloc(bitmap_size);
    need(bitmap != NULL, "malloc");
    stemma_bytes bytes = {file.data, file.size};
    if (stm_page_check(bytes, bitmap, bitmap_size, NULL, &error) != STEMMA_OK) {
        fprintf(stderr, "page_file: check: %s %s\n", error.code, error.where);
        abort();
    }
    free(bitmap);
    return file;
}

page_file page_file_copy(const page_file *file)
{
    page_file copy = {malloc(file->size != 0 ? file->size : 1), file->size};
    need(copy.data != NULL, "malloc");
    memcpy(copy.data, file->data, file->size);
    return copy;
}

void page_file_free(page_file *file)
{
    free(file->data);
    file->data = NULL;
    file->size = 0;
}

static bool read_table(MDB_txn *transaction, const char *name, uint64_t *digest, uint64_t *entries)
{
    MDB_dbi table = 0;
    MDB_cursor *cursor = NULL;
    MDB_val key;
    MDB_val value;
    uint64_t count = 0;
    MDB_stat statistics;
    if (mdb_dbi_open(transaction, name, 0, &table) != MDB_SUCCESS ||
        mdb_stat(transaction, table, &statistics) != MDB_SUCCESS ||
        mdb_cursor_open(transaction, table, &cursor) != MDB_SUCCESS) {
        return false;
    }
    int status = mdb_cursor_get(cursor, &key, &value, MDB_FIRST);
    for (; status == MDB_SUCCESS; status = mdb_cursor_get(cursor, &key, &value, MDB_NEXT)) {
        stemma_bytes key_bytes = {key.mv_data, key.mv_size};
        stemma_bytes value_bytes = {value.mv_data, value.mv_size};
        *digest = stm_hash64(value_bytes, stm_hash64(key_bytes, *digest));
        MDB_val found;
        if (mdb_get(transaction, table, &key, &found) != MDB_SUCCESS ||
            found.mv_data != value.mv_data || found.mv_size != value.mv_size) {
            status = MDB_CORRUPTED;
            break;
        }
        count++;
    }
    mdb_cursor_close(cursor);
    *entries += count;
    return status == MDB_NOTFOUND && count == statistics.ms_entries;
}

static bool read_tables(MDB_env *env, uint64_t *digest, uint64_t *entries)
{
    MDB_txn *transaction = NULL;
    MDB_dbi main_table = 0;
    MDB_cursor *cursor = NULL;
    MDB_val key;
    if (mdb_txn_begin(env, NULL, MDB_RDONLY, &transaction) != MDB_SUCCESS) {
        return false;
    }
    bool good = mdb_dbi_open(transaction, NULL, 0, &main_table) == MDB_SUCCESS &&
                mdb_cursor_open(transaction, main_table, &cursor) == MDB_SUCCESS;
    int status = good ? mdb_cursor_get(cursor, &key, NULL, MDB_FIRST) : MDB_CORRUPTED;
    while (good && status == MDB_SUCCESS) {
        char name[64] = "";
        good = key.mv_size < sizeof name;
        memcpy(name, key.mv_data, good ? key.mv_size : 0);
        stemma_bytes key_bytes = {key.mv_data, key.mv_size};
        *digest = stm_hash64(key_bytes, *digest);
        good = good && read_table(transaction, name, digest, entries);
        status = mdb_cursor_get(cursor, &key, NULL, MDB_NEXT);
    }
    if (cursor != NULL) {
        mdb_cursor_close(cursor);
    }
    mdb_txn_abort(transaction);
    return good && status == MDB_NOTFOUND;
}

bool page_file_read_all(const uint8_t *data, size_t size, uint64_t *digest, uint64_t *entries)
{
    MDB_env *env = NULL;
    char path[40];
    uint64_t hash = 0;
    uint64_t count = 0;
    int descriptor = memfd_create("read", 0);
    need(descriptor >= 0, "memfd_create");
    need(size == 0 || write(descriptor, data, size) == (ssize_t)size, "write");
    descriptor_path(path, descriptor);
    done(mdb_env_create(&env), "mdb_env_create");
    done(mdb_env_set_maxdbs(env, 128), "mdb_env_set_maxdbs");
    bool good = mdb_env_open(env, path, MDB_NOSUBDIR | MDB_RDONLY | MDB_NOLOCK | MDB_NOTLS, 0600) ==
                    MDB_SUCCESS &&
                read_tables(env, &hash, &count);
    mdb_env_close(env);
    close(descriptor);
    if (digest != NULL) {
        *digest = hash;
    }
    if (entries != NULL) {
        *entries = count;
    }
    return good;
}

static void put_big_endian(uint8_t *at, uint32_t number)
{
    at[0] = (uint8_t)(number >> 24);
    at[1] = (uint8_t)(number >> 16);
    at[2] = (uint8_t)(number >> 8);
    at[3] = (uint8_t)number;
}

static void fill(uint8_t *value, size_t size, uint32_t seed)
{
    for (size_t i = 0; i < size; i++) {
        seed = seed * 1664525u + 1013904223u;
        value[i] = (uint8_t)(seed >> 24);
    }
}

static void person_record(uint32_t number, uint8_t key[511], size_t *key_size,
                          uint8_t value[PAGE_FILE_VALUE_MAX], size_t *value_size)
{
    put_big_endian(key, number);
    *key_size = 4;
    *value_size = 5 + number % 23;
    fill(value, *value_size, number);
}

static void text_record(uint32_t number, uint8_t key[511], size_t *key_size,
                        uint8_t value[PAGE_FILE_VALUE_MAX], size_t *value_size)
{
    static const size_t sizes[] = {0, 2025, 2026, 2027, 4079, 4080, 4081, 9001, 3, 20000};
    put_big_endian(key, number);
    *key_size = 4;
    *value_size = sizes[number % (sizeof sizes / sizeof sizes[0])];
    fill(value, *value_size, number + 1);
}

static void name_record(uint32_t number, uint8_t key[511], size_t *key_size,
                        uint8_t value[PAGE_FILE_VALUE_MAX], size_t *value_size)
{
    const char *end = number % 3 == 0 ? ", department of rivers and bridges" : "";
    *key_size = (size_t)snprintf((char *)key, 511, "ministry of the interior of arvenia %06u%s",
                                 number, end);
    put_big_endian(value, number);
    *value_size = 4;
}

const page_file_table page_file_sample[PAGE_FILE_SAMPLE_COUNT] = {
    {"name", 3000, name_record},
    {"person", 3000, person_record},
    {"text", 24, text_record},
    {"vacant", 0, person_record},
};
