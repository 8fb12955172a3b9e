/* SPDX-License-Identifier: MIT */
/* The name model at work: integers only, time linear in the length of the document. */
#include "pack/extract/name.h"
#include "pack/extract/name_feature.h"
#include "pack/model/model_rows.h"

struct labelling {
    struct stm_name_view view;
    struct stm_sequence sequence;
    int32_t *scores; /* by token: [STM_SEQUENCE_LABELS] */
    uint8_t *back;
};

static int32_t *scores_of(const struct labelling *l, uint32_t token)
{
    return l->scores + (size_t)token * STM_SEQUENCE_LABELS;
}

static void decode(const struct labelling *l, const struct stm_annotation *ann, uint8_t *labels)
{
    for (uint32_t s = 0; s < ann->sentence_count; s++) {
        uint32_t first = ann->sentences[s].first;
        stm_sequence_best(&l->sequence, scores_of(l, first), ann->sentences[s].count, l->back,
                          labels + first);
    }
}

/* Tags have looked most words up. */
static const struct stm_lexicon_entry *entry_of(const struct stm_token *token)
{
    return token->looked_up ? token->entry : stm_lexicon_find(token->lower);
}

static int in(const struct stm_token *token, enum stm_lexicon_list list)
{
    const struct stm_lexicon_entry *entry = entry_of(token);
    return entry != NULL && (entry->lists >> list & 1) != 0;
}

/* Words that have their capital for another reason than being part of a name. */
static int is_excused(const struct stm_token *token)
{
    return in(token, STM_LEXICON_CALENDAR) || in(token, STM_LEXICON_NOT_NAME) ||
           in(token, STM_LEXICON_TITLE) || in(token, STM_LEXICON_TITLE_PART) ||
           (entry_of(token) != NULL && entry_of(token)->demonym != 0);
}

/* Whether the run of capitals around a token ends in a word for a body or a place. */
static int has_head(const struct labelling *l, const struct stm_annotation *ann, uint32_t i)
{
    uint32_t last = l->view.run_last[i];
    return last != STEMMA_NONE && last != l->view.run_first[i] &&
           (in(&ann->tokens[last], STM_LEXICON_ORG_HEAD) ||
            in(&ann->tokens[last], STM_LEXICON_ORG_SUFFIX) ||
            in(&ann->tokens[last], STM_LEXICON_PLACE_HEAD));
}

/* Where capitals mean something, a word with one is seldom no name; the texts that the model was
   trained on are less well kept than newspapers. In thirty-seconds of a weight; set on development
   texts. */
static void doubt_outside(const struct labelling *l, const struct stm_annotation *ann)
{
    enum { START = 40, PLAIN = 16, PROPER = 32, HEADED = 48, TITLED = 96 };
    for (uint32_t i = 0; i < ann->token_count; i++) {
        const struct stm_token *token = &ann->tokens[i];
        uint32_t excuses = STM_TOKEN_SENTENCE_START | STM_TOKEN_IN_TITLE;
        if ((token->flags & STM_TOKEN_CAPITALISED) == 0 || l->view.shouting[token->sentence] ||
            is_excused(token)) {
            continue;
        }
        int proper = token->pos == STM_POS_NNP || token->pos == STM_POS_NNPS;
        int plain = in(token, STM_LEXICON_NOUN) || in(token, STM_LEXICON_ROLE) ||
                    in(token, STM_LEXICON_THING_HEAD) || in(token, STM_LEXICON_VERB) ||
                    (entry_of(token) != NULL && entry_of(token)->closed != STM_TAG_OTHER);
        if ((token->flags & excuses) != 0) {
            uint32_t small = l->view.words[l->view.forms[l->view.form_of[i]].word].small;
            scores_of(l, i)[0] -= proper && !plain && small == 0 ? START : 0;
            continue;
        }
        int titled = i != 0 && ann->tokens[i - 1].sentence == token->sentence &&
                     in(&ann->tokens[i - 1], STM_LEXICON_TITLE) && !plain;
        scores_of(l, i)[0] -= titled            ? TITLED
                              : has_head(l, ann, i) ? HEADED
                              : proper && !plain    ? PROPER
                                                    : PLAIN;
    }
}

/* Scores all tokens by what the text tells. While the weights of one are added, memory is asked for those of the
   next, and for where those of the one after that may be. */
static void add_features(const struct labelling *l, const struct stm_annotation *ann)
{
    uint64_t features[2][STM_NAME_FEATURES];
    const int8_t *rows[2][STM_NAME_FEATURES];
    size_t counts[2] = {0, 0};
    size_t found[2] = {0, 0};
    for (uint32_t i = 0; i < ann->token_count + 2; i++) {
        if (i < ann->token_count) {
            counts[i % 2] = stm_name_features(&l->view, i, features[i % 2]);
            stm_sequence_prefetch(&l->sequence, features[i % 2], counts[i % 2]);
        }
        if (i >= 1 && i - 1 < ann->token_count) {
            uint32_t k = (i - 1) % 2;
            found[k] = stm_sequence_find(&l->sequence, features[k], counts[k], rows[k]);
        }
        if (i >= 2) {
            stm_sequence_sum(rows[i % 2], found[i % 2], scores_of(l, i - 2));
        }
    }
}

stemma_status stm_name_label(struct stm_name_finder *finder)
{
    struct stm_annotation *ann = finder->ann;
    struct labelling l;
    memset(&l, 0, sizeof l);
    finder->labels = stm_arena_alloc(ann->arena, (size_t)ann->token_count + 1, 1);
    finder->settled = stm_arena_alloc(ann->arena, (size_t)ann->token_count + 1, 1);
    if (finder->labels == NULL || finder->settled == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    size_t size = 0;
    const void *section = stm_model_section(ann->model, "names", &size);
    if (stm_sequence_open(&l.sequence, section, size) != 0) {
        return STEMMA_OK;
    }
    struct stm_gazetteer lists;
    section = stm_model_section(ann->model, "gazetteer", &size);
    int known = stm_gazetteer_open(&lists, section, size) == 0;
    lists.filter = known ? stm_model_rows_of_lists(ann->model) : NULL;
    l.scores = stm_arena_alloc(ann->arena, ann->token_count, sizeof(int32_t) * STM_SEQUENCE_LABELS);
    l.back = stm_arena_alloc(ann->arena, ann->token_count, STM_SEQUENCE_LABELS);
    if (l.scores == NULL || l.back == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    stemma_status status = stm_name_view_make(&l.view, ann, known ? &lists : NULL, 0);
    if (status != STEMMA_OK) {
        return status;
    }
    add_features(&l, ann);
    doubt_outside(&l, ann);
    decode(&l, ann, finder->labels);
    stm_name_view_label(&l.view, finder->labels);
    for (uint32_t i = 0; i < ann->token_count; i++) {
        uint64_t features[STM_NAME_HISTORY_FEATURES];
        size_t count = stm_name_history_features(&l.view, finder->labels, i, features);
        stm_sequence_add(&l.sequence, features, count, scores_of(&l, i));
    }
    decode(&l, ann, finder->labels);
    finder->scores = l.scores;
    finder->known = l.view.known;
    return STEMMA_OK;
}
