/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bytes.h"
#include "posting_cursor.h"
#include "support/packed_table.h"
#include "support/prng.h"

/* ---- A plain model to compare with --------------------------------------------------------- */

typedef struct posting {
    uint32_t list; /* number */
    uint32_t id;
    uint32_t payload;
} posting;

typedef struct model {
    posting *postings;
    size_t count;
    int fixed; /* list keys of 4 bytes, else texts */
    stm_posting_form form;
} model;

static void list_key(const model *m, uint32_t number, stm_list_key *out)
{
    if (m->fixed) {
        stm_list_key_u32(out, number);
    } else {
        out->size = (size_t)snprintf((char *)out->data, sizeof out->data, "word%06u%s", number,
                                     number % 7 == 0 ? "-with-a-tail" : "");
    }
}

static int by_order(const void *left, const void *right)
{
    const posting *a = left, *b = right;
    if (a->list != b->list) {
        return a->list < b->list ? -1 : 1;
    }
    if (a->id != b->id) {
        return a->id < b->id ? -1 : 1;
    }
    return (a->payload > b->payload) - (a->payload < b->payload);
}

/* `lists` lists whose lengths differ much, some empty; payloads 0 unless `roles`. */
static model make_model(prng *random, uint32_t lists, uint32_t roles, uint32_t spread, int fixed)
{
    model m = {NULL, 0, fixed, STM_POSTING_NEAR};
    size_t capacity = 0, kept = 0;
    for (uint32_t list = 0; list < lists; list++) {
        uint32_t kind = prng_below(random, 20), length;
        length = kind == 0  ? prng_below(random, 6000)
                 : kind < 4 ? prng_below(random, 300)
                            : prng_below(random, 6);
        for (uint32_t i = 0; i < length; i++) {
            if (m.count == capacity) {
                capacity = capacity * 2 + 1000;
                m.postings = realloc(m.postings, capacity * sizeof *m.postings);
                assert_non_null(m.postings);
            }
            m.postings[m.count].list = list;
            m.postings[m.count].id = prng_below(random, spread);
            m.postings[m.count++].payload = roles != 0 ? prng_below(random, roles) : 0;
        }
    }
    qsort(m.postings, m.count, sizeof *m.postings, by_order);
    for (size_t i = 0; i < m.count; i++) {
        if (i == 0 || by_order(&m.postings[i], &m.postings[kept - 1]) != 0) {
            m.postings[kept++] = m.postings[i];
        }
    }
    m.count = kept;
    return m;
}

static void build(const model *m, packed_table *table)
{
    stm_posting_builder *builder = malloc(sizeof *builder);
    assert_non_null(builder);
    memset(table, 0, sizeof *table);
    stm_posting_begin_as(builder, m->form, m->fixed ? 4 : 0, packed_table_emit, table);
    for (size_t i = 0; i < m->count; i++) {
        stm_list_key key;
        list_key(m, m->postings[i].list, &key);
        assert_int_equal(stm_posting_add(builder, stm_list_key_bytes(&key), m->postings[i].id,
                                         m->postings[i].payload),
                         STEMMA_OK);
    }
    assert_int_equal(stm_posting_end(builder), STEMMA_OK);
    free(builder);
}

static void check_table(const packed_table *table, size_t list_size)
{
    stm_list_key last_list = {{0}, 0};
    uint32_t last_id = 0, last_payload = 0;
    for (size_t i = 0; i < table->count; i++) {
        stm_posting_value value;
        assert_true(table->keys[i].size + table->values[i].size <= STEMMA_LIMIT_INLINE);
        assert_int_equal(stm_posting_open(table->keys[i], table->values[i], list_size, &value),
                         STEMMA_OK);
        assert_int_equal(stm_posting_check(&value, &last_list, &last_id, &last_payload), STEMMA_OK);
    }
}

/* ---- Tests --------------------------------------------------------------------------------- */

static void lists_read_back(const model *m, packed_table *table, uint32_t lists)
{
    stm_posting_source source = packed_table_source(table, m->fixed ? 4 : 0);
    stm_posting_cursor *cursor = malloc(sizeof *cursor);
    size_t at = 0;
    assert_non_null(cursor);
    for (uint32_t list = 0; list < lists; list++) {
        stm_list_key key;
        uint32_t id, payload;
        uint64_t count;
        size_t first = at;
        list_key(m, list, &key);
        assert_int_equal(
            stm_posting_cursor_open(cursor, &source, stm_list_key_bytes(&key), UINT32_MAX),
            STEMMA_OK);
        for (; at < m->count && m->postings[at].list == list; at++) {
            assert_int_equal(stm_posting_cursor_next(cursor, &id, &payload), STEMMA_OK);
            assert_int_equal(id, m->postings[at].id);
            assert_int_equal(payload, m->postings[at].payload);
        }
        assert_int_equal(stm_posting_cursor_next(cursor, &id, &payload), STEMMA_END);
        assert_int_equal(stm_posting_cursor_next(cursor, &id, &payload), STEMMA_END);
        assert_int_equal(stm_posting_count(&source, stm_list_key_bytes(&key), &count), STEMMA_OK);
        assert_int_equal(count, at - first);
    }
    assert_int_equal(at, m->count);
    free(cursor);
}

