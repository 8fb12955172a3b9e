/* SPDX-License-Identifier: MIT */
/* Paragraphs, quotations and sentences. Paragraphs and furniture are hard breaks; quotations are
   balanced inside paragraphs; sentences end at final marks that no abbreviation explains. */
#include "pack/extract/annotation.h"
#include "pack/extract/lexicon.h"
#include "pack/extract/time_dateline.h"

#define DEEPEST_QUOTE 4u
#define LONGEST_SENTENCE                                                                           \
    400u /* tokens: longer ones are lists or noise; later stages may look pairwise */
#define LONG_LINE        120u /* bytes: a line so long was not wrapped at a margin, */
#define SHORT_LINE       45u  /* nor was one so short */
#define LONGEST_HEADLINE 25u  /* tokens */
#define COLUMN_SPACES    3u   /* between two columns of a table at least */

static uint32_t flags_of(const struct stm_annotation *ann, uint32_t i)
{
    return ann->tokens[i].flags;
}

/* Without paragraphs from the reader of the document: blank lines, and line ends after a long line
   or a final mark. */
static int derived_break(const struct stm_annotation *ann, uint32_t from, uint32_t to,
                         uint32_t line_start)
{
    const char *text = ann->text.data;
    int newlines = 0;
    for (uint32_t i = from; i < to; i++) {
        newlines += text[i] == '\n';
    }
    if (newlines != 1) {
        return newlines > 1;
    }
    char last = text[from - 1];
    return last == '.' || last == '!' || last == '?' || last == '"' || last == ':' ||
           (unsigned char)last >= 0x80 || from - line_start > LONG_LINE ||
           from - line_start < SHORT_LINE;
}

/* Whether columns part two tokens: a tabulator, or spaces that only line something up. */
static int is_column(const struct stm_annotation *ann, uint32_t from, uint32_t to)
{
    const char *text = ann->text.data;
    uint32_t spaces = 0;
    for (uint32_t i = from; i < to; i++) {
        if (text[i] == '\n' || (text[i] != ' ' && text[i] != '\t')) {
            return 0;
        }
        spaces += text[i] == '\t' ? COLUMN_SPACES : 1;
    }
    return spaces >= COLUMN_SPACES;
}

/* The paragraph of every token, in `sentence` for the time being; furniture adds a break too. */
static void number_paragraphs(struct stm_annotation *ann)
{
    const stemma_document *document = ann->document;
    uint32_t paragraph = 0;
    uint32_t given = 0;
    uint32_t furniture = 0;
    uint32_t line_start = 0;
    for (uint32_t i = 0; i < ann->token_count; i++) {
        uint32_t start = ann->tokens[i].start;
        uint32_t previous = i == 0 ? 0 : ann->tokens[i - 1].end;
        int breaks = 0;
        while (given < document->paragraph_count && document->paragraphs[given] <= start) {
            given++;
            breaks = 1;
        }
        while (furniture < document->furniture_count &&
               document->furniture[furniture].start < start) {
            furniture++;
            breaks = 1;
        }
        if (i != 0 && document->paragraph_count == 0 &&
            derived_break(ann, previous, start, line_start)) {
            breaks = 1;
        }
        if (i != 0 && (breaks || (start - previous > 0 && is_column(ann, previous, start)))) {
            paragraph++;
        }
        for (uint32_t at = previous; at < start; at++) {
            if (ann->text.data[at] == '\n') {
                line_start = at + 1;
            }
        }
        ann->tokens[i].sentence = paragraph;
    }
}

/* Quotation marks of one family close each other. */
static int mark_family(const struct stm_annotation *ann, uint32_t token)
{
    stemma_text lower = ann->tokens[token].lower;
    if (lower.size == 1) {
        return lower.data[0] == '"' ? 1 : 2;
    }
    if (stemma_text_equal(lower, stemma_text_of("\xC2\xAB")) ||
        stemma_text_equal(lower, stemma_text_of("\xC2\xBB"))) {
        return 3;
    }
    return stemma_text_equal(lower, stemma_text_of("\xE2\x80\x98")) ? 2 : 1;
}

