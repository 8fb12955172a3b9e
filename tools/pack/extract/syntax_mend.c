/* SPDX-License-Identifier: MIT */
/* English forms most verbs alike in the past and as participles, and the tagger takes one for the other now and
   then. The tree shows it: the sentence then has no verb, or a participle stands where none can. */
#include "pack/extract/syntax_mend.h"

#include "pack/extract/event_lexicon.h"
#include "pack/extract/event_word.h"
#include "pack/extract/lexicon.h"

enum { PHRASE = 8 /**< Tokens from a verb within which the noun of its object stands. */ };

static int is_noun(uint8_t pos)
{
    return pos == STM_POS_NN || pos == STM_POS_NNS || pos == STM_POS_NNP || pos == STM_POS_NNPS;
}

static int is_finite(uint8_t pos)
{
    return pos == STM_POS_VBD || pos == STM_POS_VBZ || pos == STM_POS_VBP || pos == STM_POS_MD;
}

static int is_auxiliary(const struct stm_annotation *ann, uint32_t token)
{
    static const char *const lemmas[] = {"be",     "have",   "do",   "get",  "become",
                                         "remain", "keep",   "stay", "feel", "look",
                                         "seem",   "appear", "grow", "go",   "lie"};
    return ann->tokens[token].pos == STM_POS_MD ||
           (ann->tokens[token].flags & STM_TOKEN_CONTRACTED) != 0 ||
           STM_LEMMA_IS_ANY(ann, token, lemmas);
}

/** A word that begins or makes up a time: what follows "arrested" in "arrested Monday" is no object. */
static int begins_time(const struct stm_annotation *ann, uint32_t token, uint32_t end)
{
    static const char *const words[] = {"yesterday", "today", "tomorrow", "tonight", "last",  "next",
                                        "earlier",   "later", "early",    "late",    "this",  "that",
                                        "every",     "each",  "again",    "home",    "dead",  "alive",
                                        "guilty",    "free"};
    static const char *const units[] = {"year", "month",  "week",   "day",  "hour",
                                        "minute", "second", "decade", "time"};
    if (STM_TOKEN_IS_ANY(ann, token, words) ||
        stm_lexicon_has(STM_LEXICON_CALENDAR, ann->tokens[token].lower)) {
        return 1;
    }
    for (uint32_t i = token; i < end && i < token + 4; i++) {
        if (STM_LEMMA_IS_ANY(ann, i, units)) {
            return 1;
        }
        if (is_noun(ann->tokens[i].pos)) {
            break;
        }
    }
    return 0;
}

/** Whether a noun phrase begins at a token: with what only such a phrase begins with, and with its noun soon
    behind. */
static int begins_object(const struct stm_annotation *ann, uint32_t token, uint32_t end)
{
    if (token >= end || begins_time(ann, token, end)) {
        return 0;
    }
    for (uint32_t i = token; i < end && i < token + PHRASE; i++) {
        uint8_t pos = ann->tokens[i].pos;
        if (is_noun(pos) || (pos == STM_POS_PRP && i == token)) {
            return 1;
        }
        if (i == token && stm_ann_is(ann, i, "both")) {
            continue;
        }
        if (pos != STM_POS_DT && pos != STM_POS_PRPS && pos != STM_POS_CD && pos != STM_POS_JJ &&
            pos != STM_POS_JJS && pos != STM_POS_PDT && !(pos == STM_POS_VBN && i > token)) {
            return 0;
        }
    }
    return 0;
}

/** Verbs whose passive keeps an object: "the woman named judge", "a man given ten years". */
static int keeps_object(const struct stm_annotation *ann, uint32_t verb)
{
    static const char *const lemmas[] = {
        "name",  "elect", "appoint", "give",  "award", "grant", "call",  "offer",   "deny",
        "send",  "pay",   "hand",    "owe",   "lend",  "leave", "teach", "declare", "crown",
        "dub",   "sell",  "ask",     "title", "make",  "vote",  "tell",  "show",    "promise",
        "nickname", "fine",  "charge",  "cost",  "bear",  "base",  "entitle", "rate",  "rank"};
    return STM_LEMMA_IS_ANY(ann, verb, lemmas);
}

