/* SPDX-License-Identifier: MIT */
#include "ask_check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

const char *const kind_names[KIND_COUNT] = {
    "event by number",         "entity by name", "entity in 30 days, numbers",
    "entity in 30 days, rows", "events of two",  "triangles in 30 days",
    "type in 7 days",          "scan of all",    "counts by type"};

const answer_shape kind_shapes[KIND_COUNT] = {ANSWER_ROWS,   ANSWER_ENTITY, ANSWER_EVENTS,
                                              ANSWER_ROWS,   ANSWER_EVENTS, ANSWER_EVENTS,
                                              ANSWER_EVENTS, ANSWER_SUMS,   ANSWER_COUNTS};

void put_counted(event_counts *counts, words *out)
{
    size_t i = 0;
    while (i < counts->used) {
        uint64_t eight = 0;
        if (counts->used - i >= sizeof eight) { /* mostly none of them was found twice */
            memcpy(&eight, counts->of + i, sizeof eight);
            if ((eight & UINT64_C(0x0202020202020202)) == 0) {
                memset(counts->of + i, 0, sizeof eight);
                i += sizeof eight;
                continue;
            }
        }
        for (size_t end = counts->used - i < 8 ? counts->used : i + 8; i < end; i++) {
            if (counts->of[i] == 2) {
                put_word(out, counts->first + (uint32_t)i);
            }
            counts->of[i] = 0;
        }
    }
    counts->used = 0;
}

static void keep_hash(words *hashes, uint32_t number, uint32_t hash)
{
    while (hashes->count <= number) {
        put_word(hashes, 0);
    }
    hashes->at[number] = hash;
}

static void take_entity(void *context, uint32_t number, text name)
{
    keep_hash(context, number, text_hash(name));
}

/* Sides may write a type as a label or as a term made of it: only letters and digits count. */
static void take_type(void *context, uint32_t number, text name)
{
    char plain[256];
    text t = {plain, 0};
    for (size_t i = 0; i < name.size && t.size < sizeof plain; i++) {
        char c = name.data[i];
        c = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            plain[t.size++] = c;
        }
    }
    keep_hash(context, number, text_hash(t));
}

void check_read_names(opened *o)
{
    o->side->names(o->state, false, take_entity, &o->entity_hash);
    o->side->names(o->state, true, take_type, &o->type_hash);
}

static uint32_t meaning(const words *hashes, uint32_t number)
{
    return number < hashes->count ? hashes->at[number] : NO_ENTITY;
}

static int by_value(const void *left, const void *right)
{
    uint64_t a, b;
    memcpy(&a, left, sizeof a);
    memcpy(&b, right, sizeof b);
    return (a > b) - (a < b);
}

/* Actors of a row in one order: a set is all that is promised. */
static void canonical_row(const opened *o, uint32_t *row)
{
    uint64_t actors[ACTORS];
    row[1] = meaning(&o->type_hash, row[1]);
    row[2] = meaning(&o->entity_hash, row[2]);
    for (uint32_t i = 0; i < row[3]; i++) {
        actors[i] = (uint64_t)row[ROW_HEAD + 2u * i] << 32 |
                    meaning(&o->entity_hash, row[ROW_HEAD + 2u * i + 1u]);
    }
    qsort(actors, row[3], sizeof *actors, by_value);
    memcpy(row + ROW_HEAD, actors, row[3] * sizeof *actors);
}

void check_canonical(const opened *o, answer_shape shape, words *answer)
{
    switch (shape) {
    case ANSWER_ENTITY:
        answer->at[0] = meaning(&o->entity_hash, answer->at[0]);
        break;
    case ANSWER_ROWS:
        for (size_t at = 0; at < answer->count; at += ROW_HEAD + 2u * answer->at[at + 3u]) {
            canonical_row(o, answer->at + at);
        }
        break;
    case ANSWER_COUNTS:
        for (size_t at = 0; at < answer->count; at += 2) {
            uint64_t pair =
                (uint64_t)meaning(&o->type_hash, answer->at[at]) << 32 | answer->at[at + 1u];
            memcpy(answer->at + at, &pair, sizeof pair);
        }
        qsort(answer->at, answer->count / 2u, sizeof(uint64_t), by_value);
        break;
    default:
        break;
    }
}

