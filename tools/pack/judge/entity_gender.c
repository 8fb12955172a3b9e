/* SPDX-License-Identifier: MIT */
#include "pack/judge/entity_gender.h"

#include "pack/extract/annotation.h"
#include "pack/extract/lexicon.h"

#define MEMBERS_ASKED 64u /* of one cluster */
#define WORD_MOST     24u

/* The gender of who is called by a common noun in the singular, lower case. */
static uint8_t gender_of_noun(stemma_text noun)
{
    if (stm_lexicon_has(STM_LEXICON_ROLE_FEMALE, noun) ||
        stm_lexicon_has(STM_LEXICON_KIN_FEMALE, noun)) {
        return STM_GENDER_FEMALE;
    }
    if (stm_lexicon_has(STM_LEXICON_ROLE_MALE, noun) ||
        stm_lexicon_has(STM_LEXICON_KIN_MALE, noun)) {
        return STM_GENDER_MALE;
    }
    return STM_GENDER_UNKNOWN;
}

/* The first or the last word of a phrase, lower case. Empty when it is long. */
static stemma_text word_of(stemma_text phrase, int last, char out[WORD_MOST])
{
    size_t start = 0;
    size_t end = phrase.size;
    if (last) {
        for (start = end; start > 0 && phrase.data[start - 1] != ' '; start--) {
        }
    } else {
        for (end = 0; end < phrase.size && phrase.data[end] != ' '; end++) {
        }
    }
    stemma_text word = {out, 0};
    for (size_t i = start; i < end && end - start <= WORD_MOST; i++) {
        char c = phrase.data[i];
        out[word.size++] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
    return word;
}

static uint8_t gender_of_name(const stemma_name *name)
{
    char buffer[WORD_MOST];
    if (name->kind == STEMMA_NAME_NOMINAL) {
        return gender_of_noun(word_of(name->text, 1, buffer));
    }
    const struct stm_given_entry *given =
        name->kind == STEMMA_NAME_NAME && memchr(name->text.data, ' ', name->text.size) != NULL
            ? stm_lexicon_given(word_of(name->text, 0, buffer))
            : NULL;
    return given == NULL ? STM_GENDER_UNKNOWN : given->gender;
}

/* The genders that the names of some members of a cluster speak of, a bit each. */
static uint32_t genders_of(const struct stm_matcher *matcher, uint32_t first)
{
    const struct stm_entities *entities = matcher->entities;
    uint32_t genders = 0;
    uint32_t member = first;
    for (uint32_t i = 0; i < MEMBERS_ASKED; i++) {
        const struct stm_entity *entity = &entities->nodes[member];
        const stemma_referent *referent =
            &matcher->input->documents[entity->document]->referents[entity->referent];
        for (uint32_t n = 0; n < referent->name_count; n++) {
            genders |= 1u << gender_of_name(&referent->names[n]);
        }
        member = matcher->cluster->next[member];
        if (member == first) {
            break;
        }
    }
    return genders;
}

int stm_gender_words_agree(const struct stm_matcher *matcher, uint32_t a, uint32_t b)
{
    const uint32_t known = 1u << STM_GENDER_MALE | 1u << STM_GENDER_FEMALE;
    uint32_t x = genders_of(matcher, a) & known;
    uint32_t y = genders_of(matcher, b) & known;
    return x == 0 || y == 0 || (x & y) != 0;
}
