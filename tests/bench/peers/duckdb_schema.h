/* SPDX-License-Identifier: MIT */
/* The DuckDB peer's schema: the same tables as SQLite's, in narrow unsigned types, without indexes:
   rows stand in the order that questions ask for (event by id, part by entity and event, entity by
   name), so that zone maps do what an index would, at no cost in size. Declaring keys (ART indexes)
   doubles the file and halves the load, and helps one kind of question only. */
#ifndef PEERS_DUCKDB_SCHEMA_H
#define PEERS_DUCKDB_SCHEMA_H

#define DUCKDB_TABLES_PAIRS                                                                        \
    "CREATE TABLE event(id UINTEGER,time INTEGER,type UINTEGER,a0 UINTEGER,a1 UINTEGER);"
#define DUCKDB_TABLES_MATCHES                                                                      \
    "CREATE TABLE event(id UINTEGER,time INTEGER,type UINTEGER,a0 UINTEGER,a1 UINTEGER,"           \
    "a2 UINTEGER,a3 UINTEGER,place UINTEGER,content VARCHAR,source VARCHAR);"
#define DUCKDB_TABLES                                                                              \
    "CREATE TABLE part(entity UINTEGER,event UINTEGER,role UTINYINT);"                             \
    "CREATE TABLE entity(name VARCHAR,id UINTEGER);"                                               \
    "CREATE TABLE type(name VARCHAR,id UINTEGER);"

#endif
