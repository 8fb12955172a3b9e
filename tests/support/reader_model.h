/* SPDX-License-Identifier: MIT */
/**
 * @file reader_model.h
 * The weights that come with the reader, for tests that read text.
 */
#ifndef STEMMA_TEST_READER_MODEL_H
#define STEMMA_TEST_READER_MODEL_H

#include <stdio.h>
#include <stdlib.h>

#include "pack/model/model.h"

static inline const struct stm_model *reader_model(void)
{
    static struct stm_model *model; /* one for the whole program, which never closes it */
    stemma_error error;
    if (model == NULL &&
        stm_model_open(&model, STEMMA_SOURCE_DIR "/tools/model/english.model", &error) !=
            STEMMA_OK) {
        fprintf(stderr, "%s: %s\n", error.code, error.message);
        exit(1);
    }
    return model;
}

#endif
