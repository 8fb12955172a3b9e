/* SPDX-License-Identifier: MIT */
#include "pack/model/tagger.h"

#include "pack/model/model_rows.h"

#include <string.h>

#define HEADER_SIZE 8u /* version, slots */
#define NO_WORD     0xFFFFFFFEu
#define AHEAD       3u /* words that are looked at before their turn, and the one whose turn it is */
#define LONG_WORD    4u  /* bytes: shorter ones are not capitalised in headlines */
#define LONGEST_NAME 64u /* bytes: longer words stay as they are */

int stm_tagger_read(struct stm_tagger *tagger, stemma_bytes section)
{
    if (section.size < HEADER_SIZE || stm_load_le32(section.data) != STM_TAGGER_VERSION) {
        return 0;
    }
    uint64_t slots = stm_load_le32(section.data + 4);
    uint64_t size = HEADER_SIZE + (slots * 6 + 3) / 4 * 4;
    if (slots == 0 || size > section.size) {
        return 0;
    }
    tagger->rows = NULL;
    tagger->slots = (uint32_t)slots;
    tagger->hashes = section.data + HEADER_SIZE;
    tagger->tags = tagger->hashes + slots * 4;
    section.data += size;
    section.size -= (size_t)size;
    return stm_feature_table_open(&tagger->weights, &section);
}

int stm_tagger_check(stemma_bytes section)
{
    struct stm_tagger tagger;
    return stm_tagger_read(&tagger, section);
}

int stm_tagger_open(struct stm_tagger *tagger, const struct stm_model *model)
{
    stemma_bytes section = {NULL, 0};
    section.data = stm_model_section(model, "tagger", &section.size);
    if (section.data == NULL || !stm_tagger_read(tagger, section)) {
        return 0;
    }
    tagger->rows = stm_model_rows_of_tags(model);
    return 1;
}

uint32_t stm_word_class(const struct stm_word *word)
{
    return 0x1000000u + (stm_mix(0, word->suffix[1], word->flags, 0) & 0xFFFFu);
}

static void number_word(const struct stm_tagger *tagger, stemma_text text, stemma_text lower,
                        struct stm_word *word)
{
    stm_word_hash(text, lower, word);
    uint32_t slot = stm_vocabulary_slot(word->hash, tagger->slots);
    for (uint32_t i = 0; i < STM_VOCABULARY_PROBES; i++) {
        uint32_t found = stm_load_le32(tagger->hashes + (size_t)slot * 4);
        if (found == word->hash) {
            word->id = slot;
            word->known = 1;
            word->likely = tagger->tags[(size_t)slot * 2];
            word->second = tagger->tags[(size_t)slot * 2 + 1];
            return;
        }
        if (found == 0) {
            break;
        }
        slot = slot + 1 == tagger->slots ? 0 : slot + 1;
    }
    word->id = stm_word_class(word);
}

static int is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* Whether a word is in the vocabulary as one that is capitalised in headlines only. */
static int is_no_name(const struct stm_tagger *tagger, stemma_text lower)
{
    struct stm_word word;
    number_word(tagger, lower, lower, &word);
    return word.known && (word.likely == STM_POS_IN || word.likely == STM_POS_DT ||
                          word.likely == STM_POS_TO || word.likely == STM_POS_RB ||
                          word.likely == STM_POS_PRP || word.likely == STM_POS_PRPS ||
                          (word.likely >= STM_POS_VB && word.likely <= STM_POS_VBZ));
}

/* Whether capitals are the rule: of the words that headlines capitalise, nine of ten begin with one, and not only
   because they are names. */
static int is_capitalised(const struct stm_tagger *tagger, const stemma_text *text,
                          const stemma_text *lower, uint32_t count)
{
    uint32_t words = 0;
    uint32_t capitals = 0;
    int others = 0;
    for (uint32_t i = 0; i < count; i++) {
        char first = text[i].data[0];
        int letter = is_capital(first) || (first >= 'a' && first <= 'z');
        if (letter && text[i].size >= LONG_WORD) {
            words++;
            capitals += is_capital(first);
        }
    }
    if (words < 3 || capitals * 10 < words * 9) {
        return 0;
    }
    for (uint32_t i = 1; i < count && !others; i++) {
        others = is_capital(text[i].data[0]) && is_no_name(tagger, lower[i]);
    }
    return others;
}

