/* SPDX-License-Identifier: MIT */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

stemma_status stm_fail(stemma_error *error, stemma_status status, const char *code,
                       const char *where, const char *format, ...)
{
    if (error != NULL) {
        va_list arguments;
        memset(error, 0, sizeof *error);
        error->status = status;
        snprintf(error->code, sizeof error->code, "%s", code);
        snprintf(error->where, sizeof error->where, "%s", where);
        va_start(arguments, format);
        vsnprintf(error->message, sizeof error->message, format, arguments);
        va_end(arguments);
    }
    return status;
}
