/* SPDX-License-Identifier: MIT */
/* Amounts: a number with its modifier, unit and the noun that it counts. */
#include "pack/extract/annotation.h"
#include "pack/extract/lexicon.h"
#include "pack/extract/quantity_number.h"
#include "pack/extract/time_date.h"

struct scan {
    struct stm_annotation *ann;
    uint32_t first; /**< First token of the sentence. */
    uint32_t end;   /**< Token after the sentence. */
};

struct amount {
    uint32_t first;
    uint32_t end; /**< Token after the number (and the words that go with it). */
    struct stm_number low;
    struct stm_number high;
    int ranged;
    uint8_t modifier;
    const char *unit; /**< NULL: a count. */
};

static int is_at(const struct scan *scan, uint32_t i, const char *word)
{
    return i < scan->end && stm_ann_is(scan->ann, i, word);
}

struct phrase {
    const char *words[4];
    uint8_t modifier;
};

/* Longest first where one ends another. */
static const struct phrase before_number[] = {
    {{"no", "fewer", "than"}, STEMMA_MODIFIER_AT_LEAST},
    {{"no", "less", "than"}, STEMMA_MODIFIER_AT_LEAST},
    {{"no", "more", "than"}, STEMMA_MODIFIER_AT_MOST},
    {{"not", "more", "than"}, STEMMA_MODIFIER_AT_MOST},
    {{"as", "many", "as"}, STEMMA_MODIFIER_AT_MOST},
    {{"as", "much", "as"}, STEMMA_MODIFIER_AT_MOST},
    {{"in", "excess", "of"}, STEMMA_MODIFIER_MORE_THAN},
    {{"at", "least"}, STEMMA_MODIFIER_AT_LEAST},
    {{"at", "most"}, STEMMA_MODIFIER_AT_MOST},
    {{"up", "to"}, STEMMA_MODIFIER_AT_MOST},
    {{"more", "than"}, STEMMA_MODIFIER_MORE_THAN},
    {{"upwards", "of"}, STEMMA_MODIFIER_MORE_THAN},
    {{"fewer", "than"}, STEMMA_MODIFIER_LESS_THAN},
    {{"less", "than"}, STEMMA_MODIFIER_LESS_THAN},
    {{"close", "to"}, STEMMA_MODIFIER_ABOUT},
    {{"over"}, STEMMA_MODIFIER_MORE_THAN},
    {{"under"}, STEMMA_MODIFIER_LESS_THAN},
    {{"about"}, STEMMA_MODIFIER_ABOUT},
    {{"some"}, STEMMA_MODIFIER_ABOUT},
    {{"around"}, STEMMA_MODIFIER_ABOUT},
    {{"roughly"}, STEMMA_MODIFIER_ABOUT},
    {{"approximately"}, STEMMA_MODIFIER_ABOUT},
    {{"nearly"}, STEMMA_MODIFIER_ABOUT},
    {{"almost"}, STEMMA_MODIFIER_ABOUT},
    {{"estimated"}, STEMMA_MODIFIER_ABOUT},
};

/** How many tokens before `i` modify the number there. */
static uint32_t modifier_before(const struct scan *scan, uint32_t i, uint8_t *modifier)
{
    for (size_t p = 0; p < sizeof before_number / sizeof before_number[0]; p++) {
        const struct phrase *phrase = &before_number[p];
        uint32_t length = 0;
        while (length < 4 && phrase->words[length] != NULL) {
            length++;
        }
        if (i < scan->first + length) {
            continue;
        }
        uint32_t matched = 0;
        while (matched < length && is_at(scan, i - length + matched, phrase->words[matched])) {
            matched++;
        }
        /* "handed over 40 prisoners": the word belongs to the verb */
        if (matched == length && length == 1 && is_at(scan, i - 1, "over") && i > scan->first + 1 &&
            (is_at(scan, i - 2, "handed") || is_at(scan, i - 2, "hand") ||
             is_at(scan, i - 2, "hands") || is_at(scan, i - 2, "handing") ||
             is_at(scan, i - 2, "turned") || is_at(scan, i - 2, "turn") ||
             is_at(scan, i - 2, "took") || is_at(scan, i - 2, "taken"))) {
            return 0;
        }
        if (matched == length) {
            *modifier = phrase->modifier;
            return length;
        }
    }
    return 0;
}

