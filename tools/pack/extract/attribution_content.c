/* SPDX-License-Identifier: MIT */
/* What is said: the words behind or before a cue. */
#include "pack/extract/attribution_statement.h"

int stm_speech_is_at(const struct stm_speech_scan *scan, uint32_t i, const char *word)
{
    return i < scan->end && stm_ann_is(scan->ann, i, word);
}

int stm_speech_has_flag(const struct stm_speech_scan *scan, uint32_t i, uint32_t flag)
{
    return i < scan->end && (scan->ann->tokens[i].flags & flag) != 0;
}

uint8_t stm_speech_tag_at(const struct stm_speech_scan *scan, uint32_t i)
{
    return i < scan->end ? scan->ann->tokens[i].tag : (uint8_t)STM_TAG_PUNCTUATION;
}

/** Trims punctuation from both ends of a token range. */
static void trim(const struct stm_speech_scan *scan, uint32_t *first, uint32_t *end)
{
    const struct stm_annotation *ann = scan->ann;
    while (*first < *end && (ann->tokens[*first].flags & STM_TOKEN_PUNCTUATION) &&
           !(ann->tokens[*first].flags & STM_TOKEN_QUOTE_OPEN) && !stm_ann_is(ann, *first, "$") &&
           !stm_ann_is(ann, *first, "(")) {
        (*first)++;
    }
    while (*end > *first && (ann->tokens[*end - 1].flags & STM_TOKEN_PUNCTUATION) &&
           !(ann->tokens[*end - 1].flags & STM_TOKEN_QUOTE_CLOSE) &&
           !stm_ann_is(ann, *end - 1, "%") && !stm_ann_is(ann, *end - 1, ")")) {
        (*end)--;
    }
}

void stm_set_content(struct stm_speech_scan *scan, struct stm_statement *it, uint32_t first,
                     uint32_t end)
{
    trim(scan, &first, &end);
    if (end <= first) {
        return;
    }
    it->content_first = first;
    it->content_end = end;
    it->content = stm_ann_span(scan->ann, first, end - first);
}

void stm_set_quote(struct stm_speech_scan *scan, struct stm_statement *it, uint32_t quote)
{
    const struct stm_quote *words = &scan->ann->quotes[quote];
    it->content_first = words->first;
    it->content_end = words->first + words->count;
    it->content.start = words->start;
    it->content.end = words->end;
    while (it->content.end > it->content.start + 1 &&
           (scan->ann->text.data[it->content.end - 1] == ',' ||
            scan->ann->text.data[it->content.end - 1] == ' ')) {
        it->content.end--; /* the comma before "she said" is not hers */
    }
    scan->quote_done[quote] = 1;
}

uint32_t stm_speech_quote_at(const struct stm_speech_scan *scan, uint32_t i)
{
    return i < scan->ann->token_count ? scan->ann->tokens[i].quote : STEMMA_NONE;
}

uint32_t stm_speech_clause_end(const struct stm_speech_scan *scan, uint32_t i)
{
    static const char *const breaks[] = {"while", "although", "though", "whereas"};
    uint32_t limit = scan->end - i > STM_SPEECH_REACH ? i + STM_SPEECH_REACH : scan->end;
    for (uint32_t at = i; at < limit; at++) {
        if (stm_speech_has_flag(scan, at, STM_TOKEN_IN_QUOTE)) {
            continue;
        }
        if (stm_speech_is_at(scan, at, ";")) {
            return at;
        }
        if (at > i && (stm_speech_is_at(scan, at, "and") || stm_speech_is_at(scan, at, "but"))) {
            enum stm_verb_form form = STM_FORM_NONE;
            uint32_t verb = at + 1;
            if (stm_speech_tag_at(scan, verb) == STM_TAG_PRONOUN) {
                verb++;
            }
            if (verb < scan->end && stm_cue_at(scan->ann, verb, &form) != 0 &&
                form == STM_FORM_ED && stm_speech_tag_at(scan, verb) == STM_TAG_PAST) {
                return stm_speech_is_at(scan, at - 1, ",") ? at - 1
                                                           : at; /* "..., and she added that" */
            }
        }
        if (stm_speech_is_at(scan, at, ",")) {
            for (size_t w = 0; w < sizeof breaks / sizeof breaks[0]; w++) {
                if (stm_speech_is_at(scan, at + 1, breaks[w])) {
                    return at;
                }
            }
            if (stm_speech_is_at(scan, at + 1, "according") &&
                stm_speech_is_at(scan, at + 2, "to")) {
                return at;
            }
        }
    }
    return limit;
}

int stm_speech_has_finite(const struct stm_speech_scan *scan, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++) {
        if (stm_is_finite(scan->ann, i) || stm_speech_tag_at(scan, i) == STM_TAG_VERB) {
            return 1;
        }
    }
    return 0;
}

