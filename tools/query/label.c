/* SPDX-License-Identifier: MIT */
#include "query/label.h"

#include "query/label_phrase.h"
#include "query/value_words.h"

#define NAMED 2u          /* names that a list shows before it counts the rest */
#define CONTENT_SIZE 100u /* columns of what was said */

/* ---- Lists of those who fill a role -------------------------------------------------------------- */

static bool fills(const struct stm_claim_view *view, const char *role)
{
    return stemma_text_equal(view->claim.predicate, stemma_text_of(role));
}

static stemma_status is_group(struct stm_query *query, uint32_t entity, bool *result)
{
    stemma_entity record;
    stemma_status status = stemma_entity_get(query->item, entity, &record, &query->error);
    if (status == STEMMA_OK) {
        *result = stemma_text_equal(record.type, stemma_text_of("group"));
    }
    return status;
}

/* Names of those in the role: "A, B (+3)". Groups are left out where a count already says how many
   there are. */
static stemma_status list_names(struct stm_query *query, const struct stm_event_view *event,
                                const char *role, uint32_t most, bool without_groups,
                                const char *lead, struct stm_buffer *out)
{
    uint32_t shown = 0;
    uint32_t more = 0;
    for (uint32_t i = 0; i < event->participant_count; i++) {
        uint32_t entity = event->participants[i]->claim.object.as.referent;
        bool group = false;
        stemma_status status = STEMMA_OK;
        if (!fills(event->participants[i], role)) {
            continue;
        }
        if (without_groups) {
            status = is_group(query, entity, &group);
        }
        if (status != STEMMA_OK) {
            return status;
        }
        if (group) {
            continue;
        }
        if (shown == most) {
            more++;
            continue;
        }
        stm_buffer_add_string(out, shown == 0 ? lead : ", ");
        status = stm_entity_words(query, entity, out);
        if (status != STEMMA_OK) {
            return status;
        }
        shown++;
    }
    if (more != 0) {
        stm_buffer_addf(out, " (+%u)", more);
    }
    return STEMMA_OK;
}

/* The count of a role that is best supported, or NULL. */
static const stemma_claim *count_of(const struct stm_event_view *event, const char *role)
{
    for (uint32_t i = 0; i < event->quantity_count; i++) {
        if (fills(event->quantities[i], role)) {
            return &event->quantities[i]->claim;
        }
    }
    return NULL;
}

/* Texts and places that fill a role, as a penalty or a charge does. */
static stemma_status list_other(struct stm_query *query, const struct stm_event_view *event,
                                const char *role, struct stm_buffer *out)
{
    for (uint32_t i = 0; i < event->claim_count; i++) {
        const stemma_claim *claim = &event->claims[i].claim;
        if (fills(&event->claims[i], role) && claim->polarity != STEMMA_POLARITY_NEGATIVE &&
            (claim->object.kind == STEMMA_OBJECT_TEXT ||
             claim->object.kind == STEMMA_OBJECT_PLACE)) {
            return stm_value_words(query, claim, out);
        }
    }
    return STEMMA_OK;
}

/* The words of a count begin with a capital only where their sentence began with them. */
static void lower_first(struct stm_buffer *out, size_t at)
{
    if (out->size > at + 1 && out->data[at] >= 'A' && out->data[at] <= 'Z' &&
        out->data[at + 1] >= 'a' && out->data[at + 1] <= 'z') {
        out->data[at] = (char)(out->data[at] - 'A' + 'a');
    }
}

/* "12 prisoners, among them A, B (+3)", or names, or nothing when nobody fills the role. */
static stemma_status fill_role(struct stm_query *query, const struct stm_event_view *event,
                               const char *role, uint32_t most, struct stm_buffer *out)
{
    const stemma_claim *count = role != NULL ? count_of(event, role) : NULL;
    stemma_status status = STEMMA_OK;
    size_t before = out->size;
    if (role == NULL) {
        return STEMMA_OK;
    }
    if (count != NULL) {
        status = stm_value_words(query, count, out);
        lower_first(out, before);
        if (status == STEMMA_OK) {
            status = list_names(query, event, role, most, true, ", among them ", out);
        }
        return status;
    }
    status = list_names(query, event, role, most, false, "", out);
    if (status == STEMMA_OK && out->size == before) {
        status = list_other(query, event, role, out);
    }
    return status;
}

/* ---- Clauses ------------------------------------------------------------------------------------- */

static void expand(const char *words, stemma_text subject, stemma_text object,
                   struct stm_buffer *out)
{
    for (; *words != '\0'; words++) {
        if (words[0] == '%' && (words[1] == 's' || words[1] == 'o')) {
            stm_buffer_add(out, words[1] == 's' ? subject : object);
            words++;
        } else {
            stm_buffer_add(out, (stemma_text){words, 1});
        }
    }
}