/* The same lists, many postings at a time, and their numbers in ranges of ids. */
static void lists_read_back_in_bulk(const model *m, packed_table *table, uint32_t lists,
                                    prng *random, uint32_t spread)
{
    stm_posting_source source = packed_table_source(table, m->fixed ? 4 : 0);
    stm_posting_cursor *cursor = malloc(sizeof *cursor);
    size_t at = 0;
    assert_non_null(cursor);
    for (uint32_t list = 0; list < lists; list++) {
        uint32_t ids[700], payloads[700], count, capacity = 1 + prng_below(random, 700);
        size_t first = at, end = at;
        stm_list_key key;
        list_key(m, list, &key);
        assert_int_equal(
            stm_posting_cursor_open(cursor, &source, stm_list_key_bytes(&key), UINT32_MAX),
            STEMMA_OK);
        while (end < m->count && m->postings[end].list == list) {
            end++;
        }
        while (at < end) {
            uint32_t expected = end - at < capacity ? (uint32_t)(end - at) : capacity;
            assert_int_equal(stm_posting_cursor_next_many(cursor, ids, payloads, capacity, &count),
                             STEMMA_OK);
            assert_int_equal(count, expected);
            for (uint32_t i = 0; i < count; i++, at++) {
                assert_int_equal(ids[i], m->postings[at].id);
                assert_int_equal(payloads[i], m->postings[at].payload);
            }
        }
        assert_int_equal(stm_posting_cursor_next_many(cursor, ids, payloads, capacity, &count),
                         STEMMA_END);
        assert_int_equal(count, 0);
        for (uint32_t round = 0; round < 8; round++) {
            uint32_t from = prng_below(random, spread), until = from;
            uint64_t expected = 0, found;
            until += round < 2 ? round : prng_below(random, spread - from);
            for (size_t i = first; i < end; i++) {
                expected += m->postings[i].id >= from && m->postings[i].id < until;
            }
            assert_int_equal(
                stm_posting_count_range(&source, stm_list_key_bytes(&key), from, until, &found),
                STEMMA_OK);
            assert_int_equal(found, expected);
        }
    }
    free(cursor);
}

/* Nothing below `until` is left out, and once an id is not below it no chunk is opened. */
static void lists_read_back_until(const model *m, packed_table *table, uint32_t lists, prng *random,
                                  uint32_t spread)
{
    stm_posting_source source = packed_table_source(table, m->fixed ? 4 : 0);
    stm_posting_cursor *cursor = malloc(sizeof *cursor);
    size_t at = 0;
    assert_non_null(cursor);
    for (uint32_t list = 0; list < lists; list++) {
        uint32_t ids[700], payloads[700], count = 0, capacity = 1 + prng_below(random, 700);
        uint32_t until = prng_below(random, spread), behind = 0;
        size_t first = at;
        stm_list_key key;
        stemma_status status;
        list_key(m, list, &key);
        assert_int_equal(
            stm_posting_cursor_open(cursor, &source, stm_list_key_bytes(&key), UINT32_MAX),
            STEMMA_OK);
        while ((status = stm_posting_cursor_next_until(cursor, until, ids, payloads, capacity,
                                                       &count)) == STEMMA_OK) {
            assert_in_range(count, 1, capacity);
            for (uint32_t i = 0; i < count; i++, at++) {
                assert_int_equal(ids[i], m->postings[at].id);
                assert_int_equal(payloads[i], m->postings[at].payload);
                behind += ids[i] >= until;
            }
        }
        assert_int_equal(status, STEMMA_END);
        assert_in_range(behind, 0, STM_CHUNK_LIMIT);
        for (size_t i = first; i < at; i++) {
            assert_int_equal(m->postings[i].list, list);
        }
        while (at < m->count && m->postings[at].list == list) {
            assert_true(m->postings[at].id >= until);
            at++;
        }
    }
    free(cursor);
}

/* Distinct ids that both lists hold, by the model. */
static uint32_t common(const model *m, uint32_t left, uint32_t right, uint32_t *out)
{
    uint32_t count = 0;
    size_t a = 0, b = 0;
    while (a < m->count && m->postings[a].list != left) {
        a++;
    }
    while (b < m->count && m->postings[b].list != right) {
        b++;
    }
    while (a < m->count && b < m->count && m->postings[a].list == left &&
           m->postings[b].list == right) {
        uint32_t x = m->postings[a].id, y = m->postings[b].id;
        if (x == y && (count == 0 || out[count - 1] != x)) {
            out[count++] = x;
        }
        a += x <= y;
        b += y <= x;
    }
    return count;
}

