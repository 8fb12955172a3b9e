/* SPDX-License-Identifier: MIT */
#include "train/tagger_train.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/exit_codes.h"
#include "train/command.h"
#include "train/file.h"
#include "train/order.h"
#include "train/perceptron.h"

#define SEEDS       3    /* times that it is trained in another order */
#define EPOCHS      6
#define WORD_LEAST  2    /* times that a word of the vocabulary occurs */
#define SECOND_LEAST 0.1 /* share of the times in which it has its second tag */
#define DROP        10   /* percent */
#define MARGIN      80
#define WEIGHTS     150000 /* at most */

/* ---- Vocabulary ------------------------------------------------------------------------------ */

struct entry {
    uint32_t hash;
    uint32_t count;
    uint32_t tags[STM_POS_COUNT];
};

static int by_hash(const void *left, const void *right)
{
    uint64_t a = *(const uint64_t *)left;
    uint64_t b = *(const uint64_t *)right;
    return a < b ? -1 : a > b;
}

static void put_word(uint8_t *hashes, uint8_t *tags, uint32_t slots, const struct entry *entry)
{
    uint32_t slot = stm_vocabulary_slot(entry->hash, slots);
    uint32_t best = 0;
    uint32_t second = 0;
    for (uint32_t tag = 1; tag < STM_POS_COUNT; tag++) {
        if (entry->tags[tag] > entry->tags[best]) {
            second = best;
            best = tag;
        } else if (entry->tags[tag] > entry->tags[second] || second == best) {
            second = tag;
        }
    }
    if ((double)entry->tags[second] < SECOND_LEAST * (double)entry->count || second == best) {
        second = 0;
    }
    for (uint32_t i = 0; i < STM_VOCABULARY_PROBES; i++) {
        if (stm_load_le32(hashes + (size_t)slot * 4) == 0) {
            stm_store_le32(hashes + (size_t)slot * 4, entry->hash);
            tags[(size_t)slot * 2] = (uint8_t)best;
            tags[(size_t)slot * 2 + 1] = (uint8_t)second;
            return;
        }
        slot = slot + 1 == slots ? 0 : slot + 1;
    }
}

/* Words in the order of their hashes, each with its tag: one number of 64 bits. */
static void put_vocabulary(const struct stm_treebank *trees, uint32_t without,
                           struct stm_train_buffer *out)
{
    size_t total = 0;
    size_t count = 0;
    for (size_t t = 0; t < trees->count; t++) {
        total += trees->trees[t].count;
    }
    uint64_t *seen = stm_train_alloc(total, sizeof *seen);
    for (size_t t = 0; t < trees->count; t++) {
        const struct stm_tree *tree = &trees->trees[t];
        for (uint32_t i = 0; i < tree->count && tree->fold != without; i++) {
            struct stm_word word;
            stm_word_hash(tree->words[i].form, tree->lower[i], &word);
            seen[count++] = (uint64_t)word.hash << 8 | tree->words[i].pos;
        }
    }
    qsort(seen, count, sizeof *seen, by_hash);
    uint32_t words = 0;
    for (size_t i = 0, first = 0; i < count; i++) {
        if (i + 1 == count || seen[i + 1] >> 8 != seen[i] >> 8) {
            words += i + 1 - first >= WORD_LEAST;
            first = i + 1;
        }
    }
    uint32_t slots = words * 2 + 16;
    uint8_t *hashes = stm_train_alloc(slots, 4);
    uint8_t *tags = stm_train_alloc(slots, 2);
    struct entry entry;
    memset(&entry, 0, sizeof entry);
    for (size_t i = 0; i < count; i++) {
        entry.hash = (uint32_t)(seen[i] >> 8);
        entry.count++;
        entry.tags[seen[i] & 0xFF]++;
        if (i + 1 == count || seen[i + 1] >> 8 != seen[i] >> 8) {
            if (entry.count >= WORD_LEAST && entry.hash != 0) {
                put_word(hashes, tags, slots, &entry);
            }
            memset(&entry, 0, sizeof entry);
        }
    }
    stm_train_put32(out, STM_TAGGER_VERSION);
    stm_train_put32(out, slots);
    stm_train_put(out, hashes, (size_t)slots * 4);
    stm_train_put(out, tags, (size_t)slots * 2);
    stm_train_put(out, NULL, (4 - out->size % 4) % 4);
    free(hashes);
    free(tags);
    free(seen);
}

/* ---- Training -------------------------------------------------------------------------------- */

void stm_train_open_tagger(struct stm_tagger *tagger, stemma_bytes section)
{
    if (!stm_tagger_read(tagger, section)) {
        stm_train_fail("this is no section of a tagger");
    }
}