static stemma_status add_quote(struct stm_annotation *ann, uint32_t first, uint32_t last,
                               int closed, uint32_t depth, uint32_t continues)
{
    if (stm_arena_grow(ann->arena, &ann->quotes, ann->quote_count, &ann->quote_capacity,
                       sizeof *ann->quotes) != STEMMA_OK) {
        return STEMMA_E_NO_MEMORY;
    }
    uint32_t number = ann->quote_count++;
    struct stm_quote *quote = &ann->quotes[number];
    quote->first = first;
    quote->count = last - first + 1;
    quote->start = ann->tokens[first].end;
    quote->end = closed ? ann->tokens[last].start : ann->tokens[last].end;
    quote->continues = continues;
    quote->depth = depth;
    for (uint32_t i = first; i <= last; i++) {
        ann->tokens[i].flags |= STM_TOKEN_IN_QUOTE;
        if (ann->tokens[i].quote == STEMMA_NONE) {
            ann->tokens[i].quote = number;
        }
    }
    return STEMMA_OK;
}

struct open_mark {
    uint32_t token;
    int family;
    uint32_t continues;
};

struct quote_state {
    struct open_mark open[DEEPEST_QUOTE];
    uint32_t depth;
    uint32_t chain; /* quote that the next paragraph's first mark goes on from */
};

static void forget(struct stm_annotation *ann, uint32_t token)
{
    ann->tokens[token].flags &= ~(uint32_t)(STM_TOKEN_QUOTE_OPEN | STM_TOKEN_QUOTE_CLOSE);
}

static stemma_status close_mark(struct stm_annotation *ann, struct quote_state *state,
                                uint32_t token)
{
    int family = mark_family(ann, token);
    uint32_t level = state->depth;
    while (level != 0 && state->open[level - 1].family != family) {
        level--;
    }
    if (level == 0) {
        forget(ann, token);
        return STEMMA_OK;
    }
    for (uint32_t i = level; i < state->depth && i < DEEPEST_QUOTE; i++) {
        forget(ann, state->open[i].token);
    }
    state->depth = level - 1;
    ann->tokens[token].flags &= ~(uint32_t)STM_TOKEN_POSSESSIVE;
    return add_quote(ann, state->open[level - 1].token, token, 1, level - 1,
                     state->open[level - 1].continues);
}

static void open_mark(struct stm_annotation *ann, struct quote_state *state, uint32_t token,
                      int first_of_paragraph)
{
    int family = mark_family(ann, token);
    for (uint32_t i = 0; i < state->depth; i++) {
        if (state->open[i].family == family) { /* the earlier one was never closed */
            for (uint32_t k = i; k < state->depth; k++) {
                forget(ann, state->open[k].token);
            }
            state->depth = i;
        }
    }
    if (state->depth == DEEPEST_QUOTE) {
        forget(ann, token);
        return;
    }
    struct open_mark *mark = &state->open[state->depth++];
    mark->token = token;
    mark->family = family;
    mark->continues = first_of_paragraph ? state->chain : STEMMA_NONE;
}

/* At the end of a paragraph an open quotation goes on when the next paragraph opens one too. */
static stemma_status end_paragraph(struct stm_annotation *ann, struct quote_state *state,
                                   uint32_t next)
{
    stemma_status status = STEMMA_OK;
    state->chain = STEMMA_NONE;
    if (state->depth != 0 && next < ann->token_count &&
        (flags_of(ann, next) & STM_TOKEN_QUOTE_OPEN) != 0 &&
        mark_family(ann, next) == state->open[0].family && state->open[0].family != 2) {
        status = add_quote(ann, state->open[0].token, next - 1, 0, 0, state->open[0].continues);
        state->chain = ann->quote_count - 1;
    } else if (state->depth != 0) {
        forget(ann, state->open[0].token);
    }
    for (uint32_t i = 1; i < state->depth; i++) {
        forget(ann, state->open[i].token);
    }
    state->depth = 0;
    return status;
}

static stemma_status find_quotes(struct stm_annotation *ann)
{
    struct quote_state state;
    memset(&state, 0, sizeof state);
    state.chain = STEMMA_NONE;
    int first = 1;
    for (uint32_t i = 0; i < ann->token_count; i++) {
        uint32_t flags = flags_of(ann, i);
        stemma_status status = STEMMA_OK;
        if ((flags & STM_TOKEN_QUOTE_OPEN) != 0) {
            open_mark(ann, &state, i, first);
        } else if ((flags & STM_TOKEN_QUOTE_CLOSE) != 0) {
            status = close_mark(ann, &state, i);
        }
        first = 0;
        int ends =
            i + 1 == ann->token_count || ann->tokens[i + 1].sentence != ann->tokens[i].sentence;
        if (status == STEMMA_OK && ends) {
            status = end_paragraph(ann, &state, i + 1);
            first = 1;
        }
        if (status != STEMMA_OK) {
            return status;
        }
    }
    return STEMMA_OK;
}

