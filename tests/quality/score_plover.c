/* SPDX-License-Identifier: MIT */
/* How well the reader codes single sentences of news: what, who, whom, against the gold standard
   records of PLOVER. Records of even number are dev, of odd number held out.
       score_plover [--json] [--verbose] --corpora DIR */
#include "pack/extract/extract.h"
#include "support/reader_model.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The events that a type of ours may be coded as, the most usual first. */
static const struct {
    const char *type;
    const char *events;
} crosswalk[] = {
    {"conflict.attack", "ASSAULT FIGHT"},
    {"conflict.ceasefire", "RETREAT"},
    {"conflict.clash", "FIGHT ASSAULT"},
    {"conflict.coup", "ASSAULT"},
    {"conflict.deploy", "MOBILIZE"},
    {"conflict.disperse", "COERCE"},
    {"conflict.kidnap", "ASSAULT COERCE"},
    {"conflict.seize", "FIGHT"},
    {"conflict.withdraw", "RETREAT"},
    {"contact.agree", "AGREE SUPPORT"},
    {"contact.mediate", "CONSULT"},
    {"contact.meet", "CONSULT"},
    {"contact.visit", "CONSULT"},
    {"diplomacy.break", "SANCTION"},
    {"diplomacy.close", "SANCTION"},
    {"diplomacy.expel", "SANCTION"},
    {"diplomacy.open", "SUPPORT"},
    {"diplomacy.recall", "SANCTION"},
    {"diplomacy.recognize", "SUPPORT"},
    {"diplomacy.restore", "SUPPORT"},
    {"economy.aid", "AID"},
    {"justice.arrest", "COERCE"},
    {"justice.ban", "COERCE"},
    {"justice.charge", "DISAPPROVE"},
    {"justice.confiscate", "COERCE"},
    {"justice.convict", "DISAPPROVE"},
    {"justice.detain", "COERCE"},
    {"justice.execute", "ASSAULT"},
    {"justice.extradite", "COOPERATE"},
    {"justice.investigate", "INVESTIGATE"},
    {"justice.pardon", "RETREAT CONCEDE"},
    {"justice.release", "RETREAT"},
    {"justice.search", "COERCE"},
    {"justice.sue", "DISAPPROVE"},
    {"justice.torture", "ASSAULT"},
    {"crime.hack", "COERCE"},
    {"law.emergency", "COERCE"},
    {"law.pass", "CONCEDE"},
    {"life.die", "ASSAULT FIGHT"},
    {"life.injure", "ASSAULT FIGHT"},
    {"movement.evacuate", "AID RETREAT"},
    {"movement.transfer", "COERCE"},
    {"personnel.dismiss", "CONCEDE"},
    {"personnel.resign", "CONCEDE"},
    {"protest.demonstrate", "PROTEST"},
    {"protest.riot", "PROTEST"},
    {"protest.strike", "PROTEST"},
    {"sanction.impose", "SANCTION"},
    {"sanction.lift", "RETREAT CONCEDE"},
    {"statement.accuse", "DISAPPROVE"},
    {"statement.apologize", "SUPPORT"},
    {"statement.criticize", "DISAPPROVE"},
    {"statement.demand", "DEMAND"},
    {"statement.deny", "REJECT"},
    {"statement.praise", "SUPPORT"},
    {"statement.promise", "AGREE"},
    {"statement.reject", "REJECT"},
    {"statement.threaten", "THREATEN"},
};

enum { PARTS = 2, WORD = 64 };

struct tally {
    int records;
    int typed;
    int with_who;
    int who;
    int with_whom;
    int whom;
    int told; /* events of ours on words that the gold marks */
    int told_right;
};

/* Deeds that are welcome where they are done: to be going to is to agree, not to is to reject. */
static const char *const welcome[] = {"contact.",       "economy.aid",       "justice.release",
                                      "justice.pardon", "conflict.withdraw", "conflict.ceasefire",
                                      "diplomacy.open", "diplomacy.restore", "diplomacy.recognize",
                                      "sanction.lift",  "movement.return",   "statement.praise",
                                      "law.pass"};

