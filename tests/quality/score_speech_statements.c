/* SPDX-License-Identifier: MIT */
/* Statements: who speaks, to whom, through whom, and which words. */
#include <string.h>

#include "score_speech.h"

enum { MOST = 128, MOST_SPANS = 16 };

struct said {
    uint32_t event;
    stemma_span spans[MOST_SPANS];
    size_t span_count;
    uint32_t speaker;
    uint32_t other; /**< The last speaker, where there are several: "the union and the owners". */
    uint32_t via;
    uint32_t addressee;
    uint8_t stance;
    uint8_t realis;
    bool taken;
};

const char *member(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static bool is_word(unsigned char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c >= 0x80;
}

static bool inside(const stemma_span *spans, size_t count, uint32_t at)
{
    for (size_t i = 0; i < count; i++) {
        if (at >= spans[i].start && at < spans[i].end) {
            return true;
        }
    }
    return false;
}

/** Twice the words in both over the words of each. Curly quotation marks are no words. */
static double overlap(stemma_text text, const stemma_span *a, size_t a_count, const stemma_span *b,
                      size_t b_count)
{
    double both = 0;
    double all = 0;
    for (uint32_t i = 0; i < text.size; i++) {
        unsigned char c = (unsigned char)text.data[i];
        bool mark = c == 0xE2 && i + 1 < text.size && (unsigned char)text.data[i + 1] == 0x80;
        bool begins = is_word(c) && !mark && (i == 0 || !is_word((unsigned char)text.data[i - 1]));
        if (mark) {
            i += 2;
            begins = i + 1 < text.size && is_word((unsigned char)text.data[i + 1]);
            if (begins) {
                i++;
            }
        }
        if (!begins) {
            continue;
        }
        bool in_a = inside(a, a_count, i);
        bool in_b = inside(b, b_count, i);
        both += in_a && in_b;
        all += in_a + in_b;
    }
    return all == 0 ? 0 : 2 * both / all;
}

/** Where a phrase ends for its head: before "of", "for", "who", a comma. */
static size_t head_end(const char *phrase)
{
    static const char *const breaks[] = {" of ",   " for ",      " who ", " from ",  " at ",
                                         " in ",   ", ",         " on ",  " by ",    " with ",
                                         " that ", " close to ", " to ",  " behind "};
    size_t end = strlen(phrase);
    for (size_t i = 0; i < sizeof breaks / sizeof breaks[0]; i++) {
        const char *at = strstr(phrase, breaks[i]);
        if (at != NULL && (size_t)(at - phrase) < end && at != phrase) {
            end = (size_t)(at - phrase);
        }
    }
    return end;
}

bool is_meant(const stemma_document *read, uint32_t referent, const char *phrase, const char *name)
{
    if (referent >= read->referent_count) {
        return false;
    }
    const stemma_referent *who = &read->referents[referent];
    for (uint32_t i = 0; i < who->name_count; i++) {
        const stemma_text text = who->names[i].text;
        if ((name != NULL && stemma_text_equal(text, stemma_text_of(name))) ||
            (phrase != NULL && stemma_text_equal(text, stemma_text_of(phrase)))) {
            return true;
        }
    }
    size_t end = phrase != NULL ? head_end(phrase) : 0;
    for (const char *at = phrase != NULL ? strstr(read->text.data, phrase) : NULL; at != NULL;
         at = strstr(at + 1, phrase)) {
        uint32_t last = (uint32_t)(at - read->text.data + (ptrdiff_t)end);
        for (uint32_t m = 0; m < read->mention_count; m++) {
            const stemma_mention *mention = &read->mentions[m];
            if (mention->referent == referent && mention->spans[0].end >= last &&
                mention->spans[0].start < last &&
                mention->spans[0].start >= (uint32_t)(at - read->text.data)) {
                return true;
            }
        }
    }
    /* A longer or shorter form of the name: "Bell" for "Anna Bell". */
    for (uint32_t i = 0; name != NULL && i < who->name_count; i++) {
        const stemma_text text = who->names[i].text;
        size_t size = strlen(name);
        if (text.size > 3 && text.size < size && name[size - text.size - 1] == ' ' &&
            memcmp(name + size - text.size, text.data, text.size) == 0) {
            return true;
        }
    }
    return false;
}

static struct said *said_of(struct said *all, size_t *count, uint32_t event)
{
    for (size_t i = 0; i < *count; i++) {
        if (all[i].event == event) {
            return &all[i];
        }
    }
    if (*count == MOST) {
        return NULL;
    }
    all[*count] = (struct said){
        .event = event,
        .speaker = STEMMA_NONE,
        .other = STEMMA_NONE,
        .via = STEMMA_NONE,
        .addressee = STEMMA_NONE};
    return &all[(*count)++];
}

static size_t collect(const stemma_document *read, struct said *all)
{
    size_t count = 0;
    for (uint32_t a = 0; a < read->assertion_count; a++) {
        const stemma_assertion *it = &read->assertions[a];
        if (!stemma_text_equal(it->predicate, stemma_text_of("content"))) {
            continue;
        }
        struct said *said = said_of(all, &count, it->subject);
        for (uint32_t e = 0; said != NULL && e < it->evidence_count; e++) {
            if (it->evidence[e].part == STEMMA_EVIDENCE_FILLER && said->span_count < MOST_SPANS) {
                said->spans[said->span_count++] = it->evidence[e].spans[0];
            }
        }
        if (said != NULL) {
            said->speaker = it->speaker;
            said->via = it->via;
            said->stance = it->stance;
            said->realis = it->realis;
        }
    }
    for (uint32_t a = 0; a < read->assertion_count; a++) {
        const stemma_assertion *it = &read->assertions[a];
        for (size_t i = 0; i < count; i++) {
            if (all[i].event == it->subject &&
                stemma_text_equal(it->predicate, stemma_text_of("addressee"))) {
                all[i].addressee = it->object.as.referent;
            }
            if (all[i].event == it->subject && it->object.kind == STEMMA_OBJECT_REFERENT &&
                stemma_text_equal(it->predicate, stemma_text_of("speaker"))) {
                all[i].other = it->object.as.referent;
            }
        }
    }
    return count;
}

static size_t gold_spans(const struct passage *passage, const json_t *gold, stemma_span *spans)
{
    const json_t *list = json_object_get(gold, "content");
    const char *text = passage->read->text.data;
    const char *from = text;
    size_t count = 0;
    size_t i;
    json_t *value;
    json_array_foreach(list, i, value)
    {
        const char *words = json_string_value(value);
        const char *at = words != NULL ? strstr(from, words) : NULL;
        if (at == NULL && words != NULL) {
            at = strstr(text, words);
        }
        if (at == NULL) {
            fprintf(stderr, "%s: not in the text: %s\n", passage->id, words);
            continue;
        }
        if (count < MOST_SPANS) {
            spans[count].start = (uint32_t)(at - text);
            spans[count++].end = (uint32_t)(at - text + (ptrdiff_t)strlen(words));
        }
        from = at + strlen(words);
    }
    return count;
}

static bool stance_fits(const char *wanted, const struct said *said)
{
    if (wanted == NULL || strcmp(wanted, "asserts") == 0) {
        return said->stance == STEMMA_STANCE_ASSERTS;
    }
    if (strcmp(wanted, "denies") == 0) {
        return said->stance == STEMMA_STANCE_DENIES;
    }
    return strcmp(wanted, "questions") == 0 ? said->stance == STEMMA_STANCE_QUESTIONS
                                            : said->realis == STEMMA_REALIS_OTHER;
}

static void tell(const struct speech_score *score, const struct passage *passage, const char *what,
                 const json_t *gold, const struct said *said)
{
    if (score->errors == NULL) {
        return;
    }
    fprintf(score->errors, "%s %s:", passage->id, what);
    if (gold != NULL) {
        const char *words = json_string_value(json_array_get(json_object_get(gold, "content"), 0));
        fprintf(score->errors, " wanted [%s] \"%s\"", member(gold, "speaker"),
                words != NULL ? words : "");
    }
    if (said != NULL) {
        const stemma_document *read = passage->read;
        fprintf(score->errors, " read [");
        if (said->speaker < read->referent_count && read->referents[said->speaker].name_count) {
            stemma_text name = read->referents[said->speaker].names[0].text;
            fprintf(score->errors, "%.*s", (int)name.size, name.data);
        }
        fputs("]", score->errors);
        for (size_t i = 0; i < said->span_count; i++) {
            fprintf(score->errors, " \"%.*s\"", (int)(said->spans[i].end - said->spans[i].start),
                    read->text.data + said->spans[i].start);
        }
    }
    fputc('\n', score->errors);
}

void score_statements(struct speech_score *score, const struct passage *passage)
{
    static const char *const forms[] = {"direct", "indirect", "mixed"};
    struct tally *by_form[] = {&score->direct, &score->indirect, &score->mixed};
    struct said all[MOST];
    const stemma_document *read = passage->read;
    size_t count = collect(read, all);
    const json_t *list = json_object_get(passage->gold, "statements");
    size_t i;
    json_t *gold;
    json_array_foreach(list, i, gold)
    {
        stemma_span spans[MOST_SPANS];
        size_t span_count = gold_spans(passage, gold, spans);
        struct said *best = NULL;
        double most = 0.3;
        const char *form = member(gold, "form");
        struct tally *form_tally = NULL;
        for (size_t k = 0; k < count; k++) {
            double shared = all[k].taken ? 0
                                         : overlap(read->text, spans, span_count, all[k].spans,
                                                   all[k].span_count);
            if (shared > most) {
                most = shared;
                best = &all[k];
            }
        }
        /* what a reader may take or leave counts only when it is taken */
        if (best == NULL && json_is_true(json_object_get(gold, "maybe"))) {
            continue;
        }
        for (size_t f = 0; f < 3; f++) {
            if (form != NULL && strcmp(form, forms[f]) == 0) {
                form_tally = by_form[f];
                form_tally->wanted++;
            }
        }
        score->statements.wanted++;
        score->words.wanted++;
        if (best == NULL) {
            tell(score, passage, "missed", gold, NULL);
            continue;
        }
        best->taken = true;
        bool same_words = most >= 0.8;
        /* of several, the gold has the words of all: their head is that of the last */
        bool same_speaker =
            is_meant(read, best->speaker, member(gold, "speaker"), member(gold, "speaker_name")) ||
            is_meant(read, best->other, member(gold, "speaker"), NULL);
        score->words.right += same_words;
        score->speakers.wanted++;
        score->speakers.given++;
        score->speakers.right += same_speaker;
        if (same_words && same_speaker) {
            score->statements.right++;
            if (form_tally != NULL) {
                form_tally->right++;
            }
        } else {
            tell(score, passage,
                 same_words     ? "speaker"
                 : same_speaker ? "words"
                                : "both",
                 gold, best);
        }
        const char *addressee = member(gold, "addressee");
        if (addressee != NULL || best->addressee != STEMMA_NONE) {
            bool right = addressee != NULL && is_meant(read, best->addressee, addressee, addressee);
            score->addressees.wanted += addressee != NULL;
            score->addressees.given += best->addressee != STEMMA_NONE;
            score->addressees.right += right;
            if (!right) {
                tell(score, passage, "addressee", gold, best);
            }
        }
        const char *via = member(gold, "via");
        bool told = addressee != NULL && is_meant(read, best->via, addressee, addressee);
        if (via != NULL || (best->via != STEMMA_NONE && !told)) {
            bool right = via != NULL && is_meant(read, best->via, via, via);
            score->media.wanted += via != NULL;
            score->media.given += best->via != STEMMA_NONE && !told;
            score->media.right += right;
            if (!right) {
                tell(score, passage, "via", gold, best);
            }
        }
        score->stances.wanted++;
        score->stances.given++;
        score->stances.right += stance_fits(member(gold, "stance"), best);
        if (!stance_fits(member(gold, "stance"), best)) {
            tell(score, passage, "stance", gold, best);
        }
    }
    for (size_t k = 0; k < count; k++) {
        score->statements.given++;
        score->words.given++;
        if (!all[k].taken) {
            tell(score, passage, "not wanted", NULL, &all[k]);
        }
    }
}
