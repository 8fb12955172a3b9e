/* SPDX-License-Identifier: MIT */
/* The public comparison of two names, and what a surname says of gender. */
#include "name/name_token.h"

uint32_t stemma_name_similarity(stemma_text a, stemma_text b, stemma_name_class kind)
{
    /* One order for both, so that the result cannot depend on which side a name stands. */
    if (stemma_text_compare(a, b) > 0) {
        stemma_text swap = a;
        a = b;
        b = swap;
    }
    stm_name_tokens left;
    stm_name_tokens right;
    if (stm_name_split(&left, a) != STEMMA_OK || stm_name_split(&right, b) != STEMMA_OK ||
        left.count == 0 || right.count == 0) {
        return 0;
    }
    if (left.plain_size == right.plain_size &&
        memcmp(left.plain, right.plain, left.plain_size) == 0) {
        return 1000;
    }
    switch (kind) {
    case STEMMA_NAME_CLASS_PERSON:
        return stm_name_compare_person(&left, &right);
    case STEMMA_NAME_CLASS_ORGANIZATION:
        return stm_name_compare_organization(&left, &right);
    case STEMMA_NAME_CLASS_PLACE:
        return stm_name_compare_place(&left, &right);
    case STEMMA_NAME_CLASS_OTHER:
    default:
        return stm_name_compare_words(&left, &right);
    }
}

/* Endings of surnames in the plain key, longest first within what they end in. */
static const struct {
    const char *ending;
    uint8_t gender;
} ENDINGS[] = {
    {"skaya", STEMMA_NAME_GENDER_FEMALE},   {"skaia", STEMMA_NAME_GENDER_FEMALE},
    {"skaja", STEMMA_NAME_GENDER_FEMALE},   {"ckaya", STEMMA_NAME_GENDER_FEMALE},
    {"tskaya", STEMMA_NAME_GENDER_FEMALE},  {"tskaia", STEMMA_NAME_GENDER_FEMALE},
    {"ouskaya", STEMMA_NAME_GENDER_FEMALE}, {"dottir", STEMMA_NAME_GENDER_FEMALE},
    {"ova", STEMMA_NAME_GENDER_FEMALE},     {"eva", STEMMA_NAME_GENDER_FEMALE},
    {"ava", STEMMA_NAME_GENDER_FEMALE},     {"ina", STEMMA_NAME_GENDER_FEMALE},
    {"yna", STEMMA_NAME_GENDER_FEMALE},     {"ovna", STEMMA_NAME_GENDER_FEMALE},
    {"sky", STEMMA_NAME_GENDER_MALE},       {"ski", STEMMA_NAME_GENDER_MALE},
    {"skiy", STEMMA_NAME_GENDER_MALE},      {"skii", STEMMA_NAME_GENDER_MALE},
    {"skyi", STEMMA_NAME_GENDER_MALE},      {"skyy", STEMMA_NAME_GENDER_MALE},
    {"skij", STEMMA_NAME_GENDER_MALE},      {"ov", STEMMA_NAME_GENDER_MALE},
    {"ev", STEMMA_NAME_GENDER_MALE},        {"yev", STEMMA_NAME_GENDER_MALE},
    {"off", STEMMA_NAME_GENDER_MALE},       {"ou", STEMMA_NAME_GENDER_MALE},
    {"au", STEMMA_NAME_GENDER_MALE},        {"sson", STEMMA_NAME_GENDER_MALE},
};

stemma_name_gender stemma_name_surname_gender(stemma_text name)
{
    stm_name_tokens tokens;
    if (stm_name_split(&tokens, name) != STEMMA_OK || tokens.count == 0) {
        return STEMMA_NAME_GENDER_UNKNOWN;
    }
    stemma_text last = tokens.tokens[tokens.count - 1].plain;
    for (size_t i = 0; i < sizeof ENDINGS / sizeof ENDINGS[0]; i++) {
        size_t size = strlen(ENDINGS[i].ending);
        if (last.size > size + 1 &&
            memcmp(last.data + last.size - size, ENDINGS[i].ending, size) == 0) {
            return (stemma_name_gender)ENDINGS[i].gender;
        }
    }
    return STEMMA_NAME_GENDER_UNKNOWN;
}
