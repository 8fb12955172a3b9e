/* SPDX-License-Identifier: MIT */
/* What salvage gives of a damaged file, line by line against what the sound file holds. */
#ifndef STEMMA_TEST_SALVAGE_SUPPORT_H
#define STEMMA_TEST_SALVAGE_SUPPORT_H

#include <stdlib.h>

#include "common/interchange_write.h"
#include "digest.h"
#include "stemma/salvage.h"
#include "support/row_file.h"

/* Lines of interchange by their hash, and, of documents, what stands before their referents. */
typedef struct salvage_truth {
    uint64_t *lines;
    size_t count;
    size_t room;
} salvage_truth;

/* What became of a file. */
typedef struct salvage_outcome {
    stemma_status status;
    uint64_t lines;    /* written */
    uint64_t same;     /* that are lines of the sound file */
    uint64_t withheld; /* documents whose text alone is missing */
    uint64_t untold;   /* documents whose testimony is missing */
    uint64_t supposed; /* runs called "lost", and data sets with fewer rows */
    uint64_t altered;  /* anything else: what the sound file does not say */
    uint64_t documents;
    uint64_t losses;
    uint64_t unverified;
    uint64_t lost_documents;
    uint64_t sum; /* of all lines */
} salvage_outcome;

static int salvage_compare(const void *a, const void *b)
{
    uint64_t left = *(const uint64_t *)a;
    uint64_t right = *(const uint64_t *)b;
    return (left > right) - (left < right);
}

static uint64_t salvage_hash(const char *text, size_t size)
{
    return stm_hash64((stemma_bytes){(const uint8_t *)text, size}, 7);
}

static void salvage_learn(salvage_truth *truth, const char *text, size_t size)
{
    if (truth->count == truth->room) {
        truth->room = 2 * truth->room + 256;
        truth->lines = realloc(truth->lines, truth->room * sizeof *truth->lines);
        assert_non_null(truth->lines);
    }
    truth->lines[truth->count++] = salvage_hash(text, size);
}

static int salvage_knows(const salvage_truth *truth, const char *text, size_t size)
{
    uint64_t hash = salvage_hash(text, size);
    return bsearch(&hash, truth->lines, truth->count, sizeof hash, salvage_compare) != NULL;
}

static const char *salvage_find(const char *line, size_t size, const char *word)
{
    return memmem(line, size, word, strlen(word));
}

/* How long a document's line is up to what it says; 0 when it is no document's. */
static size_t salvage_head(const char *line, size_t size)
{
    const char *at = salvage_find(line, size, "\"referents\":");
    return strncmp(line, "{\"record\":\"document\"", 20) == 0 && at != NULL ? (size_t)(at - line)
                                                                            : 0;
}

/* Calls `each` for each line. */
typedef void salvage_line(void *context, const char *line, size_t size);

static void salvage_each(const char *text, size_t size, salvage_line *each, void *context)
{
    while (size != 0) {
        const char *end = memchr(text, '\n', size);
        size_t length = end != NULL ? (size_t)(end - text) : size;
        each(context, text, length);
        text += length + 1;
        size -= length + 1;
    }
}

static void salvage_learn_line(void *context, const char *line, size_t size)
{
    size_t head = salvage_head(line, size);
    salvage_learn(context, line, size);
    if (head != 0) {
        salvage_learn(context, line, head);
    }
}

