/* SPDX-License-Identifier: MIT */
#include "page_tree.h"

#include "page_layout.h"

#include <stdbool.h>

/* Pages that are asked of memory before they are looked at, where little is done with each. */
#define AHEAD 8u

/* A key in its page, or none (data NULL), which bounds nothing. */
typedef struct key_view {
    const uint8_t *data;
    size_t size;
} key_view;

/* One page on the way from the root to the page in hand. */
typedef struct level {
    const uint8_t *page;
    uint32_t next; /* the child to enter next */
    uint32_t end;  /* and the one to stop before */
    uint32_t nodes;
    key_view lower; /* keys below must not be less */
    key_view upper; /* and must be less than this */
} level;

/* Marks `count` pages from `number` as used: STM_BAD_PAGE_RANGE, _SHARED or STM_PAGE_SOUND. */
static stm_page_problem claim_pages(stm_page_walk *walk, uint64_t number, uint64_t count)
{
    if (number < STM_META_PAGES || number >= walk->pages || count > walk->pages - number) {
        return STM_BAD_PAGE_RANGE;
    }
    for (uint64_t page = number; page < number + count; page++) {
        uint8_t bit = (uint8_t)(1u << (page & 7));
        if (walk->claimed[page >> 3] & bit) {
            return STM_BAD_PAGE_SHARED;
        }
        walk->claimed[page >> 3] |= bit;
    }
    walk->claims += count;
    return STM_PAGE_SOUND;
}

static inline uint64_t load_big_endian(const uint8_t *at)
{
    return (uint64_t)at[0] << 56 | (uint64_t)at[1] << 48 | (uint64_t)at[2] << 40 |
           (uint64_t)at[3] << 32 | (uint64_t)at[4] << 24 | (uint64_t)at[5] << 16 |
           (uint64_t)at[6] << 8 | (uint64_t)at[7];
}

/* The key's bytes [from, from + 8) as a number whose order is theirs, zeros after the key's end.
   from < size. It loads up to the end of the key and shifts, never past it: a key lies behind the
   eight bytes of its node's header, so there is always something to load before it. */
static inline uint64_t key_word(key_view key, size_t from)
{
    size_t left = key.size - from;
    if (left >= 8) {
        return load_big_endian(key.data + from);
    }
    return load_big_endian(key.data + key.size - 8) << (64 - 8 * left);
}

/* Whether a < b in memcmp order, a shorter key before one that it begins. Neither is empty. */
static inline bool key_less(key_view a, key_view b)
{
    size_t common = a.size < b.size ? a.size : b.size;
    for (size_t from = 0; from < common; from += 8) {
        uint64_t left = key_word(a, from);
        uint64_t right = key_word(b, from);
        if (left != right) {
            return left < right;
        }
    }
    /* Equal but for what the zeros stand for: a key's end, or a zero byte in it. */
    return a.size < b.size;
}

static stm_page_problem at_node(stm_page_walk *walk, stm_page_problem problem, unsigned node)
{
    walk->place.node = (int32_t)node;
    return problem;
}

/* The first and the last key of a page against the keys that the page above gives it. */
static stm_page_problem check_range(stm_page_walk *walk, const level *here, key_view first,
                                    unsigned first_node, key_view last)
{
    if (here->lower.data != NULL && key_less(first, here->lower)) {
        return at_node(walk, STM_BAD_NODE_SEPARATOR, first_node);
    }
    if (here->upper.data != NULL && !key_less(last, here->upper)) {
        return at_node(walk, STM_BAD_NODE_SEPARATOR, here->nodes - 1);
    }
    return STM_PAGE_SOUND;
}

/* Claims a page, unless that is another's part, and checks its header; `here` then shows its nodes.
 */
