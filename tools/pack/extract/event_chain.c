/* SPDX-License-Identifier: MIT */
/* Chains of coordinated noun phrases, read from left to right. */
#include "pack/extract/event_phrase.h"

static int is_at(const struct stm_annotation *ann, uint32_t i, uint32_t limit, const char *word)
{
    return i < limit && stm_ann_is(ann, i, word);
}

static int is_quote_mark(const struct stm_annotation *ann, uint32_t i)
{
    return (ann->tokens[i].flags & (STM_TOKEN_QUOTE_OPEN | STM_TOKEN_QUOTE_CLOSE)) != 0;
}

static int in_name(const struct stm_annotation *ann, uint32_t i)
{
    uint32_t m = ann->tokens[i].mention;
    return m != STEMMA_NONE && ann->mentions[m].kind == STEMMA_MENTION_NAME;
}

/** Whether a token can stand inside the head region of a noun phrase. */
static int is_nominal(const struct stm_annotation *ann, uint32_t i, uint32_t limit)
{
    const struct stm_token *token = &ann->tokens[i];
    if (in_name(ann, i) || token->quantity != STEMMA_NONE) {
        return 1;
    }
    switch (token->tag) {
    case STM_TAG_NOUN:
    case STM_TAG_PLURAL:
    case STM_TAG_PROPN:
    case STM_TAG_DETERMINER:
    case STM_TAG_POSSESSIVE:
    case STM_TAG_PRONOUN:
    case STM_TAG_ADJECTIVE:
    case STM_TAG_NUMBER:
        return 1;
    case STM_TAG_PARTICIPLE:
    case STM_TAG_PAST:
    case STM_TAG_GERUND:
        /* "exiled leader", "neighbouring states": before a noun, in a phrase already begun */
        return i + 1 < limit &&
               (ann->tokens[i + 1].tag == STM_TAG_NOUN ||
                ann->tokens[i + 1].tag == STM_TAG_PLURAL ||
                ann->tokens[i + 1].tag == STM_TAG_ADJECTIVE ||
                ann->tokens[i + 1].tag == STM_TAG_PROPN || in_name(ann, i + 1)) &&
               !stm_ann_is(ann, i, "including");
    default:
        return (token->flags & STM_TOKEN_POSSESSIVE) != 0 ||
               (is_quote_mark(ann, i) && i + 1 < limit) || stm_ann_is(ann, i, "most") ||
               stm_ann_is(ann, i, "more") ||
               (token->mention != STEMMA_NONE && token->tag != STM_TAG_PREPOSITION &&
                token->tag != STM_TAG_CONJUNCTION && token->tag != STM_TAG_PUNCTUATION &&
                token->tag != STM_TAG_WH);
    }
}

int stm_begins_phrase(const struct stm_annotation *ann, uint32_t token)
{
    if (token >= ann->token_count || ann->tokens[token].time != STEMMA_NONE) {
        return 0;
    }
    uint8_t tag = ann->tokens[token].tag;
    if ((tag == STM_TAG_PAST || tag == STM_TAG_GERUND || tag == STM_TAG_ADVERB) &&
        !in_name(ann, token)) {
        return 0;
    }
    return is_nominal(ann, token, ann->token_count) &&
           !(ann->tokens[token].flags & (STM_TOKEN_POSSESSIVE | STM_TOKEN_QUOTE_CLOSE));
}

/** Reads one item from `*at`. Returns 0 when no noun phrase is there. */
static int read_plain_item(const struct stm_annotation *ann, uint32_t *at, uint32_t limit,
                           struct stm_item *item)
{
    uint32_t i = *at;
    struct stm_item read = {i, i, STEMMA_NONE, STEMMA_NONE, 0};
    uint32_t last_noun = STEMMA_NONE;
    while (i < limit && ann->tokens[i].time == STEMMA_NONE && is_nominal(ann, i, limit)) {
        const struct stm_token *token = &ann->tokens[i];
        if (token->tag == STM_TAG_PRONOUN && i > *at && !in_name(ann, i)) {
            break; /* "told the agency he was free": another clause */
        }
        if (token->quantity != STEMMA_NONE && read.quantity == STEMMA_NONE) {
            const struct stm_quantity_mention *quantity = &ann->quantities[token->quantity];
            if (quantity->value.unit.size == 0) {
                read.quantity = token->quantity;
            }
            if (quantity->first + quantity->count > i &&
                quantity->first + quantity->count <= limit) {
                i = quantity->first + quantity->count - 1;
            }
            last_noun = i;
        } else if (!(token->flags & STM_TOKEN_POSSESSIVE) && token->tag != STM_TAG_DETERMINER &&
                   token->tag != STM_TAG_POSSESSIVE && !is_quote_mark(ann, i)) {
            last_noun = i;
        } else if (token->tag == STM_TAG_DETERMINER && i > *at && last_noun != STEMMA_NONE &&
                   !is_quote_mark(ann, i - 1)) {
            break; /* a second phrase begins without any separator */
        }
        i++;
    }
    if (last_noun == STEMMA_NONE) {
        if (i == *at || ann->tokens[*at].tag != STM_TAG_DETERMINER) {
            return 0;
        }
        last_noun = i - 1;
    }
    read.end = i;
    read.mention = stm_ann_outer_mention_at_token(ann, last_noun);
    if (read.mention != STEMMA_NONE) {
        const struct stm_mention *outer = &ann->mentions[read.mention];
        uint32_t inner = ann->tokens[last_noun].mention;
        if (outer->first < *at && inner != STEMMA_NONE) {
            read.mention = inner;
        } else if (outer->first + outer->count > read.end && outer->first + outer->count <= limit) {
            read.end = outer->first + outer->count;
        }
    }
    *item = read;
    *at = read.end;
    return 1;
}

