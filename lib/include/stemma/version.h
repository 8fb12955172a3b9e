/* SPDX-License-Identifier: MIT */
/**
 * @file version.h
 * The version of the library, and the range of format versions it reads. They are separate numbers.
 */
#ifndef STEMMA_VERSION_H
#define STEMMA_VERSION_H

#include "stemma/status.h"

#ifdef __cplusplus
extern "C" {
#endif

#define STEMMA_VERSION_MAJOR 0
#define STEMMA_VERSION_MINOR 1
#define STEMMA_VERSION_PATCH 0
#define STEMMA_VERSION_STRING "0.1.0"

/** Version of the library that is linked, "0.1.0". Static storage. Any thread. */
STEMMA_API const char *stemma_version(void);

/** Newest format version that the library reads and the one it writes, "3.0". Static storage. */
STEMMA_API const char *stemma_format_version(void);

/** Versions of the libraries below, for bug reports: "LMDB 0.9.24, zstd 1.5.4, ...". Static. */
STEMMA_API const char *stemma_dependency_versions(void);

#ifdef __cplusplus
}
#endif
#endif
