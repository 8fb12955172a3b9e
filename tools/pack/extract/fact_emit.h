/* SPDX-License-Identifier: MIT */
/**
 * @file fact_emit.h
 * What the finders of facts share: the document while facts about its people, bodies and places are
 * looked for, words for offices and for kin, and the way from a fact to its assertion.
 */
#ifndef STEMMA_EXTRACT_FACT_EMIT_H
#define STEMMA_EXTRACT_FACT_EMIT_H

#include "pack/extract/annotation.h"
#include "pack/extract/event_emit.h"

struct stm_fact_scan {
    struct stm_annotation *ann;
    uint32_t since; /**< Assertions from here on are facts. */
};

/** A fact before it is asserted. Ranges of tokens [first, end). */
struct stm_fact {
    uint32_t subject; /**< Referent. */
    const char *predicate;
    stemma_object object;
    uint8_t tense; /**< stemma_tense */
    uint8_t negated;
    uint16_t confidence;
    uint32_t trigger_first;
    uint32_t trigger_end;
    uint32_t filler_first;
    uint32_t filler_end;
};

/** How a clause or phrase stands to what it says. */
struct stm_fact_stand {
    uint8_t tense;
    uint8_t negated;
    uint8_t unreal; /**< Modal, conditional, wanted: no fact. */
};

/** A fact in the present whose trigger is one token. */
struct stm_fact stm_fact_of(uint32_t subject, const char *predicate, stemma_object object,
                            uint32_t trigger, uint32_t filler_first, uint32_t filler_end,
                            uint16_t confidence);

/** Asserts it, as said by whoever speaks there. STEMMA_OK or STEMMA_E_NO_MEMORY. */
STEMMA_NODISCARD stemma_status stm_emit_fact(const struct stm_fact_scan *scan,
                                             const struct stm_fact *fact);

/** The same of a relation between two referents, named by the mention `object`; nothing when it has
    none or is the subject itself. STEMMA_OK or STEMMA_E_NO_MEMORY. */
STEMMA_NODISCARD stemma_status stm_emit_relation(const struct stm_fact_scan *scan, uint32_t subject,
                                                 const char *predicate, uint32_t object,
                                                 uint32_t trigger,
                                                 const struct stm_fact_stand *stand,
                                                 uint16_t confidence);

/** Tense, negation and mood of a verb, or of a noun that a copula predicates. */
struct stm_fact_stand stm_fact_stand_of(const struct stm_annotation *ann, uint32_t token);

/** Whether a token is a noun for what a person is or does. */
int stm_is_role_word(const struct stm_annotation *ann, uint32_t token);

/** The predicate for a word of kinship, "sibling" for "sister"; NULL when it is none. */
const char *stm_kin_predicate(const struct stm_annotation *ann, uint32_t token);

/** The mention of an entity of one of two types that a token heads, with a referent; or
    STEMMA_NONE. Pronouns that are resolved count. */
uint32_t stm_fact_entity(const struct stm_annotation *ann, uint32_t token,
                         enum stm_entity_type type, enum stm_entity_type other);

/** The same, names only. */
uint32_t stm_fact_named(const struct stm_annotation *ann, uint32_t token, enum stm_entity_type type,
                        enum stm_entity_type other);

/** The name over a token, whatever its type; or STEMMA_NONE. */
uint32_t stm_fact_name_at(const struct stm_annotation *ann, uint32_t token);

/** "69-year-old": the age; 0 for any other word. */
uint32_t stm_fact_hyphenated_age(const struct stm_annotation *ann, uint32_t token);

/** Whether a token means a member of a party by the name of its members: "a Republican". */
int stm_is_partisan(const struct stm_annotation *ann, uint32_t token);

/** Whether a token means somebody by a faith: "a Muslim", "a devout Catholic". */
int stm_is_faith(const struct stm_annotation *ann, uint32_t token);

/** The membership that such a token tells of `subject`, with the word before it that belongs to it:
    "Christian Democrat". STEMMA_OK or STEMMA_E_NO_MEMORY. */
STEMMA_NODISCARD stemma_status stm_fact_partisan(const struct stm_fact_scan *scan, uint32_t subject,
                                                 uint32_t token,
                                                 const struct stm_fact_stand *stand);

/* The finders. Each STEMMA_OK or STEMMA_E_NO_MEMORY. */

/** "opposition leader X", from the words before the name of a person. */
STEMMA_NODISCARD stemma_status stm_fact_title(const struct stm_fact_scan *scan, uint32_t mention);

/** "X, 69,", "X, aged 69". */
STEMMA_NODISCARD stemma_status stm_fact_age_behind(const struct stm_fact_scan *scan,
                                                   uint32_t mention);

