/* SPDX-License-Identifier: MIT */
/**
 * @file wrap.h
 * A stream to a terminal that breaks long lines between words, so that whoever prints need not count
 * columns.
 */
#ifndef STEMMA_TOOLS_WRAP_H
#define STEMMA_TOOLS_WRAP_H

#include <stdio.h>

/**
 * A stream whose lines go to `to`, which stays the caller's, at most `width` columns wide. What is too long
 * is broken at a space, if there is one, and goes on below its beginning: below the value where the
 * line begins with a name and a gap, else below the first word. Colour does not count, and ends at
 * the end of a line and begins anew in the next. Words written from right to left are isolated
 * (Unicode's FSI and PDI), so that what stands beside them keeps its place. fclose() writes what is left.
 * NULL when memory ran out.
 */
FILE *stm_wrap_open(FILE *to, unsigned width);

#endif
