/* SPDX-License-Identifier: MIT */
#include "common/options.h"

#include "common/complaint.h"
#include "common/exit_codes.h"
#include "common/refusal.h"
#include "stemma/version.h"

#include <errno.h>
#include <getopt.h>
#include <stdbool.h>
#include <stdarg.h>
#include <string.h>

#define LONG_ONLY   256 /* getopt value of the first option without a letter */

int stm_usage_error(const struct stm_program *program, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    stm_complain_of(stderr, program->name, format, arguments);
    va_end(arguments);
    fprintf(stderr, "Try '%s --help'.\n", program->name);
    return STM_EXIT_USAGE;
}

static void help_line(FILE *out, char letter, const char *name, const char *argument,
                      const char *choices, const char *help)
{
    char left[96];
    const char *what = choices != NULL ? choices : argument;
    if (letter != 0) {
        snprintf(left, sizeof left, "  -%c, --%s%s%s", letter, name, what != NULL ? "=" : "",
                 what != NULL ? what : "");
    } else {
        snprintf(left, sizeof left, "      --%s%s%s", name, what != NULL ? "=" : "",
                 what != NULL ? what : "");
    }
    if (strlen(left) > 28) {
        fprintf(out, "%s\n%-30s%s\n", left, "", help);
    } else {
        fprintf(out, "%-30s%s\n", left, help);
    }
}

/* ---- Which command takes what ------------------------------------------------------------------ */

/* The length of a command's name at `words`, and where the next one begins; NULL behind the last. */
static const char *next_command(const char *words, size_t *size)
{
    const char *end = strchr(words, '|');
    *size = end != NULL ? (size_t)(end - words) : strlen(words);
    return end != NULL ? end + 1 : NULL;
}

int stm_option_goes_with(const struct stm_option *option, const char *command)
{
    const char *words = option->commands;
    int listed = words == NULL || *words != '!'; /* what it means to stand in the list */
    if (words == NULL) {
        return 1;
    }
    words += !listed;
    while (words != NULL) {
        size_t size;
        const char *next = next_command(words, &size);
        if (strlen(command) == size && memcmp(command, words, size) == 0) {
            return listed;
        }
        words = next;
    }
    return !listed;
}

/* "events, timeline and conflicts" */
static void join_commands(const char *words, char *out, size_t capacity)
{
    size_t used = 0;
    out[0] = '\0';
    while (words != NULL && used < capacity) {
        size_t size;
        const char *next = next_command(words, &size);
        const char *before = used == 0 ? "" : next == NULL ? " and " : ", ";
        int added = snprintf(out + used, capacity - used, "%s%.*s", before, (int)size, words);
        used += added > 0 ? (size_t)added : 0;
        words = next;
    }
}

int stm_options_check(const struct stm_program *program, uint64_t given, const char *command)
{
    for (size_t i = 0; i < program->option_count && i < STM_OPTION_MAX; i++) {
        const struct stm_option *option = &program->options[i];
        char takers[256];
        if ((given >> i & 1u) == 0 || stm_option_goes_with(option, command)) {
            continue;
        }
        if (option->commands[0] == '!') {
            return stm_usage_error(program, "%s: --%s does not go with it", command, option->name);
        }
        join_commands(option->commands, takers, sizeof takers);
        return stm_usage_error(program, "%s: --%s goes with %s", command, option->name, takers);
    }
    return -1;
}

/* ---- Help -------------------------------------------------------------------------------------- */

/* The options, all or those that a command takes; a heading is printed before the first below it. */
static void print_options(const struct stm_program *program, const char *command, FILE *out)
{
    const char *heading = NULL;
    const char *blank = "";
    for (size_t i = 0; i < program->option_count; i++) {
        const struct stm_option *option = &program->options[i];
        if (option->kind == STM_OPTION_HEADING) {
            heading = option->help;
            continue;
        }
        if (command != NULL && !stm_option_goes_with(option, command)) {
            continue;
        }
        if (heading != NULL) {
            fprintf(out, "%s%s\n", blank, heading);
            heading = NULL;
        }
        blank = "\n";
        help_line(out, option->letter, option->name, option->argument, option->choices,
                  option->help);
    }
    help_line(out, 'h', "help", NULL, NULL,
              program->command_at != NULL ? "print this, or of a command what it takes, and exit"
                                          : "print this and exit");
    help_line(out, 'V', "version", NULL, NULL, "print versions and exit");
}