static int is_mark(const struct stm_annotation *ann, uint32_t i, char mark)
{
    return ann->tokens[i].lower.size != 0 && ann->tokens[i].lower.data[0] == mark &&
           (flags_of(ann, i) & STM_TOKEN_PUNCTUATION) != 0;
}

static int is_final_mark(const struct stm_annotation *ann, uint32_t i)
{
    return is_mark(ann, i, '.') || is_mark(ann, i, '!') || is_mark(ann, i, '?') ||
           stm_ann_is(ann, i, "\xE2\x80\xA6");
}

/* A word that begins sentences and no names: "The", "He", "In"; but adjectives stand in names, too ("the
   U.S. Federal Court"). */
static int begins_plainly(const struct stm_annotation *ann, uint32_t i)
{
    enum stm_tag tag = stm_lexicon_closed_tag(ann->tokens[i].lower);
    return (flags_of(ann, i) & STM_TOKEN_QUOTE_OPEN) != 0 ||
           (tag != STM_TAG_OTHER && tag != STM_TAG_ADJECTIVE && tag != STM_TAG_NUMBER);
}

static int abbreviation_ends(const struct stm_annotation *ann, uint32_t i)
{
    const struct stm_token *token = &ann->tokens[i];
    const struct stm_token *next = &ann->tokens[i + 1];
    if (token->lower.size < 2 || token->lower.data[token->lower.size - 1] != '.') {
        return 0;
    }
    if (stm_lexicon_has(STM_LEXICON_TITLE_ABBREVIATION, token->lower)) {
        return 0;
    }
    uint32_t starts = STM_TOKEN_CAPITALISED | STM_TOKEN_QUOTE_OPEN;
    return (next->flags & starts) != 0 && begins_plainly(ann, i + 1);
}

/* "Will it?" Orlova asked: the sentence goes on after the quotation. */
static int speech_goes_on(const struct stm_annotation *ann, uint32_t i)
{
    for (uint32_t k = i; k < i + 3 && k < ann->token_count; k++) {
        if ((flags_of(ann, k) & STM_TOKEN_PUNCTUATION) != 0) {
            return 0;
        }
        if (stm_lexicon_has(STM_LEXICON_SAY, ann->tokens[k].lower)) {
            return 1;
        }
    }
    return 0;
}

/* Whether a sentence ends after token `i`, whose successor is in the same paragraph. */
static int ends_after(const struct stm_annotation *ann, uint32_t i)
{
    uint32_t closing = 0;
    uint32_t mark = i;
    while (mark != 0 && ((flags_of(ann, mark) & STM_TOKEN_QUOTE_CLOSE) != 0 ||
                         is_mark(ann, mark, ')') || is_mark(ann, mark, ']'))) {
        closing += (flags_of(ann, mark) & STM_TOKEN_QUOTE_CLOSE) != 0;
        mark--;
        if (i - mark > 3) {
            return 0;
        }
    }
    const struct stm_token *next = &ann->tokens[i + 1];
    if ((next->flags & STM_TOKEN_QUOTE_CLOSE) != 0 || is_mark(ann, i + 1, ')') ||
        is_mark(ann, i + 1, ']') || is_mark(ann, i + 1, ',') || is_final_mark(ann, i + 1)) {
        return 0; /* what closes belongs to the sentence that it closes */
    }
    if (!is_final_mark(ann, mark)) {
        return abbreviation_ends(ann, mark);
    }
    uint32_t starts =
        STM_TOKEN_CAPITALISED | STM_TOKEN_QUOTE_OPEN | STM_TOKEN_DIGIT | STM_TOKEN_PUNCTUATION;
    if ((next->flags & starts) == 0) {
        return 0;
    }
    if ((next->flags & STM_TOKEN_DIGIT) != 0 && mark != 0 && stm_ann_is(ann, mark - 1, "no")) {
        return 0;
    }
    if (closing != 0 && !is_mark(ann, mark, '.') && speech_goes_on(ann, i + 1)) {
        return 0;
    }
    if ((next->flags & STM_TOKEN_PUNCTUATION) != 0 && (next->flags & STM_TOKEN_QUOTE_OPEN) == 0) {
        return !is_mark(ann, i + 1, '-') && !is_mark(ann, i + 1, ';') && !is_mark(ann, i + 1, ':');
    }
    return 1;
}