static const char *currency_of(stemma_text word)
{
    static const struct {
        const char *word;
        const char *unit;
    } table[] = {
        {"$", "USD"},        {"us$", "USD"},     {"\xE2\x82\xAC", "EUR"}, {"\xC2\xA3", "GBP"},
        {"dollar", "USD"},   {"dollars", "USD"}, {"euro", "EUR"},         {"euros", "EUR"},
        {"pounds", "GBP"},   {"roubles", "RUB"}, {"rubles", "RUB"},       {"yuan", "CNY"},
        {"\xC2\xA5", "JPY"}, {"yen", "JPY"},     {"rupees", "INR"},       {"\xE2\x82\xB9", "INR"},
        {"usd", "USD"},      {"eur", "EUR"},     {"gbp", "GBP"},          {"hryvnia", "UAH"},
        {"hryvnias", "UAH"}, {"liras", "TRY"},   {"shekels", "ILS"},      {"francs", "CHF"},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        if (stemma_text_equal(word, stemma_text_of(table[i].word))) {
            return table[i].unit;
        }
    }
    return NULL;
}

static const char *unit_of(stemma_text word)
{
    static const struct {
        const char *word;
        const char *unit;
    } table[] = {
        {"%", "percent"},      {"percent", "percent"}, {"per", "percent"},    {"pc", "percent"},
        {"km", "km"},          {"kilometre", "km"},    {"kilometres", "km"},  {"kilometer", "km"},
        {"kilometers", "km"},  {"mile", "mile"},       {"miles", "mile"},     {"metre", "m"},
        {"metres", "m"},       {"meter", "m"},         {"meters", "m"},       {"kg", "kg"},
        {"kilogram", "kg"},    {"kilograms", "kg"},    {"kilos", "kg"},       {"tonne", "t"},
        {"tonnes", "t"},       {"tons", "ton"},        {"ton", "ton"},        {"feet", "foot"},
        {"hectares", "ha"},    {"acres", "acre"},      {"litres", "l"},       {"liters", "l"},
        {"barrels", "barrel"}, {"megawatts", "MW"},    {"degrees", "degree"},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        if (stemma_text_equal(word, stemma_text_of(table[i].word))) {
            return table[i].unit;
        }
    }
    switch (stm_unit_of_word(word)) {
    case STM_UNIT_DAY:
        return "day";
    case STM_UNIT_WEEK:
        return "week";
    case STM_UNIT_MONTH:
        return "month";
    case STM_UNIT_YEAR:
        return "year";
    case STM_UNIT_DECADE:
        return "decade";
    case STM_UNIT_CENTURY:
        return "century";
    case STM_UNIT_HOUR:
        return word.data[0] == 'h' ? "hour" : word.data[0] == 'm' ? "minute" : "second";
    case STM_UNIT_NONE:
    case STM_UNIT_WEEKEND:
        break;
    }
    return NULL;
}

static int is_dash(const struct scan *scan, uint32_t i)
{
    return is_at(scan, i, "-") || is_at(scan, i, "\xE2\x80\x93");
}

/** "10-12" in one token: two whole numbers, the second larger. */
static int read_joined_range(stemma_text word, struct amount *amount)
{
    uint32_t low = 0;
    uint32_t high = 0;
    const char *dash = word.size != 0 ? memchr(word.data, '-', word.size) : NULL;
    if (dash == NULL) {
        return 0;
    }
    stemma_text left = {word.data, (size_t)(dash - word.data)};
    stemma_text right = {dash + 1, word.size - left.size - 1};
    if (left.size == 0 || left.data[0] < '0' || left.data[0] > '9' ||
        !stm_number_of_word(left, &low) || !stm_number_of_word(right, &high) || high <= low) {
        return 0;
    }
    amount->low.scaled = low * STM_NUMBER_SCALE;
    amount->high.scaled = high * STM_NUMBER_SCALE;
    amount->ranged = 1;
    return 1;
}

