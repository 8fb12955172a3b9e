/* SPDX-License-Identifier: MIT */
/* Who does what a verb says. */
#include "pack/extract/event_clause.h"
#include "pack/extract/event_participant.h"
#include "pack/extract/event_word.h"
#include "pack/extract/syntax.h"

enum {
    CHILDREN = 300,
    REACH = 30,
    STEPS = 40,
    OPENING = 6 /**< Tokens of a headline before its second subject. */
};

/** The noun that a relative word stands behind. */
static uint32_t antecedent_of(const struct stm_annotation *ann, uint32_t word)
{
    uint32_t start = ann->sentences[ann->tokens[word].sentence].first;
    uint32_t at = word;
    while (at > start && word - at < 3) {
        at--;
        if (stm_ann_is(ann, at, ",")) {
            continue;
        }
        uint32_t mention = ann->tokens[at].mention;
        return mention != STEMMA_NONE ? ann->mentions[mention].head : at;
    }
    return STEMMA_NONE;
}

/** "Supporters of X blocked": whether X is only part of the subject before it. */
static int is_behind_preposition(const struct stm_annotation *ann, uint32_t first, uint32_t second)
{
    static const char *const words[] = {"of", "at", "in", "from", "near", "outside", "with"};
    for (uint32_t i = first + 1; i < second && i < first + 8; i++) {
        if (stm_ann_is(ann, i, ",")) {
            return 0;
        }
        if (STM_TOKEN_IS_ANY(ann, i, words)) {
            return 1;
        }
    }
    return 0;
}

/** "Lund today threatened": the noun before the time that the tree has as the subject. */
static uint32_t before_time(const struct stm_annotation *ann, uint32_t subject)
{
    uint32_t start = ann->sentences[ann->tokens[subject].sentence].first;
    uint32_t i = subject;
    while (i > start && (ann->tokens[i].time != STEMMA_NONE || stm_ann_is(ann, i, "on"))) {
        i--;
    }
    uint32_t mention = ann->tokens[i].mention;
    if (ann->tokens[i].time != STEMMA_NONE || !stm_is_plain_noun(ann, i)) {
        return subject;
    }
    return mention != STEMMA_NONE ? ann->mentions[mention].head : i;
}

/** "112 were released": a number that the tree takes for an attribute of the verb. */
static int is_bare_number(const struct stm_annotation *ann, uint32_t number, uint32_t verb)
{
    return ann->tokens[number].relation == STM_RELATION_NUMMOD && number + 1 < verb &&
           ann->tokens[number].quantity != STEMMA_NONE && stm_is_be_or_have(ann, number + 1);
}

/** The subject child nearest to the verb. */
static uint32_t nearest_subject(const struct stm_annotation *ann, uint32_t verb)
{
    uint32_t found = STEMMA_NONE;
    uint32_t looked = 0;
    for (uint32_t i = ann->tokens[verb].child; i != STEMMA_NONE && looked < CHILDREN;
         i = ann->tokens[i].sibling, looked++) {
        uint8_t relation = ann->tokens[i].relation;
        if ((relation == STM_RELATION_NSUBJ || relation == STM_RELATION_NSUBJ_PASS ||
             is_bare_number(ann, i, verb)) &&
            !stm_ann_is(ann, stm_syntax_case(ann, i), "according") &&
            (found == STEMMA_NONE ||
             (i < verb && (stm_syntax_case(ann, found) != STEMMA_NONE || /* "despite warnings, X" */
                           !is_behind_preposition(ann, found, i))))) {
            found = i;
        }
    }
    if (found != STEMMA_NONE && found < verb && ann->tokens[found].time != STEMMA_NONE) {
        found = before_time(ann, found);
    }
    /* Of "Anna Bell" the tree may give "Bell" to the verb and "Anna" to what she is joined with. */
    uint32_t mention = found == STEMMA_NONE ? STEMMA_NONE : ann->tokens[found].mention;
    if (mention != STEMMA_NONE) {
        uint32_t first = ann->mentions[mention].first;
        uint32_t other = ann->tokens[first].head;
        if (first != found && ann->tokens[first].relation == STM_RELATION_CONJ &&
            other != STEMMA_NONE && ann->tokens[other].head == verb) {
            return other;
        }
    }
    return found;
}

