/* SPDX-License-Identifier: MIT */
/* How well the reader finds happenings in passages of invented news: triggers with their types,
   participants, times, places, whether it happened, and how happenings hang together. Of the
   passages that are there for their phrasing only triggers, reality, who, and whom.
       score_events [--json] [--verbose] [--dev] [--gold DIR]
   --dev leaves the half out that is for measuring only. */
#include "score_events.h"
#include "stemma/edtf.h"
#include "support/reader_model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EVENTS = 64, LINE = 1 << 16 };

struct count {
    int right;
    int ours;
    int gold;
};

struct score {
    int passages;
    struct count triggers;
    struct count arguments;
    struct count who;
    struct count whom;
    struct count times;
    struct count places;
    struct count relations;
    int realis_right;
    int realis_all;
};

/* One event of ours. */
struct event {
    uint32_t referent;
    int gold; /* which of the gold it is; -1 none */
};

static const char *const no_arguments[] = {"type", "time",     "place",      "content",
                                           "after", "part_of", "because_of", "in_exchange_for"};

/* Roles of who does and of whom it is done to: all that passages for their phrasing list. */
static const char *const whom[] = {"patient", "target", "recipient", "participant", "destination"};

static struct count *count_of(struct score *score, stemma_text role)
{
    if (stemma_text_equal(role, stemma_text_of("agent"))) {
        return &score->who;
    }
    for (size_t i = 0; i < sizeof whom / sizeof *whom; i++) {
        if (stemma_text_equal(role, stemma_text_of(whom[i]))) {
            return &score->whom;
        }
    }
    return NULL;
}

static int is_argument(stemma_text predicate)
{
    for (size_t i = 0; i < sizeof no_arguments / sizeof *no_arguments; i++) {
        if (stemma_text_equal(predicate, stemma_text_of(no_arguments[i]))) {
            return 0;
        }
    }
    return 1;
}

/* 0 it happened, 1 not (yet) so, 2 denied. */
static int reality(const stemma_document *document, uint32_t event)
{
    for (uint32_t i = 0; i < document->assertion_count; i++) {
        const stemma_assertion *assertion = &document->assertions[i];
        if (assertion->subject == event &&
            stemma_text_equal(assertion->predicate, stemma_text_of("type"))) {
            return assertion->polarity == STEMMA_POLARITY_NEGATIVE    ? 2
                   : assertion->realis != STEMMA_REALIS_ACTUAL ? 1
                                                               : 0;
        }
    }
    return 1;
}

static int gold_reality(const char *realis)
{
    return realis == NULL || strcmp(realis, "actual") == 0 ? 0
           : strcmp(realis, "denied") == 0                 ? 2
                                                           : 1;
}

static void count_gold(const json_t *event, struct score *score)
{
    const json_t *arguments = json_object_get(event, "args");
    size_t index;
    const json_t *one;
    score->arguments.gold += (int)json_array_size(arguments);
    json_array_foreach(arguments, index, one)
    {
        const char *role = json_string_value(json_object_get(one, "role"));
        struct count *count = role == NULL ? NULL : count_of(score, stemma_text_of(role));
        if (count != NULL) {
            count->gold++;
        }
    }
}

static void count_ours(stemma_text role, struct score *score)
{
    struct count *count = count_of(score, role);
    score->arguments.ours++;
    if (count != NULL) {
        count->ours++;
    }
}

static void score_arguments(const stemma_document *document, uint32_t event, const json_t *gold,
                            struct score *score)
{
    const json_t *arguments = json_object_get(gold, "args");
    size_t size = json_array_size(arguments);
    char taken[EVENTS] = {0};
    count_gold(gold, score);
    for (uint32_t i = 0; i < document->assertion_count; i++) {
        const stemma_assertion *assertion = &document->assertions[i];
        if (assertion->subject != event || !is_argument(assertion->predicate)) {
            continue;
        }
        struct count *role_count = count_of(score, assertion->predicate);
        for (size_t k = 0; k < size && k < EVENTS; k++) {
            const json_t *one = json_array_get(arguments, k);
            const char *role = json_string_value(json_object_get(one, "role"));
            if (role != NULL && stemma_text_equal(assertion->predicate, stemma_text_of(role)) &&
                object_agrees(document, &assertion->object, one)) {
                score->arguments.right += !taken[k];
                if (role_count != NULL) {
                    role_count->right += !taken[k];
                }
                taken[k] = 1;
            }
        }
        /* What is said twice in other words counts once. */
        count_ours(assertion->predicate, score);
    }
}

