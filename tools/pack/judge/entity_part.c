/* SPDX-License-Identifier: MIT */
#include "pack/judge/entity_part.h"

#include "pack/judge/entity_describe.h"
#include "pack/judge/entity_gender.h"

#include <xxhash.h>

#define PART_ALIKE    600u    /* score of a name that is none */
#define NAMES_TRIED   12u     /* of those that have one part in one story */
#define MEMBERS_ASKED 64u     /* of one cluster */
#define LOOKS         200000u /* at assertions, for one pair of clusters: a long document has some thousand */

/* Somebody has a part in a happening. */
struct part {
    uint64_t key;   /* story, type of happening and part */
    uint64_t event; /* document and referent of the happening */
    uint32_t node;
    uint8_t several; /* not one person */
};

struct parts {
    struct stm_arena *arena;
    struct part *items;
    size_t count;
    size_t capacity;
};

static int text_is(stemma_text text, const char *word)
{
    return stemma_text_equal(text, stemma_text_of(word));
}

static int compare_parts(const void *left, const void *right)
{
    const struct part *a = left;
    const struct part *b = right;
    if (a->key != b->key) {
        return a->key < b->key ? -1 : 1;
    }
    if (a->event != b->event) {
        return a->event < b->event ? -1 : 1;
    }
    return (a->node > b->node) - (a->node < b->node);
}

/* Whether having a part in happenings of a type tells who somebody is: everybody says something,
   and a type that names no deed is of many deeds. */
static int is_telling(stemma_text type)
{
    static const char statement[] = "statement";
    const size_t size = sizeof statement - 1;
    return type.size != 0 && !text_is(type, "event") &&
           !(type.size >= size && memcmp(type.data, statement, size) == 0);
}

static int is_part(const stemma_document *document, const stemma_assertion *assertion)
{
    return assertion->object.kind == STEMMA_OBJECT_REFERENT &&
           assertion->polarity != STEMMA_POLARITY_NEGATIVE &&
           assertion->subject < document->referent_count &&
           document->referents[assertion->subject].kind == STEMMA_REFERENT_EVENT;
}

/* How many a referent is, as far as its document says. */
enum number { OTHER, ONE_PERSON, SEVERAL };

static enum number number_of(const struct stm_matcher *matcher, uint32_t node)
{
    const struct stm_entity *entity = &matcher->entities->nodes[node];
    const stemma_referent *referent =
        &matcher->input->documents[entity->document]->referents[entity->referent];
    if (text_is(referent->type, "group")) {
        return SEVERAL;
    }
    if (entity->kind != STEMMA_NAME_CLASS_PERSON || !text_is(referent->type, "person")) {
        return OTHER;
    }
    for (uint32_t n = 0; n < referent->name_count; n++) {
        struct stm_description d;
        memset(&d, 0, sizeof d);
        if (referent->names[n].kind == STEMMA_NAME_NOMINAL &&
            stm_describe_nominal(referent->names[n].text, 0, 0, &d) && d.plural) {
            return SEVERAL;
        }
    }
    return ONE_PERSON;
}

static stemma_status collect_document(const struct stm_matcher *matcher, uint32_t d,
                                      struct parts *list)
{
    const stemma_document *document = matcher->input->documents[d];
    for (uint32_t i = 0; i < document->assertion_count; i++) {
        const stemma_assertion *a = &document->assertions[i];
        /* Those who meet, agree or play are several in the same part. */
        if (!is_part(document, a) || text_is(a->predicate, "participant") ||
            !is_telling(document->referents[a->subject].type)) {
            continue;
        }
        uint32_t node = stm_entities_node(matcher->entities, d, a->object.as.referent);
        enum number number = node == STEMMA_NONE ? OTHER : number_of(matcher, node);
        if (number == OTHER) {
            continue;
        }
        stemma_status status = stm_arena_grow(list->arena, &list->items, list->count,
                                              &list->capacity, sizeof *list->items);
        if (status != STEMMA_OK) {
            return status;
        }
        stemma_text type = document->referents[a->subject].type;
        struct part *part = &list->items[list->count++];
        part->key = XXH64(a->predicate.data, a->predicate.size, matcher->stories->story[d]);
        part->key = XXH64(type.data, type.size, part->key);
        part->event = (uint64_t)d << 32 | a->subject;
        part->node = node;
        part->several = number == SEVERAL;
    }
    return STEMMA_OK;
}