/** "number", "group", "some": what is counted stands behind "of". */
static int is_quantifier(const struct stm_annotation *ann, uint32_t token)
{
    static const char *const words[] = {"number", "handful", "majority", "couple",  "some",
                                        "many",   "most",    "all",      "several", "group",
                                        "scores", "dozens",  "series",   "few"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (stm_ann_is(ann, token, words[i])) {
            return 1;
        }
    }
    return 0;
}

/** As read_plain_item(), but "a large number of prisoners" are the prisoners. */
static int read_item(const struct stm_annotation *ann, uint32_t *at, uint32_t limit,
                     struct stm_item *item)
{
    uint32_t start = *at;
    if (!read_plain_item(ann, at, limit, item)) {
        return 0;
    }
    if (*at > start && *at + 1 < limit && item->quantity == STEMMA_NONE &&
        stm_ann_is(ann, *at, "of") && is_quantifier(ann, *at - 1) &&
        stm_begins_phrase(ann, *at + 1)) {
        struct stm_item inner;
        uint32_t inside = *at + 1;
        if (read_plain_item(ann, &inside, limit, &inner)) {
            inner.first = start;
            *item = inner;
            *at = inside;
        }
    }
    return 1;
}

/** Passes prepositional phrases, times and brackets behind an item. */
static uint32_t skip_modifiers(const struct stm_annotation *ann, uint32_t i, uint32_t limit)
{
    while (i < limit) {
        const struct stm_token *token = &ann->tokens[i];
        if (token->time != STEMMA_NONE) {
            const struct stm_time_mention *time = &ann->times[token->time];
            i = time->first + time->count > i ? time->first + time->count : i + 1;
        } else if (stm_ann_is(ann, i, "(")) {
            uint32_t close = i + 1;
            while (close < limit && !stm_ann_is(ann, close, ")") && close - i < 20) {
                close++;
            }
            if (close >= limit || !stm_ann_is(ann, close, ")")) {
                return i;
            }
            i = close + 1;
        } else if (token->tag == STM_TAG_PREPOSITION && !stm_is_clause_break(ann, i) &&
                   !stm_ann_is(ann, i, "by") && !stm_ann_is(ann, i, "including") &&
                   !stm_ann_is(ann, i, "like") && !stm_ann_is(ann, i, "with") &&
                   !stm_ann_is(ann, i, "including") && !stm_ann_is(ann, i, "according") &&
                   !stm_ann_is(ann, i, "to") && !stm_ann_is(ann, i, "into") &&
                   !stm_ann_is(ann, i, "along") && !stm_ann_is(ann, i, "such")) {
            uint32_t inside = i + 1;
            struct stm_item item;
            if (inside < limit && ann->tokens[inside].time != STEMMA_NONE) {
                i = inside;
            } else if (inside < limit && read_item(ann, &inside, limit, &item)) {
                i = inside;
            } else {
                return i;
            }
        } else {
            return i;
        }
    }
    return i;
}

/** "and", "as well as", "along with", ...: tokens of a coordinator at `i`; 0 when it is none. */
static uint32_t coordinator(const struct stm_annotation *ann, uint32_t i, uint32_t limit)
{
    if (is_at(ann, i, limit, "and") || is_at(ann, i, limit, "or") || is_at(ann, i, limit, "&") ||
        is_at(ann, i, limit, "nor") || is_at(ann, i, limit, "plus")) {
        return 1;
    }
    if (is_at(ann, i, limit, "as") && is_at(ann, i + 1, limit, "well") &&
        is_at(ann, i + 2, limit, "as")) {
        return 3;
    }
    if ((is_at(ann, i, limit, "along") || is_at(ann, i, limit, "together")) &&
        is_at(ann, i + 1, limit, "with")) {
        return 2;
    }
    return 0;
}

