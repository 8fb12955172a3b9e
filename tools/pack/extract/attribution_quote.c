/* SPDX-License-Identifier: MIT */
/* Direct speech that has no cue of its own: it goes on from words that have one. */
#include "pack/extract/attribution_statement.h"

/* Fewer tokens, marks included, are a phrase that somebody puts in marks. */
enum { SHORTEST = 6, MARKS = 4 };

static uint32_t sentence_of(const struct stm_annotation *ann, uint32_t token)
{
    return ann->tokens[token].sentence;
}

/** Whether a quote makes up its sentences: nothing but marks before it in the first of them, and
    nothing but marks behind it in the last. */
static int stands_alone(const struct stm_annotation *ann, const struct stm_quote *quote)
{
    const struct stm_sentence *first = &ann->sentences[sentence_of(ann, quote->first)];
    uint32_t last_token = quote->first + quote->count - 1;
    const struct stm_sentence *last = &ann->sentences[sentence_of(ann, last_token)];
    if (quote->first - first->first > MARKS ||
        last->first + last->count - (last_token + 1) > MARKS) {
        return 0;
    }
    for (uint32_t i = first->first; i < quote->first; i++) {
        if (!(ann->tokens[i].flags & STM_TOKEN_PUNCTUATION)) {
            return 0;
        }
    }
    for (uint32_t i = last_token + 1; i < last->first + last->count; i++) {
        if (!(ann->tokens[i].flags & STM_TOKEN_PUNCTUATION)) {
            return 0;
        }
    }
    return 1;
}

/** The statement that ends closest before a quote, in its sentence or the one before it. */
static uint32_t spoken_before(const struct stm_speech_scan *scan, const struct stm_quote *quote,
                              size_t from)
{
    const struct stm_annotation *ann = scan->ann;
    uint32_t sentence = sentence_of(ann, quote->first);
    uint32_t best = STEMMA_NONE;
    uint32_t reach = 0;
    /* Statements are kept in the order of their cues, those of quotes among them. */
    for (size_t n = from; n-- > 0 && from - n <= 6;) {
        const struct stm_statement *it = &scan->statements[n];
        if (it->silent || it->speaker_count == 0 || it->piece_count == 0 ||
            it->kind == STM_SPEECH_ASK) {
            continue;
        }
        uint32_t end = it->cue;
        for (uint32_t p = 0; p < it->piece_count; p++) {
            if (it->pieces[p].end > end) {
                end = it->pieces[p].end - 1;
            }
        }
        uint32_t its = sentence_of(ann, end);
        if (end < quote->first && its + 1 >= sentence && its <= sentence &&
            (best == STEMMA_NONE || end > reach)) {
            best = (uint32_t)n;
            reach = end;
        }
    }
    return best;
}

/** Gives a quote to the speakers of a statement. */
static stemma_status take(struct stm_speech_scan *scan, uint32_t quote, uint32_t statement,
                          uint16_t confidence)
{
    struct stm_statement it = scan->statements[statement];
    it.piece_count = 0;
    it.joined = 0;
    it.time = STEMMA_NONE;
    it.stance = STEMMA_STANCE_ASSERTS;
    it.demand = 0;
    it.confidence = confidence;
    /* The same act of speaking when there is room for its words, another one otherwise. */
    struct stm_statement *owner = &scan->statements[statement];
    if (!owner->joined && !owner->demand && owner->stance == STEMMA_STANCE_ASSERTS &&
        stm_speech_add_quote(scan, owner, quote)) {
        scan->quote_by[quote] = statement;
        return STEMMA_OK;
    }
    if (!stm_speech_add_quote(scan, &it, quote)) {
        return STEMMA_OK;
    }
    return stm_speech_keep(scan, &it);
}

stemma_status stm_speech_free_quotes(struct stm_speech_scan *scan)
{
    struct stm_annotation *ann = scan->ann;
    size_t kept = scan->count; /* in the order of their cues; those added here follow */
    size_t from = 0;
    stemma_status status = STEMMA_OK;
    for (uint32_t q = 0; q < ann->quote_count && status == STEMMA_OK; q++) {
        const struct stm_quote *quote = &ann->quotes[q];
        while (from < kept && scan->statements[from].cue < quote->first) {
            from++;
        }
        if (scan->quote_by[q] != STEMMA_NONE || quote->depth != 0 || quote->count < 4) {
            continue;
        }
        if (quote->continues != STEMMA_NONE && quote->continues < q &&
            scan->quote_by[quote->continues] != STEMMA_NONE) {
            status = take(scan, q, scan->quote_by[quote->continues], 750);
            continue;
        }
        if (quote->count < SHORTEST || !stands_alone(ann, quote)) {
            continue;
        }
        uint32_t before = spoken_before(scan, quote, from);
        if (before == STEMMA_NONE) {
            /* Behind another such quote, which has been given to somebody. */
            uint32_t last = q != 0 ? q - 1 : STEMMA_NONE;
            if (last != STEMMA_NONE && ann->quotes[last].depth == 0 &&
                scan->quote_by[last] != STEMMA_NONE &&
                quote->first - (ann->quotes[last].first + ann->quotes[last].count) < 2) {
                before = scan->quote_by[last];
            } else {
                continue;
            }
        }
        status = take(scan, q, before, 700);
    }
    /* A quote whose beginning, a paragraph earlier, was given away only by its end. */
    for (uint32_t q = ann->quote_count; q-- > 0 && status == STEMMA_OK;) {
        uint32_t first = ann->quotes[q].continues;
        if (first != STEMMA_NONE && first < q && scan->quote_by[q] != STEMMA_NONE &&
            scan->quote_by[first] == STEMMA_NONE && ann->quotes[first].depth == 0) {
            status = take(scan, first, scan->quote_by[q], 750);
        }
    }
    return status;
}
