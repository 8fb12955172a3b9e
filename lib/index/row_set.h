/* SPDX-License-Identifier: MIT */
/* The rows of a data set as columns. A writer fills one from a table, a check from a file; deriving
   the index works on the columns as they stand, a row is never made an assertion unless it has to
   be. One thread at a time. */
#ifndef STEMMA_LIB_ROW_SET_H
#define STEMMA_LIB_ROW_SET_H

#include "index/index_memory.h"
#include "base/memory.h"
#include "row_record.h"
#include "stemma/edtf.h"
#include "stemma/vocabulary.h"
#include "stemma/write.h"

/* A term under the handle by which rows name it. Texts are borrowed. */
typedef struct stm_row_handle {
    stemma_text name;
    stemma_text roles; /* of an event type */
    uint8_t kind;      /* stemma_term_kind */
    uint32_t term;     /* its number, once stm_row_set_resolve() has been told */
} stm_row_handle;

/* An event type with the roles that a row of it fills, one for each participant. */
typedef struct stm_row_shape {
    uint32_t type;       /* handle, after resolving term */
    uint32_t role_first; /* in `roles` */
    uint32_t role_count;
    uint32_t hash;
} stm_row_shape;

/* What few rows have, in `rare_bytes`: this, then its texts back to back. */
typedef struct stm_row_rare_head {
    uint32_t quantity_predicate;                 /* handle, after resolving term, or STEMMA_NONE */
    uint16_t external_id, content, amount, unit; /* sizes */
} stm_row_rare_head;

#define STM_ROW_FORM_ROLES 64u /* of a form, at most */
#define STM_ROW_FORM_PLAIN 8u  /* of one whose rows are added as they stand */

/* A type with the roles of the actors that columns give, as they come; both stand in `form_keys`. */
typedef struct stm_row_form {
    uint32_t shape; /* number + 1; 0: no row of the form was taken yet */
    uint32_t count; /* of roles */
    uint8_t plain;  /* roles are few, and each another */
    uint8_t order[STM_ROW_FORM_PLAIN]; /* of a plain one: which of the actors is the i-th of the shape */
} stm_row_form;

typedef struct stm_row_set {
    stm_memory *memory;      /* borrowed; NULL: ordinary memory */
    void *grown;             /* between two steps of growing an array */
    stm_row_handle *handles; /* owned array */
    uint32_t handle_count;
    size_t handle_capacity;
    uint32_t actor_count;

    uint32_t count;  /* rows */
    uint32_t stride; /* most assertions of a row */
    uint64_t assertion_count;
    uint32_t *shapes; /* of each row */
    size_t shape_capacity;
    uint32_t *times; /* of each row: number in time_texts + 1, 0: none */
    size_t time_capacity;
    uint32_t *ends; /* of each row's participants in `actors`; NULL while all rows have as many */
    size_t end_capacity;
    uint32_t width; /* participants of each row while `ends` is NULL */
    uint32_t *actors;
    uint32_t actor_use_count;
    size_t actor_capacity;
    uint32_t *places; /* actor + 1, 0: none; NULL while no row has one */
    size_t place_capacity;
    uint32_t *sources; /* likewise */
    size_t source_capacity;
    uint64_t *rares; /* offset in rare_bytes + 1, 0: none; NULL while no row has any */
    size_t rare_capacity;
    char *rare_bytes;
    size_t rare_size, rare_bytes_capacity;

    stm_row_shape *shape_list;
    uint32_t shape_count;
    size_t shape_list_capacity;
    uint32_t *shape_slots; /* number + 1 by hash */
    uint32_t shape_slot_count;
    uint32_t *roles;
    uint32_t role_count;
    size_t role_capacity;
    stm_strings form_keys; /* type and roles of each form, as 32-bit numbers */
    stm_row_form *forms;
    size_t form_capacity;
    uint32_t form_width; /* most roles of a plain one */
    stm_strings time_texts;
    stemma_time_bounds *time_bounds;
    size_t time_bounds_capacity;
    uint8_t *time_usual; /* whether the text is the usual one of its bounds */
    size_t time_usual_capacity;
    int has_unusual_times;
    char last_time_text[32]; /* of the row before */
    size_t last_time_size;
    uint32_t last_time;         /* number + 1 */
    uint32_t time_cache[256];   /* numbers lately met + 1, by a few bytes of the text */
    uint32_t known_quantity[2]; /* type and predicate of a quantity that was found right */

    uint8_t *gaps; /* document field 19 */
    size_t gap_size, gap_capacity;
    uint32_t last_number;
    uint32_t since_gap; /* rows since the last gap */

    /* Of deriving an index; see index_fold.h. */
    uint32_t document;   /* number */
    uint32_t first_node; /* of its actors in the index */
    uint64_t *promoted;  /* bit for each row that is not folded; NULL: none */
    uint32_t promoted_count;
    uint32_t *variants; /* of each actor: its place among those of its entity; NULL: all 0 */
    uint32_t *entities; /* of each actor */
    uint32_t *uses;     /* of each actor, stm_row_set_uses() */
    uint32_t row_base;  /* its first row among the rows of all sets */
    uint32_t *numbers;  /* event of each folded row; NULL: row k is event first_number + k */
    uint32_t first_number;
} stm_row_set;

