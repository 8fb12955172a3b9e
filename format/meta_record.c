/* SPDX-License-Identifier: MIT */
#include "meta_record.h"

#include "canonical.h"
#include "digest.h"
#include "limits.h"

enum { FIELD_MAGIC = 0, FIELD_MAJOR = 1, FIELD_MINOR = 2, FIELD_FEATURES = 3, FIELD_COUNTS = 4 };

#define FEATURE_NAME_LIMIT 64u
#define TABLE_NAME_LIMIT   31u

stemma_status stm_meta_encode(const stm_meta *meta, stm_buffer *out, stm_fault *fault)
{
    if (meta->feature_count > STM_FEATURES_MAX) {
        return stm_fault_set(fault, STEMMA_E_INVALID, "FEATURE_COUNT", 0);
    }
    stm_map map = stm_map_begin(out);
    stm_map_text(&map, FIELD_MAGIC, stemma_text_of("stemma"));
    stm_map_key(&map, FIELD_MAJOR);
    stm_mp_put_uint(out, meta->major);
    stm_map_key(&map, FIELD_MINOR);
    stm_mp_put_uint(out, meta->minor);
    if (meta->feature_count != 0) {
        stm_map_key(&map, FIELD_FEATURES);
        stm_mp_put_array(out, meta->feature_count);
        for (uint32_t i = 0; i < meta->feature_count; i++) {
            stm_mp_put_array(out, 2);
            stm_mp_put_text(out, meta->features[i].name);
            stm_mp_put_uint(out, meta->features[i].needed);
        }
    }
    stm_map_key(&map, FIELD_COUNTS);
    stm_mp_put_array(out, STM_COUNTS);
    for (uint32_t i = 0; i < STM_COUNTS; i++) {
        stm_mp_put_uint(out, meta->counts[i]);
    }
    stm_map_end(&map);
    return stm_put_finish(out, fault);
}

static void get_features(stm_mp *mp, stm_meta *meta)
{
    uint32_t count = stm_mp_array_of(mp, 1, STM_FEATURES_MAX);
    for (uint32_t i = 0; i < count; i++) {
        stm_mp_array_of(mp, 2, 2);
        meta->features[i].name = stm_mp_text(mp, FEATURE_NAME_LIMIT);
        meta->features[i].needed = (uint8_t)stm_mp_uint(mp, 1);
        if (i > 0 && stemma_text_compare(meta->features[i - 1].name, meta->features[i].name) >= 0) {
            stm_mp_fail(mp, "FEATURE_ORDER");
        }
    }
    meta->feature_count = count;
}

/* Reads keys 0 to 2, which every version of the format begins with. */
static stemma_status get_version(stm_mp *mp, stm_meta *meta, uint32_t *fields, stm_fault *fault)
{
    bool magic = false;
    *fields = stm_mp_map(mp);
    if (*fields >= 3 && stm_mp_key(mp) == FIELD_MAGIC && stm_mp_peek(mp) == STM_MP_TEXT) {
        magic = stemma_text_equal(stm_mp_text(mp, 6), stemma_text_of("stemma"));
    }
    if (!magic) {
        return stm_fault_set(fault, STEMMA_E_NOT_STEMMA, "NOT_STEMMA", 0);
    }
    for (uint32_t key = FIELD_MAJOR; key <= FIELD_MINOR; key++) {
        if (stm_mp_key(mp) != key) {
            stm_mp_fail(mp, "FIELD_MISSING");
        }
        *(key == FIELD_MAJOR ? &meta->major : &meta->minor) = stm_mp_u32(mp, UINT32_MAX);
    }
    if (mp->code != NULL) {
        return stm_fault_set(fault, STEMMA_E_DAMAGED, mp->code, mp->fault_offset);
    }
    if (meta->major != STEMMA_FORMAT_MAJOR) {
        return stm_fault_set(fault, STEMMA_E_UNSUPPORTED, "FORMAT_VERSION", 0);
    }
    return STEMMA_OK;
}

stemma_status stm_meta_decode(stemma_bytes value, stm_meta *meta, stm_fault *fault)
{
    memset(meta, 0, sizeof *meta);
    stm_mp mp = stm_mp_over(value);
    uint32_t fields = 0;
    stemma_status status = get_version(&mp, meta, &fields, fault);
    if (status == STEMMA_OK) {
        status = stm_mp_check(value, fault);
    }
    if (status != STEMMA_OK) {
        return status;
    }
    bool counted = false;
    for (uint32_t i = 3; i < fields; i++) {
        uint32_t key = stm_mp_key(&mp);
        switch (key) {
        case FIELD_FEATURES:
            get_features(&mp, meta);
            break;
        case FIELD_COUNTS:
            counted = true;
            stm_mp_array_of(&mp, STM_COUNTS, STM_COUNTS);
            for (uint32_t c = 0; c < STM_COUNTS; c++) {
                meta->counts[c] = stm_mp_uint(&mp, UINT64_MAX);
            }
            break;
        default:
            stm_mp_unknown(&mp, key);
        }
    }
    if (!counted) {
        stm_mp_fail(&mp, "FIELD_MISSING");
    }
    return stm_mp_finish(&mp, fault);
}

