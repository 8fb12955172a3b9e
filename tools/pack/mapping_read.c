/* SPDX-License-Identifier: MIT */
/* The text of a mapping: its lines, and what they must be together. */
#include <stdlib.h>
#include <string.h>

#include "pack/mapping_state.h"
#include "pack/read/words.h"
#include "utf8.h"
#include "vocabulary_record.h"

static stemma_text keep(struct stm_mapping_reading *reading, stemma_text text)
{
    stemma_text kept = stm_arena_text(reading->arena, text);
    if (kept.data == NULL && text.size != 0) {
        reading->no_memory = true;
    }
    return kept;
}

/* A bare text as it stands, or a quoted one: two quotes in it stand for one. *quoted says which. */
static bool unquote(struct stm_mapping_reading *reading, stemma_text raw, stemma_text *out,
                    bool *quoted)
{
    char *data;
    size_t size = 0;
    *quoted = raw.size != 0 && raw.data[0] == '"';
    if (!*quoted) {
        *out = keep(reading, raw);
        return true;
    }
    data = stm_arena_alloc(reading->arena, raw.size, 1);
    if (data == NULL) {
        reading->no_memory = true;
        return false;
    }
    for (size_t i = 1; i < raw.size; i++) {
        if (raw.data[i] == '"') {
            if (i + 1 == raw.size) {
                *out = (stemma_text){data, size};
                return true;
            }
            if (raw.data[++i] != '"') {
                break;
            }
        }
        data[size++] = raw.data[i];
    }
    stm_mapping_complain(reading, reading->line, raw.data, "MAPPING_SYNTAX",
                         "A quoted text ends with its closing quote");
    return false;
}

static bool all_digits(stemma_text text)
{
    for (size_t i = 0; i < text.size; i++) {
        if (!stm_is_digit(text.data[i])) {
            return false;
        }
    }
    return text.size != 0;
}

static void take_section(struct stm_mapping_reading *reading, stemma_text line)
{
    static const struct {
        const char *name;
        enum stm_mapping_section section;
    } sections[] = {{"table", STM_SECTION_TABLE},
                    {"document", STM_SECTION_DOCUMENT},
                    {"constant", STM_SECTION_CONSTANT},
                    {"types", STM_SECTION_TYPES},
                    {"actor-types", STM_SECTION_ACTOR_TYPES},
                    {"labels", STM_SECTION_LABELS}};
    struct stm_mapping *mapping = reading->mapping;
    stemma_text name;
    bool quoted;
    reading->section = STM_SECTION_NONE;
    if (line.data[line.size - 1] != ']') {
        stm_mapping_complain(reading, reading->line, line.data, "MAPPING_SYNTAX",
                             "A section ends with ]");
        return;
    }
    name = stm_trim(stm_slice(line, 1, line.size - 1));
    for (size_t i = 0; i < sizeof sections / sizeof sections[0]; i++) {
        if (stm_mapping_is(name, sections[i].name)) {
            reading->section = sections[i].section;
            return;
        }
    }
    if (name.size < 8 || memcmp(name.data, "column ", 7) != 0) {
        stm_mapping_complain(
            reading, reading->line, line.data, "MAPPING_SECTION",
            "There is no section [%.*s]; there are table, document, column NAME, constant, "
            "types, actor-types, labels",
            STM_SHOWN(name));
        return;
    }
    if (!unquote(reading, stm_trim(stm_slice(name, 7, name.size)), &name, &quoted)) {
        return;
    }
    if (mapping->fill_count == STM_MAPPING_COLUMNS) {
        stm_mapping_complain(reading, reading->line, line.data, "MAPPING_SECTION",
                             "At most %u columns", STM_MAPPING_COLUMNS);
        return;
    }
    if (stm_arena_grow(reading->arena, &mapping->fills, mapping->fill_count,
                       &reading->fill_capacity, sizeof *mapping->fills) != STEMMA_OK) {
        reading->no_memory = true;
        return;
    }
    reading->section = STM_SECTION_COLUMN;
    reading->column = &mapping->fills[mapping->fill_count++];
    stm_mapping_begin_column(reading, reading->column);
    reading->column->name = name;
    if (!quoted && all_digits(name)) {
        for (size_t i = 0; i < name.size && reading->column->position <= STM_MAPPING_POSITION;
             i++) {
            reading->column->position =
                reading->column->position * 10 + (uint32_t)(name.data[i] - '0');
        }
        reading->column->name = (stemma_text){NULL, 0};
        if (reading->column->position == 0 || reading->column->position > STM_MAPPING_POSITION) {
            stm_mapping_complain(reading, reading->line, line.data, "MAPPING_SECTION",
                                 "Columns are counted from 1 to %u", STM_MAPPING_POSITION);
        }
    }
}

