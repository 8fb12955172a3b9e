/* SPDX-License-Identifier: MIT */
/* The golden vectors of records (SPEC.md, section 8): decoded, compared value by value, encoded
   again; and each that breaks a rule refused with its code. */
#include "claim_record.h"
#include "derivation_record.h"
#include "document_record.h"
#include "entity_alias.h"
#include "judgement_record.h"
#include "meta_record.h"
#include "object_record.h"
#include "row_record.h"
#include "run_record.h"
#include "support/golden.h"
#include "testimony_record.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define MOST 64u

/* What a decoder of one table gives: the status, and the record encoded again into `out`. */
typedef stemma_status decode_again(stemma_bytes value, const stm_bounds *bounds,
                                   const json_t *world, stm_buffer *out, stm_fault *fault);

static uint8_t room[1u << 17];
static stemma_term terms[MOST];

static stm_bounds bounds_of(const json_t *world)
{
    const json_t *given = json_object_get(world, "terms");
    stm_bounds bounds = {.runs = (uint32_t)golden_number(world, "runs"),
                         .documents = (uint32_t)golden_number(world, "documents"),
                         .entities = (uint32_t)golden_number(world, "entities"),
                         .events = (uint32_t)golden_number(world, "events")};
    bounds.vocabulary.terms = terms;
    bounds.vocabulary.count = (uint32_t)json_array_size(given);
    for (uint32_t i = 0; i < bounds.vocabulary.count; i++) {
        terms[i].kind = (uint8_t)golden_number(json_array_get(given, i), "kind");
        terms[i].name = golden_text(json_array_get(given, i), "name");
    }
    return bounds;
}

static stemma_status meta_again(stemma_bytes value, const stm_bounds *bounds, const json_t *world,
                                stm_buffer *out, stm_fault *fault)
{
    stm_meta meta;
    (void)bounds;
    (void)world;
    stemma_status status = stm_meta_decode(value, &meta, fault);
    return status == STEMMA_OK ? stm_meta_encode(&meta, out, fault) : status;
}

static stemma_status digests_again(stemma_bytes value, const stm_bounds *bounds,
                                   const json_t *world, stm_buffer *out, stm_fault *fault)
{
    stm_table_digest digests[STM_TABLES_MAX];
    uint32_t count = 0;
    (void)bounds;
    (void)world;
    stemma_status status = stm_digests_decode(value, digests, &count, fault);
    return status == STEMMA_OK ? stm_digests_encode(digests, count, out, fault) : status;
}

static stemma_status term_again(stemma_bytes value, const stm_bounds *bounds, const json_t *world,
                                stm_buffer *out, stm_fault *fault)
{
    stemma_term term;
    (void)bounds;
    (void)world;
    stemma_status status = stm_term_decode(value, &term, fault);
    return status == STEMMA_OK ? stm_term_encode(&term, out, fault) : status;
}

static stemma_status run_again(stemma_bytes value, const stm_bounds *bounds, const json_t *world,
                               stm_buffer *out, stm_fault *fault)
{
    stemma_run run;
    (void)bounds;
    (void)world;
    stemma_status status = stm_run_decode(value, &run, fault);
    return status == STEMMA_OK ? stm_run_encode(&run, out, fault) : status;
}

static stemma_status document_again(stemma_bytes value, const stm_bounds *bounds,
                                    const json_t *world, stm_buffer *out, stm_fault *fault)
{
    stemma_document document;
    stm_document_extra extra;
    uint32_t offsets[MOST];
    stemma_span spans[MOST];
    (void)bounds;
    (void)world;
    stemma_status status = stm_document_decode(value, &document, &extra, fault);
    if (status == STEMMA_OK) {
        assert_true(extra.sentences + extra.paragraphs <= MOST && extra.furniture <= MOST);
        status = stm_document_decode_arrays(value, &document, &extra, offsets, spans, fault);
    }
    if (status != STEMMA_OK) {
        return status;
    }
    stm_document_rows rows = {extra.rows, extra.stride, extra.run, extra.gaps};
    document.referent_count = extra.referents;
    document.mention_count = extra.mentions;
    document.assertion_count = extra.assertions;
    return stm_document_encode(&document, extra.code_points, extra.rows != 0 ? &rows : NULL, out,
                               fault);
}

static stemma_status judgement_again(stemma_bytes value, const stm_bounds *bounds,
                                     const json_t *world, stm_buffer *out, stm_fault *fault)
{
    stemma_judgement judgement;
    (void)world;
    stemma_status status = stm_judgement_decode(value, bounds, &judgement, fault);
    return status == STEMMA_OK ? stm_judgement_encode(&judgement, bounds, out, fault) : status;
}

