/* SPDX-License-Identifier: MIT */
#ifndef STEMMA_LIB_CHECK_DERIVE_H
#define STEMMA_LIB_CHECK_DERIVE_H

#include "check/check_state.h"
#include "index/index.h"

/* Adds the documents, rows, judgements and derivations of the file to an index that was begun, in
   their order, and builds it. Holds some MB of what was read beside the index. What the index comes
   to does not depend on the threads. STEMMA_E_NO_MEMORY, STEMMA_E_DAMAGED, STEMMA_E_LIMIT. */
stemma_status stm_check_derive(stm_check *check, stm_index *index, stemma_error *error);

#endif