/** Whether "of", "for" or "from" opens the clause of a verb: what its governor's object did. */
static int is_charged(const struct stm_annotation *ann, uint32_t verb)
{
    static const char *const words[] = {"of", "for", "from", "with"};
    uint32_t mark = stm_syntax_child(ann, verb, STM_RELATION_MARK);
    return STM_TOKEN_IS_ANY(ann, mark, words);
}

/** "after meeting X", "before being jailed": a clause of time, which the tree may hang on the noun
    before it. */
static int is_of_time(const struct stm_annotation *ann, uint32_t verb)
{
    static const char *const words[] = {"after", "before", "while", "when", "since"};
    uint32_t passive = stm_syntax_child(ann, verb, STM_RELATION_AUX_PASS);
    uint32_t mark = stm_syntax_child(ann, verb, STM_RELATION_MARK);
    return (ann->tokens[verb].pos == STM_POS_VBG || stm_ann_is(ann, passive, "being")) &&
           STM_TOKEN_IS_ANY(ann, mark, words);
}

/** The verb under which a noun stands; or STEMMA_NONE. */
static uint32_t verb_over(const struct stm_annotation *ann, uint32_t noun)
{
    uint32_t at = ann->tokens[noun].head;
    for (uint32_t steps = 0; steps < STEPS && at != STEMMA_NONE; steps++) {
        if (stm_is_verb(ann, at)) {
            return at;
        }
        at = ann->tokens[at].head;
    }
    return STEMMA_NONE;
}

/** "after the company offered a raise": the noun right before a verb in the past, which the tree hangs on what
    stands before "after"; or STEMMA_NONE. */
static uint32_t in_clause_of_time(const struct stm_annotation *ann, uint32_t verb)
{
    static const char *const words[] = {"after", "before", "until", "since"};
    if (ann->tokens[verb].pos != STM_POS_VBD || !stm_stands_as_verb(ann, verb)) {
        return STEMMA_NONE;
    }
    uint32_t mention = ann->tokens[verb - 1].mention;
    uint32_t noun = mention != STEMMA_NONE ? ann->mentions[mention].head : verb - 1;
    return STM_TOKEN_IS_ANY(ann, stm_syntax_case(ann, noun), words) ? noun : STEMMA_NONE;
}

/** "Gunmen on motorbikes shot a man": of a past that the tree hangs on the noun right before it, those who ride;
    or the noun. */
static uint32_t doer_over(const struct stm_annotation *ann, uint32_t verb, uint32_t noun)
{
    uint32_t over = ann->tokens[noun].head;
    return ann->tokens[verb].pos == STM_POS_VBD && over != STEMMA_NONE &&
                   ann->tokens[noun].relation == STM_RELATION_NMOD && stm_types_at(ann, noun) == 0 &&
                   (stm_types_at(ann, over) & STM_TYPES_PEOPLE) != 0
               ? over
               : noun;
}

