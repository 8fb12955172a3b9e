/* SPDX-License-Identifier: MIT */
/* The records of the small sound file, and files of records. */
#ifndef STEMMA_FUZZ_BASE_H
#define STEMMA_FUZZ_BASE_H

#include "fuzz_file.h"
#include "tables.h"

/* A record of it. */
typedef struct fuzz_record {
    stm_table table;
    stemma_bytes key;
    stemma_bytes value;
} fuzz_record;

/* All records of the file, table by table, keys ascending. */
const fuzz_record *fuzz_base_records(int data_sets, uint32_t *count);

/* Makes a sealed file of records in the order of tables, with the digests that they then need (unless
   `keep_digests`), and gives its path, which is good until the next one is made. */
const char *fuzz_make_file(const fuzz_record *records, uint32_t count, int keep_digests);

#endif
