/* SPDX-License-Identifier: MIT */
#include "train/treebank.h"

#include <string.h>

#include "pack/extract/annotation.h"
#include "pack/extract/token.h"
#include "pack/model/label.h"
#include "train/file.h"

#define CAPITALS_EVERY 20u

/* ---- Our words ------------------------------------------------------------------------------- */

/* The word of [first, end) whose head lies outside; the last such one. */
static uint32_t outward(const struct stm_conllu_word *words, uint32_t first, uint32_t end)
{
    uint32_t found = first;
    for (uint32_t i = first; i < end; i++) {
        if ((words[i].head < first || words[i].head >= end) &&
            words[i].relation != STM_RELATION_PUNCT) {
            found = i;
        }
    }
    return found;
}

struct group {
    uint32_t first; /* words of the treebank */
    uint32_t end;
    uint32_t our_first;
    uint32_t our_end;
};

/* One of our words for each of theirs, or for all of theirs together; what is left over of ours hangs
   under the last. */
static uint32_t fill_group(const struct stm_conllu_sentence *sentence,
                           const struct stm_annotation *ann, const struct group *group,
                           struct stm_conllu_word *out, uint32_t *map)
{
    uint32_t theirs = group->end - group->first;
    uint32_t ours = group->our_end - group->our_first;
    uint32_t base = group->our_first;
    for (uint32_t i = 0; i < ours; i++) {
        const struct stm_token *token = &ann->tokens[base + i];
        struct stm_conllu_word *word = &out[base + i];
        uint32_t from = group->first + i;
        if (theirs != ours) {
            from = outward(sentence->words, group->first, group->end);
        }
        *word = sentence->words[from];
        word->start = token->start;
        word->end = token->end;
        word->form = (stemma_text){sentence->text.data + token->start, token->end - token->start};
        if (theirs != ours && i + 1 < ours) {
            int mark = (token->flags & STM_TOKEN_PUNCTUATION) != 0;
            word->head = STEMMA_NONE; /* the last of them */
            word->pos = mark ? STM_POS_HYPH : word->pos;
            word->relation = mark ? STM_RELATION_PUNCT : STM_RELATION_COMPOUND;
        }
    }
    for (uint32_t i = 0; i < theirs; i++) {
        map[group->first + i] = theirs == ours ? base + i : base + ours - 1;
    }
    return 1;
}

uint32_t stm_treebank_align(const struct stm_conllu_sentence *sentence, struct stm_arena *arena,
                            struct stm_conllu_word *words, uint32_t most)
{
    static uint32_t map[STM_CONLLU_LONGEST + 1];
    static uint32_t last_of[STM_CONLLU_LONGEST * 2];
    struct stm_annotation ann;
    stemma_document document;
    memset(&ann, 0, sizeof ann);
    memset(&document, 0, sizeof document);
    document.text = ann.text = sentence->text;
    ann.document = &document;
    ann.arena = arena;
    if (stm_extract_tokens(&ann) != STEMMA_OK) {
        stm_train_fail("out of memory");
    }
    if (ann.token_count > most || ann.token_count > STM_CONLLU_LONGEST * 2 ||
        ann.token_count == 0) {
        return 0;
    }
    struct group group = {0, 0, 0, 0};
    while (group.first < sentence->count) {
        if (group.our_first == ann.token_count) {
            return 0;
        }
        group.end = group.first + 1;
        group.our_end = group.our_first + 1;
        for (;;) { /* until both end at one byte */
            uint32_t theirs = sentence->words[group.end - 1].end;
            uint32_t ours = ann.tokens[group.our_end - 1].end;
            if (theirs == ours) {
                break;
            }
            if (theirs < ours && group.end < sentence->count) {
                group.end++;
            } else if (theirs > ours && group.our_end < ann.token_count) {
                group.our_end++;
            } else {
                return 0;
            }
        }
        if (sentence->words[group.first].start != ann.tokens[group.our_first].start) {
            return 0;
        }
        fill_group(sentence, &ann, &group, words, map);
        for (uint32_t i = group.our_first; i < group.our_end; i++) {
            last_of[i] = group.our_end - 1;
        }
        group.first = group.end;
        group.our_first = group.our_end;
    }
    if (group.our_first != ann.token_count) {
        return 0;
    }
    map[sentence->count] = ann.token_count;
    for (uint32_t i = 0; i < ann.token_count; i++) {
        words[i].head = words[i].head == STEMMA_NONE ? last_of[i] : map[words[i].head];
        if (words[i].head == i) { /* heads that cross inside a group */
            return 0;
        }
    }
    return ann.token_count;
}

