/* SPDX-License-Identifier: MIT */
/* stemma-query from the command line to its output, over a small file of our own. What each command
   prints in each format is kept beside this test; STEMMA_UPDATE_GOLDEN=1 writes it anew. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <fcntl.h>
#include <getopt.h>

#include "query/query.h"
#include "query_kb.h"

#define MOST_ARGUMENTS 32

static char kb_path[64];

/* ---- Running --------------------------------------------------------------------------------- */

struct answer {
    int status;
    char *out;
    char *err;
};

static char *read_all(FILE *file, size_t *size)
{
    size_t capacity = 1u << 20;
    char *text = malloc(capacity);
    assert_non_null(text);
    rewind(file);
    *size = fread(text, 1, capacity - 1, file);
    assert_true(*size < capacity - 1);
    text[*size] = '\0';
    return text;
}

static int redirect(int descriptor, FILE *to)
{
    int saved = dup(descriptor);
    assert_true(saved >= 0);
    assert_true(dup2(fileno(to), descriptor) >= 0);
    return saved;
}

static void restore(int descriptor, int saved)
{
    assert_true(dup2(saved, descriptor) >= 0);
    close(saved);
}

/* Runs the program with words separated by '|'; KB stands for the file. */
static struct answer ask(const char *words)
{
    char copy[512];
    char *arguments[MOST_ARGUMENTS];
    struct answer answer;
    size_t size;
    int count = 0;
    FILE *out = tmpfile();
    FILE *err = tmpfile();
    assert_non_null(out);
    assert_non_null(err);
    snprintf(copy, sizeof copy, "stemma-query|%s", words);
    for (char *word = copy; word != NULL && count < MOST_ARGUMENTS - 1; count++) {
        char *end = strchr(word, '|');
        if (end != NULL) {
            *end++ = '\0';
        }
        arguments[count] = strcmp(word, "KB") == 0 ? kb_path : word;
        word = end;
    }
    arguments[count] = NULL;
    fflush(stdout);
    fflush(stderr);
    int saved_out = redirect(STDOUT_FILENO, out);
    int saved_err = redirect(STDERR_FILENO, err);
    answer.status = stm_query_main(count, arguments);
    fflush(stdout);
    fflush(stderr);
    restore(STDOUT_FILENO, saved_out);
    restore(STDERR_FILENO, saved_err);
    answer.out = read_all(out, &size);
    assert_int_equal(strlen(answer.out), size);
    answer.err = read_all(err, &size);
    fclose(out);
    fclose(err);
    return answer;
}

static void forget(struct answer *answer)
{
    free(answer->out);
    free(answer->err);
}

static int make_kb(void **state)
{
    int file;
    (void)state;
    snprintf(kb_path, sizeof kb_path, "/tmp/stemma-query-test-XXXXXX");
    file = mkstemp(kb_path);
    if (file < 0) {
        return -1;
    }
    close(file);
    query_kb_write(kb_path);
    return 0;
}

static int remove_kb(void **state)
{
    (void)state;
    return unlink(kb_path);
}

/* ---- Golden outputs ---------------------------------------------------------------------------- */

struct golden {
    const char *name;
    const char *words;
};

static const struct golden golden[] = {
    {"find", "KB|find|veks"},
    {"show_entity", "KB|show|Ada|Vex"},
    {"show_event", "KB|show|EVENT"},
    {"show_document", "KB|show|DOCUMENT"},
    {"events", "KB|events"},
    {"timeline", "KB|timeline|bo|ruk"},
    {"why", "KB|why|EVENT"},
    {"conflicts", "KB|conflicts"},
    {"agree", "KB|agree|--limit|6"},
    {"between", "KB|between|vex|ruk"},
    {"between_path", "KB|between|moor|orell"},
    {"sources", "KB|sources"},
    {"sources_passages", "KB|sources|--passages"},
    {"sources_between", "KB|sources|d.vh26tdqyb5n9|d.x38b4yprph37"},
    {"doubtful", "KB|doubtful"},
    {"search", "KB|search|freed prisoners"},
    {"as_of", "KB|events|--as-of|2031-05-02"},
    {"show_entity_as_of", "KB|show|Ada|Vex|--as-of|2031-05-02"},
};

