/* SPDX-License-Identifier: MIT */
/**
 * @file read.h
 * The read stage: from a file to a document of plain text, with what is known about it and with
 * page furniture marked.
 *
 *     stm_read_initialize();
 *     status = stm_read_file(&entry, stm_manifest_find(&manifest, entry.uri), NULL, &problems,
 * &source); if (status == STEMMA_OK) { stm_source_view(source, &document); ...
 * stm_source_free(source); }
 */
#ifndef STEMMA_PACK_READ_H
#define STEMMA_PACK_READ_H

#include "common/problem.h"
#include "pack/read/folder.h"
#include "pack/read/manifest.h"
#include "pack/read/source.h"

/** Bounds on one document. Zero means the default. */
typedef struct stm_read_limits {
    uint64_t file_size; /**< Bytes of a file; default and most: STEMMA_LIMIT_TEXT. */
    uint64_t page_size; /**< Bytes of an HTML or Markdown file, which take many times their size in
                             memory while they are read; default 64 MiB. */
} stm_read_limits;

/** Prepares the libraries that read pages. Call it once, before any thread reads. */
void stm_read_initialize(void);

/** Reads the file of `entry`: a text, an HTML page or Markdown. `row` (may be NULL) wins over what
 *  the file says about itself, and that over what its lines tell. `limits` may be NULL.
 *
 *  STEMMA_OK and a document in `*source`, which the caller frees; STEMMA_E_INVALID or
 * STEMMA_E_LIMIT when the file is refused, or STEMMA_E_SYSTEM when it cannot be read, reported to
 * `problems` (FILE_UNREADABLE, FILE_TOO_LARGE, EMPTY_FILE, BINARY_FILE, ENCODING_INVALID): go on
 * with the next one; STEMMA_E_NO_MEMORY; STEMMA_E_MISUSE for an entry of another kind. `*source` is
 * NULL on error. Any thread, each with its own `problems`. */
STEMMA_NODISCARD stemma_status stm_read_file(const stm_entry *entry, const stm_manifest_row *row,
                                             const stm_read_limits *limits, stm_problems *problems,
                                             stm_source_document **source);

/** The same for bytes that are in memory already (standard input, tests). `bytes` is copied. */
STEMMA_NODISCARD stemma_status stm_read_memory(const stm_entry *entry, stemma_bytes bytes,
                                               const stm_manifest_row *row,
                                               const stm_read_limits *limits,
                                               stm_problems *problems,
                                               stm_source_document **source);

#endif
