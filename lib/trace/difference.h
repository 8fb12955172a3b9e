/* SPDX-License-Identifier: MIT */
/* Inside stemma_difference: the walk over what may have changed (difference.c), and what is told
   otherwise of one thing (difference_thing.c). */
#ifndef STEMMA_LIB_DIFFERENCE_H
#define STEMMA_LIB_DIFFERENCE_H

#include "file/snapshot.h"
#include "stemma/difference.h"

/* Groups of changes, in order. */
typedef enum stm_stage {
    STM_STAGE_DOCUMENTS,
    STM_STAGE_NEW_EVENTS,
    STM_STAGE_CHANGED_EVENTS,
    STM_STAGE_NEW_ENTITIES,
    STM_STAGE_CHANGED_ENTITIES,
    STM_STAGE_LOST_DOCUMENTS, /* of two files only, as those behind it */
    STM_STAGE_LOST_EVENTS,
    STM_STAGE_LOST_ENTITIES,
    STM_STAGE_END
} stm_stage;

struct stemma_difference {
    stemma_snapshot *before; /* its own */
    stemma_snapshot *after;
    bool one_file;
    uint32_t first;     /* document of `after` from which on things may differ */
    uint32_t *earlier;  /* two files: of each document of `after`, its number in `before` or NONE */
    uint32_t *later;    /* and back */
    bool same_numbers;  /* two files: documents that both have are numbered alike */
    bool same_files;    /* two files that hold the same */
    bool scanned;       /* two files: whether it was tried to make ... */
    struct stm_difference_scan *scan; /* ... what says which things to look at; NULL: all */
    stm_stage stage;
    uint32_t document; /* where the walk stands: the next referent to look at */
    uint32_t referent;
    uint32_t referents; /* of that document; STEMMA_NONE: not looked at */
    stemma_change *changes; /* of the thing at hand: [at, count) are to be given out */
    size_t count, at, capacity;
};

/* Fills in the numbers of the documents of two files: `earlier`, `later` and `same_numbers`. */
stemma_status stm_difference_map(stemma_difference *self, stemma_error *error);

/* Documents of `after`, unknown in `before`. */
static inline bool stm_difference_is_new(const stemma_difference *self, uint32_t document)
{
    return self->one_file ? document >= self->first : self->earlier[document] == STEMMA_NONE;
}

/* Adds a change, all else empty; NULL when memory is refused. */
stemma_change *stm_difference_add(stemma_difference *self, stemma_change_kind kind,
                                  stemma_reference before, stemma_reference after);

/* Adds what is told otherwise of a thing that both know. */
stemma_status stm_difference_compare(stemma_difference *self, stemma_reference before,
                                     stemma_reference after, stemma_error *error);

/* The documents of a thing of `after` that are new, into the change. */
stemma_status stm_difference_documents(stemma_difference *self, stemma_change *change,
                                       stemma_error *error);

#endif
