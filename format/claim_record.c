/* SPDX-License-Identifier: MIT */
#include "claim_record.h"

#include "canonical.h"
#include "limits.h"
#include "object_record.h"

#define ITEMS 8u

/* Whether `number` is one of the things of `kind` that the file holds. */
static bool thing_exists(uint8_t kind, uint64_t number, const stm_bounds *bounds)
{
    return kind <= STEMMA_REFERENT_EVENT &&
           number < (kind == STEMMA_REFERENT_EVENT ? bounds->events : bounds->entities);
}

static bool is_predicate(uint32_t term, const stm_bounds *bounds)
{
    return term < bounds->vocabulary.count &&
           bounds->vocabulary.terms[term].kind == STEMMA_TERM_PREDICATE;
}

/* What holds of the numbers of a row, whether it is to be written or was read. */
static const char *row_fault(const stm_claim_row *row, const stm_bounds *bounds)
{
    if (!thing_exists(row->subject_kind, row->subject, bounds)) {
        return "SUBJECT_OUT_OF_RANGE";
    }
    if (!is_predicate(row->predicate, bounds)) {
        return "TERM_UNKNOWN";
    }
    if (row->polarity > STEMMA_POLARITY_NEGATIVE) {
        return "POLARITY";
    }
    if (row->documents > row->witness_count || row->independent > row->documents ||
        row->speakers > row->witness_count) {
        return "WITNESS_COUNT";
    }
    return NULL;
}

/* ---- Witnesses ---- */

static const char *witnesses_fault(const stm_claim_row *row, const stm_bounds *bounds)
{
    for (uint32_t i = 0; i < row->witness_count; i++) {
        const stm_witness *witness = &row->witnesses[i];
        if (witness->document >= bounds->documents) {
            return "DOCUMENT_OUT_OF_RANGE";
        }
        if (i > 0 && (witness->document < witness[-1].document ||
                      (witness->document == witness[-1].document &&
                       witness->assertion <= witness[-1].assertion))) {
            return "WITNESS_ORDER";
        }
    }
    return NULL;
}

static void put_witnesses(stm_buffer *out, const stm_claim_row *row)
{
    for (uint32_t i = 0; i < row->witness_count; i++) {
        const stm_witness *witness = &row->witnesses[i];
        uint32_t step = witness->document - (i > 0 ? witness[-1].document : 0);
        bool same = i > 0 && step == 0;
        stm_put_varint(out, step);
        stm_put_varint(out,
                       same ? witness->assertion - witness[-1].assertion - 1 : witness->assertion);
    }
}

/* Most numbers of witnesses take a byte or two. */
static inline bool get_number(stm_reader *reader, uint32_t *out)
{
    const uint8_t *at = reader->at;
    if (stm_remaining(reader) >= 2 && at[0] < 0x80) {
        *out = at[0];
        reader->at += 1;
        return true;
    }
    if (stm_remaining(reader) >= 2 && at[1] < 0x80 && at[1] != 0) {
        *out = (at[0] & 0x7fu) | (uint32_t)at[1] << 7;
        reader->at += 2;
        return true;
    }
    return stm_read_varint32(reader, out);
}

/* The first `most` of ascending witnesses in documents that exist; how many these are goes to `*count`. `*whole`:
   there are no more. False when the varints are something else. */
static bool get_witnesses(stemma_bytes bytes, const stm_bounds *bounds, stm_witness *witnesses,
                          uint32_t most, uint32_t *count, bool *whole)
{
    stm_reader reader = stm_reader_of(bytes);
    uint64_t document = 0;
    uint64_t assertion = 0;
    *count = 0;
    for (uint32_t i = 0; i < most && stm_remaining(&reader) != 0; i++, ++*count) {
        uint32_t step;
        uint32_t number;
        if (!get_number(&reader, &step) || !get_number(&reader, &number)) {
            return false;
        }
        document += step;
        assertion = i > 0 && step == 0 ? assertion + 1 + number : number;
        if (document >= bounds->documents || assertion >= STEMMA_NONE) {
            return false;
        }
        witnesses[i].document = (uint32_t)document;
        witnesses[i].assertion = (uint32_t)assertion;
    }
    *whole = stm_remaining(&reader) == 0;
    return true;
}

