/* SPDX-License-Identifier: MIT */
/* Nouns for what people are, how they are addressed, and to whom they stand how. */
#include "pack/extract/fact_role.h"

#include "pack/extract/event_word.h"

int stm_fact_is_address(const struct stm_annotation *ann, uint32_t token)
{
    static const char *const words[] = {"mr",   "mr.",   "mrs",     "mrs.", "ms",   "ms.",
                                        "miss", "dr",    "dr.",     "sir",  "dame", "lord",
                                        "lady", "madam", "brother", "don",  "doña",
                                        "hon.", "hon",   "honourable"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (stm_ann_is(ann, token, words[i])) {
            return 1;
        }
    }
    return 0;
}

/** Whether a noun that no list knows is made like one for a person: "trombonist", "beekeeper". */
static int is_agent_noun(const struct stm_annotation *ann, uint32_t token)
{
    static const char *const endings[] = {"ist", "ician", "man", "woman", "person",
                                          "er",  "or",    "ee",  "ian"};
    static const char *const things[] = {
        "career", "chapter", "committee", "corner", "cover",  "dinner", "employee", "error",
        "factor", "favor",   "horror",    "letter", "matter", "mirror", "monitor",  "murder",
        "number", "offer",   "order",     "paper",  "poster", "power",  "quarter",  "river",
        "sector", "summer",  "supper",    "terror", "tower",  "transfer", "water",  "winter"};
    static const char *const others[] = {"accountant", "alumnus",  "apprentice", "assistant",
                                         "comic",      "consultant", "cook",     "docent",
                                         "graduate",   "guide",    "heiress",    "hostess",
                                         "intern",     "mechanic", "mentor",     "model",
                                         "recipient",  "star",     "vet",        "waitress"};
    stemma_text word = ann->tokens[token].lower;
    if (ann->tokens[token].pos != STM_POS_NN || STM_TOKEN_IS_ANY(ann, token, things)) {
        return 0;
    }
    if (STM_TOKEN_IS_ANY(ann, token, others)) {
        return 1;
    }
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        size_t size = strlen(endings[i]);
        if (word.size >= 5 && memcmp(word.data + word.size - size, endings[i], size) == 0) {
            return 1;
        }
    }
    return 0;
}

/** "editor-in-chief", "director-general". */
static int is_compound_office(const struct stm_annotation *ann, uint32_t token)
{
    static const char *const endings[] = {"-in-chief", "-general", "-at-large", "-in-residence"};
    stemma_text word = ann->tokens[token].lower;
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        size_t size = strlen(endings[i]);
        if (word.size > size + 3 && memcmp(word.data + word.size - size, endings[i], size) == 0) {
            return 1;
        }
    }
    return 0;
}

int stm_fact_is_occupation(const struct stm_annotation *ann, uint32_t token)
{
    return is_compound_office(ann, token) || stm_is_role_word(ann, token) ||
           (is_agent_noun(ann, token) && stm_kin_predicate(ann, token) == NULL);
}

int stm_fact_only_ties(const struct stm_annotation *ann, uint32_t head, uint32_t end)
{
    static const char *const to_names[] = {"member",   "graduate",   "alumnus", "native",
                                           "resident", "inhabitant", "citizen", "employee"};
    static const char *const to_people[] = {"counterpart", "colleague", "friend", "neighbour",
                                            "neighbor",    "man",       "woman",  "person",
                                            "lady",        "gentleman", "acquaintance",
                                            "citizen",     "national"};
    if (STM_TOKEN_IS_ANY(ann, head, to_people)) {
        return 1;
    }
    for (uint32_t i = head + 1; i < end && STM_TOKEN_IS_ANY(ann, head, to_names); i++) {
        if (stm_fact_name_at(ann, i) != STEMMA_NONE) {
            return 1;
        }
    }
    return 0;
}