static void intersections_agree(const model *m, packed_table *table, uint32_t lists, prng *random)
{
    packed_table other = *table; /* a position of its own */
    stm_posting_source left = packed_table_source(table, m->fixed ? 4 : 0);
    stm_posting_source right = packed_table_source(&other, m->fixed ? 4 : 0);
    stm_posting_cursor *a = malloc(sizeof *a), *b = malloc(sizeof *b);
    uint32_t *expected = malloc(7000 * sizeof *expected);
    assert_non_null(a);
    assert_non_null(b);
    assert_non_null(expected);
    for (int round = 0; round < 300; round++) {
        /* Small ones stop in the middle of chunks, great ones let whole chunks be taken. */
        uint32_t capacity = 1 + prng_below(random, round % 2 == 0 ? 300 : 3000), count, at = 0;
        uint32_t ids[3000], until = round % 3 == 0 ? prng_below(random, 100000) : UINT32_MAX;
        uint32_t one = prng_below(random, lists), two = prng_below(random, lists), all;
        stm_list_key key;
        all = common(m, one, two, expected);
        list_key(m, one, &key);
        assert_int_equal(stm_posting_cursor_open(a, &left, stm_list_key_bytes(&key), UINT32_MAX),
                         STEMMA_OK);
        list_key(m, two, &key);
        assert_int_equal(stm_posting_cursor_open(b, &right, stm_list_key_bytes(&key), UINT32_MAX),
                         STEMMA_OK);
        while (stm_posting_intersect(a, b, until, ids, capacity, &count) == STEMMA_OK) {
            assert_true(count <= all - at);
            assert_memory_equal(ids, expected + at, count * sizeof *ids);
            at += count;
        }
        assert_true(at == all || expected[at] >= until);
    }
    free(a);
    free(b);
    free(expected);
}

static void seeks_agree(const model *m, packed_table *table, uint32_t lists, prng *random,
                        uint32_t spread)
{
    stm_posting_source source = packed_table_source(table, m->fixed ? 4 : 0);
    stm_posting_cursor *cursor = malloc(sizeof *cursor);
    assert_non_null(cursor);
    for (int round = 0; round < 600; round++) {
        uint32_t list = prng_below(random, lists), target = 0;
        size_t at = 0;
        stm_list_key key;
        while (at < m->count && m->postings[at].list < list) {
            at++;
        }
        list_key(m, list, &key);
        assert_int_equal(
            stm_posting_cursor_open(cursor, &source, stm_list_key_bytes(&key), UINT32_MAX),
            STEMMA_OK);
        for (;;) {
            uint32_t id, payload;
            stemma_status status;
            uint32_t ahead = prng_below(random, 1 + spread / (1 + prng_below(random, 40)));
            if (target > UINT32_MAX - ahead) {
                break;
            }
            /* Sometimes a target that lies behind. */
            target = prng_below(random, 8) == 0 ? target / 2 : target + ahead;
            while (at < m->count && m->postings[at].list == list && m->postings[at].id < target) {
                at++;
            }
            status = stm_posting_cursor_seek(cursor, target, &id, &payload);
            if (at == m->count || m->postings[at].list != list) {
                assert_int_equal(status, STEMMA_END);
                break;
            }
            assert_int_equal(status, STEMMA_OK);
            assert_int_equal(id, m->postings[at].id);
            assert_int_equal(payload, m->postings[at].payload);
            at++;
            target = id;
        }
    }
    free(cursor);
}

static const stm_posting_form forms[] = {STM_POSTING_NEAR, STM_POSTING_APART};

static void round_trip(uint64_t seed, uint32_t lists, uint32_t roles, uint32_t spread, int fixed)
{
    prng random = {seed};
    model m = make_model(&random, lists, roles, spread, fixed);
    for (size_t f = 0; f < sizeof forms / sizeof forms[0]; f++) {
        packed_table table;
        m.form = forms[f];
        build(&m, &table);
        check_table(&table, fixed ? 4 : 0);
        lists_read_back(&m, &table, lists);
        lists_read_back_in_bulk(&m, &table, lists, &random, spread);
        lists_read_back_until(&m, &table, lists, &random, spread);
        intersections_agree(&m, &table, lists, &random);
        seeks_agree(&m, &table, lists, &random, spread);
        packed_table_free(&table);
    }
    free(m.postings);
}