static uint32_t inclusion(const struct stm_annotation *ann, uint32_t i, uint32_t limit)
{
    if (is_at(ann, i, limit, "including") || is_at(ann, i, limit, "notably")) {
        return 1;
    }
    if ((is_at(ann, i, limit, "among") && is_at(ann, i + 1, limit, "them")) ||
        (is_at(ann, i, limit, "such") && is_at(ann, i + 1, limit, "as"))) {
        return 2;
    }
    return 0;
}

/** Passes an insertion that opens with the comma at `i`: the token after its closing comma, or `i`.
 */
static uint32_t skip_insertion(const struct stm_annotation *ann, uint32_t i, uint32_t limit,
                               int subject)
{
    uint8_t tag = i + 1 < limit ? ann->tokens[i + 1].tag : STM_TAG_PUNCTUATION;
    int relative = tag == STM_TAG_WH || is_at(ann, i + 1, limit, "who") ||
                   is_at(ann, i + 1, limit, "which") || is_at(ann, i + 1, limit, "whose");
    int insertion = tag == STM_TAG_PREPOSITION || tag == STM_TAG_PARTICIPLE ||
                    tag == STM_TAG_GERUND || tag == STM_TAG_NUMBER || tag == STM_TAG_PAST;
    if (coordinator(ann, i + 1, limit) != 0) {
        return i;
    }
    if (tag == STM_TAG_ADJECTIVE && i + 2 < limit &&
        (ann->tokens[i + 2].tag == STM_TAG_PREPOSITION ||
         ann->tokens[i + 2].tag == STM_TAG_SUBORDINATOR)) {
        insertion = 1; /* "known for her role in the protests" */
    }
    if (!relative && !(subject && insertion && !inclusion(ann, i + 1, limit)) &&
        !(tag == STM_TAG_NUMBER && is_at(ann, i + 2, limit, ","))) {
        return i;
    }
    for (uint32_t at = i + 1; at < limit && at - i < 30; at++) {
        if (stm_ann_is(ann, at, ",")) {
            return at + 1;
        }
        if (is_quote_mark(ann, at)) {
            return i;
        }
    }
    return i;
}

static int is_dash(const struct stm_annotation *ann, uint32_t i, uint32_t limit)
{
    return is_at(ann, i, limit, "\xE2\x80\x93") || is_at(ann, i, limit, "\xE2\x80\x94") ||
           is_at(ann, i, limit, "-") || is_at(ann, i, limit, "--");
}

/** Passes an insertion between dashes, or gives `i`. */
static uint32_t skip_dashes(const struct stm_annotation *ann, uint32_t i, uint32_t limit)
{
    if (!is_dash(ann, i, limit)) {
        return i;
    }
    for (uint32_t at = i + 1; at < limit && at - i < 25; at++) {
        if (is_dash(ann, at, limit)) {
            return at + 1;
        }
    }
    return i;
}

static int is_person_name(const struct stm_annotation *ann, uint32_t mention)
{
    return mention != STEMMA_NONE && ann->mentions[mention].kind == STEMMA_MENTION_NAME &&
           ann->mentions[mention].type == STM_ENTITY_PERSON;
}

/** A singular nominal right behind the comma after a name says who that is: no new member. */
static int is_apposition(const struct stm_annotation *ann, const struct stm_item *before,
                         const struct stm_item *item)
{
    if (item->mention == STEMMA_NONE) {
        return item->quantity == STEMMA_NONE;
    }
    const struct stm_mention *mention = &ann->mentions[item->mention];
    if (before->mention != STEMMA_NONE && mention->referent != STEMMA_NONE &&
        mention->referent == ann->mentions[before->mention].referent) {
        return 1;
    }
    return mention->kind == STEMMA_MENTION_NOMINAL && !mention->plural &&
           is_person_name(ann, before->mention);
}

/** A relative clause inside a list, "one of those who led the march, as well as B": where the list
    goes on, or `i`. */
static uint32_t skip_relative(const struct stm_annotation *ann, uint32_t i, uint32_t limit)
{
    if (!(is_at(ann, i, limit, "who") || is_at(ann, i, limit, "which") ||
          is_at(ann, i, limit, "whose") || is_at(ann, i, limit, "that"))) {
        return i;
    }
    for (uint32_t at = i + 1; at < limit && at - i < 25; at++) {
        if (is_quote_mark(ann, at)) {
            break;
        }
        if (stm_ann_is(ann, at, ",") && coordinator(ann, at + 1, limit) != 0) {
            return at;
        }
    }
    return i;
}

/** Whether what was read behind "and" is the subject of another clause. */
static int opens_clause(const struct stm_annotation *ann, uint32_t at, uint32_t limit)
{
    return at < limit && stm_is_finite(ann, at) && ann->tokens[at].mention == STEMMA_NONE;
}

