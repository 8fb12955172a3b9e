/* SPDX-License-Identifier: MIT */
/**
 * @file delimited_cut.h
 * Ordinary lines of a table, cut into fields in one pass over their bytes. Pure; any thread.
 */
#ifndef STEMMA_PACK_DELIMITED_CUT_H
#define STEMMA_PACK_DELIMITED_CUT_H

#include <stdbool.h>

#include "stemma/types.h"

/** Fields that a line may have to be ordinary, and more. */
#define STM_DELIMITED_FEW 192u

/** Cuts the line that begins at `start` when it is an ordinary one: all of it before `end`, ASCII without NUL, not
 *  empty, with at most STM_DELIMITED_FEW fields, and without quotes if `quotes` says that they mean something. Behind
 *  `end` may be read as far as delimited_scan.h says. `fields` has room for STM_DELIMITED_FEW; they are without the
 *  line's end. Returns where the next line begins, or NULL: then `fields` and `*count` say nothing. */
const char *stm_delimited_cut(const char *start, const char *end, char delimiter, bool quotes,
                              stemma_text *fields, uint32_t *count);

#endif
