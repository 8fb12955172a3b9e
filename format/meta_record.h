/* SPDX-License-Identifier: MIT */
/* The records of the table `meta`.
 *
 * Key "stemma": map 0 "stemma" · 1 major · 2 minor · 3 features: array of [name, strictness],
 * ascending by name (absent when there is none) · 4 counts: array of STM_COUNTS numbers in the
 * order of stemma_counts. Major and minor are always present, zero or not. Key "digest": array of
 * [table name, entries, binary of 16 bytes], ascending by name; a dictionary stands there like a
 * table of one record, by the name of its key. */
#ifndef STEMMA_FORMAT_META_RECORD_H
#define STEMMA_FORMAT_META_RECORD_H

#include "bytes.h"
#include "fault.h"

#define STM_META_KEY                 "stemma"
#define STM_DIGEST_KEY               "digest"
#define STM_DICTIONARY_TEXT_KEY      "dictionary.text"
#define STM_DICTIONARY_TESTIMONY_KEY "dictionary.testimony"

/* Feature that files with postings need: these are of form STM_POSTING_NEAR. */
#define STM_FEATURE_POSTINGS "postings.near"

#define STM_COUNTS       16u /* members of stemma_counts */
#define STM_FEATURES_MAX 16u /* features of one file */
#define STM_TABLES_MAX   64u /* tables of one file */
#define STM_TABLE_DIGEST 16u /* bytes of a table's digest */

typedef struct stm_feature {
    stemma_text name;
    uint8_t needed; /* 1: a reader that does not know it must refuse the file */
} stm_feature;

typedef struct stm_meta {
    uint32_t major;
    uint32_t minor;
    stm_feature features[STM_FEATURES_MAX];
    uint32_t feature_count;
    uint64_t counts[STM_COUNTS];
} stm_meta;

stemma_status stm_meta_encode(const stm_meta *meta, stm_buffer *out, stm_fault *fault);

/* STEMMA_E_NOT_STEMMA when field 0 is not "stemma". Of a newer major version only the version is
   filled in, and the status is STEMMA_E_UNSUPPORTED (FORMAT_VERSION). Names are views into
   `value`. STEMMA_E_DAMAGED. */
stemma_status stm_meta_decode(stemma_bytes value, stm_meta *meta, stm_fault *fault);

/* The first feature that the file needs and this library does not know; NULL: none. */
const stm_feature *stm_meta_stranger(const stm_meta *meta);

/* Whether the file names a feature. */
int stm_meta_has_feature(const stm_meta *meta, const char *name);

typedef struct stm_table_digest {
    stemma_text table;
    uint64_t entries;
    uint8_t digest[STM_TABLE_DIGEST];
} stm_table_digest;

/* `digests` ascend by name. */
stemma_status stm_digests_encode(const stm_table_digest *digests, uint32_t count, stm_buffer *out,
                                 stm_fault *fault);

/* Fills at most STM_TABLES_MAX rows. */
stemma_status stm_digests_decode(stemma_bytes value, stm_table_digest digests[STM_TABLES_MAX],
                                 uint32_t *count, stm_fault *fault);

/* The row of a dictionary, whose key is `name`. STEMMA_E_INTERNAL when the hash library refuses. */
STEMMA_NODISCARD stemma_status stm_dictionary_digest(const char *name, stemma_bytes dictionary,
                                                     stm_table_digest *out);

/* STEMMA_OK when a dictionary is what its row says. STEMMA_NOT_FOUND when it has none, as in files of
   format 3.0; STEMMA_E_DAMAGED when it is another one. */
STEMMA_NODISCARD stemma_status stm_dictionary_prove(const stm_table_digest *digests, uint32_t count,
                                                    const char *name, stemma_bytes dictionary);

#endif
