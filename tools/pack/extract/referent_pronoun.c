/* SPDX-License-Identifier: MIT */
/* Whom a pronoun means. Everybody named in the last sentences who agrees in number, gender and kind
   is a candidate; each is weighed by how recent and how prominent it is (after Lappin and Leass
   1994). A pronoun is resolved only when one candidate leads by enough. */
#include "pack/extract/referent_anaphora.h"

#include "pack/extract/referent_syntax.h"

#define SENTENCES_BACK 4u
#define TRACES_BACK    64u
#define CANDIDATES     24u
#define SPEECH_LONGEST 96u /* tokens to whom it is of */
#define OPENING_LONGEST 30u /* tokens of a phrase that opens a sentence */

#define WEIGHT_SAME_SENTENCE 60
#define WEIGHT_PREVIOUS      45
#define WEIGHT_BEFORE        5 /* and less for each sentence further back */
#define WEIGHT_EACH_BACK     25
#define WEIGHT_SUBJECT       35
#define WEIGHT_PARALLEL      10 /* a subject for a subject */
#define WEIGHT_GENDER        40 /* known to be of the gender */
#define WEIGHT_NAMED         20 /* a person with a name before "a spokesman" */
#define WEIGHT_SEEN          6  /* each earlier mention, the first few */
#define SEEN_MOST            5u
#define WEIGHT_PRONOUN       10    /* spoken of as a pronoun last */
#define WEIGHT_QUOTE         (-40) /* one of the two in direct speech, the other not */
#define WEIGHT_CLAUSE        30    /* "met the prisoners as they crossed": them, not others before */
#define WEIGHT_TITLE         (-30)
#define WEIGHT_BODY          (-15) /* "they" of a body that is one */
#define LEAST                50
#define MARGIN               18
#define MARGIN_OTHER         38 /* "Orlov thanked Petrov for his help": subjects are plainer */

enum pronoun_class {
    PERSON_PRONOUN,
    PLURAL_PRONOUN,
    THING_PRONOUN,
    RELATIVE_PRONOUN,
    FIRST_PRONOUN
};

struct candidate {
    uint32_t referent;
    int weight;
};

static int is_one(const struct stm_annotation *ann, uint32_t token, const char *const *words,
                  size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (stm_ann_is(ann, token, words[i])) {
            return 1;
        }
    }
    return 0;
}
#define IS_ONE(ann, token, words) is_one(ann, token, words, sizeof(words) / sizeof *(words))

static enum pronoun_class class_of(const struct stm_annotation *ann,
                                   const struct stm_mention *mention)
{
    static const char *const relative[] = {"who", "whom", "whose", "which", "that"};
    static const char *const first[] = {"i", "me", "my", "mine", "myself"};
    static const char *const thing[] = {"it", "its", "itself"};
    if (IS_ONE(ann, mention->head, relative)) {
        return RELATIVE_PRONOUN;
    }
    if (IS_ONE(ann, mention->head, first)) {
        return FIRST_PRONOUN;
    }
    if (IS_ONE(ann, mention->head, thing)) {
        return THING_PRONOUN;
    }
    return mention->plural ? PLURAL_PRONOUN : PERSON_PRONOUN;
}

uint32_t stm_own_subject(const struct stm_resolver *resolver, uint32_t token)
{
    uint32_t subject = stm_referent_clause_subject(resolver->ann, token);
    return subject == STEMMA_NONE ? STEMMA_NONE : stm_ann_referent_of_token(resolver->ann, subject);
}

/* Whether a trace can be what a pronoun of a class means at all. */
static int agrees(const struct stm_resolver *resolver, const struct stm_trace *trace,
                  enum pronoun_class class, uint8_t gender)
{
    const struct stm_referent *referent = &resolver->ann->referents[trace->referent];
    switch (class) {
    case PERSON_PRONOUN:
        return referent->entity_type == STM_ENTITY_PERSON && !trace->plural && !referent->plural &&
               stm_genders_agree(referent->gender, gender);
    case PLURAL_PRONOUN:
        return referent->entity_type == STM_ENTITY_GROUP || referent->plural || trace->plural ||
               referent->entity_type == STM_ENTITY_ORGANIZATION;
    case THING_PRONOUN:
        return referent->entity_type != STM_ENTITY_PERSON &&
               referent->entity_type != STM_ENTITY_GROUP && !trace->plural && !referent->plural &&
               !stm_ann_is(resolver->ann, trace->token + 1, "-"); /* "the Vienna-based group" */
    default:
        return 0;
    }
}