static int has_dependent(const struct stm_annotation *ann, uint32_t first, uint32_t end,
                         uint32_t head, enum stm_relation relation)
{
    for (uint32_t i = first; i < end; i++) {
        if (ann->tokens[i].head == head && ann->tokens[i].relation == relation) {
            return 1;
        }
    }
    return 0;
}

/** "Zambia deported suspected rebels" read as "... was suspected": what is no auxiliary governs, and the
    participle behind it describes. */
static int mend_auxiliary(struct stm_annotation *ann, uint32_t token, uint32_t end)
{
    const struct stm_token *word = &ann->tokens[token];
    if ((word->relation != STM_RELATION_AUX && word->relation != STM_RELATION_AUX_PASS) ||
        (word->pos != STM_POS_VBD && word->pos != STM_POS_VBN) || is_auxiliary(ann, token) ||
        token + 2 >= end || ann->tokens[token + 1].pos != STM_POS_VBN ||
        !begins_object(ann, token + 2, end)) {
        return 0;
    }
    if (word->pos == STM_POS_VBN) {
        stm_retag(ann, token, STM_POS_VBD);
    }
    stm_retag(ann, token + 1, STM_POS_JJ);
    return 1;
}

/** "A tribunal banned the party": nothing that describes a noun stands before its article. */
static int mend_modifier(struct stm_annotation *ann, uint32_t first, uint32_t token, uint32_t end)
{
    const struct stm_token *word = &ann->tokens[token];
    if (word->pos != STM_POS_VBN || word->relation != STM_RELATION_AMOD || token == first ||
        token + 1 >= end ||
        (ann->tokens[token - 1].flags & STM_TOKEN_PUNCTUATION) != 0 ||
        (ann->tokens[token + 1].pos != STM_POS_DT && ann->tokens[token + 1].pos != STM_POS_PRPS) ||
        keeps_object(ann, token) || !begins_object(ann, token + 1, end)) {
        return 0;
    }
    if (ann->tokens[token - 1].pos == STM_POS_JJ) {
        stm_retag(ann, token - 1, STM_POS_NN); /* "a tribunal", taken for an adjective */
    }
    stm_retag(ann, token, STM_POS_VBD);
    return 1;
}

/** "Police detained the man": where the sentence has a noun in the place of its verb, a participle right
    behind that noun which takes an object is the verb. */
static int mend_participle(struct stm_annotation *ann, uint32_t first, uint32_t token, uint32_t end)
{
    const struct stm_token *word = &ann->tokens[token];
    uint32_t root = word->head;
    if (word->pos == STM_POS_VBN && word->relation == STM_RELATION_ACL && root + 1 == token &&
        root > first && stm_ann_is(ann, root - 1, "whom")) {
        stm_retag(ann, token, STM_POS_VBD); /* "whom police arrested" */
        return 1;
    }
    if (word->pos != STM_POS_VBN || word->relation != STM_RELATION_ACL || root + 1 != token ||
        ann->tokens[root].relation != STM_RELATION_ROOT || !is_noun(ann->tokens[root].pos) ||
        keeps_object(ann, token) || has_dependent(ann, first, end, root, STM_RELATION_COP)) {
        return 0;
    }
    uint32_t object = token + 1;
    int describes = object + 1 < end && ann->tokens[object].pos == STM_POS_VBN &&
                    begins_object(ann, object + 1, end);
    if (!describes && !begins_object(ann, object, end)) {
        return 0;
    }
    stm_retag(ann, token, STM_POS_VBD);
    if (describes) {
        stm_retag(ann, object, STM_POS_JJ); /* "detained suspected rebels" */
    }
    return 1;
}

