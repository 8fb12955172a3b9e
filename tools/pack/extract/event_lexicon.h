/* SPDX-License-Identifier: MIT */
/**
 * @file event_lexicon.h
 * The words that tell of happenings, and what must stand around them.
 */
#ifndef STEMMA_EXTRACT_EVENT_LEXICON_H
#define STEMMA_EXTRACT_EVENT_LEXICON_H

#include "pack/extract/event_kind.h"

/* Classes of nouns (sets of bits). */
#define STM_NOUN_AID       (UINT64_C(1) << 0)
#define STM_NOUN_APPEAL    (UINT64_C(1) << 1)
#define STM_NOUN_AUTHORITY (UINT64_C(1) << 2)
#define STM_NOUN_BORDER    (UINT64_C(1) << 3)
#define STM_NOUN_BUILDING  (UINT64_C(1) << 4)
#define STM_NOUN_CHARGES   (UINT64_C(1) << 5)
#define STM_NOUN_CLAIM     (UINT64_C(1) << 6)
#define STM_NOUN_COMPANY   (UINT64_C(1) << 7)
#define STM_NOUN_CONCERN   (UINT64_C(1) << 8)
#define STM_NOUN_CUSTODY   (UINT64_C(1) << 9)
#define STM_NOUN_DEAL      (UINT64_C(1) << 10)
#define STM_NOUN_DISASTER  (UINT64_C(1) << 11)
#define STM_NOUN_DISEASE   (UINT64_C(1) << 12)
#define STM_NOUN_ELECTION  (UINT64_C(1) << 13)
#define STM_NOUN_EMERGENCY (UINT64_C(1) << 14)
#define STM_NOUN_ENVOY     (UINT64_C(1) << 15)
#define STM_NOUN_FIREARM   (UINT64_C(1) << 16)
#define STM_NOUN_GUARD     (UINT64_C(1) << 17)
#define STM_NOUN_HOSPITAL  (UINT64_C(1) << 18)
#define STM_NOUN_HOSTAGE   (UINT64_C(1) << 19)
#define STM_NOUN_LAW       (UINT64_C(1) << 20)
#define STM_NOUN_LICENCE   (UINT64_C(1) << 21)
#define STM_NOUN_LIFE      (UINT64_C(1) << 22)
#define STM_NOUN_MISSION   (UINT64_C(1) << 23)
#define STM_NOUN_OFFICIAL  (UINT64_C(1) << 24)
#define STM_NOUN_PARTY     (UINT64_C(1) << 25)
#define STM_NOUN_PENALTY   (UINT64_C(1) << 26)
#define STM_NOUN_PHONE     (UINT64_C(1) << 27)
#define STM_NOUN_POST      (UINT64_C(1) << 28)
#define STM_NOUN_POWER     (UINT64_C(1) << 29)
#define STM_NOUN_PREMISES  (UINT64_C(1) << 30)
#define STM_NOUN_PRIZE     (UINT64_C(1) << 31)
#define STM_NOUN_PROPOSAL  (UINT64_C(1) << 32)
#define STM_NOUN_PROTEST   (UINT64_C(1) << 33)
#define STM_NOUN_REGRET    (UINT64_C(1) << 34)
#define STM_NOUN_RELATION  (UINT64_C(1) << 35)
#define STM_NOUN_ROAD      (UINT64_C(1) << 36)
#define STM_NOUN_RULING    (UINT64_C(1) << 37)
#define STM_NOUN_SANCTION  (UINT64_C(1) << 38)
#define STM_NOUN_SUIT      (UINT64_C(1) << 39)
#define STM_NOUN_TALKS     (UINT64_C(1) << 40)
#define STM_NOUN_TERRITORY (UINT64_C(1) << 41)
#define STM_NOUN_THANKS    (UINT64_C(1) << 42)
#define STM_NOUN_TROOPS    (UINT64_C(1) << 43)
#define STM_NOUN_TRUCE     (UINT64_C(1) << 44)
#define STM_NOUN_VEHICLE   (UINT64_C(1) << 45)
#define STM_NOUN_VOLCANO   (UINT64_C(1) << 46)
#define STM_NOUN_WEAPON    (UINT64_C(1) << 47)
#define STM_NOUN_WORKER    (UINT64_C(1) << 48)
#define STM_NOUN_BODY      (UINT64_C(1) << 49)
#define STM_NOUN_CARE      (UINT64_C(1) << 50)
#define STM_NOUN_CONTEST   (UINT64_C(1) << 51)
#define STM_NOUN_GOODS     (UINT64_C(1) << 52)
#define STM_NOUN_MARVEL    (UINT64_C(1) << 53)
#define STM_NOUN_OCCASION  (UINT64_C(1) << 54)
#define STM_NOUN_PLOT      (UINT64_C(1) << 55)
#define STM_NOUN_PRICE     (UINT64_C(1) << 56)
#define STM_NOUN_PRODUCT   (UINT64_C(1) << 57)
#define STM_NOUN_SHOP      (UINT64_C(1) << 58)
#define STM_NOUN_SPACE     (UINT64_C(1) << 59)
#define STM_NOUN_WORK      (UINT64_C(1) << 60)
#define STM_NOUN_CONDUCT   (UINT64_C(1) << 61)

