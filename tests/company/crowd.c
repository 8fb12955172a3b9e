/* SPDX-License-Identifier: MIT */
#include "crowd.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "query/sql_connection.h"
#include "sql/late.h"

static void need(bool good, const char *what)
{
    if (!good) {
        perror(what);
        abort();
    }
}

void crowd_begin(crowd *self)
{
    const char *why = "";
    need(stm_sqlite_load(&why), why); /* before there are threads */
    snprintf(self->folder, sizeof self->folder, "%s/stemma-crowd-XXXXXX",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    need(mkdtemp(self->folder) != NULL, self->folder);
    snprintf(self->path, sizeof self->path, "%s/news.stemma", self->folder);
}

void crowd_end(crowd *self)
{
    DIR *folder = opendir(self->folder);
    struct dirent *entry;
    need(folder != NULL, self->folder);
    while ((entry = readdir(folder)) != NULL) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
            need(unlinkat(dirfd(folder), entry->d_name, 0) == 0, entry->d_name);
        }
    }
    closedir(folder);
    need(rmdir(self->folder) == 0, self->folder);
}

void crowd_put(const char *path, shape which)
{
    size_t size;
    uint8_t *bytes = shape_make(which, &size);
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    need(file >= 0 && write(file, bytes, size) == (ssize_t)size && close(file) == 0, path);
    free(bytes);
}

bool crowd_ask_sql(stemma_file *file, uint64_t *sum)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *statement = NULL;
    int code = stm_sql_connect(&db, file, "knowledge base", STEMMA_NONE);
    if (code == SQLITE_OK) {
        code = sqlite3_prepare_v2(db,
                                  "SELECT count(*), sum(length(name)) FROM entity "
                                  "UNION ALL SELECT count(*), 0 FROM event "
                                  "UNION ALL SELECT count(*), 0 FROM claim "
                                  "UNION ALL SELECT count(*), sum(length(uri)) FROM document",
                                  -1, &statement, NULL);
    }
    while (code == SQLITE_OK || code == SQLITE_ROW) {
        code = sqlite3_step(statement);
        for (int i = 0; code == SQLITE_ROW && i < 2; i++) {
            *sum = *sum * 31u + (uint64_t)sqlite3_column_int64(statement, i);
        }
    }
    if (code != SQLITE_DONE) {
        fprintf(stderr, "sql: %s\n", sqlite3_errmsg(db));
    }
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return code == SQLITE_DONE;
}

bool crowd_ask(stemma_file *file, uint32_t first, crowd_answers *out)
{
    uint32_t count = question_count();
    need(count <= CROWD_QUESTIONS, "questions");
    memset(out, 0, sizeof *out);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t question = (first + i) % count;
        asked one = {0};
        ask(file, question, &one);
        if (one.wrong + one.damaged + one.too_much != 0) {
            fprintf(stderr, "%s: %s: %s %s\n", question_name(question), one.what, one.first.code,
                    one.first.message);
            return false;
        }
        out->sum[question] = one.sum;
        out->answers[question] = one.answers;
    }
    return true;
}

bool crowd_same(const crowd_answers *one, const crowd_answers *other)
{
    for (uint32_t i = 0; i < question_count(); i++) {
        if (one->sum[i] != other->sum[i] || one->answers[i] != other->answers[i]) {
            fprintf(stderr, "%s: %u answers, and %u\n", question_name(i), one->answers[i],
                    other->answers[i]);
            return false;
        }
    }
    if (one->sql != other->sql) {
        fprintf(stderr, "sql: the answers differ\n");
    }
    return one->sql == other->sql;
}
