/* SPDX-License-Identifier: MIT */
/* Runs of capitalised words that may be names, the small words inside of them bridged; then the
   whole search from words to mentions. */
#include "pack/extract/name.h"
#include "pack/extract/name_ending.h"

#define LONGEST_NAME 12u  /* tokens */
#define KEY_SIZE     256u /* bytes of a joined name */

static stemma_text lower_of(const struct stm_name_finder *finder, uint32_t i)
{
    return finder->ann->tokens[i].lower;
}

static int has(const struct stm_name_finder *finder, enum stm_lexicon_list list, uint32_t i)
{
    return stm_lexicon_has(list, finder->ann->tokens[i].lower);
}

/* Whether token `i` is in the same sentence as `first` and next to it without a break between. */
static int inside(const struct stm_name_finder *finder, uint32_t first, uint32_t i)
{
    const struct stm_annotation *ann = finder->ann;
    return i < ann->token_count && ann->tokens[i].sentence == ann->tokens[first].sentence;
}

static int candidate(const struct stm_name_finder *finder, uint32_t first, uint32_t i)
{
    return inside(finder, first, i) && stm_name_is_candidate(finder, i);
}

/* A month or a weekday in a run would have ended it; "the" is capitalised in some names only. */
static int list_in(const struct stm_name_finder *finder, enum stm_lexicon_list list, uint32_t first,
                   uint32_t end)
{
    for (uint32_t i = first; i < end; i++) {
        if (has(finder, list, i)) {
            return 1;
        }
    }
    return 0;
}

static int is_organization_opening(const struct stm_name_finder *finder, uint32_t first,
                                   uint32_t end)
{
    return list_in(finder, STM_LEXICON_ORG_FIRST, first, end);
}

/* "the Peace and Harvest Party": neither half is a name by itself, and the end is a body's. */
static int joins_one_body(const struct stm_name_finder *finder, uint32_t first, uint32_t at)
{
    if (at - first > 2 || first == 0 || !stm_ann_is(finder->ann, first - 1, "the")) {
        return 0;
    }
    for (uint32_t i = first; i < at; i++) {
        if (stm_lexicon_place(lower_of(finder, i)) != NULL ||
            has(finder, STM_LEXICON_ORG_HEAD, i) || has(finder, STM_LEXICON_ORG_KNOWN, i) ||
            has(finder, STM_LEXICON_GIVEN, i) || has(finder, STM_LEXICON_TITLE, i) ||
            stm_name_has_surname_ending(lower_of(finder, i))) {
            return 0;
        }
    }
    uint32_t end = at + 1;
    while (end < at + 5 && candidate(finder, first, end)) {
        end++;
    }
    return end - at > 2 && has(finder, STM_LEXICON_ORG_HEAD, end - 1) &&
           stm_lexicon_place(lower_of(finder, at + 1)) == NULL &&
           stm_lexicon_demonym(lower_of(finder, at + 1)) == NULL;
}

/* "of", "for", "to", "on" after an opening such as "Committee", and what it may lead to. Gives the
   token at which the name goes on, or `at` when it does not. */
