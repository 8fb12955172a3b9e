/* SPDX-License-Identifier: MIT */
/* What newspapers do around names that no list knows: datelines, offices and bodies of a state,
   adjectives made of the name of a country, the paper's own name. */
#include "pack/extract/name.h"

enum {
    PERSON = STM_ENTITY_PERSON,
    ORGANIZATION = STM_ENTITY_ORGANIZATION,
    PLACE = STM_ENTITY_PLACE,
    THING = STM_ENTITY_THING
};

#define OWN_NAME 60 /* the publisher's name: surer than what any neighbour says */

static int word_among(const struct stm_annotation *ann, uint32_t i, const char *const *words,
                      size_t count)
{
    for (size_t k = 0; k < count; k++) {
        if (stm_ann_is(ann, i, words[k])) {
            return 1;
        }
    }
    return 0;
}

#define AMONG(ann, i, words) word_among((ann), (i), (words), sizeof(words) / sizeof *(words))

/* What a state has and no person or company: "Verania's parliament", "the army of Verania". */
static int is_of_state(const struct stm_annotation *ann, uint32_t i)
{
    static const char *const words[] = {
        "president", "presidents",  "prime",      "premier",    "foreign",      "defence",
        "defense",   "interior",    "king",       "queen",      "emperor",      "ambassador",
        "ambassadors", "parliament", "government", "army",      "navy",         "capital",
        "border",    "borders",     "authorities", "constitution", "economy",   "supreme",
        "constitutional", "electoral", "ruler",   "ministry",   "embassy",      "coast",
        "people",    "population",  "state",      "military",   "airspace",     "territory",
        "sovereignty", "jails",     "prisons",    "exiled",     "neighbours",   "neighbors",
        "independence", "presidency", "north",    "south",      "east",         "west",
        "citizens",  "outskirts",   "streets",    "suburbs",    "port"};
    return i < ann->token_count && AMONG(ann, i, words);
}

/* What lies somewhere and is called by where it lies: "the Vessin phosphate mine". */
static int is_site(const struct stm_annotation *ann, uint32_t i)
{
    static const char *const words[] = {"mine",    "mines",   "crossing", "bridge",  "border",
                                        "market",  "airport", "checkpoint", "valley", "river",
                                        "harbour", "harbor",  "camp",     "dam",     "refinery",
                                        "quarry",  "oilfield", "province", "railway", "motorway",
                                        "coalfield", "pass",  "dock",     "docks"};
    return i < ann->token_count && (ann->tokens[i].flags & STM_TOKEN_CAPITALISED) == 0 &&
           AMONG(ann, i, words);
}

/* Whether the document has an adjective made of the name: "Veranian" of "Verania". */
static int has_adjective(const struct stm_name_finder *finder, stemma_text lower)
{
    static const char *const endings[] = {"n", "ian", "ese", "ish", "i"};
    char buffer[64];
    if (lower.size < 5 || lower.size + 4 > sizeof buffer) {
        return 0;
    }
    memcpy(buffer, lower.data, lower.size);
    for (size_t k = 0; k < sizeof endings / sizeof *endings; k++) {
        size_t size = strlen(endings[k]);
        int vowel = lower.data[lower.size - 1] == 'a';
        if (vowel != (k == 0)) {
            continue; /* "Verania" and "Veranian", "Ostara" and "Ostarani" */
        }
        memcpy(buffer + lower.size, endings[k], size);
        stemma_text adjective = {buffer, lower.size + size};
        const struct stm_name_word *word = stm_name_words_find(&finder->words, adjective);
        if (word != NULL && word->capital_inside > word->small) {
            return 1;
        }
    }
    return 0;
}

