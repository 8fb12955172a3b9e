/* SPDX-License-Identifier: MIT */
/* Writes the small knowledge base of the tests of stemma-query to the path given, for scripts; or with
   "chain" one of a single report, where a claim and an event lead from one person to another. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "query_kb.h"

/* "Ada Vex owns Orell Mills. Orell Mills freed Bo Ruk." */
static void write_chain(const char *path)
{
    stemma_writer *writer = NULL;
    stemma_writer_options options = STEMMA_WRITER_OPTIONS_INIT;
    stemma_error error = {0};
    uint32_t run = 0, number = 0;
    const stemma_run program = {stemma_text_of("test/by-hand"), stemma_text_of("1"),
                                STEMMA_RUN_HUMAN, {NULL, 0}};
    corpus_document *d = corpus_new("https://bulletin.example/3", "2031-06-01");
    uint32_t vex = corpus_entity(d, "person", "Ada Vex");
    uint32_t mills = corpus_entity(d, "organization", "Orell Mills");
    uint32_t ruk = corpus_entity(d, "person", "Bo Ruk");
    uint32_t suit = corpus_event(d, "justice.release");
    corpus_sentence(d);
    query_kb_name(d, vex, "Ada Vex");
    corpus_say(d, " ");
    corpus_say(d, "owns ");
    stemma_span owned = query_kb_name(d, mills, "Orell Mills");
    corpus_say(d, ". ");
    corpus_sentence(d);
    stemma_span who = query_kb_name(d, mills, "Orell Mills");
    corpus_say(d, " ");
    stemma_span freed = query_kb_trigger(d, suit, "freed");
    corpus_say(d, " ");
    stemma_span whom = query_kb_name(d, ruk, "Bo Ruk");
    corpus_say(d, ".");
    corpus_assert(d, vex, "affiliation", corpus_referent(mills), owned);
    query_kb_type(d, suit, "justice.release", freed, STEMMA_REALIS_ACTUAL);
    query_kb_role(d, suit, "agent", mills, who);
    query_kb_role(d, suit, "patient", ruk, whom);
    options.flags = STEMMA_WRITE_REPLACE;
    query_kb_must(stemma_writer_new(&writer, path, &options, &error), &error);
    query_kb_must(stemma_writer_add_run(writer, &program, &run, &error), &error);
    query_kb_must(stemma_writer_add_document(writer, &d->document, &number, &error), &error);
    query_kb_must(stemma_writer_finish(writer, &error), &error);
    stemma_writer_free(writer);
    corpus_free(d);
}

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[2], "chain") == 0) {
        write_chain(argv[1]);
        return 0;
    }
    if (argc != 2) {
        fprintf(stderr, "usage: write_query_kb KB [chain]\n");
        return 2;
    }
    query_kb_write(argv[1]);
    return 0;
}
