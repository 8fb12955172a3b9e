/* SPDX-License-Identifier: MIT */
/**
 * @file score_corpus.h
 * What the parts of score_corpus share: the gold annotation, the knowledge base as it is scored,
 * and the figures that come out. The gold file is described in tests/corpus/README.md.
 */
#ifndef SCORE_CORPUS_H
#define SCORE_CORPUS_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <jansson.h>

#include "stemma/stemma.h"

/** Positions in gold->documents. */
typedef struct gold_documents {
    uint32_t *items;
    size_t count;
} gold_documents;

typedef struct gold_document {
    const char *name;
    const char *uri;
    uint32_t number; /**< In the knowledge base, or STEMMA_NONE. */
} gold_document;

typedef struct gold_entity {
    const char *id;
    const char *type;
    const char **forms;
    size_t form_count;
    gold_documents documents;
    uint32_t *apart; /**< Positions in gold->entities that it must not be joined with. */
    size_t apart_count;
} gold_entity;

typedef enum gold_realis { GOLD_ACTUAL, GOLD_OTHER, GOLD_DENIED } gold_realis;

typedef struct gold_participant {
    const char *role;
    uint32_t entity;
} gold_participant;

typedef struct gold_event {
    const char *id;
    const char *type;
    int dated;
    stemma_time_bounds bounds; /**< When dated. */
    const char *count_role;    /**< NULL: no count. */
    const char *count_amount;
    gold_participant *participants;
    size_t participant_count;
    gold_documents documents;
    gold_realis realis;
} gold_event;

typedef struct gold_conflict {
    uint32_t event;
    const char *role;
    const char **values;   /**< Amounts; of role "type": "positive" and "negative". */
    uint32_t *independent; /**< Of each value: independent sources; 0: not stated. */
    size_t value_count;
    int optional; /**< May be shown or not. */
} gold_conflict;

/** What was known of an event or entity on a day. */
typedef struct gold_question {
    const char *date;
    int64_t end;     /**< First second after that day. */
    uint32_t event;  /**< Or STEMMA_NONE. */
    uint32_t entity; /**< Or STEMMA_NONE. */
    int known;       /**< An event: said to have happened. */
    const json_t *is; /**< The question itself, for what else it asks. */
} gold_question;

typedef struct gold_copy {
    uint32_t from;
    uint32_t to;
    const char *kind;
} gold_copy;

typedef struct gold_attribution {
    uint32_t document;
    const char *text;
    uint32_t speaker;    /**< Entity, or STEMMA_NONE when `nominal` says who. */
    const char *nominal; /**< Or NULL. */
    uint32_t via;        /**< Entity, or STEMMA_NONE. */
} gold_attribution;

struct gold {
    json_t *root; /**< Owns all strings. */
    gold_document *documents;
    size_t document_count;
    const char **types;
    size_t type_count;
    gold_entity *entities;
    size_t entity_count;
    gold_event *events;
    size_t event_count;
    gold_conflict *conflicts;
    size_t conflict_count;
    gold_copy *copies;
    size_t copy_count;
    gold_copy *not_copies; /**< Pairs; `kind` is NULL. */
    size_t not_copy_count;
    gold_attribution *attributions;
    size_t attribution_count;
    gold_question *questions;
    size_t question_count;
};

/** Reads a gold file. Ends the program with a message and exit code 2 when it is no good: a name
 *  that nothing bears, a date that is no EDTF, a missing member. */
void gold_load(struct gold *out, const char *path);
void gold_free(struct gold *gold);

int gold_has_type(const struct gold *gold, stemma_text type);
int gold_in(const gold_documents *documents, uint32_t document);

/** A document of the knowledge base that the gold file knows. */
typedef struct kb_document {
    stemma_document testimony;
    stemma_text text;  /**< Empty when withheld. */
    uint32_t *members; /**< Of each referent: number of its entity or event. */
} kb_document;

