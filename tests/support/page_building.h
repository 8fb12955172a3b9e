/* SPDX-License-Identifier: MIT */
/* A file that is built page by page in memory (page_build.h). */
#ifndef STEMMA_TESTS_PAGE_BUILDING_H
#define STEMMA_TESTS_PAGE_BUILDING_H

#include "page_build.h"

typedef struct page_building {
    stm_page_builder builder;
    stm_page_sink sink;
    uint8_t *data;
    size_t size, capacity;
    size_t fail_at; /* bytes that it takes at most; SIZE_MAX: all */
} page_building;

/* Begins a file whose front ends before page `front`. Aborts without memory. */
page_building *page_building_begin(uint64_t front);

void page_building_drop(page_building *building);

#endif
