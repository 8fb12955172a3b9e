/* SPDX-License-Identifier: MIT */
/* Opening a sealed LMDB file and its tables. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "bytes.h"
#include "base/error.h"
#include "file/store_parts.h"
#include "limits.h"
#include "page_check.h"
#include "page_layout.h"

stemma_status stm_store_failed(stemma_error *error, int code, const char *where)
{
    switch (code) {
    case MDB_INVALID:
    case MDB_VERSION_MISMATCH:
        return stm_fail(error, STEMMA_E_NOT_STEMMA, "NOT_STEMMA", where,
                        "The file is not an LMDB environment of the expected version");
    case MDB_CORRUPTED:
    case MDB_PAGE_NOTFOUND:
    case MDB_BAD_TXN:
    case MDB_INCOMPATIBLE:
    case MDB_BAD_VALSIZE:
        return stm_fail(error, STEMMA_E_DAMAGED, "STORE_DAMAGED", where, "LMDB reports: %s",
                        mdb_strerror(code));
    case ENOMEM:
        return stm_fail(error, STEMMA_E_NO_MEMORY, "NO_MEMORY", where, "The system refused memory");
    default:
        return stm_fail(error, STEMMA_E_SYSTEM, "SYSTEM", where, "Cannot read the file: %s",
                        mdb_strerror(code));
    }
}

/* A file that was cut short ends a process that reads its map; the sizes tell it beforehand. */
static stemma_status check_size(stm_store *store, const char *path, stemma_error *error)
{
    MDB_envinfo info;
    MDB_stat stat;
    const struct stat *file = &store->seen;
    int code = mdb_env_info(store->env, &info);
    if (code == 0) {
        code = mdb_env_stat(store->env, &stat);
    }
    if (code != 0) {
        return stm_store_failed(error, code, path);
    }
    if (fstat(stm_store_descriptor(store), &store->seen) != 0) {
        return stm_store_failed(error, errno, path);
    }
    uint64_t pages = (uint64_t)info.me_last_pgno + 1;
    if (stat.ms_psize != STEMMA_PAGE_SIZE || file->st_size < 0 ||
        pages != (uint64_t)file->st_size / STEMMA_PAGE_SIZE ||
        file->st_size % STEMMA_PAGE_SIZE != 0) {
        return stm_fail(error, STEMMA_E_DAMAGED, "FILE_SIZE", path,
                        "The file is longer or shorter than it says it is");
    }
    return STEMMA_OK;
}

/* ---- Tables ---- */

/* Takes the record of a table out of the main table, where `name` lies behind the head of its node. */
static int take_record(stm_store *store, stm_table table, MDB_val name, MDB_val record)
{
    const uint8_t *node = (const uint8_t *)name.mv_data - STM_NODE_HEADER;
    const uint8_t *bytes = record.mv_data;
    if (stm_load_le16(node + STM_NODE_FLAGS) != STM_NODE_TABLE ||
        record.mv_size != STM_TABLE_RECORD || stm_load_le16(bytes + STM_TABLE_FLAGS) != 0) {
        return MDB_INCOMPATIBLE;
    }
    store->entries[table] = stm_load_le64(bytes + STM_TABLE_ENTRIES);
    return 0;
}

static int compare_names(MDB_val found, const char *wanted)
{
    size_t size = strlen(wanted);
    int order = memcmp(found.mv_data, wanted, found.mv_size < size ? found.mv_size : size);
    return order != 0 ? order : (found.mv_size > size) - (found.mv_size < size);
}

/* Goes on to the first record whose name is not before `wanted`; `*order` says whether it is that one (0). Behind the
   last one MDB_NOTFOUND. */
static int go_to(MDB_cursor *cursor, const char *wanted, MDB_val *name, MDB_val *record,
                 unsigned *left, int *order)
{
    int code = 0;
    while (code == 0 && (*order = compare_names(*name, wanted)) < 0) {
        code = (*left)-- != 0 ? mdb_cursor_get(cursor, name, record, MDB_NEXT) : MDB_NOTFOUND;
    }
    return code;
}

/* Looks at the records of all tables, which lie in the order of tables.h among those that are not known here. */
static stemma_status find_tables(stm_store *store, MDB_cursor *cursor, stemma_error *error)
{
    MDB_val name, record;
    int code = mdb_cursor_get(cursor, &name, &record, MDB_FIRST);
    unsigned left = STM_PAGE_TABLES;
    for (unsigned i = 0; i < STM_TABLE_COUNT; i++) {
        const char *wanted = stm_tables[i].name;
        int order = 1;
        if (code == 0) {
            code = go_to(cursor, wanted, &name, &record, &left, &order);
        }
        if (code == 0 && order == 0) {
            code = take_record(store, (stm_table)i, name, record);
        }
        if (code != 0 && code != MDB_NOTFOUND) {
            return stm_store_failed(error, code, wanted);
        }
        if (order != 0 && !stm_table_is_optional((stm_table)i)) {
            return stm_fail(error, STEMMA_E_DAMAGED, "TABLE_MISSING", wanted,
                            "A table of the format is missing");
        }
        store->absent[i] = order != 0;
    }
    return STEMMA_OK;
}

static stemma_status look_at_tables(stm_store *store, MDB_txn *txn, stemma_error *error)
{
    MDB_dbi main;
    MDB_cursor *cursor = NULL;
    int code = mdb_dbi_open(txn, NULL, 0, &main);
    if (code == 0) {
        code = mdb_cursor_open(txn, main, &cursor);
    }
    if (code != 0) {
        return stm_store_failed(error, code, "");
    }
    stemma_status status = find_tables(store, cursor, error);
    mdb_cursor_close(cursor);
    return status;
}

