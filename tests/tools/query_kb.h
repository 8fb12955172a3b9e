/* SPDX-License-Identifier: MIT */
/* A small knowledge base for tests of stemma-query: four reports from the invented island state of Vastria.
   The second copies the first; the third gives another count and quotes a minister; the fourth denies
   and announces. A path to it is all that is needed. */
#ifndef STEMMA_TESTS_QUERY_KB_H
#define STEMMA_TESTS_QUERY_KB_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "stemma/stemma.h"
#include "support/corpus.h"

static void query_kb_must(stemma_status status, const stemma_error *error)
{
    if (status != STEMMA_OK) {
        fprintf(stderr, "%s: %s at %s: %s\n", stemma_status_name(status), error->code,
                error->where, error->message);
        abort();
    }
}

/* Says words that name a referent. */
static stemma_span query_kb_name(corpus_document *d, uint32_t referent, const char *words)
{
    stemma_span span = corpus_say(d, words);
    corpus_mention(d, referent, STEMMA_MENTION_NAME, span);
    return span;
}

static stemma_span query_kb_trigger(corpus_document *d, uint32_t event, const char *words)
{
    stemma_span span = corpus_say(d, words);
    corpus_mention(d, event, STEMMA_MENTION_TRIGGER, span);
    return span;
}

static stemma_assertion *query_kb_role(corpus_document *d, uint32_t event, const char *role,
                                       uint32_t referent, stemma_span span)
{
    stemma_assertion *a = corpus_assert(d, event, role, corpus_referent(referent), span);
    a->realis = STEMMA_REALIS_ACTUAL;
    return a;
}

static void query_kb_type(corpus_document *d, uint32_t event, const char *type, stemma_span span,
                          uint8_t realis)
{
    corpus_assert(d, event, "type", corpus_text(type), span)->realis = realis;
}

/* Referents that the reports share, in this order in each. */
enum { VEX, RUK, ORELL, PRISON, RELEASE, QUERY_KB_SHARED };

static void query_kb_shared(corpus_document *d, const char *vex, const char *ruk)
{
    corpus_entity(d, "person", vex);
    corpus_entity(d, "person", ruk);
    corpus_entity(d, "place", "Orell");
    corpus_entity(d, "group", "prisoners");
    corpus_event(d, "justice.release");
}

/* "President Ada Vex freed 12 prisoners in Orell on 1 May, among them the poet Bo Ruk." */
static void query_kb_first(corpus_document *d)
{
    query_kb_shared(d, "Ada Vex", "Bo Ruk");
    corpus_sentence(d);
    stemma_span role = corpus_say(d, "President");
    corpus_say(d, " ");
    stemma_span vex = query_kb_name(d, VEX, "Ada Vex");
    corpus_say(d, " ");
    stemma_span freed = query_kb_trigger(d, RELEASE, "freed");
    corpus_say(d, " ");
    stemma_span count = corpus_say(d, "12 prisoners");
    corpus_mention(d, PRISON, STEMMA_MENTION_NOMINAL, count);
    corpus_say(d, " in ");
    stemma_span orell = query_kb_name(d, ORELL, "Orell");
    corpus_say(d, " on ");
    stemma_span day = corpus_say(d, "1 May");
    corpus_mention(d, STEMMA_NONE, STEMMA_MENTION_TIME, day);
    corpus_say(d, ", among them the poet ");
    stemma_span ruk = query_kb_name(d, RUK, "Bo Ruk");
    corpus_say(d, ". ");
    query_kb_type(d, RELEASE, "justice.release", freed, STEMMA_REALIS_ACTUAL);
    query_kb_role(d, RELEASE, "agent", VEX, vex);
    query_kb_role(d, RELEASE, "patient", RUK, ruk);
    corpus_assert(d, RELEASE, "patient", corpus_count("12 prisoners", "12", "prisoner"), count);
    corpus_assert(d, RELEASE, "time", corpus_time("1 May", "2031-05-01"), day);
    corpus_assert(d, RELEASE, "place", corpus_place("Orell", ORELL), orell);
    corpus_assert(d, VEX, "role", corpus_text("president"), role);
    corpus_sentence(d);
    corpus_say(d, "It rained all day in the capital. ");
}

