/* SPDX-License-Identifier: MIT */
/* What a known document says, kept small and for the next answer. */
#include "read/known.h"

#include "base/error.h"
#include "read/row.h"
#include "read/testimony_glance.h"
#include "read/voice.h"

static stemma_status no_memory(stemma_error *error)
{
    return stm_fail(error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "testimony",
                    "The limit of memory is reached");
}

/* ---- One document ---------------------------------------------------------------------------- */

/* Bytes of all that is kept of a document, and of its names alone. */
static uint64_t size_of(const stemma_document *document, uint64_t *names, uint64_t *texts)
{
    *names = 0;
    *texts = 0;
    for (uint32_t i = 0; i < document->referent_count; i++) {
        const stemma_referent *referent = &document->referents[i];
        *names += referent->name_count;
        for (uint32_t n = 0; n < referent->name_count; n++) {
            *texts += referent->names[n].text.size;
        }
    }
    return sizeof(stm_known_document) + *names * sizeof(stm_known_name) +
           ((uint64_t)document->referent_count * 3 + 1) * sizeof(uint32_t) + *texts;
}

/* Lays the arrays out behind each other, the widest first. */
static void lay_out(stm_known_document *out, const stemma_document *document, uint64_t names)
{
    out->referents = document->referent_count;
    out->names = (stm_known_name *)(out + 1);
    out->type = (uint32_t *)(out->names + names);
    out->mentions = out->type + out->referents;
    out->name_first = out->mentions + out->referents;
}

static stemma_status fill(const stemma_snapshot *snapshot, stm_known_document *out,
                          const stemma_document *document, stemma_error *error)
{
    const stm_vocabulary *vocabulary = &snapshot->file->bounds.vocabulary;
    char *texts = (char *)(out->name_first + out->referents + 1);
    uint32_t name = 0;
    for (uint32_t i = 0; i < out->referents; i++) {
        const stemma_referent *referent = &document->referents[i];
        uint8_t kind = referent->kind == STEMMA_REFERENT_EVENT ? STEMMA_TERM_EVENT_TYPE
                                                               : STEMMA_TERM_ENTITY_TYPE;
        if (!stm_vocabulary_find(vocabulary, kind, referent->type, &out->type[i])) {
            return stm_damaged(error, STM_TABLE_TESTIMONY, out->document, "TERM_UNKNOWN");
        }
        out->name_first[i] = name;
        for (uint32_t n = 0; n < referent->name_count; n++, name++) {
            stemma_text text = referent->names[n].text;
            memcpy(texts, text.data, text.size);
            out->names[name].text = (stemma_text){texts, text.size};
            out->names[name].kind = referent->names[n].kind;
            texts += text.size;
        }
    }
    out->name_first[out->referents] = name;
    for (uint32_t i = 0; i < document->mention_count; i++) {
        uint32_t referent = document->mentions[i].referent;
        if (referent < out->referents) {
            out->mentions[referent]++;
        }
    }
    return STEMMA_OK;
}

static stemma_status make(stemma_snapshot *snapshot, stm_known *known, uint32_t document,
                          stm_known_document **out, stemma_error *error)
{
    stemma_document whole;
    uint64_t names = 0;
    uint64_t texts = 0;
    stm_mark mark = stm_snapshot_mark(snapshot);
    stemma_status status = stemma_testimony_get(snapshot, document, &whole, error);
    if (status != STEMMA_OK) {
        return status;
    }
    uint64_t size = size_of(&whole, &names, &texts);
    stm_known_document *made =
        size < SIZE_MAX / 2 ? stm_known_keep(snapshot, known, (size_t)size) : NULL;
    if (made == NULL) {
        status = no_memory(error);
    } else {
        made->document = document;
        made->size = (size_t)size;
        lay_out(made, &whole, names);
        status = fill(snapshot, made, &whole, error);
    }
    stm_snapshot_rewind(snapshot, mark);
    if (status != STEMMA_OK && made != NULL) {
        stm_known_drop(known, made, (size_t)size);
        made = NULL;
    }
    *out = made;
    return status;
}

static stemma_status get(stemma_snapshot *snapshot, uint32_t document, stm_known_document **out,
                         stemma_error *error)
{
    stm_known *known = NULL;
    stm_known_document **slot = NULL;
    stemma_status status = stm_known_get(snapshot, &known, error);
    if (status != STEMMA_OK) {
        return status;
    }
    slot = &known->document[document % STM_KNOWN_DOCUMENT_SLOTS];
    if (*slot == NULL || (*slot)->document != document) {
        stm_known_document *made = NULL;
        if (*slot != NULL) {
            stm_known_drop(known, *slot, (*slot)->size);
            *slot = NULL;
        }
        status = make(snapshot, known, document, &made, error);
        *slot = made;
    }
    *out = *slot;
    return status;
}

/* ---- Uses in rows ---------------------------------------------------------------------------- */

