/* SPDX-License-Identifier: MIT */
#include "search/search_cache.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/grow.h"
#include "base/stemmer.h"
#include "limits.h"
#include "file/snapshot.h"

/* Adds the languages of a block's documents to those present. Documents without words count for
   none: a table among articles brings no words of its own language. */
static stemma_status note_languages(stm_search_cache *cache, const stm_document_block *block,
                                    uint32_t number, stemma_error *error)
{
    const stm_column *languages = &block->languages;
    int all_alike = languages->width == 0 && languages->form == STM_COLUMN_PLAIN;
    for (uint32_t row = 0; row < languages->count; row++) {
        int64_t tag = stm_column_get(languages, row);
        if (tag < 0 || tag > STM_WORD_LANGUAGES) {
            return stm_damaged(error, STM_TABLE_GROUP, number, "COLUMN_BLOCK");
        }
        uint32_t bit = stm_language_bit(tag == 0 ? STEMMA_NONE : (uint32_t)tag - 1);
        if ((cache->present & bit) == 0 && stm_column_get(&block->sizes, row) != 0) {
            cache->present |= bit;
        }
        if (all_alike && (cache->present & bit) != 0) {
            break;
        }
    }
    return STEMMA_OK;
}

static stemma_status read_block(stemma_snapshot *snapshot, uint32_t number, uint32_t rows,
                                stm_document_block *out, stemma_error *error)
{
    stm_column_block block;
    stemma_bytes value;
    stemma_status status = stm_snapshot_get_u32(snapshot, STM_TABLE_GROUP, number, &value, error);
    if (status == STEMMA_NOT_FOUND) {
        return stm_damaged(error, STM_TABLE_GROUP, number, "GROUP_MISSING");
    }
    if (status != STEMMA_OK) {
        return status;
    }
    if (stm_column_block_open(value, &block) != STEMMA_OK ||
        stm_column_optional(&block, 2, block.rows, &out->sizes) != STEMMA_OK ||
        stm_column_optional(&block, 3, block.rows, &out->languages) != STEMMA_OK) {
        return stm_damaged(error, STM_TABLE_GROUP, number, "COLUMN_BLOCK");
    }
    if (block.rows < rows) {
        return stm_damaged(error, STM_TABLE_GROUP, number, "GROUP_MISSING");
    }
    return STEMMA_OK;
}

/* Blocks are read one by one and each must be there: what is kept is bounded by the file. */
static stemma_status read_blocks(stemma_snapshot *snapshot, stm_search_cache *cache,
                                 uint32_t documents, stemma_error *error)
{
    size_t capacity = 0;
    for (uint32_t first = 0; first < documents;) {
        uint32_t rows =
            documents - first < STEMMA_EVENT_BLOCK ? documents - first : STEMMA_EVENT_BLOCK;
        stm_document_block *blocks =
            stm_grow(cache->blocks, &capacity, (size_t)cache->block_count + 1, sizeof *blocks);
        if (blocks == NULL) {
            return stm_fail(error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "", "Memory was refused");
        }
        cache->blocks = blocks;
        stm_document_block *block = &blocks[cache->block_count];
        stemma_status status = read_block(snapshot, cache->block_count, rows, block, error);
        if (status == STEMMA_OK) {
            status = note_languages(cache, block, cache->block_count, error);
        }
        if (status != STEMMA_OK) {
            return status;
        }
        cache->block_count++;
        first += rows;
    }
    return STEMMA_OK;
}

stemma_status stm_search_cache_get(stemma_snapshot *snapshot, stm_search_cache **out,
                                   stemma_error *error)
{
    stm_search_cache *cache = snapshot->search;
    if (cache != NULL) {
        *out = cache;
        return STEMMA_OK;
    }
    const stemma_counts *counts = &snapshot->file->counts;
    cache = calloc(1, sizeof *cache);
    if (cache == NULL) {
        return stm_fail(error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "", "Memory was refused");
    }
    cache->mean_size =
        (double)counts->tokens / (counts->documents != 0 ? (double)counts->documents : 1);
    if (cache->mean_size < 1) {
        cache->mean_size = 1;
    }
    stemma_status status = read_blocks(snapshot, cache, snapshot->file->bounds.documents, error);
    if (status == STEMMA_OK && (cache->present & ~stm_language_bit(STEMMA_NONE)) != 0) {
        status = stm_stemmer_load(error); /* here where it can be told; who makes words cannot */
    }
    if (status != STEMMA_OK) {
        stm_search_cache_free(cache);
        return status;
    }
    snapshot->search = cache;
    *out = cache;
    return STEMMA_OK;
}

