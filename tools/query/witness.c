/* SPDX-License-Identifier: MIT */
#include "query/witness.h"

#include "common/enum_names.h"
#include "query/claim_words.h"
#include "query/derivation.h"
#include "query/entity_view.h"
#include "query/label.h"
#include "query/quote.h"
#include "query/row_view.h"
#include "query/value_words.h"

struct witness {
    const struct stm_claim_view *view;
    const struct stm_source *source;
    const stemma_assertion *assertion;
    stemma_trace trace;
    uint32_t speaker; /* entity, or STEMMA_NONE */
    uint32_t via;
    stemma_run run;
    struct stm_quote quote;
    struct stm_row_view row;
};

static stemma_status load(struct stm_query *query, const struct stm_claim_view *view,
                          uint32_t index, struct witness *out)
{
    stemma_witness which = view->claim.witnesses[index];
    stemma_status status = stm_query_assertion(query, which, &out->source, &out->assertion);
    if (status != STEMMA_OK) {
        return status;
    }
    out->view = view;
    out->row.document = STEMMA_NONE;
    if (out->source->document.row_count != 0) {
        status = stm_row_view_load(query, which.document, out->assertion, &out->row);
    }
    if (status == STEMMA_OK) {
        status = stemma_trace_get(query->item, &view->claim, index, out->assertion, &out->trace,
                                  &query->error);
        out->speaker = out->trace.speaker;
        out->via = out->trace.via;
    }
    if (status == STEMMA_OK) {
        status = stemma_run_get(query->item, out->assertion->run, &out->run, &query->error);
    }
    stm_quote_find(out->source, out->assertion, &out->quote);
    return status;
}

/* ---- JSON -------------------------------------------------------------------------------------- */

static stemma_status claim_member(struct stm_query *query, const stemma_claim *claim)
{
    stm_json *json = &query->output.json;
    char id[STEMMA_ID_SIZE];
    stemma_status status = stm_query_id(query, STEMMA_REFERENCE_CLAIM, claim->number, id);
    stm_json_key(json, "claim");
    stm_json_object_begin(json);
    stm_json_member_string(json, "id", status == STEMMA_OK ? id : "");
    stm_json_key(json, "subject");
    if (status == STEMMA_OK) {
        status = stm_reference_json(query, claim->subject_kind, claim->subject);
    }
    stm_json_member_text(json, "predicate", claim->predicate);
    stm_json_key(json, "object");
    if (status == STEMMA_OK) {
        status = stm_object_json(query, claim);
    }
    stm_json_member_unsigned(json, "documents", claim->documents);
    stm_json_member_unsigned(json, "independent", claim->independent);
    stm_json_member_unsigned(json, "speakers", claim->speakers);
    stm_json_object_end(json);
    return status;
}

static void document_member(stm_json *json, const struct stm_source *source)
{
    stm_json_key(json, "document");
    stm_json_object_begin(json);
    stm_json_member_string(json, "id", source->id);
    stm_member_text_or_null(json, "uri", source->document.uri);
    stm_member_text_or_null(json, "publisher", source->document.publisher);
    stm_member_text_or_null(json, "published", source->document.published.edtf);
    stm_member_text_or_null(json, "title", source->document.title);
    stm_json_object_end(json);
}

/* "copied": the witness that its document derives from. */
static stemma_status copied_member(struct stm_query *query, const stemma_derivation *copied)
{
    stm_json *json = &query->output.json;
    char id[STEMMA_ID_SIZE];
    stemma_status status;
    stm_json_key(json, "copied");
    if (copied->to == STEMMA_NONE) {
        stm_json_null(json);
        return STEMMA_OK;
    }
    status = stm_query_id(query, STEMMA_REFERENCE_DOCUMENT, copied->to, id);
    stm_json_object_begin(json);
    stm_json_member_string(json, "id", id);
    stm_json_member_string(json, "kind", stm_enum_name(STM_ENUM_DERIVATION_KIND, copied->kind));
    stm_entity_share(json, "score", copied->score);
    stm_json_object_end(json);
    return status;
}