void stm_chain_read(const struct stm_annotation *ann, uint32_t start, uint32_t limit,
                    enum stm_chain_mode mode, struct stm_chain *chain)
{
    uint8_t after_comma[STM_CHAIN_ITEMS] = {0};
    uint8_t modified[STM_CHAIN_ITEMS] = {0};
    uint32_t at = start;
    int comma = 0;
    int part = 0;
    int joined = 0;
    chain->count = 0;
    chain->first = start;
    chain->end = start;
    while (at < limit && chain->count < STM_CHAIN_ITEMS) {
        struct stm_item item;
        if (!stm_begins_phrase(ann, at) || !read_item(ann, &at, limit, &item)) {
            break;
        }
        if (mode != STM_CHAIN_SUBJECT && chain->count != 0 && opens_clause(ann, at, limit)) {
            break;
        }
        item.part = (uint8_t)part;
        after_comma[chain->count] = (uint8_t)comma;
        chain->items[chain->count++] = item;
        at = skip_modifiers(ann, at, limit);
        modified[chain->count - 1] = (uint8_t)(at != item.end);
        chain->end = at;
        if (mode == STM_CHAIN_OBJECT) {
            at = skip_relative(ann, at, limit);
        }
        comma = 0;
        uint32_t next = at;
        if (is_at(ann, next, limit, ",")) {
            uint32_t past = skip_insertion(ann, next, limit, mode == STM_CHAIN_SUBJECT);
            for (int hops = 0; hops < 3 && past != next && past < limit; hops++) {
                /* one insertion behind another shares its comma */
                uint32_t further = skip_insertion(ann, past - 1, limit, mode == STM_CHAIN_SUBJECT);
                if (further == past - 1 || coordinator(ann, past, limit) != 0) {
                    break;
                }
                past = further;
            }
            if (past != next) {
                chain->end = past;
                next = past;
                at = past;
            } else {
                next++;
            }
            comma = 1;
            if (mode == STM_CHAIN_COMPLEMENT && chain->count == 1 &&
                coordinator(ann, next, limit) != 0) {
                break;
            }
        } else if (mode == STM_CHAIN_SUBJECT && skip_dashes(ann, next, limit) != next) {
            chain->end = skip_dashes(ann, next, limit);
            break;
        } else if (is_at(ann, next, limit, ":") || is_at(ann, next, limit, "\xE2\x80\x94") ||
                   is_at(ann, next, limit, "\xE2\x80\x93")) {
            if (item.quantity == STEMMA_NONE) {
                break;
            }
            next++;
            part = 1;
        }
        uint32_t taken = inclusion(ann, next, limit);
        if (taken != 0 && mode == STM_CHAIN_COMPLEMENT && comma) {
            break; /* names members of what the verb is about */
        }
        if (taken != 0) {
            part = 1;
            comma = 0;
            at = next + taken;
            if (is_at(ann, at, limit, ",")) {
                at++; /* furniture of careless copy: "were , the" */
            }
            continue;
        }
        taken = coordinator(ann, next, limit);
        if (taken != 0 && stm_begins_phrase(ann, next + taken)) {
            joined = 1;
            comma = 0;
            at = next + taken;
            continue;
        }
        if (!comma || next >= limit || !stm_begins_phrase(ann, next)) {
            break;
        }
        at = next;
    }
    /* Commas alone make appositions, not lists. */
    uint32_t kept = 0;
    uint32_t source = 0;
    for (uint32_t i = 0; i < chain->count; i++) {
        const struct stm_item *before = kept != 0 ? &chain->items[kept - 1] : NULL;
        int dropped =
            before != NULL && after_comma[i] &&
            ((!joined && !(part && before->part)) || is_apposition(ann, before, &chain->items[i]));
        if (dropped && !joined && !modified[source] && source + 1 == i &&
            before->mention != STEMMA_NONE &&
            ann->mentions[before->mention].kind == STEMMA_MENTION_NOMINAL &&
            is_person_name(ann, chain->items[i].mention)) {
            chain->items[kept - 1].mention = chain->items[i].mention; /* "his sister, Anna Bell" */
        }
        if (dropped && !joined && before->mention != STEMMA_NONE &&
            ann->mentions[before->mention].kind == STEMMA_MENTION_NAME &&
            ann->mentions[before->mention].type != STM_ENTITY_PERSON &&
            is_person_name(ann, chain->items[i].mention) && mode == STM_CHAIN_SUBJECT) {
            kept--; /* "On board the Freedom, Anna Bell said": two phrases, not one */
            dropped = 0;
        }
        if (!dropped) {
            chain->items[kept++] = chain->items[i];
            source = i;
        }
    }
    chain->count = kept;
}
