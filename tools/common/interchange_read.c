/* SPDX-License-Identifier: MIT */
#include "common/interchange_read.h"

#include <stdio.h>

#include "common/interchange_document.h"
#include "common/json_in.h"
#include "common/json_memory.h"
#include "common/refusal.h"
#include "base/error.h"

#define MAJOR "1."

static stemma_status read_header(struct stm_json_in *in, const json_t *object, struct stm_line *out)
{
    stemma_text format = {NULL, 0};
    stemma_text version = {NULL, 0};
    uint8_t judged = 0;
    STM_TRY(stm_in_text(in, object, "format", &format));
    STM_TRY(stm_in_text(in, object, "version", &version));
    STM_TRY(stm_in_bool(in, object, "judged", &judged));
    if (format.size != 0 && !stemma_text_equal(format, stemma_text_of("stemma"))) {
        return stm_in_fail(in, "FIELD_VALUE", "format", "The header names another format");
    }
    if (version.size != 0 &&
        (version.size < strlen(MAJOR) || memcmp(version.data, MAJOR, strlen(MAJOR)) != 0)) {
        stm_in_fail(in, "VERSION_UNSUPPORTED", "version",
                    "Interchange version %.*s is not supported",
                    (int)(version.size < 20 ? version.size : 20), version.data);
        if (in->error != NULL) {
            in->error->status = STEMMA_E_UNSUPPORTED;
        }
        return STEMMA_E_UNSUPPORTED;
    }
    out->as.header.judged = judged != 0;
    return stm_interchange_unit(in, object, &out->as.header.offsets);
}

static stemma_status read_run(struct stm_json_in *in, const json_t *object, struct stm_line *out)
{
    out->as.run.number = STEMMA_NONE;
    STM_TRY(stm_in_ordinal(in, object, "run", &out->as.run.number));
    STM_TRY(stm_in_text(in, object, "name", &out->as.run.run.name));
    STM_TRY(stm_in_text(in, object, "version", &out->as.run.run.version));
    STM_TRY(stm_in_text(in, object, "settings", &out->as.run.run.settings));
    STM_TRY(stm_in_enum(in, object, "kind", STM_ENUM_RUN_KIND, &out->as.run.run.kind));
    if (out->as.run.number == STEMMA_NONE) {
        return stm_in_fail(in, "FIELD_MISSING", "run", "A run needs its number");
    }
    if (out->as.run.run.name.size == 0) {
        return stm_in_fail(in, "FIELD_MISSING", "name", "A run needs a name");
    }
    return STEMMA_OK;
}

/* Joins an array of strings with spaces. */
static stemma_status read_words(struct stm_json_in *in, const json_t *object, const char *key,
                                stemma_text *out)
{
    const json_t *array;
    size_t size = 0;
    char *data;
    STM_TRY(stm_in_array(in, object, key, &array));
    for (size_t i = 0; i < json_array_size(array); i++) {
        const json_t *word = json_array_get(array, i);
        if (!json_is_string(word) || json_string_length(word) == 0 ||
            strchr(json_string_value(word), ' ') != NULL) {
            return stm_in_fail(in, "FIELD_TYPE", key, "\"%s\" holds something not a word", key);
        }
        size += json_string_length(word) + 1;
    }
    if (size == 0) {
        return STEMMA_OK;
    }
    data = stm_arena_alloc(in->arena, size, 1);
    if (data == NULL) {
        return stm_fail(in->error, STEMMA_E_NO_MEMORY, "NO_MEMORY", key, "Out of memory");
    }
    size = 0;
    for (size_t i = 0; i < json_array_size(array); i++) {
        const json_t *word = json_array_get(array, i);
        if (i != 0) {
            data[size++] = ' ';
        }
        memcpy(data + size, json_string_value(word), json_string_length(word));
        size += json_string_length(word);
    }
    *out = (stemma_text){data, size};
    return STEMMA_OK;
}

static stemma_status read_term(struct stm_json_in *in, const json_t *object, stemma_term *out)
{
    STM_TRY(stm_in_enum(in, object, "kind", STM_ENUM_TERM_KIND, &out->kind));
    STM_TRY(stm_in_text(in, object, "name", &out->name));
    STM_TRY(stm_in_text(in, object, "label", &out->label));
    STM_TRY(stm_in_bool(in, object, "single_valued", &out->single_valued));
    STM_TRY(read_words(in, object, "roles", &out->roles));
    STM_TRY(read_words(in, object, "crosswalk", &out->crosswalk));
    if (json_object_get(object, "kind") == NULL || out->name.size == 0) {
        return stm_in_fail(in, "FIELD_MISSING", out->name.size == 0 ? "name" : "kind",
                           "A term needs a kind and a name");
    }
    return STEMMA_OK;
}