void check_sums(const words *rows, uint64_t sums[3])
{
    sums[0] = sums[1] = sums[2] = 0;
    for (size_t at = 0; at < rows->count; at += ROW_HEAD + 2u * rows->at[at + 3u]) {
        const uint32_t *row = rows->at + at;
        sums[0] += (uint64_t)(int64_t)(int32_t)row[0];
        sums[1] += row[1];
        sums[2] += row[2] == NO_ENTITY ? 0 : row[2];
        for (uint32_t i = 0; i < row[3]; i++) {
            sums[2] += row[ROW_HEAD + 2u * i + 1u];
        }
    }
}

static bool differ(const words *a, const words *b)
{
    return a->count != b->count ||
           (a->count != 0 && memcmp(a->at, b->at, a->count * sizeof *a->at) != 0);
}

static void complain(const char *what, const opened *o, uint32_t number, const words *expected,
                     const words *got)
{
    size_t at = 0;
    while (at < expected->count && at < got->count && expected->at[at] == got->at[at]) {
        at++;
    }
    fprintf(stderr, "%s: question %u: %s gives %zu words instead of %zu, other from word %zu on\n",
            what, number, o->side->name, got->count, expected->count, at);
}

uint32_t check_count(const opened *o, kind k, uint32_t asked)
{
    if (k == KIND_SCAN || k == KIND_COUNTS) {
        return 1;
    }
    return k > KIND_NAME || o->side == &side_duckdb ? asked / POINTS : asked;
}

static uint32_t check_kind(opened *all, uint32_t count, uint32_t questions, kind k)
{
    uint32_t asked = 0;
    words expected = {0}, got = {0};
    uint64_t answers = 0;
    uint32_t wrong = 0;
    for (uint32_t s = 0; s < count; s++) {
        uint32_t own = check_count(&all[s], k, questions);
        asked = asked < own ? own : asked;
    }
    for (uint32_t i = 0; i < asked; i++) {
        for (uint32_t s = 0; s < count; s++) {
            words *to = s == 0 ? &expected : &got;
            if (i == 0 && all[s].side->before != NULL) {
                all[s].side->before(all[s].state, k);
            }
            if (i >= check_count(&all[s], k, questions)) {
                continue;
            }
            to->count = 0;
            all[s].side->ask[k](all[s].state, &all[s].questions[i], to);
            check_canonical(&all[s], kind_shapes[k], to);
            if (s > 0 && differ(&expected, &got) && ++wrong <= 3) {
                complain(kind_names[k], &all[s], i, &expected, &got);
            }
        }
        answers += expected.count;
    }
    printf("#\t%s: %.1f words an answer\n", kind_names[k], (double)answers / asked);
    free(expected.at);
    free(got.at);
    return wrong;
}

/* Every row of every side, and that its sums are those of its rows. */
static uint32_t check_scan(opened *all, uint32_t count)
{
    uint64_t expected = 0;
    uint32_t wrong = 0;
    for (uint32_t s = 0; s < count; s++) {
        words rows = {0}, told = {0};
        uint64_t sums[3], hash;
        all[s].side->scan_rows(all[s].state, NULL, &rows);
        all[s].side->ask[KIND_SCAN](all[s].state, NULL, &told);
        check_sums(&rows, sums);
        if (told.count != 6 || memcmp(told.at, sums, sizeof sums) != 0) {
            fprintf(stderr, "scan: %s: its sums are not those of its rows\n", all[s].side->name);
            wrong++;
        }
        check_canonical(&all[s], ANSWER_ROWS, &rows);
        hash = XXH3_64bits(rows.at, rows.count * sizeof *rows.at);
        if (s == 0) {
            expected = hash;
        } else if (hash != expected) {
            fprintf(stderr, "scan: %s has other rows\n", all[s].side->name);
            wrong++;
        }
        free(rows.at);
        free(told.at);
    }
    return wrong;
}

uint32_t check_answers(opened *all, uint32_t count, uint32_t questions)
{
    uint32_t wrong = check_scan(all, count);
    for (kind k = 0; k < KIND_COUNT; k++) {
        if (k != KIND_SCAN) {
            wrong += check_kind(all, count, questions, k);
        }
    }
    return wrong;
}
