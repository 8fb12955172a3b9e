/* SPDX-License-Identifier: MIT */
/* How two claims stand to each other, by what they say. */
#include "claims/claim_place.h"
#include "claims/claim_reading.h"
#include "read/entity.h"
#include "base/error.h"
#include "stemma/name.h"

/* Seconds by which a moment may be off a day that was told elsewhere: UTC-12 to UTC+14. */
#define ZONES (14 * 3600)

/* ---- Counts --------------------------------------------------------------------------------------- */

static bool within(const stm_range *inner, const stm_range *outer)
{
    return (!outer->has_low || (inner->has_low && inner->low >= outer->low)) &&
           (!outer->has_high || (inner->has_high && inner->high <= outer->high));
}

static bool apart(const stm_range *a, const stm_range *b)
{
    return (a->has_high && b->has_low && a->high < b->low) ||
           (b->has_high && a->has_low && b->high < a->low);
}

static stemma_relation of_containment(bool a_in_b, bool b_in_a)
{
    return a_in_b && b_in_a ? STEMMA_RELATION_SAME
           : a_in_b         ? STEMMA_RELATION_MORE_EXACT
           : b_in_a         ? STEMMA_RELATION_LESS_EXACT
                            : STEMMA_RELATION_COMPATIBLE;
}

/* Whether `a` has all the words of `b`. */
static bool has_words(const stm_words *a, const stm_words *b)
{
    for (uint32_t i = 0; i < b->count; i++) {
        bool found = false;
        for (uint32_t j = 0; j < a->count && !found; j++) {
            found = a->stems[j] == b->stems[i];
        }
        if (!found) {
            return false;
        }
    }
    return true;
}

static bool share_head(const stm_words *a, const stm_words *b)
{
    return a->count != 0 && b->count != 0 && a->stems[a->count - 1] == b->stems[b->count - 1];
}

/* The same number of two things is hardly chance: "17 miners" and "17 workers" are the same ones. */
#define TELLING 10.0

static bool is_same_number(const stm_reading *a, const stm_reading *b)
{
    return a->has_range && b->has_range && a->range.has_low && a->range.has_high &&
           b->range.has_low && b->range.has_high && a->range.low >= TELLING &&
           a->range.low == a->range.high && b->range.low == b->range.high &&
           a->range.low == b->range.low;
}

stemma_relation stm_amount_relation(const stm_reading *a, const stm_reading *b)
{
    const stemma_quantity *x = &a->claim->object.as.quantity, *y = &b->claim->object.as.quantity;
    bool a_kind = b->bare || has_words(&a->words, &b->words);
    bool b_kind = a->bare || has_words(&b->words, &a->words);
    if (!stemma_text_equal(x->unit, y->unit) || a->other != b->other) {
        return STEMMA_RELATION_COMPATIBLE;
    }
    if (!a->bare && !b->bare && !share_head(&a->words, &b->words)) {
        return is_same_number(a, b) ? STEMMA_RELATION_SAME : STEMMA_RELATION_COMPATIBLE;
    }
    if (!a->has_range || !b->has_range) {
        return !a->has_range && !b->has_range && stemma_text_equal(x->raw, y->raw)
                   ? STEMMA_RELATION_SAME
                   : STEMMA_RELATION_COMPATIBLE;
    }
    if (apart(&a->range, &b->range)) {
        return STEMMA_RELATION_EXCLUDES;
    }
    return of_containment(a_kind && within(&a->range, &b->range),
                          b_kind && within(&b->range, &a->range));
}

/* ---- Times ---------------------------------------------------------------------------------------- */

static bool is_soft(const stemma_time_bounds *bounds)
{
    return bounds->uncertain != 0 || bounds->approximate != 0;
}

static bool is_before(const stemma_time_bounds *a, const stemma_time_bounds *b)
{
    bool moment = (a->precision == STEMMA_PRECISION_SECOND) !=
                  (b->precision == STEMMA_PRECISION_SECOND);
    int64_t slack = moment ? ZONES : 0;
    if (a->end_latest == STEMMA_TIME_UNKNOWN_LATE ||
        b->start_earliest == STEMMA_TIME_UNKNOWN_EARLY) {
        return false;
    }
    return a->end_latest < b->start_earliest - slack;
}

static bool time_within(const stemma_time_bounds *inner, const stemma_time_bounds *outer)
{
    return inner->start_earliest >= outer->start_earliest &&
           inner->end_latest <= outer->end_latest && (!is_soft(inner) || is_soft(outer));
}

