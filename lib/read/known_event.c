/* SPDX-License-Identifier: MIT */
/* An event as the known documents tell it: SPEC.md 11.5, applied to the known witnesses. */
#include "read/known.h"

#include <stdlib.h>

#include "read/claim.h"
#include "claims/claim_order.h"
#include "base/error.h"
#include "index/index_rows.h"
#include "name/folded.h"
#include "key.h"
#include "file/late.h"

/* ---- Choosing -------------------------------------------------------------------------------- */

/* What the claims of an event add up to. */
typedef struct sum {
    stemma_snapshot *snapshot;
    stemma_event *event;
    stemma_participant *participants; /* room for as many as the whole file has */
    uint32_t *roles;                  /* their terms */
    uint32_t room;
    uint32_t quantity; /* term */
    bool timed;        /* a time was chosen: */
    uint32_t time_independent;
    stemma_text time; /* its EDTF */
    uint32_t place_independent;
    uint32_t seen[256]; /* witnesses of its type, by factuality */
    uint8_t factuality; /* as the whole file has it */
    bool stands;        /* and so it was then */
    bool typed;         /* its type is wanted */
} sum;

static void choose_time(sum *self, const stm_claim_row *claim)
{
    stemma_time_bounds own;
    const stemma_time_bounds *best = &self->event->bounds;
    stemma_text edtf = claim->object.as.time.edtf;
    if (claim->object.kind != STEMMA_OBJECT_TIME || edtf.size == 0 ||
        claim->polarity == STEMMA_POLARITY_NEGATIVE ||
        stemma_edtf_bounds(edtf, &own) != STEMMA_OK) {
        return;
    }
    bool better = !self->timed;
    if (!better && claim->independent != self->time_independent) {
        better = claim->independent > self->time_independent;
    } else if (!better && own.precision != best->precision) {
        better = own.precision > best->precision;
    } else if (!better && own.start_earliest != best->start_earliest) {
        better = own.start_earliest < best->start_earliest;
    } else if (!better) {
        better = stemma_text_compare(edtf, self->time) < 0;
    }
    if (better) {
        self->timed = true;
        self->time = edtf;
        self->time_independent = claim->independent;
        self->event->bounds = own;
    }
}

/* The entity that a claim is about as an object, when it is not denied; or STEMMA_NONE. */
static uint32_t entity_of(const stm_claim_row *claim)
{
    return claim->object_referent_kind == STEMMA_REFERENT_ENTITY &&
                   claim->polarity != STEMMA_POLARITY_NEGATIVE
               ? stm_object_referent(&claim->object)
               : STEMMA_NONE;
}

static void choose_place(sum *self, const stm_claim_row *claim)
{
    uint32_t entity = entity_of(claim);
    if (entity != STEMMA_NONE &&
        (self->event->place == STEMMA_NONE || claim->independent > self->place_independent ||
         (claim->independent == self->place_independent && entity < self->event->place))) {
        self->event->place = entity;
        self->place_independent = claim->independent;
    }
}

static stemma_status add_participant(sum *self, const stm_claim_row *claim, stemma_error *error)
{
    stemma_event *event = self->event;
    uint32_t entity = entity_of(claim);
    uint32_t last = event->participant_count - 1;
    if (entity == STEMMA_NONE) {
        return STEMMA_OK;
    }
    /* Claims ascend by predicate, then object: the same with another polarity comes next. */
    if (event->participant_count != 0 && self->roles[last] == claim->predicate &&
        self->participants[last].entity == entity) {
        return STEMMA_OK;
    }
    if (event->participant_count == self->room) {
        return stm_damaged(error, STM_TABLE_EVENT, event->number, "PARTICIPANT");
    }
    last = event->participant_count++;
    self->roles[last] = claim->predicate;
    self->participants[last].role =
        self->snapshot->file->bounds.vocabulary.terms[claim->predicate].name;
    self->participants[last].entity = entity;
    return STEMMA_OK;
}

static stemma_status see_witnesses(sum *self, const stm_claim_row *claim, stemma_error *error)
{
    stemma_status status = STEMMA_OK;
    bool many = claim->witness_count > STM_KNOWN_READ;
    for (uint32_t i = 0; i < claim->witness_count && i < STM_KNOWN_READ && status == STEMMA_OK;
         i++) {
        uint32_t speaker = 0;
        uint8_t factuality = 0;
        status =
            stm_known_witness(self->snapshot,
                              claim->witnesses[stm_known_pick(i, claim->witness_count)], &speaker,
                              &factuality, error);
        self->seen[factuality] += status == STEMMA_OK;
        if (many && i < STM_KNOWN_LOOK && factuality == self->factuality) {
            self->stands = true; /* as the file has it: the others need not be read */
            break;
        }
    }
    return status;
}