static void score_circumstances(const stemma_document *document, uint32_t event, const json_t *gold,
                                struct score *score)
{
    const char *time = json_string_value(json_object_get(gold, "time"));
    const char *place = json_string_value(json_object_get(gold, "place"));
    stemma_time_bounds wanted;
    int has_time = time != NULL && stemma_edtf_bounds(stemma_text_of(time), &wanted) == STEMMA_OK;
    int timed = 0;
    int placed = 0;
    int right_time = 0;
    int right_place = 0;
    for (uint32_t i = 0; i < document->assertion_count; i++) {
        const stemma_assertion *assertion = &document->assertions[i];
        stemma_time_bounds bounds;
        if (assertion->subject != event) {
            continue;
        }
        if (assertion->object.kind == STEMMA_OBJECT_TIME) {
            timed = 1;
            right_time |= has_time &&
                          stemma_edtf_bounds(assertion->object.as.time.edtf, &bounds) == STEMMA_OK &&
                          bounds.start_earliest == wanted.start_earliest &&
                          bounds.end_latest == wanted.end_latest;
        } else if (assertion->object.kind == STEMMA_OBJECT_PLACE) {
            placed = 1;
            right_place |= place != NULL && texts_agree(assertion->object.as.place.raw, place);
        }
    }
    score->times.gold += has_time;
    score->times.ours += timed;
    score->times.right += right_time;
    score->places.gold += place != NULL;
    score->places.ours += placed;
    score->places.right += right_place;
}

static void score_relations(const stemma_document *document, const struct event *events, int count,
                            const json_t *gold, struct score *score)
{
    size_t size = json_array_size(gold);
    score->relations.gold += (int)size;
    for (uint32_t i = 0; i < document->assertion_count; i++) {
        const stemma_assertion *assertion = &document->assertions[i];
        if (assertion->object.kind != STEMMA_OBJECT_REFERENT || is_argument(assertion->predicate)) {
            continue;
        }
        int from = -1;
        int to = -1;
        for (int k = 0; k < count; k++) {
            from = events[k].referent == assertion->subject ? events[k].gold : from;
            to = events[k].referent == assertion->object.as.referent ? events[k].gold : to;
        }
        score->relations.ours++;
        for (size_t k = 0; k < size; k++) {
            const json_t *one = json_array_get(gold, k);
            const char *predicate = json_string_value(json_object_get(one, "predicate"));
            if (from >= 0 && json_integer_value(json_object_get(one, "from")) == from &&
                json_integer_value(json_object_get(one, "to")) == to && predicate != NULL &&
                stemma_text_equal(assertion->predicate, stemma_text_of(predicate))) {
                score->relations.right++;
                break;
            }
        }
    }
}

static void show(const stemma_document *document, uint32_t event, const char *what)
{
    printf("   %s %.*s:", what, (int)document->referents[event].type.size,
           document->referents[event].type.data);
    for (uint32_t i = 0; i < document->assertion_count; i++) {
        const stemma_assertion *assertion = &document->assertions[i];
        if (assertion->subject == event && assertion->evidence_count != 0) {
            stemma_span span = assertion->evidence[0].spans[0];
            printf(" %.*s=[%.*s]%s", (int)assertion->predicate.size, assertion->predicate.data,
                   (int)(span.end - span.start), document->text.data + span.start,
                   assertion->polarity == STEMMA_POLARITY_NEGATIVE    ? "-"
                   : assertion->realis != STEMMA_REALIS_ACTUAL ? "?"
                                                               : "");
        }
    }
    printf("\n");
}

/* The types that the passages use, of both parts: what their writers were not asked for is not
   held against the reader. */
static char known[4096];

