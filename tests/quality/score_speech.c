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

static void print(bool json, const char *part, const char *task, const char *measure, double value,
                  double target)
{
    if (!json) {
        printf("%-9s %-10s %-24s %6.3f\n", part, task, measure, value);
        return;
    }
    printf("{\"task\":\"%s\",\"data\":\"own passages\",\"part\":\"%s\",\"measure\":\"%s\","
           "\"score\":%.4f",
           task, part, measure, value);
    if (target > 0) {
        printf(",\"target\":%.2f", target);
    }
    puts("}");
}

static double ratio(double a, double b)
{
    return b > 0 ? a / b : 0;
}

static void print_f1(bool json, const char *part, const char *task, const char *what,
                     const struct tally *tally, double target)
{
    char name[64];
    double precision = ratio(tally->right, tally->given);
    double recall = ratio(tally->right, tally->wanted);
    snprintf(name, sizeof name, "%s P", what);
    print(json, part, task, name, precision, 0);
    snprintf(name, sizeof name, "%s R", what);
    print(json, part, task, name, recall, 0);
    snprintf(name, sizeof name, "%s F1", what);
    print(json, part, task, name, ratio(2 * precision * recall, precision + recall), target);
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
    static const char *const parts[] = {"dev", "held-out"};
    static const char *const speech[] = {"speech_dev.jsonl", "speech_test.jsonl"};
    static const char *const facts[] = {"events_dev.jsonl", "events_test.jsonl"};
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
    for (size_t p = 0; p < 2; p++) {
        struct speech_score score;
        memset(&score, 0, sizeof score);
        score.errors = errors && p == 0 ? stderr : NULL;
        if (read_file(&score, folder, speech[p], score_statements) != 0) {
            passages++;
            print_f1(json, parts[p], "speech", "statement", &score.statements, 0.75);
            print_f1(json, parts[p], "speech", "words", &score.words, 0);
            print(json, parts[p], "speech", "speaker accuracy",
                  ratio(score.speakers.right, score.speakers.wanted), 0);
            print_f1(json, parts[p], "speech", "addressee", &score.addressees, 0);
            print_f1(json, parts[p], "speech", "via", &score.media, 0);
            print(json, parts[p], "speech", "stance accuracy",
                  ratio(score.stances.right, score.stances.wanted), 0);
            print(json, parts[p], "speech", "direct R",
                  ratio(score.direct.right, score.direct.wanted), 0);
            print(json, parts[p], "speech", "indirect R",
                  ratio(score.indirect.right, score.indirect.wanted), 0);
            print(json, parts[p], "speech", "mixed R", ratio(score.mixed.right, score.mixed.wanted),
                  0);
        }
        if (read_file(&score, folder, facts[p], score_facts) != 0) {
            passages++;
            print_f1(json, parts[p], "facts", "fact", &score.facts, 0);
        }
    }
    if (passages == 0) {
        fprintf(stderr, "no passages in %s\n", folder);
        return 77;
    }
    return 0;
}
