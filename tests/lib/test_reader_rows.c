/* SPDX-License-Identifier: MIT */
/* Rows of data sets are read as they were given, however they are stored, and their assertions,
 * claims and ids fit together. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>

#include "stemma/check.h"
#include "stemma/read.h"
#include "support/row_file.h"

#define ROWS 400u

static row_file built;
static stemma_file *file;
static stemma_snapshot *snapshot;
static stemma_counts counts;
static uint32_t documents[ROW_FILE_SETS];

static void must(stemma_status status, const stemma_error *error)
{
    if (status != STEMMA_OK) {
        fail_msg("%s: %s at %s: %s", stemma_status_name(status), error->code, error->where,
                 error->message);
    }
}

static int open_file(void **state)
{
    stemma_error error = {0};
    (void)state;
    row_file_make(&built, ROWS, 6);
    must(stemma_open(&file, built.path, NULL, &error), &error);
    must(stemma_snapshot_begin(&snapshot, file, &error), &error);
    stemma_counts_get(file, &counts);
    for (uint32_t i = 0; i < counts.documents; i++) {
        stemma_document document;
        must(stemma_document_get(snapshot, i, &document, &error), &error);
        for (uint32_t set = 0; set < ROW_FILE_SETS; set++) {
            if (stemma_text_equal(document.uri, stemma_text_of(row_file_uri(set)))) {
                documents[set] = i;
            }
        }
    }
    return 0;
}

static int close_file(void **state)
{
    (void)state;
    stemma_snapshot_end(snapshot);
    stemma_close(file);
    row_file_remove(&built);
    return 0;
}

static void same_text(stemma_text text, const char *expected)
{
    if (!stemma_text_equal(text, stemma_text_of(expected))) {
        fail_msg("\"%.*s\" is not \"%s\"", (int)text.size, text.data, expected);
    }
}

static void same_actor(const stemma_document *document, uint32_t ordinal, uint32_t actor)
{
    char name[32];
    const char *type = NULL;
    if (actor == ROW_FILE_NONE) {
        assert_int_equal(ordinal, STEMMA_NONE);
        return;
    }
    row_file_actor(actor, name, &type);
    assert_true(ordinal < document->referent_count);
    same_text(document->referents[ordinal].type, type);
    same_text(document->referents[ordinal].names[0].text, name);
}

/* Participants are a set: each of the row that is read must have been given. */
static uint32_t compare_participants(const stemma_document *document, const stemma_row_view *row,
                                     const row_file_row *given)
{
    uint32_t distinct = 0;
    for (uint32_t i = 0; i < given->participant_count; i++) {
        int first = 1;
        for (uint32_t j = 0; j < i; j++) {
            first &= given->actors[i] != given->actors[j] ||
                     !stemma_text_equal(stemma_text_of(given->roles[i]),
                                        stemma_text_of(given->roles[j]));
        }
        distinct += (uint32_t)first;
    }
    assert_int_equal(row->participant_count, distinct);
    for (uint32_t i = 0; i < row->participant_count; i++) {
        uint32_t found = 0;
        for (uint32_t j = 0; j < given->participant_count; j++) {
            char name[32];
            const char *type = NULL;
            row_file_actor(given->actors[j], name, &type);
            found +=
                stemma_text_equal(row->participants[i].role, stemma_text_of(given->roles[j])) &&
                stemma_text_equal(document->referents[row->participants[i].referent].names[0].text,
                                  stemma_text_of(name));
        }
        assert_true(found > 0);
        if (i > 0 && stemma_text_equal(row->participants[i].role, row->participants[i - 1].role)) {
            assert_true(row->participants[i].referent > row->participants[i - 1].referent);
        }
    }
    return distinct;
}

static void rows_are_read_as_they_were_given(void **state)
{
    stemma_error error = {0};
    (void)state;
    for (uint32_t set = 0; set < ROW_FILE_SETS; set++) {
        stemma_document document;
        must(stemma_testimony_get(snapshot, documents[set], &document, &error), &error);
        assert_int_equal(document.row_count, ROWS);
        assert_int_equal(document.actor_count, ROW_FILE_ACTORS);
        assert_int_equal(document.referent_count, ROW_FILE_ACTORS);
        for (uint32_t step = 0; step < 2 * ROWS; step++) {
            uint32_t i = step < ROWS ? step : (step * 37) % ROWS; /* in order, then not */
            const row_file_row *given = &built.row[set][i];
            stemma_row_view row;
            must(stemma_row_get(snapshot, documents[set], i, &row, &error), &error);
            assert_int_equal(row.number, given->number);
            same_text(row.type, given->type);
            same_text(row.time, given->time);
            same_actor(&document, row.place, given->place);
            same_actor(&document, row.source, given->source);
            same_text(row.external_id, given->external_id);
            same_text(row.content, given->content);
            same_text(row.quantity_predicate, given->quantity != NULL ? given->quantity : "");
            same_text(row.amount, given->quantity != NULL ? given->amount : "");
            same_text(row.unit, given->quantity != NULL ? given->unit : "");
            compare_participants(&document, &row, given);
        }
        stemma_row_view row;
        assert_int_equal(stemma_row_get(snapshot, documents[set], ROWS, &row, &error),
                         STEMMA_NOT_FOUND);
        stemma_snapshot_reset(snapshot);
    }
}

