/* SPDX-License-Identifier: MIT */
/* Short names that were taken for something else than what a longer name explains: "the EU" for a
   place beside "the European Union", "Zarnica" for a person beside "Centre Zarnica", "Verenskaia"
   for a place beside "Hanna Verenskaya". */
#include "pack/extract/referent.h"

#include "stemma/name.h"

#include <stdlib.h>
#include <xxhash.h>

#define LETTERS_MOST     10u
#define PERSONS_MOST     64u  /* whose surnames are compared with what they are spelled like */
#define SURNAME_ALIKE    850u /* stemma_name_token_similarity() */
#define COMPARISONS_MOST 20000u

enum { WORD_OF_ORGANIZATION = 1, INITIALS_OF_ORGANIZATION = 2, SURNAME = 3 };

struct hashes {
    uint64_t *items;
    size_t count;
};

static void add(struct hashes *hashes, stemma_text word, uint64_t kind)
{
    if (word.size != 0) {
        hashes->items[hashes->count++] = XXH64(word.data, word.size, kind);
    }
}

static int compare(const void *left, const void *right)
{
    uint64_t a = *(const uint64_t *)left;
    uint64_t b = *(const uint64_t *)right;
    return (a > b) - (a < b);
}

static int has(const struct hashes *hashes, stemma_text word, uint64_t kind)
{
    uint64_t hash = XXH64(word.data, word.size, kind);
    return hashes->count != 0 &&
           bsearch(&hash, hashes->items, hashes->count, sizeof hash, compare) != NULL;
}

static int is_telling(stemma_text word)
{
    return word.size >= 4 && !stm_lexicon_has(STM_LEXICON_ORG_HEAD, word) &&
           !stm_lexicon_has(STM_LEXICON_NOUN, word) &&
           stm_lexicon_closed_tag(word) == STM_TAG_OTHER && stm_lexicon_place(word) == NULL &&
           stm_lexicon_demonym(word) == NULL && stm_lexicon_given(word) == NULL;
}

/* The telling words and the initials of an organisation of several words. */
static void add_organization(const struct stm_annotation *ann, const struct stm_mention *m,
                             struct hashes *hashes)
{
    char letters[LETTERS_MOST];
    stemma_text initials = {letters, 0};
    for (uint32_t i = m->first; i < m->first + m->count && initials.size < LETTERS_MOST; i++) {
        stemma_text word = ann->tokens[i].lower;
        if (word.size != 0 && !stm_lexicon_has(STM_LEXICON_CONNECTOR, word) &&
            (ann->tokens[i].flags & STM_TOKEN_POSSESSIVE) == 0) {
            letters[initials.size++] = word.data[0];
        }
    }
    if (initials.size > 1) {
        add(hashes, initials, INITIALS_OF_ORGANIZATION);
    }
    stemma_text last = ann->tokens[m->first + m->count - 1].lower;
    if (is_telling(last)) {
        add(hashes, last, WORD_OF_ORGANIZATION);
    }
}

static int is_mistaken(const struct stm_ref_node *node, const struct hashes *hashes)
{
    if (node->words != 1 || node->type == STM_ENTITY_ORGANIZATION) {
        return 0;
    }
    if (node->type == STM_ENTITY_PERSON) {
        return has(hashes, node->key, WORD_OF_ORGANIZATION) && !has(hashes, node->key, SURNAME);
    }
    return node->acronym && stm_lexicon_place(node->key) == NULL &&
           has(hashes, node->key, INITIALS_OF_ORGANIZATION);
}

static void retype(struct stm_ref_builder *builder, struct stm_ref_node *node,
                   enum stm_entity_type type)
{
    node->type = (uint8_t)type;
    node->gender = STM_GENDER_UNKNOWN;
    for (uint32_t m = node->mention; m != STEMMA_NONE; m = builder->next_of[m]) {
        builder->ann->mentions[m].type = (uint8_t)type;
    }
}

/* Whether a name that no gazetteer knows is a surname of the document, in some spelling. */
static int is_surname(const struct stm_ref_builder *builder, const struct stm_ref_node *node,
                      const struct hashes *hashes, const uint32_t *persons, size_t person_count,
                      uint32_t *comparisons)
{
    if (node->words != 1 || node->acronym || node->key.size < 4 ||
        (node->type != STM_ENTITY_PLACE && node->type != STM_ENTITY_THING) ||
        stm_lexicon_place(node->key) != NULL || stm_lexicon_demonym(node->key) != NULL) {
        return 0;
    }
    if (has(hashes, node->key, SURNAME)) {
        return 1;
    }
    for (size_t i = 0; i < person_count && *comparisons < COMPARISONS_MOST; i++) {
        stemma_text surname = builder->nodes[persons[i]].surname;
        ++*comparisons;
        if (surname.size >= 5 && surname.data[0] == node->key.data[0] &&
            stemma_name_token_similarity(surname, node->key) >= SURNAME_ALIKE) {
            return 1;
        }
    }
    return 0;
}

stemma_status stm_refer_types(struct stm_ref_builder *builder)
{
    struct stm_annotation *ann = builder->ann;
    struct hashes hashes = {
        stm_arena_alloc(ann->arena, 2 * builder->node_count, sizeof *hashes.items), 0};
    if (hashes.items == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    uint32_t persons[PERSONS_MOST];
    size_t person_count = 0;
    for (size_t i = 0; i < builder->node_count; i++) {
        const struct stm_ref_node *node = &builder->nodes[i];
        if (node->type == STM_ENTITY_ORGANIZATION && node->words > 1) {
            add_organization(ann, &ann->mentions[node->mention], &hashes);
        } else if (node->type == STM_ENTITY_PERSON && node->words > 1) {
            add(&hashes, node->surname, SURNAME);
            if (person_count < PERSONS_MOST) {
                persons[person_count++] = (uint32_t)i;
            }
        }
    }
    if (hashes.count != 0) {
        qsort(hashes.items, hashes.count, sizeof *hashes.items, compare);
    }
    uint32_t comparisons = 0;
    for (size_t i = 0; i < builder->node_count; i++) {
        struct stm_ref_node *node = &builder->nodes[i];
        if (is_mistaken(node, &hashes)) {
            retype(builder, node, STM_ENTITY_ORGANIZATION);
        } else if (is_surname(builder, node, &hashes, persons, person_count, &comparisons)) {
            retype(builder, node, STM_ENTITY_PERSON);
            node->surname = node->key;
            node->gender = (uint8_t)stm_refer_surname_gender(node->key);
        }
    }
    return STEMMA_OK;
}
