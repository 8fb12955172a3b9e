/* SPDX-License-Identifier: MIT */
/* Documents of a damaged file: the record, the text, the testimony, the rows, each by itself. */
#include <stdio.h>

#include "base/error.h"
#include "bytes.h"
#include "digest.h"
#include "id.h"
#include "key.h"
#include "read/document.h"
#include "read/row.h"
#include "salvage/salvage.h"
#include "write/validate.h"

/* What one document is about, for those who are told of its losses. */
typedef struct subject {
    char id[STM_DOCUMENT_ID_CHARS + 3];
    char where[32];
} subject;

static stemma_status lose(stemma_salvage *salvage, const char *what, stm_table table,
                          const subject *of, uint64_t count, const char *code, const char *message)
{
    return stm_salvage_lose(salvage, what, stm_tables[table].name, of->id, count, code, of->where,
                            message);
}

static const char *code_of(const stemma_error *error, const char *other)
{
    return error->code[0] != 0 ? error->code : other;
}

/* ---- Rows ---------------------------------------------------------------------------------- */

/* The row that the next block of `member` from row `row` on begins with, or is in. */
static stemma_status next_member_block(stemma_snapshot *snapshot, uint32_t document,
                                       uint32_t actors, uint32_t *row, stemma_error *error)
{
    uint8_t bytes[8];
    stemma_bytes wanted = {bytes, sizeof bytes}, key, value;
    stm_store_cursor *cursor;
    uint32_t found, block = (actors + *row) / STEMMA_EVENT_BLOCK;
    stm_key_u32x2(bytes, document, block);
    stemma_status status = stm_snapshot_cursor(snapshot, STM_TABLE_MEMBER, &cursor, error);
    if (status == STEMMA_OK) {
        status = stm_store_ceiling(cursor, wanted, &key, &value);
    }
    if (status != STEMMA_OK) {
        return status;
    }
    if (stm_key_read_u32x2(key, &found, &block) != STEMMA_OK || found != document ||
        block > UINT32_MAX / STEMMA_EVENT_BLOCK) {
        return STEMMA_END;
    }
    uint32_t first = block * STEMMA_EVENT_BLOCK;
    *row = first > actors + *row ? first - actors : *row;
    return STEMMA_OK;
}

/* Whether what few rows have may be missing of a row: STEMMA_E_DAMAGED then. */
static stemma_status details_there(const stemma_salvage *salvage, stemma_snapshot *snapshot,
                                   uint32_t document, uint32_t row, stemma_error *error)
{
    stm_row_record record;
    const stm_event_block *block = NULL;
    stm_event_row event_row;
    stemma_bytes value;
    uint32_t event = 0;
    if (salvage->details_complete) {
        return STEMMA_OK;
    }
    stemma_status status = stm_row_load(snapshot, document, row, &record, &event, error);
    if (status == STEMMA_OK) {
        status = stm_snapshot_event_block(snapshot, event, &block, error);
    }
    if (status == STEMMA_OK) {
        status = stm_event_block_row(block, event % STEMMA_EVENT_BLOCK, &event_row);
    }
    if (status != STEMMA_OK || !event_row.folded) {
        return status;
    }
    status = stm_snapshot_get_u32x2(snapshot, STM_TABLE_DETAIL, event / STEMMA_EVENT_BLOCK,
                                    event % STEMMA_EVENT_BLOCK / STM_DETAIL_PART, &value, error);
    return status == STEMMA_NOT_FOUND ? STEMMA_E_DAMAGED : status;
}

