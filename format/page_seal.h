/* SPDX-License-Identifier: MIT */
/**
 * @file page_seal.h
 * Brings what LMDB wrote into the sealed form of pages, and tells whether pages have it.
 *
 * The library's writer makes sealed pages at once (page_build.h). A checker asks here whether a
 * file has nothing but what it should have between its records; and who makes a file through LMDB,
 * as tests and other programs may, seals it here.
 *
 * LMDB leaves in its pages what was there before: in the gap between pointers and nodes, in the
 * byte that pads a node of odd size, behind the end of a value on overflow pages, in unused fields
 * of headers; and it records how it was opened. Sealing zeroes the first kind, sets the second to
 * fixed values, and puts the nodes of each page in the order of their keys. A file loaded in sorted
 * order and compacted then has the same bytes whatever the size of the commits, the map or the
 * options it was loaded with, and nothing of any deleted or foreign data.
 */
#ifndef STEMMA_FORMAT_PAGE_SEAL_H
#define STEMMA_FORMAT_PAGE_SEAL_H

#include "page_problem.h"
#include "stemma/types.h"

/**
 * Seals a whole file in place.
 *
 * `file` are the `size` bytes of a compact copy that LMDB wrote (`mdb_env_copyfd2` with
 * `MDB_CP_COMPACT`), usually a private file mapped for writing. Only pages that change are written
 * to, so sealing a sealed file writes nothing. Safe on any bytes, but it proves nothing about them:
 * run stm_page_check() on the result.
 *
 * STEMMA_OK; or the status of a problem that keeps it from sealing, `file` then being partly
 * sealed: FILE_MAGIC, FILE_SIZE or a META problem when it is not a compact copy, and a PAGE, NODE
 * or OVERFLOW problem when its pages are not LMDB's. `error` may be NULL. Any thread; nobody else
 * may touch the file.
 */
STEMMA_NODISCARD stemma_status stm_page_seal(uint8_t *file, size_t size, stemma_error *error);

/**
 * Whether a file is sealed: STEMMA_OK when stm_page_seal() would change nothing, STM_BAD_PAGE_SLACK
 * (STEMMA_E_DAMAGED) with the page when it would, or what stm_page_seal() would say. Reads all
 * pages but the bodies of overflow runs, and of these the slack. `error` may be NULL. Any thread.
 */
STEMMA_NODISCARD stemma_status stm_page_sealed(stemma_bytes file, stemma_error *error);

#endif