static stm_page_problem open_page(stm_page_walk *walk, uint64_t number, unsigned kind, bool claim,
                                  level *here)
{
    walk->place.page = number <= INT64_MAX ? (int64_t)number : INT64_MAX;
    walk->place.node = -1;
    stm_page_problem problem = claim_pages(walk, number, claim ? 1 : 0);
    if (problem != STM_PAGE_SOUND) {
        return problem;
    }
    const uint8_t *page = walk->file + number * STEMMA_PAGE_SIZE;
    unsigned lower = stm_page_get16(page + STM_PAGE_LOWER);
    unsigned upper = stm_page_get16(page + STM_PAGE_UPPER);
    if (stm_page_get64(page + STM_PAGE_NUMBER) != number) {
        return STM_BAD_PAGE_NUMBER;
    }
    if (stm_page_get32(page + STM_PAGE_PAD) != kind << 16) {
        return STM_BAD_PAGE_KIND;
    }
    if (lower < STM_PAGE_HEADER || lower % 2 != 0 || lower > upper || upper > STEMMA_PAGE_SIZE) {
        return STM_BAD_PAGE_BOUNDS;
    }
    here->page = page;
    here->next = 0;
    here->nodes = (lower - STM_PAGE_HEADER) / 2;
    here->end = here->nodes;
    return here->nodes < (kind == STM_PAGE_IS_LEAF ? 1 : 2) ? STM_BAD_PAGE_COUNT : STM_PAGE_SOUND;
}

/* The overflow run of a value: everything about it but its contents. */
static stm_page_problem check_run(stm_page_walk *walk, uint64_t number, uint64_t value_size,
                                  stm_page_table *found)
{
    uint64_t run = stm_page_run(value_size);
    stm_page_problem problem = claim_pages(walk, number, run);
    if (problem != STM_PAGE_SOUND) {
        return problem;
    }
    const uint8_t *page = walk->file + number * STEMMA_PAGE_SIZE;
    if (stm_page_get64(page + STM_PAGE_NUMBER) != number ||
        stm_page_get32(page + STM_PAGE_PAD) != STM_PAGE_IS_OVERFLOW << 16) {
        return STM_BAD_OVERFLOW_HEADER;
    }
    if (stm_page_get32(page + STM_PAGE_OVERFLOW_RUN) != run) {
        return STM_BAD_OVERFLOW_RUN;
    }
    found->overflow_pages += run;
    found->bytes_used += STM_PAGE_HEADER + value_size;
    return STM_PAGE_SOUND;
}

/* Every node of a leaf page in one pass from the end of the page down. Each node must end exactly
   where the one before begins, which makes all of them lie inside the page, apart and in place. */
static stm_page_problem check_leaf(stm_page_walk *walk, const level *here,
                                   const stm_page_tree *tree, stm_page_table *found)
{
    const unsigned leaf_flags = tree->leaf_flags;
    const uint8_t *page = here->page;
    const unsigned upper = stm_page_get16(page + STM_PAGE_UPPER);
    unsigned end = STEMMA_PAGE_SIZE;
    key_view first = {NULL, 0};
    key_view previous = {NULL, 0};
    for (unsigned node = 0; node < here->nodes; node++) {
        unsigned at = stm_page_get16(page + STM_PAGE_HEADER + 2 * node);
        if (at < upper || at + STM_NODE_HEADER > end || at % 2 != 0) {
            return at_node(walk, STM_BAD_NODE_BOUNDS, node);
        }
        uint64_t header = stm_page_get64(page + at);
        uint64_t value_size = header & UINT32_MAX;
        unsigned flags = (unsigned)(header >> 32) & 0xFFFFu;
        unsigned key_size = (unsigned)(header >> 48);
        if (key_size - 1u >= STEMMA_LIMIT_KEY) {
            return at_node(walk, STM_BAD_NODE_KEY_SIZE, node);
        }
        uint64_t size = STM_NODE_HEADER + key_size + value_size;
        if (flags != leaf_flags) {
            if (flags != STM_NODE_BIG || leaf_flags != 0) {
                return at_node(walk, STM_BAD_NODE_FLAGS, node);
            }
            if (value_size > STEMMA_LIMIT_VALUE) {
                return at_node(walk, STM_BAD_NODE_VALUE_SIZE, node);
            }
            if (size <= STM_NODE_MAX) {
                return at_node(walk, STM_BAD_NODE_PLACEMENT, node);
            }
            size = STM_NODE_HEADER + key_size + STM_NODE_PAGE_REF;
        } else if (size > STM_NODE_MAX) {
            return at_node(walk, STM_BAD_NODE_PLACEMENT, node);
        }
        if (at + size + size % 2 != end) {
            return at_node(walk, STM_BAD_NODE_PACKING, node);
        }
        key_view key = {page + at + STM_NODE_HEADER, key_size};
        if (node == 0) {
            first = key;
        } else if (!key_less(previous, key)) {
            return at_node(walk, STM_BAD_NODE_ORDER, node);
        }
        if (flags == STM_NODE_BIG && tree->skip == NULL) {
            stm_page_problem problem =
                check_run(walk, stm_page_get64(key.data + key_size), value_size, found);
            if (problem != STM_PAGE_SOUND) {
                return at_node(walk, problem, node);
            }
        }
        previous = key;
        end = at;
    }
    if (end != upper) {
        return STM_BAD_NODE_PACKING;
    }
    found->leaf_pages++;
    found->entries += here->nodes;
    found->bytes_used += STM_PAGE_HEADER + 2 * here->nodes + (STEMMA_PAGE_SIZE - upper);
    return check_range(walk, here, first, 0, previous);
}

