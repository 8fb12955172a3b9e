/* SPDX-License-Identifier: MIT */
#include "fuzz_base.h"

#include <fcntl.h>
#include <lmdb.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "digest.h"
#include "fuzz.h"
#include "limits.h"
#include "meta_record.h"
#include "page_seal.h"
#include "support/row_file.h"
#include "tools/query_kb.h"

#define RECORDS_MOST 4096u

struct base {
    stemma_bytes bytes;
    fuzz_record *records;
    uint32_t count;
};

static struct base bases[2];

/* ---- The files ------------------------------------------------------------------------------- */

static stemma_bytes slurp(const char *path)
{
    struct stat status;
    int file = open(path, O_RDONLY);
    fuzz_must(file >= 0 && fstat(file, &status) == 0);
    uint8_t *bytes = fuzz_zeroed((size_t)status.st_size, 1);
    fuzz_must(read(file, bytes, (size_t)status.st_size) == status.st_size);
    close(file);
    return (stemma_bytes){bytes, (size_t)status.st_size};
}

static stemma_bytes copied(MDB_val value)
{
    uint8_t *copy = fuzz_zeroed(value.mv_size, 1);
    memcpy(copy, value.mv_data, value.mv_size);
    return (stemma_bytes){copy, value.mv_size};
}

static void load_records(struct base *base, const char *path)
{
    MDB_env *env;
    MDB_txn *txn;
    base->records = fuzz_zeroed(RECORDS_MOST, sizeof *base->records);
    fuzz_must(mdb_env_create(&env) == 0 && mdb_env_set_maxdbs(env, 64) == 0);
    fuzz_must(mdb_env_open(env, path, MDB_NOSUBDIR | MDB_RDONLY | MDB_NOLOCK, 0) == 0);
    fuzz_must(mdb_txn_begin(env, NULL, MDB_RDONLY, &txn) == 0);
    for (int table = 0; table < STM_TABLE_COUNT; table++) {
        MDB_dbi dbi;
        MDB_cursor *cursor;
        MDB_val key, value;
        int opened = mdb_dbi_open(txn, stm_tables[table].name, 0, &dbi);
        if (opened == MDB_NOTFOUND && stm_table_is_optional((stm_table)table)) {
            continue;
        }
        fuzz_must(opened == 0);
        fuzz_must(mdb_cursor_open(txn, dbi, &cursor) == 0);
        for (int code = mdb_cursor_get(cursor, &key, &value, MDB_FIRST); code == 0;
             code = mdb_cursor_get(cursor, &key, &value, MDB_NEXT)) {
            fuzz_must(base->count < RECORDS_MOST);
            base->records[base->count++] = (fuzz_record){(stm_table)table, copied(key), copied(value)};
        }
        mdb_cursor_close(cursor);
    }
    mdb_txn_abort(txn);
    mdb_env_close(env);
}

static const struct base *base_of(int data_sets)
{
    struct base *base = &bases[data_sets != 0];
    if (base->bytes.size == 0 && data_sets) {
        row_file rows;
        row_file_make(&rows, 12, 1);
        load_records(base, rows.path);
        base->bytes = slurp(rows.path);
        row_file_remove(&rows);
    } else if (base->bytes.size == 0) {
        char path[] = "/tmp/stemma-fuzz-XXXXXX";
        fuzz_must(close(mkstemp(path)) == 0);
        query_kb_write(path);
        load_records(base, path);
        base->bytes = slurp(path);
        unlink(path);
    }
    return base;
}

stemma_bytes fuzz_base_file(int data_sets)
{
    return base_of(data_sets)->bytes;
}

stemma_bytes fuzz_edited_file(int data_sets, fuzz_input *input)
{
    stemma_bytes base = fuzz_base_file(data_sets);
    fuzz_input all = fuzz_input_of(base.data, base.size);
    stemma_bytes file = fuzz_rest(&all);
    uint8_t *bytes = (uint8_t *)(uintptr_t)file.data;
    while (input->left >= 5) {
        size_t page = fuzz_u8(input), offset = fuzz_u16(input) % STEMMA_PAGE_SIZE;
        size_t at = page * STEMMA_PAGE_SIZE % file.size + offset;
        stemma_bytes change = fuzz_copy(input, fuzz_u8(input));
        if (at < file.size && change.size <= file.size - at) {
            memcpy(bytes + at, change.data, change.size);
        }
        fuzz_free(change);
    }
    return file;
}

const fuzz_record *fuzz_base_records(int data_sets, uint32_t *count)
{
    *count = base_of(data_sets)->count;
    return base_of(data_sets)->records;
}

/* ---- New ones -------------------------------------------------------------------------------- */

/* A file in memory, and a path to it. */
struct place {
    int file;
    char path[40];
};