int stm_name_is_adjective(const struct stm_name_finder *finder, uint32_t i)
{
    static const char *const endings[] = {"nian", "rian", "lian", "tian", "dian", "kian",
                                          "ians", "nese", "vian", "gian", "shian", "sian"};
    const struct stm_annotation *ann = finder->ann;
    stemma_text lower = ann->tokens[i].lower;
    int shaped = 0;
    for (size_t k = 0; k < sizeof endings / sizeof *endings; k++) {
        size_t size = strlen(endings[k]);
        shaped |= lower.size > size + 1 &&
                  memcmp(lower.data + lower.size - size, endings[k], size) == 0;
    }
    if (lower.size > 4 && lower.data[lower.size - 1] == 's') {
        lower.size--;
    }
    if (!shaped || stm_lexicon_given(lower) != NULL) {
        return 0;
    }
    if (lower.data[lower.size - 1] == 'n') {
        stemma_text country = {lower.data, lower.size - 1};
        const struct stm_name_word *word = stm_name_words_find(&finder->words, country);
        if (word != NULL && word->capital_inside + word->capital_start > word->small) {
            return 1;
        }
    }
    /* "the Veranian delegation": what is named before a common noun is no bearer of a surname. */
    if (i + 1 >= ann->token_count || (ann->tokens[i + 1].flags & STM_TOKEN_CAPITALISED) != 0) {
        return 0;
    }
    uint8_t tag = ann->tokens[i + 1].tag;
    return tag == STM_TAG_NOUN || tag == STM_TAG_PLURAL || tag == STM_TAG_ADJECTIVE;
}

static int is_dash(const struct stm_annotation *ann, uint32_t i)
{
    return stm_ann_is(ann, i, "-") || stm_ann_is(ann, i, "\xe2\x80\x93") ||
           stm_ann_is(ann, i, "\xe2\x80\x94") || stm_ann_is(ann, i, "--");
}

/* Votes of "VESSIN, Verania, March 3 (Signal) -": towns in capitals, the agency in brackets. */
static void score_dateline(const struct stm_annotation *ann, struct stm_name_chunk *chunk)
{
    uint32_t first = chunk->first;
    uint32_t after = first + chunk->count;
    uint32_t sentence = ann->tokens[first].sentence;
    uint32_t start = ann->sentences[sentence].first;
    /* "(Longwire)" alone on its line, or at the end of a headline: a credit */
    if (first > 0 && stm_ann_is(ann, first - 1, "(") && stm_ann_is(ann, after, ")") &&
        chunk->count == 1 &&
        (after + 1 >= ann->token_count || ann->tokens[after + 1].sentence != sentence) &&
        (first - 1 == start || ann->sentences[sentence].is_title)) {
        chunk->score[ORGANIZATION] += 12;
        return;
    }
    if (first - start > 8) {
        return;
    }
    if (first > start && stm_ann_is(ann, first - 1, "(") && stm_ann_is(ann, after, ")") &&
        is_dash(ann, after + 1)) {
        chunk->score[ORGANIZATION] += 20;
        return;
    }
    /* "Vessin - The search has ended." */
    if (first == start && chunk->count <= 2 && is_dash(ann, after) && after + 1 < ann->token_count &&
        (ann->tokens[after].flags & STM_TOKEN_SPACE_BEFORE) != 0 &&
        (ann->tokens[after + 1].flags & STM_TOKEN_CAPITALISED) != 0 &&
        ann->tokens[after + 1].sentence == sentence && sentence < 6) {
        chunk->score[PLACE] += 7;
        return;
    }
    uint32_t dash = after;
    uint32_t end = stm_ann_sentence_end(ann, sentence);
    while (dash < end && dash - start < 14 && !is_dash(ann, dash)) {
        if (ann->tokens[dash].tag == STM_TAG_PAST || ann->tokens[dash].tag == STM_TAG_VERB_S ||
            ann->tokens[dash].tag == STM_TAG_BE || ann->tokens[dash].tag == STM_TAG_MODAL) {
            return;
        }
        dash++;
    }
    if (dash < end && is_dash(ann, dash) &&
        (ann->tokens[start].flags & STM_TOKEN_ALL_CAPS) != 0 && ann->tokens[start].lower.size > 2 &&
        (first == start || stm_ann_is(ann, first - 1, ",")) &&
        (stm_ann_is(ann, after, ",") || dash == after || stm_ann_is(ann, after, "("))) {
        chunk->score[PLACE] += 14;
        chunk->score[ORGANIZATION] -= 6; /* the capitals are the dateline's */
    }
}

