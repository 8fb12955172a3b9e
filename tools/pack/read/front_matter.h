/* SPDX-License-Identifier: MIT */
/**
 * @file front_matter.h
 * YAML front matter: a mapping between two lines of three hyphens at the beginning of a text.
 */
#ifndef STEMMA_PACK_FRONT_MATTER_H
#define STEMMA_PACK_FRONT_MATTER_H

#include "common/problem.h"
#include "pack/read/source.h"

#define STM_FRONT_MATTER_LIMIT 16384u /* bytes; a longer block is taken as text */

/** If `*text` begins with front matter, reads the keys that it knows into `fields`, moves `*text`
 *  behind it, and reports keys or dates that cannot be read to `problems` as warnings about `file`.
 *  Broken YAML is reported (FRONT_MATTER_INVALID) and left in the text. Known keys: title; date,
 *  published, pubdate; publisher, site; author, byline; agency; language, lang; url, uri, link;
 *  retrieved; licence, license. STEMMA_OK or STEMMA_E_NO_MEMORY. Any thread. */
STEMMA_NODISCARD stemma_status stm_front_matter_read(stemma_text *text, stemma_text file,
                                                     struct stm_arena *arena,
                                                     stm_source_fields *fields,
                                                     stm_problems *problems);

#endif