void stm_train_number_words(const struct stm_tagger *tagger, struct stm_tree *tree)
{
    stm_tagger_words(tagger, tree->forms, tree->lower, tree->count, tree->numbers);
}

static void learn_tree(struct stm_perceptron *learner, struct stm_tree *tree, uint8_t *tags,
                       uint64_t *chance, size_t *wrong)
{
    for (uint32_t i = 0; i < tree->count; i++) {
        uint32_t features[STM_TAGGER_FEATURES];
        int32_t scores[STM_CLASSES_MOST] = {0};
        uint32_t n = stm_tagger_features(tree->numbers, tree->count, i, tags, features);
        unsigned gold = tree->words[i].pos;
        n = stm_perceptron_drop(features, n, DROP, chance);
        stm_perceptron_score(learner, features, n, scores);
        unsigned best = 1;
        unsigned rival = gold == 1 ? 2 : 1;
        for (unsigned tag = 2; tag < STM_POS_COUNT; tag++) {
            best = scores[tag] > scores[best] ? tag : best;
            rival = tag != gold && scores[tag] > scores[rival] ? tag : rival;
        }
        *wrong += best != gold;
        if (gold != STM_POS_NONE) {
            stm_perceptron_update(learner, features, n, gold,
                                  scores[gold] - scores[rival] < MARGIN ? rival : gold);
        }
        tags[i] = (uint8_t)best;
    }
}

/* What is learned from all trees but those of a fold, in one order. */
static void learn(struct stm_perceptron *learner, const struct stm_treebank *trees,
                  uint32_t without, unsigned epochs, uint64_t seed)
{
    static uint8_t tags[STM_CONLLU_LONGEST * 4];
    uint32_t *order = stm_train_alloc(trees->count, sizeof *order);
    stm_perceptron_init(learner);
    for (unsigned epoch = 0; epoch < epochs; epoch++) {
        size_t wrong = 0;
        uint64_t chance = seed * 1000 + epoch;
        stm_train_shuffle(order, (uint32_t)trees->count, chance);
        for (size_t t = 0; t < trees->count; t++) {
            struct stm_tree *tree = &trees->trees[order[t]];
            if (tree->fold != without) {
                learn_tree(learner, tree, tags, &chance, &wrong);
            }
        }
        fprintf(stderr, "tagger: seed %u, epoch %u, %zu wrong, %zu features\n", (unsigned)seed,
                epoch + 1, wrong, learner->count);
    }
    free(order);
}

void stm_train_tagger_section(const struct stm_treebank *trees, uint32_t without, unsigned seeds,
                              unsigned epochs, struct stm_train_buffer *out)
{
    struct stm_perceptron learner;
    struct stm_tagger tagger;
    size_t start = out->size;
    put_vocabulary(trees, without, out);
    stm_train_put32(out, 1); /* a table of nothing, so that the words can be looked up */
    stm_train_put32(out, 0);
    stm_train_put(out, NULL, STM_BUCKET_SIZE);
    stm_train_open_tagger(&tagger, (stemma_bytes){out->data + start, out->size - start});
    for (size_t t = 0; t < trees->count; t++) {
        stm_train_number_words(&tagger, &trees->trees[t]);
    }
    out->size -= 8 + STM_BUCKET_SIZE;
    stm_perceptron_init(&learner);
    for (unsigned seed = 0; seed < seeds; seed++) {
        struct stm_perceptron one;
        learn(&one, trees, without, epochs, seed);
        stm_perceptron_merge(&learner, &one);
        stm_perceptron_free(&one);
    }
    stm_perceptron_write_table(&learner, WEIGHTS, out);
    stm_perceptron_free(&learner);
}

int stm_train_tagger(int argc, char **argv)
{
    struct stm_conllu bank;
    struct stm_treebank trees;
    struct stm_train_buffer out = {NULL, 0, 0};
    stm_conllu_init(&bank);
    memset(&trees, 0, sizeof trees);
    stm_arena_init(&trees.arena, 0);
    int taken = stm_treebank_read(&bank, argc - 1, argv + 1);
    if (taken + 3 != argc || strcmp(argv[argc - 2], "-o") != 0) {
        stm_train_fail("tagger FILE... -o SECTION");
    }
    stm_treebank_add(&trees, &bank,
                     STM_TREEBANK_GIVEN | STM_TREEBANK_OURS | STM_TREEBANK_CAPITALS, 1);
    stm_train_tagger_section(&trees, STM_TRAIN_NO_FOLD, SEEDS, EPOCHS, &out);
    stm_train_write(argv[argc - 1], out.data, out.size);
    free(out.data);
    stm_arena_free(&trees.arena);
    stm_conllu_free(&bank);
    return STM_EXIT_OK;
}
