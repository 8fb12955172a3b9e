/* SPDX-License-Identifier: MIT */
/* Documents as sentences of terms, each term with its weight. */
#include "trace/alike.h"

#include <math.h>
#include <stdlib.h>

#include "read/document.h"
#include "base/error.h"
#include "base/grow.h"
#include "key.h"
#include "read/known.h"

stemma_status stm_alike_no_memory(stemma_error *error)
{
    return stm_fail(error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "", "The system refused memory");
}

/* ---- Terms -------------------------------------------------------------------------------------- */

static double weigh(uint32_t known, uint64_t having)
{
    double all = known;
    double n = having < known ? (double)having : all;
    n = n < 1 ? 1 : n;
    return log(1 + (all - n + 0.5) / (n + 0.5));
}

stemma_status stm_alike_begin(stm_alike_terms *terms, stemma_snapshot *snapshot,
                              stemma_error *error)
{
    stemma_status status;
    memset(terms, 0, sizeof *terms);
    terms->snapshot = snapshot;
    terms->known = stm_known_documents(snapshot);
    terms->enough = STM_ALIKE_COMMON * weigh(terms->known, 2);
    terms->enough = terms->enough < STM_ALIKE_ENOUGH ? terms->enough : STM_ALIKE_ENOUGH;
    status = stm_search_cache_get(snapshot, &terms->cache, error);
    if (status == STEMMA_OK) {
        status = stm_snapshot_source(snapshot, STM_TABLE_TERM, &terms->source, error);
    }
    return status;
}

void stm_alike_end(stm_alike_terms *terms)
{
    if (terms->source.context != NULL) {
        stm_snapshot_source_return(&terms->source);
    }
    stm_strings_free(&terms->strings);
    free(terms->weights);
    free(terms->documents);
}

/* How many known documents have the term. */
static stemma_status count_documents(const stm_alike_terms *terms, stemma_text text, uint64_t *count,
                                     stemma_error *error)
{
    stm_list_key key;
    stemma_status status = stm_list_key_text(&key, text);
    *count = 0;
    if (status != STEMMA_OK) {
        return STEMMA_OK; /* no index has such a term */
    }
    status = stm_is_cut(terms->snapshot)
                 ? stm_posting_count_range(&terms->source, stm_list_key_bytes(&key), 0, terms->known,
                                           count)
                 : stm_posting_count(&terms->source, stm_list_key_bytes(&key), count);
    return status < 0 ? stm_damaged(error, STM_TABLE_TERM, 0, "POSTING_VALUE") : STEMMA_OK;
}

/* The number of a term, or STEMMA_NONE when there are too many. */
static stemma_status number_of(stm_alike_terms *terms, stemma_text text, uint32_t *number,
                               stemma_error *error)
{
    uint64_t count = 0;
    uint32_t known = terms->strings.count;
    double *weights;
    uint32_t *documents;
    stemma_status status;
    *number = stm_strings_find(&terms->strings, text);
    if (*number != STEMMA_NONE || known == STM_ALIKE_TERMS) {
        return STEMMA_OK;
    }
    weights = stm_grow(terms->weights, &terms->weight_capacity, known + 1u, sizeof *weights);
    if (weights == NULL) {
        return stm_alike_no_memory(error);
    }
    terms->weights = weights;
    documents = stm_grow(terms->documents, &terms->document_capacity, known + 1u, sizeof *documents);
    if (documents == NULL) {
        return stm_alike_no_memory(error);
    }
    terms->documents = documents;
    status = count_documents(terms, text, &count, error);
    if (status != STEMMA_OK) {
        return status;
    }
    weights[known] = weigh(terms->known, count);
    documents[known] = count < terms->known ? (uint32_t)count : terms->known;
    status = stm_strings_add(&terms->strings, text, number);
    return status == STEMMA_OK ? status : stm_alike_no_memory(error);
}

/* ---- Sentences ---------------------------------------------------------------------------------- */

