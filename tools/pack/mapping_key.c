/* SPDX-License-Identifier: MIT */
/* The keys of a mapping, and what their values must be. */
#include <stdarg.h>
#include <string.h>

#include "pack/mapping_state.h"
#include "pack/read/words.h"
#include "vocabulary_record.h"

#define PAIRS_LIMIT 65536u

void stm_mapping_complain(struct stm_mapping_reading *reading, uint64_t line, const char *at,
                          const char *code, const char *format, ...)
{
    char reason[300];
    va_list arguments;
    stm_problem problem = {STM_SEVERITY_ERROR, reading->mapping->file, line, 0, code};
    if (at != NULL) {
        problem.column = (uint64_t)(at - reading->line_start) + 1;
    }
    va_start(arguments, format);
    vsnprintf(reason, sizeof reason, format, arguments);
    va_end(arguments);
    stm_problems_add(reading->problems, &problem, "%s", reason);
    reading->errors++;
}

bool stm_mapping_word(stemma_text name)
{
    return stm_term_name_valid(name) && memchr(name.data, '.', name.size) == NULL;
}

static enum stm_fill fill_of(stemma_text word)
{
    static const struct {
        const char *word;
        enum stm_fill fill;
    } fills[] = {{"nothing", STM_FILL_NOTHING}, {"time", STM_FILL_TIME},
                 {"type", STM_FILL_TYPE},       {"place", STM_FILL_PLACE},
                 {"source", STM_FILL_SOURCE},   {"id", STM_FILL_ID},
                 {"content", STM_FILL_CONTENT}, {"quantity", STM_FILL_QUANTITY}};
    for (size_t i = 0; i < sizeof fills / sizeof fills[0]; i++) {
        if (stm_mapping_is(word, fills[i].word)) {
            return fills[i].fill;
        }
    }
    return STM_FILL_ROLE;
}

static void set_fill(struct stm_mapping_reading *reading, struct stm_mapping_column *column,
                     stemma_text word, const char *at)
{
    column->fill = (uint8_t)fill_of(word);
    column->role = column->fill == STM_FILL_ROLE ? word : (stemma_text){NULL, 0};
    if (column->fill == STM_FILL_ROLE && !stm_mapping_word(word)) {
        stm_mapping_complain(reading, reading->line, at, "MAPPING_VALUE",
                             "\"%.*s\" is neither a field nor the name of a role", STM_SHOWN(word));
    }
    column->actor_type = stemma_text_of(column->fill == STM_FILL_PLACE    ? "place"
                                        : column->fill == STM_FILL_SOURCE ? "organization"
                                                                          : "thing");
}

void stm_mapping_begin_column(struct stm_mapping_reading *reading,
                              struct stm_mapping_column *column)
{
    memset(column, 0, sizeof *column);
    column->predicate = stemma_text_of("quantity");
    column->actor_type = stemma_text_of("thing");
    column->line = reading->line;
}

/* ---- Keys ------------------------------------------------------------------------------------ */

static bool yes_or_no(struct stm_mapping_reading *reading, stemma_text value, const char *at)
{
    if (!stm_mapping_is(value, "yes") && !stm_mapping_is(value, "no")) {
        stm_mapping_complain(reading, reading->line, at, "MAPPING_VALUE", "Say yes or no");
    }
    return stm_mapping_is(value, "yes");
}

static void set_delimiter(struct stm_mapping_reading *reading, stemma_text value, const char *at)
{
    static const struct {
        const char *name;
        char byte;
    } names[] = {{"tab", '\t'}, {"comma", ','}, {"semicolon", ';'}, {"pipe", '|'}, {"space", ' '}};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (stm_mapping_is(value, names[i].name)) {
            reading->mapping->delimiter = names[i].byte;
            return;
        }
    }
    if (value.size != 1 || (unsigned char)value.data[0] >= 0x80 || value.data[0] == '"') {
        stm_mapping_complain(
            reading, reading->line, at, "MAPPING_VALUE",
            "A delimiter is one ASCII character, or tab, comma, semicolon, pipe, space");
        return;
    }
    reading->mapping->delimiter = value.data[0];
}

/* Words between white space. */
static void set_columns(struct stm_mapping_reading *reading, stemma_text value)
{
    stemma_text *names = NULL;
    size_t capacity = 0;
    uint32_t count = reading->mapping->column_count;
    if (count != 0) {
        names = stm_arena_alloc(reading->arena, count, sizeof *names);
        if (names == NULL) {
            reading->no_memory = true;
            return;
        }
        memcpy(names, reading->mapping->columns, count * sizeof *names);
        capacity = count;
    }
    for (size_t at = 0; at < value.size;) {
        size_t end = at;
        while (end < value.size && !stm_is_space(value.data[end])) {
            end++;
        }
        if (end > at) {
            if (stm_arena_grow(reading->arena, &names, count, &capacity, sizeof *names) !=
                STEMMA_OK) {
                reading->no_memory = true;
                return;
            }
            names[count++] = stm_slice(value, at, end);
        }
        at = end + 1;
    }
    reading->mapping->columns = names;
    reading->mapping->column_count = count;
}

