/* SPDX-License-Identifier: MIT */
/* How fast the packed structures are: ns per random element, M elements per second unpacked and
   packed, M ids per second of posting lists, ns per seek. Prints one line a measurement. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "column.h"
#include "event_block.h"
#include "posting_cursor.h"
#include "support/packed_table.h"
#include "support/prng.h"

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static void *need(size_t size)
{
    void *memory = malloc(size);
    if (memory == NULL) {
        abort();
    }
    return memory;
}

static uint64_t sink;

static void bench_columns(unsigned width)
{
    enum { COUNT = 4096, ROUNDS = 2000 };
    static int64_t values[COUNT], back[COUNT];
    prng random = {width};
    size_t capacity = stm_column_bound(1, COUNT), size = 0;
    uint8_t *block = need(capacity);
    stm_column column;
    double start;
    for (uint32_t i = 0; i < COUNT; i++) {
        values[i] = (int64_t)(prng_next(&random) & stm_bits_mask(width));
    }
    start = now();
    for (int round = 0; round < ROUNDS; round++) {
        values[round % COUNT] ^= 1;
        if (stm_column_write_one(block, capacity, &size, values, COUNT) != STEMMA_OK) {
            abort();
        }
    }
    printf("column width %2u: pack %7.1f M/s", width, ROUNDS * COUNT / (now() - start) / 1e6);
    if (stm_column_open_one((stemma_bytes){block, size}, &column) != STEMMA_OK) {
        abort();
    }
    start = now();
    for (int round = 0; round < ROUNDS * 5; round++) {
        stm_column_unpack(&column, 0, COUNT, back);
        sink += (uint64_t)back[round % COUNT];
    }
    printf(", unpack %7.1f M/s", 5.0 * ROUNDS * COUNT / (now() - start) / 1e6);
    start = now();
    for (int round = 0; round < ROUNDS; round++) {
        uint32_t at = (uint32_t)round;
        for (int i = 0; i < COUNT; i++) {
            at = at * 1664525u + 1013904223u;
            sink += (uint64_t)stm_column_get(&column, at >> 20);
        }
    }
    printf(", get %5.2f ns\n", (now() - start) / (ROUNDS * (double)COUNT) * 1e9);
    free(block);
}

static void bench_event_row(void)
{
    enum { COUNT = 4096, ROUNDS = 200 };
    stm_event_row *rows = need(COUNT * sizeof *rows);
    stm_event_participant *participants = need(COUNT * 2 * sizeof *participants);
    int64_t *scratch = need(COUNT * 2 * sizeof *scratch);
    size_t capacity = stm_event_block_bound(COUNT, COUNT * 2), size = 0;
    uint8_t *out = need(capacity);
    uint32_t present = 0;
    stm_event_block kept;
    prng random = {5};
    double start;
    memset(rows, 0, COUNT * sizeof *rows);
    for (uint32_t i = 0; i < COUNT; i++) {
        rows[i].bounds.start_earliest = 1500000000 / 86400 * INT64_C(86400) + i / 100 * 86400;
        rows[i].bounds.start_latest = rows[i].bounds.end_latest =
            rows[i].bounds.start_earliest + 86399;
        rows[i].bounds.end_earliest = rows[i].bounds.start_earliest;
        rows[i].bounds.precision = STEMMA_PRECISION_DAY;
        rows[i].type = prng_below(&random, 250);
        rows[i].place = rows[i].via = STEMMA_NONE;
        rows[i].participant_first = 2 * i;
        rows[i].participant_count = 2;
        rows[i].documents = rows[i].independent = 1;
        rows[i].first_document = 3;
        rows[i].first_referent = 20000 + i;
        rows[i].folded = 1;
        rows[i].unstored_before = 3 * i;
        rows[i].claim_first = 3 * i;
        rows[i].claim_count = 3;
        for (uint32_t j = 0; j < 2; j++) {
            participants[2 * i + j].role = 20 + j;
            participants[2 * i + j].entity = prng_below(&random, 23000);
            participants[2 * i + j].variant = 0;
        }
    }
    start = now();
    for (int round = 0; round < ROUNDS; round++) {
        if (stm_event_block_write(out, capacity, &size, rows, COUNT, participants, scratch) !=
            STEMMA_OK) {
            abort();
        }
    }
    printf("event block: write %.1f M events/s, %.1f bytes an event",
           ROUNDS * COUNT / (now() - start) / 1e6, (double)size / COUNT);
    start = now();
    for (int i = 0; i < ROUNDS * 100; i++) {
        stm_event_block block;
        if (stm_event_block_open((stemma_bytes){out, size}, &block) != STEMMA_OK) {
            abort();
        }
        present = block.present;
        kept = block;
        sink += block.rows;
    }
    printf(", open %.0f ns", (now() - start) / (ROUNDS * 100.0) * 1e9);
    start = now();
    for (int i = 0; i < ROUNDS * 1000; i++) {
        stm_event_block block;
        stm_event_block_trust((stemma_bytes){out, size}, present, &block);
        sink += block.participants;
    }
    printf(", trust %.0f ns", (now() - start) / (ROUNDS * 1000.0) * 1e9);
    start = now();
    for (int i = 0; i < ROUNDS * 1000; i++) {
        stm_event_row row;
        if (stm_event_block_row(&kept, prng_below(&random, COUNT), &row) != STEMMA_OK) {
            abort();
        }
        sink += row.type;
    }
    printf(", read a row %.0f ns", (now() - start) / (ROUNDS * 1000.0) * 1e9);
    start = now();
    for (int i = 0; i < ROUNDS * 1000; i++) {
        stm_event_block block;
        stm_event_row row;
        stm_event_block_trust((stemma_bytes){out, size}, present, &block);
        if (stm_event_block_row(&block, prng_below(&random, COUNT), &row) != STEMMA_OK) {
            abort();
        }
        sink += row.type;
        for (uint32_t j = 0; j < row.participant_count; j++) {
            stm_event_participant one;
            if (stm_event_block_participant(&block, &row, j, &one) != STEMMA_OK) {
                abort();
            }
            sink += one.entity;
        }
    }
    printf(", with trust and participants %.0f ns\n", (now() - start) / (ROUNDS * 1000.0) * 1e9);
    free(rows);
    free(participants);
    free(scratch);
    free(out);
}

static void bench_posting(uint32_t gap, uint32_t roles)
{
    enum { LENGTH = 2000000, SEEKS = 200000 };
    packed_table table = {0};
    stm_posting_builder *builder = need(sizeof *builder);
    stm_posting_cursor *cursor = need(sizeof *cursor);
    stm_posting_source source = packed_table_source(&table, 4);
    stm_list_key key;
    prng random = {gap};
    uint32_t id = 0, found, payload, last = 0;
    size_t bytes = 0;
    double start = now();
    stm_list_key_u32(&key, 7);
    stm_posting_begin(builder, 4, packed_table_emit, &table);
    for (uint32_t i = 0; i < LENGTH; i++) {
        id += 1 + prng_below(&random, gap);
        if (stm_posting_add(builder, stm_list_key_bytes(&key), id,
                            roles ? prng_below(&random, roles) : 0) != STEMMA_OK) {
            abort();
        }
    }
    last = id;
    if (stm_posting_end(builder) != STEMMA_OK) {
        abort();
    }
    printf("posting gap %5u roles %2u: build %5.1f M/s", gap, roles,
           LENGTH / (now() - start) / 1e6);
    for (size_t i = 0; i < table.count; i++) {
        bytes += table.keys[i].size + table.values[i].size;
    }
    printf(", %.2f bytes each", (double)bytes / LENGTH);
    start = now();
    for (int round = 0; round < 5; round++) {
        if (stm_posting_cursor_open(cursor, &source, stm_list_key_bytes(&key), UINT32_MAX) !=
            STEMMA_OK) {
            abort();
        }
        while (stm_posting_cursor_next(cursor, &found, &payload) == STEMMA_OK) {
            sink += found + payload;
        }
    }
    printf(", walk %6.1f M/s", 5.0 * LENGTH / (now() - start) / 1e6);
    start = now();
    for (int round = 0; round < 5; round++) {
        static uint32_t ids[STM_CHUNK_LIMIT], payloads[STM_CHUNK_LIMIT];
        for (size_t i = 0; i < table.count; i++) {
            stm_posting_value value;
            if (stm_posting_open(table.keys[i], table.values[i], 4, &value) != STEMMA_OK) {
                abort();
            }
            stm_posting_entry entry;
            for (uint32_t j = 0; j < value.entries; j++) {
                if ((j == 0 ? stm_posting_entry_first(&value, &entry)
                            : stm_posting_entry_after(&value, &entry, &entry)) != STEMMA_OK ||
                    stm_chunk_decode(&entry, ids, payloads) != STEMMA_OK) {
                    abort();
                }
                sink += ids[entry.count - 1];
            }
        }
    }
    printf(", decode %6.1f M/s", 5.0 * LENGTH / (now() - start) / 1e6);
    start = now();
    id = 0;
    for (int i = 0; i < SEEKS; i++) {
        if (i % 1000 == 0) {
            id = 0;
            if (stm_posting_cursor_open(cursor, &source, stm_list_key_bytes(&key), UINT32_MAX) !=
                STEMMA_OK) {
                abort();
            }
        }
        id += last / 1000;
        if (stm_posting_cursor_seek(cursor, id, &found, &payload) == STEMMA_OK) {
            sink += found;
        }
    }
    printf(", seek %.0f ns\n", (now() - start) / SEEKS * 1e9);
    packed_table_free(&table);
    free(builder);
    free(cursor);
}

typedef struct participation {
    uint32_t entity, event, role;
} participation;

static int by_entity(const void *left, const void *right)
{
    const participation *a = left, *b = right;
    return a->entity != b->entity ? (a->entity < b->entity ? -1 : 1)
           : a->event != b->event ? (a->event < b->event ? -1 : 1)
                                  : (a->role > b->role) - (a->role < b->role);
}

/* Two participants an event, some entities in very many events and most in few, now and then a day
   on which one of them is everywhere: what coded news look like. */
