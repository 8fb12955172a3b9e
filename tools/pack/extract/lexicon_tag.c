/* SPDX-License-Identifier: MIT */
/* Parts of speech and lemmas by lexicon, ending and neighbours: good enough to find the verb of a
   news sentence, what it is done to and who does it. No trained model. */
#include "pack/extract/annotation.h"
#include "pack/extract/lexicon.h"

static int ends_with(stemma_text word, const char *ending)
{
    size_t size = strlen(ending);
    return word.size > size && memcmp(word.data + word.size - size, ending, size) == 0;
}

static stemma_text shorter(stemma_text word, size_t by)
{
    word.size -= by;
    return word;
}

static int is_vowel(char c)
{
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

static int is_verb(stemma_text word)
{
    return stm_lexicon_has(STM_LEXICON_VERB, word);
}

static int is_noun(stemma_text word)
{
    return stm_lexicon_has(STM_LEXICON_NOUN, word) || stm_lexicon_has(STM_LEXICON_ROLE, word) ||
           stm_lexicon_has(STM_LEXICON_KIN, word);
}

/* `stem` with a letter added; stem itself when memory is out (a lemma is only a guess). */
static stemma_text with_letter(struct stm_arena *arena, stemma_text stem, char letter)
{
    char *data = stm_arena_alloc(arena, stem.size + 1, 1);
    if (data == NULL) {
        return stem;
    }
    memcpy(data, stem.data, stem.size);
    data[stem.size] = letter;
    stemma_text word = {data, stem.size + 1};
    return word;
}

/* The verb that `stem` (a form less "ed" or "ing") belongs to; the view may be into `stem`. */
static stemma_text verb_of_stem(struct stm_arena *arena, stemma_text stem)
{
    if (stem.size < 2 || is_verb(stem)) {
        return stem;
    }
    stemma_text with_e = with_letter(arena, stem, 'e');
    if (is_verb(with_e)) {
        return with_e;
    }
    char last = stem.data[stem.size - 1];
    char before = stem.data[stem.size - 2];
    if (last == before && !is_vowel(last)) {
        stemma_text single = shorter(stem, 1);
        return is_verb(single) || (last != 'l' && last != 's') ? single : stem;
    }
    if (last == 'i') {
        return with_letter(arena, shorter(stem, 1), 'y');
    }
    /* Unknown verbs: "-c", "-v", "-z", "-u", "-ag", "-at", "-ut", "-as" once had an e. */
    int lost_e = last == 'c' || last == 'v' || last == 'z' || last == 'u' ||
                 (last == 'g' && before != 'n') ||
                 (last == 't' && (before == 'a' || before == 'u')) ||
                 (last == 's' && is_vowel(before)) || (last == 'r' && before == 'u');
    return lost_e && stem.size > 3 ? with_e : stem;
}

static stemma_text singular(struct stm_arena *arena, stemma_text word)
{
    if (ends_with(word, "ies") && word.size > 4) {
        return with_letter(arena, shorter(word, 3), 'y');
    }
    if (ends_with(word, "sses") || ends_with(word, "ches") || ends_with(word, "shes") ||
        ends_with(word, "xes") || ends_with(word, "zzes")) {
        return shorter(word, 2);
    }
    return shorter(word, 1);
}

static int is_plural_form(stemma_text word)
{
    return word.size > 3 && ends_with(word, "s") && !ends_with(word, "ss") &&
           !ends_with(word, "us") && !ends_with(word, "is");
}

static int has_adjective_ending(stemma_text word)
{
    static const char *const endings[] = {
        "ous",  "ful",  "ive",  "able", "ible", "less", "ical",   "ish",     "ary",   "ial",
        "onal", "eral", "inal", "ic",   "-old", "-led", "-based", "-backed", "-long", "-wide"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        if (word.size > strlen(endings[i]) + 2 && ends_with(word, endings[i])) {
            return 1;
        }
    }
    return 0;
}

/* A -s form may be a plural, a verb, or both. */
static enum stm_tag tag_s_form(struct stm_annotation *ann, struct stm_token *token)
{
    stemma_text base = singular(ann->arena, token->lower);
    token->lemma = base;
    if (is_verb(base) && !is_noun(base)) {
        return STM_TAG_VERB_S;
    }
    return STM_TAG_PLURAL;
}

/* What a word is by itself. */
static enum stm_tag tag_open(struct stm_annotation *ann, struct stm_token *token)
{
    stemma_text word = token->lower;
    const struct stm_form_entry *form = stm_lexicon_form(word);
    if (form != NULL) {
        token->lemma = stemma_text_of(form->lemma);
        return (enum stm_tag)form->tag;
    }
    int noun = is_noun(word);
    if (is_verb(word)) {
        return noun ? STM_TAG_NOUN : STM_TAG_VERB;
    }
    if (noun) {
        return STM_TAG_NOUN;
    }
    if (ends_with(word, "ing") && word.size > 5) {
        token->lemma = verb_of_stem(ann->arena, shorter(word, 3));
        return STM_TAG_GERUND;
    }
    if (ends_with(word, "ied") && word.size > 4) {
        token->lemma = with_letter(ann->arena, shorter(word, 3), 'y');
        return STM_TAG_PAST;
    }
    if (ends_with(word, "ed") && word.size > 4 && !ends_with(word, "eed")) {
        token->lemma = verb_of_stem(ann->arena, shorter(word, 2));
        return STM_TAG_PAST;
    }
    if (ends_with(word, "ly") && word.size > 4) {
        return STM_TAG_ADVERB;
    }
    if (is_plural_form(word)) {
        return tag_s_form(ann, token);
    }
    return has_adjective_ending(word) ? STM_TAG_ADJECTIVE : STM_TAG_NOUN;
}

static enum stm_tag tag_alone(struct stm_annotation *ann, struct stm_token *token)
{
    if ((token->flags & STM_TOKEN_PUNCTUATION) != 0) {
        return STM_TAG_PUNCTUATION;
    }
    if ((token->flags & STM_TOKEN_POSSESSIVE) != 0) {
        return STM_TAG_OTHER;
    }
    if ((token->flags & STM_TOKEN_DIGIT) != 0) {
        return ends_with(token->lower, "-old") || ends_with(token->lower, "th") ||
                       ends_with(token->lower, "-year") || ends_with(token->lower, "nd") ||
                       ends_with(token->lower, "-day")
                   ? STM_TAG_ADJECTIVE
                   : STM_TAG_NUMBER;
    }
    enum stm_tag closed = stm_lexicon_closed_tag(token->lower);
    uint32_t free_case = STM_TOKEN_SENTENCE_START | STM_TOKEN_IN_TITLE;
    int capitalised = (token->flags & STM_TOKEN_CAPITALISED) != 0;
    if (capitalised && (token->flags & free_case) == 0 && closed == STM_TAG_MODAL) {
        return STM_TAG_PROPN; /* the month of May, somebody called Will */
    }
    const struct stm_demonym_entry *demonym =
        capitalised ? stm_lexicon_demonym(token->lower) : NULL;
    if (demonym != NULL) {
        return demonym->plural ? STM_TAG_PLURAL : STM_TAG_ADJECTIVE;
    }
    if (closed != STM_TAG_OTHER &&
        ((token->flags & STM_TOKEN_ALL_CAPS) == 0 || token->lower.size > 3)) {
        const struct stm_form_entry *form = stm_lexicon_form(token->lower);
        if (form != NULL &&
            (closed == STM_TAG_BE || closed == STM_TAG_HAVE || closed == STM_TAG_DO)) {
            token->lemma = stemma_text_of(form->lemma);
        }
        return closed;
    }
    if (capitalised && (token->flags & free_case) == 0) {
        return STM_TAG_PROPN;
    }
    if (capitalised && stm_lexicon_given(token->lower) != NULL && !is_noun(token->lower) &&
        !is_verb(token->lower) && stm_lexicon_form(token->lower) == NULL) {
        return STM_TAG_PROPN; /* "Mohammed" is no past tense */
    }
    return tag_open(ann, token);
}

static int is_nominal_start(uint8_t tag)
{
    return tag == STM_TAG_DETERMINER || tag == STM_TAG_POSSESSIVE || tag == STM_TAG_ADJECTIVE ||
           tag == STM_TAG_NUMBER;
}

static int begins_object(uint8_t tag)
{
    return tag == STM_TAG_DETERMINER || tag == STM_TAG_POSSESSIVE || tag == STM_TAG_PRONOUN ||
           tag == STM_TAG_NUMBER || tag == STM_TAG_PROPN || tag == STM_TAG_TO ||
           tag == STM_TAG_SUBORDINATOR;
}

/* Verbs that are hardly ever without an object: after a noun and before no object, their -ed form
   is a participle ("people jailed for their views"). */
static int needs_object(stemma_text lemma)
{
    static const char *const verbs[] = {
        "accuse",   "arrest",   "ban",     "bury",    "capture",  "charge",   "convict",
        "deport",   "detain",   "exile",   "expel",   "fine",     "free",     "hold",
        "impose",   "imprison", "injure",  "jail",    "kill",     "lift",     "make",
        "name",     "pardon",   "publish", "release", "sanction", "sentence", "shoot",
        "transfer", "wound",    "kidnap",  "sign",    "condemn",  "execute",  "elect"};
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        if (stemma_text_equal(lemma, stemma_text_of(verbs[i]))) {
            return 1;
        }
    }
    return 0;
}

