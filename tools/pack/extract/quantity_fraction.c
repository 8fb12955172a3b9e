/* SPDX-License-Identifier: MIT */
/* Shares ("a third of", "one in five") and numbers of a magnitude only ("several hundred"). */
#include "pack/extract/quantity_scan.h"

/** A share as percent, to a tenth; what does not come out even is about that. */
static void set_percent(struct stm_amount *amount, uint64_t numerator, uint64_t denominator)
{
    amount->low.scaled =
        (numerator * 1000 + denominator / 2) / denominator * (STM_NUMBER_SCALE / 10);
    amount->low.vague = 0;
    amount->low.about = numerator * 100 % denominator != 0;
    amount->unit = "percent";
}

uint32_t stm_quantity_fraction(const struct stm_quantity_scan *scan, uint32_t i,
                               struct stm_amount *amount)
{
    static const struct {
        const char *word;
        uint64_t parts;
    } parts[] = {{"half", 2},     {"halves", 2},  {"third", 3},  {"thirds", 3}, {"quarter", 4},
                 {"quarters", 4}, {"fifth", 5},   {"fifths", 5}, {"sixth", 6},  {"eighth", 8},
                 {"tenth", 10},   {"tenths", 10}, {"fourths", 4}};
    static const char *const of[] = {"of",  "the",   "its",  "their", "his", "her",
                                     "all", "those", "more", "fewer", "less"};
    const struct stm_annotation *ann = scan->ann;
    uint32_t at = i;
    uint32_t numerator = 1;
    uint32_t denominator = 0;
    stemma_text word = ann->tokens[i].lower;
    const char *dash = word.size != 0 ? memchr(word.data, '-', word.size) : NULL;
    if (dash != NULL) { /* "two-thirds" */
        stemma_text left = {word.data, (size_t)(dash - word.data)};
        if (!stm_number_of_word(left, &numerator) || numerator > 9) {
            return 0;
        }
        word.data = dash + 1;
        word.size -= left.size + 1;
    } else if (!stm_quantity_is(scan, i, "half")) {
        if (!stm_quantity_is(scan, i, "a") && !stm_number_of_word(word, &numerator)) {
            return 0;
        }
        at++;
        if (at >= scan->end || numerator == 0 || numerator > 99) {
            return 0;
        }
        uint32_t gap = stm_quantity_is(scan, at, "in") ? 1
                       : stm_quantity_is(scan, at, "out") && stm_quantity_is(scan, at + 1, "of")
                           ? 2
                           : 0;
        if (gap != 0 && !stm_quantity_is(scan, i, "a") && at + gap < scan->end &&
            stm_number_of_word(ann->tokens[at + gap].lower, &denominator) &&
            denominator > numerator && denominator <= 100 &&
            ann->tokens[at + gap].time == STEMMA_NONE) {
            set_percent(amount, numerator, denominator);
            amount->head = stm_quantity_head(scan, at + gap, at + gap + 1);
            return at + gap + 1 - i; /* "one in five" */
        }
        word = ann->tokens[at].lower;
    }
    for (size_t p = 0; p < sizeof parts / sizeof parts[0]; p++) {
        if (stemma_text_equal(word, stemma_text_of(parts[p].word))) {
            denominator = (uint32_t)parts[p].parts;
        }
    }
    at++;
    if (denominator == 0 || numerator >= denominator || ann->tokens[at - 1].time != STEMMA_NONE ||
        !STM_QUANTITY_IS_ANY(scan, at, of)) {
        return 0;
    }
    set_percent(amount, numerator, denominator);
    return at - i;
}

uint32_t stm_quantity_few(const struct stm_quantity_scan *scan, uint32_t i,
                          struct stm_amount *amount)
{
    static const char *const few[] = {"several", "few", "couple", "many"};
    uint32_t at = i + (stm_quantity_is(scan, i, "a") ? 1 : 0);
    if (!STM_QUANTITY_IS_ANY(scan, at, few)) {
        return 0;
    }
    at++;
    at += stm_quantity_is(scan, at, "of");
    uint64_t factor = at < scan->end ? stm_number_magnitude(scan->ann->tokens[at].lower) : 0;
    if (factor == 0) {
        return 0;
    }
    amount->low.scaled = 2 * factor * STM_NUMBER_SCALE;
    amount->low.vague = 1;
    return at + 1 - i;
}
