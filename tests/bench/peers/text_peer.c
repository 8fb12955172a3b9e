/* SPDX-License-Identifier: MIT */
#include "text_peer.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct text_peer {
    sqlite3 *db;
    sqlite3_stmt *insert, *first, *ranked, *count;
};

static void check(text_peer *peer, int code)
{
    if (code != SQLITE_OK && code != SQLITE_ROW && code != SQLITE_DONE) {
        fprintf(stderr, "SQLite: %s\n", sqlite3_errmsg(peer->db));
        exit(1);
    }
}

static void run(text_peer *peer, const char *sql)
{
    check(peer, sqlite3_exec(peer->db, sql, NULL, NULL, NULL));
}

static sqlite3_stmt *prepare(text_peer *peer, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    check(peer, sqlite3_prepare_v3(peer->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL));
    return statement;
}

text_peer *text_peer_new(const char *path, const char *arguments)
{
    char sql[200];
    text_peer *peer = calloc(1, sizeof *peer);
    if (peer == NULL) {
        abort();
    }
    unlink(path);
    check(peer, sqlite3_open(path, &peer->db));
    run(peer, "PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
              "PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -1000000;"
              "PRAGMA mmap_size = 8000000000;");
    snprintf(sql, sizeof sql, "CREATE VIRTUAL TABLE t USING fts5(body, %s)", arguments);
    run(peer, sql);
    /* What FTS5 gathers in memory before it writes a segment: its default is 1 MB. */
    run(peer, "INSERT INTO t(t, rank) VALUES('hashsize', 67108864); BEGIN");
    peer->insert = prepare(peer, "INSERT INTO t(rowid, body) VALUES(?, ?)");
    return peer;
}

void text_peer_add(text_peer *peer, uint32_t rowid, const char *text, size_t size)
{
    sqlite3_bind_int64(peer->insert, 1, rowid);
    sqlite3_bind_text(peer->insert, 2, text, (int)size, SQLITE_STATIC);
    check(peer, sqlite3_step(peer->insert));
    check(peer, sqlite3_reset(peer->insert));
}

void text_peer_commit(text_peer *peer)
{
    run(peer, "COMMIT");
}

void text_peer_optimize(text_peer *peer)
{
    run(peer, "INSERT INTO t(t) VALUES('optimize')");
    run(peer, "VACUUM");
    peer->first = prepare(peer, "SELECT rowid FROM t WHERE t MATCH ? LIMIT ?");
    peer->ranked = prepare(peer, "SELECT rowid, rank FROM t WHERE t MATCH ? ORDER BY rank LIMIT ?");
    peer->count = prepare(peer, "SELECT count(*) FROM t WHERE t MATCH ?");
}

void text_peer_free(text_peer *peer)
{
    sqlite3_finalize(peer->insert);
    sqlite3_finalize(peer->first);
    sqlite3_finalize(peer->ranked);
    sqlite3_finalize(peer->count);
    sqlite3_close(peer->db);
    free(peer);
}

uint64_t text_peer_file_size(text_peer *peer)
{
    sqlite3_stmt *pages = prepare(peer, "PRAGMA page_count");
    check(peer, sqlite3_step(pages));
    uint64_t size = (uint64_t)sqlite3_column_int64(pages, 0) * 4096;
    sqlite3_finalize(pages);
    return size;
}

static void ask(sqlite3_stmt *statement, const char *query)
{
    sqlite3_bind_text(statement, 1, query, -1, SQLITE_STATIC);
}

uint32_t text_peer_first(text_peer *peer, const char *query, uint32_t *rows, uint32_t limit)
{
    uint32_t count = 0;
    int code;
    ask(peer->first, query);
    sqlite3_bind_int64(peer->first, 2, limit);
    while ((code = sqlite3_step(peer->first)) == SQLITE_ROW) {
        rows[count++] = (uint32_t)sqlite3_column_int64(peer->first, 0);
    }
    check(peer, code);
    sqlite3_reset(peer->first);
    return count;
}

uint32_t text_peer_ranked(text_peer *peer, const char *query, uint32_t *rows, double *scores,
                          uint32_t limit)
{
    uint32_t count = 0;
    int code;
    ask(peer->ranked, query);
    sqlite3_bind_int64(peer->ranked, 2, limit);
    while ((code = sqlite3_step(peer->ranked)) == SQLITE_ROW) {
        rows[count] = (uint32_t)sqlite3_column_int64(peer->ranked, 0);
        scores[count++] = sqlite3_column_double(peer->ranked, 1);
    }
    check(peer, code);
    sqlite3_reset(peer->ranked);
    return count;
}

uint64_t text_peer_count(text_peer *peer, const char *query)
{
    ask(peer->count, query);
    check(peer, sqlite3_step(peer->count));
    uint64_t count = (uint64_t)sqlite3_column_int64(peer->count, 0);
    sqlite3_reset(peer->count);
    return count;
}
