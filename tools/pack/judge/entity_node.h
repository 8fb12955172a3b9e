/* SPDX-License-Identifier: MIT */
/* The entity referents of a corpus and what is compared of them: names, gender, age, roles. */
#ifndef STEMMA_PACK_JUDGE_ENTITY_NODE_H
#define STEMMA_PACK_JUDGE_ENTITY_NODE_H

#include "pack/judge/judge.h"
#include "stemma/name.h"

/* One written name of one class, whoever bears it. */
struct stm_entity_name {
    stemma_text text;      /* as one of its bearers writes it */
    stemma_text plain;     /* its key: titles and other names of countries folded away */
    uint8_t kind;          /* stemma_name_class */
    uint8_t words;         /* tokens of the key, particles and initials not counted */
    uint8_t generic;       /* nothing but the kind of organisation: "Interior Ministry" */
    uint32_t first_bearer; /* in `bearers` */
    uint32_t bearer_count;
};

struct stm_entity {
    uint32_t document;
    uint32_t referent;
    uint8_t kind;           /* stemma_name_class */
    uint8_t gender;         /* stemma_name_gender, by titles, pronouns and words of kinship */
    uint8_t surname_gender; /* by the endings of its names */
    int16_t born_least;     /* years; 0 when unknown */
    int16_t born_most;
    uint32_t first_name; /* in `name_of` */
    uint32_t name_count;
    uint64_t *roles; /* hashes of the words of its offices, ascending */
    uint32_t role_count;
};

/* Entities ascend by (document, referent); names by (kind, plain). */
struct stm_entities {
    struct stm_entity *nodes;
    uint32_t count;
    uint32_t *document; /* of each node */
    uint32_t *first;    /* node of each document, and the end */
    struct stm_entity_name *names;
    uint32_t name_count;
    uint32_t *name_of; /* names, node by node */
    uint32_t *bearers; /* nodes, name by name */
};

/* Everything lives in `arena`; texts are borrowed from the documents. */
stemma_status stm_entities_collect(const struct stm_judge_input *input, struct stm_arena *arena,
                                   struct stm_entities *entities);

/* The node of a referent, or STEMMA_NONE when it is no entity. */
uint32_t stm_entities_node(const struct stm_entities *entities, uint32_t document,
                           uint32_t referent);

#endif
