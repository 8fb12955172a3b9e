/* SPDX-License-Identifier: MIT */
/* Parts of score_coref: documents with gold mentions, whose reader and judge put them together. */
#ifndef STEMMA_TESTS_QUALITY_SCORE_COREF_H
#define STEMMA_TESTS_QUALITY_SCORE_COREF_H

#include <stddef.h>
#include <stdint.h>

#include "pack/model/model.h"
#include "stemma/types.h"

struct coref_mention {
    uint32_t start; /* bytes of the text */
    uint32_t end;
    uint32_t head;    /* byte where its head begins, or STEMMA_NONE: not known */
    uint32_t chain;   /* gold: unique over all documents */
    uint8_t scored;   /* the others only help to read */
    uint32_t cluster; /* filled: what the product says; STEMMA_NONE when it has no such mention */
};

struct coref_document {
    const char *name;
    const char *text;
    size_t size;
    struct coref_mention *mentions;
    size_t mention_count;
};

struct coref_set {
    struct coref_document *documents;
    size_t count;
};

/* Lays the gold mentions in as mentions and reads on from there; then judges all documents as one
   corpus when `across`, so that clusters reach over documents. */
void coref_resolve_gold(const struct stm_model *model, struct coref_set *set, int across);

/* Reads as users do. Each gold mention gets the cluster of the mention that has its span or, else,
 * the same head. */
void coref_resolve_own(const struct stm_model *model, struct coref_set *set, int across);

/* News and interviews of GUM: people, organisations and places. `half` 0: every other document, 1:
   the news that the parser was not trained on. -1 when the data is not there. */
int coref_read_gum(struct coref_set *set, const char *folder, int half);

#endif
