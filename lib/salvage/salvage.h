/* SPDX-License-Identifier: MIT */
/* What the parts of stemma_salvage_*() share. */
#ifndef STEMMA_LIB_SALVAGE_H
#define STEMMA_LIB_SALVAGE_H

#include <stdarg.h>
#include <stdbool.h>

#include "file/file.h"
#include "file/remains.h"
#include "meta_record.h"
#include "stemma/salvage.h"

/* What became of a document. */
typedef struct stm_saved {
    uint32_t number;
    uint32_t referents; /* that judgements may name, rows among them; 0 unless all was saved */
    uint8_t known;      /* it was looked at */
    uint8_t kept;
    uint8_t has_text;
    uint8_t is_table; /* a data set */
} stm_saved;

struct stemma_salvage {
    stemma_loss_callback *callback; /* may be NULL */
    void *context;
    uint32_t flags; /* STEMMA_SALVAGE_* */
    uint64_t losses;
    bool stopped; /* by the callback */
    stm_remains *remains;
    stemma_file *file;
    stm_saved *saved; /* one a record of `document`, ascending by number */
    size_t saved_count;
    uint64_t judgement_next; /* numbers below were told of */
    uint64_t document_next;
    uint64_t derivations_seen; /* written or told of */
    bool meta_known;
    bool has_rows;         /* of data sets */
    bool details_complete; /* no record of `detail` is missing: one that is not there never was */
};

/* Tells a loss of `count` things; STEMMA_END when the caller wants no more. `document` may be NULL.
   The message is the code's. */
stemma_status stm_salvage_lose(stemma_salvage *salvage, const char *what, const char *table,
                               const char *document, uint64_t count, const char *code,
                               const char *where, const char *message);

/* Whether a failure ends the work: all others are damage, and so is what asks for more memory than is
   allowed; memory that the system refuses is not. */
bool stm_salvage_ends(stemma_status status, const stemma_error *error);

/* The record of a document that was saved, or NULL. */
stm_saved *stm_salvage_saved(const stemma_salvage *salvage, uint32_t document);

/* ---- salvage_proof.c ---- */

/* Tells the tables whose records are taken but are not what their digests say; leaves them out when
   that is asked for. */
stemma_status stm_salvage_prove(stemma_salvage *salvage, stemma_error *error);

/* ---- salvage_file.c ---- */

/* Makes the file over the remains: counts, terms, dictionaries, fence, as far as they are there. */
stemma_status stm_salvage_open_file(stemma_salvage *salvage, uint64_t memory_limit,
                                    stemma_error *error);

/* When the number of runs is lost: how many testimony names, in documents that were listed. */
stemma_status stm_salvage_count_runs(stemma_salvage *salvage, stemma_error *error);

/* ---- salvage_terms.c ---- */

/* The vocabulary: terms that are missing are supplied when they can only be built-in ones. */
stemma_status stm_salvage_terms(stemma_salvage *salvage, stm_store_view *view, uint64_t stated,
                                stemma_error *error);

/* Whether the terms, those that were supplied among them, have the digest of their table. */
bool stm_salvage_terms_proven(const stemma_salvage *salvage, const stm_table_digest *stated);

/* Forgets all terms. */
void stm_salvage_terms_drop(stemma_salvage *salvage);

#endif
