/* SPDX-License-Identifier: MIT */
#include "duckdb_api.h"

#include <dlfcn.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FUNCTION(name)                                                                             \
    {                                                                                              \
        "duckdb_" #name, offsetof(duck_api, name)                                                  \
    }

static const struct {
    const char *name;
    size_t at;
} functions[] = {
    FUNCTION(open),
    FUNCTION(close),
    FUNCTION(connect),
    FUNCTION(disconnect),
    FUNCTION(query),
    FUNCTION(destroy_result),
    FUNCTION(result_error),
    FUNCTION(prepare),
    FUNCTION(prepare_error),
    FUNCTION(destroy_prepare),
    FUNCTION(bind_uint32),
    FUNCTION(bind_int32),
    FUNCTION(bind_varchar_length),
    FUNCTION(execute_prepared),
    FUNCTION(fetch_chunk),
    FUNCTION(data_chunk_get_size),
    FUNCTION(data_chunk_get_vector),
    FUNCTION(vector_get_data),
    FUNCTION(vector_get_validity),
    FUNCTION(vector_ensure_validity_writable),
    FUNCTION(vector_assign_string_element_len),
    FUNCTION(destroy_data_chunk),
    FUNCTION(create_logical_type),
    FUNCTION(destroy_logical_type),
    FUNCTION(create_data_chunk),
    FUNCTION(data_chunk_set_size),
    FUNCTION(data_chunk_reset),
    FUNCTION(appender_create),
    FUNCTION(append_data_chunk),
    FUNCTION(appender_destroy),
    FUNCTION(vector_size),
};

bool duck_load(duck_api *api, const char *library)
{
    void *handle = dlopen(library, RTLD_NOW | RTLD_LOCAL);
    if (handle == NULL) {
        fprintf(stderr, "%s\n", dlerror());
        return false;
    }
    for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++) {
        void *found = dlsym(handle, functions[i].name);
        if (found == NULL) {
            fprintf(stderr, "%s\n", dlerror());
            return false;
        }
        memcpy((char *)api + functions[i].at, &found, sizeof found);
    }
    return true;
}

void duck_run(const duck_api *api, void *connection, const char *sql)
{
    duck_result result;
    if (api->query(connection, sql, &result) != 0) {
        fprintf(stderr, "duckdb: %s: %s\n", sql, api->result_error(&result));
        exit(1);
    }
    api->destroy_result(&result);
}
