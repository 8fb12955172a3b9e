/* SPDX-License-Identifier: MIT */
/**
 * @file interchange_write.h
 * A .stemma file as interchange (JSON Lines): SPEC.md, "Interchange".
 */
#ifndef STEMMA_TOOLS_INTERCHANGE_WRITE_H
#define STEMMA_TOOLS_INTERCHANGE_WRITE_H

#include <stdbool.h>

#include "common/json_out.h"
#include "common/offsets.h"
#include "stemma/read.h"
#include "stemma/salvage.h"

struct stm_interchange_options {
    enum stm_offset_unit unit;
    bool withhold;  /**< Leave texts out; offsets are then bytes. */
    uint32_t first; /**< First document to write ... */
    uint32_t last;  /**< ... and last. Judgements and derivations need both their ends inside. */
    unsigned jobs;  /**< Threads that put lines together; 0: one a processor. */
    stemma_salvage *salvage; /**< Of a damaged file: what is left of it is written, all of the
                                  range. NULL otherwise. */
};

#define STM_INTERCHANGE_OPTIONS_INIT                                                               \
    {                                                                                              \
        STM_OFFSET_CODEPOINT, false, 0, STEMMA_NONE, 0, NULL                                       \
    }

/** Writes everything the file holds to `json`, a line a record. Memory is bounded by the largest
 *  documents, one a thread (two, where one derives from another). The snapshot is reset between records: views got
 *  from it before are gone. Statuses of the reader; STEMMA_E_SYSTEM and no error filled in when the
 *  output failed, as stm_json_status() tells, which ends the work. */
stemma_status stm_interchange_write(stemma_file *file, stemma_snapshot *snapshot,
                                    const struct stm_interchange_options *options, stm_json *json,
                                    stemma_error *error);

#endif