/* [P-12] [P-15] [P-19] */
static void lists_with_roles_read_back_and_seek(void **state)
{
    (void)state;
    round_trip(11, 400, 30, 100000, 1);
    round_trip(12, 300, 3, 900, 1);
    round_trip(13, 300, 100000, 50, 1); /* many payloads under one id */
    round_trip(17, 200, 2, 200000, 1);
}

static void lists_without_payload_read_back_and_seek(void **state)
{
    (void)state;
    round_trip(14, 500, 0, 1000000, 0);
    round_trip(15, 100, 0, UINT32_MAX - 1, 0);
    round_trip(16, 1, 0, 4000, 0);
}

static size_t value_bytes(const packed_table *table)
{
    size_t bytes = 0;
    for (size_t i = 0; i < table->count; i++) {
        bytes += table->values[i].size;
    }
    return bytes;
}

/* [P-16] */
static void payloads_that_are_all_equal_cost_a_byte_or_two_a_chunk(void **state)
{
    static posting postings[1000];
    packed_table without, equal, two;
    model m = {postings, 1000, 1, STM_POSTING_NEAR};
    (void)state;
    for (uint32_t i = 0; i < 1000; i++) {
        postings[i] = (posting){7, i * 3, 0};
    }
    build(&m, &without);
    for (uint32_t i = 0; i < 1000; i++) {
        postings[i].payload = 900;
    }
    build(&m, &equal);
    assert_true(value_bytes(&equal) <= value_bytes(&without) + 4 * 2);
    /* Two payloads take a bit each, however far apart they are. */
    for (uint32_t i = 0; i < 1000; i += 3) {
        postings[i].payload = 2000000000;
    }
    build(&m, &two);
    assert_true(value_bytes(&two) <= value_bytes(&without) + 1000 / 8 + 4 * 9);
    packed_table_free(&without);
    packed_table_free(&equal);
    packed_table_free(&two);
}

/* [P-16] */
static void a_few_wide_gaps_do_not_widen_all(void **state)
{
    static posting postings[1024];
    packed_table table;
    model m = {postings, 1024, 1, STM_POSTING_NEAR};
    uint32_t id = 0;
    (void)state;
    for (uint32_t i = 0; i < 1024; i++) {
        id += i % 100 == 50 ? 1000000 : 1;
        postings[i] = (posting){7, id, 0};
    }
    build(&m, &table);
    check_table(&table, 4);
    lists_read_back(&m, &table, 8);
    assert_true(value_bytes(&table) < 1024 / 8 + 10 * 4 + 4 * 12);
    packed_table_free(&table);
}

/* [P-16] */
static void ids_far_apart_may_have_several_payloads_each(void **state)
{
    static const posting postings[] = {{7, 0, 0},   {7, 0, 1},   {7, 0, 3},    {7, 131, 0},
                                       {7, 131, 2}, {7, 131, 3}, {7, 62851, 1}};
    static posting copies[sizeof postings / sizeof postings[0]];
    packed_table table;
    model m = {copies, sizeof postings / sizeof postings[0], 1, STM_POSTING_NEAR};
    (void)state;
    memcpy(copies, postings, sizeof postings);
    build(&m, &table);
    check_table(&table, 4);
    lists_read_back(&m, &table, 8);
    packed_table_free(&table);
}

/* [P-16] [P-17] */
static void a_few_large_payloads_do_not_widen_all(void **state)
{
    static posting postings[1024];
    packed_table table;
    model m = {postings, 1024, 1, STM_POSTING_NEAR};
    (void)state;
    for (uint32_t i = 0; i < 1024; i++) {
        postings[i] = (posting){7, 5 * i, i % 40 == 3 ? 1000 + i * 7 : i % 4};
    }
    build(&m, &table);
    check_table(&table, 4);
    lists_read_back(&m, &table, 8);
    /* Ids in 3 bits, payloads in 2; of each chunk some 7 with two bytes more. */
    assert_true(value_bytes(&table) < 1024 * 5 / 8 + 4 * (7 * 3 + 20));
    packed_table_free(&table);
}

/* [P-13] [P-18] */
static void values_fill_the_half_of_a_page(void **state)
{
    prng random = {31};
    model m = make_model(&random, 3000, 2, 200000, 1);
    packed_table table;
    size_t bytes = 0;
    (void)state;
    build(&m, &table);
    for (size_t i = 0; i < table.count; i++) {
        bytes += table.keys[i].size + table.values[i].size;
    }
    assert_true(table.count > 50);
    assert_true(bytes * 100 > table.count * STEMMA_LIMIT_INLINE * 97);
    packed_table_free(&table);
    free(m.postings);
}

