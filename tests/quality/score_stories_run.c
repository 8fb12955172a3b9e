/* SPDX-License-Identifier: MIT */
/* Reads the documents of ECB+, lays in the annotated actions and judges, as packing does. */
#include "score_stories.h"

#include "laying.h"

#include "pack/extract/extract.h"
#include "pack/extract/syntax.h"
#include "pack/judge/judge.h"
#include "pack/judge/story.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TYPE_UNKNOWN "event" /* a type that says nothing of the happening */

/* One document while it is read. */
struct laying {
    const struct ecb_document *document;
    uint32_t *referent_of; /* of each gold mention; UINT32_MAX: none */
    uint32_t *own;         /* referents of triggers that no gold mention has */
    size_t own_count;
    int gold;
};

/* The token of a span that the others hang on: the one whose head stands outside. */
static uint32_t head_of(const struct stm_annotation *ann, uint32_t first, uint32_t count)
{
    uint32_t found = STEMMA_NONE;
    for (uint32_t i = first; i < first + count; i++) {
        uint32_t head = ann->tokens[i].head;
        if (head == STEMMA_NONE || head < first || head >= first + count) {
            if (found != STEMMA_NONE) {
                found = STEMMA_NONE; /* a tree that says nothing */
                break;
            }
            found = i;
        }
    }
    if (found != STEMMA_NONE) {
        return found;
    }
    for (uint32_t i = first; i < first + count; i++) {
        if (ann->tokens[i].tag >= STM_TAG_VERB && ann->tokens[i].tag <= STM_TAG_GERUND) {
            return i;
        }
    }
    return first + count - 1;
}

/* The referent of the first trigger over one of the tokens, or NONE. */
static uint32_t trigger_over(const struct stm_annotation *ann, uint32_t first, uint32_t count,
                             uint32_t head)
{
    uint32_t found = STEMMA_NONE;
    for (uint32_t m = 0; m < ann->mention_count; m++) {
        const struct stm_mention *mention = &ann->mentions[m];
        if (mention->kind != STEMMA_MENTION_TRIGGER || mention->referent == STEMMA_NONE ||
            mention->first >= first + count || mention->first + mention->count <= first) {
            continue;
        }
        if (mention->head == head) {
            return mention->referent;
        }
        if (mention->head >= first && mention->head < first + count && found == STEMMA_NONE) {
            found = mention->referent;
        }
    }
    return found;
}

static void add_role(struct stm_annotation *ann, uint32_t event, const char *role, uint32_t token)
{
    uint32_t referent = token == STEMMA_NONE ? STEMMA_NONE : stm_ann_referent_of_token(ann, token);
    if (referent != STEMMA_NONE && referent != event &&
        ann->referents[referent].kind == STEMMA_REFERENT_ENTITY) {
        stemma_object object;
        memset(&object, 0, sizeof object);
        object.kind = STEMMA_OBJECT_REFERENT;
        object.as.referent = referent;
        laying_must(stm_ann_add_assertion(ann, event, role, object, NULL), "assertion");
    }
}

/* The time that hangs on a token, directly or over one other word ("in the morning of"). */
static uint32_t time_of(const struct stm_annotation *ann, uint32_t head)
{
    const struct stm_sentence *sentence = &ann->sentences[ann->tokens[head].sentence];
    for (uint32_t i = sentence->first; i < sentence->first + sentence->count; i++) {
        uint32_t time = ann->tokens[i].time;
        uint32_t above = ann->tokens[i].head;
        if (time == STEMMA_NONE || ann->times[time].value.edtf.size == 0) {
            continue;
        }
        if (above == head || (above != STEMMA_NONE && ann->tokens[above].head == head &&
                              ann->tokens[above].time == time)) {
            return time;
        }
    }
    return STEMMA_NONE;
}