/** Whose subject an infinitive, a coordinated verb or a participle shares; or STEMMA_NONE. */
static uint32_t shared_subject(const struct stm_annotation *ann, uint32_t verb)
{
    for (uint32_t steps = 0; steps < STEPS; steps++) {
        const struct stm_token *token = &ann->tokens[verb];
        uint32_t head = token->head;
        if (head == STEMMA_NONE) {
            return STEMMA_NONE;
        }
        switch (token->relation) {
        case STM_RELATION_ACL:
        case STM_RELATION_ACL_RELCL:
            if (is_of_time(ann, verb) && verb_over(ann, head) != STEMMA_NONE) {
                head = verb_over(ann, head);
                break;
            }
            return token->pos == STM_POS_VB ? STEMMA_NONE : doer_over(ann, verb, head);
        case STM_RELATION_XCOMP: {
            uint32_t object = stm_syntax_child(ann, head, STM_RELATION_OBJ);
            if (object == STEMMA_NONE) {
                object = stm_syntax_child(ann, head, STM_RELATION_IOBJ);
            }
            if (object != STEMMA_NONE && object < verb && object > head) {
                return object; /* "ordered the court to free him" */
            }
            break;
        }
        case STM_RELATION_ADVCL:
            if (token->pos != STM_POS_VBG && token->pos != STM_POS_VBN &&
                token->pos != STM_POS_VB) {
                return STEMMA_NONE; /* a finite clause has a subject of its own */
            }
            if (is_charged(ann, verb)) {
                uint32_t object = stm_syntax_child(ann, head, STM_RELATION_OBJ);
                if (object != STEMMA_NONE && object < verb && object > head) {
                    return object; /* "accused the army of shelling the town" */
                }
            }
            break;
        case STM_RELATION_CONJ:
            break;
        default:
            return STEMMA_NONE;
        }
        verb = head;
        uint32_t subject = nearest_subject(ann, verb);
        subject = subject == STEMMA_NONE ? in_clause_of_time(ann, verb) : subject;
        if (subject != STEMMA_NONE) {
            return subject;
        }
    }
    return STEMMA_NONE;
}

/** Where the auxiliaries and adverbs before a verb begin. */
static uint32_t group_start(const struct stm_annotation *ann, uint32_t verb)
{
    uint32_t start = ann->sentences[ann->tokens[verb].sentence].first;
    uint32_t first = verb;
    while (first > start && verb - first < 6) {
        uint8_t pos = ann->tokens[first - 1].pos;
        if (pos != STM_POS_RB && pos != STM_POS_MD && !stm_is_be_or_have(ann, first - 1)) {
            break;
        }
        first--;
    }
    return first;
}

/** The noun before an insertion that ends with the comma at `comma`: "Lund, who fled in May, was
    freed"; or STEMMA_NONE. */
static uint32_t before_insertion(const struct stm_annotation *ann, uint32_t comma)
{
    uint32_t start = ann->sentences[ann->tokens[comma].sentence].first;
    for (uint32_t i = comma; i-- > start + 1 && comma - i < REACH;) {
        if (!stm_ann_is(ann, i, ",")) {
            continue;
        }
        uint32_t mention = ann->tokens[i - 1].mention;
        if (mention != STEMMA_NONE && ann->mentions[mention].kind == STEMMA_MENTION_NAME) {
            return ann->mentions[mention].head;
        }
        if (stm_is_relative(ann, i + 1) || stm_ann_is(ann, i + 1, "like") ||
            ann->tokens[comma - 1].pos == STM_POS_VBD || ann->tokens[comma - 1].pos == STM_POS_VBZ) {
            return stm_is_plain_noun(ann, i - 1) ? i - 1 : STEMMA_NONE; /* ", the mayor said, had" */
        }
    }
    return STEMMA_NONE;
}

/** "Born in Lund to a baker, she was the youngest": behind the comma that ends what opens the sentence, who
    is the subject of the verb that follows at once; or STEMMA_NONE. */
