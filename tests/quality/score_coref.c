/* SPDX-License-Identifier: MIT */
/* Scores who is who: in and across documents (ECB+), in documents (GUM).
 *
 *     score_coref --corpora DIR [--json] [--dev] [--errors] [--topic N]...
 *
 * "gold mentions": the mentions are given, and the reader and the judge that users run put them
 * together, in a corpus of all topics (nobody tells which documents belong together). "own
 * mentions": the reader finds them too. --dev leaves the held-out parts alone. --errors lists the mentions of the dev part with their
 * chain and cluster;
 * --topic looks at other topics than those that are scored.
 * Exits with 77 when the data is not there. */
#include "score_coref.h"

#include "laying.h"

#include "ecb.h"
#include "metrics.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_TOPICS 32u

struct options {
    const char *corpora;
    const char *model;
    int json;
    int errors;
    int dev; /* only the dev parts */
    uint32_t topics[MOST_TOPICS]; /* to look at instead of the dev topics */
    size_t topic_count;
};

struct arrays {
    uint32_t *key;
    uint32_t *response;
    uint32_t *document;
    size_t count;
};

static struct arrays arrays_of(const struct coref_set *set)
{
    struct arrays arrays = {NULL, NULL, NULL, 0};
    size_t total = 0;
    for (size_t d = 0; d < set->count; d++) {
        total += set->documents[d].mention_count;
    }
    arrays.key = laying_make(total, sizeof *arrays.key);
    arrays.response = laying_make(total, sizeof *arrays.response);
    arrays.document = laying_make(total, sizeof *arrays.document);
    for (size_t d = 0; d < set->count; d++) {
        for (size_t g = 0; g < set->documents[d].mention_count; g++) {
            const struct coref_mention *mention = &set->documents[d].mentions[g];
            if (mention->scored) {
                arrays.key[arrays.count] = mention->chain;
                arrays.response[arrays.count] = mention->cluster;
                arrays.document[arrays.count++] = (uint32_t)d;
            }
        }
    }
    return arrays;
}

static void free_arrays(struct arrays *arrays)
{
    free(arrays->key);
    free(arrays->response);
    free(arrays->document);
}

static void say(const struct options *options, const char *data, const char *part,
                const char *measure, double score, double target)
{
    if (options->json) {
        printf("{\"task\":\"coreference\",\"data\":\"%s\",\"part\":\"%s\",\"measure\":\"%s\","
               "\"score\":%.4f",
               data, part, measure, score);
        if (target > 0) {
            printf(",\"target\":%.2f", target);
        }
        printf("}\n");
    }
}

/* Clusters of the dev part beside the gold: for people who look for what to mend. */
static void print_errors(const struct coref_set *set)
{
    for (size_t d = 0; d < set->count; d++) {
        const struct coref_document *document = &set->documents[d];
        for (size_t g = 0; g < document->mention_count; g++) {
            const struct coref_mention *m = &document->mentions[g];
            if (m->scored) {
                printf("MENTION\t%u\t%d\t%s\t%.*s\n", m->chain, (int)m->cluster, document->name,
                       (int)(m->end - m->start), document->text + m->start);
            }
        }
    }
}

/* Pairs of mentions of different documents. `found`: only of mentions that both sides have. */
static struct metric cross_pairs(const struct arrays *arrays, int found)
{
    double hits = 0, truth = 0, said = 0;
    for (size_t i = 0; i < arrays->count; i++) {
        for (size_t k = i + 1; k < arrays->count; k++) {
            if (arrays->document[i] == arrays->document[k] ||
                (found &&
                 (arrays->response[i] == STEMMA_NONE || arrays->response[k] == STEMMA_NONE))) {
                continue;
            }
            int same = arrays->key[i] == arrays->key[k];
            int joined =
                arrays->response[i] == arrays->response[k] && arrays->response[i] != STEMMA_NONE;
            truth += same;
            said += joined;
            hits += same && joined;
        }
    }
    return metric_of(hits, truth, said);
}

/* Clusters of one mention leave both sides: who names what is not measured by them. */
static void drop_singletons(uint32_t *numbers, size_t count)
{
    uint8_t *several = laying_make(count, 1);
    for (size_t i = 0; i < count; i++) {
        for (size_t k = i + 1; k < count; k++) {
            if (numbers[i] == numbers[k]) {
                several[i] = several[k] = 1;
            }
        }
    }
    for (size_t i = 0; i < count; i++) {
        numbers[i] = several[i] ? numbers[i] : STEMMA_NONE;
    }
    free(several);
}

static void report(const struct options *options, const char *data, const char *part,
                   const struct coref_set *set, int across, int own, double target)
{
    struct arrays arrays = arrays_of(set);
    char label[96];
    (void)snprintf(label, sizeof label, "%s %s", data, part);
    if (across) {
        struct metric pairs = cross_pairs(&arrays, own);
        if (!options->json) {
            printf("%-34s pairs across documents%s P %.3f R %.3f F1 %.3f\n", label,
                   own ? ", of mentions found," : "", pairs.precision, pairs.recall, pairs.f1);
        }
        say(options, data, part, "pairs across documents P", pairs.precision, own ? 0.93 : 0);
        say(options, data, part, "pairs across documents R", pairs.recall, own ? 0.57 : 0);
    }
    if (own) {
        drop_singletons(arrays.key, arrays.count);
        drop_singletons(arrays.response, arrays.count);
    }
    if (!options->json) {
        metric_print(label, arrays.key, arrays.response, arrays.count);
    }
    say(options, data, part, own ? "CoNLL without singletons" : "CoNLL",
        metric_conll(arrays.key, arrays.response, arrays.count), target);
    say(options, data, part, own ? "LEA without singletons" : "LEA",
        metric_lea(arrays.key, arrays.response, arrays.count).f1, 0);
    free_arrays(&arrays);
}

