/* SPDX-License-Identifier: MIT */
/* The name to show of an entity that is known in part, for lists: as stm_known_entity() has it, but
 * without reading all that the known documents say. They are read one after the other until no other
 * name can win any more: in the whole file each name stands in so many documents, and so many known
 * ones are left. Whether it is a person, of whom full names are shown, is taken from the whole file. */
#include "read/known.h"

#include "read/entity.h"
#include "base/error.h"
#include "name/name_show.h"
#include "read/testimony_glance.h"
#include "read/row.h"

/* A name of the whole file, and how far it has come. */
typedef struct rival {
    const stemma_entity_name *whole;
    int most;               /* its class in the whole file */
    stemma_entity_name own; /* of the documents that were read */
    uint32_t last;          /* document that was counted last + 1 */
} rival;

static void count_name(rival *rivals, uint32_t count, const stm_glance_name *name,
                       uint32_t document)
{
    for (uint32_t i = 0; i < count; i++) {
        rival *one = &rivals[i];
        if (stemma_text_equal(one->whole->text, name->text)) {
            one->own.documents += one->last != document + 1;
            one->own.kind = one->last == 0 || name->kind < one->own.kind ? name->kind
                                                                         : one->own.kind;
            one->last = document + 1;
            return;
        }
    }
}

/* The best of the names that were met; NULL when none was. */
static const rival *best_of(const rival *rivals, uint32_t count, bool person)
{
    const rival *best = NULL;
    for (uint32_t i = 0; i < count; i++) {
        if (rivals[i].last != 0 &&
            (best == NULL || stm_name_is_better(&rivals[i].own, &best->own, person))) {
            best = &rivals[i];
        }
    }
    return best;
}

/* Whether no other name can come before `best` when `left` more documents are read. */
static bool is_decided(const rival *rivals, uint32_t count, const rival *best, bool person,
                       uint32_t left)
{
    int class = best != NULL ? stm_name_class(best->own.text, best->own.kind, person) : 0;
    for (uint32_t i = 0; best != NULL && i < count; i++) {
        const rival *one = &rivals[i];
        uint32_t more = one->whole->documents - one->own.documents;
        more = more < left ? more : left;
        if (one != best &&
            (one->most > class || (one->most == class && one->own.documents + more >=
                                                             best->own.documents))) {
            return false;
        }
    }
    return best != NULL;
}

/* `stands`: the name that the whole file shows; of many members it is shown as soon as it is met. */
static stemma_status read_members(stemma_snapshot *snapshot, const stemma_referent_id *members,
                                  uint32_t member_count, rival *rivals, uint32_t count,
                                  bool person, const rival *stands, const rival **best,
                                  stemma_error *error)
{
    bool many = member_count > STM_KNOWN_READ;
    member_count = many ? STM_KNOWN_LOOK : member_count;
    stemma_status status = STEMMA_OK;
    uint32_t next = 1;
    *best = NULL;
    for (uint32_t i = 0; i < member_count && status == STEMMA_OK; i++) {
        const stm_glance_name *names = NULL;
        const stm_data_set *set = NULL;
        stm_glance glance;
        stm_mark mark = stm_snapshot_mark(snapshot);
        status = stm_data_set_find(snapshot, members[i].document, &set, error);
        if (status == STEMMA_OK && set->rows != 0) {
            return STEMMA_END; /* actors are not read one by one */
        }
        if (status == STEMMA_OK) {
            status = stm_testimony_glance_at(snapshot, members[i], &glance, &names, error);
        }
        for (uint32_t n = 0; status == STEMMA_OK && n < glance.name_count; n++) {
            count_name(rivals, count, &names[n], members[i].document);
        }
        stm_snapshot_rewind(snapshot, mark);
        if (many) {
            *best = stands != NULL && stands->last != 0 ? stands : NULL;
            if (*best != NULL) {
                return status;
            }
            continue;
        }
        if (i + 1 == next || i + 1 == member_count) { /* looked at ever more rarely */
            next += next / 4 + 1;
            *best = best_of(rivals, count, person);
            if (is_decided(rivals, count, *best, person, member_count - 1 - i)) {
                return STEMMA_OK;
            }
        }
    }
    return status == STEMMA_OK && many ? STEMMA_END : status;
}

/* The number of the name to show among those of the whole file; STEMMA_END when it has to be worked
   out in full. */
