/* SPDX-License-Identifier: MIT */
/* make_newsroom KB [DOCUMENTS]: a file as articles make it, for measuring. Some 25 happenings an
   article, of which a fifth are stories that other articles tell too, with counts that differ and people
   who are quoted; every fifth article copies an earlier one; people go by several names. 50,000
   articles (the default) make a million events. The same number makes the same bytes. What to ask
   about is printed: names of people, places and words, frequent and rare, a line each. */
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "stemma/write.h"
#include "support/corpus.h"
#include "support/prng.h"

#define PEOPLE  20000u
#define PLACES  400u
#define BODIES  2000u
#define EVENTS  25u  /* of an article */
#define STORIES 5u   /* of these, told by others too */
#define EVERY   3u   /* articles for each story that begins */
#define HUBS    40u  /* stories that never end */
#define POOL    8192u

struct name {
    char full[48], variant[48], last[24];
};

struct room {
    struct name people[PEOPLE];
    char places[PLACES][24];
    char bodies[BODIES][40];
    stemma_referent_id first_person[PEOPLE], first_place[PLACES], first_body[BODIES];
    stemma_referent_id *first_story;
    stemma_writer *writer;
    uint32_t run;
};

/* What one article has said so far. */
struct article {
    corpus_document *d;
    uint32_t people[CORPUS_MOST], person_of[CORPUS_MOST], person_count;
    uint32_t places[CORPUS_MOST], place_of[CORPUS_MOST], place_count;
    uint32_t bodies[CORPUS_MOST], body_of[CORPUS_MOST], body_count;
    uint32_t stories[STORIES], story_of[STORIES], story_count;
    char pool[POOL]; /* words that the document points to */
    size_t pooled;
};

static void must(stemma_status status, const stemma_error *error)
{
    if (status != STEMMA_OK) {
        fprintf(stderr, "make_newsroom: %s %s: %s\n", error->code, error->where, error->message);
        exit(1);
    }
}

/* Numbers from 0 on, the first ones often: Zipf with exponent 1. */
static uint32_t unequal(prng *random, uint32_t below)
{
    double u = (double)(prng_next(random) >> 11) / 9007199254740992.0;
    uint32_t n = (uint32_t)(exp(u * log((double)below + 1.0)) - 1.0);
    return n < below ? n : below - 1u;
}

/* ---- Names ------------------------------------------------------------------------------------ */

static void syllables(uint32_t number, int count, char *out)
{
    static const char *const parts[] = {"ka", "vo",  "re", "lin", "to",  "dra", "mu",  "sel",
                                        "bi", "nor", "pa", "zhe", "gul", "is",  "ter", "wa"};
    out[0] = '\0';
    for (int i = 0; i < count; i++, number /= 16u) {
        strcat(out, parts[number % 16u]);
    }
    out[0] = (char)(out[0] - 'a' + 'A');
}

static void make_names(struct room *room)
{
    for (uint32_t i = 0; i < PEOPLE; i++) {
        struct name *name = &room->people[i];
        char given[16];
        prng own = {i};
        syllables((uint32_t)prng_next(&own), 2, given);
        syllables(i * 40503u % 65536u, 4, name->last);
        snprintf(name->full, sizeof name->full, "%s %s", given, name->last);
        snprintf(name->variant, sizeof name->variant, "%s %sv", given, name->last);
        room->first_person[i].document = STEMMA_NONE;
    }
    for (uint32_t i = 0; i < PLACES; i++) {
        char stem[20];
        syllables(i * 2654435761u >> 16, 3, stem);
        snprintf(room->places[i], sizeof room->places[i], "%sia", stem);
        room->first_place[i].document = STEMMA_NONE;
    }
    for (uint32_t i = 0; i < BODIES; i++) {
        static const char *const kinds[] = {"Ministry", "Party", "Union", "Court", "Bank"};
        char stem[24];
        syllables(i * 2654435761u >> 12, 4, stem);
        snprintf(room->bodies[i], sizeof room->bodies[i], "%s %s", stem, kinds[i % 5u]);
        room->first_body[i].document = STEMMA_NONE;
    }
}

static const char *pooled(struct article *article, const char *text)
{
    size_t size = strlen(text) + 1;
    char *to = article->pool + article->pooled;
    if (article->pooled + size > POOL) {
        abort();
    }
    memcpy(to, text, size);
    article->pooled += size;
    return to;
}

