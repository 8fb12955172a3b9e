/* SPDX-License-Identifier: MIT */
/* What rows of a data set name: terms and actors, each by a handle. */
#include "write/writer_rows.h"
#include "write/writer_calls.h"

#include "base/error.h"
#include "limits.h"
#include "write/validate.h"
#include "vocabulary_record.h"

static stemma_status misuse(stemma_error *error, const char *why)
{
    return stm_fail(error, STEMMA_E_MISUSE, "MISUSE", "", "%s", why);
}

stemma_status stm_do_row_term(stemma_writer *writer, uint8_t kind, stemma_text name,
                                     uint32_t *handle, stemma_error *error)
{
    char key[STEMMA_LIMIT_NAME + 1];
    stm_writer_rows *rows = stm_writer_open_rows(writer, error);
    stm_vocabulary vocabulary = {writer->terms, writer->term_count};
    stemma_text text = {key, name.size + 1};
    uint32_t number = 0;
    if (rows == NULL) {
        return STEMMA_E_MISUSE;
    }
    if (kind != STEMMA_TERM_EVENT_TYPE && kind != STEMMA_TERM_PREDICATE) {
        return misuse(error, "a term of a row is an event type or a predicate");
    }
    if (name.size > STEMMA_LIMIT_NAME || !stm_vocabulary_find(&vocabulary, kind, name, &number)) {
        int is_type = kind == STEMMA_TERM_EVENT_TYPE;
        return stm_broken(error, is_type ? "TYPE_UNKNOWN" : "PREDICATE_UNKNOWN", "row",
                          "\"%.*s\" is not in the vocabulary",
                          (int)(name.size < 80 ? name.size : 80), name.data);
    }
    key[0] = (char)kind;
    memcpy(key + 1, name.data, name.size);
    if (stm_strings_add(&rows->term_names, text, handle) != STEMMA_OK) {
        return stm_no_memory(error);
    }
    if (*handle < rows->set.handle_count) {
        return STEMMA_OK;
    }
    /* The texts of terms live as long as the writer, also when one is replaced. */
    return stm_row_set_handle(&rows->set, kind, writer->terms[number].name,
                              writer->terms[number].roles) == STEMMA_OK
               ? STEMMA_OK
               : stm_no_memory(error);
}

/* Number of an actor's type among those of the data set. */
static stemma_status type_of_actor(stemma_writer *writer, stm_writer_rows *rows, stemma_text type,
                                   uint32_t *number, stemma_error *error)
{
    stm_vocabulary vocabulary = {writer->terms, writer->term_count};
    uint32_t term = 0;
    if (rows->last_type.size > 0 && stemma_text_equal(rows->last_type, type)) {
        *number = rows->last_type_number;
        return STEMMA_OK;
    }
    if (!stm_vocabulary_find(&vocabulary, STEMMA_TERM_ENTITY_TYPE, type, &term)) {
        return stm_broken(error, "TYPE_UNKNOWN", "actor", "\"%.*s\" is no entity type",
                          (int)(type.size < 80 ? type.size : 80), type.data);
    }
    if (stm_strings_add(&rows->actor_types, type, number) != STEMMA_OK) {
        return stm_no_memory(error);
    }
    rows->last_type = writer->terms[term].name;
    rows->last_type_number = *number; /* fits two bytes: a vocabulary has less than 2^16 terms */
    return STEMMA_OK;
}

/* As a document's names are checked. */
static stemma_status check_name(stemma_text name, stemma_error *error)
{
    stemma_name one = {name, STEMMA_NAME_NAME, {NULL, 0}};
    return stm_validate_name(&one, "actor", error);
}

/* What an actor is known by. `key` has room for it. */
static stemma_text key_of(uint32_t type, stemma_text name, char *key)
{
    key[0] = (char)(type >> 8);
    key[1] = (char)(type & 0xff);
    if (name.size > 0) {
        memcpy(key + 2, name.data, name.size);
    }
    return (stemma_text){key, name.size + 2};
}

static stemma_status add_actor(stm_writer_rows *rows, stemma_text key, uint32_t *handle,
                               stemma_error *error)
{
    stemma_status status = stm_strings_add(&rows->actor_names, key, handle);
    if (status != STEMMA_OK) {
        return status == STEMMA_E_LIMIT
                   ? stm_fail(error, status, "CORPUS_TOO_LARGE", "actor", "too many actors")
                   : stm_no_memory(error);
    }
    rows->set.actor_count = rows->actor_names.count;
    return STEMMA_OK;
}

stemma_status stm_do_row_actor(stemma_writer *writer, stemma_text type, stemma_text name,
                                      uint32_t *handle, stemma_error *error)
{
    char key[STEMMA_LIMIT_NAME + 2];
    uint32_t number = 0;
    stm_writer_rows *rows = stm_writer_open_rows(writer, error);
    if (rows == NULL) {
        return STEMMA_E_MISUSE;
    }
    stemma_status status = type_of_actor(writer, rows, type, &number, error);
    if (status != STEMMA_OK) {
        return status;
    }
    if (name.size <= STEMMA_LIMIT_NAME) {
        *handle = stm_strings_find(&rows->actor_names, key_of(number, name, key));
        if (*handle != STEMMA_NONE) {
            return STEMMA_OK;
        }
    }
    status = check_name(name, error);
    return status == STEMMA_OK ? add_actor(rows, (stemma_text){key, name.size + 2}, handle, error) : status;
}

#define KEY_SHORT 128u /* bytes of a key that is looked up together with others */

stemma_status stm_do_row_actors(stemma_writer *writer, stemma_text type, const stemma_text *names,
                                size_t count, uint32_t *handles, size_t *taken, stemma_error *error)
{
    char keys[STM_STRINGS_MANY][KEY_SHORT];
    stemma_text texts[STM_STRINGS_MANY];
    uint32_t number = 0;
    stm_writer_rows *rows = stm_writer_open_rows(writer, error);
    stemma_status status = STEMMA_OK;
    if (rows == NULL) {
        return STEMMA_E_MISUSE;
    }
    while (*taken < count && status == STEMMA_OK) {
        uint32_t some = 0;
        status = type_of_actor(writer, rows, type, &number, error);
        while (status == STEMMA_OK && some < STM_STRINGS_MANY && *taken + some < count &&
               names[*taken + some].size <= KEY_SHORT - 2) {
            texts[some] = key_of(number, names[*taken + some], keys[some]);
            some++;
        }
        stm_strings_find_many(&rows->actor_names, texts, some, handles + *taken);
        for (uint32_t i = 0; i < (some == 0 ? 1 : some) && status == STEMMA_OK; i++) {
            if (some == 0 || handles[*taken] == STEMMA_NONE) {
                status = stm_do_row_actor(writer, type, names[*taken], &handles[*taken], error);
            }
            *taken += status == STEMMA_OK;
        }
    }
    return status;
}
