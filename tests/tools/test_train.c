/* SPDX-License-Identifier: MIT */
/* The trainer: what it learns from a handful of sentences, and that it learns the same every time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "pack/model/parser.h"
#include "pack/model/tagger.h"
#include "train/command.h"
#include "train/file.h"
#include "train/treebank.h"

#define TREES STEMMA_SOURCE_DIR "/tests/tools/tiny.conllu"

static char folder[] = "/tmp/stemma-train-XXXXXX";

static char *in_folder(const char *name, char path[64])
{
    snprintf(path, 64, "%s/%s", folder, name);
    return path;
}

/* The arguments of a command are not its own to write to, but those of main() are. */
#define RUN(function, ...)                                                                         \
    do {                                                                                           \
        char *arguments[] = {__VA_ARGS__, NULL};                                                   \
        assert_int_equal(function((int)(sizeof arguments / sizeof arguments[0]) - 1, arguments),   \
                         0);                                                                       \
    } while (0)

static void train(const char *tagger, const char *parser, const char *model)
{
    char t[64];
    char p[64];
    char m[64];
    char tagger_is[80];
    char parser_is[80];
    char trees[] = TREES;
    in_folder(tagger, t);
    in_folder(parser, p);
    in_folder(model, m);
    snprintf(tagger_is, sizeof tagger_is, "tagger=%s", t);
    snprintf(parser_is, sizeof parser_is, "parser=%s", p);
    char tagger_command[] = "tagger";
    char parser_command[] = "parser";
    char assemble[] = "assemble";
    char o[] = "-o";
    char with[] = "--tagger";
    RUN(stm_train_tagger, tagger_command, trees, o, t);
    RUN(stm_train_parser, parser_command, trees, with, t, o, p);
    RUN(stm_train_assemble, assemble, o, m, parser_is, tagger_is);
}

static void the_same_trees_give_the_same_bytes(void **state)
{
    (void)state;
    char path[64];
    size_t one_size;
    size_t other_size;
    train("t1", "p1", "m1");
    train("t2", "p2", "m2");
    char *one = stm_train_read(in_folder("m1", path), &one_size);
    char *other = stm_train_read(in_folder("m2", path), &other_size);
    assert_int_equal(one_size, other_size);
    assert_memory_equal(one, other, one_size);
    free(one);
    free(other);
}

static void what_was_learned_by_heart_is_known(void **state)
{
    (void)state;
    char path[64];
    struct stm_model *model;
    struct stm_tagger tagger;
    struct stm_parser parser;
    struct stm_conllu bank;
    struct stm_treebank trees;
    struct stm_parse *parse = malloc(sizeof *parse);
    stemma_error error;
    uint32_t words = 0;
    uint32_t tags = 0;
    uint32_t arcs = 0;
    assert_non_null(parse);
    assert_int_equal(stm_model_open(&model, in_folder("m1", path), &error), STEMMA_OK);
    assert_true(stm_tagger_open(&tagger, model));
    assert_true(stm_parser_open(&parser, model));
    stm_conllu_init(&bank);
    memset(&trees, 0, sizeof trees);
    stm_arena_init(&trees.arena, 0);
    stm_conllu_read(&bank, TREES);
    stm_treebank_add(&trees, &bank, STM_TREEBANK_GIVEN, 1);
    assert_int_equal(trees.count, bank.count);
    for (size_t t = 0; t < trees.count; t++) {
        struct stm_tree *tree = &trees.trees[t];
        stm_tagger_words(&tagger, tree->forms, tree->lower, tree->count, tree->numbers);
        stm_tagger_tag(&tagger, tree->numbers, tree->count, tree->tags);
        stm_parser_parse(&parser, parse, tree->numbers, tree->tags, tree->count);
        for (uint32_t i = 0; i < tree->count; i++) {
            words++;
            tags += tree->tags[i] == tree->words[i].pos;
            arcs += parse->head[i] == tree->words[i].head &&
                    parse->label[i] == tree->words[i].relation;
        }
    }
    assert_true(words > 80);
    assert_true(tags * 100 >= words * 97);
    assert_true(arcs * 100 >= words * 70); /* tags of folds without a third of so few sentences are bad */
    stm_arena_free(&trees.arena);
    stm_conllu_free(&bank);
    stm_model_close(model);
    free(parse);
}