/* Whether it matters who makes a claim, or how many do; of the others that somebody does is enough. */
static bool needs_witnesses(const sum *self, const stm_claim_row *claim)
{
    const stm_row_predicates *terms = &self->snapshot->file->row_predicates;
    return claim->predicate == terms->type || claim->predicate == terms->time ||
           claim->predicate == terms->place;
}

static stemma_status add_claim(sum *self, const stm_claim_row *claim, stemma_error *error)
{
    const stm_row_predicates *terms = &self->snapshot->file->row_predicates;
    if (claim->predicate == terms->type) {
        return see_witnesses(self, claim, error);
    }
    if (claim->predicate == terms->time) {
        choose_time(self, claim);
        return STEMMA_OK;
    }
    if (claim->predicate == terms->place) {
        choose_place(self, claim);
        return STEMMA_OK;
    }
    if (claim->predicate == terms->content || claim->predicate == self->quantity) {
        return STEMMA_OK;
    }
    return add_participant(self, claim, error);
}

/* The most frequent of those that say that it happened, or else of all; the least among equals. */
static void choose_factuality(const sum *self)
{
    const uint32_t happened = STEMMA_POLARITY_POSITIVE | STEMMA_REALIS_ACTUAL << 6;
    uint32_t best = 0;
    bool actual = false;
    if (self->stands) {
        return;
    }
    for (uint32_t i = 0; i < 256; i++) {
        actual = actual || (self->seen[i] != 0 && (i & 0xc3u) == happened);
    }
    for (uint32_t i = 1; i < 256; i++) {
        bool counts = !actual || (i & 0xc3u) == happened;
        bool held = !actual || (best & 0xc3u) == happened;
        if (counts && (self->seen[i] > self->seen[best] || (!held && self->seen[i] != 0))) {
            best = i;
        }
    }
    self->event->polarity = best & 3;
    self->event->certainty = best >> 2 & 3;
    self->event->tense = best >> 4 & 3;
    self->event->realis = best >> 6 & 3;
}

/* ---- Members --------------------------------------------------------------------------------- */

/* The type that most members give that say more than that something happened; `types` has room for all of them. */
static stemma_status choose_type(stemma_snapshot *snapshot, stemma_event *event,
                                 const stemma_referent_id *members, uint32_t count,
                                 uint32_t *types, stemma_error *error)
{
    const stemma_term *terms = snapshot->file->bounds.vocabulary.terms;
    uint32_t read = count < STM_KNOWN_READ ? count : STM_KNOWN_READ;
    for (uint32_t i = 0; i < read; i++) {
        stemma_status status = stm_known_type(snapshot, members[stm_known_pick(i, count)],
                                              &types[i], error);
        if (status != STEMMA_OK) {
            return status;
        }
        if (count > STM_KNOWN_READ && i < STM_KNOWN_LOOK &&
            stemma_text_equal(terms[types[i]].name, event->type)) {
            return STEMMA_OK; /* as the file has it */
        }
    }
    event->type_term = stm_index_event_type(types, read, terms);
    event->type = terms[event->type_term].name;
    return STEMMA_OK;
}

