/* SPDX-License-Identifier: MIT */
#include "common/interchange_write.h"

#include <stdio.h>

#include "common/enum_names.h"
#include "common/interchange_members.h"
#include "common/interchange_writing.h"
#include "base/error.h"
#include "file/snapshot.h"

void stm_writing_begin(struct dump *dump, const char *record)
{
    stm_json_object_begin(dump->json);
    stm_json_member_text(dump->json, "record", stemma_text_of(record));
}

stemma_status stm_writing_end(struct dump *dump)
{
    stemma_status status;
    stm_json_object_end(dump->json);
    stm_json_line(dump->json);
    status = stm_json_status(dump->json);
    if (status != STEMMA_OK && status != STEMMA_E_SYSTEM) {
        return stm_fail(dump->error, status, stemma_status_name(status), "", "%s",
                        stemma_status_text(status));
    }
    return status;
}

/* What a thread takes at a time: judgements, documents that may derive from others. */
#define JUDGEMENTS 128u
#define DERIVING   32u

static bool inside(const struct dump *dump, uint32_t document)
{
    return document >= dump->options->first && document <= dump->options->last;
}

static const char *unit_name(enum stm_offset_unit unit)
{
    return unit == STM_OFFSET_UTF8 ? "utf8" : unit == STM_OFFSET_UTF16 ? "utf16" : "codepoint";
}

static stemma_status write_header(struct dump *dump)
{
    stm_writing_begin(dump, "header");
    stm_json_member_text(dump->json, "format", stemma_text_of("stemma"));
    stm_json_member_text(dump->json, "version", stemma_text_of("1.1"));
    stm_json_member_text(dump->json, "offsets", stemma_text_of(unit_name(dump->options->unit)));
    stm_json_member_bool(dump->json, "judged", true);
    return stm_writing_end(dump);
}

static stemma_status write_runs(struct dump *dump, uint64_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        stemma_run run;
        stemma_salvage *salvage = dump->options->salvage;
        stemma_status status =
            salvage == NULL ? stemma_run_get(dump->snapshot, i, &run, dump->error)
                            : stemma_salvage_run(salvage, dump->snapshot, i, &run, dump->error);
        if (status != STEMMA_OK) {
            return status;
        }
        stm_writing_begin(dump, "run");
        stm_json_key(dump->json, "run");
        stm_json_unsigned(dump->json, i);
        stm_json_member_text(dump->json, "name", run.name);
        stm_out_text(dump->json, "version", run.version);
        stm_json_member_text(dump->json, "kind",
                             stemma_text_of(stm_enum_name(STM_ENUM_RUN_KIND, run.kind)));
        stm_out_text(dump->json, "settings", run.settings);
        status = stm_writing_end(dump);
        stemma_snapshot_reset(dump->snapshot);
        if (status != STEMMA_OK) {
            return status;
        }
    }
    return STEMMA_OK;
}

static bool is_builtin(const stemma_term *term)
{
    uint32_t count;
    const stemma_term *builtin = stemma_vocabulary_builtin(&count);
    for (uint32_t i = 0; i < count; i++) {
        if (builtin[i].kind == term->kind && stemma_text_equal(builtin[i].name, term->name)) {
            return stemma_text_equal(builtin[i].label, term->label) &&
                   builtin[i].single_valued == term->single_valued &&
                   stemma_text_equal(builtin[i].roles, term->roles) &&
                   stemma_text_equal(builtin[i].crosswalk, term->crosswalk);
        }
    }
    return false;
}

static void write_words(stm_json *json, const char *key, stemma_text words)
{
    size_t start = 0;
    if (words.size == 0) {
        return;
    }
    stm_json_key(json, key);
    stm_json_array_begin(json);
    for (size_t i = 0; i <= words.size; i++) {
        if (i == words.size || words.data[i] == ' ') {
            stm_json_text(json, (stemma_text){words.data + start, i - start});
            start = i + 1;
        }
    }
    stm_json_array_end(json);
}

static stemma_status write_terms(struct dump *dump, uint64_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        stemma_term term;
        stemma_salvage *salvage = dump->options->salvage;
        stemma_status status = salvage == NULL
                                   ? stemma_term_get(dump->snapshot, i, &term, dump->error)
                                   : stemma_salvage_term(salvage, i, &term);
        if (salvage != NULL && status == STEMMA_NOT_FOUND) {
            continue;
        }
        if (status != STEMMA_OK) {
            return status;
        }
        if (!is_builtin(&term)) {
            stm_writing_begin(dump, "term");
            stm_json_member_text(dump->json, "kind",
                                 stemma_text_of(stm_enum_name(STM_ENUM_TERM_KIND, term.kind)));
            stm_json_member_text(dump->json, "name", term.name);
            stm_out_text(dump->json, "label", term.label);
            if (term.single_valued) {
                stm_json_key(dump->json, "single_valued");
                stm_json_bool(dump->json, true);
            }
            write_words(dump->json, "roles", term.roles);
            write_words(dump->json, "crosswalk", term.crosswalk);
            status = stm_writing_end(dump);
        }
        stemma_snapshot_reset(dump->snapshot);
        if (status != STEMMA_OK) {
            return status;
        }
    }
    return STEMMA_OK;
}

