/* SPDX-License-Identifier: MIT */
/* The text of a mapping: sections, keys and values, and what they must be. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "pack/mapping.h"
#include "pack/read/words.h"
#include "utf8.h"
#include "vocabulary_record.h"

#define VALUES_LIMIT 64u /* values of one absent, skip-if or only-if */
#define PAIRS_LIMIT  65536u

enum section { NO_SECTION, TABLE, DOCUMENT, COLUMN, CONSTANT, TYPES, ACTOR_TYPES, LABELS };

struct reading {
    struct stm_mapping *mapping;
    struct stm_arena *arena;
    stm_problems *problems;
    enum section section;
    struct stm_mapping_column *column; /* of section COLUMN */
    uint64_t line;
    const char *line_start;
    uint64_t errors;
    size_t fill_capacity;
    size_t constant_capacity;
    size_t type_capacity;
    size_t actor_type_capacity;
    size_t label_capacity;
    bool no_memory;
};

static void complain(struct reading *reading, uint64_t line, const char *at, const char *code,
                     const char *format, ...) __attribute__((format(printf, 5, 6)));

/* `at`: where in the current line, or NULL. */
static void complain(struct reading *reading, uint64_t line, const char *at, const char *code,
                     const char *format, ...)
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

#define SHOWN(text) (int)((text).size < 100 ? (text).size : 100), (text).data

static stemma_text keep(struct reading *reading, stemma_text text)
{
    stemma_text kept = stm_arena_text(reading->arena, text);
    if (kept.data == NULL && text.size != 0) {
        reading->no_memory = true;
    }
    return kept;
}

static bool is(stemma_text text, const char *word)
{
    return stemma_text_equal(text, stemma_text_of(word));
}

/* A bare text as it stands, or a quoted one: two quotes in it stand for one. *quoted says which. */
static bool unquote(struct reading *reading, stemma_text raw, stemma_text *out, bool *quoted)
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
    complain(reading, reading->line, raw.data, "MAPPING_SYNTAX",
             "A quoted text ends with its closing quote");
    return false;
}

static bool valid_word(stemma_text name)
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
        if (is(word, fills[i].word)) {
            return fills[i].fill;
        }
    }
    return STM_FILL_ROLE;
}

static void set_fill(struct reading *reading, struct stm_mapping_column *column, stemma_text word,
                     const char *at)
{
    column->fill = (uint8_t)fill_of(word);
    column->role = column->fill == STM_FILL_ROLE ? word : (stemma_text){NULL, 0};
    if (column->fill == STM_FILL_ROLE && !valid_word(word)) {
        complain(reading, reading->line, at, "MAPPING_VALUE",
                 "\"%.*s\" is neither a field nor the name of a role", SHOWN(word));
    }
    column->actor_type = stemma_text_of(column->fill == STM_FILL_PLACE    ? "place"
                                        : column->fill == STM_FILL_SOURCE ? "organization"
                                                                          : "thing");
}

static void begin_column(struct reading *reading, struct stm_mapping_column *column)
{
    memset(column, 0, sizeof *column);
    column->predicate = stemma_text_of("quantity");
    column->actor_type = stemma_text_of("thing");
    column->line = reading->line;
}

/* ---- Keys ------------------------------------------------------------------------------------ */

static bool yes_or_no(struct reading *reading, stemma_text value, const char *at)
{
    if (!is(value, "yes") && !is(value, "no")) {
        complain(reading, reading->line, at, "MAPPING_VALUE", "Say yes or no");
    }
    return is(value, "yes");
}

static void set_delimiter(struct reading *reading, stemma_text value, const char *at)
{
    static const struct {
        const char *name;
        char byte;
    } names[] = {{"tab", '\t'}, {"comma", ','}, {"semicolon", ';'}, {"pipe", '|'}, {"space", ' '}};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (is(value, names[i].name)) {
            reading->mapping->delimiter = names[i].byte;
            return;
        }
    }
    if (value.size != 1 || (unsigned char)value.data[0] >= 0x80 || value.data[0] == '"') {
        complain(reading, reading->line, at, "MAPPING_VALUE",
                 "A delimiter is one ASCII character, or tab, comma, semicolon, pipe, space");
        return;
    }
    reading->mapping->delimiter = value.data[0];
}

