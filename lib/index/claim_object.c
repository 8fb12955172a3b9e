/* SPDX-License-Identifier: MIT */
/* The normal form of an object, by which assertions are grouped, and its packed form. */
#include "index/claim_group.h"

#include "stemma/name.h"

/* Normal forms begin with a letter that says how they were made, so that none can be mistaken for
   another: f folded, w as written, e EDTF, n numbers, g gazetteer, c coordinates. */

static size_t put(char *out, const void *bytes, size_t size)
{
    if (size > 0) {
        memcpy(out, bytes, size);
    }
    return size;
}

static size_t put_collapsed(char *out, stemma_text text)
{
    size_t size = 0;
    int gap = 0;
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v') {
            gap = size > 0;
        } else {
            if (gap) {
                out[size++] = ' ';
                gap = 0;
            }
            out[size++] = c;
        }
    }
    return size;
}

/* Folding reads only so much of a text: a longer one counts as it is written, so that two long
   statements that begin alike stay two. */
static size_t put_folded(char *out, stemma_text text)
{
    size_t size = 0;
    if (text.size <= STEMMA_NAME_READ &&
        stemma_name_fold(text, out + 1, STEMMA_NAME_KEY_SIZE, &size) == STEMMA_OK && size > 0) {
        out[0] = 'f';
        return size + 1;
    }
    out[0] = 'w';
    return 1 + put_collapsed(out + 1, text);
}

/* A decimal without what makes no difference: "007.50" is "7.5", "-0" is "0". */
static size_t put_decimal(char *out, stemma_text decimal)
{
    size_t begin = 0;
    size_t end = decimal.size;
    size_t size = 0;
    if (end == 0) {
        return 0; /* there may be no memory to point into */
    }
    int negative = decimal.data[0] == '-';
    begin = (size_t)negative;
    while (begin + 1 < end && decimal.data[begin] == '0' && decimal.data[begin + 1] != '.') {
        begin++;
    }
    if (memchr(decimal.data, '.', end) != NULL) {
        while (end > begin && decimal.data[end - 1] == '0') {
            end--;
        }
        if (end > begin && decimal.data[end - 1] == '.') {
            end--;
        }
    }
    if (negative && !(end - begin == 1 && decimal.data[begin] == '0')) {
        out[size++] = '-';
    }
    return size + put(out + size, decimal.data + begin, end - begin);
}

static size_t quantity_key(const stemma_quantity *quantity, char *out)
{
    size_t size = 0;
    out[size++] = 'n';
    out[size++] = (char)('0' + quantity->modifier);
    size += put_decimal(out + size, quantity->amount);
    out[size++] = '|';
    size += put_decimal(out + size, quantity->lower);
    out[size++] = '|';
    size += put_decimal(out + size, quantity->upper);
    out[size++] = '|';
    size += put_collapsed(out + size, quantity->unit);
    out[size++] = '|';
    size += put_folded(out + size, quantity->counted);
    if (quantity->amount.size == 0 && quantity->lower.size == 0 && quantity->upper.size == 0) {
        out[size++] = '|'; /* "dozens" and "scores" are told apart by their words alone */
        size += put_folded(out + size, quantity->raw);
    }
    return size;
}

static size_t place_key(const stemma_place *place, char *out)
{
    size_t size = 1;
    if (place->gazetteer.size > 0) {
        out[0] = 'g';
        return size + put(out + size, place->gazetteer.data, place->gazetteer.size);
    }
    if (place->raw.size > 0) {
        return put_folded(out, place->raw);
    }
    uint32_t degrees[2] = {(uint32_t)place->latitude, (uint32_t)place->longitude};
    out[0] = 'c';
    for (int i = 0; i < 2; i++) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            out[size++] = (char)(degrees[i] >> shift & 0xff);
        }
    }
    return size;
}

size_t stm_object_key(const stemma_object *object, char *out)
{
    switch (object->kind) {
    case STEMMA_OBJECT_TEXT:
        return put_folded(out, object->as.text);
    case STEMMA_OBJECT_TIME:
        if (object->as.time.edtf.size > 0) {
            out[0] = 'e';
            return 1 + put(out + 1, object->as.time.edtf.data, object->as.time.edtf.size);
        }
        return put_folded(out, object->as.time.raw);
    case STEMMA_OBJECT_PLACE:
        return place_key(&object->as.place, out);
    case STEMMA_OBJECT_QUANTITY:
        return quantity_key(&object->as.quantity, out);
    default:
        return 0;
    }
}

