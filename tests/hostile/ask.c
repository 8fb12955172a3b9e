/* SPDX-License-Identifier: MIT */
/* The getters, and the list of all questions. */
#include "hostile/ask_state.h"

#include <stdio.h>
#include <string.h>

#include "utf8.h"

/* ---- What comes back ------------------------------------------------------------------------- */

void ask_wrong(asking *self, const char *what)
{
    if (self->out->wrong++ == 0) {
        snprintf(self->out->what, sizeof self->out->what, "%s", what);
    }
}

int ask_met(asking *self, stemma_status status)
{
    char what[160];
    switch (status) {
    case STEMMA_OK:
        self->out->answers++;
        return 1;
    case STEMMA_NOT_FOUND:
    case STEMMA_END:
        return 0;
    case STEMMA_E_DAMAGED:
        self->out->damaged++;
        break;
    case STEMMA_E_NO_MEMORY:
    case STEMMA_E_LIMIT:
        self->out->too_much++;
        break;
    default:
        snprintf(what, sizeof what, "%s %s at %s", stemma_status_name(status), self->error.code,
                 self->error.where);
        ask_wrong(self, what);
        return 0;
    }
    if (self->error.status != status || self->error.code[0] == '\0' ||
        self->error.message[0] == '\0') {
        snprintf(what, sizeof what, "%s without an explanation", stemma_status_name(status));
        ask_wrong(self, what);
    }
    if (self->out->first.status == STEMMA_OK) {
        self->out->first = self->error;
    }
    memset(&self->error, 0, sizeof self->error);
    return 0;
}

void ask_number(asking *self, uint64_t number)
{
    self->out->sum += number;
}

void ask_text(asking *self, stemma_text text)
{
    for (size_t i = 0; i < text.size; i++) {
        self->out->sum += (unsigned char)text.data[i];
    }
    if (!stm_utf8_valid(text)) {
        ask_wrong(self, "a text that is not UTF-8 without NUL");
    }
}

void ask_object(asking *self, const stemma_object *object)
{
    switch (object->kind) {
    case STEMMA_OBJECT_REFERENT:
        ask_number(self, object->as.referent);
        break;
    case STEMMA_OBJECT_TEXT:
        ask_text(self, object->as.text);
        break;
    case STEMMA_OBJECT_TIME:
        ask_text(self, object->as.time.raw);
        ask_text(self, object->as.time.edtf);
        break;
    case STEMMA_OBJECT_PLACE:
        ask_text(self, object->as.place.raw);
        ask_text(self, object->as.place.gazetteer);
        break;
    case STEMMA_OBJECT_QUANTITY:
        ask_text(self, object->as.quantity.raw);
        ask_text(self, object->as.quantity.amount);
        ask_text(self, object->as.quantity.lower);
        ask_text(self, object->as.quantity.upper);
        ask_text(self, object->as.quantity.unit);
        ask_text(self, object->as.quantity.counted);
        break;
    default:
        break;
    }
}

void ask_claim(asking *self, const stemma_claim *claim)
{
    ask_text(self, claim->predicate);
    ask_object(self, &claim->object);
    for (uint32_t i = 0; i < claim->witness_count; i++) {
        ask_number(self, claim->witnesses[i].document + (uint64_t)claim->witnesses[i].assertion);
    }
}

uint32_t ask_limit(uint64_t count)
{
    return count < ASK_MOST ? (uint32_t)count : ASK_MOST;
}

static void ask_spans(asking *self, const stemma_span *spans, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (spans[i].end < spans[i].start) {
            ask_wrong(self, "a span that ends before it begins");
        }
        ask_number(self, spans[i].end - spans[i].start);
    }
}

/* ---- Getters --------------------------------------------------------------------------------- */

static void ask_terms(asking *self)
{
    stemma_term term;
    for (uint32_t i = 0; i <= self->counts.vocabulary && i < 400; i++) {
        if (ask_met(self, stemma_term_get(self->snapshot, i, &term, &self->error))) {
            ask_text(self, term.name);
            ask_text(self, term.label);
            ask_text(self, term.roles);
        }
    }
}

static void ask_runs(asking *self)
{
    stemma_run run;
    for (uint32_t i = 0; i <= ask_limit(self->counts.runs); i++) {
        if (ask_met(self, stemma_run_get(self->snapshot, i, &run, &self->error))) {
            ask_text(self, run.name);
            ask_text(self, run.version);
            ask_text(self, run.settings);
        }
    }
}

static void ask_documents(asking *self)
{
    stemma_document document;
    uint32_t until;
    for (uint32_t i = 0; i <= ask_limit(self->counts.documents); i++) {
        if (ask_met(self, stemma_document_get(self->snapshot, i, &document, &self->error))) {
            ask_text(self, document.uri);
            ask_text(self, document.title);
            ask_text(self, document.published.raw);
            ask_text(self, document.published.edtf);
            ask_text(self, document.language);
            ask_spans(self, document.furniture, document.furniture_count);
            for (uint32_t k = 0; k < document.sentence_count; k++) {
                ask_number(self, document.sentences[k]);
            }
            for (uint32_t k = 0; k < document.paragraph_count; k++) {
                ask_number(self, document.paragraphs[k]);
            }
        }
    }
    if (ask_met(self, stemma_documents_until(self->snapshot, 1935619200, &until, &self->error)) &&
        until > self->counts.documents) {
        ask_wrong(self, "more documents than there are");
    }
}

