/* SPDX-License-Identifier: MIT */
/* From referents to what they are joined into, and back. */
#include "column.h"
#include "read/document.h"
#include "base/error.h"
#include "key.h"
#include "read/known.h"
#include "file/snapshot.h"

/* The block of table `member` that holds a referent, and its place in it. */
static stemma_status get_member(stemma_snapshot *snapshot, stemma_referent_id referent,
                                int64_t *code, stemma_error *error)
{
    stm_column column;
    uint32_t block = referent.referent / STEMMA_EVENT_BLOCK;
    uint32_t row = referent.referent % STEMMA_EVENT_BLOCK;
    stemma_status status = stm_snapshot_column(snapshot, STM_TABLE_MEMBER, 1, referent.document,
                                               block, &column, error);
    if (status != STEMMA_OK) {
        return status; /* not found: the document has fewer referents */
    }
    if (row >= column.count) {
        return STEMMA_NOT_FOUND;
    }
    *code = stm_column_get(&column, row);
    return STEMMA_OK;
}

stemma_status stemma_member_of(stemma_snapshot *snapshot, stemma_referent_id referent,
                               stemma_reference *out, stemma_error *error)
{
    const stm_bounds *bounds = &snapshot->file->bounds;
    int64_t code = 0;
    if (referent.document >= stm_known_documents(snapshot)) {
        return STEMMA_NOT_FOUND;
    }
    stemma_status status = get_member(snapshot, referent, &code, error);
    if (status != STEMMA_OK) {
        return status;
    }
    bool is_event = code >= 0 && code % 2 == 1;
    uint32_t count = is_event ? bounds->events : bounds->entities;
    if (code < 0 || code / 2 >= count) {
        return stm_damaged(error, STM_TABLE_MEMBER, referent.document, "NUMBER_OUT_OF_RANGE");
    }
    out->kind = is_event ? STEMMA_REFERENCE_EVENT : STEMMA_REFERENCE_ENTITY;
    out->number = (uint32_t)(code / 2);
    return STEMMA_OK;
}

/* Members that are listed before it is asked how many there are: mostly there are no more. */
#define LISTED 64u

/* Appends the next members that are known to `out`, which has room for as many. STEMMA_END behind the last one. */
static stemma_status take_members(const stemma_snapshot *snapshot, stm_posting_cursor *cursor,
                                  uint64_t room, stemma_referent_id *out, uint32_t *count)
{
    uint32_t documents[LISTED], referents[LISTED], got = 0;
    uint32_t most = room < LISTED ? (uint32_t)room : LISTED;
    stemma_status status = stm_posting_cursor_next_many(cursor, documents, referents, most, &got);
    *count = 0;
    for (uint32_t i = 0; status == STEMMA_OK && i < got; i++) {
        if (documents[i] >= snapshot->until) {
            return STEMMA_END; /* the others are not known yet */
        }
        out[i] = (stemma_referent_id){documents[i], referents[i]};
        *count = i + 1;
    }
    return status;
}

/* How many there are; from a place of its own in the table, as another list is being read. */
static stemma_status count_members(stemma_snapshot *snapshot, stemma_bytes list, uint64_t *total,
                                   stemma_error *error)
{
    stm_posting_source source;
    stemma_status status = stm_snapshot_source(snapshot, STM_TABLE_MEMBERSHIP, &source, error);
    if (status != STEMMA_OK) {
        return status;
    }
    status = stm_posting_count(&source, list, total);
    stm_snapshot_source_return(&source);
    return status == STEMMA_OK && *total <= UINT32_MAX
               ? STEMMA_OK
               : stm_damaged(error, STM_TABLE_MEMBERSHIP, 0, "POSTINGS");
}

