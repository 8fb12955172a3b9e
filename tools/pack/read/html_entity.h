/* SPDX-License-Identifier: MIT */
/**
 * @file html_entity.h
 * Character references ("&quot;", "&#8217;") in text that did not come through the HTML parser.
 */
#ifndef STEMMA_PACK_HTML_ENTITY_H
#define STEMMA_PACK_HTML_ENTITY_H

#include "common/arena.h"
#include "stemma/types.h"

/** `text` with every reference that ends in a semicolon and is known replaced by its character;
    what is not one stays as it stands. `text` itself when there is nothing to replace, else a copy
    that lives as long as the arena. `*status` becomes STEMMA_E_NO_MEMORY when memory is refused,
   and stays as it was otherwise. */
stemma_text stm_html_decode(struct stm_arena *arena, stemma_text text, stemma_status *status);

#endif
