/* SPDX-License-Identifier: MIT */
#include "write/writer_rows.h"
#include "write/writer_calls.h"

#include "base/error.h"
#include "limits.h"
#include "base/memory_sort.h"
#include "write/validate.h"
#include "vocabulary_record.h"

#include <stdlib.h>

static stemma_status misuse(stemma_error *error, const char *why)
{
    return stm_fail(error, STEMMA_E_MISUSE, "MISUSE", "", "%s", why);
}

static void free_rows(stm_writer_rows *rows)
{
    if (rows != NULL) {
        stm_row_set_free(&rows->set);
        stm_strings_free(&rows->actor_names);
        stm_strings_free(&rows->term_names);
        stm_strings_free(&rows->actor_types);
        stm_memory_free(rows->ordinals);
        free(rows);
    }
}

void stm_writer_rows_free(stemma_writer *writer)
{
    free_rows(writer->open_rows);
    writer->open_rows = NULL;
    while (writer->all_rows != NULL) {
        stm_writer_rows *next = writer->all_rows->next;
        free_rows(writer->all_rows);
        writer->all_rows = next;
    }
}

void stemma_writer_drop_rows(stemma_writer *writer)
{
    free_rows(writer->open_rows);
    writer->open_rows = NULL;
}

stm_writer_rows *stm_writer_open_rows(stemma_writer *writer, stemma_error *error)
{
    if (writer->finished) {
        misuse(error, "the writer has finished");
        return NULL;
    }
    if (writer->open_rows == NULL) {
        misuse(error, "no data set is open");
    }
    return writer->open_rows;
}

/* ---- Beginning ------------------------------------------------------------------------------- */

static int keep_fields(stemma_writer *writer, stemma_document *fields)
{
    return stm_writer_keep_text(writer, &fields->uri) &&
           stm_writer_keep_text(writer, &fields->title) &&
           stm_writer_keep_text(writer, &fields->publisher) &&
           stm_writer_keep_text(writer, &fields->agency) &&
           stm_writer_keep_text(writer, &fields->byline) &&
           stm_writer_keep_text(writer, &fields->published.raw) &&
           stm_writer_keep_text(writer, &fields->published.edtf) &&
           stm_writer_keep_text(writer, &fields->retrieved) &&
           stm_writer_keep_text(writer, &fields->language) &&
           stm_writer_keep_text(writer, &fields->media_type) &&
           stm_writer_keep_text(writer, &fields->licence);
}

stemma_status stm_do_begin_rows(stemma_writer *writer, const stemma_document *fields,
                                       uint32_t run, stemma_error *error)
{
    if (writer->finished || writer->open_rows != NULL) {
        return misuse(error, writer->finished ? "the writer has finished" : "a data set is open");
    }
    stemma_document own = {0};
    stm_vocabulary vocabulary = {writer->terms, writer->term_count};
    own.uri = fields->uri;
    own.title = fields->title;
    own.publisher = fields->publisher;
    own.agency = fields->agency;
    own.byline = fields->byline;
    own.published = fields->published;
    own.retrieved = fields->retrieved;
    own.language = fields->language;
    own.media_type = fields->media_type;
    own.licence = fields->licence;
    own.text_withheld = 1;
    stemma_status status = stm_validate_structure(&own, &vocabulary, writer->run_count, error);
    if (status != STEMMA_OK) {
        return status;
    }
    if (run >= writer->run_count) {
        return stm_broken(error, "RUN_OUT_OF_RANGE", "data set", "there is no run %u", run);
    }
    stm_writer_rows *rows = calloc(1, sizeof *rows);
    if (rows == NULL || !keep_fields(writer, &own)) {
        free(rows);
        return stm_no_memory(error);
    }
    stm_row_set_begin(&rows->set, writer->memory);
    rows->term_names.memory = writer->memory;
    rows->actor_types.memory = writer->memory;
    rows->actor_names.memory = writer->memory;
    rows->fields = own;
    rows->run = run;
    writer->open_rows = rows;
    return STEMMA_OK;
}

/* ---- Rows ------------------------------------------------------------------------------------ */

