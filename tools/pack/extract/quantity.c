/* SPDX-License-Identifier: MIT */
/* Amounts: a number with its modifier, unit and the noun that it counts. */
#include "pack/extract/annotation.h"
#include "pack/extract/quantity_scan.h"
#include "pack/extract/quantity_unit.h"

static int is_dash(const struct stm_quantity_scan *scan, uint32_t i)
{
    return stm_quantity_is(scan, i, "-") || stm_quantity_is(scan, i, "\xE2\x80\x93");
}

/** "10-12" in one token: two whole numbers, the second larger. */
static int read_joined_range(stemma_text word, struct stm_amount *amount)
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
    amount->low.digits = 1;
    amount->ranged = 1;
    return 1;
}

/** "three-year", "10-day", "500-strong", "decade-long": the number and unit inside one token. An
    age ("69-year-old") is no amount. */
static int read_hyphenated(stemma_text word, struct stm_amount *amount, int *is_age)
{
    uint32_t value = 0;
    *is_age = 0;
    for (size_t at = word.size; at-- > 1;) {
        if (word.data[at] != '-') {
            continue;
        }
        stemma_text left = {word.data, at};
        stemma_text right = {word.data + at + 1, word.size - at - 1};
        if (stemma_text_equal(right, stemma_text_of("long")) && stm_unit_of(left) != NULL &&
            left.data[left.size - 1] != 's') {
            amount->low.scaled = STM_NUMBER_SCALE;
            amount->unit = stm_unit_of(left);
            return 1;
        }
        if (!stm_number_of_word(left, &value)) {
            continue;
        }
        const char *dash = right.size != 0 ? memchr(right.data, '-', right.size) : NULL;
        if (dash != NULL) {
            *is_age = word.size > 4 && memcmp(word.data + word.size - 4, "-old", 4) == 0;
            right.size = (size_t)(dash - right.data);
        }
        amount->low.scaled = value * STM_NUMBER_SCALE;
        if (stemma_text_equal(right, stemma_text_of("strong"))) {
            return 1;
        }
        if (stemma_text_equal(right, stemma_text_of("odd")) ||
            stemma_text_equal(right, stemma_text_of("plus"))) {
            amount->modifier =
                right.data[0] == 'o' ? STEMMA_MODIFIER_ABOUT : STEMMA_MODIFIER_AT_LEAST;
            amount->whole = 1;
            return 1;
        }
        amount->unit = stm_unit_of(right);
        if (amount->unit == NULL || right.data[right.size - 1] == 's') {
            return 0;
        }
        return !*is_age;
    }
    return 0;
}

/** A telephone number, an account, coordinates: digits beside digits. */
static int is_code(const struct stm_quantity_scan *scan, uint32_t i)
{
    const struct stm_token *tokens = scan->ann->tokens;
    if (!(tokens[i].flags & STM_TOKEN_DIGIT)) {
        return 0;
    }
    if (tokens[i].lower.size > 1 && tokens[i].lower.data[0] == '0' &&
        tokens[i].lower.data[1] != '.') {
        return 1;
    }
    int before = i > scan->first && ((tokens[i - 1].flags & STM_TOKEN_DIGIT) != 0 ||
                                     stm_quantity_is(scan, i - 1, "+"));
    int after = i + 1 < scan->end && (tokens[i + 1].flags & STM_TOKEN_DIGIT) != 0;
    return before || after;
}