stemma_status stemma_salvage_row(stemma_salvage *salvage, stemma_snapshot *snapshot,
                                 uint32_t document, uint32_t *row, stemma_error *error)
{
    const stm_data_set *set = NULL;
    for (;;) {
        stm_mark mark = stm_snapshot_mark(snapshot);
        stemma_row_view view;
        stemma_status status = stm_data_set_find(snapshot, document, &set, error);
        if (status == STEMMA_OK && *row >= set->rows) {
            status = STEMMA_END;
        }
        if (status == STEMMA_OK) {
            status = next_member_block(snapshot, document, set->actors, row, error);
        }
        if (status == STEMMA_OK && *row >= set->rows) {
            status = STEMMA_END;
        }
        if (status != STEMMA_OK) {
            return status;
        }
        status = stemma_row_get(snapshot, document, *row, &view, error);
        if (status == STEMMA_OK) {
            status = details_there(salvage, snapshot, document, *row, error);
        }
        stm_snapshot_rewind(snapshot, mark);
        if (status == STEMMA_OK || stm_salvage_ends(status, error)) {
            return status;
        }
        (*row)++;
    }
}

/* How many rows are left; `*kept` of all. */
static stemma_status count_rows(stemma_salvage *salvage, stemma_snapshot *snapshot,
                                uint32_t document, uint32_t *kept, stemma_error *error)
{
    stemma_status status;
    uint32_t row = 0;
    *kept = 0;
    while ((status = stemma_salvage_row(salvage, snapshot, document, &row, error)) == STEMMA_OK) {
        (*kept)++;
        row++;
    }
    return status == STEMMA_END ? STEMMA_OK : status;
}

/* ---- Text ---------------------------------------------------------------------------------- */

/* The text, when it is there and is what the document says; else it is withheld. */
static stemma_status take_text(stemma_salvage *salvage, stemma_snapshot *snapshot, uint32_t number,
                               const subject *of, stemma_document *out, bool again,
                               stemma_error *error)
{
    stemma_span whole = {0, UINT32_MAX};
    uint8_t digest[STM_SHA256_SIZE];
    stm_mark mark = stm_snapshot_mark(snapshot);
    const char *code = NULL;
    if (out->text_withheld) {
        return STEMMA_OK;
    }
    memset(error, 0, sizeof *error);
    stemma_status status = stemma_text_get(snapshot, number, whole, &out->text, error);
    if (stm_salvage_ends(status, error)) {
        return status;
    }
    if (status != STEMMA_OK) {
        code = code_of(error, "TEXT_BLOCK_MISSING");
    } else {
        stm_sha256(digest, (stemma_bytes){(const uint8_t *)out->text.data, out->text.size});
        code = out->text.size != out->text_size                  ? "TEXT_SIZE"
               : memcmp(digest, out->digest, sizeof digest) != 0 ? "TEXT_DIGEST"
                                                                 : NULL;
    }
    if (code == NULL) {
        return STEMMA_OK;
    }
    stm_snapshot_rewind(snapshot, mark);
    out->text = (stemma_text){NULL, 0};
    out->text_withheld = 1;
    return again ? STEMMA_OK
                 : lose(salvage, "text", STM_TABLE_TEXT, of, 1, code,
                        "The text is lost or altered: the document is written without it");
}

/* ---- Testimony ----------------------------------------------------------------------------- */

/* Nothing is said; what the record counts is gone with it. */
static void empty_testimony(stemma_document *out)
{
    out->referents = NULL;
    out->referent_count = 0;
    out->mentions = NULL;
    out->mention_count = 0;
    out->assertions = NULL;
    out->assertion_count = 0;
}

/* Whether what is said reads in the text. */
static stemma_status check_evidence(const stemma_document *document, stemma_error *broken)
{
    stemma_status status = STEMMA_OK;
    uint64_t work = 0;
    for (uint32_t i = 0; i < document->assertion_count && status == STEMMA_OK; i++) {
        status = stm_validate_filler(document, i, &work, broken);
    }
    for (uint32_t i = 0; i < document->mention_count && status == STEMMA_OK; i++) {
        status = stm_validate_canonical_name(document, i, &work, broken);
    }
    return status;
}

/* The record of a document alone, by the rules for documents. */
static stemma_status check_record(const stemma_salvage *salvage, const stemma_document *document,
                         stemma_error *broken)
{
    stemma_document alone = *document;
    alone.text_withheld = 1; /* the text is looked at later */
    return stm_validate_structure(&alone, &salvage->file->bounds.vocabulary,
                                  salvage->file->bounds.runs, broken);
}

