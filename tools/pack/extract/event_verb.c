/* SPDX-License-Identifier: MIT */
#include "pack/extract/event_verb.h"

static int is_vowel(char c)
{
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

/** Whether `word` is the first `stem` bytes of `base`, then `middle`, then `ending`. */
static int composed(stemma_text word, const char *base, size_t stem, const char *middle,
                    const char *ending)
{
    size_t middle_size = strlen(middle);
    size_t ending_size = strlen(ending);
    return word.size == stem + middle_size + ending_size && memcmp(word.data, base, stem) == 0 &&
           memcmp(word.data + stem, middle, middle_size) == 0 &&
           memcmp(word.data + stem + middle_size, ending, ending_size) == 0;
}

enum stm_verb_form stm_verb_form_of(stemma_text word, const char *base)
{
    size_t size = strlen(base);
    if (size < 2 || word.size < size - 1 || word.size > size + 4 || word.data[0] != base[0]) {
        return STM_FORM_NONE;
    }
    if (composed(word, base, size, "", "")) {
        return STM_FORM_BASE;
    }
    char last = base[size - 1];
    char before = base[size - 2];
    int sibilant = last == 's' || last == 'x' || last == 'z' || last == 'o' ||
                   (last == 'h' && (before == 's' || before == 'c'));
    if (last == 'y' && !is_vowel(before)) {
        if (composed(word, base, size - 1, "i", "es")) {
            return STM_FORM_S;
        }
        if (composed(word, base, size - 1, "i", "ed")) {
            return STM_FORM_ED;
        }
        return composed(word, base, size, "", "ing") ? STM_FORM_ING : STM_FORM_NONE;
    }
    if (composed(word, base, size, "", sibilant ? "es" : "s")) {
        return STM_FORM_S;
    }
    if (last == 'e') {
        if (composed(word, base, size, "", "d")) {
            return STM_FORM_ED;
        }
        if (before == 'i' && composed(word, base, size - 2, "y", "ing")) {
            return STM_FORM_ING;
        }
        return composed(word, base, before == 'e' ? size : size - 1, "", "ing") ? STM_FORM_ING
                                                                                : STM_FORM_NONE;
    }
    const char twice[2] = {last, '\0'};
    if (composed(word, base, size, "", "ed") || composed(word, base, size, twice, "ed")) {
        return STM_FORM_ED;
    }
    if (composed(word, base, size, "", "ing") || composed(word, base, size, twice, "ing")) {
        return STM_FORM_ING;
    }
    return STM_FORM_NONE;
}

int stm_token_is_any(const struct stm_annotation *ann, uint32_t token, const char *const *words,
                     size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (stm_ann_is(ann, token, words[i])) {
            return 1;
        }
    }
    return 0;
}

uint32_t stm_sentence_first(const struct stm_annotation *ann, uint32_t token)
{
    return ann->sentences[ann->tokens[token].sentence].first;
}

static const char *const be_words[] = {"be", "is",  "are", "was",  "were", "been",   "being",
                                       "am", "'re", "get", "gets", "got",  "getting"};
static const char *const have_words[] = {"has", "have", "had", "having", "'ve"};
static const char *const modal_words[] = {"would",  "could", "may", "might", "can",
                                          "should", "must",  "'d",  "ca",    "cannot"};
static const char *const possible_words[] = {"could", "may", "might"};
static const char *const future_words[] = {"will", "shall", "'ll", "wo"};
static const char *const hearsay_words[] = {"reportedly", "allegedly", "apparently", "supposedly",
                                            "purportedly"};
static const char *const do_words[] = {"do", "does", "did"};

/** Takes one word before the main verb into the group. 0 when it is no part of it. */
static int absorb(const struct stm_annotation *ann, struct stm_verb_group *group, uint32_t i)
{
    uint8_t tag = ann->tokens[i].tag;
    if (STM_TOKEN_IS_ANY(ann, i, be_words)) {
        group->has_be = 1;
        group->present_be |= stm_ann_is(ann, i, "is") || stm_ann_is(ann, i, "are") ||
                             stm_ann_is(ann, i, "am") || stm_ann_is(ann, i, "'re");
    } else if (stm_ann_is(ann, i, "'s") && tag == STM_TAG_BE) {
        group->has_be = 1;
        group->present_be = 1;
    } else if (STM_TOKEN_IS_ANY(ann, i, have_words) ||
               (stm_ann_is(ann, i, "'s") && tag == STM_TAG_HAVE)) {
        group->has_have = 1;
    } else if (STM_TOKEN_IS_ANY(ann, i, future_words)) {
        group->future = 1;
    } else if (STM_TOKEN_IS_ANY(ann, i, modal_words) &&
               !(ann->tokens[i].flags & STM_TOKEN_CAPITALISED &&
                 !(ann->tokens[i].flags & STM_TOKEN_SENTENCE_START))) {
        group->modal = 1;
        group->possible |= (uint8_t)STM_TOKEN_IS_ANY(ann, i, possible_words);
    } else if (stm_ann_is(ann, i, "not") || stm_ann_is(ann, i, "never") ||
               stm_ann_is(ann, i, "n't")) {
        group->negated = 1;
    } else if (STM_TOKEN_IS_ANY(ann, i, hearsay_words)) {
        group->hearsay = 1;
    } else if (stm_ann_is(ann, i, "to")) {
        group->infinitive = 1;
    } else if (!(STM_TOKEN_IS_ANY(ann, i, do_words) || tag == STM_TAG_ADVERB ||
                 stm_ann_is(ann, i, "also") || stm_ann_is(ann, i, "all"))) {
        return 0;
    }
    return 1;
}

struct stm_verb_group stm_verb_group_at(const struct stm_annotation *ann, uint32_t main,
                                        enum stm_verb_form form)
{
    struct stm_verb_group group = {.first = main, .main = main, .form = (uint8_t)form};
    uint32_t start = ann->sentences[ann->tokens[main].sentence].first;
    uint32_t i = main;
    uint32_t steps = 0;
    while (i > start && steps < 8) {
        uint32_t before = i - 1;
        if (ann->tokens[before].time != STEMMA_NONE || !absorb(ann, &group, before)) {
            break;
        }
        i = before;
        steps++;
        group.first = i;
        if (group.infinitive && stm_ann_is(ann, i, "to")) {
            if (i > start && stm_ann_is(ann, i - 1, "going")) {
                group.future = 1;
            }
            if (i > start && stm_ann_is(ann, i - 1, "not")) {
                group.negated = 1;
            }
            break;
        }
    }
    return group;
}

int stm_is_finite(const struct stm_annotation *ann, uint32_t token)
{
    switch (ann->tokens[token].tag) {
    case STM_TAG_PAST:
    case STM_TAG_VERB_S:
    case STM_TAG_BE:
    case STM_TAG_HAVE:
    case STM_TAG_DO:
    case STM_TAG_MODAL:
        return 1;
    default:
        return 0;
    }
}

int stm_is_clause_break(const struct stm_annotation *ann, uint32_t token)
{
    static const char *const words[] = {
        "after",        "before",       "while", "when",    "following", "because",
        "although",     "though",       "if",    "unless",  "until",     "whether",
        "but",          "as",           "amid",  "despite", "since",     "where",
        "who",          "which",        "that",  "whom",    "whose",     "what",
        "how",          "why",          "so",    "once",    ";",         ":",
        "\xE2\x80\x93", "\xE2\x80\x94", "--",    "ahead",   "prior",     "without"};
    return ann->tokens[token].time == STEMMA_NONE && STM_TOKEN_IS_ANY(ann, token, words);
}
