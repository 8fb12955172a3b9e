/* SPDX-License-Identifier: MIT */
#include "object_record.h"

#include "limits.h"

#define LATITUDE_LIMIT  900000000
#define LONGITUDE_LIMIT 1800000000
#define ITEMS_MAX       8u /* of the longest array, with the kind */

/* ---- Writing ---- */

static const char *all_texts(const stemma_text *texts, size_t count)
{
    const char *code = NULL;
    for (size_t i = 0; code == NULL && i < count; i++) {
        code = stm_text_fault(texts[i], STEMMA_LIMIT_FIELD);
    }
    return code;
}

static bool coordinates_fit(const stemma_place *place)
{
    if (place->latitude == STEMMA_NO_DEGREES || place->longitude == STEMMA_NO_DEGREES) {
        return place->latitude == place->longitude;
    }
    return place->latitude >= -LATITUDE_LIMIT && place->latitude <= LATITUDE_LIMIT &&
           place->longitude >= -LONGITUDE_LIMIT && place->longitude <= LONGITUDE_LIMIT;
}

const char *stm_object_fault(const stemma_object *object)
{
    switch (object->kind) {
    case STEMMA_OBJECT_REFERENT:
    case STEMMA_OBJECT_SOME:
    case STEMMA_OBJECT_NONE:
        return NULL;
    case STEMMA_OBJECT_TEXT:
        return all_texts(&object->as.text, 1);
    case STEMMA_OBJECT_TIME: {
        const stemma_text texts[] = {object->as.time.raw, object->as.time.edtf};
        return all_texts(texts, 2);
    }
    case STEMMA_OBJECT_PLACE: {
        const stemma_text texts[] = {object->as.place.raw, object->as.place.gazetteer};
        return coordinates_fit(&object->as.place) ? all_texts(texts, 2) : "COORDINATES";
    }
    case STEMMA_OBJECT_QUANTITY: {
        const stemma_quantity *quantity = &object->as.quantity;
        const stemma_text texts[] = {quantity->raw,   quantity->amount, quantity->lower,
                                     quantity->upper, quantity->unit,   quantity->counted};
        return quantity->modifier <= STEMMA_MODIFIER_LESS_THAN ? all_texts(texts, 6) : "MODIFIER";
    }
    default:
        return "OBJECT_KIND";
    }
}

static uint32_t items_until(const bool *present, uint32_t count)
{
    while (count > 0 && !present[count - 1]) {
        count--;
    }
    return count;
}

static void put_head(stm_buffer *out, uint8_t kind, uint32_t items)
{
    stm_mp_put_array(out, 1 + items);
    stm_mp_put_uint(out, kind);
}

static void put_time(stm_buffer *out, const stemma_time *time)
{
    const bool present[] = {time->edtf.size != 0, time->raw.size != 0};
    uint32_t items = items_until(present, 2);
    put_head(out, STEMMA_OBJECT_TIME, items);
    if (items > 0) {
        stm_mp_put_text(out, time->edtf);
    }
    if (items > 1) {
        stm_mp_put_text(out, time->raw);
    }
}

static void put_place(stm_buffer *out, const stemma_place *place, uint64_t code)
{
    bool located = place->latitude != STEMMA_NO_DEGREES;
    const bool present[] = {place->raw.size != 0,
                            code != STM_NO_CODE,
                            place->gazetteer.size != 0,
                            place->radius != 0,
                            located,
                            located};
    uint32_t items = items_until(present, 6);
    put_head(out, STEMMA_OBJECT_PLACE, items);
    if (items > 0) {
        stm_mp_put_text(out, place->raw);
    }
    if (items > 1) {
        stm_mp_put_uint(out, code + 1);
    }
    if (items > 2) {
        stm_mp_put_text(out, place->gazetteer);
    }
    if (items > 3) {
        stm_mp_put_uint(out, place->radius);
    }
    if (located) {
        stm_mp_put_int(out, place->latitude);
        stm_mp_put_int(out, place->longitude);
    }
}

static void put_quantity(stm_buffer *out, const stemma_quantity *quantity)
{
    const stemma_text texts[] = {quantity->amount, quantity->counted, quantity->raw,
                                 quantity->lower,  quantity->upper,   quantity->unit};
    bool present[7] = {quantity->modifier != 0};
    for (size_t i = 0; i < 6; i++) {
        present[1 + i] = texts[i].size != 0;
    }
    uint32_t items = items_until(present, 7);
    put_head(out, STEMMA_OBJECT_QUANTITY, items);
    if (items > 0) {
        stm_mp_put_uint(out, quantity->modifier);
    }
    for (uint32_t i = 1; i < items; i++) {
        stm_mp_put_text(out, texts[i - 1]);
    }
}