static int weigh(const struct stm_resolver *resolver, const struct stm_trace *trace,
                 const struct stm_mention *mention, enum pronoun_class class, int subject_form)
{
    const struct stm_annotation *ann = resolver->ann;
    const struct stm_referent *referent = &ann->referents[trace->referent];
    const struct stm_token *token = &ann->tokens[mention->head];
    uint32_t back = token->sentence - trace->sentence;
    int in_quote = (token->flags & STM_TOKEN_IN_QUOTE) != 0;
    int weight = back == 0   ? WEIGHT_SAME_SENTENCE
                 : back == 1 ? WEIGHT_PREVIOUS
                             : WEIGHT_BEFORE - WEIGHT_EACH_BACK * (int)(back - 2);
    if (trace->place == STM_TRACE_SUBJECT) {
        weight += WEIGHT_SUBJECT + (subject_form ? WEIGHT_PARALLEL : 0);
    }
    if (class == PERSON_PRONOUN && referent->gender == mention->gender) {
        weight += WEIGHT_GENDER;
    }
    weight += class == PERSON_PRONOUN && referent->surname.size != 0 ? WEIGHT_NAMED : 0;
    uint32_t seen = resolver->seen[trace->referent];
    weight += WEIGHT_SEEN * (int)(seen < SEEN_MOST ? seen : SEEN_MOST);
    weight += trace->kind == STEMMA_MENTION_PRONOUN ? WEIGHT_PRONOUN : 0;
    uint32_t verb = token->relation == STM_RELATION_NSUBJ ? token->head : STEMMA_NONE;
    weight += class == PLURAL_PRONOUN && back == 0 && verb != STEMMA_NONE &&
                      ann->tokens[verb].relation == STM_RELATION_ADVCL
                  ? WEIGHT_CLAUSE
                  : 0;
    weight += trace->in_quote != in_quote ? WEIGHT_QUOTE : 0;
    weight += ann->sentences[trace->sentence].is_title && back != 0 ? WEIGHT_TITLE : 0;
    weight += class == PLURAL_PRONOUN && referent->entity_type == STM_ENTITY_ORGANIZATION &&
                      !trace->plural
                  ? WEIGHT_BODY
                  : 0;
    return weight;
}

/* What a relative pronoun stands for. */
static uint32_t antecedent(const struct stm_annotation *ann, uint32_t token)
{
    uint32_t noun = stm_relative_antecedent(ann, token);
    return noun == STEMMA_NONE ? STEMMA_NONE : stm_ann_referent_of_token(ann, noun);
}

/* In "Orlov, who fell out with his party" the pronoun means whom the clause is about. */
static uint32_t relative_subject(const struct stm_annotation *ann,
                                 const struct stm_mention *mention)
{
    uint32_t noun = stm_relative_subject(ann, mention->head);
    if (noun == STEMMA_NONE) {
        return STEMMA_NONE;
    }
    uint32_t referent = stm_ann_referent_of_token(ann, noun);
    return referent != STEMMA_NONE && ann->referents[referent].entity_type == STM_ENTITY_PERSON &&
                   !ann->referents[referent].plural &&
                   stm_genders_agree(ann->referents[referent].gender, mention->gender)
               ? referent
               : STEMMA_NONE;
}

/* Who says a direct speech and is named behind it: "'She is free,' Orlova said." */
static uint32_t speaker_behind(const struct stm_annotation *ann, uint32_t token)
{
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[token].sentence);
    for (uint32_t i = token + 1; i < end && i < token + SPEECH_LONGEST; i++) {
        uint32_t m = ann->tokens[i].mention;
        if (m == STEMMA_NONE || (ann->tokens[i].flags & STM_TOKEN_IN_QUOTE) != 0 ||
            ann->mentions[m].kind != STEMMA_MENTION_NAME || ann->mentions[m].head != i) {
            continue;
        }
        uint32_t top = stm_phrase_top(ann, ann->mentions[m].first, ann->mentions[m].count);
        if (stm_phrase_speaks(ann, top)) {
            return ann->mentions[m].referent;
        }
    }
    return STEMMA_NONE;
}

/* "In her first words after her release, Anna Orlova said": whom the sentence is about, named right
   behind the phrase that opens it. */
