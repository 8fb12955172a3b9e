/* SPDX-License-Identifier: MIT */
/**
 * @file score_syntax.c
 * How well the reader tags and parses, on trees in CoNLL-U.
 *
 *     score_syntax [--model FILE] FILE.conllu...
 *     score_syntax [--model FILE] --corpora DIR [--json]   the parts that nothing was trained on
 *     score_syntax [--model FILE] --show TEXT      prints how the reader parses a file of plain
 * text
 *
 * With the treebank's own words: tags (XPOS), heads (UAS), heads with relations (LAS), and links of
 * subjects and objects (their subtypes together), as precision, recall and F1 over pairs of words.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "pack/extract/annotation.h"
#include "pack/model/parser.h"
#include "pack/model/tagger.h"
#include "score_syntax_text.h"
#include "train/file.h"
#include "train/treebank.h"

struct counts {
    size_t words;
    size_t tags;
    size_t heads;
    size_t labelled;
    size_t links;
    size_t links_gold;
    size_t links_right;
};

/* Subjects are 1, objects 2, all else 0. */
static unsigned link_kind(unsigned relation)
{
    switch (relation) {
    case STM_RELATION_NSUBJ:
    case STM_RELATION_NSUBJ_PASS:
    case STM_RELATION_NSUBJ_OUTER:
        return 1;
    case STM_RELATION_OBJ:
    case STM_RELATION_IOBJ:
        return 2;
    default:
        return 0;
    }
}

static void score_tree(const struct stm_tree *tree, const struct stm_parse *parse,
                       struct counts *counts)
{
    for (uint32_t i = 0; i < tree->count; i++) {
        const struct stm_conllu_word *gold = &tree->words[i];
        int head = parse->head[i] == gold->head;
        unsigned kind = link_kind(parse->label[i]);
        unsigned gold_kind = link_kind(gold->relation);
        counts->words++;
        counts->tags += tree->tags[i] == gold->pos;
        counts->heads += head;
        counts->labelled += head && parse->label[i] == gold->relation;
        counts->links += kind != 0;
        counts->links_gold += gold_kind != 0;
        counts->links_right += kind != 0 && kind == gold_kind && head;
    }
}

static double share(size_t part, size_t whole)
{
    return whole == 0 ? 0 : 100.0 * (double)part / (double)whole;
}

static void print_counts(const char *name, const struct counts *counts, double seconds)
{
    double precision = share(counts->links_right, counts->links);
    double recall = share(counts->links_right, counts->links_gold);
    double f1 = precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
    printf("%-24s %7zu words  XPOS %5.2f  UAS %5.2f  LAS %5.2f  links P %5.2f R %5.2f F %5.2f  "
           "%6.0f k words/s\n",
           name, counts->words, share(counts->tags, counts->words),
           share(counts->heads, counts->words), share(counts->labelled, counts->words), precision,
           recall, f1, seconds == 0 ? 0 : (double)counts->words / seconds / 1000);
}

/* The scores on GUM were looked at while the tagger was made, so those are no held-out ones. */
static void print_json(const char *data, const struct counts *counts)
{
    const struct {
        const char *task;
        const char *measure;
        size_t right;
        double target;
    } figures[] = {{"tags", "XPOS", counts->tags, 0.942},
                   {"trees", "UAS", counts->heads, 0.836},
                   {"trees", "LAS", counts->labelled, 0}};
    const int held_out = strcmp(data, "UD EWT") == 0;
    for (size_t i = 0; i < sizeof figures / sizeof figures[0]; i++) {
        printf("{\"task\":\"%s\",\"data\":\"%s\",\"part\":\"%s\",\"measure\":\"%s\","
               "\"score\":%.4f",
               figures[i].task, data, held_out ? "held-out" : "dev", figures[i].measure,
               share(figures[i].right, counts->words) / 100);
        if (held_out && figures[i].target > 0) {
            printf(",\"target\":%.3f", figures[i].target);
        }
        printf("}\n");
    }
}

static void score(const struct stm_model *model, const char *name, const struct stm_conllu *bank,
                  int forms, int json)
{
    struct stm_tagger tagger;
    struct stm_parser parser;
    struct stm_treebank trees;
    struct counts counts;
    struct stm_parse *parse = stm_train_alloc(1, sizeof *parse);
    struct timespec start;
    struct timespec end;
    memset(&counts, 0, sizeof counts);
    memset(&trees, 0, sizeof trees);
    stm_arena_init(&trees.arena, 0);
    if (!stm_tagger_open(&tagger, model) || !stm_parser_open(&parser, model)) {
        stm_train_fail("the weights file has no tagger or no parser");
    }
    stm_treebank_add(&trees, bank, forms, 1);
    double seconds = 0;
    for (size_t t = 0; t < trees.count; t++) {
        struct stm_tree *tree = &trees.trees[t];
        if (tree->count > STM_PARSER_LONGEST) {
            continue;
        }
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &start);
        stm_tagger_words(&tagger, tree->forms, tree->lower, tree->count, tree->numbers);
        stm_tagger_tag(&tagger, tree->numbers, tree->count, tree->tags);
        stm_parser_parse(&parser, parse, tree->numbers, tree->tags, tree->count);
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
        seconds +=
            (double)(end.tv_sec - start.tv_sec) + (double)(end.tv_nsec - start.tv_nsec) / 1e9;
        score_tree(tree, parse, &counts);
    }
    if (json) {
        print_json(name, &counts);
    } else {
        print_counts(name, &counts, seconds);
    }
    stm_arena_free(&trees.arena);
    free(parse);
}

