/* SPDX-License-Identifier: MIT */
/* From labels to mentions. */
#include "pack/extract/name.h"

#include "pack/model/sequence.h"

#define KEY_SIZE 256u /* bytes of a joined name */

static const uint8_t type_of_class[STM_NAME_CLASSES] = {[STM_NAME_PERSON] = STM_ENTITY_PERSON,
                                                        [STM_NAME_ORGANIZATION] =
                                                            STM_ENTITY_ORGANIZATION,
                                                        [STM_NAME_PLACE] = STM_ENTITY_PLACE,
                                                        [STM_NAME_NORP] = STM_ENTITY_GROUP};

static int has(const struct stm_name_finder *finder, enum stm_lexicon_list list, uint32_t i)
{
    return stm_lexicon_has(list, finder->ann->tokens[i].lower);
}

stemma_status stm_name_add(struct stm_name_finder *finder, uint32_t first, uint32_t end,
                           enum stm_entity_type type)
{
    if (first >= end) {
        return STEMMA_OK;
    }
    struct stm_arena *arena = finder->ann->arena;
    if (stm_arena_grow(arena, &finder->chunks, finder->chunk_count, &finder->chunk_capacity,
                       sizeof *finder->chunks) != STEMMA_OK) {
        return STEMMA_E_NO_MEMORY;
    }
    struct stm_name_chunk *chunk = &finder->chunks[finder->chunk_count];
    memset(chunk, 0, sizeof *chunk);
    chunk->first = first;
    chunk->count = end - first;
    chunk->type = (uint8_t)type;
    for (uint32_t i = first; i < end && finder->scores != NULL; i++) {
        const int32_t *scores = finder->scores + (size_t)i * STM_SEQUENCE_LABELS;
        for (unsigned k = 0; k < STM_NAME_NORP; k++) {
            chunk->score[type_of_class[k]] +=
                scores[i == first ? stm_label_begin(k) : stm_label_inside(k)] /
                (int32_t)(end - first);
        }
    }
    char buffer[KEY_SIZE];
    stemma_text key = stm_name_join(finder->ann, first, end - first, buffer, sizeof buffer);
    if (key.size == 0) {
        return STEMMA_OK; /* too long for a name */
    }
    chunk->key = stm_arena_text(arena, key);
    if (chunk->key.data == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    finder->chunk_count++;
    return STEMMA_OK;
}

/* "Exiled Orlova": a word that has its capital from the sentence that it begins. */
static int is_opening(const struct stm_annotation *ann, uint32_t i)
{
    const struct stm_token *token = &ann->tokens[i];
    if ((token->flags & STM_TOKEN_SENTENCE_START) == 0) {
        return 0;
    }
    stemma_text stem = token->lower;
    if (stem.size > 4 && memcmp(stem.data + stem.size - 2, "ed", 2) == 0) {
        stem.size--; /* "exile(d)", then "arrest(ed)" */
        stemma_text shorter = {stem.data, stem.size - 1};
        return stm_lexicon_has(STM_LEXICON_VERB, stem) ||
               stm_lexicon_has(STM_LEXICON_VERB, shorter);
    }
    return token->pos != STM_POS_NNP && token->pos != STM_POS_NNPS &&
           stm_lexicon_has(STM_LEXICON_NOUN, token->lemma);
}

/* "16:42 Mayor Hanna Mire": no person's name begins with a number. */
static int begins_with_number(const struct stm_annotation *ann, enum stm_entity_type type, uint32_t first)
{
    return type == STM_ENTITY_PERSON && (ann->tokens[first].flags & STM_TOKEN_DIGIT) != 0 &&
           (ann->tokens[first].flags & STM_TOKEN_CAPITALISED) == 0;
}

/* "Q." and "A." that open the turns of an interview are nobody. */
static int is_letter_of_turn(const struct stm_annotation *ann, uint32_t first, uint32_t end)
{
    return end == first + 1 && first == ann->sentences[ann->tokens[first].sentence].first &&
           (stm_ann_is(ann, first, "q.") || stm_ann_is(ann, first, "a.") ||
            ((stm_ann_is(ann, first, "q") || stm_ann_is(ann, first, "a")) && stm_ann_is(ann, end, ":")));
}

/* Titles and articles stand outside of names, possessive marks too. */
static void trim(const struct stm_name_finder *finder, enum stm_entity_type type, uint32_t *first,
                 uint32_t *end)
{
    const struct stm_annotation *ann = finder->ann;
    while (*end > *first &&
           (ann->tokens[*end - 1].flags & (STM_TOKEN_POSSESSIVE | STM_TOKEN_CONTRACTED)) != 0) {
        (*end)--;
    }
    /* "the Vadul bridge": what a name is called with small letters is none of it. */
    while (*end > *first + 1 && (ann->tokens[*first].flags & STM_TOKEN_CAPITALISED) != 0 &&
           (ann->tokens[*end - 1].flags & (STM_TOKEN_CAPITALISED | STM_TOKEN_DIGIT)) == 0 &&
           !stm_lexicon_has(STM_LEXICON_HONORIFIC_AFTER, ann->tokens[*end - 1].lower) &&
           memchr(ann->tokens[*end - 1].lower.data, '-', ann->tokens[*end - 1].lower.size) ==
               NULL) {
        (*end)--;
    }
    while (*end > *first + 1 && stm_ann_is(ann, *end - 1, "-")) {
        (*end)--; /* "a Vienna-based lawyer" */
    }
    while (
        *first + 1 < *end &&
        (begins_with_number(ann, type, *first) ||
         ((ann->tokens[*first].flags & STM_TOKEN_CAPITALISED) == 0 &&
          has(finder, STM_LEXICON_DIRECTION, *first)) ||
         (stm_ann_is(ann, *first, "the") &&
          (type != STM_ENTITY_PLACE || (ann->tokens[*first].flags & STM_TOKEN_CAPITALISED) == 0)) ||
         (type == STM_ENTITY_PERSON && !has(finder, STM_LEXICON_GIVEN, *first) &&
          (has(finder, STM_LEXICON_TITLE, *first) || is_opening(ann, *first))))) {
        (*first)++;
    }
}

/* "Karl Voss of Lund": no person's name goes on after a small word that is not its own. */
static uint32_t person_end(const struct stm_name_finder *finder, uint32_t first, uint32_t end)
{
    for (uint32_t i = first + 1; i < end; i++) {
        if ((stm_ann_is(finder->ann, i, "of") || stm_ann_is(finder->ann, i, "for") ||
             stm_ann_is(finder->ann, i, "in") || stm_ann_is(finder->ann, i, ",")) &&
            !has(finder, STM_LEXICON_HONORIFIC_AFTER, i + 1)) {
            return i;
        }
    }
    return end;
}

/* "of Lund" after a person: a body or a place, whatever the model thinks more likely. */
static void relabel_rest(struct stm_name_finder *finder, uint32_t first, uint32_t end)
{
    if (first >= end) {
        return;
    }
    finder->labels[first] = 0;
    uint32_t start = first + 1;
    unsigned name_class = STM_NAME_PLACE;
    if (start < end && finder->scores != NULL) {
        const int32_t *scores = finder->scores + (size_t)start * STM_SEQUENCE_LABELS;
        if (scores[stm_label_begin(STM_NAME_ORGANIZATION)] >
            scores[stm_label_begin(STM_NAME_PLACE)]) {
            name_class = STM_NAME_ORGANIZATION;
        }
    }
    int capital = start < end && (finder->ann->tokens[start].flags & STM_TOKEN_CAPITALISED) != 0;
    for (uint32_t i = start; i < end; i++) {
        finder->labels[i] = !capital     ? 0
                            : i == start ? stm_label_begin(name_class)
                                         : stm_label_inside(name_class);
    }
}

/* "Velavia and state news agency Vesta": from the "and" on, the words up to the next capital are no
   part of either name. In "Ministry of Trade and industry" they are. Where the next one begins; or
   `end`. */
static uint32_t next_body(const struct stm_name_finder *finder, uint32_t and, uint32_t end)
{
    const struct stm_annotation *ann = finder->ann;
    uint32_t next = and+1;
    while (next < end && (ann->tokens[next].flags & STM_TOKEN_CAPITALISED) == 0) {
        next++;
    }
    return next == and+1 ? end : next;
}

/* "the Union and the Front": where one body ends and the next begins with its article. */
static uint32_t body_end(const struct stm_name_finder *finder, uint32_t first, uint32_t end)
{
    for (uint32_t i = first + 1; i + 2 < end; i++) {
        if (has(finder, STM_LEXICON_CONNECTOR, i) && !stm_ann_is(finder->ann, i, "and")) {
            break; /* what it is for may be two things */
        }
        if (stm_ann_is(finder->ann, i, "and") && next_body(finder, i, end) < end) {
            uint32_t next = next_body(finder, i, end);
            memset(finder->labels + i, 0, (next - i) * sizeof finder->labels[0]);
            finder->labels[next] = stm_label_begin(STM_NAME_ORGANIZATION);
            return i;
        }
    }
    for (uint32_t i = first + 1; i + 2 < end; i++) {
        if (stm_ann_is(finder->ann, i, "and") && stm_ann_is(finder->ann, i + 1, "the")) {
            finder->labels[i] = finder->labels[i + 1] = 0;
            finder->labels[i + 2] = stm_label_begin(STM_NAME_ORGANIZATION);
            return i;
        }
    }
    return end;
}

/* "Ministry of Fisheries and Forests": what a body is for may be two things. */
static uint32_t purpose_end(const struct stm_name_finder *finder, uint32_t first, uint32_t end)
{
    const struct stm_annotation *ann = finder->ann;
    int of = 0;
    for (uint32_t i = first; i < end; i++) {
        of |= stm_ann_is(ann, i, "of") || stm_ann_is(ann, i, "for") || stm_ann_is(ann, i, "on");
    }
    uint32_t next = end + 1;
    if (!of || !has(finder, STM_LEXICON_ORG_FIRST, first) || next >= ann->token_count ||
        !stm_ann_is(ann, end, "and") || ann->tokens[next].sentence != ann->tokens[first].sentence ||
        finder->labels[next] != 0 || stm_lexicon_place(ann->tokens[end - 1].lower) != NULL ||
        stm_lexicon_place(ann->tokens[next].lower) != NULL ||
        has(finder, STM_LEXICON_ORG_FIRST, next)) {
        return end;
    }
    uint32_t last = next;
    while (last < ann->token_count && last - next < 4 && finder->labels[last] == 0 &&
           (ann->tokens[last].flags & STM_TOKEN_CAPITALISED) != 0 &&
           ann->tokens[last].sentence == ann->tokens[first].sentence) {
        last++;
    }
    return last > next ? last : end;
}

/* A group is who is called so: "Poles". The adjective alone names nobody. */
static int is_people(const struct stm_annotation *ann, uint32_t first, uint32_t end)
{
    char buffer[KEY_SIZE];
    const struct stm_demonym_entry *demonym =
        stm_lexicon_demonym(stm_name_join(ann, first, end - first, buffer, sizeof buffer));
    return demonym != NULL ? demonym->plural : 0;
}

/* "(LAUGHTER)", "HOST:": a word of the dictionary that alone of those around it is in capitals names nobody. */
static int is_shouted(const struct stm_name_finder *finder, uint32_t first, uint32_t end)
{
    const struct stm_annotation *ann = finder->ann;
    const struct stm_token *token = &ann->tokens[first];
    if (end == first + 1 && first > 0 && stm_ann_is(ann, first - 1, "(") &&
        (token->flags & STM_TOKEN_ALL_CAPS) != 0 &&
        first - 1 == ann->sentences[token->sentence].first &&
        end + 1 == stm_ann_sentence_end(ann, token->sentence)) {
        return 1; /* "(LAUGHTER)", alone in its line */
    }
    if (end != first + 1 || (token->flags & STM_TOKEN_ALL_CAPS) == 0 || token->lower.size < 4 ||
        !(has(finder, STM_LEXICON_NOUN, first) || has(finder, STM_LEXICON_ROLE, first) ||
          has(finder, STM_LEXICON_VERB, first))) {
        return 0;
    }
    for (uint32_t i = first > 4 ? first - 4 : 0; i < end + 4 && i < ann->token_count; i++) {
        if (i != first && (ann->tokens[i].flags & STM_TOKEN_ALL_CAPS) != 0 &&
            ann->tokens[i].lower.size > 1) {
            return 0;
        }
    }
    return 1;
}

/* "4 Mill Lane": a house in a street. */
static int is_address(const struct stm_annotation *ann, uint32_t first, uint32_t end)
{
    static const char *const streets[] = {"street", "road",  "lane",   "avenue", "square",
                                          "drive",  "close", "terrace", "row",   "gardens"};
    if (first == 0 || end < first + 2 || (ann->tokens[first - 1].flags & STM_TOKEN_DIGIT) == 0) {
        return 0;
    }
    for (size_t i = 0; i < sizeof streets / sizeof *streets; i++) {
        if (stm_ann_is(ann, end - 1, streets[i])) {
            return 1;
        }
    }
    return 0;
}

static stemma_status cut_chunks(struct stm_name_finder *finder)
{
    const struct stm_annotation *ann = finder->ann;
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 0; i < ann->token_count && status == STEMMA_OK;) {
        if (finder->labels[i] == 0) {
            i++;
            continue;
        }
        uint32_t end = i + 1;
        while (end < ann->token_count && stm_label_is_inside(finder->labels[end]) &&
               ann->tokens[end].sentence == ann->tokens[i].sentence) {
            end++;
        }
        enum stm_entity_type type =
            (enum stm_entity_type)type_of_class[stm_label_class(finder->labels[i])];
        uint32_t first = i;
        uint32_t last = end;
        if (type == STM_ENTITY_PERSON) {
            last = person_end(finder, first, last);
            relabel_rest(finder, last, end);
            end = last;
        }
        if (type == STM_ENTITY_ORGANIZATION) {
            end = last = purpose_end(finder, first, body_end(finder, first, last));
        }
        trim(finder, type, &first, &last);
        if (type == STM_ENTITY_PERSON && is_address(ann, first, last)) {
            type = STM_ENTITY_PLACE;
            finder->settled[i] = 1;
        }
        if ((type != STM_ENTITY_GROUP || is_people(ann, first, last)) &&
            !is_shouted(finder, first, last) && !is_letter_of_turn(ann, first, last)) {
            size_t before = finder->chunk_count;
            status = stm_name_add(finder, first, last, type);
            if (finder->chunk_count > before) {
                finder->chunks[before].settled = finder->settled[i];
            }
        }
        i = end;
    }
    return status;
}

