/* SPDX-License-Identifier: MIT */
/* The public comparison of two names, and what a surname says of gender. */
#include "name/name_token.h"

void stm_name_prepare(stm_name_tokens *name, stemma_name_class kind)
{
    if (kind == STEMMA_NAME_CLASS_PERSON) {
        stm_name_prepare_person(name);
    } else if (kind == STEMMA_NAME_CLASS_ORGANIZATION) {
        stm_name_prepare_organization(name);
    }
}

static uint32_t compare(stm_name_tokens *left, stm_name_tokens *right, stemma_name_class kind)
{
    if (left->plain_size == right->plain_size &&
        memcmp(left->plain, right->plain, left->plain_size) == 0) {
        return 1000;
    }
    switch (kind) {
    case STEMMA_NAME_CLASS_PERSON:
        return stm_name_compare_person(left, right);
    case STEMMA_NAME_CLASS_ORGANIZATION:
        return stm_name_compare_organization(left, right);
    case STEMMA_NAME_CLASS_PLACE:
        return stm_name_compare_place(left, right);
    case STEMMA_NAME_CLASS_OTHER:
    default:
        return stm_name_compare_words(left, right);
    }
}

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
    stm_name_prepare(&left, kind);
    stm_name_prepare(&right, kind);
    return compare(&left, &right, kind);
}

size_t stm_name_parts_size(const stm_name_tokens *name)
{
    return sizeof(stm_name_parts) + name->count * sizeof(stm_name_token) + name->plain_size +
           name->key_size;
}

/* Where a text that may lie in one buffer lies in the copy of it. */
static stemma_text moved(stemma_text text, const char *from, size_t size, const char *to)
{
    uintptr_t at = (uintptr_t)text.data;
    uintptr_t begin = (uintptr_t)from;
    if (at >= begin && at - begin <= size) {
        text.data = to + (at - begin);
    }
    return text;
}

const stm_name_parts *stm_name_parts_make(const stm_name_tokens *name, void *room)
{
    stm_name_parts *parts = room;
    char *plain = (char *)(parts->tokens + name->count);
    char *key = plain + name->plain_size;
    memcpy(plain, name->plain, name->plain_size);
    memcpy(key, name->key, name->key_size);
    parts->plain = plain;
    parts->plain_size = name->plain_size;
    parts->count = name->count;
    for (uint32_t i = 0; i < name->count; i++) {
        stm_name_token *token = &parts->tokens[i];
        *token = name->tokens[i];
        token->plain = moved(token->plain, name->plain, name->plain_size, plain);
        token->key = moved(token->key, name->key, name->key_size, key);
    }
    return parts;
}

/* What the comparisons may change. */
static void take_parts(const stm_name_parts *parts, stm_name_tokens *name)
{
    memcpy(name->plain, parts->plain, parts->plain_size);
    name->plain_size = parts->plain_size;
    name->key_size = 0; /* the keys stay where they are */
    name->count = parts->count;
    memcpy(name->tokens, parts->tokens, parts->count * sizeof *parts->tokens);
}

uint32_t stm_name_parts_similarity(const stm_name_parts *a, const stm_name_parts *b,
                                   stemma_name_class kind)
{
    stm_name_tokens left;
    stm_name_tokens right;
    take_parts(a, &left);
    take_parts(b, &right);
    return left.count == 0 || right.count == 0 ? 0 : compare(&left, &right, kind);
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