/* Begins an empty set; `memory` may be NULL. */
void stm_row_set_begin(stm_row_set *set, stm_memory *memory);

/* Frees all that it holds; harmless on a zeroed one. */
void stm_row_set_free(stm_row_set *set);

/* Adds a handle; its number is the count before. Texts live as long as the set.
   STEMMA_E_NO_MEMORY. */
stemma_status stm_row_set_handle(stm_row_set *set, uint8_t kind, stemma_text name,
                                 stemma_text roles);

/* Checks and adds a row. STEMMA_E_INVALID, STEMMA_E_LIMIT with a code, the set then being as
   before; STEMMA_E_NO_MEMORY. */
stemma_status stm_row_set_add(stm_row_set *set, const stemma_row *row, stemma_error *error);

/* Number + 1 of a time, 0 of an empty one. STEMMA_E_INVALID: EDTF; STEMMA_E_NO_MEMORY. */
stemma_status stm_row_set_time(stm_row_set *set, stemma_text text, uint32_t *time,
                               stemma_error *error);

/* Number of a form; the same one for the same type and roles, at most STM_ROW_FORM_ROLES. STEMMA_E_NO_MEMORY. */
stemma_status stm_row_set_form(stm_row_set *set, uint32_t type, const uint32_t *roles,
                               uint32_t count, uint32_t *form);

/* As stm_row_set_add() for each of the rows; `*taken` of them were added. */
stemma_status stm_row_set_add_plain(stm_row_set *set, const stemma_plain_rows *columns,
                                      size_t *taken, stemma_error *error);

/* Counts how often each actor is used, into `uses`, which has room for actor_count. */
void stm_row_set_uses(const stm_row_set *set, uint32_t *uses);

/* Renumbers actors: what was i is now to[i]. */
void stm_row_set_renumber(stm_row_set *set, const uint32_t *to);

/* Turns handles into terms, whose numbers stand in `handles`, and puts the participants of every
   row in their order. Once; no row can be added then. STEMMA_E_NO_MEMORY. */
stemma_status stm_row_set_resolve(stm_row_set *set);

static inline uint32_t stm_row_first(const stm_row_set *set, uint32_t row)
{
    return set->ends == NULL ? row * set->width : row == 0 ? 0 : set->ends[row - 1];
}

static inline const stm_row_shape *stm_row_shape_of(const stm_row_set *set, uint32_t row)
{
    return &set->shape_list[set->shapes[row]];
}

static inline uint32_t stm_row_place(const stm_row_set *set, uint32_t row)
{
    return set->places == NULL ? STEMMA_NONE : set->places[row] - 1;
}

static inline uint32_t stm_row_source(const stm_row_set *set, uint32_t row)
{
    return set->sources == NULL ? STEMMA_NONE : set->sources[row] - 1;
}

/* Bounds of a row's time, all unknown when it has none. */
const stemma_time_bounds *stm_row_bounds(const stm_row_set *set, uint32_t row);

/* A row's time as it was given. */
stemma_text stm_row_time(const stm_row_set *set, uint32_t row);

/* What few rows have; without time. Views into the set. */
void stm_row_rare_of(const stm_row_set *set, uint32_t row, stm_row_rare *out);

/* How many assertions a row has. */
uint32_t stm_row_set_says(const stm_row_set *set, uint32_t row);

/* A row as a record, after resolving; `participants` has room for those of its shape. */
void stm_row_record_of(const stm_row_set *set, uint32_t row, stm_row_participant *participants,
                       stm_row_record *out);

#endif
