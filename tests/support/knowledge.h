/* SPDX-License-Identifier: MIT */
/* Small .stemma files for tests of the reading side. */
#ifndef STEMMA_TESTS_KNOWLEDGE_H
#define STEMMA_TESTS_KNOWLEDGE_H

#include "corpus.h"
#include "stemma/read.h"

/* Writes `count` documents, which it frees, to a new file whose path goes to `path`, and joins
   entities of one name and type across documents. Aborts when anything fails. */
void knowledge_write(char path[64], corpus_document **documents, uint32_t count);

/* Opens a file and begins a snapshot. Aborts when anything fails. */
stemma_snapshot *knowledge_open(const char *path, stemma_file **file);

/* Ends the snapshot, closes and removes the file. */
void knowledge_close(const char *path, stemma_file *file, stemma_snapshot *snapshot);

#endif
