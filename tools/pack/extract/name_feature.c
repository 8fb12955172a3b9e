/* SPDX-License-Identifier: MIT */
#include "pack/extract/name_feature.h"

#include "pack/extract/lexicon.h"

#define HISTORY_CAP 4u

/* Templates: what a feature is about. Numbers are part of the model: only add at the end. */
enum template {
    T_BIAS = 1, T_WORD, T_EXACT, T_PAIR_LEFT, T_PAIR_RIGHT, T_PAIR_AROUND, T_PAIR_FAR_LEFT,
    T_PAIR_FAR_RIGHT, T_SHAPE, T_BRIEF, T_BRIEF_LEFT, T_BRIEF_RIGHT, T_BRIEF_AROUND, T_AFFIX,
    T_AFFIX_SIDE, T_FLAGS, T_TWIN, T_TAG, T_TAG_LEFT, T_TAG_RIGHT, T_TAG_FAR, T_LIST, T_LIST_RUN,
    T_KNOWN, T_KNOWN_SIDE, T_RUN_LENGTH, T_RUN_LAST, T_RUN_FIRST, T_RUN_BEFORE, T_RUN_AFTER,
    T_RUN_LIST_LAST, T_RUN_LIST_FIRST, T_RUN_LIST_BEFORE, T_RUN_LIST_AFTER, T_RUN_AROUND,
    T_HISTORY, T_HISTORY_OWN, T_HISTORY_NONE, T_HISTORY_SIDE, T_RUN_AFFIX, T_LOUD, T_POS,
    T_POS_PAIR, T_BEFORE_BRIEF, T_RUN_BEYOND, T_HEAD, T_HEAD_RELATION, T_HEAD_CASE, T_STATE, T_ADJECTIVE
};

static uint64_t pair(uint64_t left, uint64_t right)
{
    return (left * 0x9fb21c651e98df25u) ^ (right + 0x165667b19e3779f9u);
}

/* Words in front of and behind a name say little by being nouns or verbs only. */
#define CONTEXT_BITS (~(1ull << (STM_NAME_LISTS - 1)) & ~(1ull << (STM_NAME_LISTS - 2)))

/* The features of one token under construction. */
struct list {
    uint64_t *out;
    size_t count;
    size_t limit;
};

static void add(struct list *list, uint64_t template, uint64_t value)
{
    if (list->count < list->limit) {
        list->out[list->count++] = stm_name_mix(template, value);
    }
}

static void add_bits(struct list *list, uint64_t template, uint64_t bits)
{
    for (; bits != 0; bits &= bits - 1) {
        add(list, template, (uint64_t)__builtin_ctzll(bits));
    }
}

static const struct stm_name_form *form_at(const struct stm_name_view *view, uint32_t first,
                                           uint32_t end, int64_t i)
{
    static const struct stm_name_form before = {.lower = 1, .brief = 1};
    static const struct stm_name_form after = {.lower = 2, .brief = 2};
    if (i < (int64_t)first) {
        return &before;
    }
    return i >= (int64_t)end ? &after : &view->forms[view->form_of[i]];
}

static unsigned bucket(uint32_t count)
{
    return count < 2 ? count : count < 4 ? 2 : 3;
}

static void add_word(struct list *list, const struct stm_name_view *view,
                     const struct stm_name_form *const around[5])
{
    const struct stm_name_form *left = around[1];
    const struct stm_name_form *own = around[2];
    const struct stm_name_form *right = around[3];
    add(list, T_BIAS, 0);
    for (uint64_t k = 0; k < 5; k++) {
        add(list, T_WORD, pair(k, around[k]->lower));
    }
    add(list, T_EXACT, own->exact);
    add(list, T_PAIR_LEFT, pair(left->lower, own->lower));
    add(list, T_PAIR_RIGHT, pair(own->lower, right->lower));
    add(list, T_PAIR_AROUND, pair(left->lower, right->lower));
    add(list, T_PAIR_FAR_LEFT, pair(around[0]->lower, left->lower));
    add(list, T_PAIR_FAR_RIGHT, pair(right->lower, around[4]->lower));
    add(list, T_SHAPE, own->shape);
    add(list, T_BRIEF, own->brief);
    add(list, T_BRIEF_LEFT, pair(left->brief, own->brief));
    add(list, T_BRIEF_RIGHT, pair(own->brief, right->brief));
    add(list, T_BRIEF_AROUND, pair(pair(left->brief, own->brief), right->brief));
    add(list, T_BEFORE_BRIEF, pair(left->lower, own->brief));
    if ((view->off & STM_FAMILY_AFFIX) == 0) {
        for (size_t k = 0; k < 8; k++) {
            if (own->affix[k] != 0) {
                add(list, T_AFFIX, own->affix[k]);
            }
        }
        for (uint64_t k = 1; k < 4; k += 2) {
            if (around[k]->affix[6] != 0) {
                add(list, T_AFFIX_SIDE, pair(k, around[k]->affix[6]));
            }
        }
    }
}

