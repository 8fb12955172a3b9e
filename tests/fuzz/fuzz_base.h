/* SPDX-License-Identifier: MIT */
/* A small sound file that targets change, made anew by each process; it and what comes of it lie in memory
   and are opened by path all the same. */
#ifndef STEMMA_FUZZ_BASE_H
#define STEMMA_FUZZ_BASE_H

#include "tables.h"
#include "stemma/types.h"

/* The bytes of the file: four reports of our own, or two data sets. Made at the first call. */
stemma_bytes fuzz_base_file(int data_sets);

/* A record of it. */
typedef struct fuzz_record {
    stm_table table;
    stemma_bytes key;
    stemma_bytes value;
} fuzz_record;

/* All records of the file, table by table, keys ascending. */
const fuzz_record *fuzz_base_records(int data_sets, uint32_t *count);

/* Makes a sealed file of records in the order of tables, with the digests that they then need (unless
   `keep_digests`), and gives its path, which is good until the next call. */
const char *fuzz_make_file(const fuzz_record *records, uint32_t count, int keep_digests);

/* The same of bytes that are a file already. */
const char *fuzz_put_file(stemma_bytes bytes);

#endif
