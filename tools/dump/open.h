/* SPDX-License-Identifier: MIT */
/* The file that stemma-dump reads, and what is said when it cannot be. */
#ifndef STEMMA_DUMP_OPEN_H
#define STEMMA_DUMP_OPEN_H

#include "dump/settings.h"
#include "stemma/read.h"

/* Opens as the settings say and begins a snapshot. On failure both are NULL. */
int stm_dump_open(const struct stm_dump_settings *settings, stemma_file **file,
                  stemma_snapshot **snapshot);

/* "stemma-dump: KB: where: message [CODE]"; returns the exit status for `status`. */
int stm_dump_failed(const struct stm_dump_settings *settings, stemma_status status,
                    const stemma_error *error);

#endif
