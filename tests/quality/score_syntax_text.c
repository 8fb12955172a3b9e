/* SPDX-License-Identifier: MIT */
/* Sentences and tokens are compared as spans of bytes. What hyphens join without white space is one token on
   both sides: the treebanks cut there, the reader does not. */
#include "score_syntax_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pack/extract/annotation.h"
#include "train/file.h"

struct span {
    uint32_t start;
    uint32_t end;
};

struct tally {
    size_t ours;
    size_t gold;
    size_t right;
};

struct page {
    char *text;
    size_t size;
    struct span *tokens;
    const struct stm_conllu_word **words;
    size_t token_count;
    struct span *sentences;
    size_t sentence_count;
};

static void print_tally(const char *name, const struct tally *tally)
{
    double precision = tally->ours == 0 ? 0 : 100.0 * (double)tally->right / (double)tally->ours;
    double recall = tally->gold == 0 ? 0 : 100.0 * (double)tally->right / (double)tally->gold;
    double f1 = precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
    printf("%-24s %7zu gold   P %5.2f  R %5.2f  F %5.2f\n", name, tally->gold, precision, recall,
           f1);
}

/* Joins spans that touch at a hyphen; returns how many are left. */
static size_t join_hyphens(const char *text, struct span *spans, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        struct span *last = kept != 0 ? &spans[kept - 1] : NULL;
        if (last != NULL && last->end == spans[i].start &&
            (text[spans[i].start] == '-' || text[last->end - 1] == '-')) {
            last->end = spans[i].end;
        } else {
            spans[kept++] = spans[i];
        }
    }
    return kept;
}

static void compare(struct tally *tally, const struct span *ours, size_t count,
                    const struct span *gold, size_t gold_count)
{
    size_t k = 0;
    tally->ours += count;
    tally->gold += gold_count;
    for (size_t i = 0; i < count; i++) {
        while (k < gold_count && gold[k].end < ours[i].end) {
            k++;
        }
        tally->right +=
            k < gold_count && gold[k].end == ours[i].end && gold[k].start == ours[i].start;
    }
}

/* The sentences of one document as one text: a space between them, an empty line between paragraphs. */
static void write_page(struct page *page, const struct stm_conllu_sentence *sentences,
                       size_t count)
{
    size_t size = 0;
    size_t words = 0;
    for (size_t i = 0; i < count; i++) {
        size += sentences[i].text.size + 2;
        words += sentences[i].count;
    }
    page->text = stm_train_alloc(size + 1, 1);
    page->tokens = stm_train_alloc(words, sizeof *page->tokens);
    page->words = stm_train_alloc(words, sizeof *page->words);
    page->sentences = stm_train_alloc(count, sizeof *page->sentences);
    page->size = page->token_count = 0;
    page->sentence_count = count;
    for (size_t i = 0; i < count; i++) {
        const struct stm_conllu_sentence *sentence = &sentences[i];
        if (i != 0) {
            const char *gap = sentence->paragraph != sentences[i - 1].paragraph ? "\n\n" : " ";
            memcpy(page->text + page->size, gap, strlen(gap));
            page->size += strlen(gap);
        }
        uint32_t start = (uint32_t)page->size;
        memcpy(page->text + start, sentence->text.data, sentence->text.size);
        page->size += sentence->text.size;
        for (uint32_t k = 0; k < sentence->count; k++) {
            const struct stm_conllu_word *word = &sentence->words[k];
            if (word->end > word->start) {
                page->words[page->token_count] = word;
                page->tokens[page->token_count++] =
                    (struct span){start + word->start, start + word->end};
            }
        }
        page->sentences[i] = (struct span){start, (uint32_t)page->size};
    }
}

static int same_lemma(stemma_text ours, stemma_text gold)
{
    if (ours.size != gold.size) {
        return 0;
    }
    for (size_t i = 0; i < ours.size; i++) {
        char c = gold.data[i];
        if (ours.data[i] != (c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c)) {
            return 0;
        }
    }
    return 1;
}