/* Another count, and a minister who is quoted. */
static void query_kb_third(corpus_document *d)
{
    query_kb_shared(d, "Adda Veks", "Ruk");
    uint32_t minister = corpus_entity(d, "person", "Ila Moor");
    uint32_t saying = corpus_event(d, "statement.say");
    uint32_t meeting = corpus_event(d, "contact.meet");
    corpus_sentence(d);
    corpus_say(d, "\"We let ");
    stemma_span count = corpus_say(d, "about 15 prisoners");
    corpus_mention(d, PRISON, STEMMA_MENTION_NOMINAL, count);
    corpus_say(d, " ");
    stemma_span go = query_kb_trigger(d, RELEASE, "go");
    corpus_say(d, " on ");
    stemma_span day = corpus_say(d, "Thursday");
    corpus_mention(d, STEMMA_NONE, STEMMA_MENTION_TIME, day);
    corpus_say(d, "\", minister ");
    stemma_span moor = query_kb_name(d, minister, "Ila Moor");
    corpus_say(d, " ");
    stemma_span said = query_kb_trigger(d, saying, "said");
    corpus_say(d, ". ");
    corpus_sentence(d);
    query_kb_name(d, VEX, "Adda Veks");
    corpus_say(d, " was silent. ");
    corpus_sentence(d);
    stemma_span host = query_kb_name(d, minister, "Moor");
    corpus_say(d, " had ");
    stemma_span met = query_kb_trigger(d, meeting, "met");
    corpus_say(d, " ");
    stemma_span guest = query_kb_name(d, RUK, "Ruk");
    corpus_say(d, " before. ");
    query_kb_type(d, meeting, "contact.meet", met, STEMMA_REALIS_ACTUAL);
    query_kb_role(d, meeting, "participant", minister, host);
    query_kb_role(d, meeting, "participant", RUK, guest);
    corpus_sentence(d);
    stemma_span ruk = query_kb_name(d, RUK, "Ruk");
    corpus_say(d, " went home to ");
    query_kb_name(d, ORELL, "Orell");
    corpus_say(d, " \x1b[31m red \x1b[0m. ");
    stemma_assertion *type = corpus_assert(d, RELEASE, "type", corpus_text("justice.release"), go);
    type->realis = STEMMA_REALIS_ACTUAL;
    type->attribution = STEMMA_ATTRIBUTION_SPEAKER;
    type->speaker = minister;
    stemma_object about = corpus_count("about 15 prisoners", "15", "prisoner");
    about.as.quantity.modifier = STEMMA_MODIFIER_ABOUT;
    stemma_assertion *fifteen = corpus_assert(d, RELEASE, "patient", about, count);
    fifteen->attribution = STEMMA_ATTRIBUTION_SPEAKER;
    fifteen->speaker = minister;
    fifteen->stance = STEMMA_STANCE_ASSERTS;
    query_kb_role(d, RELEASE, "patient", RUK, ruk);
    corpus_assert(d, RELEASE, "time", corpus_time("Thursday", "2031-05-01"), day);
    query_kb_type(d, saying, "statement.say", said, STEMMA_REALIS_ACTUAL);
    query_kb_role(d, saying, "speaker", minister, moor);
    corpus_assert(d, saying, "content",
                  corpus_text("We let about 15 prisoners go on Thursday"), said);
}

/* "Bo Ruk will be given the Silver Quill in June. Vex denied meeting Ruk." */
static void query_kb_fourth(corpus_document *d)
{
    uint32_t ruk = corpus_entity(d, "person", "Bo Ruk");
    uint32_t vex = corpus_entity(d, "person", "Ada Vex");
    uint32_t award = corpus_event(d, "award.give");
    uint32_t meeting = corpus_event(d, "contact.meet");
    corpus_sentence(d);
    stemma_span name = query_kb_name(d, ruk, "Bo Ruk");
    corpus_say(d, " will be ");
    stemma_span given = query_kb_trigger(d, award, "given");
    corpus_say(d, " the ");
    stemma_span quill = corpus_say(d, "Silver Quill");
    corpus_say(d, " in ");
    stemma_span june = corpus_say(d, "June");
    corpus_mention(d, STEMMA_NONE, STEMMA_MENTION_TIME, june);
    corpus_say(d, ". ");
    query_kb_type(d, award, "award.give", given, STEMMA_REALIS_OTHER);
    query_kb_role(d, award, "recipient", ruk, name);
    corpus_assert(d, award, "award", corpus_text("Silver Quill"), quill);
    corpus_assert(d, award, "time", corpus_time("June", "2031-06"), june);
    corpus_sentence(d);
    stemma_span who = query_kb_name(d, vex, "Ada Vex");
    corpus_say(d, " denied that they had ");
    stemma_span met = query_kb_trigger(d, meeting, "met");
    corpus_say(d, ".");
    stemma_assertion *type = corpus_assert(d, meeting, "type", corpus_text("contact.meet"), met);
    type->polarity = STEMMA_POLARITY_NEGATIVE;
    type->attribution = STEMMA_ATTRIBUTION_SPEAKER;
    type->speaker = vex;
    type->stance = STEMMA_STANCE_DENIES;
    query_kb_role(d, meeting, "participant", vex, who);
    query_kb_role(d, meeting, "participant", ruk, name);
}

