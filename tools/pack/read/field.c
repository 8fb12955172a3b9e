/* SPDX-License-Identifier: MIT */
#include "pack/read/field.h"

#include "limits.h"
#include "pack/read/date.h"
#include "pack/read/words.h"

static const struct {
    const char *name;
    stm_field field;
} names[] = {
    {"file", STM_FIELD_FILE},
    {"path", STM_FIELD_FILE},
    {"filename", STM_FIELD_FILE},
    {"uri", STM_FIELD_URI},
    {"url", STM_FIELD_URI},
    {"link", STM_FIELD_URI},
    {"title", STM_FIELD_TITLE},
    {"headline", STM_FIELD_TITLE},
    {"publisher", STM_FIELD_PUBLISHER},
    {"site", STM_FIELD_PUBLISHER},
    {"agency", STM_FIELD_AGENCY},
    {"credit", STM_FIELD_AGENCY},
    {"byline", STM_FIELD_BYLINE},
    {"author", STM_FIELD_BYLINE},
    {"authors", STM_FIELD_BYLINE},
    {"published", STM_FIELD_PUBLISHED},
    {"date", STM_FIELD_PUBLISHED},
    {"pubdate", STM_FIELD_PUBLISHED},
    {"retrieved", STM_FIELD_RETRIEVED},
    {"accessed", STM_FIELD_RETRIEVED},
    {"language", STM_FIELD_LANGUAGE},
    {"lang", STM_FIELD_LANGUAGE},
    {"licence", STM_FIELD_LICENCE},
    {"license", STM_FIELD_LICENCE},
};

stm_field stm_field_by_name(stemma_text name)
{
    name = stm_trim(name);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (stm_is_word(name, names[i].name)) {
            return names[i].field;
        }
    }
    return STM_FIELD_UNKNOWN;
}

static stemma_text *place_of(stm_source_fields *fields, stm_field field)
{
    switch (field) {
    case STM_FIELD_URI:
        return &fields->uri;
    case STM_FIELD_TITLE:
        return &fields->title;
    case STM_FIELD_PUBLISHER:
        return &fields->publisher;
    case STM_FIELD_AGENCY:
        return &fields->agency;
    case STM_FIELD_BYLINE:
        return &fields->byline;
    case STM_FIELD_PUBLISHED:
        return &fields->published.raw;
    case STM_FIELD_RETRIEVED:
        return &fields->retrieved;
    case STM_FIELD_LANGUAGE:
        return &fields->language;
    case STM_FIELD_LICENCE:
        return &fields->licence;
    case STM_FIELD_UNKNOWN:
    case STM_FIELD_FILE:
        break;
    }
    return NULL;
}

stemma_status stm_field_set(stm_source_fields *fields, stm_field field, stemma_text value,
                            struct stm_arena *arena, stm_problems *problems, stm_problem where)
{
    stemma_text *place = place_of(fields, field);
    stemma_status status = STEMMA_OK;
    size_t limit = field == STM_FIELD_URI ? STEMMA_LIMIT_URI : STEMMA_LIMIT_FIELD;
    if (place == NULL || place->size != 0) {
        return STEMMA_OK;
    }
    stemma_text copy = stm_collapse(arena, value, limit, &status);
    if (status != STEMMA_OK || copy.size == 0) {
        return status;
    }
    where.severity = STM_SEVERITY_WARNING;
    if (stm_trim(value).size > limit) {
        where.code = "FIELD_TOO_LONG";
        stm_problems_add(problems, &where, "a value of %zu bytes was cut to %zu", value.size,
                         limit);
    }
    *place = copy;
    if (field != STM_FIELD_PUBLISHED && field != STM_FIELD_RETRIEVED) {
        return STEMMA_OK;
    }
    char edtf[STM_DATE_SIZE];
    stemma_text date = {NULL, 0};
    if (stm_date_read(copy, edtf)) {
        date = stm_arena_text(arena, stemma_text_of(edtf));
        if (date.data == NULL) {
            return STEMMA_E_NO_MEMORY;
        }
    } else {
        where.code = "DATE_UNREADABLE";
        stm_problems_add(problems, &where, "cannot read \"%.*s\" as a date",
                         (int)(copy.size < 100 ? copy.size : 100), copy.data);
    }
    if (field == STM_FIELD_PUBLISHED) {
        fields->published.edtf = date;
    } else {
        fields->retrieved = date;
    }
    return STEMMA_OK;
}