/* Whether `key` is the name of a publisher, or its last word. */
static int is_own_name(stemma_text name, stemma_text key)
{
    static const char the[] = "the ";
    char buffer[96];
    if (name.size == 0 || name.size > sizeof buffer || key.size < 3) {
        return 0;
    }
    for (size_t i = 0; i < name.size; i++) {
        char c = name.data[i];
        buffer[i] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    }
    stemma_text lower = {buffer, name.size};
    if (lower.size > 4 && memcmp(lower.data, the, 4) == 0) {
        lower.data += 4;
        lower.size -= 4;
    }
    if (key.size > 4 && memcmp(key.data, the, 4) == 0) {
        key.data += 4;
        key.size -= 4;
    }
    return stemma_text_equal(lower, key);
}

int stm_name_is_publisher(const struct stm_annotation *ann, stemma_text key)
{
    return ann->document != NULL && (is_own_name(ann->document->publisher, key) ||
                                     is_own_name(ann->document->agency, key));
}

/* Clubs are named by a word and a town: "Dynamo Vessin". */
static int begins_club(const struct stm_annotation *ann, uint32_t i)
{
    static const char *const words[] = {
        "dinamo",  "dynamo", "spartak", "lokomotiv", "zenit",   "sporting", "atletico",
        "olympique", "borussia", "bayern", "hapoel", "maccabi", "lokomotive", "locomotive",
        "racing",  "athletic", "deportivo", "galatasaray", "partizan"};
    return AMONG(ann, i, words);
}

static void score_bodies(const struct stm_annotation *ann, struct stm_name_chunk *chunk)
{
    static const char *const ends[] = {"minerals", "mining",   "metals",  "steel",    "chemicals",
                                       "foods",    "logistics", "ventures", "courier", "lantern",
                                       "mirror",   "lokomotiv", "locomotive", "phosphate",
                                       "timber",   "shipping", "breweries", "cement"};
    uint32_t last = chunk->first + chunk->count - 1;
    if (chunk->count > 1 && (AMONG(ann, last, ends) || begins_club(ann, chunk->first))) {
        chunk->score[ORGANIZATION] += 10;
    }
    uint32_t first = chunk->first;
    int the = stm_ann_is(ann, first, "the");
    if (!the && first != 0 && stm_ann_is(ann, first - 1, "the")) {
        the = 1;
        first--;
    }
    /* "told the Courier": people bear no article */
    if (the && first != 0 &&
        (stm_ann_is(ann, first - 1, "told") || stm_ann_is(ann, first - 1, "tells"))) {
        chunk->score[ORGANIZATION] += 10;
    }
    static const char *const wins[] = {"won", "win", "wins", "winning", "awarded", "receives"};
    if (the && first != 0 && chunk->count > 1 && AMONG(ann, first - 1, wins)) {
        chunk->score[THING] += 14;
    }
}