/* Lemmas of verbs and common nouns, where both have the same token. */
static void compare_lemmas(struct tally *tally, const struct stm_annotation *ann,
                           const struct page *page)
{
    size_t k = 0;
    for (uint32_t i = 0; i < ann->token_count; i++) {
        const struct stm_token *token = &ann->tokens[i];
        while (k < page->token_count && page->tokens[k].end < token->end) {
            k++;
        }
        if (k == page->token_count || page->tokens[k].end != token->end ||
            page->tokens[k].start != token->start) {
            continue;
        }
        uint8_t pos = page->words[k]->pos;
        if ((pos < STM_POS_VB || pos > STM_POS_VBZ) && pos != STM_POS_NN && pos != STM_POS_NNS) {
            continue;
        }
        int right = same_lemma(token->lemma, page->words[k]->lemma);
        tally->ours++;
        tally->gold++;
        tally->right += right;
        if (!right && getenv("SCORE_SYNTAX_ERRORS") != NULL) {
            printf("lemma %.*s %s: %.*s, not %.*s\n", (int)token->lower.size, token->lower.data,
                   stm_pos_name(token->pos), (int)page->words[k]->lemma.size,
                   page->words[k]->lemma.data, (int)token->lemma.size, token->lemma.data);
        }
    }
}

static void print_sentence_errors(const struct page *page, const struct span *ours, size_t count)
{
    size_t k = 0;
    for (size_t i = 0; i < count; i++) {
        while (k < page->sentence_count && page->sentences[k].end < ours[i].end) {
            uint32_t end = page->sentences[k].end;
            uint32_t from = end > 40 ? end - 40 : 0;
            printf("not cut: %.*s|%.*s\n", (int)(end - from), page->text + from, 30,
                   page->text + end);
            k++;
        }
        if (k < page->sentence_count && page->sentences[k].end == ours[i].end) {
            k++;
        } else {
            uint32_t from = ours[i].end > 40 ? ours[i].end - 40 : 0;
            printf("wrongly cut: %.*s|%.*s\n", (int)(ours[i].end - from), page->text + from, 30,
                   page->text + ours[i].end);
        }
    }
}

static void score_page(const struct stm_model *model, struct page *page, struct tally tallies[3])
{
    struct stm_arena arena;
    struct stm_annotation ann;
    stemma_document document;
    stm_arena_init(&arena, 0);
    memset(&ann, 0, sizeof ann);
    memset(&document, 0, sizeof document);
    document.text = ann.text = (stemma_text){page->text, page->size};
    ann.document = &document;
    ann.arena = &arena;
    ann.model = model;
    if (stm_extract_tokens(&ann) != STEMMA_OK || stm_extract_sentences(&ann) != STEMMA_OK ||
        stm_extract_tags(&ann) != STEMMA_OK) {
        stm_train_fail("out of memory");
    }
    compare_lemmas(&tallies[2], &ann, page);
    struct span *spans = stm_train_alloc(ann.token_count, sizeof *spans);
    for (uint32_t i = 0; i < ann.token_count; i++) {
        spans[i] = (struct span){ann.tokens[i].start, ann.tokens[i].end};
    }
    size_t count = join_hyphens(page->text, spans, ann.token_count);
    page->token_count = join_hyphens(page->text, page->tokens, page->token_count);
    compare(&tallies[1], spans, count, page->tokens, page->token_count);
    for (uint32_t i = 0; i < ann.sentence_count; i++) {
        spans[i] = (struct span){ann.sentences[i].start, ann.sentences[i].end};
    }
    compare(&tallies[0], spans, ann.sentence_count, page->sentences, page->sentence_count);
    if (getenv("SCORE_SYNTAX_ERRORS") != NULL) {
        print_sentence_errors(page, spans, ann.sentence_count);
    }
    free(spans);
    stm_arena_free(&arena);
}

void score_text(const struct stm_model *model, const struct stm_conllu *bank)
{
    struct tally tallies[3];
    memset(tallies, 0, sizeof tallies);
    for (size_t first = 0; first < bank->count;) {
        size_t end = first;
        while (end < bank->count &&
               bank->sentences[end].document == bank->sentences[first].document) {
            end++;
        }
        struct page page;
        write_page(&page, bank->sentences + first, end - first);
        score_page(model, &page, tallies);
        free(page.text);
        free(page.tokens);
        free(page.words);
        free(page.sentences);
        first = end;
    }
    print_tally("sentences", &tallies[0]);
    print_tally("tokens", &tallies[1]);
    print_tally("lemmas", &tallies[2]);
}