/* Words between white space. */
static void set_columns(struct reading *reading, stemma_text value)
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

static bool table_key(struct reading *reading, stemma_text key, stemma_text value, const char *at)
{
    struct stm_mapping *mapping = reading->mapping;
    if (is(key, "delimiter")) {
        set_delimiter(reading, value, at);
    } else if (is(key, "quotes")) {
        mapping->quotes = (int8_t)yes_or_no(reading, value, at);
    } else if (is(key, "header")) {
        mapping->header = (int8_t)yes_or_no(reading, value, at);
    } else if (is(key, "files")) {
        mapping->files = value;
    } else if (is(key, "columns")) {
        set_columns(reading, value);
    } else if (is(key, "join")) {
        mapping->join_ids = is(value, "id");
        if (!mapping->join_ids) {
            complain(reading, reading->line, at, "MAPPING_VALUE", "Rows are joined by: id");
        }
    } else if (is(key, "joined-type")) {
        mapping->joined_type = is(value, "first");
        if (!mapping->joined_type && !is(value, "own")) {
            complain(reading, reading->line, at, "MAPPING_VALUE", "Say first or own");
        }
    } else {
        return false;
    }
    return true;
}

static bool document_key(struct reading *reading, stemma_text key, stemma_text value)
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
        if (is(key, fields[i].key)) {
            *fields[i].field = value;
            return true;
        }
    }
    return false;
}

static void add_value(struct reading *reading, const stemma_text **values, uint32_t *count,
                      stemma_text value, const char *at)
{
    stemma_text *more;
    if (*count == VALUES_LIMIT) {
        complain(reading, reading->line, at, "MAPPING_VALUE", "At most %u values", VALUES_LIMIT);
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

static void set_time_format(struct reading *reading, struct stm_mapping_column *column,
                            stemma_text value, const char *at)
{
    column->time_form = STM_TIME_PATTERN;
    column->pattern = value;
    if (is(value, "edtf")) {
        column->time_form = STM_TIME_EDTF;
    } else if (is(value, "epoch")) {
        column->time_form = STM_TIME_EPOCH;
    } else if (value.size == 0 || memchr(value.data, 'Y', value.size) == NULL || value.size > 64) {
        complain(reading, reading->line, at, "MAPPING_VALUE",
                 "A format of time is edtf, epoch, or a pattern with a year like YYYYMMDD or D/M/Y");
    }
}

static bool column_key(struct reading *reading, struct stm_mapping_column *column, stemma_text key,
                       stemma_text value, const char *at)
{
    static const char by_column[] = "column ";
    const struct {
        const char *key;
        stemma_text *field;
    } texts[] = {{"namespace", &column->name_space}, {"default", &column->unmapped_default},
                 {"separator", &column->separator},  {"prefix", &column->prefix},
                 {"unit", &column->unit}};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (is(key, texts[i].key)) {
            *texts[i].field = value;
            return true;
        }
    }
    if (is(key, "fills")) {
        set_fill(reading, column, value, at);
    } else if (is(key, "format")) {
        set_time_format(reading, column, value, at);
    } else if (is(key, "unmapped")) {
        column->unmapped = is(value, "make")     ? STM_UNMAPPED_MAKE
                           : is(value, "refuse") ? STM_UNMAPPED_REFUSE
                                                 : STM_UNMAPPED_DEFAULT;
        if (column->unmapped == STM_UNMAPPED_DEFAULT && !is(value, "default")) {
            complain(reading, reading->line, at, "MAPPING_VALUE", "Say make, refuse or default");
        }
    } else if (is(key, "actor-type")) {
        if (value.size > strlen(by_column) && memcmp(value.data, by_column, strlen(by_column)) == 0) {
            column->actor_type_column = stm_slice(value, strlen(by_column), value.size);
        } else {
            column->actor_type = value;
        }
    } else if (is(key, "host")) {
        column->host = yes_or_no(reading, value, at);
    } else if (is(key, "predicate")) {
        column->predicate = value;
    } else if (is(key, "absent")) {
        add_value(reading, &column->absent, &column->absent_count, value, at);
    } else if (is(key, "skip-if")) {
        add_value(reading, &column->skip_if, &column->skip_if_count, value, at);
    } else if (is(key, "only-if")) {
        add_value(reading, &column->only_if, &column->only_if_count, value, at);
    } else {
        return false;
    }
    return true;
}

static void constant_key(struct reading *reading, stemma_text key, stemma_text value, const char *at)
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
    begin_column(reading, &constant->column);
    set_fill(reading, &constant->column, key, at);
    constant->value = value;
}

