/* SPDX-License-Identifier: MIT */
#include "pack/extract/annotation.h"

#include "base/error.h"
#include "limits.h"

#include <string.h>

#define MOST_NAMES 64u /* written forms of one referent: no page that people read has more */

stemma_text stm_ann_words(const struct stm_annotation *ann, uint32_t first, uint32_t count)
{
    stemma_text words = {NULL, 0};
    if (count != 0) {
        stemma_span span = stm_ann_span(ann, first, count);
        words.data = ann->text.data + span.start;
        words.size = span.end - span.start;
    }
    return words;
}

stemma_text stm_ann_name_words(const struct stm_annotation *ann, const struct stm_mention *m)
{
    static const char *const doubts[] = {"so-called", "self-styled", "self-proclaimed"};
    uint32_t first = m->first;
    for (uint32_t i = m->first; i < m->head; i++) {
        for (size_t k = 0; k < sizeof doubts / sizeof *doubts; k++) {
            first = stm_ann_is(ann, i, doubts[k]) ? i + 1 : first;
        }
    }
    return stm_ann_words(ann, first, m->first + m->count - first);
}

stemma_span stm_ann_span(const struct stm_annotation *ann, uint32_t first, uint32_t count)
{
    stemma_span span = {ann->tokens[first].start, ann->tokens[first + count - 1].end};
    return span;
}

#define WORDS_LOOK_BACK 400u /* mentions among which the same words are looked for */

uint32_t stm_ann_sentence_end(const struct stm_annotation *ann, uint32_t sentence)
{
    return ann->sentences[sentence].first + ann->sentences[sentence].count;
}

uint32_t stm_ann_mention_at_token(const struct stm_annotation *ann, uint32_t token)
{
    return token < ann->token_count ? ann->tokens[token].mention : STEMMA_NONE;
}

uint32_t stm_ann_referent_of_token(const struct stm_annotation *ann, uint32_t token)
{
    uint32_t mention = stm_ann_mention_at_token(ann, token);
    return mention == STEMMA_NONE ? STEMMA_NONE : ann->mentions[mention].referent;
}

static const char *entity_type_text(enum stm_entity_type type)
{
    switch (type) {
    case STM_ENTITY_PERSON:
        return "person";
    case STM_ENTITY_ORGANIZATION:
        return "organization";
    case STM_ENTITY_PLACE:
        return "place";
    case STM_ENTITY_GROUP:
        return "group";
    case STM_ENTITY_NONE:
    case STM_ENTITY_THING:
        break;
    }
    return "thing";
}

static int same_words(const struct stm_annotation *ann, const struct stm_mention *a,
                      const struct stm_mention *b)
{
    if (a->count != b->count) {
        return 0;
    }
    for (uint32_t i = 0; i < a->count; i++) {
        if (!stemma_text_equal(ann->tokens[a->first + i].lower, ann->tokens[b->first + i].lower)) {
            return 0;
        }
    }
    return 1;
}

/* "The government" and "police" are the same ones all through a document; "the man" and "a court"
   need not be. */
static int is_one_of_its_kind(const struct stm_annotation *ann, const struct stm_mention *m)
{
    static const char *const bodies[] = {"police", "prosecutors", "authorities", "investigators"};
    int many = m->type == STM_ENTITY_ORGANIZATION || (m->type == STM_ENTITY_PERSON && m->plural);
    if (m->kind != STEMMA_MENTION_NOMINAL || !many ||
        ann->tokens[m->first].tag == STM_TAG_POSSESSIVE) {
        return 0;
    }
    for (size_t i = 0; m->count == 1 && i < sizeof bodies / sizeof *bodies; i++) {
        if (stm_ann_is(ann, m->first, bodies[i])) {
            return 1;
        }
    }
    return !m->generic;
}

/* The referent of an earlier mention in the same words, for such; or STEMMA_NONE. */
static uint32_t known_by_words(const struct stm_annotation *ann, uint32_t mention)
{
    const struct stm_mention *m = &ann->mentions[mention];
    if (!is_one_of_its_kind(ann, m)) {
        return STEMMA_NONE;
    }
    uint32_t start = mention > WORDS_LOOK_BACK ? mention - WORDS_LOOK_BACK : 0;
    uint32_t end = ann->mention_count - mention > WORDS_LOOK_BACK ? mention + WORDS_LOOK_BACK
                                                                  : ann->mention_count;
    for (uint32_t i = start; i < end; i++) {
        const struct stm_mention *other = &ann->mentions[i];
        if (i != mention && other->referent != STEMMA_NONE && other->type == m->type &&
            other->plural == m->plural && is_one_of_its_kind(ann, other) &&
            same_words(ann, m, other)) {
            return other->referent;
        }
    }
    return STEMMA_NONE;
}

