/* SPDX-License-Identifier: MIT */
#include "query/choose.h"

#include "common/refusal.h"

#define CANDIDATES 6u
#define CLOSE 60u   /* a score so near to the best is no worse */
#define SURE 1000u  /* the name itself, in whatever script or case */

#define NAME_SHOWN 200u /* bytes: a message is a line to read */

/* A name from the command line or the file, for a message: the beginning of one that is long. The caller
   frees it. */
static struct stm_buffer safe(stemma_text text)
{
    struct stm_buffer buffer = {0};
    stemma_text shown = text;
    if (text.size > NAME_SHOWN) {
        shown.size = NAME_SHOWN;
        while (shown.size > 0 && ((unsigned char)text.data[shown.size] & 0xc0u) == 0x80u) {
            shown.size--; /* to where a character begins */
        }
    }
    stm_buffer_add_safe(&buffer, shown);
    if (shown.size < text.size) {
        stm_buffer_add_string(&buffer, "...");
    }
    return buffer;
}

static stemma_status nothing(struct stm_query *query, stemma_text text, const char *what)
{
    struct stm_buffer words = safe(text);
    query->told = true;
    if (stm_refusal_met()) { /* that is why */
        stm_buffer_free(&words);
        return STEMMA_E_NO_MEMORY;
    }
    stm_query_note("%s '%.*s'%s", what, (int)words.size, words.data != NULL ? words.data : "",
                   query->settings->as_of != NULL ? " as of that date" : "");
    stm_buffer_free(&words);
    return STEMMA_NOT_FOUND;
}

stemma_text stm_choose_arguments(struct stm_query *query, int first)
{
    struct stm_buffer joined = {0};
    stemma_text out = {NULL, 0};
    for (int i = first; i < query->argument_count; i++) {
        stm_buffer_add_string(&joined, i != first ? " " : "");
        stm_buffer_add_string(&joined, query->arguments[i]);
    }
    if (!joined.failed) {
        out = stm_arena_text(&query->arena, stm_buffer_text(&joined));
    }
    stm_buffer_free(&joined);
    return out;
}

/* A line on a candidate: who it is, and, when it is not called what was asked for, why it may be. */
static void note_candidate(struct stm_query *query, const stemma_found *found)
{
    uint32_t number = found->entity;
    stemma_entity entity;
    char id[STEMMA_ID_SIZE];
    if (stm_query_id(query, STEMMA_REFERENCE_ENTITY, number, id) == STEMMA_OK &&
        stemma_entity_get(query->item, number, &entity, NULL) == STEMMA_OK) {
        struct stm_buffer name = safe(entity.name);
        struct stm_buffer type = safe(entity.type);
        stemma_text by = found->name < entity.name_count ? entity.names[found->name].text
                                                         : entity.name;
        struct stm_buffer other = {0};
        if (!stemma_text_equal(by, entity.name)) {
            stm_buffer_add_string(&other, "as ");
            stm_buffer_add_safe(&other, by);
            stm_buffer_add_string(&other, ": ");
        }
        stm_buffer_add_string(&other, stemma_match_reason_text(found->reason));
        fprintf(stderr, "  %-18s %.*s (%.*s, in %u document%s; %.*s)\n", id, (int)name.size,
                name.data != NULL ? name.data : "", (int)type.size,
                type.data != NULL ? type.data : "", entity.documents,
                entity.documents == 1 ? "" : "s", (int)other.size,
                other.data != NULL ? other.data : "");
        stm_buffer_free(&other);
        stm_buffer_free(&name);
        stm_buffer_free(&type);
    }
}

/* Leaves the candidates that are about as good as the best. */
static stemma_status keep_close(struct stm_query *query, const stemma_found *found, uint32_t count,
                                const stemma_found *kept[CANDIDATES], uint32_t *kept_count)
{
    uint32_t best = 0;
    *kept_count = 0;
    for (uint32_t i = 0; i < count && *kept_count < CANDIDATES; i++) {
        stemma_entity entity;
        stemma_status status =
            stemma_entity_get(query->item, found[i].entity, &entity, &query->error);
        if (status != STEMMA_OK) {
            return status;
        }
        best = *kept_count == 0 ? found[i].score : best;
        if (found[i].score + CLOSE < best || (best == SURE && found[i].score < SURE)) {
            break;
        }
        kept[(*kept_count)++] = &found[i];
    }
    return STEMMA_OK;
}

/* Whether somebody who meant another would want to know. */
static bool is_guess(uint8_t reason)
{
    return reason == STEMMA_MATCH_MISSPELT || reason == STEMMA_MATCH_PREFIX ||
           reason == STEMMA_MATCH_NICKNAME;
}

