/* SPDX-License-Identifier: MIT */
#include "pack/read/front_matter.h"

#include <stdbool.h>
#include <yaml.h>

#include "pack/read/field.h"
#include "pack/read/words.h"

#define BRACKET_LIMIT 256u
#define LIST_LIMIT    1024u /* bytes of joined values, after which no more are taken */

/* The end of the line that holds byte `at`, before its line feed. */
static size_t end_of_line(stemma_text text, size_t at)
{
    const char *found = memchr(text.data + at, '\n', text.size - at);
    return found != NULL ? (size_t)(found - text.data) : text.size;
}

static bool is_fence(stemma_text line, bool closing)
{
    while (line.size != 0 && stm_is_space(line.data[line.size - 1])) {
        line.size--;
    }
    return stm_is_word(line, "---") || (closing && stm_is_word(line, "..."));
}

/* Finds the block: `*block` the YAML inside, `*rest` what follows the closing fence. */
static bool find_block(stemma_text text, stemma_text *block, stemma_text *rest)
{
    if (text.size < 4 || memcmp(text.data, "---", 3) != 0) {
        return false;
    }
    size_t at = end_of_line(text, 0);
    if (at == text.size || !is_fence(stm_slice(text, 0, at), false)) {
        return false;
    }
    size_t start = at + 1;
    for (at = start; at < text.size && at - start <= STM_FRONT_MATTER_LIMIT;) {
        size_t end = end_of_line(text, at);
        if (is_fence(stm_slice(text, at, end), true)) {
            *block = stm_slice(text, start, at);
            *rest = stm_slice(text, end < text.size ? end + 1 : end, text.size);
            return true;
        }
        at = end + 1;
    }
    return false;
}

/* One level of a mapping of scalars is all that matters; what lies deeper is skipped by counting.
   A sequence of scalars ("authors: [A, B]") is joined with commas. */
typedef struct front_reader {
    struct stm_arena *arena;
    stm_source_fields *fields;
    stm_problems *problems;
    stm_problem where;
    stm_field field;
    bool has_key;
    char *list; /* values of a sequence so far */
    size_t list_size;
} front_reader;

static stemma_status add_to_list(front_reader *reader, stemma_text value)
{
    if (reader->list_size > LIST_LIMIT) {
        return STEMMA_OK; /* copied anew at each value, so kept short */
    }
    size_t size = reader->list_size + value.size + 2;
    char *joined = stm_arena_alloc(reader->arena, size, 1);
    if (joined == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    size_t used = reader->list_size;
    if (used != 0) {
        memcpy(joined, reader->list, used);
        memcpy(joined + used, ", ", 2);
        used += 2;
    }
    memcpy(joined + used, value.data, value.size);
    reader->list = joined;
    reader->list_size = used + value.size;
    return STEMMA_OK;
}

static stemma_status take_value(front_reader *reader, stemma_text value)
{
    reader->has_key = false;
    return stm_field_set(reader->fields, reader->field, value, reader->arena, reader->problems,
                         reader->where);
}

/* `*depth` counts open collections; 1 is inside the outer mapping. */
static stemma_status take_event(front_reader *reader, const yaml_event_t *event, unsigned *depth)
{
    stemma_status status = STEMMA_OK;
    switch (event->type) {
    case YAML_MAPPING_START_EVENT:
    case YAML_SEQUENCE_START_EVENT:
        ++*depth;
        reader->list_size = 0;
        return STEMMA_OK;
    case YAML_MAPPING_END_EVENT:
    case YAML_SEQUENCE_END_EVENT:
        --*depth;
        if (*depth == 1 && reader->has_key) {
            return take_value(reader, (stemma_text){reader->list, reader->list_size});
        }
        return STEMMA_OK;
    case YAML_ALIAS_EVENT:
        if (*depth == 1) {
            reader->has_key = false;
        }
        return STEMMA_OK;
    case YAML_SCALAR_EVENT:
        break;
    default:
        return STEMMA_OK;
    }
    stemma_text value = {(const char *)event->data.scalar.value, event->data.scalar.length};
    if (*depth == 1 && !reader->has_key) {
        reader->field = stm_field_by_name(value);
        reader->has_key = true;
        reader->list_size = 0;
        reader->where.line = event->start_mark.line + 2; /* after the opening fence, from 1 */
        reader->where.column = event->start_mark.column + 1;
    } else if (*depth == 1) {
        status = take_value(reader, value);
    } else if (*depth == 2 && reader->has_key && reader->field != STM_FIELD_UNKNOWN) {
        status = add_to_list(reader, value);
    }
    return status;
}

/* The YAML reader takes time with the square of the depth of brackets. Front matter has few. */
static bool has_many_brackets(stemma_text block)
{
    size_t count = 0;
    for (size_t i = 0; i < block.size; i++) {
        count += block.data[i] == '[' || block.data[i] == '{';
    }
    return count > BRACKET_LIMIT;
}

static stemma_status read_block(front_reader *reader, stemma_text block, bool *broken)
{
    yaml_parser_t parser;
    stemma_status status = STEMMA_OK;
    unsigned depth = 0;
    if (!yaml_parser_initialize(&parser)) {
        return STEMMA_E_NO_MEMORY;
    }
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)block.data, block.size);
    for (bool more = true; more && status == STEMMA_OK;) {
        yaml_event_t event;
        if (!yaml_parser_parse(&parser, &event)) {
            if (parser.error == YAML_MEMORY_ERROR) {
                status = STEMMA_E_NO_MEMORY;
            }
            *broken = true;
            break;
        }
        if (depth == 0 &&
            (event.type == YAML_SCALAR_EVENT || event.type == YAML_SEQUENCE_START_EVENT)) {
            *broken = true; /* not a mapping: a rule between two lines of text, perhaps */
            more = false;
        } else {
            status = take_event(reader, &event, &depth);
            more = event.type != YAML_STREAM_END_EVENT;
        }
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    return status;
}

stemma_status stm_front_matter_read(stemma_text *text, stemma_text file, struct stm_arena *arena,
                                    stm_source_fields *fields, stm_problems *problems)
{
    stemma_text block;
    stemma_text rest;
    if (!find_block(*text, &block, &rest)) {
        return STEMMA_OK;
    }
    stm_source_fields found;
    memset(&found, 0, sizeof found);
    front_reader reader = {arena,
                           &found,
                           problems,
                           {STM_SEVERITY_WARNING, file, 1, 1, "FRONT_MATTER_INVALID"},
                           STM_FIELD_UNKNOWN,
                           false,
                           NULL,
                           0};
    bool broken = has_many_brackets(block);
    stemma_status status = broken ? STEMMA_OK : read_block(&reader, block, &broken);
    if (status != STEMMA_OK) {
        return status;
    }
    if (broken) {
        stm_problem where = {STM_SEVERITY_WARNING, file, 1, 1, "FRONT_MATTER_INVALID"};
        stm_problems_add(problems, &where,
                         "the block at the beginning is not a YAML mapping and stays in the text");
        return STEMMA_OK;
    }
    stm_source_fields_complete(fields, &found);
    *text = rest;
    return STEMMA_OK;
}
