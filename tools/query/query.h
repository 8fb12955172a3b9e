/* SPDX-License-Identifier: MIT */
/**
 * @file query.h
 * What all commands of stemma-query share: the open file, its snapshots, and the output.
 *
 * Three snapshots bound the memory that a long answer takes. `snapshot` holds what a command needs from
 * beginning to end; `item` and `arena` hold what one result needs and are emptied after each; `scratch`
 * holds one document, the one that was asked for last.
 */
#ifndef STEMMA_QUERY_QUERY_H
#define STEMMA_QUERY_QUERY_H

#include "common/arena.h"
#include "common/exit_codes.h"
#include "common/format.h"
#include "common/format_buffer.h"
#include "common/offsets.h"
#include "common/table.h"
#include "query/settings.h"
#include "stemma/stemma.h"

/** How much of a document is loaded. */
enum { STM_SOURCE_RECORD, STM_SOURCE_TEXT, STM_SOURCE_WHOLE };

/** A document with its testimony and text. */
struct stm_source {
    uint32_t number; /**< STEMMA_NONE: none is loaded. */
    uint8_t much;    /**< STM_SOURCE_*: its record; its text, too; and its testimony. */
    stemma_document document;
    stemma_text text; /**< Empty when withheld. */
    struct stm_offsets offsets;
    char id[STEMMA_ID_SIZE];
};

/** The id of an entity that was told: of many witnesses few speak. */
struct stm_told_id {
    uint32_t entity; /**< + 1; 0: none. */
    char id[STEMMA_ID_SIZE];
};

#define STM_TOLD_IDS 256u

struct stm_query {
    const struct stm_query_settings *settings;
    const struct stm_query_command *command;
    char *const *arguments; /**< Of the command. */
    int argument_count;
    stemma_file *file;
    stemma_snapshot *snapshot;
    stemma_snapshot *item;
    stemma_snapshot *scratch;
    struct stm_arena arena;         /**< Of the item. */
    struct stm_arena kept;          /**< Of the command, from beginning to end. */
    struct stm_arena scratch_arena; /**< Of the source. */
    struct stm_source source;
    stemma_assertion assertion;     /**< That was asked for last. */
    stemma_referent_id shown_row;   /**< That was shown last as evidence; document STEMMA_NONE: none. */
    stemma_counts counts;
    struct stm_told_id told_ids[STM_TOLD_IDS]; /**< By their entity's number, the last one of each place. */
    struct stm_buffer event_words; /**< Label of the event that was named last ... */
    uint32_t words_event;          /**< ... and its number. */
    uint32_t until;       /**< Documents below this one are known; STEMMA_NONE: all. */
    int64_t from, to;     /**< Bounds on the start of events, as stemma_event_query has them. */
    uint64_t limit;       /**< Results still to show. */
    uint64_t offset;      /**< Results still to pass over. */
    struct stm_output output;
    stemma_error error;
    bool told;            /**< Why nothing was found has been said. */
    int exit;             /**< Exit status where no stemma_status says it; 0: by the status. */
};

/** One command. A table of them makes --help and dispatch; the man page is tested against it. */
struct stm_query_command {
    const char *name;
    const char *synopsis;
    const char *help;
    int least, most;   /**< Arguments; most -1: any number. */
    uint64_t limit;    /**< When none is given; UINT64_MAX: no limit. */
    stemma_status (*run)(struct stm_query *query);
};

/** NULL when there is none of this name. */
const struct stm_query_command *stm_query_command_find(const char *name);

/** The commands one by one; NULL after the last. */
const struct stm_query_command *stm_query_command_at(size_t index);

/** The whole program. Returns the exit status. */
int stm_query_main(int argc, char **argv);

/** Forgets what belongs to the item at hand. */
void stm_query_next_item(struct stm_query *query);

/** Counts a result: true when it is to be shown, that is, lies between --offset and --limit. */
bool stm_query_take(struct stm_query *query);

/** Whether no result is wanted any more, or none can be written. */
bool stm_query_done(const struct stm_query *query);

/** Loads what the record of a document says, and its id; `*out` lives until the next call. */
stemma_status stm_query_record(struct stm_query *query, uint32_t document,
                               const struct stm_source **out);

/** Loads a document with its text; `*out` lives until the next call. */
stemma_status stm_query_source(struct stm_query *query, uint32_t document,
                               const struct stm_source **out);

/** The same with the testimony that is no row. */
stemma_status stm_query_testimony(struct stm_query *query, uint32_t document,
                                  const struct stm_source **out);

/** What a witness says, which lives until the next is asked for, and its document, which lives until another is
 *  loaded. STEMMA_E_DAMAGED when there is no such assertion. */
stemma_status stm_query_assertion(struct stm_query *query, stemma_witness witness,
                                  const struct stm_source **source,
                                  const stemma_assertion **out);

/** Writes a public id; what it needs belongs to the item. */
stemma_status stm_query_id(struct stm_query *query, uint8_t kind, uint32_t number,
                           char out[STEMMA_ID_SIZE]);

/** A line on standard error: "stemma-query: ...". Text of files must be made safe first. */
void stm_query_note(const char *format, ...) __attribute__((format(printf, 1, 2)));

/** Whether --as-of hides documents. */
static inline bool stm_query_is_dated(const struct stm_query *query)
{
    return query->until != STEMMA_NONE;
}

stemma_status stm_query_find(struct stm_query *query);
stemma_status stm_query_show(struct stm_query *query);
stemma_status stm_query_events(struct stm_query *query);
stemma_status stm_query_timeline(struct stm_query *query);
stemma_status stm_query_conflicts(struct stm_query *query);
stemma_status stm_query_agree(struct stm_query *query);
stemma_status stm_query_between(struct stm_query *query);
stemma_status stm_query_why(struct stm_query *query);
stemma_status stm_query_sources(struct stm_query *query);
stemma_status stm_query_doubtful(struct stm_query *query);
stemma_status stm_query_search(struct stm_query *query);
stemma_status stm_query_sql(struct stm_query *query);
stemma_status stm_query_diff(struct stm_query *query);
stemma_status stm_query_stats(struct stm_query *query);

#endif
