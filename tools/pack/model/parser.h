/* SPDX-License-Identifier: MIT */
/**
 * @file parser.h
 * Dependency trees by a trained linear model.
 *
 * The transition system is arc-hybrid (Kuhlmann, Gómez-Rodríguez and Satta 2011), trained with its
 * dynamic oracle (Goldberg and Nivre 2013); the root stands behind the last word. Then a second model
 * names each arc, from the words and tags at its ends and what stands around them in the finished tree. Trees are projective,
 * with one root. Integers only; cost is linear in the length of a sentence.
 */
#ifndef STEMMA_MODEL_PARSER_H
#define STEMMA_MODEL_PARSER_H

#include "pack/model/action_table.h"
#include "pack/model/feature_table.h"
#include "pack/model/hash_features.h"
#include "pack/model/label.h"
#include "pack/model/model.h"

#define STM_PARSER_VERSION   1u
#define STM_PARSER_LONGEST   300u /* words parsed at a time */
#define STM_PARSER_FEATURES  STM_ACTION_FEATURES /* at most, of one state */
#define STM_LABELLER_FEATURES 64u /* at most, of one arc */
#define STM_PARSER_AT_ONCE   4u  /* trees that are built in turns */

enum stm_action { STM_ACTION_SHIFT, STM_ACTION_LEFT, STM_ACTION_RIGHT, STM_ACTION_COUNT };

/** Views into a section: nothing to free. */
struct stm_parser {
    struct stm_action_table actions; /* as they are in the section, or laid out for speed */
    struct stm_feature_table labels;
    const struct stm_feature_rows *label_rows; /* laid out for speed, or NULL */
};

/** A sentence with the tree that is being built over it. Numbers of words; `count` is the root, and
    above that nothing. A caller provides it; it holds no pointers but those two. */
struct stm_parse {
    const struct stm_word *words;
    const uint8_t *tags; /* stm_pos */
    uint32_t count;      /* at most STM_PARSER_LONGEST */
    uint32_t next;       /* first word of the buffer */
    uint32_t depth;      /* of the stack */
    uint16_t stack[STM_PARSER_LONGEST + 1];
    uint16_t head[STM_PARSER_LONGEST + 1];
    uint16_t left[STM_PARSER_LONGEST + 1][2];  /* leftmost dependents; the first is the outermost */
    uint16_t right[STM_PARSER_LONGEST + 1][2]; /* rightmost dependents */
    uint8_t left_count[STM_PARSER_LONGEST + 1];
    uint8_t right_count[STM_PARSER_LONGEST + 1];
    uint16_t child[STM_PARSER_LONGEST + 1]; /* for labels: first dependent, and the next of its head */
    uint16_t sibling[STM_PARSER_LONGEST + 1];
    uint8_t label[STM_PARSER_LONGEST + 1]; /* stm_relation */
};

#define STM_PARSE_NONE 0xFFFFu

/** Looks at the bytes of a section. Returns 0 when they are no parser. */
int stm_parser_read(struct stm_parser *parser, stemma_bytes section);

/** Whether a section can be used. */
int stm_parser_check(stemma_bytes section);

/** Looks at the section "parser" of a model. Returns 0 when there is none or it is no parser. */
int stm_parser_open(struct stm_parser *parser, const struct stm_model *model);

/** Begins a sentence: all words in the buffer. `words` and `tags` are borrowed until it is done. */
void stm_parse_begin(struct stm_parse *parse, const struct stm_word *words, const uint8_t *tags,
                     uint32_t count);

/** Which actions are possible, as bits; none when the tree is complete. */
uint32_t stm_parse_possible(const struct stm_parse *parse);

/** Takes a possible action. */
void stm_parse_act(struct stm_parse *parse, enum stm_action action);

/** The features of a state; returns how many were written. */
uint32_t stm_parse_features(const struct stm_parse *parse, uint32_t features[STM_PARSER_FEATURES]);

/** Makes the tree one of a single root and lists dependents: what has to be done between the last action
    and the first label. */
void stm_parse_finish(struct stm_parse *parse);

/** What the features of an arc are mixed of that have to do with labels. */
struct stm_arc {
    uint32_t head; /* numbers of words */
    uint32_t last; /* the dependent of the head before this one, or STM_PARSE_NONE */
    uint32_t pair; /* both tags, and the side */
    uint32_t right;
    uint32_t beside;
    uint32_t has;
    uint32_t tag;
    uint32_t head_word; /* numbers of the vocabulary */
    uint32_t mark_word;
    uint32_t mark_tag;
    uint32_t after_tag;
};

/** The features of the arc to a word that no label changes; returns how many. */
uint32_t stm_parse_arc_features(const struct stm_parse *parse, uint32_t word, struct stm_arc *arc,
                                uint32_t features[STM_LABELLER_FEATURES]);

/** The others, once the head's dependents before it have labels. */
uint32_t stm_parse_arc_label_features(const struct stm_parse *parse, const struct stm_arc *arc,
                                      uint32_t features[STM_LABELLER_FEATURES]);

/** Both, in the order of their templates: the features of the arc to a word, whose head's dependents before it have labels. */
uint32_t stm_parse_label_features(const struct stm_parse *parse, uint32_t word,
                                  uint32_t features[STM_LABELLER_FEATURES]);

/** Builds the trees of at most STM_PARSER_AT_ONCE sentences that have begun. They take turns, so that memory can answer
    what one asked for while the next is at work; each comes out as it would alone. */
void stm_parser_trees(const struct stm_parser *parser, struct stm_parse *const *parses,
                      uint32_t count);

/** Names the arcs of a tree. */
void stm_parser_label(const struct stm_parser *parser, struct stm_parse *parse);

/** Builds one tree and names its arcs: heads in `parse->head`, where `count` is the head of the root, labels in
    `parse->label`. */
void stm_parser_parse(const struct stm_parser *parser, struct stm_parse *parse,
                      const struct stm_word *words, const uint8_t *tags, uint32_t count);

#endif