/** Passes adverbs, times, "in a statement", "on Telegram" behind the cue. */
static uint32_t skip_circumstance(struct stm_speech_scan *scan, uint32_t i,
                                  struct stm_statement *it)
{
    static const char *const media[] = {"statement", "interview", "tweet",    "post",    "letter",
                                        "briefing",  "speech",    "report",   "message", "video",
                                        "telegram",  "twitter",   "facebook", "media",   "x",
                                        "instagram", "television"};
    for (int hops = 0; hops < 4 && i < scan->end; hops++) {
        if (scan->ann->tokens[i].time != STEMMA_NONE) {
            uint32_t number = scan->ann->tokens[i].time;
            it->time = number;
            i = scan->ann->times[number].first + scan->ann->times[number].count;
        } else if (stm_speech_tag_at(scan, i) == STM_TAG_ADVERB &&
                   !stm_speech_is_at(scan, i, "there")) {
            i++;
        } else if (stm_speech_tag_at(scan, i) == STM_TAG_PREPOSITION && i + 1 < scan->end &&
                   scan->ann->tokens[i + 1].time != STEMMA_NONE) {
            i++;
        } else if (stm_speech_is_at(scan, i, "in") || stm_speech_is_at(scan, i, "on") ||
                   stm_speech_is_at(scan, i, "at") || stm_speech_is_at(scan, i, "during") ||
                   stm_speech_is_at(scan, i, "by")) {
            uint32_t at = i + 1;
            uint32_t found = STEMMA_NONE;
            for (; at < scan->end && at <= i + 5; at++) {
                for (size_t w = 0; w < sizeof media / sizeof media[0]; w++) {
                    if (stm_speech_is_at(scan, at, media[w])) {
                        found = at;
                    }
                }
                uint32_t m = stm_ann_mention_at_token(scan->ann, at);
                if (found == STEMMA_NONE && m != STEMMA_NONE &&
                    scan->ann->mentions[m].type == STM_ENTITY_PLACE) {
                    found = scan->ann->mentions[m].first + scan->ann->mentions[m].count - 1;
                }
                if (found != STEMMA_NONE || stm_speech_is_at(scan, at, ",") ||
                    stm_speech_is_at(scan, at, "that")) {
                    break;
                }
            }
            if (found == STEMMA_NONE) {
                return i;
            }
            i = found + 1;
        } else {
            break;
        }
    }
    return i;
}

/** Whether subject and verb of a clause stand at `i`: "claimed the vote was rigged", but not
    "claimed victory". */
static int begins_clause(const struct stm_speech_scan *scan, uint32_t i, uint32_t end)
{
    struct stm_chain subject;
    if (stm_speech_is_at(scan, i, "there")) {
        return 1;
    }
    stm_chain_read(scan->ann, i, end, STM_CHAIN_SUBJECT, &subject);
    uint32_t verb = subject.end;
    while (verb < end && stm_speech_tag_at(scan, verb) == STM_TAG_ADVERB) {
        verb++;
    }
    return subject.count != 0 && verb < end &&
           (stm_is_finite(scan->ann, verb) || stm_speech_tag_at(scan, verb) == STM_TAG_VERB);
}

void stm_read_addressee(struct stm_speech_scan *scan, struct stm_statement *it)
{
    struct stm_chain who;
    uint32_t i = skip_circumstance(scan, it->cue + it->cue_count, it);
    stm_chain_read(scan->ann, i, scan->end, STM_CHAIN_COMPLEMENT, &who);
    if (who.count != 0) {
        it->addressee = who.items[0].mention;
    }
}

