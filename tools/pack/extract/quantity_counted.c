/* SPDX-License-Identifier: MIT */
/* What a number counts: the noun of its phrase, or, of a bare number, what was spoken of. */
#include "pack/extract/lexicon.h"
#include "pack/extract/quantity_scan.h"
#include "pack/extract/syntax.h"

enum {
    REACH = 8,    /**< Tokens from a number to its noun. */
    SENTENCES = 4 /**< How far back a count is still spoken of. */
};

static int is_noun(uint8_t tag)
{
    return tag == STM_TAG_NOUN || tag == STM_TAG_PLURAL;
}

static int is_plural(const struct stm_quantity_scan *scan, uint32_t i)
{
    static const char *const plurals[] = {"others", "people",  "women",   "men",    "children",
                                          "dead",   "injured", "wounded", "missing"};
    return stm_quantity_tag(scan, i) == STM_TAG_PLURAL || STM_QUANTITY_IS_ANY(scan, i, plurals);
}

static int is_counted_adjective(const struct stm_quantity_scan *scan, uint32_t i)
{
    static const char *const words[] = {"dead", "injured", "wounded", "missing"};
    uint8_t next = stm_quantity_tag(scan, i + 1);
    return STM_QUANTITY_IS_ANY(scan, i, words) && !is_noun(next) && next != STM_TAG_PROPN;
}

/** "1,900 await trial": the number is what the verb right behind it speaks of. */
static int is_subject(const struct stm_annotation *ann, uint32_t number, uint32_t i)
{
    const struct stm_token *token = &ann->tokens[number];
    return (token->relation == STM_RELATION_NSUBJ || token->relation == STM_RELATION_NSUBJ_PASS ||
            (token->relation == STM_RELATION_NUMMOD && ann->tokens[i].tag == STM_TAG_BE)) &&
           token->head != STEMMA_NONE && token->head >= i && token->head < i + 3 &&
           (ann->tokens[token->head].tag == STM_TAG_VERB ||
            ann->tokens[token->head].tag == STM_TAG_PAST ||
            ann->tokens[token->head].tag == STM_TAG_PARTICIPLE);
}

/** A verb between a number and a noun parts them, whatever the parse says. */
static int is_finite_tag(uint8_t tag)
{
    return tag == STM_TAG_BE || tag == STM_TAG_HAVE || tag == STM_TAG_MODAL ||
           tag == STM_TAG_PAST || tag == STM_TAG_VERB_S;
}

/** The noun that the parse puts the number under, when it stands behind it and near. */
static uint32_t head_by_parse(const struct stm_quantity_scan *scan, uint32_t number, uint32_t i)
{
    const struct stm_token *tokens = scan->ann->tokens;
    uint32_t head = tokens[number].head;
    if (tokens[number].relation != STM_RELATION_NUMMOD || head == STEMMA_NONE || head < i ||
        head >= scan->end || head - i > REACH || tokens[head].time != STEMMA_NONE ||
        !(is_noun(tokens[head].tag) || tokens[head].pos == STM_POS_NNPS ||
          stm_lexicon_demonym(tokens[head].lower) != NULL)) {
        return STEMMA_NONE;
    }
    uint32_t marks = STM_TOKEN_QUOTE_OPEN | STM_TOKEN_QUOTE_CLOSE;
    for (uint32_t at = i; at < head; at++) {
        int mark = (tokens[at].flags & STM_TOKEN_PUNCTUATION) != 0 &&
                   (tokens[at].flags & marks) == 0 && !stm_quantity_is(scan, at, "-");
        if (mark && !(stm_quantity_is(scan, at, ",") && tokens[at + 1].head == head)) {
            return STEMMA_NONE;
        }
        if (is_finite_tag(tokens[at].tag) || tokens[at].tag == STM_TAG_DETERMINER ||
            tokens[at].tag == STM_TAG_NUMBER || tokens[at].tag == STM_TAG_PREPOSITION ||
            tokens[at].tag == STM_TAG_SUBORDINATOR || tokens[at].tag == STM_TAG_WH) {
            return STEMMA_NONE; /* "arrested 12 after clashes" */
        }
    }
    return head;
}

