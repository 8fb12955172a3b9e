/* SPDX-License-Identifier: MIT */
/* What is said: the words behind or before a cue. */
#include "pack/extract/attribution_statement.h"

/* Words in marks this far behind "condemned" are not what it condemned. */
enum { PHRASE_REACH = 25, MOST_HOPS = 8, THAT_REACH = 12 };

/** The dependent of `cue` that stands over token `i`, or STEMMA_NONE. */
static uint32_t dependent_over(const struct stm_annotation *ann, uint32_t cue, uint32_t i)
{
    for (int steps = 0; steps < 24 && i != STEMMA_NONE; steps++) {
        if (ann->tokens[i].head == cue) {
            return i;
        }
        i = ann->tokens[i].head;
    }
    return STEMMA_NONE;
}

/** Whether a dependent of a cue is beside the point: when, where, to whom, in what manner. */
static int is_circumstance(const struct stm_statement *it, uint8_t relation)
{
    switch (relation) {
    case STM_RELATION_OBJ:
    case STM_RELATION_IOBJ:
        return (it->frames & STM_SPEECH_TOLD) != 0 || relation == STM_RELATION_IOBJ;
    case STM_RELATION_ADVMOD:
    case STM_RELATION_OBL:
    case STM_RELATION_OBL_UNMARKED:
    case STM_RELATION_OBL_AGENT:
    case STM_RELATION_COMPOUND_PRT:
    case STM_RELATION_NSUBJ:
    case STM_RELATION_NSUBJ_PASS:
        return 1;
    default:
        return 0;
    }
}

/** The token after the mention of people or a body that begins at `i`; or `i`. */
static uint32_t told_end(const struct stm_annotation *ann, uint32_t i)
{
    uint32_t mention = ann->tokens[i].outer;
    if (mention == STEMMA_NONE && i + 1 < ann->token_count && ann->tokens[i].pos == STM_POS_DT) {
        mention = ann->tokens[i + 1].outer;
    }
    if (mention == STEMMA_NONE || ann->mentions[mention].first + 1 < i ||
        ann->mentions[mention].first > i + 1 ||
        (ann->mentions[mention].type != STM_ENTITY_PERSON &&
         ann->mentions[mention].type != STM_ENTITY_ORGANIZATION &&
         ann->mentions[mention].type != STM_ENTITY_GROUP)) {
        return i;
    }
    return ann->mentions[mention].first + ann->mentions[mention].count;
}

/** Where the content of a cue may begin: behind who is told, when, and where. */
static uint32_t behind_circumstances(const struct stm_speech_scan *scan,
                                     const struct stm_statement *it)
{
    const struct stm_annotation *ann = scan->ann;
    uint32_t i = it->cue + it->cue_count;
    uint32_t told = (it->frames & STM_SPEECH_TOLD) && i < scan->end ? told_end(ann, i) : i;
    if (told > i && told < scan->end &&
        ((it->frames & STM_SPEECH_LOOSE) || !stm_speech_is_finite(ann, told))) {
        i = told; /* whatever the parse made of "told the BBC they had no water" */
    }
    for (int hops = 0; hops < MOST_HOPS && i < scan->end; hops++) {
        const struct stm_token *token = &ann->tokens[i];
        if (token->pos == STM_POS_IN && i + 1 < scan->end &&
            ann->tokens[i + 1].time != STEMMA_NONE) {
            i++;
            continue; /* "on Monday" */
        }
        if (token->time != STEMMA_NONE) {
            i = ann->times[token->time].first + ann->times[token->time].count;
            continue;
        }
        if (((it->frames & STM_SPEECH_FOR) && stm_ann_is(ann, i, "for")) ||
            (token->flags & (STM_TOKEN_QUOTE_OPEN | STM_TOKEN_PUNCTUATION)) ||
            stm_ann_is(ann, i, "that") || stm_ann_is(ann, i, "there")) {
            break;
        }
        uint32_t part = dependent_over(ann, it->cue, i);
        if (part == STEMMA_NONE || part < i || !is_circumstance(it, ann->tokens[part].relation)) {
            break;
        }
        uint32_t first = part;
        uint32_t end = part + 1;
        stm_syntax_range(ann, part, &first, &end);
        if (end > scan->end || end <= i || stm_speech_has_finite(scan, i, end)) {
            /* Something of the content was hung on it. */
            uint32_t mention = ann->tokens[part].mention;
            end = mention != STEMMA_NONE
                      ? ann->mentions[mention].first + ann->mentions[mention].count
                      : part + 1;
        }
        for (uint32_t at = i; at < end; at++) {
            if ((ann->tokens[at].flags & STM_TOKEN_QUOTE_OPEN) ||
                ((it->frames & STM_SPEECH_TO) && at > i && ann->tokens[at].pos == STM_POS_TO &&
                 at + 1 < scan->end && ann->tokens[at + 1].pos == STM_POS_VB)) {
                end = at; /* "appealed to both sides | to spare civilians" */
            }
        }
        if (end <= i) {
            break;
        }
        i = end;
    }
    return i;
}

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

