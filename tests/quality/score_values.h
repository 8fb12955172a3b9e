/* SPDX-License-Identifier: MIT */
/* What the reader finds of times and amounts in a passage, flattened for scoring. */
#ifndef STEMMA_TEST_SCORE_VALUES_H
#define STEMMA_TEST_SCORE_VALUES_H

#include "stemma/testimony.h"

struct value_found {
    size_t start; /**< Bytes of the text; `end` 0 marks the end of a list. */
    size_t end;
    int is_time;
    int matched;
    stemma_text raw;
    stemma_text edtf;
    stemma_quantity quantity;
};

/** Reads `text` as published on `published` ("" for unknown); times and quantities in the order of
    the text. Ends the program when it cannot. The texts live until values_free(). */
struct value_found *values_read(const char *text, const char *published);
void values_free(struct value_found *found);

void value_print(const struct value_found *found);

#endif
