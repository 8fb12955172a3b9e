/* SPDX-License-Identifier: MIT */
#include "derivation_record.h"

#include "authorship.h"
#include "canonical.h"
#include "limits.h"

enum {
    FIELD_KIND = 0,
    FIELD_SCORE = 1,
    FIELD_RUN = 2,
    FIELD_AUTHOR = 3,
    FIELD_RETRACTED = 4,
    FIELD_RANGES = 5
};

#define SCORE_MAX     1000u
#define RANGE_NUMBERS 4u

static int compare_numbers(uint32_t a, uint32_t b)
{
    return (a > b) - (a < b);
}

static int compare_ranges(const stemma_derivation *a, const stemma_derivation *b)
{
    uint32_t common = a->range_count < b->range_count ? a->range_count : b->range_count;
    int order = 0;
    for (uint32_t i = 0; order == 0 && i < common; i++) {
        const stemma_shared_range *x = &a->ranges[i];
        const stemma_shared_range *y = &b->ranges[i];
        order = compare_numbers(x->from.start, y->from.start);
        order = order != 0 ? order : compare_numbers(x->from.end, y->from.end);
        order = order != 0 ? order : compare_numbers(x->to.start, y->to.start);
        order = order != 0 ? order : compare_numbers(x->to.end, y->to.end);
    }
    return order != 0 ? order : compare_numbers(a->range_count, b->range_count);
}

int stm_derivation_compare(const stemma_derivation *a, const stemma_derivation *b)
{
    int order = compare_numbers(a->from, b->from);
    order = order != 0 ? order : compare_numbers(a->to, b->to);
    order = order != 0 ? order : compare_numbers(a->kind, b->kind);
    order = order != 0 ? order : compare_numbers(a->run + 1, b->run + 1);
    order = order != 0 ? order : stemma_text_compare(a->author, b->author);
    order = order != 0 ? order : stemma_text_compare(a->retracted, b->retracted);
    order = order != 0 ? order : compare_numbers(a->score, b->score);
    return order != 0 ? order : compare_ranges(a, b);
}

static const char *derivation_fault(const stemma_derivation *derivation, const stm_bounds *bounds)
{
    const char *code = stm_author_fault(derivation->run, derivation->author, bounds);
    if (code == NULL) {
        code = stm_text_fault(derivation->author, STEMMA_LIMIT_FIELD);
    }
    if (code == NULL) {
        code = stm_text_fault(derivation->retracted, STEMMA_LIMIT_FIELD);
    }
    if (code != NULL) {
        return code;
    }
    if (derivation->kind < STEMMA_DERIVATION_COPY ||
        derivation->kind > STEMMA_DERIVATION_SAME_AGENCY) {
        return "DERIVATION_KIND";
    }
    if (derivation->from >= bounds->documents || derivation->to >= bounds->documents) {
        return "DOCUMENT_OUT_OF_RANGE";
    }
    if (derivation->from == derivation->to) {
        return "DERIVATION_SELF";
    }
    if (derivation->score > SCORE_MAX && derivation->score != STEMMA_NO_CONFIDENCE) {
        return "SCORE";
    }
    for (uint32_t i = 0; i < derivation->range_count; i++) {
        const stemma_shared_range *range = &derivation->ranges[i];
        if (range->from.end <= range->from.start || range->to.end <= range->to.start) {
            return "SPAN_ORDER";
        }
    }
    return NULL;
}

static void put_derivation(stm_buffer *out, const stemma_derivation *derivation)
{
    stm_map map = stm_map_begin(out);
    stm_map_uint(&map, FIELD_KIND, derivation->kind);
    stm_map_uint(&map, FIELD_SCORE,
                 derivation->score != STEMMA_NO_CONFIDENCE ? derivation->score + 1u : 0);
    stm_map_uint(&map, FIELD_RUN, derivation->run != STEMMA_NONE ? derivation->run + 1u : 0);
    stm_map_text(&map, FIELD_AUTHOR, derivation->author);
    stm_map_text(&map, FIELD_RETRACTED, derivation->retracted);
    if (derivation->range_count != 0) {
        int64_t from = 0;
        int64_t to = 0;
        stm_map_key(&map, FIELD_RANGES);
        stm_mp_put_array(out, RANGE_NUMBERS * derivation->range_count);
        for (uint32_t i = 0; i < derivation->range_count; i++) {
            const stemma_shared_range *range = &derivation->ranges[i];
            stm_mp_put_int(out, range->from.start - from);
            stm_mp_put_uint(out, range->from.end - range->from.start);
            stm_mp_put_int(out, range->to.start - to);
            stm_mp_put_uint(out, range->to.end - range->to.start);
            from = range->from.end;
            to = range->to.end;
        }
    }
    stm_map_end(&map);
}

stemma_status stm_derivations_encode(const stemma_derivation *derivations, uint32_t count,
                                     const stm_bounds *bounds, stm_buffer *out, stm_fault *fault)
{
    if (count == 0) {
        return stm_fault_set(fault, STEMMA_E_INVALID, "RECORD_LENGTH", 0);
    }
    stm_mp_put_array(out, count);
    for (uint32_t i = 0; i < count; i++) {
        const stemma_derivation *derivation = &derivations[i];
        const char *code = derivation_fault(derivation, bounds);
        if (code == NULL && derivation->range_count > UINT32_MAX / RANGE_NUMBERS) {
            code = "SPAN_COUNT";
        }
        if (code == NULL && i > 0 &&
            (derivation->from != derivations[0].from || derivation->to != derivations[0].to ||
             stm_derivation_compare(&derivations[i - 1], derivation) >= 0)) {
            code = "DERIVATION_ORDER";
        }
        if (code != NULL) {
            return stm_fault_set(fault, STEMMA_E_INVALID, code, 0);
        }
        put_derivation(out, derivation);
    }
    return stm_put_finish(out, fault);
}