/* ---- Rows ---- */

static stemma_status object_code(const stm_claim_row *row, const stm_bounds *bounds, uint64_t *code)
{
    uint32_t number = row->object.kind == STEMMA_OBJECT_REFERENT ? row->object.as.referent
                                                                 : row->object.as.place.referent;
    *code = STM_NO_CODE;
    if (!stm_object_has_code(&row->object) ||
        (row->object.kind == STEMMA_OBJECT_PLACE && number == STEMMA_NONE)) {
        return STEMMA_OK;
    }
    if (!thing_exists(row->object_referent_kind, number, bounds)) {
        return STEMMA_E_INVALID;
    }
    *code = (uint64_t)number * 2 + row->object_referent_kind;
    return STEMMA_OK;
}

stemma_status stm_claim_encode(const stm_claim_row *row, const stm_bounds *bounds, stm_buffer *out,
                               stm_fault *fault)
{
    uint64_t code = STM_NO_CODE;
    const char *wrong = row_fault(row, bounds);
    wrong = wrong != NULL ? wrong : stm_object_fault(&row->object);
    wrong = wrong != NULL ? wrong : witnesses_fault(row, bounds);
    if (wrong == NULL && object_code(row, bounds, &code) != STEMMA_OK) {
        wrong = "REFERENT_OUT_OF_RANGE";
    }
    if (wrong != NULL) {
        return stm_fault_set(fault, STEMMA_E_INVALID, wrong, 0);
    }
    stm_buffer measure = stm_buffer_over(NULL, 0);
    put_witnesses(&measure, row);
    stm_mp_put_array(out, ITEMS);
    stm_mp_put_uint(out, (uint64_t)row->subject * 2 + row->subject_kind);
    stm_mp_put_uint(out, row->predicate);
    stm_object_put(out, &row->object, code);
    stm_mp_put_uint(out, row->polarity);
    stm_mp_put_uint(out, row->documents);
    stm_mp_put_uint(out, row->independent);
    stm_mp_put_uint(out, row->speakers);
    stm_mp_put_binary_header(out, measure.size);
    put_witnesses(out, row);
    return stm_put_finish(out, fault);
}

stemma_status stm_claim_count(stemma_bytes row, uint32_t *witnesses, stm_fault *fault)
{
    stemma_status status = stm_mp_check(row, fault);
    if (status != STEMMA_OK) {
        return status;
    }
    stm_mp mp = stm_mp_over(row);
    stm_mp_array_of(&mp, ITEMS, ITEMS);
    for (uint32_t i = 0; i + 1 < ITEMS && mp.code == NULL; i++) {
        (void)stm_mp_skip(&mp);
    }
    stemma_bytes packed = stm_mp_binary(&mp);
    uint32_t numbers = 0;
    for (size_t i = 0; i < packed.size; i++) {
        numbers += packed.data[i] < 0x80;
    }
    if (numbers % 2 != 0) {
        stm_mp_fail(&mp, "WITNESS_ORDER");
    }
    *witnesses = numbers / 2;
    return stm_mp_finish(&mp, fault);
}

static void get_head(stm_mp *mp, const stm_bounds *bounds, uint8_t *subject_kind, uint32_t *subject,
                     uint32_t *predicate)
{
    uint64_t code = stm_mp_uint(mp, UINT64_MAX);
    *subject_kind = code & 1;
    *subject = (uint32_t)(code / 2);
    *predicate = stm_mp_u32(mp, UINT32_MAX);
    if (mp->code != NULL) {
        return;
    }
    if (!thing_exists(*subject_kind, code / 2, bounds)) {
        stm_mp_fail(mp, "SUBJECT_OUT_OF_RANGE");
    } else if (!is_predicate(*predicate, bounds)) {
        stm_mp_fail(mp, "TERM_UNKNOWN");
    }
}

