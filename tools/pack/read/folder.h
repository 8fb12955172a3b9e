/* SPDX-License-Identifier: MIT */
/**
 * @file folder.h
 * From the inputs on a command line to the list of files to read.
 *
 * Folders are walked to the bottom. Hidden files, links to folders, and whatever is neither a
 * regular file nor a folder are passed over. In a folder only files of known kinds are taken, and
 * of links only those to files inside the folder that was named: a folder from a stranger reads
 * nothing but itself. A file that is named itself is always taken.
 */
#ifndef STEMMA_PACK_FOLDER_H
#define STEMMA_PACK_FOLDER_H

#include <stdbool.h>

#include "common/arena.h"
#include "common/problem.h"

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
    bool listed;    /**< It was found in a folder, not named itself. */
    uint64_t size;  /**< Bytes when it was looked at; 0 of what has no size. */
} stm_entry;

typedef struct stm_entry_list {
    stm_entry *entries; /**< Input by input; inside each by ascending uri (memcmp). */
    size_t count;
    uint32_t input_count;   /**< How many inputs were added, with or without entries. */
    stemma_text manifest;   /**< The first regular file "manifest.csv" that stands in a folder that was
                                 named itself, a NUL behind it; empty when there is none. */
    uint32_t manifest_count; /**< How many such files there are. */
    size_t capacity;        /* private */
    struct stm_arena arena; /* private: owns the entries */
    struct stm_claimed *claimed; /* private: by ascending uri; NULL until somebody asked */
} stm_entry_list;

/** Prepares an empty list. */
void stm_entry_list_init(stm_entry_list *list);

/** Frees what the list owns. Harmless twice. */
void stm_entry_list_free(stm_entry_list *list);

/** Adds the file or folder `path`. What cannot be read is reported (FILE_UNREADABLE, FILE_OUTSIDE,
 *  PATH_TOO_LONG) and left out. In a folder, a table called "manifest" is not an entry. STEMMA_OK, or
 *  STEMMA_E_NO_MEMORY. */
STEMMA_NODISCARD stemma_status stm_entry_list_add(stm_entry_list *list, const char *path,
                                                  stm_problems *problems);

/** What a row of a manifest may do with a file. */
typedef enum stm_claim { STM_CLAIM_FIRST, STM_CLAIM_AGAIN, STM_CLAIM_MISSING } stm_claim;

/** Looks for the file `file` (a uri) among the entries of all inputs and remembers that somebody
 *  did: STM_CLAIM_FIRST the first time. Logarithmic but for the first call, after which no more
 *  entries may be added. STEMMA_OK with `*claim`, or STEMMA_E_NO_MEMORY. */
STEMMA_NODISCARD stemma_status stm_entry_list_claim(stm_entry_list *list, stemma_text file,
                                                    stm_claim *claim);

#endif
