/* SPDX-License-Identifier: MIT */
/* How fast the preflight runs. Usage: bench_page_check [MEGABYTES [FOLDER]]
   For each of several mixtures, writes a file of about that size (default 330) in FOLDER (default
   TMPDIR or /tmp), maps it, and prints the best of several warm runs as one JSON object a line. */
#include "page_check.h"
#include "page_seal.h"

#include <fcntl.h>
#include <lmdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define RUNS 5

static void done(int status, const char *what)
{
    if (status != 0) {
        fprintf(stderr, "bench_page_check: %s: %s\n", what, mdb_strerror(status));
        exit(3);
    }
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

/* What a knowledge base is made of: ids with short rows, names that begin alike, packed chunks
   that fill half a page, and long values. */
enum { ROWS, NAMES, CHUNKS, TEXTS, TABLES };
static const char *const table_names[TABLES] = {"person", "name", "posting", "text"};

typedef struct mixture {
    const char *name;
    unsigned shares[TABLES]; /* per cent of the bytes */
} mixture;

static const mixture mixtures[] = {
    {"mixed", {40, 30, 20, 10}},
    {"short rows", {100, 0, 0, 0}},
    {"names", {0, 100, 0, 0}},
    {"long values", {0, 0, 0, 100}},
};

static void make_record(int table, uint32_t number, char *key, MDB_val *k, char *value, MDB_val *v)
{
    static const size_t sizes[TABLES] = {16, 8, 1900, 30000};
    unsigned id = number / 7;
    if (table == NAMES) {
        k->mv_size =
            (size_t)sprintf(key, "n%c%07u of the ministry", 'a' + (int)(id / 500000), number);
    } else {
        key[0] = (char)(number >> 24);
        key[1] = (char)(number >> 16);
        key[2] = (char)(number >> 8);
        key[3] = (char)number;
        k->mv_size = 4;
    }
    v->mv_size = sizes[table] - number % 5;
    memset(value, (int)(number & 0x7F), v->mv_size < 64 ? v->mv_size : 64);
    k->mv_data = key;
    v->mv_data = value;
}

static void load_table(MDB_env *env, int table, size_t budget)
{
    static char key[64];
    static char value[30000];
    MDB_txn *transaction;
    MDB_dbi dbi;
    done(mdb_txn_begin(env, NULL, 0, &transaction), "begin");
    done(mdb_dbi_open(transaction, table_names[table], MDB_CREATE, &dbi), "open table");
    size_t used = 0;
    for (uint32_t i = 0; used < budget; i++) {
        MDB_val k;
        MDB_val v;
        make_record(table, i, key, &k, value, &v);
        done(mdb_put(transaction, dbi, &k, &v, MDB_APPEND), "put");
        used += k.mv_size + v.mv_size + 10;
        if (i % 100000 == 99999) {
            done(mdb_txn_commit(transaction), "commit");
            done(mdb_txn_begin(env, NULL, 0, &transaction), "begin");
        }
    }
    done(mdb_txn_commit(transaction), "commit");
}

/* A compact copy of a fresh environment, with no name left in the folder. */
static int load(const mixture *mix, size_t megabytes, const char *folder)
{
    MDB_env *env;
    int compact = open(folder, O_TMPFILE | O_RDWR, 0600);
    int raw = open(folder, O_TMPFILE | O_RDWR, 0600);
    char path[40];
    if (compact < 0 || raw < 0) {
        perror("bench_page_check: temporary file");
        exit(3);
    }
    snprintf(path, sizeof path, "/proc/self/fd/%d", raw);
    done(mdb_env_create(&env), "create");
    done(mdb_env_set_maxdbs(env, 8), "tables");
    done(mdb_env_set_mapsize(env, (megabytes + 64) << 21), "map size");
    done(mdb_env_open(env, path, MDB_NOSUBDIR | MDB_NOLOCK | MDB_NOSYNC, 0600), "open");
    for (int table = 0; table < TABLES; table++) {
        load_table(env, table, megabytes * 10000 * mix->shares[table]);
    }
    done(mdb_env_copyfd2(env, compact, MDB_CP_COMPACT), "copy");
    mdb_env_close(env);
    close(raw);
    return compact;
}

static void fail(const char *what, const stemma_error *error)
{
    fprintf(stderr, "bench_page_check: %s: %s at %s\n", what, error->code, error->where);
    exit(4);
}

static double time_seal(uint8_t *map, size_t size)
{
    stemma_error error = {0};
    double start = now();
    if (stm_page_seal(map, size, &error) != STEMMA_OK) {
        fail("seal", &error);
    }
    return now() - start;
}

static void measure(const mixture *mix, int descriptor)
{
    struct stat information;
    stemma_error error = {0};
    stm_page_report report;
    fstat(descriptor, &information);
    size_t size = (size_t)information.st_size;
    uint8_t *map = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    size_t bitmap_size = stm_page_bitmap_size(size);
    uint8_t *bitmap = malloc(bitmap_size);
    if (map == MAP_FAILED || bitmap == NULL) {
        perror("bench_page_check");
        exit(3);
    }
    double seal = time_seal(map, size);
    double seal_again = time_seal(map, size);
    munmap(map, size);

    double mapped = 1e9; /* with the page faults of a fresh mapping, as a reader has them */
    double walked = 1e9; /* the second pass over the same mapping */
    for (int run = 0; run < RUNS; run++) {
        uint8_t *view = mmap(NULL, size, PROT_READ, MAP_SHARED, descriptor, 0);
        if (view == MAP_FAILED) {
            perror("bench_page_check");
            exit(3);
        }
        stemma_bytes file = {view, size};
        for (int pass = 0; pass < 2; pass++) {
            double start = now();
            if (stm_page_check(file, bitmap, bitmap_size, &report, &error) != STEMMA_OK) {
                fail("check", &error);
            }
            double *best = pass == 0 ? &mapped : &walked;
            double time = now() - start;
            *best = time < *best ? time : *best;
        }
        munmap(view, size);
    }
    uint64_t entries = 0;
    for (uint32_t i = 0; i < report.table_count; i++) {
        entries += report.tables[i].entries;
    }
    printf("{\"mixture\": \"%s\", \"bytes\": %zu, \"entries\": %llu, \"seal_s\": %.3f, "
           "\"seal_again_s\": %.3f, \"check_fresh_map_s\": %.4f, \"check_s\": %.4f, "
           "\"fresh_map_gb_per_s\": %.2f, \"gb_per_s\": %.2f, \"ns_per_entry\": %.1f}\n",
           mix->name, size, (unsigned long long)entries, seal, seal_again, mapped, walked,
           (double)size / mapped * 1e-9, (double)size / walked * 1e-9,
           walked * 1e9 / (double)entries);
    fflush(stdout);
    free(bitmap);
}

int main(int argc, char **argv)
{
    size_t megabytes = argc > 1 ? strtoul(argv[1], NULL, 10) : 330;
    const char *folder = argc > 2 ? argv[2] : getenv("TMPDIR");
    for (size_t i = 0; i < sizeof mixtures / sizeof mixtures[0]; i++) {
        int descriptor = load(&mixtures[i], megabytes, folder != NULL ? folder : "/tmp");
        measure(&mixtures[i], descriptor);
        close(descriptor);
    }
    return 0;
}