/* Deeds that are feared: to be going to do them is to threaten. */
static const char *const feared[] = {"conflict.", "sanction.impose", "diplomacy.",   "protest.",
                                     "life.die",  "justice.ban",     "law.emergency"};

static int is_among(stemma_text type, const char *const *prefixes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t size = strlen(prefixes[i]);
        if (type.size >= size && memcmp(type.data, prefixes[i], size) == 0) {
            return 1;
        }
    }
    return 0;
}

/* What is not (yet) done is coded as the words about it. */
static int is_coded_as_intent(stemma_text type, const stemma_assertion *said, const char *event)
{
    int denied = said->polarity == STEMMA_POLARITY_NEGATIVE;
    int ahead = said->realis != STEMMA_REALIS_ACTUAL;
    if (is_among(type, welcome, sizeof welcome / sizeof *welcome)) {
        return (denied && strcmp(event, "REJECT") == 0) ||
               (ahead && !denied && strcmp(event, "AGREE") == 0);
    }
    return ahead && !denied && strcmp(event, "THREATEN") == 0 &&
           is_among(type, feared, sizeof feared / sizeof *feared);
}

static int is_coded_as(stemma_text type, const char *event)
{
    for (size_t i = 0; i < sizeof crosswalk / sizeof *crosswalk; i++) {
        if (stemma_text_equal(type, stemma_text_of(crosswalk[i].type))) {
            const char *at = strstr(crosswalk[i].events, event);
            return at != NULL;
        }
    }
    return 0;
}

static int is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (unsigned char)c >= 0x80;
}

/* The next word of a text without dots and case ("U.S." is "us"); 0 at the end. `*capital`. */
static size_t next_word(const char *text, size_t size, size_t *at, char word[WORD], int *capital)
{
    size_t length = 0;
    while (*at < size && !is_letter(text[*at])) {
        (*at)++;
    }
    *capital = *at < size && text[*at] >= 'A' && text[*at] <= 'Z';
    while (*at < size && (is_letter(text[*at]) || text[*at] == '.')) {
        char c = text[(*at)++];
        if (c != '.' && length + 1 < WORD) {
            word[length++] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
        }
    }
    word[length] = '\0';
    return length;
}

static int has_word(stemma_text text, const char *wanted)
{
    char word[WORD];
    int capital;
    size_t at = 0;
    while (next_word(text.data, text.size, &at, word, &capital) != 0) {
        size_t a = strlen(word);
        size_t b = strlen(wanted);
        size_t less = a < b ? a : b;
        /* "Palestinian", "Palestinians" */
        if (strncmp(word, wanted, less) == 0 && (a > b ? a - b : b - a) <= 1) {
            return 1;
        }
    }
    return 0;
}

/* Whether two texts name the same actor: they share a capitalised word of the gold, or any longer
   word when it has none. */
static int shares_actor(stemma_text ours, const char *gold)
{
    char word[WORD];
    int capital;
    int any_capital = 0;
    size_t size = strlen(gold);
    for (size_t at = 0; next_word(gold, size, &at, word, &capital) != 0;) {
        any_capital |= capital;
    }
    for (size_t at = 0; next_word(gold, size, &at, word, &capital) != 0;) {
        if ((any_capital ? capital && strlen(word) >= 2 : strlen(word) >= 4) &&
            has_word(ours, word)) {
            return 1;
        }
    }
    return 0;
}

static int referent_is(const stemma_document *document, uint32_t referent, const char *gold)
{
    for (uint32_t i = 0; i < document->mention_count; i++) {
        const stemma_mention *mention = &document->mentions[i];
        if (mention->referent == referent && mention->span_count != 0 &&
            mention->kind != STEMMA_MENTION_PRONOUN) {
            stemma_span span = mention->spans[0];
            stemma_text text = {document->text.data + span.start, span.end - span.start};
            if (shares_actor(text, gold)) {
                return 1;
            }
        }
    }
    return 0;
}

static int is_source_role(stemma_text role)
{
    static const char *const roles[] = {"agent", "speaker", "participant"};
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
        if (stemma_text_equal(role, stemma_text_of(roles[i]))) {
            return 1;
        }
    }
    return 0;
}

