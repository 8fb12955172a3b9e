/* SPDX-License-Identifier: MIT */
/* The nouns that tell of happenings. */
#include "pack/extract/event_lexicon.h"

struct noun {
    const char *word;
    uint8_t kind;
    uint32_t flags;
};

static const struct noun nouns[] = {
    {"release", STM_EVENT_RELEASE, 0},
    {"releases", STM_EVENT_RELEASE, 0},
    {"liberation", STM_EVENT_RELEASE, STM_TRIGGER_WEAK},
    {"arrest", STM_EVENT_ARREST, 0},
    {"arrests", STM_EVENT_ARREST, 0},
    {"detention", STM_EVENT_ARREST, 0},
    {"imprisonment", STM_EVENT_ARREST, 0},
    {"pardon", STM_EVENT_PARDON, 0},
    {"pardons", STM_EVENT_PARDON, 0},
    {"conviction", STM_EVENT_CONVICT, 0},
    {"sentencing", STM_EVENT_SENTENCE, 0},
    {"meeting", STM_EVENT_MEET, 0},
    {"meetings", STM_EVENT_MEET, 0},
    {"talks", STM_EVENT_MEET, 0},
    {"negotiations", STM_EVENT_MEET, 0},
    {"discussions", STM_EVENT_MEET, 0},
    {"summit", STM_EVENT_MEET, 0},
    {"visit", STM_EVENT_MEET, 0},
    {"visits", STM_EVENT_MEET, 0},
    {"agreement", STM_EVENT_AGREE, 0},
    {"deal", STM_EVENT_AGREE, 0},
    {"accord", STM_EVENT_AGREE, 0},
    {"pact", STM_EVENT_AGREE, 0},
    {"ceasefire", STM_EVENT_AGREE, 0},
    {"treaty", STM_EVENT_AGREE, 0},
    {"deportation", STM_EVENT_TRANSFER, 0},
    {"expulsion", STM_EVENT_TRANSFER, 0},
    {"extradition", STM_EVENT_TRANSFER, 0},
    {"evacuation", STM_EVENT_TRANSFER, 0},
    {"attack", STM_EVENT_ATTACK, 0},
    {"attacks", STM_EVENT_ATTACK, 0},
    {"bombing", STM_EVENT_ATTACK, 0},
    {"bombings", STM_EVENT_ATTACK, 0},
    {"airstrike", STM_EVENT_ATTACK, 0},
    {"airstrikes", STM_EVENT_ATTACK, 0},
    {"shelling", STM_EVENT_ATTACK, 0},
    {"raid", STM_EVENT_ATTACK, 0},
    {"raids", STM_EVENT_ATTACK, 0},
    {"invasion", STM_EVENT_ATTACK, 0},
    {"assault", STM_EVENT_ATTACK, 0},
    {"ambush", STM_EVENT_ATTACK, 0},
    {"protest", STM_EVENT_PROTEST, 0},
    {"protests", STM_EVENT_PROTEST, 0},
    {"rally", STM_EVENT_PROTEST, 0},
    {"rallies", STM_EVENT_PROTEST, 0},
    {"riots", STM_EVENT_PROTEST, 0},
    {"unrest", STM_EVENT_PROTEST, 0},
    {"demonstration", STM_EVENT_PROTEST, 0},
    {"demonstrations", STM_EVENT_PROTEST, 0},
    {"election", STM_EVENT_ELECT, 0},
    {"elections", STM_EVENT_ELECT, 0},
    {"death", STM_EVENT_DIE, 0},
    {"deaths", STM_EVENT_DIE, 0},
    {"killing", STM_EVENT_DIE, 0},
    {"killings", STM_EVENT_DIE, 0},
    {"assassination", STM_EVENT_DIE, 0},
    {"murder", STM_EVENT_DIE, 0},
    {"execution", STM_EVENT_DIE, 0},
    {"lifting", STM_EVENT_LIFT, STM_TRIGGER_SANCTIONS},
    {"easing", STM_EVENT_LIFT, STM_TRIGGER_SANCTIONS},
    {"removal", STM_EVENT_LIFT, STM_TRIGGER_SANCTIONS},
    {"suspension", STM_EVENT_LIFT, STM_TRIGGER_SANCTIONS},
    {"end", STM_EVENT_LIFT, STM_TRIGGER_SANCTIONS},
    {"relief", STM_EVENT_LIFT, STM_TRIGGER_SANCTIONS},
    {"imposition", STM_EVENT_IMPOSE, STM_TRIGGER_SANCTIONS},
};

int stm_noun_trigger_at(const struct stm_annotation *ann, uint32_t token,
                        struct stm_trigger *trigger)
{
    const struct stm_token *word = &ann->tokens[token];
    uint32_t mention = word->mention;
    uint8_t tag = word->tag;
    if (word->lower.size == 0 || tag == STM_TAG_VERB || tag == STM_TAG_VERB_S ||
        (mention != STEMMA_NONE && ann->mentions[mention].kind == STEMMA_MENTION_NAME)) {
        return 0;
    }
    for (size_t i = 0; i < sizeof nouns / sizeof nouns[0]; i++) {
        if (nouns[i].word[0] != word->lower.data[0] ||
            !stemma_text_equal(word->lower, stemma_text_of(nouns[i].word))) {
            continue;
        }
        if (nouns[i].flags & STM_TRIGGER_SANCTIONS) {
            /* "the easing of US sanctions", "sanctions relief" */
            int before = token > 0 && stm_is_sanction_word(ann, token - 1);
            int after = stm_ann_is(ann, token + 1, stm_ann_is(ann, token, "end") ? "to" : "of") &&
                        stm_any_word_ahead(ann, token, 6, stm_is_sanction_word);
            if (!before && !after) {
                return 0;
            }
        }
        if (token > 0 &&
            (stm_ann_is(ann, token - 1, "heart") || stm_ann_is(ann, token - 1, "panic") ||
             stm_ann_is(ann, token - 1, "asthma"))) {
            return 0;
        }
        if (token > 0 && !stm_ann_is(ann, token + 1, "of") &&
            (nouns[i].kind == STM_EVENT_DIE || nouns[i].kind == STM_EVENT_ATTACK) &&
            tag != STM_TAG_PLURAL &&
            (stm_ann_is(ann, token - 1, "of") || stm_ann_is(ann, token - 1, "with") ||
             stm_ann_is(ann, token - 1, "to"))) {
            return 0; /* "charged with murder", "put to death": a charge, no happening */
        }
        if (token > 0 &&
            (stm_ann_is(ann, token - 1, "press") || stm_ann_is(ann, token - 1, "news"))) {
            return 0; /* a press release frees nobody */
        }
        /* "protest leader", "election campaign": the noun only qualifies another. */
        uint8_t next = token + 1 < ann->token_count ? ann->tokens[token + 1].tag
                                                    : (uint8_t)STM_TAG_PUNCTUATION;
        if ((next == STM_TAG_NOUN || next == STM_TAG_PLURAL || next == STM_TAG_PROPN) &&
            ann->tokens[token + 1].sentence == word->sentence) {
            return 0;
        }
        trigger->kind = nouns[i].kind;
        trigger->form = STM_FORM_NONE;
        trigger->count = 1;
        trigger->flags = nouns[i].flags;
        return 1;
    }
    return 0;
}
