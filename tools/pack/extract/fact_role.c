/* SPDX-License-Identifier: MIT */
#include "pack/extract/fact_role.h"

#include "pack/extract/event_verb.h"
#include "pack/extract/lexicon.h"
#include "pack/extract/quantity_number.h"

/* A description longer than this is a clause that was misread. */
enum { LONGEST = 10 };

static uint32_t name_at(const struct stm_annotation *ann, uint32_t token)
{
    uint32_t m = ann->tokens[token].mention;
    return m != STEMMA_NONE && ann->mentions[m].kind == STEMMA_MENTION_NAME ? m : STEMMA_NONE;
}

static stemma_status emit_role(const struct stm_fact_scan *scan, uint32_t first, uint32_t end,
                               int past, uint16_t confidence)
{
    struct stm_annotation *ann = scan->ann;
    if (stm_ann_is(ann, first, "former") || stm_ann_is(ann, first, "ex") ||
        stm_ann_is(ann, first, "late")) {
        past = 1;
    }
    stemma_object object = stm_object_text(stm_ann_words(ann, first, end - first));
    return stm_emit_fact(scan, scan->referent, "role", &object, past, confidence, first, end, first,
                         end);
}

/** Participles that describe people: "exiled opposition leader". Others are verbs too often. */
static int is_state(const struct stm_annotation *ann, uint32_t token)
{
    static const char *const words[] = {
        "exiled",    "jailed",    "imprisoned",  "detained",  "retired",       "convicted",
        "elected",   "appointed", "renowned",    "deposed",   "ousted",        "accused",
        "freed",     "released",  "disgraced",   "acclaimed", "award-winning", "self-proclaimed",
        "so-called", "leading",   "ruling",      "acting",    "outgoing",      "incoming",
        "serving",   "visiting",  "long-serving"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (stm_ann_is(ann, token, words[i])) {
            return 1;
        }
    }
    return 0;
}

/** Whether a token can stand inside a title before a name. */
static int in_title(const struct stm_annotation *ann, uint32_t token)
{
    uint8_t tag = ann->tokens[token].tag;
    uint32_t name = name_at(ann, token);
    if (ann->tokens[token].time != STEMMA_NONE ||
        (ann->tokens[token].flags & (STM_TOKEN_POSSESSIVE | STM_TOKEN_PUNCTUATION))) {
        return 0;
    }
    if (name != STEMMA_NONE) {
        return ann->mentions[name].type != STM_ENTITY_PERSON;
    }
    return tag == STM_TAG_NOUN || tag == STM_TAG_PLURAL || tag == STM_TAG_ADJECTIVE ||
           tag == STM_TAG_PROPN || is_state(ann, token) || stm_is_role_word(ann, token) ||
           stm_lexicon_has(STM_LEXICON_TITLE_PART, ann->tokens[token].lower) ||
           (ann->tokens[token].quantity != STEMMA_NONE &&
            memchr(ann->tokens[token].lower.data, '-', ann->tokens[token].lower.size) != NULL);
}