static uint32_t head_of(const struct stm_annotation *ann, const struct stm_name_chunk *chunk)
{
    uint32_t last = chunk->first + chunk->count - 1;
    if (chunk->type == STM_ENTITY_PERSON) {
        while (last > chunk->first &&
               stm_lexicon_has(STM_LEXICON_HONORIFIC_AFTER, ann->tokens[last].lower)) {
            last--;
        }
        return last;
    }
    for (uint32_t i = chunk->first + 1; i < last; i++) {
        if (ann->tokens[i].tag == STM_TAG_PREPOSITION || stm_ann_is(ann, i, "to")) {
            return i - 1;
        }
    }
    return last;
}

static stemma_status add_mentions(struct stm_name_finder *finder)
{
    struct stm_annotation *ann = finder->ann;
    for (size_t i = 0; i < finder->chunk_count; i++) {
        struct stm_name_chunk *chunk = &finder->chunks[i];
        if (chunk->type == STM_ENTITY_NONE) {
            continue;
        }
        uint32_t mention;
        stemma_status status = stm_ann_add_mention(
            ann, STEMMA_MENTION_NAME, (enum stm_entity_type)chunk->type, chunk->first, chunk->count,
            head_of(ann, chunk), STEMMA_NONE, &mention);
        if (status != STEMMA_OK) {
            return status;
        }
        ann->mentions[mention].plural = chunk->type == STM_ENTITY_GROUP;
        for (uint32_t k = chunk->first; k < chunk->first + chunk->count; k++) {
            ann->tokens[k].tag = STM_TAG_PROPN;
            ann->tokens[k].lemma = ann->tokens[k].lower;
        }
    }
    return STEMMA_OK;
}

stemma_status stm_extract_names(struct stm_annotation *ann)
{
    struct stm_name_finder finder;
    memset(&finder, 0, sizeof finder);
    finder.ann = ann;
    finder.keys.arena = ann->arena;
    stemma_status status = stm_name_label(&finder);
    if (status == STEMMA_OK) {
        stm_name_label_furniture(&finder);
        stm_name_label_framed(&finder);
        status = cut_chunks(&finder);
    }
    if (status == STEMMA_OK) {
        status = stm_name_settle(&finder);
    }
    return status == STEMMA_OK ? add_mentions(&finder) : status;
}
