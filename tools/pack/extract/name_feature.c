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

static uint64_t mix(uint64_t template, uint64_t value)
{
    uint64_t h = (value ^ (template * 0x9e3779b97f4a7c15u)) * 0xff51afd7ed558ccdu;
    h ^= h >> 32;
    h *= 0xc4ceb9fe1a85ec53u;
    return h ^ h >> 29;
}

static uint64_t pair(uint64_t left, uint64_t right)
{
    return (left * 0x9fb21c651e98df25u) ^ (right + 0x165667b19e3779f9u);
}

static uint64_t hash_of(const char *data, size_t size)
{
    return stm_gazetteer_hash(0x53746d4e, data, size);
}

/* Lists that a word is asked for, each a bit. */
static const uint8_t list_of_bit[] = {
    STM_LEXICON_TITLE, STM_LEXICON_TITLE_PART, STM_LEXICON_ROLE, STM_LEXICON_GROUP_NOUN,
    STM_LEXICON_KIN, STM_LEXICON_HONORIFIC_AFTER, STM_LEXICON_SAY, STM_LEXICON_PERSON_VERB,
    STM_LEXICON_PARTICLE, STM_LEXICON_ORG_HEAD, STM_LEXICON_ORG_FIRST, STM_LEXICON_ORG_SUFFIX,
    STM_LEXICON_ORG_KNOWN, STM_LEXICON_ORG_NOUN, STM_LEXICON_PLACE_HEAD, STM_LEXICON_PLACE_FIRST,
    STM_LEXICON_PLACE_OF, STM_LEXICON_PLACE_NOUN, STM_LEXICON_PLACE_PREPOSITION,
    STM_LEXICON_DIRECTION, STM_LEXICON_THING_HEAD, STM_LEXICON_STATE_CODE, STM_LEXICON_CALENDAR,
    STM_LEXICON_NOT_NAME, STM_LEXICON_CONNECTOR, STM_LEXICON_VERB, STM_LEXICON_NOUN};

enum { LISTS = sizeof list_of_bit, BIT_GIVEN = LISTS, BIT_COUNTRY, BIT_CITY, BIT_DEMONYM,
       BIT_PEOPLE, BIT_CLOSED, BIT_STATE };

/* Words in front of and behind a name say little by being nouns or verbs only. */
#define CONTEXT_BITS (~(1ull << (LISTS - 1)) & ~(1ull << (LISTS - 2)))

static uint64_t lists_of(stemma_text lower)
{
    uint64_t bits = 0;
    for (size_t i = 0; i < LISTS; i++) {
        bits |= (uint64_t)stm_lexicon_has((enum stm_lexicon_list)list_of_bit[i], lower) << i;
    }
    const struct stm_place_entry *place = stm_lexicon_place(lower);
    const struct stm_demonym_entry *demonym = stm_lexicon_demonym(lower);
    bits |= (uint64_t)(stm_lexicon_given(lower) != NULL) << BIT_GIVEN;
    if (place != NULL) {
        bits |= 1ull << (place->kind == STM_PLACE_COUNTRY ? BIT_COUNTRY : BIT_CITY);
    }
    if (demonym != NULL) {
        bits |= 1ull << (demonym->plural ? BIT_PEOPLE : BIT_DEMONYM);
    }
    bits |= (uint64_t)(stm_lexicon_closed_tag(lower) != STM_TAG_OTHER) << BIT_CLOSED;
    bits |= (uint64_t)stm_lexicon_has(STM_LEXICON_STATE_NOUN, lower) << BIT_STATE;
    return bits;
}

static char shape_of(unsigned char c)
{
    if (c >= 'A' && c <= 'Z') {
        return 'X';
    }
    if (c >= '0' && c <= '9') {
        return '0';
    }
    return c >= 0x80 || (c >= 'a' && c <= 'z') ? 'x' : (char)c;
}

