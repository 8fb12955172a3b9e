/* SPDX-License-Identifier: MIT */
/* Training of the parser: arcs by the dynamic oracle of arc-hybrid (Goldberg and Nivre 2013), then the names of
   arcs over the trees of the treebank. Tags are those that a tagger gives which has not seen the
   sentence, as they will be when it is used. */
#include "pack/model/parser.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/exit_codes.h"
#include "train/command.h"
#include "train/file.h"
#include "train/order.h"
#include "train/perceptron.h"
#include "train/tagger_train.h"

#define FOLDS        4u
#define TAG_EPOCHS   6
#define SEEDS        3 /* times that it is trained in another order */
#define EPOCHS       7
#define LABEL_EPOCHS 6
#define EXPLORE      9u /* of ten times the parser goes its own way */
#define DROP         20 /* percent */
#define MARGIN       60
#define ACTIONS      720000 /* features at most */
#define LABELS       300000 /* weights at most */

/* Links to words that the state can no longer make when it takes an action. */
static uint32_t cost_of(const struct stm_parse *parse, const uint16_t *gold,
                        enum stm_action action)
{
    uint32_t cost = 0;
    uint32_t next = parse->next;
    uint32_t top = parse->depth > 0 ? parse->stack[parse->depth - 1] : STM_PARSE_NONE;
    if (action == STM_ACTION_SHIFT) {
        for (uint32_t i = 0; i < parse->depth; i++) {
            uint32_t item = parse->stack[i];
            cost += gold[item] == next;
            cost += gold[next] == item && i + 1 < parse->depth;
        }
        return cost;
    }
    for (uint32_t i = next; i < parse->count; i++) {
        cost += gold[i] == top;
    }
    if (action == STM_ACTION_LEFT) {
        uint32_t below = parse->depth > 1 ? parse->stack[parse->depth - 2] : STM_PARSE_NONE;
        cost += gold[top] == below || (gold[top] > next && gold[top] <= parse->count);
    } else {
        cost += gold[top] >= next;
    }
    return cost;
}

static uint32_t best_of(const int32_t *scores, uint32_t allowed)
{
    uint32_t best = STM_ACTION_COUNT;
    for (uint32_t action = 0; action < STM_ACTION_COUNT; action++) {
        if (allowed & 1u << action && (best == STM_ACTION_COUNT || scores[action] > scores[best])) {
            best = action;
        }
    }
    return best;
}

static void learn_arcs(struct stm_perceptron *learner, const struct stm_tree *tree,
                       struct stm_parse *parse, uint64_t *chance, size_t *wrong)
{
    uint16_t gold[STM_PARSER_LONGEST + 1];
    if (tree->count > STM_PARSER_LONGEST) {
        return;
    }
    for (uint32_t i = 0; i < tree->count; i++) {
        gold[i] = (uint16_t)tree->words[i].head;
    }
    stm_parse_begin(parse, tree->numbers, tree->tags, tree->count);
    for (uint32_t possible = stm_parse_possible(parse); possible != 0;
         possible = stm_parse_possible(parse)) {
        uint32_t features[STM_PARSER_FEATURES];
        int32_t scores[STM_CLASSES_MOST] = {0};
        uint32_t costs[STM_ACTION_COUNT];
        uint32_t least = UINT32_MAX;
        uint32_t right = 0;
        if ((possible & (possible - 1)) == 0) {
            stm_parse_act(parse, (enum stm_action)__builtin_ctz(possible));
            continue;
        }
        for (uint32_t action = 0; action < STM_ACTION_COUNT; action++) {
            if (possible & 1u << action) {
                costs[action] = cost_of(parse, gold, (enum stm_action)action);
                least = costs[action] < least ? costs[action] : least;
            }
        }
        for (uint32_t action = 0; action < STM_ACTION_COUNT; action++) {
            if (possible & 1u << action && costs[action] == least) {
                right |= 1u << action;
            }
        }
        uint32_t n = stm_parse_features(parse, features);
        n = stm_perceptron_drop(features, n, DROP, chance);
        stm_perceptron_score(learner, features, n, scores);
        uint32_t best = best_of(scores, possible);
        uint32_t good = best_of(scores, right);
        uint32_t rival = best_of(scores, possible & ~right);
        int learns = rival != STM_ACTION_COUNT && scores[good] - scores[rival] < MARGIN;
        *wrong += !(right & 1u << best);
        stm_perceptron_update(learner, features, n, good, learns ? rival : good);
        int own_way = stm_train_next(chance) % 10 < EXPLORE;
        stm_parse_act(parse, (enum stm_action)(own_way ? best : good));
    }
}

