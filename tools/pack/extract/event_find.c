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

/** Whether a noun tells of a happening of its own: "demanded the withdrawal from X". */
static int is_happening(const struct stm_annotation *ann, uint32_t token)
{
    size_t count = 0;
    if (ann->tokens[token].pos == STM_POS_NN || ann->tokens[token].pos == STM_POS_NNS) {
        (void)stm_noun_senses(ann->tokens[token].lemma, &count);
    }
    return count != 0 && stm_noun_classes_at(ann, token) == 0;
}

/** "crossed the border into neighbouring Lund": the named place behind a preposition and a word
   that only describes it, whatever the tree makes of that word; or STEMMA_NONE. */
static uint32_t place_behind(const struct stm_annotation *ann, uint32_t verb, const char *word)
{
    static const char *const describing[] = {"neighbouring", "neighboring", "nearby"};
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[verb].sentence);
    for (uint32_t i = verb + 1; i + 2 < end && i < verb + 8 && !stm_ann_is(ann, i, ","); i++) {
        uint32_t mention = ann->tokens[i + 2].mention;
        if (stm_ann_is(ann, i, word) && STM_TOKEN_IS_ANY(ann, i + 1, describing) &&
            mention != STEMMA_NONE && ann->mentions[mention].kind == STEMMA_MENTION_NAME) {
            return ann->mentions[mention].head;
        }
    }
    return STEMMA_NONE;
}

/** What prepositions of the clause introduce, wherever the tree hangs them: "handed 40 men over to
    Poland" may put "to Poland" under the men. Only roles of entities that are still open. */
static stemma_status add_loose_cases(struct stm_events *events, struct stm_candidate *candidate,
                                     uint32_t verb)
{
    const struct stm_annotation *ann = events->ann;
    const struct stm_event_frame *frame = stm_event_frame_of(candidate->kind);
    stemma_status status = STEMMA_OK;
    for (size_t k = 0; frame->cases[k].word != NULL && status == STEMMA_OK; k++) {
        const struct stm_event_case *its = &frame->cases[k];
        int of = strcmp(its->word, "of") == 0;
        if ((of && its->types != 0) ||
            (frame->family != STM_FAMILY_MUTUAL && stm_has_role(events, candidate, its->role))) {
            continue;
        }
        uint32_t noun = stm_clause_case(ann, verb, its->word);
        uint32_t place = its->types == STM_TYPE_BIT(STM_ENTITY_PLACE)
                             ? place_behind(ann, verb, its->word)
                             : STEMMA_NONE;
        if (place != STEMMA_NONE && !stm_has_role(events, candidate, its->role)) {
            status = stm_add_participants(events, candidate, its->role, place, its->types);
            continue;
        }
        if (noun == STEMMA_NONE || ann->tokens[noun].relation != STM_RELATION_NMOD) {
            continue;
        }
        if (its->types == 0) {
            /* "convicted on Monday of fraud", "charged him with fraud" */
            uint32_t head = ann->tokens[noun].head;
            if (strcmp(its->role, "charge") == 0 &&
                (ann->tokens[head].time != STEMMA_NONE || stm_ann_is(ann, head, "guilty") ||
                 (!of && (stm_types_at(ann, head) & STM_TYPES_PEOPLE) != 0))) {
                status = stm_add_case(events, candidate, noun, stm_syntax_case(ann, noun));
            }
        } else if (!is_happening(ann, ann->tokens[noun].head) ||
                   (candidate->kind == STM_EVENT_STATEMENT_DEMAND &&
                    stm_ann_has_lemma(ann, ann->tokens[noun].head, "apology"))) {
            status = stm_add_participants(events, candidate, its->role, noun, its->types);
        }
    }
    return status;
}

/** Who is meant by an object that only decides the sense: "sanctions on X", "the ambassador to X".
 */
