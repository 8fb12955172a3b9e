/* SPDX-License-Identifier: MIT */
/**
 * @file format.h
 * The forms in which a tool answers: text for people; json (one array), jsonl (one object a line),
 * csv (RFC 4180) and tsv for programs. Some commands have a form of their own besides: dot for Graphviz,
 * resolver for the resolver files of nomenklatura.
 */
#ifndef STEMMA_TOOLS_FORMAT_H
#define STEMMA_TOOLS_FORMAT_H

#include "common/json_out.h"
#include "common/terminal.h"

/** Order of the words of --format=text|json|jsonl|csv|tsv|dot|resolver. */
enum stm_format {
    STM_FORMAT_TEXT = 0,
    STM_FORMAT_JSON = 1,
    STM_FORMAT_JSONL = 2,
    STM_FORMAT_CSV = 3,
    STM_FORMAT_TSV = 4,
    STM_FORMAT_DOT = 5,
    STM_FORMAT_RESOLVER = 6
};

/** `json` is for the caller between item_begin and item_end; the rest is private. */
struct stm_output {
    enum stm_format format;
    FILE *file;
    struct stm_terminal terminal;
    stm_json json;
    FILE *wrapped; /* what `file` and `terminal` write to, and breaks long lines; or NULL */
    bool begun;
    unsigned field; /* of the row being written */
};

/** `file` stays the caller's. Text for a terminal goes there through stm_wrap_open(). */
void stm_output_begin(struct stm_output *output, FILE *file, enum stm_format format,
                      enum stm_color_mode color);

/** Whether items are JSON, rows, or else text. */
bool stm_output_is_json(const struct stm_output *output);
bool stm_output_is_rows(const struct stm_output *output);

/** One JSON value, written in between with output->json. */
void stm_output_item_begin(struct stm_output *output);
void stm_output_item_end(struct stm_output *output);

/** A row of fields. Control characters other than tab and line ends become \x1b; in tsv tab, line ends
    and backslash become \t, \n, \r and \\. */
void stm_output_field(struct stm_output *output, stemma_text text);
void stm_output_field_string(struct stm_output *output, const char *string);
void stm_output_field_number(struct stm_output *output, uint64_t number);
void stm_output_row_end(struct stm_output *output);

/** Whether writing has failed: then there is no point in going on. */
bool stm_output_failed(const struct stm_output *output);

/** Completes the output: an empty array where no item came. The status of the JSON writer. */
stemma_status stm_output_end(struct stm_output *output);

/** Writes what is left to `file` of stm_output_begin() and frees everything; also after errors. STEMMA_OK
    or STEMMA_E_SYSTEM when it could not be written. */
stemma_status stm_output_close(struct stm_output *output);

#endif