static stemma_status lose_testimony(stemma_salvage *salvage, const subject *of,
                                    const stm_document_extra *counted, bool again,
                                    const stemma_error *error)
{
    uint64_t count = (uint64_t)counted->referents + counted->mentions + counted->assertions;
    return again || count == 0
               ? STEMMA_OK
               : lose(salvage, "testimony", STM_TABLE_TESTIMONY, of, count,
                      code_of(error, "DAMAGED"),
                      "What the document says is lost: it is written with its text alone");
}

/* ---- Documents ----------------------------------------------------------------------------- */

static void name_subject(const stemma_document *document, uint32_t number, subject *out)
{
    char id[STM_DOCUMENT_ID_CHARS];
    stm_document_id_text(stm_document_id(document->digest, document->uri), id);
    snprintf(out->id, sizeof out->id, "d.%.*s", (int)sizeof id, id);
    snprintf(out->where, sizeof out->where, "document %u", number);
}

/* The table of identities, when it is whole, knows the digest and the URI of every document. */
static stemma_status identity_agrees(const stemma_salvage *salvage, stemma_snapshot *snapshot,
                                     const stemma_document *document, uint32_t number,
                                     stemma_error *error)
{
    uint8_t bytes[8];
    stemma_bytes key = {bytes, sizeof bytes}, value;
    if (!salvage->remains->tables[STM_TABLE_IDENTITY].whole) {
        return STEMMA_OK;
    }
    stm_key_u64(bytes, stm_document_id(document->digest, document->uri));
    stemma_status status = stm_snapshot_get(snapshot, STM_TABLE_IDENTITY, key, &value, error);
    if (status == STEMMA_NOT_FOUND ||
        (status == STEMMA_OK && (value.size != 4 || stm_load_le32(value.data) != number))) {
        return stm_fail(error, STEMMA_E_DAMAGED, "IDENTITY", "", "altered");
    }
    return stm_salvage_ends(status, error) ? status : STEMMA_OK;
}

/* A data set is nothing without its actors or its rows. */
static stemma_status take_table(stemma_salvage *salvage, stemma_snapshot *snapshot,
                                stm_saved *saved, const subject *of, stemma_document *out,
                                bool complete, stemma_error *error)
{
    uint32_t kept = 0;
    stemma_status status = STEMMA_OK;
    if (complete) {
        status = count_rows(salvage, snapshot, saved->number, &kept, error);
    }
    if (status != STEMMA_OK) {
        return status;
    }
    saved->is_table = 1;
    saved->kept = kept != 0;
    saved->referents = kept == out->row_count ? out->referent_count + out->row_count : 0;
    if (kept != out->row_count) {
        status = lose(salvage, "rows", STM_TABLE_EVENT, of, out->row_count - kept,
                      complete ? "RECORD_MISSING" : "TESTIMONY_COUNT",
                      complete ? "Rows of the table are lost"
                               : "The actors of the table are lost, and its rows with them");
    }
    if (status == STEMMA_OK && kept == 0) {
        status = lose(salvage, "document", STM_TABLE_DOCUMENT, of, 1, "RECORD_MISSING",
                      "Nothing is left of what the table says");
    }
    out->row_count = kept;
    return status;
}