stemma_status stm_do_add_rows(stemma_writer *writer, const stemma_row *rows, size_t count,
                                     size_t *taken, stemma_error *error)
{
    stm_writer_rows *open = stm_writer_open_rows(writer, error);
    stemma_status status = STEMMA_OK;
    *taken = 0;
    if (open == NULL) {
        return STEMMA_E_MISUSE;
    }
    while (*taken < count && status == STEMMA_OK) {
        stm_memory_step(writer->memory, *taken);
        status = stm_row_set_add(&open->set, &rows[*taken], error);
        *taken += status == STEMMA_OK;
    }
    return status;
}

stemma_status stm_do_row_form(stemma_writer *writer, uint32_t type, const uint32_t *roles,
                              uint32_t count, uint32_t *handle, stemma_error *error)
{
    stm_writer_rows *open = stm_writer_open_rows(writer, error);
    if (open == NULL) {
        return STEMMA_E_MISUSE;
    }
    if (count > STM_ROW_FORM_ROLES) {
        return misuse(error, "a form has at most 64 roles");
    }
    stemma_status status = stm_row_set_form(&open->set, type, roles, count, handle);
    return status == STEMMA_OK ? STEMMA_OK : stm_no_memory(error);
}

stemma_status stm_do_row_time(stemma_writer *writer, stemma_text time, uint32_t *handle,
                              stemma_error *error)
{
    stm_writer_rows *open = stm_writer_open_rows(writer, error);
    if (open == NULL) {
        return STEMMA_E_MISUSE;
    }
    stemma_status status = stm_row_set_time(&open->set, time, handle, error);
    if (status == STEMMA_OK) {
        *handle -= 1; /* of an empty one: STEMMA_NONE */
    }
    return status;
}

stemma_status stm_do_add_plain_rows(stemma_writer *writer, const stemma_plain_rows *columns,
                                 size_t *taken, stemma_error *error)
{
    stm_writer_rows *open = stm_writer_open_rows(writer, error);
    *taken = 0;
    if (open == NULL) {
        return STEMMA_E_MISUSE;
    }
    stm_memory_check(writer->memory);
    return stm_row_set_add_plain(&open->set, columns, taken, error);
}

stemma_status stm_do_rows_digest(stemma_writer *writer,
                                        const uint8_t digest[STEMMA_DIGEST_SIZE], uint64_t size,
                                        stemma_error *error)
{
    stm_writer_rows *open = stm_writer_open_rows(writer, error);
    if (open == NULL) {
        return STEMMA_E_MISUSE;
    }
    if (size > INT64_MAX) {
        return stm_fail(error, STEMMA_E_LIMIT, "TEXT_TOO_LONG", "data set",
                        "the size of the table is no size");
    }
    memcpy(open->fields.digest, digest, STEMMA_DIGEST_SIZE);
    open->fields.text_size = size;
    open->has_digest = 1;
    return STEMMA_OK;
}

/* ---- The end --------------------------------------------------------------------------------- */

static stemma_text name_of(const stm_writer_rows *rows, uint32_t actor)
{
    stemma_text text = stm_strings_get(&rows->actor_names, actor);
    text.data += 2;
    text.size -= 2;
    return text;
}

/* In `actor_types`. */
static uint32_t type_number_of(const stm_writer_rows *rows, uint32_t actor)
{
    const unsigned char *key =
        (const unsigned char *)stm_strings_get(&rows->actor_names, actor).data;
    return (uint32_t)key[0] << 8 | key[1];
}

static stemma_text type_of(const stm_writer_rows *rows, uint32_t actor)
{
    return stm_strings_get(&rows->actor_types, type_number_of(rows, actor));
}

/* The first eight bytes of a name in the order of names: shorter ones come first, and none has a zero byte. */
static uint64_t beginning_of(stemma_text name)
{
    uint64_t beginning = 0;
    for (size_t i = 0; i < 8; i++) {
        beginning = beginning << 8 | (i < name.size ? (unsigned char)name.data[i] : 0u);
    }
    return beginning;
}

static int compare_types(const void *a, const void *b, void *context)
{
    const stm_writer_rows *rows = context;
    return stemma_text_compare(stm_strings_get(&rows->actor_types, *(const uint32_t *)a),
                               stm_strings_get(&rows->actor_types, *(const uint32_t *)b));
}

