/* SPDX-License-Identifier: MIT */
/**
 * @file json_out.h
 * A small streaming JSON writer, to a FILE or to a growing buffer.
 *
 *     stm_json json;
 *     stm_json_to_buffer(&json, 0);
 *     stm_json_object_begin(&json);
 *     stm_json_member_text(&json, "title", title);
 *     stm_json_key(&json, "spans");
 *     stm_json_array_begin(&json);
 *     stm_json_unsigned(&json, 12);
 *     stm_json_array_end(&json);
 *     stm_json_object_end(&json);
 *     stm_json_line(&json);
 *     status = stm_json_status(&json);   ... json.data, json.size ...
 *     stm_json_free(&json);
 *
 * The first error latches: later calls do nothing, stm_json_status() tells it. Commas, and with
 * `indent` line breaks, are put in by the writer. The output is always valid UTF-8: a byte that is
 * not is written as U+FFFD. A writer belongs to one thread at a time.
 */
#ifndef STEMMA_TOOLS_JSON_OUT_H
#define STEMMA_TOOLS_JSON_OUT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "stemma/status.h"
#include "stemma/types.h"

#define STM_JSON_DEPTH 64 /* Open containers; more latches STEMMA_E_LIMIT. */

/** Plain data; initialise it with one of the two functions below. Read `data` and `size` of a
    buffer writer; everything else is private. */
typedef struct stm_json {
    FILE *file; /* NULL for a buffer writer */
    char *data; /* Owned. May be NULL while size is 0. */
    size_t size;
    size_t capacity;
    stemma_status status;
    uint8_t indent;
    uint8_t depth;
    bool after_key;
    char open[STM_JSON_DEPTH];   /* '{' or '[' */
    bool filled[STM_JSON_DEPTH]; /* the container has an element */
    uint32_t staged_size;
    char staged[4096]; /* of a file writer: what is not in the stream yet */
} stm_json;

/** Writes to `file`, which stays the caller's. `indent`: spaces per level, 0 for one line. */
void stm_json_to_file(stm_json *json, FILE *file, unsigned indent);

/** Writes to a buffer of its own. */
void stm_json_to_buffer(stm_json *json, unsigned indent);

/** Frees the buffer. Harmless twice, and on a file writer. */
void stm_json_free(stm_json *json);

/** Forgets what the buffer holds and any error, keeps its memory. */
void stm_json_reset(stm_json *json);

/** STEMMA_OK; STEMMA_E_NO_MEMORY; STEMMA_E_SYSTEM (errno of the write stands); STEMMA_E_MISUSE for
    calls that do not make JSON; STEMMA_E_LIMIT for too deep nesting; STEMMA_E_INVALID for a decimal
    that is not a JSON number. */
stemma_status stm_json_status(const stm_json *json);

void stm_json_object_begin(stm_json *json);
void stm_json_object_end(stm_json *json);
void stm_json_array_begin(stm_json *json);
void stm_json_array_end(stm_json *json);

void stm_json_key(stm_json *json, const char *key);
void stm_json_text(stm_json *json, stemma_text text);
void stm_json_integer(stm_json *json, int64_t number);
void stm_json_unsigned(stm_json *json, uint64_t number);
/** How many bytes a text begins with that stand between quotation marks as they are: few texts have more. */
size_t stm_json_stands(stemma_text text);
/** A number given as text, e.g. "-0.5", written bare and unchanged. */
void stm_json_decimal(stm_json *json, stemma_text number);
void stm_json_bool(stm_json *json, bool value);
void stm_json_null(stm_json *json);
/** One complete JSON value, made elsewhere, as it is. */
void stm_json_raw(stm_json *json, stemma_text value);
/** A line feed after a complete outermost value: the end of a JSON line. */
void stm_json_line(stm_json *json);
/** Complete lines, made elsewhere, as they are: texts of whole lines one behind the other. Many go past the stream's
    buffer. */
void stm_json_lines(stm_json *json, const stemma_text *lines, size_t count);

/* Key and value in one call. */
void stm_json_member_text(stm_json *json, const char *key, stemma_text text);
void stm_json_member_string(stm_json *json, const char *key, const char *string);
void stm_json_member_unsigned(stm_json *json, const char *key, uint64_t number);
void stm_json_member_integer(stm_json *json, const char *key, int64_t number);
void stm_json_member_bool(stm_json *json, const char *key, bool value);

#endif
