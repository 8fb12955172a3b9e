/* SPDX-License-Identifier: MIT */
/**
 * @file date.h
 * Dates of publication as people and programs write them, to EDTF.
 *
 * Understood: EDTF and ISO 8601 with or without time and zone; "12 March 2024", "March 12, 2024
 * 10:32 GMT", "Tue, 12 Mar 2024 10:32:00 +0100", "12.03.2024", "2024/03/12", "March 2024". Not
 * guessed: 03/04/2024, where day and month could be either, and dates without a year.
 */
#ifndef STEMMA_PACK_DATE_H
#define STEMMA_PACK_DATE_H

#include <stdbool.h>

#include "stemma/types.h"

#define STM_DATE_SIZE 64 /* Room for the longest EDTF value below, with a NUL. */

/** Reads `text`, all of it, as one date; writes EDTF and a NUL into `edtf`. False, and "", when it
    is not a date or not a certain one. Time of day is kept when its zone is known or unstated, and
    dropped when the zone has a name that is not understood. Pure. */
bool stm_date_read(stemma_text text, char edtf[STM_DATE_SIZE]);

/** The number 1..12 of an English month name or its usual abbreviation, or 0. Pure. */
int stm_month_number(stemma_text word);

/** Whether `word` is an English name of a day of the week or its usual abbreviation. Pure. */
bool stm_is_weekday(stemma_text word);

#endif
