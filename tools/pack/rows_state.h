/* SPDX-License-Identifier: MIT */
/* What reading one table carries: shared by rows*.c only. */
#ifndef STEMMA_PACK_ROWS_STATE_H
#define STEMMA_PACK_ROWS_STATE_H

#include "pack/read/delimited.h"
#include "pack/read/words.h"
#include "pack/rows.h"
#include "pack/rows_cell.h"

#define STM_ROWS_BATCH       4096u
#define STM_ROWS_FORESEEN    8u
#define STM_ROWS_AHEAD       8u
#define STM_ROWS_LISTED      10000u /* refused rows that are listed one by one */
#define STM_ROWS_FORM_SLOTS  2048u
#define STM_ROWS_TYPE_SLOTS  2048u /* powers of two */
#define STM_ROWS_FRESH       256u  /* types that one thread tells the other at a time */
#define STM_ROWS_ACTOR_SLOTS 32768u
#define STM_ROWS_PROBES      4u  /* slots that are looked at: of actors, those of one group */
#define STM_ROWS_SHORT       54u /* bytes of an actor's cell that the cache holds */
#define STM_ROWS_TYPE_SHORT  119u /* and of a type's: some are sentences, and types are few */
#define STM_ROWS_TEXT        ((size_t)12 << 20) /* bytes of a batch's own texts */
#define STM_ROWS_TEXT_ROW    ((size_t)4 << 20)  /* a time, an id and what a prefix adds to it */

/* One thing to do with a row: a field, or a constant, fills something. */
struct stm_row_slot {
    const struct stm_mapping_column *column;
    uint32_t at; /* field, from 0; STEMMA_NONE: a constant */
    stemma_text constant;
    uint32_t type_at;    /* field that tells the actors' type, or STEMMA_NONE */
    uint32_t role;       /* in `roles` of the plan */
    uint32_t actor_type; /* in `actor_types` of the state */
    bool looked_up;      /* its cell is a name of a type or an actor */
    bool foreseen;       /* the name in its cell will be looked up as it stands */
    bool always;         /* nothing makes the mapping leave out its cell, or its row */
};

/* A mapping as it applies to one table. */
struct stm_row_plan {
    struct stm_row_slot *slots;
    uint32_t slot_count;
    stemma_text *roles; /* distinct; those of columns first, then of quantities */
    uint32_t role_count;
    stemma_text event_roles; /* those of columns and constants, for types that are made */
    uint32_t needed;         /* fields that a row has at least */
    uint32_t expected;       /* or exactly; 0: not known */
    uint32_t foreseen[STM_ROWS_FORESEEN]; /* slots, below STM_ROWS_FORESEEN, whose cells are hashed ahead */
    uint32_t foreseen_count;
    bool columns;            /* rows say what, when and who, and nothing else: rows_columns.c */
};

/* A type as rows use it. */
struct stm_row_type {
    uint32_t handle;  /* of the sink */
    uint32_t renames; /* which list of role handles: stm_rows.role_handles */
};

/* A form that rows had lately: which slots gave actors to a row of a type. */
struct stm_row_form_cache {
    uint32_t type;
    uint16_t renames;
    uint16_t slots; /* a bit for each; the highest: the entry is taken */
    uint32_t handle;
};

struct stm_row_type_cache {
    char cell[STM_ROWS_TYPE_SHORT]; /* in front, so that it is as open as cells are */
    uint8_t size;                   /* + 1; 0: free */
    struct stm_row_type type;
};

struct stm_row_actor_cache {
    char cell[STM_ROWS_SHORT]; /* in front, so that it is as open as cells are */
    uint16_t type;
    uint32_t handle;
    uint8_t size; /* + 1; 0: free */
};

/* An actor that was not asked for yet: see stm_rows_actors_settle(). */
#define STM_ROWS_WAITS 0x80000000u /* with its number: what stands for its handle */
struct stm_row_waiting {
    uint32_t actor_type;
    stemma_text cell;
    struct stm_row_actor_cache *cached; /* where it was remembered, unless another took the place */
};

