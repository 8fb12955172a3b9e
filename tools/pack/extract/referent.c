/* SPDX-License-Identifier: MIT */
#include "pack/extract/referent.h"

#define KEY_SIZE 256u

static stemma_text node_key(const struct stm_annotation *ann, const struct stm_mention *mention,
                            char *buffer)
{
    uint32_t first = mention->first;
    uint32_t count = mention->count;
    if (count > 1 && stm_ann_is(ann, first, "the")) {
        first++;
        count--;
    }
    /* The first byte is for the type, so that one table serves all. */
    stemma_text joined = stm_name_join(ann, first, count, buffer + 1, KEY_SIZE - 1);
    buffer[0] = (char)('A' + mention->type);
    joined.data = buffer;
    joined.size++;
    return joined;
}

static void fill_person(const struct stm_annotation *ann, const struct stm_mention *mention,
                        struct stm_ref_node *node)
{
    uint32_t last = mention->head;
    node->surname = ann->tokens[last].lower;
    if (last > mention->first) {
        node->given = ann->tokens[mention->first].lower;
        const struct stm_given_entry *given = stm_lexicon_given(node->given);
        if (given != NULL) {
            node->gender = given->gender;
        }
    }
    if (node->gender == STM_GENDER_UNKNOWN && node->given.size != 0) {
        node->gender = (uint8_t)stm_refer_title_gender(ann, (uint32_t)(mention - ann->mentions));
    }
    if (node->gender == STM_GENDER_UNKNOWN) {
        node->gender = (uint8_t)stm_refer_surname_gender(node->surname);
    }
    /* "Zlatyana Horina": where both names end like that and no list knows the first, a woman. */
    if (node->gender == STM_GENDER_UNKNOWN && node->given.size > 5 && node->surname.size > 5 &&
        stm_lexicon_given(node->given) == NULL && node->given.data[node->given.size - 1] == 'a' &&
        (memcmp(node->surname.data + node->surname.size - 3, "ina", 3) == 0 ||
         memcmp(node->surname.data + node->surname.size - 3, "yna", 3) == 0)) {
        node->gender = STM_GENDER_FEMALE;
    }
}

static stemma_status add_node(struct stm_ref_builder *builder, uint32_t mention)
{
    struct stm_annotation *ann = builder->ann;
    const struct stm_mention *m = &ann->mentions[mention];
    char buffer[KEY_SIZE];
    stemma_text key = node_key(ann, m, buffer);
    struct stm_name_word *word = stm_name_words_find(&builder->keys, key);
    if (word != NULL) {
        uint32_t number = (uint32_t)(word - builder->keys.items);
        builder->node_of[mention] = number;
        builder->next_of[builder->nodes[number].last] = mention;
        builder->nodes[number].last = mention;
        return STEMMA_OK;
    }
    stemma_text kept = stm_arena_text(ann->arena, key);
    if (kept.data == NULL || stm_name_words_add(&builder->keys, kept) == NULL ||
        stm_arena_grow(ann->arena, &builder->nodes, builder->node_count, &builder->node_capacity,
                       sizeof *builder->nodes) != STEMMA_OK) {
        return STEMMA_E_NO_MEMORY;
    }
    struct stm_ref_node *node = &builder->nodes[builder->node_count];
    memset(node, 0, sizeof *node);
    node->key.data = kept.data + 1;
    node->key.size = kept.size - 1;
    node->mention = node->last = mention;
    node->words = m->count;
    node->type = m->type;
    node->acronym = m->count == 1 && (ann->tokens[m->first].flags & STM_TOKEN_ALL_CAPS) != 0;
    node->referent = STEMMA_NONE;
    if (m->type == STM_ENTITY_PERSON) {
        fill_person(ann, m, node);
    }
    builder->node_of[mention] = (uint32_t)builder->node_count++;
    return STEMMA_OK;
}

/* Written forms that are better to show: more words, then more letters; the first among equals. */
static int shows_better(const struct stm_annotation *ann, uint32_t candidate, uint32_t best)
{
    const struct stm_mention *a = &ann->mentions[candidate];
    const struct stm_mention *b = &ann->mentions[best];
    uint32_t a_words = a->count > 4 && a->type == STM_ENTITY_PERSON ? 1 : a->count;
    if (a_words != b->count) {
        return a_words > b->count;
    }
    uint32_t a_title = ann->tokens[a->first].flags & STM_TOKEN_IN_TITLE;
    uint32_t b_title = ann->tokens[b->first].flags & STM_TOKEN_IN_TITLE;
    stemma_span a_span = stm_ann_span(ann, a->first, a->count);
    stemma_span b_span = stm_ann_span(ann, b->first, b->count);
    if (a->count == 1 && a_span.end - a_span.start != b_span.end - b_span.start) {
        return a_span.end - a_span.start > b_span.end - b_span.start;
    }
    return a_title < b_title && a_span.end - a_span.start >= b_span.end - b_span.start;
}