static uint32_t behind_opening(const struct stm_annotation *ann, uint32_t verb)
{
    static const char *const linking[] = {"given", "based", "compared", "provided", "granted"};
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[verb].sentence);
    if (STM_TOKEN_IS_ANY(ann, verb, linking)) {
        return STEMMA_NONE; /* "given the costs" is no clause */
    }
    for (uint32_t i = verb + 1; i + 2 < end && i < verb + REACH; i++) {
        if (!stm_ann_is(ann, i, ",")) {
            continue;
        }
        uint32_t who = ann->tokens[i + 1].pos == STM_POS_PRP ? i + 1 : stm_phrase_head(ann, i + 1);
        uint32_t behind = who == STEMMA_NONE                            ? end
                          : ann->tokens[who].mention == STEMMA_NONE     ? who + 1
                          : ann->mentions[ann->tokens[who].mention].first +
                                ann->mentions[ann->tokens[who].mention].count;
        uint8_t pos = behind < end ? ann->tokens[behind].pos : (uint8_t)STM_POS_NONE;
        if (pos == STM_POS_VBD || pos == STM_POS_VBZ || pos == STM_POS_VBP || pos == STM_POS_MD) {
            return who;
        }
    }
    return STEMMA_NONE;
}

uint32_t stm_clause_subject(const struct stm_annotation *ann, uint32_t verb)
{
    uint32_t first = group_start(ann, verb);
    uint32_t sentence = ann->sentences[ann->tokens[verb].sentence].first;
    if (first > sentence && stm_is_relative(ann, first - 1) &&
        !stm_ann_is(ann, first - 1, "what")) {
        /* "the poet X, who had been sentenced": right before the verb, whatever the tree says */
        uint32_t noun = antecedent_of(ann, first - 1);
        if (noun != STEMMA_NONE && stm_is_plain_noun(ann, noun)) {
            return noun;
        }
    }
    const struct stm_token *token = &ann->tokens[verb];
    if (first > sentence && first < verb && stm_ann_is(ann, first - 1, "both")) {
        return first - 1; /* "both were freed" */
    }
    uint32_t subject = verb == sentence && token->pos == STM_POS_VBN ? behind_opening(ann, verb)
                                                                     : STEMMA_NONE;
    if (subject == STEMMA_NONE) {
        subject = nearest_subject(ann, verb);
    }
    if (subject == STEMMA_NONE) {
        subject = in_clause_of_time(ann, verb);
    }
    if (subject == STEMMA_NONE) {
        subject = shared_subject(ann, verb);
    } else if (stm_is_relative(ann, subject)) {
        return token->relation == STM_RELATION_ACL_RELCL ? token->head
                                                         : antecedent_of(ann, subject);
    }
    if (subject != STEMMA_NONE && stm_is_relative(ann, subject)) {
        return antecedent_of(ann, subject);
    }
    if (subject != STEMMA_NONE) {
        return subject;
    }
    uint32_t start = sentence;
    if (verb == sentence + 1 && token->head == sentence && ann->tokens[sentence].pos == STM_POS_CD &&
        ann->tokens[sentence].quantity != STEMMA_NONE) {
        return sentence; /* "Nine killed in market blast" */
    }
    if (first < verb && first > sentence && stm_ann_is(ann, first - 1, ",")) {
        uint32_t noun = before_insertion(ann, first - 1);
        if (noun != STEMMA_NONE) {
            return noun;
        }
    }
    if (stm_stands_as_verb(ann, verb) && token->relation != STM_RELATION_ACL) {
        uint32_t before = verb - 1; /* right before the verb stands who does it */
        uint32_t mention = ann->tokens[before].mention;
        return mention != STEMMA_NONE ? ann->mentions[mention].head : before;
    }
    uint32_t over = token->head;
    if (token->relation == STM_RELATION_CCOMP && token->pos == STM_POS_VB && verb > start &&
        stm_ann_is(ann, verb - 1, "to") && over != STEMMA_NONE && over < verb && stm_is_verb(ann, over) &&
        stm_syntax_child(ann, over, STM_RELATION_OBJ) == STEMMA_NONE &&
        stm_syntax_child(ann, over, STM_RELATION_IOBJ) == STEMMA_NONE) {
        return nearest_subject(ann, over); /* "came from behind to beat X" */
    }
    /* "Lund, who was jailed in 2019, was released": the nearest subject before a finite verb */
    struct stm_voice voice = stm_voice_of(ann, verb);
    if (!voice.be && !voice.have && token->pos != STM_POS_VBD && token->pos != STM_POS_VBZ &&
        token->pos != STM_POS_VBP) {
        return STEMMA_NONE;
    }
    for (uint32_t i = verb; i-- > start && verb - i < REACH;) {
        if ((ann->tokens[i].relation == STM_RELATION_NSUBJ ||
             ann->tokens[i].relation == STM_RELATION_NSUBJ_PASS) &&
            !stm_ann_is(ann, stm_syntax_case(ann, i), "according") && !stm_is_relative(ann, i) &&
            stm_types_at(ann, i) != 0) {
            return i;
        }
    }
    return STEMMA_NONE;
}

