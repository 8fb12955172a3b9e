/* SPDX-License-Identifier: MIT */
/* As of a document: what a cut snapshot works out anew, and what it keeps of that for the next
 * answer. Everything here is for snapshots that are cut; it looks at the file as a whole where that
 * tells that nothing is different, and at what the known documents say where it may be.
 *
 * What is kept lies outside the snapshot's arena, as it outlives a reset; it is bounded by a share
 * of the file's memory limit and dropped when it would grow beyond it. */
#ifndef STEMMA_LIB_KNOWN_H
#define STEMMA_LIB_KNOWN_H

#include "claim_record.h"
#include "event_block.h"
#include "file/snapshot.h"

/* ---- Beginning and end ---- */

typedef struct stm_known stm_known;

/* Forgets all that was kept: the snapshot is cut elsewhere, or ends. NULL is fine. */
void stm_known_free(stm_known *known);

/* Documents below this number exist for the snapshot. */
static inline uint32_t stm_known_documents(const stemma_snapshot *snapshot)
{
    uint32_t documents = snapshot->file->bounds.documents;
    return snapshot->until < documents ? snapshot->until : documents;
}

static inline bool stm_is_cut(const stemma_snapshot *snapshot)
{
    return snapshot->until != STEMMA_NONE;
}

/* ---- Independence ---- */

/* The group of a document that is known: the least document that derivations between known
   documents join it to. */
stemma_status stm_known_group(stemma_snapshot *snapshot, uint32_t document, uint32_t *group,
                              stemma_error *error);

/* Groups as the whole file has them, of the documents [first, first + count) of one block of table `group`, which
   `first` begins. STEMMA_E_DAMAGED. */
stemma_status stm_file_groups(stemma_snapshot *snapshot, uint32_t first, uint32_t count,
                              uint32_t *out, stemma_error *error);

/* Whether the group of a known document may be another than in the whole file. */
stemma_status stm_known_group_is_open(stemma_snapshot *snapshot, uint32_t document, bool *open,
                                      stemma_error *error);

/* How many groups more the known documents make than in the whole file, in which later ones may join them: known
   documents are so many more independent sources at most. 0 when the snapshot is not cut. */
stemma_status stm_known_split(stemma_snapshot *snapshot, uint32_t *split, stemma_error *error);

/* How many groups `count` known documents make. */
stemma_status stm_known_independent(stemma_snapshot *snapshot, const uint32_t *documents,
                                    uint32_t count, uint32_t *independent, stemma_error *error);

/* ---- What a document says ---- */

/* Testimonies that are read for one number. What more known documents than STM_KNOWN_READ say of one
   thing is as the whole file has it when one of the first STM_KNOWN_LOOK of them says so, and otherwise
   judged by STM_KNOWN_READ of them (factuality and type of an event, the name to show and the type
   of an entity, speakers of a claim); names of an entity are counted in these. */
#define STM_KNOWN_READ 64u
#define STM_KNOWN_LOOK 8u

/* Which of `count` witnesses or members is read as number `i`, below STM_KNOWN_READ: the first ones, then
   some that are spread evenly over the others. */
static inline uint32_t stm_known_pick(uint32_t i, uint32_t count)
{
    if (count <= STM_KNOWN_READ || i < STM_KNOWN_LOOK) {
        return i;
    }
    return STM_KNOWN_LOOK + (uint32_t)((uint64_t)(i - STM_KNOWN_LOOK) * (count - STM_KNOWN_LOOK) /
                                       (STM_KNOWN_READ - STM_KNOWN_LOOK));
}

typedef struct stm_known_name {
    stemma_text text;
    uint8_t kind;
} stm_known_name;

/* What of a data set its actors are made of. */
typedef struct stm_known_document {
    uint32_t document;
    uint32_t referents;
    size_t size;                /* bytes of this block, all arrays in it */
    bool uses_counted;          /* `mentions` holds the uses in its rows */
    uint32_t *type;             /* of each referent: term */
    uint32_t *mentions;         /* of each referent */
    uint32_t *name_first;       /* referents + 1 */
    stm_known_name *names;      /* texts lie in the block */
} stm_known_document;

/* What of an article is read again and again as of a date: its referents, and how often it mentions each. */
typedef struct stm_known_article {
    uint32_t document;
    uint32_t referents;
    uint32_t mentions;
    size_t size;       /* bytes of this block, all that is below in it */
    stemma_bytes head; /* its part up to the end of the referents */
    uint32_t *own;     /* mentions of each referent */
} stm_known_article;

/* A known document that is no data set. `*out` is NULL when it is not to be kept: it lies in several parts, is too large
   or damaged. What is given lives until the next call of anything that keeps. */
stemma_status stm_known_article_get(stemma_snapshot *snapshot, uint32_t document,
                                    const stm_known_article **out, stemma_error *error);

/* A data set, which is known, with the mentions of its actors: its rows are counted once. What is
   given lives until the next call. */
stemma_status stm_known_document_uses(stemma_snapshot *snapshot, uint32_t document,
                                      const stm_known_document **out, stemma_error *error);

/* The type of a referent, also of one that is a row: its term. */
stemma_status stm_known_type(stemma_snapshot *snapshot, stemma_referent_id referent, uint32_t *term,
                             stemma_error *error);

/* Who says an assertion (STEMMA_NONE: the document) and whether it happened. */
stemma_status stm_known_witness(stemma_snapshot *snapshot, stm_witness witness, uint32_t *speaker,
                                uint8_t *factuality, stemma_error *error);