static void query_kb_same(stemma_writer *writer, uint32_t a, uint32_t a_referent, uint32_t b,
                          uint32_t b_referent, uint16_t score)
{
    stemma_error error = {0};
    stemma_judgement judgement = {{a, a_referent}, {b, b_referent}, STEMMA_VERDICT_SAME, score, 0,
                                  {NULL, 0}, {NULL, 0}, {NULL, 0}, {NULL, 0}};
    query_kb_must(stemma_writer_add_judgement(writer, &judgement, &error), &error);
}

/* Writes the file to `path`, replacing what is there. */
static void query_kb_write(const char *path)
{
    static const char *const publishers[] = {"Orell Bulletin", "Island Echo", "Free Vastria",
                                             "Orell Bulletin"};
    static const char *const titles[] = {"Vex frees prisoners", "Vex frees prisoners",
                                         "How many were freed?", "A prize for Ruk"};
    corpus_document *d[4];
    uint32_t numbers[4];
    uint32_t run = 0;
    stemma_writer *writer = NULL;
    stemma_writer_options options = STEMMA_WRITER_OPTIONS_INIT;
    stemma_error error = {0};
    const stemma_run program = {stemma_text_of("test/by-hand"), stemma_text_of("1"),
                                STEMMA_RUN_HUMAN, {NULL, 0}};
    options.flags = STEMMA_WRITE_REPLACE;
    d[0] = corpus_new("https://bulletin.example/1", "2031-05-01");
    d[1] = corpus_new("https://echo.example/77", "2031-05-02");
    d[2] = corpus_new("https://free.example/a", "2031-05-03");
    d[3] = corpus_new("https://bulletin.example/2", "2031-05-20");
    query_kb_first(d[0]);
    query_kb_first(d[1]);
    query_kb_third(d[2]);
    query_kb_fourth(d[3]);
    query_kb_must(stemma_writer_new(&writer, path, &options, &error), &error);
    query_kb_must(stemma_writer_add_run(writer, &program, &run, &error), &error);
    for (int i = 0; i < 4; i++) {
        d[i]->document.publisher = stemma_text_of(publishers[i]);
        d[i]->document.title = stemma_text_of(titles[i]);
        query_kb_must(stemma_writer_add_document(writer, &d[i]->document, &numbers[i], &error),
                      &error);
    }
    for (uint32_t r = 0; r < QUERY_KB_SHARED; r++) {
        query_kb_same(writer, numbers[0], r, numbers[1], r, 900);
        query_kb_same(writer, numbers[0], r, numbers[2], r, 900);
    }
    query_kb_same(writer, numbers[0], VEX, numbers[3], 1, 900);
    query_kb_same(writer, numbers[0], RUK, numbers[3], 0, 600); /* doubtful */
    const stemma_shared_range shared = {{0, 50}, {0, 50}};
    stemma_derivation copy = {.from = numbers[1], .to = numbers[0], .kind = STEMMA_DERIVATION_COPY,
                              .score = 970, .run = run, .ranges = &shared, .range_count = 1};
    query_kb_must(stemma_writer_add_derivation(writer, &copy, &error), &error);
    query_kb_must(stemma_writer_finish(writer, &error), &error);
    stemma_writer_free(writer);
    for (int i = 0; i < 4; i++) {
        corpus_free(d[i]);
    }
}

#endif