/** The age that a token states of a person. Nothing when nobody lives so long. */
STEMMA_NODISCARD stemma_status stm_fact_emit_age(const struct stm_fact_scan *scan, uint32_t subject,
                                                 uint32_t token, uint32_t age,
                                                 const struct stm_fact_stand *stand);

/** "a town in X", "the capital of X", "a unit of X": what a place or body belongs to. */
STEMMA_NODISCARD stemma_status stm_fact_whole(const struct stm_fact_scan *scan, uint32_t subject,
                                              uint32_t noun, const struct stm_fact_stand *stand);

/** "X, a veteran lawyer,", "X, 34, an actress": where the parse may have hung it elsewhere. */
STEMMA_NODISCARD stemma_status stm_fact_apposed(const struct stm_fact_scan *scan, uint32_t mention);

/** "X (1931-2016)", "X (born 1931)". */
STEMMA_NODISCARD stemma_status stm_fact_life_behind(const struct stm_fact_scan *scan,
                                                    uint32_t mention);

/** "X of the Centre Party", "Orcast of Tirsk". */
STEMMA_NODISCARD stemma_status stm_fact_of_behind(const struct stm_fact_scan *scan,
                                                  uint32_t mention);

/** "the German group X", "Lund start-up X", "teaches at X in Lund": country and seat of a body. */
STEMMA_NODISCARD stemma_status stm_fact_body(const struct stm_fact_scan *scan, uint32_t mention);

/** "X, 38, of Canal Street, Lund,". */
STEMMA_NODISCARD stemma_status stm_fact_address_behind(const struct stm_fact_scan *scan,
                                                       uint32_t mention);

/** "at her home in X": at the noun. */
STEMMA_NODISCARD stemma_status stm_fact_home(const struct stm_fact_scan *scan, uint32_t token);

/** "holds a doctorate from X", "attended X": at the degree or verb. */
STEMMA_NODISCARD stemma_status stm_fact_study(const struct stm_fact_scan *scan, uint32_t token);

/** "died at the age of 91", "X is 82": at the number. */
STEMMA_NODISCARD stemma_status stm_fact_age_at(const struct stm_fact_scan *scan, uint32_t token);

/** What a nominal that means a named person says of it: "The 24-year-old", "the botanist". Asked
    when all else has been read. */
STEMMA_NODISCARD stemma_status stm_fact_nominal(const struct stm_fact_scan *scan,
                                                uint32_t mention);

/** "Lomna in northern Rurland", "Rurland's capital, Lomna", "LOMNA, Rurland -". */
STEMMA_NODISCARD stemma_status stm_fact_inside(const struct stm_fact_scan *scan, uint32_t mention);

/** "Vilnius, Lithuania". */
STEMMA_NODISCARD stemma_status stm_fact_country_behind(const struct stm_fact_scan *scan,
                                                       uint32_t mention);

/** What a noun in apposition, behind a copula or behind "as" says of the entity `subject`: office,
    occupation, nationality, membership, place. */
STEMMA_NODISCARD stemma_status stm_fact_description(const struct stm_fact_scan *scan,
                                                    uint32_t subject, uint32_t noun,
                                                    const struct stm_fact_stand *stand,
                                                    uint16_t confidence);

/** Whose kin the noun at `word` means, and who that is. */
STEMMA_NODISCARD stemma_status stm_fact_kin(const struct stm_fact_scan *scan, uint32_t word);

/** What the verb at `verb` says for good: founded, owns, lives in, was born in, works for. */
STEMMA_NODISCARD stemma_status stm_fact_verb(const struct stm_fact_scan *scan, uint32_t verb);

/** "was born in X in 1970", "X, where she was born": at the verb. */
STEMMA_NODISCARD stemma_status stm_fact_birth(const struct stm_fact_scan *scan, uint32_t verb,
                                              uint32_t subject);

/** "is married to X", "married X in 1990": said of both; `who` is the referent of the token `subject`. */
STEMMA_NODISCARD stemma_status stm_fact_marriage(const struct stm_fact_scan *scan, uint32_t verb,
                                                 uint32_t who, uint32_t subject,
                                                 const struct stm_fact_stand *stand);

/** "holds both Estian and Swiss passports": at the noun. */
STEMMA_NODISCARD stemma_status stm_fact_passports(const struct stm_fact_scan *scan, uint32_t paper,
                                                  uint32_t who,
                                                  const struct stm_fact_stand *stand);

/** "X replaced Y as Z": the office of both, at the verb. */
STEMMA_NODISCARD stemma_status stm_fact_succession(const struct stm_fact_scan *scan, uint32_t verb);

/** "the Vilnius-based group", "the state-owned …": what a compound before a noun says of it. */
STEMMA_NODISCARD stemma_status stm_fact_compound(const struct stm_fact_scan *scan, uint32_t token);

#endif