uint32_t stm_quantity_head(const struct stm_quantity_scan *scan, uint32_t number, uint32_t i)
{
    const struct stm_annotation *ann = scan->ann;
    uint32_t head = STEMMA_NONE;
    uint32_t limit = i + REACH < scan->end ? i + REACH : scan->end;
    uint32_t parsed = head_by_parse(scan, number, i);
    if (parsed != STEMMA_NONE) {
        return parsed;
    }
    if (!stm_quantity_is(scan, i, "of") && is_subject(ann, number, i)) {
        return STEMMA_NONE;
    }
    if (stm_quantity_is(scan, i, "of") && i + 1 < limit) {
        i++;
        while (i < limit && (ann->tokens[i].tag == STM_TAG_DETERMINER ||
                             ann->tokens[i].tag == STM_TAG_POSSESSIVE)) {
            i++;
        }
    }
    for (uint32_t at = i; at < limit; at++) {
        uint8_t tag = ann->tokens[at].tag;
        if (ann->tokens[at].time != STEMMA_NONE) {
            break;
        }
        if (is_counted_adjective(scan, at) && head == STEMMA_NONE) {
            return at; /* "12 dead", "30 missing" */
        }
        if (is_noun(tag) || is_plural(scan, at)) {
            head = at;
            if (at + 1 < limit && (ann->tokens[at + 1].flags & STM_TOKEN_POSSESSIVE) != 0) {
                head = STEMMA_NONE; /* "some of the city's residents" */
                at++;
                continue;
            }
            /* A plural ends its phrase, unless it is the first part of a compound. */
            if (is_plural(scan, at) &&
                !(at + 1 < limit && ann->tokens[at + 1].tag == STM_TAG_PLURAL)) {
                break;
            }
            continue;
        }
        if (head != STEMMA_NONE) {
            break;
        }
        const struct stm_demonym_entry *people = stm_lexicon_demonym(ann->tokens[at].lower);
        uint8_t behind = at + 1 < limit ? ann->tokens[at + 1].tag : (uint8_t)STM_TAG_PUNCTUATION;
        if (people != NULL && people->plural && !is_noun(behind) && behind != STM_TAG_ADJECTIVE) {
            return at; /* "168 Liberians" */
        }
        if (tag == STM_TAG_PARTICIPLE && !is_noun(behind) && behind != STM_TAG_ADJECTIVE &&
            behind != STM_TAG_PROPN) {
            break; /* "12 killed" */
        }
        if (tag == STM_TAG_ADJECTIVE || tag == STM_TAG_PARTICIPLE || tag == STM_TAG_PROPN ||
            tag == STM_TAG_ADVERB || stm_quantity_is(scan, at, "other") ||
            stm_quantity_is(scan, at, "more") || stm_quantity_is(scan, at, "such") ||
            tag == STM_TAG_GERUND ||
            (tag == STM_TAG_CONJUNCTION && at > i && ann->tokens[at - 1].tag != STM_TAG_NUMBER &&
             at + 2 < limit && ann->tokens[at + 2].tag == STM_TAG_PLURAL) ||
            (ann->tokens[at].flags & STM_TOKEN_QUOTE_OPEN) ||
            (ann->tokens[at].flags & STM_TOKEN_QUOTE_CLOSE)) {
            continue;
        }
        break;
    }
    return head;
}

stemma_text stm_quantity_counted_of(const struct stm_annotation *ann, uint32_t head)
{
    static const char *const persons[] = {"people",  "persons", "dead",
                                          "injured", "wounded", "missing"};
    if (stm_ann_is(ann, head, "others")) {
        return stemma_text_of("other");
    }
    for (size_t p = 0; p < sizeof persons / sizeof persons[0]; p++) {
        if (stm_ann_is(ann, head, persons[p])) {
            return stemma_text_of("person");
        }
    }
    stemma_text lower = ann->tokens[head].lower;
    if (lower.size > 3 && lower.data[lower.size - 1] == 's') {
        stemma_text one = {lower.data, lower.size - 1};
        if (stm_lexicon_demonym(lower) != NULL && stm_lexicon_demonym(one) != NULL) {
            return one; /* "Somalis" are capitalised, and have no lemma */
        }
    }
    return ann->tokens[head].lemma;
}

/** The last count of things before token `i`, not further back than a few sentences. */
static stemma_text counted_before(const struct stm_annotation *ann, uint32_t i, uint32_t reach)
{
    stemma_text none = {NULL, 0};
    uint32_t sentence = ann->tokens[i].sentence;
    for (uint32_t q = ann->quantity_count; q-- > 0;) {
        const struct stm_quantity_mention *before = &ann->quantities[q];
        if (sentence - ann->tokens[before->first].sentence > reach) {
            break;
        }
        if (before->value.unit.size == 0 && before->value.counted.size != 0 &&
            !stemma_text_equal(before->value.counted, stemma_text_of("other"))) {
            return before->value.counted;
        }
    }
    return none;
}

/** Verbs whose undergoer, or whose subject, is a person when only a number stands for it. */
static int happens_to_persons(const struct stm_annotation *ann, uint32_t token)
{
    static const char *const lemmas[] = {
        "kill",    "injure",   "wound",    "hurt",        "die",         "perish",       "drown",
        "survive", "arrest",   "detain",   "jail",        "imprison",    "free",         "release",
        "pardon",  "sentence", "convict",  "execute",     "behead",      "abduct",       "kidnap",
        "rescue",  "evacuate", "displace", "hospitalise", "hospitalize", "infect",       "treat",
        "deport",  "expel",    "charge",   "acquit",      "trap",        "hospitalised", "maim",
        "burn",    "murder",   "massacre", "shoot"};
    for (size_t v = 0; v < sizeof lemmas / sizeof lemmas[0]; v++) {
        if (stm_ann_has_lemma(ann, token, lemmas[v])) {
            return 1;
        }
    }
    return 0;
}

