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

struct stm_interchange_options {
    enum stm_offset_unit unit;
    bool withhold; /**< Leave texts out; offsets are then bytes. */
};

/** Writes everything the file holds to `json`, a line a record. Memory is bounded by the largest
 *  document. The snapshot is reset between records: views got from it before are gone.
 *  Statuses of the reader; a failed output shows in stm_json_status(). */
stemma_status stm_interchange_write(stemma_file *file, stemma_snapshot *snapshot,
                                    const struct stm_interchange_options *options, stm_json *json,
                                    stemma_error *error);

#endif
