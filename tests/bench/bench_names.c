/* SPDX-License-Identifier: MIT */
/* Size and time (of the processor) of names: bench_names [ENTITIES [PATH]] makes up so many
 * entities of one name each, writes them and looks them up. Names are like those of coded events:
 * about 23 bytes, three words of which few are common and most are rare; one in eight is written in
 * Cyrillic letters. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "stemma/check.h"
#include "stemma/name.h"
#include "stemma/read.h"
#include "stemma/find.h"
#include "stemma/write.h"
#include "support/prng.h"

#define NAME_ROOM 96

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void need(stemma_status status, const stemma_error *error)
{
    if (status < 0) {
        fprintf(stderr, "bench_names: %s %s: %s\n", error->code, error->where, error->message);
        exit(1);
    }
}

/* Word `number` of a language that nobody speaks. */
static size_t word(char *out, uint32_t number)
{
    static const char *const onsets[] = {"k", "v",  "m",  "t", "br", "l", "s", "d",
                                         "n", "gr", "sh", "p", "r",  "f", "z", "h"};
    static const char *const rimes[] = {"a", "e", "i", "o", "ar", "en", "il", "on"};
    uint64_t rest = (number + 1u) * UINT64_C(2654435761) % 16777216u;
    size_t size = 0;
    for (int i = 0; i < 2 + (int)(number % 7 != 0) + (int)(number % 3 == 0); i++) {
        size += (size_t)sprintf(out + size, "%s%s", onsets[rest % 16], rimes[rest / 16 % 8]);
        rest /= 128;
    }
    out[0] = (char)(out[0] - 'a' + 'A');
    return size;
}

/* Text in Cyrillic letters, where there is one for a letter. */
static void cyrillic(char out[4 * NAME_ROOM], const char *text)
{
    static const char latin[] = "abvgdezhijklmnoprstufy";
    static const char *const letters[] = {"а", "б", "в", "г", "д", "е", "з", "х", "и", "й", "к",
                                          "л", "м", "н", "о", "п", "р", "с", "т", "у", "ф", "ы"};
    size_t size = 0;
    for (const char *c = text; *c != '\0'; c++) {
        char lower = *c >= 'A' && *c <= 'Z' ? (char)(*c - 'A' + 'a') : *c;
        const char *at = strchr(latin, lower);
        if (at != NULL) {
            size += (size_t)sprintf(out + size, "%s", letters[at - latin]);
        } else {
            out[size++] = *c;
        }
    }
    out[size] = '\0';
}

static void make_name(char *out, uint32_t number, uint32_t entities)
{
    prng random = {number * 77u + 5u};
    uint32_t words = entities / 2 + 200, rare = prng_below(&random, words);
    uint32_t common = (uint32_t)((uint64_t)prng_below(&random, words) * prng_below(&random, words) /
                                 words * prng_below(&random, words) / words);
    uint32_t country =
        (uint32_t)((uint64_t)prng_below(&random, 190) * prng_below(&random, 190) / 190);
    size_t size = word(out, common);
    out[size++] = ' ';
    size += word(out + size, 200 + rare);
    if (number % 10 != 0) {
        size += (size_t)sprintf(out + size, " (");
        size += word(out + size, country);
        size += (size_t)sprintf(out + size, "%s)", country % 3 == 0 ? "land" : "");
    }
    out[size] = '\0';
    if (number % 8 == 3) {
        char other[4 * NAME_ROOM];
        cyrillic(other, out);
        if (strlen(other) < NAME_ROOM) {
            strcpy(out, other);
        }
    }
}

static char (*names)[NAME_ROOM];
static uint32_t count;

static void make_file(const char *path)
{
    stemma_writer_options options = STEMMA_WRITER_OPTIONS_INIT;
    stemma_writer *writer = NULL;
    stemma_error error = {0};
    stemma_document d = {0};
    stemma_referent *referents = calloc(count, sizeof *referents);
    stemma_name *list = calloc(count, sizeof *list);
    uint64_t bytes = 0;
    uint32_t number = 0;
    if (referents == NULL || list == NULL) {
        exit(1);
    }
    for (uint32_t i = 0; i < count; i++) {
        make_name(names[i], i, count);
        list[i].text = stemma_text_of(names[i]);
        bytes += list[i].text.size;
        referents[i].type = stemma_text_of(i % 3 == 0 ? "person" : "organization");
        referents[i].names = &list[i];
        referents[i].name_count = 1;
    }
    d.uri = stemma_text_of("urn:names");
    d.referents = referents;
    d.referent_count = count;
    options.flags = STEMMA_WRITE_REPLACE;
    double began = now();
    need(stemma_writer_new(&writer, path, &options, &error), &error);
    need(stemma_writer_add_document(writer, &d, &number, &error), &error);
    need(stemma_writer_finish(writer, &error), &error);
    printf("%u names of %.1f bytes, written in %.2f s\n", count, (double)bytes / count,
           now() - began);
    stemma_writer_free(writer);
    free(referents);
    free(list);
}

