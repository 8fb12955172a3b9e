/* SPDX-License-Identifier: MIT */
/* Places within places, by what documents say. */
#include "stemma/place.h"

#include <stdlib.h>

#include "read/entity.h"
#include "base/error.h"
#include "key.h"
#include "file/late.h"
#include "file/snapshot.h"

/* Places that one is said to lie in directly; of more, those of the lowest numbers, which are
   mentioned most. */
#define PARENTS_MOST 8u

/* Different places that claims of one entity name. */
#define SAID_MOST 64u

typedef struct said {
    uint32_t place;
    uint32_t affirmed; /* independent documents, of the claim that most of them make */
    uint32_t denied;
} said;

typedef struct parents {
    uint32_t place[PARENTS_MOST]; /* ascending */
    uint32_t count;
} parents;

static bool is(stemma_text text, const char *word)
{
    return stemma_text_equal(text, stemma_text_of(word));
}

/* The place that a claim says another lies in, or STEMMA_NONE. */
static uint32_t place_of(const stemma_claim *claim)
{
    if ((!is(claim->predicate, "located") && !is(claim->predicate, "part_of")) ||
        claim->object_referent_kind != STEMMA_REFERENT_ENTITY) {
        return STEMMA_NONE;
    }
    return claim->object.kind == STEMMA_OBJECT_REFERENT ? claim->object.as.referent
           : claim->object.kind == STEMMA_OBJECT_PLACE  ? claim->object.as.place.referent
                                                        : STEMMA_NONE;
}

static void note(said *list, uint32_t *count, uint32_t place, const stemma_claim *claim)
{
    uint32_t at = 0;
    while (at < *count && list[at].place != place) {
        at++;
    }
    if (at == SAID_MOST) {
        return;
    }
    if (at == *count) {
        list[(*count)++] = (said){place, 0, 0};
    }
    uint32_t *side =
        claim->polarity == STEMMA_POLARITY_NEGATIVE ? &list[at].denied : &list[at].affirmed;
    *side = claim->independent > *side ? claim->independent : *side;
}

static void choose(const said *list, uint32_t count, uint32_t itself, parents *out)
{
    uint32_t best = 0;
    out->count = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (list[i].affirmed > list[i].denied && list[i].place != itself &&
            list[i].affirmed > best) {
            best = list[i].affirmed;
        }
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t at = out->count;
        if (list[i].affirmed <= list[i].denied || list[i].place == itself ||
            (uint64_t)list[i].affirmed * 2 < best) {
            continue;
        }
        while (at > 0 && out->place[at - 1] > list[i].place) {
            if (at < PARENTS_MOST) {
                out->place[at] = out->place[at - 1];
            }
            at--;
        }
        if (at < PARENTS_MOST) {
            out->place[at] = list[i].place;
            out->count += out->count < PARENTS_MOST;
        }
    }
}

/* What an entity lies in directly, by its claims. Leaves no memory behind. */
static stemma_status get_parents(stemma_snapshot *snapshot, uint32_t place, uint32_t claim_first,
                                 uint32_t claim_count, parents *out, stemma_error *error)
{
    said list[SAID_MOST];
    uint32_t count = 0;
    for (uint32_t i = 0; i < claim_count; i++) {
        stm_mark mark = stm_snapshot_mark(snapshot);
        stemma_claim claim;
        stemma_status status = stemma_claim_get(snapshot, claim_first + i, &claim, error);
        if (status == STEMMA_OK) {
            uint32_t outer = place_of(&claim);
            if (outer != STEMMA_NONE) {
                note(list, &count, outer, &claim);
            }
        }
        stm_snapshot_rewind(snapshot, mark);
        if (status != STEMMA_OK && status != STEMMA_NOT_FOUND) {
            return status;
        }
    }
    choose(list, count, place, out);
    return STEMMA_OK;
}

/* The same, of an entity by its number. STEMMA_NOT_FOUND when there is none. */
static stemma_status find_parents(stemma_snapshot *snapshot, uint32_t place, parents *out,
                                  stemma_error *error)
{
    stm_mark mark = stm_snapshot_mark(snapshot);
    stemma_entity entity;
    stemma_status status = stm_entity_here(snapshot, place, &entity, error);
    stm_snapshot_rewind(snapshot, mark);
    return status == STEMMA_OK ? get_parents(snapshot, place, entity.claim_first,
                                             entity.claim_count, out, error)
                               : status;
}

/* ---- Up ---- */