static stemma_status open_handles(stm_store *store, MDB_txn *txn, bool first, stemma_error *error)
{
    for (unsigned i = 0; i < STM_TABLE_COUNT; i++) {
        if (store->absent[i] || stm_store_is_first((stm_table)i) != first) {
            continue;
        }
        int code = mdb_dbi_open(txn, stm_tables[i].name, 0, &store->tables[i]);
        if (code != 0) {
            return stm_store_failed(error, code, stm_tables[i].name);
        }
    }
    return STEMMA_OK;
}

/* `first`: as the store is opened. Nobody else opens tables or begins a transaction meanwhile. */
static stemma_status open_tables(stm_store *store, bool first, stemma_error *error)
{
    MDB_txn *txn = NULL;
    int code = mdb_txn_begin(store->env, NULL, MDB_RDONLY, &txn);
    if (code != 0) {
        return stm_store_failed(error, code, "");
    }
    stemma_status status = first ? look_at_tables(store, txn, error) : STEMMA_OK;
    if (status == STEMMA_OK) {
        status = open_handles(store, txn, first, error);
    }
    if (status != STEMMA_OK) {
        mdb_txn_abort(txn);
        return status;
    }
    code = mdb_txn_commit(txn); /* keeps the table handles */
    return code == 0 ? STEMMA_OK : stm_store_failed(error, code, "");
}

stemma_status stm_store_open_all(stm_store *store)
{
    stemma_status status = STEMMA_OK;
    pthread_mutex_lock(&store->lock);
    if (!atomic_load_explicit(&store->all_open, memory_order_relaxed)) {
        status = open_tables(store, false, NULL);
        atomic_store_explicit(&store->all_open, status == STEMMA_OK, memory_order_release);
    }
    pthread_mutex_unlock(&store->lock);
    return status;
}

/* ---- Opening ---- */

stemma_status stm_store_open(stm_store **out, const char *path, int read_ahead, stemma_error *error)
{
    stm_store *store = calloc(1, sizeof *store);
    if (store == NULL) {
        return stm_store_failed(error, ENOMEM, path);
    }
    if (pthread_mutex_init(&store->lock, NULL) != 0) {
        free(store);
        return stm_store_failed(error, ENOMEM, path);
    }
    unsigned flags = MDB_NOSUBDIR | MDB_RDONLY | MDB_NOLOCK | MDB_NOTLS;
    flags |= read_ahead ? 0u : MDB_NORDAHEAD;
    int code = mdb_env_create(&store->env);
    if (code == 0) {
        code = mdb_env_set_maxdbs(store->env, STM_TABLE_COUNT);
    }
    if (code == 0) {
        code = mdb_env_open(store->env, path, flags, 0);
    }
    stemma_status status = code == 0 ? STEMMA_OK : stm_store_failed(error, code, path);
    if (status == STEMMA_OK) {
        status = check_size(store, path, error);
    }
    if (status == STEMMA_OK) {
        status = open_tables(store, true, error);
    }
    if (status != STEMMA_OK) {
        stm_store_close(store);
        return status;
    }
    *out = store;
    return STEMMA_OK;
}

stemma_status stm_store_over(stm_store **out, const stm_remains *remains, stemma_error *error)
{
    stm_store *store = calloc(1, sizeof *store);
    if (store == NULL) {
        return stm_store_failed(error, ENOMEM, "");
    }
    if (pthread_mutex_init(&store->lock, NULL) != 0) {
        free(store);
        return stm_store_failed(error, ENOMEM, "");
    }
    atomic_init(&store->all_open, true);
    store->remains = remains;
    for (unsigned i = 0; i < STM_TABLE_COUNT; i++) {
        store->entries[i] = remains->tables[i].entries;
    }
    *out = store;
    return STEMMA_OK;
}

void stm_store_close(stm_store *store)
{
    if (store != NULL) {
        if (store->env != NULL) {
            mdb_env_close(store->env);
        }
        pthread_mutex_destroy(&store->lock);
        free(store);
    }
}

int stm_store_descriptor(const stm_store *store)
{
    mdb_filehandle_t descriptor = -1;
    if (store->env != NULL) {
        (void)mdb_env_get_fd(store->env, &descriptor);
    }
    return descriptor;
}

const struct stat *stm_store_seen(const stm_store *store)
{
    return &store->seen;
}

void stm_store_read_ahead(const stm_store *store, stemma_bytes value, size_t size)
{
    if (store->env == NULL) {
        return;
    }
    /* Every page begins with its number; pages lie in memory as in the file. */
    uintptr_t inside = (uintptr_t)value.data % STEMMA_PAGE_SIZE;
    uint64_t page = stm_load_le64(value.data - inside);
    if (page < UINT64_C(1) << 40) {
        (void)posix_fadvise(stm_store_descriptor(store), (off_t)(page * STEMMA_PAGE_SIZE),
                            (off_t)size, POSIX_FADV_WILLNEED);
    }
}

uint64_t stm_store_entries(const stm_store *store, stm_table table)
{
    return store->entries[table];
}

int stm_store_has(const stm_store *store, stm_table table)
{
    return store->remains != NULL ? store->entries[table] != 0 : !store->absent[table];
}
