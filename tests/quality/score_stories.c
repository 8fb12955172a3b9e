/* SPDX-License-Identifier: MIT */
/* How well happenings are recognised as one across documents, on ECB+.
 *     score_stories --corpora DIR [--model FILE] [--json] [--dev] [--pairs]
 *
 * Gold mentions: the annotated actions are laid in as triggers where the reader has none there, of
 * a type that says nothing; everything else (times, names, participants, which documents are one
 * story, what is joined) is the product's. Own mentions: what the reader finds, joined as packing
 * does, against the annotated actions; happenings told once are left out on both sides. Each part
 * is a corpus of its own; --dev leaves the held-out one alone, --pairs lists the mentions of the
 * development part with chain and cluster. */
#include "ecb.h"
#include "metrics.h"
#include "score_stories.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *make(size_t count, size_t size)
{
    void *memory = calloc(count + 1, size);
    if (memory == NULL) {
        (void)fprintf(stderr, "out of memory\n");
        exit(1);
    }
    return memory;
}

/* Scores the mentions of one part. */
static void report(const char *measure, const char *part, double target, int json,
                   const uint32_t *key, const uint32_t *response, size_t count)
{
    if (json) {
        (void)printf("{\"task\": \"event identity, %s\", \"data\": \"ECB+\", \"part\": \"%s\", "
                     "\"measure\": \"CoNLL F1\", \"score\": %.4f, \"target\": %.3f}\n",
                     measure, part, metric_conll(key, response, count), target);
    } else {
        char label[80];
        (void)snprintf(label, sizeof label, "%s, %s", measure, part);
        metric_print(label, key, response, count);
    }
}

/* Clusters of one mention become no cluster. */
static void drop_singletons(uint32_t *clusters, size_t count)
{
    uint32_t most = 0;
    for (size_t i = 0; i < count; i++) {
        most = clusters[i] != UINT32_MAX && clusters[i] > most ? clusters[i] : most;
    }
    uint32_t *sizes = make((size_t)most + 1, sizeof *sizes);
    for (size_t i = 0; i < count; i++) {
        if (clusters[i] != UINT32_MAX) {
            sizes[clusters[i]]++;
        }
    }
    for (size_t i = 0; i < count; i++) {
        if (clusters[i] != UINT32_MAX && sizes[clusters[i]] == 1) {
            clusters[i] = UINT32_MAX;
        }
    }
    free(sizes);
}

/* The annotated actions with their clusters; own mentions that no annotation has come after them. */
static void score_part(const struct ecb *ecb, const struct stories_run *run, int own,
                       const char *part, int json)
{
    size_t most = 0;
    for (size_t d = 0; d < ecb->document_count; d++) {
        most += ecb->documents[d].mention_count + run->documents[d].own_count;
    }
    uint32_t *key = make(most, sizeof *key);
    uint32_t *response = make(most, sizeof *response);
    size_t count = 0;
    for (size_t d = 0; d < ecb->document_count; d++) {
        const struct ecb_document *document = &ecb->documents[d];
        for (size_t m = 0; m < document->mention_count; m++) {
            const struct ecb_mention *mention = &document->mentions[m];
            if (mention->kind != ECB_ACTION || !mention->clean) {
                continue;
            }
            key[count] = mention->chain;
            response[count++] = run->documents[d].clusters[m];
        }
        for (size_t m = 0; own && m < run->documents[d].own_count; m++) {
            key[count] = UINT32_MAX;
            response[count++] = run->documents[d].own[m];
        }
    }
    if (own) {
        drop_singletons(key, count);
        drop_singletons(response, count);
    }
    report(own ? "own mentions" : "gold mentions", part, own ? 0.42 : 0.743, json, key, response,
           count);
    free(key);
    free(response);
}

