/* SPDX-License-Identifier: MIT */
/* Happenings that verbs tell. */
#include "pack/extract/event_find.h"

#include "pack/extract/event_circumstance.h"
#include "pack/extract/event_clause.h"
#include "pack/extract/event_complement.h"
#include "pack/extract/event_fit.h"
#include "pack/extract/event_modality.h"
#include "pack/extract/event_participant.h"
#include "pack/extract/event_participle.h"
#include "pack/extract/event_read.h"
#include "pack/extract/event_whom.h"
#include "pack/extract/event_word.h"
#include "pack/extract/lemma.h"
#include "pack/extract/syntax.h"

/** Detained, jailed: an arrest, a state, or a sentence. */
static enum stm_event_kind settle_jail(const struct stm_annotation *ann,
                                       const struct stm_clause *clause)
{
    static const char *const terms[] = {"year", "month", "day", "life", "week"};
    uint32_t term = stm_syntax_oblique(ann, clause->verb, "for");
    for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
        if (stm_ann_has_lemma(ann, term, terms[i])) {
            return stm_ann_has_lemma(ann, clause->verb, "detain") ? STM_EVENT_JUSTICE_DETAIN
                                                                  : STM_EVENT_JUSTICE_SENTENCE;
        }
    }
    uint32_t aux = stm_syntax_child(ann, clause->verb, STM_RELATION_AUX_PASS);
    if (stm_syntax_oblique(ann, clause->verb, "since") != STEMMA_NONE ||
        stm_ann_is(ann, aux, "is") || stm_ann_is(ann, aux, "are") ||
        stm_ann_is(ann, clause->verb + 1, "since")) {
        return STM_EVENT_JUSTICE_DETAIN;
    }
    return STM_EVENT_JUSTICE_ARREST;
}

/** "the jailed activist Anna Bell": a state or deed of one who is named. */
static int is_attributive(const struct stm_annotation *ann, uint32_t token)
{
    if (ann->tokens[token].relation == STM_RELATION_AMOD) {
        return !stm_stands_as_verb(ann, token);
    }
    /* between a number or article and a noun, whatever the tree says: "112 captured fighters" */
    uint8_t before = token == 0 ? (uint8_t)STM_POS_NONE : ann->tokens[token - 1].pos;
    uint8_t behind =
        token + 1 < ann->token_count ? ann->tokens[token + 1].pos : (uint8_t)STM_POS_NONE;
    if ((before == STM_POS_WDT || before == STM_POS_WP) && behind == STM_POS_NN) {
        /* "which exiled opposition leader X said" */
        uint32_t head = stm_phrase_head(ann, token + 1);
        return head != STEMMA_NONE && head + 1 < ann->token_count && stm_is_verb(ann, head + 1) &&
               ann->tokens[head + 1].pos != STM_POS_VBN && ann->tokens[head + 1].pos != STM_POS_VBG;
    }
    return (before == STM_POS_CD || before == STM_POS_DT || before == STM_POS_PRPS) &&
           (behind == STM_POS_NN || behind == STM_POS_NNS) &&
           !stm_ann_is(ann, token - 1, "those") && ann->tokens[token - 1].time == STEMMA_NONE;
}

static stemma_status read_attributive(struct stm_events *events, struct stm_candidate *candidate,
                                      const struct stm_sense *sense, int *enough)
{
    const struct stm_annotation *ann = events->ann;
    const struct stm_event_frame *frame = stm_event_frame_of(sense->kind);
    uint32_t head = ann->tokens[candidate->first].head;
    *enough = 0;
    if (stm_ann_has_lemma(ann, candidate->first, "exile")) {
        return STEMMA_OK; /* "the exiled leader" lives abroad: a state */
    }
    if ((sense->flags & STM_SENSE_OBJECT) == 0 || frame->family != STM_FAMILY_PATIENT ||
        ann->tokens[candidate->first].pos == STM_POS_VBG || head < candidate->first ||
        (stm_types_at(ann, head) & STM_TYPES_PEOPLE) == 0) {
        return STEMMA_OK;
    }
    if (sense->flags & STM_SENSE_JAIL) {
        candidate->kind = STM_EVENT_JUSTICE_DETAIN;
    }
    candidate->anaphoric = 1;
    candidate->state = 1;
    candidate->stand.confidence = 500;
    stemma_status status =
        stm_add_participants(events, candidate, frame->object, head, STM_TYPES_PEOPLE);
    for (uint32_t i = 0; i < candidate->filler_count; i++) {
        uint32_t mention = events->fillers[candidate->filler_first + i].mention;
        /* "the 14 freed prisoners", but not "240 captured fighters" */
        *enough |=
            events->fillers[candidate->filler_first + i].quantity != STEMMA_NONE &&
            (candidate->kind == STM_EVENT_JUSTICE_RELEASE || candidate->kind == STM_EVENT_LIFE_DIE);
        *enough |= mention != STEMMA_NONE && ann->mentions[mention].kind == STEMMA_MENTION_NAME;
    }
    return status;
}