static void learn_types(const char *directory, const char *family, const char *half)
{
    static char line[LINE];
    char path[4096];
    (void)snprintf(path, sizeof path, "%s/%s_%s.jsonl", directory, family, half);
    FILE *file = fopen(path, "r");
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        json_error_t problem;
        json_t *passage = json_loads(line, 0, &problem);
        size_t index;
        const json_t *one;
        json_array_foreach(json_object_get(passage, "events"), index, one)
        {
            const char *type = json_string_value(json_object_get(one, "type"));
            size_t used = strlen(known);
            if (type != NULL && strstr(known, type) == NULL &&
                used + strlen(type) + 2 < sizeof known) {
                (void)snprintf(known + used, sizeof known - used, "%s ", type);
            }
        }
        json_decref(passage);
    }
    if (file != NULL) {
        (void)fclose(file);
    }
}

static int is_known(stemma_text type)
{
    char word[64];
    if (type.size + 3 > sizeof word) {
        return 0;
    }
    (void)snprintf(word, sizeof word, " %.*s ", (int)type.size, type.data);
    return strstr(known, word) != NULL;
}

static void score_passage(const json_t *passage, struct score *score, int verbose)
{
    const char *text = json_string_value(json_object_get(passage, "text"));
    const char *published = json_string_value(json_object_get(passage, "published"));
    const json_t *gold = json_object_get(passage, "events");
    struct event events[EVENTS];
    int count = 0;
    if (text == NULL || gold == NULL) {
        return;
    }
    struct stm_arena arena;
    stemma_document input = {0};
    stemma_document document;
    stemma_error error = {0};
    stm_arena_init(&arena, 0);
    input.text = stemma_text_of(text);
    input.published.edtf = stemma_text_of(published == NULL ? "" : published);
    input.language = stemma_text_of("en");
    if (stm_extract(reader_model(), &input, 0, &arena, &document, &error) != STEMMA_OK) {
        fprintf(stderr, "%s: %s\n", error.code, error.message);
        exit(1);
    }
    for (uint32_t i = 0; i < document.referent_count && count < EVENTS; i++) {
        if (document.referents[i].kind == STEMMA_REFERENT_EVENT &&
            !stemma_text_equal(document.referents[i].type, stemma_text_of("statement.say")) &&
            is_known(document.referents[i].type)) {
            events[count].referent = i;
            events[count++].gold = -1;
        }
    }
    score->passages++;
    score->triggers.ours += count;
    score->triggers.gold += (int)json_array_size(gold);
    if (verbose) {
        printf("%s\n", text);
    }
    for (size_t g = 0; g < json_array_size(gold); g++) {
        const json_t *one = json_array_get(gold, g);
        const char *type = json_string_value(json_object_get(one, "type"));
        const char *trigger = json_string_value(json_object_get(one, "trigger"));
        int found = -1;
        for (int k = 0; k < count && type != NULL && trigger != NULL && found < 0; k++) {
            if (events[k].gold < 0 &&
                stemma_text_equal(document.referents[events[k].referent].type,
                                  stemma_text_of(type)) &&
                is_triggered(&document, events[k].referent, trigger)) {
                found = k;
            }
        }
        if (found < 0) {
            count_gold(one, score);
            score->times.gold += json_object_get(one, "time") != NULL;
            score->places.gold += json_object_get(one, "place") != NULL;
            if (verbose) {
                char *line = json_dumps(one, JSON_COMPACT);
                printf("   MISSED %s\n", line);
                free(line);
            }
            continue;
        }
        events[found].gold = (int)g;
        score->triggers.right++;
        score_arguments(&document, events[found].referent, one, score);
        score_circumstances(&document, events[found].referent, one, score);
        score->realis_all++;
        int same = reality(&document, events[found].referent) ==
                   gold_reality(json_string_value(json_object_get(one, "realis")));
        score->realis_right += same;
        if (verbose) {
            char *line = json_dumps(one, JSON_COMPACT);
            printf("   %s %s\n", same ? "gold" : "REALIS", line);
            free(line);
            show(&document, events[found].referent, "  ours");
        }
    }
    for (int k = 0; k < count; k++) {
        if (events[k].gold < 0) {
            if (verbose) {
                show(&document, events[k].referent, "EXTRA");
            }
            for (uint32_t i = 0; i < document.assertion_count; i++) {
                const stemma_assertion *assertion = &document.assertions[i];
                if (assertion->subject == events[k].referent &&
                    is_argument(assertion->predicate)) {
                    count_ours(assertion->predicate, score);
                }
            }
        }
    }
    score_relations(&document, events, count, json_object_get(passage, "relations"), score);
    stm_arena_free(&arena);
}

