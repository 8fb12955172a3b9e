/* SPDX-License-Identifier: MIT */
/* Times and the objects of assertions in interchange: used by interchange_document.c only. */
#ifndef STEMMA_TOOLS_INTERCHANGE_OBJECT_H
#define STEMMA_TOOLS_INTERCHANGE_OBJECT_H

#include "common/json_in.h"
#include "stemma/testimony.h"

/* {"raw", "edtf"} or a plain EDTF string under `key`; absent leaves *out as it is. */
stemma_status stm_interchange_time(struct stm_json_in *in, const json_t *object, const char *key,
                                   stemma_time *out);

/* The member "object" of an assertion: an object with the one member that names its kind. */
stemma_status stm_interchange_object(struct stm_json_in *in, const json_t *assertion,
                                     stemma_object *out);

#endif
