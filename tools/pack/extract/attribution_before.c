/* SPDX-License-Identifier: MIT */
/* What is said: the words before a cue, and what goes on behind it. */
#include "pack/extract/attribution_statement.h"

/* "told the reporters waiting outside, “…”" */
enum { MARK_REACH = 12 };

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
    uint32_t i = stm_speech_behind(scan, it);
    return stm_speech_is_at(scan, i, ",") && i + 1 < scan->end ? i + 1 : STEMMA_NONE;
}

/** The opening mark behind the comma that ends the clause of a cue: "told the men outside, “…”". */
static uint32_t next_mark(const struct stm_speech_scan *scan, uint32_t i)
{
    for (uint32_t at = i; at + 1 < scan->end && at < i + MARK_REACH; at++) {
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
    return more != STEMMA_NONE &&
           (stm_content_quote(scan, it, more) || stm_content_clause(scan, it, more));
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