/* The place of each of `actor_types` in the order of their texts; NULL when memory is refused. */
static uint32_t *rank_types(stemma_writer *writer, stm_writer_rows *rows)
{
    uint32_t count = rows->actor_types.count;
    uint32_t *types = stm_memory_zeroed(writer->memory, count, sizeof *types);
    uint32_t *ranks = stm_memory_zeroed(writer->memory, count, sizeof *ranks);
    for (uint32_t i = 0; i < count && types != NULL; i++) {
        types[i] = i;
    }
    if (types != NULL && ranks != NULL) {
        stm_memory_sort(writer->memory, types, count, sizeof *types, compare_types, rows);
        for (uint32_t i = 0; i < count; i++) {
            ranks[types[i]] = i;
        }
    }
    stm_memory_free(types != NULL ? types : ranks);
    return types != NULL ? ranks : NULL;
}

static int compare_names(const void *a, const void *b, void *context)
{
    const stm_writer_rows *rows = context;
    return stemma_text_compare(name_of(rows, ((const stm_sort_key *)a)->position),
                               name_of(rows, ((const stm_sort_key *)b)->position));
}

/* Sorts actors by falling number of uses, then type, then name. Names lie far apart: most are told by their
   beginnings, and only those are compared that nothing else tells. */
static void sort_actors(stemma_writer *writer, stm_writer_rows *rows, stm_sort_key *keys, uint32_t count)
{
    stm_sort_keys(writer->memory, keys, count);
    for (uint32_t first = 0, end; first < count; first = end) {
        end = first + 1;
        while (end < count && keys[end].major == keys[first].major &&
               keys[end].minor == keys[first].minor) {
            end++;
        }
        stm_memory_sort(writer->memory, keys + first, end - first, sizeof *keys, compare_names, rows);
    }
}

/* Gives the actors their ordinals; `*order` holds the handles by ordinal. */
static stemma_status order_actors(stemma_writer *writer, stm_writer_rows *rows, uint32_t **order)
{
    uint32_t count = rows->set.actor_count;
    uint32_t *uses = stm_memory_zeroed(writer->memory, count, sizeof *uses);
    stm_sort_key *keys = stm_memory_zeroed(writer->memory, count, sizeof *keys);
    uint32_t *types = rank_types(writer, rows);
    rows->ordinals = stm_memory_zeroed(writer->memory, count, sizeof *rows->ordinals);
    *order = uses;
    if (uses == NULL || keys == NULL || types == NULL || rows->ordinals == NULL) {
        stm_memory_free(keys);
        stm_memory_free(types);
        return STEMMA_E_NO_MEMORY;
    }
    stm_row_set_uses(&rows->set, uses);
    for (uint32_t i = 0; i < count; i++) {
        keys[i].major = (uint64_t)(UINT32_MAX - uses[i]) << 32 | types[type_number_of(rows, i)];
        keys[i].minor = beginning_of(name_of(rows, i));
        keys[i].position = i;
    }
    sort_actors(writer, rows, keys, count);
    for (uint32_t i = 0; i < count; i++) {
        (*order)[i] = keys[i].position;
        rows->ordinals[keys[i].position] = i;
    }
    stm_memory_free(keys);
    stm_memory_free(types);
    stm_row_set_renumber(&rows->set, rows->ordinals);
    return STEMMA_OK;
}

/* Enters the document of a data set, its actors as referents. */
static stemma_status enter(stemma_writer *writer, stm_writer_rows *rows, const uint32_t *order,
                           uint32_t *number, int *is_new, stemma_error *error)
{
    uint32_t count = rows->set.actor_count;
    stemma_referent *referents = stm_memory_zeroed(writer->memory, count, sizeof *referents);
    stemma_name *names = stm_memory_zeroed(writer->memory, count, sizeof *names);
    stemma_status status = STEMMA_E_NO_MEMORY;
    if (referents != NULL && names != NULL) {
        stemma_document document = rows->fields;
        for (uint32_t i = 0; i < count; i++) {
            names[i].text = name_of(rows, order[i]);
            referents[i].kind = STEMMA_REFERENT_ENTITY;
            referents[i].type = type_of(rows, order[i]);
            referents[i].names = &names[i];
            referents[i].name_count = 1;
        }
        document.referents = referents;
        document.referent_count = count;
        status = stm_writer_enter(writer, &document, number, is_new, error);
    } else {
        stm_no_memory(error);
    }
    stm_memory_free(referents);
    stm_memory_free(names);
    return status;
}

