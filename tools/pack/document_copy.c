/* SPDX-License-Identifier: MIT */
#include "pack/document_copy.h"

#include <string.h>
#include <xxhash.h>

struct copier {
    struct stm_arena *arena;
    int failed;
    struct stm_term_copies *terms;
};

static void *copy_array(struct copier *copier, const void *from, size_t count, size_t size)
{
    if (count == 0 || copier->failed) {
        return NULL;
    }
    void *to = stm_arena_alloc(copier->arena, count, size);
    copier->failed |= to == NULL;
    return to != NULL ? memcpy(to, from, count * size) : NULL;
}

#define COPY_ARRAY(copier, pointer, count) copy_array(copier, pointer, count, sizeof *(pointer))

static void copy_text(struct copier *copier, stemma_text *text)
{
    text->data = copy_array(copier, text->data, text->size, 1);
}

/* A type or predicate: one of few. */
static void copy_term(struct copier *copier, stemma_text *text)
{
    if (text->size == 0) {
        text->data = NULL;
        return;
    }
    if (copier->terms == NULL) {
        copy_text(copier, text);
        return;
    }
    stemma_text *held = &copier->terms->held[XXH3_64bits(text->data, text->size) % STM_TERMS_HELD];
    if (!stemma_text_equal(*held, *text)) {
        *held = *text;
        copy_text(copier, held);
        held->size = held->data != NULL ? held->size : 0;
    }
    *text = *held;
}

static void copy_object(struct copier *copier, stemma_object *object)
{
    switch (object->kind) {
    case STEMMA_OBJECT_TEXT:
        copy_text(copier, &object->as.text);
        break;
    case STEMMA_OBJECT_TIME:
        copy_text(copier, &object->as.time.raw);
        copy_text(copier, &object->as.time.edtf);
        break;
    case STEMMA_OBJECT_PLACE:
        copy_text(copier, &object->as.place.raw);
        copy_text(copier, &object->as.place.gazetteer);
        break;
    case STEMMA_OBJECT_QUANTITY:
        copy_text(copier, &object->as.quantity.raw);
        copy_text(copier, &object->as.quantity.amount);
        copy_text(copier, &object->as.quantity.lower);
        copy_text(copier, &object->as.quantity.upper);
        copy_text(copier, &object->as.quantity.unit);
        copy_text(copier, &object->as.quantity.counted);
        break;
    default:
        break;
    }
}

static void copy_fields(struct copier *copier, stemma_document *to)
{
    stemma_text *const texts[] = {
        &to->uri,      &to->title,         &to->publisher,      &to->agency,
        &to->byline,   &to->published.raw, &to->published.edtf, &to->retrieved,
        &to->language, &to->media_type,    &to->licence,        &to->text};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        copy_text(copier, texts[i]);
    }
    to->sentences = COPY_ARRAY(copier, to->sentences, to->sentence_count);
    to->paragraphs = COPY_ARRAY(copier, to->paragraphs, to->paragraph_count);
    to->furniture = COPY_ARRAY(copier, to->furniture, to->furniture_count);
}

static void copy_referents(struct copier *copier, stemma_document *to)
{
    stemma_referent *referents = COPY_ARRAY(copier, to->referents, to->referent_count);
    to->referents = referents;
    for (uint32_t i = 0; i < to->referent_count && !copier->failed; i++) {
        stemma_referent *one = &referents[i];
        stemma_name *names = COPY_ARRAY(copier, one->names, one->name_count);
        stemma_text *ids = COPY_ARRAY(copier, one->external_ids, one->external_id_count);
        for (uint32_t n = 0; n < one->name_count && !copier->failed; n++) {
            copy_text(copier, &names[n].text);
            copy_term(copier, &names[n].language);
        }
        for (uint32_t n = 0; n < one->external_id_count && !copier->failed; n++) {
            copy_text(copier, &ids[n]);
        }
        copy_term(copier, &one->type);
        one->names = names;
        one->external_ids = ids;
    }
}

static void copy_mentions(struct copier *copier, stemma_document *to)
{
    stemma_mention *mentions = COPY_ARRAY(copier, to->mentions, to->mention_count);
    to->mentions = mentions;
    for (uint32_t i = 0; i < to->mention_count && !copier->failed; i++) {
        mentions[i].spans = COPY_ARRAY(copier, mentions[i].spans, mentions[i].span_count);
    }
}

static void copy_assertions(struct copier *copier, stemma_document *to)
{
    stemma_assertion *assertions = COPY_ARRAY(copier, to->assertions, to->assertion_count);
    to->assertions = assertions;
    for (uint32_t i = 0; i < to->assertion_count && !copier->failed; i++) {
        stemma_assertion *one = &assertions[i];
        stemma_evidence *evidence = COPY_ARRAY(copier, one->evidence, one->evidence_count);
        for (uint32_t e = 0; e < one->evidence_count && !copier->failed; e++) {
            evidence[e].spans = COPY_ARRAY(copier, evidence[e].spans, evidence[e].span_count);
        }
        copy_term(copier, &one->predicate);
        copy_object(copier, &one->object);
        one->evidence = evidence;
    }
}

stemma_status stm_document_copy(struct stm_arena *arena, struct stm_term_copies *terms,
                                const stemma_document *from, stemma_document *to)
{
    struct copier copier = {.arena = arena, .terms = terms};
    *to = *from;
    copy_fields(&copier, to);
    copy_referents(&copier, to);
    copy_mentions(&copier, to);
    copy_assertions(&copier, to);
    return copier.failed ? STEMMA_E_NO_MEMORY : STEMMA_OK;
}

stemma_status stm_document_copy_read(struct stm_arena *arena, const stemma_document *from,
                                     stemma_document *to)
{
    struct copier copier = {.arena = arena};
    stemma_document copy = *from;
    copy.sentences = COPY_ARRAY(&copier, copy.sentences, copy.sentence_count);
    copy_referents(&copier, &copy);
    copy_mentions(&copier, &copy);
    copy_assertions(&copier, &copy);
    if (copier.failed) {
        return STEMMA_E_NO_MEMORY;
    }
    *to = copy;
    return STEMMA_OK;
}
