/* SPDX-License-Identifier: MIT */
/* Documents with their testimony and text. */
#include "check_state.h"

#include <stdio.h>
#include <stdlib.h>

#include "digest.h"
#include "error.h"
#include "id.h"
#include "key.h"
#include "validate.h"

static const char part_name[] = "documents";
static const char evidence_name[] = "evidence";

/* ---- Slices -------------------------------------------------------------------------------- */

static int is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' || c == '\v';
}

/* Walks over the characters of some spans of a text, one space for each run of white space and for
   each gap between spans. */
typedef struct slice_walk {
    stemma_text text;
    const stemma_span *spans;
    uint32_t count;
    uint32_t span;
    size_t at; /* in the current span */
    int gap;   /* white space was passed since the last character */
    int begun;
} slice_walk;

/* Next byte, -1 at the end. */
static int slice_next(slice_walk *walk)
{
    for (;;) {
        if (walk->span == walk->count) {
            return -1;
        }
        const stemma_span *span = &walk->spans[walk->span];
        if (span->start + walk->at >= span->end || span->end > walk->text.size) {
            walk->span++;
            walk->at = 0;
            walk->gap = walk->begun;
            continue;
        }
        char c = walk->text.data[span->start + walk->at];
        if (is_space(c)) {
            walk->at++;
            walk->gap = walk->begun;
            continue;
        }
        if (walk->gap) {
            walk->gap = 0;
            return ' ';
        }
        walk->at++;
        walk->begun = 1;
        return (uint8_t)c;
    }
}

/* Whether the spans read the same as `words`, white space aside. */
static int reads_as(stemma_text text, const stemma_span *spans, uint32_t count, stemma_text words)
{
    stemma_span whole = {0, (uint32_t)words.size};
    slice_walk a = {text, spans, count, 0, 0, 0, 0}, b = {words, &whole, 1, 0, 0, 0, 0};
    for (;;) {
        int left = slice_next(&a), right = slice_next(&b);
        if (left != right) {
            return 0;
        }
        if (left < 0) {
            return 1;
        }
    }
}

/* ---- Evidence ------------------------------------------------------------------------------ */

/* The words of the object that its filler must read; empty when it need not read anything. */
static stemma_text literal_words(const stemma_object *object)
{
    stemma_text none = {NULL, 0};
    switch (object->kind) {
    case STEMMA_OBJECT_TIME:
        return object->as.time.raw;
    case STEMMA_OBJECT_PLACE:
        return object->as.place.raw;
    case STEMMA_OBJECT_QUANTITY:
        return object->as.quantity.raw;
    default:
        return none;
    }
}

static stemma_status check_evidence(stm_check *check, uint32_t number,
                                    const stemma_document *document)
{
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 0; status == STEMMA_OK && i < document->assertion_count; i++) {
        const stemma_assertion *assertion = &document->assertions[i];
        stemma_text words = literal_words(&assertion->object);
        int fillers = 0, fits = 0;
        for (uint32_t j = 0; j < assertion->evidence_count; j++) {
            const stemma_evidence *evidence = &assertion->evidence[j];
            check->seen.evidence++;
            if (document->text.size == 0) {
                continue;
            }
            check->summary->evidence_checked++;
            if (evidence->part == STEMMA_EVIDENCE_FILLER && words.size != 0) {
                fillers++;
                fits += reads_as(document->text, evidence->spans, evidence->span_count, words);
            }
        }
        if (fillers != 0 && fits == 0) {
            char where[64];
            snprintf(where, sizeof where, "document %u assertion %u", number, i);
            status = stm_check_report(check, evidence_name, "FILLER_MISMATCH", where,
                                      "The text does not read \"%.*s\" where the evidence says",
                                      (int)(words.size < 80 ? words.size : 80), words.data);
        }
    }
    return status;
}

/* A name that a canonical mention of kind name reads must be among the referent's names. */
static stemma_status check_names(stm_check *check, uint32_t number, const stemma_document *document)
{
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 0; status == STEMMA_OK && i < document->mention_count; i++) {
        const stemma_mention *mention = &document->mentions[i];
        const stemma_referent *referent;
        int found = 0;
        if (document->text.size == 0 || !mention->canonical ||
            mention->kind != STEMMA_MENTION_NAME || mention->referent >= document->referent_count) {
            continue;
        }
        referent = &document->referents[mention->referent];
        for (uint32_t j = 0; !found && j < referent->name_count; j++) {
            found = reads_as(document->text, mention->spans, mention->span_count,
                             referent->names[j].text);
        }
        if (!found && referent->name_count != 0) {
            char where[64];
            snprintf(where, sizeof where, "document %u mention %u", number, i);
            status = stm_check_report(check, evidence_name, "NAME_MISMATCH", where,
                                      "The canonical mention reads none of its referent's names");
        }
    }
    return status;
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
                                "The text has %zu bytes, the document says %u", document->text.size,
                                document->text_size);
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
    stemma_status status = stemma_testimony_get(check->snapshot, number, &document, error);
    if (status != STEMMA_OK) {
        return stm_check_failed(check, part_name,
                                status == STEMMA_NOT_FOUND ? STEMMA_E_DAMAGED : status, error);
    }
    check->seen.referents += document.referent_count;
    check->seen.mentions += document.mention_count;
    check->seen.assertions += document.assertion_count;
    status = check_text(check, number, &document, error);
    if (status != STEMMA_OK) {
        return status;
    }
    memset(&broken, 0, sizeof broken);
    if (stm_validate_document(&document, &check->file->bounds.vocabulary, check->file->bounds.runs,
                              &broken) != STEMMA_OK) {
        char where[128];
        snprintf(where, sizeof where, "document %u %s", number, broken.where);
        status = stm_check_report(check, part_name, broken.code, where, "%s", broken.message);
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
    if (status == STEMMA_OK) {
        status = check_evidence(check, number, &document);
    }
    return status == STEMMA_OK ? check_names(check, number, &document) : status;
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

stemma_status stm_check_documents(stm_check *check, stemma_error *error)
{
    place_in_order last = {0, 0};
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 0; status == STEMMA_OK && i < check->counts.documents; i++) {
        status = check_document(check, i, &last, error);
        stemma_snapshot_reset(check->snapshot);
    }
    return status == STEMMA_OK ? check_counts(check) : status;
}
