/* SPDX-License-Identifier: MIT */
/**
 * @file status.h
 * How every function of libstemma says what happened.
 *
 * A function that can fail returns a `stemma_status`. Zero is success, positive values are outcomes
 * that a caller meets in normal use (the end of an iteration, something not there), negative values
 * are errors. Where a function takes a `stemma_error *`, it may be NULL; otherwise it is filled in
 * on error only, and says where.
 */
#ifndef STEMMA_STATUS_H
#define STEMMA_STATUS_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define STEMMA_API __attribute__((visibility("default")))
#define STEMMA_NODISCARD __attribute__((warn_unused_result))
#else
#define STEMMA_API
#define STEMMA_NODISCARD
#endif

/** Outcome of a call. Values are never reused or renumbered. */
typedef enum stemma_status {
    STEMMA_OK = 0,
    STEMMA_END = 1,             /**< An iteration has nothing more to give. */
    STEMMA_NOT_FOUND = 2,       /**< The thing asked for is not in the file. */
    STEMMA_E_NO_MEMORY = -1,    /**< The system refused memory, or a stated bound was reached. */
    STEMMA_E_SYSTEM = -2,       /**< A system call failed: input/output, permission, space. */
    STEMMA_E_NOT_STEMMA = -3,   /**< The file is not a .stemma file at all. */
    STEMMA_E_DAMAGED = -4,      /**< The file breaks a rule of the format. */
    STEMMA_E_UNSUPPORTED = -5,  /**< A format version or feature that this library does not know. */
    STEMMA_E_INVALID = -6,      /**< Input that was given to be stored breaks a rule. */
    STEMMA_E_MISUSE = -7,       /**< The caller broke the contract of a function. */
    STEMMA_E_NO_SPACE = -8,     /**< A caller's buffer is too small. */
    STEMMA_E_LIMIT = -9,        /**< Input beyond a numeric limit of the format. */
    STEMMA_E_INTERNAL = -10     /**< A defect of this library. */
} stemma_status;

/** What went wrong and where. Plain data, owned by the caller; holds no pointers. */
typedef struct stemma_error {
    stemma_status status;
    char code[40];     /**< Registered problem code in capitals, e.g. "PAGE_ORDER"; see SPEC.md. */
    char where[88];    /**< Table and key, page, or input line that it was found at; may be "". */
    char message[256]; /**< One English sentence, no full stop, UTF-8, NUL-terminated. */
    uint64_t offset;   /**< Byte offset inside the thing named by `where`; 0 when unknown. */
} stemma_error;

/** One English sentence for a status, without full stop. Static storage. Any thread. */
STEMMA_API const char *stemma_status_text(stemma_status status);

/** The registered name of a status, e.g. "STEMMA_E_DAMAGED". Static storage. Any thread. */
STEMMA_API const char *stemma_status_name(stemma_status status);

#ifdef __cplusplus
}
#endif
#endif
