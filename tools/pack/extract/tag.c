/* SPDX-License-Identifier: MIT */
/* Parts of speech by the trained tagger; the coarse ones that rules go by, and lemmas, out of them. */
#include "pack/extract/syntax_mend.h"

#include "pack/extract/lemma.h"
#include "pack/extract/lexicon.h"
#include "pack/model/tagger.h"

static enum stm_tag tag_of_pos(unsigned pos)
{
    switch (pos) {
    case STM_POS_CC:
        return STM_TAG_CONJUNCTION;
    case STM_POS_CD:
        return STM_TAG_NUMBER;
    case STM_POS_DT:
    case STM_POS_PDT:
        return STM_TAG_DETERMINER;
    case STM_POS_EX:
    case STM_POS_PRP:
        return STM_TAG_PRONOUN;
    case STM_POS_IN:
        return STM_TAG_PREPOSITION;
    case STM_POS_JJ:
    case STM_POS_JJR:
    case STM_POS_JJS:
    case STM_POS_AFX:
        return STM_TAG_ADJECTIVE;
    case STM_POS_MD:
        return STM_TAG_MODAL;
    case STM_POS_NN:
    case STM_POS_GW:
    case STM_POS_ADD:
    case STM_POS_FW:
        return STM_TAG_NOUN;
    case STM_POS_NNS:
        return STM_TAG_PLURAL;
    case STM_POS_NNP:
    case STM_POS_NNPS:
        return STM_TAG_PROPN;
    case STM_POS_PRPS:
        return STM_TAG_POSSESSIVE;
    case STM_POS_RB:
    case STM_POS_RBR:
    case STM_POS_RBS:
    case STM_POS_RP:
        return STM_TAG_ADVERB;
    case STM_POS_TO:
        return STM_TAG_TO;
    case STM_POS_VB:
    case STM_POS_VBP:
        return STM_TAG_VERB;
    case STM_POS_VBD:
        return STM_TAG_PAST;
    case STM_POS_VBG:
        return STM_TAG_GERUND;
    case STM_POS_VBN:
        return STM_TAG_PARTICIPLE;
    case STM_POS_VBZ:
        return STM_TAG_VERB_S;
    case STM_POS_WDT:
    case STM_POS_WP:
    case STM_POS_WPS:
    case STM_POS_WRB:
        return STM_TAG_WH;
    default:
        return STM_TAG_OTHER;
    }
}

static int is_verb_pos(unsigned pos)
{
    return pos >= STM_POS_VB && pos <= STM_POS_VBZ;
}

/* The tag of a word of a closed class, where the treebanks have another name for it or split the class
   otherwise than rules want it. */
static enum stm_tag tag_of_closed(enum stm_tag closed, unsigned pos)
{
    enum stm_tag plain = tag_of_pos(pos);
    switch (closed) {
    case STM_TAG_BE:
    case STM_TAG_HAVE:
    case STM_TAG_DO:
        return is_verb_pos(pos) || pos == STM_POS_MD ? closed : plain;
    case STM_TAG_NOT:
    case STM_TAG_TO:
        return closed;
    case STM_TAG_SUBORDINATOR: /* "that" may be more */
        return pos == STM_POS_IN || pos == STM_POS_RB ? closed : plain;
    case STM_TAG_PREPOSITION:
        return pos == STM_POS_RP || pos == STM_POS_IN || pos == STM_POS_RB || pos == STM_POS_TO ||
                       pos == STM_POS_VBG
                   ? closed
                   : plain;
    case STM_TAG_DETERMINER: /* "many", "several", "more" */
        return plain == STM_TAG_ADJECTIVE || plain == STM_TAG_ADVERB || plain == STM_TAG_OTHER
                   ? closed
                   : plain;
    case STM_TAG_NUMBER: /* "dozens", "million" */
        return plain == STM_TAG_NOUN || plain == STM_TAG_PLURAL ? closed : plain;
    case STM_TAG_PRONOUN: /* "someone", "others" */
        return plain == STM_TAG_NOUN || plain == STM_TAG_PLURAL || plain == STM_TAG_NUMBER
                   ? closed
                   : plain;
    default:
        return plain;
    }
}

static enum stm_tag coarse_tag(struct stm_token *token)
{
    if ((token->flags & STM_TOKEN_PUNCTUATION) != 0) {
        return STM_TAG_PUNCTUATION;
    }
    if ((token->flags & STM_TOKEN_POSSESSIVE) != 0) {
        return STM_TAG_OTHER;
    }
    const struct stm_lexicon_entry *entry = stm_lexicon_find(token->lower);
    token->entry = entry;
    token->looked_up = 1;
    if (entry != NULL && entry->demonym != 0 && (token->flags & STM_TOKEN_CAPITALISED) != 0) {
        return stm_lexicon_demonyms[entry->demonym - 1].plural ? STM_TAG_PLURAL : STM_TAG_ADJECTIVE;
    }
    enum stm_tag closed = entry == NULL ? STM_TAG_OTHER : (enum stm_tag)entry->closed;
    return token->pos == STM_POS_NNP || token->pos == STM_POS_NNPS
               ? STM_TAG_PROPN
               : tag_of_closed(closed, token->pos);
}

