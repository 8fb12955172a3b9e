/* SPDX-License-Identifier: MIT */
/* Texts of documents, decompressed block by block. */
#include "bytes.h"
#include "base/decompress.h"
#include "read/document.h"
#include "base/error.h"
#include "limits.h"
#include "utf8.h"

static stemma_status get_block(stemma_snapshot *snapshot, uint32_t document, uint32_t block,
                               uint8_t *out, size_t size, stemma_error *error)
{
    stemma_bytes value;
    stemma_status status =
        stm_snapshot_get_u32x2(snapshot, STM_TABLE_TEXT, document, block, &value, error);
    if (status == STEMMA_NOT_FOUND || (status == STEMMA_OK && value.size == 0)) {
        return stm_damaged(error, STM_TABLE_TEXT, document, "TEXT_BLOCK_MISSING");
    }
    if (status != STEMMA_OK) {
        return status;
    }
    uint8_t codec = value.data[0];
    value.data++;
    value.size--;
    status = stm_decompress(snapshot, codec, snapshot->file->text_dictionary, value, out, size);
    if (status == STEMMA_E_NO_MEMORY) {
        return stm_fail(error, status, "NO_MEMORY", "text", "Out of memory");
    }
    return status == STEMMA_E_DAMAGED ? stm_damaged(error, STM_TABLE_TEXT, document, "TEXT_BLOCK")
                                      : status;
}

/* Whole blocks are UTF-8 but for a sequence that begins in the block before or ends in the next. */
static bool blocks_are_utf8(stemma_text text, bool at_start, bool at_end)
{
    size_t begin = 0;
    size_t end = text.size;
    while (!at_start && begin < end && begin < 3 && !stm_utf8_boundary(text, begin)) {
        begin++;
    }
    stemma_text inner = {text.data + begin, end - begin};
    size_t fault = stm_utf8_fault(inner);
    if (fault == inner.size) {
        return true;
    }
    if (at_end || inner.size - fault > 3 || ((unsigned char)inner.data[fault] & 0xc0) != 0xc0) {
        return false;
    }
    for (size_t i = fault + 1; i < inner.size; i++) {
        if (((unsigned char)inner.data[i] & 0xc0) != 0x80) {
            return false;
        }
    }
    return true;
}

stemma_status stemma_text_get(stemma_snapshot *snapshot, uint32_t document, stemma_span span,
                              stemma_text *out, stemma_error *error)
{
    stemma_bytes value;
    stemma_document record;
    stm_document_extra extra;
    stemma_text nothing = {"", 0};
    stemma_status status = stm_document_find(snapshot, document, &value, &record, &extra, error);
    if (status != STEMMA_OK) {
        return status;
    }
    if (record.text_withheld) {
        return STEMMA_NOT_FOUND;
    }
    uint32_t end = stemma_whole_span(&record).end;
    end = span.end < end ? span.end : end;
    if (span.start >= end) {
        *out = nothing;
        return STEMMA_OK;
    }
    uint32_t first = span.start / STEMMA_TEXT_BLOCK;
    uint32_t last = (end - 1) / STEMMA_TEXT_BLOCK;
    size_t base = (size_t)first * STEMMA_TEXT_BLOCK;
    size_t stop = ((size_t)last + 1) * STEMMA_TEXT_BLOCK;
    if (stop > record.text_size) {
        stop = record.text_size;
    }
    uint8_t *bytes = stm_snapshot_alloc(snapshot, stop - base, error);
    if (bytes == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t block = first; block <= last; block++) {
        size_t at = (size_t)block * STEMMA_TEXT_BLOCK;
        size_t size = stop - at < STEMMA_TEXT_BLOCK ? stop - at : STEMMA_TEXT_BLOCK;
        status = get_block(snapshot, document, block, bytes + (at - base), size, error);
        if (status != STEMMA_OK) {
            return status;
        }
    }
    stemma_text whole = {(const char *)bytes, stop - base};
    if (!blocks_are_utf8(whole, first == 0, stop == record.text_size)) {
        return stm_damaged(error, STM_TABLE_TEXT, document, "TEXT_NOT_UTF8");
    }
    out->data = whole.data + (span.start - base);
    out->size = end - span.start;
    return STEMMA_OK;
}
