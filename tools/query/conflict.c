/* SPDX-License-Identifier: MIT */
#include "query/conflict.h"

#include <string.h>

#define ABOUT 0.1 /* share by which "about" may be off */

const char *stm_conflict_name(enum stm_conflict conflict)
{
    static const char *const names[] = {"none", "polarity", "count", "time", "value"};
    return names[conflict];
}

/* ---- Counts ------------------------------------------------------------------------------------ */

/* A decimal as the format has it. False when there is none. */
static bool read_decimal(stemma_text text, double *out)
{
    double value = 0.0;
    double scale = 1.0;
    bool fraction = false;
    size_t at = text.size != 0 && text.data[0] == '-' ? 1 : 0;
    if (at == text.size) {
        return false;
    }
    for (size_t i = at; i < text.size; i++) {
        char c = text.data[i];
        if (c == '.' && !fraction) {
            fraction = true;
        } else if (c >= '0' && c <= '9') {
            value = value * 10.0 + (double)(c - '0');
            scale *= fraction ? 10.0 : 1.0;
        } else {
            return false;
        }
    }
    *out = (at != 0 ? -value : value) / scale;
    return true;
}

struct range {
    double low, high;
    bool has_low, has_high;
};

static struct range range_of(const stemma_quantity *quantity)
{
    struct range range = {0.0, 0.0, false, false};
    double amount;
    range.has_low = read_decimal(quantity->lower, &range.low);
    range.has_high = read_decimal(quantity->upper, &range.high);
    if (!read_decimal(quantity->amount, &amount)) {
        return range;
    }
    switch (quantity->modifier) {
    case STEMMA_MODIFIER_AT_LEAST:
    case STEMMA_MODIFIER_MORE_THAN:
        return (struct range){amount, 0.0, true, false};
    case STEMMA_MODIFIER_AT_MOST:
    case STEMMA_MODIFIER_LESS_THAN:
        return (struct range){0.0, amount, false, true};
    case STEMMA_MODIFIER_ABOUT: {
        double off = amount < 0 ? -amount * ABOUT : amount * ABOUT;
        return (struct range){amount - off, amount + off, true, true};
    }
    default:
        return (struct range){amount, amount, true, true};
    }
}

static bool counts_differ(const stemma_quantity *a, const stemma_quantity *b)
{
    struct range x = range_of(a), y = range_of(b);
    if (!stemma_text_equal(a->counted, b->counted) || !stemma_text_equal(a->unit, b->unit)) {
        return false;
    }
    return (x.has_high && y.has_low && x.high < y.low) ||
           (y.has_high && x.has_low && y.high < x.low);
}

/* ---- Times and values -------------------------------------------------------------------------- */

static bool times_differ(const stemma_time *a, const stemma_time *b)
{
    stemma_time_bounds x, y;
    return stemma_edtf_bounds(a->edtf, &x) == STEMMA_OK &&
           stemma_edtf_bounds(b->edtf, &y) == STEMMA_OK &&
           (x.end_latest < y.start_earliest || y.end_latest < x.start_earliest);
}

static bool same_object(const stemma_claim *a, const stemma_claim *b)
{
    const stemma_object *x = &a->object, *y = &b->object;
    if (x->kind != y->kind) {
        return false;
    }
    switch (x->kind) {
    case STEMMA_OBJECT_REFERENT:
        return a->object_referent_kind == b->object_referent_kind &&
               x->as.referent == y->as.referent;
    case STEMMA_OBJECT_TEXT:
        return stemma_text_equal(x->as.text, y->as.text);
    case STEMMA_OBJECT_TIME:
        return stemma_text_equal(x->as.time.edtf, y->as.time.edtf);
    case STEMMA_OBJECT_PLACE:
        return x->as.place.referent == y->as.place.referent &&
               stemma_text_equal(x->as.place.raw, y->as.place.raw);
    case STEMMA_OBJECT_QUANTITY:
        return stemma_text_equal(x->as.quantity.amount, y->as.quantity.amount) &&
               stemma_text_equal(x->as.quantity.counted, y->as.quantity.counted) &&
               x->as.quantity.modifier == y->as.quantity.modifier;
    default:
        return true;
    }
}

