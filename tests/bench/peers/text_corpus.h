/* SPDX-License-Identifier: MIT */
/* Articles and sentences for measuring full text: invented words in the proportions of natural
   language. The same number makes the same text, on any machine. */
#ifndef STEMMA_BENCH_TEXT_CORPUS_H
#define STEMMA_BENCH_TEXT_CORPUS_H

#include <stddef.h>
#include <stdint.h>

#define TEXT_CORPUS_WORD 24u   /* bytes of a word with its zero at most */
#define TEXT_CORPUS_TEXT 8192u /* bytes of a text at most */

typedef struct text_corpus {
    uint32_t word_count;
    uint32_t sentence; /* words of a text of one sentence at least; 0: articles of about 3 KB */
    char (*words)[TEXT_CORPUS_WORD]; /* by falling frequency */
    uint32_t *table;                 /* alias table: drawing a word by its frequency */
    uint32_t *alias;
} text_corpus;

/* `words` different words; frequency falls with rank as in a Zipf-Mandelbrot law. */
void text_corpus_make(text_corpus *corpus, uint32_t words, uint32_t sentence);
void text_corpus_free(text_corpus *corpus);

/* Text `number`, into at least TEXT_CORPUS_TEXT bytes; gives its size. */
size_t text_corpus_text(const text_corpus *corpus, uint32_t number, char *out);

#endif
