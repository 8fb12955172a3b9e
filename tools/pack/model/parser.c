/* SPDX-License-Identifier: MIT */
#include "pack/model/parser.h"

#include "pack/model/model_rows.h"

#include <string.h>

#define HEADER_SIZE 8u /* version, zero */

int stm_parser_read(struct stm_parser *parser, stemma_bytes section)
{
    if (section.size < HEADER_SIZE || stm_load_le32(section.data) != STM_PARSER_VERSION) {
        return 0;
    }
    parser->label_rows = NULL;
    section.data += HEADER_SIZE;
    section.size -= HEADER_SIZE;
    return stm_action_table_open(&parser->actions, &section) &&
           stm_feature_table_open(&parser->labels, &section);
}

int stm_parser_check(stemma_bytes section)
{
    struct stm_parser parser;
    return stm_parser_read(&parser, section);
}

int stm_parser_open(struct stm_parser *parser, const struct stm_model *model)
{
    stemma_bytes section = {NULL, 0};
    section.data = stm_model_section(model, "parser", &section.size);
    if (section.data == NULL || !stm_parser_read(parser, section)) {
        return 0;
    }
    const struct stm_action_table *actions = stm_model_rows_of_actions(model);
    parser->label_rows = stm_model_rows_of_labels(model);
    parser->actions = actions != NULL ? *actions : parser->actions;
    return 1;
}

void stm_parse_begin(struct stm_parse *parse, const struct stm_word *words, const uint8_t *tags,
                     uint32_t count)
{
    parse->words = words;
    parse->tags = tags;
    parse->count = count;
    parse->next = 0;
    parse->depth = 0;
    for (uint32_t i = 0; i <= count; i++) {
        parse->head[i] = STM_PARSE_NONE;
        parse->left[i][0] = parse->left[i][1] = STM_PARSE_NONE;
        parse->right[i][0] = parse->right[i][1] = STM_PARSE_NONE;
        parse->left_count[i] = parse->right_count[i] = 0;
    }
}

uint32_t stm_parse_possible(const struct stm_parse *parse)
{
    return (uint32_t)(parse->next < parse->count) << STM_ACTION_SHIFT |
           (uint32_t)(parse->depth >= 1) << STM_ACTION_LEFT |
           (uint32_t)(parse->depth >= 2) << STM_ACTION_RIGHT;
}

void stm_parse_act(struct stm_parse *parse, enum stm_action action)
{
    if (action == STM_ACTION_SHIFT) {
        parse->stack[parse->depth++] = (uint16_t)parse->next++;
        return;
    }
    uint16_t top = parse->stack[--parse->depth];
    if (action == STM_ACTION_LEFT) {
        uint16_t head = (uint16_t)parse->next;
        parse->head[top] = head;
        parse->left[head][1] = parse->left[head][0]; /* each new one stands further out */
        parse->left[head][0] = top;
        parse->left_count[head] = (uint8_t)(parse->left_count[head] + (parse->left_count[head] < 7));
    } else {
        uint16_t head = parse->stack[parse->depth - 1];
        parse->head[top] = head;
        parse->right[head][1] = parse->right[head][0];
        parse->right[head][0] = top;
        parse->right_count[head] = (uint8_t)(parse->right_count[head] + (parse->right_count[head] < 7));
    }
}

/* Links dependents of each head in the order of the text. */
static void list_dependents(struct stm_parse *parse)
{
    memset(parse->child, 0xFF, (parse->count + 1) * sizeof parse->child[0]);
    for (uint32_t i = parse->count; i-- > 0;) {
        uint32_t head = parse->head[i];
        parse->sibling[i] = parse->child[head];
        parse->child[head] = (uint16_t)i;
    }
}

void stm_parse_finish(struct stm_parse *parse)
{
    uint32_t root = parse->count;
    for (uint32_t i = 0; i < parse->count; i++) {
        if (parse->head[i] == parse->count) {
            if (root == parse->count) {
                root = i;
            } else {
                parse->head[i] = (uint16_t)root;
            }
        }
    }
    parse->sibling[parse->count] = STM_PARSE_NONE;
    list_dependents(parse);
    memset(parse->label, STM_RELATION_NONE, parse->count + 1);
}