static int score_ecb(const struct options *options, const struct stm_model *model,
                     const uint32_t *topics, size_t topic_count, const char *part)
{
    struct ecb ecb;
    char folder[1024];
    (void)snprintf(folder, sizeof folder, "%s/ecbplus_dev", options->corpora);
    if (ecb_read(&ecb, folder, topics, topic_count) != 0) {
        return -1;
    }
    struct coref_set set = {laying_make(ecb.document_count, sizeof *set.documents),
                            ecb.document_count};
    for (size_t d = 0; d < ecb.document_count; d++) {
        struct ecb_document *from = &ecb.documents[d];
        struct coref_document *to = &set.documents[d];
        to->name = from->name;
        to->text = from->text;
        to->size = from->size;
        to->mentions = laying_make(from->mention_count, sizeof *to->mentions);
        for (size_t m = 0; m < from->mention_count; m++) {
            if (from->mentions[m].kind == ECB_ENTITY) {
                struct coref_mention *mention = &to->mentions[to->mention_count++];
                mention->start = from->mentions[m].start;
                mention->end = from->mentions[m].end;
                mention->head = STEMMA_NONE;
                mention->chain = from->mentions[m].chain;
                mention->scored = from->mentions[m].clean;
            }
        }
    }
    coref_resolve_gold(model, &set, 1);
    report(options, "ECB+ gold mentions", part, &set, 1, 0, 0.74);
    if (options->errors && strcmp(part, "dev") == 0) {
        print_errors(&set);
    }
    coref_resolve_own(model, &set, 1);
    report(options, "ECB+ own mentions", part, &set, 1, 1, 0);
    for (size_t d = 0; d < set.count; d++) {
        free(set.documents[d].mentions);
    }
    free(set.documents);
    ecb_free(&ecb);
    return 0;
}

static int score_gum(const struct options *options, const struct stm_model *model, int half,
                     const char *part)
{
    struct coref_set set;
    char folder[1024];
    (void)snprintf(folder, sizeof folder, "%s/gum_ccby", options->corpora);
    if (coref_read_gum(&set, folder, half) != 0) {
        return -1;
    }
    coref_resolve_gold(model, &set, 0);
    report(options, "GUM gold mentions", part, &set, 0, 0, 0);
    if (options->errors && half == 0) {
        print_errors(&set);
    }
    coref_resolve_own(model, &set, 0);
    report(options, "GUM own mentions", part, &set, 0, 1, 0);
    for (size_t d = 0; d < set.count; d++) {
        free((void *)(uintptr_t)set.documents[d].name);
        free((void *)(uintptr_t)set.documents[d].text);
        free(set.documents[d].mentions);
    }
    free(set.documents);
    return 0;
}

int main(int argc, char **argv)
{
    struct options options;
    memset(&options, 0, sizeof options);
    options.corpora = "/nonexistent";
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--json") == 0) {
            options.json = 1;
        } else if (strcmp(argv[i], "--errors") == 0) {
            options.errors = 1;
        } else if (strcmp(argv[i], "--dev") == 0) {
            options.dev = 1;
        } else if (strcmp(argv[i], "--corpora") == 0 && i + 1 < argc) {
            options.corpora = argv[++i];
        } else if (strcmp(argv[i], "--topic") == 0 && i + 1 < argc) {
            if (options.topic_count < MOST_TOPICS) {
                options.topics[options.topic_count++] = (uint32_t)strtoul(argv[i + 1], NULL, 10);
            }
            i++;
        } else if (strcmp(argv[i], "--model") == 0 && i + 1 < argc) {
            options.model = argv[++i];
        } else {
            (void)fprintf(stderr, "usage: score_coref --corpora DIR [--model FILE] [--json] [--dev]\n");
            return 2;
        }
    }
    struct stm_model *model;
    stemma_error error;
    if (stm_model_open(&model, options.model, &error) != STEMMA_OK) {
        (void)fprintf(stderr, "%s: %s\n", error.code, error.message);
        return 1;
    }
    int missing = 0;
    if (options.topic_count != 0) {
        missing = score_ecb(&options, model, options.topics, options.topic_count, "dev") != 0;
    } else {
        missing += score_ecb(&options, model, ECB_DEV, ECB_DEV_COUNT, "dev") != 0;
        missing += score_gum(&options, model, 0, "dev") != 0;
        if (!options.dev) {
            missing +=
                score_ecb(&options, model, ECB_HELD_OUT, ECB_HELD_OUT_COUNT, "held-out") != 0;
            missing += score_gum(&options, model, 1, "held-out") != 0;
        }
    }
    stm_model_close(model);
    if (missing != 0) {
        (void)fprintf(stderr, "score_coref: no data in %s\n", options.corpora);
        return 77;
    }
    return 0;
}
