/* SPDX-License-Identifier: MIT */
#include "built_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "stemma/write.h"

static void need(stemma_status status, const stemma_error *error)
{
    if (status != STEMMA_OK) {
        fprintf(stderr, "building a file: %s at %s: %s\n", error->code, error->where,
                error->message);
        abort();
    }
}

/* Releases become other events with the same roles, so that there is more than one type. */
static void vary_types(corpus_document *document, uint32_t number)
{
    static const char *const types[] = {"justice.release", "justice.arrest", "justice.pardon",
                                        "movement.transfer", "personnel.elect"};
    for (uint32_t i = 0; i < document->document.assertion_count; i++) {
        stemma_assertion *assertion = &document->assertions[i];
        if (stemma_text_equal(assertion->predicate, stemma_text_of("type"))) {
            stemma_text type = stemma_text_of(types[(number + assertion->subject) % 5]);
            assertion->object.as.text = type;
            document->referents[assertion->subject].type = type;
        }
    }
}

/* Somebody whom the document names is quoted for every third thing that it says of happenings. */
static void quote(corpus_document *document, uint32_t number)
{
    uint32_t speaker = number % 2;
    while (speaker < document->document.referent_count &&
           document->referents[speaker].kind != STEMMA_REFERENT_ENTITY) {
        speaker++;
    }
    for (uint32_t i = number % 3; i < document->document.assertion_count; i += 3) {
        stemma_assertion *assertion = &document->assertions[i];
        if (document->referents[assertion->subject].kind == STEMMA_REFERENT_EVENT &&
            speaker < document->document.referent_count) {
            assertion->attribution = STEMMA_ATTRIBUTION_SPEAKER;
            assertion->speaker = speaker;
        }
    }
}

corpus_document *built_file_document(const built_file *file, uint32_t number)
{
    corpus_document *document = corpus_make(&file->names, number);
    vary_types(document, number);
    quote(document, number);
    document->document.title = stemma_text_of("A title");
    document->document.text_withheld = number + 1 == file->documents;
    return document;
}

static void judge(stemma_writer *writer, uint32_t left, uint32_t right, uint32_t number,
                  uint32_t run, stemma_error *error)
{
    stemma_judgement judgement = {0};
    judgement.left.document = left;
    judgement.right.document = right;
    judgement.verdict = number % 4 == 3 ? STEMMA_VERDICT_NOT_SAME : STEMMA_VERDICT_SAME;
    judgement.score = (uint16_t)(number % 1000);
    judgement.run = run;
    judgement.reason = stemma_text_of("neighbours");
    need(stemma_writer_add_judgement(writer, &judgement, error), error);
    if (number % 5 == 0) {
        static const stemma_shared_range range = {{0, 20}, {10, 30}};
        stemma_derivation derivation = {0};
        derivation.from = right;
        derivation.to = left;
        derivation.kind = STEMMA_DERIVATION_COPY;
        derivation.score = 900;
        derivation.run = STEMMA_NONE;
        derivation.author = stemma_text_of("A. Reader");
        derivation.ranges = &range;
        derivation.range_count = 1;
        need(stemma_writer_add_derivation(writer, &derivation, error), error);
    }
}

void built_file_make(built_file *file, uint32_t documents)
{
    stemma_writer *writer = NULL;
    stemma_error error = {0};
    const stemma_run run = {
        stemma_text_of("reader"), stemma_text_of("1"), STEMMA_RUN_RULE, {NULL, 0}};
    uint32_t run_number;
    uint32_t before = 0;
    memset(file, 0, sizeof *file);
    file->documents = documents;
    corpus_make_names(&file->names);
    snprintf(file->folder, sizeof file->folder, "/tmp/stemma-reader-XXXXXX");
    if (mkdtemp(file->folder) == NULL) {
        abort();
    }
    snprintf(file->path, sizeof file->path, "%s/built.stemma", file->folder);
    need(stemma_writer_new(&writer, file->path, NULL, &error), &error);
    need(stemma_writer_add_run(writer, &run, &run_number, &error), &error);
    for (uint32_t i = 0; i < documents; i++) {
        uint32_t number;
        corpus_document *document = built_file_document(file, i);
        need(stemma_writer_add_document(writer, &document->document, &number, &error), &error);
        corpus_free(document);
        if (i > 0) {
            judge(writer, before, number, i, run_number, &error);
        }
        before = number;
    }
    need(stemma_writer_finish(writer, &error), &error);
    stemma_writer_free(writer);
}

void built_file_remove(built_file *file)
{
    unlink(file->path);
    rmdir(file->folder);
}
