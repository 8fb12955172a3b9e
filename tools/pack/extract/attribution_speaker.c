/* SPDX-License-Identifier: MIT */
/* Who speaks. */
#include "pack/extract/attribution_statement.h"
#include "pack/extract/lexicon.h"

/* A nominal longer than this is a clause that was misread. */
enum { LONGEST_NOMINAL = 9, MOST_CONJUNCTS = 8 };

int stm_speech_can_speak(const struct stm_annotation *ann, uint32_t mention)
{
    static const char *const others[] = {"i",    "we",   "you",   "me",    "us",
                                         "this", "that", "these", "those", "there"};
    static const char *const nobody[] = {"nobody", "none", "neither", "no", "no-one"};
    if (mention == STEMMA_NONE) {
        return 0;
    }
    const struct stm_mention *who = &ann->mentions[mention];
    for (size_t i = 0; i < sizeof nobody / sizeof nobody[0]; i++) {
        if (stm_ann_is(ann, who->first, nobody[i])) {
            return 0;
        }
    }
    if (who->kind == STEMMA_MENTION_PRONOUN) {
        for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
            if (stm_ann_is(ann, who->first, others[i])) {
                return 0;
            }
        }
        return !stm_ann_is(ann, who->first, "it") || who->referent != STEMMA_NONE;
    }
    if (who->type == STM_ENTITY_PLACE && who->kind == STEMMA_MENTION_NOMINAL) {
        return stm_ann_has_lemma(ann, who->head, "country") ||
               stm_ann_has_lemma(ann, who->head, "state") ||
               stm_ann_has_lemma(ann, who->head, "nation") ||
               stm_ann_has_lemma(ann, who->head, "republic") ||
               stm_ann_has_lemma(ann, who->head, "kingdom");
    }
    return (who->type != STM_ENTITY_NONE && who->type != STM_ENTITY_THING) ||
           (who->type == STM_ENTITY_THING && stm_speech_is_paper(ann, who->head));
}

stemma_status stm_speech_mention_made(struct stm_speech_scan *scan, uint32_t token,
                                      uint32_t *mention)
{
    struct stm_annotation *ann = scan->ann;
    *mention = stm_mention_headed(ann, token);
    if (*mention != STEMMA_NONE || token == STEMMA_NONE) {
        return STEMMA_OK;
    }
    const struct stm_token *word = &ann->tokens[token];
    int noun =
        word->pos == STM_POS_NN || word->pos == STM_POS_NNS ||
        ((word->pos == STM_POS_NNP || word->pos == STM_POS_NNPS) &&
         (!(word->flags & STM_TOKEN_CAPITALISED) || (word->flags & STM_TOKEN_SENTENCE_START)));
    /* "the accused", "the injured" */
    noun |= (word->pos == STM_POS_JJ || word->pos == STM_POS_VBN) && token > 0 &&
            ann->tokens[token - 1].pos == STM_POS_DT &&
            (word->relation == STM_RELATION_NSUBJ ||
             (token + 1 < ann->token_count && stm_speech_is_finite(ann, token + 1)));
    /* "quoted by the state-run Herald": a name that was not found as one. */
    int proper = !noun && (word->pos == STM_POS_NNP || word->pos == STM_POS_NNPS);
    static const char *const times[] = {"morning", "evening", "afternoon", "night", "day",
                                        "week",    "month",   "year",      "time",  "moment",
                                        "hour",    "minute",  "second",    "decade", "weekend"};
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        noun = noun && !stm_ann_has_lemma(ann, token, times[i]); /* "one morning he said" */
    }
    if (!(noun || proper) || word->time != STEMMA_NONE || word->mention != STEMMA_NONE) {
        return STEMMA_OK;
    }
    /* From its first modifier to the noun; what follows it ("of the union") is not needed. */
    uint32_t first = token;
    uint32_t sentence = ann->sentences[word->sentence].first;
    while (first > sentence && token - first < LONGEST_NOMINAL) {
        const struct stm_token *before = &ann->tokens[first - 1];
        int inside =
            before->head == token &&
            (before->relation == STM_RELATION_DET || before->relation == STM_RELATION_AMOD ||
             before->relation == STM_RELATION_COMPOUND || before->relation == STM_RELATION_NUMMOD ||
             before->relation == STM_RELATION_NMOD_POSS);
        if (!inside || (before->flags & STM_TOKEN_PUNCTUATION) ||
            (before->mention != STEMMA_NONE &&
             ann->mentions[before->mention].kind == STEMMA_MENTION_NOMINAL)) {
            break;
        }
        first--;
    }
    if (ann->tokens[first].mention != STEMMA_NONE) {
        const struct stm_mention *other = &ann->mentions[ann->tokens[first].mention];
        if (other->first < first) {
            first = token; /* never across a name */
        }
    }
    enum stm_entity_type type = proper                            ? STM_ENTITY_ORGANIZATION
                                : stm_speech_is_paper(ann, token) ? STM_ENTITY_THING
                                                                  : STM_ENTITY_PERSON;
    stemma_status status = stm_ann_add_mention(ann, STEMMA_MENTION_NOMINAL, type, first,
                                               token - first + 1, token, STEMMA_NONE, mention);
    if (status == STEMMA_OK) {
        ann->mentions[*mention].plural = word->pos == STM_POS_NNS;
        ann->mentions[*mention].generic =
            !(stm_ann_is(ann, first, "the") || ann->tokens[first].pos == STM_POS_PRPS);
    }
    return status;
}