bool stm_interchange_referent(stemma_text text, stemma_text *document, uint32_t *referent,
                              char *kind)
{
    uint64_t number = 0;
    size_t dot;
    *kind = 0;
    if (text.size > 2 && text.data[1] == '.' && (text.data[0] == 'e' || text.data[0] == 'v')) {
        *kind = text.data[0];
        text = (stemma_text){text.data + 2, text.size - 2};
    }
    for (dot = 0; dot < text.size && text.data[dot] != '.'; dot++) {
    }
    for (size_t i = dot + 1; i < text.size; i++) {
        if (text.data[i] < '0' || text.data[i] > '9' || i - dot > 10) {
            return false;
        }
        number = number * 10 + (uint64_t)(text.data[i] - '0');
    }
    if (dot == 0 || dot + 1 >= text.size || number >= STEMMA_NONE) {
        return false;
    }
    *document = (stemma_text){text.data, dot};
    *referent = (uint32_t)number;
    return true;
}

static stemma_status read_end(struct stm_json_in *in, const json_t *object, const char *key,
                              stemma_text *document, uint32_t *referent, char *kind)
{
    stemma_text text = {NULL, 0};
    STM_TRY(stm_in_text(in, object, key, &text));
    if (text.size == 0) {
        return stm_in_fail(in, "FIELD_MISSING", key, "A judgement needs \"%s\"", key);
    }
    if (!stm_interchange_referent(text, document, referent, kind)) {
        return stm_in_fail(in, "FIELD_VALUE", key, "\"%s\" is not DOCUMENT.REFERENT", key);
    }
    return STEMMA_OK;
}

static stemma_status read_judgement(struct stm_json_in *in, const json_t *object,
                                    struct stm_line_judgement *out)
{
    stemma_judgement *judgement = &out->judgement;
    judgement->score = STEMMA_NO_CONFIDENCE;
    judgement->run = STEMMA_NONE;
    STM_TRY(read_end(in, object, "left", &out->left, &judgement->left.referent,
                     &out->kinds[0]));
    STM_TRY(read_end(in, object, "right", &out->right, &judgement->right.referent,
                     &out->kinds[1]));
    STM_TRY(stm_in_enum(in, object, "verdict", STM_ENUM_VERDICT, &judgement->verdict));
    STM_TRY(stm_in_share(in, object, "score", &judgement->score));
    STM_TRY(stm_in_ordinal(in, object, "run", &judgement->run));
    STM_TRY(stm_in_text(in, object, "author", &judgement->author));
    STM_TRY(stm_in_text(in, object, "created", &judgement->created));
    STM_TRY(stm_in_text(in, object, "retracted", &judgement->retracted));
    STM_TRY(stm_in_text(in, object, "reason", &judgement->reason));
    if (judgement->verdict == 0) {
        return stm_in_fail(in, "FIELD_MISSING", "verdict", "A judgement needs a verdict");
    }
    return STEMMA_OK;
}

/* ---- Resolver lines ---- */

/* The words of nomenklatura. */
static stemma_status read_decision(struct stm_json_in *in, const json_t *object, uint8_t *verdict)
{
    static const struct {
        const char *word;
        uint8_t verdict;
    } words[] = {{"positive", STEMMA_VERDICT_SAME},
                 {"negative", STEMMA_VERDICT_NOT_SAME},
                 {"unsure", STEMMA_VERDICT_UNSURE},
                 {"no_judgement", 0}};
    stemma_text word = {NULL, 0};
    STM_TRY(stm_in_text(in, object, "judgement", &word));
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (stemma_text_equal(word, stemma_text_of(words[i].word))) {
            *verdict = words[i].verdict;
            return STEMMA_OK;
        }
    }
    return stm_in_fail(in, "FIELD_VALUE", "judgement",
                       "\"judgement\" is none of positive, negative, unsure and no_judgement");
}

static stemma_status read_resolver(struct stm_json_in *in, const json_t *object,
                                   struct stm_line_resolver *out)
{
    out->score = STEMMA_NO_CONFIDENCE;
    STM_TRY(stm_in_text(in, object, "left", &out->left));
    STM_TRY(stm_in_text(in, object, "right", &out->right));
    STM_TRY(read_decision(in, object, &out->verdict));
    STM_TRY(stm_in_share(in, object, "score", &out->score));
    STM_TRY(stm_in_text(in, object, "user", &out->user));
    STM_TRY(stm_in_text(in, object, "created", &out->created));
    STM_TRY(stm_in_text(in, object, "deleted", &out->deleted));
    if (out->left.size == 0 || out->right.size == 0) {
        return stm_in_fail(in, "FIELD_MISSING", out->left.size == 0 ? "left" : "right",
                           "A decision needs two ids");
    }
    if (stemma_text_equal(out->left, out->right)) {
        return stm_in_fail(in, "FIELD_VALUE", "right", "A thing is judged against itself");
    }
    return STEMMA_OK;
}

