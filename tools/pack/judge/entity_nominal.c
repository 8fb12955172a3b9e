/* SPDX-License-Identifier: MIT */
#include "pack/judge/entity_nominal.h"

#include "pack/judge/entity_describe.h"
#include "pack/judge/entity_manner.h"

#define CLUSTERS_TRIED  12u /* of one head noun in one story */
#define HEAD_TELLING    8u
#define DESCRIBED_ALIKE 600u /* score of a name that is none */

static int text_is(stemma_text text, const char *word)
{
    return stemma_text_equal(text, stemma_text_of(word));
}

static int compare_descriptions(const void *left, const void *right)
{
    const struct stm_description *a = left;
    const struct stm_description *b = right;
    if (a->key != b->key) {
        return a->key < b->key ? -1 : 1;
    }
    if (a->node != b->node) {
        return a->node < b->node ? -1 : 1;
    }
    if (a->is_name != b->is_name) {
        return a->is_name ? 1 : -1;
    }
    if (a->telling_count != b->telling_count) {
        return a->telling_count < b->telling_count ? -1 : 1;
    }
    return memcmp(a->telling, b->telling, a->telling_count * sizeof *a->telling);
}

struct descriptions {
    struct stm_arena *arena;
    struct stm_description *items;
    size_t count;
    size_t capacity;
};

static stemma_status add(struct descriptions *list, const struct stm_description *d)
{
    stemma_status status = stm_arena_grow(list->arena, &list->items, list->count, &list->capacity,
                                          sizeof *list->items);
    if (status == STEMMA_OK) {
        list->items[list->count++] = *d;
    }
    return status;
}

/* The offices that documents state of people who have names. */
static stemma_status collect_roles(const struct stm_matcher *matcher, struct descriptions *list)
{
    stemma_status status = STEMMA_OK;
    for (uint32_t n = 0; n < matcher->input->document_count; n++) {
        const stemma_document *document = matcher->input->documents[n];
        for (uint32_t i = 0; status == STEMMA_OK && i < document->assertion_count; i++) {
            const stemma_assertion *assertion = &document->assertions[i];
            uint32_t node = STEMMA_NONE;
            if (text_is(assertion->predicate, "role") &&
                assertion->object.kind == STEMMA_OBJECT_TEXT &&
                assertion->polarity != STEMMA_POLARITY_NEGATIVE) {
                node = stm_entities_node(matcher->entities, n, assertion->subject);
            }
            struct stm_description d;
            memset(&d, 0, sizeof d);
            d.node = node;
            if (node != STEMMA_NONE &&
                stm_describe_nominal(assertion->object.as.text, 0, matcher->stories->story[n], &d)) {
                status = add(list, &d);
            }
        }
    }
    return status;
}

static stemma_status collect(const struct stm_matcher *matcher, struct descriptions *list)
{
    for (uint32_t i = 0; i < matcher->entities->count; i++) {
        const struct stm_entity *node = &matcher->entities->nodes[i];
        const stemma_referent *referent =
            &matcher->input->documents[node->document]->referents[node->referent];
        int group = text_is(referent->type, "group");
        for (uint32_t n = 0; n < referent->name_count; n++) {
            struct stm_description d;
            memset(&d, 0, sizeof d);
            d.node = i;
            uint32_t story = matcher->stories->story[node->document];
            int is_nominal = referent->names[n].kind == STEMMA_NAME_NOMINAL;
            int found = is_nominal ? stm_describe_nominal(referent->names[n].text, group, story, &d)
                                   : node->kind != STEMMA_NAME_CLASS_PERSON &&
                                         stm_describe_name(referent->names[n].text, story, &d);
            if (!found) {
                continue;
            }
            stemma_status status = add(list, &d);
            if (status != STEMMA_OK) {
                return status;
            }
        }
    }
    stemma_status status = collect_roles(matcher, list);
    if (status == STEMMA_OK && list->count != 0) {
        stm_arena_sort(list->arena, list->items, list->count, sizeof *list->items,
                       compare_descriptions);
    }
    return status;
}

static int is_named(const struct stm_matcher *matcher, uint32_t node)
{
    return matcher->profiles[stm_cluster_find(matcher->cluster, node)].name_count != 0;
}

