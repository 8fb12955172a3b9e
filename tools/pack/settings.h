/* SPDX-License-Identifier: MIT */
/* What the command line of stemma-pack says. */
#ifndef STEMMA_PACK_SETTINGS_H
#define STEMMA_PACK_SETTINGS_H

#include <stdint.h>

#include "common/options.h"

enum stm_judge_mode {
    STM_JUDGE_NEW, /* what came with judgements keeps them; the rest is judged */
    STM_JUDGE_ALL, /* only people's judgements are kept; everything is judged again */
    STM_JUDGE_NONE /* no new judgements */
};

struct stm_pack_settings {
    const char *output;
    const char *manifest;
    const char *rejects;
    const char *base;
    const char *model; /* NULL: the one that came with the program */
    struct stm_option_list mappings;
    struct stm_option_list judgements;
    uint64_t jobs;
    uint64_t line_limit;
    uint64_t memory; /* bytes; 0: the default */
    int judge; /* enum stm_judge_mode */
    int force;
    int withhold;
    int quiet;
    int verbose;
    const char *const *inputs;
    int input_count;
};

extern const struct stm_program stm_pack_program;

#endif
