/* SPDX-License-Identifier: MIT */
/**
 * @file model_rows.h
 * Tables of a model that were laid out for speed (feature_rows.h), once enough is read with it to pay for that.
 * They change no answer. Any thread.
 */
#ifndef STEMMA_MODEL_MODEL_ROWS_H
#define STEMMA_MODEL_MODEL_ROWS_H

#include "pack/model/feature_rows.h"
#include "pack/model/model.h"

struct stm_model_rows;

/** NULL when there is no memory. */
struct stm_model_rows *stm_model_rows_new(void);

/** NULL is allowed. Nobody reads with the model any more. */
void stm_model_rows_free(struct stm_model_rows *rows);

/** To be called before a document is read with the model: at one of the first it lays the tables out. */
void stm_model_rows_use(const struct stm_model *model);

/** The weights of the tagger and those of the parser's labels; NULL: not laid out. */
const struct stm_feature_rows *stm_model_rows_of_tags(const struct stm_model *model);
const struct stm_feature_rows *stm_model_rows_of_labels(const struct stm_model *model);

/** The weights of the parser's actions; NULL: not laid out. */
const struct stm_action_table *stm_model_rows_of_actions(const struct stm_model *model);

/** What gazetteer.h skips searches by; NULL: not made. */
const uint64_t *stm_model_rows_of_lists(const struct stm_model *model);

#endif
