/* SPDX-License-Identifier: MIT */
#include "corpus.h"

#include "prng.h"

#include <stdio.h>
#include <stdlib.h>

static void *must(void *memory)
{
    if (memory == NULL) {
        abort();
    }
    return memory;
}

static void need(int holds)
{
    if (!holds) {
        abort();
    }
}

corpus_document *corpus_new(const char *uri, const char *published)
{
    corpus_document *d = must(calloc(1, sizeof *d));
    snprintf(d->uri, sizeof d->uri, "%s", uri);
    snprintf(d->published, sizeof d->published, "%s", published);
    d->document.uri = stemma_text_of(d->uri);
    d->document.published.edtf = stemma_text_of(d->published);
    d->document.language = stemma_text_of("en");
    d->document.referents = d->referents;
    d->document.mentions = d->mentions;
    d->document.assertions = d->assertions;
    d->document.sentences = d->sentences;
    return d;
}

void corpus_free(corpus_document *d)
{
    if (d != NULL) {
        free(d->text);
        free(d);
    }
}

stemma_span corpus_say(corpus_document *d, const char *words)
{
    size_t size = strlen(words);
    size_t start = d->document.text.size;
    if (start + size > d->text_capacity) {
        d->text_capacity = (start + size) * 2 + 256;
        d->text = must(realloc(d->text, d->text_capacity));
    }
    memcpy(d->text + start, words, size);
    d->document.text.data = d->text;
    d->document.text.size = start + size;
    stemma_span span = {(uint32_t)start, (uint32_t)(start + size)};
    return span;
}

void corpus_sentence(corpus_document *d)
{
    need(d->document.sentence_count < CORPUS_MOST);
    d->sentences[d->document.sentence_count++] = (uint32_t)d->document.text.size;
}

uint32_t corpus_entity(corpus_document *d, const char *type, const char *name)
{
    uint32_t ordinal = d->document.referent_count++;
    need(ordinal < CORPUS_MOST && d->name_count < CORPUS_MOST);
    d->referents[ordinal].kind = STEMMA_REFERENT_ENTITY;
    d->referents[ordinal].type = stemma_text_of(type);
    if (name != NULL) {
        stemma_name *added = &d->names[d->name_count++];
        added->text = stemma_text_of(name);
        d->referents[ordinal].names = added;
        d->referents[ordinal].name_count = 1;
    }
    return ordinal;
}

uint32_t corpus_event(corpus_document *d, const char *type)
{
    uint32_t ordinal = corpus_entity(d, type, NULL);
    d->referents[ordinal].kind = STEMMA_REFERENT_EVENT;
    return ordinal;
}

void corpus_mention(corpus_document *d, uint32_t referent, uint8_t kind, stemma_span span)
{
    uint32_t i = d->document.mention_count++;
    int first = referent != STEMMA_NONE;
    need(i < CORPUS_MOST);
    for (uint32_t m = 0; m < i; m++) {
        first = first && d->mentions[m].referent != referent;
    }
    d->mention_spans[i] = span;
    d->mentions[i].spans = &d->mention_spans[i];
    d->mentions[i].span_count = 1;
    d->mentions[i].kind = kind;
    d->mentions[i].canonical = (uint8_t)first;
    d->mentions[i].referent = referent;
}

stemma_assertion *corpus_assert(corpus_document *d, uint32_t subject, const char *predicate,
                                stemma_object object, stemma_span evidence)
{
    uint32_t i = d->document.assertion_count++;
    need(i < CORPUS_MOST);
    d->evidence_spans[i] = evidence;
    d->evidence[i].spans = &d->evidence_spans[i];
    d->evidence[i].span_count = 1;
    d->evidence[i].part = STEMMA_EVIDENCE_CONTEXT;
    stemma_assertion *a = &d->assertions[i];
    a->subject = subject;
    a->predicate = stemma_text_of(predicate);
    a->object = object;
    a->polarity = STEMMA_POLARITY_POSITIVE;
    a->certainty = STEMMA_CERTAINTY_CERTAIN;
    a->speaker = STEMMA_NONE;
    a->via = STEMMA_NONE;
    a->confidence = STEMMA_NO_CONFIDENCE;
    a->evidence = &d->evidence[i];
    a->evidence_count = 1;
    return a;
}

