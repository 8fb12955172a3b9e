/* SPDX-License-Identifier: MIT */
/* What the features need to know of a document as a whole. */
#include "pack/extract/name_feature.h"

#include "pack/extract/lexicon.h"

/* Lists that a word is asked for, each a bit. */
static const uint8_t list_of_bit[STM_NAME_LISTS] = {
    STM_LEXICON_TITLE, STM_LEXICON_TITLE_PART, STM_LEXICON_ROLE, STM_LEXICON_GROUP_NOUN,
    STM_LEXICON_KIN, STM_LEXICON_HONORIFIC_AFTER, STM_LEXICON_SAY, STM_LEXICON_PERSON_VERB,
    STM_LEXICON_PARTICLE, STM_LEXICON_ORG_HEAD, STM_LEXICON_ORG_FIRST, STM_LEXICON_ORG_SUFFIX,
    STM_LEXICON_ORG_KNOWN, STM_LEXICON_ORG_NOUN, STM_LEXICON_PLACE_HEAD, STM_LEXICON_PLACE_FIRST,
    STM_LEXICON_PLACE_OF, STM_LEXICON_PLACE_NOUN, STM_LEXICON_PLACE_PREPOSITION,
    STM_LEXICON_DIRECTION, STM_LEXICON_THING_HEAD, STM_LEXICON_STATE_CODE, STM_LEXICON_CALENDAR,
    STM_LEXICON_NOT_NAME, STM_LEXICON_CONNECTOR, STM_LEXICON_VERB, STM_LEXICON_NOUN};

static uint64_t lists_of(const struct stm_token *token)
{
    uint64_t bits = 0;
    const struct stm_lexicon_entry *entry =
        token->looked_up ? token->entry : stm_lexicon_find(token->lower);
    if (entry == NULL) {
        return 0;
    }
    for (size_t i = 0; i < STM_NAME_LISTS; i++) {
        bits |= (entry->lists >> list_of_bit[i] & 1) << i;
    }
    bits |= (uint64_t)(entry->given != 0) << STM_NAME_BIT_GIVEN;
    if (entry->place != 0) {
        int country = stm_lexicon_places[entry->place - 1].kind == STM_PLACE_COUNTRY;
        bits |= 1ull << (country ? STM_NAME_BIT_COUNTRY : STM_NAME_BIT_CITY);
    }
    if (entry->demonym != 0) {
        int plural = stm_lexicon_demonyms[entry->demonym - 1].plural != 0;
        bits |= 1ull << (plural ? STM_NAME_BIT_PEOPLE : STM_NAME_BIT_DEMONYM);
    }
    bits |= (uint64_t)(entry->closed != STM_TAG_OTHER) << STM_NAME_BIT_CLOSED;
    bits |= (entry->lists >> STM_LEXICON_STATE_NOUN & 1) << STM_NAME_BIT_STATE;
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
    form->shape = stm_name_hash(shape, shape_size < 8 ? shape_size : 8);
    form->brief = stm_name_hash(brief, brief_size < 6 ? brief_size : 6);
    stemma_text lower = token->lower;
    form->exact = stm_name_hash(form->text.data, form->text.size);
    form->lower = stm_name_hash(lower.data, lower.size);
    size_t at = 0;
    for (size_t n = 0; n < 4; n++) {
        at += at < lower.size;
        while (at < lower.size && ((unsigned char)lower.data[at] & 0xc0u) == 0x80) {
            at++;
        }
        form->affix[n] = at < lower.size ? stm_name_mix(n + 1, stm_name_hash(lower.data, at)) : 0;
    }
    at = lower.size;
    for (size_t n = 0; n < 4; n++) {
        at -= at > 0;
        while (at > 0 && ((unsigned char)lower.data[at] & 0xc0u) == 0x80) {
            at--;
        }
        form->affix[4 + n] = at > 0 ? stm_name_mix(n + 5, stm_name_hash(lower.data + at, lower.size - at)) : 0;
    }
    form->lists = lists_of(token);
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
        uint64_t hash = stm_name_hash(text.data, text.size);
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
                                      stm_name_hash(buffer, adjective.size), view->words,
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
        if ((ann->tokens[i].flags & STM_TOKEN_PUNCTUATION) != 0 || !is_capital(ann, i)) {
            continue; /* names of lower-case words are none that lists know */
        }
        uint64_t hash = 0;
        unsigned longest = 0;
        uint32_t length = 0;
        for (uint32_t n = 0; n < STM_GAZETTEER_WORDS && i + n < ann->token_count &&
                             ann->tokens[i + n].sentence == ann->tokens[i].sentence;
             n++) {
            stemma_text lower = ann->tokens[i + n].lower;
            hash = stm_gazetteer_hash(hash, lower.data, lower.size);
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
            view->known[i + n] |= (uint16_t)(length == 1 ? bits : n == 0 ? bits << STM_NAME_KNOWN_BEGINS
                                                              : bits << STM_NAME_KNOWN_GOES_ON);
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
