/* SPDX-License-Identifier: MIT */
#include "pack/judge/entity_describe.h"

#include "pack/extract/lexicon.h"
#include "pack/extract/nominal_class.h"

#include <xxhash.h>

#define WORD_MOST    24u
#define PHRASE_WORDS 16u

struct phrase {
    stemma_text words[PHRASE_WORDS];
    uint32_t count;
};

static int text_is(stemma_text text, const char *word)
{
    return stemma_text_equal(text, stemma_text_of(word));
}

static int is_any(stemma_text word, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (text_is(word, list[i])) {
            return 1;
        }
    }
    return 0;
}
#define IS_ANY(word, list) is_any(word, list, sizeof(list) / sizeof *(list))

static void split(stemma_text text, struct phrase *phrase)
{
    size_t i = 0;
    phrase->count = 0;
    while (i < text.size && phrase->count < PHRASE_WORDS) {
        size_t start = i;
        while (i < text.size && text.data[i] != ' ') {
            i++;
        }
        if (i > start) {
            stemma_text word = {text.data + start, i - start};
            phrase->words[phrase->count++] = word;
        }
        i++;
    }
}

static stemma_text lower(stemma_text word, char out[WORD_MOST])
{
    stemma_text result = {out, 0};
    for (size_t i = 0; i < word.size && result.size < WORD_MOST; i++) {
        char c = word.data[i];
        out[result.size++] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
    return result;
}

/* Cuts "'s" off. Says whether there was one. */
static int cut_possessive(stemma_text *word)
{
    if (word->size > 2 && memcmp(word->data + word->size - 2, "'s", 2) == 0) {
        word->size -= 2;
        return 1;
    }
    if (word->size > 4 && memcmp(word->data + word->size - 4, "\xE2\x80\x99s", 4) == 0) {
        word->size -= 4;
        return 1;
    }
    return 0;
}

/* "officers" to "officer"; says whether it was a plural by its look. */
static int cut_plural(stemma_text *word)
{
    if (word->size > 4 && memcmp(word->data + word->size - 3, "ies", 3) == 0) {
        return 1; /* the form is as good as any: all of its kind have it */
    }
    if (word->size > 3 && word->data[word->size - 1] == 's' && word->data[word->size - 2] != 's' &&
        word->data[word->size - 2] != 'u' && word->data[word->size - 2] != 'i') {
        word->size--;
        return 1;
    }
    return 0;
}

static int is_number(stemma_text word)
{
    static const char *const numbers[] = {
        "two",    "three",  "four",  "five",    "six",      "seven", "eight",  "nine", "ten",
        "eleven", "twelve", "dozen", "hundred", "thousand", "first", "second", "third"};
    return (word.size != 0 && word.data[0] >= '0' && word.data[0] <= '9') || IS_ANY(word, numbers);
}

/* Words before a head that make it another: "former president", "deputy minister". */
static int changes_head(stemma_text word)
{
    static const char *const words[] = {
        "former",   "ex",      "deputy",   "vice",     "assistant", "acting",  "new",
        "old",      "another", "other",    "foreign",  "prime",     "defence", "defense",
        "interior", "finance", "justice",  "young",    "younger",   "older",   "elder",
        "male",     "female",  "northern", "southern", "eastern",   "western", "opposition",
        "rival",    "second",  "third",    "next",     "previous"};
    return IS_ANY(word, words);
}

/* Heads that are nothing without what stands before them: "the labour ministry". */
static int is_office(stemma_text head)
{
    static const char *const words[] = {"ministry",  "department", "agency", "commission",
                                        "committee", "bureau",     "council"};
    return IS_ANY(head, words);
}

/* Words that head nothing: "some", "them", "who". Adjectives may ("the general"). */
static int is_closed(stemma_text word)
{
    enum stm_tag tag = stm_lexicon_closed_tag(word);
    return tag != STM_TAG_OTHER && tag != STM_TAG_ADJECTIVE && tag != STM_TAG_ADVERB;
}

/* Words that many of one kind are praised by. */
static int says_rank(stemma_text word)
{
    static const char *const words[] = {"senior",       "top",        "leading", "prominent",
                                        "high-ranking", "key",        "local",   "big",
                                        "main",         "well-known", "famous",  "popular"};
    return IS_ANY(word, words);
}

/* Adjectives that journalists change for variety. */
static stemma_text manner_class(stemma_text word)
{
    static const char *const harsh[] = {"autocratic", "dictatorial", "despotic",  "tyrannical",
                                        "strongman",  "iron-fisted", "repressive"};
    return IS_ANY(word, harsh) ? stemma_text_of("authoritarian") : word;
}

/* The country of a demonym or of one of its names, for "Chile's navy" is the "Chilean navy"; or the
   word itself. */
static stemma_text country_of(stemma_text word)
{
    const struct stm_demonym_entry *demonym = stm_lexicon_demonym(word);
    const struct stm_place_entry *place = demonym == NULL ? stm_lexicon_place(word) : NULL;
    if (demonym != NULL && demonym->country[0] != '\0') {
        return stemma_text_of(demonym->country);
    }
    return place != NULL && place->kind == STM_PLACE_COUNTRY ? stemma_text_of(place->canonical)
                                                             : word;
}

int stm_describe_nominal(stemma_text text, int group, uint32_t story, struct stm_description *d)
{
    static const char *const ends[] = {"of",   "in",    "for",   "at",    "from",   "with", "who",
                                       "that", "on",    "to",    "and",   "or",     "by",   "whose",
                                       "near", "which", "under", "about", "against"};
    static const char *const owners[] = {"his", "her", "their", "its", "my", "our", "your"};
    static const char *const articles[] = {"a", "an", "another", "one", "some", "other"};
    static const char *const anyone[] = {"men", "women", "persons", "others"};
    struct phrase phrase;
    char buffer[WORD_MOST];
    char first[WORD_MOST];
    split(text, &phrase);
    uint32_t end = 0;
    while (end < phrase.count && !(end != 0 && IS_ANY(lower(phrase.words[end], buffer), ends))) {
        stemma_text word = phrase.words[end];
        end++;
        if (word.data[word.size - 1] == ',') {
            break;
        }
    }
    if (end == 0) {
        return 0;
    }
    stemma_text head = lower(phrase.words[end - 1], buffer);
    while (head.size != 0 && (head.data[head.size - 1] == ',' || head.data[head.size - 1] == '.' ||
                              head.data[head.size - 1] == '"')) {
        head.size--;
    }
    (void)cut_possessive(&head);
    d->anyone = end == 1 && IS_ANY(head, anyone);
    uint64_t plural = (uint64_t)cut_plural(&head);
    if (head.size < 3 || is_number(head) || is_closed(head)) {
        return 0;
    }
    plural |= (uint64_t)(group != 0);
    d->plural = (uint8_t)plural;
    const int office = is_office(head);
    head = stm_nominal_class(head);
    d->key = XXH64(head.data, head.size, (uint64_t)story << 1 | plural);
    d->head = XXH64(head.data, head.size, plural);
    d->telling_count = 0;
    d->indefinite = IS_ANY(lower(phrase.words[0], first), articles) != 0;
    d->definite = text_is(lower(phrase.words[0], first), "the") != 0;
    for (uint32_t i = 0; i + 1 < end; i++) {
        char other[WORD_MOST];
        stemma_text word = phrase.words[i];
        int capital = word.data[0] >= 'A' && word.data[0] <= 'Z' && i != 0;
        int owner = cut_possessive(&word);
        word = lower(word, other);
        if (IS_ANY(word, owners)) {
            owner = 0;
            continue;
        }
        if ((capital || owner || (office && !is_closed(word)) || is_number(word) ||
             changes_head(word) || stm_lexicon_demonym(word) != NULL ||
             stm_lexicon_place(word) != NULL) &&
            d->telling_count < STM_TELLING_MOST) {
            word = country_of(word);
            d->telling[d->telling_count++] = XXH64(word.data, word.size, 0);
        } else if (!is_closed(word) && !says_rank(word) && d->manner_count < STM_MANNER_MOST) {
            word = manner_class(word);
            d->manner[d->manner_count++] = XXH64(word.data, word.size, 0);
        }
    }
    return 1;
}

int stm_describe_name(stemma_text text, uint32_t story, struct stm_description *d)
{
    struct phrase phrase;
    char buffer[WORD_MOST];
    split(text, &phrase);
    if (phrase.count == 0) {
        return 0;
    }
    uint32_t last = phrase.count - 1;
    for (uint32_t i = 1; i < last; i++) {
        if (text_is(phrase.words[i], "of") || text_is(phrase.words[i], "for")) {
            last = i - 1; /* "Academy of Sciences" */
        }
    }
    stemma_text head = lower(phrase.words[last], buffer);
    uint64_t plural = (uint64_t)cut_plural(&head);
    if (head.size < 3 ||
        (!stm_lexicon_has(STM_LEXICON_NOUN, head) && !stm_lexicon_has(STM_LEXICON_ORG_HEAD, head) &&
         !stm_lexicon_has(STM_LEXICON_PLACE_HEAD, head))) {
        return 0;
    }
    head = stm_nominal_class(head);
    d->key = XXH64(head.data, head.size, (uint64_t)story << 1 | plural);
    d->telling_count = 0;
    d->is_name = 1;
    return 1;
}
