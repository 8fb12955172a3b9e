/* SPDX-License-Identifier: MIT */
/**
 * @file gazetteer.h
 * Makes the section `gazetteer`: which lists know a word or phrase.
 */
#ifndef STEMMA_TRAIN_GAZETTEER_H
#define STEMMA_TRAIN_GAZETTEER_H

#include <stddef.h>
#include <stdint.h>

/** Reads the lists under `corpora` (personal names of wd_xlit_names, actors of petrarch2_dict, forms
    of companies of name_bench), our own lists in the folder `own` (`lists` beside this file) and
    the program's lexicons. Gives the bytes of the section,
    which the caller frees, and their number; NULL with a message on standard error. The same lists
    give the same bytes. */
uint8_t *train_gazetteer(const char *corpora, const char *own, size_t *size);

#endif
