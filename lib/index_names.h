/* SPDX-License-Identifier: MIT */
/* The list keys under which a name is found. Pure; any thread. */
#ifndef STEMMA_LIB_INDEX_NAMES_H
#define STEMMA_LIB_INDEX_NAMES_H

#include "key.h"
#include "stemma/status.h"
#include "stemma/types.h"

/* Receives one list key. Anything but STEMMA_OK stops. */
typedef stemma_status stm_name_key_emit(void *context, const stm_list_key *key);

/* Keys of table `name`: the whole folding key, each token of it, each token of the plain key. Some
   may come twice. A name without letters and digits has none. */
stemma_status stm_name_keys(stemma_text name, stm_name_key_emit *emit, void *context);

/* Keys of table `gram`: the grams of each token of the plain key. */
stemma_status stm_gram_keys(stemma_text name, stm_name_key_emit *emit, void *context);

#endif
