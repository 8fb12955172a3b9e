/* SPDX-License-Identifier: MIT */
/**
 * @file event_kind.h
 * The kinds of happenings that the reader knows, and how each takes its participants.
 */
#ifndef STEMMA_EXTRACT_EVENT_KIND_H
#define STEMMA_EXTRACT_EVENT_KIND_H

#include "pack/extract/annotation.h"

/** In the order of the vocabulary. */
enum stm_event_kind {
    STM_EVENT_AWARD_GIVE = 0,
    STM_EVENT_CONFLICT_ATTACK,
    STM_EVENT_CONFLICT_CEASEFIRE,
    STM_EVENT_CONFLICT_CLASH,
    STM_EVENT_CONFLICT_COUP,
    STM_EVENT_CONFLICT_DEPLOY,
    STM_EVENT_CONFLICT_KIDNAP,
    STM_EVENT_CONFLICT_SEIZE,
    STM_EVENT_CONFLICT_WITHDRAW,
    STM_EVENT_CONTACT_AGREE,
    STM_EVENT_CONTACT_MEDIATE,
    STM_EVENT_CONTACT_MEET,
    STM_EVENT_CONTACT_VISIT,
    STM_EVENT_DIPLOMACY_BREAK,
    STM_EVENT_DIPLOMACY_CLOSE,
    STM_EVENT_DIPLOMACY_EXPEL,
    STM_EVENT_DIPLOMACY_OPEN,
    STM_EVENT_DIPLOMACY_RECALL,
    STM_EVENT_DIPLOMACY_RECOGNIZE,
    STM_EVENT_DIPLOMACY_RESTORE,
    STM_EVENT_DISASTER_COLLAPSE,
    STM_EVENT_DISASTER_CRASH,
    STM_EVENT_DISASTER_EARTHQUAKE,
    STM_EVENT_DISASTER_EXPLOSION,
    STM_EVENT_DISASTER_FIRE,
    STM_EVENT_DISASTER_FLOOD,
    STM_EVENT_DISASTER_LANDSLIDE,
    STM_EVENT_DISASTER_STORM,
    STM_EVENT_ECONOMY_ACQUIRE,
    STM_EVENT_ECONOMY_AID,
    STM_EVENT_ECONOMY_BANKRUPT,
    STM_EVENT_ECONOMY_FOUND,
    STM_EVENT_ECONOMY_INVEST,
    STM_EVENT_ECONOMY_LAYOFF,
    STM_EVENT_HEALTH_HOSPITALIZE,
    STM_EVENT_HEALTH_INFECT,
    STM_EVENT_HEALTH_OUTBREAK,
    STM_EVENT_JUSTICE_ACQUIT,
    STM_EVENT_JUSTICE_APPEAL,
    STM_EVENT_JUSTICE_ARREST,
    STM_EVENT_JUSTICE_BAN,
    STM_EVENT_JUSTICE_CHARGE,
    STM_EVENT_JUSTICE_CONVICT,
    STM_EVENT_JUSTICE_DETAIN,
    STM_EVENT_JUSTICE_EXECUTE,
    STM_EVENT_JUSTICE_EXTRADITE,
    STM_EVENT_JUSTICE_FINE,
    STM_EVENT_JUSTICE_INVESTIGATE,
    STM_EVENT_JUSTICE_PARDON,
    STM_EVENT_JUSTICE_RELEASE,
    STM_EVENT_JUSTICE_SEARCH,
    STM_EVENT_JUSTICE_SENTENCE,
    STM_EVENT_JUSTICE_SUE,
    STM_EVENT_JUSTICE_TORTURE,
    STM_EVENT_JUSTICE_TRY,
    STM_EVENT_LAW_PASS,
    STM_EVENT_LIFE_BORN,
    STM_EVENT_LIFE_DIE,
    STM_EVENT_LIFE_INJURE,
    STM_EVENT_LIFE_MARRY,
    STM_EVENT_MOVEMENT_ARRIVE,
    STM_EVENT_MOVEMENT_CROSS,
    STM_EVENT_MOVEMENT_EVACUATE,
    STM_EVENT_MOVEMENT_FLEE,
    STM_EVENT_MOVEMENT_RETURN,
    STM_EVENT_MOVEMENT_TRANSFER,
    STM_EVENT_PERSONNEL_APPOINT,
    STM_EVENT_PERSONNEL_DISMISS,
    STM_EVENT_PERSONNEL_ELECT,
    STM_EVENT_PERSONNEL_NOMINATE,
    STM_EVENT_PERSONNEL_RESIGN,
    STM_EVENT_PROTEST_DEMONSTRATE,
    STM_EVENT_PROTEST_RIOT,
    STM_EVENT_PROTEST_STRIKE,
    STM_EVENT_SANCTION_IMPOSE,
    STM_EVENT_SANCTION_LIFT,
    STM_EVENT_STATEMENT_ACCUSE,
    STM_EVENT_STATEMENT_APOLOGIZE,
    STM_EVENT_STATEMENT_CRITICIZE,
    STM_EVENT_STATEMENT_DEMAND,
    STM_EVENT_STATEMENT_DENY,
    STM_EVENT_STATEMENT_PRAISE,
    STM_EVENT_STATEMENT_PROMISE,
    STM_EVENT_STATEMENT_REJECT,
    STM_EVENT_STATEMENT_THREATEN,
    STM_EVENT_KINDS
};

/* Sets of enum stm_entity_type. */
#define STM_TYPE_BIT(type) (1u << (type))
#define STM_TYPES_PEOPLE   (STM_TYPE_BIT(STM_ENTITY_PERSON) | STM_TYPE_BIT(STM_ENTITY_GROUP))
#define STM_TYPES_ACTORS                                                                           \
    (STM_TYPES_PEOPLE | STM_TYPE_BIT(STM_ENTITY_ORGANIZATION) | STM_TYPE_BIT(STM_ENTITY_PLACE))
#define STM_TYPES_ANY (STM_TYPES_ACTORS | STM_TYPE_BIT(STM_ENTITY_THING))

/** What tells two happenings of a kind apart. */
enum stm_event_family {
    STM_FAMILY_PATIENT = 0, /**< Whom it befell: an arrest, a death. */
    STM_FAMILY_TARGET,      /**< Who did it to whom: an attack, sanctions. */
    STM_FAMILY_MUTUAL,      /**< Who took part: a meeting. */
    STM_FAMILY_LOOSE        /**< When and where: a protest, an earthquake. */
};

/** A preposition that introduces a participant: "on X" of sanctions. */
struct stm_event_case {
    const char *word;
    const char *role;
    uint32_t types; /**< Of entities; 0: the words themselves are the object. */
};

/** How a kind of happening takes its participants. A role may be NULL: the kind has none there. */
struct stm_event_frame {
    const char *type;    /**< Term of the vocabulary. */
    const char *subject; /**< Role of an active subject and of "by X". */
    uint32_t subject_types;
    const char *object; /**< Role of an object and of a passive subject. */
    uint32_t object_types;
    uint8_t family;                     /**< stm_event_family */
    uint8_t noun_subject;               /**< "X's visit", "the visit of X": X is the subject. */
    uint8_t object_words;               /**< An object that is no entity is kept in its words. */
    const struct stm_event_case *cases; /**< Ended by a NULL word. */
};

const struct stm_event_frame *stm_event_frame_of(enum stm_event_kind kind);

#endif