/** "the number of prisoners", "the toll", "the turnout" before a number, in the same sentence. */
static int counting_noun(const struct stm_quantity_scan *scan, uint32_t i, stemma_text *counted)
{
    static const char *const numbers[] = {"number", "total", "tally", "count", "figure", "numbers"};
    static const char *const tolls[] = {"toll", "dead", "fatalities", "deaths", "casualties"};
    static const char *const crowds[] = {"crowd", "turnout", "attendance", "attendees"};
    const struct stm_annotation *ann = scan->ann;
    uint32_t low = i - scan->first > 24 ? i - 24 : scan->first;
    for (uint32_t at = i; at-- > low;) {
        if (STM_QUANTITY_IS_ANY(scan, at, numbers)) {
            uint32_t noun = stm_quantity_is(scan, at + 1, "of") && at + 2 < i
                                ? stm_quantity_head(scan, at, at + 1)
                                : STEMMA_NONE;
            if (noun != STEMMA_NONE && noun < i) {
                *counted = stm_quantity_counted_of(ann, noun);
            } else {
                *counted = counted_before(ann, i, SENTENCES);
            }
            return 1;
        }
        if (STM_QUANTITY_IS_ANY(scan, at, tolls) || STM_QUANTITY_IS_ANY(scan, at, crowds)) {
            *counted = stemma_text_of("person");
            return 1;
        }
    }
    return 0;
}

static const char *const those[] = {"whom", "them", "which", "these", "those"};

stemma_text stm_quantity_of_those(const struct stm_quantity_scan *scan, uint32_t i)
{
    stemma_text none = {NULL, 0};
    if (!stm_quantity_is(scan, i, "of") || !STM_QUANTITY_IS_ANY(scan, i + 1, those)) {
        return none;
    }
    return counted_before(scan->ann, i, 1);
}

stemma_text stm_quantity_from_context(const struct stm_quantity_scan *scan, uint32_t first,
                                      uint32_t after, int vague)
{
    static const char *const among[] = {"including", "among", "of", "includes", "included"};
    const struct stm_annotation *ann = scan->ann;
    uint32_t i = first;
    uint32_t next = after;
    /* "of whom 12", "12 of them" */
    stemma_text counted = stm_quantity_of_those(scan, next);
    if (counted.size != 0) {
        return counted;
    }
    if (i >= scan->first + 2 && STM_QUANTITY_IS_ANY(scan, i - 1, those) &&
        STM_QUANTITY_IS_ANY(scan, i - 2, among)) {
        return counted_before(ann, i, 1);
    }
    /* "three of the five suspects", "some 40,000 of the city's 90,000 residents" */
    for (uint32_t at = next; stm_quantity_is(scan, next, "of") && at < scan->end && at < next + 6;
         at++) {
        if (stm_quantity_tag(scan, at) == STM_TAG_NUMBER) {
            uint32_t whole = stm_quantity_head(scan, at, at + 1);
            return whole != STEMMA_NONE ? stm_quantity_counted_of(ann, whole)
                                        : (stemma_text){NULL, 0};
        }
    }
    /* "12 were injured", "12 died", "with 12 injured" */
    for (uint32_t at = next; at < scan->end && at < next + 4; at++) {
        uint8_t tag = ann->tokens[at].tag;
        if (happens_to_persons(ann, at)) {
            counted = counted_before(ann, i, 0);
            return counted.size != 0 ? counted : stemma_text_of("person");
        }
        if (tag != STM_TAG_BE && tag != STM_TAG_HAVE && tag != STM_TAG_ADVERB &&
            tag != STM_TAG_MODAL && !stm_quantity_is(scan, at, "more") &&
            !stm_quantity_is(scan, at, "others")) {
            break;
        }
    }
    /* "killing 12", "killed 15 and injured 20" */
    if (i > scan->first && happens_to_persons(ann, i - 1)) {
        return stemma_text_of("person");
    }
    if (counting_noun(scan, i, &counted)) {
        return counted;
    }
    if (vague) {
        return stemma_text_of("person"); /* "thousands fled" */
    }
    /* "police put it at 1,500": what is spoken of is what was counted last */
    uint8_t tag = stm_quantity_tag(scan, next);
    int bare = tag == STM_TAG_PUNCTUATION || tag == STM_TAG_PREPOSITION || tag == STM_TAG_PAST ||
               tag == STM_TAG_PARTICIPLE || tag == STM_TAG_BE || tag == STM_TAG_HAVE ||
               tag == STM_TAG_CONJUNCTION || tag == STM_TAG_SUBORDINATOR || tag == STM_TAG_VERB ||
               tag == STM_TAG_ADVERB || tag == STM_TAG_MODAL ||
               ann->tokens[next < scan->end ? next : i].time != STEMMA_NONE;
    return bare ? counted_before(ann, i, SENTENCES) : (stemma_text){NULL, 0};
}