static stemma_status add_word(stm_alike_document *out, uint32_t term, uint32_t start, uint32_t end,
                              stemma_error *error)
{
    stm_alike_word *words = stm_grow(out->words, &out->word_capacity, out->word_count + 1u,
                                     sizeof *words);
    if (words == NULL) {
        return stm_alike_no_memory(error);
    }
    out->words = words;
    words[out->word_count++] = (stm_alike_word){term, {start, end}};
    return STEMMA_OK;
}

static stemma_status read_words(stm_alike_terms *terms, uint32_t language, stemma_span span,
                                stm_alike_document *out, bool *cut, stemma_error *error)
{
    stemma_text text = {out->text.data + span.start, span.end - span.start};
    stm_word_maker *maker = stm_search_maker(terms->cache, language);
    uint32_t first = out->word_count;
    stm_word_walk walk;
    stm_word word;
    if (maker == NULL) {
        return stm_alike_no_memory(error);
    }
    stm_word_walk_begin(&walk, maker, text);
    while (stm_word_walk_span(&walk, &word.span)) {
        stemma_text raw = {text.data + word.span.start, word.span.end - word.span.start};
        uint32_t term = STEMMA_NONE;
        stemma_status status = stm_search_term(terms->cache, language, raw, &word);
        if (status != STEMMA_OK) {
            return stm_alike_no_memory(error);
        }
        if (word.size == 0) {
            continue;
        }
        if (out->word_count - first == STEMMA_ALIKE_WORDS) {
            *cut = true;
            return STEMMA_OK;
        }
        status = number_of(terms, stm_word_text(&word), &term, error);
        if (status == STEMMA_OK && term != STEMMA_NONE) {
            status = add_word(out, term, span.start + word.span.start, span.start + word.span.end,
                              error);
        }
        *cut |= term == STEMMA_NONE;
        if (status != STEMMA_OK) {
            return status;
        }
    }
    return STEMMA_OK;
}

/* The different terms of the sentence, and what they weigh. */
static stemma_status gather_set(const stm_alike_terms *terms, stm_alike_sentence *sentence,
                                stm_alike_document *out, stemma_error *error)
{
    uint32_t *sets = stm_grow(out->sets, &out->set_capacity, out->set_count + sentence->word_count,
                              sizeof *sets);
    if (sets == NULL) {
        return stm_alike_no_memory(error);
    }
    out->sets = sets;
    sentence->set_first = out->set_count;
    for (uint32_t i = 0; i < sentence->word_count; i++) {
        sets[out->set_count + i] = out->words[sentence->word_first + i].term;
    }
    sentence->set_count =
        (uint32_t)stm_sort_distinct(sets + out->set_count, sentence->word_count);
    for (uint32_t i = 0; i < sentence->set_count; i++) {
        sentence->weight += terms->weights[sets[out->set_count + i]];
    }
    out->set_count += sentence->set_count;
    out->weight += sentence->weight;
    return STEMMA_OK;
}

