/* SPDX-License-Identifier: MIT */
#include "index/index.h"

#include "index/claim_group.h"
#include "base/error.h"
#include "base/stemmer.h"
#include "index/index_fold.h"
#include "index/index_order.h"
#include "index/index_rows.h"

#include <stdlib.h>

/* A document uses few terms again and again. */
static uint32_t cached_term(stm_index *index, uint8_t kind, stemma_text name)
{
    if (name.size == 0) {
        return STEMMA_NONE;
    }
    size_t slot = (name.size * 31 + (unsigned char)name.data[0] * 7u +
                   (unsigned char)name.data[name.size - 1] + kind) %
                  (sizeof index->term_cache / sizeof index->term_cache[0]);
    uint32_t known = index->term_cache[slot];
    if (known != STEMMA_NONE && index->terms[known].kind == kind &&
        stemma_text_equal(index->terms[known].name, name)) {
        return known;
    }
    index->term_cache[slot] = stm_index_term(index, kind, name);
    return index->term_cache[slot];
}

void stm_index_use_memory(stm_index *index, stm_memory *memory)
{
    index->memory = memory;
    index->names.memory = memory;
    index->keys.memory = memory;
    index->literals.memory = memory;
    index->words.memory = memory;
}

void stm_index_init(stm_index *index, const stemma_term *terms, uint32_t term_count)
{
    memset(index, 0, sizeof *index);
    index->terms = terms;
    index->term_count = term_count;
    memset(index->term_cache, 0xff, sizeof index->term_cache);
    index->term_type = stm_index_term(index, STEMMA_TERM_PREDICATE, stemma_text_of("type"));
    index->term_time = stm_index_term(index, STEMMA_TERM_PREDICATE, stemma_text_of("time"));
    index->term_place = stm_index_term(index, STEMMA_TERM_PREDICATE, stemma_text_of("place"));
    index->term_content = stm_index_term(index, STEMMA_TERM_PREDICATE, stemma_text_of("content"));
    index->term_quantity = stm_index_term(index, STEMMA_TERM_PREDICATE, stemma_text_of("quantity"));
}

/* ---- Taking testimony in --------------------------------------------------------------------- */