static stemma_status add_of_noun(struct stm_events *events, struct stm_candidate *candidate,
                                 const struct stm_sense *sense, uint32_t noun)
{
    const struct stm_annotation *ann = events->ann;
    const struct stm_event_frame *frame = stm_event_frame_of(candidate->kind);
    uint32_t before = candidate->filler_count;
    stemma_status status = STEMMA_OK;
    if ((sense->flags & STM_SENSE_UNDERGO) == 0 && candidate->kind != STM_EVENT_AWARD_GIVE &&
        candidate->kind != STM_EVENT_JUSTICE_SENTENCE &&
        candidate->kind != STM_EVENT_CONFLICT_ATTACK) {
        status = stm_add_participants(events, candidate, frame->object, noun, frame->object_types);
    }
    if (status == STEMMA_OK && frame->object_words) {
        status = stm_add_behind_noun(events, candidate, noun);
    }
    if (status == STEMMA_OK) {
        status = stm_add_cases(events, candidate, noun);
    }
    if (status != STEMMA_OK || candidate->filler_count != before || !frame->object_words) {
        return status;
    }
    for (size_t i = 0; frame->cases[i].word != NULL; i++) {
        uint32_t node = stm_syntax_oblique(ann, noun, frame->cases[i].word);
        if (node == STEMMA_NONE) {
            node = stm_syntax_oblique(ann, candidate->first, frame->cases[i].word);
        }
        if (node != STEMMA_NONE && ann->tokens[node].time == STEMMA_NONE &&
            frame->cases[i].types != 0 && strcmp(frame->cases[i].role, frame->object) == 0) {
            return stm_add_words(events, candidate, frame->object, node,
                                 STM_WORDS_BARE); /* "sanctions on copper" */
        }
    }
    switch (candidate->kind) {
    case STM_EVENT_SANCTION_IMPOSE:
    case STM_EVENT_SANCTION_LIFT:
    case STM_EVENT_CONFLICT_ATTACK:
        return STEMMA_OK; /* the sanctions, the rocket are not what was struck */
    default:
        return stm_add_words(events, candidate, frame->object, noun, STM_WORDS_WHOLE);
    }
}

/** "Nobody was arrested", "no one died", "none of them". */
static int is_nobody(const struct stm_annotation *ann, uint32_t token)
{
    return stm_ann_is(ann, token, "nobody") || stm_ann_is(ann, token, "none") ||
           (stm_ann_is(ann, token, "one") && token > 0 && stm_ann_is(ann, token - 1, "no"));
}

/** A pronoun for people of which it is not known whom it means. */
static int is_somebody(const struct stm_annotation *ann, uint32_t token, uint32_t types)
{
    static const char *const words[] = {"him", "her", "them", "he", "she", "they"};
    return (types & STM_TYPES_PEOPLE) != 0 && STM_TOKEN_IS_ANY(ann, token, words);
}

/** "X, along with 40 others, was freed": the noun behind "with", between X and the verb; or
    STEMMA_NONE. */
static uint32_t along_with(const struct stm_annotation *ann, uint32_t noun, uint32_t verb)
{
    static const char *const words[] = {"along", "together"};
    for (uint32_t i = noun + 1; i + 2 < verb && i < noun + 8; i++) {
        if (STM_TOKEN_IS_ANY(ann, i, words) && stm_ann_is(ann, i + 1, "with")) {
            uint32_t other = stm_phrase_head(ann, i + 2);
            return other != STEMMA_NONE && other < verb ? other : STEMMA_NONE;
        }
    }
    return STEMMA_NONE;
}