static void describe(struct stm_name_form *form, const struct stm_token *token)
{
    char shape[32];
    char brief[32];
    size_t shape_size = 0;
    size_t brief_size = 0;
    for (size_t i = 0; i < form->text.size && shape_size < sizeof shape; i++) {
        unsigned char c = (unsigned char)form->text.data[i];
        if ((c & 0xc0u) == 0x80) {
            continue; /* not the first byte of a character */
        }
        char s = shape_of(c);
        if (i == 0 && (token->flags & STM_TOKEN_CAPITALISED) != 0) {
            s = 'X';
        }
        if (brief_size == 0 || brief[brief_size - 1] != s) {
            brief[brief_size++] = s;
        }
        shape[shape_size++] = s;
    }
    form->shape = hash_of(shape, shape_size < 8 ? shape_size : 8);
    form->brief = hash_of(brief, brief_size < 6 ? brief_size : 6);
    stemma_text lower = token->lower;
    form->exact = hash_of(form->text.data, form->text.size);
    form->lower = hash_of(lower.data, lower.size);
    size_t at = 0;
    for (size_t n = 0; n < 4; n++) {
        at += at < lower.size;
        while (at < lower.size && ((unsigned char)lower.data[at] & 0xc0u) == 0x80) {
            at++;
        }
        form->affix[n] = at < lower.size ? mix(n + 1, hash_of(lower.data, at)) : 0;
    }
    at = lower.size;
    for (size_t n = 0; n < 4; n++) {
        at -= at > 0;
        while (at > 0 && ((unsigned char)lower.data[at] & 0xc0u) == 0x80) {
            at--;
        }
        form->affix[4 + n] = at > 0 ? mix(n + 5, hash_of(lower.data + at, lower.size - at)) : 0;
    }
    form->lists = lists_of(lower);
}

/* Open addressing by the hash of a text; the number of the item + 1, or the free slot. */
static uint32_t *slot_of(uint32_t *slots, uint32_t mask, uint64_t hash, const void *items,
                         size_t width, stemma_text text)
{
    uint32_t at = (uint32_t)(hash >> 20) & mask;
    while (slots[at] != 0) {
        stemma_text found;
        memcpy(&found, (const char *)items + (slots[at] - 1) * width, sizeof found);
        if (stemma_text_equal(found, text)) {
            break;
        }
        at = (at + 1) & mask;
    }
    return &slots[at];
}

static stemma_status number_forms(struct stm_name_view *view, uint32_t **slots, uint32_t *mask)
{
    const struct stm_annotation *ann = view->ann;
    uint32_t size = 64;
    while (size < ann->token_count * 2u && size < (1u << 31)) {
        size *= 2;
    }
    uint32_t *form_slots = stm_arena_alloc(ann->arena, size, sizeof *form_slots);
    uint32_t *word_slots = stm_arena_alloc(ann->arena, size, sizeof *word_slots);
    size_t form_capacity = 0;
    size_t word_capacity = 0;
    if (form_slots == NULL || word_slots == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < ann->token_count; i++) {
        const struct stm_token *token = &ann->tokens[i];
        stemma_text text = {ann->text.data + token->start, token->end - token->start};
        uint64_t hash = hash_of(text.data, text.size);
        uint32_t *slot =
            slot_of(form_slots, size - 1, hash, view->forms, sizeof *view->forms, text);
        if (*slot == 0) {
            if (stm_arena_grow(ann->arena, &view->forms, view->form_count, &form_capacity,
                               sizeof *view->forms) != STEMMA_OK) {
                return STEMMA_E_NO_MEMORY;
            }
            struct stm_name_form *form = &view->forms[view->form_count++];
            memset(form, 0, sizeof *form);
            form->text = text;
            *slot = view->form_count;
            describe(form, token);
            uint32_t *word_slot = slot_of(word_slots, size - 1, form->lower, view->words,
                                          sizeof *view->words, token->lower);
            if (*word_slot == 0) {
                if (stm_arena_grow(ann->arena, &view->words, view->word_count, &word_capacity,
                                   sizeof *view->words) != STEMMA_OK) {
                    return STEMMA_E_NO_MEMORY;
                }
                struct stm_name_lower *word = &view->words[view->word_count++];
                memset(word, 0, sizeof *word);
                word->text = token->lower;
                *word_slot = view->word_count;
            }
            form->word = *word_slot - 1;
        }
        view->form_of[i] = *slot - 1;
    }
    *slots = word_slots;
    *mask = size - 1;
    return STEMMA_OK;
}

