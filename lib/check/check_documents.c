/* SPDX-License-Identifier: MIT */
/* Documents with their testimony and text. */
#include "check/check_share.h"

#include <inttypes.h>
#include <stdio.h>

#include "digest.h"
#include "base/error.h"
#include "file/publish.h"
#include "id.h"
#include "key.h"
#include "limits.h"
#include "read/testimony_one.h"
#include "testimony_record.h"
#include "write/validate.h"

static const char part_name[] = "documents";
static const char evidence_name[] = "evidence";

/* ---- Evidence ------------------------------------------------------------------------------ */

/* Reports what is broken about a document. */
static stemma_status report_rule(stm_check *check, const char *part, uint32_t number,
                                 const stemma_error *broken)
{
    char where[128];
    if (broken->status == STEMMA_E_NO_MEMORY) { /* nothing is known to be broken */
        return STEMMA_E_NO_MEMORY;
    }
    snprintf(where, sizeof where, "document %u %s", number, broken->where);
    return stm_check_report(check, part, broken->code, where, "%s", broken->message);
}

/* Every piece of evidence and every name, so that all that is wrong is told. */
static stemma_status check_evidence(stm_check *check, uint32_t number,
                                    const stemma_document *document)
{
    stemma_status status = STEMMA_OK, found = STEMMA_OK;
    stemma_error broken;
    uint64_t work = 0;
    for (uint32_t i = 0; i < document->assertion_count; i++) {
        check->looked[STEMMA_CHECK_EVIDENCE] += document->assertions[i].evidence_count;
        found = stm_validate_filler(document, i, &work, &broken);
        if (found != STEMMA_OK) {
            status = report_rule(check, evidence_name, number, &broken);
        }
        if (status != STEMMA_OK || found == STEMMA_E_LIMIT) {
            return status;
        }
    }
    for (uint32_t i = 0; i < document->mention_count; i++) {
        found = stm_validate_canonical_name(document, i, &work, &broken);
        if (found != STEMMA_OK) {
            status = report_rule(check, evidence_name, number, &broken);
        }
        if (status != STEMMA_OK || found == STEMMA_E_LIMIT) {
            return status;
        }
    }
    return STEMMA_OK;
}

/* ---- One document -------------------------------------------------------------------------- */

static stemma_status check_identity(stm_check *check, uint32_t number,
                                    const stemma_document *document, uint64_t id,
                                    stemma_error *error)
{
    uint8_t key[8];
    stemma_bytes key_bytes = {key, sizeof key}, value;
    stemma_status status;
    char where[32];
    (void)document;
    snprintf(where, sizeof where, "document %u", number);
    stm_key_u64(key, id);
    status = stm_snapshot_get(check->snapshot, STM_TABLE_IDENTITY, key_bytes, &value, error);
    if (status < 0) {
        return status;
    }
    if (status == STEMMA_NOT_FOUND || value.size != 4 || stm_load_le32(value.data) != number) {
        return stm_check_report(check, part_name, "IDENTITY", where,
                                "The table of identities does not lead to the document");
    }
    return STEMMA_OK;
}

/* Documents ascend by earliest second of publication, undated last, then by id. */
typedef struct place_in_order {
    int64_t published;
    uint64_t id;
} place_in_order;

static int comes_after(const place_in_order *a, const place_in_order *b)
{
    /* Unknown is the least number but comes last. */
    uint64_t left = (uint64_t)a->published - (uint64_t)(INT64_MIN + 1);
    uint64_t right = (uint64_t)b->published - (uint64_t)(INT64_MIN + 1);
    return left < right || (left == right && a->id < b->id);
}

static stemma_status has_record(stm_check *check, stm_table table, uint32_t document, uint64_t block,
                                bool *there, stemma_error *error)
{
    stemma_bytes value;
    stemma_status status =
        stm_snapshot_get_u32x2(check->snapshot, table, document, (uint32_t)block, &value, error);
    *there = status == STEMMA_OK;
    return status == STEMMA_NOT_FOUND ? STEMMA_OK : status;
}

/* No block stands behind the text, and none for one that is withheld. */
static stemma_status check_blocks(stm_check *check, uint32_t number, const stemma_document *document,
                                  stemma_error *error)
{
    uint64_t blocks =
        document->text_withheld ? 0 : (document->text_size + STEMMA_TEXT_BLOCK - 1) / STEMMA_TEXT_BLOCK;
    bool more = false;
    char where[32];
    stemma_status status = has_record(check, STM_TABLE_TEXT, number, blocks, &more, error);
    if (status != STEMMA_OK || !more) {
        return stm_check_failed(check, part_name, status, error);
    }
    snprintf(where, sizeof where, "text %u", number);
    return stm_check_report(check, part_name, "RECORD_COUNT", where,
                            "The document has more blocks of text than its text takes");
}