/** "has won every election": what happens again and again is no one happening. */
static int is_each(const struct stm_annotation *ann, uint32_t noun)
{
    uint32_t word = stm_syntax_child(ann, noun, STM_RELATION_DET);
    return stm_ann_is(ann, word, "every") || stm_ann_is(ann, word, "each");
}

/** "The quake hit X", "the storm battered X": what struck says what kind of happening it was. */
static int is_struck(const struct stm_annotation *ann, uint32_t verb, struct stm_sense *sense)
{
    static const char *const verbs[] = {"hit",    "strike", "rock",   "shake", "jolt",
                                        "rattle", "batter", "lash",   "pound", "sweep",
                                        "engulf", "rip",    "ravage", "tear",  "destroy"};
    size_t count;
    if (!STM_LEMMA_IS_ANY(ann, verb, verbs)) {
        return 0;
    }
    uint32_t subject = stm_clause_at(ann, verb).subject;
    if (subject == STEMMA_NONE || (stm_noun_classes_at(ann, subject) & STM_NOUN_DISASTER) == 0) {
        return 0;
    }
    const struct stm_sense *nouns = stm_noun_senses(ann->tokens[subject].lemma, &count);
    if (count == 0 || nouns->kind < STM_EVENT_DISASTER_COLLAPSE ||
        nouns->kind > STM_EVENT_DISASTER_STORM) {
        return 0;
    }
    *sense = (struct stm_sense){.kind = nouns->kind, .flags = STM_SENSE_OBJECT};
    return 1;
}

/** "Six injured in crush": the number counts people whom nothing names, and not "injured". */
static void uncount(struct stm_annotation *ann, uint32_t token)
{
    uint32_t q = ann->tokens[token].quantity;
    if (q != STEMMA_NONE && ann->quantities[q].head == token) {
        ann->quantities[q].value.counted = stemma_text_of("");
    }
}

