/* SPDX-License-Identifier: MIT */
/* Builds small corpora with testimony for the tests of the judge. */
#ifndef STEMMA_TESTS_JUDGE_BUILDER_H
#define STEMMA_TESTS_JUDGE_BUILDER_H

#include "common/arena.h"
#include "pack/judge/judge.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#define BUILDER_DOCUMENTS  400
#define BUILDER_REFERENTS  16
#define BUILDER_NAMES      4
#define BUILDER_ASSERTIONS 32

struct built_document {
    stemma_document document;
    stemma_referent referents[BUILDER_REFERENTS];
    stemma_name names[BUILDER_REFERENTS][BUILDER_NAMES];
    stemma_assertion assertions[BUILDER_ASSERTIONS];
};

struct corpus {
    struct stm_arena arena;
    struct built_document *built[BUILDER_DOCUMENTS];
    const stemma_document *documents[BUILDER_DOCUMENTS];
    uint32_t count;
    struct stm_judge_input input;
    struct stm_judge_result result;
};

static inline struct corpus *corpus_new(void)
{
    struct corpus *corpus = calloc(1, sizeof *corpus);
    assert_non_null(corpus);
    stm_arena_init(&corpus->arena, 0);
    return corpus;
}

static inline void corpus_free(struct corpus *corpus)
{
    for (uint32_t i = 0; i < corpus->count; i++) {
        free(corpus->built[i]);
    }
    stm_arena_free(&corpus->arena);
    free(corpus);
}

/* A document. `text` may be NULL; it must live as long as the corpus. */
static inline uint32_t add_document(struct corpus *corpus, const char *published, const char *text)
{
    assert_true(corpus->count < BUILDER_DOCUMENTS);
    struct built_document *built = calloc(1, sizeof *built);
    assert_non_null(built);
    built->document.published.edtf = stemma_text_of(published);
    built->document.text = stemma_text_of(text);
    built->document.referents = built->referents;
    built->document.assertions = built->assertions;
    corpus->built[corpus->count] = built;
    corpus->documents[corpus->count] = &built->document;
    return corpus->count++;
}

static inline void add_name(struct corpus *corpus, uint32_t document, uint32_t referent,
                            const char *name, stemma_name_kind kind)
{
    struct built_document *built = corpus->built[document];
    uint32_t *count = &built->referents[referent].name_count;
    assert_true(*count < BUILDER_NAMES);
    built->names[referent][*count].text = stemma_text_of(name);
    built->names[referent][(*count)++].kind = (uint8_t)kind;
}

static inline uint32_t add_entity(struct corpus *corpus, uint32_t document, const char *type,
                                  const char *name)
{
    struct built_document *built = corpus->built[document];
    uint32_t referent = built->document.referent_count++;
    assert_true(referent < BUILDER_REFERENTS);
    built->referents[referent].kind = STEMMA_REFERENT_ENTITY;
    built->referents[referent].type = stemma_text_of(type);
    built->referents[referent].names = built->names[referent];
    add_name(corpus, document, referent, name, STEMMA_NAME_NAME);
    return referent;
}

static inline uint32_t add_person(struct corpus *corpus, uint32_t document, const char *name)
{
    return add_entity(corpus, document, "person", name);
}

static inline stemma_assertion *add_assertion(struct corpus *corpus, uint32_t document,
                                              uint32_t subject, const char *predicate,
                                              stemma_object_kind kind)
{
    struct built_document *built = corpus->built[document];
    assert_true(built->document.assertion_count < BUILDER_ASSERTIONS);
    stemma_assertion *assertion = &built->assertions[built->document.assertion_count++];
    assertion->subject = subject;
    assertion->predicate = stemma_text_of(predicate);
    assertion->object.kind = (uint8_t)kind;
    assertion->polarity = STEMMA_POLARITY_POSITIVE;
    assertion->speaker = STEMMA_NONE;
    assertion->via = STEMMA_NONE;
    assertion->confidence = STEMMA_NO_CONFIDENCE;
    return assertion;
}

static inline void add_link(struct corpus *corpus, uint32_t document, uint32_t subject,
                            const char *predicate, uint32_t object)
{
    add_assertion(corpus, document, subject, predicate, STEMMA_OBJECT_REFERENT)
        ->object.as.referent = object;
}

