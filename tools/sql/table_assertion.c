/* SPDX-License-Identifier: MIT */
/* assertion: what one document says of one of its referents. */
#include "sql/object.h"
#include "sql/walk.h"

enum {
    NUMBER, DOCUMENT, ORDINAL, SUBJECT, EVENT, ENTITY, PREDICATE, OBJECT,
    POLARITY = OBJECT + STM_SQL_OBJECT_COLUMNS, CERTAINTY, TENSE, REALIS, ATTRIBUTION, STANCE,
    SPEAKER, VIA, CONFIDENCE, RUN, CLAIM
};

static const char columns[] =
    "number INTEGER, document INTEGER, ordinal INTEGER, subject INTEGER, event INTEGER, "
    "entity INTEGER, predicate TEXT, " STM_SQL_OBJECT_DECLARED
    ", polarity TEXT, certainty TEXT, tense TEXT, realis TEXT, attribution TEXT, stance TEXT, "
    "speaker INTEGER, via INTEGER, confidence REAL, run INTEGER, claim INTEGER";

enum { S_NUMBER, S_CLAIM, S_DOCUMENT, S_FROM, S_TO };

static const struct stm_sql_slot slots[] = {
    {NUMBER, STM_SQL_EQ, STM_SQL_INTEGER, "number"},
    {CLAIM, STM_SQL_EQ, STM_SQL_INTEGER, "claim"},
    {DOCUMENT, STM_SQL_EQ, STM_SQL_INTEGER, "document"},
    {DOCUMENT, STM_SQL_LOW, STM_SQL_INTEGER, "document range"},
    {DOCUMENT, STM_SQL_HIGH, STM_SQL_INTEGER, "document range"},
};

enum { BY_NUMBER, BY_CLAIM, BY_DOCUMENT, ALL };

static const struct stm_sql_way ways[] = {
    {NULL, STM_SQL_SLOT(S_NUMBER), 0},
    {NULL, STM_SQL_SLOT(S_CLAIM), 0},
    {NULL, STM_SQL_SLOT(S_DOCUMENT), 0},
    {NULL, 0, STM_SQL_SLOT(S_FROM) | STM_SQL_SLOT(S_TO)},
};

struct cursor {
    struct stm_sql_cursor shared;
    struct stm_sql_walk walk;
    unsigned way;
    stemma_claim claim; /* in `list` */
    uint32_t witness;
};

static stemma_status estimate(struct stm_sql_guess *guess, stemma_error *error)
{
    const stemma_counts *counts = &guess->base->counts;
    double each = stm_sql_each_document(guess->base, counts->assertions);
    (void)error;
    guess->unique = guess->way == BY_NUMBER;
    guess->rows = guess->way == BY_NUMBER ? 1
                  : guess->way == BY_CLAIM
                      ? (counts->claims != 0
                             ? (double)counts->assertions / (double)counts->claims
                             : 0)
                      : each * (guess->way == BY_DOCUMENT
                                    ? 1
                                    : stm_sql_guess_numbers(guess, S_DOCUMENT,
                                                            guess->base->documents));
    guess->cost = 20 + 2 * guess->rows; /* a document must be decoded */
    return STEMMA_OK;
}

static unsigned order(const struct stm_sql_guess *guess, const struct stm_sql_order *wanted)
{
    unsigned at = wanted->by[0].column == DOCUMENT && !wanted->by[0].descending ? 1 : 0;
    if (guess->way != BY_DOCUMENT && guess->way != ALL) {
        return 0;
    }
    return at == wanted->count ||
           (!wanted->by[at].descending &&
            (wanted->by[at].column == NUMBER || (at == 1 && wanted->by[at].column == ORDINAL)));
}

static stemma_status by_claim(struct cursor *self, sqlite3_value *value)
{
    struct stm_sql_numbers claim = {0, (int64_t)self->shared.base->counts.claims - 1};
    stm_sql_narrow(&claim, value, STM_SQL_EQ, false);
    self->witness = 0;
    if (stm_sql_none(&claim)) {
        return STEMMA_END;
    }
    stemma_status status = stm_sql_need(&self->shared, &self->shared.list);
    if (status == STEMMA_OK) {
        status = stemma_claim_get(self->shared.list, (uint32_t)claim.first, &self->claim,
                                  &self->shared.error);
    }
    return status == STEMMA_NOT_FOUND ? STEMMA_END : status;
}

static stemma_status filter(struct stm_sql_cursor *cursor, const struct stm_sql_plan *plan)
{
    struct cursor *self = (struct cursor *)cursor;
    struct stm_sql_numbers documents =
        stm_sql_plan_numbers(plan, S_DOCUMENT, cursor->base->documents);
    self->way = plan->way;
    stm_sql_walk_begin(&self->walk, &documents);
    if (plan->way == BY_NUMBER) {
        return stm_sql_walk_one(cursor, &self->walk, plan->value[S_NUMBER]);
    }
    return plan->way == BY_CLAIM ? by_claim(self, plan->value[S_CLAIM]) : STEMMA_OK;
}

