/* SPDX-License-Identifier: MIT */
/* What is said: the words behind a cue. */
#include "pack/extract/attribution_statement.h"

/* Words in marks this far behind "condemned" are not what it condemned. */
enum { PHRASE_REACH = 25, THAT_REACH = 12 };

/** A clausal dependent right of the cue, or STEMMA_NONE. */
static uint32_t clause_right(const struct stm_speech_scan *scan, const struct stm_statement *it,
                             enum stm_relation relation)
{
    for (uint32_t at = stm_syntax_child(scan->ann, it->cue, relation); at != STEMMA_NONE;
         at = stm_syntax_next(scan->ann, at, relation)) {
        if (at >= it->cue + it->cue_count && at < scan->end) {
            return at;
        }
    }
    return STEMMA_NONE;
}

static int is_question_word(const struct stm_speech_scan *scan, uint32_t i)
{
    static const char *const words[] = {"whether", "if",    "how", "why",  "what",
                                        "when",    "where", "who", "which"};
    for (size_t w = 0; w < sizeof words / sizeof words[0]; w++) {
        if (stm_speech_is_at(scan, i, words[w])) {
            return 1;
        }
    }
    return 0;
}

int stm_content_clause(struct stm_speech_scan *scan, struct stm_statement *it, uint32_t first)
{
    return first < scan->end &&
           stm_speech_add_piece(scan, it, first, stm_speech_clause_end(scan, it->cue, first));
}

int stm_content_quote(struct stm_speech_scan *scan, struct stm_statement *it, uint32_t start)
{
    uint32_t mark = start;
    while (mark < scan->end && mark < start + 2 &&
           (stm_speech_is_at(scan, mark, ",") || stm_speech_is_at(scan, mark, ":") ||
            stm_speech_is_at(scan, mark, "-"))) {
        mark++;
    }
    uint32_t quote = stm_speech_has_flag(scan, mark, STM_TOKEN_QUOTE_OPEN)
                         ? stm_speech_free_quote(scan, mark)
                         : STEMMA_NONE;
    if (quote == STEMMA_NONE) {
        return 0;
    }
    const struct stm_quote *words = &scan->ann->quotes[quote];
    uint32_t after = words->first + words->count;
    int alone = after + 1 >= scan->end || mark > start ||
                (scan->ann->tokens[after].flags & STM_TOKEN_PUNCTUATION) != 0;
    if (alone && words->count >= 3) {
        return stm_speech_add_quote(scan, it, quote);
    }
    return stm_content_clause(scan, it, mark); /* "said “bandits” had done it" */
}

/** "demanded", "called for": what is wanted. */
static int wanted_right(struct stm_speech_scan *scan, struct stm_statement *it, uint32_t i)
{
    const struct stm_annotation *ann = scan->ann;
    if ((it->frames & STM_SPEECH_TO) && stm_speech_is_at(scan, i, "not") &&
        stm_speech_is_at(scan, i + 1, "to") && i + 2 < scan->end &&
        (!(it->frames & STM_SPEECH_TOLD) || i > it->cue + it->cue_count)) {
        it->demand = 1;
        it->stance = STEMMA_STANCE_ASSERTS;
        return stm_content_clause(scan, it, i);
    }
    if ((it->frames & STM_SPEECH_TO) && stm_speech_is_at(scan, i, "to") && i + 1 < scan->end) {
        uint32_t verb = clause_right(scan, it, STM_RELATION_XCOMP);
        if (verb == STEMMA_NONE) {
            verb = clause_right(scan, it, STM_RELATION_CCOMP);
        }
        int told = !(it->frames & STM_SPEECH_TOLD) || i > it->cue + it->cue_count;
        if (told && (verb != STEMMA_NONE || ann->tokens[i + 1].pos == STM_POS_VB)) {
            it->demand = 1;
            if (it->stance == STEMMA_STANCE_QUESTIONS) {
                it->stance = STEMMA_STANCE_ASSERTS;
            }
            return stm_content_clause(scan, it, i + 1);
        }
    }
    if ((it->frames & STM_SPEECH_FOR) && stm_speech_is_at(scan, i, "for") && i + 1 < scan->end) {
        if (stm_ann_has_lemma(ann, it->cue, "ask") && i + 2 < scan->end &&
            (ann->tokens[i + 1].pos == STM_POS_NN || ann->tokens[i + 1].pos == STM_POS_NNS) &&
            (ann->tokens[i + 2].flags & STM_TOKEN_PUNCTUATION)) {
            return 0; /* "asked the ministry for comment" */
        }
        it->demand = 1;
        it->stance = STEMMA_STANCE_ASSERTS;
        return stm_content_clause(scan, it, i + 1);
    }
    if (it->frames & STM_SPEECH_OBJECT) {
        uint32_t object = clause_right(scan, it, STM_RELATION_OBJ);
        if (object != STEMMA_NONE) {
            uint32_t first = object;
            uint32_t end = object + 1;
            stm_syntax_range(ann, object, &first, &end);
            uint32_t limit = stm_speech_clause_end(scan, it->cue, object);
            it->demand = 1;
            return first > it->cue &&
                   stm_speech_add_piece(scan, it, first, end < limit ? end : limit);
        }
    }
    return 0;
}