/* "'s" is a verb where the tagger sees one. */
static void settle_clitic(struct stm_token *token)
{
    if ((token->flags & STM_TOKEN_POSSESSIVE) != 0 && token->pos != STM_POS_POS &&
        token->lower.size > 1) {
        token->flags &= ~(uint32_t)STM_TOKEN_POSSESSIVE;
        token->flags |= STM_TOKEN_CONTRACTED;
        token->pos = is_verb_pos(token->pos) ? token->pos : STM_POS_VBZ;
    }
}

/* After "having" a form that can be a participle is one ("of having shot the mayor"), though it may be a noun
   elsewhere. */
static void settle_perfect(const struct stm_annotation *ann, uint32_t i)
{
    struct stm_token *token = &ann->tokens[i];
    if (i == ann->sentences[token->sentence].first || !stm_ann_is(ann, i - 1, "having")) {
        return;
    }
    const struct stm_form_entry *form = stm_lexicon_form(token->lower);
    if (form != NULL && (form->tag == STM_TAG_PAST || form->tag == STM_TAG_PARTICIPLE)) {
        token->pos = STM_POS_VBN;
    }
}

/* "found the nurse guilty": never a noun. */
static void settle_adjective(struct stm_token *token)
{
    if (token->pos == STM_POS_NN && stemma_text_equal(token->lower, stemma_text_of("guilty"))) {
        token->pos = STM_POS_JJ;
    }
}

/* Articles are few: a word that the tagger takes for one and that is no such word is a noun. */
static void settle_article(struct stm_token *token)
{
    if (token->pos == STM_POS_DT && (token->flags & STM_TOKEN_CAPITALISED) != 0 &&
        token->lower.size > 4 && stm_lexicon_closed_tag(token->lower) == STM_TAG_OTHER) {
        char last = token->lower.data[token->lower.size - 1];
        token->pos = last == 's' ? STM_POS_NNS : STM_POS_NNP;
    }
}

static void finish_token(struct stm_annotation *ann, struct stm_token *token)
{
    settle_clitic(token);
    token->tag = (uint8_t)coarse_tag(token);
    if ((token->flags & STM_TOKEN_CONTRACTED) != 0 && is_verb_pos(token->pos) &&
        stemma_text_equal(token->lower, stemma_text_of("'s"))) {
        token->tag = STM_TAG_BE;
        token->lemma = stemma_text_of("be");
    } else {
        token->lemma = stm_lemma(ann->arena, token->lower, token->pos);
    }
}

void stm_retag(struct stm_annotation *ann, uint32_t token, uint8_t pos)
{
    ann->tokens[token].pos = pos;
    finish_token(ann, &ann->tokens[token]);
}

/* The length of the longest sentence. */
static uint32_t longest_sentence(const struct stm_annotation *ann)
{
    uint32_t longest = 0;
    for (uint32_t s = 0; s < ann->sentence_count; s++) {
        longest = ann->sentences[s].count > longest ? ann->sentences[s].count : longest;
    }
    return longest;
}

stemma_status stm_extract_tags(struct stm_annotation *ann)
{
    struct stm_tagger tagger;
    uint32_t longest = longest_sentence(ann);
    uint8_t *tags = stm_arena_alloc(ann->arena, longest, 1);
    stemma_text *text = stm_arena_alloc(ann->arena, longest, sizeof *text);
    stemma_text *lower = stm_arena_alloc(ann->arena, longest, sizeof *lower);
    ann->words = stm_arena_alloc(ann->arena, ann->token_count, sizeof *ann->words);
    if (tags == NULL || text == NULL || lower == NULL || ann->words == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    if (!stm_tagger_open(&tagger, ann->model)) {
        return stm_ann_model_lacks(ann, "tagger");
    }
    for (uint32_t s = 0; s < ann->sentence_count; s++) {
        uint32_t first = ann->sentences[s].first;
        uint32_t count = ann->sentences[s].count;
        for (uint32_t i = 0; i < count; i++) {
            text[i] = stm_ann_words(ann, first + i, 1);
            lower[i] = ann->tokens[first + i].lower;
        }
        stm_tagger_words(&tagger, text, lower, count, ann->words + first);
        stm_tagger_tag(&tagger, ann->words + first, count, tags);
        for (uint32_t i = 0; i < count; i++) {
            ann->tokens[first + i].pos = tags[i];
            settle_article(&ann->tokens[first + i]);
            settle_adjective(&ann->tokens[first + i]);
            settle_perfect(ann, first + i);
            finish_token(ann, &ann->tokens[first + i]);
        }
    }
    return STEMMA_OK;
}
