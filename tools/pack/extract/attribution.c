/* SPDX-License-Identifier: MIT */
#include "pack/extract/attribution.h"

#include "pack/extract/attribution_cue.h"
#include "pack/extract/event_phrase.h"

/* Content further from its cue than this is not attributed to it: bounds the work. */
enum { REACH = 300 };

struct scan {
    struct stm_annotation *ann;
    struct stm_attribution *state;
    uint8_t *quote_done; /**< Per quote: attributed to somebody. */
    uint32_t first;      /**< Tokens of the sentence. */
    uint32_t end;
};

/** A cue with its parts, before it is recorded. */
struct statement {
    uint32_t cue;
    uint32_t cue_count;
    uint32_t frames;
    struct stm_verb_group group;
    struct stm_chain speakers;
    uint32_t content_first;
    uint32_t content_end;
    stemma_span content; /**< Bytes, without the marks of direct speech. */
    uint32_t addressee;  /**< Mention, or STEMMA_NONE. */
    uint32_t via;        /**< Mention, or STEMMA_NONE. */
    uint32_t time;
    uint8_t stance;
    uint8_t demand;
    uint16_t confidence;
};

static int is_at(const struct scan *scan, uint32_t i, const char *word)
{
    return i < scan->end && stm_ann_is(scan->ann, i, word);
}

static int has_flag(const struct scan *scan, uint32_t i, uint32_t flag)
{
    return i < scan->end && (scan->ann->tokens[i].flags & flag) != 0;
}

static uint8_t tag_at(const struct scan *scan, uint32_t i)
{
    return i < scan->end ? scan->ann->tokens[i].tag : (uint8_t)STM_TAG_PUNCTUATION;
}

const struct stm_attributed *stm_attributed_at(const struct stm_annotation *ann, uint32_t token)
{
    const struct stm_attribution *state = ann->part2;
    if (state == NULL || token >= ann->token_count || state->by_token[token] == STEMMA_NONE) {
        return NULL;
    }
    return &state->items[state->by_token[token]];
}

void stm_attribute(const struct stm_annotation *ann, uint32_t token, struct stm_stand *stand)
{
    const struct stm_attributed *item = stm_attributed_at(ann, token);
    if (item == NULL) {
        return;
    }
    stand->attribution = (uint8_t)(item->speaker != STEMMA_NONE ? STEMMA_ATTRIBUTION_SPEAKER
                                                                : STEMMA_ATTRIBUTION_UNSTATED);
    stand->speaker = item->speaker;
    stand->via = item->via;
    stand->stance = item->stance;
    if (item->demand) {
        stand->realis = STEMMA_REALIS_OTHER;
        stand->certainty = STEMMA_CERTAINTY_UNSPECIFIED;
    }
}

int stm_is_cue(const struct stm_annotation *ann, uint32_t token)
{
    enum stm_verb_form form = STM_FORM_NONE;
    return (stm_cue_at(ann, token, &form) & (STM_CUE_THAT | STM_CUE_QUOTED)) != 0;
}

/** Trims punctuation from both ends of a token range. */
static void trim(const struct scan *scan, uint32_t *first, uint32_t *end)
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

static void set_content(struct scan *scan, struct statement *it, uint32_t first, uint32_t end)
{
    trim(scan, &first, &end);
    if (end <= first) {
        return;
    }
    it->content_first = first;
    it->content_end = end;
    it->content = stm_ann_span(scan->ann, first, end - first);
}

static void set_quote(struct scan *scan, struct statement *it, uint32_t quote)
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

/** The top-level quote over a token, or STEMMA_NONE. */
static uint32_t quote_at(const struct scan *scan, uint32_t i)
{
    return i < scan->ann->token_count ? scan->ann->tokens[i].quote : STEMMA_NONE;
}

