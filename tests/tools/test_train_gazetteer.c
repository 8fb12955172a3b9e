/* SPDX-License-Identifier: MIT */
/* The lists of names: what the trainer puts into the section is found by the words that the reader makes of a text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "pack/extract/annotation.h"
#include "pack/model/gazetteer.h"
#include "train/command.h"
#include "train/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/stemma-lists-XXXXXX";

static const char *const folders[] = {"wd_xlit_names", "petrarch2_dict", "petrarch2_dict/dictionaries",
                                      "name_bench", "name_bench/rigour_names", "lists"};

static const struct {
    const char *name;
    const char *text;
} files[] = {
    {"wd_xlit_names/wd_russian_80", "Orlovenko\t-\n"},
    {"wd_xlit_names/wd_russian_20", ""},
    {"wd_xlit_names/wd_arabic_80", ""},
    {"wd_xlit_names/wd_arabic_20", ""},
    {"wd_xlit_names/wd_hebrew_80", ""},
    {"wd_xlit_names/wd_hebrew_20", ""},
    {"petrarch2_dict/dictionaries/Phoenix.Countries.actors.txt", ""},
    {"petrarch2_dict/dictionaries/Phoenix.International.actors.txt", ""},
    {"petrarch2_dict/dictionaries/Phoenix.MilNonState.actors.txt", ""},
    {"name_bench/rigour_names/org_types.yml", "- display: Aktsieselts\n"},
    {"lists/places.txt", "# towns\nKarvia Bay, Orun\n"},
    {"lists/organizations.txt", "Pemberley's, Dockers' Front of Orun, Sea Bank\n"},
};

static char *in_folder(const char *name, char path[128])
{
    (void)snprintf(path, 128, "%s/%s", folder, name);
    return path;
}

static int make_lists(void **state)
{
    char path[128];
    (void)state;
    if (mkdtemp(folder) == NULL) {
        return -1;
    }
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        if (mkdir(in_folder(folders[i], path), 0700) != 0) {
            return -1;
        }
    }
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        stm_train_write(in_folder(files[i].name, path), files[i].text, strlen(files[i].text));
    }
    return 0;
}

static int remove_lists(void **state)
{
    char path[128];
    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        unlink(in_folder(files[i].name, path));
    }
    unlink(in_folder("section", path));
    for (size_t i = sizeof folders / sizeof *folders; i-- > 0;) {
        rmdir(in_folder(folders[i], path));
    }
    return rmdir(folder);
}

/* Bits of the phrase that a whole text is, word by word as the reader parts it. */
static unsigned bits_of(const struct stm_gazetteer *lists, const char *text)
{
    struct stm_arena arena;
    struct stm_annotation ann;
    stemma_document document;
    uint64_t hash = 0;
    memset(&ann, 0, sizeof ann);
    memset(&document, 0, sizeof document);
    stm_arena_init(&arena, 0);
    document.text = ann.text = stemma_text_of(text);
    ann.arena = &arena;
    ann.document = &document;
    assert_int_equal(stm_extract_tokens(&ann), STEMMA_OK);
    for (uint32_t i = 0; i < ann.token_count; i++) {
        hash = stm_gazetteer_hash(hash, ann.tokens[i].lower.data, ann.tokens[i].lower.size);
    }
    stm_arena_free(&arena);
    return stm_gazetteer_find(lists, hash);
}

static void names_are_found_as_the_reader_parts_them(void **state)
{
    char lists_path[128];
    char out[128];
    char command[] = "gazetteer";
    char o[] = "-o";
    (void)state;
    in_folder("lists", lists_path);
    in_folder("section", out);
    char *arguments[] = {command, folder, lists_path, o, out, NULL};
    assert_int_equal(stm_train_gazetteer(5, arguments), 0);
    size_t size;
    char *bytes = stm_train_read(out, &size);
    struct stm_gazetteer lists;
    assert_int_equal(stm_gazetteer_open(&lists, bytes, size), 0);
    assert_int_equal(bits_of(&lists, "Orlovenko"), STM_GAZETTEER_NAME_WORD);
    assert_int_equal(bits_of(&lists, "Sea Bank"), STM_GAZETTEER_ORGANIZATION);
    assert_int_equal(bits_of(&lists, "Karvia Bay"), STM_GAZETTEER_PLACE);
    assert_int_equal(bits_of(&lists, "Karvia Bank"), 0);
    /* what owns and the sign that says so are two words */
    assert_int_equal(bits_of(&lists, "Pemberley's"), STM_GAZETTEER_ORGANIZATION);
    assert_int_equal(bits_of(&lists, "Dockers' Front of Orun"), STM_GAZETTEER_ORGANIZATION);
    assert_int_equal(bits_of(&lists, "Pemberley"), 0);
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_found_as_the_reader_parts_them),
    };
    return cmocka_run_group_tests(tests, make_lists, remove_lists);
}