stemma_status stm_writing_document_id(struct dump *dump, uint32_t document, char out[STEMMA_ID_SIZE])
{
    stemma_reference reference = {STEMMA_REFERENCE_DOCUMENT, document};
    stemma_status status = stemma_id_text(dump->snapshot, reference, out, dump->error);
    if (status == STEMMA_OK) {
        memmove(out, out + 2, strlen(out + 2) + 1);
    }
    return status;
}

static void write_author(struct dump *dump, uint32_t run, stemma_text author)
{
    if (run != STEMMA_NONE) {
        stm_json_member_unsigned(dump->json, "run", run);
    }
    stm_out_text(dump->json, "author", author);
}

static stemma_status write_end(struct dump *dump, const char *key, stemma_referent_id referent)
{
    char id[STEMMA_ID_SIZE];
    char text[STEMMA_ID_SIZE + 16];
    stemma_status status = stm_writing_document_id(dump, referent.document, id);
    if (status == STEMMA_OK) {
        snprintf(text, sizeof text, "%s.%u", id, referent.referent);
        stm_json_member_string(dump->json, key, text);
    }
    return status;
}

static stemma_status write_judgement(struct dump *dump, const stemma_judgement *judgement)
{
    stm_writing_begin(dump, "judgement");
    stemma_status status = write_end(dump, "left", judgement->left);
    if (status == STEMMA_OK) {
        status = write_end(dump, "right", judgement->right);
    }
    if (status != STEMMA_OK) {
        return status;
    }
    stm_json_member_text(dump->json, "verdict",
                         stemma_text_of(stm_enum_name(STM_ENUM_VERDICT, judgement->verdict)));
    stm_out_share(dump->json, "score", judgement->score);
    write_author(dump, judgement->run, judgement->author);
    stm_out_text(dump->json, "created", judgement->created);
    stm_out_text(dump->json, "retracted", judgement->retracted);
    stm_out_text(dump->json, "reason", judgement->reason);
    return stm_writing_end(dump);
}

static stemma_status write_judgements_left(struct dump *dump)
{
    stemma_status status;
    stemma_judgement judgement;
    uint32_t number = 0;
    while ((status = stemma_salvage_judgement(dump->options->salvage, dump->snapshot, &number,
                                              &judgement, dump->error)) == STEMMA_OK) {
        status = write_judgement(dump, &judgement);
        stemma_snapshot_reset(dump->snapshot);
        if (status != STEMMA_OK) {
            return status;
        }
        number++;
    }
    return status == STEMMA_END ? STEMMA_OK : status;
}

static stemma_status write_judgement_at(struct dump *dump, uint32_t number)
{
    stemma_judgement judgement;
    stemma_status status = stemma_judgement_get(dump->snapshot, number, &judgement, dump->error);
    return status == STEMMA_OK && inside(dump, judgement.left.document) && inside(dump, judgement.right.document)
               ? write_judgement(dump, &judgement)
               : status;
}

static stemma_status write_judgements(struct dump *dump, uint64_t count)
{
    return dump->options->salvage != NULL
               ? write_judgements_left(dump)
               : stm_write_each(dump, 0, (uint32_t)count, JUDGEMENTS, write_judgement_at);
}

/* Offsets of one document, for shared ranges. The same rule as in a document's line: of a text that
   is not there they are bytes. */
static stemma_status offsets_of(struct dump *dump, uint32_t number, struct stm_arena *arena,
                                struct stm_offsets *out)
{
    stemma_document document;
    stemma_status status = stemma_document_get(dump->snapshot, number, &document, dump->error);
    enum stm_offset_unit unit = dump->options->unit;
    if (status != STEMMA_OK) {
        return status;
    }
    const stemma_salvage *salvage = dump->options->salvage;
    if (document.text_withheld != 0 || dump->options->withhold ||
        (salvage != NULL && !stemma_salvage_has_text(salvage, number))) {
        unit = STM_OFFSET_UTF8;
    }
    if (unit != STM_OFFSET_UTF8) {
        status = stemma_text_get(dump->snapshot, number, stemma_whole_span(&document), &document.text,
                                 dump->error);
    }
    if (status == STEMMA_OK && stm_offsets_init(out, arena, document.text, unit) != STEMMA_OK) {
        status = stm_fail(dump->error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "", "Out of memory");
    }
    return status;
}

