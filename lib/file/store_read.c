/* SPDX-License-Identifier: MIT */
/* Reading tables out of a sealed LMDB file. */
#include "file/store.h"

#include <errno.h>
#include <fcntl.h>
#include <lmdb.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "bytes.h"
#include "base/error.h"
#include "file/remains.h"
#include "limits.h"

struct stm_store {
    MDB_env *env;
    MDB_dbi tables[STM_TABLE_COUNT];
    uint64_t entries[STM_TABLE_COUNT];
    int absent[STM_TABLE_COUNT];    /* optional tables that the file does not have */
    struct stat seen;           /* of the file, when it was opened */
    const stm_remains *remains; /* instead of the environment: of a damaged file */
};

struct stm_store_cursor {
    MDB_cursor *cursor;
    stm_remains_place place; /* instead of the cursor */
    stm_store_view *view;
    stm_table table;
    stm_store_cursor *next;     /* of those that are free for this table, or of those that are out */
    stm_store_cursor *before;   /* of those that are out */
    stm_store_cursor *next_all; /* of all of the view */
    int out;
};

struct stm_store_view {
    stm_store *store;
    MDB_txn *txn;
    stm_store_cursor *free[STM_TABLE_COUNT];
    stm_store_cursor *out; /* a reset is about these alone, however many there ever were */
    stm_store_cursor *all;
};

