/* SPDX-License-Identifier: MIT */
/* Who says so: the speaker that documents attribute something about an event to, and the publisher
 * of documents that speak of it.
 *
 * Neither has a list in the file. A speaker of few documents is looked up from those documents, a
 * publisher of few likewise. Else an event's own documents are looked at, each no more than once. */
#include "read/document.h"
#include "base/error.h"
#include "events/event_check.h"
#include "read/testimony_one.h"
#include "testimony_record.h"

/* Documents from which all events are gathered at once. */
#define FEW 256u

/* Documents whose publishers are all looked at when a query begins; of more, only those of events
   that are asked about. */
#define DOCUMENTS_MOST 200000u

static void set_bit(uint64_t *bits, uint32_t at)
{
    bits[at / 64] |= UINT64_C(1) << at % 64;
}

static bool has_bit(const uint64_t *bits, uint32_t at)
{
    return (bits[at / 64] >> at % 64 & 1) != 0;
}

/* ---- Publishers ---- */

static char fold(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* The same but for the case of ASCII letters and spaces. */
static bool same_name(stemma_text a, stemma_text b)
{
    size_t i = 0;
    size_t j = 0;
    for (;;) {
        while (i < a.size && a.data[i] == ' ') {
            i++;
        }
        while (j < b.size && b.data[j] == ' ') {
            j++;
        }
        if (i == a.size || j == b.size) {
            return i == a.size && j == b.size;
        }
        if (fold(a.data[i]) != fold(b.data[j])) {
            return false;
        }
        i++;
        j++;
    }
}

/* Looks at a document once. */
static stemma_status is_published(stemma_event_cursor *cursor, uint32_t document, bool *result,
                                  stemma_error *error)
{
    stm_event_checks *checks = cursor->checks;
    stemma_bytes value;
    stemma_document record;
    stm_document_extra extra;
    if (checks->published[document] == 0) {
        stm_mark mark = stm_snapshot_mark(cursor->snapshot);
        stemma_status status =
            stm_document_find(cursor->snapshot, document, &value, &record, &extra, error);
        if (status != STEMMA_OK) {
            return status;
        }
        checks->published[document] = same_name(record.publisher, checks->publisher) ? 1 : 2;
        stm_snapshot_rewind(cursor->snapshot, mark);
    }
    *result = checks->published[document] == 1;
    return STEMMA_OK;
}

stemma_status stm_event_published(stemma_event_cursor *cursor, uint32_t event, bool *result,
                                  stemma_error *error)
{
    stemma_reference of = {STEMMA_REFERENCE_EVENT, event};
    const stemma_referent_id *members = NULL;
    uint32_t count = 0;
    stm_mark mark = stm_snapshot_mark(cursor->snapshot);
    stemma_status status = stemma_members(cursor->snapshot, of, &members, &count, error);
    *result = false;
    for (uint32_t i = 0; i < count && status == STEMMA_OK && !*result; i++) {
        if (members[i].document >= cursor->snapshot->file->bounds.documents) {
            status = stm_damaged(error, STM_TABLE_EVENT, event, "NUMBER_OUT_OF_RANGE");
        } else {
            status = is_published(cursor, members[i].document, result, error);
        }
    }
    stm_snapshot_rewind(cursor->snapshot, mark);
    return status;
}

/* Puts the events that a document speaks of into a set. */
static stemma_status add_events_of(stemma_event_cursor *cursor, uint32_t document, uint64_t *bits,
                                   stemma_error *error)
{
    stm_mark mark = stm_snapshot_mark(cursor->snapshot);
    stemma_document record;
    stemma_status status = stemma_testimony_get(cursor->snapshot, document, &record, error);
    for (uint32_t i = 0; status == STEMMA_OK && i < record.referent_count; i++) {
        stemma_referent_id referent = {document, i};
        stemma_reference to = {0, 0};
        if (record.referents[i].kind != STEMMA_REFERENT_EVENT) {
            continue;
        }
        status = stemma_member_of(cursor->snapshot, referent, &to, error);
        if (status == STEMMA_OK && to.kind == STEMMA_REFERENCE_EVENT) {
            set_bit(bits, to.number);
        }
        status = status == STEMMA_NOT_FOUND ? STEMMA_OK : status;
    }
    stm_snapshot_rewind(cursor->snapshot, mark);
    return status;
}

static stemma_status is_data_set(stemma_event_cursor *cursor, uint32_t document, bool *result,
                                 stemma_error *error)
{
    stm_mark mark = stm_snapshot_mark(cursor->snapshot);
    stemma_document record;
    stemma_status status = stemma_document_get(cursor->snapshot, document, &record, error);
    *result = status == STEMMA_OK && record.row_count != 0;
    stm_snapshot_rewind(cursor->snapshot, mark);
    return status;
}

static uint32_t known_documents(const stemma_snapshot *snapshot)
{
    uint32_t documents = snapshot->file->bounds.documents;
    return snapshot->until < documents ? snapshot->until : documents;
}

stemma_status stm_event_published_set(stemma_event_cursor *cursor, uint64_t **out,
                                      stemma_error *error)
{
    uint32_t documents[FEW];
    uint32_t count = 0;
    uint32_t all = known_documents(cursor->snapshot);
    stemma_status status = STEMMA_OK;
    *out = NULL;
    if (all > DOCUMENTS_MOST) {
        return STEMMA_OK;
    }
    for (uint32_t i = 0; i < all && status == STEMMA_OK; i++) {
        bool is = false;
        status = is_published(cursor, i, &is, error);
        if (is && count == FEW) {
            return STEMMA_OK;
        }
        if (is) {
            documents[count++] = i;
        }
    }
    for (uint32_t i = 0; i < count && status == STEMMA_OK; i++) {
        bool rows = false;
        status = is_data_set(cursor, documents[i], &rows, error);
        if (rows) {
            return STEMMA_OK;
        }
    }
    uint64_t *bits = status != STEMMA_OK
                         ? NULL
                         : stm_event_set_new(cursor->snapshot, 0,
                                             cursor->snapshot->file->bounds.events, error);
    if (bits == NULL) {
        return status != STEMMA_OK ? status : STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < count && status == STEMMA_OK; i++) {
        status = add_events_of(cursor, documents[i], bits, error);
    }
    *out = bits;
    return status;
}

/* ---- Speakers ---- */

/* First of the speaker's referents that is not in a document below `document`. */
static uint32_t first_said(const stm_event_checks *checks, uint32_t document)
{
    uint32_t low = 0;
    uint32_t high = checks->said_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (checks->said[middle].document < document) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* Whether a referent of a document is the speaker; `at` is the first of the speaker's there. */
static bool is_speaker(const stm_event_checks *checks, uint32_t at, uint32_t document,
                       uint32_t referent)
{
    for (; at < checks->said_count && checks->said[at].document == document; at++) {
        if (checks->said[at].referent == referent) {
            return true;
        }
    }
    return false;
}

/* Notes the events of one part of a document that it attributes to the speaker. */
static stemma_status read_part(stemma_event_cursor *cursor, uint32_t at, stemma_bytes part,
                               stemma_error *error)
{
    stm_event_checks *checks = cursor->checks;
    uint32_t document = checks->said[at].document;
    stm_quoted_walk walk;
    stm_fault fault = {"", 0};
    uint32_t speaker = STEMMA_NONE;
    stemma_referent_id subject = {document, 0};
    stemma_status status = stm_quoted_begin(&walk, part, &fault);
    while (status == STEMMA_OK) {
        stemma_reference to = {0, 0};
        status = stm_quoted_next(&walk, &subject.referent, &speaker, &fault);
        if (status != STEMMA_OK || !is_speaker(checks, at, document, speaker)) {
            continue;
        }
        stemma_status found = stemma_member_of(cursor->snapshot, subject, &to, error);
        if (found < 0) {
            return found;
        }
        if (found == STEMMA_OK && to.kind == STEMMA_REFERENCE_EVENT &&
            to.number < cursor->snapshot->file->bounds.events) {
            set_bit(checks->attributed, to.number);
        }
    }
    return status == STEMMA_E_DAMAGED
               ? stm_record_failed(error, status, STM_TABLE_TESTIMONY, document, &fault)
               : status;
}

/* Notes all events of a document that it attributes to the speaker. Rows of data sets quote nobody, and
   have no testimony. */
static stemma_status read_document(stemma_event_cursor *cursor, uint32_t at, stemma_error *error)
{
    stm_event_checks *checks = cursor->checks;
    stemma_status status = STEMMA_OK;
    checks->read[at] = 1;
    for (uint32_t i = 0; status == STEMMA_OK; i++) {
        stm_mark mark = stm_snapshot_mark(cursor->snapshot);
        stemma_bytes part;
        status =
            stm_testimony_part(cursor->snapshot, checks->said[at].document, i, &part, error);
        if (status == STEMMA_OK) {
            status = read_part(cursor, at, part, error);
            status = status == STEMMA_END ? STEMMA_OK : status;
        }
        stm_snapshot_rewind(cursor->snapshot, mark);
    }
    return status == STEMMA_NOT_FOUND ? STEMMA_OK : status;
}

stemma_status stm_event_said(stemma_event_cursor *cursor, uint32_t event, bool *result,
                             stemma_error *error)
{
    stm_event_checks *checks = cursor->checks;
    stemma_reference of = {STEMMA_REFERENCE_EVENT, event};
    const stemma_referent_id *members = NULL;
    uint32_t count = 0;
    stm_mark mark = stm_snapshot_mark(cursor->snapshot);
    stemma_status status = STEMMA_OK;
    if (!has_bit(checks->attributed, event)) {
        status = stemma_members(cursor->snapshot, of, &members, &count, error);
    }
    /* No more documents are read than it takes. */
    for (uint32_t i = 0; i < count && status == STEMMA_OK && !has_bit(checks->attributed, event);
         i++) {
        uint32_t at = first_said(checks, members[i].document);
        if (at < checks->said_count && checks->said[at].document == members[i].document &&
            checks->read[at] == 0) {
            status = read_document(cursor, at, error);
        }
    }
    *result = status == STEMMA_OK && has_bit(checks->attributed, event);
    stm_snapshot_rewind(cursor->snapshot, mark);
    return status;
}

stemma_status stm_event_said_set(stemma_event_cursor *cursor, uint64_t **out, stemma_error *error)
{
    stm_event_checks *checks = cursor->checks;
    stemma_status status = STEMMA_OK;
    *out = NULL;
    if (checks->said_count > FEW) {
        return STEMMA_OK;
    }
    for (uint32_t i = 0; i < checks->said_count && status == STEMMA_OK; i++) {
        if (i == 0 || checks->said[i].document != checks->said[i - 1].document) {
            status = read_document(cursor, i, error);
        }
    }
    *out = checks->attributed;
    return status;
}

stemma_status stm_event_said_begin(stemma_event_cursor *cursor, stemma_error *error)
{
    stm_event_checks *checks = cursor->checks;
    stemma_snapshot *snapshot = cursor->snapshot;
    const stm_bounds *bounds = &snapshot->file->bounds;
    if (checks->publisher.size != 0) {
        checks->published = stm_snapshot_array(snapshot, bounds->documents, 1, error);
        if (checks->published == NULL) {
            return STEMMA_E_NO_MEMORY;
        }
        memset(checks->published, 0, bounds->documents);
    }
    if (checks->speaker == STEMMA_NONE) {
        return STEMMA_OK;
    }
    stemma_reference of = {STEMMA_REFERENCE_ENTITY, checks->speaker};
    stemma_status status =
        stemma_members(snapshot, of, &checks->said, &checks->said_count, error);
    if (status == STEMMA_NOT_FOUND) { /* as of then */
        cursor->wanted.nothing = true;
        return STEMMA_OK;
    }
    if (status != STEMMA_OK) {
        return status;
    }
    checks->read = stm_snapshot_array(snapshot, checks->said_count, 1, error);
    checks->attributed = stm_event_set_new(snapshot, 0, bounds->events, error);
    if (checks->read == NULL || checks->attributed == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    memset(checks->read, 0, checks->said_count);
    return STEMMA_OK;
}
