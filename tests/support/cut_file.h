/* SPDX-License-Identifier: MIT */
/* The file that a cut snapshot answers like: only the known documents, joined as the whole file
   joins them. */
#ifndef STEMMA_TESTS_CUT_FILE_H
#define STEMMA_TESTS_CUT_FILE_H

#include "stemma/read.h"

/* Writes to `path` (a new file) the first `documents` documents of a file, whose snapshot is not
   cut, with the derivations between them; every two of them that are of one entity or event are
   judged to be the same. Aborts when it cannot. */
void cut_file_write(const char *path, stemma_snapshot *snapshot, uint32_t documents);

#endif