/* The only place where LMDB's codes become ours. */
static stemma_status failed(stemma_error *error, int code, const char *where)
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
        return failed(error, code, path);
    }
    if (fstat(stm_store_descriptor(store), &store->seen) != 0) {
        return failed(error, errno, path);
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

static stemma_status open_tables(stm_store *store, stemma_error *error)
{
    MDB_txn *txn = NULL;
    stemma_status status = STEMMA_OK;
    int code = mdb_txn_begin(store->env, NULL, MDB_RDONLY, &txn);
    if (code != 0) {
        return failed(error, code, "");
    }
    for (unsigned i = 0; i < STM_TABLE_COUNT && status == STEMMA_OK; i++) {
        const char *name = stm_tables[i].name;
        unsigned flags = 0;
        MDB_stat stat;
        code = mdb_dbi_open(txn, name, 0, &store->tables[i]);
        if (code == MDB_NOTFOUND && stm_table_is_optional((stm_table)i)) {
            store->absent[i] = 1;
            continue;
        }
        if (code == MDB_NOTFOUND) {
            status = stm_fail(error, STEMMA_E_DAMAGED, "TABLE_MISSING", name,
                              "A table of the format is missing");
            break;
        }
        if (code == 0) {
            code = mdb_dbi_flags(txn, store->tables[i], &flags);
        }
        if (code == 0 && flags != 0) {
            code = MDB_INCOMPATIBLE;
        }
        if (code == 0) {
            code = mdb_stat(txn, store->tables[i], &stat);
        }
        if (code != 0) {
            status = failed(error, code, name);
        } else {
            store->entries[i] = stat.ms_entries;
        }
    }
    if (status == STEMMA_OK) {
        code = mdb_txn_commit(txn); /* keeps the table handles */
        return code == 0 ? STEMMA_OK : failed(error, code, "");
    }
    mdb_txn_abort(txn);
    return status;
}

stemma_status stm_store_open(stm_store **out, const char *path, int read_ahead, stemma_error *error)
{
    stm_store *store = calloc(1, sizeof *store);
    if (store == NULL) {
        return failed(error, ENOMEM, path);
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
    stemma_status status = code == 0 ? STEMMA_OK : failed(error, code, path);
    if (status == STEMMA_OK) {
        status = check_size(store, path, error);
    }
    if (status == STEMMA_OK) {
        status = open_tables(store, error);
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
        return failed(error, ENOMEM, "");
    }
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

/* ---- Views ---- */

stemma_status stm_store_view_begin(stm_store_view **out, stm_store *store, stemma_error *error)
{
    stm_store_view *view = calloc(1, sizeof *view);
    if (view == NULL) {
        return failed(error, ENOMEM, "");
    }
    view->store = store;
    if (store->remains != NULL) {
        *out = view;
        return STEMMA_OK;
    }
    int code = mdb_txn_begin(store->env, NULL, MDB_RDONLY, &view->txn);
    if (code != 0) {
        free(view);
        return failed(error, code, "");
    }
    *out = view;
    return STEMMA_OK;
}

void stm_store_view_end(stm_store_view *view)
{
    if (view == NULL) {
        return;
    }
    stm_store_cursor *cursor = view->all;
    while (cursor != NULL) {
        stm_store_cursor *next = cursor->next_all;
        if (cursor->cursor != NULL) {
            mdb_cursor_close(cursor->cursor);
        }
        free(cursor);
        cursor = next;
    }
    if (view->txn != NULL) {
        mdb_txn_abort(view->txn);
    }
    free(view);
}

static MDB_val to_lmdb(stemma_bytes bytes)
{
    MDB_val value;
    value.mv_size = bytes.size;
    /* LMDB does not write through the keys it is given */
    memcpy(&value.mv_data, &bytes.data, sizeof value.mv_data);
    return value;
}

static stemma_bytes from_lmdb(MDB_val value)
{
    stemma_bytes bytes = {value.mv_data, value.mv_size};
    return bytes;
}

/* A key that LMDB would refuse is in no table. */
static int key_fits(stemma_bytes key)
{
    return key.size != 0 && key.size <= STEMMA_LIMIT_KEY;
}

static stemma_status get_of_remains(const stm_remains *remains, stm_table table, stemma_bytes key,
                                    stemma_bytes *value)
{
    stm_remains_place place = stm_remains_seek(remains, table, key);
    stemma_bytes found;
    stemma_bytes there;
    if (!stm_remains_forward(remains, table, &place, &found, &there) || found.size != key.size ||
        memcmp(found.data, key.data, key.size) != 0) {
        return STEMMA_NOT_FOUND;
    }
    *value = there;
    return STEMMA_OK;
}

stemma_status stm_store_get(stm_store_view *view, stm_table table, stemma_bytes key,
                            stemma_bytes *value)
{
    MDB_val wanted = to_lmdb(key);
    MDB_val found;
    if (!key_fits(key) || view->store->absent[table]) {
        return STEMMA_NOT_FOUND;
    }
    if (view->store->remains != NULL) {
        return get_of_remains(view->store->remains, table, key, value);
    }
    int code = mdb_get(view->txn, view->store->tables[table], &wanted, &found);
    if (code == MDB_NOTFOUND) {
        return STEMMA_NOT_FOUND;
    }
    if (code != 0) {
        return failed(NULL, code, "");
    }
    *value = from_lmdb(found);
    return STEMMA_OK;
}

/* ---- Cursors ---- */

stemma_status stm_store_cursor_take(stm_store_cursor **out, stm_store_view *view, stm_table table)
{
    stm_store_cursor *cursor = view->free[table];
    if (cursor != NULL) {
        view->free[table] = cursor->next;
    } else {
        cursor = calloc(1, sizeof *cursor);
        if (cursor == NULL) {
            return STEMMA_E_NO_MEMORY;
        }
        int code = view->txn != NULL && !view->store->absent[table]
                       ? mdb_cursor_open(view->txn, view->store->tables[table], &cursor->cursor)
                       : 0;
        if (code != 0) {
            free(cursor);
            return failed(NULL, code, "");
        }
        cursor->view = view;
        cursor->table = table;
        cursor->next_all = view->all;
        view->all = cursor;
    }
    cursor->out = 1;
    cursor->before = NULL;
    cursor->next = view->out;
    if (view->out != NULL) {
        view->out->before = cursor;
    }
    view->out = cursor;
    *out = cursor;
    return STEMMA_OK;
}

void stm_store_cursor_return(stm_store_cursor *cursor)
{
    if (cursor != NULL && cursor->out) {
        stm_store_view *view = cursor->view;
        cursor->out = 0;
        if (cursor->next != NULL) {
            cursor->next->before = cursor->before;
        }
        if (cursor->before != NULL) {
            cursor->before->next = cursor->next;
        } else {
            view->out = cursor->next;
        }
        cursor->next = view->free[cursor->table];
        view->free[cursor->table] = cursor;
    }
}

void stm_store_cursors_reset(stm_store_view *view)
{
    while (view->out != NULL) {
        stm_store_cursor_return(view->out);
    }
}

/* The same steps over what is left of a file. */
static stemma_status step_in_remains(stm_store_cursor *cursor, MDB_cursor_op op, stemma_bytes key,
                                     stemma_bytes *found, stemma_bytes *value)
{
    const stm_remains *remains = cursor->view->store->remains;
    stm_remains_place *place = &cursor->place;
    stm_table table = cursor->table;
    bool there = true;
    switch (op) {
    case MDB_SET_RANGE:
        *place = stm_remains_seek(remains, table, key);
        break;
    case MDB_NEXT:
        there = stm_remains_next(remains, table, place);
        break;
    case MDB_PREV:
        there = stm_remains_previous(remains, table, place);
        break;
    case MDB_LAST:
        *place = (stm_remains_place){remains->tables[table].count, 0};
        there = stm_remains_previous(remains, table, place);
        break;
    default:
        *place = (stm_remains_place){0, 0};
        break;
    }
    if (there) {
        there = op == MDB_PREV || op == MDB_LAST
                    ? stm_remains_backward(remains, table, place, found, value)
                    : stm_remains_forward(remains, table, place, found, value);
    }
    return there ? STEMMA_OK : STEMMA_END;
}

static stemma_status step(stm_store_cursor *cursor, MDB_cursor_op op, MDB_val *key,
                          stemma_bytes *found, stemma_bytes *value)
{
    MDB_val data;
    if (cursor->view->store->remains != NULL) {
        stemma_bytes wanted = {NULL, 0};
        return step_in_remains(cursor, op, op == MDB_SET_RANGE ? from_lmdb(*key) : wanted, found,
                               value);
    }
    if (cursor->cursor == NULL) {
        return STEMMA_END; /* the file does not have the table */
    }
    int code = mdb_cursor_get(cursor->cursor, key, &data, op);
    if (code == MDB_NOTFOUND) {
        return STEMMA_END;
    }
    if (code != 0) {
        return failed(NULL, code, "");
    }
    *found = from_lmdb(*key);
    *value = from_lmdb(data);
    return STEMMA_OK;
}

stemma_status stm_store_ceiling(stm_store_cursor *cursor, stemma_bytes key, stemma_bytes *found,
                                stemma_bytes *value)
{
    MDB_val wanted = to_lmdb(key);
    if (!key_fits(key)) {
        return STEMMA_E_MISUSE;
    }
    return step(cursor, MDB_SET_RANGE, &wanted, found, value);
}

stemma_status stm_store_floor(stm_store_cursor *cursor, stemma_bytes key, stemma_bytes *found,
                              stemma_bytes *value)
{
    MDB_val wanted = to_lmdb(key);
    if (!key_fits(key)) {
        return STEMMA_E_MISUSE;
    }
    stemma_status status = step(cursor, MDB_SET_RANGE, &wanted, found, value);
    if (status == STEMMA_OK && found->size == key.size &&
        memcmp(found->data, key.data, key.size) == 0) {
        return STEMMA_OK;
    }
    if (status == STEMMA_OK) {
        stemma_bytes before;
        stemma_bytes before_value;
        MDB_val any;
        status = step(cursor, MDB_PREV, &any, &before, &before_value);
        if (status == STEMMA_OK) {
            *found = before;
            *value = before_value;
            return STEMMA_OK;
        }
        return status == STEMMA_END ? stm_store_first(cursor, found, value) : status;
    }
    if (status == STEMMA_END) {
        MDB_val any;
        status = step(cursor, MDB_LAST, &any, found, value);
        return status == STEMMA_END ? STEMMA_NOT_FOUND : status;
    }
    return status;
}

stemma_status stm_store_first(stm_store_cursor *cursor, stemma_bytes *found, stemma_bytes *value)
{
    MDB_val any;
    return step(cursor, MDB_FIRST, &any, found, value);
}

stemma_status stm_store_next(stm_store_cursor *cursor, stemma_bytes *found, stemma_bytes *value)
{
    MDB_val any;
    return step(cursor, MDB_NEXT, &any, found, value);
}