/** Digits that number a thing instead of counting: "Article 5", "Boeing 737", "No. 3", "1." */
static int is_label(const struct stm_quantity_scan *scan, uint32_t i)
{
    static const char *const before[] = {
        "article", "chapter", "section",   "no",       "no.",     "number", "page",  "part",
        "room",    "route",   "phase",     "channel",  "flight",  "unit",   "aged",  "age",
        "@",       "#",       "verse",     "level",    "class",   "grade",  "year",  "paragraph",
        "ward",    "block",   "gate",      "platform", "version", "bus",    "line",  "lot",
        "rule",    "clause",  "item",      "step",     "day",     "week",   "round", "top",
        "tel",     "tel.",    "magnitude", "ad",       "a.d.",    "bc"};
    static const char *const halves[] = {"a.m.", "p.m.", "am",  "pm", "o'clock",
                                         "a.m",  "p.m",  "gmt", "utc"};
    const struct stm_token *token = &scan->ann->tokens[i];
    if (token->mention != STEMMA_NONE &&
        scan->ann->mentions[token->mention].kind == STEMMA_MENTION_NAME) {
        return 1;
    }
    if (STM_QUANTITY_IS_ANY(scan, i + 1, halves)) {
        return 1;
    }
    if (i + 1 < scan->end && (token->flags & STM_TOKEN_SENTENCE_START) &&
        (stm_quantity_is(scan, i + 1, ".") || stm_quantity_is(scan, i + 1, ")"))) {
        return 1;
    }
    if (stm_quantity_is(scan, i + 1, "years") && stm_quantity_is(scan, i + 2, "old")) {
        return 1; /* an age */
    }
    if (i == scan->first) {
        return 0;
    }
    uint8_t next = stm_quantity_tag(scan, i + 1);
    int noun_follows = next == STM_TAG_NOUN || next == STM_TAG_PLURAL ||
                       next == STM_TAG_ADJECTIVE || next == STM_TAG_PARTICIPLE ||
                       next == STM_TAG_PROPN;
    if (STM_QUANTITY_IS_ANY(scan, i - 1, before) &&
        ((token->flags & STM_TOKEN_DIGIT) || !noun_follows)) {
        return 1;
    }
    static const char *const dials[] = {"dial",    "dials",   "dialed",
                                        "dialled", "dialing", "dialling"};
    if (STM_QUANTITY_IS_ANY(scan, i - 1, dials) ||
        (stm_ann_has_lemma(scan->ann, i - 1, "call") && !noun_follows)) {
        return 1; /* "called 911" */
    }
    const struct stm_token *previous = &scan->ann->tokens[i - 1];
    /* "Ivo Lund, 45, said": an age */
    if (i >= scan->first + 2 && stm_quantity_is(scan, i - 1, ",") &&
        (stm_quantity_is(scan, i + 1, ",") || stm_quantity_is(scan, i + 1, ".")) &&
        (scan->ann->tokens[i - 2].tag == STM_TAG_PROPN ||
         (scan->ann->tokens[i - 2].tag == STM_TAG_NOUN && stm_quantity_is(scan, i + 1, ",") &&
          (token->flags & STM_TOKEN_DIGIT) && token->lower.size <= 2))) {
        return 1;
    }
    return (token->flags & STM_TOKEN_DIGIT) && previous->tag == STM_TAG_PROPN && !noun_follows &&
           !stm_quantity_is(scan, i + 1, "%");
}

/** "one" is a pronoun more often than a number. */
static int is_pronoun(const struct stm_quantity_scan *scan, uint32_t i)
{
    static const char *const before[] = {"no", "any", "this", "that", "every", "each", "the"};
    uint8_t next = stm_quantity_tag(scan, i + 1);
    if (!stm_quantity_is(scan, i, "one") ||
        (stm_quantity_is(scan, i + 1, "or") && next == STM_TAG_CONJUNCTION &&
         stm_quantity_tag(scan, i + 2) == STM_TAG_NUMBER)) {
        return 0;
    }
    return (next != STM_TAG_NOUN && next != STM_TAG_ADJECTIVE && next != STM_TAG_PARTICIPLE) ||
           STM_QUANTITY_IS_ANY(scan, i - 1, before) || stm_quantity_is(scan, i + 1, "day") ||
           stm_quantity_is(scan, i + 1, "another") || stm_quantity_is(scan, i + 1, "side");
}

/** "for a year", "for an hour and a half": one unit of time. */
static uint32_t read_one_unit(const struct stm_quantity_scan *scan, uint32_t i,
                              struct stm_amount *amount)
{
    static const char *const before[] = {"for",   "within", "than", "nearly", "almost",
                                         "about", "least",  "half", "over"};
    int and_half = stm_quantity_is(scan, i + 2, "and") && stm_quantity_is(scan, i + 3, "a") &&
                   stm_quantity_is(scan, i + 4, "half");
    if (!(stm_quantity_is(scan, i, "a") || stm_quantity_is(scan, i, "an")) ||
        !(and_half || STM_QUANTITY_IS_ANY(scan, i - 1, before)) || i + 1 >= scan->end ||
        scan->ann->tokens[i + 1].time != STEMMA_NONE) {
        return 0;
    }
    static const char *const spans[] = {"minute", "hour", "day",    "week",
                                        "month",  "year", "decade", "century"};
    if (!STM_QUANTITY_IS_ANY(scan, i + 1, spans)) {
        return 0;
    }
    amount->low.scaled = STM_NUMBER_SCALE;
    if (i > scan->first && stm_quantity_is(scan, i - 1, "half")) {
        amount->low.scaled /= 2;
        amount->first = i - 1;
    }
    return 1;
}