/** "The army attacked on Monday a convoy": what has a subject of its own and no auxiliary is no participle. */
static int mend_subject(struct stm_annotation *ann, uint32_t first, uint32_t token, uint32_t end)
{
    if (ann->tokens[token].pos != STM_POS_VBN || token == first ||
        (ann->tokens[token - 1].flags & STM_TOKEN_PUNCTUATION) != 0 ||
        ann->tokens[token].relation != STM_RELATION_ROOT ||
        !has_dependent(ann, first, end, token, STM_RELATION_NSUBJ) ||
        !has_dependent(ann, token + 1, end, token, STM_RELATION_OBJ) ||
        has_dependent(ann, first, end, token, STM_RELATION_AUX) ||
        has_dependent(ann, first, end, token, STM_RELATION_AUX_PASS)) {
        return 0;
    }
    stm_retag(ann, token, STM_POS_VBD);
    return 1;
}

/** "Gunmen shot dead four men": where nothing is a verb, a noun whose form is a past too and that an object
    follows is one. */
static int mend_noun(struct stm_annotation *ann, uint32_t first, uint32_t token, uint32_t end)
{
    stemma_text word = ann->tokens[token].lower;
    if (token == first || token + 1 >= end || !is_noun(ann->tokens[token - 1].pos)) {
        return 0;
    }
    if (ann->tokens[token].pos == STM_POS_JJ && word.size > 4 &&
        memcmp(word.data + word.size - 2, "ed", 2) == 0 &&
        (ann->tokens[token + 1].pos == STM_POS_NNP || ann->tokens[token + 1].pos == STM_POS_DT) &&
        begins_object(ann, token + 1, end)) {
        stm_retag(ann, token, STM_POS_VBD); /* "the killing shocked Lund" */
        return 1;
    }
    if (ann->tokens[token].pos != STM_POS_NN) {
        return 0;
    }
    const struct stm_form_entry *form = stm_lexicon_form(ann->tokens[token].lower);
    if (form == NULL || (form->tag != STM_TAG_PAST && form->tag != STM_TAG_PARTICIPLE)) {
        return 0;
    }
    uint32_t next = token + 1;
    next += stm_ann_is(ann, next, "dead") && next + 1 < end;
    next += stm_ann_is(ann, next, "at") && stm_ann_is(ann, next + 1, "least") ? 2 : 0;
    uint8_t pos = next < end ? ann->tokens[next].pos : (uint8_t)STM_POS_NONE;
    if ((pos != STM_POS_DT && pos != STM_POS_CD && pos != STM_POS_PRPS && pos != STM_POS_PRP &&
         next == token + 1) ||
        !begins_object(ann, next, end)) {
        return 0;
    }
    stm_retag(ann, token, STM_POS_VBD);
    return 1;
}

/** Whether a word can be the past of a verb. */
static int is_past_form(const struct stm_annotation *ann, uint32_t token)
{
    stemma_text word = ann->tokens[token].lower;
    const struct stm_form_entry *form = stm_lexicon_form(word);
    return form != NULL ? form->tag == STM_TAG_PAST
                        : word.size > 4 && memcmp(word.data + word.size - 2, "ed", 2) == 0;
}

/** "The presidents held talks", "Gunmen shot a candidate": where nothing is a verb, what can be a past is one
    between a plural and an object. */
static int mend_behind_plural(struct stm_annotation *ann, uint32_t first, uint32_t token, uint32_t end)
{
    uint8_t pos = ann->tokens[token].pos;
    if (token == first || token + 1 >= end || ann->tokens[token - 1].pos != STM_POS_NNS ||
        (pos != STM_POS_NN && pos != STM_POS_VBN && pos != STM_POS_JJ) ||
        (ann->tokens[token - 1].flags & STM_TOKEN_POSSESSIVE) != 0 || !is_past_form(ann, token) ||
        keeps_object(ann, token) || !begins_object(ann, token + 1, end)) {
        return 0;
    }
    stm_retag(ann, token, STM_POS_VBD);
    return 1;
}

