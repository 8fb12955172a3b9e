/* SPDX-License-Identifier: MIT */
/* Makes inputs for the targets of format/ out of records of two small files of ours: what a fuzzer would
   need days to find. Run it after a change of the format, then `run BUILD keep TARGET`.

     fuzz_seeds FOLDER     writes FOLDER/TARGET/TABLE-NUMBER */
#include <lmdb.h>
#include <sys/stat.h>

#include "bytes.h"
#include "fuzz.h"
#include "fuzz_base.h"
#include "row_block.h"
#include "support/row_file.h"
#include "tables.h"
#include "tools/query_kb.h"

#define RECORDS 12u /* of a table */

static const char *folder;

static void seed(const char *target, const char *table, unsigned number, stemma_bytes head, stemma_bytes body)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, target);
    (void)mkdir(path, 0777);
    snprintf(path, sizeof path, "%s/%s/%s-%u", folder, target, table, number);
    FILE *file = fopen(path, "wb");
    fuzz_must(file != NULL);
    fuzz_must(fwrite(head.data, 1, head.size, file) == head.size);
    fuzz_must(fwrite(body.data, 1, body.size, file) == body.size);
    fuzz_must(fclose(file) == 0);
}

/* The first byte chooses, and perhaps the second counts. */
static void chosen(const char *target, stm_table table, unsigned number, uint8_t family, stemma_bytes body)
{
    uint8_t head[1] = {family};
    seed(target, stm_tables[table].name, number, (stemma_bytes){head, 1}, body);
}

static stemma_bytes behind(stemma_bytes value, size_t skipped)
{
    return (stemma_bytes){value.data + skipped, value.size - skipped};
}

static void posting(stm_table table, unsigned number, stemma_bytes key, stemma_bytes value)
{
    uint8_t bytes[4096];
    stm_buffer out = stm_buffer_over(bytes, sizeof bytes);
    uint8_t size = stm_tables[table].list_size;
    stm_put_u8(&out, size == 4 ? 0 : size == 0 ? 1 : 2);
    stm_put_le32(&out, 1000);
    stm_put_u8(&out, (uint8_t)key.size);
    stm_put_bytes(&out, key.data, key.size);
    stm_put_le16(&out, (uint16_t)value.size);
    fuzz_must(stm_buffer_fits(&out));
    seed("postings", stm_tables[table].name, number, stm_buffer_view(&out), value);
}

static void rows(stm_table table, unsigned number, uint8_t family, stemma_bytes value)
{
    uint32_t count = 0;
    chosen("rows", table, number, 2, value);
    fuzz_must(stm_rows_count(value, &count, NULL) == STEMMA_OK);
    for (uint32_t i = 0; i < count && i < RECORDS; i++) {
        stemma_bytes row;
        fuzz_must(stm_rows_at(value, i, &row, NULL) == STEMMA_OK);
        chosen("records", table, number * 100 + i, family, row);
    }
}

/* Only short ones are stored as they are. */
static void detail(unsigned number, stemma_bytes value)
{
    if (value.size > 8 && value.data[0] == 0) {
        uint32_t items = value.data[5] == 0xdc ? stm_load_be16(value.data + 6) : value.data[5] & 0x0fu;
        uint8_t head[2] = {1, (uint8_t)(items - 1)};
        seed("rows", "detail", number, (stemma_bytes){head, 2}, behind(value, 5));
    }
}