/** The upper end of "10 to 12", "two or three", "between 5 and 7", "$2m-$3m". */
static void read_upper(const struct stm_quantity_scan *scan, struct stm_amount *amount)
{
    const struct stm_annotation *ann = scan->ann;
    uint32_t at = amount->end;
    int between =
        amount->first > scan->first && stm_quantity_is(scan, amount->first - 1, "between");
    int either = stm_quantity_is(scan, at, "or");
    if (!(stm_quantity_is(scan, at, "to") || is_dash(scan, at) || either ||
          (stm_quantity_is(scan, at, "and") && between))) {
        return;
    }
    at++;
    uint32_t sign = 0;
    if (at + 1 < scan->end && amount->unit != NULL &&
        stm_currency_before(scan, at + 1, &sign) == amount->unit && sign == 1) {
        at++;
    }
    struct stm_number high = {0};
    uint32_t taken = at < scan->end ? stm_number_read(&ann->tokens[at], scan->end - at, &high) : 0;
    if (taken == 0 || high.vague || amount->low.vague || ann->tokens[at].time != STEMMA_NONE) {
        return;
    }
    /* "2 to 3 million": the factor goes with both */
    if (amount->low.scaled < 1000 * STM_NUMBER_SCALE && taken > 1) {
        uint64_t factor = stm_number_magnitude(ann->tokens[at + taken - 1].lower);
        if (factor > 1 && amount->low.scaled < high.scaled / factor * 2 &&
            amount->end == amount->first + (sign != 0 ? 2u : 1u)) {
            amount->low.scaled *= factor;
        }
    }
    if (high.scaled <= amount->low.scaled || (either && high.scaled > amount->low.scaled * 3)) {
        return;
    }
    amount->high = high;
    amount->ranged = 1;
    amount->end = at + taken;
    amount->first -= between;
}

/** Reads the number at `i`. 0 when there is none that counts. */
static int read_amount(const struct stm_quantity_scan *scan, uint32_t i, struct stm_amount *amount)
{
    const struct stm_annotation *ann = scan->ann;
    const struct stm_token *token = &ann->tokens[i];
    int is_age = 0;
    memset(amount, 0, sizeof *amount);
    amount->first = i;
    amount->end = i + 1;
    amount->head = STEMMA_NONE;
    if (token->time != STEMMA_NONE || (token->flags & STM_TOKEN_PUNCTUATION) ||
        !stm_number_may_begin(token->lower)) {
        return 0;
    }
    if (read_hyphenated(token->lower, amount, &is_age)) {
        amount->hyphenated = !amount->whole;
        return 1;
    }
    amount->unit = NULL;
    if (is_age || is_label(scan, i) || is_code(scan, i)) {
        return 0;
    }
    uint32_t taken = stm_quantity_fraction(scan, i, amount);
    if (taken == 0) {
        taken = stm_quantity_few(scan, i, amount);
    }
    if (taken == 0) {
        taken = read_one_unit(scan, i, amount);
    }
    if (taken != 0) {
        amount->end = i + taken;
        return 1;
    }
    if (!read_joined_range(token->lower, amount)) {
        taken = stm_number_read(token, scan->end - i, &amount->low);
        if (taken == 0 || is_pronoun(scan, i)) {
            return 0;
        }
        amount->end = i + taken;
    }
    amount->unit = stm_currency_before(scan, i, &taken);
    amount->first = i - taken;
    if (amount->ranged && amount->end < scan->end) { /* "2-3 billion" */
        uint64_t factor = stm_number_magnitude(ann->tokens[amount->end].lower);
        if (factor != 0 && amount->high.scaled < UINT64_C(100000) * STM_NUMBER_SCALE) {
            amount->low.scaled *= factor;
            amount->high.scaled *= factor;
            amount->end++;
        }
    }
    if (!amount->ranged) {
        read_upper(scan, amount);
        /* "three and a half years" */
        if (!amount->ranged && stm_quantity_is(scan, amount->end, "and") &&
            stm_quantity_is(scan, amount->end + 1, "a") &&
            stm_quantity_is(scan, amount->end + 2, "half")) {
            amount->low.scaled += STM_NUMBER_SCALE / 2;
            amount->end += 3;
        }
    }
    return 1;
}