/** Quoted phrases in the reach of "called", "condemned": the phrase is said. */
static int phrase_right(struct stm_speech_scan *scan, struct stm_statement *it)
{
    uint32_t limit = it->cue + PHRASE_REACH < scan->end ? it->cue + PHRASE_REACH : scan->end;
    for (uint32_t i = it->cue + 1; i < limit; i++) {
        uint32_t quote = stm_speech_has_flag(scan, i, STM_TOKEN_QUOTE_OPEN)
                             ? stm_speech_free_quote(scan, i)
                             : STEMMA_NONE;
        if (quote != STEMMA_NONE) {
            return stm_speech_add_quote(scan, it, quote);
        }
        const struct stm_speech_verb *verb = stm_speech_verb_at(scan->ann, i);
        if (stm_speech_is_at(scan, i, ";") ||
            (verb != NULL && stm_speech_is_finite(scan->ann, i) && verb->kind < STM_SPEECH_THINK)) {
            break;
        }
    }
    return 0;
}

/** Whether a "that" opens a clause with a subject of its own. Taggers take many for relatives. */
static int opens_clause(const struct stm_speech_scan *scan, uint32_t that)
{
    const struct stm_annotation *ann = scan->ann;
    if (!stm_speech_is_at(scan, that, "that")) {
        return 0;
    }
    if (ann->tokens[that].pos == STM_POS_IN || ann->tokens[that].relation == STM_RELATION_MARK) {
        return 1;
    }
    for (uint32_t at = that + 1; at < scan->end && at < that + THAT_REACH; at++) {
        uint8_t pos = ann->tokens[at].pos;
        if (pos == STM_POS_PRP || pos == STM_POS_NN || pos == STM_POS_NNS || pos == STM_POS_NNP ||
            pos == STM_POS_NNPS || pos == STM_POS_EX) {
            return ann->tokens[that].pos == STM_POS_WDT;
        }
        if (stm_speech_is_finite(ann, at) || (ann->tokens[at].flags & STM_TOKEN_PUNCTUATION)) {
            break;
        }
    }
    return 0;
}

/** "told the newspaper La Gaceta that", "said in an interview with Der Bote that": the "that" a few
    words on, when nothing else has begun before it; or `i` itself. */
static uint32_t that_behind(const struct stm_speech_scan *scan, uint32_t i)
{
    const struct stm_annotation *ann = scan->ann;
    for (uint32_t at = i; at < scan->end && at < i + THAT_REACH; at++) {
        uint8_t pos = ann->tokens[at].pos;
        if (opens_clause(scan, at)) {
            return at;
        }
        if ((ann->tokens[at].flags & STM_TOKEN_PUNCTUATION) || stm_speech_is_finite(ann, at) ||
            pos == STM_POS_CC || pos == STM_POS_TO || pos == STM_POS_VB || pos == STM_POS_WDT ||
            pos == STM_POS_WP || pos == STM_POS_WRB) {
            break;
        }
    }
    return i;
}

/** Whether a noun phrase and a finite verb right behind it stand at `i`: "claimed the bill had
    been", but not "claimed victory". */
static int begins_clause(const struct stm_speech_scan *scan, uint32_t i)
{
    const struct stm_annotation *ann = scan->ann;
    int noun = 0;
    for (uint32_t at = i; at < scan->end && at < i + THAT_REACH; at++) {
        switch (ann->tokens[at].pos) {
        case STM_POS_NN:
        case STM_POS_NNS:
        case STM_POS_NNP:
        case STM_POS_NNPS:
        case STM_POS_PRP:
        case STM_POS_EX:
            noun = 1;
            break;
        case STM_POS_DT:
        case STM_POS_CD:
        case STM_POS_JJ:
        case STM_POS_JJR:
        case STM_POS_PRPS:
        case STM_POS_POS:
        case STM_POS_RB:
            break;
        case STM_POS_IN:
            if (!noun || !stm_ann_is(ann, at, "of")) {
                return 0;
            }
            break;
        default:
            return noun && stm_speech_is_finite(ann, at);
        }
    }
    return 0;
}

