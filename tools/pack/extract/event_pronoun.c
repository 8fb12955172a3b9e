/* SPDX-License-Identifier: MIT */
#include "pack/extract/event_pronoun.h"

#include "pack/extract/attribution_range.h"
#include "pack/extract/event_word.h"

#include <string.h>

enum { IN_QUOTE = 100 /**< Tokens before a pronoun in a quotation within which its noun is looked for. */ };

/** Whether what a pronoun in a quotation stands for is mentioned before it in the quotation. */
static int is_named_in_quote(const struct stm_annotation *ann, uint32_t pronoun, uint32_t referent)
{
    uint32_t quote = ann->tokens[pronoun].quote;
    for (uint32_t i = pronoun; i-- > 0 && ann->tokens[i].quote == quote && pronoun - i < IN_QUOTE;) {
        uint32_t mention = ann->tokens[i].mention;
        if (mention != STEMMA_NONE && referent != STEMMA_NONE &&
            ann->mentions[mention].referent == referent &&
            ann->mentions[mention].kind != STEMMA_MENTION_PRONOUN) {
            return 1;
        }
    }
    return 0;
}

int stm_pronoun_is_other(const struct stm_annotation *ann, uint32_t token, const char *role)
{
    static const char *const many[] = {"they", "them", "their", "theirs", "themselves"};
    static const char *const own[] = {"i", "me", "my", "we", "us", "our", "myself"};
    uint32_t referent = ann->mentions[ann->tokens[token].mention].referent;
    int quoted = (ann->tokens[token].flags & STM_TOKEN_IN_QUOTE) != 0;
    if (quoted && stm_ann_is(ann, token, "they") && strcmp(role, "agent") == 0 &&
        !is_named_in_quote(ann, token, referent)) {
        return 1; /* "They have expelled me": whoever has the power to */
    }
    if (referent == STEMMA_NONE) {
        return 0;
    }
    if (ann->referents[referent].entity_type == STM_ENTITY_PERSON &&
        !ann->referents[referent].plural && STM_TOKEN_IS_ANY(ann, token, many)) {
        return 1; /* "their release", where only one person is known: not that one */
    }
    const struct stm_attributed *said = stm_attributed_at(ann, token);
    return quoted && said != NULL && said->speaker == referent &&
           !STM_TOKEN_IS_ANY(ann, token, own); /* "She is happy to be freed," X said: she is not X */
}