/** Of "the ministry's statement", "a statement by the ministry" and "the ministry issued a
    statement" the ministry; otherwise the token itself. */
static uint32_t maker_of(const struct stm_annotation *ann, uint32_t token)
{
    static const char *const by[] = {"by", "from", "of"};
    if (!stm_speech_is_utterance(ann, token)) {
        return token;
    }
    uint32_t owner = stm_syntax_child(ann, token, STM_RELATION_NMOD_POSS);
    for (size_t i = 0; i < sizeof by / sizeof by[0] && owner == STEMMA_NONE; i++) {
        owner = stm_syntax_oblique(ann, token, by[i]);
    }
    uint32_t verb = ann->tokens[token].head;
    uint8_t relation = ann->tokens[token].relation;
    if (owner == STEMMA_NONE && verb != STEMMA_NONE &&
        !stm_ann_is(ann, stm_syntax_case(ann, token), "according") &&
        (relation == STM_RELATION_OBJ || relation == STM_RELATION_OBL)) {
        owner = stm_syntax_subject(ann, verb); /* "the ministry issued a statement saying" */
    }
    if (owner == STEMMA_NONE) {
        return token;
    }
    uint32_t mention = stm_mention_headed(ann, owner);
    if (mention == STEMMA_NONE && ann->tokens[owner].mention == STEMMA_NONE &&
        (ann->tokens[owner].flags & STM_TOKEN_CAPITALISED) == 0 &&
        (stm_lexicon_has(STM_LEXICON_ORG_HEAD, ann->tokens[owner].lower) ||
         stm_lexicon_has(STM_LEXICON_ORG_NOUN, ann->tokens[owner].lower))) {
        return owner; /* "the ministry", which the tagger took for a name */
    }
    return mention != STEMMA_NONE && stm_speech_can_speak(ann, mention) ? owner : token;
}

/** "economist", "beautician": nouns that can only be people. */
static int is_made_like_a_person(stemma_text lemma)
{
    static const char *const endings[] = {"ist", "ician", "man", "woman"};
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        size_t size = strlen(endings[i]);
        if (lemma.size > size + 2 &&
            memcmp(lemma.data + lemma.size - size, endings[i], size) == 0) {
            return 1;
        }
    }
    return 0;
}

stemma_status stm_speech_speakers(struct stm_speech_scan *scan, uint32_t subject,
                                  struct stm_statement *it, int *found)
{
    struct stm_annotation *ann = scan->ann;
    uint32_t all[MOST_CONJUNCTS];
    *found = 0;
    it->speaker_count = 0;
    if (subject == STEMMA_NONE) {
        return STEMMA_OK;
    }
    uint8_t pos = ann->tokens[subject].pos;
    if ((pos == STM_POS_CD || pos == STM_POS_DT || pos == STM_POS_JJ || pos == STM_POS_JJS) &&
        ann->tokens[subject].mention == STEMMA_NONE) {
        /* "one of the officials", "many of the marchers" */
        uint32_t whole = stm_syntax_oblique(ann, subject, "of");
        if (whole != STEMMA_NONE && ann->tokens[whole].pos == STM_POS_PRP) {
            return STEMMA_OK; /* "one of them" is not them */
        }
        subject = whole != STEMMA_NONE ? whole : subject;
    }
    subject = maker_of(ann, subject);
    uint32_t count = stm_syntax_conjuncts(ann, subject, all, MOST_CONJUNCTS);
    for (uint32_t i = 0; i < count && it->speaker_count < STM_SPEECH_SPEAKERS; i++) {
        uint32_t mention = STEMMA_NONE;
        mention = stm_mention_headed(ann, all[i]);
        if (mention == STEMMA_NONE &&
            (!(it->frames & STM_SPEECH_THINGS) || stm_speech_is_paper(ann, all[i]) ||
             is_made_like_a_person(ann->tokens[all[i]].lemma))) {
            stemma_status status = stm_speech_mention_made(scan, all[i], &mention);
            if (status != STEMMA_OK) {
                return status;
            }
        }
        if (!stm_speech_can_speak(ann, mention)) {
            if (i == 0) {
                return STEMMA_OK; /* "the exchange and Bell said" is misread */
            }
            continue;
        }
        it->speakers[it->speaker_count++] = mention;
    }
    *found = it->speaker_count != 0;
    return STEMMA_OK;
}
