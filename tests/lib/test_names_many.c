/* SPDX-License-Identifier: MIT */
/* More entities than fit one block, some with many names and some with none, written and read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "stemma/check.h"
#include "stemma/read.h"
#include "stemma/find.h"
#include "stemma/write.h"

#define COUNT   9000u
#define ALIASES 40u

static char path[] = "/tmp/stemma-names-XXXXXX";
static char names[COUNT][32];
static char aliases[ALIASES][32];
static stemma_file *file;
static stemma_snapshot *snapshot;

static int is_nameless(uint32_t number)
{
    return number % 1000 == 999;
}

static int make_file(void **state)
{
    static stemma_name one[COUNT], many[ALIASES + 1];
    static stemma_referent referents[COUNT];
    stemma_writer_options options = STEMMA_WRITER_OPTIONS_INIT;
    stemma_open_options reading = STEMMA_OPEN_OPTIONS_INIT;
    stemma_document d = {0};
    stemma_writer *writer = NULL;
    stemma_error error = {0};
    uint32_t number = 0;
    int descriptor = mkstemp(path);
    (void)state;
    assert_true(descriptor >= 0);
    close(descriptor);
    for (uint32_t i = 0; i < COUNT; i++) {
        snprintf(names[i], sizeof names[i], "Vell%u Tarn%u", i % 97, i);
        one[i].text = stemma_text_of(names[i]);
        referents[i].type = stemma_text_of(i % 2 != 0 ? "organization" : "person");
        referents[i].names = &one[i];
        referents[i].name_count = !is_nameless(i);
    }
    many[0] = one[5000];
    for (uint32_t i = 0; i < ALIASES; i++) {
        snprintf(aliases[i], sizeof aliases[i], "Heron %u", i);
        many[i + 1].text = stemma_text_of(aliases[i]);
        many[i + 1].kind = STEMMA_NAME_ALIAS;
    }
    referents[5000].names = many;
    referents[5000].name_count = ALIASES + 1;
    d.uri = stemma_text_of("urn:names");
    d.referents = referents;
    d.referent_count = COUNT;
    options.flags = STEMMA_WRITE_REPLACE;
    assert_int_equal(stemma_writer_new(&writer, path, &options, &error), STEMMA_OK);
    assert_int_equal(stemma_writer_add_document(writer, &d, &number, &error), STEMMA_OK);
    assert_int_equal(stemma_writer_finish(writer, &error), STEMMA_OK);
    stemma_writer_free(writer);
    assert_int_equal(stemma_open(&file, path, &reading, &error), STEMMA_OK);
    assert_int_equal(stemma_snapshot_begin(&snapshot, file, &error), STEMMA_OK);
    return 0;
}

static int remove_file(void **state)
{
    (void)state;
    stemma_snapshot_end(snapshot);
    stemma_close(file);
    unlink(path);
    return 0;
}

/* [P-22] [P-31] Nobody is mentioned, so entities have the numbers of their referents. */
static void every_entity_has_its_names(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < COUNT; i++) {
        stemma_entity entity;
        stemma_text label;
        assert_int_equal(stemma_entity_get(snapshot, i, &entity, NULL), STEMMA_OK);
        assert_int_equal(stemma_entity_label(snapshot, i, &label, NULL), STEMMA_OK);
        assert_int_equal(entity.first.referent, i);
        assert_true(
            stemma_text_equal(entity.type, stemma_text_of(i % 2 != 0 ? "organization" : "person")));
        if (is_nameless(i)) {
            assert_int_equal(entity.name_count + label.size + entity.name.size, 0);
        } else {
            assert_int_equal(entity.name_count, i == 5000 ? ALIASES + 1 : 1);
            assert_true(stemma_text_equal(entity.name, stemma_text_of(names[i])));
            assert_true(stemma_text_equal(label, entity.name));
        }
        stemma_snapshot_reset(snapshot);
    }
}

/* [P-23] [I-23] */
static void every_name_leads_to_its_entity(void **state)
{
    uint32_t entities[4], count;
    (void)state;
    for (uint32_t i = 0; i < COUNT; i++) {
        assert_int_equal(
            stemma_entity_by_name(snapshot, stemma_text_of(names[i]), entities, 4, &count, NULL),
            STEMMA_OK);
        assert_int_equal(count, !is_nameless(i));
        assert_true(count == 0 || entities[0] == i);
    }
    for (uint32_t i = 0; i < ALIASES; i++) {
        assert_int_equal(
            stemma_entity_by_name(snapshot, stemma_text_of(aliases[i]), entities, 4, &count, NULL),
            STEMMA_OK);
        assert_int_equal(count, 1);
        assert_int_equal(entities[0], 5000);
    }
}

/* The lists of common words are long; what is asked for has the rare one too. */
static void a_name_with_a_common_word_is_found_among_many(void **state)
{
    (void)state;
    for (uint32_t i = 1; i < COUNT; i += 1171) {
        const stemma_found *found;
        uint32_t count;
        char turned[64];
        snprintf(turned, sizeof turned, "Tarn%u, Vell%u", i, i % 97);
        assert_int_equal(stemma_find(snapshot, stemma_text_of(turned), NULL, &found, &count, NULL),
                         STEMMA_OK);
        assert_true(count > 0);
        assert_int_equal(found[0].entity, i);
        stemma_snapshot_reset(snapshot);
    }
}

static void the_file_is_what_follows_from_it(void **state)
{
    stemma_check_summary summary;
    stemma_error error = {0};
    (void)state;
    assert_int_equal(stemma_check(path, NULL, NULL, &summary, &error), STEMMA_OK);
    assert_int_equal(summary.problems, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_entity_has_its_names),
        cmocka_unit_test(every_name_leads_to_its_entity),
        cmocka_unit_test(a_name_with_a_common_word_is_found_among_many),
        cmocka_unit_test(the_file_is_what_follows_from_it),
    };
    return cmocka_run_group_tests(tests, make_file, remove_file);
}
