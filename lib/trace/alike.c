/* SPDX-License-Identifier: MIT */
/* What two documents share, and which words of two sentences are the common ones. */
#include "trace/alike.h"

#include <stdlib.h>

#include "base/error.h"

static stemma_status keep_pairs(stemma_snapshot *snapshot, stemma_alike *alike, stemma_error *error)
{
    stemma_alike_pair *kept =
        stm_snapshot_array(snapshot, alike->pair_count, sizeof *kept, error);
    if (kept == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    memcpy(kept, alike->pairs, alike->pair_count * sizeof *kept);
    alike->pairs = kept;
    return STEMMA_OK;
}

stemma_status stemma_passages_between(stemma_snapshot *snapshot, uint32_t from, uint32_t to,
                                      stemma_alike *out, stemma_error *error)
{
    stm_alike_terms terms;
    stm_alike_document a = {0};
    stm_alike_document b = {0};
    stemma_alike_pair *pairs = NULL;
    stm_mark mark = stm_snapshot_mark(snapshot);
    stemma_status status;
    memset(out, 0, sizeof *out);
    if (from == to) {
        return stm_fail(error, STEMMA_E_MISUSE, "SAME_DOCUMENT", "", "A document and itself");
    }
    status = stm_alike_begin(&terms, snapshot, error);
    if (status == STEMMA_OK) {
        status = stm_alike_read(&terms, from, &a, error);
    }
    if (status == STEMMA_OK) {
        status = stm_alike_read(&terms, to, &b, error);
    }
    if (status == STEMMA_OK) {
        status = stm_alike_compare(&terms, &a, &b, out, &pairs, error);
    }
    stm_alike_document_free(&a);
    stm_alike_document_free(&b);
    stm_alike_end(&terms);
    stm_snapshot_rewind(snapshot, mark);
    if (status == STEMMA_OK) {
        status = keep_pairs(snapshot, out, error);
    }
    free(pairs);
    return status;
}

/* ---- Passages ------------------------------------------------------------------------------------- */

/* Whether a word that both sentences have says anything of its own: few know it, or it is written as
   names and numbers are. */
static bool tells(const stm_alike_terms *terms, const stm_alike_document *here,
                  const stm_alike_word *word)
{
    unsigned char first = (unsigned char)here->text.data[word->span.start];
    bool is_name = first >= 'A' && first <= 'Z' && word->span.end - word->span.start > 3;
    bool is_number = first >= '0' && first <= '9';
    return is_name || is_number || terms->documents[word->term] <= (terms->known + 1) / 2;
}

/* Whether the word stands in both sentences, and says something at least where it is written. */
static bool is_common(const stm_alike_terms *terms, const stm_alike_document *here,
                      const stm_alike_word *word, const stm_alike_document *there)
{
    bool found = false;
    for (uint32_t i = 0; i < there->word_count; i++) {
        const stm_alike_word *other = &there->words[i];
        if (other->term == word->term) {
            found = true;
            if (tells(terms, there, other)) {
                return true;
            }
        }
    }
    return found && tells(terms, here, word);
}

/* What of a sentence lies between the words that the other has too, as bytes of its text. */
static stemma_status changes_of(const stm_alike_terms *terms, const stm_alike_document *here,
                                const stm_alike_document *there, const stemma_span **out,
                                uint32_t *count, stemma_error *error)
{
    stemma_span *spans =
        stm_snapshot_array(terms->snapshot, here->word_count, sizeof *spans, error);
    bool open = false;
    if (spans == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    *count = 0;
    *out = spans;
    for (uint32_t i = 0; i < here->word_count; i++) {
        const stm_alike_word *word = &here->words[i];
        if (is_common(terms, here, word, there)) {
            open = false;
        } else if (open) {
            spans[*count - 1].end = word->span.end;
        } else {
            spans[(*count)++] = word->span;
            open = true;
        }
    }
    return STEMMA_OK;
}

static stemma_status find_changes(stemma_snapshot *snapshot, const stemma_alike *alike,
                                  stemma_passage *out, stemma_error *error)
{
    stm_alike_terms terms;
    stm_alike_document a = {0};
    stm_alike_document b = {0};
    stemma_status status = stm_alike_begin(&terms, snapshot, error);
    if (status == STEMMA_OK) {
        status = stm_alike_read_sentence(&terms, alike->from, out->from, &a, error);
    }
    if (status == STEMMA_OK) {
        status = stm_alike_read_sentence(&terms, alike->to, out->to, &b, error);
    }
    if (status == STEMMA_OK) {
        status = changes_of(&terms, &a, &b, &out->from_changes, &out->from_change_count, error);
    }
    if (status == STEMMA_OK) {
        status = changes_of(&terms, &b, &a, &out->to_changes, &out->to_change_count, error);
    }
    stm_alike_document_free(&a);
    stm_alike_document_free(&b);
    stm_alike_end(&terms);
    return status;
}

stemma_status stemma_alike_passage(stemma_snapshot *snapshot, const stemma_alike *alike,
                                   uint32_t index, stemma_passage *out, stemma_error *error)
{
    const stemma_alike_pair *pair;
    stemma_status status;
    memset(out, 0, sizeof *out);
    if (index >= alike->pair_count) {
        return STEMMA_NOT_FOUND;
    }
    pair = &alike->pairs[index];
    status = stm_passage_fetch(snapshot, alike->from, pair->from, &out->from, &out->from_points,
                               error);
    if (status == STEMMA_OK) {
        status = stm_passage_fetch(snapshot, alike->to, pair->to, &out->to, &out->to_points, error);
    }
    if (status != STEMMA_OK || out->from.size == 0 || out->to.size == 0) {
        return status;
    }
    return pair->kind == STEMMA_ALIKE_SAME_WORDS
               ? stm_passage_compare(snapshot, out, error)
               : find_changes(snapshot, alike, out, error);
}