/* All that a sound file holds, with texts and without. */
static void salvage_learn_file(salvage_truth *truth, const char *path)
{
    memset(truth, 0, sizeof *truth);
    for (int withhold = 0; withhold < 2; withhold++) {
        struct stm_interchange_options options = STM_INTERCHANGE_OPTIONS_INIT;
        stemma_file *file = NULL;
        stemma_snapshot *snapshot = NULL;
        stemma_error error = {0};
        stm_json json;
        options.withhold = withhold != 0;
        options.jobs = 1;
        assert_int_equal(stemma_open(&file, path, NULL, &error), STEMMA_OK);
        assert_int_equal(stemma_snapshot_begin(&snapshot, file, &error), STEMMA_OK);
        stm_json_to_buffer(&json, 0);
        assert_int_equal(stm_interchange_write(file, snapshot, &options, &json, &error), STEMMA_OK);
        salvage_each(json.data, json.size, salvage_learn_line, truth);
        stm_json_free(&json);
        stemma_snapshot_end(snapshot);
        stemma_close(file);
    }
    qsort(truth->lines, truth->count, sizeof *truth->lines, salvage_compare);
}

typedef struct salvage_judge {
    const salvage_truth *truth;
    salvage_outcome *outcome;
} salvage_judge;

static void salvage_judge_line(void *context, const char *line, size_t size)
{
    salvage_judge *judge = context;
    salvage_outcome *o = judge->outcome;
    size_t head = salvage_head(line, size);
    o->lines++;
    o->documents += head != 0;
    o->sum = 31 * o->sum + salvage_hash(line, size);
    if (salvage_knows(judge->truth, line, size)) {
        int withheld = head != 0 && salvage_find(line, head, "\"text_withheld\":true") != NULL;
        o->withheld += (uint64_t)withheld;
        o->same++;
    } else if (head != 0 && salvage_knows(judge->truth, line, head) &&
               salvage_find(line, size, "\"referents\":[]") != NULL &&
               salvage_find(line, size, "\"assertions\"") == NULL) {
        o->untold++;
    } else if (salvage_find(line, size, "\"name\":\"lost\"") != NULL ||
               (head != 0 && salvage_knows(judge->truth, line, head) &&
                salvage_find(line, size, "\"rows\":") != NULL)) {
        o->supposed++;
    } else {
        o->altered++;
        if (getenv("SALVAGE_SHOW") != NULL) {
            fprintf(stderr, "altered: %.*s\n", (int)size, line);
        }
    }
}

static int salvage_take_loss(void *context, const stemma_loss *loss)
{
    salvage_outcome *o = context;
    assert_true(loss->code[0] != '\0' && loss->message[0] != '\0' && loss->count >= 1);
    o->unverified += strcmp(loss->what, "unverified") == 0;
    o->lost_documents += strcmp(loss->what, "document") == 0 ? loss->count : 0;
    return 0;
}

/* Salvages the file at `path`. What came of it is kept in `text`, when that is not NULL. */
static void salvage_run(const char *path, const salvage_truth *truth, salvage_outcome *o,
                        uint32_t flags, stm_json *text)
{
    struct stm_interchange_options options = STM_INTERCHANGE_OPTIONS_INIT;
    stemma_salvage *salvage = NULL;
    stemma_snapshot *snapshot = NULL;
    stemma_error error = {0};
    stm_json json;
    salvage_judge judge = {truth, o};
    memset(o, 0, sizeof *o);
    o->status =
        stemma_salvage_begin(&salvage, path, salvage_take_loss, o, flags, 64u << 20, &error);
    if (o->status != STEMMA_OK) {
        assert_true(error.code[0] != '\0');
        return;
    }
    options.salvage = salvage;
    assert_int_equal(stemma_snapshot_begin(&snapshot, stemma_salvage_file(salvage), &error),
                     STEMMA_OK);
    stm_json_to_buffer(&json, 0);
    o->status =
        stm_interchange_write(stemma_salvage_file(salvage), snapshot, &options, &json, &error);
    assert_int_equal(o->status, STEMMA_OK);
    salvage_each(json.data, json.size, salvage_judge_line, &judge);
    o->losses = stemma_salvage_losses(salvage);
    stemma_snapshot_end(snapshot);
    stemma_salvage_end(salvage);
    if (text != NULL) {
        *text = json;
    } else {
        stm_json_free(&json);
    }
}

#endif