/* An array is read as the object that has its elements under these names; what follows them, as later
   versions may write, has no meaning here. */
static stemma_status read_resolver_array(struct stm_json_in *in, json_t *array,
                                         struct stm_line *out)
{
    static const char *const keys[] = {"left", "right", "judgement", "score",
                                       "user", "created", "deleted"};
    json_t *object;
    stemma_status status = STEMMA_OK;
    if (json_array_size(array) < 3) {
        return stm_in_fail(in, "FIELD_TYPE", NULL,
                           "The line is not a JSON object, and a decision is an array of two ids and a judgement at least");
    }
    object = json_object();
    for (size_t i = 0; i < sizeof keys / sizeof keys[0] && i < json_array_size(array); i++) {
        if (object == NULL || json_object_set(object, keys[i], json_array_get(array, i)) != 0) {
            status = stm_fail(in->error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "", "Out of memory");
        }
    }
    out->kind = STM_LINE_RESOLVER;
    if (status == STEMMA_OK) {
        status = read_resolver(in, object, &out->as.resolver);
    }
    json_decref(object);
    return status;
}

static stemma_status read_ranges(struct stm_json_in *in, const json_t *object,
                                 stemma_derivation *out)
{
    const json_t *array;
    stemma_shared_range *ranges;
    STM_TRY(stm_in_array(in, object, "ranges", &array));
    if (json_array_size(array) == 0) {
        return STEMMA_OK;
    }
    ranges = stm_arena_alloc(in->arena, json_array_size(array), sizeof *ranges);
    if (ranges == NULL) {
        return stm_fail(in->error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "ranges", "Out of memory");
    }
    for (size_t i = 0; i < json_array_size(array); i++) {
        const json_t *range = json_array_get(array, i);
        uint32_t numbers[4];
        for (size_t k = 0; k < 4; k++) {
            const json_t *number = json_array_get(range, k);
            if (json_array_size(range) != 4 || !json_is_integer(number) ||
                json_integer_value(number) < 0 || json_integer_value(number) >= STEMMA_NONE) {
                return stm_in_fail(in, "FIELD_TYPE", "ranges", "A range is four offsets");
            }
            numbers[k] = (uint32_t)json_integer_value(number);
        }
        ranges[i] = (stemma_shared_range){{numbers[0], numbers[1]}, {numbers[2], numbers[3]}};
    }
    out->ranges = ranges;
    out->range_count = (uint32_t)json_array_size(array);
    return STEMMA_OK;
}

static stemma_status read_derivation(struct stm_json_in *in, const json_t *object,
                                     struct stm_line_derivation *out)
{
    stemma_derivation *derivation = &out->derivation;
    derivation->score = STEMMA_NO_CONFIDENCE;
    derivation->run = STEMMA_NONE;
    STM_TRY(stm_in_text(in, object, "from", &out->from));
    STM_TRY(stm_in_text(in, object, "to", &out->to));
    STM_TRY(stm_in_enum(in, object, "kind", STM_ENUM_DERIVATION_KIND, &derivation->kind));
    STM_TRY(stm_in_share(in, object, "score", &derivation->score));
    STM_TRY(stm_in_ordinal(in, object, "run", &derivation->run));
    STM_TRY(stm_in_text(in, object, "author", &derivation->author));
    STM_TRY(stm_in_text(in, object, "retracted", &derivation->retracted));
    if (out->from.size == 0 || out->to.size == 0 || derivation->kind == 0) {
        return stm_in_fail(in, "FIELD_MISSING", NULL, "A derivation needs from, to and kind");
    }
    return read_ranges(in, object, derivation);
}

static const struct {
    const char *name;
    enum stm_line_kind kind;
    const char *keys; /* all that have a meaning, each between spaces */
} records[] = {
    {"header", STM_LINE_HEADER, " record format version offsets judged "},
    {"run", STM_LINE_RUN, " record run name version kind settings "},
    {"term", STM_LINE_TERM, " record kind name label single_valued roles crosswalk "},
    {"document", STM_LINE_DOCUMENT,
     " record id uri title publisher agency byline published retrieved language media_type licence"
     " text text_withheld digest text_size offsets sentences paragraphs furniture referents"
     " mentions assertions rows run "},
    {"judgement", STM_LINE_JUDGEMENT,
     " record left right verdict score run author created retracted reason "},
    {"derivation", STM_LINE_DERIVATION, " record from to kind score run author retracted ranges "},
    {"row", STM_LINE_ROW,
     " record row type time participants place source external_id content quantity "},
};

