/* SPDX-License-Identifier: MIT */
/* What newspapers do around names: datelines, credits, their own name, acronyms in brackets. */
#include "pack/extract/name.h"

static int is_dash(const struct stm_annotation *ann, uint32_t i)
{
    return stm_ann_is(ann, i, "-") || stm_ann_is(ann, i, "\xe2\x80\x93") ||
           stm_ann_is(ann, i, "\xe2\x80\x94") || stm_ann_is(ann, i, "--");
}

static void settle(struct stm_name_chunk *chunk, enum stm_entity_type type)
{
    chunk->type = (uint8_t)type;
    chunk->settled = 1;
}

/* "(Longwire)" alone on its line, at the end of a headline, or before the dash of a dateline. */
static int is_credit(const struct stm_annotation *ann, const struct stm_name_chunk *chunk)
{
    uint32_t first = chunk->first;
    uint32_t after = first + chunk->count;
    uint32_t sentence = ann->tokens[first].sentence;
    uint32_t start = ann->sentences[sentence].first;
    if (first == start || !stm_ann_is(ann, first - 1, "(") || !stm_ann_is(ann, after, ")")) {
        return 0;
    }
    int last = after + 1 >= ann->token_count || ann->tokens[after + 1].sentence != sentence;
    return (last && (first - 1 == start || ann->sentences[sentence].is_title)) ||
           (first - start <= 8 && is_dash(ann, after + 1));
}

/* Towns in capitals before a dash: "VESSIN, Verania, March 3 (Signal) -"; "Vessin - The search" */
static int is_dateline(const struct stm_annotation *ann, const struct stm_name_chunk *chunk)
{
    uint32_t first = chunk->first;
    uint32_t after = first + chunk->count;
    uint32_t sentence = ann->tokens[first].sentence;
    uint32_t start = ann->sentences[sentence].first;
    uint32_t end = stm_ann_sentence_end(ann, sentence);
    if (first - start > 8) {
        return 0;
    }
    if (first == start && chunk->count <= 2 && sentence < 6 && is_dash(ann, after) &&
        after + 1 < end && (ann->tokens[after].flags & STM_TOKEN_SPACE_BEFORE) != 0 &&
        (ann->tokens[after + 1].flags & STM_TOKEN_CAPITALISED) != 0) {
        return 1;
    }
    uint32_t dash = after;
    while (dash < end && dash - start < 14 && !is_dash(ann, dash)) {
        uint8_t tag = ann->tokens[dash].tag;
        if (tag == STM_TAG_PAST || tag == STM_TAG_VERB_S || tag == STM_TAG_BE ||
            tag == STM_TAG_MODAL) {
            return 0;
        }
        dash++;
    }
    return dash < end && is_dash(ann, dash) &&
           (ann->tokens[start].flags & STM_TOKEN_ALL_CAPS) != 0 &&
           ann->tokens[start].lower.size > 2 &&
           (first == start || stm_ann_is(ann, first - 1, ",")) &&
           (stm_ann_is(ann, after, ",") || dash == after || stm_ann_is(ann, after, "("));
}

static stemma_text without_article(stemma_text text)
{
    if (text.size > 4 && memcmp(text.data, "the ", 4) == 0) {
        text.data += 4;
        text.size -= 4;
    }
    return text;
}

/* Whether `key` is the name of a publisher. */
static int is_own_name(stemma_text name, stemma_text key)
{
    char buffer[96];
    if (name.size == 0 || name.size > sizeof buffer || key.size < 3) {
        return 0;
    }
    for (size_t i = 0; i < name.size; i++) {
        char c = name.data[i];
        buffer[i] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    }
    stemma_text lower = {buffer, name.size};
    return stemma_text_equal(without_article(lower), without_article(key));
}

/* "Movement for Clean Rivers (MCR)": the first letters of the capitalised words before. */
static int is_acronym_of(const struct stm_annotation *ann, const struct stm_name_chunk *chunk,
                         const struct stm_name_chunk *full)
{
    const struct stm_token *token = &ann->tokens[chunk->first];
    if (chunk->count != 1 || (token->flags & STM_TOKEN_ALL_CAPS) == 0 || full->count < 2 ||
        full->first + full->count + 1 != chunk->first ||
        !stm_ann_is(ann, chunk->first - 1, "(")) {
        return 0;
    }
    size_t at = 0;
    for (uint32_t i = full->first; i < full->first + full->count; i++) {
        if ((ann->tokens[i].flags & STM_TOKEN_CAPITALISED) != 0 && at < token->lower.size &&
            ann->tokens[i].lower.data[0] == token->lower.data[at]) {
            at++;
        }
    }
    return at + 1 >= token->lower.size && at > 1;
}

void stm_name_settle_furniture(struct stm_name_finder *finder, size_t number)
{
    const struct stm_annotation *ann = finder->ann;
    struct stm_name_chunk *chunk = &finder->chunks[number];
    if (chunk->type == STM_ENTITY_GROUP) {
        return;
    }
    if (ann->document != NULL && (is_own_name(ann->document->publisher, chunk->key) ||
                                  is_own_name(ann->document->agency, chunk->key))) {
        settle(chunk, STM_ENTITY_ORGANIZATION);
    } else if (is_credit(ann, chunk)) {
        settle(chunk, STM_ENTITY_ORGANIZATION);
    } else if (is_dateline(ann, chunk)) {
        settle(chunk, STM_ENTITY_PLACE);
    } else if (number != 0 && is_acronym_of(ann, chunk, chunk - 1)) {
        chunk->type = chunk[-1].type;
    }
}
