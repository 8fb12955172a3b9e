/* SPDX-License-Identifier: MIT */
/* What the first bytes of a claim's row tell is what decoding it tells; and no byte behind it is read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "claim_record.h"
#include "support/prng.h"

#define TERMS 70000u

static stemma_term terms[TERMS];
static stm_bounds bounds = {.vocabulary = {terms, TERMS},
                            .documents = 500,
                            .entities = 4000000000u,
                            .events = 4000000000u};

static uint32_t some(prng *random)
{
    static const uint32_t most[] = {2, 0x80, 0x100, 0x10000, 4000000000u};
    return prng_below(random, most[prng_below(random, 5)]);
}

static stemma_text some_text(prng *random, char room[400])
{
    static const uint32_t most[] = {1, 0x20, 0x100, 400};
    size_t size = prng_below(random, most[prng_below(random, 4)]);
    memset(room, 'a' + (int)prng_below(random, 26), size);
    return (stemma_text){room, size};
}

static stm_claim_row some_row(prng *random, char room[3][400])
{
    static const stm_witness witnesses[] = {{1, 2}, {3, 4}};
    stm_claim_row row = {.subject_kind = (uint8_t)prng_below(random, 2),
                         .subject = some(random),
                         .predicate = some(random) % TERMS,
                         .polarity = (uint8_t)prng_below(random, 2),
                         .documents = 2,
                         .independent = 1 + prng_below(random, 2),
                         .speakers = prng_below(random, 3),
                         .witnesses = witnesses,
                         .witness_count = 2};
    row.object.kind = (uint8_t)prng_below(random, STEMMA_OBJECT_NONE + 1);
    switch (row.object.kind) {
    case STEMMA_OBJECT_REFERENT:
        row.object.as.referent = some(random);
        break;
    case STEMMA_OBJECT_TEXT:
        row.object.as.text = some_text(random, room[0]);
        break;
    case STEMMA_OBJECT_TIME:
        row.object.as.time.raw = some_text(random, room[0]);
        row.object.as.time.edtf = some_text(random, room[1]);
        break;
    case STEMMA_OBJECT_PLACE: {
        int there = prng_below(random, 2) != 0;
        row.object.as.place = (stemma_place){some_text(random, room[0]),
                                             there ? some(random) : STEMMA_NONE,
                                             some_text(random, room[1]),
                                             there ? -(int32_t)(some(random) % 900000000u)
                                                   : STEMMA_NO_DEGREES,
                                             there ? (int32_t)(some(random) % 1800000000u)
                                                   : STEMMA_NO_DEGREES,
                                             some(random)};
        break;
    }
    case STEMMA_OBJECT_QUANTITY:
        row.object.as.quantity.modifier = (uint8_t)prng_below(random, 3);
        row.object.as.quantity.amount = some_text(random, room[0]);
        row.object.as.quantity.counted = some_text(random, room[1]);
        row.object.as.quantity.unit = some_text(random, room[2]);
        break;
    default:
        break;
    }
    return row;
}

static void check(const stm_claim_row *row, stemma_bytes bytes)
{
    stm_claim_glance seen;
    assert_true(stm_claim_glance_at(bytes, &seen));
    assert_int_equal(seen.kind, row->object.kind);
    assert_ptr_equal(seen.object.data + seen.object.size, bytes.data + bytes.size);
}

static void a_glance_tells_what_decoding_tells(void **state)
{
    prng random = {19};
    uint8_t value[2000];
    char room[3][400];
    (void)state;
    for (uint32_t i = 0; i < TERMS; i++) {
        terms[i].kind = STEMMA_TERM_PREDICATE;
    }
    for (int round = 0; round < 3000; round++) {
        stm_claim_row row = some_row(&random, room);
        stm_buffer out = stm_buffer_over(value, sizeof value);
        stm_fault fault = {"", 0};
        if (stm_claim_encode(&row, &bounds, &out, &fault) != STEMMA_OK) {
            fail_msg("%s", fault.code);
        }
        check(&row, (stemma_bytes){value, out.size});
    }
}

/* The address sanitizer tells when a byte behind the row is read. */
static void what_is_cut_off_or_changed_is_not_run_over(void **state)
{
    prng random = {23};
    uint8_t value[2000];
    char room[3][400];
    (void)state;
    for (int round = 0; round < 3000; round++) {
        stm_claim_row row = some_row(&random, room);
        stm_buffer out = stm_buffer_over(value, sizeof value);
        stm_claim_glance seen;
        assert_int_equal(stm_claim_encode(&row, &bounds, &out, NULL), STEMMA_OK);
        size_t size = 1 + prng_below(&random, (uint32_t)out.size);
        uint8_t *exact = malloc(size);
        assert_non_null(exact);
        memcpy(exact, value, size);
        for (uint32_t changes = prng_below(&random, 3); changes > 0; changes--) {
            exact[prng_below(&random, (uint32_t)(size < 12 ? size : 12))] =
                (uint8_t)prng_next(&random);
        }
        if (stm_claim_glance_at((stemma_bytes){exact, size}, &seen)) {
            assert_true(seen.kind <= STEMMA_OBJECT_NONE && seen.object.size < size);
        }
        free(exact);
    }
    assert_false(stm_claim_glance_at((stemma_bytes){NULL, 0}, &(stm_claim_glance){0}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_glance_tells_what_decoding_tells),
        cmocka_unit_test(what_is_cut_off_or_changed_is_not_run_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