/* What a leaf page holds, without a look at its keys; of a plain table its header tells it. */
static stm_page_problem measure_leaf(stm_page_walk *walk, const level *here, bool plain,
                                     stm_page_table *found)
{
    const uint8_t *page = here->page;
    const unsigned upper = stm_page_get16(page + STM_PAGE_UPPER);
    unsigned end = STEMMA_PAGE_SIZE;
    for (unsigned node = 0; !plain && node < here->nodes; node++) {
        unsigned at = stm_page_get16(page + STM_PAGE_HEADER + 2 * node);
        if (at < upper || at + STM_NODE_HEADER > end) {
            return at_node(walk, STM_BAD_NODE_BOUNDS, node);
        }
        unsigned size = end - at;
        end = at;
        if (size > STM_NODE_HEADER + STEMMA_LIMIT_KEY + STM_NODE_PAGE_REF + 1) {
            continue; /* it has its value in it: nothing of it need be read */
        }
        uint64_t header = stm_page_get64(page + at);
        if (((header >> 32) & 0xFFFFu) == STM_NODE_BIG) {
            found->overflow_pages += stm_page_run(header & UINT32_MAX);
            found->bytes_used += STM_PAGE_HEADER + (header & UINT32_MAX);
        }
    }
    found->leaf_pages++;
    found->entries += here->nodes;
    found->bytes_used += STM_PAGE_HEADER + 2 * here->nodes + (STEMMA_PAGE_SIZE - upper);
    return STM_PAGE_SOUND;
}

static stm_page_problem check_branch(stm_page_walk *walk, const level *here, stm_page_table *found)
{
    const uint8_t *page = here->page;
    const unsigned upper = stm_page_get16(page + STM_PAGE_UPPER);
    unsigned end = STEMMA_PAGE_SIZE;
    key_view first = {NULL, 0};
    key_view previous = {NULL, 0};
    for (unsigned node = 0; node < here->nodes; node++) {
        unsigned at = stm_page_get16(page + STM_PAGE_HEADER + 2 * node);
        if (at < upper || at + STM_NODE_HEADER > end || at % 2 != 0) {
            return at_node(walk, STM_BAD_NODE_BOUNDS, node);
        }
        /* The first key is never read: whatever is less than the second goes to the first child. */
        unsigned key_size = stm_page_get16(page + at + STM_NODE_KEY_SIZE);
        if (node == 0 ? key_size != 0 : key_size - 1u >= STEMMA_LIMIT_KEY) {
            return at_node(walk, STM_BAD_NODE_KEY_SIZE, node);
        }
        if (at + STM_NODE_HEADER + key_size + key_size % 2 != end) {
            return at_node(walk, STM_BAD_NODE_PACKING, node);
        }
        key_view key = {page + at + STM_NODE_HEADER, key_size};
        if (node == 1) {
            first = key;
        } else if (node > 1 && !key_less(previous, key)) {
            return at_node(walk, STM_BAD_NODE_ORDER, node);
        }
        previous = key;
        end = at;
    }
    if (end != upper) {
        return STM_BAD_NODE_PACKING;
    }
    found->branch_pages++;
    found->bytes_used += STM_PAGE_HEADER + 2 * here->nodes + (STEMMA_PAGE_SIZE - upper);
    walk->branch_bytes += STM_PAGE_HEADER + 2 * here->nodes + (STEMMA_PAGE_SIZE - upper);
    return check_range(walk, here, first, 1, previous);
}

static stm_page_problem look_at(stm_page_walk *walk, const level *here, const stm_page_tree *tree,
                                bool leaf, stm_page_table *found)
{
    if (!leaf) {
        return check_branch(walk, here, found);
    }
    return walk->measuring && tree->visit == NULL ? measure_leaf(walk, here, tree->plain, found)
                                                  : check_leaf(walk, here, tree, found);
}

static const uint8_t *node_at(const level *here, uint32_t node)
{
    return here->page + stm_page_get16(here->page + STM_PAGE_HEADER + 2 * node);
}