/* The id of the release and of the document that tells of it first: the tests look them up as users do. */
static void look_up(char event[STEMMA_ID_SIZE], char document[STEMMA_ID_SIZE])
{
    struct answer answer = ask("KB|events|--type|justice.release|--format|tsv");
    const char *line = strchr(answer.out, '\n');
    assert_int_equal(answer.status, 0);
    assert_non_null(line);
    snprintf(event, STEMMA_ID_SIZE, "%.*s", (int)strcspn(line + 1, "\t"), line + 1);
    snprintf(document, STEMMA_ID_SIZE, "d.%.12s", event + 2);
    forget(&answer);
}

static void fill_in(const char *words, char *out, size_t size)
{
    char event[STEMMA_ID_SIZE];
    char document[STEMMA_ID_SIZE];
    const char *mark = strstr(words, "EVENT");
    const char *id = event;
    if (mark == NULL) {
        mark = strstr(words, "DOCUMENT");
        id = document;
    }
    if (mark == NULL) {
        snprintf(out, size, "%s", words);
        return;
    }
    look_up(event, document);
    snprintf(out, size, "%.*s%s", (int)(mark - words), words, id);
}

static void compare(const char *path, const char *text)
{
    FILE *file = fopen(path, getenv("STEMMA_UPDATE_GOLDEN") != NULL ? "w+" : "r");
    size_t size;
    char *wanted;
    if (file == NULL) {
        fail_msg("%s is missing", path);
    }
    if (getenv("STEMMA_UPDATE_GOLDEN") != NULL) {
        fputs(text, file);
    }
    wanted = read_all(file, &size);
    fclose(file);
    if (strcmp(wanted, text) != 0) {
        print_error("%s\n", path);
    }
    assert_string_equal(text, wanted);
    free(wanted);
}

static void every_command_prints_what_it_printed(void **state)
{
    static const char *const formats[] = {"text", "json", "jsonl", "csv", "tsv"};
    (void)state;
    for (size_t i = 0; i < sizeof golden / sizeof golden[0]; i++) {
        char words[256];
        fill_in(golden[i].words, words, sizeof words);
        for (size_t f = 0; f < sizeof formats / sizeof formats[0]; f++) {
            char all[320];
            char path[512];
            struct answer answer;
            snprintf(all, sizeof all, "--format|%s|%s", formats[f], words);
            snprintf(path, sizeof path, "%s/tests/tools/query/%s.%s", STEMMA_SOURCE_DIR,
                     golden[i].name, formats[f]);
            answer = ask(all);
            if (answer.status != 0) {
                print_error("%s: %s\n", all, answer.err);
            }
            assert_int_equal(answer.status, 0);
            compare(path, answer.out);
            forget(&answer);
        }
    }
}

/* ---- Single properties --------------------------------------------------------------------------- */

static void expect(const char *words, int status, const char *in_out, const char *in_err)
{
    struct answer answer = ask(words);
    if (answer.status != status || strstr(answer.out, in_out) == NULL ||
        strstr(answer.err, in_err) == NULL) {
        print_error("%s: %d\n%s\n%s\n", words, answer.status, answer.out, answer.err);
    }
    assert_int_equal(answer.status, status);
    assert_non_null(strstr(answer.out, in_out));
    assert_non_null(strstr(answer.err, in_err));
    forget(&answer);
}

static void exit_statuses_tell_classes_of_outcome(void **state)
{
    (void)state;
    expect("KB|find|vex", STM_EXIT_OK, "Ada Vex", "");
    expect("KB|find|zzyzx", STM_EXIT_NOTHING, "", "");
    expect("KB|timeline|zzyzx", STM_EXIT_NOTHING, "", "zzyzx");
    expect("KB|show|e.000000000000.0", STM_EXIT_NOTHING, "", "no");
    expect("KB|bake", STM_EXIT_USAGE, "", "bake");
    expect("KB|events|--from|yesterday", STM_EXIT_USAGE, "", "yesterday");
    expect("KB|find", STM_EXIT_USAGE, "", "NAME");
    expect("KB|why|Ada Vex", STM_EXIT_USAGE, "", "id");
    expect("KB|stats|--who|vex", STM_EXIT_USAGE, "", "--who");
    expect("/nowhere/at/all|stats", STM_EXIT_SYSTEM, "", "/nowhere");
    expect("/etc/passwd|stats", STM_EXIT_DAMAGED, "", "/etc/passwd");
}

static void nothing_found_is_an_empty_array_in_json(void **state)
{
    (void)state;
    expect("KB|find|zzyzx|--format|json", STM_EXIT_NOTHING, "[]\n", "");
}