static stemma_status next(struct stm_sql_cursor *cursor)
{
    struct cursor *self = (struct cursor *)cursor;
    if (self->way != BY_CLAIM) {
        return stm_sql_walk_assertion(cursor, &self->walk);
    }
    if (self->witness == self->claim.witness_count) {
        return STEMMA_END;
    }
    stemma_witness witness = self->claim.witnesses[self->witness++];
    stemma_status status =
        stm_sql_walk_get(cursor, &self->walk, witness.document, witness.assertion);
    return status == STEMMA_NOT_FOUND ? STEMMA_E_DAMAGED : status;
}

/* What the object names, as entity or event. */
static stemma_status name_object(struct cursor *self, struct stm_sql_named *named)
{
    const stemma_object *object = &self->walk.assertion.object;
    stemma_referent_id id = {self->walk.number, STEMMA_NONE};
    stemma_reference member = {0, 0};
    *named = (struct stm_sql_named){STEMMA_REFERENT_ENTITY, STEMMA_NONE};
    if (object->kind == STEMMA_OBJECT_REFERENT) {
        id.referent = object->as.referent;
    } else if (object->kind == STEMMA_OBJECT_PLACE) {
        id.referent = object->as.place.referent;
    }
    if (id.referent == STEMMA_NONE) {
        return STEMMA_OK;
    }
    stemma_status status =
        stemma_member_of(self->shared.item, id, &member, &self->shared.error);
    named->kind = member.kind == STEMMA_REFERENCE_EVENT ? STEMMA_REFERENT_EVENT
                                                        : STEMMA_REFERENT_ENTITY;
    named->number = member.number;
    return status;
}

static stemma_status claim_of(struct cursor *self, sqlite3_context *context)
{
    stemma_witness witness = {self->walk.number, self->walk.ordinal};
    uint32_t claim = STEMMA_NONE;
    stemma_status status =
        self->way == BY_CLAIM
            ? STEMMA_OK
            : stemma_claim_of(self->shared.item, witness, &claim, &self->shared.error);
    if (status == STEMMA_OK) {
        stm_sql_number(context, self->way == BY_CLAIM ? self->claim.number : claim);
    }
    return status;
}

static stemma_status column(struct stm_sql_cursor *cursor, sqlite3_context *context, int number)
{
    struct cursor *self = (struct cursor *)cursor;
    const struct stm_sql_walk *walk = &self->walk;
    const stemma_assertion *said = &walk->assertion;
    struct stm_sql_named named;
    stemma_status status;
    if (number >= OBJECT && number < POLARITY) {
        status = name_object(self, &named);
        return status != STEMMA_OK
                   ? status
                   : stm_sql_object_column(cursor, context, &said->object, named,
                                           (enum stm_sql_object_column)(number - OBJECT));
    }
    switch (number) {
    case NUMBER: sqlite3_result_int64(context, stm_sql_place(walk->number, walk->ordinal)); break;
    case DOCUMENT: stm_sql_number(context, walk->number); break;
    case ORDINAL: stm_sql_number(context, walk->ordinal); break;
    case SUBJECT: sqlite3_result_int64(context, stm_sql_place(walk->number, said->subject)); break;
    case EVENT:
        return stm_sql_member(cursor, context, walk->number, said->subject,
                              STEMMA_REFERENCE_EVENT);
    case ENTITY:
        return stm_sql_member(cursor, context, walk->number, said->subject,
                              STEMMA_REFERENCE_ENTITY);
    case PREDICATE: stm_sql_text(context, said->predicate); break;
    case POLARITY: stm_sql_word(context, STM_ENUM_POLARITY, said->polarity, false); break;
    case CERTAINTY: stm_sql_word(context, STM_ENUM_CERTAINTY, said->certainty, false); break;
    case TENSE: stm_sql_word(context, STM_ENUM_TENSE, said->tense, false); break;
    case REALIS: stm_sql_word(context, STM_ENUM_REALIS, said->realis, false); break;
    case ATTRIBUTION: stm_sql_word(context, STM_ENUM_ATTRIBUTION, said->attribution, false); break;
    case STANCE: stm_sql_word(context, STM_ENUM_STANCE, said->stance, false); break;
    case SPEAKER:
        return stm_sql_member(cursor, context, walk->number, said->speaker,
                              STEMMA_REFERENCE_ENTITY);
    case VIA:
        return stm_sql_member(cursor, context, walk->number, said->via, STEMMA_REFERENCE_ENTITY);
    case CONFIDENCE: stm_sql_score(context, said->confidence); break;
    case RUN: stm_sql_number(context, said->run); break;
    default: return claim_of(self, context);
    }
    return STEMMA_OK;
}

static int64_t rowid(struct stm_sql_cursor *cursor)
{
    const struct cursor *self = (const struct cursor *)cursor;
    return stm_sql_place(self->walk.number, self->walk.ordinal);
}

static void end_walk(struct stm_sql_cursor *cursor)
{
    stm_sql_walk_end(&((struct cursor *)cursor)->walk);
}

const struct stm_sql_table stm_sql_assertion = {
    .name = "assertion", .columns = columns,
    .slots = slots, .slot_count = sizeof slots / sizeof slots[0],
    .ways = ways, .way_count = sizeof ways / sizeof ways[0],
    .cursor_size = sizeof(struct cursor), .numbered = true,
    .estimate = estimate, .order = order,
    .filter = filter, .next = next, .column = column, .rowid = rowid, .close = end_walk,
};
