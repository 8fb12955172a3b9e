/* SPDX-License-Identifier: MIT */
#include "read/row_detail.h"

#include <stdlib.h>

#include "bytes.h"
#include "base/decompress.h"
#include "base/dictionary.h"
#include "base/error.h"

#define HEADER 5u /* codec, u32 raw size */

void stm_detail_free(stm_detail *detail)
{
    free(detail->memory);
    free(detail->rare);
}

static stemma_status no_memory(stemma_error *error)
{
    return stm_fail(error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "detail", "The system refused memory");
}

static stemma_status make_room(stemma_snapshot *snapshot, size_t size, stemma_error *error)
{
    stm_detail *detail = &snapshot->detail;
    if (size <= detail->room) {
        return STEMMA_OK;
    }
    if (size > snapshot->file->memory_limit) {
        return stm_fail(error, STEMMA_E_NO_MEMORY, "MEMORY_LIMIT", "detail",
                        "The details need more memory than the limit of %llu bytes allows",
                        (unsigned long long)snapshot->file->memory_limit);
    }
    uint8_t *memory = realloc(detail->memory, size);
    if (memory == NULL) {
        return no_memory(error);
    }
    detail->memory = memory;
    detail->room = size;
    return STEMMA_OK;
}

/* Decodes a part: neighbours are asked for next. */
static stemma_status decode_part(stemma_snapshot *snapshot, stemma_bytes payload, uint32_t event,
                                 stemma_error *error)
{
    const stm_bounds *bounds = &snapshot->file->bounds;
    stm_detail *detail = &snapshot->detail;
    uint32_t first = event - event % STM_DETAIL_PART;
    uint32_t left = bounds->events - first;
    stm_fault fault = {"", 0};
    if (detail->rare == NULL) {
        detail->rare = malloc(STM_DETAIL_PART * sizeof *detail->rare);
        if (detail->rare == NULL) {
            return no_memory(error);
        }
    }
    stemma_status status =
        stm_detail_decode(payload, &bounds->vocabulary, left < STM_DETAIL_PART ? left : STM_DETAIL_PART,
                          detail->rare, &fault);
    return status == STEMMA_OK ? STEMMA_OK
                               : stm_record_failed(error, status, STM_TABLE_DETAIL, event, &fault);
}

/* Brings the part of an event to hand. */
static stemma_status load(stemma_snapshot *snapshot, uint32_t event, stemma_error *error)
{
    stm_detail *detail = &snapshot->detail;
    uint32_t block = event / STEMMA_EVENT_BLOCK;
    uint32_t part = event % STEMMA_EVENT_BLOCK / STM_DETAIL_PART;
    stemma_bytes value;
    detail->part = 0;
    detail->there = false;
    stemma_status status =
        stm_snapshot_get_u32x2(snapshot, STM_TABLE_DETAIL, block, part, &value, error);
    if (status == STEMMA_NOT_FOUND) {
        detail->part = (uint64_t)event / STM_DETAIL_PART + 1;
        return STEMMA_OK;
    }
    if (status != STEMMA_OK) {
        return status;
    }
    if (value.size < HEADER) {
        return stm_damaged(error, STM_TABLE_DETAIL, event, "DETAIL_HEADER");
    }
    stemma_bytes packed = {value.data + HEADER, value.size - HEADER}, payload = packed;
    size_t size = stm_load_le32(value.data + 1);
    if (value.data[0] == STM_CODEC_RAW) {
        if (size != packed.size) {
            return stm_damaged(error, STM_TABLE_DETAIL, event, "DETAIL_HEADER");
        }
    } else if (!stm_decompress_can(value.data[0], packed, size)) {
        return stm_damaged(error, STM_TABLE_DETAIL, event, "DETAIL_COMPRESSION");
    } else {
        status = make_room(snapshot, size, error);
        if (status != STEMMA_OK) {
            return status;
        }
        status = stm_decompress(snapshot, value.data[0], snapshot->file->testimony_dictionary,
                                packed, detail->memory, size);
        if (status == STEMMA_E_DAMAGED) {
            return stm_damaged(error, STM_TABLE_DETAIL, event, "DETAIL_COMPRESSION");
        }
        if (status != STEMMA_OK) {
            return no_memory(error);
        }
        payload = (stemma_bytes){detail->memory, size};
    }
    status = decode_part(snapshot, payload, event, error);
    if (status != STEMMA_OK) {
        return status;
    }
    detail->there = true;
    detail->part = (uint64_t)event / STM_DETAIL_PART + 1;
    return STEMMA_OK;
}

/* Copies a text that the next part would overwrite. */
static bool keep(stemma_snapshot *snapshot, stemma_text *text, stemma_error *error)
{
    if (text->size != 0) {
        char *copy = stm_snapshot_alloc(snapshot, text->size, error);
        if (copy == NULL) {
            return false;
        }
        memcpy(copy, text->data, text->size);
        text->data = copy;
    }
    return true;
}

stemma_status stm_detail_find(stemma_snapshot *snapshot, uint32_t event, stm_row_rare *out,
                              stemma_error *error)
{
    static const stm_row_rare none = STM_ROW_RARE_NONE;
    const stm_detail *detail = &snapshot->detail;
    *out = none;
    if (stm_store_entries(snapshot->file->store, STM_TABLE_DETAIL) == 0) {
        return STEMMA_OK;
    }
    if (detail->part != (uint64_t)event / STM_DETAIL_PART + 1) {
        stemma_status status = load(snapshot, event, error);
        if (status != STEMMA_OK) {
            return status;
        }
    }
    if (!detail->there) {
        return STEMMA_OK;
    }
    *out = detail->rare[event % STM_DETAIL_PART];
    return keep(snapshot, &out->external_id, error) && keep(snapshot, &out->content, error) &&
                   keep(snapshot, &out->amount, error) && keep(snapshot, &out->unit, error) &&
                   keep(snapshot, &out->time, error)
               ? STEMMA_OK
               : STEMMA_E_NO_MEMORY;
}

stemma_status stm_detail_view(stemma_snapshot *snapshot, uint32_t first, const stm_row_rare **out,
                              stemma_error *error)
{
    const stm_detail *detail = &snapshot->detail;
    *out = NULL;
    if (detail->part != (uint64_t)first / STM_DETAIL_PART + 1) {
        stemma_status status = load(snapshot, first, error);
        if (status != STEMMA_OK) {
            return status;
        }
    }
    if (detail->there) {
        *out = detail->rare + first % STM_DETAIL_PART;
    }
    return STEMMA_OK;
}

stemma_status stm_detail_part(stemma_snapshot *snapshot, uint32_t first, uint32_t count,
                              stm_row_rare *out, bool *there, stemma_error *error)
{
    const stm_row_rare *rare = NULL;
    stemma_status status = stm_detail_view(snapshot, first, &rare, error);
    *there = rare != NULL;
    if (rare != NULL) {
        memcpy(out, rare, count * sizeof *out);
    }
    return status;
}
