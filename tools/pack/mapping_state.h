/* SPDX-License-Identifier: MIT */
/* What reading a mapping carries: shared by mapping_read.c and mapping_key.c only. */
#ifndef STEMMA_PACK_MAPPING_STATE_H
#define STEMMA_PACK_MAPPING_STATE_H

#include "pack/mapping.h"

#define STM_MAPPING_VALUES 64u /* of one absent, skip-if or only-if; lists of renamed roles */

enum stm_mapping_section {
    STM_SECTION_NONE,
    STM_SECTION_TABLE,
    STM_SECTION_DOCUMENT,
    STM_SECTION_COLUMN,
    STM_SECTION_CONSTANT,
    STM_SECTION_TYPES,
    STM_SECTION_ACTOR_TYPES,
    STM_SECTION_LABELS
};

struct stm_mapping_reading {
    struct stm_mapping *mapping;
    struct stm_arena *arena;
    stm_problems *problems;
    enum stm_mapping_section section;
    struct stm_mapping_column *column; /* of section STM_SECTION_COLUMN */
    uint64_t line;
    const char *line_start;
    uint64_t errors;
    size_t fill_capacity;
    size_t constant_capacity;
    size_t type_capacity;
    size_t actor_type_capacity;
    size_t label_capacity;
    bool no_memory;
};

/* How a text is shown in a complaint: "%.*s". */
#define STM_SHOWN(text) (int)((text).size < 100 ? (text).size : 100), (text).data

/* Reports an error. `at`: where in the current line, or NULL. */
void stm_mapping_complain(struct stm_mapping_reading *reading, uint64_t line, const char *at,
                          const char *code, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

static inline bool stm_mapping_is(stemma_text text, const char *word)
{
    return stemma_text_equal(text, stemma_text_of(word));
}

/* A name without dots. */
bool stm_mapping_word(stemma_text name);

/* A column that nothing is known of. */
void stm_mapping_begin_column(struct stm_mapping_reading *reading,
                              struct stm_mapping_column *column);

/* `key = value` in the section at hand; `at` is where the value stands, `start` the key, `quoted`
   whether it stood in quotes. False when the section has no such key. */
bool stm_mapping_key(struct stm_mapping_reading *reading, stemma_text key, bool quoted,
                     stemma_text value, const char *start, const char *at);

#endif
