/* SPDX-License-Identifier: MIT */
/* What one document says, decoded whole. */
#include "bytes.h"
#include "base/decompress.h"
#include "base/dictionary.h"
#include "read/document.h"
#include "base/error.h"
#include "read/known.h"
#include "read/testimony_glance.h"
#include "read/testimony_one.h"

#define HEADER 5u /* codec, u32 raw size */

/* Parts of one document: one of 4096 parts says 4 GiB of things. Nearly all have one. */
#define PARTS_MAX 4096u
#define PARTS_FEW 8u

/* The raw parts of a document; `all` is `few` until they are too many. */
typedef struct part_list {
    stemma_bytes few[PARTS_FEW];
    stemma_bytes *all;
    uint32_t count;
} part_list;

static stemma_status make_room(part_list *parts, stemma_snapshot *snapshot, stemma_error *error)
{
    if (parts->count != PARTS_FEW) {
        return STEMMA_OK;
    }
    stemma_bytes *more = stm_snapshot_array(snapshot, PARTS_MAX, sizeof *more, error);
    if (more == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    memcpy(more, parts->few, sizeof parts->few);
    parts->all = more;
    return STEMMA_OK;
}

stemma_status stm_testimony_part(stemma_snapshot *snapshot, uint32_t document, uint32_t part,
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
    if (!stm_decompress_can(codec, packed, size)) {
        return stm_damaged(error, STM_TABLE_TESTIMONY, document, "TESTIMONY_COMPRESSION");
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
    if (status == STEMMA_E_NO_MEMORY) {
        return stm_fail(error, status, "NO_MEMORY", "testimony", "Out of memory");
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

/* Reads parts until they hold what the document counts. */
static stemma_status get_parts(stemma_snapshot *snapshot, uint32_t document,
                               const stm_document_extra *extra, part_list *parts,
                               stm_testimony_need *need, stemma_error *error)
{
    while (!counted_all(need, extra)) {
        stm_fault fault = {"", 0};
        stemma_status status = make_room(parts, snapshot, error);
        if (status != STEMMA_OK) {
            return status;
        }
        stemma_bytes *part = &parts->all[parts->count];
        status = STEMMA_NOT_FOUND;
        if (parts->count < PARTS_MAX) {
            status = stm_testimony_part(snapshot, document, parts->count, part, error);
        }
        if (status == STEMMA_NOT_FOUND) {
            return stm_damaged(error, STM_TABLE_TESTIMONY, document, "TESTIMONY_COUNT");
        }
        if (status != STEMMA_OK) {
            return status;
        }
        status = stm_testimony_count(*part, need, &fault);
        if (status != STEMMA_OK) {
            return stm_record_failed(error, status, STM_TABLE_TESTIMONY, document, &fault);
        }
        parts->count++;
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
    part_list parts;
    parts.all = parts.few;
    parts.count = 0;
    stemma_status status = get_parts(snapshot, document, extra, &parts, &need, error);
    if (status != STEMMA_OK) {
        return status;
    }
    void *memory = stm_snapshot_alloc(snapshot, stm_testimony_size(&need), error);
    if (memory == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    stm_testimony_begin(&testimony, &need, memory);
    for (uint32_t i = 0; i < parts.count && status == STEMMA_OK; i++) {
        status = stm_testimony_decode(&testimony, parts.all[i], &snapshot->file->bounds,
                                      stemma_whole_span(out).end, &fault);
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

/* Reads parts until the document has no more referents and mentions. */
static stemma_status glance_parts(stemma_snapshot *snapshot, stemma_referent_id referent,
                                  stm_glance *glance, stemma_error *error)
{
    stemma_bytes value;
    stemma_document record;
    stm_document_extra extra;
    stm_fault fault = {"", 0};
    stemma_status status =
        stm_document_find(snapshot, referent.document, &value, &record, &extra, error);
    for (uint32_t part = 0; status == STEMMA_OK && (glance->referents < extra.referents ||
                                                    glance->mentions < extra.mentions);
         part++) {
        stemma_bytes raw;
        status = part < PARTS_MAX ? stm_testimony_part(snapshot, referent.document, part, &raw, error)
                                  : STEMMA_NOT_FOUND;
        if (status == STEMMA_OK) {
            status = stm_testimony_glance(raw, referent.referent, &snapshot->file->bounds, glance,
                                          &fault);
            if (status != STEMMA_OK) {
                return stm_record_failed(error, status, STM_TABLE_TESTIMONY, referent.document,
                                         &fault);
            }
        }
    }
    return status;
}

/* The same of an article that is kept; one that is not is read. */
static stemma_status glance_known(stemma_snapshot *snapshot, stemma_referent_id referent,
                                  stm_glance *glance, stemma_error *error)
{
    const stm_known_article *article = NULL;
    stm_fault fault = {"", 0};
    stemma_status status = stm_known_article_get(snapshot, referent.document, &article, error);
    if (status != STEMMA_OK) {
        return status;
    }
    if (article == NULL) {
        return glance_parts(snapshot, referent, glance, error);
    }
    status = stm_testimony_glance_head(article->head, referent.referent, &snapshot->file->bounds,
                                       glance, &fault);
    if (status != STEMMA_OK) {
        return stm_record_failed(error, status, STM_TABLE_TESTIMONY, referent.document, &fault);
    }
    glance->mentions = article->mentions;
    glance->own_mentions =
        referent.referent < article->referents ? article->own[referent.referent] : 0;
    return STEMMA_OK;
}

stemma_status stm_testimony_glance_at(stemma_snapshot *snapshot, stemma_referent_id referent,
                                      stm_glance *glance, const stm_glance_name **names,
                                      stemma_error *error)
{
    stm_fault fault = {"", 0};
    memset(glance, 0, sizeof *glance);
    stemma_status status = stm_is_cut(snapshot) ? glance_known(snapshot, referent, glance, error)
                                                : glance_parts(snapshot, referent, glance, error);
    if (status == STEMMA_NOT_FOUND || (status == STEMMA_OK && !glance->found)) {
        return stm_damaged(error, STM_TABLE_TESTIMONY, referent.document, "TESTIMONY_COUNT");
    }
    stm_glance_name *found =
        status == STEMMA_OK
            ? stm_snapshot_array(snapshot, glance->name_count, sizeof *found, error)
            : NULL;
    if (found == NULL) {
        return status == STEMMA_OK ? STEMMA_E_NO_MEMORY : status;
    }
    *names = found;
    status = stm_testimony_glance_names(glance, found, &fault);
    return status == STEMMA_OK ? STEMMA_OK
                               : stm_record_failed(error, status, STM_TABLE_TESTIMONY,
                                                   referent.document, &fault);
}
