/* SPDX-License-Identifier: MIT */
/* Pieces of content and where they end. */
#include "pack/extract/attribution_statement.h"

/* The words of a subject between "and" and its verb. */
enum { TURN = 12 };

int stm_speech_add_piece(struct stm_speech_scan *scan, struct stm_statement *it, uint32_t first,
                         uint32_t end)
{
    const struct stm_annotation *ann = scan->ann;
    uint32_t quote = STEMMA_NONE;
    while (first < end && (ann->tokens[first].flags & STM_TOKEN_PUNCTUATION) &&
           !(ann->tokens[first].flags & STM_TOKEN_QUOTE_OPEN) && !stm_ann_is(ann, first, "$") &&
           !stm_ann_is(ann, first, "(")) {
        first++;
    }
    while (end > first && (ann->tokens[end - 1].flags & STM_TOKEN_PUNCTUATION) &&
           !(ann->tokens[end - 1].flags & STM_TOKEN_QUOTE_CLOSE) &&
           !stm_ann_is(ann, end - 1, "%") && !stm_ann_is(ann, end - 1, ")")) {
        end--;
    }
    if (end <= first || it->piece_count == STM_SPEECH_PIECES) {
        return 0;
    }
    struct stm_speech_piece *piece = &it->pieces[it->piece_count++];
    piece->first = first;
    piece->end = end;
    piece->span = stm_ann_span(ann, first, end - first);
    piece->quote = quote;
    return 1;
}

int stm_speech_add_quote(struct stm_speech_scan *scan, struct stm_statement *it, uint32_t quote)
{
    const struct stm_quote *words = &scan->ann->quotes[quote];
    if (it->piece_count == STM_SPEECH_PIECES || words->end <= words->start) {
        return 0;
    }
    struct stm_speech_piece *piece = &it->pieces[it->piece_count];
    piece->first = words->first;
    piece->end = words->first + words->count;
    piece->span.start = words->start;
    piece->span.end = words->end;
    piece->quote = quote;
    const char *data = scan->ann->text.data;
    while (piece->span.end > piece->span.start &&
           (data[piece->span.end - 1] == ',' || data[piece->span.end - 1] == ' ')) {
        piece->span.end--; /* the comma before "she said" is not hers */
    }
    while (piece->span.start < piece->span.end && data[piece->span.start] == ' ') {
        piece->span.start++;
    }
    if (piece->span.end <= piece->span.start) {
        return 0;
    }
    it->piece_count++;
    return 1;
}

uint32_t stm_speech_free_quote(const struct stm_speech_scan *scan, uint32_t token)
{
    if (token >= scan->ann->token_count) {
        return STEMMA_NONE;
    }
    uint32_t quote = scan->ann->tokens[token].quote;
    if (quote == STEMMA_NONE || scan->quote_by[quote] != STEMMA_NONE ||
        scan->ann->quotes[quote].depth != 0) {
        return STEMMA_NONE;
    }
    return quote;
}

/** Whether the clause of the verb at `i` hangs on the cue and not on what is said: "…, adding
   that", "and she left". */
static int leaves(const struct stm_speech_scan *scan, uint32_t cue, uint32_t i)
{
    const struct stm_token *token = &scan->ann->tokens[i];
    const struct stm_speech_verb *verb = stm_speech_verb_at(scan->ann, i);
    if (token->head == cue && token->relation == STM_RELATION_CONJ &&
        stm_syntax_child(scan->ann, i, STM_RELATION_CC) != STEMMA_NONE) {
        return 1;
    }
    /* "…, saying that": a participle of speech behind a comma goes on about the same speaker. */
    if (verb == NULL || token->pos != STM_POS_VBG ||
        (verb->kind >= STM_SPEECH_JUDGE && verb->kind != STM_SPEECH_QUOTE) || i < scan->first + 2) {
        return 0;
    }
    uint32_t before = i - 1 - (scan->ann->tokens[i - 1].pos == STM_POS_RB);
    return stm_speech_is_at(scan, before, ",");
}

uint32_t stm_speech_noun_clause_end(const struct stm_speech_scan *scan, uint32_t first,
                                    uint32_t end, int verbs)
{
    /* As many finite verbs as clauses have been opened; one more belongs to the noun itself:
       "the claim that the vote was fair | has been rejected". */
    const struct stm_annotation *ann = scan->ann;
    for (uint32_t i = first; i < end; i++) {
        uint8_t pos = ann->tokens[i].pos;
        uint8_t relation = ann->tokens[i].relation;
        if (stm_speech_is_finite(ann, i)) {
            if (verbs == 0) {
                return i;
            }
            verbs--;
        } else if (pos == STM_POS_WDT || pos == STM_POS_WP || pos == STM_POS_WRB ||
                   relation == STM_RELATION_MARK || pos == STM_POS_CC ||
                   (ann->tokens[i].flags & STM_TOKEN_QUOTE_OPEN)) {
            verbs += pos != STM_POS_TO;
        }
    }
    return end;
}

/** "warned that ... and urged": whether a verb of speech may have the subject of the cue before it. */
static int is_past_beside(const struct stm_token *cue, const struct stm_token *verb)
{
    return cue->pos != STM_POS_VBZ &&
           (verb->pos == STM_POS_VBD || (verb->pos == STM_POS_VBN && cue->pos == STM_POS_VBD));
}

