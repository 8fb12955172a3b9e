/* SPDX-License-Identifier: MIT */
/* How well happenings are recognised as one across documents, on ECB+.
 *     score_stories --corpora DIR [--model FILE] [--json] [--pairs]
 *
 * Gold mentions: the annotated actions are laid in as triggers where the reader has none there, of
 * a type that says nothing; everything else (times, names, participants, which documents are one
 * story, what is joined) is the product's. Own mentions: what the reader finds, joined as packing
 * does, against the annotated actions; happenings told once are left out on both sides. Topics 2,
 * 12, 21 and 34 may be looked at while rules are written; 5, 18, 23 and 35 are only reported. */
#include "ecb.h"
#include "metrics.h"
#include "score_stories.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TOPICS 8u

static int is_dev(uint32_t topic)
{
    for (size_t i = 0; i < 4; i++) {
        if (ECB_DEV[i] == topic) {
            return 1;
        }
    }
    return 0;
}

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

/* The annotated actions of the parts that `dev` names (0, 1, or 2 for both) with their clusters;
   own mentions that no annotation has come after them. */
static void score_part(const struct ecb *ecb, const struct stories_run *run, int own, int dev,
                       int json)
{
    static const char *const PARTS[] = {"held-out", "dev", "dev and held-out"};
    size_t most = 0;
    for (size_t d = 0; d < ecb->document_count; d++) {
        most += ecb->documents[d].mention_count + run->documents[d].own_count;
    }
    uint32_t *key = make(most, sizeof *key);
    uint32_t *response = make(most, sizeof *response);
    size_t count = 0;
    for (size_t d = 0; d < ecb->document_count; d++) {
        const struct ecb_document *document = &ecb->documents[d];
        if (dev != 2 && is_dev(document->topic) != dev) {
            continue;
        }
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
    report(own ? "own mentions" : "gold mentions", PARTS[dev], own ? 0.42 : 0.743, json, key,
           response, count);
    free(key);
    free(response);
}

/* Documents against the sub-topics of the annotation. */
static void score_documents(const struct ecb *ecb, const struct stories_run *run, int dev, int json)
{
    uint32_t *key = make(ecb->document_count, sizeof *key);
    uint32_t *response = make(ecb->document_count, sizeof *response);
    size_t count = 0;
    for (size_t d = 0; d < ecb->document_count; d++) {
        const struct ecb_document *document = &ecb->documents[d];
        if (is_dev(document->topic) == dev) {
            key[count] = document->topic * 2 + document->plus;
            response[count++] = run->stories[d];
        }
    }
    struct metric b3 = metric_b3(key, response, count);
    const char *part = dev ? "dev" : "held-out";
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

/* Prints the joins that are wrong or missing, for whoever writes rules: of the dev topics only. */
static void print_pairs(const struct ecb *ecb, const struct stories_run *run)
{
    for (size_t d = 0; d < ecb->document_count; d++) {
        const struct ecb_document *document = &ecb->documents[d];
        for (size_t m = 0; is_dev(document->topic) && m < document->mention_count; m++) {
            const struct ecb_mention *mention = &document->mentions[m];
            if (mention->kind == ECB_ACTION && mention->clean) {
                (void)printf("%u\t%u\t%u\t%s\t%u\t%.*s\n", document->topic, mention->chain,
                             run->documents[d].clusters[m], document->name, mention->sentence,
                             (int)(mention->end - mention->start), document->text + mention->start);
            }
        }
    }
}

int main(int argc, char **argv)
{
    const char *corpora = "/nonexistent";
    const char *model = NULL;
    int json = 0;
    int pairs = 0;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--json") == 0) {
            json = 1;
        } else if (strcmp(argv[i], "--pairs") == 0) {
            pairs = 1;
        } else if (strcmp(argv[i], "--corpora") == 0 && i + 1 < argc) {
            corpora = argv[++i];
        } else if (strcmp(argv[i], "--model") == 0 && i + 1 < argc) {
            model = argv[++i];
        } else {
            (void)fprintf(stderr,
                          "usage: score_stories --corpora DIR [--model FILE] [--json] [--pairs]\n");
            return 2;
        }
    }
    char folder[4096];
    (void)snprintf(folder, sizeof folder, "%s/ecbplus_dev", corpora);
    uint32_t topics[TOPICS];
    for (size_t i = 0; i < 4; i++) {
        topics[i] = ECB_DEV[i];
        topics[4 + i] = ECB_HELD_OUT[i];
    }
    struct ecb ecb;
    FILE *there = NULL;
    char file[5000];
    (void)snprintf(file, sizeof file, "%s/ECBplus_coreference_sentences.csv", folder);
    there = fopen(file, "rb");
    if (there == NULL) {
        (void)fprintf(stderr, "score_stories: no ECB+ in %s\n", folder);
        return 77;
    }
    (void)fclose(there);
    if (ecb_read(&ecb, folder, topics, TOPICS) != 0) {
        return 1;
    }
    for (int own = 0; own < 2; own++) {
        struct stories_run run;
        stories_run(&run, &ecb, model, !own);
        if (!own && !pairs) {
            score_documents(&ecb, &run, 1, json);
            score_documents(&ecb, &run, 0, json);
        }
        if (pairs && !own) {
            print_pairs(&ecb, &run);
        } else if (!pairs) {
            score_part(&ecb, &run, own, 1, json);
            score_part(&ecb, &run, own, 0, json);
            score_part(&ecb, &run, own, 2, json);
        }
        stories_end(&run, &ecb);
    }
    ecb_free(&ecb);
    return 0;
}
