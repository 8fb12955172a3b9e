/* SPDX-License-Identifier: MIT */
/* Which tables of a damaged file are what their digests say. */
#include <stdio.h>

#include "base/error.h"
#include "digest.h"
#include "salvage/salvage.h"

static bool digest_right(stm_store_view *view, stm_table table, const stm_table_digest *stated)
{
    stm_store_cursor *cursor;
    stemma_bytes key, value;
    stm_digest digest;
    uint8_t result[STM_DIGEST_SIZE];
    uint64_t entries = 0;
    if (stm_store_cursor_take(&cursor, view, table) != STEMMA_OK ||
        stm_digest_begin(&digest) != STEMMA_OK) {
        return false;
    }
    stemma_status status = stm_store_first(cursor, &key, &value);
    for (; status == STEMMA_OK; status = stm_store_next(cursor, &key, &value)) {
        entries++;
        if (stm_digest_record(&digest, key, value) != STEMMA_OK) {
            return false;
        }
    }
    stm_store_cursor_return(cursor);
    stm_digest_end(result, &digest);
    return entries == stated->entries && memcmp(result, stated->digest, sizeof result) == 0;
}

/* A table of which nothing is taken. */
static void leave_out(stemma_salvage *salvage, stm_table table)
{
    salvage->remains->tables[table].count = 0;
    salvage->remains->tables[table].entries = 0;
    if (table == STM_TABLE_DOCUMENT) {
        salvage->saved_count = 0;
    } else if (table == STM_TABLE_VOCABULARY) {
        stm_salvage_terms_drop(salvage);
    } else if (table == STM_TABLE_DETAIL) {
        salvage->details_complete = false;
    }
}

/* Texts have digests of their own; testimony that is compressed stands and falls with its dictionary. */
static stemma_status prove_dictionary(stemma_salvage *salvage, stm_store_view *view,
                                      const stm_table_digest *digests, uint32_t count)
{
    stemma_bytes key = {(const uint8_t *)STM_DICTIONARY_TESTIMONY_KEY,
                        sizeof STM_DICTIONARY_TESTIMONY_KEY - 1};
    stemma_bytes value;
    bool proven = (salvage->flags & STEMMA_SALVAGE_PROVEN) != 0;
    if (salvage->remains->tables[STM_TABLE_TESTIMONY].entries == 0 ||
        stm_store_get(view, STM_TABLE_META, key, &value) != STEMMA_OK ||
        stm_dictionary_prove(digests, count, STM_DICTIONARY_TESTIMONY_KEY, value) !=
            STEMMA_E_DAMAGED) {
        return STEMMA_OK;
    }
    if (proven) {
        leave_out(salvage, STM_TABLE_TESTIMONY);
    }
    return stm_salvage_lose(salvage, "unverified", "meta", NULL, 1, "DIGEST_MISMATCH",
                            STM_DICTIONARY_TESTIMONY_KEY,
                            proven ? "The dictionary is not what its digest says: no testimony is "
                                     "taken"
                                   : "The dictionary is not what its digest says: testimony keeps "
                                     "the rules, but may be altered");
}

stemma_status stm_salvage_prove(stemma_salvage *salvage, stemma_error *error)
{
    static const stm_table taken[] = {
        STM_TABLE_DERIVATION, STM_TABLE_DOCUMENT,   STM_TABLE_JUDGEMENT, STM_TABLE_RUN,
        STM_TABLE_TESTIMONY,  STM_TABLE_VOCABULARY, /* the rest holds rows of data sets */
        STM_TABLE_DETAIL,     STM_TABLE_ENTITY,     STM_TABLE_EVENT,     STM_TABLE_MEMBER,
        STM_TABLE_MEMBERSHIP, STM_TABLE_ROW};
    size_t taken_count = salvage->has_rows ? sizeof taken / sizeof taken[0] : 6;
    stm_table_digest digests[STM_TABLES_MAX];
    bool proven = (salvage->flags & STEMMA_SALVAGE_PROVEN) != 0;
    uint32_t count = 0;
    stemma_bytes key = {(const uint8_t *)STM_DIGEST_KEY, sizeof STM_DIGEST_KEY - 1}, value;
    stm_store_view *view = NULL;
    stemma_status status = stm_store_view_begin(&view, salvage->file->store, error);
    if (status == STEMMA_OK && (stm_store_get(view, STM_TABLE_META, key, &value) != STEMMA_OK ||
                                stm_digests_decode(value, digests, &count, NULL) != STEMMA_OK)) {
        count = 0;
    }
    for (size_t i = 0; status == STEMMA_OK && i < taken_count; i++) {
        const stm_table_digest *stated = NULL;
        uint64_t entries = salvage->remains->tables[taken[i]].entries;
        for (uint32_t j = 0; j < count; j++) {
            if (stemma_text_equal(digests[j].table, stemma_text_of(stm_tables[taken[i]].name))) {
                stated = &digests[j];
            }
        }
        bool right =
            stated != NULL &&
            (digest_right(view, taken[i], stated) ||
             (taken[i] == STM_TABLE_VOCABULARY && stm_salvage_terms_proven(salvage, stated)));
        if (taken[i] == STM_TABLE_DETAIL) {
            const stm_remains_table *detail = &salvage->remains->tables[STM_TABLE_DETAIL];
            salvage->details_complete = right || (detail->whole && detail->lost == 0);
        }
        if (entries != 0 && !right) {
            char where[64];
            snprintf(where, sizeof where, "%llu of %llu records", (unsigned long long)entries,
                     (unsigned long long)(stated != NULL ? stated->entries : entries));
            status = stm_salvage_lose(salvage, "unverified", stm_tables[taken[i]].name, NULL, 1,
                                      stated == NULL ? "DIGEST_MISSING" : "DIGEST_MISMATCH", where,
                                      proven ? "The table is not what its digest says: none of its "
                                               "records is taken"
                                             : "The table is not what its digest says: each of its "
                                               "records keeps the rules, but may be altered");
            if (proven) {
                leave_out(salvage, taken[i]);
            }
        }
    }
    if (status == STEMMA_OK) {
        status = prove_dictionary(salvage, view, digests, count);
    }
    stm_store_view_end(view);
    return status;
}
