/* SPDX-License-Identifier: MIT */
#include "pack/judge/entity_profile.h"

#include "pack/judge/entity_context.h"

#define SOUNDS_COMPARED   24u  /* of one given name */
#define SOUNDS_TELLING    3u   /* consonants that two given names do not share by chance */
#define SPELLINGS_OF_ONE  900u /* similarity of full names that are mostly one */
#define GIVEN_NAMES_APART 600u /* similarity below which two full names are two people */

static uint8_t bit_of(uint8_t value)
{
    return (uint8_t)(1u << value);
}

void stm_profile_init(struct stm_profile *profile, const struct stm_entities *entities,
                      uint32_t node)
{
    const struct stm_entity *entity = &entities->nodes[node];
    memset(profile, 0, sizeof *profile);
    profile->kinds = bit_of(entity->kind);
    profile->genders = entity->gender == 0 ? (uint8_t)0 : bit_of(entity->gender);
    profile->surname_genders =
        entity->surname_gender == 0 ? (uint8_t)0 : bit_of(entity->surname_gender);
    profile->born_least = entity->born_least;
    profile->born_most = entity->born_most;
    for (uint32_t n = 0; n < entity->name_count && n < STM_PROFILE_NAMES; n++) {
        uint32_t name = entities->name_of[entity->first_name + n];
        profile->names[profile->name_count++] = name;
        profile->full |= entities->names[name].words > 1;
    }
}

void stm_profile_merge(struct stm_profile *profile, const struct stm_profile *other)
{
    for (uint8_t i = 0; i < other->name_count; i++) {
        int known = 0;
        for (uint8_t k = 0; k < profile->name_count; k++) {
            known |= profile->names[k] == other->names[i];
        }
        if (!known && profile->name_count < STM_PROFILE_NAMES) {
            profile->names[profile->name_count++] = other->names[i];
        }
    }
    profile->kinds |= other->kinds;
    profile->genders |= other->genders;
    profile->surname_genders |= other->surname_genders;
    profile->full |= other->full;
    if (profile->born_most == 0) {
        profile->born_least = other->born_least;
        profile->born_most = other->born_most;
    }
}

static stemma_text word_at(stemma_text plain, int last)
{
    const char *space = plain.size == 0 ? NULL : memchr(plain.data, ' ', plain.size);
    if (space == NULL) {
        return plain;
    }
    size_t start = 0;
    size_t end = (size_t)(space - plain.data);
    if (last) {
        end = plain.size;
        for (start = plain.size; start > 0 && plain.data[start - 1] != ' '; start--) {
        }
    }
    stemma_text word = {plain.data + start, end - start};
    return word;
}

/* Whether two given names have the same consonants: "Fatma" and "Fatimah". */
static int sound_alike(stemma_text a, stemma_text b)
{
    char left[SOUNDS_COMPARED];
    char right[SOUNDS_COMPARED];
    size_t m = stm_sounds(a, left, sizeof left);
    size_t n = stm_sounds(b, right, sizeof right);
    return m >= SOUNDS_TELLING && m == n && memcmp(left, right, m) == 0;
}

/* Two full names with one surname whose given names are not alike. */
static int given_names_differ(const struct stm_entity_name *a, const struct stm_entity_name *b)
{
    if (a->kind != STEMMA_NAME_CLASS_PERSON || b->kind != STEMMA_NAME_CLASS_PERSON ||
        a->words < 2 || b->words < 2 || memchr(a->plain.data, ' ', a->plain.size) == NULL ||
        memchr(b->plain.data, ' ', b->plain.size) == NULL) {
        return 0;
    }
    uint32_t surnames = stemma_name_token_similarity(word_at(a->plain, 1), word_at(b->plain, 1));
    return surnames >= 850 && !sound_alike(word_at(a->plain, 0), word_at(b->plain, 0)) &&
           stemma_name_similarity(a->plain, b->plain, STEMMA_NAME_CLASS_PERSON) < GIVEN_NAMES_APART;
}

/* Whether some full name of each is the other's in another spelling: what else they are called
   ("Mike" and "Michael") then says nothing. */
static int have_one_spelling(const struct stm_profile *a, const struct stm_profile *b,
                             const struct stm_entities *entities)
{
    for (uint8_t i = 0; i < a->name_count; i++) {
        for (uint8_t k = 0; k < b->name_count; k++) {
            const struct stm_entity_name *x = &entities->names[a->names[i]];
            const struct stm_entity_name *y = &entities->names[b->names[k]];
            if (x->kind == STEMMA_NAME_CLASS_PERSON && y->kind == STEMMA_NAME_CLASS_PERSON &&
                x->words > 1 && y->words > 1 &&
                stemma_name_similarity(x->plain, y->plain, STEMMA_NAME_CLASS_PERSON) >=
                    SPELLINGS_OF_ONE) {
                return 1;
            }
        }
    }
    return 0;
}

static int both_genders(uint8_t a, uint8_t b)
{
    uint8_t male = 1u << STEMMA_NAME_GENDER_MALE;
    uint8_t female = 1u << STEMMA_NAME_GENDER_FEMALE;
    return (a == male && b == female) || (a == female && b == male);
}

const char *stm_profile_contradiction(const struct stm_profile *a, const struct stm_profile *b,
                                      const struct stm_entities *entities, int one_name)
{
    uint8_t person = 1u << STEMMA_NAME_CLASS_PERSON;
    if (((a->kinds & person) != 0) != ((b->kinds & person) != 0)) {
        return "one is a person, the other is none";
    }
    if (!one_name && both_genders(a->genders, b->genders)) {
        return "one is a man, the other a woman";
    }
    if (both_genders(a->surname_genders, b->surname_genders)) {
        return "the surnames are a man's and a woman's";
    }
    if (a->born_most != 0 && b->born_most != 0 &&
        (a->born_most + 1 < b->born_least || b->born_most + 1 < a->born_least)) {
        return "their ages do not fit";
    }
    int one_spelling = have_one_spelling(a, b, entities);
    for (uint8_t i = 0; i < a->name_count; i++) {
        for (uint8_t k = 0; k < b->name_count; k++) {
            if (a->names[i] != b->names[k] && !one_spelling &&
                given_names_differ(&entities->names[a->names[i]], &entities->names[b->names[k]])) {
                return "same surname, other given name";
            }
        }
    }
    return NULL;
}