/** What stands behind the number: unit or counted noun. Returns the token after it all. */
static uint32_t read_tail(const struct stm_quantity_scan *scan, struct stm_amount *amount)
{
    uint32_t at = amount->end;
    uint32_t taken = 0;
    if (amount->unit == NULL && !amount->hyphenated) {
        amount->unit = stm_unit_after(scan, at, &taken);
        at += amount->unit != NULL ? taken : 0;
        if (amount->unit != NULL && stm_quantity_is(scan, at, "and") &&
            stm_quantity_is(scan, at + 1, "a") && stm_quantity_is(scan, at + 2, "half")) {
            amount->low.scaled += STM_NUMBER_SCALE / 2; /* "a year and a half" */
            at += 3;
        }
    }
    at += stm_quantity_modifier_after(scan, at, &amount->modifier);
    if (amount->unit == NULL && !amount->hyphenated) {
        amount->head = stm_quantity_head(scan, amount->end - 1, at);
    } else if (amount->head == STEMMA_NONE && amount->unit != NULL &&
               strcmp(amount->unit, "percent") == 0) {
        static const char *const the[] = {"the", "its", "their", "all", "his", "her", "those"};
        if (stm_quantity_is(scan, at, "of") || STM_QUANTITY_IS_ANY(scan, at, the)) {
            uint32_t from = at + 1;
            from += STM_QUANTITY_IS_ANY(scan, from, the);
            amount->head = stm_quantity_head(scan, amount->end - 1, from);
        }
        if (amount->head == STEMMA_NONE) {
            amount->counted = stm_quantity_of_those(scan, at);
        }
    } else if (amount->unit != NULL && stm_unit_is_measure(amount->unit) &&
               stm_quantity_is(scan, at, "of")) {
        amount->head = stm_quantity_head(scan, amount->end - 1, at); /* "40 tonnes of wheat" */
    }
    return amount->head != STEMMA_NONE ? amount->head + 1 : at;
}

/** A range of small numbers that counts nothing is a score: "won 2-3". */
static int is_score(const struct stm_amount *amount, uint32_t after)
{
    return amount->ranged && amount->end == amount->first + 1 && amount->unit == NULL &&
           amount->head == STEMMA_NONE && amount->counted.size == 0 && after == amount->end;
}

/** Many digits without separators that count nothing: the number of a page, a case, an account. */
static int is_identifier(const struct stm_annotation *ann, const struct stm_amount *amount,
                         uint32_t after)
{
    stemma_text word = ann->tokens[amount->first].lower;
    return amount->low.digits && amount->unit == NULL && amount->head == STEMMA_NONE &&
           after == amount->first + 1 && word.size >= 6 &&
           memchr(word.data, ',', word.size) == NULL;
}

static stemma_status number_text(struct stm_annotation *ann, uint64_t scaled, stemma_text *out)
{
    char text[STM_NUMBER_TEXT];
    stm_number_text(scaled, text);
    *out = stm_arena_text(ann->arena, stemma_text_of(text));
    return out->data != NULL ? STEMMA_OK : STEMMA_E_NO_MEMORY;
}

static stemma_status fill_value(struct stm_annotation *ann, const struct stm_amount *amount,
                                stemma_quantity *value)
{
    stemma_status status = STEMMA_OK;
    value->modifier = amount->modifier;
    value->unit = stemma_text_of(amount->unit);
    value->counted =
        amount->head != STEMMA_NONE ? stm_quantity_counted_of(ann, amount->head) : amount->counted;
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
    uint64_t upper = amount->ranged ? amount->high.scaled : amount->low.scaled;
    if (!has_upper && amount->low.vague && amount->low.most != 0 &&
        amount->modifier == STEMMA_MODIFIER_NONE) {
        has_upper = 1;
        upper = amount->low.most;
    }
    if (amount->modifier == STEMMA_MODIFIER_NONE && !amount->ranged && !amount->low.vague) {
        value->lower = value->amount;
        value->upper = value->amount;
        return STEMMA_OK;
    }
    if (has_lower) {
        status = number_text(ann, amount->low.scaled, &value->lower);
    }
    if (status == STEMMA_OK && has_upper) {
        status = number_text(ann, upper, &value->upper);
    }
    return status;
}

