/* SPDX-License-Identifier: MIT */
/**
 * @file edtf.h
 * Dates in EDTF (ISO 8601-2, level 1 and the parts of level 2 named below) and their bounds.
 *
 * Understood: YYYY, YYYY-MM, YYYY-MM-DD, YYYY-MM-DDThh:mm[:ss][Z|+hh:mm]; YYYX, YYXX, YYYY-XX,
 * YYYY-MM-XX, YYYY-XX-XX; seasons YYYY-21..24; the qualifiers ?, ~, % at the end; intervals
 * A/B, with .. or nothing at an open or unknown end; and the one-of-a-range set [A..B], [..B], [A..]
 * (level 2) for one moment that lies somewhere in a range. Years 0001 to 9999.
 */
#ifndef STEMMA_EDTF_H
#define STEMMA_EDTF_H

#include "stemma/status.h"
#include "stemma/types.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum stemma_precision {
    STEMMA_PRECISION_UNKNOWN = 0,
    STEMMA_PRECISION_DECADE_OR_MORE = 1,
    STEMMA_PRECISION_YEAR = 2,
    STEMMA_PRECISION_SEASON = 3,
    STEMMA_PRECISION_MONTH = 4,
    STEMMA_PRECISION_DAY = 5,
    STEMMA_PRECISION_SECOND = 6
} stemma_precision;

#define STEMMA_TIME_UNKNOWN_EARLY INT64_MIN
#define STEMMA_TIME_UNKNOWN_LATE INT64_MAX

/** Seconds since 1970-01-01T00:00:00Z, both ends inclusive. A time without zone counts as UTC.
 *  A day is an uncertainty: start and end both lie somewhere in it. An interval A/B is an extent:
 *  it starts within A and ends within B. Unknown ends are STEMMA_TIME_UNKNOWN_EARLY or _LATE. */
typedef struct stemma_time_bounds {
    int64_t start_earliest;
    int64_t start_latest;
    int64_t end_earliest;
    int64_t end_latest;
    uint8_t precision;   /**< stemma_precision, the coarser of the two ends */
    uint8_t extent;      /**< 1 for an interval A/B */
    uint8_t approximate; /**< ~ or % */
    uint8_t uncertain;   /**< ? or % */
} stemma_time_bounds;

/** Reads `edtf`. STEMMA_OK, or STEMMA_E_INVALID when it is not in the language above (an empty
    text is invalid). `*bounds` is untouched on error. Pure: any thread, no allocation. */
STEMMA_API stemma_status stemma_edtf_bounds(stemma_text edtf, stemma_time_bounds *bounds);

/** Writes the day that holds `seconds` as "YYYY-MM-DD" and a NUL into `out`. Years outside
    0001..9999 give "". Pure. */
STEMMA_API void stemma_day_text(int64_t seconds, char out[11]);

/** Days since 1970-01-01 of a proleptic Gregorian date; the arguments must form a real date. */
STEMMA_API int64_t stemma_days_from_civil(int year, int month, int day);

/** The inverse of stemma_days_from_civil(). */
STEMMA_API void stemma_civil_from_days(int64_t days, int *year, int *month, int *day);

#ifdef __cplusplus
}
#endif
#endif