/** "..., a claim its maker denied": what the writer thinks of what was said. */
static int is_judged(const struct stm_speech_scan *scan, uint32_t first, uint32_t comma)
{
    const struct stm_annotation *ann = scan->ann;
    uint32_t article = comma + 1;
    static const char *const nouns[] = {"claim",     "charge",     "allegation", "accusation",
                                        "assertion", "suggestion", "figure",     "remark",
                                        "comment",   "view",       "statement"};
    if (comma <= first + 1 || !stm_speech_is_at(scan, comma, ",") ||
        (!stm_ann_is(ann, article, "a") && !stm_ann_is(ann, article, "an"))) {
        return 0;
    }
    for (size_t i = 0; i < sizeof nouns / sizeof *nouns; i++) {
        if (stm_ann_is(ann, article + 1, nouns[i])) {
            return 1;
        }
    }
    return 0;
}

/** "Bell, who said": whether the clause of a cue stands between commas. */
static int is_relative_cue(const struct stm_speech_scan *scan, uint32_t cue)
{
    uint32_t at = cue;
    for (int steps = 0; steps < 3 && at > scan->first + 1; steps++) {
        at--;
        if (stm_speech_is_at(scan, at, "who") || stm_speech_is_at(scan, at, "which")) {
            return stm_speech_is_at(scan, at - 1, ",");
        }
    }
    return 0;
}

/** "the agency, which said the bridge was closed, left": whether the clause of the cue ends at a comma. */
static int closes_relative(const struct stm_speech_scan *scan, uint32_t cue, uint32_t comma,
                           uint32_t limit)
{
    return stm_speech_is_at(scan, comma, ",") && comma + 1 < limit &&
           stm_speech_is_finite(scan->ann, comma + 1) && is_relative_cue(scan, cue);
}

uint32_t stm_speech_clause_end(const struct stm_speech_scan *scan, uint32_t cue, uint32_t i)
{
    static const char *const breaks[] = {"while", "although", "though", "whereas"};
    const struct stm_annotation *ann = scan->ann;
    uint32_t limit = scan->end - i > STM_SPEECH_REACH ? i + STM_SPEECH_REACH : scan->end;
    int quoted = (ann->tokens[cue].flags & STM_TOKEN_IN_QUOTE) != 0;
    uint32_t outer = quoted ? ann->tokens[cue].quote : STEMMA_NONE;
    if (outer != STEMMA_NONE) {
        /* Said inside direct speech: it ends with that. */
        uint32_t close = ann->quotes[outer].first + ann->quotes[outer].count - 1;
        limit = close < limit ? close : limit;
    }
    for (uint32_t at = i; at < limit; at++) {
        if (!quoted && (ann->tokens[at].flags & STM_TOKEN_IN_QUOTE)) {
            continue;
        }
        if (stm_speech_is_at(scan, at, ";") || closes_relative(scan, cue, at, limit) || is_judged(scan, i, at) || (at > i && stm_speech_is_at(scan, at, "according") &&
                                                stm_speech_is_at(scan, at + 1, "to"))) {
            return at;
        }
        if (at > i && leaves(scan, cue, at)) {
            /* Back over what stands before that verb: "and", its subject, its auxiliaries. */
            uint32_t first = at;
            uint32_t end = at;
            stm_syntax_range(ann, at, &first, &end);
            if (first <= i || first > at) {
                first = at;
            }
            if (first > i && (stm_speech_is_at(scan, first - 1, "and") ||
                              stm_speech_is_at(scan, first - 1, "but"))) {
                first--;
            }
            return first;
        }
        if (at > i && (stm_speech_is_at(scan, at, "and") || stm_speech_is_at(scan, at, "but"))) {
            /* "..., and he added that", "and said": the parse may have hung it elsewhere. */
            uint32_t next = at + 1;
            if (next < limit && ann->tokens[next].pos == STM_POS_PRP) {
                next++;
            }
            const struct stm_speech_verb *verb =
                next < limit ? stm_speech_verb_at(ann, next) : NULL;
            if (verb != NULL && verb->kind < STM_SPEECH_JUDGE &&
                is_past_beside(&ann->tokens[cue], &ann->tokens[next]) &&
                ((verb->frames & STM_SPEECH_BARE) || next == at + 1)) {
                return stm_speech_is_at(scan, at - 1, ",") ? at - 1 : at;
            }
            /* "..., and its chief executive told": somebody else's turn. */
            for (next = at + 1;
                 stm_speech_is_at(scan, at - 1, ",") && next < limit && next < at + TURN; next++) {
                if (!stm_speech_is_finite(ann, next)) {
                    continue;
                }
                verb = stm_speech_verb_at(ann, next);
                if (verb != NULL && verb->kind < STM_SPEECH_JUDGE &&
                    ann->tokens[next].pos == ann->tokens[cue].pos) {
                    return at - 1;
                }
                break;
            }
        }
        if (stm_speech_is_at(scan, at, ",") && at + 1 < limit &&
            ann->tokens[at + 1].pos == STM_POS_WDT && at > i + 1) {
            /* "…, which Bell said were": her words. */
            for (uint32_t next = at + 2; next < limit && next < at + TURN; next++) {
                const struct stm_speech_verb *verb = stm_speech_verb_at(ann, next);
                if (verb != NULL && verb->kind < STM_SPEECH_DEMAND && next > at + 2) {
                    return at;
                }
                if (stm_speech_has_flag(scan, next, STM_TOKEN_PUNCTUATION)) {
                    break;
                }
            }
        }
        if (stm_speech_is_at(scan, at, ",")) {
            for (size_t w = 0; w < sizeof breaks / sizeof breaks[0]; w++) {
                if (stm_speech_is_at(scan, at + 1, breaks[w])) {
                    return at;
                }
            }
        }
    }
    return limit;
}
