/* SPDX-License-Identifier: MIT */
/* Participles that the tagger takes for adjectives or nouns, and clauses that stand upside down. */
#include "pack/extract/event_participle.h"

#include "pack/extract/event_clause.h"
#include "pack/extract/event_participant.h"
#include "pack/extract/event_word.h"
#include "pack/extract/lexicon.h"

const struct stm_sense *stm_participle_senses(const struct stm_annotation *ann, uint32_t token,
                                              size_t *count)
{
    char verb[32];
    stemma_text word = ann->tokens[token].lower;
    const struct stm_sense *senses = NULL;
    *count = 0;
    for (size_t low = 0, high = stm_lexicon_form_count; low < high;) {
        size_t middle = low + (high - low) / 2;
        const struct stm_form_entry *entry = &stm_lexicon_forms[middle];
        int order = stemma_text_compare(stemma_text_of(entry->form), word);
        if (order == 0) {
            return entry->tag == STM_TAG_PAST || entry->tag == STM_TAG_PARTICIPLE
                       ? stm_verb_senses(stemma_text_of(entry->lemma), count)
                       : NULL;
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    /* "were hurt", "is to free"; but "is free" tells of no freeing */
    if (token > 0 && (stm_ann_is(ann, token - 1, "to") || stm_ann_is(ann, token, "hurt") ||
                      stm_ann_is(ann, token, "hit"))) {
        senses = stm_verb_senses(ann->tokens[token].lemma, count);
        if (*count != 0) {
            return senses;
        }
    }
    if (word.size < 5 || word.size >= sizeof verb ||
        memcmp(word.data + word.size - 2, "ed", 2) != 0) {
        return NULL;
    }
    /* "arrested", "released", "deported"; "pardoned"; "kidnapped" */
    for (size_t cut = 1; cut <= 3 && *count == 0; cut++) {
        senses = stm_verb_senses((stemma_text){word.data, word.size - cut}, count);
    }
    return senses;
}

int stm_is_hidden_participle(const struct stm_annotation *ann, uint32_t token)
{
    uint32_t start = ann->sentences[ann->tokens[token].sentence].first;
    uint8_t pos = ann->tokens[token].pos;
    if (token == start || (pos != STM_POS_JJ && pos != STM_POS_NN && pos != STM_POS_NNS)) {
        return 0;
    }
    uint32_t mention = ann->tokens[token].mention;
    uint8_t next = token + 1 < ann->token_count ? ann->tokens[token + 1].pos : STM_POS_NONE;
    if (stm_ann_is(ann, token - 1, "to") && pos == STM_POS_JJ) {
        return stm_phrase_head(ann, token + 1) != STEMMA_NONE; /* "is to free 40 men" */
    }
    if (token == start + 1 && ann->tokens[start].pos == STM_POS_CD && stm_ann_is(ann, token, "hurt")) {
        return 1; /* "Three hurt in collision" */
    }
    return stm_ann_has_lemma(ann, token - 1, "be") || stm_ann_is(ann, token - 1, "those") ||
           stm_ann_is(ann, token - 1, "got") ||
           (pos == STM_POS_JJ && mention == STEMMA_NONE && stm_stands_as_verb(ann, token) &&
            next != STM_POS_NN && next != STM_POS_NNS);
}

int stm_is_inverted(const struct stm_annotation *ann, uint32_t token)
{
    uint32_t start = ann->sentences[ann->tokens[token].sentence].first;
    return token > start && (stm_ann_is(ann, token - 1, "those") ||
                             (token - start <= 4 &&
                              (stm_ann_is(ann, start, "also") || stm_ann_is(ann, start, "among"))));
}

stemma_status stm_read_inverted(struct stm_events *events, struct stm_candidate *candidate,
                                const struct stm_sense *sense, int *inverted)
{
    static const char *const be_words[] = {"was", "were", "is", "are"};
    const struct stm_annotation *ann = events->ann;
    const struct stm_event_frame *frame = stm_event_frame_of(candidate->kind);
    uint32_t token = candidate->first;
    uint32_t start = ann->sentences[ann->tokens[token].sentence].first;
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[token].sentence);
    uint32_t types = sense->types != 0 ? sense->types : frame->object_types;
    *inverted = 0;
    if ((sense->flags & STM_SENSE_OBJECT) == 0 || !stm_is_inverted(ann, token)) {
        return STEMMA_OK;
    }
    int those = stm_ann_is(ann, token - 1, "those");
    int opens =
        token - start <= 4 && (stm_ann_is(ann, start, "also") || stm_ann_is(ann, start, "among"));
    candidate->definite = 1;
    candidate->anaphoric = 1;
    if (opens) {
        for (uint32_t i = token + 1; i + 1 < end && i < token + 8; i++) {
            if (STM_TOKEN_IS_ANY(ann, i, be_words)) {
                uint32_t from = i + 1;
                while (from < end && (stm_ann_is(ann, from, ",") || stm_ann_is(ann, from, ":"))) {
                    from++; /* copy that lost a word: "were , the" */
                }
                *inverted = 1;
                uint32_t before = candidate->filler_count;
                stemma_status status =
                    stm_add_listed(events, candidate, frame->object, from, types, 0);
                if (status == STEMMA_OK && candidate->filler_count == before) {
                    /* "were a judge and her driver" */
                    status = stm_add_participants(events, candidate, frame->object,
                                                  stm_phrase_head(ann, from), types);
                }
                uint32_t counted = ann->tokens[token - 1].quantity;
                if (status == STEMMA_OK && counted != STEMMA_NONE) {
                    status =
                        stm_add_participants(events, candidate, frame->object, token - 1, types);
                }
                return status;
            }
            if (stm_is_verb(ann, i) || stm_ann_is(ann, i, ",") || ann->tokens[i].pos == STM_POS_PRP) {
                break;
            }
        }
    }
    if (those && token >= start + 4) {
        uint32_t be = token - 3; /* "was among those freed" */
        if (stm_ann_is(ann, token - 2, "of") && stm_ann_is(ann, token - 3, "one")) {
            be = token - 4;
        } else if (!stm_ann_is(ann, token - 2, "among")) {
            return STEMMA_OK;
        }
        while (be > start && (ann->tokens[be].pos == STM_POS_RB)) {
            be--;
        }
        if (be > start && STM_TOKEN_IS_ANY(ann, be, be_words) &&
            ann->tokens[be - 1].mention != STEMMA_NONE) {
            *inverted = 1;
            return stm_add_participants(events, candidate, frame->object,
                                        ann->mentions[ann->tokens[be - 1].mention].head, types);
        }
    }
    return STEMMA_OK;
}