static int is_nominal(uint32_t tag)
{
    return tag == STM_POS_NN || tag == STM_POS_NNS || tag == STM_POS_NNP || tag == STM_POS_NNPS ||
           tag == STM_POS_PRP;
}

/* "arrested Lund and 17 students": a noun with a conjunction of its own that hangs on the verb goes with the noun
   that stands before it under the same verb. */
static void join_lists(struct stm_parse *parse)
{
    for (uint32_t head = 0; head < parse->count; head++) {
        uint32_t tag = parse->tags[head];
        uint32_t before = STM_PARSE_NONE;
        if (tag < STM_POS_VB || tag > STM_POS_VBZ) {
            continue;
        }
        for (uint32_t i = parse->child[head]; i != STM_PARSE_NONE; i = parse->sibling[i]) {
            uint32_t first = parse->child[i];
            if (before != STM_PARSE_NONE && before > head && is_nominal(parse->tags[before]) &&
                is_nominal(parse->tags[i]) && first < i && parse->tags[first] == STM_POS_CC) {
                parse->head[i] = (uint16_t)before;
            } else {
                before = i;
            }
        }
    }
    list_dependents(parse);
}

static uint32_t best_action(const struct stm_parser *parser, const struct stm_parse *parse,
                            uint32_t possible)
{
    uint32_t features[STM_PARSER_FEATURES];
    int32_t scores[2];
    uint32_t n = stm_parse_features(parse, features);
    stm_action_table_score(&parser->actions, features, n, scores);
    uint32_t best = STM_ACTION_SHIFT;
    int32_t best_score = possible & 1u << STM_ACTION_SHIFT ? 0 : INT32_MIN;
    if (possible & 1u << STM_ACTION_LEFT && scores[0] > best_score) {
        best = STM_ACTION_LEFT;
        best_score = scores[0];
    }
    if (possible & 1u << STM_ACTION_RIGHT && scores[1] > best_score) {
        best = STM_ACTION_RIGHT;
    }
    return best;
}

/* Names the arcs, of each head from left to right, so that a subject knows whether there was one. */
static void name_arcs(const struct stm_parser *parser, struct stm_parse *parse)
{
    for (uint32_t head = 0; head <= parse->count; head++) {
        for (uint32_t i = parse->child[head]; i != STM_PARSE_NONE; i = parse->sibling[i]) {
            uint32_t features[STM_LABELLER_FEATURES];
            struct stm_class_scores scores = {{0}};
            if (head == parse->count) {
                parse->label[i] = STM_RELATION_ROOT;
                continue;
            }
            uint32_t n = stm_parse_label_features(parse, i, features);
            if (parser->label_rows != NULL) {
                stm_feature_rows_add(parser->label_rows, features, n, &scores);
            } else {
                stm_feature_table_add(&parser->labels, features, n, &scores);
            }
            scores.of[STM_RELATION_ROOT] = INT16_MIN;
            parse->label[i] = (uint8_t)stm_class_best(&scores, 1, STM_RELATION_COUNT);
        }
    }
}

void stm_parser_parse(const struct stm_parser *parser, struct stm_parse *parse,
                      const struct stm_word *words, const uint8_t *tags, uint32_t count)
{
    stm_parse_begin(parse, words, tags, count);
    for (uint32_t possible = stm_parse_possible(parse); possible != 0;
         possible = stm_parse_possible(parse)) {
        /* With nothing to choose there is nothing to ask. */
        uint32_t action = (possible & (possible - 1)) == 0
                              ? (uint32_t)__builtin_ctz(possible)
                              : best_action(parser, parse, possible);
        stm_parse_act(parse, (enum stm_action)action);
    }
    stm_parse_finish(parse);
    join_lists(parse);
    name_arcs(parser, parse);
}
