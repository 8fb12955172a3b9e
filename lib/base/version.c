/* SPDX-License-Identifier: MIT */
#include "stemma/version.h"

#include "limits.h"

#define STRING_OF(number) #number
#define STRING(number)    STRING_OF(number)

const char *stemma_version(void)
{
    return STEMMA_VERSION_STRING;
}

const char *stemma_format_version(void)
{
    return STRING(STEMMA_FORMAT_MAJOR) "." STRING(STEMMA_FORMAT_MINOR);
}

const char *stemma_dependency_versions(void)
{
    return STEMMA_DEPENDENCY_VERSIONS; /* what pkg-config said when the library was built */
}
