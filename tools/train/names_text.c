/* SPDX-License-Identifier: MIT */
#include "train/names.h"

#include "train/file.h"

#include <stdlib.h>
#include <string.h>

/* Tokens that a span of the corpus touches get its label. */
static void label_tokens(struct names_text *text)
{
    const struct names_document *document = text->document;
    uint32_t token = 0;
    for (uint32_t i = 0; i < document->span_count; i++) {
        const struct names_span *span = &document->spans[i];
        while (token < text->ann.token_count && text->ann.tokens[token].end <= span->start) {
            token++;
        }
        uint32_t first = token;
        while (token < text->ann.token_count && text->ann.tokens[token].start < span->end) {
            if (span->name_class != STM_NAME_CLASSES) {
                text->labels[token] = token == first ? stm_label_begin(span->name_class)
                                                     : stm_label_inside(span->name_class);
            }
            token++;
        }
    }
    /* A sentence that ends inside a name ends the name. */
    for (uint32_t s = 0; s < text->ann.sentence_count; s++) {
        uint8_t *label = &text->labels[text->ann.sentences[s].first];
        if (stm_label_is_inside(*label)) {
            *label = stm_label_begin(stm_label_class(*label));
        }
    }
}

static void read_text(struct names_text *text, const struct stm_model *model,
                      const struct stm_gazetteer *gazetteer, uint32_t off)
{
    const struct names_document *document = text->document;
    stm_arena_init(&text->arena, 0);
    text->input.text.data = document->text;
    text->input.text.size = document->size;
    text->input.title.data = document->text;
    text->input.title.size = document->title;
    text->input.paragraphs = document->paragraphs;
    text->input.paragraph_count = document->paragraph_count;
    text->ann.arena = &text->arena;
    text->ann.model = model;
    text->ann.document = &text->input;
    text->ann.text = text->input.text;
    if (stm_extract_tokens(&text->ann) != STEMMA_OK ||
        stm_extract_sentences(&text->ann) != STEMMA_OK ||
        stm_extract_tags(&text->ann) != STEMMA_OK || stm_extract_syntax(&text->ann) != STEMMA_OK ||
        stm_name_view_make(&text->view, &text->ann, gazetteer, off) != STEMMA_OK) {
        stm_train_fail("names: a text could not be read");
    }
    text->labels = stm_train_alloc((size_t)text->ann.token_count + 1, 1);
    text->guesses = stm_train_alloc((size_t)text->ann.token_count + 1, 1);
    label_tokens(text);
}

struct names_text *names_read_texts(const struct names_corpus *corpus,
                                    const struct stm_model *model,
                                    const struct stm_gazetteer *gazetteer, uint32_t off)
{
    struct names_text *texts = stm_train_alloc(corpus->count + 1, sizeof *texts);
    for (size_t i = 0; i < corpus->count; i++) {
        texts[i].document = &corpus->documents[i];
        texts[i].weight = 1;
        read_text(&texts[i], model, gazetteer, off);
    }
    return texts;
}

static void free_lists(uint32_t **lists, uint32_t count)
{
    for (uint32_t i = 0; lists != NULL && i < count; i++) {
        free(lists[i]);
    }
    free(lists);
}

void names_free_texts(struct names_text *texts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        free_lists(texts[i].features, texts[i].ann.token_count);
        free_lists(texts[i].history, texts[i].ann.token_count);
        free(texts[i].counts);
        free(texts[i].history_counts);
        free(texts[i].labels);
        free(texts[i].guesses);
        stm_arena_free(&texts[i].arena);
    }
    free(texts);
}

void names_compare(const struct names_text *text, struct names_tally *tally)
{
    const struct names_document *document = text->document;
    uint32_t next = 0;
    for (uint32_t i = 0; i < document->span_count; i++) {
        if (document->spans[i].name_class != STM_NAME_CLASSES) {
            tally->gold[document->spans[i].name_class]++;
        }
    }
    for (uint32_t i = 0; i < text->ann.token_count;) {
        if (text->guesses[i] == 0) {
            i++;
            continue;
        }
        uint32_t end = i + 1;
        unsigned name_class = stm_label_class(text->guesses[i]);
        while (end < text->ann.token_count && stm_label_is_inside(text->guesses[end]) &&
               text->ann.tokens[end].sentence == text->ann.tokens[i].sentence) {
            end++;
        }
        uint32_t start = text->ann.tokens[i].start;
        while (next < document->span_count && document->spans[next].start < start) {
            next++;
        }
        tally->found[name_class]++;
        if (next < document->span_count && document->spans[next].start == start &&
            document->spans[next].end == text->ann.tokens[end - 1].end) {
            if (document->spans[next].name_class == name_class) {
                tally->right[name_class]++;
            }
        }
        i = end;
    }
}

double names_f1(const struct names_tally *tally)
{
    uint64_t right = 0;
    uint64_t all = 0;
    for (unsigned k = 0; k < STM_NAME_NORP; k++) {
        right += tally->right[k];
        all += tally->found[k] + tally->gold[k];
    }
    return all == 0 ? 0 : 2 * (double)right / (double)all;
}
