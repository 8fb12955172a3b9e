/* SPDX-License-Identifier: MIT */
/* Runs: records of the table `run`, ascending by (name, version, kind, settings).
 *
 * Map: 0 name · 1 version · 2 kind (absent: 0) · 3 settings. */
#ifndef STEMMA_FORMAT_RUN_RECORD_H
#define STEMMA_FORMAT_RUN_RECORD_H

#include "bytes.h"
#include "fault.h"
#include "stemma/testimony.h"

/* Order of runs: negative, zero, positive. */
int stm_run_compare(const stemma_run *a, const stemma_run *b);

/* Appends the record. STEMMA_E_INVALID: RUN_KIND, TEXT_TOO_LONG, TEXT_NOT_UTF8.
   STEMMA_E_NO_SPACE. */
stemma_status stm_run_encode(const stemma_run *run, stm_buffer *out, stm_fault *fault);

/* Decodes a stored value; texts are views into it. STEMMA_E_DAMAGED. */
stemma_status stm_run_decode(stemma_bytes value, stemma_run *run, stm_fault *fault);

#endif
