/* SPDX-License-Identifier: MIT */
/**
 * @file nominal.h
 * What a run of tokens that refers to something is: its head, whether it names, describes or
 * points, and what it says of number and gender.
 */
#ifndef STEMMA_EXTRACT_NOMINAL_H
#define STEMMA_EXTRACT_NOMINAL_H

#include "pack/extract/annotation.h"

/** The head word of the phrase [first, first + count), `count` at least 1. */
uint32_t stm_nominal_head(const struct stm_annotation *ann, uint32_t first, uint32_t count);

/** The mention that the phrase would be; it is not added. Referent STEMMA_NONE. */
struct stm_mention stm_nominal_describe(const struct stm_annotation *ann, uint32_t first,
                                        uint32_t count);

#endif