static size_t make_skewed(participation *out, uint32_t events, uint32_t entities)
{
    prng random = {9};
    uint32_t busy = 0;
    size_t count = 0;
    for (uint32_t event = 0; event < events; event++) {
        for (uint32_t role = 0; role < 2; role++) {
            /* An entity below 2^k for a random k: nearly Zipf's law. */
            uint32_t span = UINT32_C(1) << prng_below(&random, 16);
            uint32_t entity = (span - 1 + prng_below(&random, span)) % entities;
            if (prng_below(&random, 50) == 0) {
                busy = entity;
            }
            entity = prng_below(&random, 4) == 0 ? busy : entity;
            out[count].entity = entity;
            out[count].event = event;
            out[count++].role = role == 0 ? 20 : 38;
        }
    }
    qsort(out, count, sizeof *out, by_entity);
    return count;
}

static void bench_skewed(void)
{
    enum { EVENTS = 468558, ENTITIES = 23033, PAIRS = 2000 };
    participation *all = need(2 * EVENTS * sizeof *all);
    size_t count = make_skewed(all, EVENTS, ENTITIES), bytes = 0, lists = 0;
    packed_table table = {0};
    stm_posting_builder *builder = need(sizeof *builder);
    stm_posting_cursor *left = need(sizeof *left), *right = need(sizeof *right);
    packed_table other;
    stm_posting_source source = packed_table_source(&table, 4), second;
    static uint32_t ids[4096], payloads[4096];
    prng random = {10};
    uint64_t found = 0;
    uint32_t got;
    double start = now();
    stm_posting_begin(builder, 4, packed_table_emit, &table);
    for (size_t i = 0; i < count; i++) {
        stm_list_key key;
        stm_list_key_u32(&key, all[i].entity);
        lists += i == 0 || all[i].entity != all[i - 1].entity;
        if (stm_posting_add(builder, stm_list_key_bytes(&key), all[i].event, all[i].role) !=
            STEMMA_OK) {
            abort();
        }
    }
    if (stm_posting_end(builder) != STEMMA_OK) {
        abort();
    }
    printf("skewed lists: build %.1f M/s", (double)count / (now() - start) / 1e6);
    for (size_t i = 0; i < table.count; i++) {
        bytes += table.keys[i].size + table.values[i].size + 10;
    }
    printf(", %zu lists, %.3f bytes an event, %.1f %% of two a page filled", lists,
           (double)bytes / EVENTS, (double)bytes / (double)table.count / 2040 * 100);
    start = now();
    for (uint32_t entity = 0; entity < ENTITIES; entity++) {
        stm_list_key key;
        stm_list_key_u32(&key, entity);
        if (stm_posting_cursor_open(left, &source, stm_list_key_bytes(&key), UINT32_MAX) !=
            STEMMA_OK) {
            abort();
        }
        while (stm_posting_cursor_next_many(left, ids, NULL, 4096, &got) == STEMMA_OK) {
            sink += ids[got - 1];
        }
    }
    printf(", all lists %.0f M ids/s", (double)count / (now() - start) / 1e6);
    start = now();
    for (int round = 0; round < 20; round++) {
        for (uint32_t entity = 0; entity < 40; entity++) {
            stm_list_key key;
            stm_list_key_u32(&key, entity);
            (void)stm_posting_cursor_open(left, &source, stm_list_key_bytes(&key), UINT32_MAX);
            while (stm_posting_cursor_next_many(left, ids, NULL, 4096, &got) == STEMMA_OK) {
                found += got;
            }
        }
    }
    printf(", long lists %.0f M ids/s", (double)found / (now() - start) / 1e6);
    found = 0;
    start = now();
    for (int round = 0; round < 20; round++) {
        for (uint32_t entity = 0; entity < 40; entity++) {
            stm_list_key key;
            stm_list_key_u32(&key, entity);
            (void)stm_posting_cursor_open(left, &source, stm_list_key_bytes(&key), UINT32_MAX);
            while (stm_posting_cursor_next_many(left, ids, payloads, 4096, &got) == STEMMA_OK) {
                found += got;
            }
        }
    }
    printf(", with roles %.0f M/s", (double)found / (now() - start) / 1e6);
    other = table;
    second = packed_table_source(&other, 4);
    found = 0;
    start = now();
    for (int i = 0; i < PAIRS; i++) {
        stm_list_key a, b;
        stm_list_key_u32(&a, all[prng_below(&random, (uint32_t)count)].entity);
        stm_list_key_u32(&b, all[prng_below(&random, (uint32_t)count)].entity);
        (void)stm_posting_cursor_open(left, &source, stm_list_key_bytes(&a), UINT32_MAX);
        (void)stm_posting_cursor_open(right, &second, stm_list_key_bytes(&b), UINT32_MAX);
        while (stm_posting_intersect(left, right, UINT64_MAX, ids, 4096, &got) == STEMMA_OK) {
            found += got;
        }
    }
    printf(", intersect %.1f us (%.0f found)", (now() - start) / PAIRS * 1e6,
           (double)found / PAIRS);
    start = now();
    for (int i = 0; i < PAIRS * 10; i++) {
        stm_list_key key;
        uint64_t number;
        uint32_t from = prng_below(&random, EVENTS);
        stm_list_key_u32(&key, all[prng_below(&random, (uint32_t)count)].entity);
        (void)stm_posting_count_range(&source, stm_list_key_bytes(&key), from, from + 40000,
                                      &number);
        sink += number;
    }
    printf(", count a range %.0f ns\n", (now() - start) / (PAIRS * 10) * 1e9);
    packed_table_free(&table);
    free(builder);
    free(left);
    free(right);
    free(all);
}

int main(void)
{
    static const unsigned widths[] = {1, 5, 8, 13, 20, 32, 48, 64};
    for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
        bench_columns(widths[i]);
    }
    bench_event_row();
    bench_posting(30, 0);
    bench_posting(30, 12);
    bench_posting(1500, 12);
    bench_skewed();
    fprintf(stderr, "%" PRIu64 "\n", sink);
    return 0;
}