/* A word of a headline as it would stand in a sentence. */
static void number_headline_word(const struct stm_tagger *tagger, stemma_text text,
                                 stemma_text lower, struct stm_word *word)
{
    char one[LONGEST_NAME];
    if (!is_capital(text.data[0])) {
        number_word(tagger, text, lower, word);
        return;
    }
    number_word(tagger, lower, lower, word);
    if (word->known && word->likely != STM_POS_NNP && word->likely != STM_POS_NNPS) {
        return;
    }
    if (lower.size <= sizeof one && lower.data[0] >= 'a' && lower.data[0] <= 'z') {
        memcpy(one, lower.data, lower.size);
        one[0] = text.data[0];
        number_word(tagger, (stemma_text){one, lower.size}, lower, word);
    } else {
        number_word(tagger, text, lower, word);
    }
}

void stm_tagger_words(const struct stm_tagger *tagger, const stemma_text *text,
                      const stemma_text *lower, uint32_t count, struct stm_word *words)
{
    int headline = is_capitalised(tagger, text, lower, count);
    for (uint32_t i = 0; i < count; i++) {
        if (headline) {
            number_headline_word(tagger, text[i], lower[i], &words[i]);
        } else {
            number_word(tagger, text[i], lower[i], &words[i]);
        }
    }
}

/* What features are mixed of that have to do with words alone. */
struct surroundings {
    const struct stm_word *own;
    const struct stm_word *before;
    uint32_t tags; /* of the word itself, as the vocabulary has them */
    uint32_t next; /* of the word behind, or its end */
};

#define F(number, a, b, c) features[n++] = stm_mix(number, a, b, c)

/* The features that need no tags of the words before; gives their number. */
static uint32_t word_features(const struct stm_word *words, uint32_t count, uint32_t i,
                          struct surroundings *around, uint32_t features[STM_TAGGER_FEATURES])
{
    static const struct stm_word outside = {.id = NO_WORD};
    const struct stm_word *w = &words[i];
    const struct stm_word *p1 = i > 0 ? w - 1 : &outside;
    const struct stm_word *p2 = i > 1 ? w - 2 : &outside;
    const struct stm_word *n1 = i + 1 < count ? w + 1 : &outside;
    const struct stm_word *n2 = i + 2 < count ? w + 2 : &outside;
    uint32_t start = i == 0;
    uint32_t own = (uint32_t)w->likely << 8 | w->second;
    uint32_t next = n1->known ? (uint32_t)n1->likely << 8 | n1->second : n1->suffix[2];
    uint32_t after = n2->known ? (uint32_t)n2->likely << 8 | n2->second : n2->suffix[1];
    uint32_t form = w->flags | start << 8;
    uint32_t n = 0;
    *around = (struct surroundings){w, p1, own, next};
    F(1, 0, 0, 0);
    F(2, w->hash, 0, 0);
    F(3, w->hash, form, 0);
    F(4, w->suffix[0], form, 0);
    F(5, w->suffix[1], form, 0);
    F(6, w->suffix[2], form, 0);
    F(7, w->suffix[3], 0, 0);
    F(8, w->prefix[0], 0, 0);
    F(9, w->prefix[1], 0, 0);
    F(10, w->prefix[2], 0, 0);
    F(11, w->shape, start, 0);
    F(15, p1->id, 0, 0);
    F(16, p1->id, w->id, 0);
    F(17, p2->id, p1->id, 0);
    F(18, n1->id, 0, 0);
    F(19, n1->id, w->id, 0);
    F(20, n2->id, 0, 0);
    F(21, n1->suffix[2], n1->flags, 0);
    F(22, p1->suffix[2], 0, 0);
    F(25, own, next, 0);
    F(28, next, after, own);
    F(30, p1->id, n1->id, 0);
    F(31, w->flags, p1->flags, n1->flags);
    F(33, n1->id, n2->id, 0);
    F(34, p2->id, 0, 0);
    F(37, w->prefix[3], w->suffix[0], 0);
    F(38, p1->id, own, next);
    return n;
}