static void sections_not_named_are_taken_over(void **state)
{
    (void)state;
    char old[64];
    char out[64];
    char note[64];
    char note_is[80];
    struct stm_model *model;
    stemma_error error;
    size_t size;
    char assemble[] = "assemble";
    char o[] = "-o";
    char from[] = "--from";
    stm_train_write(in_folder("note", note), "whose texts", 11);
    snprintf(note_is, sizeof note_is, "notice=%s", note);
    in_folder("m1", old);
    in_folder("m3", out);
    RUN(stm_train_assemble, assemble, from, old, note_is, o, out);
    assert_int_equal(stm_model_open(&model, out, &error), STEMMA_OK);
    assert_memory_equal(stm_model_section(model, "notice", &size), "whose texts", 11);
    assert_int_equal(size, 11);
    assert_non_null(stm_model_section(model, "parser", &size));
    assert_non_null(stm_model_section(model, "tagger", &size));
    stm_model_close(model);
}

/* Hyphenated words are one word of ours: the arcs into and out of them lead to the same words. */
static void our_words_keep_the_tree(void **state)
{
    (void)state;
    static const char text[] = "# text = The 69-year-old poet wasn't freed.\n"
                               "1\tThe\tthe\t_\tDT\t_\t7\tdet\t_\t_\n"
                               "2\t69\t69\t_\tCD\t_\t4\tnummod\t_\tSpaceAfter=No\n"
                               "3\t-\t-\t_\tHYPH\t_\t4\tpunct\t_\tSpaceAfter=No\n"
                               "4\tyear\tyear\t_\tNN\t_\t6\tobl:unmarked\t_\tSpaceAfter=No\n"
                               "5\t-\t-\t_\tHYPH\t_\t4\tpunct\t_\tSpaceAfter=No\n"
                               "6\told\told\t_\tJJ\t_\t7\tamod\t_\t_\n"
                               "7\tpoet\tpoet\t_\tNN\t_\t10\tnsubj:pass\t_\t_\n"
                               "8-9\twasn't\t_\t_\t_\t_\t_\t_\t_\t_\n"
                               "8\twas\tbe\t_\tVBD\t_\t10\taux:pass\t_\t_\n"
                               "9\tn't\tnot\t_\tRB\t_\t10\tadvmod\t_\t_\n"
                               "10\tfreed\tfree\t_\tVBN\t_\t0\troot\t_\tSpaceAfter=No\n"
                               "11\t.\t.\t_\t.\t_\t10\tpunct\t_\t_\n\n";
    char path[64];
    struct stm_conllu bank;
    struct stm_conllu_word words[32];
    struct stm_arena arena;
    stm_arena_init(&arena, 0);
    stm_train_write(in_folder("hyphens", path), text, sizeof text - 1);
    stm_conllu_init(&bank);
    stm_conllu_read(&bank, path);
    assert_int_equal(bank.count, 1);
    assert_int_equal(bank.sentences[0].count, 11);
    assert_int_equal(stm_treebank_align(&bank.sentences[0], &arena, words, 32), 7);
    assert_true(stemma_text_equal(words[1].form, stemma_text_of("69-year-old")));
    assert_int_equal(words[1].pos, STM_POS_JJ);
    assert_int_equal(words[1].relation, STM_RELATION_AMOD);
    assert_int_equal(words[1].head, 2);
    assert_int_equal(words[0].head, 2);
    assert_int_equal(words[2].head, 5);
    assert_int_equal(words[4].head, 5);
    assert_true(stemma_text_equal(words[4].form, stemma_text_of("n't")));
    assert_int_equal(words[5].head, 7);
    stm_conllu_free(&bank);
    stm_arena_free(&arena);
}

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) == NULL;
}

static int remove_folder(void **state)
{
    static const char *const names[] = {"t1", "p1", "m1", "t2", "p2", "m2", "m3", "note", "hyphens"};
    char path[64];
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        unlink(in_folder(names[i], path));
    }
    return rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_trees_give_the_same_bytes),
        cmocka_unit_test(what_was_learned_by_heart_is_known),
        cmocka_unit_test(sections_not_named_are_taken_over),
        cmocka_unit_test(our_words_keep_the_tree),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