stemma_object corpus_referent(uint32_t referent)
{
    stemma_object object = {0};
    object.kind = STEMMA_OBJECT_REFERENT;
    object.as.referent = referent;
    return object;
}

stemma_object corpus_text(const char *text)
{
    stemma_object object = {0};
    object.kind = STEMMA_OBJECT_TEXT;
    object.as.text = stemma_text_of(text);
    return object;
}

stemma_object corpus_time(const char *raw, const char *edtf)
{
    stemma_object object = {0};
    object.kind = STEMMA_OBJECT_TIME;
    object.as.time.raw = stemma_text_of(raw);
    object.as.time.edtf = stemma_text_of(edtf);
    return object;
}

stemma_object corpus_place(const char *raw, uint32_t referent)
{
    stemma_object object = {0};
    object.kind = STEMMA_OBJECT_PLACE;
    object.as.place.raw = stemma_text_of(raw);
    object.as.place.referent = referent;
    object.as.place.latitude = STEMMA_NO_DEGREES;
    object.as.place.longitude = STEMMA_NO_DEGREES;
    return object;
}

stemma_object corpus_count(const char *raw, const char *amount, const char *counted)
{
    stemma_object object = {0};
    object.kind = STEMMA_OBJECT_QUANTITY;
    object.as.quantity.raw = stemma_text_of(raw);
    object.as.quantity.amount = stemma_text_of(amount);
    object.as.quantity.counted = stemma_text_of(counted);
    return object;
}

uint32_t corpus_release(corpus_document *d, const char *person, const char *day_raw,
                        const char *day_edtf, const char *place)
{
    corpus_sentence(d);
    uint32_t start = (uint32_t)d->document.text.size;
    uint32_t who = corpus_entity(d, "person", person);
    uint32_t where = corpus_entity(d, "place", place);
    uint32_t event = corpus_event(d, "justice.release");
    corpus_mention(d, who, STEMMA_MENTION_NAME, corpus_say(d, person));
    corpus_say(d, " was ");
    corpus_mention(d, event, STEMMA_MENTION_TRIGGER, corpus_say(d, "freed"));
    corpus_say(d, " on ");
    corpus_mention(d, STEMMA_NONE, STEMMA_MENTION_TIME, corpus_say(d, day_raw));
    corpus_say(d, " in ");
    corpus_mention(d, where, STEMMA_MENTION_NAME, corpus_say(d, place));
    corpus_say(d, ". ");
    stemma_span sentence = {start, (uint32_t)d->document.text.size - 1};
    corpus_assert(d, event, "type", corpus_text("justice.release"), sentence)->realis =
        STEMMA_REALIS_ACTUAL;
    corpus_assert(d, event, "patient", corpus_referent(who), sentence);
    corpus_assert(d, event, "time", corpus_time(day_raw, day_edtf), sentence);
    corpus_assert(d, event, "place", corpus_place(place, where), sentence);
    return event;
}

/* ---- Made up by the hundred ------------------------------------------------------------------ */

static void make_word(prng *random, char *out, uint32_t syllables)
{
    static const char *const onsets[] = {"b", "d", "f", "g", "k",  "l",  "m",  "n",  "p",  "r",
                                         "s", "t", "v", "z", "br", "dr", "kl", "st", "tr", "sh"};
    static const char *const vowels[] = {"a", "e", "i", "o", "u", "ai", "ou"};
    static const char *const ends[] = {"", "", "", "n", "r", "l", "s", "t"};
    size_t size = 0;
    for (uint32_t i = 0; i < syllables; i++) {
        size += (size_t)sprintf(out + size, "%s%s%s", onsets[prng_below(random, 20)],
                                vowels[prng_below(random, 7)], ends[prng_below(random, 8)]);
    }
}