stemma_status stm_do_end_rows(stemma_writer *writer, uint32_t *number, stemma_error *error)
{
    stm_writer_rows *rows = stm_writer_open_rows(writer, error);
    uint32_t *order = NULL;
    int is_new = 0;
    if (rows == NULL) {
        return STEMMA_E_MISUSE;
    }
    if (!rows->has_digest) {
        return misuse(error, "the data set has no digest");
    }
    writer->open_rows = NULL;
    if (rows->set.count == 0 && rows->fields.text_size > STEMMA_LIMIT_TEXT) {
        free_rows(rows); /* without rows its record is that of a text, which cannot be so long */
        return stm_fail(error, STEMMA_E_LIMIT, "TEXT_TOO_LONG", "data set",
                        "a table of more than %u bytes has no row that could be kept",
                        STEMMA_LIMIT_TEXT);
    }
    stemma_status status = order_actors(writer, rows, &order);
    status = status == STEMMA_OK ? enter(writer, rows, order, number, &is_new, error)
                                 : stm_no_memory(error);
    stm_memory_free(order);
    if (status != STEMMA_OK || !is_new) {
        free_rows(rows);
        return status;
    }
    stm_strings_free(&rows->actor_names);
    rows->next = writer->all_rows;
    writer->all_rows = rows;
    if (rows->set.count > 0) { /* a table without rows is a document that says nothing */
        writer->runs[rows->run].used = 1;
    }
    writer->documents[*number].rows = rows;
    return STEMMA_OK;
}

static const stm_writer_rows *rows_of(const stemma_writer *writer, uint32_t document)
{
    return document < writer->document_count ? writer->documents[document].rows : NULL;
}

stemma_status stemma_writer_row_referent(const stemma_writer *writer, uint32_t document,
                                         uint32_t row, uint32_t *referent, stemma_error *error)
{
    const stm_writer_rows *rows = rows_of(writer, document);
    if (rows == NULL || row >= rows->set.count) {
        return stm_broken(error, "REFERENT_OUT_OF_RANGE", "row", "there is no such row");
    }
    *referent = rows->set.actor_count + row;
    return STEMMA_OK;
}

stemma_status stemma_writer_actor_referent(const stemma_writer *writer, uint32_t document,
                                           uint32_t actor, uint32_t *referent, stemma_error *error)
{
    const stm_writer_rows *rows = rows_of(writer, document);
    if (rows == NULL || actor >= rows->set.actor_count) {
        return stm_broken(error, "REFERENT_OUT_OF_RANGE", "actor", "there is no such actor");
    }
    *referent = rows->ordinals[actor];
    return STEMMA_OK;
}

/* ---- Of finish() ----------------------------------------------------------------------------- */

stemma_status stm_writer_index_rows(stemma_writer *writer, stm_writer_rows *rows,
                                    stemma_error *error)
{
    stm_vocabulary vocabulary = {writer->terms, writer->term_count};
    stm_row_set *set = &rows->set;
    for (uint32_t i = 0; i < set->handle_count; i++) {
        stm_vocabulary_find(&vocabulary, set->handles[i].kind, set->handles[i].name,
                            &set->handles[i].term);
    }
    if (stm_row_set_resolve(set) != STEMMA_OK) {
        return stm_no_memory(error);
    }
    return stm_index_add_rows(&writer->index, set, error);
}

const stm_document_rows *stm_writer_document_rows(const stemma_writer *writer,
                                                  const stm_writer_rows *rows,
                                                  stm_document_rows *out)
{
    if (rows == NULL || rows->set.count == 0) {
        return NULL;
    }
    out->rows = rows->set.count;
    out->stride = rows->set.stride;
    out->run = writer->runs[rows->run].number;
    out->gaps.data = rows->set.gaps;
    out->gaps.size = rows->set.gap_size;
    return out;
}
