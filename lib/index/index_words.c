/* SPDX-License-Identifier: MIT */
/* The words of documents' texts, counted a document, and their postings. */
#include "index/index_rows.h"

#include "read/term.h"

#include <stdlib.h>
#include <xxhash.h>

/* ---- From words to numbers of terms --------------------------------------------------------- */

/* Most words of a text are among those read lately. Folding and stemming one takes ten times as
   long as finding it here. */
#define CACHE_SETS 65536u
#define CACHE_WAYS 2u  /* that lie in one line of memory */
#define CACHE_WORD 26u /* bytes of a word that is kept */
#define BATCH      32u

typedef struct cached_word {
    uint32_t term; /* number in `words`, or STEMMA_NONE when the word has no term */
    uint8_t language;
    uint8_t size; /* 0: nothing is kept here */
    char word[CACHE_WORD];
} cached_word;

/* Making a stemmer costs as much as reading a short article: each is made once. */
typedef struct stm_word_reader {
    stm_word_maker *makers[STM_WORD_LANGUAGES + 1]; /* the last has no stemmer */
    cached_word cache[CACHE_SETS][CACHE_WAYS];      /* the one used last first */
} word_reader;

static stemma_status reader_for(stm_index *index, uint32_t language)
{
    if (index->word_reader == NULL) {
        index->word_reader = calloc(1, sizeof *index->word_reader);
        if (index->word_reader == NULL) {
            return STEMMA_E_NO_MEMORY;
        }
    }
    stm_word_maker **maker = &index->word_reader->makers[language];
    const stemma_text none = {NULL, 0};
    return *maker != NULL
               ? STEMMA_OK
               : stm_word_maker_new(
                     maker, language < STM_WORD_LANGUAGES ? stm_word_language_tag(language) : none);
}

static stemma_status make_term(stm_index *index, uint32_t language, stemma_text word,
                               uint32_t *number)
{
    stm_word made;
    stemma_status status = stm_word_term(index->word_reader->makers[language], word, &made);
    *number = STEMMA_NONE;
    if (status == STEMMA_OK && made.size != 0) {
        status = stm_strings_add(&index->words, stm_word_text(&made), number);
    }
    return status;
}

/* A word on its way. */
typedef struct found_word {
    stemma_text text;
    cached_word *set; /* where it may be kept; NULL for a word too long */
} found_word;

static found_word find_set(word_reader *reader, uint32_t language, stemma_text text)
{
    found_word word = {text, NULL};
    if (text.size <= CACHE_WORD) {
        uint64_t hash = XXH3_64bits(text.data, text.size) + language;
        word.set = reader->cache[hash % CACHE_SETS];
        __builtin_prefetch(word.set);
    }
    return word;
}

static int is_kept(const cached_word *kept, uint32_t language, stemma_text word)
{
    return kept->size == word.size && kept->language == language &&
           memcmp(kept->word, word.data, word.size) == 0;
}

static stemma_status term_of(stm_index *index, uint32_t language, const found_word *word,
                             uint32_t *number)
{
    cached_word *set = word->set;
    if (set == NULL) {
        return make_term(index, language, word->text, number);
    }
    if (!is_kept(&set[0], language, word->text)) {
        cached_word used = set[1];
        if (!is_kept(&used, language, word->text)) {
            stemma_status status = make_term(index, language, word->text, &used.term);
            if (status != STEMMA_OK) {
                return status;
            }
            used.language = (uint8_t)language;
            used.size = (uint8_t)word->text.size;
            memcpy(used.word, word->text.data, word->text.size);
        }
        set[1] = set[0];
        set[0] = used;
    }
    *number = set[0].term;
    return STEMMA_OK;
}

/* ---- Counting ------------------------------------------------------------------------------- */