static int is_named(const struct stm_matcher *matcher, uint32_t node)
{
    return matcher->profiles[stm_cluster_find(matcher->cluster, node)].name_count != 0;
}

/* Whether a part is of several people: more than one in four of those who have it are. Of the many
   that were injured, one without a name need not be the one with a name. */
static int is_of_several(const struct part *list, size_t count)
{
    size_t several = 0;
    for (size_t i = 0; i < count; i++) {
        several += list[i].several;
    }
    return several * 4 > count;
}

/* The cluster with a name that has the part in at least twice the documents of any other that has
   one; or STEMMA_NONE. `list` is of one part, by document. */
static uint32_t bearer_of_part(const struct stm_matcher *matcher, const struct part *list,
                               size_t count)
{
    struct {
        uint32_t root;
        uint32_t documents;
        uint32_t last;
    } names[NAMES_TRIED];
    uint32_t name_count = 0;
    for (size_t i = 0; i < count; i++) {
        if (list[i].several || !is_named(matcher, list[i].node)) {
            continue;
        }
        uint32_t root = stm_cluster_find(matcher->cluster, list[i].node);
        uint32_t document = matcher->entities->document[list[i].node];
        uint32_t k = 0;
        while (k < name_count && names[k].root != root) {
            k++;
        }
        if (k == NAMES_TRIED) {
            return STEMMA_NONE; /* many do it */
        }
        if (k == name_count) {
            names[name_count].root = root;
            names[name_count].documents = 0;
            names[name_count++].last = STEMMA_NONE;
        }
        names[k].documents += names[k].last != document;
        names[k].last = document;
    }
    uint32_t best = 0;
    uint32_t second = 0;
    for (uint32_t k = 1; k < name_count; k++) {
        if (names[k].documents > names[best].documents) {
            second = names[best].documents;
            best = k;
        } else if (names[k].documents > second) {
            second = names[k].documents;
        }
    }
    return name_count != 0 && names[best].documents >= 2 * second ? names[best].root : STEMMA_NONE;
}

/* Whether two referents of a document have parts in one happening: then they are two. So they are taken to
   be when that takes more than `*left` looks at assertions, of which it takes off what it used. */
static int meet_in_document(const stemma_document *document, uint32_t x, uint32_t y, uint32_t *left)
{
    for (uint32_t i = 0; i < document->assertion_count; i++) {
        const stemma_assertion *one = &document->assertions[i];
        if (!is_part(document, one) || one->object.as.referent != x) {
            continue;
        }
        if (*left < document->assertion_count) {
            return 1;
        }
        *left -= document->assertion_count;
        for (uint32_t k = 0; k < document->assertion_count; k++) {
            const stemma_assertion *other = &document->assertions[k];
            if (other->subject == one->subject && is_part(document, other) &&
                other->object.as.referent == y) {
                return 1;
            }
        }
    }
    return 0;
}

/* Where a document first mentions a referent. */
static uint32_t first_mention(const stemma_document *document, uint32_t referent)
{
    uint32_t first = UINT32_MAX;
    for (uint32_t m = 0; m < document->mention_count; m++) {
        const stemma_mention *mention = &document->mentions[m];
        if (mention->referent == referent && mention->span_count != 0 &&
            mention->spans[0].start < first) {
            first = mention->spans[0].start;
        }
    }
    return first;
}

/* Whether a document introduces a referent as somebody new ("an envoy") after it has spoken of a
   member of the cluster of `bearer`. */