static void no_answer_lets_an_escape_sequence_of_the_file_through(void **state)
{
    static const char *const commands[] = {"KB|search|red", "KB|search|red|--format|csv",
                                           "KB|search|red|--format|jsonl",
                                           "KB|search|red|--format|tsv"};
    (void)state;
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
        struct answer answer = ask(commands[i]);
        assert_int_equal(answer.status, 0);
        assert_null(strchr(answer.out, '\x1b'));
        assert_non_null(strstr(answer.out, "red"));
        forget(&answer);
    }
}

static void color_comes_only_when_asked_for_or_on_a_terminal(void **state)
{
    struct answer plain = ask("KB|find|vex");
    struct answer colored = ask("KB|find|vex|--color|always");
    (void)state;
    assert_null(strchr(plain.out, '\x1b'));
    assert_non_null(strstr(colored.out, "\x1b[1mAda Vex\x1b[0m"));
    forget(&plain);
    forget(&colored);
}

static void copies_count_as_one_source(void **state)
{
    (void)state;
    expect("KB|events|--type|justice.release|--format|jsonl", 0,
           "\"documents\":3,\"independent\":2}", "");
    expect("KB|sources", 0, "4 documents, 3 independent", "");
    expect("KB|sources", 0, "copy (97 %)", "");
    expect("KB|--format|dot|sources", 0, "label=\"copy 97 %\"", "");
    expect("KB|sources|--passages", 0, "copy of (97 %)", "");
    expect("KB|--format|dot|events", 2, "", "--format dot goes with sources");
    expect("KB|--format|resolver|sources", 2, "", "--format dot goes with sources");
}

static void as_of_hides_what_was_said_later(void **state)
{
    struct answer answer = ask("KB|events|--as-of|2031-05-02|--format|jsonl");
    (void)state;
    assert_null(strstr(answer.out, "15"));
    assert_null(strstr(answer.out, "award"));
    assert_non_null(strstr(answer.out, "\"documents\":2,\"independent\":1}"));
    forget(&answer);
    expect("KB|find|Ila Moor|--as-of|2031-05-02", STM_EXIT_NOTHING, "", "");
    expect("KB|find|Ila Moor|--as-of|2031-05-03", STM_EXIT_OK, "Ila Moor", "");
    expect("KB|search|quill|--as-of|2031-05-19", STM_EXIT_NOTHING, "", "");
    expect("KB|stats|--as-of|2031-05-02", STM_EXIT_OK, "documents  2\n", "");
}

static void filters_of_events_hold_together(void **state)
{
    (void)state;
    expect("KB|events|--who|vex|--who|ruk|--role|patient", STM_EXIT_NOTHING, "", "");
    expect("KB|events|--who|ruk|--role|patient", STM_EXIT_OK, "justice.release", "");
    expect("KB|events|--type|award|--actual", STM_EXIT_NOTHING, "", "");
    expect("KB|events|--type|award", STM_EXIT_OK, "Silver Quill", "");
    expect("KB|events|--place|orell", STM_EXIT_OK, "justice.release", "");
    expect("KB|timeline|orell", STM_EXIT_OK, "justice.release", "");
    expect("KB|events|--from|2031-06", STM_EXIT_OK, "award.give", "");
    expect("KB|events|--from|2031-07", STM_EXIT_NOTHING, "", "");
    expect("KB|events|--to|2031-04", STM_EXIT_NOTHING, "", "");
    expect("KB|events|--type|no.such", STM_EXIT_NOTHING, "", "vocabulary");
    expect("KB|events|--type|justice.release|--as-of|2031-05-02|--place|orell|--from|2031-05-01"
           "|--to|2031-05-01|--who|vex", STM_EXIT_OK, "12 prisoners", "");
}

static void counts_that_exclude_each_other_are_a_conflict(void **state)
{
    (void)state;
    expect("KB|conflicts|--format|jsonl", 0, "{\"kind\":\"count\"", "");
    expect("KB|conflicts|--type|award", STM_EXIT_NOTHING, "", "");
    /* the first count stood alone until the third report */
    expect("KB|conflicts|--as-of|2031-05-02", STM_EXIT_NOTHING, "", "");
}

static void limit_and_offset_cut_a_list(void **state)
{
    struct answer all = ask("KB|events|--format|jsonl");
    struct answer first = ask("KB|events|--format|jsonl|--limit|1");
    struct answer rest = ask("KB|events|--format|jsonl|--offset|1|--limit|0");
    (void)state;
    assert_true(strlen(first.out) > 0);
    assert_int_equal(strlen(all.out), strlen(first.out) + strlen(rest.out));
    assert_memory_equal(all.out, first.out, strlen(first.out));
    assert_string_equal(all.out + strlen(first.out), rest.out);
    forget(&all);
    forget(&first);
    forget(&rest);
}