static void ask_referent(asking *self, const stemma_referent *referent)
{
    ask_text(self, referent->type);
    for (uint32_t n = 0; n < referent->name_count; n++) {
        ask_text(self, referent->names[n].text);
        ask_text(self, referent->names[n].language);
    }
    for (uint32_t n = 0; n < referent->external_id_count; n++) {
        ask_text(self, referent->external_ids[n]);
    }
}

static void ask_assertion(asking *self, const stemma_assertion *assertion)
{
    ask_text(self, assertion->predicate);
    ask_object(self, &assertion->object);
    for (uint32_t e = 0; e < assertion->evidence_count; e++) {
        ask_spans(self, assertion->evidence[e].spans, assertion->evidence[e].span_count);
    }
}

static void ask_testimony(asking *self)
{
    stemma_document document;
    for (uint32_t i = 0; i <= ask_limit(self->counts.documents); i++) {
        if (!ask_met(self, stemma_testimony_get(self->snapshot, i, &document, &self->error))) {
            continue;
        }
        for (uint32_t k = 0; k < document.referent_count; k++) {
            ask_referent(self, &document.referents[k]);
        }
        for (uint32_t k = 0; k < document.mention_count; k++) {
            ask_spans(self, document.mentions[k].spans, document.mentions[k].span_count);
            ask_number(self, document.mentions[k].head.end);
        }
        for (uint32_t k = 0; k < document.assertion_count; k++) {
            ask_assertion(self, &document.assertions[k]);
        }
    }
}

static void ask_witnesses(asking *self)
{
    for (uint32_t i = 0; i < ask_limit(self->counts.documents); i++) {
        for (uint32_t k = 0; k < 24; k++) {
            stemma_witness witness = {i, k};
            stemma_assertion assertion;
            uint32_t claim = 0;
            if (ask_met(self, stemma_witness_assertion(self->snapshot, witness, &assertion,
                                                       &self->error))) {
                ask_assertion(self, &assertion);
            }
            if (k % 4 == 0 &&
                ask_met(self, stemma_claim_of(self->snapshot, witness, &claim, &self->error)) &&
                claim >= self->counts.claims) {
                ask_wrong(self, "a claim that is not there");
            }
        }
        stemma_snapshot_reset(self->snapshot);
    }
}

static void ask_texts(asking *self)
{
    const stemma_span spans[] = {{0, UINT32_MAX}, {0, 0}, {5, 6}, {4090, 4100}, {100, 200}};
    stemma_text text;
    for (uint32_t i = 0; i <= ask_limit(self->counts.documents); i++) {
        for (size_t k = 0; k < sizeof spans / sizeof spans[0]; k++) {
            stemma_status status = stemma_text_get(self->snapshot, i, spans[k], &text, &self->error);
            /* A span that leaves the text, or splits a character, is the caller's fault. */
            if ((status != STEMMA_E_MISUSE || k == 0) && ask_met(self, status) && k == 0) {
                ask_text(self, text);
            }
        }
    }
}

static void ask_judgements(asking *self)
{
    stemma_judgement judgement;
    for (uint32_t i = 0; i <= self->counts.judgements && i < 200; i++) {
        if (ask_met(self, stemma_judgement_get(self->snapshot, i, &judgement, &self->error))) {
            ask_text(self, judgement.author);
            ask_text(self, judgement.created);
            ask_text(self, judgement.retracted);
            ask_text(self, judgement.reason);
        }
    }
}

static void ask_derivations(asking *self)
{
    const stemma_derivation *list;
    uint32_t count = 0, group;
    for (uint32_t i = 0; i <= ask_limit(self->counts.documents); i++) {
        if (ask_met(self, stemma_derivations_of(self->snapshot, i, &list, &count, &self->error))) {
            for (uint32_t k = 0; k < count; k++) {
                ask_text(self, list[k].author);
                for (uint32_t r = 0; r < list[k].range_count; r++) {
                    ask_number(self, list[k].ranges[r].from.end - list[k].ranges[r].from.start);
                }
            }
        }
        if (ask_met(self, stemma_independence_group(self->snapshot, i, &group, &self->error)) &&
            group > i) {
            ask_wrong(self, "a group above its document");
        }
    }
}

static void ask_members(asking *self)
{
    stemma_reference reference;
    const stemma_referent_id *members;
    uint32_t count = 0;
    for (uint32_t i = 0; i < ask_limit(self->counts.documents); i++) {
        for (uint32_t k = 0; k < 24; k++) {
            stemma_referent_id id = {i, k};
            (void)ask_met(self, stemma_member_of(self->snapshot, id, &reference, &self->error));
        }
    }
    for (uint32_t i = 0; i < 2 * ASK_MOST; i++) {
        stemma_reference of = {i % 2 ? STEMMA_REFERENCE_EVENT : STEMMA_REFERENCE_ENTITY, i / 2};
        if (ask_met(self, stemma_members(self->snapshot, of, &members, &count, &self->error))) {
            for (uint32_t k = 0; k < count; k++) {
                ask_number(self, members[k].document + (uint64_t)members[k].referent);
            }
        }
        stemma_snapshot_reset(self->snapshot);
    }
}