static double f1(const struct count *count)
{
    return count->ours + count->gold == 0 ? 0.0
                                          : 2.0 * count->right / (count->ours + count->gold);
}

static void print(const char *data, const char *part, const char *measure, double value,
                  double target, int json)
{
    if (json) {
        printf("{\"task\":\"events\",\"data\":\"%s\",\"part\":\"%s\",\"measure\":\"%s\","
               "\"score\":%.3f,\"target\":%.2f}\n",
               data, part, measure, value, target);
    } else {
        printf("%-9s %-9s %-22s %.3f\n", data, part, measure, value);
    }
}

/* A kind of passages: the first name of its files, how it is called, whether all is listed. */
struct family {
    const char *file;
    const char *data;
    int all;
};

static const struct family families[] = {{"events", "passages", 1}, {"phrasing", "phrasing", 0}};

static void report(const struct family *family, const char *part, const struct score *score,
                   int json)
{
    const char *data = family->data;
    print(data, part, "triggers with type F1", f1(&score->triggers), family->all ? 0.75 : 0.0, json);
    if (family->all) {
        print(data, part, "participants F1", f1(&score->arguments), 0.65, json);
        print(data, part, "times F1", f1(&score->times), 0.75, json);
        print(data, part, "places F1", f1(&score->places), 0.70, json);
        print(data, part, "relations F1", f1(&score->relations), 0.50, json);
    } else {
        print(data, part, "who F1", f1(&score->who), 0.0, json);
        print(data, part, "whom F1", f1(&score->whom), 0.0, json);
    }
    print(data, part, "happened or not",
          score->realis_all == 0 ? 0.0 : (double)score->realis_right / score->realis_all,
          family->all ? 0.85 : 0.0, json);
    if (!json) {
        printf("%-9s %-9s triggers %d right, %d ours, %d gold; participants %d, %d, %d\n", data,
               part, score->triggers.right, score->triggers.ours, score->triggers.gold,
               score->arguments.right, score->arguments.ours, score->arguments.gold);
    }
}

static int score_file(const char *directory, const struct family *family, const char *half,
                      int json, int verbose)
{
    static char line[LINE];
    char path[4096];
    struct score score = {0};
    (void)snprintf(path, sizeof path, "%s/%s_%s.jsonl", directory, family->file, half);
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        fprintf(stderr, "score_events: no passages: %s\n", path);
        return 77;
    }
    while (fgets(line, sizeof line, file) != NULL) {
        json_error_t problem;
        json_t *passage = json_loads(line, 0, &problem);
        if (passage != NULL) {
            score_passage(passage, &score, verbose);
            json_decref(passage);
        }
    }
    (void)fclose(file);
    report(family, strcmp(half, "dev") == 0 ? "dev" : "held-out", &score, json);
    return 0;
}

static int score_family(const char *gold, const struct family *family, int json, int verbose,
                        int both)
{
    memcpy(known, " ", 2);
    learn_types(gold, family->file, "dev");
    learn_types(gold, family->file, "test");
    int status = score_file(gold, family, "dev", json, verbose);
    /* The other half is for measuring only: nothing of it is shown. */
    return status != 0 || !both ? status : score_file(gold, family, "test", json, 0);
}

int main(int argc, char **argv)
{
    const char *gold = STEMMA_SOURCE_DIR "/tests/quality/gold";
    int json = 0;
    int verbose = 0;
    int both = 1;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--json") == 0) {
            json = 1;
        } else if (strcmp(argv[i], "--verbose") == 0) {
            verbose = 1;
        } else if (strcmp(argv[i], "--dev") == 0) {
            both = 0;
        } else if (strcmp(argv[i], "--gold") == 0 && i + 1 < argc) {
            gold = argv[++i];
        } else if (strcmp(argv[i], "--corpora") == 0 && i + 1 < argc) {
            i++; /* every scorer is given one */
        } else {
            fprintf(stderr, "usage: score_events [--json] [--verbose] [--dev] [--gold DIR]\n");
            return 2;
        }
    }
    int status = 0;
    for (size_t i = 0; i < sizeof families / sizeof *families && status == 0; i++) {
        status = score_family(gold, &families[i], json, verbose, both);
    }
    return status;
}
