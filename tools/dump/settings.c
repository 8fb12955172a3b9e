/* SPDX-License-Identifier: MIT */
#include "dump/settings.h"

#include <string.h>

#include "common/complete.h"
#include "common/exit_codes.h"
#include "stemma/check.h"
#include "stemma/types.h"
#include "tables.h"

#define AT(member) offsetof(struct stm_dump_settings, member)

static const struct stm_option options[] = {
    {STM_OPTION_HEADING, 0, NULL, NULL, "What to write (default: everything, as interchange):", 0,
     0, NULL, NULL},
    {STM_OPTION_FLAG, 'c', "check", NULL, "verify the whole file and name each problem", AT(check),
     1, NULL, NULL},
    {STM_OPTION_TEXT, 0, "checks", "CHECKS",
     "with --check: only these, as pages,digests; list: which there are", AT(checks), 0, NULL,
     NULL},
    {STM_OPTION_NUMBER, 0, "max-problems", "N",
     "with --check: problems of a check that are told; default: 1000, 0: all", AT(max_problems), 0,
     NULL, NULL},
    {STM_OPTION_FLAG, 's', "stats", NULL, "what the file holds and where its bytes go", AT(stats),
     1, NULL, NULL},
    {STM_OPTION_TEXT, 't', "table", "NAME", "the stored records of one table", AT(table), 0, NULL,
     NULL},
    {STM_OPTION_FLAG, 0, "salvage", NULL, "what is left of a damaged file, as interchange",
     AT(salvage), 1, NULL, NULL},
    {STM_OPTION_FLAG, 0, "proven", NULL, "with --salvage: only what digests prove", AT(proven), 1,
     NULL, NULL},
    {STM_OPTION_TEXT, 0, "report", "FILE", "with --salvage: what was lost, as JSON Lines",
     AT(report), 0, NULL, NULL},
    {STM_OPTION_HEADING, 0, NULL, NULL, "Interchange:", 0, 0, NULL, NULL},
    {STM_OPTION_CHOICE, 0, "offsets", NULL, "what offsets count; default: codepoint", AT(offsets),
     0, "codepoint|utf8|utf16", NULL},
    {STM_OPTION_FLAG, 0, "no-text", NULL, "leave the texts out, keep their digests", AT(withhold),
     1, NULL, NULL},
    {STM_OPTION_TEXT, 0, "documents", "A..B", "only documents number A to B, from 0", AT(documents),
     0, NULL, NULL},
    {STM_OPTION_NUMBER, 'j', "jobs", "N",
     "threads; default: one a processor", AT(jobs), 0, NULL, NULL},
    {STM_OPTION_HEADING, 0, NULL, NULL, "Output:", 0, 0, NULL, NULL},
    {STM_OPTION_CHOICE, 0, "format", NULL,
     "of --check and --stats; default: text, jsonl for --stats off a terminal", AT(format), 0,
     "text|json|jsonl", NULL},
    {STM_OPTION_TEXT, 'o', "output", "FILE", "write to FILE, which appears when it is complete",
     AT(output), 0, NULL, NULL},
    {STM_OPTION_FLAG, 'f', "force", NULL, "replace FILE when it is there already", AT(force), 1,
     NULL, NULL},
    {STM_OPTION_FLAG, 0, "trusted", NULL, "skip the check of pages, for files one made oneself",
     AT(trusted), 1, NULL, NULL},
    {STM_OPTION_FLAG, 0, "verify", NULL, "check the pages, also of a file that passed before",
     AT(verify), 1, NULL, NULL},
    {STM_OPTION_FLAG, 'q', "quiet", NULL, "no summary on standard error", AT(quiet), 1, NULL, NULL},
};

static void complete(struct stm_completion *completion, const char *what)
{
    for (unsigned i = 0; strcmp(what, "CHECKS") == 0 && i < STEMMA_CHECK_COUNT; i++) {
        stm_complete_add(completion, stemma_text_of(stemma_check_name(i)),
                         stemma_text_of(stemma_check_meaning(i)));
    }
    for (unsigned i = 0; strcmp(what, "NAME") == 0 && i < STM_TABLE_COUNT; i++) {
        stm_complete_add(completion, stemma_text_of(stm_tables[i].name), (stemma_text){NULL, 0});
    }
}

const struct stm_program stm_dump_program = {
    "stemma-dump",
    "[OPTIONS] KB",
    "Writes what a knowledge base holds to standard output as JSON Lines, from which stemma-pack\n"
    "makes the same file again, byte for byte. Or checks the file, or tells what is in it.",
    "Example: stemma-dump news.stemma | stemma-pack -o same.stemma -\n",
    options,
    sizeof options / sizeof options[0],
    NULL,
    "KB",
    complete,
};

/* Decimal digits up to `end`; false when there are none or the number is no document's. */
static bool read_number(const char *text, const char *end, uint32_t *out)
{
    uint64_t number = 0;
    if (text == end) {
        return false;
    }
    for (; text < end; text++) {
        if (*text < '0' || *text > '9') {
            return false;
        }
        number = number * 10 + (uint64_t)(*text - '0');
        if (number >= STEMMA_NONE) {
            return false;
        }
    }
    *out = (uint32_t)number;
    return true;
}