static inline void add_words(struct corpus *corpus, uint32_t document, uint32_t subject,
                             const char *predicate, const char *words)
{
    add_assertion(corpus, document, subject, predicate, STEMMA_OBJECT_TEXT)->object.as.text =
        stemma_text_of(words);
}

static inline void add_time(struct corpus *corpus, uint32_t document, uint32_t event,
                            const char *edtf)
{
    stemma_assertion *assertion =
        add_assertion(corpus, document, event, "time", STEMMA_OBJECT_TIME);
    memset(&assertion->object.as.time, 0, sizeof assertion->object.as.time);
    assertion->object.as.time.edtf = stemma_text_of(edtf);
}

static inline void add_count(struct corpus *corpus, uint32_t document, uint32_t subject,
                             const char *role, const char *amount, stemma_modifier modifier)
{
    stemma_assertion *assertion =
        add_assertion(corpus, document, subject, role, STEMMA_OBJECT_QUANTITY);
    memset(&assertion->object.as.quantity, 0, sizeof assertion->object.as.quantity);
    assertion->object.as.quantity.amount = stemma_text_of(amount);
    assertion->object.as.quantity.modifier = (uint8_t)modifier;
}

static inline uint32_t add_event(struct corpus *corpus, uint32_t document, const char *type)
{
    struct built_document *built = corpus->built[document];
    uint32_t referent = built->document.referent_count++;
    assert_true(referent < BUILDER_REFERENTS);
    built->referents[referent].kind = STEMMA_REFERENT_EVENT;
    built->referents[referent].type = stemma_text_of(type);
    stemma_assertion *assertion =
        add_assertion(corpus, document, referent, "type", STEMMA_OBJECT_TEXT);
    assertion->object.as.text = stemma_text_of(type);
    assertion->realis = STEMMA_REALIS_ACTUAL;
    return referent;
}

static inline void judge_corpus(struct corpus *corpus)
{
    stemma_error error;
    corpus->input.documents = corpus->documents;
    corpus->input.document_count = corpus->count;
    assert_int_equal(stm_judge(&corpus->input, &corpus->arena, &corpus->result, &error), STEMMA_OK);
}

static inline const stemma_judgement *find_judgement(const struct corpus *corpus, uint32_t d1,
                                                     uint32_t r1, uint32_t d2, uint32_t r2)
{
    for (uint32_t i = 0; i < corpus->result.judgement_count; i++) {
        const stemma_judgement *j = &corpus->result.judgements[i];
        if ((j->left.document == d1 && j->left.referent == r1 && j->right.document == d2 &&
             j->right.referent == r2) ||
            (j->left.document == d2 && j->left.referent == r2 && j->right.document == d1 &&
             j->right.referent == r1)) {
            return j;
        }
    }
    return NULL;
}

static inline uint32_t component(uint32_t *parent, uint32_t node)
{
    while (parent[node] != node) {
        node = parent[node];
    }
    return node;
}

/* Whether the standing positive judgements join the two, directly or through others. */
static inline int are_joined(const struct corpus *corpus, uint32_t d1, uint32_t r1, uint32_t d2,
                             uint32_t r2)
{
    static uint32_t parent[BUILDER_DOCUMENTS * BUILDER_REFERENTS];
    for (uint32_t i = 0; i < BUILDER_DOCUMENTS * BUILDER_REFERENTS; i++) {
        parent[i] = i;
    }
    for (uint32_t i = 0; i < corpus->result.judgement_count; i++) {
        const stemma_judgement *j = &corpus->result.judgements[i];
        if (j->verdict == STEMMA_VERDICT_SAME && j->retracted.size == 0) {
            uint32_t a = component(parent, j->left.document * BUILDER_REFERENTS + j->left.referent);
            uint32_t b =
                component(parent, j->right.document * BUILDER_REFERENTS + j->right.referent);
            parent[a] = b;
        }
    }
    return component(parent, d1 * BUILDER_REFERENTS + r1) ==
           component(parent, d2 * BUILDER_REFERENTS + r2);
}

#endif