#define OBJECT_TEXTS   6
#define OBJECT_NUMBERS 3

/* The texts and numbers of an object in their fixed order; what it lacks is empty or zero. */
static void object_parts(const stemma_object *object, stemma_text texts[OBJECT_TEXTS],
                         uint32_t numbers[OBJECT_NUMBERS])
{
    memset(texts, 0, OBJECT_TEXTS * sizeof *texts);
    memset(numbers, 0, OBJECT_NUMBERS * sizeof *numbers);
    switch (object->kind) {
    case STEMMA_OBJECT_TEXT:
        texts[0] = object->as.text;
        break;
    case STEMMA_OBJECT_TIME:
        texts[0] = object->as.time.raw;
        texts[1] = object->as.time.edtf;
        break;
    case STEMMA_OBJECT_PLACE:
        texts[0] = object->as.place.raw;
        texts[1] = object->as.place.gazetteer;
        numbers[0] = (uint32_t)object->as.place.latitude;
        numbers[1] = (uint32_t)object->as.place.longitude;
        numbers[2] = object->as.place.radius;
        break;
    case STEMMA_OBJECT_QUANTITY:
        texts[0] = object->as.quantity.raw;
        texts[1] = object->as.quantity.amount;
        texts[2] = object->as.quantity.lower;
        texts[3] = object->as.quantity.upper;
        texts[4] = object->as.quantity.unit;
        texts[5] = object->as.quantity.counted;
        numbers[0] = object->as.quantity.modifier;
        break;
    default:
        break;
    }
}

size_t stm_object_room(const stemma_object *object)
{
    stemma_text texts[OBJECT_TEXTS];
    uint32_t numbers[OBJECT_NUMBERS];
    size_t size = STM_OBJECT_KEY_SLACK * 2;
    object_parts(object, texts, numbers);
    for (int i = 0; i < OBJECT_TEXTS; i++) {
        size += texts[i].size;
    }
    return size;
}

size_t stm_object_pack(const stemma_object *object, char *out)
{
    stemma_text texts[OBJECT_TEXTS];
    uint32_t numbers[OBJECT_NUMBERS];
    size_t size = 0;
    object_parts(object, texts, numbers);
    out[size++] = (char)object->kind;
    size += put(out + size, numbers, sizeof numbers);
    for (int i = 0; i < OBJECT_TEXTS; i++) {
        uint32_t length = (uint32_t)texts[i].size;
        size += put(out + size, &length, sizeof length);
        size += put(out + size, texts[i].data, texts[i].size);
    }
    return size;
}

void stm_object_unpack(stemma_text packed, stemma_object *object)
{
    stemma_text texts[OBJECT_TEXTS];
    uint32_t numbers[OBJECT_NUMBERS];
    const char *at = packed.data + 1;
    memset(object, 0, sizeof *object);
    object->kind = (uint8_t)packed.data[0];
    memcpy(numbers, at, sizeof numbers);
    at += sizeof numbers;
    for (int i = 0; i < OBJECT_TEXTS; i++) {
        uint32_t length = 0;
        memcpy(&length, at, sizeof length);
        at += sizeof length;
        texts[i].data = at;
        texts[i].size = length;
        at += length;
    }
    switch (object->kind) {
    case STEMMA_OBJECT_TEXT:
        object->as.text = texts[0];
        break;
    case STEMMA_OBJECT_TIME:
        object->as.time.raw = texts[0];
        object->as.time.edtf = texts[1];
        break;
    case STEMMA_OBJECT_PLACE:
        object->as.place.raw = texts[0];
        object->as.place.gazetteer = texts[1];
        object->as.place.referent = STEMMA_NONE;
        object->as.place.latitude = (int32_t)numbers[0];
        object->as.place.longitude = (int32_t)numbers[1];
        object->as.place.radius = numbers[2];
        break;
    case STEMMA_OBJECT_QUANTITY:
        object->as.quantity.raw = texts[0];
        object->as.quantity.amount = texts[1];
        object->as.quantity.lower = texts[2];
        object->as.quantity.upper = texts[3];
        object->as.quantity.unit = texts[4];
        object->as.quantity.counted = texts[5];
        object->as.quantity.modifier = (uint8_t)numbers[0];
        break;
    default:
        break;
    }
}
