/* SPDX-License-Identifier: MIT */
/**
 * @file agency.h
 * Names of news and photo agencies, as they stand in credit lines.
 */
#ifndef STEMMA_PACK_AGENCY_H
#define STEMMA_PACK_AGENCY_H

#include <stdbool.h>

#include "stemma/types.h"

/** Whether `name`, white space trimmed, is the name of a well-known agency as agencies sign
    themselves: "Reuters", "AP", "Associated Press". Acronyms count in capitals only. Pure. */
bool stm_agency_is_known(stemma_text name);

#endif