static stemma_status show_json(struct stm_query *query, const struct witness *witness,
                               struct stm_why *why)
{
    stm_json *json = &query->output.json;
    const stemma_assertion *assertion = witness->assertion;
    stemma_status status;
    stm_output_item_begin(&query->output);
    status = claim_member(query, &witness->view->claim);
    stm_member_enum(json, "polarity", STM_ENUM_POLARITY, assertion->polarity);
    stm_member_enum(json, "certainty", STM_ENUM_CERTAINTY, assertion->certainty);
    stm_member_enum(json, "tense", STM_ENUM_TENSE, assertion->tense);
    stm_member_enum(json, "realis", STM_ENUM_REALIS, assertion->realis);
    stm_member_enum(json, "stance", STM_ENUM_STANCE, assertion->stance);
    stm_json_member_string(json, "attribution",
                           stm_enum_name(STM_ENUM_ATTRIBUTION, assertion->attribution));
    stm_json_key(json, "speaker");
    if (status == STEMMA_OK) {
        status = stm_reference_json(query, STEMMA_REFERENT_ENTITY, witness->speaker);
    }
    stm_json_key(json, "via");
    if (status == STEMMA_OK) {
        status = stm_reference_json(query, STEMMA_REFERENT_ENTITY, witness->via);
    }
    document_member(json, witness->source);
    stm_quote_members(json, &witness->quote);
    if (status == STEMMA_OK) {
        status = stm_row_view_json(query, &witness->row);
    }
    stm_entity_share(json, "confidence", assertion->confidence);
    stm_member_text_or_null(json, "run", witness->run.name);
    stm_member_text_or_null(json, "run_version", witness->run.version);
    if (why != NULL && status == STEMMA_OK) {
        status = copied_member(query, &witness->trace.copied);
    }
    if (why != NULL && status == STEMMA_OK) {
        status = stm_why_json(why, &witness->trace);
    }
    stm_output_item_end(&query->output);
    return status;
}

/* ---- Rows -------------------------------------------------------------------------------------- */

void stm_witness_row_header(struct stm_output *output)
{
    static const char *const names[] = {
        "claim",    "subject_id", "subject",   "predicate", "object", "polarity",
        "certainty", "speaker",   "document",  "uri",       "publisher", "published",
        "quote",    "before",     "after",     "start",     "end",    "run",
        "row"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        stm_output_field_string(output, names[i]);
    }
    stm_output_row_end(output);
}

static stemma_status subject_words(struct stm_query *query, const stemma_claim *claim,
                                   struct stm_buffer *out)
{
    return claim->subject_kind == STEMMA_REFERENT_ENTITY
               ? stm_entity_words(query, claim->subject, out)
               : stm_event_words(query, claim->subject, out);
}

static stemma_status claim_fields(struct stm_query *query, const stemma_claim *claim)
{
    struct stm_output *output = &query->output;
    struct stm_buffer words = {0};
    char id[STEMMA_ID_SIZE];
    stemma_status status = stm_query_id(query, STEMMA_REFERENCE_CLAIM, claim->number, id);
    stm_output_field_string(output, status == STEMMA_OK ? id : "");
    if (status == STEMMA_OK) {
        status = stm_query_id(query, claim->subject_kind == STEMMA_REFERENT_ENTITY
                                         ? STEMMA_REFERENCE_ENTITY
                                         : STEMMA_REFERENCE_EVENT,
                              claim->subject, id);
    }
    stm_output_field_string(output, status == STEMMA_OK ? id : "");
    if (status == STEMMA_OK) {
        status = subject_words(query, claim, &words);
    }
    stm_output_field(output, stm_buffer_text(&words));
    stm_output_field(output, claim->predicate);
    stm_buffer_clear(&words);
    if (status == STEMMA_OK) {
        status = stm_object_words(query, claim, &words);
    }
    stm_output_field(output, stm_buffer_text(&words));
    status = words.failed ? STEMMA_E_NO_MEMORY : status;
    stm_buffer_free(&words);
    return status;
}

static void enum_field(struct stm_output *output, enum stm_enum which, uint8_t value)
{
    stm_output_field_string(output, value != 0 ? stm_enum_name(which, value) : "");
}

static stemma_status show_row(struct stm_query *query, const struct witness *witness)
{
    struct stm_output *output = &query->output;
    const stemma_document *document = &witness->source->document;
    struct stm_buffer speaker = {0};
    stemma_status status = claim_fields(query, &witness->view->claim);
    if (status == STEMMA_OK && witness->speaker != STEMMA_NONE) {
        status = stm_entity_words(query, witness->speaker, &speaker);
    }
    enum_field(output, STM_ENUM_POLARITY, witness->assertion->polarity);
    enum_field(output, STM_ENUM_CERTAINTY, witness->assertion->certainty);
    stm_output_field(output, stm_buffer_text(&speaker));
    stm_output_field_string(output, witness->source->id);
    stm_output_field(output, document->uri);
    stm_output_field(output, document->publisher);
    stm_output_field(output, document->published.edtf);
    stm_output_field(output, witness->quote.quote);
    stm_output_field(output, witness->quote.before);
    stm_output_field(output, witness->quote.after);
    if (witness->quote.present) {
        stm_output_field_number(output, witness->quote.start);
        stm_output_field_number(output, witness->quote.end);
    } else {
        stm_output_field_string(output, "");
        stm_output_field_string(output, "");
    }
    stm_output_field(output, witness->run.name);
    if (witness->row.document != STEMMA_NONE) {
        stm_output_field_number(output, witness->row.row.number);
    } else {
        stm_output_field_string(output, "");
    }
    stm_output_row_end(output);
    stm_buffer_free(&speaker);
    return status;
}

