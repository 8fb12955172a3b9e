/* SPDX-License-Identifier: MIT */
#include "told.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "corpus.h"

#define MOST 64u

/* A name that stands for an entity, where it was met first. */
struct met {
    const char *name;
    uint32_t document;
    uint32_t referent;
};

struct writing {
    stemma_writer *writer;
    uint32_t run;
    uint32_t numbers[MOST]; /* of the documents */
    uint32_t documents;
    struct met met[MOST];
    uint32_t met_count;
};

static void must(stemma_status status, const stemma_error *error)
{
    if (status != STEMMA_OK) {
        fprintf(stderr, "%s: %s: %s\n", stemma_status_name(status), error->code, error->message);
        abort();
    }
}

static uint32_t referent_of(corpus_document *d, const char *type, const char *name)
{
    for (uint32_t i = 0; i < d->document.referent_count; i++) {
        const stemma_referent *one = &d->document.referents[i];
        if (one->name_count != 0 && stemma_text_equal(one->names[0].text, stemma_text_of(name))) {
            return i;
        }
    }
    return corpus_entity(d, type, name);
}

static stemma_object value_of(corpus_document *d, const told *one)
{
    const char *value = one->value;
    stemma_object object;
    const char *counted = strchr(value, ' ');
    static char amounts[MOST * 4][16]; /* outlive the documents */
    static uint32_t used;
    char *amount = amounts[used++ % (MOST * 4)];
    size_t size;
    if (value[0] == '@') {
        return corpus_referent(referent_of(d, "person", value + 1));
    }
    if (strcmp(one->predicate, "time") == 0) {
        return corpus_time(value, value);
    }
    if (strchr("0123456789<>~", value[0]) == NULL || strcmp(one->predicate, "penalty") == 0) {
        return corpus_text(value);
    }
    size = strcspn(value, " ");
    snprintf(amount, 16, "%.*s", (int)size, value);
    object = corpus_count(value, strchr("<>~", value[0]) != NULL ? amount + 1 : amount,
                          counted != NULL ? counted + 1 : "");
    object.as.quantity.modifier = value[0] == '>'   ? STEMMA_MODIFIER_AT_LEAST
                                  : value[0] == '<' ? STEMMA_MODIFIER_AT_MOST
                                  : value[0] == '~' ? STEMMA_MODIFIER_ABOUT
                                                    : STEMMA_MODIFIER_NONE;
    return object;
}

static void add(corpus_document *d, uint32_t event, const told *one)
{
    stemma_span span;
    stemma_assertion *assertion;
    corpus_sentence(d);
    span = corpus_say(d, one->value);
    corpus_say(d, ". ");
    assertion = corpus_assert(d, event, one->predicate, value_of(d, one), span);
    assertion->realis = one->realis != 0 ? one->realis : STEMMA_REALIS_ACTUAL;
    assertion->polarity = one->denies ? STEMMA_POLARITY_NEGATIVE : STEMMA_POLARITY_POSITIVE;
    if (one->speaker != NULL) {
        assertion->attribution = STEMMA_ATTRIBUTION_SPEAKER;
        assertion->speaker = referent_of(d, "organization", one->speaker);
    }
}

static void join(struct writing *to, const struct met *a, uint32_t document, uint32_t referent)
{
    stemma_error error = {0};
    stemma_judgement same = {.left = {a->document, a->referent},
                             .right = {document, referent},
                             .verdict = STEMMA_VERDICT_SAME,
                             .score = 900};
    must(stemma_writer_add_judgement(to->writer, &same, &error), &error);
}

/* Joins what a document speaks of with what is called so already. The event is called "". */
static void join_all(struct writing *to, const corpus_document *d, uint32_t number)
{
    for (uint32_t r = 0; r < d->document.referent_count; r++) {
        const stemma_referent *one = &d->document.referents[r];
        const char *name = one->name_count != 0 ? one->names[0].text.data : "";
        uint32_t i = 0;
        for (; i < to->met_count && strcmp(to->met[i].name, name) != 0; i++) {
        }
        if (i < to->met_count) {
            join(to, &to->met[i], number, r);
        } else {
            to->met[to->met_count++] = (struct met){name, number, r};
        }
    }
}

static void add_document(struct writing *to, const char *type, const told *all, uint32_t count)
{
    stemma_error error = {0};
    char uri[64];
    corpus_document *d;
    uint32_t event, number = 0;
    bool typed = false;
    snprintf(uri, sizeof uri, "https://news.example/%u", to->documents);
    d = corpus_new(uri, all[0].published);
    d->document.publisher = stemma_text_of(all[0].publisher);
    event = corpus_event(d, type);
    for (uint32_t i = 0; i < count; i++) {
        add(d, event, &all[i]);
        typed = typed || strcmp(all[i].predicate, "type") == 0;
    }
    if (!typed) {
        corpus_assert(d, event, "type", corpus_text(type), d->evidence_spans[0])->realis =
            all[0].realis != 0 ? all[0].realis : STEMMA_REALIS_ACTUAL;
    }
    must(stemma_writer_add_document(to->writer, &d->document, &number, &error), &error);
    join_all(to, d, number);
    if (all[0].copies && to->documents != 0) {
        stemma_derivation copy = {.from = number,
                                  .to = to->numbers[to->documents - 1],
                                  .kind = STEMMA_DERIVATION_COPY,
                                  .score = 970,
                                  .run = to->run};
        must(stemma_writer_add_derivation(to->writer, &copy, &error), &error);
    }
    to->numbers[to->documents++] = number;
    corpus_free(d);
}

void told_write(char path[64], const told *all, uint32_t count)
{
    struct writing to = {0};
    stemma_writer_options options = STEMMA_WRITER_OPTIONS_INIT;
    stemma_error error = {0};
    const stemma_run program = {stemma_text_of("test/told"), stemma_text_of("1"), STEMMA_RUN_HUMAN,
                                {NULL, 0}};
    const char *type = "life.die";
    int file;
    for (uint32_t i = count; i > 0; i--) {
        type = strcmp(all[i - 1].predicate, "type") == 0 ? all[i - 1].value : type;
    }
    snprintf(path, 64, "/tmp/stemma-told-XXXXXX");
    file = mkstemp(path);
    if (file < 0) {
        abort();
    }
    close(file);
    options.flags = STEMMA_WRITE_REPLACE;
    must(stemma_writer_new(&to.writer, path, &options, &error), &error);
    must(stemma_writer_add_run(to.writer, &program, &to.run, &error), &error);
    for (uint32_t first = 0, end; first < count; first = end) {
        for (end = first + 1; end < count && !all[end].copies &&
                              strcmp(all[end].publisher, all[first].publisher) == 0 &&
                              strcmp(all[end].published, all[first].published) == 0;
             end++) {
        }
        add_document(&to, type, all + first, end - first);
    }
    must(stemma_writer_finish(to.writer, &error), &error);
    stemma_writer_free(to.writer);
}
