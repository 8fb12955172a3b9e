/* SPDX-License-Identifier: MIT */
/* The JSON Schema of what every command prints: tools/schema/query.schema.json, put in at build time. */
#ifndef STEMMA_QUERY_SCHEMA_H
#define STEMMA_QUERY_SCHEMA_H

#include <stddef.h>

extern const unsigned char stm_query_schema[];
extern const size_t stm_query_schema_size;

#endif