static bool is_space(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

static stemma_status add_sentence(stm_alike_terms *terms, uint32_t language, stemma_span span,
                                  stm_alike_document *out, stemma_error *error)
{
    stm_alike_sentence one = {span, out->word_count, 0, 0, 0, 0};
    stm_alike_sentence *sentences;
    stemma_status status;
    while (one.span.end > one.span.start && is_space(out->text.data[one.span.end - 1])) {
        one.span.end--;
    }
    while (one.span.start < one.span.end && is_space(out->text.data[one.span.start])) {
        one.span.start++;
    }
    if (out->sentence_count == STEMMA_ALIKE_SENTENCES) {
        out->is_partial = true;
        return STEMMA_OK;
    }
    status = read_words(terms, language, one.span, out, &out->is_partial, error);
    one.word_count = out->word_count - one.word_first;
    if (status != STEMMA_OK || one.word_count == 0) {
        return status;
    }
    status = gather_set(terms, &one, out, error);
    if (status != STEMMA_OK) {
        return status;
    }
    sentences = stm_grow(out->sentences, &out->sentence_capacity, out->sentence_count + 1u,
                         sizeof *sentences);
    if (sentences == NULL) {
        return stm_alike_no_memory(error);
    }
    out->sentences = sentences;
    sentences[out->sentence_count++] = one;
    return STEMMA_OK;
}

/* Where the sentence ends that begins at `start`, in a text whose sentences nobody marked: at the
   end of a line, or behind a full stop and a space. */
static uint32_t end_of_sentence(stemma_text text, uint32_t start)
{
    uint32_t at = start;
    while (at < text.size) {
        char byte = text.data[at++];
        if (byte == '\n' || ((byte == '.' || byte == '!' || byte == '?') && at < text.size &&
                             is_space(text.data[at]))) {
            break;
        }
    }
    return at;
}

/* Where the text goes on that was reached at `at`, page furniture passed over, and `*end` where it
   stops again before the next piece of it. */
static uint32_t behind_furniture(const stemma_document *document, uint32_t at, uint32_t size,
                                 uint32_t *next, uint32_t *end)
{
    while (*next < document->furniture_count && document->furniture[*next].start <= at) {
        uint32_t stop = document->furniture[(*next)++].end;
        at = stop > at ? stop : at;
    }
    *end = *next < document->furniture_count && document->furniture[*next].start < size
               ? document->furniture[*next].start
               : size;
    return at;
}

static stemma_status read_sentences(stm_alike_terms *terms, uint32_t language,
                                    const stemma_document *document, stm_alike_document *out,
                                    stemma_error *error)
{
    uint32_t size = (uint32_t)out->text.size;
    uint32_t furniture = 0;
    uint32_t next = 0; /* the first mark behind the sentence's beginning */
    stemma_status status = STEMMA_OK;
    for (uint32_t at = 0; status == STEMMA_OK;) {
        stemma_span span;
        span.start = behind_furniture(document, at, size, &furniture, &span.end);
        if (span.start >= size) {
            break;
        }
        while (next < document->sentence_count && document->sentences[next] <= span.start) {
            next++;
        }
        if (document->sentence_count == 0) {
            uint32_t end = end_of_sentence(out->text, span.start);
            span.end = end < span.end ? end : span.end;
        } else if (next < document->sentence_count && document->sentences[next] < span.end) {
            span.end = document->sentences[next];
        }
        status = add_sentence(terms, language, span, out, error);
        at = span.end;
    }
    return status;
}

stemma_status stm_alike_read(stm_alike_terms *terms, uint32_t document, stm_alike_document *out,
                             stemma_error *error)
{
    stemma_span span = {0, STEMMA_ALIKE_TEXT};
    stemma_document record;
    uint32_t size = 0;
    uint32_t language = STEMMA_NONE;
    stemma_status status;
    if (document >= terms->known) {
        return STEMMA_NOT_FOUND;
    }
    out->number = document;
    out->text = (stemma_text){"", 0};
    out->sentence_count = out->word_count = out->set_count = 0;
    out->weight = 0;
    out->is_partial = false;
    status = stemma_document_get(terms->snapshot, document, &record, error);
    if (status != STEMMA_OK || record.text_withheld || record.row_count != 0) {
        return status;
    }
    out->is_partial = record.text_size > STEMMA_ALIKE_TEXT;
    status = stm_search_document(terms->cache, document, &size, &language, error);
    if (status == STEMMA_OK) {
        status = stemma_text_get(terms->snapshot, document, span, &out->text, error);
    }
    if (status == STEMMA_NOT_FOUND) {
        return STEMMA_OK; /* without a text */
    }
    return status == STEMMA_OK ? read_sentences(terms, language, &record, out, error) : status;
}

stemma_status stm_alike_read_sentence(stm_alike_terms *terms, uint32_t document, stemma_text text,
                                      stm_alike_document *out, stemma_error *error)
{
    stemma_span span = {0, (uint32_t)text.size};
    uint32_t size = 0;
    uint32_t language = STEMMA_NONE;
    stemma_status status = stm_search_document(terms->cache, document, &size, &language, error);
    out->number = document;
    out->text = text;
    return status == STEMMA_OK ? add_sentence(terms, language, span, out, error) : status;
}

void stm_alike_document_free(stm_alike_document *document)
{
    free(document->sentences);
    free(document->words);
    free(document->sets);
}