/* [P-16] [P-17] A changed bit is refused by the check or makes other postings. */
static void a_check_refuses_what_no_writer_writes(void **state)
{
    prng random = {32};
    (void)state;
    for (int way = 0; way < 4; way++) {
        const int fixed = way % 2;
        model m = make_model(&random, 40, fixed ? 300 : 3, 5000, fixed);
        packed_table table;
        unsigned accepted = 0;
        m.form = forms[way / 2];
        build(&m, &table);
        for (size_t bit = 0; bit < table.values[0].size * 8; bit++) {
            uint8_t *bytes = (uint8_t *)(uintptr_t)table.values[0].data;
            stm_posting_value value;
            stm_list_key last = {{0}, 0};
            uint32_t last_id = 0, last_payload = 0;
            bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
            if (stm_posting_open(table.keys[0], table.values[0], fixed ? 4 : 0, &value) ==
                    STEMMA_OK &&
                stm_posting_check(&value, &last, &last_id, &last_payload) == STEMMA_OK) {
                /* What it says now differs from what it said. */
                stm_posting_entry entry;
                uint32_t ids[STM_CHUNK_LIMIT], payloads[STM_CHUNK_LIMIT];
                size_t at = 0;
                int same = 1;
                stm_list_key key = {.size = 0};
                accepted++;
                for (uint32_t i = 0; i < value.entries; i++) {
                    stm_list_key expected;
                    assert_int_equal(i == 0 ? stm_posting_entry_first(&value, &entry)
                                            : stm_posting_entry_after(&value, &entry, &entry),
                                     STEMMA_OK);
                    assert_int_equal(stm_chunk_decode(&entry, ids, payloads), STEMMA_OK);
                    stm_posting_entry_list(&entry, &key);
                    for (uint32_t j = 0; j < entry.count && same; j++, at++) {
                        assert_true(stm_chunk_payload(&entry, j) == payloads[j]);
                        list_key(&m, m.postings[at].list, &expected);
                        same = ids[j] == m.postings[at].id &&
                               payloads[j] == m.postings[at].payload && key.size == expected.size &&
                               memcmp(key.data, expected.data, key.size) == 0;
                    }
                }
                assert_false(same);
            }
            bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
        }
        assert_true(accepted > 50);
        packed_table_free(&table);
        free(m.postings);
    }
}

static void record_is(stm_posting_form form, const uint8_t *golden_value, size_t size)
{
    static const uint8_t golden_key[] = {'a', 'b', 0, 0, 0, 0, 5, 0, 0, 0, 1};
    packed_table table = {0};
    stm_posting_builder builder;
    stemma_bytes ab = {(const uint8_t *)"ab", 2}, ac = {(const uint8_t *)"ac", 2};
    stm_posting_begin_as(&builder, form, 0, packed_table_emit, &table);
    assert_int_equal(stm_posting_add(&builder, ab, 5, 1), STEMMA_OK);
    assert_int_equal(stm_posting_add(&builder, ab, 6, 4), STEMMA_OK);
    assert_int_equal(stm_posting_add(&builder, ab, 9, 3), STEMMA_OK);
    assert_int_equal(stm_posting_add(&builder, ac, 300, 0), STEMMA_OK);
    assert_int_equal(stm_posting_end(&builder), STEMMA_OK);
    assert_int_equal(table.count, 1);
    assert_int_equal(table.keys[0].size, sizeof golden_key);
    assert_memory_equal(table.keys[0].data, golden_key, sizeof golden_key);
    assert_int_equal(table.values[0].size, size);
    assert_memory_equal(table.values[0].data, golden_value, size);
    packed_table_free(&table);
}

/* [P-13] [P-14] [P-16] [P-17] [P-34] */
static void the_bytes_of_a_record_are_these(void **state)
{
    static const uint8_t near[] = {
        2,    0x80,   /* two entries, so one group, which needs no offset */
        0x02,         /* shares "ab", adds nothing */
        11,   11,     /* first id 5, and more: three postings with packed payloads */
        2,            /* differences in 2 bits */
        1,    2,      /* payloads from 1, in 2 bits */
        0x0d,         /* differences 1, 3 */
        0x2c,         /* payloads 0, 3, 2 */
        0x11, 'c',    /* shares "a", adds "c" */
        0xd8, 4,      /* id 300, one posting without payload */
    };
    static const uint8_t apart[] = {
        2,    0,         /* two entries, so one group, which needs no offset */
        2,    0,         /* shares "ab", adds nothing */
        11,   5,         /* three postings with packed payloads; first id 5 */
        2,               /* differences in 2 bits */
        1,    2,         /* payloads from 1, in 2 bits */
        0x0d,            /* differences 1, 3 */
        0x2c,            /* payloads 0, 3, 2 */
        1,    1,    'c', /* shares "a", adds "c" */
        0,    0xac, 2,   /* one posting without payload; id 300 */
    };
    (void)state;
    record_is(STM_POSTING_NEAR, near, sizeof near);
    record_is(STM_POSTING_APART, apart, sizeof apart);
}

