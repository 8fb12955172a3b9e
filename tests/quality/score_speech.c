/* SPDX-License-Identifier: MIT */
/* Who says what, and facts about entities, against the annotated passages of tests/quality/gold.
       score_speech [--json] [--errors] [--gold DIR]
   A statement is right when its speaker is the one wanted and its words are the ones wanted to four
   fifths (twice the shared words over the words of both). --errors tells the mistakes of the part
   for development; those of the held-out part are never shown. */
#include <stdlib.h>
#include <string.h>

#include "score_speech.h"
#include "support/reader_model.h"

/** What a line of figures is about. */
struct figure {
    bool json;
    const char *data;
    const char *part;
    const char *task;
};

static void print(const struct figure *of, const char *measure, double value, double target)
{
    if (!of->json) {
        printf("%-20s %-9s %-10s %-24s %6.3f\n", of->data, of->part, of->task, measure, value);
        return;
    }
    printf("{\"task\":\"%s\",\"data\":\"%s\",\"part\":\"%s\",\"measure\":\"%s\",\"score\":%.4f",
           of->task, of->data, of->part, measure, value);
    if (target > 0) {
        printf(",\"target\":%.2f", target);
    }
    puts("}");
}

static double ratio(double a, double b)
{
    return b > 0 ? a / b : 0;
}

static void print_f1(const struct figure *of, const char *what, const struct tally *tally,
                     double target)
{
    char name[64];
    double precision = ratio(tally->right, tally->given);
    double recall = ratio(tally->right, tally->wanted);
    snprintf(name, sizeof name, "%s P", what);
    print(of, name, precision, 0);
    snprintf(name, sizeof name, "%s R", what);
    print(of, name, recall, 0);
    snprintf(name, sizeof name, "%s F1", what);
    print(of, name, ratio(2 * precision * recall, precision + recall), target);
}

static void print_recall(const struct figure *of, const char *measure, const struct tally *tally)
{
    print(of, measure, ratio(tally->right, tally->wanted), 0);
}

static void print_speech(const struct figure *of, const struct speech_score *score)
{
    print_f1(of, "statement", &score->statements, 0.75);
    print_f1(of, "words", &score->words, 0);
    print_recall(of, "speaker accuracy", &score->speakers);
    print_f1(of, "addressee", &score->addressees, 0);
    print_f1(of, "via", &score->media, 0);
    print_recall(of, "stance accuracy", &score->stances);
    print_recall(of, "direct R", &score->direct);
    print_recall(of, "indirect R", &score->indirect);
    print_recall(of, "mixed R", &score->mixed);
}

/** Reads every passage of a file. Returns how many, 0 when the file is not there. */
static size_t read_file(struct speech_score *score, const char *folder, const char *name,
                        void (*compare)(struct speech_score *, const struct passage *))
{
    char path[4096];
    char *line = NULL;
    size_t size = 0;
    size_t count = 0;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return 0;
    }
    while (getline(&line, &size, file) > 0) {
        json_t *gold = json_loads(line, 0, NULL);
        const char *text = gold != NULL ? member(gold, "text") : NULL;
        if (text != NULL) {
            struct stm_arena arena;
            stemma_document input;
            stemma_document read;
            stemma_error error;
            memset(&input, 0, sizeof input);
            stm_arena_init(&arena, 0);
            input.text = stemma_text_of(text);
            input.language = stemma_text_of("en");
            if (member(gold, "published") != NULL) {
                input.published.edtf = stemma_text_of(member(gold, "published"));
            }
            if (stm_extract(reader_model(), &input, 0, &arena, &read, &error) != STEMMA_OK) {
                fprintf(stderr, "%s: %s\n", error.code, error.message);
                exit(1);
            }
            const char *id = member(gold, "id");
            struct passage passage = {gold, id != NULL ? id : "?", &read};
            compare(score, &passage);
            stm_arena_free(&arena);
            count++;
        }
        json_decref(gold);
    }
    free(line);
    fclose(file);
    return count;
}

int main(int argc, char **argv)
{
    bool json = false;
    bool errors = false;
    const char *folder = STEMMA_SOURCE_DIR "/tests/quality/gold";
    /* passages with both in one file: news of many styles */
    static const struct {
        const char *data;
        const char *part;
        const char *speech;
        const char *facts;
    } sets[] = {
        {"own passages", "dev", "speech_dev.jsonl", "events_dev.jsonl"},
        {"own passages", "held-out", "speech_test.jsonl", "events_test.jsonl"},
        {"own passages, styles", "dev", "styles_dev.jsonl", "styles_dev.jsonl"},
        {"own passages, styles", "held-out", "styles_test.jsonl", "styles_test.jsonl"},
    };
    size_t passages = 0;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--json") == 0) {
            json = true;
        } else if (strcmp(argv[i], "--errors") == 0) {
            errors = true;
        } else if (strcmp(argv[i], "--gold") == 0 && i + 1 < argc) {
            folder = argv[++i];
        } else if (strcmp(argv[i], "--corpora") == 0 && i + 1 < argc) {
            i++; /* the passages are in this tree */
        } else {
            fprintf(stderr, "usage: score_speech [--json] [--errors] [--gold DIR]\n");
            return 2;
        }
    }
    for (size_t p = 0; p < sizeof sets / sizeof sets[0]; p++) {
        struct figure of = {json, sets[p].data, sets[p].part, "speech"};
        struct speech_score score;
        memset(&score, 0, sizeof score);
        score.errors = errors && strcmp(of.part, "dev") == 0 ? stderr : NULL;
        if (read_file(&score, folder, sets[p].speech, score_statements) != 0) {
            passages++;
            print_speech(&of, &score);
        }
        if (read_file(&score, folder, sets[p].facts, score_facts) != 0) {
            passages++;
            of.task = "facts";
            print_f1(&of, "fact", &score.facts, 0);
        }
    }
    if (passages == 0) {
        fprintf(stderr, "no passages in %s\n", folder);
        return 77;
    }
    return 0;
}