static void a_referent_is_a_row_or_none(void **state)
{
    stemma_error error = {0};
    uint32_t row = 0;
    (void)state;
    for (uint32_t set = 0; set < ROW_FILE_SETS; set++) {
        stemma_referent_id id = {documents[set], ROW_FILE_ACTORS - 1};
        assert_int_equal(stemma_row_of(snapshot, id, &row, &error), STEMMA_NOT_FOUND);
        id.referent = ROW_FILE_ACTORS + 7;
        must(stemma_row_of(snapshot, id, &row, &error), &error);
        assert_int_equal(row, 7);
        id.referent = ROW_FILE_ACTORS + ROWS;
        assert_int_equal(stemma_row_of(snapshot, id, &row, &error), STEMMA_NOT_FOUND);
    }
    stemma_referent_id id = {(uint32_t)counts.documents, 0};
    assert_int_equal(stemma_row_of(snapshot, id, &row, &error), STEMMA_NOT_FOUND);
}

/* Every referent of every document, rows among them, is a member of what it belongs to. */
static void members_and_what_they_belong_to_agree(void **state)
{
    stemma_error error = {0};
    uint64_t seen = 0;
    (void)state;
    for (uint32_t kind = 0; kind < 2; kind++) {
        stemma_reference of = {kind == 0 ? STEMMA_REFERENCE_ENTITY : STEMMA_REFERENCE_EVENT, 0};
        uint64_t total = kind == 0 ? counts.entities : counts.events;
        for (of.number = 0; of.number < total; of.number++) {
            const stemma_referent_id *members = NULL;
            uint32_t count = 0;
            must(stemma_members(snapshot, of, &members, &count, &error), &error);
            assert_true(count > 0);
            for (uint32_t i = 0; i < count; i++) {
                stemma_reference back;
                must(stemma_member_of(snapshot, members[i], &back, &error), &error);
                assert_int_equal(back.kind, of.kind);
                assert_int_equal(back.number, of.number);
            }
            seen += count;
            stemma_snapshot_reset(snapshot);
        }
    }
    assert_int_equal(seen, counts.referents);
}

/* The object of an assertion, in numbers of the file, is the claim's. */
static void same_object(uint32_t document, const stemma_object *said, const stemma_claim *claim)
{
    stemma_error error = {0};
    uint32_t ordinal = said->kind == STEMMA_OBJECT_REFERENT ? said->as.referent
                       : said->kind == STEMMA_OBJECT_PLACE  ? said->as.place.referent
                                                            : STEMMA_NONE;
    if (ordinal != STEMMA_NONE) {
        stemma_referent_id id = {document, ordinal};
        stemma_reference member;
        uint32_t number = claim->object.kind == STEMMA_OBJECT_PLACE
                              ? claim->object.as.place.referent
                              : claim->object.as.referent;
        must(stemma_member_of(snapshot, id, &member, &error), &error);
        assert_int_equal(member.number, number);
        return;
    }
    assert_int_equal(said->kind, claim->object.kind);
    if (said->kind == STEMMA_OBJECT_TIME) {
        assert_true(stemma_text_equal(said->as.time.edtf, claim->object.as.time.edtf));
    } else if (said->kind == STEMMA_OBJECT_QUANTITY) {
        assert_true(stemma_text_equal(said->as.quantity.amount, claim->object.as.quantity.amount));
        assert_true(stemma_text_equal(said->as.quantity.unit, claim->object.as.quantity.unit));
    }
}