/* Sentences in which capitals are everywhere, headlines foremost. */
static void find_shouting(struct stm_name_view *view)
{
    const struct stm_annotation *ann = view->ann;
    for (uint32_t s = 0; s < ann->sentence_count; s++) {
        const struct stm_sentence *sentence = &ann->sentences[s];
        uint32_t words = 0;
        uint32_t capital = 0;
        uint32_t all = 0;
        uint32_t loud = 0;
        uint32_t shown = 0;
        for (uint32_t i = sentence->first; i < stm_ann_sentence_end(ann, s); i++) {
            uint32_t flags = ann->tokens[i].flags;
            if ((flags & (STM_TOKEN_PUNCTUATION | STM_TOKEN_DIGIT)) != 0 ||
                ann->tokens[i].lower.size < 2) {
                continue;
            }
            all++;
            loud += (flags & STM_TOKEN_ALL_CAPS) != 0;
            shown += (flags & STM_TOKEN_CAPITALISED) != 0;
            if (ann->tokens[i].lower.size >= 4) {
                words++;
                capital += (flags & STM_TOKEN_CAPITALISED) != 0;
            }
        }
        int loudly = all >= 4 && loud * 10 >= all * 7;
        uint32_t end = stm_ann_sentence_end(ann, s);
        /* outside of titles: a headline all the same, without a full stop */
        int titled = sentence->is_title
                         ? words >= 3 && capital * 10 >= words * 6
                         : all >= 5 && shown * 4 >= all * 3 && !stm_ann_is(ann, end - 1, ".");
        view->shouting[s] = (uint8_t)(loudly ? 2 : titled);
    }
}

static int is_capital(const struct stm_annotation *ann, uint32_t i)
{
    return (ann->tokens[i].flags & STM_TOKEN_CAPITALISED) != 0;
}

static void find_runs(struct stm_name_view *view)
{
    const struct stm_annotation *ann = view->ann;
    for (uint32_t i = 0; i < ann->token_count;) {
        view->run_first[i] = view->run_last[i] = STEMMA_NONE;
        if (!is_capital(ann, i)) {
            i++;
            continue;
        }
        uint32_t end = i + 1;
        while (end < ann->token_count && end < i + 12 && is_capital(ann, end) &&
               ann->tokens[end].sentence == ann->tokens[i].sentence) {
            end++;
        }
        for (uint32_t k = i; k < end; k++) {
            view->run_first[k] = i;
            view->run_last[k] = end - 1;
        }
        i = end;
    }
}

static void count_capitals(struct stm_name_view *view)
{
    const struct stm_annotation *ann = view->ann;
    for (uint32_t i = 0; i < ann->token_count; i++) {
        struct stm_name_lower *word = &view->words[view->forms[view->form_of[i]].word];
        uint32_t flags = ann->tokens[i].flags;
        if ((flags & STM_TOKEN_CAPITALISED) == 0) {
            word->small++;
        } else if ((flags & (STM_TOKEN_SENTENCE_START | STM_TOKEN_IN_TITLE)) != 0 ||
                   view->shouting[ann->tokens[i].sentence]) {
            word->start++;
        } else {
            word->inside++;
        }
    }
}

/* "Veranian" of "Verania": the document has an adjective made of the name, so it is a country's. */
static void find_adjectives(struct stm_name_view *view, uint32_t *slots, uint32_t mask)
{
    static const char *const endings[] = {"n", "ian", "ese", "ish", "i", "an"};
    char buffer[64];
    for (uint32_t i = 0; i < view->word_count; i++) {
        struct stm_name_lower *word = &view->words[i];
        stemma_text text = word->text;
        if (word->inside + word->start == 0 || text.size < 4 || text.size + 4 > sizeof buffer) {
            continue;
        }
        memcpy(buffer, text.data, text.size);
        for (size_t k = 0; k < sizeof endings / sizeof *endings; k++) {
            int vowel = text.data[text.size - 1] == 'a';
            if (vowel != (k == 0)) {
                continue; /* "Verania" and "Veranian", "Ostar" and "Ostarese" */
            }
            size_t size = strlen(endings[k]);
            memcpy(buffer + text.size, endings[k], size);
            stemma_text adjective = {buffer, text.size + size};
            uint32_t found = *slot_of(slots, mask,
                                      hash_of(buffer, adjective.size), view->words,
                                      sizeof *view->words, adjective);
            if (found != 0 && view->words[found - 1].inside > view->words[found - 1].small) {
                word->adjective = 1;
            }
        }
    }
}

