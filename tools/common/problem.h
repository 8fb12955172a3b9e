/* SPDX-License-Identifier: MIT */
/**
 * @file problem.h
 * Where every stage of the tools reports a record that it refused, or took with a remark.
 *
 * A problem becomes one JSON line: {"file","line","column","code","reason","severity"}; line and
 * column are left out when unknown. A worker collects the problems of one document in a buffer;
 * the buffers are joined with stm_problems_append() in the order of the input, so that the report
 * is the same whatever the number of threads.
 */
#ifndef STEMMA_TOOLS_PROBLEM_H
#define STEMMA_TOOLS_PROBLEM_H

#include "common/json_out.h"

typedef enum stm_severity {
    STM_SEVERITY_ERROR = 0,   /**< The record was refused. */
    STM_SEVERITY_WARNING = 1, /**< The record was kept, something about it was not understood. */
    STM_SEVERITY_NOTE = 2     /**< Nothing is lost, the user may want to know. */
} stm_severity;

#define STM_SEVERITY_COUNT 3

typedef struct stm_problem {
    stm_severity severity;
    stemma_text file; /**< As the user would name it; empty when there is none. */
    uint64_t line;    /**< From 1; 0 when unknown. */
    uint64_t column;  /**< Byte in the line, from 1; 0 when unknown. */
    const char *code; /**< Registered problem code, e.g. "ENCODING_INVALID". */
} stm_problem;

/** A collection of problems. Plain data; one thread at a time. */
typedef struct stm_problems {
    stm_json json;                       /* private: the lines */
    uint64_t counts[STM_SEVERITY_COUNT]; /**< How many of each stm_severity were reported. */
} stm_problems;

/** Collects in memory: read `problems->json.data`. Free with stm_problems_free(). */
void stm_problems_to_buffer(stm_problems *problems);

void stm_problems_free(stm_problems *problems);

/** Reports one problem; `format` makes its reason: one English sentence without full stop.
    `problems` may be NULL: then nothing happens. Reasons longer than 1 KB are cut. */
void stm_problems_add(stm_problems *problems, const stm_problem *problem, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/** Adds the lines and counts of `from`, a buffer, at the end of `into`. `from` is unchanged. */
void stm_problems_append(stm_problems *into, const stm_problems *from);

/** The latched error of the output, as stm_json_status(). */
stemma_status stm_problems_status(const stm_problems *problems);

#endif