static void add_document(struct list *list, const struct stm_name_view *view, uint32_t i,
                         const struct stm_name_form *own)
{
    const struct stm_token *token = &view->ann->tokens[i];
    const struct stm_name_lower *word = &view->words[own->word];
    uint64_t flags = token->flags & (STM_TOKEN_CAPITALISED | STM_TOKEN_ALL_CAPS |
                                     STM_TOKEN_INITIAL | STM_TOKEN_SENTENCE_START |
                                     STM_TOKEN_IN_TITLE | STM_TOKEN_POSSESSIVE);
    uint64_t loud = view->shouting[token->sentence];
    add(list, T_FLAGS, pair(flags, loud));
    if ((token->flags & STM_TOKEN_CAPITALISED) != 0 && (view->off & STM_FAMILY_TWIN) == 0) {
        int start = (token->flags & (STM_TOKEN_SENTENCE_START | STM_TOKEN_IN_TITLE)) != 0;
        uint64_t inside = word->inside - (word->inside > 0 && !start && !loud);
        uint64_t twin = pair(bucket((uint32_t)inside), bucket(word->small));
        add(list, T_TWIN, pair(twin, (uint64_t)start + 2 * loud));
        if (word->adjective) {
            add(list, T_ADJECTIVE, 1);
        }
    }
}

static void add_tags(struct list *list, const struct stm_name_view *view, uint32_t first,
                     uint32_t end, uint32_t i)
{
    const struct stm_token *tokens = view->ann->tokens;
    uint64_t left = i > first ? tokens[i - 1].tag : 100u;
    uint64_t right = i + 1 < end ? tokens[i + 1].tag : 101u;
    uint64_t far = i + 2 < end ? tokens[i + 2].tag : 101u;
    add(list, T_TAG, tokens[i].tag);
    add(list, T_TAG_LEFT, left);
    add(list, T_TAG_RIGHT, right);
    add(list, T_TAG_LEFT, pair(left, tokens[i].tag));
    add(list, T_TAG_RIGHT, pair(tokens[i].tag, right));
    add(list, T_TAG_FAR, pair(right, far));
    uint64_t before = i > first ? tokens[i - 1].pos : 200u;
    uint64_t after = i + 1 < end ? tokens[i + 1].pos : 201u;
    add(list, T_POS, tokens[i].pos);
    add(list, T_POS_PAIR, pair(before, tokens[i].pos));
    add(list, T_POS_PAIR, pair(tokens[i].pos, pair(after, 1)));
    add(list, T_POS_PAIR, pair(pair(before, 2), after));
}

static void add_lists(struct list *list, const struct stm_name_view *view, uint32_t i,
                      const struct stm_name_form *const around[5])
{
    uint64_t capital = (view->ann->tokens[i].flags & STM_TOKEN_CAPITALISED) != 0;
    for (uint64_t k = 0; k < 5; k++) {
        uint64_t bits = around[k]->lists;
        if (k != 2) {
            bits &= CONTEXT_BITS;
        }
        for (; bits != 0; bits &= bits - 1) {
            uint64_t bit = (uint64_t)__builtin_ctzll(bits);
            add(list, T_LIST, pair(pair(k, bit), k == 2 ? capital : 0));
        }
    }
    if (around[2]->lists == 0) {
        add(list, T_LIST, pair(99, capital)); /* a word of no list */
    }
}

static void add_known(struct list *list, const struct stm_name_view *view, uint32_t first,
                      uint32_t end, uint32_t i)
{
    for (uint64_t bits = view->known[i]; bits != 0; bits &= bits - 1) {
        add(list, T_KNOWN, (uint64_t)__builtin_ctzll(bits));
    }
    add(list, T_KNOWN, pair(77, view->known[i]));
    if (i > first) {
        add(list, T_KNOWN_SIDE, pair(1, view->known[i - 1]));
    }
    if (i + 1 < end) {
        add(list, T_KNOWN_SIDE, pair(2, view->known[i + 1]));
    }
}