static void score_state(const struct stm_name_finder *finder, struct stm_name_chunk *chunk)
{
    const struct stm_annotation *ann = finder->ann;
    uint32_t first = chunk->first;
    uint32_t after = first + chunk->count;
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[first].sentence);
    uint32_t start = ann->sentences[ann->tokens[first].sentence].first;
    if (after < end && (ann->tokens[after].flags & STM_TOKEN_POSSESSIVE) != 0 &&
        is_of_state(ann, after + 1)) {
        chunk->score[PLACE] += 5;
    }
    if (first > start + 1 && stm_ann_is(ann, first - 1, "of")) {
        uint32_t office = first - 2;
        if (is_site(ann, office)) {
            chunk->score[PLACE] += 4;
        }
        if (is_of_state(ann, office) || is_site(ann, office) || stm_ann_is(ann, office, "minister") ||
            stm_ann_is(ann, office, "city") || stm_ann_is(ann, office, "envoy")) {
            chunk->score[PLACE] += 5;
        }
    }
    int the = first > start && stm_ann_is(ann, first - 1, "the");
    if ((is_site(ann, after) && after < end) ||
        (the && is_site(ann, after + 1) && after + 1 < end &&
         (ann->tokens[after].tag == STM_TAG_NOUN || ann->tokens[after].tag == STM_TAG_ADJECTIVE))) {
        chunk->score[PLACE] += 7;
    }
    if (chunk->count > 2 || stm_lexicon_given(ann->tokens[first].lower) != NULL) {
        return;
    }
    if (chunk->count == 1) {
        if (has_adjective(finder, ann->tokens[first].lower)) {
            chunk->score[PLACE] += 6;
        }
        /* Who imposes and lifts sanctions is a state when nothing says otherwise. */
        static const char *const verbs[] = {"imposed", "imposes", "lifted", "lifts", "eased",
                                            "eases", "suspended", "relaxed"};
        static const char *const measures[] = {"sanctions", "restrictions", "curbs", "embargo",
                                               "tariffs"};
        if (after + 1 < end && AMONG(ann, after, verbs)) {
            for (uint32_t i = after + 1; i < end && i < after + 6; i++) {
                if (AMONG(ann, i, measures)) {
                    chunk->score[PLACE] += 4;
                    break;
                }
            }
        }
    }
    /* "the explosion at Wadi Tarim": people are laughed at, but nothing explodes at them */
    if (first > start + 1 && stm_ann_is(ann, first - 1, "at") &&
        (ann->tokens[first - 2].tag == STM_TAG_NOUN || ann->tokens[first - 2].tag == STM_TAG_PLURAL)) {
        chunk->score[PLACE] += 6;
        chunk->score[ORGANIZATION] -= 1;
    }
    if (first > start && (stm_ann_is(ann, first - 1, "in") || stm_ann_is(ann, first - 1, "near"))) {
        chunk->score[PLACE] += 3;
    }
}

/* "USI Art Collections", "Windows XP", "Facility-1": people have no such parts. */
static void score_unlike_person(const struct stm_name_finder *finder, struct stm_name_chunk *chunk)
{
    const struct stm_annotation *ann = finder->ann;
    uint32_t last = chunk->first + chunk->count - 1;
    stemma_text end = ann->tokens[last].lower;
    if (chunk->count < 2 || finder->shouting[ann->tokens[last].sentence]) {
        return;
    }
    char final = end.data[end.size - 1];
    if ((final >= '0' && final <= '9') || end.size == 1) {
        chunk->score[PERSON] -= 8;
    }
    for (uint32_t i = chunk->first; i <= last; i++) {
        uint32_t flags = ann->tokens[i].flags;
        stemma_text lower = ann->tokens[i].lower;
        int letters = (flags & STM_TOKEN_ALL_CAPS) != 0 && (flags & STM_TOKEN_INITIAL) == 0 &&
                      memchr(lower.data, '.', lower.size) == NULL &&
                      (lower.size == 3 || (lower.size == 2 && i == last)) &&
                      !stm_lexicon_has(STM_LEXICON_HONORIFIC_AFTER, lower);
        /* an agency's town stands in capitals too, and a few surnames */
        if (letters && stm_lexicon_given(ann->tokens[chunk->first].lower) == NULL) {
            chunk->score[PERSON] -= 6;
            chunk->score[ORGANIZATION] += 4;
            break;
        }
    }
    stemma_text start = ann->tokens[chunk->first].lower;
    if (start.size > 5 &&
        (memcmp(start.data, "pro-", 4) == 0 || memcmp(start.data, "anti-", 5) == 0)) {
        chunk->score[PERSON] -= 6;
    }
}

void stm_name_score_context(const struct stm_name_finder *finder, struct stm_name_chunk *chunk)
{
    score_dateline(finder->ann, chunk);
    score_bodies(finder->ann, chunk);
    score_state(finder, chunk);
    score_unlike_person(finder, chunk);
    if (stm_name_is_publisher(finder->ann, chunk->key)) {
        chunk->score[ORGANIZATION] += OWN_NAME;
    }
}
