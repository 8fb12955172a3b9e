/* SPDX-License-Identifier: MIT */
/* Runs, judgements and derivations of a damaged file. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "key.h"
#include "run_record.h"
#include "file/snapshot.h"
#include "salvage/salvage.h"
#include "write/validate.h"

/* Bytes of the digits of a number, in the snapshot's memory. */
static stemma_status name_lost_run(stemma_snapshot *snapshot, uint32_t run, stemma_run *out,
                                   stemma_error *error)
{
    char *digits = stm_snapshot_alloc(snapshot, 16, error);
    if (digits == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    memset(out, 0, sizeof *out);
    out->name = stemma_text_of("lost");
    out->version = (stemma_text){digits, (size_t)snprintf(digits, 16, "%u", run)};
    out->kind = STEMMA_RUN_IMPORT;
    return STEMMA_OK;
}

stemma_status stemma_salvage_run(stemma_salvage *salvage, stemma_snapshot *snapshot, uint32_t run,
                                 stemma_run *out, stemma_error *error)
{
    stemma_error why = {0};
    char where[32];
    if (run >= salvage->file->bounds.runs) {
        return STEMMA_NOT_FOUND;
    }
    stemma_status status = stemma_run_get(snapshot, run, out, &why);
    if (status == STEMMA_OK) {
        status = stm_validate_run(out, &why);
    }
    if (status == STEMMA_OK || stm_salvage_ends(status, &why)) {
        *error = why;
        return status;
    }
    snprintf(where, sizeof where, "run %u", run);
    status = name_lost_run(snapshot, run, out, error);
    if (status == STEMMA_OK) {
        status = stm_salvage_lose(salvage, "run", "run", NULL, 1,
                                  why.code[0] != 0 ? why.code : "DAMAGED", where,
                                  "Which program made records is lost: it is called \"lost\"");
    }
    return status;
}

/* ---- Judgements ---------------------------------------------------------------------------- */

static bool names_saved(const stemma_salvage *salvage, stemma_referent_id referent)
{
    const stm_saved *saved = stm_salvage_saved(salvage, referent.document);
    return saved != NULL && saved->kept && referent.referent < saved->referents;
}

/* Numbers from judgement_next up to `number` have no record. */
static stemma_status lose_numbers(stemma_salvage *salvage, uint64_t number)
{
    char where[64];
    uint64_t first = salvage->judgement_next;
    salvage->judgement_next = number + 1 > first ? number + 1 : first;
    if (first >= number) {
        return STEMMA_OK;
    }
    snprintf(where, sizeof where, "judgements %llu..%llu", (unsigned long long)first,
             (unsigned long long)number - 1);
    return stm_salvage_lose(salvage, "judgement", "judgement", NULL, number - first,
                            "RECORD_MISSING", where, "Judgements whose records are lost");
}

static stemma_status lose_one(stemma_salvage *salvage, uint32_t number, const char *code,
                              const char *message)
{
    char where[32];
    snprintf(where, sizeof where, "judgement %u", number);
    return stm_salvage_lose(salvage, "judgement", "judgement", NULL, 1, code, where, message);
}

/* The number of the first record from `*number` on. */
static stemma_status find_judgement(stemma_snapshot *snapshot, uint32_t *number,
                                    stemma_error *error)
{
    uint8_t bytes[4];
    stemma_bytes wanted = {bytes, sizeof bytes}, key, value;
    stm_store_cursor *cursor;
    stm_key_u32(bytes, *number);
    stemma_status status = stm_snapshot_cursor(snapshot, STM_TABLE_JUDGEMENT, &cursor, error);
    if (status == STEMMA_OK) {
        status = stm_store_ceiling(cursor, wanted, &key, &value);
    }
    return status == STEMMA_OK && stm_key_read_u32(key, number) != STEMMA_OK ? STEMMA_END : status;
}

stemma_status stemma_salvage_judgement(stemma_salvage *salvage, stemma_snapshot *snapshot,
                                       uint32_t *number, stemma_judgement *out, stemma_error *error)
{
    stemma_status status;
    while ((status = find_judgement(snapshot, number, error)) == STEMMA_OK &&
           *number < salvage->file->counts.judgements) {
        stemma_error why = {0};
        bool seen = *number < salvage->judgement_next;
        status = lose_numbers(salvage, *number);
        if (status != STEMMA_OK) {
            return status;
        }
        stemma_status got = stemma_judgement_get(snapshot, *number, out, &why);
        if (got == STEMMA_OK) {
            got = stm_validate_judgement(out, salvage->file->bounds.runs, &why);
        }
        if (stm_salvage_ends(got, &why)) {
            *error = why;
            return got;
        }
        if (got == STEMMA_OK && names_saved(salvage, out->left) &&
            names_saved(salvage, out->right)) {
            return STEMMA_OK;
        }
        if (!seen) {
            status = got == STEMMA_OK
                         ? lose_one(salvage, *number, "REFERENT_OUT_OF_RANGE",
                                    "A referent of the judgement was not saved")
                         : lose_one(salvage, *number, why.code[0] != 0 ? why.code : "DAMAGED",
                                    "The judgement does not decode");
        }
        if (status != STEMMA_OK) {
            return status;
        }
        (*number)++;
    }
    if (status == STEMMA_OK || status == STEMMA_END) {
        status = lose_numbers(salvage, salvage->file->counts.judgements);
        return status == STEMMA_OK ? STEMMA_END : status;
    }
    return status;
}

/* ---- Derivations --------------------------------------------------------------------------- */

static bool ranges_inside(const stemma_derivation *derivation, uint64_t from, uint64_t to)
{
    for (uint32_t i = 0; i < derivation->range_count; i++) {
        if (derivation->ranges[i].from.end > from || derivation->ranges[i].to.end > to) {
            return false;
        }
    }
    return true;
}

static stemma_status lose_derivations(stemma_salvage *salvage, uint32_t document, uint64_t count,
                                      const char *code, const char *message)
{
    char where[32];
    snprintf(where, sizeof where, "from document %u", document);
    return stm_salvage_lose(salvage, "derivation", "derivation", NULL, count, code, where, message);
}

/* Whether both ends are there, with texts that are as long as the ranges need. */
static bool derivation_sound(const stemma_salvage *salvage, stemma_snapshot *snapshot,
                             const stemma_derivation *derivation, stemma_error *why)
{
    stemma_document from, to;
    const stm_saved *saved = stm_salvage_saved(salvage, derivation->to);
    stm_mark mark = stm_snapshot_mark(snapshot);
    bool sound =
        saved != NULL && saved->kept && !saved->is_table &&
        stemma_document_get(snapshot, derivation->from, &from, why) == STEMMA_OK &&
        stemma_document_get(snapshot, derivation->to, &to, why) == STEMMA_OK &&
        stm_validate_derivation(derivation, salvage->file->bounds.runs, why) == STEMMA_OK &&
        ranges_inside(derivation, from.text_size, to.text_size);
    stm_snapshot_rewind(snapshot, mark);
    return sound;
}

stemma_status stemma_salvage_derivations(stemma_salvage *salvage, stemma_snapshot *snapshot,
                                         uint32_t document, const stemma_derivation **out,
                                         uint32_t *count, stemma_error *error)
{
    const stemma_derivation *all = NULL;
    const stm_saved *saved = stm_salvage_saved(salvage, document);
    stemma_error why = {0};
    uint32_t found = 0;
    *count = 0;
    stemma_status status = stemma_derivations_of(snapshot, document, &all, &found, &why);
    if (stm_salvage_ends(status, &why)) {
        *error = why;
        return status;
    }
    if (status != STEMMA_OK) {
        return lose_derivations(salvage, document, 1, why.code[0] != 0 ? why.code : "DAMAGED",
                                "Derivations of the document do not decode");
    }
    salvage->derivations_seen += found;
    stemma_derivation *kept = stm_snapshot_array(snapshot, found, sizeof *kept, error);
    if (kept == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < found; i++) {
        if (saved != NULL && saved->kept && !saved->is_table &&
            derivation_sound(salvage, snapshot, &all[i], &why)) {
            kept[(*count)++] = all[i];
        } else if (strcmp(why.code, "NO_MEMORY") == 0) {
            *error = why;
            return STEMMA_E_NO_MEMORY;
        }
    }
    *out = kept;
    return *count == found ? STEMMA_OK
                           : lose_derivations(salvage, document, found - *count, "DANGLING_REF",
                                              "A document of a derivation was not saved");
}

stemma_status stemma_salvage_finish(stemma_salvage *salvage)
{
    uint64_t stated = salvage->meta_known ? salvage->file->counts.derivations : 0;
    uint64_t seen = salvage->derivations_seen;
    salvage->derivations_seen = stated > seen ? stated : seen;
    return stated <= seen ? STEMMA_OK
                          : stm_salvage_lose(salvage, "derivation", "derivation", NULL,
                                             stated - seen, "RECORD_COUNT", "",
                                             "Derivations whose records are lost, or those of "
                                             "documents that are");
}
