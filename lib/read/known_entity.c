/* SPDX-License-Identifier: MIT */
/* An entity as the known documents call it: SPEC.md 11.6, applied to the known members. */
#include "read/known.h"

#include <stdlib.h>

#include "read/entity.h"
#include "base/error.h"
#include "base/grow.h"
#include "index/index_rows.h"
#include "key.h"
#include "file/late.h"
#include "name/name_show.h"
#include "read/row.h"
#include "read/testimony_glance.h"

/* A name as one document uses it. */
typedef struct name_use {
    stemma_text text;
    uint32_t document;
    uint8_t kind;
} name_use;

/* An entity on its way. Arrays are the caller's to free. */
typedef struct sum {
    stemma_snapshot *snapshot;
    name_use *uses;
    size_t use_count, use_capacity;
    char *scratch; /* texts of names of the member at hand */
    size_t scratch_size, scratch_capacity;
    uint32_t *types;
    stemma_text stands; /* the name that the whole file shows, when one of the first shows it, too */
    uint64_t mentions;
    uint32_t documents;
    stemma_entity_name *names; /* in the snapshot's memory */
    uint32_t name_count;
    uint32_t shown;
} sum;

static stemma_status no_memory(stemma_error *error)
{
    return stm_fail(error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "entity",
                    "The system refused memory");
}

/* ---- Members --------------------------------------------------------------------------------- */

/* Adds a name without its text, which goes to the scratch. */
static stemma_status add_name(sum *self, stemma_text text, uint8_t kind, uint32_t document,
                              stemma_error *error)
{
    name_use *uses =
        stm_grow(self->uses, &self->use_capacity, self->use_count + 1, sizeof *uses);
    if (uses == NULL) {
        return no_memory(error);
    }
    self->uses = uses;
    char *scratch =
        stm_grow(self->scratch, &self->scratch_capacity, self->scratch_size + text.size + 1, 1);
    if (scratch == NULL) {
        return no_memory(error);
    }
    self->scratch = scratch;
    memcpy(scratch + self->scratch_size, text.data, text.size);
    self->scratch_size += text.size;
    uses[self->use_count++] = (name_use){{NULL, text.size}, document, kind};
    return STEMMA_OK;
}

/* Copies the texts of the names from number `first` on out of the scratch, to where they stay. */
static stemma_status keep_texts(sum *self, size_t first, stemma_error *error)
{
    const char *from = self->scratch;
    char *to = stm_snapshot_alloc(self->snapshot, self->scratch_size, error);
    if (to == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    if (self->scratch_size != 0) {
        memcpy(to, from, self->scratch_size);
    }
    for (size_t i = first; i < self->use_count; i++) {
        self->uses[i].text.data = to;
        to += self->uses[i].text.size;
    }
    self->scratch_size = 0;
    return STEMMA_OK;
}

/* A member in an article: what was read of it is given back at once. */
static stemma_status add_article(sum *self, stemma_referent_id member, uint32_t *type,
                                 stemma_error *error)
{
    stm_glance glance;
    const stm_glance_name *names = NULL;
    size_t first = self->use_count;
    stm_mark mark = stm_snapshot_mark(self->snapshot);
    stemma_status status =
        stm_testimony_glance_at(self->snapshot, member, &glance, &names, error);
    for (uint32_t i = 0; status == STEMMA_OK && i < glance.name_count; i++) {
        status = add_name(self, names[i].text, names[i].kind, member.document, error);
    }
    stm_snapshot_rewind(self->snapshot, mark);
    if (status == STEMMA_OK) {
        *type = glance.type;
        self->mentions += glance.own_mentions;
        status = keep_texts(self, first, error);
    }
    return status;
}

/* A member that is an actor of a data set. */
static stemma_status add_actor(sum *self, stemma_referent_id member, uint32_t *type,
                               stemma_error *error)
{
    const stm_known_document *document = NULL;
    size_t first = self->use_count;
    stemma_status status =
        stm_known_document_uses(self->snapshot, member.document, &document, error);
    if (status == STEMMA_OK && member.referent >= document->referents) {
        return stm_damaged(error, STM_TABLE_MEMBERSHIP, member.document, "NUMBER_OUT_OF_RANGE");
    }
    if (status != STEMMA_OK) {
        return status;
    }
    *type = document->type[member.referent];
    self->mentions += document->mentions[member.referent];
    for (uint32_t n = document->name_first[member.referent];
         status == STEMMA_OK && n < document->name_first[member.referent + 1]; n++) {
        const stm_known_name *name = &document->names[n];
        status = add_name(self, name->text, name->kind, member.document, error);
    }
    return status == STEMMA_OK ? keep_texts(self, first, error) : status;
}

static stemma_status add_members(sum *self, const stemma_referent_id *members, uint32_t count,
                                 stemma_error *error)
{
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 0; i < count && status == STEMMA_OK; i++) {
        const stm_data_set *set = NULL;
        status = stm_data_set_find(self->snapshot, members[i].document, &set, error);
        if (status == STEMMA_OK) {
            status = set->rows != 0 ? add_actor(self, members[i], &self->types[i], error)
                                    : add_article(self, members[i], &self->types[i], error);
        }
    }
    return status;
}