static int is_target_role(stemma_text role)
{
    static const char *const roles[] = {"target",      "patient",   "recipient", "participant",
                                        "destination", "addressee", "origin",    "topic"};
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
        if (stemma_text_equal(role, stemma_text_of(roles[i]))) {
            return 1;
        }
    }
    return 0;
}

/* Whether an event has one of the gold's actors in a role of one side. */
static int has_actor(const stemma_document *document, uint32_t event, const json_t *actors,
                     int (*is_role)(stemma_text))
{
    size_t index;
    const json_t *actor;
    json_array_foreach(actors, index, actor)
    {
        const char *text = json_string_value(json_object_get(actor, "actorText"));
        for (uint32_t i = 0; text != NULL && i < document->assertion_count; i++) {
            const stemma_assertion *assertion = &document->assertions[i];
            if (assertion->subject != event || !is_role(assertion->predicate)) {
                continue;
            }
            if (assertion->object.kind == STEMMA_OBJECT_REFERENT &&
                referent_is(document, assertion->object.as.referent, text)) {
                return 1;
            }
            if (assertion->object.kind == STEMMA_OBJECT_TEXT &&
                shares_actor(assertion->object.as.text, text)) {
                return 1; /* "rejected a proposal of X": named in the words of what is rejected */
            }
            /* "168 Liberians": who is counted is told by the words */
            for (uint32_t k = 0;
                 assertion->object.kind == STEMMA_OBJECT_QUANTITY && k < assertion->evidence_count;
                 k++) {
                const stemma_evidence *evidence = &assertion->evidence[k];
                if (evidence->part == STEMMA_EVIDENCE_FILLER) {
                    stemma_span span = evidence->spans[0];
                    uint32_t end = span.end + 40 < document->text.size
                                       ? span.end + 40
                                       : (uint32_t)document->text.size;
                    stemma_text words = {document->text.data + span.start, end - span.start};
                    if (shares_actor(words, text)) {
                        return 1;
                    }
                }
            }
        }
    }
    return 0;
}

/* Whether a trigger of the event stands on a word that the gold marks as telling of it. */
static int is_marked(const stemma_document *document, uint32_t event, const char *event_text)
{
    char word[WORD];
    int capital;
    for (uint32_t i = 0; i < document->mention_count; i++) {
        const stemma_mention *mention = &document->mentions[i];
        if (mention->referent == event && mention->kind == STEMMA_MENTION_TRIGGER) {
            stemma_span span = mention->spans[0];
            stemma_text text = {document->text.data + span.start, span.end - span.start};
            for (size_t at = 0;
                 next_word(event_text, strlen(event_text), &at, word, &capital) != 0;) {
                if (strlen(word) > 2 && has_word(text, word)) {
                    return 1;
                }
            }
        }
    }
    return 0;
}