/** Those who take part in what a verb tells, by a sense that fits. `*enough`: they suffice. */
static stemma_status read_participants(struct stm_events *events, struct stm_candidate *candidate,
                                       const struct stm_sense *sense,
                                       const struct stm_clause *clause, uint32_t noun, int *enough)
{
    const struct stm_annotation *ann = events->ann;
    const struct stm_event_frame *frame = stm_event_frame_of(candidate->kind);
    uint32_t types = sense->types != 0 ? sense->types : frame->object_types;
    stemma_status status = STEMMA_OK;
    *enough = 0;
    if (noun != STEMMA_NONE) {
        status = add_of_noun(events, candidate, sense, noun);
    }
    uint32_t object =
        (sense->flags & STM_SENSE_UNDERGO) && !clause->passive ? clause->subject : clause->object;
    if (sense->with != NULL && object != STEMMA_NONE &&
        stm_ann_has_lemma(ann, object, sense->with)) {
        object = STEMMA_NONE; /* "opened fire": the fire is not what was struck */
    }
    if (candidate->kind == STM_EVENT_STATEMENT_PROMISE && object != STEMMA_NONE &&
        object == clause->object && !clause->passive &&
        stm_clause_case(ann, clause->verb, "to") != STEMMA_NONE) {
        object = STEMMA_NONE; /* "offered troops to X" */
    }
    object = stm_whom_instead(ann, candidate->kind, clause, object);
    if (status == STEMMA_OK && object != STEMMA_NONE && frame->object != NULL &&
        (sense->object == 0 || (sense->flags & (STM_SENSE_OBJECT | STM_SENSE_UNDERGO)) != 0 ||
         clause->second != STEMMA_NONE)) {
        uint32_t before = candidate->filler_count;
        status = stm_add_participants(events, candidate, frame->object, object, types);
        if (status == STEMMA_OK && candidate->filler_count != before) {
            status = stm_add_included(events, candidate, frame->object, clause->verb, types);
            if (status == STEMMA_OK && clause->passive) {
                status = stm_add_participants(events, candidate, frame->object,
                                              stm_clause_listed_before(ann, object), types);
            }
            uint32_t other = along_with(ann, object, clause->verb);
            if (status == STEMMA_OK && other != STEMMA_NONE) {
                status = stm_add_participants(events, candidate, frame->object, other, types);
            }
        }
        if (status == STEMMA_OK && candidate->filler_count == before && frame->object_words &&
            sense->types == 0 && sense->object == 0 &&
            (ann->tokens[object].pos == STM_POS_NN || ann->tokens[object].pos == STM_POS_NNS) &&
            ann->tokens[object].time == STEMMA_NONE) {
            status = stm_add_words(events, candidate, frame->object, object, STM_WORDS_WHOLE);
        }
        if (status == STEMMA_OK && candidate->filler_count == before && !frame->object_words &&
            candidate->kind == STM_EVENT_PROTEST_DEMONSTRATE && object == clause->object &&
            !clause->passive && sense->object == 0 &&
            (ann->tokens[object].pos == STM_POS_NN || ann->tokens[object].pos == STM_POS_NNS)) {
            status = stm_add_topic(events, candidate, "topic", object); /* "to protest the ban" */
        }
        if (candidate->filler_count == before && is_nobody(ann, object)) {
            candidate->nobody = 1;
        } else if (candidate->filler_count == before && (sense->flags & STM_SENSE_OBJECT) &&
                   noun == STEMMA_NONE && !is_somebody(ann, object, types)) {
            return status;
        }
    } else if ((sense->flags & STM_SENSE_UNDERGO) && object == STEMMA_NONE) {
        return status;
    }
    uint32_t before = candidate->filler_count;
    if (status == STEMMA_OK && !(sense->flags & STM_SENSE_UNDERGO && !clause->passive)) {
        status = stm_add_participants(events, candidate, frame->subject, clause->subject,
                                      frame->subject_types);
        if (status == STEMMA_OK && !clause->passive) {
            status = stm_add_participants(events, candidate, frame->subject,
                                          stm_clause_second_subject(ann, clause->subject),
                                          frame->subject_types);
        }
    }
    if (status == STEMMA_OK && candidate->filler_count == before && frame->subject != NULL &&
        (frame->subject_types & STM_TYPE_BIT(STM_ENTITY_GROUP)) != 0 &&
        !((sense->flags & STM_SENSE_UNDERGO) && !clause->passive)) {
        status = stm_add_doers(events, candidate, frame->subject, clause->subject);
    }
    int acting = candidate->filler_count != before ||
                 (clause->subject != STEMMA_NONE && candidate->filler_count != 0 &&
                  ann->tokens[clause->subject].pos == STM_POS_PRP);
    if (status == STEMMA_OK) {
        status = stm_add_cases(events, candidate, clause->verb);
    }
    if (status == STEMMA_OK) {
        status = add_loose_cases(events, candidate, clause->verb);
    }
    if (status == STEMMA_OK) {
        status = stm_add_complement(events, candidate, clause);
    }
    if (status == STEMMA_OK) {
        status = stm_add_given(events, candidate, clause, noun);
    }
    if (status == STEMMA_OK) {
        status = stm_add_whom(events, candidate, clause, noun);
    }
    if ((sense->flags & STM_SENSE_SUBJECT) && !acting) {
        return status;
    }
    if ((sense->flags & STM_SENSE_WITH) && candidate->filler_count < 2) {
        return status; /* "he spoke": a meeting needs another */
    }
    if ((sense->flags & STM_SENSE_WEAK) && candidate->filler_count < 2) {
        return status;
    }
    if ((sense->flags & STM_SENSE_MUTUAL) && candidate->filler_count < 2 &&
        !(clause->object == STEMMA_NONE && stm_is_several(ann, clause->subject)) &&
        !(acting && clause->object != STEMMA_NONE)) {
        return status;
    }
    *enough = 1;
    return status;
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
                status = read_participants(events, &candidate, sense, &clause, noun, &enough);
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
        return stm_keep_candidate(events, &candidate);
    }
    return STEMMA_OK;
}