static stemma_status add_content(const struct stm_event_view *event, struct stm_buffer *out)
{
    for (uint32_t i = 0; i < event->claim_count; i++) {
        const stemma_claim *claim = &event->claims[i].claim;
        if (fills(&event->claims[i], "content") && claim->object.kind == STEMMA_OBJECT_TEXT) {
            stemma_text said = stm_text_cut(claim->object.as.text, CONTENT_SIZE);
            stm_buffer_add_string(out, ": \xE2\x80\x9C");
            stm_buffer_add(out, said);
            stm_buffer_add_string(out, said.size < claim->object.as.text.size
                                           ? "\xE2\x80\xA6\xE2\x80\x9D"
                                           : "\xE2\x80\x9D");
            break;
        }
    }
    return STEMMA_OK;
}

static stemma_status add_parts(struct stm_query *query, const struct stm_event_view *event,
                               struct stm_buffer *out)
{
    for (const struct stm_phrase_part *part = stm_phrase_parts; part->role != NULL; part++) {
        struct stm_buffer words = {0};
        stemma_status status = fill_role(query, event, part->role, NAMED, &words);
        if (status == STEMMA_OK && words.size != 0) {
            expand(part->words, stm_buffer_text(&words), (stemma_text){NULL, 0}, out);
        }
        out->failed = out->failed || words.failed;
        stm_buffer_free(&words);
        if (status != STEMMA_OK) {
            return status;
        }
    }
    return STEMMA_OK;
}

/* A type that is not known here: its label in the vocabulary, and who takes part. */
static stemma_status add_plain(struct stm_query *query, const struct stm_event_view *event,
                               struct stm_buffer *out)
{
    const stemma_term *type;
    uint32_t shown = 0;
    stemma_status found = stm_event_type(query, event->type, &type);
    if (found != STEMMA_OK) {
        return found;
    }
    stm_buffer_add(out, type != NULL && type->label.size != 0 ? type->label : event->type);
    for (uint32_t i = 0; i < event->participant_count && shown < NAMED; i++, shown++) {
        stemma_status status;
        stm_buffer_add_string(out, shown == 0 ? ": " : ", ");
        status = stm_entity_words(query, event->participants[i]->claim.object.as.referent, out);
        if (status != STEMMA_OK) {
            return status;
        }
    }
    if (event->participant_count > shown) {
        stm_buffer_addf(out, " (+%u)", event->participant_count - shown);
    }
    return STEMMA_OK;
}

/* Whether a count is followed by names: the clause then needs a comma before it goes on. */
static bool has_names(const struct stm_buffer *object)
{
    return object->size != 0 &&
           memmem(object->data, object->size, ", among them ", strlen(", among them ")) != NULL;
}

static stemma_status add_clause(struct stm_query *query, const struct stm_event_view *event,
                                const struct stm_phrase *phrase, struct stm_buffer *out)
{
    struct stm_buffer subject = {0};
    struct stm_buffer object = {0};
    uint32_t most = phrase->object != NULL ? 1 : NAMED + 1;
    stemma_status status = fill_role(query, event, phrase->subject, most, &subject);
    if (status == STEMMA_OK) {
        status = fill_role(query, event, phrase->object, NAMED, &object);
    }
    if (subject.size == 0 && phrase->only_object[0] == '%' && phrase->object != NULL &&
        count_of(event, phrase->object) != NULL && has_names(&object)) {
        stm_buffer_add_string(&object, ",");
    }
    if (status == STEMMA_OK) {
        const char *words = subject.size != 0 && object.size != 0 ? phrase->both
                            : object.size != 0                    ? phrase->only_object
                            : subject.size != 0                   ? phrase->only_subject
                                                                  : phrase->neither;
        expand(words, stm_buffer_text(&subject), stm_buffer_text(&object), out);
        status = add_parts(query, event, out);
    }
    if (status == STEMMA_OK) {
        status = add_content(event, out);
    }
    out->failed = out->failed || subject.failed || object.failed;
    stm_buffer_free(&subject);
    stm_buffer_free(&object);
    return status;
}

stemma_status stm_event_label(struct stm_query *query, const struct stm_event_view *event,
                              struct stm_buffer *out)
{
    const struct stm_phrase *phrase = stm_phrase_find(event->type);
    stemma_status status = phrase != NULL ? add_clause(query, event, phrase, out)
                                          : add_plain(query, event, out);
    if (event->polarity == STEMMA_POLARITY_NEGATIVE) {
        stm_buffer_add_string(out, " [denied]");
    } else if (event->realis == STEMMA_REALIS_OTHER) {
        stm_buffer_add_string(out, " [not said to have happened]");
    } else if (event->realis == STEMMA_REALIS_GENERIC) {
        stm_buffer_add_string(out, " [in general]");
    }
    return out->failed ? STEMMA_E_NO_MEMORY : status;
}

stemma_status stm_event_words(struct stm_query *query, uint32_t event, struct stm_buffer *out)
{
    struct stm_event_view view;
    stemma_status status = STEMMA_OK;
    if (query->words_event != event || query->event_words.size == 0) {
        stm_buffer_clear(&query->event_words);
        status = stm_event_load(query, event, &view);
        if (status == STEMMA_OK) {
            status = stm_event_label(query, &view, &query->event_words);
        } else if (status == STEMMA_NOT_FOUND) {
            stm_buffer_add_string(&query->event_words, "(an event)");
            status = STEMMA_OK;
        }
        query->words_event = event;
    }
    stm_buffer_add(out, stm_buffer_text(&query->event_words));
    return status;
}