/* ---- Trees ----------------------------------------------------------------------------------- */

static void *take(struct stm_arena *arena, size_t count, size_t size)
{
    void *memory = stm_arena_alloc(arena, count, size);
    if (memory == NULL) {
        stm_train_fail("out of memory");
    }
    return memory;
}

static void add_tree(struct stm_treebank *trees, const struct stm_conllu_word *words,
                     uint32_t count, uint32_t fold)
{
    if (stm_arena_grow(&trees->arena, &trees->trees, trees->count, &trees->capacity,
                       sizeof *trees->trees) != STEMMA_OK) {
        stm_train_fail("out of memory");
    }
    struct stm_tree *tree = &trees->trees[trees->count++];
    tree->words = words;
    tree->count = count;
    tree->fold = fold;
    tree->forms = take(&trees->arena, count, sizeof *tree->forms);
    tree->lower = take(&trees->arena, count, sizeof *tree->lower);
    tree->numbers = take(&trees->arena, count, sizeof *tree->numbers);
    tree->tags = take(&trees->arena, count, 1);
    for (uint32_t i = 0; i < count; i++) {
        tree->forms[i] = words[i].form;
        if (stm_token_lower(&trees->arena, words[i].form, &tree->lower[i]) != STEMMA_OK) {
            stm_train_fail("out of memory");
        }
    }
}

static struct stm_conllu_word *in_capitals(struct stm_treebank *trees,
                                           const struct stm_conllu_word *words, uint32_t count)
{
    struct stm_conllu_word *out = take(&trees->arena, count, sizeof *out);
    for (uint32_t i = 0; i < count; i++) {
        char *form = take(&trees->arena, words[i].form.size, 1);
        out[i] = words[i];
        for (size_t k = 0; k < words[i].form.size; k++) {
            char c = words[i].form.data[k];
            form[k] = c >= 'a' && c <= 'z' ? (char)(c - ('a' - 'A')) : c;
        }
        out[i].form = (stemma_text){form, words[i].form.size};
    }
    return out;
}

static int same_words(const struct stm_conllu_sentence *sentence,
                      const struct stm_conllu_word *words, uint32_t count)
{
    int same = count == sentence->count;
    for (uint32_t i = 0; i < count && same; i++) {
        same = words[i].end == sentence->words[i].end;
    }
    return same;
}

void stm_treebank_add(struct stm_treebank *trees, const struct stm_conllu *bank, int forms,
                      uint32_t folds)
{
    for (size_t s = 0; s < bank->count; s++) {
        const struct stm_conllu_sentence *sentence = &bank->sentences[s];
        uint32_t fold = sentence->document % folds;
        uint32_t most = sentence->count * 2 + 8;
        struct stm_conllu_word *words = take(&trees->arena, most, sizeof *words);
        uint32_t count = forms & STM_TREEBANK_OURS
                             ? stm_treebank_align(sentence, &trees->arena, words, most)
                             : 0;
        if (forms & STM_TREEBANK_GIVEN) {
            add_tree(trees, sentence->words, sentence->count, fold);
        }
        if (count != 0 &&
            (!(forms & STM_TREEBANK_GIVEN) || !same_words(sentence, words, count))) {
            add_tree(trees, words, count, fold);
        }
        if (forms & STM_TREEBANK_CAPITALS && s % CAPITALS_EVERY == 0) {
            const struct stm_conllu_word *from = count != 0 ? words : sentence->words;
            count = count != 0 ? count : sentence->count;
            add_tree(trees, in_capitals(trees, from, count), count, fold);
        }
    }
}

int stm_treebank_read(struct stm_conllu *bank, int argc, char **argv)
{
    int taken = 0;
    while (taken < argc && argv[taken][0] != '-') {
        stm_conllu_read(bank, argv[taken++]);
    }
    return taken;
}
