/* SPDX-License-Identifier: MIT */
/* The document line of interchange: used by interchange_read.c only. */
#ifndef STEMMA_TOOLS_INTERCHANGE_DOCUMENT_H
#define STEMMA_TOOLS_INTERCHANGE_DOCUMENT_H

#include "common/interchange_read.h"
#include "common/json_in.h"

stemma_status stm_interchange_document(struct stm_json_in *in, const json_t *object,
                                       enum stm_offset_unit unit, struct stm_line_document *out);

/* "offsets": "codepoint" | "utf8" | "utf16". */
stemma_status stm_interchange_unit(struct stm_json_in *in, const json_t *object,
                                   enum stm_offset_unit *out);

#endif