stemma_relation stm_time_relation(const stm_reading *a, const stm_reading *b)
{
    const stemma_time *x = &a->claim->object.as.time, *y = &b->claim->object.as.time;
    if (!a->has_bounds || !b->has_bounds) {
        return !a->has_bounds && !b->has_bounds && stemma_text_equal(x->raw, y->raw)
                   ? STEMMA_RELATION_SAME
                   : STEMMA_RELATION_COMPATIBLE;
    }
    if (is_before(&a->bounds, &b->bounds) || is_before(&b->bounds, &a->bounds)) {
        return a->single && !is_soft(&a->bounds) && !is_soft(&b->bounds)
                   ? STEMMA_RELATION_EXCLUDES
                   : STEMMA_RELATION_COMPATIBLE;
    }
    return of_containment(time_within(&a->bounds, &b->bounds), time_within(&b->bounds, &a->bounds));
}

/* ---- Texts ---------------------------------------------------------------------------------------- */

/* Whether a word that only one of two texts has turns its sense. */
static bool is_turned(const stm_words *longer, const stm_words *shorter)
{
    for (uint32_t i = 0; i < longer->count; i++) {
        bool found = false;
        for (uint32_t j = 0; j < shorter->count && !found; j++) {
            found = longer->stems[i] == shorter->stems[j];
        }
        if (!found && (longer->turns >> i & 1u) != 0) {
            return true;
        }
    }
    return false;
}

/* Whether they have a word in common, numbers apart. */
static bool share_word(const stm_words *a, const stm_words *b)
{
    for (uint32_t i = 0; i < a->count; i++) {
        for (uint32_t j = 0; j < b->count; j++) {
            if (a->stems[i] == b->stems[j] && ((a->numbers >> i | b->numbers >> j) & 1u) == 0) {
                return true;
            }
        }
    }
    return false;
}

static bool share_number(const stm_words *a, const stm_words *b)
{
    for (uint32_t i = 0; i < a->count; i++) {
        for (uint32_t j = 0; j < b->count; j++) {
            if (a->stems[i] == b->stems[j] && (a->numbers >> i & 1u) != 0) {
                return true;
            }
        }
    }
    return false;
}

stemma_relation stm_text_relation(const stm_reading *a, const stm_reading *b)
{
    const stm_words *x = &a->words, *y = &b->words;
    if (!x->whole || !y->whole || x->count == 0 || y->count == 0) {
        return stemma_text_equal(a->claim->object.as.text, b->claim->object.as.text)
                   ? STEMMA_RELATION_SAME
                   : STEMMA_RELATION_COMPATIBLE;
    }
    if (has_words(x, y) || has_words(y, x)) {
        return is_turned(x, y) || is_turned(y, x) ? STEMMA_RELATION_COMPATIBLE
                                                  : of_containment(has_words(x, y), has_words(y, x));
    }
    if (!a->single) {
        return STEMMA_RELATION_COMPATIBLE;
    }
    if (x->numbers != 0 && y->numbers != 0) {
        return share_word(x, y) && !share_number(x, y) ? STEMMA_RELATION_EXCLUDES
                                                       : STEMMA_RELATION_COMPATIBLE;
    }
    return x->numbers == 0 && y->numbers == 0 && !share_word(x, y) ? STEMMA_RELATION_EXCLUDES
                                                                   : STEMMA_RELATION_COMPATIBLE;
}

/* "justice.arrest" and "justice.detain", "conflict.attack" and "life.injure" are told of one deed by different
   documents: what it is called is no matter of true or false. */
static stemma_relation type_relation(stemma_text a, stemma_text b)
{
    size_t common = 0;
    while (common < a.size && common < b.size && a.data[common] == b.data[common]) {
        common++;
    }
    return of_containment((common == b.size && (common == a.size || a.data[common] == '.')),
                          (common == a.size && (common == b.size || b.data[common] == '.')));
}

/* ---- Entities ------------------------------------------------------------------------------------- */

static bool is_named(const stemma_entity *entity)
{
    for (uint32_t i = 0; i < entity->name_count; i++) {
        if (entity->names[i].kind != STEMMA_NAME_NOMINAL) {
            return true;
        }
    }
    return false;
}