/* The tag before `i` in its sentence, adverbs and "not" passed over. */
static uint8_t tag_before(const struct stm_annotation *ann, uint32_t first, uint32_t i)
{
    while (i > first) {
        i--;
        uint8_t tag = ann->tokens[i].tag;
        if (tag != STM_TAG_ADVERB && tag != STM_TAG_NOT) {
            return tag;
        }
    }
    return STM_TAG_PUNCTUATION;
}

static void settle_past(struct stm_annotation *ann, uint32_t first, uint32_t end, uint32_t i)
{
    struct stm_token *token = &ann->tokens[i];
    uint8_t before = tag_before(ann, first, i);
    uint8_t after = i + 1 < end ? ann->tokens[i + 1].tag : STM_TAG_PUNCTUATION;
    if (before == STM_TAG_BE || before == STM_TAG_HAVE || before == STM_TAG_DETERMINER ||
        before == STM_TAG_POSSESSIVE || before == STM_TAG_ADJECTIVE ||
        stm_ann_is(ann, i + 1, "by")) {
        token->tag = STM_TAG_PARTICIPLE;
        return;
    }
    /* "was arrested and jailed": a conjunct takes after its partner. */
    if (before == STM_TAG_CONJUNCTION && i >= first + 2 &&
        ann->tokens[i - 2].tag == STM_TAG_PARTICIPLE) {
        token->tag = STM_TAG_PARTICIPLE;
        return;
    }
    int no_object = after == STM_TAG_PREPOSITION || after == STM_TAG_PUNCTUATION ||
                    after == STM_TAG_TO || after == STM_TAG_ADVERB || after == STM_TAG_SUBORDINATOR;
    int after_noun = before == STM_TAG_NOUN || before == STM_TAG_PLURAL ||
                     before == STM_TAG_NUMBER || before == STM_TAG_PRONOUN ||
                     before == STM_TAG_PUNCTUATION || before == STM_TAG_PROPN;
    if (no_object && after_noun && needs_object(token->lemma)) {
        token->tag = STM_TAG_PARTICIPLE;
    }
}

