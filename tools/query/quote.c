/* SPDX-License-Identifier: MIT */
#include "query/quote.h"

#define AROUND 600u /* bytes of a sentence on either side of the quote */

/* Which part says most: lower is better. */
static unsigned rank_of(uint8_t part)
{
    return part == STEMMA_EVIDENCE_FILLER ? 0 : part == STEMMA_EVIDENCE_PREDICATE ? 1 : 2;
}

static bool choose_span(const stemma_assertion *assertion, stemma_span *out)
{
    const stemma_evidence *best = NULL;
    for (uint32_t i = 0; i < assertion->evidence_count; i++) {
        const stemma_evidence *evidence = &assertion->evidence[i];
        if (evidence->span_count != 0 &&
            (best == NULL || rank_of(evidence->part) < rank_of(best->part))) {
            best = evidence;
        }
    }
    if (best != NULL) {
        out->start = best->spans[0].start;
        out->end = best->spans[best->span_count - 1].end;
    }
    return best != NULL;
}

static bool is_inside_character(stemma_text text, uint32_t at)
{
    return at < text.size && ((unsigned char)text.data[at] & 0xC0u) == 0x80u;
}

/* The sentence around `span`, as the document's breaks have it, and not too long. */
static stemma_span sentence_of(const struct stm_source *source, stemma_span span)
{
    const stemma_document *document = &source->document;
    stemma_span sentence = {0, (uint32_t)source->text.size};
    uint32_t low = 0;
    uint32_t high = document->sentence_count;
    while (low < high) { /* the first break after the start */
        uint32_t middle = low + (high - low) / 2;
        if (document->sentences[middle] <= span.start) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low != 0) {
        sentence.start = document->sentences[low - 1];
    }
    while (low < document->sentence_count && document->sentences[low] < span.end) {
        low++;
    }
    if (low < document->sentence_count) {
        sentence.end = document->sentences[low];
    }
    /* A sentence goes on neither into the next paragraph nor into page furniture. */
    for (uint32_t i = 0; i < document->paragraph_count; i++) {
        uint32_t at = document->paragraphs[i];
        if (at > sentence.start && at <= span.start) {
            sentence.start = at;
        } else if (at >= span.end && at < sentence.end) {
            sentence.end = at;
        }
    }
    for (uint32_t i = 0; i < document->furniture_count; i++) {
        stemma_span furniture = document->furniture[i];
        if (furniture.end > sentence.start && furniture.end <= span.start) {
            sentence.start = furniture.end;
        } else if (furniture.start >= span.end && furniture.start < sentence.end) {
            sentence.end = furniture.start;
        }
    }
    if (span.start - sentence.start > AROUND) {
        sentence.start = span.start - AROUND;
        while (is_inside_character(source->text, sentence.start)) {
            sentence.start++;
        }
    }
    if (sentence.end - span.end > AROUND) {
        sentence.end = span.end + AROUND;
        while (is_inside_character(source->text, sentence.end)) {
            sentence.end--;
        }
    }
    return sentence;
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

void stm_quote_find(const struct stm_source *source, const stemma_assertion *assertion,
                    struct stm_quote *out)
{
    stemma_span span = {0, 0};
    (void)choose_span(assertion, &span); /* an empty span quotes nothing */
    stm_quote_span(source, span, out);
}

void stm_quote_span(const struct stm_source *source, stemma_span span, struct stm_quote *out)
{
    stemma_text text = source->text;
    stemma_span sentence;
    memset(out, 0, sizeof *out);
    if (text.size == 0 || span.end > text.size || span.start >= span.end) {
        return;
    }
    sentence = sentence_of(source, span);
    while (sentence.end > span.end && is_space(text.data[sentence.end - 1])) {
        sentence.end--;
    }
    out->present = true;
    out->before = (stemma_text){text.data + sentence.start, span.start - sentence.start};
    out->quote = (stemma_text){text.data + span.start, span.end - span.start};
    out->after = (stemma_text){text.data + span.end, sentence.end - span.end};
    out->start = stm_offsets_from_byte(&source->offsets, span.start);
    out->end = stm_offsets_from_byte(&source->offsets, span.end);
}

void stm_quote_words(const struct stm_terminal *terminal, const struct stm_quote *quote,
                     struct stm_buffer *out)
{
    stm_buffer_add_safe(out, quote->before);
    stm_buffer_add_string(out, terminal->color ? stm_style_on(terminal, STM_STYLE_MARK)
                                               : "\xC2\xAB");
    stm_buffer_add_safe(out, quote->quote);
    stm_buffer_add_string(out, terminal->color ? stm_style_off(terminal, STM_STYLE_MARK)
                                               : "\xC2\xBB");
    stm_buffer_add_safe(out, quote->after);
}

void stm_quote_members(stm_json *json, const struct stm_quote *quote)
{
    static const char *const keys[] = {"quote", "before", "after", "start", "end"};
    if (!quote->present) {
        for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
            stm_json_key(json, keys[i]);
            stm_json_null(json);
        }
        return;
    }
    stm_json_member_text(json, "quote", quote->quote);
    stm_json_member_text(json, "before", quote->before);
    stm_json_member_text(json, "after", quote->after);
    stm_json_member_unsigned(json, "start", quote->start);
    stm_json_member_unsigned(json, "end", quote->end);
}
