/* SPDX-License-Identifier: MIT */
#include "query/value_words.h"

#include "common/enum_names.h"

stemma_status stm_entity_words(struct stm_query *query, uint32_t entity, struct stm_buffer *out)
{
    stemma_text name;
    stemma_status status = stemma_entity_label(query->item, entity, &name, &query->error);
    if (status == STEMMA_OK && name.size != 0) {
        stm_buffer_add(out, name);
    } else if (status == STEMMA_OK) {
        stemma_entity record;
        status = stemma_entity_get(query->item, entity, &record, &query->error);
        if (status == STEMMA_OK) {
            stm_buffer_add_string(out, "(unnamed ");
            stm_buffer_add(out, record.type);
            stm_buffer_add_string(out, ")");
        }
    }
    return status;
}

void stm_document_words(const stemma_document *document, struct stm_buffer *out)
{
    stemma_text published = document->published.edtf.size != 0 ? document->published.edtf
                                                               : document->published.raw;
    stm_buffer_add(out, document->publisher.size != 0 ? document->publisher : document->uri);
    if (published.size != 0) {
        stm_buffer_add_string(out, ", ");
        stm_buffer_add(out, published);
    }
}

static void quantity_words(const stemma_quantity *quantity, struct stm_buffer *out)
{
    if (quantity->raw.size != 0) {
        stm_buffer_add(out, quantity->raw);
        return;
    }
    if (quantity->modifier != STEMMA_MODIFIER_NONE) {
        const char *word = stm_enum_name(STM_ENUM_MODIFIER, quantity->modifier);
        for (; *word != '\0'; word++) {
            stm_buffer_add(out, (stemma_text){*word == '_' ? " " : word, 1});
        }
        stm_buffer_add_string(out, " ");
    }
    if (quantity->amount.size != 0) {
        stm_buffer_add(out, quantity->amount);
    } else {
        stm_buffer_add(out, quantity->lower);
        stm_buffer_add_string(out, "..");
        stm_buffer_add(out, quantity->upper);
    }
    if (quantity->unit.size != 0) {
        stm_buffer_add_string(out, " ");
        stm_buffer_add(out, quantity->unit);
    }
    if (quantity->counted.size != 0) {
        stm_buffer_add_string(out, " ");
        stm_buffer_add(out, quantity->counted);
    }
}

static void time_words(const stemma_time *time, struct stm_buffer *out)
{
    stm_buffer_add(out, time->edtf.size != 0 ? time->edtf : time->raw);
    if (time->edtf.size != 0 && time->raw.size != 0 &&
        !stemma_text_equal(time->raw, time->edtf)) {
        stm_buffer_add_string(out, " (\xE2\x80\x9C");
        stm_buffer_add(out, time->raw);
        stm_buffer_add_string(out, "\xE2\x80\x9D)");
    }
}

stemma_status stm_value_words(struct stm_query *query, const stemma_claim *claim,
                              struct stm_buffer *out)
{
    const stemma_object *object = &claim->object;
    switch (object->kind) {
    case STEMMA_OBJECT_TEXT:
        stm_buffer_add(out, object->as.text);
        break;
    case STEMMA_OBJECT_TIME:
        time_words(&object->as.time, out);
        break;
    case STEMMA_OBJECT_PLACE:
        if (object->as.place.referent != STEMMA_NONE &&
            claim->object_referent_kind == STEMMA_REFERENT_ENTITY) {
            return stm_entity_words(query, object->as.place.referent, out);
        }
        stm_buffer_add(out, object->as.place.raw);
        break;
    case STEMMA_OBJECT_QUANTITY:
        quantity_words(&object->as.quantity, out);
        break;
    case STEMMA_OBJECT_SOME:
        stm_buffer_add_string(out, "(something unnamed)");
        break;
    default:
        stm_buffer_add_string(out, "(nothing)");
        break;
    }
    return STEMMA_OK;
}
