/* SPDX-License-Identifier: MIT */
/* Who is tied by claims: they are found by whom they are about, so that whom they name is looked for
   in those as well. */
#include "paths/path_tie.h"

#include "read/entity.h"
#include "base/error.h"

#define CLAIMS_OF_ONE 4096u /* claims of one entity that are looked at */
#define LOOKED_BACK   512u  /* nodes, and documents, whose claims are looked at for whom they name */

uint32_t stm_path_object(const stemma_claim *claim)
{
    uint32_t entity = claim->object.kind == STEMMA_OBJECT_REFERENT ? claim->object.as.referent
                      : claim->object.kind == STEMMA_OBJECT_PLACE
                          ? claim->object.as.place.referent
                          : STEMMA_NONE;
    return claim->object_referent_kind == STEMMA_REFERENT_ENTITY ? entity : STEMMA_NONE;
}

/* One claim as an edge, and whom it names; STEMMA_NONE when that counts for nothing. */
static stemma_status take_claim(stm_path_search *search, uint32_t number, stemma_path_edge *edge,
                                uint32_t *object, stemma_error *error)
{
    stemma_claim claim;
    stm_mark mark = stm_snapshot_mark(search->snapshot);
    stemma_status status = stemma_claim_get(search->snapshot, number, &claim, error);
    *object = STEMMA_NONE;
    if (status == STEMMA_OK && (search->denied || claim.polarity != STEMMA_POLARITY_NEGATIVE)) {
        *edge = (stemma_path_edge){STEMMA_REFERENCE_CLAIM, number, claim.documents,
                                   claim.independent, 0};
        *object = stm_path_object(&claim);
    }
    stm_snapshot_rewind(search->snapshot, mark);
    return status == STEMMA_NOT_FOUND ? STEMMA_OK : status; /* not made yet */
}

/* The claims about an entity, those that are not made yet among them. */
static stemma_status claims_of(stm_path_search *search, uint32_t entity, uint32_t *first,
                               uint32_t *count, stemma_error *error)
{
    stemma_entity subject;
    stemma_status status = stm_entity_whole(search->snapshot, entity, false, &subject, error);
    *count = 0;
    if (status == STEMMA_OK) {
        *first = subject.claim_first;
        *count = subject.claim_count < CLAIMS_OF_ONE ? subject.claim_count : CLAIMS_OF_ONE;
        search->cut |= *count < subject.claim_count;
    }
    return status == STEMMA_NOT_FOUND ? STEMMA_OK : status;
}

/* Ties whom the claims about node `node` name. */
stemma_status stm_path_tie_claims(stm_path_search *search, stm_path_side *side, uint32_t node,
                                stemma_error *error)
{
    uint32_t first = 0, count;
    stemma_status status = claims_of(search, side->nodes[node].entity, &first, &count, error);
    for (uint32_t i = 0; status == STEMMA_OK && i < count; i++) {
        stemma_path_edge edge;
        uint32_t object;
        status = take_claim(search, first + i, &edge, &object, error);
        if (status == STEMMA_OK && object != STEMMA_NONE) {
            status = stm_path_tie_add(search, side, node, object, &edge, error);
        }
    }
    return status;
}

/* Ties an entity to whom of the last but one level of `side` the claims about it name. */
static stemma_status tie_back(stm_path_search *search, stm_path_side *side, uint32_t entity,
                              stemma_error *error)
{
    uint32_t first = 0, count;
    stemma_status status = claims_of(search, entity, &first, &count, error);
    for (uint32_t i = 0; status == STEMMA_OK && i < count; i++) {
        stemma_path_edge edge;
        uint32_t object, node;
        status = take_claim(search, first + i, &edge, &object, error);
        node = status == STEMMA_OK && object != STEMMA_NONE ? stm_path_find(side, object)
                                                            : STEMMA_NONE;
        if (node != STEMMA_NONE && side->nodes[node].level + 1u == side->level) {
            status = stm_path_tie_add(search, side, node, entity, &edge, error);
        }
    }
    return status;
}