static void mark_starts(struct stm_annotation *ann, const struct stm_sentence *sentence)
{
    int start = 1;
    for (uint32_t i = sentence->first; i < sentence->first + sentence->count; i++) {
        if ((flags_of(ann, i) & STM_TOKEN_PUNCTUATION) != 0) {
            if ((flags_of(ann, i) & STM_TOKEN_QUOTE_OPEN) != 0 || is_mark(ann, i, ':') ||
                is_final_mark(ann, i)) {
                start = 1;
            }
            continue;
        }
        if (start) {
            ann->tokens[i].flags |= STM_TOKEN_SENTENCE_START;
        }
        start = 0;
    }
}

static stemma_status add_sentence(struct stm_annotation *ann, uint32_t first, uint32_t end,
                                  uint32_t paragraph)
{
    if (stm_arena_grow(ann->arena, &ann->sentences, ann->sentence_count, &ann->sentence_capacity,
                       sizeof *ann->sentences) != STEMMA_OK) {
        return STEMMA_E_NO_MEMORY;
    }
    uint32_t number = ann->sentence_count++;
    struct stm_sentence *sentence = &ann->sentences[number];
    sentence->first = first;
    sentence->count = end - first;
    sentence->start = ann->tokens[first].start;
    sentence->end = ann->tokens[end - 1].end;
    sentence->paragraph = paragraph;
    sentence->is_title = 0;
    for (uint32_t i = first; i < end; i++) {
        ann->tokens[i].sentence = number;
    }
    mark_starts(ann, sentence);
    return STEMMA_OK;
}

/* Whether most words that a headline style capitalises are capitalised. */
static int is_title_case(const struct stm_annotation *ann, const struct stm_sentence *sentence)
{
    uint32_t words = 0;
    uint32_t capitalised = 0;
    for (uint32_t i = sentence->first; i < sentence->first + sentence->count; i++) {
        const struct stm_token *token = &ann->tokens[i];
        if ((token->flags & (STM_TOKEN_PUNCTUATION | STM_TOKEN_DIGIT)) != 0 ||
            token->lower.size < 4) {
            continue;
        }
        words++;
        capitalised += (token->flags & STM_TOKEN_CAPITALISED) != 0;
    }
    return words >= 3 && capitalised * 10 >= words * 7;
}

static int is_document_title(const struct stm_annotation *ann, const struct stm_sentence *sentence)
{
    stemma_text title = ann->document->title;
    stemma_text words = stm_ann_words(ann, sentence->first, sentence->count);
    return title.size != 0 && stemma_text_equal(title, words);
}

static void find_headlines(struct stm_annotation *ann)
{
    for (uint32_t s = 0; s < ann->sentence_count; s++) {
        struct stm_sentence *sentence = &ann->sentences[s];
        uint32_t last = sentence->first + sentence->count - 1;
        int alone = (s == 0 || ann->sentences[s - 1].paragraph != sentence->paragraph) &&
                    (s + 1 == ann->sentence_count ||
                     ann->sentences[s + 1].paragraph != sentence->paragraph);
        if (!alone || sentence->count > LONGEST_HEADLINE) {
            continue;
        }
        int open_end = !is_final_mark(ann, last) && sentence->count >= 3;
        int more = s + 1 < ann->sentence_count;
        if (is_document_title(ann, sentence) ||
            (open_end && ((s == 0 && more) || is_title_case(ann, sentence)))) {
            sentence->is_title = 1;
            for (uint32_t i = sentence->first; i <= last; i++) {
                ann->tokens[i].flags |= STM_TOKEN_IN_TITLE;
            }
        }
    }
}

stemma_status stm_extract_sentences(struct stm_annotation *ann)
{
    number_paragraphs(ann);
    stemma_status status = find_quotes(ann);
    uint32_t first = 0;
    int opens = 1;
    uint32_t dateline = STEMMA_NONE; /* its end: a sentence of its own, lest it hang on the first */
    for (uint32_t i = 0; i < ann->token_count && status == STEMMA_OK; i++) {
        uint32_t paragraph = ann->tokens[i].sentence;
        int last = i + 1 == ann->token_count || ann->tokens[i + 1].sentence != paragraph;
        if (opens) {
            dateline = stm_dateline_end(ann, i);
        }
        opens = last;
        if (last || i + 1 == dateline || i + 1 - first >= LONGEST_SENTENCE || ends_after(ann, i)) {
            status = add_sentence(ann, first, i + 1, paragraph);
            first = i + 1;
        }
    }
    if (status == STEMMA_OK) {
        find_headlines(ann);
    }
    return status;
}