static stemma_status by_name(struct stm_query *query, stemma_text text, stemma_text type,
                             uint32_t *entity)
{
    stemma_find_options options = STEMMA_FIND_OPTIONS_INIT;
    const stemma_found *found = NULL;
    const stemma_found *kept[CANDIDATES];
    uint32_t count = 0;
    uint32_t kept_count = 0;
    stemma_status status;
    options.limit = CANDIDATES;
    options.type = type;
    status = stemma_find(query->item, text, &options, &found, &count, &query->error);
    if (status == STEMMA_OK && count == 0 && type.size != 0) {
        options.type = (stemma_text){NULL, 0};
        status = stemma_find(query->item, text, &options, &found, &count, &query->error);
    }
    if (status == STEMMA_OK) {
        status = keep_close(query, found, count, kept, &kept_count);
    }
    if (status != STEMMA_OK) {
        return status;
    }
    if (kept_count == 0) {
        return nothing(query, text, "nobody and nothing is called");
    }
    *entity = kept[0]->entity;
    if (kept_count > 1 || kept[0]->score < 900 || is_guess(kept[0]->reason)) {
        struct stm_buffer words = safe(text);
        stm_query_note(kept_count > 1 ? "'%.*s' may be one of these; taking the first"
                                      : "the nearest to '%.*s' is",
                       (int)words.size, words.data != NULL ? words.data : "");
        stm_buffer_free(&words);
        for (uint32_t i = 0; i < kept_count; i++) {
            note_candidate(query, kept[i]);
        }
    }
    return STEMMA_OK;
}

static stemma_status by_id(struct stm_query *query, stemma_text text, stemma_reference *out)
{
    stemma_status status = stemma_resolve(query->item, text, out, &query->error);
    return status == STEMMA_NOT_FOUND ? nothing(query, text, "there is nothing with the id")
                                      : status;
}

stemma_status stm_choose(struct stm_query *query, stemma_text text, stemma_reference *out)
{
    stemma_status status = by_id(query, text, out);
    if (status == STEMMA_E_INVALID) {
        out->kind = STEMMA_REFERENCE_ENTITY;
        status = by_name(query, text, (stemma_text){NULL, 0}, &out->number);
    }
    return status;
}

stemma_status stm_choose_entity(struct stm_query *query, stemma_text text, stemma_text type,
                                uint32_t *entity)
{
    stemma_reference reference;
    stemma_status status = by_id(query, text, &reference);
    if (status == STEMMA_E_INVALID) {
        return by_name(query, text, type, entity);
    }
    if (status == STEMMA_OK && reference.kind != STEMMA_REFERENCE_ENTITY) {
        query->exit = stm_usage_error(&stm_query_program, "'%.*s' is not a person, organisation, "
                                      "place, group or thing", (int)text.size, text.data);
        return STEMMA_E_MISUSE;
    }
    *entity = reference.number;
    return status;
}

stemma_status stm_choose_id(struct stm_query *query, stemma_text text, stemma_reference *out)
{
    stemma_status status = by_id(query, text, out);
    if (status == STEMMA_E_INVALID) {
        struct stm_buffer words = safe(text);
        query->exit = stm_usage_error(&stm_query_program, "'%.*s' is not an id such as "
                                      "e.0123456789ab.4", (int)words.size,
                                      words.data != NULL ? words.data : "");
        stm_buffer_free(&words);
        return STEMMA_E_MISUSE;
    }
    return status;
}

stemma_status stm_choose_term(struct stm_query *query, const char *option, const char *name,
                              uint8_t kind)
{
    return name == NULL ? STEMMA_OK
                        : stm_choose_text_term(query, option, stemma_text_of(name), kind);
}

stemma_status stm_choose_text_term(struct stm_query *query, const char *option, stemma_text wanted,
                                   uint8_t kind)
{
    struct stm_buffer words;
    for (uint32_t i = 0; i < query->counts.vocabulary; i++) {
        stemma_term term;
        stemma_status status = stemma_term_get(query->item, i, &term, &query->error);
        if (status != STEMMA_OK) {
            return status;
        }
        if (term.kind == kind &&
            (stemma_text_equal(term.name, wanted) ||
             (term.name.size > wanted.size && term.name.data[wanted.size] == '.' &&
              memcmp(term.name.data, wanted.data, wanted.size) == 0))) {
            return STEMMA_OK;
        }
    }
    query->told = true;
    words = safe(wanted);
    stm_query_note("--%s: the file does not know '%.*s'; stemma-dump --table=vocabulary lists the "
                   "words it knows", option, (int)words.size, words.data != NULL ? words.data : "");
    stm_buffer_free(&words);
    return STEMMA_NOT_FOUND;
}