/** "Voss, 34, of Fern Street, pleaded guilty": where nothing is a verb, what can be a past behind a comma. */
static int mend_behind_comma(struct stm_annotation *ann, uint32_t first, uint32_t token, uint32_t end)
{
    uint8_t pos = ann->tokens[token].pos;
    if (token < first + 3 || token + 1 >= end || !stm_ann_is(ann, token - 1, ",") ||
        (pos != STM_POS_VBN && pos != STM_POS_JJ) || !is_past_form(ann, token) ||
        keeps_object(ann, token) ||
        (!stm_ann_is(ann, token + 1, "guilty") && ann->tokens[token + 1].pos != STM_POS_DT &&
         ann->tokens[token + 1].pos != STM_POS_PRPS)) {
        return 0;
    }
    stm_retag(ann, token, STM_POS_VBD);
    if (stm_ann_is(ann, token + 1, "guilty")) {
        stm_retag(ann, token + 1, STM_POS_JJ);
    }
    return 1;
}

/** "A gas explosion tore through", "X beat Y": where nothing is a verb, forms that are a past and no noun. */
static int mend_only_past(struct stm_annotation *ann, uint32_t first, uint32_t token, uint32_t end)
{
    static const char *const forms[] = {"tore",  "fell",  "shook", "threw", "broke", "began", "came",
                                        "went",  "flew",  "took",  "gave",  "grew",  "knew",  "spoke",
                                        "swore", "stole", "chose", "wrote", "beat",  "fled",  "fought",
                                        "held",  "won",   "lost",  "slew",  "struck"};
    uint8_t pos = ann->tokens[token].pos;
    if (token == first || token + 1 >= end || !STM_TOKEN_IS_ANY(ann, token, forms) ||
        !is_noun(ann->tokens[token - 1].pos) ||
        (pos != STM_POS_NN && pos != STM_POS_IN && pos != STM_POS_NNP) ||
        (ann->tokens[token + 1].flags & STM_TOKEN_PUNCTUATION) != 0 ||
        (ann->tokens[token].flags & STM_TOKEN_CAPITALISED) != 0) {
        return 0;
    }
    stm_retag(ann, token, STM_POS_VBD);
    return 1;
}

/** "The trial of three men opened in Lund.": where nothing is a verb, what nobody can do to anything is one. */
static int mend_intransitive(struct stm_annotation *ann, uint32_t first, uint32_t token, uint32_t end)
{
    static const char *const lemmas[] = {
        "open",   "collapse", "begin",   "die",     "crash",  "explode",   "erupt", "arrive",
        "resign", "protest",  "march",   "rally",   "gather", "disappear", "vanish", "resume",
        "end",    "start",    "collide", "capsize", "clash",  "demonstrate", "drown", "derail"};
    if (token == first || token + 1 >= end || !stm_ann_is(ann, end - 1, ".") ||
        ann->tokens[token].pos != STM_POS_VBN || ann->tokens[token + 1].pos != STM_POS_IN ||
        !is_noun(ann->tokens[token - 1].pos) || !STM_LEMMA_IS_ANY(ann, token, lemmas) ||
        stm_ann_is(ann, token + 1, "by")) {
        return 0;
    }
    stm_retag(ann, token, STM_POS_VBD);
    return 1;
}

/** "The bomb, which went off at noon, wounded nine": behind the clause that describes a noun in the place of the
    verb, what can be a past and takes an object is the verb. */
static int mend_behind_relative(struct stm_annotation *ann, uint32_t first, uint32_t root,
                                uint32_t end)
{
    if (!is_noun(ann->tokens[root].pos) || root + 3 >= end || !stm_ann_is(ann, root + 1, ",") ||
        (ann->tokens[root + 2].pos != STM_POS_WDT && ann->tokens[root + 2].pos != STM_POS_WP) ||
        has_dependent(ann, first, end, root, STM_RELATION_COP)) {
        return 0;
    }
    for (uint32_t i = root + 4; i + 1 < end; i++) {
        uint8_t pos = ann->tokens[i].pos;
        uint8_t next = ann->tokens[i + 1].pos;
        if (stm_ann_is(ann, i - 1, ",") && (pos == STM_POS_VBN || pos == STM_POS_JJ) &&
            (next == STM_POS_DT || next == STM_POS_CD || next == STM_POS_PRPS ||
             next == STM_POS_NNP) &&
            is_past_form(ann, i) && begins_object(ann, i + 1, end)) {
            stm_retag(ann, i, STM_POS_VBD);
            return 1;
        }
    }
    return 0;
}

