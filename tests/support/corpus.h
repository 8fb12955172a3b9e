/* SPDX-License-Identifier: MIT */
/* Documents for tests: built by hand, sentence by sentence, or made up by the hundred. All of it
   tells of an invented country. */
#ifndef STEMMA_TESTS_CORPUS_H
#define STEMMA_TESTS_CORPUS_H

#include "stemma/judgement.h"
#include "stemma/testimony.h"

#define CORPUS_MOST 400u /* of each thing in one document */

/* A document being built. The caller owns it; corpus_free(). */
typedef struct corpus_document {
    stemma_document document; /* up to date after each call */
    char *text;
    size_t text_capacity;
    char uri[64];
    char published[32];
    stemma_referent referents[CORPUS_MOST];
    stemma_name names[CORPUS_MOST];
    uint32_t name_count;
    stemma_mention mentions[CORPUS_MOST];
    stemma_span mention_spans[CORPUS_MOST];
    stemma_assertion assertions[CORPUS_MOST];
    stemma_evidence evidence[CORPUS_MOST];
    stemma_span evidence_spans[CORPUS_MOST];
    uint32_t sentences[CORPUS_MOST];
} corpus_document;

/* An empty document; `published` is EDTF or "". */
corpus_document *corpus_new(const char *uri, const char *published);
void corpus_free(corpus_document *d);

/* Appends words to the text and gives their span. */
stemma_span corpus_say(corpus_document *d, const char *words);

/* Marks the beginning of a sentence here. */
void corpus_sentence(corpus_document *d);

/* Adds a referent; `name` may be NULL and must outlive the document. */
uint32_t corpus_entity(corpus_document *d, const char *type, const char *name);
uint32_t corpus_event(corpus_document *d, const char *type);

/* Adds a mention of a referent (canonical when it is its first) or, with STEMMA_NONE, of none. */
void corpus_mention(corpus_document *d, uint32_t referent, uint8_t kind, stemma_span span);

/* Adds a positive, certain assertion of run 0; more can be set in what is returned. */
stemma_assertion *corpus_assert(corpus_document *d, uint32_t subject, const char *predicate,
                                stemma_object object, stemma_span evidence);

stemma_object corpus_referent(uint32_t referent);
stemma_object corpus_text(const char *text);
stemma_object corpus_time(const char *raw, const char *edtf);
stemma_object corpus_place(const char *raw, uint32_t referent);
stemma_object corpus_count(const char *raw, const char *amount, const char *counted);

/* "PERSON was freed on DAY in PLACE.": the testimony of one release, two entities and an event.
   Gives the event; the person is referent event - 2, the place event - 1. */
uint32_t corpus_release(corpus_document *d, const char *person, const char *day_raw,
                        const char *day_edtf, const char *place);

/* Document `number` of a made-up corpus of news: about 3,000 bytes of text. Its names live in
   `names`, which the caller keeps; the same number makes the same document. */
typedef struct corpus_names {
    char person[400][40];
    char place[100][24];
    char word[3000][16];
} corpus_names;

void corpus_make_names(corpus_names *names);
corpus_document *corpus_make(const corpus_names *names, uint32_t number);

#endif
