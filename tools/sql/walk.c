/* SPDX-License-Identifier: MIT */
#include "sql/walk.h"

#include "common/format_buffer.h"

stemma_status stm_sql_walk_load(struct stm_sql_cursor *cursor, struct stm_sql_walk *walk,
                                uint32_t document)
{
    if (walk->loaded && walk->number == document) {
        return STEMMA_OK;
    }
    stemma_status status = stm_sql_need(cursor, &cursor->document);
    walk->loaded = false;
    walk->text_loaded = false;
    stm_arena_free(&walk->arena);
    if (status == STEMMA_OK) {
        stemma_snapshot_reset(cursor->document);
        status = stemma_testimony_get(cursor->document, document, &walk->document, &cursor->error);
    }
    walk->number = document;
    walk->loaded = status == STEMMA_OK;
    return status;
}

void stm_sql_walk_begin(struct stm_sql_walk *walk, const struct stm_sql_numbers *documents)
{
    walk->documents = *documents;
    walk->begun = false;
    walk->one = false;
}

stemma_status stm_sql_walk_next(struct stm_sql_cursor *cursor, struct stm_sql_walk *walk)
{
    if (stm_sql_none(&walk->documents)) {
        return STEMMA_END;
    }
    stemma_status status =
        stm_sql_walk_load(cursor, walk, (uint32_t)walk->documents.first++);
    walk->begun = status == STEMMA_OK;
    walk->next = walk->row = walk->place = 0;
    return status == STEMMA_NOT_FOUND ? STEMMA_END : status;
}

/* ---- Assertions ---- */

stemma_status stm_sql_walk_get(struct stm_sql_cursor *cursor, struct stm_sql_walk *walk,
                               uint32_t document, uint32_t ordinal)
{
    stemma_witness witness = {document, ordinal};
    stemma_status status = document < cursor->base->documents
                               ? stm_sql_walk_load(cursor, walk, document)
                               : STEMMA_NOT_FOUND;
    if (status != STEMMA_OK) {
        return status;
    }
    walk->ordinal = ordinal;
    if (ordinal < walk->document.assertion_count) {
        walk->assertion = walk->document.assertions[ordinal];
        return STEMMA_OK;
    }
    if (walk->document.row_count == 0) {
        return STEMMA_NOT_FOUND;
    }
    return stemma_witness_assertion(cursor->item, witness, &walk->assertion, &cursor->error);
}

stemma_status stm_sql_walk_one(struct stm_sql_cursor *cursor, struct stm_sql_walk *walk,
                               sqlite3_value *number)
{
    struct stm_sql_numbers place = {0, INT64_MAX};
    walk->documents = (struct stm_sql_numbers){1, 0};
    walk->begun = false;
    stm_sql_narrow(&place, number, STM_SQL_EQ, false);
    if (stm_sql_none(&place)) {
        return STEMMA_END;
    }
    stemma_status status = stm_sql_need(cursor, &cursor->item);
    if (status == STEMMA_OK) {
        status = stm_sql_walk_get(cursor, walk, (uint32_t)(place.first >> 32),
                                  (uint32_t)place.first);
    }
    walk->one = status == STEMMA_OK;
    return status == STEMMA_NOT_FOUND ? STEMMA_END : status;
}

/* The next assertion of the document at hand. */
static stemma_status next_of_document(struct stm_sql_cursor *cursor, struct stm_sql_walk *walk)
{
    if (walk->next < walk->document.assertion_count) {
        walk->ordinal = walk->next++;
        walk->assertion = walk->document.assertions[walk->ordinal];
        return STEMMA_OK;
    }
    while (walk->row < walk->document.row_count) {
        uint32_t first = 0;
        uint32_t count = 0;
        stemma_status status = stemma_row_assertions(cursor->item, walk->number, walk->row, &first,
                                                     &count, &cursor->error);
        if (status != STEMMA_OK) {
            return status == STEMMA_NOT_FOUND ? STEMMA_E_DAMAGED : status;
        }
        if (walk->place >= count) {
            walk->row++;
            walk->place = 0;
            continue;
        }
        walk->ordinal = first + walk->place++;
        status = stm_sql_walk_get(cursor, walk, walk->number, walk->ordinal);
        if (status != STEMMA_NOT_FOUND) {
            return status;
        }
    }
    return STEMMA_END;
}