static uint32_t bridge(const struct stm_name_finder *finder, uint32_t first, uint32_t at)
{
    const struct stm_annotation *ann = finder->ann;
    if (!inside(finder, first, at) || !has(finder, STM_LEXICON_CONNECTOR, at)) {
        return at;
    }
    uint32_t next = at + 1;
    if (stm_ann_is(ann, next, "the")) {
        next++;
    }
    if (!candidate(finder, first, next) || (ann->tokens[next].flags & STM_TOKEN_CAPITALISED) == 0) {
        return at;
    }
    int opening = is_organization_opening(finder, first, at);
    int of = stm_ann_is(ann, at, "of");
    if (stm_ann_is(ann, at, "&")) {
        return next;
    }
    if (of && (opening || has(finder, STM_LEXICON_PLACE_OF, at - 1) ||
               has(finder, STM_LEXICON_THING_HEAD, at - 1))) {
        return next;
    }
    /* A title with "of" is a title: "Secretary of State"; cut_run() takes it off. */
    if (of && stm_ann_is(ann, at - 1, "secretary") && next == at + 1) {
        return next;
    }
    /* "Centre for", "Committee to Protect", but not "X left the Reform Party for the Union". */
    int opens_here = has(finder, STM_LEXICON_ORG_FIRST, at - 1) &&
                     (at - 1 == first || !stm_ann_is(ann, at - 1, "party"));
    if (opens_here && (stm_ann_is(ann, at, "for") || stm_ann_is(ann, at, "on") ||
                       stm_ann_is(ann, at, "against") || stm_ann_is(ann, at, "without"))) {
        return next;
    }
    if (opens_here && stm_ann_is(ann, at, "to") && has(finder, STM_LEXICON_VERB, next)) {
        return next;
    }
    if (stm_ann_is(ann, at, "and") && joins_one_body(finder, first, at)) {
        return next;
    }
    if (stm_ann_is(ann, at, "and") && opening) {
        int bridged = 0;
        for (uint32_t i = first; i < at; i++) {
            bridged |= stm_ann_is(ann, i, "of") || stm_ann_is(ann, i, "for");
        }
        int fresh = has(finder, STM_LEXICON_TITLE, next) ||
                    stm_lexicon_place(lower_of(finder, next)) != NULL ||
                    stm_lexicon_place(lower_of(finder, at - 1)) != NULL ||
                    has(finder, STM_LEXICON_GIVEN, next) ||
                    has(finder, STM_LEXICON_ORG_FIRST, next) ||
                    has(finder, STM_LEXICON_ORG_KNOWN, next);
        return bridged && !fresh ? next : at;
    }
    return at;
}

/* Small words inside names of persons: "Ana de la Vega", "Omar bin Rashid". */
static uint32_t particles(const struct stm_name_finder *finder, uint32_t first, uint32_t at)
{
    uint32_t next = at;
    while (next < at + 3 && inside(finder, first, next) &&
           (finder->ann->tokens[next].flags & STM_TOKEN_CAPITALISED) == 0 &&
           has(finder, STM_LEXICON_PARTICLE, next)) {
        next++;
    }
    return next != at && candidate(finder, first, next) && !has(finder, STM_LEXICON_TITLE, next)
               ? next
               : at;
}

/* "People's Republic", "Writers' Union": an owner that names of organisations begin with. */
static uint32_t owner(const struct stm_name_finder *finder, uint32_t first, uint32_t at)
{
    static const char *const owners[] = {"people",      "women",    "children", "workers",
                                         "teachers",    "men",      "writers",  "students",
                                         "journalists", "king",     "queen",    "lawyers",
                                         "farmers",     "veterans", "soldiers", "citizens"};
    const struct stm_annotation *ann = finder->ann;
    if (!inside(finder, first, at) || (ann->tokens[at].flags & STM_TOKEN_POSSESSIVE) == 0 ||
        !candidate(finder, first, at + 1)) {
        return at;
    }
    for (size_t i = 0; i < sizeof owners / sizeof *owners; i++) {
        if (stm_ann_is(ann, at - 1, owners[i])) {
            return at + 1;
        }
    }
    return at;
}

/* The token after the run of words that may be one name or several side by side. */
static uint32_t run_end(const struct stm_name_finder *finder, uint32_t first)
{
    uint32_t at = first + 1;
    while (at - first < LONGEST_NAME) {
        if (candidate(finder, first, at)) {
            /* "Peru,one": only white space joins; a hyphen split off made a token of its own. */
            if ((finder->ann->tokens[at].flags & STM_TOKEN_SPACE_BEFORE) == 0) {
                break;
            }
            at++;
            continue;
        }
        if (inside(finder, first, at) && has(finder, STM_LEXICON_HONORIFIC_AFTER, at) &&
            (finder->ann->tokens[at].flags & STM_TOKEN_CAPITALISED) != 0) {
            at++;
            continue;
        }
        if (at + 1 < finder->ann->token_count && stm_ann_is(finder->ann, at, ",") &&
            stm_ann_is(finder->ann, at + 1, "d.c.") &&
            stm_ann_is(finder->ann, at - 1, "washington")) {
            at += 2;
            continue;
        }
        uint32_t next = bridge(finder, first, at);
        if (next == at) {
            next = particles(finder, first, at);
        }
        if (next == at) {
            next = owner(finder, first, at);
        }
        if (next == at) {
            break;
        }
        at = next + 1;
    }
    return at;
}