stemma_status stm_find_verbal(struct stm_events *events, uint32_t token)
{
    struct stm_annotation *ann = events->ann;
    const struct stm_token *word = &ann->tokens[token];
    uint32_t mention = word->mention;
    int attributive = is_attributive(ann, token);
    int hidden = !stm_is_verb(ann, token) && stm_is_hidden_participle(ann, token);
    if (!stm_is_verb(ann, token) && !hidden && !(attributive && word->pos == STM_POS_JJ)) {
        return STEMMA_OK;
    }
    if (mention != STEMMA_NONE &&
        (ann->mentions[mention].kind == STEMMA_MENTION_NAME ||
         (ann->mentions[mention].kind == STEMMA_MENTION_NOMINAL &&
          ann->mentions[mention].head == token))) {
        return STEMMA_OK; /* a name, or people: "the injured" */
    }
    size_t count;
    const struct stm_sense *senses = stm_verb_senses(word->lemma, &count);
    struct stm_sense struck;
    char longer[32];
    if (stm_is_verb(ann, token) && is_struck(ann, token, &struck)) {
        senses = &struck;
        count = 1;
    }
    if (!stm_is_verb(ann, token)) {
        senses = stm_participle_senses(ann, token, &count);
    }
    if (count == 0 && word->pos != STM_POS_VB && word->lemma.size + 1 < sizeof longer) {
        /* "telephon" of "telephoned" */
        memcpy(longer, word->lemma.data, word->lemma.size);
        longer[word->lemma.size] = 'e';
        senses = stm_verb_senses((stemma_text){longer, word->lemma.size + 1}, &count);
    }
    if (count == 0 && word->lemma.size > 3 &&
        word->lemma.data[word->lemma.size - 1] == word->lemma.data[word->lemma.size - 2]) {
        /* "gunn" of "gunned" */
        senses = stm_verb_senses((stemma_text){word->lemma.data, word->lemma.size - 1}, &count);
    }
    if (count == 0 && word->pos == STM_POS_VBP) { /* "stole", tagged as a present */
        senses = stm_verb_senses(stm_lemma(ann->arena, word->lower, STM_POS_VBD), &count);
    }
    if (count == 0) {
        return STEMMA_OK;
    }
    if (hidden) {
        attributive = 0;
    }
    if (word->relation == STM_RELATION_AUX || word->relation == STM_RELATION_COP ||
        word->relation == STM_RELATION_AUX_PASS || word->relation == STM_RELATION_COMPOUND) {
        return STEMMA_OK;
    }
    struct stm_clause own = stm_clause_at(ann, token);
    for (size_t i = 0; i < count; i++) {
        const struct stm_sense *sense = &senses[i];
        uint32_t noun = STEMMA_NONE;
        struct stm_clause clause = own;
        if (clause.bare && (sense->flags & (STM_SENSE_OBJECT | STM_SENSE_PASSIVE)) != 0 &&
            (sense->flags & (STM_SENSE_MUTUAL | STM_SENSE_CLAUSE)) == 0) {
            stm_clause_make_passive(&clause); /* "30 men freed on Monday" */
        } else if (clause.weak && (sense->flags & (STM_SENSE_OBJECT | STM_SENSE_PASSIVE)) == 0 &&
                   sense->object == 0) {
            stm_clause_make_active(&clause); /* "thousands demonstrated" */
        }
        if (!attributive && !stm_sense_fits(ann, sense, &clause, &noun) &&
            !(stm_is_inverted(ann, token) && (sense->flags & STM_SENSE_OBJECT) != 0 &&
              sense->word == NULL && sense->with == NULL && sense->object == 0 &&
              sense->subject == 0)) {
            continue;
        }
        struct stm_candidate candidate = {.kind = sense->kind,
                                          .first = token,
                                          .count = 1,
                                          .filler_first = (uint32_t)events->filler_count,
                                          .time = STEMMA_NONE,
                                          .place_mention = STEMMA_NONE,
                                          .noun = noun,
                                          .cluster = STEMMA_NONE};
        if (sense->word != NULL && stm_ann_is(ann, token + 1, sense->word)) {
            candidate.count = 2;
        }
        if (sense->with != NULL && noun == STEMMA_NONE) {
            /* "left nine dead", "filed for bankruptcy": the words that tell it together */
            for (uint32_t k = token + 1; k < token + 5 && k < ann->token_count; k++) {
                if (stm_ann_has_lemma(ann, k, sense->with) && ann->tokens[k].pos != STM_POS_IN &&
                    ann->tokens[k].pos != STM_POS_TO) {
                    candidate.count = k + 1 - token;
                }
            }
        }
        candidate.in_title = ann->sentences[word->sentence].is_title;
        int enough = 0;
        stemma_status status;
        if (attributive) {
            candidate.stand = stm_stand_plain(500);
            candidate.stand.tense = STEMMA_TENSE_PAST;
            status = read_attributive(events, &candidate, sense, &enough);
        } else {
            if (sense->flags & STM_SENSE_JAIL) {
                candidate.kind = (uint8_t)settle_jail(ann, &clause);
            }
            int inverted = 0;
            status = stm_read_inverted(events, &candidate, sense, &inverted);
            if (status == STEMMA_OK && !inverted) {
                status = stm_read_participants(events, &candidate, sense, &clause, noun, &enough);
            }
            enough |= inverted && candidate.filler_count != 0;
            candidate.stand = stm_stand_at(ann, token, candidate.kind, 800);
            if (noun != STEMMA_NONE && is_each(ann, noun)) {
                candidate.stand.realis = STEMMA_REALIS_GENERIC;
            }
            if (candidate.nobody) {
                candidate.stand.polarity = STEMMA_POLARITY_NEGATIVE;
            }
        }
        if (status != STEMMA_OK) {
            return status;
        }
        if (!enough) {
            events->filler_count = candidate.filler_first;
            continue;
        }
        if (!attributive) {
            stm_find_circumstance(events, &candidate, STEMMA_NONE);
        }
        uncount(ann, token);
        return stm_keep_candidate(events, &candidate);
    }
    return STEMMA_OK;
}