stemma_status stm_sql_walk_assertion(struct stm_sql_cursor *cursor, struct stm_sql_walk *walk)
{
    stemma_status status = STEMMA_OK;
    if (walk->one) {
        walk->one = false;
        return STEMMA_OK;
    }
    while (status == STEMMA_OK) {
        status = walk->begun ? next_of_document(cursor, walk) : STEMMA_END;
        if (status != STEMMA_END) {
            return status;
        }
        status = stm_sql_walk_next(cursor, walk);
    }
    return status;
}

/* ---- Text ---- */

static stemma_status load_text(struct stm_sql_cursor *cursor, struct stm_sql_walk *walk)
{
    stemma_status status = STEMMA_OK;
    if (walk->text_loaded) {
        return STEMMA_OK;
    }
    walk->text = (stemma_text){NULL, 0};
    if (!walk->document.text_withheld) {
        status = stemma_text_get(cursor->document, walk->number,
                                 stemma_whole_span(&walk->document), &walk->text, &cursor->error);
    }
    if (status == STEMMA_OK) {
        status =
            stm_offsets_init(&walk->offsets, &walk->arena, walk->text, STM_OFFSET_CODEPOINT);
    }
    walk->text_loaded = status == STEMMA_OK;
    return status;
}

/* A stranger's span may begin inside a character. */
static uint32_t boundary(stemma_text text, uint32_t at)
{
    at = at < text.size ? at : (uint32_t)text.size;
    while (at != 0 && at < text.size && ((unsigned char)text.data[at] & 0xC0u) == 0x80u) {
        at--;
    }
    return at;
}

stemma_status stm_sql_walk_offset(struct stm_sql_cursor *cursor, struct stm_sql_walk *walk,
                                  sqlite3_context *context, uint32_t byte)
{
    stemma_status status = load_text(cursor, walk);
    if (status == STEMMA_OK && !walk->document.text_withheld) {
        sqlite3_result_int64(context,
                             stm_offsets_from_byte(&walk->offsets, boundary(walk->text, byte)));
    }
    return status;
}

stemma_status stm_sql_walk_words(struct stm_sql_cursor *cursor, struct stm_sql_walk *walk,
                                 sqlite3_context *context, const stemma_span *spans,
                                 uint32_t count)
{
    struct stm_buffer words = {0};
    stemma_status status = load_text(cursor, walk);
    for (uint32_t i = 0; i < count && status == STEMMA_OK; i++) {
        uint32_t start = boundary(walk->text, spans[i].start);
        uint32_t end = boundary(walk->text, spans[i].end);
        stm_buffer_add_string(&words, i != 0 ? " \xE2\x80\xA6 " : "");
        if (end > start) {
            stm_buffer_add(&words, (stemma_text){walk->text.data + start, end - start});
        }
    }
    if (words.failed) {
        status = STEMMA_E_NO_MEMORY;
    }
    if (status == STEMMA_OK && !walk->document.text_withheld) {
        stm_sql_text(context, stm_buffer_text(&words));
    }
    stm_buffer_free(&words);
    return status;
}

stemma_status stm_sql_member(struct stm_sql_cursor *cursor, sqlite3_context *context,
                             uint32_t document, uint32_t referent, uint8_t kind)
{
    stemma_referent_id id = {document, referent};
    stemma_reference member;
    if (referent == STEMMA_NONE) {
        return STEMMA_OK;
    }
    stemma_status status = stemma_member_of(cursor->item, id, &member, &cursor->error);
    if (status == STEMMA_OK && member.kind == kind) {
        stm_sql_number(context, member.number);
    }
    return status;
}

void stm_sql_walk_end(struct stm_sql_walk *walk)
{
    stm_arena_free(&walk->arena);
}

double stm_sql_each_document(const struct stm_sql_base *base, uint64_t rows)
{
    return base->counts.documents != 0 ? (double)rows / (double)base->counts.documents : 1;
}
