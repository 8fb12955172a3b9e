/* SPDX-License-Identifier: MIT */
/* duckdb_dump LIBRARY SHAPE FILE.duckdb OUT: every event as a line of JSON with names written out,
   by DuckDB's own COPY on all its threads. The order of the lines is left to DuckDB. */
#include "duckdb_api.h"
#include "event_rows.h"

#include <stdio.h>

int main(int argc, char **argv)
{
    static duck_api api;
    void *database, *connection;
    const event_shape *shape;
    char sql[2048];
    if (argc != 5 || (shape = event_shape_named(argv[2])) == NULL) {
        fprintf(stderr, "usage: duckdb_dump LIBRARY pairs|matches FILE.duckdb OUT\n");
        return 2;
    }
    if (!duck_load(&api, argv[1]) || api.open(argv[3], &database) != 0 ||
        api.connect(database, &connection) != 0) {
        fprintf(stderr, "duckdb_dump: %s cannot be opened\n", argv[3]);
        return 1;
    }
    snprintf(sql, sizeof sql,
             "COPY (SELECT 'row' AS record, e.id + 1 AS row, t.name AS type, "
             "DATE '1970-01-01' + e.time AS time, %s FROM event e JOIN type t ON t.id=e.type "
             "JOIN entity a0 ON a0.id=e.a0 %s) TO '%s' (FORMAT json)",
             shape->place < 0
                 ? "{agent: [a0.name], patient: [a1.name]} AS participants"
                 : "{agent: list_filter([a0.name, a1.name], x -> x IS NOT NULL), patient: "
                   "list_filter([a2.name, a3.name], x -> x IS NOT NULL)} AS participants, "
                   "p.name AS place, source AS external_id, content",
             shape->place < 0 ? "JOIN entity a1 ON a1.id=e.a1"
                              : "LEFT JOIN entity a1 ON a1.id=e.a1 LEFT JOIN entity a2 ON "
                                "a2.id=e.a2 LEFT JOIN entity a3 ON "
                                "a3.id=e.a3 LEFT JOIN entity p ON p.id=e.place",
             argv[4]);
    duck_run(&api, connection, sql);
    api.disconnect(&connection);
    api.close(&database);
    return 0;
}
