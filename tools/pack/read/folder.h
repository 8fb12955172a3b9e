/* SPDX-License-Identifier: MIT */
/**
 * @file folder.h
 * From the inputs on a command line to the list of files to read.
 *
 * Folders are walked to the bottom. Hidden files, links to folders, and whatever is neither a
 * regular file nor a folder are passed over. In a folder only files of known kinds are taken; a
 * file that is named itself is always taken.
 */
#ifndef STEMMA_PACK_FOLDER_H
#define STEMMA_PACK_FOLDER_H

#include <stdbool.h>

#include "common/arena.h"
#include "common/problem.h"
#include "pack/read/manifest.h"

typedef enum stm_entry_kind {
    STM_ENTRY_TEXT = 0,    /**< .txt .text, or named itself with an unknown ending */
    STM_ENTRY_HTML,        /**< .html .htm .xhtml */
    STM_ENTRY_MARKDOWN,    /**< .md .markdown */
    STM_ENTRY_INTERCHANGE, /**< .jsonl .ndjson .json */
    STM_ENTRY_BASE,        /**< .stemma */
    STM_ENTRY_TABLE        /**< .csv .tsv .tab, also with .gz or .zst behind */
} stm_entry_kind;

/** A file to read. Views live as long as the list. */
typedef struct stm_entry {
    stemma_text path; /**< What to open; a NUL stands behind it. */
    stemma_text uri;  /**< Path relative to the folder that was named, with '/'; of a file that was
                           named itself, its path as named without "./". */
    stm_entry_kind kind;
    uint32_t input; /**< Which of the inputs it came from, from 0. */
} stm_entry;

typedef struct stm_entry_list {
    stm_entry *entries; /**< Input by input; inside each by ascending uri (memcmp). */
    size_t count;
    uint32_t input_count;   /**< How many inputs were added, with or without entries. */
    size_t capacity;        /* private */
    struct stm_arena arena; /* private: owns the entries */
} stm_entry_list;

/** Prepares an empty list. */
void stm_entry_list_init(stm_entry_list *list);

/** Frees what the list owns. Harmless twice. */
void stm_entry_list_free(stm_entry_list *list);

/** Adds the file or folder `path`. What cannot be read is reported (FILE_UNREADABLE, PATH_TOO_LONG)
 *  and left out. In a folder, a table called "manifest" is not an entry. STEMMA_OK, or
 *  STEMMA_E_NO_MEMORY. */
STEMMA_NODISCARD stemma_status stm_entry_list_add(stm_entry_list *list, const char *path,
                                                  stm_problems *problems);

/** Reports each row of `manifest` whose file is not among the entries of any input as
    MANIFEST_FILE_MISSING, in the order of file names. */
void stm_entry_list_check(const stm_entry_list *list, const stm_manifest *manifest,
                          stm_problems *problems);

#endif