static int clause_from(struct stm_speech_scan *scan, struct stm_statement *it, uint32_t first)
{
    return first < scan->end &&
           stm_speech_add_piece(scan, it, first, stm_speech_clause_end(scan, it->cue, first));
}

/** Direct speech at `mark`, whatever stands before it. */
static int quote_right(struct stm_speech_scan *scan, struct stm_statement *it, uint32_t start)
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
    return clause_from(scan, it, mark); /* "said “bandits” had done it" */
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
        return clause_from(scan, it, i);
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
            return clause_from(scan, it, i + 1);
        }
    }
    if ((it->frames & STM_SPEECH_FOR) && stm_speech_is_at(scan, i, "for") && i + 1 < scan->end) {
        it->demand = 1;
        it->stance = STEMMA_STANCE_ASSERTS;
        return clause_from(scan, it, i + 1);
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
    uint32_t i = behind_circumstances(scan, it);
    if (i >= scan->end) {
        return 0;
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
            return clause_from(scan, it, at + 1);
        }
        if (quote_right(scan, it, i)) {
            return 1;
        }
    }
    if ((it->frames & STM_SPEECH_THAT) && is_question_word(scan, i) &&
        (it->kind == STM_SPEECH_ASK || clause != STEMMA_NONE)) {
        if (it->kind != STM_SPEECH_ASK && it->kind != STM_SPEECH_ASSERT) {
            return 0;
        }
        it->stance = STEMMA_STANCE_QUESTIONS;
        return clause_from(scan, it, i);
    }
    if (wanted_right(scan, it, i)) {
        return 1;
    }
    if ((it->frames & STM_SPEECH_ING) && ann->tokens[i].pos == STM_POS_VBG) {
        return clause_from(scan, it, i);
    }
    if ((it->frames & STM_SPEECH_PHRASE) && phrase_right(scan, it)) {
        return 1;
    }
    if (stm_speech_is_at(scan, i, ":") && (it->frames & STM_SPEECH_DIRECT) && i + 2 < scan->end) {
        return clause_from(scan, it, i + 1); /* speech without marks */
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
        return clause_from(scan, it, i); /* "claimed the bill had been written" */
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
        return stm_speech_has_finite(scan, first, scan->end) && clause_from(scan, it, first);
    }
    if ((it->frames & STM_SPEECH_LOOSE) && !stm_speech_is_at(scan, i, "and") &&
        !stm_speech_is_at(scan, i, "to") &&
        stm_speech_has_finite(scan, i, stm_speech_clause_end(scan, it->cue, i))) {
        return clause_from(scan, it, i);
    }
    return 0;
}

int stm_content_below(struct stm_speech_scan *scan, struct stm_statement *it)
{
    const struct stm_annotation *ann = scan->ann;
    uint32_t i = behind_circumstances(scan, it);
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

/** Direct speech that ends right before `edge`. */
static int quote_left(struct stm_speech_scan *scan, struct stm_statement *it, uint32_t edge)
{
    uint32_t close = edge - 1;
    if (!stm_speech_has_flag(scan, close, STM_TOKEN_QUOTE_CLOSE)) {
        if (close == scan->first ||
            !(stm_speech_is_at(scan, close, ",") || stm_speech_is_at(scan, close, "-"))) {
            return 0;
        }
        close--;
    }
    uint32_t quote = stm_speech_has_flag(scan, close, STM_TOKEN_QUOTE_CLOSE)
                         ? stm_speech_free_quote(scan, close)
                         : STEMMA_NONE;
    if (quote == STEMMA_NONE) {
        return 0;
    }
    const struct stm_quote *words = &scan->ann->quotes[quote];
    if (words->first > scan->opening + 1 && words->first >= scan->first &&
        close - scan->opening < STM_SPEECH_REACH) {
        /* A phrase in marks at the end of a clause: the whole clause is said. */
        return stm_speech_add_piece(scan, it, scan->opening, close + 1);
    }
    return stm_speech_add_quote(scan, it, quote);
}

/** What goes on behind "…, she said, …". */
static uint32_t resumes_at(const struct stm_speech_scan *scan, const struct stm_statement *it)
{
    uint32_t i = behind_circumstances(scan, it);
    return stm_speech_is_at(scan, i, ",") && i + 1 < scan->end ? i + 1 : STEMMA_NONE;
}

/** The opening mark behind the comma that ends the clause of a cue: "told the men outside, “…”". */
static uint32_t next_mark(const struct stm_speech_scan *scan, uint32_t i)
{
    for (uint32_t at = i; at + 1 < scan->end && at < i + THAT_REACH; at++) {
        if (stm_speech_is_finite(scan->ann, at)) {
            break;
        }
        if (stm_speech_is_at(scan, at, ",") &&
            stm_speech_has_flag(scan, at + 1, STM_TOKEN_QUOTE_OPEN)) {
            return at + 1;
        }
    }
    return STEMMA_NONE;
}

static int is_joint(const struct stm_speech_scan *scan, uint32_t i)
{
    static const char *const words[] = {"and", "but", "or", "because", "which", "who", "so", "if"};
    for (size_t w = 0; w < sizeof words / sizeof words[0]; w++) {
        if (stm_speech_is_at(scan, i, words[w])) {
            return 1;
        }
    }
    return 0;
}

/** Whether a relative pronoun stands among tokens [first, end). */
static int is_relative(const struct stm_annotation *ann, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++) {
        uint8_t pos = ann->tokens[i].pos;
        if (pos == STM_POS_WP || pos == STM_POS_WDT || pos == STM_POS_WPS) {
            return 1;
        }
    }
    return 0;
}