/* A row that was read and is to be filled. */
struct stm_row_ahead {
    stemma_status status;
    struct stm_delimited_row row;
    struct stm_delimited_fault fault;
    struct stm_cell cells[STM_ROWS_FORESEEN]; /* of the slots that the plan foresees */
};

/* Why a row was refused or left out. */
struct stm_row_refusal {
    const char *code;
    stemma_text field; /* where it stands, for the column; may be empty */
    char reason[160];
};

/* Rows that are filled and not given to the sink yet: as rows with participants, or as columns. */
struct stm_row_batch {
    stemma_row *rows;
    uint64_t lines[STM_ROWS_BATCH];
    size_t first_participant[STM_ROWS_BATCH]; /* or actor */
    size_t count;
    struct stm_row_batch_columns *columns; /* or NULL */
    stemma_row_participant *participants;
    size_t participant_count;
    size_t participant_capacity;
    char *text; /* what rows say that does not stand in the table as it is */
    size_t text_used;
};

/* See stemma_plain_rows. */
struct stm_row_batch_columns {
    uint32_t numbers[STM_ROWS_BATCH];
    uint32_t forms[STM_ROWS_BATCH];
    uint32_t times[STM_ROWS_BATCH]; /* in `time_texts`, or STEMMA_NONE */
    uint32_t time_handles[STM_ROWS_BATCH]; /* when they are given away */
    uint32_t actors[STM_ROWS_BATCH * STM_ROWS_FORESEEN];
    size_t actor_count;
    stemma_text time_texts[STM_ROWS_BATCH]; /* each another than that of the row before it */
    uint32_t time_count;
    stemma_text time_cell; /* that the last of them was read from */
};

/* An empty batch, of rows or of columns; NULL when there is no memory. NULL may be freed. */
struct stm_row_batch *stm_row_batch_new(bool columns);
void stm_row_batch_free(struct stm_row_batch *batch);

struct stm_rows {
    const struct stm_rows_input *input;
    const struct stm_row_sink *sink;
    const struct stm_mapping *mapping;
    stm_problems *problems;
    struct stm_rows_result *result;
    stemma_error *error;
    struct stm_arena arena;
    struct stm_row_plan plan;
    struct stm_mapping own; /* when there is none */
    /* Of the sink: handles, made when they are first used. */
    uint32_t *role_handles; /* (renames + 1) x roles; STEMMA_NONE: not yet */
    stemma_text *actor_types;
    uint32_t actor_type_count;
    size_t actor_type_capacity;
    uint32_t *join_types; /* by handle of a type: number of stm_row_joins_type(), or STEMMA_NONE */
    size_t join_type_capacity;
    uint32_t *joined_handles; /* by number of stm_row_joins_type(): handle, or STEMMA_NONE */
    size_t joined_handle_capacity;
    struct stm_row_type_cache *type_cache; /* STM_ROWS_TYPE_SLOTS */
    uint16_t fresh_types[STM_ROWS_FRESH]; /* slots that were taken since stm_rows_types_tell() */
    uint32_t fresh_type_count;
    struct stm_row_actor_cache *actor_cache; /* STM_ROWS_ACTOR_SLOTS, each on a line of the cache */
    uint32_t *actor_tags; /* of each slot: some of its hash, 0: free; few bytes, so that they stay at hand */
    struct stm_row_form_cache *form_cache;   /* STM_ROWS_FORM_SLOTS */
    uint64_t actor_types_taken; /* bit i: the sink has taken an actor of type i, below 64 */
    struct stm_row_waiting *waiting; /* of the batch */
    size_t waiting_count;
    size_t waiting_capacity;
    struct stm_row_ahead ahead[STM_ROWS_AHEAD];
    unsigned ahead_first; /* the next of them */
    unsigned ahead_end;
    const struct stm_cell *cells; /* of the row to fill */
    struct stm_row_batch *batch;  /* that is being filled */
    struct stm_row_batch *beside; /* that the other thread filled before and that is due next; or NULL */
    uint32_t taken;  /* rows so far: the index of the next */
    uint64_t listed; /* problems */
    /* Rows that another thread fills: NULL when there is none. Both states have it. */
    struct stm_rows_pair *pair;
    bool second; /* this is the other thread's state */
};

