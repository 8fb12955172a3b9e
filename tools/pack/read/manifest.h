/* SPDX-License-Identifier: MIT */
/**
 * @file manifest.h
 * The table that says what is known about the files of a folder: their dates, publishers,
 * addresses.
 *
 * Columns are known by the names in the first row (see field.h for the names): the file is needed,
 * all else may be there. Files are named relative to the folder; those that are named themselves on the
 * command line, as they are there or relative to the manifest.
 */
#ifndef STEMMA_PACK_MANIFEST_H
#define STEMMA_PACK_MANIFEST_H

#include "common/problem.h"
#include "pack/read/folder.h"
#include "pack/read/source.h"

typedef struct stm_manifest_row {
    stemma_text file; /**< Without a leading "./". */
    uint64_t line;    /**< In the manifest, from 1. */
    stm_source_fields fields;
} stm_manifest_row;

/** A manifest that was read. Owns its rows; may be read by many threads at once. */
typedef struct stm_manifest {
    stm_manifest_row *rows; /**< By ascending file name (memcmp), each once. */
    size_t row_count;
    stemma_text name;       /**< The manifest as the user named it, for problems. */
    struct stm_arena arena; /* private */
} stm_manifest;

/** Reads `bytes`; `name` stands in the problems. Refused rows are reported with line and column:
 *  broken CSV (see csv.h), MANIFEST_ROW_SHORT (no file in it), MANIFEST_DUPLICATE (the first row
 *  of a file counts), MANIFEST_FILE_MISSING (`files` has entries of inputs, and not that one); as
 *  warnings: DATE_UNREADABLE; as notes: MANIFEST_COLUMN_UNKNOWN. Rows are kept of files only that
 *  are there: however long a manifest is, it holds as many rows as there are files.
 *
 *  STEMMA_OK; STEMMA_E_INVALID when it cannot be used at all, which is reported (not text, or
 *  MANIFEST_COLUMN_MISSING); STEMMA_E_NO_MEMORY. Free it with stm_manifest_free() in any case. */
STEMMA_NODISCARD stemma_status stm_manifest_read(stm_manifest *manifest, stemma_bytes bytes,
                                                 stemma_text name, stm_entry_list *files,
                                                 stm_problems *problems);

/** Sets `*is` to whether `bytes` are a table that stm_manifest_read() would not refuse as a whole: text, and in
 *  its first row a column for files. Reports nothing. STEMMA_OK or STEMMA_E_NO_MEMORY. */
STEMMA_NODISCARD stemma_status stm_manifest_is_one(stemma_bytes bytes, bool *is);

/** Frees what it owns. Harmless twice. */
void stm_manifest_free(stm_manifest *manifest);

/** The row of `file`, relative to the folder, or NULL. Logarithmic. */
const stm_manifest_row *stm_manifest_find(const stm_manifest *manifest, stemma_text file);

#endif
