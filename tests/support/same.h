/* SPDX-License-Identifier: MIT */
/* Whether two documents say the same, field by field; fails the test where they do not. */
#ifndef STEMMA_TESTS_SAME_H
#define STEMMA_TESTS_SAME_H

#include "stemma/judgement.h"
#include "stemma/testimony.h"

/* Everything but `text` and the numbers of runs. Mentions are compared in the order in which they
   stand. */
void assert_same_document(const stemma_document *a, const stemma_document *b);

void assert_same_text(stemma_text a, stemma_text b);

#endif
