/* SPDX-License-Identifier: MIT */
/* Articles that are looked into for one entity and then for the next: those of a prefix share half of theirs, and
 * unpacking one costs ten times as much as what is read of it. */
#include "read/known.h"

#include "base/error.h"
#include "read/document.h"
#include "read/testimony_one.h"
#include "testimony_record.h"

/* Copies it to where it outlives the snapshot's reset; NULL when there is no room. */
static stm_known_article *keep(stemma_snapshot *snapshot, uint32_t document, stemma_bytes part,
                               const stm_tally *tally, const uint32_t *own)
{
    size_t counts = tally->referents * sizeof *own;
    size_t size = sizeof(stm_known_article) + counts + tally->head;
    stm_known_article *out = stm_known_keep(snapshot, snapshot->known, size);
    if (out != NULL) {
        out->document = document;
        out->referents = tally->referents;
        out->mentions = tally->mentions;
        out->size = size;
        out->own = (uint32_t *)(out + 1);
        memcpy(out->own, own, counts);
        uint8_t *head = (uint8_t *)(out->own + tally->referents);
        memcpy(head, part.data, tally->head);
        out->head.data = head;
        out->head.size = tally->head;
    }
    return out;
}

/* What is wrong with a document is for its reader to tell: it is not kept then. */
static stemma_status make(stemma_snapshot *snapshot, uint32_t document, stm_known_article **out,
                          stemma_error *error)
{
    stemma_bytes value, part;
    stemma_document record;
    stm_document_extra extra;
    stm_tally tally;
    stm_fault fault = {"", 0};
    stemma_status status = stm_document_find(snapshot, document, &value, &record, &extra, error);
    *out = NULL;
    if (status == STEMMA_OK && extra.referents != 0) {
        status = stm_testimony_part(snapshot, document, 0, &part, error);
    } else if (status == STEMMA_OK) {
        status = STEMMA_NOT_FOUND;
    }
    if (status != STEMMA_OK || extra.referents > part.size) {
        return status == STEMMA_E_NO_MEMORY ? status : STEMMA_OK;
    }
    uint32_t *own = stm_snapshot_array(snapshot, extra.referents, sizeof *own, error);
    if (own == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    memset(own, 0, extra.referents * sizeof *own);
    status = stm_testimony_tally(part, own, extra.referents, &tally, &fault);
    if (status == STEMMA_OK && tally.referents == extra.referents &&
        tally.mentions == extra.mentions) {
        *out = keep(snapshot, document, part, &tally, own);
    }
    return STEMMA_OK;
}

stemma_status stm_known_article_get(stemma_snapshot *snapshot, uint32_t document,
                                    const stm_known_article **out, stemma_error *error)
{
    stm_known *known = NULL;
    *out = NULL;
    stemma_status status = stm_known_get(snapshot, &known, error);
    if (status != STEMMA_OK) {
        return status;
    }
    stm_known_article **slot = &known->article[document % STM_KNOWN_ARTICLE_SLOTS];
    if (*slot == NULL || (*slot)->document != document) {
        stm_known_article *made = NULL;
        stm_mark mark = stm_snapshot_mark(snapshot);
        if (*slot != NULL) {
            stm_known_drop(known, *slot, (*slot)->size);
            *slot = NULL;
        }
        status = make(snapshot, document, &made, error);
        stm_snapshot_rewind(snapshot, mark);
        *slot = made;
    }
    *out = *slot;
    return status;
}
