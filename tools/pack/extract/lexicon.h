/* SPDX-License-Identifier: MIT */
/**
 * @file lexicon.h
 * What the reader knows about words before it has read anything. Constant tables, and an index of all
 * of them that is made when the program is built (pack/lexicon/main.c); any thread. Every key is
 * lower-case.
 */
#ifndef STEMMA_EXTRACT_LEXICON_H
#define STEMMA_EXTRACT_LEXICON_H

#include "pack/extract/annotation.h"

enum stm_lexicon_list {
    STM_LEXICON_TITLE, /**< Titles that stand, capitalised or not, before the name of a person. */
    STM_LEXICON_TITLE_PART, /**< Words that go before, after or inside a title. */
    STM_LEXICON_ROLE, /**< Words for what a person is or does; each may precede a name, or be a nominal. */
    STM_LEXICON_PERSON_NOUN, /**< Other words for people; they stand before no name as titles do. */
    STM_LEXICON_ROLE_FEMALE, /**< Roles of women only. */
    STM_LEXICON_ROLE_MALE, /**< Roles of men only. */
    STM_LEXICON_GROUP_NOUN, /**< Plural nouns for people that act or are acted on without being named. */
    STM_LEXICON_KIN, /**< Words of kinship and partnership. */
    STM_LEXICON_KIN_FEMALE, /**< Those of women. */
    STM_LEXICON_KIN_MALE, /**< Those of men. */
    STM_LEXICON_MALE_TITLE, /**< Titles of men. */
    STM_LEXICON_FEMALE_TITLE, /**< Titles of women. */
    STM_LEXICON_HONORIFIC_AFTER, /**< What follows the name of a person. */
    STM_LEXICON_SAY, /**< Verbs whose subject speaks. */
    STM_LEXICON_PERSON_VERB, /**< Other verbs whose subject is likely a person. */
    STM_LEXICON_PARTICLE, /**< Small words inside the names of persons. */
    STM_LEXICON_ABBREVIATION, /**< Abbreviations that are written with a final dot. */
    STM_LEXICON_TITLE_ABBREVIATION, /**< Abbreviations that stand before a name: no sentence ends there. */
    STM_LEXICON_NAME_PREFIX, /**< Parts that are joined by a hyphen to a name that is still a name. */
    STM_LEXICON_ORG_HEAD, /**< Words that make a capitalised phrase the name of an organisation. */
    STM_LEXICON_ORG_FIRST, /**< Of these, the words that an organisation name may begin with, followed by "of", "for", "to" or "on". */
    STM_LEXICON_ORG_SUFFIX, /**< Legal forms at the end of a name. */
    STM_LEXICON_ORG_KNOWN, /**< Names that newspapers use without saying what they are. */
    STM_LEXICON_ORG_KNOWN_LONG, /**< The same, of several words. */
    STM_LEXICON_ORG_NOUN, /**< Lower-case words that say, before or after a name, that it names an organisation. */
    STM_LEXICON_PLACE_HEAD, /**< Words that end the name of a place. */
    STM_LEXICON_PLACE_FIRST, /**< Words that begin the name of a place. */
    STM_LEXICON_PLACE_OF, /**< Of these, words that begin the name of a place and are followed by "of". */
    STM_LEXICON_PLACE_NOUN, /**< Lower-case words after which, or with "of" before which, a name is a place. */
    STM_LEXICON_PLACE_PREPOSITION, /**< Prepositions that go with places. */
    STM_LEXICON_DIRECTION, /**< Directions before a place. */
    STM_LEXICON_THING_HEAD, /**< Words that make a capitalised phrase the name of a thing: an award, a law, a war, a work. */
    STM_LEXICON_STATE_CODE, /**< Codes of states, which follow the name of a town and a comma. */
    STM_LEXICON_CALENDAR, /**< Days, months, and the like: capitalised, no names. */
    STM_LEXICON_NOT_NAME, /**< Capitalised words that are never names by themselves. */
    STM_LEXICON_CONNECTOR, /**< Small words inside the names of organisations. */
    STM_LEXICON_STATE_NOUN, /**< What a state has and no person or company: its parliament, its ports. */
    STM_LEXICON_GIVEN, /**< Given names of persons. */
    STM_LEXICON_VERB,  /**< Base forms of verbs. */
    STM_LEXICON_NOUN   /**< Common nouns, singular or always plural. */
};