/* ---- Names ----------------------------------------------------------------------------------- */

static int compare_uses(const void *a, const void *b)
{
    const name_use *left = a;
    const name_use *right = b;
    int order = stemma_text_compare(left->text, right->text);
    if (order != 0) {
        return order;
    }
    return (left->document > right->document) - (left->document < right->document);
}

static int compare_names(const void *a, const void *b)
{
    const stemma_entity_name *left = a;
    const stemma_entity_name *right = b;
    if (left->documents != right->documents) {
        return left->documents > right->documents ? -1 : 1;
    }
    return stemma_text_compare(left->text, right->text);
}

static stemma_status add_up_names(sum *self, bool person, stemma_error *error)
{
    const name_use *uses = self->uses;
    self->names = stm_snapshot_array(self->snapshot, self->use_count, sizeof *self->names, error);
    if (self->names == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    if (self->use_count > 1) {
        qsort(self->uses, self->use_count, sizeof *self->uses, compare_uses);
    }
    for (size_t i = 0; i < self->use_count; i++) {
        bool again = i != 0 && stemma_text_equal(uses[i].text, uses[i - 1].text);
        if (!again) {
            self->names[self->name_count++] =
                (stemma_entity_name){uses[i].text, uses[i].kind, 1};
            continue;
        }
        stemma_entity_name *name = &self->names[self->name_count - 1];
        name->documents += uses[i].document != uses[i - 1].document;
        name->kind = uses[i].kind < name->kind ? uses[i].kind : name->kind;
    }
    if (self->name_count > 1) {
        qsort(self->names, self->name_count, sizeof *self->names, compare_names);
    }
    for (uint32_t i = 0; i < self->name_count; i++) {
        if (self->stands.size != 0 && stemma_text_equal(self->names[i].text, self->stands)) {
            self->shown = i;
            return STEMMA_OK;
        }
        if (stm_name_is_better(&self->names[i], &self->names[self->shown], person)) {
            self->shown = i;
        }
    }
    return STEMMA_OK;
}

/* ---- Keeping --------------------------------------------------------------------------------- */

/* Copies it to where it outlives the snapshot's reset. */
static stemma_status keep(sum *self, uint32_t entity, uint32_t type, stm_known_kept **out,
                          stemma_error *error)
{
    stm_known *known = self->snapshot->known;
    stm_known_kept **slot = &known->entity[entity % STM_KNOWN_ENTITY_SLOTS];
    size_t size = sizeof **slot + self->name_count * sizeof *self->names;
    for (uint32_t i = 0; i < self->name_count; i++) {
        size += self->names[i].text.size;
    }
    if (*slot != NULL) {
        stm_known_drop(known, *slot, (*slot)->size);
        *slot = NULL;
    }
    stm_known_kept *kept = stm_known_keep(self->snapshot, known, size);
    if (kept == NULL) {
        return no_memory(error);
    }
    kept->entity = entity;
    kept->type = type;
    kept->documents = self->documents;
    kept->mentions = self->mentions < UINT32_MAX ? (uint32_t)self->mentions : UINT32_MAX - 1;
    kept->events = STEMMA_NONE;
    kept->shown = self->shown;
    kept->name_count = self->name_count;
    kept->size = size;
    kept->names = (stemma_entity_name *)(kept + 1);
    char *texts = (char *)(kept->names + self->name_count);
    for (uint32_t i = 0; i < self->name_count; i++) {
        stemma_text text = self->names[i].text;
        memcpy(texts, text.data, text.size);
        kept->names[i] = self->names[i];
        kept->names[i].text.data = texts;
        texts += text.size;
    }
    *slot = kept;
    *out = kept;
    return STEMMA_OK;
}

/* Distinct documents of members, which ascend. */
static uint32_t count_documents(const stemma_referent_id *members, uint32_t count)
{
    uint32_t documents = 0;
    for (uint32_t i = 0; i < count; i++) {
        documents += i == 0 || members[i].document != members[i - 1].document;
    }
    return documents;
}

static uint32_t project(uint64_t counted, uint32_t count, uint32_t most)
{
    uint64_t all = counted * count / STM_KNOWN_READ;
    all = all > counted ? all : counted;
    return all < most ? (uint32_t)all : most;
}

/* From what was counted in a sample to what all known members may add up to, which is no more than
   what the whole file has. */
static void project_all(sum *self, const stemma_entity *whole, uint32_t count)
{
    self->mentions = project(self->mentions, count, whole->mentions);
    for (uint32_t i = 0; i < self->name_count; i++) {
        stemma_entity_name *name = &self->names[i];
        for (uint32_t k = 0; k < whole->name_count; k++) {
            if (stemma_text_equal(whole->names[k].text, name->text)) {
                uint32_t most = whole->names[k].documents;
                most = most < self->documents ? most : self->documents;
                name->documents = project(name->documents, count, most);
                break;
            }
        }
    }
}

/* The name that the whole file shows stands when one of the first members has it. */
static void let_stand(sum *self, const stemma_entity *whole, uint32_t last_document)
{
    bool stands = false;
    for (size_t i = 0; i < self->use_count && !stands; i++) {
        stands = self->uses[i].document <= last_document &&
                 stemma_text_equal(self->uses[i].text, whole->name);
    }
    self->stands = stands ? whole->name : (stemma_text){NULL, 0};
}

/* Reads the members, or of many a sample; gives the type of most of them. */
static stemma_status add_some(sum *self, const stemma_entity *whole,
                              const stemma_referent_id *members, uint32_t count, uint32_t *type,
                              stemma_error *error)
{
    const stm_vocabulary *vocabulary = &self->snapshot->file->bounds.vocabulary;
    stemma_referent_id sample[STM_KNOWN_READ];
    bool many = count > STM_KNOWN_READ;
    const stemma_referent_id *read = members;
    for (uint32_t i = 0; many && i < STM_KNOWN_READ; i++) {
        sample[i] = members[stm_known_pick(i, count)];
        read = sample;
    }
    uint32_t read_count = many ? STM_KNOWN_READ : count;
    stemma_status status = add_members(self, read, read_count, error);
    if (status != STEMMA_OK) {
        return status;
    }
    *type = stm_most_frequent(self->types, read_count);
    for (uint32_t i = 0; many && i < STM_KNOWN_LOOK; i++) {
        if (stemma_text_equal(vocabulary->terms[self->types[i]].name, whole->type)) {
            *type = self->types[i];
        }
    }
    if (many) {
        let_stand(self, whole, sample[STM_KNOWN_LOOK - 1].document);
    }
    bool person =
        stemma_text_equal(vocabulary->terms[*type].name, stemma_text_of("person"));
    status = add_up_names(self, person, error);
    self->documents = count_documents(members, count);
    if (status == STEMMA_OK && many) {
        project_all(self, whole, count);
    }
    return status;
}

static stemma_status make(stemma_snapshot *snapshot, const stemma_entity *whole,
                          stm_known_kept **out, stemma_error *error)
{
    uint32_t entity = whole->number;
    stemma_reference of = {STEMMA_REFERENCE_ENTITY, entity};
    const stemma_referent_id *members = NULL;
    uint32_t count = 0;
    uint32_t type = 0;
    sum self = {.snapshot = snapshot};
    stemma_entity named;
    stm_mark mark = stm_snapshot_mark(snapshot);
    stemma_status status = stm_entity_whole(snapshot, entity, true, &named, error);
    if (status == STEMMA_OK) {
        status = stemma_members(snapshot, of, &members, &count, error);
    }
    if (status == STEMMA_OK) {
        self.types = stm_snapshot_array(snapshot, count, sizeof *self.types, error);
        status = self.types != NULL ? add_some(&self, &named, members, count, &type, error)
                                    : STEMMA_E_NO_MEMORY;
    }
    if (status == STEMMA_OK) {
        status = keep(&self, entity, type, out, error);
    }
    free(self.uses);
    free(self.scratch);
    stm_snapshot_rewind(snapshot, mark);
    return status;
}

static stemma_status find_kept(stemma_snapshot *snapshot, const stemma_entity *whole,
                               stm_known_kept **out, stemma_error *error)
{
    uint32_t entity = whole->number;
    stm_known *known = NULL;
    stemma_status status = stm_known_get(snapshot, &known, error);
    if (status != STEMMA_OK) {
        return status;
    }
    *out = known->entity[entity % STM_KNOWN_ENTITY_SLOTS];
    if (*out != NULL && (*out)->entity == entity) {
        return STEMMA_OK;
    }
    return make(snapshot, whole, out, error);
}

/* ---- The entity ------------------------------------------------------------------------------ */

/* Names for the caller, in the snapshot's memory. */
static stemma_status give_names(stemma_snapshot *snapshot, const stm_known_kept *kept,
                                stemma_entity *out, stemma_error *error)
{
    stemma_entity_name *names =
        stm_snapshot_array(snapshot, kept->name_count, sizeof *names, error);
    if (names == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < kept->name_count; i++) {
        char *text = stm_snapshot_alloc(snapshot, kept->names[i].text.size, error);
        if (text == NULL) {
            return STEMMA_E_NO_MEMORY;
        }
        memcpy(text, kept->names[i].text.data, kept->names[i].text.size);
        names[i] = kept->names[i];
        names[i].text.data = text;
    }
    out->names = names;
    out->name_count = kept->name_count;
    out->name = kept->name_count != 0 ? names[kept->shown].text : (stemma_text){NULL, 0};
    return STEMMA_OK;
}

stemma_status stm_known_entity(stemma_snapshot *snapshot, const stemma_entity *whole,
                               bool want_events, stemma_entity *out, stemma_error *error)
{
    stemma_reference of = {STEMMA_REFERENCE_ENTITY, whole->number};
    stm_known_kept *kept = NULL;
    bool is_whole = whole->documents <= 1;
    stemma_status status = STEMMA_OK;
    if (whole->first.document >= snapshot->until) {
        return STEMMA_NOT_FOUND;
    }
    *out = *whole;
    if (!is_whole) {
        status = stm_known_whole(snapshot, of, &is_whole, error);
    }
    if (status != STEMMA_OK || is_whole) {
        return status;
    }
    status = find_kept(snapshot, whole, &kept, error);
    if (status == STEMMA_OK) {
        out->type = snapshot->file->bounds.vocabulary.terms[kept->type].name;
        out->documents = kept->documents;
        out->mentions = kept->mentions;
        status = give_names(snapshot, kept, out, error);
    }
    if (status == STEMMA_OK && want_events) {
        uint32_t events = kept->events;
        if (events == STEMMA_NONE) {
            status = stm_known_count_events(snapshot, whole->number, &events, error);
            /* counting may have dropped what is kept */
            kept = snapshot->known->entity[whole->number % STM_KNOWN_ENTITY_SLOTS];
            if (status == STEMMA_OK && kept != NULL && kept->entity == whole->number) {
                kept->events = events;
            }
        }
        out->events = events;
    }
    return status;
}