static bool table_key(struct stm_mapping_reading *reading, stemma_text key, stemma_text value,
                      const char *at)
{
    struct stm_mapping *mapping = reading->mapping;
    if (stm_mapping_is(key, "delimiter")) {
        set_delimiter(reading, value, at);
    } else if (stm_mapping_is(key, "quotes")) {
        mapping->quotes = (int8_t)yes_or_no(reading, value, at);
    } else if (stm_mapping_is(key, "header")) {
        mapping->header = (int8_t)yes_or_no(reading, value, at);
    } else if (stm_mapping_is(key, "files")) {
        mapping->files = value;
    } else if (stm_mapping_is(key, "columns")) {
        set_columns(reading, value);
    } else if (stm_mapping_is(key, "join")) {
        mapping->join_ids = stm_mapping_is(value, "id");
        if (!mapping->join_ids) {
            stm_mapping_complain(reading, reading->line, at, "MAPPING_VALUE",
                                 "Rows are joined by: id");
        }
    } else if (stm_mapping_is(key, "joined-type")) {
        mapping->joined_type = stm_mapping_is(value, "first");
        if (!mapping->joined_type && !stm_mapping_is(value, "own")) {
            stm_mapping_complain(reading, reading->line, at, "MAPPING_VALUE", "Say first or own");
        }
    } else {
        return false;
    }
    return true;
}

static bool document_key(struct stm_mapping_reading *reading, stemma_text key, stemma_text value)
{
    stemma_document *document = &reading->mapping->document;
    const struct {
        const char *key;
        stemma_text *field;
    } fields[] = {{"uri", &document->uri},
                  {"title", &document->title},
                  {"publisher", &document->publisher},
                  {"agency", &document->agency},
                  {"byline", &document->byline},
                  {"published", &document->published.edtf},
                  {"retrieved", &document->retrieved},
                  {"language", &document->language},
                  {"licence", &document->licence}};
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        if (stm_mapping_is(key, fields[i].key)) {
            *fields[i].field = value;
            return true;
        }
    }
    return false;
}

static void add_value(struct stm_mapping_reading *reading, const stemma_text **values,
                      uint32_t *count, stemma_text value, const char *at)
{
    stemma_text *more;
    if (*count == STM_MAPPING_VALUES) {
        stm_mapping_complain(reading, reading->line, at, "MAPPING_VALUE", "At most %u values",
                             STM_MAPPING_VALUES);
        return;
    }
    more = stm_arena_alloc(reading->arena, *count + 1, sizeof *more);
    if (more == NULL) {
        reading->no_memory = true;
        return;
    }
    if (*count != 0) {
        memcpy(more, *values, *count * sizeof *more);
    }
    more[(*count)++] = value;
    *values = more;
}

static void set_time_format(struct stm_mapping_reading *reading, struct stm_mapping_column *column,
                            stemma_text value, const char *at)
{
    column->time_form = STM_TIME_PATTERN;
    column->pattern = value;
    if (stm_mapping_is(value, "edtf")) {
        column->time_form = STM_TIME_EDTF;
    } else if (stm_mapping_is(value, "epoch")) {
        column->time_form = STM_TIME_EPOCH;
    } else if (value.size == 0 || memchr(value.data, 'Y', value.size) == NULL || value.size > 64) {
        stm_mapping_complain(
            reading, reading->line, at, "MAPPING_VALUE",
            "A format of time is edtf, epoch, or a pattern with a year like YYYYMMDD or D/M/Y");
    }
}

static bool column_key(struct stm_mapping_reading *reading, struct stm_mapping_column *column,
                       stemma_text key, stemma_text value, const char *at)
{
    static const char by_column[] = "column ";
    const struct {
        const char *key;
        stemma_text *field;
    } texts[] = {{"namespace", &column->name_space},
                 {"default", &column->unmapped_default},
                 {"separator", &column->separator},
                 {"prefix", &column->prefix},
                 {"unit", &column->unit}};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (stm_mapping_is(key, texts[i].key)) {
            *texts[i].field = value;
            return true;
        }
    }
    if (stm_mapping_is(key, "fills")) {
        set_fill(reading, column, value, at);
    } else if (stm_mapping_is(key, "format")) {
        set_time_format(reading, column, value, at);
    } else if (stm_mapping_is(key, "unmapped")) {
        column->unmapped = stm_mapping_is(value, "make")     ? STM_UNMAPPED_MAKE
                           : stm_mapping_is(value, "refuse") ? STM_UNMAPPED_REFUSE
                                                             : STM_UNMAPPED_DEFAULT;
        if (column->unmapped == STM_UNMAPPED_DEFAULT && !stm_mapping_is(value, "default")) {
            stm_mapping_complain(reading, reading->line, at, "MAPPING_VALUE",
                                 "Say make, refuse or default");
        }
    } else if (stm_mapping_is(key, "actor-type")) {
        if (value.size > strlen(by_column) &&
            memcmp(value.data, by_column, strlen(by_column)) == 0) {
            column->actor_type_column = stm_slice(value, strlen(by_column), value.size);
        } else {
            column->actor_type = value;
        }
    } else if (stm_mapping_is(key, "host")) {
        column->host = yes_or_no(reading, value, at);
    } else if (stm_mapping_is(key, "predicate")) {
        column->predicate = value;
    } else if (stm_mapping_is(key, "absent")) {
        add_value(reading, &column->absent, &column->absent_count, value, at);
    } else if (stm_mapping_is(key, "skip-if")) {
        add_value(reading, &column->skip_if, &column->skip_if_count, value, at);
    } else if (stm_mapping_is(key, "only-if")) {
        add_value(reading, &column->only_if, &column->only_if_count, value, at);
    } else {
        return false;
    }
    return true;
}