static void score_record(const json_t *record, struct tally *tally, int verbose)
{
    const char *gold = json_string_value(json_object_get(record, "event"));
    const char *text = json_string_value(json_object_get(record, "text"));
    const char *words = json_string_value(json_object_get(record, "eventText"));
    const char *date = json_string_value(json_object_get(record, "date"));
    const json_t *sources = json_object_get(record, "source");
    const json_t *targets = json_object_get(record, "target");
    if (gold == NULL || text == NULL || words == NULL) {
        return;
    }
    struct stm_arena arena;
    stemma_document input = {0};
    stemma_document document;
    stemma_error error = {0};
    stm_arena_init(&arena, 0);
    input.text = stemma_text_of(text);
    input.published.edtf = stemma_text_of(date == NULL ? "" : date);
    input.language = stemma_text_of("en");
    if (stm_extract(reader_model(), &input, 0, &arena, &document, &error) != STEMMA_OK) {
        fprintf(stderr, "%s: %s\n", error.code, error.message);
        exit(1);
    }
    int typed = 0;
    int who = 0;
    int whom = 0;
    for (uint32_t i = 0; i < document.referent_count; i++) {
        if (document.referents[i].kind != STEMMA_REFERENT_EVENT ||
            stemma_text_equal(document.referents[i].type, stemma_text_of("statement.say"))) {
            continue;
        }
        int right = is_coded_as(document.referents[i].type, gold);
        for (uint32_t k = 0; k < document.assertion_count; k++) {
            const stemma_assertion *said = &document.assertions[k];
            if (said->subject == i && stemma_text_equal(said->predicate, stemma_text_of("type"))) {
                right |= is_coded_as_intent(document.referents[i].type, said, gold);
            }
        }
        if (is_marked(&document, i, words)) {
            tally->told++;
            tally->told_right += right;
        }
        if (right) {
            typed = 1;
            who |= has_actor(&document, i, sources, is_source_role);
            whom |= has_actor(&document, i, targets, is_target_role);
        }
    }
    int has_whom = json_is_array(targets) && json_array_size(targets) != 0;
    tally->records++;
    tally->typed += typed;
    tally->with_who += json_array_size(sources) != 0;
    tally->who += who;
    tally->with_whom += has_whom;
    tally->whom += whom && has_whom;
    if (verbose && (!typed || !who || (has_whom && !whom))) {
        printf("%s%s%s %s: %s\n", typed ? "" : " TYPE", who ? "" : " who",
               has_whom && !whom ? " whom" : "", gold,
               json_string_value(json_object_get(json_object_get(record, "textInfo"), "markup")));
        for (uint32_t i = 0; i < document.assertion_count; i++) {
            const stemma_assertion *assertion = &document.assertions[i];
            if (document.referents[assertion->subject].kind != STEMMA_REFERENT_EVENT) {
                continue;
            }
            stemma_span span = assertion->evidence[0].spans[0];
            printf("      %u %.*s %.*s: %.*s\n", assertion->subject,
                   (int)document.referents[assertion->subject].type.size,
                   document.referents[assertion->subject].type.data, (int)assertion->predicate.size,
                   assertion->predicate.data, (int)(span.end - span.start), text + span.start);
        }
    }
    stm_arena_free(&arena);
}

static double share(int part, int whole)
{
    return whole == 0 ? 0.0 : (double)part / whole;
}

static void report(const struct tally *tally, const char *part, int json)
{
    const struct {
        const char *measure;
        double score;
        double target;
    } rows[] = {
        {"type", share(tally->typed, tally->records), 0.75},
        {"who", share(tally->who, tally->with_who), 0.75},
        {"whom", share(tally->whom, tally->with_whom), 0.75},
        {"type where the gold has a word", share(tally->told_right, tally->told), 0.75},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (json) {
            printf(
                "{\"task\":\"events\",\"data\":\"PLOVER GSR\",\"part\":\"%s\",\"measure\":\"%s\","
                "\"score\":%.3f,\"target\":%.2f}\n",
                part, rows[i].measure, rows[i].score, rows[i].target);
        } else {
            printf("%-9s %-32s %.3f  (%d records)\n", part, rows[i].measure, rows[i].score,
                   tally->records);
        }
    }
}

int main(int argc, char **argv)
{
    const char *corpora = "/nonexistent";
    int json = 0;
    int verbose = 0;
    char path[4096];
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--json") == 0) {
            json = 1;
        } else if (strcmp(argv[i], "--verbose") == 0) {
            verbose = 1;
        } else if (strcmp(argv[i], "--corpora") == 0 && i + 1 < argc) {
            corpora = argv[++i];
        } else {
            fprintf(stderr, "usage: score_plover [--json] [--verbose] --corpora DIR\n");
            return 2;
        }
    }
    (void)snprintf(path, sizeof path, "%s/plover_gsr/PLOVER_GSR_CAMEO.txt", corpora);
    json_error_t problem;
    json_t *records = json_load_file(path, 0, &problem);
    if (records == NULL) {
        fprintf(stderr, "score_plover: no records: %s: %s\n", path, problem.text);
        return 77;
    }
    struct tally tally[PARTS] = {{0}, {0}};
    size_t index;
    const json_t *record;
    json_array_foreach(records, index, record)
    {
        int part = (int)(index % 2);
        score_record(record, &tally[part], verbose && part == 0);
    }
    report(&tally[0], "dev", json);
    report(&tally[1], "held-out", json);
    json_decref(records);
    return 0;
}
