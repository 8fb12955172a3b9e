/* SPDX-License-Identifier: MIT */
/**
 * @file names_corpus.h
 * Text in which names are marked, for training and for measuring: columns of tokens and tags
 * (CoNLL, IOB2 with token numbers, CrossNER), or sentences with names in brackets
 * ("[PER Anna Holm] of the [ORG Sea Bank]"), one a line, a blank line between articles.
 *
 * Columns are written out as they were printed where a "# text =" line says that, otherwise as English is, near
 * enough, and every name becomes a span of that text,
 * so that training reads what the reader will read. Conventions are made one: nationalities are
 * NORP, "the" stands outside. Names of other kinds have the class STM_NAME_CLASSES. Handles of
 * users of networks ("@somebody") are left out: corpora differ on whether they are names.
 */
#ifndef STEMMA_TRAIN_NAMES_CORPUS_H
#define STEMMA_TRAIN_NAMES_CORPUS_H

#include "pack/model/sequence.h"

#include <stddef.h>
#include <stdint.h>

struct names_span {
    uint32_t start; /**< Bytes of the text. */
    uint32_t end;
    uint32_t name_class; /**< stm_name_class; STM_NAME_CLASSES: a name of another kind */
};

struct names_document {
    char *text;
    size_t size;
    uint32_t title; /**< Bytes of the headline that the text begins with, 0 when there is none. */
    uint32_t *paragraphs;
    uint32_t paragraph_count;
    struct names_span *spans; /**< In the order of the text. */
    uint32_t span_count;
    uint32_t tokens; /**< Of the corpus, not of the reader; words for bracketed text. */
};

struct names_corpus {
    struct names_document *documents;
    size_t count;
    size_t capacity;
};

/** Adds the documents of a file; one whose path has "sentences" in it and ends in ".txt" holds
    bracketed sentences, all others columns. Where a file marks no documents, twenty sentences are one. `source`
    is a path, or PATH@K/N for the documents whose number is K modulo N, or PATH@-K/N for the others.
    `as_printed` keeps "the" where the corpus has it. 0, or -1 with a message on standard error. */
int names_corpus_read(struct names_corpus *corpus, const char *source, int as_printed);

void names_corpus_free(struct names_corpus *corpus);

#endif