/* Places on the way up. */
#define UP_MOST 256u

stemma_status stemma_place_within(stemma_snapshot *snapshot, uint32_t inner, uint32_t outer,
                                  uint8_t *answer, stemma_error *error)
{
    uint32_t way[UP_MOST];
    uint32_t count = 1;
    uint32_t at = 0;
    stemma_entity entity;
    stm_mark mark = stm_snapshot_mark(snapshot);
    stemma_status status = stm_entity_here(snapshot, outer, &entity, error);
    stm_snapshot_rewind(snapshot, mark);
    way[0] = inner;
    *answer = 0;
    for (uint32_t step = 0; status == STEMMA_OK && step <= STEMMA_PLACE_STEPS && at < count;
         step++) {
        for (uint32_t end = count; at < end && status == STEMMA_OK; at++) {
            parents above;
            if (way[at] == outer) {
                *answer = 1;
                return STEMMA_OK;
            }
            status = find_parents(snapshot, way[at], &above, error);
            if (status == STEMMA_NOT_FOUND && at != 0) { /* as of then nobody spoke of it */
                status = STEMMA_OK;
                continue;
            }
            for (uint32_t i = 0; status == STEMMA_OK && i < above.count; i++) {
                uint32_t known = 0;
                while (known < count && way[known] != above.place[i]) {
                    known++;
                }
                if (known == count && count < UP_MOST) {
                    way[count++] = above.place[i];
                }
            }
        }
    }
    return status;
}

