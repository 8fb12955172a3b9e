/* SPDX-License-Identifier: MIT */
/* What the command line of stemma-query says. */
#ifndef STEMMA_QUERY_SETTINGS_H
#define STEMMA_QUERY_SETTINGS_H

#include "common/options.h"

struct stm_query_settings {
    int format; /* enum stm_format */
    int color;  /* enum stm_color_mode */
    const char *as_of;
    struct stm_option_list who;
    struct stm_option_list whom;
    struct stm_option_list with;
    const char *amount;
    int certainty; /* any, certain, probable, possible, unspecified */
    const char *publisher;
    const char *speaker;
    const char *during;
    const char *in;
    int by; /* stemma_timeline_step */
    const char *role;
    const char *type;
    const char *place;
    const char *from;
    const char *to;
    int actual;
    int prefix;
    uint64_t hops; /* 0: the command's own */
    int sentences;
    int passages;
    uint64_t limit; /* UINT64_MAX: the command's own */
    uint64_t offset;
    int trusted;
    int verify;
    int schema; /* print it, ask nothing */
};

extern const struct stm_program stm_query_program;

#endif
