/* SPDX-License-Identifier: MIT */
/* Stored values as JSON, whatever form their table packs them in. SPEC.md, "Tables". */
#ifndef STEMMA_DUMP_RECORD_JSON_H
#define STEMMA_DUMP_RECORD_JSON_H

#include "common/json_out.h"
#include "tables.h"

/* Bytes as a string of hexadecimal digits. */
void stm_out_hex(stm_json *json, stemma_bytes bytes);

/* Members of a record that say what its value holds: "value" of MessagePack and of numbers, "rows"
   of row blocks, "entries" of postings, "columns" of column blocks, "hex" of all else and, with
   "problem", of what does not decode.
   Testimony is given unpacked. */
void stm_out_record(stm_json *json, stm_table table, stemma_bytes key, stemma_bytes value);

#endif
