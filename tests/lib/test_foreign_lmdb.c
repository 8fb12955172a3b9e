/* SPDX-License-Identifier: MIT */
/* Environments that LMDB itself changed or made with other flags: whatever it wrote, it is refused with
   a code before LMDB reads it, and checking and salvaging come to an end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <lmdb.h>
#include <sys/stat.h>

#include "bytes.h"
#include "page_seal.h"
#include "stemma/check.h"
#include "stemma/read.h"
#include "stemma/salvage.h"
#include "support/built_file.h"

#define MAP_SIZE_AT  32 /* in a meta page */
#define PAGE_SIZE_AT 40 /* where the record of the free list has its pad */
#define PAGE         4096

static built_file built;
static char changed[128];

static int begin(void **state)
{
    (void)state;
    built_file_make(&built, 6);
    snprintf(changed, sizeof changed, "%s.changed", built.path);
    return 0;
}

static int end(void **state)
{
    (void)state;
    unlink(changed);
    built_file_remove(&built);
    return 0;
}

static void copy_file(void)
{
    static uint8_t bytes[1 << 20];
    FILE *from = fopen(built.path, "rb"), *to = fopen(changed, "wb");
    assert_true(from != NULL && to != NULL);
    size_t size = fread(bytes, 1, sizeof bytes, from);
    assert_true(size < sizeof bytes && fwrite(bytes, 1, size, to) == size);
    assert_int_equal(fclose(to), 0);
    fclose(from);
}

/* Puts a number of so many bytes into both meta pages. */
static void patch_metas(long at, uint64_t number, size_t size)
{
    uint8_t bytes[8];
    FILE *file = fopen(changed, "r+b");
    assert_non_null(file);
    stm_store_le64(bytes, number);
    for (long page = 0; page < 2; page++) {
        assert_int_equal(fseek(file, page * PAGE + at, SEEK_SET), 0);
        assert_int_equal(fwrite(bytes, 1, size, file), size);
    }
    assert_int_equal(fclose(file), 0);
}

/* How far a program goes in making its file look like one of ours. */
typedef enum care { LEAVES, COMPACTS, SEALS } care;

