/* SPDX-License-Identifier: MIT */
#include "stemma/version.h"

#include "limits.h"

#define TEXT_OF(x)  #x
#define TEXT(x)     TEXT_OF(x)

const char *stemma_version(void)
{
    return STEMMA_VERSION_STRING;
}

const char *stemma_format_version(void)
{
    return TEXT(STEMMA_FORMAT_MAJOR) "." TEXT(STEMMA_FORMAT_MINOR);
}