/* Phrases of the lists: the longest from each token is marked over its tokens. */
static void find_known(struct stm_name_view *view)
{
    const struct stm_annotation *ann = view->ann;
    for (uint32_t i = 0; view->gazetteer != NULL && i < ann->token_count; i++) {
        if ((ann->tokens[i].flags & STM_TOKEN_PUNCTUATION) != 0) {
            continue;
        }
        uint64_t hash = 0;
        unsigned longest = 0;
        uint32_t length = 0;
        for (uint32_t n = 0; n < STM_GAZETTEER_WORDS && i + n < ann->token_count &&
                             ann->tokens[i + n].sentence == ann->tokens[i].sentence;
             n++) {
            stemma_text lower = ann->tokens[i + n].lower;
            hash = stm_gazetteer_hash(hash, lower.data, lower.size);
            if (n == 0 && !is_capital(ann, i)) {
                break; /* names of lower-case words are none that lists know */
            }
            unsigned bits = stm_gazetteer_find(view->gazetteer, hash);
            if (bits != 0) {
                longest = bits;
                length = n + 1;
            }
            if (n == 0) {
                view->known[i] |= (uint16_t)(bits & STM_GAZETTEER_NAME_WORD);
            }
        }
        for (uint32_t n = 0; n < length; n++) {
            unsigned bits = longest & ~(unsigned)STM_GAZETTEER_NAME_WORD;
            /* low: of one word; middle: begins here; high: goes on */
            view->known[i + n] |= (uint16_t)(length == 1 ? bits : n == 0 ? bits << 5 : bits << 10);
        }
    }
}

stemma_status stm_name_view_make(struct stm_name_view *view, const struct stm_annotation *ann,
                                 const struct stm_gazetteer *gazetteer, uint32_t off)
{
    memset(view, 0, sizeof *view);
    view->ann = ann;
    view->gazetteer = gazetteer;
    view->off = off;
    view->form_of = stm_arena_alloc(ann->arena, ann->token_count, sizeof *view->form_of);
    view->run_first = stm_arena_alloc(ann->arena, ann->token_count, sizeof *view->run_first);
    view->run_last = stm_arena_alloc(ann->arena, ann->token_count, sizeof *view->run_last);
    view->known = stm_arena_alloc(ann->arena, ann->token_count, sizeof *view->known);
    view->shouting = stm_arena_alloc(ann->arena, ann->sentence_count, 1);
    if (view->form_of == NULL || view->run_first == NULL || view->run_last == NULL ||
        view->known == NULL || view->shouting == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    uint32_t *slots = NULL;
    uint32_t mask = 0;
    stemma_status status = number_forms(view, &slots, &mask);
    if (status == STEMMA_OK) {
        find_shouting(view);
        find_runs(view);
        count_capitals(view);
        find_adjectives(view, slots, mask);
        find_known(view);
    }
    return status;
}

/* The features of one token under construction. */
struct list {
    uint64_t *out;
    size_t count;
    size_t limit;
};

static void add(struct list *list, uint64_t template, uint64_t value)
{
    if (list->count < list->limit) {
        list->out[list->count++] = mix(template, value);
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
        if ((owned->lists & (1ull << BIT_STATE)) != 0) {
            add(list, T_STATE, 1);
        }
    }
    if (from > first + 1 && stm_ann_is(view->ann, from - 1, "of")) {
        const struct stm_name_form *owned = form_at(view, first, end, (int64_t)from - 2);
        add(list, T_RUN_BEYOND, pair(2, owned->lower));
        if ((owned->lists & (1ull << BIT_STATE)) != 0) {
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

void stm_name_view_label(struct stm_name_view *view, const uint8_t *labels)
{
    for (uint32_t i = 0; i < view->word_count; i++) {
        memset(view->words[i].label, 0, sizeof view->words[i].label);
    }
    for (uint32_t i = 0; i < view->ann->token_count; i++) {
        /* In lower case a word is no witness of what it is as a name. */
        if ((view->ann->tokens[i].flags & STM_TOKEN_CAPITALISED) != 0) {
            view->words[view->forms[view->form_of[i]].word].label[labels[i]]++;
        }
    }
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
    for (uint8_t label = 0; label < STM_SEQUENCE_LABELS; label++) {
        uint32_t count = word->label[label] - (label == labels[token]);
        classes[label == 0 ? STM_NAME_CLASSES : stm_label_class(label)] += count;
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
