/* SPDX-License-Identifier: MIT */
/**
 * @file event_lexicon.h
 * The words that tell of happenings, and how the types of happenings take their participants.
 */
#ifndef STEMMA_EXTRACT_EVENT_LEXICON_H
#define STEMMA_EXTRACT_EVENT_LEXICON_H

#include "pack/extract/event_verb.h"

enum stm_event_kind {
    STM_EVENT_RELEASE = 0,
    STM_EVENT_ARREST,
    STM_EVENT_DETAIN,
    STM_EVENT_SENTENCE,
    STM_EVENT_PARDON,
    STM_EVENT_CONVICT,
    STM_EVENT_MEET,
    STM_EVENT_AGREE,
    STM_EVENT_IMPOSE,
    STM_EVENT_LIFT,
    STM_EVENT_TRANSFER,
    STM_EVENT_ATTACK,
    STM_EVENT_PROTEST,
    STM_EVENT_ELECT,
    STM_EVENT_AWARD,
    STM_EVENT_DIE,
    STM_EVENT_INJURE,
    STM_EVENT_KINDS
};

/* Sets of enum stm_entity_type. */
#define STM_TYPE_BIT(type) (1u << (type))
#define STM_TYPES_PEOPLE   (STM_TYPE_BIT(STM_ENTITY_PERSON) | STM_TYPE_BIT(STM_ENTITY_GROUP))
#define STM_TYPES_ACTORS                                                                           \
    (STM_TYPES_PEOPLE | STM_TYPE_BIT(STM_ENTITY_ORGANIZATION) | STM_TYPE_BIT(STM_ENTITY_PLACE))
#define STM_TYPES_ANY (STM_TYPES_ACTORS | STM_TYPE_BIT(STM_ENTITY_THING))

/** How a type of happening takes its participants. A role may be NULL: the type has none there. */
struct stm_event_frame {
    const char *type;
    const char *subject; /**< Role of an active subject. */
    const char *object;  /**< Role of an object, a passive subject, "of X". */
    uint32_t object_types;
};

const struct stm_event_frame *stm_event_frame_of(enum stm_event_kind kind);

enum stm_trigger_flag {
    STM_TRIGGER_OBJECT = 1u << 0,    /**< Nothing without an object (or passive subject). */
    STM_TRIGGER_SANCTIONS = 1u << 1, /**< The object must be sanctions. */
    STM_TRIGGER_PRIZE = 1u << 2,     /**< The object must be a prize; the subject receives it. */
    STM_TRIGGER_UNDERGO = 1u << 3,   /**< The subject undergoes it: "died". */
    STM_TRIGGER_WITH = 1u << 4,      /**< The other participants stand behind "with" or "to". */
    STM_TRIGGER_ELECTION = 1u << 5,  /**< The object must be an election; the subject is elected. */
    STM_TRIGGER_CUSTODY = 1u << 6,   /**< Needs "in custody" or the like behind it. */
    STM_TRIGGER_JAIL = 1u << 7,      /**< Arrest, sentence or detention: the words around decide. */
    STM_TRIGGER_TALKS = 1u << 8,     /**< The object must be talks or a deal: "held talks". */
    STM_TRIGGER_PENALTY = 1u << 10,  /**< A sentence or term must stand behind it. */
    STM_TRIGGER_CARRIED = 1u << 11, /**< Only of people, passive, to a place: "was moved to X". */
    STM_TRIGGER_WEAPON = 1u << 12,  /**< Only of rockets and the like: "shells hit the market". */
    STM_TRIGGER_MARCH = 1u << 13,   /**< Soldiers march too: needs a cause or a demand. */
    STM_TRIGGER_WEAK = 1u << 9       /**< Means other things as often: needs two participants. */
};

struct stm_trigger {
    uint8_t kind;  /**< stm_event_kind */
    uint8_t form;  /**< stm_verb_form; NONE for nouns */
    uint8_t count; /**< Tokens of the trigger from its first on: 2 in "handed over". */
    uint32_t flags;
};

/** The verb that begins at a token. Returns 0 when it is none of the lexicon. */
int stm_verb_trigger_at(const struct stm_annotation *ann, uint32_t token,
                        struct stm_trigger *trigger);

/** The noun at a token: "release", "talks". Returns 0 when it is none of the lexicon. */
int stm_noun_trigger_at(const struct stm_annotation *ann, uint32_t token,
                        struct stm_trigger *trigger);

/** "sanctions", "embargo" */
int stm_is_sanction_word(const struct stm_annotation *ann, uint32_t token);
/** "prize", "award", "medal" */
int stm_is_prize_word(const struct stm_annotation *ann, uint32_t token);
/** "sentence", "jail term": what is given or received by one who is punished */
int stm_is_penalty_word(const struct stm_annotation *ann, uint32_t token);
int stm_is_protest_word(const struct stm_annotation *ann, uint32_t token);
/** "talks", "deal": what is held, reached, signed */
int stm_is_talks_word(const struct stm_annotation *ann, uint32_t token);

/** Whether one of the next `reach` tokens of the clause is such a word. */
int stm_any_word_ahead(const struct stm_annotation *ann, uint32_t token, uint32_t reach,
                       int (*is_word)(const struct stm_annotation *, uint32_t));

#endif