/* A cluster that a story describes by a head noun, and all that was said to tell it from others. */
struct head {
    uint32_t node;
    uint32_t votes; /* descriptions */
    uint64_t telling[HEAD_TELLING];
    uint32_t telling_count;
    uint64_t manner[HEAD_TELLING];
    uint32_t manner_count;
    uint8_t named;
    uint8_t anyone; /* "men" */
};

struct heads {
    struct head items[CLUSTERS_TRIED];
    uint32_t count;
};

/* Whether both say something that tells, and nothing of it is the same. */
static int told_apart(const struct stm_description *d, const struct head *head)
{
    if (d->telling_count == 0 || head->telling_count == 0) {
        return 0;
    }
    for (uint32_t i = 0; i < d->telling_count; i++) {
        for (uint32_t k = 0; k < head->telling_count; k++) {
            if (d->telling[i] == head->telling[k]) {
                return 0;
            }
        }
    }
    return 1;
}

/* "Men in plain clothes" of one account are not "the two men" of another. */
static int is_anyone(const struct stm_description *d, const struct head *head)
{
    return (d->anyone && head->telling_count != 0) || (head->anyone && d->telling_count != 0);
}

/* Whether both are called something in the same manner: "the long-standing authoritarian leader"
   and "authoritarian leader Orlov". */
static int alike_in_manner(const struct stm_description *d, const struct head *head)
{
    for (uint32_t i = 0; i < d->manner_count; i++) {
        for (uint32_t k = 0; k < head->manner_count; k++) {
            if (d->manner[i] == head->manner[k]) {
                return 1;
            }
        }
    }
    return 0;
}

/* "Political prisoners" are a kind; "123 prisoners" need not be of it. */
static int other_kind(const struct stm_description *d, const struct head *head)
{
    return d->plural && !head->named && !alike_in_manner(d, head) &&
           ((d->telling_count != 0 && head->manner_count != 0) ||
            (head->telling_count != 0 && d->manner_count != 0));
}

static void learn(struct head *head, const struct stm_description *d)
{
    head->votes++;
    head->anyone |= d->anyone;
    for (uint32_t i = 0; i < d->telling_count && head->telling_count < HEAD_TELLING; i++) {
        head->telling[head->telling_count++] = d->telling[i];
    }
    for (uint32_t i = 0; i < d->manner_count && head->manner_count < HEAD_TELLING; i++) {
        head->manner[head->manner_count++] = d->manner[i];
    }
}

/* The head that is of the cluster of a node; made when there is none and room for it; or NULL. */
static struct head *head_of(struct stm_matcher *matcher, struct heads *heads, uint32_t node,
                            int make)
{
    uint32_t root = stm_cluster_find(matcher->cluster, node);
    for (uint32_t k = 0; k < heads->count; k++) {
        if (stm_cluster_find(matcher->cluster, heads->items[k].node) == root) {
            return &heads->items[k];
        }
    }
    if (!make || heads->count == CLUSTERS_TRIED) {
        return NULL;
    }
    struct head *head = &heads->items[heads->count++];
    memset(head, 0, sizeof *head);
    head->node = node;
    head->named = is_named(matcher, node) != 0;
    return head;
}

/* The named cluster that a description without anything telling means: the only one, or the one
   that is so called far more often than the others. */
static const struct head *protagonist(const struct heads *heads)
{
    const struct head *best = NULL;
    uint32_t second = 0;
    for (uint32_t k = 0; k < heads->count; k++) {
        const struct head *head = &heads->items[k];
        if (!head->named) {
            continue;
        }
        if (best == NULL || head->votes > best->votes) {
            second = best == NULL ? 0 : best->votes;
            best = head;
        } else if (head->votes > second) {
            second = head->votes;
        }
    }
    return best != NULL && 2 * best->votes >= 3 * second ? best : NULL;
}

/* Whether nothing keeps two apart but that one document has both, and what it says second does not
   set out to be another: "the gunman ... the gunman", where its reader was not sure. */
