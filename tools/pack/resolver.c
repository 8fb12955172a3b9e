/* SPDX-License-Identifier: MIT */
#include "pack/resolver.h"

#include <stdlib.h>

#include "common/arena.h"
#include "base/error.h"

/* Who decided when a line names nobody: a judgement has an author. */
#define UNNAMED "unnamed"

/* Bytes of a timestamp down to the second. */
#define SECONDS 19u

/* One end of a line. */
struct end {
    stemma_text text;
    stemma_text document; /* of a referent; empty for a name */
    uint32_t referent;
    char kind;
    uint32_t name; /* number of a name, or STEMMA_NONE */
};

struct decision {
    struct end ends[2];
    uint8_t verdict;
    uint16_t score;
    stemma_text user;
    stemma_text created;
    stemma_text deleted;
    uint64_t number;
};

struct stm_resolver {
    struct stm_arena arena;
    struct decision *decisions;
    size_t count;
    size_t capacity;
    stemma_text *names; /* sorted, distinct */
    uint32_t name_count;
    uint32_t *parent;          /* of each name: names that positive lines tie to each other */
    const struct end **bearer; /* of each first name of such: a referent that stands for it */
};

struct stm_resolver *stm_resolver_new(void)
{
    struct stm_resolver *resolver = calloc(1, sizeof *resolver);
    if (resolver != NULL) {
        stm_arena_init(&resolver->arena, 0);
    }
    return resolver;
}

void stm_resolver_free(struct stm_resolver *resolver)
{
    if (resolver != NULL) {
        stm_arena_free(&resolver->arena);
        free(resolver);
    }
}

/* Timestamps as programs write them have fractions of seconds, which dates here have not. */
static stemma_text seconds_of(stemma_text stamp)
{
    if (stamp.size > SECONDS && stamp.data[SECONDS] == '.') {
        stamp.size = SECONDS;
    }
    return stamp;
}

static bool copy(struct stm_resolver *resolver, stemma_text from, stemma_text *to)
{
    *to = stm_arena_text(&resolver->arena, from);
    return from.size == 0 || to->data != NULL;
}

static bool copy_end(struct stm_resolver *resolver, stemma_text id, struct end *out)
{
    memset(out, 0, sizeof *out);
    out->name = STEMMA_NONE;
    if (!copy(resolver, id, &out->text)) {
        return false;
    }
    if (!stm_interchange_referent(out->text, &out->document, &out->referent, &out->kind) ||
        out->kind == 0) {
        out->document = (stemma_text){NULL, 0};
    }
    return true;
}

stemma_status stm_resolver_add(struct stm_resolver *resolver, const struct stm_line_resolver *line,
                               uint64_t number)
{
    struct decision one = {.verdict = line->verdict, .score = line->score, .number = number};
    stemma_text user = line->user.size != 0 ? line->user : stemma_text_of(UNNAMED);
    if (line->verdict == 0) {
        return STEMMA_OK; /* nobody decided anything */
    }
    if (!copy_end(resolver, line->left, &one.ends[0]) ||
        !copy_end(resolver, line->right, &one.ends[1]) || !copy(resolver, user, &one.user) ||
        !copy(resolver, seconds_of(line->created), &one.created) ||
        !copy(resolver, seconds_of(line->deleted), &one.deleted) ||
        stm_arena_grow(&resolver->arena, &resolver->decisions, resolver->count,
                       &resolver->capacity, sizeof one) != STEMMA_OK) {
        return STEMMA_E_NO_MEMORY;
    }
    resolver->decisions[resolver->count++] = one;
    return STEMMA_OK;
}

/* ---- Names -------------------------------------------------------------------------------------- */

static int by_text(const void *left, const void *right)
{
    const stemma_text *a = left, *b = right;
    size_t size = a->size < b->size ? a->size : b->size;
    int order = memcmp(a->data, b->data, size);
    return order != 0 ? order : (a->size > b->size) - (a->size < b->size);
}

static uint32_t root_of(uint32_t *parent, uint32_t name)
{
    while (parent[name] != name) {
        parent[name] = parent[parent[name]];
        name = parent[name];
    }
    return name;
}

static stemma_status number_names(struct stm_resolver *resolver)
{
    size_t count = 0;
    resolver->names = stm_arena_alloc(&resolver->arena, resolver->count * 2, sizeof(stemma_text));
    if (resolver->names == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (size_t i = 0; i < resolver->count * 2; i++) {
        const struct end *end = &resolver->decisions[i / 2].ends[i % 2];
        if (end->document.size == 0) {
            resolver->names[count++] = end->text;
        }
    }
    stm_arena_sort(&resolver->arena, resolver->names, count, sizeof *resolver->names, by_text);
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || by_text(&resolver->names[i], &resolver->names[resolver->name_count - 1]) != 0) {
            resolver->names[resolver->name_count++] = resolver->names[i];
        }
    }
    for (size_t i = 0; i < resolver->count * 2; i++) {
        struct end *end = &resolver->decisions[i / 2].ends[i % 2];
        if (end->document.size == 0) {
            const stemma_text *found = bsearch(&end->text, resolver->names, resolver->name_count,
                                               sizeof *resolver->names, by_text);
            end->name = (uint32_t)(found - resolver->names);
        }
    }
    resolver->parent =
        stm_arena_alloc(&resolver->arena, resolver->name_count, sizeof *resolver->parent);
    resolver->bearer =
        stm_arena_alloc(&resolver->arena, resolver->name_count, sizeof *resolver->bearer);
    return resolver->parent != NULL && resolver->bearer != NULL ? STEMMA_OK : STEMMA_E_NO_MEMORY;
}

