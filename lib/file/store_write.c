/* SPDX-License-Identifier: MIT */
#include "file/store_write.h"

#include "base/error.h"
#include "limits.h"
#include "file/publish.h"

#include <errno.h>
#include <fcntl.h>
#include <lmdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* A transaction keeps its pages in memory: commits bound that. The map grows between transactions
   only, always ahead of what the next one can need, so that none has to be played again. */
#define BATCH_PARTS 24u
#define BATCH_LEAST ((size_t)1 << 20)
#define BATCH_MOST  ((size_t)32 << 20)
#define MAP_STEP    (UINT64_C(1) << 30)

struct stm_store_writer {
    MDB_env *env;
    MDB_txn *txn;
    MDB_cursor *cursor;
    MDB_dbi tables[STM_TABLE_COUNT];
    stm_store_summary summaries[STM_TABLE_COUNT];
    stm_digest digest;
    stm_table table;
    int table_open;
    stm_memory *memory;
    const void *watched; /* the map, by the guard of the memory */
    uint64_t batch;      /* payload of a transaction */
    uint64_t map_size;
    uint64_t room;      /* bytes of payload that the open transaction may still take */
    uint64_t put_bytes; /* payload so far */
    char where[32];
    stemma_status status;         /* latched */
    stm_store_observer *observer; /* gets the records when there is no environment */
    void *observer_context;
};

static stemma_status failed(stm_store_writer *writer, int code, const char *doing,
                            stemma_error *error)
{
    if (code == ENOMEM) {
        writer->status = stm_no_memory(error);
    } else if (code > 0) {
        errno = code;
        writer->status = stm_system_failed(error, "WRITE_FAILED", writer->where, doing);
    } else {
        writer->status = stm_fail(error, STEMMA_E_INTERNAL, "STORE_FAILED", writer->where,
                                  "cannot %s: %s", doing, mdb_strerror(code));
    }
    return writer->status;
}

static int open_at(stm_store_writer *writer, const char *path)
{
    int code = mdb_env_create(&writer->env);
    if (code == 0) {
        code = mdb_env_set_maxdbs(writer->env, STM_TABLE_COUNT);
    }
    if (code == 0) {
        code = mdb_env_set_mapsize(writer->env, writer->map_size);
    }
    if (code == 0) {
        code = mdb_env_open(writer->env, path, MDB_NOSUBDIR | MDB_NOLOCK | MDB_NOSYNC | MDB_NOTLS,
                            0600);
    }
    if (code != 0 && writer->env != NULL) {
        mdb_env_close(writer->env);
        writer->env = NULL;
    }
    return code;
}

