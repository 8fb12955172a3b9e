/* SPDX-License-Identifier: MIT */
#include "pack/extract/quantity_scan.h"

struct phrase {
    const char *words[4];
    uint8_t modifier;
};

/* Longest first where one ends another. */
static const struct phrase before_number[] = {
    {{"no", "fewer", "than"}, STEMMA_MODIFIER_AT_LEAST},
    {{"no", "less", "than"}, STEMMA_MODIFIER_AT_LEAST},
    {{"not", "less", "than"}, STEMMA_MODIFIER_AT_LEAST},
    {{"no", "more", "than"}, STEMMA_MODIFIER_AT_MOST},
    {{"not", "more", "than"}, STEMMA_MODIFIER_AT_MOST},
    {{"as", "many", "as"}, STEMMA_MODIFIER_AT_MOST},
    {{"as", "much", "as"}, STEMMA_MODIFIER_AT_MOST},
    {{"as", "few", "as"}, STEMMA_MODIFIER_AT_LEAST},
    {{"as", "little", "as"}, STEMMA_MODIFIER_AT_LEAST},
    {{"in", "excess", "of"}, STEMMA_MODIFIER_MORE_THAN},
    {{"slightly", "more", "than"}, STEMMA_MODIFIER_MORE_THAN},
    {{"slightly", "less", "than"}, STEMMA_MODIFIER_LESS_THAN},
    {{"a", "minimum", "of"}, STEMMA_MODIFIER_AT_LEAST},
    {{"a", "maximum", "of"}, STEMMA_MODIFIER_AT_MOST},
    {{"a", "total", "of"}, STEMMA_MODIFIER_NONE},
    {{"an", "estimated"}, STEMMA_MODIFIER_ABOUT},
    {{"at", "least"}, STEMMA_MODIFIER_AT_LEAST},
    {{"at", "most"}, STEMMA_MODIFIER_AT_MOST},
    {{"at", "minimum"}, STEMMA_MODIFIER_AT_LEAST},
    {{"up", "to"}, STEMMA_MODIFIER_AT_MOST},
    {{"more", "than"}, STEMMA_MODIFIER_MORE_THAN},
    {{"greater", "than"}, STEMMA_MODIFIER_MORE_THAN},
    {{"upwards", "of"}, STEMMA_MODIFIER_MORE_THAN},
    {{"upward", "of"}, STEMMA_MODIFIER_MORE_THAN},
    {{"fewer", "than"}, STEMMA_MODIFIER_LESS_THAN},
    {{"less", "than"}, STEMMA_MODIFIER_LESS_THAN},
    {{"just", "over"}, STEMMA_MODIFIER_MORE_THAN},
    {{"well", "over"}, STEMMA_MODIFIER_MORE_THAN},
    {{"just", "under"}, STEMMA_MODIFIER_LESS_THAN},
    {{"well", "under"}, STEMMA_MODIFIER_LESS_THAN},
    {{"close", "to"}, STEMMA_MODIFIER_ABOUT},
    {{"over"}, STEMMA_MODIFIER_MORE_THAN},
    {{"exceeding"}, STEMMA_MODIFIER_MORE_THAN},
    {{"under"}, STEMMA_MODIFIER_LESS_THAN},
    {{"about"}, STEMMA_MODIFIER_ABOUT},
    {{"some"}, STEMMA_MODIFIER_ABOUT},
    {{"around"}, STEMMA_MODIFIER_ABOUT},
    {{"roughly"}, STEMMA_MODIFIER_ABOUT},
    {{"approximately"}, STEMMA_MODIFIER_ABOUT},
    {{"nearly"}, STEMMA_MODIFIER_ABOUT},
    {{"almost"}, STEMMA_MODIFIER_ABOUT},
    {{"estimated"}, STEMMA_MODIFIER_ABOUT},
    {{"circa"}, STEMMA_MODIFIER_ABOUT},
    {{"~"}, STEMMA_MODIFIER_ABOUT},
    {{">"}, STEMMA_MODIFIER_MORE_THAN},
    {{"<"}, STEMMA_MODIFIER_LESS_THAN},
};