static uint32_t named_behind(const struct stm_annotation *ann, const struct stm_mention *mention)
{
    uint32_t sentence = ann->tokens[mention->head].sentence;
    uint32_t first = ann->sentences[sentence].first;
    uint32_t end = stm_ann_sentence_end(ann, sentence);
    uint32_t comma = mention->head + 1;
    if (ann->tokens[first].pos != STM_POS_IN || ann->sentences[sentence].is_title ||
        mention->head - first > OPENING_LONGEST) {
        return STEMMA_NONE;
    }
    while (comma < end && comma - first <= OPENING_LONGEST && !stm_ann_is(ann, comma, ",")) {
        uint8_t pos = ann->tokens[comma].pos;
        if (pos == STM_POS_VBD || pos == STM_POS_VBZ || pos == STM_POS_VBP || pos == STM_POS_MD) {
            return STEMMA_NONE; /* a clause, and who it is about may be told before */
        }
        comma++;
    }
    for (uint32_t i = comma + 1; i < end && i < comma + 4; i++) {
        uint32_t m = ann->tokens[i].mention;
        if (m == STEMMA_NONE || ann->mentions[m].kind != STEMMA_MENTION_NAME) {
            continue;
        }
        uint32_t referent = ann->mentions[m].referent;
        uint32_t top = stm_phrase_top(ann, ann->mentions[m].first, ann->mentions[m].count);
        uint32_t over = ann->tokens[top].head;
        if (over != STEMMA_NONE && over > comma && over < top) {
            top = over; /* "former journalist Anna Orlova" */
        }
        uint8_t relation = ann->tokens[top].relation;
        int about = relation == STM_RELATION_NSUBJ || relation == STM_RELATION_NSUBJ_PASS;
        return about && ann->mentions[m].type == STM_ENTITY_PERSON && referent != STEMMA_NONE &&
                       ann->mentions[m].count > 1 &&
                       stm_genders_agree(ann->referents[referent].gender, mention->gender)
                   ? referent
                   : STEMMA_NONE;
    }
    return STEMMA_NONE;
}

/* "The daughter of a keeper, she was born in Lund": what opens a sentence and describes whom the pronoun behind its
   comma means is nobody whom the pronoun could mean instead. */
static int opens_before(const struct stm_annotation *ann, const struct stm_trace *trace, uint32_t pronoun)
{
    uint32_t start = ann->sentences[ann->tokens[pronoun].sentence].first;
    if (trace->kind != STEMMA_MENTION_NOMINAL || trace->sentence != ann->tokens[pronoun].sentence ||
        ann->mentions[trace->mention].first != start || !stm_ann_is(ann, pronoun - 1, ",")) {
        return 0;
    }
    for (uint32_t i = trace->token + 1; i + 1 < pronoun; i++) {
        uint8_t pos = ann->tokens[i].pos;
        if (pos == STM_POS_VBD || pos == STM_POS_VBZ || pos == STM_POS_VBP || pos == STM_POS_MD ||
            pos == STM_POS_VB) {
            return 0;
        }
    }
    return 1;
}

/** Whether a person is known by an office whose holders tell of the cases of others. */
static int is_of_case(const struct stm_annotation *ann, uint32_t referent)
{
    static const char *const offices[] = {"chief",    "inspector",  "commissioner", "superintendent", "officer",
                                          "judge",    "prosecutor", "spokesman",    "spokeswoman",    "spokesperson",
                                          "sergeant", "detective",  "sheriff",      "constable",      "magistrate"};
    uint32_t shown = ann->referents[referent].canonical;
    stemma_text role = ann->referents[referent].role;
    if (role.size == 0 && shown != STEMMA_NONE && ann->mentions[shown].first != 0) {
        role = ann->tokens[ann->mentions[shown].first - 1].lower;
    }
    for (size_t i = 0; i < sizeof offices / sizeof *offices; i++) {
        if (stemma_text_equal(role, stemma_text_of(offices[i]))) {
            return 1;
        }
    }
    return 0;
}

/** "He has been remanded", behind what a police chief said: not the chief. */
static int stands_accused(const struct stm_annotation *ann, uint32_t pronoun)
{
    static const char *const verbs[] = {"arrest", "detain",  "remand", "charge",  "jail",  "sentence",
                                        "convict", "release", "hold",  "question", "acquit", "book"};
    static const char *const be_words[] = {"been", "was", "is", "being", "be"};
    uint32_t verb = ann->tokens[pronoun].head;
    if (verb == STEMMA_NONE || verb <= pronoun || ann->tokens[verb].pos != STM_POS_VBN ||
        !IS_ONE(ann, verb - 1, be_words)) {
        return 0;
    }
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        if (stm_ann_has_lemma(ann, verb, verbs[i])) {
            return 1;
        }
    }
    return 0;
}

