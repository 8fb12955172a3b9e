/* SPDX-License-Identifier: MIT */
#include "common/interchange_object.h"

#include <math.h>

stemma_status stm_interchange_time(struct stm_json_in *in, const json_t *object, const char *key,
                                   stemma_time *out)
{
    const json_t *value = json_object_get(object, key);
    if (json_is_string(value)) {
        return stm_in_text(in, object, key, &out->edtf);
    }
    if (value == NULL || json_is_null(value)) {
        return STEMMA_OK;
    }
    if (!json_is_object(value)) {
        return stm_in_fail(in, "FIELD_TYPE", key, "\"%s\" is neither EDTF nor an object", key);
    }
    STM_TRY(stm_in_known(in, value, " raw edtf "));
    STM_TRY(stm_in_text(in, value, "raw", &out->raw));
    return stm_in_text(in, value, "edtf", &out->edtf);
}

/* "-12.5" as ten-millionths, further decimals rounded; false when it is no plain decimal below
 * 1000. */
static bool decimal_degrees(stemma_text text, int64_t *out)
{
    size_t i = text.size != 0 && text.data[0] == '-' ? 1 : 0;
    size_t first = i;
    int64_t value = 0;
    int decimals = -1; /* behind the point; -1 before it */
    for (; i < text.size; i++) {
        char c = text.data[i];
        if (c == '.' && decimals < 0 && i != first && i + 1 < text.size) {
            decimals = 0;
        } else if (c < '0' || c > '9' || value > INT64_C(10000000000)) {
            return false;
        } else if (decimals < 7) {
            value = value * 10 + (c - '0');
            decimals += decimals >= 0;
        } else if (decimals == 7) {
            value += c >= '5';
            decimals++;
        }
    }
    for (decimals = decimals < 0 ? 0 : decimals; decimals < 7; decimals++) {
        value *= 10;
    }
    *out = first == 0 ? value : -value;
    return text.size > first;
}

/* Degrees, as a number or as decimal text, in ten-millionths. */
static stemma_status degrees(struct stm_json_in *in, const json_t *object, const char *key,
                             int32_t most, int32_t *out)
{
    const json_t *value = json_object_get(object, key);
    int64_t number = 0;
    *out = STEMMA_NO_DEGREES;
    if (value == NULL || json_is_null(value)) {
        return STEMMA_OK;
    }
    if (json_is_string(value)) {
        stemma_text text = {json_string_value(value), json_string_length(value)};
        if (!decimal_degrees(text, &number)) {
            return stm_in_fail(in, "FIELD_VALUE", key, "\"%s\" is not a decimal number", key);
        }
    } else if (json_is_number(value)) {
        double angle = json_number_value(value);
        number = angle >= -1000.0 && angle <= 1000.0 ? llround(angle * 1e7) : INT64_MAX;
    } else {
        return stm_in_fail(in, "FIELD_TYPE", key, "\"%s\" is not a number", key);
    }
    if (number < -(int64_t)most || number > most) {
        return stm_in_fail(in, "FIELD_VALUE", key, "\"%s\" is no such angle", key);
    }
    *out = (int32_t)number;
    return STEMMA_OK;
}

static stemma_status place_value(struct stm_json_in *in, const json_t *value, stemma_place *out)
{
    uint64_t radius = 0;
    out->referent = STEMMA_NONE;
    STM_TRY(stm_in_known(in, value, " raw referent gazetteer latitude longitude radius "));
    STM_TRY(stm_in_text(in, value, "raw", &out->raw));
    STM_TRY(stm_in_ordinal(in, value, "referent", &out->referent));
    STM_TRY(stm_in_text(in, value, "gazetteer", &out->gazetteer));
    STM_TRY(degrees(in, value, "latitude", 900000000, &out->latitude));
    STM_TRY(degrees(in, value, "longitude", 1800000000, &out->longitude));
    STM_TRY(stm_in_number(in, value, "radius", UINT32_MAX, &radius));
    out->radius = (uint32_t)radius;
    return STEMMA_OK;
}

static stemma_status quantity_value(struct stm_json_in *in, const json_t *value,
                                    stemma_quantity *out)
{
    STM_TRY(stm_in_known(in, value, " raw amount lower upper unit counted modifier "));
    STM_TRY(stm_in_text(in, value, "raw", &out->raw));
    STM_TRY(stm_in_text(in, value, "amount", &out->amount));
    STM_TRY(stm_in_text(in, value, "lower", &out->lower));
    STM_TRY(stm_in_text(in, value, "upper", &out->upper));
    STM_TRY(stm_in_text(in, value, "unit", &out->unit));
    STM_TRY(stm_in_text(in, value, "counted", &out->counted));
    return stm_in_enum(in, value, "modifier", STM_ENUM_MODIFIER, &out->modifier);
}

stemma_status stm_interchange_object(struct stm_json_in *in, const json_t *assertion,
                                     stemma_object *out)
{
    static const char *const kinds[] = {"referent", "text", "time", "place",
                                        "quantity", "some", "none"};
    const json_t *object = json_object_get(assertion, "object");
    const json_t *value = NULL;
    if (!json_is_object(object) || json_object_size(object) != 1) {
        return stm_in_fail(in, "FIELD_TYPE", "object",
                           "The object is not an object with one member");
    }
    for (size_t kind = 0; kind < sizeof kinds / sizeof kinds[0]; kind++) {
        if (json_object_get(object, kinds[kind]) != NULL) {
            value = json_object_get(object, kinds[kind]);
            out->kind = (uint8_t)kind;
        }
    }
    if (value == NULL) {
        return stm_in_fail(in, "FIELD_VALUE", "object", "The object is of no known kind");
    }
    switch (out->kind) {
    case STEMMA_OBJECT_REFERENT:
        out->as.referent = STEMMA_NONE;
        return stm_in_ordinal(in, object, "referent", &out->as.referent);
    case STEMMA_OBJECT_TEXT:
        return stm_in_text(in, object, "text", &out->as.text);
    case STEMMA_OBJECT_TIME:
        return stm_interchange_time(in, object, "time", &out->as.time);
    case STEMMA_OBJECT_PLACE:
    case STEMMA_OBJECT_QUANTITY:
        if (!json_is_object(value)) {
            return stm_in_fail(in, "FIELD_TYPE", kinds[out->kind], "\"%s\" is not an object",
                               kinds[out->kind]);
        }
        return out->kind == STEMMA_OBJECT_PLACE ? place_value(in, value, &out->as.place)
                                                : quantity_value(in, value, &out->as.quantity);
    default:
        if (!json_is_true(value)) {
            return stm_in_fail(in, "FIELD_TYPE", kinds[out->kind], "\"%s\" is not true",
                               kinds[out->kind]);
        }
        break;
    }
    return STEMMA_OK;
}
