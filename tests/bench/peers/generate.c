/* SPDX-License-Identifier: MIT */
/* generate COPIES < pairs.tsv: the table again and again, each time later by as many days as it
   spans, and with half of its actors renamed, so that a larger table has more actors too and stays
   in order. generate synthetic ROWS: a made-up table of the same shape: events of about 300 days,
   actors and types as unequal as in news (Zipf), partners that meet again. Both always write the
   same bytes. */
#include "event_rows.h"

#include "../../support/prng.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COLUMNS 4
#define SEED    7u

typedef struct table {
    text cell[COLUMNS];
    int32_t day;
} table;

static char *read_all(size_t *size)
{
    size_t room = 1u << 24;
    char *all = must_grow(NULL, room);
    *size = 0;
    for (;;) {
        size_t got = fread(all + *size, 1, room - *size, stdin);
        *size += got;
        if (got == 0) {
            return all;
        }
        if (*size == room) {
            room *= 2u;
            all = must_grow(all, room);
        }
    }
}

static uint32_t split_all(char *at, size_t size, table **out)
{
    const char *end = at + size;
    uint32_t count = 0, room = 1u << 20;
    *out = must_grow(NULL, room * sizeof **out);
    while (at < end) {
        table *row;
        if (count == room) {
            room *= 2u;
            *out = must_grow(*out, room * sizeof **out);
        }
        row = &(*out)[count++];
        for (int i = 0; i < COLUMNS; i++) {
            char *stop = memchr(at, i == COLUMNS - 1 ? '\n' : '\t', (size_t)(end - at));
            if (stop == NULL) {
                fprintf(stderr, "generate: line %u is not date, actor, type, actor\n", count);
                exit(1);
            }
            row->cell[i].data = at;
            row->cell[i].size = (size_t)(stop - at);
            at = stop + 1;
        }
        if (!day_of_text(row->cell[0], &row->day)) {
            fprintf(stderr, "generate: line %u has no date\n", count);
            exit(1);
        }
    }
    return count;
}

/* The other half is in every copy under its own name, so that some lists grow with the table. */
static void put_actor(text name, uint32_t copy)
{
    fwrite(name.data, 1, name.size, stdout);
    if (copy > 0 && (text_hash(name) & 1u) != 0) {
        printf(" %u", copy);
    }
}

static void copies_of(uint32_t copies)
{
    size_t size;
    char *all = read_all(&size), date[11];
    table *rows;
    uint32_t count = split_all(all, size, &rows);
    int32_t span = count == 0 ? 0 : rows[count - 1u].day - rows[0].day + 1;
    for (uint32_t copy = 0; copy < copies; copy++) {
        for (uint32_t i = 0; i < count; i++) {
            text_of_day(rows[i].day + span * (int32_t)copy, date);
            fputs(date, stdout);
            putchar('\t');
            put_actor(rows[i].cell[1], copy);
            putchar('\t');
            fwrite(rows[i].cell[2].data, 1, rows[i].cell[2].size, stdout);
            putchar('\t');
            put_actor(rows[i].cell[3], copy);
            putchar('\n');
        }
    }
    free(rows);
    free(all);
}

/* ---- Made up ------------------------------------------------------------------------------- */

#define ACTORS_MADE 23000u
#define TYPES_MADE  250u
#define DAYS_MADE   304u
#define PARTNERS    24u

/* Numbers from 0 on, the first ones often: inverse of a continuous Zipf distribution, exponent 1.
 */
static uint32_t unequal(prng *random, uint32_t below)
{
    double u = (double)(prng_next(random) >> 11) / 9007199254740992.0;
    uint32_t n = (uint32_t)(exp(u * log((double)below + 1.0)) - 1.0);
    return n < below ? n : below - 1u;
}

static void put_syllables(uint64_t number, int count, bool capital)
{
    static const char *const syllables[] = {"ka", "vo",  "re", "lin", "to",  "dra", "mu",  "sel",
                                            "bi", "nor", "pa", "zhe", "gul", "is",  "ter", "wa"};
    for (int i = 0; i < count; i++, number /= 16u) {
        const char *one = syllables[number % 16u];
        putchar(capital && i == 0 ? one[0] - 'a' + 'A' : one[0]);
        fputs(one + 1, stdout);
    }
}

/* Persons, and offices of some forty countries, whose names share words as real ones do. */
static void put_name(uint32_t actor)
{
    static const char *const offices[] = {"Citizen", "Police", "Media", "Ministry", "Army",
                                          "Court",   "Party",  "Union", "Students", "Bank"};
    prng own = {actor};
    uint64_t random = prng_next(&own);
    if (actor % 3u != 0) {
        fputs(offices[random % 10u], stdout);
        if (actor >= 400u) {
            putchar(' ');
            put_syllables(actor, 4, true);
        }
        fputs(" (", stdout);
        put_syllables(actor / 10u % 40u * 5u, 3, true);
        fputs("ia)", stdout);
    } else {
        put_syllables(random % 256u, 2, true);
        putchar(' ');
        put_syllables(actor * 2654435761u, 4, true);
    }
}

static void make_up(uint32_t rows)
{
    prng random = {SEED};
    int32_t first = 17532; /* 2018-01-01 */
    char date[11];
    for (uint32_t i = 0; i < rows; i++) {
        uint32_t agent = unequal(&random, ACTORS_MADE), patient, type;
        prng met = {agent * 131u + unequal(&random, PARTNERS)};
        patient = prng_below(&random, 5) == 0 ? unequal(&random, ACTORS_MADE)
                                              : unequal(&met, ACTORS_MADE);
        type = unequal(&random, TYPES_MADE);
        if (patient == agent) {
            patient = (agent + 1u) % ACTORS_MADE;
        }
        text_of_day(first + (int32_t)((uint64_t)i * DAYS_MADE / rows), date);
        printf("%s\t", date);
        put_name(agent);
        putchar('\t');
        put_syllables(type * 40503u, 4, true);
        printf(" %u\t", type);
        put_name(patient);
        putchar('\n');
    }
}

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "synthetic") == 0) {
        make_up((uint32_t)strtoul(argv[2], NULL, 10));
    } else if (argc == 2) {
        copies_of((uint32_t)strtoul(argv[1], NULL, 10));
    } else {
        fprintf(stderr, "usage: generate COPIES < TABLE.tsv\n       generate synthetic ROWS\n");
        return 2;
    }
    return fflush(stdout) != 0 || ferror(stdout) ? 1 : 0;
}