/* ---- Text -------------------------------------------------------------------------------------- */

/* "Ada Vex  patient: 12 prisoners" in a line of text with counts and id. */
static stemma_status show_title(struct stm_query *query, const struct stm_claim_view *view)
{
    const struct stm_terminal *terminal = &query->output.terminal;
    const stemma_claim *claim = &view->claim;
    struct stm_buffer words = {0};
    struct stm_buffer line = {0};
    char id[STEMMA_ID_SIZE];
    stemma_status status = stm_query_id(query, STEMMA_REFERENCE_CLAIM, claim->number, id);
    if (status == STEMMA_OK) {
        status = stm_object_words(query, claim, &words);
    }
    stm_buffer_add_safe(&line, claim->predicate);
    stm_buffer_add_string(&line, ": ");
    stm_buffer_add_string(&line, stm_style_on(terminal, STM_STYLE_BOLD));
    stm_buffer_add_string(&line, claim->polarity == STEMMA_POLARITY_NEGATIVE ? "not " : "");
    stm_buffer_add_safe(&line, stm_buffer_text(&words));
    stm_buffer_add_string(&line, stm_style_off(terminal, STM_STYLE_BOLD));
    stm_buffer_addf(&line, "  (%u document%s, %u independent", claim->documents,
                    claim->documents == 1 ? "" : "s", claim->independent);
    if (claim->speakers != 0) {
        stm_buffer_addf(&line, ", %u speaker%s", claim->speakers, claim->speakers == 1 ? "" : "s");
    }
    stm_buffer_add_string(&line, ")  ");
    stm_buffer_add_string(&line, stm_style_on(terminal, STM_STYLE_DIM));
    stm_buffer_add_string(&line, status == STEMMA_OK ? id : "");
    stm_buffer_add_string(&line, stm_style_off(terminal, STM_STYLE_DIM));
    fprintf(terminal->file, "%.*s\n", (int)line.size, line.data != NULL ? line.data : "");
    status = words.failed || line.failed ? STEMMA_E_NO_MEMORY : status;
    stm_buffer_free(&words);
    stm_buffer_free(&line);
    return status;
}

static void add_remark(struct stm_buffer *line, const char *remark)
{
    stm_buffer_add_string(line, line->size != 0 ? "; " : "");
    stm_buffer_add_string(line, remark);
}

/* How it is said, where that is not plainly: "according to X; probable; not said to have happened". */
static stemma_status remarks(struct stm_query *query, const struct witness *witness,
                             struct stm_buffer *line)
{
    const stemma_assertion *assertion = witness->assertion;
    stemma_status status = STEMMA_OK;
    if (witness->speaker != STEMMA_NONE) {
        struct stm_buffer name = {0};
        status = stm_entity_words(query, witness->speaker, &name);
        stm_buffer_add_string(line, assertion->stance == STEMMA_STANCE_DENIES ? "denied by "
                                                                              : "according to ");
        stm_buffer_add_safe(line, stm_buffer_text(&name));
        if (status == STEMMA_OK && witness->via != STEMMA_NONE) {
            stm_buffer_clear(&name);
            status = stm_entity_words(query, witness->via, &name);
            stm_buffer_add_string(line, ", through ");
            stm_buffer_add_safe(line, stm_buffer_text(&name));
        }
        stm_buffer_free(&name);
    } else if (assertion->attribution == STEMMA_ATTRIBUTION_UNSTATED) {
        add_remark(line, "somebody unnamed is said to say so");
    }
    if (assertion->polarity == STEMMA_POLARITY_NEGATIVE) {
        add_remark(line, "negative");
    }
    if (assertion->certainty > STEMMA_CERTAINTY_CERTAIN) {
        add_remark(line, stm_enum_name(STM_ENUM_CERTAINTY, assertion->certainty));
    }
    if (assertion->realis == STEMMA_REALIS_OTHER) {
        add_remark(line, "not said to have happened");
    } else if (assertion->realis == STEMMA_REALIS_GENERIC) {
        add_remark(line, "in general");
    }
    return status;
}

