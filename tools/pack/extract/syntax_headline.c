/* SPDX-License-Identifier: MIT */
/* Headlines have their verbs in the present and leave articles out, so that the tagger takes verbs for nouns:
   "Bridge collapse kills 12", "Jury clears nurse", "Lund, Karsen sign deal". */
#include "pack/extract/syntax_mend.h"

#include "pack/extract/event_lexicon.h"
#include "pack/extract/event_word.h"

static int is_noun(uint8_t pos)
{
    return pos == STM_POS_NN || pos == STM_POS_NNS || pos == STM_POS_NNP || pos == STM_POS_NNPS;
}

/** Whether a list has a word as a verb that takes an object. `sure`: and no list has it as a noun that tells of a
    happening, as it has "strikes". */
static int is_deed(stemma_text lemma, int *sure)
{
    static const char *const striking[] = {"rock",  "hit",    "jolt", "rattle", "batter", "shake",
                                           "lash",  "pound",  "rip",  "ravage", "sweep",  "destroy",
                                           "devastate", "sink",  "stun"};
    size_t count;
    size_t nouns;
    const struct stm_sense *senses = stm_verb_senses(lemma, &count);
    (void)stm_noun_senses(lemma, &nouns);
    *sure = nouns == 0;
    for (size_t i = 0; i < sizeof striking / sizeof *striking; i++) {
        if (stemma_text_equal(lemma, stemma_text_of(striking[i]))) {
            return 1;
        }
    }
    for (size_t i = 0; i < count; i++) {
        if ((senses[i].flags & STM_SENSE_OBJECT) != 0 || senses[i].object != 0) {
            return 1;
        }
    }
    return 0;
}

/** What only an object begins with: a number, an article, a name. */
static int begins_surely(const struct stm_annotation *ann, uint32_t token)
{
    uint8_t pos = ann->tokens[token].pos;
    return pos == STM_POS_CD || pos == STM_POS_DT || pos == STM_POS_PRPS || pos == STM_POS_NNP;
}

/** "Bridge collapse kills 12", ", kills five": a form in -s behind a noun or the comma of a second verb. */
static int mend_third_person(struct stm_annotation *ann, uint32_t first, uint32_t token)
{
    static const char *const falling[] = {"plunges", "capsizes", "derails",  "erupts", "overturns",
                                          "sinks",   "explodes", "veers",    "bursts", "topples"};
    int sure;
    uint8_t before = ann->tokens[token - 1].pos;
    uint8_t next = ann->tokens[token + 1].pos;
    if (ann->tokens[token].pos == STM_POS_NNS && token == first + 1 && before == STM_POS_NN &&
        next == STM_POS_IN && STM_TOKEN_IS_ANY(ann, token, falling)) {
        stm_retag(ann, token, STM_POS_VBZ); /* "Bus plunges into ravine" */
        return 1;
    }
    if (ann->tokens[token].pos != STM_POS_NNS || !is_deed(ann->tokens[token].lemma, &sure) ||
        (ann->tokens[token].flags & STM_TOKEN_POSSESSIVE) != 0) {
        return 0;
    }
    int behind_noun = is_noun(before) || (before == STM_POS_JJ && token == first + 1);
    int surely = begins_surely(ann, token + 1);
    if (!(behind_noun && (surely || (sure && (is_noun(next) || next == STM_POS_JJ)))) &&
        !(stm_ann_is(ann, token - 1, ",") && surely)) {
        return 0;
    }
    if (before == STM_POS_JJ) {
        stm_retag(ann, token - 1, STM_POS_NN); /* "Quake rocks Chile" */
    }
    stm_retag(ann, token, STM_POS_VBZ);
    return 1;
}

/** Whether what stands before a token is more than one: a plural, or "Lund, Karsen". */
static int is_behind_several(const struct stm_annotation *ann, uint32_t first, uint32_t token)
{
    static const char *const several[] = {"police", "gunmen", "firemen", "fishermen", "policemen"};
    if (ann->tokens[token - 1].pos == STM_POS_NNS || STM_TOKEN_IS_ANY(ann, token - 1, several)) {
        return 1;
    }
    return token == first + 3 && stm_ann_is(ann, first + 1, ",") && is_noun(ann->tokens[first].pos) &&
           is_noun(ann->tokens[first + 2].pos);
}

/** "Gunmen abduct 20 pupils", "Lund, Karsen sign deal" */
static int mend_plural_subject(struct stm_annotation *ann, uint32_t first, uint32_t token)
{
    int sure;
    uint8_t pos = ann->tokens[token].pos;
    uint8_t next = ann->tokens[token + 1].pos;
    if ((pos != STM_POS_NN && pos != STM_POS_NNP && pos != STM_POS_VB && pos != STM_POS_JJ) ||
        (ann->tokens[token].flags & STM_TOKEN_CAPITALISED) != 0 ||
        !is_deed(ann->tokens[token].lower, &sure) || !is_behind_several(ann, first, token)) {
        return 0;
    }
    if (!begins_surely(ann, token + 1) &&
        (!sure || (!is_noun(next) && next != STM_POS_JJ))) {
        return 0;
    }
    stm_retag(ann, token, STM_POS_VBP);
    return 1;
}

int stm_mend_headline(struct stm_annotation *ann, uint32_t first, uint32_t end)
{
    int changed = 0;
    for (uint32_t i = first; i < end; i++) {
        uint8_t pos = ann->tokens[i].pos;
        if (pos == STM_POS_VBD || pos == STM_POS_MD) {
            return 0; /* it has a verb */
        }
    }
    for (uint32_t i = first + 1; i + 1 < end; i++) {
        uint8_t pos = ann->tokens[i].pos;
        if (pos == STM_POS_VBZ || pos == STM_POS_VBP) {
            return changed;
        }
        changed |= mend_third_person(ann, first, i) || mend_plural_subject(ann, first, i);
    }
    return changed;
}