static key_view branch_key(const level *here, uint32_t node)
{
    const uint8_t *at = node_at(here, node);
    key_view key = {at + STM_NODE_HEADER, stm_page_get16(at + STM_NODE_KEY_SIZE)};
    return key;
}

/* The page number in a branch node: where a leaf node has its value size and flags. */
static uint64_t branch_child(const level *here, uint32_t node)
{
    return stm_page_get64(node_at(here, node)) & UINT64_C(0xFFFFFFFFFFFF);
}

/* Leaves to the root's page the children of one share; what share 0 counts others do not. */
static void take_share(level *root, const stm_page_tree *tree, stm_page_table *found)
{
    root->next = (uint32_t)((uint64_t)root->nodes * tree->part / tree->parts);
    root->end = (uint32_t)((uint64_t)root->nodes * (tree->part + 1) / tree->parts);
    if (tree->part != 0) {
        found->branch_pages = 0;
        found->bytes_used = 0;
    }
}

/* Passes over leaf pages that are not looked at, `*over` of them before the next one that is. False when none of
   this page is. */
static bool pass_over(level *parent, const stm_page_tree *tree, uint64_t *over)
{
    uint32_t left = parent->end - parent->next;
    if (*over >= left) {
        *over -= left;
        parent->next = parent->end;
        return false;
    }
    parent->next += (uint32_t)*over;
    *over = tree->stride - 1;
    return true;
}

/* Up to the nearest page with a child left that is to be looked at. False when there is none. */
static bool go_up(level *stack, uint32_t *top, const stm_page_tree *tree, uint64_t *over)
{
    while (stack[*top].next == stack[*top].end ||
           (tree->stride > 1 && *top + 2 == tree->depth && !pass_over(&stack[*top], tree, over))) {
        if (*top == 0) {
            return false;
        }
        --*top;
    }
    return true;
}

stm_page_problem stm_page_tree_check(stm_page_walk *walk, const stm_page_tree *tree,
                                     stm_page_table *found)
{
    level stack[STEMMA_LIMIT_DEPTH];
    uint32_t top = 0;
    uint64_t number = tree->root;
    uint64_t over = 0;
    stack[0].lower = stack[0].upper = (key_view){NULL, 0};
    if (tree->part != 0 && tree->depth == 1) {
        return STM_PAGE_SOUND;
    }
    for (;;) {
        level *here = &stack[top];
        bool leaf = top + 1 == tree->depth;
        bool own = top != 0 || tree->part == 0;
        stm_page_problem problem =
            open_page(walk, number, leaf ? STM_PAGE_IS_LEAF : STM_PAGE_IS_BRANCH, own, here);
        if (problem == STM_PAGE_SOUND) {
            problem = look_at(walk, here, tree, leaf, found);
        }
        if (problem == STM_PAGE_SOUND && leaf && tree->visit != NULL) {
            problem = tree->visit(tree->context, walk, here->page, here->nodes);
        }
        if (problem != STM_PAGE_SOUND) {
            if (tree->skip == NULL || !tree->skip(tree->context, walk, problem)) {
                return problem;
            }
            if (problem != STM_BAD_PAGE_RANGE && problem != STM_BAD_PAGE_SHARED) {
                walk->claimed[number >> 3] &= (uint8_t) ~(1u << (number & 7));
                walk->claims--;
            }
            leaf = true; /* nothing below it is looked at */
        }
        if (top == 0 && tree->parts > 1 && !leaf) {
            take_share(here, tree, found);
            if (here->next == here->end) {
                return STM_PAGE_SOUND;
            }
        }
        if (leaf) {
            here->next = here->end = 0;
        }
        if (!go_up(stack, &top, tree, &over)) {
            return STM_PAGE_SOUND;
        }
        level *parent = &stack[top];
        uint32_t child = parent->next++;
        if (walk->measuring && tree->stride <= 1 && child + AHEAD < parent->nodes) {
            uint64_t later = branch_child(parent, child + AHEAD);
            __builtin_prefetch(walk->file + (later < walk->pages ? later : 0) * STEMMA_PAGE_SIZE);
        }
        number = branch_child(parent, child);
        top++;
        stack[top].lower = child == 0 ? parent->lower : branch_key(parent, child);
        stack[top].upper =
            child + 1 == parent->nodes ? parent->upper : branch_key(parent, child + 1);
    }
}
