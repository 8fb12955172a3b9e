/* SPDX-License-Identifier: MIT */
#include "claims/claim_reading.h"

#include "file/publish.h"
#include "digest.h"
#include "base/error.h"
#include "base/stemmer.h"
#include "stemma/name.h"

#define ABOUT 0.1 /* share by which "about" may be off */

/* Words that neither add to a text nor take from it, and those that change what they stand before. English,
   as the built-in reader is; a word of another language counts as what it is. */
static const char *const idle[] = {"a",  "an", "and", "at", "by",  "for", "from",
                                   "in", "of", "on",  "or", "the", "to",  "with"};
static const char *const turning[] = {"acting", "alleged", "assistant", "deputy", "ex",  "former",
                                      "future", "late",    "never",     "no",     "not", "suspected",
                                      "vice"};
static const char *const numbers[] = {
    "one",      "two",      "three",    "four",     "five",   "six",     "seven",     "eight",
    "nine",     "ten",      "eleven",   "twelve",   "thirteen", "fourteen", "fifteen", "sixteen",
    "seventeen", "eighteen", "nineteen", "twenty",   "thirty", "forty",   "fifty",     "sixty",
    "seventy",  "eighty",   "ninety",   "hundred",  "thousand", "million"};
static const char *const people[] = {"people", "person", "persons", "human", "individual"};
static const char *const place_predicates[] = {"place",   "birthplace", "destination",
                                               "located", "origin",     "residence"};
static const char *const others[] = {"other", "others", "more", "another"};

#define IS_ONE_OF(text, list) is_one_of(text, list, sizeof(list) / sizeof(list)[0])

static bool is_one_of(stemma_text text, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (stemma_text_equal(text, stemma_text_of(list[i]))) {
            return true;
        }
    }
    return false;
}

void stm_comparison_begin(stm_comparison *comparison, stemma_snapshot *snapshot,
                          stemma_claim *claims, uint32_t count)
{
    memset(comparison, 0, sizeof *comparison);
    comparison->snapshot = snapshot;
    comparison->claims = claims;
    comparison->claim_count = count;
}

void stm_comparison_end(stm_comparison *comparison)
{
    stm_word_maker_free(comparison->maker);
    comparison->maker = NULL;
}

/* ---- Words -------------------------------------------------------------------------------------- */

static stemma_status need_maker(stm_comparison *comparison, const stemma_claim *claim,
                                stemma_error *error)
{
    stemma_document document;
    stemma_text language = {NULL, 0};
    stemma_status status = STEMMA_OK;
    if (comparison->maker != NULL) {
        return STEMMA_OK;
    }
    if (claim->witness_count != 0) {
        status = stemma_document_get(comparison->snapshot, claim->witnesses[0].document, &document,
                                     error);
        language = status == STEMMA_OK ? document.language : language;
    }
    if (status == STEMMA_OK) {
        status = stm_word_maker_new(&comparison->maker, language);
        if (status == STEMMA_E_SYSTEM) {
            return stm_stemmer_explain(error);
        }
        status = status == STEMMA_E_NO_MEMORY ? stm_no_memory(error) : status;
    }
    return status;
}

