/* SPDX-License-Identifier: MIT */
#include "knowledge.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "stemma/write.h"

static void must(stemma_status status, const stemma_error *error)
{
    if (status != STEMMA_OK) {
        fprintf(stderr, "%s: %s at %s: %s\n", stemma_status_name(status), error->code, error->where,
                error->message);
        abort();
    }
}

typedef struct member {
    stemma_text name;
    stemma_text type;
    stemma_referent_id id;
} member;

static void join(stemma_writer *writer, const member *a, const member *b)
{
    stemma_error error = {0};
    stemma_judgement judgement = {0};
    judgement.left = a->id;
    judgement.right = b->id;
    judgement.verdict = STEMMA_VERDICT_SAME;
    judgement.score = 900;
    must(stemma_writer_add_judgement(writer, &judgement, &error), &error);
}

/* Every entity is joined with the one before it of the same name. */
static void join_names(stemma_writer *writer, corpus_document *const *documents, uint32_t count,
                       const uint32_t *numbers)
{
    size_t capacity = (size_t)count * CORPUS_MOST, used = 0;
    member *members = calloc(capacity, sizeof *members);
    if (members == NULL) {
        abort();
    }
    for (uint32_t i = 0; i < count; i++) {
        const stemma_document *document = &documents[i]->document;
        for (uint32_t r = 0; r < document->referent_count; r++) {
            const stemma_referent *referent = &document->referents[r];
            member *one = &members[used];
            if (referent->name_count == 0) {
                continue;
            }
            one->name = referent->names[0].text;
            one->type = referent->type;
            one->id.document = numbers[i];
            one->id.referent = r;
            for (size_t m = used; m > 0; m--) {
                if (stemma_text_equal(members[m - 1].name, one->name) &&
                    stemma_text_equal(members[m - 1].type, one->type)) {
                    join(writer, &members[m - 1], one);
                    break;
                }
            }
            used++;
        }
    }
    free(members);
}

void knowledge_write(char path[64], corpus_document **documents, uint32_t count)
{
    stemma_writer *writer = NULL;
    stemma_writer_options options = STEMMA_WRITER_OPTIONS_INIT;
    stemma_error error = {0};
    const stemma_run run = {
        stemma_text_of("test"), stemma_text_of("1"), STEMMA_RUN_RULE, {NULL, 0}};
    uint32_t number, *numbers = calloc(count + 1u, sizeof *numbers);
    int file;
    snprintf(path, 64, "/tmp/stemma-knowledge-XXXXXX");
    file = mkstemp(path);
    if (file < 0 || numbers == NULL) {
        abort();
    }
    close(file);
    options.flags = STEMMA_WRITE_REPLACE;
    must(stemma_writer_new(&writer, path, &options, &error), &error);
    must(stemma_writer_add_run(writer, &run, &number, &error), &error);
    for (uint32_t i = 0; i < count; i++) {
        must(stemma_writer_add_document(writer, &documents[i]->document, &numbers[i], &error),
             &error);
    }
    join_names(writer, documents, count, numbers);
    must(stemma_writer_finish(writer, &error), &error);
    stemma_writer_free(writer);
    for (uint32_t i = 0; i < count; i++) {
        corpus_free(documents[i]);
    }
    free(numbers);
}

stemma_snapshot *knowledge_open(const char *path, stemma_file **file)
{
    stemma_error error = {0};
    stemma_snapshot *snapshot = NULL;
    must(stemma_open(file, path, NULL, &error), &error);
    must(stemma_snapshot_begin(&snapshot, *file, &error), &error);
    return snapshot;
}

void knowledge_close(const char *path, stemma_file *file, stemma_snapshot *snapshot)
{
    stemma_snapshot_end(snapshot);
    stemma_close(file);
    unlink(path);
}