static void renew(struct place *place)
{
    if (place->path[0] == '\0') {
        place->file = memfd_create("fuzz", 0);
        fuzz_must(place->file >= 0);
        snprintf(place->path, sizeof place->path, "/proc/self/fd/%d", place->file);
    }
    fuzz_must(ftruncate(place->file, 0) == 0 && lseek(place->file, 0, SEEK_SET) == 0);
}

static struct place made, loading;

const char *fuzz_put_file(stemma_bytes bytes)
{
    renew(&made);
    fuzz_must(write(made.file, bytes.data, bytes.size) == (ssize_t)bytes.size);
    return made.path;
}

/* Puts the records of a table and gives their digest. */
static void load_table(MDB_txn *txn, stm_table table, const fuzz_record *records, uint32_t count,
                       stm_table_digest *out)
{
    MDB_dbi dbi;
    stm_digest digest;
    fuzz_must(mdb_dbi_open(txn, stm_tables[table].name, MDB_CREATE, &dbi) == 0);
    fuzz_must(stm_digest_begin(&digest) == STEMMA_OK);
    out->table = stemma_text_of(stm_tables[table].name);
    out->entries = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (records[i].table == table) {
            MDB_val key = {records[i].key.size, (void *)(uintptr_t)records[i].key.data};
            MDB_val value = {records[i].value.size, (void *)(uintptr_t)records[i].value.data};
            if (key.mv_size == 0 || mdb_put(txn, dbi, &key, &value, MDB_APPEND) != 0) {
                continue; /* out of order */
            }
            fuzz_must(stm_digest_record(&digest, records[i].key, records[i].value) == STEMMA_OK);
            out->entries++;
        }
    }
    stm_digest_end(out->digest, &digest);
}

static int has_records(stm_table table, const fuzz_record *records, uint32_t count)
{
    int has = 0;
    for (uint32_t i = 0; i < count; i++) {
        has |= records[i].table == table;
    }
    return has;
}

/* meta comes last, with the digests of the others. */
static void load_all(MDB_txn *txn, const fuzz_record *records, uint32_t count, int keep_digests)
{
    stm_table_digest digests[STM_TABLE_COUNT], unused;
    fuzz_record meta[8];
    uint32_t metas = 0, tables = 0;
    uint8_t bytes[4096];
    for (int table = 0; table < STM_TABLE_COUNT; table++) {
        if (table != STM_TABLE_META &&
            (!stm_table_is_optional((stm_table)table) || has_records((stm_table)table, records, count))) {
            load_table(txn, (stm_table)table, records, count, &digests[tables++]);
        }
    }
    for (uint32_t i = 0; i < count && metas < 8; i++) {
        if (records[i].table == STM_TABLE_META) {
            stm_buffer out = stm_buffer_over(bytes, sizeof bytes);
            meta[metas] = records[i];
            if (!keep_digests && meta[metas].key.size == strlen(STM_DIGEST_KEY) &&
                memcmp(meta[metas].key.data, STM_DIGEST_KEY, strlen(STM_DIGEST_KEY)) == 0) {
                fuzz_must(stm_digests_encode(digests, tables, &out, NULL) == STEMMA_OK);
                meta[metas].value = stm_buffer_view(&out);
            }
            metas++;
        }
    }
    load_table(txn, STM_TABLE_META, meta, metas, &unused);
}

static void seal(int file)
{
    struct stat status;
    stemma_error error = {0};
    fuzz_must(fstat(file, &status) == 0);
    void *bytes = mmap(NULL, (size_t)status.st_size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    fuzz_must(bytes != MAP_FAILED);
    fuzz_must(stm_page_seal(bytes, (size_t)status.st_size, &error) == STEMMA_OK);
    munmap(bytes, (size_t)status.st_size);
}

const char *fuzz_make_file(const fuzz_record *records, uint32_t count, int keep_digests)
{
    MDB_env *env;
    MDB_txn *txn;
    renew(&loading);
    renew(&made);
    fuzz_must(mdb_env_create(&env) == 0 && mdb_env_set_maxdbs(env, 64) == 0);
    fuzz_must(mdb_env_set_mapsize(env, 16u << 20) == 0);
    fuzz_must(mdb_env_open(env, loading.path, MDB_NOSUBDIR | MDB_NOLOCK | MDB_NOSYNC, 0600) == 0);
    fuzz_must(mdb_txn_begin(env, NULL, 0, &txn) == 0);
    load_all(txn, records, count, keep_digests);
    fuzz_must(mdb_txn_commit(txn) == 0);
    fuzz_must(mdb_env_copyfd2(env, made.file, MDB_CP_COMPACT) == 0);
    mdb_env_close(env);
    seal(made.file);
    return made.path;
}