/* A token a line: number, word, lemma, coarse tag, tag, head, relation. */
static void show(const struct stm_model *model, const char *path)
{
    struct stm_arena arena;
    struct stm_annotation ann;
    stemma_document document;
    size_t size;
    char *text = stm_train_read(path, &size);
    stm_arena_init(&arena, 0);
    memset(&ann, 0, sizeof ann);
    memset(&document, 0, sizeof document);
    document.text = ann.text = (stemma_text){text, size};
    ann.document = &document;
    ann.arena = &arena;
    ann.model = model;
    if (stm_extract_tokens(&ann) != STEMMA_OK || stm_extract_sentences(&ann) != STEMMA_OK ||
        stm_extract_tags(&ann) != STEMMA_OK || stm_extract_syntax(&ann) != STEMMA_OK) {
        stm_train_fail("%s: cannot be read", path);
    }
    for (uint32_t i = 0; i < ann.token_count; i++) {
        const struct stm_token *token = &ann.tokens[i];
        stemma_text word = stm_ann_words(&ann, i, 1);
        uint32_t first = ann.sentences[token->sentence].first;
        if (i == first && i != 0) {
            printf("\n");
        }
        printf("%u\t%.*s\t%.*s\t%u\t%s\t%u\t%s\n", i - first + 1, (int)word.size, word.data,
               (int)token->lemma.size, token->lemma.data, token->tag, stm_pos_name(token->pos),
               token->head == STEMMA_NONE ? 0 : token->head - first + 1,
               stm_relation_name(token->relation));
    }
    stm_arena_free(&arena);
    free(text);
}

/* Trees by the words of the treebank, of the test part of EWT and of six news texts of GUM. */
static void score_held_out(const struct stm_model *model, const char *corpora, int json)
{
    static const char *const texts[] = {
        "ud_ewt/en_ewt-ud-test.conllu",    "gum_ccby/GUM_news_crane.conllu",
        "gum_ccby/GUM_news_flag.conllu",   "gum_ccby/GUM_news_imprisoned.conllu",
        "gum_ccby/GUM_news_nasa.conllu",   "gum_ccby/GUM_news_stampede.conllu",
        "gum_ccby/GUM_news_worship.conllu"};
    const size_t count = sizeof texts / sizeof texts[0];
    struct stm_conllu bank;
    stm_conllu_init(&bank);
    for (size_t i = 0; i < count; i++) {
        char path[4096];
        (void)snprintf(path, sizeof path, "%s/%s", corpora, texts[i]);
        if (access(path, R_OK) != 0) {
            fprintf(stderr, "score_syntax: %s is not there\n", path);
            exit(77);
        }
        stm_conllu_read(&bank, path);
        if (i == 0 || i + 1 == count) {
            score(model, i == 0 ? "UD EWT" : "GUM news", &bank, STM_TREEBANK_GIVEN, json);
            stm_conllu_free(&bank);
            stm_conllu_init(&bank);
        }
    }
    stm_conllu_free(&bank);
}

int main(int argc, char **argv)
{
    struct stm_conllu bank;
    struct stm_model *model;
    stemma_error error;
    const char *path = STEMMA_SOURCE_DIR "/tools/model/english.model";
    int first = 1;
    if (argc > 2 && strcmp(argv[1], "--model") == 0) {
        path = argv[2];
        first = 3;
    }
    if (first >= argc) {
        fprintf(stderr, "usage: score_syntax [--model FILE] FILE.conllu...\n");
        return 2;
    }
    if (stm_model_open(&model, path, &error) != STEMMA_OK) {
        stm_train_fail("%s: %s [%s]", path, error.message, error.code);
    }
    if (strcmp(argv[first], "--show") == 0 && first + 1 < argc) {
        show(model, argv[first + 1]);
        stm_model_close(model);
        return 0;
    }
    if (strcmp(argv[first], "--corpora") == 0 && first + 1 < argc) {
        score_held_out(model, argv[first + 1],
                       first + 2 < argc && strcmp(argv[first + 2], "--json") == 0);
        stm_model_close(model);
        return 0;
    }
    stm_conllu_init(&bank);
    for (int i = first; i < argc; i++) {
        stm_conllu_read(&bank, argv[i]);
    }
    score(model, "words of the treebank", &bank, STM_TREEBANK_GIVEN, 0);
    score(model, "words of the reader", &bank, STM_TREEBANK_OURS, 0);
    score(model, "in capitals", &bank, STM_TREEBANK_CAPITALS, 0);
    score_text(model, &bank);
    stm_conllu_free(&bank);
    stm_model_close(model);
    return 0;
}