/** Whether the parse makes the number itself what a verb speaks of. */
static int is_argument(const struct stm_token *token)
{
    return token->relation == STM_RELATION_OBJ || token->relation == STM_RELATION_NSUBJ ||
           token->relation == STM_RELATION_NSUBJ_PASS || token->relation == STM_RELATION_OBL;
}

/** "rose to 7.9 per cent from 7.6": a bare number after "from", "to" or "against" is of the unit of
   the share or sum before it. */
static void inherit_unit(const struct stm_quantity_scan *scan, uint32_t i,
                         struct stm_amount *amount)
{
    static const char *const links[] = {"from", "to", "against", "versus", "than"};
    static const char *const shares[] = {"percent", "percentage point"};
    const struct stm_annotation *ann = scan->ann;
    if (ann->quantity_count == 0 || !STM_QUANTITY_IS_ANY(scan, i - 1, links)) {
        return;
    }
    const struct stm_quantity_mention *before = &ann->quantities[ann->quantity_count - 1];
    if (before->first < scan->first || i - before->first > 12) {
        return;
    }
    for (size_t s = 0; s < sizeof shares / sizeof shares[0]; s++) {
        if (stemma_text_equal(before->value.unit, stemma_text_of(shares[s]))) {
            amount->unit = shares[s];
            amount->counted = (stemma_text){NULL, 0};
        }
    }
}

/** Reads and adds the amount at `i`. `*after` is the token after it; `i` when none is there. */
static stemma_status read_quantity(const struct stm_quantity_scan *scan, uint32_t i,
                                   uint32_t *after)
{
    struct stm_annotation *ann = scan->ann;
    struct stm_amount amount;
    *after = i;
    if (!read_amount(scan, i, &amount)) {
        return STEMMA_OK;
    }
    if (amount.low.about) {
        amount.modifier = STEMMA_MODIFIER_ABOUT;
    }
    uint32_t before = stm_quantity_modifier_before(scan, amount.first, &amount.modifier);
    uint32_t first = amount.first - before;
    uint32_t end = read_tail(scan, &amount);
    if (amount.unit == NULL && amount.head == STEMMA_NONE && !amount.hyphenated) {
        amount.counted = stm_quantity_from_context(scan, first, end, amount.low.vague);
    }
    *after = end;
    if (amount.unit == NULL && amount.head == STEMMA_NONE && !amount.hyphenated) {
        inherit_unit(scan, i, &amount);
    }
    int all_but = i > scan->first + 1 && stm_quantity_is(scan, i - 1, "but") &&
                  stm_quantity_is(scan, i - 2, "all"); /* "freed all but 16": those who are left */
    int counts_nothing = !all_but && amount.unit == NULL && amount.head == STEMMA_NONE &&
                         amount.counted.size == 0 && !amount.hyphenated && before == 0 &&
                         !amount.ranged && amount.low.scaled < 100 * STM_NUMBER_SCALE &&
                         !is_argument(&ann->tokens[i]);
    if (counts_nothing || is_score(&amount, end) || is_identifier(ann, &amount, end)) {
        return STEMMA_OK;
    }
    stemma_quantity value = {0};
    value.raw = stm_ann_words(ann, first, end - first);
    stemma_status status = fill_value(ann, &amount, &value);
    return status == STEMMA_OK
               ? stm_ann_add_quantity(ann, first, end - first, amount.head, value, NULL)
               : status;
}

stemma_status stm_extract_quantities(struct stm_annotation *ann)
{
    for (uint32_t s = 0; s < ann->sentence_count; s++) {
        struct stm_quantity_scan scan = {ann, ann->sentences[s].first,
                                         stm_ann_sentence_end(ann, s)};
        uint32_t i = scan.first;
        while (i < scan.end) {
            uint32_t after = i;
            stemma_status status = read_quantity(&scan, i, &after);
            if (status != STEMMA_OK) {
                return status;
            }
            i = after > i ? after : i + 1;
        }
    }
    return STEMMA_OK;
}