static stemma_status list_members(stemma_snapshot *snapshot, const stm_posting_source *source,
                                  const stm_list_key *list, const stemma_referent_id **out,
                                  uint32_t *count, stemma_error *error)
{
    const stemma_bytes key = stm_list_key_bytes(list);
    stemma_referent_id few[LISTED + 1];
    stemma_referent_id *members = NULL;
    uint64_t total = 0;
    uint32_t at = 0, taken = 0;
    stm_posting_cursor *cursor = stm_snapshot_alloc(snapshot, sizeof *cursor, error);
    if (cursor == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    stemma_status status =
        stm_posting_cursor_open(cursor, source, key, snapshot->file->bounds.documents);
    while (status == STEMMA_OK && at <= LISTED) {
        status = take_members(snapshot, cursor, LISTED + 1 - at, few + at, &taken);
        at += taken;
    }
    if (status == STEMMA_OK) {
        status = count_members(snapshot, key, &total, error);
        if (status != STEMMA_OK) {
            return status;
        }
    } else if (status != STEMMA_END) {
        return stm_damaged(error, STM_TABLE_MEMBERSHIP, 0, "POSTINGS");
    }
    members = stm_snapshot_array(snapshot, total > at ? total : at, sizeof *members, error);
    if (members == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    memcpy(members, few, at * sizeof *members);
    while (status == STEMMA_OK) {
        stemma_referent_id one;
        bool full = at >= total;
        status = take_members(snapshot, cursor, full ? 1 : total - at, full ? &one : members + at,
                              &taken);
        if (full && taken != 0) {
            status = STEMMA_E_DAMAGED; /* more than there were */
        }
        at += full ? 0 : taken;
    }
    if (status != STEMMA_END) {
        return stm_damaged(error, STM_TABLE_MEMBERSHIP, 0, "POSTINGS");
    }
    *out = members;
    *count = at;
    return STEMMA_OK;
}

/* What has one member has no list: the member is the first one, which its row names. */
static stemma_status only_member(stemma_snapshot *snapshot, stemma_reference of,
                                 const stemma_referent_id **out, uint32_t *count,
                                 stemma_error *error)
{
    stemma_referent_id *member = stm_snapshot_alloc(snapshot, sizeof *member, error);
    const stm_event_block *block = NULL;
    stm_event_row row;
    if (member == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    *out = member;
    *count = 1;
    if (of.kind == STEMMA_REFERENCE_ENTITY) {
        return stm_entity_first(snapshot, of.number, member, error);
    }
    stemma_status status = stm_snapshot_event_block(snapshot, of.number, &block, error);
    if (status != STEMMA_OK) {
        return status;
    }
    if (stm_event_block_row(block, of.number % STEMMA_EVENT_BLOCK, &row) != STEMMA_OK) {
        return stm_damaged(error, STM_TABLE_EVENT, of.number, "NUMBER_OUT_OF_RANGE");
    }
    member->document = row.first_document;
    member->referent = row.first_referent;
    return STEMMA_OK;
}

stemma_status stemma_members(stemma_snapshot *snapshot, stemma_reference of,
                             const stemma_referent_id **out, uint32_t *count, stemma_error *error)
{
    const stm_bounds *bounds = &snapshot->file->bounds;
    bool is_event = of.kind == STEMMA_REFERENCE_EVENT;
    stm_posting_source source;
    stm_list_key list;
    if (!is_event && of.kind != STEMMA_REFERENCE_ENTITY) {
        return stm_fail(error, STEMMA_E_MISUSE, "REFERENCE_KIND", "",
                        "Only entities and events have members");
    }
    if (of.number >= (is_event ? bounds->events : bounds->entities)) {
        return STEMMA_NOT_FOUND;
    }
    stm_list_key_membership(&list, is_event ? STM_MEMBERSHIP_EVENT : STM_MEMBERSHIP_ENTITY,
                            of.number);
    stemma_status status = stm_snapshot_source(snapshot, STM_TABLE_MEMBERSHIP, &source, error);
    if (status != STEMMA_OK) {
        return status;
    }
    status = list_members(snapshot, &source, &list, out, count, error);
    stm_snapshot_source_return(&source);
    if (status == STEMMA_OK && *count == 0) {
        status = only_member(snapshot, of, out, count, error);
        if (status == STEMMA_OK && (*out)->document >= snapshot->until) {
            status = STEMMA_NOT_FOUND;
        }
    }
    return status;
}