static stemma_status add_names(stm_index *index, const stemma_referent *referent)
{
    stm_index_name *uses =
        stm_memory_grow(index->memory, index->name_uses, &index->name_use_capacity,
                 (size_t)index->name_use_count + referent->name_count, sizeof *uses);
    if (uses == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    index->name_uses = uses;
    for (uint32_t i = 0; i < referent->name_count; i++) {
        stm_index_name *use = &uses[index->name_use_count];
        stemma_status status = stm_strings_add(&index->names, referent->names[i].text, &use->text);
        if (status != STEMMA_OK) {
            return status;
        }
        use->kind = referent->names[i].kind;
        index->name_use_count++;
    }
    return STEMMA_OK;
}

static stemma_status add_referents(stm_index *index, const stemma_document *document)
{
    uint32_t first = index->referent_count;
    if (document->referent_count > UINT32_MAX / 2 - first) {
        return STEMMA_E_LIMIT;
    }
    size_t needed = (size_t)first + document->referent_count;
    stm_index_referent *referents =
        stm_memory_grow(index->memory, index->referents, &index->referent_capacity, needed, sizeof *referents);
    if (referents == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    index->referents = referents;
    uint8_t *kinds = stm_memory_grow(index->memory, index->referent_kinds, &index->kind_capacity, needed, 1);
    if (kinds == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    index->referent_kinds = kinds;
    for (uint32_t i = 0; i < document->referent_count; i++) {
        const stemma_referent *from = &document->referents[i];
        stm_index_referent *to = &referents[first + i];
        uint8_t kind =
            from->kind == STEMMA_REFERENT_EVENT ? STEMMA_TERM_EVENT_TYPE : STEMMA_TERM_ENTITY_TYPE;
        to->document = index->document_count;
        to->ordinal = i;
        to->type = cached_term(index, kind, from->type);
        to->name_first = index->name_use_count;
        to->mentions = 0;
        kinds[first + i] = from->kind;
        if (to->type == STEMMA_NONE) {
            return STEMMA_E_INVALID;
        }
        stemma_status status = add_names(index, from);
        if (status != STEMMA_OK) {
            return status;
        }
    }
    index->referent_count += document->referent_count;
    for (uint32_t i = 0; i < document->mention_count; i++) {
        if (document->mentions[i].referent != STEMMA_NONE) {
            referents[first + document->mentions[i].referent].mentions++;
        }
    }
    index->mention_count += document->mention_count;
    return STEMMA_OK;
}

/* Makes the key of a literal that was not there before. */
static stemma_status add_key(stm_index *index, const stemma_object *object, char *bytes)
{
    uint32_t *keys = stm_memory_grow(index->memory, index->literal_keys, &index->literal_capacity, index->literals.count,
                              sizeof *keys);
    if (keys == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    index->literal_keys = keys;
    stemma_text key = {bytes, stm_object_key(object, bytes)};
    return stm_strings_add(&index->keys, key, &keys[index->literals.count - 1]);
}

/* The object of an assertion, normalised; referents become referents of the corpus. */
stemma_status stm_index_add_object(stm_index *index, const stemma_object *object, uint32_t base,
                                   stm_index_assertion *to)
{
    to->object_kind = object->kind;
    to->literal = STEMMA_NONE;
    if (object->kind == STEMMA_OBJECT_REFERENT) {
        to->object = base + object->as.referent;
        return STEMMA_OK;
    }
    char small[STM_OBJECT_KEY_SLACK * 4];
    size_t room = stm_object_room(object);
    char *bytes = room <= sizeof small ? small : malloc(room);
    if (bytes == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    uint32_t known = index->literals.count;
    stemma_text text = {bytes, stm_object_pack(object, bytes)};
    stemma_status status = stm_strings_add(&index->literals, text, &to->literal);
    if (status == STEMMA_OK && index->literals.count > known) {
        status = add_key(index, object, bytes);
    }
    if (status == STEMMA_OK) {
        to->object = index->literal_keys[to->literal];
    }
    if (object->kind == STEMMA_OBJECT_PLACE && object->as.place.referent != STEMMA_NONE) {
        to->object_kind = STEMMA_OBJECT_REFERENT;
        to->object = base + object->as.place.referent;
    }
    if (bytes != small) {
        free(bytes);
    }
    return status;
}

static stemma_status add_assertions(stm_index *index, const stemma_document *document,
                                    uint32_t base)
{
    if (document->assertion_count > UINT32_MAX / 2 - index->assertion_count) {
        return STEMMA_E_LIMIT;
    }
    stm_index_assertion *assertions =
        stm_memory_grow(index->memory, index->assertions, &index->assertion_capacity,
                 (size_t)index->assertion_count + document->assertion_count, sizeof *assertions);
    if (assertions == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    index->assertions = assertions;
    for (uint32_t i = 0; i < document->assertion_count; i++) {
        const stemma_assertion *from = &document->assertions[i];
        stm_index_assertion *to = &assertions[index->assertion_count];
        memset(to, 0, sizeof *to);
        to->document = index->document_count;
        to->ordinal = i;
        to->subject = base + from->subject;
        to->predicate = cached_term(index, STEMMA_TERM_PREDICATE, from->predicate);
        to->speaker = from->speaker == STEMMA_NONE ? STEMMA_NONE : base + from->speaker;
        to->polarity = from->polarity;
        to->certainty = from->certainty;
        to->tense = from->tense;
        to->realis = from->realis;
        if (to->predicate == STEMMA_NONE) {
            return STEMMA_E_INVALID;
        }
        stemma_status status = stm_index_add_object(index, &from->object, base, to);
        if (status != STEMMA_OK) {
            return status;
        }
        index->assertion_count++;
        index->evidence_count += from->evidence_count;
    }
    return STEMMA_OK;
}

static stemma_status add_parts(stm_index *index, const stemma_document *document)
{
    uint32_t base = index->referent_count;
    uint32_t *first = stm_memory_grow(index->memory, index->document_first, &index->document_capacity,
                               (size_t)index->document_count + 2, sizeof *first);
    if (first == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    index->document_first = first;
    if (index->document_count >= UINT32_MAX / 2) {
        return STEMMA_E_LIMIT;
    }
    stemma_status status = add_referents(index, document);
    if (status == STEMMA_OK) {
        status = add_assertions(index, document, base);
    }
    if (status == STEMMA_OK) {
        status = stm_index_add_voices(index, document);
    }
    if (status == STEMMA_OK) {
        status = stm_index_add_words(index, document);
    }
    first[index->document_count] = base;
    first[index->document_count + 1] = index->referent_count;
    index->text_bytes += document->text_size;
    index->document_count++;
    return status;
}

static stemma_status explain(stemma_status status, stemma_error *error)
{
    switch (status) {
    case STEMMA_OK:
        return status;
    case STEMMA_E_INVALID:
        return stm_fail(error, status, "TERM_UNKNOWN", "",
                        "a type or predicate is not in the vocabulary");
    case STEMMA_E_LIMIT:
        return stm_fail(error, status, "CORPUS_TOO_LARGE", "",
                        "the corpus is beyond what one file can number");
    case STEMMA_E_SYSTEM:
        return stm_stemmer_explain(error);
    default:
        return stm_fail(error, status, "NO_MEMORY", "", "memory for the index was refused");
    }
}

stemma_status stm_index_add_document(stm_index *index, const stemma_document *document,
                                     stemma_error *error)
{
    return explain(add_parts(index, document), error);
}

stemma_status stm_index_add_rows(stm_index *index, stm_row_set *set, stemma_error *error)
{
    return explain(stm_fold_add(index, set), error);
}

/* ---- Taking judgements in -------------------------------------------------------------------- */

/* The node of a referent; a row that is named becomes one behind all others. */
static stemma_status referent_node(stm_index *index, stemma_referent_id id, uint32_t *node)
{
    if (id.document >= index->document_count) {
        return STEMMA_E_INVALID;
    }
    uint32_t first = index->document_first[id.document];
    uint32_t count = index->document_first[id.document + 1] - first;
    if (id.referent < count) {
        *node = first + id.referent;
        return STEMMA_OK;
    }
    return stm_fold_node(index, id.document, id.referent - count, node);
}

stemma_status stm_index_add_judgement(stm_index *index, const stemma_judgement *judgement,
                                      stemma_error *error)
{
    stm_cluster_edge edge = {0};
    stemma_status status = referent_node(index, judgement->left, &edge.left);
    if (status == STEMMA_OK) {
        status = referent_node(index, judgement->right, &edge.right);
    }
    if (status == STEMMA_E_INVALID) {
        return stm_fail(error, status, "REFERENT_OUT_OF_RANGE", "",
                        "a judgement names a referent that is not there");
    }
    if (status != STEMMA_OK) {
        return explain(status, error);
    }
    if (judgement->retracted.size > 0 || judgement->verdict == STEMMA_VERDICT_UNSURE) {
        return STEMMA_OK;
    }
    if (index->edge_count >= UINT32_MAX) {
        return explain(STEMMA_E_LIMIT, error);
    }
    stm_cluster_edge *edges =
        stm_memory_grow(index->memory, index->edges, &index->edge_capacity, index->edge_count + 1, sizeof *edges);
    if (edges == NULL) {
        return explain(STEMMA_E_NO_MEMORY, error);
    }
    index->edges = edges;
    edge.order = (uint32_t)index->edge_count;
    edge.score = judgement->score;
    edge.verdict = judgement->verdict;
    edge.person = judgement->run == STEMMA_NONE;
    edges[index->edge_count++] = edge;
    return STEMMA_OK;
}

stemma_status stm_index_add_derivation(stm_index *index, const stemma_derivation *derivation,
                                       stemma_error *error)
{
    if (derivation->from >= index->document_count || derivation->to >= index->document_count) {
        return stm_fail(error, STEMMA_E_INVALID, "DOCUMENT_OUT_OF_RANGE", "",
                        "a derivation names a document that is not there");
    }
    if (!stm_derivation_joins(derivation)) {
        return STEMMA_OK;
    }
    stemma_derivation *derivations = stm_memory_grow(index->memory, index->derivations, &index->derivation_capacity,
                                              index->derivation_count + 1, sizeof *derivations);
    if (derivations == NULL) {
        return explain(STEMMA_E_NO_MEMORY, error);
    }
    index->derivations = derivations;
    stemma_derivation *kept = &derivations[index->derivation_count++];
    memset(kept, 0, sizeof *kept);
    kept->from = derivation->from;
    kept->to = derivation->to;
    kept->kind = derivation->kind;
    return STEMMA_OK;
}

/* ---- Deriving -------------------------------------------------------------------------------- */

static int compare_members(const void *a, const void *b, void *context)
{
    const stm_index *index = context;
    const stm_index_referent *left = &index->referents[*(const uint32_t *)a];
    const stm_index_referent *right = &index->referents[*(const uint32_t *)b];
    if (left->document != right->document) {
        return left->document > right->document ? 1 : -1;
    }
    return (left->ordinal > right->ordinal) - (left->ordinal < right->ordinal);
}

/* Rows that are not folded stand behind all other nodes; among the members of their event they
   belong where their document is. */
static void sort_members(stm_index *index)
{
    for (uint32_t c = 0; c < index->cluster_count && index->row_set_count > 0; c++) {
        uint32_t first = index->cluster_first[c];
        uint32_t count = index->cluster_first[c + 1] - first;
        if (count > 1 && index->cluster_members[first + count - 1] >= index->referent_explicit) {
            qsort_r(index->cluster_members + first, count, sizeof *index->cluster_members,
                    compare_members, index);
        }
    }
}

static stemma_status list_members(stm_index *index)
{
    index->cluster_members = stm_memory_zeroed(index->memory, index->referent_count, sizeof *index->cluster_members);
    index->cluster_first =
        stm_memory_zeroed(index->memory, (size_t)index->cluster_count + 2, sizeof *index->cluster_first);
    index->cluster_number = stm_memory_zeroed(index->memory, index->cluster_count, sizeof *index->cluster_number);
    if (index->cluster_members == NULL || index->cluster_first == NULL ||
        index->cluster_number == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    /* Counts go two places up, so that after filling, place c holds where cluster c begins. */
    for (uint32_t i = 0; i < index->referent_count; i++) {
        index->cluster_first[index->cluster[i] + 2]++;
    }
    for (uint32_t c = 2; c < index->cluster_count + 2; c++) {
        index->cluster_first[c] += index->cluster_first[c - 1];
    }
    for (uint32_t i = 0; i < index->referent_count; i++) {
        index->cluster_members[index->cluster_first[index->cluster[i] + 1]++] = i;
    }
    sort_members(index);
    return STEMMA_OK;
}

static stemma_status derive(stm_index *index)
{
    index->assertion_explicit = index->assertion_count;
    stemma_status status = stm_fold_nodes(index);
    if (status != STEMMA_OK) {
        return status;
    }
    index->cluster =
        stm_memory_zeroed(index->memory, index->referent_count, sizeof *index->cluster);
    index->group = stm_memory_zeroed(index->memory, index->document_count, sizeof *index->group);
    if (index->cluster == NULL || index->group == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    stm_independence_groups(index->derivations, index->derivation_count, index->document_count,
                            index->group);
    status = stm_cluster_referents(index->memory, index->edges, index->edge_count,
                                   index->referent_kinds, index->referent_count, index->cluster,
                                   &index->cluster_count);
    if (status == STEMMA_OK) {
        status = stm_fold_promote(index);
    }
    if (status == STEMMA_OK) {
        index->key_rank = stm_strings_ranks(&index->keys);
        status = index->key_rank != NULL ? list_members(index) : STEMMA_E_NO_MEMORY;
    }
    if (status == STEMMA_OK) {
        status = stm_claims_group(index);
    }
    if (status == STEMMA_OK) {
        status = stm_index_entities(index);
    }
    if (status == STEMMA_OK) {
        status = stm_fold_entities(index);
    }
    if (status == STEMMA_OK) {
        status = stm_index_events(index);
    }
    if (status == STEMMA_OK) {
        status = stm_index_order(index);
    }
    if (status == STEMMA_OK) {
        status = stm_claims_number(index);
    }
    if (status == STEMMA_OK) {
        stm_index_contested(index);
    }
    return status;
}

stemma_status stm_index_build(stm_index *index, stemma_error *error)
{
    return explain(derive(index), error);
}

void stm_index_free(stm_index *index)
{
    stm_memory_free(index->document_first);
    stm_memory_free(index->document_tokens);
    stm_memory_free(index->document_stemmers);
    stm_memory_free(index->referents);
    stm_memory_free(index->referent_kinds);
    stm_memory_free(index->name_uses);
    stm_memory_free(index->assertions);
    stm_memory_free(index->voices);
    stm_memory_free(index->edges);
    stm_memory_free(index->derivations);
    stm_memory_free(index->literal_keys);
    stm_memory_free(index->occurrences);
    stm_memory_free(index->document_terms);
    stm_memory_free(index->sequence);
    stm_memory_free(index->word_places);
    stm_memory_free(index->cluster);
    stm_memory_free(index->cluster_members);
    stm_memory_free(index->cluster_first);
    stm_memory_free(index->cluster_number);
    stm_memory_free(index->group);
    stm_memory_free(index->key_rank);
    stm_memory_free(index->entities);
    stm_memory_free(index->participations);
    stm_memory_free(index->entity_names);
    stm_memory_free(index->events);
    stm_memory_free(index->participants);
    stm_memory_free(index->claims);
    stm_memory_free(index->event_sources);
    stm_memory_free(index->row_sets);
    stm_strings_free(&index->row_ids);
    stm_strings_free(&index->names);
    stm_strings_free(&index->keys);
    stm_strings_free(&index->literals);
    stm_strings_free(&index->words);
    stm_index_words_free(index);
    memset(index, 0, sizeof *index);
}
