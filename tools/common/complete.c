/* SPDX-License-Identifier: MIT */
#include "common/complete.h"

#include "common/exit_codes.h"
#include "common/terminal.h"

#include <stdlib.h>
#include <string.h>

#define MOST 200u

/* ---- Words of a shell --------------------------------------------------------------------------- */

/* Takes the quotes of a word away, in place; nothing in it is carried out. The quote that is still
   open at its end, or 0. */
static char unquote(char *word)
{
    char *to = word;
    char open = 0;
    for (const char *p = word; *p != '\0'; p++) {
        if (open == 0 && (*p == '\'' || *p == '"')) {
            open = *p;
        } else if (open != 0 && *p == open) {
            open = 0;
        } else if (*p == '\\' && p[1] != '\0' &&
                   (open == 0 || (open == '"' && strchr("\"\\$`", p[1]) != NULL))) {
            *to++ = *++p;
        } else {
            *to++ = *p;
        }
    }
    *to = '\0';
    return open;
}

static bool is_plain(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c >= 0x80 ||
           strchr("-_./,@%+=:", c) != NULL;
}

/* Writes a word so that bash reads it back as it is, behind the open quote if there is one. */
static void add_quoted(struct stm_buffer *out, stemma_text text, char quote)
{
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (quote == '\'' && c == '\'') {
            stm_buffer_add_string(out, "'\\''");
            continue;
        }
        if ((quote == '"' && strchr("\"\\$`", c) != NULL) ||
            (quote == 0 && !is_plain((unsigned char)c))) {
            stm_buffer_add_string(out, "\\");
        }
        stm_buffer_add(out, (stemma_text){&text.data[i], 1});
    }
}

/* ---- Candidates --------------------------------------------------------------------------------- */

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool stm_complete_fits(const struct stm_completion *completion, stemma_text text)
{
    size_t size = strlen(completion->typed);
    if (text.size < size) {
        return false;
    }
    for (size_t i = 0; i < size; i++) {
        if (lower(text.data[i]) != lower(completion->typed[i])) {
            return false;
        }
    }
    return true;
}

static bool is_safe(stemma_text text)
{
    for (size_t at = 0; at < text.size;) {
        int32_t point;
        size_t size = stm_next_point(text, at, &point);
        if (point < 0 || stm_point_is_dangerous(point) || point == '\n' || point == '\t' ||
            point == '\r') {
            return false;
        }
        at += size;
    }
    return true;
}

void stm_complete_add(struct stm_completion *completion, stemma_text candidate, stemma_text about)
{
    struct stm_buffer whole = {0};
    stemma_text left;
    if (completion->room == 0 || candidate.size == 0 || !is_safe(candidate) ||
        !stm_complete_fits(completion, candidate)) {
        return;
    }
    completion->room--;
    stm_buffer_add_string(&whole, completion->before);
    stm_buffer_add(&whole, candidate);
    left = stm_buffer_text(&whole);
    /* Between double quotes nothing keeps bash from recalling a command at "!". */
    if (left.size >= completion->replaced &&
        (completion->quote != '"' || memchr(left.data, '!', left.size) == NULL)) {
        left.data += completion->replaced;
        left.size -= completion->replaced;
        if (strcmp(completion->shell, "bash") == 0) {
            add_quoted(completion->out, left, completion->quote);
        } else {
            stm_buffer_add(completion->out, left);
        }
        stm_buffer_add_string(completion->out, "\t");
        stm_buffer_add_safe(completion->out, about);
        stm_buffer_add_string(completion->out, "\n");
    }
    stm_buffer_free(&whole);
}

static void add_string(struct stm_completion *completion, const char *word, const char *about)
{
    stm_complete_add(completion, stemma_text_of(word), stemma_text_of(about));
}

/* ---- What is asked for -------------------------------------------------------------------------- */

/* Files by the word that --help has for an argument. */
static const struct {
    const char *word, *suffix;
} files[] = {
    {"KB", ".stemma"}, {"OLD", ".stemma"}, {"CSV", ".csv"}, {"JSONL", ".jsonl"}, {"MAPPING", ".map"},
    {"FILE", ""},      {"INPUT", ""},      {"MODEL", ".model"},
};

/* Offers what an argument of this kind may be: files, or what the tool itself knows. */
static void offer(struct stm_completion *completion, const char *what)
{
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        if (strcmp(what, files[i].word) == 0) {
            completion->suffix = files[i].suffix;
        }
    }
    if (completion->program->complete != NULL) {
        completion->program->complete(completion, what);
    }
}

static const struct stm_option *option_of(const struct stm_program *program, const char *name,
                                          size_t size, char letter)
{
    for (size_t i = 0; i < program->option_count; i++) {
        const struct stm_option *option = &program->options[i];
        if (option->kind != STM_OPTION_HEADING &&
            ((letter != 0 && option->letter == letter) ||
             (letter == 0 && strlen(option->name) == size &&
              memcmp(option->name, name, size) == 0))) {
            return option;
        }
    }
    return NULL;
}