/* Those that need them. */
static uint32_t tag_features(const struct surroundings *around, uint32_t i, const uint8_t *tags,
                         uint32_t features[STM_TAGGER_FEATURES])
{
    const struct stm_word *w = around->own;
    uint32_t own = around->tags;
    uint32_t next = around->next;
    uint32_t t1 = i > 0 ? tags[i - 1] : STM_POS_COUNT;
    uint32_t t2 = i > 1 ? tags[i - 2] : STM_POS_COUNT;
    uint32_t t3 = i > 2 ? tags[i - 3] : STM_POS_COUNT;
    uint32_t n = 0;
    F(12, t1, 0, 0);
    F(13, t1, t2, 0);
    F(14, t1, w->id, 0);
    F(23, t1, w->suffix[2], w->flags);
    F(24, t1, own, next);
    F(26, t1, own, 0);
    F(27, t1, t2, own);
    F(29, t1, next, w->suffix[1]);
    F(32, t1, t2, t3);
    F(35, t1, w->id, next);
    F(36, t2, around->before->id, w->id);
    return n;
}

#undef F

uint32_t stm_tagger_features(const struct stm_word *words, uint32_t count, uint32_t i,
                             const uint8_t *tags, uint32_t features[STM_TAGGER_FEATURES])
{
    static const uint8_t of_tags[] = {12, 13, 14, 23, 24, 26, 27, 29, 32, 35, 36};
    uint32_t by_words[STM_TAGGER_FEATURES];
    uint32_t by_tags[STM_TAGGER_FEATURES];
    struct surroundings around;
    uint32_t all = word_features(words, count, i, &around, by_words);
    uint32_t at = 0;
    all += tag_features(&around, i, tags, by_tags);
    for (uint32_t n = 0; n < all; n++) { /* in the order of their templates */
        int next = at < sizeof of_tags && of_tags[at] == n + 1;
        features[n] = next ? by_tags[at] : by_words[n - at];
        at += (uint32_t)next;
    }
    return all;
}

/* A word whose turn comes. */
struct coming {
    struct surroundings around;
    uint32_t count;
    uint32_t features[STM_TAGGER_FEATURES];
    struct stm_features_found found;
};

/* Looks at a word before its turn, and asks memory for what that takes. */
static void look_at(const struct stm_tagger *tagger, const struct stm_word *words, uint32_t count,
                    uint32_t i, struct coming coming[AHEAD])
{
    if (i < count) {
        struct coming *word = &coming[i % AHEAD];
        word->count = word_features(words, count, i, &word->around, word->features);
        stm_feature_rows_prefetch(tagger->rows, word->features, word->count);
    }
}

static void find_weights(const struct stm_tagger *tagger, uint32_t count, uint32_t i,
                         struct coming coming[AHEAD])
{
    if (i < count) {
        struct coming *word = &coming[i % AHEAD];
        word->found.row_count = word->found.few_count = 0;
        stm_feature_rows_find(tagger->rows, word->features, word->count, &word->found);
    }
}

/* With weights laid out for speed: while one word has its turn, memory is asked for what the next ones need. */
static void tag_ahead(const struct stm_tagger *tagger, const struct stm_word *words, uint32_t count,
                      uint8_t *tags)
{
    struct coming coming[AHEAD];
    look_at(tagger, words, count, 0, coming);
    look_at(tagger, words, count, 1, coming);
    find_weights(tagger, count, 0, coming);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t features[STM_TAGGER_FEATURES];
        struct stm_class_scores scores = {{0}};
        struct coming *word = &coming[i % AHEAD];
        uint32_t n = tag_features(&word->around, i, tags, features);
        stm_feature_rows_prefetch(tagger->rows, features, n);
        look_at(tagger, words, count, i + 2, coming);
        find_weights(tagger, count, i + 1, coming);
        stm_feature_rows_find(tagger->rows, features, n, &word->found);
        stm_feature_rows_sum(&word->found, &scores);
        tags[i] = (uint8_t)stm_class_best(&scores, 1, STM_POS_COUNT);
    }
}

void stm_tagger_tag(const struct stm_tagger *tagger, const struct stm_word *words, uint32_t count,
                    uint8_t *tags)
{
    if (tagger->rows != NULL) {
        tag_ahead(tagger, words, count, tags);
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t features[STM_TAGGER_FEATURES];
        struct stm_class_scores scores = {{0}};
        uint32_t n = stm_tagger_features(words, count, i, tags, features);
        stm_feature_table_add(&tagger->weights, features, n, &scores);
        tags[i] = (uint8_t)stm_class_best(&scores, 1, STM_POS_COUNT);
    }
}
