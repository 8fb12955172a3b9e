/* SPDX-License-Identifier: MIT */
/* Public ids: what survives re-packing.
 *
 * A document's id is the first 60 bits of SHA-256(SHA-256(text) || uri), held in the upper 60 bits
 * of a 64-bit number (the lower four are 0) and written as twelve characters of five bits each,
 * most significant first, out of 0123456789abcdefghjkmnpqrstvwxyz. In text: "d.DOC", "e.DOC.N",
 * "v.DOC.N", "c.DOC.N", N in decimal without leading zeros, below 2^32 - 1. Pure functions. */
#ifndef STEMMA_FORMAT_ID_H
#define STEMMA_FORMAT_ID_H

#include <stdbool.h>

#include "stemma/testimony.h"
#include "stemma/types.h"

#define STM_DOCUMENT_ID_CHARS 12u
#define STM_ID_SIZE           32u /* room for any public id and its NUL */

/* The id of a document with this digest of its text and this URI. */
uint64_t stm_document_id(const uint8_t digest[STEMMA_DIGEST_SIZE], stemma_text uri);

/* Writes the twelve characters, no NUL. */
void stm_document_id_text(uint64_t id, char out[STM_DOCUMENT_ID_CHARS]);

/* Reads twelve characters; lower case only. */
bool stm_document_id_read(const char text[STM_DOCUMENT_ID_CHARS], uint64_t *id);

typedef struct stm_public_id {
    char kind; /* 'd', 'e', 'v' or 'c' */
    uint64_t document;
    uint32_t ordinal; /* 0 for 'd' */
} stm_public_id;

/* Writes a public id and its NUL. */
void stm_public_id_text(const stm_public_id *id, char out[STM_ID_SIZE]);

/* False when `text` is not a public id in exactly the form above. */
bool stm_public_id_read(stemma_text text, stm_public_id *id);

#endif