static stemma_status derivations_again(stemma_bytes value, const stm_bounds *bounds,
                                       const json_t *world, stm_buffer *out, stm_fault *fault)
{
    stemma_derivation derivations[MOST];
    stemma_shared_range ranges[MOST];
    uint32_t count = 0;
    uint32_t range_count = 0;
    stemma_status status = stm_derivations_count(value, &count, &range_count, fault);
    if (status == STEMMA_OK) {
        assert_true(count <= MOST && range_count <= MOST);
        status = stm_derivations_decode(value, (uint32_t)golden_number(world, "from"),
                                        (uint32_t)golden_number(world, "to"), bounds, derivations,
                                        count, ranges, range_count, fault);
    }
    return status == STEMMA_OK ? stm_derivations_encode(derivations, count, bounds, out, fault)
                               : status;
}

static stemma_status alias_again(stemma_bytes value, const stm_bounds *bounds, const json_t *world,
                                 stm_buffer *out, stm_fault *fault)
{
    stm_entity_name names[MOST];
    uint32_t count = 0;
    uint32_t shown = 0;
    (void)bounds;
    stemma_status status = stm_entity_alias_count(value, &count, fault);
    if (status == STEMMA_OK) {
        assert_true(count <= MOST);
        status = stm_entity_alias_decode(value, golden_text(world, "label"),
                                         (uint32_t)golden_number(world, "label_documents"), names,
                                         count, &shown, fault);
    }
    return status == STEMMA_OK ? stm_entity_alias_encode(names, count, shown, out, fault) : status;
}

static stemma_status claim_again(stemma_bytes value, const stm_bounds *bounds, const json_t *world,
                                 stm_buffer *out, stm_fault *fault)
{
    stm_claim_row claim;
    stm_witness witnesses[MOST];
    uint32_t count = 0;
    (void)world;
    stemma_status status = stm_claim_count(value, &count, fault);
    if (status == STEMMA_OK) {
        assert_true(count <= MOST);
        status = stm_claim_decode(value, bounds, &claim, witnesses, count, fault);
    }
    return status == STEMMA_OK ? stm_claim_encode(&claim, bounds, out, fault) : status;
}

static stemma_status row_again(stemma_bytes value, const stm_bounds *bounds, const json_t *world,
                               stm_buffer *out, stm_fault *fault)
{
    stm_row_record row;
    stm_row_participant participants[MOST];
    uint32_t count = 0;
    stemma_status status = stm_row_count(value, &count, fault);
    if (status == STEMMA_OK) {
        assert_true(count <= MOST);
        status =
            stm_row_decode(value, &bounds->vocabulary, (uint32_t)golden_number(world, "actors"),
                           &row, participants, count, fault);
    }
    return status == STEMMA_OK ? stm_row_encode(&row, &bounds->vocabulary, out, fault) : status;
}

static stemma_status detail_again(stemma_bytes value, const stm_bounds *bounds, const json_t *world,
                                  stm_buffer *out, stm_fault *fault)
{
    uint32_t items = (uint32_t)golden_number(world, "items");
    stm_row_rare rare[STM_DETAIL_PART];
    assert_true(items <= STM_DETAIL_PART);
    stemma_status status = stm_detail_decode(value, &bounds->vocabulary, items, rare, fault);
    stm_detail_begin(items, out);
    for (uint32_t i = 0; i < items && status == STEMMA_OK; i++) {
        status = stm_detail_put(&rare[i], &bounds->vocabulary, out, fault);
    }
    return status;
}

static stemma_status object_again(stemma_bytes value, const stm_bounds *bounds, const json_t *world,
                                  stm_buffer *out, stm_fault *fault)
{
    stemma_object object;
    (void)bounds;
    (void)world;
    stemma_status status = stm_mp_check(value, fault);
    if (status != STEMMA_OK) {
        return status;
    }
    stm_mp mp = stm_mp_over(value);
    uint64_t code = stm_object_get(&mp, &object);
    status = stm_mp_finish(&mp, fault);
    if (status == STEMMA_OK) {
        stm_object_put(out, &object, code);
    }
    return status;
}

static decode_again *decoder_of(const char *table)
{
    static const struct {
        const char *table;
        decode_again *decode;
    } all[] = {{"stemma", meta_again},
               {"digest", digests_again},
               {"vocabulary", term_again},
               {"run", run_again},
               {"document", document_again},
               {"judgement", judgement_again},
               {"derivation", derivations_again},
               {"alias", alias_again},
               {"claim", claim_again},
               {"row", row_again},
               {"detail", detail_again},
               {"object", object_again}};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        if (strcmp(all[i].table, table) == 0) {
            return all[i].decode;
        }
    }
    return NULL;
}

/* A field from 64 on is passed over, and so not written again. */
static bool has_unknown_field(const json_t *typed)
{
    const json_t *fields = json_array_get(typed, 1);
    size_t count = json_array_size(fields);
    if (count == 0 || strcmp(json_string_value(json_array_get(typed, 0)), "map") != 0) {
        return false;
    }
    return golden_unsigned(json_array_get(json_array_get(fields, count - 1), 0)) >= 64;
}