static void write_ranges(struct dump *dump, const stemma_derivation *derivation,
                         const struct stm_offsets *from, const struct stm_offsets *to)
{
    stm_json_key(dump->json, "ranges");
    stm_json_array_begin(dump->json);
    for (uint32_t i = 0; i < derivation->range_count; i++) {
        const stemma_shared_range *range = &derivation->ranges[i];
        stm_json_array_begin(dump->json);
        stm_json_unsigned(dump->json, stm_offsets_from_byte(from, range->from.start));
        stm_json_unsigned(dump->json, stm_offsets_from_byte(from, range->from.end));
        stm_json_unsigned(dump->json, stm_offsets_from_byte(to, range->to.start));
        stm_json_unsigned(dump->json, stm_offsets_from_byte(to, range->to.end));
        stm_json_array_end(dump->json);
    }
    stm_json_array_end(dump->json);
}

static stemma_status write_derivation(struct dump *dump, const stemma_derivation *derivation,
                                      const struct stm_offsets *from_offsets)
{
    struct stm_arena arena;
    struct stm_offsets to_offsets = {0};
    char from[STEMMA_ID_SIZE] = "";
    char to[STEMMA_ID_SIZE] = "";
    stemma_status status = stm_writing_document_id(dump, derivation->from, from);
    stm_arena_init(&arena, 0);
    if (status == STEMMA_OK) {
        status = stm_writing_document_id(dump, derivation->to, to);
    }
    if (status == STEMMA_OK && derivation->range_count != 0) {
        status = offsets_of(dump, derivation->to, &arena, &to_offsets);
    }
    if (status == STEMMA_OK) {
        stm_writing_begin(dump, "derivation");
        stm_json_member_text(dump->json, "from", stemma_text_of(from));
        stm_json_member_text(dump->json, "to", stemma_text_of(to));
        stm_json_member_text(
            dump->json, "kind",
            stemma_text_of(stm_enum_name(STM_ENUM_DERIVATION_KIND, derivation->kind)));
        stm_out_share(dump->json, "score", derivation->score);
        write_author(dump, derivation->run, derivation->author);
        stm_out_text(dump->json, "retracted", derivation->retracted);
        if (derivation->range_count != 0) {
            write_ranges(dump, derivation, from_offsets, &to_offsets);
        }
        status = stm_writing_end(dump);
    }
    stm_arena_free(&arena);
    return status;
}

/* The derivations of one document: its own text is held once, of the others one at a time. */
static stemma_status write_derivations_of(struct dump *dump, uint32_t number)
{
    const stemma_derivation *derivations;
    uint32_t count;
    struct stm_arena arena;
    struct stm_offsets from = {0};
    stemma_salvage *salvage = dump->options->salvage;
    stemma_status status =
        salvage == NULL
            ? stemma_derivations_of(dump->snapshot, number, &derivations, &count, dump->error)
            : stemma_salvage_derivations(salvage, dump->snapshot, number, &derivations, &count,
                                         dump->error);
    if (status != STEMMA_OK || count == 0) {
        return status;
    }
    stm_arena_init(&arena, 0);
    status = offsets_of(dump, number, &arena, &from);
    for (uint32_t k = 0; k < count && status == STEMMA_OK; k++) {
        stm_mark mark = stm_snapshot_mark(dump->snapshot);
        if (inside(dump, derivations[k].to)) {
            status = write_derivation(dump, &derivations[k], &from);
        }
        stm_snapshot_rewind(dump->snapshot, mark);
    }
    stm_arena_free(&arena);
    return status;
}

/* Numbers may have gaps of any size: only documents that are there are asked about. */
static stemma_status write_derivations_left(struct dump *dump)
{
    stemma_status status;
    uint32_t number = 0;
    while ((status = stemma_salvage_next(dump->options->salvage, &number)) == STEMMA_OK) {
        status = write_derivations_of(dump, number);
        stemma_snapshot_reset(dump->snapshot);
        if (status != STEMMA_OK) {
            return status;
        }
        number++;
    }
    return status == STEMMA_END ? STEMMA_OK : status;
}

static stemma_status write_derivations(struct dump *dump, uint64_t documents)
{
    const uint32_t last = dump->options->last, end = last < documents ? last + 1 : (uint32_t)documents;
    return dump->options->salvage != NULL
               ? write_derivations_left(dump)
               : stm_write_each(dump, dump->options->first, end, DERIVING, write_derivations_of);
}

stemma_status stm_interchange_write(stemma_file *file, stemma_snapshot *snapshot,
                                    const struct stm_interchange_options *options, stm_json *json,
                                    stemma_error *error)
{
    struct dump dump = {snapshot, options, json, error, NULL};
    stemma_counts counts;
    stemma_status status;
    stemma_counts_get(file, &counts);
    status = write_header(&dump);
    status = status == STEMMA_OK ? write_runs(&dump, counts.runs) : status;
    if (status == STEMMA_OK) {
        status = write_terms(&dump, counts.vocabulary);
    }
    if (status == STEMMA_OK) {
        status = stm_write_documents(&dump, counts.documents);
    }
    if (status == STEMMA_OK) {
        status = write_judgements(&dump, counts.judgements);
    }
    if (status == STEMMA_OK) {
        status = write_derivations(&dump, counts.documents);
    }
    if (status == STEMMA_OK && options->salvage != NULL) {
        status = stemma_salvage_finish(options->salvage);
    }
    return status;
}
