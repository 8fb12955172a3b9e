/* SPDX-License-Identifier: MIT */
/* Who says so: the speaker that documents attribute something about an event to, and the publisher
 * of documents that speak of it.
 *
 * Of speakers the file has lists. A publisher of few documents is looked up from those documents; else an event's
 * own documents are looked at, each no more than once. */
#include "read/document.h"
#include "base/error.h"
#include "events/event_check.h"

/* Documents from which all events are gathered at once. */
#define FEW 256u

/* Documents whose publishers are all looked at when a query begins; of more, only those of events
   that are asked about. */
#define DOCUMENTS_MOST 200000u

static void set_bit(uint64_t *bits, uint32_t at)
{
    bits[at / 64] |= UINT64_C(1) << at % 64;
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

stemma_status stm_event_published_begin(stemma_event_cursor *cursor, stemma_error *error)
{
    uint32_t documents = cursor->snapshot->file->bounds.documents;
    cursor->checks->published = stm_snapshot_array(cursor->snapshot, documents, 1, error);
    if (cursor->checks->published == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    memset(cursor->checks->published, 0, documents);
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

/* Puts those events of a list into a set on which the speaker was quoted by then. A posting tells how far behind
   the event's first document that is. */
static stemma_status add_quoted(stemma_event_cursor *cursor, stm_posting_cursor *list, uint64_t *bits,
                                stemma_error *error)
{
    stemma_snapshot *snapshot = cursor->snapshot;
    uint32_t events[FEW], behind[FEW], count = 0;
    stemma_status status;
    while ((status = stm_posting_cursor_next_many(list, events, behind, FEW, &count)) == STEMMA_OK) {
        for (uint32_t i = 0; i < count; i++) {
            const stm_event_block *block = NULL;
            status = stm_snapshot_event_block(snapshot, events[i], &block, error);
            if (status != STEMMA_OK) {
                return status;
            }
            int64_t first = stm_event_block_get(block, STM_EVENT_FIRST_DOCUMENT,
                                                events[i] % STEMMA_EVENT_BLOCK);
            if (first < 0 || first >= (int64_t)snapshot->file->bounds.documents ||
                behind[i] >= snapshot->file->bounds.documents - first) {
                return stm_damaged(error, STM_TABLE_SPEAKER, events[i], "POSTINGS");
            }
            if (first + behind[i] < (int64_t)snapshot->until) {
                set_bit(bits, events[i]);
            }
        }
    }
    return status == STEMMA_END
               ? STEMMA_OK
               : stm_damaged(error, STM_TABLE_SPEAKER, cursor->checks->speaker, "POSTINGS");
}

/* As of a date: those of the list that were told by then, as a set. */
static stemma_status list_quoted_then(stemma_event_cursor *cursor, stm_leaper *list,
                                      stemma_error *error)
{
    uint32_t events = cursor->snapshot->file->bounds.events;
    uint64_t *bits = stm_event_set_new(cursor->snapshot, 0, events, error);
    stemma_status status = bits != NULL ? STEMMA_OK : STEMMA_E_NO_MEMORY;
    if (status == STEMMA_OK) {
        status = add_quoted(cursor, &list->cursor, bits, error);
    }
    stm_snapshot_source_return(&list->cursor.source);
    stm_event_set_list(list, bits, 0, events);
    return status;
}

stemma_status stm_event_said_list(stemma_event_cursor *cursor, stemma_error *error)
{
    const stm_role_set any = {0, NULL};
    stm_leaper *list = &cursor->lists[cursor->list_count++];
    stemma_status status = stm_event_list_open(cursor, list, STM_TABLE_SPEAKER,
                                               cursor->checks->speaker, &any, error);
    if (status == STEMMA_OK && cursor->snapshot->until != STEMMA_NONE) {
        status = list_quoted_then(cursor, list, error);
    }
    return status;
}
