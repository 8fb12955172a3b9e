/* SPDX-License-Identifier: MIT */
/* Which entities are outlets: called like the publisher or agency of a document. */
#ifndef STEMMA_LIB_OUTLET_H
#define STEMMA_LIB_OUTLET_H

#include "file/snapshot.h"

/* Documents whose publishers and agencies are known, spread evenly: those of a larger file mostly repeat
   them. */
#define STM_OUTLET_DOCUMENTS 4096u

/* Entities that are remembered to be outlets or none: those that are quoted most come again and again. */
#define STM_OUTLET_SLOTS 1024u

/* Texts of documents whose meaning is remembered: most documents have the publisher and the date of one before them. */
#define STM_FACT_TEXTS 64u
#define STM_FACT_TEXT  48u

typedef struct stm_fact_name {
    char text[STM_FACT_TEXT];
    size_t size;   /* 0: none */
    uint64_t name; /* stm_outlet_name() */
} stm_fact_name;

typedef struct stm_fact_date {
    char text[STM_FACT_TEXT];
    size_t size; /* 0: none */
    int64_t first;
    int64_t last;
} stm_fact_date;

/* The names of the publishers and agencies of a file, folded, and the groups of its documents: made by the
   snapshot when first asked, and freed with it. */
typedef struct stm_outlets {
    uint64_t *names; /* hashes, ascending, distinct; NULL: not asked for yet */
    uint32_t count;
    uint32_t names_until; /* as of when these are all */
    struct {
        uint32_t entity; /* + 1; 0: none */
        uint64_t name;   /* that it has as an outlet; 0: it is none */
    } looked_up[STM_OUTLET_SLOTS]; /* among `names`, by entity modulo their number */
    uint32_t *groups;     /* of independence, of each document, + 1; 0: not asked for yet */
    uint32_t until;       /* as of when they hold */
    stm_fact_name fact_names[STM_FACT_TEXTS]; /* by their text */
    stm_fact_date fact_dates[STM_FACT_TEXTS];
} stm_outlets;

/* What claims may need to know of a document. */
typedef struct stm_document_fact {
    uint64_t publisher; /* stm_outlet_name(); 0: none */
    int64_t first;      /* when it was published: earliest and latest bound */
    int64_t last;
} stm_document_fact;

void stm_outlets_free(stm_outlets *outlets);

/* A hash of a name by its plain fold; 0 for a name without letters. */
uint64_t stm_outlet_name(stemma_text name);

/* Whether `entity` is an outlet; `*name` is then the hash of the name that a document's publisher
   has, else 0. */
stemma_status stm_outlet_of(stemma_snapshot *snapshot, uint32_t entity, uint64_t *name,
                            stemma_error *error);

/* The facts of a known document, kept with the file for the next time when it is one of the first STM_FACT_DOCUMENTS.
   STEMMA_NOT_FOUND of another. */
stemma_status stm_document_fact_of(stemma_snapshot *snapshot, uint32_t document,
                                   stm_document_fact *out, stemma_error *error);

/* The group of independence of a known document, kept likewise. */
stemma_status stm_document_group_of(stemma_snapshot *snapshot, uint32_t document, uint32_t *group,
                                    stemma_error *error);

#endif
