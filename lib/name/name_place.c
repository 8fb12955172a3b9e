/* SPDX-License-Identifier: MIT */
/* Comparing the names of places: every word counts, and the states of the world have other names.
 */
#include "name/name_token.h"

/* Other names of countries, as plain keys, each with the key that stands for all of them. */
static const struct {
    const char *other;
    const char *name;
} COUNTRIES[] = {
    {"america", "united states"},
    {"us", "united states"},
    {"usa", "united states"},
    {"united states of america", "united states"},
    {"britain", "united kingdom"},
    {"great britain", "united kingdom"},
    {"uk", "united kingdom"},
    {"united kingdom of great britain and northern ireland", "united kingdom"},
    {"uae", "united arab emirates"},
    {"emirates", "united arab emirates"},
    {"eu", "european union"},
    {"russian federation", "russia"},
    {"peoples republic of china", "china"},
    {"prc", "china"},
    {"republic of china", "taiwan"},
    {"dprk", "north korea"},
    {"democratic peoples republic of korea", "north korea"},
    {"republic of korea", "south korea"},
    {"rok", "south korea"},
    {"burma", "myanmar"},
    {"holland", "netherlands"},
    {"czechia", "czech republic"},
    {"turkiye", "turkey"},
    {"ivory coast", "cote divoire"},
    {"swaziland", "eswatini"},
    {"cape verde", "cabo verde"},
    {"macedonia", "north macedonia"},
    {"drc", "democratic republic of congo"},
    {"dr congo", "democratic republic of congo"},
    {"democratic republic of the congo", "democratic republic of congo"},
    {"congo kinshasa", "democratic republic of congo"},
    {"car", "central african republic"},
    {"holy see", "vatican"},
    {"vatican city", "vatican"},
    {"islamic republic of iran", "iran"},
    {"ksa", "saudi arabia"},
    {"kingdom of saudi arabia", "saudi arabia"},
    {"republic of belarus", "belarus"},
    {"byelorussia", "belarus"},
    {"east timor", "timor leste"},
    {"nz", "new zealand"},
    {"bosnia", "bosnia and herzegovina"},
};

static stemma_text canonical(const stm_name_tokens *name)
{
    stemma_text plain = {name->plain, name->plain_size};
    if (plain.size > 4 && memcmp(plain.data, "the ", 4) == 0) {
        plain.data += 4;
        plain.size -= 4;
    }
    for (size_t i = 0; i < sizeof COUNTRIES / sizeof COUNTRIES[0]; i++) {
        if (stemma_text_equal(plain, stemma_text_of(COUNTRIES[i].other))) {
            return stemma_text_of(COUNTRIES[i].name);
        }
    }
    return plain;
}

stemma_status stm_name_place_key(stemma_text name, char out[STM_NAME_PLAIN_SIZE], size_t *size)
{
    stm_name_tokens tokens;
    *size = 0;
    stemma_status status = stm_name_split(&tokens, name);
    if (status != STEMMA_OK) {
        return status;
    }
    stemma_text key = canonical(&tokens);
    if (key.size != 0) {
        memcpy(out, key.data, key.size);
    }
    *size = key.size;
    return STEMMA_OK;
}

uint32_t stm_name_compare_place(stm_name_tokens *a, stm_name_tokens *b)
{
    if (stemma_text_equal(canonical(a), canonical(b))) {
        return a->count != 0 ? 1000 : 0;
    }
    while (a->count > 1 && stemma_text_equal(a->tokens[0].plain, stemma_text_of("the"))) {
        stm_name_drop(a, 0);
    }
    while (b->count > 1 && stemma_text_equal(b->tokens[0].plain, stemma_text_of("the"))) {
        stm_name_drop(b, 0);
    }
    stm_name_join_split(a, b);
    if (a->count != b->count || a->count == 0) {
        return 0;
    }
    uint32_t least = 1000;
    for (uint32_t i = 0; i < a->count; i++) {
        uint32_t score = stm_name_token_score(&a->tokens[i], &b->tokens[i], 0);
        least = score < least ? score : least;
    }
    /* "Kiev" and "Kyiv", but not "Niger" and "Nigeria": only the closest spellings are one place.
     */
    return least >= 930 ? least : least / 2;
}
