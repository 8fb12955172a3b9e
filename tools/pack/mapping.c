/* SPDX-License-Identifier: MIT */
#include "pack/mapping.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/program_folder.h"
#include "common/refusal.h"
#include "pack/read/words.h"
#include "vocabulary_record.h"

#define FILE_LIMIT ((size_t)1 << 20)
#define PATH_SIZE  4096

/* Where the rule for `value` stands, or would, among `count` that ascend. */
static uint32_t lower_bound(const struct stm_mapping_pair *pairs, uint32_t count, stemma_text value)
{
    uint32_t low = 0;
    uint32_t high = count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (stemma_text_compare(pairs[middle].value, value) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static stemma_text pair_text(const struct stm_mapping_pair *pairs, uint32_t count,
                             stemma_text value, stemma_text otherwise)
{
    uint32_t at = lower_bound(pairs, count, value);
    return at < count && stemma_text_equal(pairs[at].value, value) ? pairs[at].text : otherwise;
}

stemma_text stm_mapping_actor_type(const struct stm_mapping *mapping, stemma_text value,
                                   stemma_text otherwise)
{
    return pair_text(mapping->actor_types, mapping->actor_type_count, value, otherwise);
}

stemma_text stm_mapping_label(const struct stm_mapping *mapping, stemma_text value)
{
    return pair_text(mapping->labels, mapping->label_count, value, value);
}

const struct stm_type_rule *stm_mapping_type(const struct stm_mapping *mapping, stemma_text value)
{
    uint32_t low = 0;
    uint32_t high = mapping->exact_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = stemma_text_compare(mapping->types[middle].value, value);
        if (order == 0) {
            return &mapping->types[middle];
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (uint32_t i = mapping->exact_count; i < mapping->type_count; i++) {
        stemma_text prefix = mapping->types[i].value;
        if (prefix.size <= value.size &&
            (prefix.size == 0 || memcmp(prefix.data, value.data, prefix.size) == 0)) {
            return &mapping->types[i];
        }
    }
    return NULL;
}

/* ---- Where mappings are ---------------------------------------------------------------------- */

static bool ends_in(const char *name, const char *ending)
{
    size_t size = strlen(name);
    size_t tail = strlen(ending);
    return size >= tail && strcmp(name + size - tail, ending) == 0;
}

static FILE *open_one(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL && errno == ENOMEM) {
        stm_refusal_note(); /* which does not mean that there is none */
    }
    return file;
}

/* Whether the next place is to be looked at: this one has none, and nothing kept us from seeing it. */
static bool is_absent(const FILE *file)
{
    return file == NULL && (errno == ENOENT || errno == ENOTDIR);
}

/* Opens the mapping called `name`, and tells in `path` where. NULL: errno says why. */
static FILE *open_mapping(const char *name, char path[PATH_SIZE])
{
    /* Installed beside the program; and in a build folder. */
    static const char *const places[] = {"../share/stemma/mappings", "mappings"};
    const char *folder = getenv("STEMMA_MAPPINGS");
    char program[PATH_SIZE / 2];
    FILE *file = NULL;
    errno = ENOENT;
    if (strchr(name, '/') != NULL || ends_in(name, ".map")) {
        snprintf(path, PATH_SIZE, "%s", name);
        errno = ENAMETOOLONG;
        return strlen(name) < PATH_SIZE ? open_one(path) : NULL;
    }
    snprintf(path, PATH_SIZE, "%s.map", name);
    if (strlen(name) > 255) {
        errno = ENAMETOOLONG;
        return NULL;
    }
    if (folder != NULL && folder[0] != '\0' && strlen(folder) < PATH_SIZE / 2) {
        snprintf(path, PATH_SIZE, "%s/%s.map", folder, name);
        file = open_one(path);
    }
    if (is_absent(file) && stm_program_folder(program, sizeof program)) {
        errno = ENOENT;
        for (size_t i = 0; i < sizeof places / sizeof places[0] && is_absent(file); i++) {
            snprintf(path, PATH_SIZE, "%s/%s/%s.map", program, places[i], name);
            file = open_one(path);
        }
    }
    return file;
}

stemma_status stm_mapping_load(struct stm_mapping *mapping, const char *name,
                               struct stm_arena *arena, stm_problems *problems)
{
    char path[PATH_SIZE] = "";
    FILE *file = open_mapping(name, path);
    char *text = file != NULL ? malloc(FILE_LIMIT + 1) : NULL;
    stemma_text kept_path;
    stemma_text kept_name;
    stemma_status status;
    size_t size = 0;
    if (file == NULL && stm_refusal_met()) {
        return STEMMA_E_NO_MEMORY;
    }
    if (file == NULL) {
        stm_problem problem = {STM_SEVERITY_ERROR, stemma_text_of(name), 0, 0,
                               "MAPPING_UNREADABLE"};
        stm_problems_add(problems, &problem, "%s: %s",
                         is_absent(file) ? "There is no such mapping" : "The mapping cannot be opened",
                         strerror(errno));
        return STEMMA_E_SYSTEM;
    }
    kept_path = stm_arena_text(arena, stemma_text_of(path));
    kept_name = stm_arena_text(arena, stemma_text_of(name));
    if (text != NULL) {
        size = fread(text, 1, FILE_LIMIT + 1, file);
    }
    if (text == NULL || kept_path.data == NULL || kept_name.data == NULL) {
        status = STEMMA_E_NO_MEMORY;
    } else if (ferror(file) || size > FILE_LIMIT) {
        stm_problem problem = {STM_SEVERITY_ERROR, kept_path, 0, 0, "MAPPING_UNREADABLE"};
        stm_problems_add(problems, &problem, "%s",
                         size > FILE_LIMIT ? "A mapping has at most 1 MiB" : strerror(errno));
        status = STEMMA_E_SYSTEM;
    } else {
        status = stm_mapping_read(mapping, (stemma_text){text, size}, kept_path, arena, problems);
        mapping->name = kept_name;
    }
    free(text);
    fclose(file);
    return status;
}

/* ---- Tables that need none ------------------------------------------------------------------- */

static const struct {
    const char *name;
    enum stm_fill fill;
} own_names[] = {
    {"time", STM_FILL_TIME},      {"date", STM_FILL_TIME},       {"type", STM_FILL_TYPE},
    {"place", STM_FILL_PLACE},    {"source", STM_FILL_SOURCE},   {"id", STM_FILL_ID},
    {"external_id", STM_FILL_ID}, {"content", STM_FILL_CONTENT}, {"quantity", STM_FILL_QUANTITY},
};

static bool builtin_role(stemma_text name)
{
    uint32_t count;
    const stemma_term *terms = stemma_vocabulary_builtin(&count);
    for (uint32_t i = 0; i < count; i++) {
        if (terms[i].kind != STEMMA_TERM_EVENT_TYPE) {
            continue;
        }
        for (size_t at = 0; at < terms[i].roles.size;) {
            const char *role = terms[i].roles.data + at;
            const char *space = memchr(role, ' ', terms[i].roles.size - at);
            size_t size = space != NULL ? (size_t)(space - role) : terms[i].roles.size - at;
            if (stemma_text_equal(name, (stemma_text){role, size})) {
                return true;
            }
            at += size + 1;
        }
    }
    return false;
}

static bool builtin_entity_type(stemma_text name)
{
    uint32_t count;
    const stemma_term *terms = stemma_vocabulary_builtin(&count);
    for (uint32_t i = 0; i < count; i++) {
        if (terms[i].kind == STEMMA_TERM_ENTITY_TYPE && stemma_text_equal(name, terms[i].name)) {
            return true;
        }
    }
    return false;
}

/* "agent", or "agent:person". */
static bool column_of_name(stemma_text name, struct stm_mapping_column *column)
{
    const char *colon = name.size != 0 ? memchr(name.data, ':', name.size) : NULL;
    stemma_text field = colon != NULL ? stm_slice(name, 0, (size_t)(colon - name.data)) : name;
    memset(column, 0, sizeof *column);
    column->name = name;
    column->predicate = stemma_text_of("quantity");
    column->actor_type = stemma_text_of("thing");
    for (size_t i = 0; i < sizeof own_names / sizeof own_names[0]; i++) {
        if (stemma_text_equal(field, stemma_text_of(own_names[i].name))) {
            column->fill = (uint8_t)own_names[i].fill;
        }
    }
    if (column->fill == STM_FILL_NOTHING && builtin_role(field)) {
        column->fill = STM_FILL_ROLE;
        column->role = field;
    }
    column->actor_type = stemma_text_of(column->fill == STM_FILL_PLACE    ? "place"
                                        : column->fill == STM_FILL_SOURCE ? "organization"
                                                                          : "thing");
    if (colon != NULL) {
        column->actor_type = stm_slice(name, (size_t)(colon - name.data) + 1, name.size);
        if ((column->fill != STM_FILL_ROLE && column->fill != STM_FILL_PLACE &&
             column->fill != STM_FILL_SOURCE) ||
            !builtin_entity_type(column->actor_type)) {
            return false;
        }
    }
    return column->fill != STM_FILL_NOTHING;
}

bool stm_mapping_of_header(struct stm_mapping *mapping, const stemma_text *names, uint32_t count,
                           struct stm_arena *arena)
{
    bool typed = false;
    memset(mapping, 0, sizeof *mapping);
    mapping->header = 1;
    mapping->quotes = -1;
    mapping->name = stemma_text_of("header");
    mapping->fills = stm_arena_alloc(arena, count, sizeof *mapping->fills);
    for (uint32_t i = 0; i < count && mapping->fills != NULL; i++) {
        struct stm_mapping_column *column = &mapping->fills[mapping->fill_count];
        if (count > STM_MAPPING_COLUMNS || !column_of_name(names[i], column)) {
            return false;
        }
        for (uint32_t k = 0; k < mapping->fill_count; k++) {
            if (mapping->fills[k].fill == column->fill && column->fill != STM_FILL_ROLE) {
                return false;
            }
        }
        column->position = i + 1;
        column->name = (stemma_text){NULL, 0};
        column->role = stm_arena_text(arena, column->role);
        column->actor_type = stm_arena_text(arena, column->actor_type);
        typed |= column->fill == STM_FILL_TYPE;
        mapping->fill_count++;
    }
    return typed;
}