/* "A..B", "A..", "..B" or "A": inclusive. */
static bool read_range(const char *text, uint32_t *first, uint32_t *last)
{
    const char *dots = strstr(text, "..");
    const char *end = text + strlen(text);
    *first = 0;
    *last = STEMMA_NONE;
    if (dots == NULL) {
        if (!read_number(text, end, first)) {
            return false;
        }
        *last = *first;
        return true;
    }
    if ((dots != text && !read_number(text, dots, first)) ||
        (dots + 2 != end && !read_number(dots + 2, end, last))) {
        return false;
    }
    return *first <= *last;
}

/* The checks that there are, for people. */
static int list_checks(void)
{
    for (unsigned i = 0; i < STEMMA_CHECK_COUNT; i++) {
        printf("%-10s %s\n", stemma_check_name(i), stemma_check_meaning(i));
    }
    return stm_finish_output(stm_dump_program.name, STM_EXIT_OK);
}

/* Names with commas between them. -1, or the exit status to end with. */
static int read_checks(struct stm_dump_settings *settings)
{
    const char *at = settings->checks;
    while (at != NULL && *at != '\0') {
        size_t size = strcspn(at, ",");
        unsigned number = 0;
        while (number < STEMMA_CHECK_COUNT && (strncmp(stemma_check_name(number), at, size) != 0 ||
                                               stemma_check_name(number)[size] != '\0')) {
            number++;
        }
        if (number == STEMMA_CHECK_COUNT) {
            return stm_usage_error(&stm_dump_program,
                                   "--checks: there is no check '%.*s': --checks list names them",
                                   (int)size, at);
        }
        settings->check_bits |= 1u << number;
        at += size + (at[size] == ',');
    }
    return settings->checks == NULL || settings->check_bits != 0
               ? -1
               : stm_usage_error(&stm_dump_program, "--checks: no check is named");
}

/* An option that does nothing in the mode asked for is a mistake that the user should hear of. */
static int check_together(const struct stm_dump_settings *settings)
{
    const struct stm_program *program = &stm_dump_program;
    int modes = settings->check + settings->stats + settings->salvage + (settings->table != NULL);
    if (modes > 1) {
        return stm_usage_error(program,
                               "--check, --stats, --salvage and --table exclude each other");
    }
    if (settings->salvage && (settings->documents != NULL || settings->jobs != 0 ||
                              settings->trusted || settings->verify)) {
        return stm_usage_error(program, "--salvage takes all that is left, and trusts nothing: "
                                        "leave --documents, --jobs, --trusted and --verify out");
    }
    if ((settings->report != NULL || settings->proven) && !settings->salvage) {
        return stm_usage_error(program, "--report and --proven go with --salvage");
    }
    if (modes == 1 && !settings->salvage &&
        (settings->offsets != -1 || settings->withhold || settings->documents != NULL ||
         (settings->jobs != 0 && !settings->check))) {
        return stm_usage_error(program, "--offsets, --no-text, --documents and --jobs are for "
                                        "interchange, not for --check (but for --jobs), --stats "
                                        "and --table");
    }
    if (!settings->check && (settings->checks != NULL || settings->max_problems != UINT64_MAX)) {
        return stm_usage_error(program, "--checks and --max-problems go with --check");
    }
    if (settings->format != -1 && !settings->check && !settings->stats) {
        return stm_usage_error(program, "--format is for --check and --stats; "
                                        "everything else is JSON Lines");
    }
    if (settings->trusted && settings->check) {
        return stm_usage_error(program, "--check trusts nothing: leave --trusted out");
    }
    if (settings->trusted && settings->verify) {
        return stm_usage_error(program, "--trusted and --verify exclude each other");
    }
    if (settings->force && settings->output == NULL) {
        return stm_usage_error(program, "--force goes with --output");
    }
    return -1;
}

int stm_dump_settings_read(struct stm_dump_settings *settings, int argc, char **argv)
{
    int first = 0;
    int status;
    memset(settings, 0, sizeof *settings);
    settings->offsets = -1;
    settings->max_problems = UINT64_MAX;
    settings->format = -1;
    settings->last = STEMMA_NONE;
    status = stm_options_parse(&stm_dump_program, argc, argv, settings, &first, NULL);
    if (status != -1) {
        return status;
    }
    if (settings->checks != NULL && strcmp(settings->checks, "list") == 0) {
        return list_checks();
    }
    if (first == argc) {
        return stm_usage_error(&stm_dump_program, "no file: say which KB");
    }
    if (first + 1 < argc) {
        return stm_usage_error(&stm_dump_program, "one file at a time: '%s' is too many",
                               argv[first + 1]);
    }
    settings->path = argv[first];
    if (settings->documents != NULL &&
        !read_range(settings->documents, &settings->first, &settings->last)) {
        return stm_usage_error(&stm_dump_program, "--documents: '%s' is not a range A..B",
                               settings->documents);
    }
    status = read_checks(settings);
    return status == -1 ? check_together(settings) : status;
}