/* */
static void claims_and_their_witnesses_lead_to_each_other(void **state)
{
    stemma_error error = {0};
    uint64_t witnesses = 0;
    uint64_t folded = 0;
    (void)state;
    for (uint32_t i = 0; i < counts.claims; i++) {
        stemma_claim claim;
        must(stemma_claim_get(snapshot, i, &claim, &error), &error);
        assert_true(claim.witness_count > 0);
        witnesses += claim.witness_count;
        for (uint32_t w = 0; w < claim.witness_count; w++) {
            stemma_assertion said;
            stemma_witness witness = claim.witnesses[w];
            stemma_reference subject, back;
            stemma_document document;
            char id[STEMMA_ID_SIZE], text[STEMMA_ID_SIZE];
            stemma_reference self = {STEMMA_REFERENCE_CLAIM, i};
            must(stemma_witness_assertion(snapshot, witness, &said, &error), &error);
            assert_true(stemma_text_equal(said.predicate, claim.predicate));
            assert_int_equal(said.polarity, claim.polarity);
            stemma_referent_id of = {witness.document, said.subject};
            must(stemma_member_of(snapshot, of, &subject, &error), &error);
            assert_int_equal(subject.number, claim.subject);
            same_object(witness.document, &said.object, &claim);
            /* "c.DOC.N" of every witness, not only the first */
            must(stemma_id_text(snapshot, self, id, &error), &error);
            must(stemma_resolve(snapshot, stemma_text_of(id), &back, &error), &error);
            assert_int_equal(back.number, i);
            snprintf(text, sizeof text, "%.15s%u", id, witness.assertion);
            if (w > 0 && witness.document != claim.witnesses[0].document) {
                continue; /* another DOC */
            }
            must(stemma_resolve(snapshot, stemma_text_of(text), &back, &error), &error);
            assert_int_equal(back.number, i);
            must(stemma_document_get(snapshot, witness.document, &document, &error), &error);
            folded += document.row_count != 0 && claim.witness_count == 1;
        }
        stemma_snapshot_reset(snapshot);
    }
    assert_int_equal(witnesses, counts.assertions);
    assert_true(folded > ROWS);
    stemma_claim claim;
    assert_int_equal(stemma_claim_get(snapshot, (uint32_t)counts.claims, &claim, &error),
                     STEMMA_NOT_FOUND);
}

/* All that a row says, and no more, is an assertion of it, in the order of the rules. */
static void a_row_says_what_it_holds(void **state)
{
    stemma_error error = {0};
    uint64_t total = 0;
    (void)state;
    for (uint32_t set = 0; set < ROW_FILE_SETS; set++) {
        stemma_document document;
        uint32_t stride = 0;
        must(stemma_testimony_get(snapshot, documents[set], &document, &error), &error);
        for (uint32_t i = 0; i < ROWS; i++) {
            const row_file_row *given = &built.row[set][i];
            stemma_row_view row;
            must(stemma_row_get(snapshot, documents[set], i, &row, &error), &error);
            uint32_t count = 1 + row.participant_count + (given->time[0] != '\0') +
                             (given->place != ROW_FILE_NONE) + (given->content[0] != '\0') +
                             (given->quantity != NULL);
            stride = count > stride ? count : stride;
            total += count;
        }
        for (uint32_t i = 0; i < ROWS; i++) {
            stemma_row_view row;
            stemma_text last = {NULL, 0};
            uint32_t said = 0;
            must(stemma_row_get(snapshot, documents[set], i, &row, &error), &error);
            for (uint32_t j = 0; j < stride; j++) {
                stemma_witness witness = {documents[set], i * stride + j};
                stemma_assertion assertion;
                stemma_status status =
                    stemma_witness_assertion(snapshot, witness, &assertion, &error);
                if (status == STEMMA_NOT_FOUND) {
                    break;
                }
                must(status, &error);
                assert_int_equal(assertion.subject, ROW_FILE_ACTORS + i);
                assert_int_equal(assertion.via, row.source);
                assert_int_equal(assertion.realis, STEMMA_REALIS_ACTUAL);
                assert_int_equal(assertion.evidence_count, 0);
                assert_true(last.data == NULL ||
                            stemma_text_compare(last, assertion.predicate) <= 0);
                last = assertion.predicate;
                said++;
            }
            total -= said;
            stemma_snapshot_reset(snapshot);
        }
        stemma_witness beyond = {documents[set], ROWS * stride};
        stemma_assertion none;
        assert_int_equal(stemma_witness_assertion(snapshot, beyond, &none, &error),
                         STEMMA_NOT_FOUND);
    }
    assert_int_equal(total, 0);
}

static int print_problem(void *context, const stemma_problem *problem)
{
    (void)context;
    print_error("%s %s at %s: %s\n", problem->check, problem->code, problem->where,
                problem->message);
    return 0;
}

static void the_check_derives_the_same_index(void **state)
{
    stemma_check_summary summary;
    (void)state;
    assert_int_equal(stemma_check(built.path, print_problem, NULL, &summary, NULL), STEMMA_OK);
    assert_int_equal(summary.problems, 0);
    assert_true(summary.evidence_checked > 2 * ROWS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_read_as_they_were_given),
        cmocka_unit_test(a_referent_is_a_row_or_none),
        cmocka_unit_test(members_and_what_they_belong_to_agree),
        cmocka_unit_test(claims_and_their_witnesses_lead_to_each_other),
        cmocka_unit_test(a_row_says_what_it_holds),
        cmocka_unit_test(the_check_derives_the_same_index),
    };
    return cmocka_run_group_tests(tests, open_file, close_file);
}