/* Types of happenings up to the dot: "arrested" and "held" are told of one deed by different
   documents, and none of them contradicts the other. */
static bool same_family(stemma_text a, stemma_text b)
{
    size_t i = 0;
    while (i < a.size && i < b.size && a.data[i] == b.data[i]) {
        if (a.data[i] == '.') {
            return true;
        }
        i++;
    }
    return false;
}

static bool is_word_edge(stemma_text text, size_t at)
{
    return at == 0 || at >= text.size || text.data[at - 1] == ' ' || text.data[at] == ' ';
}

/* Whether one of two wordings has the other in it: "prison" says less than "six years in prison",
   and nothing against it. */
static bool one_has_the_other(stemma_text a, stemma_text b)
{
    stemma_text longer = a.size >= b.size ? a : b;
    stemma_text shorter = a.size >= b.size ? b : a;
    if (shorter.size == 0) {
        return true;
    }
    for (size_t at = 0; at + shorter.size <= longer.size; at++) {
        if (memcmp(longer.data + at, shorter.data, shorter.size) == 0 && is_word_edge(longer, at) &&
            is_word_edge(longer, at + shorter.size)) {
            return true;
        }
    }
    return false;
}

static bool texts_differ(const stemma_claim *a, const stemma_claim *b)
{
    stemma_text x = a->object.as.text, y = b->object.as.text;
    if (stemma_text_equal(a->predicate, stemma_text_of("type"))) {
        return !same_family(x, y);
    }
    return !one_has_the_other(x, y);
}

/* Whether some document says `a` and not `b`. Witnesses ascend by document. */
static bool says_alone(const stemma_claim *a, const stemma_claim *b)
{
    uint32_t other = 0;
    for (uint32_t i = 0; i < a->witness_count; i++) {
        uint32_t document = a->witnesses[i].document;
        while (other < b->witness_count && b->witnesses[other].document < document) {
            other++;
        }
        if (other == b->witness_count || b->witnesses[other].document != document) {
            return true;
        }
    }
    return false;
}

static enum stm_conflict compare_values(const stemma_claim *a, const stemma_claim *b, bool single)
{
    if (a->object.kind == STEMMA_OBJECT_QUANTITY && b->object.kind == STEMMA_OBJECT_QUANTITY) {
        return counts_differ(&a->object.as.quantity, &b->object.as.quantity) ? STM_CONFLICT_COUNT
                                                                             : STM_CONFLICT_NONE;
    }
    if (!single) {
        return STM_CONFLICT_NONE;
    }
    if (a->object.kind == STEMMA_OBJECT_TIME && b->object.kind == STEMMA_OBJECT_TIME) {
        return times_differ(&a->object.as.time, &b->object.as.time) ? STM_CONFLICT_TIME
                                                                    : STM_CONFLICT_NONE;
    }
    /* Words for a place say nothing against a place that is known by name. */
    if (a->object.kind != b->object.kind || a->object.kind == STEMMA_OBJECT_SOME ||
        a->object.kind == STEMMA_OBJECT_PLACE || same_object(a, b)) {
        return STM_CONFLICT_NONE;
    }
    return a->object.kind != STEMMA_OBJECT_TEXT || texts_differ(a, b) ? STM_CONFLICT_VALUE
                                                                      : STM_CONFLICT_NONE;
}

enum stm_conflict stm_conflict_of(const stemma_claim *a, const stemma_claim *b, bool single)
{
    bool denies_a = a->polarity == STEMMA_POLARITY_NEGATIVE;
    bool denies_b = b->polarity == STEMMA_POLARITY_NEGATIVE;
    enum stm_conflict found = STM_CONFLICT_NONE;
    if (denies_a != denies_b) {
        found = same_object(a, b) ? STM_CONFLICT_POLARITY : STM_CONFLICT_NONE;
    } else if (!denies_a) {
        found = compare_values(a, b, single);
    }
    /* Somebody may be contradicted in the very document that quotes him. */
    if (found == STM_CONFLICT_POLARITY &&
        (a->speakers != b->speakers || says_alone(a, b) || says_alone(b, a))) {
        return found;
    }
    return found != STM_CONFLICT_NONE && says_alone(a, b) && says_alone(b, a) ? found
                                                                              : STM_CONFLICT_NONE;
}