/* The end of the key: behind its closing quote, or the equals sign. NULL when there is none. */
static const char *key_end(stemma_text line)
{
    const char *end = line.data + line.size;
    const char *at = line.data;
    if (*at == '"') {
        for (at++; at < end; at++) {
            if (*at == '"') {
                if (at + 1 < end && at[1] == '"') {
                    at++;
                } else {
                    at++;
                    break;
                }
            }
        }
    }
    return at < end ? memchr(at, '=', (size_t)(end - at)) : NULL;
}

static void take_pair(struct stm_mapping_reading *reading, stemma_text line)
{
    const char *equals = key_end(line);
    stemma_text key;
    stemma_text value;
    const char *at;
    bool quoted_key;
    bool quoted;
    if (equals == NULL) {
        stm_mapping_complain(reading, reading->line, line.data, "MAPPING_SYNTAX",
                             "A line is [section], key = value, # comment, or empty");
        return;
    }
    key = stm_trim((stemma_text){line.data, (size_t)(equals - line.data)});
    value = stm_trim((stemma_text){equals + 1, (size_t)(line.data + line.size - equals) - 1});
    at = value.size != 0 ? value.data : equals;
    if (!unquote(reading, key, &key, &quoted_key) || !unquote(reading, value, &value, &quoted) ||
        reading->no_memory) {
        return;
    }
    if (reading->section == STM_SECTION_NONE) {
        if (reading->errors == 0) {
            stm_mapping_complain(reading, reading->line, line.data, "MAPPING_SYNTAX",
                                 "The first line that says something is a [section]");
        }
        return;
    }
    if (!stm_mapping_key(reading, key, quoted_key, value, line.data, at)) {
        stm_mapping_complain(reading, reading->line, line.data, "MAPPING_KEY",
                             "The section has no key \"%.*s\"", STM_SHOWN(key));
    }
}

/* ---- The whole ------------------------------------------------------------------------------- */

static int compare_types(const void *left, const void *right)
{
    const struct stm_type_rule *a = left;
    const struct stm_type_rule *b = right;
    if (a->prefix != b->prefix) {
        return a->prefix ? 1 : -1;
    }
    if (a->prefix && a->value.size != b->value.size) {
        return a->value.size > b->value.size ? -1 : 1;
    }
    int order = stemma_text_compare(a->value, b->value);
    return order != 0 ? order : (a->line > b->line) - (a->line < b->line);
}

static int compare_pairs(const void *left, const void *right)
{
    const struct stm_mapping_pair *a = left;
    const struct stm_mapping_pair *b = right;
    int order = stemma_text_compare(a->value, b->value);
    return order != 0 ? order : (a->line > b->line) - (a->line < b->line);
}

static void repeated(struct stm_mapping_reading *reading, uint64_t line, stemma_text value)
{
    stm_mapping_complain(reading, line, NULL, "MAPPING_VALUE", "\"%.*s\" is mapped twice",
                         STM_SHOWN(value));
}

static void sort_pairs(struct stm_mapping_reading *reading, struct stm_mapping_pair *pairs,
                       uint32_t count)
{
    if (count == 0) {
        return;
    }
    qsort(pairs, count, sizeof *pairs, compare_pairs);
    for (uint32_t i = 1; i < count; i++) {
        if (stemma_text_equal(pairs[i - 1].value, pairs[i].value)) {
            repeated(reading, pairs[i].line, pairs[i].value);
        }
    }
}

/* Gives equal lists of renamed roles one number. There are few. */
static void number_renames(struct stm_mapping_reading *reading)
{
    struct stm_mapping *mapping = reading->mapping;
    stemma_text *lists = NULL;
    size_t capacity = 0;
    for (uint32_t i = 0; i < mapping->type_count; i++) {
        struct stm_type_rule *rule = &mapping->types[i];
        uint32_t number = 0;
        if (rule->roles.size == 0) {
            continue;
        }
        while (number < mapping->rename_count && !stemma_text_equal(lists[number], rule->roles)) {
            number++;
        }
        if (number == mapping->rename_count) {
            if (number == STM_MAPPING_VALUES) {
                stm_mapping_complain(reading, rule->line, NULL, "MAPPING_VALUE",
                                     "At most %u different lists of renamed roles",
                                     STM_MAPPING_VALUES);
                return;
            }
            if (stm_arena_grow(reading->arena, &lists, number, &capacity, sizeof *lists) !=
                STEMMA_OK) {
                reading->no_memory = true;
                return;
            }
            lists[mapping->rename_count++] = rule->roles;
        }
        rule->renames = number + 1;
    }
    mapping->renames = lists;
}

