/* SPDX-License-Identifier: MIT */
/* Runs reader and judge over documents with gold mentions. */
#include "score_coref.h"

#include "laying.h"

#include "pack/extract/extract.h"
#include "pack/extract/nominal.h"
#include "pack/judge/judge.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One document while it is read. `mention_of` by gold mention; numbers of mentions, then of
 * referents. */
struct laying {
    const struct coref_document *document;
    uint32_t *mention_of;
    int gold; /* lay them in; else look up what there is */
};

/* The tokens of a gold mention. 0 when there are none (furniture). */
static uint32_t tokens_of(const struct stm_annotation *ann, const struct coref_mention *gold,
                          uint32_t *first)
{
    *first = laying_token_at(ann, gold->start);
    uint32_t end = *first;
    while (end < ann->token_count && ann->tokens[end].start < gold->end) {
        end++;
    }
    return end - *first;
}

/* The mention of the reader that fits a gold mention: its span, or its head; or STEMMA_NONE. */
static uint32_t matching(const struct stm_annotation *ann, const struct stm_mention *mentions,
                         uint32_t mention_count, const struct coref_mention *gold, uint32_t first,
                         uint32_t count)
{
    uint32_t head = gold->head == STEMMA_NONE ? stm_nominal_head(ann, first, count)
                                              : laying_token_at(ann, gold->head);
    uint32_t found = STEMMA_NONE;
    for (uint32_t i = 0; i < mention_count; i++) {
        const struct stm_mention *m = &mentions[i];
        if (m->kind > STEMMA_MENTION_PRONOUN) {
            continue;
        }
        uint32_t from = m->first;
        uint32_t end = m->first + m->count;
        if (from == first && end == first + count) {
            return i;
        }
        if (m->head == head || (m->kind == STEMMA_MENTION_NAME && from <= head && head < end)) {
            found = i;
        }
    }
    return found;
}

static void lay(struct laying *laying, struct stm_annotation *ann)
{
    struct stm_mention *old = ann->mentions;
    uint32_t old_count = ann->mention_count;
    ann->mentions = NULL;
    ann->mention_count = 0;
    ann->mention_capacity = 0;
    for (uint32_t i = 0; i < ann->token_count; i++) {
        ann->tokens[i].mention = ann->tokens[i].outer = STEMMA_NONE;
    }
    for (size_t g = 0; g < laying->document->mention_count; g++) {
        const struct coref_mention *gold = &laying->document->mentions[g];
        uint32_t first;
        uint32_t count = tokens_of(ann, gold, &first);
        laying->mention_of[g] = STEMMA_NONE;
        if (count == 0) {
            continue;
        }
        if (g != 0 && laying->mention_of[g - 1] != STEMMA_NONE &&
            ann->mentions[laying->mention_of[g - 1]].first == first &&
            ann->mentions[laying->mention_of[g - 1]].count == count) {
            laying->mention_of[g] = laying->mention_of[g - 1];
            continue;
        }
        uint32_t like = matching(ann, old, old_count, gold, first, count);
        struct stm_mention made;
        if (like != STEMMA_NONE) {
            made = old[like];
            if (made.kind == STEMMA_MENTION_NAME) {
                /* A name inside a gold mention that says more ("actor Ana Orlova") stays a name. */
                if (made.first >= first && made.first + made.count <= first + count) {
                    first = made.first;
                    count = made.count;
                }
            }
            if (made.head < first || made.head >= first + count) {
                made.head = stm_nominal_head(ann, first, count);
            }
        } else {
            made = stm_nominal_describe(ann, first, count);
        }
        laying_must(stm_ann_add_mention(ann, (stemma_mention_kind)made.kind,
                                        (enum stm_entity_type)made.type, first, count, made.head,
                                        STEMMA_NONE, &laying->mention_of[g]),
                    "laying");
        struct stm_mention *m = &ann->mentions[laying->mention_of[g]];
        m->gender = made.gender;
        m->plural = made.plural;
        m->generic = made.generic;
    }
}

/* In the end each mention is of something: what was not resolved stands for itself. */
static void settle(struct laying *laying, struct stm_annotation *ann)
{
    for (size_t g = 0; g < laying->document->mention_count; g++) {
        const struct coref_mention *gold = &laying->document->mentions[g];
        uint32_t first;
        uint32_t count = tokens_of(ann, gold, &first);
        uint32_t referent = STEMMA_NONE;
        uint32_t mention = laying->mention_of[g];
        if (!laying->gold) {
            mention = count == 0
                          ? STEMMA_NONE
                          : matching(ann, ann->mentions, ann->mention_count, gold, first, count);
            referent = mention == STEMMA_NONE ? STEMMA_NONE : ann->mentions[mention].referent;
        } else if (mention != STEMMA_NONE) {
            laying_must(stm_ann_referent_for_mention(ann, mention, &referent), "settling");
        }
        laying->mention_of[g] = referent;
    }
}

