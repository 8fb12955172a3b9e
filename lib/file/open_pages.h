/* SPDX-License-Identifier: MIT */
/* The page check of a file that is being opened, by several threads when it is large. */
#ifndef STEMMA_LIB_OPEN_PAGES_H
#define STEMMA_LIB_OPEN_PAGES_H

#include "page_check.h"

/* Maps the `size` bytes of `descriptor` and checks their pages with at most `jobs` threads (0: as
   many as seems good). Verdict and report do not depend on `jobs`. As stm_page_check(), and
   STEMMA_E_SYSTEM, STEMMA_E_NO_MEMORY. */
stemma_status stm_open_check_pages(int descriptor, size_t size, unsigned jobs, const char *path,
                                   stm_page_report *report, stemma_error *error);

/* Maps them likewise and measures the pages, which passed before or are trusted, with as many threads as seems good. As
   stm_page_measure(). */
stemma_status stm_open_measure_pages(int descriptor, size_t size, stm_page_report *report,
                                     stemma_error *error);

/* Maps them likewise and looks at few of each large table: as stm_page_estimate(). */
stemma_status stm_open_estimate_pages(int descriptor, size_t size, stm_page_report *report,
                                      stemma_error *error);

#endif