stemma_status stm_ann_referent_for_mention(struct stm_annotation *ann, uint32_t mention,
                                           uint32_t *referent)
{
    *referent = STEMMA_NONE;
    if (mention == STEMMA_NONE) {
        return STEMMA_OK;
    }
    struct stm_mention *m = &ann->mentions[mention];
    if (m->referent != STEMMA_NONE || m->kind == STEMMA_MENTION_PRONOUN) {
        *referent = m->referent;
        return STEMMA_OK;
    }
    uint32_t known = known_by_words(ann, mention);
    if (known != STEMMA_NONE) {
        m->referent = known;
        *referent = known;
        return STEMMA_OK;
    }
    enum stm_entity_type type = (enum stm_entity_type)m->type;
    if (m->plural && type == STM_ENTITY_PERSON) {
        type = STM_ENTITY_GROUP;
    }
    uint32_t made;
    stemma_status status =
        stm_ann_add_referent(ann, type == STM_ENTITY_NONE ? STM_ENTITY_THING : type, NULL, &made);
    if (status != STEMMA_OK) {
        return status;
    }
    status =
        stm_ann_add_name(ann, made, stm_ann_name_words(ann, m),
                         m->kind == STEMMA_MENTION_NAME ? STEMMA_NAME_NAME : STEMMA_NAME_NOMINAL);
    if (status != STEMMA_OK) {
        return status;
    }
    ann->referents[made].gender = m->gender;
    ann->referents[made].plural = m->plural;
    ann->referents[made].canonical = mention;
    m->referent = made;
    *referent = made;
    return STEMMA_OK;
}

stemma_status stm_ann_add_referent(struct stm_annotation *ann, enum stm_entity_type type,
                                   const char *event_type, uint32_t *referent)
{
    if (stm_arena_grow(ann->arena, &ann->referents, ann->referent_count, &ann->referent_capacity,
                       sizeof *ann->referents) != STEMMA_OK) {
        return STEMMA_E_NO_MEMORY;
    }
    struct stm_referent *r = &ann->referents[ann->referent_count];
    memset(r, 0, sizeof *r);
    r->kind = type == STM_ENTITY_NONE ? STEMMA_REFERENT_EVENT : STEMMA_REFERENT_ENTITY;
    r->entity_type = (uint8_t)type;
    r->type = stemma_text_of(type == STM_ENTITY_NONE ? event_type : entity_type_text(type));
    r->canonical = STEMMA_NONE;
    r->merged_into = STEMMA_NONE;
    if (referent != NULL) {
        *referent = ann->referent_count;
    }
    ann->referent_count++;
    return STEMMA_OK;
}

static int is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* Collapses white space of a name that was written across lines. */
static stemma_text collapsed(struct stm_arena *arena, stemma_text text)
{
    stemma_text result = {NULL, 0};
    char *out = stm_arena_alloc(arena, text.size, 1);
    if (out == NULL) {
        return result;
    }
    size_t size = 0;
    for (size_t i = 0; i < text.size; i++) {
        if (!is_space(text.data[i])) {
            out[size++] = text.data[i];
        } else if (size != 0 && out[size - 1] != ' ') {
            out[size++] = ' ';
        }
    }
    while (size != 0 && out[size - 1] == ' ') {
        size--;
    }
    result.data = out;
    result.size = size;
    return result;
}

stemma_status stm_ann_add_name(struct stm_annotation *ann, uint32_t referent, stemma_text text,
                               stemma_name_kind kind)
{
    struct stm_referent *r = &ann->referents[referent];
    stemma_text clean = text;
    for (size_t i = 0; i < text.size; i++) {
        if (is_space(text.data[i]) &&
            (text.data[i] != ' ' || (i != 0 && is_space(text.data[i - 1])))) {
            clean = collapsed(ann->arena, text);
            if (clean.data == NULL) {
                return STEMMA_E_NO_MEMORY;
            }
            break;
        }
    }
    if (clean.size == 0 || clean.size > STEMMA_LIMIT_NAME) {
        return STEMMA_OK;
    }
    if (r->name_count >= MOST_NAMES) {
        return STEMMA_OK;
    }
    for (size_t i = 0; i < r->name_count; i++) {
        if (stemma_text_equal(r->names[i].text, clean)) {
            return STEMMA_OK;
        }
    }
    if (stm_arena_grow(ann->arena, &r->names, r->name_count, &r->name_capacity, sizeof *r->names) !=
        STEMMA_OK) {
        return STEMMA_E_NO_MEMORY;
    }
    r->names[r->name_count].text = clean;
    r->names[r->name_count].kind = (uint8_t)kind;
    r->name_count++;
    return STEMMA_OK;
}