/* The row, unless it is the one that was shown last: the claims of an event have one in common. */
static stemma_status show_row_text(struct stm_query *query, const struct witness *witness)
{
    stemma_referent_id shown = query->shown_row;
    query->shown_row = (stemma_referent_id){witness->row.document, witness->assertion->subject};
    if (shown.document == query->shown_row.document && shown.referent == query->shown_row.referent) {
        return STEMMA_OK;
    }
    return stm_row_view_text(query, &witness->row);
}

/* "[copy of (98 %) Bulletin, 2031-05-02]" */
static stemma_status show_copied(struct stm_query *query, const stemma_derivation *copied)
{
    struct stm_buffer words = {0};
    struct stm_buffer line = {0};
    stemma_document document;
    stemma_status status;
    if (copied->to == STEMMA_NONE) {
        return STEMMA_OK;
    }
    status = stemma_document_get(query->item, copied->to, &document, &query->error);
    if (status == STEMMA_OK) {
        stm_derivation_one(copied, &words);
        stm_buffer_add_string(&words, " ");
        stm_document_words(&document, &words);
        stm_buffer_add_safe(&line, stm_buffer_text(&words));
        fprintf(query->output.file, "    [%.*s]\n", (int)line.size,
                line.data != NULL ? line.data : "");
    }
    status = words.failed || line.failed ? STEMMA_E_NO_MEMORY : status;
    stm_buffer_free(&words);
    stm_buffer_free(&line);
    return status;
}

static stemma_status show_text(struct stm_query *query, const struct witness *witness,
                               struct stm_why *why)
{
    const struct stm_terminal *terminal = &query->output.terminal;
    struct stm_buffer words = {0};
    struct stm_buffer line = {0};
    stemma_status status;
    stm_document_words(&witness->source->document, &words);
    stm_buffer_add_safe(&line, stm_buffer_text(&words));
    if (witness->row.document != STEMMA_NONE) {
        stm_buffer_addf(&line, " #row=%u", witness->row.row.number);
    }
    stm_buffer_add_string(&line, "  ");
    stm_buffer_add_string(&line, stm_style_on(terminal, STM_STYLE_DIM));
    stm_buffer_add_string(&line, witness->source->id);
    stm_buffer_add_string(&line, stm_style_off(terminal, STM_STYLE_DIM));
    fprintf(terminal->file, "  %.*s\n", (int)line.size, line.data != NULL ? line.data : "");
    stm_buffer_clear(&line);
    if (witness->row.document != STEMMA_NONE) {
        status = show_row_text(query, witness);
    } else {
        if (witness->quote.present) {
            stm_quote_words(terminal, &witness->quote, &line);
        } else {
            stm_buffer_add_string(&line, witness->source->document.text_withheld
                                             ? "(the text is not in the file)"
                                             : "(no words are quoted)");
        }
        fprintf(terminal->file, "    %.*s\n", (int)line.size, line.data != NULL ? line.data : "");
        stm_buffer_clear(&line);
        status = STEMMA_OK;
    }
    if (status == STEMMA_OK) {
        status = remarks(query, witness, &line);
    }
    if (line.size != 0) {
        fprintf(terminal->file, "    [%.*s]\n", (int)line.size, line.data);
    }
    if (why != NULL && status == STEMMA_OK) {
        status = show_copied(query, &witness->trace.copied);
    }
    if (why != NULL && status == STEMMA_OK) {
        status = stm_why_text(why, &witness->trace);
    }
    status = words.failed || line.failed ? STEMMA_E_NO_MEMORY : status;
    stm_buffer_free(&words);
    stm_buffer_free(&line);
    return status;
}

stemma_status stm_witnesses_show(struct stm_query *query, const struct stm_claim_view *view,
                                 bool title, struct stm_why *why, uint64_t *shown)
{
    stemma_status status = STEMMA_OK;
    bool text = query->output.format == STM_FORMAT_TEXT;
    for (uint32_t i = 0; i < view->claim.witness_count && status == STEMMA_OK; i++) {
        struct witness witness;
        if (stm_query_done(query)) {
            break;
        }
        if (!stm_query_take(query)) {
            continue;
        }
        if (text && title) {
            status = show_title(query, view);
            title = false;
        }
        if (status == STEMMA_OK) {
            status = load(query, view, i, &witness);
        }
        if (status == STEMMA_OK) {
            (*shown)++;
            status = text ? show_text(query, &witness, why)
                     : stm_output_is_json(&query->output) ? show_json(query, &witness, why)
                                                          : show_row(query, &witness);
        }
    }
    return status;
}