/** Conditions of a sense, and what it changes in the frame of its kind. */
enum stm_sense_flag {
    STM_SENSE_OBJECT = 1u << 0,       /**< Nothing without an object (or passive subject). */
    STM_SENSE_SUBJECT = 1u << 1,      /**< Nothing without a subject that is an entity. */
    STM_SENSE_UNDERGO = 1u << 2,      /**< The subject undergoes it: "died". */
    STM_SENSE_WITH = 1u << 3,         /**< Another participant must stand behind "with" or "to". */
    STM_SENSE_MUTUAL = 1u << 4,       /**< "A and B met": without an object, several subjects. */
    STM_SENSE_CLAUSE = 1u << 5,       /**< A clause or predicate must follow: "asked X to leave". */
    STM_SENSE_WEAK = 1u << 6,         /**< Means other things as often: needs a participant more. */
    STM_SENSE_PASSIVE = 1u << 7,      /**< Only in the passive. */
    STM_SENSE_INTRANSITIVE = 1u << 8, /**< Of verbs with "to" clauses or objects means another. */
    STM_SENSE_CUSTODY = 1u << 9,      /**< Needs "in custody" or the like behind it. */
    STM_SENSE_CAUSE = 1u << 10,       /**< Soldiers march too: needs a cause or a demand. */
    STM_SENSE_JAIL = 1u << 11,    /**< Arrest, sentence or detention: the words around decide. */
    STM_SENSE_PLURAL = 1u << 12,  /**< Of nouns: only in the plural. */
    STM_SENSE_OF = 1u << 13,      /**< Of nouns: only with "of X" or a possessor. */
    STM_SENSE_CARRIED = 1u << 14, /**< Of people, passive, to a place: "was moved to X". */
    STM_SENSE_PLAIN = 1u << 15    /**< Not with a clause: that is speech. */
};

/** One meaning of a word. */
struct stm_sense {
    const char *lemma;
    const char *word; /**< Must follow: "over", "guilty"; or NULL. */
    const char *with; /**< A preposition (or noun) that must depend on it; or NULL. */
    uint8_t kind;     /**< stm_event_kind */
    uint32_t types;   /**< Entity types that the object must have; 0: those of the frame. */
    uint64_t object;  /**< Classes of which the object must be instead: "lifted sanctions". */
    uint64_t subject; /**< Classes of which the subject must be: "rockets hit". */
    uint32_t flags;   /**< stm_sense_flag */
};

struct stm_noun_class {
    const char *lemma;
    uint64_t classes;
};

extern const struct stm_sense stm_event_verbs[]; /**< "a" to "e" */
extern const size_t stm_event_verbs_count;
extern const struct stm_sense stm_event_verbs_f[]; /**< "f" to "k" */
extern const size_t stm_event_verbs_f_count;
extern const struct stm_sense stm_event_verbs_l[]; /**< "l" to "r" */
extern const size_t stm_event_verbs_l_count;
extern const struct stm_sense stm_event_verbs_s[]; /**< "s" to "z" */
extern const size_t stm_event_verbs_s_count;
extern const struct stm_sense stm_event_nouns[];
extern const size_t stm_event_nouns_count;
extern const struct stm_noun_class stm_noun_classes[]; /**< "a" to "k" */
extern const size_t stm_noun_class_count;
extern const struct stm_noun_class stm_noun_classes_l[]; /**< "l" to "z" */
extern const size_t stm_noun_class_count_l;

/** The senses of the verb, or of the noun, with a lemma: the first, and how many in `*found`. */
const struct stm_sense *stm_verb_senses(stemma_text lemma, size_t *found);
const struct stm_sense *stm_noun_senses(stemma_text lemma, size_t *found);

/** The classes of the noun at a token. */
uint64_t stm_noun_classes_at(const struct stm_annotation *ann, uint32_t token);

#endif