static void check_columns(struct stm_mapping_reading *reading)
{
    struct stm_mapping *mapping = reading->mapping;
    uint32_t seen[STM_FILL_ROLE + 1] = {0};
    for (uint32_t i = 0; i < mapping->fill_count + mapping->constant_count; i++) {
        const struct stm_mapping_column *column =
            i < mapping->fill_count ? &mapping->fills[i]
                                    : &mapping->constants[i - mapping->fill_count].column;
        if (column->fill != STM_FILL_NOTHING && column->fill != STM_FILL_ROLE &&
            seen[column->fill]++ != 0) {
            stm_mapping_complain(reading, column->line, NULL, "MAPPING_SECTION",
                                 "Only roles can be filled more than once");
        }
        if (column->fill == STM_FILL_TYPE && column->unmapped == STM_UNMAPPED_DEFAULT &&
            !stm_term_name_valid(column->unmapped_default)) {
            stm_mapping_complain(
                reading, column->line, NULL, "MAPPING_VALUE",
                "\"unmapped = default\" needs \"default\", the name of an event type");
        }
        if (column->name_space.size != 0 && !stm_term_name_valid(column->name_space)) {
            stm_mapping_complain(reading, column->line, NULL, "MAPPING_VALUE",
                                 "\"namespace\" is lower-case words joined by dots");
        }
        if (column->fill == STM_FILL_QUANTITY && !stm_mapping_word(column->predicate)) {
            stm_mapping_complain(reading, column->line, NULL, "MAPPING_VALUE",
                                 "\"predicate\" is the name of a role, or quantity");
        }
    }
    if (seen[STM_FILL_TYPE] == 0) {
        stm_mapping_complain(reading, 0, NULL, "MAPPING_INCOMPLETE",
                             "No column and no constant fills the type");
    }
}

static void sort_types(struct stm_mapping_reading *reading)
{
    struct stm_mapping *mapping = reading->mapping;
    if (mapping->type_count == 0) {
        return;
    }
    qsort(mapping->types, mapping->type_count, sizeof *mapping->types, compare_types);
    for (uint32_t i = 0; i < mapping->type_count; i++) {
        mapping->exact_count += !mapping->types[i].prefix;
        if (i != 0 && mapping->types[i - 1].prefix == mapping->types[i].prefix &&
            stemma_text_equal(mapping->types[i - 1].value, mapping->types[i].value)) {
            repeated(reading, mapping->types[i].line, mapping->types[i].value);
        }
    }
}

stemma_status stm_mapping_read(struct stm_mapping *mapping, stemma_text text, stemma_text file,
                               struct stm_arena *arena, stm_problems *problems)
{
    struct stm_mapping_reading reading = {.mapping = mapping, .arena = arena, .problems = problems};
    size_t fault = stm_utf8_fault(text);
    memset(mapping, 0, sizeof *mapping);
    mapping->file = file;
    mapping->quotes = -1;
    mapping->header = 1;
    for (size_t at = 0; at < text.size && !reading.no_memory;) {
        const char *feed = memchr(text.data + at, '\n', text.size - at);
        size_t end = feed != NULL ? (size_t)(feed - text.data) : text.size;
        stemma_text line = stm_trim(stm_slice(text, at, end));
        reading.line++;
        reading.line_start = text.data + at;
        if (fault < end) {
            stm_mapping_complain(&reading, reading.line, text.data + fault, "ENCODING_INVALID",
                                 "A mapping is UTF-8");
            return STEMMA_E_INVALID;
        }
        if (line.size != 0 && line.data[0] == '[') {
            take_section(&reading, line);
        } else if (line.size != 0 && line.data[0] != '#') {
            take_pair(&reading, line);
        }
        at = end + 1;
    }
    sort_types(&reading);
    sort_pairs(&reading, mapping->actor_types, mapping->actor_type_count);
    sort_pairs(&reading, mapping->labels, mapping->label_count);
    number_renames(&reading);
    check_columns(&reading);
    if (reading.no_memory) {
        return STEMMA_E_NO_MEMORY;
    }
    return reading.errors != 0 ? STEMMA_E_INVALID : STEMMA_OK;
}