static void settle_s_form(struct stm_annotation *ann, uint32_t first, uint32_t end, uint32_t i)
{
    struct stm_token *token = &ann->tokens[i];
    if (!is_plural_form(token->lower) || !is_verb(token->lemma)) {
        return;
    }
    uint8_t before = tag_before(ann, first, i);
    uint8_t after = i + 1 < end ? ann->tokens[i + 1].tag : STM_TAG_PUNCTUATION;
    int subject = before == STM_TAG_NOUN || before == STM_TAG_PROPN || before == STM_TAG_PRONOUN ||
                  before == STM_TAG_WH;
    int headline_subject = (token->flags & STM_TOKEN_IN_TITLE) != 0 && i == first + 1;
    if ((subject && begins_object(after)) || (headline_subject && after != STM_TAG_PUNCTUATION)) {
        token->tag = STM_TAG_VERB_S;
    } else if (is_nominal_start(before) || before == STM_TAG_PREPOSITION) {
        token->tag = STM_TAG_PLURAL;
    }
}

static void settle_base(struct stm_annotation *ann, uint32_t first, uint32_t end, uint32_t i)
{
    struct stm_token *token = &ann->tokens[i];
    if (!is_verb(token->lower)) {
        return;
    }
    uint8_t before = tag_before(ann, first, i);
    uint8_t after = i + 1 < end ? ann->tokens[i + 1].tag : STM_TAG_PUNCTUATION;
    if (before == STM_TAG_TO || before == STM_TAG_MODAL || before == STM_TAG_DO) {
        token->tag = STM_TAG_VERB;
    } else if (is_nominal_start(before) || before == STM_TAG_PREPOSITION) {
        token->tag = STM_TAG_NOUN;
    } else if ((before == STM_TAG_PLURAL || before == STM_TAG_PRONOUN) && begins_object(after)) {
        token->tag = STM_TAG_VERB;
    }
}