/** "Rebels, army clash": what opens a headline and stands with a comma and no "and" before its subject; or
    STEMMA_NONE. */
static uint32_t first_of_two(const struct stm_annotation *ann, uint32_t subject)
{
    uint32_t sentence = ann->tokens[subject].sentence;
    uint32_t start = ann->sentences[sentence].first;
    uint32_t first;
    uint32_t mention = ann->tokens[subject].mention;
    first = mention != STEMMA_NONE ? ann->mentions[mention].first : subject;
    if (!ann->sentences[sentence].is_title || first < start + 2 || first > start + OPENING ||
        !stm_ann_is(ann, first - 1, ",") || !stm_is_plain_noun(ann, first - 2)) {
        return STEMMA_NONE;
    }
    for (uint32_t i = start; i < first - 1; i++) {
        if (!stm_is_plain_noun(ann, i) && ann->tokens[i].pos != STM_POS_JJ) {
            return STEMMA_NONE;
        }
    }
    uint32_t before = ann->tokens[first - 2].mention;
    return before != STEMMA_NONE ? ann->mentions[before].head : first - 2;
}

uint32_t stm_clause_second_subject(const struct stm_annotation *ann, uint32_t subject)
{
    uint32_t verb = subject == STEMMA_NONE ? STEMMA_NONE : ann->tokens[subject].head;
    uint32_t and_word = stm_syntax_child(ann, subject, STM_RELATION_CC);
    if (verb != STEMMA_NONE && and_word == STEMMA_NONE) {
        return first_of_two(ann, subject);
    }
    if (verb == STEMMA_NONE || and_word == STEMMA_NONE || and_word > subject ||
        (ann->tokens[subject].relation != STM_RELATION_NSUBJ &&
         ann->tokens[subject].relation != STM_RELATION_NSUBJ_PASS)) {
        return STEMMA_NONE;
    }
    uint32_t found = STEMMA_NONE;
    uint32_t looked = 0;
    for (uint32_t i = ann->tokens[verb].child;
         i != STEMMA_NONE && i < and_word && looked < CHILDREN;
         i = ann->tokens[i].sibling, looked++) {
        if (ann->tokens[i].relation == STM_RELATION_NSUBJ ||
            ann->tokens[i].relation == STM_RELATION_NSUBJ_PASS) {
            found = i;
        }
    }
    return found;
}

uint32_t stm_clause_listed_before(const struct stm_annotation *ann, uint32_t subject)
{
    uint32_t verb = ann->tokens[subject].head;
    uint8_t relation = ann->tokens[subject].relation;
    uint32_t first;
    uint32_t end;
    if (verb == STEMMA_NONE || relation != STM_RELATION_NSUBJ_PASS ||
        stm_syntax_child(ann, subject, STM_RELATION_CONJ) == STEMMA_NONE) {
        return STEMMA_NONE; /* no list, but "Voss, the man was told" */
    }
    stm_syntax_range(ann, subject, &first, &end);
    uint32_t before = stm_syntax_child(ann, verb, STM_RELATION_NSUBJ_PASS);
    return before < first && first > 1 && stm_ann_is(ann, first - 1, ",") &&
                   (before + 1 == first - 1 || ann->tokens[before].mention != STEMMA_NONE)
               ? before
               : STEMMA_NONE;
}
