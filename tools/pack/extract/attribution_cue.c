/* SPDX-License-Identifier: MIT */
#include "pack/extract/attribution_cue.h"

struct cue {
    const char *base;
    const char *past; /**< Irregular past and participle; NULL when regular. */
    uint32_t frames;
};

#define THAT STM_CUE_THAT
#define BARE (STM_CUE_THAT | STM_CUE_BARE)

static const struct cue cues[] = {
    {"say", "said", BARE | STM_CUE_LOOSE},
    {"add", NULL, BARE},
    {"tell", "told", BARE | STM_CUE_LOOSE | STM_CUE_ADDRESSEE},
    {"inform", NULL, THAT | STM_CUE_ADDRESSEE},
    {"state", NULL, THAT},
    {"announce", NULL, BARE},
    {"report", NULL, BARE},
    {"claim", NULL, BARE},
    {"insist", NULL, BARE},
    {"argue", NULL, BARE},
    {"warn", NULL, THAT | STM_CUE_BARE},
    {"note", NULL, THAT},
    {"stress", NULL, THAT},
    {"emphasize", NULL, THAT},
    {"emphasise", NULL, THAT},
    {"confirm", NULL, THAT},
    {"reveal", NULL, THAT},
    {"explain", NULL, THAT},
    {"declare", NULL, THAT},
    {"admit", NULL, BARE},
    {"suggest", NULL, BARE},
    {"allege", NULL, BARE},
    {"believe", NULL, BARE},
    {"write", "wrote", THAT},
    {"tweet", NULL, THAT},
    {"post", NULL, THAT},
    {"acknowledge", NULL, THAT},
    {"concede", NULL, THAT},
    {"maintain", NULL, THAT},
    {"estimate", NULL, THAT},
    {"predict", NULL, THAT},
    {"recall", NULL, THAT},
    {"reply", NULL, THAT},
    {"respond", NULL, THAT},
    {"reiterate", NULL, THAT},
    {"indicate", NULL, BARE},
    {"complain", NULL, THAT},
    {"testify", NULL, THAT},
    {"promise", NULL, THAT},
    {"vow", NULL, THAT},
    {"pledge", NULL, THAT},
    {"conclude", NULL, THAT},
    {"observe", NULL, THAT},
    {"remark", NULL, THAT},
    {"assert", NULL, THAT},
    {"contend", NULL, BARE},
    {"deny", NULL, THAT | STM_CUE_DENIES},
    {"ask", NULL, STM_CUE_ASKS | STM_CUE_ADDRESSEE | STM_CUE_DEMANDS},
    {"question", NULL, STM_CUE_ASKS},
    {"wonder", NULL, STM_CUE_ASKS},
    {"demand", NULL, THAT | STM_CUE_DEMANDS},
    {"urge", NULL, STM_CUE_DEMANDS | STM_CUE_ADDRESSEE},
    {"call", NULL, STM_CUE_DEMANDS | STM_CUE_PHRASE},
    {"appeal", NULL, STM_CUE_DEMANDS},
    {"accuse", NULL, STM_CUE_ACCUSES},
    {"quote", NULL, STM_CUE_QUOTED},
    {"cite", NULL, STM_CUE_QUOTED},
    {"describe", NULL, STM_CUE_PHRASE},
    {"condemn", NULL, STM_CUE_PHRASE},
    {"praise", NULL, STM_CUE_PHRASE},
    {"hail", NULL, STM_CUE_PHRASE},
    {"criticise", NULL, STM_CUE_PHRASE},
    {"criticize", NULL, STM_CUE_PHRASE},
    {"denounce", NULL, STM_CUE_PHRASE},
    {"brand", NULL, STM_CUE_PHRASE},
    {"label", NULL, STM_CUE_PHRASE},
    {"dub", NULL, STM_CUE_PHRASE},
    {"dismiss", NULL, STM_CUE_PHRASE},
    {"reject", NULL, STM_CUE_PHRASE},
    {"welcome", NULL, STM_CUE_PHRASE},
};

uint32_t stm_cue_at(const struct stm_annotation *ann, uint32_t token, enum stm_verb_form *form)
{
    const struct stm_token *word = &ann->tokens[token];
    if (word->lower.size < 3 || word->tag == STM_TAG_PROPN || word->tag == STM_TAG_PLURAL ||
        word->tag == STM_TAG_NOUN || word->tag == STM_TAG_ADJECTIVE) {
        return 0;
    }
    for (size_t i = 0; i < sizeof cues / sizeof cues[0]; i++) {
        const struct cue *cue = &cues[i];
        if (cue->base[0] != word->lower.data[0]) {
            continue;
        }
        enum stm_verb_form found = stm_verb_form_of(word->lower, cue->base);
        if (cue->past != NULL && stemma_text_equal(word->lower, stemma_text_of(cue->past))) {
            found = STM_FORM_ED;
        }
        if (found == STM_FORM_NONE && stemma_text_equal(word->lower, stemma_text_of("written")) &&
            cue->past != NULL && cue->past[0] == 'w') {
            found = STM_FORM_ED;
        }
        if (found != STM_FORM_NONE) {
            *form = found;
            return cue->frames;
        }
    }
    return 0;
}
