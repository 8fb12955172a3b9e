/* SPDX-License-Identifier: MIT */
/**
 * @file quantity_unit.h
 * Units of measure, of time, and of money (ISO 4217).
 */
#ifndef STEMMA_EXTRACT_QUANTITY_UNIT_H
#define STEMMA_EXTRACT_QUANTITY_UNIT_H

#include "pack/extract/quantity_scan.h"

/** The currency that a sign or code before the number at `i` tells ("US$", "€", "Rs", "USD");
    `*taken` tokens before it. NULL when there is none. */
const char *stm_currency_before(const struct stm_quantity_scan *scan, uint32_t i, uint32_t *taken);

/** The unit or currency from token `i` on: "percent", "square kilometres", "Canadian dollars";
    `*taken` tokens. NULL when there is none. */
const char *stm_unit_after(const struct stm_quantity_scan *scan, uint32_t i, uint32_t *taken);

/** Whether a unit measures stuff, which "of" may name: weight, volume, area. */
int stm_unit_is_measure(const char *unit);

/** The unit that a single lower-case word is; NULL when none. */
const char *stm_unit_of(stemma_text word);

#endif