const stm_feature *stm_meta_stranger(const stm_meta *meta)
{
    for (uint32_t i = 0; i < meta->feature_count; i++) {
        const stm_feature *feature = &meta->features[i];
        if (feature->needed && !stemma_text_equal(feature->name, stemma_text_of(STM_FEATURE_POSTINGS))) {
            return feature;
        }
    }
    return NULL;
}

int stm_meta_has_feature(const stm_meta *meta, const char *name)
{
    int found = 0;
    for (uint32_t i = 0; i < meta->feature_count; i++) {
        found |= stemma_text_equal(meta->features[i].name, stemma_text_of(name));
    }
    return found;
}

stemma_status stm_digests_encode(const stm_table_digest *digests, uint32_t count, stm_buffer *out,
                                 stm_fault *fault)
{
    if (count > STM_TABLES_MAX) {
        return stm_fault_set(fault, STEMMA_E_INVALID, "DIGEST_COUNT", 0);
    }
    stm_mp_put_array(out, count);
    for (uint32_t i = 0; i < count; i++) {
        stemma_bytes digest = {digests[i].digest, STM_TABLE_DIGEST};
        if (i > 0 && stemma_text_compare(digests[i - 1].table, digests[i].table) >= 0) {
            return stm_fault_set(fault, STEMMA_E_INVALID, "DIGEST_ORDER", 0);
        }
        stm_mp_put_array(out, 3);
        stm_mp_put_text(out, digests[i].table);
        stm_mp_put_uint(out, digests[i].entries);
        stm_mp_put_binary(out, digest);
    }
    return stm_put_finish(out, fault);
}

stemma_status stm_digests_decode(stemma_bytes value, stm_table_digest digests[STM_TABLES_MAX],
                                 uint32_t *count, stm_fault *fault)
{
    stemma_status status = stm_mp_check(value, fault);
    if (status != STEMMA_OK) {
        return status;
    }
    stm_mp mp = stm_mp_over(value);
    uint32_t rows = stm_mp_array_of(&mp, 0, STM_TABLES_MAX);
    for (uint32_t i = 0; i < rows; i++) {
        stm_table_digest *row = &digests[i];
        stm_mp_array_of(&mp, 3, 3);
        row->table = stm_mp_text(&mp, TABLE_NAME_LIMIT);
        row->entries = stm_mp_uint(&mp, UINT64_MAX);
        stemma_bytes digest = stm_mp_binary(&mp);
        if (digest.size == STM_TABLE_DIGEST) {
            memcpy(row->digest, digest.data, STM_TABLE_DIGEST);
        } else {
            stm_mp_fail(&mp, "DIGEST_SIZE");
        }
        if (i > 0 && stemma_text_compare(digests[i - 1].table, row->table) >= 0) {
            stm_mp_fail(&mp, "DIGEST_ORDER");
        }
    }
    *count = rows;
    return stm_mp_finish(&mp, fault);
}

stemma_status stm_dictionary_digest(const char *name, stemma_bytes dictionary, stm_table_digest *out)
{
    _Static_assert(STM_TABLE_DIGEST == STM_DIGEST_SIZE, "a row holds a digest");
    stm_digest digest;
    out->table = stemma_text_of(name);
    out->entries = 1;
    stemma_bytes key = {(const uint8_t *)out->table.data, out->table.size};
    stemma_status status = stm_digest_begin(&digest);
    if (status == STEMMA_OK) {
        status = stm_digest_record(&digest, key, dictionary);
    }
    if (status == STEMMA_OK) {
        stm_digest_end(out->digest, &digest);
    }
    return status;
}

stemma_status stm_dictionary_prove(const stm_table_digest *digests, uint32_t count,
                                   const char *name, stemma_bytes dictionary)
{
    stm_table_digest own;
    stemma_status status = stm_dictionary_digest(name, dictionary, &own);
    for (uint32_t i = 0; status == STEMMA_OK && i < count; i++) {
        if (stemma_text_equal(digests[i].table, own.table)) {
            int same = digests[i].entries == own.entries &&
                       memcmp(digests[i].digest, own.digest, sizeof own.digest) == 0;
            return same ? STEMMA_OK : STEMMA_E_DAMAGED;
        }
    }
    return status == STEMMA_OK ? STEMMA_NOT_FOUND : status;
}
