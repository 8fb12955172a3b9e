/* SPDX-License-Identifier: MIT */
/* Filling in a caller's stemma_error. Shared by the library and the tools. */
#ifndef STEMMA_LIB_ERROR_H
#define STEMMA_LIB_ERROR_H

#include "stemma/status.h"

/* Fills `error` (which may be NULL) and returns `status`, so that a failure is one statement.
   `code` is a registered problem code, `where` the place ("" when there is none). */
stemma_status stm_fail(stemma_error *error, stemma_status status, const char *code,
                       const char *where, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

#endif
