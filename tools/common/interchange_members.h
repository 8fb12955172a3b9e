/* SPDX-License-Identifier: MIT */
/* Members of interchange objects: what is at its default is left out. */
#ifndef STEMMA_TOOLS_INTERCHANGE_MEMBERS_H
#define STEMMA_TOOLS_INTERCHANGE_MEMBERS_H

#include <stdbool.h>

#include "common/json_out.h"
#include "common/offsets.h"
#include "stemma/testimony.h"

/* A text member, unless it is empty. */
void stm_out_text(stm_json *json, const char *key, stemma_text text);

/* Thousandths as a share with the decimals it needs; nothing for STEMMA_NO_CONFIDENCE. */
void stm_out_share(stm_json *json, const char *key, uint16_t thousandths);

/* All members of a document line after its id. `arena` is scratch. STEMMA_OK or
   STEMMA_E_NO_MEMORY. */
stemma_status stm_out_document(stm_json *json, const stemma_document *document, bool withhold,
                               enum stm_offset_unit unit, struct stm_arena *arena);

#endif