static void ask_ids(asking *self)
{
    static const char kinds[] = {STEMMA_REFERENCE_DOCUMENT, STEMMA_REFERENCE_ENTITY,
                                 STEMMA_REFERENCE_EVENT, STEMMA_REFERENCE_CLAIM};
    for (uint32_t i = 0; i < 4 * ASK_MOST; i++) {
        stemma_reference reference = {(uint8_t)kinds[i % 4], i / 4};
        char id[STEMMA_ID_SIZE];
        if (ask_met(self, stemma_id_text(self->snapshot, reference, id, &self->error))) {
            ask_text(self, stemma_text_of(id));
            (void)ask_met(self, stemma_resolve(self->snapshot, stemma_text_of(id), &reference,
                                               &self->error));
        }
        stemma_snapshot_reset(self->snapshot);
    }
}

static void ask_entities(asking *self)
{
    stemma_entity entity;
    stemma_text label;
    for (uint32_t i = 0; i <= ask_limit(self->counts.entities); i++) {
        if (ask_met(self, stemma_entity_get(self->snapshot, i, &entity, &self->error))) {
            ask_text(self, entity.type);
            ask_text(self, entity.name);
            for (uint32_t k = 0; k < entity.name_count; k++) {
                ask_text(self, entity.names[k].text);
            }
        }
        if (ask_met(self, stemma_entity_label(self->snapshot, i, &label, &self->error))) {
            ask_text(self, label);
        }
    }
}

static void ask_event_rows(asking *self)
{
    stemma_event event;
    for (uint32_t i = 0; i <= self->counts.events && i < 200; i++) {
        if (ask_met(self, stemma_event_get(self->snapshot, i, &event, &self->error))) {
            ask_text(self, event.type);
            for (uint32_t k = 0; k < event.participant_count; k++) {
                ask_text(self, event.participants[k].role);
                if (event.participants[k].entity >= self->counts.entities) {
                    ask_wrong(self, "a participant that is not there");
                }
            }
        }
        stemma_snapshot_reset(self->snapshot);
    }
}

static void ask_claims(asking *self)
{
    stemma_claim claim;
    for (uint32_t i = 0; i <= self->counts.claims && i < 300; i++) {
        if (ask_met(self, stemma_claim_get(self->snapshot, i, &claim, &self->error))) {
            ask_claim(self, &claim);
        }
        stemma_snapshot_reset(self->snapshot);
    }
}

/* ---- All of them ----------------------------------------------------------------------------- */

static const struct question {
    const char *name;
    void (*ask)(asking *self);
} questions[] = {
    {"terms", ask_terms},         {"runs", ask_runs},           {"documents", ask_documents},
    {"testimony", ask_testimony}, {"witnesses", ask_witnesses}, {"texts", ask_texts},
    {"rows", ask_rows},           {"judgements", ask_judgements}, {"derivations", ask_derivations},
    {"members", ask_members},     {"ids", ask_ids},             {"entities", ask_entities},
    {"event rows", ask_event_rows}, {"claims", ask_claims},     {"events", ask_events},
    {"scan", ask_scan},           {"find", ask_find},           {"search", ask_search},
    {"paths", ask_paths},         {"between", ask_between},     {"timeline", ask_timeline},
    {"conflicts", ask_conflicts}, {"agree", ask_agree},         {"why", ask_why},
    {"doubts", ask_doubts},       {"sources", ask_sources},     {"passages", ask_passages},
    {"alike", ask_alike},         {"difference", ask_difference}, {"places", ask_places},
    {"labels", ask_labels},       {"as of", ask_as_of},
};

uint32_t question_count(void)
{
    return sizeof questions / sizeof questions[0];
}

const char *question_name(uint32_t question)
{
    return questions[question].name;
}

uint32_t question_named(const char *name)
{
    for (uint32_t i = 0; i < question_count(); i++) {
        if (strcmp(questions[i].name, name) == 0) {
            return i;
        }
    }
    return STEMMA_NONE;
}

void ask_of(stemma_snapshot *snapshot, stemma_file *file, uint32_t question, asked *out)
{
    asking self = {.file = file, .snapshot = snapshot, .out = out};
    stemma_counts_get(file, &self.counts);
    questions[question].ask(&self);
    stemma_snapshot_reset(snapshot);
}

void ask(stemma_file *file, uint32_t question, asked *out)
{
    asking self = {.file = file, .out = out};
    stemma_counts_get(file, &self.counts);
    if (ask_met(&self, stemma_snapshot_begin(&self.snapshot, file, &self.error))) {
        questions[question].ask(&self);
        stemma_snapshot_end(self.snapshot);
    }
}