/* No part of testimony stands behind those that hold what the document counts. */
static stemma_status check_testimony_parts(stm_check *check, uint32_t number,
                                           const stemma_document *document, stemma_error *error)
{
    stm_testimony_need need = {0};
    bool more = false;
    char where[32];
    uint32_t own = document->referent_count + document->mention_count + document->assertion_count;
    stemma_status status = has_record(check, STM_TABLE_TESTIMONY, number, own != 0, &more, error);
    for (uint32_t part = 0; status == STEMMA_OK && more; part++) {
        stm_mark mark = stm_snapshot_mark(check->snapshot);
        stemma_bytes raw;
        bool all = need.referents == document->referent_count &&
                   need.mentions == document->mention_count &&
                   need.assertions == document->assertion_count;
        status = stm_testimony_part(check->snapshot, number, part, &raw, error);
        if (status == STEMMA_OK && !all) {
            status = stm_testimony_count(raw, &need, NULL);
        } else if (status == STEMMA_OK) {
            break;
        }
        stm_snapshot_rewind(check->snapshot, mark);
        if (status == STEMMA_NOT_FOUND) {
            status = STEMMA_OK;
            more = false;
        }
    }
    if (status != STEMMA_OK && status != STEMMA_E_DAMAGED) {
        return stm_check_failed(check, part_name, status, error);
    }
    snprintf(where, sizeof where, "testimony %u", number);
    return !more ? STEMMA_OK
                 : stm_check_report(check, part_name, "TESTIMONY_COUNT", where,
                                    "The document has more testimony than it counts");
}

static stemma_status check_text(stm_check *check, uint32_t number, stemma_document *document,
                                stemma_error *error)
{
    stemma_span whole = {0, UINT32_MAX};
    uint8_t digest[STM_SHA256_SIZE];
    char where[32];
    stemma_status status = stemma_text_get(check->snapshot, number, whole, &document->text, error);
    snprintf(where, sizeof where, "document %u", number);
    if (status == STEMMA_NOT_FOUND && document->text_withheld) {
        document->text.data = NULL;
        document->text.size = 0;
        return STEMMA_OK;
    }
    if (status != STEMMA_OK) {
        return stm_check_failed(check, part_name,
                                status == STEMMA_NOT_FOUND ? STEMMA_E_DAMAGED : status, error);
    }
    check->seen.text_bytes += document->text.size;
    stm_sha256(digest, (stemma_bytes){(const uint8_t *)document->text.data, document->text.size});
    if (document->text.size != document->text_size) {
        return stm_check_report(check, part_name, "TEXT_SIZE", where,
                                "The text has %zu bytes, the document says %" PRIu64,
                                document->text.size, document->text_size);
    }
    if (memcmp(digest, document->digest, sizeof digest) != 0) {
        return stm_check_report(check, part_name, "TEXT_DIGEST", where,
                                "The text does not have the digest that the document states");
    }
    return STEMMA_OK;
}

static stemma_status check_document(stm_check *check, uint32_t number, place_in_order *last,
                                    stemma_error *error)
{
    stemma_document document;
    stemma_time_bounds bounds;
    place_in_order place = {STEMMA_TIME_UNKNOWN_EARLY, 0};
    stemma_error broken;
    int sound = 1;
    stemma_status status = stemma_testimony_get(check->snapshot, number, &document, error);
    if (status != STEMMA_OK) {
        return stm_check_failed(check, part_name,
                                status == STEMMA_NOT_FOUND ? STEMMA_E_DAMAGED : status, error);
    }
    check->seen.referents += document.referent_count;
    check->seen.mentions += document.mention_count;
    check->seen.assertions += document.assertion_count;
    for (uint32_t i = 0; i < document.assertion_count; i++) {
        check->seen.evidence += document.assertions[i].evidence_count;
    }
    status = check_testimony_parts(check, number, &document, error);
    if (status == STEMMA_OK) {
        status = check_text(check, number, &document, error);
    }
    if (status == STEMMA_OK) {
        status = check_blocks(check, number, &document, error);
    }
    if (status != STEMMA_OK) {
        return status;
    }
    memset(&broken, 0, sizeof broken);
    if (stm_validate_structure(&document, &check->file->bounds.vocabulary, check->file->bounds.runs,
                               &broken) != STEMMA_OK) {
        sound = 0;
        status = report_rule(check, part_name, number, &broken);
        if (status == STEMMA_E_NO_MEMORY && error != NULL) {
            *error = broken;
        }
    }
    place.id = stm_document_id(document.digest, document.uri);
    if (document.published.edtf.size != 0 &&
        stemma_edtf_bounds(document.published.edtf, &bounds) == STEMMA_OK) {
        place.published = bounds.start_earliest;
    }
    if (status == STEMMA_OK && number != 0 && !comes_after(last, &place)) {
        char where[32];
        snprintf(where, sizeof where, "document %u", number);
        status = stm_check_report(check, part_name, "DOCUMENT_ORDER", where,
                                  "The document does not come after the one before it");
    }
    *last = place;
    if (status == STEMMA_OK) {
        status = check_identity(check, number, &document, place.id, error);
    }
    if (status == STEMMA_OK && sound && document.row_count != 0 &&
        stm_check_wants(check, STEMMA_CHECK_ROWS)) {
        status = stm_check_rows(check, number, &document, error);
    }
    if (status != STEMMA_OK || !sound || document.text.size == 0 ||
        !stm_check_wants(check, STEMMA_CHECK_EVIDENCE)) {
        return status;
    }
    return check_evidence(check, number, &document);
}

