/* SPDX-License-Identifier: MIT */
/* The registries of SPEC.md are those of the program: tables, vocabulary, codes. */
#include "page_problem.h"
#include "stemma/vocabulary.h"
#include "tables.h"
#include "write/validate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define CELLS     8
#define CELL_SIZE 256

typedef struct row {
    char cells[CELLS][CELL_SIZE];
} row;

/* Rows of one table of SPEC.md: those after the line that begins with `head`. */
typedef struct rows {
    row *list;
    size_t count;
} rows;

static void split(const char *line, row *out)
{
    size_t cell = 0;
    memset(out, 0, sizeof *out);
    for (const char *at = line + 1; *at != '\0' && *at != '\n' && cell < CELLS; cell++) {
        const char *end = strchr(at, '|');
        size_t size;
        assert_non_null(end);
        while (*at == ' ' || *at == '`') {
            at++;
        }
        size = end > at ? (size_t)(end - at) : 0;
        while (size > 0 && (at[size - 1] == ' ' || at[size - 1] == '`')) {
            size--;
        }
        assert_true(size < CELL_SIZE);
        memcpy(out->cells[cell], at, size);
        at = end + 1;
    }
}

/* The table under `heading` whose head begins with `head`. */
static rows read_table(const char *heading, const char *head)
{
    rows found = {NULL, 0};
    char line[4096];
    int stage = 0; /* 0 before the heading, 1 after it, 2 in the table, 3 past it */
    FILE *spec = fopen(STEMMA_SOURCE_DIR "/SPEC.md", "r");
    assert_non_null(spec);
    while (stage < 3 && fgets(line, sizeof line, spec) != NULL) {
        if (stage == 0 && strncmp(line, heading, strlen(heading)) == 0) {
            stage = 1;
        } else if (stage == 1 && strncmp(line, head, strlen(head)) == 0) {
            stage = 2;
        } else if (stage == 2 && strncmp(line, "|---", 4) != 0) {
            if (line[0] != '|') {
                stage = 3;
                continue;
            }
            found.list = realloc(found.list, (found.count + 1) * sizeof *found.list);
            assert_non_null(found.list);
            split(line, &found.list[found.count++]);
        }
    }
    fclose(spec);
    assert_int_equal(stage, 3);
    return found;
}

static void assert_text(const char *cell, stemma_text text)
{
    if (strlen(cell) != text.size || memcmp(cell, text.data, text.size) != 0) {
        fail_msg("SPEC.md says \"%s\", the program \"%.*s\"", cell, (int)text.size, text.data);
    }
}

static const char *status_word(stemma_status status)
{
    return status == STEMMA_E_NOT_STEMMA    ? "NOT_STEMMA"
           : status == STEMMA_E_UNSUPPORTED ? "UNSUPPORTED"
                                            : "DAMAGED";
}

/* [C-20] */
static void page_problems_are_those_of_the_program(void **state)
{
    rows table = read_table("### C.1", "| code");
    (void)state;
    assert_int_equal(table.count, STM_PAGE_PROBLEM_COUNT - 1);
    for (size_t i = 0; i < table.count; i++) {
        const stm_page_problem_text *text = &stm_page_problem_texts[i + 1];
        assert_string_equal(table.list[i].cells[0], text->code);
        assert_string_equal(table.list[i].cells[1], text->status == STEMMA_E_DAMAGED
                                                        ? "DAMAGED"
                                                        : status_word(text->status));
        assert_string_equal(table.list[i].cells[3], text->meaning);
    }
    free(table.list);
}

/* [T-2] */
static void rules_of_testimony_are_those_of_the_program(void **state)
{
    rows table = read_table("### C.3", "| code");
    size_t count = 0;
    const stm_rule *rules = stm_validate_rules(&count);
    (void)state;
    assert_int_equal(table.count, count);
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(table.list[i].cells[0], rules[i].code);
        assert_string_equal(table.list[i].cells[1], rules[i].meaning);
    }
    free(table.list);
}

/* [R-17] [P-1] */
/* [V-5] */
static void tables_are_those_of_the_program(void **state)
{
    static const char *const layers[] = {"M", "T", "J", "I"};
    static const char *const keys[] = {"name", "u32", "u32, u32", "u64", "posting"};
    rows table = read_table("### B.1", "| table");
    (void)state;
    assert_int_equal(table.count, STM_TABLE_COUNT);
    for (size_t i = 0; i < table.count; i++) {
        const stm_table_info *info = &stm_tables[i];
        char list[16] = "";
        const char *payload = "";
        if (info->key == STM_KEY_POSTING) {
            snprintf(list, sizeof list, info->list_size == 0 ? "varies" : "%u bytes",
                     info->list_size);
            payload = info->has_payload ? "yes" : "no";
        }
        assert_string_equal(table.list[i].cells[0], info->name);
        assert_true(strlen(info->name) <= 31);
        assert_string_equal(table.list[i].cells[1], layers[info->layer]);
        assert_string_equal(table.list[i].cells[2], keys[info->key]);
        assert_string_equal(table.list[i].cells[3], list);
        assert_string_equal(table.list[i].cells[4], payload);
    }
    free(table.list);
}

/* */
static void vocabulary_is_the_one_built_in(void **state)
{
    static const char *const heads[] = {"| entity type", "| event type", "| predicate"};
    uint32_t count = 0;
    uint32_t term = 0;
    const stemma_term *terms = stemma_vocabulary_builtin(&count);
    (void)state;
    for (uint8_t kind = STEMMA_TERM_ENTITY_TYPE; kind <= STEMMA_TERM_PREDICATE; kind++) {
        rows table = read_table("### B.3", heads[kind]);
        for (size_t i = 0; i < table.count; i++, term++) {
            const row *line = &table.list[i];
            assert_true(term < count);
            assert_int_equal(terms[term].kind, kind);
            assert_text(line->cells[0], terms[term].name);
            assert_text(line->cells[1], terms[term].label);
            if (kind == STEMMA_TERM_EVENT_TYPE) {
                assert_text(line->cells[2], terms[term].roles);
            } else if (kind == STEMMA_TERM_PREDICATE) {
                assert_string_equal(line->cells[2], terms[term].single_valued ? "yes" : "");
            }
            assert_text(line->cells[kind == STEMMA_TERM_ENTITY_TYPE ? 2 : 3],
                        terms[term].crosswalk);
        }
        free(table.list);
    }
    assert_int_equal(term, count);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(page_problems_are_those_of_the_program),
        cmocka_unit_test(rules_of_testimony_are_those_of_the_program),
        cmocka_unit_test(tables_are_those_of_the_program),
        cmocka_unit_test(vocabulary_is_the_one_built_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
