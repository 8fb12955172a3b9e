/* SPDX-License-Identifier: MIT */
#include "pack/model/model_rows.h"

#include "pack/model/gazetteer.h"
#include "pack/model/parser.h"
#include "pack/model/tagger.h"

#include <stdatomic.h>
#include <stdlib.h>

/* Documents after which the tables are laid out, which takes as long as reading about as many. */
#define PAYS_AFTER 6u

struct stm_model_rows {
    atomic_uint documents;
    _Atomic(struct stm_feature_rows *) tags;
    _Atomic(struct stm_feature_rows *) labels;
    _Atomic(const struct stm_action_table *) actions;
    _Atomic(uint64_t *) lists;
    struct stm_action_table action_table;
    void *action_memory;
};

struct stm_model_rows *stm_model_rows_new(void)
{
    struct stm_model_rows *rows = malloc(sizeof *rows);
    if (rows != NULL) {
        atomic_init(&rows->documents, 0);
        atomic_init(&rows->tags, NULL);
        atomic_init(&rows->labels, NULL);
        atomic_init(&rows->actions, NULL);
        atomic_init(&rows->lists, NULL);
        rows->action_memory = NULL;
    }
    return rows;
}

void stm_model_rows_free(struct stm_model_rows *rows)
{
    if (rows != NULL) {
        stm_feature_rows_free(atomic_load(&rows->tags));
        stm_feature_rows_free(atomic_load(&rows->labels));
        free(rows->action_memory);
        free(atomic_load(&rows->lists));
        free(rows);
    }
}

void stm_model_rows_use(const struct stm_model *model)
{
    struct stm_model_rows *rows = stm_model_rows_of(model);
    struct stm_tagger tagger;
    struct stm_parser parser;
    struct stm_gazetteer lists;
    /* One thread comes to that number. The others go on with the tables as they are in the file. */
    if (atomic_load(&rows->documents) > PAYS_AFTER ||
        atomic_fetch_add(&rows->documents, 1) != PAYS_AFTER) {
        return;
    }
    if (stm_tagger_open(&tagger, model)) {
        atomic_store(&rows->tags, stm_feature_rows_new(&tagger.weights));
    }
    if (stm_parser_open(&parser, model)) {
        atomic_store(&rows->labels, stm_feature_rows_new(&parser.labels));
        stm_action_table_copy(&rows->action_table, &parser.actions, &rows->action_memory);
        atomic_store(&rows->actions, &rows->action_table);
    }
    size_t size = 0;
    const void *section = stm_model_section(model, "gazetteer", &size);
    if (stm_gazetteer_open(&lists, section, size) == 0) {
        atomic_store(&rows->lists, stm_gazetteer_filter_new(&lists));
    }
}

const struct stm_feature_rows *stm_model_rows_of_tags(const struct stm_model *model)
{
    return atomic_load(&stm_model_rows_of(model)->tags);
}

const struct stm_feature_rows *stm_model_rows_of_labels(const struct stm_model *model)
{
    return atomic_load(&stm_model_rows_of(model)->labels);
}

const struct stm_action_table *stm_model_rows_of_actions(const struct stm_model *model)
{
    return atomic_load(&stm_model_rows_of(model)->actions);
}

const uint64_t *stm_model_rows_of_lists(const struct stm_model *model)
{
    return atomic_load(&stm_model_rows_of(model)->lists);
}