static stemma_name_class class_of(stemma_text type)
{
    return stemma_text_equal(type, stemma_text_of("person"))         ? STEMMA_NAME_CLASS_PERSON
           : stemma_text_equal(type, stemma_text_of("organization")) ? STEMMA_NAME_CLASS_ORGANIZATION
           : stemma_text_equal(type, stemma_text_of("place"))        ? STEMMA_NAME_CLASS_PLACE
                                                                     : STEMMA_NAME_CLASS_OTHER;
}

/* Whether one name has all the words of the other: "Navy", "Indian Navy". */
static bool is_shortened(stemma_text a, stemma_text b)
{
    char left[STEMMA_NAME_KEY_SIZE], right[STEMMA_NAME_KEY_SIZE];
    stemma_text longer = {left, 0}, shorter = {right, 0};
    if (stemma_name_fold(a, left, sizeof left, &longer.size) != STEMMA_OK ||
        stemma_name_fold(b, right, sizeof right, &shorter.size) != STEMMA_OK) {
        return false;
    }
    if (longer.size < shorter.size) {
        stemma_text swapped = longer;
        longer = shorter;
        shorter = swapped;
    }
    for (size_t at = 0, end; at < shorter.size; at = end + 1) {
        bool found = false;
        for (end = at; end < shorter.size && shorter.data[end] != ' '; end++) {
        }
        for (size_t i = 0, stop; i < longer.size && !found; i = stop + 1) {
            for (stop = i; stop < longer.size && longer.data[stop] != ' '; stop++) {
            }
            found = stop - i == end - at &&
                    memcmp(longer.data + i, shorter.data + at, end - at) == 0;
        }
        if (!found) {
            return false;
        }
    }
    return true;
}

/* Whether two entities surely are two of which only one can be meant: of one type (a person may speak for an
   organisation), both known by name, and the names not one in two spellings, nor one short for the
   other. */
static stemma_status are_two(stm_comparison *comparison, uint32_t a, uint32_t b, bool *result,
                             stemma_error *error)
{
    stemma_snapshot *snapshot = comparison->snapshot;
    stm_mark mark = stm_snapshot_mark(snapshot);
    stemma_entity left, right;
    stemma_status status = stm_entity_uncounted(snapshot, a, &left, error);
    if (status == STEMMA_OK) {
        status = stm_entity_uncounted(snapshot, b, &right, error);
    }
    *result = status == STEMMA_OK && is_named(&left) && is_named(&right) &&
              stemma_text_equal(left.type, right.type) && !is_shortened(left.name, right.name) &&
              stemma_name_similarity(left.name, right.name, class_of(left.type)) <
                  STEMMA_NAME_LIKELY;
    stm_snapshot_rewind(snapshot, mark);
    return status == STEMMA_NOT_FOUND ? STEMMA_OK : status;
}

static stemma_status entity_relation(stm_comparison *comparison, const stm_reading *a,
                                     const stm_reading *b, stemma_relation *relation,
                                     stemma_error *error)
{
    bool inner = false, outer = false, two = false, known = false;
    stemma_snapshot *snapshot = comparison->snapshot;
    stemma_status status = STEMMA_OK;
    if (a->entity == b->entity) {
        *relation = STEMMA_RELATION_SAME;
        return STEMMA_OK;
    }
    if (a->places) {
        status = stm_place_within(snapshot, a->entity, b->entity, &inner, error);
    }
    if (status == STEMMA_OK && a->places) {
        status = stm_place_within(snapshot, b->entity, a->entity, &outer, error);
    }
    if (status == STEMMA_OK && !inner && !outer && a->single) {
        status = are_two(comparison, a->entity, b->entity, &two, error);
    }
    if (status == STEMMA_OK && two && a->is_place) {
        status = stm_places_known(snapshot, a->entity, b->entity, &known, error);
        two = known;
    }
    *relation = two ? STEMMA_RELATION_EXCLUDES : of_containment(inner, outer);
    return status;
}

/* ---- All ------------------------------------------------------------------------------------------ */