/* Sentences whose capitals say nothing: headlines in title case, and lines in capitals. */
static void find_shouting(struct stm_name_finder *finder)
{
    const struct stm_annotation *ann = finder->ann;
    for (uint32_t s = 0; s < ann->sentence_count; s++) {
        const struct stm_sentence *sentence = &ann->sentences[s];
        uint32_t words = 0;
        uint32_t capital = 0;
        uint32_t all = 0;
        uint32_t loud = 0;
        for (uint32_t i = sentence->first; i < stm_ann_sentence_end(ann, s); i++) {
            uint32_t flags = ann->tokens[i].flags;
            if ((flags & (STM_TOKEN_PUNCTUATION | STM_TOKEN_DIGIT)) != 0 ||
                ann->tokens[i].lower.size < 2) {
                continue;
            }
            all++;
            loud += (flags & STM_TOKEN_ALL_CAPS) != 0;
            if (ann->tokens[i].lower.size < 4) {
                continue;
            }
            words++;
            capital += (flags & STM_TOKEN_CAPITALISED) != 0;
        }
        finder->shouting[s] = (all >= 4 && loud * 10 >= all * 7) ||
                              (sentence->is_title && words >= 3 && capital * 10 >= words * 6);
    }
}

static uint32_t head_of(const struct stm_annotation *ann, const struct stm_name_chunk *chunk)
{
    uint32_t last = chunk->first + chunk->count - 1;
    if (chunk->type == STM_ENTITY_PERSON) {
        while (last > chunk->first &&
               stm_lexicon_has(STM_LEXICON_HONORIFIC_AFTER, ann->tokens[last].lower)) {
            last--;
        }
        return last;
    }
    for (uint32_t i = chunk->first + 1; i < last; i++) {
        if (ann->tokens[i].tag == STM_TAG_PREPOSITION || stm_ann_is(ann, i, "to")) {
            return i - 1;
        }
    }
    return last;
}

static stemma_status add_mentions(struct stm_name_finder *finder)
{
    struct stm_annotation *ann = finder->ann;
    for (size_t i = 0; i < finder->chunk_count; i++) {
        struct stm_name_chunk *chunk = &finder->chunks[i];
        if (chunk->type == STM_ENTITY_NONE) {
            continue;
        }
        uint32_t mention;
        stemma_status status = stm_ann_add_mention(
            ann, STEMMA_MENTION_NAME, (enum stm_entity_type)chunk->type, chunk->first, chunk->count,
            head_of(ann, chunk), STEMMA_NONE, &mention);
        if (status != STEMMA_OK) {
            return status;
        }
        ann->mentions[mention].plural = chunk->type == STM_ENTITY_GROUP;
        for (uint32_t k = chunk->first; k < chunk->first + chunk->count; k++) {
            ann->tokens[k].tag = STM_TAG_PROPN;
            ann->tokens[k].lemma = ann->tokens[k].lower;
        }
    }
    return STEMMA_OK;
}

stemma_status stm_extract_names(struct stm_annotation *ann)
{
    struct stm_name_finder finder;
    memset(&finder, 0, sizeof finder);
    finder.ann = ann;
    finder.keys.arena = ann->arena;
    finder.shouting = stm_arena_alloc(ann->arena, ann->sentence_count, 1);
    if (finder.shouting == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    find_shouting(&finder);
    stemma_status status = stm_name_words_count(&finder.words, ann);
    for (uint32_t i = 0; i < ann->token_count && status == STEMMA_OK;) {
        if (!stm_name_is_candidate(&finder, i)) {
            i++;
            continue;
        }
        uint32_t end = run_end(&finder, i);
        status = stm_name_cut_run(&finder, i, end);
        i = end;
    }
    if (status == STEMMA_OK) {
        status = stm_name_settle(&finder);
    }
    return status == STEMMA_OK ? add_mentions(&finder) : status;
}
