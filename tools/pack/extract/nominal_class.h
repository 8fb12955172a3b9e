/* SPDX-License-Identifier: MIT */
/**
 * @file nominal_class.h
 * Nouns that one story uses for the same thing: "ship" and "vessel", "gunman" and "shooter".
 */
#ifndef STEMMA_EXTRACT_NOMINAL_CLASS_H
#define STEMMA_EXTRACT_NOMINAL_CLASS_H

#include "stemma/types.h"

/** The noun that stands for all that mean the same as `noun` (lower case, singular): itself when
   none does. Constant, or `noun`. */
stemma_text stm_nominal_class(stemma_text noun);

#endif