static void a_quote_is_what_stands_at_its_offsets(void **state)
{
    (void)state;
    expect("KB|search|silent|--format|jsonl", 0, "silent", "");
    struct answer answer = ask("KB|events|--type|justice.release|--format|tsv");
    forget(&answer);
    char event[STEMMA_ID_SIZE];
    char document[STEMMA_ID_SIZE];
    char words[128];
    look_up(event, document);
    snprintf(words, sizeof words, "KB|why|%s|--format|jsonl", event);
    /* "President Ada Vex freed ...": the trigger begins at the 19th character */
    expect(words, 0, "\"quote\":\"freed\",\"before\":\"President Ada Vex \"", "");
    expect(words, 0, "\"start\":18,\"end\":23", "");
    expect(words, 0, "\"speaker\":{\"id\":\"e.", "");
}

/* ---- The man page --------------------------------------------------------------------------------- */

/* Examples are the lines of section EXAMPLES that begin with a tab and the name of the program. */
static void examples_of_the_man_page_run(void **state)
{
    char line[512];
    int ran = 0;
    FILE *page = fopen(STEMMA_SOURCE_DIR "/tools/man/stemma-query.1.scd", "r");
    (void)state;
    assert_non_null(page);
    while (fgets(line, sizeof line, page) != NULL) {
        char words[512] = "";
        char *from = line + strlen("\tstemma-query ");
        char quote = '\0';
        size_t size = 0;
        if (strncmp(line, "\tstemma-query ", strlen("\tstemma-query ")) != 0) {
            continue;
        }
        for (; *from != '\0' && *from != '\n'; from++) {
            if (quote == '\0' && (*from == '\'' || *from == '"')) {
                quote = *from;
            } else if (*from == quote) {
                quote = '\0';
            } else {
                words[size++] = *from == ' ' && quote == '\0' ? '|' : *from;
            }
        }
        words[size] = '\0';
        assert_non_null(strstr(words, "news.stemma|"));
        char command[512];
        snprintf(command, sizeof command, "KB%s", strstr(words, "|"));
        expect(command, STM_EXIT_OK, "", "");
        ran++;
    }
    fclose(page);
    assert_true(ran >= 6);
}

static void every_command_is_in_the_man_page(void **state)
{
    static const char *const files[] = {STEMMA_SOURCE_DIR "/tools/man/stemma-query.1.scd"};
    (void)state;
    for (size_t f = 0; f < sizeof files / sizeof files[0]; f++) {
        FILE *file = fopen(files[f], "r");
        size_t size;
        char *text;
        const struct stm_query_command *command;
        assert_non_null(file);
        text = read_all(file, &size);
        fclose(file);
        for (size_t i = 0; (command = stm_query_command_at(i)) != NULL; i++) {
            assert_non_null(strstr(text, command->name));
        }
        for (size_t i = 0; i < stm_query_program.option_count; i++) {
            const struct stm_option *option = &stm_query_program.options[i];
            char name[32];
            snprintf(name, sizeof name, "--%s", option->name != NULL ? option->name : "");
            if (option->kind != STM_OPTION_HEADING && strstr(text, name) == NULL) {
                fail_msg("%s does not know %s", files[f], name);
            }
        }
        free(text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_command_prints_what_it_printed),
        cmocka_unit_test(exit_statuses_tell_classes_of_outcome),
        cmocka_unit_test(nothing_found_is_an_empty_array_in_json),
        cmocka_unit_test(no_answer_lets_an_escape_sequence_of_the_file_through),
        cmocka_unit_test(color_comes_only_when_asked_for_or_on_a_terminal),
        cmocka_unit_test(copies_count_as_one_source),
        cmocka_unit_test(as_of_hides_what_was_said_later),
        cmocka_unit_test(filters_of_events_hold_together),
        cmocka_unit_test(counts_that_exclude_each_other_are_a_conflict),
        cmocka_unit_test(limit_and_offset_cut_a_list),
        cmocka_unit_test(a_quote_is_what_stands_at_its_offsets),
        cmocka_unit_test(examples_of_the_man_page_run),
        cmocka_unit_test(every_command_is_in_the_man_page),
    };
    return cmocka_run_group_tests(tests, make_kb, remove_kb);
}
