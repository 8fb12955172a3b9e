/* SPDX-License-Identifier: MIT */
/* Organisations, places, groups and things: exact names, the names that a gazetteer holds for one
   country, acronyms and what they stand for, and the last word of a longer name. */
#include "pack/extract/referent.h"

#define LONGEST_ACRONYM 10u

struct others {
    struct stm_ref_builder *builder;
    struct stm_name_words index; /* type letter and a way to name it; `names`: referent + 1 */
};

static int is_small(stemma_text word)
{
    return stm_lexicon_has(STM_LEXICON_CONNECTOR, word) ||
           stemma_text_equal(word, stemma_text_of("and"));
}

/* The key of a lookup: a letter for the class of names, a colon, the name. */
static stemma_text tagged(struct stm_arena *arena, char letter, stemma_text key)
{
    stemma_text result = {NULL, 0};
    char *data = stm_arena_alloc(arena, key.size + 2, 1);
    if (data != NULL) {
        data[0] = letter;
        data[1] = ':';
        memcpy(data + 2, key.data, key.size);
        result.data = data;
        result.size = key.size + 2;
    }
    return result;
}

static stemma_status enter(struct others *others, char letter, stemma_text key, uint32_t referent)
{
    if (key.size == 0) {
        return STEMMA_OK;
    }
    stemma_text name = tagged(others->builder->ann->arena, letter, key);
    struct stm_name_word *word =
        name.data == NULL ? NULL : stm_name_words_add(&others->index, name);
    if (word == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    if (word->names != 0 && word->names != referent + 1) {
        word->surname = 1; /* two things go by it: it tells neither */
    } else {
        word->names = referent + 1;
    }
    return STEMMA_OK;
}

static uint32_t look_up(const struct others *others, char letter, stemma_text key)
{
    char buffer[258];
    if (key.size == 0 || key.size > sizeof buffer - 2) {
        return STEMMA_NONE;
    }
    buffer[0] = letter;
    buffer[1] = ':';
    memcpy(buffer + 2, key.data, key.size);
    stemma_text name = {buffer, key.size + 2};
    const struct stm_name_word *word = stm_name_words_find(&others->index, name);
    return word == NULL || word->surname ? STEMMA_NONE : word->names - 1;
}

/* First letters of the words, small words left out or kept. */
static stemma_text initials(const struct stm_annotation *ann, uint32_t mention, int keep_small,
                            char *buffer)
{
    const struct stm_mention *m = &ann->mentions[mention];
    stemma_text result = {buffer, 0};
    for (uint32_t i = m->first; i < m->first + m->count && result.size < LONGEST_ACRONYM; i++) {
        stemma_text word = ann->tokens[i].lower;
        if (word.size == 0 || (ann->tokens[i].flags & STM_TOKEN_POSSESSIVE) != 0 ||
            (!keep_small && is_small(word))) {
            continue;
        }
        buffer[result.size++] = word.data[0];
        const char *hyphen = memchr(word.data, '-', word.size);
        if (hyphen != NULL && hyphen + 1 < word.data + word.size && result.size < LONGEST_ACRONYM) {
            buffer[result.size++] = hyphen[1];
        }
    }
    return result;
}

/* Letters of an acronym, dots off. */
static stemma_text letters(stemma_text key, char *buffer, size_t size)
{
    stemma_text result = {buffer, 0};
    for (size_t i = 0; i < key.size && result.size < size; i++) {
        if (key.data[i] != '.') {
            buffer[result.size++] = key.data[i];
        }
    }
    return result;
}

static stemma_status enter_long(struct others *others, const struct stm_ref_node *node)
{
    const struct stm_annotation *ann = others->builder->ann;
    char buffer[LONGEST_ACRONYM];
    stemma_status status = STEMMA_OK;
    for (int keep = 0; keep < 2 && status == STEMMA_OK; keep++) {
        stemma_text acronym = initials(ann, node->mention, keep, buffer);
        if (acronym.size >= 2) {
            status = enter(others, 'a', acronym, node->referent);
        }
    }
    /* "the Front" of "the Eastern Front": what it is, where there is only one of the kind. */
    const struct stm_mention *whole = &ann->mentions[node->mention];
    stemma_text head = ann->tokens[whole->first + whole->count - 1].lower;
    if (status == STEMMA_OK && stm_lexicon_has(STM_LEXICON_ORG_HEAD, head)) {
        status = enter(others, 'w', head, node->referent);
    }
    /* The word that tells it from others of its kind: "Viola" of "Human Rights Centre Viola". */
    const struct stm_mention *m = &ann->mentions[node->mention];
    for (uint32_t end = 0; end < 2 && status == STEMMA_OK; end++) {
        stemma_text word = ann->tokens[end == 0 ? m->first : m->first + m->count - 1].lower;
        if (word.size < 4 || stm_lexicon_has(STM_LEXICON_ORG_HEAD, word) ||
            stm_lexicon_has(STM_LEXICON_NOUN, word) ||
            stm_lexicon_closed_tag(word) != STM_TAG_OTHER || stm_lexicon_place(word) != NULL ||
            stm_lexicon_demonym(word) != NULL || stm_lexicon_has(STM_LEXICON_ORG_FIRST, word) ||
            stm_lexicon_has(STM_LEXICON_ORG_KNOWN, word)) {
            continue;
        }
        status = enter(others, 'w', word, node->referent);
    }
    return status;
}

static stemma_text place_key(stemma_text key)
{
    const struct stm_place_entry *place = stm_lexicon_place(key);
    return place == NULL ? key : stemma_text_of(place->canonical);
}

/* "Union of Free Miners (UFM)" */
static uint32_t in_brackets(const struct stm_ref_builder *builder, const struct stm_ref_node *node)
{
    const struct stm_annotation *ann = builder->ann;
    const struct stm_mention *m = &ann->mentions[node->mention];
    if (m->first < 2 || !stm_ann_is(ann, m->first - 1, "(") ||
        !stm_ann_is(ann, m->first + m->count, ")")) {
        return STEMMA_NONE;
    }
    uint32_t before = ann->tokens[m->first - 2].mention;
    if (before == STEMMA_NONE || builder->node_of[before] == STEMMA_NONE) {
        return STEMMA_NONE;
    }
    const struct stm_ref_node *full = &builder->nodes[builder->node_of[before]];
    return full->type == STM_ENTITY_ORGANIZATION && full->words > 1 && full->key.size != 0 &&
                   full->key.data[0] == node->key.data[0]
               ? full->referent
               : STEMMA_NONE;
}

static char letter_of(uint8_t type)
{
    return (char)('A' + type);
}

static stemma_status settle(struct others *others, struct stm_ref_node *node)
{
    struct stm_annotation *ann = others->builder->ann;
    stemma_text key = node->type == STM_ENTITY_PLACE ? place_key(node->key) : node->key;
    uint32_t referent = look_up(others, letter_of(node->type), key);
    if (referent == STEMMA_NONE && node->type == STM_ENTITY_ORGANIZATION && node->words == 1) {
        char buffer[LONGEST_ACRONYM];
        if (node->acronym) {
            referent = in_brackets(others->builder, node);
        }
        if (referent == STEMMA_NONE && node->acronym) {
            referent = look_up(others, 'a', letters(node->key, buffer, sizeof buffer));
        }
        if (referent == STEMMA_NONE) {
            referent = look_up(others, 'w', node->key);
        }
    }
    stemma_status status = STEMMA_OK;
    if (referent == STEMMA_NONE) {
        status = stm_ann_add_referent(ann, (enum stm_entity_type)node->type, NULL, &referent);
        if (status != STEMMA_OK) {
            return status;
        }
        ann->referents[referent].plural = node->type == STM_ENTITY_GROUP;
    }
    node->referent = referent;
    status = enter(others, letter_of(node->type), key, referent);
    if (status == STEMMA_OK && node->type == STM_ENTITY_ORGANIZATION && node->words > 1) {
        status = enter_long(others, node);
    }
    return status;
}

stemma_status stm_refer_others(struct stm_ref_builder *builder)
{
    struct others others;
    memset(&others, 0, sizeof others);
    others.builder = builder;
    others.index.arena = builder->ann->arena;
    stemma_status status = STEMMA_OK;
    /* Names of several words first: what is short is short for them. */
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < builder->node_count && status == STEMMA_OK; i++) {
            struct stm_ref_node *node = &builder->nodes[i];
            if (node->type != STM_ENTITY_PERSON && (node->words == 1) == round) {
                status = settle(&others, node);
            }
        }
    }
    return status;
}