static void learn_labels(struct stm_perceptron *learner, const struct stm_tree *tree,
                         struct stm_parse *parse, uint64_t *chance, size_t *wrong)
{
    if (tree->count > STM_PARSER_LONGEST) {
        return;
    }
    stm_parse_begin(parse, tree->numbers, tree->tags, tree->count);
    for (uint32_t i = 0; i < tree->count; i++) {
        parse->head[i] = (uint16_t)tree->words[i].head;
    }
    stm_parse_finish(parse);
    for (uint32_t head = 0; head < parse->count; head++) {
        for (uint32_t i = parse->child[head]; i != STM_PARSE_NONE; i = parse->sibling[i]) {
            uint32_t features[STM_LABELLER_FEATURES];
            int32_t scores[STM_CLASSES_MOST] = {0};
            unsigned gold = tree->words[i].relation;
            uint32_t n = stm_parse_label_features(parse, i, features);
            n = stm_perceptron_drop(features, n, DROP, chance);
            stm_perceptron_score(learner, features, n, scores);
            unsigned best = 1;
            unsigned rival = gold == 1 ? 2 : 1;
            for (unsigned label = 2; label < STM_RELATION_COUNT; label++) {
                if (label != STM_RELATION_ROOT) {
                    best = scores[label] > scores[best] ? label : best;
                    rival = label != gold && scores[label] > scores[rival] ? label : rival;
                }
            }
            *wrong += best != gold;
            if (gold != STM_RELATION_ROOT) {
                stm_perceptron_update(learner, features, n, gold,
                                      scores[gold] - scores[rival] < MARGIN ? rival : gold);
            }
            parse->label[i] = (uint8_t)best;
        }
    }
}

/* Tags by taggers that were trained without the document; numbers by the one that will be used. */
static void tag_trees(struct stm_treebank *trees, const struct stm_tagger *tagger)
{
    for (uint32_t fold = 0; fold < FOLDS; fold++) {
        struct stm_train_buffer section = {NULL, 0, 0};
        struct stm_tagger other;
        stm_train_tagger_section(trees, fold, 1, TAG_EPOCHS, &section);
        stm_train_open_tagger(&other, (stemma_bytes){section.data, section.size});
        for (size_t t = 0; t < trees->count; t++) {
            struct stm_tree *tree = &trees->trees[t];
            if (tree->fold == fold) {
                stm_train_number_words(&other, tree);
                stm_tagger_tag(&other, tree->numbers, tree->count, tree->tags);
            }
        }
        free(section.data);
    }
    for (size_t t = 0; t < trees->count; t++) {
        stm_train_number_words(tagger, &trees->trees[t]);
    }
}

typedef void learn_tree(struct stm_perceptron *, const struct stm_tree *, struct stm_parse *,
                        uint64_t *, size_t *);

/* The mean of what is learned in several orders. */
static void learn(struct stm_perceptron *learner, const struct stm_treebank *trees,
                  learn_tree *learn_one, unsigned epochs)
{
    struct stm_parse *parse = stm_train_alloc(1, sizeof *parse);
    uint32_t *order = stm_train_alloc(trees->count, sizeof *order);
    stm_perceptron_init(learner);
    for (unsigned seed = 0; seed < SEEDS; seed++) {
        struct stm_perceptron one;
        stm_perceptron_init(&one);
        for (unsigned epoch = 0; epoch < epochs; epoch++) {
            size_t wrong = 0;
            uint64_t chance = seed * 1000u + epoch;
            stm_train_shuffle(order, (uint32_t)trees->count, chance);
            for (size_t t = 0; t < trees->count; t++) {
                learn_one(&one, &trees->trees[order[t]], parse, &chance, &wrong);
            }
            fprintf(stderr, "parser: seed %u, epoch %u, %zu wrong, %zu features\n", seed,
                    epoch + 1, wrong, one.count);
        }
        stm_perceptron_merge(learner, &one);
        stm_perceptron_free(&one);
    }
    free(order);
    free(parse);
}

static void train(struct stm_treebank *trees, struct stm_train_buffer *out)
{
    struct stm_perceptron learner;
    stm_train_put32(out, STM_PARSER_VERSION);
    stm_train_put32(out, 0);
    learn(&learner, trees, learn_arcs, EPOCHS);
    stm_perceptron_write_actions(&learner, ACTIONS, out);
    stm_perceptron_free(&learner);
    learn(&learner, trees, learn_labels, LABEL_EPOCHS);
    stm_perceptron_write_table(&learner, LABELS, out);
    stm_perceptron_free(&learner);
}

int stm_train_parser(int argc, char **argv)
{
    struct stm_conllu bank;
    struct stm_treebank trees;
    struct stm_tagger tagger;
    struct stm_train_buffer out = {NULL, 0, 0};
    size_t size;
    stm_conllu_init(&bank);
    memset(&trees, 0, sizeof trees);
    stm_arena_init(&trees.arena, 0);
    int taken = stm_treebank_read(&bank, argc - 1, argv + 1);
    if (taken + 5 != argc || strcmp(argv[argc - 4], "--tagger") != 0 ||
        strcmp(argv[argc - 2], "-o") != 0) {
        stm_train_fail("parser FILE... --tagger SECTION -o SECTION");
    }
    char *section = stm_train_read(argv[argc - 3], &size);
    stm_train_open_tagger(&tagger, (stemma_bytes){(const uint8_t *)section, size});
    stm_treebank_add(&trees, &bank,
                     STM_TREEBANK_GIVEN | STM_TREEBANK_OURS | STM_TREEBANK_CAPITALS, FOLDS);
    tag_trees(&trees, &tagger);
    train(&trees, &out);
    stm_train_write(argv[argc - 1], out.data, out.size);
    free(out.data);
    free(section);
    stm_arena_free(&trees.arena);
    stm_conllu_free(&bank);
    return STM_EXIT_OK;
}