int stm_content_as(struct stm_speech_scan *scan, struct stm_statement *it, uint32_t edge)
{
    if (edge != scan->opening + 1 || !stm_speech_is_at(scan, scan->opening, "as")) {
        return 0;
    }
    uint32_t more = resumes_at(scan, it);
    return more != STEMMA_NONE && (quote_right(scan, it, more) || clause_from(scan, it, more));
}

int stm_content_left(struct stm_speech_scan *scan, struct stm_statement *it, uint32_t edge)
{
    const struct stm_annotation *ann = scan->ann;
    if (edge <= scan->opening) {
        return 0;
    }
    int as = stm_speech_is_at(scan, edge - 1, "as");
    edge -= as != 0; /* "…, as Bell put it" */
    if (edge <= scan->opening) {
        return 0;
    }
    uint32_t more = as ? STEMMA_NONE : resumes_at(scan, it);
    if (quote_left(scan, it, edge)) {
        if (more == STEMMA_NONE) {
            more = next_mark(scan, it->cue + it->cue_count);
        }
        if (more != STEMMA_NONE && stm_speech_has_flag(scan, more, STM_TOKEN_QUOTE_OPEN)) {
            uint32_t quote = stm_speech_free_quote(scan, more);
            if (quote != STEMMA_NONE) {
                (void)stm_speech_add_quote(scan, it, quote);
            }
        }
        return 1;
    }
    uint32_t before = edge - 1;
    uint8_t relation = ann->tokens[it->cue].relation;
    int subordinate = relation == STM_RELATION_ACL_RELCL || relation == STM_RELATION_ADVCL ||
                      relation == STM_RELATION_ACL;
    if (!stm_speech_is_at(scan, before, ",") || before - scan->opening > STM_SPEECH_REACH ||
        before < scan->opening + 1 ||
        (subordinate && !as && stm_syntax_child(ann, it->cue, STM_RELATION_MARK) != STEMMA_NONE) ||
        is_relative(ann, edge, it->cue)) {
        return 0;
    }
    if (is_relative(ann, before - 1, before)) {
        return 0; /* "boats which, the agency said, were" */
    }
    uint32_t first = scan->opening;
    for (uint32_t i = before; i > first; i--) {
        if (stm_speech_is_at(scan, i, ";")) {
            first = i + 1;
        }
    }
    int whole = stm_speech_has_finite(scan, first, before);
    if (more != STEMMA_NONE) {
        uint32_t end = stm_speech_clause_end(scan, it->cue, more);
        int goes_on = end > more && (relation == STM_RELATION_PARATAXIS || subordinate || !whole ||
                                     is_joint(scan, more));
        if (goes_on && (whole || stm_speech_has_finite(scan, more, end))) {
            it->joined = 1;
            return stm_speech_add_piece(scan, it, first, before) &&
                   stm_speech_add_piece(scan, it, more, end);
        }
    }
    return whole && before >= first + 3 && stm_speech_add_piece(scan, it, first, before);
}