/* [R-10] [R-11] [R-12] [R-13] [R-14] [R-18] [R-20] [R-23] [R-33] [R-35]
 */
static bool record_is_right(const json_t *vector, const json_t *page)
{
    const json_t *world = json_object_get(page, "world");
    const json_t *typed = json_object_get(vector, "value");
    stm_bounds bounds = bounds_of(world);
    decode_again *decode = decoder_of(golden_string(vector, "table"));
    stemma_bytes value = golden_hex(json_object_get(vector, "hex"));
    stm_buffer out = stm_buffer_over(room, sizeof room);
    stm_fault fault = {"", 0};
    assert_non_null(decode);
    stemma_status status = decode(value, &bounds, world, &out, &fault);
    bool right = golden_has_code(vector, fault.code);
    if (golden_is_bad(vector)) {
        right = right && (status == STEMMA_E_DAMAGED || status == STEMMA_E_NOT_STEMMA ||
                          status == STEMMA_E_UNSUPPORTED);
    } else {
        stm_mp mp = stm_mp_over(value);
        right = right && status == STEMMA_OK && golden_same_value(&mp, typed) &&
                (has_unknown_field(typed) ||
                 golden_same_bytes(json_object_get(vector, "hex"), room, out.size));
    }
    golden_drop(value);
    return right;
}

/* ---- Testimony ---- */

typedef struct parts {
    stemma_bytes all[MOST];
    uint32_t count;
} parts;

static stemma_status decode_parts(const parts *given, const stm_bounds *bounds, uint32_t size,
                                  void **memory, stemma_document *document, stm_fault *fault)
{
    stm_testimony_need need = {0};
    stm_testimony testimony;
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 0; i < given->count && status == STEMMA_OK; i++) {
        status = stm_testimony_count(given->all[i], &need, fault);
    }
    if (status == STEMMA_OK &&
        (need.referents != 2 || need.mentions != 1 || need.assertions != 1)) {
        /* What the reader of documents finds by the document's counts. */
        return stm_fault_set(fault, STEMMA_E_DAMAGED, "TESTIMONY_COUNT", 0);
    }
    if (status != STEMMA_OK) {
        return status;
    }
    *memory = malloc(stm_testimony_size(&need));
    assert_non_null(*memory);
    stm_testimony_begin(&testimony, &need, *memory);
    for (uint32_t i = 0; i < given->count && status == STEMMA_OK; i++) {
        status = stm_testimony_decode(&testimony, given->all[i], bounds, size, fault);
    }
    return status == STEMMA_OK ? stm_testimony_end(&testimony, document, fault) : status;
}

/* Of testimony in one part: the same bytes again. */
static bool same_again(const stemma_document *document, const stm_bounds *bounds, const json_t *hex)
{
    stm_testimony_position position = {0};
    stm_buffer out = stm_buffer_over(room, sizeof room);
    stemma_document whole = *document;
    whole.text_size = 100;
    return stm_testimony_encode(&whole, bounds, &position, &out, NULL) == STEMMA_OK &&
           stm_testimony_done(&whole, &position) && golden_same_bytes(hex, room, out.size);
}

/* [R-28] */
static bool testimony_is_right(const json_t *vector, const json_t *page)
{
    const json_t *world = json_object_get(page, "world");
    const json_t *given = json_object_get(vector, "parts");
    stm_bounds bounds = bounds_of(world);
    stemma_document document = {0};
    stm_fault fault = {"", 0};
    void *memory = NULL;
    parts all = {.count = (uint32_t)json_array_size(given)};
    assert_true(all.count <= MOST);
    for (uint32_t i = 0; i < all.count; i++) {
        all.all[i] = golden_hex(json_array_get(given, i));
    }
    stemma_status status = decode_parts(&all, &bounds, (uint32_t)golden_number(world, "text_size"),
                                        &memory, &document, &fault);
    bool right = golden_has_code(vector, fault.code) &&
                 status == (golden_is_bad(vector) ? STEMMA_E_DAMAGED : STEMMA_OK);
    if (right && status == STEMMA_OK) {
        for (uint32_t i = 0; i < all.count && right; i++) {
            stm_mp mp = stm_mp_over(all.all[i]);
            right = golden_same_value(&mp, json_array_get(json_object_get(vector, "value"), i));
        }
        right =
            right && (all.count != 1 || same_again(&document, &bounds, json_array_get(given, 0)));
    }
    for (uint32_t i = 0; i < all.count; i++) {
        golden_drop(all.all[i]);
    }
    free(memory);
    return right;
}

static void records_have_one_form(void **state)
{
    (void)state;
    golden_all("record", record_is_right, 160);
}

static void testimony_has_one_form(void **state)
{
    (void)state;
    golden_all("testimony", testimony_is_right, 32);
}

/* [F-7] */
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_have_one_form),
        cmocka_unit_test(testimony_has_one_form),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