static void pair_key(struct reading *reading, struct stm_mapping_pair **pairs, uint32_t *count,
                     size_t *capacity, stemma_text key, stemma_text value)
{
    if (*count == PAIRS_LIMIT || stm_arena_grow(reading->arena, pairs, *count, capacity,
                                                sizeof **pairs) != STEMMA_OK) {
        reading->no_memory = true;
        return;
    }
    (*pairs)[(*count)++] = (struct stm_mapping_pair){key, value, reading->line};
}

/* "term", or "term old=new old=new". */
static void type_key(struct reading *reading, stemma_text key, bool quoted, stemma_text value,
                     const char *at)
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
        complain(reading, reading->line, at, "MAPPING_VALUE",
                 "\"%.*s\" is no name of an event type: lower-case words joined by dots",
                 SHOWN(rule->term));
    }
    for (size_t i = 0; i < rule->roles.size;) {
        const char *word = rule->roles.data + i;
        const char *end = memchr(word, ' ', rule->roles.size - i);
        size_t length = end != NULL ? (size_t)(end - word) : rule->roles.size - i;
        const char *equals = length != 0 ? memchr(word, '=', length) : NULL;
        if (length != 0 && (equals == NULL ||
                            !valid_word((stemma_text){word, (size_t)(equals - word)}) ||
                            !valid_word((stemma_text){equals + 1,
                                                      length - (size_t)(equals - word) - 1}))) {
            complain(reading, reading->line, at, "MAPPING_VALUE",
                     "Behind the type come roles as old=new, as in agent=speaker");
            return;
        }
        i += length + 1;
    }
}

/* ---- Lines ----------------------------------------------------------------------------------- */

static bool all_digits(stemma_text text)
{
    for (size_t i = 0; i < text.size; i++) {
        if (!stm_is_digit(text.data[i])) {
            return false;
        }
    }
    return text.size != 0;
}