stemma_status stemma_place_parents(stemma_snapshot *snapshot, uint32_t place, const uint32_t **out,
                                   uint32_t *count, stemma_error *error)
{
    parents above;
    stemma_status status = find_parents(snapshot, place, &above, error);
    if (status != STEMMA_OK) {
        return status;
    }
    uint32_t *places = stm_snapshot_array(snapshot, above.count, sizeof *places, error);
    if (places == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    memcpy(places, above.place, above.count * sizeof *places);
    *out = places;
    *count = above.count;
    return STEMMA_OK;
}

/* ---- Down ---- */

/* A place that lies directly in some other. */
typedef struct inner {
    uint32_t place;
    parents above;
} inner;

typedef struct down {
    stemma_snapshot *snapshot;
    inner *inner;
    uint32_t count;
    uint32_t room;
    uint8_t cut;
} down;

/* Claims of an entity. */
static stemma_status claims_of(stemma_snapshot *snapshot, uint32_t entity, uint32_t *first,
                               uint32_t *count, stemma_error *error)
{
    stm_mark mark = stm_snapshot_mark(snapshot);
    stemma_entity record;
    stemma_status status = stm_entity_here(snapshot, entity, &record, error);
    stm_snapshot_rewind(snapshot, mark);
    *first = status == STEMMA_OK ? record.claim_first : 0;
    *count = status == STEMMA_OK ? record.claim_count : 0;
    return status == STEMMA_NOT_FOUND ? STEMMA_OK : status;
}

static stemma_status look_at(down *self, uint32_t entity, stemma_error *error)
{
    uint32_t first = 0;
    uint32_t count = 0;
    inner found = {entity, {{0}, 0}};
    stemma_status status = claims_of(self->snapshot, entity, &first, &count, error);
    if (status != STEMMA_OK || count == 0) {
        return status;
    }
    status = get_parents(self->snapshot, entity, first, count, &found.above, error);
    if (status != STEMMA_OK || found.above.count == 0) {
        return status;
    }
    if (self->count == self->room) {
        uint32_t room = self->room != 0 ? self->room * 2 : 64;
        inner *larger = stm_snapshot_array(self->snapshot, room, sizeof *larger, error);
        if (larger == NULL) {
            return STEMMA_E_NO_MEMORY;
        }
        if (self->count != 0) {
            memcpy(larger, self->inner, self->count * sizeof *larger);
        }
        self->inner = larger;
        self->room = room;
    }
    self->inner[self->count++] = found;
    return STEMMA_OK;
}

/* Looks at the entities that the file has as places, those most mentioned first. */
static stemma_status look_at_all(down *self, stemma_error *error)
{
    const stm_bounds *bounds = &self->snapshot->file->bounds;
    stm_posting_source source;
    uint32_t first = 0;
    uint32_t end = 0;
    uint32_t looked = 0;
    stm_vocabulary_below(&bounds->vocabulary, STEMMA_TERM_ENTITY_TYPE, stemma_text_of("place"),
                         &first, &end);
    stm_posting_cursor *cursor = stm_snapshot_alloc(self->snapshot, sizeof *cursor, error);
    if (cursor == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    stemma_status status = stm_snapshot_source(self->snapshot, STM_TABLE_TYPE, &source, error);
    if (status != STEMMA_OK) {
        return status;
    }
    for (uint32_t term = first; term < end && status == STEMMA_OK && !self->cut; term++) {
        stm_list_key key;
        uint32_t entity = 0;
        stm_list_key_u32(&key, term);
        status = stm_posting_cursor_open(cursor, &source, stm_list_key_bytes(&key),
                                         bounds->entities);
        while (status == STEMMA_OK &&
               (status = stm_posting_cursor_next(cursor, &entity, NULL)) == STEMMA_OK) {
            if (looked++ == STEMMA_PLACE_MOST) {
                self->cut = 1;
                break;
            }
            status = look_at(self, entity, error);
            if (status != STEMMA_OK) {
                stm_snapshot_source_return(&source);
                return status;
            }
        }
        if (status < 0) {
            status = stm_damaged(error, STM_TABLE_TYPE, term, "POSTINGS");
        }
        status = status == STEMMA_END ? STEMMA_OK : status;
    }
    stm_snapshot_source_return(&source);
    return status;
}

static int by_place(const void *left, const void *right)
{
    uint32_t a = ((const inner *)left)->place;
    uint32_t b = ((const inner *)right)->place;
    return (a > b) - (a < b);
}

/* In how many steps a place lies in the outer one, as far as `steps` knows; 0: not. */
static uint32_t steps_of(const down *self, const uint8_t *steps, uint32_t place)
{
    uint32_t low = 0;
    uint32_t high = self->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (self->inner[middle].place < place) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < self->count && self->inner[low].place == place ? steps[low] : 0;
}

/* Works out in how many steps each lies in the outer one; how many do. */
static uint32_t mark_inside(const down *self, uint32_t outer, uint8_t *steps)
{
    uint32_t inside = 0;
    uint32_t before = STEMMA_NONE;
    for (uint32_t step = 1; step <= STEMMA_PLACE_STEPS && before != inside; step++) {
        before = inside;
        for (uint32_t i = 0; i < self->count; i++) {
            const inner *one = &self->inner[i];
            for (uint32_t p = 0; steps[i] == 0 && one->place != outer && p < one->above.count;
                 p++) {
                uint32_t above = one->above.place[p];
                uint32_t up = above == outer ? 0 : steps_of(self, steps, above);
                if (above == outer || (up != 0 && up < step)) {
                    steps[i] = (uint8_t)step;
                    inside++;
                }
            }
        }
    }
    return inside;
}

/* The places that are inside, and the outer one among them. */
static stemma_status gather(down *self, uint32_t outer, const uint32_t **out, uint32_t *count,
                            stemma_error *error)
{
    uint8_t *steps = stm_snapshot_array(self->snapshot, self->count, 1, error);
    if (steps == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    memset(steps, 0, self->count);
    uint32_t inside = mark_inside(self, outer, steps);
    uint32_t *places = stm_snapshot_array(self->snapshot, (uint64_t)inside + 1, sizeof *places, error);
    bool put = false;
    if (places == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    *count = 0;
    for (uint32_t i = 0; i < self->count; i++) {
        if (!put && self->inner[i].place >= outer) {
            places[(*count)++] = outer;
            put = true;
        }
        if (steps[i] != 0) {
            places[(*count)++] = self->inner[i].place;
        }
    }
    if (!put) {
        places[(*count)++] = outer;
    }
    *out = places;
    return STEMMA_OK;
}

stemma_status stemma_place_inside(stemma_snapshot *snapshot, uint32_t place, const uint32_t **out,
                                  uint32_t *count, uint8_t *cut, stemma_error *error)
{
    down self = {.snapshot = snapshot};
    if (place >= snapshot->file->bounds.entities) {
        return STEMMA_NOT_FOUND;
    }
    stemma_status status = stm_late_need(snapshot, error);
    if (status == STEMMA_OK) {
        status = look_at_all(&self, error);
    }
    if (status != STEMMA_OK) {
        return status;
    }
    if (self.count > 1) {
        qsort(self.inner, self.count, sizeof *self.inner, by_place);
    }
    if (cut != NULL) {
        *cut = self.cut;
    }
    return gather(&self, place, out, count, error);
}
