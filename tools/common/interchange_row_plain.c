/* SPDX-License-Identifier: MIT */
/* A row's line in exactly the form that is written: members in order, no white space, no escapes.
 */
#include <string.h>

#include "common/interchange_row.h"
#include "utf8.h"

struct cursor {
    const char *at;
    const char *end;
};

/* Passes over `literal` when it is what comes next. */
static bool skip(struct cursor *cursor, const char *literal, size_t size)
{
    if ((size_t)(cursor->end - cursor->at) < size || memcmp(cursor->at, literal, size) != 0) {
        return false;
    }
    cursor->at += size;
    return true;
}

#define SKIP(cursor, literal) skip((cursor), (literal), sizeof(literal) - 1)

/* A number without sign, fraction or leading zero, below STEMMA_NONE. */
static bool number(struct cursor *cursor, uint32_t *out)
{
    uint64_t value = 0;
    const char *start = cursor->at;
    while (cursor->at < cursor->end && *cursor->at >= '0' && *cursor->at <= '9') {
        value = value * 10 + (uint64_t)(*cursor->at++ - '0');
        if (value >= STEMMA_NONE) {
            return false;
        }
    }
    *out = (uint32_t)value;
    return cursor->at > start && (*start != '0' || cursor->at == start + 1);
}

/* A string that is not empty and needs no escape; the opening quote is next. */
static bool string(struct cursor *cursor, stemma_text *out)
{
    const char *start = cursor->at + 1;
    const char *quote;
    bool odd = false;
    if (cursor->end - cursor->at < 3 || *cursor->at != '"') {
        return false;
    }
    quote = memchr(start, '"', (size_t)(cursor->end - start));
    if (quote == NULL || quote == start) {
        return false;
    }
    for (const char *at = start; at < quote; at++) {
        odd |= (unsigned char)*at < 0x20 || *at == '\\';
    }
    *out = (stemma_text){start, (size_t)(quote - start)};
    cursor->at = quote + 1;
    return !odd;
}

static bool actor(struct cursor *cursor, struct stm_line_actor *out)
{
    out->name = (stemma_text){NULL, 0};
    out->position = STEMMA_NONE;
    return cursor->at < cursor->end && *cursor->at == '"' ? string(cursor, &out->name)
                                                          : number(cursor, &out->position);
}

/* Behind `"participants":{`, up to and with its `}`. */
static bool participants(struct cursor *cursor, struct stm_line_row *out,
                         struct stm_line_participant *list, uint32_t capacity)
{
    stemma_text roles[8];
    unsigned role_count = 0;
    do {
        stemma_text role;
        bool many;
        if (!string(cursor, &role) || !SKIP(cursor, ":") || role_count == 8) {
            return false;
        }
        for (unsigned i = 0; i < role_count; i++) {
            if (stemma_text_equal(roles[i], role)) {
                return false; /* one key twice: refused with a reason elsewhere */
            }
        }
        roles[role_count++] = role;
        many = SKIP(cursor, "[");
        do {
            if (out->participant_count == capacity ||
                !actor(cursor, &list[out->participant_count].actor)) {
                return false;
            }
            list[out->participant_count++].role = role;
        } while (many && SKIP(cursor, ","));
        if (many && !SKIP(cursor, "]")) {
            return false;
        }
    } while (SKIP(cursor, ","));
    out->participants = list;
    return SKIP(cursor, "}");
}

bool stm_interchange_row_plain(stemma_text line, struct stm_line_row *out,
                               struct stm_line_participant *list, uint32_t capacity)
{
    struct cursor cursor = {line.data, line.data + line.size};
    if (line.size < 24 || !SKIP(&cursor, "{\"record\":\"row\",\"row\":")) {
        return false;
    }
    memset(out, 0, sizeof *out);
    out->place.position = STEMMA_NONE;
    out->source.position = STEMMA_NONE;
    if (!number(&cursor, &out->number) || !SKIP(&cursor, ",\"type\":") ||
        !string(&cursor, &out->type) ||
        (SKIP(&cursor, ",\"time\":") && !string(&cursor, &out->time)) ||
        (SKIP(&cursor, ",\"participants\":{") && !participants(&cursor, out, list, capacity)) ||
        (SKIP(&cursor, ",\"place\":") && !actor(&cursor, &out->place)) ||
        (SKIP(&cursor, ",\"source\":") && !actor(&cursor, &out->source)) ||
        (SKIP(&cursor, ",\"external_id\":") && !string(&cursor, &out->external_id)) ||
        (SKIP(&cursor, ",\"content\":") && !string(&cursor, &out->content))) {
        return false;
    }
    if (SKIP(&cursor, ",\"quantity\":{\"predicate\":") &&
        (!string(&cursor, &out->predicate) || !SKIP(&cursor, ",\"amount\":") ||
         !string(&cursor, &out->amount) ||
         (SKIP(&cursor, ",\"unit\":") && !string(&cursor, &out->unit)) || !SKIP(&cursor, "}"))) {
        return false;
    }
    return SKIP(&cursor, "}") && cursor.at == cursor.end && stm_utf8_valid(line);
}