/** "three-year", "69-year-old", "10-day", "500-strong": the number and unit inside one token. */
static int read_hyphenated(stemma_text word, struct amount *amount)
{
    uint32_t value = 0;
    for (size_t at = word.size; at-- > 1;) {
        if (word.data[at] != '-') {
            continue;
        }
        stemma_text left = {word.data, at};
        stemma_text right = {word.data + at + 1, word.size - at - 1};
        if (!stm_number_of_word(left, &value)) {
            continue;
        }
        const char *dash = right.size != 0 ? memchr(right.data, '-', right.size) : NULL;
        if (dash != NULL) {
            right.size = (size_t)(dash - right.data);
        }
        const char *unit = unit_of(right);
        if (unit == NULL || right.data[right.size - 1] == 's') {
            return 0;
        }
        amount->low.scaled = value * STM_NUMBER_SCALE;
        amount->unit = unit;
        return 1;
    }
    return 0;
}

/** Digits that number a thing instead of counting: "Article 5", "Boeing 737", "No. 3", "1." */
static int is_label(const struct scan *scan, uint32_t i)
{
    static const char *const before[] = {
        "article", "chapter", "section", "no",      "no.",    "number", "page", "part",
        "room",    "route",   "phase",   "channel", "flight", "unit",   "aged", "age",
        "@",       "#",       "verse",   "level",   "class",  "grade"};
    const struct stm_token *token = &scan->ann->tokens[i];
    if (token->mention != STEMMA_NONE &&
        scan->ann->mentions[token->mention].kind == STEMMA_MENTION_NAME) {
        return 1;
    }
    if (i + 1 < scan->end && (token->flags & STM_TOKEN_SENTENCE_START) &&
        (is_at(scan, i + 1, ".") || is_at(scan, i + 1, ")"))) {
        return 1;
    }
    if (i == scan->first) {
        return 0;
    }
    for (size_t w = 0; w < sizeof before / sizeof before[0]; w++) {
        if (is_at(scan, i - 1, before[w])) {
            return 1;
        }
    }
    const struct stm_token *previous = &scan->ann->tokens[i - 1];
    uint8_t next = i + 1 < scan->end ? scan->ann->tokens[i + 1].tag : STM_TAG_PUNCTUATION;
    int noun_follows = next == STM_TAG_NOUN || next == STM_TAG_PLURAL ||
                       next == STM_TAG_ADJECTIVE || next == STM_TAG_PARTICIPLE ||
                       next == STM_TAG_PROPN;
    return (token->flags & STM_TOKEN_DIGIT) && previous->tag == STM_TAG_PROPN && !noun_follows &&
           !is_at(scan, i + 1, "%");
}

static int is_noun(uint8_t tag)
{
    return tag == STM_TAG_NOUN || tag == STM_TAG_PLURAL;
}

/** The noun that is counted by what ends before `i`; STEMMA_NONE when none is named. */
static uint32_t counted_head(const struct scan *scan, uint32_t i)
{
    const struct stm_annotation *ann = scan->ann;
    uint32_t head = STEMMA_NONE;
    uint32_t limit = i + 8 < scan->end ? i + 8 : scan->end;
    if (is_at(scan, i, "of") && i + 1 < limit) {
        i++;
        while (i < limit && (ann->tokens[i].tag == STM_TAG_DETERMINER ||
                             ann->tokens[i].tag == STM_TAG_POSSESSIVE)) {
            i++;
        }
    }
    for (uint32_t at = i; at < limit; at++) {
        uint8_t tag = ann->tokens[at].tag;
        if (ann->tokens[at].time != STEMMA_NONE) {
            break;
        }
        if (is_noun(tag) || is_at(scan, at, "others") || is_at(scan, at, "people")) {
            head = at;
            if (tag == STM_TAG_PLURAL || is_at(scan, at, "others") || is_at(scan, at, "people")) {
                /* A plural ends its phrase, unless it is the first part of a compound. */
                if (!(at + 1 < limit && ann->tokens[at + 1].tag == STM_TAG_PLURAL)) {
                    break;
                }
            }
            continue;
        }
        if (head != STEMMA_NONE) {
            break;
        }
        const struct stm_demonym_entry *people = stm_lexicon_demonym(ann->tokens[at].lower);
        uint8_t behind = at + 1 < limit ? ann->tokens[at + 1].tag : (uint8_t)STM_TAG_PUNCTUATION;
        if (people != NULL && people->plural && !is_noun(behind) && behind != STM_TAG_ADJECTIVE) {
            return at; /* "168 Liberians" */
        }
        if (tag == STM_TAG_ADJECTIVE || tag == STM_TAG_PARTICIPLE || tag == STM_TAG_PROPN ||
            tag == STM_TAG_ADVERB || is_at(scan, at, "other") || is_at(scan, at, "more") ||
            is_at(scan, at, "such") || tag == STM_TAG_GERUND ||
            (tag == STM_TAG_CONJUNCTION && at > i && ann->tokens[at - 1].tag != STM_TAG_NUMBER &&
             at + 2 < limit && ann->tokens[at + 2].tag == STM_TAG_PLURAL) ||
            (ann->tokens[at].flags & STM_TOKEN_QUOTE_OPEN) ||
            (ann->tokens[at].flags & STM_TOKEN_QUOTE_CLOSE)) {
            continue;
        }
        break;
    }
    return head;
}