/* ---- Who is in an article ---------------------------------------------------------------------- */

static uint32_t known(uint32_t *list, const uint32_t *ordinals, uint32_t count, uint32_t number)
{
    for (uint32_t i = 0; i < count; i++) {
        if (list[i] == number) {
            return ordinals[i];
        }
    }
    return STEMMA_NONE;
}

static uint32_t person(struct room *room, struct article *a, uint32_t number, uint32_t form)
{
    const struct name *name = &room->people[number];
    uint32_t ordinal = known(a->people, a->person_of, a->person_count, number);
    if (ordinal == STEMMA_NONE) {
        ordinal = corpus_entity(a->d, "person", form % 5u == 0 ? name->variant : name->full);
        a->people[a->person_count] = number;
        a->person_of[a->person_count++] = ordinal;
    }
    return ordinal;
}

static uint32_t place(struct room *room, struct article *a, uint32_t number)
{
    uint32_t ordinal = known(a->places, a->place_of, a->place_count, number);
    if (ordinal == STEMMA_NONE) {
        ordinal = corpus_entity(a->d, "place", room->places[number]);
        a->places[a->place_count] = number;
        a->place_of[a->place_count++] = ordinal;
    }
    return ordinal;
}

static uint32_t body(struct room *room, struct article *a, uint32_t number)
{
    uint32_t ordinal = known(a->bodies, a->body_of, a->body_count, number);
    if (ordinal == STEMMA_NONE) {
        ordinal = corpus_entity(a->d, "organization", room->bodies[number]);
        a->bodies[a->body_count] = number;
        a->body_of[a->body_count++] = ordinal;
    }
    return ordinal;
}

static void name_it(struct article *a, uint32_t referent)
{
    stemma_span span = corpus_say(a->d, a->d->referents[referent].names[0].text.data);
    corpus_mention(a->d, referent, STEMMA_MENTION_NAME, span);
}

/* ---- What happens ------------------------------------------------------------------------------ */

static void day_text(uint32_t day, char out[16])
{
    snprintf(out, 16, "%04u-%02u-%02u", 2030 + day / 336u, 1 + day / 28u % 12u, 1 + day % 28u);
}

/* One happening: all that follows from `seed` is the same in every article that tells it. */
static uint32_t happening(struct room *room, struct article *a, uint64_t seed, uint32_t day,
                          prng *teller, bool story)
{
    static const char *const types[] = {"justice.release", "justice.arrest", "justice.convict",
                                        "conflict.attack", "contact.meet",   "justice.charge"};
    static const char *const verbs[] = {"freed", "arrested", "convicted", "attacked", "met", "charged"};
    prng own = {seed};
    uint32_t type = prng_below(&own, 6);
    uint32_t agent = unequal(&own, PEOPLE), patient = unequal(&own, PEOPLE);
    uint32_t where = unequal(&own, PLACES), count = 2 + prng_below(&own, 200);
    const char *patient_role = type == 3 ? "target" : type == 4 ? "participant" : "patient";
    char words[48], number[16], date[16];
    corpus_document *d = a->d;
    uint32_t form = (uint32_t)prng_next(teller) >> 8, speaker = STEMMA_NONE;
    uint32_t event, who, whom, there, start;
    stemma_assertion *said;
    corpus_sentence(d);
    start = (uint32_t)d->document.text.size;
    who = person(room, a, agent, form);
    whom = person(room, a, patient == agent ? (agent + 1) % PEOPLE : patient, form / 5u);
    there = place(room, a, where);
    event = corpus_event(d, types[type]);
    name_it(a, who);
    corpus_say(d, " ");
    corpus_mention(d, event, STEMMA_MENTION_TRIGGER, corpus_say(d, verbs[type]));
    corpus_say(d, " ");
    name_it(a, whom);
    count += story && prng_below(teller, 3) == 0 ? 1 + prng_below(teller, 40) : 0;
    snprintf(number, sizeof number, "%u", count);
    snprintf(words, sizeof words, "%u people", count);
    corpus_say(d, " and ");
    corpus_say(d, words);
    corpus_say(d, " in ");
    name_it(a, there);
    day_text(day, date);
    corpus_say(d, " on ");
    corpus_mention(d, STEMMA_NONE, STEMMA_MENTION_TIME, corpus_say(d, date));
    if (prng_below(teller, 4) == 0) {
        speaker = body(room, a, unequal(teller, BODIES));
        corpus_say(d, ", said ");
        name_it(a, speaker);
    }
    corpus_say(d, ". ");
    stemma_span sentence = {start, (uint32_t)d->document.text.size - 1};
    said = corpus_assert(d, event, "type", corpus_text(types[type]), sentence);
    said->realis = prng_below(teller, 12) == 0 ? STEMMA_REALIS_OTHER : STEMMA_REALIS_ACTUAL;
    corpus_assert(d, event, type == 4 ? "participant" : "agent", corpus_referent(who), sentence);
    corpus_assert(d, event, patient_role, corpus_referent(whom), sentence);
    said = corpus_assert(d, event, patient_role,
                         corpus_count(pooled(a, words), pooled(a, number), "people"), sentence);
    if (speaker != STEMMA_NONE) {
        said->speaker = speaker;
        said->attribution = STEMMA_ATTRIBUTION_SPEAKER;
        said->stance = STEMMA_STANCE_ASSERTS;
    }
    corpus_assert(d, event, "time", corpus_time(pooled(a, date), pooled(a, date)), sentence);
    corpus_assert(d, event, "place", corpus_place(room->places[where], there), sentence);
    return event;
}

