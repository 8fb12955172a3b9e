/* SPDX-License-Identifier: MIT */
#include "check/check_state.h"

#include <stdarg.h>
#include <stdio.h>

stemma_status stm_check_report(stm_check *check, const char *part, const char *code,
                               const char *where, const char *format, ...)
{
    char message[256];
    stemma_problem problem = {part, code, where, message};
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    check->summary->problems++;
    if (check->callback != NULL && check->callback(check->context, &problem) != 0) {
        return STEMMA_END;
    }
    return STEMMA_OK;
}

stemma_status stm_check_failed(stm_check *check, const char *part, stemma_status status,
                               const stemma_error *error)
{
    switch (status) {
    case STEMMA_OK:
    case STEMMA_END:
        return status;
    case STEMMA_E_SYSTEM:
    case STEMMA_E_MISUSE:
    case STEMMA_E_INTERNAL:
        return status;
    case STEMMA_E_NO_MEMORY:
        /* A record that asks for more than the limit is the file's fault; what the system refuses is
           nobody's, and no file is damaged by it. */
        if (strcmp(error->code, "MEMORY_LIMIT") != 0) {
            return status;
        }
        /* fall through */
    default:
        return stm_check_report(
            check, part, error->code[0] != 0 ? error->code : "DAMAGED", error->where, "%s",
            error->message[0] != 0 ? error->message : stemma_status_text(status));
    }
}