void stm_search_cache_free(stm_search_cache *cache)
{
    if (cache != NULL) {
        for (uint32_t i = 0; i < STM_LANGUAGE_COUNT; i++) {
            stm_word_maker_free(cache->makers[i]);
        }
        free(cache->memo);
        free(cache->phrase);
        free(cache->blocks);
        free(cache);
    }
}

stm_word_maker *stm_search_maker(stm_search_cache *cache, uint32_t language)
{
    uint32_t at = language < STM_WORD_LANGUAGES ? language : STM_WORD_LANGUAGES;
    if (cache->makers[at] == NULL) {
        const stemma_text none = {NULL, 0};
        stm_word_maker *maker = NULL;
        if (stm_word_maker_new(&maker, at < STM_WORD_LANGUAGES ? stm_word_language_tag(at)
                                                               : none) == STEMMA_OK) {
            cache->makers[at] = maker;
        }
    }
    return cache->makers[at];
}

stemma_status stm_search_document(const stm_search_cache *cache, uint32_t document, uint32_t *size,
                                  uint32_t *language, stemma_error *error)
{
    const stm_document_block *block = &cache->blocks[document / STEMMA_EVENT_BLOCK];
    uint32_t row = document % STEMMA_EVENT_BLOCK;
    int64_t words = stm_column_get(&block->sizes, row);
    int64_t tag = stm_column_get(&block->languages, row);
    if (words < 0 || words > (int64_t)UINT32_MAX || tag < 0 || tag > STM_WORD_LANGUAGES) {
        return stm_damaged(error, STM_TABLE_GROUP, document / STEMMA_EVENT_BLOCK, "COLUMN_BLOCK");
    }
    *size = (uint32_t)words;
    *language = tag == 0 ? STEMMA_NONE : (uint32_t)tag - 1;
    return STEMMA_OK;
}

double stm_search_mean(stm_search_cache *cache, uint32_t until, uint32_t documents)
{
    uint64_t words = 0;
    if (until >= documents || until == 0) {
        return cache->mean_size;
    }
    if (cache->mean_until != until) {
        for (uint32_t i = 0; i < until; i++) {
            words += stm_search_size(cache, i);
        }
        cache->mean_of_those = (double)words / (double)until;
        cache->mean_of_those = cache->mean_of_those < 1 ? 1 : cache->mean_of_those;
        cache->mean_until = until;
    }
    return cache->mean_of_those;
}

/* Where a word's term is remembered: FNV-1a. */
static uint32_t memo_place(uint32_t language, stemma_text word)
{
    uint32_t hash = UINT32_C(2166136261) ^ language;
    for (size_t i = 0; i < word.size; i++) {
        hash = (hash ^ (uint8_t)word.data[i]) * UINT32_C(16777619);
    }
    return (hash ^ hash >> 15) % STM_MEMO_WORDS;
}

stemma_status stm_search_term(stm_search_cache *cache, uint32_t language, stemma_text word,
                              stm_word *out)
{
    uint8_t at = language < STM_WORD_LANGUAGES ? (uint8_t)language : STM_WORD_LANGUAGES;
    stm_word_maker *maker = stm_search_maker(cache, language);
    if (cache->memo == NULL) {
        cache->memo = calloc(STM_MEMO_WORDS, sizeof *cache->memo);
    }
    if (maker == NULL || cache->memo == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    if (word.size > STM_MEMO_BYTES) {
        return stm_word_term(maker, word, out);
    }
    stm_memo *memo = &cache->memo[memo_place(at, word)];
    if (memo->language == at + 1 && memo->size == word.size &&
        memcmp(memo->word, word.data, word.size) == 0) {
        out->size = memo->term_size;
        memcpy(out->text, memo->term, memo->term_size);
        return STEMMA_OK;
    }
    stemma_status status = stm_word_term(maker, word, out);
    if (status == STEMMA_OK && out->size <= STM_MEMO_BYTES) {
        memo->language = (uint8_t)(at + 1);
        memo->size = (uint8_t)word.size;
        memo->term_size = (uint8_t)out->size;
        memcpy(memo->word, word.data, word.size);
        memcpy(memo->term, out->text, out->size);
    }
    return status;
}
