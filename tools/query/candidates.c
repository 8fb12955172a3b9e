/* SPDX-License-Identifier: MIT */
#include "query/candidates.h"

#include <stdlib.h>
#include <string.h>

#include "query/query.h"

/* So that the answer comes at once, whatever the file. */
#define MOST_NAMES     40u
#define LOOKED_AT      4096u  /* entities, the most mentioned ones, whose names are compared */
#define MOST_DOCUMENTS 20000u /* whose ids are compared */
#define MOST_IDS       60u
#define MOST_TERMS     4096u

struct view {
    struct stm_completion *completion;
    stemma_file *file;
    stemma_snapshot *snapshot;
    stemma_counts counts;
};

static bool open_view(struct view *view, struct stm_completion *completion)
{
    stemma_open_options options = STEMMA_OPEN_OPTIONS_INIT;
    options.flags = STEMMA_OPEN_REMEMBER;
    memset(view, 0, sizeof *view);
    view->completion = completion;
    if (completion->operand_count == 0 ||
        stemma_open(&view->file, completion->operands[0], &options, NULL) != STEMMA_OK) {
        return false;
    }
    stemma_counts_get(view->file, &view->counts);
    return stemma_snapshot_begin(&view->snapshot, view->file, NULL) == STEMMA_OK;
}

static void close_view(struct view *view)
{
    stemma_snapshot_end(view->snapshot);
    stemma_close(view->file);
}

/* ---- Words of the vocabulary --------------------------------------------------------------------- */

/* Types that things of the file have, or predicates. */
static void offer_terms(struct view *view, uint8_t kind)
{
    uint32_t count =
        view->counts.vocabulary < MOST_TERMS ? (uint32_t)view->counts.vocabulary : MOST_TERMS;
    uint64_t *things = calloc(count + 1u, sizeof *things);
    if (things == NULL || stemma_type_counts(view->snapshot, things, count, NULL) != STEMMA_OK) {
        free(things);
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        stemma_term term;
        char about[96];
        if (stemma_term_get(view->snapshot, i, &term, NULL) != STEMMA_OK || term.kind != kind ||
            (kind != STEMMA_TERM_PREDICATE && things[i] == 0)) {
            continue;
        }
        snprintf(about, sizeof about, "%.*s", (int)(term.label.size < 80 ? term.label.size : 80),
                 term.label.size != 0 ? term.label.data : "");
        stm_complete_add(view->completion, term.name, stemma_text_of(about));
    }
    free(things);
}

/* ---- Names --------------------------------------------------------------------------------------- */

struct offered {
    uint32_t entities[2 * MOST_NAMES];
    uint32_t count;
};

/* Offers the name of an entity that begins as what is typed: the one that is shown, else another.
   `before`: words of the name that stand on the command line already. */
static void offer_name(struct view *view, struct offered *offered, uint32_t number, size_t before,
                       bool all_names)
{
    stemma_entity entity;
    stemma_text name;
    char about[64];
    for (uint32_t i = 0; i < offered->count; i++) {
        if (offered->entities[i] == number) {
            return;
        }
    }
    if (offered->count == MOST_NAMES ||
        stemma_entity_label(view->snapshot, number, &name, NULL) != STEMMA_OK ||
        (!all_names && !stm_complete_fits(view->completion, name)) ||
        stemma_entity_get(view->snapshot, number, &entity, NULL) != STEMMA_OK) {
        return;
    }
    for (uint32_t i = 0; i < entity.name_count && !stm_complete_fits(view->completion, name); i++) {
        name = entity.names[i].text;
    }
    if (!stm_complete_fits(view->completion, name) || name.size <= before) {
        return;
    }
    snprintf(about, sizeof about, "%.*s, %u document%s",
             (int)(entity.type.size < 40 ? entity.type.size : 40), entity.type.data, entity.documents,
             entity.documents == 1 ? "" : "s");
    offered->entities[offered->count++] = number;
    stm_complete_add(view->completion, name, stemma_text_of(about));
}

static void offer_names(struct view *view, size_t before)
{
    struct offered offered = {{0}, 0};
    stemma_find_options options = STEMMA_FIND_OPTIONS_INIT;
    const stemma_found *found = NULL;
    uint32_t count = 0;
    options.limit = 2 * MOST_NAMES;
#ifdef STEMMA_FIND_PREFIX
    options.flags = STEMMA_FIND_PREFIX;
#endif
    for (uint32_t i = 0; i < view->counts.entities && i < LOOKED_AT; i++) {
        offer_name(view, &offered, i, before, false);
        stemma_snapshot_reset(view->snapshot);
    }
    if (view->completion->typed[0] != '\0' && offered.count < MOST_NAMES &&
        stemma_find(view->snapshot, stemma_text_of(view->completion->typed), &options, &found, &count,
                    NULL) == STEMMA_OK) {
        for (uint32_t i = 0; i < count; i++) {
            offer_name(view, &offered, found[i].entity, before, true);
        }
    }
}

