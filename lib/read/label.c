/* SPDX-License-Identifier: MIT */
#include "read/label.h"

#include "read/entity.h"
#include "base/error.h"

stemma_status stm_words_add_entity(stemma_snapshot *snapshot, uint32_t entity, stm_words *out,
                                   stemma_error *error)
{
    stemma_text name;
    stm_mark mark = stm_snapshot_mark(snapshot);
    stemma_status status = stemma_entity_label(snapshot, entity, &name, error);
    if (status == STEMMA_OK && name.size != 0) {
        stm_words_add(out, name);
    } else if (status == STEMMA_OK) {
        stemma_entity record;
        status = stm_entity_uncounted(snapshot, entity, &record, error);
        if (status == STEMMA_OK) {
            stm_words_add_string(out, "(unnamed ");
            stm_words_add(out, record.type);
            stm_words_add_string(out, ")");
        }
    }
    stm_snapshot_rewind(snapshot, mark);
    return status;
}

/* ---- Values ---------------------------------------------------------------------------------- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Whether the words give another number in figures than the amount: "84 others" may mean 85 in all.
   Of "1.5 million" and 1500000 the figures begin alike. */
static bool is_another_number(stemma_text raw, stemma_text amount)
{
    size_t at = 0;
    size_t from = 0;
    while (from < raw.size && !is_digit(raw.data[from])) {
        from++;
    }
    for (size_t i = from; i < raw.size && at < amount.size; i++) {
        at += amount.data[at] == '.' && at + 1 < amount.size;
        if (is_digit(raw.data[i]) && raw.data[i] != amount.data[at]) {
            return true;
        }
        if (!is_digit(raw.data[i]) && raw.data[i] != ',' && raw.data[i] != '.') {
            break;
        }
        at += is_digit(raw.data[i]);
    }
    return false;
}

static void add_quantity(const stemma_quantity *quantity, stm_words *out)
{
    static const char *const modifiers[] = {"",         "about ",     "at least ", "more than ",
                                            "at most ", "less than "};
    if (quantity->raw.size != 0) {
        bool explained = quantity->modifier == STEMMA_MODIFIER_NONE &&
                         is_another_number(quantity->raw, quantity->amount);
        if (explained) {
            stm_words_add(out, quantity->amount);
            stm_words_add_string(out, " (");
        }
        stm_words_add(out, quantity->raw);
        stm_words_add_string(out, explained ? ")" : "");
        return;
    }
    if (quantity->modifier < sizeof modifiers / sizeof modifiers[0]) {
        stm_words_add_string(out, modifiers[quantity->modifier]);
    }
    if (quantity->amount.size != 0) {
        stm_words_add(out, quantity->amount);
    } else {
        stm_words_add(out, quantity->lower);
        stm_words_add_string(out, "..");
        stm_words_add(out, quantity->upper);
    }
    if (quantity->unit.size != 0) {
        stm_words_add_string(out, " ");
        stm_words_add(out, quantity->unit);
    }
    if (quantity->counted.size != 0) {
        stm_words_add_string(out, " ");
        stm_words_add(out, quantity->counted);
    }
}

static void add_time(const stemma_time *time, stm_words *out)
{
    stm_words_add(out, time->edtf.size != 0 ? time->edtf : time->raw);
    if (time->edtf.size != 0 && time->raw.size != 0 && !stemma_text_equal(time->raw, time->edtf)) {
        stm_words_add_string(out, " (\xE2\x80\x9C");
        stm_words_add(out, time->raw);
        stm_words_add_string(out, "\xE2\x80\x9D)");
    }
}

stemma_status stm_words_add_value(stemma_snapshot *snapshot, const stemma_claim *claim,
                                  stm_words *out, stemma_error *error)
{
    const stemma_object *object = &claim->object;
    switch (object->kind) {
    case STEMMA_OBJECT_TEXT:
        stm_words_add(out, object->as.text);
        break;
    case STEMMA_OBJECT_TIME:
        add_time(&object->as.time, out);
        break;
    case STEMMA_OBJECT_PLACE:
        if (object->as.place.referent != STEMMA_NONE &&
            claim->object_referent_kind == STEMMA_REFERENT_ENTITY) {
            return stm_words_add_entity(snapshot, object->as.place.referent, out, error);
        }
        stm_words_add(out, object->as.place.raw);
        break;
    case STEMMA_OBJECT_QUANTITY:
        add_quantity(&object->as.quantity, out);
        break;
    case STEMMA_OBJECT_SOME:
        stm_words_add_string(out, "(something unnamed)");
        break;
    default:
        stm_words_add_string(out, "(nothing)");
        break;
    }
    return STEMMA_OK;
}

/* ---- Any thing ------------------------------------------------------------------------------- */