static const struct phrase after_number[] = {
    {{"or", "more"}, STEMMA_MODIFIER_AT_LEAST},
    {{"or", "so"}, STEMMA_MODIFIER_ABOUT},
    {{"or", "fewer"}, STEMMA_MODIFIER_AT_MOST},
    {{"or", "less"}, STEMMA_MODIFIER_AT_MOST},
    {{"and", "more"}, STEMMA_MODIFIER_AT_LEAST},
    {{"-", "odd"}, STEMMA_MODIFIER_ABOUT},
    {{"odd"}, STEMMA_MODIFIER_ABOUT},
    {{"+"}, STEMMA_MODIFIER_AT_LEAST},
    {{"plus"}, STEMMA_MODIFIER_AT_LEAST},
};

static uint32_t length_of(const struct phrase *phrase)
{
    uint32_t length = 0;
    while (length < 4 && phrase->words[length] != NULL) {
        length++;
    }
    return length;
}

static int stands_at(const struct stm_quantity_scan *scan, const struct phrase *phrase, uint32_t i)
{
    for (uint32_t w = 0; w < length_of(phrase); w++) {
        if (!stm_quantity_is(scan, i + w, phrase->words[w])) {
            return 0;
        }
    }
    return 1;
}

/** "handed over 40 prisoners", "took over 20 firms": the word belongs to the verb. */
static int is_particle(const struct stm_quantity_scan *scan, uint32_t i)
{
    static const char *const verbs[] = {"hand", "turn", "take",  "give", "sign",
                                        "win",  "run",  "bring", "go",   "look"};
    const struct stm_annotation *ann = scan->ann;
    if (!stm_quantity_is(scan, i, "over") || i <= scan->first) {
        return 0;
    }
    if (ann->tokens[i].relation == STM_RELATION_COMPOUND_PRT) {
        return 1;
    }
    for (size_t v = 0; v < sizeof verbs / sizeof verbs[0]; v++) {
        if (stm_ann_has_lemma(ann, i - 1, verbs[v])) {
            return 1;
        }
    }
    return 0;
}

static uint32_t one_before(const struct stm_quantity_scan *scan, uint32_t i, uint8_t *modifier)
{
    for (size_t p = 0; p < sizeof before_number / sizeof before_number[0]; p++) {
        uint32_t length = length_of(&before_number[p]);
        if (i < scan->first + length || !stands_at(scan, &before_number[p], i - length)) {
            continue;
        }
        if (length == 1 && is_particle(scan, i - 1)) {
            return 0;
        }
        *modifier = before_number[p].modifier;
        return length;
    }
    return 0;
}

uint32_t stm_quantity_modifier_before(const struct stm_quantity_scan *scan, uint32_t i,
                                      uint8_t *modifier)
{
    static const char *const articles[] = {"a", "an", "the", "another"};
    uint8_t outer = *modifier;
    uint32_t taken = one_before(scan, i, modifier);
    if (taken == 0 && i > scan->first + 1 && STM_QUANTITY_IS_ANY(scan, i - 1, articles) &&
        stm_quantity_is(scan, i - 1, "another")) {
        taken = one_before(scan, i - 1, modifier); /* "at least another 12" */
        return taken != 0 ? taken + 1 : 0;
    }
    uint32_t more = taken != 0 ? one_before(scan, i - taken, &outer) : 0;
    if (more != 0) {
        /* "at least some 40", "more than an estimated 500": the outer word bounds */
        *modifier = outer != STEMMA_MODIFIER_NONE ? outer : *modifier;
    }
    return taken + more;
}

uint32_t stm_quantity_modifier_after(const struct stm_quantity_scan *scan, uint32_t i,
                                     uint8_t *modifier)
{
    for (size_t p = 0; p < sizeof after_number / sizeof after_number[0]; p++) {
        if (stands_at(scan, &after_number[p], i)) {
            *modifier = after_number[p].modifier;
            return length_of(&after_number[p]);
        }
    }
    return 0;
}
