/* SPDX-License-Identifier: MIT */
/* The stage that parses: sentence by sentence, long ones in pieces, by the trained parser. */
#include "pack/extract/syntax_mend.h"
#include "pack/model/parser.h"

#define SHORTEST_PIECE 200u /* tokens, where there is a mark at which a long sentence may be cut */

/* Where the piece that begins at `first` ends: with the sentence, or after a mark, or where no more
   words can be parsed at a time. */
static uint32_t piece_end(const struct stm_annotation *ann, uint32_t first, uint32_t end)
{
    if (end - first <= STM_PARSER_LONGEST) {
        return end;
    }
    for (uint32_t at = first + STM_PARSER_LONGEST; at > first + SHORTEST_PIECE; at--) {
        if ((ann->tokens[at - 1].flags & STM_TOKEN_PUNCTUATION) != 0) {
            return at;
        }
    }
    return first + STM_PARSER_LONGEST;
}

/* What is parsed at a time, and the tags of all words. */
struct parsing {
    struct stm_annotation *ann;
    struct stm_parser parser;
    struct stm_parse *parses[STM_PARSER_AT_ONCE];
    uint32_t first[STM_PARSER_AT_ONCE]; /* tokens */
    uint32_t count;
    uint8_t *tags;
    uint32_t root; /* of the sentence whose pieces are given */
};

static void give_piece(struct parsing *parsing, const struct stm_parse *parse, uint32_t first)
{
    struct stm_annotation *ann = parsing->ann;
    uint32_t sentence = ann->tokens[first].sentence;
    if (first == ann->sentences[sentence].first) {
        parsing->root = STEMMA_NONE;
    }
    for (uint32_t i = first; i < first + parse->count; i++) {
        struct stm_token *token = &ann->tokens[i];
        token->relation = parse->label[i - first];
        token->head = parse->head[i - first] + first;
        if (token->relation == STM_RELATION_ROOT) {
            int only = parsing->root == STEMMA_NONE;
            token->head = parsing->root;
            token->relation = only ? STM_RELATION_ROOT : STM_RELATION_PARATAXIS;
            parsing->root = only ? i : parsing->root;
        }
    }
}

/* Parses what has begun. */
static void parse_pieces(struct parsing *parsing)
{
    stm_parser_trees(&parsing->parser, parsing->parses, parsing->count);
    for (uint32_t i = 0; i < parsing->count; i++) {
        stm_parser_label(&parsing->parser, parsing->parses[i]);
        give_piece(parsing, parsing->parses[i], parsing->first[i]);
    }
    parsing->count = 0;
}

static void add_sentence(struct parsing *parsing, uint32_t first, uint32_t end)
{
    struct stm_annotation *ann = parsing->ann;
    for (uint32_t i = first; i < end; i++) {
        parsing->tags[i] = ann->tokens[i].pos;
    }
    while (first < end) {
        uint32_t next = piece_end(ann, first, end);
        parsing->first[parsing->count] = first;
        stm_parse_begin(parsing->parses[parsing->count++], ann->words + first,
                        parsing->tags + first, next - first);
        if (parsing->count == STM_PARSER_AT_ONCE) {
            parse_pieces(parsing);
        }
        first = next;
    }
}

static int is_day(const struct stm_annotation *ann, uint32_t token)
{
    static const char *const days[] = {"monday",   "tuesday", "wednesday", "thursday", "friday",
                                       "saturday", "sunday",  "yesterday", "today",    "tomorrow"};
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
        if (stm_ann_is(ann, token, days[i])) {
            return 1;
        }
    }
    return 0;
}

/* Whether nothing of what stands under `head` comes after what stands under `token`. */
static int is_last(const struct stm_annotation *ann, uint32_t token, uint32_t head)
{
    return head < token && ann->tokens[token].sibling == STEMMA_NONE;
}

/* "arrested two students on Monday": a day after the object of a verb is that of the verb; the treebanks have
   it so nine times of ten, while a parser that looks no further than the noun may hang it there. */
static void raise_days(struct stm_annotation *ann)
{
    for (uint32_t i = 0; i < ann->token_count; i++) {
        struct stm_token *day = &ann->tokens[i];
        if ((day->relation != STM_RELATION_NMOD && day->relation != STM_RELATION_NMOD_UNMARKED) ||
            !is_day(ann, i)) {
            continue;
        }
        uint32_t preposition = day->child != STEMMA_NONE && day->child < i ? day->child : STEMMA_NONE;
        if (preposition != STEMMA_NONE && !stm_ann_is(ann, preposition, "on")) {
            continue;
        }
        uint32_t at = day->head;
        int rises = is_last(ann, i, at);
        for (uint32_t steps = 0; rises && steps < 8; steps++) { /* of a list to its first member */
            const struct stm_token *noun = &ann->tokens[at];
            if (noun->relation != STM_RELATION_CONJ && noun->relation != STM_RELATION_FLAT) {
                break;
            }
            rises = is_last(ann, at, noun->head);
            at = noun->head;
        }
        uint32_t verb = ann->tokens[at].relation == STM_RELATION_OBJ ? ann->tokens[at].head
                                                                     : STEMMA_NONE;
        if (rises && verb != STEMMA_NONE && verb < at) {
            day->head = verb;
            day->relation = day->relation == STM_RELATION_NMOD ? STM_RELATION_OBL
                                                               : STM_RELATION_OBL_UNMARKED;
        }
    }
}

/* Gives every head its list of dependents, in the order of the text. */
static void link_dependents(struct stm_annotation *ann)
{
    for (uint32_t i = 0; i < ann->token_count; i++) {
        ann->tokens[i].child = ann->tokens[i].sibling = STEMMA_NONE;
    }
    for (uint32_t i = ann->token_count; i-- > 0;) {
        struct stm_token *token = &ann->tokens[i];
        if (token->head != STEMMA_NONE) {
            token->sibling = ann->tokens[token->head].child;
            ann->tokens[token->head].child = i;
        }
    }
}

stemma_status stm_extract_syntax(struct stm_annotation *ann)
{
    struct parsing parsing = {.ann = ann, .root = STEMMA_NONE};
    struct stm_parse *parses = stm_arena_alloc(ann->arena, STM_PARSER_AT_ONCE, sizeof *parses);
    parsing.tags = stm_arena_alloc(ann->arena, ann->token_count, 1);
    if (parses == NULL || parsing.tags == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < STM_PARSER_AT_ONCE; i++) {
        parsing.parses[i] = &parses[i];
    }
    if (!stm_parser_open(&parsing.parser, ann->model)) {
        return stm_ann_model_lacks(ann, "parser");
    }
    for (uint32_t s = 0; s < ann->sentence_count; s++) {
        stm_mend_words(ann, ann->sentences[s].first, stm_ann_sentence_end(ann, s));
        add_sentence(&parsing, ann->sentences[s].first, stm_ann_sentence_end(ann, s));
    }
    parse_pieces(&parsing);
    for (uint32_t s = 0; s < ann->sentence_count; s++) {
        uint32_t first = ann->sentences[s].first;
        uint32_t end = stm_ann_sentence_end(ann, s);
        if (stm_mend_tags(ann, first, end)) {
            add_sentence(&parsing, first, end);
        }
    }
    parse_pieces(&parsing);
    link_dependents(ann);
    raise_days(ann);
    stm_mend_subjects(ann);
    link_dependents(ann);
    return STEMMA_OK;
}
