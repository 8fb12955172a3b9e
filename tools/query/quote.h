/* SPDX-License-Identifier: MIT */
/* The words of a document that support an assertion, in their sentence. */
#ifndef STEMMA_QUERY_QUOTE_H
#define STEMMA_QUERY_QUOTE_H

#include "query/query.h"

/* Views into the text of the source. All is empty when the text is withheld or nothing is quoted. */
struct stm_quote {
    bool present;
    stemma_text before; /* rest of the sentence */
    stemma_text quote;
    stemma_text after;
    uint32_t start; /* code points of the stored text */
    uint32_t end;
};

/* The evidence that fills the object, or else states the relation, or else its context; from its first
   span to its last. */
void stm_quote_find(const struct stm_source *source, const stemma_assertion *assertion,
                    struct stm_quote *out);

/* A span of the text, in its sentence. */
void stm_quote_span(const struct stm_source *source, stemma_span span, struct stm_quote *out);

/* quote, before, after, start, end: members of the open object, null when nothing is quoted. */
void stm_quote_members(stm_json *json, const struct stm_quote *quote);

/* Appends the sentence, safe for a terminal, the quote in style or between guillemets. */
void stm_quote_words(const struct stm_terminal *terminal, const struct stm_quote *quote,
                     struct stm_buffer *out);

#endif
