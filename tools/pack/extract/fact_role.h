/* SPDX-License-Identifier: MIT */
/**
 * @file fact_role.h
 * Offices, occupations, nationalities and ages of people, from the words beside their names.
 */
#ifndef STEMMA_EXTRACT_FACT_ROLE_H
#define STEMMA_EXTRACT_FACT_ROLE_H

#include "pack/extract/fact_emit.h"

/** "opposition leader X", "X, the envoy of Y", "X is a Z", "X, 69,". */
STEMMA_NODISCARD stemma_status stm_find_roles(const struct stm_fact_scan *scan);

#endif
