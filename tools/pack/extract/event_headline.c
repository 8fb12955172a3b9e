/* SPDX-License-Identifier: MIT */
#include "pack/extract/event_headline.h"

#include "pack/extract/event_clause.h"
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

int stm_is_called_anew(const struct stm_annotation *ann, uint32_t mention)
{
    const struct stm_mention *its = &ann->mentions[mention];
    return its->kind == STEMMA_MENTION_NOMINAL && its->type == STM_ENTITY_PERSON && !its->plural &&
           its->referent == STEMMA_NONE;
}

/** The one person who fills a role in what the text tells of a happening, and whom `mention` may mean (STEMMA_NONE:
    anybody); or STEMMA_NONE. */
static uint32_t person_in_text(const struct stm_events *events, uint32_t cluster, const char *role,
                               uint32_t mention)
{
    const struct stm_annotation *ann = events->ann;
    uint32_t found = STEMMA_NONE;
    for (size_t i = 0; i < events->count; i++) {
        const struct stm_candidate *candidate = &events->candidates[i];
        if (candidate->cluster != cluster || candidate->in_title) {
            continue;
        }
        for (uint32_t k = 0; k < candidate->filler_count; k++) {
            const struct stm_filler *filler = &events->fillers[candidate->filler_first + k];
            if (strcmp(filler->role, role) != 0 || filler->text) {
                continue;
            }
            if (filler->referent == STEMMA_NONE || filler->quantity != STEMMA_NONE ||
                (found != STEMMA_NONE && filler->referent != found)) {
                return STEMMA_NONE; /* more than one */
            }
            found = filler->referent;
        }
    }
    if (found == STEMMA_NONE) {
        return STEMMA_NONE;
    }
    const struct stm_referent *who = &ann->referents[found];
    uint8_t gender = mention == STEMMA_NONE ? (uint8_t)STM_GENDER_UNKNOWN : ann->mentions[mention].gender;
    int differs = gender != STM_GENDER_UNKNOWN && who->gender != STM_GENDER_UNKNOWN &&
                  gender != who->gender;
    return who->entity_type == STM_ENTITY_PERSON && !who->plural && !differs ? found : STEMMA_NONE;
}

static int is_named(const struct stm_annotation *ann, uint32_t referent)
{
    const struct stm_referent *who = &ann->referents[referent];
    for (size_t i = 0; i < who->name_count; i++) {
        if (who->names[i].kind != STEMMA_NAME_NOMINAL) {
            return 1;
        }
    }
    return 0;
}

/** Whether nothing says who a nominal of a headline is but the words that say what he is, there and in the text. */
static int is_unnamed(const struct stm_annotation *ann, uint32_t mention)
{
    const struct stm_mention *its = &ann->mentions[mention];
    if (its->kind != STEMMA_MENTION_NOMINAL || its->plural || its->referent == STEMMA_NONE ||
        is_named(ann, its->referent)) {
        return 0;
    }
    for (uint32_t i = 0; i < ann->mention_count; i++) {
        if (i != mention && ann->mentions[i].referent == its->referent) {
            return ann->referents[its->referent].entity_type == STM_ENTITY_PERSON;
        }
    }
    return 0;
}

/** Gives a mention to another referent, and takes its words from the names of the one it had. */
static void move_mention(struct stm_annotation *ann, uint32_t mention, uint32_t referent)
{
    struct stm_mention *its = &ann->mentions[mention];
    struct stm_referent *had = &ann->referents[its->referent];
    stemma_text words = stm_ann_name_words(ann, its);
    size_t kept = 0;
    for (size_t i = 0; i < had->name_count; i++) {
        if (!stemma_text_equal(had->names[i].text, words)) {
            had->names[kept++] = had->names[i];
        }
    }
    had->name_count = kept;
    its->referent = referent;
}

/** "Ex-nurse jailed": words of a headline for the one whom the text has in that role say no more. */
static void drop_described(struct stm_events *events, struct stm_candidate *candidate)
{
    uint32_t kept = 0;
    for (uint32_t k = 0; candidate->in_title && k < candidate->filler_count; k++) {
        struct stm_filler filler = events->fillers[candidate->filler_first + k];
        if (filler.text && filler.count != 0 &&
            stm_is_people_word(events->ann, filler.first + filler.count - 1) &&
            person_in_text(events, candidate->cluster, filler.role, STEMMA_NONE) != STEMMA_NONE) {
            continue;
        }
        events->fillers[candidate->filler_first + kept++] = filler;
    }
    candidate->filler_count = candidate->in_title ? kept : candidate->filler_count;
}

stemma_status stm_settle_headlines(struct stm_events *events)
{
    struct stm_annotation *ann = events->ann;
    stemma_status status = STEMMA_OK;
    for (size_t i = 0; i < events->count && status == STEMMA_OK; i++) {
        struct stm_candidate *candidate = &events->candidates[i];
        drop_described(events, candidate);
        uint32_t count = candidate->in_title ? candidate->filler_count : 0;
        for (uint32_t k = 0; k < count && status == STEMMA_OK; k++) {
            struct stm_filler *filler = &events->fillers[candidate->filler_first + k];
            if (filler->mention != STEMMA_NONE && is_unnamed(ann, filler->mention)) {
                /* "HEAD OF STATE PARDONS 87", of whom the text has a name and "the head of state", too */
                uint32_t who = person_in_text(events, candidate->cluster, filler->role, filler->mention);
                if (who != STEMMA_NONE && is_named(ann, who)) {
                    move_mention(ann, filler->mention, who);
                    filler->referent = who;
                }
            }
            if (filler->mention == STEMMA_NONE || filler->referent != STEMMA_NONE) {
                continue;
            }
            if (stm_is_called_anew(ann, filler->mention)) {
                ann->mentions[filler->mention].referent =
                    person_in_text(events, candidate->cluster, filler->role, filler->mention);
            }
            status = stm_ann_referent_for_mention(ann, filler->mention, &filler->referent);
        }
    }
    return status;
}
