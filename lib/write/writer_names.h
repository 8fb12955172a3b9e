/* SPDX-License-Identifier: MIT */
/* The tables of entities and of their names. */
#ifndef STEMMA_LIB_WRITER_NAMES_H
#define STEMMA_LIB_WRITER_NAMES_H

#include "write/writer_stage.h"

/* Writes the tables entity, alias, label, token, name and gram. */
stemma_status stm_writer_put_names(stemma_writer *writer, stemma_error *error);

#endif
