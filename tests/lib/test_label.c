/* SPDX-License-Identifier: MIT */
/* Events in words: the verb agrees with those who do it, descriptions have small letters, names keep theirs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "stemma/stemma.h"
#include "support/knowledge.h"

/* Somebody or something called by a name, or by a description of the kind nominal. */
static uint32_t called(corpus_document *d, const char *type, const char *words, bool described)
{
    uint32_t entity = corpus_entity(d, type, words);
    d->names[d->name_count - 1].kind = described ? STEMMA_NAME_NOMINAL : STEMMA_NAME_NAME;
    stemma_span span = corpus_say(d, words);
    corpus_mention(d, entity, described ? STEMMA_MENTION_NOMINAL : STEMMA_MENTION_NAME, span);
    (void)corpus_say(d, ". ");
    return entity;
}

/* The label of the only event of a file: of a type, done by `agent` (or as many as the count says) to `target`. */
static void check(const char *type, const char *agent_type, const char *agent, const char *amount,
                  const char *target, const char *expected)
{
    char path[64];
    stemma_file *file = NULL;
    stemma_text text;
    stemma_error error;
    corpus_document *d = corpus_new("https://news.example/1", "2031-05-02");
    bool described = strncmp(agent, "The ", 4) == 0 && strcmp(agent, "The Tide") != 0;
    uint32_t by = called(d, agent_type, agent, described);
    uint32_t whom = called(d, "organization", target, strncmp(target, "The b", 5) == 0);
    uint32_t event = corpus_event(d, type);
    stemma_span span = corpus_say(d, "It happened.");
    corpus_mention(d, event, STEMMA_MENTION_TRIGGER, span);
    corpus_assert(d, event, "type", corpus_text(type), span);
    if (amount != NULL) {
        corpus_assert(d, event, "agent", corpus_count(amount, amount, "workers"), span);
    } else {
        corpus_assert(d, event, "agent", corpus_referent(by), span);
    }
    corpus_assert(d, event, "target", corpus_referent(whom), span);
    knowledge_write(path, &d, 1);
    stemma_snapshot *snapshot = knowledge_open(path, &file);
    assert_int_equal(stemma_event_label(snapshot, 0, &text, &error), STEMMA_OK);
    if (text.size != strlen(expected) || memcmp(text.data, expected, text.size) != 0) {
        fail_msg("\"%.*s\", not \"%s\"", (int)text.size, text.data, expected);
    }
    knowledge_close(path, file, snapshot);
}

static void one_does_and_several_do(void **state)
{
    (void)state;
    check("movement.cross", "person", "Ada Vex", NULL, "Orell", "Ada Vex crosses Orell");
    check("movement.cross", "group", "The miners", NULL, "Orell", "the miners cross Orell");
    check("statement.deny", "group", "The miners", NULL, "Orell", "the miners deny Orell");
    check("justice.search", "group", "The miners", NULL, "Orell", "the miners search Orell");
    check("statement.accuse", "group", "The miners", NULL, "Orell", "the miners accuse Orell");
    check("sanction.lift", "group", "The miners", NULL, "Orell", "the miners lift sanctions on Orell");
    check("protest.demonstrate", "person", "Ada Vex", "40", "Orell", "40 protest against Orell");
    check("protest.demonstrate", "person", "Ada Vex", "1", "Orell", "1 protests against Orell");
}

static void descriptions_are_small_and_names_keep_their_capitals(void **state)
{
    (void)state;
    check("conflict.attack", "organization", "The army", NULL, "The bank", "the army attacks the bank");
    check("conflict.attack", "organization", "The Tide", NULL, "The Hill", "The Tide attacks The Hill");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_does_and_several_do),
        cmocka_unit_test(descriptions_are_small_and_names_keep_their_capitals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