/* Lists a row that is refused. */
typedef void stm_rows_report(struct stm_rows *state, uint64_t line, uint64_t column,
                             const char *code, const char *reason);

/* Whether the batch should be given to the sink before it takes another row. */
bool stm_rows_batch_full(const struct stm_rows *state);

/* rows_pair.c: a second thread that fills rows while the table's own thread fills those before
   them. What the two ask the sink goes one at a time, and what depends on the order of rows (the
   first use of a term) waits until all rows before are filled: so the data set is the same as if
   one thread had read it. Numbers of actors are the exception: no file depends on them. */

/* After the plan is made; state->pair stays NULL when there is nobody to share with. */
void stm_rows_pair_open(struct stm_rows *state);
void stm_rows_pair_close(struct stm_rows *state);

/* Gives some of the rows to come to the other thread. False: there is nothing to share. */
bool stm_rows_pair_begin(struct stm_rows *state, struct stm_delimited *table);
/* The rows before those of the other thread are filled. */
void stm_rows_pair_turn(struct stm_rows *state);
/* Waits for the other thread's batch, whose numbers and lines are made those of the table, and has
   the table go on behind it. The batch is given out, to be added before any row behind it: it stands until the second
   call after this one, so that the other thread can fill another meanwhile. Its problems are listed by `report`.
   Another status than STEMMA_OK is that of the other thread, with the error in state->error. */
stemma_status stm_rows_pair_end(struct stm_rows *state, struct stm_delimited *table,
                                stm_rows_report *report, struct stm_row_batch **second);

/* Around what is asked of the sink while rows are filled. The second waits until rows before are
   filled as well. */
void stm_rows_ask(struct stm_rows *state);
void stm_rows_ask_in_turn(struct stm_rows *state);
void stm_rows_answered(struct stm_rows *state);

/* Byte in its line at which a field begins; 0 when it does not stand there as it is. */
uint64_t stm_rows_column_of(const struct stm_delimited_row *row, stemma_text field);

/* rows_plan.c: which field is for what. STEMMA_E_INVALID after a report. */
stemma_status stm_row_plan_make(struct stm_rows *state, const stemma_text *names, uint32_t count);

/* rows_term.c */

/* The type of a cell. STEMMA_E_INVALID with `refusal`; another error of the sink. */
stemma_status stm_rows_type(struct stm_rows *state, const struct stm_mapping_column *column,
                            const struct stm_cell *cell, struct stm_row_type *type,
                            struct stm_row_refusal *refusal);
void stm_rows_foresee_type(const struct stm_rows *state, const struct stm_cell *cell);
/* The caches of types and forms of a new state, and their end. False when there is no memory. */
bool stm_rows_types_open(struct stm_rows *state);
void stm_rows_types_close(struct stm_rows *state);
/* Tells another state of the same table what types and roles this one came to know since it was last told: it
   need not ask, and wait for its turn. */
void stm_rows_types_tell(struct stm_rows *state, struct stm_rows *other);
/* The handle of a role of the plan in a type. */
stemma_status stm_rows_role(struct stm_rows *state, uint32_t renames, uint32_t role,
                            uint32_t *handle, struct stm_row_refusal *refusal);
/* For joins: the number of a type by its handle, and back. STEMMA_NONE: not known. */
stemma_status stm_rows_note_type(struct stm_rows *state, uint32_t handle, stemma_text name);
stemma_status stm_rows_joined_type(struct stm_rows *state, stemma_text id, uint32_t *handle);

/* rows_actor.c: the actor of a cell. STEMMA_NONE for one that is empty. */
stemma_status stm_rows_actor(struct stm_rows *state, const struct stm_row_slot *slot,
                             uint32_t actor_type, const struct stm_cell *cell, uint32_t *handle,
                             struct stm_row_refusal *refusal);
/* Asks for the actors of the batch that were not asked for while it was filled, and has its rows name them by
   their handles: many are asked for at once, and whoever fills the second batch need not wait for what is asked
   meanwhile. On failure the batch is empty, and *state->error is set. */
