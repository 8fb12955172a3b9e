/* SPDX-License-Identifier: MIT */
/* Files that the real LMDB wrote, in memory, for tests of the container; and what LMDB reads. */
#ifndef STEMMA_TESTS_PAGE_FILE_H
#define STEMMA_TESTS_PAGE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PAGE_FILE_VALUE_MAX 65536u

/* One record, by its number: fills the buffers and gives the sizes. Keys ascend with `number`. */
typedef void page_file_record(uint32_t number, uint8_t key[511], size_t *key_size,
                              uint8_t value[PAGE_FILE_VALUE_MAX], size_t *value_size);

typedef struct page_file_table {
    const char *name;
    uint32_t entries;
    page_file_record *record;
} page_file_table;

typedef struct page_file_options {
    size_t map_size;    /* 0: 64 MiB */
    unsigned env_flags; /* for mdb_env_open, beside the needed ones */
    uint32_t batch;     /* records in a commit; 0: all */
    bool random_order;  /* put records in a shuffled order, without MDB_APPEND */
    bool retry; /* begin each commit, give it up, and do it again, as when the map is full */
    bool churn; /* first write a table of other records and drop it */
} page_file_options;

/* What the dropped table of `churn` is full of. */
#define PAGE_FILE_SECRET "SECRETSECRETSECRET"

/* Bytes of a file, malloc'd. */
typedef struct page_file {
    uint8_t *data;
    size_t size;
} page_file;

/* Builds a compact copy, not sealed. Aborts on any failure of LMDB or the system. */
page_file page_file_build(const page_file_table *tables, size_t count,
                          const page_file_options *options);

/* The same, sealed and found sound; aborts when it is not. */
page_file page_file_build_sealed(const page_file_table *tables, size_t count,
                                 const page_file_options *options);

page_file page_file_copy(const page_file *file); /* exactly its bytes */
void page_file_free(page_file *file);

/* Opens the bytes with LMDB (read-only, no lock) and reads every record of every table in order,
   and looks each up by its key. False when LMDB returns any error or the counts differ. `digest`
   and `entries` may be NULL; they get a hash of all that was read and the number of records.
   Damaged bytes may crash the process: then call it in a child. */
bool page_file_read_all(const uint8_t *data, size_t size, uint64_t *digest, uint64_t *entries);

/* Tables that together have every feature: names with long common beginnings in a tree of three
   levels ("name"), many short rows ("person"), values on overflow pages and just not ("text"), and
   nothing ("vacant"). */
#define PAGE_FILE_SAMPLE_COUNT 4u
extern const page_file_table page_file_sample[PAGE_FILE_SAMPLE_COUNT];

#endif