/* What two affirmations say to each other. */
static stemma_status compare_objects(stm_comparison *comparison, const stm_reading *a,
                                     const stm_reading *b, stemma_relation *relation,
                                     stemma_conflict_kind *kind, stemma_error *error)
{
    const stemma_object *x = &a->claim->object, *y = &b->claim->object;
    *relation = STEMMA_RELATION_COMPATIBLE;
    if (a->entity != STEMMA_NONE && b->entity != STEMMA_NONE) {
        *kind = a->is_place ? STEMMA_CONFLICT_PLACE : STEMMA_CONFLICT_VALUE;
        return entity_relation(comparison, a, b, relation, error);
    }
    if (x->kind != y->kind) {
        return STEMMA_OK;
    }
    switch (x->kind) {
    case STEMMA_OBJECT_REFERENT:
        *relation = a->claim->object_referent_kind == b->claim->object_referent_kind &&
                            x->as.referent == y->as.referent
                        ? STEMMA_RELATION_SAME
                        : STEMMA_RELATION_COMPATIBLE;
        break;
    case STEMMA_OBJECT_TEXT:
        *relation = a->is_type ? type_relation(x->as.text, y->as.text) : stm_text_relation(a, b);
        *kind = STEMMA_CONFLICT_VALUE;
        break;
    case STEMMA_OBJECT_TIME:
        *relation = stm_time_relation(a, b);
        *kind = STEMMA_CONFLICT_TIME;
        break;
    case STEMMA_OBJECT_PLACE:
        *relation = x->as.place.referent == y->as.place.referent &&
                            stemma_text_equal(x->as.place.raw, y->as.place.raw)
                        ? STEMMA_RELATION_SAME
                        : STEMMA_RELATION_COMPATIBLE;
        break;
    case STEMMA_OBJECT_QUANTITY:
        *relation = stm_amount_relation(a, b);
        *kind = STEMMA_CONFLICT_COUNT;
        break;
    default: /* some, none */
        *relation = STEMMA_RELATION_SAME;
        break;
    }
    return STEMMA_OK;
}

stemma_status stm_reading_relation(stm_comparison *comparison, const stm_reading *a,
                                   const stm_reading *b, stemma_relation *relation,
                                   stemma_conflict_kind *kind, stemma_error *error)
{
    const stemma_claim *x = a->claim, *y = b->claim;
    bool denies_a = x->polarity == STEMMA_POLARITY_NEGATIVE;
    bool denies_b = y->polarity == STEMMA_POLARITY_NEGATIVE;
    stemma_conflict_kind found = STEMMA_CONFLICT_NONE;
    stemma_status status = STEMMA_OK;
    *relation = STEMMA_RELATION_COMPATIBLE;
    *kind = STEMMA_CONFLICT_NONE;
    if (x->subject_kind != y->subject_kind || x->subject != y->subject ||
        !stemma_text_equal(x->predicate, y->predicate)) {
        return STEMMA_OK;
    }
    status = compare_objects(comparison, a, b, relation, &found, error);
    if (status != STEMMA_OK) {
        return status;
    }
    if (denies_a != denies_b) {
        stemma_relation denied = denies_b ? *relation : *relation == STEMMA_RELATION_LESS_EXACT
                                                            ? STEMMA_RELATION_MORE_EXACT
                                                        : *relation == STEMMA_RELATION_SAME
                                                            ? STEMMA_RELATION_SAME
                                                            : STEMMA_RELATION_COMPATIBLE;
        bool refuted = denied == STEMMA_RELATION_SAME || denied == STEMMA_RELATION_MORE_EXACT;
        *relation = refuted ? STEMMA_RELATION_EXCLUDES : STEMMA_RELATION_COMPATIBLE;
        found = STEMMA_CONFLICT_POLARITY;
    } else if (denies_a && *relation != STEMMA_RELATION_SAME) {
        *relation = STEMMA_RELATION_COMPATIBLE;
    }
    *kind = *relation == STEMMA_RELATION_EXCLUDES ? found : STEMMA_CONFLICT_NONE;
    return STEMMA_OK;
}

stemma_status stemma_claim_relation(stemma_snapshot *snapshot, const stemma_claim *a,
                                    const stemma_claim *b, stemma_relation *relation,
                                    stemma_conflict_kind *kind, stemma_error *error)
{
    stm_comparison comparison;
    stm_reading left, right;
    stemma_conflict_kind found = STEMMA_CONFLICT_NONE;
    stemma_status status;
    if (snapshot == NULL || a == NULL || b == NULL || relation == NULL) {
        return stm_fail(error, STEMMA_E_MISUSE, "NULL_ARGUMENT", "", "An argument is missing");
    }
    stm_comparison_begin(&comparison, snapshot, NULL, 0);
    status = stm_reading_of(&comparison, a, &left, error);
    if (status == STEMMA_OK) {
        status = stm_reading_of(&comparison, b, &right, error);
    }
    if (status == STEMMA_OK) {
        status = stm_reading_relation(&comparison, &left, &right, relation, &found, error);
    }
    stm_comparison_end(&comparison);
    if (kind != NULL) {
        *kind = found;
    }
    return status;
}