static void seal(void)
{
    static uint8_t bytes[1 << 20];
    stemma_error error = {0};
    FILE *file = fopen(changed, "r+b");
    assert_non_null(file);
    size_t size = fread(bytes, 1, sizeof bytes, file);
    assert_true(size < sizeof bytes);
    if (stm_page_seal(bytes, size, &error) != STEMMA_OK) {
        assert_true(error.code[0] != '\0'); /* then it is as far as that came */
    }
    rewind(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

/* Opens the copy as a program that knows nothing of us would, and changes what `change` does. */
static void change_by_lmdb(void (*change)(MDB_txn *transaction, unsigned flags), unsigned flags,
                           care how)
{
    MDB_env *environment;
    MDB_txn *transaction;
    copy_file();
    assert_int_equal(mdb_env_create(&environment), 0);
    assert_int_equal(mdb_env_set_maxdbs(environment, 64), 0);
    assert_int_equal(mdb_env_set_mapsize(environment, 16u << 20), 0);
    assert_int_equal(mdb_env_open(environment, changed, MDB_NOSUBDIR | MDB_NOLOCK | MDB_NOSYNC, 0600), 0);
    assert_int_equal(mdb_txn_begin(environment, NULL, 0, &transaction), 0);
    change(transaction, flags);
    assert_int_equal(mdb_txn_commit(transaction), 0);
    if (how != LEAVES) {
        char copy[160];
        snprintf(copy, sizeof copy, "%s.copy", changed);
        assert_int_equal(mdb_env_copy2(environment, copy, MDB_CP_COMPACT), 0);
        assert_int_equal(rename(copy, changed), 0);
    }
    mdb_env_close(environment);
    struct stat status;
    assert_int_equal(stat(changed, &status), 0);
    patch_metas(MAP_SIZE_AT, (uint64_t)status.st_size, 8); /* else that alone gives it away */
    if (how == SEALS) {
        seal();
    }
}

static int count_problem(void *context, const stemma_problem *problem)
{
    (void)problem;
    ++*(unsigned *)context;
    return 0;
}

/* What opening says of the copy; everything else ends, too. */
static void is_refused(const char *code)
{
    stemma_file *file = NULL;
    stemma_error error = {0};
    stemma_salvage *salvage = NULL;
    unsigned problems = 0;
    stemma_status status = stemma_open(&file, changed, NULL, &error);
    assert_int_not_equal(status, STEMMA_OK);
assert_string_equal(error.code, code);
    assert_int_equal(stemma_check(changed, count_problem, &problems, NULL, NULL), status);
    assert_true(problems > 0);
    status = stemma_salvage_begin(&salvage, changed, NULL, NULL, 0, 0, &error);
    if (status == STEMMA_OK) {
        stemma_salvage_end(salvage);
    } else {
        assert_true(error.code[0] != '\0');
    }
}

/* ---- What LMDB writes ------------------------------------------------------------------------ */

static MDB_dbi table(MDB_txn *transaction, const char *name, unsigned flags)
{
    MDB_dbi handle;
    assert_int_equal(mdb_dbi_open(transaction, name, flags, &handle), 0);
    return handle;
}

static void put(MDB_txn *transaction, MDB_dbi handle, const void *key, size_t key_size, const char *value)
{
    MDB_val k = {key_size, (void *)(uintptr_t)key}, v = {strlen(value), (void *)(uintptr_t)value};
    assert_int_equal(mdb_put(transaction, handle, &k, &v, 0), 0);
}

/* A record that comes and goes: pages of it lie on the free list. */
static void add_record(MDB_txn *transaction, unsigned flags)
{
    put(transaction, table(transaction, "meta", flags), "note", 4, "of another program");
}

static void add_table(MDB_txn *transaction, unsigned flags)
{
    const uint32_t keys[3] = {1, 2, 3};
    MDB_dbi handle = table(transaction, "zz_other", flags | MDB_CREATE);
    for (size_t i = 0; i < 3; i++) {
        put(transaction, handle, &keys[i], sizeof keys[i], "one");
        put(transaction, handle, &keys[i], sizeof keys[i], "two!");
    }
}

static void add_plain_table(MDB_txn *transaction, unsigned flags)
{
    put(transaction, table(transaction, "zz_other", flags | MDB_CREATE), "key", 3, "value");
}

/* A record of the main table that is no table. */
static void add_plain(MDB_txn *transaction, unsigned flags)
{
    put(transaction, table(transaction, NULL, flags), "note", 4, "of another program");
}

static void drop_table(MDB_txn *transaction, unsigned flags)
{
    assert_int_equal(mdb_drop(transaction, table(transaction, "text", flags), 1), 0);
}

/* [C-3] [C-5] */
static void a_file_that_lmdb_wrote_to_is_refused(void **state)
{
    (void)state;
    static void (*const changes[])(MDB_txn *, unsigned) = {add_plain, drop_table};
    static const char *const codes[] = {"NODE_FLAGS", "TABLE_MISSING"};
    for (size_t i = 0; i < 2; i++) {
        change_by_lmdb(changes[i], 0, LEAVES);
        is_refused("META_FREE_LIST");
        change_by_lmdb(changes[i], 0, COMPACTS);
        is_refused("META_FREE_FLAGS");
        change_by_lmdb(changes[i], 0, SEALS);
        is_refused(codes[i]);
    }
}

/* [C-6] */
static void tables_of_other_kinds_are_refused(void **state)
{
    static const unsigned kinds[] = {MDB_DUPSORT, MDB_DUPSORT | MDB_DUPFIXED, MDB_INTEGERKEY, MDB_REVERSEKEY};
    (void)state;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        change_by_lmdb(add_table, kinds[i], LEAVES);
        is_refused("META_FREE_LIST");
        change_by_lmdb(add_table, kinds[i], COMPACTS);
        is_refused("META_FREE_FLAGS");
        change_by_lmdb(add_table, kinds[i], SEALS);
        is_refused("TABLE_FLAGS");
    }
}

/* What is new and sealed is what a later version may have added: passed over. [V-4] */
static void what_a_later_version_adds_is_passed_over(void **state)
{
    static void (*const changes[])(MDB_txn *, unsigned) = {add_record, add_plain_table};
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        stemma_file *file;
        change_by_lmdb(changes[i], 0, COMPACTS);
        is_refused("META_FREE_FLAGS");
        change_by_lmdb(changes[i], 0, SEALS);
        assert_int_equal(stemma_open(&file, changed, NULL, NULL), STEMMA_OK);
        stemma_close(file);
    }
}

/* Of machines with other pages. */
static void other_page_sizes_are_refused(void **state)
{
    static const uint32_t sizes[] = {0, 1, 256, 512, 8192, 16384, 65536, UINT32_MAX};
    (void)state;
    copy_file();
    patch_metas(PAGE_SIZE_AT, PAGE, 4); /* where it stands */
    stemma_file *file;
    assert_int_equal(stemma_open(&file, changed, NULL, NULL), STEMMA_OK);
    stemma_close(file);
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        patch_metas(PAGE_SIZE_AT, sizes[i], 4);
        is_refused("META_PAGE_SIZE");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_that_lmdb_wrote_to_is_refused),
        cmocka_unit_test(tables_of_other_kinds_are_refused),
        cmocka_unit_test(what_a_later_version_adds_is_passed_over),
        cmocka_unit_test(other_page_sizes_are_refused),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