static void count_use(stm_known_document *of, uint32_t actor)
{
    if (actor < of->referents) {
        of->mentions[actor]++;
    }
}

/* Rows that lie together. */
static void count_columns(stm_known_document *of, const stemma_row_columns *rows)
{
    uint32_t end = rows->participant_first[rows->count];
    for (uint32_t i = 0; i < end; i++) {
        count_use(of, rows->actor[i]);
    }
    for (uint32_t i = 0; i < rows->count; i++) {
        count_use(of, rows->place != NULL ? rows->place[i] : STEMMA_NONE);
        count_use(of, rows->source != NULL ? rows->source[i] : STEMMA_NONE);
    }
}

static stemma_status count_row(stemma_snapshot *snapshot, stm_known_document *of, uint32_t row,
                               stemma_error *error)
{
    stemma_row_view view;
    stm_mark mark = stm_snapshot_mark(snapshot);
    stemma_status status = stemma_row_get(snapshot, of->document, row, &view, error);
    for (uint32_t i = 0; status == STEMMA_OK && i < view.participant_count; i++) {
        count_use(of, view.participants[i].referent);
    }
    if (status == STEMMA_OK) {
        count_use(of, view.place);
        count_use(of, view.source);
    }
    stm_snapshot_rewind(snapshot, mark);
    return status;
}

stemma_status stm_known_document_uses(stemma_snapshot *snapshot, uint32_t document,
                                      const stm_known_document **out, stemma_error *error)
{
    stm_known_document *found = NULL;
    const stm_data_set *set = NULL;
    stemma_status status = get(snapshot, document, &found, error);
    if (status == STEMMA_OK && !found->uses_counted) {
        status = stm_data_set_find(snapshot, document, &set, error);
        uint32_t rows = status == STEMMA_OK ? set->rows : 0;
        for (uint32_t row = 0; row < rows && status == STEMMA_OK;) {
            stemma_row_columns columns;
            status = stemma_row_scan(snapshot, document, row, &columns, error);
            if (status == STEMMA_OK && columns.count != 0) {
                count_columns(found, &columns);
                row += columns.count;
            } else if (status == STEMMA_OK) {
                status = count_row(snapshot, found, row++, error);
            }
        }
        found->uses_counted = status == STEMMA_OK;
        if (status != STEMMA_OK) { /* half counted: not to be kept */
            stm_known_drop(snapshot->known, found, found->size);
            snapshot->known->document[document % STM_KNOWN_DOCUMENT_SLOTS] = NULL;
        }
    }
    *out = found;
    return status;
}

/* ---- Referents and assertions ---------------------------------------------------------------- */

stemma_status stm_known_type(stemma_snapshot *snapshot, stemma_referent_id referent, uint32_t *term,
                             stemma_error *error)
{
    const stm_data_set *set = NULL;
    stemma_status status = stm_data_set_find(snapshot, referent.document, &set, error);
    if (status == STEMMA_OK && set->rows != 0 && referent.referent >= set->actors) {
        stm_row_record row;
        stm_mark mark = stm_snapshot_mark(snapshot);
        status = stm_row_load(snapshot, referent.document, referent.referent - set->actors, &row,
                              NULL, error);
        *term = status == STEMMA_OK ? row.type : 0;
        stm_snapshot_rewind(snapshot, mark);
        return status;
    }
    const stm_glance_name *names = NULL;
    stm_glance glance;
    stm_mark mark = stm_snapshot_mark(snapshot);
    if (status == STEMMA_OK) {
        status = stm_testimony_glance_at(snapshot, referent, &glance, &names, error);
    }
    stm_snapshot_rewind(snapshot, mark);
    *term = status == STEMMA_OK ? glance.type : 0;
    return status;
}

stemma_status stm_known_witness(stemma_snapshot *snapshot, stm_witness witness, uint32_t *speaker,
                                uint8_t *factuality, stemma_error *error)
{
    const stm_data_set *set = NULL;
    stemma_status status = stm_data_set_find(snapshot, witness.document, &set, error);
    if (status == STEMMA_OK && witness.assertion >= set->assertions && set->rows != 0) {
        /* what a row says is positive and actual, and nobody is quoted */
        *speaker = STEMMA_NONE;
        *factuality = STEMMA_POLARITY_POSITIVE | STEMMA_REALIS_ACTUAL << 6;
        return STEMMA_OK;
    }
    stm_voice voice;
    if (status == STEMMA_OK) {
        status = stm_assertion_voice(snapshot, witness.document, witness.assertion, &voice, error);
    }
    if (status == STEMMA_NOT_FOUND) {
        return stm_damaged(error, STM_TABLE_CLAIM, witness.document, "WITNESS_MISSING");
    }
    if (status == STEMMA_OK) {
        *speaker = voice.speaker;
        *factuality = voice.factuality;
    }
    return status;
}
