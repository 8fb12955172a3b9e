/* SPDX-License-Identifier: MIT */
/* How many of the happenings that people marked in ECB+ the reader notices, and how many of those
   that it notices are marked: triggers alone, in sentences whose annotation was checked. ECB+ marks
   every action of a story, so recall has a low ceiling for any closed list of types.
       score_triggers [--json] [--dev] [--verbose] --corpora DIR */
#include "ecb.h"
#include "pack/extract/extract.h"
#include "support/reader_model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct tally {
    int gold;
    int noticed;
    int ours;
    int marked;
};

static int meets(uint32_t a_start, uint32_t a_end, uint32_t b_start, uint32_t b_end)
{
    return a_start < b_end && b_start < a_end;
}

/* Whether a trigger stands in a sentence that has any checked mention, and on an action. */
static void place_of(const struct ecb_document *document, const stemma_document *read,
                     stemma_span span, int *checked, int *action)
{
    uint32_t first = 0;
    uint32_t end = (uint32_t)document->size;
    for (uint32_t i = 0; i < read->sentence_count; i++) {
        if (read->sentences[i] <= span.start) {
            first = read->sentences[i];
            end = i + 1 < read->sentence_count ? read->sentences[i + 1] : end;
        }
    }
    *checked = 0;
    *action = 0;
    for (size_t i = 0; i < document->mention_count; i++) {
        const struct ecb_mention *mention = &document->mentions[i];
        if (!mention->clean) {
            continue;
        }
        *checked |= mention->start >= first && mention->start < end;
        *action |= mention->kind == ECB_ACTION &&
                   meets(mention->start, mention->end, span.start, span.end);
    }
}

static int is_trigger(const stemma_document *read, const stemma_mention *mention)
{
    return mention->kind == STEMMA_MENTION_TRIGGER && mention->referent != STEMMA_NONE &&
           read->referents[mention->referent].kind == STEMMA_REFERENT_EVENT;
}

static void score_document(const struct ecb_document *document, struct tally *tally, int verbose)
{
    struct stm_arena arena;
    stemma_document input = {0};
    stemma_document read;
    stemma_error error = {0};
    stm_arena_init(&arena, 0);
    input.text = (stemma_text){document->text, document->size};
    input.language = stemma_text_of("en");
    if (stm_extract(reader_model(), &input, 0, &arena, &read, &error) != STEMMA_OK) {
        fprintf(stderr, "%s: %s\n", error.code, error.message);
        exit(1);
    }
    for (uint32_t i = 0; i < read.mention_count; i++) {
        if (is_trigger(&read, &read.mentions[i])) {
            int checked;
            int action;
            place_of(document, &read, read.mentions[i].spans[0], &checked, &action);
            tally->ours += checked;
            tally->marked += checked && action;
            if (verbose && checked && !action) {
                stemma_span span = read.mentions[i].spans[0];
                stemma_text type = read.referents[read.mentions[i].referent].type;
                printf("extra %.*s %.*s\n", (int)type.size, type.data,
                       (int)(span.end - span.start), document->text + span.start);
            }
        }
    }
    for (size_t g = 0; g < document->mention_count; g++) {
        const struct ecb_mention *mention = &document->mentions[g];
        if (mention->kind != ECB_ACTION || !mention->clean) {
            continue;
        }
        int noticed = 0;
        for (uint32_t i = 0; i < read.mention_count; i++) {
            noticed |= is_trigger(&read, &read.mentions[i]) &&
                       meets(mention->start, mention->end, read.mentions[i].spans[0].start,
                             read.mentions[i].spans[0].end);
        }
        tally->gold++;
        tally->noticed += noticed;
        if (verbose && !noticed) {
            printf("missed %.*s\n", (int)(mention->end - mention->start),
                   document->text + mention->start);
        }
    }
    stm_arena_free(&arena);
}

static int score_part(const char *folder, const uint32_t *topics, size_t topic_count,
                      const char *part, int json, int verbose)
{
    struct ecb ecb;
    struct tally tally = {0, 0, 0, 0};
    if (ecb_read(&ecb, folder, topics, topic_count) != 0) {
        return 77;
    }
    for (size_t i = 0; i < ecb.document_count; i++) {
        score_document(&ecb.documents[i], &tally, verbose);
    }
    ecb_free(&ecb);
    double recall = tally.gold == 0 ? 0.0 : (double)tally.noticed / tally.gold;
    double precision = tally.ours == 0 ? 0.0 : (double)tally.marked / tally.ours;
    if (json) {
        printf("{\"task\":\"events\",\"data\":\"ECB+\",\"part\":\"%s\",\"measure\":\"trigger "
               "recall\",\"score\":%.3f}\n",
               part, recall);
        printf("{\"task\":\"events\",\"data\":\"ECB+\",\"part\":\"%s\",\"measure\":\"trigger "
               "precision\",\"score\":%.3f,\"target\":0.80}\n",
               part, precision);
    } else {
        printf("%-9s trigger recall %.3f (%d of %d), precision %.3f (%d of %d)\n", part, recall,
               tally.noticed, tally.gold, precision, tally.marked, tally.ours);
    }
    return 0;
}

int main(int argc, char **argv)
{
    const char *corpora = "/nonexistent";
    int json = 0;
    int verbose = 0;
    int dev = 0;
    char folder[4096];
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--json") == 0) {
            json = 1;
        } else if (strcmp(argv[i], "--verbose") == 0) {
            verbose = 1;
        } else if (strcmp(argv[i], "--dev") == 0) {
            dev = 1;
        } else if (strcmp(argv[i], "--corpora") == 0 && i + 1 < argc) {
            corpora = argv[++i];
        } else {
            fprintf(stderr, "usage: score_triggers [--json] [--dev] [--verbose] --corpora DIR\n");
            return 2;
        }
    }
    (void)snprintf(folder, sizeof folder, "%s/ecbplus_dev", corpora);
    int status = score_part(folder, ECB_DEV, ECB_DEV_COUNT, "dev", json, verbose);
    return status != 0 || dev
               ? status
               : score_part(folder, ECB_HELD_OUT, ECB_HELD_OUT_COUNT, "held-out", json, 0);
}