static stemma_status read_record(struct stm_json_in *in, const json_t *object,
                                 enum stm_offset_unit unit, struct stm_line *out)
{
    stemma_text name = stemma_text_of("document");
    const char *keys = NULL;
    if (json_object_get(object, "record") == NULL && json_object_get(object, "judgement") != NULL &&
        json_object_get(object, "left") != NULL && json_object_get(object, "right") != NULL) {
        out->kind = STM_LINE_RESOLVER;
        return read_resolver(in, object, &out->as.resolver);
    }
    STM_TRY(stm_in_text(in, object, "record", &name));
    for (size_t i = 0; i < sizeof records / sizeof records[0]; i++) {
        if (stemma_text_equal(name, stemma_text_of(records[i].name))) {
            out->kind = records[i].kind;
            keys = records[i].keys;
        }
    }
    if (keys == NULL) {
        return stm_in_fail(in, "RECORD_UNKNOWN", "record", "There is no such record as \"%.*s\"",
                           (int)(name.size < 40 ? name.size : 40), name.data);
    }
    STM_TRY(stm_in_known(in, object, keys));
    switch (out->kind) {
    case STM_LINE_HEADER:
        return read_header(in, object, out);
    case STM_LINE_RUN:
        return read_run(in, object, out);
    case STM_LINE_TERM:
        return read_term(in, object, &out->as.term);
    case STM_LINE_DOCUMENT:
        return stm_interchange_document(in, object, unit, &out->as.document);
    case STM_LINE_JUDGEMENT:
        return read_judgement(in, object, &out->as.judgement);
    case STM_LINE_DERIVATION:
        return read_derivation(in, object, &out->as.derivation);
    case STM_LINE_ROW:
        return stm_interchange_row(in, object, &out->as.row);
    case STM_LINE_BLANK:
    case STM_LINE_RESOLVER:
        break;
    }
    return STEMMA_OK;
}

static stemma_status syntax_failed(struct stm_json_in *in, const json_error_t *json_error)
{
    enum json_error_code why = json_error_code(json_error);
    if (why == json_error_out_of_memory || stm_refusal_met()) { /* mostly it does not know */
        return stm_fail(in->error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "", "Out of memory");
    }
    stm_in_fail(in, why == json_error_invalid_utf8 ? "ENCODING_INVALID" : "JSON_SYNTAX", NULL,
                "%.150s", json_error->text);
    if (in->error != NULL) {
        in->error->offset = json_error->position > 0 ? (uint64_t)json_error->position : 0;
    }
    return STEMMA_E_INVALID;
}

/* A value of a few bytes takes a hundred and more in memory. What is written with care has eight bytes and
   more for each. */
#define VALUES_ALWAYS (4u << 20)
#define BYTES_A_VALUE 8u

/* Whether a line has so many values that it would take many times its size to hold them. Each but the first
   stands behind one of these characters, outside of strings. */
static bool has_too_many_values(stemma_text line)
{
    size_t most = line.size / BYTES_A_VALUE > VALUES_ALWAYS ? line.size / BYTES_A_VALUE : VALUES_ALWAYS;
    size_t values = 1;
    bool quoted = false;
    if (line.size <= most) {
        return false;
    }
    for (size_t i = 0; i < line.size; i++) {
        char c = line.data[i];
        if (c == '"') {
            quoted = !quoted;
        } else if (quoted) {
            i += c == '\\';
        } else {
            values += c == ',' || c == '[' || c == '{';
        }
    }
    return values > most;
}

stemma_status stm_interchange_line(stemma_text line, enum stm_offset_unit unit,
                                   struct stm_arena *arena, struct stm_line *out,
                                   stemma_error *error)
{
    struct stm_json_in in = {.arena = arena, .error = error};
    json_error_t json_error;
    json_t *object;
    stemma_status status;
    size_t blank = 0;
    memset(out, 0, sizeof *out);
    while (blank < line.size && strchr(" \t\r", line.data[blank]) != NULL &&
           line.data[blank] != '\0') {
        blank++;
    }
    if (blank == line.size) {
        return STEMMA_OK;
    }
    if (has_too_many_values(line)) {
        return stm_fail(error, STEMMA_E_LIMIT, "LINE_TOO_COMPLEX", "",
                        "The line has more values than an eighth of its bytes, and than %u", VALUES_ALWAYS);
    }
    object = stm_json_load(line.data, line.size, JSON_REJECT_DUPLICATES, &json_error);
    if (object == NULL) {
        return syntax_failed(&in, &json_error);
    }
    if (json_is_object(object)) {
        status = read_record(&in, object, unit, out);
    } else if (json_is_array(object)) {
        status = read_resolver_array(&in, object, out);
    } else {
        status = stm_in_fail(&in, "FIELD_TYPE", NULL, "The line is not a JSON object");
    }
    memcpy(out->unknown_keys, in.unknown, sizeof in.unknown);
    out->unknown_count = in.unknown_count;
    json_decref(object);
    return status;
}
