/* SPDX-License-Identifier: MIT */
/* What one document says, decoded whole. */
#include "bytes.h"
#include "decompress.h"
#include "dictionary.h"
#include "document.h"
#include "error.h"
#include "testimony_record.h"

#define HEADER 5u /* codec, u32 raw size */

/* Parts of one document: a document of 4096 parts says 4 GiB of things. */
#define PARTS_MAX 4096u

/* The raw payload of a part: in the file itself when it is stored raw. */
static stemma_status get_part(stemma_snapshot *snapshot, uint32_t document, uint32_t part,
                              stemma_bytes *raw, stemma_error *error)
{
    stemma_bytes value;
    stemma_status status =
        stm_snapshot_get_u32x2(snapshot, STM_TABLE_TESTIMONY, document, part, &value, error);
    if (status != STEMMA_OK) {
        return status;
    }
    if (value.size < HEADER) {
        return stm_damaged(error, STM_TABLE_TESTIMONY, document, "TESTIMONY_HEADER");
    }
    uint8_t codec = value.data[0];
    size_t size = stm_load_le32(value.data + 1);
    stemma_bytes packed = {value.data + HEADER, value.size - HEADER};
    if (codec == STM_CODEC_RAW) {
        *raw = packed;
        return size == packed.size
                   ? STEMMA_OK
                   : stm_damaged(error, STM_TABLE_TESTIMONY, document, "TESTIMONY_HEADER");
    }
    uint8_t *bytes = stm_snapshot_alloc(snapshot, size, error);
    if (bytes == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    status =
        stm_decompress(snapshot, codec, snapshot->file->testimony_dictionary, packed, bytes, size);
    if (status == STEMMA_E_DAMAGED) {
        return stm_damaged(error, STM_TABLE_TESTIMONY, document, "TESTIMONY_COMPRESSION");
    }
    raw->data = bytes;
    raw->size = size;
    return status;
}

static bool counted_all(const stm_testimony_need *need, const stm_document_extra *extra)
{
    return need->referents >= extra->referents && need->mentions >= extra->mentions &&
           need->assertions >= extra->assertions;
}

/* Reads parts until they hold what the document counts. `parts` has room for PARTS_MAX. */
static stemma_status get_parts(stemma_snapshot *snapshot, uint32_t document,
                               const stm_document_extra *extra, stemma_bytes *parts,
                               uint32_t *count, stm_testimony_need *need, stemma_error *error)
{
    *count = 0;
    while (!counted_all(need, extra)) {
        stm_fault fault = {"TESTIMONY_COUNT", 0};
        stemma_status status = STEMMA_NOT_FOUND;
        if (*count < PARTS_MAX) {
            status = get_part(snapshot, document, *count, &parts[*count], error);
        }
        if (status == STEMMA_NOT_FOUND) {
            return stm_damaged(error, STM_TABLE_TESTIMONY, document, "TESTIMONY_COUNT");
        }
        if (status != STEMMA_OK) {
            return status;
        }
        status = stm_testimony_count(parts[*count], need, &fault);
        if (status != STEMMA_OK) {
            return stm_record_failed(error, status, STM_TABLE_TESTIMONY, document, &fault);
        }
        (*count)++;
    }
    if (need->referents != extra->referents || need->mentions != extra->mentions ||
        need->assertions != extra->assertions) {
        return stm_damaged(error, STM_TABLE_TESTIMONY, document, "TESTIMONY_COUNT");
    }
    return STEMMA_OK;
}

static stemma_status decode(stemma_snapshot *snapshot, uint32_t document,
                            const stm_document_extra *extra, stemma_document *out,
                            stemma_error *error)
{
    stm_testimony_need need = {0};
    stm_testimony testimony;
    stm_fault fault = {"", 0};
    uint32_t count = 0;
    stemma_bytes *parts = stm_snapshot_array(snapshot, PARTS_MAX, sizeof *parts, error);
    if (parts == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    stemma_status status = get_parts(snapshot, document, extra, parts, &count, &need, error);
    if (status != STEMMA_OK) {
        return status;
    }
    void *memory = stm_snapshot_alloc(snapshot, stm_testimony_size(&need), error);
    if (memory == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    stm_testimony_begin(&testimony, &need, memory);
    for (uint32_t i = 0; i < count && status == STEMMA_OK; i++) {
        status = stm_testimony_decode(&testimony, parts[i], &snapshot->file->bounds, out->text_size,
                                      &fault);
    }
    if (status == STEMMA_OK) {
        status = stm_testimony_end(&testimony, out, &fault);
    }
    return status == STEMMA_OK
               ? STEMMA_OK
               : stm_record_failed(error, status, STM_TABLE_TESTIMONY, document, &fault);
}

stemma_status stemma_testimony_get(stemma_snapshot *snapshot, uint32_t document,
                                   stemma_document *out, stemma_error *error)
{
    stm_document_extra extra;
    stemma_status status = stm_document_load(snapshot, document, out, &extra, error);
    return status == STEMMA_OK ? decode(snapshot, document, &extra, out, error) : status;
}