/* Opens the environment's file under a free name and removes the name at once. */
static int open_named(stm_store_writer *writer, const char *folder)
{
    size_t size = strlen(folder) + 64;
    char *name = malloc(size);
    int code = name == NULL ? ENOMEM : EEXIST;
    for (unsigned attempt = 0; attempt < 10000 && code == EEXIST; attempt++) {
        snprintf(name, size, "%s/.tables.%ld-%u.stemma-tmp", folder, (long)getpid(), attempt);
        int file = open(name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
        code = file < 0 ? errno : 0;
        if (file >= 0) {
            close(file);
            code = open_at(writer, name);
            unlink(name);
        }
    }
    free(name);
    return code;
}

/* LMDB wants a path: that of the descriptor of a nameless file will do where there is one. */
static int open_environment(stm_store_writer *writer, const char *folder)
{
    char path[64];
    int file = -1;
    if (stm_private_file(folder, &file, NULL) == STEMMA_OK) {
        snprintf(path, sizeof path, "/proc/self/fd/%d", file);
        int code = open_at(writer, path);
        close(file);
        if (code == 0 || code == ENOMEM) {
            return code;
        }
    }
    return open_named(writer, folder);
}

static int open_tables(stm_store_writer *writer)
{
    int code = 0;
    for (int i = 0; i < STM_TABLE_COUNT && code == 0; i++) {
        if (!stm_table_is_optional((stm_table)i)) {
            code = mdb_dbi_open(writer->txn, stm_tables[i].name, MDB_CREATE, &writer->tables[i]);
        }
    }
    return code;
}

static void watch(stm_store_writer *writer)
{
    mdb_filehandle_t file;
    if (mdb_env_get_fd(writer->env, &file) == 0) {
        writer->watched = stm_memory_watch_file(writer->memory, file);
    }
}

static void unwatch(stm_store_writer *writer)
{
    stm_memory_unwatch(writer->memory, writer->watched);
    writer->watched = NULL;
}

/* Begins a transaction that can take `payload` bytes. A page holds at least half of itself in
   payload but for values on overflow pages, which waste less than a page each; commits copy a path
   of pages a table. Four times the payload and a step to spare covers all of that. */
static stemma_status begin(stm_store_writer *writer, uint64_t payload, stemma_error *error)
{
    uint64_t wanted = (writer->put_bytes + payload) * 4 + MAP_STEP;
    if (wanted > writer->map_size) {
        writer->map_size = (wanted / MAP_STEP + 1) * MAP_STEP;
        unwatch(writer);
        int code = mdb_env_set_mapsize(writer->env, writer->map_size);
        if (code != 0) {
            return failed(writer, code, "grow the map", error);
        }
        watch(writer);
    }
    int code = mdb_txn_begin(writer->env, NULL, 0, &writer->txn);
    if (code != 0) {
        writer->txn = NULL;
        return failed(writer, code, "begin a transaction", error);
    }
    writer->room = payload;
    return STEMMA_OK;
}

static stemma_status commit(stm_store_writer *writer, stemma_error *error)
{
    if (writer->cursor != NULL) {
        mdb_cursor_close(writer->cursor);
        writer->cursor = NULL;
    }
    MDB_txn *txn = writer->txn;
    writer->txn = NULL;
    int code = txn != NULL ? mdb_txn_commit(txn) : 0;
    return code == 0 ? STEMMA_OK : failed(writer, code, "commit", error);
}

stemma_status stm_store_writer_new(stm_store_writer **out, const char *folder, stm_memory *memory,
                                   stemma_error *error)
{
    stm_store_writer *writer = calloc(1, sizeof *writer);
    *out = writer;
    if (writer == NULL) {
        return stm_no_memory(error);
    }
    snprintf(writer->where, sizeof writer->where, "temporary file");
    writer->memory = memory;
    writer->batch = stm_memory_part(memory, BATCH_PARTS, BATCH_LEAST, BATCH_MOST);
    writer->map_size = MAP_STEP * 2;
    int code = open_environment(writer, folder);
    if (code == 0) {
        watch(writer);
    }
    stemma_status status = code == 0 ? begin(writer, writer->batch, error)
                                     : failed(writer, code, "make a temporary file", error);
    if (status == STEMMA_OK) {
        code = open_tables(writer);
        status = code == 0 ? commit(writer, error) : failed(writer, code, "make tables", error);
    }
    if (status != STEMMA_OK) {
        stm_store_writer_free(writer);
        *out = NULL;
    }
    return status;
}

stemma_status stm_store_writer_observed(stm_store_writer **out, stm_store_observer *observer,
                                        void *context, stemma_error *error)
{
    stm_store_writer *writer = calloc(1, sizeof *writer);
    *out = writer;
    if (writer == NULL) {
        return stm_no_memory(error);
    }
    writer->observer = observer;
    writer->observer_context = context;
    return STEMMA_OK;
}

static void end_table(stm_store_writer *writer)
{
    if (writer->table_open) {
        stm_digest_end(writer->summaries[writer->table].digest, &writer->digest);
        writer->table_open = 0;
    }
}

stemma_status stm_store_writer_table(stm_store_writer *writer, stm_table table, stemma_error *error)
{
    if (writer->status != STEMMA_OK) {
        return writer->status;
    }
    end_table(writer);
    if (writer->cursor != NULL) {
        mdb_cursor_close(writer->cursor);
        writer->cursor = NULL;
    }
    writer->table = table;
    writer->table_open = 1;
    snprintf(writer->where, sizeof writer->where, "table %s", stm_tables[table].name);
    if (stm_digest_begin(&writer->digest) != STEMMA_OK) {
        writer->status = stm_fail(error, STEMMA_E_INTERNAL, "STORE_FAILED", writer->where,
                                  "cannot begin a digest");
    }
    return writer->status;
}

static stemma_status make_room(stm_store_writer *writer, uint64_t size, stemma_error *error)
{
    stemma_status status = STEMMA_OK;
    if (writer->txn != NULL && writer->room < size) {
        status = commit(writer, error);
    }
    if (status == STEMMA_OK && writer->txn == NULL) {
        status = begin(writer, size > writer->batch ? size : writer->batch, error);
    }
    if (status == STEMMA_OK && writer->cursor == NULL) {
        MDB_dbi *table = &writer->tables[writer->table];
        int code = 0;
        if (stm_table_is_optional(writer->table)) { /* made with its first record */
            code = mdb_dbi_open(writer->txn, stm_tables[writer->table].name, MDB_CREATE, table);
        }
        code = code == 0 ? mdb_cursor_open(writer->txn, *table, &writer->cursor) : code;
        status = code == 0 ? STEMMA_OK : failed(writer, code, "open a table", error);
    }
    return status;
}

stemma_status stm_store_writer_put(stm_store_writer *writer, stemma_bytes key, stemma_bytes value,
                                   stemma_error *error)
{
    uint64_t size = (uint64_t)key.size + value.size + 64;
    if (writer->status != STEMMA_OK) {
        return stm_fail(error, writer->status, "STORE_FAILED", writer->where,
                        "writing had failed before");
    }
    if (key.size == 0 || key.size > STEMMA_LIMIT_KEY || value.size > STEMMA_LIMIT_VALUE) {
        writer->status =
            stm_fail(error, STEMMA_E_LIMIT, "RECORD_TOO_LARGE", writer->where,
                     "a record has a key of %zu and a value of %zu bytes", key.size, value.size);
        return writer->status;
    }
    if (writer->observer != NULL) {
        writer->status = writer->observer(writer->observer_context, writer->table, key, value);
        return writer->status;
    }
    stemma_status status = make_room(writer, size, error);
    if (status != STEMMA_OK) {
        return status;
    }
    MDB_val k = {key.size, (void *)(uintptr_t)key.data};
    MDB_val v = {value.size, (void *)(uintptr_t)value.data};
    int code = mdb_cursor_put(writer->cursor, &k, &v, MDB_APPEND);
    if (code != 0) {
        return failed(writer, code, "write a record", error);
    }
    if (stm_digest_record(&writer->digest, key, value) != STEMMA_OK) {
        return failed(writer, MDB_PANIC, "digest a record", error);
    }
    writer->room -= size;
    writer->put_bytes += size;
    writer->summaries[writer->table].entries++;
    writer->summaries[writer->table].bytes += key.size + value.size;
    return STEMMA_OK;
}

void stm_store_writer_summary(const stm_store_writer *writer, stm_table table,
                              stm_store_summary *out)
{
    *out = writer->summaries[table];
    if (writer->table_open && writer->table == table) {
        stm_digest_end(out->digest, &writer->digest);
    } else if (out->entries == 0) {
        stm_digest none; /* a table that nothing was written to: the digest of no record */
        if (stm_digest_begin(&none) == STEMMA_OK) {
            stm_digest_end(out->digest, &none);
        }
    }
}

stemma_status stm_store_writer_copy(stm_store_writer *writer, int file, const char *name,
                                    stemma_error *error)
{
    if (writer->status != STEMMA_OK) {
        return writer->status;
    }
    end_table(writer);
    stemma_status status = commit(writer, error);
    if (status != STEMMA_OK) {
        return status;
    }
    snprintf(writer->where, sizeof writer->where, "%.31s", name);
    int code;
    do {
        code = mdb_env_copyfd2(writer->env, file, MDB_CP_COMPACT);
        /* A signal may have come in between: what is there is no beginning to go on from. */
    } while (code == EINTR && ftruncate(file, 0) == 0 && lseek(file, 0, SEEK_SET) == 0);
    if (code != 0) {
        status = failed(writer, code, "write the new file", error);
        if (error != NULL && code > 0) {
            snprintf(error->where, sizeof error->where, "%s", name);
        }
    }
    return status;
}

void stm_store_writer_free(stm_store_writer *writer)
{
    if (writer == NULL) {
        return;
    }
    if (writer->cursor != NULL) {
        mdb_cursor_close(writer->cursor);
    }
    if (writer->txn != NULL) {
        mdb_txn_abort(writer->txn);
    }
    if (writer->env != NULL) {
        unwatch(writer);
        mdb_env_close(writer->env);
    }
    free(writer);
}