/* The run of capitals as a whole: its ends and what stands around it. */
static void add_run(struct list *list, const struct stm_name_view *view, uint32_t first,
                    uint32_t end, uint32_t i)
{
    uint32_t from = view->run_first[i];
    uint32_t to = view->run_last[i];
    if (from == STEMMA_NONE) {
        /* A small word between two runs: "Bank of Halvia". */
        if (i > first && i + 1 < end && view->run_last[i - 1] != STEMMA_NONE &&
            view->run_first[i + 1] != STEMMA_NONE) {
            const struct stm_name_form *left = form_at(view, first, end, view->run_first[i - 1]);
            const struct stm_name_form *own = form_at(view, first, end, i);
            add(list, T_RUN_AROUND, pair(own->lower, left->lower));
            for (uint64_t bits = left->lists; bits != 0; bits &= bits - 1) {
                add(list, T_RUN_AROUND, pair(own->lower, (uint64_t)__builtin_ctzll(bits)));
            }
        }
        return;
    }
    uint64_t length = to - from + 1 < 5 ? to - from + 1 : 5;
    uint64_t place = from == to ? 0 : i == from ? 1 : i == to ? 2 : 3;
    const struct stm_name_form *head = form_at(view, first, end, to);
    const struct stm_name_form *start = form_at(view, first, end, from);
    const struct stm_name_form *before = form_at(view, first, end, (int64_t)from - 1);
    const struct stm_name_form *after = form_at(view, first, end, (int64_t)to + 1);
    add(list, T_RUN_LENGTH, pair(length, place));
    add(list, T_RUN_BEFORE, before->lower);
    add(list, T_RUN_AFTER, after->lower);
    add(list, T_RUN_AROUND, pair(before->lower, after->lower));
    add(list, T_RUN_BEFORE, pair(before->lower, pair(length, place)));
    add(list, T_RUN_AFTER, pair(after->lower, pair(length, place)));
    add_bits(list, T_RUN_LIST_BEFORE, before->lists & CONTEXT_BITS);
    add_bits(list, T_RUN_LIST_AFTER, after->lists & CONTEXT_BITS);
    /* "X's parliament", "government of X" */
    if (to + 2 < end && (view->ann->tokens[to + 1].flags & STM_TOKEN_POSSESSIVE) != 0) {
        const struct stm_name_form *owned = form_at(view, first, end, (int64_t)to + 2);
        add(list, T_RUN_BEYOND, pair(1, owned->lower));
        if ((owned->lists & (1ull << STM_NAME_BIT_STATE)) != 0) {
            add(list, T_STATE, 1);
        }
    }
    if (from > first + 1 && stm_ann_is(view->ann, from - 1, "of")) {
        const struct stm_name_form *owned = form_at(view, first, end, (int64_t)from - 2);
        add(list, T_RUN_BEYOND, pair(2, owned->lower));
        if ((owned->lists & (1ull << STM_NAME_BIT_STATE)) != 0) {
            add(list, T_STATE, 2);
        }
    }
    if (from != to) {
        add(list, T_RUN_LAST, head->lower);
        add(list, T_RUN_FIRST, start->lower);
        add_bits(list, T_RUN_LIST_LAST, head->lists);
        add_bits(list, T_RUN_LIST_FIRST, start->lists);
        if (head->affix[6] != 0) {
            add(list, T_RUN_AFFIX, head->affix[6]);
        }
    }
}

/* What the run hangs on in the tree: "government of X", "X released", "explosion at X". */
static void add_head(struct list *list, const struct stm_name_view *view, uint32_t i)
{
    const struct stm_annotation *ann = view->ann;
    uint32_t from = view->run_first[i];
    uint32_t to = view->run_last[i];
    if (from == STEMMA_NONE) {
        return;
    }
    uint32_t top = to;
    uint32_t head = ann->tokens[top].head;
    for (uint32_t steps = 0; head != STEMMA_NONE && head >= from && head <= to && steps < 12; steps++) {
        top = head;
        head = ann->tokens[top].head;
    }
    uint64_t relation = ann->tokens[top].relation;
    add(list, T_HEAD_RELATION, relation);
    uint32_t start = ann->sentences[ann->tokens[i].sentence].first;
    for (uint32_t k = from; k > start && from - k < 4; k--) {
        if (ann->tokens[k - 1].head == top && ann->tokens[k - 1].relation == STM_RELATION_CASE) {
            uint64_t word = view->forms[view->form_of[k - 1]].lower;
            add(list, T_HEAD_CASE, pair(relation, word));
            break;
        }
    }
    if (head != STEMMA_NONE) {
        const struct stm_name_form *form = &view->forms[view->form_of[head]];
        add(list, T_HEAD, pair(relation, form->lower));
        add(list, T_HEAD_RELATION, pair(relation, pair(ann->tokens[head].pos, 1)));
        for (uint64_t bits = form->lists & CONTEXT_BITS; bits != 0; bits &= bits - 1) {
            add(list, T_HEAD, pair(relation + 1000, (uint64_t)__builtin_ctzll(bits)));
        }
    }
}