void stm_object_put(stm_buffer *out, const stemma_object *object, uint64_t code)
{
    switch (object->kind) {
    case STEMMA_OBJECT_REFERENT:
        stm_mp_put_uint(out, code);
        break;
    case STEMMA_OBJECT_TEXT:
        stm_mp_put_text(out, object->as.text);
        break;
    case STEMMA_OBJECT_TIME:
        put_time(out, &object->as.time);
        break;
    case STEMMA_OBJECT_PLACE:
        put_place(out, &object->as.place, code);
        break;
    case STEMMA_OBJECT_QUANTITY:
        put_quantity(out, &object->as.quantity);
        break;
    default:
        put_head(out, object->kind, 0);
        break;
    }
}

/* ---- Reading ---- */

/* Items of an object's array that are left, and whether the last one read was 0 or "". */
typedef struct items {
    stm_mp *mp;
    uint32_t left;
    bool empty;
} items;

static stemma_text next_text(items *from)
{
    stemma_text text = {NULL, 0};
    if (from->left > 0) {
        from->left--;
        text = stm_mp_text(from->mp, STEMMA_LIMIT_FIELD);
        from->empty = text.size == 0;
    }
    return text;
}

static uint64_t next_uint(items *from, uint64_t maximum)
{
    uint64_t number = 0;
    if (from->left > 0) {
        from->left--;
        number = stm_mp_uint(from->mp, maximum);
        from->empty = number == 0;
    }
    return number;
}

static void get_coordinates(items *from, stemma_place *place)
{
    place->latitude = STEMMA_NO_DEGREES;
    place->longitude = STEMMA_NO_DEGREES;
    if (from->left == 2) {
        place->latitude = (int32_t)stm_mp_int(from->mp, -LATITUDE_LIMIT, LATITUDE_LIMIT);
        place->longitude = (int32_t)stm_mp_int(from->mp, -LONGITUDE_LIMIT, LONGITUDE_LIMIT);
        from->left = 0;
        from->empty = false;
    }
}

static uint64_t get_place(items *from, stemma_place *place)
{
    place->raw = next_text(from);
    uint64_t code = next_uint(from, UINT64_MAX) - 1; /* 0, also when absent: STM_NO_CODE */
    place->referent = STEMMA_NONE;
    place->gazetteer = next_text(from);
    place->radius = (uint32_t)next_uint(from, UINT32_MAX);
    get_coordinates(from, place);
    return code;
}

static void get_quantity(items *from, stemma_quantity *quantity)
{
    quantity->modifier = (uint8_t)next_uint(from, STEMMA_MODIFIER_LESS_THAN);
    quantity->amount = next_text(from);
    quantity->counted = next_text(from);
    quantity->raw = next_text(from);
    quantity->lower = next_text(from);
    quantity->upper = next_text(from);
    quantity->unit = next_text(from);
}

static uint64_t get_array(stm_mp *mp, stemma_object *object)
{
    uint64_t code = STM_NO_CODE;
    uint32_t count = stm_mp_array_of(mp, 1, ITEMS_MAX);
    items from = {mp, count > 0 ? count - 1 : 0, false};
    object->kind = (uint8_t)stm_mp_uint(mp, STEMMA_OBJECT_NONE);
    switch (object->kind) {
    case STEMMA_OBJECT_TIME:
        object->as.time.edtf = next_text(&from);
        object->as.time.raw = next_text(&from);
        break;
    case STEMMA_OBJECT_PLACE:
        code = get_place(&from, &object->as.place);
        break;
    case STEMMA_OBJECT_QUANTITY:
        get_quantity(&from, &object->as.quantity);
        break;
    case STEMMA_OBJECT_SOME:
    case STEMMA_OBJECT_NONE:
        break;
    default: /* referents and texts are never written as arrays */
        stm_mp_fail(mp, "OBJECT_KIND");
        break;
    }
    if (from.left != 0) {
        stm_mp_fail(mp, "RECORD_LENGTH");
    } else if (from.empty) {
        stm_mp_fail(mp, "FIELD_DEFAULT");
    }
    return code;
}

uint64_t stm_object_get(stm_mp *mp, stemma_object *object)
{
    memset(object, 0, sizeof *object);
    switch (stm_mp_peek(mp)) {
    case STM_MP_UINT:
        object->kind = STEMMA_OBJECT_REFERENT;
        object->as.referent = STEMMA_NONE;
        return stm_mp_uint(mp, UINT64_MAX - 1);
    case STM_MP_TEXT:
        object->kind = STEMMA_OBJECT_TEXT;
        object->as.text = stm_mp_text(mp, STEMMA_LIMIT_FIELD);
        return STM_NO_CODE;
    default:
        return get_array(mp, object);
    }
}