static bool is_tie(const struct decision *one)
{
    return one->verdict == STEMMA_VERDICT_SAME && one->deleted.size == 0;
}

/* Ties names, then finds a referent for each: the first one that a line ties to any of them. */
static void tie(struct stm_resolver *resolver)
{
    for (uint32_t i = 0; i < resolver->name_count; i++) {
        resolver->parent[i] = i;
    }
    for (size_t i = 0; i < resolver->count; i++) {
        const struct decision *one = &resolver->decisions[i];
        if (is_tie(one) && one->ends[0].name != STEMMA_NONE && one->ends[1].name != STEMMA_NONE) {
            uint32_t a = root_of(resolver->parent, one->ends[0].name);
            uint32_t b = root_of(resolver->parent, one->ends[1].name);
            resolver->parent[a < b ? b : a] = a < b ? a : b;
        }
    }
    for (size_t i = 0; i < resolver->count; i++) {
        const struct decision *one = &resolver->decisions[i];
        for (int side = 0; side < 2 && is_tie(one); side++) {
            const struct end *name = &one->ends[side];
            const struct end *other = &one->ends[1 - side];
            if (name->name != STEMMA_NONE && other->name == STEMMA_NONE) {
                uint32_t root = root_of(resolver->parent, name->name);
                if (resolver->bearer[root] == NULL) {
                    resolver->bearer[root] = other;
                }
            }
        }
    }
}

/* ---- Judgements ----------------------------------------------------------------------------------- */

/* The referent that an end is or that its name stands for, or NULL. */
static const struct end *bearer_of(struct stm_resolver *resolver, const struct end *end)
{
    return end->name == STEMMA_NONE
               ? end
               : resolver->bearer[root_of(resolver->parent, end->name)];
}

static bool is_same(const struct end *a, const struct end *b)
{
    return a == b || (a->kind == b->kind && a->referent == b->referent &&
                      stemma_text_equal(a->document, b->document));
}

static stemma_status hand_out(struct stm_resolver *resolver, const struct decision *one,
                              stm_resolver_take *take, stm_resolver_refuse *refuse, void *context)
{
    const struct end *left = bearer_of(resolver, &one->ends[0]);
    const struct end *right = bearer_of(resolver, &one->ends[1]);
    struct stm_line_judgement line;
    stemma_error error = {0};
    bool names = one->ends[0].name != STEMMA_NONE || one->ends[1].name != STEMMA_NONE;
    if (left == NULL || right == NULL) {
        if (!is_tie(one)) {
            const struct end *end = left == NULL ? &one->ends[0] : &one->ends[1];
            stm_fail(&error, STEMMA_E_INVALID, "DANGLING_REF", left == NULL ? "left" : "right",
                     "No positive line ties \"%.*s\" to a referent",
                     (int)(end->text.size < 60 ? end->text.size : 60), end->text.data);
            refuse(context, one->number, &error);
        }
        return STEMMA_OK; /* of two names that stand for nothing here nothing is said */
    }
    if (is_same(left, right)) {
        if (!is_tie(one) && one->deleted.size == 0) {
            stm_fail(&error, STEMMA_E_INVALID, "FIELD_VALUE", "right",
                     names ? "Other lines say that the two are the same"
                           : "A referent is judged against itself");
            refuse(context, one->number, &error);
        }
        return STEMMA_OK; /* the line that made the name's bearer */
    }
    memset(&line, 0, sizeof line);
    line.left = left->document;
    line.right = right->document;
    line.kinds[0] = left->kind;
    line.kinds[1] = right->kind;
    line.judgement.left.referent = left->referent;
    line.judgement.right.referent = right->referent;
    line.judgement.verdict = one->verdict;
    line.judgement.score = one->score;
    line.judgement.run = STEMMA_NONE;
    line.judgement.author = one->user;
    line.judgement.created = one->created;
    line.judgement.retracted = one->deleted;
    return take(context, &line, one->number);
}

stemma_status stm_resolver_end(struct stm_resolver *resolver, stm_resolver_take *take,
                               stm_resolver_refuse *refuse, void *context)
{
    stemma_status status = number_names(resolver);
    if (status == STEMMA_OK) {
        tie(resolver);
    }
    for (size_t i = 0; i < resolver->count && status == STEMMA_OK; i++) {
        status = hand_out(resolver, &resolver->decisions[i], take, refuse, context);
    }
    return status;
}