static void offer_value(struct stm_completion *completion, const struct stm_option *option)
{
    if (option->kind != STM_OPTION_CHOICE) {
        offer(completion, option->argument != NULL ? option->argument : "");
        return;
    }
    for (const char *word = option->choices; word != NULL;) {
        const char *end = strchr(word, '|');
        size_t size = end != NULL ? (size_t)(end - word) : strlen(word);
        stm_complete_add(completion, (stemma_text){word, size}, (stemma_text){NULL, 0});
        word = end != NULL ? end + 1 : NULL;
    }
}

static void offer_options(struct stm_completion *completion)
{
    const struct stm_program *program = completion->program;
    for (size_t i = 0; i < program->option_count; i++) {
        const struct stm_option *option = &program->options[i];
        char name[64];
        if (option->kind == STM_OPTION_HEADING ||
            (completion->command != NULL && !stm_option_goes_with(option, completion->command))) {
            continue;
        }
        snprintf(name, sizeof name, "--%s", option->name);
        add_string(completion, name, option->help);
    }
    add_string(completion, "--help", "print help and exit");
    add_string(completion, "--version", "print versions and exit");
}

static void offer_operand(struct stm_completion *completion)
{
    const struct stm_program *program = completion->program;
    struct stm_command_words command;
    completion->is_operand = true;
    if (program->command_at == NULL || completion->operand_count == 0) {
        offer(completion, program->command_at == NULL ? program->operand : "KB");
        return;
    }
    for (size_t i = 0; program->command_at(i, &command); i++) {
        if (completion->operand_count == 1) {
            add_string(completion, command.name, command.help);
        } else if (strcmp(command.name, completion->operands[1]) == 0) {
            offer(completion, command.synopsis);
        }
    }
}

/* Reads the words before the last one. The option whose value the last one is, or NULL; *options: whether
   it may be an option. */
static const struct stm_option *look_back(struct stm_completion *completion, int count, char **words,
                                          bool *options)
{
    const struct stm_option *pending = NULL;
    *options = true;
    for (int i = 0; i < count; i++) {
        const char *word = words[i];
        const char *sign = strchr(word, '=');
        if (pending != NULL) {
            pending = NULL;
        } else if (*options && strcmp(word, "--") == 0) {
            *options = false;
        } else if (*options && word[0] == '-' && word[1] == '-') {
            pending = sign == NULL
                          ? option_of(completion->program, word + 2, strlen(word + 2), 0)
                          : NULL;
        } else if (*options && word[0] == '-' && word[1] != '\0') {
            pending = word[2] == '\0' ? option_of(completion->program, NULL, 0, word[1]) : NULL;
        } else if (completion->operand_count < 63) {
            completion->operands[completion->operand_count++] = word;
        }
        if (pending != NULL && pending->kind == STM_OPTION_FLAG) {
            pending = NULL;
        }
    }
    if (completion->program->command_at != NULL && completion->operand_count > 1) {
        completion->command = completion->operands[1];
    }
    return pending;
}

static void complete(struct stm_completion *completion, int count, char **words)
{
    char *last = words[count - 1];
    char *sign = strchr(last, '=');
    bool options;
    const struct stm_option *option = look_back(completion, count - 1, words, &options);
    completion->typed = last;
    if (option != NULL) {
        offer_value(completion, option);
    } else if (options && strncmp(last, "--", 2) == 0 && sign != NULL) {
        option = option_of(completion->program, last + 2, (size_t)(sign - last) - 2, 0);
        if (option != NULL && option->kind != STM_OPTION_FLAG) {
            char *before = strndup(last, (size_t)(sign - last) + 1);
            completion->before = before != NULL ? before : "";
            completion->typed = sign + 1;
            offer_value(completion, option);
            completion->before = "";
            free(before);
        }
    } else if (options && last[0] == '-') {
        offer_options(completion);
    } else {
        offer_operand(completion);
    }
}

int stm_complete(const struct stm_program *program, int argc, char **argv)
{
    struct stm_buffer out = {0};
    struct stm_completion completion = {.program = program, .room = MOST, .out = &out, .before = ""};
    size_t whole;
    char piece;
    if (argc < 3) {
        return STM_EXIT_USAGE;
    }
    completion.shell = argv[0];
    for (int i = 1; i < argc; i++) {
        piece = unquote(argv[i]);
        completion.quote = i > 1 ? piece : 0; /* that of the last word stays */
    }
    whole = strlen(argv[argc - 1]);
    completion.replaced = strlen(argv[1]) < whole ? whole - strlen(argv[1]) : 0;
    complete(&completion, argc - 2, argv + 2);
    printf("%s%s\t", completion.suffix != NULL ? "files " : "words",
           completion.suffix != NULL ? completion.suffix : "");
    if (is_safe(stemma_text_of(completion.typed))) {
        fputs(completion.typed, stdout);
    }
    fputc('\n', stdout);
    fwrite(out.data != NULL ? out.data : "", 1, out.size, stdout);
    stm_buffer_free(&out);
    return fflush(stdout) != 0 ? STM_EXIT_SYSTEM : STM_EXIT_OK;
}