/* Counts one more of a term in the document whose terms begin at `first`. */
static stemma_status count_term(stm_index *index, size_t first, uint32_t term)
{
    stm_index_occurrence *held = index->occurrences;
    uint32_t *places =
        stm_memory_grow(index->memory, index->word_places, &index->word_place_capacity,
                        index->words.count, sizeof *places);
    if (places == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    index->word_places = places;
    /* A place may be of an earlier document, or never have been set: what stands there decides. */
    size_t count = index->occurrence_count - first;
    if (term < index->word_place_count && places[term] < count &&
        held[first + places[term]].term == term) {
        held[first + places[term]].count++;
        return STEMMA_OK;
    }
    held = stm_memory_grow(index->memory, held, &index->occurrence_capacity,
                           index->occurrence_count + 1, sizeof *held);
    if (held == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    index->occurrences = held;
    held[index->occurrence_count].term = term;
    held[index->occurrence_count++].count = 1;
    places[term] = (uint32_t)count;
    if (term >= index->word_place_count) {
        index->word_place_count = term + 1; /* new terms come one by one */
    }
    return STEMMA_OK;
}

static stemma_status count_words(stm_index *index, uint32_t language, size_t first,
                                 const found_word *words, uint32_t count, uint32_t *total)
{
    for (uint32_t i = 0; i < count; i++) {
        uint32_t term;
        stemma_status status = term_of(index, language, &words[i], &term);
        if (status == STEMMA_OK && term != STEMMA_NONE) {
            status = count_term(index, first, term);
            if (status == STEMMA_OK && index->keeps_sequence) {
                status = stm_index_keep_term(index, term);
            }
            ++*total;
        }
        if (status != STEMMA_OK) {
            return status;
        }
    }
    return STEMMA_OK;
}

/* Words go through in batches, so that their sets come from memory all at a time. */
static stemma_status read_words(stm_index *index, uint32_t language, stemma_text text,
                                uint32_t *total)
{
    found_word batch[BATCH];
    size_t first = index->occurrence_count;
    uint32_t count;
    stm_word_walk walk;
    stemma_span span;
    stm_word_walk_begin(&walk, index->word_reader->makers[language], text);
    do {
        count = 0;
        while (count < BATCH && stm_word_walk_span(&walk, &span)) {
            stemma_text word = {text.data + span.start, span.end - span.start};
            batch[count++] = find_set(index->word_reader, language, word);
        }
        stemma_status status = count_words(index, language, first, batch, count, total);
        if (status != STEMMA_OK) {
            return status;
        }
    } while (count == BATCH);
    index->document_terms[index->document_count] = (uint32_t)(index->occurrence_count - first);
    return STEMMA_OK;
}

static stemma_status make_room(stm_index *index)
{
    size_t needed = (size_t)index->document_count + 1;
    uint32_t *tokens = stm_memory_grow(index->memory, index->document_tokens,
                                       &index->token_capacity, needed, sizeof *tokens);
    if (tokens == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    index->document_tokens = tokens;
    uint32_t *terms = stm_memory_grow(index->memory, index->document_terms,
                                      &index->document_term_capacity, needed, sizeof *terms);
    if (terms == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    index->document_terms = terms;
    uint8_t *stemmers = stm_memory_grow(index->memory, index->document_stemmers,
                                        &index->stemmer_capacity, needed, sizeof *stemmers);
    if (stemmers == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    index->document_stemmers = stemmers;
    return STEMMA_OK;
}

stemma_status stm_index_add_words(stm_index *index, const stemma_document *document)
{
    uint32_t language = stm_word_language(document->language);
    uint32_t *tokens;
    stemma_status status = make_room(index);
    if (status != STEMMA_OK) {
        return status;
    }
    tokens = &index->document_tokens[index->document_count];
    *tokens = 0;
    index->document_terms[index->document_count] = 0;
    index->document_stemmers[index->document_count] =
        language == STEMMA_NONE ? 0 : (uint8_t)(language + 1);
    if (document->text.size == 0 || document->text_withheld) {
        return STEMMA_OK;
    }
    language = language == STEMMA_NONE ? STM_WORD_LANGUAGES : language;
    status = reader_for(index, language);
    if (status == STEMMA_OK) {
        status = read_words(index, language, document->text, tokens);
    }
    index->token_count += *tokens;
    return status;
}

void stm_index_words_free(stm_index *index)
{
    if (index->word_reader != NULL) {
        for (uint32_t i = 0; i <= STM_WORD_LANGUAGES; i++) {
            stm_word_maker_free(index->word_reader->makers[i]);
        }
        free(index->word_reader);
        index->word_reader = NULL;
    }
}

/* ---- Postings ------------------------------------------------------------------------------- */

#define OFTEN 4096u /* postings after which memory is looked at */

typedef struct posting {
    uint32_t document;
    uint32_t count;
} posting;

/* Terms are dealt with in turns, as many lists in each as fit the buffer: every turn reads what was
   counted from beginning to end, so that it may lie in a file, and writes to memory alone. */
typedef struct distribution {
    const stm_index *index;
    uint32_t *ranks; /* of each word, its place in memcmp order */
    uint32_t *order; /* the reverse */
    size_t *ends;    /* by rank: where its list ends, among all */
    posting *buffer;
    size_t capacity;
} distribution;

static void measure_lists(distribution *d)
{
    const stm_index *index = d->index;
    size_t end = 0;
    for (uint32_t i = 0; i < index->words.count; i++) {
        d->order[d->ranks[i]] = i;
    }
    for (size_t i = 0; i < index->occurrence_count; i++) {
        d->ends[d->ranks[index->occurrences[i].term]]++;
        if (i % OFTEN == 0) {
            stm_memory_check(index->memory);
        }
    }
    for (uint32_t rank = 0; rank < index->words.count; rank++) {
        end += d->ends[rank];
        d->ends[rank] = end;
    }
}

/* Collects the lists of ranks [first, last), which begin at `base` among all. `places` has where
   each goes on in the buffer. */
static void collect_lists(distribution *d, uint32_t first, uint32_t last, size_t base,
                          size_t *places)
{
    const stm_index *index = d->index;
    const stm_index_occurrence *next = index->occurrences;
    for (uint32_t rank = first; rank < last; rank++) {
        places[rank - first] = rank == 0 ? 0 : d->ends[rank - 1] - base;
    }
    for (uint32_t document = 0; document < index->document_count; document++) {
        stm_memory_check(index->memory);
        for (uint32_t i = 0; i < index->document_terms[document]; i++, next++) {
            uint32_t rank = d->ranks[next->term] - first;
            if (rank < last - first) {
                posting *to = &d->buffer[places[rank]++];
                to->document = document;
                to->count = next->count;
            }
        }
    }
}

/* Most words stand in a document once: that is payload 0, which costs nothing. */
static stemma_status post_lists(distribution *d, uint32_t first, uint32_t last, size_t base,
                                stm_index_post *post, void *context)
{
    const posting *from = d->buffer;
    for (uint32_t rank = first; rank < last; rank++) {
        stemma_text text = stm_strings_get(&d->index->words, d->order[rank]);
        stemma_bytes key = {(const uint8_t *)text.data, text.size};
        for (const posting *end = d->buffer + (d->ends[rank] - base); from < end; from++) {
            stemma_status status = post(context, key, from->document, from->count - 1);
            if (status != STEMMA_OK) {
                return status;
            }
        }
    }
    return STEMMA_OK;
}

static stemma_status post_in_turns(distribution *d, stm_index_post *post, void *context)
{
    stm_memory *memory = d->index->memory;
    uint32_t count = d->index->words.count;
    size_t *places = stm_memory_zeroed(memory, count, sizeof *places);
    stemma_status status = places == NULL ? STEMMA_E_NO_MEMORY : STEMMA_OK;
    for (uint32_t first = 0; first < count && status == STEMMA_OK;) {
        size_t base = first == 0 ? 0 : d->ends[first - 1];
        uint32_t last = first + 1;
        while (last < count && d->ends[last] - base <= d->capacity) {
            last++;
        }
        posting *buffer = stm_memory_grow(memory, d->buffer, &d->capacity, d->ends[last - 1] - base,
                                          sizeof *buffer);
        if (buffer == NULL) {
            status = STEMMA_E_NO_MEMORY; /* a list longer than the buffer */
            break;
        }
        d->buffer = buffer;
        collect_lists(d, first, last, base, places);
        status = post_lists(d, first, last, base, post, context);
        first = last;
    }
    stm_memory_free(places);
    return status;
}

stemma_status stm_index_post_words(const stm_index *index, stm_index_post *post, void *context)
{
    stm_memory *memory = index->memory;
    size_t most = stm_memory_part(memory, 8, (size_t)1 << 20, (size_t)1 << 28) / sizeof(posting);
    size_t wanted = index->occurrence_count < most ? index->occurrence_count : most;
    distribution d = {index, stm_strings_ranks(&index->words), NULL, NULL, NULL, 0};
    stemma_status status = STEMMA_E_NO_MEMORY;
    d.order = stm_memory_zeroed(memory, index->words.count, sizeof *d.order);
    d.ends = stm_memory_zeroed(memory, index->words.count, sizeof *d.ends);
    d.buffer = stm_memory_grow(memory, NULL, &d.capacity, wanted + 1, sizeof *d.buffer);
    if (d.ranks != NULL && d.order != NULL && d.ends != NULL && d.buffer != NULL) {
        measure_lists(&d);
        status = post_in_turns(&d, post, context);
    }
    stm_memory_free(d.ranks);
    stm_memory_free(d.order);
    stm_memory_free(d.ends);
    stm_memory_free(d.buffer);
    return status;
}
