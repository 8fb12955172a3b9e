/* SPDX-License-Identifier: MIT */
#include "pack/settings.h"

#include <string.h>

#include "common/complete.h"

#define AT(member) offsetof(struct stm_pack_settings, member)

static const struct stm_option options[] = {
    {STM_OPTION_TEXT, 'o', "output", "KB", "the file to make", AT(output), 0, NULL, NULL},
    {STM_OPTION_FLAG, 'f', "force", NULL, "replace KB when it is there already", AT(force), 1,
     NULL, NULL},
    {STM_OPTION_TEXT, 'm', "manifest", "CSV",
     "table with a row for each file: its date, publisher, URI ...", AT(manifest), 0, NULL, NULL},
    {STM_OPTION_LIST, 0, "mapping", "MAPPING",
     "what the columns of tables mean: icews, gdelt-events ... or a file", AT(mappings), 0, NULL,
     NULL},
    {STM_OPTION_TEXT, 0, "model", "MODEL",
     "weights of the reader of news; default: those that came with the program", AT(model), 0,
     NULL, NULL},
    {STM_OPTION_TEXT, 'b', "base", "OLD", "start from what the file OLD holds", AT(base), 0, NULL,
     NULL},
    {STM_OPTION_LIST, 0, "judgements", "JSONL",
     "judgements of people, which win over all others", AT(judgements), 0, NULL, NULL},
    {STM_OPTION_CHOICE, 0, "judge", NULL,
     "what to judge: what is new (default), everything, nothing", AT(judge), 0, "new|all|none",
     NULL},
    {STM_OPTION_NUMBER, 'j', "jobs", "N", "threads; default: one a processor", AT(jobs), 0, NULL,
     NULL},
    {STM_OPTION_SIZE, 0, "memory", "SIZE",
     "most memory to hold; default: 1G, or half of the machine's if that is less", AT(memory), 0,
     NULL, NULL},
    {STM_OPTION_TEXT, 0, "rejects", "FILE",
     "where refused records are listed; default: KB.rejects.jsonl", AT(rejects), 0, NULL, NULL},
    {STM_OPTION_SIZE, 0, "line-limit", "SIZE", "longest line of JSON Lines; default: 32M",
     AT(line_limit), 0, NULL, NULL},
    {STM_OPTION_FLAG, 0, "no-text", NULL,
     "keep spans and digests but do not store the texts", AT(withhold), 1, NULL, NULL},
    {STM_OPTION_FLAG, 'v', "verbose", NULL, "a line for each stage of the work", AT(verbose), 1, NULL,
     NULL},
    {STM_OPTION_FLAG, 'q', "quiet", NULL, "no progress, no summary", AT(quiet), 1, NULL, NULL},
};

/* Mappings that come with the program. */
static void complete(struct stm_completion *completion, const char *what)
{
    static const char *const mappings[] = {"gdelt-events", "gdelt-mentions", "icews"};
    for (size_t i = 0; strcmp(what, "MAPPING") == 0 && i < sizeof mappings / sizeof mappings[0]; i++) {
        stm_complete_add(completion, stemma_text_of(mappings[i]), (stemma_text){NULL, 0});
    }
}

const struct stm_program stm_pack_program = {
    "stemma-pack",
    "[OPTIONS] -o KB INPUT...",
    "Makes a knowledge base out of documents: folders and files of text, HTML or Markdown,\n"
    "JSON Lines with or without testimony, tables of coded events, other .stemma files; - reads\n"
    "JSON Lines, or with --mapping a table, from standard input. KB stays as it was until the\n"
    "new one is complete.",
    "Example: stemma-pack -o news.stemma --manifest manifest.csv articles/\n",
    options,
    sizeof options / sizeof options[0],
    NULL,
    "INPUT",
    complete,
};