/* What is left of one document; saved->kept says whether it is written. */
static stemma_status take_document(stemma_salvage *salvage, stemma_snapshot *snapshot,
                                   stm_saved *saved, stemma_document *out, stemma_error *error)
{
    stm_document_extra extra;
    stemma_error why = {0};
    subject of = {"", ""};
    bool again = saved->known != 0;
    saved->known = 1;
    snprintf(of.where, sizeof of.where, "document %u", saved->number);
    stemma_status status = stm_document_load(snapshot, saved->number, out, &extra, &why);
    if (status == STEMMA_OK) {
        name_subject(out, saved->number, &of);
        empty_testimony(out);
        status = check_record(salvage, out, &why);
        if (status == STEMMA_OK) {
            status = identity_agrees(salvage, snapshot, out, saved->number, &why);
        }
    }
    if (stm_salvage_ends(status, &why)) {
        *error = why;
        return status;
    }
    if (status != STEMMA_OK) {
        saved->kept = 0;
        return again
                   ? STEMMA_OK
                   : lose(salvage, "document", STM_TABLE_DOCUMENT, &of, 1, code_of(&why, "DAMAGED"),
                          "The record of the document is lost or altered, and all of it");
    }
    saved->kept = 1;
    stemma_document with = *out;
    memset(&why, 0, sizeof why);
    stemma_status said = stemma_testimony_get(snapshot, saved->number, &with, &why);
    if (stm_salvage_ends(said, &why)) {
        *error = why;
        return said;
    }
    status = take_text(salvage, snapshot, saved->number, &of, out, again, error);
    if (said == STEMMA_OK) {
        with.text = out->text;
        with.text_withheld = out->text_withheld;
        said = stm_validate_structure(&with, &salvage->file->bounds.vocabulary,
                                      salvage->file->bounds.runs, &why);
    }
    if (said == STEMMA_OK && out->text.size != 0) {
        said = check_evidence(&with, &why);
    }
    if (status == STEMMA_OK && stm_salvage_ends(said, &why)) {
        *error = why;
        return said;
    }
    if (said == STEMMA_OK) {
        *out = with;
    } else if (status == STEMMA_OK) {
        status = lose_testimony(salvage, &of, &extra, again, &why);
    }
    saved->has_text = !out->text_withheld;
    saved->referents = said == STEMMA_OK ? out->referent_count : 0;
    if (status == STEMMA_OK && extra.rows != 0) {
        status = take_table(salvage, snapshot, saved, &of, out, said == STEMMA_OK, error);
    }
    return status;
}

/* Numbers from document_next up to `number` have no record. */
static stemma_status lose_numbers(stemma_salvage *salvage, uint64_t number)
{
    char where[64];
    uint64_t first = salvage->document_next;
    salvage->document_next = number + 1 > first ? number + 1 : first;
    if (first >= number) {
        return STEMMA_OK;
    }
    snprintf(where, sizeof where, "documents %llu..%llu", (unsigned long long)first,
             (unsigned long long)number - 1);
    return stm_salvage_lose(salvage, "document", stm_tables[STM_TABLE_DOCUMENT].name, NULL,
                            number - first, "RECORD_MISSING", where,
                            "Documents whose records are lost, and all of them");
}

/* The first place in the list whose number is not below. */
static size_t place_of(const stemma_salvage *salvage, uint32_t number)
{
    size_t low = 0;
    size_t high = salvage->saved_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (salvage->saved[middle].number < number) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

stemma_status stemma_salvage_next(const stemma_salvage *salvage, uint32_t *number)
{
    size_t at = place_of(salvage, *number);
    while (at < salvage->saved_count && !salvage->saved[at].kept) {
        at++;
    }
    if (at == salvage->saved_count) {
        return STEMMA_END;
    }
    *number = salvage->saved[at].number;
    return STEMMA_OK;
}

stemma_status stemma_salvage_document(stemma_salvage *salvage, stemma_snapshot *snapshot,
                                      uint32_t *number, stemma_document *out, stemma_error *error)
{
    stemma_error own;
    error = error != NULL ? error : &own;
    size_t at = place_of(salvage, *number);
    for (; at < salvage->saved_count; at++) {
        stm_saved *saved = &salvage->saved[at];
        stemma_status status = lose_numbers(salvage, saved->number);
        if (status == STEMMA_OK) {
            status = take_document(salvage, snapshot, saved, out, error);
        }
        if (status != STEMMA_OK) {
            return status;
        }
        if (saved->kept) {
            *number = saved->number;
            return STEMMA_OK;
        }
        stemma_snapshot_reset(snapshot);
    }
    stemma_status status = lose_numbers(salvage, salvage->file->counts.documents);
    return status == STEMMA_OK ? STEMMA_END : status;
}

int stemma_salvage_has_text(const stemma_salvage *salvage, uint32_t document)
{
    const stm_saved *saved = stm_salvage_saved(salvage, document);
    return saved != NULL && saved->kept && saved->has_text;
}