/* Documents against the sub-topics of the annotation. */
static void score_documents(const struct ecb *ecb, const struct stories_run *run, const char *part,
                            int json)
{
    uint32_t *key = make(ecb->document_count, sizeof *key);
    uint32_t *response = make(ecb->document_count, sizeof *response);
    size_t count = 0;
    for (size_t d = 0; d < ecb->document_count; d++) {
        const struct ecb_document *document = &ecb->documents[d];
        key[count] = document->topic * 2 + document->plus;
        response[count++] = run->stories[d];
    }
    struct metric b3 = metric_b3(key, response, count);
    if (json) {
        (void)printf("{\"task\": \"stories\", \"data\": \"ECB+\", \"part\": \"%s\", "
                     "\"measure\": \"B3 F1\", \"score\": %.4f}\n",
                     part, b3.f1);
    } else {
        (void)printf("stories, %s: B3 R %.3f P %.3f F1 %.3f\n", part, b3.recall, b3.precision,
                     b3.f1);
    }
    free(key);
    free(response);
}

/* Prints the joins that are wrong or missing, for whoever writes rules. */
static void print_pairs(const struct ecb *ecb, const struct stories_run *run, const char *mentions)
{
    for (size_t d = 0; d < ecb->document_count; d++) {
        const struct ecb_document *document = &ecb->documents[d];
        for (size_t m = 0; m < document->mention_count; m++) {
            const struct ecb_mention *mention = &document->mentions[m];
            if (mention->kind == ECB_ACTION && mention->clean) {
                (void)printf("%s\t%u\t%u\t%d\t%s\t%u\t%.*s\n", mentions, document->topic,
                             mention->chain, (int)run->documents[d].clusters[m], document->name,
                             mention->sentence,
                             (int)(mention->end - mention->start), document->text + mention->start);
            }
        }
    }
}

/* Scores one part, in which gold and own mentions are read apart. */
static int score(const char *folder, const char *model, const char *part, int json, int pairs)
{
    const int dev = strcmp(part, "dev") == 0;
    struct ecb ecb;
    if (ecb_read(&ecb, folder, dev ? ECB_DEV : ECB_HELD_OUT,
                 dev ? ECB_DEV_COUNT : ECB_HELD_OUT_COUNT) != 0) {
        return 1;
    }
    for (int own = 0; own < 2; own++) {
        struct stories_run run;
        stories_run(&run, &ecb, model, !own);
        if (pairs) {
            print_pairs(&ecb, &run, own ? "own" : "gold");
        } else {
            if (!own) {
                score_documents(&ecb, &run, part, json);
            }
            score_part(&ecb, &run, own, part, json);
        }
        stories_end(&run, &ecb);
    }
    ecb_free(&ecb);
    return 0;
}

int main(int argc, char **argv)
{
    const char *corpora = "/nonexistent";
    const char *model = NULL;
    int json = 0;
    int dev = 0;
    int pairs = 0;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--json") == 0) {
            json = 1;
        } else if (strcmp(argv[i], "--dev") == 0) {
            dev = 1;
        } else if (strcmp(argv[i], "--pairs") == 0) {
            pairs = 1;
        } else if (strcmp(argv[i], "--corpora") == 0 && i + 1 < argc) {
            corpora = argv[++i];
        } else if (strcmp(argv[i], "--model") == 0 && i + 1 < argc) {
            model = argv[++i];
        } else {
            (void)fprintf(stderr, "usage: score_stories --corpora DIR [--model FILE] [--json] "
                                  "[--dev] [--pairs]\n");
            return 2;
        }
    }
    char folder[4096];
    char file[5000];
    (void)snprintf(folder, sizeof folder, "%s/ecbplus_dev", corpora);
    (void)snprintf(file, sizeof file, "%s/ECBplus_coreference_sentences.csv", folder);
    FILE *there = fopen(file, "rb");
    if (there == NULL) {
        (void)fprintf(stderr, "score_stories: no ECB+ in %s\n", folder);
        return 77;
    }
    (void)fclose(there);
    int failed = score(folder, model, "dev", json, pairs);
    return failed != 0 || dev || pairs ? failed : score(folder, model, "held-out", json, 0);
}