static stemma_status choose(stemma_snapshot *snapshot, const stemma_entity *whole,
                            uint32_t *shown, stemma_error *error)
{
    stemma_reference of = {STEMMA_REFERENCE_ENTITY, whole->number};
    bool person = stemma_text_equal(whole->type, stemma_text_of("person"));
    stemma_referent_id members[STM_KNOWN_READ + 1];
    const rival *best = NULL;
    const rival *stands = NULL;
    uint32_t count = 0;
    rival *rivals = stm_snapshot_array(snapshot, whole->name_count, sizeof *rivals, error);
    stemma_status status = rivals != NULL ? STEMMA_OK : STEMMA_E_NO_MEMORY;
    if (status == STEMMA_OK) {
        status = stm_known_members(snapshot, of, STM_KNOWN_READ + 1, members, &count, error);
    }
    for (uint32_t i = 0; status == STEMMA_OK && i < whole->name_count; i++) {
        memset(&rivals[i], 0, sizeof rivals[i]);
        rivals[i].whole = &whole->names[i];
        rivals[i].most = stm_name_class(whole->names[i].text, whole->names[i].kind, person);
        rivals[i].own.text = whole->names[i].text;
        if (stands == NULL && stemma_text_equal(whole->names[i].text, whole->name)) {
            stands = &rivals[i];
        }
    }
    if (status == STEMMA_OK) {
        status = read_members(snapshot, members, count, rivals, whole->name_count, person, stands,
                              &best, error);
    }
    if (status == STEMMA_OK) {
        *shown = best != NULL ? (uint32_t)(best - rivals) : STEMMA_NONE;
    }
    return status;
}

stemma_status stm_known_label(stemma_snapshot *snapshot, uint32_t entity, stemma_text *out,
                              stemma_error *error)
{
    stemma_reference of = {STEMMA_REFERENCE_ENTITY, entity};
    stemma_entity whole, known;
    stm_known *kept = NULL;
    bool is_whole = false;
    uint32_t shown = STEMMA_NONE;
    stemma_status status = stm_entity_whole(snapshot, entity, false, &whole, error);
    if (status == STEMMA_OK && whole.first.document >= snapshot->until) {
        return STEMMA_NOT_FOUND;
    }
    if (status == STEMMA_OK) {
        status = stm_known_get(snapshot, &kept, error);
    }
    if (status == STEMMA_OK) {
        is_whole = whole.documents <= 1;
        status = is_whole ? STEMMA_OK : stm_known_whole(snapshot, of, &is_whole, error);
    }
    if (status != STEMMA_OK || is_whole) {
        return status; /* as the whole file has it */
    }
    status = stm_entity_whole(snapshot, entity, true, &whole, error);
    if (status != STEMMA_OK) {
        return status;
    }
    uint32_t *slot = &kept->label[entity % STM_KNOWN_ENTITY_SLOTS];
    uint32_t *slot_of = &kept->label_of[entity % STM_KNOWN_ENTITY_SLOTS];
    /* one name in every document is the name in these */
    if (whole.name_count == 1 && whole.names[0].documents == whole.documents) {
        shown = 0;
    } else if (*slot_of == entity + 1u && *slot < whole.name_count) {
        shown = *slot;
    } else {
        status = choose(snapshot, &whole, &shown, error);
    }
    if (status == STEMMA_END) {
        status = stm_known_entity(snapshot, &whole, false, &known, error);
        if (status == STEMMA_OK) {
            *out = known.name;
        }
        return status;
    }
    if (status == STEMMA_OK) {
        *slot = shown;
        *slot_of = entity + 1u;
        *out = shown < whole.name_count ? whole.names[shown].text : (stemma_text){NULL, 0};
    }
    return status;
}

stemma_status stm_known_entity_type(stemma_snapshot *snapshot, const stemma_entity *whole,
                                    stemma_text *out, stemma_error *error)
{
    stemma_reference of = {STEMMA_REFERENCE_ENTITY, whole->number};
    const stemma_term *terms = snapshot->file->bounds.vocabulary.terms;
    stemma_referent_id members[STM_KNOWN_READ + 1];
    stemma_entity known;
    uint32_t count = 0;
    stemma_status status =
        stm_known_members(snapshot, of, STM_KNOWN_READ + 1, members, &count, error);
    *out = whole->type;
    for (uint32_t i = 0; status == STEMMA_OK && count > STM_KNOWN_READ && i < STM_KNOWN_LOOK; i++) {
        uint32_t term = 0;
        status = stm_known_type(snapshot, members[i], &term, error);
        if (status == STEMMA_OK && stemma_text_equal(terms[term].name, whole->type)) {
            return STEMMA_OK;
        }
    }
    if (status == STEMMA_OK) {
        status = stm_known_entity(snapshot, whole, false, &known, error);
    }
    if (status == STEMMA_OK) {
        *out = known.type;
    }
    return status;
}