/* A new happening over gold tokens, with what the tree says of it. */
static uint32_t lay(struct stm_annotation *ann, uint32_t first, uint32_t count, uint32_t head)
{
    uint32_t event;
    laying_must(stm_ann_add_referent(ann, STM_ENTITY_NONE, TYPE_UNKNOWN, &event), "referent");
    laying_must(stm_ann_add_mention(ann, STEMMA_MENTION_TRIGGER, STM_ENTITY_NONE, first, count,
                                    head, event, NULL),
                "mention");
    stemma_object object;
    memset(&object, 0, sizeof object);
    object.kind = STEMMA_OBJECT_TEXT;
    object.as.text = stemma_text_of(TYPE_UNKNOWN);
    laying_must(stm_ann_add_assertion(ann, event, "type", object, NULL), "type");
    int passive = stm_syntax_is_passive(ann, head);
    add_role(ann, event, passive ? "patient" : "agent", stm_syntax_subject(ann, head));
    add_role(ann, event, "patient", stm_syntax_object(ann, head));
    add_role(ann, event, "agent", stm_syntax_oblique(ann, head, "by"));
    add_role(ann, event, "patient", stm_syntax_oblique(ann, head, "of"));
    add_role(ann, event, "place", stm_syntax_oblique(ann, head, "in"));
    add_role(ann, event, "place", stm_syntax_oblique(ann, head, "at"));
    uint32_t time = time_of(ann, head);
    if (time != STEMMA_NONE) {
        memset(&object, 0, sizeof object);
        object.kind = STEMMA_OBJECT_TIME;
        object.as.time = ann->times[time].value;
        laying_must(stm_ann_add_assertion(ann, event, "time", object, NULL), "time");
    }
    return event;
}

/* Whether a byte stands in a sentence that was annotated. */
static int is_annotated(const struct ecb_document *document, uint32_t byte)
{
    for (size_t m = 0; m < document->mention_count; m++) {
        if (!document->mentions[m].clean) {
            continue;
        }
        uint32_t sentence = document->mentions[m].sentence;
        uint32_t start = document->mentions[m].start;
        uint32_t end = document->mentions[m].end;
        for (size_t k = m; k < document->mention_count; k++) {
            if (document->mentions[k].sentence == sentence && document->mentions[k].end > end) {
                end = document->mentions[k].end;
            }
        }
        if (byte >= start && byte < end) {
            return 1;
        }
    }
    return 0;
}

static stemma_status watch(void *context, struct stm_annotation *ann, stm_extract_stage *stage)
{
    struct laying *laying = context;
    if (stage != stm_extract_others) {
        return STEMMA_OK;
    }
    const struct ecb_document *document = laying->document;
    uint8_t *taken = laying_make(ann->token_count, 1);
    uint32_t own_mentions = ann->mention_count;
    for (size_t m = 0; m < document->mention_count; m++) {
        const struct ecb_mention *gold = &document->mentions[m];
        laying->referent_of[m] = STEMMA_NONE;
        if (gold->kind != ECB_ACTION) {
            continue;
        }
        uint32_t first = laying_token_at(ann, gold->spans[0].start);
        uint32_t end = first;
        while (end < ann->token_count && ann->tokens[end].start < gold->spans[0].end) {
            taken[end++] = 1;
        }
        if (end == first) {
            continue;
        }
        uint32_t head = head_of(ann, first, end - first);
        laying->referent_of[m] = trigger_over(ann, first, end - first, head);
        if (laying->referent_of[m] == STEMMA_NONE && laying->gold) {
            laying->referent_of[m] = lay(ann, first, end - first, head);
        }
    }
    laying->own = laying_make(own_mentions, sizeof *laying->own);
    for (uint32_t m = 0; m < own_mentions; m++) {
        const struct stm_mention *mention = &ann->mentions[m];
        if (mention->kind == STEMMA_MENTION_TRIGGER && mention->referent != STEMMA_NONE &&
            !taken[mention->head] && is_annotated(document, ann->tokens[mention->head].start)) {
            laying->own[laying->own_count++] = mention->referent;
        }
    }
    free(taken);
    return STEMMA_OK;
}

static uint32_t root_of(uint32_t *parent, uint32_t node)
{
    while (parent[node] != node) {
        parent[node] = parent[parent[node]];
        node = parent[node];
    }
    return node;
}