stemma_status stm_ann_add_mention(struct stm_annotation *ann, stemma_mention_kind kind,
                                  enum stm_entity_type type, uint32_t first, uint32_t count,
                                  uint32_t head, uint32_t referent, uint32_t *mention)
{
    if (stm_arena_grow(ann->arena, &ann->mentions, ann->mention_count, &ann->mention_capacity,
                       sizeof *ann->mentions) != STEMMA_OK) {
        return STEMMA_E_NO_MEMORY;
    }
    uint32_t number = ann->mention_count++;
    struct stm_mention *m = &ann->mentions[number];
    memset(m, 0, sizeof *m);
    m->first = first;
    m->count = count;
    m->head = head;
    m->kind = (uint8_t)kind;
    m->type = (uint8_t)type;
    m->referent = referent;
    if (mention != NULL) {
        *mention = number;
    }
    if (kind > STEMMA_MENTION_PRONOUN) {
        return STEMMA_OK;
    }
    for (uint32_t i = first; i < first + count; i++) {
        struct stm_token *token = &ann->tokens[i];
        if (token->mention == STEMMA_NONE || ann->mentions[token->mention].count > count) {
            token->mention = number;
        }
        if (token->outer == STEMMA_NONE || ann->mentions[token->outer].count < count) {
            token->outer = number;
        }
    }
    return STEMMA_OK;
}

stemma_status stm_ann_add_time(struct stm_annotation *ann, uint32_t first, uint32_t count,
                               stemma_time value, uint32_t *time)
{
    if (stm_arena_grow(ann->arena, &ann->times, ann->time_count, &ann->time_capacity,
                       sizeof *ann->times) != STEMMA_OK) {
        return STEMMA_E_NO_MEMORY;
    }
    uint32_t number = ann->time_count++;
    ann->times[number] = (struct stm_time_mention){first, count, value};
    for (uint32_t i = first; i < first + count; i++) {
        ann->tokens[i].time = number;
    }
    if (time != NULL) {
        *time = number;
    }
    return STEMMA_OK;
}

stemma_status stm_ann_add_quantity(struct stm_annotation *ann, uint32_t first, uint32_t count,
                                   uint32_t head, stemma_quantity value, uint32_t *quantity)
{
    if (stm_arena_grow(ann->arena, &ann->quantities, ann->quantity_count, &ann->quantity_capacity,
                       sizeof *ann->quantities) != STEMMA_OK) {
        return STEMMA_E_NO_MEMORY;
    }
    uint32_t number = ann->quantity_count++;
    ann->quantities[number] = (struct stm_quantity_mention){first, count, head, 0, value};
    for (uint32_t i = first; i < first + count; i++) {
        ann->tokens[i].quantity = number;
    }
    if (quantity != NULL) {
        *quantity = number;
    }
    return STEMMA_OK;
}

stemma_status stm_ann_add_assertion(struct stm_annotation *ann, uint32_t subject,
                                    const char *predicate, stemma_object object,
                                    uint32_t *assertion)
{
    if (stm_arena_grow(ann->arena, &ann->assertions, ann->assertion_count, &ann->assertion_capacity,
                       sizeof *ann->assertions) != STEMMA_OK) {
        return STEMMA_E_NO_MEMORY;
    }
    struct stm_assertion *a = &ann->assertions[ann->assertion_count];
    memset(a, 0, sizeof *a);
    a->value.subject = subject;
    a->value.predicate = stemma_text_of(predicate);
    a->value.object = object;
    a->value.speaker = STEMMA_NONE;
    a->value.via = STEMMA_NONE;
    a->value.confidence = STEMMA_NO_CONFIDENCE;
    a->value.run = ann->run;
    if (assertion != NULL) {
        *assertion = ann->assertion_count;
    }
    ann->assertion_count++;
    return STEMMA_OK;
}

stemma_status stm_ann_add_evidence(struct stm_annotation *ann, uint32_t assertion,
                                   stemma_evidence_part part, stemma_span span)
{
    struct stm_assertion *a = &ann->assertions[assertion];
    if (stm_arena_grow(ann->arena, &a->evidence, a->evidence_count, &a->evidence_capacity,
                       sizeof *a->evidence) != STEMMA_OK) {
        return STEMMA_E_NO_MEMORY;
    }
    stemma_span *spans = stm_arena_alloc(ann->arena, 1, sizeof *spans);
    if (spans == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    *spans = span;
    a->evidence[a->evidence_count].spans = spans;
    a->evidence[a->evidence_count].span_count = 1;
    a->evidence[a->evidence_count].part = (uint8_t)part;
    a->evidence_count++;
    return STEMMA_OK;
}

stemma_status stm_ann_model_lacks(const struct stm_annotation *ann, const char *section)
{
    return stm_fail(ann->error, STEMMA_E_DAMAGED, "MODEL_DAMAGED", section,
                    "The weights file has no part \"%s\", without which no text can be read", section);
}