static stemma_status watch(void *context, struct stm_annotation *ann, stm_extract_stage *stage)
{
    struct laying *laying = context;
    if (stage == stm_extract_nominals && laying->gold) {
        lay(laying, ann);
    }
    if (stage == stm_extract_referents && laying->gold) {
        settle(laying, ann);
    }
    if (stage == stm_extract_others && !laying->gold) {
        settle(laying, ann);
    }
    return STEMMA_OK;
}

static uint32_t *paragraphs_of(const struct coref_document *document, uint32_t *count)
{
    uint32_t *starts = laying_make(document->size / 2 + 1, sizeof *starts);
    *count = 1;
    for (size_t i = 2; i < document->size; i++) {
        if (document->text[i - 1] == '\n' && document->text[i - 2] == '\n') {
            starts[(*count)++] = (uint32_t)i;
        }
    }
    return starts;
}

static uint32_t root_of(uint32_t *parent, uint32_t node)
{
    while (parent[node] != node) {
        parent[node] = parent[parent[node]];
        node = parent[node];
    }
    return node;
}

/* Numbers of clusters for all referents of all documents, from the first of each document. */
static uint32_t *judge(const stemma_document *documents, size_t count, const uint32_t *first,
                       int across)
{
    uint32_t *parent = laying_make(first[count], sizeof *parent);
    const stemma_document **list = laying_make(count, sizeof *list);
    for (uint32_t i = 0; i < first[count]; i++) {
        parent[i] = i;
    }
    for (size_t i = 0; i < count; i++) {
        list[i] = &documents[i];
    }
    if (across) {
        struct stm_arena arena;
        struct stm_judge_input input;
        struct stm_judge_result result;
        stemma_error error;
        memset(&input, 0, sizeof input);
        input.documents = list;
        input.document_count = (uint32_t)count;
        input.jobs = 2;
        stm_arena_init(&arena, 0);
        laying_must(stm_judge(&input, &arena, &result, &error), "judging");
        for (uint32_t i = 0; i < result.judgement_count; i++) {
            const stemma_judgement *j = &result.judgements[i];
            if (j->verdict == STEMMA_VERDICT_SAME) {
                uint32_t a = root_of(parent, first[j->left.document] + j->left.referent);
                uint32_t b = root_of(parent, first[j->right.document] + j->right.referent);
                parent[a < b ? b : a] = a < b ? a : b;
            }
        }
        stm_arena_free(&arena);
    }
    for (uint32_t i = 0; i < first[count]; i++) {
        parent[i] = root_of(parent, i);
    }
    free(list);
    return parent;
}

static void resolve(const struct stm_model *model, struct coref_set *set, int across, int gold)
{
    struct stm_arena arena;
    stm_arena_init(&arena, 0);
    stemma_document *outputs = laying_make(set->count, sizeof *outputs);
    uint32_t *first = laying_make(set->count + 1, sizeof *first);
    uint32_t **referents = laying_make(set->count, sizeof *referents);
    uint32_t **paragraphs = laying_make(set->count, sizeof *paragraphs);
    for (size_t d = 0; d < set->count; d++) {
        struct coref_document *document = &set->documents[d];
        stemma_document input;
        stemma_error error;
        referents[d] = laying_make(document->mention_count, sizeof **referents);
        struct laying laying = {document, referents[d], gold};
        memset(&input, 0, sizeof input);
        input.uri = stemma_text_of(document->name);
        input.text.data = document->text;
        input.text.size = document->size;
        paragraphs[d] = paragraphs_of(document, &input.paragraph_count);
        input.paragraphs = paragraphs[d];
        laying_must(
            stm_extract_watched(model, &input, 0, &arena, watch, &laying, &outputs[d], &error),
            document->name);
        first[d + 1] = first[d] + outputs[d].referent_count;
    }
    uint32_t *clusters = judge(outputs, set->count, first, across);
    uint32_t alone = first[set->count]; /* clusters of what has no referent */
    for (size_t d = 0; d < set->count; d++) {
        for (size_t g = 0; g < set->documents[d].mention_count; g++) {
            uint32_t referent = referents[d][g];
            set->documents[d].mentions[g].cluster = referent != STEMMA_NONE
                                                        ? clusters[first[d] + referent]
                                                    : gold ? alone++
                                                           : STEMMA_NONE;
        }
        free(referents[d]);
        free(paragraphs[d]);
    }
    free(clusters);
    free(referents);
    free(paragraphs);
    free(first);
    free(outputs);
    stm_arena_free(&arena);
}

void coref_resolve_gold(const struct stm_model *model, struct coref_set *set, int across)
{
    resolve(model, set, across, 1);
}

void coref_resolve_own(const struct stm_model *model, struct coref_set *set, int across)
{
    resolve(model, set, across, 0);
}