/** Reads the number at `i`. 0 when there is none that counts. */
static int read_amount(const struct scan *scan, uint32_t i, struct amount *amount)
{
    const struct stm_annotation *ann = scan->ann;
    const struct stm_token *token = &ann->tokens[i];
    memset(amount, 0, sizeof *amount);
    amount->first = i;
    amount->end = i + 1;
    if (token->time != STEMMA_NONE || (token->flags & STM_TOKEN_PUNCTUATION)) {
        return 0;
    }
    if (read_hyphenated(token->lower, amount)) {
        return 1;
    }
    if (is_label(scan, i)) {
        return 0;
    }
    if (!read_joined_range(token->lower, amount)) {
        uint32_t taken = stm_number_read(token, scan->end - i, &amount->low);
        if (taken == 0) {
            return 0;
        }
        amount->end = i + taken;
        uint32_t at = amount->end;
        if (at + 1 < scan->end &&
            (is_at(scan, at, "to") || is_dash(scan, at) ||
             (is_at(scan, at, "and") && i > scan->first && is_at(scan, i - 1, "between")))) {
            taken = stm_number_read(&ann->tokens[at + 1], scan->end - at - 1, &amount->high);
            if (taken != 0 && amount->high.scaled > amount->low.scaled && !amount->high.vague &&
                !amount->low.vague && ann->tokens[at + 1].time == STEMMA_NONE) {
                amount->ranged = 1;
                amount->end = at + 1 + taken;
            }
        }
        if (is_at(scan, i, "one")) {
            /* A pronoun more often than a number. */
            uint8_t next = i + 1 < scan->end ? ann->tokens[i + 1].tag : STM_TAG_PUNCTUATION;
            if ((next != STM_TAG_NOUN && next != STM_TAG_ADJECTIVE && next != STM_TAG_PARTICIPLE) ||
                (i > scan->first && (is_at(scan, i - 1, "no") || is_at(scan, i - 1, "any") ||
                                     is_at(scan, i - 1, "this") || is_at(scan, i - 1, "that") ||
                                     is_at(scan, i - 1, "every")))) {
                return 0;
            }
        }
    }
    if (i > scan->first) {
        const char *currency = currency_of(ann->tokens[i - 1].lower);
        if (currency != NULL && (ann->tokens[i - 1].flags & STM_TOKEN_PUNCTUATION)) {
            amount->unit = currency;
            amount->first = i - 1;
        }
    }
    return 1;
}

