/* SPDX-License-Identifier: MIT */
/**
 * @file model.h
 * The weights file of the reader of English news: named sections in one container.
 *
 * Layout, little-endian: 8 bytes of magic; XXH3-128 of all that follows it, most significant byte
 * first; version, number of sections (32 bits each), size of the file (64 bits); for each section
 * a name of up to 15 ASCII letters in 16 bytes filled with zero, its offset and its size (64 bits
 * each); then the sections, each at a multiple of 8 bytes, gaps zero, in the order of the table.
 * Each section begins with a version of its own, which its owner checks.
 *
 * A file is data from a stranger: opening proves the container whole and asks the owner of every
 * section that is there whether all its tables lie inside of it. A model is read-only once it is open;
 * any number of threads may ask it.
 */
#ifndef STEMMA_MODEL_H
#define STEMMA_MODEL_H

#include "digest.h"
#include "stemma/status.h"
#include "stemma/types.h"

#define STM_MODEL_MAGIC        "STMmodel"
#define STM_MODEL_VERSION      1u
#define STM_MODEL_SIZE_MOST    (16u << 20) /* bytes */
#define STM_MODEL_SECTIONS     32u         /* at most */
#define STM_MODEL_NAME_SIZE    16u
#define STM_MODEL_HEADER_SIZE  40u
#define STM_MODEL_ENTRY_SIZE   32u

struct stm_model;
struct stm_model_rows;

/** Opens the weights file at `path`, or with NULL the one that came with the program: in
    share/stemma/models where it is installed, in models of a build folder. `*out` must be given back
    by stm_model_close(). STEMMA_E_SYSTEM (MODEL_MISSING, MODEL_UNREADABLE), STEMMA_E_DAMAGED
    (MODEL_DAMAGED), STEMMA_E_UNSUPPORTED (MODEL_VERSION) or STEMMA_E_NO_MEMORY; `error` may be NULL. */
STEMMA_NODISCARD stemma_status stm_model_open(struct stm_model **out, const char *path,
                                              stemma_error *error);

/** The same before its 11 MB are looked at: only the digest may be asked for until stm_model_prove() has said
    STEMMA_OK. What there is to read may need no weights. */
STEMMA_NODISCARD stemma_status stm_model_open_unproven(struct stm_model **out, const char *path,
                                                       stemma_error *error);

/** Looks at the whole of an open model, the first time. Any thread. STEMMA_E_DAMAGED, STEMMA_E_UNSUPPORTED. */
STEMMA_NODISCARD stemma_status stm_model_prove(struct stm_model *model, stemma_error *error);

/** The same of bytes in memory, which are borrowed, begin at a multiple of 8, and outlive the model. */
STEMMA_NODISCARD stemma_status stm_model_open_bytes(struct stm_model **out, stemma_bytes bytes,
                                                    stemma_error *error);

/** NULL is allowed. */
void stm_model_close(struct stm_model *model);

/** The bytes of a section, 8-byte aligned, as long as the model is open; NULL when there is none. */
const uint8_t *stm_model_section(const struct stm_model *model, const char *name, size_t *size);

/** The digest of the file. Owned by the model. */
const uint8_t *stm_model_digest(const struct stm_model *model);

/** Tables laid out for speed (model_rows.h). Owned by the model. */
struct stm_model_rows *stm_model_rows_of(const struct stm_model *model);

/** The section of a number, in the order of the file; false when there are no more. */
int stm_model_section_at(const struct stm_model *model, uint32_t number,
                         char name[STM_MODEL_NAME_SIZE], stemma_bytes *bytes);

#endif
