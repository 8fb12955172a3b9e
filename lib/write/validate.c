/* SPDX-License-Identifier: MIT */
#include "write/validate.h"

#include "base/error.h"
#include "limits.h"
#include "stemma/edtf.h"
#include "utf8.h"

#include <stdarg.h>
#include <stdio.h>

static const stm_rule rules[] = {
    {"ACTOR_OUT_OF_RANGE",
     "What a row names as participant, place or source is an actor of its data set"},
    {"ATTRIBUTION", "An attribution says SPEAKER exactly when a speaker is named"},
    {"AUTHOR", "A judgement or derivation is by a run or by a person, not both and not neither"},
    {"CANONICAL_MISSING", "A referent with mentions has one that is canonical"},
    {"CANONICAL_WITHOUT_REFERENT", "A mention without referent is not canonical"},
    {"CONFIDENCE", "A confidence is 0 to 1000 or absent"},
    {"COORDINATES", "A place has both coordinates, inside the globe, or neither"},
    {"DECIMAL", "A number is a decimal: an optional minus, digits, optionally a point and digits"},
    {"DERIVATION_KIND", "A derivation is of a known kind"},
    {"DERIVATION_SELF", "No document derives from itself"},
    {"EDTF", "A date is EDTF as this format reads it"},
    {"ENUM_RANGE", "A code is one of those that are defined"},
    {"EVIDENCE_PART", "Evidence is filler, predicate or context"},
    {"EVIDENCE_TOO_LONG", "The evidence of a document can be compared with its text"},
    {"EXTERNAL_ID", "An external id is a source, a colon and an id"},
    {"FILLER_MISMATCH", "The words of a time, place or quantity stand where a filler says"},
    {"FURNITURE_ORDER", "Furniture spans ascend and do not overlap"},
    {"HEAD_OUTSIDE", "The head of a mention lies inside it"},
    {"JUDGEMENT_SELF", "No referent is judged against itself"},
    {"MULTIPLE_CANONICAL", "A referent has only one canonical mention"},
    {"NAME_EMPTY", "A name is not empty"},
    {"NAME_MISMATCH", "A canonical mention of kind name reads one of its referent's names"},
    {"NAME_REPEATED", "The names of a referent are distinct"},
    {"NAME_SPACE", "White space in a name is single spaces, none at its ends"},
    {"NO_EVIDENCE", "An assertion of a document that has text has evidence"},
    {"OBJECT_KIND", "An object is of a known kind"},
    {"PARAGRAPH_ORDER", "Paragraph offsets ascend and lie inside the text"},
    {"PREDICATE_UNKNOWN", "A predicate is in the vocabulary"},
    {"REFERENT_KIND", "A referent is an entity or an event and its place in a record fits that"},
    {"REFERENT_OUT_OF_RANGE", "A referent that is named exists"},
    {"ROLE_UNKNOWN", "A role belongs to the type of its event"},
    {"ROW_ORDER", "The numbers of rows begin at 1 and ascend"},
    {"RUN_KIND", "A run is of a known kind"},
    {"RUN_OUT_OF_RANGE", "A run that is named exists"},
    {"SCORE", "A score is 0 to 1000 or absent"},
    {"SENTENCE_ORDER", "Sentence offsets ascend and lie inside the text"},
    {"SPAN_EMPTY", "A span is not empty"},
    {"SPAN_MISSING", "A mention and a piece of evidence have at least one span"},
    {"SPAN_ORDER", "The spans of a mention or of evidence ascend and do not overlap"},
    {"SPAN_OUT_OF_RANGE", "A span lies inside the text"},
    {"SPAN_SPLITS_CHARACTER",
     "A span begins and ends between characters, a sentence and a paragraph begins there"},
    {"TERM_KIND", "A term is an entity type, an event type or a predicate"},
    {"TERM_NAME", "A term's name is lower-case words joined by dots"},
    {"TEXT_NOT_UTF8", "A text is UTF-8 without NUL"},
    {"TEXT_SIZE", "The size given for a text is its size"},
    {"TEXT_TOO_LONG", "A text is within the limit of its field"},
    {"TYPE_UNKNOWN", "The type of a referent, and the object of type, is in the vocabulary"},
    {"VERDICT", "A verdict is same, not same or unsure"},
};

const stm_rule *stm_validate_rules(size_t *count)
{
    *count = sizeof rules / sizeof rules[0];
    return rules;
}

stemma_status stm_broken(stemma_error *error, const char *code, const char *where,
                         const char *format, ...)
{
    char message[200];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    return stm_fail(error, STEMMA_E_INVALID, code, where, "%s", message);
}

stemma_status stm_validate_text(stemma_text text, size_t limit, const char *field,
                                const char *where, stemma_error *error)
{
    if (text.size > limit) {
        return stm_fail(error, STEMMA_E_LIMIT, "TEXT_TOO_LONG", where,
                        "the %s has %zu bytes, more than %zu", field, text.size, limit);
    }
    size_t fault = stm_utf8_fault(text);
    if (fault != text.size) {
        stemma_status status =
            stm_broken(error, "TEXT_NOT_UTF8", where,
                       "the %s is not UTF-8, or has a NUL, at byte %zu", field, fault);
        if (error != NULL) {
            error->offset = fault;
        }
        return status;
    }
    return STEMMA_OK;
}

stemma_status stm_validate_edtf(stemma_text text, const char *field, const char *where,
                                stemma_error *error)
{
    stemma_time_bounds bounds;
    stemma_status status = stm_validate_text(text, STEMMA_LIMIT_FIELD, field, where, error);
    if (status == STEMMA_OK && text.size > 0 && stemma_edtf_bounds(text, &bounds) != STEMMA_OK) {
        return stm_broken(error, "EDTF", where, "the %s \"%.*s\" is not a date in EDTF", field,
                          (int)(text.size < 60 ? text.size : 60), text.data);
    }
    return status;
}

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