/* [P-14] Long list keys, of which much is shared and much follows, and chunks of one list in several groups.
 */
static void long_list_keys_read_back(void **state)
{
    static const char *const tails[] = {"", "a", "an-end-of-more-than-fifteen-bytes", "b"};
    (void)state;
    for (size_t f = 0; f < sizeof forms / sizeof forms[0]; f++) {
        static stm_posting_builder builder;
        static stm_posting_cursor cursor;
        packed_table table = {0};
        stm_list_key key;
        uint32_t id, payload;
        stm_posting_begin_as(&builder, forms[f], 0, packed_table_emit, &table);
        for (uint32_t i = 0; i < 400; i++) {
            key.size = (size_t)snprintf((char *)key.data, sizeof key.data,
                                        "what-all-of-them-have-in-common-%02u%s", i / 4, tails[i % 4]);
            /* One in some has so many postings that they fill several groups. */
            for (uint32_t n = 0; n < (i % 50 == 7 ? 6000 : 1 + i % 3); n++) {
                assert_int_equal(stm_posting_add(&builder, stm_list_key_bytes(&key), i + n * 3, 0),
                                 STEMMA_OK);
            }
        }
        assert_int_equal(stm_posting_end(&builder), STEMMA_OK);
        check_table(&table, 0);
        stm_posting_source source = packed_table_source(&table, 0);
        for (uint32_t i = 0; i < 400; i++) {
            uint64_t counted = 0;
            key.size = (size_t)snprintf((char *)key.data, sizeof key.data,
                                        "what-all-of-them-have-in-common-%02u%s", i / 4, tails[i % 4]);
            assert_int_equal(stm_posting_count(&source, stm_list_key_bytes(&key), &counted), STEMMA_OK);
            assert_int_equal(counted, i % 50 == 7 ? 6000 : 1 + i % 3);
            assert_int_equal(
                stm_posting_cursor_open(&cursor, &source, stm_list_key_bytes(&key), UINT32_MAX),
                STEMMA_OK);
            for (uint32_t n = 0; n < counted; n++) {
                assert_int_equal(stm_posting_cursor_next(&cursor, &id, &payload), STEMMA_OK);
                assert_int_equal(id, i + n * 3);
            }
            assert_int_equal(stm_posting_cursor_next(&cursor, &id, &payload), STEMMA_END);
            /* What nobody has: between two lists, before all and behind all. */
            key.data[key.size++] = '!';
            assert_int_equal(stm_posting_count(&source, stm_list_key_bytes(&key), &counted), STEMMA_OK);
            assert_int_equal(counted, 0);
            key.size = i % 32 + 1;
            assert_int_equal(stm_posting_count(&source, stm_list_key_bytes(&key), &counted), STEMMA_OK);
            assert_int_equal(counted, 0);
            key.data[key.size - 1] = i % 2 == 0 ? '!' : '~';
            assert_int_equal(stm_posting_count(&source, stm_list_key_bytes(&key), &counted), STEMMA_OK);
            assert_int_equal(counted, 0);
        }
        packed_table_free(&table);
    }
}

/* [P-12] [P-15] */
static void postings_out_of_order_are_refused(void **state)
{
    stm_posting_builder builder;
    stemma_bytes a = {(const uint8_t *)"a", 1}, b = {(const uint8_t *)"b", 1};
    uint8_t long_key[STM_LIST_KEY_LIMIT + 1];
    static const struct {
        int list;
        uint32_t id, payload;
    } wrong[] = {{1, 5, 5}, {1, 5, 4}, {1, 4, 9}, {0, 9, 9}};
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        packed_table table = {0};
        stm_posting_begin(&builder, 0, packed_table_emit, &table);
        assert_int_equal(stm_posting_add(&builder, b, 5, 5), STEMMA_OK);
        assert_int_equal(
            stm_posting_add(&builder, wrong[i].list ? b : a, wrong[i].id, wrong[i].payload),
            STEMMA_E_MISUSE);
        assert_int_equal(stm_posting_end(&builder), STEMMA_E_MISUSE);
        packed_table_free(&table);
    }
    memset(long_key, 'a', sizeof long_key);
    stm_posting_begin(&builder, 0, packed_table_emit, NULL);
    assert_int_equal(stm_posting_add(&builder, (stemma_bytes){long_key, sizeof long_key}, 1, 0),
                     STEMMA_E_MISUSE);
    stm_posting_begin(&builder, 0, packed_table_emit, NULL);
    assert_int_equal(stm_posting_add(&builder, (stemma_bytes){NULL, 0}, 1, 0), STEMMA_E_MISUSE);
}

