/* SPDX-License-Identifier: MIT */
/* The few functions of DuckDB's C interface that the bench calls, found in libduckdb.so at run
   time, so that nothing of DuckDB is needed to build. The declarations are ours. */
#ifndef PEERS_DUCKDB_API_H
#define PEERS_DUCKDB_API_H

#include <stdbool.h>
#include <stdint.h>

typedef struct duck_result {
    uint64_t unused[3];
    void *unused_columns;
    char *unused_error;
    void *internal;
} duck_result;

enum { DUCK_INTEGER = 4, DUCK_UTINYINT = 6, DUCK_UINTEGER = 8, DUCK_VARCHAR = 17 };

/* 0 is success wherever an int is returned. */
typedef struct duck_api {
    int (*open)(const char *path, void **database);
    void (*close)(void **database);
    int (*connect)(void *database, void **connection);
    void (*disconnect)(void **connection);
    int (*query)(void *connection, const char *sql, duck_result *result);
    void (*destroy_result)(duck_result *result);
    const char *(*result_error)(duck_result *result);
    int (*prepare)(void *connection, const char *sql, void **statement);
    const char *(*prepare_error)(void *statement);
    void (*destroy_prepare)(void **statement);
    int (*bind_uint32)(void *statement, uint64_t index, uint32_t value);
    int (*bind_int32)(void *statement, uint64_t index, int32_t value);
    int (*bind_varchar_length)(void *statement, uint64_t index, const char *text, uint64_t size);
    int (*execute_prepared)(void *statement, duck_result *result);
    void *(*fetch_chunk)(duck_result result);
    uint64_t (*data_chunk_get_size)(void *chunk);
    void *(*data_chunk_get_vector)(void *chunk, uint64_t column);
    void *(*vector_get_data)(void *vector);
    uint64_t *(*vector_get_validity)(void *vector);
    void (*vector_ensure_validity_writable)(void *vector);
    void (*vector_assign_string_element_len)(void *vector, uint64_t row, const char *text,
                                             uint64_t size);
    void (*destroy_data_chunk)(void **chunk);
    void *(*create_logical_type)(int type);
    void (*destroy_logical_type)(void **type);
    void *(*create_data_chunk)(void **types, uint64_t count);
    void (*data_chunk_set_size)(void *chunk, uint64_t size);
    void (*data_chunk_reset)(void *chunk);
    int (*appender_create)(void *connection, const char *schema, const char *table,
                           void **appender);
    int (*append_data_chunk)(void *appender, void *chunk);
    int (*appender_destroy)(void **appender);
    uint64_t (*vector_size)(void);
} duck_api;

/* Loads the library; false, with a message, when it or a function is not there. */
bool duck_load(duck_api *api, const char *library);

/* Runs a statement; ends the program with DuckDB's message when it fails. */
void duck_run(const duck_api *api, void *connection, const char *sql);

#endif