size_t stm_name_features(const struct stm_name_view *view, uint32_t token, uint64_t *out)
{
    const struct stm_annotation *ann = view->ann;
    uint32_t first = ann->sentences[ann->tokens[token].sentence].first;
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[token].sentence);
    const struct stm_name_form *around[5];
    for (int64_t k = 0; k < 5; k++) {
        around[k] = form_at(view, first, end, (int64_t)token + k - 2);
    }
    struct list list = {out, 0, STM_NAME_FEATURES};
    add_word(&list, view, around);
    add_document(&list, view, token, around[2]);
    if ((view->off & STM_FAMILY_TAG) == 0) {
        add_tags(&list, view, first, end, token);
    }
    if ((view->off & STM_FAMILY_RUN) == 0) {
        add_run(&list, view, first, end, token);
    }
    if ((view->off & STM_FAMILY_SYNTAX) == 0) {
        add_head(&list, view, token);
    }
    if ((view->off & STM_FAMILY_LEXICON) == 0) {
        add_lists(&list, view, token, around);
    }
    if ((view->off & STM_FAMILY_GAZETTEER) == 0) {
        add_known(&list, view, first, end, token);
    }
    return list.count;
}

size_t stm_name_history_features(const struct stm_name_view *view, const uint8_t *labels,
                                 uint32_t token, uint64_t *out)
{
    struct list list = {out, 0, STM_NAME_HISTORY_FEATURES};
    const struct stm_token *tokens = view->ann->tokens;
    const struct stm_name_lower *word = &view->words[view->forms[view->form_of[token]].word];
    if ((view->off & STM_FAMILY_HISTORY) != 0) {
        return 0;
    }
    uint32_t sentence = tokens[token].sentence;
    uint64_t left = token > 0 && tokens[token - 1].sentence == sentence ? labels[token - 1] : 50u;
    uint64_t right = token + 1 < view->ann->token_count && tokens[token + 1].sentence == sentence
                         ? labels[token + 1]
                         : 51u;
    add(&list, T_HISTORY_OWN, labels[token]);
    add(&list, T_HISTORY_SIDE, pair(left, pair(labels[token], right)));
    if ((tokens[token].flags & STM_TOKEN_CAPITALISED) == 0) {
        return list.count;
    }
    uint64_t uncertain = (tokens[token].flags & (STM_TOKEN_SENTENCE_START | STM_TOKEN_IN_TITLE)) != 0;
    uint64_t loud = view->shouting[sentence];
    uint32_t others = 0;
    uint32_t most = 0;
    uint64_t majority = 0;
    uint32_t classes[STM_NAME_CLASSES + 1] = {0};
    for (uint32_t label = 0; label < STM_SEQUENCE_LABELS; label++) {
        uint32_t count = word->label[label] - (label == labels[token]);
        classes[label == 0 ? STM_NAME_CLASSES : stm_label_class((uint8_t)label)] += count;
        others += count;
        if (count > most) {
            most = count;
            majority = label;
        }
    }
    if (others == 0) {
        add(&list, T_HISTORY_NONE, pair(uncertain, loud));
        return list.count;
    }
    add(&list, T_HISTORY, pair(1, majority));
    add(&list, T_HISTORY, pair(pair(2, majority), pair(uncertain + 2 * loud, labels[token])));
    add(&list, T_HISTORY, pair(pair(3, majority), most * 10 >= others * 8));
    for (uint64_t k = 0; k <= STM_NAME_CLASSES; k++) {
        if (classes[k] != 0) {
            uint64_t share = classes[k] * 4 / others;
            uint64_t size = others < HISTORY_CAP ? others : HISTORY_CAP;
            add(&list, T_HISTORY, pair(pair(4, k), pair(share, size)));
            add(&list, T_HISTORY, pair(pair(5, k), share));
        }
    }
    return list.count;
}
