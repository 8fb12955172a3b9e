/* SPDX-License-Identifier: MIT */
#include "common/exit_codes.h"

const char stm_exit_help[] =
    "Exit status: 0 done, something found; 1 nothing found, or a check found problems;\n"
    "2 wrong usage; 3 input or output failed; 4 file damaged or not a .stemma file;\n"
    "5 format version or feature not supported; 6 input refused (what was accepted is written);\n"
    "7 out of memory or internal error.\n";

int stm_exit_of(stemma_status status)
{
    switch (status) {
    case STEMMA_OK:
    case STEMMA_END:
        return STM_EXIT_OK;
    case STEMMA_NOT_FOUND:
        return STM_EXIT_NOTHING;
    case STEMMA_E_SYSTEM:
        return STM_EXIT_SYSTEM;
    case STEMMA_E_NOT_STEMMA:
    case STEMMA_E_DAMAGED:
        return STM_EXIT_DAMAGED;
    case STEMMA_E_UNSUPPORTED:
        return STM_EXIT_UNSUPPORTED;
    case STEMMA_E_INVALID:
    case STEMMA_E_LIMIT:
        return STM_EXIT_REJECTED;
    case STEMMA_E_NO_MEMORY:
    case STEMMA_E_MISUSE:
    case STEMMA_E_NO_SPACE:
    case STEMMA_E_INTERNAL:
        break;
    }
    return STM_EXIT_INTERNAL;
}