/** "The agency estimates that 60,000 fled": a word in the place of the verb that "that" follows speaks. */
static int mend_speech(struct stm_annotation *ann, uint32_t first, uint32_t token, uint32_t end)
{
    static const char *const forms[] = {
        "adds",     "alleges",   "announces", "argues",  "believes",  "cautions",  "claims",
        "complains", "concludes", "estimates", "fears",  "finds",     "forecasts", "hopes",
        "insists",  "maintains", "notes",     "predicts", "promises", "recalls",   "reports",
        "shows",    "states",    "stresses",  "suggests", "warns"};
    uint8_t pos = ann->tokens[token].pos;
    int past = stm_ann_is(ann, token, "forecast");
    if (token == first || token + 3 >= end || !stm_ann_is(ann, token + 1, "that") ||
        !(is_noun(ann->tokens[token - 1].pos) || stm_ann_is(ann, token - 1, ",")) || !(past || STM_TOKEN_IS_ANY(ann, token, forms)) ||
        (pos != STM_POS_NN && pos != STM_POS_NNS)) {
        return 0;
    }
    /* "from the press reports that I have read": the noun of a preposition is no subject */
    uint32_t before = token;
    while (before > first && (is_noun(ann->tokens[before - 1].pos) ||
                              ann->tokens[before - 1].pos == STM_POS_DT ||
                              ann->tokens[before - 1].pos == STM_POS_PDT ||
                              ann->tokens[before - 1].pos == STM_POS_PRPS ||
                              ann->tokens[before - 1].pos == STM_POS_JJ)) {
        before--;
    }
    if (before > first && ann->tokens[before - 1].pos == STM_POS_IN &&
        !stm_ann_is(ann, before - 1, "of")) {
        return 0;
    }
    stm_retag(ann, token, past ? STM_POS_VBD : STM_POS_VBZ);
    return 1;
}

/** "Police arrest 12", "Rebels attack a convoy": the present of a verb behind a plural in a headline, taken for
    a noun. */
static int mend_present(struct stm_annotation *ann, uint32_t first, uint32_t token, uint32_t end)
{
    size_t count = 0;
    if (token == first || token + 1 >= end || ann->tokens[token].pos != STM_POS_NN ||
        (ann->tokens[token - 1].pos != STM_POS_NNS && !stm_ann_is(ann, token - 1, "police"))) {
        return 0;
    }
    const struct stm_sense *senses = stm_verb_senses(ann->tokens[token].lower, &count);
    uint8_t next = ann->tokens[token + 1].pos;
    if (count == 0 || (senses->flags & STM_SENSE_OBJECT) == 0 ||
        (next != STM_POS_CD && next != STM_POS_DT && next != STM_POS_PRPS) ||
        begins_time(ann, token + 1, end)) {
        return 0;
    }
    stm_retag(ann, token, STM_POS_VBP);
    return 1;
}

/** "X, the mayor, lives in Lund": where nothing is a verb, a plural behind a name or a comma is one, if it is
    the form of a verb that says what somebody does for good. */
static int mend_plural(struct stm_annotation *ann, uint32_t first, uint32_t token, uint32_t end)
{
    static const char *const forms[] = {"lives",  "works", "heads", "leads",  "chairs", "owns",
                                        "serves", "runs",  "plays", "claims", "plans",  "faces",
                                        "hopes",  "wants", "holds", "meets",  "teaches"};
    if (token == first || token + 1 >= end || ann->tokens[token].pos != STM_POS_NNS ||
        !STM_TOKEN_IS_ANY(ann, token, forms)) {
        return 0;
    }
    if (ann->tokens[token - 1].pos == STM_POS_NN && stm_ann_is(ann, token + 1, "to") &&
        token + 2 < end && ann->tokens[token + 2].pos == STM_POS_VB) {
        stm_retag(ann, token, STM_POS_VBZ); /* "the bank plans to sue" */
        return 1;
    }
    if (token < first + 2 ||
        (!stm_ann_is(ann, token - 1, ",") && ann->tokens[token - 1].pos != STM_POS_NNP)) {
        return 0;
    }
    uint8_t next = ann->tokens[token + 1].pos;
    if (next != STM_POS_IN && next != STM_POS_DT && next != STM_POS_TO && next != STM_POS_PRPS) {
        return 0;
    }
    stm_retag(ann, token, STM_POS_VBZ);
    return 1;
}