static void settle_word(struct stm_annotation *ann, uint32_t first, uint32_t end, uint32_t i)
{
    struct stm_token *token = &ann->tokens[i];
    uint8_t before = i > first ? ann->tokens[i - 1].tag : STM_TAG_PUNCTUATION;
    uint8_t after = i + 1 < end ? ann->tokens[i + 1].tag : STM_TAG_PUNCTUATION;
    if (stm_ann_is(ann, i, "her") || stm_ann_is(ann, i, "his")) {
        int owns = after == STM_TAG_NOUN || after == STM_TAG_PLURAL || after == STM_TAG_ADJECTIVE ||
                   after == STM_TAG_PROPN || after == STM_TAG_NUMBER || after == STM_TAG_GERUND ||
                   after == STM_TAG_PARTICIPLE || after == STM_TAG_PAST || after == STM_TAG_VERB;
        token->tag = owns ? STM_TAG_POSSESSIVE : STM_TAG_PRONOUN;
    } else if (stm_ann_is(ann, i, "that")) {
        int after_noun = before == STM_TAG_NOUN || before == STM_TAG_PLURAL;
        int verb_next = after == STM_TAG_PAST || after == STM_TAG_VERB_S || after == STM_TAG_BE ||
                        after == STM_TAG_HAVE || after == STM_TAG_MODAL;
        if (after_noun && verb_next) {
            token->tag = STM_TAG_WH;
        } else if (before == STM_TAG_PREPOSITION || (i == first && after == STM_TAG_NOUN)) {
            token->tag = STM_TAG_DETERMINER;
        } else {
            token->tag = STM_TAG_SUBORDINATOR;
        }
    } else if ((token->flags & STM_TOKEN_POSSESSIVE) != 0 &&
               (before == STM_TAG_PRONOUN || before == STM_TAG_WH ||
                (i > first && (stm_ann_is(ann, i - 1, "that") || stm_ann_is(ann, i - 1, "there") ||
                               stm_ann_is(ann, i - 1, "here"))))) {
        token->tag = STM_TAG_BE;
        token->lemma = stemma_text_of("be");
        token->flags = (token->flags & ~(uint32_t)STM_TOKEN_POSSESSIVE) | STM_TOKEN_CONTRACTED;
    } else if (token->tag == STM_TAG_GERUND && is_nominal_start(before) &&
               (after == STM_TAG_PREPOSITION || after == STM_TAG_PUNCTUATION ||
                after == STM_TAG_PAST || after == STM_TAG_BE)) {
        token->tag = STM_TAG_NOUN;
        token->lemma = token->lower;
    } else if (token->tag == STM_TAG_PAST) {
        settle_past(ann, first, end, i);
    } else if (token->tag == STM_TAG_PLURAL || token->tag == STM_TAG_VERB_S) {
        settle_s_form(ann, first, end, i);
    } else if (token->tag == STM_TAG_NOUN || token->tag == STM_TAG_VERB ||
               token->tag == STM_TAG_ADJECTIVE) {
        settle_base(ann, first, end, i);
    }
}

stemma_status stm_extract_tags(struct stm_annotation *ann)
{
    for (uint32_t i = 0; i < ann->token_count; i++) {
        ann->tokens[i].tag = (uint8_t)tag_alone(ann, &ann->tokens[i]);
    }
    for (uint32_t s = 0; s < ann->sentence_count; s++) {
        uint32_t first = ann->sentences[s].first;
        uint32_t end = stm_ann_sentence_end(ann, s);
        for (uint32_t i = first; i < end; i++) {
            settle_word(ann, first, end, i);
        }
    }
    return STEMMA_OK;
}