int stm_content_right(struct stm_speech_scan *scan, struct stm_statement *it)
{
    static const char *const others[] = {"after", "before", "when",    "while",
                                         "as",    "since",  "because", "although"};
    const struct stm_annotation *ann = scan->ann;
    uint32_t i = stm_speech_behind(scan, it);
    if (i >= scan->end) {
        return 0;
    }
    if ((it->frames & STM_SPEECH_TOLD) && i > it->cue + it->cue_count &&
        stm_speech_is_finite(ann, i)) {
        return 0; /* "what officials told Reuters was an attempt": no words of theirs */
    }
    uint32_t clause = clause_right(scan, it, STM_RELATION_CCOMP);
    if (it->frames & (STM_SPEECH_THAT | STM_SPEECH_DIRECT)) {
        uint32_t at = i;
        if (stm_speech_is_at(scan, at, ",") && stm_speech_is_at(scan, at + 1, "that")) {
            at++;
        }
        at = that_behind(scan, at);
        if ((it->frames & STM_SPEECH_THAT) && stm_speech_is_at(scan, at, "that") &&
            (opens_clause(scan, at) || clause != STEMMA_NONE) && at + 1 < scan->end) {
            if (it->kind == STM_SPEECH_DEMAND) {
                it->demand = 1;
            }
            if (it->stance == STEMMA_STANCE_QUESTIONS) {
                it->stance = STEMMA_STANCE_ASSERTS;
                it->demand = 1;
            }
            return stm_content_clause(scan, it, at + 1);
        }
        if (stm_content_quote(scan, it, i)) {
            return 1;
        }
    }
    if ((it->frames & STM_SPEECH_THAT) && is_question_word(scan, i) &&
        (it->kind == STM_SPEECH_ASK || clause != STEMMA_NONE)) {
        if (it->kind != STM_SPEECH_ASK && it->kind != STM_SPEECH_ASSERT) {
            return 0;
        }
        it->stance = STEMMA_STANCE_QUESTIONS;
        return stm_content_clause(scan, it, i);
    }
    if (wanted_right(scan, it, i)) {
        return 1;
    }
    if ((it->frames & STM_SPEECH_ING) && ann->tokens[i].pos == STM_POS_VBG) {
        return stm_content_clause(scan, it, i);
    }
    if ((it->frames & STM_SPEECH_PHRASE) && phrase_right(scan, it)) {
        return 1;
    }
    if (stm_speech_is_at(scan, i, ":") && (it->frames & STM_SPEECH_DIRECT) && i + 2 < scan->end) {
        return stm_content_clause(scan, it, i + 1); /* speech without marks */
    }
    for (size_t w = 0; w < sizeof others / sizeof others[0]; w++) {
        if (stm_speech_is_at(scan, i, others[w])) {
            return 0; /* when it was said */
        }
    }
    if (it->kind == STM_SPEECH_ASK || (ann->tokens[i].flags & STM_TOKEN_PUNCTUATION)) {
        return 0;
    }
    if ((it->frames & STM_SPEECH_THAT) && !(it->frames & (STM_SPEECH_PAPER | STM_SPEECH_LOOSE)) &&
        begins_clause(scan, i)) {
        return stm_content_clause(scan, it, i); /* "claimed the bill had been written" */
    }
    if ((it->frames & STM_SPEECH_TOLD) && i == it->cue + it->cue_count && clause == STEMMA_NONE) {
        return 0; /* nobody is told */
    }
    if ((it->frames & STM_SPEECH_THAT) && clause != STEMMA_NONE &&
        !(it->frames & STM_SPEECH_PAPER)) {
        uint32_t first = clause;
        uint32_t end = clause;
        stm_syntax_range(ann, clause, &first, &end);
        if (first <= i || first < it->cue || !stm_speech_has_finite(scan, i, first)) {
            first = i;
        }
        return stm_speech_has_finite(scan, first, scan->end) && stm_content_clause(scan, it, first);
    }
    if ((it->frames & STM_SPEECH_LOOSE) && !stm_speech_is_at(scan, i, "and") &&
        !stm_speech_is_at(scan, i, "to") &&
        stm_speech_has_finite(scan, i, stm_speech_clause_end(scan, it->cue, i))) {
        return stm_content_clause(scan, it, i);
    }
    return 0;
}

int stm_content_below(struct stm_speech_scan *scan, struct stm_statement *it)
{
    const struct stm_annotation *ann = scan->ann;
    uint32_t i = stm_speech_behind(scan, it);
    if (i + 1 != scan->end || !stm_speech_is_at(scan, i, ":") || scan->end >= ann->token_count) {
        return 0;
    }
    uint32_t quote = (ann->tokens[scan->end].flags & STM_TOKEN_QUOTE_OPEN)
                         ? stm_speech_free_quote(scan, scan->end)
                         : STEMMA_NONE;
    if (quote != STEMMA_NONE) {
        return stm_speech_add_quote(scan, it, quote);
    }
    uint32_t own = ann->sentences[ann->tokens[it->cue].sentence].paragraph;
    uint32_t sentence = ann->tokens[scan->end].sentence;
    uint32_t paragraph = ann->sentences[sentence].paragraph;
    uint32_t end = scan->end;
    while (paragraph != own && sentence < ann->sentence_count &&
           ann->sentences[sentence].paragraph == paragraph &&
           ann->sentences[sentence].first + ann->sentences[sentence].count - scan->end <=
               STM_SPEECH_REACH) {
        end = ann->sentences[sentence].first + ann->sentences[sentence].count;
        sentence++;
    }
    return end > scan->end && stm_speech_add_piece(scan, it, scan->end, end);
}