/** What stands behind the number: unit or counted noun. Returns the token after it all. */
static uint32_t read_tail(const struct scan *scan, struct amount *amount, uint32_t *head)
{
    const struct stm_annotation *ann = scan->ann;
    uint32_t at = amount->end;
    *head = STEMMA_NONE;
    if (amount->unit == NULL && at < scan->end) {
        const char *unit = currency_of(ann->tokens[at].lower);
        if (unit == NULL) {
            unit = unit_of(ann->tokens[at].lower);
            if (is_at(scan, at, "per")) {
                unit = is_at(scan, at + 1, "cent") ? unit : NULL;
            }
        }
        if (unit != NULL) {
            amount->unit = unit;
            at += is_at(scan, at, "per") ? 2 : 1;
            if (is_at(scan, at, "or") && is_at(scan, at + 1, "more")) {
                amount->modifier = STEMMA_MODIFIER_AT_LEAST;
                at += 2;
            }
            return at;
        }
    }
    if (is_at(scan, at, "or") && (is_at(scan, at + 1, "more") || is_at(scan, at + 1, "so"))) {
        amount->modifier =
            is_at(scan, at + 1, "more") ? STEMMA_MODIFIER_AT_LEAST : STEMMA_MODIFIER_ABOUT;
        at += 2;
    }
    if (amount->unit != NULL) {
        return at;
    }
    *head = counted_head(scan, at);
    return *head != STEMMA_NONE ? *head + 1 : at;
}

static stemma_status number_text(struct stm_annotation *ann, uint64_t scaled, stemma_text *out)
{
    char text[STM_NUMBER_TEXT];
    stm_number_text(scaled, text);
    *out = stm_arena_text(ann->arena, stemma_text_of(text));
    return out->data != NULL ? STEMMA_OK : STEMMA_E_NO_MEMORY;
}

static stemma_status fill_value(struct scan *scan, const struct amount *amount, uint32_t head,
                                stemma_quantity *value)
{
    struct stm_annotation *ann = scan->ann;
    stemma_status status = STEMMA_OK;
    value->modifier = amount->modifier;
    value->unit = stemma_text_of(amount->unit);
    if (head != STEMMA_NONE) {
        value->counted = ann->tokens[head].lemma;
        if (stm_ann_is(ann, head, "others")) {
            value->counted = stemma_text_of("other");
        } else if (stm_ann_is(ann, head, "people")) {
            value->counted = stemma_text_of("person");
        }
    }
    if (!amount->low.vague && !amount->ranged) {
        status = number_text(ann, amount->low.scaled, &value->amount);
        if (status != STEMMA_OK) {
            return status;
        }
    }
    int has_lower = amount->ranged || amount->low.vague ||
                    amount->modifier == STEMMA_MODIFIER_AT_LEAST ||
                    amount->modifier == STEMMA_MODIFIER_MORE_THAN;
    int has_upper = amount->ranged || amount->modifier == STEMMA_MODIFIER_AT_MOST ||
                    amount->modifier == STEMMA_MODIFIER_LESS_THAN;
    if (amount->modifier == STEMMA_MODIFIER_NONE && !amount->ranged && !amount->low.vague) {
        value->lower = value->amount;
        value->upper = value->amount;
        return STEMMA_OK;
    }
    if (has_lower) {
        status = number_text(ann, amount->low.scaled, &value->lower);
    }
    if (status == STEMMA_OK && has_upper) {
        status = number_text(ann, amount->ranged ? amount->high.scaled : amount->low.scaled,
                             &value->upper);
    }
    return status;
}

stemma_status stm_extract_quantities(struct stm_annotation *ann)
{
    for (uint32_t s = 0; s < ann->sentence_count; s++) {
        struct scan scan = {ann, ann->sentences[s].first, stm_ann_sentence_end(ann, s)};
        uint32_t i = scan.first;
        while (i < scan.end) {
            struct amount amount;
            uint32_t head = STEMMA_NONE;
            if (!read_amount(&scan, i, &amount)) {
                i++;
                continue;
            }
            uint8_t modifier = amount.low.about ? STEMMA_MODIFIER_ABOUT : STEMMA_MODIFIER_NONE;
            uint32_t before = modifier_before(&scan, amount.first, &modifier);
            amount.modifier = modifier;
            uint32_t after = read_tail(&scan, &amount, &head);
            uint32_t first = amount.first - before;
            stemma_quantity value = {0};
            value.raw = stm_ann_words(ann, first, after - first);
            stemma_status status = fill_value(&scan, &amount, head, &value);
            if (status == STEMMA_OK) {
                status = stm_ann_add_quantity(ann, first, after - first, head, value, NULL);
            }
            if (status != STEMMA_OK) {
                return status;
            }
            i = after;
        }
    }
    return STEMMA_OK;
}