static int print_help(const struct stm_program *program, FILE *out)
{
    struct stm_command_words command;
    fprintf(out, "Usage: %s %s\n%s\n\n", program->name, program->synopsis, program->purpose);
    print_options(program, NULL, out);
    for (size_t i = 0; program->command_at != NULL && program->command_at(i, &command); i++) {
        char left[64];
        snprintf(left, sizeof left, "%s %s", command.name, command.synopsis);
        fprintf(out, "%s  %-22s%s\n", i == 0 ? "\nCommands:\n" : "", left, command.help);
    }
    if (program->epilogue != NULL) {
        fprintf(out, "\n%s", program->epilogue);
    }
    fprintf(out, "\n%s", stm_exit_help);
    return stm_finish_output(program->name, STM_EXIT_OK);
}

/* Help on the command that some argument names, or else on the program. */
static int print_help_on(const struct stm_program *program, int argc, char **argv)
{
    struct stm_command_words command;
    for (int a = 1; a < argc && program->command_at != NULL; a++) {
        for (size_t i = 0; program->command_at(i, &command); i++) {
            if (strcmp(argv[a], command.name) != 0) {
                continue;
            }
            printf("Usage: %s [OPTIONS] KB %s%s%s\n%s.\n\n", program->name, command.name,
                   command.synopsis[0] != '\0' ? " " : "", command.synopsis, command.help);
            print_options(program, command.name, stdout);
            return stm_finish_output(program->name, STM_EXIT_OK);
        }
    }
    return print_help(program, stdout);
}

static int print_version(const struct stm_program *program)
{
    printf("%s %s\nformat %s; %s\n", program->name, stemma_version(), stemma_format_version(),
           stemma_dependency_versions());
    return stm_finish_output(program->name, STM_EXIT_OK);
}

static int parse_number(const char *text, int with_suffix, uint64_t *out)
{
    uint64_t value = 0;
    const char *p = text;
    if (*p < '0' || *p > '9') {
        return 0;
    }
    for (; *p >= '0' && *p <= '9'; p++) {
        uint64_t digit = (uint64_t)(*p - '0');
        if (value > (UINT64_MAX - digit) / 10) {
            return 0;
        }
        value = value * 10 + digit;
    }
    if (with_suffix && *p != '\0') {
        static const char suffixes[] = "KMG";
        const char *suffix = strchr(suffixes, *p >= 'a' ? *p - 'a' + 'A' : *p);
        unsigned shift = suffix != NULL ? 10u * (unsigned)(suffix - suffixes + 1) : 0;
        if (suffix == NULL || value > UINT64_MAX >> shift) {
            return 0;
        }
        value <<= shift;
        p++;
        if (p[0] == 'i' && p[1] == 'B') {
            p += 2;
        } else if (p[0] == 'B') {
            p++;
        }
    }
    *out = value;
    return *p == '\0';
}

static int parse_choice(const char *choices, const char *text)
{
    size_t length = strlen(text);
    int index = 0;
    for (const char *word = choices;; index++) {
        const char *end = strchr(word, '|');
        size_t size = end != NULL ? (size_t)(end - word) : strlen(word);
        if (size == length && memcmp(word, text, size) == 0) {
            return index;
        }
        if (end == NULL) {
            return -1;
        }
        word = end + 1;
    }
}