stemma_status stm_rows_actors_settle(struct stm_rows *state);
/* Has the memory fetched that the actor of a cell will be looked for in. */
void stm_rows_foresee_actor(const struct stm_rows *state, struct stm_cell *cell);
/* The cache of actors of a new state, and its end. False when there is no memory. */
bool stm_rows_actors_open(struct stm_rows *state);
void stm_rows_actors_close(struct stm_rows *state);
/* The number of an entity type in `actor_types`; STEMMA_NONE when there is no memory. */
uint32_t stm_rows_actor_type(struct stm_rows *state, stemma_text name);

/* rows_ahead.c: the next row, as stm_delimited_row(). Up to `most` (at least one) are read together when none is left
   of those before, so that the memory that they need is there when they are filled: they come next. What is given
   stands until the next call. */
const struct stm_row_ahead *stm_rows_next(struct stm_rows *state, struct stm_delimited *table, size_t most);

/* One row, the last that stm_rows_next() gave, into the batch. STEMMA_E_INVALID with `refusal`, and STEMMA_NOT_FOUND for a
   row that the mapping leaves out: the batch is then as it was. */
stemma_status stm_rows_fill(struct stm_rows *state, const struct stm_delimited_row *row,
                            struct stm_row_refusal *refusal);

/* The time of a cell as EDTF, in the cell or in the batch's text, of which the caller takes what it needs. */
stemma_status stm_rows_time_of(struct stm_rows *state, const struct stm_mapping_column *column,
                               stemma_text cell, stemma_text *time, struct stm_row_refusal *refusal);
/* Whether what the mapping says of a slot has its cell passed over (STEMMA_END), or its row (STEMMA_NOT_FOUND). */
stemma_status stm_rows_look(const struct stm_row_slot *slot, stemma_text cell);
/* The entity type of the slot's actors in this row. STEMMA_NONE when there is no memory. */
uint32_t stm_rows_actor_type_of(struct stm_rows *state, const struct stm_row_slot *slot,
                                const struct stm_delimited_row *fields);

/* rows_columns.c */

/* Whether rows of the plan can be columns. */
bool stm_rows_may_be_columns(const struct stm_rows *state);
/* As stm_rows_fill(), into the batch's columns. */
stemma_status stm_rows_fill_columns(struct stm_rows *state, const struct stm_delimited_row *fields,
                                    struct stm_row_refusal *refusal);
/* Gives the columns of a batch to the sink; rows that it refuses are reported. */
stemma_status stm_rows_add_columns(struct stm_rows *state, struct stm_row_batch *batch,
                                   stm_rows_report *report);

/* Without white space around. */
static inline stemma_text stm_rows_trim(stemma_text cell)
{
    if (cell.size != 0 &&
        ((unsigned char)cell.data[0] <= ' ' || (unsigned char)cell.data[cell.size - 1] <= ' ')) {
        return stm_trim(cell);
    }
    return cell;
}

/* The cell of a slot, with its hash where that was made ahead or is needed. */
static inline struct stm_cell stm_rows_cell(const struct stm_rows *state, const struct stm_row_slot *slot,
                                            const struct stm_delimited_row *fields)
{
    if (slot->foreseen) {
        return state->cells[slot - state->plan.slots];
    }
    stemma_text text = stm_rows_trim(slot->at == STEMMA_NONE ? slot->constant : fields->fields[slot->at]);
    return (struct stm_cell){text.data, text.size, slot->looked_up ? stm_cell_hash(text.data, text.size) : 0,
                             STEMMA_NONE};
}

/* A refusal; returns STEMMA_E_INVALID. */
stemma_status stm_rows_refuse(struct stm_row_refusal *refusal, const char *code, stemma_text field,
                              const char *format, ...) __attribute__((format(printf, 4, 5)));

/* What the sink said of a value: STEMMA_E_INVALID and STEMMA_E_LIMIT become a refusal of the row,
   everything else an error of the whole. */
stemma_status stm_rows_sink_said(struct stm_rows *state, stemma_status status,
                                 const stemma_error *error, stemma_text field,
                                 struct stm_row_refusal *refusal);

#endif