static stemma_status refuse(void *context, stemma_bytes key, stemma_bytes value)
{
    (void)key;
    (void)value;
    return --*(int *)context < 0 ? STEMMA_E_SYSTEM : STEMMA_OK;
}

static void a_failure_to_store_is_handed_through(void **state)
{
    stm_posting_builder builder;
    stemma_bytes a = {(const uint8_t *)"a", 1};
    int left = 2;
    stemma_status status = STEMMA_OK;
    (void)state;
    stm_posting_begin(&builder, 0, refuse, &left);
    for (uint32_t i = 0; i < 100000 && status == STEMMA_OK; i++) {
        status = stm_posting_add(&builder, a, i * 1000, i % 91);
    }
    assert_int_equal(status, STEMMA_E_SYSTEM);
    assert_int_equal(stm_posting_end(&builder), STEMMA_E_SYSTEM);
}

static void ids_at_or_above_the_bound_are_damage(void **state)
{
    packed_table table = {0};
    stm_posting_builder builder;
    stm_posting_cursor cursor;
    stemma_bytes a = {(const uint8_t *)"a", 1};
    stm_posting_source source = packed_table_source(&table, 0);
    (void)state;
    stm_posting_begin(&builder, 0, packed_table_emit, &table);
    assert_int_equal(stm_posting_add(&builder, a, 41, 0), STEMMA_OK);
    assert_int_equal(stm_posting_add(&builder, a, 42, 0), STEMMA_OK);
    assert_int_equal(stm_posting_end(&builder), STEMMA_OK);
    assert_int_equal(stm_posting_cursor_open(&cursor, &source, a, 42), STEMMA_E_DAMAGED);
    assert_int_equal(stm_posting_cursor_open(&cursor, &source, a, 43), STEMMA_OK);
    packed_table_free(&table);
}

static void an_empty_table_holds_empty_lists(void **state)
{
    packed_table table = {0};
    stm_posting_source source = packed_table_source(&table, 0);
    stm_posting_cursor cursor;
    stemma_bytes a = {(const uint8_t *)"a", 1};
    uint32_t id;
    uint64_t count;
    (void)state;
    assert_int_equal(stm_posting_cursor_open(&cursor, &source, a, 10), STEMMA_OK);
    assert_int_equal(stm_posting_cursor_next(&cursor, &id, NULL), STEMMA_END);
    assert_int_equal(stm_posting_cursor_seek(&cursor, 3, &id, NULL), STEMMA_END);
    assert_int_equal(stm_posting_count(&source, a, &count), STEMMA_OK);
    assert_int_equal(count, 0);
}

/* Reads a table every way there is; only that it comes to an end and stays inside matters. */
static void read_every_way(const model *m, packed_table *table, uint32_t lists, prng *random)
{
    stm_posting_source source = packed_table_source(table, m->fixed ? 4 : 0);
    stm_posting_cursor cursor;
    for (uint32_t list = 0; list < lists; list++) {
        stm_list_key key;
        uint32_t id = 0, payload, steps = 0;
        uint64_t count;
        list_key(m, list, &key);
        (void)stm_posting_count(&source, stm_list_key_bytes(&key), &count);
        if (stm_posting_cursor_open(&cursor, &source, stm_list_key_bytes(&key), UINT32_MAX) !=
            STEMMA_OK) {
            continue;
        }
        while (stm_posting_cursor_next(&cursor, &id, &payload) == STEMMA_OK) {
            assert_true(++steps < 100000);
        }
        (void)stm_posting_cursor_open(&cursor, &source, stm_list_key_bytes(&key), UINT32_MAX);
        {
            static stm_posting_cursor second;
            packed_table other = *table;
            stm_posting_source source2 = packed_table_source(&other, m->fixed ? 4 : 0);
            static uint32_t ids[3000], payloads[300];
            uint32_t got, rounds = 0, capacity = list % 2 == 0 ? 300 : 3000;
            while (stm_posting_cursor_next_many(&cursor, ids, payloads, 300, &got) == STEMMA_OK) {
                assert_true(++rounds < 100000);
            }
            (void)stm_posting_count_range(&source, stm_list_key_bytes(&key), 500, 2000, &count);
            list_key(m, prng_below(random, lists), &key);
            (void)stm_posting_cursor_open(&second, &source2, stm_list_key_bytes(&key), UINT32_MAX);
            list_key(m, list, &key);
            (void)stm_posting_cursor_open(&cursor, &source, stm_list_key_bytes(&key), UINT32_MAX);
            while (stm_posting_intersect(&cursor, &second, UINT64_MAX, ids, capacity, &got) ==
                   STEMMA_OK) {
                assert_true(++rounds < 200000);
            }
            (void)stm_posting_cursor_open(&cursor, &source, stm_list_key_bytes(&key), UINT32_MAX);
        }
        id = 0;
        while (stm_posting_cursor_seek(&cursor, id + prng_below(random, 50), &id, &payload) ==
               STEMMA_OK) {
            assert_true(++steps < 200000);
        }
    }
}

