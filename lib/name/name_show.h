/* SPDX-License-Identifier: MIT */
/* Which name of an entity to show: SPEC.md [I-20]. */
#ifndef STEMMA_LIB_NAME_SHOW_H
#define STEMMA_LIB_NAME_SHOW_H

#include <stdbool.h>

#include "stemma/read.h"

/* How much a name recommends itself, before the number of documents is looked at. */
int stm_name_class(stemma_text name, uint8_t kind, bool person);

/* Whether `a` is better to show than `b`. */
bool stm_name_is_better(const stemma_entity_name *a, const stemma_entity_name *b, bool person);

#endif
