/* SPDX-License-Identifier: MIT */
/* One run of stemma-pack: read, extract, judge, index and write. */
#ifndef STEMMA_PACK_PACK_H
#define STEMMA_PACK_PACK_H

#include "pack/settings.h"

/* Returns the exit status; complaints are on standard error. */
int stm_pack_run(const struct stm_pack_settings *settings);

#endif
