/* SPDX-License-Identifier: MIT */
/**
 * @file mapping.h
 * What the columns of a table mean: stemma-mapping(5).
 *
 * A mapping is read from a small file of sections and `key = value` lines, or follows from the
 * header of a table whose columns are called like our fields.
 */
#ifndef STEMMA_PACK_MAPPING_H
#define STEMMA_PACK_MAPPING_H

#include <stdbool.h>

#include "common/arena.h"
#include "common/problem.h"
#include "stemma/testimony.h"

/** What a column or a constant fills. */
enum stm_fill {
    STM_FILL_NOTHING = 0,
    STM_FILL_TIME,
    STM_FILL_TYPE,
    STM_FILL_PLACE,
    STM_FILL_SOURCE,
    STM_FILL_ID,
    STM_FILL_CONTENT,
    STM_FILL_QUANTITY,
    STM_FILL_ROLE
};

/** What becomes of a type that no rule names. */
enum stm_unmapped { STM_UNMAPPED_MAKE = 0, STM_UNMAPPED_REFUSE, STM_UNMAPPED_DEFAULT };

/** How the time of a column is written. */
enum stm_time_form {
    STM_TIME_EDTF = 0,
    STM_TIME_PATTERN, /**< Letters Y M D h m s, and what stands between them. */
    STM_TIME_EPOCH    /**< Seconds since 1970. */
};

#define STM_MAPPING_COLUMNS  256u  /* column sections of a mapping */
#define STM_MAPPING_POSITION 4096u /* the last column that can be named by its position */

/** `value = term old=new ...`: of a type, a term and roles that are called otherwise in it. */
struct stm_type_rule {
    stemma_text value; /**< Without the '*' of a prefix. */
    bool prefix;
    stemma_text term;
    stemma_text roles; /**< "old=new old=new"; may be empty. */
    uint32_t renames;  /**< Equal `roles` have equal numbers; 0: none. */
    uint64_t line;
};

/** `value = text`: the entity type of actors, the label of a term. */
struct stm_mapping_pair {
    stemma_text value;
    stemma_text text;
    uint64_t line;
};

struct stm_mapping_column {
    stemma_text name;  /**< As in the header; empty when it is named by position. */
    uint32_t position; /**< From 1; 0 when it is named. */
    uint8_t fill;      /**< enum stm_fill */
    stemma_text role;
    /* time */
    uint8_t time_form; /**< enum stm_time_form */
    stemma_text pattern;
    /* type */
    stemma_text name_space; /**< Of terms that are made; may be empty. */
    uint8_t unmapped;       /**< enum stm_unmapped */
    stemma_text unmapped_default;
    /* actors: roles, place, source */
    stemma_text actor_type;
    stemma_text actor_type_column; /**< Or empty; its values go through [actor-types]. */
    stemma_text separator;         /**< Between several actors in a cell; may be empty. */
    bool host;                     /**< An actor is the host of the URL in the cell. */
    /* id */
    stemma_text prefix;
    /* quantity */
    stemma_text predicate;
    stemma_text unit;
    /* any: values that count as empty, that a row is left out for, or must have */
    const stemma_text *absent;
    uint32_t absent_count;
    const stemma_text *skip_if;
    uint32_t skip_if_count;
    const stemma_text *only_if;
    uint32_t only_if_count;
    uint64_t line; /**< Of its section, for complaints. */
};

struct stm_mapping {
    stemma_text name; /**< As it was asked for: "icews". */
    stemma_text file; /**< For complaints. */
    /* [table] */
    char delimiter;             /**< 0: by the ending of the file's name, or its first line. */
    int8_t quotes;              /**< 1, 0; -1: unless the delimiter is a tab. */
    int8_t header;              /**< 1, 0. */
    stemma_text files;          /**< Pattern of the names of files it is for; empty: all. */
    const stemma_text *columns; /**< Names of the columns of a table without header. */
    uint32_t column_count;
    bool join_ids;    /**< Rows of one external id are one event. */
    bool joined_type; /**< ... and the later ones take the type of the first. */
    /* [document]: views; unset ones are empty */
    stemma_document document;
    /* [column ...] and [constant] */
    struct stm_mapping_column *fills;
    uint32_t fill_count;
    struct stm_mapping_constant {
        struct stm_mapping_column column; /**< How the value is read. */
        stemma_text value;
    } * constants;
    uint32_t constant_count;
    /* [types], exact ones by value, then prefixes by falling size and value */
    struct stm_type_rule *types;
    uint32_t type_count;
    uint32_t exact_count;
    uint32_t rename_count;      /**< Different lists of renamed roles. */
    const stemma_text *renames; /**< The list number n is [n - 1]. */
    /* [actor-types] and [labels], by value */
    struct stm_mapping_pair *actor_types;
    uint32_t actor_type_count;
    struct stm_mapping_pair *labels;
    uint32_t label_count;
};

/** Reads a mapping. Everything that is wrong is reported, with line and column. `text` may go away
 *  afterwards; the mapping lives in `arena`. STEMMA_OK; STEMMA_E_INVALID when something was
 * reported as an error; STEMMA_E_NO_MEMORY. */
STEMMA_NODISCARD stemma_status stm_mapping_read(struct stm_mapping *mapping, stemma_text text,
                                                stemma_text file, struct stm_arena *arena,
                                                stm_problems *problems);

/** Finds and reads the mapping `name`: a path when it has a '/' or ends in ".map", or else a file
 * of that name among those that came with the program. STEMMA_E_SYSTEM when there is none
 * or it cannot be read, with a report (MAPPING_UNREADABLE). */
STEMMA_NODISCARD stemma_status stm_mapping_load(struct stm_mapping *mapping, const char *name,
                                                struct stm_arena *arena, stm_problems *problems);

/** The mapping of a table whose header names our fields: `names` are those of its columns. False
 *  when they are not. The mapping lives in `arena`. */
bool stm_mapping_of_header(struct stm_mapping *mapping, const stemma_text *names, uint32_t count,
                           struct stm_arena *arena);

/** The rule for a value of the type column, or NULL. */
const struct stm_type_rule *stm_mapping_type(const struct stm_mapping *mapping, stemma_text value);

/** The entity type for a value of a column of actor types, or `otherwise`. */
stemma_text stm_mapping_actor_type(const struct stm_mapping *mapping, stemma_text value,
                                   stemma_text otherwise);

/** The label for a value of the type column, or the value itself. */
stemma_text stm_mapping_label(const struct stm_mapping *mapping, stemma_text value);

#endif