static void get_object(stm_mp *mp, const stm_bounds *bounds, stm_claim_row *out)
{
    uint64_t code = stm_object_get(mp, &out->object);
    if (!stm_object_has_code(&out->object) || code == STM_NO_CODE) {
        return;
    }
    out->object_referent_kind = code & 1;
    if (!thing_exists(out->object_referent_kind, code / 2, bounds)) {
        stm_mp_fail(mp, "REFERENT_OUT_OF_RANGE");
    } else if (out->object.kind == STEMMA_OBJECT_REFERENT) {
        out->object.as.referent = (uint32_t)(code / 2);
    } else {
        out->object.as.place.referent = (uint32_t)(code / 2);
    }
}

/* All before the witnesses. */
static void get_numbers(stm_mp *mp, const stm_bounds *bounds, stm_claim_row *out)
{
    memset(out, 0, sizeof *out);
    stm_mp_array_of(mp, ITEMS, ITEMS);
    get_head(mp, bounds, &out->subject_kind, &out->subject, &out->predicate);
    get_object(mp, bounds, out);
    out->polarity = (uint8_t)stm_mp_uint(mp, STEMMA_POLARITY_NEGATIVE);
    out->documents = stm_mp_u32(mp, UINT32_MAX);
    out->independent = stm_mp_u32(mp, UINT32_MAX);
    out->speakers = stm_mp_u32(mp, UINT32_MAX);
}

stemma_status stm_claim_peek_first(stemma_bytes row, const stm_bounds *bounds, stm_claim_row *out,
                                   uint32_t *document, stm_fault *fault)
{
    stemma_status status = stm_mp_check(row, fault);
    if (status != STEMMA_OK) {
        return status;
    }
    stm_mp mp = stm_mp_over(row);
    get_numbers(&mp, bounds, out);
    stemma_bytes packed = stm_mp_binary(&mp);
    *document = STEMMA_NONE;
    stm_reader reader = stm_reader_of(packed);
    if (mp.code == NULL && packed.size != 0 &&
        (!stm_read_varint32(&reader, document) || *document >= bounds->documents)) {
        stm_mp_fail(&mp, "WITNESS_ORDER");
    }
    return stm_mp_finish(&mp, fault);
}

stemma_status stm_claim_peek(stemma_bytes row, const stm_bounds *bounds, stm_claim_row *out,
                             stm_fault *fault)
{
    stemma_status status = stm_mp_check(row, fault);
    if (status != STEMMA_OK) {
        return status;
    }
    stm_mp mp = stm_mp_over(row);
    get_numbers(&mp, bounds, out);
    (void)stm_mp_binary(&mp);
    return stm_mp_finish(&mp, fault);
}

stemma_status stm_claim_decode(stemma_bytes row, const stm_bounds *bounds, stm_claim_row *out,
                               stm_witness *witnesses, uint32_t witness_count, stm_fault *fault)
{
    stm_mp mp = stm_mp_over(row);
    get_numbers(&mp, bounds, out);
    stemma_bytes packed = stm_mp_binary(&mp);
    bool whole = false;
    if (mp.code == NULL && (!get_witnesses(packed, bounds, witnesses, witness_count,
                                           &out->witness_count, &whole) ||
                            !whole || out->witness_count != witness_count)) {
        stm_mp_fail(&mp, "WITNESS_ORDER");
    }
    out->witnesses = witnesses;
    const char *wrong = mp.code == NULL ? row_fault(out, bounds) : NULL;
    if (wrong != NULL) {
        stm_mp_fail(&mp, wrong);
    }
    return stm_mp_finish(&mp, fault);
}

stemma_status stm_claim_decode_first(stemma_bytes row, const stm_bounds *bounds, stm_claim_row *out,
                                     stm_witness *witnesses, uint32_t most, stm_fault *fault)
{
    stemma_status status = stm_mp_check(row, fault);
    bool whole = false;
    if (status != STEMMA_OK) {
        return status;
    }
    stm_mp mp = stm_mp_over(row);
    get_numbers(&mp, bounds, out);
    stemma_bytes packed = stm_mp_binary(&mp);
    if (mp.code == NULL &&
        !get_witnesses(packed, bounds, witnesses, most, &out->witness_count, &whole)) {
        stm_mp_fail(&mp, "WITNESS_ORDER");
    }
    out->witnesses = witnesses;
    return stm_mp_finish(&mp, fault);
}