/** Whether `word` (lower case; several words are joined by single spaces) is in a list. */
int stm_lexicon_has(enum stm_lexicon_list list, stemma_text word);

/** All that the tables say about a word. Numbers of rows are counted from 1; 0 is none. */
struct stm_lexicon_entry {
    const char *word;
    uint64_t lists;   /**< A bit for each stm_lexicon_list. */
    uint16_t place;   /**< Row of stm_lexicon_places. */
    uint16_t demonym; /**< Row of stm_lexicon_demonyms. */
    uint16_t given;   /**< Row of stm_lexicon_given_names. */
    uint16_t form;    /**< Row of stm_lexicon_forms. */
    uint8_t closed;   /**< As of stm_lexicon_closed_tag(). */
};

/** The entry of a word, or NULL when no table has it. Who asks more than one question of a word asks here. */
const struct stm_lexicon_entry *stm_lexicon_find(stemma_text word);

enum stm_place_kind {
    STM_PLACE_COUNTRY = 1,
    STM_PLACE_CAPITAL,
    STM_PLACE_CITY,
    STM_PLACE_REGION
};

struct stm_place_entry {
    const char *name;      /**< Lower case. */
    const char *canonical; /**< The name that it stands for: "United States" for "us". */
    uint8_t kind;          /**< stm_place_kind */
};

/** A place by one of its names, or NULL. */
const struct stm_place_entry *stm_lexicon_place(stemma_text name);

struct stm_demonym_entry {
    const char *word;    /**< Lower case: "chilean", "chileans". */
    const char *country; /**< "Chile"; empty for peoples and faiths without a country. */
    uint8_t plural;
};

/** A nationality, faith or people by its adjective or noun, or NULL. */
const struct stm_demonym_entry *stm_lexicon_demonym(stemma_text word);

struct stm_given_entry {
    const char *name;
    uint8_t gender; /**< stm_gender; UNKNOWN when women and men bear it. */
};

/** A given name, or NULL. Some are ordinary words too ("mark", "grace"). */
const struct stm_given_entry *stm_lexicon_given(stemma_text name);

struct stm_tag_entry {
    const char *word;
    uint8_t tag; /**< stm_tag */
};

/** The tag of a word of a closed class or a common adjective or adverb; STM_TAG_OTHER when none. */
enum stm_tag stm_lexicon_closed_tag(stemma_text word);

struct stm_form_entry {
    const char *form;
    const char *lemma;
    uint8_t tag; /**< stm_tag; PAST when past and participle look the same. */
};

/** An irregular form, or NULL. */
const struct stm_form_entry *stm_lexicon_form(stemma_text form);

/* The tables, each in a file of its own. */
struct stm_word_list {
    uint8_t list; /**< stm_lexicon_list */
    const char *const *words;
    size_t count;
};

extern const struct stm_word_list stm_lexicon_person[];
extern const size_t stm_lexicon_person_count;
extern const struct stm_word_list stm_lexicon_name[];
extern const size_t stm_lexicon_name_count;
extern const struct stm_place_entry stm_lexicon_places[];
extern const size_t stm_lexicon_place_count;
extern const struct stm_demonym_entry stm_lexicon_demonyms[];
extern const size_t stm_lexicon_demonym_count;
extern const struct stm_given_entry stm_lexicon_given_names[];
extern const size_t stm_lexicon_given_count;
extern const struct stm_tag_entry stm_lexicon_closed[];
extern const size_t stm_lexicon_closed_count;
extern const char *const stm_lexicon_verbs[];
extern const size_t stm_lexicon_verb_count;
extern const char *const stm_lexicon_nouns[];
extern const size_t stm_lexicon_noun_count;
extern const struct stm_form_entry stm_lexicon_forms[];
extern const size_t stm_lexicon_form_count;

/* The index. A slot is the high half of the hash of a word over the number of its entry, counted from 1;
   or 0. */
extern const struct stm_lexicon_entry stm_lexicon_entries[];
extern const uint32_t stm_lexicon_slots[];
extern const uint32_t stm_lexicon_slot_count; /* a power of two */

/** Where to look for a word: FNV-1a, mixed. */
static inline uint32_t stm_lexicon_hash(stemma_text word)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < word.size; i++) {
        hash = (hash ^ (uint8_t)word.data[i]) * 16777619u;
    }
    return hash ^ hash >> 15;
}

#endif