static void print_sizes(const char *path)
{
    static const char *const tables[] = {"entity", "alias", "label", "token", "name", "gram"};
    stemma_table_stats stats[64];
    stemma_open_options options = STEMMA_OPEN_OPTIONS_INIT;
    stemma_file *file = NULL;
    stemma_error error = {0};
    uint32_t found = 0;
    double sum = 0;
    need(stemma_open(&file, path, &options, &error), &error);
    need(stemma_table_stats_get(file, stats, 64, &found, &error), &error);
    for (uint32_t i = 0; i < found; i++) {
        for (size_t k = 0; k < sizeof tables / sizeof tables[0]; k++) {
            if (strcmp(stats[i].name, tables[k]) == 0) {
                double each = 4096.0 * (double)stats[i].pages / count;
                printf("  %-8s %6.2f bytes an entity in pages (%.2f used)\n", tables[k], each,
                       (double)stats[i].bytes_used / count);
                sum += each;
            }
        }
    }
    printf("  %-8s %6.2f\n", "in all", sum);
    stemma_close(file);
}

static stemma_snapshot *snapshot;
static uint64_t answers;

static void nothing(uint32_t number)
{
    answers += number != UINT32_MAX;
}

static void read_entity(uint32_t number)
{
    stemma_entity entity;
    answers += stemma_entity_get(snapshot, number, &entity, NULL) == STEMMA_OK;
}

static void read_label(uint32_t number)
{
    stemma_text label;
    answers += stemma_entity_label(snapshot, number, &label, NULL) == STEMMA_OK;
}

static void fold(uint32_t number)
{
    char key[STEMMA_NAME_KEY_SIZE];
    size_t size;
    answers += stemma_name_fold(stemma_text_of(names[number]), key, sizeof key, &size) == STEMMA_OK;
}

static void by_name(uint32_t number)
{
    uint32_t entities[4], found = 0;
    (void)stemma_entity_by_name(snapshot, stemma_text_of(names[number]), entities, 4, &found, NULL);
    answers += found != 0;
}

static void by_other_case(uint32_t number)
{
    char name[NAME_ROOM];
    uint32_t entities[4], found = 0;
    size_t size = strlen(names[number]);
    for (size_t i = 0; i <= size; i++) {
        char c = names[number][i];
        name[i] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
    }
    (void)stemma_entity_by_name(snapshot, stemma_text_of(name), entities, 4, &found, NULL);
    answers += found != 0;
}

static int finds(const char *name, uint32_t number)
{
    const stemma_found *found;
    uint32_t hits = 0;
    if (stemma_find(snapshot, stemma_text_of(name), NULL, &found, &hits, NULL) != STEMMA_OK) {
        return 0;
    }
    for (uint32_t i = 0; i < hits; i++) {
        stemma_text label;
        if (stemma_entity_label(snapshot, found[i].entity, &label, NULL) == STEMMA_OK &&
            stemma_text_equal(label, stemma_text_of(names[number]))) {
            return 1;
        }
    }
    return 0;
}

static void find_exact(uint32_t number)
{
    answers += (uint64_t)finds(names[number], number);
}

static void find_misspelt(uint32_t number)
{
    char name[NAME_ROOM];
    char *space;
    memcpy(name, names[number], sizeof name);
    space = strchr(name, ' ');
    if (space != NULL && space[1] != '\0' && space[3] != '\0') {
        space[3] = 'q';
    }
    answers += (uint64_t)finds(name, number);
}

static void find_one_word(uint32_t number)
{
    char name[NAME_ROOM];
    memcpy(name, names[number], sizeof name);
    char *space = strchr(name, ' ');
    if (space != NULL) {
        *space = '\0';
    }
    const stemma_found *found;
    uint32_t hits = 0;
    answers += stemma_find(snapshot, stemma_text_of(name), NULL, &found, &hits, NULL) == STEMMA_OK;
}

/* The name in Cyrillic letters, which mostly fold back to the same. */
static void find_other_script(uint32_t number)
{
    char name[4 * NAME_ROOM];
    cyrillic(name, names[number]);
    answers += (uint64_t)finds(name, number);
}

