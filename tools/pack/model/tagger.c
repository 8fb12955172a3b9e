/* SPDX-License-Identifier: MIT */
#include "pack/model/tagger.h"

#include "pack/model/model_rows.h"

#include <string.h>

#define HEADER_SIZE 8u /* version, slots */
#define NO_WORD     0xFFFFFFFEu
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

uint32_t stm_tagger_features(const struct stm_word *words, uint32_t count, uint32_t i,
                             const uint8_t *tags, uint32_t features[STM_TAGGER_FEATURES])
{
    static const struct stm_word outside = {.id = NO_WORD};
    const struct stm_word *w = &words[i];
    const struct stm_word *p1 = i > 0 ? w - 1 : &outside;
    const struct stm_word *p2 = i > 1 ? w - 2 : &outside;
    const struct stm_word *n1 = i + 1 < count ? w + 1 : &outside;
    const struct stm_word *n2 = i + 2 < count ? w + 2 : &outside;
    uint32_t t1 = i > 0 ? tags[i - 1] : STM_POS_COUNT;
    uint32_t t2 = i > 1 ? tags[i - 2] : STM_POS_COUNT;
    uint32_t t3 = i > 2 ? tags[i - 3] : STM_POS_COUNT;
    uint32_t start = i == 0;
    uint32_t own = (uint32_t)w->likely << 8 | w->second;
    uint32_t next = n1->known ? (uint32_t)n1->likely << 8 | n1->second : n1->suffix[2];
    uint32_t after = n2->known ? (uint32_t)n2->likely << 8 | n2->second : n2->suffix[1];
    uint32_t form = w->flags | start << 8;
    uint32_t n = 0;
    features[n++] = stm_mix(1, 0, 0, 0);
    features[n++] = stm_mix(2, w->hash, 0, 0);
    features[n++] = stm_mix(3, w->hash, form, 0);
    features[n++] = stm_mix(4, w->suffix[0], form, 0);
    features[n++] = stm_mix(5, w->suffix[1], form, 0);
    features[n++] = stm_mix(6, w->suffix[2], form, 0);
    features[n++] = stm_mix(7, w->suffix[3], 0, 0);
    features[n++] = stm_mix(8, w->prefix[0], 0, 0);
    features[n++] = stm_mix(9, w->prefix[1], 0, 0);
    features[n++] = stm_mix(10, w->prefix[2], 0, 0);
    features[n++] = stm_mix(11, w->shape, start, 0);
    features[n++] = stm_mix(12, t1, 0, 0);
    features[n++] = stm_mix(13, t1, t2, 0);
    features[n++] = stm_mix(14, t1, w->id, 0);
    features[n++] = stm_mix(15, p1->id, 0, 0);
    features[n++] = stm_mix(16, p1->id, w->id, 0);
    features[n++] = stm_mix(17, p2->id, p1->id, 0);
    features[n++] = stm_mix(18, n1->id, 0, 0);
    features[n++] = stm_mix(19, n1->id, w->id, 0);
    features[n++] = stm_mix(20, n2->id, 0, 0);
    features[n++] = stm_mix(21, n1->suffix[2], n1->flags, 0);
    features[n++] = stm_mix(22, p1->suffix[2], 0, 0);
    features[n++] = stm_mix(23, t1, w->suffix[2], w->flags);
    features[n++] = stm_mix(24, t1, own, next);
    features[n++] = stm_mix(25, own, next, 0);
    features[n++] = stm_mix(26, t1, own, 0);
    features[n++] = stm_mix(27, t1, t2, own);
    features[n++] = stm_mix(28, next, after, own);
    features[n++] = stm_mix(29, t1, next, w->suffix[1]);
    features[n++] = stm_mix(30, p1->id, n1->id, 0);
    features[n++] = stm_mix(31, w->flags, p1->flags, n1->flags);
    features[n++] = stm_mix(32, t1, t2, t3);
    features[n++] = stm_mix(33, n1->id, n2->id, 0);
    features[n++] = stm_mix(34, p2->id, 0, 0);
    features[n++] = stm_mix(35, t1, w->id, next);
    features[n++] = stm_mix(36, t2, p1->id, w->id);
    features[n++] = stm_mix(37, w->prefix[3], w->suffix[0], 0);
    features[n++] = stm_mix(38, p1->id, own, next);
    return n;
}

void stm_tagger_tag(const struct stm_tagger *tagger, const struct stm_word *words, uint32_t count,
                    uint8_t *tags)
{
    for (uint32_t i = 0; i < count; i++) {
        uint32_t features[STM_TAGGER_FEATURES];
        struct stm_class_scores scores = {{0}};
        uint32_t n = stm_tagger_features(words, count, i, tags, features);
        if (tagger->rows != NULL) {
            stm_feature_rows_add(tagger->rows, features, n, &scores);
        } else {
            stm_feature_table_add(&tagger->weights, features, n, &scores);
        }
        tags[i] = (uint8_t)stm_class_best(&scores, 1, STM_POS_COUNT);
    }
}