static int only_repeats(struct stm_matcher *matcher, const struct head *head,
                        const struct stm_description *d)
{
    int alike = d->manner_count == 0 && head->manner_count == 0;
    return !head->named && !d->indefinite &&
           (!d->plural || (d->telling_count == 0 && head->telling_count == 0 &&
                           (alike || alike_in_manner(d, head)))) &&
           stm_cluster_ask(matcher->cluster, head->node, d->node) == STM_CLUSTER_ONE_DOCUMENT;
}

/* Whether nothing keeps two apart that bear no name but that one was read as a person and the other
   not: one noun, in one story, is not of both, "the navy" was taken for somebody. */
static int only_misread(struct stm_matcher *matcher, const struct head *head,
                        const struct stm_description *d)
{
    const struct stm_profile *one =
        &matcher->profiles[stm_cluster_find(matcher->cluster, head->node)];
    struct stm_profile other = matcher->profiles[stm_cluster_find(matcher->cluster, d->node)];
    enum stm_cluster_answer answer = stm_cluster_ask(matcher->cluster, head->node, d->node);
    other.kinds = one->kinds;
    return !head->named && stm_profile_contradiction(one, &other, matcher->entities, 0) == NULL &&
           (answer == STM_CLUSTER_FREE || only_repeats(matcher, head, d));
}

/* Joins one nameless referent to the head that it fits, or makes it a head. */
static stemma_status join_description(struct stm_matcher *matcher, struct heads *heads,
                                      const struct stm_description *d, const struct head *lead)
{
    struct head *found = head_of(matcher, heads, d->node, 0);
    if (found != NULL) {
        learn(found, d);
        return STEMMA_OK;
    }
    struct head *nameless = NULL;
    uint32_t fits = 0;
    for (uint32_t k = 0; k < heads->count; k++) {
        struct head *head = &heads->items[k];
        const char *why;
        if ((head->named && d->telling_count == 0 && head != lead) || told_apart(d, head) ||
            is_anyone(d, head) || other_kind(d, head) ||
            (!stm_matcher_may_join(matcher, head->node, d->node, NULL, &why) &&
             (why != NULL ? !only_misread(matcher, head, d)
                          : !only_repeats(matcher, head, d)))) {
            continue;
        }
        found = found == NULL ? head : found;
        nameless = nameless == NULL && !head->named ? head : nameless;
        fits += head->named;
    }
    if (fits > 1) {
        found = nameless; /* of two who bear names nobody knows which is meant */
    }
    if (found == NULL) {
        found = head_of(matcher, heads, d->node, 1);
        if (found != NULL) {
            learn(found, d);
        }
        return STEMMA_OK;
    }
    learn(found, d);
    struct stm_proposal proposal = {found->node, d->node, DESCRIBED_ALIKE, STM_CONTEXT_STORY};
    return stm_matcher_accept(matcher, &proposal, "described alike in one story");
}

/* The descriptions of one head noun in one story. */
static stemma_status join_head(struct stm_matcher *matcher, const struct stm_description *list,
                               size_t count)
{
    struct heads heads;
    heads.count = 0;
    for (size_t i = 0; i < count; i++) {
        if (is_named(matcher, list[i].node)) {
            struct head *head = head_of(matcher, &heads, list[i].node, 1);
            if (head != NULL) {
                learn(head, &list[i]);
            }
        }
    }
    const struct head *lead = protagonist(&heads);
    stemma_status status = STEMMA_OK;
    for (size_t i = 0; status == STEMMA_OK && i < count; i++) {
        if (!is_named(matcher, list[i].node)) {
            status = join_description(matcher, &heads, &list[i], lead);
        }
    }
    return status;
}

stemma_status stm_match_nominals(struct stm_matcher *matcher, stm_memory *memory)
{
    struct stm_arena scratch;
    struct descriptions list = {&scratch, NULL, 0, 0};
    stm_arena_init_in(&scratch, memory);
    stemma_status status = collect(matcher, &list);
    for (size_t i = 0; status == STEMMA_OK && i < list.count;) {
        size_t end = i + 1;
        while (end < list.count && list.items[end].key == list.items[i].key) {
            end++;
        }
        status = join_head(matcher, list.items + i, end - i);
        i = end;
    }
    if (status == STEMMA_OK) {
        status = stm_match_manner(matcher, &scratch, list.items, list.count);
    }
    stm_arena_free(&scratch);
    return status;
}