/* What was counted must be what the file says of itself. */
static stemma_status check_counts(stm_check *check)
{
    const struct {
        const char *what;
        uint64_t stated, seen;
    } rows[] = {
        {"referents", check->counts.referents, check->seen.referents},
        {"mentions", check->counts.mentions, check->seen.mentions},
        {"assertions", check->counts.assertions, check->seen.assertions},
        {"evidence", check->counts.evidence, check->seen.evidence},
        {"bytes of text", check->counts.text_bytes, check->seen.text_bytes},
        {"identities", check->counts.documents,
         stm_store_entries(check->file->store, STM_TABLE_IDENTITY)},
    };
    stemma_status status = STEMMA_OK;
    for (size_t i = 0; status == STEMMA_OK && i < sizeof rows / sizeof rows[0]; i++) {
        if (rows[i].stated != rows[i].seen) {
            status = stm_check_report(
                check, part_name, "COUNTS", "meta stemma", "The file says %llu %s and has %llu",
                (unsigned long long)rows[i].stated, rows[i].what, (unsigned long long)rows[i].seen);
        }
    }
    return status;
}

/* ---- All documents, by several threads ----------------------------------------------------- */

#define SHARE 64u /* documents that one thread looks at in one go */

/* Where a document stands: the next one must come after it. */
static stemma_status place_of(stm_check *check, uint32_t number, place_in_order *out,
                              stemma_error *error)
{
    stemma_document document;
    stemma_time_bounds bounds;
    stemma_status status = stemma_document_get(check->snapshot, number, &document, error);
    if (status != STEMMA_OK) {
        return status;
    }
    out->published = STEMMA_TIME_UNKNOWN_EARLY;
    out->id = stm_document_id(document.digest, document.uri);
    if (document.published.edtf.size != 0 &&
        stemma_edtf_bounds(document.published.edtf, &bounds) == STEMMA_OK) {
        out->published = bounds.start_earliest;
    }
    return STEMMA_OK;
}

static stemma_status check_share(stm_check_share *self, stemma_error *error)
{
    stm_check *check = &self->check;
    place_in_order last = {INT64_MIN + 1, 0}; /* before all that there can be */
    stemma_status status = STEMMA_OK;
    if (self->first != 0) {
        stemma_error ignored;
        (void)place_of(check, self->first - 1, &last, &ignored);
        stemma_snapshot_reset(check->snapshot);
    }
    for (uint32_t i = self->first; status == STEMMA_OK && i < self->end; i++) {
        status = check_document(check, i, &last, error);
        stemma_snapshot_reset(check->snapshot);
    }
    return status;
}

stemma_status stm_check_documents(stm_check *check, stemma_error *error)
{
    uint32_t next = 0;
    stemma_status status =
        stm_check_in_shares(check, STEMMA_CHECK_DOCUMENTS, (uint32_t)check->counts.documents, SHARE,
                            check_share, &next, error);
    check->summary->checks[STEMMA_CHECK_DOCUMENTS].looked = next;
    check->summary->evidence_checked = check->summary->checks[STEMMA_CHECK_EVIDENCE].looked;
    return status == STEMMA_OK && stm_check_wants(check, STEMMA_CHECK_DOCUMENTS) &&
                   stm_check_wants(check, STEMMA_CHECK_ROWS)
               ? check_counts(check)
               : status;
}