static int is_introduced_after(struct stm_matcher *matcher, uint32_t bearer, uint32_t node)
{
    const struct stm_entities *entities = matcher->entities;
    const struct stm_entity *entity = &entities->nodes[node];
    const stemma_document *document = matcher->input->documents[entity->document];
    const stemma_referent *referent = &document->referents[entity->referent];
    int indefinite = 0;
    for (uint32_t n = 0; n < referent->name_count; n++) {
        struct stm_description d;
        memset(&d, 0, sizeof d);
        indefinite |= referent->names[n].kind == STEMMA_NAME_NOMINAL &&
                      stm_describe_nominal(referent->names[n].text, 0, 0, &d) && d.indefinite;
    }
    uint32_t at = indefinite ? first_mention(document, entity->referent) : 0;
    for (uint32_t n = entities->first[entity->document];
         indefinite && n < entities->first[entity->document + 1]; n++) {
        if (stm_cluster_find(matcher->cluster, n) == stm_cluster_find(matcher->cluster, bearer) &&
            first_mention(document, entities->nodes[n].referent) < at) {
            return 1;
        }
    }
    return 0;
}

/* Whether a happening has parts for members of both clusters, or there are too many to ask. */
static int meet(struct stm_matcher *matcher, uint32_t a, uint32_t b)
{
    const struct stm_entities *entities = matcher->entities;
    uint32_t small = stm_cluster_find(matcher->cluster, a);
    uint32_t large = stm_cluster_find(matcher->cluster, b);
    if (matcher->cluster->size[small] > matcher->cluster->size[large]) {
        uint32_t swap = small;
        small = large;
        large = swap;
    }
    uint32_t member = small;
    uint32_t left = LOOKS;
    for (uint32_t i = 0; i < MEMBERS_ASKED; i++) {
        uint32_t number = entities->document[member];
        for (uint32_t n = entities->first[number]; n < entities->first[number + 1]; n++) {
            if (stm_cluster_find(matcher->cluster, n) == large &&
                meet_in_document(matcher->input->documents[number],
                                 entities->nodes[member].referent, entities->nodes[n].referent, &left)) {
                return 1;
            }
        }
        member = matcher->cluster->next[member];
        if (member == small) {
            return 0;
        }
    }
    return 1;
}

/* Joins those without a name who have one part in one story to the one who has a name. */
static stemma_status join_part(struct stm_matcher *matcher, const struct part *list, size_t count)
{
    uint32_t bearer =
        is_of_several(list, count) ? STEMMA_NONE : bearer_of_part(matcher, list, count);
    stemma_status status = STEMMA_OK;
    for (size_t i = 0; status == STEMMA_OK && i < count && bearer != STEMMA_NONE; i++) {
        const char *why;
        uint32_t node = list[i].node;
        if (list[i].several || is_named(matcher, node) ||
            (!stm_matcher_may_join(matcher, bearer, node, NULL, &why) &&
             (why != NULL ||
              stm_cluster_ask(matcher->cluster, bearer, node) != STM_CLUSTER_ONE_DOCUMENT)) ||
            is_introduced_after(matcher, bearer, node) ||
            !stm_gender_words_agree(matcher, bearer, node) || meet(matcher, bearer, node)) {
            continue;
        }
        struct stm_proposal proposal = {bearer, node, PART_ALIKE, STM_CONTEXT_STORY};
        status = stm_matcher_accept(matcher, &proposal, "the same part in one story");
    }
    return status;
}

stemma_status stm_match_parts(struct stm_matcher *matcher, stm_memory *memory)
{
    struct stm_arena scratch;
    struct parts list = {&scratch, NULL, 0, 0};
    stemma_status status = STEMMA_OK;
    stm_arena_init_in(&scratch, memory);
    for (uint32_t d = 0; status == STEMMA_OK && d < matcher->input->document_count; d++) {
        status = collect_document(matcher, d, &list);
    }
    if (status == STEMMA_OK && list.count != 0) {
        stm_arena_sort(&scratch, list.items, list.count, sizeof *list.items, compare_parts);
    }
    for (size_t i = 0; status == STEMMA_OK && i < list.count;) {
        size_t end = i + 1;
        while (end < list.count && list.items[end].key == list.items[i].key) {
            end++;
        }
        status = join_part(matcher, list.items + i, end - i);
        i = end;
    }
    stm_arena_free(&scratch);
    return status;
}