static void find_initial(uint32_t number)
{
    char name[2 * NAME_ROOM];
    const char *space = strchr(names[number], ' ');
    snprintf(name, sizeof name, "%.*s. %s", (uint8_t)names[number][0] < 0x80 ? 1 : 2, names[number],
             space != NULL ? space + 1 : "");
    answers += (uint64_t)finds(name, number);
}

static void find_nobody(uint32_t number)
{
    char name[NAME_ROOM];
    const stemma_found *found;
    uint32_t hits = 0;
    snprintf(name, sizeof name, "Xyq%uwvx Jqq%cwy", number, (int)('a' + number % 26));
    answers += stemma_find(snapshot, stemma_text_of(name), NULL, &found, &hits, NULL) == STEMMA_OK &&
               hits == 0;
}

/* The first letters, as they are typed: 2 to 5 of them. */
static void find_prefix(uint32_t number)
{
    stemma_find_options options = STEMMA_FIND_OPTIONS_INIT;
    char name[NAME_ROOM];
    const stemma_found *found;
    uint32_t hits = 0;
    size_t size = 2 + number % 4;
    while ((names[number][size] & 0xc0) == 0x80) {
        size++;
    }
    snprintf(name, sizeof name, "%.*s", (int)size, names[number]);
    options.flags = STEMMA_FIND_PREFIX;
    answers += stemma_find(snapshot, stemma_text_of(name), &options, &found, &hits, NULL) ==
                   STEMMA_OK && hits != 0;
}

static int by_value(const void *left, const void *right)
{
    const double *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

static void measure(const char *what, void (*one)(uint32_t), uint32_t rounds)
{
    double times[5];
    answers = 0;
    for (int run = 0; run < 5; run++) {
        prng random = {1};
        double began = now();
        for (uint32_t i = 0; i < rounds; i++) {
            one(prng_below(&random, count));
            if (i % 16 == 0) {
                stemma_snapshot_reset(snapshot);
            }
        }
        times[run] = (now() - began) * 1e9 / rounds;
    }
    qsort(times, 5, sizeof times[0], by_value);
    printf("  %-26s %9.0f ns (least %.0f), %.1f %% found\n", what, times[2], times[0],
           100.0 * (double)answers / rounds / 5);
}

/* Each call by itself: the median and the one that only one in a hundred exceeds. */
static void measure_find(const char *what, void (*one)(uint32_t), uint32_t rounds)
{
    double *times = malloc(rounds * sizeof *times);
    prng random = {3};
    if (times == NULL) {
        exit(1);
    }
    answers = 0;
    for (uint32_t i = 0; i < rounds; i++) {
        uint32_t number = prng_below(&random, count);
        double began = now();
        one(number);
        times[i] = (now() - began) * 1e3;
        stemma_snapshot_reset(snapshot);
    }
    qsort(times, rounds, sizeof times[0], by_value);
    printf("  %-26s median %7.3f ms, p99 %7.3f ms, most %7.3f ms, %5.1f %% found\n", what,
           times[rounds / 2], times[(size_t)rounds * 99 / 100], times[rounds - 1],
           100.0 * (double)answers / rounds);
    free(times);
}

int main(int argc, char **argv)
{
    const char *path = argc > 2 ? argv[2] : "/tmp/bench_names.stemma";
    stemma_open_options options = STEMMA_OPEN_OPTIONS_INIT;
    stemma_file *file = NULL;
    stemma_error error = {0};
    count = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) : 23033;
    count = count < 1000 ? 1000 : count;
    names = calloc(count, sizeof *names);
    if (names == NULL) {
        return 1;
    }
    make_file(path);
    print_sizes(path);
    need(stemma_open(&file, path, &options, &error), &error);
    need(stemma_snapshot_begin(&snapshot, file, &error), &error);
    measure("nothing", nothing, 100000);
    measure("entity", read_entity, 100000);
    measure("label", read_label, 100000);
    measure("fold", fold, 100000);
    measure("by name", by_name, 100000);
    measure("by name, other case", by_other_case, 100000);
    measure_find("find, exact", find_exact, 1000);
    measure_find("find, one word", find_one_word, 1000);
    measure_find("find, another script", find_other_script, 1000);
    measure_find("find, initial", find_initial, 1000);
    measure_find("find, misspelt", find_misspelt, 1000);
    measure_find("find, beginning", find_prefix, 1000);
    measure_find("find, nobody", find_nobody, 1000);
    stemma_snapshot_end(snapshot);
    stemma_close(file);
    free(names);
    return 0;
}
