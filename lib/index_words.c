/* SPDX-License-Identifier: MIT */
/* The words of documents' texts, counted a document. */
#include "index_rows.h"

#include "term.h"

#include <stdlib.h>

/* Making a stemmer costs as much as reading a short article: the last one is kept. */
static stemma_status maker_for(stm_index *index, stemma_text language)
{
    stemma_text held = {index->word_language, index->word_language_size};
    if (index->word_maker != NULL && stm_word_same_language(held, language)) {
        return STEMMA_OK;
    }
    stm_word_maker_free(index->word_maker);
    index->word_maker = NULL;
    index->word_language_size =
        language.size < sizeof index->word_language ? language.size : sizeof index->word_language;
    if (index->word_language_size > 0) {
        memcpy(index->word_language, language.data, index->word_language_size);
    }
    return stm_word_maker_new(&index->word_maker, language);
}

static stemma_status count_words(stm_index *index, uint32_t *words, size_t count)
{
    stm_sort_numbers(words, count);
    for (size_t i = 0; i < count;) {
        size_t end = i + 1;
        while (end < count && words[end] == words[i]) {
            end++;
        }
        stm_index_occurrence *occurrences =
            stm_memory_grow(index->memory, index->occurrences, &index->occurrence_capacity, index->occurrence_count + 1,
                     sizeof *occurrences);
        if (occurrences == NULL) {
            return STEMMA_E_NO_MEMORY;
        }
        index->occurrences = occurrences;
        stm_index_occurrence *to = &occurrences[index->occurrence_count++];
        to->term = words[i];
        to->document = index->document_count;
        to->count = (uint32_t)(end - i);
        i = end;
    }
    return STEMMA_OK;
}

static stemma_status read_words(stm_index *index, stemma_text text, uint32_t *count)
{
    stm_word_walk walk;
    stm_word word;
    size_t capacity = 0;
    size_t total = 0;
    uint32_t *words = NULL;
    stemma_status status;
    stm_word_walk_begin(&walk, index->word_maker, text);
    while ((status = stm_word_walk_next(&walk, &word)) == STEMMA_OK) {
        uint32_t *grown = stm_memory_grow(index->memory, words, &capacity, total + 1, sizeof *words);
        stemma_text term = {word.text, word.size};
        if (grown == NULL) {
            status = STEMMA_E_NO_MEMORY;
            break;
        }
        words = grown;
        status = stm_strings_add(&index->words, term, &words[total]);
        if (status != STEMMA_OK) {
            break;
        }
        total++;
    }
    if (status == STEMMA_END) {
        status = count_words(index, words, total);
    }
    stm_memory_free(words);
    *count = (uint32_t)total;
    return status;
}

stemma_status stm_index_add_words(stm_index *index, const stemma_document *document)
{
    uint32_t *tokens = stm_memory_grow(index->memory, index->document_tokens, &index->token_capacity,
                                (size_t)index->document_count + 1, sizeof *tokens);
    if (tokens == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    index->document_tokens = tokens;
    tokens[index->document_count] = 0;
    uint8_t *stemmers = stm_memory_grow(index->memory, index->document_stemmers, &index->stemmer_capacity,
                                 (size_t)index->document_count + 1, sizeof *stemmers);
    if (stemmers == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    index->document_stemmers = stemmers;
    uint32_t language = stm_word_language(document->language);
    stemmers[index->document_count] = language == STEMMA_NONE ? 0 : (uint8_t)(language + 1);
    if (document->text.size == 0 || document->text_withheld) {
        return STEMMA_OK;
    }
    stemma_status status = maker_for(index, document->language);
    if (status == STEMMA_OK) {
        status = read_words(index, document->text, &tokens[index->document_count]);
    }
    index->token_count += tokens[index->document_count];
    return status;
}

void stm_index_word_makers_free(stm_index *index)
{
    stm_word_maker_free(index->word_maker);
    index->word_maker = NULL;
}