static void record(stm_table table, unsigned number, stemma_bytes key, stemma_bytes value)
{
    if (stm_tables[table].key == STM_KEY_POSTING) {
        posting(table, number, key, value);
        return;
    }
    switch (table) {
    case STM_TABLE_VOCABULARY:
        chosen("records", table, number, 0, value);
        break;
    case STM_TABLE_RUN:
        chosen("records", table, number, 1, value);
        break;
    case STM_TABLE_META:
        chosen("records", table, number, key.size == 6 && key.data[0] == 'd' ? 3 : 2, value);
        break;
    case STM_TABLE_DOCUMENT:
        chosen("records", table, number, 4, value);
        break;
    case STM_TABLE_JUDGEMENT:
        chosen("records", table, number, 5, value);
        break;
    case STM_TABLE_DERIVATION:
        chosen("records", table, number, 6, value);
        break;
    case STM_TABLE_ALIAS:
        rows(table, number, 7, value);
        break;
    case STM_TABLE_CLAIM:
        rows(table, number, 8, value);
        break;
    case STM_TABLE_ROW:
        chosen("rows", table, number, 0, value);
        break;
    case STM_TABLE_DETAIL:
        detail(number, value);
        break;
    case STM_TABLE_TESTIMONY:
        if (value.data[0] == 0) {
            seed("testimony", "testimony", number, (stemma_bytes){value.data, 0}, behind(value, 5));
        }
        break;
    case STM_TABLE_ENTITY:
        chosen("columns", table, number, 1, value);
        break;
    case STM_TABLE_EVENT:
        chosen("columns", table, number, 2, value);
        break;
    case STM_TABLE_FENCE:
    case STM_TABLE_GROUP:
    case STM_TABLE_MEMBER:
    case STM_TABLE_VOICE:
        chosen("columns", table, number, 0, value);
        break;
    case STM_TABLE_LABEL:
        chosen("labels", table, number, key.data[0] == 'a' ? 0 : 1, value);
        break;
    case STM_TABLE_TOKEN:
        chosen("labels", table, number + 10, key.size == 4 && key.data[0] == 't' ? 2 : 1, value);
        break;
    default:
        break;
    }
}

/* Records of each table, spread over it. */
static void file_of(const char *path, unsigned base)
{
    MDB_env *env;
    MDB_txn *txn;
    fuzz_must(mdb_env_create(&env) == 0 && mdb_env_set_maxdbs(env, 64) == 0);
    fuzz_must(mdb_env_open(env, path, MDB_NOSUBDIR | MDB_RDONLY | MDB_NOLOCK, 0) == 0);
    fuzz_must(mdb_txn_begin(env, NULL, MDB_RDONLY, &txn) == 0);
    for (int table = 0; table < STM_TABLE_COUNT; table++) {
        MDB_dbi dbi;
        MDB_cursor *cursor;
        MDB_val key, value;
        MDB_stat stat;
        size_t number = 0, every;
        int opened = mdb_dbi_open(txn, stm_tables[table].name, 0, &dbi);
        if (opened == MDB_NOTFOUND && stm_table_is_optional((stm_table)table)) {
            continue;
        }
        fuzz_must(opened == 0);
        fuzz_must(mdb_stat(txn, dbi, &stat) == 0);
        fuzz_must(mdb_cursor_open(txn, dbi, &cursor) == 0);
        every = stat.ms_entries / RECORDS + 1;
        for (int code = mdb_cursor_get(cursor, &key, &value, MDB_FIRST); code == 0;
             code = mdb_cursor_get(cursor, &key, &value, MDB_NEXT), number++) {
            if (number % every == 0 && value.mv_size < 4000) {
                record((stm_table)table, base + (unsigned)number, (stemma_bytes){key.mv_data, key.mv_size},
                       (stemma_bytes){value.mv_data, value.mv_size});
            }
        }
        mdb_cursor_close(cursor);
    }
    mdb_txn_abort(txn);
    mdb_env_close(env);
}

/* Each record put in its own place, and another question with each. */
static void forged(int data_sets)
{
    uint32_t count, record = 0;
    const fuzz_record *records = fuzz_base_records(data_sets, &count);
    for (uint32_t i = 0; i < count; i++) {
        uint8_t head[7] = {(uint8_t)data_sets, (uint8_t)i, (uint8_t)records[i].table};
        record = i != 0 && records[i].table == records[i - 1].table ? record + 1 : 0;
        head[3] = (uint8_t)record;
        stm_store_le16(head + 5, (uint16_t)records[i].value.size);
        if (record % 7 == 0 && records[i].value.size < 1500) {
            seed("forged", stm_tables[records[i].table].name, (unsigned)(data_sets * 5000) + record,
                 (stemma_bytes){head, sizeof head}, records[i].value);
        }
    }
}

int main(int argc, char **argv)
{
    char path[] = "/tmp/stemma-seeds-XXXXXX";
    row_file rows_file;
    if (argc != 2) {
        fprintf(stderr, "usage: fuzz_seeds FOLDER\n");
        return 2;
    }
    folder = argv[1];
    fuzz_must(close(mkstemp(path)) == 0);
    query_kb_write(path);
    file_of(path, 0);
    unlink(path);
    row_file_make(&rows_file, 40, 2);
    file_of(rows_file.path, 5000);
    row_file_remove(&rows_file);
    forged(0);
    forged(1);
    return 0;
}