static void constant_key(struct stm_mapping_reading *reading, stemma_text key, stemma_text value,
                         const char *at)
{
    struct stm_mapping *mapping = reading->mapping;
    struct stm_mapping_constant *constant;
    if (mapping->constant_count == STM_MAPPING_COLUMNS ||
        stm_arena_grow(reading->arena, &mapping->constants, mapping->constant_count,
                       &reading->constant_capacity, sizeof *constant) != STEMMA_OK) {
        reading->no_memory = true;
        return;
    }
    constant = &mapping->constants[mapping->constant_count++];
    stm_mapping_begin_column(reading, &constant->column);
    set_fill(reading, &constant->column, key, at);
    constant->value = value;
}

static void pair_key(struct stm_mapping_reading *reading, struct stm_mapping_pair **pairs,
                     uint32_t *count, size_t *capacity, stemma_text key, stemma_text value)
{
    if (*count == PAIRS_LIMIT ||
        stm_arena_grow(reading->arena, pairs, *count, capacity, sizeof **pairs) != STEMMA_OK) {
        reading->no_memory = true;
        return;
    }
    (*pairs)[(*count)++] = (struct stm_mapping_pair){key, value, reading->line};
}

/* "term", or "term old=new old=new". */
static void type_key(struct stm_mapping_reading *reading, stemma_text key, bool quoted,
                     stemma_text value, const char *at)
{
    struct stm_mapping *mapping = reading->mapping;
    struct stm_type_rule *rule;
    const char *space = value.size != 0 ? memchr(value.data, ' ', value.size) : NULL;
    size_t size = space != NULL ? (size_t)(space - value.data) : value.size;
    if (mapping->type_count == PAIRS_LIMIT ||
        stm_arena_grow(reading->arena, &mapping->types, mapping->type_count,
                       &reading->type_capacity, sizeof *rule) != STEMMA_OK) {
        reading->no_memory = true;
        return;
    }
    rule = &mapping->types[mapping->type_count++];
    memset(rule, 0, sizeof *rule);
    rule->line = reading->line;
    rule->value = key;
    rule->prefix = !quoted && key.size != 0 && key.data[key.size - 1] == '*';
    rule->value.size -= rule->prefix;
    rule->term = stm_slice(value, 0, size);
    rule->roles = stm_trim(stm_slice(value, size, value.size));
    if (!stm_term_name_valid(rule->term)) {
        stm_mapping_complain(
            reading, reading->line, at, "MAPPING_VALUE",
            "\"%.*s\" is no name of an event type: lower-case words joined by dots",
            STM_SHOWN(rule->term));
    }
    for (size_t i = 0; i < rule->roles.size;) {
        const char *word = rule->roles.data + i;
        const char *end = memchr(word, ' ', rule->roles.size - i);
        size_t length = end != NULL ? (size_t)(end - word) : rule->roles.size - i;
        const char *equals = length != 0 ? memchr(word, '=', length) : NULL;
        if (length != 0 &&
            (equals == NULL || !stm_mapping_word((stemma_text){word, (size_t)(equals - word)}) ||
             !stm_mapping_word((stemma_text){equals + 1, length - (size_t)(equals - word) - 1}))) {
            stm_mapping_complain(reading, reading->line, at, "MAPPING_VALUE",
                                 "Behind the type come roles as old=new, as in agent=speaker");
            return;
        }
        i += length + 1;
    }
}

bool stm_mapping_key(struct stm_mapping_reading *reading, stemma_text key, bool quoted,
                     stemma_text value, const char *start, const char *at)
{
    struct stm_mapping *mapping = reading->mapping;
    switch (reading->section) {
    case STM_SECTION_TABLE:
        return table_key(reading, key, value, at);
    case STM_SECTION_DOCUMENT:
        return document_key(reading, key, value);
    case STM_SECTION_COLUMN:
        return column_key(reading, reading->column, key, value, at);
    case STM_SECTION_CONSTANT:
        constant_key(reading, key, value, start);
        return true;
    case STM_SECTION_TYPES:
        type_key(reading, key, quoted, value, at);
        return true;
    case STM_SECTION_ACTOR_TYPES:
        pair_key(reading, &mapping->actor_types, &mapping->actor_type_count,
                 &reading->actor_type_capacity, key, value);
        return true;
    case STM_SECTION_LABELS:
        pair_key(reading, &mapping->labels, &mapping->label_count, &reading->label_capacity, key,
                 value);
        return true;
    case STM_SECTION_NONE:
        break;
    }
    return false;
}