static int store(const struct stm_program *program, const struct stm_option *option,
                 const char *text, void *settings)
{
    void *target = (char *)settings + option->offset;
    switch (option->kind) {
    case STM_OPTION_HEADING:
        break;
    case STM_OPTION_FLAG:
        *(int *)target = option->value;
        break;
    case STM_OPTION_TEXT:
        *(const char **)target = text;
        break;
    case STM_OPTION_NUMBER:
    case STM_OPTION_SIZE:
        if (!parse_number(text, option->kind == STM_OPTION_SIZE, (uint64_t *)target)) {
            return stm_usage_error(program, "--%s: '%s' is not a %s", option->name, text,
                                   option->kind == STM_OPTION_SIZE ? "size such as 500K, 32M or 1G"
                                                                   : "number of 0 or more");
        }
        break;
    case STM_OPTION_CHOICE: {
        int choice = parse_choice(option->choices, text);
        if (choice < 0) {
            return stm_usage_error(program, "--%s: '%s' is not one of %s", option->name, text,
                                   option->choices);
        }
        *(int *)target = choice;
        break;
    }
    case STM_OPTION_LIST: {
        struct stm_option_list *list = target;
        if (list->count == STM_OPTION_LIST_MAX) {
            return stm_usage_error(program, "--%s: given more than %d times", option->name,
                                   STM_OPTION_LIST_MAX);
        }
        list->items[list->count++] = text;
        break;
    }
    }
    return -1;
}

/* What getopt stumbled over. */
static int option_refused(const struct stm_program *program, bool value_missing, char **argv)
{
    const char *word = argv[optind - 1];
    if (value_missing) {
        return stm_usage_error(program, "%s: a value is missing", word);
    }
    if (strncmp(word, "--", 2) == 0) {
        return stm_usage_error(program, optopt == 0 ? "%s: there is no such option, or several begin so"
                                                    : "%s: the option takes no value", word);
    }
    return stm_usage_error(program, "-%c: there is no such option", optopt);
}

int stm_options_parse(const struct stm_program *program, int argc, char **argv, void *settings,
                      int *first, uint64_t *given)
{
    struct option longs[STM_OPTION_MAX + 3];
    char shorts[3 * STM_OPTION_MAX + 5];
    size_t long_count = 0;
    size_t short_count = 0;
    memset(longs, 0, sizeof longs);
    shorts[short_count++] = ':'; /* to be told when a value is missing */
    shorts[short_count++] = 'h';
    shorts[short_count++] = 'V';
    longs[long_count++] = (struct option){"help", no_argument, NULL, 'h'};
    longs[long_count++] = (struct option){"version", no_argument, NULL, 'V'};
    for (size_t i = 0; i < program->option_count && i < STM_OPTION_MAX; i++) {
        const struct stm_option *option = &program->options[i];
        int takes = option->kind != STM_OPTION_FLAG ? required_argument : no_argument;
        if (option->kind == STM_OPTION_HEADING) {
            continue;
        }
        longs[long_count++] = (struct option){option->name, takes, NULL, LONG_ONLY + (int)i};
        if (option->letter != 0) {
            shorts[short_count++] = option->letter;
            if (takes == required_argument) {
                shorts[short_count++] = ':';
            }
        }
    }
    shorts[short_count] = '\0';
    optind = 1;
    opterr = 0; /* getopt would print words of the command line as they are */
    for (;;) {
        int found = getopt_long(argc, argv, shorts, longs, NULL);
        const struct stm_option *option = NULL;
        if (found == -1) {
            break;
        }
        if (found == '?' || found == ':') {
            return option_refused(program, found == ':', argv);
        }
        if (found == 'h') {
            return print_help_on(program, argc, argv);
        }
        if (found == 'V') {
            return print_version(program);
        }
        if (found >= LONG_ONLY) {
            option = &program->options[found - LONG_ONLY];
        } else {
            for (size_t i = 0; i < program->option_count; i++) {
                if (program->options[i].letter == (char)found) {
                    option = &program->options[i];
                }
            }
        }
        if (option != NULL) {
            int status = store(program, option, optarg, settings);
            if (status != -1) {
                return status;
            }
            if (given != NULL) {
                *given |= UINT64_C(1) << (option - program->options);
            }
        }
    }
    *first = optind;
    return -1;
}

int stm_finish_output(const char *program, int status)
{
    int failed = ferror(stdout);
    if (fflush(stdout) != 0 || failed) {
        if (errno != EPIPE) {
            fprintf(stderr, "%s: writing to standard output failed: %s\n", program,
                    strerror(errno));
        }
        return STM_EXIT_SYSTEM;
    }
    if ((status == STM_EXIT_OK || status == STM_EXIT_NOTHING) && stm_refusal_met()) {
        fprintf(stderr, "%s: memory was refused: what was written lacks something [NO_MEMORY]\n",
                program);
        return STM_EXIT_INTERNAL;
    }
    return status;
}