/** Where the clause that begins at `i` ends: the sentence, or a contrast with other speakers. */
static uint32_t clause_end(const struct scan *scan, uint32_t i)
{
    static const char *const breaks[] = {"while", "although", "though", "whereas"};
    uint32_t limit = scan->end - i > REACH ? i + REACH : scan->end;
    for (uint32_t at = i; at < limit; at++) {
        if (has_flag(scan, at, STM_TOKEN_IN_QUOTE)) {
            continue;
        }
        if (is_at(scan, at, ";")) {
            return at;
        }
        if (at > i && (is_at(scan, at, "and") || is_at(scan, at, "but"))) {
            enum stm_verb_form form = STM_FORM_NONE;
            uint32_t verb = at + 1;
            if (tag_at(scan, verb) == STM_TAG_PRONOUN) {
                verb++;
            }
            if (verb < scan->end && stm_cue_at(scan->ann, verb, &form) != 0 &&
                form == STM_FORM_ED && tag_at(scan, verb) == STM_TAG_PAST) {
                return is_at(scan, at - 1, ",") ? at - 1 : at; /* "..., and she added that" */
            }
        }
        if (is_at(scan, at, ",")) {
            for (size_t w = 0; w < sizeof breaks / sizeof breaks[0]; w++) {
                if (is_at(scan, at + 1, breaks[w])) {
                    return at;
                }
            }
            if (is_at(scan, at + 1, "according") && is_at(scan, at + 2, "to")) {
                return at;
            }
        }
    }
    return limit;
}

static int has_finite(const struct scan *scan, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++) {
        if (stm_is_finite(scan->ann, i) || tag_at(scan, i) == STM_TAG_VERB) {
            return 1;
        }
    }
    return 0;
}