/* Who somebody is. */
static void belonging(struct room *room, struct article *a, prng *random)
{
    static const char *const posts[] = {"minister", "poet", "judge", "general", "teacher"};
    uint32_t number = a->people[prng_below(random, a->person_count)];
    uint32_t who = person(room, a, number, 1);
    uint32_t where = body(room, a, prng_below(random, 8) == 0 ? unequal(random, BODIES)
                                                              : number % BODIES);
    uint32_t start = (uint32_t)a->d->document.text.size;
    const char *post = posts[prng_below(random, 9) == 0 ? prng_below(random, 5) : number % 5u];
    corpus_sentence(a->d);
    name_it(a, who);
    corpus_say(a->d, " is a ");
    corpus_say(a->d, post);
    corpus_say(a->d, " at ");
    name_it(a, where);
    corpus_say(a->d, ". ");
    stemma_span sentence = {start, (uint32_t)a->d->document.text.size - 1};
    corpus_assert(a->d, who, "role", corpus_text(post), sentence);
    corpus_assert(a->d, who, "affiliation", corpus_referent(where), sentence);
}

/* ---- Articles ---------------------------------------------------------------------------------- */

static void fill(struct room *room, struct article *a, uint32_t copied)
{
    prng random = {UINT64_C(77) + copied * UINT64_C(1000003)};
    for (uint32_t i = 0; i < EVENTS; i++) {
        uint32_t latest = copied / EVERY, story, event;
        bool repeated = false;
        if (i >= STORIES) {
            happening(room, a, prng_next(&random), copied / 50u, &random, false);
            continue;
        }
        story = prng_below(&random, 4) == 0 ? unequal(&random, HUBS)
                                            : latest - unequal(&random, 200u);
        story = story <= latest ? story : 0; /* below zero */
        for (uint32_t s = 0; s < a->story_count; s++) {
            repeated = repeated || a->stories[s] == story;
        }
        if (repeated) {
            continue;
        }
        event = happening(room, a, story + UINT64_C(0x5bd1e995), story * EVERY / 50u, &random,
                          true);
        a->stories[a->story_count] = story;
        a->story_of[a->story_count++] = event;
    }
    for (int i = 0; i < 3; i++) {
        belonging(room, a, &random);
    }
}

static void same(struct room *room, stemma_referent_id *first, uint32_t document, uint32_t referent)
{
    stemma_error error = {0};
    stemma_judgement judgement = {*first, {document, referent}, STEMMA_VERDICT_SAME, 900, room->run,
                                  {NULL, 0}, {NULL, 0}, {NULL, 0}, {NULL, 0}};
    if (first->document == STEMMA_NONE) {
        *first = (stemma_referent_id){document, referent};
        return;
    }
    must(stemma_writer_add_judgement(room->writer, &judgement, &error), &error);
}