struct kb {
    stemma_file *file;
    stemma_snapshot *snapshot;
    kb_document *documents; /**< By position in gold->documents; absent ones are all zero. */
    size_t document_count;
    uint32_t *position; /**< By document number: position in gold->documents, or STEMMA_NONE. */
    stemma_counts counts;
};

/** Opens the file and reads the testimony of every document that the gold names; fills in the
 *  gold's document numbers. Exit code 2 when the file cannot be read. */
void kb_load(struct kb *out, const char *path, struct gold *gold);
void kb_free(struct kb *kb);

/** A figure: what was found, what was there to be found, what was right. */
struct figure {
    const char *name;
    const char *what; /**< One line for people. */
    double precision; /**< Below 0: does not apply. */
    double recall;
    double right;
    double predicted;
    double expected;
};

#define FIGURES_MAX 32

struct report {
    struct figure figures[FIGURES_MAX];
    size_t count;
    FILE *details; /**< Every mistake as a line; NULL: none. */
};

/** Adds a figure from counts; precision or recall without a denominator do not apply. */
void report_counts(struct report *report, const char *name, const char *what, double right,
                   double predicted, double expected);
double figure_f1(const struct figure *figure);
void detail(struct report *report, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** One form of one gold entity in one document, and what the knowledge base takes it for. */
struct unit {
    uint32_t document; /**< Position in gold->documents. */
    uint32_t form;     /**< Position in the entity's forms. */
    uint32_t entity;   /**< Gold. */
    uint32_t answer;   /**< Entity number, or STEMMA_NONE: not found. */
    stemma_span *spans;
    size_t span_count;
};

struct units {
    struct unit *items;
    size_t count;
};

void score_entities(const struct gold *gold, struct kb *kb, struct units *units,
                    struct report *report);
void units_free(struct units *units);

/** Whether the knowledge base takes entity number `answer` for the gold `entity`, in any document
 *  or, when `document` is given, in that one. */
int units_is(const struct units *units, uint32_t entity, uint32_t answer, uint32_t document);

/** Clusters of things against the truth: B-cubed. `truth` and `answer` of each unit; STEMMA_NONE as
 *  answer is "not found": it counts for recall only. */
void bcubed(const uint32_t *truth, const uint32_t *answer, size_t count, double *precision,
            double *recall);

/** Scores events; `*matches` receives for each gold event the number of its event, or STEMMA_NONE
 *  (free it). */
void score_events(const struct gold *gold, struct kb *kb, const struct units *units,
                  struct report *report, uint32_t **matches);

void score_copies(const struct gold *gold, struct kb *kb, struct report *report);
void score_attributions(const struct gold *gold, struct kb *kb, const struct units *units,
                        struct report *report);

/** Scores what stemma-query shows as conflicts: `path` is its answer as JSON Lines, or NULL, which
 *  leaves only the question whether the values are there. */
void score_conflicts(const struct gold *gold, struct kb *kb, const uint32_t *matches,
                     const char *path, struct report *report);
/** Asks the knowledge base what it knew on past days. Leaves its snapshot uncut. */
void score_as_of(const struct gold *gold, struct kb *kb, const struct units *units,
                 const uint32_t *matches, struct report *report);

/** Memory that is there or ends the program. */
void *need(size_t count, size_t size);
/** Says why on standard error and ends the program with exit code 2. */
void fail(const char *format, ...) __attribute__((format(printf, 1, 2), noreturn));
/** fail() with the error, unless `status` is STEMMA_OK. */
void expect_ok(stemma_status status, const stemma_error *error, const char *what);

static inline uint32_t span_size(stemma_span span)
{
    return span.end - span.start;
}

static inline uint32_t span_shared(stemma_span a, stemma_span b)
{
    uint32_t start = a.start > b.start ? a.start : b.start;
    uint32_t end = a.end < b.end ? a.end : b.end;
    return end > start ? end - start : 0;
}

#endif