static stemma_status emit_age(const struct stm_fact_scan *scan, uint32_t token, uint32_t age)
{
    struct stm_annotation *ann = scan->ann;
    char text[STM_NUMBER_TEXT];
    stemma_quantity value = {0};
    if (age < 1 || age > 120) {
        return STEMMA_OK;
    }
    stm_number_text(age * STM_NUMBER_SCALE, text);
    value.raw = stm_ann_words(ann, token, 1);
    value.amount = stm_arena_text(ann->arena, stemma_text_of(text));
    if (value.amount.data == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    value.lower = value.amount;
    value.upper = value.amount;
    value.unit = stemma_text_of("year");
    stemma_object object = stm_object_quantity(value);
    return stm_emit_fact(scan, scan->referent, "age", &object, 0, 850, token, token + 1, token,
                         token + 1);
}

/** "69-year-old": the age, or 0. */
static uint32_t hyphenated_age(const struct stm_annotation *ann, uint32_t token)
{
    static const char ending[] = "-year-old";
    stemma_text word = ann->tokens[token].lower;
    size_t tail = sizeof ending - 1;
    uint32_t value = 0;
    if (word.size <= tail || memcmp(word.data + word.size - tail, ending, tail) != 0) {
        return 0;
    }
    stemma_text number = {word.data, word.size - tail};
    return stm_number_of_word(number, &value) ? value : 0;
}

/** "Adams's Fredonia envoy" is sent to Fredonia by somebody else. */
static int is_owned(const struct stm_fact_scan *scan, uint32_t token)
{
    const struct stm_token *tokens = scan->ann->tokens;
    return token > scan->sentence_first && ((tokens[token - 1].flags & STM_TOKEN_POSSESSIVE) ||
                                            tokens[token - 1].tag == STM_TAG_POSSESSIVE);
}

/** Nationality, age and affiliation named among the words of a description. */
static stemma_status read_modifiers(const struct stm_fact_scan *scan, uint32_t first, uint32_t end,
                                    uint32_t head)
{
    struct stm_annotation *ann = scan->ann;
    for (uint32_t i = first; i < end; i++) {
        stemma_status status = STEMMA_OK;
        uint32_t age = hyphenated_age(ann, i);
        uint32_t name = name_at(ann, i);
        const struct stm_demonym_entry *demonym = stm_lexicon_demonym(ann->tokens[i].lower);
        if (age != 0) {
            status = emit_age(scan, i, age);
        } else if (demonym != NULL && demonym->country[0] != '\0' && i < head &&
                   (ann->tokens[i].flags & STM_TOKEN_CAPITALISED)) {
            stemma_object object = stm_object_text(stm_ann_words(ann, i, 1));
            status = stm_emit_fact(scan, scan->referent, "nationality", &object, 0, 700, i, i + 1,
                                   i, i + 1);
        } else if (name != STEMMA_NONE && i == ann->mentions[name].first &&
                   ann->mentions[name].referent != STEMMA_NONE &&
                   ann->mentions[name].referent != scan->referent &&
                   (ann->mentions[name].type == STM_ENTITY_ORGANIZATION ||
                    (ann->mentions[name].type == STM_ENTITY_PLACE && demonym == NULL &&
                     !is_owned(scan, i)))) {
            stemma_object object = stm_object_referent(ann->mentions[name].referent);
            status = stm_emit_fact(scan, scan->referent, "affiliation", &object, 0, 650, head,
                                   head + 1, i, i + ann->mentions[name].count);
        }
        if (status != STEMMA_OK) {
            return status;
        }
    }
    return STEMMA_OK;
}

/** Where the role proper begins: behind determiner, nationality, age and names. */
static uint32_t role_start(const struct stm_annotation *ann, uint32_t first, uint32_t head)
{
    for (uint32_t i = head; i > first; i--) {
        uint32_t before = i - 1;
        uint32_t name = name_at(ann, before);
        const struct stm_demonym_entry *demonym = stm_lexicon_demonym(ann->tokens[before].lower);
        if ((demonym != NULL && (ann->tokens[before].flags & STM_TOKEN_CAPITALISED)) ||
            hyphenated_age(ann, before) != 0 ||
            (name != STEMMA_NONE && ann->mentions[name].type != STM_ENTITY_THING) ||
            ann->tokens[before].tag == STM_TAG_DETERMINER ||
            ann->tokens[before].tag == STM_TAG_POSSESSIVE ||
            (ann->tokens[before].flags & (STM_TOKEN_POSSESSIVE | STM_TOKEN_PUNCTUATION)) ||
            stm_ann_is(ann, before, "fellow") || !in_title(ann, before)) {
            return i;
        }
    }
    return first;
}

/** "opposition leader X", "The Polish president, X,". */
static stemma_status find_title(const struct stm_fact_scan *scan)
{
    struct stm_annotation *ann = scan->ann;
    uint32_t head = scan->first;
    int comma = 0;
    if (head == scan->sentence_first) {
        return STEMMA_OK;
    }
    head--;
    if (stm_ann_is(ann, head, ",") && head > scan->sentence_first) {
        comma = 1;
        head--;
    }
    int aged = ann->tokens[head].tag == STM_TAG_NOUN && head > scan->sentence_first &&
               hyphenated_age(ann, head - 1) != 0; /* "69-year-old farmer X": any noun will do */
    if (!(stm_is_role_word(ann, head) || aged) || ann->tokens[head].tag == STM_TAG_PLURAL ||
        name_at(ann, head) != STEMMA_NONE) {
        return STEMMA_OK;
    }
    uint32_t first = head;
    while (first > scan->sentence_first && head - first < LONGEST && in_title(ann, first - 1)) {
        first--;
    }
    if (comma) {
        /* "the president, X, ...": the phrase must be definite and the name closed off. */
        uint32_t before = first > scan->sentence_first ? first - 1 : STEMMA_NONE;
        int definite = before != STEMMA_NONE &&
                       (stm_ann_is(ann, before, "the") || stm_ann_is(ann, before, "its") ||
                        stm_ann_is(ann, before, "their") ||
                        (ann->tokens[before].flags & STM_TOKEN_POSSESSIVE));
        int closed = scan->end >= scan->sentence_end || stm_ann_is(ann, scan->end, ",") ||
                     stm_ann_is(ann, scan->end, ".") || stm_is_finite(ann, scan->end);
        if (!definite || !closed) {
            return STEMMA_OK;
        }
    }
    stemma_status status = read_modifiers(scan, first, head + 1, head);
    if (status != STEMMA_OK) {
        return status;
    }
    return emit_role(scan, role_start(ann, first, head), head + 1, 0, comma ? 750 : 850);
}

/** Reads the description at `i`, "the leader of X": emits it when its head is a role. */
static stemma_status read_description(const struct stm_fact_scan *scan, uint32_t i, int past,
                                      uint16_t confidence)
{
    struct stm_annotation *ann = scan->ann;
    uint32_t end = scan->sentence_end;
    if (i < end &&
        (ann->tokens[i].tag == STM_TAG_DETERMINER || ann->tokens[i].tag == STM_TAG_POSSESSIVE)) {
        i++;
    }
    uint32_t head = i;
    while (head < end && head - i < LONGEST && in_title(ann, head)) {
        head++;
    }
    if (head == i || !stm_is_role_word(ann, head - 1) || name_at(ann, head - 1) != STEMMA_NONE) {
        return STEMMA_OK;
    }
    head--;
    uint32_t stop = head + 1;
    while (stop + 1 < end && stop - head < LONGEST &&
           (stm_ann_is(ann, stop, "of") || stm_ann_is(ann, stop, "for") ||
            stm_ann_is(ann, stop, "at") || stm_ann_is(ann, stop, "to")) &&
           ann->tokens[stop + 1].time == STEMMA_NONE) {
        uint32_t inside = stop + 1;
        if (ann->tokens[inside].tag == STM_TAG_DETERMINER) {
            inside++;
        }
        uint32_t start = inside;
        while (inside < end && inside - start < LONGEST &&
               (in_title(ann, inside) || name_at(ann, inside) != STEMMA_NONE)) {
            inside++;
        }
        if (inside == start) {
            break;
        }
        stop = inside;
    }
    stemma_status status = read_modifiers(scan, i, stop, head);
    if (status != STEMMA_OK) {
        return status;
    }
    return emit_role(scan, role_start(ann, i, head), stop, past, confidence);
}

/** "X, the envoy of Y,", "X, 69,", "X, who is a teacher", "X is a teacher". */
static stemma_status find_behind(const struct stm_fact_scan *scan)
{
    struct stm_annotation *ann = scan->ann;
    uint32_t i = scan->end;
    uint32_t end = scan->sentence_end;
    uint32_t age = 0;
    if (i + 1 >= end) {
        return STEMMA_OK;
    }
    int comma = stm_ann_is(ann, i, ",");
    if (comma) {
        i++;
    }
    if (comma && (ann->tokens[i].flags & STM_TOKEN_DIGIT) &&
        stm_number_of_word(ann->tokens[i].lower, &age) && i + 1 < end &&
        (stm_ann_is(ann, i + 1, ",") || stm_ann_is(ann, i + 1, ".")) && age >= 5) {
        return emit_age(scan, i, age);
    }
    if (comma && stm_ann_is(ann, i, "aged") && i + 1 < end &&
        stm_number_of_word(ann->tokens[i + 1].lower, &age)) {
        return emit_age(scan, i + 1, age);
    }
    if (comma && stm_ann_is(ann, i, "who")) {
        i++;
    } else if (comma) {
        uint8_t tag = ann->tokens[i].tag;
        int opens = tag == STM_TAG_DETERMINER || tag == STM_TAG_NOUN || tag == STM_TAG_ADJECTIVE ||
                    tag == STM_TAG_PARTICIPLE || hyphenated_age(ann, i) != 0;
        if (!opens || stm_ann_is(ann, i, "and")) {
            return STEMMA_OK;
        }
        /* A list of names has descriptions before the names: "A, journalist B and C". */
        uint32_t at = i;
        while (at < end && at - i < LONGEST && in_title(ann, at)) {
            at++;
        }
        if (tag != STM_TAG_DETERMINER && at < end && name_at(ann, at) != STEMMA_NONE) {
            return STEMMA_OK;
        }
        if (tag == STM_TAG_DETERMINER) {
            at = i + 1;
            while (at < end && at - i < LONGEST && in_title(ann, at)) {
                at++;
            }
            if (at < end && name_at(ann, at) != STEMMA_NONE) {
                return STEMMA_OK;
            }
        }
        return read_description(scan, i, 0, 750);
    }
    if (i + 1 < end && (stm_ann_is(ann, i, "is") || stm_ann_is(ann, i, "was"))) {
        int past = stm_ann_is(ann, i, "was");
        if (!past && (ann->tokens[i + 1].flags & STM_TOKEN_DIGIT) &&
            stm_number_of_word(ann->tokens[i + 1].lower, &age) &&
            ann->tokens[i + 1].time == STEMMA_NONE &&
            (i + 2 >= end || ann->tokens[i + 2].tag == STM_TAG_PUNCTUATION ||
             ann->tokens[i + 2].tag == STM_TAG_CONJUNCTION)) {
            return emit_age(scan, i + 1, age);
        }
        if (ann->tokens[i + 1].tag == STM_TAG_DETERMINER) {
            return read_description(scan, i + 1, past, 750);
        }
    }
    return STEMMA_OK;
}

stemma_status stm_find_roles(const struct stm_fact_scan *scan)
{
    stemma_status status = find_title(scan);
    return status == STEMMA_OK ? find_behind(scan) : status;
}