int stm_content_right(struct stm_speech_scan *scan, struct stm_statement *it)
{
    uint32_t i = it->cue + it->cue_count;
    i = skip_circumstance(scan, i, it);
    if (it->frames & STM_CUE_ADDRESSEE) {
        struct stm_chain who;
        stm_chain_read(scan->ann, i, scan->end, STM_CHAIN_OBJECT, &who);
        if (who.count == 0 || who.items[0].mention == STEMMA_NONE) {
            if (!(it->frames & STM_CUE_ASKS) && !stm_speech_is_at(scan, i, "that") &&
                who.count == 0) {
                return 0;
            }
        } else {
            it->addressee = who.items[0].mention;
        }
        /* Only the first item: what follows without "and" is the content already. */
        if (who.count != 0) {
            i = who.items[0].end;
            i = skip_circumstance(scan, i, it);
        }
    }
    if (i >= scan->end) {
        return 0;
    }
    uint32_t end = stm_speech_clause_end(scan, i);
    if (stm_speech_is_at(scan, i, "that") || stm_speech_is_at(scan, i, "how") ||
        stm_speech_is_at(scan, i, "whether") || stm_speech_is_at(scan, i, "if")) {
        stm_set_content(scan, it, stm_speech_is_at(scan, i, "that") ? i + 1 : i, end);
        return it->content_end != 0;
    }
    uint32_t mark = i;
    if (stm_speech_is_at(scan, mark, ",") || stm_speech_is_at(scan, mark, ":")) {
        mark++;
    }
    if (mark < scan->end && stm_speech_has_flag(scan, mark, STM_TOKEN_QUOTE_OPEN) &&
        stm_speech_quote_at(scan, mark) != STEMMA_NONE) {
        uint32_t quote = stm_speech_quote_at(scan, mark);
        uint32_t after = scan->ann->quotes[quote].first + scan->ann->quotes[quote].count;
        if (after + 1 >= scan->end || mark > i) {
            stm_set_quote(scan, it, quote);
        } else {
            stm_set_content(scan, it, mark, end);
            scan->quote_done[quote] = 1;
        }
        return it->content_end != 0;
    }
    if (it->frames & STM_CUE_DENIES) {
        if (stm_speech_tag_at(scan, i) == STM_TAG_PUNCTUATION ||
            stm_speech_is_at(scan, i, "them") || stm_speech_is_at(scan, i, "him") ||
            stm_speech_is_at(scan, i, "her")) {
            return 0; /* "denied them entry" is no speech */
        }
        stm_set_content(scan, it, i, end);
        return it->content_end != 0;
    }
    if (it->frames & STM_CUE_DEMANDS) {
        if (stm_speech_is_at(scan, i, "for") || stm_speech_is_at(scan, i, "to") ||
            stm_speech_is_at(scan, i, "on")) {
            stm_set_content(scan, it, stm_speech_is_at(scan, i, "for") ? i + 1 : i, end);
            it->demand = 1;
            return it->content_end != 0;
        }
        if ((it->frames & STM_CUE_THAT) && stm_begins_phrase(scan->ann, i)) {
            stm_set_content(scan, it, i, end);
            it->demand = 1;
            return it->content_end != 0;
        }
        return 0;
    }
    if (it->frames & STM_CUE_ASKS) {
        return 0;
    }
    if (stm_speech_is_at(scan, i, ",")) {
        return 0;
    }
    if ((it->frames & STM_CUE_BARE) && stm_speech_tag_at(scan, i) != STM_TAG_PUNCTUATION &&
        !stm_speech_is_at(scan, i, "and") && !stm_speech_is_at(scan, i, "to") &&
        (scan->ann->tokens[i].quantity != STEMMA_NONE || (it->frames & STM_CUE_LOOSE)
             ? stm_speech_has_finite(scan, i, end) || scan->ann->tokens[i].quantity != STEMMA_NONE
             : begins_clause(scan, i, end))) {
        if ((it->frames & STM_CUE_ADDRESSEE) && it->addressee == STEMMA_NONE) {
            return 0;
        }
        stm_set_content(scan, it, i, end);
        return it->content_end != 0;
    }
    return 0;
}

/** Behind "VESSIN, March 3 (Signal) -": where the paper stands is not what anybody said. */
static uint32_t after_dateline(const struct stm_speech_scan *scan)
{
    const struct stm_token *tokens = scan->ann->tokens;
    if (!(tokens[scan->first].flags & STM_TOKEN_ALL_CAPS) || tokens[scan->first].lower.size < 3) {
        return scan->first;
    }
    for (uint32_t i = scan->first + 1; i + 1 < scan->end && i < scan->first + 14; i++) {
        if (stm_is_finite(scan->ann, i)) {
            break;
        }
        if (stm_speech_is_at(scan, i, "-") || stm_speech_is_at(scan, i, "--") ||
            stm_speech_is_at(scan, i, "\xE2\x80\x93") ||
            stm_speech_is_at(scan, i, "\xE2\x80\x94")) {
            return i + 1;
        }
    }
    return scan->first;
}

int stm_content_left(struct stm_speech_scan *scan, struct stm_statement *it, uint32_t subject_first)
{
    uint32_t opening = after_dateline(scan);
    if (subject_first <= scan->first) {
        return 0;
    }
    uint32_t before = subject_first - 1;
    if (stm_speech_has_flag(scan, before, STM_TOKEN_QUOTE_CLOSE) ||
        (stm_speech_is_at(scan, before, ",") && before > scan->first &&
         stm_speech_has_flag(scan, before - 1, STM_TOKEN_QUOTE_CLOSE))) {
        uint32_t close =
            stm_speech_has_flag(scan, before, STM_TOKEN_QUOTE_CLOSE) ? before : before - 1;
        uint32_t quote = stm_speech_quote_at(scan, close);
        if (quote != STEMMA_NONE) {
            const struct stm_quote *words = &scan->ann->quotes[quote];
            /* A phrase in marks at the end of a clause: the whole clause is said. */
            if (words->first > scan->first + 1 && words->first >= scan->first) {
                stm_set_content(scan, it, opening, close + 1);
                scan->quote_done[quote] = 1;
            } else {
                stm_set_quote(scan, it, quote);
            }
            return 1;
        }
    }
    if (stm_speech_is_at(scan, before, ",") && stm_speech_has_finite(scan, scan->first, before) &&
        before >= opening + 3 && before - scan->first < STM_SPEECH_REACH) {
        stm_set_content(scan, it, opening, before);
        return it->content_end != 0;
    }
    return 0;
}
