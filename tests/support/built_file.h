/* SPDX-License-Identifier: MIT */
/* A finished file of the made-up corpus, for tests of reading. */
#ifndef STEMMA_TESTS_BUILT_FILE_H
#define STEMMA_TESTS_BUILT_FILE_H

#include <stdint.h>

#include "corpus.h"

/* A folder of the test's own and a file in it. */
typedef struct built_file {
    char folder[64];
    char path[96];
    corpus_names names;
    uint32_t documents;
} built_file;

/* Writes a file of `documents` documents (at least 3) of the corpus: neighbours' first persons are
   joined or kept apart, every fifth document copies the one before it, and the last one withholds
   its text. Aborts when it cannot. */
void built_file_make(built_file *file, uint32_t documents);

/* The document as it was given to the writer; corpus_free(). */
corpus_document *built_file_document(const built_file *file, uint32_t number);

/* Removes file and folder. */
void built_file_remove(built_file *file);

#endif
