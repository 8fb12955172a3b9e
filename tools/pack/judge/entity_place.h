/* SPDX-License-Identifier: MIT */
/* Names of places as they are compared. */
#ifndef STEMMA_PACK_JUDGE_ENTITY_PLACE_H
#define STEMMA_PACK_JUDGE_ENTITY_PLACE_H

#include "stemma/types.h"

#define STM_PLACE_BYTES 128u /* of a name with a short word that is spelled out */

/* "Mt. Karsk" as "Mount Karsk", "Ft Lund" as "Fort Lund", made in `whole`; another name, or one too
   long, as it is. */
stemma_text stm_place_spelled_out(stemma_text text, char whole[STM_PLACE_BYTES]);

#endif