/* The lower-case form of an ASCII word: what the lists above are compared with. */
static stemma_text plain_word(stemma_text text, stemma_span span, char out[STM_TERM_LIMIT])
{
    stemma_text word = {out, 0};
    for (uint32_t i = span.start; i < span.end && word.size < STM_TERM_LIMIT; i++) {
        char c = text.data[i];
        out[word.size++] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    return word;
}

static bool has_digit(stemma_text word)
{
    return word.size != 0 && word.data[0] >= '0' && word.data[0] <= '9';
}

static stemma_status read_words(stm_comparison *comparison, const stemma_claim *claim,
                                stemma_text text, stm_words *out, stemma_error *error)
{
    stm_word_walk walk;
    stm_word word;
    stemma_status status = need_maker(comparison, claim, error);
    memset(out, 0, sizeof *out);
    if (status != STEMMA_OK) {
        return status;
    }
    stm_word_walk_begin(&walk, comparison->maker, text);
    while ((status = stm_word_walk_next(&walk, &word)) == STEMMA_OK) {
        char lower[STM_TERM_LIMIT];
        stemma_text plain = plain_word(text, word.span, lower);
        stemma_bytes stem = {(const uint8_t *)word.text, word.size};
        if (IS_ONE_OF(plain, idle)) {
            continue;
        }
        if (out->count == STM_READING_WORDS) {
            return STEMMA_OK;
        }
        if (has_digit(plain) || IS_ONE_OF(plain, numbers)) {
            out->numbers |= 1u << out->count;
        }
        if (IS_ONE_OF(plain, turning)) {
            out->turns |= 1u << out->count;
        }
        out->stems[out->count++] = stm_hash64(stem, 0);
    }
    out->whole = true;
    return status == STEMMA_END ? STEMMA_OK : status;
}

/* ---- Quantities ---------------------------------------------------------------------------------- */

bool stm_decimal(stemma_text text, double *out)
{
    double value = 0.0;
    double scale = 1.0;
    bool fraction = false;
    size_t at = text.size != 0 && text.data[0] == '-' ? 1 : 0;
    if (at == text.size) {
        return false;
    }
    for (size_t i = at; i < text.size; i++) {
        char c = text.data[i];
        if (c == '.' && !fraction) {
            fraction = true;
        } else if (c >= '0' && c <= '9') {
            value = value * 10.0 + (double)(c - '0');
            scale *= fraction ? 10.0 : 1.0;
        } else {
            return false;
        }
    }
    *out = (at != 0 ? -value : value) / scale;
    return true;
}

static stm_range range_of(const stemma_quantity *quantity)
{
    stm_range range = {0.0, 0.0, false, false};
    double amount;
    range.has_low = stm_decimal(quantity->lower, &range.low);
    range.has_high = stm_decimal(quantity->upper, &range.high);
    if (!stm_decimal(quantity->amount, &amount)) {
        return range;
    }
    switch (quantity->modifier) {
    case STEMMA_MODIFIER_AT_LEAST:
    case STEMMA_MODIFIER_MORE_THAN:
        return (stm_range){amount, 0.0, true, false};
    case STEMMA_MODIFIER_AT_MOST:
    case STEMMA_MODIFIER_LESS_THAN:
        return (stm_range){0.0, amount, false, true};
    case STEMMA_MODIFIER_ABOUT: {
        double off = amount < 0 ? -amount * ABOUT : amount * ABOUT;
        return (stm_range){amount - off, amount + off, true, true};
    }
    default:
        return (stm_range){amount, amount, true, true};
    }
}

static stemma_text last_word(stemma_text text)
{
    size_t at = text.size;
    while (at > 0 && text.data[at - 1] != ' ') {
        at--;
    }
    return (stemma_text){text.data != NULL ? text.data + at : NULL, text.size - at};
}

static stemma_status read_quantity(stm_comparison *comparison, stm_reading *out,
                                   stemma_error *error)
{
    const stemma_quantity *quantity = &out->claim->object.as.quantity;
    stemma_text head = last_word(quantity->counted);
    out->range = range_of(quantity);
    out->has_range = out->range.has_low || out->range.has_high;
    out->bare = head.size == 0 || IS_ONE_OF(quantity->counted, people);
    out->other = IS_ONE_OF(head, others);
    return out->bare ? STEMMA_OK
                     : read_words(comparison, out->claim, quantity->counted, &out->words, error);
}

/* ---- A claim -------------------------------------------------------------------------------------- */

/* Terms ascend by kind and name. */
static bool is_single(stemma_snapshot *snapshot, stemma_text predicate, stemma_status *status,
                      stemma_error *error)
{
    uint32_t low = 0;
    uint32_t high = (uint32_t)snapshot->file->counts.vocabulary;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        stemma_term term;
        int order;
        *status = stemma_term_get(snapshot, middle, &term, error);
        if (*status != STEMMA_OK) {
            return false;
        }
        order = term.kind != STEMMA_TERM_PREDICATE ? -1
                                                   : stemma_text_compare(term.name, predicate);
        if (order == 0) {
            return term.single_valued != 0;
        }
        low = order < 0 ? middle + 1 : low;
        high = order < 0 ? high : middle;
    }
    return false;
}

static uint32_t entity_of(const stemma_claim *claim)
{
    if (claim->object_referent_kind != STEMMA_REFERENT_ENTITY) {
        return STEMMA_NONE;
    }
    return claim->object.kind == STEMMA_OBJECT_REFERENT ? claim->object.as.referent
           : claim->object.kind == STEMMA_OBJECT_PLACE  ? claim->object.as.place.referent
                                                        : STEMMA_NONE;
}

stemma_status stm_reading_of(stm_comparison *comparison, const stemma_claim *claim,
                             stm_reading *out, stemma_error *error)
{
    stemma_status status = STEMMA_OK;
    memset(out, 0, sizeof *out);
    out->claim = claim;
    out->single = is_single(comparison->snapshot, claim->predicate, &status, error);
    out->is_type = stemma_text_equal(claim->predicate, stemma_text_of("type")) != 0;
    out->is_place = stemma_text_equal(claim->predicate, stemma_text_of("place")) != 0;
    out->places = IS_ONE_OF(claim->predicate, place_predicates);
    out->entity = entity_of(claim);
    if (status != STEMMA_OK) {
        return status;
    }
    switch (claim->object.kind) {
    case STEMMA_OBJECT_TEXT:
        return out->is_type ? STEMMA_OK
                            : read_words(comparison, claim, claim->object.as.text, &out->words,
                                         error);
    case STEMMA_OBJECT_TIME:
        out->has_bounds =
            stemma_edtf_bounds(claim->object.as.time.edtf, &out->bounds) == STEMMA_OK;
        return STEMMA_OK;
    case STEMMA_OBJECT_QUANTITY:
        return read_quantity(comparison, out, error);
    default:
        return STEMMA_OK;
    }
}

/* ---- Exactness ------------------------------------------------------------------------------------ */

static double width_of(const stm_reading *reading)
{
    if (reading->has_range) {
        return reading->range.has_low && reading->range.has_high
                   ? reading->range.high - reading->range.low
                   : 1e300;
    }
    if (reading->has_bounds) {
        const stemma_time_bounds *bounds = &reading->bounds;
        return bounds->start_earliest != STEMMA_TIME_UNKNOWN_EARLY &&
                       bounds->end_latest != STEMMA_TIME_UNKNOWN_LATE
                   ? (double)bounds->end_latest - (double)bounds->start_earliest
                   : 1e300;
    }
    return reading->claim->object.kind == STEMMA_OBJECT_QUANTITY ||
                   reading->claim->object.kind == STEMMA_OBJECT_TIME
               ? 2e300
               : 0.0;
}

int stm_reading_exactness(const stm_reading *a, const stm_reading *b)
{
    double left = width_of(a), right = width_of(b);
    if (left != right) {
        return left < right ? -1 : 1;
    }
    return (a->words.count < b->words.count) - (a->words.count > b->words.count);
}