/* A name needs no quotes: words before the last one belong to it. */
static void offer_name_of_words(struct view *view, bool many)
{
    struct stm_completion *completion = view->completion;
    struct stm_buffer whole = {0};
    const char *typed = completion->typed;
    size_t before;
    for (int i = 2; many && i < completion->operand_count; i++) {
        stm_buffer_add_string(&whole, completion->operands[i]);
        stm_buffer_add_string(&whole, " ");
    }
    before = whole.size;
    stm_buffer_add_string(&whole, typed);
    stm_buffer_add(&whole, (stemma_text){"", 1});
    if (!whole.failed) {
        completion->typed = whole.data;
        completion->replaced += before;
        offer_names(view, before);
        completion->replaced -= before;
        completion->typed = typed;
    }
    stm_buffer_free(&whole);
}

/* "ROLE=NAME" */
static void offer_role_and_name(struct view *view)
{
    struct stm_completion *completion = view->completion;
    const char *typed = completion->typed;
    const char *sign = strchr(typed, '=');
    struct stm_buffer before = {0};
    const char *old = completion->before;
    if (sign == NULL) {
        offer_terms(view, STEMMA_TERM_PREDICATE);
        return;
    }
    stm_buffer_add_string(&before, old);
    stm_buffer_add(&before, (stemma_text){typed, (size_t)(sign - typed) + 1});
    stm_buffer_add(&before, (stemma_text){"", 1});
    if (!before.failed) {
        completion->before = before.data;
        completion->typed = sign + 1;
        offer_names(view, 0);
    }
    completion->before = old;
    completion->typed = typed;
    stm_buffer_free(&before);
}

/* ---- Ids ----------------------------------------------------------------------------------------- */

/* Offers ids of the referents or assertions of a document. */
static void offer_inside(struct view *view, uint32_t number, char kind, const char *document)
{
    stemma_document whole;
    uint32_t count;
    char id[STEMMA_ID_SIZE + 16];
    if (stemma_testimony_get(view->snapshot, number, &whole, NULL) != STEMMA_OK) {
        return;
    }
    count = kind == 'c' ? whole.assertion_count : whole.referent_count;
    for (uint32_t i = 0; i < count && view->completion->room != 0; i++) {
        stemma_text about = {NULL, 0};
        if (kind != 'c') {
            const stemma_referent *referent = &whole.referents[i];
            if ((referent->kind == STEMMA_REFERENT_EVENT) != (kind == 'v')) {
                continue;
            }
            about = referent->name_count != 0 ? referent->names[0].text : referent->type;
        } else {
            about = whole.assertions[i].predicate;
        }
        snprintf(id, sizeof id, "%c.%s.%u", kind, document, i);
        stm_complete_add(view->completion, stemma_text_of(id), about);
    }
}

/* Ids that begin as what is typed: "d.0k", "v.0kx". */
static void offer_ids(struct view *view)
{
    const char *typed = view->completion->typed;
    size_t part = strcspn(typed + 2, ".");
    uint32_t shown = 0;
    for (uint32_t i = 0; i < view->counts.documents && i < MOST_DOCUMENTS && shown < MOST_IDS; i++) {
        stemma_reference reference = {STEMMA_REFERENCE_DOCUMENT, i};
        char id[STEMMA_ID_SIZE];
        stemma_document document;
        if (i % 256u == 0) {
            stemma_snapshot_reset(view->snapshot);
        }
        if (stemma_id_text(view->snapshot, reference, id, NULL) != STEMMA_OK ||
            strncmp(id + 2, typed + 2, part) != 0) {
            continue;
        }
        shown++;
        if (typed[0] != 'd') {
            offer_inside(view, i, typed[0], id + 2);
        } else if (stemma_document_get(view->snapshot, i, &document, NULL) == STEMMA_OK) {
            stm_complete_add(view->completion, stemma_text_of(id),
                             document.title.size != 0 ? document.title : document.uri);
        }
    }
}

static bool begins_id(const char *typed)
{
    return typed[0] != '\0' && strchr("devc", typed[0]) != NULL && typed[1] == '.';
}

/* ---- All of them --------------------------------------------------------------------------------- */

static void offer(struct view *view, const char *what)
{
    const char *command = view->completion->command != NULL ? view->completion->command : "";
    if (strcmp(what, "TYPE") == 0) {
        offer_terms(view, strcmp(command, "find") == 0 ? STEMMA_TERM_ENTITY_TYPE
                                                       : STEMMA_TERM_EVENT_TYPE);
    } else if (strcmp(what, "ROLE") == 0) {
        offer_terms(view, STEMMA_TERM_PREDICATE);
    } else if (strcmp(what, "ROLE=NAME") == 0) {
        offer_role_and_name(view);
    } else if (strstr(what, "ID") != NULL && begins_id(view->completion->typed)) {
        offer_ids(view);
    } else if (strstr(what, "NAME") != NULL) {
        offer_name_of_words(view, view->completion->is_operand);
    } else if (strstr(what, "A B") != NULL) {
        offer_names(view, 0);
    }
}

void stm_query_complete(struct stm_completion *completion, const char *what)
{
    struct view view;
    if (completion->operand_count == 0) {
        return; /* no file yet */
    }
    if (open_view(&view, completion)) {
        offer(&view, what);
    }
    close_view(&view);
}
