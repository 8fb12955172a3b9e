/* SPDX-License-Identifier: MIT */
/**
 * @file mapping_guard.h
 * Against files that are cut short while they are read.
 */
#ifndef STEMMA_TOOLS_MAPPING_GUARD_H
#define STEMMA_TOOLS_MAPPING_GUARD_H

/** A knowledge base is mapped, never edited in place; but somebody may copy another file over it, and
 *  then the system ends whoever reads pages that are gone (SIGBUS). From here on the program says so
 *  on standard error instead and exits with STM_EXIT_SYSTEM. `program` must live as long as the
 *  process. Call it once, before threads start. */
void stm_guard_mapping(const char *program);

#endif
