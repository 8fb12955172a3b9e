/* SPDX-License-Identifier: MIT */
/* How people write names down, and what the library says of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "find/find_edit.h"
#include "name/name_nick.h"
#include "stemma/find.h"
#include "support/knowledge.h"

static char path[64];
static stemma_file *file;
static stemma_snapshot *snapshot;

static const struct {
    const char *type;
    const char *name;
} entities[] = {
    {"person", "Yelisaveta Kovarina"},
    {"person", "Mikhail Dubrov"},
    {"person", "T. R. Ashwell"},
    {"person", "John Ronald Fernley"},
    {"person", "William Harcastle"},
    {"person", "Sasha Belkin"},
    {"person", "Idris al-Sabbar"},
    {"person", "محمد طياري"},
    {"person", "Марфа Зорина"},
    {"person", "Νίκος Δραγάτης"},
    {"person", "Oluwaseun Adebisi"},
    {"organization", "Free Union of Mine Workers"},
    {"organization", "NCRW"},
    {"organization", "Halmark Timber"},
    {"place", "Port Almere"},
    {"person", "Bartek Nowina"},
};

static int make_file(void **state)
{
    corpus_document *d = corpus_new("urn:names", "2031-01-01");
    (void)state;
    for (size_t i = 0; i < sizeof entities / sizeof entities[0]; i++) {
        uint32_t referent = corpus_entity(d, entities[i].type, entities[i].name);
        corpus_mention(d, referent, STEMMA_MENTION_NAME, corpus_say(d, entities[i].name));
        corpus_say(d, ". ");
    }
    knowledge_write(path, &d, 1);
    snapshot = knowledge_open(path, &file);
    return 0;
}

static int remove_file(void **state)
{
    (void)state;
    knowledge_close(path, file, snapshot);
    return 0;
}

static void expect(const char *asked, uint32_t flags, const char *name, uint8_t reason)
{
    stemma_find_options options = STEMMA_FIND_OPTIONS_INIT;
    const stemma_found *found = NULL;
    uint32_t count = 0;
    stemma_entity entity;
    options.flags = flags;
    assert_int_equal(
        stemma_find(snapshot, stemma_text_of(asked), &options, &found, &count, NULL), STEMMA_OK);
    if (count == 0) {
        fail_msg("%s: nobody", asked);
    }
    assert_int_equal(stemma_entity_get(snapshot, found[0].entity, &entity, NULL), STEMMA_OK);
    assert_true(found[0].name < entity.name_count);
    if (!stemma_text_equal(entity.names[found[0].name].text, stemma_text_of(name)) ||
        found[0].reason != reason) {
        print_error("%s: %.*s, %s, %u\n", asked, (int)entity.name.size, entity.name.data,
                    stemma_match_reason_text(found[0].reason), found[0].score);
    }
    assert_true(stemma_text_equal(entity.names[found[0].name].text, stemma_text_of(name)));
    assert_string_equal(stemma_match_reason_text(found[0].reason), stemma_match_reason_text(reason));
    stemma_snapshot_reset(snapshot);
}

static void each_way_to_write_a_name_has_its_reason(void **state)
{
    static const struct {
        const char *asked;
        const char *name;
        uint8_t reason;
    } rows[] = {
        {"YELISAVETA kovarina", "Yelisaveta Kovarina", STEMMA_MATCH_SAME},
        {"Елисавета Коварина", "Yelisaveta Kovarina", STEMMA_MATCH_SCRIPT},
        {"Марфа Зорина", "Марфа Зорина", STEMMA_MATCH_SAME},
        {"Marfa Zorina", "Марфа Зорина", STEMMA_MATCH_SCRIPT},
        {"Nikos Dragatis", "Νίκος Δραγάτης", STEMMA_MATCH_SCRIPT},
        {"Mohammed Tayyari", "محمد طياري", STEMMA_MATCH_SCRIPT},
        {"ميخائيل دوبروف", "Mikhail Dubrov", STEMMA_MATCH_SCRIPT},
        {"Jelisaweta Kowarina", "Yelisaveta Kovarina", STEMMA_MATCH_SPELLING},
        {"Idris alSabbar", "Idris al-Sabbar", STEMMA_MATCH_SPELLING},
        {"Idris al Sabbar", "Idris al-Sabbar", STEMMA_MATCH_SAME},
        {"Halmarktimber", "Halmark Timber", STEMMA_MATCH_SPELLING},
        {"Kovarina Yelisaveta", "Yelisaveta Kovarina", STEMMA_MATCH_ORDER},
        {"Kovarina, Yelisaveta", "Yelisaveta Kovarina", STEMMA_MATCH_ORDER},
        {"Y. Kovarina", "Yelisaveta Kovarina", STEMMA_MATCH_INITIALS},
        {"Kovarina, Y.", "Yelisaveta Kovarina", STEMMA_MATCH_INITIALS},
        {"Thomas Rory Ashwell", "T. R. Ashwell", STEMMA_MATCH_INITIALS},
        {"J.R. Fernley", "John Ronald Fernley", STEMMA_MATCH_INITIALS},
        {"Bill Harcastle", "William Harcastle", STEMMA_MATCH_NICKNAME},
        {"Aleksandr Belkin", "Sasha Belkin", STEMMA_MATCH_NICKNAME},
        {"Misha Dubrov", "Mikhail Dubrov", STEMMA_MATCH_NICKNAME},
        {"Bartosz Nowina", "Bartek Nowina", STEMMA_MATCH_NICKNAME},
        {"FUMW", "Free Union of Mine Workers", STEMMA_MATCH_ACRONYM},
        {"National Council for River Water", "NCRW", STEMMA_MATCH_ACRONYM},
        {"Kovarina", "Yelisaveta Kovarina", STEMMA_MATCH_PART},
        {"Union of Mine Workers", "Free Union of Mine Workers", STEMMA_MATCH_PART},
        {"Adebisy Oluwaseum", "Oluwaseun Adebisi", STEMMA_MATCH_MISSPELT},
        {"Yelisaveta Kovraina", "Yelisaveta Kovarina", STEMMA_MATCH_MISSPELT},
        {"Yelisaveta Kovrina", "Yelisaveta Kovarina", STEMMA_MATCH_MISSPELT},
        {"Wiliam Hxrcastle", "William Harcastle", STEMMA_MATCH_MISSPELT},
        {"Ashwlel", "T. R. Ashwell", STEMMA_MATCH_MISSPELT},
        {"Kovar", "Yelisaveta Kovarina", STEMMA_MATCH_PREFIX},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        expect(rows[i].asked, 0, rows[i].name, rows[i].reason);
    }
}

static void the_beginning_of_a_name_is_enough_when_asked_for_so(void **state)
{
    (void)state;
    expect("Ko", STEMMA_FIND_PREFIX, "Yelisaveta Kovarina", STEMMA_MATCH_PREFIX);
    expect("yelisaveta k", STEMMA_FIND_PREFIX, "Yelisaveta Kovarina", STEMMA_MATCH_PREFIX);
    expect("зор", STEMMA_FIND_PREFIX, "Марфа Зорина", STEMMA_MATCH_PREFIX);
    expect("port a", STEMMA_FIND_PREFIX, "Port Almere", STEMMA_MATCH_PREFIX);
}

static void who_is_called_so_hides_who_is_called_nearly_so(void **state)
{
    const stemma_found *found;
    uint32_t count;
    (void)state;
    assert_int_equal(stemma_find(snapshot, stemma_text_of("Harcastle"), NULL, &found, &count, NULL),
                     STEMMA_OK);
    assert_int_equal(count, 1);
    assert_int_equal(stemma_find(snapshot, stemma_text_of("Zqxw"), NULL, &found, &count, NULL),
                     STEMMA_OK);
    assert_int_equal(count, 0);
    stemma_snapshot_reset(snapshot);
}

static void edits_are_counted_up_to_a_bound(void **state)
{
    static const struct {
        const char *a, *b;
        uint32_t edits;
    } rows[] = {
        {"kovarina", "kovarina", 0}, {"kovarina", "kovraina", 1}, {"kovarina", "kovarna", 1},
        {"kovarina", "kovarrina", 1}, {"kovarina", "kavarxna", 2}, {"kovarina", "dubrov", 3},
        {"", "", 0},                 {"a", "", 1},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_int_equal(stm_edits(stemma_text_of(rows[i].a), stemma_text_of(rows[i].b), 2),
                         rows[i].edits);
        assert_int_equal(stm_edits(stemma_text_of(rows[i].b), stemma_text_of(rows[i].a), 2),
                         rows[i].edits);
    }
}

struct sink {
    uint32_t count;
    const char *wanted;
    int seen;
};

static stemma_status take(void *context, stemma_text spelling)
{
    struct sink *sink = context;
    sink->count++;
    sink->seen = sink->seen || stemma_text_equal(spelling, stemma_text_of(sink->wanted));
    return STEMMA_OK;
}

static void spellings_are_few_enough_and_hold_what_is_wanted(void **state)
{
    struct sink sink = {0, "muhamad", 0};
    (void)state;
    assert_int_equal(stm_vowelled_each(stemma_text_of("mhmd"), take, &sink), STEMMA_OK);
    assert_true(sink.seen && sink.count <= STM_VOWELLED);
    sink = (struct sink){0, "mhmd", 0};
    assert_int_equal(stm_consonants_each(stemma_text_of("muhammad"), take, &sink), STEMMA_OK);
    assert_true(sink.seen && sink.count <= STM_VOWELLED);
    sink = (struct sink){0, "", 0};
    assert_int_equal(stm_vowelled_each(stemma_text_of("bhwykabhwykabhwykabhwyka"), take, &sink),
                     STEMMA_OK);
    assert_true(sink.count > 0 && sink.count <= STM_VOWELLED);
    assert_int_equal(stm_consonants_each(stemma_text_of("aeiouaeiouaeiouaeiouaeio"), take, &sink),
                     STEMMA_OK);
    assert_int_equal(stm_edit_each(stemma_text_of("x1"), take, &sink), STEMMA_OK);
}

static void pet_forms_lead_to_names_and_back(void **state)
{
    uint16_t groups[STM_NICK_GROUPS];
    uint32_t count = stm_nick_groups(stemma_text_of("sasha"), groups);
    stemma_text form;
    int found = 0;
    (void)state;
    assert_true(count >= 2); /* a man's and a woman's */
    for (uint32_t i = 0; i < count; i++) {
        for (size_t at = 0; stm_nick_next(groups[i], &at, &form);) {
            assert_true(form.size > 0 && form.data[0] >= 'a' && form.data[0] <= 'z');
            found = found || stemma_text_equal(form, stemma_text_of("aleksandra"));
        }
    }
    assert_true(found);
    assert_int_equal(stm_nick_relate(stemma_text_of("sasha"), groups, count,
                                     stemma_text_of("alexander")), STM_NICK_PET);
    assert_int_equal(stm_nick_relate(stemma_text_of("sasha"), groups, count, stemma_text_of("bill")),
                     STM_NICK_STRANGERS);
    count = stm_nick_groups(stemma_text_of("helen"), groups);
    assert_int_equal(stm_nick_relate(stemma_text_of("helen"), groups, count,
                                     stemma_text_of("yelena")), STM_NICK_FORMS);
    assert_int_equal(stm_nick_groups(stemma_text_of("kovarina"), groups), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_way_to_write_a_name_has_its_reason),
        cmocka_unit_test(the_beginning_of_a_name_is_enough_when_asked_for_so),
        cmocka_unit_test(who_is_called_so_hides_who_is_called_nearly_so),
        cmocka_unit_test(edits_are_counted_up_to_a_bound),
        cmocka_unit_test(spellings_are_few_enough_and_hold_what_is_wanted),
        cmocka_unit_test(pet_forms_lead_to_names_and_back),
    };
    return cmocka_run_group_tests(tests, make_file, remove_file);
}