static void judge(struct room *room, const struct article *a, uint32_t document)
{
    for (uint32_t i = 0; i < a->person_count; i++) {
        same(room, &room->first_person[a->people[i]], document, a->person_of[i]);
    }
    for (uint32_t i = 0; i < a->place_count; i++) {
        same(room, &room->first_place[a->places[i]], document, a->place_of[i]);
    }
    for (uint32_t i = 0; i < a->body_count; i++) {
        same(room, &room->first_body[a->bodies[i]], document, a->body_of[i]);
    }
    for (uint32_t i = 0; i < a->story_count; i++) {
        same(room, &room->first_story[a->stories[i]], document, a->story_of[i]);
    }
}

static uint32_t add(struct room *room, struct article *a, uint32_t number, uint32_t copied)
{
    static const char *const publishers[] = {"The Post", "Evening Echo", "Free Word", "Daily Bell",
                                             "Observer", "Harbour News", "Hill Times"};
    char uri[64], published[16], publisher[32];
    uint32_t added;
    stemma_error error = {0};
    day_text(number / 50u, published);
    snprintf(uri, sizeof uri, "https://news.example/%u", number);
    snprintf(publisher, sizeof publisher, "%s", publishers[number % 7u]);
    memset(a, 0, sizeof *a);
    a->d = corpus_new(uri, published);
    a->d->document.publisher = stemma_text_of(publisher);
    fill(room, a, copied);
    for (uint32_t i = 0; i < a->d->document.assertion_count; i++) {
        a->d->assertions[i].run = room->run;
    }
    must(stemma_writer_add_document(room->writer, &a->d->document, &added, &error), &error);
    corpus_free(a->d);
    return added;
}

static void print_questions(const struct room *room)
{
    printf("hub\t%s\npartner\t%s\nrare\t%s\nplace\t%s\nbody\t%s\nword\tarrested\nrare word\t%s\n"
           "type\tjustice.arrest\nfrom\t2031-03\nto\t2031-04\nas of\t2031-06\n",
           room->people[0].full, room->people[1].full, room->people[PEOPLE - 7].full,
           room->places[0], room->bodies[0], room->people[PEOPLE - 7].last);
}

int main(int argc, char **argv)
{
    static struct room room;
    static struct article article;
    const stemma_run run = {stemma_text_of("bench/newsroom"), stemma_text_of("1"), STEMMA_RUN_RULE,
                            {NULL, 0}};
    stemma_writer_options options = STEMMA_WRITER_OPTIONS_INIT;
    stemma_error error = {0};
    uint32_t count = argc > 2 ? (uint32_t)strtoul(argv[2], NULL, 10) : 50000u;
    uint32_t *numbers = calloc((size_t)count + 1, sizeof *numbers);
    if (argc < 2 || numbers == NULL) {
        fprintf(stderr, "usage: make_newsroom KB [DOCUMENTS]\n");
        return 2;
    }
    options.flags = STEMMA_WRITE_REPLACE;
    options.memory = UINT64_C(4) << 30;
    options.jobs = 2;
    make_names(&room);
    room.first_story = malloc(((size_t)count / EVERY + HUBS + 1) * sizeof *room.first_story);
    for (uint32_t i = 0; room.first_story != NULL && i <= count / EVERY + HUBS; i++) {
        room.first_story[i].document = STEMMA_NONE;
    }
    must(stemma_writer_new(&room.writer, argv[1], &options, &error), &error);
    must(stemma_writer_add_run(room.writer, &run, &room.run, &error), &error);
    for (uint32_t i = 0; i < count; i++) {
        bool copies = i % 5u == 4u && i > 100u;
        uint32_t of = copies ? i - 2u - i % 17u : i;
        numbers[i] = add(&room, &article, i, of);
        judge(&room, &article, numbers[i]);
        if (copies) {
            stemma_derivation copy = {.from = numbers[i], .to = numbers[of],
                                      .kind = STEMMA_DERIVATION_COPY, .score = 970, .run = room.run};
            must(stemma_writer_add_derivation(room.writer, &copy, &error), &error);
        }
    }
    must(stemma_writer_finish(room.writer, &error), &error);
    stemma_writer_free(room.writer);
    free(room.first_story);
    free(numbers);
    print_questions(&room);
    return 0;
}
