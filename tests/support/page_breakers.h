/* SPDX-License-Identifier: MIT */
/* Ways to break the container, each breaking one rule of it: for tests of all that opens files. */
#ifndef STEMMA_TESTS_PAGE_BREAKERS_H
#define STEMMA_TESTS_PAGE_BREAKERS_H

#include "page_problem.h"
#include "page_file.h"

/* What was done to a file and what it must be refused for. */
typedef struct page_broken {
    const char *name;
    stm_page_problem problem;
} page_broken;

/* How many ways there are. */
size_t page_breaker_count(void);

/* Breaks a file in the way numbered `index`. The file must be a copy of the sealed sample,
   page_file_build_sealed(page_file_sample, ...); it may shrink or grow. */
page_broken page_break(page_file *file, size_t index);

#endif