/* ---- Claims ---- */

/* A claim that exists in the file, as the known witnesses make it; `speakers` are counted when
   wanted. STEMMA_NOT_FOUND when it has none. */
stemma_status stm_known_claim(stemma_snapshot *snapshot, uint32_t claim, bool speakers,
                              stm_claim_row *out, stemma_error *error);

/* ---- Events ---- */

/* Whether all that is said of an event or entity is said by known documents. */
stemma_status stm_known_whole(stemma_snapshot *snapshot, stemma_reference of, bool *whole,
                              stemma_error *error);

/* The first members of an entity or event that are known, at most `most` of them into `out`. None of
   what has one member only, which is not listed. */
stemma_status stm_known_members(stemma_snapshot *snapshot, stemma_reference of, uint32_t most,
                                stemma_referent_id *out, uint32_t *count, stemma_error *error);

/* Whether all that is said of an event is known and no later document changes who is independent of
   whom: then it is as the file has it. */
stemma_status stm_known_event_settled(stemma_snapshot *snapshot, uint32_t event, bool *settled,
                                      stemma_error *error);

/* Only the time of an event that is known, whose `count` claims from `first` on exist: what stm_known_event() makes
   of them, without the rest, which may cost much more. */
stemma_status stm_known_event_time(stemma_snapshot *snapshot, uint32_t first, uint32_t count,
                                   stemma_time_bounds *out, stemma_error *error);

/* Fills in an event that exists, whose columns are `row`. STEMMA_NOT_FOUND. `out` holds what the
   file says of it. Its type, which testimonies tell, only when it is wanted. */
stemma_status stm_known_event(stemma_snapshot *snapshot, const stm_event_row *row, bool typed,
                              stemma_event *out, stemma_error *error);

/* stemma_event_get(), for who does not want its type: as of a date it may be another. */
stemma_status stm_event_get_untyped(stemma_snapshot *snapshot, uint32_t event, stemma_event *out,
                                    stemma_error *error);

/* stemma_event_get() of the whole file, for who knows that the event was no other. */
stemma_status stm_event_get_whole(stemma_snapshot *snapshot, uint32_t event, stemma_event *out,
                                  stemma_error *error);

/* Whether an entity takes part in an event as of now. */
stemma_status stm_known_takes_part(stemma_snapshot *snapshot, uint32_t event, uint32_t role,
                                   uint32_t entity, bool *does, stemma_error *error);

/* How many events an entity takes part in. */
stemma_status stm_known_count_events(stemma_snapshot *snapshot, uint32_t entity, uint32_t *events,
                                     stemma_error *error);

/* ---- Entities ---- */

/* An entity that exists in the file, as known documents make it. `whole` is the file's.
   STEMMA_NOT_FOUND. */
stemma_status stm_known_entity(stemma_snapshot *snapshot, const stemma_entity *whole,
                               bool count_events, stemma_entity *out, stemma_error *error);

/* The name to show of an entity that exists in the file. `*out` holds the file's.
   STEMMA_NOT_FOUND. */
stemma_status stm_known_label(stemma_snapshot *snapshot, uint32_t entity, stemma_text *out,
                              stemma_error *error);

/* The type of an entity that exists in the file and has several members, whose row is `whole`. */
stemma_status stm_known_entity_type(stemma_snapshot *snapshot, const stemma_entity *whole,
                                    stemma_text *out, stemma_error *error);

/* ---- What is kept ---- */

#define STM_KNOWN_DOCUMENT_SLOTS 4096u
#define STM_KNOWN_ARTICLE_SLOTS  4096u
#define STM_KNOWN_ENTITY_SLOTS   2048u

/* An entity that was worked out. */
typedef struct stm_known_kept {
    uint32_t entity;
    uint32_t type; /* term */
    uint32_t documents;
    uint32_t mentions;
    uint32_t events; /* STEMMA_NONE: not counted yet */
    uint32_t shown;
    uint32_t name_count;
    size_t size; /* bytes of this block, names and texts in it */
    stemma_entity_name *names;
} stm_known_kept;

struct stm_known {
    uint64_t held;    /* bytes of documents, articles and entities */
    uint32_t *group;  /* of each known document; NULL: not worked out yet */
    uint32_t split;   /* stm_known_split() */
    uint64_t *met;    /* a bit for each: groups while they are counted; 0 between */
    uint8_t *open;    /* of each: whether later documents belong to its group in the whole file */
    struct stm_known_scan *scan; /* known_scan.h; made when first needed */
    stm_known_document *document[STM_KNOWN_DOCUMENT_SLOTS];
    stm_known_article *article[STM_KNOWN_ARTICLE_SLOTS];
    stm_known_kept *entity[STM_KNOWN_ENTITY_SLOTS];
    uint32_t label[STM_KNOWN_ENTITY_SLOTS];    /* names to show: which of the entity's ... */
    uint32_t label_of[STM_KNOWN_ENTITY_SLOTS]; /* ... of entity + 1; 0: none */
};

/* Made when first needed. STEMMA_E_NO_MEMORY. */
stemma_status stm_known_get(stemma_snapshot *snapshot, stm_known **out, stemma_error *error);

/* Memory of `size` bytes to be kept, zeroed, free(); what was kept before may go. NULL. */
void *stm_known_keep(stemma_snapshot *snapshot, stm_known *known, size_t size);

/* Frees what stm_known_keep() gave. */
void stm_known_drop(stm_known *known, void *block, size_t size);

#endif
