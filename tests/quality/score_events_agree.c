/* SPDX-License-Identifier: MIT */
/* Whether what the reader found is what the gold says, by their words. */
#include "score_events.h"

#include <string.h>

static char lower(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

static int is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (unsigned char)c >= 0x80;
}

/* Whether one text stands in the other as whole words, whatever the case. */
static int stands_in(const char *part, size_t size, const char *whole, size_t length)
{
    for (size_t at = 0; size != 0 && at + size <= length; at++) {
        size_t same = 0;
        while (same < size && lower(part[same]) == lower(whole[at + same])) {
            same++;
        }
        if (same == size && (at == 0 || !is_word(whole[at - 1])) &&
            (at + size == length || !is_word(whole[at + size]))) {
            return 1;
        }
    }
    return 0;
}

int texts_agree(stemma_text ours, const char *gold)
{
    size_t size = strlen(gold);
    if (size > 4 && strncmp(gold, "the ", 4) == 0) {
        gold += 4;
        size -= 4;
    }
    return stands_in(gold, size, ours.data, ours.size) || stands_in(ours.data, ours.size, gold, size);
}

static int referent_agrees(const stemma_document *document, uint32_t referent, const char *gold)
{
    for (uint32_t i = 0; i < document->mention_count; i++) {
        const stemma_mention *mention = &document->mentions[i];
        if (mention->referent == referent && mention->kind != STEMMA_MENTION_PRONOUN) {
            stemma_span span = mention->spans[0];
            stemma_text text = {document->text.data + span.start, span.end - span.start};
            if (texts_agree(text, gold)) {
                return 1;
            }
        }
    }
    return 0;
}

int object_agrees(const stemma_document *document, const stemma_object *object,
                         const json_t *gold)
{
    const char *text = json_string_value(json_object_get(gold, "text"));
    const char *count = json_string_value(json_object_get(gold, "count"));
    switch ((stemma_object_kind)object->kind) {
    case STEMMA_OBJECT_REFERENT:
        return text != NULL && referent_agrees(document, object->as.referent, text);
    case STEMMA_OBJECT_TEXT:
        return text != NULL && texts_agree(object->as.text, text);
    case STEMMA_OBJECT_PLACE:
        return text != NULL && texts_agree(object->as.place.raw, text);
    case STEMMA_OBJECT_QUANTITY:
        return (count != NULL &&
                (stemma_text_equal(object->as.quantity.amount, stemma_text_of(count)) ||
                 stemma_text_equal(object->as.quantity.lower, stemma_text_of(count)))) ||
               (text != NULL && texts_agree(object->as.quantity.raw, text));
    default:
        return 0;
    }
}

static int spans_text(const stemma_document *document, stemma_span span, const char *trigger)
{
    stemma_text text = {document->text.data + span.start, span.end - span.start};
    return texts_agree(text, trigger);
}

int is_triggered(const stemma_document *document, uint32_t event, const char *trigger)
{
    for (uint32_t i = 0; i < document->mention_count; i++) {
        const stemma_mention *mention = &document->mentions[i];
        if (mention->referent == event && mention->kind == STEMMA_MENTION_TRIGGER &&
            spans_text(document, mention->spans[0], trigger)) {
            return 1;
        }
    }
    return 0;
}