stemma_status stm_derivations_count(stemma_bytes value, uint32_t *count, uint32_t *ranges,
                                    stm_fault *fault)
{
    stemma_status status = stm_mp_check(value, fault);
    if (status != STEMMA_OK) {
        return status;
    }
    stm_mp mp = stm_mp_over(value);
    *ranges = 0;
    *count = stm_mp_array_of(&mp, 1, UINT32_MAX);
    for (uint32_t i = 0; i < *count && mp.code == NULL; i++) {
        uint32_t fields = stm_mp_map(&mp);
        for (uint32_t f = 0; f < fields; f++) {
            if (stm_mp_key(&mp) == FIELD_RANGES && stm_mp_peek(&mp) == STM_MP_ARRAY) {
                stm_mp array = mp;
                *ranges += stm_mp_array(&array) / RANGE_NUMBERS; /* below the value's size */
            }
            (void)stm_mp_skip(&mp);
        }
    }
    return stm_mp_finish(&mp, fault);
}

static stemma_span get_span(stm_mp *mp, int64_t *end)
{
    stemma_span span = {0, 0};
    int64_t start = *end + stm_mp_int(mp, -(int64_t)UINT32_MAX, UINT32_MAX);
    int64_t length = (int64_t)stm_mp_uint(mp, UINT32_MAX);
    if (mp->code == NULL && (start < 0 || length == 0 || start + length > UINT32_MAX)) {
        stm_mp_fail(mp, length == 0 ? "SPAN_ORDER" : "SPAN_OUT_OF_RANGE");
    }
    if (mp->code == NULL) {
        span.start = (uint32_t)start;
        span.end = (uint32_t)(start + length);
        *end = span.end;
    }
    return span;
}

/* Room for ranges that is left. */
typedef struct room {
    stemma_shared_range *at;
    uint32_t left;
} room;

static void get_ranges(stm_mp *mp, stemma_derivation *derivation, room *ranges)
{
    int64_t from = 0;
    int64_t to = 0;
    uint32_t numbers = stm_mp_array_of(mp, RANGE_NUMBERS, UINT32_MAX);
    uint32_t count = numbers / RANGE_NUMBERS;
    if (numbers % RANGE_NUMBERS != 0 || count > ranges->left) {
        stm_mp_fail(mp, "RECORD_LENGTH");
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        ranges->at[i].from = get_span(mp, &from);
        ranges->at[i].to = get_span(mp, &to);
    }
    derivation->ranges = ranges->at;
    derivation->range_count = count;
    ranges->at += count;
    ranges->left -= count;
}

static void get_derivation(stm_mp *mp, const stm_bounds *bounds, stemma_derivation *derivation,
                           room *ranges)
{
    uint32_t fields = stm_mp_map(mp);
    for (uint32_t i = 0; i < fields; i++) {
        uint32_t key = stm_mp_key(mp);
        switch (key) {
        case FIELD_KIND:
            derivation->kind = (uint8_t)stm_mp_present(mp, STEMMA_DERIVATION_SAME_AGENCY);
            break;
        case FIELD_SCORE:
            derivation->score = (uint16_t)(stm_mp_present(mp, SCORE_MAX + 1) - 1);
            break;
        case FIELD_RUN:
            derivation->run = (uint32_t)(stm_mp_present(mp, bounds->runs) - 1);
            break;
        case FIELD_AUTHOR:
            derivation->author = stm_mp_present_text(mp, STEMMA_LIMIT_FIELD);
            break;
        case FIELD_RETRACTED:
            derivation->retracted = stm_mp_present_text(mp, STEMMA_LIMIT_FIELD);
            break;
        case FIELD_RANGES:
            get_ranges(mp, derivation, ranges);
            break;
        default:
            stm_mp_unknown(mp, key);
        }
    }
    if (derivation->kind == 0) {
        stm_mp_fail(mp, "FIELD_MISSING");
    }
}

stemma_status stm_derivations_decode(stemma_bytes value, uint32_t from, uint32_t to,
                                     const stm_bounds *bounds, stemma_derivation *derivations,
                                     uint32_t count, stemma_shared_range *ranges,
                                     uint32_t range_count, stm_fault *fault)
{
    stm_mp mp = stm_mp_over(value);
    room left = {ranges, range_count};
    stm_mp_array_of(&mp, count, count);
    for (uint32_t i = 0; i < count && mp.code == NULL; i++) {
        stemma_derivation *derivation = &derivations[i];
        memset(derivation, 0, sizeof *derivation);
        derivation->from = from;
        derivation->to = to;
        derivation->score = STEMMA_NO_CONFIDENCE;
        derivation->run = STEMMA_NONE;
        get_derivation(&mp, bounds, derivation, &left);
        const char *code = mp.code == NULL ? derivation_fault(derivation, bounds) : NULL;
        if (code == NULL && mp.code == NULL && i > 0 &&
            stm_derivation_compare(derivation - 1, derivation) >= 0) {
            code = "DERIVATION_ORDER";
        }
        if (code != NULL) {
            stm_mp_fail(&mp, code);
        }
    }
    return stm_mp_finish(&mp, fault);
}