static stemma_status add_event(stemma_snapshot *snapshot, uint32_t event, stm_words *out,
                               stemma_error *error)
{
    stemma_event_summary summary;
    stm_mark mark = stm_snapshot_mark(snapshot);
    stemma_status status = stm_event_summary(snapshot, event, false, &summary, error);
    if (status == STEMMA_OK) {
        status = stm_words_add_event(snapshot, &summary, out, error);
    }
    stm_snapshot_rewind(snapshot, mark);
    return status;
}

static stemma_status add_object(stemma_snapshot *snapshot, const stemma_claim *claim,
                                stm_words *out, stemma_error *error)
{
    const stemma_object *object = &claim->object;
    uint32_t referent = object->kind == STEMMA_OBJECT_REFERENT ? object->as.referent
                        : object->kind == STEMMA_OBJECT_PLACE  ? object->as.place.referent
                                                               : STEMMA_NONE;
    if (referent == STEMMA_NONE) {
        return stm_words_add_value(snapshot, claim, out, error);
    }
    if (claim->object_referent_kind == STEMMA_REFERENT_ENTITY) {
        return stm_words_add_entity(snapshot, referent, out, error);
    }
    stemma_status status = add_event(snapshot, referent, out, error);
    if (status == STEMMA_NOT_FOUND) {
        stm_words_add_string(out, "(an event)");
        status = STEMMA_OK;
    }
    return status;
}

static stemma_status add_document(stemma_snapshot *snapshot, uint32_t number, stm_words *out,
                                  stemma_error *error)
{
    stemma_document document;
    stm_mark mark = stm_snapshot_mark(snapshot);
    stemma_status status = stemma_document_get(snapshot, number, &document, error);
    if (status == STEMMA_OK) {
        const stemma_time *published = &document.published;
        stemma_text date = published->edtf.size != 0 ? published->edtf : published->raw;
        stm_words_add(out, document.publisher.size != 0 ? document.publisher : document.uri);
        if (date.size != 0) {
            stm_words_add_string(out, ", ");
            stm_words_add(out, date);
        }
        if (document.title.size != 0) {
            stm_words_add_string(out, ": ");
            stm_words_add(out, document.title);
        }
    }
    stm_snapshot_rewind(snapshot, mark);
    return status;
}

static stemma_status add_claim(stemma_snapshot *snapshot, uint32_t number, stm_words *out,
                               stemma_error *error)
{
    stemma_claim claim;
    stm_mark mark = stm_snapshot_mark(snapshot);
    stemma_status status = stemma_claim_get(snapshot, number, &claim, error);
    if (status == STEMMA_OK) {
        status = claim.subject_kind == STEMMA_REFERENT_EVENT
                     ? add_event(snapshot, claim.subject, out, error)
                     : stm_words_add_entity(snapshot, claim.subject, out, error);
    }
    if (status == STEMMA_OK) {
        stm_words_add_string(out, claim.polarity == STEMMA_POLARITY_NEGATIVE ? ": not " : ": ");
        stm_words_add(out, claim.predicate);
        stm_words_add_string(out, ": ");
        status = add_object(snapshot, &claim, out, error);
    }
    stm_snapshot_rewind(snapshot, mark);
    return status;
}

stemma_status stemma_event_summary_label(stemma_snapshot *snapshot,
                                         const stemma_event_summary *event, stemma_text *out,
                                         stemma_error *error)
{
    stm_words words = {0};
    stemma_status status = stm_words_add_event(snapshot, event, &words, error);
    return stm_words_end(&words, snapshot, status, out, error);
}

stemma_status stemma_event_label(stemma_snapshot *snapshot, uint32_t event, stemma_text *out,
                                 stemma_error *error)
{
    stm_words words = {0};
    stemma_status status = add_event(snapshot, event, &words, error);
    return stm_words_end(&words, snapshot, status, out, error);
}

stemma_status stemma_object_label(stemma_snapshot *snapshot, const stemma_claim *claim,
                                  stemma_text *out, stemma_error *error)
{
    stm_words words = {0};
    stemma_status status = add_object(snapshot, claim, &words, error);
    return stm_words_end(&words, snapshot, status, out, error);
}

stemma_status stemma_label(stemma_snapshot *snapshot, stemma_reference reference, stemma_text *out,
                           stemma_error *error)
{
    stm_words words = {0};
    stemma_status status;
    switch (reference.kind) {
    case STEMMA_REFERENCE_DOCUMENT:
        status = add_document(snapshot, reference.number, &words, error);
        break;
    case STEMMA_REFERENCE_ENTITY:
        status = stm_words_add_entity(snapshot, reference.number, &words, error);
        break;
    case STEMMA_REFERENCE_EVENT:
        status = add_event(snapshot, reference.number, &words, error);
        break;
    case STEMMA_REFERENCE_CLAIM:
        status = add_claim(snapshot, reference.number, &words, error);
        break;
    default:
        return stm_fail(error, STEMMA_E_MISUSE, "REFERENCE_KIND", "",
                        "There is no such kind of thing");
    }
    return stm_words_end(&words, snapshot, status, out, error);
}