int stm_is_decimal(stemma_text text)
{
    size_t at = text.size > 0 && text.data[0] == '-';
    size_t whole = at;
    while (at < text.size && is_digit(text.data[at])) {
        at++;
    }
    if (at == whole) {
        return 0;
    }
    if (at < text.size && text.data[at] == '.') {
        size_t fraction = ++at;
        while (at < text.size && is_digit(text.data[at])) {
            at++;
        }
        if (at == fraction) {
            return 0;
        }
    }
    return at == text.size && text.size <= 64;
}

/* ---- Authors of judgements ------------------------------------------------------------------- */

static stemma_status validate_author(uint32_t run, uint32_t runs, stemma_text author,
                                     uint16_t score, stemma_text retracted, const char *where,
                                     stemma_error *error)
{
    if ((run == STEMMA_NONE) != (author.size > 0)) {
        return stm_broken(error, "AUTHOR", where, "there must be either a run or an author");
    }
    if (run != STEMMA_NONE && run >= runs) {
        return stm_broken(error, "RUN_OUT_OF_RANGE", where, "there is no run %u", run);
    }
    if (score > 1000 && score != STEMMA_NO_CONFIDENCE) {
        return stm_broken(error, "SCORE", where, "the score %u is above 1000", score);
    }
    stemma_status status = stm_validate_text(author, STEMMA_LIMIT_FIELD, "author", where, error);
    return status == STEMMA_OK ? stm_validate_edtf(retracted, "day of retraction", where, error)
                               : status;
}

stemma_status stm_validate_judgement(const stemma_judgement *judgement, uint32_t runs,
                                     stemma_error *error)
{
    const char *where = "judgement";
    if (judgement->verdict < STEMMA_VERDICT_SAME || judgement->verdict > STEMMA_VERDICT_UNSURE) {
        return stm_broken(error, "VERDICT", where, "the verdict %u is not defined",
                          judgement->verdict);
    }
    if (judgement->left.document == judgement->right.document &&
        judgement->left.referent == judgement->right.referent) {
        return stm_broken(error, "JUDGEMENT_SELF", where, "both sides are the same referent");
    }
    stemma_status status = validate_author(judgement->run, runs, judgement->author,
                                           judgement->score, judgement->retracted, where, error);
    if (status == STEMMA_OK) {
        status = stm_validate_edtf(judgement->created, "day of creation", where, error);
    }
    return status == STEMMA_OK
               ? stm_validate_text(judgement->reason, STEMMA_LIMIT_FIELD, "reason", where, error)
               : status;
}

stemma_status stm_validate_derivation(const stemma_derivation *derivation, uint32_t runs,
                                      stemma_error *error)
{
    const char *where = "derivation";
    if (derivation->kind < STEMMA_DERIVATION_COPY ||
        derivation->kind > STEMMA_DERIVATION_SAME_AGENCY) {
        return stm_broken(error, "DERIVATION_KIND", where, "the kind %u is not defined",
                          derivation->kind);
    }
    if (derivation->from == derivation->to) {
        return stm_broken(error, "DERIVATION_SELF", where, "both sides are the same document");
    }
    stemma_status status =
        validate_author(derivation->run, runs, derivation->author, derivation->score,
                        derivation->retracted, where, error);
    if (status != STEMMA_OK) {
        return status;
    }
    for (uint32_t i = 0; i < derivation->range_count; i++) {
        const stemma_shared_range *range = &derivation->ranges[i];
        if (range->from.start >= range->from.end || range->to.start >= range->to.end) {
            return stm_broken(error, "SPAN_EMPTY", where, "shared range %u is empty", i);
        }
    }
    return STEMMA_OK;
}

/* ---- Runs and terms -------------------------------------------------------------------------- */

stemma_status stm_validate_run(const stemma_run *run, stemma_error *error)
{
    const char *where = "run";
    if (run->kind > STEMMA_RUN_IMPORT) {
        return stm_broken(error, "RUN_KIND", where, "the kind %u is not defined", run->kind);
    }
    stemma_status status = stm_validate_text(run->name, STEMMA_LIMIT_FIELD, "name", where, error);
    if (status == STEMMA_OK) {
        status = stm_validate_text(run->version, STEMMA_LIMIT_FIELD, "version", where, error);
    }
    return status == STEMMA_OK
               ? stm_validate_text(run->settings, STEMMA_LIMIT_FIELD, "settings", where, error)
               : status;
}

stemma_status stm_validate_term(const stemma_term *term, stemma_error *error)
{
    const char *where = "term";
    if (term->kind > STEMMA_TERM_PREDICATE) {
        return stm_broken(error, "TERM_KIND", where, "the kind %u is not defined", term->kind);
    }
    stemma_status status = stm_validate_text(term->name, STEMMA_LIMIT_NAME, "name", where, error);
    if (status == STEMMA_OK && !stm_term_name_valid(term->name)) {
        return stm_broken(error, "TERM_NAME", where,
                          "the name must be lower-case letters, digits and underscores, parts "
                          "joined by dots");
    }
    if (status == STEMMA_OK) {
        status = stm_validate_text(term->label, STEMMA_LIMIT_FIELD, "label", where, error);
    }
    if (status == STEMMA_OK) {
        status = stm_validate_text(term->roles, STEMMA_LIMIT_FIELD, "roles", where, error);
    }
    return status == STEMMA_OK
               ? stm_validate_text(term->crosswalk, STEMMA_LIMIT_FIELD, "crosswalk", where, error)
               : status;
}
