/* SPDX-License-Identifier: MIT */
/* Reading tables out of a sealed LMDB file. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "file/store_parts.h"
#include "limits.h"

/* ---- Views ---- */

static int begin_transaction(stm_store_view *view)
{
    stm_store *store = view->store;
    pthread_mutex_lock(&store->lock);
    int code = view->txn == NULL ? mdb_txn_begin(store->env, NULL, MDB_RDONLY, &view->txn)
                                 : mdb_txn_renew(view->txn);
    view->knows_all = atomic_load_explicit(&store->all_open, memory_order_relaxed);
    pthread_mutex_unlock(&store->lock);
    return code;
}

stemma_status stm_store_view_begin(stm_store_view **out, stm_store *store, stemma_error *error)
{
    stm_store_view *view = calloc(1, sizeof *view);
    if (view == NULL) {
        return stm_store_failed(error, ENOMEM, "");
    }
    view->store = store;
    if (store->remains != NULL) {
        view->knows_all = true;
        *out = view;
        return STEMMA_OK;
    }
    int code = begin_transaction(view);
    if (code != 0) {
        free(view);
        return stm_store_failed(error, code, "");
    }
    *out = view;
    return STEMMA_OK;
}

/* Has the view know the handles of all tables, while it has no cursors. It still sees what it saw: the file does not
   change. */
static stemma_status learn_all(stm_store_view *view)
{
    stemma_status status = stm_store_open_all(view->store);
    if (status != STEMMA_OK) {
        return status;
    }
    mdb_txn_reset(view->txn);
    int code = begin_transaction(view);
    return code == 0 ? STEMMA_OK : stm_store_failed(NULL, code, "");
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
    if (!view->knows_all && !stm_store_is_first(table)) {
        stemma_status status = learn_all(view);
        if (status != STEMMA_OK) {
            return status;
        }
    }
    int code = mdb_get(view->txn, view->store->tables[table], &wanted, &found);
    if (code == MDB_NOTFOUND) {
        return STEMMA_NOT_FOUND;
    }
    if (code != 0) {
        return stm_store_failed(NULL, code, "");
    }
    *value = from_lmdb(found);
    return STEMMA_OK;
}

/* ---- Cursors ---- */

stemma_status stm_store_cursor_take(stm_store_cursor **out, stm_store_view *view, stm_table table)
{
    stm_store_cursor *cursor = view->free[table];
    if (!view->knows_all) {
        stemma_status status = learn_all(view);
        if (status != STEMMA_OK) {
            return status;
        }
    }
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
            return stm_store_failed(NULL, code, "");
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
        return stm_store_failed(NULL, code, "");
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