/** "in an interview with X", "in statements published by X": by whom it reached the paper. */
static uint32_t medium_of(const struct stm_annotation *ann, uint32_t noun)
{
    if (!stm_speech_is_utterance(ann, noun) && !stm_ann_has_lemma(ann, noun, "comment") &&
        !stm_ann_has_lemma(ann, noun, "conversation")) {
        return STEMMA_NONE;
    }
    uint32_t medium = stm_syntax_oblique(ann, noun, "with");
    if (medium == STEMMA_NONE) {
        medium = stm_syntax_oblique(ann, noun, "to");
    }
    uint32_t verb = stm_syntax_child(ann, noun, STM_RELATION_ACL);
    if (medium == STEMMA_NONE && verb != STEMMA_NONE && verb > noun) {
        static const char *const by[] = {"by", "on", "in", "to"};
        medium = stm_syntax_child(ann, verb, STM_RELATION_OBL_AGENT);
        for (size_t i = 0; i < sizeof by / sizeof by[0] && medium == STEMMA_NONE; i++) {
            medium = stm_syntax_oblique(ann, verb, by[i]);
        }
    }
    return medium;
}

stemma_status stm_speech_circumstances(struct stm_speech_scan *scan, struct stm_statement *it)
{
    struct stm_annotation *ann = scan->ann;
    stemma_status status = STEMMA_OK;
    for (uint32_t at = ann->tokens[it->cue].child; at != STEMMA_NONE && status == STEMMA_OK;
         at = ann->tokens[at].sibling) {
        uint8_t relation = ann->tokens[at].relation;
        int said = 0;
        for (uint32_t p = 0; p < it->piece_count; p++) {
            said = said || (at >= it->pieces[p].first && at < it->pieces[p].end);
        }
        if (said) {
            continue;
        }
        if (ann->tokens[at].time != STEMMA_NONE && it->time == STEMMA_NONE &&
            (relation == STM_RELATION_OBL || relation == STM_RELATION_OBL_UNMARKED ||
             relation == STM_RELATION_ADVMOD)) {
            it->time = ann->tokens[at].time;
            continue;
        }
        uint32_t word = stm_syntax_case(ann, at);
        int told =
            at > it->cue && (((relation == STM_RELATION_OBJ || relation == STM_RELATION_IOBJ) &&
                              ((it->frames & STM_SPEECH_TOLD) ||
                               (it->kind == STM_SPEECH_PROMISE && at < it->pieces[0].first))) ||
                             (relation == STM_RELATION_OBL && word != STEMMA_NONE &&
                              (stm_ann_is(ann, word, "to") ||
                               ((it->frames & STM_SPEECH_FOR) && stm_ann_is(ann, word, "on")))));
        if (told && it->addressee == STEMMA_NONE) {
            uint32_t mention = STEMMA_NONE;
            status = stm_speech_mention_made(scan, at, &mention);
            if (mention != STEMMA_NONE && ann->mentions[mention].type != STM_ENTITY_NONE &&
                ann->mentions[mention].type != STM_ENTITY_THING) {
                it->addressee = mention;
            }
        } else if (relation == STM_RELATION_OBL && it->via == STEMMA_NONE) {
            uint32_t medium = medium_of(ann, at);
            uint32_t mention =
                medium != STEMMA_NONE ? stm_mention_headed(ann, medium) : STEMMA_NONE;
            if (mention != STEMMA_NONE && ann->mentions[mention].type == STM_ENTITY_ORGANIZATION) {
                it->via = mention;
                if (it->addressee == STEMMA_NONE && stm_syntax_oblique(ann, at, "with") == medium) {
                    it->addressee = mention; /* whoever interviews is told */
                }
            }
        }
    }
    if (status == STEMMA_OK && it->addressee == STEMMA_NONE && (it->frames & STM_SPEECH_TOLD) &&
        it->cue + 1 < scan->end && it->pieces[0].first != it->cue + 1) {
        uint32_t mention = STEMMA_NONE;
        mention = ann->tokens[it->cue + 1].mention;
        if (mention == STEMMA_NONE || ann->mentions[mention].kind != STEMMA_MENTION_PRONOUN) {
            status =
                stm_speech_mention_made(scan, stm_speech_phrase_head(scan, it->cue + 1), &mention);
        }
        if (mention != STEMMA_NONE && mention != it->speakers[0] &&
            ann->mentions[mention].type != STM_ENTITY_NONE &&
            ann->mentions[mention].type != STM_ENTITY_THING) {
            it->addressee = mention;
        }
    }
    /* "said on Tuesday that": whatever the parse made of the day. */
    uint32_t next = it->cue + it->cue_count;
    if (it->time == STEMMA_NONE && next < scan->end) {
        next += ann->tokens[next].pos == STM_POS_IN && next + 1 < scan->end;
        it->time = ann->tokens[next].time;
    }
    return status;
}