static stemma_name_kind name_kind(const struct stm_annotation *ann, uint32_t mention)
{
    const struct stm_mention *m = &ann->mentions[mention];
    const struct stm_referent *r = &ann->referents[m->referent];
    uint32_t longest = ann->mentions[r->canonical].count;
    if (m->count == 1 && (ann->tokens[m->first].flags & STM_TOKEN_ALL_CAPS) != 0 &&
        m->type != STM_ENTITY_PERSON &&
        (m->type == STM_ENTITY_ORGANIZATION || ann->tokens[m->first].lower.size <= 5)) {
        return STEMMA_NAME_ACRONYM; /* but "YANGON" of a dateline is only loud */
    }
    return m->count == 1 && longest > 1 ? STEMMA_NAME_ALIAS : STEMMA_NAME_NAME;
}

/* Gives every name mention its referent, chooses the canonical ones and collects written forms. */
static stemma_status give_names(struct stm_ref_builder *builder)
{
    struct stm_annotation *ann = builder->ann;
    for (uint32_t i = 0; i < ann->mention_count; i++) {
        if (builder->node_of[i] == STEMMA_NONE) {
            continue;
        }
        struct stm_mention *m = &ann->mentions[i];
        const struct stm_ref_node *node = &builder->nodes[builder->node_of[i]];
        if (m->referent == STEMMA_NONE) {
            m->referent = node->referent;
        }
        struct stm_referent *r = &ann->referents[m->referent];
        m->gender = r->gender;
        if (r->canonical == STEMMA_NONE || shows_better(ann, i, r->canonical)) {
            r->canonical = i;
        }
    }
    /* The canonical form first, then the others in the order of the text. */
    for (uint32_t round = 0; round < 2; round++) {
        for (uint32_t i = 0; i < ann->mention_count; i++) {
            const struct stm_mention *m = &ann->mentions[i];
            if (builder->node_of[i] == STEMMA_NONE ||
                (round == 0 && ann->referents[m->referent].canonical != i)) {
                continue;
            }
            stemma_status status = stm_ann_add_name(
                ann, m->referent, stm_ann_words(ann, m->first, m->count), name_kind(ann, i));
            if (status != STEMMA_OK) {
                return status;
            }
        }
    }
    return STEMMA_OK;
}

/* A referent whose every mention went to others (a surname that titles told apart) is dropped. */
static void drop_empty(struct stm_annotation *ann, uint32_t *number_of)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < ann->referent_count; i++) {
        number_of[i] = STEMMA_NONE;
        if (ann->referents[i].canonical != STEMMA_NONE) {
            number_of[i] = kept;
            ann->referents[kept++] = ann->referents[i];
        }
    }
    ann->referent_count = kept;
    for (uint32_t i = 0; i < ann->mention_count; i++) {
        if (ann->mentions[i].referent != STEMMA_NONE) {
            ann->mentions[i].referent = number_of[ann->mentions[i].referent];
        }
    }
}

stemma_status stm_extract_referents(struct stm_annotation *ann)
{
    struct stm_ref_builder builder;
    memset(&builder, 0, sizeof builder);
    builder.ann = ann;
    builder.keys.arena = ann->arena;
    builder.node_of = stm_arena_alloc(ann->arena, ann->mention_count, sizeof *builder.node_of);
    builder.next_of = stm_arena_alloc(ann->arena, ann->mention_count, sizeof *builder.next_of);
    if (builder.node_of == NULL || builder.next_of == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 0; i < ann->mention_count && status == STEMMA_OK; i++) {
        builder.node_of[i] = STEMMA_NONE;
        builder.next_of[i] = STEMMA_NONE;
        if (ann->mentions[i].kind == STEMMA_MENTION_NAME) {
            status = add_node(&builder, i);
        }
    }
    if (status == STEMMA_OK) {
        status = stm_refer_types(&builder);
    }
    if (status == STEMMA_OK) {
        status = stm_refer_persons(&builder);
    }
    if (status == STEMMA_OK) {
        status = stm_refer_others(&builder);
    }
    if (status == STEMMA_OK) {
        status = give_names(&builder);
    }
    if (status != STEMMA_OK) {
        return status;
    }
    uint32_t *number_of = stm_arena_alloc(ann->arena, ann->referent_count, sizeof *number_of);
    if (number_of == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    drop_empty(ann, number_of);
    return stm_refer_anaphors(ann);
}
