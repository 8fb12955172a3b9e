/* SPDX-License-Identifier: MIT */
/**
 * @file fact_kin.h
 * Who is whose kin.
 */
#ifndef STEMMA_EXTRACT_FACT_KIN_H
#define STEMMA_EXTRACT_FACT_KIN_H

#include "pack/extract/fact_emit.h"

/** "X's sister, Y", "Y, the husband of X". */
STEMMA_NODISCARD stemma_status stm_find_kin(const struct stm_fact_scan *scan);

#endif