static uint32_t choose(const struct stm_resolver *resolver, const struct stm_mention *mention,
                       enum pronoun_class class)
{
    static const char *const subjects[] = {"he", "she", "they", "it"};
    static const char *const objects[] = {"him", "them"};
    static const char *const reflexive[] = {"himself", "herself", "themselves", "itself"};
    const struct stm_annotation *ann = resolver->ann;
    const struct stm_token *token = &ann->tokens[mention->head];
    int in_quote = (token->flags & STM_TOKEN_IN_QUOTE) != 0;
    int noun = mention->kind == STEMMA_MENTION_NOMINAL;
    int object = IS_ONE(ann, mention->head, objects) ||
                 (stm_ann_is(ann, mention->head, "her") && token->tag == STM_TAG_PRONOUN);
    uint32_t own = stm_own_subject(resolver, mention->head);
    if (IS_ONE(ann, mention->head, reflexive)) {
        return own;
    }
    int subject_form = IS_ONE(ann, mention->head, subjects);
    uint32_t speaker = in_quote ? speaker_behind(ann, mention->head) : STEMMA_NONE;
    struct candidate list[CANDIDATES];
    size_t count = 0;
    uint32_t opening = STEMMA_NONE; /* whom the words before it describe, when nobody else is found */
    for (size_t i = resolver->count; i-- > 0 && resolver->count - i <= TRACES_BACK;) {
        const struct stm_trace *trace = &resolver->traces[i];
        if (trace->sentence + SENTENCES_BACK < token->sentence) {
            break;
        }
        if (trace->token < mention->head && opens_before(ann, trace, mention->head)) {
            opening = agrees(resolver, trace, class, mention->gender) ? trace->referent : opening;
            continue;
        }
        if (trace->token >= mention->head || (noun && trace->sentence == token->sentence) ||
            (object && trace->referent == own) ||
            (class == PERSON_PRONOUN && is_of_case(ann, trace->referent) &&
             stands_accused(ann, mention->head)) ||
            (speaker != STEMMA_NONE && trace->referent == speaker) ||
            (in_quote && !trace->in_quote && trace->speaks && trace->sentence == token->sentence) ||
            !agrees(resolver, trace, class, mention->gender)) {
            continue;
        }
        int weight = weigh(resolver, trace, mention, class, subject_form);
        size_t k = 0;
        while (k < count && list[k].referent != trace->referent) {
            k++;
        }
        if (k < count) {
            list[k].weight = weight > list[k].weight ? weight : list[k].weight;
        } else if (count < CANDIDATES) {
            list[count].referent = trace->referent;
            list[count++].weight = weight;
        }
    }
    int margin = subject_form ? MARGIN : MARGIN_OTHER;
    struct candidate best = {STEMMA_NONE, LEAST - 1};
    int second = LEAST - 1 - margin;
    for (size_t k = 0; k < count; k++) {
        if (list[k].weight > best.weight) {
            second = best.referent == STEMMA_NONE ? second : best.weight;
            best = list[k];
        } else if (list[k].weight > second) {
            second = list[k].weight;
        }
    }
    if (best.referent == STEMMA_NONE && count == 1 && class == PERSON_PRONOUN &&
        ann->referents[list[0].referent].gender == mention->gender) {
        return list[0].referent; /* everybody named since is of the other gender */
    }
    return best.referent != STEMMA_NONE && best.weight - second >= margin ? best.referent : opening;
}

uint32_t stm_resolve_pronoun(const struct stm_resolver *resolver, const struct stm_mention *mention)
{
    enum pronoun_class class = class_of(resolver->ann, mention);
    if (class == RELATIVE_PRONOUN) {
        return antecedent(resolver->ann, mention->head);
    }
    if (class == FIRST_PRONOUN ||
        resolver->ann->tokens[mention->head].relation == STM_RELATION_EXPL) {
        return STEMMA_NONE;
    }
    if (class == PERSON_PRONOUN && mention->gender == STM_GENDER_UNKNOWN) {
        return STEMMA_NONE;
    }
    uint32_t relative =
        class == PERSON_PRONOUN ? relative_subject(resolver->ann, mention) : STEMMA_NONE;
    if (relative == STEMMA_NONE && class == PERSON_PRONOUN) {
        relative = named_behind(resolver->ann, mention);
    }
    return relative != STEMMA_NONE ? relative : choose(resolver, mention, class);
}

uint32_t stm_resolve_aged(const struct stm_resolver *resolver, const struct stm_mention *mention)
{
    return choose(resolver, mention, PERSON_PRONOUN);
}

uint32_t stm_resolve_speaker(const struct stm_resolver *resolver, const struct stm_mention *mention)
{
    const struct stm_annotation *ann = resolver->ann;
    const struct stm_token *token = &ann->tokens[mention->head];
    if (class_of(ann, mention) != FIRST_PRONOUN || (token->flags & STM_TOKEN_IN_QUOTE) == 0) {
        return STEMMA_NONE;
    }
    size_t low = 0;
    size_t high = resolver->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (resolver->traces[middle].sentence < token->sentence) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    uint32_t found = STEMMA_NONE;
    for (size_t i = low; i < resolver->count && i < low + TRACES_BACK &&
                         resolver->traces[i].sentence == token->sentence;
         i++) {
        const struct stm_trace *trace = &resolver->traces[i];
        if (trace->speaks && !trace->in_quote &&
            ann->referents[trace->referent].entity_type == STM_ENTITY_PERSON) {
            if (found != STEMMA_NONE && found != trace->referent) {
                return STEMMA_NONE;
            }
            found = trace->referent;
        }
    }
    return found;
}