/** Passes adverbs, times, "in a statement", "on Telegram" behind the cue. */
static uint32_t skip_circumstance(struct scan *scan, uint32_t i, struct statement *it)
{
    static const char *const media[] = {"statement", "interview", "tweet",   "post",   "letter",
                                        "briefing",  "speech",    "report",  "message", "video",
                                        "telegram",  "twitter",   "facebook", "media", "x", "instagram", "television"};
    for (int hops = 0; hops < 4 && i < scan->end; hops++) {
        if (scan->ann->tokens[i].time != STEMMA_NONE) {
            uint32_t number = scan->ann->tokens[i].time;
            it->time = number;
            i = scan->ann->times[number].first + scan->ann->times[number].count;
        } else if (tag_at(scan, i) == STM_TAG_ADVERB && !is_at(scan, i, "there")) {
            i++;
        } else if (tag_at(scan, i) == STM_TAG_PREPOSITION && i + 1 < scan->end &&
                   scan->ann->tokens[i + 1].time != STEMMA_NONE) {
            i++;
        } else if (is_at(scan, i, "in") || is_at(scan, i, "on") || is_at(scan, i, "at") ||
                   is_at(scan, i, "during") || is_at(scan, i, "by")) {
            uint32_t at = i + 1;
            uint32_t found = STEMMA_NONE;
            for (; at < scan->end && at <= i + 5; at++) {
                for (size_t w = 0; w < sizeof media / sizeof media[0]; w++) {
                    if (is_at(scan, at, media[w])) {
                        found = at;
                    }
                }
                uint32_t m = stm_ann_mention_at_token(scan->ann, at);
                if (found == STEMMA_NONE && m != STEMMA_NONE &&
                    scan->ann->mentions[m].type == STM_ENTITY_PLACE) {
                    found = scan->ann->mentions[m].first + scan->ann->mentions[m].count - 1;
                }
                if (found != STEMMA_NONE || is_at(scan, at, ",") || is_at(scan, at, "that")) {
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
static int begins_clause(const struct scan *scan, uint32_t i, uint32_t end)
{
    struct stm_chain subject;
    if (is_at(scan, i, "there")) {
        return 1;
    }
    stm_chain_read(scan->ann, i, end, STM_CHAIN_SUBJECT, &subject);
    uint32_t verb = subject.end;
    while (verb < end && tag_at(scan, verb) == STM_TAG_ADVERB) {
        verb++;
    }
    return subject.count != 0 && verb < end &&
           (stm_is_finite(scan->ann, verb) || tag_at(scan, verb) == STM_TAG_VERB);
}

/** "..., he told the agency": who was told, when the words stand before. */
static void read_addressee(struct scan *scan, struct statement *it)
{
    struct stm_chain who;
    uint32_t i = skip_circumstance(scan, it->cue + it->cue_count, it);
    stm_chain_read(scan->ann, i, scan->end, STM_CHAIN_COMPLEMENT, &who);
    if (who.count != 0) {
        it->addressee = who.items[0].mention;
    }
}

/** Content behind the cue. 1 when there is some. */
static int content_right(struct scan *scan, struct statement *it)
{
    uint32_t i = it->cue + it->cue_count;
    i = skip_circumstance(scan, i, it);
    if (it->frames & STM_CUE_ADDRESSEE) {
        struct stm_chain who;
        stm_chain_read(scan->ann, i, scan->end, STM_CHAIN_OBJECT, &who);
        if (who.count == 0 || who.items[0].mention == STEMMA_NONE) {
            if (!(it->frames & STM_CUE_ASKS) && !is_at(scan, i, "that") && who.count == 0) {
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
    uint32_t end = clause_end(scan, i);
    if (is_at(scan, i, "that") || is_at(scan, i, "how") || is_at(scan, i, "whether") ||
        is_at(scan, i, "if")) {
        set_content(scan, it, is_at(scan, i, "that") ? i + 1 : i, end);
        return it->content_end != 0;
    }
    uint32_t mark = i;
    if (is_at(scan, mark, ",") || is_at(scan, mark, ":")) {
        mark++;
    }
    if (mark < scan->end && has_flag(scan, mark, STM_TOKEN_QUOTE_OPEN) &&
        quote_at(scan, mark) != STEMMA_NONE) {
        uint32_t quote = quote_at(scan, mark);
        uint32_t after = scan->ann->quotes[quote].first + scan->ann->quotes[quote].count;
        if (after + 1 >= scan->end || mark > i) {
            set_quote(scan, it, quote);
        } else {
            set_content(scan, it, mark, end);
            scan->quote_done[quote] = 1;
        }
        return it->content_end != 0;
    }
    if (it->frames & STM_CUE_DENIES) {
        if (tag_at(scan, i) == STM_TAG_PUNCTUATION || is_at(scan, i, "them") ||
            is_at(scan, i, "him") || is_at(scan, i, "her")) {
            return 0; /* "denied them entry" is no speech */
        }
        set_content(scan, it, i, end);
        return it->content_end != 0;
    }
    if (it->frames & STM_CUE_DEMANDS) {
        if (is_at(scan, i, "for") || is_at(scan, i, "to") || is_at(scan, i, "on")) {
            set_content(scan, it, is_at(scan, i, "for") ? i + 1 : i, end);
            it->demand = 1;
            return it->content_end != 0;
        }
        if ((it->frames & STM_CUE_THAT) && stm_begins_phrase(scan->ann, i)) {
            set_content(scan, it, i, end);
            it->demand = 1;
            return it->content_end != 0;
        }
        return 0;
    }
    if (it->frames & STM_CUE_ASKS) {
        return 0;
    }
    if (is_at(scan, i, ",")) {
        return 0;
    }
    if ((it->frames & STM_CUE_BARE) && tag_at(scan, i) != STM_TAG_PUNCTUATION &&
        !is_at(scan, i, "and") && !is_at(scan, i, "to") &&
        (scan->ann->tokens[i].quantity != STEMMA_NONE || (it->frames & STM_CUE_LOOSE)
             ? has_finite(scan, i, end) || scan->ann->tokens[i].quantity != STEMMA_NONE
             : begins_clause(scan, i, end))) {
        if ((it->frames & STM_CUE_ADDRESSEE) && it->addressee == STEMMA_NONE) {
            return 0;
        }
        set_content(scan, it, i, end);
        return it->content_end != 0;
    }
    return 0;
}

/** Content before the cue and its subject, which starts at `subject_first`. */
static int content_left(struct scan *scan, struct statement *it, uint32_t subject_first)
{
    if (subject_first <= scan->first) {
        return 0;
    }
    uint32_t before = subject_first - 1;
    if (has_flag(scan, before, STM_TOKEN_QUOTE_CLOSE) ||
        (is_at(scan, before, ",") && before > scan->first &&
         has_flag(scan, before - 1, STM_TOKEN_QUOTE_CLOSE))) {
        uint32_t close = has_flag(scan, before, STM_TOKEN_QUOTE_CLOSE) ? before : before - 1;
        uint32_t quote = quote_at(scan, close);
        if (quote != STEMMA_NONE) {
            const struct stm_quote *words = &scan->ann->quotes[quote];
            /* A phrase in marks at the end of a clause: the whole clause is said. */
            if (words->first > scan->first + 1 && words->first >= scan->first) {
                set_content(scan, it, scan->first, close + 1);
                scan->quote_done[quote] = 1;
            } else {
                set_quote(scan, it, quote);
            }
            return 1;
        }
    }
    if (is_at(scan, before, ",") && has_finite(scan, scan->first, before) &&
        before - scan->first >= 3 && before - scan->first < REACH) {
        set_content(scan, it, scan->first, before);
        return it->content_end != 0;
    }
    return 0;
}

/** The referent of an item, made when it is a nominal. */
static stemma_status item_referent(struct scan *scan, uint32_t mention, uint32_t *referent)
{
    *referent = STEMMA_NONE;
    if (mention == STEMMA_NONE) {
        return STEMMA_OK;
    }
    return stm_ann_referent_for_mention(scan->ann, mention, referent);
}

static stemma_status record(struct scan *scan, const struct stm_attributed *item)
{
    struct stm_attribution *state = scan->state;
    stemma_status status = stm_arena_grow(scan->ann->arena, &state->items, state->count,
                                          &state->capacity, sizeof *state->items);
    if (status != STEMMA_OK) {
        return status;
    }
    state->items[state->count] = *item;
    for (uint32_t i = item->first; i < item->end; i++) {
        uint32_t other = state->by_token[i];
        if (other == STEMMA_NONE ||
            state->items[other].end - state->items[other].first > item->end - item->first) {
            state->by_token[i] = (uint32_t)state->count;
        }
    }
    state->count++;
    return STEMMA_OK;
}

/** The statement as an event of its own, and its content as attributed. */
static stemma_status emit_statement(struct scan *scan, const struct statement *it)
{
    struct stm_annotation *ann = scan->ann;
    uint32_t speakers[4];
    uint32_t speaker_mentions[4];
    uint32_t speaker_count = 0;
    uint32_t via = STEMMA_NONE;
    uint32_t addressee = STEMMA_NONE;
    uint32_t event = STEMMA_NONE;
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 0; i < it->speakers.count && speaker_count < 4; i++) {
        uint32_t referent = STEMMA_NONE;
        status = item_referent(scan, it->speakers.items[i].mention, &referent);
        if (status != STEMMA_OK) {
            return status;
        }
        if (referent != STEMMA_NONE) {
            speaker_mentions[speaker_count] = it->speakers.items[i].mention;
            speakers[speaker_count++] = referent;
        }
    }
    status = item_referent(scan, it->via, &via);
    if (status == STEMMA_OK) {
        status = item_referent(scan, it->addressee, &addressee);
    }
    if (status != STEMMA_OK) {
        return status;
    }
    if (via == STEMMA_NONE && addressee != STEMMA_NONE && it->addressee != STEMMA_NONE &&
        ann->mentions[it->addressee].type == STM_ENTITY_ORGANIZATION) {
        via = addressee; /* "told Reuters" */
    }
    struct stm_attributed item = {it->content_first, it->content_end, it->cue,
                                  speaker_count != 0 ? speakers[0] : STEMMA_NONE,
                                  via, it->stance, it->demand};
    struct stm_stand stand = stm_stand_plain(it->confidence);
    stand.tense = (uint8_t)(it->group.form == STM_FORM_ED || it->group.form == STM_FORM_NONE
                                ? STEMMA_TENSE_PAST
                                : STEMMA_TENSE_PRESENT);
    if (speaker_count != 0) {
        uint32_t since = ann->assertion_count;
        uint32_t mention = STEMMA_NONE;
        stemma_span cue = stm_ann_span(ann, it->cue, it->cue_count);
        stemma_object type = stm_object_text(stemma_text_of("statement.say"));
        stemma_text words = {ann->text.data + it->content.start,
                             it->content.end - it->content.start};
        stemma_object content = stm_object_text(words);
        status = stm_ann_add_referent(ann, STM_ENTITY_NONE, "statement.say", &event);
        if (status == STEMMA_OK) {
            status = stm_ann_add_mention(ann, STEMMA_MENTION_TRIGGER, STM_ENTITY_NONE, it->cue,
                                         it->cue_count, it->cue, event, &mention);
        }
        if (status == STEMMA_OK) {
            ann->referents[event].canonical = mention;
            status = stm_emit(ann, since, event, "type", &type, &stand, cue, cue, it->cue);
        }
        for (uint32_t i = 0; i < speaker_count && status == STEMMA_OK; i++) {
            const struct stm_mention *who = &ann->mentions[speaker_mentions[i]];
            stemma_object object = stm_object_referent(speakers[i]);
            status = stm_emit(ann, since, event, "speaker", &object, &stand, cue,
                              stm_ann_span(ann, who->first, who->count), it->cue);
        }
        if (status == STEMMA_OK && addressee != STEMMA_NONE) {
            const struct stm_mention *who = &ann->mentions[it->addressee];
            stemma_object object = stm_object_referent(addressee);
            status = stm_emit(ann, since, event, "addressee", &object, &stand, cue,
                              stm_ann_span(ann, who->first, who->count), it->cue);
        }
        if (status == STEMMA_OK && it->time != STEMMA_NONE) {
            const struct stm_time_mention *when = &ann->times[it->time];
            stemma_object object = stm_object_time(when->value);
            status = stm_emit(ann, since, event, "time", &object, &stand, cue,
                              stm_ann_span(ann, when->first, when->count), it->cue);
        }
        if (status == STEMMA_OK) {
            struct stm_stand said = stand;
            said.attribution = STEMMA_ATTRIBUTION_SPEAKER;
            said.speaker = speakers[0];
            said.via = via;
            said.stance = it->stance;
            status = stm_emit(ann, since, event, "content", &content, &said, cue, it->content,
                              it->cue);
        }
        if (status != STEMMA_OK) {
            return status;
        }
    }
    return record(scan, &item);
}

/** A person, group, organisation or country that can speak; 0 for "exchange", "spring", ... */
static int can_speak(const struct scan *scan, const struct stm_chain *chain)
{
    if (chain->count == 0 || chain->items[0].mention == STEMMA_NONE) {
        return 0;
    }
    uint8_t type = scan->ann->mentions[chain->items[0].mention].type;
    return type != STM_ENTITY_NONE || scan->ann->mentions[chain->items[0].mention].kind ==
                                          STEMMA_MENTION_PRONOUN;
}

/** "Y quoted X as saying ...", "X was quoted as saying by Y ...". */
static int read_quoted(struct scan *scan, struct statement *it)
{
    struct stm_chain other = {.count = 0};
    uint32_t i = it->cue + 1;
    if (!it->group.has_be) {
        struct stm_chain whom;
        stm_chain_read(scan->ann, i, scan->end, STM_CHAIN_OBJECT, &whom);
        if (whom.count == 0) {
            return 0;
        }
        i = whom.end;
        other = it->speakers;
        it->speakers = whom;
    }
    if (!(is_at(scan, i, "as") && i + 1 < scan->end &&
          (is_at(scan, i + 1, "saying") || is_at(scan, i + 1, "telling")))) {
        return 0;
    }
    it->cue_count = i + 2 - it->cue;
    i += 2;
    if (is_at(scan, i, "by")) {
        stm_chain_read(scan->ann, i + 1, scan->end, STM_CHAIN_OBJECT, &other);
        i = other.count != 0 ? other.items[0].end : i + 1;
    }
    if (other.count != 0) {
        it->via = other.items[0].mention;
    }
    it->frames = STM_CUE_THAT | STM_CUE_BARE;
    uint32_t cue_count = it->cue_count;
    it->cue_count = i - it->cue; /* look for the content behind the medium */
    int found = content_right(scan, it);
    if (!found) {
        uint32_t subject_first = it->speakers.count != 0 ? it->speakers.first : it->group.first;
        found = content_left(scan, it, subject_first);
    }
    it->cue_count = cue_count;
    return found;
}

/** Quoted phrases in the reach of "called", "condemned": the phrase is said. */
static int read_phrase(struct scan *scan, struct statement *it)
{
    uint32_t limit = it->cue + 25 < scan->end ? it->cue + 25 : scan->end;
    for (uint32_t i = it->cue + 1; i < limit; i++) {
        enum stm_verb_form form = STM_FORM_NONE;
        if (has_flag(scan, i, STM_TOKEN_QUOTE_OPEN) && quote_at(scan, i) != STEMMA_NONE) {
            set_quote(scan, it, quote_at(scan, i));
            return 1;
        }
        if ((stm_cue_at(scan->ann, i, &form) & STM_CUE_THAT) && form == STM_FORM_ED) {
            break;
        }
    }
    return 0;
}

static stemma_status read_cue(struct scan *scan, uint32_t i, enum stm_verb_form form,
                              uint32_t frames)
{
    struct stm_annotation *ann = scan->ann;
    struct statement it = {.cue = i, .cue_count = 1, .frames = frames, .addressee = STEMMA_NONE,
                           .via = STEMMA_NONE, .time = STEMMA_NONE,
                           .stance = STEMMA_STANCE_ASSERTS, .confidence = 850};
    it.group = stm_verb_group_at(ann, i, form);
    if (form == STM_FORM_ING && i > scan->first && is_at(scan, i - 1, "as")) {
        return STEMMA_OK; /* "quoted as saying": read with its verb */
    }
    if (it.group.negated || it.group.modal || it.group.future || it.group.infinitive ||
        (form == STM_FORM_BASE && tag_at(scan, i) != STM_TAG_VERB)) {
        return STEMMA_OK;
    }
    int passive = it.group.has_be && form == STM_FORM_ED;
    if (passive && !(frames & STM_CUE_QUOTED)) {
        return STEMMA_OK;
    }
    if (frames & STM_CUE_DENIES) {
        it.stance = STEMMA_STANCE_DENIES;
    } else if ((frames & STM_CUE_ASKS) != 0) {
        it.stance = STEMMA_STANCE_QUESTIONS;
    }
    stm_subject_of(ann, &it.group, &it.speakers);
    uint32_t subject_first = it.speakers.count != 0 && it.speakers.first < i ? it.speakers.first : it.group.first;
    if (!can_speak(scan, &it.speakers)) {
        /* "..., said Anna Bell": the speaker behind the verb */
        struct stm_chain behind;
        it.speakers.count = 0;
        if (form == STM_FORM_ED || form == STM_FORM_S || form == STM_FORM_BASE) {
            stm_chain_read(ann, i + 1, scan->end, STM_CHAIN_OBJECT, &behind);
            int after_content = i > scan->first && (is_at(scan, i - 1, ",") ||
                                                    has_flag(scan, i - 1, STM_TOKEN_QUOTE_CLOSE));
            if (after_content && can_speak(scan, &behind)) {
                it.speakers = behind;
                if (content_left(scan, &it, it.group.first) ) {
                    return emit_statement(scan, &it);
                }
                if (is_at(scan, i - 1, ",") && i >= scan->first + 2 &&
                    content_left(scan, &it, i)) {
                    return emit_statement(scan, &it);
                }
                return STEMMA_OK;
            }
        }
        return STEMMA_OK;
    }
    int found = 0;
    if (frames & STM_CUE_QUOTED) {
        found = read_quoted(scan, &it);
    } else if (frames & STM_CUE_ACCUSES) {
        struct stm_chain whom;
        stm_chain_read(ann, i + 1, scan->end, STM_CHAIN_OBJECT, &whom);
        if (whom.count != 0 && is_at(scan, whom.items[0].end, "of")) {
            set_content(scan, &it, whom.items[0].end + 1, clause_end(scan, i));
            found = it.content_end != 0;
        }
    } else {
        int behind_quote = subject_first > scan->first &&
                           (has_flag(scan, subject_first - 1, STM_TOKEN_QUOTE_CLOSE) ||
                            (subject_first > scan->first + 1 && is_at(scan, subject_first - 1, ",") &&
                             has_flag(scan, subject_first - 2, STM_TOKEN_QUOTE_CLOSE)));
        if (behind_quote && form != STM_FORM_ING && (frames & STM_CUE_THAT)) {
            found = content_left(scan, &it, subject_first);
        }
        if (found && (frames & STM_CUE_ADDRESSEE)) {
            read_addressee(scan, &it);
        }
        if (!found) {
            found = content_right(scan, &it);
        }
        if (!found && (frames & STM_CUE_THAT)) {
            found = content_left(scan, &it, subject_first);
        }
        if (!found && (frames & STM_CUE_PHRASE)) {
            found = read_phrase(scan, &it);
        }
    }
    return found ? emit_statement(scan, &it) : STEMMA_OK;
}

/** "according to X": of what stands beside it, or of the statement that it passes on. */
static stemma_status read_according(struct scan *scan, uint32_t i)
{
    struct stm_annotation *ann = scan->ann;
    struct statement it = {.cue = i, .cue_count = 2, .addressee = STEMMA_NONE, .via = STEMMA_NONE,
                           .time = STEMMA_NONE, .stance = STEMMA_STANCE_ASSERTS,
                           .confidence = 850};
    stm_chain_read(ann, i + 2, scan->end, STM_CHAIN_OBJECT, &it.speakers);
    if (it.speakers.count == 0 || it.speakers.items[0].mention == STEMMA_NONE) {
        return STEMMA_OK;
    }
    it.speakers.count = 1;
    /* "Coale said, according to Belta": a medium passes a statement on. */
    for (size_t n = scan->state->count; n-- > 0 && scan->state->count - n <= 4;) {
        struct stm_attributed *item = &scan->state->items[n];
        if (item->cue < i && i - item->cue <= 8 && item->cue >= scan->first &&
            item->end <= item->cue + 1) {
            uint32_t via = STEMMA_NONE;
            stemma_status status = item_referent(scan, it.speakers.items[0].mention, &via);
            if (status == STEMMA_OK && via != STEMMA_NONE && via != item->speaker) {
                item->via = via;
                for (uint32_t a = ann->assertion_count; a-- > 0 && ann->assertion_count - a <= 8;) {
                    stemma_assertion *value = &ann->assertions[a].value;
                    if (stemma_text_equal(value->predicate, stemma_text_of("content"))) {
                        value->via = via;
                        break;
                    }
                }
            }
            return status;
        }
    }
    it.group.first = it.group.main = i;
    if (i == scan->first || (i == scan->first + 1 && has_flag(scan, scan->first, STM_TOKEN_PUNCTUATION))) {
        uint32_t start = it.speakers.end;
        if (start > i + 3 && is_at(scan, start - 1, ",")) {
            start--;
        }
        while (start < scan->end && !is_at(scan, start, ",")) {
            start++;
        }
        if (start < scan->end) {
            set_content(scan, &it, start + 1, clause_end(scan, start + 1));
        }
    } else if (i - scan->first < REACH) {
        set_content(scan, &it, scan->first, i);
    }
    if (it.content_end == 0 || !has_finite(scan, it.content_first, it.content_end)) {
        return STEMMA_OK;
    }
    return emit_statement(scan, &it);
}

/** Quotes that go on from the one before, with no cue of their own. */
static stemma_status continue_quotes(struct scan *scan)
{
    struct stm_annotation *ann = scan->ann;
    for (uint32_t q = 0; q < ann->quote_count; q++) {
        const struct stm_quote *quote = &ann->quotes[q];
        if (scan->quote_done[q] || quote->depth != 0 || quote->count < 3) {
            continue;
        }
        uint32_t previous = quote->continues;
        if (previous == STEMMA_NONE && q > 0 && quote->count >= 6 &&
            (ann->tokens[quote->first].flags & STM_TOKEN_SENTENCE_START ||
             (quote->first + 1 < ann->token_count &&
              ann->tokens[quote->first + 1].flags & STM_TOKEN_SENTENCE_START))) {
            const struct stm_quote *before = &ann->quotes[q - 1];
            uint32_t paragraph = ann->sentences[ann->tokens[quote->first].sentence].paragraph;
            uint32_t end = before->first + before->count;
            if (ann->sentences[ann->tokens[before->first].sentence].paragraph == paragraph &&
                quote->first - end < 16) {
                previous = q - 1;
            }
        }
        if (previous == STEMMA_NONE || previous >= q || !scan->quote_done[previous]) {
            continue;
        }
        const struct stm_attributed *source =
            stm_attributed_at(ann, ann->quotes[previous].first);
        if (source == NULL) {
            continue;
        }
        struct stm_attributed item = *source;
        item.first = quote->first;
        item.end = quote->first + quote->count;
        scan->quote_done[q] = 1;
        stemma_status status = record(scan, &item);
        if (status != STEMMA_OK) {
            return status;
        }
        /* Said by the same act: one more content of that event. */
        for (uint32_t a = ann->assertion_count; a-- > 0 && ann->assertion_count - a <= 64;) {
            const stemma_assertion said = ann->assertions[a].value;
            const struct stm_token *cue = &ann->tokens[item.cue];
            if (!stemma_text_equal(said.predicate, stemma_text_of("content")) ||
                ann->referents[said.subject].canonical == STEMMA_NONE ||
                ann->mentions[ann->referents[said.subject].canonical].first != item.cue) {
                continue;
            }
            stemma_text words = {ann->text.data + quote->start, quote->end - quote->start};
            stemma_object content = stm_object_text(words);
            stemma_span trigger = {cue->start, cue->end};
            stemma_span filler = {quote->start, quote->end};
            struct stm_stand stand = stm_stand_plain(700);
            stand.tense = said.tense;
            stand.attribution = said.attribution;
            stand.speaker = said.speaker;
            stand.via = said.via;
            stand.stance = said.stance;
            status = stm_emit(ann, a, said.subject, "content", &content, &stand, trigger, filler,
                              quote->first);
            if (status != STEMMA_OK) {
                return status;
            }
            break;
        }
    }
    return STEMMA_OK;
}

stemma_status stm_extract_attribution(struct stm_annotation *ann)
{
    struct scan scan = {.ann = ann};
    scan.state = stm_arena_alloc(ann->arena, 1, sizeof *scan.state);
    scan.quote_done = stm_arena_alloc(ann->arena, ann->quote_count, sizeof *scan.quote_done);
    if (scan.state == NULL || scan.quote_done == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    scan.state->by_token =
        stm_arena_alloc(ann->arena, ann->token_count, sizeof *scan.state->by_token);
    if (scan.state->by_token == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < ann->token_count; i++) {
        scan.state->by_token[i] = STEMMA_NONE;
    }
    ann->part2 = scan.state;
    for (uint32_t s = 0; s < ann->sentence_count; s++) {
        scan.first = ann->sentences[s].first;
        scan.end = stm_ann_sentence_end(ann, s);
        for (uint32_t i = scan.first; i < scan.end; i++) {
            enum stm_verb_form form = STM_FORM_NONE;
            stemma_status status = STEMMA_OK;
            if (ann->tokens[i].flags & STM_TOKEN_IN_QUOTE) {
                continue;
            }
            if (is_at(&scan, i, "according") && is_at(&scan, i + 1, "to")) {
                status = read_according(&scan, i);
            } else {
                uint32_t frames = stm_cue_at(ann, i, &form);
                if (frames != 0) {
                    status = read_cue(&scan, i, form, frames);
                }
            }
            if (status != STEMMA_OK) {
                return status;
            }
        }
    }
    return continue_quotes(&scan);
}