/* [F-2] */
static void damaged_tables_never_lead_out_of_bounds_or_into_a_loop(void **state)
{
    prng random = {21};
    (void)state;
    for (int way = 0; way < 4; way++) {
        const int fixed = way % 2;
        model m = make_model(&random, 60, fixed ? 12 : 0, 3000, fixed);
        m.form = forms[way / 2];
        for (int round = 0; round < 400; round++) {
            packed_table table;
            unsigned changes = 1 + prng_below(&random, 4);
            build(&m, &table);
            while (changes-- > 0) {
                size_t record = prng_below(&random, (uint32_t)table.count);
                stemma_bytes *target =
                    prng_below(&random, 8) == 0 ? &table.keys[record] : &table.values[record];
                uint32_t at = prng_below(&random, (uint32_t)target->size);
                if (prng_below(&random, 4) == 0) {
                    at %= 40;
                }
                if (prng_below(&random, 10) == 0) {
                    /* Truncate, with the memory behind it really gone. */
                    uint8_t *shorter = malloc(at + 1);
                    assert_non_null(shorter);
                    memcpy(shorter, target->data, at);
                    free((void *)(uintptr_t)target->data);
                    *target = (stemma_bytes){shorter, at};
                    if (at == 0) {
                        break;
                    }
                } else if (at < target->size) {
                    ((uint8_t *)(uintptr_t)target->data)[at] = (uint8_t)prng_next(&random);
                }
            }
            read_every_way(&m, &table, 60, &random);
            packed_table_free(&table);
        }
        free(m.postings);
    }
}

static void random_bytes_are_read_without_harm(void **state)
{
    prng random = {22};
    unsigned opened = 0;
    (void)state;
    for (int round = 0; round < 20000; round++) {
        uint8_t key[14];
        size_t size = 4 + prng_below(&random, 200);
        uint8_t *bytes = malloc(size);
        stm_posting_value value;
        stm_list_key list;
        assert_non_null(bytes);
        list.size = 0;
        for (size_t i = 0; i < size; i++) {
            bytes[i] = prng_below(&random, 3) != 0 ? (uint8_t)prng_below(&random, 8)
                                                   : (uint8_t)prng_next(&random);
        }
        stm_store_le16(bytes, (uint16_t)((1 + prng_below(&random, 3)) | (round % 2 != 0 ? 0x8000u : 0)));
        size_t key_size = stm_key_posting(key, (stemma_bytes){(const uint8_t *)"abc", 3}, 3, 4);
        if (stm_posting_open((stemma_bytes){key, key_size}, (stemma_bytes){bytes, size}, 0,
                             &value) == STEMMA_OK) {
            uint32_t ids[STM_CHUNK_LIMIT], payloads[STM_CHUNK_LIMIT], id = 0, payload = 0;
            stm_posting_entry entry;
            stemma_status status = stm_posting_entry_first(&value, &entry);
            opened++;
            for (uint32_t i = 1; status == STEMMA_OK; i++) {
                (void)stm_chunk_decode(&entry, ids, payloads);
                (void)stm_chunk_decode(&entry, ids, NULL);
                stm_posting_entry_list(&entry, &list);
                if (i == value.entries) {
                    break;
                }
                status = stm_posting_entry_after(&value, &entry, &entry);
            }
            list.size = 0;
            (void)stm_posting_check(&value, &list, &id, &payload);
        }
        free(bytes);
    }
    assert_true(opened > 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_with_roles_read_back_and_seek),
        cmocka_unit_test(lists_without_payload_read_back_and_seek),
        cmocka_unit_test(payloads_that_are_all_equal_cost_a_byte_or_two_a_chunk),
        cmocka_unit_test(a_few_wide_gaps_do_not_widen_all),
        cmocka_unit_test(ids_far_apart_may_have_several_payloads_each),
        cmocka_unit_test(a_few_large_payloads_do_not_widen_all),
        cmocka_unit_test(values_fill_the_half_of_a_page),
        cmocka_unit_test(a_check_refuses_what_no_writer_writes),
        cmocka_unit_test(the_bytes_of_a_record_are_these),
        cmocka_unit_test(long_list_keys_read_back),
        cmocka_unit_test(postings_out_of_order_are_refused),
        cmocka_unit_test(a_failure_to_store_is_handed_through),
        cmocka_unit_test(ids_at_or_above_the_bound_are_damage),
        cmocka_unit_test(an_empty_table_holds_empty_lists),
        cmocka_unit_test(damaged_tables_never_lead_out_of_bounds_or_into_a_loop),
        cmocka_unit_test(random_bytes_are_read_without_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
