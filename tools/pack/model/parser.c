/* SPDX-License-Identifier: MIT */
#include "pack/model/parser.h"

#include "pack/model/model_rows.h"

#include <string.h>

#define HEADER_SIZE 8u /* version, zero */
#define AHEAD       3u /* arcs that are looked at before their turn, and the one whose turn it is */

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

/* A tree that waits for its next action. */
struct asking {
    struct stm_parse *parse;
    uint32_t possible;
    uint32_t count;
    uint32_t features[STM_PARSER_FEATURES];
};

/* Goes on to where there is something to choose, and asks memory for what that takes. False when the tree is
   complete. */
static int ask(const struct stm_parser *parser, struct asking *asking)
{
    for (;;) {
        uint32_t possible = stm_parse_possible(asking->parse);
        if (possible == 0) {
            return 0;
        }
        if ((possible & (possible - 1)) != 0) {
            asking->possible = possible;
            asking->count = stm_parse_features(asking->parse, asking->features);
            stm_action_table_prefetch(&parser->actions, asking->features, asking->count);
            return 1;
        }
        stm_parse_act(asking->parse, (enum stm_action)__builtin_ctz(possible));
    }
}

static void decide(const struct stm_parser *parser, const struct asking *asking)
{
    uint32_t possible = asking->possible;
    int32_t scores[2];
    stm_action_table_score(&parser->actions, asking->features, asking->count, scores);
    uint32_t best = STM_ACTION_SHIFT;
    int32_t best_score = possible & 1u << STM_ACTION_SHIFT ? 0 : INT32_MIN;
    if (possible & 1u << STM_ACTION_LEFT && scores[0] > best_score) {
        best = STM_ACTION_LEFT;
        best_score = scores[0];
    }
    if (possible & 1u << STM_ACTION_RIGHT && scores[1] > best_score) {
        best = STM_ACTION_RIGHT;
    }
    stm_parse_act(asking->parse, (enum stm_action)best);
}

void stm_parser_trees(const struct stm_parser *parser, struct stm_parse *const *parses,
                      uint32_t count)
{
    struct asking all[STM_PARSER_AT_ONCE];
    struct asking *open[STM_PARSER_AT_ONCE];
    uint32_t left = 0;
    count = count < STM_PARSER_AT_ONCE ? count : STM_PARSER_AT_ONCE;
    for (uint32_t i = 0; i < count; i++) {
        all[i].parse = parses[i];
        open[left] = &all[i];
        left += (uint32_t)ask(parser, &all[i]);
    }
    while (left != 0) {
        for (uint32_t i = 0; i < left;) {
            decide(parser, open[i]);
            if (ask(parser, open[i])) {
                i++;
            } else {
                open[i] = open[--left];
            }
        }
    }
    for (uint32_t i = 0; i < count; i++) {
        stm_parse_finish(parses[i]);
        join_lists(parses[i]);
    }
}

/* Lists the words whose arcs are to be named, of each head from left to right, so that a subject knows whether there
   was one; the arc of the root has its name. */
static uint32_t list_arcs(struct stm_parse *parse, uint16_t *words)
{
    uint32_t count = 0;
    for (uint32_t head = 0; head < parse->count; head++) {
        for (uint32_t i = parse->child[head]; i != STM_PARSE_NONE; i = parse->sibling[i]) {
            words[count++] = (uint16_t)i;
        }
    }
    for (uint32_t i = parse->child[parse->count]; i != STM_PARSE_NONE; i = parse->sibling[i]) {
        parse->label[i] = STM_RELATION_ROOT;
    }
    return count;
}

/* An arc whose turn comes. */
struct coming {
    struct stm_arc arc;
    uint32_t count;
    uint32_t features[STM_LABELLER_FEATURES];
    struct stm_features_found found;
};

/* The arcs of a tree, in order. */
struct arcs {
    const struct stm_feature_rows *rows;
    struct stm_parse *parse;
    uint32_t count;
    uint16_t words[STM_PARSER_LONGEST];
    struct coming coming[AHEAD];
};

/* Looks at an arc before its turn, and asks memory for what that takes. */
static void look_at(struct arcs *arcs, uint32_t i)
{
    if (i < arcs->count) {
        struct coming *arc = &arcs->coming[i % AHEAD];
        arc->count = stm_parse_arc_features(arcs->parse, arcs->words[i], &arc->arc, arc->features);
        stm_feature_rows_prefetch(arcs->rows, arc->features, arc->count);
    }
}

static void find_weights(struct arcs *arcs, uint32_t i)
{
    if (i < arcs->count) {
        struct coming *arc = &arcs->coming[i % AHEAD];
        arc->found.row_count = arc->found.few_count = 0;
        stm_feature_rows_find(arcs->rows, arc->features, arc->count, &arc->found);
    }
}

static void name_arc(struct stm_parse *parse, uint32_t word, struct stm_class_scores *scores)
{
    scores->of[STM_RELATION_ROOT] = INT16_MIN;
    parse->label[word] = (uint8_t)stm_class_best(scores, 1, STM_RELATION_COUNT);
}

/* With weights laid out for speed: while one arc has its turn, memory is asked for what the next ones need. */
static void name_ahead(struct arcs *arcs)
{
    look_at(arcs, 0);
    look_at(arcs, 1);
    find_weights(arcs, 0);
    for (uint32_t i = 0; i < arcs->count; i++) {
        uint32_t features[STM_LABELLER_FEATURES];
        struct stm_class_scores scores = {{0}};
        struct coming *arc = &arcs->coming[i % AHEAD];
        uint32_t n = stm_parse_arc_label_features(arcs->parse, &arc->arc, features);
        stm_feature_rows_prefetch(arcs->rows, features, n);
        look_at(arcs, i + 2);
        find_weights(arcs, i + 1);
        stm_feature_rows_find(arcs->rows, features, n, &arc->found);
        stm_feature_rows_sum(&arc->found, &scores);
        name_arc(arcs->parse, arcs->words[i], &scores);
    }
}

void stm_parser_label(const struct stm_parser *parser, struct stm_parse *parse)
{
    struct arcs arcs;
    arcs.rows = parser->label_rows;
    arcs.parse = parse;
    arcs.count = list_arcs(parse, arcs.words);
    if (arcs.rows != NULL) {
        name_ahead(&arcs);
        return;
    }
    for (uint32_t i = 0; i < arcs.count; i++) {
        uint32_t features[STM_LABELLER_FEATURES];
        struct stm_class_scores scores = {{0}};
        uint32_t n = stm_parse_label_features(parse, arcs.words[i], features);
        stm_feature_table_add(&parser->labels, features, n, &scores);
        name_arc(parse, arcs.words[i], &scores);
    }
}

void stm_parser_parse(const struct stm_parser *parser, struct stm_parse *parse,
                      const struct stm_word *words, const uint8_t *tags, uint32_t count)
{
    stm_parse_begin(parse, words, tags, count);
    stm_parser_trees(parser, &parse, 1);
    stm_parser_label(parser, parse);
}