stemma_status stm_path_claims_back(stm_path_search *search, stm_path_side *side,
                                   const stm_path_side *other, stemma_error *error)
{
    uint32_t end = other->count;
    stemma_status status = STEMMA_OK;
    if (side->level == 0 || (side->level == 1 && side->by_documents)) {
        return STEMMA_OK;
    }
    if (end - other->frontier > LOOKED_BACK) {
        end = other->frontier + LOOKED_BACK;
        search->cut = 1;
    }
    search->backwards = 1;
    for (uint32_t i = other->frontier; status == STEMMA_OK && i < end; i++) {
        status = tie_back(search, side, other->nodes[i].entity, error);
    }
    search->backwards = 0;
    return status;
}

/* Whom the assertions of one document are about that name one of its referents: entities, each once,
   into search->taken from `*count` on. */
static stemma_status take_subjects(stm_path_search *search, stemma_referent_id named,
                                   uint32_t *count, stemma_error *error)
{
    stemma_snapshot *snapshot = search->snapshot;
    stemma_document document;
    stemma_status status = stemma_document_get(snapshot, named.document, &document, error);
    if (status == STEMMA_OK && document.row_count == 0) {
        status = stemma_testimony_get(snapshot, named.document, &document, error);
    }
    if (status != STEMMA_OK || document.row_count != 0) {
        return status; /* rows tell of events, not of entities */
    }
    for (uint32_t i = 0; status == STEMMA_OK && i < document.assertion_count; i++) {
        const stemma_assertion *one = &document.assertions[i];
        uint32_t object = one->object.kind == STEMMA_OBJECT_REFERENT ? one->object.as.referent
                          : one->object.kind == STEMMA_OBJECT_PLACE
                              ? one->object.as.place.referent
                              : STEMMA_NONE;
        stemma_referent_id subject = {named.document, one->subject};
        stemma_reference owner;
        if (object != named.referent) {
            continue;
        }
        status = stemma_member_of(snapshot, subject, &owner, error);
        int again = status != STEMMA_OK || owner.kind != STEMMA_REFERENCE_ENTITY;
        for (uint32_t k = 0; k < *count && !again; k++) {
            again = search->taken[k].entity == owner.number;
        }
        if (!again && *count < STM_PATH_TAKEN) {
            search->taken[(*count)++] = (stm_path_taken){owner.number, 0};
        } else if (!again) {
            search->cut = 1;
        }
    }
    return status;
}

/* Ties those to an end whose claims name it, by the documents that speak of the end, unless there are
   too many: then only the other side can tell. */
stemma_status stm_path_tie_subjects(stm_path_search *search, stm_path_side *side, stemma_error *error)
{
    stemma_snapshot *snapshot = search->snapshot;
    stemma_reference end = {STEMMA_REFERENCE_ENTITY, side->nodes[0].entity};
    const stemma_referent_id *members = NULL;
    uint32_t member_count = 0, count = 0;
    stm_mark mark = stm_snapshot_mark(snapshot);
    stemma_status status = stemma_members(snapshot, end, &members, &member_count, error);
    side->by_documents = status == STEMMA_OK && member_count <= LOOKED_BACK;
    search->cut |= !side->by_documents;
    for (uint32_t i = 0; status == STEMMA_OK && side->by_documents && i < member_count; i++) {
        stm_mark inner = stm_snapshot_mark(snapshot);
        status = take_subjects(search, members[i], &count, error);
        stm_snapshot_rewind(snapshot, inner);
        status = status == STEMMA_NOT_FOUND ? STEMMA_OK : status;
    }
    stm_snapshot_rewind(snapshot, mark);
    search->backwards = 1;
    for (uint32_t i = 0; status == STEMMA_OK && i < count; i++) {
        status = tie_back(search, side, search->taken[i].entity, error);
    }
    search->backwards = 0;
    return status == STEMMA_NOT_FOUND ? STEMMA_OK : status;
}
