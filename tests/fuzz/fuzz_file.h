/* SPDX-License-Identifier: MIT */
/* A small sound file that targets read or change, made anew by each process. It and what comes of it lie in
   memory and are opened by path all the same. */
#ifndef STEMMA_FUZZ_FILE_H
#define STEMMA_FUZZ_FILE_H

#include "fuzz.h"

/* The bytes of the file: four reports of our own, or two data sets. Made at the first call. */
stemma_bytes fuzz_base_file(int data_sets);

/* A copy of that file with the edits of the input, each [page, offset (2), size, bytes]; fuzz_free(). */
stemma_bytes fuzz_edited_file(int data_sets, fuzz_input *input);

/* Makes a file of these bytes and gives its path, which is good until the next one is made. */
const char *fuzz_put_file(stemma_bytes bytes);

#endif
