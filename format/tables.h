/* SPDX-License-Identifier: MIT */
/* The named tables of a file and how their keys are built. SPEC.md, "Tables". */
#ifndef STEMMA_FORMAT_TABLES_H
#define STEMMA_FORMAT_TABLES_H

#include <stddef.h>
#include <stdint.h>

/* In ascending order of name, which is the order of the `digest` array. */
typedef enum stm_table {
    STM_TABLE_ALIAS,
    STM_TABLE_CLAIM,
    STM_TABLE_DERIVATION,
    STM_TABLE_DETAIL,
    STM_TABLE_DOCUMENT,
    STM_TABLE_ENTITY,
    STM_TABLE_EVENT,
    STM_TABLE_FENCE,
    STM_TABLE_GRAM,
    STM_TABLE_GROUP,
    STM_TABLE_IDENTITY,
    STM_TABLE_JUDGEMENT,
    STM_TABLE_LABEL,
    STM_TABLE_MEMBER,
    STM_TABLE_MEMBERSHIP,
    STM_TABLE_META,
    STM_TABLE_NAME,
    STM_TABLE_NEIGHBOUR,
    STM_TABLE_PARTICIPATION,
    STM_TABLE_PLACE,
    STM_TABLE_ROW,
    STM_TABLE_RUN,
    STM_TABLE_SPEAKER,
    STM_TABLE_TERM,
    STM_TABLE_TESTIMONY,
    STM_TABLE_TEXT,
    STM_TABLE_TOKEN,
    STM_TABLE_TYPE,
    STM_TABLE_VOCABULARY,
    STM_TABLE_VOICE,
    STM_TABLE_COUNT
} stm_table;

typedef enum stm_layer {
    STM_LAYER_META,
    STM_LAYER_TESTIMONY,
    STM_LAYER_JUDGEMENT,
    STM_LAYER_INDEX
} stm_layer;

typedef enum stm_key_form {
    STM_KEY_NAME,   /* ASCII text */
    STM_KEY_U32,    /* one big-endian u32 */
    STM_KEY_U32X2,  /* two big-endian u32 */
    STM_KEY_U64,    /* one big-endian u64 */
    STM_KEY_POSTING /* list key, 0x00, big-endian u32 first id, big-endian u32 first payload */
} stm_key_form;

typedef struct stm_table_info {
    const char *name;
    uint8_t layer;       /* stm_layer */
    uint8_t key;         /* stm_key_form */
    uint8_t list_size;   /* Posting tables: bytes of a list key; 0 when they vary. */
    uint8_t has_payload; /* Posting tables: whether a posting carries a second number. */
} stm_table_info;

/* Tables that every file has; see stm_table_is_optional(). */
#define STM_TABLES_ALWAYS (STM_TABLE_COUNT - 1)

/* What is known of each table, indexed by stm_table. */
extern const stm_table_info stm_tables[STM_TABLE_COUNT];

/* Tables stand in a file in ascending order of these numbers, which is that in which a writer comes
   to them [C-19]; indexed by stm_table. */
extern const uint8_t stm_table_place[STM_TABLE_COUNT];

/* Whether a file has the table only when it has records: one that a minor version added. All other
   tables are in every file. */
static inline int stm_table_is_optional(stm_table table)
{
    return table == STM_TABLE_NEIGHBOUR;
}

#endif