void stories_run(struct stories_run *run, const struct ecb *ecb, const char *model_path, int gold)
{
    struct stm_arena arena;
    struct stm_model *model = NULL;
    stemma_error error;
    memset(&error, 0, sizeof error);
    size_t all = ecb->document_count;
    stemma_document *documents = laying_make(all, sizeof *documents);
    const stemma_document **list = laying_make(all, sizeof *list);
    struct laying *layings = laying_make(all, sizeof *layings);
    stm_arena_init(&arena, 0);
    laying_must(stm_model_open(&model,
                               model_path != NULL ? model_path
                                                  : STEMMA_SOURCE_DIR "/tools/model/english.model",
                               &error),
                "model");
    for (size_t d = 0; d < all; d++) {
        stemma_document input;
        memset(&input, 0, sizeof input);
        input.uri = stemma_text_of(ecb->documents[d].name);
        input.language = stemma_text_of("en");
        input.text.data = ecb->documents[d].text;
        input.text.size = ecb->documents[d].size;
        layings[d].document = &ecb->documents[d];
        layings[d].gold = gold;
        layings[d].referent_of = laying_make(ecb->documents[d].mention_count, sizeof(uint32_t));
        laying_must(stm_extract_watched(model, &input, 0, &arena, watch, &layings[d], &documents[d],
                                        &error),
                    "reading");
        list[d] = &documents[d];
    }
    struct stm_judge_input input;
    struct stm_judge_result result;
    memset(&input, 0, sizeof input);
    input.documents = list;
    input.document_count = (uint32_t)all;
    input.jobs = 2;
    laying_must(stm_judge(&input, &arena, &result, &error), "judging");
    struct stm_stories stories;
    laying_must(stm_stories_find(&input, &arena, &stories), "stories");
    run->stories = laying_make(all, sizeof *run->stories);
    memcpy(run->stories, stories.story, all * sizeof *run->stories);
    uint32_t *first = laying_make(all + 1, sizeof *first);
    for (size_t d = 0; d < all; d++) {
        first[d + 1] = first[d] + documents[d].referent_count;
    }
    uint32_t *parent = laying_make(first[all], sizeof *parent);
    for (uint32_t i = 0; i < first[all]; i++) {
        parent[i] = i;
    }
    for (uint32_t i = 0; i < result.judgement_count; i++) {
        const stemma_judgement *judgement = &result.judgements[i];
        if (judgement->verdict == STEMMA_VERDICT_SAME) {
            uint32_t a =
                root_of(parent, first[judgement->left.document] + judgement->left.referent);
            uint32_t b =
                root_of(parent, first[judgement->right.document] + judgement->right.referent);
            parent[a > b ? a : b] = a < b ? a : b;
        }
    }
    run->documents = laying_make(all, sizeof *run->documents);
    for (size_t d = 0; d < all; d++) {
        size_t mentions = ecb->documents[d].mention_count;
        run->documents[d].clusters = laying_make(mentions, sizeof(uint32_t));
        for (size_t m = 0; m < mentions; m++) {
            uint32_t referent = layings[d].referent_of[m];
            run->documents[d].clusters[m] =
                referent == STEMMA_NONE ? UINT32_MAX : root_of(parent, first[d] + referent);
        }
        run->documents[d].own = layings[d].own;
        run->documents[d].own_count = layings[d].own_count;
        for (size_t m = 0; m < layings[d].own_count; m++) {
            layings[d].own[m] = root_of(parent, first[d] + layings[d].own[m]);
        }
        free(layings[d].referent_of);
    }
    free(parent);
    free(first);
    free(layings);
    free(list);
    free(documents);
    stm_model_close(model);
    stm_arena_free(&arena);
}

void stories_end(struct stories_run *run, const struct ecb *ecb)
{
    for (size_t d = 0; d < ecb->document_count; d++) {
        free(run->documents[d].clusters);
        free(run->documents[d].own);
    }
    free(run->documents);
    free(run->stories);
}
