/* SPDX-License-Identifier: MIT */
/**
 * @file page_layout.h
 * Where things are in the pages of a sealed file: the LMDB 0.9 layout (data version 1), as far as
 * the format uses it. Offsets are bytes; every number is little-endian.
 *
 * A file is an array of pages. Pages 0 and 1 are metas, every other page is a branch, a leaf or the
 * beginning or body of an overflow run. A branch or leaf page holds a header, then one 16-bit
 * pointer for each node, then a gap, then the nodes:
 *
 *     0        16        lower          upper                     page end
 *     | header | pointers | gap (zeros) | node n-1 | ... | node 0 |
 *
 * In a sealed file the nodes lie in that order, with nothing between them.
 */
#ifndef STEMMA_FORMAT_PAGE_LAYOUT_H
#define STEMMA_FORMAT_PAGE_LAYOUT_H

#include "limits.h"

#include <stddef.h>
#include <stdint.h>

/* Header of every page but the body pages of an overflow run. */
#define STM_PAGE_NUMBER       0u  /* 64 bits: the page's own position */
#define STM_PAGE_PAD          8u  /* 16 bits: zero */
#define STM_PAGE_FLAGS        10u /* 16 bits: one of the kinds below */
#define STM_PAGE_LOWER        12u /* 16 bits: end of the node pointers */
#define STM_PAGE_UPPER        14u /* 16 bits: start of the lowest node */
#define STM_PAGE_OVERFLOW_RUN 12u /* 32 bits: pages in the run (instead of lower and upper) */
#define STM_PAGE_HEADER       16u /* bytes of the header */

#define STM_PAGE_IS_BRANCH   0x01u
#define STM_PAGE_IS_LEAF     0x02u
#define STM_PAGE_IS_OVERFLOW 0x04u
#define STM_PAGE_IS_META     0x08u

/* A node. In a leaf: 32 bits of value size, flags, key size, key, value. In a branch the first
   48 bits are the number of the child page. Nodes begin at even offsets. */
#define STM_NODE_HEADER   8u
#define STM_NODE_FLAGS    4u
#define STM_NODE_KEY_SIZE 6u
#define STM_NODE_BIG      0x01u /* the value is a page number: where its overflow run begins */
#define STM_NODE_TABLE    0x02u /* the value is the record of a named table */
#define STM_NODE_MAX      2038u /* bytes of header, key and value that stay in a leaf */
#define STM_NODE_PAGE_REF 8u    /* bytes of an overflow page number in a leaf */

/* The record of a table: the value of its name in the main table, or a field of a meta page. */
#define STM_TABLE_PAD            0u /* 32 bits: zero; in the free list's record, the page size */
#define STM_TABLE_FLAGS          4u /* 16 bits: zero */
#define STM_TABLE_DEPTH          6u /* 16 bits: levels of its tree */
#define STM_TABLE_BRANCH_PAGES   8u /* 64 bits each from here */
#define STM_TABLE_LEAF_PAGES     16u
#define STM_TABLE_OVERFLOW_PAGES 24u
#define STM_TABLE_ENTRIES        32u
#define STM_TABLE_ROOT           40u
#define STM_TABLE_RECORD         48u        /* bytes of a table record */
#define STM_NO_PAGE              UINT64_MAX /* root of an empty table */

/* A meta page, offsets from the start of the page. */
#define STM_META_MAGIC     16u
#define STM_META_VERSION   20u
#define STM_META_ADDRESS   24u
#define STM_META_MAP_SIZE  32u
#define STM_META_FREE      40u
#define STM_META_MAIN      88u
#define STM_META_LAST_PAGE 136u
#define STM_META_TXNID     144u
#define STM_META_END       152u

#define STM_META_MAGIC_VALUE   0xBEEFC0DEu
#define STM_META_VERSION_VALUE 1u
#define STM_META_FREE_FLAGS    0x08u /* the free list has integer keys, even when it is empty */

#define STM_META_PAGES 2u

static inline uint16_t stm_page_get16(const uint8_t *at)
{
    return (uint16_t)(at[0] | (uint32_t)at[1] << 8);
}

static inline uint32_t stm_page_get32(const uint8_t *at)
{
    return at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

/* Written out so that compilers see a single load. */
static inline uint64_t stm_page_get64(const uint8_t *at)
{
    return (uint64_t)at[0] | (uint64_t)at[1] << 8 | (uint64_t)at[2] << 16 | (uint64_t)at[3] << 24 |
           (uint64_t)at[4] << 32 | (uint64_t)at[5] << 40 | (uint64_t)at[6] << 48 |
           (uint64_t)at[7] << 56;
}

static inline void stm_page_put16(uint8_t *at, uint16_t value)
{
    at[0] = (uint8_t)value;
    at[1] = (uint8_t)(value >> 8);
}

static inline void stm_page_put32(uint8_t *at, uint32_t value)
{
    stm_page_put16(at, (uint16_t)value);
    stm_page_put16(at + 2, (uint16_t)(value >> 16));
}

static inline void stm_page_put64(uint8_t *at, uint64_t value)
{
    stm_page_put32(at, (uint32_t)value);
    stm_page_put32(at + 4, (uint32_t)(value >> 32));
}

/* Pages of the overflow run of a value of `size` bytes. */
static inline uint64_t stm_page_run(uint64_t size)
{
    return (STM_PAGE_HEADER - 1 + size) / STEMMA_PAGE_SIZE + 1;
}

#endif