static void capital(char *word)
{
    word[0] = (char)(word[0] - 'a' + 'A');
}

void corpus_make_names(corpus_names *names)
{
    prng random = {1};
    memset(names, 0, sizeof *names);
    for (int i = 0; i < 400; i++) {
        char given[16] = "";
        char family[20] = "";
        make_word(&random, given, 2);
        make_word(&random, family, 3);
        capital(given);
        capital(family);
        snprintf(names->person[i], sizeof names->person[i], "%s %s", given, family);
    }
    for (int i = 0; i < 100; i++) {
        char place[20] = "";
        make_word(&random, place, 2 + prng_below(&random, 2));
        capital(place);
        snprintf(names->place[i], sizeof names->place[i], "%s", place);
    }
    for (int i = 0; i < 3000; i++) {
        char word[16] = "";
        make_word(&random, word, 1 + prng_below(&random, 3));
        snprintf(names->word[i], sizeof names->word[i], "%s", word);
    }
}

/* Few words are frequent, most are rare. */
static uint32_t zipf(prng *random, uint32_t bound)
{
    double u = (double)(prng_next(random) >> 11) / 9007199254740992.0;
    uint32_t value = (uint32_t)((double)bound * u * u * u);
    return value < bound ? value : bound - 1;
}

static void chatter(corpus_document *d, const corpus_names *names, prng *random, uint32_t words)
{
    for (uint32_t i = 0; i < words; i++) {
        corpus_say(d, names->word[zipf(random, 3000)]);
        corpus_say(d, i + 1 < words ? " " : ". ");
    }
}

corpus_document *corpus_make(const corpus_names *names, uint32_t number)
{
    static const char *const months[] = {"January", "March", "June", "October"};
    static const int month_numbers[] = {1, 3, 6, 10};
    prng random = {number * 7919u + 17u};
    char uri[64];
    char day[16];
    snprintf(uri, sizeof uri, "https://news.example/%u", number);
    snprintf(day, sizeof day, "20%02u-%02u-%02u", 10 + prng_below(&random, 15),
             1 + prng_below(&random, 12), 1 + prng_below(&random, 28));
    corpus_document *d = corpus_new(uri, day);
    for (int i = 0; i < 8; i++) {
        static char raw[64][24]; /* of dates: the same few, so that they may stay */
        static char edtf[64][16];
        uint32_t month = prng_below(&random, 4);
        uint32_t in_month = 1 + prng_below(&random, 16);
        uint32_t slot = month * 16 + in_month - 1;
        snprintf(raw[slot], sizeof raw[slot], "%u %s 2021", in_month, months[month]);
        snprintf(edtf[slot], sizeof edtf[slot], "2021-%02d-%02u", month_numbers[month], in_month);
        const char *person = names->person[zipf(&random, 400)];
        uint32_t event =
            corpus_release(d, person, raw[slot], edtf[slot], names->place[zipf(&random, 100)]);
        uint32_t agent = corpus_entity(d, "person", names->person[zipf(&random, 400)]);
        if (i == 3) { /* right behind its first name */
            need(d->name_count < CORPUS_MOST);
            d->names[d->name_count].text = stemma_text_of(names->word[number % 8]);
            d->names[d->name_count++].kind = STEMMA_NAME_ALIAS;
            d->referents[agent].name_count = 2;
        }
        corpus_sentence(d);
        chatter(d, names, &random, 10 + prng_below(&random, 10));
        corpus_mention(d, agent, STEMMA_MENTION_NAME,
                       corpus_say(d, d->referents[agent].names[0].text.data));
        corpus_say(d, " ");
        stemma_span said = corpus_say(d, "gave the order");
        corpus_say(d, ". ");
        corpus_assert(d, event, "agent", corpus_referent(agent), said);
        corpus_assert(d, agent, "role", corpus_text(names->word[zipf(&random, 200)]), said);
        corpus_sentence(d);
        chatter(d, names, &random, 25 + prng_below(&random, 20));
    }
    return d;
}