static void take_section(struct reading *reading, stemma_text line)
{
    static const struct {
        const char *name;
        enum section section;
    } sections[] = {{"table", TABLE},       {"document", DOCUMENT},       {"constant", CONSTANT},
                    {"types", TYPES},       {"actor-types", ACTOR_TYPES}, {"labels", LABELS}};
    struct stm_mapping *mapping = reading->mapping;
    stemma_text name;
    bool quoted;
    reading->section = NO_SECTION;
    if (line.data[line.size - 1] != ']') {
        complain(reading, reading->line, line.data, "MAPPING_SYNTAX", "A section ends with ]");
        return;
    }
    name = stm_trim(stm_slice(line, 1, line.size - 1));
    for (size_t i = 0; i < sizeof sections / sizeof sections[0]; i++) {
        if (is(name, sections[i].name)) {
            reading->section = sections[i].section;
            return;
        }
    }
    if (name.size < 8 || memcmp(name.data, "column ", 7) != 0) {
        complain(reading, reading->line, line.data, "MAPPING_SECTION",
                 "There is no section [%.*s]; there are table, document, column NAME, constant, "
                 "types, actor-types, labels", SHOWN(name));
        return;
    }
    if (!unquote(reading, stm_trim(stm_slice(name, 7, name.size)), &name, &quoted)) {
        return;
    }
    if (mapping->fill_count == STM_MAPPING_COLUMNS) {
        complain(reading, reading->line, line.data, "MAPPING_SECTION", "At most %u columns",
                 STM_MAPPING_COLUMNS);
        return;
    }
    if (stm_arena_grow(reading->arena, &mapping->fills, mapping->fill_count,
                       &reading->fill_capacity, sizeof *mapping->fills) != STEMMA_OK) {
        reading->no_memory = true;
        return;
    }
    reading->section = COLUMN;
    reading->column = &mapping->fills[mapping->fill_count++];
    begin_column(reading, reading->column);
    reading->column->name = name;
    if (!quoted && all_digits(name)) {
        for (size_t i = 0; i < name.size && reading->column->position <= STM_MAPPING_POSITION; i++) {
            reading->column->position =
                reading->column->position * 10 + (uint32_t)(name.data[i] - '0');
        }
        reading->column->name = (stemma_text){NULL, 0};
        if (reading->column->position == 0 || reading->column->position > STM_MAPPING_POSITION) {
            complain(reading, reading->line, line.data, "MAPPING_SECTION",
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

static void take_pair(struct reading *reading, stemma_text line)
{
    struct stm_mapping *mapping = reading->mapping;
    const char *equals = key_end(line);
    stemma_text key;
    stemma_text value;
    const char *at;
    bool quoted_key;
    bool quoted;
    bool known = true;
    if (equals == NULL) {
        complain(reading, reading->line, line.data, "MAPPING_SYNTAX",
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
    switch (reading->section) {
    case TABLE:
        known = table_key(reading, key, value, at);
        break;
    case DOCUMENT:
        known = document_key(reading, key, value);
        break;
    case COLUMN:
        known = column_key(reading, reading->column, key, value, at);
        break;
    case CONSTANT:
        constant_key(reading, key, value, line.data);
        break;
    case TYPES:
        type_key(reading, key, quoted_key, value, at);
        break;
    case ACTOR_TYPES:
        pair_key(reading, &mapping->actor_types, &mapping->actor_type_count,
                 &reading->actor_type_capacity, key, value);
        break;
    case LABELS:
        pair_key(reading, &mapping->labels, &mapping->label_count, &reading->label_capacity, key,
                 value);
        break;
    case NO_SECTION:
        if (reading->errors == 0) {
            complain(reading, reading->line, line.data, "MAPPING_SYNTAX",
                     "The first line that says something is a [section]");
        }
        break;
    }
    if (!known) {
        complain(reading, reading->line, line.data, "MAPPING_KEY",
                 "The section has no key \"%.*s\"", SHOWN(key));
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

static void repeated(struct reading *reading, uint64_t line, stemma_text value)
{
    complain(reading, line, NULL, "MAPPING_VALUE", "\"%.*s\" is mapped twice", SHOWN(value));
}

static void sort_pairs(struct reading *reading, struct stm_mapping_pair *pairs, uint32_t count)
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
static void number_renames(struct reading *reading)
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
            if (number == VALUES_LIMIT) {
                complain(reading, rule->line, NULL, "MAPPING_VALUE",
                         "At most %u different lists of renamed roles", VALUES_LIMIT);
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

static void check_columns(struct reading *reading)
{
    struct stm_mapping *mapping = reading->mapping;
    uint32_t seen[STM_FILL_ROLE + 1] = {0};
    for (uint32_t i = 0; i < mapping->fill_count + mapping->constant_count; i++) {
        const struct stm_mapping_column *column =
            i < mapping->fill_count ? &mapping->fills[i]
                                    : &mapping->constants[i - mapping->fill_count].column;
        if (column->fill != STM_FILL_NOTHING && column->fill != STM_FILL_ROLE &&
            seen[column->fill]++ != 0) {
            complain(reading, column->line, NULL, "MAPPING_SECTION",
                     "Only roles can be filled more than once");
        }
        if (column->fill == STM_FILL_TYPE && column->unmapped == STM_UNMAPPED_DEFAULT &&
            !stm_term_name_valid(column->unmapped_default)) {
            complain(reading, column->line, NULL, "MAPPING_VALUE",
                     "\"unmapped = default\" needs \"default\", the name of an event type");
        }
        if (column->name_space.size != 0 && !stm_term_name_valid(column->name_space)) {
            complain(reading, column->line, NULL, "MAPPING_VALUE",
                     "\"namespace\" is lower-case words joined by dots");
        }
        if (column->fill == STM_FILL_QUANTITY && !valid_word(column->predicate)) {
            complain(reading, column->line, NULL, "MAPPING_VALUE",
                     "\"predicate\" is the name of a role, or quantity");
        }
    }
    if (seen[STM_FILL_TYPE] == 0) {
        complain(reading, 0, NULL, "MAPPING_INCOMPLETE",
                 "No column and no constant fills the type");
    }
}

static void sort_types(struct reading *reading)
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
    struct reading reading = {.mapping = mapping, .arena = arena, .problems = problems};
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
            complain(&reading, reading.line, text.data + fault, "ENCODING_INVALID",
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
