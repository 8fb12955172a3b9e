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
    stm_json json;                       /* private: the lines, or those that are not in `file` */
    uint64_t counts[STM_SEVERITY_COUNT]; /**< How many of each stm_severity were reported. */
    const char *folder;                  /* private: of the file; NULL: all stays in memory */
    int file;                            /* private: open when `filed` is not 0 */
    uint64_t filed;                      /* private: bytes in the file */
    char *head;                          /* private: the first lines, once they are in the file */
    size_t head_size;
} stm_problems;

/** Collects in memory: read `problems->json.data`. Free with stm_problems_free(). */
void stm_problems_to_buffer(stm_problems *problems);

/** Collects in memory what fits into a megabyte, and the rest in a file without a name in `folder`,
 *  which must outlive `problems`: input may have something wrong with each of a billion lines.
 *  stm_problems_first() and stm_problems_write() give the lines back. */
void stm_problems_to_folder(stm_problems *problems, const char *folder);

/** Whole lines from the first on, some thousand bytes at least when there are as many. Lives until
    the next problem. */
stemma_text stm_problems_first(const stm_problems *problems);

/** Whether anything was reported. */
bool stm_problems_any(const stm_problems *problems);

/** Writes all lines to a descriptor. STEMMA_OK; STEMMA_E_SYSTEM with `*error`; the latched error. */
STEMMA_NODISCARD stemma_status stm_problems_write(stm_problems *problems, int out,
                                                  const char *name, stemma_error *error);

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
