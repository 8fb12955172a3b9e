/* SPDX-License-Identifier: MIT */
/* The index as plain arrays: what the derivation of entities, events and claims takes in and gives
   out. No file, no LMDB: the writer encodes these arrays, a check compares them with a file. */
#ifndef STEMMA_LIB_INDEX_MODEL_H
#define STEMMA_LIB_INDEX_MODEL_H

#include "index/cluster.h"
#include "index/index_memory.h"
#include "index/row_set.h"
#include "stemma/edtf.h"
#include "stemma/judgement.h"
#include "stemma/testimony.h"
#include "stemma/vocabulary.h"

/* An assertion, boiled down to what grouping needs. Referents are numbered through the corpus. */
typedef struct stm_index_assertion {
    uint32_t document;
    uint32_t ordinal;
    uint32_t subject;
    uint32_t predicate; /* term */
    uint32_t object;  /* object_kind REFERENT: a referent of the corpus; else a string of `keys` */
    uint32_t literal; /* string of `literals`: the object as written, or STEMMA_NONE */
    uint32_t speaker; /* referent of the corpus, or STEMMA_NONE */
    uint8_t
        object_kind; /* stemma_object_kind after normalising: a place with referent is REFERENT */
    uint8_t polarity;
    uint8_t certainty;
    uint8_t tense;
    uint8_t realis;
} stm_index_assertion;

/* A name of a referent. */
typedef struct stm_index_name {
    uint32_t text; /* string of `names` */
    uint8_t kind;
} stm_index_name;

typedef struct stm_index_referent {
    uint32_t document;
    uint32_t ordinal;
    uint32_t type;       /* term */
    uint32_t name_first; /* in name_uses; they end where the next referent's begin */
    uint32_t mentions;
} stm_index_referent;

/* How an entity is called, and in how many documents. */
typedef struct stm_index_entity_name {
    uint32_t text; /* string of `names` */
    uint32_t documents;
    uint8_t kind; /* the least of the kinds under which it is used */
} stm_index_entity_name;

typedef struct stm_index_entity {
    uint32_t cluster;
    uint32_t type;
    uint32_t name_first; /* in entity_names, the form to show at name_first + shown */
    uint32_t name_count;
    uint32_t shown; /* 0 also when there is no name at all */
    uint32_t documents;
    uint32_t mentions;
    uint32_t events;
    uint32_t first; /* referent of the corpus */
    uint32_t claim_first;
    uint32_t claim_count;
    uint32_t contested;
} stm_index_entity;

typedef struct stm_index_participant {
    uint32_t role; /* term */
    uint32_t entity;
} stm_index_participant;

/* An event that is not a folded row. */
typedef struct stm_index_event {
    uint32_t number; /* among all events */
    uint32_t cluster;
    uint32_t type;
    stemma_time_bounds bounds;
    uint32_t place; /* entity, or STEMMA_NONE */
    uint32_t participant_first;
    uint32_t participant_count;
    uint32_t documents;
    uint32_t independent;
    uint8_t polarity;
    uint8_t certainty;
    uint8_t tense;
    uint8_t realis;
    uint32_t first;
    uint32_t claim_first;
    uint32_t claim_count;
    uint32_t contested;
    uint16_t amount; /* columns 28 and 29 of table `event` */
    uint16_t amount_above;
} stm_index_event;

typedef struct stm_index_claim {
    uint32_t subject; /* entity or event number */
    uint32_t predicate;
    uint32_t object;              /* REFERENT: entity or event number; else a string of `keys` */
    uint8_t subject_kind;         /* stemma_referent_kind */
    uint8_t object_kind;          /* as in stm_index_assertion */
    uint8_t object_referent_kind; /* stemma_referent_kind */
    uint8_t polarity;
    uint32_t documents;
    uint32_t independent;
    uint32_t speakers;
    uint32_t witness_first; /* in `assertions`, which are sorted so that witnesses are a range */
    uint32_t witness_count;
} stm_index_claim;

/* What a block of table `voice` has before it in `voices`. */
typedef struct stm_index_voice {
    uint32_t document;
    uint32_t block;
    uint32_t size; /* bytes that follow */
} stm_index_voice;

/* A term of a document's text. Those of one document stand together, each term once. */
typedef struct stm_index_occurrence {
    uint32_t term; /* string of `words` */
    uint32_t count;
} stm_index_occurrence;

