/* SPDX-License-Identifier: MIT */
#include "pack/extract/event_headline.h"

#include "pack/extract/event_word.h"

/** Whether it happens to people or things at a site, so that the site says which one it was. */
static int happens_at_site(enum stm_event_kind kind)
{
    return kind == STM_EVENT_LIFE_DIE || kind == STM_EVENT_LIFE_INJURE ||
           (kind >= STM_EVENT_DISASTER_COLLAPSE && kind <= STM_EVENT_DISASTER_STORM);
}

/** Sites of which the name is mostly that of their place. */
static int is_site(const struct stm_annotation *ann, uint32_t token)
{
    static const char *const words[] = {"mine",    "colliery", "quarry",  "pit",     "factory",  "mill",
                                        "plant",   "refinery", "dam",     "bridge",  "tunnel",   "port",
                                        "airport", "prison",   "jail",    "camp",    "hospital", "school",
                                        "stadium", "market",   "station", "depot",   "shipyard", "ferry"};
    return STM_TOKEN_IS_ANY(ann, token, words);
}

/** The place right before a site: of "the Karsen mine" Karsen; or STEMMA_NONE. */
static uint32_t place_before(const struct stm_annotation *ann, uint32_t site)
{
    uint32_t mention = ann->tokens[site - 1].mention;
    return mention != STEMMA_NONE && ann->tokens[site - 1].sentence == ann->tokens[site].sentence &&
                   ann->mentions[mention].kind == STEMMA_MENTION_NAME &&
                   ann->mentions[mention].type == STM_ENTITY_PLACE
               ? mention
               : STEMMA_NONE;
}

static int is_same(const struct stm_annotation *ann, uint32_t a, uint32_t b)
{
    const struct stm_mention *one = &ann->mentions[a];
    const struct stm_mention *other = &ann->mentions[b];
    return (one->referent != STEMMA_NONE && one->referent == other->referent) ||
           stemma_text_equal(stm_ann_words(ann, one->first, one->count),
                             stm_ann_words(ann, other->first, other->count));
}

void stm_place_by_text(const struct stm_annotation *ann, struct stm_candidate *candidate)
{
    uint32_t noun = candidate->first;
    uint32_t found = STEMMA_NONE;
    if (!candidate->in_title || !candidate->nominal || candidate->place_mention != STEMMA_NONE ||
        !happens_at_site((enum stm_event_kind)candidate->kind) ||
        noun == ann->sentences[ann->tokens[noun].sentence].first || !is_site(ann, noun - 1)) {
        return;
    }
    for (uint32_t i = stm_ann_sentence_end(ann, ann->tokens[noun].sentence); i < ann->token_count; i++) {
        if (!stemma_text_equal(ann->tokens[i].lower, ann->tokens[noun - 1].lower)) {
            continue;
        }
        uint32_t place = place_before(ann, i);
        if (place != STEMMA_NONE && found != STEMMA_NONE && !is_same(ann, place, found)) {
            return; /* of two mines, who knows which */
        }
        found = found == STEMMA_NONE ? place : found;
    }
    if (found != STEMMA_NONE) {
        candidate->place_mention = found;
        candidate->definite = 1;
    }
}