/* Documents and independence from the members that are known, and the type if it is wanted. */
static stemma_status count_members(stemma_snapshot *snapshot, stemma_event *event, bool typed,
                                   stemma_error *error)
{
    stemma_reference of = {STEMMA_REFERENCE_EVENT, event->number};
    const stemma_referent_id *members = NULL;
    uint32_t count = 0;
    uint32_t documents = 0;
    stemma_status status = stemma_members(snapshot, of, &members, &count, error);
    if (status != STEMMA_OK) {
        return status;
    }
    uint32_t *numbers = stm_snapshot_array(snapshot, count, sizeof *numbers, error);
    if (numbers == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    status = typed ? choose_type(snapshot, event, members, count, numbers, error) : STEMMA_OK;
    if (status != STEMMA_OK) {
        return status;
    }
    for (uint32_t i = 0; i < count; i++) {
        if (i == 0 || members[i].document != members[i - 1].document) {
            numbers[documents++] = members[i].document;
        }
    }
    event->documents = documents;
    return stm_known_independent(snapshot, numbers, documents, &event->independent, error);
}

static stemma_status add_up(sum *self, stemma_error *error)
{
    stemma_event *event = self->event;
    stm_mark mark = stm_snapshot_mark(self->snapshot);
    stemma_status status = count_members(self->snapshot, event, self->typed, error);
    for (uint32_t i = 0; i < event->claim_count && status == STEMMA_OK; i++) {
        stm_claim_row claim;
        uint32_t claim_number = event->claim_first + i, document = 0;
        status = stm_claim_head(self->snapshot, claim_number, &claim, &document, error);
        if (status == STEMMA_OK && document >= self->snapshot->until) {
            continue; /* nobody has made it yet */
        }
        if (status == STEMMA_OK && needs_witnesses(self, &claim)) {
            status = stm_known_claim(self->snapshot, claim_number, false, &claim, error);
        }
        if (status == STEMMA_OK) {
            status = add_claim(self, &claim, error);
        } else if (status == STEMMA_NOT_FOUND) {
            status = STEMMA_OK;
        }
    }
    stm_snapshot_rewind(self->snapshot, mark);
    return status;
}

stemma_status stm_known_event_settled(stemma_snapshot *snapshot, uint32_t event, bool *settled,
                                      stemma_error *error)
{
    stemma_reference of = {STEMMA_REFERENCE_EVENT, event};
    const stemma_referent_id *members = NULL;
    uint32_t count = 0;
    stm_mark mark = stm_snapshot_mark(snapshot);
    stemma_status status = stm_known_whole(snapshot, of, settled, error);
    if (status != STEMMA_OK || !*settled) {
        return status;
    }
    status = stemma_members(snapshot, of, &members, &count, error);
    for (uint32_t i = 0; i < count && status == STEMMA_OK && *settled; i++) {
        bool open = false;
        status = stm_known_group_is_open(snapshot, members[i].document, &open, error);
        *settled = !open;
    }
    stm_snapshot_rewind(snapshot, mark);
    return status;
}

stemma_status stm_known_event(stemma_snapshot *snapshot, const stm_event_row *row, bool typed,
                              stemma_event *out, stemma_error *error)
{
    const stemma_time_bounds unknown = {STEMMA_TIME_UNKNOWN_EARLY,
                                        STEMMA_TIME_UNKNOWN_LATE,
                                        STEMMA_TIME_UNKNOWN_EARLY,
                                        STEMMA_TIME_UNKNOWN_LATE,
                                        STEMMA_PRECISION_UNKNOWN,
                                        0,
                                        0,
                                        0};
    if (row->first_document >= snapshot->until) {
        return STEMMA_NOT_FOUND;
    }
    if (row->documents <= 1) { /* what one document says is known as a whole */
        return STEMMA_OK;
    }
    bool settled = false;
    stemma_status status = stm_late_need(snapshot, error);
    if (status == STEMMA_OK) {
        status = stm_known_event_settled(snapshot, out->number, &settled, error);
    }
    if (status != STEMMA_OK || settled) {
        return status;
    }
    sum self = {.snapshot = snapshot,
                .event = out,
                .typed = typed,
                .room = row->participant_count,
                .factuality = (uint8_t)(out->polarity | out->certainty << 2 | out->tense << 4 |
                                        out->realis << 6)};
    self.participants =
        stm_snapshot_array(snapshot, self.room, sizeof *self.participants, error);
    self.roles = stm_snapshot_array(snapshot, self.room, sizeof *self.roles, error);
    if (self.participants == NULL || self.roles == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    self.quantity = STEMMA_NONE;
    (void)stm_vocabulary_find(&snapshot->file->bounds.vocabulary, STEMMA_TERM_PREDICATE,
                              stemma_text_of("quantity"), &self.quantity);
    out->bounds = unknown;
    out->place = STEMMA_NONE;
    out->participant_count = 0;
    status = add_up(&self, error);
    out->participants = self.participants;
    choose_factuality(&self);
    return status;
}

/* ---- Only when --------------------------------------------------------------------------------- */

/* Which predicate a claim of an event has, by the first bytes of its row; `rank` is that of the event's first claim. */
static stemma_status predicate_of(stemma_snapshot *snapshot, uint32_t claim, uint32_t rank,
                                  uint32_t *predicate, stemma_error *error)
{
    stemma_bytes row;
    stm_claim_glance glance;
    stm_claim_row found;
    uint32_t document = 0;
    stm_mark mark = stm_snapshot_mark(snapshot);
    stemma_status status = stm_snapshot_row(snapshot, STM_TABLE_CLAIM, rank, &row, error);
    if (status == STEMMA_OK && stm_claim_glance_at(row, &glance)) {
        *predicate = glance.predicate;
        return STEMMA_OK;
    }
    /* It tells what is wrong. */
    status = status == STEMMA_OK || status == STEMMA_NOT_FOUND
                 ? stm_claim_head(snapshot, claim, &found, &document, error)
                 : status;
    *predicate = status == STEMMA_OK ? found.predicate : 0;
    stm_snapshot_rewind(snapshot, mark);
    return status;
}

/* The first of the claims [*low, high) whose predicate is not below a term: claims ascend by it. `rank` is that of
   *low; none is folded. */
static stemma_status first_of(stemma_snapshot *snapshot, uint32_t *low, uint32_t high, uint32_t rank,
                              uint32_t term, stemma_error *error)
{
    uint32_t first = *low;
    while (*low < high) {
        uint32_t middle = *low + (high - *low) / 2, predicate = 0;
        stemma_status status =
            predicate_of(snapshot, middle, rank + (middle - first), &predicate, error);
        if (status != STEMMA_OK) {
            return status;
        }
        if (predicate < term) {
            *low = middle + 1;
        } else {
            high = middle;
        }
    }
    return STEMMA_OK;
}

/* Those of the claims [claim, *end) that are about time, which come first: where they end, how many are known, and the
   last of these. Most often there is one, of which witnesses need not be counted. */
static stemma_status count_known(sum *self, uint32_t claim, uint32_t rank, uint32_t *end,
                                 uint32_t *count, stm_claim_row *last, stemma_error *error)
{
    uint32_t most = *end, term = self->snapshot->file->row_predicates.time;
    *count = 0;
    for (; claim < most; claim++, rank++) {
        stm_claim_row found;
        uint32_t document = 0, predicate = 0;
        stemma_status status = predicate_of(self->snapshot, claim, rank, &predicate, error);
        if (status == STEMMA_OK && predicate != term) {
            break;
        }
        if (status == STEMMA_OK) {
            status = stm_claim_head(self->snapshot, claim, &found, &document, error);
        }
        if (status != STEMMA_OK) {
            return status;
        }
        if (document < self->snapshot->until) {
            *count += 1;
            *last = found;
        }
    }
    *end = claim;
    return STEMMA_OK;
}

static stemma_status choose_time_of(sum *self, uint32_t claim, uint32_t rank, uint32_t end,
                                    stemma_error *error)
{
    uint32_t count = 0;
    stm_claim_row found;
    stemma_status status = count_known(self, claim, rank, &end, &count, &found, error);
    if (status == STEMMA_OK && count == 1) { /* no other can be better attested */
        choose_time(self, &found);
        return STEMMA_OK;
    }
    for (; status == STEMMA_OK && count != 0 && claim < end; claim++) {
        status = stm_known_claim(self->snapshot, claim, false, &found, error);
        if (status == STEMMA_OK) {
            choose_time(self, &found);
        }
        status = status == STEMMA_NOT_FOUND ? STEMMA_OK : status;
    }
    return status;
}

stemma_status stm_known_event_time(stemma_snapshot *snapshot, uint32_t first, uint32_t count,
                                   stemma_time_bounds *out, stemma_error *error)
{
    uint32_t claim = first, end = first + count;
    stm_claim_place place = {0};
    stemma_event event = {.bounds = {STEMMA_TIME_UNKNOWN_EARLY, STEMMA_TIME_UNKNOWN_LATE,
                                     STEMMA_TIME_UNKNOWN_EARLY, STEMMA_TIME_UNKNOWN_LATE,
                                     STEMMA_PRECISION_UNKNOWN, 0, 0, 0}};
    sum self = {.snapshot = snapshot, .event = &event};
    stm_mark mark = stm_snapshot_mark(snapshot);
    stemma_status status = STEMMA_OK;
    if (claim != end) {
        status = stm_claim_locate(snapshot, claim, &place, error);
    }
    if (status == STEMMA_OK && place.folded) { /* one document tells what is folded */
        status = stm_damaged(error, STM_TABLE_EVENT, place.event, "FOLDED_ROW");
    }
    if (status == STEMMA_OK) {
        status = first_of(snapshot, &claim, end, place.rank, snapshot->file->row_predicates.time,
                          error);
    }
    if (status == STEMMA_OK) {
        status = choose_time_of(&self, claim, place.rank + (claim - first), end, error);
    }
    stm_snapshot_rewind(snapshot, mark);
    *out = event.bounds;
    return status;
}