typedef struct stm_index {
    stm_memory *memory; /* of all arrays; NULL: ordinary memory */
    /* The vocabulary by which terms are numbered: ascending by (kind, name). Borrowed. */
    const stemma_term *terms;
    uint32_t term_count;
    uint32_t term_cache[64]; /* terms lately looked up, or STEMMA_NONE */
    uint32_t term_type, term_time, term_place, term_content, term_quantity; /* or STEMMA_NONE */

    /* Taken in, in order of document. */
    uint32_t document_count;
    uint32_t *document_first; /* first referent of each document, and one past the last */
    size_t document_capacity;
    uint32_t *document_tokens; /* indexed words of each document */
    size_t token_capacity;
    uint8_t *document_stemmers; /* stm_word_language() of each document + 1, 0 for none */
    size_t stemmer_capacity;
    stm_index_referent *referents;
    uint32_t referent_count;
    size_t referent_capacity;
    uint8_t *referent_kinds;
    size_t kind_capacity;
    stm_index_name *name_uses;
    uint32_t name_use_count;
    size_t name_use_capacity;
    stm_index_assertion *assertions; /* after the build: by claim, then document and ordinal */
    uint32_t assertion_count;
    size_t assertion_capacity;
    uint8_t *voices; /* blocks of table `voice`, encoded, each behind a stm_index_voice */
    size_t voice_size, voice_capacity;
    uint64_t mention_count, evidence_count, text_bytes, token_count;
    stm_row_set **row_sets; /* borrowed; ascending by document */
    uint32_t row_set_count;
    size_t row_set_capacity;
    uint64_t row_count, row_assertion_count; /* of all row sets */
    stm_strings row_ids; /* rows that judgements name: document and row, eight bytes each */
    stm_cluster_edge *edges;
    size_t edge_count, edge_capacity;
    stemma_derivation *derivations; /* only from, to, kind; those that join */
    size_t derivation_count, derivation_capacity;
    stm_strings names;      /* names as written */
    stm_strings keys;       /* normalised objects */
    stm_strings literals;   /* objects as written */
    uint32_t *literal_keys; /* of each literal its key */
    size_t literal_capacity;
    stm_strings words; /* folded, stemmed words of texts */
    stm_index_occurrence *occurrences;
    size_t occurrence_count, occurrence_capacity;
    int keeps_sequence;   /* index_pairs.c; else the sequence stays empty */
    uint32_t *sequence;   /* terms of all texts as they follow each other */
    size_t sequence_count, sequence_capacity;
    uint32_t *document_terms; /* how many of them each document has */
    size_t document_term_capacity;
    uint32_t *word_places; /* of each word, where among its document's terms it was seen last */
    size_t word_place_capacity;
    uint32_t word_place_count; /* terms that have one */
    struct stm_word_reader *word_reader; /* index_words.c; made when first needed */

    /* Derived. Referents from `referent_explicit` on are rows that are not folded. */
    uint32_t referent_explicit;
    uint32_t assertion_explicit;
    uint32_t *cluster; /* of each referent */
    uint32_t cluster_count;
    uint32_t *cluster_members; /* referents by cluster, ascending */
    uint32_t *cluster_first;   /* cluster_count + 1 positions in cluster_members */
    uint32_t *cluster_number;  /* entity or event number of each cluster */
    uint32_t *group;           /* independence group of each document */
    uint32_t *key_rank;        /* place of each of `keys` in memcmp order */
    stm_index_entity *entities;
    uint32_t entity_count;
    uint32_t *participations; /* of each entity, how many roles folded rows give it; NULL: there are no row sets */
    stm_index_entity_name *entity_names;
    uint32_t entity_name_count;
    size_t entity_name_capacity;
    stm_index_event *events; /* those that are not folded rows, ascending by number */
    uint32_t event_count;
    uint32_t event_total; /* folded rows among them */
    uint32_t *event_sources; /* of each event, see index_order.h; NULL: as they stand */
    stm_index_participant *participants;
    uint32_t participant_count;
    size_t participant_capacity;
    stm_index_claim *claims; /* those that are stored */
    uint32_t claim_count;
    size_t claim_capacity;
    uint64_t claim_total; /* those of folded rows among them */
} stm_index;

/* Number of a term in the index's vocabulary, or STEMMA_NONE. */
uint32_t stm_index_term(const stm_index *index, uint8_t kind, stemma_text name);

/* Kind of a cluster: that of its members. */
static inline uint8_t stm_index_cluster_kind(const stm_index *index, uint32_t cluster)
{
    return index->referent_kinds[index->cluster_members[index->cluster_first[cluster]]];
}

/* The block whose head is at `at` of the voices; the next one is behind it. */
stemma_bytes stm_index_voice_at(const stm_index *index, size_t at, stm_index_voice *head);

/* What the `member` table stores for a referent: its entity * 2, or its event * 2 + 1. */
static inline uint64_t stm_index_member(const stm_index *index, uint32_t referent)
{
    return (uint64_t)index->cluster_number[index->cluster[referent]] * 2 +
           (index->referent_kinds[referent] == STEMMA_REFERENT_EVENT);
}

/* Names of a referent end where those of the next begin. */
static inline uint32_t stm_index_name_end(const stm_index *index, uint32_t referent)
{
    return referent + 1 < index->referent_count ? index->referents[referent + 1].name_first
                                                : index->name_use_count;
}

#endif