void stm_mend_words(struct stm_annotation *ann, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++) {
        uint8_t pos = ann->tokens[i].pos;
        if ((pos == STM_POS_VBP && stm_ann_is(ann, i, "chief")) ||
            (pos == STM_POS_CD && stm_ann_is(ann, i, "teen")) ||
            (pos == STM_POS_JJ && i > first && stm_ann_is(ann, i, "executive") && stm_ann_is(ann, i - 1, "chief") &&
             (i + 1 >= end || !is_noun(ann->tokens[i + 1].pos)))) {
            stm_retag(ann, i, STM_POS_NN);
        } else if (pos == STM_POS_VBZ && i + 1 < end && stm_lexicon_has(STM_LEXICON_GROUP_NOUN, ann->tokens[i].lower) &&
                   (ann->tokens[i + 1].pos == STM_POS_VBD || ann->tokens[i + 1].pos == STM_POS_VBN ||
                    ann->tokens[i + 1].pos == STM_POS_MD)) {
            stm_retag(ann, i, STM_POS_NNS);
        } else if ((pos == STM_POS_PRP || pos == STM_POS_PRPS) && i > first && stm_ann_is(ann, i, "mine")) {
            uint8_t before = ann->tokens[i - 1].pos;
            uint8_t behind = i + 1 < end ? ann->tokens[i + 1].pos : (uint8_t)STM_POS_NONE;
            if (is_noun(before) || before == STM_POS_DT || before == STM_POS_JJ ||
                (before == STM_POS_IN && (is_noun(behind) || stm_ann_is(ann, i + 1, "collapse")))) {
                stm_retag(ann, i, STM_POS_NN);
            }
        }
    }
}

int stm_mend_tags(struct stm_annotation *ann, uint32_t first, uint32_t end)
{
    int verb = 0;
    int changed = 0;
    for (uint32_t i = first; i < end; i++) {
        const struct stm_token *word = &ann->tokens[i];
        verb |= is_finite(word->pos);
        switch (word->relation) {
        case STM_RELATION_AUX:
        case STM_RELATION_AUX_PASS:
            changed |= mend_auxiliary(ann, i, end);
            break;
        case STM_RELATION_AMOD:
            changed |= mend_modifier(ann, first, i, end);
            break;
        case STM_RELATION_ACL:
            changed |= mend_participle(ann, first, i, end);
            break;
        case STM_RELATION_ROOT:
            changed |= mend_subject(ann, first, i, end) || mend_speech(ann, first, i, end) ||
                       mend_behind_relative(ann, first, i, end);
            break;
        default:
            break;
        }
        /* "X, head of the clinic, warns that": before it nothing is a verb */
        if (!verb && word->pos == STM_POS_NNS && word->relation != STM_RELATION_ROOT) {
            changed |= mend_speech(ann, first, i, end);
        }
    }
    for (uint32_t i = first; i < end && !verb && !changed; i++) {
        changed = mend_noun(ann, first, i, end) || mend_behind_plural(ann, first, i, end) ||
                  mend_plural(ann, first, i, end) || mend_present(ann, first, i, end) ||
                  mend_behind_comma(ann, first, i, end) || mend_only_past(ann, first, i, end) ||
                  mend_intransitive(ann, first, i, end);
    }
    if (!changed && ann->sentences[ann->tokens[first].sentence].is_title) {
        changed = stm_mend_headline(ann, first, end);
    }
    return changed;
}
