/* SPDX-License-Identifier: MIT */
/* Names and sentences of the status codes: one table. */
#include "stemma/status.h"

#include <stddef.h>

static const struct {
    stemma_status status;
    const char *name;
    const char *text;
} statuses[] = {
    {STEMMA_OK, "STEMMA_OK", "Success"},
    {STEMMA_END, "STEMMA_END", "Nothing more to iterate"},
    {STEMMA_NOT_FOUND, "STEMMA_NOT_FOUND", "Not found"},
    {STEMMA_E_NO_MEMORY, "STEMMA_E_NO_MEMORY", "Out of memory"},
    {STEMMA_E_SYSTEM, "STEMMA_E_SYSTEM", "System call failed"},
    {STEMMA_E_NOT_STEMMA, "STEMMA_E_NOT_STEMMA", "Not a stemma file"},
    {STEMMA_E_DAMAGED, "STEMMA_E_DAMAGED", "File is damaged"},
    {STEMMA_E_UNSUPPORTED, "STEMMA_E_UNSUPPORTED", "Format version or feature not supported"},
    {STEMMA_E_INVALID, "STEMMA_E_INVALID", "Input breaks a rule of the format"},
    {STEMMA_E_MISUSE, "STEMMA_E_MISUSE", "Function called against its contract"},
    {STEMMA_E_NO_SPACE, "STEMMA_E_NO_SPACE", "Buffer is too small"},
    {STEMMA_E_LIMIT, "STEMMA_E_LIMIT", "Beyond a limit of the format"},
    {STEMMA_E_INTERNAL, "STEMMA_E_INTERNAL", "Internal error"},
};

const char *stemma_status_text(stemma_status status)
{
    for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++) {
        if (statuses[i].status == status) {
            return statuses[i].text;
        }
    }
    return "Unknown status";
}

const char *stemma_status_name(stemma_status status)
{
    for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++) {
        if (statuses[i].status == status) {
            return statuses[i].name;
        }
    }
    return "STEMMA_E_UNKNOWN";
}
